/* html_nodes.c - nodes to elements.  Whatever the model holds, what comes out is valid HTML5, and
 * well-formed and valid XHTML5 for EPUB: ids come from a table of clean ones, classes from a list,
 * references through one filter, and everything else a source may carry is left behind. */
#include "doctools/callout.h"
#include "doctools/html_parts.h"
#include "doctools/html_span.h"
#include "doctools/html_table.h"

/* ---- blocks --------------------------------------------------------------------------- */

static void simple(ofp_html *h, const char *tag, const ofp_node *n)
{
    ofp_buf_printf(h->out, "<%s>", tag);
    ofp_html_children(h, n);
    ofp_buf_printf(h->out, "</%s>", tag);
}

static void simple_block(ofp_html *h, const char *tag, const ofp_node *n)
{
    fresh_line(h);
    simple(h, tag, n);
    lit(h, "\n");
}

static void container(ofp_html *h, const char *tag, const ofp_node *n)
{
    fresh_line(h);
    ofp_buf_printf(h->out, "<%s", tag);
    ofp_html_attrs(h, n);
    lit(h, ">\n");
    ofp_html_children(h, n);
    fresh_line(h);
    ofp_buf_printf(h->out, "</%s>\n", tag);
}

/* Loose text stands bare where its parent is all the box it needs; elsewhere, and behind other
 * loose text, it needs one of its own. */
static bool stands_bare(const ofp_node *plain)
{
    const ofp_node *parent = ofp_parent(plain), *prev = ofp_prev(plain);
    if (!parent || (prev && ofp_node_type(prev) == OFP_PLAIN))
        return false;
    enum ofp_type t = ofp_node_type(parent);
    return t == OFP_ITEM || t == OFP_DETAIL || t == OFP_CELL || t == OFP_CAPTION || t == OFP_FIGURE;
}

static void put_plain(ofp_html *h, const ofp_node *n)
{
    if (stands_bare(n))
        ofp_html_children(h, n);
    else
        simple_block(h, "p", n);
}

static void put_lines(ofp_html *h, const ofp_node *n)
{
    fresh_line(h);
    lit(h, "<p class=\"verse\">");
    for (const ofp_node *line = ofp_first(n); line; line = ofp_next(line)) {
        ofp_html_children(h, line);
        if (ofp_next(line))
            lit(h, h->xhtml ? "<br />\n" : "<br>\n");
    }
    lit(h, "</p>\n");
}

/* HTML has an element for zero-width spaces, which does not get in the way of a search. */
static void put_text(ofp_html *h, ofp_str s)
{
    size_t from = 0, at;
    while ((at = ofp_str_find(s, OFP_STR("\u200B"), from)) != SIZE_MAX) {
        ofp_xml_text(h->out, ofp_str_sub(s, from, at - from));
        lit(h, h->xhtml ? "<wbr />" : "<wbr>");
        from = at + 3;
    }
    ofp_xml_text(h->out, ofp_str_sub(s, from, SIZE_MAX));
}

static void put_codeblock(ofp_html *h, const ofp_node *n)
{
    fresh_line(h);
    lit(h, "<pre");
    ofp_html_id(h, n);
    if (h->rtl)
        attr(h, "dir", OFP_STR("ltr"));
    lit(h, "><code");
    ofp_html_code_class(h, n);
    lit(h, ">");
    ofp_xml_text(h->out, ofp_text(n));
    lit(h, "</code></pre>\n");
}

static void put_quote(ofp_html *h, const ofp_node *n)
{
    container(h, "blockquote", n);
}

static void put_head(ofp_html *h, const ofp_node *n)
{
    int level = ofp_level(n) + h->shift;
    level = level < 1 ? 1 : level > 6 ? 6 : level;
    fresh_line(h);
    ofp_buf_printf(h->out, "<h%d", level);
    ofp_html_attrs(h, n);
    lit(h, ">");
    ofp_html_children(h, n);
    ofp_buf_printf(h->out, "</h%d>\n", level);
}

static void put_rule(ofp_html *h)
{
    fresh_line(h);
    lit(h, "<hr");
    end_void(h);
    lit(h, "\n");
}

