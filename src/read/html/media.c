/* media.c - images, and what can only be linked to. */
#include "html.h"

/* ---- images ----------------------------------------------------------------------------------- */

/* A side of 0 beside one as wide as a picture says that the publishing system did not know it. */
enum { PICTURE_SIDE = 100 };

bool html_is_spacer(const dom *img)
{
    long w, h;
    bool sized = ofp_str_int(ofp_str_trim(DOM_ATTR(img, "width")), 0, 100000, &w)
              && ofp_str_int(ofp_str_trim(DOM_ATTR(img, "height")), 0, 100000, &h);
    bool half_known = sized && (!w || !h) && w + h >= PICTURE_SIDE;
    return sized && (w <= 1 || h <= 1) && !half_known;
}

static void set_size(reader *r, ofp_node *image, const dom *img)
{
    static const ofp_str keys[] = { { "width", 5 }, { "height", 6 } };
    for (size_t i = 0; i < 2; i++) {
        ofp_str v = ofp_str_trim(dom_attr(img, keys[i]));
        long px;
        if (ofp_str_ends(v, OFP_STR("px")))
            v.n -= 2;
        if (ofp_str_int(v, 1, 100000, &px))
            ofp_set_attr(r->d, image, keys[i], html_keep(r, v));
    }
}

void html_image(reader *r, dom *n)
{
    ofp_str src = html_picture_url(n);
    if (!src.n && (!r->hints || dom_up(n, T_FIGURE)))      /* around a page's text, they are icons */
        src = html_small_picture(n);
    if (!src.n || html_is_spacer(n) || html_is_superseded(n))
        return;
    ofp_node *image = ofp_new(r->d, OFP_IMAGE);
    ofp_set_line(image, n->line);
    ofp_str own = html_saved_image(r, html_resolve(r, DOM_ATTR(n, "src")));
    ofp_set_target(image, own.n ? own : html_resolve(r, src), html_title(r, n));
    ofp_add_text(r->d, image, ofp_arena_squeeze(r->a, html_label(r, html_picture_alt(n))));
    html_add_marks(r, image, n);
    set_size(r, image, n);
    const dom *code = r->code;
    if (code)
        flow_code(r, NULL);
    flow_leaf(r, image);
    if (code)
        flow_code(r, code);
}

/* ---- images of other elements ------------------------------------------------------------------ */

/* An element that says it is an image, with the picture as its background. */
bool html_backdrop(reader *r, dom *n)
{
    static const ofp_str keys[] = { { "data-bg", 7 }, { "data-background", 15 }, { "data-background-image", 21 },
                                    { "data-src", 8 } };
    if (!DOM_IS(n, T_DIV, T_SPAN, T_A) || !ofp_str_ieq(DOM_ATTR(n, "role"), OFP_STR("img")) || !dom_blank(n))
        return false;
    ofp_str url = html_style(n, OFP_STR("background-image"));
    for (size_t i = 0; !url.n && i < sizeof keys / sizeof *keys; i++)
        url = ofp_str_trim(dom_attr(n, keys[i]));
    if (ofp_str_istarts(url, OFP_STR("url(")) && ofp_str_ends(url, OFP_STR(")")))
        url = ofp_str_trim(ofp_str_sub(url, 4, url.n - 5));
    if (url.n > 1 && (url.p[0] == '"' || url.p[0] == '\''))
        url = ofp_str_sub(url, 1, url.n - 2);
    if (html_is_placeholder(url) || ofp_str_find(url, OFP_STR("("), 0) != SIZE_MAX)
        return false;
    ofp_node *image = ofp_new(r->d, OFP_IMAGE);
    ofp_set_line(image, n->line);
    ofp_set_target(image, html_resolve(r, url), html_keep(r, DOM_ATTR(n, "title")));
    ofp_add_text(r->d, image, ofp_arena_squeeze(r->a, html_keep(r, DOM_ATTR(n, "aria-label"))));
    flow_leaf(r, image);
    return true;
}

/* The picture that a noscript element stands in for: the one before it, perhaps in a box or two. */
static const dom *picture_before(const dom *n)
{
    const dom *p = n->prev;
    while (p && p->tag == T_TEXT && !ofp_str_trim(p->text).n)
        p = p->prev;
    if (!p || p->tag == T_TEXT)
        return NULL;
    return p->tag == T_IMG ? p : dom_find(p, T_IMG);
}

