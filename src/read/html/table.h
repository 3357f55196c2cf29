/* table.h - what the files of tables share. */
#ifndef OFP_READ_HTML_TABLE_H
#define OFP_READ_HTML_TABLE_H
#include "html.h"

#define MAX_COLS 500            /* wider is no table that a page could show */
#define MAX_SPAN 1000           /* HTML standard 4.9.11: colspan is clamped to it */

struct cell { dom *el; unsigned col, colspan, rowspan; enum ofp_align align; };
struct row { dom *el, *section; size_t first, n; bool head; };

struct grid {
    struct row *rows;
    struct cell *cells;
    size_t nrows, ncells, rows_cap, cells_cap;
    unsigned ncols;
    unsigned *until;                            /* by column: the row below the span that fills it */
    ofp_col *cols;
    dom *caption;                               /* may be NULL */
};

static inline bool is_section(const dom *n)
{
    return n->tag == T_TBODY || n->tag == T_THEAD || n->tag == T_TFOOT;
}

static inline bool is_cell(const dom *n)
{
    return n->tag == T_TD || n->tag == T_TH;
}

/* ---- tablegrid.c ---- */

/* The row after n (or the first, with n the table) that belongs to the table itself. */
dom *html_next_row(const dom *table, const dom *n);
/* A colspan or its like, at most max; 1 where it is no number. */
unsigned html_span(const dom *n, ofp_str name, long max);
/* NULL where the table is too wide, or mostly holes, or there is no memory. */
struct grid *html_table_grid(reader *r, dom *table);
/* Whether the rows of a section begin with head cells, and are not of head cells alone. */
bool html_opens_with_heads(const struct grid *g, const dom *section);
#endif
