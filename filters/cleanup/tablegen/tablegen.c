/* tablegen.c - prints what cleanup knows of words, labels and names as tables to look up, for vocab.c, names.c and
 * tokens.c, and its models as trees to walk down, for score.c and text.c: tablegen >cleanup_tables.h.  Runs while offprint
 * is built; not part of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../cleanup.h"

static const struct { enum word_class id; const char *list; } word_lists[] = {
#define WORDS(id, list) { W_##id, list },
#include "../words.def"
#undef WORDS
};

static const struct { enum label id; const char *list; } label_lists[] = {
#define LABEL(id, list) { LABEL_##id, list },
#include "../labels.def"
#undef LABEL
};

static const struct { enum concept id; const char *patterns; } name_rows[] = {
#define NAME(id, patterns) { C_##id, patterns },
#include "../names.def"
#undef NAME
};

static const uint32_t tokens[] = {
#define BIAS(weight)
#define TOKEN(hash, own, near, far) hash,
#include "../tokens.def"
#undef TOKEN
#undef BIAS
};

/* A model's table: trees, each from its top, and the part below a question before that at or above it. */
typedef struct row { enum { TOP, ASK, SAY } kind; uint16_t column; int16_t value; } row;
#define COLUMNS(n)
#define TREE(n) { TOP, 0, 0 },
#define LEAF(v) { SAY, 0, v },
#define NODE(c, s, o) { ASK, c, s },
static const row page_rows[] = {
#include "../model.def"
};
static const row line_rows[] = {
#include "../lines_model.def"
};
#undef COLUMNS
#undef TREE
#undef LEAF
#undef NODE

enum {
#define TREE(n)
#define LEAF(v)
#define NODE(c, s, o)
#define COLUMNS(n) PAGE_COLUMNS = n,
#include "../model.def"
#undef COLUMNS
#define COLUMNS(n) LINE_COLUMNS = n,
#include "../lines_model.def"
#undef COLUMNS
#undef TREE
#undef LEAF
#undef NODE
};

#define LEN(a) (sizeof (a) / sizeof *(a))

static void die(const char *what)
{
    fprintf(stderr, "tablegen: %s\n", what);
    exit(1);
}

/* The scanner of words.c asks for them only where it is given a vocabulary. */
unsigned vocab_classes(const vocab *v, uint32_t hash)
{
    (void)v, (void)hash;
    return 0;
}

/* ---- words and labels ------------------------------------------------------------------------- */

/* From hashes to bits, open-addressed and never more than three quarters full. */
enum { MOST_SLOTS = 4096 };
typedef struct table { struct { uint32_t hash, bits; } slot[MOST_SLOTS]; uint32_t slots, used; } table;

static table words = { .slots = 4096 }, labels = { .slots = 2048 }, openings = { .slots = 512 };

static void table_add(table *t, uint32_t hash, uint32_t bits)
{
    uint32_t i = hash % t->slots;
    while (t->slot[i].bits && t->slot[i].hash != hash)
        i = (i + 1) % t->slots;
    t->used += !t->slot[i].bits;
    if (t->used > t->slots / 4 * 3)
        die("too many words for a table");
    t->slot[i].hash = hash;
    t->slot[i].bits |= bits;
}

/* The hash that a scanner would give to a word in small letters. */
static uint32_t hash_word(ofp_str w)
{
    uint32_t h = 0;
    for (size_t i = 0; i < w.n;)
        h = word_hash(h, ofp_utf8_next(w, &i));
    return h;
}

static void add_words(enum word_class id, ofp_str list)
{
    for (ofp_str w; ofp_str_split(&list, ' ', &w);)
        table_add(&words, hash_word(w), 1u << id);
}

static void add_labels(enum label id, ofp_str list)
{
    for (ofp_str l; ofp_str_split(&list, '|', &l);)
        table_add(id == LABEL_PREFIX || id == LABEL_CREDIT ? &openings : &labels, scan_str(NULL, l).key, 1u << id);
}

static void put_table(const char *name, const table *t)
{
    printf("static const slot %s_slots[%u] = {\n", name, (unsigned)t->slots);
    for (uint32_t i = 0; i < t->slots; i++)
        if (t->slot[i].bits)
            printf("[%u] = { %uu, %uu },\n", (unsigned)i, (unsigned)t->slot[i].hash, (unsigned)t->slot[i].bits);
    printf("};\n");
}

/* Where the rows of tokens.def are, + 1. */
static void put_tokens(void)
{
    static uint16_t slot[TOKEN_SLOTS];
    if (LEN(tokens) > TOKEN_SLOTS / 2)
        die("too many tokens");
    for (unsigned r = 0; r < LEN(tokens); r++) {
        uint32_t i = tokens[r] % TOKEN_SLOTS;
        while (slot[i])
            i = (i + 1) % TOKEN_SLOTS;
        slot[i] = (uint16_t)(r + 1);
    }
    printf("static const uint16_t token_slots[] = {\n");
    for (unsigned i = 0; i < TOKEN_SLOTS; i++)
        printf("%u,\n", slot[i]);
    printf("};\n");
}

/* ---- names: an Aho-Corasick automaton over letters and cuts ----------------------------------------- */

enum { NAME_ROW = NAME_SYMBOLS + 1, MOST_STATES = UINT16_MAX / NAME_ROW, MOST_SETS = 1024 };

