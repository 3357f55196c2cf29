/* ink.c - the first pass over the pages: which glyph of which font, standing for which text. */
#include <limits.h>
#include "write/pdf/paint.h"

static size_t cluster_of(const type_run *run, size_t i)
{
    return run->glyphs[ink_glyph(run, i)].cluster;
}

ofp_str ink_cluster(const type_run *run, size_t i, size_t *end)
{
    size_t from = cluster_of(run, i), next = i + 1;
    while (next < run->n && cluster_of(run, next) == from)
        next++;
    *end = next;
    size_t to = next < run->n ? cluster_of(run, next) : run->text.n;
    return to > from ? ofp_str_sub(run->text, from, to - from) : ofp_str_sub(run->text, from, 0);
}

static bool is_hint(uint32_t cp)         /* tells where to break or which way to run, and is no text */
{
    return cp == 0xAD || cp == 0x200B || cp == 0x200E || cp == 0x200F || cp == 0x2060 || cp == 0xFEFF;
}

/* Without hints, where there are any beside text. */
static ofp_str without_hints(ofp_arena *a, ofp_str s)
{
    ofp_buf b = { 0 };
    size_t at = 0, hints = 0;
    while (at < s.n)
        hints += is_hint(ofp_utf8_next(s, &at));
    if (!hints)
        return s;
    for (at = 0; at < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &at);
        if (!is_hint(cp))
            ofp_buf_putu(&b, cp);
    }
    return b.n ? ofp_buf_take(&b, a) : s;
}

/* One glyph stands for its cluster; as many glyphs as characters stand for one each; else the first
 * stands for all, and the painter wraps the cluster in its ActualText. */
static bool ink_run(ink *k, pdf_embed *em)
{
    const type_run *run = k->run;
    for (size_t i = 0, end; i < run->n; i = end) {
        ofp_str text = ink_cluster(run, i, &end);
        if (k->soft)
            text = OFP_STR("\xC2\xAD");
        else if (text.n > 2)
            text = without_hints(em->arena, text);
        size_t glyphs = end - i, at = 0;
        bool each = glyphs > 1 && ofp_utf8_count(text) == glyphs;
        k->spans |= glyphs > 1 && !each;
        for (size_t g = i; g < end; g++) {
            ofp_str part = text;
            if (each) {
                size_t from = at;
                ofp_utf8_next(text, &at);
                part = ofp_str_sub(text, from, at - from);
            } else if (g > i || !text.n) {
                part = OFP_STR("\xE2\x80\x8B");
            }
            size_t slot = ink_glyph(run, g);
            k->glyph[slot] = embed_use(em, k->font, run->glyphs[slot].id, part);
            if (k->glyph[slot] == UINT_MAX)
                return false;
        }
    }
    return true;
}

static bool make_ink(ink *k, pdf_embed *em)
{
    k->font = embed_font_of(em, k->run->face);
    k->glyph = ofp_arena_zalloc(em->arena, k->run->n ? k->run->n : 1, sizeof *k->glyph);
    k->space = UINT_MAX;
    return k->font && k->glyph && ink_run(k, em);
}

static bool need_space(ink *k, pdf_embed *em)
{
    uint32_t gid = font_glyph(em->fonts->faces[k->run->face], ' ');
    if (k->space == UINT_MAX && gid)
        k->space = embed_use(em, k->font, gid, OFP_STR(" "));
    return !gid || k->space != UINT_MAX;
}

/* ---- the table ---- */

static size_t hash(const type_run *run, bool soft)
{
    uint64_t h = ((uintptr_t)run >> 4) * 0x9E3779B97F4A7C15u + soft;
    return (size_t)(h ^ h >> 29);
}

static ink **slot_of(ink_table *t, const type_run *run, bool soft)
{
    size_t i = hash(run, soft) & (t->cap - 1);
    while (t->slot[i] && (t->slot[i]->run != run || t->slot[i]->soft != soft))
        i = (i + 1) & (t->cap - 1);
    return &t->slot[i];
}

static bool room(ink_table *t, ofp_arena *a)
{
    if (t->n * 4 < t->cap * 3)
        return true;
    ink_table more = { .cap = t->cap ? t->cap * 2 : 1024, .n = t->n };
    more.slot = ofp_arena_zalloc(a, more.cap, sizeof *more.slot);
    if (!more.slot)
        return false;
    for (size_t i = 0; i < t->cap; i++)
        if (t->slot[i])
            *slot_of(&more, t->slot[i]->run, t->slot[i]->soft) = t->slot[i];
    *t = more;
    return true;
}

static ink *ink_for(ink_table *t, pdf_embed *em, const pdf_item *it)
{
    if (!room(t, em->arena))
        return NULL;
    ink **slot = slot_of(t, it->run, it->soft_hyphen);
    if (!*slot) {
        ink *k = ofp_arena_zalloc(em->arena, 1, sizeof *k);
        if (!k)
            return NULL;
        k->run = it->run;
        k->soft = it->soft_hyphen;
        if (!make_ink(k, em))
            return NULL;
        *slot = k;
        t->n++;
    }
    return !it->space_after || need_space(*slot, em) ? *slot : NULL;
}

bool ink_all(ink_table *t, pdf_embed *em, const pdf_book *book, ink ***by_page)
{
    for (size_t p = 0; p < book->npages; p++) {
        const pdf_page *page = &book->pages[p];
        by_page[p] = ofp_arena_zalloc(em->arena, page->nitems ? page->nitems : 1, sizeof **by_page);
        for (size_t i = 0; i < page->nitems; i++)
            if (!by_page[p] || (page->items[i].kind == PDF_GLYPHS && !(by_page[p][i] = ink_for(t, em, &page->items[i]))))
                return false;
    }
    return true;
}
