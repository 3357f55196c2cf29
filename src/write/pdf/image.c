/* image.c - images to XObjects (ISO 32000-1, 8.9).  JPEG data goes in as it is, once its header has been
 * read here, and so does most PNG data; everything else is decoded by res, which bounds it, and deflated. */
#include "write/pdf/image.h"
#include <math.h>
#include <string.h>
#include "base/array.h"
#include "write/pdf/png.h"
#include "write/pdf/put.h"

/* ---- JPEG ---- */

typedef struct jpeg { unsigned width, height, components; bool adobe, whole, rgb; } jpeg;

enum { SOI = 0xD8, EOI = 0xD9, SOS = 0xDA, APP14 = 0xEE, SOF0 = 0xC0, SOF2 = 0xC2 };

static unsigned be16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static bool read_frame(const unsigned char *p, size_t n, jpeg *j)
{
    if (n < 6 || p[0] != 8)              /* PDF's DCT is of eight bits */
        return false;
    j->height = be16(p + 1);
    j->width = be16(p + 3);
    j->components = p[5];
    if (n >= 15 && j->components == 3)
        j->rgb = p[6] == 'R' && p[9] == 'G' && p[12] == 'B';
    return j->width && j->height && (j->components == 1 || j->components == 3 || j->components == 4);
}

/* Header segments up to the scan; baseline and progressive files with an end are taken. */
static bool read_jpeg(ofp_str s, jpeg *j)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t at = 2;
    bool frame = false;
    *j = (jpeg){ 0 };
    if (s.n < 4 || p[0] != 0xFF || p[1] != SOI)
        return false;
    while (at + 4 <= s.n && p[at] == 0xFF) {
        unsigned marker = p[at + 1];
        if (marker == 0xFF) {
            at++;
            continue;
        }
        size_t len = be16(p + at + 2);
        if (len < 2 || len > s.n - at - 2)
            return false;
        if (marker == SOS)
            break;
        if (marker == APP14 && len >= 14 && !memcmp(p + at + 4, "Adobe", 5))
            j->adobe = true;
        if (marker >= SOF0 && marker <= SOF2)
            frame = read_frame(p + at + 4, len - 2, j);
        at += 2 + len;
    }
    size_t end = s.n;
    while (end > at && p[end - 1] != EOI)
        end--;
    j->whole = end > at + 2 && p[end - 2] == 0xFF;
    return frame && j->whole;
}

static const char *colour_space(unsigned components)
{
    return components == 1 ? "/ColorSpace/DeviceGray" : components == 3 ? "/ColorSpace/DeviceRGB" : "/ColorSpace/DeviceCMYK";
}

static void put_size(ofp_buf *b, unsigned width, unsigned height, unsigned depth)
{
    ofp_buf_puts(b, "/Type/XObject/Subtype/Image/BitsPerComponent ");
    pdf_put_int(b, (long)depth);
    ofp_buf_puts(b, "/Width ");
    pdf_put_int(b, (long)width);
    ofp_buf_puts(b, "/Height ");
    pdf_put_int(b, (long)height);
}

static unsigned add_jpeg(pdf_canvas *c, ofp_str bytes, const jpeg *j)
{
    unsigned id = pdf_object_new(c);
    ofp_buf b = { 0 };
    put_size(&b, j->width, j->height, 8);
    ofp_buf_puts(&b, colour_space(j->components));
    ofp_buf_puts(&b, "/Filter/DCTDecode");
    if (j->rgb && !j->adobe)             /* else a reader takes three components for YCbCr */
        ofp_buf_puts(&b, "/DecodeParms<</ColorTransform 0>>");
    if (j->components == 4 && j->adobe)  /* Adobe stores CMYK inverted */
        ofp_buf_puts(&b, "/Decode[1 0 1 0 1 0 1 0]");
    pdf_stream_set(c, id, ofp_buf_str(&b), bytes, PDF_ENCODED);
    ofp_buf_free(&b);
    return id;
}

/* ---- pixels ---- */

static unsigned residue(unsigned char v)
{
    return v < 128 ? v : 256u - v;
}

/* A row as differences, under the PNG filter (none, sub or up) that leaves the least. */
static void put_row(ofp_buf *b, const unsigned char *row, const unsigned char *above, size_t n, size_t step)
{
    uint64_t cost[3] = { 0 };
    for (size_t i = 0; i < n; i++) {
        cost[0] += residue(row[i]);
        cost[1] += residue((unsigned char)(row[i] - (i >= step ? row[i - step] : 0)));
        cost[2] += residue((unsigned char)(row[i] - (above ? above[i] : 0)));
    }
    int best = cost[1] < cost[0] ? 1 : 0;
    if (cost[2] < cost[best])
        best = 2;
    size_t at = b->n;
    ofp_buf_fill(b, (char)best, n + 1);
    if (b->failed)
        return;
    unsigned char *to = (unsigned char *)b->p + at + 1;
    for (size_t i = 0; i < n; i++) {
        unsigned char left = i >= step ? row[i - step] : 0, up = above ? above[i] : 0;
        to[i] = (unsigned char)(row[i] - (best == 1 ? left : best == 2 ? up : 0));
    }
}

static void put_predictor(ofp_buf *b, unsigned components, unsigned depth, unsigned columns)
{
    ofp_buf_puts(b, "/DecodeParms<</Predictor 15/Colors ");
    pdf_put_int(b, (long)components);
    ofp_buf_puts(b, "/BitsPerComponent ");
    pdf_put_int(b, (long)depth);
    ofp_buf_puts(b, "/Columns ");
    pdf_put_int(b, (long)columns);
    ofp_buf_puts(b, ">>");
}

