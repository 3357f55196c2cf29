/* columns.c - how wide a table's columns are: as their content asks (CSS 2.2, 17.5.2.2), smaller where
 * that does not fit. */
#include "write/pdf/table.h"
#include <math.h>

enum { NUMBER_LENGTH = 24 };

/* Rungs of the ladder that a wide table climbs down: type, distance between columns, and whether it may
 * reach out into the page's side margins. */
static const struct { double scale, gap; bool wide; } rungs[] = {
    { 1, 1.1, false }, { 0.93, 0.9, false }, { 0.93, 0.9, true }, { 0.86, 0.75, true }, { 0.79, 0.6, true }, { 0.72, 0.5, true },
};
const double pdf_widest_gap = 1.1;
enum { NRUNGS = sizeof rungs / sizeof *rungs };
static const double smallest = 6.5;                      /* pt */

/* ---- measuring ---- */

void pdf_enter_cell(table *t, const cell *c)
{
    lay *l = t->l;
    l->at.body = LOOK_CELL;
    l->at.level = l->at.bullets = 0;
    l->at.tight = !ofp_next(ofp_first(c->node));         /* a single paragraph needs no distance */
    l->at.scale *= t->scale;
    l->at.flags = c->head ? TYPE_BOLD : 0;
}

static void measure_cell(table *t, cell *c)
{
    lay *l = t->l;
    place saved = l->at;
    double full = l->full, least = l->least, most = l->most;
    bool measuring = l->measuring;
    l->measuring = true;
    l->full = l->at.w = l->sheet.measure;
    l->least = l->most = 0;
    if (ofp_first(c->node)) {
        pdf_enter_cell(t, c);
        pdf_blocks(l, c->node);
    }
    c->least = l->least;
    c->most = l->most;
    l->measuring = measuring;
    l->full = full;
    l->least = least;
    l->most = most;
    l->at = saved;
}

/* A number, perhaps with a unit's sign: such columns are set to the right. */
static bool is_number(lay *l, const ofp_node *n)
{
    ofp_str s = ofp_str_trim(ofp_plain_text(l->arena, n));
    bool digit = false;
    if (s.n > NUMBER_LENGTH)
        return false;
    for (size_t i = 0; i < s.n; ) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (cp >= '0' && cp <= '9')
            digit = true;
        else if (ofp_is_letter(cp) || cp == '/' || cp == ':' || (cp == '-' && digit))
            return false;
    }
    return digit || s.n == 0;
}

static void widen(table *t, const cell *c, double need, bool least)
{
    double have = t->gap * (double)(c->colspan - 1);
    for (size_t i = c->col; i < c->col + c->colspan; i++)
        have += least ? t->cols.p[i].least : t->cols.p[i].most;
    for (size_t i = c->col; i < c->col + c->colspan && need > have; i++) {
        double *w = least ? &t->cols.p[i].least : &t->cols.p[i].most;
        *w += (need - have) / (double)c->colspan;
    }
}

void pdf_measure_columns(table *t)
{
    const ofp_col *given;
    size_t n = ofp_cols(t->node, &given);
    for (size_t i = 0; i < t->cols.n; i++) {
        t->cols.p[i].align = i < n ? given[i].align : OFP_ALIGN_DEFAULT;
        t->cols.p[i].numbers = t->cols.p[i].align == OFP_ALIGN_DEFAULT;
    }
    for (size_t i = 0; i < t->cells.n && !t->l->nomem; i++) {
        cell *c = &t->cells.p[i];
        measure_cell(t, c);
        column *k = &t->cols.p[c->col];
        if (t->rows.p[c->row].part == OFP_TBODY && k->numbers && ofp_first(c->node))
            k->numbers = c->colspan == 1 && !ofp_next(ofp_first(c->node)) && is_number(t->l, c->node);
        if (c->colspan == 1) {
            k->least = c->least > k->least ? c->least : k->least;
            k->most = c->most > k->most ? c->most : k->most;
        }
    }
    for (size_t i = 0; i < t->cells.n; i++)
        if (t->cells.p[i].colspan > 1) {
            widen(t, &t->cells.p[i], t->cells.p[i].least, true);
            widen(t, &t->cells.p[i], t->cells.p[i].most, false);
        }
}

/* ---- fitting ---- */

double pdf_columns_width(const table *t, bool least)
{
    double s = 0;
    for (size_t i = 0; i < t->cols.n; i++)
        s += least ? t->cols.p[i].least : t->cols.p[i].most;
    return s;
}

