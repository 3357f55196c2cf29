/* date_read.c - the numbers, blanks and words that dates are made of. */
#include "base/date_parts.h"

bool ofp_date_take_number(ofp_str s, size_t *at, size_t lo, size_t hi, int *out)
{
    size_t i = *at;
    int v = 0;
    while (i < s.n && i - *at < hi && is_digit(s.p[i])) v = v * 10 + (s.p[i++] - '0');
    if (i - *at < lo || is_digit(byte_at(s, i))) return false;
    *at = i;
    *out = v;
    return true;
}

size_t ofp_date_skip_blanks(ofp_str s, size_t at)
{
    for (int i = 0; at < s.n && i < 8; i++) {
        size_t next = at;
        if (!ofp_is_space(ofp_utf8_next(s, &next))) break;
        at = next;
    }
    return at;
}

bool ofp_date_take_literal(ofp_str s, size_t *at, const char *lit)
{
    ofp_str l = ofp_s(lit);
    if (!ofp_str_istarts(ofp_str_sub(s, *at, l.n), l)) return false;
    *at += l.n;
    return true;
}

bool ofp_date_take_word(ofp_str s, size_t *at, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = *at;
        bool may_be = !((byte_at(s, k) ^ list[i][0]) & ~32);       /* cheaper than what follows, and seldom true */
        if (!may_be || !ofp_date_take_literal(s, &k, list[i])) continue;
        size_t next = k;
        if (k < s.n && ofp_is_letter(ofp_utf8_next(s, &next))) continue;
        *at = k;
        return true;
    }
    return false;
}
