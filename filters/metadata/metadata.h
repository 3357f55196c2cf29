/* metadata.h - what the parts of the metadata filter share. */
#ifndef METADATA_H
#define METADATA_H
#include "offprint/filter.h"

/* Where a value may be stated: a row of sources.def. */
typedef struct source { enum ofp_meta_key key; ofp_str fact; int sure, sign; } source;
extern const source sources[];
extern const size_t nsources;

typedef struct fact { ofp_str name, value; const source *source; } fact;

typedef struct job {
    ofp_doc *d;
    ofp_arena *a;                       /* scratch; what is offered is copied into the document */
    fact *facts; size_t nfacts;
    struct name_words *names;           /* of name_words_new */
    ofp_str ruled;                      /* the title as the rules have it: mostly a heading, where another form is chosen */
} job;

/* Offers a copy of value; false where it is empty or something surer is known. */
bool offer(job *j, enum ofp_meta_key k, ofp_str value, const char *source, int sure);
bool read_date(ofp_str text, ofp_date *date);
bool date_in_path(ofp_str path, ofp_date *date);   /* /2026/02/19/, 2026-02-19 or 2026_02_19 */

/* ---- facts.c ---------------------------------------------------------------------------- */
void take_facts(job *j);
/* The first fact of that name, and from that source; empty where there is none. */
ofp_str fact_get(const job *j, const char *name);
ofp_str fact_of(const job *j, const source *s);

/* ---- person.c --------------------------------------------------------------------------- */
enum { MAX_PEOPLE = 12 };
typedef struct name_words name_words;
name_words *name_words_new(ofp_arena *a);       /* NULL when out of memory */
/* Names in a value that states authors; 0 where it is a placeholder, an address or a site. */
size_t people_stated(const job *j, ofp_str value, ofp_str out[MAX_PEOPLE]);
/* Names in a line such as "By Ann Lee and Bo Chan | May 3"; 0 where it does not read like one.  A single
 * word is a name only after "by" or where the page marks it as one. */
size_t people_in_line(const job *j, ofp_str line, bool marked, ofp_str out[MAX_PEOPLE]);
size_t add_person(ofp_str *all, size_t n, ofp_str name);        /* where it is new; the number there are then */
size_t without_site(const job *j, ofp_str *names, size_t n);    /* the site beside its writers is no author */
bool is_team(const job *j, ofp_str name);       /* "Podium Staff", "The editors" */
/* A line that is a person's name and nothing else. */
bool is_person(const job *j, ofp_str line);
/* Bytes of the opening "By " in any language, 0 where there is none. */
size_t by_prefix(const job *j, ofp_str s);
bool offer_people(job *j, const ofp_str *names, size_t n, const char *source, int sure);

/* ---- title.c ------------------------------------------------------------------------------ */
bool same_words(ofp_str a, ofp_str b);  /* letters and digits alike, case aside */
bool is_placeholder_title(ofp_str s);
ofp_str first_part(ofp_str title, ofp_str *rest);      /* "Fields" and "Handbook" of "Fields | Handbook" */
ofp_str last_part(ofp_str title, ofp_str *last);       /* what stands before the last bar, and behind it */
/* The title without the name of the site; *site is what was cut off, empty where nothing was. */
ofp_str title_alone(const job *j, ofp_str title, ofp_str known_site, ofp_str heading, ofp_str *site);
bool names_site(const job *j, ofp_str part);    /* as the page or its address names it */
uint32_t fold_hash(ofp_str s);          /* of its letters and digits, small; never 0 */
/* The letters and digits of s, small: "The Daily-Post" is "thedailypost". */
ofp_str letters(ofp_arena *a, ofp_str s);

/* ---- words.c ------------------------------------------------------------------------------ */
bool day_or_month(ofp_str date);        /* "3/5/2024": two readings */
bool says_published(ofp_str s);
bool says_updated(ofp_str s);
/* The text of n appended to out; false where there is more than limit bytes of it. */
bool short_text(const ofp_node *n, size_t limit, ofp_buf *out);

/* In percent, of log-odds in 1/100: 100 / (1 + e^-x), in coarse steps. */
int likelihood(int score);

/* ---- passes -------------------------------------------------------------------------------- */
void read_facts(job *j);
void read_url(job *j);
void find_title(job *j);
void read_text(job *j);                 /* title, byline, date, section and site of a text dump */
void find_language(job *j);
bool day_comes_first(const job *j);     /* in dates such as 3/5/2024; as the language has it */
#endif
