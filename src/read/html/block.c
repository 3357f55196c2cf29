/* block.c - boxes, paragraphs, headings, quotes and rules. */
#include "convert.h"

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
    return html_is_kept(n) || html_has_hints(n) || (n->tag == T_DIV && !is_mere_wrapper(n)) || n->tag == T_P;
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

void html_add_marks(reader *r, ofp_node *node, const dom *n)
{
    if (r->hints && html_has_hints(n))
        html_add_hints(r, node, n);
    else if (html_is_target(r, html_id(n)))
        ofp_set_id(r->d, node, html_keep(r, html_id(n)));
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

void html_pass(reader *r, dom *n)
{
    flow_end_para(r);
    html_children(r, n);
    flow_end_para(r);
}

void html_para(reader *r, dom *n)
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
    if (dom_is_heading(n))
        return (int)(n->tag - T_H1) + 1;
    return ofp_str_int(DOM_ATTR(n, "aria-level"), 1, 6, &level) ? (int)level : 2;
}

void html_heading(reader *r, dom *n)
{
    ofp_node *head = r->f.fixed ? NULL : flow_block(r, OFP_HEAD, n);
    if (!head) {
        html_pass(r, n);
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

void html_rule(reader *r, dom *n)
{
    if (!r->f.fixed)
        flow_block(r, OFP_RULE, n);
}

void html_quote(reader *r, dom *n)
{
    struct flow saved, inner = { 0 };
    ofp_node *box = html_open_box(r, n, &saved);
    ofp_node *quote = r->f.fixed ? NULL : flow_block(r, OFP_QUOTE, n);
    if (quote)
        inner = flow_enter(r, quote, false);
    html_pass(r, n);
    if (quote)
        flow_leave(r, inner);
    if (quote && !ofp_first(quote) && r->hints)
        ofp_unlink(quote);
    html_close_box(r, box, saved);
}

/* What opens a details element stands out, since nothing can be closed on paper. */
void html_summary(reader *r, dom *n)
{
    bool headed = dom_find(n, T_H1) || dom_find(n, T_H2) || dom_find(n, T_H3) || dom_find(n, T_H4) || dom_find(n, T_H5);
    if (!headed)
        flow_push(r, NULL, OFP_STRONG);
    html_box(r, n);
    if (!headed)
        flow_pop(r);
}

/* Form controls have no text to read, but their number tells a form from an article. */
void html_control(reader *r, dom *n)
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