static struct {
    uint16_t next[MOST_STATES][NAME_SYMBOLS], fail[MOST_STATES];
    concepts found[MOST_STATES];        /* by what ends in a state: its own pattern, which several concepts may have, and shorter ones */
    unsigned n;
    concepts sets[MOST_SETS]; unsigned nsets;
} m = { .n = 1, .nsets = 1 };

static void add_pattern(ofp_str s, enum concept id)
{
    uint16_t at = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint16_t *next = &m.next[at][name_symbol(s.p[i])];
        if (!*next)
            *next = (uint16_t)m.n++;
        if (m.n == MOST_STATES)
            die("too many names");
        at = *next;
    }
    m.found[at].bits[id / 32] |= 1u << id % 32;
}

/* In the order of their lengths, so that the shorter suffix of a state is complete before it. */
static void link_states(void)
{
    static uint16_t queue[MOST_STATES];
    for (unsigned head = 0, tail = 1; head < tail; head++) {
        uint16_t s = queue[head], f = m.fail[s];
        add_concepts(&m.found[s], &m.found[f]);
        for (unsigned c = 0; c < NAME_SYMBOLS; c++) {
            uint16_t t = m.next[s][c], other = s ? m.next[f][c] : 0;
            if (t)
                m.fail[t] = other, queue[tail++] = t;
            else
                m.next[s][c] = other;
        }
    }
}

static unsigned set_number(const concepts *c)
{
    unsigned i = 0;
    while (i < m.nsets && memcmp(&m.sets[i], c, sizeof *c))
        i++;
    if (i == MOST_SETS)
        die("too many sets of names");
    m.sets[i] = *c;
    m.nsets += i == m.nsets;
    return i;
}

static void put_names(void)
{
    printf("static const uint16_t rows[] = {\n");
    for (unsigned s = 0; s < m.n; s++) {
        for (unsigned c = 0; c < NAME_SYMBOLS; c++)
            printf("%u,", m.next[s][c] * NAME_ROW);
        printf("%u,\n", set_number(&m.found[s]));
    }
    printf("};\nstatic const concepts sets[] = {\n");
    for (unsigned i = 0; i < m.nsets; i++)
        for (size_t k = 0; k < LEN(m.sets[i].bits); k++)
            printf("%s%uu%s", k ? "," : "{ { ", (unsigned)m.sets[i].bits[k], k + 1 < LEN(m.sets[i].bits) ? "" : " } },\n");
    printf("};\n");
}

/* ---- trees -------------------------------------------------------------------------------------------- */

/* Whatever is asked below i, this is the answer. */
static void fill(tree *t, unsigned i, int16_t value)
{
    if (i >= LEAVES) {
        t->leaf[i - LEAVES] = value;
        return;
    }
    fill(t, 2 * i, value);
    fill(t, 2 * i + 1, value);
}

/* From its row on; returns the row behind. */
static const row *grow(tree *t, unsigned i, const row *r)
{
    if (r->kind == SAY) {
        fill(t, i, r->value);
        return r + 1;
    }
    if (i >= LEAVES)
        die("a tree is too deep");
    t->node[i] = (question){ r->column, r->value };
    return grow(t, 2 * i + 1, grow(t, 2 * i, r + 1));
}

static void put_tree(const tree *t)
{
    printf("{ {");
    for (unsigned i = 0; i < LEAVES; i++)
        printf("{%u,%d},", t->node[i].column, t->node[i].value);
    printf("}, {");
    for (unsigned i = 0; i < LEAVES; i++)
        printf("%d,", t->leaf[i]);
    printf("} },\n");
}

static void put_trees(const char *name, const row *r, size_t n)
{
    printf("static const tree %s[] = {\n", name);
    for (const row *end = r + n; r < end;) {
        tree t = { 0 };
        r = grow(&t, 1, r + 1);
        put_tree(&t);
    }
    printf("};\n");
}

/* ---- all of it ------------------------------------------------------------------------------------------ */

int main(void)
{
    for (size_t i = 0; i < LEN(word_lists); i++)
        add_words(word_lists[i].id, ofp_s(word_lists[i].list));
    for (size_t i = 0; i < LEN(label_lists); i++)
        add_labels(label_lists[i].id, ofp_s(label_lists[i].list));
    for (size_t i = 0; i < LEN(name_rows); i++) {
        ofp_str list = ofp_s(name_rows[i].patterns);
        for (ofp_str s; ofp_str_split(&list, '|', &s);)
            add_pattern(s, name_rows[i].id);
    }
    link_states();
    printf("/* Written by tablegen. */\n#ifdef WANT_WORDS\n");
    put_table("word", &words);
    put_table("label", &labels);
    put_table("opening", &openings);
    printf("#endif\n#ifdef WANT_NAMES\n");
    put_names();
    printf("#endif\n#ifdef WANT_TOKENS\n");
    put_tokens();
    printf("#endif\n#ifdef WANT_PAGE_TREES\nenum { PAGE_COLUMNS = %d };\n", PAGE_COLUMNS);
    put_trees("page_trees", page_rows, LEN(page_rows));
    printf("#endif\n#ifdef WANT_LINE_TREES\nenum { LINE_COLUMNS = %d };\n", LINE_COLUMNS);
    put_trees("line_trees", line_rows, LEN(line_rows));
    printf("#endif\n");
    return fflush(stdout) || ferror(stdout);
}
