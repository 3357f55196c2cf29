/* authors.c - who may have written the page. */
#include "claims.h"

enum { NEAR_BELOW = 4, NEAR_ABOVE = 6, BELOW = 25 };

static const uint64_t stated = SIGN(AUTHOR_JSONLD) | SIGN(AUTHOR_JSONLD_OTHER) | SIGN(AUTHOR_MICRODATA) | SIGN(AUTHOR_META) |
                               SIGN(AUTHOR_OPENGRAPH) | SIGN(AUTHOR_CITATION) | SIGN(AUTHOR_DUBLINCORE) | SIGN(AUTHOR_VENDOR) |
                               SIGN(AUTHOR_CARD);
static const uint64_t shown = SIGN(AUTHOR_CLASS_LINE) | SIGN(AUTHOR_CLASS_PART) | SIGN(AUTHOR_CLASS_USER) | SIGN(AUTHOR_LINK) |
                              SIGN(AUTHOR_LINK_USER) | SIGN(AUTHOR_BY) | SIGN(AUTHOR_BARE);
static const uint64_t places = SIGN(AUTHOR_NEAR) | SIGN(AUTHOR_BELOW) | SIGN(AUTHOR_ABOVE) | SIGN(AUTHOR_FAR) | SIGN(AUTHOR_UNTITLED);

static claim *claim_people(job *j, claims *out, const ofp_str *names, size_t n, const char *from, uint64_t signs)
{
    ofp_buf all = { 0 };
    for (size_t i = 0; i < n; i++)
        ofp_buf_add(&all, names[i]);
    claim *c = n ? claim_of(j, out, ofp_buf_take(&all, j->a), from) : NULL;
    for (size_t i = 0; c && !c->n && i < n; i++)
        c->names[i] = names[i];
    if (c)
        c->n = n, c->signs |= signs | SIGN(AUTHOR_BASE);
    return c;
}

/* ---- stated ---------------------------------------------------------------------------------- */

/* A source may be given once for each author. */
static void claim_source(job *j, claims *out, const source *s)
{
    ofp_str all[MAX_PEOPLE], some[MAX_PEOPLE];
    size_t n = 0;
    for (size_t i = 0; i < j->nfacts; i++) {
        size_t m = j->facts[i].source == s ? people_stated(j, j->facts[i].value, some) : 0;
        for (size_t k = 0; k < m; k++)
            n = add_person(all, n, some[k]);
    }
    n = without_site(j, all, n);
    if (s->sign == AUTHOR_REL)                             /* every author box and comment has one */
        n = n > 1 ? 1 : n;
    claim_people(j, out, all, n, s->fact.p, SIGN(s->sign));
}

/* ---- shown ------------------------------------------------------------------------------------- */

static uint64_t place_of(const sightings *seen, int block)
{
    int below = block - seen->title;
    if (seen->title == NOWHERE)
        return SIGN(AUTHOR_UNTITLED);
    if (below >= 0 && below <= NEAR_BELOW)
        return SIGN(AUTHOR_NEAR);
    if (below < 0 && -below <= NEAR_ABOVE)
        return SIGN(AUTHOR_ABOVE);
    return below > 0 && below <= BELOW ? SIGN(AUTHOR_BELOW) : SIGN(AUTHOR_FAR);
}

static const char *source_of(uint64_t signs)
{
    if (signs & (SIGN(AUTHOR_CLASS_LINE) | SIGN(AUTHOR_CLASS_PART) | SIGN(AUTHOR_BY)))
        return "byline";
    return signs & (SIGN(AUTHOR_LINK) | SIGN(AUTHOR_LINK_USER) | SIGN(AUTHOR_CLASS_USER)) ? "author link" : "name";
}

