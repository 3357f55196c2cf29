/* html_nodes.c - nodes to elements.  Whatever the model holds, what comes out is valid HTML5, and
 * well-formed and valid XHTML5 for EPUB: ids come from a table of clean ones, classes from a list,
 * references through one filter, and everything else a source may carry is left behind. */
#include "doctools/html_nodes.h"
#include "doctools/html_span.h"
#include "doctools/html_table.h"
#include "doctools/lang.h"
#include "doctools/xmlout.h"

/* ---- small verbs ---------------------------------------------------------------------- */

static void lit(ofp_html *h, const char *z)
{
    ofp_buf_puts(h->out, z);
}

static void fresh_line(ofp_html *h)
{
    if (h->out->n > 0 && h->out->p[h->out->n - 1] != '\n')
        ofp_buf_putc(h->out, '\n');
}

/* Takes back what was added since the output was start bytes long. */
static void drop_back(ofp_html *h, size_t start)
{
    if (h->out->n > start)
        h->out->n = start;
}

static void attr(ofp_html *h, const char *name, ofp_str value)
{
    ofp_xml_attr(h->out, name, value);
}

static void number_attr(ofp_html *h, const char *name, long value)
{
    ofp_buf_printf(h->out, " %s=\"%ld\"", name, value);
}

/* Ends the tag of an element that has no content. */
static void end_void(ofp_html *h)
{
    lit(h, h->xhtml ? " />" : ">");
}

void ofp_html_escape(ofp_buf *out, ofp_str s)
{
    ofp_xml_text(out, s);
}

void ofp_html_escape_attr(ofp_buf *out, ofp_str s)
{
    ofp_xml_quoted(out, s);
}

/* ---- attributes ----------------------------------------------------------------------- */

/* Classes that our own style sheets know; any other is layout of a page that is gone. */
static const char *const known_classes[] = {
    "abstract", "byline", "caption", "dateline", "lead", "missing", "pullquote", "smallcaps", "source",
    "subtitle", "title", "verse",
};

static bool known_class(ofp_str name)
{
    for (size_t i = 0; i < sizeof known_classes / sizeof *known_classes; i++)
        if (ofp_str_eq(name, ofp_s(known_classes[i])))
            return true;
    return false;
}

static bool has_known_class(const ofp_node *n)
{
    for (size_t i = 0; i < ofp_class_count(n); i++)
        if (known_class(ofp_class_at(n, i)))
            return true;
    return false;
}

static void put_id(ofp_html *h, const ofp_node *n)
{
    const ofp_target *t = ofp_ids_at(h->ids, n);
    if (t)
        attr(h, "id", t->id);
}

static void put_classes(ofp_html *h, const ofp_node *n)
{
    const char *before = " class=\"";
    for (size_t i = 0; i < ofp_class_count(n); i++) {
        if (!known_class(ofp_class_at(n, i)))
            continue;
        lit(h, before);
        ofp_buf_add(h->out, ofp_class_at(n, i));
        before = " ";
    }
    if (has_known_class(n))
        lit(h, "\"");
}

static bool valid_dir(ofp_str dir)
{
    return ofp_str_ieq(dir, OFP_STR("rtl")) || ofp_str_ieq(dir, OFP_STR("ltr"));
}

void ofp_html_lang(ofp_html *h, ofp_str lang, ofp_str dir)
{
    ofp_lang clean;
    if (ofp_lang_clean(lang, &clean)) {
        attr(h, "lang", ofp_s(clean.tag));
        if (h->xhtml)
            attr(h, "xml:lang", ofp_s(clean.tag));
    }
    if (valid_dir(dir))
        attr(h, "dir", ofp_str_ieq(dir, OFP_STR("rtl")) ? OFP_STR("rtl") : OFP_STR("ltr"));
    else if (ofp_lang_rtl(ofp_s(clean.tag)))
        attr(h, "dir", OFP_STR("rtl"));
    else if (h->rtl && clean.tag[0])
        attr(h, "dir", OFP_STR("ltr"));
}

void ofp_html_attrs(ofp_html *h, const ofp_node *n)
{
    put_id(h, n);
    put_classes(h, n);
    ofp_html_lang(h, ofp_attr(n, OFP_STR("lang")), ofp_attr(n, OFP_STR("dir")));
}

bool ofp_html_says(const ofp_html *h, const ofp_node *n)
{
    ofp_lang lang;
    return ofp_ids_at(h->ids, n) || has_known_class(n) || valid_dir(ofp_attr(n, OFP_STR("dir"))) ||
           ofp_lang_clean(ofp_attr(n, OFP_STR("lang")), &lang);
}

