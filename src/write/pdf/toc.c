/* toc.c - what heads a book: its title, and the contents with page numbers.  The contents are set first
 * and take their numbers when the rest is set, so that printed number, page label and place in the
 * file are one and the same. */
#include "doctools/formula_text.h"
#include "doctools/lang.h"
#include "write/pdf/layout.h"

/* ---- entries ---- */

static void add_entry(lay *l, const ofp_node *head, int level, ofp_str byline)
{
    toc_entry *t = PUSH(l, l->toc);
    ofp_str id = ofp_id(head);
    t->title = ofp_arena_squeeze(l->arena, ofp_shown_text(l->arena, head));
    t->byline = byline;
    t->level = level;
    t->node = head;
    t->dest = id.n ? id : ofp_arena_printf(l->arena, "\xE2\x90\x9Bhead-%zu", l->toc.n);
    if (t->title.n == 0 && !l->nomem)
        l->toc.n--;
}

static ofp_str join(lay *l, ofp_str a, ofp_str b)
{
    if (a.n == 0 || b.n == 0)
        return a.n ? a : b;
    return ofp_arena_printf(l->arena, "%.*s \xC2\xB7 %.*s", (int)a.n, a.p, (int)b.n, b.p);
}

/* What the article's own byline says; its first paragraph, so that the dates look the same. */
static ofp_str byline_of(lay *l, const ofp_node *article)
{
    for (const ofp_node *n = ofp_first(article); n; n = ofp_next(n))
        if (ofp_node_type(n) == OFP_DIV && ofp_has_class(n, OFP_STR("byline")) && ofp_first(n)) {
            ofp_str text = ofp_arena_squeeze(l->arena, ofp_plain_text(l->arena, ofp_first(n)));
            return text.n < 300 ? text : (ofp_str){ 0 };
        }
    return join(l, ofp_article_meta(article, OFP_META_AUTHOR), ofp_article_meta(article, OFP_META_SITE));
}

static void collect_article(lay *l, const ofp_node *article)
{
    int above = 0;
    for (const ofp_node *n = ofp_first(article), *next; n; n = next) {
        bool skip = ofp_node_type(n) == OFP_NOTE;
        next = skip ? ofp_after_skip(n, article) : ofp_after(n, article);
        if (ofp_node_type(n) != OFP_HEAD)
            continue;
        int level = ofp_has_class(n, OFP_STR("title")) ? 1 : ofp_level(n);
        level = level > above + 1 ? above + 1 : level;   /* outlines do not skip levels */
        above = level;
        add_entry(l, n, level, level == 1 ? byline_of(l, article) : (ofp_str){ 0 });
    }
}

static bool is_pack(const lay *l)
{
    const ofp_node *first = ofp_article_first(l->doc);
    return first && ofp_article_next(first);
}

void pdf_toc_collect(lay *l)
{
    int depth = l->opt->toc_depth > 0 ? l->opt->toc_depth : l->opt->toc ? 3 : 1;
    for (const ofp_node *a = ofp_article_first(l->doc); a && !l->nomem; a = ofp_article_next(a))
        collect_article(l, a);
    for (size_t i = 0; i < l->toc.n; i++)
        l->toc.p[i].shown = l->toc.p[i].level <= depth && (is_pack(l) || l->opt->toc);
}

/* ---- the pack's title ---- */

static void own_text(lay *l, enum look_id id, enum pdf_tag tag, ofp_str text, unsigned flags)
{
    if (text.n == 0)
        return;
    const look *k = &l->sheet.looks[id];
    span s = pdf_span(l, id, pdf_elem_new(l, tag));
    pdf_gap(l, k->above);
    pdf_para_begin(l, id);
    pdf_para_text(l, text, &s);
    pdf_para_set(l, k->align, flags);
    pdf_gap(l, k->below);
}

static void title_block(lay *l)
{
    size_t articles = 0;
    for (const ofp_node *a = ofp_article_first(l->doc); a; a = ofp_article_next(a))
        articles++;
    ofp_str count = ofp_lang_articles(l->arena, articles, l->at.lang);
    pdf_strip(l, l->sheet.depth * 0.07)->keep = true;
    own_text(l, LOOK_PACK, PDF_H1, l->book->title, PARA_KEEP);
    l->last_level = 1;
    own_text(l, LOOK_PACK_SUB, PDF_P, ofp_meta_get(l->doc, OFP_META_SUBTITLE), PARA_KEEP);
    own_text(l, LOOK_PACK_FACT, PDF_P, ofp_meta_get(l->doc, OFP_META_AUTHOR), PARA_KEEP);
    own_text(l, LOOK_PACK_FACT, PDF_P, join(l, ofp_lang_date(l->arena, ofp_meta_get(l->doc, OFP_META_DATE), l->at.lang), count), PARA_KEEP);
    pdf_gap(l, 1.2 * l->sheet.lead);
    pdf_strip(l, 1)->keep = true;
    pdf_rect(l, l->at.x, -0.5, l->at.w, 0.5, INK_RULE);
    pdf_gap(l, 1.6 * l->sheet.lead);
}

/* ---- the contents ---- */

/* Dots on a grid that is the same for all lines, so that they stand below each other: they are counted
 * from the number's side. */
static void leader(lay *l, const span *s, double from, double to, double y)
{
    char dots[2 * 256];
    const type_shape *one = pdf_text_shape(l, s, OFP_STR(" ."));
    double step = one->width * s->size;
    size_t n = step > 0 && to > from ? (size_t)((to - from) / step) : 0;
    if (n < 2)
        return;
    n = n > 256 ? 256 : n;
    for (size_t i = 0; i < n; i++) {
        dots[2 * i] = ' ';
        dots[2 * i + 1] = '.';
    }
    const type_shape *row = pdf_text_shape(l, s, ofp_arena_dup(l->arena, (ofp_str){ dots, 2 * n }));
    pdf_show(l, row, s, 0, l->at.rtl ? from : to - row->width * s->size, y);
}

