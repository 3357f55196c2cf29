/* formula_scripts.c - what stands at the right of an atom, over it and under it. */
#include "doctools/formula_parts.h"

typedef struct scripts { formula *under, *over; unsigned primes; enum limits limits; } scripts;

/* Letters that Unicode has raised or lowered: x² is x^2. */
static const char *raised(uint32_t c, bool *low)
{
    static const struct { uint32_t c; const char *is; } others[] = {
        { 0xB9, "1" }, { 0xB2, "2" }, { 0xB3, "3" }, { 0x2071, "i" }, { 0x207A, "+" }, { 0x207B, "−" }, { 0x207C, "=" },
        { 0x207D, "(" }, { 0x207E, ")" }, { 0x207F, "n" }, { 0x208A, "+" }, { 0x208B, "−" }, { 0x208C, "=" },
        { 0x208D, "(" }, { 0x208E, ")" }, { 0x2090, "a" }, { 0x2091, "e" }, { 0x2092, "o" }, { 0x2093, "x" },
        { 0x2095, "h" }, { 0x2096, "k" }, { 0x2097, "l" }, { 0x2098, "m" }, { 0x2099, "n" }, { 0x209A, "p" },
        { 0x209B, "s" }, { 0x209C, "t" }, { 0x1D62, "i" }, { 0x2C7C, "j" },
    };
    static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    *low = c >= 0x2080 || c == 0x1D62;
    if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079) || (c >= 0x2080 && c <= 0x2089))
        return digits[c & 0xF];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].c == c)
            return others[i].is;
    return NULL;
}

static formula *raised_leaf(parser *p, const char *text)
{
    glyph g = formula_glyph((unsigned char)text[0]);
    if (g.kind == FORMULA_NUMBER)
        return formula_number(p, ofp_s(text));
    return g.kind == FORMULA_IDENT ? formula_ident(p, ofp_s(text), VARIANT_ITALIC)
                                   : formula_leaf(p, FORMULA_OPERATOR, CLASS_ORD, ofp_s(text));
}

static bool take_raised(parser *p, scripts *s)
{
    formula *row = NULL;
    bool low = false, first_low = false;
    while (p->at < p->s.n && (unsigned char)p->s.p[p->at] >= 0xC2) {
        size_t next = p->at;
        const char *is = raised(ofp_utf8_next(p->s, &next), &low);
        if (!is || (row && low != first_low))
            break;
        row = row ? row : formula_new(p, FORMULA_ROW, CLASS_ORD);
        first_low = low;
        formula_add(row, raised_leaf(p, is));
        p->at = next;
    }
    if (!row)
        return false;
    formula **at = first_low ? &s->under : &s->over;
    if (*at)
        formula_bad(p);
    *at = formula_single(row);
    return true;
}

static const char *const primes[] = { "", "′", "″", "‴", "⁗" };

/* How many primes one sign is, also one that stands beside nothing. */
static unsigned primes_of(const formula *f)
{
    unsigned n = 4;
    if (f->kind == FORMULA_SCRIPTS && f->first->kind == FORMULA_ROW && !f->first->first && f->first->next->kind == FORMULA_EMPTY)
        f = f->last;
    while (n && (f->kind != FORMULA_OPERATOR || !ofp_str_eq(f->text, ofp_s(primes[n]))))
        n--;
    return n;
}

/* f^{\prime\prime} and f^{''} are f''. */
static void find_primes(scripts *s)
{
    unsigned n = 0, of = 1;
    const formula *f = s->over && s->over->kind == FORMULA_ROW ? s->over->first : s->over;
    for (; f && of; f = f->next)
        n += of = primes_of(f);
    if (!n || !of)
        return;
    s->primes += n;
    s->over = NULL;
}

static bool take_script(parser *p, scripts *s, formula **at)
{
    p->at++;
    if (*at)
        return formula_bad(p) != NULL;
    enum limits limits = s->limits;
    *at = formula_argument(p);
    if (!*at && !p->bad)
        *at = formula_new(p, FORMULA_ROW, CLASS_ORD);
    s->limits = limits;
    if (!p->bad && at == &s->over)
        find_primes(s);
    return !p->bad;
}

static bool take_limits(parser *p, scripts *s)
{
    size_t len;
    sign is = formula_command(p, &len);
    if (is.kind != SIGN_LIMITS)
        return false;
    s->limits = is.text.p[0] == '1' ? LIMITS_ALWAYS : LIMITS_NONE;
    p->at += len;
    return true;
}

static bool take_prime(parser *p, scripts *s)
{
    static const ofp_str curly = { "’", sizeof "’" - 1 };
    bool plain = peek(p) == '\'';
    if (!plain && !ofp_str_starts(ofp_str_sub(p->s, p->at, curly.n), curly))
        return false;
    p->at += plain ? 1 : curly.n;
    s->primes++;
    return true;
}

static bool take_next(parser *p, scripts *s)
{
    formula_blanks(p);
    if (p->bad)
        return false;
    if (peek(p) == '^' && p->at < p->s.n)
        return take_script(p, s, &s->over);
    if (peek(p) == '_')
        return take_script(p, s, &s->under);
    return take_prime(p, s) || take_limits(p, s) || take_raised(p, s);
}

static formula *with_primes(parser *p, const scripts *s)
{
    formula *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    for (unsigned left = s->primes, n; left; left -= n) {
        n = left > 4 ? 4 : left;
        formula_add(row, formula_leaf(p, FORMULA_OPERATOR, CLASS_ORD, ofp_s(primes[n])));
    }
    formula_add(row, s->over);
    return formula_single(row);
}

formula *formula_with_scripts(parser *p, formula *base)
{
    scripts s = { .limits = p->limits };
    while (take_next(p, &s))
        ;
    if (p->bad || !(s.under || s.over || s.primes))
        return base;
    formula *over = s.primes ? with_primes(p, &s) : s.over;
    formula *f = formula_scripted(p, s.limits == LIMITS_NONE ? FORMULA_SCRIPTS : FORMULA_LIMITS, base, s.under, over);
    if (f)
        f->movable = s.limits == LIMITS_MOVABLE;
    return f;
}
