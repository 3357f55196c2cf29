/* page.c - the document as tables: elements with sums over what they hold, and blocks of text. */
#include "cleanup.h"

static const struct { ofp_str name; enum tag tag; } tag_names[] = {
#define TAG(id, name) { { name, sizeof name - 1 }, TAG_##id },
#include "tags.def"
#undef TAG
};

static enum tag tag_find(ofp_str name)
{
    for (size_t i = 0; i < sizeof tag_names / sizeof *tag_names; i++)
        if (ofp_str_eq(tag_names[i].name, name))
            return tag_names[i].tag;
    return TAG_NONE;
}

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

static enum tag tag_of(const ofp_node *n)
{
    ofp_str hint = ofp_hint_tag(n);
    enum tag t = hint.n ? tag_find(hint) : TAG_NONE;
    return t ? t : tag_of_type(n);
}

ofp_str element_name(const ofp_node *n)
{
    ofp_str hint = ofp_hint_tag(n);
    enum tag t = hint.n ? TAG_NONE : tag_of_type(n);
    for (size_t i = 0; t && i < sizeof tag_names / sizeof *tag_names; i++)
        if (tag_names[i].tag == t)
            return tag_names[i].name;
    return hint;
}

static void match_names(const names *m, const ofp_node *n, concepts *out)
{
    for (size_t i = 0; m && i < ofp_class_count(n); i++)
        names_match(m, ofp_class_at(n, i), out);
    if (m && ofp_id(n).n)
        names_match(m, ofp_id(n), out);
    for (size_t i = 0; m && i < ofp_attr_count(n); i++)
        if (ofp_str_eq(ofp_attr_key(n, i), OFP_STR("role")) || ofp_str_eq(ofp_attr_key(n, i), OFP_STR("itemprop")))
            names_match(m, ofp_attr_value(n, i), out);
}

static bool any_name(const concepts *c)
{
    uint32_t any = 0;
    for (size_t i = 0; i < sizeof c->bits / sizeof *c->bits; i++)
        any |= c->bits[i];
    return any;
}

static bool is_hidden(const ofp_node *n) { return ofp_has_attrs(n) && ofp_attr_has(n, OFP_STR("hidden")); }

/* ---- collecting ------------------------------------------------------------------------- */

typedef struct collector { page *p; const names *m; } collector;

bool is_text_block(const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    return t == OFP_CODEBLOCK || t == OFP_LINES || (ofp_holds_inlines(n) && t != OFP_SHORTCAP);
}

static uint32_t own_signature(const ofp_node *n, enum tag tag)
{
    uint32_t h = (uint32_t)tag * 0x9e3779b1u;
    for (size_t i = 0; i < ofp_class_count(n) && i < 4; i++) {
        ofp_str c = ofp_class_at(n, i);
        uint32_t k = 1;
        for (size_t j = 0; j < c.n; j++)
            if (c.p[j] < '0' || c.p[j] > '9')
                k = (k ^ (unsigned char)c.p[j]) * 0x01000193u;
        h += k;
    }
    return h;
}