static void put_callout(ofp_html *h, const ofp_node *n, const ofp_callout *c)
{
    fresh_line(h);
    ofp_buf_printf(h->out, "<aside class=\"callout %.*s\" role=\"note\"", (int)c->kind->name.n, c->kind->name.p);
    ofp_html_id(h, n);
    ofp_html_lang(h, ofp_attr(n, OFP_STR("lang")), ofp_attr(n, OFP_STR("dir")));
    lit(h, ">\n<p class=\"title\">");
    if (c->title)
        ofp_html_children(h, c->title);
    else
        ofp_xml_text(h->out, c->kind->label);
    lit(h, "</p>\n");
    for (const ofp_node *b = c->body; b; b = ofp_next(b))
        ofp_html_node(h, b);
    fresh_line(h);
    lit(h, "</aside>\n");
}

static void put_div(ofp_html *h, const ofp_node *n)
{
    ofp_callout c;
    if (ofp_callout_of(n, &c)) {
        put_callout(h, n, &c);
    } else if (ofp_has_class(n, OFP_STR("article"))) {
        container(h, "article", n);
    } else if (ofp_html_says(h, n)) {
        container(h, "div", n);
    } else {
        fresh_line(h);
        ofp_html_children(h, n);
    }
}

static void put_figure(ofp_html *h, const ofp_node *n)
{
    const ofp_node *caption = ofp_first(n);
    if (caption && ofp_node_type(caption) != OFP_CAPTION)
        caption = NULL;
    fresh_line(h);
    lit(h, "<figure");
    ofp_html_attrs(h, n);
    lit(h, ">\n");
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c))
        if (c != caption)
            ofp_html_node(h, c);
    if (caption)
        ofp_html_caption(h, caption, "figcaption");
    fresh_line(h);
    lit(h, "</figure>\n");
}

void ofp_html_caption(ofp_html *h, const ofp_node *caption, const char *tag)
{
    const ofp_node *first = ofp_first(caption);
    if (first && ofp_node_type(first) == OFP_SHORTCAP)
        first = ofp_next(first);
    if (!first)
        return;
    fresh_line(h);
    ofp_buf_printf(h->out, "<%s>", tag);
    if (!ofp_next(first) && ofp_holds_inlines(first) && ofp_node_type(first) != OFP_HEAD)
        ofp_html_children(h, first);
    else
        for (const ofp_node *c = first; c; c = ofp_next(c))
            ofp_html_node(h, c);
    ofp_buf_printf(h->out, "</%s>\n", tag);
}

/* ---- lists ---------------------------------------------------------------------------- */

enum task { NO_TASK, TASK_OPEN, TASK_DONE };

/* pandoc keeps a task list's box as the first character of the item's text. */
static enum task task_of(const ofp_node *item)
{
    const ofp_node *block = ofp_first(item);
    const ofp_node *text = block && ofp_holds_inlines(block) ? ofp_first(block) : NULL;
    if (!text || ofp_node_type(text) != OFP_TEXT)
        return NO_TASK;
    if (ofp_str_starts(ofp_text(text), OFP_STR("\u2610 ")))
        return TASK_OPEN;
    return ofp_str_starts(ofp_text(text), OFP_STR("\u2612 ")) ? TASK_DONE : NO_TASK;
}

/* On paper and in books a box that can be ticked is a promise that nobody keeps: the character
 * stays there.  HTML gets a real one. */
static void put_task_box(ofp_html *h, enum task task)
{
    lit(h, "<input type=\"checkbox\" disabled");
    if (task == TASK_DONE)
        lit(h, " checked");
    lit(h, "> ");
}

static void put_task(ofp_html *h, const ofp_node *item, enum task task)
{
    const ofp_node *block = ofp_first(item), *box = ofp_first(block);
    bool para = ofp_node_type(block) == OFP_PARA;
    lit(h, para ? "<p><label>" : "<label>");
    put_task_box(h, task);
    ofp_xml_text(h->out, ofp_str_sub(ofp_text(box), sizeof "\u2610 " - 1, SIZE_MAX));
    for (const ofp_node *c = ofp_next(box); c; c = ofp_next(c))
        ofp_html_node(h, c);
    lit(h, para ? "</label></p>" : "</label>");
    for (const ofp_node *c = ofp_next(block); c; c = ofp_next(c))
        ofp_html_node(h, c);
}

