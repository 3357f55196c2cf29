/* wrap.h - filling text to a width. */
#ifndef OFP_DOCTOOLS_WRAP_H
#define OFP_DOCTOOLS_WRAP_H
#include "offprint/base.h"

/* Appends text to out, filled into lines of at most columns terminal columns, prefix included (0: no
 * bound).  The first line begins with first, the others with rest; every line ends with \n, blanks
 * at its end left out.  In text, \n ends a line and other ASCII white space may become a line end;
 * U+00A0 and its like may not.  Between ideographs a line may break without a blank.  A word that is
 * wider than the line stands alone on one, unbroken.  Empty text gives one line. */
void ofp_wrap(ofp_buf *out, ofp_str text, size_t columns, ofp_str first, ofp_str rest);
/* Whether what stands at at is a zero-width space that only allows a line to end inside a word: whoever reads or searches
 * plain text finds the word no more.  After a letter of a script without blanks it parts words. */
bool ofp_is_idle_break(ofp_str s, size_t at);
#define OFP_IDLE_BREAK "\u200B"
static inline bool ofp_is_mere_break(ofp_str s, size_t at)
{
    return s.p[at] == OFP_IDLE_BREAK[0] && ofp_is_idle_break(s, at);
}
#endif
