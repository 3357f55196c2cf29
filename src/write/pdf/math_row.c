/* math_row.c - formulas in a row: classes of atoms, the spaces between them, and what grows with the others. */
#include "write/pdf/math.h"
#include <math.h>

enum { NO = 0, THIN = 1, MEDIUM = 2, THICK = 3, TEXT_ALONE = 4 /* not in scripts */ };
#define N NO
#define T THIN
#define t (THIN | TEXT_ALONE)
#define m (MEDIUM | TEXT_ALONE)
#define k (THICK | TEXT_ALONE)
/* The TeXbook, chapter 18; where TeX has no such neighbours it says N. */
static const unsigned char spaces[8][8] = {
    /*               Ord Op Bin Rel Open Close Punct Inner */
    [CLASS_ORD]   = { N, T, m, k, N, N, N, t },
    [CLASS_OP]    = { T, T, N, k, N, N, N, t },
    [CLASS_BIN]   = { m, m, N, N, m, N, N, m },
    [CLASS_REL]   = { k, k, N, N, k, N, N, k },
    [CLASS_OPEN]  = { N, N, N, N, N, N, N, N },
    [CLASS_CLOSE] = { N, T, m, k, N, N, N, t },
    [CLASS_PUNCT] = { t, t, N, t, t, t, t, t },
    [CLASS_INNER] = { t, T, m, k, t, N, t, t },
};
#undef N
#undef T
#undef t
#undef m
#undef k

/* ---- atoms ---- */

/* What it holds first decides what it is to its neighbours. */
static bool is_as_first(const formula *f)
{
    enum formula_kind k = f->kind;
    if (f->shown)
        return false;
    return k == FORMULA_SCRIPTS || k == FORMULA_LIMITS || k == FORMULA_STYLE || k == FORMULA_ENCLOSE || k == FORMULA_PHANTOM;
}

enum formula_class math_class(const formula *f)
{
    while (is_as_first(f) && f->cls == CLASS_ORD && f->first)
        f = f->first;
    return f->cls;
}

/* A change of style is no atom: what it holds stands in the row as if it were not there. */
static math_style styled(const formula *f, math_style s)
{
    if (f->style >= 0 && f->style <= LEVEL_SCRIPTSCRIPT)
        s.level = (enum math_level)f->style;
    if (f->colour.n)
        math_colour(f->colour, &s.colour);
    return s;
}

static size_t count(const formula *f)
{
    size_t n = 0;
    for (const formula *c = f->first; c; c = c->next)
        n += c->kind == FORMULA_STYLE ? count(c) : 1;
    return n;
}

static void collect(math_atoms *all, const formula *f, math_style s)
{
    for (const formula *c = f->first; c; c = c->next) {
        if (c->kind == FORMULA_STYLE) {
            collect(all, c, styled(c, s));
            continue;
        }
        enum formula_class cls = math_class(c);
        all->p[all->n++] = (math_atom){ .node = c, .style = s, .left = cls, .right = cls, .space = c->kind == FORMULA_SPACE };
    }
}

static math_atom *after(math_atom *a, const math_atom *end)
{
    for (a++; a < end && a->space; a++)
        ;
    return a;
}

static bool opens(enum formula_class c)
{
    return c == CLASS_BIN || c == CLASS_OP || c == CLASS_REL || c == CLASS_OPEN || c == CLASS_PUNCT;
}

static bool closes(enum formula_class c)
{
    return c == CLASS_REL || c == CLASS_CLOSE || c == CLASS_PUNCT;
}

/* Binary operators need something on either side (appendix G, rules 5 and 6). */
static void settle_classes(math_atoms all)
{
    enum formula_class before = CLASS_OPEN;
    math_atom *end = all.p + all.n;
    for (math_atom *a = all.p; a < end; a++) {
        if (a->space)
            continue;
        math_atom *next = a->right == CLASS_BIN ? after(a, end) : NULL;
        if (next && (opens(before) || next == end || closes(next->left)))
            a->left = a->right = CLASS_ORD;
        before = a->right;
    }
}

/* ---- fences ---- */

static bool grows(const math_atom *a)
{
    return a->node->kind == FORMULA_OPERATOR && a->node->stretchy && a->node->height <= 0 && math_char(a->node);
}

