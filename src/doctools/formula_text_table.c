/* formula_text_table.c - tables of formulas: matrices [a b; c d], cases {x if x ≥ 0; −x if x < 0}, rows of equations. */
#include "doctools/formula_text_parts.h"

static bool is_empty(const formula *td)
{
    return linear_shape(td) == SHAPE_NOTHING;
}

static bool is_sign(const formula *f)
{
    return f && (f->cls == CLASS_REL || f->cls == CLASS_BIN);
}

static const formula *first_of(const formula *td)
{
    const formula *f = linear_inside(td);
    f = f->kind == FORMULA_ROW || f->kind == FORMULA_TD ? f->first : f;
    while (f && !linear_is_seen(f))
        f = f->next;
    return f && f->kind == FORMULA_ROW && f->first ? first_of(f) : f;
}

/* ---- what a table is ------------------------------------------------------------------------ */

enum kind { MATRIX, CASES, EQUATIONS };

typedef struct table { enum kind kind; const char *between; /* cells of a matrix */ bool lines; } table;

/* Columns of equations touch each other, or begin with a sign. */
static bool parts_equations(const formula *td)
{
    return !td->tag && (td->width < 0.35 || is_sign(first_of(td)));
}

static bool has_equations(const formula *f)
{
    bool columns = false;
    for (const formula *tr = f->first; tr; tr = tr->next)
        for (const formula *td = tr->first ? tr->first->next : NULL; td; td = td->next) {
            columns |= !td->tag;
            if (parts_equations(td))
                return true;
        }
    return !columns;
}

/* A blank between cells is enough where none has one itself. */
static const char *between_cells(const formula *f)
{
    for (const formula *tr = f->first; tr; tr = tr->next)
        for (const formula *td = tr->first; td; td = td->next)
            if (linear_shape(td) == SHAPE_SUM)
                return ", ";
    return " ";
}

static bool is_fenced(const text *t)
{
    static const char *const fences[] = { "(", "[", "{", "|", "\u2016", "\u27E8", "\u230A", "\u2308" };
    for (size_t i = 0; i < sizeof fences / sizeof *fences; i++)
        if (linear_ends_in(t, fences[i]))
            return true;
    return false;
}

/* ---- cells and rows -------------------------------------------------------------------------- */

static bool is_punctuated(const text *t)
{
    return linear_ends_in(t, ",") || linear_ends_in(t, ";") || linear_ends_in(t, ".") || linear_ends_in(t, ":");
}

static void due(text *t, const char *blank)
{
    t->blank = ofp_s(blank);
}

/* x if x ≥ 0, but: x, x ≥ 0 */
static void put_between(text *t, const table *is, const formula *before, const formula *td)
{
    bool apart = is->kind == EQUATIONS && !td->tag && before && before->cls != CLASS_REL;
    const formula *first = first_of(td);
    if (is->kind == MATRIX && !td->tag)
        linear_lit(t, is->between);
    else if (is->kind == CASES && !td->tag && first && first->kind != FORMULA_TEXT && !is_punctuated(t))
        linear_lit(t, ", ");
    else if (td->width >= 0.35)
        due(t, apart ? "\u2003" : " ");
}

static void put_cells(text *t, const table *is, const formula *tr)
{
    const formula *before = NULL;
    for (const formula *td = tr->first; td; td = td->next) {
        const formula *row = td->first && td->first == td->last && td->first->kind == FORMULA_ROW ? td->first : td;
        bool empty = is_empty(td);
        if (empty && is->kind != MATRIX)
            continue;
        if (td != tr->first && (before || is->kind == MATRIX))
            put_between(t, is, before, td);
        if (empty)
            linear_lit(t, "\u00B7");
        before = linear_children(t, row, is->kind == EQUATIONS ? before : NULL);
    }
}

static const formula *first_in(const formula *tr)
{
    const formula *td = tr->first;
    while (td && is_empty(td))
        td = td->next;
    return td ? first_of(td) : NULL;
}

/* A row that begins with a sign goes on with the one before. */
static void put_row_end(text *t, const table *is, const formula *next)
{
    const formula *first = first_in(next);
    if (is->lines && (!first || first->cls != CLASS_BIN)) {
        t->blank.n = 0;
        linear_lit(t, "\n");
    } else if (is->kind == EQUATIONS && (is_sign(first) || is_punctuated(t))) {
        due(t, " ");
    } else {
        t->blank.n = 0;
        t->out->n -= is->kind == CASES && linear_ends_in(t, ",");
        linear_lit(t, t->script ? ", " : "; ");
    }
}

static bool is_blank(const formula *tr)
{
    return !first_in(tr);
}

void linear_table(text *t, const formula *f)
{
    bool fenced = is_fenced(t), equations = has_equations(f), any = false;
    table is = { linear_ends_in(t, "{") ? CASES : equations ? EQUATIONS : MATRIX, between_cells(f), t->lines && equations };
    t->lines = false;
    if (is.kind == MATRIX && !fenced)
        linear_lit(t, "[");
    for (const formula *tr = f->first; tr; tr = tr->next) {
        if (is_blank(tr))
            continue;
        if (any)
            put_row_end(t, &is, tr);
        put_cells(t, &is, tr);
        any = true;
    }
    if (is.kind == MATRIX && !fenced)
        linear_lit(t, "]");
}
