/* page.h - what layout hands to the painter: pages of positioned things; beside them the structure
 * tree, destinations, outline and links.  Lengths in pt, origin at the page's lower left corner.
 * Everything lives in one arena that layout and painter share. */
#ifndef OFP_PDF_PAGE_H
#define OFP_PDF_PAGE_H
#include "res/res.h"
#include "write/pdf/type.h"

/* Standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4), one row each. */
#define PDF_TAGS(X) \
    X(DOCUMENT, "Document") X(PART, "Part") X(ART, "Art") X(SECT, "Sect") X(DIV, "Div") X(QUOTE, "BlockQuote") \
    X(CAPTION, "Caption") X(TOC, "TOC") X(TOCI, "TOCI") X(P, "P") X(H1, "H1") X(H2, "H2") X(H3, "H3") X(H4, "H4") \
    X(H5, "H5") X(H6, "H6") X(L, "L") X(LI, "LI") X(LBL, "Lbl") X(LBODY, "LBody") X(TABLE, "Table") X(TR, "TR") \
    X(TH, "TH") X(TD, "TD") X(THEAD, "THead") X(TBODY, "TBody") X(TFOOT, "TFoot") X(SPAN, "Span") X(NOTE, "Note") \
    X(REFERENCE, "Reference") X(CODE, "Code") X(LINK, "Link") X(FIGURE, "Figure") X(FORMULA, "Formula")
enum pdf_tag {
#define X(id, name) PDF_##id,
    PDF_TAGS(X)
#undef X
    PDF_NTAGS
};

/* A structure element.  Element 0 of a book is no element: things that belong to it are artifacts
 * (page numbers, rules, running heads).  Element 1 is the DOCUMENT. */
typedef struct pdf_elem {
    enum pdf_tag tag;
    unsigned parent;                     /* index; 0 for the DOCUMENT; always below its own index */
    ofp_str alt, lang, id;               /* alternative text (FIGURE, FORMULA, LINK); BCP 47 where it changes */
    int rowspan, colspan;                /* TH, TD: 0 counts as 1 */
    bool scope_row;                      /* TH: heads its row, else its column */
    bool ordered;                        /* L: numbered */
} pdf_elem;

enum pdf_item_kind { PDF_GLYPHS, PDF_RECT, PDF_LINE, PDF_IMAGE };

typedef struct pdf_item {
    enum pdf_item_kind kind;
    unsigned elem;                       /* in reading order inside its element; 0: artifact */
    double x, y;                         /* GLYPHS: start of the baseline; LINE: one end; else lower left corner */
    double w, h;                         /* RECT, IMAGE; LINE: the way to its other end; GLYPHS: w is the width set, which
                                            may differ from the run's */
    uint32_t colour;                     /* 0xRRGGBB */
    /* GLYPHS: one run at size pt.  Extra space for justification is given as shift of each glyph's
     * start: xs[i] in pt from x, n+1 values where xs is not NULL; NULL: by the advances. */
    const type_run *run;
    double size;                         /* LINE: how thick */
    const float *xs;
    bool soft_hyphen;                    /* the run is a hyphen that the source does not have */
    bool space_after;                    /* a blank of the source follows (also at a line's end) */
    const ofp_image *image;
    const ofp_node *node;                /* IMAGE: what it was in the document, for messages */
} pdf_item;

/* A link: the rectangle on its page, to a URI or to a destination's name. */
typedef struct pdf_link { double x0, y0, x1, y1; ofp_str uri, dest; unsigned elem; } pdf_link;
typedef struct pdf_dest { ofp_str name; size_t page; double x, y; } pdf_dest;
typedef struct pdf_mark { ofp_str title; int level; ofp_str dest; } pdf_mark;   /* outline, in order; level from 1 */

typedef struct pdf_page {
    double width, height;
    pdf_item *items; size_t nitems, items_cap;
    pdf_link *links; size_t nlinks, links_cap;
    ofp_str label;                       /* page label such as "iv" or "12" */
} pdf_page;

typedef struct pdf_book {
    ofp_arena *arena;
    pdf_page *pages; size_t npages, pages_cap;
    pdf_elem *elems; size_t nelems, elems_cap;   /* starts with two rows: none, DOCUMENT */
    pdf_dest *dests; size_t ndests, dests_cap;
    pdf_mark *marks; size_t nmarks, marks_cap;
    /* document information; empty where unknown */
    ofp_str title, author, subject, keywords, lang;
    ofp_str date;                        /* ISO 8601, for CreationDate; empty: none written */
    bool tagged, rtl;                    /* rtl: read from right to left */
} pdf_book;

/* ---- layout: document to book (layout.c) ---- */
/* Sets the articles of d; out was zeroed but for arena and tagged.  False with e set. */
bool pdf_layout(pdf_book *out, ofp_doc *d, const ofp_options *opt, const type_metrics *type, ofp_res *res, ofp_err *e);

/* ---- fonts (fonts.c, shape.c) ---- */
typedef struct pdf_fonts pdf_fonts;
/* Opens the default faces on demand.  The set lives until pdf_fonts_free; faces are numbered from 0. */
pdf_fonts *pdf_fonts_new(const ofp_options *opt, const ofp_doc *d, ofp_err *e);
void pdf_fonts_free(pdf_fonts *f);
type_metrics pdf_fonts_metrics(pdf_fonts *f);

/* ---- painting: book to bytes (paint.c, content.c, canvas.c) ---- */
/* Appends the PDF to out.  Same book, same bytes. */
bool pdf_paint(const pdf_book *book, pdf_fonts *fonts, ofp_buf *out, ofp_err *e);
#endif
