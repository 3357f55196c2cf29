/* A plugin about books: it is given all articles at once. */
#include <offprint/offprint.h>

static bool run(ofp_doc *d, const ofp_args *args, ofp_err *e)
{
    unsigned n = 0;
    (void)args;
    for (const ofp_node *a = ofp_article_first(d); a; a = ofp_article_next(a))
        n++;
    ofp_add_text(d, ofp_add(d, ofp_root(d), OFP_PARA), ofp_arena_printf(ofp_doc_arena(d), "%u articles in all", n));
    return ofp_doc_ok(d, e);
}

OFP_FILTER_FLAGS("count", "counts articles", NULL, run, OFP_FILTER_BOOK);
