/* each.c - an output of its own for each input. */
#include "cli/cli.h"
#include "base/map.h"

#include <string.h>

/* ---- names of outputs ------------------------------------------------------------------------ */

static ofp_str folder_of(ofp_str path)
{
    while (path.n && path.p[path.n - 1] != '/')
        path.n--;
    return path;
}

/* "news/quay.html" is "quay"; line 3 of "news/all.ndjson" is "all-3". */
static void put_stem(ofp_buf *b, const source *s)
{
    ofp_str base = ofp_str_sub(ofp_s(s->path), folder_of(ofp_s(s->path)).n, SIZE_MAX);
    size_t n = base.n;
    while (s->line && n && base.p[n - 1] != '#')
        n--;
    base.n = n ? n - (s->line != 0) : base.n;
    for (n = base.n; n && base.p[n - 1] != '.';)
        n--;
    ofp_buf_add(b, n > 1 ? ofp_str_sub(base, 0, n - 1) : base);
    if (s->line)
        ofp_buf_printf(b, "-%u", s->line);
}

/* The ending of files in format f; its name where there is none. */
static ofp_str ending_of(const ofp_format *f)
{
    ofp_str all = ofp_s(f->extensions), first;
    return ofp_str_word(&all, &first) ? first : ofp_s(f->name);
}

static bool put_field(job *j, ofp_buf *b, ofp_str field, const source *s, const ofp_format *f, ofp_err *e)
{
    if (ofp_str_eq(field, OFP_STR("ext")))
        ofp_buf_add(b, ending_of(f));
    else if (ofp_str_eq(field, OFP_STR("n")))
        ofp_buf_printf(b, "%zu", s->number ? s->number : 1);
    else if (!ofp_str_eq(field, OFP_STR("stem")))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "--name %.60s: there is {stem}, {n} and {ext}", j->name);
    else if (!strcmp(s->path, "-"))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "standard input has no name for {stem}: say --name");
    else
        put_stem(b, s);
    return true;
}

/* In --output-dir, else beside the input. */
static bool name_output(job *j, const source *s, const ofp_format *f, const char **out, ofp_err *e)
{
    ofp_buf b = { 0 };
    ofp_str rest = ofp_s(j->name), piece;
    bool ok = true;
    ofp_buf_add(&b, j->output_dir ? ofp_s(j->output_dir) : folder_of(ofp_s(s->path)));
    if (j->output_dir && b.n && b.p[b.n - 1] != '/')
        ofp_buf_putc(&b, '/');
    for (bool field = false; ok && ofp_str_split(&rest, field ? '}' : '{', &piece); field = !field)
        if (field)
            ok = put_field(j, &b, piece, s, f, e);
        else
            ofp_buf_add(&b, piece);
    *out = ofp_buf_take(&b, j->a).p;
    return ok && (*out || ofp_fail_nomem(e));
}

/* No output may be written over another one or over an input. */
static bool claim(ofp_map *taken, const char *out, const source *s, ofp_err *e)
{
    void **at = ofp_map_at(taken, ofp_s(out));
    const char *by = at ? *at : NULL;
    if (!at)
        return ofp_fail_nomem(e);
    *at = (void *)(uintptr_t)s->path;
    if (by && !strcmp(by, out))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "%s would be written over; choose another --output-dir or --name", out);
    if (by)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "%s and %s would both become %s; {n} in --name tells them apart", by, s->path, out);
    return true;
}

/* Before anything is written. */
static const char **name_outputs(job *j, const sources *all, const ofp_format *f, ofp_err *e)
{
    const char **outs = ofp_arena_zalloc(j->a, all->n + 1, sizeof *outs);
    ofp_map taken = { .arena = j->a };
    bool ok = outs || ofp_fail_nomem(e);
    for (size_t i = 0; ok && i < j->inputs.n; i++) {
        void **at = ofp_map_at(&taken, ofp_s(j->inputs.at[i]));
        if (at)
            *at = (void *)(uintptr_t)j->inputs.at[i];
        ok = at || ofp_fail_nomem(e);
    }
    for (size_t i = 0; ok && i < all->n; i++)
        ok = name_output(j, &all->at[i], f, &outs[i], e) && claim(&taken, outs[i], &all->at[i], e);
    return ok ? outs : NULL;
}

