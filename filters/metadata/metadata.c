/* metadata.c - what a document is: title, authors, date, site and the like, from what it states
 * and from what it shows. */
#include "claims.h"

/* ---- offering ------------------------------------------------------------------------------ */

/* Where a word may be divided is of no use to who reads a value. */
static ofp_str without_soft_hyphens(ofp_arena *a, ofp_str s)
{
    static const ofp_str soft = OFP_STR("\u00ad");
    ofp_buf b = { 0 };
    size_t from = 0, at = ofp_str_find(s, soft, 0);
    if (at == SIZE_MAX)
        return s;
    for (; at != SIZE_MAX; from = at + soft.n, at = ofp_str_find(s, soft, from))
        ofp_buf_add(&b, ofp_str_sub(s, from, at - from));
    ofp_buf_add(&b, ofp_str_sub(s, from, SIZE_MAX));
    return ofp_buf_take(&b, a);
}

bool offer(job *j, enum ofp_meta_key k, ofp_str value, const char *from, int sure)
{
    value = without_soft_hyphens(j->a, ofp_arena_squeeze(j->a, value));
    return value.n && ofp_meta_offer(j->d, k, ofp_arena_dup(ofp_doc_arena(j->d), value), ofp_s(from), sure);
}

bool read_date(ofp_str text, ofp_date *date)
{
    return (ofp_date_parse(ofp_str_trim(text), date) || ofp_date_find(text, date, NULL, NULL)) && date->year >= 1900 && date->year <= 2100;
}

static bool offer_date(job *j, enum ofp_meta_key k, ofp_str text, const char *from, int sure)
{
    ofp_date date;
    return read_date(text, &date) && offer(j, k, ofp_date_iso(j->a, &date), from, sure);
}

/* "type_review" is meant for machines. */
static bool is_keyword(ofp_str w, const ofp_str *have, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ofp_str_ieq(w, have[i]))
            return false;
    return w.n && w.n < 80 && ofp_str_find(w, OFP_STR("_"), 0) == SIZE_MAX;
}

static bool offer_words(job *j, const source *s)
{
    ofp_str words[40], w;
    size_t n = 0;
    for (size_t i = 0; i < j->nfacts; i++) {
        ofp_str list = j->facts[i].source == s ? j->facts[i].value : (ofp_str){ 0 };
        char mark = ofp_str_find(list, OFP_STR(","), 0) == SIZE_MAX ? ';' : ',';
        while (n < 40 && ofp_str_split(&list, mark, &w))
            if (is_keyword(w = ofp_arena_squeeze(j->a, w), words, n))
                words[n++] = ofp_arena_dup(ofp_doc_arena(j->d), w);
    }
    return n && ofp_meta_offer_list(j->d, s->key, words, n, s->fact, s->sure);
}

static bool is_placeholder(ofp_str s)
{
    static const ofp_str none[] = { { "null", 4 }, { "undefined", 9 }, { "none", 4 }, { "n/a", 3 }, { "-", 1 }, { "false", 5 } };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (ofp_str_ieq(s, none[i]))
            return true;
    return !s.n;
}

/* A picture that stands for none. */
static bool is_blank_picture(ofp_str url)
{
    static const ofp_str names[] = { { "blank", 5 }, { "spacer", 6 }, { "placeholder", 11 }, { "transparent", 11 }, { "pixel", 5 } };
    ofp_str rest = ofp_url_path(url), part, name = { 0 };
    while (ofp_str_split(&rest, '/', &part))
        name = part;
    name = ofp_str_sub(name, 0, ofp_str_find(name, OFP_STR("."), 0));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_ieq(name, names[i]))
            return true;
    return false;
}

static bool offer_address(job *j, const source *s, ofp_str value)
{
    ofp_str url = ofp_url_resolve(j->a, ofp_note(j->d, OFP_STR("base")), ofp_str_trim(value));
    if (s->key == OFP_META_IMAGE && is_blank_picture(url))
        return false;
    return ofp_url_host(url).n && offer(j, s->key, url, s->fact.p, s->sure);
}

static bool offer_fact(job *j, const source *s, ofp_str value)
{
    if (is_placeholder(ofp_str_trim(value)))
        return false;
    switch (s->key) {
    case OFP_META_MODIFIED:
        return offer_date(j, s->key, value, s->fact.p, s->sure);
    case OFP_META_URL: case OFP_META_IMAGE:
        return offer_address(j, s, value);
    case OFP_META_SITE:
        return ofp_str_words(value) <= 8 && offer(j, s->key, value, s->fact.p, s->sure);
    case OFP_META_SUBTITLE: case OFP_META_SECTION: case OFP_META_LANG: case OFP_META_DESCRIPTION: case OFP_META_RIGHTS:
    case OFP_META_IDENTIFIER:
        return offer(j, s->key, value, s->fact.p, s->sure);
    case OFP_META_TITLE: case OFP_META_AUTHOR: case OFP_META_DATE: case OFP_META_KEYWORDS: case OFP_NMETA:
        break;                                             /* not taken singly */
    }
    return false;
}

static bool offer_source(job *j, const source *s)
{
    if (s->key == OFP_META_KEYWORDS)
        return offer_words(j, s);
    for (size_t i = 0; i < j->nfacts; i++)
        if (j->facts[i].source == s && offer_fact(j, s, j->facts[i].value))
            return true;
    return false;
}

