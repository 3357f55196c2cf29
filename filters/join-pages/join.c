/* join.c - two pages made one text. */
#include "pages.h"

#include <stdlib.h>

/* Blocks that a page may repeat from the one before, at its start. */
enum { OVERLAP = 8 };
/* Words that a block must have to count as said twice. */
enum { WORDY = 8 };

static ofp_str text(ofp_arena *a, const ofp_node *n)
{
    return ofp_arena_squeeze(a, ofp_plain_text(a, n));
}

static bool same(ofp_arena *a, const ofp_node *x, const ofp_node *y)
{
    ofp_str t = text(a, x);
    return ofp_node_type(x) == ofp_node_type(y) && t.n > 0 && ofp_str_ieq(t, text(a, y));
}

ofp_node *text_of(const ofp_node *article)
{
    ofp_node *n = ofp_first(article);
    if (n && ofp_node_type(n) == OFP_HEAD && ofp_has_class(n, OFP_STR("title")))
        n = ofp_next(n);
    if (n && ofp_node_type(n) == OFP_DIV && ofp_has_class(n, OFP_STR("byline")))
        n = ofp_next(n);
    return n;
}

static ofp_node *last_text(const ofp_node *article)
{
    return text_of(article) ? ofp_last(article) : NULL;
}

/* ---- what repeats ------------------------------------------------------------------------ */

static uint64_t hash(ofp_str s)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);      /* FNV-1a */
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
    return h;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

bool repeats(ofp_arena *a, const ofp_node *first, const ofp_node *second)
{
    size_t n = 0, all = 0, again = 0;
    for (const ofp_node *b = text_of(first); b; b = ofp_next(b))
        n++;
    uint64_t *seen = ofp_arena_zalloc(a, n + 1, sizeof *seen), *end = seen;
    for (const ofp_node *b = text_of(first); seen && b; b = ofp_next(b))
        *end++ = hash(text(a, b));
    if (!seen)
        return false;
    qsort(seen, n, sizeof *seen, by_value);
    for (const ofp_node *b = text_of(second); b; b = ofp_next(b)) {
        uint64_t h = hash(text(a, b));
        size_t words = ofp_count_words(b);
        all += words;
        again += words >= WORDY && bsearch(&h, seen, n, sizeof *seen, by_value) ? words : 0;
    }
    return again * 4 > all * 3;
}

/* How many blocks at the end of first are those at the start of second; as many as can be. */
static size_t overlap(ofp_arena *a, const ofp_node *first, const ofp_node *second)
{
    const ofp_node *from = last_text(first), *stop = from ? ofp_prev(text_of(first)) : NULL;
    size_t found = 0;
    for (size_t n = 1; from && from != stop && n <= OVERLAP; n++, from = ofp_prev(from)) {
        const ofp_node *x = from, *y = text_of(second);
        while (x && y && same(a, x, y)) {
            x = ofp_next(x);
            y = ofp_next(y);
        }
        if (!x)
            found = n;
    }
    return found;
}

/* Standfirst, lead image and the like, said again on each page. */
static void drop_repeated_head(ofp_arena *a, const ofp_node *first, const ofp_node *second)
{
    for (ofp_node *b = text_of(second), *next; b; b = next) {
        const ofp_node *x = text_of(first);
        next = ofp_next(b);
        for (int i = 0; x && i < OVERLAP && !same(a, x, b); i++)
            x = i + 1 < OVERLAP ? ofp_next(x) : NULL;
        if (!x)
            return;
        ofp_unlink(b);
    }
}

/* ---- sentences that go on ---------------------------------------------------------------- */

/* No mark that may end a sentence stands at its end. */
static bool unfinished(ofp_str s)
{
    size_t at = s.n;
    uint32_t cp = s.n ? ofp_utf8_prev(s, &at) : '.';
    return ofp_is_letter(cp) || ofp_is_digit(cp) || cp == ',' || cp == ';' || cp == '-' || cp == 0x2010 || cp == 0x2013;
}

static bool begins_small(ofp_str s)
{
    size_t at = 0;
    uint32_t cp = s.n ? ofp_utf8_next(s, &at) : '.';
    return ofp_is_letter(cp) && !ofp_is_upper(cp) && !ofp_is_cjk(cp);
}

static bool runs_on(ofp_arena *a, const ofp_node *last, const ofp_node *first)
{
    return last && first && ofp_node_type(last) == OFP_PARA && ofp_node_type(first) == OFP_PARA &&
           unfinished(text(a, last)) && begins_small(text(a, first));
}

static void run_together(ofp_doc *d, ofp_arena *a, ofp_node *last, ofp_node *first)
{
    if (!ofp_str_ends(text(a, last), OFP_STR("-")))
        ofp_add_text(d, last, OFP_STR(" "));
    ofp_move_children(first, last);
    ofp_unlink(first);
}

bool goes_on(ofp_arena *a, const ofp_node *first, const ofp_node *second)
{
    const ofp_node *last = last_text(first), *next = text_of(second);
    if (!last || !next)
        return false;
    return runs_on(a, last, next) || (same(a, last, next) && ofp_count_words(last) >= WORDY);
}

/* ---- joining ----------------------------------------------------------------------------- */

/* A paragraph or a list. */
static bool is_pagers(ofp_arena *a, const ofp_node *n)
{
    return n && (ofp_holds_inlines(n) || ofp_node_type(n) == OFP_ULIST) && ofp_count_words(n) < 30 && is_pager(text(a, n));
}

const ofp_node *last_line(ofp_arena *a, const ofp_node *article)
{
    const ofp_node *n = last_text(article), *first = text_of(article);
    while (n && is_pagers(a, n))
        n = n == first ? NULL : ofp_prev(n);
    return n;
}

static bool is_mark(ofp_arena *a, const ofp_node *n)
{
    long number, total;
    ofp_str line = n && ofp_holds_inlines(n) ? text(a, n) : (ofp_str){ 0 };
    return (line.n > 0 && read_mark(line, &number, &total)) || is_guide(line) || is_pagers(a, n);
}

void drop_marks(ofp_arena *a, ofp_node *article)
{
    while (is_mark(a, text_of(article)))
        ofp_unlink(text_of(article));
    while (is_mark(a, last_text(article)))
        ofp_unlink(last_text(article));
}

/* What is known of a later page and not of the first. */
static void add_metadata(ofp_doc *d, ofp_node *first, const ofp_node *second)
{
    for (size_t i = 0; i < ofp_attr_count(second); i++)
        if (!ofp_attr_has(first, ofp_attr_key(second, i)))
            ofp_set_attr(d, first, ofp_attr_key(second, i), ofp_attr_value(second, i));
}

void join(ofp_doc *d, ofp_arena *a, ofp_node *first, ofp_node *second)
{
    size_t again;
    drop_repeated_head(a, first, second);
    again = overlap(a, first, second);
    for (; again > 0; again--)
        ofp_unlink(text_of(second));
    while (ofp_first(second) && ofp_first(second) != text_of(second))
        ofp_unlink(ofp_first(second));
    if (runs_on(a, last_text(first), ofp_first(second)))
        run_together(d, a, last_text(first), ofp_first(second));
    ofp_move_children(second, first);
    ofp_drop_attr(first, OFP_STR("next"));
    add_metadata(d, first, second);
    ofp_unlink(second);
}
