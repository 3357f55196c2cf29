/* metadata.c - what a document is: title, authors, date, site and the like, from what it states
 * and from what it shows. */
#include "metadata.h"

typedef struct source { enum ofp_meta_key key; ofp_str fact; int sure; } source;

static const source sources[] = {
#define SOURCE(key, fact, sure) { OFP_META_##key, { fact, sizeof fact - 1 }, sure },
#include "sources.def"
#undef SOURCE
};

/* Types of JSON-LD objects that describe something else than the page. */
static const ofp_str other_types[] = {
    { "BreadcrumbList", 14 }, { "ImageObject", 11 }, { "Person", 6 }, { "Comment", 7 }, { "SearchAction", 12 },
    { "Review", 6 }, { "ListItem", 8 }, { "Offer", 5 }, { "SiteNavigationElement", 21 },
};
/* Types that describe the site: their names and dates are not the article's. */
static const ofp_str site_types[] = {
    { "WebSite", 7 }, { "Organization", 12 }, { "NewsMediaOrganization", 21 }, { "Corporation", 11 }, { "LocalBusiness", 13 },
};

static bool in_types(const ofp_str *types, size_t n, ofp_str type)
{
    for (size_t i = 0; i < n; i++)
        if (ofp_str_eq(types[i], type))
            return true;
    return false;
}

/* Numbers of list items inside a path do not matter: author.0.name is author.name. */
static bool same_path(ofp_str have, ofp_str want)
{
    ofp_str h = have, w = want, x, y;
    while (ofp_str_split(&w, '.', &y)) {
        do {
            if (!ofp_str_split(&h, '.', &x))
                return false;
        } while (x.n && x.p[0] >= '0' && x.p[0] <= '9');
        if (!ofp_str_eq(x, y))
            return false;
    }
    while (ofp_str_split(&h, '.', &x))
        if (!(x.n && x.p[0] >= '0' && x.p[0] <= '9'))
            return false;
    return true;
}

static bool jsonld_is(ofp_str name, ofp_str path)
{
    size_t dot = ofp_str_find(name, OFP_STR("."), 0);
    ofp_str type = ofp_str_sub(name, 0, dot);
    if (dot == SIZE_MAX || in_types(other_types, sizeof other_types / sizeof *other_types, type) ||
        in_types(site_types, sizeof site_types / sizeof *site_types, type))
        return false;
    return same_path(ofp_str_sub(name, dot + 1, SIZE_MAX), path);
}

bool fact_is(ofp_str name, ofp_str pattern)
{
    static const ofp_str jsonld = OFP_STR("jsonld:");
    if (ofp_str_starts(pattern, jsonld))
        return ofp_str_starts(name, jsonld) &&
               jsonld_is(ofp_str_sub(name, jsonld.n, SIZE_MAX), ofp_str_sub(pattern, jsonld.n, SIZE_MAX));
    return ofp_str_ieq(name, pattern);
}

ofp_str fact_get(const job *j, const char *name)
{
    for (size_t i = 0; i < j->nfacts; i++)
        if (fact_is(j->facts[i].name, ofp_s(name)))
            return j->facts[i].value;
    return (ofp_str){ 0 };
}

/* ---- facts ------------------------------------------------------------------------------- */

static const struct { ofp_str name; uint32_t cp; } entities[] = {
    { { "amp", 3 }, '&' }, { { "quot", 4 }, '"' }, { { "apos", 4 }, '\'' }, { { "lt", 2 }, '<' }, { { "gt", 2 }, '>' },
    { { "nbsp", 4 }, ' ' }, { { "ndash", 5 }, 0x2013 }, { { "mdash", 5 }, 0x2014 }, { { "rsquo", 5 }, 0x2019 },
    { { "lsquo", 5 }, 0x2018 }, { { "ldquo", 5 }, 0x201c }, { { "rdquo", 5 }, 0x201d }, { { "hellip", 6 }, 0x2026 },
    { { "auml", 4 }, 0xe4 }, { { "ouml", 4 }, 0xf6 }, { { "uuml", 4 }, 0xfc }, { { "szlig", 5 }, 0xdf },
};

/* The code point of what stands between '&' and ';', 0 where that is no entity. */
static uint32_t entity(ofp_str s)
{
    uint32_t cp = 0;
    bool hex = s.n > 2 && (s.p[1] | 32) == 'x';
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (ofp_str_eq(s, entities[i].name))
            return entities[i].cp;
    if (s.n < 2 || s.p[0] != '#')
        return 0;
    for (size_t i = hex ? 2 : 1; i < s.n; i++) {
        char c = s.p[i];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10) : 99;
        if (digit == 99 || cp > 0x10ffff)
            return 0;
        cp = cp * (hex ? 16 : 10) + digit;
    }
    return cp < 0x110000 && (cp < 0xd800 || cp > 0xdfff) ? cp : 0;
}

