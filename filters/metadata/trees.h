/* trees.h - boosted trees that tell which of several candidates is the likeliest. */
#ifndef METADATA_TREES_H
#define METADATA_TREES_H
#include <stddef.h>
#include <stdint.h>

/* A tree is headed by a row that says how many follow; in a leaf, skip is negative and value what it adds. */
typedef struct row { int16_t value, skip; uint16_t column; } row;

/* Of the columns of a candidate, in 1/100 of log-odds against another's. */
int trees_score(const row *rows, size_t n, const int16_t *x);
#endif
