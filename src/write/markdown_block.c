/* markdown_block.c - blocks other than lists and tables, each as a cmark node or as literal lines. */
#include "write/markdown.h"
#include <string.h>

/* ---- leaves ---- */

void ofp_md_paragraph(md *w, cmark_node *parent, const ofp_node *n, const char *prefix)
{
    cmark_node *p = ofp_md_new(w, parent, CMARK_NODE_PARAGRAPH);
    if (*prefix)
        cmark_node_set_on_enter(ofp_md_new(w, p, CMARK_NODE_CUSTOM_INLINE), prefix);
    if (!ofp_md_inlines(w, p, n))
        cmark_node_unlink(p);
}

void ofp_md_heading(md *w, cmark_node *parent, const ofp_node *n)
{
    int level = ofp_level(n) + w->shift;
    cmark_node *h = ofp_md_new(w, parent, CMARK_NODE_HEADING);
    cmark_node_set_heading_level(h, level < 1 ? 1 : level > 6 ? 6 : level);
    if (!ofp_md_inlines(w, h, n) && ofp_first(n))
        cmark_node_unlink(h);
}

/* The language, where it can stand in an info string. */
static ofp_str info_string(const ofp_node *n)
{
    for (size_t i = 0; i < ofp_class_count(n); i++) {
        ofp_str c = ofp_class_at(n, i);
        size_t k = 0;
        while (k < c.n && (unsigned char)c.p[k] > ' ' && !strchr("`~{}\\&", c.p[k]))
            k++;
        if (c.n && k == c.n && !ofp_str_eq(c, OFP_STR("sourceCode")) && !ofp_str_eq(c, OFP_STR("numberLines")))
            return c;
    }
    return (ofp_str){ 0 };
}

static size_t longest_run(ofp_str s, char c)
{
    size_t longest = 0;
    for (size_t i = 0, run = 0; i < s.n; i++) {
        run = s.p[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* Lines as they are: only line ends and NUL become what cmark can carry. */
static void put_lines(ofp_buf *b, ofp_str text)
{
    ofp_str line;
    while (ofp_str_line(&text, &line)) {
        for (size_t i = 0; i < line.n; i++)
            if (line.p[i])
                ofp_buf_putc(b, line.p[i]);
            else
                ofp_buf_putu(b, 0xFFFD);
        if (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
            ofp_buf_puts(b, MD_KEEP);
        ofp_buf_putc(b, '\n');
    }
}

/* Always fenced: an indented block would become part of a list before it. */
void ofp_md_code_block(md *w, cmark_node *parent, const ofp_node *n)
{
    ofp_str text = ofp_text(n);
    size_t ticks = longest_run(text, '`') + 1;
    ofp_buf *b = ofp_md_buf(w);
    ofp_buf_fill(b, '`', ticks < 3 ? 3 : ticks);
    ofp_buf_add(b, info_string(n));
    ofp_buf_putc(b, '\n');
    put_lines(b, text);
    if (text.n && text.p[text.n - 1] == '\n')
        ofp_buf_putc(b, '\n');
    ofp_buf_fill(b, '`', ticks < 3 ? 3 : ticks);
    ofp_md_literal(w, parent, ofp_buf_take(b, w->arena));
}

/* CommonMark 4.6: these kinds of HTML block go on over blank lines, to an end of their own. */
static bool spans_blank_lines(ofp_str html)
{
    static const char *const ends[][2] = { { "<pre", "</pre>" }, { "<script", "</script>" }, { "<style", "</style>" },
                                           { "<textarea", "</textarea>" }, { "<!--", "-->" }, { "<?", "?>" },
                                           { "<![CDATA[", "]]>" } };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ofp_str_istarts(html, ofp_s(ends[i][0])))
            return ofp_str_ifind(html, ofp_s(ends[i][1]), 0) != SIZE_MAX;
    return false;
}

static void raw_html(md *w, cmark_node *parent, ofp_str html)
{
    ofp_buf *b = ofp_md_buf(w);
    ofp_str line;
    bool whole = spans_blank_lines(html);
    while (ofp_str_line(&html, &line))
        if (whole && !line.n)
            ofp_buf_putc(b, '\n');
        else if (whole || ofp_str_trim(line).n)
            put_lines(b, line);
    ofp_md_literal(w, parent, ofp_buf_take(b, w->arena));
}

void ofp_md_raw_block(md *w, cmark_node *parent, const ofp_node *n)
{
    ofp_str format = ofp_raw_format(n);
    if (!ofp_str_trim(ofp_text(n)).n)
        return;
    if (ofp_str_eq(format, OFP_STR("markdown")))
        ofp_md_literal(w, parent, ofp_text(n));
    else if (ofp_str_eq(format, OFP_STR("html")))
        raw_html(w, parent, ofp_text(n));
    else
        ofp_warn(w->doc, OFP_D_MARKUP_ODD, ofp_line(n), "raw %.*s left out", (int)format.n, format.p);
}

/* Beside a bullet dashes or stars would make the whole line a rule, dashes under a line a heading. */
void ofp_md_rule(md *w, cmark_node *parent)
{
    if (cmark_node_get_type(parent) == CMARK_NODE_ITEM)
        ofp_md_literal(w, parent, OFP_STR("___"));
    else
        ofp_md_new(w, parent, CMARK_NODE_THEMATIC_BREAK);
}

/* ---- containers ---- */

void ofp_md_lines(md *w, cmark_node *parent, ofp_node *n)
{
    ofp_node *p = ofp_new(w->doc, OFP_PARA);
    for (ofp_node *l = ofp_first(n); l; l = ofp_next(l)) {
        ofp_move_children(l, p);
        if (ofp_next(l))
            ofp_add(w->doc, p, OFP_LINEBREAK);
    }
    if (p)
        ofp_md_paragraph(w, parent, p, "");
}

void ofp_md_quote(md *w, cmark_node *parent, const ofp_node *n)
{
    cmark_node *q = ofp_md_new(w, parent, CMARK_NODE_BLOCK_QUOTE);
    ofp_md_blocks(w, q, n);
    if (!cmark_node_first_child(q) && ofp_first(n))
        cmark_node_unlink(q);
}

/* The one paragraph of n, NULL where there is anything else. */
static ofp_node *only_paragraph(const ofp_node *n)
{
    ofp_node *c = ofp_first(n);
    bool text = c && (ofp_node_type(c) == OFP_PLAIN || ofp_node_type(c) == OFP_PARA);
    return text && !ofp_next(c) ? c : NULL;
}

static bool is_mere_image(const ofp_node *p)
{
    return ofp_node_type(ofp_first(p)) == OFP_IMAGE && !ofp_next(ofp_first(p));
}

/* The caption goes below its picture in the same paragraph, so that the two stay together and the
 * reader knows them again; after anything else it is a paragraph of its own. */
void ofp_md_figure(md *w, cmark_node *parent, ofp_node *n)
{
    ofp_node *caption = NULL;
    for (ofp_node *c = ofp_first(n), *next; c; c = next) {
        next = ofp_next(c);
        if (ofp_node_type(c) == OFP_CAPTION) {
            caption = c;
            ofp_unlink(c);
        }
    }
    ofp_node *picture = only_paragraph(n), *text = only_paragraph(caption);
    if (picture && text && is_mere_image(picture) && ofp_node_type(ofp_first(text)) != OFP_IMAGE) {
        ofp_add(w->doc, picture, OFP_LINEBREAK);
        ofp_move_children(text, picture);
        caption = NULL;
    }
    ofp_md_blocks(w, parent, n);
    ofp_md_blocks(w, parent, caption);
}