static void put_item(ofp_html *h, const ofp_node *item)
{
    enum task task = task_of(item);
    fresh_line(h);
    lit(h, task == NO_TASK ? "<li>" : "<li class=\"task\">");
    if (task != NO_TASK && !h->xhtml)
        put_task(h, item, task);
    else
        ofp_html_children(h, item);
    lit(h, "</li>\n");
}

static void put_items(ofp_html *h, const ofp_node *list)
{
    for (const ofp_node *c = ofp_first(list); c; c = ofp_next(c))
        put_item(h, c);
}

static void put_ulist(ofp_html *h, const ofp_node *n)
{
    fresh_line(h);
    lit(h, "<ul>\n");
    put_items(h, n);
    lit(h, "</ul>\n");
}

static const char *list_type(enum ofp_list_style style)
{
    switch (style) {
    case OFP_STYLE_LOWER_ROMAN: return "i";
    case OFP_STYLE_UPPER_ROMAN: return "I";
    case OFP_STYLE_LOWER_ALPHA: return "a";
    case OFP_STYLE_UPPER_ALPHA: return "A";
    case OFP_STYLE_DEFAULT: case OFP_STYLE_EXAMPLE: case OFP_STYLE_DECIMAL: break;
    }
    return NULL;
}

static void put_olist(ofp_html *h, const ofp_node *n)
{
    const char *type = list_type(ofp_list_style(n));
    fresh_line(h);
    lit(h, "<ol");
    if (ofp_list_start(n) != 1)
        number_attr(h, "start", ofp_list_start(n));
    if (type)
        attr(h, "type", ofp_s(type));
    lit(h, ">\n");
    put_items(h, n);
    lit(h, "</ol>\n");
}

/* A group of <dl> has at least one term and one description, in this order (HTML §4.4.9). */
static void put_dlist(ofp_html *h, const ofp_node *n)
{
    fresh_line(h);
    lit(h, "<dl>\n");
    const ofp_node *c = ofp_first(n);
    if (c && ofp_node_type(c) == OFP_DETAIL)
        lit(h, "<dt></dt>\n");
    for (; c; c = ofp_next(c)) {
        simple_block(h, ofp_node_type(c) == OFP_TERM ? "dt" : "dd", c);
        if (ofp_node_type(c) == OFP_TERM && !ofp_next(c))
            lit(h, "<dd></dd>\n");
    }
    lit(h, "</dl>\n");
}

/* ---- raw markup ----------------------------------------------------------------------- */

static bool is_html(ofp_str format)
{
    return ofp_str_istarts(format, OFP_STR("html"));
}

/* The end of the tag or comment that starts at s[at]. */
static size_t tag_end(ofp_str s, size_t at)
{
    bool comment = ofp_str_starts(ofp_str_sub(s, at, SIZE_MAX), OFP_STR("<!--"));
    size_t end = comment ? ofp_str_find(s, OFP_STR("-->"), at) : ofp_str_find(s, OFP_STR(">"), at);
    return end == SIZE_MAX ? s.n : end + (comment ? 3 : 1);
}

/* A book's files must be well-formed, which raw markup seldom is: its text stays. */
static void put_text_of_tags(ofp_html *h, ofp_str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t open = ofp_str_find(s, OFP_STR("<"), at);
        if (open == SIZE_MAX)
            open = s.n;
        ofp_xml_text(h->out, ofp_str_sub(s, at, open - at));
        ofp_str tag = ofp_str_sub(s, open, SIZE_MAX);
        at = open < s.n ? tag_end(s, open) : s.n;
        if (ofp_str_istarts(tag, OFP_STR("<br")))
            lit(h, "<br />");
        else if (ofp_str_istarts(tag, OFP_STR("<script")))
            at = ofp_str_ifind(s, OFP_STR("</script"), open);
        else if (ofp_str_istarts(tag, OFP_STR("<style")))
            at = ofp_str_ifind(s, OFP_STR("</style"), open);
    }
}

