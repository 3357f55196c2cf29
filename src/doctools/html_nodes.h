/* html_nodes.h - the one serializer of nodes to HTML5 or XHTML5, shared by the html and epub writers. */
#ifndef OFP_DOCTOOLS_HTML_NODES_H
#define OFP_DOCTOOLS_HTML_NODES_H
#include "offprint/offprint.h"

typedef struct ofp_html {
    ofp_buf *out;
    bool xhtml;                         /* XML syntax and epub:type attributes */
    unsigned notes;                     /* notes met so far */
    /* Reference to print for an IMAGE: NULL return leaves the picture out and shows its alternative
     * text.  NULL function: the node's own URL. */
    ofp_str (*image)(void *user, const ofp_node *image);
    /* Reference to print for a LINK; empty return prints no link.  NULL function: the node's own URL. */
    ofp_str (*link)(void *user, const ofp_node *link);
    void *user;
    ofp_buf pending;                    /* bodies of notes met and not yet printed */
} ofp_html;

/* Prints n and all below it. */
void ofp_html_node(ofp_html *h, const ofp_node *n);
void ofp_html_children(ofp_html *h, const ofp_node *n);
/* Prints the notes met since the last call as a section of footnotes; nothing where there are none. */
void ofp_html_notes(ofp_html *h);
void ofp_html_free(ofp_html *h);        /* frees pending */
void ofp_html_escape(ofp_buf *out, ofp_str s);            /* text */
void ofp_html_escape_attr(ofp_buf *out, ofp_str s);       /* between double quotes */
#endif
