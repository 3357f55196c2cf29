/* head.c - what a page states about itself: elements of its head, JSON-LD, microdata, dates.
 *
 * All of it becomes facts, for the metadata filter to weigh; what needs no weighing is metadata. */
#include "base/json.h"
#include "html.h"

#define MAX_VALUE 2000          /* bytes; longer values are article bodies, not facts */
#define MAX_DEPTH 6             /* of JSON-LD objects in one another */
#define MAX_FACTS 4000

struct facts { reader *r; size_t n; };

static void add(struct facts *f, ofp_str name, ofp_str value)
{
    value = ofp_str_trim(value);
    if (!value.n || !name.n || value.n > MAX_VALUE || f->n++ >= MAX_FACTS)
        return;
    ofp_fact_add(f->r->d, html_keep(f->r, name), ofp_arena_squeeze(f->r->a, html_keep(f->r, value)));
}

static void add_prefixed(struct facts *f, const char *prefix, ofp_str name, ofp_str value)
{
    add(f, ofp_arena_printf(f->r->tmp, "%s%.*s", prefix, (int)(name.n < 200 ? name.n : 200), name.p), value);
}

/* The text below n, squeezed; what lies beyond the length of a fact is not looked at. */
static ofp_str short_text(struct facts *f, const dom *n)
{
    ofp_buf b = { 0 };
    for (const dom *c = n->first; c && b.n <= MAX_VALUE; c = dom_after(c, n))
        if (c->tag == T_TEXT)
            ofp_buf_add(&b, ofp_str_sub(c->text, 0, MAX_VALUE + 1));
        else if (c->tag == T_BR || c->tag == T_P || c->tag == T_DIV || c->tag == T_LI)
            ofp_buf_putc(&b, ' ');
    return ofp_arena_squeeze(f->r->tmp, ofp_buf_take(&b, f->r->tmp));
}

/* ---- meta, link, title ------------------------------------------------------------------------ */

/* What pandoc reads from a page, too.  Surer sources may take their place. */
static const struct { ofp_str name; enum ofp_meta_key key; } stated[] = {
    { { "author", 6 }, OFP_META_AUTHOR },           { { "description", 11 }, OFP_META_DESCRIPTION },
    { { "keywords", 8 }, OFP_META_KEYWORDS },       { { "date", 4 }, OFP_META_DATE },
    { { "dc.date", 7 }, OFP_META_DATE },            { { "dc.creator", 10 }, OFP_META_AUTHOR },
    { { "dcterms.date", 12 }, OFP_META_DATE },
};

static void offer_list(reader *r, enum ofp_meta_key key, ofp_str value, ofp_str source)
{
    ofp_str items[64], piece;
    size_t n = 0;
    while (n < 64 && ofp_str_split(&value, ',', &piece))
        if (ofp_str_trim(piece).n)
            items[n++] = ofp_str_trim(piece);
    if (n)
        ofp_meta_offer_list(r->d, key, items, n, source, OFP_SURE_FOUND);
}

static void offer(reader *r, ofp_str name, ofp_str value)
{
    value = ofp_arena_squeeze(r->a, html_keep(r, value));
    for (size_t i = 0; value.n && i < sizeof stated / sizeof *stated; i++) {
        ofp_date date;
        if (!ofp_str_eq(name, stated[i].name))
            continue;
        ofp_str source = ofp_arena_printf(r->a, "meta %.*s", (int)name.n, name.p);
        if (stated[i].key == OFP_META_KEYWORDS)
            offer_list(r, stated[i].key, value, source);
        else if (stated[i].key == OFP_META_AUTHOR)
            ofp_meta_offer_list(r->d, stated[i].key, &value, 1, source, OFP_SURE_FOUND);
        else if (stated[i].key != OFP_META_DATE)
            ofp_meta_offer(r->d, stated[i].key, value, source, OFP_SURE_FOUND);
        else if (ofp_date_parse(value, &date))
            ofp_meta_offer(r->d, stated[i].key, ofp_date_iso(r->a, &date), source, OFP_SURE_FOUND);
    }
}

