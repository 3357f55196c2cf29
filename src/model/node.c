#include <string.h>
#include "model/node.h"

enum { BLOCK = OFP_KIND_BLOCK, INLINE = OFP_KIND_INLINE, META = OFP_KIND_META, PART = OFP_KIND_PART };

const type_row ofp_types[OFP_NTYPES] = {
#define NODE(id, name, kind, content, fields) [OFP_##id] = { name, kind, content, fields },
#include "offprint/nodes.def"
#undef NODE
};

/* ---- documents ---- */

ofp_doc *ofp_doc_new(const char *input, ofp_log *log)
{
    ofp_arena *a = ofp_arena_new();
    ofp_doc *d = ofp_arena_zalloc(a, 1, sizeof *d);
    if (!d) {
        ofp_arena_free(a);
        return NULL;
    }
    d->arena = a;
    d->log = log;
    d->input = input ? ofp_arena_dup(a, ofp_s(input)).p : NULL;
    d->root = ofp_new(d, OFP_DOC);
    d->meta = ofp_new(d, OFP_MMAP);
    if (ofp_arena_failed(a)) {
        ofp_doc_free(d);
        return NULL;
    }
    return d;
}

void ofp_doc_free(ofp_doc *d)
{
    if (d)
        ofp_arena_free(d->arena);
}

ofp_arena *ofp_doc_arena(const ofp_doc *d) { return d->arena; }
ofp_node *ofp_root(const ofp_doc *d) { return d->root; }
ofp_node *ofp_meta(const ofp_doc *d) { return d->meta; }
const char *ofp_doc_input(const ofp_doc *d) { return d->input; }
ofp_log *ofp_doc_log(const ofp_doc *d) { return d->log; }

bool ofp_doc_ok(const ofp_doc *d, ofp_err *e)
{
    return !ofp_arena_failed(d->arena) || ofp_fail_nomem(e);
}

static void warn(const ofp_doc *d, enum ofp_diag code, ofp_pos at, const char *fmt, va_list ap)
{
    ofp_buf b = { 0 };
    ofp_buf_vprintf(&b, fmt, ap);
    ofp_log_warn(d->log, code, at, "%.*s", (int)b.n, b.n ? b.p : "");
    ofp_buf_free(&b);
}

void ofp_warn(const ofp_doc *d, enum ofp_diag code, unsigned line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    warn(d, code, (ofp_pos){ d->input, line, 0 }, fmt, ap);
    va_end(ap);
}

void ofp_warn_at(const ofp_doc *d, const ofp_node *n, enum ofp_diag code, const char *fmt, ...)
{
    ofp_pos at = { d->input, n ? n->line : 0, 0 };
    va_list ap;
    while (n && !(n->type == OFP_DIV && n->text.n))
        n = n->parent;
    if (n)
        at.input = n->text.p;
    va_start(ap, fmt);
    warn(d, code, at, fmt, ap);
    va_end(ap);
}

/* ---- types ---- */

enum ofp_type ofp_node_type(const ofp_node *n) { return (enum ofp_type)n->type; }
const char *ofp_type_name(enum ofp_type t) { return ofp_types[t].name; }
enum ofp_kind ofp_type_kind(enum ofp_type t) { return (enum ofp_kind)ofp_types[t].kind; }
bool ofp_is_block(const ofp_node *n) { return ROW(n)->kind == BLOCK; }
bool ofp_is_inline(const ofp_node *n) { return ROW(n)->kind == INLINE; }
bool ofp_has_attrs(const ofp_node *n) { return ROW(n)->fields & F_ATTR; }
bool ofp_holds_inlines(const ofp_node *n) { return ROW(n)->content == INLINES; }

bool ofp_type_find(ofp_str name, enum ofp_type *out)
{
    for (int t = 0; t < OFP_NTYPES; t++)
        if (ofp_str_eq(name, ofp_s(ofp_types[t].name))) {
            *out = (enum ofp_type)t;
            return true;
        }
    return false;
}

/* ---- getting about ---- */

ofp_node *ofp_parent(const ofp_node *n) { return n ? n->parent : NULL; }
ofp_node *ofp_next(const ofp_node *n) { return n ? n->next : NULL; }
ofp_node *ofp_prev(const ofp_node *n) { return n ? n->prev : NULL; }
ofp_node *ofp_first(const ofp_node *n) { return n ? n->first : NULL; }
ofp_node *ofp_last(const ofp_node *n) { return n ? n->last : NULL; }

