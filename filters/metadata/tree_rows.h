/* tree_rows.h - the trees of the table MODEL, which was trained on COLUMNS_NOW columns, as rows[].  Included once by the file
 * that scores with them; no guard, for it is made anew from what MODEL names. */
static const row rows[] = {
#define COLUMNS(n)
#define TREE(n) { .skip = n },
#define LEAF(v) { v, -1, COLUMNS_NOW },
#define NODE(c, s, o) { s, o - 1, c },
#include MODEL
#undef COLUMNS
#undef TREE
#undef LEAF
#undef NODE
};

#define COLUMNS(n) _Static_assert(n == COLUMNS_NOW, "columns changed: train again");
#define TREE(n)
#define LEAF(v)
#define NODE(c, s, o)
#include MODEL
#undef COLUMNS
#undef TREE
#undef LEAF
#undef NODE
