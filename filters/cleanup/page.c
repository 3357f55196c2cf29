/* page.c - the document as tables: elements with sums over what they hold, and blocks of text. */
#include "cleanup.h"
#include <string.h>

/* The element that a node without a hint stands for. */
static enum tag tag_of_type(const ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_PARA: return TAG_P;
    case OFP_PLAIN: case OFP_LINE: return TAG_PLAIN;
    case OFP_HEAD: return (enum tag)(TAG_H1 + ofp_level(n) - 1);
    case OFP_LINES: return TAG_P;
    case OFP_CODEBLOCK: case OFP_RAWBLOCK: return TAG_PRE;
    case OFP_QUOTE: return TAG_QUOTE;
    case OFP_OLIST: return TAG_OL;
    case OFP_ULIST: return TAG_UL;
    case OFP_ITEM: return TAG_LI;
    case OFP_DLIST: case OFP_TERM: case OFP_DETAIL: return TAG_DL;
    case OFP_TABLE: case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT: case OFP_ROW: return TAG_TABLE;
    case OFP_CELL: return TAG_TD;
    case OFP_FIGURE: return TAG_FIGURE;
    case OFP_CAPTION: case OFP_SHORTCAP: return TAG_CAPTION;
    case OFP_DIV: return TAG_DIV;
    case OFP_DOC: return TAG_BODY;
    case OFP_SPAN: return TAG_SPAN;
    case OFP_LINK: return TAG_A;
    case OFP_STRONG: return TAG_STRONG;
    case OFP_RULE: case OFP_TEXT: case OFP_EMPH: case OFP_UNDERLINE: case OFP_STRIKE: case OFP_SUPER:
    case OFP_SUB: case OFP_SMALLCAPS: case OFP_QUOTED: case OFP_CITE: case OFP_CODE: case OFP_SOFTBREAK:
    case OFP_LINEBREAK: case OFP_MATH: case OFP_RAWINLINE: case OFP_IMAGE: case OFP_NOTE:
    case OFP_CITATION: case OFP_PREFIX: case OFP_SUFFIX: case OFP_MMAP: case OFP_MLIST: case OFP_MBOOL:
    case OFP_MSTRING: case OFP_MINLINES: case OFP_MBLOCKS: case OFP_NTYPES:
        break;
    }
    return TAG_NONE;
}

typedef struct collector { page *p; names *m; } collector;

static enum tag tag_of(const collector *c, const ofp_node *n)
{
    ofp_str hint = ofp_hint_tag(n);
    enum tag t = hint.n ? names_tag(c->m, hint) : TAG_NONE;
    return t ? t : tag_of_type(n);
}

ofp_str element_name(const ofp_node *n)
{
    ofp_str hint = ofp_hint_tag(n);
    enum tag t = hint.n ? TAG_NONE : tag_of_type(n);
    return t ? tag_name(t) : hint;
}

/* An element of the author's own is named for what it is: <product-card>. */
bool tells_name(ofp_str key, ofp_str value)
{
    if (ofp_str_eq(key, OFP_STR("tag")))
        return value.n && memchr(value.p, '-', value.n);
    return ofp_str_eq(key, OFP_STR("role")) || ofp_str_eq(key, OFP_STR("itemprop")) || ofp_str_eq(key, OFP_STR("data-testid"));
}

enum { SIGNED_CLASSES = 4 };

/* Adds what the names of n speak of, in a page, and returns the hash of its first classes. */
static uint32_t take_names(const collector *c, const ofp_node *n, concepts *out)
{
    concepts found = { { 0 } };
    uint32_t hash = 0;
    if (!ofp_has_attrs(n))
        return 0;
    for (size_t i = 0; i < ofp_class_count(n); i++) {
        const known_name *k = names_find(c->m, ofp_class_at(n, i));
        hash += i < SIGNED_CLASSES ? k->like : 0;
        add_concepts(&found, &k->found);
    }
    if (ofp_id(n).n)
        add_concepts(&found, &names_find(c->m, ofp_id(n))->found);
    for (size_t i = 0; i < ofp_attr_count(n); i++)
        if (tells_name(ofp_attr_key(n, i), ofp_attr_value(n, i)))
            add_concepts(&found, &names_find(c->m, ofp_attr_value(n, i))->found);
    if (!c->p->text)
        add_concepts(out, &found);
    return hash;
}

