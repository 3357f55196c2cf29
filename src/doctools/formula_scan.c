/* formula_scan.c - blanks, commands, arguments as they are written. */
#include "doctools/formula_parts.h"

formula *formula_bad(parser *p)
{
    p->bad = true;
    return NULL;
}

/* Zero-width signs and marks of direction are nothing in a formula. */
static size_t blank(const parser *p)
{
    if ((unsigned char)p->s.p[p->at] <= ' ')
        return 1;
    if ((unsigned char)p->s.p[p->at] < 0xC2)
        return 0;
    size_t end = p->at;
    uint32_t c = ofp_utf8_next(p->s, &end);
    bool unseen = ofp_is_space(c) || c == 0xAD || (c >= 0x200C && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064);
    return unseen ? end - p->at : 0;
}

void formula_blanks(parser *p)
{
    for (size_t n; p->at < p->s.n; ) {
        if (p->s.p[p->at] == '%') {
            size_t end = ofp_str_find(p->s, OFP_STR("\n"), p->at);
            p->at = end == SIZE_MAX ? p->s.n : end + 1;
        } else if ((n = blank(p))) {
            p->at += n;
        } else {
            return;
        }
    }
}

bool formula_take(parser *p, char c)
{
    formula_blanks(p);
    if (peek(p) != c || p->at >= p->s.n)
        return false;
    p->at++;
    return true;
}

sign formula_command(const parser *p, size_t *len)
{
    *len = 0;
    if (peek(p) != '\\')
        return (sign){ .kind = SIGN_NONE };
    size_t end = p->at + 1;
    while (end < p->s.n && letter(p->s.p[end]))
        end++;
    if (end == p->at + 1 && end < p->s.n)
        ofp_utf8_next(p->s, &end);
    *len = end - p->at;
    return formula_sign(ofp_str_sub(p->s, p->at + 1, *len - 1));
}

bool formula_take_kind(parser *p, enum sign_kind kind)
{
    size_t len;
    formula_blanks(p);
    if (formula_command(p, &len).kind != kind)
        return false;
    p->at += len;
    return true;
}

/* Optional arguments are short, and brackets that never close must not be looked for all over again. */
enum { BRACKET = 1000 };

/* Behind the group that opens before from; SIZE_MAX where it does not close. */
static size_t group_end(ofp_str s, size_t from, char open, char close)
{
    int braces = 0;
    for (size_t i = from; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\')
            i++;
        else if (c == close && !braces)
            return i + 1;
        else if (c == '{' || c == open)
            braces++;
        else if (c == '}' || c == close)
            braces--;
    }
    return SIZE_MAX;
}

static ofp_str raw_token(parser *p)
{
    size_t from = p->at, len = 0;
    if (p->at >= p->s.n || peek(p) == '}')
        formula_bad(p);
    else if (peek(p) == '\\')
        formula_command(p, &len);
    else
        ofp_utf8_next(p->s, &p->at);
    p->at += len;
    return ofp_str_sub(p->s, from, p->at - from);
}

ofp_str formula_raw(parser *p)
{
    formula_blanks(p);
    if (peek(p) != '{')
        return raw_token(p);
    size_t from = p->at + 1, end = group_end(p->s, from, '{', '}');
    if (end == SIZE_MAX) {
        formula_bad(p);
        return OFP_STR("");
    }
    p->at = end;
    return ofp_str_sub(p->s, from, end - 1 - from);
}

bool formula_bracket(parser *p, ofp_str *tex)
{
    size_t before = p->at;
    if (!formula_take(p, '[')) {
        p->at = before;
        return false;
    }
    size_t from = p->at, end = group_end(ofp_str_sub(p->s, 0, from + BRACKET), from, '{', ']');
    if (end == SIZE_MAX) {
        p->at = before;
        return false;
    }
    *tex = ofp_str_sub(p->s, from, end - 1 - from);
    p->at = end;
    return true;
}
