/* json.c - pandoc's JSON to nodes: the counterpart of write/json.c, driven by the same table.
 *
 * Depth needs no care here: the JSON parser bounds it, and ofp_tidy brings it down to the model's. */
#include "base/json.h"
#include "doctools/ast.h"
#include "format.h"
#include "read/json.h"

#include <string.h>

static bool read_node(ast_reader *r, ofp_node *parent, const ofp_json *v, enum ofp_kind kind);
static bool read_meta(ast_reader *r, ofp_node *parent, const ofp_json *v);

/* ---- complaints ------------------------------------------------------------------------ */

/* "blocks[3].c[1]": values stand in the order of their offsets, so the way down to v is found by
 * taking the last child that does not begin after it. */
static ofp_str path(ast_reader *r, const ofp_json *v)
{
    ofp_buf out = { 0 };
    if (r->block)
        ofp_buf_printf(&out, "blocks[%zu]", r->nblocks);
    for (const ofp_json *at = r->block ? r->block : r->root, *next; at && at != v; at = next) {
        size_t i = 0, index = 0;
        next = NULL;
        for (const ofp_json *c = ofp_json_first(at); c && c->at <= v->at; c = c->next, i++) {
            next = c;
            index = i;
        }
        if (next && at->type == OFP_JSON_OBJECT)
            ofp_buf_printf(&out, "%s%.*s", out.n ? "." : "", (int)next->key.n, next->key.p);
        else if (next)
            ofp_buf_printf(&out, "[%zu]", index);
    }
    return ofp_buf_take(&out, ofp_doc_arena(r->d));
}

bool ofp_ast_wrong(ast_reader *r, const ofp_json *v, const char *expected)
{
    ofp_str where = path(r, v);
    return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(v, r->in, ofp_doc_input(r->d)), "%.*s: expected %s, found %s",
                    (int)(where.n < 120 ? where.n : 120), where.p,
                    expected, ofp_json_what(v));
}

void ofp_ast_odd(ast_reader *r, const ofp_json *v, const char *what)
{
    ofp_str where = path(r, v);
    ofp_log_warn(ofp_doc_log(r->d), OFP_D_AST_ODD, ofp_json_pos_from(&r->mark, v, r->in, ofp_doc_input(r->d)), "%.*s: %s",
                 (int)where.n, where.p, what);
}

/* ---- content --------------------------------------------------------------------------- */

/* The text of a Str or Space; false for anything else. */
static bool word(const ofp_json *v, ofp_str *out)
{
    ofp_str t = ofp_json_str(ofp_json_get(v, OFP_STR("t")));
    const ofp_json *c;
    *out = OFP_STR(" ");
    if (ofp_str_eq(t, OFP_STR("Space")))
        return true;
    c = ofp_json_get(v, OFP_STR("c"));
    *out = ofp_json_str(c);
    return ofp_str_eq(t, OFP_STR("Str")) && c && c->type == OFP_JSON_STRING;
}

/* Adds the words from v on as one text and returns what follows them. */
static const ofp_json *read_words(ast_reader *r, ofp_node *parent, const ofp_json *v)
{
    ofp_str one, next;
    bool single = true;
    for (word(v, &one), v = v->next; v && word(v, &next); v = v->next) {
        if (single)
            ofp_buf_add(&r->run, one);
        single = false;
        ofp_buf_add(&r->run, next);
    }
    if (!single)
        one = ofp_buf_take(&r->run, ofp_doc_arena(r->d));
    ofp_add_text(r->d, parent, ofp_ast_clean(r, one));
    return v;
}

bool ofp_ast_inlines(ast_reader *r, ofp_node *parent, const ofp_json *v)
{
    const ofp_json *c;
    ofp_str s;
    if (!ofp_ast_list(r, v, "an array of inlines", &c))
        return false;
    while (c) {
        if (word(c, &s)) {
            c = read_words(r, parent, c);
            continue;
        }
        if (!read_node(r, parent, c, OFP_KIND_INLINE))
            return false;
        c = c->next;
    }
    return true;
}

