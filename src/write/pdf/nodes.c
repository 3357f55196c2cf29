/* nodes.c - number trees and name trees: leaves of sorted entries under one root. */
#include "write/pdf/struct.h"
#include "write/pdf/put.h"

enum { PER_LEAF = 64 };

static unsigned add_leaf(pdf_canvas *c, const leaf_writer *w, size_t from, size_t to, ofp_buf *b)
{
    unsigned id = pdf_object_new(c);
    b->n = 0;
    ofp_buf_puts(b, "/Limits[");
    w->key(w->user, from, b);
    ofp_buf_putc(b, ' ');
    w->key(w->user, to - 1, b);
    ofp_buf_putc(b, ']');
    ofp_buf_puts(b, w->kind);
    ofp_buf_putc(b, '[');
    for (size_t i = from; i < to; i++) {
        w->key(w->user, i, b);
        w->value(w->user, i, b);
        ofp_buf_putc(b, '\n');
    }
    ofp_buf_putc(b, ']');
    pdf_object_set(c, id, ofp_buf_str(b));
    return id;
}

unsigned pdf_leaf_tree(pdf_canvas *c, const leaf_writer *w)
{
    unsigned root = pdf_object_new(c);
    ofp_buf b = { 0 }, kids = { 0 };
    ofp_buf_puts(&kids, "/Kids[");
    for (size_t i = 0; i < w->n; i += PER_LEAF)
        pdf_put_ref(&kids, add_leaf(c, w, i, w->n - i > PER_LEAF ? i + PER_LEAF : w->n, &b));
    ofp_buf_putc(&kids, ']');
    if (!w->n) {
        kids.n = 0;
        ofp_buf_puts(&kids, w->kind);
        ofp_buf_puts(&kids, "[]");
    }
    pdf_object_set(c, root, ofp_buf_str(&kids));
    ofp_buf_free(&b);
    ofp_buf_free(&kids);
    return root;
}
