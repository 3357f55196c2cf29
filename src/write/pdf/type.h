/* type.h - type as layout sees it: shaping and measures behind an interface, so that layout is
 * tested with a fixed-width font and never sees a font file.  All measures are fractions of an em. */
#ifndef OFP_PDF_TYPE_H
#define OFP_PDF_TYPE_H
#include "offprint/offprint.h"

enum type_family { TYPE_SERIF, TYPE_SANS, TYPE_MONO, TYPE_MATH };
enum { TYPE_BOLD = 1, TYPE_ITALIC = 2, TYPE_SMALLCAPS = 4, TYPE_TABULAR = 8 /* figures of one width */ };

typedef struct type_style { enum type_family family; unsigned flags; } type_style;

/* One glyph of a face.  cluster is the byte offset in the shaped text of the first character that it
 * stands for (several glyphs may share it; a ligature covers the text up to the next cluster). */
typedef struct type_glyph { uint32_t id, cluster; float advance, dx, dy; } type_glyph;

/* A run of glyphs in one face and one direction, in visual order; text is the part of the shaped
 * text that it shows, in logical order, clusters count from its start. */
typedef struct type_run {
    unsigned face;                       /* number of the face; the painter knows it too */
    bool rtl;
    ofp_str text;
    const type_glyph *glyphs;
    size_t n;
    double width;
} type_run;

typedef struct type_shape { const type_run *runs; size_t n; double width; } type_shape;
typedef struct type_height { double ascent, descent, x_height, cap_height; } type_height;   /* all positive */

/* What layout needs.  Results live as long as the font set and may be shared: shaping the same
 * text twice is a look-up.  Text holds no line break and no tab. */
typedef struct type_metrics {
    void *user;
    /* NULL when out of memory.  Characters without a font show as a sign that says so. */
    const type_shape *(*shape)(void *user, type_style style, ofp_str text, ofp_str lang);
    type_height (*height)(void *user, type_style style);
    /* Warns of the characters without a font that have come up since the last time, as of this input
     * (may be NULL); each is told once.  NULL: there is nothing to tell. */
    void (*tell)(void *user, const char *input);
    /* The math font (math_type.h), opened when first asked for; NULL where there is none.  The member may be NULL. */
    const struct math_type *(*math)(void *user);
} type_metrics;
#endif
