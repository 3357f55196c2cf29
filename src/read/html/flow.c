/* flow.c - white space, line breaks and paragraphs, after CSS Text 3 section 4 as browsers do it.
 *
 * A space is written when the next word comes, at the outermost place between the two words, so that
 * "<b>a </b>b" and "a<b> b</b>" both have it outside of the bold.  Inline elements are written when
 * their first word comes and again in each further paragraph that they span. */
#include "html.h"
#include "base/array.h"

#define MAX_BLOCK_DEPTH (OFP_MAX_DEPTH - 50)
#define MAX_WRAPS 24            /* inlines in one another; more say nothing to a reader */

static bool blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void add_code(reader *r, ofp_str text)
{
    ofp_node *n = ofp_add(r->d, r->f.inl, OFP_CODE);
    ofp_set_text(n, text);
    if (r->code->tag == T_KBD || r->code->tag == T_SAMP)
        ofp_add_class(r->d, n, r->code->name);
}

/* Moves the text gathered so far into the model. */
static void flush(reader *r)
{
    if (!r->text.n)
        return;
    ofp_str text = ofp_arena_dup(r->a, ofp_buf_str(&r->text));
    r->text.n = 0;
    if (r->code)
        add_code(r, text);
    else
        ofp_add_text(r->d, r->f.inl, text);
}

static void close_para(reader *r)
{
    flush(r);
    struct flow *f = &r->f;
    f->para = f->inl = NULL;
    f->space = f->started = f->filled = false;
    f->breaks = 0;
    r->w.live = r->w.base;
}

void flow_end_para(reader *r)
{
    if (r->f.fixed)
        r->f.space = true;
    else
        close_para(r);
}

/* One br is a line break, more of them part paragraphs; at the end of a paragraph they are nothing. */
static void settle_breaks(reader *r)
{
    struct flow *f = &r->f;
    unsigned n = f->breaks;
    f->breaks = 0;
    if (!f->filled)
        return;
    if (n > 1 && !f->fixed) {
        close_para(r);
        return;
    }
    flush(r);
    ofp_add(r->d, f->inl, OFP_LINEBREAK);
    f->space = f->started = false;
}

static void open_para(reader *r)
{
    struct flow *f = &r->f;
    f->para = f->inl = ofp_add(r->d, f->block, f->tight ? OFP_PLAIN : OFP_PARA);
    if (r->line)
        ofp_set_line(f->para, r->line);
}

static bool is_deeper(const dom *el, const dom *outer)
{
    return el && outer && el->tag == outer->tag && DOM_IS(el, T_EM, T_STRONG);
}

/* Bold in bold and the like are said once.  In a fragment, em and strong mean more for each of their own kind around
 * them (HTML standard 4.5.2 and 4.5.3); in a page they were left there by its editor, and nobody sees them. */
static bool is_doubled(const reader *r, size_t at)
{
    enum ofp_type t = r->wraps[at].type;
    if (t == OFP_SPAN || t == OFP_QUOTED)
        return false;
    for (size_t i = r->w.base; i < at; i++)
        if (r->wraps[i].type == t && (r->hints || !is_deeper(r->wraps[at].el, r->wraps[i].el)))
            return true;
    return false;
}

static void make_wraps_live(reader *r)
{
    if (r->w.live == r->nwraps)
        return;
    flush(r);
    for (size_t i = r->w.live; i < r->nwraps; i++) {
        struct wrap *w = &r->wraps[i];
        w->outer = r->f.inl;
        ofp_node *n = i - r->w.base < MAX_WRAPS && !is_doubled(r, i) ? flow_wrap_node(r, w, r->f.inl) : NULL;
        if (n)
            r->f.inl = n;
        w->used = true;
    }
    r->w.live = r->nwraps;
}

static void put_anchors(reader *r)
{
    for (size_t i = 0; i < r->nanchors; i++) {
        ofp_node *n = ofp_add(r->d, r->f.inl, OFP_SPAN);
        ofp_set_id(r->d, n, r->anchors[i]);
    }
    r->nanchors = 0;
}

/* Everything is ready for a word when this returns. */
static void begin(reader *r)
{
    struct flow *f = &r->f;
    if (f->breaks)
        settle_breaks(r);
    if (!f->para)
        open_para(r);
    if (f->space && f->started) {
        if (r->code && !r->text.n)
            ofp_add_text(r->d, f->inl, OFP_STR(" "));
        else
            ofp_buf_putc(&r->text, ' ');
    }
    f->space = false;
    f->started = f->filled = true;
    make_wraps_live(r);
    if (r->nanchors) {
        flush(r);
        put_anchors(r);
    }
}

/* Code in a fragment is as it was written, but for line ends. */
static void literal_code(reader *r, ofp_str s)
{
    begin(r);
    for (size_t i = 0; i < s.n; i++)
        ofp_buf_putc(&r->text, blank(s.p[i]) ? ' ' : s.p[i]);
}