static bool is_hidden(const ofp_node *n) { return ofp_has_attrs(n) && ofp_attr_has(n, OFP_STR("hidden")); }

/* ---- collecting ------------------------------------------------------------------------- */

bool is_text_block(const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    return t == OFP_CODEBLOCK || t == OFP_LINES || (ofp_holds_inlines(n) && t != OFP_SHORTCAP);
}

/* The names of what is around all of the block's text: <p><span class=byline>…</span></p>. */
static void take_leaf(collector *c, block *b)
{
    const ofp_node *n = b->node;
    take_names(c, n, &b->names);
    while (ofp_holds_inlines(n) && ofp_first(n) && !ofp_next(ofp_first(n))) {
        n = ofp_first(n);
        if (!ofp_has_attrs(n))
            continue;
        take_names(c, n, &b->names);
        b->hidden |= is_hidden(n);
        b->inner = tag_of(c, n);
    }
}

/* What the first link of a block that is mostly links leads to: a name, a tag, an article have paths
 * of their own kind on most sites.  The host would be the site's name, and tells nothing. */
static void take_href(collector *c, block *b, ofp_str url)
{
    if (c->p->text || !url.n || b->f.link_words * 2 < b->f.words)
        return;
    ofp_str path = ofp_url_path(url);
    names_match(path, &b->href);
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    for (size_t i = path.n; i > 0 && path.p[i - 1] != '/'; i--)
        b->hyphens += path.p[i - 1] == '-';
    b->local = url.p[0] == '#';
}

static void scan_block(scanner *s, const ofp_node *n)
{
    if (ofp_node_type(n) == OFP_CODEBLOCK)
        scan_text(s, ofp_text(n));
    for (const ofp_node *l = ofp_node_type(n) == OFP_LINES ? ofp_first(n) : NULL; l; l = ofp_next(l))
        scan_inlines(s, l), scan_end(s);
    if (ofp_holds_inlines(n))
        scan_inlines(s, n);
    scan_end(s);
}

/* Loose text becomes a paragraph as well, but stands in no element p. */
static enum tag block_tag(const page *p, const ofp_node *n, int elem)
{
    return ofp_node_type(n) == OFP_PARA && p->e[elem].tag != TAG_P ? TAG_PLAIN : tag_of_type(n);
}

/* In a text, two characters of a script without blanks count as one word of five letters, and a line of them that is
 * no sentence as one in capitals: what was learnt from lines of other scripts then holds for these. */
static void even_scripts(facts *f)
{
    if (f->cjk * 2 < f->words)
        return;
    f->words -= f->cjk / 2;
    f->chars += f->cjk + f->cjk / 2;
    f->upper = f->sentences || f->commas ? f->words / 8 + 1 : f->words;
}

static void add_block(collector *c, ofp_node *n, int elem)
{
    page *p = c->p;
    scanner s = { .v = p->v, .title = &p->title_words };
    scan_block(&s, n);
    p->e[elem].images += s.f.images;
    p->e[elem].inputs += s.f.inputs;
    if (!s.f.words)
        return;
    if (p->text)
        even_scripts(&s.f);
    block *b = &p->b[p->nb++];
    b->node = n;
    b->elem = elem;
    b->f = s.f;
    b->tag = b->inner = block_tag(p, n, elem);
    b->before = p->words;
    take_leaf(c, b);
    take_href(c, b, s.href);
    b->label = facts_label(p->v, &b->f);
    b->prose = facts_prose(&b->f);
    b->paragraph = b->f.words >= 12 && b->f.link_words * 5 < b->f.words * 2;
    p->words += s.f.words;
    p->link_words += s.f.link_words;
}

