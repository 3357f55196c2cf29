/* linebreak.c - optimum fit.  The breakpoints reachable so far form a graph whose cheapest path is the
 * paragraph; a node is one (breakpoint, fitness class), `active` while a line may still begin there. */
#include "write/pdf/linebreak.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Demerits after TeX's plain format (The TeXbook, chapter 14); those of the last line are our own. */
enum { LINE_COST = 10, TWO_HYPHENS = 10000, LAST_HYPHEN = 20000, CLASS_JUMP = 10000, SHORT_END = 9000 };
static const double short_end = 0.1;                      /* of the measure: a word or less */
enum { TIGHT, DECENT, LOOSE, VERY_LOOSE, NCLASSES };

/* More lines than this can begin within one measure only where breaks have next to no width between
 * them; the dearest are then given up, which keeps the work linear. */
enum { MAX_ACTIVE = 512 };

#define NONE UINT32_MAX

struct break_node {
    double cost;                         /* of the best way here */
    double width, stretch, shrink;       /* totals from the paragraph's start to the next line's */
    unsigned at, from;                   /* item; node of the line before */
    float ratio;                         /* of the line that ends here */
    unsigned char fit;
    bool flagged;
};

typedef struct totals { double width, stretch, shrink; } totals;

typedef struct breaker {
    break_room *room;
    const break_item *items;
    size_t n, nactive;
    const break_rules *rules;
    totals sum;                          /* of all items before the one looked at */
    bool nomem;
} breaker;

/* The best way to a breakpoint found so far, by the class of its last line. */
typedef struct candidate { double cost; unsigned from; float ratio; } candidate;

void pdf_break_room_free(break_room *r)
{
    free(r->nodes);
    free(r->active);
    free(r->lines.p);
    *r = (break_room){ 0 };
}

static void *grown(breaker *b, void *p, size_t *cap, size_t need, size_t size)
{
    size_t cap2 = *cap ? *cap * 2 : 64;
    if (cap2 < need)
        cap2 = need;
    void *q = cap2 <= SIZE_MAX / size ? realloc(p, cap2 * size) : NULL;
    if (!q)
        b->nomem = true;
    else
        *cap = cap2;
    return q;
}

static bool add_node(breaker *b, struct break_node node)
{
    break_room *r = b->room;
    if (r->nodes_n == r->nodes_cap) {
        struct break_node *p = grown(b, r->nodes, &r->nodes_cap, r->nodes_n + 1, sizeof *p);
        if (!p)
            return false;
        r->nodes = p;
    }
    if (b->nactive == r->active_cap) {
        unsigned *p = grown(b, r->active, &r->active_cap, b->nactive + 1, sizeof *p);
        if (!p)
            return false;
        r->active = p;
    }
    r->active[b->nactive++] = (unsigned)r->nodes_n;
    r->nodes[r->nodes_n++] = node;
    return true;
}

/* By how much the glue of a line from node a to item at must change; beyond -1 it is too long. */
static double line_ratio(const breaker *b, const struct break_node *a, size_t at)
{
    const break_item *it = &b->items[at];
    double width = b->sum.width - a->width + (it->kind == BREAK_PENALTY ? it->width : 0);
    double slack = b->rules->measure - width;
    if (slack >= 0) {
        double stretch = b->sum.stretch - a->stretch + b->rules->extra;
        return stretch > 0 ? slack / stretch : slack > 1e-6 * b->rules->measure ? INFINITY : 0;
    }
    double shrink = b->sum.shrink - a->shrink;
    if (shrink > 0)
        return slack / shrink;
    return slack > -1e-6 * b->rules->measure ? 0 : -INFINITY;    /* rounding alone */
}

static unsigned char class_of(double ratio)
{
    return ratio < -0.5 ? TIGHT : ratio <= 0.5 ? DECENT : ratio <= 1 ? LOOSE : VERY_LOOSE;
}

static double demerits(const breaker *b, const struct break_node *a, size_t at, double ratio)
{
    const break_item *it = &b->items[at];
    double r = fabs(ratio) > 40 ? 40 : fabs(ratio);
    double d = LINE_COST + 100 * r * r * r;
    bool flagged = it->kind == BREAK_PENALTY && it->flagged;
    d *= d;
    if (it->kind == BREAK_PENALTY && it->penalty > BREAK_FORCED)
        d += (double)it->penalty * it->penalty * (it->penalty < 0 ? -1 : 1);
    if (a->flagged && flagged)
        d += TWO_HYPHENS;
    if (at + 1 == b->n && a->from != NONE) {
        d += a->flagged ? LAST_HYPHEN : 0;
        d += b->sum.width - a->width < short_end * b->rules->measure ? SHORT_END : 0;
    }
    if (abs((int)a->fit - (int)class_of(ratio)) > 1)
        d += CLASS_JUMP;
    return d;
}

/* The totals where the line after a break at item at begins: past the glue and penalties that vanish
 * at a line's start, up to a box or the next forced break. */
static totals after_break(const breaker *b, size_t at)
{
    totals t = b->sum;
    for (size_t i = at; i < b->n; i++) {
        const break_item *it = &b->items[i];
        if (it->kind == BREAK_BOX || (it->kind == BREAK_PENALTY && it->penalty <= BREAK_FORCED && i > at))
            break;
        if (it->kind == BREAK_GLUE) {
            t.width += it->width;
            t.stretch += it->stretch;
            t.shrink += it->shrink;
        }
    }
    return t;
}

