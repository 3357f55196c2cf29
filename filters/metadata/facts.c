/* facts.c - what the page states, each statement with the source it is. */
#include "claims.h"

const source sources[] = {
#define SOURCE(key, fact, sure) { OFP_META_##key, { fact, sizeof fact - 1 }, sure, -1 },
#define STATES(key, fact, sign) { OFP_META_##key, { fact, sizeof fact - 1 }, 0, key##_##sign },
#include "sources.def"
#undef SOURCE
#undef STATES
};

const size_t nsources = sizeof sources / sizeof *sources;

/* ---- texts that were escaped twice ----------------------------------------------------------- */

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

/* Structured data is full of "&#8217;". */
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

/* ---- names of facts ---------------------------------------------------------------------------- */

/* Types of objects that describe something else than the page. */
static const ofp_str other_types[] = {
    { "BreadcrumbList", 14 }, { "ImageObject", 11 }, { "Person", 6 }, { "Comment", 7 }, { "UserComments", 12 }, { "Answer", 6 },
    { "SearchAction", 12 }, { "Review", 6 }, { "ListItem", 8 }, { "Offer", 5 }, { "SiteNavigationElement", 21 },
    { "Organization", 12 }, { "NewsMediaOrganization", 21 }, { "Corporation", 11 }, { "LocalBusiness", 13 },
};

static bool is_other(ofp_str type)
{
    for (size_t i = 0; i < sizeof other_types / sizeof *other_types; i++)
        if (ofp_str_eq(type, other_types[i]))
            return true;
    return ofp_str_find(type, OFP_STR("#"), 0) != SIZE_MAX;                /* not the first of its type */
}

/* "jsonld:NewsArticle.author.name" as "jsonld:author.name"; empty for objects that are not the page. */
static ofp_str short_name(ofp_arena *a, ofp_str name)
{
    static const ofp_str entity_of = OFP_STR("mainEntity.");
    size_t colon = ofp_str_find(name, OFP_STR(":"), 0), dot = ofp_str_find(name, OFP_STR("."), colon);
    ofp_str kind = ofp_str_sub(name, 0, colon);
    if (dot == SIZE_MAX || (!ofp_str_eq(kind, OFP_STR("jsonld")) && !ofp_str_eq(kind, OFP_STR("microdata"))))
        return name;
    ofp_str type = ofp_str_sub(name, colon + 1, dot - colon - 1), path = ofp_str_sub(name, dot + 1, SIZE_MAX);
    if (is_other(type))
        return (ofp_str){ 0 };
    kind = ofp_str_eq(type, OFP_STR("WebSite")) ? OFP_STR("site") : kind;
    while (ofp_str_starts(path, entity_of))
        path = ofp_str_sub(path, entity_of.n, SIZE_MAX);
    return ofp_arena_printf(a, "%.*s:%.*s", (int)kind.n, kind.p, (int)path.n, path.p);
}

/* ---- which source ------------------------------------------------------------------------------- */

enum { SLOTS = 512 };

static size_t slot_of(const uint16_t *slots, ofp_str name)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < name.n; i++)
        h = (h ^ (uint8_t)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] | 32 : name.p[i])) * 0x01000193u;
    for (h = (h ^ h >> 15) % SLOTS; slots[h] && !ofp_str_ieq(sources[slots[h] - 1].fact, name);)
        h = (h + 1) % SLOTS;
    return h;
}

static uint16_t *index_sources(ofp_arena *a)
{
    uint16_t *slots = ofp_arena_zalloc(a, SLOTS, sizeof *slots);
    for (size_t i = 0; slots && i < nsources; i++)
        slots[slot_of(slots, sources[i].fact)] = (uint16_t)(i + 1);
    return slots;
}

static fact make_fact(job *j, const uint16_t *slots, ofp_str name, ofp_str value)
{
    fact f = { .name = short_name(j->a, name), .value = unescaped(j->a, unescaped(j->a, value)) };
    uint16_t row = f.name.n ? slots[slot_of(slots, f.name)] : 0;
    f.source = row ? &sources[row - 1] : NULL;
    return f;
}

/* Cards label what they show: twitter:label1 "Written by", twitter:data1 the name. */
static void take_card(job *j, const uint16_t *slots)
{
    bool by = false;
    for (size_t i = 0, n = j->nfacts; i < n; i++) {
        const fact *f = &j->facts[i];
        if (ofp_str_ieq(f->name, OFP_STR("twitter:label1")))
            by = by_prefix(j, ofp_arena_printf(j->a, "%.*s ", (int)f->value.n, f->value.p)) > f->value.n;
        else if (by && ofp_str_ieq(f->name, OFP_STR("twitter:data1")))
            j->facts[j->nfacts++] = make_fact(j, slots, OFP_STR("card:author"), f->value), by = false;
    }
}

void take_facts(job *j)
{
    size_t n = 0;
    uint16_t *slots = index_sources(j->a);
    for (const ofp_node *f = ofp_fact_first(j->d); f; f = ofp_next(f))
        n++;
    j->facts = ofp_arena_zalloc(j->a, n * 2 + 1, sizeof *j->facts);
    for (const ofp_node *f = ofp_fact_first(j->d); f && j->facts && slots; f = ofp_next(f))
        j->facts[j->nfacts++] = make_fact(j, slots, ofp_fact_name(f), ofp_fact_value(f));
    if (slots)
        take_card(j, slots);
}

ofp_str fact_get(const job *j, const char *name)
{
    for (size_t i = 0; i < j->nfacts; i++)
        if (ofp_str_ieq(j->facts[i].name, ofp_s(name)))
            return j->facts[i].value;
    return (ofp_str){ 0 };
}

ofp_str fact_of(const job *j, const source *s)
{
    for (size_t i = 0; i < j->nfacts; i++)
        if (j->facts[i].source == s)
            return j->facts[i].value;
    return (ofp_str){ 0 };
}
