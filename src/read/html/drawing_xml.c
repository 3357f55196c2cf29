/* drawing_xml.c - an svg element of a page as a file of its own: well-formed, with the names in the case that XML wants, without
 * scripts and without anything of HTML. */
#include "base/map.h"
#include "doctools/xmlout.h"
#include "drawing.h"
#include <stdlib.h>

enum { MAX_DEPTH = 150, MAX_BYTES = 256 << 10, MAX_IMPORTS = 64 };

typedef struct drawing {
    reader *r;
    const dom *root;
    ofp_buf *out;
    ofp_map ids;                        /* element by id, of the drawing itself and of what it takes from the page */
    const dom *imports[MAX_IMPORTS];    /* what it refers to elsewhere in the page, in the order of first use */
    size_t nimports;
    int depth;
    bool incomplete;                    /* something that it shows is not to be had */
} drawing;

/* ---- names ------------------------------------------------------------------------------------- */

/* Elements that are kept (SVG 1.1, appendix J, and 2), without animation, scripts and foreign objects. */
static const char *const elements[] = {
    "g", "path", "rect", "text", "tspan", "circle", "line", "use", "defs", "polygon", "polyline", "ellipse", "svg", "style", "title", "desc",
    "clipPath", "linearGradient", "radialGradient", "stop", "mask", "pattern", "marker", "symbol", "image", "switch", "textPath",
    "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
    "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile",
    "feTurbulence",
};

/* Attributes that have capitals; all others are as the parser made them. */
static const char *const attributes[] = {
    "viewBox", "gradientUnits", "gradientTransform", "clipPathUnits", "preserveAspectRatio", "textLength", "lengthAdjust", "markerWidth",
    "markerHeight", "markerUnits", "refX", "refY", "patternUnits", "patternContentUnits", "patternTransform", "maskUnits",
    "maskContentUnits", "filterUnits", "primitiveUnits", "spreadMethod", "startOffset", "stdDeviation", "baseFrequency", "numOctaves",
    "stitchTiles", "tableValues", "surfaceScale", "specularConstant", "specularExponent", "diffuseConstant", "kernelMatrix",
    "kernelUnitLength", "edgeMode", "preserveAlpha", "targetX", "targetY", "xChannelSelector", "yChannelSelector", "pathLength",
    "limitingConeAngle", "pointsAtX", "pointsAtY", "pointsAtZ", "systemLanguage", "requiredExtensions", "requiredFeatures",
};

#define FIND(table, name) find(table, sizeof table / sizeof *table, name)
static const char *find(const char *const *table, size_t n, ofp_str name)
{
    for (size_t i = 0; i < n; i++)
        if (ofp_str_ieq(name, ofp_s(table[i])))
            return table[i];
    return NULL;
}

static bool is_name(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || c == '_';
        if (!letter && (i == 0 || !(c == '-' || c == '.' || (c >= '0' && c <= '9'))))
            return false;
    }
    return s.n > 0;
}

/* What belongs to scripts, to frameworks and to who reads the page aloud, or is said of links. */
static bool is_foreign_attr(ofp_str name)
{
    static const char *const prefixes[] = { "on", "data-", "aria-", "ng-", "v-", "x-", "js", "xmlns" };
    static const char *const names[] = { "role", "tabindex", "focusable", "xlink", "show", "actuate", "arcrole", "version", "hidden",
                                         "target", "lang" };
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (ofp_str_starts(name, ofp_s(prefixes[i])))
            return true;
    return FIND(names, name) || !is_name(name);
}

/* ---- references -------------------------------------------------------------------------------- */

static void add_ids(drawing *d, const dom *top)
{
    for (const dom *n = top; n; n = dom_after(n, top)) {
        ofp_str id = n->nattrs ? DOM_ATTR(n, "id") : (ofp_str){ "", 0 };
        void **at = id.n ? ofp_map_at(&d->ids, id) : NULL;
        if (at && !*at)
            *at = (void *)(uintptr_t)n;
    }
}

