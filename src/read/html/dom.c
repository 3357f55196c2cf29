/* dom.c - the one file that knows gumbo: guards it, runs it, and copies what it made. */
#include "dom.h"
#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

/* ---- tags --------------------------------------------------------------------------------- */

static const uint8_t from_gumbo[GUMBO_TAG_LAST + 1] = {
#define TAG(id, name, display, action, type) [GUMBO_TAG_##id] = T_##id,
#define XTAG(id, name, display, action, type)
#include "tags.def"
#undef XTAG
#undef TAG
};

static const struct { ofp_str name; enum tag tag; } by_name[] = {
#define TAG(id, name, display, action, type)
#define XTAG(id, name, display, action, type) { { name, sizeof name - 1 }, T_##id },
#include "tags.def"
#undef XTAG
#undef TAG
};

static const ofp_str names[NTAGS] = {
#define TAG(id, name, display, action, type) [T_##id] = { name, sizeof name - 1 },
#define XTAG TAG
#include "tags.def"
#undef XTAG
#undef TAG
};

static enum tag tag_by_name(ofp_str name)
{
    for (size_t i = 0; i < sizeof by_name / sizeof *by_name; i++)
        if (ofp_str_ieq(name, by_name[i].name))
            return by_name[i].tag;
    return T_UNKNOWN;
}

enum tag dom_tag(ofp_str name)
{
    GumboTag g = name.n < 32 ? gumbo_tagn_enum(name.p, (unsigned)name.n) : GUMBO_TAG_UNKNOWN;
    return g == GUMBO_TAG_UNKNOWN ? tag_by_name(name) : (enum tag)from_gumbo[g];
}

/* ---- memory ------------------------------------------------------------------------------- */

/* gumbo does not look at what its allocator returns, so that a refusal has to jump over it.  Its
 * memory is an arena that is dropped as a whole: gumbo_destroy_output recurses over the tree. */
struct memory { ofp_arena *arena; size_t left; jmp_buf out; };

static void *take(void *user, size_t n)
{
    struct memory *m = user;
    void *p = n <= m->left ? ofp_arena_zalloc(m->arena, n ? n : 1, 1) : NULL;
    if (!p)
        longjmp(m->out, 1);
    m->left -= n;
    return p;
}

static void give_back(void *user, void *p)
{
    (void)user;
    (void)p;
}

/* Real pages take 10 to 60 bytes for each of theirs. */
static size_t allowance(size_t input)
{
    return (64u << 20) + 100 * input;
}

static GumboOutput *run_gumbo(struct memory *m, ofp_str in)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give_back;
    options.userdata = m;
    options.max_errors = 0;             /* each error would keep a copy of the stack of tags */
    if (setjmp(m->out))
        return NULL;
    return gumbo_parse_with_options(&options, in.p, in.n);
}

/* ---- copying ------------------------------------------------------------------------------ */

struct frame { const GumboVector *children; unsigned i; dom *to; };
struct copier { ofp_arena *a; bool comments; struct frame *stack; size_t n, cap; };

static void push(struct copier *c, const GumboVector *children, dom *to)
{
    if (c->n == c->cap) {
        size_t cap = c->cap ? 2 * c->cap : 256;
        struct frame *p = ofp_arena_zalloc(c->a, cap, sizeof *p);
        if (!p)
            return;
        if (c->n)
            memcpy(p, c->stack, c->n * sizeof *p);
        c->stack = p;
        c->cap = cap;
    }
    c->stack[c->n++] = (struct frame){ children, 0, to };
}

static dom *add(struct copier *c, dom *parent, enum tag tag, unsigned line)
{
    dom *n = ofp_arena_zalloc(c->a, 1, sizeof *n);
    if (!n)
        return NULL;
    n->tag = tag;
    n->line = line;
    n->parent = parent;
    n->prev = parent->last;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
    return n;
}

static ofp_str unknown_name(ofp_arena *a, const GumboElement *e)
{
    GumboStringPiece piece = e->original_tag;
    if (!piece.data)
        return (ofp_str){ "", 0 };
    gumbo_tag_from_original_text(&piece);
    return ofp_arena_lower(a, (ofp_str){ piece.data, piece.length });
}

