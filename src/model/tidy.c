#include "model/node.h"

/* Joins every run of TEXT among the children that follow first (a TEXT) into it, in one go, so that
 * a paragraph of a million pieces stays linear. */
static void join_texts(ofp_doc *d, ofp_node *first)
{
    if (!first->next || first->next->type != OFP_TEXT)
        return;
    ofp_buf b = { 0 };
    ofp_buf_add(&b, first->text);
    while (first->next && first->next->type == OFP_TEXT) {
        ofp_buf_add(&b, first->next->text);
        ofp_unlink(first->next);
    }
    first->text = ofp_buf_take(&b, d->arena);
}

static bool is_bare(const ofp_node *n)
{
    return !n->attrs || (!n->attrs->id.n && !n->attrs->nclasses && !n->attrs->npairs);
}

/* Containers that say nothing when they are empty.  A LINK or SPAN may still be an anchor, a DIV a
 * hint; cells and items hold their place.  An empty heading or quote is odd, but somebody wrote it. */
static bool is_void(const ofp_node *n)
{
    if (n->first || n->type == OFP_IMAGE || n->type == OFP_LINK || n->type == OFP_HEAD || n->type == OFP_QUOTE)
        return false;
    switch (ROW(n)->kind) {
    case OFP_KIND_INLINE: return n->type == OFP_TEXT ? !n->text.n : ROW(n)->content != NONE && is_bare(n);
    case OFP_KIND_BLOCK: return ROW(n)->content != NONE && is_bare(n);
    }
    return false;
}

/* Puts a new container of type around n. */
static ofp_node *wrap(ofp_doc *d, ofp_node *n, enum ofp_type type)
{
    ofp_node *box = ofp_new(d, type);
    if (!box)
        return NULL;
    box->line = n->line;
    ofp_insert_before(n, box);
    ofp_append(box, n);
    return box;
}

/* A node that does not fit its parent gets what it needs around it, or gives way to its content.
 * Returns the next sibling to look at.  What cannot be mended is left for ofp_check to name. */
static ofp_node *make_fit(ofp_doc *d, ofp_node *n)
{
    ofp_node *parent = n->parent, *next = n->next, *first = n->first, *text;
    if (ROW(n)->kind == OFP_KIND_PART && ROW(parent)->content != PARTS) {
        ofp_unwrap(n);
        return first ? first : next;
    }
    if (ofp_is_inline(n) && ROW(parent)->content == BLOCKS) {
        if (n->prev && n->prev->type == OFP_PLAIN)
            ofp_append(n->prev, n);
        else
            wrap(d, n, OFP_PLAIN);
    } else if (parent->type == OFP_ULIST || parent->type == OFP_OLIST) {
        wrap(d, n, OFP_ITEM);
    } else if (ROW(parent)->content == INLINES && (text = ofp_new(d, OFP_TEXT))) {
        ofp_set_text(text, ofp_plain_text(d->arena, n));
        ofp_insert_before(n, text);
        ofp_unlink(n);
    }
    return next;
}

/* Replaces the container n at the depth limit by its text. */
static void flatten(ofp_doc *d, ofp_node *n)
{
    bool is_block = ROW(n)->kind == OFP_KIND_BLOCK;
    ofp_str text = ofp_plain_text(d->arena, n);
    ofp_node *box = ofp_new(d, is_block ? OFP_PARA : OFP_TEXT);
    if (!box)
        return;
    box->line = n->line;
    if (is_block)
        ofp_add_text(d, box, text);
    else
        ofp_set_text(box, text);
    ofp_insert_before(n, box);
    ofp_unlink(n);
}

static ofp_node *part(ofp_doc *d, ofp_node *table, ofp_node *after, enum ofp_type type)
{
    for (ofp_node *c = table->first; c; c = c->next)
        if (c->type == (uint8_t)type)
            return c;
    ofp_node *n = ofp_new(d, type);
    if (n && after)
        ofp_insert_after(after, n);
    else
        ofp_prepend(table, n);
    return n;
}

static int row_width(const ofp_node *row)
{
    int n = 0;
    for (const ofp_node *c = row->first; c; c = c->next)
        n += c->num[2] < 10000 ? c->num[2] : 10000;
    return n;
}

