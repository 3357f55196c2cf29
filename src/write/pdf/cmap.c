/* cmap.c - CMap programs: what text a code stands for. */
#include "write/pdf/embed.h"
#include "write/pdf/put.h"

enum { BLOCK = 100 };                    /* entries between begin and end, Adobe TN 5014, 1.4.1 */

static const char head[] =
    "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";
static const char tail[] =
    "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";

static void put_entry(const embed_glyph *g, ofp_buf *out)
{
    ofp_buf_putc(out, '<');
    pdf_put_hex(out, g->code, 4);
    ofp_buf_puts(out, "><");
    pdf_put_hex16(out, g->text);
    ofp_buf_puts(out, ">\n");
}

void cmap_to_unicode(const embed_font *font, const unsigned *order, unsigned layer, ofp_buf *out)
{
    size_t left = 0, done = 0;
    for (size_t i = 0; i < font->n; i++)
        left += font->glyphs[i].layer == layer;
    ofp_buf_puts(out, head);
    for (size_t i = 0; i < font->n; i++) {
        if (font->glyphs[order[i]].layer != layer)
            continue;
        if (done % BLOCK == 0) {
            pdf_put_int(out, (long)(left < BLOCK ? left : BLOCK));
            ofp_buf_puts(out, " beginbfchar\n");
        }
        put_entry(&font->glyphs[order[i]], out);
        done++;
        if (--left == 0 || done % BLOCK == 0)
            ofp_buf_puts(out, "endbfchar\n");
    }
    ofp_buf_puts(out, tail);
}
