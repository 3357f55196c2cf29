/* table.c - tables: cells between bars, between tabs, or in columns that blanks keep apart.
 *
 * Columns must be plain to see: the same blank columns, two or more wide, run through every row of a
 * block of three rows or more.  Everything else stays as lines. */
#include "read/text/text.h"

enum { MAX_COLS = 32, MAX_WIDTH = 400, MIN_ROWS = 3, CELL_WORDS = 10 };

enum form { F_NONE, F_BARS, F_TABS, F_BLANKS };

typedef struct layout {
    enum form form;
    size_t end, cols, rows;
    size_t bars;                        /* F_BARS: lines that only draw */
    bool wrapped;                       /* F_BLANKS: rows may take several lines */
    unsigned starts[MAX_COLS + 1];      /* F_BLANKS: first column of each cell */
    enum ofp_align align[MAX_COLS];
} layout;

/* ---- bars ------------------------------------------------------------------------------- */

/* The upright bars of w3m's and other programs' tables beside the one of keyboards: U+2502, U+2503, U+2551. */
static bool is_bar(uint32_t cp)
{
    return cp == '|' || cp == 0x2502 || cp == 0x2503 || cp == 0x2551;
}

static bool is_box(uint32_t cp)
{
    return cp >= 0x2500 && cp <= 0x257F;
}

/* "+---+---+", "|---|:-:|", "---|---": nothing but drawing. */
static bool is_drawn(ofp_str s)
{
    size_t dashes = 0, bars = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (cp == '-' || cp == '=' || cp == 0x2500 || cp == 0x2501 || cp == 0x2550) dashes++;
        else if (is_bar(cp) || cp == '+' || is_box(cp)) bars++;
        else if (cp != ':' && cp != ' ') return false;
    }
    return dashes >= 2 && bars;
}

static ofp_str inside_bars(ofp_str s)
{
    size_t first = 0, last = s.n;
    if (s.n && is_bar(ofp_utf8_next(s, &first))) s = ofp_str_sub(s, first, SIZE_MAX);
    last = s.n;
    if (s.n && is_bar(ofp_utf8_prev(s, &last))) s.n = last;
    return s;
}

/* Takes the cell up to the next bar off s; false behind the last. */
static bool take_cell(ofp_str *s, ofp_str *cell)
{
    if (!s->p) return false;
    for (size_t i = 0, next = 0; i < s->n; i = next) {
        if (!is_bar(ofp_utf8_next(*s, &next))) continue;
        *cell = ofp_str_sub(*s, 0, i);
        *s = ofp_str_sub(*s, next, SIZE_MAX);
        return true;
    }
    *cell = *s;
    *s = (ofp_str){ NULL, 0 };
    return true;
}

static size_t count_bars(ofp_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;) n += is_bar(ofp_utf8_next(s, &i));
    return n;
}

static size_t count_byte(ofp_str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == c;
    return n;
}

static void bar_aligns(layout *y, ofp_str s)
{
    ofp_str rest = inside_bars(s), piece;
    for (size_t c = 0; c < y->cols && take_cell(&rest, &piece); c++) {
        piece = ofp_str_trim(piece);
        bool left = piece.n && piece.p[0] == ':', right = piece.n && piece.p[piece.n - 1] == ':';
        y->align[c] = left && right ? OFP_ALIGN_CENTER : right ? OFP_ALIGN_RIGHT : left ? OFP_ALIGN_LEFT : OFP_ALIGN_DEFAULT;
    }
}

static bool find_bars(const text *t, size_t i, size_t end, layout *y)
{
    bool outer = true;
    for (size_t k = i; k < end; k++) {
        ofp_str s = t->lines[k].s;
        if (is_drawn(s)) {
            y->bars++;
            continue;
        }
        if (!count_bars(s)) return false;
        size_t cols = count_bars(inside_bars(s)) + 1;
        outer &= count_bars(s) == cols + 1;
        if (y->rows++ && cols != y->cols) return false;
        y->cols = cols;
    }
    if (y->cols < 2 || y->cols > MAX_COLS || y->rows < 2 || !(y->bars || outer)) return false;
    for (size_t k = i; k < end; k++)
        if (is_drawn(t->lines[k].s) && count_byte(t->lines[k].s, ':')) bar_aligns(y, t->lines[k].s);
    y->form = F_BARS;
    return true;
}

/* ---- tabs ------------------------------------------------------------------------------- */

static bool find_tabs(const text *t, size_t i, size_t end, layout *y)
{
    for (size_t k = i; k < end; k++) {
        size_t cols = count_byte(t->lines[k].s, '\t') + 1;
        if (cols < 2 || cols > MAX_COLS || (y->rows++ && cols != y->cols) || t->lines[k].kind != L_TEXT) return false;
        y->cols = cols;
    }
    if (y->rows < 2) return false;
    y->form = F_TABS;
    return true;
}