/* Values that were escaped once too often: structured data is full of "&#8217;". */
static ofp_str unescaped(ofp_arena *a, ofp_str s)
{
    ofp_buf b = { 0 };
    if (ofp_str_find(s, OFP_STR("&"), 0) == SIZE_MAX)
        return s;
    for (size_t i = 0; i < s.n; i++) {
        size_t end = s.p[i] == '&' ? ofp_str_find(s, OFP_STR(";"), i) : SIZE_MAX;
        uint32_t cp = end != SIZE_MAX && end - i < 10 ? entity(ofp_str_sub(s, i + 1, end - i - 1)) : 0;
        if (cp)
            ofp_buf_putu(&b, cp), i = end;
        else
            ofp_buf_putc(&b, s.p[i]);
    }
    return ofp_buf_take(&b, a);
}

static void take_facts(job *j)
{
    size_t n = 0;
    for (const ofp_node *f = ofp_fact_first(j->d); f; f = ofp_next(f))
        n++;
    j->facts = ofp_arena_zalloc(j->a, n + 1, sizeof *j->facts);
    for (const ofp_node *f = ofp_fact_first(j->d); f && j->facts; f = ofp_next(f))
        j->facts[j->nfacts++] = (fact){ ofp_fact_name(f), unescaped(j->a, unescaped(j->a, ofp_fact_value(f))) };
}

/* ---- offering ------------------------------------------------------------------------------ */

bool offer(job *j, enum ofp_meta_key k, ofp_str value, const char *from, int sure)
{
    value = ofp_arena_squeeze(j->a, value);
    return value.n && ofp_meta_offer(j->d, k, ofp_arena_dup(ofp_doc_arena(j->d), value), ofp_s(from), sure);
}

bool offer_date(job *j, enum ofp_meta_key k, ofp_str text, const char *from, int sure)
{
    ofp_date date;
    if (!ofp_date_parse(ofp_str_trim(text), &date) && !ofp_date_find(text, &date, NULL, NULL))
        return false;
    if (date.year < 1900 || date.year > 2100)
        return false;
    return offer(j, k, ofp_date_iso(j->a, &date), from, sure);
}

static bool offer_words(job *j, const source *s)
{
    ofp_str words[40], w;
    size_t n = 0;
    for (size_t i = 0; i < j->nfacts; i++) {
        ofp_str list = j->facts[i].value;
        while (n < 40 && fact_is(j->facts[i].name, s->fact) && ofp_str_split(&list, ',', &w))
            if ((w = ofp_arena_squeeze(j->a, w)).n && w.n < 80)
                words[n++] = ofp_arena_dup(ofp_doc_arena(j->d), w);
    }
    return n && ofp_meta_offer_list(j->d, s->key, words, n, s->fact, s->sure);
}

static bool offer_authors(job *j, const source *s)
{
    ofp_str all[MAX_PEOPLE], some[MAX_PEOPLE];
    size_t n = 0;
    for (size_t i = 0; i < j->nfacts; i++) {
        if (!fact_is(j->facts[i].name, s->fact))
            continue;
        size_t m = people_stated(j, j->facts[i].value, some);
        for (size_t k = 0; k < m && n < MAX_PEOPLE; k++) {
            bool twice = false;
            for (size_t o = 0; o < n; o++)
                twice |= same_words(all[o], some[k]);
            if (!twice)
                all[n++] = some[k];
        }
    }
    return offer_people(j, all, n, s->fact.p, s->sure);
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
    case OFP_META_DATE: case OFP_META_MODIFIED:
        return offer_date(j, s->key, value, s->fact.p, s->sure);
    case OFP_META_URL: case OFP_META_IMAGE:
        return offer_address(j, s, value);
    case OFP_META_SITE:
        return ofp_str_words(value) <= 8 && offer(j, s->key, value, s->fact.p, s->sure);
    case OFP_META_SUBTITLE: case OFP_META_SECTION: case OFP_META_LANG: case OFP_META_DESCRIPTION: case OFP_META_RIGHTS:
    case OFP_META_IDENTIFIER:
        return offer(j, s->key, value, s->fact.p, s->sure);
    case OFP_META_TITLE: case OFP_META_AUTHOR: case OFP_META_KEYWORDS: case OFP_NMETA:
        break;                                             /* not taken singly */
    }
    return false;
}

static bool offer_source(job *j, const source *s)
{
    if (s->key == OFP_META_AUTHOR)
        return offer_authors(j, s);
    if (s->key == OFP_META_KEYWORDS)
        return offer_words(j, s);
    for (size_t i = 0; i < j->nfacts; i++)
        if (fact_is(j->facts[i].name, s->fact) && offer_fact(j, s, j->facts[i].value))
            return true;
    return false;
}

