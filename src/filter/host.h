/* host.h - runs filters: plugins (shared objects) and programs that speak pandoc's JSON. */
#ifndef OFP_FILTER_HOST_H
#define OFP_FILTER_HOST_H
#include "offprint/offprint.h"

/* What the user wrote: "cleanup:mode=precision,keep=2".  name is a copy, pairs the rest. */
typedef struct ofp_filter_spec { ofp_str name, pairs; } ofp_filter_spec;
ofp_filter_spec ofp_filter_split(const char *spec);

/* Runs the filter that spec names on d, and brings d to its canonical form.  A name is looked for as
 * NAME.so in opt->plugin_path, in $OFFPRINT_PLUGIN_PATH and in the program's own folder filters, then as
 * a program in $PATH; one with a slash is a plugin where it ends in ".so" and else a program.
 * Failing is OFP_EFILTER, wrong options are OFP_EUSAGE. */
bool ofp_filter_run(ofp_doc *d, const char *spec, const ofp_options *opt, ofp_err *e);
/* True when the filter has run on d before, in this process or further up the pipe. */
bool ofp_filter_ran(const ofp_doc *d, ofp_str name);

/* Calls each for every plugin in those folders, by folder and then by name; a file that is no fit plugin
 * comes with a NULL filter and the reason.  False when each says so. */
typedef bool ofp_filter_each(void *user, const ofp_filter *f, const char *path, const char *reason);
bool ofp_filters_list(const ofp_options *opt, ofp_filter_each *each, void *user);
/* The plugin of that name; NULL with e set. */
const ofp_filter *ofp_filter_find(ofp_str name, const ofp_options *opt, ofp_err *e);

/* What the plugin's descriptor states, 0 for one that ends before the field; and the same for what spec
 * names, 0 where that is a program or nothing. */
unsigned ofp_filter_flags(const ofp_filter *f);
unsigned ofp_filter_spec_flags(const char *spec, const ofp_options *opt);

/* process.c: a program as filter. */
bool ofp_filter_process(ofp_doc *d, const char *program, const ofp_options *opt, ofp_err *e);
#endif
