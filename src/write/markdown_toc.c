/* markdown_toc.c - the contents in front: a list of links to the headings. */
#include "write/markdown.h"
#include "doctools/toc.h"

enum { MAX_DEPTH = 6 };

/* The list for an entry at depth, made inside the last item of the one above it. */
static ofp_node *list_at(ofp_doc *d, ofp_node *lists[], int *open, int depth)
{
    while (*open > depth)
        lists[--*open] = NULL;
    while (*open < depth) {
        ofp_node *outer = *open ? ofp_last(lists[*open - 1]) : NULL;
        lists[*open] = outer ? ofp_add(d, outer, OFP_ULIST) : ofp_new(d, OFP_ULIST);
        ++*open;
    }
    return lists[depth - 1];
}

static void add_entry(ofp_doc *d, ofp_node *list, const ofp_toc_entry *e, ofp_str target)
{
    ofp_node *link = ofp_add(d, ofp_add(d, ofp_add(d, list, OFP_ITEM), OFP_PLAIN), OFP_LINK);
    ofp_set_target(link, target, OFP_STR(""));
    ofp_add_text(d, link, e->text);
}

ofp_node *ofp_md_toc(md *w)
{
    ofp_node *lists[MAX_DEPTH] = { NULL };
    int open = 0, deepest = w->opt->toc_depth ? w->opt->toc_depth : 3;
    ofp_ids *ids = ofp_ids_new(w->arena, w->doc, true);
    ofp_toc toc;
    if (!ids || !ofp_toc_build(w->arena, w->doc, ids, &toc))
        return NULL;
    for (const ofp_toc_entry *e = toc.entries; e < toc.entries + toc.n; e++)
        if (e->depth <= deepest && e->depth <= MAX_DEPTH)
            add_entry(w->doc, list_at(w->doc, lists, &open, e->depth), e, ofp_md_head_ref(w, e->head));
    return lists[0];
}
