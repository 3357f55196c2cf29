/* list.c - lists of items and of terms, also as broken pages write them. */
#include "html.h"

static bool is_list(const dom *n)
{
    return n->tag == T_UL || n->tag == T_OL || n->tag == T_MENU || n->tag == T_DIR;
}

static bool is_nothing(const dom *n)
{
    return (n->tag == T_TEXT && !ofp_str_trim(n->text).n) || n->tag == T_SCRIPT || n->tag == T_STYLE
        || n->tag == T_TEMPLATE;
}

static const struct { ofp_str name; enum ofp_list_style style; bool exact; } list_styles[] = {
    { { "1", 1 }, OFP_STYLE_DECIMAL, true },          { { "a", 1 }, OFP_STYLE_LOWER_ALPHA, true },
    { { "A", 1 }, OFP_STYLE_UPPER_ALPHA, true },      { { "i", 1 }, OFP_STYLE_LOWER_ROMAN, true },
    { { "I", 1 }, OFP_STYLE_UPPER_ROMAN, true },      { { "decimal", 7 }, OFP_STYLE_DECIMAL, false },
    { { "lower-alpha", 11 }, OFP_STYLE_LOWER_ALPHA, false }, { { "lower-latin", 11 }, OFP_STYLE_LOWER_ALPHA, false },
    { { "upper-alpha", 11 }, OFP_STYLE_UPPER_ALPHA, false }, { { "upper-latin", 11 }, OFP_STYLE_UPPER_ALPHA, false },
    { { "lower-roman", 11 }, OFP_STYLE_LOWER_ROMAN, false }, { { "upper-roman", 11 }, OFP_STYLE_UPPER_ROMAN, false },
};

static enum ofp_list_style style_of_list(const dom *n)
{
    ofp_str type = ofp_str_trim(DOM_ATTR(n, "type")), css = html_style(n, OFP_STR("list-style-type"));
    for (size_t i = 0; i < sizeof list_styles / sizeof *list_styles; i++)
        if (list_styles[i].exact ? ofp_str_eq(type, list_styles[i].name) : ofp_str_ieq(css, list_styles[i].name))
            return list_styles[i].style;
    return OFP_STYLE_DEFAULT;
}

/* From the value of the first item, or from start. */
static int start_of_list(const dom *n)
{
    long start = 1;
    const dom *li = n->first;
    while (li && li->tag != T_LI)
        li = li->next;
    if (!li || !ofp_str_int(ofp_str_trim(DOM_ATTR(li, "value")), -999999999, 999999999, &start))
        ofp_str_int(ofp_str_trim(DOM_ATTR(n, "start")), -999999999, 999999999, &start);
    return (int)start;
}

/* The input that an item's text begins with, or NULL. */
static dom *leading_input(dom *li)
{
    for (dom *n = li->first; n; n = n->next) {
        if (is_nothing(n)) continue;
        if (n->tag == T_INPUT) return n;
        return n->tag == T_P || n->tag == T_LABEL ? leading_input(n) : NULL;
    }
    return NULL;
}

/* One that cannot be ticked and that no script looks for: others are a form's. */
static bool is_shown_only(const dom *box)
{
    return dom_has_attr(box, OFP_STR("disabled")) && !dom_has_attr(box, OFP_STR("id")) && !dom_has_attr(box, OFP_STR("name"));
}

/* A task list's box, as pandoc shows it. */
static void task_box(reader *r, dom *li)
{
    bool named = DOM_CLASS(li, "task-list-item");
    dom *box = named ? dom_find(li, T_INPUT) : leading_input(li);
    if (!box || !ofp_str_ieq(DOM_ATTR(box, "type"), OFP_STR("checkbox")))
        return;
    if (!named && !is_shown_only(box) && !DOM_CLASS(li->parent, "task-list"))
        return;
    box->taken = true;
    flow_literal(r, dom_has_attr(box, OFP_STR("checked")) ? OFP_STR("\xE2\x98\x92") : OFP_STR("\xE2\x98\x90"));
    r->f.space = true;
}

/* False where it is left out. */
static bool add_item(reader *r, ofp_node *list, dom *li)
{
    ofp_node *item = ofp_add(r->d, list, OFP_ITEM);
    ofp_set_line(item, li->line);
    struct flow outer = flow_enter(r, item, true), inner;
    ofp_node *box = html_open_box(r, li, &inner);
    task_box(r, li);
    html_children(r, li);
    flow_end_para(r);
    html_close_box(r, box, inner);
    flow_leave(r, outer);
    html_loosen(item);
    if (ofp_first(item) || (!r->hints && dom_blank(li)))
        return true;
    ofp_unlink(item);                           /* in a page it is mostly an icon */
    return false;
}

/* What stands in a list without being an item belongs to the item before it; gives the first node after all of it. */
static dom *add_strays(reader *r, ofp_node *list, dom *n)
{
    ofp_node *item = ofp_last(list) ? ofp_last(list) : ofp_add(r->d, list, OFP_ITEM);
    struct flow saved = flow_enter(r, item, true);
    for (; n && n->tag != T_LI; n = n->next)
        html_convert(r, n);
    flow_leave(r, saved);
    if (!ofp_first(item))
        ofp_unlink(item);
    return n;
}

