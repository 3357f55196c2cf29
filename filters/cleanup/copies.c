/* copies.c - what a page says more than once: a layout for phones beside that for desks, an excerpt above
 * the text, a post quoted in the answers. */
#include "cleanup.h"

enum { COPY_WORDS = 6 };                /* shorter ones repeat by chance: labels, cells, refrains */

static bool is_copy(const block *b, const block *best)
{
    return b != best && b->group[GROUP_PATH] != best->group[GROUP_PATH];
}

/* Of blocks with the same words in boxes of different kinds the likeliest stands for all.  In boxes of one kind, a
 * table's rows or verses, they are the author's. */
void drop_copies(page *p)
{
    const block **best = ofp_arena_zalloc(p->a, p->nb, sizeof *best);
    for (int i = 0; best && i < p->nb; i++) {
        const block **b = &best[p->b[i].group[GROUP_WORDS]];
        if (!*b || p->b[i].p > (*b)->p)
            *b = &p->b[i];
    }
    for (int i = 0; best && i < p->nb; i++) {
        block *b = &p->b[i];
        if (b->f.words >= COPY_WORDS && is_copy(b, best[b->group[GROUP_WORDS]]))
            b->p = 0, b->why = "copy";
    }
}
