/* pipeline.c - one input to one document: bytes, format, reader, filters, the user's metadata. */
#include "cli/cli.h"

#include <string.h>

/* What runs on pages and texts unless told otherwise, in this order. */
static const char *const defaults[] = { "metadata", "cleanup" };
enum { NDEFAULTS = sizeof defaults / sizeof *defaults };

bool runs_by_default(ofp_str filter)
{
    for (size_t i = 0; i < NDEFAULTS; i++)
        if (ofp_str_eq(filter, ofp_s(defaults[i])))
            return true;
    return false;
}

/* ---- which filters --------------------------------------------------------------------- */

static bool names(const char *spec, const char *filter)
{
    return ofp_str_eq(ofp_filter_split(spec).name, ofp_s(filter));
}

/* -F naming a default filter takes its place, so that it can be given options. */
static const char *given(const job *j, const char *filter, bool *used)
{
    for (size_t i = 0; i < j->filters.n; i++)
        if (!used[i] && names(j->filters.at[i], filter)) {
            used[i] = true;
            return j->filters.at[i];
        }
    return NULL;
}

static const char *default_spec(job *j, const char *filter)
{
    if (strcmp(filter, "cleanup") || !j->cleanup || !strcmp(j->cleanup, "balanced"))
        return filter;
    return ofp_arena_printf(j->a, "cleanup:mode=%s", j->cleanup).p;
}

static bool cleanup_off(const job *j)
{
    return j->cleanup && !strcmp(j->cleanup, "off");
}

static bool plan(job *j, bool is_article, list *specs, ofp_err *e)
{
    bool *used = ofp_arena_zalloc(j->a, j->filters.n + 1, sizeof *used), stored = used != NULL;
    for (size_t i = 0; stored && is_article && i < NDEFAULTS; i++) {
        const char *own = given(j, defaults[i], used);
        if (!own && i == 1 && cleanup_off(j))
            continue;
        own = own ? own : default_spec(j, defaults[i]);
        if (own && names(own, "cleanup"))
            own = cleanup_asks(j, own);
        stored = own && add_string(j, specs, own);
    }
    for (size_t i = 0; stored && i < j->filters.n; i++)
        if (!used[i])
            stored = add_string(j, specs, j->filters.at[i]);
    return stored || ofp_fail_nomem(e);
}

/* Only those that run by default are passed over on a document that they have seen already. */
static bool may_skip(const job *j, const ofp_doc *d, const char *spec)
{
    for (size_t i = 0; i < j->filters.n; i++)
        if (j->filters.at[i] == spec)
            return false;
    return ofp_filter_ran(d, ofp_filter_split(spec).name);
}

static bool of_books(const job *j, const char *spec)
{
    return ofp_filter_spec_flags(spec, &j->opt) & OFP_FILTER_BOOK;
}

/* Those of books wait until all is bound. */
static bool run_chain(job *j, ofp_doc *d, const list *specs, const ofp_options *opt, ofp_err *e)
{
    for (size_t i = 0; i < specs->n; i++)
        if (!may_skip(j, d, specs->at[i]) && !of_books(j, specs->at[i]) && !ofp_filter_run(d, specs->at[i], opt, e))
            return false;
    return true;
}

bool filters_books(const job *j)
{
    for (size_t i = 0; i < j->filters.n; i++)
        if (of_books(j, j->filters.at[i]))
            return true;
    return false;
}

bool filter_book(job *j, ofp_doc *book, ofp_err *e)
{
    for (size_t i = 0; i < j->filters.n; i++)
        if (of_books(j, j->filters.at[i]) && !ofp_filter_run(book, j->filters.at[i], &j->opt, e)) {
            keep_place(j, e);
            return false;
        }
    return true;
}

/* ---- reading --------------------------------------------------------------------------- */

const char *source_format(const job *j, const source *s)
{
    const ofp_format *f = NULL;
    if (j->from && strcmp(j->from, "auto"))
        return j->from;
    if (strcmp(s->path, "-"))
        f = ofp_format_by_file(s->path, false);
    return f ? f->name : ofp_format_sniff(s->bytes)->name;
}

/* A message that begins with the input's name has that as its place instead. */
static bool fail_at(const char *path, const ofp_err *failure, ofp_err *e)
{
    size_t n = strlen(path);
    bool named = !strncmp(failure->msg, path, n) && !strncmp(failure->msg + n, ": ", 2);
    ofp_pos at = { named ? path : NULL, 0, 0 };
    return ofp_fail(e, failure->code, at, "%s", failure->msg + (named ? n + 2 : 0));
}

bool fetch_source(job *j, source *s, ofp_err *e)
{
    ofp_err failure = { 0 };
    if (!j->w->read_file(j->w->user, s->path, j->max_input, &s->raw, &failure))
        return fail_at(s->path, &failure, e);
    s->bytes = ofp_buf_str(&s->raw);
    return true;
}

static void tell(job *j, const source *s, const ofp_doc *d, const char *format)
{
    ofp_str ran = ofp_note(d, OFP_STR("ran"));
    if (j->verbose)
        report_say(&j->rep, "%s: %s%s%.*s; %zu words", s->path, format, ran.n ? "; filters: " : "", (int)ran.n, ran.p,
                   ofp_count_words(ofp_root(d)));
}

/* Hints of a page that nobody cleaned up travel on in JSON, to filters further down the pipe; other
 * writers never see them. */
static void drop_hints(const job *j, ofp_doc *d)
{
    static const char *const carriers[] = { "json", "ndjson", "dump" };
    for (size_t i = 0; j->opt.target && i < sizeof carriers / sizeof *carriers; i++)
        if (!strcmp(j->opt.target, carriers[i]))
            return;
    if (ofp_str_eq(ofp_note(d, OFP_STR("origin")), OFP_STR("json")))
        return;
    ofp_unhint(d);
}

/* After the filters: what the user knows. */
static bool finish(job *j, ofp_doc *d, const source *s, ofp_err *e)
{
    drop_hints(j, d);
    if (!tell_loss(j, d, s->path, e))
        return false;
    if (s->url)
        ofp_meta_offer(d, OFP_META_URL, ofp_s(s->url), OFP_STR("-u"), OFP_SURE_EXACT);
    return user_metadata(j, d, s->number, e);
}

static ofp_doc *read_and_filter(job *j, const source *s, ofp_err *e)
{
    ofp_options opt = j->opt;
    const char *from = source_format(j, s);
    const ofp_format *f = ofp_format_parse(from, false, &opt, e);
    list specs = { 0 };
    bool is_article;
    ofp_doc *d;
    if (!f)
        return NULL;
    is_article = ((f->flags & OFP_FMT_ARTICLE) && !opt.page) || (j->cleanup && !cleanup_off(j));
    opt.url = s->url;
    if (!plan(j, is_article, &specs, e) || !(d = ofp_read(from, s->bytes, s->path, NULL, &opt, e)))
        return NULL;
    if (run_chain(j, d, &specs, &opt, e) && finish(j, d, s, e)) {
        tell(j, s, d, f->name);
        return d;
    }
    keep_place(j, e);
    ofp_doc_free(d);
    return NULL;
}

/* Messages about the input as a whole name it, those about the command line do not. */
ofp_doc *read_source(job *j, const source *s, ofp_err *e)
{
    ofp_doc *d = read_and_filter(j, s, e);
    bool about_input = e->code != OFP_EUSAGE && e->code != OFP_EFROM && e->code != OFP_EEXT;
    if (!d && !e->at.input && about_input)
        e->at.input = s->path;
    return d;
}
