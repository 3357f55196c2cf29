/* formula_text_script.c - scripts and accents: in Unicode's own characters where there are such, else as x^(n+1), a_max. */
#include "doctools/formula_text_parts.h"

/* ---- raised and lowered characters ---- */

/* Without the Greek letters that look like Latin ones.  NUL: there is none. */
static const struct { uint32_t plain, over, under; } twins[] = {
    { '0', 0x2070, 0x2080 }, { '1', 0xB9, 0x2081 },   { '2', 0xB2, 0x2082 },   { '3', 0xB3, 0x2083 },   { '4', 0x2074, 0x2084 },
    { '5', 0x2075, 0x2085 }, { '6', 0x2076, 0x2086 }, { '7', 0x2077, 0x2087 }, { '8', 0x2078, 0x2088 }, { '9', 0x2079, 0x2089 },
    { '+', 0x207A, 0x208A }, { 0x2212, 0x207B, 0x208B }, { '(', 0x207D, 0x208D }, { ')', 0x207E, 0x208E },
    { 'a', 0x1D43, 0x2090 }, { 'b', 0x1D47, 0 },      { 'c', 0x1D9C, 0 },      { 'd', 0x1D48, 0 },      { 'e', 0x1D49, 0x2091 },
    { 'f', 0x1DA0, 0 },      { 'g', 0x1D4D, 0 },      { 'h', 0x2B0, 0x2095 },  { 'i', 0x2071, 0x1D62 }, { 'j', 0x2B2, 0x2C7C },
    { 'k', 0x1D4F, 0x2096 }, { 'l', 0x2E1, 0x2097 },  { 'm', 0x1D50, 0x2098 }, { 'n', 0x207F, 0x2099 }, { 'o', 0x1D52, 0x2092 },
    { 'p', 0x1D56, 0x209A }, { 'r', 0x2B3, 0x1D63 },  { 's', 0x2E2, 0x209B },  { 't', 0x1D57, 0x209C }, { 'u', 0x1D58, 0x1D64 },
    { 'v', 0x1D5B, 0x1D65 }, { 'w', 0x2B7, 0 },       { 'x', 0x2E3, 0x2093 },  { 'y', 0x2B8, 0 },       { 'z', 0x1DBB, 0 },
    { 'A', 0x1D2C, 0 },      { 'B', 0x1D2E, 0 },      { 'D', 0x1D30, 0 },      { 'E', 0x1D31, 0 },      { 'G', 0x1D33, 0 },
    { 'H', 0x1D34, 0 },      { 'I', 0x1D35, 0 },      { 'J', 0x1D36, 0 },      { 'K', 0x1D37, 0 },      { 'L', 0x1D38, 0 },
    { 'M', 0x1D39, 0 },      { 'N', 0x1D3A, 0 },      { 'O', 0x1D3C, 0 },      { 'P', 0x1D3E, 0 },      { 'R', 0x1D3F, 0 },
    { 'T', 0x1D40, 0 },      { 'U', 0x1D41, 0 },      { 'V', 0x2C7D, 0 },      { 'W', 0x1D42, 0 },
    { 0x3B2, 0x1D5D, 0x1D66 }, { 0x3B3, 0x1D5E, 0x1D67 }, { 0x3B4, 0x1D5F, 0 }, { 0x3B8, 0x1DBF, 0 }, { 0x3C1, 0, 0x1D68 },
    { 0x3C6, 0x1D60, 0x1D69 }, { 0x3D5, 0x1D60, 0x1D69 }, { 0x3C7, 0x1D61, 0x1D6A },
    { 0x2217, '*', 0 },      { '*', '*', 0 },         { 0x2020, 0x2020, 0 },   { 0x2021, 0x2021, 0 },   { 0xB0, 0xB0, 0 },
};

/* The twin of c; 0 where there is none. */
static uint32_t twin(uint32_t c, bool under)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].plain == c)
            return under ? twins[i].under : twins[i].over;
    return 0;
}

/* Behind words letters would be read as more of the word: log₂, but log_b. */
typedef struct how { bool under, behind_word; } how;

static bool all_have_twins(ofp_str s, how h)
{
    for (size_t at = 0; at < s.n; ) {
        uint32_t c = ofp_utf8_next(s, &at);
        if (!twin(c, h.under) || (h.behind_word && ofp_is_letter(c)))
            return false;
    }
    return s.n > 0;
}

