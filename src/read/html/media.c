/* media.c - pictures, also those that a script would load, and what can only be linked to. */
#include "html.h"
#include "res/datauri.h"
#include "res/res.h"

#define MAX_PREVIEW 100         /* px */

/* ---- which picture ---------------------------------------------------------------------------- */

/* Scripts put the first into src; the others are a larger picture, or a last resort. */
static const ofp_str lazy_attrs[] = {
    { "data-src", 8 }, { "data-original", 13 }, { "data-lazy-src", 13 }, { "data-lazy", 9 }, { "data-actualsrc", 14 }, { "data-echo", 9 },
};
static const ofp_str other_attrs[] = {
    { "data-full-src", 13 }, { "data-hi-res-src", 15 }, { "data-src-large", 14 }, { "data-orig-src", 13 }, { "data-image", 10 },
    { "data-url", 8 },
};
static const ofp_str srcset_attrs[] = { { "srcset", 6 }, { "data-srcset", 11 }, { "data-lazy-srcset", 16 } };

/* Names that sites give to what stands in until the script has run. */
static const char *const placeholders[] = { "placeholder", "blank.", "spacer", "transparent", "pixel.", "1x1", "loading.",
                                            "lazyload", "lazy-", "grey.gif", "gray.gif", "empty.gif" };

static bool is_data(ofp_str url)
{
    return ofp_str_istarts(url, OFP_STR("data:"));
}