/* The number's place at the column's end, to be filled in by pdf_toc_numbers. */
static void number_place(lay *l, const span *s, double end, double y)
{
    pdf_item *it = pdf_item_new(l, PDF_GLYPHS);
    it->elem = s->elem;
    it->x = end;
    it->y = y;
    it->size = s->size;
    it->colour = s->colour;
    it->space_after = true;
}

/* Where the text of the last line ends. */
static double line_end(const lay *l)
{
    const flow *f = l->flow;
    const strip *s = &f->strips.p[f->strips.n - 1];
    double end = pdf_from_start(l, 0);
    for (size_t i = s->item; i < s->item + s->nitems; i++) {
        const pdf_item *it = &f->items.p[i];
        if (l->at.rtl)
            end = it->x < end ? it->x : end;
        else
            end = it->x + it->w > end ? it->x + it->w : end;
    }
    return end;
}

/* Leader and number on the last line of the entry just set; end: of the column. */
static void finish_entry(lay *l, const span *s, double end, const toc_entry *t)
{
    const flow *f = l->flow;
    if (l->nomem || f->items.n == 0 || f->strips.n == 0)
        return;
    double y = f->items.p[f->items.n - 1].y, ahead = l->at.rtl ? -1 : 1;
    double from = line_end(l) + ahead * 0.3 * s->size, to = end - ahead * 2.2 * s->size;
    span grey = *s;
    grey.colour = INK_RULE;
    f->items.p[f->items.n - 1].space_after = true;
    leader(l, &grey, l->at.rtl ? to : from, l->at.rtl ? from : to, y);
    number_place(l, s, end, y);
    pdf_link_area(l, &(para_link){ .dest = t->dest, .elem = s->elem }, l->at.rtl ? end : to, l->at.rtl ? to : end,
                  y - 0.25 * s->size, y + 0.8 * s->size);
}

static void set_entry(lay *l, const toc_entry *t)
{
    enum look_id id = t->level == 1 ? LOOK_TOC1 : t->level == 2 ? LOOK_TOC2 : LOOK_TOC3;
    const look *k = &l->sheet.looks[id];
    place saved = l->at;
    double end = pdf_from_start(l, l->at.w), em = l->sheet.size;
    l->at.elem = pdf_elem_new(l, PDF_TOCI);
    unsigned item = l->at.elem;
    l->at.elem = pdf_elem_new(l, PDF_REFERENCE);
    span s = pdf_span(l, id, pdf_elem_new(l, PDF_LINK));
    l->at.elem = item;
    pdf_gap(l, k->above);
    pdf_inset(l, (t->level - 1) * 1.3 * em, 3.2 * em);
    pdf_para_begin(l, id);
    l->para.hang = em;
    pdf_para_link(l, t->title, s, (ofp_str){ 0 }, t->dest);
    pdf_para_set(l, LOOK_START, PARA_KEEP);
    finish_entry(l, &s, end, t);
    own_text(l, LOOK_TOC_BY, PDF_SPAN, t->byline, PARA_KEEP);
    if (!l->nomem && l->flow->strips.n)                  /* the page may end after an entry, but not within one */
        for (size_t i = l->flow->strips.n; i-- > l->flow->taken; )
            if (l->flow->strips.p[i].kind == STRIP_LINE) {
                l->flow->strips.p[i].keep = false;
                break;
            }
    l->at = saved;
}

void pdf_toc(lay *l)
{
    bool any = false;
    place saved = l->at;
    for (size_t i = 0; i < l->toc.n; i++)
        any |= l->toc.p[i].shown;
    if (!any)
        return;
    l->opening = true;
    l->running = l->book->title;
    if (is_pack(l))
        title_block(l);
    own_text(l, LOOK_TOC_HEAD, l->last_level ? PDF_H2 : PDF_H1, ofp_lang_contents(l->at.lang), PARA_KEEP);
    l->at.elem = pdf_elem_new(l, PDF_TOC);
    for (size_t i = 0; i < l->toc.n && !l->nomem; i++)
        if (l->toc.p[i].shown) {
            set_entry(l, &l->toc.p[i]);
            pdf_pages_feed(l, false);
        }
    pdf_pages_feed(l, true);
    l->front = l->book->npages;
    l->at = saved;
}

static void fill_number(lay *l, pdf_item *it, const toc_entry *t)
{
    const pdf_dest *d = pdf_dest_find(l->book, t->dest);
    span s = pdf_span(l, LOOK_TOC1, it->elem);
    s.face.flags |= TYPE_TABULAR;
    const type_shape *shape = pdf_text_shape(l, &s, d ? l->book->pages[d->page].label : OFP_STR("\xE2\x80\x93"));
    if (shape->n == 0) {
        it->kind = PDF_RECT;
        return;
    }
    it->run = &shape->runs[0];
    it->w = shape->width * it->size;
    it->x -= l->at.rtl ? 0 : it->w;
}

void pdf_toc_numbers(lay *l)
{
    size_t entry = 0;
    for (size_t p = 0; p < l->front; p++)
        for (size_t i = 0; i < l->book->pages[p].nitems && !l->nomem; i++) {
            pdf_item *it = &l->book->pages[p].items[i];
            if (it->kind != PDF_GLYPHS || it->run)
                continue;
            while (entry < l->toc.n && !l->toc.p[entry].shown)
                entry++;
            if (entry < l->toc.n)
                fill_number(l, it, &l->toc.p[entry++]);
        }
}
