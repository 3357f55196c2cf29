/* text.h - what the parts share that look for metadata in a text without mark-up. */
#ifndef METADATA_TEXT_H
#define METADATA_TEXT_H
#include "metadata.h"

typedef struct line {
    ofp_str s;
    unsigned words, repeats;
    uint32_t hash;                      /* of its letters */
    ofp_str crumb;                      /* the end of a path that it is, near the top */
    bool prose, ends, question, dated, by, item, heading;
    int shared, often, core, early;     /* see text_lines.def */
    bool good;                          /* it speaks of what the article speaks of */
} line;

typedef struct view {
    job *j;
    line *l; int n;
    unsigned seen;                      /* words of these lines */
    int start, end;                     /* the run of prose */
    int title;                          /* -1: none */
    uint32_t *words; size_t slots;      /* hashes of the words of the prose, with their counts */
    uint8_t *counts; int most;          /* up to 255; the highest */
    bool *early;                        /* those of its first two paragraphs */
} view;

uint32_t last_cp(ofp_str s);            /* before closing quotes and brackets */
bool take_word(ofp_str *rest, ofp_str *word);
/* How often the prose has the word, up to 255, -1 for short ones; *early where its first two paragraphs do. */
int count_of(const view *v, ofp_str word, bool *early);
/* The last part of "Home » World » Title", empty where the line is no such path. */
ofp_str crumb_end(ofp_str s, ofp_str *before);
bool any_near(const view *v, int from, int to, bool want_date);

/* text_title.c */
enum line_column {
#define COLUMN(name) LINE_##name,
#include "text_lines.def"
#undef COLUMN
    NLINE_COLUMNS
};
typedef struct text_title { int line; int16_t x[NLINE_COLUMNS]; } text_title;

void find_crumbs(view *v);              /* sets each line's crumb; before text_titles */
/* The *n lines that may be the title; NULL: out of memory. */
text_title *text_titles(const view *v, int *n);
void find_text_title(view *v);          /* sets v->title */

/* text.c: the lines, their prose and its words; false where there are none. */
bool text_view(job *j, view *v);
#endif
