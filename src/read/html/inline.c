/* inline.c - elements inside of paragraphs: links, emphasis, code, line breaks. */
#include "convert.h"

static bool leads_somewhere(ofp_str href)
{
    href = ofp_str_trim(href);
    return href.n && !ofp_str_eq(href, OFP_STR("#")) && !ofp_str_istarts(href, OFP_STR("javascript:"));
}

static void set_inline_hints(reader *r, ofp_node *node, struct wrap *w)
{
    bool dead = w->el->tag == T_A && !leads_somewhere(DOM_ATTR(w->el, "href"));
    if (r->hints && (html_has_hints(w->el) || html_is_kept(w->el) || dead))
        html_add_hints(r, node, w->el);
    html_add_lang(r, node, w->el);
    ofp_str id = html_id(w->el);
    if (w->used || !id.n || (!r->hints && !html_is_target(r, id)))
        ofp_set_id(r->d, node, (ofp_str){ "", 0 });
    else
        ofp_set_id(r->d, node, html_keep(r, id));
}

/* Inline elements that a reader can see and the model has no node for are SPANs of that class. */
static const char *class_of(const dom *n)
{
    static const struct { enum tag tag; const char *name; } classes[] = {
        { T_MARK, "mark" }, { T_ABBR, "abbr" }, { T_ACRONYM, "abbr" }, { T_RUBY, "ruby" }, { T_RT, "rt" },
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (n->tag == classes[i].tag)
            return classes[i].name;
    return NULL;
}

static void set_span(reader *r, ofp_node *node, struct wrap *w)
{
    const char *name = class_of(w->el);
    if (!name) {
        set_inline_hints(r, node, w);
        return;
    }
    ofp_add_class(r->d, node, ofp_s(name));
    if (DOM_ATTR(w->el, "title").n)
        ofp_set_attr(r->d, node, OFP_STR("title"), html_keep(r, DOM_ATTR(w->el, "title")));
    html_add_lang(r, node, w->el);
}

ofp_node *flow_wrap_node(reader *r, struct wrap *w, ofp_node *parent)
{
    bool in_code = r->code && (size_t)(w - r->wraps) >= r->code_wraps;
    if (in_code && w->type != OFP_LINK)
        return NULL;
    ofp_node *n = ofp_add(r->d, parent, w->type);
    if (w->type == OFP_LINK) {
        ofp_set_target(n, html_resolve(r, DOM_ATTR(w->el, "href")), html_title(r, w->el));
        set_inline_hints(r, n, w);
    } else if (w->type == OFP_SPAN) {
        set_span(r, n, w);
    } else if (w->type == OFP_QUOTED) {
        bool inner = false;
        for (ofp_node *p = parent; p && !inner; p = ofp_is_inline(p) ? ofp_parent(p) : NULL)
            inner = ofp_node_type(p) == OFP_QUOTED && ofp_quote_double(p);
        ofp_set_quote(n, !inner);
    }
    return n;
}

static void wrapped(reader *r, dom *n, enum ofp_type type)
{
    flow_push(r, n, type);
    html_children(r, n);
    flow_pop(r);
}

/* Bold, italic and the like as word processors and editors write them. */
static const struct { ofp_str property, begins; enum ofp_type type; } styles[] = {
    { { "font-weight", 11 }, { "bold", 4 }, OFP_STRONG },   { { "font-weight", 11 }, { "7", 1 }, OFP_STRONG },
    { { "font-style", 10 }, { "italic", 6 }, OFP_EMPH },    { { "font-style", 10 }, { "oblique", 7 }, OFP_EMPH },
    { { "text-decoration", 15 }, { "line-through", 12 }, OFP_STRIKE },
    { { "text-decoration", 15 }, { "underline", 9 }, OFP_UNDERLINE },
    { { "font-variant", 12 }, { "small-caps", 10 }, OFP_SMALLCAPS },
    { { "vertical-align", 14 }, { "super", 5 }, OFP_SUPER }, { { "vertical-align", 14 }, { "sub", 3 }, OFP_SUB },
};

static unsigned push_styles(reader *r, const dom *n)
{
    unsigned pushed = 0;
    if (DOM_CLASS(n, "smallcaps") || DOM_CLASS(n, "small-caps")) {
        flow_push(r, NULL, OFP_SMALLCAPS);
        pushed++;
    }
    for (size_t i = 0; dom_has_attr(n, OFP_STR("style")) && i < sizeof styles / sizeof *styles; i++)
        if (ofp_str_istarts(html_style(n, styles[i].property), styles[i].begins)) {
            flow_push(r, NULL, styles[i].type);
            pushed++;
        }
    return pushed;
}

void html_hint(reader *r, dom *n)
{
    if (n->tag == T_UNKNOWN && html_raw_element(r, n))
        return;
    if (html_is_block(n) && !r->f.fixed) {
        html_box(r, n);
        return;
    }
    if (r->code) {
        html_children(r, n);         /* colours */
        return;
    }
    if (html_is_block(n))
        r->f.space = true;
    unsigned pushed = n->nattrs ? push_styles(r, n) : 0;
    bool span = r->hints ? html_has_hints(n) || html_is_kept(n) : html_is_target(r, html_id(n));
    if (span || html_wants_lang(n)) {
        flow_push(r, n, OFP_SPAN);
        pushed++;
    }
    html_children(r, n);
    while (pushed--)
        flow_pop(r);
    if (html_is_block(n))
        r->f.space = true;
}

/* A whole reference in a cite element, rather than the title of a work (HTML standard 4.5.6). */
static bool is_reference(const dom *n)
{
    size_t all = 0, linked = 0;
    int steps = 0;
    for (const dom *c = n->first; c && ++steps < 100; c = dom_after(c, n)) {
        if (DOM_IS(c, T_I, T_EM))
            return true;
        if (c->tag != T_TEXT)
            continue;
        all += ofp_str_trim(c->text).n;
        linked += dom_up(c, T_A) ? ofp_str_trim(c->text).n : 0;
    }
    return all > 80 || (linked && linked < all);
}

/* Google Docs puts its documents in a b element that is not bold, and some wikis whole references in cite. */
static bool is_neutral(const dom *n)
{
    ofp_str weight = html_style(n, OFP_STR("font-weight")), style = html_style(n, OFP_STR("font-style"));
    if (n->tag == T_CITE)
        return is_reference(n);
    return (n->tag == T_B && (ofp_str_ieq(weight, OFP_STR("normal")) || ofp_str_ieq(weight, OFP_STR("400"))))
        || (n->tag == T_I && ofp_str_ieq(style, OFP_STR("normal")));
}

void html_wrap(reader *r, dom *n)
{
    if (r->code) {
        html_children(r, n);
        return;
    }
    bool hint = r->hints && n->nattrs && (html_is_hidden(n) || dom_has_attr(n, OFP_STR("itemprop")));
    bool span = n->nattrs && (hint || html_wants_lang(n) || html_is_target(r, html_id(n)));
    if (span && html_type_of(n) != OFP_SPAN)
        flow_push(r, n, OFP_SPAN);
    if ((n->nattrs || n->tag == T_CITE) && is_neutral(n))
        html_children(r, n);
    else
        wrapped(r, n, html_type_of(n));
    if (span && html_type_of(n) != OFP_SPAN)
        flow_pop(r);
}

/* A link without text is kept in a fragment, unless it only marks a place for others to link to. */
static void do_link(reader *r, dom *n)
{
    ofp_str href = ofp_str_trim(DOM_ATTR(n, "href"));
    if (r->hints || n->first || html_fragment(r, n).n) {
        wrapped(r, n, OFP_LINK);
        return;
    }
    ofp_node *link = ofp_new(r->d, OFP_LINK);
    ofp_set_line(link, n->line);
    ofp_set_target(link, html_resolve(r, href), html_title(r, n));
    flow_leaf(r, link);
}

void html_anchor(reader *r, dom *n)
{
    ofp_str href = DOM_ATTR(n, "href");
    bool self = !r->hints && dom_has_attr(n, OFP_STR("href")) && !href.n;
    if (html_blank_link(r, n))
        return;
    if (!flow_in(r, OFP_LINK) && (self || leads_somewhere(href)))
        do_link(r, n);
    else if (r->hints || html_is_target(r, html_id(n)))
        wrapped(r, n, OFP_SPAN);
    else if (dom_has_attr(n, OFP_STR("href")) || html_id(n).n || !html_raw_element(r, n))
        html_children(r, n);
}

void html_code(reader *r, dom *n)
{
    if (r->code) {
        html_children(r, n);
        return;
    }
    flow_code(r, n);
    html_children(r, n);
    flow_code(r, NULL);
}

void html_break(reader *r, dom *n)
{
    (void)n;
    flow_break(r);
}

/* A zero-width space, inside of a word. */
void html_wbr(reader *r, dom *n)
{
    (void)n;
    if (!r->code && !r->f.space && r->f.started)
        flow_literal(r, OFP_STR("\u200B"));
}

/* How characters are read, in parentheses for formats without ruby. */
void html_ruby_text(reader *r, dom *n)
{
    if (dom_blank(n))
        return;
    flow_push(r, n, OFP_SPAN);
    flow_literal(r, OFP_STR("("));
    html_children(r, n);
    r->f.space = false;
    flow_literal(r, OFP_STR(")"));
    flow_pop(r);
}
