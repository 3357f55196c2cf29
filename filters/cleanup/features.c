/* features.c - the numbers that the model sees of each block. */
#include "cleanup.h"

static const int windows[WINDOWS] = { 4, 12 };

static const element *up(const page *p, const element *e, int steps)
{
    while (steps-- && e->parent >= 0)
        e = &p->e[e->parent];
    return e;
}

/* Steps from a block's element up to the first one that also holds another element, and from there down to that. */
typedef struct way { int up, in; } way;

static way way_to(const page *p, const block *b, int other)
{
    const element *m = &p->e[other];
    int at = b->elem, up = 0;
    for (; at > 0 && !(p->e[at].first <= m->first && m->last <= p->e[at].last && at <= other); up++)
        at = p->e[at].parent;
    return (way){ up, (int)m->depth - (int)p->e[at].depth };
}

/* Running sums, so that a window costs the same however wide it is. */
typedef struct sums { unsigned words, links, prose, dates; } sums;

static bool is_dated(const block *b) { return (b->f.in[W_MONTH] && b->f.numbers) || b->f.years || b->f.in[W_AGO]; }

static sums *running(const page *p)
{
    sums *s = ofp_arena_zalloc(p->a, p->nb + 1, sizeof *s);
    for (int i = 0; s && i < p->nb; i++) {
        const block *b = &p->b[i];
        s[i + 1] = (sums){ s[i].words + b->f.words, s[i].links + b->f.link_words,
                           s[i].prose + (b->paragraph ? b->f.words : 0), s[i].dates + is_dated(b) };
    }
    return s;
}

/* A section's sums, its heading left out. */
static sums section(const sums *s, const block *b)
{
    const sums *lo = &s[b->heading + 1], *hi = &s[b->section_end];
    return (sums){ hi->words - lo->words, hi->links - lo->links, hi->prose - lo->prose, hi->dates - lo->dates };
}

static int16_t *own(const page *p, const sums *s, int i, int16_t *o)
{
    const block *b = &p->b[i];
    const element *e = &p->e[b->elem], *card = e->card < 0 ? NULL : &p->e[e->card];
    const sums sect = section(s, b);
    const way title = way_to(p, b, p->title < 0 ? 0 : p->b[p->title].elem);
    const way mass[NMASS] = { way_to(p, b, p->mass[0]), way_to(p, b, p->mass[1]), way_to(p, b, p->mass[2]) };
#define GROUP(kind) p->g[kind][b->group[kind]]
#define FEATURE(id, code) *o++ = clip((long)(code));
#include "features.def"
#undef FEATURE
#undef GROUP
    return o;
}

static int16_t *around(const page *p, int i, int16_t *o)
{
    const block *b = &p->b[i];
    const element *e = &p->e[b->elem];
    for (int t = 1; t <= LAST_LANDMARK; t++)
        *o++ = b->inner == (enum tag)t || b->tag == (enum tag)t ? 0 : clip(e->tag_far[t] + 1);
    for (int c = 0; c < C_NCONCEPTS; c++)
        *o++ = concept_has(&b->names, (enum concept)c) ? 0 : clip(e->name_far[c] + 1);
    return o;
}

static int16_t *types(const page *p, int16_t *o)
{
    for (int i = 0; i < NTYPES; i++)
        *o++ = p->types[i];
    return o;
}

static int16_t *neighbour(const page *p, int i, int k, int16_t *o)
{
    const block *b = i + k < 0 || i + k >= p->nb ? NULL : &p->b[i + k];
    for (int j = 0; !b && j < PER_NEIGHBOUR; j++)
        *o++ = -1;
    if (!b)
        return o;
    *o++ = clip(b->f.words);
    *o++ = clip(share(b->f.link_words, b->f.words, 1000));
    *o++ = facts_sentence_end(&b->f);
    *o++ = clip(b->tag);
    *o++ = clip(share(b->f.in[W_STOP], b->f.words, 1000));
    *o++ = clip(share(b->f.upper, b->f.words, 1000));
    *o++ = b->group[GROUP_NEAR] == p->b[i].group[GROUP_NEAR];
    *o++ = clip(b->label);
    return o;
}

static int16_t *window(const sums *s, int nb, int i, int reach, int16_t *o)
{
    const sums *lo = &s[i > reach ? i - reach : 0], *hi = &s[i + reach + 1 < nb ? i + reach + 1 : nb];
    unsigned words = hi->words - lo->words;
    *o++ = clip(words);
    *o++ = clip(share(hi->prose - lo->prose, words, 1000));
    *o++ = clip(share(hi->links - lo->links, words, 1000));
    *o++ = clip(hi->dates - lo->dates);
    return o;
}

int16_t *features(const page *p)
{
    int16_t *all = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, NFEATURES * sizeof *all), *o = all;
    const sums *s = running(p);
    const verdicts *v = name_verdicts(p);
    for (int i = 0; all && s && v && i < p->nb; i++) {
        o = around(p, i, own(p, s, i, o));
        for (int k = -REACH; k <= REACH; k++)
            o = k ? neighbour(p, i, k, o) : o;
        for (int k = 0; k < WINDOWS; k++)
            o = window(s, p->nb, i, windows[k], o);
        o = types(p, name_columns(p, v, i, o));
    }
    return s && v ? all : NULL;
}
