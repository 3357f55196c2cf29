/* divide.c - words to break items: where they may be divided, and what a break there costs. */
#include "base/world.h"
#include "write/pdf/layout.h"
#include <string.h>

enum { WORD_ROOM = 1100, MIN_HYPHENATED = 5 };
enum mark { MARK_NONE, MARK_ANY, MARK_CJK, MARK_CJK_BLANK, MARK_BREAK, MARK_HYPHEN };

/* Demerits are squares: a break at a hyphen costs as much as a line stretched by 0.8, one inside a
 * word that has no such place is the last resort. */
enum { COST_HYPHEN = 50, COST_BREAK = 45, COST_ADDRESS = 70, COST_ANY = 3000 };

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
    ofp_err ignored = { 0 };                             /* no patterns: words stay whole */
    ofp_str path = ofp_arena_printf(l->arena, "%s/hyph/%s", home ? home : ".", file);
    hyph_file read = { .file = file };
    read.ok = path.p && w->read_file(w->user, path.p, 1 << 26, &bytes, &ignored) &&
              pdf_hyphens_open(&read.h, ofp_buf_take(&bytes, l->arena));
    ofp_buf_free(&bytes);
    l->nomem |= ignored.code == OFP_ENOMEM;
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
            sp->mark[at] = !ofp_is_cjk(cp) && !ofp_is_cjk(last) ? MARK_BREAK : pdf_half_blank(last, cp) ? MARK_CJK_BLANK : MARK_CJK;
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

/* Parts between breaks that no line can hold may end at any character. */
static void mark_anywhere(splitter *sp, double measure)
{
    for (size_t from = 0, to; from < sp->w->text.n; from = to) {
        double width = sp->advance[from];
        for (to = from + 1; to < sp->w->text.n && !sp->mark[to]; to++)
            width += sp->advance[to];
        for (size_t i = from + 1; i < to && width * sp->s->size > measure; i++)
            sp->mark[i] = sp->advance[i] > 0 ? MARK_ANY : MARK_NONE;
    }
}

static void mark_word(splitter *sp, double measure)
{
    const word *w = sp->w;
    memset(sp->mark, MARK_NONE, w->text.n + 1);
    bool verbatim = sp->s->verbatim || (!w->plain && w->text.n > 6 && pdf_is_verbatim(w->text));
    if (verbatim || w->nsoft)
        sp->h = NULL;
    for (size_t i = 0; i < w->nsoft; i++)
        sp->mark[w->soft[i] < w->text.n ? w->soft[i] : 0] = MARK_HYPHEN;
    mark_breaks(sp, verbatim);
    sp->mark[0] = MARK_NONE;
    if (w->width > measure)
        mark_anywhere(sp, measure);
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
    case MARK_CJK:    put_glue(l, 0, s->size * 0.07, 0); return;
    case MARK_CJK_BLANK: put_glue(l, 0, s->size * 0.12, s->size * 0.2); return;
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

/* Words in different spans with nothing between them, as links in a row may be, are as one. */
static double joined_width(const para *p, size_t from)
{
    double width = 0;
    size_t i = from;
    do
        width += p->words.p[i].width;
    while (p->words.p[i].end == END_NONE && ++i < p->words.n);
    return width;
}

static void put_end(lay *l, const word *w, bool ragged, bool too_wide)
{
    double b = w->blank;
    switch ((enum word_end)w->end) {
    case END_NONE:
        if (too_wide)
            put_penalty(l, COST_ANY, 0, false);
        return;
    case END_MAYBE: put_penalty(l, 0, 0, false); return;
    case END_FIXED: put_penalty(l, BREAK_NEVER, 0, false); put_glue(l, b, ragged ? 0 : b * 0.25, ragged ? 0 : b * 0.2); return;
    case END_BLANK:
        if (w->cost)
            put_penalty(l, w->cost, 0, false);
        put_glue(l, b, ragged ? 0 : b * 0.5, ragged ? 0 : b * 0.32);
        return;
    case END_LINE:
        put_penalty(l, BREAK_NEVER, 0, false);
        put_glue(l, 0, BREAK_FIL, 0);
        put_penalty(l, BREAK_FORCED, 0, false);
        return;
    }
}

void pdf_items(lay *l, bool hyphenate, bool ragged, double measure)
{
    para *p = &l->para;
    splitter sp = { .l = l };
    p->items.n = p->pieces.n = 0;
    if (p->indent - p->hang != 0)
        put_item(l, (break_item){ .kind = BREAK_BOX, .width = (float)(p->indent - p->hang) }, no_piece);
    bool too_wide = false, divided = false;
    for (size_t i = 0; i < p->words.n && !l->nomem; i++) {
        const span *s = &p->spans.p[p->words.p[i].span];
        if (i == 0 || p->words.p[i - 1].end != END_NONE)
            too_wide = joined_width(p, i) > measure;
        bool divide = hyphenate || too_wide;             /* better than at any letter */
        if (!sp.s || s->lang.p != sp.s->lang.p || divide != divided)
            sp.h = divide ? hyphens_for(l, s->lang) : NULL;
        divided = divide;
        const hyphens *h = sp.h;
        sp.s = s;
        sp.h = s->verbatim ? NULL : h;
        put_word(&sp, (unsigned)i, measure);
        sp.h = h;
        put_end(l, &p->words.p[i], ragged, too_wide);
    }
    put_penalty(l, BREAK_NEVER, 0, false);
    put_glue(l, 0, BREAK_FIL, 0);
    put_penalty(l, BREAK_FORCED, 0, false);
}
