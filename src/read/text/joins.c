/* joins.c - which lines continue the paragraph of the line before.
 *
 * The rule that undoes any greedy wrapping, whatever the width: a line was broken because the next
 * word did not fit, so two lines belong together when the second one's first word does not fit behind
 * the first.  Text that was wrapped less strictly gets some slack where the words themselves say that
 * the sentence goes on. */
#include "read/text/text.h"

/* Column where the text of a line begins, its mark left out. */
static unsigned text_col(const line *l)
{
    return (unsigned)l->left + l->body;
}

static bool marked(const line *l)
{
    return l->kind == L_BULLET || l->kind == L_NUMBER;
}

bool text_starts_lower(ofp_str s)
{
    size_t at = 0;
    uint32_t cp = s.n ? ofp_utf8_next(s, &at) : 0;
    return ofp_is_letter(cp) && !ofp_is_upper(cp) && !ofp_is_cjk(cp);
}

/* Both lines centred on the same axis, as long headings are. */
static bool same_axis(const line *p, const line *k)
{
    int a = 2 * p->left + p->width, b = 2 * k->left + k->width;
    return k->left > p->left && a - b <= 2 && b - a <= 2;
}

/* Does the indentation allow k to go on with p?  p may be a paragraph's indented first line, or an
 * item whose text hangs; k may hang under the first line of an entry when more lines do. */
static bool fits_indent(const line *p, const line *k, const line *next)
{
    unsigned a = text_col(p), b = k->left;
    if (a <= b + 1 && b <= a + 1) return true;
    if (marked(p)) return b > p->left ? b <= a + 2 : b + 8 >= p->left;
    if (b < a) return !p->joins && a - b <= 8;
    if (same_axis(p, k)) return true;
    return !p->joins && b - a <= 8 && (!next || (next->left <= b + 1 && b <= next->left + 1u));
}

/* Does p look like a line that was broken, though the next word would have fitted? */
static bool goes_on(const shape *s, const line *p, const line *k, bool ragged)
{
    unsigned edge = (unsigned)p->left + p->width;
    if (text_terminal(p->s)) return false;
    if (text_starts_lower(k->s)) return edge * 10 >= s->width * 6 && p->words >= 3;
    return ragged && edge * 4 >= s->width * 3;
}

/* Most lines of the run are filled up, so it is running text. */
static bool is_filled(const text *t, size_t from, size_t to, unsigned local)
{
    size_t full = 0;
    for (size_t k = from + 1; k < to; k++) full += text_full(&t->shape, &t->lines[k - 1], &t->lines[k], local);
    return full * 10 >= (to - from - 1) * 6;
}

/* "Introduction ........ 12": a line of a table of contents is whole. */
static bool has_leader(ofp_str s)
{
    return ofp_str_find(s, OFP_STR("....."), 0) != SIZE_MAX || ofp_str_find(s, OFP_STR(". . . ."), 0) != SIZE_MAX;
}

/* ---- first lines set in, as in books --------------------------------------------------- */

enum { MIN_INDENT = 2, MAX_INDENT = 8 };

static bool set_in(const line *l, unsigned margin)
{
    return l->left >= margin + MIN_INDENT && l->left <= margin + MAX_INDENT;
}

static unsigned margin_of(const text *t, size_t from, size_t to)
{
    unsigned margin = t->lines[from].left;
    for (size_t k = from; k < to; k++)
        if (t->lines[k].left < margin) margin = t->lines[k].left;
    return margin;
}

/* The margin that first lines are set in from.  A run of lines that all stand in is a dialogue of short
 * paragraphs, unless most of its lines are full and break sentences. */
static unsigned outer_margin(const text *t, size_t from, size_t to, unsigned local)
{
    unsigned margin = margin_of(t, from, to), base = t->shape.base;
    size_t broken = 0;
    for (size_t k = from + 1; k < to; k++)
        broken += text_full(&t->shape, &t->lines[k - 1], &t->lines[k], local) && !text_terminal(t->lines[k - 1].s);
    bool dialogue = margin >= base + MIN_INDENT && margin <= base + MAX_INDENT && broken * 10 < (to - from - 1) * 5;
    return dialogue ? base : margin;
}

