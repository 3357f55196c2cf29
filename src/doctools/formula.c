/* formula.c - parsing TeX's math: rows of atoms and their scripts. */
#include "doctools/formula_parts.h"

/* ---- single characters ---- */

/* Marks that combine with the letter before are of its text. */
static ofp_str take_cluster(parser *p, uint32_t *first)
{
    size_t from = p->at;
    *first = ofp_utf8_next(p->s, &p->at);
    for (size_t next = p->at; next < p->s.n; p->at = next) {
        if ((unsigned char)p->s.p[next] < 0xCC || ofp_char_width(ofp_utf8_next(p->s, &next)) != 0)
            break;
        if (p->at - from > 32)
            break;
    }
    return ofp_str_sub(p->s, from, p->at - from);
}

static enum formula_variant variant(const parser *p, enum formula_variant otherwise)
{
    if (p->font == VARIANT_BOLD_ITALIC && otherwise == VARIANT_UPRIGHT)
        return VARIANT_BOLD;
    return p->font >= 0 ? (enum formula_variant)p->font : otherwise;
}

formula *formula_ident(parser *p, ofp_str text, enum formula_variant otherwise)
{
    formula *f = formula_leaf(p, FORMULA_IDENT, CLASS_ORD, text);
    if (f)
        f->variant = variant(p, otherwise);
    return f;
}

formula *formula_number(parser *p, ofp_str text)
{
    formula *f = formula_leaf(p, FORMULA_NUMBER, CLASS_ORD, text);
    if (f)
        f->variant = variant(p, VARIANT_UPRIGHT);
    return f;
}

static formula *operator(parser *p, ofp_str text, glyph g)
{
    formula *f = formula_leaf(p, FORMULA_OPERATOR, g.cls, text);
    if (f)
        f->large = g.large;
    p->limits = g.limits;
    return f;
}

/* What an ASCII character of TeX's math shows, where that is another one. */
static ofp_str shown(ofp_str text)
{
    static const char *const others[][2] = { { "-", "−" }, { "*", "∗" }, { "`", "‘" } };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (ofp_str_eq(text, ofp_s(others[i][0])))
            return ofp_s(others[i][1]);
    return text;
}

static bool is_capital_greek(uint32_t c)
{
    return c >= 0x391 && c <= 0x3A9;
}

/* Characters that mean something to TeX and have no place where an atom is looked for. */
static bool is_active(uint32_t c)
{
    return c == '$' || c == '#' || c == '^' || c == '_' || c == '&' || c == '}';
}

static formula *character(parser *p)
{
    uint32_t c;
    ofp_str text = take_cluster(p, &c);
    glyph g = formula_glyph(c);
    if (is_active(c) || c == 0xFFFD)
        return formula_bad(p);
    if (c == '~')
        return formula_space(p, 0.3333);
    if (g.kind == FORMULA_IDENT)
        return formula_ident(p, text, is_capital_greek(c) || c >= 0x10000 ? VARIANT_UPRIGHT : VARIANT_ITALIC);
    if (g.kind == FORMULA_NUMBER)
        return formula_number(p, text);
    if (g.kind == FORMULA_OPERATOR)
        return operator(p, shown(text), g);
    return formula_leaf(p, g.kind, g.cls, text);
}

static formula *take_number(parser *p)
{
    size_t from = p->at;
    bool point = false;
    while (digit(peek(p)) || (peek(p) == '.' && !point && p->at + 1 < p->s.n && digit(p->s.p[p->at + 1]))) {
        point |= peek(p) == '.';
        p->at++;
    }
    return formula_number(p, ofp_str_sub(p->s, from, p->at - from));
}

/* ---- commands ---- */

static formula *make_letter(parser *p, const sign *s)
{
    return formula_ident(p, s->text, VARIANT_ITALIC);
}

static formula *make_upright(parser *p, const sign *s)
{
    return formula_ident(p, s->text, VARIANT_UPRIGHT);
}

static formula *make_sign(parser *p, const sign *s)
{
    return operator(p, s->text, (glyph){ FORMULA_OPERATOR, s->cls, false, LIMITS_NONE });
}

