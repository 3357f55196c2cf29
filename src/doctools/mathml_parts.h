/* mathml_parts.h - distances between the parts of a formula in MathML. */
#ifndef OFP_DOCTOOLS_MATHML_PARTS_H
#define OFP_DOCTOOLS_MATHML_PARTS_H
#include <stdlib.h>
#include "doctools/formula.h"

enum mathml_place { MATHML_MIDDLE, MATHML_FIRST, MATHML_LAST, MATHML_ALONE };

/* Blanks beside an operator in mu, 18 to the em.  fixed: its limits do not move. */
typedef struct mathml_edges { int left, right; enum mathml_place at; bool fixed; } mathml_edges;

/* The operator that stands for f with its scripts, whose blanks MathML puts around all of it; NULL where none. */
const formula *mathml_core(const formula *f);
/* What the dictionary of operators gives; -1: it cannot be said. */
mathml_edges mathml_natural(ofp_str text, enum mathml_place at);
/* What f wants beside it in its row, as far as it is an operator that can ask for it.  before, after: NULL at the row's ends. */
mathml_edges mathml_wanted(const formula *before, const formula *f, const formula *after, bool script);
int mathml_distance(const formula *left, const formula *right, bool script);
bool mathml_stretches(ofp_str text);    /* by itself */
#endif
