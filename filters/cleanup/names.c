/* names.c - finding the concepts in classes and ids: an Aho-Corasick automaton over letters and cuts,
 * built afresh for each run, which costs less than one page's worth of comparisons. */
#include "cleanup.h"
#include <string.h>

enum { CUT = 26, SYMBOLS = 27, STATES = 2048, REMEMBERED = 512 };

struct names {
    uint16_t next[STATES][SYMBOLS], fail[STATES], chain[STATES];  /* chain: nearest suffix that matches */
    uint8_t match[STATES];              /* concept + 1; patterns that end alike end in different states */
    uint32_t goes[STATES];              /* bit by symbol: those that a state goes on with */
    uint16_t n;
    struct { uint64_t hash; concepts found; } seen[REMEMBERED];
};

static const struct { enum concept id; const char *patterns; } rows[] = {
#define NAME(id, patterns) { C_##id, patterns },
#include "names.def"
#undef NAME
};

static unsigned symbol(char c) { return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') : CUT; }

static void add_pattern(names *m, ofp_str s, enum concept id)
{
    uint16_t at = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned sym = symbol(s.p[i]);
        uint16_t *next = &m->next[at][sym];
        if (!*next && m->n < STATES - 1) {
            *next = ++m->n;
            m->goes[at] |= 1u << sym;
        }
        at = *next;
    }
    m->match[at] = (uint8_t)(id + 1);
}

static uint16_t follow(const names *m, uint16_t at, unsigned sym)
{
    while (at && !m->next[at][sym])
        at = m->fail[at];
    return m->next[at][sym];
}

/* In the order of their lengths, so that the shorter suffix of a state is linked before it. */
static bool link_states(names *m, ofp_arena *a)
{
    uint16_t *queue = ofp_arena_zalloc(a, STATES, sizeof *queue);
    unsigned head = 0, tail = 0;
    if (!queue)
        return false;
    for (unsigned c = 0; c < SYMBOLS; c++)
        if (m->next[0][c])
            queue[tail++] = m->next[0][c];
    while (head < tail) {
        uint16_t s = queue[head++], f = m->fail[s];
        m->chain[s] = m->match[f] ? f : m->chain[f];
        for (uint32_t goes = m->goes[s]; goes; goes &= goes - 1) {
            unsigned c = (unsigned)__builtin_ctz(goes);
            uint16_t t = m->next[s][c];
            m->fail[t] = follow(m, f, c);
            queue[tail++] = t;
        }
    }
    return true;
}

names *names_new(ofp_arena *a)
{
    names *m = ofp_arena_zalloc(a, 1, sizeof *m);
    if (!m)
        return NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ofp_str list = ofp_s(rows[i].patterns);
        for (ofp_str s; ofp_str_split(&list, '|', &s);)
            add_pattern(m, s, rows[i].id);
    }
    return link_states(m, a) ? m : NULL;
}

static uint16_t step(const names *m, uint16_t at, unsigned sym, concepts *out)
{
    at = follow(m, at, sym);
    for (uint16_t s = m->match[at] ? at : m->chain[at]; s; s = m->chain[s]) {
        unsigned id = m->match[s] - 1u;
        out->bits[id / 32] |= 1u << id % 32;
    }
    return at;
}

void names_match(const names *m, ofp_str text, concepts *out)
{
    uint16_t at = step(m, 0, CUT, out);
    bool lower = false;
    for (size_t i = 0; i < text.n && i < 400; i++) {
        char c = text.p[i];
        bool capital = c >= 'A' && c <= 'Z';
        if (capital && lower)
            at = step(m, at, CUT, out);
        at = step(m, at, symbol(capital ? (char)(c + 32) : c), out);
        lower = c >= 'a' && c <= 'z';
    }
    step(m, at, CUT, out);
}

static uint64_t add_word(uint64_t h, ofp_str s, size_t at)
{
    uint64_t word;
    memcpy(&word, s.p + at, sizeof word);
    h = (h ^ word) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}

/* Eight bytes at a step; the last step takes some of them again. */
uint64_t hash_bytes(ofp_str s)
{
    uint64_t h = s.n;
    for (size_t i = 0; i + 8 < s.n; i += 8)
        h = add_word(h, s, i);
    if (s.n >= 8)
        h = add_word(h, s, s.n - 8);
    for (size_t i = 0; s.n < 8 && i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    return (h ^ h >> 32) | 1;           /* 0 is an empty slot */
}

/* Pages repeat their classes: most are answered from the last ones of their hashes. */
void names_add(names *m, ofp_str text, concepts *out)
{
    uint64_t hash = hash_bytes(text), i = hash / 2 % REMEMBERED;
    if (m->seen[i].hash != hash) {
        m->seen[i].hash = hash;
        m->seen[i].found = (concepts){ { 0 } };
        names_match(m, text, &m->seen[i].found);
    }
    for (size_t k = 0; k < sizeof out->bits / sizeof *out->bits; k++)
        out->bits[k] |= m->seen[i].found.bits[k];
}
