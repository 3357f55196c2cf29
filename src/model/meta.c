#include "model/node.h"

enum { ONE, LIST, DATE };

static const struct { const char *key, *shown; int kind; } rows[] = {
#define META(id, key, shown, kind) { key, shown, kind },
#include "offprint/meta.def"
#undef META
};

/* Facts and notes ride in the metadata under this key; writers other than JSON pass it over. */
#define OURS OFP_STR("offprint")
#define FACTS OFP_STR("facts")
#define NOTES OFP_STR("notes")

ofp_str ofp_meta_name(enum ofp_meta_key k) { return ofp_s(rows[k].key); }
ofp_str ofp_meta_shown(enum ofp_meta_key k) { return ofp_s(rows[k].shown); }
bool ofp_meta_is_list(enum ofp_meta_key k) { return rows[k].kind == LIST; }

bool ofp_meta_known(ofp_str key, enum ofp_meta_key *out)
{
    for (size_t i = 0; i < OFP_NMETA; i++)
        if (ofp_str_eq(key, ofp_s(rows[i].key))) {
            *out = (enum ofp_meta_key)i;
            return true;
        }
    return false;
}

static bool is_meta(const ofp_node *n) { return n && ROW(n)->kind == OFP_KIND_META; }

ofp_node *ofp_meta_find(const ofp_node *map, ofp_str key)
{
    for (ofp_node *n = ofp_first(map); n; n = n->next)
        if (is_meta(n) && ofp_str_eq(n->aux, key))
            return n;
    return NULL;
}

ofp_str ofp_meta_key_of(const ofp_node *value) { return is_meta(value) ? value->aux : (ofp_str){ 0 }; }

void ofp_set_meta_key(ofp_node *value, ofp_str key)
{
    if (is_meta(value))
        value->aux = key;
}

bool ofp_meta_true(const ofp_node *value) { return value && value->type == OFP_MBOOL && value->num[2]; }

void ofp_set_meta_bool(ofp_node *value, bool truth)
{
    if (value && value->type == OFP_MBOOL)
        value->num[2] = truth;
}

ofp_str ofp_meta_source(const ofp_node *value)
{
    return is_meta(value) && value->attrs ? value->attrs->id : (ofp_str){ 0 };
}

int ofp_meta_sure(const ofp_node *value) { return is_meta(value) ? value->num[0] : 0; }

static void set_source(ofp_arena *a, ofp_node *value, ofp_str source, int sure)
{
    if (!is_meta(value))
        return;
    if (!value->attrs)
        value->attrs = ofp_arena_zalloc(a, 1, sizeof *value->attrs);
    if (value->attrs)
        value->attrs->id = source;
    value->num[0] = sure;
}

void ofp_set_meta_source(ofp_doc *d, ofp_node *value, ofp_str source, int sure)
{
    set_source(d->arena, value, source, sure);
}

ofp_node *ofp_meta_put(ofp_doc *d, ofp_node *map, ofp_str key, enum ofp_type type)
{
    ofp_node *n = map ? ofp_new(d, type) : NULL, *old = ofp_meta_find(map, key);
    if (!n)
        return NULL;
    n->aux = key;
    if (old)
        ofp_insert_before(old, n);
    else
        ofp_append(map, n);
    ofp_unlink(old);
    return n;
}

void ofp_meta_drop(ofp_node *map, ofp_str key) { ofp_unlink(ofp_meta_find(map, key)); }

static bool is_surer(const ofp_doc *d, enum ofp_meta_key k, int sure)
{
    const ofp_node *old = ofp_meta_find(d->meta, ofp_meta_name(k));
    return !old || ofp_meta_sure(old) < sure;
}

bool ofp_meta_offer_list(ofp_doc *d, enum ofp_meta_key k, const ofp_str *values, size_t n, ofp_str source, int sure)
{
    if (!n || !is_surer(d, k, sure))
        return false;
    ofp_node *list = ofp_meta_put(d, d->meta, ofp_meta_name(k), OFP_MLIST);
    for (size_t i = 0; i < n; i++)
        ofp_set_text(ofp_add(d, list, OFP_MSTRING), values[i]);
    set_source(d->arena, list, source, sure);
    return true;
}