static unsigned add_png(pdf_canvas *c, const png_plain *png)
{
    unsigned id = pdf_object_new(c);
    ofp_buf b = { 0 };
    put_size(&b, png->width, png->height, png->depth);
    if (png->palette.n) {
        ofp_buf_puts(&b, "/ColorSpace[/Indexed/DeviceRGB ");
        pdf_put_int(&b, (long)png->palette.n / 3 - 1);
        pdf_put_bytes(&b, png->palette);
        ofp_buf_putc(&b, ']');
    } else {
        ofp_buf_puts(&b, colour_space(png->components));
    }
    ofp_buf_puts(&b, "/Filter/FlateDecode");
    put_predictor(&b, png->components, png->depth, png->width);
    pdf_stream_set(c, id, ofp_buf_str(&b), png->data, PDF_ENCODED);
    ofp_buf_free(&b);
    return id;
}

static unsigned add_samples(pdf_canvas *c, const unsigned char *samples, unsigned width, unsigned height,
                            unsigned components, unsigned mask)
{
    unsigned id = pdf_object_new(c);
    size_t row = (size_t)width * components;
    ofp_buf b = { 0 }, data = { 0 };
    for (unsigned y = 0; y < height; y++)
        put_row(&data, samples + y * row, y ? samples + (y - 1) * row : NULL, row, components);
    put_size(&b, width, height, 8);
    ofp_buf_puts(&b, colour_space(components));
    put_predictor(&b, components, 8, width);
    if (mask) {
        ofp_buf_puts(&b, "/SMask");
        pdf_put_ref(&b, mask);
    }
    if (data.failed || b.failed)
        id = 0;
    else
        pdf_stream_set(c, id, ofp_buf_str(&b), ofp_buf_str(&data), PDF_DEFLATE);
    ofp_buf_free(&b);
    ofp_buf_free(&data);
    return id;
}

static unsigned add_pixels(pdf_canvas *c, const ofp_pixels *px)
{
    unsigned mask = px->alpha ? add_samples(c, px->alpha, px->width, px->height, 1, 0) : 0;
    return add_samples(c, px->samples, px->width, px->height, px->components, mask);
}

static unsigned add_decoded(pdf_canvas *c, const ofp_image *image, const char **why)
{
    ofp_arena *scratch = ofp_arena_new();
    ofp_pixels px;
    *why = "out of memory";
    unsigned id = scratch && ofp_image_decode(scratch, image, &px, why) ? add_pixels(c, &px) : 0;
    ofp_arena_free(scratch);
    return id;
}

/* ---- drawings ---- */

static const double draw_dpi = 300, most_drawn = 4e6;    /* px in all */
enum { MOST_LATE = 2 };                  /* after so many that took too long no other is begun */

static void drawn_size(const pdf_item *it, unsigned *width, unsigned *height)
{
    double w = it->w / 72 * draw_dpi, h = it->h / 72 * draw_dpi;
    double scale = w * h > most_drawn ? sqrt(most_drawn / (w * h)) : 1;
    *width = w * scale < 1 ? 1 : (unsigned)(w * scale + 0.5);
    *height = h * scale < 1 ? 1 : (unsigned)(h * scale + 0.5);
}

static unsigned add_drawing(pdf_images *im, pdf_canvas *c, const image_object *o, const char **why)
{
    ofp_arena *scratch = ofp_arena_new();
    ofp_pixels px;
    unsigned id = 0;
    *why = im->late == MOST_LATE ? "others took too long to draw" : "out of memory";
    if (scratch && im->late < MOST_LATE && ofp_image_draw(scratch, im->opt, o->image->bytes, o->width, o->height, &px, why))
        id = add_pixels(c, &px);
    im->late += *why == ofp_draw_late;
    ofp_arena_free(scratch);
    return id;
}

/* ---- all ---- */

static void add_object(pdf_images *im, pdf_canvas *c, image_object *o, const char **why)
{
    jpeg j;
    png_plain png;
    const ofp_image *image = o->image;
    if (image->media == OFP_MEDIA_JPEG && read_jpeg(image->bytes, &j)) {
        o->object = add_jpeg(c, image->bytes, &j);
        o->orientation = image->orientation;
    } else if (image->media == OFP_MEDIA_PNG && image->orientation <= 1 && png_read_plain(im->arena, image->bytes, &png)) {
        o->object = add_png(c, &png);
    } else if (image->media == OFP_MEDIA_SVG) {
        o->object = add_drawing(im, c, o, why);
    } else {
        o->object = add_decoded(c, image, why);
    }
}

image_object *image_find(pdf_images *im, pdf_canvas *c, const pdf_item *it, const char **why)
{
    image_object o = { .image = it->image, .orientation = 1 };
    if (o.image->media == OFP_MEDIA_SVG)
        drawn_size(it, &o.width, &o.height);
    for (size_t i = 0; i < im->n; i++)
        if (im->all[i].image == o.image && im->all[i].width == o.width && im->all[i].height == o.height)
            return &im->all[i];
    image_object *all = ofp_arena_grow(im->arena, im->all, im->n, &im->cap, sizeof *all);
    if (!all)
        return NULL;
    im->all = all;
    all[im->n] = o;
    add_object(im, c, &all[im->n], why);
    return &all[im->n++];
}
