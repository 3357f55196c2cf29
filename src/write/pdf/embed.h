/* embed.h - the fonts of a file: which glyphs of which text are used, and the subsets embedded. */
#ifndef OFP_PDF_EMBED_H
#define OFP_PDF_EMBED_H
#include "base/map.h"
#include "write/pdf/canvas.h"
#include "write/pdf/fonts.h"

/* A glyph standing for a text.  The same glyph for another text (a hyphen that is soft, a blank that does
 * not break) is of another layer: a font dictionary of its own over the same embedded glyphs, with its own
 * ToUnicode.  Codes of one font for one glyph would do as well, but some readers keep texts by glyph. */
typedef struct embed_glyph {
    uint32_t gid;
    ofp_str text;
    ofp_map *others;                     /* of the first text of a glyph: index + 1 by further texts; NULL: none */
    uint16_t code, width, layer;         /* code: after embed_write; width in thousandths of an em */
} embed_glyph;

enum { EMBED_LAYERS = 4096 };            /* further texts of a glyph read as U+FFFD */

typedef struct embed_font {
    font_file *file;
    embed_glyph *glyphs; size_t n, cap;
    unsigned *first;                     /* by glyph id: index into glyphs + 1 */
    unsigned nlayers;
    unsigned *objects;                   /* the Type0 fonts' numbers, by layer; after embed_write */
    size_t *seen;                        /* for the painter: last page that used a layer, + 1 */
} embed_font;

typedef struct pdf_embed {
    ofp_arena *arena;
    pdf_fonts *fonts;
    embed_font **by_file; size_t n;      /* by file number; NULL where unused */
} pdf_embed;

bool embed_init(pdf_embed *em, ofp_arena *a, pdf_fonts *fonts);
/* The font that a face is embedded as. */
embed_font *embed_font_of(pdf_embed *em, unsigned face);
/* Index of the glyph for that text in its font, entered on first use; UINT_MAX when out of memory or
 * when the font's 65535 codes are used up.  text must live until embed_write. */
unsigned embed_use(pdf_embed *em, embed_font *font, uint32_t gid, ofp_str text);
/* Subsets the fonts and writes their objects; codes are known from now on. */
bool embed_write(pdf_embed *em, pdf_canvas *c, ofp_err *e);

/* cmap.c: the ToUnicode program of a layer (ISO 32000-1, 9.10.3).  order lists the glyphs by code. */
void cmap_to_unicode(const embed_font *font, const unsigned *order, unsigned layer, ofp_buf *out);
#endif
