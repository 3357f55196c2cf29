#include "model/node.h"

/* Which parts stand in which parents; everything else follows from the kinds. */
static const struct { uint8_t parent, child; } parts[] = {
    { OFP_LINES, OFP_LINE }, { OFP_OLIST, OFP_ITEM }, { OFP_ULIST, OFP_ITEM }, { OFP_DLIST, OFP_TERM },
    { OFP_DLIST, OFP_DETAIL }, { OFP_TABLE, OFP_CAPTION }, { OFP_TABLE, OFP_THEAD }, { OFP_TABLE, OFP_TBODY },
    { OFP_TABLE, OFP_TFOOT }, { OFP_THEAD, OFP_ROW }, { OFP_TBODY, OFP_ROW }, { OFP_TFOOT, OFP_ROW },
    { OFP_ROW, OFP_CELL }, { OFP_FIGURE, OFP_CAPTION }, { OFP_CAPTION, OFP_SHORTCAP }, { OFP_CITE, OFP_CITATION },
    { OFP_CITATION, OFP_PREFIX }, { OFP_CITATION, OFP_SUFFIX },
};

bool ofp_is_part_of(const ofp_node *parent, const ofp_node *child)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].parent == parent->type && parts[i].child == child->type)
            return true;
    return false;
}

static bool in_range(const ofp_node *n)
{
    switch (ROW(n)->fields & (F_LEVEL | F_CELL | F_LIST)) {
    case F_LEVEL: return n->num[0] >= 1 && n->num[0] <= 6;
    case F_CELL: return n->num[0] >= 0 && n->num[0] <= OFP_ALIGN_CENTER && n->num[1] >= 1 && n->num[2] >= 1;
    case F_LIST: return n->num[1] >= 0 && n->num[1] <= OFP_STYLE_UPPER_ALPHA && n->num[2] >= 0 &&
                        n->num[2] <= OFP_DELIM_TWO_PARENS;
    }
    return true;
}

static bool check_node(const ofp_doc *d, const ofp_node *n, ofp_err *e)
{
    ofp_pos at = { d->input, n->line, 0 };
    if (n->parent && !fits(n->parent, n))
        return ofp_fail(e, OFP_EINTERNAL, at, "a %s cannot stand in a %s", ROW(n)->name, ROW(n->parent)->name);
    if (!in_range(n))
        return ofp_fail(e, OFP_EINTERNAL, at, "a field of %s is out of range", ROW(n)->name);
    return true;
}

static bool check_tree(const ofp_doc *d, const ofp_node *root, ofp_err *e)
{
    int depth = 0;
    for (ofp_walk w = { .root = root }; walk_next(&w);) {
        if (ROW(w.node)->content != NONE)
            depth += w.enter ? 1 : -1;
        if (depth > OFP_MAX_DEPTH + 1)
            return ofp_fail(e, OFP_EINTERNAL, (ofp_pos){ d->input, w.node->line, 0 }, "nested deeper than %d", OFP_MAX_DEPTH);
        if (w.enter && !check_node(d, w.node, e))
            return false;
    }
    return true;
}

bool ofp_check(const ofp_doc *d, ofp_err *e)
{
    return ofp_doc_ok(d, e) && check_tree(d, d->root, e) && check_tree(d, d->meta, e);
}
