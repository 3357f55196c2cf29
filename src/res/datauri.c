/* datauri.c - RFC 2397, with the liberties that pages take. */
#include "res/datauri.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void ofp_unpercent(ofp_buf *out, ofp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        int high = s.n - i > 2 && s.p[i] == '%' ? hex_digit(s.p[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(s.p[i + 2]) : -1;
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

/* White space may stand anywhere, and the padding may be missing. */
static bool base64(ofp_buf *out, ofp_str s)
{
    uint32_t bits = 0;
    int n = 0;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        int v = digit64(s.p[i]);
        if (v < 0 && !ofp_is_space((unsigned char)s.p[i]))
            return false;
        if (v < 0)
            continue;
        bits = bits << 6 | (uint32_t)v;
        if (++n % 4 != 1)
            ofp_buf_putc(out, (char)(bits >> (6 - 2 * ((n + 3) % 4)) & 0xff));
    }
    return n % 4 != 1;
}

bool ofp_data_uri(ofp_buf *out, ofp_str url)
{
    size_t comma = ofp_str_find(url, OFP_STR(","), 0);
    if (!ofp_str_istarts(url, OFP_STR("data:")) || comma == SIZE_MAX)
        return false;
    ofp_str head = ofp_str_trim(ofp_str_sub(url, 0, comma)), body = ofp_str_sub(url, comma + 1, SIZE_MAX);
    ofp_str mark = OFP_STR(";base64");
    bool encoded = head.n >= mark.n && ofp_str_ieq(ofp_str_sub(head, head.n - mark.n, SIZE_MAX), mark);
    if (!encoded) {
        ofp_unpercent(out, body);
        return true;
    }
    if (ofp_str_find(body, OFP_STR("%"), 0) == SIZE_MAX)
        return base64(out, body);
    ofp_buf plain = { 0 };
    ofp_unpercent(&plain, body);
    bool ok = base64(out, ofp_buf_str(&plain));
    ofp_buf_free(&plain);
    return ok;
}
