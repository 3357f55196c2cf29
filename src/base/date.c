/* date.c - dates as pages, articles and mails write them.
 *
 * One matcher serves both entry points: ofp_date_find tries it at each place where a date may begin,
 * ofp_date_parse wants nothing around it but a weekday, a time and a zone.  Each try looks at a bounded
 * number of bytes, so both are linear.
 *
 * Forms: ISO 8601 (2026-02-19T10:00:00+01:00, 20260219, 2026-02, 2026), RFC 2822 and asctime,
 * day month year and month day year with names, year month day with names (Hungarian, Chinese, Japanese,
 * Korean), and numbers alone.  19.02.2026 and 19-02-2026 are day first.  With slashes the part above 12
 * is the day; where both could be, the month comes first, as in the country that writes slashes most. */
#include "base/date_parts.h"

/* ---- forms ------------------------------------------------------------------------------------ */

/* 19th, 1st, 1er, 2ème, 1º: what may stand right behind a day. */
static void skip_ordinal(ofp_str s, size_t *at)
{
    static const char *const endings[] = { "st", "nd", "rd", "th", "er", "e", "re", "\xC2\xBA", "\xC2\xAA", "\xC2\xB0", "ste", "de", "-\xD0\xB3\xD0\xBE" };
    if (!TAKE_WORD_OF(s, at, endings) && byte_at(s, *at) == '.') ++*at;
}

/* Blanks, and the little words that stand between the parts of a date: "de", "of", ",", "-". */
static size_t skip_between(ofp_str s, size_t at)
{
    static const char *const links[] = { "de", "del", "of", "d'", "di", "do", "da", "dne", "the" };
    at = ofp_date_skip_blanks(s, at);
    if (byte_at(s, at) == ',' || byte_at(s, at) == '-' || byte_at(s, at) == '/') at++;
    at = ofp_date_skip_blanks(s, at);
    if (TAKE_WORD_OF(s, &at, links)) at = ofp_date_skip_blanks(s, at);
    return at;
}

/* May a number of the same date stand at at? */
static bool number_follows(ofp_str s, size_t at)
{
    at = skip_between(s, at);
    return is_digit(byte_at(s, at + (byte_at(s, at) == '\'')));
}

/* A number follows in every form; that is asked first, since most words of a page are no months. */
static bool take_month(ofp_str s, size_t *at, int *month)
{
    date_word w;
    size_t i = *at;
    if (!ofp_date_take_letters(s, &i, &w)) return false;
    if (byte_at(s, i) == '.') i++;
    if (!number_follows(s, i) || !(*month = ofp_date_month_of(&w))) return false;
    *at = i;
    return true;
}

static bool plausible(const ofp_date *d)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (d->year % 4 == 0 && d->year % 100) || d->year % 400 == 0;
    if (d->year < 1800 || d->year > 2100 || d->month < 0 || d->month > 12 || d->day < 0) return false;
    if (!d->month) return !d->day;
    return d->day <= days[d->month - 1] + (d->month == 2 && leap);
}

/* How much a form says: a bare year or a year and month only count where nothing better is. */
enum precision { NOTHING, YEAR, MONTH, DAY };

typedef enum precision form(ofp_str s, size_t *at, ofp_date *d);

static enum precision cjk_date(ofp_str s, size_t *at, ofp_date *d)
{
    static const char *const years[] = { "\xE5\xB9\xB4", "\xEB\x85\x84" }, *const mons[] = { "\xE6\x9C\x88", "\xEC\x9B\x94" },
                      *const days[] = { "\xE6\x97\xA5", "\xEC\x9D\xBC", "\xE5\x8F\xB7" };
    size_t i = *at;
    int k = 0;
    if (!ofp_date_take_number(s, &i, 4, 4, &d->year)) return NOTHING;
    for (i = ofp_date_skip_blanks(s, i); k < 2 && !ofp_date_take_literal(s, &i, years[k]); k++)
        ;
    if (k == 2) return NOTHING;
    i = ofp_date_skip_blanks(s, i);
    if (!ofp_date_take_number(s, &i, 1, 2, &d->month)) return NOTHING;
    for (i = ofp_date_skip_blanks(s, i), k = 0; k < 2 && !ofp_date_take_literal(s, &i, mons[k]); k++)
        ;
    if (k == 2) return NOTHING;
    *at = i;
    i = ofp_date_skip_blanks(s, i);
    if (!ofp_date_take_number(s, &i, 1, 2, &d->day)) return d->day = 0, MONTH;
    for (i = ofp_date_skip_blanks(s, i), k = 0; k < 3 && !ofp_date_take_literal(s, &i, days[k]); k++)
        ;
    *at = i;
    return DAY;
}

