/* score.c - how likely each block belongs to the article: boosted trees over its features. */
#include "cleanup.h"

#define MODEL "model.def"
#define COLUMNS_NOW NFEATURES
#include "forest_rows.h"

void score_page(page *p)
{
    const forest f = { rows, sizeof rows / sizeof *rows, NFEATURES, 60 };
    const int *score = forest_scores(&f, p->a, features(p), p->nb);
    for (int i = 0; score && i < p->nb; i++)
        p->b[i].p = score[i];
}
