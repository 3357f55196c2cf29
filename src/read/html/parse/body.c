/* body.c - the insertion mode "in body" (HTML standard 13.2.6.4.7). */
#include "tree.h"

/* ---- start tags ------------------------------------------------------------------------ */

void tree_body_text(builder *b, ofp_str s)
{
    tree_reconstruct(b);
    tree_text(b, s);
    if (b->frameset_ok && !tree_is_blank(s))
        b->frameset_ok = false;
}

static void open_body_again(builder *b, const token *t)
{
    if (b->n < 2 || b->open[1]->tag != T_BODY || b->count[T_TEMPLATE])
        return;
    b->frameset_ok = false;
    tree_add_attrs(b, b->open[1], t);
}

static void frameset_in_body(builder *b, const token *t)
{
    if (!b->frameset_ok || b->n < 2 || b->open[1]->tag != T_BODY)
        return;
    dom *body = b->open[1];
    *(body->prev ? &body->prev->next : &body->parent->first) = body->next;
    *(body->next ? &body->next->prev : &body->parent->last) = body->prev;
    tree_pop_to(b, 1);
    tree_open(b, t);
    b->mode = mode_frameset;
}

/* Items end those before them in their list. */
static void open_item(builder *b, const token *t)
{
    b->frameset_ok = false;
    for (size_t i = b->n; i-- > 0; ) {
        const dom *n = b->open[i];
        if (t->tag == T_LI ? n->tag == T_LI : n->tag == T_DD || n->tag == T_DT) {
            enum tag tag = n->tag;
            tree_end_implied(b, tag);
            tree_pop_until(b, tag);
            break;
        }
        if ((TREE_IS(n->tag, IS_SPECIAL) || n->bits & BIT_SCOPE) && !DOM_IS(n, T_ADDRESS, T_DIV, T_P))
            break;
    }
    tree_close_p(b);
    tree_open(b, t);
}

static void open_link(builder *b, token *t)
{
    dom *old = tree_formatting(b, T_A);
    if (old) {
        tree_adopt(b, t);
        tree_forget(b, old);
        tree_remove(b, old);
    }
    tree_reconstruct(b);
    tree_open_formatting(b, t);
}

static void open_nobr(builder *b, token *t)
{
    tree_reconstruct(b);
    if (tree_in_scope(b, T_NOBR, IN_SCOPE)) {
        tree_adopt(b, t);
        tree_reconstruct(b);
    }
    tree_open_formatting(b, t);
}

static void open_heading(builder *b, const token *t)
{
    tree_close_p(b);
    if (TREE_IS(tree_current(b)->tag, IS_HEADING))
        tree_pop(b);
    tree_open(b, t);
}

static void open_form(builder *b, const token *t)
{
    if (b->form && !b->count[T_TEMPLATE])
        return;
    tree_close_p(b);
    dom *form = tree_open(b, t);
    if (!b->count[T_TEMPLATE])
        b->form = form;
}

static void open_button(builder *b, const token *t)
{
    if (tree_in_scope(b, T_BUTTON, IN_SCOPE)) {
        tree_end_implied(b, T_UNKNOWN);
        tree_pop_until(b, T_BUTTON);
    }
    tree_reconstruct(b);
    tree_open(b, t);
    b->frameset_ok = false;
}

static void open_select(builder *b, const token *t)
{
    if (tree_in_scope(b, T_SELECT, IN_SCOPE)) {
        tree_pop_until(b, T_SELECT);
        return;
    }
    tree_reconstruct(b);
    tree_open(b, t);
    b->frameset_ok = false;
}

/* An option or a group of them; groups end with the options before. */
static void open_option(builder *b, const token *t)
{
    if (tree_in_scope(b, T_SELECT, IN_SCOPE))
        tree_end_implied(b, t->tag == T_OPTION ? T_OPTGROUP : T_UNKNOWN);
    else if (tree_is_on_top(b, T_OPTION))
        tree_pop(b);
    tree_reconstruct(b);
    tree_open(b, t);
}

bool tree_is_hidden_input(const token *t)
{
    for (unsigned i = 0; i < t->nattrs; i++)
        if (ofp_str_eq(t->attrs[i].name, OFP_STR("type")))
            return ofp_str_ieq(t->attrs[i].value, OFP_STR("hidden"));
    return false;
}