/* Every table has its four parts in order, and as many columns as its widest row. */
static void complete_table(ofp_doc *d, ofp_node *t)
{
    ofp_node *caption = part(d, t, NULL, OFP_CAPTION);
    ofp_node *head = part(d, t, caption, OFP_THEAD);
    part(d, t, head, OFP_TBODY);
    part(d, t, t->last, OFP_TFOOT);
    ofp_prepend(t, head);
    ofp_prepend(t, caption);
    size_t had = (size_t)t->num[0], widest = had;
    for (const ofp_node *n = t->first; n; n = ofp_after(n, t))
        if (n->type == OFP_ROW && n->parent->parent == t && (size_t)row_width(n) > widest)
            widest = (size_t)row_width(n);
    if (widest <= had)
        return;
    ofp_col *cols = ofp_arena_zalloc(d->arena, widest, sizeof *cols);
    for (size_t i = 0; cols && i < had; i++)
        cols[i] = t->cols[i];
    if (cols) {
        t->cols = cols;
        t->num[0] = (int32_t)widest;
    }
}

static bool may_flatten(const ofp_node *n)
{
    return n->first && (ROW(n)->kind == OFP_KIND_BLOCK || ROW(n)->kind == OFP_KIND_INLINE);
}

static void bound_children(ofp_doc *d, ofp_node *n, bool *warned)
{
    for (ofp_node *c = n->first, *next; c; c = next) {
        next = c->next;
        if (!may_flatten(c))
            continue;
        if (!*warned)
            ofp_warn(d, OFP_D_DEPTH_LIMIT, c->line, "nested deeper than %d; kept flat", OFP_MAX_DEPTH);
        *warned = true;
        flatten(d, c);
    }
}

/* The children of n, a container, from c on find their places. */
static void settle(ofp_doc *d, ofp_node *n, ofp_node *c)
{
    while (c)
        c = fits(n, c) ? c->next : make_fit(d, c);
}

/* w has come to a node that does not fit.  It and all behind it find their places at once, so that the walk comes back here
 * but once for each parent.  Returns how much deeper the walk is then. */
static int settle_here(ofp_doc *d, ofp_walk *w)
{
    ofp_node *n = w->node, *parent = n->parent, *before = n->prev;
    settle(d, parent, n);
    bool again = before && before->type == OFP_PLAIN;           /* may have been given inlines */
    w->node = before ? before : parent;
    w->enter = again || !before;
    return again;
}

static void leave(ofp_doc *d, ofp_node *n)
{
    for (ofp_node *c = ROW(n)->content == INLINES ? n->first : NULL; c; c = c->next)
        if (c->type == OFP_TEXT)
            join_texts(d, c);
    if (n->type == OFP_TABLE)
        complete_table(d, n);
}

/* A node finds its place when the walk comes to it; a container's depth is bounded as it is entered; as it is left its texts
 * are joined, tables are complete, and what is void goes.  So each node is looked at while it is at hand, however many
 * siblings it has. */
static void tidy_tree(ofp_doc *d, ofp_node *root)
{
    int depth = 0;
    bool warned = false;
    ofp_walk w = { .root = root };
    for (bool more = walk_next(&w); more;) {
        ofp_node *n = w.node;
        bool enter = w.enter, leaf = ROW(n)->content == NONE;
        if (enter && n->parent && !fits(n->parent, n)) {
            depth += settle_here(d, &w);
            more = walk_next(&w);
            continue;
        }
        depth += leaf ? 0 : enter ? 1 : -1;
        if (!enter)
            leave(d, n);
        /* Four levels of room: flattening stops at blocks and inlines, parts may stand between. */
        if (enter && !leaf && depth >= OFP_MAX_DEPTH - 4) {
            settle(d, n, n->first);
            bound_children(d, n, &warned);
        }
        more = walk_next(&w);
        if ((leaf || !enter) && is_void(n))
            ofp_unlink(n);
    }
}

void ofp_tidy(ofp_doc *d)
{
    tidy_tree(d, d->root);
    tidy_tree(d, d->meta);
}

void ofp_drop_empty(ofp_doc *d)
{
    for (ofp_walk w = { .root = d->root }; walk_next(&w);)
        if (!w.enter)
            for (ofp_node *c = w.node->first, *next; c; c = next) {
                next = c->next;
                if (!c->first && (c->type == OFP_HEAD || c->type == OFP_QUOTE))
                    ofp_unlink(c);
            }
    ofp_tidy(d);
}
