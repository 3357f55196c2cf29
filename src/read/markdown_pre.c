/* markdown_pre.c - rewriting what CommonMark does not know into what it does.
 *
 *   [^a]: note        +   note            an item of a list of its own, remembered by its line
 *   :   definition    +   definition      likewise
 *   | a | b |         ###### a            a heading for each cell: one line of inlines, apart from
 *   |---|---|         ###### b            the others, and tight where the table was
 *   $x$  $$x$$        a number between two marks
 *   \~ \$ \| …        a mark, so that the tree tells them from the plain character
 *
 * The tree of a first parse says which lines are paragraphs (not code, not HTML); what they hold may
 * come to light only after a rewriting, as a table in a note does, so it is done in rounds. */
#include "read/markdown.h"
#include <string.h>

enum { MAX_ROUNDS = 6, MAX_NESTING = 200 };

void *ofp_md_room(md_source *s, void *array, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 4;
    return s->mem->realloc(array, *cap * size);
}

static ofp_str take(md_source *s, ofp_buf *b) { return ofp_buf_take(b, s->arena); }

/* ---- marks ---- */

#define FOREIGN "\xEF\xB7"              /* U+FDC0 to U+FDFF */

static unsigned last_byte(ofp_str s, size_t i, ofp_str prefix)
{
    bool there = s.n > prefix.n && i < s.n - prefix.n && ofp_str_starts(ofp_str_sub(s, i, prefix.n), prefix);
    return there ? (unsigned char)s.p[i + prefix.n] : 0;
}

unsigned ofp_md_mark_at(ofp_str s, size_t i, size_t *length)
{
    unsigned mark = last_byte(s, i, OFP_STR(MARK)), foreign = mark ? 0 : last_byte(s, i, OFP_STR(FOREIGN));
    *length = mark ? MARK_SIZE : sizeof FOREIGN;
    return mark >= MARK_ESCAPED && mark < MARK_FOREIGN ? mark : foreign >= MARK_FOREIGN && foreign < 0xB0 ? foreign : 0;
}

static void put_mark(ofp_buf *b, unsigned mark)
{
    ofp_buf_puts(b, mark < MARK_FOREIGN ? MARK : FOREIGN);
    ofp_buf_putc(b, (char)mark);
}

static void put_unmarked(ofp_buf *b, unsigned mark, bool code, bool cell)
{
    size_t i = mark - MARK_ESCAPED;
    if (mark >= MARK_FOREIGN) {
        ofp_buf_puts(b, MARK);
        ofp_buf_putc(b, (char)(mark - MARK_FOREIGN + MARK_ESCAPED));
    } else if (i < sizeof MARK_CHARS - 1) {
        if (code && !(cell && MARK_CHARS[i] == '|'))
            ofp_buf_putc(b, '\\');
        ofp_buf_putc(b, MARK_CHARS[i]);
    } else if (mark == MARK_STAR || mark == MARK_LOW) {
        ofp_buf_putc(b, mark == MARK_STAR ? '*' : '_');
    }
}

static bool may_hold_marks(ofp_str s)
{
    return memchr(s.p, MARK[0], s.n) || memchr(s.p, FOREIGN[0], s.n);
}

/* A formula whose number begins at from, where there are none, such as in an address: what stood there. */
static size_t put_formula(md_source *s, ofp_buf *b, ofp_str text, size_t from)
{
    size_t i = from, number = 0;
    while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && number < s->nmath)
        number = number * 10 + (size_t)(text.p[i++] - '0');
    if (i > from && number < s->nmath) {
        const char *dollars = s->math[number].display ? "$$" : "$";
        ofp_buf_puts(b, dollars);
        ofp_buf_add(b, s->math[number].tex);
        ofp_buf_puts(b, dollars);
    }
    return i;
}

ofp_str ofp_md_unmark(md_source *s, ofp_str text, bool code, bool cell)
{
    ofp_buf b = { 0 };
    if (!text.n || !may_hold_marks(text))
        return ofp_arena_dup(s->arena, text);
    for (size_t i = 0, length; i < text.n; i += length) {
        unsigned mark = ofp_md_mark_at(text, i, &length);
        if (mark == MARK_MATH) {
            length = put_formula(s, &b, text, i + length) - i;
        } else if (mark) {
            put_unmarked(&b, mark, code, cell);
        } else {
            ofp_buf_putc(&b, text.p[i]);
            length = 1;
        }
    }
    return take(s, &b);
}

