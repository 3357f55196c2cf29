/* marks.c - which marks at the start of lines are list marks.
 *
 * A wrapped paragraph may put anything at the start of a line: a dash, a star, "12. ".  So a doubtful
 * mark needs a neighbour: an item of the same kind, the next or the last number of its list, or a line
 * before it that was not filled up. */
#include "read/text/text.h"

/* ---- numbers: each needs the one before or after it ------------------------------------- */

enum { COLUMNS = 64, REACH = 400, NSTYLES = OFP_STYLE_UPPER_ALPHA + 1, NDELIMS = OFP_DELIM_TWO_PARENS + 1 };

/* The last line with a number, by its style, delimiter and column (of the mark, or of the text
 * behind it, as numbers may be flush left or right): index + 1. */
typedef struct chains { size_t last[NSTYLES][NDELIMS][2][COLUMNS]; } chains;

static size_t *slot(chains *c, unsigned style, const line *l, int by_text)
{
    unsigned col = by_text ? (unsigned)l->left + l->body : l->left;
    return &c->last[style][l->mark][by_text][col < COLUMNS ? col : COLUMNS - 1];
}

/* The line that holds value - 1 in the same column, NULL where there is none near. */
static line *before(text *t, chains *c, size_t i, unsigned style, int value)
{
    for (int by_text = 0; by_text < 2; by_text++) {
        size_t k = *slot(c, style, &t->lines[i], by_text);
        if (!k || i + 1 - k > REACH) continue;
        line *p = &t->lines[k - 1];
        if (p->quote == t->lines[i].quote && p->number + 1 == value) return p;
    }
    return NULL;
}

static bool is_decimal(unsigned style)
{
    return style == OFP_STYLE_DECIMAL;
}

/* Letters and roman numerals count only from the first on: "J. Smith" is no list. */
static void link_number(text *t, chains *c, size_t i)
{
    line *l = &t->lines[i];
    line *p = before(t, c, i, l->style, l->number);
    if (p && (is_decimal(l->style) || p->sure || p->number == 1)) p->sure = l->sure = true;
    for (int by_text = 0; by_text < 2; by_text++) *slot(c, l->style, l, by_text) = i + 1;
}

/* The roman reading of a single letter; 0 where it has none. */
static int as_roman(const line *l)
{
    static const struct { int letter, value; } map[] = { { 9, 1 }, { 22, 5 }, { 24, 10 } };
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (l->number == map[i].letter) return map[i].value;
    return 0;
}

/* "i." begins roman numerals where "ii." follows, "v." continues them after "iv.". */
static void try_roman(text *t, chains *c, size_t i)
{
    line *l = &t->lines[i];
    bool lower = l->style == OFP_STYLE_LOWER_ALPHA;
    int value = lower || l->style == OFP_STYLE_UPPER_ALPHA ? as_roman(l) : 0;
    if (!value) return;
    unsigned roman = lower ? OFP_STYLE_LOWER_ROMAN : OFP_STYLE_UPPER_ROMAN;
    line alpha = *l;
    bool starts = value == 1 && !before(t, c, i, l->style, l->number);
    if (!starts && !before(t, c, i, roman, value)) return;
    l->number = value;
    l->style = (unsigned char)roman;
    link_number(t, c, i);
    if (starts && i + 1 < t->nlines && t->lines[i + 1].kind == L_NUMBER && t->lines[i + 1].style == alpha.style) *l = alpha;
}

static void find_chains(text *t)
{
    chains *c = ofp_arena_zalloc(t->scratch, 1, sizeof *c);
    for (size_t i = 0; c && i < t->nlines; i++) {
        if (t->lines[i].kind != L_NUMBER) continue;
        try_roman(t, c, i);
        link_number(t, c, i);
    }
}

/* ---- judging --------------------------------------------------------------------------- */

/* Items that are open at a line, outermost first. */
typedef struct open_items { struct { unsigned left, content; uint32_t mark; } at[MAX_LIST]; size_t n; } open_items;

/* Text at or left of an item's mark, after a blank line, ends its list. */
static void close_items(open_items *o, const line *l)
{
    while (o->n && l->left <= o->at[o->n - 1].left && (l->gap || l->left < o->at[o->n - 1].left)) o->n--;
}

static void open_item(open_items *o, const line *l)
{
    while (o->n && l->left <= o->at[o->n - 1].left + 1) o->n--;
    if (o->n == MAX_LIST) o->n--;
    o->at[o->n].left = l->left;
    o->at[o->n].content = (unsigned)l->left + l->body;
    o->at[o->n++].mark = l->kind == L_BULLET ? l->mark : 0;
}

static bool has_sibling(const open_items *o, const line *l)
{
    for (size_t i = o->n; i-- > 0;)
        if (o->at[i].left == l->left || o->at[i].left + 1 == l->left || l->left + 1u == o->at[i].left)
            return (l->kind == L_BULLET) == (o->at[i].mark != 0) && (l->kind != L_BULLET || o->at[i].mark == l->mark);
    return false;
}

/* Deeper levels of a list as lynx marks them: o, #, @ and = are bullets only below another item. */
static bool is_inner(uint32_t mark)
{
    return mark == 'o' || mark == '#' || mark == '@' || mark == '=';
}

/* A dash of the same kind directly above or below: a list, not a spoken line. */
static bool has_twin(const text *t, size_t i)
{
    const line *l = &t->lines[i];
    return (i && !l->gap && l[-1].kind == L_BULLET && l[-1].mark == l->mark) ||
           (i + 1 < t->nlines && !l[1].gap && l[1].kind == L_BULLET && l[1].mark == l->mark);
}

/* Could the line before have been broken here while it was filled up?  local is the right edge to
 * measure by: among items the document's, as the longest item of a list of short ones is not full. */
static bool mid_paragraph(const text *t, size_t i, bool first_of_run, unsigned local)
{
    const line *l = &t->lines[i], *p = l - 1;
    return !first_of_run && t->shape.width && p->kind == L_TEXT && text_full(&t->shape, p, l, local) && !text_terminal(p->s);
}

static bool accept(const text *t, size_t i, const open_items *o, bool first_of_run, unsigned local)
{
    const line *l = &t->lines[i];
    if (l->kind == L_BULLET && l->sure) return true;
    if (l->kind == L_NUMBER && !l->sure) return false;
    if (has_sibling(o, l)) return !mid_paragraph(t, i, first_of_run, t->shape.width);
    if (l->kind == L_BULLET && is_inner(l->mark)) return o->n && l->left > o->at[o->n - 1].content;
    if (l->kind == L_BULLET && l->mark == 0x2013 && !has_twin(t, i)) return false;
    return !mid_paragraph(t, i, first_of_run, local);
}

void text_marks(text *t)
{
    open_items open = { .n = 0 };
    find_chains(t);
    unsigned local = 0;
    for (size_t i = 0, from = 0, end = 0; i < t->nlines; i++) {
        if (i == end) {
            from = i;
            end = text_run(t, i, &local);
        }
        line *l = &t->lines[i];
        bool mark = l->kind == L_BULLET || l->kind == L_NUMBER;
        if (mark && accept(t, i, &open, i == from, local)) {
            open_item(&open, l);
            continue;
        }
        if (mark) l->kind = L_TEXT, l->body = l->skip = 0;
        close_items(&open, l);
    }
}
