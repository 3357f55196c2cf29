/* math_table.c - matrices, cases, aligned equations: columns as wide as their widest cell, rows as tall as a line of
 * text or their tallest cell, the whole centred on the axis. */
#include "write/pdf/math.h"
#include <math.h>

/* em: a row's least height and depth, as TeX's \strut; room around taller cells; between lines of displays, as \jot */
static const double strut_up = 0.84, strut_down = 0.36, clear = 0.16, jot = 0.3, rule = 0.045;
/* em: beside the outer columns, where lines stand there, and in tables that fences may stand beside */
static const double edge = 0.4, side = 0.1;

typedef struct grid_cell { const formula *node; const math_box *box; } grid_cell;
typedef struct grid_row {
    const formula *node;
    grid_cell *cells; size_t n;
    const math_box *tag;                 /* where it stands apart from the cells, or NULL */
    double up, down, y;
} grid_row;
typedef struct grid_col { double gap, x, width; } grid_col;

typedef struct grid {
    math_job *job;
    bool apart;                          /* tags are no cells */
    math_style style;                    /* of cells */
    double em, width, total;
    grid_row *rows; size_t nrows;
    grid_col *cols; size_t ncols;
} grid;

static size_t length(const formula *parent)
{
    size_t n = 0;
    for (const formula *c = parent->first; c; c = c->next)
        n++;
    return n;
}

static math_style cell_style(const formula *table, math_style s)
{
    if (table->style >= 0 && table->style <= LEVEL_SCRIPTSCRIPT)
        s.level = (enum math_level)table->style;
    else if (s.level == LEVEL_DISPLAY)
        s.level = LEVEL_TEXT;
    s.cramped = false;
    return s;
}

/* ---- measures ---- */

static void set_cell(grid *g, grid_row *r, const formula *td, size_t c)
{
    const math_box *b = math_row(g->job, td, g->style);
    r->up = fmax(r->up, b->ascent + clear * g->em);
    r->down = fmax(r->down, b->descent + clear * g->em);
    if (g->apart && td->tag) {
        r->tag = b;
        r->n = c;
        return;
    }
    r->cells[c] = (grid_cell){ td, b };
    g->cols[c].width = fmax(g->cols[c].width, b->width);
    g->cols[c].gap = fmax(g->cols[c].gap, c ? td->width * g->em : 0);
}

static void set_row(grid *g, grid_row *r)
{
    size_t c = 0;
    r->up = strut_up * g->em;
    r->down = strut_down * g->em;
    for (const formula *td = r->node->first; td && c < r->n; td = td->next, c++)
        set_cell(g, r, td, c);
}

static bool set_rows(grid *g, const formula *f)
{
    size_t i = 0;
    g->nrows = length(f);
    g->rows = ofp_arena_zalloc(g->job->arena, g->nrows + 1, sizeof *g->rows);
    for (const formula *tr = f->first; g->rows && tr; tr = tr->next, i++) {
        g->rows[i] = (grid_row){ .node = tr, .n = length(tr) };
        g->rows[i].cells = ofp_arena_zalloc(g->job->arena, g->rows[i].n + 1, sizeof *g->rows[i].cells);
        g->ncols = g->rows[i].n > g->ncols ? g->rows[i].n : g->ncols;
        if (!g->rows[i].cells)
            return false;
    }
    g->cols = ofp_arena_zalloc(g->job->arena, g->ncols + 1, sizeof *g->cols);
    for (i = 0; g->cols && i < g->nrows; i++)
        set_row(g, &g->rows[i]);
    return g->rows && g->cols;
}

static bool has_edge(const grid *g, bool right)
{
    for (size_t i = 0; i < g->nrows; i++) {
        const grid_row *r = &g->rows[i];
        if (r->n && (right ? r->n == g->ncols && r->cells[r->n - 1].node->rule_after : r->cells[0].node->rule_before))
            return true;
    }
    return false;
}

static void place_columns(grid *g)
{
    double least = g->style.level == LEVEL_DISPLAY ? 0 : side * g->em;
    double x = has_edge(g, false) ? edge * g->em : least;
    for (size_t c = 0; c < g->ncols; c++) {
        x += g->cols[c].gap;
        g->cols[c].x = x;
        x += g->cols[c].width;
    }
    g->width = x + (has_edge(g, true) ? edge * g->em : least);
}

/* What the source wants below a row; no row goes up into the one before. */
static double skip_below(const grid *g, const grid_row *r)
{
    return r + 1 < g->rows + g->nrows ? fmax(r->node->height * g->em, -r->down) : 0;
}

