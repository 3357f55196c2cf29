/* markdown_tree.h - taking cmark's tree over: what the files that do it share. */
#ifndef OFP_READ_MARKDOWN_TREE_H
#define OFP_READ_MARKDOWN_TREE_H
#include "read/markdown.h"

enum { MAX_BLOCKS = 90, MAX_INLINES = 40 };

/* Inline constructs that open and close among the children of one node. */
enum pair { P_STRIKE, P_SUB, P_SUPER, P_TAG_DEL, P_TAG_SUB, P_TAG_SUP, P_TAG_EM, P_TAG_STRONG, P_TAG_U, NPAIRS };
/* The openers met in one inline container, by kind; later ones have higher numbers.  A tag in one of its
 * kind says nothing, but its end must be known again. */
typedef struct level { ofp_node *open[NPAIRS]; unsigned at[NPAIRS], again[NPAIRS]; } level;

typedef struct taker {
    md_source *s;
    ofp_doc *d;
    ofp_node *cur;                      /* where the next node goes */
    ofp_node *outside;                  /* cur before a table's cell */
    int blocks, inlines;                /* depth */
    level levels[MAX_INLINES + 2];
    unsigned openers;
    ofp_buf *text;                      /* of the text nodes met since the last other one; its own for
                                         * each depth of notes */
    bool task;                          /* at the beginning of an item's text */
    bool warned;
    int notes;                          /* notes inside notes */
} taker;

static inline level *ofp_md_level(taker *t) { return &t->levels[t->inlines]; }

/* ---- markdown_tree.c ---- */

/* A node for n where the next one goes. */
ofp_node *ofp_md_add(taker *t, cmark_node *n, enum ofp_type type);
ofp_str ofp_md_unmarked(taker *t, const char *z, bool code);
/* The children of tree become those of into, which stands at depth. */
void ofp_md_take_below(md_source *s, cmark_node *tree, ofp_node *into, int depth, int notes);

/* ---- markdown_text.c ---- */

/* The text collected so far becomes nodes. */
void ofp_md_flush(taker *t);
/* Sub- and superscripts end at white space. */
void ofp_md_forget_scripts(taker *t);
/* Tags that have a node type become it, since only HTML writers could show them otherwise. */
void ofp_md_take_tag(taker *t, cmark_node *n);
#endif
