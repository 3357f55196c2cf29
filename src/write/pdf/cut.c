/* cut.c - where pages end. */
#include "write/pdf/cut.h"
#include <string.h>

static const double most_foot = 0.65;                    /* of a page: for notes of earlier ones, where there is text */
static const double smallest_part = 0.7;                 /* of a picture that is made to fit at a page's end */
static const double least_gap = 0.14;                    /* of a page: less is left empty before a figure */
static const double most_left[] = { 2.5, 5 };            /* leads: more is not left empty to keep a note whole; a paragraph with what it announces */

/* A page that is being filled. */
typedef struct filling {
    const lay *l;
    size_t i;                                            /* the next strip */
    double used, room;
    unsigned note;                                       /* the last that is referred to */
    foot owed, foot;                                     /* what earlier pages left; with what this one refers to */
    bool waits;                                          /* a figure does, for the next one */
    ending best, clean;                                  /* clean: parts no word, and nothing from what announces it */
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

/* ---- figures that wait ---- */

/* Past the last line of the figure that strip i is part of. */
static size_t figure_end(const flow *f, size_t i)
{
    size_t end = i;
    for (unsigned no = f->strips.p[i].figure; i < f->strips.n && f->strips.p[i].figure == no; i++)
        end = f->strips.p[i].kind == STRIP_LINE ? i + 1 : end;
    return end;
}

/* The page as far as it may end before the figure, and what follows that, up to the next heading, picture or table, as far
 * as there is room for it. */
static filling fill_behind(const filling *p, size_t from, size_t end)
{
    const flow *f = &p->l->main;
    filling q = *p;
    q.i = end;
    q.used = p->best.used;
    q.note = p->l->called;
    for (size_t i = from; i < p->best.end; i++)
        q.note = later(q.note, f->strips.p[i].note);
    for (filling next = q; q.i < f->strips.n; q = next) {
        const strip *s = &f->strips.p[q.i];
        bool stop = s->kind == STRIP_LINE && (s->heading || s->picture || s->figure || s->head);
        if (stop || !add_strip(&next))
            break;
    }
    return q;
}

/* Strips [from, mid) come behind those of [mid, to). */
static bool rotate(lay *l, size_t from, size_t mid, size_t to)
{
    strip *s = l->main.strips.p + from;
    size_t n = mid - from;
    strip *copy = n ? ofp_arena_zalloc(l->arena, n, sizeof *copy) : NULL;
    if (!copy)
        return n == 0;
    memcpy(copy, s, n * sizeof *s);
    memmove(s, s + n, (to - mid) * sizeof *s);
    memcpy(s + (to - mid), copy, n * sizeof *s);
    return true;
}

/* The first strip behind the page's end, but for gaps. */
static size_t behind_end(const filling *p)
{
    size_t i = p->best.end;
    while (i < p->i && p->l->main.strips.p[i].kind == STRIP_GAP)
        i++;
    return i;
}

/* Is it a figure that the page ends at, and much of it empty?  One that the text announces does not wait. */
static bool may_wait(const filling *p, size_t from)
{
    const strip *s = p->l->main.strips.p;
    if (!p->best.known || p->best.end == from || !s[p->i].figure || s[p->best.end - 1].leads_in)
        return false;
    double left = p->room - p->best.used - p->best.foot.height;
    return s[behind_end(p)].figure == s[p->i].figure && left > least_gap * p->l->sheet.depth;
}

/* A figure that has a caption and no room comes at the top of the next page; the text behind it goes on here.  The gap
 * before it parts it from the text there.  False: not known yet. */
static bool let_wait(lay *l, filling *p, size_t from, bool all)
{
    if (!may_wait(p, from))
        return true;
    size_t gap = p->best.end, line = behind_end(p), end = figure_end(&l->main, line);
    filling q = fill_behind(p, from, end);
    if (!all && q.i == l->main.strips.n)
        return false;
    size_t to = q.best.end, moved = end - gap;
    if (to <= end || !rotate(l, line, end, to) || !rotate(l, gap, line, to))
        return true;
    q.best.end -= moved;
    q.clean.end -= q.clean.end > end ? moved : 0;
    q.i = q.best.end;
    *p = q;
    p->waits = true;
    return true;
}

/* A page that goes on to the next strip where it may end, and parts the last of its notes.  *wait: what comes may tell. */
static ending part_note(filling p, bool all, bool *wait)
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
    *wait = p.owed.whole && p.i == f->strips.n && !all;
    return (ending){ 0 };
}

static double height_of(const flow *f, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to; i++)
        height += f->strips.p[i].height;
    return height;
}

/* A page whose strips hold together more than there is room for.  Where its first one begins a note and others are
 * owed, it is a page of notes; where it would have next to nothing, another strip goes on it, with what there is room
 * for of its notes. */
static ending force(const filling *p, size_t from)
{
    const flow *f = &p->l->main;
    const strip *s = &f->strips.p[p->i];
    double used = p->used + s->height, little = 2 * p->l->sheet.lead;
    if (p->i > from && (height_of(f, from, p->i) > little || used > p->room || !p->owed.whole))
        return (ending){ true, p->i, p->foot, p->used };
    if (!p->owed.whole && s->note)
        return (ending){ true, from, p->owed, 0 };
    return (ending){ true, p->i + 1, p->owed.whole ? pdf_foot_take(p->l, later(p->note, s->note), p->room - used) : p->owed, used };
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

ending pdf_find_cut(lay *l, size_t from, bool all)
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
    if (!let_wait(l, &p, from, all))
        return (ending){ 0 };
    ending c = cleaner(&p), part = { 0 };
    bool wait = false;
    if (!p.waits && (!c.known || p.room - c.used - c.foot.height > most_left[0] * l->sheet.lead))
        part = part_note(p, all, &wait);
    if (wait)
        return (ending){ 0 };
    c = part.known ? part : c.known ? c : force(&p, from);
    if (!p.owed.whole)                                   /* all that the text leaves */
        c.foot = larger(p.owed, pdf_foot_take(l, l->called, p.room - c.used));
    return c;
}
