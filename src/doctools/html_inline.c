/* html_inline.c - inline nodes, and the notes that they bring up. */
#include "doctools/html_parts.h"
#include "doctools/html_span.h"
#include "doctools/mathml.h"

void ofp_html_quoted(ofp_html *h, const ofp_node *n)
{
    bool twice = ofp_quote_double(n);
    lit(h, twice ? "\u201c" : "\u2018");
    ofp_html_children(h, n);
    lit(h, twice ? "\u201d" : "\u2019");
}

void ofp_html_code(ofp_html *h, const ofp_node *n)
{
    const char *tag = ofp_html_code_element(n);
    ofp_buf_printf(h->out, "<%s", tag ? tag : "code");
    ofp_html_id(h, n);
    if (h->rtl)
        attr(h, "dir", OFP_STR("ltr"));
    if (!tag)
        ofp_html_code_class(h, n);
    lit(h, ">");
    ofp_xml_text(h->out, ofp_text(n));
    ofp_buf_printf(h->out, "</%s>", tag ? tag : "code");
}

void ofp_html_math(ofp_html *h, const ofp_node *n)
{
    bool display = ofp_math_display(n);
    if (!h->exact && ofp_mathml(h->out, ofp_text(n), display, h->xhtml))
        return;
    lit(h, display ? "<span class=\"math display\">\\[" : "<span class=\"math inline\">\\(");
    ofp_xml_text(h->out, ofp_text(n));
    lit(h, display ? "\\]</span>" : "\\)</span>");
}

void ofp_html_cite(ofp_html *h, const ofp_node *n)
{
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c))
        if (ofp_node_type(c) != OFP_CITATION)
            ofp_html_node(h, c);
}

static void put_noteref(ofp_html *h, unsigned number)
{
    if (h->xhtml)
        ofp_buf_printf(h->out, "<a epub:type=\"noteref\" role=\"doc-noteref\" href=\"#fn%u\" id=\"fnref%u\">%u</a>",
                       number, number, number);
    else
        ofp_buf_printf(h->out, "<sup><a role=\"doc-noteref\" href=\"#fn%u\" id=\"fnref%u\">%u</a></sup>",
                       number, number, number);
}

/* Links do not nest: the mark of a note inside a link follows the link. */
void ofp_html_note(ofp_html *h, const ofp_node *n)
{
    unsigned number = ++h->notes;
    ofp_buf_add(&h->pending, (ofp_str){ (const char *)&n, sizeof n });
    if (h->in_link)
        ofp_buf_add(&h->held, (ofp_str){ (const char *)&number, sizeof number });
    else
        put_noteref(h, number);
}

static void put_held(ofp_html *h)
{
    for (size_t i = 0; i + sizeof(unsigned) <= h->held.n; i += sizeof(unsigned))
        put_noteref(h, *(const unsigned *)(const void *)(h->held.p + i));
    h->held.n = 0;
}

/* What stands for n where it must not be a link. */
static void put_unlinked(ofp_html *h, const ofp_node *n)
{
    bool place = ofp_ids_at(h->ids, n);
    if (place) {
        lit(h, "<span");
        ofp_html_id(h, n);
        lit(h, ">");
    }
    ofp_html_children(h, n);
    if (place)
        lit(h, "</span>");
}

void ofp_html_link(ofp_html *h, const ofp_node *n)
{
    ofp_str url = h->in_link ? OFP_STR("") : h->link ? h->link(h->user, n) : ofp_url(n);
    size_t start = h->out->n;
    lit(h, "<a href=\"");
    if (h->in_link || !ofp_xml_href(h->out, url, OFP_HREF_LINK)) {
        drop_back(h, start);
        put_unlinked(h, n);
        return;
    }
    lit(h, "\"");
    if (ofp_title(n).n)
        attr(h, "title", ofp_title(n));
    ofp_html_attrs(h, n);
    lit(h, ">");
    h->in_link++;
    ofp_html_children(h, n);
    h->in_link--;
    lit(h, "</a>");
    put_held(h);
}

/* ---- images --------------------------------------------------------------------------- */

/* Alternative text in plain words; a caption's title is the better part of nothing. */
static void put_alt(ofp_html *h, const ofp_node *n, void (*put)(ofp_buf *, ofp_str))
{
    bool any = false;
    for (const ofp_node *c = ofp_first(n); c; c = ofp_after(c, n)) {
        enum ofp_type t = ofp_node_type(c);
        if (t == OFP_SOFTBREAK || t == OFP_LINEBREAK)
            put(h->out, OFP_STR(" "));
        else
            put(h->out, ofp_text(c));
        any = true;
    }
    if (!any && !h->exact)
        put(h->out, ofp_title(n));
}

