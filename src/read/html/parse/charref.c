/* charref.c - character references (HTML standard 13.2.5.72 to 80). */
#include "lex.h"
#include <string.h>

/* In the order of their names; brief ones need no semicolon. */
static const struct { ofp_str name, value; bool brief; } refs[] = {
#define REF(name, value, brief) { { name, sizeof name - 1 }, { value, sizeof value - 1 }, brief },
#include "charrefs.def"
#undef REF
};

enum { LONGEST = 32, LONGEST_BRIEF = 6 };

static bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

static bool is_alnum(char c)
{
    return is_digit(c) || (unsigned)((c | 32) - 'a') < 26;
}

static size_t find(ofp_str name)
{
    size_t lo = 0, hi = sizeof refs / sizeof *refs;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = ofp_str_cmp(name, refs[mid].name);
        if (c == 0)
            return mid;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return SIZE_MAX;
}

/* Bytes of the named reference at s, behind its "&"; 0 where there is none. */
static size_t named(ofp_str s, bool in_attribute, ofp_str *value)
{
    size_t n = 0;
    while (n < s.n && n < LONGEST && is_alnum(s.p[n]))
        n++;
    size_t at = n && n < s.n && s.p[n] == ';' ? find(ofp_str_sub(s, 0, n)) : SIZE_MAX;
    if (at != SIZE_MAX) {
        *value = refs[at].value;
        return n + 1;
    }
    for (n = n < LONGEST_BRIEF ? n : LONGEST_BRIEF; n > 1; n--) {
        at = find(ofp_str_sub(s, 0, n));
        if (at == SIZE_MAX || !refs[at].brief)
            continue;
        char next = n < s.n ? s.p[n] : ' ';
        if (in_attribute && (next == '=' || is_alnum(next)))
            return 0;
        *value = refs[at].value;
        return n;
    }
    return 0;
}

/* What numbers stand for that no character has: those of windows-1252 are meant. */
static uint32_t meant(uint32_t cp)
{
    static const uint16_t upper[32] = {
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    };
    if (cp >= 0x80 && cp < 0xA0 && upper[cp - 0x80])
        return upper[cp - 0x80];
    return cp && cp <= 0x10FFFF ? cp : 0xFFFD;          /* ofp_utf8_put sees to surrogates */
}

static int digit_value(char c, bool hex)
{
    if (is_digit(c))
        return c - '0';
    c |= 32;
    return hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes of the numeric reference at s, behind its "&#"; 0 where there is none. */
static size_t numeric(ofp_str s, char out[4], size_t *len)
{
    bool hex = s.n && (s.p[0] | 32) == 'x';
    size_t i = hex, from = i;
    uint32_t cp = 0;
    for (int v; i < s.n && (v = digit_value(s.p[i], hex)) >= 0; i++)
        cp = cp > 0x10FFFF ? cp : cp * (hex ? 16 : 10) + (uint32_t)v;
    if (i == from)
        return 0;
    *len = ofp_utf8_put(meant(cp), out);
    return i + (i < s.n && s.p[i] == ';');
}

/* Appends what the reference at s, behind its "&", stands for; its bytes, 0 where it is none. */
static size_t take(ofp_str s, bool in_attribute, char *out, size_t *n)
{
    size_t len = 0, used;
    if (s.n && s.p[0] == '#') {
        used = numeric(ofp_str_sub(s, 1, SIZE_MAX), out + *n, &len);
        *n += len;
        return used ? used + 1 : 0;
    }
    ofp_str value;
    used = named(s, in_attribute, &value);
    if (used) {
        memcpy(out + *n, value.p, value.n);
        *n += value.n;
    }
    return used;
}

static const char *next_ref(ofp_str s, size_t from)
{
    return from < s.n ? memchr(s.p + from, '&', s.n - from) : NULL;
}

ofp_str lex_decode(ofp_arena *a, ofp_str s, bool in_attribute)
{
    const char *amp = next_ref(s, 0);
    size_t count = 0, from = 0, n = 0;
    if (!amp)
        return s;
    for (const char *p = amp; p; p = next_ref(s, (size_t)(p - s.p) + 1))
        count++;
    char *out = ofp_arena_zalloc(a, s.n + 2 * count, 1);        /* &nGt; is longer by one than written */
    if (!out)
        return s;
    for (; amp; amp = next_ref(s, from)) {
        size_t at = (size_t)(amp - s.p), used;
        memcpy(out + n, s.p + from, at - from);
        n += at - from;
        used = take(ofp_str_sub(s, at + 1, SIZE_MAX), in_attribute, out, &n);
        if (!used)
            out[n++] = '&';
        from = at + 1 + used;
    }
    memcpy(out + n, s.p + from, s.n - from);
    return (ofp_str){ out, n + s.n - from };
}
