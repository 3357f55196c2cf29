/* markdown_pre_table.c - pipe tables, as a heading for each cell: one line of inlines, apart from the others, and
 * tight where the table was. */
#include "read/markdown.h"
#include <string.h>

/* Moves *row past a cell; the line ends and the blanks around it do not belong to it. */
static bool take_cell(ofp_str *row, ofp_str *cell)
{
    bool more = ofp_str_split(row, '|', cell);
    *cell = ofp_str_trim(*cell);
    return more;
}

static ofp_str row_body(ofp_str l)
{
    l = ofp_str_trim(l);
    if (l.n && l.p[0] == '|')
        l = ofp_str_sub(l, 1, SIZE_MAX);
    if (l.n && l.p[l.n - 1] == '|')
        l.n--;
    return l;
}

/* Cells of a row; "a||" has two, of which the split function tells one. */
static size_t count_cells(ofp_str l)
{
    ofp_str row = row_body(l);
    size_t n = 1;
    for (size_t i = 0; i < row.n; i++)
        n += row.p[i] == '|';
    return n;
}

static bool delimiter_cell(ofp_str c, enum ofp_align *align)
{
    bool left = c.n && c.p[0] == ':', right = c.n > 1 && c.p[c.n - 1] == ':';
    size_t from = left, to = c.n - right;
    for (size_t i = from; i < to; i++)
        if (c.p[i] != '-')
            return false;
    *align = left && right ? OFP_ALIGN_CENTER : left ? OFP_ALIGN_LEFT : right ? OFP_ALIGN_RIGHT : OFP_ALIGN_DEFAULT;
    return to > from && to <= c.n;
}

/* GFM 4.10: the row of dashes, with as many cells as the head; its columns when it is one. */
static const ofp_col *delimiter_row(md_source *s, ofp_str l, size_t cells)
{
    ofp_str row = row_body(l), cell;
    if (!memchr(l.p, '|', l.n) || !memchr(l.p, '-', l.n) || count_cells(l) != cells)
        return NULL;
    ofp_col *cols = s->mem->calloc(cells, sizeof *cols);
    for (size_t i = 0; i < cells; i++)
        if (!take_cell(&row, &cell) || !delimiter_cell(cell, &cols[i].align))
            return NULL;
    return cols;
}

static void put_heading(md_source *s, md_edit *e, ofp_str prefix, unsigned mark, ofp_str text, unsigned orig)
{
    ofp_buf b = { 0 };
    ofp_buf_add(&b, prefix);
    ofp_buf_puts(&b, "###### ");
    ofp_md_put_mark(&b, mark);
    ofp_buf_putc(&b, ' ');
    ofp_buf_add(&b, text);
    ofp_buf_putc(&b, ' ');
    ofp_md_put_mark(&b, MARK_END);
    ofp_md_edit_line(s, e, (md_line){ .text = ofp_buf_take(&b, s->arena), .orig = orig });
}

static void put_row(md_source *s, md_edit *e, ofp_str prefix, ofp_str l, size_t ncols, unsigned orig)
{
    ofp_str row = row_body(l), cell;
    for (size_t i = 0; i < ncols && take_cell(&row, &cell); i++)
        put_heading(s, e, prefix, i ? MARK_CELL : MARK_ROW, cell, orig);
    if (!row_body(l).n)
        put_heading(s, e, prefix, MARK_ROW, OFP_STR(""), orig);
}

/* The table whose row of dashes is line i. */
static void rewrite_table(md_source *s, md_edits *all, const md_para *p, size_t i, const ofp_col *cols, size_t ncols)
{
    md_edit *e = ofp_md_add_edit(s, all, i - 1, p->to);
    ofp_str later = ofp_md_prefix_of(s, p, false), first = i - 1 == p->from ? ofp_md_prefix_of(s, p, true) : later;
    s->grids = ofp_md_room(s, s->grids, s->ngrids, &s->capgrids, sizeof *s->grids);
    s->grids[s->ngrids++] = (md_grid){ cols, ncols };
    put_heading(s, e, first, MARK_TABLE, ofp_arena_printf(s->arena, "%zu", s->ngrids - 1), s->lines[i - 1].orig);
    e->lines[0].was = s->lines[i - 1].was;
    e->lines[0].label = s->lines[i - 1].label;
    for (size_t k = i - 1; k <= p->to; k++)
        if (k != i)
            put_row(s, e, later, ofp_md_text_of(s, p, k), ncols, s->lines[k].orig);
}

bool ofp_md_find_table(md_source *s, md_edits *all, const md_para *p)
{
    for (size_t i = p->from + 1; i <= p->to; i++) {
        ofp_str l = ofp_md_text_of(s, p, i);
        if (!l.n || !strchr("|-:", l.p[0]))
            continue;
        size_t cells = count_cells(ofp_md_text_of(s, p, i - 1));
        const ofp_col *cols = delimiter_row(s, l, cells);
        if (cols) {
            rewrite_table(s, all, p, i, cols, cells);
            return true;
        }
    }
    return false;
}
