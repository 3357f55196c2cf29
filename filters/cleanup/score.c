/* score.c - how likely each block belongs to the article: boosted trees over its features. */
#include "cleanup.h"

#define WANT_PAGE_TREES
#include "cleanup_tables.h"
#undef WANT_PAGE_TREES
_Static_assert((int)PAGE_COLUMNS == (int)NFEATURES, "features changed: train again");

/* Most of a page is told from its article by a few trees.  The table is three forests, one behind the other: what the first
 * is sure of the others are not asked.  Measured in cross-validation: no bar moves, and of 1200 trees a block sees about a seventh. */
static const stage stages[] = {
    { 20, -28, 333, 1140 }, { 20, -43, 333, 690 }, { 60, -67, 73, 450 }, { 60, -67, 73, 390 }, { 80, -67, 73, 345 },
    { 160, -40, 40, 300 }, { 0, 0, 0, 0 },
};

void score_page(page *p)
{
    const forest f = { page_trees, sizeof page_trees / sizeof *page_trees, NFEATURES, stages };
    const int *score = forest_scores(&f, p->a, features(p), p->nb);
    for (int i = 0; score && i < p->nb; i++)
        p->b[i].p = score[i];
}
