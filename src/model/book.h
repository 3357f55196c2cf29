/* book.h - what keeps a book true after its articles have changed. */
#ifndef OFP_MODEL_BOOK_H
#define OFP_MODEL_BOOK_H
#include "base/map.h"
#include "offprint/doc.h"

/* An article and its nodes by the ids that they had before they were bound. */
typedef struct ofp_book_part { ofp_node *article; ofp_map ids; } ofp_book_part;

/* Points the links of each part to what they mean: to its own nodes, to the other parts and the nodes in them.
 * ids are all that the book has. */
void ofp_link_parts(ofp_doc *d, ofp_book_part *parts, size_t n, const ofp_map *ids);

/* Names a book of several articles, or anew one that bears the name ofp_bind gave it; any other title stays,
 * and so does a document without articles.  What is known of an only article is known of the book then. */
void ofp_name_book(ofp_doc *d);
#endif
