/* pages.c - cuts the main flow into pages, with running heads and numbers. */
#include "write/pdf/foot.h"
#include "base/array.h"
#include <limits.h>
#include <string.h>

static const double most_foot = 0.65;                    /* of a page: for notes of earlier ones, where there is text */
static const double smallest_part = 0.7;                 /* of a picture that is made to fit at a page's end */
static const double most_left[] = { 2.5, 5 };            /* leads: more is not left empty to keep a note whole; a paragraph with what it announces */

/* Where a page ends: past its last strips of text and of notes; used: height of the text. */
typedef struct ending { bool known; size_t end; foot foot; double used; } ending;

/* A page that is being filled. */
typedef struct filling {
    const lay *l;
    size_t i;                                            /* the next strip */
    double used, room;
    unsigned note;                                       /* the last that is referred to */
    foot owed, foot;                                     /* what earlier pages left; with what this one refers to */
    ending best, clean;                                     /* clean: parts no word, and nothing from what announces it */
} filling;

static unsigned later(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Adds a strip, with all of the notes that it refers to; false where that does not fit.  Before notes that are owed
 * have come to their end no others begin. */
static bool add_strip(filling *p)
{
    const strip *s = &p->l->main.strips.p[p->i++];
    p->used += s->height;
    if (s->kind == STRIP_GAP)
        return true;
    p->note = later(p->note, s->note);
    p->foot = p->owed.whole ? pdf_foot_take(p->l, p->note, p->room - p->used) : p->owed;
    if (p->used + p->foot.height > p->room || (p->owed.whole ? !p->foot.whole : s->note > 0))
        return false;
    if (!s->keep)
        p->best = (ending){ true, p->i, p->foot, p->used };
    if (!s->keep && !s->broken && !s->leads_in)
        p->clean = p->best;
    return true;
}

/* What a picture takes on the page with what is kept with it, its caption; 0 where notes come with that. */
static double group_height(const flow *f, size_t i)
{
    double height = 0;
    for (; i < f->strips.n; i++) {
        const strip *s = &f->strips.p[i];
        height += s->height;
        if (s->note)
            return 0;
        if (s->kind == STRIP_LINE && !s->keep)
            break;
    }
    return height;
}

static bool is_last(const flow *f, size_t i)
{
    while (i + 1 < f->strips.n && f->strips.p[i + 1].kind == STRIP_GAP)
        i++;
    return i + 1 == f->strips.n;
}

static void scale_picture(lay *l, strip *s, double by)
{
    pdf_item *it = &l->main.items.p[s->item];
    it->x += it->w * (1 - by) * (s->picture - PICTURE_LEFT) / 2;
    it->w *= by;
    it->h *= by;
    it->y = -it->h;
    for (size_t i = s->link; i < s->link + s->nlinks; i++) {
        pdf_link *k = &l->main.links.p[i];
        *k = (pdf_link){ it->x, it->y, it->x + it->w, 0, k->uri, k->dest, k->elem };
    }
    l->main.height -= s->height * (1 - by);
    s->height *= by;
}

/* A picture that is only little too high for what is left of the page becomes smaller. */
static bool shrink_picture(lay *l, const filling *p)
{
    strip *s = &l->main.strips.p[p->i];
    double left = p->room - p->used - p->foot.height - 0.02, group = s->picture ? group_height(&l->main, p->i) : 0;
    double height = s->height - (group - left);
    if (group <= left || height < smallest_part * s->height || height < 8 * l->sheet.lead)
        return false;
    scale_picture(l, s, height / s->height);
    return true;
}

/* A page that goes on to the next strip where it may end, and parts the last of its notes. */
static ending part_note(filling p, bool all)
{
    const flow *f = &p.l->main;
    for (; p.owed.whole && p.i < f->strips.n; p.i++) {
        const strip *s = &f->strips.p[p.i];
        p.used += s->height;
        p.note = later(p.note, s->note);
        foot t = pdf_foot_take(p.l, p.note, p.room - p.used);
        if (s->kind == STRIP_GAP)
            continue;
        if (p.used > p.room || (!t.whole && t.note < p.note))
            break;
        if (!s->keep && (all || p.i + 1 < f->strips.n))
            return (ending){ true, p.i + 1, t, p.used };
    }
    return (ending){ 0 };
}

/* A page whose strips hold together more than there is room for.  Where its first one begins a note and others are
 * owed, it is a page of notes. */
static ending force(const filling *p, size_t from)
{
    const strip *s = &p->l->main.strips.p[from];
    if (p->i > from)
        return (ending){ true, p->i, p->foot, p->used };
    if (!p->owed.whole && s->note)
        return (ending){ true, from, p->owed, 0 };
    double used = p->used + s->height;
    return (ending){ true, from + 1, p->owed.whole ? pdf_foot_take(p->l, later(p->note, s->note), p->room - used) : p->owed, used };
}

/* Of two ends of a page the clean one, where that leaves not much more of it empty. */
static ending cleaner(const filling *p)
{
    const lay *l = p->l;
    bool near = p->best.end - p->clean.end <= 3;
    if (p->best.known && l->main.strips.p[p->best.end - 1].leads_in)
        near = near || p->best.used - p->clean.used <= most_left[1] * l->sheet.lead;
    return p->clean.known && near ? p->clean : p->best;
}

static foot larger(foot a, foot b)
{
    return b.height > a.height ? b : a;
}

/* Where the page that begins at strip `from` ends. */
static ending find_cut(lay *l, size_t from, bool all)
{
    const strip *s = l->main.strips.p;
    size_t n = l->main.strips.n;
    filling p = { .l = l, .i = from, .used = s[from].head ? s[from].head->height : 0, .room = l->sheet.depth + 0.01,
                  .note = l->called };
    p.owed = pdf_foot_take(l, l->called, most_foot * p.room);
    if (!p.owed.whole && p.owed.height <= 0)
        p.owed = pdf_foot_force(l, 0);
    for (filling next = p; p.i < n; p = next) {
        if (add_strip(&next))
            continue;
        if (s[p.i].picture && !all && is_last(&l->main, p.i))
            return (ending){ 0 };                        /* its caption may not be there yet */
        next = p;
        if (!shrink_picture(l, &p) || !add_strip(&next))
            break;
    }
    if (p.i == n)
        return (ending){ all, n, p.foot, p.used };
    ending c = cleaner(&p), part = { 0 };
    if (!c.known || p.room - c.used - c.foot.height > most_left[0] * l->sheet.lead)
        part = part_note(p, all);
    c = part.known ? part : c.known ? c : force(&p, from);
    if (!p.owed.whole)                                   /* all that the text leaves */
        c.foot = larger(p.owed, pdf_foot_take(l, l->called, p.room - c.used));
    return c;
}

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
        l->called = later(l->called, s[i].note);
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
            c = find_cut(l, from, all);
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
