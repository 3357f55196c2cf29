/* cut.h - where pages end.  Strips that are kept with the next ones decide, then the notes that come with them; a
 * picture may become smaller for the sake of the page, or wait for the next one. */
#ifndef OFP_PDF_CUT_H
#define OFP_PDF_CUT_H
#include "write/pdf/foot.h"

/* Where a page ends: past its last strips of text and of notes; used: height of the text. */
typedef struct ending { bool known; size_t end; foot foot; double used; } ending;

/* Where the page that begins at strip `from` of the main flow ends, not known where what comes may still change that;
 * all: nothing comes any more.  May move strips of the flow that are behind the page's end. */
ending pdf_find_cut(lay *l, size_t from, bool all);
#endif