/* Whether the page may still pay for a second copy of n, so that copies of copies stay within the page's own size. */
static bool is_affordable(reader *r, const dom *top)
{
    size_t nodes = 0;
    for (const dom *n = top; n && nodes <= r->spare_parts; n = dom_after(n, top))
        nodes++;
    r->spare_parts -= nodes <= r->spare_parts ? nodes : r->spare_parts;
    return r->spare_parts;
}

static bool is_in_svg(const dom *n)
{
    return n->tag == T_SVG || dom_up(n, T_SVG);
}

/* Sees to it that the drawing has the element with that id: one of the page's other drawings is taken into it. */
static bool has_part(drawing *d, ofp_str id)
{
    const dom *there = ofp_map_get(&d->ids, id);
    if (there)
        return true;
    there = ofp_map_get(&d->r->ids, id);
    if (!there || d->nimports == MAX_IMPORTS || !is_in_svg(there) || there->tag == T_SVG || !is_affordable(d->r, there))
        return false;
    d->imports[d->nimports++] = there;
    add_ids(d, there);
    return true;
}

/* "url(#name)" anywhere in a value. */
static void see_urls(drawing *d, ofp_str value)
{
    for (size_t at = 0; (at = ofp_str_find(value, OFP_STR("url("), at)) != SIZE_MAX;) {
        at += 4;
        at += at < value.n && (value.p[at] == '"' || value.p[at] == '\'');
        ofp_str name = ofp_str_sub(value, at + 1, SIZE_MAX);
        size_t end = 0;
        while (end < name.n && name.p[end] != ')' && name.p[end] != '"' && name.p[end] != '\'')
            end++;
        if (at < value.n && value.p[at] == '#')
            has_part(d, ofp_str_sub(name, 0, end));
    }
}

static bool is_own_picture(ofp_str url)
{
    return ofp_str_istarts(url, OFP_STR("data:image/png;base64,")) || ofp_str_istarts(url, OFP_STR("data:image/jpeg;base64,"))
        || ofp_str_istarts(url, OFP_STR("data:image/jpg;base64,")) || ofp_str_istarts(url, OFP_STR("data:image/gif;base64,"));
}

/* Whether a reference is kept; a picture or a part that is elsewhere would leave a hole. */
static bool keeps_href(drawing *d, const dom *n, ofp_str url)
{
    bool kept = ofp_str_starts(url, OFP_STR("#")) ? has_part(d, ofp_str_sub(url, 1, SIZE_MAX)) : is_own_picture(url);
    if (!kept && (ofp_str_eq(n->name, OFP_STR("use")) || ofp_str_eq(n->name, OFP_STR("image"))))
        d->incomplete = true;
    return kept;
}

/* ---- custom properties --------------------------------------------------------------------------- */

static size_t name_length(ofp_str s)
{
    size_t n = 0;
    while (n < s.n && (s.p[n] == '-' || s.p[n] == '_' || ofp_is_letter((unsigned char)s.p[n]) || (s.p[n] >= '0' && s.p[n] <= '9')))
        n++;
    return n;
}

/* Keeps the "--name: value" at the beginning of css, unless one of that name has been seen; gives the length of the name. */
static size_t read_property(reader *r, ofp_str css)
{
    enum { LONGEST = 200 };
    size_t n = name_length(css), end = n;
    void **slot = n < css.n && css.p[n] == ':' ? ofp_map_at(&r->properties, ofp_str_sub(css, 0, n)) : NULL;
    ofp_str *value = slot && !*slot ? ofp_arena_zalloc(r->tmp, 1, sizeof *value) : NULL;
    if (!value)
        return n;
    while (end < css.n && end < n + LONGEST && css.p[end] != ';' && css.p[end] != '}')
        end++;
    *value = ofp_str_trim(ofp_str_sub(css, n + 1, end - n - 1));
    *slot = value;
    return n;
}

