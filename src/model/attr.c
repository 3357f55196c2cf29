#include <string.h>
#include "base/array.h"
#include "model/node.h"

ofp_str ofp_id(const ofp_node *n) { return n && n->attrs && ofp_has_attrs(n) ? n->attrs->id : (ofp_str){ 0 }; }
size_t ofp_class_count(const ofp_node *n) { return n && n->attrs ? n->attrs->nclasses : 0; }
ofp_str ofp_class_at(const ofp_node *n, size_t i) { return i < ofp_class_count(n) ? n->attrs->classes[i] : (ofp_str){ 0 }; }
size_t ofp_attr_count(const ofp_node *n) { return n && n->attrs ? n->attrs->npairs : 0; }
ofp_str ofp_attr_key(const ofp_node *n, size_t i) { return n->attrs->pairs[i].key; }
ofp_str ofp_attr_value(const ofp_node *n, size_t i) { return n->attrs->pairs[i].value; }

static size_t class_index(const ofp_node *n, ofp_str name)
{
    for (size_t i = 0; i < ofp_class_count(n); i++)
        if (ofp_str_eq(n->attrs->classes[i], name))
            return i;
    return SIZE_MAX;
}

static struct pair *pair_of(const ofp_node *n, ofp_str key)
{
    for (size_t i = 0; i < ofp_attr_count(n); i++)
        if (ofp_str_eq(n->attrs->pairs[i].key, key))
            return &n->attrs->pairs[i];
    return NULL;
}

bool ofp_has_class(const ofp_node *n, ofp_str name) { return class_index(n, name) != SIZE_MAX; }
bool ofp_attr_has(const ofp_node *n, ofp_str key) { return pair_of(n, key) != NULL; }

ofp_str ofp_attr(const ofp_node *n, ofp_str key)
{
    const struct pair *p = pair_of(n, key);
    return p ? p->value : (ofp_str){ 0 };
}

static struct attrs *attrs_for(ofp_doc *d, ofp_node *n)
{
    if (!n || !ofp_has_attrs(n))
        return NULL;
    if (!n->attrs)
        n->attrs = ofp_arena_zalloc(d->arena, 1, sizeof *n->attrs);
    return n->attrs;
}

void ofp_set_id(ofp_doc *d, ofp_node *n, ofp_str id)
{
    struct attrs *a = attrs_for(d, n);
    if (a)
        a->id = id;
}

void ofp_add_class(ofp_doc *d, ofp_node *n, ofp_str name)
{
    struct attrs *a = attrs_for(d, n);
    if (!a || !name.n || ofp_has_class(n, name))
        return;
    ofp_str *all = ofp_arena_grow(d->arena, a->classes, a->nclasses, &a->classes_cap, sizeof *all);
    if (!all)
        return;
    a->classes = all;
    all[a->nclasses++] = name;
}

void ofp_drop_class(ofp_node *n, ofp_str name)
{
    size_t i = class_index(n, name);
    if (i == SIZE_MAX)
        return;
    struct attrs *a = n->attrs;
    a->nclasses--;
    memmove(a->classes + i, a->classes + i + 1, (a->nclasses - i) * sizeof *a->classes);
}

void ofp_set_attr(ofp_doc *d, ofp_node *n, ofp_str key, ofp_str value)
{
    struct attrs *a = attrs_for(d, n);
    struct pair *p = a ? pair_of(n, key) : NULL;
    if (p)
        p->value = value;
    if (!a || p)
        return;
    p = ofp_arena_grow(d->arena, a->pairs, a->npairs, &a->pairs_cap, sizeof *p);
    if (!p)
        return;
    a->pairs = p;
    p[a->npairs++] = (struct pair){ key, value };
}

void ofp_drop_attr(ofp_node *n, ofp_str key)
{
    struct pair *p = pair_of(n, key);
    if (!p)
        return;
    struct attrs *a = n->attrs;
    size_t i = (size_t)(p - a->pairs);
    a->npairs--;
    memmove(p, p + 1, (a->npairs - i) * sizeof *p);
}