/* U+FEFF within a text is a byte order mark that got lost there. */
static void text_around_marks(reader *r, ofp_str s, size_t at)
{
    for (; at != SIZE_MAX; at = ofp_str_find(s, OFP_STR("\uFEFF"), 0)) {
        flow_text(r, ofp_str_sub(s, 0, at));
        s = ofp_str_sub(s, at + 3, SIZE_MAX);
    }
    flow_text(r, s);
}

void flow_text(reader *r, ofp_str s)
{
    size_t mark = ofp_str_find(s, OFP_STR("\uFEFF"), 0);
    if (mark != SIZE_MAX) {
        text_around_marks(r, s, mark);
        return;
    }
    if (r->code && !r->hints && s.n) {
        literal_code(r, s);
        return;
    }
    ofp_str words = ofp_str_trim(s);        /* most white space of a page indents its lines */
    r->f.space |= words.p > s.p;
    for (size_t i = 0; i < words.n; ) {
        if (blank(words.p[i])) {
            r->f.space = true;
            i++;
            continue;
        }
        size_t from = i;
        while (i < words.n && !blank(words.p[i]))
            i++;
        begin(r);
        ofp_buf_add(&r->text, (ofp_str){ words.p + from, i - from });
    }
    r->f.space |= words.p + words.n < s.p + s.n;
}

void flow_literal(reader *r, ofp_str s)
{
    begin(r);
    ofp_buf_add(&r->text, s);
}

void flow_break(reader *r)
{
    r->f.breaks++;
    r->f.space = false;
}

void flow_leaf(reader *r, ofp_node *leaf)
{
    begin(r);
    flush(r);
    ofp_append(r->f.inl, leaf);
}

void flow_code(reader *r, const dom *code)
{
    flush(r);
    r->code = code;
    r->code_wraps = r->nwraps;
}

void flow_anchor(reader *r, ofp_str id)
{
    ofp_str *all = ofp_arena_grow(r->tmp, r->anchors, r->nanchors, &r->anchors_cap, sizeof *all);
    if (!all)
        return;
    r->anchors = all;
    r->anchors[r->nanchors++] = html_keep(r, id);
}

/* ---- inline elements ---------------------------------------------------------------------- */

void flow_push(reader *r, const dom *el, enum ofp_type type)
{
    struct wrap *all = ofp_arena_grow(r->tmp, r->wraps, r->nwraps, &r->wraps_cap, sizeof *all);
    if (!all)
        return;
    r->wraps = all;
    r->wraps[r->nwraps++] = (struct wrap){ .el = el, .type = type };
}

void flow_pop(reader *r)
{
    if (r->nwraps == r->w.base)         /* the push ran out of memory */
        return;
    struct wrap *w = &r->wraps[r->nwraps - 1];
    if (r->w.live == r->nwraps) {
        flush(r);
        r->f.inl = w->outer;
        r->w.live--;
    }
    if (!w->used && w->el && html_is_target(r, html_id(w->el)))
        flow_anchor(r, html_id(w->el));
    r->nwraps--;
}

bool flow_in(const reader *r, enum ofp_type type)
{
    for (size_t i = r->w.base; i < r->nwraps; i++)
        if (r->wraps[i].type == type)
            return true;
    return false;
}

/* ---- blocks --------------------------------------------------------------------------------- */

ofp_node *flow_block(reader *r, enum ofp_type type, const dom *el)
{
    flow_end_para(r);
    if (r->f.depth >= MAX_BLOCK_DEPTH) {
        if (!r->warned)
            ofp_warn(r->d, OFP_D_DEPTH_LIMIT, el->line, "nested deeper than %d; kept flat", MAX_BLOCK_DEPTH);
        r->warned = true;
        return NULL;
    }
    ofp_node *n = ofp_add(r->d, r->f.block, type);
    ofp_set_line(n, el->line);
    return n;
}

static int depth_below(const ofp_node *from, const ofp_node *to)
{
    int n = 0;
    for (; from && from != to; from = ofp_parent(from))
        n++;
    return n;
}

struct flow flow_enter(reader *r, ofp_node *block, bool tight)
{
    close_para(r);
    struct flow saved = r->f;
    r->f = (struct flow){ .block = block, .tight = tight, .depth = saved.depth + depth_below(block, saved.block) };
    return saved;
}

struct flow flow_enter_fixed(reader *r, ofp_node *inlines)
{
    struct flow saved = flow_enter(r, inlines, false);
    r->f.para = r->f.inl = inlines;
    r->f.fixed = true;
    return saved;
}

void flow_leave(reader *r, struct flow saved)
{
    close_para(r);
    r->f = saved;
}

/* ---- notes ---------------------------------------------------------------------------------- */

/* A note's blocks stand inside a paragraph that goes on after them, and outside of what is open in it. */
struct flow flow_enter_note(reader *r, ofp_node *note, struct wrap_range *wraps)
{
    flush(r);
    struct flow saved = r->f;
    *wraps = r->w;
    r->w.base = r->w.live = r->nwraps;
    r->f = (struct flow){ .block = note, .depth = saved.depth + depth_below(note, saved.block) };
    return saved;
}

void flow_leave_note(reader *r, struct flow saved, struct wrap_range wraps)
{
    close_para(r);
    r->f = saved;
    r->w = wraps;
}
