/* formula_font.c - fonts, styles, boxes, spaces, and what only some systems heed. */
#include "doctools/formula_parts.h"

/* ---- fonts ---- */

formula *formula_font(parser *p, const sign *s)
{
    int around = p->font;
    p->font = s->text.p[0] - '0';
    formula *f = formula_argument(p);
    p->font = around;
    if (f)
        formula_unsettle(f);
    if (!f || f->kind == FORMULA_OPERATOR || f->cls == CLASS_ORD)
        return f;
    formula *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    formula_add(row, f);
    return row;
}

formula *formula_oldfont(parser *p, const sign *s)
{
    p->font = s->text.p[0] - '0';
    return NULL;
}

/* The hyphen of a name is none of the minus signs. */
static void hyphens(formula *row)
{
    for (formula *f = row ? row->first : NULL; f; f = f->next)
        if (f->kind == FORMULA_OPERATOR) {
            f->cls = CLASS_ORD;
            if (ofp_str_eq(f->text, OFP_STR("−")))
                f->text = OFP_STR("-");
        }
}

formula *formula_opname(parser *p, const sign *s)
{
    bool limits = s->text.n || formula_take(p, '*');
    int around = p->font;
    p->font = VARIANT_UPRIGHT;
    formula *f = formula_argument(p);
    p->font = around;
    if (f && f->kind == FORMULA_ROW)
        hyphens(f);
    if (f && f->kind != FORMULA_ROW && f->kind != FORMULA_IDENT) {
        formula *row = formula_new(p, FORMULA_ROW, CLASS_OP);
        formula_add(row, f);
        f = row;
    }
    if (f)
        f->cls = CLASS_OP;
    p->limits = limits ? LIMITS_MOVABLE : LIMITS_NONE;
    return f;
}

/* ---- styles of what follows ---- */

formula *formula_style(parser *p, const sign *s)
{
    return formula_styled(p, s->text.p[0] - '0', formula_row(p, false));
}

/* A name or #rgb, as CSS takes it, too; LaTeX's own models of colours are none of CSS. */
static bool is_colour(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], l = (char)(c | 0x20);
        if (!(l >= 'a' && l <= 'z') && !(c >= '0' && c <= '9') && !(c == '#' && i == 0))
            return false;
    }
    return s.n > 0 && s.n < 32;
}

/* Six digits without a sign before them are meant as one of CSS. */
static ofp_str colour_of(parser *p, ofp_str s)
{
    bool hex = s.n == 6;
    for (size_t i = 0; i < s.n; i++)
        hex &= (s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'f');
    if (hex)
        return ofp_arena_printf(p->a, "#%.*s", (int)s.n, s.p);
    return is_colour(s) ? ofp_arena_lower(p->a, s) : OFP_STR("");
}

formula *formula_color(parser *p, const sign *s)
{
    ofp_str model;
    bool modelled = formula_bracket(p, &model);
    ofp_str colour = ofp_str_trim(formula_raw(p));
    if (modelled && !ofp_str_ieq(model, OFP_STR("named")) && !ofp_str_ieq(model, OFP_STR("HTML")))
        colour.n = 0;
    if (ofp_str_eq(s->text, OFP_STR("box")))
        return formula_words(p, formula_raw(p), VARIANT_UPRIGHT);
    bool group = s->text.n || peek(p) == '{';       /* \color{red}{x} is for x to MathJax, and who writes it */
    formula *f = formula_styled(p, -1, group ? formula_argument(p) : formula_row(p, false));
    if (f)
        f->colour = colour_of(p, colour);
    return f;
}

/* ---- boxes ---- */

formula *formula_enclose(parser *p, const sign *s)
{
    formula *f = formula_new(p, FORMULA_ENCLOSE, CLASS_ORD);
    formula *inside = s->text.n > 1 ? formula_words(p, formula_raw(p), VARIANT_UPRIGHT) : formula_argument(p);
    if (f)
        f->enclose = (unsigned)(s->text.p[0] - '0');
    formula_add(f, inside);
    return f;
}

formula *formula_phantom(parser *p, const sign *s)
{
    formula *f = formula_new(p, FORMULA_PHANTOM, CLASS_ORD);
    if (f) {
        f->flat = s->text.n && s->text.p[0] == 'h';
        f->narrow = s->text.n && s->text.p[0] == 'v';
    }
    formula_add(f, formula_argument(p));
    return f;
}

/* text: f without height, or how it lies where it stands; t: it holds words.  \smash[b] is but half without, and as tall as ever. */
formula *formula_lap(parser *p, const sign *s)
{
    ofp_str half;
    bool flat = s->text.p[0] == 'f';
    if (flat && formula_bracket(p, &half))
        return formula_argument(p);
    formula *f = formula_new(p, FORMULA_PHANTOM, CLASS_ORD);
    formula_add(f, s->text.n > 1 ? formula_words(p, formula_raw(p), VARIANT_UPRIGHT) : formula_argument(p));
    if (f) {
        f->shown = true;
        f->flat = flat;
        f->narrow = !flat;
        f->align = flat ? 'l' : s->text.p[0];
    }
    return f;
}

/* ---- lengths ---- */

static bool is_length(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == ' ';
}