static void copy_attrs(struct copier *c, dom *n, const GumboVector *from)
{
    struct attr *attrs = from->length ? ofp_arena_zalloc(c->a, from->length, sizeof *attrs) : NULL;
    if (!attrs)
        return;
    for (unsigned i = 0; i < from->length; i++) {
        const GumboAttribute *g = from->data[i];
        attrs[i] = (struct attr){ ofp_s(g->name), ofp_s(g->value) };
    }
    n->attrs = attrs;
    n->nattrs = from->length;
}

static bool is_block(enum tag t)
{
    static const uint8_t block[NTAGS] = {
#define BLOCK 1
#define INLINE 0
#define NONE 0
#define TAG(id, name, display, action, type) [T_##id] = display,
#define XTAG TAG
#include "tags.def"
#undef XTAG
#undef TAG
#undef BLOCK
#undef INLINE
#undef NONE
    };
    return block[t];
}

/* Tells the inline ancestors of a block element that they hold one. */
static void mark_ancestors(dom *n)
{
    for (dom *p = n->parent; p && !is_block(p->tag) && !p->has_block; p = p->parent)
        p->has_block = true;
}

/* Elements whose content no part of the reader looks at. */
static bool is_closed(const dom *n)
{
    return n->tag == T_STYLE || (n->tag == T_TEMPLATE && !dom_is_shadow(n)) || (n->tag == T_SCRIPT && !DOM_ATTR(n, "type").n);
}

/* Elements of libraries that stand for one of HTML's. */
static const struct { ofp_str name; enum tag tag; } aliases[] = {
    { { "amp-img", 7 }, T_IMG }, { { "amp-anim", 8 }, T_IMG }, { { "amp-video", 9 }, T_VIDEO },
    { { "amp-audio", 9 }, T_AUDIO }, { { "amp-iframe", 10 }, T_IFRAME },
};

static enum tag tag_of_alias(ofp_str name)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (ofp_str_eq(name, aliases[i].name))
            return aliases[i].tag;
    return T_UNKNOWN;
}

static void copy_element(struct copier *c, const GumboNode *g, dom *parent)
{
    const GumboElement *e = &g->v.element;
    enum tag tag = e->tag == GUMBO_TAG_UNKNOWN ? T_UNKNOWN : (enum tag)from_gumbo[e->tag];
    ofp_str name = tag ? names[tag] : unknown_name(c->a, e);
    if (!tag)
        tag = tag_by_name(name);
    if (!tag)
        tag = tag_of_alias(name);
    dom *n = add(c, parent, tag, e->start_pos.line);
    if (!n)
        return;
    n->name = name;
    n->implied = g->parse_flags & GUMBO_INSERTION_BY_PARSER;
    copy_attrs(c, n, &e->attributes);
    if (is_block(tag))
        mark_ancestors(n);
    if (!is_closed(n))
        push(c, &e->children, c->n < DOM_MAX_DEPTH ? n : parent);
}

static void add_text(struct copier *c, dom *parent, enum tag tag, const GumboText *from)
{
    dom *n = add(c, parent, tag, from->start_pos.line);
    if (n)
        n->text = ofp_s(from->text);
}

static void copy_node(struct copier *c, const GumboNode *g, dom *parent)
{
    switch (g->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        copy_element(c, g, parent);
        break;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        add_text(c, parent, T_TEXT, &g->v.text);
        break;
    case GUMBO_NODE_COMMENT:
        if (c->comments && DOM_IS(parent, T_BODY, T_DIV, T_P, T_BLOCKQUOTE, T_LI))
            add_text(c, parent, T_COMMENT, &g->v.text);
        break;
    case GUMBO_NODE_DOCUMENT:
        break;
    }
}

static dom *copy_tree(ofp_arena *a, const GumboNode *document, bool comments)
{
    struct copier c = { .a = a, .comments = comments };
    dom *root = ofp_arena_zalloc(a, 1, sizeof *root);
    if (!root)
        return NULL;
    root->tag = T_ROOT;
    push(&c, &document->v.document.children, root);
    while (c.n) {
        struct frame *f = &c.stack[c.n - 1];
        if (f->i == f->children->length)
            c.n--;
        else
            copy_node(&c, f->children->data[f->i++], f->to);
    }
    return ofp_arena_failed(a) ? NULL : root;
}

