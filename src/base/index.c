/* index.c - open addressing, linear probing, at most half full.  The old slots of a grown table stay
 * in the arena: all of them together are no larger than the new ones. */
#include "base/index.h"

/* FNV-1a, 64 bits, with a last mix so that the low bits depend on all. */
static size_t hash(ofp_str key)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 29);
}

/* The slot that holds key, or the free one where it would go. */
static struct ofp_slot *locate(struct ofp_slot *slots, size_t cap, ofp_str key)
{
    size_t i = hash(key) & (cap - 1);
    while (slots[i].key.p && !ofp_str_eq(slots[i].key, key))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

size_t ofp_index_find(const ofp_index *x, ofp_str key)
{
    if (x->n == 0)
        return SIZE_MAX;
    const struct ofp_slot *s = locate(x->slots, x->cap, key);
    return s->key.p ? s->value : SIZE_MAX;
}

static bool grow(ofp_index *x)
{
    size_t cap = x->cap ? 2 * x->cap : 16;
    struct ofp_slot *slots = ofp_arena_zalloc(x->arena, cap, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < x->cap; i++)
        if (x->slots[i].key.p)
            *locate(slots, cap, x->slots[i].key) = x->slots[i];
    x->slots = slots;
    x->cap = cap;
    return true;
}

size_t ofp_index_add(ofp_index *x, ofp_str key, size_t value)
{
    if (2 * x->n >= x->cap && !grow(x))
        return value;
    if (!key.p)
        key = OFP_STR("");               /* NULL marks a free slot */
    struct ofp_slot *s = locate(x->slots, x->cap, key);
    if (!s->key.p) {
        *s = (struct ofp_slot){ key, value };
        x->n++;
    }
    return s->value;
}
