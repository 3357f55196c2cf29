/* fonts.h - the font set: files opened when first needed, and faces made of them.  HarfBuzz is seen
 * here, in fonts.c, fontfile.c, shape.c, math_font.c and embed.c only. */
#ifndef OFP_PDF_FONTS_H
#define OFP_PDF_FONTS_H
#include <hb.h>
#include "write/pdf/math_type.h"
#include "write/pdf/page.h"

/* A font file that is open.  advances are in font units, upem of them an em. */
typedef struct font_file {
    unsigned number;                     /* in the order of opening */
    hb_blob_t *blob;
    hb_face_t *face;
    hb_font_t *font;
    unsigned upem, nglyphs;
    bool cff, smcp;
    ofp_buf bytes;                       /* where it was not mapped */
} font_file;

/* What a run names: a file with a size factor and a slant of its own.  Small capitals that a font
 * lacks are scaled capitals; an italic that a family lacks is its upright face, slanted. */
typedef struct font_face {
    font_file *file;
    unsigned number;
    float scale, slant;
    bool embolden;                       /* stroked as well, for want of a bold face */
    bool mono;
} font_face;

struct shape_entry;
typedef struct shape_cache { struct shape_entry **slot; size_t n, cap; } shape_cache;

/* Per character of the text being shaped; kept from call to call. */
typedef struct shape_char { uint32_t cp, shown; unsigned at, face; hb_script_t script; unsigned char level; } shape_char;

enum { FONT_FAMILIES = 4, FONT_STYLES = 4, FONT_ROWS_MAX = 96 };

struct pdf_fonts {
    ofp_arena *arena;
    const ofp_options *opt;
    const char **dirs;
    size_t ndirs;
    font_file **files; size_t nfiles, files_cap;
    font_face **faces; size_t nfaces, faces_cap;
    /* by row of the font table and style: 0 not tried yet, 1 missing, else the file's number + 2 */
    unsigned opened[FONT_ROWS_MAX][FONT_STYLES];
    unsigned main_face[FONT_FAMILIES][FONT_STYLES];       /* face number + 1; 0: not chosen yet */
    unsigned cjk;                        /* which face of a pan-CJK collection suits the document */
    hb_map_t *fallback;                  /* character and style to face number */
    hb_set_t *missing, *untold;          /* characters without a font; those not warned about yet */
    struct math_font *math;              /* math_font.c; NULL: not asked for yet, or there is none */
    bool math_tried;
    /* shape.c */
    hb_buffer_t *buffer;
    shape_cache cache;
    shape_char *chars; size_t chars_cap;
    ofp_str lang; hb_language_t hb_lang;
};

/* The main face of a style, and the face that shows cp in that style: the main one where it can;
 * *shown is what to draw: cp, or U+FFFD where no font has it. */
const font_face *font_main(pdf_fonts *f, type_style style);
const font_face *font_for(pdf_fonts *f, type_style style, uint32_t cp, uint32_t *shown);
/* The same face at another size and slant. */
const font_face *font_variant(pdf_fonts *f, const font_face *like, float scale, float slant, bool embolden);
/* The first font for formulas that is there and has a MATH table; NULL: none. */
const font_face *font_math(pdf_fonts *f);
void font_tell(void *fonts, const char *input);           /* as type_metrics.tell */
bool font_has(const font_face *face, uint32_t cp);
uint32_t font_glyph(const font_face *face, uint32_t cp);  /* 0 where it has none */

/* fontfile.c: opens a font of a collection; NULL where there is none or it is broken. */
font_file *font_file_open(pdf_fonts *f, const char *path, unsigned index);
void font_file_close(font_file *file);

/* math_font.c: as type_metrics.math; what it holds beside the arena. */
const math_type *font_math_type(void *fonts);
void font_math_free(pdf_fonts *f);

/* shape.c */
const type_shape *pdf_shape(void *fonts, type_style style, ofp_str text, ofp_str lang);
#endif