static void read_properties(reader *r)
{
    r->properties = (ofp_map){ .arena = r->tmp };
    for (size_t k = 0; k < r->of[T_STYLE].n; k++) {
        ofp_str css = r->of[T_STYLE].at[k]->text;
        for (size_t at = 0; (at = ofp_str_find(css, OFP_STR("--"), at)) != SIZE_MAX; )
            at += read_property(r, ofp_str_sub(css, at, SIZE_MAX));
    }
}

static const ofp_str *property(reader *r, ofp_str name)
{
    if (!r->properties.arena)
        read_properties(r);
    return ofp_map_get(&r->properties, name);
}

/* Takes a "var(--name, otherwise)" off *rest: its value, or what stands in for it. */
static ofp_str take_var(drawing *d, ofp_str *rest)
{
    size_t end = 0, open = 0;
    do {
        open += end < rest->n && rest->p[end] == '(';
        open -= end < rest->n && rest->p[end] == ')';
        end++;
    } while (end < rest->n && (open || end < 4));
    ofp_str inside = ofp_str_trim(ofp_str_sub(*rest, 4, end > 5 ? end - 5 : 0));
    size_t comma = ofp_str_find(inside, OFP_STR(","), 0);
    const ofp_str *value = property(d->r, ofp_str_trim(ofp_str_sub(inside, 0, comma)));
    *rest = ofp_str_sub(*rest, end, SIZE_MAX);
    if (value && ofp_str_find(*value, OFP_STR("var("), 0) == SIZE_MAX)
        return *value;
    return comma == SIZE_MAX ? (ofp_str){ "", 0 } : ofp_str_trim(ofp_str_sub(inside, comma + 1, SIZE_MAX));
}

/* CSS whose custom properties have values; renderers of pictures know none. */
static ofp_str without_vars(drawing *d, ofp_str css)
{
    ofp_buf b = { 0 };
    size_t at = ofp_str_find(css, OFP_STR("var("), 0);
    if (at == SIZE_MAX)
        return css;
    for (; at != SIZE_MAX; at = ofp_str_find(css, OFP_STR("var("), 0)) {
        ofp_buf_add(&b, ofp_str_sub(css, 0, at));
        css = ofp_str_sub(css, at, SIZE_MAX);
        ofp_buf_add(&b, take_var(d, &css));
    }
    ofp_buf_add(&b, css);
    return ofp_buf_take(&b, d->r->tmp);
}

/* ---- attributes -------------------------------------------------------------------------------- */

static void put_attr(drawing *d, const dom *n, const struct attr *a)
{
    ofp_str name = a->name, value = without_vars(d, ofp_str_trim(a->value));
    if (ofp_str_eq(name, OFP_STR("href"))) {
        if (keeps_href(d, n, value))
            ofp_xml_attr(d->out, "xlink:href", value);
    } else if (ofp_str_eq(name, OFP_STR("space"))) {
        ofp_xml_attr(d->out, "xml:space", value);
    } else if (value.n && !is_foreign_attr(name)) {
        const char *spelt = FIND(attributes, name);
        see_urls(d, value);
        ofp_buf_putc(d->out, ' ');
        ofp_buf_add(d->out, spelt ? ofp_s(spelt) : name);
        ofp_buf_puts(d->out, "=\"");
        ofp_xml_quoted(d->out, value);
        ofp_buf_putc(d->out, '"');
    }
}

/* href and xlink:href have one name in the tree. */
static bool is_repeated(const dom *n, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (ofp_str_eq(n->attrs[i].name, n->attrs[k].name))
            return true;
    return false;
}

/* On the root, what places it in the page is not the drawing's. */
static bool is_of_page(const struct attr *a)
{
    static const char *const names[] = { "style", "x", "y", "opacity", "transform", "visibility", "display" };
    bool size = ofp_str_eq(a->name, OFP_STR("width")) || ofp_str_eq(a->name, OFP_STR("height"));
    ofp_str v = ofp_str_trim(a->value);
    bool number = v.n && ((v.p[0] >= '0' && v.p[0] <= '9') || v.p[0] == '.') && v.p[v.n - 1] != '%';
    return size ? !number : FIND(names, a->name) != NULL;
}

