/* table.c - tables of data become TABLEs, tables for layout give their cells' content in order. */
#include "html.h"
#include <string.h>

#define MAX_COLS 500            /* wider is no table that a page could show */
#define MAX_SPAN 1000           /* HTML standard 4.9.11: colspan is clamped to it */

struct cell { dom *el; unsigned col, colspan, rowspan; };
struct row { dom *el, *section; size_t first, n; bool head; };

struct grid {
    struct row *rows;
    struct cell *cells;
    size_t nrows, ncells;
    unsigned ncols;
    unsigned *until;                            /* by column: the row below the span that fills it */
    ofp_col *cols;
    dom *caption;
};

static bool is_section(const dom *n)
{
    return n->tag == T_TBODY || n->tag == T_THEAD || n->tag == T_TFOOT;
}

static bool is_cell(const dom *n)
{
    return n->tag == T_TD || n->tag == T_TH;
}

/* The row after n (or the first, with n the table) that belongs to the table itself. */
static dom *next_row(const dom *table, const dom *n)
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

/* ---- data or layout --------------------------------------------------------------------------- */

struct look { size_t rows, beside, cells, widest, heads, text, blocks; bool nested, caption, thead; };

static bool is_filled(const dom *cell)
{
    for (const dom *n = cell->first; n; n = dom_after(n, cell))
        if (n->tag == T_TEXT ? ofp_str_trim(n->text).n > 0 : n->tag == T_IMG && !html_is_spacer(n))
            return true;
    return false;
}

static void look_at_row(const dom *tr, struct look *l)
{
    size_t width = 0, filled = 0;
    for (const dom *c = tr->first; c; c = c->next)
        if (is_cell(c)) {
            width++;
            filled += is_filled(c);
            l->heads += c->tag == T_TH && !dom_blank(c);
        }
    l->rows += width > 0;
    l->beside += filled > 1;
    l->cells += width;
    l->widest = width > l->widest ? width : l->widest;
}

static void look_inside(const dom *table, struct look *l)
{
    for (const dom *n = table->first; n; ) {
        if (n->tag == T_TABLE) {
            l->nested = true;
            n = dom_after_skip(n, table);
            continue;
        }
        if (n->tag == T_TEXT)
            l->text += ofp_str_trim(n->text).n;
        l->blocks += (n->tag >= T_H1 && n->tag <= T_H6) || n->tag == T_FORM || n->tag == T_ARTICLE
                  || n->tag == T_SECTION || n->tag == T_IFRAME || (n->tag == T_IMG && html_is_spacer(n));
        l->caption |= n->tag == T_CAPTION && !dom_blank(n);
        l->thead |= n->tag == T_THEAD;
        n = dom_after(n, table);
    }
}

/* Without heads, rows in most of which nothing stands beside anything and pictures that only take up room are for layout. */
static bool is_data(const dom *table)
{
    ofp_str role = DOM_ATTR(table, "role");
    if (ofp_str_ieq(role, OFP_STR("presentation")) || ofp_str_ieq(role, OFP_STR("none")) || DOM_CLASS(table, "ltx_eqn_table"))
        return false;
    if (ofp_str_ieq(role, OFP_STR("table")) || ofp_str_ieq(role, OFP_STR("grid")))
        return next_row(table, table) != NULL;
    struct look l = { 0 };
    for (const dom *tr = next_row(table, table); tr; tr = next_row(table, tr))
        look_at_row(tr, &l);
    look_inside(table, &l);
    if (l.cells < 2)
        return false;
    if (l.heads || l.caption || l.thead)
        return true;
    return 2 * l.beside >= l.rows && !l.nested && !l.blocks && l.rows > 1 && l.widest > 1 && l.text / l.cells < 200;
}

/* ---- the grid --------------------------------------------------------------------------------- */

static unsigned span_of(const dom *cell, ofp_str name, long max)
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
        unsigned cs = span_of(c->el, OFP_STR("colspan"), MAX_SPAN), rs = span_of(c->el, OFP_STR("rowspan"), 65534);
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

static void count_table(struct grid *g, const dom *table)
{
    for (const dom *tr = next_row(table, table); tr; tr = next_row(table, tr)) {
        g->nrows++;
        for (const dom *c = tr->first; c; c = c->next)
            g->ncells += is_cell(c);
    }
}

static void fill_table(struct grid *g, dom *table)
{
    size_t row = 0, cell = 0;
    for (dom *tr = next_row(table, table); tr; tr = next_row(table, tr), row++) {
        g->rows[row] = (struct row){ .el = tr, .section = tr->parent, .first = cell };
        for (dom *c = tr->first; c; c = c->next)
            if (is_cell(c))
                g->cells[cell++].el = c;
        g->rows[row].n = cell - g->rows[row].first;
    }
}

