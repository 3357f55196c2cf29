/* cmark_mem.h - running cmark inside an arena, so that running out of memory is an error and no abort. */
#ifndef OFP_DOCTOOLS_CMARK_MEM_H
#define OFP_DOCTOOLS_CMARK_MEM_H
#include <cmark.h>
#include "offprint/base.h"

/* Calls work with an allocator for cmark whose memory lives until ofp_cmark_run returns; nothing need
 * be freed.  When memory runs out, work is left by longjmp, the result is false and e is set: so work
 * must own nothing that only its own frame can free.  mem is only good inside work, on this thread. */
bool ofp_cmark_run(void (*work)(void *user, cmark_mem *mem), void *user, ofp_err *e);
#endif
