/* markdown_table.c - pipe tables, and HTML for those that pipes cannot hold.
 *
 * GFM 4.10: one head row, one line of text a cell, no spans.  A table without a head gets an empty one,
 * which the reader takes for none; a cell over several columns is followed by empty ones; everything
 * else that does not fit makes the table an HTML block. */
#include "write/markdown.h"
#include "doctools/html_nodes.h"
#include <string.h>

/* Cells are padded to their column's width as long as that stays easy on the eye. */
enum { PAD_MAX = 40, MAX_COLS = 10000 };

typedef struct grid {
    const ofp_col *col;
    size_t ncols;
    unsigned *width;                    /* 0: not padded */
} grid;

/* The one paragraph of a cell or caption, NULL where it is empty. */
static const ofp_node *only_text(const ofp_node *holder)
{
    const ofp_node *c = ofp_first(holder);
    if (c && ofp_node_type(c) == OFP_SHORTCAP)
        c = ofp_next(c);
    while (c && ofp_node_type(c) == OFP_DIV && !ofp_next(c))
        c = ofp_first(c);
    return c;
}

static bool is_one_line(const ofp_node *holder)
{
    const ofp_node *c = only_text(holder);
    return !c || (ofp_holds_inlines(c) && ofp_node_type(c) != OFP_HEAD && !ofp_next(c));
}

static bool cell_fits(const ofp_node *cell)
{
    return ofp_rowspan(cell) == 1 && is_one_line(cell);
}

static const ofp_node *part_of(const ofp_node *table, enum ofp_type type)
{
    for (const ofp_node *c = ofp_first(table); c; c = ofp_next(c))
        if (ofp_node_type(c) == type)
            return c;
    return NULL;
}

static bool fits(const ofp_node *table)
{
    const ofp_node *head = ofp_first(part_of(table, OFP_THEAD));
    const ofp_col *cols;
    if (head ? ofp_next(head) || !ofp_first(head) : !ofp_cols(table, &cols))
        return false;
    if (!is_one_line(part_of(table, OFP_CAPTION)))
        return false;
    for (const ofp_node *n = ofp_first(table); n; n = ofp_node_type(n) == OFP_CELL ? ofp_after_skip(n, table) : ofp_after(n, table))
        if (ofp_node_type(n) == OFP_CELL ? !cell_fits(n) : ofp_node_type(n) == OFP_ROW && ofp_row_inter(n))
            return false;
    return true;
}

/* ---- measuring ---- */

/* All cells' texts are rendered once; rows end with a slice whose p is NULL. */
typedef struct texts { ofp_str *at; size_t n, cap; } texts;

static void add_text(md *w, texts *t, ofp_str s)
{
    t->at = ofp_md_grow(w, t->at, t->n, &t->cap, sizeof *t->at);
    t->at[t->n++] = s;
}

static void render_row(md *w, const ofp_node *row, texts *t)
{
    for (const ofp_node *c = ofp_first(row); c; c = ofp_next(c)) {
        const ofp_node *p = only_text(c);
        add_text(w, t, p ? ofp_md_inline_text(w, p, true) : OFP_STR(""));
        for (int i = 1; i < ofp_colspan(c) && i < MAX_COLS; i++)
            add_text(w, t, OFP_STR(""));
    }
    add_text(w, t, (ofp_str){ 0 });
}

static void render_rows(md *w, const ofp_node *table, texts *t)
{
    static const enum ofp_type order[] = { OFP_THEAD, OFP_TBODY, OFP_TFOOT };
    if (!ofp_first(part_of(table, OFP_THEAD)))
        add_text(w, t, (ofp_str){ 0 });
    for (size_t i = 0; i < 3; i++)
        for (const ofp_node *part = ofp_first(table); part; part = ofp_next(part))
            if (ofp_node_type(part) == order[i])
                for (const ofp_node *row = ofp_first(part); row; row = ofp_next(row))
                    render_row(w, row, t);
}

static void measure(grid *g, const texts *t)
{
    for (size_t i = 0, col = 0; i < t->n; i++) {
        if (!t->at[i].p) {
            col = 0;
            continue;
        }
        size_t width = ofp_str_width(t->at[i]);
        if (col < g->ncols && width > g->width[col])
            g->width[col] = (unsigned)width;
        col++;
    }
    for (size_t i = 0; i < g->ncols; i++)
        g->width[i] = g->width[i] > PAD_MAX ? 0 : g->width[i] < 3 ? 3 : g->width[i];
}

/* ---- printing ---- */

