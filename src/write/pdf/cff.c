/* cff.c - the little of a CFF program (Adobe TN 5176) that embedding must know: whether its glyphs have
 * CIDs, and which. */
#include "write/pdf/cff.h"

typedef struct reader { const unsigned char *p; size_t n, at; bool bad; } reader;

static unsigned take(reader *r, unsigned bytes)
{
    unsigned v = 0;
    if (r->at > r->n || bytes > r->n - r->at) {
        r->bad = true;
        return 0;
    }
    while (bytes--)
        v = v << 8 | r->p[r->at++];
    return v;
}

/* Moves past an INDEX; the bounds of its first entry go to from and to. */
static void skip_index(reader *r, size_t *from, size_t *to)
{
    unsigned count = take(r, 2);
    *from = *to = r->at;
    if (!count || r->bad)
        return;
    unsigned size = take(r, 1);
    size_t offsets = r->at, data = offsets + ((size_t)count + 1) * size - 1;
    if (size < 1 || size > 4) {
        r->bad = true;
        return;
    }
    *from = data + take(r, size);
    *to = data + take(r, size);
    r->at = offsets + (size_t)count * size;
    r->at = data + take(r, size);
}

typedef struct top_dict { bool ros; unsigned charset; } top_dict;

static void skip_real(reader *r)
{
    unsigned b;
    do b = take(r, 1);
    while (!r->bad && (b & 0x0F) != 0x0F && b >> 4 != 0x0F);
}

/* One operand (table 3 of the note); operators are below 22. */
static long operand(reader *r, unsigned b)
{
    if (b == 28) return (int16_t)take(r, 2);
    if (b == 29) return (int32_t)take(r, 4);
    if (b == 30) { skip_real(r); return 0; }
    if (b >= 32 && b <= 246) return (long)b - 139;
    if (b >= 247 && b <= 250) return ((long)b - 247) * 256 + take(r, 1) + 108;
    if (b >= 251 && b <= 254) return -((long)b - 251) * 256 - (long)take(r, 1) - 108;
    return 0;
}

enum { OP_CHARSET = 15, OP_ESCAPE = 12, OP_ROS = 30 };

static top_dict read_top(const reader *whole, size_t from, size_t to)
{
    top_dict d = { 0 };
    reader r = { whole->p, to < whole->n ? to : whole->n, from, false };
    long last = 0;
    while (r.at < r.n && !r.bad) {
        unsigned b = take(&r, 1);
        if (b > 21) {
            last = operand(&r, b);
            continue;
        }
        if (b == OP_CHARSET && last > 0)
            d.charset = (unsigned)last;
        if (b == OP_ESCAPE && take(&r, 1) == OP_ROS)
            d.ros = true;
    }
    return d;
}

static bool read_charset(reader *r, uint16_t *cids, unsigned n)
{
    unsigned format = take(r, 1), at = 1;
    cids[0] = 0;
    while (at < n && !r->bad) {
        unsigned first = take(r, 2), left = format == 0 ? 0 : take(r, format == 1 ? 1 : 2);
        for (unsigned k = 0; k <= left && at < n; k++)
            cids[at++] = (uint16_t)(first + k);
    }
    return !r->bad && format <= 2;
}

bool cff_cids(const char *bytes, size_t size, uint16_t *cids, unsigned n)
{
    reader r = { (const unsigned char *)bytes, size, 2, false };
    size_t from, to;
    r.at = take(&r, 1);                  /* size of the header */
    skip_index(&r, &from, &to);          /* names */
    skip_index(&r, &from, &to);          /* top dictionaries; one, in a font of OpenType */
    if (r.bad || from > to)
        return false;
    top_dict d = read_top(&r, from, to);
    if (!d.ros || d.charset <= 2 || n == 0)
        return false;
    r.at = d.charset;
    return read_charset(&r, cids, n);
}
