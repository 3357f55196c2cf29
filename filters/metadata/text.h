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
} line;

typedef struct view {
    job *j;
    line *l; int n;
    int start, end;                     /* the run of prose */
    int title;                          /* -1: none */
    uint32_t *words; size_t slots;      /* hashes of the words of the prose, with their counts */
    uint8_t *counts; int most;          /* up to 255; the highest */
    bool *early;                        /* those of its first two paragraphs */
} view;

uint32_t last_cp(ofp_str s);            /* before closing quotes and brackets */
int count_of(const view *v, ofp_str word);      /* in the prose, up to 255; -1 for short words */
bool is_early(const view *v, ofp_str word);
/* The last part of "Home » World » Title", empty where the line is no such path. */
ofp_str crumb_end(ofp_str s, ofp_str *before);
bool any_near(const view *v, int from, int to, bool want_date);

/* text_title.c */
enum line_sign {
#define AUTHOR(id, weight)
#define DATE(id, weight)
#define LINE(id, weight) LINE_##id,
#include "signs.def"
#undef AUTHOR
#undef DATE
#undef LINE
    NLINE_SIGNS
};
extern const char *const line_names[];
void find_crumbs(view *v);              /* sets each line's crumb; before title_signs */
/* What each of the *n first lines has in it to be the title, 0 for those that cannot be; NULL: out of memory. */
uint64_t *title_signs(const view *v, int *n);
void find_text_title(view *v);          /* sets v->title */

/* text.c: the lines, their prose and its words; false where there are none. */
bool text_view(job *j, view *v);
#endif
