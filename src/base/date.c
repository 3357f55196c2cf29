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
#include <string.h>
#include "offprint/base.h"

/* ---- names of months ---------------------------------------------------------------------- */

/* Twelve groups of names in lower case; "*" stands for any ending.  A name may be cut to three letters
 * or more: the first that fits wins, full names before cut ones. */
static const char *const months[12] = {
    "january januar janvier enero gennaio janeiro januari stycznia styczeń ledna leden января январь januára ocak tammikuu* január "
    "jänner jän janv ene gen január січня ianuarie ιανουαρίου siječnja gener يناير ינואר",
    "february februar février febrero febbraio fevereiro februari lutego luty února únor февраля февраль şubat helmikuu* február "
    "feber fevrier févr fev лютого februarie φεβρουαρίου veljače febrer فبراير פברואר subat",
    "march märz mars marzo março maart marca marzec března březen марта март mart maaliskuu* március marts mrz maerz marco mrt "
    "березня martie μαρτίου ožujka març مارس מרץ",
    "april avril abril aprile kwietnia kwiecień dubna duben апреля апрель nisan huhtikuu* április квітня aprilie απριλίου travnja "
    "أبريل אפריל",
    "may mai mayo maggio maio mei maja maj května květen мая май mayıs toukokuu* május травня μαΐου svibnja maig مايو מאי mayis",
    "june juni juin junio giugno junho czerwca czerwiec června červen июня июнь haziran kesäkuu* június червня iunie ιουνίου "
    "juny يونيو יוני",
    "july juli juillet julio luglio julho lipca lipiec července červenec июля июль temmuz heinäkuu* július липня iulie ιουλίου "
    "juliol يوليو יולי",
    "august août agosto augustus sierpnia sierpień srpna srpen августа август ağustos elokuu* augusztus augusti aout серпня "
    "αυγούστου kolovoza agost أغسطس אוגוסט agustos",
    "september septembre septiembre settembre setembro września wrzesień září сентября сентябрь eylül syyskuu* szeptember sept set "
    "setiembre вересня septembrie σεπτεμβρίου rujna setembre سبتمبر ספטמבר eylul",
    "october oktober octobre octubre ottobre outubro października październik října říjen октября октябрь ekim lokakuu* október "
    "жовтня octombrie οκτωβρίου أكتوبر אוקטובר",
    "november novembre noviembre novembro listopada listopad listopadu ноября ноябрь kasım marraskuu* листопада noiembrie νοεμβρίου "
    "studenoga نوفمبر נובמבר kasim",
    "december dezember décembre diciembre dicembre dezembro grudnia grudzień prosince prosinec декабря декабрь aralık joulukuu* "
    "desember decembre грудня decembrie δεκεμβρίου prosinca desembre ديسمبر דצמבר aralik",
};

enum { MAX_NAME = 16, MIN_CUT = 3 };

/* A word in lower case, in characters. */
typedef struct name { uint32_t cp[MAX_NAME]; size_t n; } name;

/* Reads the run of letters at *at; false when it is empty or longer than any name. */
static bool take_letters(ofp_str s, size_t *at, name *out)
{
    out->n = 0;
    while (*at < s.n) {
        size_t next = *at;
        uint32_t cp = ofp_utf8_next(s, &next);
        if (!ofp_is_letter(cp)) break;
        if (out->n == MAX_NAME) return false;
        out->cp[out->n++] = ofp_to_lower(cp);
        *at = next;
    }
    return out->n > 0;
}

enum match { NO, CUT, FULL };

static enum match match_name(const name *w, ofp_str entry)
{
    size_t i = 0, k = 0;
    while (i < entry.n) {
        uint32_t cp = ofp_utf8_next(entry, &i);
        if (cp == '*') return FULL;
        if (k == w->n) return k >= MIN_CUT ? CUT : NO;
        if (cp != w->cp[k++]) return NO;
    }
    return k == w->n ? FULL : NO;
}