static ofp_node *open_list(reader *r, const dom *n)
{
    bool ordered = n->tag == T_OL;
    ofp_node *list = flow_block(r, ordered ? OFP_OLIST : OFP_ULIST, n);
    if (ordered)
        ofp_set_list(list, start_of_list(n), style_of_list(n), OFP_DELIM_DEFAULT);
    return list;
}

/* An item whose number is ahead of its place begins a list that goes on from there. */
static ofp_node *list_for(reader *r, ofp_node *list, const dom *li, int *next)
{
    long value;
    bool numbered = ofp_node_type(list) == OFP_OLIST && ofp_str_int(ofp_str_trim(DOM_ATTR(li, "value")), -999999999, 999999999, &value);
    if (!numbered || value <= *next || !ofp_first(list) || dom_blank(li) || dom_has_attr(li->parent, OFP_STR("reversed")))
        return list;
    ofp_node *rest = flow_block(r, OFP_OLIST, li);
    if (!rest)
        return list;
    ofp_set_list(rest, (int)value, style_of_list(li->parent), OFP_DELIM_DEFAULT);
    *next = (int)value;
    return rest;
}

/* Old pages indent text with lists that have none. */
static bool has_items(const dom *n)
{
    const dom *c = n->first;
    while (c && c->tag != T_LI)
        c = c->next;
    return c;
}

void html_list(reader *r, dom *n)
{
    if (!has_items(n)) {
        html_box(r, n);
        return;
    }
    struct flow saved;
    ofp_node *box = html_open_box(r, n, &saved);
    ofp_node *list = r->f.fixed ? NULL : open_list(r, n);
    int next = list ? ofp_list_start(list) : 0;
    for (dom *c = n->first; c; ) {
        if (list && c->tag != T_LI && !is_nothing(c) && !c->taken) {
            c = add_strays(r, list, c);
            continue;
        }
        if (!list)
            html_convert(r, c);
        else if (c->tag == T_LI && !c->taken) {
            list = list_for(r, list, c, &next);
            next += add_item(r, list, c);
        }
        c = c->next;
    }
    if (list && !ofp_first(list))
        ofp_unlink(list);
    html_close_box(r, box, saved);
}

/* Items without a list make one of their own. */
void html_item(reader *r, dom *n)
{
    if (r->f.fixed || (n->parent && is_list(n->parent))) {
        html_box(r, n);
        return;
    }
    flow_end_para(r);
    if (!r->f.stray || ofp_last(r->f.block) != r->f.stray)
        r->f.stray = flow_block(r, OFP_ULIST, n);
    if (!r->f.stray) {
        html_box(r, n);
        return;
    }
    add_item(r, r->f.stray, n);
    if (!ofp_first(r->f.stray)) {
        ofp_unlink(r->f.stray);
        r->f.stray = NULL;
    }
}

/* ---- definition lists ----------------------------------------------------------------------- */

/* A dl with both kinds of children; pages also lay out other things with one of them. */
static bool is_glossary(const dom *n)
{
    bool dt = false, dd = false;
    for (const dom *c = n->first; c; c = c->tag == T_DIV ? dom_after(c, n) : dom_after_skip(c, n)) {
        dt |= c->tag == T_DT && dom_after(c, c);
        dd |= c->tag == T_DD;
    }
    return dt && dd;
}

/* Several terms of one definition share a node, as pandoc has it. */
static void add_term(reader *r, ofp_node *list, dom *n)
{
    ofp_node *term = ofp_last(list) && ofp_node_type(ofp_last(list)) == OFP_TERM ? ofp_last(list) : NULL;
    if (term)
        ofp_add(r->d, term, OFP_LINEBREAK);
    else
        term = ofp_add(r->d, list, OFP_TERM);
    ofp_set_line(term, n->line);
    struct flow saved = flow_enter_fixed(r, term);
    if (html_is_target(r, html_id(n)))
        flow_anchor(r, html_id(n));
    html_children(r, n);
    flow_leave(r, saved);
}

static void add_detail(reader *r, ofp_node *list, dom *n)
{
    if (!ofp_last(list))
        ofp_add(r->d, list, OFP_TERM);
    ofp_node *detail = ofp_add(r->d, list, OFP_DETAIL);
    ofp_set_line(detail, n->line);
    if (n->tag == T_DD) {
        html_into(r, detail, n, true);
        return;
    }
    struct flow saved = flow_enter(r, detail, true);
    html_convert(r, n);
    flow_leave(r, saved);
}

static void add_terms(reader *r, ofp_node *list, dom *n)
{
    for (dom *c = n->first; c; c = c->next) {
        if (is_nothing(c) || c->taken)
            continue;
        if (c->tag == T_DT)
            add_term(r, list, c);
        else if (c->tag == T_DIV)
            add_terms(r, list, c);
        else
            add_detail(r, list, c);
    }
}

void html_terms(reader *r, dom *n)
{
    if (r->f.fixed || !is_glossary(n)) {
        html_box(r, n);
        return;
    }
    struct flow saved;
    ofp_node *box = html_open_box(r, n, &saved);
    ofp_node *list = flow_block(r, OFP_DLIST, n);
    if (list)
        add_terms(r, list, n);
    else
        html_children(r, n);
    if (list && !ofp_first(list))               /* all were notes */
        ofp_unlink(list);
    html_close_box(r, box, saved);
}
