/* res.h - images that a document names: one policy, one cache, for every writer. */
#ifndef OFP_RES_H
#define OFP_RES_H
#include "offprint/offprint.h"

enum ofp_media { OFP_MEDIA_UNKNOWN, OFP_MEDIA_PNG, OFP_MEDIA_JPEG, OFP_MEDIA_GIF, OFP_MEDIA_WEBP, OFP_MEDIA_SVG };

/* An image's bytes and facts.  Lives as long as its ofp_res. */
typedef struct ofp_image {
    ofp_str bytes;
    enum ofp_media media;
    unsigned width, height;             /* px as stored, before orientation */
    unsigned orientation;               /* EXIF 1 to 8 */
    double dpi_x, dpi_y;                /* 0 where not stated */
    size_t number;                      /* 0, 1, 2 … in the order of first use */
} ofp_image;

/* Decoded pixels: 8-bit samples, rows top down, orientation applied.  gray, rgb: one or three
 * components; alpha is NULL where the image is opaque. */
typedef struct ofp_pixels { unsigned width, height, components; unsigned char *samples, *alpha; } ofp_pixels;

typedef struct ofp_res ofp_res;
/* A cache for the images of d.  opt and d must outlive it. */
ofp_res *ofp_res_new(const ofp_doc *d, const ofp_options *opt);
void ofp_res_free(ofp_res *r);          /* NULL is fine */
/* False when memory ran out on the way: an image may then be missing that is not. */
bool ofp_res_ok(const ofp_res *r);
/* The image that node (an IMAGE) names: data: URIs, and files in the folder of its article's input or
 * on the resource path, never outside of them.  NULL where there is none: the reason has become a
 * warning, given once for each reference. */
const ofp_image *ofp_res_image(ofp_res *r, const ofp_node *node);
/* The same without a warning. */
const ofp_image *ofp_res_peek(ofp_res *r, const ofp_node *node);
/* The same for any reference, say a lead image's, NULL also where it is malformed: for pictures that nobody would miss. */
const ofp_image *ofp_res_look(ofp_res *r, const ofp_node *article, ofp_str url);
const char *ofp_media_type(enum ofp_media m);             /* "image/png" */
const char *ofp_media_ext(enum ofp_media m);              /* "png" */
/* Media type, size and facts from bytes; false where they are no such image. */
bool ofp_image_probe(ofp_str bytes, ofp_image *out);
/* Appends an SVG drawing without scripts, foreign elements and all that would be fetched from elsewhere; false with the
 * reason where it is none, or cannot be read for certain. */
bool ofp_svg_clean(ofp_arena *a, ofp_str bytes, ofp_buf *out, const char **why);
/* These are in src/res/decode, which is linked into the modules that need pixels, and only there.
 * Decodes into the arena; false with a short reason in *why.  Bounded to 64 million pixels. */
bool ofp_image_decode(ofp_arena *a, const ofp_image *img, ofp_pixels *out, const char **why);
/* An SVG as pixels, drawn at that size by a program of its own; false with a short reason, which is ofp_draw_late where it
 * took too long.  The fonts are those of opt and of the system. */
bool ofp_image_draw(ofp_arena *a, const ofp_options *opt, ofp_str svg, unsigned width, unsigned height, ofp_pixels *out,
                    const char **why);
extern const char ofp_draw_late[];
/* Encodes as PNG at the end of out (for media types that EPUB does not allow). */
bool ofp_image_png(const ofp_pixels *px, ofp_buf *out);
#endif
