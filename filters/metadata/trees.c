/* trees.c - boosted trees, summed up for a row of columns. */
#include "trees.h"

enum { LEAF_SCALE = 4096 };

int trees_score(const row *rows, size_t n, const int16_t *x)
{
    long sum = 0;
    for (const row *tree = rows; tree < rows + n; tree += 1 + tree->skip) {
        const row *r = tree + 1;
        while (r->skip >= 0)
            r += 1 + (x[r->column] >= r->value ? r->skip : 0);
        sum += r->value;
    }
    return (int)(sum * 100 / LEAF_SCALE);
}
