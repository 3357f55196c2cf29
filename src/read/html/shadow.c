/* shadow.c - declarative shadow roots: a page is what a browser shows of it, the flat tree (CSS Scoping 1, 3.4).
 *
 * A template with the attribute shadowrootmode holds what its parent shows; the parent's own children stand in the
 * slots in there.  Those for which there is no slot are not shown, but often a script would make one: they stay. */
#include "html.h"

static bool is_slot(const dom *n)
{
    return n->tag == T_UNKNOWN && ofp_str_eq(n->name, OFP_STR("slot"));
}

static dom *shadow_of(const dom *host)
{
    for (dom *c = host->first; c; c = c->next)
        if (dom_is_shadow(c))
            return c;
    return NULL;
}

/* ---- moving nodes ----------------------------------------------------------------------------- */

/* Puts n into parent before the child at; NULL: at the end. */
static void put_before(dom *parent, dom *n, dom *at)
{
    n->parent = parent;
    n->next = at;
    n->prev = at ? at->prev : parent->last;
    *(n->prev ? &n->prev->next : &parent->first) = n;
    *(at ? &at->prev : &parent->last) = n;
    for (dom *p = parent; html_is_block(n) && p && !html_is_block(p); p = p->parent)
        p->has_block = true;
}

/* Its children in its place. */
static void unwrap(dom *n)
{
    dom_move_children(n, n);
    dom_unlink(n);
}

/* ---- slots ------------------------------------------------------------------------------------------ */

/* The slots of this root by name, not those of roots inside it. */
static void find_slots(const dom *root, ofp_map *slots)
{
    for (dom *n = root->first; n; n = n->tag == T_TEMPLATE ? dom_after_skip(n, root) : dom_after(n, root)) {
        void **at = is_slot(n) ? ofp_map_at(slots, DOM_ATTR(n, "name")) : NULL;
        if (at && !*at)
            *at = n;
    }
}

/* What the slot holds until something is put there. */
static void fill(dom *slot, dom *n)
{
    while (!slot->seen && slot->first)
        dom_unlink(slot->first);
    slot->seen = true;
    dom_unlink(n);
    put_before(slot, n, NULL);
}

static void flatten(reader *r, dom *host, dom *root)
{
    ofp_map slots = { .arena = r->tmp };
    find_slots(root, &slots);
    dom_unlink(root);
    for (dom *c = host->first, *next; c; c = next) {
        next = c->next;
        dom *slot = ofp_map_get(&slots, DOM_ATTR(c, "slot"));
        if (slot && !(c->tag == T_TEXT && !ofp_str_trim(c->text).n))
            fill(slot, c);
    }
    for (dom *c = root->first, *at = host->first, *next; c; c = next) {
        next = c->next;
        dom_unlink(c);
        put_before(host, c, at);
    }
}

/* ---- the page ------------------------------------------------------------------------------------ */

/* Flat trees may be deeper than the two that they are made of; what is too deep stands beside its parent. */
static void bound_depth(dom *root)
{
    int depth = 1;
    for (dom *n = root->first; n; ) {
        while (depth >= DOM_MAX_DEPTH && n->last) {
            dom *c = n->last;
            dom_unlink(c);
            put_before(n->parent, c, n->next);
        }
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (n && !n->next) {
            n = n->parent != root ? n->parent : NULL;
            depth--;
        }
        n = n ? n->next : NULL;
    }
}

void html_flatten_shadows(reader *r)
{
    bool any = false;
    for (dom *n = r->root->first; n; n = dom_after(n, r->root)) {
        dom *root = n->first ? shadow_of(n) : NULL;
        if (root)
            flatten(r, n, root);
        any |= root != NULL;
    }
    for (dom *n = any ? r->root->first : NULL, *next; n; n = next) {
        next = dom_after(n, r->root);
        if (is_slot(n))
            unwrap(n);
    }
    if (any)
        bound_depth(r->root);
}
