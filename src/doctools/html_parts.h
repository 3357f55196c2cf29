/* html_parts.h - what the files of the HTML serializer share. */
#ifndef OFP_DOCTOOLS_HTML_PARTS_H
#define OFP_DOCTOOLS_HTML_PARTS_H
#include "doctools/html_nodes.h"
#include "doctools/xmlout.h"

/* ---- small verbs ---- */

static inline void lit(ofp_html *h, const char *z)
{
    ofp_buf_puts(h->out, z);
}

static inline void fresh_line(ofp_html *h)
{
    if (h->out->n > 0 && h->out->p[h->out->n - 1] != '\n')
        ofp_buf_putc(h->out, '\n');
}

/* Takes back what was added since the output was start bytes long. */
static inline void drop_back(ofp_html *h, size_t start)
{
    if (h->out->n > start)
        h->out->n = start;
}

static inline void attr(ofp_html *h, const char *name, ofp_str value)
{
    ofp_xml_attr(h->out, name, value);
}

static inline void number_attr(ofp_html *h, const char *name, long value)
{
    ofp_buf_printf(h->out, " %s=\"%ld\"", name, value);
}

/* Ends the tag of an element that has no content. */
static inline void end_void(ofp_html *h)
{
    lit(h, h->xhtml ? " />" : ">");
}

/* ---- html_attrs.c ---- */

/* True when n's element would say something that its content does not. */
bool ofp_html_says(const ofp_html *h, const ofp_node *n);
/* id, known classes, lang and dir of n. */
void ofp_html_attrs(ofp_html *h, const ofp_node *n);
void ofp_html_id(ofp_html *h, const ofp_node *n);
/* The language of a program's text. */
void ofp_html_code_class(ofp_html *h, const ofp_node *n);

/* ---- html_inline.c: each prints a node of that type ---- */

void ofp_html_quoted(ofp_html *h, const ofp_node *n);
void ofp_html_code(ofp_html *h, const ofp_node *n);
void ofp_html_math(ofp_html *h, const ofp_node *n);
void ofp_html_cite(ofp_html *h, const ofp_node *n);
void ofp_html_note(ofp_html *h, const ofp_node *n);
void ofp_html_link(ofp_html *h, const ofp_node *n);
void ofp_html_image(ofp_html *h, const ofp_node *n);
#endif
