/* format.h - the table of formats, and what a reader and a writer look like. */
#ifndef OFP_FORMAT_H
#define OFP_FORMAT_H
#include "offprint/offprint.h"

/* Fills the empty document d from in: valid UTF-8 that lives in d's arena, BOM removed, any kind of
 * line end.  False with e set (OFP_EPARSE with a line) when it cannot be read at all. */
typedef bool ofp_reader(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e);
/* Appends d to out.  May change d on the way (split, number, wrap): nobody reads it afterwards. */
typedef bool ofp_writer(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e);

enum {
    OFP_FMT_BINARY = 1,      /* output is not text: refused on a terminal */
    OFP_FMT_BOOK = 2,        /* output is always a whole document, with articles */
    OFP_FMT_ARTICLE = 4,     /* input goes through metadata and cleanup unless told otherwise */
    OFP_FMT_BYTES = 8,       /* input is not decoded before it is read */
    OFP_FMT_NORAW = 16,      /* output has no place for raw HTML */
    OFP_FMT_TABLES = 32      /* HTML tables in the input are tables */
};

/* One row of formats.def.  A module is a shared object of the program that is opened on first use
 * and exports the named function; with no module the function is linked in. */
typedef struct ofp_format {
    const char *name, *extensions;               /* "md markdown": file name endings */
    unsigned flags;
    ofp_reader *read;  const char *read_module, *read_name;
    ofp_writer *write; const char *write_module, *write_name;
    const char *summary;
} ofp_format;

/* The i-th format, NULL past the last. */
const ofp_format *ofp_format_at(size_t i);
const ofp_format *ofp_format_find(ofp_str name);          /* NULL when unknown */
/* What stands behind the last full stop of a file's name; NULL where there is none. */
const char *ofp_format_ending(const char *file);
/* By the ending of a file name, among those that read or write; NULL when unknown. */
const ofp_format *ofp_format_by_file(const char *file, bool for_writing);
/* By the bytes themselves: never NULL, "text" when nothing else fits. */
const ofp_format *ofp_format_sniff(ofp_str bytes);
/* The function of a row, its module opened if need be; NULL with e set. */
ofp_reader *ofp_format_reader(const ofp_format *f, const ofp_world *w, ofp_err *e);
ofp_writer *ofp_format_writer(const ofp_format *f, const ofp_world *w, ofp_err *e);

/* "html+page-tables": the format, and the extensions applied to *opt (OFP_EEXT for unknown ones);
 * NULL with e set. */
const ofp_format *ofp_format_parse(const char *spec, bool for_writing, ofp_options *opt, ofp_err *e);
/* The i-th extension: its format, name and summary; false past the last. */
bool ofp_extension_at(size_t i, const char **format, const char **name, const char **summary);

/* Puts in the place of raw HTML what it says: of whole tables, or of all. */
bool ofp_parse_raw(ofp_doc *d, bool tables, const ofp_options *opt, ofp_err *e);

/* The readers and writers of formats.def, those in modules too. */
extern ofp_reader ofp_read_html, ofp_read_text, ofp_read_markdown, ofp_read_commonmark, ofp_read_gfm, ofp_read_json,
                  ofp_read_epub;
extern ofp_writer ofp_write_html, ofp_write_plain, ofp_write_markdown, ofp_write_commonmark, ofp_write_gfm,
                  ofp_write_json, ofp_write_dump, ofp_write_epub, ofp_write_pdf;
#endif
