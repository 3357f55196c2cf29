/* markdown.h - what the files of the Markdown reader share.
 *
 * cmark reads CommonMark and nothing more.  What the dialects add is brought in before and after: the
 * source is rewritten line by line into CommonMark that parses alike (markdown_pre.c), with private
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
    MD_IN_FIGURES = 1024
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

/* Takes the tree over into root. */
void ofp_md_take_tree(md_source *s, cmark_node *tree, ofp_node *root);
#endif
