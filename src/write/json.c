/* json.c - pandoc's JSON: a node is {"t":CONSTRUCTOR,"c":ARGUMENTS}, spelled by the table in doctools/ast.c.
 *
 * What pandoc has no place for rides in the metadata under "offprint", so that a document comes through
 * a pipe as it went in: notes, facts, and where each value of the metadata is from. */
#include "base/json.h"
#include "doctools/ast.h"
#include "format.h"

typedef struct writer { ofp_doc *d; ofp_buf *out; int minor; } writer;

static void put_node(writer *w, const ofp_node *n);

/* ---- small pieces ---------------------------------------------------------------------- */

static void lit(writer *w, const char *z)
{
    ofp_buf_puts(w->out, z);
}

static void str(writer *w, ofp_str s)
{
    ofp_json_put(w->out, s);
}

static void number(writer *w, int n)
{
    ofp_buf_printf(w->out, "%d", n);
}

/* Puts a comma before all items of an array but the first. */
static void comma(writer *w, bool *more)
{
    if (*more)
        lit(w, ",");
    *more = true;
}

static void constant(writer *w, const char *name)
{
    ofp_buf_printf(w->out, "{\"t\":\"%s\"}", name);
}

static void attributes(writer *w, const ofp_node *n, const char *extra_class)
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

static bool no_attributes(const ofp_node *n)
{
    return ofp_id(n).n == 0 && ofp_class_count(n) == 0 && ofp_attr_count(n) == 0;
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

/* From n on to the last of its siblings, parts left out: they have their own places. */
static void siblings(writer *w, const ofp_node *n, bool *more)
{
    for (; n; n = ofp_next(n)) {
        if (!ofp_ast_shape[ofp_node_type(n)] || (ofp_node_type(n) == OFP_TEXT && ofp_text(n).n == 0))
            continue;
        comma(w, more);
        put_node(w, n);
    }
}

static void children(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    siblings(w, n ? ofp_first(n) : NULL, &more);
    lit(w, "]");
}

static const ofp_node *part(const ofp_node *n, enum ofp_type type)
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
        children(w, c);
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
        children(w, ofp_node_type(c) == OFP_TERM ? c : NULL);
        if (ofp_node_type(c) == OFP_TERM)
            c = ofp_next(c);
        lit(w, ",[");
        for (; c && ofp_node_type(c) != OFP_TERM; c = ofp_next(c)) {
            comma(w, &second);
            children(w, c);
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
    children(w, part(n, OFP_PREFIX));
    lit(w, ",\"citationSuffix\":");
    children(w, part(n, OFP_SUFFIX));
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

/* ---- tables ---------------------------------------------------------------------------- */

static void caption(writer *w, const ofp_node *n)
{
    const ofp_node *c = part(n, OFP_CAPTION), *brief = part(c, OFP_SHORTCAP);
    lit(w, "[");
    if (brief)
        children(w, brief);
    else
        lit(w, "null");
    lit(w, ",");
    children(w, c);
    lit(w, "]");
}

static void columns(writer *w, const ofp_node *n)
{
    const ofp_col *cols;
    size_t count = ofp_cols(n, &cols);
    lit(w, "[");
    for (size_t i = 0; i < count; i++) {
        lit(w, i ? ",[" : "[");
        constant(w, ofp_ast_align[cols[i].align]);
        lit(w, ",");
        if (cols[i].width > 0) {
            lit(w, "{\"t\":\"ColWidth\",\"c\":");
            ofp_json_put_num(w->out, cols[i].width);
            lit(w, "}");
        } else {
            constant(w, "ColWidthDefault");
        }
        lit(w, "]");
    }
    lit(w, "]");
}

static void cell(writer *w, const ofp_node *n)
{
    lit(w, "[");
    attributes(w, n, NULL);
    lit(w, ",");
    constant(w, ofp_ast_align[ofp_cell_align(n)]);
    ofp_buf_printf(w->out, ",%d,%d,", ofp_rowspan(n), ofp_colspan(n));
    children(w, n);
    lit(w, "]");
}

static void row(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    attributes(w, n, NULL);
    lit(w, ",[");
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        comma(w, &more);
        cell(w, c);
    }
    lit(w, "]]");
}

/* The rows of n that are, or are not, intermediate heads. */
static void rows(writer *w, const ofp_node *n, bool inter)
{
    bool more = false;
    lit(w, "[");
    for (const ofp_node *c = n ? ofp_first(n) : NULL; c; c = ofp_next(c)) {
        if (ofp_row_inter(c) != inter)
            continue;
        comma(w, &more);
        row(w, c);
    }
    lit(w, "]");
}

/* The head or the foot. */
static void section(writer *w, const ofp_node *n)
{
    lit(w, "[");
    attributes(w, n, NULL);
    lit(w, ",");
    rows(w, n, false);
    lit(w, "]");
}

static void bodies(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        if (ofp_node_type(c) != OFP_TBODY)
            continue;
        comma(w, &more);
        lit(w, "[");
        attributes(w, c, NULL);
        ofp_buf_printf(w->out, ",%d,", ofp_row_heads(c));
        rows(w, c, true);
        lit(w, ",");
        rows(w, c, false);
        lit(w, "]");
    }
    lit(w, "]");
}

