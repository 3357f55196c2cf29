/* forest.c - boosted trees, summed up for rows of features. */
#include "cleanup.h"
#include <string.h>

/* Four blocks walk down each tree side by side: where one goes cannot be foretold, and while it waits
 * for its column the others go on. */
enum { LANES = 4, MOST_COLUMNS = (int)NFEATURES > (int)LINE_FEATURES ? (int)NFEATURES : (int)LINE_FEATURES };
typedef struct lane { long sum; int block; int16_t x[MOST_COLUMNS + 1]; } lane;

/* Without a branch. */
static const row *step(const row *r, const lane *l)
{
    int far = -(l->x[r->column] >= r->value);
    return r + 1 + (far & r->skip);
}

/* A tree is headed by a row that says how many follow. */
static const row *add_tree(const row *tree, lane l[LANES])
{
    const row *a = tree + 1, *b = a, *c = a, *d = a;
    while ((a->skip & b->skip & c->skip & d->skip) >= 0) {
        a = step(a, &l[0]);
        b = step(b, &l[1]);
        c = step(c, &l[2]);
        d = step(d, &l[3]);
    }
    l[0].sum += a->value;
    l[1].sum += b->value;
    l[2].sum += c->value;
    l[3].sum += d->value;
    return tree + 1 + tree->skip;
}

static void fill_lane(lane *l, const forest *f, const int16_t *x, int which, long sum)
{
    l->block = which;
    l->sum = sum;
    memcpy(l->x, x + (size_t)which * f->columns, f->columns * sizeof *x);
    l->x[f->columns] = INT16_MAX;
}

/* Adds to sum[] what the trees of [from, to) say of the n blocks named in which[]. */
static void add_trees(const forest *f, const row *from, const row *to, const int16_t *x, const int *which, int n, long *sum)
{
    lane l[LANES];
    for (int i = 0; i < n; i += LANES) {
        for (int k = 0; k < LANES; k++) {
            int at = which[i + k < n ? i + k : n - 1];
            fill_lane(&l[k], f, x, at, sum[at]);
        }
        for (const row *tree = from; tree < to;)
            tree = add_tree(tree, l);
        for (int k = 0; k < LANES; k++)
            sum[l[k].block] = l[k].sum;
    }
}

static const row *skip_trees(const forest *f, const row *tree, unsigned n)
{
    while (n-- && tree < f->rows + f->n)
        tree += 1 + tree->skip;
    return tree;
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
    const row *from = f->rows, *to;
    if (!x || !p || !sum)
        return NULL;
    for (int i = 0; i < n; i++)
        p[i] = i;
    for (const stage *s = f->stages; s && s->trees; s++, from = to) {
        to = skip_trees(f, from, s->trees);
        add_trees(f, from, to, x, p, left, sum);
        left = leave(s, p, left, sum);
    }
    add_trees(f, from, f->rows + f->n, x, p, left, sum);
    for (int i = 0; i < n; i++)
        p[i] = probability(sum[i]);
    return p;
}
