/* parse.c - runs lexer and tree builder over a page, and finishes the tree. */
#include "tree.h"

/* Elements of libraries that stand for one of HTML's. */
static const struct { ofp_str name; enum tag tag; } aliases[] = {
    { { "amp-img", 7 }, T_IMG }, { { "amp-anim", 8 }, T_IMG }, { { "amp-video", 9 }, T_VIDEO },
    { { "amp-audio", 9 }, T_AUDIO }, { { "amp-iframe", 10 }, T_IFRAME },
};

/* The tag as the reader takes it: while the tree is built, these have none. */
static enum tag late_tag(const builder *b, const dom *n)
{
    if (n->bits & BIT_FOREIGN)
        return lex_tag(&b->lex, n->name);
    for (size_t i = 0; ofp_str_starts(n->name, OFP_STR("amp-")) && i < sizeof aliases / sizeof *aliases; i++)
        if (ofp_str_eq(n->name, aliases[i].name))
            return aliases[i].tag;
    return T_UNKNOWN;
}

/* Elements whose content no part of the reader looks at. */
static bool is_closed(const dom *n)
{
    return n->tag == T_STYLE || (n->tag == T_TEMPLATE && !dom_is_shadow(n)) || (n->tag == T_SCRIPT && !DOM_ATTR(n, "type").n);
}

/* A style sheet stays within reach of who looks for it. */
static void close(dom *n)
{
    if (n->tag == T_STYLE && n->first && n->first->tag == T_TEXT)
        n->text = n->first->text;
    n->first = n->last = NULL;
}

/* Puts n's children behind it. */
static void flatten(dom *n)
{
    if (!n->first)
        return;
    for (dom *c = n->first; c; c = c->next)
        c->parent = n->parent;
    n->first->prev = n;
    n->last->next = n->next;
    *(n->next ? &n->next->prev : &n->parent->last) = n->last;
    n->next = n->first;
    n->first = n->last = NULL;
}

/* What can be said of the nodes only when all of them are in their places. */
static void finish(const builder *b)
{
    int depth = 1;
    for (dom *n = b->root->first, *next; n; n = next) {
        if (!n->tag)
            n->tag = late_tag(b, n);
        if (dom_is_block(n->tag))
            dom_mark_ancestors(n);
        if (is_closed(n))
            close(n);
        if (depth == DOM_MAX_DEPTH)
            flatten(n);
        if (n->first) {
            next = n->first;
            depth++;
            continue;
        }
        for (; n != b->root && !n->next; depth--)
            n = n->parent;
        next = n->next;
    }
}

/* ---- parsing ------------------------------------------------------------------------------ */

/* Whether t's element has no end tag. */
static bool is_closed_at_once(const builder *b, const token *t)
{
    bool foreign = tree_current(b)->bits & BIT_FOREIGN || DOM_IS(t, T_SVG, T_MATH);
    return foreign ? t->self_closing : TREE_IS(t->tag, IS_VOID);
}

/* Too deep, or the end of what was: neither is known to the tree. */
static bool is_beyond(builder *b, const token *t)
{
    if (t->type == TOKEN_END && b->over) {
        b->over--;
        return true;
    }
    if (t->type != TOKEN_START || b->n < TREE_MAX_OPEN || is_closed_at_once(b, t))
        return false;
    b->limits->tags++;
    if (DOM_IS(t, T_SCRIPT, T_STYLE, T_TITLE, T_TEXTAREA, T_XMP, T_IFRAME, T_NOEMBED, T_NOFRAMES))
        lex_raw(&b->lex, t->name, t->tag == T_SCRIPT ? LEX_SCRIPT : LEX_RAW);
    else
        b->over++;
    return true;
}

static void handle(builder *b, token *t)
{
    bool first_line = b->skip_line && t->type == TOKEN_TEXT && ofp_str_starts(t->text, OFP_STR("\n"));
    b->skip_line = false;
    if (first_line)
        t->text = ofp_str_sub(t->text, 1, SIZE_MAX);
    b->limits->attrs += t->surplus;
    if ((t->type == TOKEN_TEXT && !t->text.n) || is_beyond(b, t))
        return;
    for (bool again = true; again && b->left; )
        again = foreign_takes(b, t) ? foreign_token(b, t) : t->type == TOKEN_COMMENT ? (tree_comment(b, t), false) : b->mode(b, t);
}

/* No page needs more than a node for each byte; 64 MB are free. */
static size_t allowance(size_t input)
{
    return (64u << 20) / sizeof(dom) + input;
}

/* NULL when out of memory or nodes. */
static dom *build(ofp_arena *a, ofp_str in, bool comments, bool formatting, dom_limits *limits)
{
    builder *b = ofp_arena_zalloc(a, 1, sizeof *b);
    *limits = (dom_limits){ 0 };
    if (!b || !(b->root = ofp_arena_zalloc(a, 1, sizeof *b->root)))
        return NULL;
    b->root->tag = T_ROOT;
    b->a = a;
    b->left = allowance(in.n);
    b->mode = mode_initial;
    b->frameset_ok = true;
    b->comments = comments;
    b->keep_formatting = formatting;
    b->limits = limits;
    lex_open(&b->lex, a, in);
    for (token t; !b->done && b->left && !ofp_arena_failed(a); ) {
        b->lex.cdata = tree_current(b)->bits & BIT_FOREIGN;
        b->lex.noscript = b->count[T_NOSCRIPT] > 0;
        lex_next(&b->lex, &t);
        handle(b, &t);
    }
    if (!b->left || ofp_arena_failed(a))
        return NULL;
    finish(b);
    return b->root;
}

dom *dom_parse(ofp_arena *a, ofp_str in, bool comments, dom_limits *limits, ofp_err *e)
{
    in = lex_clean(a, in);
    dom *root = build(a, in, comments, true, limits);
    /* formatting elements that are opened again in each of many paragraphs use up any memory */
    if (!root && !ofp_arena_failed(a))
        root = build(a, in, comments, false, limits);
    if (!root && ofp_arena_failed(a))
        ofp_fail_nomem(e);
    else if (!root)
        ofp_fail(e, OFP_ELIMIT, OFP_NOWHERE, "the page needs more than %zu MB to parse", (allowance(in.n) * sizeof(dom)) >> 20);
    return root;
}
