/* xml.c - the parts of the package that are data, as trees; the only place that knows expat.  External entities are
 * never asked for, and expat itself bounds what internal ones grow to (from 2.4 on). */
#include "read/epub/book.h"
#include <expat.h>

enum { MAX_NESTED = 64, MAX_TEXT = 1 << 20 };

typedef struct builder {
    ofp_arena *a;
    XML_Parser parser;
    pub_xml *root, *at;
    ofp_buf text;
    int depth;
    const char *why;                            /* stopped, and for what */
} builder;

static ofp_str local(const char *name)
{
    const char *colon = strchr(name, ':');
    return ofp_s(colon ? colon + 1 : name);
}

static void stop(builder *b, const char *why)
{
    b->why = b->why ? b->why : why;
    XML_StopParser(b->parser, XML_FALSE);
}

static void add_attrs(builder *b, pub_xml *n, const char **atts)
{
    pub_attr **last = &n->attrs;
    for (; atts[0]; atts += 2) {
        pub_attr *at = ofp_arena_zalloc(b->a, 1, sizeof *at);
        if (!at)
            return;
        at->name = ofp_arena_dup(b->a, local(atts[0]));
        at->value = ofp_str_trim(ofp_arena_dup(b->a, ofp_s(atts[1])));
        *last = at;
        last = &at->next;
    }
}

static void on_open(void *user, const char *name, const char **atts)
{
    builder *b = user;
    pub_xml *n = ofp_arena_zalloc(b->a, 1, sizeof *n);
    if (!n || ++b->depth > MAX_NESTED) {
        stop(b, n ? "nested too deep" : "out of memory");
        return;
    }
    n->name = ofp_arena_dup(b->a, local(name));
    n->parent = b->at;
    add_attrs(b, n, atts);
    if (!b->at)
        b->root = n;
    else if (b->at->last)
        b->at->last->next = n;
    else
        b->at->first = n;
    if (b->at)
        b->at->last = n;
    b->at = n;
    b->text.n = 0;
}

static void on_close(void *user, const char *name)
{
    builder *b = user;
    (void)name;
    if (!b->at)
        return;
    if (!b->at->first && b->text.n)
        b->at->text = ofp_arena_squeeze(b->a, ofp_arena_dup(b->a, ofp_buf_str(&b->text)));
    b->text.n = 0;
    b->at = b->at->parent;
    b->depth--;
}

static void on_text(void *user, const char *s, int n)
{
    builder *b = user;
    if (b->text.n > MAX_TEXT)
        stop(b, "too long a text");
    else
        ofp_buf_add(&b->text, (ofp_str){ s, (size_t)n });
}

static bool fail_xml(builder *b, ofp_str file, ofp_err *e)
{
    enum XML_Error code = XML_GetErrorCode(b->parser);
    int n = (int)(file.n < 100 ? file.n : 100);
    if (code == XML_ERROR_NO_MEMORY || b->text.failed || ofp_arena_failed(b->a))
        return ofp_fail_nomem(e);
    return ofp_fail(e, OFP_EXML, OFP_NOWHERE, "%.*s, line %lu: %s", n, file.p, (unsigned long)XML_GetCurrentLineNumber(b->parser),
                    b->why ? b->why : XML_ErrorString(code));
}

static bool run(builder *b, ofp_str bytes, ofp_str file, ofp_err *e)
{
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, on_open, on_close);
    XML_SetCharacterDataHandler(b->parser, on_text);
    XML_SetParamEntityParsing(b->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    bool ok = bytes.n <= INT32_MAX && XML_Parse(b->parser, bytes.p, (int)bytes.n, XML_TRUE) == XML_STATUS_OK;
    return (ok && !b->text.failed && !ofp_arena_failed(b->a)) || fail_xml(b, file, e);
}

pub_xml *pub_parse(ofp_arena *a, ofp_str bytes, ofp_str file, ofp_err *e)
{
    builder b = { .a = a, .parser = XML_ParserCreate(NULL) };
    bool ok = b.parser ? run(&b, bytes, file, e) : ofp_fail_nomem(e);
    if (b.parser)
        XML_ParserFree(b.parser);
    ofp_buf_free(&b.text);
    return ok ? b.root : NULL;
}

/* ---- looking at the tree ---- */

ofp_str pub_xml_attr(const pub_xml *n, const char *name)
{
    for (const pub_attr *at = n ? n->attrs : NULL; at; at = at->next)
        if (ofp_str_eq(at->name, ofp_s(name)))
            return at->value;
    return (ofp_str){ "", 0 };
}

const pub_xml *pub_each(const pub_xml *parent, const pub_xml *n, const char *name)
{
    n = n ? n->next : parent ? parent->first : NULL;
    while (n && !ofp_str_eq(n->name, ofp_s(name)))
        n = n->next;
    return n;
}

const pub_xml *pub_child(const pub_xml *n, const char *name)
{
    return pub_each(n, NULL, name);
}
