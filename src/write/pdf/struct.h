/* struct.h - the structure tree (ISO 32000-1, 14.7): what each piece of a page is, in reading order. */
#ifndef OFP_PDF_STRUCT_H
#define OFP_PDF_STRUCT_H
#include "write/pdf/canvas.h"
#include "write/pdf/page.h"

typedef struct tree_kid tree_kid;
typedef struct tree_elem {
    tree_kid *first, *last;
    unsigned child, sibling;             /* next child to enter, next sibling by index; 0: none */
    bool entered, boxed;
    double box[4];                       /* of a figure, on its first page */
    unsigned object;
} tree_elem;

typedef struct pdf_tree {
    ofp_arena *arena;
    const pdf_book *book;
    tree_elem *elems;
    unsigned *page_objects;              /* by page index */
    unsigned **marks; size_t *nmarks, *marks_cap;         /* elements by page and MCID */
    unsigned *annots; size_t nannots, annots_cap;         /* elements by annotation */
} pdf_tree;

bool tree_init(pdf_tree *t, ofp_arena *a, const pdf_book *book);
const char *tree_tag(enum pdf_tag tag);
/* Adds marked content of an element on a page; its MCID. */
unsigned tree_mark(pdf_tree *t, unsigned elem, size_t page);
/* Adds an annotation to an element; the annotation's StructParent. */
unsigned tree_annot(pdf_tree *t, unsigned elem, size_t page, unsigned annotation);
void tree_box(pdf_tree *t, unsigned elem, double x, double y, double w, double h);
/* Writes the tree and its catalog entries. */
void tree_write(pdf_tree *t, pdf_canvas *c);

/* nodes.c: number and name trees (7.9.6, 7.9.7), two deep.  put writes "key value" pairs from entry i on. */
typedef struct leaf_writer {
    size_t n;
    const char *kind;                    /* "/Nums" or "/Names" */
    void (*key)(void *user, size_t i, ofp_buf *b);
    void (*value)(void *user, size_t i, ofp_buf *b);
    void *user;
} leaf_writer;
/* The root's object number. */
unsigned pdf_leaf_tree(pdf_canvas *c, const leaf_writer *w);
#endif
