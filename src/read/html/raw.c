/* raw.c - what a fragment holds that the model has no node for, as raw HTML: comments, elements that HTML does
 * not know, and links that are none.  Somebody who writes a fragment meant them; a page is full of them, and there
 * they are left out, as cleanup does in a fragment. */
#include "html.h"
#include "doctools/xmlout.h"

static void add_raw(reader *r, ofp_node *n, ofp_buf *html)
{
    ofp_set_raw(n, OFP_STR("html"), ofp_buf_take(html, r->a));
}

/* ---- tags ------------------------------------------------------------------------------------ */

static bool is_name_char(char c)
{
    return ofp_is_letter((unsigned char)c) || ofp_is_digit((unsigned char)c) || c == '-';
}

/* Custom elements, which have a hyphen (HTML standard 4.13.3), are nothing without their script: what they hold
 * stays, and where they hold nothing they themselves within a line of text, which would have a hole. */
static bool is_mere_script(const reader *r, const dom *n)
{
    return ofp_str_find(n->name, OFP_STR("-"), 0) != SIZE_MAX && (n->first || !r->f.para);
}

/* CommonMark 6.6: no colons, as word processors have in theirs. */
static bool is_tag_name(ofp_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] >= 0x80 || !is_name_char(name.p[i]))
            return false;
    return name.n && ofp_is_letter((unsigned char)name.p[0]);
}

static bool is_attr_name(ofp_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] >= 0x80 || !(is_name_char(name.p[i]) || ofp_str_find(OFP_STR("_:."), ofp_str_sub(name, i, 1), 0) != SIZE_MAX))
            return false;
    return name.n && name.p[0] != '.' && name.p[0] != '-' && !ofp_is_digit((unsigned char)name.p[0]);
}

static void put_tag(ofp_buf *out, const dom *n)
{
    ofp_buf_printf(out, "<%.*s", (int)n->name.n, n->name.p);
    for (size_t i = 0; i < n->nattrs; i++) {
        if (!is_attr_name(n->attrs[i].name))
            continue;
        ofp_buf_printf(out, " %.*s=\"", (int)n->attrs[i].name.n, n->attrs[i].name.p);
        ofp_xml_quoted(out, n->attrs[i].value);
        ofp_buf_putc(out, '"');
    }
    ofp_buf_putc(out, '>');
}

static void put_tags(reader *r, dom *n, bool block)
{
    ofp_buf open = { 0 }, close = { 0 };
    ofp_node *first = block ? flow_block(r, OFP_RAWBLOCK, n) : ofp_new(r->d, OFP_RAWINLINE), *last;
    put_tag(&open, n);
    ofp_buf_printf(&close, "</%.*s>", (int)n->name.n, n->name.p);
    add_raw(r, first, &open);
    if (!block)
        flow_leaf(r, first);
    html_children(r, n);
    last = block ? flow_block(r, OFP_RAWBLOCK, n) : ofp_new(r->d, OFP_RAWINLINE);
    add_raw(r, last, &close);
    if (!block)
        flow_leaf(r, last);
}

bool html_raw_element(reader *r, dom *n)
{
    if (!html_keeps_raw(r) || r->code || !is_tag_name(n->name) || is_mere_script(r, n))
        return false;
    put_tags(r, n, n->has_block && !r->f.fixed);
    return true;
}

/* ---- blank links ----------------------------------------------------------------------------- */

static const dom *beside(const dom *n, bool after)
{
    do
        n = after ? n->next : n->prev;
    while (n && (n->tag == T_COMMENT || (n->tag == T_TEXT && !ofp_str_trim(n->text).n)));
    return n;
}

static bool among_blocks(const dom *n)
{
    const dom *before = beside(n, false), *after = beside(n, true);
    return DOM_IS(n->parent, T_BODY, T_DIV, T_BLOCKQUOTE) && (!before || html_is_block(before)) && (!after || html_is_block(after));
}

bool html_blank_link(reader *r, dom *n)
{
    if (!html_keeps_raw(r) || r->f.fixed || !n->first || !dom_blank(n) || !among_blocks(n))
        return false;
    ofp_buf html = { 0 };
    put_tag(&html, n);
    ofp_buf_puts(&html, "\n</a>");
    add_raw(r, flow_block(r, OFP_RAWBLOCK, n), &html);
    return true;
}

/* ---- comments -------------------------------------------------------------------------------- */

/* CommonMark 0.30, 6.6: what may stand in a comment within a line. */
static bool fits_in_line(ofp_str s)
{
    return !ofp_str_starts(s, OFP_STR(">")) && !ofp_str_starts(s, OFP_STR("->")) && !ofp_str_ends(s, OFP_STR("-")) &&
           ofp_str_find(s, OFP_STR("--"), 0) == SIZE_MAX;
}

void html_comment(reader *r, dom *n)
{
    bool in_line = r->f.fixed || r->f.para;
    if (!html_keeps_raw(r) || r->code || (in_line && !fits_in_line(n->text)))
        return;
    ofp_buf html = { 0 };
    ofp_buf_puts(&html, "<!--");
    ofp_buf_add(&html, n->text);
    ofp_buf_puts(&html, "-->");
    ofp_node *raw = in_line ? ofp_new(r->d, OFP_RAWINLINE) : flow_block(r, OFP_RAWBLOCK, n);
    add_raw(r, raw, &html);
    if (in_line)
        flow_leaf(r, raw);
}
