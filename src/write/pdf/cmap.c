/* cmap.c - CMap programs: what text a code stands for, and which CID shows it. */
#include "write/pdf/embed.h"
#include "write/pdf/put.h"

enum { BLOCK = 100 };                    /* entries between begin and end, Adobe TN 5014, 1.4.1 */

static const char head[] =
    "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n";
static const char space[] = "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";
static const char tail[] =
    "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";

static void put_code(ofp_buf *b, unsigned code)
{
    ofp_buf_putc(b, '<');
    pdf_put_hex(b, code, 4);
    ofp_buf_putc(b, '>');
}

static void begin_block(ofp_buf *b, size_t left, const char *what)
{
    pdf_put_int(b, (long)(left < BLOCK ? left : BLOCK));
    ofp_buf_puts(b, what);
}

void cmap_to_unicode(const embed_font *font, const unsigned *order, ofp_buf *out)
{
    ofp_buf_puts(out, head);
    ofp_buf_puts(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                      "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n");
    ofp_buf_puts(out, space);
    for (size_t i = 0; i < font->n; i++) {
        const embed_glyph *g = &font->glyphs[order[i]];
        if (i % BLOCK == 0)
            begin_block(out, font->n - i, " beginbfchar\n");
        put_code(out, g->code);
        ofp_buf_putc(out, '<');
        pdf_put_hex16(out, g->text);
        ofp_buf_puts(out, ">\n");
        if (i % BLOCK == BLOCK - 1 || i + 1 == font->n)
            ofp_buf_puts(out, "endbfchar\n");
    }
    ofp_buf_puts(out, tail);
}

void cmap_to_cid(const embed_font *font, const unsigned *order, const uint16_t *cids, ofp_buf *out)
{
    ofp_buf_puts(out, head);
    ofp_buf_puts(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>def\n"
                      "/CMapName/Offprint-H def\n/CMapType 1 def\n/WMode 0 def\n");
    ofp_buf_puts(out, space);
    for (size_t i = 0; i < font->n; i++) {
        const embed_glyph *g = &font->glyphs[order[i]];
        if (i % BLOCK == 0)
            begin_block(out, font->n - i, " begincidchar\n");
        put_code(out, g->code);
        ofp_buf_putc(out, ' ');
        pdf_put_int(out, cids[order[i]]);
        ofp_buf_putc(out, '\n');
        if (i % BLOCK == BLOCK - 1 || i + 1 == font->n)
            ofp_buf_puts(out, "endcidchar\n");
    }
    ofp_buf_puts(out, tail);
}
