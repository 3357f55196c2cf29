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

/* Private marks: Unicode noncharacters, U+FDD0 on, which no text may hold.  The first stand for an
 * escaped character; code, where a backslash is one, gets it back. */
#define MARK "\xEF\xB7"
enum mark {
    MARK_ESCAPED = 0x90,                /* and on: one for each of MARK_CHARS */
    MARK_STAR = 0x9A, MARK_LOW,         /* a delimiter beyond the nesting that is followed */
    MARK_MATH, MARK_END,                /* MATH number END */
    MARK_TABLE, MARK_ROW, MARK_CELL     /* first in a heading; the last two up to END */
};
#define MARK_CHARS "$~^[|:"
/* The mark at s[i], 0 where there is none; it is three bytes long. */
unsigned md_mark_at(ofp_str s, size_t i);

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
enum { MD_NOTE_DEPTH = 2 };

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
void *md_room(md_source *s, void *array, size_t n, size_t *cap, size_t size);
/* Splits text into lines and rewrites until nothing is left to rewrite; the tree of the result. */
cmark_node *md_parse(md_source *s, ofp_str text);
/* s with its marks as they were written (code) or as what they stand for. */
ofp_str md_unmark(md_source *s, ofp_str text, bool code, bool cell);

/* Takes the tree over into root. */
void md_take_tree(md_source *s, cmark_node *tree, ofp_node *root);
#endif
