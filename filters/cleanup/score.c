/* score.c - how likely each block belongs to the article: boosted trees over its features. */
#include "cleanup.h"

#define MODEL "model.def"
#define COLUMNS_NOW NFEATURES
#include "forest_rows.h"

/* Most of a page is told from its article by a few trees.  Measured in cross-validation: no bar moves, and of
 * 400 trees a block sees about a third. */
static const stage stages[] = {
    { 20, -85, 1000, 380 }, { 20, -130, 1000, 230 }, { 60, -200, 220, 150 }, { 60, -200, 220, 130 }, { 80, -200, 220, 115 }, { 0, 0, 0, 0 },
};

void score_page(page *p)
{
    const forest f = { rows, sizeof rows / sizeof *rows, NFEATURES, stages };
    const int *score = forest_scores(&f, p->a, features(p), p->nb);
    for (int i = 0; score && i < p->nb; i++)
        p->b[i].p = score[i];
}
