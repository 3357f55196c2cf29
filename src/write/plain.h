/* plain.h - what the files of the plain text writer share. */
#ifndef OFP_WRITE_PLAIN_H
#define OFP_WRITE_PLAIN_H
#include "format.h"

enum { DETAIL_INDENT = 4 };

typedef struct writer {
    ofp_buf *out;
    ofp_arena *scratch;
    enum ofp_wrap wrap;
    size_t columns;                     /* 0: no bound */
    size_t start;                       /* of our output in out */
    size_t indent;                      /* columns before each line */
    ofp_str marker;                     /* stands at the end of the next line's indent, once */
    bool gap;                           /* a blank line is due before the next line */
    bool told;                          /* a caption says what the pictures show */
    bool flat;                          /* in a cell, which is one line */
    bool no_alt;                        /* of pictures in a page's article, but for drawings */
    const ofp_node **notes;             /* met so far, in order */
    size_t nnotes, room;
} writer;

/* ---- plain_inline.c ---- */

/* The inlines of n, \n where a line must end. */
ofp_str ofp_plain_inline_text(writer *w, const ofp_node *n);
/* Blocks, or the inlines of one, as a string: a blank between each two blocks. */
void ofp_plain_flat(writer *w, ofp_buf *b, const ofp_node *n);
/* Whether raw text of that format is written as it is. */
bool ofp_plain_is_raw(ofp_str format);

/* ---- plain.c ---- */

/* Lines behind the indent, the first of them behind the marker; those after the first are set in by hang more. */
void ofp_plain_wrapped(writer *w, ofp_str s, size_t hang);
void ofp_plain_line(writer *w, ofp_str s);
/* The inlines of n as a paragraph; none where they are blank. */
void ofp_plain_paragraph(writer *w, const ofp_node *n);
/* What stands below parent; in a tight list item paragraphs and lists follow each other without a blank line. */
void ofp_plain_blocks(writer *w, const ofp_node *parent, bool tight);

/* ---- plain_list.c ---- */

/* Behind marker, which takes width columns. */
void ofp_plain_item(writer *w, const ofp_node *item, ofp_str marker, size_t width, bool tight);
void ofp_plain_list(writer *w, const ofp_node *list);
void ofp_plain_definitions(writer *w, const ofp_node *list);

/* ---- plain_table.c ---- */

void ofp_plain_table(writer *w, const ofp_node *table);
#endif
