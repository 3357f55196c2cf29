#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include "base/array.h"
#include "base/pages.h"

enum { BLOCK_MIN = 2 * 1024, BLOCK_MAX = 8 * 1024 * 1024, ALIGN = _Alignof(max_align_t) };

struct block { struct block *next; size_t used, cap; bool pages; max_align_t mem[]; };
struct ofp_arena { struct block *top; size_t next_cap; bool failed; };

ofp_arena *ofp_arena_new(void)
{
    ofp_arena *a = calloc(1, sizeof *a);
    if (a)
        a->next_cap = BLOCK_MIN;
    return a;
}

static void free_blocks(struct block *b)
{
    for (struct block *next; b; b = next) {
        next = b->next;
        if (b->pages)
            ofp_pages_free(b, sizeof *b + b->cap);
        else
            free(b);
    }
}

void ofp_arena_free(ofp_arena *a)
{
    if (!a)
        return;
    free_blocks(a->top);
    free(a);
}

void ofp_arena_clear(ofp_arena *a)
{
    if (!a || !a->top)
        return;
    free_blocks(a->top->next);
    a->top->next = NULL;
    memset(a->top->mem, 0, a->top->used);
    a->top->used = 0;
}

bool ofp_arena_failed(const ofp_arena *a) { return !a || a->failed; }

static void *fail(ofp_arena *a)
{
    a->failed = true;
    return NULL;
}

/* A request that is large beside the block in use gets a block of its own behind the top one, so
 * that the rest of the top block is not wasted. */
static void *alloc_apart(ofp_arena *a, size_t want)
{
    struct block *b = calloc(1, sizeof *b + want);
    if (!b)
        return fail(a);
    b->cap = b->used = want;
    if (a->top) {
        b->next = a->top->next;
        a->top->next = b;
    } else {
        a->top = b;
    }
    return b->mem;
}

/* The first blocks lie in the heap; large ones are whole pages. */
static struct block *new_block(size_t cap)
{
    bool pages = cap >= OFP_PAGE;
    size_t size = pages ? cap : sizeof (struct block) + cap;
    struct block *b = pages ? ofp_pages_new(size) : calloc(1, size);
    if (!b)
        return NULL;
    b->cap = size - sizeof *b;
    b->pages = pages;
    return b;
}

static bool grow(ofp_arena *a)
{
    struct block *b = new_block(a->next_cap);
    if (!b)
        return false;
    b->next = a->top;
    a->top = b;
    if (a->next_cap < BLOCK_MAX)
        a->next_cap *= 2;
    return true;
}

void *ofp_arena_zalloc(ofp_arena *a, size_t n, size_t size)
{
    size_t want;
    if (!a || a->failed)
        return NULL;
    if (__builtin_mul_overflow(n, size, &want) || want > SIZE_MAX / 2)
        return fail(a);
    want = (want + ALIGN - 1) / ALIGN * ALIGN;
    if (a->top && a->top->cap - a->top->used >= want)
        ;
    else if (want > a->next_cap / 4)
        return alloc_apart(a, want);
    else if (!grow(a))
        return fail(a);
    void *p = (char *)a->top->mem + a->top->used;
    a->top->used += want;
    return p;
}

void *ofp_arena_grow(ofp_arena *a, void *array, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return array;
    size_t more = *cap ? *cap * 2 : 2;
    void *p = ofp_arena_zalloc(a, more, size);
    if (!p)
        return NULL;
    if (n)
        memcpy(p, array, n * size);
    *cap = more;
    return p;
}

ofp_str ofp_arena_dup(ofp_arena *a, ofp_str s)
{
    char *p = ofp_arena_zalloc(a, s.n + 1, 1);
    if (!p)
        return (ofp_str){ 0 };
    if (s.n)
        memcpy(p, s.p, s.n);
    return (ofp_str){ p, s.n };
}

ofp_str ofp_arena_printf(ofp_arena *a, const char *fmt, ...)
{
    char small[256];                    /* most need no second look */
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n >= 0 && (size_t)n < sizeof small)
        return ofp_arena_dup(a, (ofp_str){ small, (size_t)n });
    char *p = n < 0 ? NULL : ofp_arena_zalloc(a, (size_t)n + 1, 1);
    if (!p)
        return (ofp_str){ 0 };
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (ofp_str){ p, (size_t)n };
}

ofp_str ofp_arena_lower(ofp_arena *a, ofp_str s)
{
    ofp_buf b = { 0 };
    for (size_t i = 0; i < s.n;)
        ofp_buf_putu(&b, ofp_to_lower(ofp_utf8_next(s, &i)));
    return ofp_buf_take(&b, a);
}

/* Length of the white space that starts at s[i]; 0 where there is none. */
static size_t space_at(ofp_str s, size_t i)
{
    if ((unsigned char)s.p[i] < 0x80)
        return s.p[i] <= ' ' && ofp_is_space((unsigned char)s.p[i]);
    size_t j = i;
    return ofp_is_space(ofp_utf8_next(s, &j)) ? j - i : 0;
}

/* Eight bytes of ASCII, no white space but blanks, and no two of these in a row; now and then false for what is,
 * since bytes borrow from each other. */
static bool is_plain(const char *p)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
    uint64_t w;
    memcpy(&w, p, sizeof w);
    uint64_t blanks = (w - 0x21 * ones) & high;
    return !((w | (w - 0x20 * ones)) & high) && !(blanks & blanks << 8);
}

static bool is_squeezed(ofp_str s)
{
    if (s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' '))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        while (s.n - i >= 8 && s.p[i] != ' ' && is_plain(s.p + i))
            i += 7;                     /* to the last of them: if it is a blank, none may follow */
        size_t w = space_at(s, i);
        if (w && (w > 1 || s.p[i] != ' ' || s.p[i - 1] == ' '))
            return false;
    }
    return true;
}

ofp_str ofp_arena_squeeze(ofp_arena *a, ofp_str s)
{
    if (is_squeezed(s))
        return s;
    ofp_buf b = { 0 };
    ofp_str word;
    while (ofp_str_word(&s, &word)) {
        if (b.n)
            ofp_buf_putc(&b, ' ');
        ofp_buf_add(&b, word);
    }
    return ofp_buf_take(&b, a);
}
