/* decode.c - from an image's bytes to upright pixels. */
#include "res/decode/decode.h"

enum { MAX_PIXELS = 64000000 };

bool ofp_pixels_new(ofp_arena *a, unsigned width, unsigned height, unsigned components, bool alpha, ofp_pixels *out)
{
    size_t n = (size_t)width * height;
    *out = (ofp_pixels){ width, height, components, NULL, NULL };
    out->samples = ofp_arena_zalloc(a, n, components);
    if (alpha)
        out->alpha = ofp_arena_zalloc(a, n, 1);
    return out->samples && (!alpha || out->alpha);
}

void ofp_pixels_row(ofp_pixels *px, unsigned y, const unsigned char *row, unsigned channels)
{
    unsigned char *to = px->samples + (size_t)y * px->width * px->components;
    unsigned char *alpha = px->alpha ? px->alpha + (size_t)y * px->width : NULL;
    for (unsigned x = 0; x < px->width; x++, row += channels) {
        for (unsigned c = 0; c < px->components; c++)
            *to++ = row[c];
        if (alpha)
            *alpha++ = row[channels - 1];
    }
}

/* Where the pixel at x, y of an upright image stands in the stored one (EXIF 2.3 §4.6.4 A). */
static size_t stored_at(unsigned orientation, size_t x, size_t y, size_t width, size_t height)
{
    switch (orientation) {
    case 2: return y * width + (width - 1 - x);
    case 3: return (height - 1 - y) * width + (width - 1 - x);
    case 4: return (height - 1 - y) * width + x;
    case 5: return x * width + y;
    case 6: return (height - 1 - x) * width + y;
    case 7: return (height - 1 - x) * width + (width - 1 - y);
    case 8: return x * width + (width - 1 - y);
    default: return y * width + x;
    }
}

static bool turn(ofp_arena *a, unsigned orientation, ofp_pixels *px)
{
    ofp_pixels up;
    bool swap = orientation >= 5;
    unsigned width = swap ? px->height : px->width, height = swap ? px->width : px->height;
    if (orientation <= 1 || orientation > 8)
        return true;
    if (!ofp_pixels_new(a, width, height, px->components, px->alpha, &up))
        return false;
    for (size_t y = 0, to = 0; y < height; y++)
        for (size_t x = 0; x < width; x++, to++) {
            size_t from = stored_at(orientation, x, y, px->width, px->height);
            for (unsigned c = 0; c < px->components; c++)
                up.samples[to * px->components + c] = px->samples[from * px->components + c];
            if (up.alpha)
                up.alpha[to] = px->alpha[from];
        }
    *px = up;
    return true;
}

void ofp_pixels_settle(ofp_pixels *px)
{
    size_t n = (size_t)px->width * px->height, i = 0;
    while (px->alpha && i < n && px->alpha[i] == 255)
        i++;
    if (i == n)
        px->alpha = NULL;
}

bool ofp_image_decode(ofp_arena *a, const ofp_image *img, ofp_pixels *out, const char **why)
{
    static ofp_decoder *const decoders[] = {
        [OFP_MEDIA_UNKNOWN] = NULL, [OFP_MEDIA_PNG] = ofp_decode_png, [OFP_MEDIA_JPEG] = ofp_decode_jpeg,
        [OFP_MEDIA_GIF] = ofp_decode_gif, [OFP_MEDIA_WEBP] = ofp_decode_webp, [OFP_MEDIA_SVG] = NULL,
    };
    *why = "of a kind that has no pixels";
    if (!decoders[img->media])
        return false;
    *why = "too many pixels";
    if ((uint64_t)img->width * img->height > MAX_PIXELS)
        return false;
    *why = "malformed";
    if (!decoders[img->media](a, img, out, why))
        return false;
    *why = "out of memory";
    ofp_pixels_settle(out);
    return turn(a, img->orientation, out);
}
