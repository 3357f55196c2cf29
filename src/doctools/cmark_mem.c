/* cmark_mem.c - running cmark inside an arena.
 *
 * cmark checks no allocation: its default allocator aborts the process.  Its allocator interface
 * has no user pointer either, hence the one thread-local variable of the library. */
#include "doctools/cmark_mem.h"
#include <setjmp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Stands before each block: its size, and while it is free the next of that size. */
typedef struct head {
    _Alignas(max_align_t) size_t size;
    struct head *next;
} head;

/* A block of more than LARGE bytes, of which a paragraph of megabytes has one that grows: the system's, which moves pages and
 * copies nothing.  back is what points here. */
typedef struct large {
    struct large *next, **back;
    head head;
} large;

/* Sizes of blocks: the first so many multiples of UNIT, where most are nodes, then powers of two. */
enum { UNIT = 16, FINE = 32, SIZES = FINE + 9, LARGE = 256 * 1024 };

typedef struct heap {
    ofp_arena *arena;
    head *free[SIZES];                  /* cmark frees most of what it allocates while parsing */
    large *large;
    jmp_buf out;
    struct heap *outer;                 /* a run inside a run */
} heap;

static _Thread_local heap *current;

static size_t size_of(unsigned n) { return n < FINE ? (n + (size_t)1) * UNIT : (size_t)(2 * FINE * UNIT) << (n - FINE); }

/* The smallest n whose size has room for at most LARGE bytes. */
static unsigned class_of(size_t size)
{
    unsigned n = size > FINE * UNIT ? FINE : size ? (unsigned)((size - 1) / UNIT) : 0;
    while (size_of(n) < size)
        n++;
    return n;
}

/* Links a large block of size bytes in, or leaves where there is none. */
static void *link_large(large *l, size_t size)
{
    if (!l)
        longjmp(current->out, 1);
    *l->back = l;
    if (l->next)
        l->next->back = &l->next;
    l->head.size = size;
    return &l->head + 1;
}

static void *get_large(size_t size)
{
    large *l = size < SIZE_MAX / 2 ? calloc(1, sizeof *l + size) : NULL;
    if (l)
        *l = (large){ .next = current->large, .back = &current->large };
    return link_large(l, size);
}

static large *large_of(head *h) { return (large *)((char *)h - offsetof(large, head)); }

static void free_large(large *l)
{
    *l->back = l->next;
    if (l->next)
        l->next->back = l->back;
    free(l);
}

static void *get(size_t size)
{
    if (size > LARGE)
        return get_large(size);
    unsigned n = class_of(size);
    head *h = current->free[n];
    if (h) {
        current->free[n] = h->next;
        memset(h + 1, 0, size);
        return h + 1;
    }
    h = ofp_arena_zalloc(current->arena, 1, sizeof *h + size_of(n));
    if (!h)
        longjmp(current->out, 1);
    h->size = size_of(n);
    return h + 1;
}

static void *mem_calloc(size_t n, size_t size)
{
    size_t total;
    return get(__builtin_mul_overflow(n, size, &total) ? SIZE_MAX : total);
}

static void mem_free(void *p)
{
    if (!p)
        return;
    head *h = (head *)p - 1;
    if (h->size > LARGE) {
        free_large(large_of(h));
        return;
    }
    unsigned n = class_of(h->size);
    h->next = current->free[n];
    current->free[n] = h;
}

static void *mem_realloc(void *old, size_t size)
{
    size_t had = old ? ((head *)old - 1)->size : 0;
    if (old && size <= had)
        return old;
    if (had > LARGE)
        return link_large(size < SIZE_MAX / 2 ? realloc(large_of((head *)old - 1), sizeof (large) + size) : NULL, size);
    void *p = get(size);
    if (old)
        memcpy(p, old, had);
    mem_free(old);
    return p;
}

bool ofp_cmark_run(void (*work)(void *user, cmark_mem *mem), void *user, ofp_err *e)
{
    cmark_mem mem = { mem_calloc, mem_realloc, mem_free };
    heap h = { .arena = ofp_arena_new(), .outer = current };
    volatile bool ok = false;
    if (!h.arena) return ofp_fail_nomem(e);
    current = &h;
    if (setjmp(h.out) == 0) {
        work(user, &mem);
        ok = true;
    }
    current = h.outer;
    while (h.large)
        free_large(h.large);
    ofp_arena_free(h.arena);
    return ok || ofp_fail_nomem(e);
}
