/* wrap.c - filling text to a width: greedy, by terminal columns, linear. */
#include "doctools/wrap.h"

/* What may not begin a line of Chinese or Japanese text (JIS X 4051, 8.1) and what may not end one. */
static const uint32_t no_start[] = {
    0x3001, 0x3002, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF01, 0x30FB, 0x30FC, 0x300D, 0x300F, 0x3011, 0x3015, 0x3009, 0x300B,
    0xFF09, 0xFF3D, 0xFF5D, 0x201D, 0x2019, 0x2026, 0x3005, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087,
    0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, ')', ']', '}', ',', '.', ':', ';', '!', '?', '%',
};
static const uint32_t no_end[] = { 0x300C, 0x300E, 0x3010, 0x3014, 0x3008, 0x300A, 0xFF08, 0xFF3B, 0xFF5B, 0x201C, 0x2018, '(', '[', '{' };

static bool is_in(uint32_t cp, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (set[i] == cp) return true;
    return false;
}

static bool is_break(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\r' || cp == '\f' || cp == '\v';
}

/* May a line end between a and b, which no blank parts? */
static bool may_break(uint32_t a, uint32_t b)
{
    if (!ofp_is_cjk(a) && !ofp_is_cjk(b)) return false;
    return !is_in(b, no_start, sizeof no_start / sizeof *no_start) && !is_in(a, no_end, sizeof no_end / sizeof *no_end);
}

/* ASCII in one column: between two of these no line ends. */
static bool is_plain(char c)
{
    return c > ' ' && c < 0x7F;
}

/* The next piece that no line end may part, and its columns; moves *at past it. */
static ofp_str take_piece(ofp_str s, size_t *at, size_t *width)
{
    size_t from = *at;
    uint32_t last = 0;
    *width = 0;
    while (*at < s.n) {
        if (last < 0x80 && is_plain(s.p[*at])) {
            last = (unsigned char)s.p[(*at)++];
            ++*width;
            continue;
        }
        size_t next = *at;
        uint32_t cp = ofp_utf8_next(s, &next);
        if (is_break(cp) || (last && last >= 0x80 && may_break(last, cp)) || (last && last < 0x80 && cp >= 0x80 && may_break(last, cp))) break;
        *width += (size_t)ofp_char_width(cp);
        last = cp;
        *at = next;
    }
    return ofp_str_sub(s, from, *at - from);
}

static ofp_str trim_end(ofp_str s)
{
    while (s.n && is_break((unsigned char)s.p[s.n - 1])) s.n--;
    return s;
}

/* One line that must stay one: broken only where it is too long. */
static void fill(ofp_buf *out, ofp_str s, size_t columns, ofp_str first, ofp_str rest)
{
    size_t at = 0, col = ofp_str_width(first), margin = ofp_str_width(rest), width;
    bool begun = false;
    ofp_str prefix = first;
    while (at < s.n) {
        bool blank = false;
        while (at < s.n && is_break((unsigned char)s.p[at])) at++, blank = true;
        ofp_str piece = take_piece(s, &at, &width);
        if (!piece.n) break;
        if (begun && columns && col + blank + width > columns) {
            ofp_buf_putc(out, '\n');
            begun = false;
            prefix = rest;
            col = margin;
        }
        if (!begun) ofp_buf_add(out, prefix);
        else if (blank) ofp_buf_putc(out, ' ');
        col += width + (begun && blank);
        ofp_buf_add(out, piece);
        begun = true;
    }
    if (!begun) ofp_buf_add(out, trim_end(prefix));
    ofp_buf_putc(out, '\n');
}

void ofp_wrap(ofp_buf *out, ofp_str text, size_t columns, ofp_str first, ofp_str rest)
{
    ofp_str s;
    bool any = false;
    while (ofp_str_split(&text, '\n', &s)) {
        fill(out, s, columns, any ? rest : first, rest);
        any = true;
    }
    if (!any) fill(out, OFP_STR(""), columns, first, rest);
}

/* Thai to Tibetan, Myanmar, Khmer, the Tai scripts. */
static bool has_no_blanks(uint32_t cp)
{
    return (cp >= 0xE00 && cp < 0x10A0) || (cp >= 0x1780 && cp < 0x1800) || (cp >= 0x1950 && cp < 0x1AB0);
}

bool ofp_is_idle_break(ofp_str s, size_t at)
{
    size_t before = at;
    return ofp_str_starts(ofp_str_sub(s, at, SIZE_MAX), OFP_STR(OFP_IDLE_BREAK)) && !(at && has_no_blanks(ofp_utf8_prev(s, &before)));
}