static void put_cell(ofp_buf *b, const grid *g, size_t col, ofp_str text)
{
    size_t width = col < g->ncols ? g->width[col] : 0, own = width ? ofp_str_width(text) : 0;
    size_t room = width > own ? width - own : 0, before = 0;
    if (room && g->col[col].align == OFP_ALIGN_RIGHT)
        before = room;
    else if (room && g->col[col].align == OFP_ALIGN_CENTER)
        before = room / 2;
    ofp_buf_puts(b, "| ");
    ofp_buf_fill(b, ' ', before);
    ofp_buf_add(b, text);
    ofp_buf_fill(b, ' ', room - before);
    ofp_buf_putc(b, ' ');
}

static void put_delimiters(ofp_buf *b, const grid *g)
{
    for (size_t i = 0; i < g->ncols; i++) {
        enum ofp_align a = g->col[i].align;
        bool left = a == OFP_ALIGN_LEFT || a == OFP_ALIGN_CENTER, right = a == OFP_ALIGN_RIGHT || a == OFP_ALIGN_CENTER;
        ofp_buf_puts(b, left ? "|:" : "|-");
        ofp_buf_fill(b, '-', g->width[i] ? g->width[i] : 3);
        ofp_buf_putc(b, right ? ':' : '-');
    }
    ofp_buf_puts(b, "|\n");
}

/* The head row has a cell for each column, as GFM asks; later rows may be shorter. */
static void put_rows(ofp_buf *b, const grid *g, const texts *t)
{
    bool head = true;
    size_t col = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->at[i].p) {
            put_cell(b, g, col++, t->at[i]);
            continue;
        }
        while (head && col < g->ncols)
            put_cell(b, g, col++, OFP_STR(""));
        if (!col)
            put_cell(b, g, 0, OFP_STR(""));
        ofp_buf_puts(b, "|\n");
        if (head)
            put_delimiters(b, g);
        head = false;
        col = 0;
    }
}

static void pipe_table(md *w, cmark_node *parent, const ofp_node *table)
{
    grid g = { 0 };
    texts t = { 0 };
    ofp_buf *b = ofp_md_buf(w);
    g.ncols = ofp_cols(table, &g.col);
    g.width = w->mem->calloc(g.ncols, sizeof *g.width);
    render_rows(w, table, &t);
    measure(&g, &t);
    put_rows(b, &g, &t);
    ofp_md_literal(w, parent, ofp_buf_take(b, w->arena));
}

/* An HTML block ends at a blank line, so there is none: the line ends before are written as references. */
static void put_unbroken(ofp_buf *out, ofp_str html)
{
    for (size_t i = 0; i < html.n; i++) {
        size_t next = i + 1;
        while (next < html.n && (html.p[next] == ' ' || html.p[next] == '\t'))
            next++;
        if (html.p[i] == '\n' && next < html.n && html.p[next] == '\n')
            ofp_buf_puts(out, "&#10;");
        else if (html.p[i])
            ofp_buf_putc(out, html.p[i]);
    }
}

static void html_table(md *w, cmark_node *parent, const ofp_node *table)
{
    ofp_buf *raw = ofp_md_buf(w), *b = ofp_md_buf(w);
    ofp_html h = { .out = raw, .notes = w->html_notes, .exact = true };
    ofp_html_node(&h, table);
    ofp_html_notes(&h);
    w->html_notes = h.notes;
    raw->failed = raw->failed || h.pending.failed || h.held.failed;
    ofp_html_free(&h);
    put_unbroken(b, ofp_str_trim(ofp_buf_take(raw, w->arena)));
    ofp_md_literal(w, parent, ofp_buf_take(b, w->arena));
}

/* pandoc reads "Table: …" beside a table as its caption; elsewhere it is a line of its own. */
static void put_caption(md *w, cmark_node *parent, const ofp_node *caption)
{
    ofp_node *c = (ofp_node *)only_text(caption);
    if (!c)
        return;
    if (!(w->flags & MD_CAPTIONS)) {
        ofp_node *em = ofp_new(w->doc, OFP_EMPH);
        if (!em)
            return;
        ofp_move_children(c, em);
        ofp_append(c, em);
    }
    ofp_md_paragraph(w, parent, c, w->flags & MD_CAPTIONS ? "Table: " : "");
}

void ofp_md_table(md *w, cmark_node *parent, const ofp_node *table)
{
    if (!(w->flags & MD_TABLES) || !fits(table)) {
        html_table(w, parent, table);
        return;
    }
    pipe_table(w, parent, table);
    put_caption(w, parent, part_of(table, OFP_CAPTION));
}
