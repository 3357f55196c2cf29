/* json.c - pandoc's JSON to nodes: the counterpart of write/json.c, driven by the same table.
 *
 * Depth needs no care here: the JSON parser bounds it, and ofp_tidy brings it down to the model's. */
#include "base/json.h"
#include "doctools/ast.h"
#include "format.h"

#include <string.h>

/* Bounds against documents made to be slow: HTML has the first for colspan too. */
enum { MAX_SPAN = 1000, MAX_KEYS = 1000 };

typedef struct reader {
    ofp_doc *d;
    ofp_err *e;
    ofp_str in;
    const ofp_json *root;
    int minor;
    ofp_buf run;                        /* words being joined */
} reader;

static bool read_node(reader *r, ofp_node *parent, const ofp_json *v, enum ofp_kind kind);
static bool read_meta(reader *r, ofp_node *parent, const ofp_json *v);

/* ---- complaints ------------------------------------------------------------------------ */

/* "blocks[3].c[1]": values stand in the order of their offsets, so the way down to v is found by
 * taking the last child that does not begin after it. */
static ofp_str path(reader *r, const ofp_json *v)
{
    ofp_buf out = { 0 };
    for (const ofp_json *at = r->root, *next; at && at != v; at = next) {
        size_t i = 0, index = 0;
        next = NULL;
        for (const ofp_json *c = at->first; c && c->at <= v->at; c = c->next, i++) {
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

static bool wrong(reader *r, const ofp_json *v, const char *expected)
{
    ofp_str where = path(r, v);
    return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(v, r->in, ofp_doc_input(r->d)), "%.*s: expected %s, found %s",
                    (int)(where.n < 120 ? where.n : 120), where.p,
                    expected, ofp_json_what(v));
}

static void odd(reader *r, const ofp_json *v, const char *what)
{
    ofp_str where = path(r, v);
    ofp_log_warn(ofp_doc_log(r->d), OFP_D_AST_ODD, ofp_json_pos(v, r->in, ofp_doc_input(r->d)), "%.*s: %s",
                 (int)where.n, where.p, what);
}

/* ---- small pieces ---------------------------------------------------------------------- */

/* API 1.21 wrote parts of tables with their constructors, {"t":"Row","c":[…]}; later ones do not. */
static const ofp_json *bare(const ofp_json *v)
{
    const ofp_json *c = ofp_json_get(v, OFP_STR("c"));
    return c ? c : v;
}

/* The first of n arguments that stand in an array. */
static const ofp_json *tuple(reader *r, const ofp_json *v, size_t n, const char *what)
{
    v = bare(v);
    if (v->type != OFP_JSON_ARRAY || v->n < n) {
        wrong(r, v, what);
        return NULL;
    }
    if (v->n > n)
        odd(r, v, "more elements than expected");
    return v->first;
}

static bool list(reader *r, const ofp_json *v, const char *what, const ofp_json **first)
{
    *first = v->first;
    return v->type == OFP_JSON_ARRAY || wrong(r, v, what);
}

/* NUL is no character of any format that is written. */
static ofp_str without_nul(reader *r, ofp_str s)
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

static bool string(reader *r, const ofp_json *v, ofp_str *out)
{
    *out = without_nul(r, ofp_json_str(v));
    return v->type == OFP_JSON_STRING || wrong(r, v, "a string");
}

static bool integer(reader *r, const ofp_json *v, int *out)
{
    return ofp_json_int(bare(v), out) || wrong(r, v, "a whole number");
}

/* The index of {"t":NAME} among names. */
static bool constant(reader *r, const ofp_json *v, const char *const *names, int n, int *out)
{
    const ofp_json *t = ofp_json_get(v, OFP_STR("t"));
    *out = 0;
    for (int i = 0; i < n; i++)
        if (ofp_str_eq(ofp_json_str(t), ofp_s(names[i]))) {
            *out = i;
            return true;
        }
    return wrong(r, t ? t : v, n == 2 ? "a kind of this element" : "a list style, delimiter, alignment or mode");
}

static bool read_pair(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *key = tuple(r, v, 2, "a key and a value");
    ofp_str k, value;
    if (!key || !string(r, key, &k) || !string(r, key->next, &value))
        return false;
    ofp_set_attr(r->d, n, k, value);
    return true;
}

static bool read_attr(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *id = tuple(r, v, 3, "attributes: id, classes, pairs"), *c;
    ofp_str s;
    if (!id || !string(r, id, &s))
        return false;
    if (s.n > 0)
        ofp_set_id(r->d, n, s);
    if (id->next->n > MAX_KEYS || id->next->next->n > MAX_KEYS)
        return ofp_fail(r->e, OFP_ELIMIT, ofp_json_pos(v, r->in, ofp_doc_input(r->d)), "more than %d attributes", MAX_KEYS);
    if (!list(r, id->next, "an array of classes", &c))
        return false;
    for (; c; c = c->next) {
        if (!string(r, c, &s))
            return false;
        ofp_add_class(r->d, n, s);
    }
    if (!list(r, id->next->next, "an array of pairs", &c))
        return false;
    for (; c; c = c->next)
        if (!read_pair(r, n, c))
            return false;
    return true;
}

static bool read_target(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *url = tuple(r, v, 2, "a URL and a title");
    ofp_str u, title;
    if (!url || !string(r, url, &u) || !string(r, url->next, &title))
        return false;
    ofp_set_target(n, u, title);
    return true;
}

static bool read_level(reader *r, ofp_node *n, const ofp_json *v)
{
    int level;
    if (!integer(r, v, &level))
        return false;
    if (level < 1 || level > 6)
        odd(r, v, "heading level outside 1 to 6");
    ofp_set_level(n, level);
    return true;
}

static bool read_list_attr(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *start = tuple(r, v, 3, "list attributes: start, style, delimiter");
    int number, style, delim;
    if (!start || !integer(r, start, &number) ||
        !constant(r, start->next, ofp_ast_style, OFP_AST_NSTYLE, &style) ||
        !constant(r, start->next->next, ofp_ast_delim, OFP_AST_NDELIM, &delim))
        return false;
    ofp_set_list(n, number, (enum ofp_list_style)style, (enum ofp_list_delim)delim);
    return true;
}

static bool read_quote(reader *r, ofp_node *n, const ofp_json *v)
{
    static const char *const names[] = { "SingleQuote", "DoubleQuote" };
    int which;
    if (!constant(r, v, names, 2, &which))
        return false;
    ofp_set_quote(n, which == 1);
    return true;
}

static bool read_math(reader *r, ofp_node *n, const ofp_json *v)
{
    static const char *const names[] = { "InlineMath", "DisplayMath" };
    int which;
    if (!constant(r, v, names, 2, &which))
        return false;
    ofp_set_math(n, which == 1, ofp_text(n));
    return true;
}

static bool read_text(reader *r, ofp_node *n, const ofp_json *v)
{
    ofp_str s;
    if (!string(r, v, &s))
        return false;
    ofp_set_text(n, s);
    return true;
}

static bool read_format(reader *r, ofp_node *n, const ofp_json *v)
{
    ofp_str s;
    if (!string(r, v, &s))
        return false;
    ofp_set_raw(n, s, ofp_text(n));
    return true;
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
static const ofp_json *read_words(reader *r, ofp_node *parent, const ofp_json *v)
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
    ofp_add_text(r->d, parent, without_nul(r, one));
    return v;
}

static bool read_inlines(reader *r, ofp_node *parent, const ofp_json *v)
{
    const ofp_json *c;
    ofp_str s;
    if (!list(r, v, "an array of inlines", &c))
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

static bool read_blocks(reader *r, ofp_node *parent, const ofp_json *v)
{
    const ofp_json *c;
    if (!list(r, v, "an array of blocks", &c))
        return false;
    for (; c; c = c->next)
        if (!read_node(r, parent, c, OFP_KIND_BLOCK))
            return false;
    return true;
}

static bool read_items(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c;
    if (!list(r, v, "an array of list items", &c))
        return false;
    for (; c; c = c->next)
        if (!read_blocks(r, ofp_add(r->d, n, OFP_ITEM), c))
            return false;
    return true;
}

static bool read_lines(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c;
    if (!list(r, v, "an array of lines", &c))
        return false;
    for (; c; c = c->next)
        if (!read_inlines(r, ofp_add(r->d, n, OFP_LINE), c))
            return false;
    return true;
}

static bool read_definitions(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c, *term, *detail;
    if (!list(r, v, "an array of definitions", &c))
        return false;
    for (; c; c = c->next) {
        if (!(term = tuple(r, c, 2, "a term and its definitions")) ||
            !read_inlines(r, ofp_add(r->d, n, OFP_TERM), term) ||
            !list(r, term->next, "an array of definitions", &detail))
            return false;
        for (; detail; detail = detail->next)
            if (!read_blocks(r, ofp_add(r->d, n, OFP_DETAIL), detail))
                return false;
    }
    return true;
}

static const ofp_json *member(reader *r, const ofp_json *v, const char *key)
{
    const ofp_json *m = ofp_json_get(v, ofp_s(key));
    if (!m)
        wrong(r, v, key);
    return m;
}

static bool read_affix(reader *r, ofp_node *n, enum ofp_type type, const ofp_json *v)
{
    return v->type == OFP_JSON_ARRAY && v->n == 0 ? true : read_inlines(r, ofp_add(r->d, n, type), v);
}

static bool read_citation(reader *r, ofp_node *cite, const ofp_json *v)
{
    const ofp_json *id = member(r, v, "citationId"), *prefix = member(r, v, "citationPrefix"),
                   *suffix = member(r, v, "citationSuffix"), *how = member(r, v, "citationMode"),
                   *note = member(r, v, "citationNoteNum"), *hash = member(r, v, "citationHash");
    ofp_node *n = ofp_add(r->d, cite, OFP_CITATION);
    ofp_str s;
    int mode, number, mark;
    if (!id || !prefix || !suffix || !how || !note || !hash || !string(r, id, &s) ||
        !constant(r, how, ofp_ast_cite, OFP_AST_NCITE, &mode) || !integer(r, note, &number) || !integer(r, hash, &mark))
        return false;
    ofp_set_cite(n, s, (enum ofp_cite_mode)mode, number, mark);
    return read_affix(r, n, OFP_PREFIX, prefix) && read_affix(r, n, OFP_SUFFIX, suffix);
}

static bool read_citations(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c;
    if (!list(r, v, "an array of citations", &c))
        return false;
    for (; c; c = c->next)
        if (!read_citation(r, n, c))
            return false;
    return true;
}

/* ---- tables ---------------------------------------------------------------------------- */

static bool read_caption(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *brief = tuple(r, v, 2, "a caption: short form, blocks");
    ofp_node *caption;
    if (!brief)
        return false;
    if (ofp_node_type(n) == OFP_FIGURE && brief->type == OFP_JSON_NULL && brief->next->n == 0)
        return true;
    caption = ofp_add(r->d, n, OFP_CAPTION);
    if (brief->type != OFP_JSON_NULL && !read_inlines(r, ofp_add(r->d, caption, OFP_SHORTCAP), bare(brief)))
        return false;
    return read_blocks(r, caption, brief->next);
}

static bool read_width(reader *r, const ofp_json *v, double *out)
{
    *out = ofp_json_num(bare(v), 0);
    return bare(v) == v || bare(v)->type == OFP_JSON_NUMBER || wrong(r, v, "a column width");
}

static bool read_columns(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c;
    ofp_col *cols;
    size_t i = 0;
    if (!list(r, v, "an array of columns", &c))
        return false;
    cols = ofp_arena_zalloc(ofp_doc_arena(r->d), v->n, sizeof *cols);
    for (; c && cols; c = c->next, i++) {
        const ofp_json *align = tuple(r, c, 2, "a column: alignment, width");
        int which;
        if (!align || !constant(r, align, ofp_ast_align, OFP_AST_NALIGN, &which) ||
            !read_width(r, align->next, &cols[i].width))
            return false;
        cols[i].align = (enum ofp_align)which;
    }
    ofp_set_cols(r->d, n, cols, i);
    return true;
}

static bool read_span(reader *r, const ofp_json *v, int *out)
{
    if (!integer(r, v, out))
        return false;
    if (*out < 1 || *out > MAX_SPAN) {
        odd(r, v, "span outside 1 to 1000");
        *out = *out < 1 ? 1 : MAX_SPAN;
    }
    return true;
}

static bool read_cell(reader *r, ofp_node *row, const ofp_json *v)
{
    const ofp_json *attr = tuple(r, v, 5, "a cell: attributes, alignment, two spans, blocks"), *align, *spans;
    ofp_node *n = ofp_add(r->d, row, OFP_CELL);
    int which, down, across;
    if (!attr)
        return false;
    align = attr->next;
    spans = align->next;
    if (!read_attr(r, n, attr) || !constant(r, align, ofp_ast_align, OFP_AST_NALIGN, &which) ||
        !read_span(r, spans, &down) || !read_span(r, spans->next, &across))
        return false;
    ofp_set_cell(n, (enum ofp_align)which, down, across);
    return read_blocks(r, n, spans->next->next);
}

static bool read_rows(reader *r, ofp_node *n, const ofp_json *v, bool inter)
{
    const ofp_json *c, *attr, *cell;
    if (!list(r, v, "an array of rows", &c))
        return false;
    for (; c; c = c->next) {
        ofp_node *row = ofp_add(r->d, n, OFP_ROW);
        ofp_set_row_inter(row, inter);
        if (!(attr = tuple(r, c, 2, "a row: attributes, cells")) || !read_attr(r, row, attr) ||
            !list(r, attr->next, "an array of cells", &cell))
            return false;
        for (; cell; cell = cell->next)
            if (!read_cell(r, row, cell))
                return false;
    }
    return true;
}

static bool read_section(reader *r, ofp_node *table, enum ofp_type type, const ofp_json *v)
{
    const ofp_json *attr = tuple(r, v, 2, "a table head or foot: attributes, rows");
    ofp_node *n = ofp_add(r->d, table, type);
    return attr && read_attr(r, n, attr) && read_rows(r, n, attr->next, false);
}

static bool read_bodies(reader *r, ofp_node *table, const ofp_json *v)
{
    const ofp_json *c;
    if (!list(r, v, "an array of table bodies", &c))
        return false;
    for (; c; c = c->next) {
        const ofp_json *attr = tuple(r, c, 4, "a table body: attributes, head columns, head rows, rows"), *rows;
        ofp_node *n = ofp_add(r->d, table, OFP_TBODY);
        int heads;
        if (!attr || !read_attr(r, n, attr) || !integer(r, attr->next, &heads))
            return false;
        rows = attr->next->next;
        ofp_set_row_heads(n, heads < 0 ? 0 : heads);
        if (!read_rows(r, n, rows, true) || !read_rows(r, n, rows->next, false))
            return false;
    }
    return true;
}

/* ---- tables of API 1.20: caption, alignments, widths, head cells, rows ------------------ */

static bool read_old_columns(reader *r, ofp_node *n, const ofp_json *aligns, const ofp_json *widths)
{
    const ofp_json *a, *w;
    ofp_col *cols;
    size_t i = 0;
    if (!list(r, aligns, "an array of alignments", &a) || !list(r, widths, "an array of widths", &w))
        return false;
    cols = ofp_arena_zalloc(ofp_doc_arena(r->d), aligns->n, sizeof *cols);
    for (; a && cols; a = a->next, w = w ? w->next : NULL, i++) {
        int which;
        if (!constant(r, a, ofp_ast_align, OFP_AST_NALIGN, &which))
            return false;
        cols[i] = (ofp_col){ (enum ofp_align)which, ofp_json_num(w, 0) };
    }
    ofp_set_cols(r->d, n, cols, i);
    return true;
}

static bool read_old_row(reader *r, ofp_node *section, const ofp_json *v)
{
    const ofp_json *c;
    ofp_node *row = ofp_add(r->d, section, OFP_ROW);
    if (!list(r, v, "an array of cells", &c))
        return false;
    for (; c; c = c->next) {
        ofp_node *cell = ofp_add(r->d, row, OFP_CELL);
        ofp_set_cell(cell, OFP_ALIGN_DEFAULT, 1, 1);
        if (!read_blocks(r, cell, c))
            return false;
    }
    return true;
}

static bool has_content(const ofp_json *cells)
{
    for (const ofp_json *c = cells->first; c; c = c->next)
        if (c->n > 0)
            return true;
    return false;
}

static bool read_old_table(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *caption = tuple(r, v, 5, "a table: caption, alignments, widths, head, rows"), *head, *row;
    ofp_node *section;
    if (!caption || !read_inlines(r, ofp_add(r->d, ofp_add(r->d, n, OFP_CAPTION), OFP_PLAIN), caption) ||
        !read_old_columns(r, n, caption->next, caption->next->next))
        return false;
    head = caption->next->next->next;
    section = ofp_add(r->d, n, OFP_THEAD);
    if ((has_content(head) && !read_old_row(r, section, head)) || !list(r, head->next, "an array of rows", &row))
        return false;
    section = ofp_add(r->d, n, OFP_TBODY);
    for (; row; row = row->next)
        if (!read_old_row(r, section, row))
            return false;
    return true;
}

/* ---- figures before 1.23: see write/json.c ---------------------------------------------- */

/* Para [Image … "fig:TITLE"] becomes a figure. */
static void figure_from_para(reader *r, ofp_node *para)
{
    ofp_node *image = ofp_first(para), *figure, *caption, *words;
    ofp_str alt, title;
    if (r->minor >= 23 || !image || ofp_next(image) || ofp_node_type(image) != OFP_IMAGE ||
        !ofp_str_starts(ofp_title(image), OFP_STR("fig:")))
        return;
    title = ofp_str_sub(ofp_title(image), 4, SIZE_MAX);
    ofp_set_target(image, ofp_url(image), title);
    figure = ofp_new(r->d, OFP_FIGURE);
    ofp_insert_before(para, figure);
    if (ofp_first(image)) {
        caption = ofp_add(r->d, figure, OFP_CAPTION);
        words = ofp_add(r->d, caption, OFP_PLAIN);
        ofp_move_children(image, words);
    }
    alt = ofp_attr_has(image, OFP_STR("alt")) ? ofp_attr(image, OFP_STR("alt"))
                                              : ofp_ast_caption_text(ofp_doc_arena(r->d), figure);
    ofp_drop_attr(image, OFP_STR("alt"));
    if (alt.n > 0)
        ofp_add_text(r->d, image, alt);
    ofp_retype(para, OFP_PLAIN);
    ofp_append(figure, para);
}

static bool only_class(const ofp_node *n, ofp_str name)
{
    return n && ofp_node_type(n) == OFP_DIV && ofp_class_count(n) == 1 && ofp_str_eq(ofp_class_at(n, 0), name) &&
           ofp_id(n).n == 0 && ofp_attr_count(n) == 0;
}

/* Div.caption, the first child of n, becomes its caption. */
static void caption_from_div(reader *r, ofp_node *n)
{
    ofp_node *div = ofp_first(n), *caption, *brief, *plain;
    if (!only_class(div, OFP_STR("caption")))
        return;
    caption = ofp_new(r->d, OFP_CAPTION);
    brief = ofp_first(div);
    if (only_class(brief, OFP_STR("short-caption"))) {
        plain = ofp_first(brief);
        if (plain)
            ofp_move_children(plain, ofp_add(r->d, caption, OFP_SHORTCAP));
        ofp_unlink(brief);
    }
    ofp_move_children(div, caption);
    ofp_unlink(div);
    ofp_prepend(n, caption);
}

/* Div.figure is what the writer makes of a figure that has attributes or is not plain.  A Div that it
 * would have written otherwise is somebody else's and stays. */
static void figure_from_div(reader *r, ofp_node *div)
{
    ofp_node *inner = ofp_first(div), *image;
    bool more = ofp_id(div).n > 0 || ofp_class_count(div) > 1 || ofp_attr_count(div) > 0;
    if (r->minor >= 23 || !inner || ofp_class_count(div) == 0 || !ofp_str_eq(ofp_class_at(div, 0), OFP_STR("figure")))
        return;
    if (ofp_node_type(inner) == OFP_FIGURE && !ofp_next(inner)) {
        if (!more || !ofp_ast_plain_figure(inner, &image))
            return;
        ofp_unwrap(inner);
    } else {
        caption_from_div(r, div);
    }
    ofp_drop_class(div, OFP_STR("figure"));
    ofp_retype(div, OFP_FIGURE);
}

/* ---- nodes ----------------------------------------------------------------------------- */

static bool read_map(reader *r, ofp_node *n, const ofp_json *v)
{
    size_t i = 0;
    if (v->type != OFP_JSON_OBJECT)
        return wrong(r, v, "an object of metadata");
    for (const ofp_json *c = v->first; c; c = c->next) {
        if (i++ == MAX_KEYS) {
            ofp_warn(r->d, OFP_D_SIZE_LIMIT, 0, "metadata beyond %d keys left out", MAX_KEYS);
            break;
        }
        ofp_meta_drop(n, c->key);
        if (!read_meta(r, n, c))
            return false;
        ofp_set_meta_key(ofp_last(n), without_nul(r, c->key));
    }
    return true;
}

static bool read_values(reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c;
    if (!list(r, v, "an array of metadata values", &c))
        return false;
    for (; c; c = c->next)
        if (!read_meta(r, n, c))
            return false;
    return true;
}

static bool read_truth(reader *r, ofp_node *n, const ofp_json *v)
{
    ofp_set_meta_bool(n, v->type == OFP_JSON_TRUE);
    return v->type == OFP_JSON_TRUE || v->type == OFP_JSON_FALSE || wrong(r, v, "true or false");
}

/* One argument, by its letter in doctools/ast.h. */
static bool argument(reader *r, ofp_node *n, const ofp_json *v, char letter)
{
    switch (letter) {
    case 'a': return read_attr(r, n, v);
    case 't': return read_text(r, n, v);
    case 'f': return read_format(r, n, v);
    case 'u': return read_target(r, n, v);
    case 'n': return read_level(r, n, v);
    case 'l': return read_list_attr(r, n, v);
    case 'q': return read_quote(r, n, v);
    case 'm': return read_math(r, n, v);
    case 'I': return read_inlines(r, n, v);
    case 'B': return read_blocks(r, n, v);
    case 'r': return read_lines(r, n, v);
    case 'i': return read_items(r, n, v);
    case 'd': return read_definitions(r, n, v);
    case 'c': return read_citations(r, n, v);
    case 'C': return read_caption(r, n, v);
    case 'k': return read_columns(r, n, v);
    case 'H': return read_section(r, n, OFP_THEAD, v);
    case 'Y': return read_bodies(r, n, v);
    case 'F': return read_section(r, n, OFP_TFOOT, v);
    case 'M': return read_map(r, n, v);
    case 'V': return read_values(r, n, v);
    case 'b': return read_truth(r, n, v);
    }
    return true;
}

static bool arguments(reader *r, ofp_node *n, const ofp_json *v)
{
    const char *shape = ofp_ast_shape[ofp_node_type(n)];
    const ofp_json *c = ofp_json_get(v, OFP_STR("c"));
    size_t count = strlen(shape);
    if (count == 0)
        return true;
    if (!c)
        return wrong(r, v, "an object with \"c\"");
    if (ofp_node_type(n) == OFP_TABLE && r->minor < 21)
        return read_old_table(r, n, c);
    if (count > 1 && (c->type != OFP_JSON_ARRAY || c->n < count))
        return wrong(r, c, "an array of this element's parts");
    if (count > 1 && c->n > count)
        odd(r, c, "more elements than expected");
    c = count > 1 ? c->first : c;
    for (size_t i = 0; i < count; i++, c = c->next)
        if (!argument(r, n, c, shape[i]))
            return false;
    return true;
}

/* The type that v names; false where it is of no use among nodes of that kind. */
static bool type_of(reader *r, const ofp_json *v, enum ofp_kind kind, enum ofp_type *out)
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
        odd(r, v, "an inline among blocks");
        return true;
    }
    if (t && t->type == OFP_JSON_STRING) {
        ofp_str where = path(r, v);
        return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(v, r->in, ofp_doc_input(r->d)), "%.*s: %.40s is not %s",
                        (int)(where.n < 120 ? where.n : 120), where.p,
                        name.n ? ofp_arena_dup(ofp_doc_arena(r->d), name).p : "\"\"", words[kind]);
    }
    return wrong(r, t ? t : v, words[kind]);
}

