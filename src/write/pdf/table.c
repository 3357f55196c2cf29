/* table.c - tables: the grid of cells, and rows cut into bands so that a page may end inside of a tall one. */
#include "doctools/formula_text.h"
#include "write/pdf/table.h"
#include <stdlib.h>

enum { MAX_COLS = 1000, FEW_ROWS = 12 };
static const double low_row = 0.3, low_table = 0.22;     /* of the page: rows and tables that are not cut */

/* ---- the grid ---- */

static void need_cols(table *t, size_t n)
{
    while (t->cols.n < n && !t->l->nomem)
        *(column *)PUSH(t->l, t->cols) = (column){ 0 };
}

/* The first column from `from` on that no cell of a row above reaches into. */
static size_t free_column(const size_t *busy, size_t from, size_t row_no)
{
    while (from < MAX_COLS && busy[from] > row_no)
        from++;
    return from;
}

static void add_cell(table *t, const ofp_node *n, size_t *col, size_t *busy, size_t last_row, size_t heads)
{
    size_t row_no = t->rows.n - 1, across = (size_t)ofp_colspan(n), down = (size_t)ofp_rowspan(n);
    *col = free_column(busy, *col, row_no);
    if (*col >= MAX_COLS)
        return;
    if (across > MAX_COLS - *col)
        across = MAX_COLS - *col;
    size_t end = down - 1 > last_row - row_no ? last_row : row_no + down - 1;
    cell *c = PUSH(t->l, t->cells);
    row *r = &t->rows.p[row_no];
    c->node = n;
    c->col = *col;
    c->colspan = across;
    c->row = row_no;
    c->last_row = end;
    c->head = r->part == OFP_THEAD || ofp_row_inter(r->node) || *col < heads;
    r->ncells++;
    for (size_t i = 0; i < across; i++)
        busy[*col + i] = end + 1;
    *col += across;
    need_cols(t, *col);
}

static void add_part(table *t, const ofp_node *part, size_t *busy)
{
    size_t count = 0, first = t->rows.n, heads = (size_t)ofp_row_heads(part);
    for (const ofp_node *r = ofp_first(part); r; r = ofp_next(r))
        count++;
    for (const ofp_node *r = ofp_first(part); r && !t->l->nomem; r = ofp_next(r)) {
        size_t col = 0;
        *(row *)PUSH(t->l, t->rows) = (row){ r, ofp_node_type(part), t->cells.n, 0 };
        for (const ofp_node *c = ofp_first(r); c && !t->l->nomem; c = ofp_next(c))
            add_cell(t, c, &col, busy, first + count - 1, heads);
    }
}

static void build_grid(table *t)
{
    const ofp_col *given;
    size_t n = ofp_cols(t->node, &given);
    size_t *busy = calloc(MAX_COLS, sizeof *busy);
    if (!busy) {
        t->l->nomem = true;
        return;
    }
    need_cols(t, n < MAX_COLS ? n : MAX_COLS);
    for (const ofp_node *p = ofp_first(t->node); p; p = ofp_next(p))
        if (ofp_node_type(p) == OFP_THEAD || ofp_node_type(p) == OFP_TBODY || ofp_node_type(p) == OFP_TFOOT)
            add_part(t, p, busy);
    free(busy);
}

/* ---- setting ---- */

static enum look_align cell_align(const table *t, const cell *c)
{
    enum ofp_align a = ofp_cell_align(c->node);
    const column *k = &t->cols.p[c->col];
    if (a == OFP_ALIGN_DEFAULT)
        a = k->align != OFP_ALIGN_DEFAULT ? k->align : k->numbers && c->colspan == 1 ? OFP_ALIGN_RIGHT : a;
    switch (a) {
    case OFP_ALIGN_LEFT:    return LOOK_LEFT;
    case OFP_ALIGN_RIGHT:   return LOOK_RIGHT;
    case OFP_ALIGN_CENTER:  return LOOK_CENTRE;
    case OFP_ALIGN_DEFAULT: break;
    }
    return LOOK_START;
}

static unsigned cell_elem(table *t, const cell *c)
{
    lay *l = t->l;
    unsigned elem = pdf_elem_new(l, c->head ? PDF_TH : PDF_TD);
    if (elem) {
        pdf_elem *e = &l->book->elems[elem];
        e->colspan = (int)c->colspan;
        e->rowspan = (int)(c->last_row - c->row + 1);
        e->scope_row = c->head && t->rows.p[c->row].part == OFP_TBODY && !ofp_row_inter(t->rows.p[c->row].node);
    }
    return elem;
}