/* A sign before a number is seen, one between others is too small to be. */
static bool has_twin(const formula *f, how h)
{
    switch (f->kind) {
    case FORMULA_IDENT:
        return linear_is_single(f->text) && !linear_is_shaped(f->variant) && all_have_twins(f->text, h);
    case FORMULA_NUMBER: return all_have_twins(f->text, h);
    case FORMULA_OPERATOR:
        return f->cls != CLASS_BIN && f->cls != CLASS_REL && all_have_twins(f->text, h);
    case FORMULA_SPACE: return f->width < 0.5;
    case FORMULA_ROW: case FORMULA_STYLE:
        for (const formula *c = f->first; c; c = c->next)
            if (!has_twin(c, h))
                return false;
        return f->first != NULL;
    case FORMULA_TEXT: case FORMULA_FRAC: case FORMULA_SQRT: case FORMULA_ROOT: case FORMULA_SCRIPTS: case FORMULA_LIMITS: case FORMULA_EMPTY:
    case FORMULA_TABLE: case FORMULA_TR: case FORMULA_TD: case FORMULA_PHANTOM: case FORMULA_ENCLOSE: return false;
    }
    return false;
}

static void put_twins(text *t, const formula *f, bool under)
{
    char utf8[4];
    for (size_t at = 0; at < f->text.n; ) {
        uint32_t c = twin(ofp_utf8_next(f->text, &at), under);
        linear_put(t, (ofp_str){ utf8, ofp_utf8_put(c, utf8) });
    }
    for (const formula *c = f->first; c; c = c->next)
        put_twins(t, c, under);
}

bool linear_raised(text *t, const formula *f)
{
    if (!has_twin(f, (how){ false, false }))
        return false;
    put_twins(t, f, false);
    return true;
}

/* ---- scripts ---- */

static bool is_here(const formula *f)
{
    return f && f->kind != FORMULA_EMPTY && !(f->kind == FORMULA_ROW && !f->first);
}

static bool is_prime(const formula *f)
{
    return linear_is(f, "\u2032") || linear_is(f, "\u2033") || linear_is(f, "\u2034") || linear_is(f, "\u2057");
}

static bool is_letters(const formula *f)
{
    const formula *c = f->first;
    while (c && (c->kind == FORMULA_NUMBER || (c->kind == FORMULA_IDENT && linear_is_single(c->text))))
        c = c->next;
    return f->kind == FORMULA_ROW && !c;
}

/* A word, a letter, [l]; below also a_bc, which nobody takes for a product. */
static bool is_bare(const formula *f, bool under)
{
    f = linear_inside(f);
    if (f->kind == FORMULA_ROW && f->first && (linear_is(f->first, "[") || linear_is(f->first, "{")))
        return linear_shape(f) == SHAPE_FENCED;
    return linear_shape(f) == SHAPE_LEAF || (under && is_letters(f));
}

static void put_script(text *t, const char *sign, const formula *f, bool under)
{
    bool around = t->script, bare = is_bare(f, under);
    t->script = true;
    t->blank.n = 0;
    linear_lit(t, sign);
    if (bare)
        linear_node(t, linear_inside(f));
    else
        linear_bracketed(t, f);
    t->blank.n = 0;
    t->word = bare;
    t->script = around;
}

/* f' and f'^2: primes stand close to f; what is over it besides. */
static const formula *put_primes(text *t, const formula *over, formula *rest)
{
    if (is_prime(over)) {
        linear_put(t, over->text);
        return NULL;
    }
    if (over->kind != FORMULA_ROW || !over->first || !is_prime(over->first))
        return over;
    *rest = *over;
    for (; rest->first && is_prime(rest->first); rest->first = rest->first->next)
        linear_put(t, rest->first->text);
    return rest->first ? rest : NULL;
}

static bool is_degree(const formula *over)
{
    return linear_is(linear_inside(over), "\u2218");
}

/* What is over and under the base just written.  Of a sum both are raised or none; otherwise x₁^(n+1), while a_max² could be
 * (a_max)² or a with the index max². */
static void put_over_under(text *t, const formula *f, bool raise)
{
    const formula *core = linear_core(f), *under = f->first->next;
    bool word = (core->kind == FORMULA_IDENT && !linear_is_single(core->text)) || core->kind == FORMULA_TEXT;
    bool large = core->kind == FORMULA_OPERATOR && core->large;
    formula rest;
    if (linear_is_seen(f->first))
        t->blank.n = 0;
    const formula *over = is_here(under->next) ? put_primes(t, under->next, &rest) : NULL;
    under = is_here(under) ? under : NULL;
    bool low = raise && (!under || has_twin(under, (how){ true, word }));
    bool high = low && (!over || is_degree(over) || has_twin(over, (how){ false, word }));
    low &= high || !large;
    if (under && low)
        put_twins(t, under, true);
    else if (under)
        put_script(t, "_", under, true);
    if (over && high && is_degree(over))
        linear_lit(t, "\u00B0");
    else if (over && high)
        t->word = (put_twins(t, over, false), linear_ends_in(t, "*"));     /* x* y is no product of x and y */
    else if (over)
        put_script(t, "^", over, false);
}

