/* open.c - the open elements, and what is put where (HTML standard 13.2.4.2, 13.2.6.1). */
#include "tree.h"
#include <limits.h>
#include <string.h>

#define SP IS_SPECIAL
const uint16_t tree_facts[NTAGS] = {
    [T_ADDRESS] = SP | CLOSES_P, [T_ARTICLE] = SP | CLOSES_P, [T_ASIDE] = SP | CLOSES_P, [T_BLOCKQUOTE] = SP | CLOSES_P,
    [T_CENTER] = SP | CLOSES_P, [T_DETAILS] = SP | CLOSES_P, [T_DIALOG] = CLOSES_P, [T_DIR] = SP | CLOSES_P,
    [T_DIV] = SP | CLOSES_P, [T_DL] = SP | CLOSES_P, [T_FIELDSET] = SP | CLOSES_P, [T_FIGCAPTION] = SP | CLOSES_P,
    [T_FIGURE] = SP | CLOSES_P, [T_FOOTER] = SP | CLOSES_P, [T_HEADER] = SP | CLOSES_P, [T_HGROUP] = SP | CLOSES_P,
    [T_MAIN] = SP | CLOSES_P, [T_MENU] = SP | CLOSES_P, [T_NAV] = SP | CLOSES_P, [T_SEARCH] = SP | CLOSES_P,
    [T_SECTION] = SP | CLOSES_P, [T_SUMMARY] = SP | CLOSES_P,
    [T_OL] = SP | CLOSES_P | IN_LIST, [T_UL] = SP | CLOSES_P | IN_LIST,
    [T_LISTING] = SP, [T_PRE] = SP, [T_FORM] = SP, [T_PLAINTEXT] = SP, [T_XMP] = SP,
    [T_H1] = SP | IS_HEADING, [T_H2] = SP | IS_HEADING, [T_H3] = SP | IS_HEADING, [T_H4] = SP | IS_HEADING,
    [T_H5] = SP | IS_HEADING, [T_H6] = SP | IS_HEADING,
    [T_DD] = SP | ENDS_BY_ITSELF, [T_DT] = SP | ENDS_BY_ITSELF, [T_LI] = SP | ENDS_BY_ITSELF, [T_P] = SP | ENDS_BY_ITSELF,
    [T_OPTGROUP] = ENDS_BY_ITSELF, [T_OPTION] = ENDS_BY_ITSELF, [T_RB] = ENDS_BY_ITSELF, [T_RP] = ENDS_BY_ITSELF,
    [T_RT] = ENDS_BY_ITSELF, [T_RTC] = ENDS_BY_ITSELF,
    [T_APPLET] = SP | IN_SCOPE, [T_MARQUEE] = SP | IN_SCOPE, [T_OBJECT] = SP | IN_SCOPE, [T_BUTTON] = SP | IN_BUTTON,
    [T_HTML] = SP | IN_SCOPE | IN_TABLE, [T_TEMPLATE] = SP | IN_SCOPE | IN_TABLE, [T_TABLE] = SP | IN_SCOPE | IN_TABLE | IS_ROW,
    [T_CAPTION] = SP | IN_SCOPE, [T_TD] = SP | IN_SCOPE, [T_TH] = SP | IN_SCOPE,
    [T_TBODY] = SP | IS_ROW, [T_TFOOT] = SP | IS_ROW, [T_THEAD] = SP | IS_ROW, [T_TR] = SP | IS_ROW,
    [T_COLGROUP] = SP, [T_BODY] = SP, [T_FRAMESET] = SP, [T_HEAD] = SP, [T_IFRAME] = SP, [T_NOEMBED] = SP,
    [T_NOFRAMES] = SP, [T_NOSCRIPT] = SP, [T_SCRIPT] = SP, [T_SELECT] = SP | IN_SCOPE, [T_STYLE] = SP, [T_TEXTAREA] = SP, [T_TITLE] = SP,
    [T_AREA] = SP | IS_VOID, [T_BASE] = SP | IS_VOID, [T_BR] = SP | IS_VOID, [T_COL] = SP | IS_VOID,
    [T_EMBED] = SP | IS_VOID, [T_FRAME] = SP | IS_VOID, [T_HR] = SP | IS_VOID, [T_IMG] = SP | IS_VOID,
    [T_INPUT] = SP | IS_VOID, [T_KEYGEN] = SP | IS_VOID, [T_LINK] = SP | IS_VOID, [T_META] = SP | IS_VOID,
    [T_PARAM] = SP | IS_VOID, [T_SOURCE] = SP | IS_VOID, [T_TRACK] = SP | IS_VOID, [T_WBR] = SP | IS_VOID,
    [T_IMAGE] = IS_VOID,
    [T_A] = IS_FORMATTING, [T_B] = IS_FORMATTING, [T_BIG] = IS_FORMATTING, [T_CODE] = IS_FORMATTING, [T_EM] = IS_FORMATTING,
    [T_FONT] = IS_FORMATTING, [T_I] = IS_FORMATTING, [T_NOBR] = IS_FORMATTING, [T_S] = IS_FORMATTING, [T_SMALL] = IS_FORMATTING,
    [T_STRIKE] = IS_FORMATTING, [T_STRONG] = IS_FORMATTING, [T_TT] = IS_FORMATTING, [T_U] = IS_FORMATTING,
};
#undef SP

