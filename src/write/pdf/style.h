/* style.h - how pages and paragraphs look: data, scaled to one size of page and type. */
#ifndef OFP_PDF_STYLE_H
#define OFP_PDF_STYLE_H
#include "write/pdf/type.h"

enum look_id {
    LOOK_BODY, LOOK_TITLE, LOOK_H2, LOOK_H3, LOOK_H4, LOOK_H5, LOOK_H6, LOOK_BYLINE, LOOK_QUOTE, LOOK_TERM,
    LOOK_CODE, LOOK_CAPTION, LOOK_CELL, LOOK_NOTE, LOOK_VERSE, LOOK_PACK, LOOK_PACK_SUB, LOOK_PACK_FACT,
    LOOK_TOC_HEAD, LOOK_TOC1, LOOK_TOC2, LOOK_TOC3, LOOK_TOC_BY, LOOK_HEAD, LOOK_FOLIO, LOOK_COUNT
};
/* START is left or right, whichever a line begins at. */
enum look_align { LOOK_JUSTIFY, LOOK_START, LOOK_CENTRE, LOOK_LEFT, LOOK_RIGHT };

/* All lengths in pt. */
typedef struct look {
    type_style face;
    double size, lead, above, below;
    uint32_t colour;
    enum look_align align;
} look;

enum { INK = 0x000000, INK_SOFT = 0x4A4A4A, INK_LINK = 0x1B4B7A, INK_RULE = 0x8C8C8C, INK_FAINT = 0xC9C9C4, INK_TINT = 0xF4F3EF };

typedef struct sheet {
    double width, height;                /* of the page */
    double top, right, bottom, left;     /* margins */
    double measure, depth;               /* of the text area */
    double reach;                        /* how far wide tables and code may go out into either side margin */
    double size, lead;                   /* of the body */
    bool heads;                          /* room for running heads */
    look looks[LOOK_COUNT];
} sheet;

/* False with e set where the page's size is unknown or leaves no room for text. */
bool pdf_sheet(sheet *s, const ofp_options *opt, ofp_err *e);
#endif
