/* canvas_parts.h - what the files of the canvas share. */
#ifndef OFP_PDF_CANVAS_PARTS_H
#define OFP_PDF_CANVAS_PARTS_H
#include <hpdf.h>
#include "write/pdf/canvas.h"

typedef struct object {
    ofp_str entries, data;
    bool stream, deflated;
    HPDF_Stream to;                      /* after_write_fn is not told */
} object;

struct pdf_canvas {
    HPDF_Doc pdf;
    ofp_arena *arena;
    HPDF_Dict *dict; size_t ndict, dict_cap;     /* by object number - first_own */
    unsigned first_own;
    HPDF_Pages node;
    unsigned node_pages;
    struct libdeflate_compressor *deflate;
    ofp_buf scratch, catalog, info;
    bool failed;
};

HPDF_STATUS canvas_write_bytes(HPDF_Stream s, ofp_str b);
unsigned canvas_number_of(HPDF_Dict d);                  /* as an object; libharu keeps flags beside it */
#endif
