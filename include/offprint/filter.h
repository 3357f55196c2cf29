/* filter.h - what a filter plugin exports and how the host checks it. */
#ifndef OFFPRINT_FILTER_H
#define OFFPRINT_FILTER_H
#include "offprint/doc.h"

/* The generation of this interface.  It is part of the exported symbol's name, so that a plugin of
 * another generation is told apart before anything of it is read. */
#define OFP_FILTER_ABI 1

/* key=value arguments as the user gave them. */
typedef struct ofp_args ofp_args;
OFP_API ofp_str ofp_arg(const ofp_args *args, const char *name);      /* empty where not given */
OFP_API bool ofp_arg_given(const ofp_args *args, const char *name);
/* The format that will be written at the end, "json" in a pipe; what pandoc passes as argv[1]. */
OFP_API ofp_str ofp_arg_target(const ofp_args *args);

/* One option of a filter.  The host refuses names that have no row (exit status 6). */
typedef struct ofp_filter_option { const char *name, *value, *help; } ofp_filter_option;

typedef struct ofp_filter {
    unsigned abi;                        /* OFP_FILTER_ABI the plugin was built with */
    size_t size;                         /* sizeof(ofp_filter) the plugin was built with */
    const char *name, *summary;
    const ofp_filter_option *options;    /* ends with a row of NULLs; NULL: no options */
    /* Changes d in place.  False with e set: the job fails with status 83. */
    bool (*run)(ofp_doc *d, const ofp_args *args, ofp_err *e);
    /* Fields are only ever appended; the host reads one only where size covers it. */
    unsigned flags;                      /* OFP_FILTER_BOOK; 0 where a plugin's descriptor ends before it */
} ofp_filter;

/* The filter is about the articles of a book, not about one document: it runs once, on all inputs bound
 * together (ofp_bind), after the filters of single documents.  A lone input comes as it is. */
enum { OFP_FILTER_BOOK = 1 };

#define OFP_FILTER_SYMBOL "ofp_filter_v1"
#define OFP_FILTER_FLAGS(id, text, opts, fn, flags) \
    OFP_API extern const ofp_filter ofp_filter_v1; \
    const ofp_filter ofp_filter_v1 = { OFP_FILTER_ABI, sizeof(ofp_filter), id, text, opts, fn, flags }
#define OFP_FILTER(id, text, opts, fn) OFP_FILTER_FLAGS(id, text, opts, fn, 0)
#endif
