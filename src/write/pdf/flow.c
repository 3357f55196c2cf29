/* flow.c - filling flows: strips, and what stands on them. */
#include "write/pdf/layout.h"
#include "base/array.h"
#include <stdlib.h>
#include <string.h>

/* Every VEC begins like this; memcpy keeps the access within the rules of aliasing. */
typedef struct any_vec { void *p; size_t n, cap; } any_vec;

bool pdf_vec_room(void *vec, size_t size)
{
    any_vec v;
    memcpy(&v, vec, sizeof v);
    if (v.n < v.cap)
        return true;
    size_t cap = v.cap ? v.cap * 2 : 16;
    void *p = cap <= SIZE_MAX / 2 / size ? realloc(v.p, cap * size) : NULL;
    if (!p)
        return false;
    v.p = p;
    v.cap = cap;
    memcpy(vec, &v, sizeof v);
    return true;
}

void *pdf_push(lay *l, void *vec, size_t size)
{
    any_vec v;
    if (!pdf_vec_room(vec, size)) {
        l->nomem = true;
        return memset(&l->spare, 0, sizeof l->spare);
    }
    memcpy(&v, vec, sizeof v);
    void *slot = memset((char *)v.p + v.n * size, 0, size);
    v.n++;
    memcpy(vec, &v, sizeof v);
    return slot;
}

unsigned pdf_elem_new(lay *l, enum pdf_tag tag)
{
    pdf_book *b = l->book;
    if (l->measuring || !b->tagged)
        return 0;
    pdf_elem *all = ofp_arena_grow(l->arena, b->elems, b->nelems, &b->elems_cap, sizeof *all);
    if (!all)
        return 0;
    b->elems = all;
    b->elems[b->nelems] = (pdf_elem){ .tag = tag, .parent = l->at.elem };
    return (unsigned)b->nelems++;
}

static strip *last_strip(lay *l)
{
    flow *f = l->flow;
    return f->strips.n > f->taken ? &f->strips.p[f->strips.n - 1] : NULL;
}

static strip *add_strip(lay *l, enum strip_kind kind, double height)
{
    flow *f = l->flow;
    strip *s = PUSH(l, f->strips);
    *s = (strip){ .height = height, .kind = (unsigned char)kind, .bar_x = (float)l->at.bar_x, .figure = l->at.figure, .heading = l->at.heading,
                  .item = f->items.n, .link = f->links.n, .dest = f->dests.n };
    f->height += height;
    return s;
}

strip *pdf_strip(lay *l, double height)
{
    add_strip(l, STRIP_LINE, height);
    for (size_t i = 0; i < l->waiting.n; i++)
        pdf_dest_here(l, l->waiting.p[i]);
    l->waiting.n = 0;
    strip *s = last_strip(l);
    return s ? s : memset(&l->spare, 0, sizeof l->spare);
}

void pdf_gap(lay *l, double height)
{
    strip *s = last_strip(l);
    if (l->measuring || !s || height <= 0)
        return;
    if (s->kind != STRIP_GAP) {
        bool keep = s->keep;
        add_strip(l, STRIP_GAP, height)->keep = keep;
    } else if (height > s->height) {
        l->flow->height += height - s->height;
        s->height = height;
    }
}

void pdf_gap_clear(lay *l)
{
    strip *s = last_strip(l);
    if (s && s->kind == STRIP_GAP)
        s->bar_x = 0;
}

void pdf_dest_next(lay *l, ofp_str name)
{
    if (name.n && !l->measuring)
        *(ofp_str *)PUSH(l, l->waiting) = name;
}

void pdf_note_here(lay *l, unsigned number)
{
    strip *s = last_strip(l);
    if (s && s->note < number)
        s->note = number;
}

void pdf_leads_in(lay *l)
{
    flow *f = l->flow;
    size_t i = f->strips.n;
    while (i > f->taken && f->strips.p[i - 1].kind == STRIP_GAP)
        i--;
    if (i > f->taken)
        f->strips.p[i - 1].leads_in = true;
}

void pdf_keep_last(lay *l)
{
    flow *f = l->flow;
    for (size_t i = f->strips.n; i-- > f->taken; ) {     /* past a gap to what stands above it */
        f->strips.p[i].keep = true;
        if (f->strips.p[i].kind == STRIP_LINE)
            return;
    }
}

