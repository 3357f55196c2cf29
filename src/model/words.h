/* words.h - what a book says of itself, in the language that a tag names; without one in English. */
#ifndef OFP_MODEL_WORDS_H
#define OFP_MODEL_WORDS_H
#include "offprint/base.h"

/* An ISO 8601 date for readers: "19 February 2026" in English, the bare date in other languages. */
ofp_str ofp_lang_date(ofp_arena *a, ofp_str iso, ofp_str tag);
/* "The first title and 3 other articles". */
ofp_str ofp_lang_book(ofp_arena *a, ofp_str first, size_t others, ofp_str tag);
#endif
