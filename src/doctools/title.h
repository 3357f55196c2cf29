/* title.h - the title that is said twice, and one with formulas in it. */
#ifndef OFP_DOCTOOLS_TITLE_H
#define OFP_DOCTOOLS_TITLE_H
#include "offprint/doc.h"

/* The heading at the very beginning of d that repeats the document's title; NULL where none does.
 * Many documents open with their title, and a writer that puts it above the text says it once. */
ofp_node *ofp_title_head(ofp_arena *a, const ofp_doc *d);
/* The title as it is shown where there is only text: formulas are to be read if the heading that repeats the title has some. */
ofp_str ofp_title_shown(ofp_arena *a, const ofp_doc *d);
/* The same for a book: the titles of its articles in their attributes, and its own where it follows from them. */
void ofp_show_titles(ofp_doc *d);
#endif
