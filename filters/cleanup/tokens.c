/* tokens.c - what the words in the names of a block's boxes have meant on other pages: a linear model over the words of
 * classes, ids and roles, from the block's box up to the root, learnt beside the trees (train/train.py).  Its verdict on
 * the block and on those around it are columns for the trees. */
#include "cleanup.h"

/* Rings: the box itself, those around it that are near, those further out. */
enum { OWN, NEAR, REMOTE, RINGS, NEAR_LEVELS = 3, LEVELS = 24, MEMOS = 512 };

typedef struct token { uint32_t hash; int16_t weight[RINGS]; } token;      /* in hundredths of a logit */

static const token rows[] = {
#define BIAS(weight)
#define TOKEN(hash, own, near, far) { hash, { own, near, far } },
#include "tokens.def"
#undef TOKEN
#undef BIAS
};

enum {
    NROWS = sizeof rows / sizeof *rows,
    BASE = 0
#define BIAS(weight) + (weight)
#define TOKEN(hash, own, near, far)
#include "tokens.def"
#undef TOKEN
#undef BIAS
};

/* ---- the words of an element's names --------------------------------------------------------------- */

typedef struct list { uint32_t *hash; size_t n, max; } list;

static void put(list *l, uint32_t hash)
{
    if (l->n < l->max)
        l->hash[l->n++] = hash;
}

/* "post-bodyText" has post, body, text, and each two in a row. */
static void add_parts(list *l, ofp_str s)
{
    uint32_t word = 0, last = 0;
    unsigned letters = 0;
    bool lower = false;
    for (size_t i = 0; i <= s.n && i < 200; i++) {
        char c = i < s.n ? s.p[i] : 0;
        bool letter = (unsigned)(c | 32) - 'a' < 26, low = letter && c & 32;
        if (letters && (!letter || (lower && !low))) {
            if (letters > 1)
                put(l, word);
            if (letters > 1 && last)
                put(l, last * 0x9e3779b1u ^ word);
            last = letters > 1 ? word : last;
            word = letters = 0;
        }
        if (letter) {
            word = word_hash(word, (uint32_t)(c | 32));
            letters++;
        }
        lower = low;
    }
}

/* Calls take with each name of an element. */
static void each_name(const element *e, void (*take)(void *to, ofp_str name), void *to)
{
    const ofp_node *both[] = { e->node, e->hint };
    for (size_t k = 0; k < 2; k++) {
        const ofp_node *n = both[k];
        if (!n || !ofp_has_attrs(n))
            continue;
        for (size_t i = 0; i < ofp_class_count(n); i++)
            take(to, ofp_class_at(n, i));
        take(to, ofp_id(n));
        for (size_t i = 0; i < ofp_attr_count(n); i++)
            if (tells_name(ofp_attr_key(n, i), ofp_attr_value(n, i)))
                take(to, ofp_attr_value(n, i));
    }
}

static void take_parts(void *to, ofp_str name) { add_parts(to, name); }

size_t name_tokens(const element *e, uint32_t *hash, size_t max)
{
    list l = { hash, 0, max };
    each_name(e, take_parts, &l);
    return l.n;
}

/* ---- the model ---------------------------------------------------------------------------------------- */

/* The rows of one name, each + 1, 0 for a word that has none: the same names come again and again. */
typedef struct memo { uint64_t hash; uint16_t n, rows[MOST_TOKENS]; } memo;

/* An element on the way from the root to the one in hand: its words, each once, and the level each was nearest on before. */
typedef struct level { int elem; unsigned n; uint16_t rows[MOST_TOKENS], before[MOST_TOKENS]; } level;

typedef struct model {
    const page *p;
    memo *memo;
    level *way; int depth;              /* way[1] is the root, way[depth] the element in hand */
    uint16_t *nearest;                  /* by row: the last level of the way that has the word, 0: none */
    long remote, words;                 /* different words in sight, and their weight if all were far out */
} model;

#define WANT_TOKENS
#include "cleanup_tables.h"
#undef WANT_TOKENS

/* 0: the word is none that was learnt. */
static uint16_t find(uint32_t hash)
{
    uint32_t i = hash % TOKEN_SLOTS;
    while (token_slots[i] && rows[token_slots[i] - 1].hash != hash)
        i = (i + 1) % TOKEN_SLOTS;
    return token_slots[i];
}

static const memo *rows_of(model *m, ofp_str name)
{
    uint64_t h = hash_bytes(name);
    uint32_t hash[MOST_TOKENS];
    memo *o = &m->memo[h / 2 % MEMOS];
    if (o->hash == h)
        return o;
    list l = { hash, 0, MOST_TOKENS };
    add_parts(&l, name);
    *o = (memo){ .hash = h };
    for (size_t i = 0; i < l.n; i++)
        o->rows[o->n++] = find(hash[i]);
    return o;
}

static int weight(unsigned r, int ring) { return rows[r - 1].weight[ring]; }

static void appear(model *m, unsigned r) { m->words++, m->remote += weight(r, REMOTE); }
static void vanish(model *m, unsigned r) { m->words--, m->remote -= weight(r, REMOTE); }

typedef struct filling { model *m; size_t names; } filling;

