/* image.h - images of a book as XObjects, each written once. */
#ifndef OFP_PDF_IMAGE_H
#define OFP_PDF_IMAGE_H
#include "write/pdf/canvas.h"
#include "write/pdf/page.h"

/* width and height are those that a drawing was made for, in px; 0 for all other images, which stay as they are. */
typedef struct image_object {
    const ofp_image *image;
    unsigned width, height, object, orientation;
    size_t page;
} image_object;

typedef struct pdf_images {
    ofp_arena *arena;
    const ofp_options *opt;
    image_object *all;
    size_t n, cap;
    unsigned late;                       /* drawings that took too long */
} pdf_images;

/* The row of the item's image, its object written on first use; NULL when out of memory.  Its object is 0 where the
 * image cannot be shown; *why then tells.  orientation is left for the painter to turn. */
image_object *image_find(pdf_images *im, pdf_canvas *c, const pdf_item *it, const char **why);
#endif