/* The names of what is around all of the block's text: <p><span class=byline>…</span></p>. */
static void take_leaf(collector *c, block *b)
{
    const ofp_node *n = b->node;
    if (ofp_has_attrs(n))
        match_names(c->m, n, &b->names);
    while (ofp_holds_inlines(n) && ofp_first(n) && !ofp_next(ofp_first(n))) {
        n = ofp_first(n);
        if (!ofp_has_attrs(n))
            continue;
        match_names(c->m, n, &b->names);
        b->hidden |= is_hidden(n);
        b->inner = tag_of(n);
    }
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

static void add_block(collector *c, ofp_node *n, int elem)
{
    page *p = c->p;
    scanner s = { .v = p->v, .title = p->title_words, .title_n = p->title_n };
    scan_block(&s, n);
    p->e[elem].images += s.f.images;
    p->e[elem].inputs += s.f.inputs;
    if (!s.f.words)
        return;
    block *b = &p->b[p->nb++];
    *b = (block){ .node = n, .elem = elem, .f = s.f, .tag = tag_of_type(n), .before = p->words };
    b->inner = b->tag;
    take_leaf(c, b);
    b->label = facts_label(p->v, &b->f);
    b->prose = facts_prose(&b->f);
    b->paragraph = b->f.words >= 12 && b->f.link_words * 5 < b->f.words * 2;
    p->words += s.f.words;
    p->link_words += s.f.link_words;
}

static int add_element(collector *c, ofp_node *n, int parent)
{
    page *p = c->p;
    int id = p->ne++;
    element *e = &p->e[id], *up = parent < 0 ? NULL : &p->e[parent];
    *e = (element){ .node = n, .parent = parent, .tag = tag_of(n), .first = p->nb, .last = p->nb };
    if (ofp_has_attrs(n))
        match_names(c->m, n, &e->names);
    uint32_t own = own_signature(n, e->tag);
    e->depth = up ? up->depth + 1 : 0;
    e->place = up ? up->children++ : 0;
    e->own = own;
    e->hidden = is_hidden(n) || (up && up->hidden);
    if (up)
        up->inputs += e->tag == TAG_INPUT;
    p->tags[e->tag]++;
    for (int k = 0; any_name(&e->names) && k < C_NCONCEPTS; k++)
        p->named[k] += concept_has(&e->names, (enum concept)k);
    return id;
}

static void collect(collector *c, ofp_node *n, int parent)
{
    int id = add_element(c, n, parent);
    for (ofp_node *k = ofp_first(n); k; k = ofp_next(k)) {
        if (is_text_block(k))
            add_block(c, k, id);
        else if (ofp_first(k) || ofp_node_type(k) == OFP_DIV)
            collect(c, k, id);
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

static const enum concept content_names[] = { C_ARTICLE, C_CONTENT, C_MAIN, C_DESC };
static const enum concept chrome_names[] = { C_NAV, C_FOOTER, C_SIDEBAR, C_RELATED, C_SHARE, C_AD, C_PROMO,
                                             C_COOKIE, C_NEWSLETTER, C_MODAL, C_LOGIN, C_POPULAR, C_LEGAL };

static unsigned count_names(const concepts *c, const enum concept *ids, size_t n)
{
    unsigned k = 0;
    for (size_t i = 0; i < n; i++)
        k += concept_has(c, ids[i]);
    return k;
}

static void step_away(uint8_t *far, const uint8_t *up, int n)
{
    for (int i = 0; i < n; i++)
        far[i] = up && up[i] < FAR ? (uint8_t)(up[i] + 1) : FAR;
}

static void inherit(page *p)
{
    for (int i = 0; i < p->ne; i++) {
        element *e = &p->e[i], *up = i ? &p->e[e->parent] : NULL;
        step_away(e->tag_far, up ? up->tag_far : NULL, TAG_NTAGS);
        step_away(e->name_far, up ? up->name_far : NULL, C_NCONCEPTS);
        e->tag_far[e->tag] = 0;
        for (int k = 0; any_name(&e->names) && k < C_NCONCEPTS; k++)
            if (concept_has(&e->names, (enum concept)k))
                e->name_far[k] = 0;
        e->content_names = (up ? up->content_names : 0) + count_names(&e->names, content_names, sizeof content_names / sizeof *content_names);
        e->chrome_names = (up ? up->chrome_names : 0) + count_names(&e->names, chrome_names, sizeof chrome_names / sizeof *chrome_names);
        e->signature[0] = e->own * 31 + (up ? up->own : 0);
        e->signature[1] = e->own;
        const element *a = up;
        for (int k = 1; k < 5 && a; k++, a = a->parent < 0 ? NULL : &p->e[a->parent])
            e->signature[1] = e->signature[1] * 31 + a->own;
    }
}

/* ---- groups of equal blocks -------------------------------------------------------------- */

typedef struct key_slot { uint32_t key; int group; } key_slot;

static int group_find(key_slot *t, size_t mask, uint32_t key, int *next)
{
    size_t i = key & mask;
    for (; t[i].group; i = (i + 1) & mask)
        if (t[i].key == key)
            return t[i].group - 1;
    t[i] = (key_slot){ key, ++*next };
    return *next - 1;
}

static uint32_t block_key(const page *p, int i, int kind)
{
    const block *b = &p->b[i];
    return kind == 2 ? b->f.exact * 0x9e3779b1u : (p->e[b->elem].signature[kind] * 31 + (uint32_t)b->tag) * 0x9e3779b1u;
}

/* Blocks with the same signature or the same words, whose sums a card or a forum post shows up in. */
static bool make_groups(page *p)
{
    size_t slots = 16;
    while (slots < (size_t)p->nb * 2)
        slots *= 2;
    for (int kind = 0; kind < NGROUPS; kind++) {
        key_slot *t = ofp_arena_zalloc(p->a, slots, sizeof *t);
        p->g[kind] = ofp_arena_zalloc(p->a, p->nb + 1, sizeof *p->g[kind]);
        if (!t || !p->g[kind])
            return false;
        for (int i = 0, n = 0; i < p->nb; i++) {
            block *b = &p->b[i];
            b->group[kind] = group_find(t, slots - 1, block_key(p, i, kind), &n);
            group *g = &p->g[kind][b->group[kind]];
            g->blocks++;
            g->words += b->f.words;
            g->link_words += b->f.link_words;
        }
    }
    return true;
}

static bool in_chrome(const element *e)
{
    return e->tag_far[TAG_NAV] < FAR || e->tag_far[TAG_FOOTER] < FAR || e->tag_far[TAG_ASIDE] < FAR;
}

/* The deepest elements that hold most of the prose. */
static void find_mass(page *p)
{
    static const unsigned share[NMASS] = { 40, 60, 80 };
    unsigned *sum = ofp_arena_zalloc(p->a, p->ne, sizeof *sum);
    if (!sum)
        return;
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].paragraph && !in_chrome(&p->e[p->b[i].elem]))
            sum[p->b[i].elem] += p->b[i].f.words;
    for (int i = p->ne - 1; i > 0; i--)
        sum[p->e[i].parent] += sum[i];
    for (int k = 0; k < NMASS; k++)
        for (int i = 0; i < p->ne; i++)
            if (sum[0] && (uint64_t)sum[i] * 100 >= (uint64_t)sum[0] * share[k] && p->e[i].depth >= p->e[p->mass[k]].depth)
                p->mass[k] = i;
}

/* The block that resembles the title most, a first-level heading for choice. */
static void find_title(page *p)
{
    unsigned best = 35;
    int h1 = -1;
    p->title = -1;
    for (int i = 0; i < p->nb; i++) {
        const block *b = &p->b[i];
        h1 = h1 < 0 && b->tag == TAG_H1 ? i : h1;
        if (b->f.words > 40 || !b->f.title_words)
            continue;
        unsigned content = b->f.words - b->f.in[W_STOP], both = b->f.title_words;
        unsigned all = (unsigned)p->title_n + (content > both ? content - both : 0);
        unsigned s = 100 * both / (all ? all : 1) + (b->tag == TAG_H1 ? 30 : b->tag == TAG_H2 ? 10 : 0);
        if (s > best)
            best = s, p->title = i;
    }
    p->title = p->title < 0 ? h1 : p->title;
}

static void find_headings(page *p)
{
    for (int i = 0, last = -1; i < p->nb; i++) {
        if (p->b[i].tag >= TAG_H1 && p->b[i].tag <= TAG_H6)
            last = i;
        p->b[i].heading = last;
    }
}

static bool make_tables(page *p)
{
    size_t elements = 1, blocks = 1;
    const ofp_node *root = ofp_root(p->doc), *n = root;
    while (n) {
        bool text = is_text_block(n);
        blocks += text;
        elements += !text;
        n = text ? ofp_after_skip(n, root) : ofp_after(n, root);
    }
    p->e = ofp_arena_zalloc(p->a, elements, sizeof *p->e);
    p->b = ofp_arena_zalloc(p->a, blocks, sizeof *p->b);
    return p->e && p->b;
}

/* Text without mark-up has no classes: the automaton for them is not built. */
static bool has_names(const ofp_doc *d) { return !ofp_str_eq(ofp_note(d, OFP_STR("origin")), OFP_STR("text")); }

page *page_new(ofp_doc *d, ofp_arena *a)
{
    page *p = ofp_arena_zalloc(a, 1, sizeof *p);
    if (!p)
        return NULL;
    p->doc = d;
    p->a = a;
    p->v = vocab_new(a);
    collector c = { p, has_names(d) ? names_new(a) : NULL };
    if (!p->v || (!c.m && has_names(d)) || !make_tables(p))
        return NULL;
    p->title_words = title_hashes(a, p->v, ofp_meta_get(d, OFP_META_TITLE), &p->title_n);
    collect(&c, ofp_root(d), -1);
    sum_up(p);
    count_stops(p);
    inherit(p);
    find_mass(p);
    find_title(p);
    find_headings(p);
    return make_groups(p) && !ofp_arena_failed(a) ? p : NULL;
}
