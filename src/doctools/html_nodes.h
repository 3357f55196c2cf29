/* html_nodes.h - the one serializer of nodes to HTML5 or XHTML5, shared by the html and epub writers. */
#ifndef OFP_DOCTOOLS_HTML_NODES_H
#define OFP_DOCTOOLS_HTML_NODES_H
#include "doctools/ids.h"
#include "offprint/offprint.h"

/* Zero-initialise and set out; ofp_html_free when done. */
typedef struct ofp_html {
    ofp_buf *out;
    bool xhtml;                         /* XML syntax and epub:type attributes */
    unsigned notes;                     /* notes met so far: numbers go on from here */
    const ofp_ids *ids;                 /* the ids to print, NULL: none */
    int shift;                          /* added to the levels of headings */
    bool rtl;                           /* the text runs from right to left: code is marked as not doing so */
    bool exact;                         /* to be read back: no title in the place of alternative text, no table that looks like layout,
                                         * formulas as TeX between \(…\) */
    /* Reference to print for an IMAGE: a NULL slice leaves the picture out and shows its alternative
     * text in its place.  NULL function: the node's own URL. */
    ofp_str (*image)(void *user, const ofp_node *image);
    /* Reference to print for a LINK; an empty one prints no link.  NULL function: the node's own URL. */
    ofp_str (*link)(void *user, const ofp_node *link);
    void *user;
    ofp_buf pending;                    /* notes met and not yet printed: const ofp_node *, in order */
    /* inside */
    unsigned in_link;
    ofp_buf held;                       /* numbers of the notes met inside a link: unsigned */
} ofp_html;

/* Prints n and all below it. */
void ofp_html_node(ofp_html *h, const ofp_node *n);
void ofp_html_children(ofp_html *h, const ofp_node *n);
/* Prints the notes met since the last call as a section of footnotes; nothing where there are none. */
void ofp_html_notes(ofp_html *h);
void ofp_html_free(ofp_html *h);        /* frees pending */
/* ' lang="…"' as XML or HTML wants it, and ' dir="rtl"' where the language or dir say so. */
void ofp_html_lang(ofp_html *h, ofp_str lang, ofp_str dir);
#endif
