/* html_table.h - the part of the HTML serializer that prints tables. */
#ifndef OFP_DOCTOOLS_HTML_TABLE_H
#define OFP_DOCTOOLS_HTML_TABLE_H
#include "doctools/html_nodes.h"

/* Prints a TABLE. */
void ofp_html_table(ofp_html *h, const ofp_node *table);
/* Prints a CAPTION as an element of that name; nothing where it is empty. */
void ofp_html_caption(ofp_html *h, const ofp_node *caption, const char *tag);
#endif
