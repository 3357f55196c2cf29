/* drawing.c - svg elements: which of them are drawings that somebody reads, and these as images. */
#include "drawing.h"
#include "base/octets.h"
#include "res/res.h"

/* px: what is smaller is an icon; a name alone is kept of what is as large as a picture. */
enum { ICON_SIDE = 64, PICTURE_SIDE = 100 };
/* Words with which a drawing says something, or names of its parts (programs call them "Layer 1", "background"); and
 * shapes without which it is but a logo. */
enum { MANY_WORDS = 3, MANY_TOLD = 12, FEW_SHAPES = 4 };

/* ---- around it --------------------------------------------------------------------------------- */

/* What is part of something to press, to go by or to lead on is no drawing. */
static bool is_set_apart(const reader *r, const dom *up)
{
    return DOM_IS(up, T_A, T_BUTTON, T_LABEL, T_SUMMARY, T_NAV, T_H1, T_H2, T_H3, T_H4, T_H5, T_H6)
        || (r->hints && DOM_IS(up, T_HEADER, T_FOOTER)) || html_is_hidden(up) || ofp_str_ieq(DOM_ATTR(up, "role"), OFP_STR("button"));
}

static bool stands_alone(const reader *r, const dom *svg)
{
    if (r->code || html_is_hidden(svg) || ofp_str_ieq(DOM_ATTR(svg, "role"), OFP_STR("presentation"))
        || ofp_str_ieq(DOM_ATTR(svg, "role"), OFP_STR("none")))
        return false;
    const dom *up = svg->parent;
    while (up && !is_set_apart(r, up))
        up = up->parent;
    return !up;
}

/* A figure that shows nothing else, and is small; over a picture or a film there are buttons. */
static bool is_the_figure(const dom *svg)
{
    enum { MANY = 300 };
    const dom *figure = dom_up(svg, T_FIGURE);
    int steps = 0;
    for (const dom *n = figure ? figure->first : NULL; n; n = n->tag == T_SVG ? dom_after_skip(n, figure) : dom_after(n, figure))
        if (DOM_IS(n, T_IMG, T_VIDEO, T_AUDIO, T_IFRAME, T_OBJECT) || ++steps > MANY)
            return false;
    return figure;
}

/* ---- inside it --------------------------------------------------------------------------------- */

static unsigned count_words(ofp_str s)
{
    unsigned words = 0;
    bool inside = false;
    for (size_t i = 0; i < s.n; ) {
        uint32_t cp = ofp_utf8_next(s, &i);
        bool letter = ofp_is_letter(cp) || (cp >= '0' && cp <= '9');
        words += letter && !inside;
        inside = letter;
    }
    return words;
}

static bool is_one_of(ofp_str name, const char *const *names)
{
    while (*names && !ofp_str_eq(name, ofp_s(*names)))
        names++;
    return *names;
}

/* bare: shapes of which nothing in the drawing says how they are painted. */
typedef struct content { unsigned words, shapes, told, bare; bool styled, classed; } content;

static bool tells_paint(const dom *n)
{
    ofp_str style = DOM_ATTR(n, "style");
    return DOM_ATTR(n, "fill").n || DOM_ATTR(n, "stroke").n || ofp_str_find(style, OFP_STR("fill"), 0) != SIZE_MAX
        || ofp_str_find(style, OFP_STR("stroke"), 0) != SIZE_MAX;
}

static bool is_painted(const dom *n, const dom *svg)
{
    while (n != svg && !tells_paint(n))
        n = n->parent;
    return tells_paint(n);
}

static unsigned words_below(const dom *top)
{
    unsigned words = 0;
    for (const dom *n = top->first; n; n = dom_after(n, top))
        words += n->tag == T_TEXT ? count_words(n->text) : 0;
    return words;
}

/* Counts what is drawn, and words: those that it shows, and those that it tells of its parts. */
static content look_into(const dom *svg)
{
    static const char *const shapes[] = { "path", "rect", "circle", "line", "polygon", "polyline", "ellipse", "use", "image", "text",
                                        "foreignobject", NULL };
    static const char *const texts[] = { "text", "foreignobject", NULL }, *const names[] = { "title", "desc", NULL };
    static const char *const aside[] = { "symbol", "defs", "metadata", "style", NULL };
    content c = { .styled = dom_find(svg, T_STYLE), .classed = DOM_ATTR(svg, "class").n };
    for (const dom *n = svg->first, *next; n; n = next) {
        bool unseen = html_is_for_ears(n) || is_one_of(n->name, aside);
        bool text = !unseen && is_one_of(n->name, texts), name = is_one_of(n->name, names);
        next = unseen || text || name ? dom_after_skip(n, svg) : dom_after(n, svg);
        bool shape = !unseen && is_one_of(n->name, shapes);
        c.classed |= DOM_ATTR(n, "class").n > 0;
        c.shapes += shape;
        c.bare += shape && !text && !is_painted(n, svg);
        c.words += text ? words_below(n) : 0;
        c.told += name && n->parent != svg ? words_below(n) : 0;
    }
    return c;
}

