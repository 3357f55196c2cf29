/* convert.h - options, and the one call that runs a whole conversion. */
#ifndef OFFPRINT_CONVERT_H
#define OFFPRINT_CONVERT_H
#include "offprint/doc.h"

enum ofp_wrap { OFP_WRAP_NONE, OFP_WRAP_AUTO, OFP_WRAP_PRESERVE };
enum ofp_notes { OFP_NOTES_FOOT, OFP_NOTES_END };        /* of the page, of the article */

/* The outside world: files, clock, environment, processes.  NULL stands for the real one. */
typedef struct ofp_world ofp_world;

/* All that readers, filters and writers may be told.  Zero means the default everywhere, lengths
 * are in pt, strings are borrowed for the length of the call. */
typedef struct ofp_options {
    const ofp_world *world;
    ofp_log *log;                       /* may be NULL */
    /* reading */
    const char *url;                    /* base URL of the input, NULL: none */
    const char *encoding;               /* WHATWG label that overrides all others but a BOM */
    bool page;                          /* html: keep the page's hints, for cleanup */
    bool fragment;                      /* html: no hints */
    /* writing text formats */
    bool standalone;
    bool toc;
    int toc_depth;                      /* 0: 3 */
    int shift_headings;                 /* added to each level */
    enum ofp_wrap wrap;
    unsigned columns;                   /* 0: 72 */
    bool reference_links;
    const char *target;                 /* the output format's name, for filters */
    int json_minor;                     /* pandoc API 1.N to write: 22 or 23; 0: 22 */
    /* filters: folders that plugins are looked up in before all others, NULL-terminated; NULL: none */
    const char *const *plugin_path;
    int filter_timeout;                 /* seconds that a program may take; 0: 60 */
    /* resources: folders that local references are looked up in, NULL-terminated; NULL: none */
    const char *const *resource_path;
    /* books */
    const char *css;                    /* style sheet text in place of the built-in one, NULL: built in */
    const char *const *font_dirs;       /* searched before the system's, NULL-terminated; NULL: none */
    const char *page_size;              /* "a4", "a5", "letter", "ereader", "WxHmm"; NULL: a4 */
    double margin[4];                   /* pt: top, right, bottom, left; 0: by page size */
    double font_size;                   /* pt; 0: by page size */
    bool no_hyphenate;
    bool no_tags;                       /* pdf: without structure */
    enum ofp_notes notes;               /* pdf */
} ofp_options;

/* Reads in (bytes of format from) into a new document; filters has NULL-terminated names with
 * options ("cleanup:mode=precision"), NULL for none.  NULL with e set on failure. */
OFP_API ofp_doc *ofp_read(const char *from, ofp_str in, const char *input, const char *const *filters,
                          const ofp_options *opt, ofp_err *e);
/* Writes d in format to at the end of out. */
OFP_API bool ofp_write(const char *to, ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e);
/* Both at once. */
OFP_API bool ofp_convert(const char *from, const char *to, ofp_str in, const char *input,
                         const char *const *filters, const ofp_options *opt, ofp_buf *out, ofp_err *e);
OFP_API const char *ofp_version(void);
#endif
