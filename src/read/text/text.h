/* text.h - the plain text reader's stages and what passes between them.
 *
 *   bytes -> lines -> shape -> marks and joins -> blocks -> headings, nesting -> nodes
 *
 * Each stage is one pass over the output of the one before.  Nothing is thrown away but heads and feet of
 * printed pages: a stage only says what belongs together and what it is. */
#ifndef OFP_READ_TEXT_H
#define OFP_READ_TEXT_H
#include "offprint/offprint.h"

enum { MAX_QUOTE = 40, MAX_LIST = 24 };          /* together below OFP_MAX_DEPTH with room to spare */

enum line_kind { L_TEXT, L_BULLET, L_NUMBER, L_RULE, L_FENCE };

/* A line that is not blank. */
typedef struct line {
    ofp_str s;                  /* without indentation, quote marks and trailing blanks */
    unsigned no;                /* in the source, from 1 */
    int number;                 /* L_NUMBER: its value; roman numerals see roman */
    unsigned mark;              /* L_BULLET: the bullet; L_NUMBER: enum ofp_list_delim */
    unsigned short left;        /* columns before s, quote marks included */
    unsigned short width;       /* columns of s */
    unsigned short first;       /* columns of its first word */
    unsigned short body;        /* columns from the mark to the text behind it */
    unsigned short skip;        /* bytes of the mark and the blanks behind it */
    unsigned short words;
    unsigned char gap;          /* blank lines before it, at most 255 */
    unsigned char quote;        /* depth of quote marks */
    unsigned char kind;
    unsigned char style;        /* L_NUMBER: enum ofp_list_style */
    bool sure;                  /* the mark needs no neighbours to be believed */
    bool page;                  /* opens a page */
    bool joins;                 /* continues the paragraph of the line before it */
} line;

/* What the document as a whole looks like. */
typedef struct shape {
    unsigned width;             /* right edge that lines were wrapped at; 0: not wrapped */
    unsigned base;              /* usual indentation of running text */
    bool outdented;             /* headings stand left of the text, as `lynx -dump` prints them */
    bool prose;                 /* most words stand in paragraphs */
    bool hyphenated;            /* words were broken with hyphens that are not theirs */
} shape;

enum block_kind { B_PARA, B_HEAD, B_CODE, B_TABLE, B_RULE, B_LINES, B_NOTHING };

typedef struct block {
    enum block_kind kind;
    size_t from, to;            /* its lines */
    unsigned level;             /* B_HEAD */
    unsigned words;
    unsigned left, quote;
    unsigned depth;             /* lists it stands in; with mark: counting the one it is an item of */
    bool mark;                  /* opens a list item */
    bool term;                  /* mark: is a term, what is said about it stands in column content */
    bool detail;                /* begins something else that is said about the term */
    unsigned content;
    bool fresh;                 /* mark: opens a new list */
    bool gap;                   /* blank line before it */
    bool prose;                 /* reads like sentences */
    bool fenced;
} block;

/* One job. */
typedef struct text {
    ofp_doc *d;
    ofp_arena *scratch;
    line *lines;    size_t nlines;
    block *blocks;  size_t nblocks;
    shape shape;
    ofp_str *refs;  size_t nrefs;               /* addresses of "[12]", by number */
    const struct words *words;                  /* the document's own dictionary */
    size_t plain_until;                         /* code.c looked as far as this line and found no code */
    bool has_header;                            /* fields stood at the top: a mail, an essay */
    bool unclosed[2];                           /* no fence of this kind closes any more */
} text;

/* clean.c: the input without control characters, terminal escapes and overstrikes. */
ofp_str text_clean(ofp_arena *a, ofp_str in);
/* lynx.c: formulas as text. */
ofp_str text_lynx(ofp_arena *a, ofp_str in);
/* header.c: takes mail-like headers or front matter off the top; *line becomes the next line's number. */
void text_header(text *t, ofp_str *in, unsigned *no);
/* lines.c */
void text_lines(text *t, ofp_str in, unsigned no);
bool text_terminal(ofp_str s);                  /* ends as a sentence does */
void text_pages(text *t);                       /* pages.c: without heads and feet of pages */
/* shape.c */
void text_shape(text *t);
bool text_full(const shape *s, const line *p, const line *k, unsigned local);
/* The end of the run of lines from i on that no blank line and no change of quote depth parts, and the
 * right edge that they keep. */
size_t text_run(const text *t, size_t i, unsigned *local);
/* marks.c: settles which marks are list marks. */
void text_marks(text *t);
/* joins.c: settles which lines continue paragraphs. */
void text_joins(text *t);
bool text_starts_lower(ofp_str s);              /* with a small letter */
/* hyphen.c: the words of the document, for line ends with hyphens; NULL where none is needed. */
const struct words *text_words(text *t);
/* Appends line k to b, which ends with the line before it. */
void text_glue(const text *t, ofp_buf *b, const line *k, ofp_str s);
/* refs.c: takes the list of link addresses off the end. */
void text_refs(text *t);
/* blocks.c, heads.c, nest.c */
void text_blocks(text *t);
void text_defs(text *t);                        /* defs.c: terms and what is said about them */
void text_heads(text *t);
void text_nest(text *t);
void text_indents(text *t);                     /* paragraphs set in from the margin become quotes */
/* code.c, table.c: the line after the code or table that begins at line i, or i. */
size_t text_code_end(text *t, size_t i);
bool text_like_code(const line *l);             /* looks like a line of a program */
size_t text_fence_end(text *t, size_t i);
size_t text_table_end(const text *t, size_t i);
void text_put_table(text *t, ofp_node *parent, const block *b);
void text_put_code(text *t, ofp_node *parent, const block *b);
/* nodes.c */
void text_nodes(text *t, ofp_node *root);
/* inline.c: adds s, which must live with the document, with its links and emphasis. */
void text_inlines(const text *t, ofp_node *parent, ofp_str s);
#endif
