/* shape.c - the second stage: what the document as a whole looks like.
 *
 * Whether lines were wrapped cannot be told from one paragraph: three menu entries under each other
 * look like three short lines of prose.  Over the document it shows: wrapped lines end close to one
 * right edge and nothing that has blanks goes past it; unwrapped ones end anywhere. */
#include "read/text/text.h"

enum { MAX_EDGE = 160, MIN_EDGE = 40, CLUSTER = 15, LONG_WORDS = 5, OVERHANG = 6, MANY = 10 };

static unsigned edge(const line *l)
{
    return (unsigned)l->left + l->width;
}

/* A line long enough to say something about wrapping; one that is mostly an address cannot be broken,
 * and a program's is not. */
static bool is_long(const line *l)
{
    if (l->first * 10 > l->width * 6) return false;
    return l->words >= LONG_WORDS && edge(l) >= MIN_EDGE && l->kind != L_RULE && !text_like_code(l);
}

/* Only a line that text follows directly can have been broken. */
static bool is_followed(const text *t, size_t i)
{
    const line *l = &t->lines[i];
    if (i + 1 >= t->nlines || l[1].gap || l[1].quote != l->quote || l[1].kind == L_RULE) return false;
    bool marked = l[1].kind == L_BULLET || l[1].kind == L_NUMBER;
    return !marked || (!l[1].sure && l->kind == L_TEXT && !text_terminal(l->s));
}

/* Long lines that may have been broken and all of them, by their edge; the line breaks that a right edge
 * explains: the line ends at or before it and the next word would have gone past it.  Those in the middle of
 * a sentence, with a small letter behind them. */
typedef struct edges { size_t broken[MAX_EDGE + 4], all[MAX_EDGE + 4], fit[MAX_EDGE + 4], nbroken, midway, nall, beyond; } edges;

static void count_edges(const text *t, edges *e)
{
    for (size_t i = 0; i < t->nlines; i++) {
        const line *l = &t->lines[i];
        if (!is_long(l)) continue;
        e->nall++;
        if (edge(l) > MAX_EDGE) {
            e->beyond++;
            continue;
        }
        e->all[edge(l)]++;
        if (!is_followed(t, i)) continue;
        e->broken[edge(l)]++;
        e->nbroken++;
        e->midway += !text_terminal(l->s) && text_starts_lower(l[1].s);
        for (unsigned w = edge(l); w <= edge(l) + l[1].first && w <= MAX_EDGE; w++) e->fit[w]++;
    }
}

static size_t sum(const size_t *n, size_t from, size_t to)
{
    size_t s = 0;
    for (size_t k = from; k <= to; k++) s += n[k];
    return s;
}

static size_t near(const edges *e, unsigned w)
{
    return sum(e->broken, w < CLUSTER ? 0 : w - CLUSTER + 1, w + 3 < MAX_EDGE ? w + 3 : MAX_EDGE);
}

/* The edge that explains the most line breaks. */
static unsigned most_common(const edges *e)
{
    unsigned w = MIN_EDGE;
    for (unsigned k = MIN_EDGE; k <= MAX_EDGE; k++)
        if (e->fit[k] > e->fit[w]) w = k;
    return w;
}

/* The highest edge that more than stray lines reach. */
static unsigned highest(const edges *e)
{
    size_t need = 1 + e->nbroken / 50, seen = 0;
    unsigned w = MAX_EDGE;
    for (; w > MIN_EDGE; w--)
        if ((seen += e->broken[w]) >= need) break;
    for (unsigned k = w; k <= w + 3; k++)
        if (e->broken[k]) w = k;
    return w;
}

static size_t past(const edges *e, unsigned w)
{
    return e->beyond + sum(e->all, w, MAX_EDGE);
}

/* The right edge that lines were wrapped at, 0 where they were not.  An edge that explains half of many line
 * breaks, or seven of ten of a few, is one, though as many lines go past it, such as those of a program; so is one
 * that explains both of two that stand midway in a sentence.  Text
 * that was wrapped by hand ends near its edge, and hardly any line goes past. */
static unsigned find_width(const text *t)
{
    edges e = { .nall = 0 };
    count_edges(t, &e);
    if (!e.nbroken) return 0;
    unsigned common = most_common(&e), high = highest(&e);
    size_t fit = e.fit[common], gone = past(&e, common + 4);
    bool midway = fit >= 2 && e.midway == e.nbroken;
    bool exact = (fit >= 3 || midway) && fit * 10 >= e.nbroken * (fit >= MANY ? 5 : 7) && gone <= fit;
    if (exact && fit >= MANY) return common;
    /* A few broken lines tell the edge only roughly. */
    if (near(&e, high) * 2 >= e.nbroken && past(&e, high + (e.nbroken < 10 ? 12 : 4)) * 12 <= e.nall) return high;
    return exact || (fit >= 3 && near(&e, common) * 10 >= e.nbroken * 6 && gone * 12 <= e.nall) ? common : 0;
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
    if (base != 3 || !t->shape.width) return false;
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
        const line *l = &t->lines[k];
        bool stuck = l->first * 10 > l->width * 6 || edge(l) <= t->shape.width + OVERHANG;
        unsigned e = edge(l) > t->shape.width && stuck ? t->shape.width : edge(l);
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
