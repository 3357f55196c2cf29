/* json_args.c - the arguments of constructors that are no nodes: attributes, targets, names of a kind. */
#include "read/json.h"
#include "doctools/ast.h"
#include <string.h>

const ofp_json *ofp_ast_bare(const ofp_json *v)
{
    const ofp_json *c = ofp_json_get(v, OFP_STR("c"));
    return c ? c : v;
}

const ofp_json *ofp_ast_tuple(ast_reader *r, const ofp_json *v, size_t n, const char *what)
{
    v = ofp_ast_bare(v);
    if (v->type != OFP_JSON_ARRAY || v->n < n) {
        ofp_ast_wrong(r, v, what);
        return NULL;
    }
    if (v->n > n)
        ofp_ast_odd(r, v, "more elements than expected");
    return v->first;
}

bool ofp_ast_list(ast_reader *r, const ofp_json *v, const char *what, const ofp_json **first)
{
    *first = ofp_json_first(v);
    return v->type == OFP_JSON_ARRAY || ofp_ast_wrong(r, v, what);
}

ofp_str ofp_ast_clean(ast_reader *r, ofp_str s)
{
    const char *nul = s.n ? memchr(s.p, 0, s.n) : NULL;
    size_t done = 0;
    if (!nul)
        return s;
    for (; nul; nul = memchr(s.p + done, 0, s.n - done)) {
        size_t at = (size_t)(nul - s.p);
        ofp_buf_add(&r->run, ofp_str_sub(s, done, at - done));
        ofp_buf_putu(&r->run, 0xFFFD);
        done = at + 1;
    }
    ofp_buf_add(&r->run, ofp_str_sub(s, done, SIZE_MAX));
    return ofp_buf_take(&r->run, ofp_doc_arena(r->d));
}

bool ofp_ast_string(ast_reader *r, const ofp_json *v, ofp_str *out)
{
    *out = ofp_ast_clean(r, ofp_json_str(v));
    return v->type == OFP_JSON_STRING || ofp_ast_wrong(r, v, "a string");
}

bool ofp_ast_integer(ast_reader *r, const ofp_json *v, int *out)
{
    return ofp_json_int(ofp_ast_bare(v), out) || ofp_ast_wrong(r, v, "a whole number");
}

bool ofp_ast_constant(ast_reader *r, const ofp_json *v, const char *const *names, int n, int *out)
{
    const ofp_json *t = ofp_json_get(v, OFP_STR("t"));
    *out = 0;
    for (int i = 0; i < n; i++)
        if (ofp_str_eq(ofp_json_str(t), ofp_s(names[i]))) {
            *out = i;
            return true;
        }
    return ofp_ast_wrong(r, t ? t : v, n == 2 ? "a kind of this element" : "a list style, delimiter, alignment or mode");
}

static bool read_pair(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *key = ofp_ast_tuple(r, v, 2, "a key and a value");
    ofp_str k, value;
    if (!key || !ofp_ast_string(r, key, &k) || !ofp_ast_string(r, key->next, &value))
        return false;
    ofp_set_attr(r->d, n, k, value);
    return true;
}

bool ofp_ast_attr(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *id = ofp_ast_tuple(r, v, 3, "attributes: id, classes, pairs"), *c;
    ofp_str s;
    if (!id || !ofp_ast_string(r, id, &s))
        return false;
    if (s.n > 0)
        ofp_set_id(r->d, n, s);
    if (ofp_json_count(id->next) > MAX_KEYS || ofp_json_count(id->next->next) > MAX_KEYS)
        return ofp_fail(r->e, OFP_ELIMIT, ofp_json_pos(v, r->in, ofp_doc_input(r->d)), "more than %d attributes", MAX_KEYS);
    if (!ofp_ast_list(r, id->next, "an array of classes", &c))
        return false;
    for (; c; c = c->next) {
        if (!ofp_ast_string(r, c, &s))
            return false;
        ofp_add_class(r->d, n, s);
    }
    if (!ofp_ast_list(r, id->next->next, "an array of pairs", &c))
        return false;
    for (; c; c = c->next)
        if (!read_pair(r, n, c))
            return false;
    return true;
}

bool ofp_ast_target(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *url = ofp_ast_tuple(r, v, 2, "a URL and a title");
    ofp_str u, title;
    if (!url || !ofp_ast_string(r, url, &u) || !ofp_ast_string(r, url->next, &title))
        return false;
    ofp_set_target(n, u, title);
    return true;
}

bool ofp_ast_level(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    int level;
    if (!ofp_ast_integer(r, v, &level))
        return false;
    if (level < 1 || level > 6)
        ofp_ast_odd(r, v, "heading level outside 1 to 6");
    ofp_set_level(n, level);
    return true;
}

bool ofp_ast_list_attr(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *start = ofp_ast_tuple(r, v, 3, "list attributes: start, style, delimiter");
    int number, style, delim;
    if (!start || !ofp_ast_integer(r, start, &number) ||
        !ofp_ast_constant(r, start->next, ofp_ast_style, OFP_AST_NSTYLE, &style) ||
        !ofp_ast_constant(r, start->next->next, ofp_ast_delim, OFP_AST_NDELIM, &delim))
        return false;
    ofp_set_list(n, number, (enum ofp_list_style)style, (enum ofp_list_delim)delim);
    return true;
}

bool ofp_ast_quote(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    static const char *const names[] = { "SingleQuote", "DoubleQuote" };
    int which;
    if (!ofp_ast_constant(r, v, names, 2, &which))
        return false;
    ofp_set_quote(n, which == 1);
    return true;
}

bool ofp_ast_math(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    static const char *const names[] = { "InlineMath", "DisplayMath" };
    int which;
    if (!ofp_ast_constant(r, v, names, 2, &which))
        return false;
    ofp_set_math(n, which == 1, ofp_text(n));
    return true;
}

bool ofp_ast_text(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    ofp_str s;
    if (!ofp_ast_string(r, v, &s))
        return false;
    ofp_set_text(n, s);
    return true;
}

bool ofp_ast_format(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    ofp_str s;
    if (!ofp_ast_string(r, v, &s))
        return false;
    ofp_set_raw(n, s, ofp_text(n));
    return true;
}
