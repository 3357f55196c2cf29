/* breaks.c - where a line may end inside of what blanks delimit: the part of UAX #14 that matters
 * between letters, after hyphens and dashes, in addresses, and between CJK characters (JIS X 4051's
 * characters that begin and end no line). */
#include "write/pdf/layout.h"

static bool in(uint32_t cp, const uint32_t *set, size_t n)
{
    size_t lo = 0;
    while (lo < n) {
        size_t mid = (lo + n) / 2;
        if (set[mid] == cp)
            return true;
        if (set[mid] < cp)
            lo = mid + 1;
        else
            n = mid;
    }
    return false;
}
#define IN(cp, set) in(cp, set, sizeof set / sizeof *set)

/* No line begins with these. */
static const uint32_t closers[] = {
    '!', '%', ')', ',', '.', ':', ';', '?', ']', '}', 0xA2, 0xB0, 0xBB, 0x2019, 0x201D, 0x2026, 0x2030, 0x203A,
    0x203C, 0x2047, 0x2048, 0x2049, 0x2103, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015,
    0x3017, 0x3019, 0x301B, 0x301E, 0x301F, 0x303B, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085,
    0x3087, 0x308E, 0x3095, 0x3096, 0x309B, 0x309C, 0x309D, 0x309E, 0x30A0, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9,
    0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE, 0x30F5, 0x30F6, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF05, 0xFF09,
    0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF60, 0xFF61, 0xFF63, 0xFF64, 0xFF65, 0xFF70, 0xFF9E,
    0xFF9F,
};
/* No line ends with these. */
static const uint32_t openers[] = {
    '#', '$', '(', '@', '[', '{', 0xA3, 0xA5, 0xAB, 0x2018, 0x201C, 0x2039, 0x20AC, 0x3008, 0x300A, 0x300C, 0x300E,
    0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFF04, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F, 0xFF62, 0xFFE1, 0xFFE5,
};
/* Half of the square is empty: behind these, and before those. */
static const uint32_t half_closers[] = { 0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B, 0xFF09, 0xFF0C,
    0xFF0E, 0xFF3D, 0xFF5D };
static const uint32_t half_openers[] = { 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0xFF08, 0xFF3B, 0xFF5B };
static const uint32_t address_ends[] = { '#', '%', '&', '+', ',', '-', '.', '/', ':', ';', '=', '?', '@', '_', '~' };

static bool wordlike(uint32_t cp)
{
    return cp < 128 ? (cp >= '0' && cp <= '9') || ((cp | 32) >= 'a' && (cp | 32) <= 'z') : !ofp_is_punct(cp);
}

bool pdf_break_between(uint32_t before, uint32_t a, uint32_t b, bool verbatim)
{
    if (a == 0 || b == 0 || b == 0x200D || a == 0x200D || b == 0x2060)
        return false;
    if ((a > 0x2E00 && ofp_is_cjk(a)) || (b > 0x2E00 && ofp_is_cjk(b)))
        return !IN(b, closers) && !IN(a, openers);
    if (a == '-' || a == 0x2010)                          /* HY: not in "-5" or "--x" */
        return before && wordlike(before) && wordlike(b) && !(ofp_is_digit(b) && !verbatim);
    if (a == 0x2013 || a == 0x2014)                       /* en and em dash */
        return before && (wordlike(b) || IN(b, openers));
    if (a == '/' && before && wordlike(before) && wordlike(b) && !ofp_is_digit(b))
        return true;
    return verbatim && IN(a, address_ends) && wordlike(b);
}

bool pdf_half_blank(uint32_t a, uint32_t b)
{
    return IN(a, half_closers) || IN(b, half_openers);
}

bool pdf_is_verbatim(ofp_str t)
{
    if (t.n == 0)
        return false;
    if (ofp_str_find(t, OFP_STR("://"), 0) != SIZE_MAX || ofp_str_istarts(t, OFP_STR("www.")))
        return true;
    size_t slash = ofp_str_find(t, OFP_STR("/"), 0), dot = ofp_str_find(t, OFP_STR("."), 0);
    return t.p[0] == '#' || ofp_str_find(t, OFP_STR("@"), 0) != SIZE_MAX || ofp_str_find(t, OFP_STR("_"), 1) != SIZE_MAX ||
           (slash != SIZE_MAX && dot != SIZE_MAX);
}
