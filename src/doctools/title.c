#include "doctools/title.h"

ofp_node *ofp_title_head(ofp_arena *a, const ofp_doc *d)
{
    ofp_node *n = ofp_first(ofp_root(d));
    while (n && ofp_node_type(n) == OFP_DIV && !ofp_has_class(n, OFP_STR("article"))) n = ofp_first(n);
    if (!n || ofp_node_type(n) != OFP_HEAD) return NULL;
    ofp_str title = ofp_arena_squeeze(a, ofp_meta_get(d, OFP_META_TITLE));
    return title.n && ofp_str_ieq(title, ofp_arena_squeeze(a, ofp_plain_text(a, n))) ? n : NULL;
}