bool ofp_ast_blocks(ast_reader *r, ofp_node *parent, const ofp_json *v)
{
    const ofp_json *c;
    if (!ofp_ast_list(r, v, "an array of blocks", &c))
        return false;
    for (; c; c = c->next)
        if (!read_node(r, parent, c, OFP_KIND_BLOCK))
            return false;
    return true;
}

typedef bool content(ast_reader *r, ofp_node *n, const ofp_json *v);

/* Each value is read into n itself. */
static bool read_each(ast_reader *r, ofp_node *n, const ofp_json *v, content *one, const char *what)
{
    const ofp_json *c;
    if (!ofp_ast_list(r, v, what, &c))
        return false;
    for (; c; c = c->next)
        if (!one(r, n, c))
            return false;
    return true;
}

/* [[…],[…]]: each value is the content of a node of that type. */
static bool read_parts(ast_reader *r, ofp_node *n, const ofp_json *v, enum ofp_type type, content *one, const char *what)
{
    const ofp_json *c;
    if (!ofp_ast_list(r, v, what, &c))
        return false;
    for (; c; c = c->next)
        if (!one(r, ofp_add(r->d, n, type), c))
            return false;
    return true;
}

static bool read_definitions(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c, *term;
    if (!ofp_ast_list(r, v, "an array of definitions", &c))
        return false;
    for (; c; c = c->next) {
        if (!(term = ofp_ast_tuple(r, c, 2, "a term and its definitions")) ||
            !ofp_ast_inlines(r, ofp_add(r->d, n, OFP_TERM), term) ||
            !read_parts(r, n, term->next, OFP_DETAIL, ofp_ast_blocks, "an array of definitions"))
            return false;
    }
    return true;
}

static const ofp_json *member(ast_reader *r, const ofp_json *v, const char *key)
{
    const ofp_json *m = ofp_json_get(v, ofp_s(key));
    if (!m)
        ofp_ast_wrong(r, v, key);
    return m;
}

static bool read_affix(ast_reader *r, ofp_node *n, enum ofp_type type, const ofp_json *v)
{
    return v->type == OFP_JSON_ARRAY && v->n == 0 ? true : ofp_ast_inlines(r, ofp_add(r->d, n, type), v);
}

static bool read_citation(ast_reader *r, ofp_node *cite, const ofp_json *v)
{
    const ofp_json *id = member(r, v, "citationId"), *prefix = member(r, v, "citationPrefix"),
                   *suffix = member(r, v, "citationSuffix"), *how = member(r, v, "citationMode"),
                   *note = member(r, v, "citationNoteNum"), *hash = member(r, v, "citationHash");
    ofp_node *n = ofp_add(r->d, cite, OFP_CITATION);
    ofp_str s;
    int mode, number, mark;
    if (!id || !prefix || !suffix || !how || !note || !hash || !ofp_ast_string(r, id, &s) ||
        !ofp_ast_constant(r, how, ofp_ast_cite, OFP_AST_NCITE, &mode) || !ofp_ast_integer(r, note, &number) || !ofp_ast_integer(r, hash, &mark))
        return false;
    ofp_set_cite(n, s, (enum ofp_cite_mode)mode, number, mark);
    return read_affix(r, n, OFP_PREFIX, prefix) && read_affix(r, n, OFP_SUFFIX, suffix);
}

/* ---- nodes ----------------------------------------------------------------------------- */

static bool read_map(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    size_t i = 0;
    if (v->type != OFP_JSON_OBJECT)
        return ofp_ast_wrong(r, v, "an object of metadata");
    for (const ofp_json *c = v->first; c; c = c->next) {
        if (i++ == MAX_KEYS) {
            ofp_warn(r->d, OFP_D_SIZE_LIMIT, 0, "metadata beyond %d keys left out", MAX_KEYS);
            break;
        }
        ofp_meta_drop(n, c->key);
        if (!read_meta(r, n, c))
            return false;
        ofp_set_meta_key(ofp_last(n), ofp_ast_clean(r, c->key));
    }
    return true;
}

static bool read_truth(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    ofp_set_meta_bool(n, v->type == OFP_JSON_TRUE);
    return v->type == OFP_JSON_TRUE || v->type == OFP_JSON_FALSE || ofp_ast_wrong(r, v, "true or false");
}

