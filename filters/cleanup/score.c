/* score.c - how likely each block belongs to the article: boosted trees over its features. */
#include "cleanup.h"

static const row rows[] = {
#define COLUMNS(n)
#define TREE(n) { 0, n, 0 },
#define LEAF(v) { v, 0, 0 },
#define NODE(c, s, o) { s, o, c },
#include "model.def"
#undef COLUMNS
#undef TREE
#undef LEAF
#undef NODE
};

#define COLUMNS(n) _Static_assert(n == NFEATURES, "features changed: run train/train.py");
#define TREE(n)
#define LEAF(v)
#define NODE(c, s, o)
#include "model.def"

void score_page(page *p)
{
    const forest f = { rows, sizeof rows / sizeof *rows };
    const int16_t *x = features(p);
    for (int i = 0; x && i < p->nb; i++, x += NFEATURES)
        p->b[i].p = forest_score(&f, x);
}
