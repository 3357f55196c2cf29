/* plain.c - text for people and pipes: the words in order, and as much shape as blanks can give. */
#include "doctools/callout.h"
#include "doctools/title.h"
#include "doctools/toc.h"
#include "doctools/wrap.h"
#include "format.h"

enum { CODE_INDENT = 4, QUOTE_INDENT = 2, DETAIL_INDENT = 4, COL_GAP = 2, WIDE_TABLE = 200 };

typedef struct writer {
    ofp_buf *out;
    ofp_arena *scratch;
    enum ofp_wrap wrap;
    size_t columns;                     /* 0: no bound */
    size_t start;                       /* of our output in out */
    size_t indent;                      /* columns before each line */
    ofp_str marker;                     /* stands at the end of the next line's indent, once */
    bool gap;                           /* a blank line is due before the next line */
    bool no_alt;                        /* of pictures whose caption says the same, and in a page's article */
    const ofp_node **notes;             /* met so far, in order */
    size_t nnotes, room;
} writer;

/* ---- inlines: to one string, \n where a line must end ------------------------------------ */

static void inlines(writer *w, ofp_buf *b, const ofp_node *parent);

static size_t add_note(writer *w, const ofp_node *note)
{
    if (w->nnotes == w->room) {
        size_t room = w->room ? 2 * w->room : 16;
        const ofp_node **more = ofp_arena_zalloc(w->scratch, room, sizeof *more);
        if (!more) return 0;
        for (size_t i = 0; i < w->nnotes; i++) more[i] = w->notes[i];
        w->notes = more;
        w->room = room;
    }
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
        if (t == OFP_SOFTBREAK || t == OFP_LINEBREAK || t == OFP_IMAGE) return false;
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
    if (!w->no_alt && ofp_first(n)) {
        blank_before(b);
        inlines(w, b, n);
    }
    if (b->n && b->p[b->n - 1] != ' ' && b->p[b->n - 1] != '\n' && runs_on(n)) ofp_buf_putc(b, ' ');
}

static void link(writer *w, ofp_buf *b, const ofp_node *n)
{
    size_t at = b->n;
    inlines(w, b, n);
    if (b->n != at || (w->no_alt && ofp_first(n))) return;
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

static bool is_ours(ofp_str format)
{
    return ofp_str_eq(format, OFP_STR("plain")) || ofp_str_eq(format, OFP_STR("text"));
}

static void flat(writer *w, ofp_buf *b, const ofp_node *n);

static void inline_node(writer *w, ofp_buf *b, const ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_TEXT: case OFP_CODE: case OFP_MATH: words(b, ofp_text(n)); break;
    case OFP_SOFTBREAK: ofp_buf_putc(b, w->wrap == OFP_WRAP_PRESERVE ? '\n' : ' '); break;
    case OFP_LINEBREAK: ofp_buf_putc(b, '\n'); break;
    case OFP_EMPH: case OFP_UNDERLINE: case OFP_STRONG: case OFP_STRIKE: case OFP_SUB: case OFP_SMALLCAPS: case OFP_SPAN:
    case OFP_CITE: inlines(w, b, n); break;
    case OFP_SUPER: superscript(w, b, n); break;
    case OFP_QUOTED: quoted(w, b, n); break;
    case OFP_LINK: link(w, b, n); break;
    case OFP_IMAGE: image(w, b, n); break;
    case OFP_NOTE: ofp_buf_printf(b, "[%zu]", add_note(w, n)); break;
    case OFP_RAWINLINE: if (is_ours(ofp_raw_format(n))) ofp_buf_add(b, ofp_text(n)); break;
    case OFP_CITATION: case OFP_PREFIX: case OFP_SUFFIX: break;
    /* Blocks stand here only inside a table cell, which is one string. */
    case OFP_PLAIN: case OFP_PARA: case OFP_LINES: case OFP_CODEBLOCK: case OFP_RAWBLOCK: case OFP_QUOTE: case OFP_OLIST:
    case OFP_ULIST: case OFP_DLIST: case OFP_HEAD: case OFP_RULE: case OFP_TABLE: case OFP_FIGURE: case OFP_DIV:
    case OFP_LINE: case OFP_ITEM: case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION: case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT:
    case OFP_ROW: case OFP_CELL: flat(w, b, n); break;
    case OFP_SHORTCAP: case OFP_DOC: case OFP_MMAP: case OFP_MLIST: case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES:
    case OFP_MBLOCKS: case OFP_NTYPES: break;
    }
}

