/* code.c - code blocks: their own lines on a faint ground.  Long lines make the type smaller, then the
 * ground wider than the column; those that do not fit even so are wrapped, with a mark (an artifact)
 * where a line goes on. */
#include "write/pdf/layout.h"

enum { TAB = 4, MAX_COLUMNS = 400, WIDEST = 90 };

/* Rungs of the ladder that a listing climbs down, as tables do: on A4 they hold 65, 72 and 80 columns,
 * and with the side margins 115 and 128. */
static const struct { double scale; bool wide; } rungs[] = {
    { 1, false }, { 0.91, false }, { 0.82, false }, { 0.82, true }, { 0.74, true },
};
enum { NRUNGS = sizeof rungs / sizeof *rungs };
static const double smallest = 6.5;                      /* pt */

typedef struct code {
    lay *l;
    span s;
    double column, pad, baseline, lead;                  /* column: width of a character */
    size_t columns;                                      /* on a line */
} code;

static ofp_str expand_tabs(lay *l, ofp_str line)
{
    if (ofp_str_find(line, OFP_STR("\t"), 0) == SIZE_MAX)
        return line;
    ofp_buf out = { 0 };
    for (size_t i = 0, col = 0; i < line.n; ) {
        uint32_t cp = ofp_utf8_next(line, &i);
        size_t n = cp == '\t' ? TAB - col % TAB : 1;
        if (cp == '\t')
            ofp_buf_fill(&out, ' ', n);
        else
            ofp_buf_putu(&out, cp);
        col += n;
    }
    return ofp_buf_take(&out, l->arena);
}

/* Controls have no glyphs. */
static ofp_str printable(lay *l, ofp_str line)
{
    bool odd = false;
    for (size_t i = 0; i < line.n; i++)
        odd |= (unsigned char)line.p[i] < ' ' || line.p[i] == 0x7F;
    if (!odd)
        return line;
    ofp_str copy = ofp_arena_dup(l->arena, line);
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)copy.p[i] < ' ' || copy.p[i] == 0x7F)
            ((char *)copy.p)[i] = ' ';
    return copy;
}

/* Without blanks at its end, for which no line must be wrapped. */
static ofp_str bare(ofp_str line)
{
    while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
        line.n--;
    return line;
}

/* Bytes of line that fit: up to the last blank, or within a word that fills the line alone. */
static size_t fitting(ofp_str line, size_t columns)
{
    size_t col = 0, blank = 0, i = 0;
    bool text = false;
    while (i < line.n) {
        size_t at = i;
        uint32_t cp = ofp_utf8_next(line, &i);
        col += (size_t)ofp_char_width(cp);
        if (col > columns)
            return blank > 0 && blank * 3 > at ? blank : at > 0 ? at : i;
        text |= cp != ' ';
        if (text && (cp == ' ' || cp == ',' || cp == ';' || cp == '('))
            blank = i;
    }
    return line.n;
}

/* Two thin strokes that lead from the line above to where it goes on. */
static void continuation(const code *c, double x)
{
    double y = -c->baseline + 0.3 * c->s.size, w = 0.55 * c->column;
    pdf_rect(c->l, x, y, 0.5, 0.45 * c->s.size, INK_RULE);
    pdf_rect(c->l, x, y, w, 0.5, INK_RULE);
}

static strip *ground(const code *c, double height)
{
    lay *l = c->l;
    strip *s = pdf_strip(l, height);
    s->tint_x = (float)l->at.x;
    s->tint_w = (float)l->at.w;
    return s;
}

static void show_line(const code *c, ofp_str text, double indent, bool goes_on, bool last)
{
    lay *l = c->l;
    ground(c, c->lead);
    pdf_labels(l, -c->baseline);
    double x = l->at.x + c->pad + indent;
    if (indent > 0)
        continuation(c, l->at.x + c->pad + 0.3 * c->column);
    if (text.n == 0)
        return;
    pdf_show(l, pdf_text_shape(l, &c->s, text), &c->s, c->s.elem, x, -c->baseline);
    if (!goes_on && !last && !l->nomem && l->flow->items.n)
        l->flow->items.p[l->flow->items.n - 1].space_after = true;
}

static double width_of(const code *c, ofp_str text)
{
    return pdf_text_shape(c->l, &c->s, text)->width * c->s.size;
}

static void set_line(const code *c, ofp_str line, bool last)
{
    lay *l = c->l;
    size_t hang = c->columns > 12 ? 2 : 0;
    double indent = 0;
    line = printable(l, expand_tabs(l, bare(line)));
    for (bool first = true; first || line.n; first = false) {
        size_t n = fitting(line, first ? c->columns : c->columns - hang);
        double room = l->at.w - 2 * c->pad - indent + 0.01;
        while (n > 1 && width_of(c, ofp_str_sub(line, 0, n)) > room) {  /* letters of another face are wider */
            n = n * 3 / 4;
            while (n > 1 && n < line.n && ((unsigned char)line.p[n] & 0xC0) == 0x80)
                n--;
        }
        show_line(c, ofp_str_sub(line, 0, n), indent, n < line.n, last);
        while (n < line.n && line.p[n] == ' ')
            n++;
        line = ofp_str_sub(line, n, SIZE_MAX);
        indent = (double)hang * c->column;
    }
}

