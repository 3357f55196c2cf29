/* names.c - finding the concepts in classes and ids: an Aho-Corasick automaton over letters and cuts, laid out while
 * offprint is built (tablegen). */
#include "cleanup.h"
#include <string.h>

enum { REMEMBERED = 512 };

struct names { struct { uint64_t hash; concepts found; } seen[REMEMBERED]; };

/* next: by state and symbol; set_of: by state, which of the sets has the concepts whose patterns end there. */
#define WANT_NAMES
#include "cleanup_tables.h"
#undef WANT_NAMES

names *names_new(ofp_arena *a) { return ofp_arena_zalloc(a, 1, sizeof(names)); }

static void add_concepts(concepts *out, const concepts *more)
{
    for (size_t k = 0; k < sizeof out->bits / sizeof *out->bits; k++)
        out->bits[k] |= more->bits[k];
}

static unsigned step(unsigned at, unsigned symbol, concepts *out)
{
    at = next[at][symbol];
    if (set_of[at])
        add_concepts(out, &sets[set_of[at]]);
    return at;
}

void names_match(ofp_str text, concepts *out)
{
    unsigned at = step(0, NAME_CUT, out);
    bool lower = false;
    for (size_t i = 0; i < text.n && i < 400; i++) {
        char c = text.p[i];
        bool capital = c >= 'A' && c <= 'Z';
        if (capital && lower)
            at = step(at, NAME_CUT, out);
        at = step(at, name_symbol(capital ? (char)(c + 32) : c), out);
        lower = c >= 'a' && c <= 'z';
    }
    step(at, NAME_CUT, out);
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
        names_match(text, &m->seen[i].found);
    }
    add_concepts(out, &m->seen[i].found);
}