/* ---- figures before 1.23 --------------------------------------------------------------- */

static void image_as_figure(writer *w, const ofp_node *figure, ofp_node *image)
{
    ofp_arena *a = ofp_doc_arena(w->d);
    ofp_str alt = ofp_plain_text(a, image);
    if (!ofp_str_eq(alt, ofp_ast_caption_text(a, figure)))
        ofp_set_attr(w->d, image, OFP_STR("alt"), alt);
    lit(w, "{\"t\":\"Para\",\"c\":[{\"t\":\"Image\",\"c\":[");
    attributes(w, image, NULL);
    lit(w, ",");
    children(w, ofp_first(ofp_first(figure)));
    lit(w, ",[");
    str(w, ofp_url(image));
    lit(w, ",");
    str(w, ofp_arena_printf(a, "fig:%.*s", (int)ofp_title(image).n, ofp_title(image).p));
    lit(w, "]]}]}");
}

static void caption_as_div(writer *w, const ofp_node *c)
{
    const ofp_node *brief = part(c, OFP_SHORTCAP);
    bool more = brief != NULL;
    lit(w, "{\"t\":\"Div\",\"c\":[[\"\",[\"caption\"],[]],[");
    if (brief) {
        lit(w, "{\"t\":\"Div\",\"c\":[[\"\",[\"short-caption\"],[]],[{\"t\":\"Plain\",\"c\":");
        children(w, brief);
        lit(w, "}]]}");
    }
    siblings(w, ofp_first(c), &more);
    lit(w, "]]}");
}

/* A plain figure is the image alone, or with a Div of class "figure" around it for the attributes of the
 * figure; any other is such a Div with the caption, if any, as a first Div inside. */
static void put_figure(writer *w, const ofp_node *n)
{
    ofp_node *image;
    bool plain = ofp_ast_plain_figure(n, &image);
    const ofp_node *c = ofp_first(n);
    if (plain && no_attributes(n)) {
        image_as_figure(w, n, image);
        return;
    }
    lit(w, "{\"t\":\"Div\",\"c\":[");
    attributes(w, n, "figure");
    lit(w, ",[");
    if (plain) {
        image_as_figure(w, n, image);
    } else {
        bool more = false;
        for (; c; c = ofp_next(c)) {
            comma(w, &more);
            if (ofp_node_type(c) == OFP_CAPTION)
                caption_as_div(w, c);
            else
                put_node(w, c);
        }
    }
    lit(w, "]]}");
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
        put_node(w, c);
    }
    lit(w, "}");
}

/* One argument, by its letter in doctools/ast.h. */
static void argument(writer *w, const ofp_node *n, char letter)
{
    switch (letter) {
    case 'a': attributes(w, n, NULL); break;
    case 't': str(w, ofp_text(n)); break;
    case 'f': str(w, ofp_raw_format(n)); break;
    case 'u': target(w, n); break;
    case 'n': number(w, ofp_level(n)); break;
    case 'l': list_attributes(w, n); break;
    case 'q': constant(w, ofp_quote_double(n) ? "DoubleQuote" : "SingleQuote"); break;
    case 'm': constant(w, ofp_math_display(n) ? "DisplayMath" : "InlineMath"); break;
    case 'I': case 'B': case 'V': children(w, n); break;
    case 'r': case 'i': lists(w, n); break;
    case 'd': definitions(w, n); break;
    case 'c': citations(w, n); break;
    case 'C': caption(w, n); break;
    case 'k': columns(w, n); break;
    case 'H': section(w, part(n, OFP_THEAD)); break;
    case 'Y': bodies(w, n); break;
    case 'F': section(w, part(n, OFP_TFOOT)); break;
    case 'M': put_map(w, n); break;
    case 'b': lit(w, ofp_meta_true(n) ? "true" : "false"); break;
    }
}