/* How many lines there are, and how many that show something. */
typedef struct extent { size_t lines, shown; } extent;

static extent extent_of(ofp_str text)
{
    ofp_str line;
    extent n = { 0, 0 };
    while (ofp_str_line(&text, &line)) {
        n.lines++;
        n.shown += bare(line).n > 0;
    }
    return n;
}

/* Two lines that show something stay together at either end, no page begins with an empty line, and short listings
 * stay whole. */
static bool keeps(extent all, extent so_far, ofp_str rest)
{
    ofp_str next;
    if (so_far.lines == all.lines || all.lines <= 4)
        return true;                                     /* the last one stays with the ground below it */
    return so_far.shown < 2 || all.shown - so_far.shown < 2 || (ofp_str_line(&rest, &next) && bare(next).n == 0);
}

static void set_lines(const code *c, ofp_str text, extent all)
{
    lay *l = c->l;
    ofp_str line;
    extent so_far = { 0, 0 };
    ground(c, c->pad)->keep = true;
    for (size_t i = 0; ofp_str_line(&text, &line) && !l->nomem; i++) {
        so_far.lines++;
        so_far.shown += bare(line).n > 0;
        set_line(c, line, so_far.lines == all.lines);
        if (keeps(all, so_far, text))
            pdf_keep_last(l);
        if (l->flow == &l->main && (i & 31) == 31)
            pdf_pages_feed(l, false);
    }
    ground(c, c->pad);
}

/* ---- how large ---- */

static size_t columns_of(ofp_str line)
{
    size_t col = 0;
    for (size_t i = 0; i < line.n && col <= MAX_COLUMNS; ) {
        uint32_t cp = ofp_utf8_next(line, &i);
        col += cp == '\t' ? TAB - col % TAB : (size_t)ofp_char_width(cp);
    }
    return col;
}

/* The columns of the widest line; one that has more than `most` counts as `beyond`. */
static size_t widest_line(ofp_str text, size_t most, size_t beyond)
{
    ofp_str line;
    size_t widest = 1;
    while (ofp_str_line(&text, &line)) {
        size_t w = columns_of(bare(line));
        w = w > most ? beyond : w;
        widest = w > widest ? w : widest;
    }
    return widest;
}

static size_t columns_in(const code *c, double width)
{
    double columns = (width - 2 * c->pad + 0.01) / c->column;
    return columns < 1 ? 1 : (size_t)columns;
}

/* Type of a rung; false where the face has no width. */
static bool use_rung(code *c, int i)
{
    lay *l = c->l;
    const look *k = &l->sheet.looks[LOOK_CODE];
    double own = k->size * l->at.scale, least = smallest < own ? smallest / own : 1;
    double scale = rungs[i].scale < least ? least : rungs[i].scale;
    c->s.size = own * scale;
    c->lead = k->lead * l->at.scale * scale;
    type_height h = pdf_height(l, &c->s);
    c->pad = 0.5 * c->s.size;
    c->baseline = (c->lead - (h.ascent + h.descent) * c->s.size) / 2 + h.ascent * c->s.size;
    c->column = pdf_text_shape(l, &c->s, OFP_STR("0"))->width * c->s.size;
    if (c->column <= 0)
        return false;
    c->columns = columns_in(c, l->at.w + (rungs[i].wide ? 2 * pdf_reach(l) : 0));
    return true;
}

/* The first rung that all lines fit on; those that fit on none have no say.  The ground grows on both
 * sides by what is needed. */
static void fit(code *c, ofp_str text)
{
    lay *l = c->l;
    use_rung(c, NRUNGS - 1);
    size_t widest = widest_line(text, c->columns, 1);
    for (int i = 0; i < NRUNGS && use_rung(c, i) && widest > c->columns; i++)
        ;
    double more = (double)widest * c->column + 2 * c->pad - l->at.w;
    if (more > 0 && more <= 2 * pdf_reach(l)) {
        l->at.x -= more / 2;
        l->at.w += more;
    }
    c->columns = columns_in(c, l->at.w);
}

static void measure(const code *c, ofp_str text)
{
    pdf_needs(c->l, 10 * c->column, (double)widest_line(text, WIDEST, WIDEST) * c->column + 2 * c->pad);
}

void pdf_code(lay *l, const ofp_node *n)
{
    const look *k = &l->sheet.looks[LOOK_CODE];
    ofp_str text = ofp_text(n);
    extent all = extent_of(text);
    code c = { .l = l, .s = pdf_span(l, LOOK_CODE, 0) };
    if (all.lines == 0 || !use_rung(&c, 0))
        return;
    if (l->measuring) {
        measure(&c, text);
        return;
    }
    place saved = l->at;
    l->at.elem = pdf_elem_new(l, PDF_P);
    c.s.elem = pdf_elem_new(l, PDF_CODE);
    l->at.elem = saved.elem;
    fit(&c, text);
    pdf_dest_next(l, ofp_id(n));
    pdf_gap(l, k->above);
    set_lines(&c, text, all);
    pdf_gap(l, k->below);
    l->at = saved;
}
