/* para.c - the words of a paragraph to lines: break items, the passes of optimum fit, and the strips. */
#include "base/world.h"
#include "write/pdf/layout.h"
#include <math.h>
#include <string.h>

enum { WORD_ROOM = 1100, MIN_HYPHENATED = 5 };
enum mark { MARK_NONE, MARK_ANY, MARK_CJK, MARK_BREAK, MARK_HYPHEN };

/* Demerits are squares: a break at a hyphen costs as much as a line stretched by 0.8, one inside a
 * word that has no such place is the last resort. */
enum { COST_HYPHEN = 50, COST_BREAK = 45, COST_ADDRESS = 70, COST_ANY = 3000 };
static const float fil = 1e6f;
static const double loosest = 3.2;                       /* lines stretched beyond that are set ragged instead */

/* ---- where words divide ---- */

static const hyphens *hyphens_for(lay *l, ofp_str lang)
{
    const char *file = l->opt->no_hyphenate ? NULL : pdf_hyphens_file(lang);
    for (size_t i = 0; file && i < l->hyphs.n; i++)
        if (l->hyphs.p[i].file == file)
            return l->hyphs.p[i].ok ? &l->hyphs.p[i].h : NULL;
    if (!file)
        return NULL;
    hyph_file *f = PUSH(l, l->hyphs);
    const ofp_world *w = ofp_world_or_os(l->opt->world);
    const char *home = w->home(w->user);
    ofp_buf bytes = { 0 };
    ofp_err ignored = { 0 };                              /* no patterns: words stay whole */
    ofp_str path = ofp_arena_printf(l->arena, "%s/hyph/%s", home ? home : ".", file);
    hyph_file read = { .file = file };
    read.ok = path.p && w->read_file(w->user, path.p, 1 << 26, &bytes, &ignored) &&
              pdf_hyphens_open(&read.h, ofp_buf_take(&bytes, l->arena));
    ofp_buf_free(&bytes);
    *f = read;
    return read.ok && !l->nomem ? &l->hyphs.p[l->hyphs.n - 1].h : NULL;
}

typedef struct splitter {
    lay *l;
    const word *w;
    const span *s;
    const hyphens *h;                                     /* NULL: hyphens of the text alone */
    unsigned char mark[WORD_ROOM];                        /* enum mark, of the break before each byte */
    float advance[WORD_ROOM];                             /* width of the cluster that begins at each byte */
} splitter;

static void mark_hyphens(splitter *sp, size_t from, size_t to)
{
    unsigned char at[HYPHEN_MAX_WORD];
    size_t n = pdf_hyphenate(sp->h, ofp_str_sub(sp->w->text, from, to - from), at);
    for (size_t i = 0; i < n; i++)
        sp->mark[from + at[i]] = MARK_HYPHEN;
}

/* Acronyms stay whole. */
static bool has_lower(ofp_str t)
{
    for (size_t i = 0; i < t.n; )
        if (!ofp_is_upper(ofp_utf8_next(t, &i)))
            return true;
    return false;
}

static void letters_end(splitter *sp, size_t from, size_t to, size_t count)
{
    if (count >= MIN_HYPHENATED && sp->h && has_lower(ofp_str_sub(sp->w->text, from, to - from)))
        mark_hyphens(sp, from, to);
}

/* Breaks between characters, and hyphens inside the runs of letters. */
static void mark_breaks(splitter *sp, bool verbatim)
{
    ofp_str t = sp->w->text;
    uint32_t before = 0, last = 0;
    size_t run = 0, count = 0, i = 0;
    while (i < t.n) {
        size_t at = i;
        uint32_t cp = ofp_utf8_next(t, &i);
        if (pdf_break_between(before, last, cp, verbatim))
            sp->mark[at] = ofp_is_cjk(cp) || ofp_is_cjk(last) ? MARK_CJK : MARK_BREAK;
        if (ofp_is_letter(cp) && !ofp_is_cjk(cp)) {
            run = count++ ? run : at;
        } else {
            letters_end(sp, run, at, count);
            count = 0;
        }
        before = last;
        last = cp;
    }
    letters_end(sp, run, t.n, count);
}

static void note_advances(splitter *sp)
{
    const type_shape *s = sp->w->shape;
    const char *start = s->n ? s->runs[0].text.p : NULL;
    for (size_t i = 1; i < s->n; i++)
        start = s->runs[i].text.p < start ? s->runs[i].text.p : start;
    memset(sp->advance, 0, (sp->w->text.n + 1) * sizeof *sp->advance);
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->runs[i].n; k++) {
            size_t at = (size_t)(s->runs[i].text.p - start) + s->runs[i].glyphs[k].cluster;
            if (at < sp->w->text.n)
                sp->advance[at] += s->runs[i].glyphs[k].advance;
        }
}

