/* blocks.c - lines to blocks: a flat list, each block knowing its lines and how it stood. */
#include "read/text/text.h"

static bool marked(const line *l)
{
    return l->kind == L_BULLET || l->kind == L_NUMBER;
}

static block *add_block(text *t, enum block_kind kind, size_t from, size_t to)
{
    const line *l = &t->lines[from];
    block *b = &t->blocks[t->nblocks++];
    *b = (block){ .kind = kind, .from = from, .to = to, .left = l->left, .quote = l->quote, .gap = l->gap > 0 };
    for (size_t k = from; k < to; k++) b->words += t->lines[k].words;
    return b;
}

/* Enough words to be a sentence or two, and ending like one unless there are many. */
static bool is_prose(const text *t, const block *b)
{
    return b->words >= 25 || (b->words >= 10 && text_terminal(t->lines[b->to - 1].s));
}

static size_t add_paragraph(text *t, size_t i)
{
    size_t k = i + 1;
    while (k < t->nlines && t->lines[k].joins) k++;
    block *b = add_block(t, B_PARA, i, k);
    b->mark = marked(&t->lines[i]);
    b->prose = is_prose(t, b);
    return k;
}

/* ---- headings by underline --------------------------------------------------------------- */

/* The level that an underline gives, by its character; 0 for none. */
static unsigned underline_level(const line *l)
{
    switch (l->mark) {
    case '=': return 1;
    case '-': return 2;
    case '~': return 3;
    case '^': return 4;
    default: return 0;
    }
}

static bool no_blanks(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ' || s.p[i] == '\t') return false;
    return true;
}

/* A rule directly below a lone short line, about as long: that line is a heading. */
static bool take_underline(text *t, size_t i)
{
    const line *u = &t->lines[i];
    block *b = t->nblocks ? &t->blocks[t->nblocks - 1] : NULL;
    if (!b || u->gap || !underline_level(u) || !no_blanks(u->s) || b->to != i) return false;
    const line *title = &t->lines[b->to - 1];
    if (b->kind != B_PARA || (b->mark && title->kind == L_BULLET) || b->quote != u->quote || b->to - b->from > 1) return false;
    if (!(b->gap || b->from == 0 || t->nblocks == 1 || t->blocks[t->nblocks - 2].kind == B_RULE)) return false;
    unsigned long_side = title->width > u->width ? title->width : u->width;
    unsigned apart = 2 * long_side - title->width - u->width;
    if (apart > 4 && apart * 5 > long_side * 2) return false;
    b->kind = B_HEAD;
    b->mark = false;
    b->level = underline_level(u);
    /* The same line above it belongs to the heading as well. */
    block *over = t->nblocks > 1 ? b - 1 : NULL;
    if (over && over->kind == B_RULE && !b->gap && t->lines[over->from].mark == u->mark) over->kind = B_NOTHING;
    return true;
}

/* ---- verse and addresses ------------------------------------------------------------------ */

static bool ends_in_punct(ofp_str s)
{
    size_t at = s.n;
    uint32_t cp = s.n ? ofp_utf8_prev(s, &at) : 0;
    return cp == ',' || cp == ';' || cp == 0x2014 || cp == '-' || text_terminal(s);
}

static bool starts_upper(ofp_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &at);
        if (ofp_is_letter(cp)) return ofp_is_upper(cp);
        if (ofp_is_digit(cp)) return false;
    }
    return false;
}

/* Verse: three lines or more, none long, begun with capitals, and stopped or comma'd at the end as
 * no menu is. */
static bool is_verse(const text *t, size_t from, size_t to)
{
    size_t n = to - from, upper = 0, ended = 0, commas = 0;
    if (n < 3) return false;
    for (size_t k = from; k < to; k++) {
        const line *l = &t->lines[k];
        if (l->words > 13 || l->words < 2 || l->width > 72) return false;
        upper += starts_upper(l->s);
        ended += ends_in_punct(l->s);
        char last = l->s.p[l->s.n - 1];
        commas += last == ',' || last == ';';
    }
    return upper * 10 >= n * 7 && ended * 2 >= n && commas * 5 >= n && commas;
}

/* In a text of wrapped paragraphs a few short lines under each other were broken on purpose. */
static bool is_broken_on_purpose(const text *t, size_t from, size_t to)
{
    if (!t->shape.prose || !t->shape.width || to - from < 2) return false;
    for (size_t k = from; k < to; k++)
        if (t->lines[k].width * 4u > t->shape.width * 3u || t->lines[k].words > 9) return false;
    return true;
}

/* The blocks from first on are one line each and stand directly under each other. */
static void merge_lines(text *t, size_t first)
{
    size_t n = t->nblocks - first;
    block *b = &t->blocks[first];
    for (size_t i = 0; i < n; i++) {
        bool item = i > 0 && b[i].mark;
        if (b[i].kind != B_PARA || b[i].to - b[i].from > 1 || item || (i && b[i].gap)) return;
    }
    if (n < 2 || b->mark) return;
    size_t from = b->from, to = b[n - 1].to;
    if (!is_verse(t, from, to) && !is_broken_on_purpose(t, from, to)) return;
    b->kind = B_LINES;
    b->to = to;
    b->prose = false;
    for (size_t i = 1; i < n; i++) b->words += b[i].words;
    t->nblocks = first + 1;
}

/* ---- the pass ------------------------------------------------------------------------------ */

static size_t add_other(text *t, size_t i)
{
    const line *l = &t->lines[i];
    size_t end;
    if (l->kind == L_FENCE && (end = text_fence_end(t, i)) > i) {
        add_block(t, B_CODE, i, end + 1)->fenced = true;
        return end + 1;
    }
    if (l->kind == L_RULE) {
        if (!take_underline(t, i)) add_block(t, B_RULE, i, i + 1);
        return i + 1;
    }
    if ((!i || l->gap) && (end = text_table_end(t, i)) > i) {
        add_block(t, B_TABLE, i, end);
        return end;
    }
    if ((end = text_code_end(t, i)) > i) {
        add_block(t, B_CODE, i, end);
        return end;
    }
    return i;
}

void text_blocks(text *t)
{
    t->blocks = ofp_arena_zalloc(t->scratch, t->nlines, sizeof *t->blocks);
    if (!t->blocks) return;
    size_t first = 0;                           /* block that the run of lines began with */
    for (size_t i = 0; i < t->nlines;) {
        if (t->lines[i].gap || (i && t->lines[i].quote != t->lines[i - 1].quote)) {
            merge_lines(t, first);
            first = t->nblocks;
        }
        size_t end = add_other(t, i);
        i = end > i ? end : add_paragraph(t, i);
    }
    merge_lines(t, first);
}