static void put_missing(ofp_html *h, const ofp_node *n)
{
    lit(h, "<span class=\"missing\"");
    ofp_html_id(h, n);
    lit(h, ">[Image");
    if (ofp_first(n) || ofp_title(n).n) {
        lit(h, ": ");
        put_alt(h, n, ofp_xml_text);
    }
    lit(h, "]</span>");
}

/* Sizes are kept as whole pixels or per cent; anything else is left to the image. */
static void put_size(ofp_html *h, const ofp_node *n, const char *name)
{
    ofp_str value = ofp_str_trim(ofp_attr(n, ofp_s(name)));
    long size;
    if (ofp_str_ends(value, OFP_STR("px")))
        value.n -= 2;
    if (ofp_str_int(value, 1, 100000, &size))
        number_attr(h, name, size);
}

static void put_width_style(ofp_html *h, const ofp_node *n)
{
    ofp_str value = ofp_str_trim(ofp_attr(n, OFP_STR("width")));
    long percent;
    if (value.n > 1 && value.p[value.n - 1] == '%' &&
        ofp_str_int(ofp_str_sub(value, 0, value.n - 1), 1, 100, &percent))
        ofp_buf_printf(h->out, " style=\"width: %ld%%\"", percent);
}

void ofp_html_image(ofp_html *h, const ofp_node *n)
{
    ofp_str url = h->image ? h->image(h->user, n) : ofp_url(n);
    size_t start = h->out->n;
    lit(h, "<img src=\"");
    if (!url.p || !ofp_xml_href(h->out, url, OFP_HREF_IMAGE)) {
        drop_back(h, start);
        put_missing(h, n);
        return;
    }
    lit(h, "\" alt=\"");
    put_alt(h, n, ofp_xml_quoted);
    lit(h, "\"");
    if (ofp_title(n).n)
        attr(h, "title", ofp_title(n));
    ofp_html_id(h, n);
    put_size(h, n, "width");
    put_size(h, n, "height");
    put_width_style(h, n);
    end_void(h);
}

/* ---- notes ---------------------------------------------------------------------------- */

static void put_backlink(ofp_html *h, unsigned number)
{
    ofp_buf_printf(h->out, "<a role=\"doc-backlink\" href=\"#fnref%u\">%u</a>. ", number, number);
}

/* The way back stands first: reading systems that show a note in a small window cut its end. */
static void put_note_body(ofp_html *h, const ofp_node *note, unsigned number)
{
    const ofp_node *first = ofp_first(note);
    bool inlines = first && (ofp_node_type(first) == OFP_PARA || ofp_node_type(first) == OFP_PLAIN);
    fresh_line(h);
    lit(h, h->xhtml ? "<aside epub:type=\"footnote\"" : "<aside");
    ofp_buf_printf(h->out, " role=\"doc-footnote\" id=\"fn%u\">\n<p>", number);
    put_backlink(h, number);
    if (inlines)
        ofp_html_children(h, first);
    lit(h, "</p>\n");
    for (const ofp_node *c = inlines ? ofp_next(first) : first; c; c = ofp_next(c))
        ofp_html_node(h, c);
    lit(h, "</aside>\n");
}

void ofp_html_notes(ofp_html *h)
{
    const ofp_node *note;
    if (h->pending.n == 0)
        return;
    fresh_line(h);
    lit(h, h->xhtml ? "<section class=\"footnotes\" epub:type=\"footnotes\">\n" : "<section class=\"footnotes\">\n");
    unsigned number = h->notes - (unsigned)(h->pending.n / sizeof note);
    /* A note's body may hold notes: they join the end of the queue. */
    for (size_t at = 0; at + sizeof note <= h->pending.n; at += sizeof note) {
        note = *(const ofp_node *const *)(const void *)(h->pending.p + at);
        put_note_body(h, note, ++number);
    }
    lit(h, "</section>\n");
    h->pending.n = 0;
}

void ofp_html_free(ofp_html *h)
{
    if (h->pending.failed || h->held.failed)
        h->out->failed = true;
    ofp_buf_free(&h->pending);
    ofp_buf_free(&h->held);
}