static void open_rule(builder *b, const token *t)
{
    tree_close_p(b);
    if (tree_in_scope(b, T_SELECT, IN_SCOPE))
        tree_end_implied(b, T_UNKNOWN);
    tree_leaf(b, t);
    b->frameset_ok = false;
}

static void open_leaf(builder *b, token *t)
{
    if (t->tag == T_IMAGE) {
        t->tag = T_IMG;
        t->name = lex_name(T_IMG);
    }
    if (t->tag == T_INPUT && tree_in_scope(b, T_SELECT, IN_SCOPE))
        tree_pop_until(b, T_SELECT);
    tree_reconstruct(b);
    tree_leaf(b, t);
    if (!(t->tag == T_INPUT && tree_is_hidden_input(t)))
        b->frameset_ok = false;
}

static void open_ruby_part(builder *b, const token *t)
{
    if (tree_in_scope(b, T_RUBY, IN_SCOPE))
        tree_end_implied(b, DOM_IS(t, T_RT, T_RP) ? T_RTC : T_UNKNOWN);
    tree_open(b, t);
}

static void open_raw_in_body(builder *b, const token *t)
{
    if (t->tag == T_XMP) {
        tree_close_p(b);
        tree_reconstruct(b);
    }
    if (t->tag != T_NOEMBED)
        b->frameset_ok = false;
    tree_raw(b, t, t->tag == T_TEXTAREA ? LEX_TEXT : LEX_RAW);
}

static void open_plaintext(builder *b, const token *t)
{
    tree_close_p(b);
    tree_open(b, t);
    tree_body_text(b, lex_rest(&b->lex));
}

static void open_object(builder *b, const token *t)
{
    tree_reconstruct(b);
    tree_open(b, t);
    tree_mark(b);
    b->frameset_ok = false;
}

static void open_table(builder *b, const token *t)
{
    if (!b->quirks)
        tree_close_p(b);
    tree_open(b, t);
    b->frameset_ok = false;
    b->mode = mode_table;
}

static void open_pre(builder *b, const token *t)
{
    tree_close_p(b);
    tree_open(b, t);
    b->skip_line = true;
    b->frameset_ok = false;
}

/* Tags that share what they do with many others. */
static void open_by_kind(builder *b, token *t)
{
    if (TREE_IS(t->tag, IS_VOID)) {
        open_leaf(b, t);
    } else if (TREE_IS(t->tag, IS_HEADING)) {
        open_heading(b, t);
    } else if (TREE_IS(t->tag, CLOSES_P) || t->tag == T_P) {
        tree_close_p(b);
        tree_open(b, t);
    } else {
        tree_reconstruct(b);
        if (TREE_IS(t->tag, IS_FORMATTING))
            tree_open_formatting(b, t);
        else
            tree_open(b, t);
    }
}

static void start_in_body(builder *b, token *t)
{
    switch ((int)t->tag) {
    case T_HTML: if (!b->count[T_TEMPLATE]) tree_add_attrs(b, b->open[0], t); return;
    case T_BODY: open_body_again(b, t); return;
    case T_FRAMESET: frameset_in_body(b, t); return;
    case T_PRE: case T_LISTING: open_pre(b, t); return;
    case T_FORM: open_form(b, t); return;
    case T_LI: case T_DD: case T_DT: open_item(b, t); return;
    case T_PLAINTEXT: open_plaintext(b, t); return;
    case T_BUTTON: open_button(b, t); return;
    case T_A: open_link(b, t); return;
    case T_NOBR: open_nobr(b, t); return;
    case T_APPLET: case T_MARQUEE: case T_OBJECT: open_object(b, t); return;
    case T_TABLE: open_table(b, t); return;
    case T_XMP: case T_IFRAME: case T_NOEMBED: case T_TEXTAREA: open_raw_in_body(b, t); return;
    case T_SELECT: open_select(b, t); return;
    case T_OPTGROUP: case T_OPTION: open_option(b, t); return;
    case T_RB: case T_RTC: case T_RP: case T_RT: open_ruby_part(b, t); return;
    case T_MATH: case T_SVG:
        tree_reconstruct(b);
        foreign_open(b, t, t->tag == T_MATH ? BIT_MATHML : BIT_SVG);
        return;
    case T_HR: open_rule(b, t); return;
    case T_PARAM: case T_SOURCE: case T_TRACK: tree_leaf(b, t); return;
    case T_CAPTION: case T_COL: case T_COLGROUP: case T_FRAME: case T_HEAD: case T_TBODY: case T_TD: case T_TFOOT:
    case T_TH: case T_THEAD: case T_TR:
        return;
    }
    open_by_kind(b, t);
}