/* ---- judging ----------------------------------------------------------------------------------- */

static bool px_of(ofp_str v, long *px)
{
    v = ofp_str_trim(v);
    if (ofp_str_ends(v, OFP_STR("px")))
        v.n -= 2;
    return ofp_str_int(ofp_str_sub(v, 0, ofp_str_find(v, OFP_STR("."), 0)), 1, 100000, px);
}

/* Sheets of parts that are used elsewhere are nothing wide. */
static bool is_nothing(const dom *svg, ofp_str side)
{
    ofp_str in_style = ofp_str_trim(html_style(svg, side)), v = in_style.n ? in_style : ofp_str_trim(dom_attr(svg, side));
    return v.n && v.p[0] == '0' && (v.n == 1 || ofp_str_ieq(v, OFP_STR("0px")));
}

/* A length by the size of letters, as icons and formulas have it, in px. */
static bool by_letters(ofp_str v, unsigned *px)
{
    static const struct { const char *unit; long px; } units[] = { { "rem", 16 }, { "em", 16 }, { "ex", 8 }, { "ch", 8 } };
    v = ofp_str_trim(v);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        ofp_str unit = ofp_s(units[i].unit), number = ofp_str_sub(v, 0, v.n > unit.n ? v.n - unit.n : 0);
        long n;
        if (!ofp_str_ends(v, unit) || !ofp_str_int(ofp_str_sub(number, 0, ofp_str_find(number, OFP_STR("."), 0)), 0, 10000, &n))
            continue;
        *px = (unsigned)((n + 1) * units[i].px);
        return true;
    }
    return false;
}

static void heed_style(const dom *svg, ofp_str side, unsigned *px)
{
    long n;
    ofp_str in_style = html_style(svg, side);
    if (px_of(in_style, &n))
        *px = (unsigned)n;
    else
        (void)(by_letters(in_style, px) || by_letters(dom_attr(svg, side), px));
}

/* How large it is on the page, in px; what neither attributes nor style tell is the viewBox's. */
static bool find_size(const dom *svg, ofp_image *size)
{
    ofp_buf root = { 0 };
    html_drawing_root(svg, &root);
    bool known = ofp_image_probe(ofp_buf_str(&root), size);
    ofp_buf_free(&root);
    heed_style(svg, OFP_STR("width"), &size->width);
    heed_style(svg, OFP_STR("height"), &size->height);
    return known && !is_nothing(svg, OFP_STR("width")) && !is_nothing(svg, OFP_STR("height"));
}

static const dom *child_named(const dom *svg, ofp_str name)
{
    const dom *c = svg->first;
    while (c && !ofp_str_eq(c->name, name))
        c = c->next;
    return c;
}

/* Says that it is as large as a picture. */
static bool is_as_large(const dom *svg)
{
    long w, h;
    return px_of(DOM_ATTR(svg, "width"), &w) && px_of(DOM_ATTR(svg, "height"), &h) && w >= PICTURE_SIDE && h >= PICTURE_SIDE;
}

/* Words in the names of what draws, and of what is no drawing. */
static bool is_called(const dom *svg, const char *const *words)
{
    ofp_str id = DOM_ATTR(svg, "id"), role = DOM_ATTR(svg, "aria-roledescription");
    for (; *words; words++)
        if (dom_class_holds(svg, ofp_s(*words)) || ofp_str_ifind(id, ofp_s(*words), 0) != SIZE_MAX
            || ofp_str_ifind(role, ofp_s(*words), 0) != SIZE_MAX)
            return true;
    return false;
}

/* Around the text of a page stand logos, ornaments and icons as large as drawings: they say nothing, or little.  In a
 * fragment there are fewer of them. */
static bool says_something(const reader *r, const dom *svg, const content *c)
{
    static const char *const charts[] = { "chart", "diagram", "plot", "mermaid", "graphviz", "flowchart", NULL };
    static const char *const signs[] = { "icon", "logo", "brand", "spinner", "loader", NULL };
    if (is_called(svg, signs))
        return false;
    if (is_the_figure(svg) && (c->shapes > 1 || DOM_ATTR(svg, "aria-label").n || child_named(svg, OFP_STR("title"))))
        return true;
    if (is_the_figure(svg) || !r->hints)
        return c->words || c->shapes >= FEW_SHAPES || is_as_large(svg);
    return c->shapes >= FEW_SHAPES && (c->words >= MANY_WORDS || c->told >= MANY_TOLD || is_called(svg, charts));
}