/* The first row's top is at 0, y of the others is below it. */
static void place_rows(grid *g, double between)
{
    double y = 0;
    for (size_t i = 0; i < g->nrows; i++) {
        g->rows[i].y = y + g->rows[i].up;
        y = g->rows[i].y + g->rows[i].down + (i + 1 < g->nrows ? between : 0) + skip_below(g, &g->rows[i]);
    }
    g->total = y;
}

/* ---- showing ---- */

static double cell_x(const grid *g, size_t c, const grid_cell *cell)
{
    double spare = g->cols[c].width - cell->box->width;
    char a = cell->node->align;
    return g->cols[c].x + (a == 'l' ? 0 : a == 'r' ? spare : spare / 2);
}

static bool has_rule(const grid_row *r, size_t c, bool behind)
{
    return c < r->n && (behind ? r->cells[c].node->rule_after : r->cells[c].node->rule_before);
}

/* A line between columns, over all rows in a row that have it. */
static void column_rules(grid *g, math_box *out, size_t c, bool behind, double top)
{
    double t = rule * g->em, x = behind ? g->width - t : c ? g->cols[c].x - (g->cols[c].gap + t) / 2 : 0;
    for (size_t i = 0; i < g->nrows; i++) {
        size_t from = i;
        while (i < g->nrows && has_rule(&g->rows[i], c, behind))
            i++;
        if (i == from)
            continue;
        double high = g->rows[from].y - g->rows[from].up, low = i < g->nrows ? g->rows[i].y - g->rows[i].up : g->total;
        math_rule(g->job, out, x, top - low, t, low - high, g->style.colour);
    }
}

static void row_rules(grid *g, math_box *out, const grid_row *r, double top)
{
    double t = rule * g->em;
    if (r->node->rule_above)
        math_rule(g->job, out, 0, top - (r->y - r->up) - t / 2, g->width, t, g->style.colour);
    if (r->node->rule_below)
        math_rule(g->job, out, 0, top - (r->y + r->down) - t / 2, g->width, t, g->style.colour);
}

static void show_row(grid *g, math_box *out, const grid_row *r, double y)
{
    for (size_t c = 0; c < r->n; c++)
        math_add(g->job, out, r->cells[c].box, cell_x(g, c, &r->cells[c]), y);
}

static math_box *show_grid(grid *g, double axis)
{
    math_box *out = math_box_new(g->job);
    double top = axis + g->total / 2;
    for (size_t i = 0; i < g->nrows; i++) {
        show_row(g, out, &g->rows[i], top - g->rows[i].y);
        row_rules(g, out, &g->rows[i], top);
    }
    for (size_t c = 0; c < g->ncols; c++)
        column_rules(g, out, c, false, top);
    if (g->ncols)
        column_rules(g, out, g->ncols - 1, true, top);
    out->width = g->width;
    out->ascent = top;
    out->descent = g->total - top;
    out->accent = out->width / 2;
    return out;
}

static bool set_grid(grid *g, math_job *j, const formula *f, math_style s)
{
    g->job = j;
    g->style = cell_style(f, s);
    g->em = math_em(j, g->style);
    if (!set_rows(g, f))
        return false;
    place_columns(g);
    place_rows(g, g->style.level == LEVEL_DISPLAY ? jot * g->em : 0);
    return true;
}

math_box *math_table(math_job *j, const formula *f, math_style s)
{
    grid g = { 0 };
    return set_grid(&g, j, f, s) ? show_grid(&g, math_const(j, s, MATH_AXIS_HEIGHT)) : math_box_new(j);
}

static bool has_rules(const grid *g)
{
    for (size_t i = 0; i < g->nrows; i++) {
        const grid_row *r = &g->rows[i];
        bool any = r->node->rule_above || r->node->rule_below;
        for (size_t c = 0; c < r->n && !any; c++)
            any = r->cells[c].node->rule_before || r->cells[c].node->rule_after;
        if (any)
            return true;
    }
    return false;
}

bool math_has_tags(const formula *table)
{
    for (const formula *tr = table->first; tr; tr = tr->next)
        if (tr->last && tr->last->tag)
            return true;
    return false;
}

math_table_row *math_table_rows(math_job *j, const formula *f, math_style s, size_t *n)
{
    grid g = { .apart = true };
    *n = 0;
    if (f->kind != FORMULA_TABLE || !set_grid(&g, j, f, s) || has_rules(&g))
        return NULL;
    math_table_row *all = ofp_arena_zalloc(j->arena, g.nrows + 1, sizeof *all);
    for (size_t i = 0; all && i < g.nrows; i++) {
        math_box *b = math_box_new(j);
        show_row(&g, b, &g.rows[i], 0);
        b->width = g.width;
        b->ascent = g.rows[i].up;
        b->descent = g.rows[i].down + skip_below(&g, &g.rows[i]);
        all[i] = (math_table_row){ b, g.rows[i].tag };
        *n = i + 1;
    }
    return all;
}
