#include "base/map.h"

uint32_t ofp_hash(ofp_str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h ? h : 1;                   /* 0 marks an empty slot */
}

/* The slot of key, or the empty one where it belongs. */
static struct ofp_slot *find(const ofp_map *m, ofp_str key, uint32_t hash)
{
    size_t i = hash & (m->cap - 1);
    while (m->slots[i].hash && !(m->slots[i].hash == hash && ofp_str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

static bool grow(ofp_map *m)
{
    ofp_map bigger = { .arena = m->arena, .n = m->n, .cap = m->cap ? m->cap * 2 : 16 };
    bigger.slots = ofp_arena_zalloc(m->arena, bigger.cap, sizeof *bigger.slots);
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].hash)
            *find(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    *m = bigger;
    return true;
}

void **ofp_map_at(ofp_map *m, ofp_str key)
{
    if ((m->n + 1) * 4 > m->cap * 3 && !grow(m))
        return NULL;
    uint32_t hash = ofp_hash(key);
    struct ofp_slot *s = find(m, key, hash);
    if (!s->hash) {
        *s = (struct ofp_slot){ key, hash, NULL };
        m->n++;
    }
    return &s->value;
}

void *ofp_map_get(const ofp_map *m, ofp_str key)
{
    return m->cap ? find(m, key, ofp_hash(key))->value : NULL;
}
