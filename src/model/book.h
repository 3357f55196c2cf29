/* book.h - what keeps a book true after its articles have changed. */
#ifndef OFP_MODEL_BOOK_H
#define OFP_MODEL_BOOK_H
#include "offprint/doc.h"

/* Names a book of several articles, or anew one that bears the name ofp_bind gave it; any other title stays,
 * and so does a document without articles. */
void ofp_name_book(ofp_doc *d);
#endif
