/* main.c - from argv to exit status. */
#include "cli/cli.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A closed descriptor 0, 1 or 2 would be given to the next file that is opened, and output would end
 * up in an input.  /dev/null the wrong way round makes reading and writing fail as they should. */
static void keep_descriptors(void)
{
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static const char *last_part(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path ? path : "offprint";
}

/* Lists and help go through the world as conversions do, so that a full disk is told of. */
static bool print(job *j, bool (*make)(job *j, ofp_buf *out, ofp_err *e), ofp_err *e)
{
    ofp_buf out = { 0 };
    bool ok = make(j, &out, e) && j->w->write_file(j->w->user, j->out, ofp_buf_str(&out), e);
    ofp_buf_free(&out);
    return ok;
}

static const char *first_word(const job *j)
{
    return j->words.n ? j->words.at[0] : NULL;
}

static bool make_help(job *j, ofp_buf *out, ofp_err *e)
{
    return run_help(j, first_word(j), out, e);
}

static bool make_completion(job *j, ofp_buf *out, ofp_err *e)
{
    return run_completion(first_word(j), out, e);
}

static bool command_help(job *j, ofp_err *e)
{
    return print(j, make_help, e);
}

static bool command_completion(job *j, ofp_err *e)
{
    return print(j, make_completion, e);
}

/* words: what is not an option belongs to the command, not to the inputs. */
static const struct { const char *name; bool words; bool (*run)(job *j, ofp_err *e); } commands[] = {
    { "filter", true, run_filter },
    { "inspect", false, run_inspect },
    { "help", true, command_help },
    { "completion", true, command_completion },
};

/* The table's row of the command that argv names, and where its arguments begin. */
static int find_command(int argc, char **argv, int *from)
{
    *from = 1;
    for (int i = 0; argc > 1 && i < (int)(sizeof commands / sizeof *commands); i++)
        if (!strcmp(argv[1], commands[i].name)) {
            *from = 2;
            return i;
        }
    return -1;
}

static void take_words(job *j)
{
    list none = { 0 }, inputs = j->inputs;
    for (size_t i = 0; i < inputs.n; i++)
        add_string(j, &j->words, inputs.at[i]);
    j->inputs = none;
}

/* offprint-cleanup is offprint filter cleanup, so that pandoc --filter can call it. */
static bool run_as_filter(job *j, ofp_err *e)
{
    list given = { 0 };
    take_words(j);
    given = j->words;
    j->words = (list){ 0 };
    if (!add_string(j, &j->words, j->program + strlen("offprint-")))
        return ofp_fail_nomem(e);
    for (size_t i = 0; i < given.n; i++)
        add_string(j, &j->words, given.at[i]);
    return run_filter(j, e);
}

static bool run(job *j, int argc, char **argv, ofp_err *e)
{
    bool as_filter = !strncmp(j->program, "offprint-", strlen("offprint-"));
    int from = 1, command = as_filter ? -1 : find_command(argc, argv, &from);
    if (!parse_options(j, argc - from, argv + from, e) || !take_listed(j, e))
        return false;
    j->opt.resource_path = j->resource_path.at;
    j->opt.plugin_path = j->plugin_path.at;
    if (j->action)
        return print(j, run_action, e);
    if (as_filter)
        return run_as_filter(j, e);
    if (command < 0)
        return run_convert(j, e);
    if (commands[command].words)
        take_words(j);
    return commands[command].run(j, e);
}

static void explain(job *j, int *status)
{
    ofp_err late = { 0 };
    if (!j->explain || !strcmp(j->explain, "off"))
        return;
    if (!strcmp(j->explain, "-"))
        report_lines(ofp_buf_str(&j->explained));
    else if (!j->w->write_file(j->w->user, j->explain, ofp_buf_str(&j->explained), &late)) {
        report_error(&j->rep, &late);
        *status = *status ? *status : ofp_code_status(late.code);
    }
}

/* The log goes last, since it has the closing error too. */
static int close_job(job *j, bool ok, ofp_err *e)
{
    ofp_err late = { 0 };
    int status;
    if (!ok)
        ofp_fail(e, OFP_EINTERNAL, OFP_NOWHERE, "failed without a reason");
    status = ofp_code_status(e->code);
    explain(j, &status);
    if (!ok)
        report_error(&j->rep, e);
    if (!j->json)
        report_summary(&j->rep);
    if (j->log_file && !j->w->write_file(j->w->user, j->log_file, ofp_buf_str(&j->rep.record), &late)) {
        report_error(&j->rep, &late);
        status = status ? status : ofp_code_status(late.code);
    }
    if (!status && j->partial)
        status = ofp_code_status(OFP_EPARTIAL);
    if (!status && j->fail_if_warnings && ofp_log_total(&j->rep.log))
        status = ofp_code_status(OFP_EWARN);
    return status;
}

int main(int argc, char **argv)
{
    job j = { .out = "-", .program = last_part(argv[0]), .a = ofp_arena_new(), .w = ofp_world_or_os(NULL) };
    ofp_err e = { 0 };
    bool ok;
    int status;
    keep_descriptors();
    report_start(&j.rep);
    j.opt.log = &j.rep.log;
    ok = j.a ? run(&j, argc, argv, &e) : ofp_fail_nomem(&e);
    status = close_job(&j, ok, &e);
    ofp_buf_free(&j.rep.record);
    ofp_buf_free(&j.explained);
    ofp_arena_free(j.a);
    return status;
}
