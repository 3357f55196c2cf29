/* lines.c - the first stage: lines with their measures, and marks as they look on their own. */
#include "read/text/text.h"

/* ---- where lines end ------------------------------------------------------------------ */

/* Bytes of the line end at in[i]; 0 where there is none.  Beside the usual three: vertical tab, form
 * feed, NEL (C2 85), LINE and PARAGRAPH SEPARATOR (E2 80 A8, A9), the list of UAX 14's class BK. */
static size_t line_end(ofp_str in, size_t i)
{
    const unsigned char *p = (const unsigned char *)in.p + i;
    size_t left = in.n - i;
    if (*p == '\r') return left > 1 && p[1] == '\n' ? 2 : 1;
    if (*p == '\n' || *p == '\v' || *p == '\f') return 1;
    if (*p == 0xC2 && left > 1 && p[1] == 0x85) return 2;
    if (*p == 0xE2 && left > 2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9)) return 3;
    return 0;
}

/* Takes a line; *counts tells whether an editor would count its end, *feed whether it ends a page. */
static bool take_line(ofp_str *in, ofp_str *l, bool *counts, bool *feed)
{
    if (!in->n) return false;
    size_t i = 0, end = 0;
    while (i < in->n && !(((unsigned char)in->p[i] < 0x0E || (unsigned char)in->p[i] > 0xC1) && (end = line_end(*in, i))))
        i++;
    *l = ofp_str_sub(*in, 0, i);
    *counts = end == 2 || (end == 1 && (in->p[i] == '\n' || in->p[i] == '\r'));
    if (end == 2 && (unsigned char)in->p[i] == 0xC2) *counts = false;
    *feed = end == 1 && in->p[i] == '\f';
    *in = ofp_str_sub(*in, i + end, SIZE_MAX);
    return true;
}

/* An upper bound of the lines that are not blank, so that ten million blank ones cost nothing. */
static size_t count_lines(ofp_str in)
{
    size_t n = 1;
    bool inked = false;
    for (size_t i = 0; i < in.n; i++) {
        unsigned char c = (unsigned char)in.p[i];
        if ((c < 0x0E || c > 0xC1) && line_end(in, i)) {
            n += inked;
            inked = false;
        } else if (c > ' ') {
            inked = true;
        }
    }
    return n;
}

/* ---- measures ------------------------------------------------------------------------- */

static unsigned short clip(size_t n)
{
    return (unsigned short)(n < 0xFFFF ? n : 0xFFFF);
}

/* Columns of the blank that starts s at *i, moving past it; 0 when there is none.  NBSP and the
 * ideographic space indent as well as others do. */
static unsigned take_blank(ofp_str s, size_t *i, unsigned col)
{
    unsigned char c = (unsigned char)s.p[*i];
    if (c == ' ') return ++*i, 1;
    if (c == '\t') return ++*i, 8 - col % 8;
    if (c < 0x80) return 0;
    size_t at = *i;
    uint32_t cp = ofp_utf8_next(s, &at);
    if (!ofp_is_space(cp)) return 0;
    *i = at;
    return cp == 0x3000 ? 2 : 1;
}

static ofp_str cut_indent(ofp_str s, size_t *col)
{
    size_t i = 0;
    unsigned w;
    while (i < s.n && (w = take_blank(s, &i, (unsigned)(*col % 8)))) *col += w;
    return ofp_str_sub(s, i, SIZE_MAX);
}

static ofp_str cut_tail(ofp_str s)
{
    while (s.n) {
        size_t at = s.n;
        unsigned char c = (unsigned char)s.p[s.n - 1];
        if (c != ' ' && c != '\t' && (c < 0x80 || !ofp_is_space(ofp_utf8_prev(s, &at)))) break;
        s.n = c < 0x80 ? s.n - 1 : at;
    }
    return s;
}

static size_t columns(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return ofp_str_width(s);
    return s.n;
}