/* "language-c" from pandoc's first class ("c") or HTML's own form. */
static void put_code_class(ofp_html *h, const ofp_node *n)
{
    ofp_str name = ofp_class_count(n) > 0 ? ofp_class_at(n, 0) : OFP_STR("");
    ofp_str prefix = OFP_STR("language-");
    if (ofp_str_starts(name, prefix))
        name = ofp_str_sub(name, prefix.n, SIZE_MAX);
    if (name.n == 0 || name.n > 30 || ofp_str_eq(name, OFP_STR("numberLines")) ||
        ofp_str_eq(name, OFP_STR("sourceCode")))
        return;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if ((unsigned char)c < 0x80 && !ofp_is_letter((unsigned char)c) && !ofp_is_digit((unsigned char)c) &&
            c != '+' && c != '-' && c != '#' && c != '_' && c != '.')
            return;
    }
    lit(h, " class=\"language-");
    ofp_xml_quoted(h->out, name);
    lit(h, "\"");
}

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

static void put_codeblock(ofp_html *h, const ofp_node *n)
{
    fresh_line(h);
    lit(h, "<pre");
    put_id(h, n);
    if (h->rtl)
        attr(h, "dir", OFP_STR("ltr"));
    lit(h, "><code");
    put_code_class(h, n);
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

static void put_div(ofp_html *h, const ofp_node *n)
{
    if (ofp_has_class(n, OFP_STR("article"))) {
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

/* ---- inlines -------------------------------------------------------------------------- */

static void put_quoted(ofp_html *h, const ofp_node *n)
{
    bool twice = ofp_quote_double(n);
    lit(h, twice ? "\u201c" : "\u2018");
    ofp_html_children(h, n);
    lit(h, twice ? "\u201d" : "\u2019");
}

static void put_code(ofp_html *h, const ofp_node *n)
{
    const char *tag = ofp_html_code_element(n);
    ofp_buf_printf(h->out, "<%s", tag ? tag : "code");
    put_id(h, n);
    if (h->rtl)
        attr(h, "dir", OFP_STR("ltr"));
    if (!tag)
        put_code_class(h, n);
    lit(h, ">");
    ofp_xml_text(h->out, ofp_text(n));
    ofp_buf_printf(h->out, "</%s>", tag ? tag : "code");
}

static void put_math(ofp_html *h, const ofp_node *n)
{
    bool display = ofp_math_display(n);
    lit(h, display ? "<span class=\"math display\">\\[" : "<span class=\"math inline\">\\(");
    ofp_xml_text(h->out, ofp_text(n));
    lit(h, display ? "\\]</span>" : "\\)</span>");
}

static void put_cite(ofp_html *h, const ofp_node *n)
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
static void put_note(ofp_html *h, const ofp_node *n)
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
        put_id(h, n);
        lit(h, ">");
    }
    ofp_html_children(h, n);
    if (place)
        lit(h, "</span>");
}

static void put_link(ofp_html *h, const ofp_node *n)
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
    put_id(h, n);
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

static void put_image(ofp_html *h, const ofp_node *n)
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
    put_id(h, n);
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
    case OFP_TEXT:      ofp_xml_text(h->out, ofp_text(n)); return;
    case OFP_EMPH:      simple(h, "em", n); return;
    case OFP_UNDERLINE: simple(h, "u", n); return;
    case OFP_STRONG:    simple(h, "strong", n); return;
    case OFP_STRIKE:    simple(h, "del", n); return;
    case OFP_SUPER:     simple(h, "sup", n); return;
    case OFP_SUB:       simple(h, "sub", n); return;
    case OFP_SMALLCAPS: lit(h, "<span class=\"smallcaps\">"); ofp_html_children(h, n); lit(h, "</span>"); return;
    case OFP_QUOTED:    put_quoted(h, n); return;
    case OFP_CITE:      put_cite(h, n); return;
    case OFP_CODE:      put_code(h, n); return;
    case OFP_SOFTBREAK: lit(h, "\n"); return;
    case OFP_LINEBREAK: lit(h, h->xhtml ? "<br />\n" : "<br>\n"); return;
    case OFP_MATH:      put_math(h, n); return;
    case OFP_RAWINLINE: put_rawinline(h, n); return;
    case OFP_LINK:      put_link(h, n); return;
    case OFP_IMAGE:     put_image(h, n); return;
    case OFP_NOTE:      put_note(h, n); return;
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