/* Of the root's style, how it paints. */
static void put_paint(drawing *d, const dom *svg)
{
    static const char *const kept[] = { "fill", "stroke", "stroke-width", "color", "font-family", "font-size", "font-weight", "font" };
    bool any = false;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        ofp_str value = html_style(svg, ofp_s(kept[i]));
        if (!value.n)
            continue;
        ofp_buf_printf(d->out, "%s%s: ", any ? "; " : " style=\"", kept[i]);
        ofp_xml_quoted(d->out, value);
        any = true;
    }
    ofp_buf_puts(d->out, any ? "\"" : "");
}

static void put_attrs(drawing *d, const dom *n)
{
    bool root = n == d->root;
    for (size_t i = 0; i < n->nattrs; i++)
        if (!is_repeated(n, i) && !(root && is_of_page(&n->attrs[i])))
            put_attr(d, n, &n->attrs[i]);
    if (root)
        put_paint(d, n);
}

/* ---- elements ---------------------------------------------------------------------------------- */

static bool holds_text(const char *name)
{
    static const char *const names[] = { "text", "tspan", "textPath", "title", "desc" };
    return FIND(names, ofp_s(name)) != NULL;
}

/* The words of HTML, a line for each of its lines. */
static ofp_str lines_of(drawing *d, const dom *n)
{
    ofp_buf raw = { 0 }, lines = { 0 };
    for (const dom *c = n->first; c; c = dom_after(c, n)) {
        if (c->tag == T_BR || dom_is_block(c->tag))
            ofp_buf_putc(&raw, '\n');
        for (size_t i = 0; c->tag == T_TEXT && i < c->text.n; i++)
            ofp_buf_putc(&raw, c->text.p[i] == '\n' ? ' ' : c->text.p[i]);
    }
    ofp_str rest = ofp_buf_str(&raw), line;
    while (ofp_str_line(&rest, &line)) {
        line = ofp_arena_squeeze(d->r->tmp, line);
        ofp_buf_puts(&lines, line.n && lines.n ? "\n" : "");
        ofp_buf_add(&lines, line);
    }
    d->out->failed = d->out->failed || raw.failed;
    ofp_buf_free(&raw);
    return ofp_buf_take(&lines, d->r->tmp);
}

static size_t count_lines(ofp_str s)
{
    size_t n = 0;
    for (ofp_str line; ofp_str_line(&s, &line); )
        n++;
    return n;
}

static long whole_part(ofp_str v, long least)
{
    long n;
    return ofp_str_int(ofp_str_sub(v, 0, ofp_str_find(v, OFP_STR("."), 0)), least, 100000, &n) ? n : 0;
}

/* Many tools set their labels in HTML: its words, where they would stand. */
static void put_label(drawing *d, const dom *n)
{
    long w = whole_part(DOM_ATTR(n, "width"), 1), h = whole_part(DOM_ATTR(n, "height"), 1);
    long x = whole_part(DOM_ATTR(n, "x"), -100000) + w / 2, y = whole_part(DOM_ATTR(n, "y"), -100000) + h / 2;
    ofp_str rest = lines_of(d, n), line;
    /* in a switch it stands beside what is drawn where HTML cannot be */
    if (!w || !h || !rest.n || ofp_str_eq(n->parent->name, OFP_STR("switch")))
        return;
    long up = (long)count_lines(rest) * 60 - 95;         /* hundredths of an em, from the middle to the first base line */
    ofp_buf_printf(d->out, "<text x=\"%ld\" y=\"%ld\" text-anchor=\"middle\">", x, y);
    for (bool first = true; ofp_str_line(&rest, &line); first = false) {
        ofp_buf_printf(d->out, "<tspan x=\"%ld\" dy=\"%s%ld.%02ldem\">", x, first && up > 0 ? "-" : "",
                       first ? labs(up) / 100 : 1, first ? labs(up) % 100 : 20);
        ofp_xml_text(d->out, line);
        ofp_buf_puts(d->out, "</tspan>");
    }
    ofp_buf_puts(d->out, "</text>");
}

