/* score.c - how likely each block belongs to the article: boosted trees over its features. */
#include "cleanup.h"

#define MODEL "model.def"
#define COLUMNS_NOW NFEATURES
#include "forest_rows.h"

void score_page(page *p)
{
    const forest f = { rows, sizeof rows / sizeof *rows };
    const int16_t *x = features(p);
    for (int i = 0; x && i < p->nb; i++, x += NFEATURES)
        p->b[i].p = forest_score(&f, x);
}
