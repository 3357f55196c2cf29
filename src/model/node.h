/* node.h - the node itself.  Only the files of src/model see it; all others use the accessors. */
#ifndef OFP_MODEL_NODE_H
#define OFP_MODEL_NODE_H
#include "offprint/doc.h"

enum { F_ATTR = 1, F_TEXT = 2, F_FORMAT = 4, F_TARGET = 8, F_LEVEL = 16, F_LIST = 32, F_QUOTE = 64, F_MATH = 128,
       F_CELL = 256, F_COLS = 512, F_HEADS = 1024, F_INTER = 2048, F_CITE = 4096, F_BOOL = 8192, F_KEY = 16384 };

enum content { NONE, BLOCKS, INLINES, METAS, PARTS };

/* id, classes and pairs; an unset one is NULL in the node. */
struct attrs {
    ofp_str id;
    ofp_str *classes;
    size_t nclasses, classes_cap;
    struct pair { ofp_str key, value; } *pairs;
    size_t npairs, pairs_cap;
};

/* What the two slices and three numbers hold depends on the type:
 *            text            aux         num[0]        num[1]   num[2]
 *   leaves   literal text    raw format  MATH: display
 *   LINK…    url             title
 *   HEAD                                 level
 *   OLIST                                start         style    delimiter
 *   QUOTED                               double
 *   CELL                                 alignment     rowspan  colspan
 *   TABLE                    columns     how many
 *   TBODY                                head columns
 *   ROW                                  intermediate
 *   CITATION id                          mode          note     hash
 *   meta     string          key         sureness      truth
 *   DIV      input's name (articles only; never written) */
struct ofp_node {
    uint32_t type : 8, line : 24;       /* of the input; LAST_LINE is any line from there on */
    int32_t num[3];
    ofp_node *parent, *next, *first;    /* with the type in one line of the cache: every walk reads them */
    ofp_node *last, *prev;
    ofp_str text;
    union { ofp_str aux; const ofp_col *cols; };
    struct attrs *attrs;                /* F_ATTR; META values: the source as id */
};
enum { LAST_LINE = (1 << 24) - 1 };

struct ofp_doc {
    ofp_arena *arena;
    ofp_node *root, *meta;
    const char *input;
    ofp_log *log;
};

typedef struct type_row { const char *name; uint8_t kind, content; uint16_t fields; } type_row;
extern const type_row ofp_types[OFP_NTYPES];
#define ROW(n) (&ofp_types[(n)->type])

/* True where child, of kind PART, may stand directly in parent. */
bool ofp_is_part_of(const ofp_node *parent, const ofp_node *child);

/* True where child may stand directly in parent. */
static inline bool fits(const ofp_node *parent, const ofp_node *child)
{
    switch ((enum ofp_kind)ROW(child)->kind) {
    case OFP_KIND_BLOCK: return ROW(parent)->content == BLOCKS;
    case OFP_KIND_INLINE: return ROW(parent)->content == INLINES;
    case OFP_KIND_META: return ROW(parent)->content == METAS;
    case OFP_KIND_PART: return ofp_is_part_of(parent, child);
    }
    return false;
}

/* What ofp_walk_next does, for loops that do little else. */
static inline bool walk_next(ofp_walk *w)
{
    ofp_node *n = w->node;
    if (!n) {
        w->node = (ofp_node *)(uintptr_t)w->root;
        return w->enter = w->root != NULL;
    }
    if (w->enter && n->first) {
        w->node = n->first;
        return true;
    }
    if (w->enter && ROW(n)->content != NONE) {      /* an empty container is left as well */
        w->enter = false;
        return true;
    }
    if (n == w->root) {
        w->node = NULL;
        return false;
    }
    w->enter = n->next != NULL;
    w->node = n->next ? n->next : n->parent;
    return true;
}
#endif
