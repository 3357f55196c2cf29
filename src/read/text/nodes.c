/* nodes.c - the last stage: blocks to nodes. */
#include "read/text/text.h"

enum { MAX_INDENT = 60 };

typedef struct open_list { ofp_node *list, *item; unsigned items, gaps, texts; bool loose; } open_list;

typedef struct builder {
    text *t;
    ofp_node *quotes[MAX_QUOTE + 1];            /* quotes[0] is the root */
    unsigned quote;
    open_list lists[MAX_LIST + 1];              /* lists[1] is the outermost */
    unsigned depth;
} builder;

/* ---- text of lines ----------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* s with each run of blanks one; s itself where that changes nothing. */
static ofp_str squeeze(ofp_arena *a, ofp_str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] != '\t' && !(s.p[i] == ' ' && i + 1 < s.n && is_blank(s.p[i + 1]))) i++;
    if (i >= s.n) return s;
    ofp_buf b = { 0 };
    for (size_t k = 0; k < s.n; k++)
        if (!is_blank(s.p[k])) ofp_buf_putc(&b, s.p[k]);
        else if (k && !is_blank(s.p[k - 1])) ofp_buf_putc(&b, ' ');
    return ofp_buf_take(&b, a);
}

static ofp_str line_text(const text *t, size_t k, bool with_mark)
{
    const line *l = &t->lines[k];
    return squeeze(ofp_doc_arena(t->d), ofp_str_sub(l->s, with_mark ? 0 : l->skip, SIZE_MAX));
}

static ofp_str joined_text(const text *t, const block *b)
{
    if (b->to - b->from == 1) return line_text(t, b->from, false);
    ofp_buf buf = { 0 };
    for (size_t k = b->from; k < b->to; k++) text_glue(t, &buf, &t->lines[k], line_text(t, k, false));
    return ofp_buf_take(&buf, ofp_doc_arena(t->d));
}

/* ---- lists ------------------------------------------------------------------------------- */

/* A list is loose when blank lines part most of its items, or an item has more than one paragraph. */
static void close_list(builder *b)
{
    open_list *o = &b->lists[b->depth--];
    if (!o->loose && !(o->items > 1 && o->gaps * 2 >= o->items)) return;
    for (ofp_node *item = ofp_first(o->list); item; item = ofp_next(item))
        for (ofp_node *c = ofp_first(item); c; c = ofp_next(c))
            if (ofp_node_type(c) == OFP_PLAIN) ofp_retype(c, OFP_PARA);
}

static void close_to(builder *b, unsigned depth)
{
    while (b->depth > depth) close_list(b);
}

/* Where the next block goes.  What is said about a term opens with the first block behind it. */
static ofp_node *place(builder *b)
{
    open_list *o = &b->lists[b->depth];
    if (!b->depth) return b->quotes[b->quote];
    if (!o->item) o->item = ofp_add(b->t->d, o->list, OFP_DETAIL);
    return o->item;
}

static void open_list_for(builder *b, const block *blk)
{
    const line *l = &b->t->lines[blk->from];
    ofp_node *list = ofp_add(b->t->d, place(b), blk->term ? OFP_DLIST : l->kind == L_BULLET ? OFP_ULIST : OFP_OLIST);
    ofp_set_line(list, l->no);
    if (l->kind == L_NUMBER) ofp_set_list(list, l->number, (enum ofp_list_style)l->style, (enum ofp_list_delim)l->mark);
    b->lists[++b->depth] = (open_list){ .list = list };
}

static void open_item(builder *b, const block *blk)
{
    if (blk->fresh) close_to(b, blk->depth - 1);
    if (b->depth < blk->depth) open_list_for(b, blk);
    open_list *o = &b->lists[b->depth];
    o->gaps += o->items && blk->gap;
    o->items++;
    o->texts = 0;
    o->item = blk->term ? NULL : ofp_add(b->t->d, o->list, OFP_ITEM);
    ofp_set_line(o->item, b->t->lines[blk->from].no);
}

static void open_detail(builder *b)
{
    open_list *o = &b->lists[b->depth];
    if (!b->depth || ofp_node_type(o->list) != OFP_DLIST) return;
    o->item = NULL;
    o->texts = 0;
}

