/* math_frac.c - fractions (appendix G, rule 15) and roots (rule 11). */
#include "write/pdf/math.h"
#include <math.h>

static math_style smaller(math_style s)
{
    if (s.level < LEVEL_SCRIPTSCRIPT)
        s.level++;
    return s;
}

typedef struct stack { const math_box *num, *den; double up, down; } stack;

static void shift_by_rule(const math_job *j, stack *k, math_style s)
{
    k->up = math_either(j, s, MATH_FRACTION_NUMERATOR_DISPLAY_STYLE_SHIFT_UP, MATH_FRACTION_NUMERATOR_SHIFT_UP);
    k->down = math_either(j, s, MATH_FRACTION_DENOMINATOR_DISPLAY_STYLE_SHIFT_DOWN, MATH_FRACTION_DENOMINATOR_SHIFT_DOWN);
}

static void part_by_rule(const math_job *j, stack *k, math_style s, double axis, double thick)
{
    double above = math_either(j, s, MATH_FRACTION_NUM_DISPLAY_STYLE_GAP_MIN, MATH_FRACTION_NUMERATOR_GAP_MIN);
    double below = math_either(j, s, MATH_FRACTION_DENOM_DISPLAY_STYLE_GAP_MIN, MATH_FRACTION_DENOMINATOR_GAP_MIN);
    shift_by_rule(j, k, s);
    k->up = fmax(k->up, axis + thick / 2 + above + k->num->descent);
    k->down = fmax(k->down, k->den->ascent + below + thick / 2 - axis);
}

/* STIX 1 has the lower part of a stack far down; nowhere does it need to be lower than under a bar. */
static void part_bare(const math_job *j, stack *k, math_style s)
{
    shift_by_rule(j, k, s);
    k->up = math_either(j, s, MATH_STACK_TOP_DISPLAY_STYLE_SHIFT_UP, MATH_STACK_TOP_SHIFT_UP);
    k->down = fmin(k->down, math_either(j, s, MATH_STACK_BOTTOM_DISPLAY_STYLE_SHIFT_DOWN, MATH_STACK_BOTTOM_SHIFT_DOWN));
    double gap = k->up - k->num->descent - (k->den->ascent - k->down);
    double lack = math_either(j, s, MATH_STACK_DISPLAY_STYLE_GAP_MIN, MATH_STACK_GAP_MIN) - gap;
    if (lack > 0) {
        k->up += lack / 2;
        k->down += lack / 2;
    }
}

math_box *math_fraction(math_job *j, const formula *f, math_style s)
{
    if (!f->first || !f->first->next)
        return math_box_new(j);
    double thick = math_const(j, s, MATH_FRACTION_RULE_THICKNESS), axis = math_const(j, s, MATH_AXIS_HEIGHT);
    double side = MATH_SIDE_SPACE * math_em(j, s);
    stack k = { .num = math_set(j, f->first, smaller(s)), .den = math_set(j, f->first->next, math_cramped(smaller(s))) };
    double width = fmax(k.num->width, k.den->width);
    math_box *out = math_box_new(j);
    if (f->bare)
        part_bare(j, &k, s);
    else
        part_by_rule(j, &k, s, axis, thick);
    math_add(j, out, k.num, side + (width - k.num->width) / 2, k.up);
    if (!f->bare)
        math_rule(j, out, side, axis - thick / 2, width, thick, s.colour);
    math_add(j, out, k.den, side + (width - k.den->width) / 2, -k.down);
    out->width = width + 2 * side;
    out->accent = out->width / 2;
    return out;
}

/* ---- roots ---- */

static double put_degree(math_job *j, math_box *out, const formula *degree, const math_box *sign, double up, math_style s)
{
    math_style small = math_sup_style(math_sup_style(s));
    const math_box *b = math_set(j, degree, small);
    double low = up - sign->descent, raise = j->font->constant(j->font->user, MATH_RADICAL_DEGREE_BOTTOM_RAISE_PERCENT);
    double before = fmax(0, math_const(j, s, MATH_RADICAL_KERN_BEFORE_DEGREE));
    double after = math_const(j, s, MATH_RADICAL_KERN_AFTER_DEGREE);
    math_add(j, out, b, before, low + raise * (sign->ascent + sign->descent) + b->descent);
    return fmax(0, before + b->width + fmax(after, -b->width));
}

/* The sign reaches from the foot of what is under it to the rule above; where it is taller, both gaps share that. */
math_box *math_root(math_job *j, const formula *f, math_style s)
{
    const formula *degree = f->kind == FORMULA_ROOT && f->first ? f->first->next : NULL;
    const math_box *in = f->kind == FORMULA_ROOT ? math_set(j, f->first, math_cramped(s)) : math_row(j, f, math_cramped(s));
    double thick = math_const(j, s, MATH_RADICAL_RULE_THICKNESS);
    double gap = math_either(j, s, MATH_RADICAL_DISPLAY_STYLE_VERTICAL_GAP, MATH_RADICAL_VERTICAL_GAP);
    double ascent = fmax(in->ascent, 0.4 * math_em(j, s)), tall = ascent + in->descent + gap + thick;
    const math_box *sign = math_grown(j, 0x221A, true, tall, MATH_FILL, s);
    double over = sign->ascent + sign->descent - tall;
    if (over > 0)
        gap += over / 2;
    double top = ascent + gap + thick, up = top - sign->ascent;
    math_box *out = math_box_new(j);
    double x = degree ? put_degree(j, out, degree, sign, up, s) : 0;
    math_add(j, out, sign, x, up);
    x += sign->width;
    math_add(j, out, in, x, 0);
    math_rule(j, out, x, top - thick, in->width, thick, s.colour);
    out->ascent = fmax(out->ascent, top + math_const(j, s, MATH_RADICAL_EXTRA_ASCENDER));
    out->width = x + in->width;
    out->accent = out->width / 2;
    return out;
}