static bool read_node(reader *r, ofp_node *parent, const ofp_json *v, enum ofp_kind kind)
{
    enum ofp_type type;
    ofp_node *n;
    ofp_str text;
    if (kind == OFP_KIND_BLOCK && word(v, &text)) {
        odd(r, v, "an inline among blocks");
        ofp_add_text(r->d, parent, text);
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
        figure_from_para(r, n);
    if (type == OFP_DIV)
        figure_from_div(r, n);
    return true;
}

static bool read_meta(reader *r, ofp_node *parent, const ofp_json *v)
{
    return read_node(r, parent, v, OFP_KIND_META);
}

/* ---- what rides in the metadata ---------------------------------------------------------- */

static void take_facts(ofp_doc *d, const ofp_node *list)
{
    for (const ofp_node *m = ofp_first(list); m; m = ofp_next(m)) {
        const ofp_node *name = ofp_meta_find(m, OFP_STR("name")), *value = ofp_meta_find(m, OFP_STR("value"));
        if (name && value)
            ofp_fact_add(d, ofp_text(name), ofp_text(value));
    }
}

static void take_notes(ofp_doc *d, const ofp_node *map)
{
    for (const ofp_node *v = ofp_first(map); v; v = ofp_next(v))
        ofp_set_note(d, ofp_meta_key_of(v), ofp_text(v));
}

/* "70 og:title" */
static void take_from(ofp_doc *d, const ofp_node *map)
{
    for (const ofp_node *v = ofp_first(map); v; v = ofp_next(v)) {
        ofp_node *value = ofp_meta_find(ofp_meta(d), ofp_meta_key_of(v));
        ofp_str source = ofp_text(v), sure;
        long number = 0;
        if (value && ofp_str_split(&source, ' ', &sure) && ofp_str_int(sure, 0, 100, &number))
            ofp_set_meta_source(d, value, source, (int)number);
    }
}

/* Metadata that the document itself states is exact.  What our own key says becomes notes and facts
 * again, which stand in the same place, so that the tree is the one that was written. */
static void take_ours(ofp_doc *d)
{
    ofp_node *map = ofp_meta(d), *ours = ofp_meta_find(map, OFP_STR("offprint")), *after = ofp_next(ours);
    ofp_unlink(ours);
    for (ofp_node *v = ofp_first(map); v; v = ofp_next(v))
        ofp_set_meta_source(d, v, OFP_STR("json"), OFP_SURE_EXACT);
    take_from(d, ofp_meta_find(ours, OFP_STR("from")));
    if (!ours || !ofp_meta_find(ofp_meta_find(ours, OFP_STR("notes")), OFP_STR("origin")))
        ofp_set_note(d, OFP_STR("origin"), OFP_STR("json"));
    take_notes(d, ofp_meta_find(ours, OFP_STR("notes")));
    take_facts(d, ofp_meta_find(ours, OFP_STR("facts")));
    ofp_insert_before(after, ofp_meta_find(map, OFP_STR("offprint")));
}

/* ---- documents ------------------------------------------------------------------------- */

static bool read_version(reader *r)
{
    const ofp_json *v = ofp_json_get(r->root, OFP_STR("pandoc-api-version"));
    int major, minor;
    if (!v) {
        ofp_warn(r->d, OFP_D_AST_ODD, 1, "no \"pandoc-api-version\", 1.%d assumed", OFP_AST_NEWEST);
        r->minor = OFP_AST_NEWEST;
        return true;
    }
    if (v->type != OFP_JSON_ARRAY || v->n < 2 || !ofp_json_int(v->first, &major) || !ofp_json_int(v->first->next, &minor))
        return wrong(r, v, "an array of numbers");
    if (major != 1 || minor < OFP_AST_OLDEST || minor > OFP_AST_NEWEST)
        return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(v, r->in, ofp_doc_input(r->d)),
                        "written for pandoc's API %d.%d, but only 1.%d to 1.%d can be read", major, minor,
                        OFP_AST_OLDEST, OFP_AST_NEWEST);
    r->minor = minor;
    return true;
}