/* A style sheet of the page paints it, without which it would be black all over. */
static bool needs_style(const content *c)
{
    return !c->styled && c->classed && c->bare * 2 > c->shapes;
}

static bool is_read(reader *r, const dom *svg, const ofp_image *size)
{
    content c = look_into(svg);
    bool small = size->width < ICON_SIDE || size->height < ICON_SIDE;
    return c.shapes && !needs_style(&c) && (!small || (c.words && is_the_figure(svg))) && says_something(r, svg, &c) && stands_alone(r, svg);
}

/* ---- its name ---------------------------------------------------------------------------------- */

static ofp_str drawing_name(reader *r, const dom *svg)
{
    ofp_str name = ofp_arena_squeeze(r->a, html_keep(r, DOM_ATTR(svg, "aria-label")));
    const dom *title = child_named(svg, OFP_STR("title")), *desc = child_named(svg, OFP_STR("desc"));
    if (!name.n && title)
        name = dom_plain(r->a, title);
    return !name.n && desc ? dom_plain(r->a, desc) : name;
}

/* Of a drawing as large as a picture that cannot be had, its name. */
static void keep_name(reader *r, const dom *svg)
{
    if (!is_as_large(svg))
        return;
    if ((r->hints && !dom_up(svg, T_FIGURE)) || r->code || html_is_hidden(svg))
        return;
    ofp_str name = drawing_name(r, svg);
    if (!name.n) {
        ofp_warn(r->d, OFP_D_RESOURCE_FORMAT, svg->line, "a drawing without a title was left out");
        return;
    }
    r->f.space = true;
    flow_literal(r, name);
    r->f.space = true;
}

/* ---- as an image ------------------------------------------------------------------------------- */

static ofp_str drawing_url(reader *r, const dom *svg)
{
    ofp_buf xml = { 0 }, url = { 0 };
    if (html_drawing_xml(r, svg, &xml)) {
        ofp_buf_puts(&url, "data:image/svg+xml;base64,");
        ofp_put_base64(&url, ofp_buf_str(&xml));
    }
    url.failed = url.failed || xml.failed;
    ofp_buf_free(&xml);
    return ofp_buf_take(&url, r->a);
}

/* In px, mm and the like, rather than a share of what is around. */
static bool is_length(ofp_str v)
{
    v = ofp_str_trim(v);
    return v.n && (v.p[0] == '.' || (v.p[0] >= '0' && v.p[0] <= '9')) && v.p[v.n - 1] != '%';
}

static void set_number(reader *r, ofp_node *image, ofp_str key, long px)
{
    ofp_set_attr(r->d, image, key, ofp_arena_printf(r->a, "%ld", px));
}

/* A drawing that tells no width takes that of the text around it, as far as its style lets it. */
static void set_size(reader *r, ofp_node *image, const dom *svg, const ofp_image *size)
{
    long px;
    if (px_of(html_style(svg, OFP_STR("max-width")), &px) || px_of(html_style(svg, OFP_STR("width")), &px)) {
        set_number(r, image, OFP_STR("width"), px);
    } else if (is_length(DOM_ATTR(svg, "width")) || is_length(DOM_ATTR(svg, "height"))) {
        set_number(r, image, OFP_STR("width"), (long)size->width);
        set_number(r, image, OFP_STR("height"), (long)size->height);
    } else if (DOM_ATTR(svg, "viewbox").n) {
        ofp_set_attr(r->d, image, OFP_STR("width"), OFP_STR("100%"));
    }
}

void html_drawing(reader *r, dom *svg)
{
    ofp_image size;
    bool read = find_size(svg, &size) && is_read(r, svg, &size);
    ofp_str url = read ? drawing_url(r, svg) : (ofp_str){ "", 0 };
    if (!url.n) {
        keep_name(r, svg);
        return;
    }
    ofp_node *image = ofp_new(r->d, OFP_IMAGE);
    ofp_set_line(image, svg->line);
    ofp_set_target(image, url, (ofp_str){ "", 0 });
    ofp_add_text(r->d, image, drawing_name(r, svg));
    if (r->hints)
        html_add_hints(r, image, svg);
    else
        html_add_marks(r, image, svg);
    set_size(r, image, svg, &size);
    r->f.space = true;                  /* where its name takes its place */
    flow_leaf(r, image);
    r->f.space = true;
}
