/* forest.c - boosted trees, summed up for rows of features. */
#include "cleanup.h"

/* Four blocks walk down each tree side by side: while one waits for its column the others go on.  All take as many steps,
 * so that nothing about a tree has to be foretold. */
enum { LANES = 4 };

/* Without a branch. */
static size_t step(const tree *t, size_t i, const int16_t *x)
{
    return 2 * i + (x[t->node[i].column] >= t->node[i].value);
}

static void add_tree(const tree *t, const int16_t *const x[LANES], long sum[LANES])
{
    const int16_t *xa = x[0], *xb = x[1], *xc = x[2], *xd = x[3];
    size_t a = 1, b = 1, c = 1, d = 1;
    for (int level = 0; level < DEPTH; level++) {
        a = step(t, a, xa);
        b = step(t, b, xb);
        c = step(t, c, xc);
        d = step(t, d, xd);
    }
    sum[0] += t->leaf[a - LEAVES];
    sum[1] += t->leaf[b - LEAVES];
    sum[2] += t->leaf[c - LEAVES];
    sum[3] += t->leaf[d - LEAVES];
}

/* Adds to sum[] what the trees of [from, to) say of the n blocks named in which[]. */
static void add_trees(const forest *f, const tree *from, const tree *to, const int16_t *x, const int *which, int n, long *sum)
{
    for (int i = 0; i < n; i += LANES) {
        const int16_t *rows[LANES];
        long sums[LANES] = { 0 };
        int lanes = n - i < LANES ? n - i : LANES;
        for (int k = 0; k < LANES; k++)
            rows[k] = x + (size_t)which[k < lanes ? i + k : i] * f->columns;
        for (const tree *t = from; t < to; t++)
            add_tree(t, rows, sums);
        for (int k = 0; k < lanes; k++)
            sum[which[i + k]] += sums[k];
    }
}

/* Those of which the trees of a stage are sure go, with what the others would add foretold. */
static int leave(const stage *s, int *which, int n, long *sum)
{
    int left = 0;
    for (int i = 0; i < n; i++) {
        long *x = &sum[which[i]];
        if (*x * 100 < (long)s->low * LEAF_SCALE || *x * 100 > (long)s->high * LEAF_SCALE)
            *x = *x * s->grows / 100;
        else
            which[left++] = which[i];
    }
    return left;
}

int *forest_scores(const forest *f, ofp_arena *a, const int16_t *x, int n)
{
    int *p = ofp_arena_zalloc(a, (size_t)n + 1, sizeof *p), left = n;
    long *sum = ofp_arena_zalloc(a, (size_t)n + 1, sizeof *sum);
    const tree *from = f->trees, *end = from + f->n, *to;
    if (!x || !p || !sum)
        return NULL;
    for (int i = 0; i < n; i++)
        p[i] = i;
    for (const stage *s = f->stages; s && s->trees; s++, from = to) {
        to = s->trees < (size_t)(end - from) ? from + s->trees : end;
        add_trees(f, from, to, x, p, left, sum);
        left = leave(s, p, left, sum);
    }
    add_trees(f, from, end, x, p, left, sum);
    for (int i = 0; i < n; i++)
        p[i] = probability(sum[i]);
    return p;
}
