/* dom.c - looks around in a parsed page. */
#include "dom.h"

bool dom_is_block(enum tag t)
{
    static const uint8_t block[NTAGS] = {
#define BLOCK 1
#define INLINE 0
#define NONE 0
#define TAG(id, name, display, action, type) [T_##id] = display,
#include "tags.def"
#undef TAG
#undef BLOCK
#undef INLINE
#undef NONE
    };
    return block[t];
}

void dom_mark_ancestors(dom *n)
{
    for (dom *p = n->parent; p && !dom_is_block(p->tag) && !p->has_block; p = p->parent)
        p->has_block = true;
}

/* ---- looking around ----------------------------------------------------------------------- */

ofp_str dom_attr(const dom *n, ofp_str name)
{
    for (size_t i = 0; i < n->nattrs; i++)
        if (ofp_str_eq(n->attrs[i].name, name))
            return n->attrs[i].value;
    return (ofp_str){ "", 0 };
}

bool dom_has_attr(const dom *n, ofp_str name)
{
    for (size_t i = 0; i < n->nattrs; i++)
        if (ofp_str_eq(n->attrs[i].name, name))
            return true;
    return false;
}

static bool is_blank_at(ofp_str s, size_t i)
{
    return i >= s.n || s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r');
}

bool dom_has_class(const dom *n, ofp_str name)
{
    ofp_str all = DOM_ATTR(n, "class");
    for (size_t at = 0; (at = ofp_str_ifind(all, name, at)) != SIZE_MAX; at++)
        if (is_blank_at(all, at - 1) && is_blank_at(all, at + name.n))
            return true;
    return false;
}

bool dom_class_holds(const dom *n, ofp_str part)
{
    return ofp_str_ifind(DOM_ATTR(n, "class"), part, 0) != SIZE_MAX;
}

dom *dom_after_skip(const dom *n, const dom *root)
{
    for (; n && n != root; n = n->parent)
        if (n->next)
            return n->next;
    return NULL;
}

dom *dom_find(const dom *root, enum tag tag)
{
    for (dom *n = root ? root->first : NULL; n; n = dom_after(n, root))
        if (n->tag == tag)
            return n;
    return NULL;
}

const dom *dom_up(const dom *n, enum tag tag)
{
    for (n = n->parent; n && n->tag != tag; n = n->parent)
        ;
    return n;
}

void dom_text(const dom *n, ofp_buf *out)
{
    if (n->tag == T_TEXT)
        ofp_buf_add(out, n->text);
    for (const dom *c = n->first; c; c = dom_after(c, n))
        if (c->tag == T_TEXT)
            ofp_buf_add(out, c->text);
}

ofp_str dom_plain(ofp_arena *a, const dom *n)
{
    ofp_buf b = { 0 };
    dom_text(n, &b);
    return ofp_arena_squeeze(a, ofp_buf_take(&b, a));
}

bool dom_blank(const dom *n)
{
    for (const dom *c = n->first; c; c = dom_after(c, n)) {
        if (c->tag == T_TEXT && ofp_str_trim(c->text).n)
            return false;
        if (c->tag == T_IMG || c->tag == T_IFRAME || c->tag == T_VIDEO || c->tag == T_AUDIO || c->tag == T_MATH)
            return false;
    }
    return true;
}

dom *dom_wrap(ofp_arena *a, dom *first, dom *last)
{
    dom *box = ofp_arena_zalloc(a, 1, sizeof *box);
    if (!box)
        return NULL;
    *box = (dom){ .tag = T_DIV, .line = first->line, .implied = true, .name = OFP_STR("div"), .parent = first->parent,
                  .first = first, .last = last, .prev = first->prev, .next = last->next };
    *(box->prev ? &box->prev->next : &box->parent->first) = box;
    *(box->next ? &box->next->prev : &box->parent->last) = box;
    first->prev = last->next = NULL;
    for (dom *c = first; c; c = c->next)
        c->parent = box;
    dom_mark_ancestors(box);
    return box;
}

void dom_unlink(dom *n)
{
    *(n->prev ? &n->prev->next : &n->parent->first) = n->next;
    *(n->next ? &n->next->prev : &n->parent->last) = n->prev;
}

void dom_move_children(dom *from, dom *n)
{
    if (!from->first)
        return;
    dom *block = NULL;
    for (dom *c = from->first; c; c = c->next) {
        c->parent = n->parent;
        block = dom_is_block(c->tag) || c->has_block ? c : block;
    }
    from->first->prev = n->prev;
    *(n->prev ? &n->prev->next : &n->parent->first) = from->first;
    from->last->next = n;
    n->prev = from->last;
    from->first = from->last = NULL;
    if (block)
        dom_mark_ancestors(block);
}
