/* toc.c - headings to an outline without gaps, and the outline as a list. */
#include "doctools/toc.h"
#include "doctools/formula_text.h"
#include "doctools/xmlout.h"

/* True where a heading below n heads a part of the document itself. */
static bool in_outline(const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    return t == OFP_DOC || t == OFP_DIV || t == OFP_HEAD;
}

/* Levels open above the current heading.  A heading lies below the nearest one before it with a
 * smaller level, however large the gap. */
typedef struct outline { int levels[8]; int n; } outline;

static int place(outline *o, int level)
{
    while (o->n > 0 && o->levels[o->n - 1] >= level)
        o->n--;
    o->levels[o->n++] = level;
    return o->n;
}

static ofp_node *next_head(ofp_node *n, const ofp_node *root)
{
    do
        n = in_outline(n) && ofp_node_type(n) != OFP_HEAD ? ofp_after(n, root) : ofp_after_skip(n, root);
    while (n && ofp_node_type(n) != OFP_HEAD);
    return n;
}

bool ofp_toc_build(ofp_arena *a, const ofp_doc *d, const ofp_ids *ids, ofp_toc *out)
{
    ofp_node *root = ofp_root(d);
    outline o = { .n = 0 };
    size_t n = 0;
    for (ofp_node *h = next_head(root, root); h; h = next_head(h, root))
        n++;
    *out = (ofp_toc){ ofp_arena_zalloc(a, n + 1, sizeof *out->entries), 0 };
    if (!out->entries)
        return false;
    for (ofp_node *h = next_head(root, root); h; h = next_head(h, root)) {
        ofp_str text = ofp_arena_squeeze(a, ofp_shown_text(a, h));
        const ofp_target *target = ofp_ids_at(ids, h);
        if (text.n > 0 && target)
            out->entries[out->n++] = (ofp_toc_entry){ h, target, place(&o, ofp_level(h)), text };
    }
    return !ofp_arena_failed(a);
}

static void close_lists(ofp_buf *out, int *open, int until)
{
    for (; *open > until; (*open)--)
        ofp_buf_puts(out, "</li>\n</ol>\n");
}

void ofp_toc_list(ofp_buf *out, const ofp_toc *toc, int depth,
                  void (*href)(void *user, ofp_buf *out, const ofp_toc_entry *entry), void *user)
{
    int open = 0;
    for (size_t i = 0; i < toc->n; i++) {
        const ofp_toc_entry *e = &toc->entries[i];
        if (e->depth > depth)
            continue;
        close_lists(out, &open, e->depth);
        if (open == e->depth)
            ofp_buf_puts(out, "</li>\n");
        for (; open < e->depth; open++)
            ofp_buf_puts(out, open > 0 ? "\n<ol>\n" : "<ol>\n");
        ofp_buf_puts(out, "<li><a href=\"");
        href(user, out, e);
        ofp_buf_puts(out, "\">");
        ofp_xml_text(out, e->text);
        ofp_buf_puts(out, "</a>");
    }
    close_lists(out, &open, 0);
}