static int add_element(collector *c, ofp_node *n, enum tag tag, int parent)
{
    page *p = c->p;
    int id = p->ne++;
    element *e = &p->e[id], *up = parent < 0 ? NULL : &p->e[parent];
    e->node = n;
    e->parent = parent;
    e->tag = tag;
    e->first = e->last = p->nb;
    e->own = (uint32_t)tag * 0x9e3779b1u + take_names(c, n, &e->names);
    e->depth = up ? up->depth + 1 : 0;
    e->place = up ? up->children++ : 0;
    e->hidden = is_hidden(n) || (up && up->hidden);
    if (up)
        up->inputs += tag == TAG_INPUT;
    p->tags[tag]++;
    return id;
}

/* The hint about a list and the list itself are one element of the page. */
static bool is_same_element(const page *p, const ofp_node *n, enum tag tag, int parent)
{
    const element *up = parent < 0 ? NULL : &p->e[parent];
    bool alone = up && ofp_parent(n) == up->node && !ofp_prev(n) && !ofp_next(n);
    return alone && tag == up->tag && (ofp_node_type(n) == OFP_DIV) != (ofp_node_type(up->node) == OFP_DIV);
}

static void merge_element(collector *c, ofp_node *n, int id)
{
    element *e = &c->p->e[id];
    bool hint = ofp_node_type(n) == OFP_DIV;
    e->hint = hint ? n : e->node;
    e->node = hint ? e->node : n;
    e->own += take_names(c, n, &e->names);
    e->hidden |= is_hidden(n);
}

/* What has an element to itself in HTML has one here; loose text belongs to its box. */
static bool is_own_element(const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    return t == OFP_HEAD || t == OFP_CODEBLOCK || t == OFP_LINES;
}

static void collect(collector *c, ofp_node *n, int parent)
{
    enum tag tag = tag_of(c, n);
    int id = parent;
    if (is_same_element(c->p, n, tag, parent))
        merge_element(c, n, parent);
    else
        id = add_element(c, n, tag, parent);
    for (ofp_node *k = ofp_first(n); k; k = ofp_next(k)) {
        int own = is_own_element(k) ? add_element(c, k, tag_of(c, k), id) : id;
        if (is_text_block(k))
            add_block(c, k, own);
        else if (ofp_first(k) || ofp_node_type(k) == OFP_DIV)
            collect(c, k, id);
        c->p->e[own].last = c->p->nb;
    }
    c->p->e[id].last = c->p->nb;
}

/* ---- sums over the tables ----------------------------------------------------------------- */

static void sum_up(page *p)
{
    for (int i = 0; i < p->nb; i++) {
        block *b = &p->b[i];
        element *e = &p->e[b->elem];
        e->words += b->f.words;
        e->link_words += b->f.link_words;
        e->blocks++;
        e->heads += b->tag >= TAG_H1 && b->tag <= TAG_H6;
        e->proses += b->paragraph;
        e->prose_words += b->paragraph ? b->f.words : 0;
        if (e->parent >= 0)
            p->e[e->parent].near_proses += b->paragraph;
    }
    for (int i = p->ne - 1; i > 0; i--) {
        element *e = &p->e[i], *up = &p->e[e->parent];
        up->words += e->words;
        up->link_words += e->link_words;
        up->blocks += e->blocks;
        up->heads += e->heads;
        up->proses += e->proses;
        up->prose_words += e->prose_words;
        up->images += e->images;
        up->inputs += e->inputs;
    }
}

static void count_stops(page *p)
{
    unsigned stops = 0;
    for (int i = 0; i < p->nb; i++)
        stops += p->b[i].f.in[W_STOP];
    p->stop_share = p->words ? (unsigned)((uint64_t)stops * 1000 / p->words) : 0;
}

