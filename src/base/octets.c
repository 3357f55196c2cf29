/* octets.c - bytes written as ASCII. */
#include "base/octets.h"

int ofp_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void ofp_unpercent(ofp_buf *out, ofp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        int high = s.n - i > 2 && s.p[i] == '%' ? ofp_hex_digit(s.p[i + 1]) : -1;
        int low = high >= 0 ? ofp_hex_digit(s.p[i + 2]) : -1;
        if (low < 0) {
            ofp_buf_putc(out, s.p[i]);
            continue;
        }
        ofp_buf_putc(out, (char)(high << 4 | low));
        i += 2;
    }
}

/* The value of a base64 digit of either alphabet of RFC 4648, -1 for any other character. */
static int digit64(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

bool ofp_base64(ofp_buf *out, ofp_str s)
{
    uint32_t bits = 0;
    int n = 0;
    bool clean = true;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        int v = digit64(s.p[i]);
        clean = clean && (v >= 0 || ofp_is_space((unsigned char)s.p[i]));
        if (v < 0)
            continue;
        bits = bits << 6 | (uint32_t)v;
        if (++n % 4 != 1)
            ofp_buf_putc(out, (char)(bits >> (6 - 2 * ((n + 3) % 4)) & 0xff));
    }
    return clean && n % 4 != 1;
}

void ofp_put_base64(ofp_buf *out, ofp_str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.n; i += 3) {
        size_t n = s.n - i < 3 ? s.n - i : 3;
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < n ? (unsigned char)s.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            ofp_buf_putc(out, k <= n ? digits[bits >> (18 - 6 * k) & 63] : '=');
    }
}