/* ---- lines ---- */

static bool is_blank(ofp_str line) { return ofp_str_trim(line).n == 0; }

/* Blank, or no more than the marks of quotes. */
static bool is_bare(ofp_str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!strchr("> \t", line.p[i]) || !line.p[i])
            return false;
    return true;
}

static void add_line(md_source *s, md_line l)
{
    s->lines = ofp_md_room(s, s->lines, s->nlines, &s->caplines, sizeof *s->lines);
    s->lines[s->nlines++] = l;
}

/* Escapes of characters that mean something here become marks. */
static ofp_str mark_escapes(md_source *s, ofp_str line)
{
    ofp_buf b = { 0 };
    if (!line.n || (!memchr(line.p, '\\', line.n) && !may_hold_marks(line)))
        return line;
    for (size_t i = 0, length; i < line.n; i += length) {
        unsigned mark = ofp_md_mark_at(line, i, &length);
        char escaped = line.p[i] == '\\' && i + 1 < line.n ? line.p[i + 1] : '\0';
        const char *c = escaped ? strchr(MARK_CHARS, escaped) : NULL;
        if (!mark)
            length = escaped ? 2 : 1;
        if (mark >= MARK_FOREIGN)
            ofp_buf_putu(&b, 0xFFFD);
        else if (mark)
            put_mark(&b, mark - MARK_ESCAPED + MARK_FOREIGN);
        else if (c)
            put_mark(&b, MARK_ESCAPED + (unsigned)(c - MARK_CHARS));
        else
            ofp_buf_add(&b, ofp_str_sub(line, i, length));
    }
    return take(s, &b);
}

/* The nesting of emphasis opened so far in a run of lines without a blank one. */
typedef struct nesting { size_t depth; } nesting;

static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* cmark needs time with the square of the depth of nested emphasis.  A run that would open another
 * level beyond any sane number of them becomes marks, that is text. */
static ofp_str bound_nesting(md_source *s, nesting *n, ofp_str line)
{
    ofp_buf b = { 0 };
    for (size_t i = 0, end; i < line.n; i = end) {
        char c = line.p[i];
        end = i + 1;
        while ((c == '*' || c == '_') && end < line.n && line.p[end] == c)
            end++;
        bool run = c == '*' || c == '_', opens = run && end < line.n && !is_space(line.p[end]);
        bool closes = run && i && !is_space(line.p[i - 1]);
        if (closes)
            n->depth -= n->depth ? 1 : 0;
        else if (opens && ++n->depth > MAX_NESTING) {
            n->depth--;
            if (!b.n)
                ofp_buf_add(&b, ofp_str_sub(line, 0, i));
            for (size_t k = i; k < end; k++)
                put_mark(&b, c == '*' ? MARK_STAR : MARK_LOW);
            continue;
        }
        if (b.n)
            ofp_buf_add(&b, ofp_str_sub(line, i, end - i));
    }
    return b.n ? take(s, &b) : line;
}

static void split_lines(md_source *s, ofp_str text)
{
    unsigned number = s->first_line;
    nesting deep = { 0 };
    bool blank = true;
    for (ofp_str line; ofp_str_line(&text, &line); number++) {
        ofp_str l = s->flags ? mark_escapes(s, line) : line;
        if (is_blank(l))
            deep.depth = 0;
        add_line(s, (md_line){ .text = bound_nesting(s, &deep, l), .orig = number, .after_blank = blank });
        blank = is_bare(l);
    }
}

/* ---- notes ---- */

/* "[^label]:" at the beginning of l: its length, 0 where there is none. */
static size_t note_marker(ofp_str l, ofp_str *label)
{
    size_t i = 0, end;
    while (i < 3 && i < l.n && l.p[i] == ' ')
        i++;
    if (!ofp_str_starts(ofp_str_sub(l, i, SIZE_MAX), OFP_STR("[^")))
        return 0;
    for (end = i + 2; end < l.n && !strchr("] \t[", l.p[end]);)
        end++;
    if (end == i + 2 || end + 1 >= l.n || l.p[end] != ']' || l.p[end + 1] != ':')
        return 0;
    *label = ofp_str_sub(l, i + 2, end - i - 2);
    return end + 2;
}