/* What speaks for an article, and for what is around it. */
enum { CONTENT = 1, CHROME };
static const uint8_t sides[C_NCONCEPTS] = {
    [C_ARTICLE] = CONTENT, [C_CONTENT] = CONTENT, [C_MAIN] = CONTENT, [C_DESC] = CONTENT,
    [C_NAV] = CHROME, [C_FOOTER] = CHROME, [C_SIDEBAR] = CHROME, [C_RELATED] = CHROME, [C_SHARE] = CHROME, [C_AD] = CHROME,
    [C_PROMO] = CHROME, [C_COOKIE] = CHROME, [C_NEWSLETTER] = CHROME, [C_MODAL] = CHROME, [C_LOGIN] = CHROME,
    [C_POPULAR] = CHROME, [C_LEGAL] = CHROME,
};

static void step_away(uint8_t *restrict far, const uint8_t *restrict up)
{
    for (int i = 0; i < TAG_SLOTS + NAME_SLOTS; i++)
        far[i] = (uint8_t)(up[i] + (up[i] < FAR));
}

static void inherit(page *p)
{
    for (int i = 0; i < p->ne; i++) {
        element *e = &p->e[i], *up = i ? &p->e[e->parent] : NULL;
        if (up)
            step_away(e->far, up->far);
        else
            memset(e->far, FAR, sizeof e->far);
        e->tag_far[e->tag] = 0;
        e->content_names = up ? up->content_names : 0;
        e->chrome_names = up ? up->chrome_names : 0;
        for (int k = 0; (k = next_concept(&e->names, k)) < C_NCONCEPTS; k++) {
            e->name_far[k] = 0;
            e->content_names += sides[k] == CONTENT;
            e->chrome_names += sides[k] == CHROME;
            p->named[k]++;
        }
        e->signature[0] = e->own * 31 + (up ? up->own : 0);
        e->signature[1] = e->own;
        const element *a = up;
        for (int k = 1; k < 5 && a; k++, a = a->parent < 0 ? NULL : &p->e[a->parent])
            e->signature[1] = e->signature[1] * 31 + a->own;
    }
}

static const struct { ofp_str name; enum { OTHER, ARTICLE, GOODS } kind; } type_rows[] = {
#define TYPE(name, kind) { { name, sizeof name - 1 }, kind },
#include "types.def"
#undef TYPE
};

static void find_types(page *p)
{
    ofp_str types = ofp_note(p->doc, OFP_STR("types"));
    for (ofp_str t; ofp_str_word(&types, &t);)
        for (int i = 0; i < NTYPES; i++)
            p->types[i] |= ofp_str_eq(t, type_rows[i].name);
    for (int i = 0; i < NTYPES; i++)
        if (p->types[i]) {
            p->stated |= type_rows[i].kind == ARTICLE;
            p->goods |= type_rows[i].kind == GOODS;
        }
}

/* ---- the page ------------------------------------------------------------------------------- */

static bool make_tables(page *p)
{
    size_t elements = 1, blocks = 1;
    const ofp_node *root = ofp_root(p->doc), *n = root;
    while (n) {
        bool text = is_text_block(n);
        blocks += text;
        elements += !text || is_own_element(n);
        n = text ? ofp_after_skip(n, root) : ofp_after(n, root);
    }
    p->e = ofp_arena_zalloc(p->a, elements, sizeof *p->e);
    p->b = ofp_arena_zalloc(p->a, blocks, sizeof *p->b);
    return p->e && p->b;
}

page *page_new(ofp_doc *d, ofp_arena *a)
{
    page *p = ofp_arena_zalloc(a, 1, sizeof *p);
    if (!p)
        return NULL;
    p->doc = d;
    p->a = a;
    p->v = &vocabulary;
    p->text = ofp_str_eq(ofp_note(d, OFP_STR("origin")), OFP_STR("text"));
    collector c = { p, names_new(a) };
    if (!c.m || !make_tables(p))
        return NULL;
    p->title_words = title_words(a, p->v, ofp_meta_get(d, OFP_META_TITLE));
    collect(&c, ofp_root(d), -1);
    sum_up(p);
    count_stops(p);
    find_types(p);
    inherit(p);
    return find_context(p) && !ofp_arena_failed(a) ? p : NULL;
}
