/* plain_inline.c - inlines as one string. */
#include "write/plain.h"
#include "base/array.h"
#include "doctools/formula_text.h"
#include "doctools/wrap.h"
#include "res/datauri.h"

static void inlines(writer *w, ofp_buf *b, const ofp_node *parent);

static size_t add_note(writer *w, const ofp_node *note)
{
    const ofp_node **all = ofp_arena_grow(w->scratch, w->notes, w->nnotes, &w->room, sizeof *all);
    if (!all) return 0;
    w->notes = all;
    w->notes[w->nnotes++] = note;
    return w->nnotes;
}

static bool ends_in_digit(const ofp_buf *b)
{
    return b->n && (unsigned)(b->p[b->n - 1] - '0') < 10;
}

/* 10 to the 9th is no 109: a raised number behind a digit shows that it is raised. */
static void superscript(writer *w, ofp_buf *b, const ofp_node *n)
{
    size_t at = b->n;
    bool digit = ends_in_digit(b);
    inlines(w, b, n);
    if (!digit || b->failed || b->n == at || (unsigned)(b->p[at] - '0') > 9) return;
    ofp_str raised = ofp_arena_dup(w->scratch, ofp_str_sub(ofp_buf_str(b), at, SIZE_MAX));
    b->n = at;
    ofp_buf_putc(b, '^');
    ofp_buf_add(b, raised);
}

static void quoted(writer *w, ofp_buf *b, const ofp_node *n)
{
    bool twice = ofp_quote_double(n);
    ofp_buf_putu(b, twice ? 0x201C : 0x2018);
    inlines(w, b, n);
    ofp_buf_putu(b, twice ? 0x201D : 0x2019);
}

/* Whether a word follows n on its line without a blank. */
static bool runs_on(const ofp_node *n)
{
    const ofp_node *block = n;
    while (ofp_is_inline(block)) block = ofp_parent(block);
    for (n = ofp_after_skip(n, block); n; n = ofp_after(n, block)) {
        enum ofp_type t = ofp_node_type(n);
        if (t == OFP_SOFTBREAK || t == OFP_LINEBREAK || t == OFP_IMAGE || (t == OFP_LINK && !ofp_first(n))) return false;
        if (t == OFP_TEXT || t == OFP_CODE) {
            uint32_t c = ofp_text(n).n ? (unsigned char)ofp_text(n).p[0] : ' ';
            return c >= 0x80 || (c - '0') < 10 || ((c | 0x20) - 'a') < 26;
        }
    }
    return false;
}

static void blank_before(ofp_buf *b)
{
    if (b->n && b->p[b->n - 1] != ' ' && b->p[b->n - 1] != '\n' && b->p[b->n - 1] != '(') ofp_buf_putc(b, ' ');
}

/* Words that stand close to a picture stand apart from its alternative text, and from each other. */
static void image(writer *w, ofp_buf *b, const ofp_node *n)
{
    if (!w->told && (!w->no_alt || ofp_holds_drawing(ofp_url(n))) && ofp_first(n)) {
        blank_before(b);
        inlines(w, b, n);
    }
    if (b->n && b->p[b->n - 1] != ' ' && b->p[b->n - 1] != '\n' && runs_on(n)) ofp_buf_putc(b, ' ');
}

static void link(writer *w, ofp_buf *b, const ofp_node *n)
{
    size_t at = b->n;
    inlines(w, b, n);
    if (b->n != at || ((w->no_alt || w->told) && ofp_first(n))) return;
    blank_before(b);
    ofp_buf_add(b, ofp_url(n));
    if (runs_on(n)) ofp_buf_putc(b, ' ');
}

/* A line feed inside text is no line end of ours. */
static void words(ofp_buf *b, ofp_str s)
{
    for (size_t i = 0, from = 0; i <= s.n; i++) {
        bool idle = i < s.n && ofp_is_mere_break(s, i);
        if (i < s.n && s.p[i] != '\n' && !idle) continue;
        ofp_buf_add(b, ofp_str_sub(s, from, i - from));
        if (i < s.n && !idle) ofp_buf_putc(b, ' ');
        from = idle ? i + sizeof OFP_IDLE_BREAK - 1 : i + 1;
    }
}

static bool is_display(const ofp_node *n)
{
    return n && ofp_node_type(n) == OFP_MATH && ofp_math_display(n);
}

