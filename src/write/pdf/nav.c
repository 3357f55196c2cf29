/* nav.c - ways through the file: links, named destinations, outline, page labels (ISO 32000-1, 12.3). */
#include <stdlib.h>
#include <string.h>
#include "write/pdf/paint.h"
#include "write/pdf/put.h"

/* ---- links ---- */

/* URIs are ASCII (12.6.4.7): other bytes go percent-encoded. */
static void put_uri(ofp_buf *b, ofp_str uri)
{
    ofp_buf ascii = { 0 };
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        if (c > 0x20 && c < 0x7F) {
            ofp_buf_putc(&ascii, (char)c);
        } else {
            ofp_buf_putc(&ascii, '%');
            pdf_put_hex(&ascii, c, 2);
        }
    }
    pdf_put_bytes(b, ofp_buf_str(&ascii));
    b->failed |= ascii.failed;
    ofp_buf_free(&ascii);
}

static void put_link(const pdf_book *book, const pdf_link *l, ofp_buf *b)
{
    double box[4] = { l->x0, l->y0, l->x1, l->y1 };
    ofp_str says = l->elem ? book->elems[l->elem].alt : ofp_s(NULL);
    ofp_buf_puts(b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    for (int i = 0; i < 4; i++) {
        if (i)
            ofp_buf_putc(b, ' ');
        pdf_put_num(b, box[i]);
    }
    ofp_buf_puts(b, "]/Contents");
    pdf_put_text(b, says.n ? says : l->uri.n ? l->uri : l->dest);
    if (l->uri.n) {
        ofp_buf_puts(b, "/A<</Type/Action/S/URI/URI");
        put_uri(b, l->uri);
        ofp_buf_puts(b, ">>");
    } else {
        ofp_buf_puts(b, "/Dest");
        pdf_put_bytes(b, l->dest);
    }
}

void nav_links(const pdf_book *book, size_t page, pdf_tree *tree, pdf_canvas *c, ofp_buf *b)
{
    const pdf_page *p = &book->pages[page];
    ofp_buf link = { 0 };
    for (size_t i = 0; i < p->nlinks; i++) {
        unsigned id = pdf_object_new(c);
        link.n = 0;
        put_link(book, &p->links[i], &link);
        if (book->tagged && p->links[i].elem) {
            ofp_buf_puts(&link, "/StructParent ");
            pdf_put_int(&link, (long)tree_annot(tree, p->links[i].elem, page, id));
        }
        pdf_object_set(c, id, ofp_buf_str(&link));
        pdf_put_ref(b, id);
    }
    ofp_buf_free(&link);
}

/* ---- destinations ---- */

typedef struct dest_list { const pdf_dest **d; const unsigned *page_objects; } dest_list;

static int by_name(const void *a, const void *b)
{
    const pdf_dest *x = *(const pdf_dest *const *)a, *y = *(const pdf_dest *const *)b;
    int order = ofp_str_cmp(x->name, y->name);
    return order ? order : x < y ? -1 : x > y;
}

static void dest_key(void *user, size_t i, ofp_buf *b)
{
    pdf_put_bytes(b, ((const dest_list *)user)->d[i]->name);
}

static void dest_value(void *user, size_t i, ofp_buf *b)
{
    const dest_list *l = user;
    const pdf_dest *d = l->d[i];
    ofp_buf_putc(b, '[');
    pdf_put_ref(b, l->page_objects[d->page]);
    ofp_buf_puts(b, "/XYZ ");
    pdf_put_num(b, d->x);
    ofp_buf_putc(b, ' ');
    pdf_put_num(b, d->y);
    ofp_buf_puts(b, " null]");
}

static void write_dests(const pdf_book *book, const unsigned *page_objects, ofp_arena *a, pdf_canvas *c, ofp_buf *b)
{
    dest_list l = { ofp_arena_zalloc(a, book->ndests ? book->ndests : 1, sizeof *l.d), page_objects };
    size_t n = 0, unique = 0;
    for (size_t i = 0; l.d && i < book->ndests; i++)
        if (book->dests[i].page < book->npages)
            l.d[n++] = &book->dests[i];
    if (!n)
        return;
    qsort(l.d, n, sizeof *l.d, by_name);
    for (size_t i = 0; i < n; i++)       /* the first of a name counts */
        if (!unique || !ofp_str_eq(l.d[unique - 1]->name, l.d[i]->name))
            l.d[unique++] = l.d[i];
    ofp_buf_puts(b, "/Names<</Dests");
    pdf_put_ref(b, pdf_leaf_tree(c, &(leaf_writer){ unique, "/Names", dest_key, dest_value, &l }));
    ofp_buf_puts(b, ">>");
}

/* ---- outline ---- */

enum { OPEN_LEVEL = 1 };                 /* entries of this level show their children at first */

typedef struct node { size_t parent, prev, next, first, last; long shown; unsigned object; int level; } node;

static void put_node_ref(ofp_buf *b, const char *key, const node *n, size_t i)
{
    if (i) {
        ofp_buf_puts(b, key);
        pdf_put_ref(b, n[i].object);
    }
}

/* Node 0 is the root, node i + 1 the i-th mark, child of the nearest mark before it of a lower level. */
static void link_nodes(const pdf_book *book, node *n, pdf_canvas *c)
{
    n[0].object = pdf_object_new(c);
    for (size_t i = 1; i <= book->nmarks; i++) {
        size_t parent = i - 1;
        n[i].level = book->marks[i - 1].level;
        while (parent && n[parent].level >= n[i].level)
            parent = n[parent].parent;
        n[i].parent = parent;
        n[i].prev = n[parent].last;
        if (n[parent].last)
            n[n[parent].last].next = i;
        else
            n[parent].first = i;
        n[parent].last = i;
        n[i].object = pdf_object_new(c);
    }
    for (size_t i = book->nmarks; i > 0; i--)      /* an open node adds what it shows to its parent */
        n[n[i].parent].shown += 1 + (n[i].level <= OPEN_LEVEL ? n[i].shown : 0);
}

static void write_node(const pdf_book *book, const node *n, size_t i, pdf_canvas *c, ofp_buf *b)
{
    b->n = 0;
    if (i) {
        ofp_buf_puts(b, "/Title");
        pdf_put_text(b, book->marks[i - 1].title);
        ofp_buf_puts(b, "/Parent");
        pdf_put_ref(b, n[n[i].parent].object);
        ofp_buf_puts(b, "/Dest");
        pdf_put_bytes(b, book->marks[i - 1].dest);
    } else {
        ofp_buf_puts(b, "/Type/Outlines");
    }
    put_node_ref(b, "/Prev", n, n[i].prev);
    put_node_ref(b, "/Next", n, n[i].next);
    put_node_ref(b, "/First", n, n[i].first);
    put_node_ref(b, "/Last", n, n[i].last);
    if (n[i].first) {
        ofp_buf_puts(b, "/Count ");
        pdf_put_int(b, !i || n[i].level <= OPEN_LEVEL ? n[i].shown : -n[i].shown);
    }
    pdf_object_set(c, n[i].object, ofp_buf_str(b));
}

static void write_outline(const pdf_book *book, ofp_arena *a, pdf_canvas *c, ofp_buf *catalog)
{
    node *n = book->nmarks ? ofp_arena_zalloc(a, book->nmarks + 1, sizeof *n) : NULL;
    ofp_buf b = { 0 };
    if (!n)
        return;
    link_nodes(book, n, c);
    for (size_t i = 0; i <= book->nmarks; i++)
        write_node(book, n, i, c, &b);
    ofp_buf_puts(catalog, "/PageMode/UseOutlines/Outlines");
    pdf_put_ref(catalog, n[0].object);
    ofp_buf_free(&b);
}

/* ---- page labels (12.4.2) ---- */

enum label_style { LABEL_TEXT, LABEL_ARABIC, LABEL_ROMAN };
typedef struct label { enum label_style style; long number; } label;

static long roman(ofp_str s)
{
    static const struct { char c; long v; } digits[] = {
        { 'i', 1 }, { 'v', 5 }, { 'x', 10 }, { 'l', 50 }, { 'c', 100 }, { 'd', 500 }, { 'm', 1000 },
    };
    long total = 0, last = 0;
    for (size_t i = s.n; i-- > 0;) {
        long v = 0;
        for (size_t k = 0; k < sizeof digits / sizeof *digits; k++)
            if (digits[k].c == s.p[i])
                v = digits[k].v;
        if (!v)
            return 0;
        total += v < last ? -v : v;
        last = v;
    }
    return total;
}

static label read_label(ofp_str s)
{
    label l = { LABEL_TEXT, 0 };
    if (ofp_str_int(s, 1, 1000000, &l.number))
        l.style = LABEL_ARABIC;
    else if ((l.number = roman(s)))
        l.style = LABEL_ROMAN;
    return l;
}

static void put_label(ofp_buf *b, label l, ofp_str text)
{
    static const char *const styles[] = { "<</P", "<</S/D/St ", "<</S/r/St " };
    ofp_buf_puts(b, styles[l.style]);
    if (l.style == LABEL_TEXT)
        pdf_put_text(b, text);
    else
        pdf_put_int(b, l.number);
    ofp_buf_puts(b, ">>\n");
}

/* One entry for each stretch of pages that count on. */
static void write_labels(const pdf_book *book, pdf_canvas *c, ofp_buf *catalog)
{
    ofp_buf b = { 0 };
    label before = { LABEL_TEXT, 0 };
    bool any = false;
    ofp_buf_puts(&b, "/Nums[");
    for (size_t i = 0; i < book->npages; i++) {
        label l = read_label(book->pages[i].label);
        any |= book->pages[i].label.n > 0;
        if (i == 0 || l.style == LABEL_TEXT || l.style != before.style || l.number != before.number + 1) {
            pdf_put_int(&b, (long)i);
            put_label(&b, l, book->pages[i].label);
        }
        before = l;
    }
    ofp_buf_putc(&b, ']');
    if (any) {
        unsigned id = pdf_object_new(c);
        pdf_object_set(c, id, ofp_buf_str(&b));
        ofp_buf_puts(catalog, "/PageLabels");
        pdf_put_ref(catalog, id);
    }
    ofp_buf_free(&b);
}

void nav_write(const pdf_book *book, const unsigned *page_objects, ofp_arena *a, pdf_canvas *c)
{
    ofp_buf b = { 0 };
    write_dests(book, page_objects, a, c, &b);
    write_outline(book, a, c, &b);
    write_labels(book, c, &b);
    pdf_catalog_add(c, ofp_buf_str(&b));
    ofp_buf_free(&b);
}
