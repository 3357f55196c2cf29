/* convert.c - from elements to nodes: one action for each row of tags.def. */
#include "html.h"
#include <string.h>

enum action { PASS, SKIP, MAYBREAK, HINT, KEEP, WRAP, PART, SCRIPT, NOSCRIPT, HEADING, BOX, PARA, RULE, PRE, QUOTE, LIST, ITEM,
              TERMS, FIGURE, SUMMARY, TABLE, ANCHOR, CODE, BREAK, RUBYTEXT, IMAGE, MATH, MEDIA, CONTROL, NACTIONS };
enum display { NONE, INLINE, BLOCK };

static const struct { uint8_t display, action, type; } rows[NTAGS] = {
    [T_UNKNOWN] = { INLINE, HINT, OFP_SPAN },
    [T_ROOT] = { BLOCK, PASS, OFP_DIV },
#define TAG(id, name, display, action, type) [T_##id] = { display, action, OFP_##type },
#include "tags.def"
#undef TAG
};

bool html_is_block(const dom *n)
{
    return n->tag != T_TEXT && (rows[n->tag].display == BLOCK || n->has_block);
}

/* ---- inline nodes --------------------------------------------------------------------------- */

static bool leads_somewhere(ofp_str href)
{
    href = ofp_str_trim(href);
    return href.n && !ofp_str_eq(href, OFP_STR("#")) && !ofp_str_istarts(href, OFP_STR("javascript:"));
}

