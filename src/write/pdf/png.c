/* png.c - PDF knows PNG's compression and row filters (FlateDecode with predictor 15, ISO 32000-1,
 * 7.4.4.4), so the data of most files goes in unchanged: no colours lost, nothing deflated twice.  It is
 * inflated once here, to be sure that it is whole. */
#include "write/pdf/png.h"
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum { GRAY = 0, RGB = 2, INDEXED = 3, MAX_ROW_BYTES = 256 << 20 };

static uint32_t be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The next chunk, its checksum tested; false at the end or where the file is broken. */
static bool take_chunk(ofp_str s, size_t *at, ofp_str *type, ofp_str *body)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    if (s.n - *at < 12)
        return false;
    size_t n = be32(p);
    if (n > s.n - *at - 12 || libdeflate_crc32(0, p + 4, n + 4) != be32(p + 8 + n))
        return false;
    *type = ofp_str_sub(s, *at + 4, 4);
    *body = ofp_str_sub(s, *at + 8, n);
    *at += 12 + n;
    return true;
}

/* Size and kind; false for what has alpha, is interlaced or is no PNG. */
static bool read_header(ofp_str h, png_plain *out, bool *indexed)
{
    const unsigned char *p = (const unsigned char *)h.p;
    if (h.n != 13 || p[10] || p[11] || p[12])
        return false;
    out->width = be32(p);
    out->height = be32(p + 4);
    out->depth = p[8];
    *indexed = p[9] == INDEXED;
    out->components = p[9] == RGB ? 3 : 1;
    bool few = p[9] != RGB && (p[8] == 1 || p[8] == 2 || p[8] == 4), depth = few || p[8] == 8 || (p[8] == 16 && !*indexed);
    return depth && (p[9] == GRAY || p[9] == RGB || p[9] == INDEXED) && out->width && out->height &&
           out->width <= 1 << 20 && out->height <= 1 << 20;
}

/* Inflates into exactly the rows that the header promises, each behind a filter byte below 5. */
static bool is_whole(const png_plain *png)
{
    size_t row = 1 + ((size_t)png->width * png->components * png->depth + 7) / 8, n = row * png->height;
    if (n > MAX_ROW_BYTES)
        return false;
    unsigned char *rows = malloc(n);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    bool ok = rows && d && libdeflate_zlib_decompress(d, png->data.p, png->data.n, rows, n, NULL) == LIBDEFLATE_SUCCESS;
    for (size_t y = 0; ok && y < png->height; y++)
        ok = rows[y * row] < 5;
    if (d)
        libdeflate_free_decompressor(d);
    free(rows);
    return ok;
}

bool png_read_plain(ofp_arena *a, ofp_str s, png_plain *out)
{
    size_t at = 8;
    ofp_str type, body;
    ofp_buf data = { 0 };
    bool indexed, end = false;
    *out = (png_plain){ 0 };
    if (!ofp_str_starts(s, OFP_STR("\x89PNG\r\n\x1A\n")) || !take_chunk(s, &at, &type, &body) ||
        !ofp_str_eq(type, OFP_STR("IHDR")) || !read_header(body, out, &indexed))
        return false;
    while (!end && take_chunk(s, &at, &type, &body)) {
        if (ofp_str_eq(type, OFP_STR("tRNS")))
            break;
        end = ofp_str_eq(type, OFP_STR("IEND"));
        if (ofp_str_eq(type, OFP_STR("PLTE")) && indexed)
            out->palette = body;
        if (ofp_str_eq(type, OFP_STR("IDAT")))
            ofp_buf_add(&data, body);
    }
    bool palette = !indexed || (out->palette.n && out->palette.n % 3 == 0 && out->palette.n <= 768);
    if (!end || !palette || data.failed) {
        ofp_buf_free(&data);
        return false;
    }
    out->data = ofp_buf_take(&data, a);
    return out->data.n && is_whole(out);
}