static void mark_word(splitter *sp, double measure)
{
    const word *w = sp->w;
    memset(sp->mark, MARK_NONE, w->text.n + 1);
    bool verbatim = sp->s->verbatim || (!w->plain && w->text.n > 6 && pdf_is_verbatim(w->text));
    if (w->width > measure)
        for (size_t i = 1; i < w->text.n; i++)
            sp->mark[i] = sp->advance[i] > 0 ? MARK_ANY : MARK_NONE;
    if (verbatim || w->nsoft)
        sp->h = NULL;
    for (size_t i = 0; i < w->nsoft; i++)
        sp->mark[w->soft[i] < w->text.n ? w->soft[i] : 0] = MARK_HYPHEN;
    mark_breaks(sp, verbatim);
    sp->mark[0] = MARK_NONE;
}

/* ---- break items ---- */

static void put_item(lay *l, break_item it, piece pc)
{
    break_item *i = PUSH(l, l->para.items);
    *i = it;
    piece *p = PUSH(l, l->para.pieces);
    *p = pc;
}

static const piece no_piece = { UINT32_MAX, 0, 0 };

static void put_box(lay *l, double width, unsigned w, size_t a, size_t b)
{
    put_item(l, (break_item){ .kind = BREAK_BOX, .width = (float)width }, (piece){ w, (unsigned)a, (unsigned)b });
}

static void put_penalty(lay *l, int cost, double width, bool flagged)
{
    put_item(l, (break_item){ .kind = BREAK_PENALTY, .width = (float)width, .penalty = (short)cost, .flagged = flagged }, no_piece);
}

static void put_glue(lay *l, double width, double stretch, double shrink)
{
    put_item(l, (break_item){ .kind = BREAK_GLUE, .width = (float)width, .stretch = (float)stretch,
                              .shrink = (float)shrink }, no_piece);
}

static void put_mark(lay *l, enum mark m, const span *s)
{
    switch (m) {
    case MARK_NONE:   return;
    case MARK_ANY:    put_penalty(l, COST_ANY, 0, false); return;
    case MARK_CJK:    put_glue(l, 0, s->size * 0.05, 0); return;
    case MARK_BREAK:  put_penalty(l, s->verbatim ? COST_ADDRESS : COST_BREAK, 0, true); return;
    case MARK_HYPHEN: put_penalty(l, COST_HYPHEN, pdf_text_shape(l, s, OFP_STR("-"))->width * s->size, true); return;
    }
}

static void put_word(splitter *sp, unsigned no, double measure)
{
    lay *l = sp->l;
    const word *w = &l->para.words.p[no];
    if (!w->shape || (w->plain && w->width <= measure && (!sp->h || w->text.n < MIN_HYPHENATED)) || w->text.n >= WORD_ROOM - 1) {
        put_box(l, w->width, no, 0, w->text.n);
        return;
    }
    sp->w = w;
    note_advances(sp);
    mark_word(sp, measure);
    size_t from = 0;
    double width = 0;
    for (size_t i = 0; i < w->text.n; i++) {
        if (sp->mark[i]) {
            put_box(l, width, no, from, i);
            put_mark(l, (enum mark)sp->mark[i], sp->s);
            from = i;
            width = 0;
        }
        width += sp->advance[i] * sp->s->size;
    }
    put_box(l, width, no, from, w->text.n);
}

static void put_end(lay *l, const word *w, bool ragged)
{
    double b = w->blank;
    switch ((enum word_end)w->end) {
    case END_NONE:  return;
    case END_MAYBE: put_penalty(l, 0, 0, false); return;
    case END_FIXED: put_penalty(l, BREAK_NEVER, 0, false); put_glue(l, b, ragged ? 0 : b * 0.25, ragged ? 0 : b * 0.2); return;
    case END_BLANK: put_glue(l, b, ragged ? 0 : b * 0.5, ragged ? 0 : b * 0.32); return;
    case END_LINE:
        put_penalty(l, BREAK_NEVER, 0, false);
        put_glue(l, 0, fil, 0);
        put_penalty(l, BREAK_FORCED, 0, false);
        return;
    }
}

static void build_items(lay *l, bool hyphenate, bool ragged, double measure)
{
    para *p = &l->para;
    splitter sp = { .l = l };
    p->items.n = p->pieces.n = 0;
    if (p->indent - p->hang != 0)
        put_item(l, (break_item){ .kind = BREAK_BOX, .width = (float)(p->indent - p->hang) }, no_piece);
    for (size_t i = 0; i < p->words.n && !l->nomem; i++) {
        const span *s = &p->spans.p[p->words.p[i].span];
        if (!sp.s || s->lang.p != sp.s->lang.p || i == 0)
            sp.h = hyphenate ? hyphens_for(l, s->lang) : NULL;
        const hyphens *h = sp.h;
        sp.s = s;
        sp.h = s->verbatim ? NULL : h;
        put_word(&sp, (unsigned)i, measure);
        sp.h = h;
        put_end(l, &p->words.p[i], ragged);
    }
    put_penalty(l, BREAK_NEVER, 0, false);
    put_glue(l, 0, fil, 0);
    put_penalty(l, BREAK_FORCED, 0, false);
}

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
    build_items(l, false, ragged, measure);
    if (hyphenate) {
        if (l->nomem || attempt(l, measure, ragged ? 2.5 : 1.1, rag, false))
            return;
        build_items(l, true, ragged, measure);
    }
    if (l->nomem || (!ragged && attempt(l, measure, 2.4, 0, false)) || l->nomem)
        return;
    attempt(l, measure, 0, ragged ? rag : measure * 0.1, true);
}