/* ---- quotes ------------------------------------------------------------------------------- */

static void set_quote(builder *b, const block *blk)
{
    if (blk->quote == b->quote) return;
    close_to(b, 0);
    while (b->quote > blk->quote) b->quote--;
    while (b->quote < blk->quote) {
        b->quotes[b->quote + 1] = ofp_add(b->t->d, b->quotes[b->quote], OFP_QUOTE);
        ofp_set_line(b->quotes[++b->quote], b->t->lines[blk->from].no);
    }
}

/* ---- blocks ------------------------------------------------------------------------------- */

/* Several terms of one entry share a node, as pandoc has it. */
static void put_term(builder *b, const block *blk)
{
    ofp_node *list = b->lists[b->depth].list, *term = ofp_last(list);
    if (term && ofp_node_type(term) == OFP_TERM) ofp_add(b->t->d, term, OFP_LINEBREAK);
    else term = ofp_add(b->t->d, list, OFP_TERM);
    ofp_set_line(term, b->t->lines[blk->from].no);
    text_inlines(b->t, term, joined_text(b->t, blk));
}

static ofp_node *put_text(builder *b, const block *blk, enum ofp_type type)
{
    ofp_node *n = ofp_add(b->t->d, place(b), type);
    ofp_set_line(n, b->t->lines[blk->from].no);
    text_inlines(b->t, n, joined_text(b->t, blk));
    return n;
}

static void put_paragraph(builder *b, const block *blk)
{
    if (b->depth && b->lists[b->depth].texts++) b->lists[b->depth].loose = true;
    put_text(b, blk, b->depth ? OFP_PLAIN : OFP_PARA);
}

/* What a line of verse is set in by, as blanks that stay: pandoc does so, too. */
static void put_indent(text *t, ofp_node *n, unsigned columns)
{
    ofp_buf b = { 0 };
    if (columns > MAX_INDENT) columns = MAX_INDENT;
    for (unsigned i = 0; i < columns; i++) ofp_buf_puts(&b, "\u00A0");
    if (columns) ofp_add_text(t->d, n, ofp_buf_take(&b, ofp_doc_arena(t->d)));
}

static void put_lines(builder *b, const block *blk)
{
    text *t = b->t;
    ofp_node *n = ofp_add(t->d, place(b), OFP_LINES);
    ofp_set_line(n, t->lines[blk->from].no);
    unsigned margin = t->lines[blk->from].left;
    for (size_t k = blk->from; k < blk->to; k++)
        if (t->lines[k].left < margin) margin = t->lines[k].left;
    for (size_t k = blk->from; k < blk->to; k++) {
        ofp_node *l = ofp_add(t->d, n, OFP_LINE);
        ofp_set_line(l, t->lines[k].no);
        put_indent(t, l, t->lines[k].left - margin);
        text_inlines(t, l, line_text(t, k, true));
    }
}

static void put_block(builder *b, const block *blk)
{
    switch (blk->kind) {
    case B_PARA: put_paragraph(b, blk); break;
    case B_HEAD: ofp_set_level(put_text(b, blk, OFP_HEAD), (int)blk->level); break;
    case B_CODE: text_put_code(b->t, place(b), blk); break;
    case B_TABLE: text_put_table(b->t, place(b), blk); break;
    case B_RULE: ofp_set_line(ofp_add(b->t->d, place(b), OFP_RULE), b->t->lines[blk->from].no); break;
    case B_LINES: put_lines(b, blk); break;
    case B_NOTHING: break;
    }
}

void text_nodes(text *t, ofp_node *root)
{
    builder b = { .t = t, .quotes = { root } };
    for (size_t i = 0; i < t->nblocks; i++) {
        const block *blk = &t->blocks[i];
        if (blk->kind == B_NOTHING) continue;
        set_quote(&b, blk);
        close_to(&b, blk->depth);
        if (blk->mark) open_item(&b, blk);
        if (blk->detail) open_detail(&b);
        if (blk->term) put_term(&b, blk);
        else put_block(&b, blk);
    }
    close_to(&b, 0);
}