static void inlines(writer *w, ofp_buf *b, const ofp_node *parent)
{
    for (const ofp_node *c = ofp_first(parent); c; c = ofp_next(c)) inline_node(w, b, c);
}

/* Blocks as a string: a blank between each two. */
static void flat(writer *w, ofp_buf *b, const ofp_node *n)
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

static ofp_str text_of(writer *w, const ofp_node *n)
{
    ofp_buf b = { 0 };
    inlines(w, &b, n);
    return ofp_buf_take(&b, w->scratch);
}

/* ---- lines ------------------------------------------------------------------------------- */

/* What stands before the next line; the marker of a list item is used up by it. */
static ofp_str take_prefix(writer *w)
{
    ofp_buf b = { 0 };
    size_t width = ofp_str_width(w->marker);
    if (w->indent > width) ofp_buf_fill(&b, ' ', w->indent - width);
    ofp_buf_add(&b, w->marker);
    w->marker = OFP_STR("");
    return ofp_buf_take(&b, w->scratch);
}

static ofp_str plain_prefix(writer *w, size_t more)
{
    ofp_buf b = { 0 };
    ofp_buf_fill(&b, ' ', w->indent + more);
    return ofp_buf_take(&b, w->scratch);
}

static void begin(writer *w)
{
    if (w->gap && w->out->n > w->start) ofp_buf_putc(w->out, '\n');
    w->gap = false;
}

static void put_wrapped(writer *w, ofp_str s, size_t hang)
{
    begin(w);
    ofp_str first = take_prefix(w), rest = plain_prefix(w, hang);
    ofp_wrap(w->out, s, w->columns, first, rest);
}

static void put_line(writer *w, ofp_str s)
{
    begin(w);
    ofp_str prefix = take_prefix(w);
    if (!s.n) prefix = ofp_str_sub(prefix, 0, ofp_str_trim(prefix).n ? SIZE_MAX : 0);
    ofp_buf_add(w->out, prefix);
    ofp_buf_add(w->out, s);
    ofp_buf_putc(w->out, '\n');
}

/* ---- blocks ------------------------------------------------------------------------------- */

static void blocks(writer *w, const ofp_node *parent, bool tight);

static void put_inlines(writer *w, const ofp_node *n)
{
    ofp_str s = text_of(w, n);
    if (ofp_str_trim(s).n) put_wrapped(w, s, 0);
}

static void put_code(writer *w, const ofp_node *n)
{
    ofp_str rest = ofp_text(n), s;
    w->indent += CODE_INDENT;
    while (ofp_str_split(&rest, '\n', &s)) put_line(w, s);
    w->indent -= CODE_INDENT;
}

static void put_quote(writer *w, const ofp_node *n)
{
    w->indent += QUOTE_INDENT;
    blocks(w, n, false);
    w->indent -= QUOTE_INDENT;
}

static void put_lines(writer *w, const ofp_node *n)
{
    for (const ofp_node *l = ofp_first(n); l; l = ofp_next(l)) {
        ofp_str s = text_of(w, l);
        if (s.n) put_wrapped(w, s, DETAIL_INDENT);
        else put_line(w, s);
    }
}

/* ---- lists --------------------------------------------------------------------------------- */