/* Unknown words count among the MOST_TOKENS, too. */
static void take_rows(void *to, ofp_str name)
{
    filling *f = to;
    model *m = f->m;
    level *l = &m->way[m->depth];
    const memo *o = name.n ? rows_of(m, name) : NULL;
    for (size_t i = 0; o && i < o->n && f->names < MOST_TOKENS; i++, f->names++) {
        uint16_t r = o->rows[i], before = m->nearest[r];
        if (!r || before == m->depth)
            continue;
        l->rows[l->n] = r;
        l->before[l->n++] = before;
        if (!before)
            appear(m, r);
        m->nearest[r] = (uint16_t)m->depth;
    }
}

/* What is LEVELS up is out of sight, as long as one stays below. */
static void hide(model *m, int depth)
{
    const level *l = &m->way[depth];
    for (unsigned k = 0; k < l->n; k++)
        if (m->nearest[l->rows[k]] == depth) {
            m->nearest[l->rows[k]] = 0;
            vanish(m, l->rows[k]);
        }
}

static void show(model *m, int depth)
{
    const level *l = &m->way[depth];
    for (unsigned k = 0; k < l->n; k++)
        if (!m->nearest[l->rows[k]]) {
            m->nearest[l->rows[k]] = (uint16_t)depth;
            appear(m, l->rows[k]);
        }
}

static void enter(model *m, int e)
{
    m->depth++;
    m->way[m->depth].elem = e;
    m->way[m->depth].n = 0;
    if (m->depth > LEVELS)
        hide(m, m->depth - LEVELS);
    each_name(&m->p->e[e], take_rows, &(filling){ m, 0 });
}

static void leave(model *m)
{
    const level *l = &m->way[m->depth];
    for (unsigned k = 0; k < l->n; k++) {
        m->nearest[l->rows[k]] = l->before[k];
        if (!l->before[k])
            vanish(m, l->rows[k]);
    }
    if (m->depth > LEVELS)
        show(m, m->depth - LEVELS);
    m->depth--;
}

/* Of a number below 1 << 32. */
static long root(long n)
{
    long r = 0;
    for (long bit = 1L << 15; bit; bit >>= 1)
        if ((r + bit) * (r + bit) <= n)
            r += bit;
    return r;
}

/* A word counts where it is nearest; the more there are, the less each. */
static int verdict(const model *m)
{
    long sum = m->remote;
    for (int up = 0; up < NEAR_LEVELS && up < m->depth; up++) {
        const level *l = &m->way[m->depth - up];
        for (unsigned k = 0; k < l->n; k++)
            if (m->nearest[l->rows[k]] == m->depth - up)
                sum += weight(l->rows[k], up ? NEAR : OWN) - weight(l->rows[k], REMOTE);
    }
    return BASE + (int)(m->words ? sum * 1000 / root(m->words * 1000000) : 0);
}

/* Of each element in which a block stands.  Elements without any inside are passed by. */
static void judge(model *m, int *of)
{
    for (int i = 0; i < m->p->nb; i++)
        of[m->p->b[i].elem] = 1;
    for (int e = 0; e < m->p->ne; e++) {
        if (m->p->e[e].first == m->p->e[e].last)
            continue;
        while (m->depth && m->way[m->depth].elem != m->p->e[e].parent)
            leave(m);
        enter(m, e);
        if (of[e])
            of[e] = verdict(m);
    }
}

static size_t deepest(const page *p)
{
    unsigned depth = 0;
    for (int e = 0; e < p->ne; e++)
        depth = p->e[e].depth > depth ? p->e[e].depth : depth;
    return depth;
}

/* ---- columns -------------------------------------------------------------------------------------------- */

verdicts *name_verdicts(const page *p)
{
    model m = { .p = p };
    m.memo = ofp_arena_zalloc(p->a, MEMOS, sizeof *m.memo);
    m.way = ofp_arena_zalloc(p->a, deepest(p) + 2, sizeof *m.way);
    m.nearest = ofp_arena_zalloc(p->a, NROWS + 1, sizeof *m.nearest);
    int *of = ofp_arena_zalloc(p->a, p->ne, sizeof *of);
    verdicts *v = ofp_arena_zalloc(p->a, p->nb + 1, sizeof *v);
    if (!m.memo || !m.way || !m.nearest || !of || !v)
        return NULL;
    judge(&m, of);
    for (int i = 0; i < p->nb; i++) {
        unsigned words = (p->b[i].f.words < 40 ? p->b[i].f.words : 40) + 1;
        v[i].own = of[p->b[i].elem];
        v[i + 1].sum = v[i].sum + (int64_t)v[i].own * words;
        v[i + 1].weight = v[i].weight + words;
    }
    return v;
}

static int16_t mean(const verdicts *v, int lo, int hi)
{
    return clip((long)((v[hi].sum - v[lo].sum) / (int64_t)(v[hi].weight - v[lo].weight)));
}

int16_t *name_columns(const page *p, const verdicts *v, int i, int16_t *o)
{
    static const int reach[] = { 4, 12 };
    for (int k = -2; k <= 2; k++)
        *o++ = i + k < 0 || i + k >= p->nb ? -9999 : clip(v[i + k].own);
    for (int k = 0; k < 2; k++)
        *o++ = mean(v, i > reach[k] ? i - reach[k] : 0, i + reach[k] + 1 < p->nb ? i + reach[k] + 1 : p->nb);
    *o++ = mean(v, 0, p->nb);
    return o;
}
