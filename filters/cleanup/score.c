/* score.c - how likely each block belongs to the article: boosted trees over its features. */
#include "cleanup.h"

/* A row goes on to the next one where its column is below value, else `other` rows further; a leaf
 * has no other and its value is what the tree adds, in 1/LEAF_SCALE. */
typedef struct row { int16_t value; uint16_t other; uint8_t column; } row;

enum { LEAF_SCALE = 4096 };

static const row rows[] = {
#define COLUMNS(n)
#define TREE(n)
#define LEAF(v) { v, 0, 0 },
#define NODE(c, s, o) { s, o, c },
#include "model.def"
#undef COLUMNS
#undef TREE
#undef LEAF
#undef NODE
};

static const uint16_t tree_rows[] = {
#define COLUMNS(n)
#define TREE(n) n,
#define LEAF(v)
#define NODE(c, s, o)
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
#undef COLUMNS
#undef TREE
#undef LEAF
#undef NODE

/* 1/(1 + exp(-x)) in 1/10000 for x from -8 to 8 in steps of a quarter: no libm, so that every
 * machine decides alike. */
static const int logistic[] = {
    3, 4, 6, 7, 9, 12, 15, 19, 25, 32, 41, 52, 67, 86, 110, 141, 180, 230, 293, 373, 474, 601,
    759, 953, 1192, 1480, 1824, 2227, 2689, 3208, 3775, 4378, 5000, 5622, 6225, 6792, 7311,
    7773, 8176, 8520, 8808, 9047, 9241, 9399, 9526, 9627, 9707, 9770, 9820, 9859, 9890, 9914,
    9933, 9948, 9959, 9968, 9975, 9981, 9985, 9988, 9991, 9993, 9994, 9996, 9997,
};

static int per_mille(long sum)
{
    enum { STEP = LEAF_SCALE / 4, LAST = sizeof logistic / sizeof *logistic - 1 };
    long x = sum + 8L * LEAF_SCALE;
    if (x <= 0 || x >= (long)LAST * STEP)
        return x <= 0 ? 0 : 1000;
    long i = x / STEP, rest = x % STEP;
    return (int)((logistic[i] * (STEP - rest) + logistic[i + 1] * rest) / STEP / 10);
}

static long sum_trees(const int16_t *x)
{
    long sum = 0;
    const row *tree = rows;
    for (size_t i = 0; i < sizeof tree_rows / sizeof *tree_rows; tree += tree_rows[i++]) {
        const row *r = tree;
        while (r->other)
            r += x[r->column] < r->value ? 1 : r->other;
        sum += r->value;
    }
    return sum;
}

void score_page(page *p)
{
    const int16_t *x = features(p);
    for (int i = 0; x && i < p->nb; i++, x += NFEATURES)
        p->b[i].p = per_mille(sum_trees(x));
}
