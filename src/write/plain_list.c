/* plain_list.c - lists and their markers. */
#include "write/plain.h"

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

void ofp_plain_item(writer *w, const ofp_node *item, ofp_str marker, size_t width, bool tight)
{
    w->indent += width;
    /* An item that begins with a list puts both markers on one line. */
    if (w->marker.n) marker = ofp_arena_printf(w->scratch, "%.*s%.*s", (int)w->marker.n, w->marker.p, (int)marker.n, marker.p);
    w->marker = marker;
    ofp_plain_blocks(w, item, tight);
    if (w->marker.n) ofp_plain_line(w, OFP_STR(""));
    w->indent -= width;
}

void ofp_plain_list(writer *w, const ofp_node *list)
{
    bool bullets = ofp_node_type(list) == OFP_ULIST, tight = ofp_list_tight(list);
    size_t width = bullets ? 2 : widest_marker(w, list);
    int n = ofp_list_start(list);
    for (const ofp_node *i = ofp_first(list); i; i = ofp_next(i), n++) {
        if (i != ofp_first(list)) w->gap = !tight;
        ofp_plain_item(w, i, bullets ? OFP_STR("- ") : number_marker(w, list, n), width, tight);
    }
}

void ofp_plain_definitions(writer *w, const ofp_node *list)
{
    for (const ofp_node *c = ofp_first(list); c; c = ofp_next(c)) {
        if (ofp_node_type(c) == OFP_TERM) {
            if (c != ofp_first(list)) w->gap = true;
            ofp_plain_paragraph(w, c);
            continue;
        }
        w->indent += DETAIL_INDENT;
        ofp_plain_blocks(w, c, true);
        w->indent -= DETAIL_INDENT;
    }
}