/* As tall as what they enclose, nearly: TeX's \delimiterfactor and \delimitershortfall. */
static double fence_height(const math_job *j, math_style s, double ascent, double descent)
{
    double axis = math_const(j, s, MATH_AXIS_HEIGHT), half = fmax(ascent - axis, descent + axis);
    return fmax(2 * half * 0.901, 2 * half - 0.5 * math_em(j, s));
}

static void set_fences(math_job *j, math_atoms all)
{
    double ascent = 0, descent = 0;
    for (size_t i = 0; i < all.n; i++)
        if (!grows(&all.p[i])) {
            ascent = fmax(ascent, all.p[i].box->ascent);
            descent = fmax(descent, all.p[i].box->descent);
        }
    for (size_t i = 0; i < all.n; i++) {
        math_atom *a = &all.p[i];
        if (!grows(a))
            continue;
        double height = fence_height(j, a->style, ascent, descent);
        a->box = math_centred(j, math_grown(j, math_char(a->node), true, height, MATH_FILL, a->style), a->style);
    }
}

/* ---- spaces ---- */

/* The first letter of a script's base slants as the letter does. */
static bool begins_slanted(const formula *f)
{
    while ((f->kind == FORMULA_SCRIPTS || f->kind == FORMULA_LIMITS) && f->first)
        f = f->first;
    bool slants = f->variant == VARIANT_ITALIC || f->variant == VARIANT_BOLD_ITALIC;
    return f->kind == FORMULA_IDENT && slants && ofp_utf8_count(f->text) == 1;
}

static double space_between(const math_job *j, const math_atom *a, const math_atom *b)
{
    static const double mu[] = { [NO] = 0, [THIN] = 3, [MEDIUM] = 4, [THICK] = 5 };
    unsigned what = spaces[a->right][b->left];
    if ((what & TEXT_ALONE) && b->style.level >= LEVEL_SCRIPT)
        return 0;
    return mu[what & ~(unsigned)TEXT_ALONE] / 18 * math_em(j, b->style);
}

static void set_spaces(const math_job *j, math_atoms all)
{
    const math_atom *last = NULL;
    for (size_t i = 0; i < all.n; i++) {
        math_atom *a = &all.p[i];
        if (last && last == a - 1 && last->box->letter && (a->space || !begins_slanted(a->node)))
            a->before += last->box->italic;
        if (a->space)
            continue;
        if (last)
            a->before += space_between(j, last, a);
        last = a;
    }
}

math_atoms math_row_atoms(math_job *j, const formula *f, math_style s)
{
    math_style in = f->kind == FORMULA_STYLE ? styled(f, s) : s;
    size_t n = count(f);
    math_atoms all = { ofp_arena_zalloc(j->arena, n ? n : 1, sizeof *all.p), 0 };
    if (!all.p)
        return all;
    collect(&all, f, in);
    settle_classes(all);
    for (size_t i = 0; i < all.n; i++)
        all.p[i].box = grows(&all.p[i]) ? NULL : math_set(j, all.p[i].node, all.p[i].style);
    set_fences(j, all);
    set_spaces(j, all);
    return all;
}

math_box *math_join(math_job *j, const math_atom *a, size_t n)
{
    if (n == 1)
        return a->box;
    math_box *out = math_box_new(j);
    for (size_t i = 0; i < n; i++) {
        double x = out->width + (i ? a[i].before : 0);
        math_add(j, out, a[i].box, x, 0);
        out->width = x + a[i].box->width;
    }
    out->italic = n ? a[n - 1].box->italic : 0;
    out->letter = n && a[n - 1].box->letter;
    out->accent = out->width / 2;
    return out;
}

/* One fence without the other: TeX has an empty delimiter in its place, which takes room. */
static math_box *beside_nothing(math_job *j, math_box *b, bool before, math_style s)
{
    math_box *out = math_box_new(j);
    double room = MATH_SIDE_SPACE * math_em(j, s);
    math_add(j, out, b, before ? room : 0, 0);
    out->width = b->width + room;
    out->accent = out->width / 2;
    return out;
}

math_box *math_row(math_job *j, const formula *f, math_style s)
{
    math_atoms all = math_row_atoms(j, f, s);
    math_box *b = math_join(j, all.p, all.n);
    bool open = all.n > 1 && grows(&all.p[0]) && all.p[0].left == CLASS_OPEN;
    bool close = all.n > 1 && grows(&all.p[all.n - 1]) && all.p[all.n - 1].left == CLASS_CLOSE;
    return open != close ? beside_nothing(j, b, close, s) : b;
}