/* Sets a cell into a flow of its own. */
static void set_cell(table *t, cell *c)
{
    lay *l = t->l;
    place saved = l->at;
    flow *outer = l->flow;
    const column *ends[] = { &t->cols.p[c->col], &t->cols.p[c->col + c->colspan - 1] };
    l->at.elem = cell_elem(t, c);
    pdf_dest_next(l, ofp_id(c->node));
    if (ofp_first(c->node)) {
        pdf_enter_cell(t, c);
        l->at.x = ends[l->at.rtl]->x;
        l->at.w = ends[!l->at.rtl]->x + ends[!l->at.rtl]->w - l->at.x;
        l->at.align = cell_align(t, c);
        l->at.has_align = true;
        l->flow = &c->flow;
        pdf_blocks(l, c->node);
        l->flow = outer;
    }
    size_t n = c->flow.strips.n;                         /* a gap at the end is none */
    if (n && c->flow.strips.p[n - 1].kind == STRIP_GAP)
        c->flow.strips.n--;
    for (size_t i = 0; i < c->flow.strips.n; i++)
        c->left += c->flow.strips.p[i].height;
    l->at = saved;
}

static bool has_more(const cell *c)
{
    return c->next < c->flow.strips.n;
}

/* Moves one strip of a cell into the band that is the flow's last strip, `down` below its top. */
static void move_strip(table *t, cell *c, double down)
{
    lay *l = t->l;
    const strip *s = &c->flow.strips.p[c->next++];
    c->left -= s->height;
    if (s->tint_w > 0)
        pdf_rect(l, s->tint_x, -down - s->height, s->tint_w, s->height, INK_TINT);
    for (size_t i = 0; i < s->nitems && !l->nomem; i++) {
        pdf_item *it = pdf_item_new(l, PDF_GLYPHS);
        *it = c->flow.items.p[s->item + i];
        it->y -= down;
    }
    for (size_t i = 0; i < s->nlinks && !l->nomem; i++) {
        const pdf_link *k = &c->flow.links.p[s->link + i];
        para_link as = { k->uri, k->dest, k->elem };
        pdf_link_area(l, &as, k->x0, k->x1, k->y0 - down, k->y1 - down);
    }
    for (size_t i = 0; i < s->ndests && !l->nomem; i++)
        pdf_dest_here(l, c->flow.dests.p[s->dest + i].name);
    pdf_note_here(l, s->note);
}

/* The height of the row's next band.  A low row is one band, in which each cell's lines follow each
 * other; a tall one is cut into bands as high as the tallest next line among cells that end in it. */
static double band_height(const table *t, size_t row_no)
{
    double whole = 0, line = 0;
    for (size_t i = 0; i < t->live.n; i++) {
        const cell *c = &t->cells.p[t->live.p[i]];
        if (c->last_row != row_no || !has_more(c))
            continue;
        double next = c->flow.strips.p[c->next].height;
        whole = c->left > whole ? c->left : whole;
        line = next > line ? next : line;
    }
    return whole < low_row * t->l->sheet.depth ? whole : line;
}

static void set_band(table *t, double height)
{
    lay *l = t->l;
    pdf_strip(l, height)->head = t->head;
    for (size_t i = 0; i < t->live.n && !l->nomem; i++) {
        cell *c = &t->cells.p[t->live.p[i]];
        double down = 0;
        while (has_more(c) && down + c->flow.strips.p[c->next].height <= height + 0.001) {
            double h = c->flow.strips.p[c->next].height;
            move_strip(t, c, down);
            down += h;
        }
    }
}

static strip *space(table *t, double height, bool keep)
{
    strip *s = pdf_strip(t->l, height);
    s->head = t->head;
    s->keep = keep;
    return s;
}

/* How strips from `from` on hold together: a low row as a whole, a tall one at its ends. */
static void keep_row(table *t, size_t from, bool with_next)
{
    flow *f = t->l->flow;
    double height = 0;
    for (size_t i = from; i < f->strips.n; i++)
        height += f->strips.p[i].height;
    bool whole = height < (low_row + 0.05) * t->l->sheet.depth;
    for (size_t i = from; i < f->strips.n && !t->l->nomem; i++)
        f->strips.p[i].keep = i + 1 == f->strips.n ? with_next : whole || i < from + 2 || i + 3 >= f->strips.n;
}