/* How many lines the fullest column takes: what its content would be in one line, by its width. */
static double fullness(const table *t)
{
    double most = 1;
    for (size_t i = 0; i < t->cols.n; i++) {
        double lines = t->cols.p[i].most * t->scale / (t->cols.p[i].w > 1 ? t->cols.p[i].w : 1);
        most = lines > most ? lines : most;
    }
    return most;
}

/* Widths that the source gives, where it gives all of them and they hold the content. */
static bool use_given(table *t, double room)
{
    const ofp_col *given;
    size_t n = ofp_cols(t->node, &given);
    double total = 0;
    for (size_t i = 0; i < n && i < t->cols.n; i++)
        total += given[i].width;
    for (size_t i = 0; i < t->cols.n; i++)
        if (i >= n || given[i].width <= 0 || given[i].width * room / (total > 1 ? total : 1) < t->cols.p[i].least * t->scale)
            return false;
    for (size_t i = 0; i < t->cols.n; i++)
        t->cols.p[i].w = given[i].width * room / (total > 1 ? total : 1);
    return true;
}

/* Between least and most, each column by the root of what it would like: narrow ones get all of it, and
 * of two long ones the longer gets more, but not so much more that the other becomes a tower. */
static double share_by(table *t, double k)
{
    double total = 0;
    for (size_t i = 0; i < t->cols.n; i++) {
        column *c = &t->cols.p[i];
        double w = k * sqrt(c->most), least = c->least * t->scale, most = c->most * t->scale;
        c->w = w < least ? least : w > most ? most : w;
        total += c->w;
    }
    return total;
}

static void share(table *t, double room)
{
    double most = pdf_columns_width(t, false) * t->scale, lo = 0, hi = room;
    if (most <= room) {                                  /* all on one line; wide tables fill the measure */
        double over = most < 0.7 * room ? 0 : (room - most) / (double)t->cols.n;
        for (size_t i = 0; i < t->cols.n; i++)
            t->cols.p[i].w = t->cols.p[i].most * t->scale + over;
        return;
    }
    for (int step = 0; step < 40; step++) {
        double mid = (lo + hi) / 2;
        if (share_by(t, mid) > room)
            hi = mid;
        else
            lo = mid;
    }
    share_by(t, lo);
}

/* Too narrow even for whole words: wide columns give way first, down to one width. */
static void squeeze(table *t, double room)
{
    double lo = 0, hi = room;
    for (int step = 0; step < 40; step++) {
        double cap = (lo + hi) / 2, total = 0;
        for (size_t i = 0; i < t->cols.n; i++)
            total += t->cols.p[i].least * t->scale < cap ? t->cols.p[i].least * t->scale : cap;
        if (total > room)
            hi = cap;
        else
            lo = cap;
    }
    for (size_t i = 0; i < t->cols.n; i++)
        t->cols.p[i].w = t->cols.p[i].least * t->scale < lo ? t->cols.p[i].least * t->scale : lo;
}

static void place_columns(table *t)
{
    double in = 0;
    for (size_t i = 0; i < t->cols.n; i++) {
        column *c = &t->cols.p[i];
        c->x = pdf_from_start(t->l, t->l->at.rtl ? in + c->w : in);
        in += c->w + t->gap;
    }
    t->width = in - t->gap;
    t->x = pdf_from_start(t->l, t->l->at.rtl ? t->width : 0);
}

static void reach_out(lay *l)
{
    double reach = pdf_reach(l);
    l->at.x -= reach;
    l->at.w += 2 * reach;
}

/* Finds the first rung that all words fit on.  False: not even a letter would fit. */
bool pdf_fit_columns(table *t)
{
    lay *l = t->l;
    double size = l->sheet.looks[LOOK_CELL].size * l->at.scale, room = 0;
    for (int i = 0; i < NRUNGS; i++) {
        t->scale = rungs[i].scale * size < smallest ? (smallest < size ? smallest / size : 1) : rungs[i].scale;
        t->gap = rungs[i].gap * size;
        if (rungs[i].wide)
            reach_out(l);
        room = l->at.w - t->gap * (double)(t->cols.n - 1);
        if (pdf_columns_width(t, true) * t->scale <= room) {
            share(t, room);
            double own = fullness(t);
            if (use_given(t, room) && fullness(t) > 1.6 * own)
                share(t, room);                          /* many writers count dashes, not words */
            place_columns(t);
            return true;
        }
    }
    pdf_warn(l, OFP_D_LAYOUT_WIDE, t->node, "table is wider than the page: words in it are broken");
    if (room < 1.6 * size * t->scale * (double)t->cols.n)
        return false;
    squeeze(t, room);
    place_columns(t);
    return true;
}
