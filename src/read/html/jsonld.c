/* jsonld.c - structured data in scripts as facts: "jsonld:NewsArticle.author.name". */
#include "base/json.h"
#include "head.h"

/* What pages get wrong: control characters in strings, commas before a closing bracket. */
static ofp_str mended(reader *r, ofp_str s)
{
    ofp_buf b = { 0 };
    bool in_string = false;
    size_t comma = SIZE_MAX;            /* where the last token was a comma: its place in b */
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool white = (unsigned char)c <= ' ';
        if (in_string && c == '\\' && i + 1 < s.n) {
            ofp_buf_putc(&b, c);
            ofp_buf_putc(&b, s.p[++i]);
            continue;
        }
        if ((c == '}' || c == ']') && !in_string && comma < b.n)
            b.p[comma] = ' ';
        if (!white && !in_string)
            comma = c == ',' ? b.n : SIZE_MAX;
        in_string ^= c == '"';
        ofp_buf_putc(&b, white ? ' ' : c);
    }
    return ofp_buf_take(&b, r->tmp);
}

/* The object or array alone: pages put comments and CDATA around it. */
static ofp_str unwrapped(ofp_str s)
{
    static const ofp_str open = OFP_STR("<![CDATA["), close = OFP_STR("]]>");
    size_t mark = ofp_str_find(s, open, 0), from = 0;
    if (mark < ofp_str_find(s, OFP_STR("{"), 0)) {
        s = ofp_str_sub(s, mark + open.n, SIZE_MAX);
        s = ofp_str_sub(s, 0, ofp_str_find(s, close, 0));
    }
    while (from < s.n && s.p[from] != '{' && s.p[from] != '[')
        from++;
    while (s.n > from && s.p[s.n - 1] != '}' && s.p[s.n - 1] != ']')
        s.n--;
    return ofp_str_sub(s, from, SIZE_MAX);
}

static ofp_json *parse_mended(reader *r, ofp_str s)
{
    ofp_err ignored = { 0 };
    s = unwrapped(s);
    ofp_json *v = s.n ? ofp_json_parse(r->tmp, s, NULL, &ignored) : NULL;
    ignored = (ofp_err){ 0 };
    return v || !s.n ? v : ofp_json_parse(r->tmp, mended(r, s), NULL, &ignored);
}

static ofp_str type_of(const ofp_json *object)
{
    const ofp_json *t = ofp_json_get(object, OFP_STR("@type"));
    return ofp_json_str(t && t->type == OFP_JSON_ARRAY ? ofp_json_at(t, 0) : t);
}

typedef struct walk { struct facts *f; const ofp_json *script; } walk;

static void read_json(walk *w, const ofp_json *v, ofp_str path, int depth);

static ofp_str joined(const walk *w, ofp_str path, ofp_str key)
{
    return ofp_arena_printf(w->f->r->tmp, "%.*s.%.*s", (int)path.n, path.p, (int)key.n, key.p);
}

/* The object that id names, among those that a script lists (JSON-LD 1.1, 3.3 "Node Identifiers"). */
static const ofp_json *find_id(const ofp_json *script, ofp_str id)
{
    const ofp_json *list = script->type == OFP_JSON_ARRAY ? script : ofp_json_get(script, OFP_STR("@graph"));
    for (const ofp_json *o = ofp_json_first(list); o; o = o->next)
        if (o->type == OFP_JSON_OBJECT && ofp_str_eq(ofp_json_str(ofp_json_get(o, OFP_STR("@id"))), id))
            return o;
    return NULL;
}

/* "author": {"@id": "#ann"} means the object of that id elsewhere in the script. */
static void read_reference(walk *w, const ofp_json *o, ofp_str path)
{
    ofp_str id = ofp_json_str(ofp_json_get(o, OFP_STR("@id")));
    const ofp_json *meant = id.n && !ofp_json_get(o, OFP_STR("name")) ? find_id(w->script, id) : NULL;
    const ofp_json *name = meant && meant != o ? ofp_json_get(meant, OFP_STR("name")) : NULL;
    if (name && name->type == OFP_JSON_STRING)
        head_add(w->f, joined(w, path, OFP_STR("name")), name->text);
}

static void read_object(walk *w, const ofp_json *o, ofp_str path, int depth)
{
    ofp_str type = type_of(o);
    if (path.n)
        read_reference(w, o, path);
    else if (type.n || !ofp_json_get(o, OFP_STR("@graph")))
        path = head_root(w->f, "jsonld", type.n ? type : OFP_STR("Thing"));
    for (const ofp_json *c = o->first; c; c = c->next) {
        if (ofp_str_eq(c->key, OFP_STR("@graph")))
            read_json(w, c, (ofp_str){ 0 }, depth + 1);
        else if (path.n && !ofp_str_eq(c->key, OFP_STR("@context")) && c->key.n < 80)
            read_json(w, c, joined(w, path, c->key), depth + 1);
    }
}

static void read_json(walk *w, const ofp_json *v, ofp_str path, int depth)
{
    if (depth > MAX_DEPTH || path.n > 300 || w->f->n > MAX_FACTS)
        return;
    switch ((enum ofp_json_type)v->type) {
    case OFP_JSON_OBJECT: read_object(w, v, path, depth); break;
    case OFP_JSON_ARRAY:
        for (const ofp_json *c = v->first; c; c = c->next)
            read_json(w, c, path, depth + 1);
        break;
    case OFP_JSON_STRING: case OFP_JSON_NUMBER: head_add(w->f, path, v->text); break;
    case OFP_JSON_TRUE: head_add(w->f, path, OFP_STR("true")); break;
    case OFP_JSON_FALSE: head_add(w->f, path, OFP_STR("false")); break;
    case OFP_JSON_NULL: break;
    }
}

void head_jsonld(struct facts *f, ofp_str script)
{
    const ofp_json *v = parse_mended(f->r, script);
    if (v)
        read_json(&(struct walk){ f, v }, v, (ofp_str){ 0 }, 0);
}
