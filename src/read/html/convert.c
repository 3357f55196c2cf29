/* convert.c - from elements to nodes: one action for each row of tags.def. */
#include "convert.h"

enum action { PASS, SKIP, MAYBREAK, HINT, KEEP, WRAP, PART, SCRIPT, NOSCRIPT, HEADING, BOX, PARA, RULE, PRE, QUOTE, LIST, ITEM,
              TERMS, FIGURE, SUMMARY, TABLE, ANCHOR, CODE, BREAK, RUBYTEXT, IMAGE, MATH, MEDIA, DRAWING, CONTROL, NACTIONS };
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

bool html_is_kept(const dom *n)
{
    return rows[n->tag].action == KEEP;
}

enum ofp_type html_type_of(const dom *n)
{
    return rows[n->tag].type;
}

/* ---- the table of actions ------------------------------------------------------------------- */

static void do_skip(reader *r, dom *n)
{
    (void)r;
    (void)n;
}

static void (*const actions[NACTIONS])(reader *, dom *) = {
    [PASS] = html_pass,             [SKIP] = do_skip,               [MAYBREAK] = html_wbr,          [HINT] = html_hint,
    [KEEP] = html_hint,             [WRAP] = html_wrap,             [PART] = html_hint,             [SCRIPT] = html_math_script,
    [NOSCRIPT] = html_noscript,     [HEADING] = html_heading,       [BOX] = html_hint,              [PARA] = html_para,
    [RULE] = html_rule,             [PRE] = html_pre,               [QUOTE] = html_quote,           [LIST] = html_list,
    [ITEM] = html_item,             [TERMS] = html_terms,           [FIGURE] = html_figure,         [SUMMARY] = html_summary,
    [TABLE] = html_table,           [ANCHOR] = html_anchor,         [CODE] = html_code,             [BREAK] = html_break,
    [RUBYTEXT] = html_ruby_text,    [IMAGE] = html_image,           [MATH] = html_math,             [MEDIA] = html_media,
    [DRAWING] = html_drawing,       [CONTROL] = html_control,
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
        html_heading(r, n);
    else if (is_paragraph_by_role(n))
        html_para(r, n);
    else
        actions[rows[n->tag].action](r, n);
}

void html_convert(reader *r, dom *n)
{
    if (n->taken)
        return;
    r->line = n->line;
    if (n->prev && !n->note && !r->code && html_is_apart(n))
        r->f.space = true;
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
