/* table.h - a table while it is being set: table.c makes the grid and sets the rows, columns.c finds
 * the columns' widths. */
#ifndef OFP_PDF_TABLE_H
#define OFP_PDF_TABLE_H
#include "write/pdf/layout.h"

typedef struct cell {
    const ofp_node *node;
    size_t col, colspan, row, last_row;                  /* last_row: the one that it ends in */
    bool head;
    double least, most;
    flow flow;                                           /* its content, set */
    size_t next;                                         /* strip that comes next */
    double left;                                         /* height of that and all after it */
} cell;

typedef struct row { const ofp_node *node; enum ofp_type part; size_t first, ncells; } row;
typedef struct column { double least, most, x, w; enum ofp_align align; bool numbers; } column;

typedef struct table {
    lay *l;
    const ofp_node *node;
    VEC(cell) cells;
    VEC(row) rows;
    VEC(column) cols;
    VEC(size_t) live;                                    /* cells that the row shows, by index */
    double gap, pad, x, width, scale;
    table_head *head;
    size_t head_from;                                    /* strip of the flow that the table begins at */
} table;

/* columns.c */
extern const double pdf_widest_gap;                      /* between columns, of the type's size */
void pdf_measure_columns(table *t);                      /* what the cells ask for */
double pdf_columns_width(const table *t, bool least);    /* all columns' least or most, without gaps */
/* Places the columns, with smaller type where need be.  False: not even a letter would fit. */
bool pdf_fit_columns(table *t);
void pdf_enter_cell(table *t, const cell *c);            /* sets l->at for a cell's content */
#endif
