/* ids.h - a document's identifiers as they are printed: XML names, each of them once. */
#ifndef OFP_DOCTOOLS_IDS_H
#define OFP_DOCTOOLS_IDS_H
#include "offprint/offprint.h"

/* A place that links may point to. */
typedef struct ofp_target {
    const ofp_node *node;
    ofp_str id;                         /* as printed */
    size_t part;                        /* for the writer's use: the file that holds it; 0 at first */
} ofp_target;

typedef struct ofp_ids ofp_ids;
/* Names every node of d that has an id; of nodes with the same id only the first.  With heads,
 * headings without one are named after their words.  Lives in a; NULL when out of memory. */
ofp_ids *ofp_ids_new(ofp_arena *a, const ofp_doc *d, bool heads);
/* The place that "#fragment" means, NULL where there is none.  A fragment may be percent-encoded. */
ofp_target *ofp_ids_find(ofp_ids *ids, ofp_str fragment);
/* The place that node is, NULL where it has no printed id.  ids may be NULL. */
ofp_target *ofp_ids_at(const ofp_ids *ids, const ofp_node *node);
#endif