static formula *make_large(parser *p, const sign *s)
{
    return operator(p, s->text, (glyph){ FORMULA_OPERATOR, s->cls, true, LIMITS_MOVABLE });
}

static formula *make_integral(parser *p, const sign *s)
{
    return operator(p, s->text, (glyph){ FORMULA_OPERATOR, s->cls, true, LIMITS_NONE });
}

static formula *make_name(parser *p, const sign *s)
{
    p->limits = s->kind == SIGN_LIMNAME ? LIMITS_MOVABLE : LIMITS_NONE;
    return formula_leaf(p, FORMULA_IDENT, CLASS_OP, s->text);
}

static formula *make_space(parser *p, const sign *s)
{
    bool back = s->text.p[0] == '-';
    long mu = 0;
    ofp_str_int(ofp_str_sub(s->text, back, SIZE_MAX), 0, 100, &mu);
    return formula_space(p, (double)(back ? -mu : mu) / 18);
}

/* Those without a function have their place behind others only: \end, \right, \limits. */
static formula_maker *const makers[SIGN_NKINDS] = {
    [SIGN_LETTER] = make_letter,      [SIGN_UPRIGHT] = make_upright,    [SIGN_SIGN] = make_sign,
    [SIGN_DELIM] = make_sign,         [SIGN_LARGE] = make_large,        [SIGN_INTEGRAL] = make_integral,
    [SIGN_NAME] = make_name,          [SIGN_LIMNAME] = make_name,       [SIGN_SPACE] = make_space,
    [SIGN_ACCENT] = formula_accent,   [SIGN_WIDE] = formula_accent,     [SIGN_UNDER] = formula_under,
    [SIGN_FRAC] = formula_frac,       [SIGN_BINOM] = formula_binom,     [SIGN_INFIX] = formula_infix,
    [SIGN_GENFRAC] = formula_genfrac, [SIGN_SQRT] = formula_sqrt,       [SIGN_ROOT] = formula_root,
    [SIGN_LEFT] = formula_left,       [SIGN_BIG] = formula_big,         [SIGN_STACK] = formula_stack,
    [SIGN_XARROW] = formula_xarrow,   [SIGN_FONT] = formula_font,       [SIGN_OLDFONT] = formula_oldfont,
    [SIGN_TEXT] = formula_text,       [SIGN_OPNAME] = formula_opname,   [SIGN_CLASS] = formula_class_of,
    [SIGN_STYLE] = formula_style,     [SIGN_COLOR] = formula_color,     [SIGN_ENCLOSE] = formula_enclose,
    [SIGN_CANCELTO] = formula_cancelto, [SIGN_PHANTOM] = formula_phantom, [SIGN_KERN] = formula_kern,
    [SIGN_HSPACE] = formula_hspace,   [SIGN_TAG] = formula_tag,         [SIGN_IGNORE] = formula_ignore,
    [SIGN_CONTENT] = formula_content, [SIGN_MOD] = formula_mod,         [SIGN_NOT] = formula_not,
    [SIGN_BEGIN] = formula_begin,     [SIGN_GRID] = formula_grid,       [SIGN_RULE] = formula_rule,
    [SIGN_UNICODE] = formula_unicode, [SIGN_FENCED] = formula_fence_of, [SIGN_PRESCRIPT] = formula_prescript,
    [SIGN_SIDESET] = formula_sideset, [SIGN_LAP] = formula_lap,
};

static formula *command(parser *p)
{
    size_t len;
    sign s = formula_command(p, &len);
    if (!makers[s.kind])
        return formula_bad(p);
    p->at += len;
    return makers[s.kind](p, &s);
}

/* ---- groups, arguments, atoms ---- */

static formula *braced(parser *p)
{
    p->at++;
    formula *row = formula_row(p, false);
    return formula_take(p, '}') ? row : formula_bad(p);
}

