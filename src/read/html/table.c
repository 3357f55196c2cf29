/* table.c - tables of data become TABLEs, tables for layout give their cells' content in order. */
#include "table.h"

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
        l->blocks += dom_is_heading(n) || DOM_IS(n, T_FORM, T_ARTICLE, T_SECTION, T_IFRAME) || (n->tag == T_HR && !dom_blank(n->parent))
                  || (n->tag == T_IMG && html_is_spacer(n));
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
        return html_next_row(table, table) != NULL;
    struct look l = { 0 };
    for (const dom *tr = html_next_row(table, table); tr && (l.cells < 2 || !l.heads); tr = html_next_row(table, tr))
        look_at_row(tr, &l);
    if (l.cells > 1 && l.heads)
        return true;
    look_inside(table, &l);
    if (l.cells < 2)
        return false;
    if (l.caption || l.thead)
        return true;
    return 2 * l.beside >= l.rows && !l.nested && !l.blocks && l.rows > 1 && l.widest > 1 && l.text / l.cells < 200;
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

static void align_cells(struct grid *g)
{
    for (size_t i = 0; i < g->ncells; i++)
        g->cells[i].align = align_of(g->cells[i].el);
}

/* A column is aligned as its col element says, or as all the body cells are that are its alone. */
static void align_columns(struct grid *g, const dom *table)
{
    bool seen[MAX_COLS] = { false };
    for (size_t i = 0; i < g->nrows; i++)
        for (size_t k = 0; !g->rows[i].head && k < g->rows[i].n; k++) {
            struct cell *c = &g->cells[g->rows[i].first + k];
            enum ofp_align a = c->align;
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
        for (unsigned k = html_span(n, OFP_STR("span"), MAX_SPAN); k-- > 0 && at < g->ncols; at++)
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
    enum ofp_align a = c->align;
    if (a == OFP_ALIGN_DEFAULT && c->colspan > 1 && c->el->tag != T_TH && g->cols[c->col].align != OFP_ALIGN_DEFAULT)
        a = OFP_ALIGN_LEFT;             /* it does not follow the column that it begins in */
    ofp_set_line(cell, c->el->line);
    ofp_set_cell(cell, a == g->cols[c->col].align ? OFP_ALIGN_DEFAULT : a, (int)c->rowspan, (int)span);
    html_add_marks(r, cell, c->el);
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
            ofp_set_row_heads(body, html_opens_with_heads(g, section));
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
    struct grid *g = !r->f.fixed && is_data(n) ? html_table_grid(r, n) : NULL;
    ofp_node *table = NULL;
    if (g) {
        add_strays(r, n);
        align_cells(g);
        align_columns(g, n);
        table = flow_block(r, OFP_TABLE, n);
    }
    if (!table) {
        html_box(r, n);
        return;
    }
    html_add_marks(r, table, n);
    ofp_set_cols(r->d, table, g->cols, g->ncols);
    struct flow saved = flow_enter(r, table, true);
    add_caption(r, table, g->caption);
    add_rows(r, g, table);
    flow_leave(r, saved);
}