/* ---- nodes --------------------------------------------------------------------------------- */

static dom *make(builder *b, enum tag tag, ofp_str name, unsigned line)
{
    dom *n = b->left ? ofp_arena_zalloc(b->a, 1, sizeof *n) : NULL;
    if (!n) {
        b->spare = (dom){ .tag = tag, .name = name };
        return &b->spare;
    }
    b->left--;
    n->tag = tag;
    n->name = name;
    n->line = line;
    return n;
}

static void link_in(dom *n, dom *parent, dom *before)
{
    n->parent = parent;
    n->next = before;
    n->prev = before ? before->prev : parent->last;
    *(n->prev ? &n->prev->next : &parent->first) = n;
    *(before ? &before->prev : &parent->last) = n;
}

void tree_unlink(dom *n)
{
    if (!n->parent)
        return;
    *(n->prev ? &n->prev->next : &n->parent->first) = n->next;
    *(n->next ? &n->next->prev : &n->parent->last) = n->prev;
    n->parent = n->prev = n->next = NULL;
}

void tree_take_children(dom *to, dom *from)
{
    for (dom *c = from->first; c; c = c->next)
        c->parent = to;
    to->first = from->first;
    to->last = from->last;
    from->first = from->last = NULL;
}

/* Before the table that is open, out of which comes what does not belong there. */
static tree_place foster_place(const builder *b)
{
    size_t i = b->n;
    while (i-- > 1 && b->open[i]->tag != T_TABLE)
        if (b->open[i]->tag == T_TEMPLATE)
            return (tree_place){ b->open[i], NULL };
    if (i == 0 || i == SIZE_MAX)
        return (tree_place){ b->open[0], NULL };
    if (b->open[i]->parent)
        return (tree_place){ b->open[i]->parent, b->open[i] };
    return (tree_place){ b->open[i - 1], NULL };
}

tree_place tree_place_in(const builder *b, dom *target)
{
    return b->foster && TREE_IS(target->tag, IS_ROW) ? foster_place(b) : (tree_place){ target, NULL };
}

void tree_insert(builder *b, dom *n, tree_place at)
{
    if (n != &b->spare)
        link_in(n, at.parent, at.before);
}

static dom *of_token(builder *b, const token *t)
{
    dom *n = make(b, t->tag, t->name, t->line);
    struct attr *attrs = t->nattrs ? ofp_arena_zalloc(b->a, t->nattrs, sizeof *attrs) : NULL;
    if (attrs) {
        memcpy(attrs, t->attrs, t->nattrs * sizeof *attrs);
        n->attrs = attrs;
        n->nattrs = t->nattrs;
    }
    return n;
}

dom *tree_copy(builder *b, const dom *n)
{
    dom *copy = make(b, n->tag, n->name, n->line);
    copy->attrs = n->attrs;
    copy->nattrs = n->nattrs;
    copy->implied = true;
    return copy;
}

/* Attributes that a second html or body tag adds to the element. */
void tree_add_attrs(builder *b, dom *n, const token *t)
{
    struct attr *attrs = ofp_arena_zalloc(b->a, n->nattrs + t->nattrs + 1, sizeof *attrs);
    unsigned count = n->nattrs;
    if (!attrs || !t->nattrs)
        return;
    if (count)
        memcpy(attrs, n->attrs, count * sizeof *attrs);
    for (unsigned i = 0; i < t->nattrs && count < LEX_MAX_ATTRS; i++)
        if (!dom_has_attr(n, t->attrs[i].name))
            attrs[count++] = t->attrs[i];
    n->attrs = attrs;
    n->nattrs = count;
}

dom *tree_open(builder *b, const token *t)
{
    dom *n = of_token(b, t);
    tree_insert(b, n, tree_place_in(b, tree_current(b)));
    tree_push(b, n);
    return n;
}

dom *tree_imply(builder *b, enum tag tag)
{
    dom *n = make(b, tag, lex_name(tag), b->lex.line);
    n->implied = true;
    tree_insert(b, n, tree_place_in(b, tree_current(b)));
    tree_push(b, n);
    return n;
}

void tree_leaf(builder *b, const token *t)
{
    tree_insert(b, of_token(b, t), tree_place_in(b, tree_current(b)));
}