/* ---- blanks ------------------------------------------------------------------------------- */

/* Calls for each character of l with the column it stands in. */
static uint32_t next_char(const line *l, size_t *at, unsigned *col)
{
    uint32_t cp = ofp_utf8_next(l->s, at);
    *col += cp == '\t' ? 8 - *col % 8 : (unsigned)ofp_char_width(cp);
    return cp;
}

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == 0xA0;
}

static void mark_used(const line *l, bool *used)
{
    unsigned col = l->left;
    for (size_t at = 0; at < l->s.n && col < MAX_WIDTH;) {
        unsigned from = col;
        if (is_blank(next_char(l, &at, &col))) continue;
        for (unsigned c = from; c < col && c < MAX_WIDTH; c++) used[c] = true;
    }
}

/* The first columns of cells: each follows two unused columns or more. */
static void find_starts(layout *y, const bool *used)
{
    unsigned blanks = 2;
    y->cols = 0;
    for (unsigned c = 0; c < MAX_WIDTH; c++) {
        if (used[c] && blanks >= 2) {
            if (y->cols == MAX_COLS) {
                y->cols = 0;
                return;
            }
            y->starts[y->cols++] = c;
        }
        blanks = used[c] ? 0 : blanks + 1;
    }
    y->starts[y->cols] = MAX_WIDTH;
}

/* The cell of l that begins in column from and ends before column to. */
static ofp_str blank_cell(const line *l, unsigned from, unsigned to)
{
    unsigned col = l->left;
    size_t at = 0, begin = l->s.n, end = l->s.n;
    while (at < l->s.n) {
        if (col >= from && begin == l->s.n) begin = at;
        if (col >= to) {
            end = at;
            break;
        }
        next_char(l, &at, &col);
    }
    return begin < end ? ofp_str_trim(ofp_str_sub(l->s, begin, end - begin)) : OFP_STR("");
}

/* A line that leaves the first column empty goes on with the cells of the row above. */
static bool continues_row(const text *t, size_t k, const layout *y)
{
    return y->wrapped && t->lines[k].kind != L_RULE && t->lines[k].left >= y->starts[1];
}

/* Rows must fill their cells, and no cell may be running text.  Wrapped cells are believed where there
 * are at most two more lines a row. */
static bool rows_are_filled(const text *t, size_t i, layout *y)
{
    size_t filled = 0, rows = 0, first = 0, conts = 0;
    for (size_t k = i; k < y->end; k++) {
        const line *l = &t->lines[k];
        if (l->kind == L_RULE) continue;
        size_t n = 0;
        for (size_t c = 0; c < y->cols; c++) {
            ofp_str cell = blank_cell(l, y->starts[c], y->starts[c + 1]);
            n += cell.n > 0;
            first += !c && cell.n;
            if (ofp_str_words(cell) > (y->cols == 2 && c ? 2 * CELL_WORDS : CELL_WORDS)) return false;
        }
        rows++;
        conts += rows > 1 && l->left >= y->starts[1];
        filled += n >= 2 && 2 * n >= y->cols;
    }
    y->wrapped = conts && y->cols > 2 && rows - conts >= MIN_ROWS && conts <= 2 * (rows - conts);
    if (y->wrapped) rows -= conts;
    return rows >= MIN_ROWS && filled * 10 >= rows * 8 && first * 2 >= rows;
}

/* Columns of numbers end together; what stands above a drawn line is their head. */
static void find_right(const text *t, size_t i, layout *y)
{
    for (size_t k = i; k + 1 < y->end; k++)
        if (t->lines[k].kind == L_RULE) {
            i = k + 1;
            break;
        }
    for (size_t c = 0; c < y->cols; c++) {
        unsigned ends = 0, begins = 0;
        bool same_end = true, same_begin = true;
        for (size_t k = i; k < y->end; k++) {
            const line *l = &t->lines[k];
            ofp_str cell = l->kind == L_RULE ? OFP_STR("") : blank_cell(l, y->starts[c], y->starts[c + 1]);
            if (!cell.n) continue;
            unsigned begin = l->left + (unsigned)ofp_str_width(ofp_str_sub(l->s, 0, (size_t)(cell.p - l->s.p)));
            unsigned end = begin + (unsigned)ofp_str_width(cell);
            same_end &= !ends || ends == end;
            same_begin &= !ends || begins == begin;
            ends = end;
            begins = begin;
        }
        y->align[c] = same_end && !same_begin ? OFP_ALIGN_RIGHT : OFP_ALIGN_DEFAULT;
    }
}

