/* para.c - the words of a paragraph to lines: the passes of optimum fit, and the strips. */
#include "write/pdf/layout.h"
#include <math.h>

static const double loosest = 3.2;                       /* lines stretched beyond that are set ragged instead */

/* ---- passes ---- */

static bool attempt(lay *l, double measure, double tolerance, double extra, bool must)
{
    break_rules rules = { measure, tolerance, extra, must };
    return pdf_break(&l->para.room, l->para.items.p, l->para.items.n, &rules, &l->nomem);
}

/* First whole words alone, then hyphens, then anything. */
static void find_lines(lay *l, bool ragged, bool hyphenate, double measure)
{
    double rag = ragged ? measure * 0.12 : 0;
    pdf_items(l, false, ragged, hyphenate ? INFINITY : measure);
    if (hyphenate) {
        if (l->nomem || attempt(l, measure, ragged ? 2.5 : 1.1, rag, false))
            return;
        pdf_items(l, true, ragged, measure);
    }
    if (l->nomem || (!ragged && attempt(l, measure, 2.4, 0, false)) || l->nomem)
        return;
    attempt(l, measure, 0, ragged ? rag : measure * 0.1, true);
}

/* Titles: as few lines as can be, and as narrow as they can be without another, so that no word is left
 * alone at the end.  With stretch in plenty all lines cost the same and their number decides. */
static void balance(lay *l, double measure)
{
    enum { STEPS = 7, MOST_LINES = 6 };
    double lo = measure / 2, hi = measure, plenty = 10 * measure;
    attempt(l, measure, 0, plenty, true);
    size_t n = l->para.room.lines.n;
    for (int i = 0; i < STEPS && n > 1 && n <= MOST_LINES && !l->nomem; i++) {
        double mid = (lo + hi) / 2;
        if (attempt(l, mid, 0, plenty, false) && l->para.room.lines.n <= n)
            hi = mid;
        else
            lo = mid;
    }
    attempt(l, hi, 0, plenty, true);
}

/* ---- lines ---- */

static void add_glue(segment *s, const break_item *it)
{
    if (it->stretch >= BREAK_FIL)
        return;
    s->blank += it->width;
    s->stretch += it->stretch;
    s->shrink += it->shrink;
}

/* The segments of a line: pieces of one word that no glue parts are one. */
static void collect(lay *l, const break_line *line)
{
    para *p = &l->para;
    bool open = false;
    p->segs.n = 0;
    for (size_t i = line->start; i < line->end; i++) {
        const break_item *it = &p->items.p[i];
        piece pc = p->pieces.p[i];
        segment *last = p->segs.n ? &p->segs.p[p->segs.n - 1] : NULL;
        if (it->kind == BREAK_GLUE) {
            open = false;
            if (last)
                add_glue(last, it);
        } else if (it->kind == BREAK_BOX && pc.word != UINT32_MAX) {
            if (open && last && last->word == pc.word) {
                last->b = pc.b;
                continue;
            }
            segment *s = PUSH(l, p->segs);
            *s = (segment){ .word = pc.word, .a = pc.a, .b = pc.b };
            open = true;
        }
    }
    const break_item *end = &p->items.p[line->end];
    if (p->segs.n && end->kind == BREAK_PENALTY && end->flagged && end->width > 0)
        p->segs.p[p->segs.n - 1].hyphen = true;
}

static void shape_segments(lay *l)
{
    para *p = &l->para;
    for (size_t i = 0; i < p->segs.n; i++) {
        segment *s = &p->segs.p[i];
        const word *w = &p->words.p[s->word];
        const span *sp = &p->spans.p[w->span];
        s->space = s->b == w->text.n && (w->end == END_BLANK || w->end == END_FIXED || w->end == END_LINE);
        s->width = w->width;
        if (!w->shape)
            continue;
        s->shape = s->a == 0 && s->b == w->text.n ? w->shape : pdf_text_shape(l, sp, ofp_str_sub(w->text, s->a, s->b - s->a));
        s->width = s->shape->width * sp->size;
        if (s->hyphen)
            s->width += pdf_text_shape(l, sp, OFP_STR("-"))->width * sp->size;
    }
}

/* How far each glue of the line moves, as a multiple of its stretch or shrink. */
static double adjustment(const para *p, double slack, bool justify)
{
    double stretch = 0, shrink = 0;
    for (size_t i = 0; i + 1 < p->segs.n; i++) {
        stretch += p->segs.p[i].stretch;
        shrink += p->segs.p[i].shrink;
    }
    if (slack < 0)
        return shrink > 0 ? (slack / shrink < -1 ? -1 : slack / shrink) : 0;
    if (!justify || stretch <= 0)
        return 0;
    return slack / stretch <= loosest ? slack / stretch : 0.5 < slack / stretch ? 0.5 : 0;
}