ofp_node *ofp_after_skip(const ofp_node *n, const ofp_node *root)
{
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

ofp_node *ofp_after(const ofp_node *n, const ofp_node *root)
{
    return n->first ? n->first : ofp_after_skip(n, root);
}

bool ofp_walk_next(ofp_walk *w) { return walk_next(w); }

/* ---- fields ---- */

static bool has(const ofp_node *n, unsigned fields) { return n && ROW(n)->fields & fields; }
static int num(const ofp_node *n, unsigned fields, int i) { return has(n, fields) ? n->num[i] : 0; }

unsigned ofp_line(const ofp_node *n) { return n ? n->line : 0; }
ofp_str ofp_text(const ofp_node *n) { return has(n, F_TEXT) ? n->text : (ofp_str){ 0 }; }
ofp_str ofp_raw_format(const ofp_node *n) { return has(n, F_FORMAT) ? n->aux : (ofp_str){ 0 }; }
ofp_str ofp_url(const ofp_node *n) { return has(n, F_TARGET) ? n->text : (ofp_str){ 0 }; }
ofp_str ofp_title(const ofp_node *n) { return has(n, F_TARGET) ? n->aux : (ofp_str){ 0 }; }
int ofp_level(const ofp_node *n) { return num(n, F_LEVEL, 0); }
int ofp_list_start(const ofp_node *n) { return num(n, F_LIST, 0); }
enum ofp_list_style ofp_list_style(const ofp_node *n) { return (enum ofp_list_style)num(n, F_LIST, 1); }
enum ofp_list_delim ofp_list_delim(const ofp_node *n) { return (enum ofp_list_delim)num(n, F_LIST, 2); }
bool ofp_quote_double(const ofp_node *n) { return num(n, F_QUOTE, 0); }
bool ofp_math_display(const ofp_node *n) { return num(n, F_MATH, 0); }
enum ofp_align ofp_cell_align(const ofp_node *n) { return (enum ofp_align)num(n, F_CELL, 0); }
int ofp_rowspan(const ofp_node *n) { return num(n, F_CELL, 1); }
int ofp_colspan(const ofp_node *n) { return num(n, F_CELL, 2); }
int ofp_row_heads(const ofp_node *n) { return num(n, F_HEADS, 0); }
bool ofp_row_inter(const ofp_node *n) { return num(n, F_INTER, 0); }
enum ofp_cite_mode ofp_cite_mode(const ofp_node *n) { return (enum ofp_cite_mode)num(n, F_CITE, 0); }
int ofp_cite_note(const ofp_node *n) { return num(n, F_CITE, 1); }
int ofp_cite_hash(const ofp_node *n) { return num(n, F_CITE, 2); }

bool ofp_list_tight(const ofp_node *n)
{
    for (const ofp_node *item = ofp_first(n); item; item = item->next)
        for (const ofp_node *c = item->first; c; c = c->next)
            if (c->type == OFP_PARA)
                return false;
    return true;
}

size_t ofp_cols(const ofp_node *table, const ofp_col **cols)
{
    *cols = has(table, F_COLS) ? table->cols : NULL;
    return *cols ? (size_t)table->num[0] : 0;
}

static void set3(ofp_node *n, unsigned fields, int a, int b, int c)
{
    if (!has(n, fields))
        return;
    n->num[0] = a;
    n->num[1] = b;
    n->num[2] = c;
}

void ofp_set_line(ofp_node *n, unsigned line)
{
    if (n)
        n->line = (line < LAST_LINE ? line : LAST_LINE) & LAST_LINE;
}

void ofp_set_text(ofp_node *n, ofp_str text)
{
    if (has(n, F_TEXT))
        n->text = text;
}

void ofp_set_raw(ofp_node *n, ofp_str format, ofp_str text)
{
    if (!has(n, F_FORMAT))
        return;
    n->text = text;
    n->aux = format;
}

void ofp_set_target(ofp_node *n, ofp_str url, ofp_str title)
{
    if (!has(n, F_TARGET))
        return;
    n->text = url;
    n->aux = title;
}

void ofp_set_level(ofp_node *n, int level) { set3(n, F_LEVEL, level < 1 ? 1 : level > 6 ? 6 : level, 0, 0); }
void ofp_set_quote(ofp_node *n, bool is_double) { set3(n, F_QUOTE, is_double, 0, 0); }
void ofp_set_row_heads(ofp_node *n, int columns) { set3(n, F_HEADS, columns, 0, 0); }
void ofp_set_row_inter(ofp_node *n, bool inter) { set3(n, F_INTER, inter, 0, 0); }

void ofp_set_list(ofp_node *n, int start, enum ofp_list_style style, enum ofp_list_delim delim)
{
    set3(n, F_LIST, start, (int)style, (int)delim);
}

void ofp_set_math(ofp_node *n, bool display, ofp_str tex)
{
    set3(n, F_MATH, display, 0, 0);
    ofp_set_text(n, tex);
}

void ofp_set_cell(ofp_node *n, enum ofp_align align, int rowspan, int colspan)
{
    set3(n, F_CELL, (int)align, rowspan < 1 ? 1 : rowspan, colspan < 1 ? 1 : colspan);
}

void ofp_set_cite(ofp_node *n, ofp_str id, enum ofp_cite_mode mode, int note, int hash)
{
    set3(n, F_CITE, (int)mode, note, hash);
    ofp_set_text(n, id);
}

void ofp_set_cols(ofp_doc *d, ofp_node *table, const ofp_col *cols, size_t n)
{
    ofp_col *copy = has(table, F_COLS) && n < INT32_MAX ? ofp_arena_zalloc(d->arena, n, sizeof *copy) : NULL;
    if (!copy)
        return;
    if (n)
        memcpy(copy, cols, n * sizeof *copy);
    table->cols = copy;
    table->num[0] = (int32_t)n;
}

bool ofp_retype(ofp_node *n, enum ofp_type type)
{
    const type_row *from = ROW(n), *to = &ofp_types[type];
    if (from->content != to->content || from->kind != to->kind || to->fields & ~from->fields)
        return false;
    n->type = (uint8_t)type;
    if (!(to->fields & F_ATTR))
        n->attrs = NULL;
    return true;
}

/* ---- building ---- */

ofp_node *ofp_new(ofp_doc *d, enum ofp_type type)
{
    ofp_node *n = ofp_arena_zalloc(d->arena, 1, sizeof *n);
    if (!n)
        return NULL;
    n->type = (uint8_t)type;
    if (type == OFP_CELL)
        n->num[1] = n->num[2] = 1;
    if (type == OFP_OLIST || type == OFP_HEAD)
        n->num[0] = 1;
    return n;
}

ofp_node *ofp_add(ofp_doc *d, ofp_node *parent, enum ofp_type type)
{
    ofp_node *n = parent ? ofp_new(d, type) : NULL;
    if (!n)
        return NULL;
    n->line = parent->line;
    ofp_append(parent, n);
    return n;
}

void ofp_unlink(ofp_node *n)
{
    if (!n || !n->parent)
        return;
    *(n->prev ? &n->prev->next : &n->parent->first) = n->next;
    *(n->next ? &n->next->prev : &n->parent->last) = n->prev;
    n->parent = n->prev = n->next = NULL;
}

/* Links n between prev and next, either of which may be NULL, below parent. */
static void link_in(ofp_node *parent, ofp_node *prev, ofp_node *n, ofp_node *next)
{
    n->parent = parent;
    n->prev = prev;
    n->next = next;
    *(prev ? &prev->next : &parent->first) = n;
    *(next ? &next->prev : &parent->last) = n;
}

void ofp_append(ofp_node *parent, ofp_node *n)
{
    ofp_unlink(n);
    if (parent && n)
        link_in(parent, parent->last, n, NULL);
}

void ofp_prepend(ofp_node *parent, ofp_node *n)
{
    ofp_unlink(n);
    if (parent && n)
        link_in(parent, NULL, n, parent->first);
}

void ofp_insert_before(ofp_node *at, ofp_node *n)
{
    if (!at || !n || at == n)
        return;
    ofp_unlink(n);
    if (at->parent)
        link_in(at->parent, at->prev, n, at);
}

void ofp_insert_after(ofp_node *at, ofp_node *n)
{
    if (!at || !n || at == n)
        return;
    ofp_unlink(n);
    if (at->parent)
        link_in(at->parent, at, n, at->next);
}

/* Moves all of from's children between prev and next below parent. */
static void splice(ofp_node *from, ofp_node *parent, ofp_node *prev, ofp_node *next)
{
    if (!from->first)
        return;
    for (ofp_node *c = from->first; c; c = c->next)
        c->parent = parent;
    from->first->prev = prev;
    from->last->next = next;
    *(prev ? &prev->next : &parent->first) = from->first;
    *(next ? &next->prev : &parent->last) = from->last;
    from->first = from->last = NULL;
}

void ofp_move_children(ofp_node *from, ofp_node *to)
{
    if (from && to && from != to)
        splice(from, to, to->last, NULL);
}

void ofp_unwrap(ofp_node *n)
{
    if (!n || !n->parent)
        return;
    splice(n, n->parent, n, n->next);
    ofp_unlink(n);
}

void ofp_add_text(ofp_doc *d, ofp_node *parent, ofp_str text)
{
    if (!parent || !text.n)
        return;
    ofp_node *last = parent->last;
    if (!last || last->type != OFP_TEXT) {
        ofp_set_text(ofp_add(d, parent, OFP_TEXT), text);
    } else if (last->text.p + last->text.n == text.p) {
        last->text.n += text.n;         /* the next bytes of the same input */
    } else {
        ofp_buf b = { 0 };
        ofp_buf_add(&b, last->text);
        ofp_buf_add(&b, text);
        last->text = ofp_buf_take(&b, d->arena);
    }
}
