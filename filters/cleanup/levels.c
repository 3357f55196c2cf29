/* levels.c - an article's title is its heading of level 1: others of that level stand below it. */
#include "cleanup.h"

static void lower(ofp_doc *d, bool others)
{
    for (ofp_node *n = ofp_root(d); n; n = ofp_after(n, NULL))
        if (ofp_node_type(n) == OFP_HEAD && (others || ofp_level(n) == 1))
            ofp_set_level(n, ofp_level(n) + 1);
}

/* A lone one that comes before all others is the title in other words, and what follows it is not below it;
 * sections of level 1 take their subsections along. */
void lower_heads(ofp_doc *d)
{
    const ofp_node *first = NULL;
    int highest = 0;
    for (const ofp_node *n = ofp_root(d); n; n = ofp_after(n, NULL))
        if (ofp_node_type(n) == OFP_HEAD) {
            first = first ? first : n;
            highest += ofp_level(n) == 1;
        }
    if (highest)
        lower(d, highest > 1 || ofp_level(first) != 1);
}