/* ---- end tags ---------------------------------------------------------------------------- */

static void end_block(builder *b, const token *t, unsigned scope)
{
    if (!tree_in_scope(b, t->tag, scope))
        return;
    tree_end_implied(b, t->tag);
    tree_pop_until(b, t->tag);
}

static void end_form(builder *b, const token *t)
{
    if (b->count[T_TEMPLATE]) {
        end_block(b, t, IN_SCOPE);
        return;
    }
    dom *form = b->form;
    b->form = NULL;
    if (!form || !(form->bits & BIT_OPEN) || !tree_in_scope(b, T_FORM, IN_SCOPE))
        return;
    tree_end_implied(b, T_UNKNOWN);
    tree_remove(b, form);
}

static void end_heading(builder *b)
{
    bool open = false;
    for (enum tag t = T_H1; t <= T_H6; t++)
        open = open || tree_in_scope(b, t, IN_SCOPE);
    if (!open)
        return;
    tree_end_implied(b, T_UNKNOWN);
    while (!TREE_IS(tree_current(b)->tag, IS_HEADING))
        tree_pop(b);
    tree_pop(b);
}

static void end_p(builder *b)
{
    if (!tree_in_scope(b, T_P, IN_SCOPE | IN_BUTTON))
        tree_imply(b, T_P);
    tree_close_p(b);
}

static void end_object(builder *b, const token *t)
{
    if (!tree_in_scope(b, t->tag, IN_SCOPE))
        return;
    end_block(b, t, IN_SCOPE);
    tree_clear_to_mark(b);
}

/* The document goes on behind the body only as its mode says. */
static bool end_body(builder *b, const token *t)
{
    if (!tree_in_scope(b, T_BODY, IN_SCOPE))
        return false;
    b->mode = mode_after_body;
    return t->tag == T_HTML;
}

static bool end_in_body(builder *b, token *t)
{
    switch ((int)t->tag) {
    case T_BODY: case T_HTML: return end_body(b, t);
    case T_FORM: end_form(b, t); return false;
    case T_P: end_p(b); return false;
    case T_LI: end_block(b, t, IN_SCOPE | IN_LIST); return false;
    case T_DD: case T_DT: end_block(b, t, IN_SCOPE); return false;
    case T_APPLET: case T_MARQUEE: case T_OBJECT: end_object(b, t); return false;
    case T_LISTING: case T_PRE: case T_BUTTON: case T_SELECT: end_block(b, t, IN_SCOPE); return false;
    case T_BR:
        *t = (token){ .type = TOKEN_START, .tag = T_BR, .name = lex_name(T_BR), .line = t->line };
        open_leaf(b, t);
        return false;
    }
    if (TREE_IS(t->tag, IS_HEADING))
        end_heading(b);
    else if (TREE_IS(t->tag, IS_FORMATTING))
        tree_adopt(b, t);
    else if (TREE_IS(t->tag, CLOSES_P))
        end_block(b, t, IN_SCOPE);
    else
        tree_any_end(b, t);
    return false;
}

bool mode_body(builder *b, token *t)
{
    switch (t->type) {
    case TOKEN_TEXT: tree_body_text(b, t->text); return false;
    case TOKEN_START:
        if (!tree_head_tag(b, t))
            start_in_body(b, t);
        return false;
    case TOKEN_END: return !tree_head_tag(b, t) && end_in_body(b, t);
    case TOKEN_END_OF_FILE:
        if (b->ntemplates)
            return mode_template(b, t);
        b->done = true;
        return false;
    case TOKEN_COMMENT: case TOKEN_DOCTYPE: return false;
    }
    return false;
}