/* Length of the fence of backticks or tildes that l begins with, after at most three blanks. */
static size_t fence_of(ofp_str l, char *c)
{
    size_t i = 0, n = 0;
    while (i < 3 && i < l.n && l.p[i] == ' ')
        i++;
    *c = i < l.n ? l.p[i] : '\0';
    while ((*c == '`' || *c == '~') && i + n < l.n && l.p[i + n] == *c)
        n++;
    return n >= 3 ? n : 0;
}

static void rewrite_notes(md_source *s)
{
    char open = '\0', c;
    size_t length = 0;
    bool in_note = false;
    for (size_t i = 0; i < s->nlines; i++) {
        md_line *l = &s->lines[i];
        size_t n = fence_of(l->text, &c);
        ofp_str label;
        if (n && (!open || (c == open && n >= length))) {
            open = open ? '\0' : c;
            length = n;
        }
        if (!open && !n && (in_note || l->after_blank) && (n = note_marker(l->text, &label))) {
            ofp_str rest = ofp_str_trim(ofp_str_sub(l->text, n, SIZE_MAX));
            l->text = ofp_arena_printf(s->arena, rest.n ? "+   %.*s" : "+%.*s", (int)rest.n, rest.p);
            l->was = MD_WAS_NOTE;
            l->label = label;
            in_note = true;
        } else if (l->after_blank && !is_blank(l->text) && !is_space(l->text.p[0])) {
            in_note = false;
        }
    }
}

/* ---- rewriting paragraphs ---- */

/* New lines in the place of [from, to] of the old ones. */
typedef struct edit { size_t from, to; md_line *lines; size_t n, cap; } edit;
typedef struct edits { edit *at; size_t n, cap; } edits;

/* A paragraph or heading: lines [from, to], its text in the first at column col. */
typedef struct para { size_t from, to, col; } para;

static edit *add_edit(md_source *s, edits *all, size_t from, size_t to)
{
    all->at = ofp_md_room(s, all->at, all->n, &all->cap, sizeof *all->at);
    all->at[all->n] = (edit){ .from = from, .to = to };
    return &all->at[all->n++];
}

static void edit_line(md_source *s, edit *e, md_line l)
{
    e->lines = ofp_md_room(s, e->lines, e->n, &e->cap, sizeof *e->lines);
    e->lines[e->n++] = l;
}

/* Where the text of line i begins: behind the marks of the containers that the first line shows. */
static size_t text_start(const md_source *s, const para *p, size_t i)
{
    ofp_str l = s->lines[i].text;
    size_t at = 0;
    if (i == p->from)
        return p->col < l.n ? p->col : l.n;
    while (at < l.n && (l.p[at] == '>' ? at < p->col : is_space(l.p[at])))
        at++;
    return at;
}

static ofp_str text_of(const md_source *s, const para *p, size_t i)
{
    return ofp_str_sub(s->lines[i].text, text_start(s, p, i), SIZE_MAX);
}

/* What stands before the text, for a line after the first: list markers become blanks. */
static ofp_str prefix_of(md_source *s, const para *p, bool first)
{
    ofp_str pre = ofp_str_sub(s->lines[p->from].text, 0, p->col);
    if (first)
        return pre;
    ofp_str copy = ofp_arena_dup(s->arena, pre);
    for (size_t i = 0; copy.p && i < copy.n; i++)
        if (copy.p[i] != '>' && copy.p[i] != '\t')
            ((char *)copy.p)[i] = ' ';
    return copy.p ? copy : (ofp_str){ 0 };
}

/* ---- tables ---- */

/* Moves *row past a cell; the line ends and the blanks around it do not belong to it. */
static bool take_cell(ofp_str *row, ofp_str *cell)
{
    bool more = ofp_str_split(row, '|', cell);
    *cell = ofp_str_trim(*cell);
    return more;
}

static ofp_str row_body(ofp_str l)
{
    l = ofp_str_trim(l);
    if (l.n && l.p[0] == '|')
        l = ofp_str_sub(l, 1, SIZE_MAX);
    if (l.n && l.p[l.n - 1] == '|')
        l.n--;
    return l;
}