static double natural_width(const para *p)
{
    double w = 0;
    for (size_t i = 0; i < p->segs.n; i++)
        w += p->segs.p[i].width + (i + 1 < p->segs.n ? p->segs.p[i].blank : 0);
    return w;
}

static double gap_after(const segment *s, double adj)
{
    return s->blank + adj * (adj < 0 ? s->shrink : s->stretch);
}

/* Gives the segments their places; returns the width of the line. */
static double place_segments(lay *l, double adj)
{
    para *p = &l->para;
    double x = 0;
    for (size_t i = 0; i < p->order.n && !l->nomem; i++) {
        unsigned no = p->order.p[i];
        p->segs.p[no].x = x;
        x += p->segs.p[no].width;
        if (i + 1 < p->order.n) {
            x += gap_after(&p->segs.p[pdf_parting(p, no, p->order.p[i + 1])], adj);
        }
    }
    return x;
}

/* ---- optical margins ---- */

/* How much of a character stands out into the margin, as a part of its width, so that the edge of the
 * text looks straight (H. The Thanh, "Micro-typographic extensions", 2000, chapter 3). */
static const struct { uint32_t cp; float left, right; } overhangs[] = {
    { '"', 0.4f, 0.4f }, { '\'', 0.5f, 0.6f }, { '(', 0.1f, 0 }, { ')', 0, 0.1f }, { ',', 0, 0.6f }, { '-', 0.3f, 0.5f },
    { '.', 0, 0.6f }, { ':', 0, 0.4f }, { ';', 0, 0.4f }, { 0xAB, 0.25f, 0.25f }, { 0xBB, 0.25f, 0.25f }, { 0x2013, 0.2f, 0.25f },
    { 0x2014, 0.15f, 0.2f }, { 0x2018, 0.5f, 0.4f }, { 0x2019, 0.4f, 0.6f }, { 0x201C, 0.4f, 0.3f }, { 0x201D, 0.3f, 0.45f },
    { 0x201E, 0.35f, 0 },
};

static double overhang(uint32_t cp, bool left)
{
    for (size_t i = 0; i < sizeof overhangs / sizeof *overhangs && overhangs[i].cp <= cp; i++)
        if (overhangs[i].cp == cp)
            return left ? overhangs[i].left : overhangs[i].right;
    return 0;
}

static double left_overhang(const para *p)
{
    const segment *g = &p->segs.p[0];
    const word *w = &p->words.p[g->word];
    size_t at = g->a;
    double part = w->shape && g->shape->n && g->shape->runs[0].n ? overhang(ofp_utf8_next(w->text, &at), true) : 0;
    return part > 0 ? part * g->shape->runs[0].glyphs[0].advance * p->spans.p[w->span].size : 0;
}

static double right_overhang(lay *l)
{
    const para *p = &l->para;
    const segment *g = &p->segs.p[p->segs.n - 1];
    const word *w = &p->words.p[g->word];
    const span *s = &p->spans.p[w->span];
    size_t at = g->b;
    if (g->hyphen)
        return overhang('-', false) * pdf_text_shape(l, s, OFP_STR("-"))->width * s->size;
    double part = w->shape && g->shape->n ? overhang(ofp_utf8_prev(w->text, &at), false) : 0;
    const type_run *run = part > 0 ? &g->shape->runs[g->shape->n - 1] : NULL;
    return run && run->n ? part * run->glyphs[run->n - 1].advance * s->size : 0;
}

/* ---- showing ---- */

static void show_image(lay *l, const word *w, const span *s, double x, double y)
{
    pdf_item *it = pdf_item_new(l, PDF_IMAGE);
    it->image = w->image;
    it->node = w->picture;
    it->elem = s->elem;
    it->x = x;
    it->y = y;
    it->w = w->width;
    it->h = w->height;
}

static void show_segment(lay *l, const segment *g, double x, double y)
{
    const word *w = &l->para.words.p[g->word];
    const span *s = &l->para.spans.p[w->span];
    if (w->math) {
        pdf_math_show(l, w->math, w->width, s->elem, x, y);
    } else if (!w->shape) {
        show_image(l, w, s, x, y);
    } else {
        x = pdf_show(l, g->shape, s, s->elem, x, y);
        if (g->hyphen) {
            pdf_show(l, pdf_text_shape(l, s, OFP_STR("-")), s, s->elem, x, y);
            if (!l->nomem && l->flow->items.n)
                l->flow->items.p[l->flow->items.n - 1].soft_hyphen = true;
        }
    }
    if (g->space && !l->nomem && l->flow->items.n)
        l->flow->items.p[l->flow->items.n - 1].space_after = true;
}