static bool add_candidates(breaker *b, size_t at, const candidate best[NCLASSES])
{
    totals t = after_break(b, at);
    double least = INFINITY;
    for (int c = 0; c < NCLASSES; c++)
        least = best[c].cost < least ? best[c].cost : least;
    for (int c = 0; c < NCLASSES; c++) {
        /* A way that is dearer by more than a class jump can never win. */
        if (best[c].from == NONE || best[c].cost > least + CLASS_JUMP)
            continue;
        struct break_node node = { best[c].cost, t.width, t.stretch, t.shrink, (unsigned)at, best[c].from,
            best[c].ratio, (unsigned char)c, b->items[at].kind == BREAK_PENALTY && b->items[at].flagged };
        if (!add_node(b, node))
            return false;
    }
    return true;
}

static void offer(candidate *c, double cost, unsigned from, double ratio)
{
    if (c->from == NONE || cost < c->cost)
        *c = (candidate){ cost, from, (float)ratio };
}

/* Drops the dearest half of the active nodes, keeping their order. */
static void thin_out(breaker *b)
{
    unsigned *a = b->room->active;
    double sum = 0, least = INFINITY;
    for (size_t i = 0; i < b->nactive; i++) {
        double cost = b->room->nodes[a[i]].cost;
        sum += cost;
        least = cost < least ? cost : least;
    }
    double bound = sum / (double)b->nactive;
    size_t kept = 0, limit = MAX_ACTIVE / 2;
    for (size_t i = 0; i < b->nactive; i++) {
        double cost = b->room->nodes[a[i]].cost;
        if (cost <= least || (cost <= bound && kept < limit))
            a[kept++] = a[i];
    }
    b->nactive = kept < MAX_ACTIVE ? kept : MAX_ACTIVE - 1;
}

/* Looks at a break at item at from every active node. */
static bool try_break(breaker *b, size_t at)
{
    const break_item *it = &b->items[at];
    bool forced = it->kind == BREAK_PENALTY && it->penalty <= BREAK_FORCED;
    double limit = b->rules->tolerance > 0 ? b->rules->tolerance : INFINITY;
    candidate best[NCLASSES] = { { 0, NONE, 0 }, { 0, NONE, 0 }, { 0, NONE, 0 }, { 0, NONE, 0 } };
    for (int c = 0; c < NCLASSES; c++)
        best[c].cost = INFINITY;
    unsigned *active = b->room->active, last = NONE;
    size_t kept = 0;
    bool found = false;
    for (size_t i = 0; i < b->nactive; i++) {
        const struct break_node *a = &b->room->nodes[active[i]];
        double r = line_ratio(b, a, at);
        bool fits = r >= -1;
        if (fits && (r <= limit || (!isfinite(limit)))) {
            offer(&best[class_of(r)], a->cost + demerits(b, a, at, r), active[i], r);
            found = true;
        }
        last = active[i];
        if (fits && !forced)
            active[kept++] = active[i];
    }
    b->nactive = kept;
    if (!found && !kept && b->rules->must && last != NONE)  /* a box wider than the line, alone */
        offer(&best[TIGHT], b->room->nodes[last].cost + 1e9, last, -1);
    if (!add_candidates(b, at, best))
        return false;
    if (b->nactive > MAX_ACTIVE)
        thin_out(b);
    return b->nactive > 0;
}

static bool is_break(const break_item *items, size_t i)
{
    if (items[i].kind == BREAK_PENALTY)
        return items[i].penalty < BREAK_NEVER;
    return items[i].kind == BREAK_GLUE && i > 0 && items[i - 1].kind == BREAK_BOX;
}

static bool run(breaker *b)
{
    if (!add_node(b, (struct break_node){ .from = NONE, .fit = DECENT }))
        return false;
    for (size_t i = 0; i < b->n; i++) {
        const break_item *it = &b->items[i];
        if (is_break(b->items, i) && !try_break(b, i))
            return false;
        if (it->kind == BREAK_PENALTY)
            continue;
        b->sum.width += it->width;
        b->sum.stretch += it->kind == BREAK_GLUE ? it->stretch : 0;
        b->sum.shrink += it->kind == BREAK_GLUE ? it->shrink : 0;
    }
    return true;
}

static size_t line_start(const breaker *b, size_t at)
{
    size_t i = at + 1;
    while (i < b->n && b->items[i].kind != BREAK_BOX &&
           !(b->items[i].kind == BREAK_PENALTY && b->items[i].penalty <= BREAK_FORCED))
        i++;
    return i;
}

/* Reads the cheapest path backwards into room->lines. */
static bool collect(breaker *b)
{
    break_room *r = b->room;
    unsigned best = r->active[0];
    for (size_t i = 1; i < b->nactive; i++)
        if (r->nodes[r->active[i]].cost < r->nodes[best].cost)
            best = r->active[i];
    size_t count = 0;
    for (unsigned i = best; r->nodes[i].from != NONE; i = r->nodes[i].from)
        count++;
    if (count > r->lines.cap) {
        break_line *p = grown(b, r->lines.p, &r->lines.cap, count, sizeof *p);
        if (!p)
            return false;
        r->lines.p = p;
    }
    r->lines.n = count;
    for (unsigned i = best; count > 0; i = r->nodes[i].from) {
        unsigned from = r->nodes[i].from;
        size_t start = r->nodes[from].from == NONE ? 0 : line_start(b, r->nodes[from].at);
        r->lines.p[--count] = (break_line){ start, r->nodes[i].at, r->nodes[i].ratio };
    }
    return true;
}

bool pdf_break(break_room *room, const break_item *items, size_t n, const break_rules *rules, bool *nomem)
{
    breaker b = { .room = room, .items = items, .n = n, .rules = rules };
    room->nodes_n = room->lines.n = 0;
    bool ok = n == 0 || (n < UINT32_MAX / 2 && run(&b) && collect(&b));
    if (b.nomem)
        *nomem = true;
    return ok && !b.nomem;
}