static bool all_heads(const struct grid *g, const struct row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (g->cells[row->first + i].el->tag != T_TH)
            return false;
    return row->n > 0;
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
        if (n->tag == T_TEXT && ofp_str_trim(n->text).n && !is_bold(n, row->el))
            return false;
    for (size_t i = 1; i < row->n; i++)
        if (dom_blank(g->cells[row->first + i].el))
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
        if (!g->rows[i].n || dom_blank(g->cells[g->rows[i].first].el) != (i == 0))
            return false;
    for (size_t i = 1; i < g->rows[0].n; i++) {
        const dom *cell = g->cells[i].el;
        if (dom_blank(cell) || dom_find(cell, T_IMG) || has_number(cell))
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
        if (dom_blank(cell) || dom_find(cell, T_IMG) || has_number(cell))
            return false;
        columns += counts_below(g, i);
    }
    return columns >= 2;
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
    return is_bold_row(g, row) ? !is_bold_row(g, row + 1) : has_empty_corner(g) || names_numbers(g);
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

static struct grid *make_grid(reader *r, dom *table)
{
    struct grid *g = ofp_arena_zalloc(r->tmp, 1, sizeof *g);
    if (!g)
        return NULL;
    count_table(g, table);
    g->rows = ofp_arena_zalloc(r->tmp, g->nrows + 1, sizeof *g->rows);
    g->cells = ofp_arena_zalloc(r->tmp, g->ncells + 1, sizeof *g->cells);
    /* needed until the cells are placed: one for all tables, since there may be very many */
    if (!r->spans)
        r->spans = ofp_arena_zalloc(r->tmp, MAX_COLS + MAX_SPAN, sizeof *r->spans);
    g->until = r->spans;
    if (!g->rows || !g->cells || !g->until)
        return NULL;
    memset(g->until, 0, (MAX_COLS + MAX_SPAN) * sizeof *g->until);
    fill_table(g, table);
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

/* ---- alignment -------------------------------------------------------------------------------- */

static enum ofp_align align_of(const dom *n)
{
    static const struct { ofp_str name; enum ofp_align align; } words[] = {
        { { "left", 4 }, OFP_ALIGN_LEFT }, { { "right", 5 }, OFP_ALIGN_RIGHT }, { { "center", 6 }, OFP_ALIGN_CENTER },
        { { "start", 5 }, OFP_ALIGN_LEFT }, { { "end", 3 }, OFP_ALIGN_RIGHT },
    };
    if (!n->nattrs)
        return OFP_ALIGN_DEFAULT;
    ofp_str v = html_style(n, OFP_STR("text-align"));
    if (!v.n)
        v = ofp_str_trim(DOM_ATTR(n, "align"));
    for (size_t i = 0; v.n && i < sizeof words / sizeof *words; i++)
        if (ofp_str_istarts(v, words[i].name))
            return words[i].align;
    return OFP_ALIGN_DEFAULT;
}

/* A column is aligned as its col element says, or as all the body cells are that are its alone. */
static void align_columns(struct grid *g, const dom *table)
{
    bool seen[MAX_COLS] = { false };
    for (size_t i = 0; i < g->nrows; i++)
        for (size_t k = 0; !g->rows[i].head && k < g->rows[i].n; k++) {
            const struct cell *c = &g->cells[g->rows[i].first + k];
            enum ofp_align a = align_of(c->el);
            if (c->colspan > 1)
                continue;
            if (!seen[c->col])
                g->cols[c->col].align = a;
            else if (g->cols[c->col].align != a)
                g->cols[c->col].align = OFP_ALIGN_DEFAULT;
            seen[c->col] = true;
        }
    unsigned at = 0;
    for (const dom *n = table->first; n; n = n->tag == T_COLGROUP ? dom_after(n, table) : dom_after_skip(n, table)) {
        if (n->tag == T_TBODY)
            break;
        if (n->tag != T_COL)
            continue;
        for (unsigned k = span_of(n, OFP_STR("span"), MAX_SPAN); k-- > 0 && at < g->ncols; at++)
            if (align_of(n) != OFP_ALIGN_DEFAULT && g->cols[at].align == OFP_ALIGN_DEFAULT)
                g->cols[at].align = align_of(n);
    }
}

/* ---- nodes ------------------------------------------------------------------------------------ */

/* A paragraph alone in its cell is just its text. */
static void flatten_single(ofp_node *cell)
{
    ofp_node *only = ofp_first(cell);
    if (only && !ofp_next(only) && ofp_node_type(only) == OFP_PARA)
        ofp_retype(only, OFP_PLAIN);
}

static void add_cell(reader *r, struct grid *g, ofp_node *row, const struct cell *c)
{
    ofp_node *cell = ofp_add(r->d, row, OFP_CELL);
    unsigned span = c->colspan < g->ncols - c->col ? c->colspan : g->ncols - c->col;
    enum ofp_align a = align_of(c->el);
    if (a == OFP_ALIGN_DEFAULT && c->colspan > 1 && c->el->tag != T_TH && g->cols[c->col].align != OFP_ALIGN_DEFAULT)
        a = OFP_ALIGN_LEFT;             /* it does not follow the column that it begins in */
    ofp_set_line(cell, c->el->line);
    ofp_set_cell(cell, a == g->cols[c->col].align ? OFP_ALIGN_DEFAULT : a, (int)c->rowspan, (int)span);
    if (r->hints && html_has_hints(c->el))
        html_add_hints(r, cell, c->el);
    else if (html_is_target(r, html_id(c->el)))
        ofp_set_id(r->d, cell, html_keep(r, html_id(c->el)));
    struct flow saved = flow_enter(r, cell, true);
    html_children(r, c->el);
    flow_leave(r, saved);
    html_loosen(cell);
    flatten_single(cell);
}

/* Columns of a row that neither its cells nor spans from above fill. */
static unsigned holes(const struct grid *g, size_t at, const unsigned *until)
{
    unsigned n = 0;
    for (unsigned col = 0; col < g->ncols; col++)
        n += until[col] <= at;
    return n;
}

static void add_row(reader *r, struct grid *g, ofp_node *part, size_t at, unsigned *until)
{
    const struct row *row = &g->rows[at];
    ofp_node *n = ofp_add(r->d, part, OFP_ROW);
    ofp_set_line(n, row->el->line);
    if (r->hints && html_has_hints(row->el))
        html_add_hints(r, n, row->el);
    for (size_t i = 0; i < row->n; i++) {
        const struct cell *c = &g->cells[row->first + i];
        add_cell(r, g, n, c);
        for (unsigned k = 0; k < c->colspan && c->col + k < g->ncols; k++)
            until[c->col + k] = (unsigned)at + c->rowspan;
    }
    for (unsigned k = holes(g, at, until); k > 0; k--)
        ofp_set_cell(ofp_add(r->d, n, OFP_CELL), OFP_ALIGN_DEFAULT, 1, 1);
}

static bool first_cells_are_heads(const struct grid *g, const dom *section)
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

static void add_rows(reader *r, struct grid *g, ofp_node *table)
{
    ofp_node *head = ofp_add(r->d, table, OFP_THEAD), *body = NULL, *foot = NULL;
    const dom *section = NULL;
    unsigned *until = ofp_arena_zalloc(r->tmp, g->ncols + 1, sizeof *until);
    for (size_t i = 0; until && i < g->nrows; i++) {
        const struct row *row = &g->rows[i];
        if (!row->n)
            continue;
        if (row->section->tag == T_TFOOT && !row->head) {
            foot = foot ? foot : ofp_add(r->d, table, OFP_TFOOT);
            add_row(r, g, foot, i, until);
            continue;
        }
        if (!row->head && (!body || section != row->section)) {
            body = ofp_add(r->d, table, OFP_TBODY);
            section = row->section;
            ofp_set_row_heads(body, first_cells_are_heads(g, section));
        }
        add_row(r, g, row->head ? head : body, i, until);
    }
    ofp_append(table, foot);
}

static void add_caption(reader *r, ofp_node *table, dom *caption)
{
    ofp_node *n = ofp_add(r->d, table, OFP_CAPTION);
    if (caption)
        html_into(r, n, caption, true);
}

/* What broken pages have in a table outside of its rows and caption is kept before it. */
static void add_strays(reader *r, dom *table)
{
    for (dom *c = table->first; c; c = c->next)
        if (c->tag != T_CAPTION && c->tag != T_TR && !is_section(c))
            html_convert(r, c);
}

void html_table(reader *r, dom *n)
{
    if (html_code_table(r, n))
        return;
    struct grid *g = !r->f.fixed && is_data(n) ? make_grid(r, n) : NULL;
    ofp_node *table = NULL;
    if (g) {
        add_strays(r, n);
        align_columns(g, n);
        table = flow_block(r, OFP_TABLE, n);
    }
    if (!table) {
        html_box(r, n);
        return;
    }
    if (r->hints && html_has_hints(n))
        html_add_hints(r, table, n);
    else if (html_is_target(r, html_id(n)))
        ofp_set_id(r->d, table, html_keep(r, html_id(n)));
    ofp_set_cols(r->d, table, g->cols, g->ncols);
    struct flow saved = flow_enter(r, table, true);
    add_caption(r, table, g->caption);
    add_rows(r, g, table);
    flow_leave(r, saved);
}
