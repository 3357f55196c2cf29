/* png.c - PNG by libpng.  Its errors come back through longjmp: everything that must survive one
 * lives in a struct outside of the function that may be left. */
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include "res/decode/decode.h"

typedef struct input { ofp_str s; size_t at; } input;

static void read_bytes(png_structp png, png_bytep to, size_t n)
{
    input *in = png_get_io_ptr(png);
    if (n > in->s.n - in->at)
        png_error(png, "truncated");
    memcpy(to, in->s.p + in->at, n);
    in->at += n;
}

static void fail(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

typedef struct png_job {
    png_structp png;
    png_infop info;
    input in;
    unsigned char *rows;
} png_job;

static void set_up(png_job *j)
{
    png_set_read_fn(j->png, &j->in, read_bytes);
    png_set_user_limits(j->png, 1u << 24, 1u << 24);
    png_set_chunk_cache_max(j->png, 100);
    png_set_chunk_malloc_max(j->png, 8u << 20);
    png_read_info(j->png, j->info);
    png_set_expand(j->png);
    png_set_scale_16(j->png);
}

static bool read_image(png_job *j, ofp_arena *a, const ofp_image *img, ofp_pixels *out)
{
    if (setjmp(png_jmpbuf(j->png)))
        return false;
    set_up(j);
    int passes = png_set_interlace_handling(j->png);
    png_read_update_info(j->png, j->info);
    unsigned channels = png_get_channels(j->png, j->info);
    size_t row = png_get_rowbytes(j->png, j->info), kept = passes > 1 ? img->height : 1;
    if (png_get_image_width(j->png, j->info) != img->width || png_get_image_height(j->png, j->info) != img->height ||
        channels < 1 || channels > 4 || row != (size_t)img->width * channels)
        return false;
    j->rows = calloc(kept, row);
    if (!j->rows || !ofp_pixels_new(a, img->width, img->height, channels > 2 ? 3 : 1, channels % 2 == 0, out))
        return false;
    for (int pass = 0; pass < passes; pass++)
        for (unsigned y = 0; y < img->height; y++) {
            unsigned char *to = j->rows + (passes > 1 ? y * row : 0);
            png_read_row(j->png, to, NULL);
            if (pass == passes - 1)
                ofp_pixels_row(out, y, to, channels);
        }
    return true;
}

bool ofp_decode_png(ofp_arena *a, const ofp_image *img, ofp_pixels *out, const char **why)
{
    png_job j = { .in = { img->bytes, 0 } };
    bool ok = false;
    *why = "malformed PNG";
    j.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    if (j.png && (j.info = png_create_info_struct(j.png)))
        ok = read_image(&j, a, img, out);
    png_destroy_read_struct(&j.png, &j.info, NULL);
    free(j.rows);
    return ok;
}

/* ---- writing ----------------------------------------------------------------------------- */

static void write_bytes(png_structp png, png_bytep from, size_t n)
{
    ofp_buf_add(png_get_io_ptr(png), (ofp_str){ (const char *)from, n });
}

static void flush(png_structp png)
{
    (void)png;
}

static void fill_row(const ofp_pixels *px, unsigned y, unsigned char *row)
{
    const unsigned char *from = px->samples + (size_t)y * px->width * px->components;
    const unsigned char *alpha = px->alpha ? px->alpha + (size_t)y * px->width : NULL;
    for (unsigned x = 0; x < px->width; x++) {
        for (unsigned c = 0; c < px->components; c++)
            *row++ = *from++;
        if (alpha)
            *row++ = alpha[x];
    }
}

static bool write_image(png_job *j, const ofp_pixels *px, ofp_buf *out)
{
    int type = (px->components == 3 ? PNG_COLOR_MASK_COLOR : 0) | (px->alpha ? PNG_COLOR_MASK_ALPHA : 0);
    if (setjmp(png_jmpbuf(j->png)))
        return false;
    png_set_write_fn(j->png, out, write_bytes, flush);
    png_set_compression_level(j->png, 6);
    png_set_IHDR(j->png, j->info, px->width, px->height, 8, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    png_write_info(j->png, j->info);
    for (unsigned y = 0; y < px->height; y++) {
        fill_row(px, y, j->rows);
        png_write_row(j->png, j->rows);
    }
    png_write_end(j->png, j->info);
    return !out->failed;
}

bool ofp_image_png(const ofp_pixels *px, ofp_buf *out)
{
    png_job j = { 0 };
    bool ok = false;
    j.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    j.rows = malloc((size_t)px->width * (px->components + 1u));
    if (j.png && j.rows && (j.info = png_create_info_struct(j.png)))
        ok = write_image(&j, px, out);
    png_destroy_write_struct(&j.png, &j.info);
    free(j.rows);
    return ok;
}
