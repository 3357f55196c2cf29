/* host.h - runs filters: plugins and programs. */
#ifndef OFP_FILTER_HOST_H
#define OFP_FILTER_HOST_H
#include "offprint/offprint.h"

/* Runs the filter that spec names ("cleanup", "cleanup:mode=precision,keep=2", "./f.so", "pandoc-crossref")
 * on d, and brings d to its canonical form.  A name is looked for as NAME.so among the plugins, then as a
 * program; one with a slash is a plugin where it ends in ".so", else a program. */
bool ofp_filter_run(ofp_doc *d, const char *spec, const ofp_options *opt, ofp_err *e);
#endif
