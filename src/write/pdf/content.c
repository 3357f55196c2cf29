/* content.c - the state of a page's content stream: marked content, colour, font, place of a line. */
#include "write/pdf/content.h"
#include "write/pdf/put.h"

/* ---- marked content ---- */

const char content_pagination[] = "/Artifact<</Type/Pagination>>BDC\n";
const char content_decoration[] = "/Artifact<</Type/Layout>>BDC\n";

void content_close_string(painter *p)
{
    if (p->string)
        ofp_buf_putc(&p->out, ')');
    p->string = false;
}

void content_close_array(painter *p)
{
    content_close_string(p);
    if (p->array)
        ofp_buf_puts(&p->out, "]TJ\n");
    p->array = false;
}

void content_close_mark(painter *p)
{
    content_close_array(p);
    if (p->marked)
        ofp_buf_puts(&p->out, "EMC\n");
    p->marked = false;
}

void content_put_actual(ofp_buf *b, ofp_str text)
{
    ofp_buf_puts(b, "/ActualText<FEFF");
    pdf_put_hex16(b, text);
    ofp_buf_putc(b, '>');
}

static void put_properties(painter *p, unsigned elem, const ofp_str *says)
{
    ofp_buf_puts(&p->out, "<<");
    if (elem) {
        ofp_buf_puts(&p->out, "/MCID ");
        pdf_put_int(&p->out, (long)tree_mark(&p->tree, elem, p->page));
    }
    if (says)
        content_put_actual(&p->out, *says);
    ofp_buf_puts(&p->out, ">>BDC\n");
}

void content_mark(painter *p, unsigned elem, const ofp_str *says, const char *artifact)
{
    if (!p->book->tagged)
        elem = 0;
    if (p->marked && p->elem == elem && p->says == says)
        return;
    content_close_mark(p);
    if (!p->book->tagged && !says)
        return;
    if (elem || says) {
        ofp_buf_putc(&p->out, '/');
        ofp_buf_puts(&p->out, says ? "Span" : tree_tag(p->book->elems[elem].tag));
        put_properties(p, elem, says);
    } else {
        ofp_buf_puts(&p->out, artifact);
    }
    p->marked = true;
    p->elem = elem;
    p->says = says;
}

/* Marked content that opened inside of a text object closes inside of it. */
void content_mode(painter *p, enum mode mode)
{
    if (p->mode == mode)
        return;
    content_close_mark(p);
    ofp_buf_puts(&p->out, mode == IN_TEXT ? "BT\n" : "ET\n");
    p->mode = mode;
    p->x = p->y = 0;
    p->slant = 0;
}

/* ---- state ---- */

static void put_colour(ofp_buf *b, uint32_t rgb, const char *gray, const char *colour)
{
    long r = rgb >> 16 & 255, g = rgb >> 8 & 255, blue = rgb & 255;
    pdf_put_fixed(b, (r * 1000 + 127) / 255, 3);
    if (r != g || g != blue) {
        ofp_buf_putc(b, ' ');
        pdf_put_fixed(b, (g * 1000 + 127) / 255, 3);
        ofp_buf_putc(b, ' ');
        pdf_put_fixed(b, (blue * 1000 + 127) / 255, 3);
        gray = colour;
    }
    ofp_buf_puts(b, gray);
}

void content_put_stroke(ofp_buf *b, uint32_t rgb)
{
    put_colour(b, rgb, " G ", " RG ");
}

void content_colour(painter *p, uint32_t rgb)
{
    if (rgb == p->colour)
        return;
    content_close_array(p);
    put_colour(&p->out, rgb, " g\n", " rg\n");
    if (p->bold)
        put_colour(&p->out, rgb, " G\n", " RG\n");
    p->colour = rgb;
}

/* A face without its bold: letters are stroked as well, by a line of 1/30 em. */
static void set_bold(painter *p, bool bold, double size)
{
    if (bold == p->bold && !bold)
        return;
    ofp_buf_puts(&p->out, bold ? "2 Tr " : "0 Tr\n");
    if (bold) {
        pdf_put_fixed(&p->out, pdf_round(size / 30, 1000), 3);
        ofp_buf_puts(&p->out, " w\n");
        put_colour(&p->out, p->colour, " G\n", " RG\n");
    }
    p->bold = bold;
}

void content_put_font_name(ofp_buf *b, const embed_font *font, unsigned layer)
{
    ofp_buf_puts(b, "/F");
    pdf_put_int(b, font->file->number);
    if (layer) {
        ofp_buf_putc(b, '.');
        pdf_put_int(b, (long)layer);
    }
}

void content_font(painter *p, const font_face *face, double size, embed_font *font, unsigned layer)
{
    if (p->face == face && p->size == size && p->layer == layer)
        return;
    content_close_array(p);
    if (!p->face || p->face->file != face->file || p->face->scale != face->scale || p->size != size || p->layer != layer) {
        content_put_font_name(&p->out, font, layer);
        ofp_buf_putc(&p->out, ' ');
        pdf_put_fixed(&p->out, pdf_round(size * face->scale, 1000), 3);
        ofp_buf_puts(&p->out, " Tf\n");
    }
    set_bold(p, face->embolden, size * face->scale);
    font->seen[layer] = p->page + 1;
    p->face = face;
    p->size = size;
    p->layer = layer;
}

void content_rise(painter *p, float rise)
{
    if (rise == p->rise)
        return;
    content_close_array(p);
    pdf_put_num(&p->out, rise * p->size);
    ofp_buf_puts(&p->out, " Ts\n");
    p->rise = rise;
}

/* Relative to the line before, which is shorter, unless a slant comes or goes. */
void content_move(painter *p, double x, double y)
{
    long hx = pdf_round(x, 100), hy = pdf_round(y, 100);
    content_close_array(p);
    if (p->face->slant != 0 || p->slant != 0) {
        ofp_buf_puts(&p->out, "1 0 ");
        pdf_put_fixed(&p->out, pdf_round(p->face->slant, 1000), 3);
        ofp_buf_puts(&p->out, " 1 ");
        pdf_put_fixed(&p->out, hx, 2);
        ofp_buf_putc(&p->out, ' ');
        pdf_put_fixed(&p->out, hy, 2);
        ofp_buf_puts(&p->out, " Tm\n");
    } else {
        pdf_put_fixed(&p->out, hx - p->x, 2);
        ofp_buf_putc(&p->out, ' ');
        pdf_put_fixed(&p->out, hy - p->y, 2);
        ofp_buf_puts(&p->out, " Td\n");
    }
    p->slant = p->face->slant;
    p->x = hx;
    p->y = hy;
    p->pen = 0;
}