/* Cells of a row; "a||" has two, of which the split function tells one. */
static size_t count_cells(ofp_str l)
{
    ofp_str row = row_body(l);
    size_t n = 1;
    for (size_t i = 0; i < row.n; i++)
        n += row.p[i] == '|';
    return n;
}

static bool delimiter_cell(ofp_str c, enum ofp_align *align)
{
    bool left = c.n && c.p[0] == ':', right = c.n > 1 && c.p[c.n - 1] == ':';
    size_t from = left, to = c.n - right;
    for (size_t i = from; i < to; i++)
        if (c.p[i] != '-')
            return false;
    *align = left && right ? OFP_ALIGN_CENTER : left ? OFP_ALIGN_LEFT : right ? OFP_ALIGN_RIGHT : OFP_ALIGN_DEFAULT;
    return to > from && to <= c.n;
}

/* GFM 4.10: the row of dashes, with as many cells as the head; its columns when it is one. */
static const ofp_col *delimiter_row(md_source *s, ofp_str l, size_t cells)
{
    ofp_str row = row_body(l), cell;
    if (!memchr(l.p, '|', l.n) || !memchr(l.p, '-', l.n) || count_cells(l) != cells)
        return NULL;
    ofp_col *cols = s->mem->calloc(cells, sizeof *cols);
    for (size_t i = 0; i < cells; i++)
        if (!take_cell(&row, &cell) || !delimiter_cell(cell, &cols[i].align))
            return NULL;
    return cols;
}

static void put_heading(md_source *s, edit *e, ofp_str prefix, unsigned mark, ofp_str text, unsigned orig)
{
    ofp_buf b = { 0 };
    ofp_buf_add(&b, prefix);
    ofp_buf_puts(&b, "###### ");
    put_mark(&b, mark);
    ofp_buf_putc(&b, ' ');
    ofp_buf_add(&b, text);
    ofp_buf_putc(&b, ' ');
    put_mark(&b, MARK_END);
    edit_line(s, e, (md_line){ .text = take(s, &b), .orig = orig });
}

static void put_row(md_source *s, edit *e, ofp_str prefix, ofp_str l, size_t ncols, unsigned orig)
{
    ofp_str row = row_body(l), cell;
    for (size_t i = 0; i < ncols && take_cell(&row, &cell); i++)
        put_heading(s, e, prefix, i ? MARK_CELL : MARK_ROW, cell, orig);
    if (!row_body(l).n)
        put_heading(s, e, prefix, MARK_ROW, OFP_STR(""), orig);
}

/* The table whose row of dashes is line i. */
static void rewrite_table(md_source *s, edits *all, const para *p, size_t i, const ofp_col *cols, size_t ncols)
{
    edit *e = add_edit(s, all, i - 1, p->to);
    ofp_str later = prefix_of(s, p, false), first = i - 1 == p->from ? prefix_of(s, p, true) : later;
    s->grids = ofp_md_room(s, s->grids, s->ngrids, &s->capgrids, sizeof *s->grids);
    s->grids[s->ngrids++] = (md_grid){ cols, ncols };
    put_heading(s, e, first, MARK_TABLE, ofp_arena_printf(s->arena, "%zu", s->ngrids - 1), s->lines[i - 1].orig);
    e->lines[0].was = s->lines[i - 1].was;
    e->lines[0].label = s->lines[i - 1].label;
    for (size_t k = i - 1; k <= p->to; k++)
        if (k != i)
            put_row(s, e, later, text_of(s, p, k), ncols, s->lines[k].orig);
}

static bool find_table(md_source *s, edits *all, const para *p)
{
    for (size_t i = p->from + 1; i <= p->to; i++) {
        ofp_str l = text_of(s, p, i);
        if (!l.n || !strchr("|-:", l.p[0]))
            continue;
        size_t cells = count_cells(text_of(s, p, i - 1));
        const ofp_col *cols = delimiter_row(s, l, cells);
        if (cols) {
            rewrite_table(s, all, p, i, cols, cells);
            return true;
        }
    }
    return false;
}

/* ---- definitions ---- */

