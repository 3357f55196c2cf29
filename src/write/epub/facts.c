/* facts.c - what the book says about itself: its own metadata, or that of its articles. */
#include "base/map.h"
#include "base/world.h"
#include "write/epub/book.h"
#include "write/epub/sha1.h"

ofp_str epub_meta(const epub_book *b, enum ofp_meta_key k)
{
    ofp_str value = ofp_meta_get(b->doc, k);
    if (value.n == 0 && b->narticles == 1)
        value = ofp_article_meta(ofp_article_first(b->doc), k);
    return ofp_arena_squeeze(b->arena, value);
}

static size_t count_pieces(ofp_str list)
{
    size_t n = 1;
    for (size_t i = 0; i < list.n; i++)
        n += list.p[i] == ';';
    return n;
}

/* Adds value, or each of its "; "-separated items, where it is new. */
static void add_values(const epub_book *b, epub_values *to, ofp_map *seen, ofp_str value, bool list)
{
    while (value.n > 0) {
        size_t end = list ? ofp_str_find(value, OFP_STR(";"), 0) : SIZE_MAX;
        ofp_str piece = ofp_arena_squeeze(b->arena, ofp_str_sub(value, 0, end));
        value = end == SIZE_MAX ? (ofp_str){ 0 } : ofp_str_sub(value, end + 1, SIZE_MAX);
        void **known = piece.n ? ofp_map_at(seen, piece) : NULL;
        if (!known || *known)
            continue;
        *known = to;
        to->v[to->n++] = piece;
    }
}

epub_values epub_all_meta(const epub_book *b, enum ofp_meta_key k)
{
    epub_values all = { 0 };
    ofp_map seen = { .arena = b->arena };
    bool list = ofp_meta_is_list(k);
    size_t own = ofp_meta_count(b->doc, k), most = own;
    for (const ofp_node *a = ofp_article_first(b->doc); a; a = ofp_article_next(a))
        most += count_pieces(ofp_article_meta(a, k));
    all.v = ofp_arena_zalloc(b->arena, most + 1, sizeof *all.v);
    if (!all.v)
        return all;
    for (size_t i = 0; i < own; i++)
        add_values(b, &all, &seen, ofp_meta_at(b->doc, k, i), false);
    for (const ofp_node *a = ofp_article_first(b->doc); own == 0 && a; a = ofp_article_next(a))
        add_values(b, &all, &seen, ofp_article_meta(a, k), list);
    return all;
}

/* ---- dates ----------------------------------------------------------------------------- */

/* Whether s has the digits and signs of a pattern such as "dddd-dd". */
static bool looks_like(ofp_str s, const char *pattern)
{
    ofp_str p = ofp_s(pattern);
    if (s.n < p.n)
        return false;
    for (size_t i = 0; i < p.n; i++)
        if (p.p[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != p.p[i])
            return false;
    return true;
}

/* The calendar part of an ISO 8601 date; empty where it is none. */
static ofp_str calendar_part(ofp_str s)
{
    long month = 1, day = 1;
    if (looks_like(s, "dddd-dd-dd") && ofp_str_int(ofp_str_sub(s, 5, 2), 1, 12, &month) &&
        ofp_str_int(ofp_str_sub(s, 8, 2), 1, 31, &day))
        return ofp_str_sub(s, 0, 10);
    if (looks_like(s, "dddd-dd") && ofp_str_int(ofp_str_sub(s, 5, 2), 1, 12, &month))
        return ofp_str_sub(s, 0, 7);
    return looks_like(s, "dddd") ? ofp_str_sub(s, 0, 4) : (ofp_str){ 0 };
}

static ofp_str latest(const epub_book *b, enum ofp_meta_key k)
{
    ofp_str last = { 0 };
    for (const ofp_node *a = ofp_article_first(b->doc); a; a = ofp_article_next(a)) {
        ofp_str date = calendar_part(ofp_article_meta(a, k));
        if (ofp_str_cmp(date, last) > 0)
            last = date;
    }
    return last;
}

/* The book's own date, else that of its newest article. */
ofp_str epub_date(const epub_book *b)
{
    ofp_str date = calendar_part(ofp_meta_get(b->doc, OFP_META_DATE));
    return date.n ? date : latest(b, OFP_META_DATE);
}

/* "2026-02-19T12:00:00Z" of seconds since 1970, after the civil calendar of days since 0000-03-01. */
static ofp_str utc(ofp_arena *a, int64_t seconds)
{
    int64_t days = seconds / 86400, rest = seconds % 86400, z = days + 719468;
    int64_t era = z / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int64_t day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
    int64_t year = yoe + era * 400 + (month <= 2);
    return ofp_arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, (int)month, (int)day,
                            (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

/* When the publication was last changed: never the clock's time, so that the same input gives the
 * same bytes. */
ofp_str epub_modified(const epub_book *b)
{
    const ofp_world *w = ofp_world_or_os(b->opt->world);
    int64_t now = w->env(w->user, "SOURCE_DATE_EPOCH") ? w->now(w->user) : -1;
    if (now >= 0 && now < INT64_C(253402300800))
        return utc(b->arena, now);
    ofp_str day = calendar_part(ofp_meta_get(b->doc, OFP_META_MODIFIED)), dated = latest(b, OFP_META_MODIFIED);
    if (day.n < 10)
        day = dated.n == 10 ? dated : epub_date(b);
    if (day.n < 10)
        day = OFP_STR("2000-01-01");
    return ofp_arena_printf(b->arena, "%.*sT00:00:00Z", (int)day.n, day.p);
}

/* ---- identifier ------------------------------------------------------------------------ */

/* The name space of our identifiers, itself a random UUID. */
static const unsigned char space[16] = { 0x3b, 0x9c, 0x1f, 0x52, 0x7e, 0x0d, 0x4a, 0x86,
                                         0x91, 0xd4, 0x5c, 0xe2, 0x08, 0xb7, 0x6f, 0x13 };

/* Lengths go in as well, or two books that divide the same bytes differently would be one. */
static void add_hashed(epub_sha1 *h, ofp_str s)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)s.n >> 8 * i);
    epub_sha1_add(h, length, sizeof length);
    epub_sha1_add(h, s.p, s.n);
}

ofp_str epub_make_uuid(const epub_book *b)
{
    epub_sha1 h;
    unsigned char d[20];
    epub_sha1_start(&h);
    epub_sha1_add(&h, space, sizeof space);
    for (int k = 0; k < OFP_NMETA; k++)
        add_hashed(&h, ofp_meta_get(b->doc, (enum ofp_meta_key)k));
    for (const epub_item *it = b->items; it; it = it->next) {
        add_hashed(&h, it->path);
        add_hashed(&h, it->bytes);
    }
    epub_sha1_end(&h, d);
    d[6] = (unsigned char)((d[6] & 0x0f) | 0x50);          /* RFC 4122 §4.3: version 5 */
    d[8] = (unsigned char)((d[8] & 0x3f) | 0x80);
    return ofp_arena_printf(b->arena, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", d[0],
                            d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14], d[15]);
}
