/* listing.c - the --list- options and --version: every list from its table, as text or as JSON. */
#include "cli/cli.h"
#include "base/json.h"

#include <string.h>

/* A list being printed: of two columns, or of JSON objects. */
typedef struct listing { job *j; ofp_buf *out; size_t n, column; } listing;

static void field(listing *l, const char *key, ofp_str value, bool first)
{
    ofp_buf_puts(l->out, first ? "{" : ",");
    ofp_json_put(l->out, ofp_s(key));
    ofp_buf_putc(l->out, ':');
    ofp_json_put(l->out, value);
}

static void begin(listing *l)
{
    if (l->j->json)
        ofp_buf_puts(l->out, l->n ? ",\n" : "[");
    l->n++;
}

static void end(listing *l)
{
    if (l->j->json)
        ofp_buf_puts(l->out, l->n ? "]\n" : "[]\n");
}

/* A name and what it means. */
static void row(listing *l, const char *key, const char *name, const char *summary)
{
    size_t n = strlen(name);
    begin(l);
    if (l->j->json) {
        field(l, key, ofp_s(name), true);
        field(l, "summary", ofp_s(summary), false);
        ofp_buf_putc(l->out, '}');
        return;
    }
    ofp_buf_puts(l->out, name);
    ofp_buf_fill(l->out, ' ', n < l->column ? l->column - n : 2);
    ofp_buf_printf(l->out, "%s\n", summary);
}

/* ---- formats --------------------------------------------------------------------------- */

static void formats(listing *l, bool written)
{
    const ofp_format *f;
    l->column = 14;
    for (size_t i = 0; (f = ofp_format_at(i)); i++)
        if (written ? f->write || f->write_module : f->read || f->read_module)
            row(l, "format", f->name, f->summary);
}

static void input_formats(listing *l)
{
    formats(l, false);
}

static void output_formats(listing *l)
{
    formats(l, true);
}

static void extensions(listing *l)
{
    const char *format, *name, *summary;
    l->column = 18;
    for (size_t i = 0; ofp_extension_at(i, &format, &name, &summary); i++)
        row(l, "extension", ofp_arena_printf(l->j->a, "%s+%s", format, name).p, summary);
}

/* ---- statuses, page sizes ---------------------------------------------------------------- */

static void exit_codes(listing *l)
{
    for (int i = 0; i < OFP_NCODES; i++) {
        int status = ofp_code_status((enum ofp_code)i);
        const char *meaning = ofp_code_meaning((enum ofp_code)i);
        begin(l);
        if (l->j->json) {
            ofp_buf_printf(l->out, "{\"status\":%d", status);
            field(l, "meaning", ofp_s(meaning), false);
            ofp_buf_putc(l->out, '}');
        } else {
            ofp_buf_printf(l->out, "%3d  %s\n", status, meaning);
        }
    }
}

static void page_sizes(listing *l)
{
    static const struct { const char *name, *summary; } sizes[] = {
#define PAGE(name, width, height, summary) { name, #width " x " #height " mm, " summary },
#include "doctools/pages.def"
#undef PAGE
    };
    l->column = 10;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        row(l, "size", sizes[i].name, sizes[i].summary);
}

/* ---- filters --------------------------------------------------------------------------- */

static void filter_as_json(listing *l, const ofp_filter *f, const char *path)
{
    field(l, "filter", ofp_s(f->name), true);
    field(l, "summary", ofp_s(f->summary), false);
    field(l, "path", ofp_s(path), false);
    ofp_buf_puts(l->out, ",\"options\":[");
    for (const ofp_filter_option *o = f->options; o && o->name; o++) {
        ofp_buf_puts(l->out, o == f->options ? "" : ",");
        field(l, "name", ofp_s(o->name), true);
        field(l, "value", ofp_s(o->value), false);
        field(l, "help", ofp_s(o->help), false);
        ofp_buf_putc(l->out, '}');
    }
    ofp_buf_puts(l->out, "]}");
}

static void filter_as_text(listing *l, const ofp_filter *f)
{
    ofp_buf_printf(l->out, "%-12s  %s\n", f->name, f->summary ? f->summary : "");
    for (const ofp_filter_option *o = f->options; o && o->name; o++)
        ofp_buf_printf(l->out, "    %s=%s: %s\n", o->name, o->value ? o->value : "", o->help ? o->help : "");
}

static bool one_filter(void *user, const ofp_filter *f, const char *path, const char *reason)
{
    listing *l = user;
    begin(l);
    if (f && l->j->json) {
        filter_as_json(l, f, path);
    } else if (f) {
        filter_as_text(l, f);
    } else if (l->j->json) {
        field(l, "path", ofp_s(path), true);
        field(l, "unfit", ofp_s(reason), false);
        ofp_buf_putc(l->out, '}');
    } else {
        ofp_buf_printf(l->out, "(unfit: %s)\n", reason);
    }
    return true;
}

static void filters(listing *l)
{
    ofp_filters_list(&l->j->opt, one_filter, l);
}

/* ---- version ---------------------------------------------------------------------------- */

static void version(listing *l)
{
    begin(l);
    if (l->j->json) {
        field(l, "version", ofp_s(ofp_version()), true);
        ofp_buf_puts(l->out, ",\"pandoc-api-read\":[\"1.20\",\"1.21\",\"1.22\",\"1.23\"],\"pandoc-api-written\":[\"1.22\",\"1.23\"]}");
    } else {
        ofp_buf_printf(l->out, "offprint %s\nplugin interface %d; pandoc JSON 1.20 to 1.23 read, 1.22 and 1.23 written\n"
                       "MIT licence; no warranty\n", ofp_version(), OFP_FILTER_ABI);
    }
}

static const struct { const char *name; void (*print)(listing *l); } actions[] = {
    { "list-input-formats", input_formats }, { "list-output-formats", output_formats },
    { "list-extensions", extensions },       { "list-filters", filters },
    { "list-exit-codes", exit_codes },       { "list-page-sizes", page_sizes },
    { "version", version },
};

bool run_action(job *j, ofp_buf *out, ofp_err *e)
{
    listing l = { .j = j, .out = out };
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (!strcmp(j->action, actions[i].name)) {
            actions[i].print(&l);
            end(&l);
            return !out->failed || ofp_fail_nomem(e);
        }
    return run_help(j, NULL, out, e);
}
