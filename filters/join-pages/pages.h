/* pages.h - what the parts of the filter share: articles as pages that may belong together. */
#ifndef PAGES_H
#define PAGES_H
#include "offprint/offprint.h"

/* Where a page's number is from, surest first. */
enum clue { CLUE_TEXT, CLUE_BASE, CLUE_URL, CLUE_INPUT, NCLUES };

/* Pages of one article have one family and different numbers; number 0: none, which may mean the first. */
typedef struct clue_value { ofp_str family; long number; } clue_value;

typedef struct page {
    ofp_node *node;
    size_t place;                       /* in the book */
    ofp_str title;                      /* folded, without the page's number */
    clue_value clues[NCLUES];
    long total;                         /* as stated: "page 2 of 3"; 0: not */
    bool done;                          /* joined, or to be left alone */
    const struct page *into;            /* the page that has its text now */
    struct page *after;                 /* the page that goes on from here */
    bool follows;                       /* some page goes on here */
} page;

/* marks.c: "Page 2 of 3", "Seite 2", "2/3" and nothing else; total is 0 where not stated. */
bool read_mark(ofp_str line, long *number, long *total);
/* "Continued on page 2", "Next page": lines that lead from page to page. */
bool is_guide(ofp_str line);
/* "1 2 3 Next": the numbers of all pages. */
bool is_pager(ofp_str line);
/* The title before such a mark at its end; all of it, and number 0, where there is none. */
ofp_str split_title(ofp_str title, long *number, long *total);
/* An address or a file's name without the page's number, which may be 0. */
clue_value split_address(ofp_arena *a, ofp_str address);

/* join.c: whether b goes on where a ends: mid-sentence, or repeating a's last paragraph. */
bool goes_on(ofp_arena *a, const ofp_node *first, const ofp_node *second);
/* Whether second says mostly what first says, so that it is no other page. */
bool repeats(ofp_arena *a, const ofp_node *first, const ofp_node *second);
/* Moves the content of second to the end of first, without what first has already, and unlinks second. */
void join(ofp_doc *d, ofp_arena *a, ofp_node *first, ofp_node *second);
/* Drops lines at the ends of an article that only tell its page. */
void drop_marks(ofp_arena *a, ofp_node *article);
/* The last block of the text that is not the numbers of all pages; NULL where there is none. */
const ofp_node *last_line(ofp_arena *a, const ofp_node *article);
/* The first block of the text, after title and byline. */
ofp_node *text_of(const ofp_node *article);
#endif
