/* math_over.c - what stands over and under a base: limits (appendix G, rule 13a), accents (rule 12), bars, braces
 * and arrows that grow with it (MathML Core, 3.4.2). */
#include "write/pdf/math.h"
#include <math.h>

/* ---- accents ---- */

/* Spacing forms of accents, and the marks that fonts draw and attach. */
static const struct { unsigned short from, mark; } marks[] = {
    { '^', 0x302 }, { '`', 0x300 }, { '~', 0x303 }, { 0xA8, 0x308 }, { 0xAF, 0x304 }, { 0xB4, 0x301 }, { 0x2C6, 0x302 }, { 0x2C7, 0x30C },
    { 0x2C9, 0x304 }, { 0x2CA, 0x301 }, { 0x2CB, 0x300 }, { 0x2D8, 0x306 }, { 0x2D9, 0x307 }, { 0x2DA, 0x30A }, { 0x2DC, 0x303 },
    { 0x203E, 0x305 }, { 0x2190, 0x20D6 }, { 0x2192, 0x20D7 }, { 0x2194, 0x20E1 }, { 0x21C0, 0x20D1 }, { 0x21BC, 0x20D0 },
};

static uint32_t mark_of(uint32_t cp)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].from == cp)
            return marks[i].mark;
    return cp;
}

static bool is_bar(uint32_t cp)
{
    static const unsigned short bars[] = { '_', 0xAF, 0x2C9, 0x304, 0x305, 0x332, 0x2015, 0x203E };
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        if (bars[i] == cp)
            return true;
    return false;
}

static bool is_mark(uint32_t cp)
{
    return (cp >= 0x300 && cp < 0x370) || (cp >= 0x20D0 && cp < 0x20F0);
}

static bool is_wavy(uint32_t mark)       /* grows, but not beyond its base */
{
    return mark == 0x302 || mark == 0x303 || mark == 0x306 || mark == 0x30C;
}

static math_box *covered(math_job *j, const math_box *base)
{
    math_box *out = math_box_new(j);
    math_add(j, out, base, 0, 0);
    out->width = base->width;
    out->italic = base->italic;
    out->accent = base->accent;
    out->letter = base->letter;
    return out;
}

static math_box *bar(math_job *j, const math_box *base, bool over, math_style s)
{
    math_box *out = covered(j, base);
    double thick = math_const(j, s, over ? MATH_OVERBAR_RULE_THICKNESS : MATH_UNDERBAR_RULE_THICKNESS);
    double gap = math_const(j, s, over ? MATH_OVERBAR_VERTICAL_GAP : MATH_UNDERBAR_VERTICAL_GAP);
    math_rule(j, out, 0, over ? base->ascent + gap : -base->descent - gap - thick, base->width, thick, s.colour);
    if (over)
        out->ascent += math_const(j, s, MATH_OVERBAR_EXTRA_ASCENDER);
    else
        out->descent += math_const(j, s, MATH_UNDERBAR_EXTRA_DESCENDER);
    return out;
}

/* A mark of the font: its own middle over that of the letter, lifted by what the letter is taller than an x. */
static math_box *marked(math_job *j, const math_box *base, uint32_t mark, bool grows, math_style s)
{
    const math_box *m = math_grown(j, mark, false, grows ? base->width : 0, MATH_WITHIN, s);
    math_box *out = covered(j, base);
    double lift = base->ascent - fmin(base->ascent, math_const(j, s, MATH_ACCENT_BASE_HEIGHT));
    math_add(j, out, m, (grows ? base->width / 2 : base->accent) - m->accent, lift);
    return out;
}

/* What grows over or under a base: a brace, an arrow, or any other sign. */
static math_box *stretched(math_job *j, const math_box *base, uint32_t cp, bool grows, bool over, math_style s)
{
    const math_box *m = math_grown(j, cp, false, grows ? base->width : 0, MATH_FILL, s);
    math_box *out = math_box_new(j);
    double gap = fmin(math_const(j, s, over ? MATH_OVERBAR_VERTICAL_GAP : MATH_UNDERBAR_VERTICAL_GAP), 0.15 * math_em(j, s));
    double width = fmax(base->width, m->width);
    math_add(j, out, base, (width - base->width) / 2, 0);
    math_add(j, out, m, (width - m->width) / 2, over ? base->ascent + gap + m->descent : -base->descent - gap - m->ascent);
    out->width = width;
    out->accent = width / 2;
    return out;
}