static void read_meta(struct facts *f, const dom *n)
{
    static const ofp_str keys[] = { { "name", 4 }, { "property", 8 }, { "itemprop", 8 } };
    ofp_str content = DOM_ATTR(n, "content");
    for (size_t i = 0; i < 3; i++) {
        ofp_str name = ofp_arena_lower(f->r->a, ofp_str_trim(dom_attr(n, keys[i])));
        add(f, name, content);
        if (i == 0)
            offer(f->r, name, ofp_str_trim(content));
    }
    if (dom_has_attr(n, OFP_STR("itemprop")))
        add_prefixed(f, "microdata:", DOM_ATTR(n, "itemprop"), content);
}

static void read_link(struct facts *f, const dom *n)
{
    static const char *const rels[] = { "canonical", "amphtml", "license", "author", "shortlink", "icon", "apple-touch-icon",
                                        "next", "prev" };
    ofp_str rest = DOM_ATTR(n, "rel"), rel, href = ofp_str_trim(DOM_ATTR(n, "href"));
    while (href.n && ofp_str_word(&rest, &rel))
        for (size_t i = 0; i < sizeof rels / sizeof *rels; i++)
            if (ofp_str_ieq(rel, ofp_s(rels[i])))
                add_prefixed(f, "link:", ofp_s(rels[i]), html_resolve(f->r, href));
    if (dom_has_attr(n, OFP_STR("itemprop")))
        add_prefixed(f, "microdata:", DOM_ATTR(n, "itemprop"), href);
    rel = ofp_str_trim(DOM_ATTR(n, "rel"));
    if (ofp_str_ieq(rel, OFP_STR("canonical")) && href.n)
        ofp_meta_offer(f->r->d, OFP_META_URL, html_resolve(f->r, href), OFP_STR("link canonical"), OFP_SURE_STATED);
}

static void read_title(struct facts *f, const dom *n)
{
    if (dom_up(n, T_SVG))
        return;
    ofp_str title = short_text(f, n);
    add(f, OFP_STR("title"), title);
    if (title.n)
        ofp_meta_offer(f->r->d, OFP_META_TITLE, html_keep(f->r, title), OFP_STR("title"), OFP_SURE_FOUND);
}

static void read_html_element(struct facts *f, const dom *n)
{
    ofp_str lang = DOM_ATTR(n, "lang");
    lang = ofp_str_trim(lang.n ? lang : DOM_ATTR(n, "xml:lang"));
    add(f, OFP_STR("html:lang"), lang);
    if (lang.n && lang.n < 36)
        ofp_meta_offer(f->r->d, OFP_META_LANG, html_keep(f->r, lang), OFP_STR("html lang"), OFP_SURE_STATED);
}

/* ---- JSON-LD ------------------------------------------------------------------------------------ */

/* What pages get wrong: comments and CDATA around it, control characters in strings, commas before a
 * closing bracket. */
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

static ofp_json *parse_mended(reader *r, ofp_str s)
{
    size_t from = 0;
    while (from < s.n && s.p[from] != '{' && s.p[from] != '[')
        from++;
    while (s.n > from && s.p[s.n - 1] != '}' && s.p[s.n - 1] != ']')
        s.n--;
    s = ofp_str_sub(s, from, SIZE_MAX);
    ofp_err ignored = { 0 };
    ofp_json *v = s.n ? ofp_json_parse(r->tmp, s, NULL, &ignored) : NULL;
    ignored = (ofp_err){ 0 };
    return v || !s.n ? v : ofp_json_parse(r->tmp, mended(r, s), NULL, &ignored);
}

static ofp_str type_of(const ofp_json *object)
{
    const ofp_json *t = ofp_json_get(object, OFP_STR("@type"));
    return ofp_json_str(t && t->type == OFP_JSON_ARRAY ? ofp_json_at(t, 0) : t);
}

static void read_json(struct facts *f, const ofp_json *v, ofp_str path, int depth);

static ofp_str joined(struct facts *f, ofp_str path, ofp_str key)
{
    return ofp_arena_printf(f->r->tmp, "%.*s.%.*s", (int)path.n, path.p, (int)key.n, key.p);
}

static void read_object(struct facts *f, const ofp_json *o, ofp_str path, int depth)
{
    ofp_str type = type_of(o);
    if (!path.n && type.n)
        path = ofp_arena_printf(f->r->tmp, "jsonld:%.*s", (int)(type.n < 80 ? type.n : 80), type.p);
    else if (!path.n)
        path = OFP_STR("jsonld:Thing");
    for (const ofp_json *c = o->first; c; c = c->next) {
        if (ofp_str_eq(c->key, OFP_STR("@graph")))
            read_json(f, c, (ofp_str){ "", 0 }, depth + 1);
        else if (!ofp_str_eq(c->key, OFP_STR("@context")) && c->key.n < 80)
            read_json(f, c, joined(f, path, c->key), depth + 1);
    }
}