static void put_element(drawing *d, const dom *n);

static void put_children(drawing *d, const dom *n, bool text)
{
    for (const dom *c = n->first; c; c = c->next) {
        if (c->tag == T_TEXT && text)
            ofp_xml_text(d->out, c->text);
        else if (c->tag != T_TEXT && c->tag != T_COMMENT)
            put_element(d, c);
    }
}

static void put_content(drawing *d, const dom *n, const char *name)
{
    if (n->tag == T_STYLE)
        ofp_xml_text(d->out, without_vars(d, n->text));
    else if (n->tag == T_TITLE || ofp_str_eq(n->name, OFP_STR("desc")))
        ofp_xml_text(d->out, dom_plain(d->r->tmp, n));
    else
        put_children(d, n, holds_text(name));
}

static void put_named(drawing *d, const dom *n, const char *name)
{
    ofp_buf_printf(d->out, "<%s", name);
    put_attrs(d, n);
    size_t bare = d->out->n;
    ofp_buf_putc(d->out, '>');
    put_content(d, n, name);
    if (d->out->n > bare + 1) {
        ofp_buf_printf(d->out, "</%s>", name);
    } else {
        d->out->n = bare;
        ofp_buf_puts(d->out, "/>");
    }
}

static void put_element(drawing *d, const dom *n)
{
    const char *name = FIND(elements, n->name);
    d->incomplete = d->incomplete || d->depth == MAX_DEPTH || d->out->n > MAX_BYTES;
    if (d->incomplete)
        return;
    d->depth++;
    if (html_is_for_ears(n)) {
        /* not shown */
    } else if (ofp_str_eq(n->name, OFP_STR("foreignobject"))) {
        put_label(d, n);
    } else if (n->tag == T_A) {
        put_children(d, n, ofp_str_eq(n->parent->name, OFP_STR("text")));
    } else if (name) {
        put_named(d, n, name);
    }
    d->depth--;
}

/* ---- the whole --------------------------------------------------------------------------------- */

static void put_imports(drawing *d)
{
    if (!d->nimports)
        return;
    ofp_buf_puts(d->out, "<defs>");
    for (size_t i = 0; i < d->nimports; i++)
        put_element(d, d->imports[i]);
    ofp_buf_puts(d->out, "</defs>");
}

static const char opening[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

static void put_root(drawing *d)
{
    ofp_buf_puts(d->out, opening);
    put_attrs(d, d->root);
    ofp_buf_putc(d->out, '>');
}

/* Asked of each icon of a page, most of which are found too small. */
void html_drawing_root(const dom *svg, ofp_buf *out)
{
    static const struct { ofp_str name; const char *is; } sizes[] = {
        { { "width", 5 }, "width" }, { { "height", 6 }, "height" }, { { "viewbox", 7 }, "viewBox" },
    };
    ofp_buf_puts(out, opening);
    for (size_t i = 0; i < svg->nattrs; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
            if (ofp_str_eq(svg->attrs[i].name, sizes[k].name) && !is_of_page(&svg->attrs[i]))
                ofp_xml_attr(out, sizes[k].is, svg->attrs[i].value);
    ofp_buf_putc(out, '>');
}

bool html_drawing_xml(reader *r, const dom *svg, ofp_buf *out)
{
    drawing d = { .r = r, .root = svg, .out = out, .ids = { .arena = r->tmp } };
    add_ids(&d, svg);
    put_root(&d);
    put_children(&d, svg, false);
    put_imports(&d);
    ofp_buf_puts(out, "</svg>");
    return !d.incomplete && out->n <= MAX_BYTES;
}