bool ofp_meta_offer(ofp_doc *d, enum ofp_meta_key k, ofp_str value, ofp_str source, int sure)
{
    if (!value.n)
        return false;
    if (rows[k].kind == LIST)
        return ofp_meta_offer_list(d, k, &value, 1, source, sure);
    if (!is_surer(d, k, sure))
        return false;
    ofp_node *n = ofp_meta_put(d, d->meta, ofp_meta_name(k), OFP_MSTRING);
    ofp_set_text(n, value);
    set_source(d->arena, n, source, sure);
    return true;
}

/* A plain value as text.  pandoc lets an author be a map with a name. */
static ofp_str value_text(const ofp_doc *d, const ofp_node *n)
{
    const ofp_node *name = n && n->type == OFP_MMAP ? ofp_meta_find(n, OFP_STR("name")) : NULL;
    if (name)
        n = name;
    return n && n->type == OFP_MSTRING ? n->text : n ? ofp_plain_text(d->arena, n) : (ofp_str){ 0 };
}

size_t ofp_meta_count(const ofp_doc *d, enum ofp_meta_key k)
{
    const ofp_node *n = ofp_meta_find(d->meta, ofp_meta_name(k));
    size_t count = 0;
    if (!n || n->type != OFP_MLIST)
        return n != NULL;
    for (const ofp_node *c = n->first; c; c = c->next)
        count++;
    return count;
}

ofp_str ofp_meta_at(const ofp_doc *d, enum ofp_meta_key k, size_t i)
{
    const ofp_node *n = ofp_meta_find(d->meta, ofp_meta_name(k));
    if (n && n->type == OFP_MLIST)
        for (n = n->first; n && i; i--)
            n = n->next;
    return i ? (ofp_str){ 0 } : value_text(d, n);
}

ofp_str ofp_meta_get(const ofp_doc *d, enum ofp_meta_key k)
{
    size_t n = ofp_meta_count(d, k);
    if (n < 2)
        return ofp_meta_at(d, k, 0);
    ofp_buf b = { 0 };
    for (size_t i = 0; i < n; i++) {
        ofp_buf_puts(&b, i ? "; " : "");
        ofp_buf_add(&b, ofp_meta_at(d, k, i));
    }
    return ofp_buf_take(&b, d->arena);
}

/* ---- facts and notes ---- */

/* The value of type under offprint/key, made where it is missing and make is set. */
static ofp_node *ours(const ofp_doc *d, ofp_str key, enum ofp_type type, ofp_doc *make)
{
    ofp_node *map = ofp_meta_find(d->meta, OURS);
    if (!map && make)
        map = ofp_meta_put(make, make->meta, OURS, OFP_MMAP);
    ofp_node *n = ofp_meta_find(map, key);
    if (!n && make)
        n = ofp_meta_put(make, map, key, type);
    return n && n->type == (uint8_t)type ? n : NULL;
}

void ofp_fact_add(ofp_doc *d, ofp_str name, ofp_str value)
{
    ofp_node *n = ofp_add(d, ours(d, FACTS, OFP_MLIST, d), OFP_MSTRING);
    ofp_set_text(n, value);
    ofp_set_meta_key(n, name);
}

const ofp_node *ofp_fact_first(const ofp_doc *d) { return ofp_first(ours(d, FACTS, OFP_MLIST, NULL)); }
ofp_str ofp_fact_name(const ofp_node *fact) { return ofp_meta_key_of(fact); }
ofp_str ofp_fact_value(const ofp_node *fact) { return ofp_text(fact); }

static void drop_if_empty(ofp_doc *d)
{
    ofp_node *map = ofp_meta_find(d->meta, OURS);
    if (map && !map->first)
        ofp_unlink(map);
}

void ofp_facts_drop(ofp_doc *d)
{
    ofp_unlink(ours(d, FACTS, OFP_MLIST, NULL));
    drop_if_empty(d);
}

ofp_str ofp_note(const ofp_doc *d, ofp_str name)
{
    return ofp_text(ofp_meta_find(ours(d, NOTES, OFP_MMAP, NULL), name));
}

void ofp_set_note(ofp_doc *d, ofp_str name, ofp_str value)
{
    if (!value.n) {
        ofp_meta_drop(ours(d, NOTES, OFP_MMAP, NULL), name);
        return;
    }
    ofp_set_text(ofp_meta_put(d, ours(d, NOTES, OFP_MMAP, d), name, OFP_MSTRING), value);
}