/* Of all sources a page has a few. */
void read_facts(job *j)
{
    bool *stated = ofp_arena_zalloc(j->a, nsources, sizeof *stated);
    for (size_t i = 0; stated && i < j->nfacts; i++)
        if (j->facts[i].source)
            stated[j->facts[i].source - sources] = true;
    for (size_t i = 0; stated && i < nsources; i++)
        if (stated[i])
            offer_source(j, &sources[i]);
}

/* ---- authors and date --------------------------------------------------------------------------- */

enum { LEAST_SURE = 30 };

/* What a reader took from the head unseen is among the claims, and weighed like everything else. */
static void drop_unseen(job *j, enum ofp_meta_key k)
{
    const ofp_node *have = ofp_meta_find(ofp_meta(j->d), ofp_meta_name(k));
    if (have && ofp_meta_sure(have) <= OFP_SURE_FOUND)
        ofp_meta_drop(ofp_meta(j->d), ofp_meta_name(k));
}

static void choose_authors(job *j, const claims *found)
{
    int sure;
    const claim *best = claims_best(&author_field, found, &sure);
    drop_unseen(j, OFP_META_AUTHOR);
    if (sure >= LEAST_SURE)
        offer_people(j, best->names, best->n, best->from, sure);
}

static void choose_date(job *j, const claims *found)
{
    int sure;
    const claim *best = claims_best(&date_field, found, &sure);
    drop_unseen(j, OFP_META_DATE);
    if (sure >= LEAST_SURE)
        offer(j, OFP_META_DATE, ofp_date_iso(j->a, &best->date), best->from, sure);
}

void gather_claims(job *j, claims *authors, claims *dates)
{
    sightings *seen = ofp_arena_zalloc(j->a, 1, sizeof *seen);
    if (!seen)
        return;
    look_at_page(j, seen);
    gather_authors(j, seen, authors);
    gather_dates(j, seen, dates);
    ofp_buf_free(&seen->lines);
}

static void weigh_page(job *j)
{
    claims *authors = ofp_arena_zalloc(j->a, 1, sizeof *authors), *dates = ofp_arena_zalloc(j->a, 1, sizeof *dates);
    if (!authors || !dates)
        return;
    gather_claims(j, authors, dates);
    choose_authors(j, authors);
    choose_date(j, dates);
}

/* ---- the address --------------------------------------------------------------------------- */

static bool digits_at(ofp_str s, size_t at, size_t n, int *out)
{
    *out = 0;
    for (size_t i = at; i < at + n; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
            return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return at + n >= s.n || s.p[at + n] < '0' || s.p[at + n] > '9';
}

/* /2026/02/19/, 2026-02-19 or 2026_02_19 in the path. */
bool date_in_path(ofp_str path, ofp_date *date)
{
    for (size_t i = 0; i + 10 <= path.n; i++) {
        ofp_date d = { 0 };
        char bar = path.p[i + 4];
        if ((i && path.p[i - 1] >= '0' && path.p[i - 1] <= '9') || (bar != '/' && bar != '-' && bar != '_') || path.p[i + 7] != bar)
            continue;
        if (digits_at(path, i, 4, &d.year) && digits_at(path, i + 5, 2, &d.month) && digits_at(path, i + 8, 2, &d.day) &&
            d.year >= 1990 && d.year <= 2100 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31) {
            *date = d;
            return true;
        }
    }
    return false;
}

void read_url(job *j)
{
    ofp_str base = ofp_note(j->d, OFP_STR("base"));
    if (ofp_url_host(base).n)
        offer(j, OFP_META_URL, base, "address", OFP_SURE_STATED);
}

static void name_site(job *j)
{
    ofp_str host = ofp_url_host(ofp_meta_get(j->d, OFP_META_URL));
    if (ofp_str_istarts(host, OFP_STR("www.")))
        host = ofp_str_sub(host, 4, SIZE_MAX);
    offer(j, OFP_META_SITE, host, "url", OFP_SURE_GUESS);
}

/* The address of a dump is all that dates it where its text does not. */
static void read_text_url(job *j)
{
    ofp_date date;
    if (date_in_path(ofp_url_path(ofp_meta_get(j->d, OFP_META_URL)), &date))
        offer(j, OFP_META_DATE, ofp_date_iso(j->a, &date), "url", 72);
}

/* ---- the passes ------------------------------------------------------------------------------ */

typedef struct pass { void (*run)(job *j); bool page, text; } pass;

static const pass passes[] = {
    { read_facts,    true,  true },
    { find_language, true,  true },
    { read_url,      true,  true },
    { find_title,    true,  false },
    { weigh_page,    true,  false },
    { read_text,     false, true },
    { read_text_url, false, true },
    { name_site,     true,  true },
};

/* Where the article goes on, for the filter that joins its pages. */
static void keep_next(ofp_doc *d)
{
    for (const ofp_node *f = ofp_fact_first(d); f; f = ofp_next(f))
        if (ofp_str_eq(ofp_fact_name(f), OFP_STR("link:next"))) {
            ofp_set_note(d, OFP_STR("next"), ofp_fact_value(f));
            return;
        }
}

static bool run(ofp_doc *d, const ofp_args *args, ofp_err *e)
{
    (void)args;
    job j = { .d = d, .a = ofp_arena_new() };
    bool text = ofp_str_eq(ofp_note(d, OFP_STR("origin")), OFP_STR("text"));
    j.names = name_words_new(j.a);
    take_facts(&j);
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++)
        if (text ? passes[i].text : passes[i].page)
            passes[i].run(&j);
    keep_next(d);
    ofp_facts_drop(d);
    bool ok = !ofp_arena_failed(j.a);
    ofp_arena_free(j.a);
    return ok ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}

OFP_FILTER("metadata", "find title, authors, date, site and language", NULL, run);
