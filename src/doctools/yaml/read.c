/* read.c - front matter to metadata, through libyaml. */
#include "doctools/yaml.h"
#include <string.h>
#include <yaml.h>

/* A mapping or list that is open. */
enum { MAX_DEPTH = 40 };

typedef struct reader {
    ofp_doc *d;
    ofp_str source;
    int sure, depth;
    ofp_node *open[MAX_DEPTH + 1];      /* NULL where the value is passed over */
    ofp_str key;                        /* of the value that comes next in a mapping */
    bool has_key;
} reader;

/* The next value is a key when a mapping is open and has none yet. */
static bool wants_key(const reader *r)
{
    const ofp_node *top = r->depth ? r->open[r->depth - 1] : NULL;
    return top && ofp_node_type(top) == OFP_MMAP && !r->has_key;
}

static ofp_node *add_value(reader *r, enum ofp_type type)
{
    ofp_node *top = r->depth ? r->open[r->depth - 1] : NULL;
    if (!top)
        return NULL;
    bool map = ofp_node_type(top) == OFP_MMAP;
    r->has_key = false;
    if (map && !r->key.n)
        return NULL;
    ofp_node *v = map ? ofp_meta_put(r->d, top, r->key, type) : ofp_add(r->d, top, type);
    ofp_set_meta_source(r->d, v, r->source, r->sure);
    return v;
}

/* Plain true and false are truths; the YAML 1.1 yes and no are mostly words. */
static bool is_bool(const yaml_event_t *ev, ofp_str s, bool *truth)
{
    *truth = ofp_str_ieq(s, OFP_STR("true"));
    return ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && (*truth || ofp_str_ieq(s, OFP_STR("false")));
}

static bool is_null(const yaml_event_t *ev, ofp_str s)
{
    return ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (!s.n || ofp_str_eq(s, OFP_STR("~")) || ofp_str_ieq(s, OFP_STR("null")));
}

static void take_scalar(reader *r, const yaml_event_t *ev)
{
    ofp_str s = { (const char *)ev->data.scalar.value, ev->data.scalar.length };
    bool truth;
    if (wants_key(r)) {
        r->key = ofp_arena_dup(ofp_doc_arena(r->d), s);
        r->has_key = true;
    } else if (is_bool(ev, s, &truth)) {
        ofp_set_meta_bool(add_value(r, OFP_MBOOL), truth);
    } else if (is_null(ev, s)) {
        r->has_key = false;
    } else {
        ofp_set_text(add_value(r, OFP_MSTRING), ofp_arena_dup(ofp_doc_arena(r->d), s));
    }
}

/* A key that is no word has no place in metadata: it and its value are passed over. */
static bool skip_key(reader *r)
{
    if (!wants_key(r))
        return false;
    r->key = OFP_STR("");
    r->has_key = true;
    return true;
}

/* The root mapping is the document's metadata itself. */
static bool take_open(reader *r, enum ofp_type type)
{
    if (r->depth == MAX_DEPTH)
        return false;
    bool skip = skip_key(r);
    ofp_node *v = skip ? NULL : r->depth ? add_value(r, type) : type == OFP_MMAP ? ofp_meta(r->d) : NULL;
    r->open[r->depth++] = v;
    return v || r->depth > 1;
}

/* False at the end, or where nothing more can be taken over. */
static bool take_event(reader *r, const yaml_event_t *ev)
{
    switch ((int)ev->type) {
    case YAML_SCALAR_EVENT: take_scalar(r, ev); return r->depth > 0;
    case YAML_MAPPING_START_EVENT: return take_open(r, OFP_MMAP);
    case YAML_SEQUENCE_START_EVENT: return take_open(r, OFP_MLIST);
    case YAML_MAPPING_END_EVENT: case YAML_SEQUENCE_END_EVENT: return --r->depth > 0;
    case YAML_ALIAS_EVENT: r->has_key = skip_key(r); return true;   /* the value of an alias is left out */
    case YAML_NO_EVENT: case YAML_STREAM_END_EVENT: return false;
    }
    return true;
}

/* A list where one value belongs is common for authors and keywords; the other way round is mended:
 * "author: A" becomes a list of one. */
static void make_lists(reader *r)
{
    ofp_node *map = ofp_meta(r->d);
    for (size_t i = 0; i < OFP_NMETA; i++) {
        enum ofp_meta_key k = (enum ofp_meta_key)i;
        ofp_node *v = ofp_meta_find(map, ofp_meta_name(k));
        if (!v || !ofp_meta_is_list(k) || ofp_node_type(v) != OFP_MSTRING || !ofp_str_eq(ofp_meta_source(v), r->source))
            continue;
        ofp_str one = ofp_text(v);
        ofp_set_text(ofp_add(r->d, ofp_meta_put(r->d, map, ofp_meta_name(k), OFP_MLIST), OFP_MSTRING), one);
        ofp_set_meta_source(r->d, ofp_meta_find(map, ofp_meta_name(k)), r->source, r->sure);
    }
}

bool ofp_yaml_read(ofp_doc *d, ofp_str text, unsigned line, ofp_str source, int sure, ofp_err *e)
{
    reader r = { .d = d, .source = source, .sure = sure };
    yaml_parser_t p;
    yaml_event_t ev;
    if (!yaml_parser_initialize(&p))
        return ofp_fail_nomem(e);
    yaml_parser_set_input_string(&p, (const unsigned char *)text.p, text.n);
    yaml_parser_set_encoding(&p, YAML_UTF8_ENCODING);
    for (bool more = true; more;) {
        if (!yaml_parser_parse(&p, &ev)) {
            if (p.error != YAML_MEMORY_ERROR)
                ofp_warn(d, OFP_D_META_ODD, line + (unsigned)p.problem_mark.line, "front matter: %s", p.problem ? p.problem : "malformed");
            break;
        }
        more = take_event(&r, &ev);
        yaml_event_delete(&ev);
    }
    bool ok = p.error != YAML_MEMORY_ERROR;
    yaml_parser_delete(&p);
    make_lists(&r);
    return ok ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}