static math_box *accented(math_job *j, const math_box *base, const formula *script, bool over, math_style s)
{
    uint32_t cp = math_char(script), mark = mark_of(cp);
    if (script->stretchy && is_bar(cp))
        return bar(j, base, over, s);
    if (over && is_mark(mark) && (!script->stretchy || is_wavy(mark)))
        return marked(j, base, mark, script->stretchy, s);
    return stretched(j, base, cp, script->stretchy, over, s);
}

/* ---- limits ---- */

static bool is_there(const formula *f)
{
    return f && f->kind != FORMULA_EMPTY;
}

static bool is_sign(const formula *f)
{
    return f->kind == FORMULA_OPERATOR && math_char(f);
}

static double wider(double w, const math_box *b)
{
    return b ? fmax(w, b->width) : w;
}

/* An arrow that is as long as what stands over it asks. */
static const math_box *arrow(math_job *j, uint32_t cp, const math_box *under, const math_box *over, math_style s)
{
    double em = math_em(j, s), inside = wider(wider(0, under), over);
    return math_grown(j, cp, false, fmax(1.6 * em, inside + 0.2 * em), MATH_FILL, s);
}

static void put_over(math_job *j, math_box *out, const math_box *base, const math_box *b, double x, bool grew, math_style s)
{
    double gap = math_const(j, s, grew ? MATH_STRETCH_STACK_GAP_ABOVE_MIN : MATH_UPPER_LIMIT_GAP_MIN) + b->descent;
    double up = grew ? gap : fmax(gap, math_const(j, s, MATH_UPPER_LIMIT_BASELINE_RISE_MIN));
    math_add(j, out, b, x, base->ascent + up);
}

static void put_under(math_job *j, math_box *out, const math_box *base, const math_box *b, double x, bool grew, math_style s)
{
    double gap = math_const(j, s, grew ? MATH_STRETCH_STACK_GAP_BELOW_MIN : MATH_LOWER_LIMIT_GAP_MIN) + b->ascent;
    double down = grew ? gap : fmax(gap, math_const(j, s, MATH_LOWER_LIMIT_BASELINE_DROP_MIN));
    math_add(j, out, b, x, -base->descent - down);
}

/* Over and under, centred; a large operator's slant moves the one to the right and the other to the left. */
static math_box *stacked(math_job *j, const formula *f, const formula *under, const formula *over, math_style s)
{
    const math_box *u = is_there(under) ? math_set(j, under, math_sub_style(s)) : NULL;
    const math_box *o = is_there(over) ? math_set(j, over, math_sup_style(s)) : NULL;
    bool grew = is_sign(f->first) && f->first->stretchy;
    const math_box *base = grew ? arrow(j, math_char(f->first), u, o, s) : math_set(j, f->first, s);
    double lean = f->first->kind == FORMULA_OPERATOR && f->first->large ? base->italic / 2 : 0;
    double width = wider(wider(base->width, u), o);
    math_box *out = math_box_new(j);
    math_add(j, out, base, (width - base->width) / 2, 0);
    if (u)
        put_under(j, out, base, u, (width - u->width) / 2 - lean, grew, s);
    if (o)
        put_over(j, out, base, o, (width - o->width) / 2 + lean, grew, s);
    out->width = width;
    out->accent = width / 2;
    return out;
}

math_box *math_limits(math_job *j, const formula *f, math_style s)
{
    const formula *base = f->first, *under = base ? base->next : NULL, *over = under ? under->next : NULL;
    if (!base)
        return math_box_new(j);
    if (f->movable && s.level != LEVEL_DISPLAY)
        return math_scripts(j, f, s);
    if (!f->accent || (is_there(under) && !is_sign(under)) || (is_there(over) && !is_sign(over)))
        return stacked(j, f, under, over, s);
    math_box *b = math_set(j, base, is_there(over) ? math_cramped(s) : s);
    if (is_there(under))
        b = accented(j, b, under, false, s);
    return is_there(over) ? accented(j, b, over, true, s) : b;
}
