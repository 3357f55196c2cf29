#include "doctools/title.h"
#include "doctools/formula_text.h"
#include "model/book.h"

ofp_node *ofp_title_head(ofp_arena *a, const ofp_doc *d)
{
    ofp_node *n = ofp_first(ofp_root(d));
    while (n && ofp_node_type(n) == OFP_DIV && !ofp_has_class(n, OFP_STR("article"))) n = ofp_first(n);
    if (!n || ofp_node_type(n) != OFP_HEAD) return NULL;
    ofp_str title = ofp_arena_squeeze(a, ofp_meta_get(d, OFP_META_TITLE));
    return title.n && ofp_str_ieq(title, ofp_arena_squeeze(a, ofp_plain_text(a, n))) ? n : NULL;
}

static bool holds_formula(const ofp_node *n)
{
    for (const ofp_node *in = n; in; in = ofp_after(in, n))
        if (ofp_node_type(in) == OFP_MATH) return true;
    return false;
}

ofp_str ofp_title_shown(ofp_arena *a, const ofp_doc *d)
{
    const ofp_node *head = ofp_title_head(a, d);
    return head && holds_formula(head) ? ofp_arena_squeeze(a, ofp_shown_text(a, head)) : ofp_meta_get(d, OFP_META_TITLE);
}

/* The document's title goes with that of its article where they are the same. */
static void show_title(ofp_doc *d, ofp_node *article, const ofp_node *head)
{
    ofp_arena *a = ofp_doc_arena(d);
    ofp_str key = ofp_meta_name(OFP_META_TITLE), was = ofp_arena_squeeze(a, ofp_article_meta(article, OFP_META_TITLE));
    ofp_str shown = ofp_arena_squeeze(a, ofp_shown_text(a, head));
    const ofp_node *old = ofp_meta_find(ofp_meta(d), key);
    if (old && ofp_str_ieq(was, ofp_arena_squeeze(a, ofp_meta_get(d, OFP_META_TITLE)))) {
        ofp_str source = ofp_meta_source(old);
        int sure = ofp_meta_sure(old);
        ofp_meta_drop(ofp_meta(d), key);
        ofp_meta_offer(d, OFP_META_TITLE, shown, source, sure);
    }
    ofp_set_attr(d, article, key, shown);
}

void ofp_show_titles(ofp_doc *d)
{
    bool any = false;
    for (ofp_node *article = ofp_article_first(d); article; article = ofp_article_next(article)) {
        const ofp_node *head = ofp_first(article);
        if (!head || ofp_node_type(head) != OFP_HEAD || !ofp_has_class(head, OFP_STR("title")) || !holds_formula(head)) continue;
        show_title(d, article, head);
        any = true;
    }
    if (any) ofp_name_book(d);
}
