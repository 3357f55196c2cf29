/* decode.h - what the decoders share.  Each fills out from an image that has been probed, or returns
 * false with a reason that lives for ever. */
#ifndef OFP_RES_DECODE_H
#define OFP_RES_DECODE_H
#include "res/res.h"

typedef bool ofp_decoder(ofp_arena *a, const ofp_image *img, ofp_pixels *out, const char **why);
ofp_decoder ofp_decode_png, ofp_decode_jpeg, ofp_decode_gif, ofp_decode_webp;

/* Reserves samples for an image of that size; alpha too where wanted. */
bool ofp_pixels_new(ofp_arena *a, unsigned width, unsigned height, unsigned components, bool alpha, ofp_pixels *out);
/* Takes row y from interleaved samples of 1 to 4 channels, the last of an even
 * number being alpha. */
void ofp_pixels_row(ofp_pixels *px, unsigned y, const unsigned char *row, unsigned channels);
/* Many images have an alpha channel that says nothing: without it they need no mask. */
void ofp_pixels_settle(ofp_pixels *px);
#endif