/* The comments that stream.c looks for. */
static bool is_mark(ofp_str comment) { return ofp_str_starts(comment, OFP_STR("$")) || ofp_str_starts(comment, OFP_STR("/$")); }

void tree_comment(builder *b, const token *t)
{
    dom *parent = tree_current(b);
    bool shown = b->comments && DOM_IS(parent, T_BODY, T_DIV, T_P, T_BLOCKQUOTE, T_LI);
    if (!shown && !is_mark(t->text))
        return;
    dom *n = make(b, T_COMMENT, (ofp_str){ "", 0 }, t->line);
    n->text = t->text;
    tree_insert(b, n, (tree_place){ parent, NULL });
}

/* Where the two are neighbours in the page, no byte is moved; else room doubles. */
static void append(builder *b, dom *n, ofp_str s)
{
    if (n->text.p + n->text.n == s.p) {
        n->text.n += s.n;
        return;
    }
    if (n->room < s.n) {
        size_t cap = 2 * (n->text.n + s.n) + 64;
        char *p = ofp_arena_zalloc(b->a, cap, 1);
        if (!p)
            return;
        memcpy(p, n->text.p, n->text.n);
        n->text.p = p;
        n->room = cap - n->text.n > UINT_MAX ? UINT_MAX : (unsigned)(cap - n->text.n);
    }
    memcpy((char *)(uintptr_t)n->text.p + n->text.n, s.p, s.n);
    n->text.n += s.n;
    n->room -= (unsigned)s.n;
}

void tree_text(builder *b, ofp_str s)
{
    tree_place at = tree_place_in(b, tree_current(b));
    dom *prev = at.before ? at.before->prev : at.parent->last;
    if (!s.n || at.parent == b->root)
        return;
    if (prev && prev->tag == T_TEXT) {
        append(b, prev, s);
        return;
    }
    dom *n = make(b, T_TEXT, (ofp_str){ "", 0 }, b->lex.line);
    n->text = s;
    tree_insert(b, n, at);
}

/* ---- the open elements ----------------------------------------------------------------------- */

dom *tree_current(const builder *b)
{
    return b->n ? b->open[b->n - 1] : b->root;
}

bool tree_is_on_top(const builder *b, enum tag tag)
{
    return b->n && b->open[b->n - 1]->tag == tag;
}

void tree_push_at(builder *b, size_t at, dom *n)
{
    if (b->n == sizeof b->open / sizeof *b->open) {
        b->left = 0;
        return;
    }
    memmove(&b->open[at + 1], &b->open[at], (b->n - at) * sizeof *b->open);
    b->open[at] = n;
    b->n++;
    b->count[n->tag]++;
    n->bits |= BIT_OPEN;
}

void tree_push(builder *b, dom *n)
{
    tree_push_at(b, b->n, n);
}

void tree_remove_at(builder *b, size_t at)
{
    dom *n = b->open[at];
    b->count[n->tag]--;
    n->bits &= (uint8_t)~BIT_OPEN;
    memmove(&b->open[at], &b->open[at + 1], (b->n - at - 1) * sizeof *b->open);
    b->n--;
}

void tree_pop(builder *b)
{
    if (b->n)
        tree_remove_at(b, b->n - 1);
}

void tree_pop_to(builder *b, size_t n)
{
    while (b->n > n)
        tree_pop(b);
}

void tree_pop_until(builder *b, enum tag tag)
{
    while (b->n > 1 && !tree_is_on_top(b, tag))
        tree_pop(b);
    if (b->n > 1)
        tree_pop(b);
}

size_t tree_index(const builder *b, const dom *n)
{
    size_t i = b->n;
    while (i-- > 0 && b->open[i] != n)
        ;
    return i;
}

void tree_remove(builder *b, const dom *n)
{
    size_t at = tree_index(b, n);
    if (at != SIZE_MAX)
        tree_remove_at(b, at);
}

bool tree_bounds(const dom *n, unsigned scope)
{
    return (n->bits & BIT_SCOPE && scope & IN_SCOPE) || TREE_IS(n->tag, scope);
}

bool tree_in_scope(const builder *b, enum tag tag, unsigned scope)
{
    for (size_t i = b->count[tag] ? b->n : 0; i-- > 0; ) {
        if (b->open[i]->tag == tag)
            return true;
        if (tree_bounds(b->open[i], scope))
            return false;
    }
    return false;
}

void tree_end_implied(builder *b, enum tag but)
{
    while (TREE_IS(tree_current(b)->tag, ENDS_BY_ITSELF) && tree_current(b)->tag != but)
        tree_pop(b);
}

void tree_close_p(builder *b)
{
    if (!tree_in_scope(b, T_P, IN_SCOPE | IN_BUTTON))
        return;
    tree_end_implied(b, T_P);
    tree_pop_until(b, T_P);
}