/* Characters of scripts without blanks between words. */
static size_t count_cjk(ofp_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;)
        if ((unsigned char)s.p[i] < 0x80) i++;
        else n += ofp_is_cjk(ofp_utf8_next(s, &i));
    return n;
}

/* The first word; where no blanks stand between words, the first character. */
static ofp_str first_word(ofp_str s)
{
    size_t i = 0;
    while (i < s.n) {
        size_t at = i;
        uint32_t cp = ofp_utf8_next(s, &at);
        if (cp == ' ' || cp == '\t') break;
        if (ofp_is_cjk(cp)) return ofp_str_sub(s, 0, i ? i : at);
        i = at;
    }
    return ofp_str_sub(s, 0, i);
}

/* ---- quote marks ------------------------------------------------------------------------ */

/* "> > text", ">> text": how deep, and the text behind.  A mark stands near the margin. */
static unsigned take_quotes(ofp_str *s, size_t *col)
{
    unsigned depth = 0;
    if (*col > 4) return 0;
    while (s->n && s->p[0] == '>') {
        depth += depth < MAX_QUOTE;
        ++*col;
        *s = ofp_str_sub(*s, 1, SIZE_MAX);
        if (s->n > 1 && s->p[0] == ' ' && (s->p[1] == '>' || s->p[1] != ' ')) {
            ++*col;
            *s = ofp_str_sub(*s, 1, SIZE_MAX);
        }
    }
    return depth;
}

/* A text whose only marks are ">>>" shows Python, not mail. */
static bool has_quotes(ofp_str in)
{
    for (size_t at = 0; (at = ofp_str_find(in, OFP_STR(">"), at)) < in.n;) {
        size_t b = at, n = 0;
        while (b && in.p[b - 1] == ' ' && at - b < 5) b--;
        while (at < in.n && in.p[at] == '>') at++, n++;
        bool start = !b || in.p[b - 1] == '\n' || in.p[b - 1] == '\r';
        if (start && n != 3 && (at >= in.n || in.p[at] == ' ' || in.p[at] == '\n' || in.p[at] == '\r' || n > 1 ||
                                ofp_is_letter((unsigned char)in.p[at])))
            return true;
    }
    return false;
}

/* ---- marks ------------------------------------------------------------------------------ */

/* Marks that are bullets wherever they stand; dashes, stars and letters need marks.c's judgement. */
static const struct { uint32_t cp; bool sure; } bullets[] = {
    { 0x2022, true }, { 0x25E6, true }, { 0x25AA, true }, { 0x25AB, true }, { 0x25A0, true }, { 0x25A1, true },
    { 0x25CF, true }, { 0x25CB, true }, { 0x2023, true }, { 0x2043, true }, { 0x2219, true }, { 0x25C6, true },
    { 0x25C7, true }, { 0x25B6, true }, { 0x25BA, true }, { 0x27A2, true }, { 0x2713, true }, { 0x2714, true },
    { 0x2606, true }, { 0x2605, true }, { 0x00B7, true }, { '*', false },   { '+', false },   { '-', false },
    { 0x2013, false }, { 'o', false },  { '#', false },   { '@', false },   { '=', false },
};

/* A bullet is followed by a blank or stands alone; the round one is glued by some page extractors. */
static bool scan_bullet(line *l)
{
    size_t at = 0;
    uint32_t cp = ofp_utf8_next(l->s, &at);
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        if (bullets[i].cp != cp) continue;
        size_t col = (size_t)ofp_char_width(cp), end = at;
        ofp_str rest = cut_indent(ofp_str_sub(l->s, at, SIZE_MAX), &col);
        bool blank = rest.p != l->s.p + end || !rest.n;
        if (!blank && cp != 0x2022 && cp != 0x25AA && cp != 0x25CF) return false;
        if (!rest.n && !bullets[i].sure) return false;
        l->kind = L_BULLET;
        l->mark = cp;
        l->sure = bullets[i].sure;
        l->body = clip(col);
        l->skip = clip((size_t)(rest.p - l->s.p));
        return true;
    }
    return false;
}