static dom *parse(ofp_arena *a, ofp_str in, bool comments, dom_limits *limits, ofp_err *e)
{
    struct memory m = { .arena = a, .left = allowance(in.n) };
    GumboOutput *out = run_gumbo(&m, dom_guard(a, in, true, limits));
    /* formatting elements that are opened again in each of many paragraphs use up any memory */
    if (!out && !ofp_arena_failed(a)) {
        m.left = allowance(in.n);
        out = run_gumbo(&m, dom_guard(a, in, false, limits));
    }
    dom *root = out ? copy_tree(a, out->document, comments) : NULL;
    if (!root && ofp_arena_failed(a))
        ofp_fail_nomem(e);
    else if (!root)
        ofp_fail(e, OFP_ELIMIT, OFP_NOWHERE, "the page needs more than %zu MB to parse", allowance(in.n) >> 20);
    return root;
}

dom *dom_parse(ofp_arena *a, ofp_str in, dom_limits *limits, ofp_err *e)
{
    return parse(a, in, false, limits, e);
}

dom *dom_parse_comments(ofp_arena *a, ofp_str in, dom_limits *limits, ofp_err *e)
{
    return parse(a, in, true, limits, e);
}

void dom_drop_comments(dom *root)
{
    for (dom *n = root->first, *next; n; n = next) {
        next = dom_after(n, root);
        if (n->tag != T_COMMENT)
            continue;
        *(n->prev ? &n->prev->next : &n->parent->first) = n->next;
        *(n->next ? &n->next->prev : &n->parent->last) = n->prev;
    }
}

/* ---- looking around ----------------------------------------------------------------------- */

ofp_str dom_attr(const dom *n, ofp_str name)
{
    for (size_t i = 0; i < n->nattrs; i++)
        if (ofp_str_eq(n->attrs[i].name, name))
            return n->attrs[i].value;
    return (ofp_str){ "", 0 };
}

bool dom_has_attr(const dom *n, ofp_str name)
{
    for (size_t i = 0; i < n->nattrs; i++)
        if (ofp_str_eq(n->attrs[i].name, name))
            return true;
    return false;
}

bool dom_has_class(const dom *n, ofp_str name)
{
    ofp_str rest = DOM_ATTR(n, "class"), word;
    while (ofp_str_word(&rest, &word))
        if (ofp_str_ieq(word, name))
            return true;
    return false;
}

dom *dom_after_skip(const dom *n, const dom *root)
{
    for (; n && n != root; n = n->parent)
        if (n->next)
            return n->next;
    return NULL;
}

dom *dom_after(const dom *n, const dom *root)
{
    return n->first ? n->first : dom_after_skip(n, root);
}

dom *dom_find(const dom *root, enum tag tag)
{
    for (dom *n = root ? root->first : NULL; n; n = dom_after(n, root))
        if (n->tag == tag)
            return n;
    return NULL;
}

const dom *dom_up(const dom *n, enum tag tag)
{
    for (n = n->parent; n && n->tag != tag; n = n->parent)
        ;
    return n;
}

void dom_text(const dom *n, ofp_buf *out)
{
    if (n->tag == T_TEXT)
        ofp_buf_add(out, n->text);
    for (const dom *c = n->first; c; c = dom_after(c, n))
        if (c->tag == T_TEXT)
            ofp_buf_add(out, c->text);
}

ofp_str dom_plain(ofp_arena *a, const dom *n)
{
    ofp_buf b = { 0 };
    dom_text(n, &b);
    return ofp_arena_squeeze(a, ofp_buf_take(&b, a));
}

bool dom_blank(const dom *n)
{
    for (const dom *c = n->first; c; c = dom_after(c, n)) {
        if (c->tag == T_TEXT && ofp_str_trim(c->text).n)
            return false;
        if (c->tag == T_IMG || c->tag == T_IFRAME || c->tag == T_VIDEO || c->tag == T_AUDIO || c->tag == T_MATH)
            return false;
    }
    return true;
}

dom *dom_wrap(ofp_arena *a, dom *first, dom *last)
{
    dom *box = ofp_arena_zalloc(a, 1, sizeof *box);
    if (!box)
        return NULL;
    *box = (dom){ .tag = T_DIV, .line = first->line, .implied = true, .name = OFP_STR("div"), .parent = first->parent,
                  .first = first, .last = last, .prev = first->prev, .next = last->next };
    *(box->prev ? &box->prev->next : &box->parent->first) = box;
    *(box->next ? &box->next->prev : &box->parent->last) = box;
    first->prev = last->next = NULL;
    for (dom *c = first; c; c = c->next)
        c->parent = box;
    mark_ancestors(box);
    return box;
}
