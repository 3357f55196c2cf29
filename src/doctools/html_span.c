/* html_span.c - spans and code that HTML has an element of its own for. */
#include "doctools/html_span.h"
#include "doctools/html_table.h"
#include "doctools/xmlout.h"

static void lit(ofp_html *h, const char *z)
{
    ofp_buf_puts(h->out, z);
}

static const char *named_by_class(const ofp_node *n, const char *const *names)
{
    for (; *names; names++)
        if (ofp_has_class(n, ofp_s(*names)))
            return *names;
    return NULL;
}

const char *ofp_html_code_element(const ofp_node *n)
{
    static const char *const names[] = { "kbd", "samp", NULL };
    return named_by_class(n, names);
}

/* ---- ruby ------------------------------------------------------------------------------ */

/* How the characters before it are read, in parentheses for who does not know ruby. */
static bool is_reading(const ofp_node *n)
{
    const ofp_node *only = n && ofp_has_class(n, OFP_STR("rt")) ? ofp_first(n) : NULL;
    if (!only || ofp_next(only) || ofp_node_type(only) != OFP_TEXT)
        return false;
    ofp_str s = ofp_text(only);
    return s.n > 2 && ofp_str_starts(s, OFP_STR("(")) && ofp_str_ends(s, OFP_STR(")"));
}

/* Characters and readings by turns, as HTML wants them (HTML standard 4.5.10). */
static bool is_ruby(const ofp_node *n)
{
    if (!ofp_has_class(n, OFP_STR("ruby")) || !is_reading(ofp_last(n)))
        return false;
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c))
        if (is_reading(c) && (!ofp_prev(c) || is_reading(ofp_prev(c))))
            return false;
    return true;
}

static void put_ruby(ofp_html *h, const ofp_node *n)
{
    lit(h, "<ruby");
    ofp_html_attrs(h, n);
    lit(h, ">");
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        if (!is_reading(c)) {
            ofp_html_node(h, c);
            continue;
        }
        ofp_str s = ofp_text(ofp_first(c));
        lit(h, "<rp>(</rp><rt>");
        ofp_xml_text(h->out, ofp_str_sub(s, 1, s.n - 2));
        lit(h, "</rt><rp>)</rp>");
    }
    lit(h, "</ruby>");
}

/* ---- spans ----------------------------------------------------------------------------- */

/* By pandoc's custom the class is the element's name. */
static const char *element_of(const ofp_node *n)
{
    static const char *const names[] = { "kbd", "mark", "dfn", "abbr", NULL };
    return named_by_class(n, names);
}

void ofp_html_span(ofp_html *h, const ofp_node *n)
{
    if (is_ruby(n)) {
        put_ruby(h, n);
        return;
    }
    const char *tag = element_of(n);
    if (!tag && (!ofp_html_says(h, n) || (!ofp_first(n) && !ofp_ids_at(h->ids, n)))) {
        ofp_html_children(h, n);
        return;
    }
    tag = tag ? tag : "span";
    ofp_buf_printf(h->out, "<%s", tag);
    ofp_html_attrs(h, n);
    if (ofp_has_class(n, OFP_STR("abbr")) && ofp_attr(n, OFP_STR("title")).n)
        ofp_xml_attr(h->out, "title", ofp_attr(n, OFP_STR("title")));
    lit(h, ">");
    ofp_html_children(h, n);
    ofp_buf_printf(h->out, "</%s>", tag);
}
