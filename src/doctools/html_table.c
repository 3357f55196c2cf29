/* html_table.c - tables: sections, spans, alignment, and which cells head what. */
#include "doctools/html_table.h"
#include <stdlib.h>

/* Where the cells of a row stand: busy[c] rows, from this one on, are taken in column c by a cell
 * of a row above.  Columns from reach on are free. */
typedef struct grid {
    ofp_html *h;
    const ofp_col *cols;
    size_t ncols, reach;
    unsigned *busy;
    unsigned rows_left;                 /* in the section, this one included */
} grid;

static void take(grid *g, size_t col, unsigned columns, unsigned rows)
{
    size_t end = columns > g->ncols - col ? g->ncols : col + columns;
    for (size_t c = col; c < end; c++)
        g->busy[c] = rows;
    g->reach = end > g->reach ? end : g->reach;
}

static void next_row(grid *g)
{
    size_t reach = 0;
    for (size_t c = 0; c < g->reach; c++)
        if (g->busy[c] > 0 && --g->busy[c] > 0)
            reach = c + 1;
    g->reach = reach;
    g->rows_left--;
}

static const char *align_name(enum ofp_align align)
{
    switch (align) {
    case OFP_ALIGN_LEFT: return "left";
    case OFP_ALIGN_RIGHT: return "right";
    case OFP_ALIGN_CENTER: return "center";
    case OFP_ALIGN_DEFAULT: break;
    }
    return NULL;
}

/* What a head cell heads, NULL for a data cell.  An empty head would be read aloud as nothing. */
static const char *scope_of(const ofp_node *cell, bool row_head, bool column_head)
{
    if (!ofp_first(cell) || (!row_head && !column_head))
        return NULL;
    if (column_head)
        return ofp_colspan(cell) > 1 ? "colgroup" : "col";
    return ofp_rowspan(cell) > 1 ? "rowgroup" : "row";
}

static void put_cell(grid *g, const ofp_node *cell, size_t col, const char *scope)
{
    ofp_buf *out = g->h->out;
    unsigned columns = (unsigned)ofp_colspan(cell), rows = (unsigned)ofp_rowspan(cell);
    enum ofp_align own = ofp_cell_align(cell);
    const char *align = align_name(own != OFP_ALIGN_DEFAULT || col >= g->ncols ? own : g->cols[col].align);
    rows = rows > g->rows_left ? g->rows_left : rows;
    columns = columns > 1000 ? 1000 : columns;            /* HTML §4.9.11 */
    ofp_buf_puts(out, scope ? "<th" : "<td");
    ofp_html_attrs(g->h, cell);
    if (scope)
        ofp_buf_printf(out, " scope=\"%s\"", scope);
    if (columns > 1)
        ofp_buf_printf(out, " colspan=\"%u\"", columns);
    if (rows > 1)
        ofp_buf_printf(out, " rowspan=\"%u\"", rows);
    if (align)
        ofp_buf_printf(out, " style=\"text-align: %s\"", align);
    ofp_buf_puts(out, ">");
    ofp_html_children(g->h, cell);
    ofp_buf_puts(out, scope ? "</th>\n" : "</td>\n");
    if (col < g->ncols)
        take(g, col, columns, rows);
}

static void put_row(grid *g, const ofp_node *row, size_t row_heads, bool column_heads)
{
    size_t col = 0;
    ofp_buf_puts(g->h->out, "<tr>\n");
    for (const ofp_node *cell = ofp_first(row); cell; cell = ofp_next(cell)) {
        while (col < g->reach && g->busy[col] > 0)
            col++;
        put_cell(g, cell, col, scope_of(cell, col < row_heads, column_heads || ofp_row_inter(row)));
        col += (size_t)ofp_colspan(cell);
    }
    ofp_buf_puts(g->h->out, "</tr>\n");
    next_row(g);
}

static void put_section(grid *g, const ofp_node *section, const char *tag, bool column_heads)
{
    g->rows_left = 0;
    for (const ofp_node *row = ofp_first(section); row; row = ofp_next(row))
        g->rows_left++;
    if (g->rows_left == 0)
        return;
    for (size_t c = 0; c < g->reach; c++)
        g->busy[c] = 0;
    g->reach = 0;
    ofp_buf_printf(g->h->out, "<%s>\n", tag);
    for (const ofp_node *row = ofp_first(section); row; row = ofp_next(row))
        put_row(g, row, (size_t)ofp_row_heads(section), column_heads);
    ofp_buf_printf(g->h->out, "</%s>\n", tag);
}

static bool has_widths(const grid *g)
{
    for (size_t c = 0; c < g->ncols; c++)
        if (g->cols[c].width > 0)
            return true;
    return false;
}

/* Per cent without printf's %f, whose decimal point follows the host's locale. */
static void put_columns(grid *g)
{
    ofp_buf *out = g->h->out;
    if (!has_widths(g))
        return;
    ofp_buf_puts(out, "<colgroup>\n");
    for (size_t c = 0; c < g->ncols; c++) {
        double width = g->cols[c].width < 0 ? 0 : g->cols[c].width > 1 ? 1 : g->cols[c].width;
        unsigned tenths = (unsigned)(width * 1000 + .5);
        ofp_buf_puts(out, "<col");
        if (tenths > 0)
            ofp_buf_printf(out, " style=\"width: %u.%u%%\"", tenths / 10, tenths % 10);
        ofp_buf_puts(out, g->h->xhtml ? " />\n" : ">\n");
    }
    ofp_buf_puts(out, "</colgroup>\n");
}

static void put_part(grid *g, const ofp_node *part)
{
    switch ((int)ofp_node_type(part)) {
    case OFP_THEAD: put_section(g, part, "thead", true); break;
    case OFP_TBODY: put_section(g, part, "tbody", false); break;
    case OFP_TFOOT: put_section(g, part, "tfoot", false); break;
    }
}

/* Whether the HTML reader would not take it for layout. */
static bool says_data(const ofp_node *table)
{
    bool head = false;
    int cells = 0;
    for (const ofp_node *part = ofp_first(table); part; part = ofp_next(part)) {
        head |= ofp_first(part) && (ofp_node_type(part) == OFP_THEAD || ofp_node_type(part) == OFP_CAPTION);
        for (const ofp_node *row = ofp_first(part); row && ofp_node_type(row) == OFP_ROW && cells < 2; row = ofp_next(row))
            for (const ofp_node *cell = ofp_first(row); cell; cell = ofp_next(cell))
                cells++;
    }
    return head && cells > 1;
}

void ofp_html_table(ofp_html *h, const ofp_node *table)
{
    grid g = { .h = h };
    g.ncols = ofp_cols(table, &g.cols);
    g.busy = calloc(g.ncols + 1, sizeof *g.busy);
    if (!g.busy) {
        h->out->failed = true;
        return;
    }
    ofp_buf_puts(h->out, "<table");
    ofp_html_attrs(h, table);
    ofp_buf_puts(h->out, h->exact && !says_data(table) ? " role=\"table\">\n" : ">\n");
    const ofp_node *part = ofp_first(table);
    if (part && ofp_node_type(part) == OFP_CAPTION)
        ofp_html_caption(h, part, "caption");
    put_columns(&g);
    for (; part; part = ofp_next(part))
        put_part(&g, part);
    ofp_buf_puts(h->out, "</table>\n");
    free(g.busy);
}
