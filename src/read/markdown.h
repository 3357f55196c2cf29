/* markdown.h - what the files of the Markdown reader share.
 *
 * cmark reads CommonMark and nothing more.  What the dialects add is brought in before and after: the
 * source is rewritten line by line into CommonMark that parses alike (markdown_pre*.c), with private
 * marks that tell what it was, and the marks are understood while the tree is taken over. */
#ifndef OFP_READ_MARKDOWN_H
#define OFP_READ_MARKDOWN_H
#include "base/map.h"
#include "doctools/cmark_mem.h"
#include "format.h"

/* What a dialect has beyond CommonMark. */
enum {
    MD_IN_TABLES = 1, MD_IN_NOTES = 2, MD_IN_STRIKE = 4, MD_IN_TASKS = 8, MD_IN_MATH = 16, MD_IN_DLISTS = 32,
    MD_IN_SCRIPTS = 64, MD_IN_CAPTIONS = 128, MD_IN_YAML = 256, MD_IN_ONE_TILDE = 512,
    MD_IN_FIGURES = 1024, MD_IN_CALLOUTS = 2048, MD_IN_ALERTS = 4096
};

/* Private marks: U+10A50 on.  The first nine are Kharoshthi punctuation, which emphasis beside them is
 * judged by as it would be by the ASCII punctuation that they stand for; one in the input becomes a
 * noncharacter (U+FDE0 on) meanwhile.  Code, where a backslash is one, gets its escapes back. */
#define MARK "\xF0\x90\xA9"
#define MARK_SIZE 4
#define MARK_CHARS "$~^[|:"
enum mark {
    MARK_ESCAPED = 0x90,                /* and on: one for each of MARK_CHARS */
    MARK_MATH = 0x96, MARK_END,         /* MATH number END */
    MARK_STAR = 0x99, MARK_LOW,         /* a delimiter beyond the nesting that is followed */
    MARK_TABLE, MARK_ROW, MARK_CELL,    /* first in a heading; END is last */
    MARK_FOREIGN = 0xA0                 /* and on: the input's own */
};
/* The mark at s[i] and its length; 0 where there is none. */
unsigned ofp_md_mark_at(ofp_str s, size_t i, size_t *length);
void ofp_md_put_mark(ofp_buf *b, unsigned mark);
/* False where s surely has none. */
bool ofp_md_may_hold_marks(ofp_str s);

/* What a rewritten line was. */
enum md_was { MD_WAS_TEXT, MD_WAS_DEFINITION, MD_WAS_NOTE };
typedef struct md_line {
    ofp_str text;                       /* without its end */
    unsigned orig;                      /* number in the input */
    enum md_was was;
    ofp_str label;                      /* of a note */
    bool after_blank;
} md_line;

/* Notes within notes that are followed. */
enum { MD_NOTE_DEPTH = 6 };

typedef struct md_math { ofp_str tex; bool display; } md_math;
typedef struct md_grid { const ofp_col *cols; size_t ncols; } md_grid;
typedef struct md_note { cmark_node *item; unsigned uses; bool open; } md_note;

typedef struct md_source {
    ofp_doc *doc;
    ofp_arena *arena;                   /* the document's */
    cmark_mem *mem;
    unsigned flags;
    unsigned first_line;                /* number of the first line, after front matter */
    md_line *lines;
    size_t nlines, caplines;
    md_math *math;
    size_t nmath, capmath;
    md_grid *grids;
    size_t ngrids, capgrids;
    ofp_map notes;                      /* label to md_note */
    ofp_buf scratch, texts[MD_NOTE_DEPTH + 1];  /* here, since cmark may leave by longjmp */
} md_source;

/* The array with room for one more element after its n. */
void *ofp_md_room(md_source *s, void *array, size_t n, size_t *cap, size_t size);
/* Splits text into lines and rewrites until nothing is left to rewrite; the tree of the result. */
cmark_node *ofp_md_parse(md_source *s, ofp_str text);
/* s with its marks as they were written (code) or as what they stand for. */
ofp_str ofp_md_unmark(md_source *s, ofp_str text, bool code, bool cell);

/* ---- rewriting, markdown_pre*.c ---- */

/* New lines in the place of [from, to] of the old ones. */
typedef struct md_edit { size_t from, to; md_line *lines; size_t n, cap; } md_edit;
typedef struct md_edits { md_edit *at; size_t n, cap; } md_edits;

/* A paragraph or heading: lines [from, to], its text in the first at column col. */
typedef struct md_para { size_t from, to, col; } md_para;

md_edit *ofp_md_add_edit(md_source *s, md_edits *all, size_t from, size_t to);
void ofp_md_edit_line(md_source *s, md_edit *e, md_line l);
/* The text of line i, without the marks of the containers around it. */
ofp_str ofp_md_text_of(const md_source *s, const md_para *p, size_t i);
/* What stands before the text: in a line after the first list markers become blanks. */
ofp_str ofp_md_prefix_of(md_source *s, const md_para *p, bool first);
/* Add the edits for a table, or for the formulas, in p; false where there are none. */
bool ofp_md_find_table(md_source *s, md_edits *all, const md_para *p);
bool ofp_md_find_math(md_source *s, md_edits *all, const md_para *p);

/* markdown_callout.c: quotes that are callouts; alerts: those of GitHub alone. */
void ofp_md_take_callouts(ofp_doc *d, bool alerts);

/* Takes the tree over into root. */
void ofp_md_take_tree(md_source *s, cmark_node *tree, ofp_node *root);
#endif
