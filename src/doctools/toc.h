/* toc.h - the contents of a document: its headings as a tree. */
#ifndef OFP_DOCTOOLS_TOC_H
#define OFP_DOCTOOLS_TOC_H
#include "doctools/ids.h"

typedef struct ofp_toc_entry {
    ofp_node *head;
    const ofp_target *target;
    int depth;                          /* 1 at the top, never more than one below the entry before */
    ofp_str text;                       /* with formulas to be read */
} ofp_toc_entry;

typedef struct ofp_toc { ofp_toc_entry *entries; size_t n; } ofp_toc;

/* The headings that make up d's outline, in order: those in quotes, lists, tables, figures and notes
 * belong to something else, empty ones to nothing.  ids must name headings.  False: out of memory. */
bool ofp_toc_build(ofp_arena *a, const ofp_doc *d, const ofp_ids *ids, ofp_toc *out);
/* Appends the entries down to depth as nested ordered lists of links; href appends an entry's
 * reference, already escaped. */
void ofp_toc_list(ofp_buf *out, const ofp_toc *toc, int depth,
                  void (*href)(void *user, ofp_buf *out, const ofp_toc_entry *entry), void *user);
#endif
