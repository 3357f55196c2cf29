/* boxes.c - what stands in boxes whose names speak of something else than an article: dialogs, signatures, reviews by
 * customers.  Such names are too rare for the trees to learn much from, so that they decide where the trees are not sure. */
#include "cleanup.h"

/* A block with the name among its own or on one of the `near` elements around it stays where it is at least so likely.  The
 * figures are round ones at which pages that got better outnumber those that got worse, in cross-validation. */
static const struct { enum concept name; unsigned near; int sure; } rules[] = {
    { C_SIGNATURE, 8, 800 },
    { C_DIALOG, 8, 700 },
    { C_COOKIE, 12, 600 },
    { C_DISCLAIMER, 3, 900 },
    { C_FEEDBACK, 8, 800 },
    { C_REVIEWS, 3, 700 },
    { C_FILTER, 6, 500 },
    { C_OFFER, 4, 900 },
    { C_FURTHER, 5, 850 },
    { C_CRUMBS, 4, 1001 },
};
enum { NRULES = sizeof rules / sizeof *rules };

/* Running sums of the words that stay. */
static unsigned *kept_before(const page *p)
{
    unsigned *sum = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, sizeof *sum);
    for (int i = 0; sum && i < p->nb; i++)
        sum[i + 1] = sum[i] + (p->b[i].keep ? p->b[i].f.words : 0);
    return sum;
}

/* What holds two thirds of all that stays is the article, whatever it is called. */
static bool is_small(const page *p, const unsigned *kept, const element *e)
{
    return (kept[e->last] - kept[e->first]) * 3 <= kept[p->nb] * 2;
}

static bool is_in(const page *p, const unsigned *kept, const block *b, enum concept name, unsigned near)
{
    const element *e = &p->e[b->elem];
    if (concept_has(&b->names, name))
        return true;
    unsigned steps = e->name_far[name];
    if (steps >= near)
        return false;
    while (steps--)
        e = &p->e[e->parent];
    return is_small(p, kept, e);
}

static bool is_strange(const page *p, const unsigned *kept, const block *b)
{
    for (int r = 0; r < NRULES; r++)
        if (b->p < rules[r].sure && is_in(p, kept, b, rules[r].name, rules[r].near))
            return true;
    return false;
}

void drop_boxes(page *p)
{
    const unsigned *kept = kept_before(p);
    for (int i = 0; kept && !p->whole && i < p->nb; i++)
        if (p->b[i].keep && is_strange(p, kept, &p->b[i]))
            keep_range(p, i, i + 1, false, "box");
}