static int roman_value(ofp_str s)
{
    static const struct { char c; int v; } digits[] = { { 'i', 1 }, { 'v', 5 }, { 'x', 10 }, { 'l', 50 }, { 'c', 100 } };
    int sum = 0, last = 0;
    for (size_t i = s.n; i-- > 0;) {
        int v = 0;
        for (size_t k = 0; k < sizeof digits / sizeof *digits; k++)
            if ((s.p[i] | 0x20) == digits[k].c) v = digits[k].v;
        if (!v) return 0;
        sum += v < last ? -v : v;
        last = v > last ? v : last;
    }
    return sum;
}

/* What stands before the delimiter: "12", "b", "iv".  A single letter is read as a letter; marks.c
 * turns a list that starts with i or I into roman numerals. */
static bool number_value(ofp_str s, line *l)
{
    long v;
    if (s.n <= 3 && ofp_str_int(s, 0, 999, &v)) {
        l->number = (int)v;
        l->style = OFP_STYLE_DECIMAL;
        return true;
    }
    bool lower = s.n && s.p[0] >= 'a' && s.p[0] <= 'z', upper = s.n && s.p[0] >= 'A' && s.p[0] <= 'Z';
    if (s.n == 1 && (lower || upper)) {
        l->number = (s.p[0] | 0x20) - 'a' + 1;
        l->style = lower ? OFP_STYLE_LOWER_ALPHA : OFP_STYLE_UPPER_ALPHA;
        return true;
    }
    l->number = s.n <= 6 && (lower || upper) ? roman_value(s) : 0;
    l->style = lower ? OFP_STYLE_LOWER_ROMAN : OFP_STYLE_UPPER_ROMAN;
    return l->number > 0;
}

/* "12. ", "12) ", "(12) ". */
static bool scan_number(line *l)
{
    bool open = l->s.p[0] == '(';
    size_t i = open;
    while (i < l->s.n && i < 8 && ((unsigned)(l->s.p[i] - '0') < 10 || (unsigned)((l->s.p[i] | 0x20) - 'a') < 26)) i++;
    if (i + 1 >= l->s.n || !(l->s.p[i] == ')' || (l->s.p[i] == '.' && !open))) return false;
    if (!number_value(ofp_str_sub(l->s, open, i - open), l)) return false;
    size_t col = i + 1;
    ofp_str rest = cut_indent(ofp_str_sub(l->s, i + 1, SIZE_MAX), &col);
    if (col == i + 1 || !rest.n) return false;
    l->kind = L_NUMBER;
    l->mark = open ? OFP_DELIM_TWO_PARENS : l->s.p[i] == ')' ? OFP_DELIM_ONE_PAREN : OFP_DELIM_PERIOD;
    l->body = clip(col);
    l->skip = clip((size_t)(rest.p - l->s.p));
    return true;
}

static bool is_rule_char(uint32_t cp)
{
    return cp == '*' || cp == '-' || cp == '_' || cp == '=' || cp == '~' || cp == '#' || cp == '^' || cp == '+' ||
           cp == 0x2022 || cp == 0x2014 || cp == 0x2013 || (cp >= 0x2500 && cp <= 0x257F) || cp == 0x2042 || cp == 0x2051;
}

/* A line of nothing but one ornament, three times or more ("* * *", "-----"), or an asterism. */
static bool scan_rule(line *l)
{
    size_t n = 0;
    uint32_t first = 0;
    for (size_t i = 0; i < l->s.n;) {
        uint32_t cp = ofp_utf8_next(l->s, &i);
        if (cp == ' ' || cp == '\t') continue;
        if (!first) first = cp;
        if (cp != first || !is_rule_char(cp)) return false;
        n++;
    }
    if (n < 3 && first != 0x2042) return false;
    l->kind = L_RULE;
    l->mark = first;
    return true;
}