/* Of several places the best one counts: the signs of places are in that order. */
static void claim_sighting(job *j, claims *out, const sightings *seen, const sighting *s)
{
    uint64_t place = place_of(seen, s->block);
    claim *c = claim_people(j, out, s->names, s->n, source_of(s->signs), 0);
    if (!c)
        return;
    uint64_t had = c->signs & places, aside = c->signs & shown ? c->signs & s->signs : s->signs;
    c->signs |= s->signs;
    c->signs = (c->signs & ~places) | (had && had < place ? had : place);
    c->signs = (c->signs & ~SIGN(AUTHOR_ASIDE)) | (aside & SIGN(AUTHOR_ASIDE));
}

static void mark_first(job *j, claims *out, const sightings *seen)
{
    for (size_t i = 0; i < seen->n; i++) {
        const sighting *s = &seen->at[i];
        if (!s->n || (seen->title != NOWHERE && s->block < seen->title))
            continue;
        claim *c = claim_people(j, out, s->names, s->n, "", 0);
        if (c)
            c->signs |= SIGN(AUTHOR_FIRST);
        return;
    }
}

/* ---- what the names are like ----------------------------------------------------------------------- */

static bool is_handle(ofp_str s)
{
    size_t first = 0;
    bool odd = s.n && !ofp_is_upper(ofp_utf8_next(s, &first));
    for (size_t i = 0; i < s.n; i++)
        odd |= (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_';
    return odd;
}

static uint64_t shape_of(job *j, const claim *c)
{
    uint64_t signs = c->n > 3 ? SIGN(AUTHOR_MANY) : c->n > 1 ? SIGN(AUTHOR_SEVERAL) : 0;
    for (size_t i = 0; i < c->n; i++) {
        ofp_str s = c->names[i];
        signs |= ofp_str_words(s) == 1 ? SIGN(AUTHOR_ONE_WORD) : 0;
        signs |= is_person(j, s) ? 0 : SIGN(AUTHOR_NO_PERSON);
        signs |= is_handle(s) ? SIGN(AUTHOR_HANDLE) : 0;
        signs |= is_team(j, s) ? SIGN(AUTHOR_TEAM) : 0;
        signs |= names_site(j, s) ? SIGN(AUTHOR_SITE) : 0;
        signs |= ofp_str_ifind(ofp_meta_get(j->d, OFP_META_TITLE), s, 0) != SIZE_MAX ? SIGN(AUTHOR_IN_TITLE) : 0;
    }
    return signs;
}

/* ---- what claims say of each other ------------------------------------------------------------------ */

static bool all_in(const claim *few, const claim *many)
{
    for (size_t i = 0; i < few->n; i++) {
        bool there = false;
        for (size_t k = 0; k < many->n; k++)
            there |= same_words(few->names[i], many->names[k]);
        if (!there)
            return false;
    }
    return true;
}

static void compare(claims *out)
{
    for (size_t i = 0; i < out->n; i++)
        for (size_t k = 0; k < out->n; k++)
            if (out->at[i].n < out->at[k].n && all_in(&out->at[i], &out->at[k])) {
                out->at[i].signs |= SIGN(AUTHOR_PART);
                out->at[k].signs |= SIGN(AUTHOR_WHOLE);
            }
}

static void judge(job *j, claim *c, ofp_str lines)
{
    uint64_t said = c->signs & stated;
    c->signs |= shape_of(j, c);
    c->signs |= said && c->signs & shown ? SIGN(AUTHOR_AGREED) : 0;
    c->signs |= said & (said - 1) ? SIGN(AUTHOR_TWICE) : 0;
    c->signs |= said && ofp_str_ifind(lines, c->names[0], 0) != SIZE_MAX ? SIGN(AUTHOR_IN_LINES) : 0;
}

void gather_authors(job *j, const sightings *seen, claims *out)
{
    for (size_t i = 0; i < nsources; i++)
        if (sources[i].key == OFP_META_AUTHOR)
            claim_source(j, out, &sources[i]);
    for (size_t i = 0; i < seen->n; i++)
        if (seen->at[i].n)
            claim_sighting(j, out, seen, &seen->at[i]);
    mark_first(j, out, seen);
    compare(out);
    for (size_t i = 0; i < out->n; i++)
        judge(j, &out->at[i], ofp_buf_str(&seen->lines));
}
