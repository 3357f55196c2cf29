/* math_enclose.c - frames and strokes around formulas, and what only takes room. */
#include "write/pdf/math.h"
#include <math.h>

static const double rule = 0.045, inside = 0.3;          /* em: TeX's \fboxrule and \fboxsep */

static math_box *framed(math_job *j, const math_box *in, math_style s)
{
    double em = math_em(j, s), t = rule * em, pad = inside * em;
    double width = in->width + 2 * (pad + t), top = in->ascent + pad, low = -in->descent - pad;
    math_box *out = math_box_new(j);
    math_add(j, out, in, pad + t, 0);
    math_rule(j, out, 0, top, width, t, s.colour);
    math_rule(j, out, 0, low - t, width, t, s.colour);
    math_rule(j, out, 0, low, t, top - low, s.colour);
    math_rule(j, out, width - t, low, t, top - low, s.colour);
    out->width = width;
    out->accent = width / 2;
    return out;
}

static void strike(math_job *j, math_box *out, unsigned how, math_style s)
{
    double em = math_em(j, s), t = rule * em, beyond = 0.1 * em, width = out->width + 2 * beyond;
    double top = fmax(out->ascent, 0.45 * em) + beyond, high = top + out->descent + beyond;
    if (how & ENCLOSE_UP)
        math_line(j, out, -beyond, top - high, width, high, t, s.colour);
    if (how & ENCLOSE_DOWN)
        math_line(j, out, -beyond, top, width, -high, t, s.colour);
    if (how & ENCLOSE_STRIKE)
        math_rule(j, out, -beyond, (out->ascent - out->descent) / 2 - t / 2, width, t, s.colour);
}

math_box *math_enclosed(math_job *j, const formula *f, math_style s)
{
    math_box *in = math_row(j, f, s), *out = math_box_new(j);
    math_add(j, out, in, 0, 0);
    out->width = in->width + (in->letter ? in->italic : 0);
    strike(j, out, f->enclose, s);
    return f->enclose & ENCLOSE_BOX ? framed(j, out, s) : out;
}

math_box *math_phantom(math_job *j, const formula *f, math_style s)
{
    math_box *in = math_row(j, f, s), *out = math_box_new(j);
    double over = !f->narrow || f->align == 'l' ? 0 : f->align == 'r' ? in->width : in->width / 2;
    if (f->shown)
        math_add(j, out, in, -over, 0);
    out->width = f->narrow ? 0 : in->width;
    out->ascent = f->flat ? 0 : in->ascent;
    out->descent = f->flat ? 0 : in->descent;
    return out;
}
