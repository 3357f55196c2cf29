/* shingles.c - articles as runs of words, compared by the words that recur in such runs. */
#include "dedup.h"

#include <string.h>

/* ---- words ------------------------------------------------------------------------------- */

/* One multiplication a step; the fold brings high bits down to where the tables look. */
static uint64_t mix(uint64_t h, uint64_t value)
{
    h = (h ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 29;
}

/* 0 marks what is free. */
static uint64_t finish(uint64_t h)
{
    return h ? h : 1;
}

#define SEED UINT64_C(0xcbf29ce484222325)

typedef struct scan { uint64_t *at; size_t n; uint64_t word; uint32_t before[3]; } scan;

static void end_word(scan *w)
{
    if (w->word != SEED)
        w->at[w->n++] = finish(w->word);
    w->word = SEED;
}

/* Where no blanks stand between words, a character counts with the three before it, or else five of
 * them would be too little to tell texts apart. */
static void add_cjk(scan *w, uint32_t cp)
{
    end_word(w);
    uint64_t h = mix(SEED, cp);
    for (int i = 0; i < 3; i++)
        h = mix(h, w->before[i]);
    w->at[w->n++] = finish(h);
    memmove(w->before + 1, w->before, 2 * sizeof *w->before);
    w->before[0] = cp;
}

static void add_text(scan *w, ofp_str text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t cp = ofp_utf8_next(text, &i);
        bool letter = ofp_is_letter(cp) || ofp_is_digit(cp);
        if (letter && ofp_is_cjk(cp))
            add_cjk(w, cp);
        else if (letter)
            w->word = mix(w->word, ofp_to_lower(cp));
        else if (cp != 0x27 && cp != 0x2019 && cp != 0xad)      /* don't, don’t, and soft hyphens */
            end_word(w);
    }
}

static bool has_class(const ofp_node *n, enum ofp_type type, ofp_str class)
{
    return n && ofp_node_type(n) == type && ofp_has_class(n, class);
}

uint64_t *hash_words(ofp_arena *a, const ofp_node *root, size_t *n)
{
    scan w = { .word = SEED };
    const ofp_node *block = ofp_first(root);
    ofp_buf text = { 0 };
    if (has_class(block, OFP_HEAD, OFP_STR("title")))
        block = ofp_next(block);
    if (has_class(block, OFP_DIV, OFP_STR("byline")))
        block = ofp_next(block);
    for (; block; block = ofp_next(block)) {
        ofp_buf_add(&text, ofp_plain_text(a, block));
        ofp_buf_putc(&text, '\n');
    }
    /* no word is shorter than a byte and the blank after it; a CJK character has three bytes */
    w.at = text.failed ? NULL : ofp_arena_zalloc(a, text.n / 2 + 2, sizeof *w.at);
    if (w.at) {
        add_text(&w, ofp_buf_str(&text));
        end_word(&w);
    }
    ofp_buf_free(&text);
    *n = w.n;
    return w.at;
}

/* ---- shingles ---------------------------------------------------------------------------- */

bool shingles_new(shingles *s, ofp_arena *a, size_t total)
{
    *s = (shingles){ .a = a, .slots = 64 };
    while (s->slots < total * 2)
        s->slots *= 2;
    s->keys = ofp_arena_zalloc(a, s->slots, sizeof *s->keys);
    s->numbers = ofp_arena_zalloc(a, s->slots, sizeof *s->numbers);
    s->stamps = ofp_arena_zalloc(a, total + 1, sizeof *s->stamps);
    s->newest = ofp_arena_zalloc(a, total + 1, sizeof *s->newest);
    s->holders = ofp_arena_zalloc(a, total + 1, sizeof *s->holders);
    return s->keys && s->numbers && s->stamps && s->newest && s->holders;
}

static uint32_t number_of(shingles *s, uint64_t key)
{
    size_t i = key & (s->slots - 1);
    while (s->keys[i] && s->keys[i] != key)
        i = (i + 1) & (s->slots - 1);
    if (!s->keys[i]) {
        s->keys[i] = key;
        s->numbers[i] = s->n++;
    }
    return s->numbers[i];
}

void shingles_of(shingles *s, article *at, const uint64_t *words)
{
    size_t width = at->words < SHINGLE ? at->words : SHINGLE;
    size_t n = at->words ? at->words - width + 1 : 0;
    if (!(at->ids = ofp_arena_zalloc(s->a, n + 1, sizeof *at->ids)))
        return;
    for (at->nids = 0; at->nids < n; at->nids++) {
        uint64_t h = SEED;
        for (size_t i = 0; i < width; i++)
            h = mix(h, words[at->nids + i]);
        at->ids[at->nids] = number_of(s, finish(h));
    }
}

double coverage(shingles *s, const article *a, const article *b)
{
    size_t covered = 0, upto = 0, width = a->words < SHINGLE ? a->words : SHINGLE;
    s->stamp++;
    for (size_t i = 0; i < b->nids; i++)
        s->stamps[b->ids[i]] = s->stamp;
    for (size_t i = 0; i < a->nids; i++)
        if (s->stamps[a->ids[i]] == s->stamp) {
            covered += i + width - (upto > i ? upto : i);
            upto = i + width;
        }
    return a->words ? (double)covered / (double)a->words : 0;
}

void hold(shingles *s, const article *at, uint32_t leader)
{
    for (size_t i = 0; i < at->nids; i++) {
        uint32_t *newest = &s->newest[at->ids[i]];
        const holder *h = &s->holders[*newest];
        if (h->depth > HOLDERS || (h->depth && h->leader == leader))
            continue;
        s->holders[++s->nholders] = (holder){ leader, *newest, h->depth + 1 };
        *newest = s->nholders;
    }
}
