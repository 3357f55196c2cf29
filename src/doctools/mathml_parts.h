/* mathml_parts.h - what the files that write MathML share. */
#ifndef OFP_DOCTOOLS_MATHML_PARTS_H
#define OFP_DOCTOOLS_MATHML_PARTS_H
#include <stdlib.h>
#include "doctools/formula.h"

/* As formula's style. */
enum { DISPLAY, TEXT, SCRIPT, SCRIPTSCRIPT };

typedef struct mathml { ofp_buf *out; int style; } mathml;

static inline void lit(mathml *m, const char *z)
{
    ofp_buf_puts(m->out, z);
}

void mathml_length(mathml *m, double em);               /* 0, 2em, -0.1667em */
void mathml_inside(mathml *m, const formula *f);        /* what is in an element that is a row by itself */
void mathml_table(mathml *m, const formula *f);         /* mathml_table.c */

/* ---- mathml_space.c ---- */

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