/* What a reader took from the head unseen is checked like everything else. */
static void check_author(job *j)
{
    const ofp_node *have = ofp_meta_find(ofp_meta(j->d), OFP_STR("author"));
    ofp_str names[MAX_PEOPLE];
    if (!have || ofp_meta_sure(have) > OFP_SURE_FOUND)
        return;
    ofp_str stated = ofp_arena_dup(j->a, ofp_meta_at(j->d, OFP_META_AUTHOR, 0));
    ofp_str from = ofp_meta_source(have);
    size_t n = people_stated(j, unescaped(j->a, stated), names);
    if (ofp_meta_count(j->d, OFP_META_AUTHOR) > 1)
        return;
    ofp_meta_drop(ofp_meta(j->d), OFP_STR("author"));
    ofp_str copies[MAX_PEOPLE];
    for (size_t i = 0; i < n; i++)
        copies[i] = ofp_arena_dup(ofp_doc_arena(j->d), names[i]);
    if (n)
        ofp_meta_offer_list(j->d, OFP_META_AUTHOR, copies, n, from, OFP_SURE_FOUND);
}

void read_facts(job *j)
{
    check_author(j);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        offer_source(j, &sources[i]);
}

/* ---- title ------------------------------------------------------------------------------------ */

/* Every way of writing it stands in the page somewhere; the visible heading is the title itself
 * where a stated title holds it. */
static ofp_str matching_heading(const job *j, ofp_str title)
{
    for (const ofp_node *n = ofp_root(j->d), *root = n; n; n = ofp_after(n, root)) {
        if (ofp_node_type(n) != OFP_HEAD || ofp_level(n) > 2)
            continue;
        ofp_str s = ofp_arena_squeeze(j->a, ofp_plain_text(j->a, n));
        size_t words = ofp_str_words(s);
        if (words < 2 || words > 40)
            continue;
        if (same_words(s, title) || (words >= 3 && ofp_str_ifind(title, s, 0) != SIZE_MAX && s.n * 5 >= title.n * 2))
            return s;
    }
    return (ofp_str){ 0 };
}

/* The first-level heading, where there is one and it is not the masthead. */
static ofp_str first_heading(const job *j, bool only)
{
    ofp_str found = { 0 };
    for (const ofp_node *n = ofp_root(j->d), *root = n; n; n = ofp_after(n, root)) {
        if (ofp_node_type(n) != OFP_HEAD || ofp_level(n) != 1)
            continue;
        ofp_str s = ofp_arena_squeeze(j->a, ofp_plain_text(j->a, n));
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
    bool kicker = ofp_str_words(alone) >= 4 && heading.n > alone.n && ofp_str_ifind(heading, alone, 0) != SIZE_MAX;
    return kicker ? alone : heading;                       /* "Trade Shops may open on Sundays" */
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

void find_title(job *j)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        ofp_str stated = sources[i].key == OFP_META_TITLE ? fact_get(j, sources[i].fact.p) : (ofp_str){ 0 };
        if (stated.n && try_title(j, stated, sources[i].fact.p, sources[i].sure))
            return;
    }
    ofp_str have = ofp_meta_get(j->d, OFP_META_TITLE);
    if (have.n && ofp_meta_sure(ofp_meta_find(ofp_meta(j->d), OFP_STR("title"))) == OFP_SURE_FOUND &&
        try_title(j, have, "title", OFP_SURE_FOUND + 1))
        return;
    offer(j, OFP_META_TITLE, first_heading(j, false), "h1", OFP_SURE_FOUND + 2);
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
static bool date_in_path(ofp_str path, ofp_date *date)
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
    ofp_str base = ofp_note(j->d, OFP_STR("base")), url;
    if (ofp_url_host(base).n)
        offer(j, OFP_META_URL, base, "address", OFP_SURE_STATED);
    url = ofp_meta_get(j->d, OFP_META_URL);
    ofp_date date;
    if (date_in_path(ofp_url_path(url), &date))
        offer(j, OFP_META_DATE, ofp_date_iso(j->a, &date), "url", 72);
    ofp_str host = ofp_url_host(url);
    if (ofp_str_istarts(host, OFP_STR("www.")))
        host = ofp_str_sub(host, 4, SIZE_MAX);
    offer(j, OFP_META_SITE, host, "url", OFP_SURE_GUESS);
}

/* ---- the passes ------------------------------------------------------------------------------ */

typedef struct pass { const char *name; void (*run)(job *j); bool page, text; } pass;

static const pass passes[] = {
    { "facts",    read_facts,    true,  true },
    { "title",    find_title,    true,  false },
    { "page",     read_page,     true,  false },
    { "text",     read_text,     false, true },
    { "url",      read_url,      true,  true },
    { "language", find_language, true,  true },
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
