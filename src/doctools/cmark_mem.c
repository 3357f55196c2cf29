/* cmark_mem.c - running cmark inside an arena.
 *
 * cmark checks no allocation: its default allocator aborts the process.  Its allocator interface
 * has no user pointer either, hence the one thread-local variable of the library. */
#include "doctools/cmark_mem.h"
#include <setjmp.h>
#include <string.h>

typedef struct heap {
    ofp_arena *arena;
    jmp_buf out;
    struct heap *outer;                 /* a run inside a run */
} heap;

static _Thread_local heap *current;

/* Stands before each block, since realloc is not told the old size. */
typedef union head { size_t size; max_align_t align; } head;

static void *get(size_t n)
{
    head *h = n > SIZE_MAX - sizeof *h ? NULL : ofp_arena_zalloc(current->arena, 1, sizeof *h + n);
    if (!h) longjmp(current->out, 1);
    h->size = n;
    return h + 1;
}

static void *mem_calloc(size_t n, size_t size)
{
    size_t total;
    return get(__builtin_mul_overflow(n, size, &total) ? SIZE_MAX : total);
}

static void *mem_realloc(void *old, size_t n)
{
    size_t had = old ? ((head *)old - 1)->size : 0;
    if (n <= had) return old;
    void *p = get(n);
    if (had) memcpy(p, old, had);
    return p;
}

static void mem_free(void *p)
{
    (void)p;                            /* dies with the arena */
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
