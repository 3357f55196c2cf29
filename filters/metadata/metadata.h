/* metadata.h - what the parts of the metadata filter share. */
#ifndef METADATA_H
#define METADATA_H
#include "offprint/filter.h"

typedef struct fact { ofp_str name, value; } fact;

typedef struct job {
    ofp_doc *d;
    ofp_arena *a;                       /* scratch; what is offered is copied into the document */
    fact *facts; size_t nfacts;
} job;

/* Offers a copy of value; false where it is empty or something surer is known. */
bool offer(job *j, enum ofp_meta_key k, ofp_str value, const char *source, int sure);
bool offer_date(job *j, enum ofp_meta_key k, ofp_str text, const char *source, int sure);
/* The first fact of that name, empty where there is none. */
ofp_str fact_get(const job *j, const char *name);
bool fact_is(ofp_str name, ofp_str pattern);

/* ---- person.c --------------------------------------------------------------------------- */
enum { MAX_PEOPLE = 12 };
/* Names in a value that states authors; 0 where it is a placeholder, an address or a site. */
size_t people_stated(const job *j, ofp_str value, ofp_str out[MAX_PEOPLE]);
/* Names in a line such as "By Ann Lee and Bo Chan | May 3"; 0 where it does not read like one. */
size_t people_in_byline(const job *j, ofp_str line, ofp_str out[MAX_PEOPLE]);
/* A line that is a person's name and nothing else. */
bool is_person(const job *j, ofp_str line);
/* Bytes of the opening "By " in any language, 0 where there is none. */
size_t by_prefix(ofp_str s);
bool offer_people(job *j, const ofp_str *names, size_t n, const char *source, int sure);

/* ---- title.c ------------------------------------------------------------------------------ */
bool same_words(ofp_str a, ofp_str b);  /* letters and digits alike, case aside */
bool is_placeholder_title(ofp_str s);
/* The title without the name of the site; *site is what was cut off, empty where nothing was. */
ofp_str title_alone(const job *j, ofp_str title, ofp_str known_site, ofp_str heading, ofp_str *site);
void find_title(job *j);

/* ---- passes -------------------------------------------------------------------------------- */
void read_facts(job *j);
void read_page(job *j);                 /* bylines, headings and dates in the page */
void read_text(job *j);                 /* the same in a text dump */
void read_url(job *j);
void find_language(job *j);
#endif
