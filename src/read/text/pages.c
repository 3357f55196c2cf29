/* pages.c - the heads and feet of printed pages: "THE QUAY    12", "Doe    Informational    [Page 3]".
 *
 * Beside form feeds they are the lines that come back on page after page, but for their numbers.  Where
 * the form feeds are gone, they are lines whose number grows and that interrupt sentences, as no heading
 * does. */
#include <stdlib.h>
#include "read/text/text.h"

enum { EDGE_LINES = 2, MAX_WORDS = 14, MIN_PAGES = 3, PAGE_STEP = 3, PAGE_LINES = 5 };

/* A line that may be a page's head or foot. */
typedef struct candidate {
    uint64_t key;               /* hash of its text, any number counting as the same */
    size_t line;
    long number;                /* its last number; -1 for none */
    bool edge;                  /* stands beside a form feed */
    bool letters;
    bool interrupts;            /* stands between two parts of a sentence */
} candidate;

typedef struct candidates { candidate *at; size_t n; } candidates;

/* FNV-1a over the text without blanks, runs of digits as one '#'. */
static void scan(candidate *c, ofp_str s)
{
    uint64_t h = 0xCBF29CE484222325u;
    c->number = -1;
    for (size_t i = 0; i < s.n; i++) {
        char b = s.p[i];
        if (b == ' ' || b == '\t') continue;
        if ((unsigned)(b - '0') < 10) {
            for (c->number = 0; i < s.n && (unsigned)(s.p[i] - '0') < 10; i++)
                if (c->number < 100000) c->number = c->number * 10 + (s.p[i] - '0');
            i--;
            b = '#';
        }
        c->letters |= (unsigned)((b | 0x20) - 'a') < 26 || (unsigned char)b >= 0x80;
        h = (h ^ (unsigned char)b) * 0x100000001B3u;
    }
    c->key = h;
}

static bool begins_lower(ofp_str s)
{
    size_t at = 0;
    uint32_t cp = s.n ? ofp_utf8_next(s, &at) : 0;
    return ofp_is_letter(cp) && !ofp_is_upper(cp) && !ofp_is_cjk(cp);
}

static bool interrupts(const text *t, size_t i)
{
    if (!i || i + 1 >= t->nlines) return false;
    const line *l = &t->lines[i];
    return !text_terminal(l[-1].s) && l[-1].words >= 4 && begins_lower(l[1].s);
}

static bool is_number(ofp_str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = (unsigned)(s.p[i] - '0') < 10;
        if (!digit && s.p[i] != '[' && s.p[i] != ']' && s.p[i] != '-') return false;
        digits += digit;
    }
    return digits > 0 && digits <= 4;
}

/* "12  THE QUAY", "The Quay  13", "Page 14]": the number stands at either side. */
static bool is_numbered(ofp_str s)
{
    size_t i = s.n;
    ofp_str rest = s, first;
    while (i && s.p[i - 1] != ' ') i--;
    return is_number(ofp_str_sub(s, i, SIZE_MAX)) || (ofp_str_word(&rest, &first) && is_number(first));
}

static void add(candidates *c, const text *t, size_t i, bool edge)
{
    const line *l = &t->lines[i];
    if (l->words > MAX_WORDS || l->quote || !(edge || (is_numbered(l->s) && !text_like_code(l)))) return;
    candidate *k = &c->at[c->n++];
    *k = (candidate){ .line = i, .edge = edge, .interrupts = interrupts(t, i) };
    scan(k, l->s);
}

/* Lines from i on, at most EDGE_LINES, which a blank line parts from what comes after, before line end. */
static size_t top_lines(const text *t, size_t i, size_t end)
{
    for (size_t n = 1; n <= EDGE_LINES && i + n < end; n++)
        if (t->lines[i + n].gap) return n;
    return 0;
}

/* The same before line end, from which a blank line parts what comes before; the page begins at i. */
static size_t bottom_lines(const text *t, size_t i, size_t end)
{
    for (size_t n = 1; n <= EDGE_LINES && end > i + n; n++)
        if (t->lines[end - n].gap) return n;
    return 0;
}

/* The lines beside form feeds, and those that stand alone and have a number. */
static candidates collect(const text *t)
{
    candidates c = { .at = ofp_arena_zalloc(t->scratch, t->nlines, sizeof *c.at) };
    for (size_t i = 0, end; c.at && i < t->nlines; i = end) {
        for (end = i + 1; end < t->nlines && !t->lines[end].page; end++)
            ;
        size_t top = i ? top_lines(t, i, end) : 0, bottom = end < t->nlines ? bottom_lines(t, i, end) : 0;
        for (size_t k = i; k < end; k++) {
            bool alone = t->lines[k].gap && (k + 1 == end || t->lines[k + 1].gap), edge = k < i + top || k >= end - bottom;
            if (edge || alone) add(&c, t, k, edge);
        }
    }
    return c;
}

static int by_key(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Do the lines from to to, of one key, recur as heads of pages do? */
static bool is_head(const candidate *c, size_t from, size_t to, size_t pages)
{
    size_t n = to - from, edges = 0, breaks = 0, steps = 0;
    for (size_t i = from; i < to; i++) {
        edges += c[i].edge;
        breaks += c[i].interrupts;
        steps += i > from && c[i].number > c[i - 1].number && c[i].number <= c[i - 1].number + PAGE_STEP &&
                 (c[i].edge || c[i].line >= c[i - 1].line + PAGE_LINES);
    }
    if (n < (pages > MIN_PAGES ? MIN_PAGES : 2)) return false;
    if (edges * 10 >= n * 9) return n * 3 >= pages || (c[from].number >= 0 && steps * 2 >= n - 1);
    return c[from].letters && steps * 4 >= (n - 1) * 3 && breaks * 3 >= n;
}

/* Takes the lines out; what follows opens a page. */
static void drop(text *t, const bool *dropped)
{
    size_t to = 0;
    unsigned char gap = 0;
    bool page = false;
    for (size_t i = 0; i < t->nlines; i++) {
        line *l = &t->lines[i];
        page |= l->page | dropped[i];
        if (l->gap > gap) gap = l->gap;
        if (dropped[i]) continue;
        t->lines[to] = *l;
        t->lines[to].page = page;
        t->lines[to++].gap = gap;
        page = false;
        gap = 0;
    }
    t->nlines = to;
}

void text_pages(text *t)
{
    candidates c = collect(t);
    bool *dropped = ofp_arena_zalloc(t->scratch, t->nlines + 1, sizeof *dropped), any = false;
    if (!dropped || c.n < 2) return;
    size_t pages = 1;
    for (size_t i = 0; i < t->nlines; i++) pages += t->lines[i].page;
    qsort(c.at, c.n, sizeof *c.at, by_key);
    for (size_t i = 0, k; i < c.n; i = k) {
        for (k = i; k < c.n && c.at[k].key == c.at[i].key; k++)
            ;
        if (!is_head(c.at, i, k, pages)) continue;
        for (; i < k; i++) dropped[c.at[i].line] = any = true;
    }
    if (any) drop(t, dropped);
}
