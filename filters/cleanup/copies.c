/* copies.c - what a page says more than once: a layout for phones beside that for desks, an excerpt above
 * the text, a post quoted in the answers. */
#include "cleanup.h"

enum {
    COPY_WORDS = 6,                     /* shorter ones repeat by chance: labels, cells, refrains */
    LONG_WORDS = 20                     /* nobody says so much twice */
};

/* The blocks with the same words: how likely the likeliest is, the first that is nearly as likely, and whether they stand
 * in boxes of different kinds. */
typedef struct copies { int most; const block *first; bool mixed; } copies;

static void add_copy(copies *c, const block *b)
{
    c->mixed |= c->first && c->first->group[GROUP_PATH] != b->group[GROUP_PATH];
    c->first = c->first ? c->first : b;
    c->most = b->p > c->most ? b->p : c->most;
}

static copies *find_copies(const page *p)
{
    copies *all = ofp_arena_zalloc(p->a, p->nb, sizeof *all);
    for (int i = 0; all && i < p->nb; i++)
        add_copy(&all[p->b[i].group[GROUP_WORDS]], &p->b[i]);
    for (int i = p->nb - 1; all && i >= 0; i--) {
        copies *c = &all[p->b[i].group[GROUP_WORDS]];
        if (p->b[i].p * 10 >= c->most * 9)
            c->first = &p->b[i];
    }
    return all;
}

/* Of blocks with the same words in boxes of different kinds one stands for all.  In boxes of one kind, a table's rows or
 * verses, they are the author's, save for what is long and elsewhere, too: one post quoted in two answers. */
void drop_copies(page *p)
{
    const copies *all = find_copies(p);
    for (int i = 0; all && i < p->nb; i++) {
        block *b = &p->b[i];
        const copies *c = &all[b->group[GROUP_WORDS]];
        bool alike = b->group[GROUP_PATH] == c->first->group[GROUP_PATH];
        if (b->f.words < COPY_WORDS || !c->mixed || b == c->first || (alike && b->f.words < LONG_WORDS))
            continue;
        b->p = 0;
        b->copied = true;
        b->why = "copy";
    }
}

unsigned copied_words(const page *p, int first, int last)
{
    unsigned n = 0;
    for (int i = first; i < last; i++)
        n += p->b[i].copied ? p->b[i].f.words : 0;
    return n;
}
