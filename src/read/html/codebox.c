/* codebox.c - what stands around a listing: a bar with its language and a button that copies it, numbers beside it, none of
 * which is text of the page; and windows that say how their text is to be read. */
#include "html.h"

#define MAX_BESIDE 80           /* bytes of text that a box may have beside its listing */
#define MAX_UP 7

/* Whether box holds next to nothing but the listing. */
static bool is_box_of(const dom *box, const dom *listing)
{
    size_t len = 0;
    int steps = 0;
    if (!DOM_IS(box, T_DIV, T_FIGURE, T_TABLE, T_TBODY, T_TR, T_TD, T_CODE))
        return false;
    for (const dom *c = box->first; c; ) {
        bool passed = c == listing || html_is_gutter(c) || DOM_IS(c, T_SCRIPT, T_STYLE, T_TEXTAREA, T_SVG);
        bool text = DOM_IS(c, T_PRE, T_P, T_H1, T_H2, T_H3, T_H4, T_IMG, T_LI, T_ARTICLE, T_BLOCKQUOTE);
        if (++steps > 200 || (!passed && text))
            return false;
        len += c->tag == T_TEXT ? ofp_str_trim(c->text).n : 0;
        c = passed ? dom_after_skip(c, box) : dom_after(c, box);
    }
    return len <= MAX_BESIDE;
}

static const dom *box_of(const dom *listing)
{
    const dom *box = listing;
    for (int up = 0; up < MAX_UP && box->parent && is_box_of(box->parent, box); up++)
        box = box->parent;
    return box;
}

/* A short text in a bar that is the name of a language. */
static bool is_label(const dom *n, const dom *box)
{
    const dom *text = n->first;
    if (!DOM_IS(n, T_SPAN, T_DIV) || !text || text->tag != T_TEXT || text->next)
        return false;
    ofp_str s = ofp_str_trim(text->text);
    if (!s.n || s.n > 20 || !html_is_code_lang(s))
        return false;
    for (; n && n != box; n = n->parent)
        if (DOM_CLASS_HOLDS(n, "lang") || DOM_CLASS_HOLDS(n, "toolbar") || DOM_CLASS_HOLDS(n, "header"))
            return true;
    return false;
}

/* A button, or what looks like one: a link to nowhere. */
static bool is_tool(const dom *n)
{
    ofp_str href = n->tag == T_A ? DOM_ATTR(n, "href") : (ofp_str){ "", 0 };
    return n->tag == T_BUTTON || ofp_str_eq(href, OFP_STR("#")) || ofp_str_istarts(href, OFP_STR("javascript:"));
}

ofp_str html_code_label(const dom *listing)
{
    const dom *box = box_of(listing);
    for (const dom *c = box->first; c && box != listing; c = c == listing ? dom_after_skip(c, box) : dom_after(c, box))
        if (is_label(c, box))
            return ofp_str_trim(c->first->text);
    return (ofp_str){ "", 0 };
}

static void take_tools(const dom *listing)
{
    const dom *box = box_of(listing);
    for (dom *c = box->first; c && box != listing; ) {
        if (c != listing)
            c->taken |= is_tool(c) || is_label(c, box) || (html_is_gutter(c) && c->tag != T_TD);
        c = c == listing || c->taken ? dom_after_skip(c, box) : dom_after(c, box);
    }
}

/* The row of numbers and code that is the first of its table. */
static bool opens_numbered(const dom *n)
{
    return n->tag == T_TD && html_is_gutter(n) && n->parent && n->parent->tag == T_TR && !n->parent->prev;
}

void html_find_listings(reader *r)
{
    bool any = r->of[T_PRE].n || r->of[T_DIV].n || r->of[T_TD].n;
    for (dom *n = any ? r->root : NULL; n; n = n->tag == T_PRE ? dom_after_skip(n, r->root) : dom_after(n, r->root)) {
        n->no_listing = n->tag == T_DIV && !html_is_listing(n);
        if (opens_numbered(n) && dom_up(n, T_TABLE))
            take_tools(dom_up(n, T_TABLE));
        else if (DOM_IS(n, T_PRE, T_DIV) && !n->no_listing)
            take_tools(n);
    }
}

/* ---- Termynal's windows -------------------------------------------------------------------------- */

/* Their text is markup, which a script shows line by line. */
static bool is_window(const dom *n)
{
    bool is = false;
    for (int up = 0; n && up < MAX_UP; up++, n = n->parent)
        is |= n->tag == T_DIV && n->nattrs && DOM_CLASS(n, "termy");
    return is;
}

ofp_str html_shown_code(reader *r, const dom *listing, ofp_str text)
{
    if (!is_window(listing))
        return text;
    ofp_buf in = { 0 }, out = { 0 };
    ofp_err unused = { 0 };
    dom_limits limits;
    ofp_buf_puts(&in, "<pre>");
    ofp_buf_add(&in, text);
    const dom *shown = dom_parse(r->tmp, ofp_buf_take(&in, r->tmp), false, &limits, &unused);
    for (const dom *n = shown; n; n = dom_after(n, shown))
        if (n->tag == T_TEXT)
            ofp_buf_add(&out, n->text);
    return shown ? ofp_buf_take(&out, r->a) : text;
}