static void put_rawblock(ofp_html *h, const ofp_node *n)
{
    if (!is_html(ofp_raw_format(n)))
        return;
    fresh_line(h);
    size_t start = h->out->n;
    if (h->xhtml) {
        lit(h, "<p>");
        put_text_of_tags(h, ofp_text(n));
        if (h->out->n > start && ofp_str_trim(ofp_str_sub(ofp_buf_str(h->out), start + 3, SIZE_MAX)).n > 0)
            lit(h, "</p>");
        else
            drop_back(h, start);
    } else {
        ofp_buf_add(h->out, ofp_text(n));
    }
    fresh_line(h);
}

static void put_rawinline(ofp_html *h, const ofp_node *n)
{
    if (!is_html(ofp_raw_format(n)))
        return;
    if (h->xhtml)
        put_text_of_tags(h, ofp_text(n));
    else
        ofp_buf_add(h->out, ofp_text(n));
}

/* ---- all ------------------------------------------------------------------------------ */

void ofp_html_children(ofp_html *h, const ofp_node *n)
{
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c))
        ofp_html_node(h, c);
}

void ofp_html_node(ofp_html *h, const ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_DOC:       ofp_html_children(h, n); return;
    case OFP_PLAIN:     put_plain(h, n); return;
    case OFP_PARA:      simple_block(h, "p", n); return;
    case OFP_LINES:     put_lines(h, n); return;
    case OFP_CODEBLOCK: put_codeblock(h, n); return;
    case OFP_RAWBLOCK:  put_rawblock(h, n); return;
    case OFP_QUOTE:     put_quote(h, n); return;
    case OFP_OLIST:     put_olist(h, n); return;
    case OFP_ULIST:     put_ulist(h, n); return;
    case OFP_DLIST:     put_dlist(h, n); return;
    case OFP_HEAD:      put_head(h, n); return;
    case OFP_RULE:      put_rule(h); return;
    case OFP_TABLE:     fresh_line(h); ofp_html_table(h, n); return;
    case OFP_FIGURE:    put_figure(h, n); return;
    case OFP_DIV:       put_div(h, n); return;
    case OFP_TEXT:      put_text(h, ofp_text(n)); return;
    case OFP_EMPH:      simple(h, "em", n); return;
    case OFP_UNDERLINE: simple(h, "u", n); return;
    case OFP_STRONG:    simple(h, "strong", n); return;
    case OFP_STRIKE:    simple(h, "del", n); return;
    case OFP_SUPER:     simple(h, "sup", n); return;
    case OFP_SUB:       simple(h, "sub", n); return;
    case OFP_SMALLCAPS: lit(h, "<span class=\"smallcaps\">"); ofp_html_children(h, n); lit(h, "</span>"); return;
    case OFP_QUOTED:    ofp_html_quoted(h, n); return;
    case OFP_CITE:      ofp_html_cite(h, n); return;
    case OFP_CODE:      ofp_html_code(h, n); return;
    case OFP_SOFTBREAK: lit(h, "\n"); return;
    case OFP_LINEBREAK: lit(h, h->xhtml ? "<br />\n" : "<br>\n"); return;
    case OFP_MATH:      ofp_html_math(h, n); return;
    case OFP_RAWINLINE: put_rawinline(h, n); return;
    case OFP_LINK:      ofp_html_link(h, n); return;
    case OFP_IMAGE:     ofp_html_image(h, n); return;
    case OFP_NOTE:      ofp_html_note(h, n); return;
    case OFP_SPAN:      ofp_html_span(h, n); return;
    /* Parts: their parents print them; alone they are their content. */
    case OFP_LINE: case OFP_ITEM: case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION: case OFP_SHORTCAP:
    case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT: case OFP_ROW: case OFP_CELL: case OFP_PREFIX: case OFP_SUFFIX:
        ofp_html_children(h, n); return;
    /* Facts about citations and metadata are no content. */
    case OFP_CITATION: case OFP_MMAP: case OFP_MLIST: case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES:
    case OFP_MBLOCKS: case OFP_NTYPES:
        return;
    }
}
