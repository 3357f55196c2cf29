/* mathml.h - what the files that write MathML as TeX share. */
#ifndef OFP_READ_HTML_MATHML_H
#define OFP_READ_HTML_MATHML_H
#include "html.h"

/* ---- mathml.c: elements that hold others ---- */

void mathml_put(ofp_buf *b, const dom *n);
void mathml_put_children(ofp_buf *b, const dom *n);
bool mathml_is(const dom *n, const char *name);         /* false for NULL and for text */
ofp_str mathml_text(const dom *n);                      /* of an element that holds nothing else, trimmed */
const dom *mathml_child(const dom *n, int i);           /* its elements are counted from 0; NULL: no such */
const dom *mathml_next(const dom *n, bool after);       /* the element beside n */
const dom *mathml_inner(const dom *n);                  /* a row with one child is that child */
bool mathml_is_sign(const dom *n, const char *sign);    /* an operator, perhaps in rows of its own */
bool mathml_is_binomial(const dom *n);                  /* one thing above another, between parentheses */

/* ---- mathgrid.c: fences and tables ---- */

bool mathml_is_fenced(const dom *n);                    /* a row between two fences that grow with it */
void mathml_put_fenced(ofp_buf *b, const dom *n);
void mathml_put_mfenced(ofp_buf *b, const dom *n);
void mathml_put_table(ofp_buf *b, const dom *n);
bool mathml_is_of_cases(const dom *mo);                 /* the brace that a table's environment has */

/* ---- mathtoken.c: elements that hold text ---- */

/* Writes n; false where it is no token element. */
bool mathml_put_token(ofp_buf *b, const dom *n);
void mathml_put_signs(ofp_buf *b, ofp_str s);
/* lim, sin and the like, or with limits only those that things are set below; false for NULL. */
bool mathml_is_function(const dom *n, bool limits);
/* A sign that things are set below and above, like the sum's. */
bool mathml_is_big(const dom *n);
#endif