/* 1 to 12; 0 when the word names no month.  What no name begins with is searched for first, since few words are months. */
static int month_of(const name *w)
{
    char begins[4 * MIN_CUT + 1] = "";
    int cut = 0;
    if (w->n < MIN_CUT) return 0;
    for (size_t i = 0, n = 0; i < MIN_CUT; i++) n += ofp_utf8_put(w->cp[i], begins + n);
    for (int m = 0; m < 12; m++) {
        ofp_str rest = ofp_s(strstr(months[m], begins) ? months[m] : ""), entry;
        while (ofp_str_split(&rest, ' ', &entry)) {
            enum match r = match_name(w, entry);
            if (r == FULL) return m + 1;
            if (r == CUT && !cut) cut = m + 1;
        }
    }
    return cut;
}

/* ---- reading -------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

static char byte_at(ofp_str s, size_t i)
{
    return i < s.n ? s.p[i] : '\0';
}

/* A number of lo to hi digits that no further digit follows. */
static bool take_number(ofp_str s, size_t *at, size_t lo, size_t hi, int *out)
{
    size_t i = *at;
    int v = 0;
    while (i < s.n && i - *at < hi && is_digit(s.p[i])) v = v * 10 + (s.p[i++] - '0');
    if (i - *at < lo || is_digit(byte_at(s, i))) return false;
    *at = i;
    *out = v;
    return true;
}

/* At most eight blanks of any kind. */
static size_t skip_blanks(ofp_str s, size_t at)
{
    for (int i = 0; at < s.n && i < 8; i++) {
        size_t next = at;
        if (!ofp_is_space(ofp_utf8_next(s, &next))) break;
        at = next;
    }
    return at;
}

static bool take_literal(ofp_str s, size_t *at, const char *lit)
{
    ofp_str l = ofp_s(lit);
    if (!ofp_str_istarts(ofp_str_sub(s, *at, l.n), l)) return false;
    *at += l.n;
    return true;
}

/* A word of ASCII letters, whole. */
static bool take_word_of(ofp_str s, size_t *at, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = *at;
        bool may_be = !((byte_at(s, k) ^ list[i][0]) & ~32);       /* cheaper than what follows, and seldom true */
        if (!may_be || !take_literal(s, &k, list[i])) continue;
        size_t next = k;
        if (k < s.n && ofp_is_letter(ofp_utf8_next(s, &next))) continue;
        *at = k;
        return true;
    }
    return false;
}
#define TAKE_WORD_OF(s, at, list) take_word_of(s, at, list, sizeof(list) / sizeof *(list))

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
    at = skip_blanks(s, at);
    if (byte_at(s, at) == ',' || byte_at(s, at) == '-' || byte_at(s, at) == '/') at++;
    at = skip_blanks(s, at);
    if (TAKE_WORD_OF(s, &at, links)) at = skip_blanks(s, at);
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
    name w;
    size_t i = *at;
    if (!take_letters(s, &i, &w)) return false;
    if (byte_at(s, i) == '.') i++;
    if (!number_follows(s, i) || !(*month = month_of(&w))) return false;
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

/* ---- times and zones -------------------------------------------------------------------------- */

