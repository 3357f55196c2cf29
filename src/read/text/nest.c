/* nest.c - which list each block stands in, by indentation alone. */
#include "read/text/text.h"

typedef struct level { unsigned left, content; const line *last; } level;
typedef struct levels { level at[MAX_LIST]; unsigned n; } levels;

static bool same_kind(const line *a, const line *b)
{
    if (a->kind != b->kind || a->mark != b->mark) return false;
    return a->kind == L_BULLET || (a->style == b->style && b->number > a->number);
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
    top->content = b->left + l->body;
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
