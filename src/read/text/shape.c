/* shape.c - the second stage: what the document as a whole looks like.
 *
 * Whether lines were wrapped cannot be told from one paragraph: three menu entries under each other
 * look like three short lines of prose.  Over the document it shows: wrapped lines end close to one
 * right edge and nothing that has blanks goes past it; unwrapped ones end anywhere. */
#include "read/text/text.h"

enum { MAX_EDGE = 160, MIN_EDGE = 40, CLUSTER = 15, LONG_WORDS = 5 };

static unsigned edge(const line *l)
{
    return (unsigned)l->left + l->width;
}

/* A line long enough to say something about wrapping. */
static bool is_long(const line *l)
{
    return l->words >= LONG_WORDS && edge(l) >= MIN_EDGE && l->kind != L_RULE;
}

/* The right edge that lines were wrapped at, 0 where they were not.  The highest edge that more than
 * a stray line reaches; most long lines must end within CLUSTER columns of it, as only the last line
 * of a paragraph may end earlier. */
static unsigned find_width(const text *t)
{
    size_t at[MAX_EDGE + 1] = { 0 }, all = 0, beyond = 0;
    for (size_t i = 0; i < t->nlines; i++) {
        const line *l = &t->lines[i];
        if (!is_long(l)) continue;
        all++;
        if (edge(l) > MAX_EDGE) beyond++;
        else at[edge(l)]++;
    }
    if (!all || beyond * 12 > all || beyond == all) return 0;
    size_t need = 1 + all / 50, seen = 0, w = MAX_EDGE;
    for (; w > MIN_EDGE; w--) {
        seen += at[w];
        if (seen >= need) break;
    }
    /* The few that made up the number may lie above: settle on the highest within reach. */
    size_t near = 0;
    for (size_t e = w; e + CLUSTER > w && e > 0; e--) near += at[e];
    if (near * 2 < all) return 0;
    for (size_t e = w + 3; e > w; e--)
        if (e <= MAX_EDGE && at[e]) return (unsigned)e;
    return (unsigned)w;
}

/* The usual indentation of running text: the most words win. */
static unsigned find_base(const text *t)
{
    size_t words[64] = { 0 };
    unsigned best = 0;
    for (size_t i = 0; i < t->nlines; i++) {
        const line *l = &t->lines[i];
        if (l->left < 64 && l->words >= LONG_WORDS && !l->quote && l->kind == L_TEXT) words[l->left] += l->words;
    }
    for (unsigned i = 1; i < 64; i++)
        if (words[i] > words[best]) best = i;
    return best;
}

/* lynx indents text by three columns and leaves headings at the margin. */
static bool find_outdented(const text *t, unsigned base)
{
    size_t margin = 0, inside = 0;
    if (base < 2 || base > 4) return false;
    for (size_t i = 0; i < t->nlines; i++) {
        margin += t->lines[i].left == 0;
        inside += t->lines[i].left == base;
    }
    return inside >= 8 && margin * 3 < inside;
}

size_t text_run(const text *t, size_t i, unsigned *local)
{
    *local = 0;
    size_t k = i;
    for (; k < t->nlines && (k == i || (!t->lines[k].gap && t->lines[k].quote == t->lines[i].quote)); k++) {
        unsigned e = edge(&t->lines[k]);
        if (e <= t->shape.width && e > *local) *local = e;
    }
    return k;
}

/* True when k's first word would not have fitted behind p: the sign of a line that was wrapped.
 * local is the right edge of the lines around, since quotes and columns may be narrower. */
bool text_full(const shape *s, const line *p, const line *k, unsigned local)
{
    unsigned limit = local < s->width ? local : s->width;
    return edge(p) + 1 + k->first > limit;
}

void text_shape(text *t)
{
    t->shape.width = find_width(t);
    t->shape.base = find_base(t);
    t->shape.outdented = find_outdented(t, t->shape.base);
}
