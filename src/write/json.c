/* json.c - pandoc's JSON: a node is {"t":CONSTRUCTOR,"c":ARGUMENTS}, spelled by the table in doctools/ast.c.
 *
 * What pandoc has no place for rides in the metadata under "offprint", so that a document comes through
 * a pipe as it went in: notes, facts, and where each value of the metadata is from. */
#include "format.h"
#include "write/json.h"

void ofp_js_attributes(writer *w, const ofp_node *n, const char *extra_class)
{
    bool more = false;
    lit(w, "[");
    str(w, ofp_id(n));
    lit(w, ",[");
    if (extra_class) {
        comma(w, &more);
        str(w, ofp_s(extra_class));
    }
    for (size_t i = 0; i < ofp_class_count(n); i++) {
        comma(w, &more);
        str(w, ofp_class_at(n, i));
    }
    lit(w, "],[");
    for (size_t i = 0; i < ofp_attr_count(n); i++) {
        lit(w, i ? ",[" : "[");
        str(w, ofp_attr_key(n, i));
        lit(w, ",");
        str(w, ofp_attr_value(n, i));
        lit(w, "]");
    }
    lit(w, "]]");
}

/* ---- children -------------------------------------------------------------------------- */

/* Words and blanks: TEXT is pandoc's Str and Space joined. */
static void put_text(writer *w, ofp_str text)
{
    size_t at = 0;
    for (bool more = false; at < text.n;) {
        size_t blank = ofp_str_find(text, OFP_STR(" "), at);
        comma(w, &more);
        if (blank == at) {
            constant(w, "Space");
            at++;
            continue;
        }
        lit(w, "{\"t\":\"Str\",\"c\":");
        str(w, ofp_str_sub(text, at, blank == SIZE_MAX ? SIZE_MAX : blank - at));
        lit(w, "}");
        at = blank == SIZE_MAX ? text.n : blank;
    }
}

void ofp_js_siblings(writer *w, const ofp_node *n, bool *more)
{
    for (; n; n = ofp_next(n)) {
        if (!ofp_ast_shape[ofp_node_type(n)] || (ofp_node_type(n) == OFP_TEXT && ofp_text(n).n == 0))
            continue;
        comma(w, more);
        ofp_js_node(w, n);
    }
}

void ofp_js_children(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    ofp_js_siblings(w, n ? ofp_first(n) : NULL, &more);
    lit(w, "]");
}

const ofp_node *ofp_js_part(const ofp_node *n, enum ofp_type type)
{
    const ofp_node *c = n ? ofp_first(n) : NULL;
    while (c && ofp_node_type(c) != type)
        c = ofp_next(c);
    return c;
}

/* [[…],[…]]: the content of each item or line. */
static void lists(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        comma(w, &more);
        ofp_js_children(w, c);
    }
    lit(w, "]");
}

static void definitions(writer *w, const ofp_node *n)
{
    const ofp_node *c = ofp_first(n);
    bool more = false;
    lit(w, "[");
    while (c) {
        bool second = false;
        comma(w, &more);
        lit(w, "[");
        ofp_js_children(w, ofp_node_type(c) == OFP_TERM ? c : NULL);
        if (ofp_node_type(c) == OFP_TERM)
            c = ofp_next(c);
        lit(w, ",[");
        for (; c && ofp_node_type(c) != OFP_TERM; c = ofp_next(c)) {
            comma(w, &second);
            ofp_js_children(w, c);
        }
        lit(w, "]]");
    }
    lit(w, "]");
}

static void citation(writer *w, const ofp_node *n)
{
    lit(w, "{\"citationId\":");
    str(w, ofp_text(n));
    lit(w, ",\"citationPrefix\":");
    ofp_js_children(w, ofp_js_part(n, OFP_PREFIX));
    lit(w, ",\"citationSuffix\":");
    ofp_js_children(w, ofp_js_part(n, OFP_SUFFIX));
    lit(w, ",\"citationMode\":");
    constant(w, ofp_ast_cite[ofp_cite_mode(n)]);
    ofp_buf_printf(w->out, ",\"citationNoteNum\":%d,\"citationHash\":%d}", ofp_cite_note(n), ofp_cite_hash(n));
}

