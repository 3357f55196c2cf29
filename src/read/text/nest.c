/* nest.c - which list each block stands in, by indentation alone. */
#include "read/text/text.h"

typedef struct level { unsigned left, content; const line *last; } level;
typedef struct levels { level at[MAX_LIST]; unsigned n; } levels;

static bool same_kind(const line *a, const line *b)
{
    if (a->kind != b->kind || a->mark != b->mark) return false;
    return a->kind != L_NUMBER || (a->style == b->style && b->number > a->number);
}

/* An item: a sibling of the last one when it stands within a column of it, else one level in. */
static void place_item(levels *s, block *b, const line *l)
{
    while (s->n && b->left + 1 < s->at[s->n - 1].left) s->n--;
    bool sibling = s->n && (b->left <= s->at[s->n - 1].left + 1 || s->n == MAX_LIST);
    b->fresh = !sibling || !same_kind(s->at[s->n - 1].last, l);
    if (!sibling) s->n++;
    level *top = &s->at[s->n - 1];
    if (b->fresh) top->left = b->left;
    top->content = b->term ? b->content : b->left + l->body;
    top->last = l;
}

/* Text goes on with the item whose text it stands under; directly below, right of the mark is enough. */
static void place_text(levels *s, const block *b)
{
    while (s->n) {
        const level *top = &s->at[s->n - 1];
        unsigned need = b->gap ? top->content : top->left + 2;
        if (b->left + 1 > need) break;
        s->n--;
    }
}

void text_nest(text *t)
{
    levels open = { .n = 0 };
    unsigned quote = 0;
    for (size_t i = 0; i < t->nblocks; i++) {
        block *b = &t->blocks[i];
        if (b->kind == B_NOTHING) continue;
        if (b->quote != quote) open.n = 0;
        quote = b->quote;
        if (b->mark) place_item(&open, b, &t->lines[b->from]);
        else place_text(&open, b);
        b->depth = open.n;
    }
}

/* ---- quotes by indentation ----------------------------------------------------------------- */

enum { MIN_QUOTE_INDENT = 2, MAX_QUOTE_INDENT = 12 };

/* Most words stand at the margin, so that what stands off it does so for a reason. */
static bool has_margin(const text *t)
{
    size_t at = 0, all = 0;
    for (size_t i = 0; i < t->nblocks; i++) {
        all += t->blocks[i].words;
        if (t->lines[t->blocks[i].to - 1].left == t->shape.base) at += t->blocks[i].words;
    }
    return at * 2 >= all;
}

/* First lines are indented in this text: one line set in is no quote. */
static bool indents_first_lines(const text *t)
{
    for (size_t i = 0; i < t->nblocks; i++) {
        const block *b = &t->blocks[i];
        if (b->kind == B_PARA && !b->mark && b->to - b->from > 1 && t->lines[b->from].left >= t->lines[b->from + 1].left + 2) return true;
    }
    return false;
}

static bool is_set_in(const text *t, const block *b, bool first_lines)
{
    if (b->kind != B_PARA || b->mark || b->depth || b->quote || !b->gap || b->words < 8) return false;
    if (b->left < t->shape.base + MIN_QUOTE_INDENT || b->left > t->shape.base + MAX_QUOTE_INDENT) return false;
    for (size_t k = b->from + 1; k < b->to; k++)
        if (t->lines[k].left != b->left) return false;
    return b->to - b->from > 1 || (!first_lines && b->prose);
}

void text_indents(text *t)
{
    if (!t->shape.width || !has_margin(t)) return;
    bool first_lines = indents_first_lines(t);
    for (size_t i = 0; i < t->nblocks; i++)
        if (is_set_in(t, &t->blocks[i], first_lines)) t->blocks[i].quote++;
}
