/* tail.c - what a page goes on with below its article: the next stories, one after the other.  They read like an article,
 * too, so that the trees leave each of them more likely than not.  That they stand apart, below the last paragraph
 * of which the trees are sure, decides, for all of them alike.  Only a page that says it is one article has such a tail. */
#include "cleanup.h"

enum {
    SURE = 950, LIKELY = 750,           /* a block of the article; what a tail is not, taken together */
    ENOUGH = 100, SOME = 60,            /* words: of an article, of a tail */
    HOME = 3,                           /* elements around a block */
};

static bool is_sure(const block *b) { return b->keep && b->prose && b->p >= SURE; }

static int last_sure(const page *p)
{
    int i = p->nb - 1;
    while (i >= 0 && !is_sure(&p->b[i]))
        i--;
    return i;
}

/* The elements close around what is sure. */
static bool *find_homes(const page *p, int last)
{
    bool *home = ofp_arena_zalloc(p->a, (size_t)p->ne, sizeof *home);
    for (int i = 0; home && i <= last; i++)
        for (int k = 0, e = p->b[i].elem; is_sure(&p->b[i]) && k < HOME && e >= 0; k++, e = p->e[e].parent)
            home[e] = true;
    return home;
}

/* The insides of a table, a list or a quote, which are as near as these are. */
static bool is_inside_unit(const element *e)
{
    static const enum ofp_type types[] = { OFP_TABLE, OFP_THEAD, OFP_TBODY, OFP_TFOOT, OFP_ROW, OFP_CELL, OFP_ULIST, OFP_OLIST, OFP_ITEM,
                                           OFP_DLIST, OFP_DETAIL, OFP_QUOTE, OFP_FIGURE };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ofp_node_type(e->node) == types[i])
            return true;
    return false;
}

static bool is_apart(const page *p, const bool *home, const block *b)
{
    bool at_home = false;
    for (int k = 0, e = b->elem; k < HOME && e >= 0; e = p->e[e].parent) {
        at_home |= home[e];
        k += !is_inside_unit(&p->e[e]);
    }
    return b->keep && !at_home;
}

/* Whether what stands apart from block i on is a tail. */
static bool is_tail(const page *p, const bool *home, int i)
{
    uint64_t words = 0, sum = 0;
    for (; i < p->nb; i++)
        if (is_apart(p, home, &p->b[i])) {
            words += p->b[i].f.words;
            sum += (uint64_t)p->b[i].f.words * (unsigned)p->b[i].p;
        }
    return words >= SOME && sum < words * LIKELY;
}

void drop_tail(page *p)
{
    int last = last_sure(p);
    if (p->whole || !is_one_article(p) || kept_words(p, 0, last + 1) < ENOUGH)
        return;
    const bool *home = find_homes(p, last);
    if (!home || !is_tail(p, home, last + 1))
        return;
    for (int i = last + 1; i < p->nb; i++)
        if (is_apart(p, home, &p->b[i]))
            keep_range(p, i, i + 1, false, "tail");
}
