/* signs.c - what the layout of a page leaves between the words of an article. */
#include "cleanup.h"

static bool has_word(ofp_str s)
{
    for (size_t i = 0; i < s.n; ) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (ofp_is_letter(cp) || (cp >= '0' && cp <= '9'))
            return true;
    }
    return false;
}

static bool is_blank(ofp_str s)
{
    for (size_t i = 0; i < s.n; )
        if (!ofp_is_space(ofp_utf8_next(s, &i)))
            return false;
    return true;
}

/* "#", "¶" and the like beside a heading, for who wants its address. */
static bool is_permalink(const ofp_node *n)
{
    if (ofp_node_type(n) != OFP_LINK || !ofp_str_starts(ofp_url(n), OFP_STR("#")))
        return false;
    const ofp_node *up = ofp_parent(n);
    while (up && ofp_is_inline(up))
        up = ofp_parent(up);
    if (!up || ofp_node_type(up) != OFP_HEAD)
        return false;
    for (const ofp_node *c = ofp_first(n); c; c = ofp_after(c, n))
        if (ofp_node_type(c) == OFP_IMAGE || has_word(ofp_text(c)))
            return false;
    return true;
}

/* What a wiki puts beside its headings, for who wants to write in it. */
static bool is_edit_link(const ofp_node *n)
{
    return ofp_node_type(n) == OFP_SPAN && (ofp_has_class(n, OFP_STR("mw-editsection")) || ofp_has_class(n, OFP_STR("editsection")));
}

/* A paragraph of no-break spaces, which only keeps others apart. */
static bool is_spacer(const ofp_node *n)
{
    const ofp_node *only = ofp_first(n);
    return (ofp_node_type(n) == OFP_PARA || ofp_node_type(n) == OFP_PLAIN) && only && !ofp_next(only)
        && ofp_node_type(only) == OFP_TEXT && is_blank(ofp_text(only));
}

/* ---- pictures without words ------------------------------------------------------------------------ */

enum { ICON_SIDE = 32 };                /* px: no picture that somebody would look at is that small */

static bool is_icon(const ofp_node *image)
{
    long w, h;
    return ofp_str_int(ofp_attr(image, OFP_STR("width")), 1, ICON_SIDE, &w) && ofp_str_int(ofp_attr(image, OFP_STR("height")), 1, ICON_SIDE, &h);
}

static bool leads_home(const ofp_doc *d, const ofp_node *link)
{
    static const ofp_str index = OFP_STR("/index.");
    ofp_str path = ofp_url_path(ofp_url(link)), host = ofp_url_host(ofp_url(link));
    bool home = path.n <= 1 || (ofp_str_starts(path, index) && ofp_str_find(path, OFP_STR("/"), index.n) == SIZE_MAX);
    return home && host.n && ofp_str_ieq(host, ofp_url_host(ofp_note(d, OFP_STR("base"))));
}

/* A logo that leads home, or a small sign; in a table's cell it may be what the cell says. */
static bool is_ornament(const ofp_doc *d, const ofp_node *n)
{
    if (ofp_node_type(n) != OFP_IMAGE || ofp_first(n))
        return false;
    const ofp_node *up = ofp_parent(n);
    if (up && ofp_node_type(up) == OFP_LINK && leads_home(d, up))
        return true;
    while (up && ofp_node_type(up) != OFP_CELL)
        up = ofp_parent(up);
    return !up && is_icon(n);
}

/* The link around a picture goes with it. */
static ofp_node *with_wrapping(ofp_node *n)
{
    for (ofp_node *up = ofp_parent(n); up && ofp_is_inline(up) && ofp_first(up) == n && !ofp_next(n); up = ofp_parent(n))
        n = up;
    return n;
}

void drop_signs(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        bool sign = is_permalink(n) || is_edit_link(n) || is_spacer(n), ornament = is_ornament(d, n);
        next = sign || ornament ? ofp_after_skip(n, NULL) : ofp_after(n, NULL);
        if (sign || ornament)
            ofp_unlink(ornament ? with_wrapping(n) : n);
    }
    ofp_drop_empty(d);
}