static bool needs_brackets(const formula *base, const formula *over)
{
    const formula *inside = linear_inside(base);
    enum shape s = linear_shape(base);
    if (base->cls != CLASS_ORD)
        return false;
    if (s == SHAPE_SCRIPTED)
        return is_here(over) && (inside->kind != FORMULA_SCRIPTS || is_here(inside->first->next->next));
    return s >= SHAPE_CALL;
}

static void put_scripted(text *t, const formula *f)
{
    const formula *base = f->first, *over = base->next->next, *core = linear_core(base);
    bool raise = f->kind == FORMULA_SCRIPTS || (core->kind == FORMULA_OPERATOR && core->large) || (core->kind == FORMULA_IDENT && f->movable);
    if (needs_brackets(base, over))
        linear_bracketed(t, base);
    else
        linear_node(t, base);
    put_over_under(t, f, raise);
}

/* ---- accents ---- */

/* A mark that combines with one letter; what stands before more than one, after AsciiMath. */
static const struct accent { const char *sign; uint32_t mark; const char *name; } accents[] = {
    { "\u02C6", 0x302, "hat" },   { "\u02DC", 0x303, "tilde" },    { "\u00AF", 0x304, "bar" },       { "\u203E", 0x305, "overline" },
    { "\u2192", 0x20D7, "vec" },  { "\u21C0", 0x20D1, "vec" },     { "\u02D9", 0x307, "dot" },       { "\u00A8", 0x308, "ddot" },
    { "\u20DB", 0x20DB, "dddot" }, { "\u20DC", 0x20DC, "ddddot" }, { "\u02C7", 0x30C, "check" },     { "\u02D8", 0x306, "breve" },
    { "\u00B4", 0x301, "acute" }, { "`", 0x300, "grave" },         { "\u02DA", 0x30A, "ring" },      { "\u0332", 0x332, "" },
    { "\u23DE", 0, "overbrace" }, { "\u23DF", 0, "underbrace" },   { "\u23B4", 0, "overbracket" },   { "\u23B5", 0, "underbracket" },
    { "\u23DC", 0, "overparen" }, { "\u23DD", 0, "underparen" },   { "\u2190", 0x20D6, "\u2190" },   { "\u2194", 0x20E1, "\u2194" },
};

static const struct accent *accent_of(const formula *mark)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (linear_is(mark, accents[i].sign))
            return &accents[i];
    return NULL;
}

static bool is_letter(const formula *f)
{
    return (f->kind == FORMULA_IDENT || f->kind == FORMULA_NUMBER) && linear_is_single(f->text);
}

/* Below a mark i and j have lost their dots. */
static void put_marked(text *t, const formula *f, uint32_t mark)
{
    char utf8[4];
    if (linear_is(f, "\u0131") || linear_is(f, "\u0237"))
        linear_name(t, linear_is(f, "\u0131") ? "i" : "j");
    else
        linear_letters(t, f);
    linear_put(t, (ofp_str){ utf8, ofp_utf8_put(mark, utf8) });
}

/* A line over or under some letters is whole where each of them has its part of it. */
static bool is_lined(const formula *f, uint32_t mark)
{
    size_t n = 0;
    const formula *c = f->kind == FORMULA_ROW ? f->first : NULL;
    for (; c && is_letter(c) && n < 4; c = c->next)
        n++;
    return mark == 0x305 && n > 1 && !c;
}

static void put_accent(text *t, const formula *f)
{
    const formula *base = linear_inside(f->first), *under = f->first->next, *mark = is_here(under) ? under : under->next;
    const struct accent *a = accent_of(mark);
    if (a && a->mark && is_letter(base)) {
        put_marked(t, base, a->mark);
    } else if (a && a->mark && base->kind == FORMULA_SCRIPTS && is_letter(base->first) && !is_here(base->last)) {
        put_marked(t, base->first, a->mark);
        put_over_under(t, base, true);
    } else if (a && is_lined(base, a->mark)) {
        for (const formula *c = base->first; c; c = c->next)
            put_marked(t, c, a->mark);
    } else if (a && !a->name[0]) {
        linear_node(t, base);
    } else {
        if (a)
            linear_name(t, a->name);
        else
            linear_put(t, mark->text);
        linear_bracketed_once(t, base);
    }
}

void linear_scripts(text *t, const formula *f)
{
    if (f->accent)
        put_accent(t, f);
    else
        put_scripted(t, f);
}
