/* lang.h - language tags. */
#ifndef OFP_DOCTOOLS_LANG_H
#define OFP_DOCTOOLS_LANG_H
#include "model/words.h"

typedef struct ofp_lang { char tag[36]; } ofp_lang;

/* Brings a tag as sources write it ("en_US.UTF-8", "DE-at") to BCP 47's form ("en-US", "de-AT");
 * false, with an empty tag, when it cannot be one. */
bool ofp_lang_clean(ofp_str raw, ofp_lang *out);
/* True when the language, or the script that the tag names, is written from right to left. */
bool ofp_lang_rtl(ofp_str tag);
/* The heading of an article's notes, what a picture is called, and "4 articles". */
ofp_str ofp_lang_notes(ofp_str tag);
ofp_str ofp_lang_image(ofp_str tag);
ofp_str ofp_lang_articles(ofp_arena *a, size_t n, ofp_str tag);
/* The heading of a table of contents. */
ofp_str ofp_lang_contents(ofp_str tag);
#endif