/* Forums that scripts draw keep their whole text in it: a matter for cleanup. */
static bool noscript_text(reader *r, dom *n)
{
    ofp_node *div = r->hints && !r->f.fixed && dom_find(n, T_P) ? flow_block(r, OFP_DIV, n) : NULL;
    if (!div)
        return false;
    html_add_hints(r, div, n);
    struct flow saved = flow_enter(r, div, false);
    html_children(r, n);
    flow_leave(r, saved);
    return true;
}

/* Else only pictures are taken from it, and only where the page without scripts has no other before it, or the same behind. */
void html_noscript(reader *r, dom *n)
{
    if (noscript_text(r, n))
        return;
    dom *img = dom_find(n, T_IMG);
    const dom *before = img ? picture_before(n) : NULL;
    if (!img || (before && html_picture_url(before).n && !html_is_superseded(before)) || html_picture_behind(n))
        return;
    for (; img; img = dom_after(img, n))
        if (img->tag == T_IMG)
            html_image(r, img);
}

/* ---- what can only be linked to ------------------------------------------------------------------ */

static ofp_str media_source(const dom *n)
{
    static const ofp_str keys[] = { { "src", 3 }, { "data-src", 8 }, { "data-lazy-src", 13 }, { "data", 4 } };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ofp_str v = ofp_str_trim(dom_attr(n, keys[i]));
        if (v.n && !ofp_str_istarts(v, OFP_STR("about:")) && !ofp_str_istarts(v, OFP_STR("javascript:"))
            && !ofp_str_istarts(v, OFP_STR("data:")) && !ofp_str_istarts(v, OFP_STR("blob:")))
            return v;
    }
    const dom *source = dom_find(n, T_SOURCE);
    return source ? ofp_str_trim(DOM_ATTR(source, "src")) : (ofp_str){ "", 0 };
}

/* What to call it: its title, its file, or its host. */
static ofp_str media_title(reader *r, const dom *n, ofp_str url)
{
    static const ofp_str keys[] = { { "title", 5 }, { "aria-label", 10 } };
    for (size_t i = 0; i < 2; i++) {
        ofp_str v = ofp_arena_squeeze(r->a, html_keep(r, dom_attr(n, keys[i])));
        if (v.n)
            return v;
    }
    ofp_str host = ofp_url_host(url);
    bool film = n->tag == T_VIDEO || dom_has_attr(n, OFP_STR("allowfullscreen"));
    const char *kind = film ? "Video" : n->tag == T_AUDIO ? "Audio" : "Embedded content";
    if (!host.n || host.n > 200)
        return ofp_s(kind);
    return ofp_arena_printf(r->a, "%s (%.*s)", kind, (int)host.n, host.p);
}

/* The page of a video rather than its bare player. */
static ofp_str watch_page(reader *r, ofp_str url)
{
    static const char *const players[] = { "youtube.com/embed/", "youtube-nocookie.com/embed/" };
    for (size_t i = 0; i < 2; i++) {
        size_t at = ofp_str_find(url, ofp_s(players[i]), 0);
        if (at == SIZE_MAX)
            continue;
        ofp_str id = ofp_str_sub(url, at + ofp_s(players[i]).n, SIZE_MAX);
        size_t n = 0;
        while (n < id.n && id.p[n] != '?' && id.p[n] != '/' && id.p[n] != '#')
            n++;
        if (n == 11)
            return ofp_arena_printf(r->a, "https://www.youtube.com/watch?v=%.*s", (int)n, id.p);
    }
    return url;
}

void html_media(reader *r, dom *n)
{
    ofp_str src = media_source(n);
    if (n->tag == T_OBJECT && !dom_blank(n)) {
        html_box(r, n);
        return;
    }
    if (!src.n || html_is_spacer(n) || (!r->hints && html_is_hidden(n)) || flow_in(r, OFP_LINK))
        return;
    ofp_node *link = ofp_new(r->d, OFP_LINK);
    ofp_str url = watch_page(r, html_resolve(r, src));
    ofp_set_line(link, n->line);
    ofp_set_target(link, url, (ofp_str){ "", 0 });
    ofp_add_text(r->d, link, media_title(r, n, url));
    if (r->hints)
        html_add_hints(r, link, n);
    r->f.space = true;
    flow_leaf(r, link);
    r->f.space = true;
}
