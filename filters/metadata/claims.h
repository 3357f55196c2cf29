/* claims.h - values that a page offers for one field, and what speaks for and against each of them. */
#ifndef CLAIMS_H
#define CLAIMS_H
#include "metadata.h"

enum author_sign {
#define AUTHOR(id, weight) AUTHOR_##id,
#define DATE(id, weight)
#include "signs.def"
#undef AUTHOR
#undef DATE
    NAUTHOR_SIGNS
};

enum date_sign {
#define AUTHOR(id, weight)
#define DATE(id, weight) DATE_##id,
#include "signs.def"
#undef AUTHOR
#undef DATE
    NDATE_SIGNS
};

#define SIGN(s) (UINT64_C(1) << (s))

enum { MAX_CLAIMS = 48, NOWHERE = -1 };

/* One value, however many places it comes from. */
typedef struct claim {
    ofp_str key;                        /* its letters and digits: equal for equal values */
    ofp_str names[MAX_PEOPLE]; size_t n;/* of a claim about authors */
    ofp_date date;                      /* of one about the date */
    const char *from;                   /* the first place it was met in */
    uint64_t signs;
    int block;                          /* the shown place nearest below the title, NOWHERE: not shown */
} claim;

typedef struct claims { claim at[MAX_CLAIMS]; size_t n; } claims;

/* The weight of each sign and their number. */
typedef struct field { const char *name; const int16_t *weights; const char *const *signs; size_t n; } field;
extern const field author_field, date_field;

/* The claim of that key, made where there is none; NULL where there are too many or no letters. */
claim *claim_of(job *j, claims *c, ofp_str value, const char *from);
/* The likeliest one, NULL where there is none; *sure is how likely, in percent. */
const claim *claims_best(const field *f, const claims *c, int *sure);

/* All that the page says of its authors and its date; after the title has been found. */
void gather_claims(job *j, claims *authors, claims *dates);

/* authors.c, dates.c: everything said about the field; what the page shows is in seen. */
typedef struct sightings sightings;
void gather_authors(job *j, const sightings *seen, claims *out);
void gather_dates(job *j, const sightings *seen, claims *out);

/* ---- what the page shows (page.c) --------------------------------------------------------- */

/* A name or a date, and where it stands. */
typedef struct sighting {
    ofp_str names[MAX_PEOPLE]; size_t n;
    ofp_date date;                      /* where n is 0 */
    bool unordered;                     /* day and month may be the other way round */
    uint64_t signs;
    int block;                          /* number of the text block it is in */
} sighting;

enum { MAX_SIGHTINGS = 96 };

struct sightings {
    sighting at[MAX_SIGHTINGS]; size_t n;
    int title;                          /* the block that is the title, NOWHERE: not shown */
    ofp_buf lines;                      /* the short lines near the title */
};

void look_at_page(job *j, sightings *out);
#endif