static void fresh_line(ofp_buf *b)
{
    while (b->n && b->p[b->n - 1] == ' ') b->n--;
    if (b->n && b->p[b->n - 1] != '\n') ofp_buf_putc(b, '\n');
}

/* The full stop of the sentence that a formula closes stays with it. */
static bool is_punctuated(const ofp_node *n)
{
    ofp_str s = n && ofp_node_type(n) == OFP_TEXT ? ofp_text(n) : OFP_STR("");
    return s.n && strchr(".,;:!?)", s.p[0]);
}

/* A formula of its own has lines of its own, but in a cell. */
static void math(writer *w, ofp_buf *b, const ofp_node *n)
{
    bool alone = ofp_math_display(n) && !w->flat;
    if (alone) fresh_line(b);
    if (!ofp_formula_text(b, ofp_text(n), alone)) words(b, ofp_text(n));
    if (alone && ofp_next(n) && !is_punctuated(ofp_next(n))) fresh_line(b);
}

/* Behind such a formula the line has ended. */
static void line_end(writer *w, ofp_buf *b, const ofp_node *n)
{
    bool soft = ofp_node_type(n) == OFP_SOFTBREAK;
    if (is_display(ofp_prev(n)) && !w->flat) return;
    ofp_buf_putc(b, soft && w->wrap != OFP_WRAP_PRESERVE ? ' ' : '\n');
}

bool ofp_plain_is_raw(ofp_str format)
{
    return ofp_str_eq(format, OFP_STR("plain")) || ofp_str_eq(format, OFP_STR("text"));
}

static void inline_node(writer *w, ofp_buf *b, const ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_TEXT: case OFP_CODE: words(b, ofp_text(n)); break;
    case OFP_MATH: math(w, b, n); break;
    case OFP_SOFTBREAK: case OFP_LINEBREAK: line_end(w, b, n); break;
    case OFP_EMPH: case OFP_UNDERLINE: case OFP_STRONG: case OFP_STRIKE: case OFP_SUB: case OFP_SMALLCAPS: case OFP_SPAN:
    case OFP_CITE: inlines(w, b, n); break;
    case OFP_SUPER: superscript(w, b, n); break;
    case OFP_QUOTED: quoted(w, b, n); break;
    case OFP_LINK: link(w, b, n); break;
    case OFP_IMAGE: image(w, b, n); break;
    case OFP_NOTE: ofp_buf_printf(b, "[%zu]", add_note(w, n)); break;
    case OFP_RAWINLINE: if (ofp_plain_is_raw(ofp_raw_format(n))) ofp_buf_add(b, ofp_text(n)); break;
    case OFP_CITATION: case OFP_PREFIX: case OFP_SUFFIX: break;
    /* Blocks stand here only inside a table cell, which is one string. */
    case OFP_PLAIN: case OFP_PARA: case OFP_LINES: case OFP_CODEBLOCK: case OFP_RAWBLOCK: case OFP_QUOTE: case OFP_OLIST:
    case OFP_ULIST: case OFP_DLIST: case OFP_HEAD: case OFP_RULE: case OFP_TABLE: case OFP_FIGURE: case OFP_DIV:
    case OFP_LINE: case OFP_ITEM: case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION: case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT:
    case OFP_ROW: case OFP_CELL: ofp_plain_flat(w, b, n); break;
    case OFP_SHORTCAP: case OFP_DOC: case OFP_MMAP: case OFP_MLIST: case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES:
    case OFP_MBLOCKS: case OFP_NTYPES: break;
    }
}

static void inlines(writer *w, ofp_buf *b, const ofp_node *parent)
{
    for (const ofp_node *c = ofp_first(parent); c; c = ofp_next(c)) inline_node(w, b, c);
}

void ofp_plain_flat(writer *w, ofp_buf *b, const ofp_node *n)
{
    if (ofp_node_type(n) == OFP_CODEBLOCK) {
        words(b, ofp_text(n));
        return;
    }
    bool parts = !ofp_holds_inlines(n);
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        size_t at = b->n;
        if (parts && at && b->p[at - 1] != ' ') ofp_buf_putc(b, ' ');
        inline_node(w, b, c);
    }
}

ofp_str ofp_plain_inline_text(writer *w, const ofp_node *n)
{
    ofp_buf b = { 0 };
    inlines(w, &b, n);
    return ofp_buf_take(&b, w->scratch);
}
