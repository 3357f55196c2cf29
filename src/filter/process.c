/* process.c - a program as filter, the way pandoc runs one: the document as JSON on its standard input,
 * the changed one on its standard output, the target format as its argument. */
#include "base/world.h"
#include "filter/host.h"
#include "format.h"

#include <string.h>

enum { TIMEOUT = 60, TAIL = 160 };
enum { SAID = 20 };                     /* lines of a filter's standard error that are passed on */

/* Filters look at this to tell which JSON they get: the releases that wrote API 1.22 and 1.23. */
static const char *pandoc_version(const ofp_options *opt)
{
    return opt->json_minor == 23 ? "PANDOC_VERSION=3.1.3" : "PANDOC_VERSION=2.17.1.1";
}

static const char reader_options[] =
    "PANDOC_READER_OPTIONS={\"extensions\":[],\"standalone\":false,\"columns\":72,\"tab-stop\":4,"
    "\"indented-code-classes\":[],\"abbreviations\":[],\"default-image-extension\":\"\","
    "\"track-changes\":\"accept-changes\",\"strip-comments\":false}";

/* Scripts that are not marked as executable run by their interpreter. */
static const char *interpreter(const char *program)
{
    static const struct { ofp_str end; const char *by; } rows[] = {
        { { ".py", 3 }, "python3" }, { { ".pl", 3 }, "perl" }, { { ".rb", 3 }, "ruby" }, { { ".js", 3 }, "node" },
        { { ".hs", 3 }, "runhaskell" }, { { ".php", 4 }, "php" }, { { ".r", 2 }, "Rscript" }, { { ".sh", 3 }, "sh" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ofp_str_ends(ofp_s(program), rows[i].end))
            return rows[i].by;
    return NULL;
}

typedef struct call { ofp_buf in, out, errs; int status; } call;

/* Room for a document that a filter makes many times larger, and no more. */
static size_t largest_answer(ofp_str question)
{
    return ((size_t)1 << 28) + 8 * question.n;
}

static bool start(call *c, const char *const *argv, const ofp_options *opt, ofp_err *e)
{
    const ofp_world *w = ofp_world_or_os(opt->world);
    const char *const env[] = { pandoc_version(opt), reader_options, NULL };
    ofp_str in = ofp_buf_str(&c->in);
    int timeout = opt->filter_timeout ? opt->filter_timeout : TIMEOUT;
    c->status = 0;
    return w->run(w->user, argv, env, in, timeout, largest_answer(in), &c->out, &c->errs, &c->status, e);
}

static bool run(call *c, const char *program, const ofp_options *opt, ofp_err *e)
{
    const ofp_world *w = ofp_world_or_os(opt->world);
    const char *target = opt->target ? opt->target : "json", *by = interpreter(program);
    const char *const direct[] = { program, target, NULL }, *const script[] = { by, program, target, NULL };
    ofp_err first = { 0 };
    if (start(c, direct, opt, &first))
        return true;
    if (by && c->status < 0 && w->exists(w->user, program))
        return start(c, script, opt, e);
    if (c->status < 0 && !strchr(program, '/'))
        return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "no filter '%s': there is neither a plugin nor a program of that name", program);
    return ofp_fail(e, first.code, OFP_NOWHERE, "filter %s", first.msg);
}

/* The end of what the program said, on one line. */
static ofp_str tail(ofp_arena *a, const ofp_buf *errs)
{
    ofp_str s = ofp_arena_squeeze(a, ofp_buf_str(errs));
    size_t from = s.n > TAIL ? s.n - TAIL : 0;
    while (from > 0 && from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
        from++;
    return ofp_str_trim(ofp_str_sub(s, from, SIZE_MAX));
}

/* What a filter says though all went well is passed on: the last lines of it. */
static void pass_on(ofp_doc *d, const call *c, const char *program)
{
    ofp_str rest = ofp_buf_str(&c->errs), line;
    size_t lines = 0, at = 0;
    for (ofp_str s = rest; ofp_str_line(&s, &line);)
        lines += ofp_str_trim(line).n > 0;
    while (ofp_str_line(&rest, &line))
        if (ofp_str_trim(line).n > 0 && at++ + SAID >= lines)
            ofp_warn(d, OFP_D_FILTER_SAID, 0, "%s: %.*s", program, (int)ofp_str_trim(line).n, ofp_str_trim(line).p);
}

static bool succeeded(ofp_doc *d, const call *c, const char *program, ofp_err *e)
{
    ofp_str said = tail(ofp_doc_arena(d), &c->errs);
    if (c->out.failed)
        return ofp_fail_nomem(e);
    if (c->status == 0) {
        pass_on(d, c, program);
        return true;
    }
    return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "filter %s failed with status %d%s%.*s", program, c->status,
                    said.n ? ": " : "", (int)said.n, said.p);
}

static void empty(ofp_node *n)
{
    while (ofp_first(n))
        ofp_unlink(ofp_first(n));
}

/* The filter's document takes the place of what was in d. */
static bool replace(ofp_doc *d, call *c, const char *program, const ofp_options *opt, ofp_err *e)
{
    ofp_str text = ofp_buf_take(&c->out, ofp_doc_arena(d));
    ofp_err found = { 0 };
    empty(ofp_root(d));
    empty(ofp_meta(d));
    if (!ofp_doc_ok(d, e))
        return false;
    if (ofp_read_json(d, text, opt, &found))
        return true;
    if (found.code == OFP_ENOMEM)
        return ofp_fail_nomem(e);
    return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "filter %s wrote no document: %u:%u: %s", program, found.at.line,
                    found.at.col, found.msg);
}

bool ofp_filter_process(ofp_doc *d, const char *program, const ofp_options *opt, ofp_err *e)
{
    call c = { 0 };
    bool ok = ofp_write_json(d, opt, &c.in, e) && run(&c, program, opt, e) && succeeded(d, &c, program, e) &&
              replace(d, &c, program, opt, e);
    ofp_buf_free(&c.in);
    ofp_buf_free(&c.out);
    ofp_buf_free(&c.errs);
    return ok;
}
