/* dedup.h - what the parts of the filter share: articles as sequences of shingles. */
#ifndef DEDUP_H
#define DEDUP_H
#include "offprint/offprint.h"

/* Words in a shingle.  Runs of five words seldom recur by chance, and a changed word spoils no more than five. */
enum { SHINGLE = 5 };

/* One article; ids holds its shingles in order, as numbers that equal shingles share. */
typedef struct article {
    ofp_node *node;
    uint32_t *ids;
    size_t words, nids;
    size_t place;                       /* in the book, from 0 */
    int known;                          /* metadata fields that have a value */
    struct article *leader;             /* the article it repeats; itself where none */
    double same;                        /* as the leader, 0 to 1 */
} article;

/* Every shingle of the book once: an open table, and behind each number the leaders that have it. */
typedef struct shingles {
    ofp_arena *a;
    uint64_t *keys;                     /* 0: free */
    uint32_t *numbers, *stamps;
    struct holder *holders;             /* in chains; [0] is unused */
    uint32_t *newest;                   /* of a shingle's holders */
    size_t slots;
    uint32_t n, stamp, nholders;
} shingles;

/* A leader that has a shingle; depth counts those from here on. */
typedef struct holder { uint32_t leader, older, depth; } holder;
/* A shingle of more leaders than this is boilerplate, which leads to nobody. */
enum { HOLDERS = 16 };

/* The words of an article without its title and byline, folded and hashed; nothing of it depends on
 * the machine.  The array is a.words long. */
uint64_t *hash_words(ofp_arena *a, const ofp_node *root, size_t *n);
/* Room for total shingles; false when out of memory. */
bool shingles_new(shingles *s, ofp_arena *a, size_t total);
/* Fills in at->ids. */
void shingles_of(shingles *s, article *at, const uint64_t *words);

/* The share of the words of a that stand in b as well, in runs of a shingle or more. */
double coverage(shingles *s, const article *a, const article *b);
/* Enters at, leader of that number, as a holder of its shingles. */
void hold(shingles *s, const article *at, uint32_t leader);
#endif
