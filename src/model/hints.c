#include "base/map.h"
#include "model/node.h"

#define TAG OFP_STR("tag")

/* What of a hinted node's attributes means something to a reader of the document. */
static const ofp_str kept[] = {
    { "lang", 4 }, { "dir", 3 }, { "width", 5 }, { "height", 6 },
};

ofp_str ofp_hint_tag(const ofp_node *n) { return ofp_attr(n, TAG); }

/* ids that links of the document point to. */
static ofp_map link_targets(ofp_doc *d)
{
    ofp_map ids = { .arena = d->arena };
    for (const ofp_node *n = d->root; n; n = ofp_after(n, d->root)) {
        if (n->type != OFP_LINK || n->text.n < 2 || n->text.p[0] != '#')
            continue;
        void **at = ofp_map_at(&ids, ofp_str_sub(n->text, 1, SIZE_MAX));
        if (at)
            *at = d;
    }
    return ids;
}

static bool is_kept(ofp_str key)
{
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (ofp_str_eq(key, kept[i]))
            return true;
    return false;
}

static void strip(ofp_node *n, bool keep_id)
{
    struct attrs *a = n->attrs;
    size_t m = 0;
    for (size_t i = 0; i < a->npairs; i++)
        if (is_kept(a->pairs[i].key))
            a->pairs[m++] = a->pairs[i];
    a->npairs = m;
    if (n->type != OFP_CODE && n->type != OFP_CODEBLOCK)      /* their classes are the language */
        a->nclasses = 0;
    if (!keep_id)
        a->id = (ofp_str){ 0 };
    if (!a->id.n && !a->nclasses && !m)
        n->attrs = NULL;
}

/* True when n was hinted. */
static bool unhint(ofp_node *n, const ofp_map *ids)
{
    if (!ofp_attr_has(n, TAG))
        return false;
    strip(n, n->attrs->id.n && ofp_map_get(ids, n->attrs->id));
    if (!n->attrs && (n->type == OFP_DIV || n->type == OFP_SPAN))
        ofp_unwrap(n);
    return true;
}

void ofp_unhint(ofp_doc *d)
{
    ofp_map ids = link_targets(d);
    bool page = false;
    for (ofp_node *n = d->root, *next; n; n = next) {
        next = ofp_after(n, d->root);
        page |= unhint(n, &ids);
    }
    if (page)
        ofp_drop_empty(d);
    else
        ofp_tidy(d);
}