static void rule(table *t, double thickness, uint32_t colour)
{
    pdf_rect(t->l, t->x, -thickness, t->width, thickness, colour);
}

/* Cells of earlier rows that reach into this one, then its own. */
static void gather_live(table *t, size_t row_no)
{
    const row *r = &t->rows.p[row_no];
    size_t kept = 0;
    for (size_t i = 0; i < t->live.n; i++) {
        cell *c = &t->cells.p[t->live.p[i]];
        if (c->last_row >= row_no)
            t->live.p[kept++] = t->live.p[i];
        else
            pdf_flow_free(&c->flow);
    }
    t->live.n = kept;
    for (size_t i = r->first; i < r->first + r->ncells && !t->l->nomem; i++) {
        set_cell(t, &t->cells.p[i]);
        *(size_t *)PUSH(t->l, t->live) = i;
    }
}

static void set_row(table *t, size_t row_no)
{
    lay *l = t->l;
    unsigned saved = l->at.elem;
    l->at.elem = pdf_elem_new(l, PDF_TR);
    gather_live(t, row_no);
    l->at.elem = saved;
    size_t from = l->flow->strips.n;
    bool any = false;
    space(t, t->pad, true);
    for (double h; !l->nomem && (h = band_height(t, row_no)) > 0; any = true)
        set_band(t, h);
    if (!any)
        space(t, l->sheet.looks[LOOK_CELL].lead * l->at.scale * t->scale, true);
    space(t, t->pad, false);
    enum ofp_type part = t->rows.p[row_no].part;
    bool last = row_no + 1 == t->rows.n, part_ends = !last && t->rows.p[row_no + 1].part != part;
    if (!last)
        rule(t, part_ends ? 0.5 : 0.3, part_ends ? INK_RULE : INK_FAINT);
    bool first = row_no > 0 && t->rows.p[row_no - 1].part == OFP_THEAD && !last, second_last = row_no + 2 == t->rows.n;
    keep_row(t, from, part == OFP_THEAD || first || second_last || (part_ends && t->rows.p[row_no + 1].part == OFP_TFOOT));
}

/* A copy of the head's strips, for the pages that follow. */
static void remember_head(table *t)
{
    lay *l = t->l;
    const flow *f = l->flow;
    table_head *h = ofp_arena_zalloc(l->arena, 1, sizeof *h);
    if (!h || l->nomem || f != &l->main)
        return;
    h->next = l->heads;
    l->heads = h;
    for (size_t i = t->head_from; i < f->strips.n; i++) {
        strip s = f->strips.p[i];
        size_t first = s.item;
        s.item = h->flow.items.n;
        s.nlinks = s.ndests = 0;
        s.note = 0;
        for (size_t k = 0; k < s.nitems; k++)
            *(pdf_item *)PUSH(l, h->flow.items) = f->items.p[first + k];
        *(strip *)PUSH(l, h->flow.strips) = s;
        h->height += s.height;
    }
    if (h->height < l->sheet.depth / 3)
        t->head = h;
}

/* A table that is low stands on one page. */
static void keep_table(table *t, size_t from)
{
    flow *f = t->l->flow;
    double height = 0;
    for (size_t i = from; i < f->strips.n; i++)
        height += f->strips.p[i].height;
    for (size_t i = from; i + 1 < f->strips.n && height < low_table * t->l->sheet.depth; i++)
        f->strips.p[i].keep = true;
}

static void set_rows(table *t)
{
    lay *l = t->l;
    unsigned elem = l->at.elem;
    bool few = t->rows.n <= FEW_ROWS;
    t->head_from = l->flow->strips.n;
    space(t, 1, true);
    rule(t, 0.8, INK);
    for (size_t i = 0; i < t->rows.n && !l->nomem; i++) {
        enum ofp_type part = t->rows.p[i].part;
        if (i == 0 || t->rows.p[i - 1].part != part) {
            if (i && t->rows.p[i - 1].part == OFP_THEAD)
                remember_head(t);
            l->at.elem = elem;
            l->at.elem = pdf_elem_new(l, part == OFP_THEAD ? PDF_THEAD : part == OFP_TFOOT ? PDF_TFOOT : PDF_TBODY);
        }
        set_row(t, i);
        if (i + 1 == t->rows.n)
            rule(t, 0.8, INK);
        if (l->flow == &l->main && part != OFP_THEAD && !few)
            pdf_pages_feed(l, false);
    }
    if (few && !l->nomem)
        keep_table(t, t->head_from);
    l->at.elem = elem;
}

