#define _DEFAULT_SOURCE                 /* madvise, MAP_ANONYMOUS */
#include "base/pages.h"
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#if defined MADV_HUGEPAGE && defined MAP_ANONYMOUS
/* A huge page begins at a multiple of its size: what lies before the first and behind the last goes back at once. */
void *ofp_pages_new(size_t size)
{
    size_t all = size + OFP_PAGE;
    char *p = all > size ? mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) : MAP_FAILED;
    if (p == MAP_FAILED)
        return NULL;
    size_t before = (OFP_PAGE - (uintptr_t)p % OFP_PAGE) % OFP_PAGE, behind = OFP_PAGE - before;
    if (before)
        munmap(p, before);
    if (behind)
        munmap(p + before + size, behind);
    madvise(p + before, size, MADV_HUGEPAGE);
    return p + before;
}

void ofp_pages_free(void *p, size_t size)
{
    munmap(p, size);
}
#else
void *ofp_pages_new(size_t size)
{
    return calloc(1, size);
}

void ofp_pages_free(void *p, size_t size)
{
    (void)size;
    free(p);
}
#endif