/* {,} is an ordinary comma; what is ordinary anyway needs no row around it. */
static formula *group(parser *p)
{
    formula *row = braced(p), *only = formula_single(row);
    if (!only || only == row)
        return row;
    if (only->kind == FORMULA_OPERATOR && !only->large)
        only->cls = CLASS_ORD;
    return only->cls == CLASS_ORD && only->kind != FORMULA_STYLE ? only : row;
}

static formula *nucleus(parser *p, bool single)
{
    char c = peek(p);
    p->limits = LIMITS_NONE;
    if (c == '{')
        return group(p);
    if (c == '\\')
        return command(p);
    if (!single && (digit(c) || (c == '.' && p->at + 1 < p->s.n && digit(p->s.p[p->at + 1]))))
        return take_number(p);
    return p->at < p->s.n ? character(p) : formula_bad(p);
}

formula *formula_argument(parser *p)
{
    formula *f = NULL;
    if (++p->depth > FORMULA_DEPTH)
        formula_bad(p);
    formula_blanks(p);
    if (!p->bad)
        f = peek(p) == '{' ? formula_single(braced(p)) : nucleus(p, true);
    if (f && f->kind == FORMULA_OPERATOR && f->cls == CLASS_BIN)
        f->cls = CLASS_ORD;
    p->depth--;
    p->limits = LIMITS_NONE;
    return f;
}

/* ---- rows ---- */

/* Letters side by side in a font of words are one word. */
static bool joins(const parser *p, const formula *last, const formula *f)
{
    return p->font >= 0 && p->font != VARIANT_BOLD_ITALIC && last && last->kind == FORMULA_IDENT && f->kind == FORMULA_IDENT
        && last->cls == CLASS_ORD && f->cls == CLASS_ORD && last->variant == f->variant
        && last->text.p + last->text.n == f->text.p && letter(f->text.p[0]);
}

static void add_atom(parser *p)
{
    bool bare = peek(p) == '^' || peek(p) == '_' || peek(p) == '\'';
    p->limits = LIMITS_NONE;
    formula *base = bare ? formula_new(p, FORMULA_ROW, CLASS_ORD) : nucleus(p, false);
    formula *f = base ? formula_with_scripts(p, base) : NULL;
    if (!f || p->bad)
        return;
    if (joins(p, p->row->last, f))
        p->row->last->text.n += f->text.n;
    else
        formula_add(p->row, f);
}

static bool at_end(parser *p)
{
    size_t len;
    formula_blanks(p);
    if (p->at >= p->s.n || peek(p) == '}' || peek(p) == '&')
        return true;
    sign s = formula_command(p, &len);
    return s.kind == SIGN_END || s.kind == SIGN_CR || s.kind == SIGN_RIGHT || s.kind == SIGN_MIDDLE;
}

formula *formula_row(parser *p, bool spaced)
{
    formula *around = p->row, *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    bool infix = p->infix;
    int font = p->font;
    if (!row || ++p->depth > FORMULA_DEPTH)
        return formula_bad(p);
    p->row = row;
    p->infix = p->under;
    p->under = false;
    if (spaced)
        formula_add(row, formula_new(p, FORMULA_ROW, CLASS_ORD));
    while (!p->bad && !at_end(p))
        add_atom(p);
    formula_settle(row);
    p->row = around;
    p->infix = infix;
    p->font = font;
    p->limits = LIMITS_NONE;
    p->depth--;
    return row;
}

formula *formula_sub(parser *p, ofp_str tex)
{
    ofp_str s = p->s;
    size_t at = p->at;
    p->s = tex;
    p->at = 0;
    formula *row = formula_row(p, false);
    if (p->at < p->s.n)
        formula_bad(p);
    p->s = s;
    p->at = at;
    return row;
}

formula *ofp_formula_parse(ofp_arena *a, ofp_str tex, formula **tag)
{
    parser p = { .a = a, .font = -1 };
    *tag = NULL;
    if (tex.n > FORMULA_BYTES)
        return NULL;
    p.s = formula_expand(a, tex, &p.bad);
    formula *f = p.bad ? NULL : formula_whole(&p);
    if (p.bad || p.at < p.s.n || ofp_arena_failed(a))
        return NULL;
    *tag = p.tag;
    return f;
}
