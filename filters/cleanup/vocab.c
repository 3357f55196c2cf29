/* vocab.c - which lists a word stands in, and what a line says that is in one.  The tables are laid out while offprint is
 * built (tablegen), for each page would take as long to make them as to look at. */
#include "cleanup.h"

/* Open-addressed, from hashes to bits. */
typedef struct slot { uint32_t hash, bits; } slot;
typedef struct table { const slot *s; uint32_t mask; } table;
struct vocab { table words, labels, openings; };

#define WANT_WORDS
#include "cleanup_tables.h"
#undef WANT_WORDS

#define TABLE(slots) { slots, sizeof slots / sizeof *slots - 1 }
const vocab vocabulary = { TABLE(word_slots), TABLE(label_slots), TABLE(opening_slots) };

static uint32_t table_get(const table *t, uint32_t hash)
{
    for (uint32_t i = hash & t->mask; t->s[i].bits; i = (i + 1) & t->mask)
        if (t->s[i].hash == hash)
            return t->s[i].bits;
    return 0;
}

unsigned vocab_classes(const vocab *v, uint32_t hash) { return table_get(&v->words, hash); }

enum label facts_label(const vocab *v, const facts *f)
{
    if (!f->words || f->words > 24)
        return LABEL_NONE;
    uint32_t bits = f->named && f->words <= 10 ? table_get(&v->labels, f->key) : 0;
    if (bits)
        return bits & 1u << LABEL_COMMENTS ? LABEL_COMMENTS : bits & 1u << LABEL_END ? LABEL_END : LABEL_INSIDE;
    uint32_t opens = 0;
    for (unsigned i = 0; i < LEAD && i < f->named; i++)
        opens |= table_get(&v->openings, f->lead[i]);
    return opens & 1u << LABEL_PREFIX ? LABEL_PREFIX : opens ? LABEL_CREDIT : LABEL_NONE;
}
