/* plain.h - ofp_plain_text for those who have better text for formulas than their TeX. */
#ifndef OFP_MODEL_PLAIN_H
#define OFP_MODEL_PLAIN_H
#include "offprint/doc.h"

/* As ofp_plain_text; put_math appends what is text of each formula. */
ofp_str ofp_plain_text_with(ofp_arena *a, const ofp_node *n, void (*put_math)(ofp_buf *b, const ofp_node *math));
#endif
