/* plain_table.c - tables: drawn where they fit, else row by row. */
#include "write/plain.h"

enum { COL_GAP = 2, WIDE_TABLE = 200 };

/* Cells as strings, row by row; cols is 0 when the rows are not alike. */
typedef struct grid { ofp_str *cells; size_t *row_ends, nrows, ncells, cols; size_t head_rows; } grid;

static void count_cells(const ofp_node *table, grid *g)
{
    for (const ofp_node *part = ofp_first(table); part; part = ofp_next(part)) {
        if (ofp_node_type(part) == OFP_CAPTION) continue;
        for (const ofp_node *r = ofp_first(part); r; r = ofp_next(r), g->nrows++)
            for (const ofp_node *c = ofp_first(r); c; c = ofp_next(c)) g->ncells++;
    }
}

static ofp_str cell_text(writer *w, const ofp_node *cell)
{
    ofp_buf b = { 0 };
    w->flat = true;
    ofp_plain_flat(w, &b, cell);
    w->flat = false;
    return ofp_arena_squeeze(w->scratch, ofp_buf_take(&b, w->scratch));
}

static void fill_row(writer *w, const ofp_node *row, grid *g, size_t *ncells)
{
    size_t from = *ncells;
    for (const ofp_node *c = ofp_first(row); c; c = ofp_next(c)) {
        if (ofp_colspan(c) > 1 || ofp_rowspan(c) > 1) g->cols = 0;
        g->cells[(*ncells)++] = cell_text(w, c);
    }
    if (*ncells - from != g->cols) g->cols = 0;
}

static grid read_table(writer *w, const ofp_node *table)
{
    grid g = { 0 };
    size_t n = 0, row = 0;
    const ofp_col *unused;
    count_cells(table, &g);
    g.cols = ofp_cols(table, &unused);
    g.cells = ofp_arena_zalloc(w->scratch, g.ncells, sizeof *g.cells);
    g.row_ends = ofp_arena_zalloc(w->scratch, g.nrows, sizeof *g.row_ends);
    if (!g.cells || !g.row_ends) return (grid){ 0 };
    for (const ofp_node *part = ofp_first(table); part; part = ofp_next(part)) {
        if (ofp_node_type(part) == OFP_CAPTION) continue;
        for (const ofp_node *r = ofp_first(part); r; r = ofp_next(r)) {
            fill_row(w, r, &g, &n);
            g.row_ends[row++] = n;
        }
        if (ofp_node_type(part) == OFP_THEAD) g.head_rows = row;
    }
    return g;
}

/* The widths of the columns; NULL when the table cannot be drawn in w's measure. */
static size_t *measure(writer *w, const grid *g)
{
    size_t *widths = g->cols ? ofp_arena_zalloc(w->scratch, g->cols, sizeof *widths) : NULL;
    size_t total = w->indent, limit = w->columns ? w->columns : WIDE_TABLE;
    if (!widths) return NULL;
    for (size_t i = 0; i < g->ncells; i++) {
        size_t width = ofp_str_width(g->cells[i]);
        if (width > widths[i % g->cols]) widths[i % g->cols] = width;
    }
    for (size_t c = 0; c < g->cols; c++) total += widths[c] + (c ? COL_GAP : 0);
    return total <= limit ? widths : NULL;
}

static ofp_str aligned_row(writer *w, const ofp_str *cells, const size_t *widths, const ofp_col *cols, size_t n)
{
    ofp_buf b = { 0 };
    size_t owed = 0;                    /* blanks that only a later cell makes needed */
    for (size_t c = 0; c < n; c++) {
        size_t pad = widths[c] - ofp_str_width(cells[c]);
        size_t left = cols[c].align == OFP_ALIGN_RIGHT ? pad : cols[c].align == OFP_ALIGN_CENTER ? pad / 2 : 0;
        if (cells[c].n) {
            ofp_buf_fill(&b, ' ', owed + left);
            ofp_buf_add(&b, cells[c]);
            owed = 0;
        } else {
            owed += left;
        }
        owed += pad - left + COL_GAP;
    }
    return ofp_buf_take(&b, w->scratch);
}

static void put_aligned(writer *w, const grid *g, const size_t *widths, const ofp_col *cols)
{
    for (size_t r = 0; r < g->nrows; r++) {
        if (r && r == g->head_rows) {
            ofp_buf b = { 0 };
            for (size_t c = 0; c < g->cols; c++) {
                if (c) ofp_buf_fill(&b, ' ', COL_GAP);
                ofp_buf_fill(&b, '-', widths[c] ? widths[c] : 1);
            }
            ofp_plain_line(w, ofp_buf_take(&b, w->scratch));
        }
        ofp_plain_line(w, aligned_row(w, g->cells + r * g->cols, widths, cols, g->cols));
    }
}

static void put_joined(writer *w, const grid *g)
{
    for (size_t r = 0, i = 0; r < g->nrows; r++) {
        ofp_buf b = { 0 };
        for (; i < g->row_ends[r]; i++) {
            if (!g->cells[i].n) continue;
            if (b.n) ofp_buf_puts(&b, " | ");
            ofp_buf_add(&b, g->cells[i]);
        }
        ofp_str s = ofp_buf_take(&b, w->scratch);
        if (s.n) ofp_plain_wrapped(w, s, DETAIL_INDENT);
    }
}

static void put_caption(writer *w, const ofp_node *n)
{
    const ofp_node *c = ofp_first(n);
    if (c && ofp_node_type(c) == OFP_CAPTION) ofp_plain_blocks(w, c, false);
}

void ofp_plain_table(writer *w, const ofp_node *table)
{
    const ofp_col *cols;
    grid g = read_table(w, table);
    ofp_cols(table, &cols);
    size_t *widths = measure(w, &g);
    size_t at = w->out->n;
    put_caption(w, table);
    if (w->out->n > at) w->gap = true;
    if (widths) put_aligned(w, &g, widths, cols);
    else put_joined(w, &g);
}