pdf_item *pdf_item_new(lay *l, enum pdf_item_kind kind)
{
    pdf_item *it = PUSH(l, l->flow->items);
    strip *s = last_strip(l);
    if (s && !l->nomem)
        s->nitems++;
    it->kind = kind;
    return it;
}

static void show_run(lay *l, const type_run *run, const span *as, unsigned elem, double x, double y)
{
    pdf_item *it = pdf_item_new(l, PDF_GLYPHS);
    it->run = run;
    it->elem = elem;
    it->x = x;
    it->y = y + as->rise;
    it->size = as->size;
    it->colour = as->colour;
    it->w = run->width * as->size;
}

/* The run whose text comes next after that of another, NULL: the first; *x: where it stands in the shape. */
static const type_run *next_run(const type_shape *s, const type_run *after, double *x)
{
    const type_run *next = NULL;
    double at = 0;
    for (size_t i = 0; i < s->n; at += s->runs[i++].width) {
        const type_run *r = &s->runs[i];
        if ((!after || r->text.p > after->text.p) && (!next || r->text.p < next->text.p)) {
            next = r;
            *x = at;
        }
    }
    return next;
}

/* Runs stand from left to right in the shape, and go out in the order of the text, as tagged PDF asks. */
double pdf_show(lay *l, const type_shape *s, const span *as, unsigned elem, double x, double y)
{
    double at = 0;
    if (s->n == 1)
        show_run(l, &s->runs[0], as, elem, x, y);
    else
        for (const type_run *r = NULL; (r = next_run(s, r, &at)); )
            show_run(l, r, as, elem, x + at * as->size, y);
    return x + s->width * as->size;
}

void pdf_rect(lay *l, double x, double y, double w, double h, uint32_t colour)
{
    pdf_item *it = pdf_item_new(l, PDF_RECT);
    it->x = x;
    it->y = y;
    it->w = w;
    it->h = h;
    it->colour = colour;
}

void pdf_link_area(lay *l, const para_link *link, double x0, double x1, double y0, double y1)
{
    pdf_link *k = PUSH(l, l->flow->links);
    strip *s = last_strip(l);
    if (s && !l->nomem)
        s->nlinks++;
    *k = (pdf_link){ x0, y0, x1, y1, link->uri, link->dest, link->elem };
}

void pdf_dest_here(lay *l, ofp_str name)
{
    if (name.n == 0 || l->measuring)
        return;
    pdf_dest *d = PUSH(l, l->flow->dests);
    strip *s = last_strip(l);
    if (s && !l->nomem)
        s->ndests++;
    d->name = name;
    d->x = l->at.x;
}

void pdf_labels(lay *l, double baseline)
{
    for (size_t i = 0; i < l->labels.n; i++) {
        const label *m = &l->labels.p[i];
        double width = m->shape->width * m->span.size, x = m->rtl ? m->edge : m->edge - width;
        pdf_show(l, m->shape, &m->span, m->span.elem, x, baseline);
        if (l->flow->items.n && !l->nomem)
            l->flow->items.p[l->flow->items.n - 1].space_after = true;
        if (m->dest.n)
            pdf_link_area(l, &(para_link){ .dest = m->dest, .elem = m->span.elem }, x, x + width,
                          baseline - m->span.size * 0.25, baseline + m->span.size * 0.8);
    }
    l->labels.n = 0;
}

void pdf_flow_clear(flow *f)
{
    f->strips.n = f->items.n = f->links.n = f->dests.n = f->taken = 0;
    f->height = 0;
}

void pdf_flow_free(flow *f)
{
    free(f->strips.p);
    free(f->items.p);
    free(f->links.p);
    free(f->dests.p);
    *f = (flow){ 0 };
}

const type_shape *pdf_text_shape(lay *l, const span *s, ofp_str text)
{
    static const type_shape nothing = { 0 };
    const type_shape *shape = l->type->shape(l->type->user, s->face, text, s->lang);
    if (!shape)
        l->nomem = true;
    return shape ? shape : &nothing;
}

type_height pdf_height(lay *l, const span *s)
{
    return l->type->height(l->type->user, s->face);
}

void pdf_warn(lay *l, enum ofp_diag code, const ofp_node *n, const char *msg)
{
    if (!l->measuring)
        ofp_warn_at(l->doc, n, code, "%s", msg);
}
