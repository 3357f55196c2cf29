/* score.c - how likely each block is to belong to the article. */
#include "cleanup.h"

void score_page(page *p)
{
    for (int i = 0; i < p->nb; i++) {
        block *b = &p->b[i];
        const element *e = &p->e[b->elem];
        int s = 0;
        int ld = b->f.words ? (int)(100 * b->f.link_words / b->f.words) : 0;
        s += b->prose ? 30 : b->paragraph ? 15 : 0;
        s += facts_sentence_end(&b->f) ? 8 : 0;
        s -= ld / 3;
        s -= e->tag_far[TAG_NAV] < FAR || e->tag_far[TAG_FOOTER] < FAR ? 60 : 0;
        s -= e->tag_far[TAG_ASIDE] < FAR ? 25 : 0;
        s -= b->label ? 25 : 0;
        s += e->tag_far[TAG_MAIN] < FAR || e->tag_far[TAG_ARTICLE] < FAR ? 10 : 0;
        s += (int)(e->content_names > 4 ? 4 : e->content_names) * 3;
        s -= (int)(e->chrome_names > 4 ? 4 : e->chrome_names) * 10;
        s += e->near_proses > 2 ? 10 : 0;
        for (int k = 0; k < NMASS; k++)
            if (i >= p->e[p->mass[k]].first && i < p->e[p->mass[k]].last)
                s += 10;
        s = 500 + s * 8;
        b->p = s < 0 ? 0 : s > 1000 ? 1000 : s;
    }
}
