/* boxes.c - what stands in boxes whose names speak of something else than an article: dialogs, signatures, reviews by
 * customers.  Such names are too rare for the trees to learn much from, so that they decide where the trees are not sure. */
#include "cleanup.h"

/* A block with the name among its own or on one of the `near` elements around it stays where it is at least so likely; in
 * articles: only on a page that says it is one, since elsewhere comments are what people come for.  The
 * figures are round ones at which pages that got better outnumber those that got worse, in cross-validation. */
static const struct rule { enum concept name; unsigned near; int sure; bool in_articles; } rules[] = {
    { C_SIGNATURE, 8, 800, false },
    { C_DIALOG, 8, 700, false },
    { C_COOKIE, 12, 600, false },
    { C_DISCLAIMER, 3, 900, false },
    { C_FEEDBACK, 8, 900, false },
    { C_REVIEWS, 3, 700, false },
    { C_FILTER, 6, 500, false },
    { C_OFFER, 4, 900, false },
    { C_FURTHER, 5, 850, false },
    { C_CRUMBS, 4, 1001, false },
    { C_SEARCH, 3, 700, false },
    { C_LOGIN, 8, 700, false },
    { C_COMMENT, 3, 980, true },
    { C_THREAD, 8, 800, true },
};
enum { NRULES = sizeof rules / sizeof *rules };

static bool is_in(const page *p, const block *b, const struct rule *r)
{
    return concept_has(&b->names, r->name) || p->e[b->elem].name_far[r->name] < r->near;
}

/* What holds four fifths of all that stays is the article, whatever it is called. */
static bool is_article(const page *p, const struct rule *r)
{
    unsigned in = 0;
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].keep && is_in(p, &p->b[i], r))
            in += p->b[i].f.words;
    return in * 5 > kept_words(p, 0, p->nb) * 4;
}

static void drop_named(page *p, const struct rule *r)
{
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].keep && p->b[i].p < r->sure && is_in(p, &p->b[i], r))
            keep_range(p, i, i + 1, false, "box");
}

void drop_boxes(page *p)
{
    for (int i = 0; !p->whole && i < NRULES; i++)
        if ((is_one_article(p) || !rules[i].in_articles) && !is_article(p, &rules[i]))
            drop_named(p, &rules[i]);
}
