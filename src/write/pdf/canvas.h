/* canvas.h - a PDF file as numbered objects.  The only door to libharu: its document, catalog, page
 * tree, cross-reference and writers hold the file, while each object's text is made by its owner. */
#ifndef OFP_PDF_CANVAS_H
#define OFP_PDF_CANVAS_H
#include "offprint/base.h"

typedef struct pdf_canvas pdf_canvas;
enum pdf_filter { PDF_STORED, PDF_DEFLATE, PDF_ENCODED /* the entries name the filter */ };

pdf_canvas *pdf_canvas_new(ofp_err *e);
void pdf_canvas_free(pdf_canvas *c);                      /* NULL is fine */
ofp_arena *pdf_canvas_arena(pdf_canvas *c);               /* dies with the canvas */

/* Reserves an object's number; 0 when out of memory, which the canvas remembers until it is saved. */
unsigned pdf_object_new(pdf_canvas *c);
/* The next page: an object like the others that stands in the page tree and knows its parent. */
unsigned pdf_page_new(pdf_canvas *c);
/* Sets the entries of the object's dictionary ("/Type/Font/Subtype/Type0"), which are copied. */
void pdf_object_set(pdf_canvas *c, unsigned id, ofp_str entries);
/* Makes the object a stream.  PDF_ENCODED and PDF_STORED data is borrowed until the canvas dies. */
void pdf_stream_set(pdf_canvas *c, unsigned id, ofp_str entries, ofp_str data, enum pdf_filter filter);
/* Entries of the catalog and of the information dictionary. */
void pdf_catalog_add(pdf_canvas *c, ofp_str entries);
void pdf_info_add(pdf_canvas *c, ofp_str entries);
/* data deflated at the end of out (zlib format). */
bool pdf_deflate(pdf_canvas *c, ofp_str data, ofp_buf *out);
/* Appends the file.  The identifier is made of the content. */
bool pdf_canvas_save(pdf_canvas *c, ofp_buf *out, ofp_err *e);
const char *pdf_library(void);                            /* name and version, for the producer */
#endif
