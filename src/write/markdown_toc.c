/* markdown_toc.c - the contents in front: a list of links to the headings, by the names that GitHub and others
 * after it give them. */
#include "write/markdown.h"
#include "doctools/toc.h"

enum { MAX_DEPTH = 6 };

/* Letters, digits and marks in lower case, hyphens for blanks, nothing for the rest. */
static ofp_str slug(ofp_arena *a, ofp_str text)
{
    ofp_buf b = { 0 };
    for (size_t i = 0; i < text.n;) {
        uint32_t c = ofp_utf8_next(text, &i);
        bool mark = c >= 0x80 && ofp_char_width(c) == 0;
        if (ofp_is_letter(c) || ofp_is_digit(c) || mark || c == '-' || c == '_')
            ofp_buf_putu(&b, ofp_to_lower(c));
        else if (c == ' ')
            ofp_buf_putc(&b, '-');
    }
    return ofp_buf_take(&b, a);
}

/* "#name", or "#name-1" where there was one before: all headings count, also those not in the contents. */
static ofp_str reference(ofp_arena *a, ofp_map *seen, const ofp_node *head)
{
    ofp_str name = slug(a, ofp_arena_squeeze(a, ofp_plain_text(a, head)));
    void **slot = ofp_map_at(seen, name);
    unsigned *n = slot && !*slot ? *slot = ofp_arena_zalloc(a, 1, sizeof *n) : slot ? *slot : NULL;
    unsigned before = n ? (*n)++ : 0;
    return before ? ofp_arena_printf(a, "#%.*s-%u", (int)name.n, name.p, before)
                  : ofp_arena_printf(a, "#%.*s", (int)name.n, name.p);
}

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
    ofp_node *lists[MAX_DEPTH] = { NULL }, *root = ofp_root(w->doc);
    int open = 0, deepest = w->opt->toc_depth ? w->opt->toc_depth : 3;
    ofp_ids *ids = ofp_ids_new(w->arena, w->doc, true);
    ofp_map seen = { .arena = w->arena };
    ofp_toc toc;
    if (!ids || !ofp_toc_build(w->arena, w->doc, ids, &toc))
        return NULL;
    const ofp_toc_entry *e = toc.entries;
    for (const ofp_node *n = root; n; n = ofp_after(n, root)) {
        if (ofp_node_type(n) != OFP_HEAD)
            continue;
        ofp_str target = reference(w->arena, &seen, n);
        if (e == toc.entries + toc.n || e->head != n)
            continue;
        if (e->depth <= deepest && e->depth <= MAX_DEPTH)
            add_entry(w->doc, list_at(w->doc, lists, &open, e->depth), e, target);
        e++;
    }
    return lists[0];
}