static void set_inline_hints(reader *r, ofp_node *node, struct wrap *w)
{
    bool dead = w->el->tag == T_A && !leads_somewhere(DOM_ATTR(w->el, "href"));
    if (r->hints && (html_has_hints(w->el) || rows[w->el->tag].action == KEEP || dead))
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

static void do_hint(reader *r, dom *n)
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
    bool span = r->hints ? html_has_hints(n) || rows[n->tag].action == KEEP : html_is_target(r, html_id(n));
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

static void do_wrap(reader *r, dom *n)
{
    if (r->code) {
        html_children(r, n);
        return;
    }
    bool hint = r->hints && n->nattrs && (html_is_hidden(n) || dom_has_attr(n, OFP_STR("itemprop")));
    bool span = n->nattrs && (hint || html_wants_lang(n) || html_is_target(r, html_id(n)));
    if (span && rows[n->tag].type != OFP_SPAN)
        flow_push(r, n, OFP_SPAN);
    if ((n->nattrs || n->tag == T_CITE) && is_neutral(n))
        html_children(r, n);
    else
        wrapped(r, n, rows[n->tag].type);
    if (span && rows[n->tag].type != OFP_SPAN)
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

static void do_anchor(reader *r, dom *n)
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

static void do_code(reader *r, dom *n)
{
    if (r->code) {
        html_children(r, n);
        return;
    }
    flow_code(r, n);
    html_children(r, n);
    flow_code(r, NULL);
}

static void do_break(reader *r, dom *n)
{
    (void)n;
    flow_break(r);
}

/* A zero-width space, inside of a word. */
static void do_wbr(reader *r, dom *n)
{
    (void)n;
    if (!r->code && !r->f.space && r->f.started)
        flow_literal(r, OFP_STR("\u200B"));
}

/* How characters are read, in parentheses for formats without ruby. */
static void do_rubytext(reader *r, dom *n)
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

/* ---- block nodes ------------------------------------------------------------------------------ */

void html_loosen(ofp_node *container)
{
    unsigned texts = 0;
    for (ofp_node *n = ofp_first(container); n; ) {
        texts += ofp_node_type(n) == OFP_PLAIN || ofp_node_type(n) == OFP_PARA;
        n = ofp_node_type(n) == OFP_DIV ? ofp_after(n, container) : ofp_after_skip(n, container);
    }
    if (texts < 2)
        return;
    for (ofp_node *n = ofp_first(container); n; ) {
        if (ofp_node_type(n) == OFP_PLAIN)
            ofp_retype(n, OFP_PARA);
        n = ofp_node_type(n) == OFP_DIV ? ofp_after(n, container) : ofp_after_skip(n, container);
    }
}

/* A plain div whose only content is another div tells nothing. */
static bool is_mere_wrapper(const dom *n)
{
    const dom *only = NULL;
    for (const dom *c = n->first; c; c = c->next) {
        if (c->tag == T_TEXT && !ofp_str_trim(c->text).n)
            continue;
        if (only || c->tag != T_DIV)
            return false;
        only = c;
    }
    return only;
}

static bool needs_box(const reader *r, const dom *n)
{
    if (n->nattrs && (html_wants_lang(n) || html_is_target(r, html_id(n))))
        return true;
    if (!r->hints)
        return false;
    return rows[n->tag].action == KEEP || html_has_hints(n) || (n->tag == T_DIV && !is_mere_wrapper(n)) || n->tag == T_P;
}

ofp_node *html_open_box(reader *r, const dom *n, struct flow *saved)
{
    *saved = r->f;
    ofp_node *box = !r->f.fixed && needs_box(r, n) ? flow_block(r, OFP_DIV, n) : NULL;
    if (!box)
        return NULL;
    if (r->hints)
        html_add_hints(r, box, n);
    else
        ofp_set_id(r->d, box, html_keep(r, html_id(n)));
    html_add_lang(r, box, n);
    *saved = flow_enter(r, box, r->f.tight);
    return box;
}

void html_close_box(reader *r, const ofp_node *box, struct flow saved)
{
    if (box)
        flow_leave(r, saved);
}

void html_box(reader *r, dom *n)
{
    struct flow saved;
    ofp_node *box = html_open_box(r, n, &saved);
    flow_end_para(r);
    html_children(r, n);
    flow_end_para(r);
    html_close_box(r, box, saved);
}

void html_into(reader *r, ofp_node *container, dom *n, bool tight)
{
    struct flow saved = flow_enter(r, container, tight);
    html_box(r, n);
    flow_leave(r, saved);
    html_loosen(container);
}

static void do_pass(reader *r, dom *n)
{
    flow_end_para(r);
    html_children(r, n);
    flow_end_para(r);
}

static void do_para(reader *r, dom *n)
{
    struct flow saved;
    ofp_node *box = html_open_box(r, n, &saved);
    flow_end_para(r);
    bool tight = r->f.tight;
    r->f.tight = false;
    html_children(r, n);
    flow_end_para(r);
    r->f.tight = tight;
    html_close_box(r, box, saved);
}

static int level_of(const dom *n)
{
    long level;
    if (n->tag >= T_H1 && n->tag <= T_H6)
        return (int)(n->tag - T_H1) + 1;
    return ofp_str_int(DOM_ATTR(n, "aria-level"), 1, 6, &level) ? (int)level : 2;
}

static void do_heading(reader *r, dom *n)
{
    ofp_node *head = r->f.fixed ? NULL : flow_block(r, OFP_HEAD, n);
    if (!head) {
        do_pass(r, n);
        return;
    }
    ofp_set_level(head, level_of(n));
    if (r->hints)
        html_add_hints(r, head, n);
    ofp_set_id(r->d, head, html_keep(r, html_id(n)));
    html_add_lang(r, head, n);
    struct flow saved = flow_enter_fixed(r, head);
    html_children(r, n);
    flow_leave(r, saved);
    if (!ofp_first(head) && r->hints)
        ofp_unlink(head);
}

static void do_rule(reader *r, dom *n)
{
    if (!r->f.fixed)
        flow_block(r, OFP_RULE, n);
}

static void do_quote(reader *r, dom *n)
{
    struct flow saved, inner = { 0 };
    ofp_node *box = html_open_box(r, n, &saved);
    ofp_node *quote = r->f.fixed ? NULL : flow_block(r, OFP_QUOTE, n);
    if (quote)
        inner = flow_enter(r, quote, false);
    do_pass(r, n);
    if (quote)
        flow_leave(r, inner);
    if (quote && !ofp_first(quote) && r->hints)
        ofp_unlink(quote);
    html_close_box(r, box, saved);
}

/* What opens a details element stands out, since nothing can be closed on paper. */
static void do_summary(reader *r, dom *n)
{
    bool headed = dom_find(n, T_H1) || dom_find(n, T_H2) || dom_find(n, T_H3) || dom_find(n, T_H4) || dom_find(n, T_H5);
    if (!headed)
        flow_push(r, NULL, OFP_STRONG);
    html_box(r, n);
    if (!headed)
        flow_pop(r);
}

static void do_script(reader *r, dom *n)
{
    html_math_script(r, n);
}

static void do_skip(reader *r, dom *n)
{
    (void)r;
    (void)n;
}

/* Form controls have no text to read, but their number tells a form from an article. */
static void do_control(reader *r, dom *n)
{
    if (!r->hints || r->f.fixed || r->code || ofp_str_ieq(DOM_ATTR(n, "type"), OFP_STR("hidden")))
        return;
    if (!r->f.para) {
        html_add_hints(r, flow_block(r, OFP_DIV, n), n);
        return;
    }
    ofp_node *span = ofp_new(r->d, OFP_SPAN);
    html_add_hints(r, span, n);
    flow_leaf(r, span);
}

/* ---- the table of actions ------------------------------------------------------------------- */

static void (*const actions[NACTIONS])(reader *, dom *) = {
    [MAYBREAK] = do_wbr,
    [PASS] = do_pass,         [SKIP] = do_skip,           [HINT] = do_hint,          [KEEP] = do_hint,
    [WRAP] = do_wrap,         [PART] = do_hint,           [SCRIPT] = do_script,      [NOSCRIPT] = html_noscript,
    [HEADING] = do_heading,   [BOX] = do_hint,            [PARA] = do_para,          [RULE] = do_rule,
    [PRE] = html_pre,      [QUOTE] = do_quote,         [LIST] = html_list,     [ITEM] = html_item,
    [TERMS] = html_terms,  [FIGURE] = html_figure,  [SUMMARY] = do_summary,    [TABLE] = html_table,
    [ANCHOR] = do_anchor,     [CODE] = do_code,           [BREAK] = do_break,        [RUBYTEXT] = do_rubytext,
    [IMAGE] = html_image,  [MATH] = html_math,      [MEDIA] = html_media,   [CONTROL] = do_control,
};

static bool is_heading_by_role(const dom *n)
{
    return (n->tag == T_DIV || n->tag == T_P || n->tag == T_SPAN) && n->nattrs
        && ofp_str_ieq(DOM_ATTR(n, "role"), OFP_STR("heading"));
}

/* Components that say what they stand for. */
static bool is_paragraph_by_role(const dom *n)
{
    return n->tag == T_SPAN && n->nattrs
        && (ofp_str_ieq(DOM_ATTR(n, "role"), OFP_STR("paragraph")) || ofp_str_ieq(DOM_ATTR(n, "data-as"), OFP_STR("p")));
}

void html_plainly(reader *r, dom *n)
{
    if ((n->nattrs || n->tag == T_UNKNOWN) && html_rendered_math(r, n))
        return;
    if (n->nattrs && DOM_IS(n, T_DIV, T_TABLE, T_DL) && html_captioned(r, n))
        return;
    if (n->nattrs && (html_backdrop(r, n) || html_callout(r, n)))
        return;
    if (!n->no_listing && html_is_listing(n))
        html_pre(r, n);
    else if (is_heading_by_role(n))
        do_heading(r, n);
    else if (is_paragraph_by_role(n))
        do_para(r, n);
    else
        actions[rows[n->tag].action](r, n);
}

void html_convert(reader *r, dom *n)
{
    if (n->taken)
        return;
    r->line = n->line;
    if (n->tag == T_COMMENT)
        html_comment(r, n);
    else if (n->tag == T_TEXT && r->tex && !r->code)
        html_tex_text(r, n);
    else if (n->tag == T_TEXT)
        flow_text(r, n->text);
    else if (n->note)
        html_note(r, n);
    else
        html_plainly(r, n);
}

void html_children(reader *r, dom *n)
{
    for (dom *c = n->first; c; c = c->next)
        html_convert(r, c);
}
