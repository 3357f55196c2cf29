/* ids.c - from the ids of sources, which may be anything, to ids that every reading system takes. */
#include "doctools/ids.h"
#include "base/map.h"
#include "base/octets.h"

struct ofp_ids {
    ofp_arena *arena;
    ofp_target *targets;
    size_t n;
    ofp_map by_raw, by_node, by_name, counters;
};

enum { MAX_ID = 80 };

static bool name_start(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

static bool name_char(char c)
{
    return name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* "fn7" and "fnref7" belong to notes. */
static bool is_reserved(ofp_str id)
{
    if (!ofp_str_starts(id, OFP_STR("fn")))
        return false;
    ofp_str rest = ofp_str_sub(id, ofp_str_starts(id, OFP_STR("fnref")) ? 5 : 2, SIZE_MAX);
    long number;
    return ofp_str_int(rest, 0, 1000000000, &number);
}

/* XML names may hold letters of any script, but which ones depends on the edition of XML that a
 * validator was built for: ASCII alone is safe. */
static ofp_str clean(ofp_arena *a, ofp_str raw)
{
    ofp_buf b = { 0 };
    raw = ofp_str_sub(raw, 0, MAX_ID);
    if (raw.n == 0 || !name_start(raw.p[0]))
        ofp_buf_puts(&b, "id-");
    for (size_t i = 0; i < raw.n; i++)
        if (name_char(raw.p[i]))
            ofp_buf_putc(&b, raw.p[i]);
        else if (b.n > 0 && b.p[b.n - 1] != '-')
            ofp_buf_putc(&b, '-');
    if (is_reserved(ofp_buf_str(&b)))
        ofp_buf_puts(&b, "-");
    return ofp_buf_take(&b, a);
}

/* A heading's words in lower case with hyphens between them, after GitHub's and pandoc's custom. */
static ofp_str slug(ofp_arena *a, const ofp_node *head)
{
    ofp_buf b = { 0 };
    ofp_str text = ofp_arena_lower(a, ofp_plain_text(a, head));
    for (size_t i = 0; i < text.n && b.n < MAX_ID; i++) {
        char c = text.p[i];
        if (name_char(c) && c != '.' && (b.n > 0 || name_start(c)))
            ofp_buf_putc(&b, c);
        else if (b.n > 0 && b.p[b.n - 1] != '-')
            ofp_buf_putc(&b, '-');
    }
    while (b.n > 0 && b.p[b.n - 1] == '-')
        b.n--;
    if (b.n == 0)
        ofp_buf_puts(&b, "section");
    return clean(a, ofp_buf_take(&b, a));
}

/* True when key was not there before. */
static bool add(ofp_map *m, ofp_str key, void *value)
{
    void **at = ofp_map_at(m, key);
    if (!at || *at)
        return false;
    *at = value;
    return true;
}

/* want, or want with the first number that makes it new.  The last number tried is kept for each
 * want, so that a thousand headings "Example" take a thousand steps. */
static ofp_str unique(ofp_ids *ids, ofp_target *t, ofp_str want)
{
    if (add(&ids->by_name, want, t))
        return want;
    unsigned *last = ofp_map_get(&ids->counters, want);
    if (!last) {
        last = ofp_arena_zalloc(ids->arena, 1, sizeof *last);
        add(&ids->counters, want, last);
    }
    ofp_str name = want;
    do
        name = last ? ofp_arena_printf(ids->arena, "%.*s-%u", (int)want.n, want.p, ++*last + 1) : want;
    while (!ofp_arena_failed(ids->arena) && !add(&ids->by_name, name, t));
    return name;
}

static bool wants_id(const ofp_node *n, bool heads)
{
    return ofp_id(n).n > 0 || (heads && ofp_node_type(n) == OFP_HEAD);
}

static size_t count(const ofp_doc *d, bool heads)
{
    size_t n = 0;
    for (const ofp_node *at = ofp_root(d); at; at = ofp_after(at, ofp_root(d)))
        n += wants_id(at, heads);
    return n;
}

static ofp_str node_key(const ofp_target *t)
{
    return (ofp_str){ (const char *)&t->node, sizeof t->node };
}

ofp_ids *ofp_ids_new(ofp_arena *a, const ofp_doc *d, bool heads)
{
    ofp_ids *ids = ofp_arena_zalloc(a, 1, sizeof *ids);
    if (!ids || !(ids->targets = ofp_arena_zalloc(a, count(d, heads) + 1, sizeof *ids->targets)))
        return NULL;
    ids->arena = ids->by_raw.arena = ids->by_node.arena = ids->by_name.arena = ids->counters.arena = a;
    for (const ofp_node *at = ofp_root(d); at; at = ofp_after(at, ofp_root(d))) {
        ofp_target *t = &ids->targets[ids->n];
        ofp_str raw = ofp_id(at);
        if (!wants_id(at, heads) || (raw.n > 0 && !add(&ids->by_raw, raw, t)))
            continue;
        t->node = at;
        t->id = unique(ids, t, raw.n > 0 ? clean(a, raw) : slug(a, at));
        add(&ids->by_node, node_key(t), t);
        ids->n++;
    }
    return ofp_arena_failed(a) ? NULL : ids;
}

ofp_target *ofp_ids_find(ofp_ids *ids, ofp_str fragment)
{
    ofp_target *t = ofp_map_get(&ids->by_raw, fragment);
    if (t || ofp_str_find(fragment, OFP_STR("%"), 0) == SIZE_MAX)
        return t;
    ofp_buf decoded = { 0 };
    ofp_unpercent(&decoded, fragment);
    return ofp_map_get(&ids->by_raw, ofp_buf_take(&decoded, ids->arena));
}

ofp_target *ofp_ids_at(const ofp_ids *ids, const ofp_node *node)
{
    ofp_target key = { .node = node };
    return ids ? ofp_map_get(&ids->by_node, node_key(&key)) : NULL;
}
