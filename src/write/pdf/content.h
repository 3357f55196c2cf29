/* content.h - a painter and the content stream that it writes.  What is set already is not written again. */
#ifndef OFP_PDF_CONTENT_H
#define OFP_PDF_CONTENT_H
#include "write/pdf/paint.h"

enum mode { AT_PAGE, IN_TEXT };

typedef struct painter {
    const pdf_book *book;
    pdf_fonts *fonts;
    pdf_canvas *c;
    pdf_embed em;
    pdf_tree tree;
    pdf_images images;
    ink ***inks;
    size_t page;
    ofp_buf out;
    /* graphics state of the page being painted */
    enum mode mode;
    bool marked;
    unsigned elem;
    const ofp_str *says;
    uint32_t colour;
    /* text state */
    const font_face *face;
    unsigned layer;
    double size;
    float slant, rise;
    bool bold;
    long x, y;                           /* start of the line, in hundredths of a pt */
    /* the TJ array being written: the pen in thousandths of an em from x */
    bool array, string;
    long pen;
} painter;

/* Ends the string, the array or the marked content that is open, if one is, and what is open inside. */
void content_close_string(painter *p);
void content_close_array(painter *p);
void content_close_mark(painter *p);

/* What opens content that belongs to no element. */
extern const char content_pagination[], content_decoration[];
/* Content of an element from here on, or with elem 0 an artifact; says, where not NULL, is what it says in place of its
 * text (poppler looks for that in Spans alone). */
void content_mark(painter *p, unsigned elem, const ofp_str *says, const char *artifact);
void content_put_actual(ofp_buf *b, ofp_str text);

void content_mode(painter *p, enum mode mode);
void content_colour(painter *p, uint32_t rgb);
void content_put_stroke(ofp_buf *b, uint32_t rgb);       /* the colour of lines */
void content_font(painter *p, const font_face *face, double size, embed_font *font, unsigned layer);
/* The font of a face in a layer of texts; its name tells both. */
void content_put_font_name(ofp_buf *b, const embed_font *font, unsigned layer);
void content_rise(painter *p, float rise);
/* Begins a line at x, y. */
void content_move(painter *p, double x, double y);
#endif
