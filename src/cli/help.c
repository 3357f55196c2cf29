/* help.c - the help text, from the table of options, and its topics. */
#include "cli/cli.h"

#include <string.h>

static void put_usage(ofp_buf *out)
{
    ofp_buf_puts(out, "usage: offprint [OPTIONS] [FILE...]\n"
                      "       offprint inspect [--json] [OPTIONS] [FILE...]\n"
                      "       offprint filter NAME [KEY=VALUE...] [FORMAT]\n"
                      "       offprint help [TOPIC]\n"
                      "       offprint completion bash|zsh|fish\n");
}

static void put_option(ofp_buf *out, const option_row *o)
{
    enum { COLUMN = 32 };
    size_t start = out->n, width;
    bool off = o->kind == KIND_UNSWITCH && strcmp(o->name, "keep-going");
    if (o->letter)
        ofp_buf_printf(out, "  -%c, --%s", o->letter, o->name);
    else
        ofp_buf_printf(out, "      --%s%s", off ? "[no-]" : "", o->name);
    if (o->arg)
        ofp_buf_printf(out, o->kind == KIND_OPTIONAL ? "[=%s]" : "=%s", o->arg);
    width = out->n - start;
    if (width >= COLUMN) {
        ofp_buf_putc(out, '\n');
        width = 0;
    }
    ofp_buf_fill(out, ' ', COLUMN - width);
    ofp_buf_printf(out, "%s\n", o->help);
}

static void put_options(ofp_buf *out)
{
    const char *group = "";
    const option_row *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        if (strcmp(group, o->group))
            ofp_buf_printf(out, "\n%s:\n", o->group);
        group = o->group;
        put_option(out, o);
    }
}

static void put_all(ofp_buf *out)
{
    put_usage(out);
    ofp_buf_puts(out, "\nConverts documents. Several FILEs become one book; - or none is standard input.\n"
                      "Formats are told by -f and -t, or else by the names of the files.\n");
    put_options(out);
    ofp_buf_puts(out, "\nMore: offprint help formats|filters|diagnostics|exit-codes|page-sizes|NAME-OF-A-FILTER,\n"
                      "and the manual, offprint(1).\n");
}

static void put_diagnostics(ofp_buf *out)
{
    for (int i = 0; i < OFP_NDIAGS; i++)
        ofp_buf_printf(out, "%-18s %s\n", ofp_diag_name((enum ofp_diag)i), ofp_diag_meaning((enum ofp_diag)i));
}

static bool put_list(job *j, const char *action, ofp_buf *out, ofp_err *e)
{
    j->action = action;
    return run_action(j, out, e);
}

static bool put_filter(job *j, const char *name, ofp_buf *out, ofp_err *e)
{
    ofp_err none = { 0 };
    const ofp_filter *f = ofp_filter_find(ofp_s(name), &j->opt, &none);
    if (!f)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "no help on '%.60s'; there is help on formats, filters, diagnostics, "
                        "exit-codes, page-sizes, options and each filter", name);
    ofp_buf_printf(out, "%s: %s\n", f->name, f->summary ? f->summary : "");
    for (const ofp_filter_option *o = f->options; o && o->name; o++)
        ofp_buf_printf(out, "  %s=%s\n      %s\n", o->name, o->value ? o->value : "", o->help ? o->help : "");
    return true;
}

bool run_help(job *j, const char *topic, ofp_buf *out, ofp_err *e)
{
    if (!topic) {
        put_all(out);
    } else if (!strcmp(topic, "formats")) {
        ofp_buf_puts(out, "Input:\n");
        put_list(j, "list-input-formats", out, e);
        ofp_buf_puts(out, "\nOutput:\n");
        put_list(j, "list-output-formats", out, e);
        ofp_buf_puts(out, "\nExtensions:\n");
        put_list(j, "list-extensions", out, e);
    } else if (!strcmp(topic, "filters")) {
        return put_list(j, "list-filters", out, e);
    } else if (!strcmp(topic, "exit-codes")) {
        return put_list(j, "list-exit-codes", out, e);
    } else if (!strcmp(topic, "page-sizes")) {
        return put_list(j, "list-page-sizes", out, e);
    } else if (!strcmp(topic, "diagnostics")) {
        put_diagnostics(out);
    } else if (!strcmp(topic, "options")) {
        put_options(out);
    } else {
        return put_filter(j, topic, out, e);
    }
    return e->code == OFP_OK;
}
