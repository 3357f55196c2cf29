/* figure.c - figures, also the boxes of pictures and a caption from before there was an element for them. */
#include "html.h"

static dom *caption_of(dom *figure)
{
    for (dom *c = figure->first; c; c = c->tag == T_FIGURE ? dom_after_skip(c, figure) : dom_after(c, figure))
        if (c->tag == T_FIGCAPTION)
            return c;
    return NULL;
}

/* A figure that neither has a caption nor is a picture: a table or a listing in a box. */
static bool is_mere_box(const dom *n, const dom *caption)
{
    return !caption && !dom_find(n, T_IMG);
}

/* Boxes that blogs and wikis made before there was a figure element: pictures, and one element that says
 * it is their caption. */
static dom *caption_by_class(dom *n)
{
    static const char *const words[] = { "wp-caption-text", "wp-caption-dd", "thumbcaption", "tr-caption", "caption-text", "figcaption",
                                         "image-caption", "img-caption", "photo-caption", "caption" };
    for (dom *c = n->first; c; c = dom_after(c, n)) {
        if (!c->nattrs || !DOM_IS(c, T_P, T_DIV, T_TD, T_SPAN, T_DD) || !DOM_CLASS_HOLDS(c, "caption"))
            continue;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (dom_has_class(c, ofp_s(words[i])))
                return c;
    }
    return NULL;
}

/* Small, with a picture, and without any text but the caption's. */
static bool is_bare_but(const dom *n, const dom *caption)
{
    bool picture = false;
    int steps = 0;
    for (const dom *c = n->first; c; c = c == caption ? dom_after_skip(c, n) : dom_after(c, n)) {
        if (++steps > 60 || (c->tag == T_TEXT && ofp_str_trim(c->text).n) || DOM_IS(c, T_FIGURE, T_H1, T_H2, T_H3, T_H4))
            return false;
        picture |= c->tag == T_IMG && c != caption;
    }
    return picture;
}

static void add_pictures(reader *r, dom *n, dom *caption)
{
    for (dom *c = n->first; c; ) {
        bool shown = DOM_IS(c, T_A, T_IMG) || ofp_str_eq(c->name, OFP_STR("picture"));
        if (shown && (c->tag != T_A || dom_find(c, T_IMG)))
            html_convert(r, c);
        c = shown || c == caption ? dom_after_skip(c, n) : dom_after(c, n);
    }
}

bool html_captioned(reader *r, dom *n)
{
    bool thumb = DOM_CLASS_HOLDS(n, "thumb") && (DOM_CLASS(n, "thumb") || DOM_CLASS(n, "thumbinner"));
    bool named = thumb || DOM_CLASS_HOLDS(n, "caption");
    dom *caption = named && !r->f.fixed ? caption_by_class(n) : NULL;
    if (!caption || !is_bare_but(n, caption))
        return false;
    for (dom *c = caption->first; c; c = dom_after(c, caption))
        c->taken |= DOM_CLASS(c, "magnify");
    ofp_node *figure = flow_block(r, OFP_FIGURE, n);
    if (!figure)
        return false;
    if (r->hints)
        html_add_hints(r, figure, n);
    struct flow saved = flow_enter(r, figure, true);
    html_into(r, ofp_add(r->d, figure, OFP_CAPTION), caption, true);
    add_pictures(r, n, caption);
    flow_leave(r, saved);
    return true;
}

void html_figure(reader *r, dom *n)
{
    dom *caption = caption_of(n);
    ofp_node *figure = r->f.fixed || is_mere_box(n, caption) ? NULL : flow_block(r, OFP_FIGURE, n);
    if (!figure) {
        html_box(r, n);
        return;
    }
    if (r->hints)
        html_add_hints(r, figure, n);
    else if (html_is_target(r, html_id(n)))
        ofp_set_id(r->d, figure, html_keep(r, html_id(n)));
    struct flow saved = flow_enter(r, figure, true);
    if (caption) {
        html_into(r, ofp_add(r->d, figure, OFP_CAPTION), caption, true);
        caption->taken = true;
    }
    html_children(r, n);
    flow_leave(r, saved);
    if (!ofp_first(figure))
        ofp_unlink(figure);
}