/* The x where what begins at segment i and goes on in the next ones by the same test ends; *i moves on. */
static double extent(const para *p, size_t *i, unsigned link, unsigned decor)
{
    double x1 = p->segs.p[*i].x + p->segs.p[*i].width;
    for (; *i + 1 < p->segs.n; ++*i) {
        const segment *n = &p->segs.p[*i + 1];
        const span *s = &p->spans.p[p->words.p[n->word].span];
        if (n->x < x1 - 0.01 || (link && s->link != link) || (decor && !(s->decor & decor)))
            break;
        x1 = n->x + n->width;
    }
    return x1;
}

static void show_links(lay *l, double x, double y)
{
    para *p = &l->para;
    for (size_t i = 0; i < p->segs.n; i++) {
        const span *s = &p->spans.p[p->words.p[p->segs.p[i].word].span];
        double x0 = p->segs.p[i].x, size = s->size;
        unsigned link = s->link;
        if (link)
            pdf_link_area(l, &p->links.p[link - 1], x + x0, x + extent(p, &i, link, 0), y + s->rise - size * 0.25,
                          y + s->rise + size * 0.8);
    }
}

static void show_decor(lay *l, unsigned decor, double x, double y)
{
    para *p = &l->para;
    for (size_t i = 0; i < p->segs.n; i++) {
        const span *s = &p->spans.p[p->words.p[p->segs.p[i].word].span];
        if (!(s->decor & decor))
            continue;
        double x0 = p->segs.p[i].x, up = decor == DECOR_UNDER ? -0.14 : 0.26;
        double x1 = extent(p, &i, 0, decor);
        pdf_rect(l, x + x0, y + s->rise + up * s->size, x1 - x0, s->size * 0.05, s->colour);
    }
}

/* What a line takes above and below its baseline. */
typedef struct reach { double above, below; bool math; const math_word *display; } reach;

static void widen_reach(reach *r, const word *w, const span *s, double baseline)
{
    enum { CLEAR = 2 };
    if (w->math) {
        r->above = fmax(r->above, w->math->ascent + s->rise);
        r->below = fmax(r->below, w->math->descent - s->rise);
        r->math = true;
        if (w->math->display)
            *r = (reach){ w->math->ascent, w->math->descent, false, w->math };
    } else if (!w->shape && w->height > baseline) {
        r->above = fmax(r->above, w->height + CLEAR);
    }
}

/* A line is as high as a line of words, more where a picture is taller.  A formula may reach into the space between
 * lines: as in TeX only what would touch the lines above or below moves them.  Where more lines follow, the next one
 * makes room for what hangs below this one, up to half an em. */
static reach line_reach(lay *l, double baseline, bool more)
{
    para *p = &l->para;
    double em = p->look->size * p->scale, clear = 0.1 * em, letter_up = 0.72 * em, letter_down = 0.22 * em;
    reach r = { 0, 0, false, NULL };
    for (size_t i = 0; i < p->segs.n && !r.display; i++) {
        const word *w = &p->words.p[p->segs.p[i].word];
        widen_reach(&r, w, &p->spans.p[w->span], baseline);
    }
    double free = p->free, up = fmax(r.above, letter_up), down = fmax(r.below, letter_down);
    p->free = HUGE_VAL;
    if (r.display)
        return r;
    bool tight = r.math || free < 0;
    double spare = free < HUGE_VAL ? free - clear : 0;
    double above = fmax(baseline, tight ? up - spare : r.above);
    double below = fmax(p->lead - baseline, r.math ? down + (more ? -0.5 * em : clear) : 0);
    p->free = below - down;
    return (reach){ above, below, r.math, NULL };
}

/* Space above a display's first line and below its last.  No page begins with a display that words lead up to. */
static void display_gap(lay *l, const math_word *m, bool before)
{
    double lead = l->para.look->lead * l->para.scale;
    if (before && (m->first ? !l->displayed : m->keep))
        pdf_keep_last(l);
    pdf_gap(l, (before ? (m->first ? 0.55 : 0) : m->last ? 0.55 : 0.35) * lead);
}

static void show_dests(lay *l, size_t *next, size_t end_word)
{
    para *p = &l->para;
    for (; *next < p->dests.n && p->dests.p[*next].word < end_word; ++*next) {
        pdf_dest_here(l, p->dests.p[*next].name);
        pdf_note_here(l, p->dests.p[*next].note);
    }
}

static double baseline_of(lay *l)
{
    const para *p = &l->para;
    span s = { .face = p->look->face, .size = p->look->size * p->scale };
    type_height h = pdf_height(l, &s);
    return (p->lead - (h.ascent + h.descent) * s.size) / 2 + h.ascent * s.size;
}

