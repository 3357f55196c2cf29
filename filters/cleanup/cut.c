/* cut.c - the page's own threshold: the one of which the best F1 is to be expected.
 *
 * The probabilities are well calibrated, but blocks share a fate: whoever counts one card of a list as the article counts
 * all of them.  So the F1 is expected over a few scenes, in which all blocks are likelier or all unlikelier than the model
 * says: the normal copula of one factor with a correlation of a half (Vasicek, "Probability of loss on loan portfolio",
 * 1987), with logits in place of the normal quantiles. */
#include "cleanup.h"

/* Five nodes of Gauss and Hermite: 1.7 times the node as a logit, and its weight in 1/10000. */
static const struct { int shift, weight; } scenes[] = {
    { -19894, 113 }, { -9440, 2221 }, { 0, 5332 }, { 9440, 2221 }, { 19894, 113 },
};
enum { NSCENES = sizeof scenes / sizeof *scenes, SPREAD = 1414 };

/* By probability: blocks, their words, and the F1 of keeping all down to it, in 10^-8; and the chance that no block is right. */
typedef struct outlook { unsigned blocks[1001], words[1001]; uint64_t f1[1001]; double none; } outlook;

/* What keeping all down to each probability promises in one scene. */
static void add_scene(outlook *o, int shift, int weight)
{
    uint64_t truth = 0, kept = 0, got = 0;
    uint16_t likely[1001];
    double none = weight;
    for (int t = 0; t <= 1000; t++)
        if (o->words[t]) {
            likely[t] = (uint16_t)probability(logit(t) * SPREAD / 1000 + shift);
            truth += (uint64_t)o->words[t] * likely[t];
            for (unsigned k = 0; k < o->blocks[t] && none > 1; k++)
                none *= 1 - likely[t] / 1000.;
        }
    o->none += none * 10000;
    for (int t = 1000; t >= 0; t--)
        if (o->words[t]) {
            kept += o->words[t];
            got += (uint64_t)o->words[t] * likely[t];
            o->f1[t] += 20000 * got / (1000 * kept + truth) * (unsigned)weight;
        }
}

static int best_of(const outlook *o)
{
    int best = 1000;
    for (int t = 1000; t >= 0; t--)
        if (o->f1[t] > o->f1[best])
            best = t;
    return best;
}

/* A page that says that it is an article is surer of each of its blocks, and more so one that says nothing else and promises
 * much. */
static int sureness(const page *p, int f1)
{
    enum { STATED = 50, NOTHING_ELSE = 110, MUCH = 700 };
    return !p->stated ? 0 : STATED + (is_one_article(p) && f1 >= MUCH ? NOTHING_ELSE : 0);
}

/* That threshold is blended with the habit of truths: an article, which promises all and as a rule says that it is one, is
 * sure of each of its blocks, and what it is not sure of is not the article's.  The figures are from cross-validation. */
void choose_cut(page *p)
{
    static const int shift[] = { [MODE_BALANCED] = 0, [MODE_PRECISION] = 120, [MODE_RECALL] = -120 };
    outlook o = { { 0 }, { 0 }, { 0 }, 0 };
    for (int i = 0; i < p->nb; i++) {
        o.words[p->b[i].p] += p->b[i].f.words;
        o.blocks[p->b[i].p] += p->b[i].f.words > 0;
    }
    for (int s = 0; s < NSCENES; s++)
        add_scene(&o, scenes[s].shift, scenes[s].weight);
    int best = best_of(&o), f1 = (int)(o.f1[best] / 100000);
    int cut = 100 + best / 2 + (int)((int64_t)f1 * f1 * f1 / 4000000);
    p->cut = (cut < 600 ? cut : 600) + sureness(p, f1) + shift[p->mode];
    p->hopeless = o.none >= o.f1[best];
}
