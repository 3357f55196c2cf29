/* json_meta.c - what rides in the metadata under our own key. */
#include "read/json.h"

static void take_facts(ofp_doc *d, const ofp_node *list)
{
    for (const ofp_node *m = ofp_first(list); m; m = ofp_next(m)) {
        const ofp_node *name = ofp_meta_find(m, OFP_STR("name")), *value = ofp_meta_find(m, OFP_STR("value"));
        if (name && value)
            ofp_fact_add(d, ofp_text(name), ofp_text(value));
    }
}

static void take_notes(ofp_doc *d, const ofp_node *map)
{
    for (const ofp_node *v = ofp_first(map); v; v = ofp_next(v))
        ofp_set_note(d, ofp_meta_key_of(v), ofp_text(v));
}

/* "70 og:title" */
static void take_from(ofp_doc *d, const ofp_node *map)
{
    for (const ofp_node *v = ofp_first(map); v; v = ofp_next(v)) {
        ofp_node *value = ofp_meta_find(ofp_meta(d), ofp_meta_key_of(v));
        ofp_str source = ofp_text(v), sure;
        long number = 0;
        if (value && ofp_str_split(&source, ' ', &sure) && ofp_str_int(sure, 0, 100, &number))
            ofp_set_meta_source(d, value, source, (int)number);
    }
}

void ofp_ast_take_ours(ofp_doc *d)
{
    ofp_node *map = ofp_meta(d), *ours = ofp_meta_find(map, OFP_STR("offprint")), *after = ofp_next(ours);
    ofp_unlink(ours);
    for (ofp_node *v = ofp_first(map); v; v = ofp_next(v))
        ofp_set_meta_source(d, v, OFP_STR("json"), OFP_SURE_EXACT);
    take_from(d, ofp_meta_find(ours, OFP_STR("from")));
    if (!ours || !ofp_meta_find(ofp_meta_find(ours, OFP_STR("notes")), OFP_STR("origin")))
        ofp_set_note(d, OFP_STR("origin"), OFP_STR("json"));
    take_notes(d, ofp_meta_find(ours, OFP_STR("notes")));
    take_facts(d, ofp_meta_find(ours, OFP_STR("facts")));
    ofp_insert_before(after, ofp_meta_find(map, OFP_STR("offprint")));
}
