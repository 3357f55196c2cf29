/* convert.c - from elements to nodes: one action for each row of tags.def, and the page around it. */
#include "html.h"
#include <string.h>

enum action { PASS, SKIP, HINT, KEEP, WRAP, PART, SCRIPT, NOSCRIPT, HEADING, BOX, PARA, RULE, PRE, QUOTE, LIST, ITEM,
              TERMS, FIGURE, SUMMARY, TABLE, ANCHOR, CODE, BREAK, RUBYTEXT, IMAGE, MATH, MEDIA, CONTROL, NACTIONS };
enum display { NONE, INLINE, BLOCK };

static const struct { uint8_t display, action, type; } rows[NTAGS] = {
    [T_UNKNOWN] = { INLINE, HINT, OFP_SPAN },
    [T_ROOT] = { BLOCK, PASS, OFP_DIV },
#define TAG(id, name, display, action, type) [T_##id] = { display, action, OFP_##type },
#define XTAG TAG
#include "tags.def"
#undef XTAG
#undef TAG
};

static bool is_block(const dom *n)
{
    return n->tag != T_TEXT && (rows[n->tag].display == BLOCK || n->has_block);
}

ofp_str keep(reader *r, ofp_str s)
{
    return s.n ? ofp_arena_dup(r->a, s) : (ofp_str){ "", 0 };
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static ofp_str percent_decoded(reader *r, ofp_str s)
{
    ofp_buf b = { 0 };
    if (!s.n || ofp_str_find(s, OFP_STR("%"), 0) == SIZE_MAX)
        return s;
    for (size_t i = 0; i < s.n; i++) {
        int hi = s.p[i] == '%' && s.n - i > 2 ? hex_digit(s.p[i + 1]) : -1, lo = hi < 0 ? -1 : hex_digit(s.p[i + 2]);
        ofp_buf_putc(&b, lo < 0 ? s.p[i] : (char)(hi * 16 + lo));
        i += lo < 0 ? 0 : 2;
    }
    ofp_str out = ofp_buf_take(&b, r->a);
    for (size_t i = 0; i < out.n; i++)
        if ((unsigned char)out.p[i] <= ' ')
            return s;
    return ofp_utf8_valid(out) ? out : s;
}

/* A link into the page itself stays a fragment, also when it is written with the page's address. */
ofp_str resolve(reader *r, ofp_str url)
{
    url = ofp_str_trim(url);
    if (url.n && url.p[0] == '#')
        return keep(r, percent_decoded(r, url));
    ofp_str full = r->base.n ? ofp_url_resolve(r->tmp, r->base, url) : ofp_url_resolve(r->tmp, (ofp_str){ "", 0 }, url);
    if (r->url.n && full.n > r->url.n && full.p[r->url.n] == '#' && ofp_str_starts(full, r->url))
        full = ofp_str_sub(full, r->url.n, SIZE_MAX);
    return keep(r, full);
}

/* Part of the page's own address, written in full or not, that a link names; ids are written plainly. */
ofp_str fragment_of(reader *r, const dom *a)
{
    ofp_str href = ofp_str_trim(dom_attr(a, OFP_STR("href")));
    if (r->url.n && href.n > r->url.n && ofp_str_starts(href, r->url))
        href = ofp_str_sub(href, r->url.n, SIZE_MAX);
    return href.n > 1 && href.p[0] == '#' ? percent_decoded(r, ofp_str_sub(href, 1, SIZE_MAX)) : (ofp_str){ "", 0 };
}

/* ---- inline nodes --------------------------------------------------------------------------- */

static bool leads_somewhere(ofp_str href)
{
    href = ofp_str_trim(href);
    return href.n && !ofp_str_eq(href, OFP_STR("#")) && !ofp_str_istarts(href, OFP_STR("javascript:"));
}

static void set_inline_hints(reader *r, ofp_node *node, struct wrap *w)
{
    if (r->hints && (has_hints(w->el) || rows[w->el->tag].action == KEEP || !leads_somewhere(dom_attr(w->el, OFP_STR("href")))))
        add_hints(r, node, w->el);
    add_lang(r, node, w->el);
    ofp_str id = id_of(w->el);
    if (w->used || !id.n || (!r->hints && !is_target(r, id)))
        ofp_set_id(r->d, node, (ofp_str){ "", 0 });
    else
        ofp_set_id(r->d, node, keep(r, id));
}

static void set_span(reader *r, ofp_node *node, struct wrap *w)
{
    if (w->el->tag == T_MARK || w->el->tag == T_ABBR || w->el->tag == T_ACRONYM) {
        ofp_add_class(r->d, node, w->el->tag == T_MARK ? OFP_STR("mark") : OFP_STR("abbr"));
        if (dom_attr(w->el, OFP_STR("title")).n)
            ofp_set_attr(r->d, node, OFP_STR("title"), keep(r, dom_attr(w->el, OFP_STR("title"))));
        add_lang(r, node, w->el);
        return;
    }
    set_inline_hints(r, node, w);
}

ofp_node *flow_wrap_node(reader *r, struct wrap *w, ofp_node *parent)
{
    if (r->code && w->type != OFP_LINK)
        return NULL;
    ofp_node *n = ofp_add(r->d, parent, w->type);
    if (w->type == OFP_LINK) {
        ofp_set_target(n, resolve(r, dom_attr(w->el, OFP_STR("href"))), keep(r, dom_attr(w->el, OFP_STR("title"))));
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
    convert_children(r, n);
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
    if (dom_has_class(n, OFP_STR("smallcaps")) || dom_has_class(n, OFP_STR("small-caps"))) {
        flow_push(r, NULL, OFP_SMALLCAPS);
        pushed++;
    }
    for (size_t i = 0; dom_has_attr(n, OFP_STR("style")) && i < sizeof styles / sizeof *styles; i++)
        if (ofp_str_istarts(style_of(n, styles[i].property), styles[i].begins)) {
            flow_push(r, NULL, styles[i].type);
            pushed++;
        }
    return pushed;
}

static void do_hint(reader *r, dom *n)
{
    if (is_block(n) && !r->f.fixed) {
        convert_box(r, n);
        return;
    }
    if (r->code) {
        convert_children(r, n);         /* colours */
        return;
    }
    if (is_block(n))
        r->f.space = true;
    unsigned pushed = n->nattrs ? push_styles(r, n) : 0;
    bool span = r->hints ? has_hints(n) || rows[n->tag].action == KEEP : is_target(r, id_of(n));
    if (span || wants_lang(n)) {
        flow_push(r, n, OFP_SPAN);
        pushed++;
    }
    convert_children(r, n);
    while (pushed--)
        flow_pop(r);
    if (is_block(n))
        r->f.space = true;
}

/* Google Docs puts its documents in a b element that is not bold. */
static bool is_neutral(const dom *n)
{
    ofp_str weight = style_of(n, OFP_STR("font-weight")), style = style_of(n, OFP_STR("font-style"));
    return (n->tag == T_B && (ofp_str_ieq(weight, OFP_STR("normal")) || ofp_str_ieq(weight, OFP_STR("400"))))
        || (n->tag == T_I && ofp_str_ieq(style, OFP_STR("normal")));
}

static void do_wrap(reader *r, dom *n)
{
    if (r->code) {
        convert_children(r, n);
        return;
    }
    bool span = n->nattrs && (wants_lang(n) || (r->hints && (is_hidden(n) || dom_has_attr(n, OFP_STR("itemprop"))))
                              || is_target(r, id_of(n)));
    if (span && rows[n->tag].type != OFP_SPAN)
        flow_push(r, n, OFP_SPAN);
    if (n->nattrs && is_neutral(n))
        convert_children(r, n);
    else
        wrapped(r, n, rows[n->tag].type);
    if (span && rows[n->tag].type != OFP_SPAN)
        flow_pop(r);
}

static void do_anchor(reader *r, dom *n)
{
    if (!flow_in(r, OFP_LINK) && leads_somewhere(dom_attr(n, OFP_STR("href"))))
        wrapped(r, n, OFP_LINK);
    else if (r->hints || is_target(r, id_of(n)))
        wrapped(r, n, OFP_SPAN);
    else
        convert_children(r, n);
}

static void do_code(reader *r, dom *n)
{
    if (r->code) {
        convert_children(r, n);
        return;
    }
    flow_code(r, n);
    convert_children(r, n);
    flow_code(r, NULL);
}

static void do_break(reader *r, dom *n)
{
    (void)n;
    flow_break(r);
}

static void do_rubytext(reader *r, dom *n)
{
    if (dom_blank(n))
        return;
    flow_literal(r, OFP_STR("("));
    convert_children(r, n);
    r->f.space = false;
    flow_literal(r, OFP_STR(")"));
}

/* ---- block nodes ------------------------------------------------------------------------------ */

void loosen(ofp_node *container)
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
    if (n->nattrs && (wants_lang(n) || is_target(r, id_of(n))))
        return true;
    if (!r->hints)
        return false;
    return rows[n->tag].action == KEEP || has_hints(n) || (n->tag == T_DIV && !is_mere_wrapper(n));
}

ofp_node *open_box(reader *r, const dom *n, struct flow *saved)
{
    ofp_node *box = !r->f.fixed && needs_box(r, n) ? flow_block(r, OFP_DIV, n) : NULL;
    if (!box)
        return NULL;
    if (r->hints)
        add_hints(r, box, n);
    else
        ofp_set_id(r->d, box, keep(r, id_of(n)));
    add_lang(r, box, n);
    *saved = flow_enter(r, box, r->f.tight);
    return box;
}

void close_box(reader *r, const ofp_node *box, struct flow saved)
{
    if (box)
        flow_leave(r, saved);
}

void convert_box(reader *r, dom *n)
{
    struct flow saved;
    ofp_node *box = open_box(r, n, &saved);
    flow_end_para(r);
    convert_children(r, n);
    flow_end_para(r);
    close_box(r, box, saved);
}

void convert_into(reader *r, ofp_node *container, dom *n, bool tight)
{
    struct flow saved = flow_enter(r, container, tight);
    convert_box(r, n);
    flow_leave(r, saved);
    loosen(container);
}

static void do_pass(reader *r, dom *n)
{
    flow_end_para(r);
    convert_children(r, n);
    flow_end_para(r);
}

static void do_para(reader *r, dom *n)
{
    struct flow saved;
    ofp_node *box = open_box(r, n, &saved);
    flow_end_para(r);
    bool tight = r->f.tight;
    r->f.tight = false;
    convert_children(r, n);
    flow_end_para(r);
    r->f.tight = tight;
    close_box(r, box, saved);
}

static int level_of(const dom *n)
{
    long level;
    if (n->tag >= T_H1 && n->tag <= T_H6)
        return (int)(n->tag - T_H1) + 1;
    return ofp_str_int(dom_attr(n, OFP_STR("aria-level")), 1, 6, &level) ? (int)level : 2;
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
        add_hints(r, head, n);
    ofp_set_id(r->d, head, keep(r, id_of(n)));
    add_lang(r, head, n);
    struct flow saved = flow_enter_fixed(r, head);
    convert_children(r, n);
    flow_leave(r, saved);
    if (!ofp_first(head))
        ofp_unlink(head);
}

static void do_rule(reader *r, dom *n)
{
    if (!r->f.fixed)
        flow_block(r, OFP_RULE, n);
}

static void do_quote(reader *r, dom *n)
{
    struct flow saved, inner;
    ofp_node *box = open_box(r, n, &saved);
    ofp_node *quote = r->f.fixed ? NULL : flow_block(r, OFP_QUOTE, n);
    if (quote)
        inner = flow_enter(r, quote, false);
    do_pass(r, n);
    if (quote)
        flow_leave(r, inner);
    close_box(r, box, saved);
}

/* What opens a details element stands out, since nothing can be closed on paper. */
static void do_summary(reader *r, dom *n)
{
    flow_push(r, NULL, OFP_STRONG);
    convert_box(r, n);
    flow_pop(r);
}

static void do_script(reader *r, dom *n)
{
    convert_math_script(r, n);
}

static void do_skip(reader *r, dom *n)
{
    (void)r;
    (void)n;
}

/* Form controls have no text to read, but their number tells a form from an article. */
static void do_control(reader *r, dom *n)
{
    if (!r->hints || r->f.fixed || r->code || ofp_str_ieq(dom_attr(n, OFP_STR("type")), OFP_STR("hidden")))
        return;
    if (!r->f.para) {
        add_hints(r, flow_block(r, OFP_DIV, n), n);
        return;
    }
    ofp_node *span = ofp_new(r->d, OFP_SPAN);
    add_hints(r, span, n);
    flow_leaf(r, span);
}

/* ---- the table of actions ------------------------------------------------------------------- */

static void (*const actions[NACTIONS])(reader *, dom *) = {
    [PASS] = do_pass,         [SKIP] = do_skip,           [HINT] = do_hint,          [KEEP] = do_hint,
    [WRAP] = do_wrap,         [PART] = do_hint,           [SCRIPT] = do_script,      [NOSCRIPT] = convert_noscript,
    [HEADING] = do_heading,   [BOX] = do_hint,            [PARA] = do_para,          [RULE] = do_rule,
    [PRE] = convert_pre,      [QUOTE] = do_quote,         [LIST] = convert_list,     [ITEM] = convert_item,
    [TERMS] = convert_terms,  [FIGURE] = convert_figure,  [SUMMARY] = do_summary,    [TABLE] = convert_table,
    [ANCHOR] = do_anchor,     [CODE] = do_code,           [BREAK] = do_break,        [RUBYTEXT] = do_rubytext,
    [IMAGE] = convert_image,  [MATH] = convert_math,      [MEDIA] = convert_media,   [CONTROL] = do_control,
};

static bool is_heading_by_role(const dom *n)
{
    return (n->tag == T_DIV || n->tag == T_P || n->tag == T_SPAN) && n->nattrs
        && ofp_str_ieq(dom_attr(n, OFP_STR("role")), OFP_STR("heading"));
}

void convert_plainly(reader *r, dom *n)
{
    if (n->nattrs && convert_rendered_math(r, n))
        return;
    if (is_heading_by_role(n))
        do_heading(r, n);
    else
        actions[rows[n->tag].action](r, n);
}

void convert(reader *r, dom *n)
{
    if (n->taken)
        return;
    r->line = n->line;
    if (n->tag == T_TEXT)
        flow_text(r, n->text);
    else if (n->note)
        convert_note(r, n);
    else
        convert_plainly(r, n);
}

void convert_children(reader *r, dom *n)
{
    for (dom *c = n->first; c; c = c->next)
        convert(r, c);
}

/* ---- the page ------------------------------------------------------------------------------- */

static void collect_ids(reader *r)
{
    for (dom *n = r->root; n; n = dom_after(n, r->root)) {
        ofp_str id = n->nattrs ? id_of(n) : (ofp_str){ "", 0 };
        void **at = id.n ? ofp_map_at(&r->ids, id) : NULL;
        if (at && !*at)
            *at = n;
    }
}

/* A link to a note or back from it is not shown. */
static bool is_note_link(const dom *a)
{
    for (int up = 0; a && up < 4; up++, a = a->parent)
        if (a->note || (a->taken && !a->seen))
            return true;
    return false;
}

/* The fragments that links name; those of Chinese or Greek headings are mostly percent-encoded. */
static void collect_targets(reader *r)
{
    for (dom *n = r->root; n; n = dom_after(n, r->root)) {
        ofp_str fragment = n->tag == T_A ? fragment_of(r, n) : (ofp_str){ "", 0 };
        void **at = fragment.n && !is_note_link(n) ? ofp_map_at(&r->targets, fragment) : NULL;
        if (at)
            *at = n;
    }
}

/* A whole page rather than a piece of one: it says so, or has what only pages have. */
static bool is_page(const reader *r)
{
    for (const dom *n = r->root->first; n; n = dom_after(n, r->root))
        if (DOM_IS(n, T_ARTICLE, T_MAIN, T_NAV, T_HEADER, T_FOOTER, T_ASIDE)
            || (!n->implied && DOM_IS(n, T_HTML, T_HEAD, T_BODY))
            || (n->nattrs && ofp_str_ieq(dom_attr(n, OFP_STR("role")), OFP_STR("main"))))
            return true;
    return false;
}

static void find_base(reader *r)
{
    r->url = ofp_s(r->opt->url);
    size_t hash = ofp_str_find(r->url, OFP_STR("#"), 0);
    r->url = ofp_str_sub(r->url, 0, hash);
    const dom *base = dom_find(r->root, T_BASE);
    ofp_str href = base ? dom_attr(base, OFP_STR("href")) : (ofp_str){ "", 0 };
    r->base = href.n ? ofp_url_resolve(r->tmp, r->url, href) : r->url;
    if (r->base.n)
        ofp_set_note(r->d, OFP_STR("base"), keep(r, r->base));
}

static void warn_limits(reader *r, const dom_limits *l)
{
    if (l->tags)
        ofp_warn(r->d, OFP_D_DEPTH_LIMIT, 0, "%zu elements nested too deep were kept flat", l->tags);
    if (l->attrs)
        ofp_warn(r->d, OFP_D_SIZE_LIMIT, 0, "attributes of %zu tags beyond the limit were left out", l->attrs);
    if (l->formatting)
        ofp_warn(r->d, OFP_D_MARKUP_ODD, 0, "too many open formatting elements; some were left out");
}

/* A page written from right to left as a whole says so on its html or body element. */
static void convert_body(reader *r)
{
    dom *html = dom_find(r->root, T_HTML), *body = html ? dom_find(html, T_BODY) : NULL;
    const dom *turned = html && wants_lang(html) && ofp_str_ieq(dom_attr(html, OFP_STR("dir")), OFP_STR("rtl")) ? html
                      : body && ofp_str_ieq(dom_attr(body, OFP_STR("dir")), OFP_STR("rtl")) ? body : NULL;
    struct flow saved = { 0 };
    if (turned) {
        ofp_node *box = flow_block(r, OFP_DIV, turned);
        ofp_set_attr(r->d, box, OFP_STR("dir"), OFP_STR("rtl"));
        saved = flow_enter(r, box, false);
    }
    do_pass(r, r->root);
    if (r->nanchors)
        flow_literal(r, (ofp_str){ "", 0 });
    flow_end_para(r);
    if (turned)
        flow_leave(r, saved);
}

static void read_page(reader *r, const dom_limits *limits)
{
    r->f.block = ofp_root(r->d);
    r->f.depth = 1;
    r->hints = r->opt->page || (!r->opt->fragment && is_page(r));
    ofp_set_note(r->d, OFP_STR("origin"), r->hints ? OFP_STR("html-page") : OFP_STR("html"));
    warn_limits(r, limits);
    find_base(r);
    collect_ids(r);
    read_head(r);
    notes_find(r);
    collect_targets(r);
    convert_body(r);
}

bool ofp_read_html(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    static const ofp_options none;
    reader r = { .d = d, .a = ofp_doc_arena(d), .tmp = ofp_arena_new(), .opt = opt ? opt : &none };
    r.ids.arena = r.targets.arena = r.tmp;
    r.spare = in.n;
    dom_limits limits;
    r.root = r.tmp ? dom_parse(r.tmp, in, &limits, e) : NULL;
    if (r.root)
        read_page(&r, &limits);
    bool ok = r.root && !ofp_arena_failed(r.tmp) && !r.text.failed;
    ofp_buf_free(&r.text);
    ofp_arena_free(r.tmp);
    if (!ok)
        return ofp_fail_nomem(e);       /* unless dom_parse has said why */
    return ofp_doc_ok(d, e);
}
