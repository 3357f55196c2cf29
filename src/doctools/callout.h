/* callout.h - notes, tips, warnings: boxes that stand out of the text.
 *
 * One is a DIV whose class is its kind and whose first child is a DIV of class "title", as pandoc has them.
 * Where the kind's name is in use for other things too, the class "callout" tells it though its title be gone.
 * The attribute "collapse" tells one that a reader opens ("true": it is closed at first). */
#ifndef OFP_DOCTOOLS_CALLOUT_H
#define OFP_DOCTOOLS_CALLOUT_H
#include "offprint/doc.h"

typedef struct ofp_callout_kind { ofp_str name, label, gfm; bool alone; } ofp_callout_kind;

/* The kind of that name or label in any case of letters; NULL where there is none. */
const ofp_callout_kind *ofp_callout_find(ofp_str name);

typedef struct ofp_callout {
    const ofp_callout_kind *kind;
    const ofp_node *title;              /* the paragraph in the DIV of that class; NULL where it has none */
    ofp_node *body;                     /* the first of the blocks below the title; may be NULL */
} ofp_callout;

/* False where n is anything else. */
bool ofp_callout_of(const ofp_node *n, ofp_callout *out);
/* Makes div a callout of that kind; the paragraph that its title goes into. */
ofp_node *ofp_callout_begin(ofp_doc *d, ofp_node *div, const ofp_callout_kind *kind);
/* Its title is the kind's label where nothing came to stand there. */
void ofp_callout_label(ofp_doc *d, ofp_node *title, const ofp_callout_kind *kind);
#endif