/* 2026-02-19, 2026/2/19, 2026.02.19., 2026-02. */
static enum precision year_first(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    if (!ofp_date_take_number(s, &i, 4, 4, &d->year)) return NOTHING;
    char sep = byte_at(s, i);
    if (sep != '-' && sep != '/' && sep != '.') return NOTHING;
    i++;
    if (sep == '.') i = ofp_date_skip_blanks(s, i);
    if (!ofp_date_take_number(s, &i, 1, 2, &d->month) || !d->month) return NOTHING;
    size_t month_end = i;
    if (byte_at(s, i) == sep) {
        i++;
        if (sep == '.') i = ofp_date_skip_blanks(s, i);
        if (ofp_date_take_number(s, &i, 1, 2, &d->day) && d->day) return *at = i, DAY;
    }
    d->day = 0;
    if (sep == '.' || is_digit(byte_at(s, month_end + 1))) return NOTHING;
    *at = month_end;
    return MONTH;
}

static enum precision compact(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    int v;
    if (!ofp_date_take_number(s, &i, 8, 8, &v)) return NOTHING;
    d->year = v / 10000;
    d->month = v / 100 % 100;
    d->day = v % 100;
    *at = i;
    return d->month && d->day ? DAY : NOTHING;
}

/* Two digits stand for 1970 to 2069, as POSIX has it but for a year. */
static bool take_year(ofp_str s, size_t *at, bool brief, int *year)
{
    if (ofp_date_take_number(s, at, 4, 4, year)) return true;
    if (!brief || !ofp_date_take_number(s, at, 2, 2, year)) return false;
    *year += *year < 70 ? 2000 : 1900;
    return true;
}

/* 19.02.2026, 19-02-2026, 2/19/2026, 19/2/26. */
static enum precision year_last(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    int a, b;
    if (!ofp_date_take_number(s, &i, 1, 2, &a)) return NOTHING;
    char sep = byte_at(s, i);
    if (sep != '.' && sep != '/' && sep != '-') return NOTHING;
    i++;
    if (sep == '.') i = ofp_date_skip_blanks(s, i);
    if (!ofp_date_take_number(s, &i, 1, 2, &b) || byte_at(s, i) != sep) return NOTHING;
    i++;
    if (sep == '.') i = ofp_date_skip_blanks(s, i);
    if (!take_year(s, &i, sep != '-', &d->year)) return NOTHING;
    bool day_first = a > 12 || (sep != '/' && b <= 12);
    d->day = day_first ? a : b;
    d->month = day_first ? b : a;
    *at = i;
    return d->day && d->month ? DAY : NOTHING;
}

/* 19 February 2026, 19. Februar 2026, 1er mars 2026, 19 de febrero de 2026, 19-Feb-2026. */
static enum precision day_month(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    if (!ofp_date_take_number(s, &i, 1, 2, &d->day) || !d->day) return NOTHING;
    skip_ordinal(s, &i);
    i = skip_between(s, i);
    if (!take_month(s, &i, &d->month)) return NOTHING;
    i = skip_between(s, i);
    if (byte_at(s, i) == '\'') i++;
    if (!take_year(s, &i, byte_at(s, i - 1) == '\'' || byte_at(s, i - 1) == '-', &d->year)) return NOTHING;
    *at = i;
    return DAY;
}

/* 2026. február 19., 2026 February 19, 2026-Feb-19. */
static enum precision year_month(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    if (!ofp_date_take_number(s, &i, 4, 4, &d->year)) return NOTHING;
    if (byte_at(s, i) == '.') i++;
    i = skip_between(s, i);
    if (!take_month(s, &i, &d->month)) return NOTHING;
    i = skip_between(s, i);
    if (!ofp_date_take_number(s, &i, 1, 2, &d->day) || !d->day) return NOTHING;
    skip_ordinal(s, &i);
    *at = i;
    return DAY;
}

/* The clock that asctime and date(1) put between day and year. */
static size_t skip_clock(ofp_str s, size_t at, ofp_date *d)
{
    size_t i = ofp_date_skip_blanks(s, at);
    ofp_date t = *d;
    if (!ofp_date_take_clock(s, &i, &t)) return at;
    *d = t;
    return i;
}

/* February 19, 2026; Feb. 19 2026; Thu Feb 19 10:00:00 UTC 2026; February 2026. */
static enum precision month_first(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    if (!take_month(s, &i, &d->month)) return NOTHING;
    i = skip_between(s, i);
    size_t day = i;
    if (ofp_date_take_number(s, &i, 1, 2, &d->day) && d->day) {
        skip_ordinal(s, &i);
        i = skip_between(s, skip_clock(s, i, d));
        if (!ofp_date_take_number(s, &i, 4, 4, &d->year)) return NOTHING;
        *at = i;
        return DAY;
    }
    d->day = 0;
    if (!ofp_date_take_number(s, &day, 4, 4, &d->year)) return NOTHING;
    *at = day;
    return MONTH;
}

static enum precision bare_year(ofp_str s, size_t *at, ofp_date *d)
{
    return ofp_date_take_number(s, at, 4, 4, &d->year) ? YEAR : NOTHING;
}

/* ---- matching ----------------------------------------------------------------------------------- */

static form *const with_digits[] = { cjk_date, year_first, year_month, day_month, year_last, compact };
static form *const with_letters[] = { month_first };

