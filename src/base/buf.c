#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "offprint/base.h"

void ofp_buf_free(ofp_buf *b)
{
    free(b->p);
    *b = (ofp_buf){ 0 };
}

/* Makes room for more bytes and a NUL behind them, which eases printf and hand-over to C. */
static bool reserve(ofp_buf *b, size_t more)
{
    if (b->failed || more > SIZE_MAX / 4 - b->n)
        return !(b->failed = true);
    if (b->n + more < b->cap)
        return true;
    size_t cap = (b->n + more + 1) * 3 / 2 + 64;
    char *p = realloc(b->p, cap);
    if (!p)
        return !(b->failed = true);
    b->p = p;
    b->cap = cap;
    return true;
}

void ofp_buf_add(ofp_buf *b, ofp_str s)
{
    if (!s.n || !reserve(b, s.n))
        return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void ofp_buf_puts(ofp_buf *b, const char *z) { ofp_buf_add(b, ofp_s(z)); }

void ofp_buf_putc(ofp_buf *b, char c)
{
    if (reserve(b, 1))
        b->p[b->n++] = c;
}

void ofp_buf_putu(ofp_buf *b, uint32_t cp)
{
    char u[4];
    ofp_buf_add(b, (ofp_str){ u, ofp_utf8_put(cp, u) });
}

void ofp_buf_fill(ofp_buf *b, char c, size_t n)
{
    if (!n || !reserve(b, n))
        return;
    memset(b->p + b->n, c, n);
    b->n += n;
}

void ofp_buf_vprintf(ofp_buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    size_t room = b->cap - b->n;
    int n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, ap);
    if (n > 0 && reserve(b, (size_t)n)) {
        if ((size_t)n >= room)
            vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void ofp_buf_printf(ofp_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    ofp_buf_vprintf(b, fmt, ap);
    va_end(ap);
}

ofp_str ofp_buf_str(const ofp_buf *b) { return (ofp_str){ b->p, b->n }; }

ofp_str ofp_buf_take(ofp_buf *b, ofp_arena *a)
{
    ofp_str s = { 0 };
    if (b->failed)
        ofp_arena_zalloc(a, SIZE_MAX, 2);     /* overflows on purpose: the arena records the failure */
    else
        s = ofp_arena_dup(a, ofp_buf_str(b));
    ofp_buf_free(b);
    return s;
}
