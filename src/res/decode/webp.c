/* webp.c - WebP by libwebp; of an animation the first frame. */
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include "res/decode/decode.h"

static unsigned le24(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return (unsigned)b[2] << 16 | (unsigned)b[1] << 8 | b[0];
}

static unsigned le32(const char *p)
{
    return (unsigned)(unsigned char)p[3] << 24 | le24(p);
}

static void put_le(ofp_buf *out, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        ofp_buf_putc(out, (char)(v >> 8 * i & 0xff));
}

/* The chunk of that name among those from at on (RFC 9649 §2.3): sizes are even. */
static ofp_str chunk(ofp_str s, size_t at, const char *name)
{
    while (at <= s.n && s.n - at >= 8) {
        size_t n = le32(s.p + at + 4);
        if (n > s.n - at - 8)
            break;
        if (!memcmp(s.p + at, name, 4))
            return ofp_str_sub(s, at + 8, n);
        at += 8 + n + (n & 1);
    }
    return (ofp_str){ 0 };
}

/* A still image of its own made from the first frame: libwebp alone decodes no animations. */
static bool first_frame(ofp_str s, ofp_buf *still)
{
    ofp_str frame = chunk(s, 12, "ANMF");
    if (frame.n < 24)
        return false;
    ofp_str data = ofp_str_sub(frame, 16, SIZE_MAX);
    ofp_buf_puts(still, "RIFF");
    put_le(still, (uint32_t)(4 + 18 + data.n), 4);
    ofp_buf_puts(still, "WEBPVP8X");
    put_le(still, 10, 4);
    put_le(still, 0x10, 4);                                /* the flag of alpha */
    put_le(still, le24(frame.p + 6), 3);
    put_le(still, le24(frame.p + 9), 3);
    ofp_buf_add(still, data);
    return !still->failed;
}

static bool decode(ofp_arena *a, ofp_str s, ofp_pixels *out)
{
    WebPBitstreamFeatures f;
    const uint8_t *bytes = (const uint8_t *)s.p;
    if (WebPGetFeatures(bytes, s.n, &f) != VP8_STATUS_OK || f.width < 1 || f.height < 1)
        return false;
    unsigned channels = f.has_alpha ? 4 : 3;
    size_t row = (size_t)f.width * channels, all = row * (size_t)f.height;
    unsigned char *px = malloc(all);
    bool ok = px && ofp_pixels_new(a, (unsigned)f.width, (unsigned)f.height, 3, f.has_alpha, out) &&
              (f.has_alpha ? WebPDecodeRGBAInto(bytes, s.n, px, all, (int)row)
                           : WebPDecodeRGBInto(bytes, s.n, px, all, (int)row));
    for (unsigned y = 0; ok && y < out->height; y++)
        ofp_pixels_row(out, y, px + y * row, channels);
    free(px);
    return ok;
}

bool ofp_decode_webp(ofp_arena *a, const ofp_image *img, ofp_pixels *out, const char **why)
{
    WebPBitstreamFeatures f;
    ofp_buf still = { 0 };
    bool ok;
    *why = "malformed WebP";
    if (WebPGetFeatures((const uint8_t *)img->bytes.p, img->bytes.n, &f) != VP8_STATUS_OK)
        return false;
    if (f.has_animation)
        ok = first_frame(img->bytes, &still) && decode(a, ofp_buf_str(&still), out);
    else
        ok = decode(a, img->bytes, out);
    ofp_buf_free(&still);
    return ok;
}
