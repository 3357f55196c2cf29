/* whole.c - words that a line end divides: the part before the hyphen says the whole word, the part
 * after it nothing (ActualText, ISO 32000-1, 14.9.4), so that the page has the words of its source. */
#include "write/pdf/paint.h"

static bool joined(const pdf_item *a, const pdf_item *b)
{
    return a->kind == PDF_GLYPHS && b->kind == PDF_GLYPHS && a->elem == b->elem && !a->space_after;
}

/* First item of the word that has its hyphen at h. */
static size_t word_start(const pdf_page *p, size_t h)
{
    while (h > 0 && joined(&p->items[h - 1], &p->items[h]) && p->items[h - 1].y == p->items[h].y)
        h--;
    return h;
}

/* One past the last item of the word: it goes on over line ends only behind a hyphen. */
static size_t word_end(const pdf_page *p, size_t i)
{
    for (; i + 1 < p->nitems && joined(&p->items[i], &p->items[i + 1]); i++)
        if (p->items[i].y != p->items[i + 1].y && !p->items[i].soft_hyphen)
            break;
    return i + 1;
}

static const ofp_str *word_text(const pdf_page *p, size_t from, size_t to, ofp_arena *a)
{
    ofp_buf b = { 0 };
    ofp_str *text = ofp_arena_zalloc(a, 1, sizeof *text);
    for (size_t i = from; i < to; i++)
        if (!p->items[i].soft_hyphen)
            ofp_buf_add(&b, p->items[i].run->text);
    if (text)
        *text = ofp_buf_take(&b, a);
    ofp_buf_free(&b);
    return text;
}

const ofp_str **whole_words(const pdf_page *p, ofp_arena *a)
{
    static const ofp_str nothing;
    const ofp_str **says = NULL;
    for (size_t h = 0; h < p->nitems; h++) {
        if (p->items[h].kind != PDF_GLYPHS || !p->items[h].soft_hyphen)
            continue;
        size_t from = word_start(p, h), to = word_end(p, h);
        if (to == h + 1)
            continue;                    /* the rest is on the next page: the soft hyphen must do */
        if (!says && !(says = ofp_arena_zalloc(a, p->nitems, sizeof *says)))
            return NULL;
        const ofp_str *text = word_text(p, from, to, a);
        for (size_t i = from; i < to; i++)
            says[i] = i <= h ? text : &nothing;
        h = to - 1;
    }
    return says;
}
