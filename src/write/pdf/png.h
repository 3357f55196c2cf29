/* png.h - PNG files whose data a PDF can hold as it is. */
#ifndef OFP_PDF_PNG_H
#define OFP_PDF_PNG_H
#include "offprint/base.h"

typedef struct png_plain {
    unsigned width, height, depth, components;   /* components as stored: 1 where there is a palette */
    ofp_str palette;                             /* RGB triples; empty: none */
    ofp_str data;                                /* zlib stream of filtered rows */
} png_plain;

/* True where bytes are a sound PNG without transparency and interlacing; data lives in a. */
bool png_read_plain(ofp_arena *a, ofp_str bytes, png_plain *out);
#endif