static void roman(ofp_buf *b, int n)
{
    static const struct { int v; const char *s; } digits[] = {
        { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" },
        { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
    };
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (; n >= digits[i].v; n -= digits[i].v) ofp_buf_puts(b, digits[i].s);
}

/* 1 a, 26 z, 27 aa. */
static void letters(ofp_buf *b, int n)
{
    char tmp[8];
    size_t i = sizeof tmp;
    for (; n > 0 && i; n = (n - 1) / 26) tmp[--i] = (char)('a' + (n - 1) % 26);
    ofp_buf_add(b, (ofp_str){ tmp + i, sizeof tmp - i });
}

static void upper(ofp_buf *b)
{
    for (size_t i = 0; !b->failed && i < b->n; i++)
        if (b->p[i] >= 'a' && b->p[i] <= 'z') b->p[i] = (char)(b->p[i] - 32);
}

static void list_number(ofp_buf *b, enum ofp_list_style style, int n)
{
    size_t at = b->n;
    bool words_fit = n > 0 && n < 4000;
    switch (style) {
    case OFP_STYLE_LOWER_ROMAN: case OFP_STYLE_UPPER_ROMAN: if (words_fit) roman(b, n); break;
    case OFP_STYLE_LOWER_ALPHA: case OFP_STYLE_UPPER_ALPHA: if (words_fit) letters(b, n); break;
    case OFP_STYLE_DEFAULT: case OFP_STYLE_EXAMPLE: case OFP_STYLE_DECIMAL: break;
    }
    if (b->n == at) ofp_buf_printf(b, "%d", n);
    if (style == OFP_STYLE_UPPER_ROMAN || style == OFP_STYLE_UPPER_ALPHA) upper(b);
}

static ofp_str number_marker(writer *w, const ofp_node *list, int n)
{
    ofp_buf b = { 0 };
    list_number(&b, ofp_list_style(list), n);
    enum ofp_list_delim delim = ofp_list_delim(list);
    ofp_str s = ofp_buf_take(&b, w->scratch);
    if (delim == OFP_DELIM_TWO_PARENS) return ofp_arena_printf(w->scratch, "(%.*s) ", (int)s.n, s.p);
    return ofp_arena_printf(w->scratch, "%.*s%c ", (int)s.n, s.p, delim == OFP_DELIM_ONE_PAREN ? ')' : '.');
}

static size_t widest_marker(writer *w, const ofp_node *list)
{
    size_t widest = 0;
    int n = ofp_list_start(list);
    for (const ofp_node *i = ofp_first(list); i; i = ofp_next(i), n++) {
        size_t width = ofp_str_width(number_marker(w, list, n));
        if (width > widest) widest = width;
    }
    return widest;
}

static void put_item(writer *w, const ofp_node *item, ofp_str marker, size_t width, bool tight)
{
    w->indent += width;
    /* An item that begins with a list puts both markers on one line. */
    if (w->marker.n) marker = ofp_arena_printf(w->scratch, "%.*s%.*s", (int)w->marker.n, w->marker.p, (int)marker.n, marker.p);
    w->marker = marker;
    blocks(w, item, tight);
    if (w->marker.n) put_line(w, OFP_STR(""));
    w->indent -= width;
}

static void put_list(writer *w, const ofp_node *list)
{
    bool bullets = ofp_node_type(list) == OFP_ULIST, tight = ofp_list_tight(list);
    size_t width = bullets ? 2 : widest_marker(w, list);
    int n = ofp_list_start(list);
    for (const ofp_node *i = ofp_first(list); i; i = ofp_next(i), n++) {
        if (i != ofp_first(list)) w->gap = !tight;
        put_item(w, i, bullets ? OFP_STR("- ") : number_marker(w, list, n), width, tight);
    }
}

static void put_definitions(writer *w, const ofp_node *list)
{
    for (const ofp_node *c = ofp_first(list); c; c = ofp_next(c)) {
        if (ofp_node_type(c) == OFP_TERM) {
            if (c != ofp_first(list)) w->gap = true;
            put_inlines(w, c);
            continue;
        }
        w->indent += DETAIL_INDENT;
        blocks(w, c, true);
        w->indent -= DETAIL_INDENT;
    }
}

/* ---- tables -------------------------------------------------------------------------------- */

/* Cells as strings, row by row; cols is 0 when the rows are not alike. */
typedef struct grid { ofp_str *cells; size_t *row_ends, nrows, ncells, cols; size_t head_rows; } grid;

static void count_cells(const ofp_node *table, grid *g)
{
    for (const ofp_node *part = ofp_first(table); part; part = ofp_next(part)) {
        if (ofp_node_type(part) == OFP_CAPTION) continue;
        for (const ofp_node *r = ofp_first(part); r; r = ofp_next(r), g->nrows++)
            for (const ofp_node *c = ofp_first(r); c; c = ofp_next(c)) g->ncells++;
    }
}

static ofp_str cell_text(writer *w, const ofp_node *cell)
{
    ofp_buf b = { 0 };
    flat(w, &b, cell);
    return ofp_arena_squeeze(w->scratch, ofp_buf_take(&b, w->scratch));
}

static void fill_row(writer *w, const ofp_node *row, grid *g, size_t *ncells)
{
    size_t from = *ncells;
    for (const ofp_node *c = ofp_first(row); c; c = ofp_next(c)) {
        if (ofp_colspan(c) > 1 || ofp_rowspan(c) > 1) g->cols = 0;
        g->cells[(*ncells)++] = cell_text(w, c);
    }
    if (*ncells - from != g->cols) g->cols = 0;
}

static grid read_table(writer *w, const ofp_node *table)
{
    grid g = { 0 };
    size_t n = 0, row = 0;
    const ofp_col *unused;
    count_cells(table, &g);
    g.cols = ofp_cols(table, &unused);
    g.cells = ofp_arena_zalloc(w->scratch, g.ncells, sizeof *g.cells);
    g.row_ends = ofp_arena_zalloc(w->scratch, g.nrows, sizeof *g.row_ends);
    if (!g.cells || !g.row_ends) return (grid){ 0 };
    for (const ofp_node *part = ofp_first(table); part; part = ofp_next(part)) {
        if (ofp_node_type(part) == OFP_CAPTION) continue;
        for (const ofp_node *r = ofp_first(part); r; r = ofp_next(r)) {
            fill_row(w, r, &g, &n);
            g.row_ends[row++] = n;
        }
        if (ofp_node_type(part) == OFP_THEAD) g.head_rows = row;
    }
    return g;
}

/* The widths of the columns; NULL when the table cannot be drawn in w's measure. */
static size_t *measure(writer *w, const grid *g)
{
    size_t *widths = g->cols ? ofp_arena_zalloc(w->scratch, g->cols, sizeof *widths) : NULL;
    size_t total = w->indent, limit = w->columns ? w->columns : WIDE_TABLE;
    if (!widths) return NULL;
    for (size_t i = 0; i < g->ncells; i++) {
        size_t width = ofp_str_width(g->cells[i]);
        if (width > widths[i % g->cols]) widths[i % g->cols] = width;
    }
    for (size_t c = 0; c < g->cols; c++) total += widths[c] + (c ? COL_GAP : 0);
    return total <= limit ? widths : NULL;
}

static ofp_str aligned_row(writer *w, const ofp_str *cells, const size_t *widths, const ofp_col *cols, size_t n)
{
    ofp_buf b = { 0 };
    size_t owed = 0;                    /* blanks that only a later cell makes needed */
    for (size_t c = 0; c < n; c++) {
        size_t pad = widths[c] - ofp_str_width(cells[c]);
        size_t left = cols[c].align == OFP_ALIGN_RIGHT ? pad : cols[c].align == OFP_ALIGN_CENTER ? pad / 2 : 0;
        if (cells[c].n) {
            ofp_buf_fill(&b, ' ', owed + left);
            ofp_buf_add(&b, cells[c]);
            owed = 0;
        } else {
            owed += left;
        }
        owed += pad - left + COL_GAP;
    }
    return ofp_buf_take(&b, w->scratch);
}

static void put_aligned(writer *w, const grid *g, const size_t *widths, const ofp_col *cols)
{
    for (size_t r = 0; r < g->nrows; r++) {
        if (r && r == g->head_rows) {
            ofp_buf b = { 0 };
            for (size_t c = 0; c < g->cols; c++) {
                if (c) ofp_buf_fill(&b, ' ', COL_GAP);
                ofp_buf_fill(&b, '-', widths[c] ? widths[c] : 1);
            }
            put_line(w, ofp_buf_take(&b, w->scratch));
        }
        put_line(w, aligned_row(w, g->cells + r * g->cols, widths, cols, g->cols));
    }
}

static void put_joined(writer *w, const grid *g)
{
    for (size_t r = 0, i = 0; r < g->nrows; r++) {
        ofp_buf b = { 0 };
        for (; i < g->row_ends[r]; i++) {
            if (!g->cells[i].n) continue;
            if (b.n) ofp_buf_puts(&b, " | ");
            ofp_buf_add(&b, g->cells[i]);
        }
        ofp_str s = ofp_buf_take(&b, w->scratch);
        if (s.n) put_wrapped(w, s, DETAIL_INDENT);
    }
}

static void put_caption(writer *w, const ofp_node *n)
{
    const ofp_node *c = ofp_first(n);
    if (c && ofp_node_type(c) == OFP_CAPTION) blocks(w, c, false);
}

static void put_table(writer *w, const ofp_node *table)
{
    const ofp_col *cols;
    grid g = read_table(w, table);
    ofp_cols(table, &cols);
    size_t *widths = measure(w, &g);
    size_t at = w->out->n;
    put_caption(w, table);
    if (w->out->n > at) w->gap = true;
    if (widths) put_aligned(w, &g, widths, cols);
    else put_joined(w, &g);
}

/* ---- figures, dispatch ---------------------------------------------------------------------- */

static void one_block(writer *w, const ofp_node *n);

/* A picture's caption tells more than its alternative text, and one of them is enough. */
static void put_figure(writer *w, const ofp_node *n)
{
    const ofp_node *caption = ofp_first(n);
    if (caption && ofp_node_type(caption) != OFP_CAPTION) caption = NULL;
    bool was = w->no_alt, told = caption && ofp_count_words(caption);
    w->no_alt |= told;
    for (const ofp_node *c = caption ? ofp_next(caption) : ofp_first(n); c; c = ofp_next(c)) one_block(w, c);
    w->no_alt = was;
    if (told) blocks(w, caption, false);
}

/* The title at the left, what it is about set in below it. */
static void put_division(writer *w, const ofp_node *n)
{
    ofp_callout c;
    if (!ofp_callout_of(n, &c)) {
        blocks(w, n, false);
        return;
    }
    put_wrapped(w, c.title ? text_of(w, c.title) : c.kind->label, 0);
    w->gap = true;
    w->indent += QUOTE_INDENT;
    for (const ofp_node *b = c.body; b; b = ofp_next(b)) one_block(w, b);
    w->indent -= QUOTE_INDENT;
}

static void put_block(writer *w, const ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_PLAIN: case OFP_PARA: case OFP_HEAD: put_inlines(w, n); break;
    case OFP_LINES: put_lines(w, n); break;
    case OFP_CODEBLOCK: put_code(w, n); break;
    case OFP_RAWBLOCK: if (is_ours(ofp_raw_format(n))) put_line(w, ofp_text(n)); break;
    case OFP_QUOTE: put_quote(w, n); break;
    case OFP_OLIST: case OFP_ULIST: put_list(w, n); break;
    case OFP_DLIST: put_definitions(w, n); break;
    case OFP_RULE: put_line(w, OFP_STR("* * *")); break;
    case OFP_TABLE: put_table(w, n); break;
    case OFP_FIGURE: put_figure(w, n); break;
    case OFP_DIV: put_division(w, n); break;
    case OFP_DOC: case OFP_TEXT: case OFP_EMPH: case OFP_UNDERLINE: case OFP_STRONG: case OFP_STRIKE: case OFP_SUPER:
    case OFP_SUB: case OFP_SMALLCAPS: case OFP_QUOTED: case OFP_CITE: case OFP_CODE: case OFP_SOFTBREAK: case OFP_LINEBREAK:
    case OFP_MATH: case OFP_RAWINLINE: case OFP_LINK: case OFP_IMAGE: case OFP_NOTE: case OFP_SPAN: case OFP_LINE: case OFP_ITEM:
    case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION: case OFP_SHORTCAP: case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT:
    case OFP_ROW: case OFP_CELL: case OFP_CITATION: case OFP_PREFIX: case OFP_SUFFIX: case OFP_MMAP: case OFP_MLIST:
    case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES: case OFP_MBLOCKS: case OFP_NTYPES: break;
    }
}

/* A block, and the blank line that is due behind it. */
static void one_block(writer *w, const ofp_node *n)
{
    size_t at = w->out->n;
    put_block(w, n);
    if (w->out->n > at) w->gap = true;
}

static bool is_tight(const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    return t == OFP_PLAIN || t == OFP_ULIST || t == OFP_OLIST;
}

static void blocks(writer *w, const ofp_node *parent, bool tight)
{
    for (const ofp_node *c = ofp_first(parent); c; c = ofp_next(c)) {
        if (tight && c != ofp_first(parent) && is_tight(c) && is_tight(ofp_prev(c))) w->gap = false;
        one_block(w, c);
    }
}

/* ---- the document ---------------------------------------------------------------------------- */

static void put_text(writer *w, ofp_str s)
{
    if (!s.n) return;
    put_wrapped(w, s, 0);
    w->gap = true;
}

static void add_part(ofp_buf *b, ofp_str s, const char *sep)
{
    if (s.n && b->n) ofp_buf_puts(b, sep);
    ofp_buf_add(b, s);
}

/* Title, subtitle; authors, site and date on one line. */
static void put_front(writer *w, const ofp_doc *d)
{
    ofp_buf b = { 0 };
    put_text(w, ofp_meta_get(d, OFP_META_TITLE));
    put_text(w, ofp_meta_get(d, OFP_META_SUBTITLE));
    for (size_t i = 0; i < ofp_meta_count(d, OFP_META_AUTHOR); i++) add_part(&b, ofp_meta_at(d, OFP_META_AUTHOR, i), ", ");
    add_part(&b, ofp_meta_get(d, OFP_META_SITE), " \u00B7 ");
    add_part(&b, ofp_meta_get(d, OFP_META_DATE), " \u00B7 ");
    put_text(w, ofp_buf_take(&b, w->scratch));
}

/* Contents: the headings' words, set in by depth. */
static void put_contents(writer *w, const ofp_doc *d, int depth)
{
    ofp_toc toc = { 0 };
    const ofp_ids *ids = ofp_ids_new(w->scratch, d, true);
    if (!ids || !ofp_toc_build(w->scratch, d, ids, &toc)) return;
    for (size_t i = 0; i < toc.n; i++) {
        if (toc.entries[i].depth > depth) continue;
        size_t in = (size_t)(toc.entries[i].depth - 1) * QUOTE_INDENT;
        w->indent += in;
        put_wrapped(w, toc.entries[i].text, QUOTE_INDENT);
        w->indent -= in;
    }
    w->gap = true;
}

/* The notes' texts, in the order of their numbers; a note inside a note comes after all others. */
static void put_notes(writer *w)
{
    for (size_t i = 0; i < w->nnotes; i++) {
        ofp_str marker = ofp_arena_printf(w->scratch, "[%zu] ", i + 1);
        w->gap = true;
        put_item(w, w->notes[i], marker, marker.n, false);
    }
}

/* Alternative texts of a page mostly name what a reader of the text would not miss: teasers, logos,
 * portraits.  Once cleanup has taken the article's words out of a page, they are the text. */
static bool is_cleaned_page(const ofp_doc *d)
{
    ofp_str ran = ofp_note(d, OFP_STR("ran")), filter;
    bool cleaned = false;
    while (ofp_str_word(&ran, &filter)) cleaned |= ofp_str_eq(filter, OFP_STR("cleanup"));
    return cleaned && ofp_str_eq(ofp_note(d, OFP_STR("origin")), OFP_STR("html-page"));
}

bool ofp_write_plain(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    writer w = { .out = out, .scratch = ofp_arena_new(), .wrap = opt->wrap, .start = out->n, .no_alt = is_cleaned_page(d) };
    if (opt->wrap == OFP_WRAP_AUTO) w.columns = opt->columns ? opt->columns : 72;
    ofp_node *said = opt->standalone ? ofp_title_head(w.scratch, d) : NULL;
    if (said) ofp_unlink(said);
    if (opt->standalone) put_front(&w, d);
    if (opt->toc) put_contents(&w, d, opt->toc_depth ? opt->toc_depth : 3);
    blocks(&w, ofp_root(d), false);
    put_notes(&w);
    bool ok = !ofp_arena_failed(w.scratch) && !out->failed;
    ofp_arena_free(w.scratch);
    return ok || ofp_fail_nomem(e);
}
