/* cmark_mem.c - running cmark inside an arena.
 *
 * cmark checks no allocation: its default allocator aborts the process.  Its allocator interface
 * has no user pointer either, hence the one thread-local variable of the library. */
#include "doctools/cmark_mem.h"
#include <setjmp.h>
#include <string.h>

/* Stands before each block: its size, 16 << n bytes, and while it is free the next such one. */
typedef struct head {
    _Alignas(max_align_t) size_t size;
    struct head *next;
} head;

enum { SIZES = 48 };

typedef struct heap {
    ofp_arena *arena;
    head *free[SIZES];                  /* cmark frees most of what it allocates while parsing */
    jmp_buf out;
    struct heap *outer;                 /* a run inside a run */
} heap;

static _Thread_local heap *current;

/* The smallest n with 16 << n bytes, or SIZES. */
static unsigned class_of(size_t size)
{
    unsigned n = 0;
    while (n < SIZES && (size_t)16 << n < size)
        n++;
    return n;
}

static void *get(size_t size)
{
    unsigned n = class_of(size);
    head *h = n < SIZES ? current->free[n] : NULL;
    if (h) {
        current->free[n] = h->next;
        memset(h + 1, 0, size);
        return h + 1;
    }
    h = n < SIZES ? ofp_arena_zalloc(current->arena, 1, sizeof *h + ((size_t)16 << n)) : NULL;
    if (!h)
        longjmp(current->out, 1);
    h->size = (size_t)16 << n;
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
    unsigned n = class_of(h->size);
    h->next = current->free[n];
    current->free[n] = h;
}

static void *mem_realloc(void *old, size_t size)
{
    size_t had = old ? ((head *)old - 1)->size : 0;
    if (old && size <= had)
        return old;
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
    ofp_arena_free(h.arena);
    return ok || ofp_fail_nomem(e);
}
