/* dates.c - when the page may have been published. */
#include "claims.h"

enum { NEAR_BELOW = 5, NEAR_ABOVE = 8, BELOW = 25 };

static const uint64_t stated = SIGN(DATE_OPENGRAPH) | SIGN(DATE_JSONLD) | SIGN(DATE_MICRODATA) | SIGN(DATE_META) | SIGN(DATE_DUBLINCORE);
static const uint64_t places = SIGN(DATE_NEAR) | SIGN(DATE_BELOW) | SIGN(DATE_ABOVE) | SIGN(DATE_FAR) | SIGN(DATE_UNTITLED);
static const uint64_t good_places = SIGN(DATE_NEAR) | SIGN(DATE_BELOW) | SIGN(DATE_ABOVE);

static bool same_day(const ofp_date *a, const ofp_date *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static void claim_date(job *j, claims *out, ofp_date date, const char *from, uint64_t signs, uint64_t place)
{
    claim *c = claim_of(j, out, ofp_date_iso(j->a, &date), from);
    if (!c)
        return;
    uint64_t had = c->signs & places;
    c->date = date;
    c->signs |= signs | SIGN(DATE_BASE);
    if (place)
        c->signs = (c->signs & ~places) | (had && had < place ? had : place);
}

static void claim_stated(job *j, claims *out, const fact *f)
{
    ofp_date date;
    int sign = f->source->key == OFP_META_MODIFIED ? DATE_MODIFIED : f->source->sign;
    if (read_date(f->value, &date))
        claim_date(j, out, date, f->source->fact.p, SIGN(sign) | (date.day ? 0 : SIGN(DATE_MONTH)), 0);
}

static uint64_t place_of(const sightings *seen, int block)
{
    int below = block - seen->title;
    if (seen->title == NOWHERE)
        return SIGN(DATE_UNTITLED);
    if (below >= 0 && below <= NEAR_BELOW)
        return SIGN(DATE_NEAR);
    if (below < 0 && -below <= NEAR_ABOVE)
        return SIGN(DATE_ABOVE);
    return below > 0 && below <= BELOW ? SIGN(DATE_BELOW) : SIGN(DATE_FAR);
}

/* "3/5/2024" is in May where the page is not American, or states that day elsewhere. */
static ofp_date in_order(job *j, const claims *out, const sighting *s)
{
    ofp_date turned = s->date;
    if (!s->unordered)
        return s->date;
    turned.day = s->date.month, turned.month = s->date.day;
    for (size_t i = 0; i < out->n; i++)
        if (out->at[i].signs & stated && same_day(&out->at[i].date, &s->date))
            return s->date;
    for (size_t i = 0; i < out->n; i++)
        if (out->at[i].signs & stated && same_day(&out->at[i].date, &turned))
            return turned;
    return day_comes_first(j) ? turned : s->date;
}

/* The first from the title on says more than those after it. */
static void claim_shown(job *j, claims *out, const sightings *seen)
{
    bool first = true;
    for (size_t i = 0; i < seen->n; i++) {
        const sighting *s = &seen->at[i];
        if (s->n)
            continue;
        uint64_t place = place_of(seen, s->block), after = SIGN(DATE_NEAR) | SIGN(DATE_BELOW) | SIGN(DATE_UNTITLED);
        const char *from = s->signs & (SIGN(DATE_CLASS) | SIGN(DATE_TIME_TAG)) ? "dateline" : "text";
        claim_date(j, out, in_order(j, out, s), from, s->signs | (first && place & after ? SIGN(DATE_FIRST) : 0), place);
        first &= !(place & after);
    }
}

/* ---- what claims say of each other ------------------------------------------------------------------ */

/* Days since 1 March of the year 0, in the proleptic Gregorian calendar. */
static long day_number(const ofp_date *d)
{
    long y = d->year - (d->month <= 2), m = (d->month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d->day - 1;
}

/* Stated times are often in UTC, where the day may be another than the one readers see. */
static void compare(claim *a, claim *b)
{
    long apart = day_number(&a->date) - day_number(&b->date);
    bool visible = b->signs & SIGN(DATE_URL) || (b->signs & SIGN(DATE_SHOWN) && b->signs & good_places);
    if ((apart == 1 || apart == -1) && a->signs & stated && visible && !(b->signs & stated)) {
        a->signs |= SIGN(DATE_NEXT_DAY);
        b->signs |= SIGN(DATE_BESIDE_STATED);
    }
    if (!(a->signs & stated) && b->signs & stated)
        a->signs |= SIGN(DATE_OTHER_STATED);
    if (!(a->signs & SIGN(DATE_FIRST)) && b->signs & SIGN(DATE_FIRST))
        a->signs |= SIGN(DATE_OTHER_SHOWN);
}

static bool counts(const claim *c) { return c->date.day && c->signs & (stated | SIGN(DATE_MODIFIED) | good_places); }

static void mark_ends(claims *out)
{
    claim *first = NULL, *last = NULL;
    for (size_t i = 0; i < out->n; i++) {
        claim *c = &out->at[i];
        first = counts(c) && (!first || day_number(&c->date) < day_number(&first->date)) ? c : first;
        last = counts(c) && (!last || day_number(&c->date) > day_number(&last->date)) ? c : last;
    }
    if (first && first != last) {
        first->signs |= SIGN(DATE_EARLIEST);
        last->signs |= SIGN(DATE_LATEST);
    }
}

static void judge(claim *c)
{
    bool is_shown = c->signs & SIGN(DATE_SHOWN) && c->signs & good_places;
    c->signs |= c->signs & stated ? SIGN(DATE_STATED) : 0;
    c->signs |= c->signs & stated && is_shown ? SIGN(DATE_AGREED) : 0;
    c->signs |= c->signs & SIGN(DATE_MODIFIED) && is_shown ? SIGN(DATE_MODIFIED_SHOWN) : 0;
    c->signs |= c->signs & SIGN(DATE_URL) && c->signs & (stated | SIGN(DATE_SHOWN)) ? SIGN(DATE_URL_AGREED) : 0;
}

void gather_dates(job *j, const sightings *seen, claims *out)
{
    ofp_date date;
    for (size_t i = 0; i < j->nfacts; i++) {
        const source *s = j->facts[i].source;
        if (s && (s->key == OFP_META_DATE || s->key == OFP_META_MODIFIED))
            claim_stated(j, out, &j->facts[i]);
    }
    if (date_in_path(ofp_url_path(ofp_meta_get(j->d, OFP_META_URL)), &date))
        claim_date(j, out, date, "url", SIGN(DATE_URL), 0);
    claim_shown(j, out, seen);
    for (size_t i = 0; i < out->n; i++)
        for (size_t k = 0; k < out->n; k++)
            compare(&out->at[i], &out->at[k]);
    mark_ends(out);
    for (size_t i = 0; i < out->n; i++)
        judge(&out->at[i]);
}