static void read_json(struct facts *f, const ofp_json *v, ofp_str path, int depth)
{
    if (depth > MAX_DEPTH || path.n > 300 || f->n > MAX_FACTS)
        return;
    switch (v->type) {
    case OFP_JSON_OBJECT: read_object(f, v, path, depth); break;
    case OFP_JSON_ARRAY:
        for (const ofp_json *c = v->first; c; c = c->next)
            read_json(f, c, path, depth + 1);
        break;
    case OFP_JSON_STRING: case OFP_JSON_NUMBER: add(f, path, v->text); break;
    case OFP_JSON_TRUE: add(f, path, OFP_STR("true")); break;
    case OFP_JSON_FALSE: add(f, path, OFP_STR("false")); break;
    case OFP_JSON_NULL: break;
    }
}

static void read_script(struct facts *f, const dom *n)
{
    if (!ofp_str_istarts(ofp_str_trim(DOM_ATTR(n, "type")), OFP_STR("application/ld+json")))
        return;
    ofp_buf b = { 0 };
    dom_text(n, &b);
    const ofp_json *v = parse_mended(f->r, ofp_buf_take(&b, f->r->tmp));
    if (v)
        read_json(f, v, (ofp_str){ "", 0 }, 0);
}

/* ---- the body ------------------------------------------------------------------------------------ */

/* The value of a property (HTML standard 5.2.4, "values"). */
static ofp_str item_value(struct facts *f, const dom *n)
{
    static const ofp_str keys[] = { { "content", 7 }, { "datetime", 8 } };
    for (size_t i = 0; i < 2; i++)
        if (dom_attr(n, keys[i]).n)
            return dom_attr(n, keys[i]);
    if (n->tag == T_IMG || n->tag == T_IFRAME || n->tag == T_VIDEO || n->tag == T_AUDIO || n->tag == T_EMBED)
        return html_resolve(f->r, DOM_ATTR(n, "src"));
    ofp_str text = short_text(f, n);
    return text.n || n->tag != T_A ? text : html_resolve(f->r, DOM_ATTR(n, "href"));
}

static bool has_rel(const dom *n, ofp_str rel)
{
    ofp_str rest = DOM_ATTR(n, "rel"), word;
    while (ofp_str_word(&rest, &word))
        if (ofp_str_ieq(word, rel))
            return true;
    return false;
}

static void read_other(struct facts *f, const dom *n)
{
    ofp_str rest = DOM_ATTR(n, "itemprop"), name;
    while (ofp_str_word(&rest, &name))
        if (!ofp_str_ieq(name, OFP_STR("articleBody")) && !ofp_str_ieq(name, OFP_STR("text")))
            add_prefixed(f, "microdata:", name, item_value(f, n));
    if (n->tag == T_A && has_rel(n, OFP_STR("author")))
        add(f, OFP_STR("rel:author"), short_text(f, n));
}

static void read_time(struct facts *f, const dom *n)
{
    ofp_str datetime = DOM_ATTR(n, "datetime");
    add(f, OFP_STR("time:datetime"), datetime);
    add(f, OFP_STR("time:text"), short_text(f, n));
    read_other(f, n);
}

static void read_element(struct facts *f, const dom *n)
{
    static void (*const readers[NTAGS])(struct facts *, const dom *) = {
        [T_HTML] = read_html_element, [T_TITLE] = read_title,   [T_META] = read_meta,
        [T_LINK] = read_link,         [T_SCRIPT] = read_script, [T_TIME] = read_time,
    };
    if (readers[n->tag])
        readers[n->tag](f, n);
    else if (n->nattrs && (n->tag == T_A || dom_has_attr(n, OFP_STR("itemprop"))))
        read_other(f, n);
}

void html_head(reader *r)
{
    struct facts f = { r, 0 };
    for (const dom *n = r->root; n && f.n < MAX_FACTS; n = dom_after(n, r->root))
        if (n->tag != T_TEXT)
            read_element(&f, n);
    if (r->opt->url)
        ofp_meta_offer(r->d, OFP_META_URL, html_keep(r, ofp_s(r->opt->url)), OFP_STR("-u"), OFP_SURE_FOUND);
}
