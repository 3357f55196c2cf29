/* picture.c - which picture an image shows: scripts load others than stand in its src, or repeat it. */
#include "html.h"
#include "res/datauri.h"
#include "res/res.h"

#define MAX_PREVIEW 100         /* px */
#define MAX_DOT 4000            /* bytes of a data: URI */

/* ---- which picture ---------------------------------------------------------------------------- */

/* Scripts put the first into src; the others are a larger picture, or a last resort. */
static const ofp_str lazy_attrs[] = {
    { "data-src", 8 }, { "data-original", 13 }, { "data-lazy-src", 13 }, { "data-lazy", 9 }, { "data-actualsrc", 14 }, { "data-echo", 9 },
    { "data-lazyload", 13 },
};
static const ofp_str other_attrs[] = {
    { "data-full-src", 13 }, { "data-hi-res-src", 15 }, { "data-src-large", 14 }, { "data-orig-src", 13 }, { "data-image", 10 },
    { "data-url", 8 },
};
static const ofp_str srcset_attrs[] = { { "srcset", 6 }, { "data-srcset", 11 }, { "data-lazy-srcset", 16 } };

static ofp_str file_of(ofp_str url)
{
    ofp_str path = ofp_url_path(url), piece, last = { "", 0 };
    while (ofp_str_split(&path, '/', &piece))
        last = piece;
    return last;
}

/* Whether the picture in a data: URI is no larger than that. */
static bool is_within(ofp_str url, unsigned side)
{
    ofp_buf bytes = { 0 };
    ofp_image img;
    bool small = ofp_data_uri(&bytes, url) && ofp_image_probe(ofp_buf_str(&bytes), &img)
              && img.media != OFP_MEDIA_SVG && img.width <= side && img.height <= side;
    ofp_buf_free(&bytes);
    return small;
}

/* A dot may carry a note of the program that made it. */
static bool is_dot(ofp_str url)
{
    return url.n < MAX_DOT && is_within(url, 2);
}

/* Names that sites give to what stands in until the script has run. */
static const char *const placeholders[] = { "placeholder", "blank.", "spacer", "transparent", "pixel.", "1x1", "loading.",
                                            "lazyload", "lazy-", "grey.gif", "gray.gif", "empty.gif" };

static bool is_data(ofp_str url)
{
    return ofp_str_istarts(url, OFP_STR("data:"));
}

/* No address at all. */
static bool is_nowhere(ofp_str url)
{
    return !url.n || ofp_str_istarts(url, OFP_STR("about:")) || ofp_str_eq(url, OFP_STR("#")) || url.p[0] == '{';
}

/* A data: URI so short is a dot, or an SVG that only takes up room. */
bool html_is_placeholder(ofp_str url)
{
    if (is_nowhere(url))
        return true;
    if (is_data(url))
        return url.n < 400 || (ofp_str_istarts(url, OFP_STR("data:image/svg")) && url.n < 1000) || is_dot(url);
    ofp_str file = file_of(url);
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
        if (url.n && one.worth > best.worth && !html_is_placeholder(url))
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
        if (!html_is_placeholder(v))
            return v;
    }
    return (ofp_str){ "", 0 };
}

/* Blurred pictures of a few pixels stand in for the real one; where a page was saved as one file, the real
 * one is in the reference itself. */
static bool is_preview(ofp_str url)
{
    return is_within(url, MAX_PREVIEW);
}

