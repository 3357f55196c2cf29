/* tablegrid.c - the rows and cells of a table in their places, and which rows are its head. */
#include "table.h"
#include "base/array.h"
#include <string.h>

dom *html_next_row(const dom *table, const dom *n)
{
    dom *c = n == table ? table->first : n->next;
    if (!c && n != table && n->parent != table)
        c = n->parent->next;
    while (c && c->tag != T_TR) {
        if (is_section(c) && c->parent == table && c->first)
            c = c->first;
        else if (c->next)
            c = c->next;
        else
            c = c->parent != table ? c->parent->next : NULL;
    }
    return c;
}

/* ---- places ------------------------------------------------------------------------------------ */

unsigned html_span(const dom *cell, ofp_str name, long max)
{
    long n = 1;
    ofp_str v = ofp_str_trim(dom_attr(cell, name));
    if (v.n && !ofp_str_int(v, 0, 65534, &n))
        n = 1;
    return (unsigned)(n > max ? max : n);
}

static size_t rows_left(const struct grid *g, size_t row)
{
    size_t n = row;
    while (n < g->nrows && g->rows[n].section == g->rows[row].section)
        n++;
    return n - row;
}

/* Places a row's cells; false where the table is too wide to be one. */
static bool place_row(struct grid *g, size_t at, size_t left)
{
    unsigned col = 0;
    for (size_t i = g->rows[at].first; i < g->rows[at].first + g->rows[at].n; i++) {
        struct cell *c = &g->cells[i];
        while (col < MAX_COLS && g->until[col] > at)
            col++;
        if (col >= MAX_COLS)
            return false;
        unsigned cs = html_span(c->el, OFP_STR("colspan"), MAX_SPAN), rs = html_span(c->el, OFP_STR("rowspan"), 65534);
        c->col = col;
        c->colspan = cs ? cs : 1;
        /* rowspan=0 reaches to the end of the section */
        c->rowspan = rs && rs < left ? rs : (unsigned)left;
        for (unsigned k = 0; k < c->colspan; k++)
            g->until[col + k] = (unsigned)at + c->rowspan;
        g->ncols = col + 1 > g->ncols ? col + 1 : g->ncols;
        col += c->colspan;
    }
    return true;
}

static bool add_cells(reader *r, struct grid *g, const dom *tr)
{
    for (dom *c = tr->first; c; c = c->next) {
        if (!is_cell(c))
            continue;
        struct cell *cells = ofp_arena_grow(r->tmp, g->cells, g->ncells, &g->cells_cap, sizeof *cells);
        if (!cells)
            return false;
        g->cells = cells;
        cells[g->ncells++] = (struct cell){ .el = c };
    }
    return true;
}

static bool add_rows(reader *r, struct grid *g, dom *table)
{
    for (dom *tr = html_next_row(table, table); tr; tr = html_next_row(table, tr)) {
        struct row *rows = ofp_arena_grow(r->tmp, g->rows, g->nrows, &g->rows_cap, sizeof *rows);
        size_t first = g->ncells;
        if (!rows || !add_cells(r, g, tr))
            return false;
        g->rows = rows;
        rows[g->nrows++] = (struct row){ .el = tr, .section = tr->parent, .first = first, .n = g->ncells - first };
    }
    return g->nrows > 0;
}

enum { LONGEST_NAME = 30, MUCH_LONGER = 3 };    /* of a column, bytes; times */

/* ---- heads ------------------------------------------------------------------------------------- */

static bool all_heads(const struct grid *g, const struct row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (g->cells[row->first + i].el->tag != T_TH)
            return false;
    return row->n > 0;
}

/* No-break spaces are what editors leave in empty cells. */
static bool is_blank_text(const dom *n)
{
    for (size_t i = 0; i < n->text.n; )
        if (!ofp_is_space(ofp_utf8_next(n->text, &i)))
            return false;
    return true;
}

static bool is_empty(const dom *cell)
{
    for (const dom *c = cell->first; c; c = dom_after(c, cell))
        if (c->tag == T_TEXT ? !is_blank_text(c) : DOM_IS(c, T_IMG, T_IFRAME, T_VIDEO, T_AUDIO, T_MATH))
            return false;
    return true;
}

static bool is_bold(const dom *text, const dom *row)
{
    for (const dom *n = text->parent; n && n != row->parent; n = n->parent)
        if (DOM_IS(n, T_B, T_STRONG) || ofp_str_istarts(html_style(n, OFP_STR("font-weight")), OFP_STR("bold")))
            return true;
    return false;
}

/* All the text of the row is bold, and there is some in each cell but perhaps the first. */
static bool is_bold_row(const struct grid *g, const struct row *row)
{
    for (const dom *n = row->el->first; n; n = dom_after(n, row->el))
        if (n->tag == T_TEXT && !is_blank_text(n) && !is_bold(n, row->el))
            return false;
    for (size_t i = 1; i < row->n; i++)
        if (is_empty(g->cells[row->first + i].el))
            return false;
    return row->n > 1;
}

static bool has_number(const dom *cell)
{
    for (const dom *n = cell->first; n; n = dom_after(n, cell))
        for (size_t i = 0; n->tag == T_TEXT && i < n->text.n; i++)
            if (n->text.p[i] >= '0' && n->text.p[i] <= '9')
                return true;
    return false;
}

