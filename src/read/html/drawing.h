/* drawing.h - svg elements as files of their own. */
#ifndef OFP_READ_HTML_DRAWING_H
#define OFP_READ_HTML_DRAWING_H
#include "html.h"

/* Appends the drawing as well-formed XML; false where it is too large, too deep, or shows what is not in the page. */
bool html_drawing_xml(reader *r, const dom *svg, ofp_buf *out);
/* The start tag alone, which tells the size. */
void html_drawing_root(const dom *svg, ofp_buf *out);
#endif
