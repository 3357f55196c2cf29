/* features.c - the numbers that the model sees of each block. */
#include "cleanup.h"
#include <string.h>

static const int windows[WINDOWS] = { 4, 12 };

static const element *up(const page *p, const element *e, int steps)
{
    while (steps-- && e->parent >= 0)
        e = &p->e[e->parent];
    return e;
}

/* Steps from an element up to the first one that also holds another element, and from there down to that. */
typedef struct way { int16_t up, in; } way;

static bool holds(const page *p, int outer, int e)
{
    return outer <= e && p->e[outer].first <= p->e[e].first && p->e[e].last <= p->e[outer].last;
}

/* Of each element of the page. */
static way *ways_to(const page *p, int other)
{
    way *w = ofp_arena_zalloc(p->a, p->ne, sizeof *w);
    int depth = (int)p->e[other].depth;
    for (int e = 0; w && e < p->ne; e++)
        if (!e || holds(p, e, other))
            w[e] = (way){ 0, (int16_t)(depth - (int)p->e[e].depth) };
        else
            w[e] = (way){ (int16_t)(w[p->e[e].parent].up + 1), w[p->e[e].parent].in };
    return w;
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

/* What is worked out once for all blocks. */
typedef struct tables {
    const sums *s;
    const verdicts *v;
    const way *title, *mass[NMASS];
    int16_t (*seen)[PER_NEIGHBOUR];     /* each block as its neighbours see it */
    int16_t types[NTYPES];
} tables;

static int16_t *own(const page *p, const tables *t, int i, int16_t *o)
{
    const block *b = &p->b[i];
    const element *e = &p->e[b->elem], *card = e->card < 0 ? NULL : &p->e[e->card];
    const sums sect = section(t->s, b);
    const way title = t->title[b->elem], mass[NMASS] = { t->mass[0][b->elem], t->mass[1][b->elem], t->mass[2][b->elem] };
#define GROUP(kind) p->g[kind][b->group[kind]]
#define FEATURE(id, code) *o++ = clip((long)(code));
#include "features.def"
#undef FEATURE
#undef GROUP
    return o;
}

/* All slots at once; what is too much is written over by the columns that follow. */
static void step_tags(const uint8_t *restrict far, int16_t *restrict o)
{
    for (int i = 0; i < TAG_SLOTS; i++)
        o[i] = (int16_t)(far[i] + 1);
}

static void step_names(const uint8_t *restrict far, int16_t *restrict o)
{
    for (int i = 0; i < NAME_SLOTS; i++)
        o[i] = (int16_t)(far[i] + 1);
}
_Static_assert((int)TAG_SLOTS - (int)LAST_LANDMARK <= (int)C_COLUMNS, "columns to write over");
_Static_assert((int)NAME_SLOTS - (int)C_COLUMNS <= 2 * REACH * PER_NEIGHBOUR, "columns to write over");

/* It stands in an element of this tag. */
static void at_tag(enum tag t, int16_t *o)
{
    if (t != TAG_NONE && (int)t <= (int)LAST_LANDMARK)
        o[t - 1] = 0;
}

static int16_t *around(const page *p, int i, int16_t *o)
{
    const block *b = &p->b[i];
    const element *e = &p->e[b->elem];
    step_tags(e->far + TAG_NONE + 1, o);
    at_tag(b->inner, o);
    at_tag(b->tag, o);
    o += LAST_LANDMARK;
    step_names(e->name_far, o);
    for (int c = 0; (c = next_concept(&b->names, c)) < C_COLUMNS; c++)
        o[c] = 0;
    return o + C_COLUMNS;
}

enum { SAME_GROUP = PER_NEIGHBOUR - 2 };    /* the column that tells how the two are related */

static void see(const block *b, int16_t o[PER_NEIGHBOUR])
{
    const int16_t all[PER_NEIGHBOUR] = {
        clip(b->f.words), clip(share(b->f.link_words, b->f.words, 1000)), facts_sentence_end(&b->f), clip(b->tag),
        clip(share(b->f.in[W_STOP], b->f.words, 1000)), clip(share(b->f.upper, b->f.words, 1000)), 0, clip(b->label),
    };
    memcpy(o, all, sizeof all);
}

static int16_t *neighbour(const page *p, const tables *t, int i, int k, int16_t *o)
{
    bool none = i + k < 0 || i + k >= p->nb;
    for (int j = 0; none && j < PER_NEIGHBOUR; j++)
        o[j] = -1;
    if (!none) {
        memcpy(o, t->seen[i + k], sizeof t->seen[i + k]);
        o[SAME_GROUP] = p->b[i + k].group[GROUP_NEAR] == p->b[i].group[GROUP_NEAR];
    }
    return o + PER_NEIGHBOUR;
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

static bool make_tables(const page *p, tables *t)
{
    t->s = running(p);
    t->v = name_verdicts(p);
    t->title = ways_to(p, p->title < 0 ? 0 : p->b[p->title].elem);
    for (int k = 0; k < NMASS; k++)
        t->mass[k] = ways_to(p, p->mass[k]);
    for (int i = 0; i < NTYPES; i++)
        t->types[i] = p->types[i];
    t->seen = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, sizeof *t->seen);
    for (int i = 0; t->seen && i < p->nb; i++)
        see(&p->b[i], t->seen[i]);
    return !ofp_arena_failed(p->a);
}

int16_t *features(const page *p)
{
    int16_t *all = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, NFEATURES * sizeof *all), *o = all;
    tables t;
    if (!make_tables(p, &t))
        return NULL;
    for (int i = 0; i < p->nb; i++) {
        o = around(p, i, own(p, &t, i, o));
        for (int k = -REACH; k <= REACH; k++)
            o = k ? neighbour(p, &t, i, k, o) : o;
        for (int k = 0; k < WINDOWS; k++)
            o = window(t.s, p->nb, i, windows[k], o);
        o = name_columns(p, t.v, i, o);
        memcpy(o, t.types, sizeof t.types);
        o += NTYPES;
    }
    return all;
}
