/* math.c - formulas to boxes: styles, and which function sets which kind of node. */
#include "write/pdf/math.h"

enum {
    MATH_DEPTH = 400,                    /* nodes inside of each other; deeper ones are nobody's formula */
    MOST_SPACE = 60,                     /* em */
};

double math_em(const math_job *j, math_style s)
{
    if (s.level <= LEVEL_TEXT)
        return j->size;
    double v = j->font->constant(j->font->user, s.level == LEVEL_SCRIPT ? MATH_SCRIPT_PERCENT_SCALE_DOWN
                                                                         : MATH_SCRIPT_SCRIPT_PERCENT_SCALE_DOWN);
    double otherwise = s.level == LEVEL_SCRIPT ? 0.7 : 0.5;
    return j->size * (v > 0.2 && v <= 1 ? v : otherwise);
}

double math_const(const math_job *j, math_style s, enum math_constant c)
{
    return j->font->constant(j->font->user, c) * math_em(j, s);
}

double math_either(const math_job *j, math_style s, enum math_constant display, enum math_constant text)
{
    return math_const(j, s, s.level == LEVEL_DISPLAY ? display : text);
}

math_style math_cramped(math_style s)
{
    s.cramped = true;
    return s;
}

math_style math_sup_style(math_style s)
{
    s.level = s.level < LEVEL_SCRIPT ? LEVEL_SCRIPT : LEVEL_SCRIPTSCRIPT;
    return s;
}

math_style math_sub_style(math_style s)
{
    return math_cramped(math_sup_style(s));
}

static math_box *space(math_job *j, const formula *f, math_style s)
{
    math_box *b = math_box_new(j);
    double em = f->width > MOST_SPACE ? MOST_SPACE : f->width < -MOST_SPACE ? -MOST_SPACE : f->width;
    b->width = em * math_em(j, s);
    return b;
}

static math_box *set(math_job *j, const formula *f, math_style s)
{
    switch (f->kind) {
    case FORMULA_ROW:
    case FORMULA_STYLE:    return math_row(j, f, s);
    case FORMULA_IDENT:
    case FORMULA_NUMBER:   return math_letters(j, f, s);
    case FORMULA_OPERATOR: return math_operator(j, f, s);
    case FORMULA_TEXT:     return math_letters(j, f, s);
    case FORMULA_SPACE:    return space(j, f, s);
    case FORMULA_FRAC:     return math_fraction(j, f, s);
    case FORMULA_SQRT:
    case FORMULA_ROOT:     return math_root(j, f, s);
    case FORMULA_SCRIPTS:  return math_scripts(j, f, s);
    case FORMULA_LIMITS:   return math_limits(j, f, s);
    case FORMULA_TABLE:    return math_table(j, f, s);
    case FORMULA_PHANTOM:  return math_phantom(j, f, s);
    case FORMULA_ENCLOSE:  return math_enclosed(j, f, s);
    case FORMULA_EMPTY:
    case FORMULA_TR:
    case FORMULA_TD:       break;
    }
    return math_box_new(j);
}

math_box *math_set(math_job *j, const formula *f, math_style s)
{
    if (!f || j->depth >= MATH_DEPTH) {
        j->deep |= f != NULL;
        return math_box_new(j);
    }
    j->depth++;
    math_box *b = set(j, f, s);
    j->depth--;
    return b;
}