static bool find_blanks(const text *t, size_t i, size_t end, layout *y)
{
    bool used[MAX_WIDTH] = { false };
    for (size_t k = i; k < end; k++) {
        const line *l = &t->lines[k];
        if (l->kind == L_BULLET || l->joins || (unsigned)l->left + l->width > MAX_WIDTH) return false;
        if (l->kind != L_RULE) mark_used(l, used);
    }
    find_starts(y, used);
    y->end = end;
    if (y->cols < 2 || (y->cols == 2 && t->lines[i].kind == L_NUMBER) || !rows_are_filled(t, i, y)) return false;
    find_right(t, i, y);
    y->form = F_BLANKS;
    return true;
}

/* ---- which ---------------------------------------------------------------------------------- */

static layout find_layout(const text *t, size_t i)
{
    layout y = { .form = F_NONE };
    unsigned local;
    size_t end = text_run(t, i, &local);
    y.end = end;
    if (end - i < 2) return y;
    if (find_bars(t, i, end, &y)) return y;
    y = (layout){ .end = end };
    if (find_tabs(t, i, end, &y)) return y;
    y = (layout){ .end = end };
    if (end - i >= MIN_ROWS && find_blanks(t, i, end, &y)) return y;
    return (layout){ .form = F_NONE, .end = end };
}

size_t text_table_end(const text *t, size_t i)
{
    layout y = find_layout(t, i);
    return y.form == F_NONE ? i : y.end;
}

/* ---- nodes ---------------------------------------------------------------------------------- */

static bool is_separator(const layout *y, const line *l)
{
    return y->form == F_BARS ? is_drawn(l->s) : l->kind == L_RULE;
}

static ofp_str cell_of(const layout *y, const line *l, size_t c)
{
    if (y->form == F_BLANKS) return blank_cell(l, y->starts[c], y->starts[c + 1]);
    bool bars = y->form == F_BARS;
    ofp_str rest = bars ? inside_bars(l->s) : l->s, piece = OFP_STR("");
    for (size_t k = 0; k <= c; k++)
        if (!(bars ? take_cell(&rest, &piece) : ofp_str_split(&rest, '\t', &piece))) return OFP_STR("");
    return ofp_str_trim(piece);
}

/* A row of lines from to to: one line, or in a drawn grid all between two drawn lines. */
static void put_row(text *t, ofp_node *part, const layout *y, size_t from, size_t to)
{
    ofp_arena *a = ofp_doc_arena(t->d);
    ofp_node *row = ofp_add(t->d, part, OFP_ROW);
    ofp_set_line(row, t->lines[from].no);
    for (size_t c = 0; c < y->cols; c++) {
        ofp_node *cell = ofp_add(t->d, row, OFP_CELL);
        ofp_set_cell(cell, OFP_ALIGN_DEFAULT, 1, 1);
        ofp_buf b = { 0 };
        for (size_t k = from; k < to; k++) {
            ofp_str s = cell_of(y, &t->lines[k], c);
            if (b.n && s.n) ofp_buf_putc(&b, ' ');
            ofp_buf_add(&b, s);
        }
        ofp_str s = ofp_arena_squeeze(a, ofp_buf_take(&b, a));
        if (s.n) text_inlines(t, ofp_add(t->d, cell, OFP_PLAIN), s);
    }
}

/* The first row is the head when a line is drawn below it. */
static size_t head_end(const text *t, const block *b, const layout *y, size_t first)
{
    size_t k = first;
    while (k < b->to && !is_separator(y, &t->lines[k])) k++;
    size_t after = k;
    while (after < b->to && is_separator(y, &t->lines[after])) after++;
    return after < b->to ? k : first;
}

void text_put_table(text *t, ofp_node *parent, const block *b)
{
    layout y = find_layout(t, b->from);
    ofp_node *table = ofp_add(t->d, parent, OFP_TABLE);
    ofp_set_line(table, t->lines[b->from].no);
    ofp_col cols[MAX_COLS] = { { 0 } };
    for (size_t c = 0; c < y.cols; c++) cols[c].align = y.align[c];
    ofp_set_cols(t->d, table, cols, y.cols);
    ofp_node *head = ofp_add(t->d, table, OFP_THEAD), *body = ofp_add(t->d, table, OFP_TBODY);
    size_t k = b->from;
    while (k < b->to && is_separator(&y, &t->lines[k])) k++;
    bool grid = y.form == F_BARS && y.bars >= 4;
    size_t head_to = head_end(t, b, &y, k);
    if (head_to - k > 1 && !grid) head_to = y.form == F_BLANKS ? head_to : k;
    if (head_to > k) put_row(t, head, &y, k, head_to);
    for (k = head_to; k < b->to;) {
        size_t to = k + 1;
        if (is_separator(&y, &t->lines[k])) {
            k++;
            continue;
        }
        while (to < b->to && (grid ? !is_separator(&y, &t->lines[to]) : continues_row(t, to, &y))) to++;
        put_row(t, body, &y, k, to);
        k = to;
    }
}