static void citations(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    for (const ofp_node *c = ofp_first(n); c && ofp_node_type(c) == OFP_CITATION; c = ofp_next(c)) {
        comma(w, &more);
        citation(w, c);
    }
    lit(w, "]");
}

/* ---- nodes ----------------------------------------------------------------------------- */

static void target(writer *w, const ofp_node *n)
{
    lit(w, "[");
    str(w, ofp_url(n));
    lit(w, ",");
    str(w, ofp_title(n));
    lit(w, "]");
}

static void list_attributes(writer *w, const ofp_node *n)
{
    lit(w, "[");
    number(w, ofp_list_start(n));
    lit(w, ",");
    constant(w, ofp_ast_style[ofp_list_style(n)]);
    lit(w, ",");
    constant(w, ofp_ast_delim[ofp_list_delim(n)]);
    lit(w, "]");
}

static void put_map(writer *w, const ofp_node *map)
{
    bool more = false;
    lit(w, "{");
    for (const ofp_node *c = ofp_first(map); c; c = ofp_next(c)) {
        comma(w, &more);
        str(w, ofp_meta_key_of(c));
        lit(w, ":");
        ofp_js_node(w, c);
    }
    lit(w, "}");
}

/* One argument, by its letter in doctools/ast.h. */
static void argument(writer *w, const ofp_node *n, char letter)
{
    switch (letter) {
    case 'a': ofp_js_attributes(w, n, NULL); break;
    case 't': str(w, ofp_text(n)); break;
    case 'f': str(w, ofp_raw_format(n)); break;
    case 'u': target(w, n); break;
    case 'n': number(w, ofp_level(n)); break;
    case 'l': list_attributes(w, n); break;
    case 'q': constant(w, ofp_quote_double(n) ? "DoubleQuote" : "SingleQuote"); break;
    case 'm': constant(w, ofp_math_display(n) ? "DisplayMath" : "InlineMath"); break;
    case 'I': case 'B': case 'V': ofp_js_children(w, n); break;
    case 'r': case 'i': lists(w, n); break;
    case 'd': definitions(w, n); break;
    case 'c': citations(w, n); break;
    case 'C': ofp_js_caption(w, n); break;
    case 'k': ofp_js_columns(w, n); break;
    case 'H': ofp_js_section(w, ofp_js_part(n, OFP_THEAD)); break;
    case 'Y': ofp_js_bodies(w, n); break;
    case 'F': ofp_js_section(w, ofp_js_part(n, OFP_TFOOT)); break;
    case 'M': put_map(w, n); break;
    case 'b': lit(w, ofp_meta_true(n) ? "true" : "false"); break;
    }
}

void ofp_js_node(writer *w, const ofp_node *n)
{
    enum ofp_type type = ofp_node_type(n);
    const char *shape = ofp_ast_shape[type];
    if (type == OFP_TEXT) {
        put_text(w, ofp_text(n));
        return;
    }
    if (type == OFP_FIGURE && w->minor < 23) {
        ofp_js_figure(w, n);
        return;
    }
    ofp_buf_printf(w->out, "{\"t\":\"%s\"", ofp_type_name(type));
    if (shape[0]) {
        lit(w, shape[1] ? ",\"c\":[" : ",\"c\":");
        for (size_t i = 0; shape[i]; i++) {
            lit(w, i ? "," : "");
            argument(w, n, shape[i]);
        }
        lit(w, shape[1] ? "]" : "");
    }
    lit(w, "}");
}

bool ofp_write_json(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    writer w = { d, out, opt->json_minor ? opt->json_minor : OFP_AST_DEFAULT };
    if (w.minor < OFP_AST_WRITTEN || w.minor > OFP_AST_NEWEST)
        return ofp_fail(e, OFP_ECANT, OFP_NOWHERE, "JSON of pandoc's API 1.%d cannot be written, only 1.%d to 1.%d",
                        w.minor, OFP_AST_WRITTEN, OFP_AST_NEWEST);
    ofp_buf_printf(out, "{\"pandoc-api-version\":%s,\"meta\":", w.minor == 22 ? "[1,22,2,1]" : "[1,23,1]");
    ofp_js_meta(&w);
    lit(&w, ",\"blocks\":");
    ofp_js_children(&w, ofp_root(d));
    lit(&w, "}\n");
    return ofp_doc_ok(d, e);
}
