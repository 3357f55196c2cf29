#include <string.h>
#include "offprint/base.h"

ofp_str ofp_s(const char *z) { return (ofp_str){ z, z ? strlen(z) : 0 }; }

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

extern bool ofp_str_eq(ofp_str a, ofp_str b);       /* for callers that do not inline them */
extern bool ofp_str_ieq(ofp_str a, ofp_str b);

int ofp_str_cmp(ofp_str a, ofp_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool ofp_str_starts(ofp_str s, ofp_str prefix)
{
    return s.n >= prefix.n && (!prefix.n || !memcmp(s.p, prefix.p, prefix.n));
}

bool ofp_str_istarts(ofp_str s, ofp_str prefix)
{
    if (s.n < prefix.n)
        return false;
    for (size_t i = 0; i < prefix.n; i++)
        if (s.p[i] != prefix.p[i] && fold(s.p[i]) != fold(prefix.p[i]))
            return false;
    return true;
}

bool ofp_str_ends(ofp_str s, ofp_str suffix)
{
    return s.n >= suffix.n && (!suffix.n || !memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n));
}

size_t ofp_str_find(ofp_str s, ofp_str needle, size_t from)
{
    if (from > s.n || needle.n > s.n - from)
        return SIZE_MAX;
    if (!needle.n)
        return from;
    for (size_t end = s.n - needle.n + 1; from < end; from++) {
        const char *hit = memchr(s.p + from, needle.p[0], end - from);
        if (!hit)
            break;
        from = (size_t)(hit - s.p);
        if (!memcmp(hit, needle.p, needle.n))
            return from;
    }
    return SIZE_MAX;
}

/* The first c in s at or after from; s.n where there is none. */
static size_t find_char(ofp_str s, char c, size_t from)
{
    const char *hit = from < s.n ? memchr(s.p + from, c, s.n - from) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

/* The first x or y in s at or after from; s.n where there is neither.  It looks ahead no farther than twice as far as it
 * gets, or a text of many hits with one of the two would be searched to its end for the other at each. */
static size_t find_either(ofp_str s, char x, char y, size_t from)
{
    for (size_t n = 256; from < s.n; from += n, n *= 2) {
        size_t end = n < s.n - from ? from + n : s.n, at = find_char((ofp_str){ s.p, end }, x, from);
        if (x != y)
            at = find_char((ofp_str){ s.p, at }, y, from);
        if (at < end)
            return at;
    }
    return s.n;
}

size_t ofp_str_ifind(ofp_str s, ofp_str needle, size_t from)
{
    if (from > s.n || needle.n > s.n - from)
        return SIZE_MAX;
    if (!needle.n)
        return from;
    char lower = fold(needle.p[0]), upper = lower >= 'a' && lower <= 'z' ? (char)(lower - ('a' - 'A')) : lower;
    char last = fold(needle.p[needle.n - 1]);               /* refuses most of what only begins alike */
    ofp_str firsts = { s.p, s.n - needle.n + 1 };
    for (size_t at = from; (at = find_either(firsts, lower, upper, at)) < firsts.n; at++)
        if (fold(s.p[at + needle.n - 1]) == last && ofp_str_istarts((ofp_str){ s.p + at, s.n - at }, needle))
            return at;
    return SIZE_MAX;
}

ofp_str ofp_str_sub(ofp_str s, size_t from, size_t n)
{
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return (ofp_str){ s.p ? s.p + from : NULL, n };
}

/* What indents a line is many spaces: these are passed eight at a time. */
static bool is_indent(const char *p) { return !memcmp(p, "        ", 8); }

ofp_str ofp_str_trim(ofp_str s)
{
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n -= s.n >= 8 && is_indent(s.p + s.n - 8) ? 8 : 1;
    while (s.n && is_blank(s.p[0])) {
        size_t n = s.n >= 8 && is_indent(s.p) ? 8 : 1;
        s = (ofp_str){ s.p + n, s.n - n };
    }
    return s;
}

/* Cuts the first n bytes off *rest, and skip more behind them. */
static ofp_str take(ofp_str *rest, size_t n, size_t skip)
{
    ofp_str piece = { rest->p, n };
    *rest = ofp_str_sub(*rest, n + skip, SIZE_MAX);
    return piece;
}

bool ofp_str_split(ofp_str *rest, char sep, ofp_str *piece)
{
    if (!rest->n)
        return false;
    const char *hit = memchr(rest->p, sep, rest->n);
    size_t n = hit ? (size_t)(hit - rest->p) : rest->n;
    *piece = take(rest, n, hit != NULL);
    return true;
}

bool ofp_str_line(ofp_str *rest, ofp_str *line)
{
    if (!rest->n)
        return false;
    const char *lf = memchr(rest->p, '\n', rest->n);
    size_t n = lf ? (size_t)(lf - rest->p) : rest->n;
    const char *cr = n ? memchr(rest->p, '\r', n) : NULL;
    size_t skip = lf != NULL;
    if (cr) {
        n = (size_t)(cr - rest->p);
        skip = rest->n - n > 1 && cr[1] == '\n' ? 2 : 1;
    }
    *line = take(rest, n, skip);
    return true;
}

/* Whether c is a character by itself, white space or not as wanted. */
static inline bool is_ascii(unsigned char c, bool space)
{
    if (c > ' ')                                            /* most of every page */
        return !space && c < 0x80;
    return (c == ' ' || (c >= 9 && c <= 13)) == space;
}

/* Past bytes of ASCII behind the blank, eight at a time while there are so many. */
static inline size_t past_visible(ofp_str s, size_t at)
{
    const uint64_t ones = 0x0101010101010101u;
    for (uint64_t w; s.n - at >= sizeof w; at += sizeof w) {
        memcpy(&w, s.p + at, sizeof w);
        if ((w | (w - 0x21 * ones)) & 0x80 * ones)
            break;
    }
    return at;
}

/* Past the characters at s.p[at] that are white space or are not, as wanted. */
static inline size_t past(ofp_str s, size_t at, bool space)
{
    for (;;) {
        at = space ? at : past_visible(s, at);
        while (at < s.n && is_ascii((unsigned char)s.p[at], space))
            at++;
        size_t next = at;
        if (at == s.n || (unsigned char)s.p[at] < 0x80 || ofp_is_space(ofp_utf8_next(s, &next)) != space)
            return at;
        at = next;
    }
}

bool ofp_str_word(ofp_str *rest, ofp_str *word)
{
    size_t from = past(*rest, 0, true);
    if (from == rest->n)
        return false;
    size_t end = past(*rest, from, false);
    *word = (ofp_str){ rest->p + from, end - from };
    *rest = (ofp_str){ rest->p + end, rest->n - end };
    return true;
}

bool ofp_str_int(ofp_str s, long lo, long hi, long *out)
{
    bool minus = s.n && s.p[0] == '-';
    long v = 0;
    if (s.n <= minus)
        return false;
    for (size_t i = minus; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int digit = minus ? '0' - s.p[i] : s.p[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, digit, &v))
            return false;
    }
    if (v < lo || v > hi)
        return false;
    *out = v;
    return true;
}
