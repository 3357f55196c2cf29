/* json_meta.c - metadata, and under our own key what pandoc has no place for. */
#include "write/json.h"

static bool is_ours(const ofp_node *v)
{
    return ofp_str_eq(ofp_meta_key_of(v), OFP_STR("offprint"));
}

static void meta_string(writer *w, ofp_str s)
{
    lit(w, "{\"t\":\"MetaString\",\"c\":");
    str(w, s);
    lit(w, "}");
}

/* An entry of one of our maps; the first opens it. */
static void put_entry(writer *w, const char *map, bool *any, bool *more, ofp_str key, ofp_str value)
{
    if (*any) {
        lit(w, ",");
    } else {
        comma(w, more);
        ofp_buf_printf(w->out, "\"%s\":{\"t\":\"MetaMap\",\"c\":{", map);
    }
    *any = true;
    str(w, key);
    lit(w, ":");
    meta_string(w, value);
}

/* Documents read from JSON are of origin "json" unless they say otherwise. */
static void put_notes(writer *w, bool *more)
{
    const ofp_node *notes = ofp_meta_find(ofp_meta_find(ofp_meta(w->d), OFP_STR("offprint")), OFP_STR("notes"));
    bool any = false;
    for (const ofp_node *v = ofp_first(notes); v; v = ofp_next(v)) {
        ofp_str name = ofp_meta_key_of(v), value = ofp_text(v);
        if (ofp_str_eq(name, OFP_STR("origin")) && ofp_str_eq(value, OFP_STR("json")))
            continue;
        put_entry(w, "notes", &any, more, name, value);
    }
    lit(w, any ? "}}" : "");
}

static void put_facts(writer *w, bool *more)
{
    const ofp_node *first = ofp_fact_first(w->d);
    if (!first)
        return;
    comma(w, more);
    lit(w, "\"facts\":{\"t\":\"MetaList\",\"c\":[");
    for (const ofp_node *f = first; f; f = ofp_next(f)) {
        lit(w, f == first ? "" : ",");
        lit(w, "{\"t\":\"MetaMap\",\"c\":{\"name\":");
        meta_string(w, ofp_fact_name(f));
        lit(w, ",\"value\":");
        meta_string(w, ofp_fact_value(f));
        lit(w, "}}");
    }
    lit(w, "]}");
}

/* "title": "70 og:title".  A value that the JSON itself stated needs no entry. */
static void put_from(writer *w, bool *more)
{
    bool any = false;
    for (const ofp_node *v = ofp_first(ofp_meta(w->d)); v; v = ofp_next(v)) {
        ofp_str source = ofp_meta_source(v);
        if (is_ours(v) || (ofp_str_eq(source, OFP_STR("json")) && ofp_meta_sure(v) == OFP_SURE_EXACT))
            continue;
        put_entry(w, "from", &any, more, ofp_meta_key_of(v),
                  ofp_arena_printf(ofp_doc_arena(w->d), "%d %.*s", ofp_meta_sure(v), (int)source.n, source.p));
    }
    lit(w, any ? "}}" : "");
}

/* Our own key, unless there is nothing to say. */
static void put_ours(writer *w, bool *more)
{
    size_t start = w->out->n, inside;
    bool before = *more, any = false;
    comma(w, more);
    lit(w, "\"offprint\":{\"t\":\"MetaMap\",\"c\":{");
    inside = w->out->n;
    put_notes(w, &any);
    put_facts(w, &any);
    put_from(w, &any);
    if (w->out->n > inside) {
        lit(w, "}}");
        return;
    }
    w->out->n = start;
    *more = before;
}

void ofp_js_meta(writer *w)
{
    bool more = false, done = false;
    lit(w, "{");
    for (const ofp_node *v = ofp_first(ofp_meta(w->d)); v; v = ofp_next(v)) {
        if (is_ours(v)) {
            put_ours(w, &more);
            done = true;
            continue;
        }
        comma(w, &more);
        str(w, ofp_meta_key_of(v));
        lit(w, ":");
        ofp_js_node(w, v);
    }
    if (!done)
        put_ours(w, &more);
    lit(w, "}");
}
