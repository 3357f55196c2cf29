/* metadata.c - what a document is: title, authors, date, site and the like, from what it states
 * and from what it shows. */
#include "claims.h"

/* ---- offering ------------------------------------------------------------------------------ */

bool offer(job *j, enum ofp_meta_key k, ofp_str value, const char *from, int sure)
{
    value = ofp_arena_squeeze(j->a, value);
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

static bool offer_words(job *j, const source *s)
{
    ofp_str words[40], w;
    size_t n = 0;
    for (size_t i = 0; i < j->nfacts; i++) {
        ofp_str list = j->facts[i].source == s ? j->facts[i].value : (ofp_str){ 0 };
        while (n < 40 && ofp_str_split(&list, ',', &w))
            if ((w = ofp_arena_squeeze(j->a, w)).n && w.n < 80)
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

static bool offer_address(job *j, const source *s, ofp_str value)
{
    ofp_str url = ofp_url_resolve(j->a, ofp_note(j->d, OFP_STR("base")), ofp_str_trim(value));
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

void read_facts(job *j)
{
    for (size_t i = 0; i < nsources; i++)
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

/* ---- title ------------------------------------------------------------------------------------ */

/* Without the link to the heading itself, whose text is a sign: "Knots ¶", but "Arrays in C#" is all text. */
static ofp_str heading_text(const job *j, const ofp_node *n)
{
    ofp_str s = ofp_arena_squeeze(j->a, ofp_plain_text(j->a, n));
    const ofp_node *last = ofp_last(n);
    if (!last || ofp_node_type(last) != OFP_LINK || !ofp_str_starts(ofp_url(last), OFP_STR("#")))
        return s;
    ofp_str sign = ofp_arena_squeeze(j->a, ofp_plain_text(j->a, last));
    bool ends = !ofp_str_words(sign) && ofp_str_ends(s, sign);
    return ends ? ofp_str_trim(ofp_str_sub(s, 0, s.n - sign.n)) : s;
}

/* "Fields | Handbook": a heading that is one side of the first bar. */
static bool is_part(ofp_str heading, int level, ofp_str title)
{
    ofp_str rest, first = first_part(title, &rest);
    return rest.n && (level == 1 || ofp_str_words(heading) > 1) && (same_words(heading, first) || same_words(heading, rest));
}

static bool in_title(ofp_str heading, ofp_str title)
{
    size_t words = ofp_str_words(heading);
    return words > 1 && (same_words(heading, title) ||
                         (words > 2 && ofp_str_ifind(title, heading, 0) != SIZE_MAX && heading.n * 5 >= title.n * 2));
}

/* Every way of writing it stands in the page somewhere; the visible heading is the title itself where a stated title
 * holds it.  Of the title's sides the later one is meant: the masthead comes first. */
static ofp_str matching_heading(const job *j, ofp_str title)
{
    ofp_str found = { 0 }, part = { 0 };
    for (const ofp_node *n = ofp_root(j->d), *root = n; n; n = ofp_after(n, root)) {
        if (ofp_node_type(n) != OFP_HEAD || ofp_level(n) > 2)
            continue;
        ofp_str s = heading_text(j, n);
        if (ofp_str_words(s) <= 40 && is_part(s, ofp_level(n), title) && !names_site(j, s))
            part = s;
        else if (!found.n && ofp_str_words(s) <= 40 && in_title(s, title))
            found = s;
    }
    return part.n ? part : found;
}

/* The first-level heading, where there is one and it is not the masthead. */
static ofp_str first_heading(const job *j, bool only)
{
    ofp_str found = { 0 };
    for (const ofp_node *n = ofp_root(j->d), *root = n; n; n = ofp_after(n, root)) {
        if (ofp_node_type(n) != OFP_HEAD || ofp_level(n) != 1)
            continue;
        ofp_str s = heading_text(j, n);
        if (ofp_str_words(s) < 2 || ofp_str_words(s) > 30 || same_words(s, ofp_meta_get(j->d, OFP_META_SITE)))
            continue;
        if (found.n && only && !same_words(found, s))
            return (ofp_str){ 0 };
        found = found.n ? found : s;
    }
    return found;
}

/* At least a third of the longer words of a in b. */
static bool alike(ofp_str a, ofp_str b)
{
    unsigned words = 0, both = 0;
    for (ofp_str w; ofp_str_word(&a, &w);) {
        words += w.n > 3;
        both += w.n > 3 && ofp_str_ifind(b, ofp_str_sub(w, 0, w.n > 6 ? w.n - 2 : w.n), 0) != SIZE_MAX;
    }
    return both && both * 3 >= words;
}

/* "Shops may open: what changes" is the title in full; a new sentence or block behind it is something else. */
static bool goes_on(ofp_str heading, ofp_str title)
{
    ofp_str rest = ofp_str_sub(heading, title.n, SIZE_MAX), next = ofp_str_trim(rest);
    size_t at = 0;
    uint32_t cp = ofp_utf8_next(next, &at);
    return ofp_str_istarts(heading, title) && !ofp_is_digit(cp) && (!ofp_is_letter(cp) || ofp_to_lower(cp) == cp);
}

/* What readers see as the title is the heading: the stated one is written for search engines. */
static ofp_str visible_title(const job *j, ofp_str stated)
{
    ofp_str heading = matching_heading(j, stated);
    if (heading.n)
        return heading;
    heading = first_heading(j, true);
    if (!heading.n || !alike(heading, stated))
        return (ofp_str){ 0 };
    ofp_str site, alone = title_alone(j, stated, ofp_meta_get(j->d, OFP_META_SITE), (ofp_str){ 0 }, &site);
    bool holds = ofp_str_words(alone) >= 4 && heading.n > alone.n && ofp_str_ifind(heading, alone, 0) != SIZE_MAX;
    return holds && !goes_on(heading, alone) ? alone : heading;        /* "Trade Shops may open on Sundays" */
}

static bool try_title(job *j, ofp_str stated, const char *from, int sure)
{
    ofp_str site, heading = visible_title(j, stated);
    ofp_str title = title_alone(j, stated, ofp_meta_get(j->d, OFP_META_SITE), heading, &site);
    if (heading.n)
        title = heading;
    if (is_placeholder_title(title) || same_words(title, ofp_meta_get(j->d, OFP_META_SITE)))
        return false;
    if (site.n && ofp_str_words(site) <= 6)
        offer(j, OFP_META_SITE, site, "title", OFP_SURE_FOUND);
    return offer(j, OFP_META_TITLE, title, from, sure);
}

/* "The ferry comes back | The Harbour Post": what the page's name has beside the title. */
static void name_site_by_title(job *j)
{
    ofp_str site, title = ofp_meta_get(j->d, OFP_META_TITLE), whole = fact_get(j, "title");
    ofp_str alone = title_alone(j, whole, ofp_meta_get(j->d, OFP_META_SITE), title, &site);
    if (same_words(alone, title) && site.n && ofp_str_words(site) <= 6)
        offer(j, OFP_META_SITE, site, "title", OFP_SURE_FOUND);
}

/* What the page's name and its main heading agree on: an encyclopedia's headline says what the thing is, a shop's
 * what is on offer. */
static ofp_str agreed_title(const job *j)
{
    ofp_str whole = fact_get(j, "title"), found = { 0 };
    for (const ofp_node *n = ofp_root(j->d), *root = n; n; n = ofp_after(n, root)) {
        if (ofp_node_type(n) != OFP_HEAD || ofp_level(n) != 1)
            continue;
        ofp_str s = heading_text(j, n);
        if (found.n && !same_words(found, s))
            return (ofp_str){ 0 };
        found = s;
    }
    bool agree = is_part(found, 1, whole) && same_words(found, matching_heading(j, whole));
    return agree && !is_placeholder_title(found) ? found : (ofp_str){ 0 };
}

static void choose_title(job *j)
{
    if (offer(j, OFP_META_TITLE, agreed_title(j), "title", OFP_SURE_STATED))
        return;
    for (size_t i = 0; i < nsources; i++) {
        ofp_str stated = sources[i].key == OFP_META_TITLE ? fact_of(j, &sources[i]) : (ofp_str){ 0 };
        if (stated.n && try_title(j, stated, sources[i].fact.p, sources[i].sure))
            return;
    }
    ofp_str have = ofp_meta_get(j->d, OFP_META_TITLE);
    if (have.n && ofp_meta_sure(ofp_meta_find(ofp_meta(j->d), OFP_STR("title"))) == OFP_SURE_FOUND &&
        try_title(j, have, "title", OFP_SURE_FOUND + 1))
        return;
    offer(j, OFP_META_TITLE, first_heading(j, false), "h1", OFP_SURE_FOUND + 2);
}

void find_title(job *j)
{
    choose_title(j);
    name_site_by_title(j);
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
