/* sources.c - what is to be read: the inputs, those that a list names, and each line of NDJSON. */
#include "cli/cli.h"
#include "base/array.h"

#include <string.h>

static source *add_source(job *j, sources *all)
{
    source *grown = ofp_arena_grow(j->a, all->at, all->n, &all->cap, sizeof *grown);
    if (!grown)
        return NULL;
    all->at = grown;
    return &all->at[all->n++];
}

static bool is_ndjson(const job *j, const source *s)
{
    return ofp_str_starts(ofp_s(source_format(j, s)), OFP_STR("ndjson"));
}

/* Each line but the empty ones is a document; the bytes stay with the first of them. */
static bool split_lines(job *j, sources *all, size_t whole)
{
    source of = all->at[whole];
    ofp_str rest = of.bytes, line;
    bool begun = false;
    for (unsigned number = 1; ofp_str_line(&rest, &line); number++) {
        source *s = &all->at[whole];
        if (ofp_str_trim(line).n == 0)
            continue;
        if (begun && !(s = add_source(j, all)))
            return false;
        begun = true;
        s->path = ofp_arena_printf(j->a, "%s#%u", of.path, number).p;
        s->line = number;
        s->bytes = line;
        if (!s->path)
            return false;
    }
    return true;
}

bool find_sources(job *j, sources *all, ofp_err *e)
{
    for (size_t i = 0; i < j->inputs.n; i++) {
        source *s = add_source(j, all);
        size_t at = all->n - 1;
        bool by_name;
        if (!s)
            return ofp_fail_nomem(e);
        s->path = j->inputs.at[i];
        s->url = j->urls.at[i];
        by_name = (j->from && ofp_str_starts(ofp_s(j->from), OFP_STR("ndjson"))) ||
                  (!j->from && strcmp(s->path, "-") && is_ndjson(j, s));
        if (by_name && (!fetch_source(j, s, e) || !split_lines(j, all, at)))
            return ofp_fail_nomem(e);
    }
    j->several = all->n > 1 && !j->each;
    if (!items_exist(j, all->n, e))
        return false;
    doubt_languages(j);
    for (size_t i = 0; all->n > 1 && i < all->n; i++)
        all->at[i].number = i + 1;
    return true;
}

void free_sources(sources *all)
{
    for (size_t i = 0; i < all->n; i++)
        ofp_buf_free(&all->at[i].raw);
}

/* ---- lists of inputs ------------------------------------------------------------------------ */

static bool add_listed(job *j, ofp_str names, char end, ofp_err *e)
{
    for (ofp_str name; ofp_str_split(&names, end, &name);) {
        if (end == '\n' && name.n && name.p[name.n - 1] == '\r')
            name.n--;
        if (name.n && !(add_string(j, &j->inputs, ofp_arena_dup(j->a, name).p) && add_string(j, &j->urls, NULL)))
            return ofp_fail_nomem(e);
    }
    return true;
}

bool take_listed(job *j, ofp_err *e)
{
    const struct { const char *file; char end; } lists[] = { { j->files_from, '\n' }, { j->files0_from, '\0' } };
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof lists / sizeof *lists; i++) {
        ofp_buf names = { 0 };
        if (lists[i].file)
            ok = j->w->read_file(j->w->user, lists[i].file, j->max_input, &names, e)
              && add_listed(j, ofp_buf_str(&names), lists[i].end, e);
        ofp_buf_free(&names);
    }
    if (ok && (j->files_from || j->files0_from) && !j->inputs.n)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "%s: names no input", j->files_from ? j->files_from : j->files0_from);
    return ok;
}