/* Titles: as narrow as they can be without another line, so that no word is left alone at the end. */
static void balance(lay *l, double measure)
{
    enum { STEPS = 6, MOST_LINES = 6 };
    size_t n = l->para.room.lines.n;
    double lo = measure / 2, hi = measure, rag = measure * 0.12;
    if (n < 2 || n > MOST_LINES)
        return;
    for (int i = 0; i < STEPS && !l->nomem; i++) {
        double mid = (lo + hi) / 2;
        if (attempt(l, mid, 0, rag, false) && l->para.room.lines.n <= n)
            hi = mid;
        else
            lo = mid;
    }
    attempt(l, hi, 0, rag, true);
}

/* ---- lines ---- */

static void add_glue(segment *s, const break_item *it)
{
    if (it->stretch >= fil)
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
        s->level = s->shape->n && s->shape->runs[0].rtl ? 1 : p->rtl ? 2 : 0;
        if (s->hyphen)
            s->width += pdf_text_shape(l, sp, OFP_STR("-"))->width * sp->size;
    }
}

/* Rule L2 of UAX #9: from the highest level down, each run at that level or above is turned round. */
static void order_segments(lay *l)
{
    para *p = &l->para;
    p->order.n = 0;
    for (size_t i = 0; i < p->segs.n; i++)
        *(unsigned *)PUSH(l, p->order) = (unsigned)i;
    for (unsigned char level = 2; level >= 1 && !l->nomem && p->has_rtl; level--)
        for (size_t i = 0; i < p->order.n; i++) {
            size_t k = i;
            while (k < p->order.n && p->segs.p[p->order.p[k]].level >= level)
                k++;
            for (size_t a = i, b = k; a + 1 < b; a++) {
                unsigned t = p->order.p[a];
                p->order.p[a] = p->order.p[--b];
                p->order.p[b] = t;
            }
            i = k;
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
            unsigned next = p->order.p[i + 1];
            x += gap_after(&p->segs.p[no < next ? no : next], adj);
        }
    }
    return x;
}

static void show_image(lay *l, const word *w, const span *s, double x, double y)
{
    pdf_item *it = pdf_item_new(l, PDF_IMAGE);
    it->image = w->image;
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
    if (!w->shape) {
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

/* What a tall picture adds above the line. */
static double extra_height(const para *p, double baseline)
{
    double most = 0;
    for (size_t i = 0; i < p->segs.n; i++) {
        const word *w = &p->words.p[p->segs.p[i].word];
        most = !w->shape && w->height > most ? w->height : most;
    }
    return most > baseline ? most - baseline + 2 : 0;
}

static void show_dests(lay *l, size_t *next, size_t end_word)
{
    para *p = &l->para;
    for (; *next < p->dests.n && p->dests.p[*next].word < end_word; ++*next)
        pdf_dest_here(l, p->dests.p[*next].name);
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
    shape_segments(l);
    order_segments(l);
    double width = place_segments(l, adjustment(p, measure - natural_width(p), align == LOOK_JUSTIFY && !last));
    bool right = align == LOOK_RIGHT || (p->rtl && align != LOOK_CENTRE);
    double x = l->at.x + (right ? measure - width : align == LOOK_CENTRE ? hang + (measure - width) / 2 : hang);
    double extra = extra_height(p, baseline), y = -(baseline + extra);
    pdf_strip(l, p->lead + extra);
    show_dests(l, next_dest, p->segs.n ? p->segs.p[p->segs.n - 1].word + 1 : SIZE_MAX);
    pdf_labels(l, y);
    for (size_t i = 0; i < p->segs.n; i++)
        show_segment(l, &p->segs.p[i], x + p->segs.p[i].x, y);
    show_decor(l, DECOR_UNDER, x, y);
    show_decor(l, DECOR_STRIKE, x, y);
    show_links(l, x, y);
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
    build_items(l, false, true, INFINITY);
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
    for (size_t i = 0; i < n && !l->nomem; i++) {
        set_line(l, i, align, baseline, &next_dest);
        if (keeps(i, n, flags))
            pdf_keep_last(l);
        if (l->flow == &l->main && (i & 63) == 63)
            pdf_pages_feed(l, false);
    }
    show_dests(l, &next_dest, SIZE_MAX);
}
