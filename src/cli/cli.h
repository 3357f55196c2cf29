/* cli.h - what the files of the command share. */
#ifndef OFP_CLI_CLI_H
#define OFP_CLI_CLI_H
#include "base/world.h"
#include "filter/host.h"
#include "format.h"

/* Strings in the order given, NULL-terminated. */
typedef struct list { const char **at; size_t n, cap; } list;

/* Diagnostics: warnings as they come, the closing error, the summary. */
typedef struct report {
    ofp_log log;                        /* its sink is the report */
    int style;                          /* 0 text, 1 JSON */
    bool quiet, hold;                   /* hold: nothing to standard error */
    size_t item;                        /* of several inputs, from 1; 0: none */
    ofp_buf record;                     /* every diagnostic as a line of JSON */
} report;

/* Everything that options set; options.def names the members. */
typedef struct job {
    ofp_options opt;
    ofp_arena *a;
    const ofp_world *w;
    report rep;
    const char *program;                /* argv[0]'s last part */
    const char *from, *to, *out, *cleanup, *css_file, *log_file, *explain;
    const char *files_from, *files0_from;           /* lists of inputs */
    bool each, if_newer;                            /* an output for each input; unless there is one that is newer */
    const char *output_dir, *name;                  /* of these: NULL beside the input; fields in braces */
    list inputs, urls;                  /* one URL for each input; NULL where none */
    list filters, meta, meta_files, resource_path, plugin_path;
    const char *pending_url;            /* for the next input */
    list keep, drop;                    /* selectors for cleanup */
    int max_loss;                       /* percent of the words; 0: any */
    ofp_buf explained;                  /* what --explain tells of each input */
    size_t max_input;
    const char *extract_media;          /* folder for the images; NULL: they stay where they are */
    struct media *media;                /* what is to be written there */
    bool fail_fast, fail_if_warnings, strict_resources, verbose, json;
    bool several;                       /* more than one document: they become a book */
    bool partial;                       /* some inputs failed and were left out */
    list words;                         /* what follows a command: filter NAME k=v, help TOPIC */
    const char *action;                 /* "version", "list-filters" …: instead of converting */
} job;

bool add_string(job *j, list *l, const char *s);
/* Lets the place that e names outlive the document that it is from. */
void keep_place(job *j, ofp_err *e);

/* options.c */
bool parse_options(job *j, int argc, char **argv, ofp_err *e);
typedef struct option_row {
    const char *group;
    char letter;
    const char *name, *arg;
    int kind;
    size_t place;
    const char *detail, *help;
} option_row;
enum { KIND_SWITCH, KIND_UNSWITCH, KIND_TEXT, KIND_INTEGER, KIND_LIST, KIND_PATHS, KIND_CHOICE, KIND_SIZE,
       KIND_LENGTH, KIND_LENGTHS, KIND_META, KIND_OPTIONAL, KIND_URL, KIND_ACTION };
const option_row *option_at(size_t i);  /* NULL past the last */

/* pipeline.c: one document, read, filtered and described.  number is 0 where it is the only one; raw
 * holds its bytes unless they lie in another source's. */
typedef struct source {
    const char *path, *url;
    size_t number;
    unsigned line;                      /* of a file of NDJSON, from 1; 0: it is the whole input */
    ofp_str bytes;
    ofp_buf raw;
} source;
/* Reads the bytes. */
bool fetch_source(job *j, source *s, ofp_err *e);
/* The format by -f, by the file's name or by its bytes. */
const char *source_format(const job *j, const source *s);
ofp_doc *read_source(job *j, const source *s, ofp_err *e);
bool runs_by_default(ofp_str filter);
/* The filters among those of -F that are about a whole book: whether there are any, and running them. */
bool filters_books(const job *j);
bool filter_book(job *j, ofp_doc *book, ofp_err *e);
/* metadata.c: what the user states of item number (0: of the whole). */
bool user_metadata(job *j, ofp_doc *d, size_t number, ofp_err *e);
bool items_exist(const job *j, size_t n, ofp_err *e);                   /* those that -M N: names, of n */
void doubt_languages(job *j);                                           /* warns of those stated that can be none */

/* explain.c: cleanup's account of what it dropped. */
bool wants_loss(const job *j);
const char *cleanup_asks(job *j, const char *spec);                     /* spec with what the options ask; NULL: no memory */
bool tell_loss(job *j, ofp_doc *d, const char *path, ofp_err *e);       /* false where it is too much */

/* media.c: takes the images of d, in two steps so that a run that fails leaves none behind; with refer d
 * refers to the files that they will be. */
bool media_take(job *j, ofp_doc *d, bool refer, ofp_err *e);
bool media_write(job *j, ofp_err *e);
void media_free(job *j);

/* sources.c: one for each input, or for each line of NDJSON, which have to be told apart before anything is read, since they
 * decide what is an item. */
typedef struct sources { source *at; size_t n, cap; } sources;
bool find_sources(job *j, sources *all, ofp_err *e);
void free_sources(sources *all);        /* their bytes */
bool take_listed(job *j, ofp_err *e);   /* adds the inputs that --files-from names */

/* batch.c: warns that one of several inputs failed. */
void leave_out(job *j, const source *s, const ofp_err *e);
unsigned resources_lost(const job *j);  /* so far */
bool resources_found(const job *j, unsigned before, ofp_err *e);        /* all since then, or it does not matter */
/* The format by -t, else by the ending of file ("-": none), else Markdown; NULL with e set. */
const ofp_format *choose_output(job *j, const char *file, ofp_err *e);
bool load_css(job *j, ofp_err *e);

/* What offprint can be asked to do; each returns true, or false with e set, its text in out. */
bool run_convert(job *j, ofp_err *e);                                   /* batch.c */
bool run_each(job *j, ofp_err *e);                                      /* each.c */
bool run_filter(job *j, ofp_err *e);                                    /* batch.c */
bool run_inspect(job *j, ofp_err *e);                                   /* inspect.c */
bool run_action(job *j, ofp_buf *out, ofp_err *e);                      /* listing.c */
bool run_help(job *j, const char *topic, ofp_buf *out, ofp_err *e);     /* help.c */
bool run_completion(const char *shell, ofp_buf *out, ofp_err *e);       /* completion.c */

/* report.c */
void report_start(report *r);
void report_error(report *r, const ofp_err *e);
void report_say(report *r, const char *fmt, ...) OFP_PRINTF(2, 3);      /* -v */
void report_summary(report *r);
void report_lines(ofp_str text);        /* to standard error */
#endif
