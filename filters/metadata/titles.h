/* titles.h - the title of a page: what rules say, and the likeliest of all that may be it. */
#ifndef METADATA_TITLES_H
#define METADATA_TITLES_H
#include "metadata.h"

enum { MAX_HEADINGS = 200, MAX_TITLES = 24, MAX_TITLE_WORDS = 64 };

typedef struct heading { ofp_str text; size_t words; int level; } heading;

typedef struct titles { heading *heads; size_t nheads; } titles;

typedef struct choice { ofp_str title; const char *from; int sure; } choice;

/* ---- title_rules.c -------------------------------------------------------------------------- */
void take_headings(job *j, titles *t);
/* The title empty where there is none. */
choice ruled_title(job *j, const titles *t);
void offer_site(job *j, ofp_str beside);        /* what a page's name has beside its title */

/* ---- title_columns.c ----------------------------------------------------------------------- */
enum title_column {
#define COLUMN(name) TITLE_##name,
#include "titles.def"
#undef COLUMN
    NTITLE_COLUMNS
};

/* The words of a text by their hashes. */
typedef struct bag { uint32_t hash[MAX_TITLE_WORDS]; int n; } bag;

typedef struct candidate {
    ofp_str text;
    const char *from;                   /* where it was met first; "" of what the rules choose */
    bag words;
    int16_t x[NTITLE_COLUMNS];
} candidate;

/* All that may be the title, each once; their columns are set where there are two at least. */
size_t gather_titles(job *j, const titles *t, ofp_str ruled, candidate all[MAX_TITLES]);
#endif