static bool is_definition(ofp_str l)
{
    return l.n > 1 && (l.p[0] == ':' || l.p[0] == '~') && is_space(l.p[1]) && !is_blank(ofp_str_sub(l, 1, SIZE_MAX));
}

static void rewrite_marker(md_source *s, edits *all, const para *p, size_t i)
{
    md_line l = s->lines[i];
    ofp_str copy = ofp_arena_dup(s->arena, l.text);
    if (copy.p)
        ((char *)copy.p)[text_start(s, p, i)] = '+';
    l.text = copy.p ? copy : OFP_STR("");
    l.was = MD_WAS_DEFINITION;
    edit_line(s, add_edit(s, all, i, i), l);
}

static const char defines;              /* user data of what a definition may follow */

static bool may_follow(const md_source *s, cmark_node *n)
{
    cmark_node *before = cmark_node_previous(n), *item;
    if (!before)
        return false;
    switch ((int)cmark_node_get_type(before)) {
    case CMARK_NODE_PARAGRAPH:
        return cmark_node_get_user_data(before) || cmark_node_get_start_line(before) == cmark_node_get_end_line(before);
    case CMARK_NODE_CODE_BLOCK:
        return cmark_node_get_user_data(before) != NULL;
    case CMARK_NODE_LIST:
        item = cmark_node_last_child(before);
        return s->lines[cmark_node_get_start_line(item) - 1].was == MD_WAS_DEFINITION;
    }
    return false;
}

/* Either the paragraph is a definition after its term, or its first line is the term of those below. */
static bool find_definitions(md_source *s, edits *all, const para *p, cmark_node *n)
{
    bool found = is_definition(text_of(s, p, p->from)) && may_follow(s, n);
    if (!found && (p->from == p->to || is_definition(text_of(s, p, p->from)) || !is_definition(text_of(s, p, p->from + 1))))
        return false;
    for (size_t i = p->from; i <= p->to; i++)
        if (is_definition(text_of(s, p, i)) && s->lines[i].was == MD_WAS_TEXT)
            rewrite_marker(s, all, p, i);
    cmark_node_set_user_data(n, (void *)(uintptr_t)&defines);
    return true;
}

/* ---- math ---- */

/* State of one pass over a text: what need not be searched for again. */
typedef struct scan { ofp_str s; size_t i; uint64_t no_ticks; bool no_dollar, no_dollars; } scan;

static size_t run_length(ofp_str s, size_t i)
{
    size_t n = 1;
    while (i + n < s.n && s.p[i + n] == s.p[i])
        n++;
    return n;
}

/* End of the code span that begins at i, or of its opening run where it is none. */
static size_t after_code(scan *c, size_t i)
{
    size_t n = run_length(c->s, i), k = i + n;
    if (n >= 64 || c->no_ticks >> n & 1)
        return k;
    while (k < c->s.n) {
        size_t m = c->s.p[k] == '`' ? run_length(c->s, k) : 1;
        if (c->s.p[k] == '`' && m == n)
            return k + m;
        k += m;
    }
    c->no_ticks |= (uint64_t)1 << n;
    return i + n;
}

/* End of the tag or autolink that begins at i. */
static size_t after_tag(ofp_str s, size_t i)
{
    size_t k = i + 1;
    char c = k < s.n ? s.p[k] : '\0';
    if (!((c | 32) >= 'a' && (c | 32) <= 'z') && c != '/' && c != '!' && c != '?')
        return k;
    while (k < s.n && k - i < 2000 && s.p[k] != '<' && s.p[k] != '>' && s.p[k] != '\n')
        k++;
    return k < s.n && s.p[k] == '>' ? k + 1 : i + 1;
}

/* pandoc's rules: no blank inside either dollar, no digit after the second. */
static size_t math_end(scan *c, size_t i)
{
    for (size_t k = i + 1; k < c->s.n && !c->no_dollar; k++) {
        if (c->s.p[k] == '\\')
            k++;
        else if (c->s.p[k] == '$' && k > i + 1 && !strchr(" \t\n", c->s.p[k - 1]) &&
                 !(k + 1 < c->s.n && c->s.p[k + 1] >= '0' && c->s.p[k + 1] <= '9'))
            return k;
    }
    c->no_dollar = true;
    return SIZE_MAX;
}

