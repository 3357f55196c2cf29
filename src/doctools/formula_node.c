/* formula_node.c - making the tree of a formula. */
#include "doctools/formula_parts.h"

formula *formula_new(parser *p, enum formula_kind kind, enum formula_class cls)
{
    formula *f = ofp_arena_zalloc(p->a, 1, sizeof *f);
    if (!f)
        return formula_bad(p);
    f->kind = kind;
    f->cls = cls;
    f->style = -1;
    f->align = 'c';
    f->variant = VARIANT_UPRIGHT;
    return f;
}

formula *formula_leaf(parser *p, enum formula_kind kind, enum formula_class cls, ofp_str text)
{
    formula *f = formula_new(p, kind, cls);
    if (f)
        f->text = text;
    return f;
}

formula *formula_space(parser *p, double em)
{
    formula *f = formula_new(p, FORMULA_SPACE, CLASS_ORD);
    if (f)
        f->width = em;
    return f;
}

void formula_add(formula *parent, formula *child)
{
    if (!parent || !child)
        return;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

formula *formula_pair(parser *p, enum formula_kind kind, enum formula_class cls, formula *first, formula *second)
{
    formula *f = formula_new(p, kind, cls);
    formula_add(f, first ? first : formula_new(p, FORMULA_ROW, CLASS_ORD));
    formula_add(f, second ? second : formula_new(p, FORMULA_ROW, CLASS_ORD));
    return f;
}

formula *formula_scripted(parser *p, enum formula_kind kind, formula *base, formula *under, formula *over)
{
    formula *f = formula_new(p, kind, base ? base->cls : CLASS_ORD);
    formula_add(f, base ? base : formula_new(p, FORMULA_ROW, CLASS_ORD));
    formula_add(f, under ? under : formula_new(p, FORMULA_EMPTY, CLASS_ORD));
    formula_add(f, over ? over : formula_new(p, FORMULA_EMPTY, CLASS_ORD));
    return f;
}

formula *formula_move(parser *p, formula *row)
{
    formula *f = formula_new(p, FORMULA_ROW, CLASS_ORD);
    if (!f || !row)
        return f;
    f->first = row->first;
    f->last = row->last;
    row->first = row->last = NULL;
    return f;
}

formula *formula_single(formula *row)
{
    return row && row->kind == FORMULA_ROW && row->first && row->first == row->last ? row->first : row;
}

/* After these no binary operator can stand (The TeXbook, appendix G, rule 5), nor before those (rule 6). */
static bool opens(const formula *f)
{
    return f->cls == CLASS_BIN || f->cls == CLASS_OP || f->cls == CLASS_REL || f->cls == CLASS_OPEN || f->cls == CLASS_PUNCT;
}

static bool closes(const formula *f)
{
    return f->cls == CLASS_REL || f->cls == CLASS_CLOSE || f->cls == CLASS_PUNCT;
}

/* The class goes down to the operator that stands for its scripts or its group. */
static void make_ordinary(formula *f)
{
    for (; f && f->cls == CLASS_BIN; f = f->first)
        f->cls = CLASS_ORD;
}

void formula_settle(formula *row)
{
    formula *before = NULL;
    for (formula *f = row ? row->first : NULL; f; f = f->next) {
        if (f->kind == FORMULA_SPACE)
            continue;
        if (f->cls == CLASS_BIN && (!before || opens(before)))
            make_ordinary(f);
        else if (before && before->cls == CLASS_BIN && closes(f))
            make_ordinary(before);
        before = f;
    }
    if (before && before->cls == CLASS_BIN)
        make_ordinary(before);
}

formula *formula_fence(parser *p, ofp_str text, enum formula_class cls)
{
    formula *f = text.n ? formula_leaf(p, FORMULA_OPERATOR, cls, text) : NULL;
    if (f)
        f->stretchy = true;
    return f;
}

formula *formula_fenced(parser *p, ofp_str open, formula *inside, ofp_str close)
{
    formula *f = formula_new(p, FORMULA_ROW, CLASS_INNER);
    formula_add(f, formula_fence(p, open, CLASS_OPEN));
    formula_add(f, inside);
    formula_add(f, formula_fence(p, close, CLASS_CLOSE));
    return f;
}

formula *formula_styled(parser *p, int style, formula *inside)
{
    formula *f = formula_new(p, FORMULA_STYLE, CLASS_ORD);
    if (f)
        f->style = (signed char)style;
    formula_add(f, inside);
    return f;
}