static double decimal(ofp_str s)
{
    double value = 0, unit = 0;
    bool minus = false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '-')
            minus = !minus;
        else if (s.p[i] == '.')
            unit = 1;
        else if (s.p[i] >= '0' && s.p[i] <= '9' && value < 1e9 && unit < 1e9) {      /* more digits are no more exact */
            value = value * 10 + (s.p[i] - '0');
            unit *= 10;
        }
    value = unit > 1 ? value / unit : value;
    value = value > 100 ? 100 : value;
    return minus ? -value : value;
}

static double unit_em(ofp_str unit)
{
    static const struct { char name[3]; double em; } units[] = {
        { "em", 1 }, { "ex", 0.43 }, { "mu", 1.0 / 18 }, { "pt", 0.1 }, { "pc", 1.2 }, { "px", 0.075 }, { "mm", 0.2845 },
        { "cm", 2.845 }, { "in", 7.227 }, { "bp", 0.1 }, { "sp", 0 },
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (ofp_str_eq(unit, ofp_s(units[i].name)))
            return units[i].em;
    return -1;
}

bool formula_length(ofp_str s, double *em, size_t *end)
{
    size_t n = 0;
    while (n < s.n && is_length(s.p[n]))
        n++;
    double unit = unit_em(ofp_str_sub(s, n, 2));
    *end = n + 2;
    *em = unit * decimal(ofp_str_sub(s, 0, n));
    return n > 0 && unit >= 0;
}

static formula *length(parser *p, ofp_str s, size_t *end)
{
    double em;
    return formula_length(s, &em, end) ? formula_space(p, em) : formula_bad(p);
}

formula *formula_kern(parser *p, const sign *s)
{
    (void)s;
    size_t end = 0;
    formula_blanks(p);
    if (peek(p) == '{')
        return formula_hspace(p, s);
    formula *f = length(p, ofp_str_sub(p->s, p->at, SIZE_MAX), &end);
    p->at += end;
    return f;
}

formula *formula_hspace(parser *p, const sign *s)
{
    (void)s;
    size_t end;
    formula_take(p, '*');
    return length(p, ofp_str_trim(formula_raw(p)), &end);
}

/* A rule is as good as always a strut. */
formula *formula_rule(parser *p, const sign *s)
{
    ofp_str ignored;
    formula_bracket(p, &ignored);
    formula *f = formula_hspace(p, s);
    formula_raw(p);
    return f;
}

/* ---- and the rest ---- */

/* text: how many arguments go with it. */
formula *formula_ignore(parser *p, const sign *s)
{
    if (s->text.p[0] == '1')
        formula_raw(p);
    return NULL;
}

/* What it holds, without what it does; text: how many arguments stand before, and t where it holds words. */
formula *formula_content(parser *p, const sign *s)
{
    ofp_str ignored;
    formula_bracket(p, &ignored);
    if (s->text.p[0] == '1')
        formula_raw(p);
    formula_bracket(p, &ignored);
    formula *f = s->text.n > 1 ? formula_words(p, formula_raw(p), VARIANT_UPRIGHT) : formula_argument(p);
    return f ? f : formula_new(p, FORMULA_ROW, CLASS_ORD);
}

static formula *word(parser *p, ofp_str text, enum formula_class cls)
{
    return formula_leaf(p, FORMULA_IDENT, cls, text);
}

formula *formula_mod(parser *p, const sign *s)
{
    if (ofp_str_eq(s->name, OFP_STR("bmod")))
        return word(p, OFP_STR("mod"), CLASS_BIN);
    bool round = s->name.p[0] == 'p', named = s->name.n == 4 || !round;
    formula *row = formula_new(p, FORMULA_ROW, CLASS_ORD), *inside = formula_argument(p);
    formula_add(row, formula_space(p, 0.8));
    if (round)
        formula_add(row, formula_leaf(p, FORMULA_OPERATOR, CLASS_OPEN, OFP_STR("(")));
    if (named) {
        formula_add(row, word(p, OFP_STR("mod"), CLASS_ORD));
        formula_add(row, formula_space(p, 0.3333));
    }
    formula_add(row, inside);
    if (round)
        formula_add(row, formula_leaf(p, FORMULA_OPERATOR, CLASS_CLOSE, OFP_STR(")")));
    return row;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* x2205 and "2205 are hexadecimal, 65 is decimal. */
static uint32_t code_point(ofp_str s)
{
    bool hex = s.n && (s.p[0] == 'x' || s.p[0] == 'X' || s.p[0] == '"');
    uint32_t c = 0;
    for (size_t i = hex; i < s.n && i < 8; i++) {
        int d = hex_digit(s.p[i]);
        if (d < 0 || (!hex && d > 9))
            return 0;
        c = c * (hex ? 16 : 10) + (uint32_t)d;
    }
    return c < 0x20 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0 : c;
}

formula *formula_unicode(parser *p, const sign *s)
{
    ofp_str ignored, raw;
    char utf8[4];
    formula_bracket(p, &ignored);
    if (ofp_str_eq(s->name, OFP_STR("char"))) {
        formula_blanks(p);
        size_t from = p->at;
        while (p->at < p->s.n && (p->s.p[p->at] == '"' || hex_digit(p->s.p[p->at]) >= 0))
            p->at++;
        raw = ofp_str_sub(p->s, from, p->at - from);
    } else {
        raw = ofp_str_trim(formula_raw(p));
    }
    uint32_t c = code_point(raw);
    if (!c)
        return formula_bad(p);
    glyph g = formula_glyph(c);
    ofp_str text = ofp_arena_dup(p->a, (ofp_str){ utf8, ofp_utf8_put(c, utf8) });
    return formula_leaf(p, g.kind, g.cls, text);
}