/* One argument, by its letter in doctools/ast.h. */
static bool argument(ast_reader *r, ofp_node *n, const ofp_json *v, char letter)
{
    switch (letter) {
    case 'a': return ofp_ast_attr(r, n, v);
    case 't': return ofp_ast_text(r, n, v);
    case 'f': return ofp_ast_format(r, n, v);
    case 'u': return ofp_ast_target(r, n, v);
    case 'n': return ofp_ast_level(r, n, v);
    case 'l': return ofp_ast_list_attr(r, n, v);
    case 'q': return ofp_ast_quote(r, n, v);
    case 'm': return ofp_ast_math(r, n, v);
    case 'I': return ofp_ast_inlines(r, n, v);
    case 'B': return ofp_ast_blocks(r, n, v);
    case 'r': return read_parts(r, n, v, OFP_LINE, ofp_ast_inlines, "an array of lines");
    case 'i': return read_parts(r, n, v, OFP_ITEM, ofp_ast_blocks, "an array of list items");
    case 'd': return read_definitions(r, n, v);
    case 'c': return read_each(r, n, v, read_citation, "an array of citations");
    case 'C': return ofp_ast_caption(r, n, v);
    case 'k': return ofp_ast_columns(r, n, v);
    case 'H': return ofp_ast_section(r, n, OFP_THEAD, v);
    case 'Y': return ofp_ast_bodies(r, n, v);
    case 'F': return ofp_ast_section(r, n, OFP_TFOOT, v);
    case 'M': return read_map(r, n, v);
    case 'V': return read_each(r, n, v, read_meta, "an array of metadata values");
    case 'b': return read_truth(r, n, v);
    }
    return true;
}

static bool arguments(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const char *shape = ofp_ast_shape[ofp_node_type(n)];
    const ofp_json *c = ofp_json_get(v, OFP_STR("c"));
    size_t count = strlen(shape);
    if (count == 0)
        return true;
    if (!c)
        return ofp_ast_wrong(r, v, "an object with \"c\"");
    if (ofp_node_type(n) == OFP_TABLE && r->minor < 21)
        return ofp_ast_old_table(r, n, c);
    if (count > 1 && (c->type != OFP_JSON_ARRAY || c->n < count))
        return ofp_ast_wrong(r, c, "an array of this element's parts");
    if (count > 1 && c->n > count)
        ofp_ast_odd(r, c, "more elements than expected");
    c = count > 1 ? c->first : c;
    for (size_t i = 0; i < count; i++, c = c->next)
        if (!argument(r, n, c, shape[i]))
            return false;
    return true;
}

/* The type that v names; false where it is of no use among nodes of that kind. */
static bool type_of(ast_reader *r, const ofp_json *v, enum ofp_kind kind, enum ofp_type *out)
{
    static const char *const words[] = {
        [OFP_KIND_BLOCK] = "a block", [OFP_KIND_INLINE] = "an inline", [OFP_KIND_META] = "a metadata value",
    };
    const ofp_json *t = ofp_json_get(v, OFP_STR("t"));
    ofp_str name = ofp_json_str(t);
    bool known = ofp_type_find(name, out) && ofp_ast_shape[*out];
    if (known && ofp_type_kind(*out) == kind)
        return true;
    if (known && kind == OFP_KIND_BLOCK && ofp_type_kind(*out) == OFP_KIND_INLINE) {
        ofp_ast_odd(r, v, "an inline among blocks");
        return true;
    }
    if (t && t->type == OFP_JSON_STRING) {
        ofp_str where = path(r, v);
        return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(v, r->in, ofp_doc_input(r->d)), "%.*s: %.40s is not %s",
                        (int)(where.n < 120 ? where.n : 120), where.p,
                        name.n ? ofp_arena_dup(ofp_doc_arena(r->d), name).p : "\"\"", words[kind]);
    }
    return ofp_ast_wrong(r, t ? t : v, words[kind]);
}

