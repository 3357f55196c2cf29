/* paint.h - shared by the parts of the painter. */
#ifndef OFP_PDF_PAINT_H
#define OFP_PDF_PAINT_H
#include "write/pdf/embed.h"
#include "write/pdf/image.h"
#include "write/pdf/struct.h"

/* A run with the glyphs of its embedded font. */
typedef struct ink {
    const type_run *run;
    bool soft;                           /* its text is a soft hyphen */
    bool spans;                          /* some clusters need ActualText */
    embed_font *font;
    unsigned *glyph;                     /* by glyph of the run: index into font->glyphs */
    unsigned space;                      /* the blank's, UINT_MAX where the font has none */
} ink;

/* ink.c: every run of the book, looked up by address. */
typedef struct ink_table { ink **slot; size_t n, cap; } ink_table;
bool ink_all(ink_table *t, pdf_embed *em, const pdf_book *book, ink ***by_page);

/* Text of the cluster that holds the i-th glyph in logical order; *end is the first glyph past it. */
ofp_str ink_cluster(const type_run *run, size_t i, size_t *end);
/* Index of the i-th glyph in logical order. */
static inline size_t ink_glyph(const type_run *run, size_t i) { return run->rtl ? run->n - 1 - i : i; }

/* whole.c: by item what it says in place of its text; NULL entries, or NULL at all, where just its text. */
const ofp_str **whole_words(const pdf_page *p, ofp_arena *a);

/* nav.c: annotations of a page (their references go to b), destinations, outline, page labels. */
void nav_links(const pdf_book *book, size_t page, pdf_tree *tree, pdf_canvas *c, ofp_buf *b);
void nav_write(const pdf_book *book, const unsigned *page_objects, ofp_arena *a, pdf_canvas *c);

/* info.c: the information dictionary, XMP, language and viewer preferences. */
void info_write(const pdf_book *book, pdf_canvas *c);
#endif
