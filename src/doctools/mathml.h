/* mathml.h - formulas as MathML Core, with their TeX as an annotation. */
#ifndef OFP_DOCTOOLS_MATHML_H
#define OFP_DOCTOOLS_MATHML_H
#include "offprint/base.h"

/* Appends a math element; false, with nothing appended, where tex is none that we can read.  xml: it names its namespace.
 * Out of memory shows in out. */
bool ofp_mathml(ofp_buf *out, ofp_str tex, bool display, bool xml);
#endif