/* The first form that fits at at; *end is moved past it and a time behind it. */
static enum precision match_at(ofp_str s, size_t at, size_t *end, ofp_date *out)
{
    bool digit = is_digit(s.p[at]);
    form *const *list = digit ? with_digits : with_letters;
    size_t n = digit ? sizeof with_digits / sizeof *with_digits : sizeof with_letters / sizeof *with_letters;
    for (size_t k = 0; k < n; k++) {
        ofp_date d = { 0 };
        size_t i = at;
        enum precision p = list[k](s, &i, &d);
        if (p == NOTHING || !plausible(&d)) continue;
        if (p == DAY && !d.has_time) ofp_date_take_time(s, &i, &d);
        *out = d;
        *end = i;
        return p;
    }
    return NOTHING;
}

/* ---- finding -------------------------------------------------------------------------------------- */

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* May a date begin at at?  A number must not go on with another one before it; a name may be glued to
 * a word only where a capital follows a small letter ("AnukritiFebruary 19, 2026"). */
static bool may_begin(ofp_str s, size_t at)
{
    size_t i = at, k = at;
    if (at && is_small(s.p[at]) && is_small(s.p[at - 1])) return false;        /* most of a text */
    uint32_t cp = ofp_utf8_next(s, &k);
    uint32_t before = at ? ofp_utf8_prev(s, &i) : ' ';
    if (is_digit(s.p[at])) {
        bool joint = before == '.' || before == '/' || before == '-' || before == ':' || before == ',' || before == '$';
        return !ofp_is_digit(before) && !(joint && i && ofp_is_digit((unsigned char)s.p[i - 1])) && before != '$';
    }
    if (!ofp_is_letter(cp)) return false;
    return !ofp_is_letter(before) || (ofp_is_upper(cp) && !ofp_is_upper(before));
}

static enum precision try_find(ofp_str s, size_t i, size_t *end, ofp_date *d)
{
    enum precision p = may_begin(s, i) ? match_at(s, i, end, d) : NOTHING;
    if (p == NOTHING) return NOTHING;
    char next = byte_at(s, *end);
    bool joint = next == '.' || next == '-' || next == '/';
    return is_digit(next) || (joint && is_digit(byte_at(s, *end + 1))) ? NOTHING : p;
}

/* The end of the last digit.  Every form ends with digits or has some: most lines of a page have none. */
static size_t past_digits(ofp_str s)
{
    size_t end = s.n;
    while (end && !is_digit(s.p[end - 1])) end--;
    return end;
}

/* The first day, or where there is none the first month. */
bool ofp_date_find(ofp_str s, ofp_date *out, size_t *at, size_t *len)
{
    enum precision best = NOTHING;
    size_t last = past_digits(s);
    for (size_t i = 0; i < last && best < DAY; ofp_utf8_next(s, &i)) {
        size_t end;
        ofp_date d;
        enum precision p = try_find(s, i, &end, &d);
        if (p <= best) continue;
        best = p;
        if (out) *out = d;
        if (at) *at = i;
        if (len) *len = end - i;
    }
    return best != NOTHING;
}

/* ---- parsing ---------------------------------------------------------------------------------------- */

/* Skips weekdays, a time, and the marks between them. */
static size_t skip_around(ofp_str s, size_t at, ofp_date *d)
{
    while (at < s.n) {
        size_t i = ofp_date_skip_blanks(s, at);
        date_word w;
        size_t k = i;
        if (ofp_date_take_clock(s, &k, d)) {
            at = k;
        } else if (k = i, ofp_date_take_letters(s, &k, &w) && ofp_date_is_weekday(&w)) {
            at = k;
        } else if (byte_at(s, i) && ofp_str_find(OFP_STR(",.-()|\"'"), ofp_str_sub(s, i, 1), 0) != SIZE_MAX) {
            at = i + 1;
        } else {
            return i;
        }
    }
    return at;
}

bool ofp_date_parse(ofp_str s, ofp_date *out)
{
    s = ofp_str_trim(s);
    if (s.n > 120) return false;
    ofp_date d = { 0 }, around = { 0 };
    size_t end = 0;
    size_t at = s.n && is_digit(s.p[0]) && match_at(s, 0, &end, &d) ? 0 : skip_around(s, 0, &around);
    if (at >= s.n) return false;
    if (!end && match_at(s, at, &end, &d) == NOTHING) {
        end = at;
        if (bare_year(s, &end, &d) == NOTHING || !plausible(&d)) return false;
    }
    if (skip_around(s, end, &around) < s.n) return false;
    if (around.has_time && !d.has_time) {
        d.has_time = true;
        d.hour = around.hour, d.minute = around.minute, d.second = around.second, d.offset = around.offset;
    }
    *out = d;
    return true;
}

ofp_str ofp_date_iso(ofp_arena *a, const ofp_date *d)
{
    if (d->month && d->day) return ofp_arena_printf(a, "%04d-%02d-%02d", d->year, d->month, d->day);
    if (d->month) return ofp_arena_printf(a, "%04d-%02d", d->year, d->month);
    return ofp_arena_printf(a, "%04d", d->year);
}
