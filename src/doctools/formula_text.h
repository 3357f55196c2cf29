/* formula_text.h - formulas as text that people read: x = (−b ± √(b² − 4ac))/(2a). */
#ifndef OFP_DOCTOOLS_FORMULA_TEXT_H
#define OFP_DOCTOOLS_FORMULA_TEXT_H
#include "offprint/doc.h"

/* Appends tex as one line; with lines the rows of a formula that is nothing but rows become lines of their own, with \n between
 * them.  False, with nothing appended, where tex is none that we can read.  Out of memory shows in out. */
bool ofp_formula_text(ofp_buf *out, ofp_str tex, bool lines);
/* The same on its own in one line; tex itself where it cannot be read or shows nothing. */
ofp_str ofp_formula_shown(ofp_arena *a, ofp_str tex);
/* As ofp_plain_text (offprint/doc.h), and formulas are readable: for titles that are shown. */
ofp_str ofp_shown_text(ofp_arena *a, const ofp_node *n);
#endif
