/* pages.c - the pages that cut.c finds in the main flow, with notes, running heads and numbers. */
#include "write/pdf/cut.h"
#include "base/array.h"
#include <string.h>

pdf_page *pdf_page_add(lay *l)
{
    pdf_book *b = l->book;
    pdf_page *all = ofp_arena_grow(l->arena, b->pages, b->npages, &b->pages_cap, sizeof *all);
    if (!all)
        return NULL;
    b->pages = all;
    pdf_page *p = &b->pages[b->npages++];
    *p = (pdf_page){ .width = l->sheet.width, .height = l->sheet.height };
    p->label = ofp_arena_printf(l->arena, "%zu", b->npages);
    return p;
}

static void add_item(pdf_page *p, const pdf_item *it, double y, bool artifact)
{
    if (p->nitems == p->items_cap)
        return;
    p->items[p->nitems] = *it;
    p->items[p->nitems].y += y;
    if (artifact)
        p->items[p->nitems].elem = 0;
    p->nitems++;
}

static void add_dest(lay *l, const pdf_dest *d, double y)
{
    pdf_book *b = l->book;
    pdf_dest *all = ofp_arena_grow(l->arena, b->dests, b->ndests, &b->dests_cap, sizeof *all);
    if (!all)
        return;
    b->dests = all;
    b->dests[b->ndests++] = (pdf_dest){ d->name, b->npages - 1, d->x, y };
}

static void place_strip(lay *l, pdf_page *p, const flow *f, const strip *s, double y, bool artifact)
{
    for (size_t i = 0; i < s->nitems; i++)
        add_item(p, &f->items.p[s->item + i], y, artifact);
    for (size_t i = 0; i < s->nlinks && !artifact && p->nlinks < p->links_cap; i++) {
        pdf_link *k = &p->links[p->nlinks++];
        *k = f->links.p[s->link + i];
        k->y0 += y;
        k->y1 += y;
    }
    for (size_t i = 0; i < s->ndests && !artifact; i++)
        add_dest(l, &f->dests.p[s->dest + i], y);
}

/* One ground for strips that touch: separate ones would show seams. */
static void place_grounds(pdf_page *p, const strip *s, size_t n, double y)
{
    double top = y;
    for (size_t i = 0; i < n; i++) {
        y -= s[i].height;
        bool more = i + 1 < n && s[i + 1].tint_w == s[i].tint_w && s[i + 1].tint_x == s[i].tint_x;
        if (s[i].tint_w > 0 && more)
            continue;
        if (s[i].tint_w > 0)
            add_item(p, &(pdf_item){ .kind = PDF_RECT, .x = s[i].tint_x, .y = y, .w = s[i].tint_w, .h = top - y,
                                     .colour = INK_TINT }, 0, true);
        top = y;
    }
}

/* The rules beside callouts, whole down to where they end or the page does. */
static void place_bars(pdf_page *p, const strip *s, size_t n, double y)
{
    double top = y;
    for (size_t i = 0; i < n; i++) {
        y -= s[i].height;
        if (s[i].bar_x > 0 && i + 1 < n && s[i + 1].bar_x == s[i].bar_x)
            continue;
        if (s[i].bar_x > 0)
            add_item(p, &(pdf_item){ .kind = PDF_RECT, .x = s[i].bar_x, .y = y, .w = BAR_WIDTH, .h = top - y,
                                     .colour = INK_RULE }, 0, true);
        top = y;
    }
}

/* As many words of the text as fit in the width, with an ellipsis where some do not. */
static ofp_str shorten(lay *l, const span *s, ofp_str text, double width)
{
    if (pdf_text_shape(l, s, text)->width * s->size <= width)
        return text;
    for (size_t n = text.n; n > 0; ) {
        ofp_utf8_prev(text, &n);
        if (n > 400 || text.p[n] != ' ')
            continue;
        ofp_str cut = ofp_arena_printf(l->arena, "%.*s\xE2\x80\xA6", (int)n, text.p);
        if (pdf_text_shape(l, s, cut)->width * s->size <= width)
            return cut;
    }
    return (ofp_str){ 0 };
}

static void centre_line(lay *l, pdf_page *p, enum look_id id, ofp_str text, double y)
{
    span s = pdf_span(l, id, 0);
    text = shorten(l, &s, text, l->sheet.measure);
    if (text.n == 0)
        return;
    const type_shape *shape = pdf_text_shape(l, &s, text);
    double x = l->sheet.left + (l->sheet.measure - shape->width * s.size) / 2;
    for (size_t i = 0; i < shape->n; i++) {
        double w = shape->runs[i].width * s.size;
        add_item(p, &(pdf_item){ .kind = PDF_GLYPHS, .x = x, .y = y, .w = w, .run = &shape->runs[i], .size = s.size,
                                 .colour = s.colour }, 0, true);
        x += w;
    }
}

static void place_frame(lay *l, pdf_page *p)
{
    const sheet *sh = &l->sheet;
    place saved = l->at;
    l->at.scale = 1;
    l->at.flags = 0;
    if (!l->opening && sh->heads && l->running.n)
        centre_line(l, p, LOOK_HEAD, l->running, sh->height - sh->top + sh->lead * 1.6);
    centre_line(l, p, LOOK_FOLIO, p->label, sh->bottom > 3.4 * sh->lead ? sh->bottom - 2.4 * sh->lead : sh->bottom * 0.35);
    l->opening = false;
    l->at = saved;
}

enum { FRAME_ITEMS = 24 };                               /* runs that head and number may need at most */

static void count(pdf_page *p, const strip *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        p->items_cap += s[i].nitems + 2;                 /* its ground, its rule */
        p->links_cap += s[i].nlinks;
    }
}

