/* struct.c - the structure tree.  Elements are entered when the first piece of them is painted, behind
 * their elder siblings, so that text and child elements of a paragraph keep their order. */
#include "write/pdf/struct.h"
#include <stdlib.h>
#include "base/array.h"
#include "write/pdf/put.h"

enum kid_kind { KID_MARK, KID_ANNOT, KID_ELEM };
struct tree_kid { tree_kid *next; enum kid_kind kind; unsigned id; size_t page; };

const char *tree_tag(enum pdf_tag tag)
{
    static const char *const names[] = {
#define X(id, name) name,
        PDF_TAGS(X)
#undef X
    };
    return names[tag];
}

bool tree_init(pdf_tree *t, ofp_arena *a, const pdf_book *book)
{
    size_t n = book->nelems, pages = book->npages ? book->npages : 1;
    *t = (pdf_tree){ .arena = a, .book = book };
    t->elems = ofp_arena_zalloc(a, n ? n : 1, sizeof *t->elems);
    t->page_objects = ofp_arena_zalloc(a, pages, sizeof *t->page_objects);
    t->marks = ofp_arena_zalloc(a, pages, sizeof *t->marks);
    t->nmarks = ofp_arena_zalloc(a, pages, sizeof *t->nmarks);
    t->marks_cap = ofp_arena_zalloc(a, pages, sizeof *t->marks_cap);
    if (ofp_arena_failed(a))
        return false;
    for (size_t i = n; i-- > 2;) {       /* backwards, so that lists come out in the order of indexes */
        tree_elem *parent = &t->elems[book->elems[i].parent];
        t->elems[i].sibling = parent->child;
        parent->child = (unsigned)i;
    }
    return true;
}

static void add_kid(pdf_tree *t, unsigned elem, tree_kid kid)
{
    tree_kid *k = ofp_arena_zalloc(t->arena, 1, sizeof *k);
    if (!k)
        return;
    *k = kid;
    tree_elem *e = &t->elems[elem];
    if (e->last)
        e->last->next = k;
    else
        e->first = k;
    e->last = k;
}

/* Enters the element into its parent, after those of its siblings that come before it. */
static void enter(pdf_tree *t, unsigned elem)
{
    while (elem > 1 && !t->elems[elem].entered) {
        unsigned parent = t->book->elems[elem].parent;
        tree_elem *p = &t->elems[parent];
        while (p->child && p->child <= elem) {
            add_kid(t, parent, (tree_kid){ .kind = KID_ELEM, .id = p->child });
            t->elems[p->child].entered = true;
            p->child = t->elems[p->child].sibling;
        }
        t->elems[elem].entered = true;
        elem = parent;
    }
}

unsigned tree_mark(pdf_tree *t, unsigned elem, size_t page)
{
    unsigned *all = ofp_arena_grow(t->arena, t->marks[page], t->nmarks[page], &t->marks_cap[page], sizeof *all);
    if (!all)
        return 0;
    t->marks[page] = all;
    unsigned mcid = (unsigned)t->nmarks[page]++;
    all[mcid] = elem;
    enter(t, elem);
    add_kid(t, elem, (tree_kid){ .kind = KID_MARK, .id = mcid, .page = page });
    return mcid;
}

unsigned tree_annot(pdf_tree *t, unsigned elem, size_t page, unsigned annotation)
{
    unsigned *all = ofp_arena_grow(t->arena, t->annots, t->nannots, &t->annots_cap, sizeof *all);
    if (!all)
        return 0;
    t->annots = all;
    all[t->nannots] = elem;
    enter(t, elem);
    add_kid(t, elem, (tree_kid){ .kind = KID_ANNOT, .id = annotation, .page = page });
    return (unsigned)(t->book->npages + t->nannots++);
}

void tree_box(pdf_tree *t, unsigned elem, double x, double y, double w, double h)
{
    tree_elem *e = &t->elems[elem];
    if (e->boxed)
        return;
    e->boxed = true;
    e->box[0] = x, e->box[1] = y, e->box[2] = x + w, e->box[3] = y + h;
}

/* ---- writing ---- */

