/* head.c - the insertion modes up to the body (HTML standard 13.2.6.4.1 to 6). */
#include "tree.h"

/* True where the token is text that was nothing but blanks; they are not shown here. */
static bool skip_blanks(token *t)
{
    if (t->type != TOKEN_TEXT)
        return false;
    tree_take_blanks(t);
    return !t->text.n;
}

/* The same, with the blanks kept. */
static bool keep_blanks(builder *b, token *t)
{
    if (t->type != TOKEN_TEXT)
        return false;
    tree_text(b, tree_take_blanks(t));
    return !t->text.n;
}

bool mode_initial(builder *b, token *t)
{
    if (skip_blanks(t))
        return false;
    b->quirks = t->type != TOKEN_DOCTYPE || doctype_is_quirky(t->text);
    b->mode = mode_before_html;
    return t->type != TOKEN_DOCTYPE;
}

bool mode_before_html(builder *b, token *t)
{
    if (t->type == TOKEN_DOCTYPE || skip_blanks(t))
        return false;
    if (t->type == TOKEN_END && !DOM_IS(t, T_HEAD, T_BODY, T_HTML, T_BR))
        return false;
    b->mode = mode_before_head;
    if (!STARTS(t, T_HTML)) {
        tree_imply(b, T_HTML);
        return true;
    }
    tree_open(b, t);
    return false;
}

bool mode_before_head(builder *b, token *t)
{
    if (t->type == TOKEN_DOCTYPE || skip_blanks(t))
        return false;
    if (STARTS(t, T_HTML))
        return mode_body(b, t);
    if (t->type == TOKEN_END && !DOM_IS(t, T_HEAD, T_BODY, T_HTML, T_BR))
        return false;
    b->mode = mode_head;
    b->head = STARTS(t, T_HEAD) ? tree_open(b, t) : tree_imply(b, T_HEAD);
    return !STARTS(t, T_HEAD);
}

static void open_template(builder *b, const token *t)
{
    tree_open(b, t);
    tree_mark(b);
    b->frameset_ok = false;
    b->mode = mode_template;
    if (b->ntemplates < sizeof b->templates / sizeof *b->templates)
        b->templates[b->ntemplates++] = mode_template;
}

/* What it holds is shown only by scripts, unless it is a shadow root. */
void tree_end_template(builder *b)
{
    if (!b->count[T_TEMPLATE])
        return;
    while (!tree_is_on_top(b, T_TEMPLATE))
        tree_pop(b);
    dom *n = tree_current(b);
    if (!dom_is_shadow(n))
        n->first = n->last = NULL;
    tree_pop(b);
    tree_clear_to_mark(b);
    b->ntemplates -= b->ntemplates > 0;
    tree_reset_mode(b);
}

bool tree_head_tag(builder *b, const token *t)
{
    if (ENDS(t, T_TEMPLATE)) {
        tree_end_template(b);
        return true;
    }
    if (t->type != TOKEN_START)
        return false;
    if (DOM_IS(t, T_BASE, T_LINK, T_META) || ofp_str_eq(t->name, OFP_STR("basefont")) || ofp_str_eq(t->name, OFP_STR("bgsound")))
        tree_leaf(b, t);
    else if (t->tag == T_TITLE)
        tree_raw(b, t, LEX_TEXT);
    else if (t->tag == T_SCRIPT)
        tree_raw(b, t, LEX_SCRIPT);
    else if (DOM_IS(t, T_STYLE, T_NOFRAMES))
        tree_raw(b, t, LEX_RAW);
    else if (t->tag == T_TEMPLATE)
        open_template(b, t);
    else
        return false;
    return true;
}

bool mode_head(builder *b, token *t)
{
    if (t->type == TOKEN_DOCTYPE || keep_blanks(b, t) || tree_head_tag(b, t) || STARTS(t, T_HEAD))
        return false;
    if (STARTS(t, T_HTML))
        return mode_body(b, t);
    if (STARTS(t, T_NOSCRIPT)) {
        tree_open(b, t);
        b->mode = mode_noscript;
        return false;
    }
    if (t->type == TOKEN_END && !DOM_IS(t, T_HEAD, T_BODY, T_HTML, T_BR))
        return false;
    tree_pop(b);
    b->mode = mode_after_head;
    return !ENDS(t, T_HEAD);
}

bool mode_noscript(builder *b, token *t)
{
    if (t->type == TOKEN_DOCTYPE || keep_blanks(b, t) || STARTS(t, T_HEAD, T_NOSCRIPT))
        return false;
    if (STARTS(t, T_HTML))
        return mode_body(b, t);
    bool here = STARTS(t, T_LINK, T_META, T_NOFRAMES, T_STYLE) || (t->type == TOKEN_START && !t->tag);
    if (here && tree_head_tag(b, t))
        return false;
    if (t->type == TOKEN_END && !DOM_IS(t, T_NOSCRIPT, T_BR))
        return false;
    tree_pop(b);
    b->mode = mode_head;
    return !ENDS(t, T_NOSCRIPT);
}

/* Head elements behind the head go into it. */
static bool late_head_tag(builder *b, token *t)
{
    if (!STARTS(t, T_BASE, T_LINK, T_META, T_NOFRAMES, T_SCRIPT, T_STYLE, T_TEMPLATE, T_TITLE)
        && !ENDS(t, T_TEMPLATE) && !(t->type == TOKEN_START && !t->tag))
        return false;
    tree_push(b, b->head);
    bool did = tree_head_tag(b, t);
    tree_remove(b, b->head);
    return did;
}

bool mode_after_head(builder *b, token *t)
{
    if (t->type == TOKEN_DOCTYPE || keep_blanks(b, t) || late_head_tag(b, t) || STARTS(t, T_HEAD))
        return false;
    if (STARTS(t, T_HTML))
        return mode_body(b, t);
    if (t->type == TOKEN_END && !DOM_IS(t, T_BODY, T_HTML, T_BR))
        return false;
    if (STARTS(t, T_FRAMESET)) {
        tree_open(b, t);
        b->mode = mode_frameset;
        return false;
    }
    b->mode = mode_body;
    if (!STARTS(t, T_BODY)) {
        tree_imply(b, T_BODY);
        return true;
    }
    tree_open(b, t);
    b->frameset_ok = false;
    return false;
}