static void scan_mark(line *l)
{
    if (ofp_str_starts(l->s, OFP_STR("```")) || ofp_str_starts(l->s, OFP_STR("~~~")))
        l->kind = L_FENCE;
    else if (!scan_rule(l) && !scan_bullet(l))
        scan_number(l);
}

/* ---- lines ------------------------------------------------------------------------------ */

/* Measures s into *l; false for a blank line. */
static bool scan_line(line *l, ofp_str s, bool quotes)
{
    size_t col = 0;
    s = cut_indent(cut_tail(s), &col);
    unsigned depth = quotes ? take_quotes(&s, &col) : 0;
    if (depth) s = cut_indent(s, &col);
    if (!s.n) return false;
    *l = (line){ .s = s, .quote = (unsigned char)depth, .left = clip(col), .width = clip(columns(s)) };
    l->words = clip(ofp_str_words(s) + count_cjk(s) / 2);
    scan_mark(l);
    l->first = clip(columns(first_word(s)));
    return true;
}

/* ---- one column for each character --------------------------------------------------------- */

enum { WIDE_EDGE = 100, COUNTED_EDGE = 80, FULL_EDGE = 70, FEW_LINES = 3 };

static size_t characters(ofp_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; n++) ofp_utf8_next(s, &i);
    return n;
}

/* lynx wraps by characters, though those of Chinese and Japanese are two columns wide: lines go far past the
 * edge in columns, and none does in characters. */
static bool is_counted(const text *t)
{
    size_t full = 0;
    for (const line *l = t->lines; l < t->lines + t->nlines; l++) {
        if (l->left + l->width <= WIDE_EDGE) continue;
        size_t edge = l->left + characters(l->s);
        bool address = l->first == l->width;               /* cannot be broken */
        if (edge > COUNTED_EDGE && !address) return false;
        full += edge >= FULL_EDGE && !address && l + 1 < t->lines + t->nlines && !l[1].gap;
    }
    return full >= FEW_LINES;
}

static void count_characters(text *t)
{
    if (!is_counted(t)) return;
    for (line *l = t->lines; l < t->lines + t->nlines; l++) {
        l->width = clip(characters(l->s));
        l->first = clip(characters(first_word(l->s)));
    }
}

void text_lines(text *t, ofp_str in, unsigned no)
{
    t->lines = ofp_arena_zalloc(t->scratch, count_lines(in), sizeof *t->lines);
    if (!t->lines) return;
    bool quotes = has_quotes(in), counts, feed, page = false;
    unsigned gap = 0;
    ofp_str s;
    while (take_line(&in, &s, &counts, &feed)) {
        line *l = &t->lines[t->nlines];
        if (scan_line(l, s, quotes)) {
            l->no = no;
            l->gap = (unsigned char)(gap + page > 255 ? 255 : gap + page);
            l->page = page;
            t->nlines++;
            gap = 0;
            page = false;
        } else if (s.n || !feed) {
            gap++;
        }
        page |= feed;
        no += counts;
    }
    count_characters(t);
}

static bool is_closer(uint32_t cp)
{
    static const uint32_t set[] = { '"', '\'', ')', ']', '*', '_', 0x201D, 0x2019, 0x201C, 0xBB, 0xAB, 0x203A, 0x300D, 0x300F, 0xFF09 };
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        if (set[i] == cp) return true;
    return false;
}

bool text_terminal(ofp_str s)
{
    static const uint32_t ends[] = { '.', '!', '?', ':', ';', 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0x061F, 0x06D4, 0x0964 };
    while (s.n) {
        size_t at = s.n;
        uint32_t cp = ofp_utf8_prev(s, &at);
        s.n = at;
        if (is_closer(cp)) continue;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (ends[i] == cp) return true;
        return false;
    }
    return false;
}
