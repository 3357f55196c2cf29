/* defs.c - terms with what is said about them set in directly below, as w3m, lynx and manual pages
 * print definition lists:
 *
 *     Quay                                  -a, --all
 *         A wall that ships lie at.               do not hide anything
 *     Mole                                        ^ content
 *         A wall in the sea.
 *
 * One such pair may be anything; two under each other with the same indentation are a list.  Where the
 * lines at the margin are capitals or much stands under each, they are headings. */
#include "read/text/text.h"

enum { TERM_WORDS = 8, TERM_COLUMNS = 60, MAX_TERMS = 4, MANY = 16, MIN_IN = 2, MAX_IN = 12, HEAD_BLOCKS = 3 };

/* A chain of entries: blocks from to to, their columns, what they hold. */
typedef struct chain { size_t to, entries, terms, term_words, blocks, words, capitals; unsigned left, content; } chain;

static bool is_capitals(ofp_str s)
{
    size_t upper = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (ofp_is_letter(cp) && !ofp_is_upper(cp)) return false;
        upper += ofp_is_letter(cp);
    }
    return upper >= 3;
}

static bool is_term(const text *t, const block *b)
{
    const line *l = &t->lines[b->from];
    char last = l->s.p[l->s.n - 1];
    if (b->kind != B_PARA || b->mark || b->to - b->from > 1 || b->words > TERM_WORDS || l->width > TERM_COLUMNS) return false;
    if (t->shape.outdented && b->left < t->shape.base) return false;
    return last != '.' && last != ',' && last != ';' && last != '!' && !text_like_code(l);
}

static bool opens_detail(const text *t, const block *term, const block *b)
{
    if (b->kind != B_PARA || b->mark || b->gap || b->quote != term->quote) return false;
    return b->left >= term->left + MIN_IN && b->left <= term->left + MAX_IN && !text_like_code(&t->lines[b->from]);
}

/* The block behind the terms that stand under each other from i on; where there are too many, behind the first
 * of those, so that a long run of short lines is not walked from each of them. */
static size_t past_terms(const text *t, size_t i)
{
    size_t k = i + 1;
    while (k < t->nblocks && k - i <= MAX_TERMS && is_term(t, &t->blocks[k]) && !t->blocks[k].gap && t->blocks[k].left == t->blocks[i].left &&
           t->blocks[k].quote == t->blocks[i].quote)
        k++;
    return k;
}

/* Takes the entry at c->to into the chain; false when none stands there. */
static bool take_entry(const text *t, chain *c)
{
    size_t i = c->to;
    const block *term = &t->blocks[i];
    if (i >= t->nblocks || !is_term(t, term)) return false;
    size_t k = past_terms(t, i);
    if (k >= t->nblocks || k - i > MAX_TERMS || !opens_detail(t, term, &t->blocks[k])) return false;
    if (c->entries && (term->left != c->left || t->blocks[k].left != c->content)) return false;
    for (size_t j = i; j < k; j++) {
        c->term_words += t->blocks[j].words;
        c->capitals += is_capitals(t->lines[t->blocks[j].from].s);
    }
    c->left = term->left;
    c->content = t->blocks[k].left;
    c->terms += k - i;
    c->entries++;
    for (; k < t->nblocks && t->blocks[k].left >= c->content && t->blocks[k].quote == term->quote; k++) {
        c->blocks++;
        c->words += t->blocks[k].words;
    }
    c->to = k;
    return true;
}

static bool is_list(const chain *c)
{
    return c->entries >= 2 && c->words >= 2 * c->term_words;
}

static void make_heads(text *t, size_t from, const chain *c)
{
    for (size_t i = from; i < c->to; i++) {
        block *b = &t->blocks[i];
        if (b->left != c->left || b->quote != t->blocks[from].quote) continue;
        b->kind = B_HEAD;
        b->level = 2;
    }
}

/* Each text that stands directly below another of the same entry is a detail of its own. */
static void make_list(text *t, size_t from, const chain *c)
{
    for (size_t i = from; i < c->to; i++) {
        block *b = &t->blocks[i];
        b->term = b->left == c->left;
        b->content = c->content;
        b->detail = !b->term && !b->mark && b->kind == B_PARA && !b->gap && b->left == c->content && !b[-1].mark;
        b->mark |= b->term;
    }
}

void text_defs(text *t)
{
    for (size_t i = 0; i < t->nblocks; i++) {
        chain c = { .to = i };
        while (take_entry(t, &c))
            ;
        if (!is_list(&c)) {
            /* Looking again at each part of a long one would take quadratic time. */
            if (c.entries > MANY) i = c.to - 1;
            continue;
        }
        if (c.capitals * 2 > c.terms || c.blocks > HEAD_BLOCKS * c.entries) {
            make_heads(t, i, &c);
        } else {
            make_list(t, i, &c);
            i = c.to - 1;
        }
    }
}