/* ---- too many columns: one cell below the other, under the heads' words ---- */

static void stack_label(table *t, const cell *c)
{
    lay *l = t->l;
    const cell *head = t->rows.n && t->rows.p[0].part == OFP_THEAD && c->col < t->rows.p[0].ncells
                       ? &t->cells.p[t->rows.p[0].first + c->col] : NULL;
    if (!head || c->row == 0 || !ofp_first(c->node))
        return;
    span s = pdf_span(l, LOOK_CAPTION, 0);
    pdf_para_begin(l, LOOK_CAPTION);
    pdf_para_text(l, ofp_shown_text(l->arena, head->node), &s);
    pdf_para_set(l, LOOK_START, PARA_KEEP);
}

static void stack_rows(table *t)
{
    lay *l = t->l;
    place saved = l->at;
    for (size_t i = 0; i < t->rows.n && !l->nomem; i++) {
        const row *r = &t->rows.p[i];
        l->at.elem = saved.elem;
        unsigned tr = pdf_elem_new(l, PDF_TR);
        pdf_strip(l, 0.5 * l->sheet.lead)->keep = true;
        pdf_rect(l, l->at.x, -0.3, l->at.w, 0.3, INK_FAINT);
        for (size_t k = r->first; k < r->first + r->ncells && !l->nomem; k++) {
            l->at.elem = tr;
            stack_label(t, &t->cells.p[k]);
            l->at.elem = cell_elem(t, &t->cells.p[k]);
            l->at.body = LOOK_CELL;
            pdf_blocks(l, t->cells.p[k].node);
            l->at.body = saved.body;
        }
    }
    l->at = saved;
}

/* ---- the whole ---- */

static void set_caption(table *t)
{
    lay *l = t->l;
    const ofp_node *n = ofp_first(t->node);
    place saved = l->at;
    if (!n || ofp_node_type(n) != OFP_CAPTION || !ofp_first(n) || l->measuring)
        return;
    l->at.elem = pdf_elem_new(l, PDF_CAPTION);
    l->at.body = LOOK_CAPTION;
    for (const ofp_node *b = ofp_first(n); b; b = ofp_next(b))
        if (ofp_is_block(b))
            pdf_block(l, b);
    pdf_keep_last(l);
    l->at = saved;
}

/* A marker that waits must not end up in a cell. */
static void settle_labels(lay *l)
{
    double lead = l->sheet.looks[l->at.body].lead * l->at.scale;
    if (l->labels.n) {
        pdf_strip(l, lead)->keep = true;
        pdf_labels(l, -0.72 * lead);
    }
}

static void set_table(table *t)
{
    lay *l = t->l;
    place saved = l->at;
    double size = l->sheet.looks[LOOK_CELL].size * l->at.scale;
    l->at.has_align = false;
    bool fits = pdf_fit_columns(t);
    t->pad = 0.28 * size * t->scale;
    pdf_dest_next(l, ofp_id(t->node));
    settle_labels(l);
    l->at.elem = pdf_elem_new(l, PDF_TABLE);
    pdf_gap(l, 0.9 * l->sheet.lead);
    set_caption(t);
    if (fits)
        set_rows(t);
    else
        stack_rows(t);
    l->at = saved;
    pdf_gap(l, 1.1 * l->sheet.lead);
}

void pdf_table(lay *l, const ofp_node *n)
{
    table t = { .l = l, .node = n, .scale = 1 };
    build_grid(&t);
    if (t.cells.n && !l->nomem) {
        t.gap = pdf_widest_gap * l->sheet.looks[LOOK_CELL].size * l->at.scale;
        pdf_measure_columns(&t);
        double gaps = t.gap * (double)(t.cols.n - 1);
        if (l->measuring)
            pdf_needs(l, pdf_columns_width(&t, true) + gaps, pdf_columns_width(&t, false) + gaps);
        else
            set_table(&t);
    }
    for (size_t i = 0; i < t.cells.n; i++)
        pdf_flow_free(&t.cells.p[i].flow);
    free(t.cells.p);
    free(t.rows.p);
    free(t.cols.p);
    free(t.live.p);
}