/* Names of columns above, names of rows on the left, and nothing in the corner. */
static bool has_empty_corner(const struct grid *g)
{
    for (size_t i = 0; i < g->nrows; i++)
        if (!g->rows[i].n || is_empty(g->cells[g->rows[i].first].el) != (i == 0))
            return false;
    for (size_t i = 1; i < g->rows[0].n; i++) {
        const dom *cell = g->cells[i].el;
        if (is_empty(cell) || dom_find(cell, T_IMG) || has_number(cell))
            return false;
    }
    return true;
}

/* Whether all rows but the first have a number in their cell at; each row has as many cells as the first. */
static bool counts_below(const struct grid *g, size_t at)
{
    for (size_t i = 1; i < g->nrows; i++)
        if (!has_number(g->cells[g->rows[i].first + at].el))
            return false;
    return true;
}

/* Words above columns of which two at least are numbers. */
static bool names_numbers(const struct grid *g)
{
    size_t columns = 0;
    if (g->nrows < 3 || g->ncols < 3)
        return false;
    for (size_t i = 0; i < g->nrows; i++)
        if (g->rows[i].n != g->ncols)
            return false;
    for (size_t i = 0; i < g->ncols; i++) {
        const dom *cell = g->cells[i].el;
        if (is_empty(cell) || dom_find(cell, T_IMG) || has_number(cell))
            return false;
        columns += counts_below(g, i);
    }
    return columns >= 2;
}

static size_t text_bytes(const dom *cell)
{
    size_t n = 0;
    for (const dom *c = cell->first; c; c = dom_after(c, cell))
        n += c->tag == T_TEXT ? ofp_str_trim(c->text).n : 0;
    return n;
}

/* "Pros", "Cons": short words above columns of which each cell is longer, and most are much longer. */
static bool names_prose(const struct grid *g)
{
    size_t head = 0, below = 0;
    for (size_t i = 0; i < g->nrows; i++)
        if (g->nrows < 4 || g->rows[i].n != g->ncols)
            return false;
    for (size_t col = 0; col < g->ncols; col++) {
        const dom *name = g->cells[col].el;
        size_t n = text_bytes(name);
        if (!n || n > LONGEST_NAME || has_number(name) || dom_find(name, T_IMG) || dom_find(name, T_A))
            return false;
        for (size_t i = 1; i < g->nrows; i++) {
            size_t m = text_bytes(g->cells[g->rows[i].first + col].el);
            if (m <= n)
                return false;
            below += m;
        }
        head += n;
    }
    return below > MUCH_LONGER * head * (g->nrows - 1);
}

/* Whether the first row of a table without any head cell looks like one. */
static bool looks_headed(const struct grid *g)
{
    const struct row *row = &g->rows[0];
    if (g->nrows < 2 || row->n < 2 || row->n != g->ncols)
        return false;
    for (size_t i = 0; i < g->ncells; i++)
        if (g->cells[i].el->tag == T_TH || (i < row->n && g->cells[i].rowspan > 1))
            return false;
    return is_bold_row(g, row) ? !is_bold_row(g, row + 1) : has_empty_corner(g) || names_numbers(g) || names_prose(g);
}

/* Rows of a thead; without one the rows at the top that have nothing but head cells, or look so.  A table in
 * Markdown is written for what it says alone. */
static void find_heads(struct grid *g, bool guess)
{
    bool thead = false;
    for (size_t i = 0; i < g->nrows; i++) {
        g->rows[i].head = g->rows[i].section->tag == T_THEAD;
        thead |= g->rows[i].head && g->rows[i].n;
    }
    for (size_t i = 0; !thead && i + 1 < g->nrows && all_heads(g, &g->rows[i]); i++)
        g->rows[i].head = true;
    if (!thead && guess && looks_headed(g))
        g->rows[0].head = true;
}

bool html_opens_with_heads(const struct grid *g, const dom *section)
{
    bool any = false;
    for (size_t i = 0; i < g->nrows; i++) {
        const struct row *row = &g->rows[i];
        if (row->section != section || row->head || !row->n)
            continue;
        if (g->cells[row->first].col == 0 && g->cells[row->first].el->tag != T_TH)
            return false;
        any |= !all_heads(g, row);
    }
    return any;
}

/* ---- the grid ---------------------------------------------------------------------------------- */

struct grid *html_table_grid(reader *r, dom *table)
{
    struct grid *g = ofp_arena_zalloc(r->tmp, 1, sizeof *g);
    if (!g)
        return NULL;
    /* needed until the cells are placed: one for all tables, since there may be very many */
    if (!r->spans)
        r->spans = ofp_arena_zalloc(r->tmp, MAX_COLS + MAX_SPAN, sizeof *r->spans);
    g->until = r->spans;
    if (!g->until || !add_rows(r, g, table))
        return NULL;
    memset(g->until, 0, (MAX_COLS + MAX_SPAN) * sizeof *g->until);
    size_t left = 0;
    for (size_t i = 0; i < g->nrows; i++) {
        left = i && g->rows[i].section == g->rows[i - 1].section ? left - 1 : rows_left(g, i);
        if (!place_row(g, i, left))
            return NULL;
    }
    /* a table that is mostly holes is a hostile one */
    if (g->nrows * g->ncols > 30 * g->ncells + 1000)
        return NULL;
    g->cols = ofp_arena_zalloc(r->tmp, g->ncols + 1, sizeof *g->cols);
    if (!g->cols)
        return NULL;
    for (dom *c = table->first; c && !g->caption; c = c->next)
        g->caption = c->tag == T_CAPTION ? c : NULL;
    find_heads(g, !r->opt->fragment);
    return g;
}
