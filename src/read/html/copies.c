/* copies.c - notes told twice: beside the text, where they are read, and again in a list at the end, for who prints it. */
#include "notes.h"

enum { LABEL_MAX = 8, BOX_NODES = 40 };

/* The text of n that is shown where it stands, squeezed. */
static ofp_str shown_text(reader *r, const dom *n)
{
    ofp_buf b = { 0 };
    for (const dom *c = n->first; c; c = c->taken ? dom_after_skip(c, n) : dom_after(c, n))
        if (c->tag == T_TEXT && !c->taken)
            ofp_buf_add(&b, c->text);
    return ofp_str_trim(ofp_arena_squeeze(r->tmp, ofp_buf_take(&b, r->tmp)));
}

static bool is_listed(const dom *n)
{
    ofp_str role = n->nattrs && !n->taken && !n->note ? DOM_ATTR(n, "role") : (ofp_str){ "", 0 };
    return ofp_str_ieq(role, OFP_STR("doc-footnote")) || ofp_str_ieq(role, OFP_STR("doc-endnote"));
}

/* Nothing but a label is left in box: looked at in a few steps, since very many notes may share one. */
static bool holds_label(const dom *box)
{
    size_t text = 0;
    int steps = 0;
    for (const dom *c = box->first; c; c = c->taken ? dom_after_skip(c, box) : dom_after(c, box)) {
        text += c->tag == T_TEXT && !c->taken ? ofp_str_trim(c->text).n : 0;
        if (text > LABEL_MAX || ++steps > BOX_NODES)
            return false;
    }
    return true;
}

static bool is_last(const dom *n)
{
    for (n = n->next; n; n = n->next)
        if (n->tag != T_TEXT || ofp_str_trim(n->text).n)
            return false;
    return true;
}

/* With its label, and the list's heading once all of it has gone. */
static void take_copy(dom *n)
{
    dom *box = n->parent;
    n->taken = true;
    if (!box || box->tag == T_BODY || !holds_label(box))
        return;
    box->taken = true;
    if (is_last(box) && box->parent && box->parent->tag != T_BODY)
        html_take_section(box->parent);
}

void html_take_copies(reader *r)
{
    ofp_map told = { .arena = r->tmp };
    bool any = false;
    for (dom *n = r->root; n; n = dom_after(n, r->root)) {
        void **slot = n->note == n ? ofp_map_at(&told, shown_text(r, n)) : NULL;
        if (slot)
            *slot = n;
        any |= slot != NULL;
    }
    for (dom *n = r->root; n && any; n = dom_after(n, r->root))
        if (is_listed(n) && ofp_map_get(&told, shown_text(r, n)))
            take_copy(n);
}