/* Whether something is drawn in an SVG but the rectangle that it takes up. */
static bool draws(ofp_str svg)
{
    static const char *const shapes[] = { "<path", "<text", "<circle", "<ellipse", "<line", "<poly", "<image", "<use" };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (ofp_str_find(svg, ofp_s(shapes[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

ofp_str html_small_picture(const dom *img)
{
    ofp_str src = ofp_str_trim(DOM_ATTR(img, "src"));
    ofp_buf svg = { 0 };
    ofp_image probe;
    bool drawn = is_data(src) && ofp_str_trim(DOM_ATTR(img, "alt")).n && ofp_data_uri(&svg, src)
              && ofp_image_probe(ofp_buf_str(&svg), &probe) && probe.media == OFP_MEDIA_SVG && draws(ofp_buf_str(&svg));
    ofp_buf_free(&svg);
    return drawn ? src : (ofp_str){ "", 0 };
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

/* What the page shows by itself is as wide as its author wanted it.  A file beside a saved page is better than
 * the addresses that its srcset still has. */
ofp_str html_picture_url(const dom *img)
{
    ofp_str src = ofp_str_trim(DOM_ATTR(img, "src")), set = from_srcset(img).url;
    ofp_str shown = FROM_ATTRS(img, lazy_attrs), other = FROM_ATTRS(img, other_attrs);
    bool real = !html_is_placeholder(src);
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
    return set.n ? set : other.n ? other : is_nowhere(src) || is_data(src) ? (ofp_str){ "", 0 } : src;
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

/* A picture further down in the same figure that is the same file in another folder: in another size. */
static bool is_shown_again(const dom *img)
{
    const dom *figure = dom_up(img, T_FIGURE);
    ofp_str own = html_picture_url(img), name = file_of(own);
    int steps = 0;
    if (!figure || is_data(own) || name.n < 8)
        return false;
    for (const dom *c = dom_after(img, figure); c && steps < 60; c = dom_after(c, figure), steps++)
        if (c->tag == T_IMG && ofp_str_eq(file_of(html_picture_url(c)), name) && !ofp_str_eq(html_picture_url(c), own))
            return true;
    return false;
}

/* The nearest sibling in a direction that is no white space. */
static const dom *beside(const dom *n, bool behind)
{
    do
        n = behind ? n->next : n->prev;
    while (n && n->tag == T_TEXT && !ofp_str_trim(n->text).n);
    return n;
}

static const dom *picture_in(const dom *n)
{
    return !n || n->tag == T_TEXT ? NULL : n->tag == T_IMG ? n : dom_find(n, T_IMG);
}

/* A file of such a name shows nothing, whatever site it is from. */
static bool is_blank_name(ofp_str file)
{
    static const char *const stems[] = { "blank", "spacer", "transparent", "pixel", "1x1", "loading", "lazyload", "lazy", "grey",
                                         "gray", "empty", "dummy" };
    ofp_str stem = ofp_str_sub(file, 0, ofp_str_find(file, OFP_STR("."), 0));
    if (ofp_str_ifind(stem, OFP_STR("placeholder"), 0) != SIZE_MAX)
        return true;
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (ofp_str_ieq(stem, ofp_s(stems[i])))
            return true;
    return false;
}

/* What no script has replaced, and either nobody has named or the picture itself stands behind. */
static bool is_stand_in(const dom *img)
{
    const dom *next = beside(img, true);
    if (!is_blank_name(file_of(html_picture_url(img))))
        return false;
    return !ofp_str_trim(DOM_ATTR(img, "alt")).n || (next && next->tag == T_IMG && !is_blank_name(file_of(html_picture_url(next))));
}

bool html_is_superseded(const dom *img)
{
    const dom *last, *twin = twin_of(img, &last);
    return (twin && last != img && ofp_str_eq(html_picture_url(twin), html_picture_url(last))) || is_shown_again(img)
        || is_stand_in(img);
}

bool html_picture_behind(const dom *noscript)
{
    const dom *img = dom_find(noscript, T_IMG), *twin = picture_in(beside(noscript, true));
    return img && twin && html_picture_url(img).n && ofp_str_eq(html_picture_url(img), html_picture_url(twin));
}

/* The picture in the noscript element right before an image or the picture element that it is in. */
static const dom *twin_before(const dom *img)
{
    const dom *outer = ofp_str_eq(img->parent->name, OFP_STR("picture")) ? img->parent : img;
    const dom *before = beside(outer, false);
    return before && before->tag == T_NOSCRIPT && html_picture_behind(before) ? dom_find(before, T_IMG) : NULL;
}

ofp_str html_picture_alt(const dom *img)
{
    ofp_str alt = DOM_ATTR(img, "alt");
    const dom *last, *twin = alt.n ? NULL : twin_of(img, &last);
    if (twin)
        return last == img ? DOM_ATTR(twin, "alt") : alt;
    twin = alt.n ? NULL : twin_before(img);
    return twin ? DOM_ATTR(twin, "alt") : alt;
}