/* ---- one after the other ------------------------------------------------------------------------- */

static bool write_one(job *j, ofp_doc *d, const ofp_format *f, const char *path, ofp_err *e)
{
    ofp_buf out = { 0 };
    unsigned lost = resources_lost(j);
    bool ok = media_take(j, d, !(f->flags & OFP_FMT_BINARY), e) && ofp_write(j->to, d, &j->opt, &out, e)
           && resources_found(j, lost, e) && media_write(j, e)
           && j->w->write_file(j->w->user, path, ofp_buf_str(&out), e);
    if (ok && j->verbose)
        report_say(&j->rep, "%s: %zu bytes of %s", path, out.n, j->to);
    keep_place(j, e);
    ofp_buf_free(&out);
    media_free(j);
    return ok;
}

static bool convert_one(job *j, source *s, const ofp_format *f, const char *path, ofp_err *e)
{
    bool ok = s->bytes.p || fetch_source(j, s, e);
    ofp_doc *d = ok ? read_source(j, s, e) : NULL;
    ok = d && write_one(j, d, f, path, e);
    ofp_doc_free(d);
    return ok;
}

static bool is_up_to_date(const job *j, const source *s, const char *path)
{
    return j->if_newer && strcmp(s->path, "-") && !s->line && j->w->is_newer(j->w->user, path, s->path);
}

/* A line's bytes may be in the one before. */
static void done_with(sources *all, size_t i)
{
    if (i + 1 == all->n || !all->at[i + 1].line)
        for (size_t k = i + 1; k-- && (k == i || all->at[k + 1].line);)
            ofp_buf_free(&all->at[k].raw);
}

static bool convert_all(job *j, sources *all, const ofp_format *f, const char **outs, ofp_err *e)
{
    size_t done = 0;
    ofp_err first = { 0 };
    for (size_t i = 0; i < all->n; i++) {
        ofp_err failure = { 0 };
        source *s = &all->at[i];
        j->rep.item = s->number;
        if (is_up_to_date(j, s, outs[i]) || convert_one(j, s, f, outs[i], &failure)) {
            done++;
        } else if (j->fail_fast || all->n == 1) {
            *e = failure;
            return false;
        } else {
            leave_out(j, s, &failure);
            first = first.code ? first : failure;
        }
        done_with(all, i);
    }
    j->rep.item = 0;
    j->partial = first.code != OFP_OK;
    if (!done)
        *e = first;
    return done > 0;
}

static bool fits(const job *j, ofp_err *e)
{
    if (strcmp(j->out, "-"))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "--each writes a file for each input: say --output-dir or --name, not -o");
    if (filters_books(j))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "a filter of whole books, such as dedup, has nothing to do with --each");
    return true;
}

bool run_each(job *j, ofp_err *e)
{
    sources all = { 0 };
    const char **outs = NULL;
    ofp_str given = ofp_s(j->name);
    if (!j->name)
        j->name = "{stem}.{ext}";
    const ofp_format *f = fits(j, e) ? choose_output(j, ofp_str_ends(given, OFP_STR("}")) || !given.n ? "-" : j->name, e) : NULL;
    bool ok = f && load_css(j, e) && find_sources(j, &all, e) && (outs = name_outputs(j, &all, f, e));
    ok = ok && (!j->output_dir || j->w->make_folder(j->w->user, j->output_dir, e)) && convert_all(j, &all, f, outs, e);
    keep_place(j, e);
    free_sources(&all);
    return ok;
}
