/* html_table.h - the parts of html_nodes.c that tables need, and the other way round. */
#ifndef OFP_DOCTOOLS_HTML_TABLE_H
#define OFP_DOCTOOLS_HTML_TABLE_H
#include "doctools/html_nodes.h"

/* Prints a TABLE. */
void ofp_html_table(ofp_html *h, const ofp_node *table);
/* Prints a CAPTION as an element of that name; nothing where it is empty. */
void ofp_html_caption(ofp_html *h, const ofp_node *caption, const char *tag);
/* True when n's element would say something that its content does not. */
bool ofp_html_says(const ofp_html *h, const ofp_node *n);
/* id, known classes, lang and dir of n. */
void ofp_html_attrs(ofp_html *h, const ofp_node *n);
#endif