static void put_kid(const pdf_tree *t, const tree_kid *k, size_t page, ofp_buf *b)
{
    switch (k->kind) {
    case KID_MARK:
        ofp_buf_putc(b, ' ');
        if (k->page == page) {
            pdf_put_int(b, (long)k->id);
            return;
        }
        ofp_buf_puts(b, "<</Type/MCR/Pg");
        pdf_put_ref(b, t->page_objects[k->page]);
        ofp_buf_puts(b, "/MCID ");
        pdf_put_int(b, (long)k->id);
        ofp_buf_puts(b, ">>");
        return;
    case KID_ANNOT:
        ofp_buf_puts(b, "<</Type/OBJR/Pg");
        pdf_put_ref(b, t->page_objects[k->page]);
        ofp_buf_puts(b, "/Obj");
        pdf_put_ref(b, k->id);
        ofp_buf_puts(b, ">>");
        return;
    case KID_ELEM:
        pdf_put_ref(b, t->elems[k->id].object);
    }
}

/* The page that plain MCIDs of an element count on: that of its first mark. */
static size_t own_page(const tree_elem *e)
{
    for (const tree_kid *k = e->first; k; k = k->next)
        if (k->kind == KID_MARK)
            return k->page;
    return SIZE_MAX;
}

static void put_span(ofp_buf *b, const char *key, int span)
{
    if (span > 1) {
        ofp_buf_puts(b, key);
        pdf_put_int(b, span);
    }
}

/* Attribute objects, 14.8.5: what a reader must know of tables, lists and figures. */
static void put_attributes(const pdf_elem *e, const tree_elem *te, ofp_buf *b)
{
    if (e->tag == PDF_TH || ((e->tag == PDF_TD) && (e->rowspan > 1 || e->colspan > 1))) {
        ofp_buf_puts(b, "/A<</O/Table");
        if (e->tag == PDF_TH)
            ofp_buf_puts(b, e->scope_row ? "/Scope/Row" : "/Scope/Column");
        put_span(b, "/RowSpan ", e->rowspan);
        put_span(b, "/ColSpan ", e->colspan);
        ofp_buf_puts(b, ">>");
    } else if (e->tag == PDF_L) {
        ofp_buf_puts(b, e->ordered ? "/A<</O/List/ListNumbering/Decimal>>" : "/A<</O/List/ListNumbering/Disc>>");
    } else if (te->boxed) {
        ofp_buf_puts(b, "/A<</O/Layout/BBox[");
        for (int i = 0; i < 4; i++) {
            if (i)
                ofp_buf_putc(b, ' ');
            pdf_put_num(b, te->box[i]);
        }
        ofp_buf_puts(b, "]>>");
    }
}

/* PDF/UA-1, 7.9: each note has an identifier of its own. */
static ofp_str id_of(const pdf_tree *t, size_t i)
{
    const pdf_elem *e = &t->book->elems[i];
    if (e->id.n || e->tag != PDF_NOTE)
        return e->id;
    return ofp_arena_printf(t->arena, "note-%zu", i);
}

static void put_texts(const pdf_tree *t, size_t i, ofp_buf *b)
{
    const pdf_elem *e = &t->book->elems[i];
    ofp_str id = id_of(t, i), alt = e->alt;
    if ((e->tag == PDF_FIGURE || e->tag == PDF_FORMULA) && !alt.n)
        alt = ofp_s(tree_tag(e->tag));
    if (alt.n && e->tag != PDF_LINK) {   /* a link's is the annotation's Contents */
        ofp_buf_puts(b, "/Alt");
        pdf_put_text(b, alt);
    }
    if (e->lang.n) {
        ofp_buf_puts(b, "/Lang");
        pdf_put_text(b, e->lang);
    }
    if (id.n) {
        ofp_buf_puts(b, "/ID");
        pdf_put_bytes(b, id);
    }
}