/* A data: URI so short is a dot, or an SVG that only takes up room. */
static bool is_placeholder(ofp_str url)
{
    if (!url.n || ofp_str_istarts(url, OFP_STR("about:")) || ofp_str_eq(url, OFP_STR("#")) || url.p[0] == '{')
        return true;
    if (is_data(url))
        return url.n < 400 || (ofp_str_istarts(url, OFP_STR("data:image/svg")) && url.n < 1000);
    ofp_str file = ofp_url_path(url);
    for (size_t i = file.n; i-- > 0; )
        if (file.p[i] == '/') {
            file = ofp_str_sub(file, i + 1, SIZE_MAX);
            break;
        }
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (ofp_str_ifind(file, ofp_s(placeholders[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

/* How good a candidate is: wide, but not wider than a page can use. */
static double worth(ofp_str descriptor)
{
    long whole = 0, tenths = 0;
    size_t n = descriptor.n ? descriptor.n - 1 : 0;
    ofp_str number = ofp_str_sub(descriptor, 0, n), rest;
    size_t dot = ofp_str_find(number, OFP_STR("."), 0);
    rest = dot == SIZE_MAX ? (ofp_str){ "", 0 } : ofp_str_sub(number, dot + 1, 1);
    ofp_str_int(ofp_str_sub(number, 0, dot), 0, 100000, &whole);
    ofp_str_int(rest, 0, 9, &tenths);
    double v = n ? (double)whole + (double)tenths / 10 : 1;
    if (n && descriptor.p[n] == 'x')
        v *= 800;
    else if (!n)
        v = 800;
    return v > 2400 ? 2400 * 2400 / v : v;
}

struct candidate { ofp_str url; double worth; };

/* Takes the next of a srcset attribute (HTML standard 4.8.4.3.8, "parse a srcset attribute"). */
static bool take_candidate(ofp_str *set, ofp_str *url, ofp_str *descriptor)
{
    if (!ofp_str_word(set, url))
        return false;
    *descriptor = (ofp_str){ "", 0 };
    bool ended = false;
    for (; url->n && url->p[url->n - 1] == ','; ended = true)
        url->n--;
    if (!ended) {
        size_t comma = ofp_str_find(*set, OFP_STR(","), 0);
        *descriptor = ofp_str_trim(ofp_str_sub(*set, 0, comma));
        *set = comma == SIZE_MAX ? (ofp_str){ "", 0 } : ofp_str_sub(*set, comma + 1, SIZE_MAX);
    }
    return true;
}

static struct candidate best_of(ofp_str set)
{
    struct candidate best = { { "", 0 }, -1 };
    ofp_str url, descriptor;
    while (take_candidate(&set, &url, &descriptor)) {
        struct candidate one = { url, worth(descriptor) };
        if (url.n && one.worth > best.worth && !is_placeholder(url))
            best = one;
    }
    return best;
}

static struct candidate from_srcset(const dom *n)
{
    struct candidate best = { { "", 0 }, -1 };
    for (size_t i = 0; !best.url.n && i < sizeof srcset_attrs / sizeof *srcset_attrs; i++)
        best = best_of(dom_attr(n, srcset_attrs[i]));
    return best;
}

/* Formats that some of our outputs cannot show. */
static bool is_exotic(ofp_str type)
{
    return ofp_str_ieq(type, OFP_STR("image/avif")) || ofp_str_ieq(type, OFP_STR("image/jxl"));
}

/* The best source of a picture element, an exotic one only where it has no other. */
static ofp_str from_picture(const dom *img)
{
    struct candidate best[2] = { { { "", 0 }, -1 }, { { "", 0 }, -1 } };
    bool in_picture = img->parent && ofp_str_eq(img->parent->name, OFP_STR("picture"));
    for (const dom *c = in_picture ? img->parent->first : NULL; c; c = c->next) {
        struct candidate here = c->tag == T_SOURCE ? from_srcset(c) : best[0];
        struct candidate *of_kind = &best[is_exotic(DOM_ATTR(c, "type"))];
        if (here.worth > of_kind->worth)
            *of_kind = here;
    }
    return best[0].url.n ? best[0].url : best[1].url;
}

#define FROM_ATTRS(n, names) from_attrs(n, names, sizeof names / sizeof *names)
static ofp_str from_attrs(const dom *n, const ofp_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ofp_str v = ofp_str_trim(dom_attr(n, names[i]));
        if (!is_placeholder(v))
            return v;
    }
    return (ofp_str){ "", 0 };
}

/* Blurred pictures of a few pixels stand in for the real one; where a page was saved as one file, the real
 * one is in the reference itself. */
static bool is_preview(ofp_str url)
{
    ofp_buf bytes = { 0 };
    ofp_image img;
    bool small = ofp_data_uri(&bytes, url) && ofp_image_probe(ofp_buf_str(&bytes), &img)
              && img.media != OFP_MEDIA_SVG && img.width <= MAX_PREVIEW && img.height <= MAX_PREVIEW;
    ofp_buf_free(&bytes);
    return small;
}

/* Whether a srcset says that url is too small for a page of text. */
static bool is_narrow(const dom *img, ofp_str url)
{
    for (size_t i = 0; i < sizeof srcset_attrs / sizeof *srcset_attrs; i++) {
        ofp_str set = dom_attr(img, srcset_attrs[i]), one, descriptor;
        while (take_candidate(&set, &one, &descriptor))
            if (ofp_str_eq(one, url) && ofp_str_ends(descriptor, OFP_STR("w")))
                return worth(descriptor) < 600;
    }
    return false;
}

/* What stands in src is then a blurred miniature. */
static bool has_lazy_srcset(const dom *img)
{
    return DOM_ATTR(img, "data-srcset").n || DOM_ATTR(img, "data-lazy-srcset").n;
}

/* Where the picture is; empty where only a script knows.  What the page shows by itself is as wide as its author
 * wanted it.  A file beside a saved page is better than the addresses that its srcset still has. */
static ofp_str source_of(const dom *img)
{
    ofp_str src = ofp_str_trim(DOM_ATTR(img, "src")), set = from_srcset(img).url;
    ofp_str shown = FROM_ATTRS(img, lazy_attrs), other = FROM_ATTRS(img, other_attrs);
    bool real = !is_placeholder(src);
    if (real && is_data(src) && (set.n || shown.n || other.n) && is_preview(src))
        real = false;
    if (real && (is_data(src) || (set.n && ofp_url_scheme(set).n && !ofp_url_scheme(src).n)))
        return src;
    bool same = real && shown.n && ofp_str_ends(src, shown);    /* written in full */
    if (same || (!shown.n && real && !has_lazy_srcset(img)))
        shown = src;
    if (shown.n && !(set.n && is_narrow(img, shown)))
        return shown;
    if (!set.n)
        set = from_picture(img);
    return set.n ? set : other.n ? other : src.n && !is_data(src) ? src : (ofp_str){ "", 0 };
}

/* ---- the same picture again ------------------------------------------------------------------- */

/* The picture in a noscript element that stands near behind an image, with nothing but other images between;
 * *last is the last of these. */
static const dom *twin_of(const dom *img, const dom **last)
{
    int near = 0;
    *last = img;
    for (const dom *n = img->next; n && near < 6; n = n->next, near++) {
        if (n->tag == T_NOSCRIPT)
            return dom_find(n, T_IMG);
        if (n->tag == T_IMG)
            *last = n;
        else if (n->tag == T_TEXT ? ofp_str_trim(n->text).n > 0 : n->tag != T_CANVAS)
            break;
    }
    return NULL;
}

static ofp_str file_of(ofp_str url)
{
    ofp_str path = ofp_url_path(url), piece, last = { "", 0 };
    while (ofp_str_split(&path, '/', &piece))
        last = piece;
    return last;
}

/* A picture further down in the same figure that is the same file in another folder: in another size. */
static bool is_shown_again(const dom *img)
{
    const dom *figure = dom_up(img, T_FIGURE);
    ofp_str own = source_of(img), name = file_of(own);
    int steps = 0;
    if (!figure || is_data(own) || name.n < 8)
        return false;
    for (const dom *c = dom_after(img, figure); c && steps < 60; c = dom_after(c, figure), steps++)
        if (c->tag == T_IMG && ofp_str_eq(file_of(source_of(c)), name) && !ofp_str_eq(source_of(c), own))
            return true;
    return false;
}

/* A small picture shown until the one behind it has been loaded. */
static bool is_superseded(const dom *img)
{
    const dom *last, *twin = twin_of(img, &last);
    return (twin && last != img && ofp_str_eq(source_of(twin), source_of(last))) || is_shown_again(img);
}

/* Alternative text; scripts may leave it to the page without scripts. */
static ofp_str alt_of(const dom *img)
{
    const dom *last, *twin = DOM_ATTR(img, "alt").n ? NULL : twin_of(img, &last);
    return twin && last == img ? DOM_ATTR(twin, "alt") : DOM_ATTR(img, "alt");
}

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
    ofp_str src = source_of(n);
    if (!src.n || html_is_spacer(n) || is_superseded(n))
        return;
    ofp_node *image = ofp_new(r->d, OFP_IMAGE);
    ofp_set_line(image, n->line);
    ofp_str own = html_saved_image(r, html_resolve(r, DOM_ATTR(n, "src")));
    ofp_set_target(image, own.n ? own : html_resolve(r, src), html_title(r, n));
    ofp_add_text(r->d, image, ofp_arena_squeeze(r->a, html_keep(r, alt_of(n))));
    if (r->hints && html_has_hints(n))
        html_add_hints(r, image, n);
    else if (html_is_target(r, html_id(n)))
        ofp_set_id(r->d, image, html_keep(r, html_id(n)));
    set_size(r, image, n);
    const dom *code = r->code;
    if (code)
        flow_code(r, NULL);
    flow_leaf(r, image);
    if (code)
        flow_code(r, code);
}

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
    if (is_placeholder(url) || ofp_str_find(url, OFP_STR("("), 0) != SIZE_MAX)
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

/* Else only pictures are taken from it, and only where the page without scripts has no other. */
void html_noscript(reader *r, dom *n)
{
    if (noscript_text(r, n))
        return;
    dom *img = dom_find(n, T_IMG);
    const dom *before = img ? picture_before(n) : NULL;
    if (!img || (before && source_of(before).n && !is_superseded(before)))
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
            && !is_data(v) && !ofp_str_istarts(v, OFP_STR("blob:")))
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

/* ---- figures --------------------------------------------------------------------------------- */

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
