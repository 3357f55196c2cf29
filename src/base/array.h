/* array.h - arrays that grow in an arena. */
#ifndef OFP_BASE_ARRAY_H
#define OFP_BASE_ARRAY_H
#include "offprint/base.h"

/* Room for one more element of size bytes behind the first n: the array, moved where it was full; NULL when out of
 * memory (the old one is still good). */
void *ofp_arena_grow(ofp_arena *a, void *array, size_t n, size_t *cap, size_t size);
#endif
