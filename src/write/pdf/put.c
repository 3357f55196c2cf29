/* put.c - PDF syntax into buffers.  No locale, no printf for numbers: "." is the only decimal point. */
#include "write/pdf/put.h"
#include <math.h>
#include <string.h>

void pdf_put_fixed(ofp_buf *b, long v, int places)
{
    char s[32], *end = s + sizeof s, *p = end;
    unsigned long u = v < 0 ? 0 - (unsigned long)v : (unsigned long)v;
    while (places > 0 && u % 10 == 0) {
        u /= 10;
        places--;
    }
    for (; places > 0; places--, u /= 10)
        *--p = (char)('0' + u % 10);
    if (p != end)
        *--p = '.';
    if (u || p == end) {                 /* ".5" is a number as well, and shorter */
        do *--p = (char)('0' + u % 10);
        while (u /= 10);
    }
    if (v < 0)
        *--p = '-';
    ofp_buf_add(b, (ofp_str){ p, (size_t)(end - p) });
}

void pdf_put_int(ofp_buf *b, long v)
{
    pdf_put_fixed(b, v, 0);
}

long pdf_round(double v, double scale)
{
    double r = v * scale;
    if (!isfinite(r))
        return 0;
    if (r > 2e9) r = 2e9;
    if (r < -2e9) r = -2e9;
    return (long)floor(r + 0.5);
}

void pdf_put_num(ofp_buf *b, double v)
{
    pdf_put_fixed(b, pdf_round(v, 100), 2);
}

void pdf_put_hex(ofp_buf *b, uint32_t v, int digits)
{
    static const char hex[] = "0123456789ABCDEF";
    char s[8];
    for (int i = digits - 1; i >= 0; i--, v >>= 4)
        s[i] = hex[v & 15];
    ofp_buf_add(b, (ofp_str){ s, (size_t)digits });
}

void pdf_put_hex16(ofp_buf *b, ofp_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = ofp_utf8_next(s, &at);
        if (c >= 0x10000) {
            pdf_put_hex(b, 0xD800 + ((c - 0x10000) >> 10), 4);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        pdf_put_hex(b, c, 4);
    }
}

void pdf_put_bytes(ofp_buf *b, ofp_str s)
{
    ofp_buf_putc(b, '(');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '(' || c == ')' || c == '\\')
            ofp_buf_putc(b, '\\');
        if (c == '\r')                   /* a bare CR would be read as LF */
            ofp_buf_puts(b, "\\r");
        else
            ofp_buf_putc(b, c);
    }
    ofp_buf_putc(b, ')');
}

static bool plain(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] > 0x7E)
            return false;
    return true;
}

void pdf_put_text(ofp_buf *b, ofp_str s)
{
    if (plain(s)) {
        pdf_put_bytes(b, s);
        return;
    }
    ofp_buf_puts(b, "<FEFF");
    pdf_put_hex16(b, s);
    ofp_buf_putc(b, '>');
}

void pdf_put_name(ofp_buf *b, ofp_str s)
{
    ofp_buf_putc(b, '/');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c > 0x20 && c < 0x7F && !strchr("#/()<>[]{}%", c)) {
            ofp_buf_putc(b, (char)c);
        } else if (c) {
            ofp_buf_putc(b, '#');
            pdf_put_hex(b, c, 2);
        }
    }
}

void pdf_put_ref(ofp_buf *b, unsigned id)
{
    ofp_buf_putc(b, ' ');
    pdf_put_int(b, (long)id);
    ofp_buf_puts(b, " 0 R");
}