/* Minutes east of UTC.  ET, PT and their like are known as zones, not as one offset. */
static const struct { const char *name; int offset; } zones[] = {
    { "UTC", 0 }, { "GMT", 0 }, { "Z", 0 }, { "UT", 0 }, { "WET", 0 }, { "BST", 60 }, { "WEST", 60 }, { "CET", 60 }, { "MEZ", 60 },
    { "CEST", 120 }, { "MESZ", 120 }, { "EET", 120 }, { "EEST", 180 }, { "MSK", 180 }, { "IST", 330 }, { "HKT", 480 }, { "SGT", 480 },
    { "JST", 540 }, { "KST", 540 }, { "AEST", 600 }, { "AEDT", 660 }, { "NZST", 720 }, { "NZDT", 780 }, { "EST", -300 }, { "EDT", -240 },
    { "CST", -360 }, { "CDT", -300 }, { "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 }, { "ET", 0 }, { "CT", 0 },
    { "MT", 0 }, { "PT", 0 },
};

/* +01:00, -0530, +01 */
static bool take_offset(ofp_str s, size_t *at, int *minutes)
{
    size_t i = *at;
    int h = 0, m = 0;
    char sign = byte_at(s, i++);
    if ((sign != '+' && sign != '-') || !is_digit(byte_at(s, i)) || !is_digit(byte_at(s, i + 1))) return false;
    h = (s.p[i] - '0') * 10 + (s.p[i + 1] - '0');
    i += 2;
    size_t k = i + (byte_at(s, i) == ':');
    if (take_number(s, &k, 2, 2, &m)) i = k;
    if (h > 14 || m > 59) return false;
    *minutes = (sign == '-' ? -1 : 1) * (h * 60 + m);
    *at = i;
    return true;
}

static bool take_zone(ofp_str s, size_t *at, int *minutes)
{
    size_t i = skip_blanks(s, *at);
    bool paren = byte_at(s, i) == '(';
    i += paren;
    for (size_t k = 0; k < sizeof zones / sizeof *zones; k++) {
        if (!take_word_of(s, &i, &zones[k].name, 1)) continue;
        *minutes = zones[k].offset;
        take_offset(s, &i, minutes);
        if (paren && byte_at(s, i) == ')') i++;
        *at = i;
        return true;
    }
    if (paren || !take_offset(s, &i, minutes)) return false;
    *at = i;
    size_t comment = i;
    int unused;
    if (byte_at(s, skip_blanks(s, i)) == '(' && take_zone(s, &comment, &unused)) *at = comment;
    return true;
}

/* am, pm, a.m., p.m., Uhr, h. */
static void take_half(ofp_str s, size_t *at, ofp_date *d)
{
    static const char *const am[] = { "am", "a.m.", "a.m" }, *const pm[] = { "pm", "p.m.", "p.m" }, *const plain[] = { "uhr", "h", "hrs", "hs" };
    size_t i = skip_blanks(s, *at);
    if (TAKE_WORD_OF(s, &i, am)) d->hour = d->hour == 12 ? 0 : d->hour;
    else if (TAKE_WORD_OF(s, &i, pm)) d->hour = d->hour < 12 ? d->hour + 12 : d->hour;
    else if (!TAKE_WORD_OF(s, &i, plain)) return;
    *at = i;
}

/* 10:00, 10:00:05.123, 8:02 pm, 14h30, 14.30 Uhr. */
static bool take_clock(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    ofp_date t = *d;
    if (!take_number(s, &i, 1, 2, &t.hour)) return false;
    char sep = byte_at(s, i);
    if (sep != ':' && sep != 'h' && sep != 'H' && sep != '.') return false;
    i++;
    if (!take_number(s, &i, 2, 2, &t.minute)) return false;
    t.second = 0;
    if (sep == ':' && byte_at(s, i) == ':') {
        size_t k = i + 1;
        if (take_number(s, &k, 2, 2, &t.second)) i = k;
        if ((byte_at(s, i) == '.' || byte_at(s, i) == ',') && is_digit(byte_at(s, i + 1)))
            for (i++; is_digit(byte_at(s, i)) && i - k < 12; i++)
                ;
    }
    if (t.hour > 24 || t.minute > 59 || t.second > 60) return false;
    size_t before = i;
    take_half(s, &i, &t);
    if (sep == '.' && i == before) return false;
    take_zone(s, &i, &t.offset);
    t.has_time = true;
    *d = t;
    *at = i;
    return true;
}

/* ISO 8601's basic format: T100500Z. */
static bool take_basic_clock(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    int v;
    if (!take_number(s, &i, 6, 6, &v) && !take_number(s, &i, 4, 4, &v)) return false;
    if (i - *at == 4) v *= 100;
    if (v / 10000 > 24 || v / 100 % 100 > 59 || v % 100 > 60) return false;
    d->hour = v / 10000, d->minute = v / 100 % 100, d->second = v % 100;
    d->has_time = true;
    take_zone(s, &i, &d->offset);
    *at = i;
    return true;
}

/* A time behind a date, with what people write between the two. */
static void take_time(ofp_str s, size_t *at, ofp_date *d)
{
    static const char *const links[] = { "at", "um", "\xC3\xA0", "\xC3\xA0s", "as", "a las", "alle", "ore", "kl", "kl.", "om", "o", "v", "\xD0\xB2", "@", "-", "\xE2\x80\x93", "|", "\xC2\xB7", "T", "klo", "godz." };
    size_t i = *at;
    if (byte_at(s, i) == 'T' && is_digit(byte_at(s, i + 1))) {
        i++;
        if (take_basic_clock(s, &i, d)) {
            *at = i;
            return;
        }
    } else {
        if (byte_at(s, i) == ',' || byte_at(s, i) == ':') i++;
        i = skip_blanks(s, i);
        if (TAKE_WORD_OF(s, &i, links)) i = skip_blanks(s, i);
    }
    if (take_clock(s, &i, d)) *at = i;
}

/* ---- forms ------------------------------------------------------------------------------------ */

/* How much a form says: a bare year or a year and month only count where nothing better is. */
enum precision { NOTHING, YEAR, MONTH, DAY };

typedef enum precision form(ofp_str s, size_t *at, ofp_date *d);

static enum precision cjk_date(ofp_str s, size_t *at, ofp_date *d)
{
    static const char *const years[] = { "\xE5\xB9\xB4", "\xEB\x85\x84" }, *const mons[] = { "\xE6\x9C\x88", "\xEC\x9B\x94" },
                      *const days[] = { "\xE6\x97\xA5", "\xEC\x9D\xBC", "\xE5\x8F\xB7" };
    size_t i = *at;
    int k = 0;
    if (!take_number(s, &i, 4, 4, &d->year)) return NOTHING;
    for (i = skip_blanks(s, i); k < 2 && !take_literal(s, &i, years[k]); k++)
        ;
    if (k == 2) return NOTHING;
    i = skip_blanks(s, i);
    if (!take_number(s, &i, 1, 2, &d->month)) return NOTHING;
    for (i = skip_blanks(s, i), k = 0; k < 2 && !take_literal(s, &i, mons[k]); k++)
        ;
    if (k == 2) return NOTHING;
    *at = i;
    i = skip_blanks(s, i);
    if (!take_number(s, &i, 1, 2, &d->day)) return d->day = 0, MONTH;
    for (i = skip_blanks(s, i), k = 0; k < 3 && !take_literal(s, &i, days[k]); k++)
        ;
    *at = i;
    return DAY;
}

/* 2026-02-19, 2026/2/19, 2026.02.19., 2026-02. */
static enum precision year_first(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    if (!take_number(s, &i, 4, 4, &d->year)) return NOTHING;
    char sep = byte_at(s, i);
    if (sep != '-' && sep != '/' && sep != '.') return NOTHING;
    i++;
    if (sep == '.') i = skip_blanks(s, i);
    if (!take_number(s, &i, 1, 2, &d->month) || !d->month) return NOTHING;
    size_t month_end = i;
    if (byte_at(s, i) == sep) {
        i++;
        if (sep == '.') i = skip_blanks(s, i);
        if (take_number(s, &i, 1, 2, &d->day) && d->day) return *at = i, DAY;
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
    if (!take_number(s, &i, 8, 8, &v)) return NOTHING;
    d->year = v / 10000;
    d->month = v / 100 % 100;
    d->day = v % 100;
    *at = i;
    return d->month && d->day ? DAY : NOTHING;
}

/* Two digits stand for 1970 to 2069, as POSIX has it but for a year. */
static bool take_year(ofp_str s, size_t *at, bool brief, int *year)
{
    if (take_number(s, at, 4, 4, year)) return true;
    if (!brief || !take_number(s, at, 2, 2, year)) return false;
    *year += *year < 70 ? 2000 : 1900;
    return true;
}

/* 19.02.2026, 19-02-2026, 2/19/2026, 19/2/26. */
static enum precision year_last(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    int a, b;
    if (!take_number(s, &i, 1, 2, &a)) return NOTHING;
    char sep = byte_at(s, i);
    if (sep != '.' && sep != '/' && sep != '-') return NOTHING;
    i++;
    if (sep == '.') i = skip_blanks(s, i);
    if (!take_number(s, &i, 1, 2, &b) || byte_at(s, i) != sep) return NOTHING;
    i++;
    if (sep == '.') i = skip_blanks(s, i);
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
    if (!take_number(s, &i, 1, 2, &d->day) || !d->day) return NOTHING;
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
    if (!take_number(s, &i, 4, 4, &d->year)) return NOTHING;
    if (byte_at(s, i) == '.') i++;
    i = skip_between(s, i);
    if (!take_month(s, &i, &d->month)) return NOTHING;
    i = skip_between(s, i);
    if (!take_number(s, &i, 1, 2, &d->day) || !d->day) return NOTHING;
    skip_ordinal(s, &i);
    *at = i;
    return DAY;
}

/* The clock that asctime and date(1) put between day and year. */
static size_t skip_clock(ofp_str s, size_t at, ofp_date *d)
{
    size_t i = skip_blanks(s, at);
    ofp_date t = *d;
    if (!take_clock(s, &i, &t)) return at;
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
    if (take_number(s, &i, 1, 2, &d->day) && d->day) {
        skip_ordinal(s, &i);
        i = skip_between(s, skip_clock(s, i, d));
        if (!take_number(s, &i, 4, 4, &d->year)) return NOTHING;
        *at = i;
        return DAY;
    }
    d->day = 0;
    if (!take_number(s, &day, 4, 4, &d->year)) return NOTHING;
    *at = day;
    return MONTH;
}

static enum precision bare_year(ofp_str s, size_t *at, ofp_date *d)
{
    return take_number(s, at, 4, 4, &d->year) ? YEAR : NOTHING;
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
        if (p == DAY && !d.has_time) take_time(s, &i, &d);
        *out = d;
        *end = i;
        return p;
    }
    return NOTHING;
}

/* ---- finding -------------------------------------------------------------------------------------- */

/* May a date begin at at?  A number must not go on with another one before it; a name may be glued to
 * a word only where a capital follows a small letter ("AnukritiFebruary 19, 2026"). */
static bool may_begin(ofp_str s, size_t at)
{
    size_t i = at, k = at;
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

/* Every form has digits: most lines of a page end here. */
static bool has_digits(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i])) return true;
    return false;
}

