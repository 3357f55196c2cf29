/* html_span.h - the part of html_nodes.c that prints spans. */
#ifndef OFP_DOCTOOLS_HTML_SPAN_H
#define OFP_DOCTOOLS_HTML_SPAN_H
#include "doctools/html_nodes.h"

/* Prints a SPAN. */
void ofp_html_span(ofp_html *h, const ofp_node *span);
/* The element for a CODE that is no program's text: what is typed, what is shown; NULL for any other. */
const char *ofp_html_code_element(const ofp_node *code);
#endif
