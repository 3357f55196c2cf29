/* stream.c - a page that React sent in parts: a part that was not ready has left a place behind, <template id="B:1"> or
 * "P:1" for a part within a part, and comes later in <div hidden id="S:1">.  A script would put the one in
 * place of the other and take away what stood there meanwhile, up to the comment "/$". */
#include "html.h"

/* The part that belongs to a place. */
static dom *part_for(const reader *r, const dom *place)
{
    ofp_str id = place->tag == T_TEMPLATE ? DOM_ATTR(place, "id") : (ofp_str){ "", 0 };
    if (id.n < 3 || (id.p[0] != 'B' && id.p[0] != 'P') || id.p[1] != ':')
        return NULL;
    ofp_buf name = { 0 };
    ofp_buf_puts(&name, "S");
    ofp_buf_add(&name, ofp_str_sub(id, 1, SIZE_MAX));
    dom *part = ofp_map_get(&r->ids, ofp_buf_take(&name, r->tmp));
    return part && part->tag == T_DIV && dom_has_attr(part, OFP_STR("hidden")) ? part : NULL;
}

static bool starts(const dom *n, ofp_str mark) { return n->tag == T_COMMENT && ofp_str_starts(n->text, mark); }
static bool opens(const dom *n) { return starts(n, OFP_STR("$")); }
static bool closes(const dom *n) { return starts(n, OFP_STR("/$")); }

/* What the page shows until the part is there; such places may stand within. */
static void drop_fallback(dom *place)
{
    int open = 1;
    const dom *end = place->next;
    for (; end && !(closes(end) && --open == 0); end = end->next)
        open += opens(end);
    while (end && place->next != end)
        dom_unlink(place->next);
}

static bool holds(const dom *part, const dom *n)
{
    while (n && n != part)
        n = n->parent;
    return n != NULL;
}

/* Gives where to go on: into what has come, where other places may be. */
static dom *fill(dom *place, dom *part, const dom *root)
{
    dom *next = part->first;
    if (DOM_ATTR(place, "id").p[0] == 'B')
        drop_fallback(place);
    dom_move_children(part, place);
    next = next ? next : dom_after_skip(place, root);
    dom_unlink(place);
    return next;
}

bool html_marks_stream(const dom *n)
{
    return opens(n) || closes(n);
}

void html_join_stream(reader *r)
{
    for (dom *n = r->root, *next; n; n = next) {
        dom *part = part_for(r, n);
        next = part && !holds(part, n) ? fill(n, part, r->root) : dom_after(n, r->root);
    }
}