static void put_node(writer *w, const ofp_node *n)
{
    enum ofp_type type = ofp_node_type(n);
    const char *shape = ofp_ast_shape[type];
    if (type == OFP_TEXT) {
        put_text(w, ofp_text(n));
        return;
    }
    if (type == OFP_FIGURE && w->minor < 23) {
        put_figure(w, n);
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

/* ---- metadata -------------------------------------------------------------------------- */

static bool is_ours(const ofp_node *v)
{
    return ofp_str_eq(ofp_meta_key_of(v), OFP_STR("offprint"));
}

static void meta_string(writer *w, ofp_str s)
{
    lit(w, "{\"t\":\"MetaString\",\"c\":");
    str(w, s);
    lit(w, "}");
}

static void open_map(writer *w, const char *key, bool *more)
{
    comma(w, more);
    ofp_buf_printf(w->out, "\"%s\":{\"t\":\"MetaMap\",\"c\":{", key);
}

/* Documents read from JSON are of origin "json" unless they say otherwise. */
static void put_notes(writer *w, bool *more)
{
    const ofp_node *notes = ofp_meta_find(ofp_meta_find(ofp_meta(w->d), OFP_STR("offprint")), OFP_STR("notes"));
    bool any = false;
    for (const ofp_node *v = ofp_first(notes); v; v = ofp_next(v)) {
        ofp_str name = ofp_meta_key_of(v), value = ofp_text(v);
        if (ofp_str_eq(name, OFP_STR("origin")) && ofp_str_eq(value, OFP_STR("json")))
            continue;
        if (any)
            lit(w, ",");
        else
            open_map(w, "notes", more);
        any = true;
        str(w, name);
        lit(w, ":");
        meta_string(w, value);
    }
    lit(w, any ? "}}" : "");
}

static void put_facts(writer *w, bool *more)
{
    const ofp_node *first = ofp_fact_first(w->d);
    if (!first)
        return;
    comma(w, more);
    lit(w, "\"facts\":{\"t\":\"MetaList\",\"c\":[");
    for (const ofp_node *f = first; f; f = ofp_next(f)) {
        lit(w, f == first ? "" : ",");
        lit(w, "{\"t\":\"MetaMap\",\"c\":{\"name\":");
        meta_string(w, ofp_fact_name(f));
        lit(w, ",\"value\":");
        meta_string(w, ofp_fact_value(f));
        lit(w, "}}");
    }
    lit(w, "]}");
}

/* "title": "70 og:title".  A value that the JSON itself stated needs no entry. */
static void put_from(writer *w, bool *more)
{
    bool any = false;
    for (const ofp_node *v = ofp_first(ofp_meta(w->d)); v; v = ofp_next(v)) {
        ofp_str source = ofp_meta_source(v);
        if (is_ours(v) || (ofp_str_eq(source, OFP_STR("json")) && ofp_meta_sure(v) == OFP_SURE_EXACT))
            continue;
        if (any)
            lit(w, ",");
        else
            open_map(w, "from", more);
        any = true;
        str(w, ofp_meta_key_of(v));
        lit(w, ":");
        meta_string(w, ofp_arena_printf(ofp_doc_arena(w->d), "%d %.*s", ofp_meta_sure(v), (int)source.n, source.p));
    }
    lit(w, any ? "}}" : "");
}

/* Our own key, unless there is nothing to say. */
static void put_ours(writer *w, bool *more)
{
    size_t start = w->out->n, inside;
    bool before = *more, any = false;
    comma(w, more);
    lit(w, "\"offprint\":{\"t\":\"MetaMap\",\"c\":{");
    inside = w->out->n;
    put_notes(w, &any);
    put_facts(w, &any);
    put_from(w, &any);
    if (w->out->n > inside) {
        lit(w, "}}");
        return;
    }
    w->out->n = start;
    *more = before;
}

static void put_meta(writer *w)
{
    bool more = false, done = false;
    lit(w, "{");
    for (const ofp_node *v = ofp_first(ofp_meta(w->d)); v; v = ofp_next(v)) {
        if (is_ours(v)) {
            put_ours(w, &more);
            done = true;
            continue;
        }
        comma(w, &more);
        str(w, ofp_meta_key_of(v));
        lit(w, ":");
        put_node(w, v);
    }
    if (!done)
        put_ours(w, &more);
    lit(w, "}");
}

bool ofp_write_json(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    writer w = { d, out, opt->json_minor ? opt->json_minor : OFP_AST_DEFAULT };
    if (w.minor < OFP_AST_WRITTEN || w.minor > OFP_AST_NEWEST)
        return ofp_fail(e, OFP_ECANT, OFP_NOWHERE, "JSON of pandoc's API 1.%d cannot be written, only 1.%d to 1.%d",
                        w.minor, OFP_AST_WRITTEN, OFP_AST_NEWEST);
    ofp_buf_printf(out, "{\"pandoc-api-version\":%s,\"meta\":", w.minor == 22 ? "[1,22,2,1]" : "[1,23,1]");
    put_meta(&w);
    lit(&w, ",\"blocks\":");
    children(&w, ofp_root(d));
    lit(&w, "}\n");
    return ofp_doc_ok(d, e);
}