static bool read_node(ast_reader *r, ofp_node *parent, const ofp_json *v, enum ofp_kind kind)
{
    enum ofp_type type;
    ofp_node *n;
    ofp_str text;
    if (kind == OFP_KIND_BLOCK && word(v, &text)) {
        ofp_ast_odd(r, v, "an inline among blocks");
        /* a node for each: tidying joins many of them faster than adding one to another does */
        ofp_set_text(ofp_add(r->d, parent, OFP_TEXT), ofp_ast_clean(r, text));
        return true;
    }
    if (kind == OFP_KIND_BLOCK && ofp_str_eq(ofp_json_str(ofp_json_get(v, OFP_STR("t"))), OFP_STR("Null")))
        return true;
    if (!type_of(r, v, kind, &type))
        return false;
    n = ofp_add(r->d, parent, type);
    if (!n || !arguments(r, n, v))
        return n ? false : ofp_doc_ok(r->d, r->e);
    if (type == OFP_PARA)
        ofp_ast_figure_from_para(r, n);
    if (type == OFP_DIV)
        ofp_ast_figure_from_div(r, n);
    return true;
}

static bool read_meta(ast_reader *r, ofp_node *parent, const ofp_json *v)
{
    return read_node(r, parent, v, OFP_KIND_META);
}

/* ---- documents ------------------------------------------------------------------------- */

static bool read_version(ast_reader *r)
{
    const ofp_json *v = ofp_json_get(r->root, OFP_STR("pandoc-api-version"));
    int major, minor;
    if (!v) {
        ofp_warn(r->d, OFP_D_AST_ODD, 1, "no \"pandoc-api-version\", 1.%d assumed", OFP_AST_NEWEST);
        r->minor = OFP_AST_NEWEST;
        return true;
    }
    if (v->type != OFP_JSON_ARRAY || v->n < 2 || !ofp_json_int(v->first, &major) || !ofp_json_int(v->first->next, &minor))
        return ofp_ast_wrong(r, v, "an array of numbers");
    if (major != 1 || minor < OFP_AST_OLDEST || minor > OFP_AST_NEWEST)
        return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(v, r->in, ofp_doc_input(r->d)),
                        "written for pandoc's API %d.%d, but only 1.%d to 1.%d can be read", major, minor,
                        OFP_AST_OLDEST, OFP_AST_NEWEST);
    r->minor = minor;
    return true;
}

static bool read_document(ast_reader *r)
{
    const ofp_json *blocks = ofp_json_get(r->root, OFP_STR("blocks")), *meta = ofp_json_get(r->root, OFP_STR("meta"));
    if (!blocks)
        return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(r->root, r->in, ofp_doc_input(r->d)),
                        "no pandoc document: expected an object with \"blocks\", found %s",
                        r->root->type == OFP_JSON_OBJECT ? "one without" : ofp_json_what(r->root));
    if ((!r->streamed && !read_version(r)) || (meta && !read_map(r, ofp_meta(r->d), meta)))
        return false;
    if (!meta)
        ofp_warn(r->d, OFP_D_AST_ODD, 1, "no \"meta\"");
    ofp_ast_take_ours(r->d);
    return r->streamed || ofp_ast_blocks(r, ofp_root(r->d), blocks);
}

/* Blocks are read as they come where the version of their shapes has come before. */
static bool begin_blocks(void *user, const ofp_json *root)
{
    ast_reader *r = user;
    if (r->streamed || !ofp_json_get(root, OFP_STR("pandoc-api-version")))
        return false;
    r->root = root;
    return r->streamed = read_version(r);
}

static bool take_block(void *user, const ofp_json *block)
{
    ast_reader *r = user;
    r->block = block;
    bool ok = read_node(r, ofp_root(r->d), block, OFP_KIND_BLOCK);
    r->block = NULL;
    r->nblocks++;
    return ok;
}

bool ofp_read_json(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    ofp_arena *scratch = ofp_arena_new();
    ast_reader r = { .d = d, .e = e, .in = in };
    const ofp_json_stream blocks = { OFP_STR("blocks"), begin_blocks, take_block, &r };
    bool ok = false;
    (void)opt;
    if (!scratch)
        ofp_fail_nomem(e);
    else if ((r.root = ofp_json_parse_apart(scratch, ofp_doc_arena(d), in, &blocks, ofp_doc_input(d), e)))
        ok = read_document(&r) && ofp_doc_ok(d, e);
    ofp_buf_free(&r.run);
    ofp_arena_free(scratch);
    return ok;
}