static void write_elem(const pdf_tree *t, size_t i, unsigned root, pdf_canvas *c, ofp_buf *b)
{
    const pdf_elem *e = &t->book->elems[i];
    const tree_elem *te = &t->elems[i];
    size_t page = own_page(te);
    b->n = 0;
    ofp_buf_puts(b, "/Type/StructElem/S/");
    ofp_buf_puts(b, tree_tag(e->tag));
    ofp_buf_puts(b, "/P");
    pdf_put_ref(b, i == 1 ? root : t->elems[e->parent].object);
    if (page != SIZE_MAX) {
        ofp_buf_puts(b, "/Pg");
        pdf_put_ref(b, t->page_objects[page]);
    }
    put_texts(t, i, b);
    put_attributes(e, te, b);
    if (te->first) {
        ofp_buf_puts(b, "/K[");
        for (const tree_kid *k = te->first; k; k = k->next)
            put_kid(t, k, page, b);
        ofp_buf_putc(b, ']');
    }
    pdf_object_set(c, te->object, ofp_buf_str(b));
}

static void parent_key(void *user, size_t i, ofp_buf *b)
{
    (void)user;
    pdf_put_int(b, (long)i);
}

/* For a page the elements of its MCIDs, for an annotation its element. */
static void parent_value(void *user, size_t i, ofp_buf *b)
{
    const pdf_tree *t = user;
    if (i >= t->book->npages) {
        pdf_put_ref(b, t->elems[t->annots[i - t->book->npages]].object);
        return;
    }
    ofp_buf_putc(b, '[');
    for (size_t k = 0; k < t->nmarks[i]; k++)
        pdf_put_ref(b, t->elems[t->marks[i][k]].object);
    ofp_buf_putc(b, ']');
}

typedef struct named { ofp_str name; unsigned object; } named;

static int by_name(const void *a, const void *b)
{
    return ofp_str_cmp(((const named *)a)->name, ((const named *)b)->name);
}

static void id_key(void *user, size_t i, ofp_buf *b)
{
    pdf_put_bytes(b, ((const named *)user)[i].name);
}

static void id_value(void *user, size_t i, ofp_buf *b)
{
    pdf_put_ref(b, ((const named *)user)[i].object);
}

static unsigned write_ids(const pdf_tree *t, pdf_canvas *c)
{
    size_t n = 0;
    named *ids = ofp_arena_zalloc(t->arena, t->book->nelems, sizeof *ids);
    for (size_t i = 1; ids && i < t->book->nelems; i++) {
        ofp_str id = id_of(t, i);
        if (id.n)
            ids[n++] = (named){ id, t->elems[i].object };
    }
    if (!n)
        return 0;
    qsort(ids, n, sizeof *ids, by_name);
    return pdf_leaf_tree(c, &(leaf_writer){ n, "/Names", id_key, id_value, ids });
}

static void write_root(pdf_tree *t, pdf_canvas *c, unsigned root, ofp_buf *b)
{
    size_t nparents = t->book->npages + t->nannots;
    unsigned parents = pdf_leaf_tree(c, &(leaf_writer){ nparents, "/Nums", parent_key, parent_value, t });
    unsigned ids = write_ids(t, c);
    b->n = 0;
    ofp_buf_puts(b, "/Type/StructTreeRoot/K");
    pdf_put_ref(b, t->elems[1].object);
    ofp_buf_puts(b, "/ParentTree");
    pdf_put_ref(b, parents);
    ofp_buf_puts(b, "/ParentTreeNextKey ");
    pdf_put_int(b, (long)nparents);
    if (ids) {
        ofp_buf_puts(b, "/IDTree");
        pdf_put_ref(b, ids);
    }
    pdf_object_set(c, root, ofp_buf_str(b));
    b->n = 0;
    ofp_buf_puts(b, "/MarkInfo<</Marked true>>/StructTreeRoot");
    pdf_put_ref(b, root);
    pdf_catalog_add(c, ofp_buf_str(b));
}

void tree_write(pdf_tree *t, pdf_canvas *c)
{
    ofp_buf b = { 0 };
    unsigned root = pdf_object_new(c);
    for (size_t i = 1; i < t->book->nelems; i++) {
        enter(t, (unsigned)i);
        t->elems[i].object = pdf_object_new(c);
    }
    for (size_t i = 1; i < t->book->nelems; i++)
        write_elem(t, i, root, c, &b);
    write_root(t, c, root, &b);
    ofp_buf_free(&b);
}
