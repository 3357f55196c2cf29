/* image.h - images of a book as XObjects, each written once. */
#ifndef OFP_PDF_IMAGE_H
#define OFP_PDF_IMAGE_H
#include "write/pdf/canvas.h"
#include "write/pdf/page.h"

typedef struct image_object { const ofp_image *image; unsigned object, orientation; size_t page; } image_object;
typedef struct pdf_images { ofp_arena *arena; image_object *all; size_t n, cap; } pdf_images;

/* The image's row, its object written on first use; NULL when out of memory.  Its object is 0 where the
 * image cannot be shown; *why then tells.  orientation is left for the painter to turn. */
image_object *image_find(pdf_images *im, pdf_canvas *c, const ofp_image *image, const char **why);
#endif
