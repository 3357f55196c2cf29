/* refs.c - the list of addresses that text browsers print below a page.
 *
 *     References                      References:
 *        1. https://example.org/      [1] https://example.org/
 *     Visible links / Hidden links:
 *
 * or people, who need no heading above "[1] https://example.org/" or "[1]: https://example.org/".
 * Its entries go to the links that "[1]" in the text marks; the list stays where an entry has no mark. */
#include "read/text/text.h"

enum { MAX_REFS = 20000 };

static bool is_heading(ofp_str s)
{
    static const ofp_str names[] = { OFP_STR("References"), OFP_STR("References:"), OFP_STR("Visible links"), OFP_STR("Visible links:"),
                                     OFP_STR("Hidden links"), OFP_STR("Hidden links:"), OFP_STR("Links:") };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_ieq(s, names[i])) return true;
    return false;
}

static bool has_blank(ofp_str s)
{
    for (size_t k = 0; k < s.n; k++)
        if (s.p[k] == ' ' || s.p[k] == '\t') return true;
    return false;
}

/* Some have blanks, which browsers print as they are; only behind "scheme://" are these believed. */
static bool is_address(ofp_str s)
{
    size_t i = 0;
    while (i < s.n && i < 24 && ((unsigned)((s.p[i] | 0x20) - 'a') < 26 || s.p[i] == '-' || s.p[i] == '+')) i++;
    if (has_blank(s)) return i > 1 && ofp_str_starts(ofp_str_sub(s, i, SIZE_MAX), OFP_STR("://"));
    return (i > 1 && i < s.n && s.p[i] == ':') || (s.n && (s.p[0] == '/' || s.p[0] == '#'));
}

/* "12. address", "[12] address" or "[12]: address". */
static bool entry(const line *l, size_t *number, ofp_str *url)
{
    ofp_str s = l->s;
    bool square = s.p[0] == '[';
    size_t i = square, n = 0;
    for (; i < s.n && i < 7 && (unsigned)(s.p[i] - '0') < 10; i++) n = n * 10 + (size_t)(s.p[i] - '0');
    if (i == square || i + 1 >= s.n || s.p[i] != (square ? ']' : '.') || n >= MAX_REFS) return false;
    *number = n;
    i += 1 + (square && s.p[i + 1] == ':');
    *url = ofp_str_trim(ofp_str_sub(s, i, SIZE_MAX));
    return is_address(*url) && !(square && has_blank(*url));
}

/* The first line of the list at the end of the text; the number of lines where there is none.  Where more entries
 * have blanks than have none, they are books that somebody names. */
static size_t list_start(const text *t)
{
    size_t i = t->nlines, number, entries = 0, blank = 0, start = t->nlines;
    ofp_str url;
    while (i > 0) {
        const line *l = &t->lines[i - 1];
        if (is_heading(l->s)) {
            if (entries) start = i - 1;
        } else if (entry(l, &number, &url)) {
            entries++;
            blank += has_blank(url);
            if (l->s.p[0] == '[' && l->gap) start = i - 1;
        } else {
            break;
        }
        i--;
    }
    return blank * 2 > entries ? t->nlines : start;
}

/* Marks the numbers that the text uses. */
static size_t count_marks(const text *t, size_t end, bool *used)
{
    size_t n = 0;
    for (size_t k = 0; k < end; k++) {
        ofp_str s = t->lines[k].s;
        for (size_t at = 0; (at = ofp_str_find(s, OFP_STR("["), at)) < s.n;) {
            size_t v = 0, i = ++at;
            while (i < s.n && i - at < 6 && (unsigned)(s.p[i] - '0') < 10) v = v * 10 + (size_t)(s.p[i++] - '0');
            if (i == at || i + 1 >= s.n || s.p[i] != ']' || v >= t->nrefs || used[v]) continue;
            used[v] = true;
            n++;
        }
    }
    return n;
}

static ofp_str whole_address(const text *t, ofp_str url)
{
    return has_blank(url) ? ofp_url_resolve(ofp_doc_arena(t->d), OFP_STR(""), url) : url;
}

static void read_entries(text *t, size_t start)
{
    size_t n = 0;
    ofp_str url;
    for (size_t k = start; k < t->nlines; k++)
        if (entry(&t->lines[k], &n, &url) && n < t->nrefs) t->refs[n] = whole_address(t, url);
}

/* Leaves those entries in the text that nothing points to, and the heading above them. */
static void keep_unused(text *t, size_t start, const bool *used)
{
    size_t to = start, number, kept = 0;
    ofp_str url;
    for (size_t k = start; k < t->nlines; k++) {
        bool is_entry = entry(&t->lines[k], &number, &url);
        if (is_entry && used[number]) continue;
        kept += is_entry;
        t->lines[to++] = t->lines[k];
    }
    t->nlines = kept ? to : start;
}

void text_refs(text *t)
{
    size_t start = list_start(t), number;
    ofp_str url;
    for (size_t k = start; k < t->nlines; k++)
        if (entry(&t->lines[k], &number, &url) && number >= t->nrefs) t->nrefs = number + 1;
    t->refs = ofp_arena_zalloc(t->scratch, t->nrefs, sizeof *t->refs);
    bool *used = ofp_arena_zalloc(t->scratch, t->nrefs, sizeof *used);
    if (!t->refs || !used) t->nrefs = 0;
    if (!t->nrefs) return;
    read_entries(t, start);
    if (count_marks(t, start, used)) keep_unused(t, start, used);
    else t->nrefs = 0;
}