static bool read_document(reader *r)
{
    const ofp_json *blocks = ofp_json_get(r->root, OFP_STR("blocks")), *meta = ofp_json_get(r->root, OFP_STR("meta"));
    if (!blocks)
        return ofp_fail(r->e, OFP_EPARSE, ofp_json_pos(r->root, r->in, ofp_doc_input(r->d)),
                        "no pandoc document: expected an object with \"blocks\", found %s",
                        r->root->type == OFP_JSON_OBJECT ? "one without" : ofp_json_what(r->root));
    if (!read_version(r) || (meta && !read_map(r, ofp_meta(r->d), meta)))
        return false;
    if (!meta)
        ofp_warn(r->d, OFP_D_AST_ODD, 1, "no \"meta\"");
    take_ours(r->d);
    return read_blocks(r, ofp_root(r->d), blocks);
}

bool ofp_read_json(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    ofp_arena *scratch = ofp_arena_new();
    reader r = { .d = d, .e = e, .in = in };
    bool ok = false;
    (void)opt;
    if (!scratch)
        ofp_fail_nomem(e);
    else if ((r.root = ofp_json_parse_apart(scratch, ofp_doc_arena(d), in, ofp_doc_input(d), e)))
        ok = read_document(&r) && ofp_doc_ok(d, e);
    ofp_buf_free(&r.run);
    ofp_arena_free(scratch);
    return ok;
}