static size_t display_end(scan *c, size_t i)
{
    size_t end = c->no_dollars ? SIZE_MAX : ofp_str_find(c->s, OFP_STR("$$"), i + 2);
    c->no_dollars = end == SIZE_MAX;
    return end == SIZE_MAX || ofp_str_trim(ofp_str_sub(c->s, i + 2, end - i - 2)).n == 0 ? SIZE_MAX : end;
}

/* The formula that begins at the dollar c->i: prints its number, moves on behind it. */
static bool take_math(md_source *s, scan *c, ofp_buf *out, bool cell)
{
    bool display = c->i + 1 < c->s.n && c->s.p[c->i + 1] == '$';
    if (c->i + 1 == c->s.n || (!display && strchr(" \t\n", c->s.p[c->i + 1])))
        return false;
    size_t from = c->i + 1 + display, end = display ? display_end(c, c->i) : math_end(c, c->i);
    if (end == SIZE_MAX)
        return false;
    s->math = ofp_md_room(s, s->math, s->nmath, &s->capmath, sizeof *s->math);
    s->math[s->nmath++] = (md_math){ ofp_md_unmark(s, ofp_str_trim(ofp_str_sub(c->s, from, end - from)), true, cell), display };
    put_mark(out, MARK_MATH);
    ofp_buf_printf(out, "%zu", s->nmath - 1);
    put_mark(out, MARK_END);
    c->i = end + 1 + display;
    return true;
}

/* Behind the address of a link whose "](" is at i; another one ends it, so that none is looked through twice. */
static size_t after_address(ofp_str s, size_t i)
{
    size_t k = i + 2;
    for (int depth = 1; k < s.n && (unsigned char)s.p[k] > ' '; k++) {
        depth += s.p[k] == '(' ? 1 : s.p[k] == ')' ? -1 : 0;
        if (depth == 0 || (s.p[k] == ']' && k + 1 < s.n && s.p[k + 1] == '('))
            break;
        if (s.p[k] == '\\' && k + 1 < s.n)
            k++;
    }
    return k;
}

static size_t behind(scan *c)
{
    size_t i = c->i;
    switch (i + 1 < c->s.n ? c->s.p[i] : '\0') {
    case '\\': return i + 2;
    case '`': return after_code(c, i);
    case '<': return after_tag(c->s, i);
    case ']': return c->s.p[i + 1] == '(' ? after_address(c->s, i) : i + 1;
    }
    return i + 1;
}

/* Prints text with its formulas replaced; false when there were none. */
static bool replace_math(md_source *s, ofp_str text, ofp_buf *out, bool cell)
{
    scan c = { .s = text };
    size_t before = s->nmath;
    while (c.i < text.n) {
        size_t from = c.i;
        char ch = text.p[c.i];
        if (ch == '$' && take_math(s, &c, out, cell))
            continue;
        c.i = behind(&c);
        ofp_buf_add(out, ofp_str_sub(text, from, c.i - from));
    }
    return s->nmath > before;
}

static bool has_dollar(const md_source *s, const para *p)
{
    for (size_t i = p->from; i <= p->to; i++)
        if (memchr(s->lines[i].text.p, '$', s->lines[i].text.n))
            return true;
    return false;
}

/* A formula over several lines leaves fewer of them. */
static bool find_math(md_source *s, edits *all, const para *p)
{
    ofp_buf joined = { 0 };
    if (!has_dollar(s, p))
        return false;
    for (size_t i = p->from; i <= p->to; i++) {
        if (i > p->from)
            ofp_buf_putc(&joined, '\n');
        ofp_buf_add(&joined, text_of(s, p, i));
    }
    bool cell = ofp_str_find(ofp_buf_str(&joined), OFP_STR("###### " MARK), 0) == 0;
    ofp_str text = take(s, &joined), line;
    bool found = replace_math(s, text, &s->scratch, cell);
    text = take(s, &s->scratch);
    edit *e = found ? add_edit(s, all, p->from, p->to) : NULL;
    for (size_t i = p->from; found && ofp_str_split(&text, '\n', &line); i++) {
        md_line l = s->lines[i <= p->to ? i : p->to];
        ofp_str pre = prefix_of(s, p, i == p->from);
        l.text = ofp_arena_printf(s->arena, "%.*s%.*s", (int)pre.n, pre.p, (int)line.n, line.p);
        edit_line(s, e, l);
    }
    return found;
}