static void set_line(lay *l, size_t no, enum look_align align, double baseline, size_t *next_dest)
{
    para *p = &l->para;
    const break_line *line = &p->room.lines.p[no];
    const break_item *end = &p->items.p[line->end];
    bool last = end->kind == BREAK_PENALTY && end->penalty <= BREAK_FORCED;
    double hang = no == 0 ? p->indent : p->hang, measure = l->at.w - hang;
    collect(l, line);
    if (p->has_rtl)
        pdf_part_marks(l);
    shape_segments(l);
    pdf_order_segments(l);
    bool optical = align == LOOK_JUSTIFY && p->segs.n && !p->has_rtl && !l->nomem && l->sheet.left > 6 && l->sheet.right > 6;
    double out = optical ? left_overhang(p) : 0, over = optical && !last ? right_overhang(l) : 0;
    double slack = measure + out + over - natural_width(p);
    double width = place_segments(l, adjustment(p, slack, align == LOOK_JUSTIFY && !last));
    bool from_right = p->rtl || l->at.rtl, right = align == LOOK_RIGHT || (from_right && align != LOOK_CENTRE && align != LOOK_LEFT);
    double x = l->at.x + (from_right ? 0 : hang) + (right ? measure - width : align == LOOK_CENTRE ? (measure - width) / 2 : -out);
    reach r = line_reach(l, baseline, !last && l->flow == &l->main);
    double y = -r.above;
    if (r.display)
        display_gap(l, r.display, true);
    pdf_strip(l, r.above + r.below)->broken = p->segs.n && p->segs.p[p->segs.n - 1].hyphen;
    show_dests(l, next_dest, p->segs.n ? p->segs.p[p->segs.n - 1].word + 1 : SIZE_MAX);
    pdf_labels(l, y);
    for (size_t i = 0; i < p->segs.n; i++)
        show_segment(l, &p->segs.p[i], x + p->segs.p[i].x, y);
    show_decor(l, DECOR_UNDER, x, y);
    show_decor(l, DECOR_STRIKE, x, y);
    show_links(l, x, y);
    l->displayed = r.display;
    if (r.display)
        display_gap(l, r.display, false);
}

/* Two lines of a paragraph stay together at either end. */
static bool keeps(size_t line, size_t n, unsigned flags)
{
    if (flags & PARA_KEEP)
        return true;
    return !(flags & PARA_LOOSE) && line + 1 < n && (line == 0 || line + 2 == n);
}

void pdf_needs(lay *l, double least, double most)
{
    double inset = l->full - l->at.w;
    l->least = least + inset > l->least ? least + inset : l->least;
    l->most = most + inset > l->most ? most + inset : l->most;
}

/* The longest part without a break, and the longest line without any but forced ones. */
static void measure_para(lay *l)
{
    para *p = &l->para;
    double line = 0, solid = 0, least = 0, most = 0;
    pdf_items(l, false, true, INFINITY);
    for (size_t i = 0; i < p->items.n; i++) {
        const break_item *it = &p->items.p[i];
        bool forced = it->kind == BREAK_PENALTY && it->penalty <= BREAK_FORCED;
        bool fixed = it->kind == BREAK_PENALTY && it->penalty >= BREAK_NEVER;
        solid = it->kind == BREAK_BOX ? solid + it->width : fixed ? solid : 0;
        line = forced ? 0 : it->kind == BREAK_PENALTY ? line : line + it->width;
        least = solid > least ? solid : least;
        most = line > most ? line : most;
    }
    pdf_needs(l, least + p->hang, most + p->hang);
}

void pdf_para_goes_on(lay *l)
{
    if (!l->nomem && !l->measuring && l->flow->items.n)
        l->flow->items.p[l->flow->items.n - 1].space_after = true;
}

void pdf_para_set(lay *l, enum look_align align, unsigned flags)
{
    para *p = &l->para;
    if (p->words.n == 0 || l->nomem)
        return;
    p->words.p[p->words.n - 1].end = END_NONE;
    if (l->measuring) {
        measure_para(l);
        return;
    }
    find_lines(l, align != LOOK_JUSTIFY, !l->opt->no_hyphenate && !(flags & PARA_KEEP), l->at.w - p->hang);
    if ((flags & PARA_KEEP) && align != LOOK_JUSTIFY && !l->nomem)
        balance(l, l->at.w - p->hang);
    if (l->nomem)
        return;
    double baseline = baseline_of(l);
    size_t n = p->room.lines.n, next_dest = 0;
    p->free = HUGE_VAL;
    for (size_t i = 0; i < n && !l->nomem; i++) {
        set_line(l, i, align, baseline, &next_dest);
        if (keeps(i, n, flags))
            pdf_keep_last(l);
        if (l->flow == &l->main && (i & 63) == 63)
            pdf_pages_feed(l, false);
    }
    show_dests(l, &next_dest, SIZE_MAX);
}
