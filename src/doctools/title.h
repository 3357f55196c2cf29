/* title.h - the title that is said twice. */
#ifndef OFP_DOCTOOLS_TITLE_H
#define OFP_DOCTOOLS_TITLE_H
#include "offprint/doc.h"

/* The heading at the very beginning of d that repeats the document's title; NULL where none does.
 * Many documents open with their title, and a writer that puts it above the text says it once. */
ofp_node *ofp_title_head(ofp_arena *a, const ofp_doc *d);
#endif
