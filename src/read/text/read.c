/* read.c - the plain text reader: its stages, in order. */
#include "format.h"
#include "read/text/text.h"

/* A lone top heading before any text is the document's own title. */
static void offer_title(text *t)
{
    const block *top = NULL;
    for (size_t i = 0; i < t->nblocks; i++) {
        const block *b = &t->blocks[i];
        if (b->kind != B_HEAD || b->level != 1) continue;
        if (top || b->quote) return;
        top = b;
    }
    if (!top || top > t->blocks + 3 || t->shape.outdented) return;
    for (const block *b = t->blocks; b < top; b++)
        if (b->prose) return;
    ofp_node *head = NULL;
    for (ofp_node *n = ofp_first(ofp_root(t->d)); n && !head; n = ofp_next(n))
        if (ofp_node_type(n) == OFP_HEAD && ofp_level(n) == 1) head = n;
    if (head) ofp_meta_offer(t->d, OFP_META_TITLE, ofp_plain_text(ofp_doc_arena(t->d), head), OFP_STR("text-heading"), OFP_SURE_FOUND);
}

static void run(text *t, ofp_str in)
{
    unsigned no = 1;
    in = text_lynx(ofp_doc_arena(t->d), text_clean(ofp_doc_arena(t->d), in));
    text_header(t, &in, &no);
    text_lines(t, in, no);
    text_pages(t);
    text_shape(t);
    text_marks(t);
    text_joins(t);
    t->words = text_words(t);
    text_refs(t);
    text_blocks(t);
    text_defs(t);
    text_nest(t);
    text_indents(t);
    text_heads(t);
    text_nest(t);
    text_nodes(t, ofp_root(t->d));
    offer_title(t);
}

bool ofp_read_text(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    text t = { .d = d, .scratch = ofp_arena_new() };
    ofp_set_note(d, OFP_STR("origin"), OFP_STR("text"));
    if (t.scratch) run(&t, in);
    if (opt->url) ofp_meta_offer(d, OFP_META_URL, ofp_arena_dup(ofp_doc_arena(d), ofp_s(opt->url)), OFP_STR("-u"), OFP_SURE_FOUND);
    bool ok = !ofp_arena_failed(t.scratch);
    ofp_arena_free(t.scratch);
    return ofp_doc_ok(d, e) && (ok || ofp_fail_nomem(e));
}
