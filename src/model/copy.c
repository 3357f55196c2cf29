#include "model/node.h"

/* Slices are copied where the document that they belong to may die first. */
static ofp_str copy_str(ofp_doc *d, ofp_str s, bool deep) { return deep && s.n ? ofp_arena_dup(d->arena, s) : s; }

static void copy_attrs(ofp_doc *d, ofp_node *to, const ofp_node *n, bool deep)
{
    if (!n->attrs)
        return;
    if (!ofp_has_attrs(n)) {            /* a metadata value keeps its source there */
        if ((to->attrs = ofp_arena_zalloc(d->arena, 1, sizeof *to->attrs)))
            to->attrs->id = copy_str(d, n->attrs->id, deep);
        return;
    }
    if (n->attrs->id.n)
        ofp_set_id(d, to, copy_str(d, n->attrs->id, deep));
    for (size_t i = 0; i < n->attrs->nclasses; i++)
        ofp_add_class(d, to, copy_str(d, n->attrs->classes[i], deep));
    for (size_t i = 0; i < n->attrs->npairs; i++)
        ofp_set_attr(d, to, copy_str(d, n->attrs->pairs[i].key, deep), copy_str(d, n->attrs->pairs[i].value, deep));
}

static ofp_node *copy_one(ofp_doc *d, const ofp_node *n, bool deep)
{
    ofp_node *c = ofp_new(d, (enum ofp_type)n->type);
    if (!c)
        return NULL;
    c->text = copy_str(d, n->text, deep);
    c->line = n->line;
    for (int i = 0; i < 3; i++)
        c->num[i] = n->num[i];
    if (!(ROW(n)->fields & F_COLS))
        c->aux = copy_str(d, n->aux, deep);
    else if (n->cols)
        ofp_set_cols(d, c, n->cols, (size_t)n->num[0]);
    copy_attrs(d, c, n, deep);
    return c;
}

ofp_node *ofp_clone(ofp_doc *d, const ofp_node *n, const ofp_doc *from)
{
    bool deep = from && from->arena != d->arena;
    ofp_node *top = NULL, *at = NULL;
    for (ofp_walk w = { .root = n }; ofp_walk_next(&w);) {
        if (!w.enter) {
            at = at->parent ? at->parent : at;
            continue;
        }
        ofp_node *c = copy_one(d, w.node, deep);
        if (!c)
            return NULL;
        ofp_append(at, c);
        if (!top)
            top = c;
        if (ROW(c)->content != NONE)
            at = c;
    }
    return top;
}