/* ---- rounds ---- */

static cmark_node *parse_lines(md_source *s)
{
    cmark_parser *p = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, s->mem);
    for (size_t i = 0; i < s->nlines; i++) {
        cmark_parser_feed(p, s->lines[i].text.p, s->lines[i].text.n);
        cmark_parser_feed(p, "\n", 1);
    }
    cmark_node *tree = cmark_parser_finish(p);
    cmark_parser_free(p);
    return tree;
}

static bool is_container(cmark_node *n)
{
    cmark_node_type t = cmark_node_get_type(n);
    return t == CMARK_NODE_DOCUMENT || t == CMARK_NODE_BLOCK_QUOTE || t == CMARK_NODE_LIST || t == CMARK_NODE_ITEM;
}

/* The next block in document order; blocks may be nested to any depth. */
static cmark_node *next_block(cmark_node *n)
{
    if (is_container(n) && cmark_node_first_child(n))
        return cmark_node_first_child(n);
    while (n && !cmark_node_next(n))
        n = cmark_node_parent(n);
    return n ? cmark_node_next(n) : NULL;
}

static void find_edits(md_source *s, edits *all, cmark_node *n)
{
    cmark_node_type type = cmark_node_get_type(n);
    int from = cmark_node_get_start_line(n), to = cmark_node_get_end_line(n);
    if (type == CMARK_NODE_CODE_BLOCK && cmark_node_previous(n))
        cmark_node_set_user_data(n, cmark_node_get_user_data(cmark_node_previous(n)));
    if ((type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING) || from < 1 || to < from || (size_t)to > s->nlines)
        return;
    para p = { (size_t)from - 1, (size_t)to - 1, (size_t)cmark_node_get_start_column(n) - 1 };
    if (type == CMARK_NODE_PARAGRAPH && s->flags & MD_IN_TABLES && find_table(s, all, &p))
        return;
    if (type == CMARK_NODE_PARAGRAPH && s->flags & MD_IN_DLISTS && find_definitions(s, all, &p, n))
        return;
    if (s->flags & MD_IN_MATH)
        find_math(s, all, &p);
}

static void apply_edits(md_source *s, const edits *all)
{
    md_line *old = s->lines;
    size_t n = s->nlines, k = 0;
    s->lines = NULL;
    s->nlines = s->caplines = 0;
    for (size_t i = 0; i < n; i++) {
        if (k == all->n || i < all->at[k].from) {
            add_line(s, old[i]);
            continue;
        }
        const edit *e = &all->at[k++];
        for (size_t j = 0; j < e->n; j++)
            add_line(s, e->lines[j]);
        i = e->to;
    }
}

/* True where something is worth looking for. */
static bool needs_rounds(const md_source *s, ofp_str text)
{
    return (s->flags & MD_IN_TABLES && memchr(text.p, '|', text.n)) ||
           (s->flags & MD_IN_MATH && memchr(text.p, '$', text.n)) ||
           (s->flags & MD_IN_DLISTS && (ofp_str_find(text, OFP_STR(": "), 0) != SIZE_MAX ||
                                        ofp_str_find(text, OFP_STR("~ "), 0) != SIZE_MAX ||
                                        ofp_str_find(text, OFP_STR(":\t"), 0) != SIZE_MAX));
}

cmark_node *ofp_md_parse(md_source *s, ofp_str text)
{
    split_lines(s, text);
    if (s->flags & MD_IN_NOTES && ofp_str_find(text, OFP_STR("[^"), 0) != SIZE_MAX)
        rewrite_notes(s);
    cmark_node *tree = parse_lines(s);
    for (int round = 0; round < MAX_ROUNDS && text.n && needs_rounds(s, text); round++) {
        edits all = { 0 };
        for (cmark_node *n = tree; n; n = next_block(n))
            find_edits(s, &all, n);
        if (!all.n)
            break;
        apply_edits(s, &all);
        cmark_node_free(tree);
        tree = parse_lines(s);
    }
    return tree;
}