static void make_room(lay *l, pdf_page *p, size_t from, const ending *c)
{
    const strip *s = l->main.strips.p;
    const table_head *head = from < c->end ? s[from].head : NULL;
    p->items_cap = FRAME_ITEMS + (head ? head->flow.items.n : 0);
    if (from < c->end)
        count(p, s + from, c->end - from);
    if (c->foot.height > 0)
        count(p, l->foot.strips.p + l->foot.taken, c->foot.end - l->foot.taken);
    p->items = ofp_arena_zalloc(l->arena, p->items_cap, sizeof *p->items);
    p->links = p->links_cap ? ofp_arena_zalloc(l->arena, p->links_cap, sizeof *p->links) : NULL;
    if (!p->items || (p->links_cap && !p->links))
        p->items_cap = p->links_cap = 0;
}

static void place_strips(lay *l, pdf_page *p, const flow *f, size_t from, size_t to, double y)
{
    const strip *s = f->strips.p;
    place_grounds(p, s + from, to - from, y);
    place_bars(p, s + from, to - from, y);
    for (size_t i = from; i < to; i++) {
        place_strip(l, p, f, &s[i], y, false);
        y -= s[i].height;
    }
}

/* Notes stand at the page's lower end, below a rule, which is long where a note goes on from the page before. */
static void place_foot(lay *l, pdf_page *p, const foot *t, bool text)
{
    const sheet *sh = &l->sheet;
    const flow *f = &l->foot;
    size_t from = f->taken;
    while (from < t->end && f->strips.p[from].kind == STRIP_GAP)
        from++;
    if (t->height <= 0 || from >= t->end)
        return;
    double top = (text ? sh->bottom + t->height : sh->height - sh->top), lead = sh->lead;
    double w = (f->strips.p[from].note == l->noted ? 1 : 0.22) * sh->measure;
    add_item(p, &(pdf_item){ .kind = PDF_RECT, .x = l->at.rtl ? sh->left + sh->measure - w : sh->left, .y = top - 0.85 * lead,
                             .w = w, .h = 0.5, .colour = INK_RULE }, 0, true);
    place_strips(l, p, f, from, t->end, top - 1.25 * lead);
    l->noted = t->note;
}

static void ship(lay *l, size_t from, const ending *c)
{
    pdf_page *p = pdf_page_add(l);
    const strip *s = l->main.strips.p;
    double y = l->sheet.height - l->sheet.top;
    if (!p)
        return;
    make_room(l, p, from, c);
    const table_head *head = from < c->end ? s[from].head : NULL;
    for (size_t i = 0; head && i < head->flow.strips.n; i++) {
        place_strip(l, p, &head->flow, &head->flow.strips.p[i], y, true);
        y -= head->flow.strips.p[i].height;
    }
    if (from < c->end)
        place_strips(l, p, &l->main, from, c->end, y);
    for (size_t i = from; i < c->end; i++)
        if (s[i].note > l->called)
            l->called = s[i].note;
    place_foot(l, p, &c->foot, from < c->end);
    place_frame(l, p);
}

/* Drops the first `gone` of *n elements. */
static void slide(void *p, size_t size, size_t *n, size_t gone)
{
    *n -= gone;
    if (*n)
        memmove(p, (char *)p + gone * size, *n * size);
}

/* Forgets what is on pages; the rest moves down once it is the smaller part. */
static void forget(flow *f, size_t to)
{
    for (; f->taken < to; f->taken++)
        f->height -= f->strips.p[f->taken].height;
    if (f->taken == f->strips.n) {
        pdf_flow_clear(f);
    } else if (f->taken > 512 && f->taken > f->strips.n / 2) {
        const strip first = f->strips.p[f->taken];
        slide(f->strips.p, sizeof *f->strips.p, &f->strips.n, f->taken);
        slide(f->items.p, sizeof *f->items.p, &f->items.n, first.item);
        slide(f->links.p, sizeof *f->links.p, &f->links.n, first.link);
        slide(f->dests.p, sizeof *f->dests.p, &f->dests.n, first.dest);
        for (size_t i = 0; i < f->strips.n; i++) {
            f->strips.p[i].item -= first.item;
            f->strips.p[i].link -= first.link;
            f->strips.p[i].dest -= first.dest;
        }
        f->taken = 0;
    }
}

/* Is there more than a page for certain? */
static bool overflows(const lay *l)
{
    return l->main.height + l->foot.height > l->sheet.depth - (pdf_foot_waits(l) ? l->sheet.lead : 0);
}

/* Pages of what is left of the notes, where the text has ended. */
static void end_foot(lay *l)
{
    while (!l->nomem && pdf_foot_waits(l)) {
        ending c = { .foot = pdf_foot_force(l, l->sheet.depth) };
        ship(l, 0, &c);
        forget(&l->foot, c.foot.end);
    }
}

void pdf_pages_feed(lay *l, bool all)
{
    flow *f = &l->main;
    pdf_foot_notes(l);
    while (!l->nomem && f->taken < f->strips.n && (all || overflows(l))) {
        size_t from = f->taken;
        while (from < f->strips.n && f->strips.p[from].kind == STRIP_GAP)
            from++;
        ending c = { 0 };
        if (from < f->strips.n)
            c = pdf_find_cut(l, from, all);
        if (c.known)
            ship(l, from, &c);
        if (!c.known && !all)
            return;
        forget(&l->foot, c.known ? c.foot.end : l->foot.taken);
        forget(f, c.known ? c.end : f->strips.n);
    }
    if (all)
        end_foot(l);
}
