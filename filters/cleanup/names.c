/* names.c - what the names of tags, classes and ids say.  Concepts are found in them by an Aho-Corasick automaton over
 * letters and cuts, laid out while offprint is built (tablegen). */
#include "cleanup.h"
#include <string.h>

enum { REMEMBERED = 512, TAGS_REMEMBERED = 128 };

typedef struct known_tag { uint64_t hash; enum tag tag; } known_tag;
struct names { known_name seen[REMEMBERED]; known_tag tags[TAGS_REMEMBERED]; };

/* rows: a state is where its row begins; by symbol the next one, and behind these, which of the sets has the concepts whose
 * patterns end there. */
#define WANT_NAMES
#include "cleanup_tables.h"
#undef WANT_NAMES

names *names_new(ofp_arena *a) { return ofp_arena_zalloc(a, 1, sizeof(names)); }

static unsigned step(unsigned at, unsigned symbol, concepts *out)
{
    at = rows[at + symbol];
    unsigned set = rows[at + NAME_SYMBOLS];
    if (set)
        add_concepts(out, &sets[set]);
    return at;
}

void names_match(ofp_str text, concepts *out)
{
    unsigned at = step(0, NAME_CUT, out);
    bool lower = false;
    for (size_t i = 0; i < text.n && i < 400; i++) {
        unsigned symbol = name_symbol(text.p[i]);
        bool small = symbol != NAME_CUT, capital = !small && text.p[i] >= 'A' && text.p[i] <= 'Z';
        if (capital && lower)
            at = step(at, NAME_CUT, out);
        at = step(at, capital ? name_symbol((char)(text.p[i] + 32)) : symbol, out);
        lower = small;
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

static const struct { ofp_str name; enum tag tag; } tag_names[] = {
#define TAG(id, name) { { name, sizeof name - 1 }, TAG_##id },
#include "tags.def"
#undef TAG
};

static enum tag tag_find(ofp_str name)
{
    for (size_t i = 0; i < sizeof tag_names / sizeof *tag_names; i++)
        if (tag_names[i].name.n == name.n && tag_names[i].name.p[0] == name.p[0] && ofp_str_eq(tag_names[i].name, name))
            return tag_names[i].tag;
    return TAG_NONE;
}

ofp_str tag_name(enum tag t)
{
    return t ? tag_names[t - 1].name : (ofp_str){ 0 };
}

static uint32_t hash_but_digits(ofp_str s)
{
    uint32_t h = 1;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            h = (h ^ (unsigned char)s.p[i]) * 0x01000193u;
    return h;
}

/* Pages repeat their names: most are answered from the last ones of their hashes. */
const known_name *names_find(names *m, ofp_str text)
{
    uint64_t hash = hash_bytes(text);
    known_name *k = &m->seen[hash / 2 % REMEMBERED];
    if (k->hash != hash) {
        *k = (known_name){ .hash = hash, .like = hash_but_digits(text) };
        names_match(text, &k->found);
    }
    return k;
}

enum tag names_tag(names *m, ofp_str text)
{
    uint64_t hash = hash_bytes(text);
    known_tag *k = &m->tags[hash / 2 % TAGS_REMEMBERED];
    if (k->hash != hash)
        *k = (known_tag){ hash, tag_find(text) };
    return k->tag;
}
