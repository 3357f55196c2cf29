/* map.h - a hash table from slices to pointers or numbers, in an arena. */
#ifndef OFP_BASE_MAP_H
#define OFP_BASE_MAP_H
#include "offprint/base.h"

/* Zero but for arena is an empty map.  Keys are stored without copying. */
typedef struct ofp_map {
    ofp_arena *arena;
    struct ofp_slot { ofp_str key; uint32_t hash; void *value; } *slots;
    size_t n, cap;
} ofp_map;

/* The value's place, made (NULL inside) where the key is new; NULL when out of memory. */
void **ofp_map_at(ofp_map *m, ofp_str key);
/* The value, NULL where the key is absent. */
void *ofp_map_get(const ofp_map *m, ofp_str key);
uint32_t ofp_hash(ofp_str s);           /* FNV-1a; the same on every machine */
#endif