/* The first day, or where there is none the first month. */
bool ofp_date_find(ofp_str s, ofp_date *out, size_t *at, size_t *len)
{
    enum precision best = NOTHING;
    if (!has_digits(s)) return false;
    for (size_t i = 0; i < s.n && best < DAY; ofp_utf8_next(s, &i)) {
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

/* Weekdays, cut as months are. */
static const char *const weekdays =
    "monday tuesday wednesday thursday friday saturday sunday tues thurs montag dienstag mittwoch donnerstag freitag samstag sonnabend "
    "sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì "
    "mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira maandag dinsdag woensdag donderdag vrijdag zaterdag "
    "zondag poniedziałek wtorek środa czwartek piątek sobota niedziela понедельник вторник среда четверг пятница суббота воскресенье "
    "pondělí úterý středa čtvrtek pátek neděle måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag pazartesi "
    "salı çarşamba perşembe cuma cumartesi pazar maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai hétfő kedd szerda "
    "csütörtök péntek szombat vasárnap mo di mi do fr sa so пн вт ср чт пт сб вс";

static bool is_weekday(const name *w)
{
    ofp_str rest = ofp_s(weekdays), entry;
    while (ofp_str_split(&rest, ' ', &entry))
        if (match_name(w, entry) != NO) return true;
    return false;
}

/* Skips weekdays, a time, and the marks between them. */
static size_t skip_around(ofp_str s, size_t at, ofp_date *d)
{
    while (at < s.n) {
        size_t i = skip_blanks(s, at);
        name w;
        size_t k = i;
        if (take_clock(s, &k, d)) {
            at = k;
        } else if (k = i, take_letters(s, &k, &w) && is_weekday(&w)) {
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
