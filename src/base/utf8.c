#include <utf8proc.h>
#include "offprint/base.h"

static bool is_cont(ofp_str s, size_t i) { return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80; }

/* Bytes of the well-formed sequence at s[i] and its code point; 0 where there is none
 * (Unicode 15, table 3-7). */
static size_t decode(ofp_str s, size_t i, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s.p + i;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    if (p[0] < 0xC2 || p[0] > 0xF4 || !is_cont(s, i + 1))
        return 0;
    if (p[0] < 0xE0) {
        *cp = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (!is_cont(s, i + 2))
        return 0;
    if (p[0] < 0xF0) {
        *cp = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return *cp < 0x800 || (*cp >= 0xD800 && *cp < 0xE000) ? 0 : 3;
    }
    if (!is_cont(s, i + 3))
        return 0;
    *cp = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    return *cp < 0x10000 || *cp > 0x10FFFF ? 0 : 4;
}

uint32_t ofp_utf8_next(ofp_str s, size_t *at)
{
    if ((unsigned char)s.p[*at] < 0x80)                    /* most of every page */
        return (unsigned char)s.p[(*at)++];
    uint32_t cp;
    size_t n = decode(s, *at, &cp);
    *at += n ? n : 1;
    return n ? cp : 0xFFFD;
}

uint32_t ofp_utf8_prev(ofp_str s, size_t *at)
{
    size_t end = *at, i = end - 1;
    while (i > 0 && end - i < 4 && is_cont(s, i))
        i--;
    uint32_t cp;
    if (decode(s, i, &cp) == end - i) {
        *at = i;
        return cp;
    }
    *at = end - 1;
    return 0xFFFD;
}

size_t ofp_utf8_put(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
        cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(cp | (n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0));
    return n;
}

bool ofp_utf8_valid(ofp_str s)
{
    uint32_t cp;
    for (size_t i = 0, n; i < s.n; i += n)
        if (!(n = decode(s, i, &cp)))
            return false;
    return true;
}

size_t ofp_utf8_count(ofp_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; n++)
        ofp_utf8_next(s, &i);
    return n;
}

static utf8proc_category_t category(uint32_t cp) { return utf8proc_category((utf8proc_int32_t)cp); }

bool ofp_is_space(uint32_t cp)
{
    if (cp < 0x80)
        return cp == ' ' || (cp >= 9 && cp <= 13);
    return cp == 0x85 || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000 || cp == 0xFEFF;
}

bool ofp_is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool ofp_is_digit(uint32_t cp)
{
    return cp < 0x80 ? cp >= '0' && cp <= '9' : category(cp) == UTF8PROC_CATEGORY_ND;
}

bool ofp_is_upper(uint32_t cp)
{
    return cp < 0x80 ? cp >= 'A' && cp <= 'Z' : category(cp) == UTF8PROC_CATEGORY_LU;
}

bool ofp_is_punct(uint32_t cp)
{
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_SO;
}

bool ofp_is_symbol(uint32_t cp)
{
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_SM && c <= UTF8PROC_CATEGORY_SO;
}

/* First and last code points of the scripts written without blanks between words. */
static const struct { uint32_t lo, hi; } cjk[] = {
    { 0x1100, 0x11FF }, { 0x2E80, 0x303F }, { 0x3041, 0x30FF }, { 0x3100, 0x312F }, { 0x3130, 0x318F },
    { 0x31A0, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7FF }, { 0xF900, 0xFAFF },
    { 0xFE30, 0xFE4F }, { 0xFF00, 0xFFEF }, { 0x1B000, 0x1B16F }, { 0x20000, 0x3FFFD },
};

bool ofp_is_cjk(uint32_t cp)
{
    if (cp < cjk[0].lo)
        return false;
    for (size_t i = 0; i < sizeof cjk / sizeof *cjk; i++)
        if (cp <= cjk[i].hi)
            return cp >= cjk[i].lo;
    return false;
}

uint32_t ofp_to_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

int ofp_char_width(uint32_t cp)
{
    if (cp >= 0x20 && cp < 0x7F)
        return 1;
    return utf8proc_charwidth((utf8proc_int32_t)cp);
}

size_t ofp_str_width(ofp_str s)
{
    size_t w = 0;
    for (size_t i = 0; i < s.n;)
        w += (size_t)ofp_char_width(ofp_utf8_next(s, &i));
    return w;
}

/* Han and kana stand for a word each; hangul is written with blanks. */
static bool is_word_alone(uint32_t cp)
{
    return ofp_is_cjk(cp) && !(cp >= 0xAC00 && cp <= 0xD7FF) && !(cp >= 0x1100 && cp <= 0x11FF);
}

/* Past the letters and digits of ASCII, which most words are all of. */
static size_t past_ascii(ofp_str s, size_t i)
{
    while (i < s.n && ((unsigned)(s.p[i] | 32) - 'a' < 26 || (unsigned)s.p[i] - '0' < 10))
        i++;
    return i;
}

size_t ofp_str_words(ofp_str s)
{
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0, end; i < s.n;) {
        if ((end = past_ascii(s, i)) > i) {
            n += !inside;
            inside = true;
            i = end;
            continue;
        }
        uint32_t cp = ofp_utf8_next(s, &i);
        bool word = ofp_is_letter(cp) || ofp_is_digit(cp);
        if (word && (!inside || is_word_alone(cp)))
            n++;
        /* An apostrophe or a combining mark joins what it stands between. */
        if (!(inside && !word && (cp == '\'' || cp == 0x2019 || cp == '_' || ofp_char_width(cp) == 0)))
            inside = word && !is_word_alone(cp);
    }
    return n;
}
