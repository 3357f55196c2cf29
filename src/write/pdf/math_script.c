/* math_script.c - subscripts and superscripts (appendix G, rule 18; MathML Core, 3.4.1). */
#include "write/pdf/math.h"
#include <math.h>

typedef struct script_pair {
    const math_box *base, *sub, *sup;    /* sub, sup: NULL where there is none */
    math_style style;
    double down, up;                     /* of their baselines */
} script_pair;

/* Beside a letter scripts stand at heights of their own, beside anything else near its edges. */
static void begin_shifts(const math_job *j, script_pair *p)
{
    bool letter = p->base->sign != NULL;
    p->up = letter ? 0 : p->base->ascent - math_const(j, p->style, MATH_SUPERSCRIPT_BASELINE_DROP_MAX);
    p->down = letter ? 0 : p->base->descent + math_const(j, p->style, MATH_SUBSCRIPT_BASELINE_DROP_MIN);
}

static void shift_sup(const math_job *j, script_pair *p)
{
    double least = math_const(j, p->style, p->style.cramped ? MATH_SUPERSCRIPT_SHIFT_UP_CRAMPED : MATH_SUPERSCRIPT_SHIFT_UP);
    p->up = fmax(fmax(p->up, least), p->sup->descent + math_const(j, p->style, MATH_SUPERSCRIPT_BOTTOM_MIN));
}

static void shift_sub(const math_job *j, script_pair *p)
{
    p->down = fmax(p->down, math_const(j, p->style, MATH_SUBSCRIPT_SHIFT_DOWN));
    if (!p->sup)
        p->down = fmax(p->down, p->sub->ascent - math_const(j, p->style, MATH_SUBSCRIPT_TOP_MAX));
}

/* Both: a gap between them, which lowers the one, and raises the other where it hangs too low. */
static void part(const math_job *j, script_pair *p)
{
    double gap = p->up - p->sup->descent - (p->sub->ascent - p->down);
    double least = math_const(j, p->style, MATH_SUB_SUPERSCRIPT_GAP_MIN);
    if (gap >= least)
        return;
    p->down += least - gap;
    double low = math_const(j, p->style, MATH_SUPERSCRIPT_BOTTOM_MAX_WITH_SUBSCRIPT) - (p->up - p->sup->descent);
    if (low > 0) {
        p->up += low;
        p->down -= low;
    }
}

/* How much nearer a script may stand because corners are cut in; of the two heights where the shapes could meet,
 * the one that leaves more room. */
static double cut_in(const math_job *j, const math_box *base, const math_box *script, double shift, bool sup)
{
    if (!base->sign)
        return 0;
    enum math_corner at = sup ? MATH_TOP_RIGHT : MATH_BOTTOM_RIGHT, own = sup ? MATH_BOTTOM_LEFT : MATH_TOP_LEFT;
    double heights[2] = { sup ? shift - script->descent : shift + script->ascent, sup ? base->ascent : -base->descent };
    double best = -HUGE_VAL;
    for (int i = 0; i < 2; i++) {
        double k = j->font->kern(j->font->user, base->sign, at, heights[i] / base->size) * base->size;
        if (script->sign)
            k += j->font->kern(j->font->user, script->sign, own, (heights[i] - shift) / script->size) * script->size;
        best = fmax(best, k);
    }
    return best;
}

static bool is_there(const formula *f)
{
    return f && f->kind != FORMULA_EMPTY;
}

/* ---- primes ---- */

/* The prime that a superscript is or begins with, where the font draws it raised and has no form of it for scripts:
 * there it stands on the baseline, and is no script.  NULL: none does. */
static const formula *raised_prime(const math_job *j, const formula *sup)
{
    const formula *f = sup && sup->kind == FORMULA_ROW ? sup->first : sup;
    uint32_t cp = f && f->kind == FORMULA_OPERATOR ? math_char(f) : 0;
    bool prime = cp == '\'' || (cp >= 0x2032 && cp <= 0x2037) || cp == 0x2057;
    const math_sign *small = prime ? j->font->sign(j->font->user, cp, 1) : NULL;
    return small && small->descent < -0.25 ? f : NULL;
}

/* What follows the prime in the superscript; NULL where nothing does. */
static const math_box *behind_prime(math_job *j, const formula *prime, math_style s)
{
    formula rest = { .kind = FORMULA_ROW, .first = prime->next };
    return prime->next ? math_row(j, &rest, math_sup_style(s)) : NULL;
}

/* The prime and what follows it, as a superscript.  Beside what is tall it stands as high as that. */
static const math_box *with_prime(math_job *j, const formula *prime, const script_pair *p)
{
    const math_box *first = math_set(j, prime, p->style), *rest = p->sup;
    math_box *out = math_box_new(j);
    math_add(j, out, first, 0, (p->base->sign ? 0 : fmax(0, p->base->ascent - first->ascent)) - p->up);
    if (rest)
        math_add(j, out, rest, first->width, 0);
    out->width = first->width + (rest ? rest->width : 0);
    return out;
}

/* ---- both ---- */

static void shift(const math_job *j, script_pair *p)
{
    begin_shifts(j, p);
    if (p->sup)
        shift_sup(j, p);
    if (p->sub)
        shift_sub(j, p);
    if (p->sub && p->sup)
        part(j, p);
}

/* A large operator's own width holds its slant: its subscript moves back under it.  Returns where the scripts end. */
static double put_scripts(math_job *j, const script_pair *p, bool large, math_box *out)
{
    double width = p->base->width, italic = p->base->italic, right = width;
    if (p->sub) {
        double x = width - (large ? italic : 0) + cut_in(j, p->base, p->sub, -p->down, false);
        math_add(j, out, p->sub, x, -p->down);
        right = fmax(right, x + p->sub->width);
    }
    if (p->sup) {
        double x = width + (large ? 0 : italic) + cut_in(j, p->base, p->sup, p->up, true);
        math_add(j, out, p->sup, x, p->up);
        right = fmax(right, x + p->sup->width);
    }
    return right;
}

math_box *math_scripts(math_job *j, const formula *f, math_style s)
{
    const formula *base = f->first, *sub = base ? base->next : NULL, *sup = sub ? sub->next : NULL;
    math_box *out = math_box_new(j);
    if (!base)
        return out;
    script_pair p = { .base = math_set(j, base, s), .style = s };
    p.sub = is_there(sub) ? math_set(j, sub, math_sub_style(s)) : NULL;
    const formula *prime = is_there(sup) ? raised_prime(j, sup) : NULL;
    p.sup = prime ? behind_prime(j, prime, s) : is_there(sup) ? math_set(j, sup, math_sup_style(s)) : NULL;
    shift(j, &p);
    if (prime)
        p.sup = with_prime(j, prime, &p);
    math_add(j, out, p.base, 0, 0);
    double right = put_scripts(j, &p, base->kind == FORMULA_OPERATOR && base->large, out);
    out->width = right + (p.sub || p.sup ? math_const(j, s, MATH_SPACE_AFTER_SCRIPT) : 0);
    out->accent = p.base->accent;
    return out;
}
