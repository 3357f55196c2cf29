/* head.h - what the parts share that read a page's statements about itself. */
#ifndef OFP_READ_HTML_HEAD_H
#define OFP_READ_HTML_HEAD_H
#include "html.h"

#define MAX_VALUE 2000          /* bytes; longer values are article bodies, not facts */
#define MAX_DEPTH 6             /* of objects in one another */
#define MAX_FACTS 4000
#define MAX_ROOTS 64            /* objects told apart; of more, all count as further ones */

struct facts {
    reader *r;
    size_t n;
    ofp_str types[MAX_ROOTS]; size_t ntypes;                    /* names of the objects met so far */
    struct { const dom *item; ofp_str name; } items[MAX_ROOTS]; size_t nitems;
};

void head_add(struct facts *f, ofp_str name, ofp_str value);
/* "kind:Type" for the first object of a type, "kind:Type#2" and so on for those after it. */
ofp_str head_root(struct facts *f, const char *kind, ofp_str type);
/* The text below n, squeezed; what lies beyond the length of a fact is not looked at. */
ofp_str head_text(struct facts *f, const dom *n);

void head_jsonld(struct facts *f, ofp_str script);              /* jsonld.c */
void head_types(struct facts *f);                               /* types.c: once all facts are there */
void head_property(struct facts *f, const dom *n);              /* microdata.c: n's itemprop, where it has one */
#endif
