/* clean.c - what terminals and printers were told, taken out of a text.
 *
 * `man | cat` overstrikes (x BS x is bold, _ BS x underlined), programs colour their output with
 * CSI sequences (ECMA-48 clause 5.4), and old files carry other controls.  None of it is text. */
#include "read/text/text.h"

/* A control that no line of text may hold; tab and the line ends are for lines.c. */
static bool is_control(unsigned char c)
{
    return (c < 0x20 && (c < '\t' || c > '\r')) || c == 0x7F;
}

/* C1 controls are C2 80 to C2 9F; 85 (next line) ends a line and stays. */
static bool is_c1(ofp_str in, size_t i)
{
    return (unsigned char)in.p[i] == 0xC2 && i + 1 < in.n && (unsigned char)in.p[i + 1] < 0xA0 &&
           (unsigned char)in.p[i + 1] != 0x85;
}

static bool is_bom(ofp_str in, size_t i)
{
    return in.n - i >= 3 && (unsigned char)in.p[i] == 0xEF && (unsigned char)in.p[i + 1] == 0xBB &&
           (unsigned char)in.p[i + 2] == 0xBF;
}

static bool needs_cleaning(ofp_str in)
{
    for (size_t i = 0; i < in.n; i++)
        if (is_control((unsigned char)in.p[i]) || is_c1(in, i) || is_bom(in, i)) return true;
    return false;
}

/* C1 controls in a decoded text are windows-1252's quotes and dashes that somebody took for Latin-1;
 * HTML reads references to them the same way (WHATWG HTML 13.2.5.80).  0: no character. */
static const uint16_t c1_meant[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

/* Past the escape sequence at i: ESC [ parameters final byte, or ESC and one more. */
static size_t past_escape(ofp_str in, size_t i)
{
    if (++i < in.n && in.p[i] == '[') {
        for (i++; i < in.n && in.p[i] >= 0x20 && in.p[i] < 0x40; i++)
            ;
        return i < in.n && in.p[i] >= 0x40 && in.p[i] < 0x7F ? i + 1 : i;
    }
    return i < in.n && in.p[i] >= 0x40 && in.p[i] < 0x60 ? i + 1 : i;
}

/* A backspace strikes over the character before it. */
static void strike(ofp_buf *b)
{
    if (b->failed || !b->n || b->p[b->n - 1] == '\n') return;
    ofp_utf8_prev(ofp_buf_str(b), &b->n);
}

/* Past what stands at i, its meaning put into b. */
static size_t pass_over(ofp_buf *b, ofp_str in, size_t i)
{
    if (in.p[i] == '\b') strike(b);
    if (in.p[i] == 0x1B) return past_escape(in, i);
    if (is_bom(in, i)) return i + 3;
    if (!is_c1(in, i)) return i + 1;
    uint32_t cp = c1_meant[(unsigned char)in.p[i + 1] - 0x80];
    if (cp) ofp_buf_putu(b, cp);
    return i + 2;
}

ofp_str text_clean(ofp_arena *a, ofp_str in)
{
    if (!needs_cleaning(in)) return in;
    ofp_buf b = { 0 };
    for (size_t i = 0, from = 0; i <= in.n;) {
        if (i < in.n && !is_control((unsigned char)in.p[i]) && !is_c1(in, i) && !is_bom(in, i)) {
            i++;
            continue;
        }
        ofp_buf_add(&b, ofp_str_sub(in, from, i - from));
        if (i >= in.n) break;
        i = pass_over(&b, in, i);
        from = i;
    }
    return ofp_buf_take(&b, a);
}
