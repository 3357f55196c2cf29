/* date_time.c - times of day and their zones. */
#include "base/date_parts.h"

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
    if (ofp_date_take_number(s, &k, 2, 2, &m)) i = k;
    if (h > 14 || m > 59) return false;
    *minutes = (sign == '-' ? -1 : 1) * (h * 60 + m);
    *at = i;
    return true;
}

static bool take_zone(ofp_str s, size_t *at, int *minutes)
{
    size_t i = ofp_date_skip_blanks(s, *at);
    bool paren = byte_at(s, i) == '(';
    i += paren;
    for (size_t k = 0; k < sizeof zones / sizeof *zones; k++) {
        if (!ofp_date_take_word(s, &i, &zones[k].name, 1)) continue;
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
    if (byte_at(s, ofp_date_skip_blanks(s, i)) == '(' && take_zone(s, &comment, &unused)) *at = comment;
    return true;
}

/* am, pm, a.m., p.m., Uhr, h. */
static void take_half(ofp_str s, size_t *at, ofp_date *d)
{
    static const char *const am[] = { "am", "a.m.", "a.m" }, *const pm[] = { "pm", "p.m.", "p.m" }, *const plain[] = { "uhr", "h", "hrs", "hs" };
    size_t i = ofp_date_skip_blanks(s, *at);
    if (TAKE_WORD_OF(s, &i, am)) d->hour = d->hour == 12 ? 0 : d->hour;
    else if (TAKE_WORD_OF(s, &i, pm)) d->hour = d->hour < 12 ? d->hour + 12 : d->hour;
    else if (!TAKE_WORD_OF(s, &i, plain)) return;
    *at = i;
}

bool ofp_date_take_clock(ofp_str s, size_t *at, ofp_date *d)
{
    size_t i = *at;
    ofp_date t = *d;
    if (!ofp_date_take_number(s, &i, 1, 2, &t.hour)) return false;
    char sep = byte_at(s, i);
    if (sep != ':' && sep != 'h' && sep != 'H' && sep != '.') return false;
    i++;
    if (!ofp_date_take_number(s, &i, 2, 2, &t.minute)) return false;
    t.second = 0;
    if (sep == ':' && byte_at(s, i) == ':') {
        size_t k = i + 1;
        if (ofp_date_take_number(s, &k, 2, 2, &t.second)) i = k;
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
    if (!ofp_date_take_number(s, &i, 6, 6, &v) && !ofp_date_take_number(s, &i, 4, 4, &v)) return false;
    if (i - *at == 4) v *= 100;
    if (v / 10000 > 24 || v / 100 % 100 > 59 || v % 100 > 60) return false;
    d->hour = v / 10000, d->minute = v / 100 % 100, d->second = v % 100;
    d->has_time = true;
    take_zone(s, &i, &d->offset);
    *at = i;
    return true;
}

void ofp_date_take_time(ofp_str s, size_t *at, ofp_date *d)
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
        i = ofp_date_skip_blanks(s, i);
        if (TAKE_WORD_OF(s, &i, links)) i = ofp_date_skip_blanks(s, i);
    }
    if (ofp_date_take_clock(s, &i, d)) *at = i;
}
