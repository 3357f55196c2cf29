/* pages.h - large pieces of zeroed memory straight from the system. */
#ifndef OFP_BASE_PAGES_H
#define OFP_BASE_PAGES_H
#include <stddef.h>

/* The size that pieces are multiples of.  On Linux that of a huge page: a document of megabytes takes memory faster than
 * the system hands it out in pages of 4 kB (Documentation/admin-guide/mm/transhuge.rst). */
enum { OFP_PAGE = 2 * 1024 * 1024 };

/* size zeroed bytes, a multiple of OFP_PAGE; NULL when out of memory.  They are given back with the same size. */
void *ofp_pages_new(size_t size);
void ofp_pages_free(void *p, size_t size);
#endif