/* Does each paragraph begin with a line set in?  Then what stands before such a line ends as sentences do
 * or is not filled up, and text goes on at the margin; where the other lines hang, what stands before is
 * full and in the middle of a sentence. */
static bool find_first_lines(const text *t)
{
    size_t opens = 0, hangs = 0;
    unsigned local;
    for (size_t i = 0, end; i < t->nlines; i = end) {
        end = text_run(t, i, &local);
        unsigned margin = margin_of(t, i, end);
        for (size_t k = i + 1; k < end; k++) {
            const line *l = &t->lines[k], *p = l - 1;
            if (marked(l) || marked(p) || l->kind != L_TEXT || !set_in(l, margin) || p->left != margin) continue;
            bool ended = text_terminal(p->s) || !text_full(&t->shape, p, l, local);
            bool returns = k + 1 < end && l[1].left == margin && text_full(&t->shape, l, l + 1, local);
            opens += ended && returns;
            hangs += !ended;
        }
    }
    return opens >= 2 && opens >= 4 * hangs;
}

static void join_run(text *t, size_t from, size_t to, unsigned local, bool first_lines)
{
    if (to - from < 2 || local * 10 < t->shape.width * 6) return;
    bool filled = is_filled(t, from, to, local), hanging = false;
    unsigned margin = first_lines ? outer_margin(t, from, to, local) : 0;
    for (size_t k = from + 1; k < to; k++) {
        line *l = &t->lines[k], *p = l - 1;
        const line *next = k + 1 < to && !marked(l + 1) ? l + 1 : NULL;
        hanging = first_lines && (marked(p) || (hanging && l->left > margin));
        if (has_leader(p->s) || (first_lines && !hanging && set_in(l, margin))) continue;
        if (l->kind != L_TEXT || p->kind == L_RULE || p->kind == L_FENCE || !fits_indent(p, l, next)) continue;
        l->joins = text_full(&t->shape, p, l, filled ? local : t->shape.width) || goes_on(&t->shape, p, l, filled);
    }
}

/* A page break inside a paragraph, though blank lines stand around it: no sentence ends before it, and a
 * small letter comes next or both lines look like lines of one paragraph. */
static void join_pages(text *t)
{
    for (size_t k = 1; k < t->nlines; k++) {
        line *l = &t->lines[k], *p = l - 1;
        if (!l->page || l->kind != L_TEXT || p->kind == L_RULE || l->quote != p->quote || text_terminal(p->s)) continue;
        bool alike = t->shape.width && p->joins && l->left == p->left && l->words >= 5 && text_full(&t->shape, p, l, t->shape.width);
        l->joins = alike || (text_starts_lower(l->s) && p->words >= 3);
    }
}

/* Is it a text that somebody wrote line by line, rather than a dump of a page?  Most words stand in
 * wrapped paragraphs, and lists are marked with what keyboards have. */
static void weigh(text *t)
{
    size_t all = 0, joined = 0, printed = 0;
    for (size_t i = 0; i < t->nlines; i++) {
        const line *l = &t->lines[i];
        bool part = l->joins || (i + 1 < t->nlines && l[1].joins) || l->words >= 20;
        all += l->words;
        if (part) joined += l->words;
        printed += l->kind == L_BULLET && l->sure;
    }
    /* Three columns are lynx's margin. */
    t->shape.prose = t->shape.base != 3 && !printed && (t->has_header || joined * 10 >= all * 6);
}

void text_joins(text *t)
{
    unsigned local;
    bool first_lines = t->shape.width && find_first_lines(t);
    for (size_t i = 0, end; t->shape.width && i < t->nlines; i = end) {
        end = text_run(t, i, &local);
        join_run(t, i, end, local, first_lines);
    }
    join_pages(t);
    weigh(t);
}
