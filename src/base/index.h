/* index.h - from byte strings to numbers: a hash table in an arena. */
#ifndef OFP_BASE_INDEX_H
#define OFP_BASE_INDEX_H
#include "offprint/base.h"

/* Zero-initialise with the arena set.  Keys are borrowed and must live as long. */
typedef struct ofp_index {
    ofp_arena *arena;
    struct ofp_slot { ofp_str key; size_t value; } *slots;
    size_t n, cap;
} ofp_index;

/* The value stored for key, or SIZE_MAX. */
size_t ofp_index_find(const ofp_index *x, ofp_str key);
/* Stores value (not SIZE_MAX) for key unless key is there already; returns the value that key has
 * then.  Out of memory shows in the arena alone. */
size_t ofp_index_add(ofp_index *x, ofp_str key, size_t value);
#endif
