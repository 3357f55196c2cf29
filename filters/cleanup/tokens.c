/* tokens.c - what the words in the names of a block's boxes have meant on other pages: a linear model over the words of
 * classes, ids and roles, from the block's box up to the root, learnt beside the trees (train/train.py).  Its verdict on
 * the block and on those around it are columns for the trees. */
#include "cleanup.h"

enum { RINGS = 3, LEVELS = 24, SLOTS = 8192, MEMOS = 512 };  /* rings: the box itself, two around it, those further out */

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
        bool up = c >= 'A' && c <= 'Z', low = c >= 'a' && c <= 'z';
        if (letters && ((!up && !low) || (up && lower))) {
            if (letters > 1)
                put(l, word);
            if (letters > 1 && last)
                put(l, last * 0x9e3779b1u ^ word);
            last = letters > 1 ? word : last;
            word = letters = 0;
        }
        if (up || low) {
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

/* The rows of one name: the same ones come again and again. */
typedef struct memo { uint32_t hash; uint16_t n, rows[MOST_TOKENS]; } memo;

typedef struct model {
    const page *p;
    uint16_t *slot;                     /* row + 1 by hash */
    memo *memo;
    uint16_t (*rows)[MOST_TOKENS];             /* row + 1 of each element's words */
    unsigned *seen, mark;               /* by row: the block for which it was counted */
} model;

static uint16_t find(const model *m, uint32_t hash)
{
    for (uint32_t i = hash % SLOTS; m->slot[i]; i = (i + 1) % SLOTS)
        if (rows[m->slot[i] - 1].hash == hash)
            return m->slot[i];
    return 0;
}

static const memo *rows_of(model *m, ofp_str name)
{
    uint32_t h = hash_bytes(name), hash[MOST_TOKENS];
    memo *o = &m->memo[h % MEMOS];
    if (o->hash == h)
        return o;
    list l = { hash, 0, MOST_TOKENS };
    add_parts(&l, name);
    *o = (memo){ .hash = h };
    for (size_t i = 0; i < l.n; i++)
        o->rows[o->n++] = find(m, hash[i]);
    return o;
}

typedef struct filling { model *m; uint16_t *rows; size_t names, n; } filling;

/* Unknown words count among the MOST_TOKENS, too. */
static void take_rows(void *to, ofp_str name)
{
    filling *f = to;
    const memo *o = rows_of(f->m, name);
    for (size_t i = 0; i < o->n && f->names < MOST_TOKENS; i++, f->names++)
        if (o->rows[i])
            f->rows[f->n++] = o->rows[i];
}

static void fill(model *m)
{
    for (unsigned r = 0; r < NROWS; r++) {
        uint32_t i = rows[r].hash % SLOTS;
        while (m->slot[i])
            i = (i + 1) % SLOTS;
        m->slot[i] = (uint16_t)(r + 1);
    }
    for (int e = 0; e < m->p->ne; e++)
        each_name(&m->p->e[e], take_rows, &(filling){ m, m->rows[e], 0, 0 });
}

static long root(long n)
{
    long r = 0;
    for (long bit = 1L << 20; bit; bit >>= 1)
        if ((r + bit) * (r + bit) <= n)
            r += bit;
    return r;
}

/* A word counts where it is nearest; the more there are, the less each. */
static int verdict(model *m, int e)
{
    long sum = 0, n = 0;
    m->mark++;
    for (int d = 0; e >= 0 && d < LEVELS; d++, e = m->p->e[e].parent)
        for (int k = 0; k < MOST_TOKENS && m->rows[e][k]; k++) {
            unsigned r = m->rows[e][k] - 1u;
            if (m->seen[r] == m->mark)
                continue;
            m->seen[r] = m->mark;
            sum += rows[r].weight[d == 0 ? 0 : d < 3 ? 1 : 2];
            n++;
        }
    return BASE + (int)(n ? sum * 1000 / root(n * 1000000) : 0);
}

/* ---- columns -------------------------------------------------------------------------------------------- */

verdicts *name_verdicts(const page *p)
{
    model m = { .p = p };
    m.slot = ofp_arena_zalloc(p->a, SLOTS, sizeof *m.slot);
    m.memo = ofp_arena_zalloc(p->a, MEMOS, sizeof *m.memo);
    m.rows = ofp_arena_zalloc(p->a, p->ne, sizeof *m.rows);
    m.seen = ofp_arena_zalloc(p->a, NROWS, sizeof *m.seen);
    verdicts *v = ofp_arena_zalloc(p->a, p->nb + 1, sizeof *v);
    if (!m.slot || !m.memo || !m.rows || !m.seen || !v)
        return NULL;
    fill(&m);
    for (int i = 0; i < p->nb; i++) {
        unsigned weight = (p->b[i].f.words < 40 ? p->b[i].f.words : 40) + 1;
        v[i].own = i && p->b[i].elem == p->b[i - 1].elem ? v[i - 1].own : verdict(&m, p->b[i].elem);
        v[i + 1].sum = v[i].sum + (int64_t)v[i].own * weight;
        v[i + 1].weight = v[i].weight + weight;
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
