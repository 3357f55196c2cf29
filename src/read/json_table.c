/* json_table.c - tables of pandoc's JSON, those of API 1.20 too. */
#include "doctools/ast.h"
#include "read/json.h"

/* HTML has this bound for colspan too. */
enum { MAX_SPAN = 1000 };

/* ---- tables ---------------------------------------------------------------------------- */

bool ofp_ast_caption(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *brief = ofp_ast_tuple(r, v, 2, "a caption: short form, blocks");
    ofp_node *caption;
    if (!brief)
        return false;
    if (ofp_node_type(n) == OFP_FIGURE && brief->type == OFP_JSON_NULL && ofp_json_count(brief->next) == 0)
        return true;
    caption = ofp_add(r->d, n, OFP_CAPTION);
    if (brief->type != OFP_JSON_NULL && !ofp_ast_inlines(r, ofp_add(r->d, caption, OFP_SHORTCAP), ofp_ast_bare(brief)))
        return false;
    return ofp_ast_blocks(r, caption, brief->next);
}

static bool read_width(ast_reader *r, const ofp_json *v, double *out)
{
    *out = ofp_json_num(ofp_ast_bare(v), 0);
    return ofp_ast_bare(v) == v || ofp_ast_bare(v)->type == OFP_JSON_NUMBER || ofp_ast_wrong(r, v, "a column width");
}

bool ofp_ast_columns(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *c;
    ofp_col *cols;
    size_t i = 0;
    if (!ofp_ast_list(r, v, "an array of columns", &c))
        return false;
    cols = ofp_arena_zalloc(ofp_doc_arena(r->d), v->n, sizeof *cols);
    for (; c && cols; c = c->next, i++) {
        const ofp_json *align = ofp_ast_tuple(r, c, 2, "a column: alignment, width");
        int which;
        if (!align || !ofp_ast_constant(r, align, ofp_ast_align, OFP_AST_NALIGN, &which) ||
            !read_width(r, align->next, &cols[i].width))
            return false;
        cols[i].align = (enum ofp_align)which;
    }
    ofp_set_cols(r->d, n, cols, i);
    return true;
}

static bool read_span(ast_reader *r, const ofp_json *v, int *out)
{
    if (!ofp_ast_integer(r, v, out))
        return false;
    if (*out < 1 || *out > MAX_SPAN) {
        ofp_ast_odd(r, v, "span outside 1 to 1000");
        *out = *out < 1 ? 1 : MAX_SPAN;
    }
    return true;
}

static bool read_cell(ast_reader *r, ofp_node *row, const ofp_json *v)
{
    const ofp_json *attr = ofp_ast_tuple(r, v, 5, "a cell: attributes, alignment, two spans, blocks"), *align, *spans;
    ofp_node *n = ofp_add(r->d, row, OFP_CELL);
    int which, down, across;
    if (!attr)
        return false;
    align = attr->next;
    spans = align->next;
    if (!ofp_ast_attr(r, n, attr) || !ofp_ast_constant(r, align, ofp_ast_align, OFP_AST_NALIGN, &which) ||
        !read_span(r, spans, &down) || !read_span(r, spans->next, &across))
        return false;
    ofp_set_cell(n, (enum ofp_align)which, down, across);
    return ofp_ast_blocks(r, n, spans->next->next);
}

static bool read_rows(ast_reader *r, ofp_node *n, const ofp_json *v, bool inter)
{
    const ofp_json *c, *attr, *cell;
    if (!ofp_ast_list(r, v, "an array of rows", &c))
        return false;
    for (; c; c = c->next) {
        ofp_node *row = ofp_add(r->d, n, OFP_ROW);
        ofp_set_row_inter(row, inter);
        if (!(attr = ofp_ast_tuple(r, c, 2, "a row: attributes, cells")) || !ofp_ast_attr(r, row, attr) ||
            !ofp_ast_list(r, attr->next, "an array of cells", &cell))
            return false;
        for (; cell; cell = cell->next)
            if (!read_cell(r, row, cell))
                return false;
    }
    return true;
}

bool ofp_ast_section(ast_reader *r, ofp_node *table, enum ofp_type type, const ofp_json *v)
{
    const ofp_json *attr = ofp_ast_tuple(r, v, 2, "a table head or foot: attributes, rows");
    ofp_node *n = ofp_add(r->d, table, type);
    return attr && ofp_ast_attr(r, n, attr) && read_rows(r, n, attr->next, false);
}

bool ofp_ast_bodies(ast_reader *r, ofp_node *table, const ofp_json *v)
{
    const ofp_json *c;
    if (!ofp_ast_list(r, v, "an array of table bodies", &c))
        return false;
    for (; c; c = c->next) {
        const ofp_json *attr = ofp_ast_tuple(r, c, 4, "a table body: attributes, head columns, head rows, rows"), *rows;
        ofp_node *n = ofp_add(r->d, table, OFP_TBODY);
        int heads;
        if (!attr || !ofp_ast_attr(r, n, attr) || !ofp_ast_integer(r, attr->next, &heads))
            return false;
        rows = attr->next->next;
        ofp_set_row_heads(n, heads < 0 ? 0 : heads);
        if (!read_rows(r, n, rows, true) || !read_rows(r, n, rows->next, false))
            return false;
    }
    return true;
}

/* ---- tables of API 1.20: caption, alignments, widths, head cells, rows ------------------ */

static bool read_old_columns(ast_reader *r, ofp_node *n, const ofp_json *aligns, const ofp_json *widths)
{
    const ofp_json *a, *w;
    ofp_col *cols;
    size_t i = 0;
    if (!ofp_ast_list(r, aligns, "an array of alignments", &a) || !ofp_ast_list(r, widths, "an array of widths", &w))
        return false;
    cols = ofp_arena_zalloc(ofp_doc_arena(r->d), aligns->n, sizeof *cols);
    for (; a && cols; a = a->next, w = w ? w->next : NULL, i++) {
        int which;
        if (!ofp_ast_constant(r, a, ofp_ast_align, OFP_AST_NALIGN, &which))
            return false;
        cols[i] = (ofp_col){ (enum ofp_align)which, ofp_json_num(w, 0) };
    }
    ofp_set_cols(r->d, n, cols, i);
    return true;
}

static bool read_old_row(ast_reader *r, ofp_node *section, const ofp_json *v)
{
    const ofp_json *c;
    ofp_node *row = ofp_add(r->d, section, OFP_ROW);
    if (!ofp_ast_list(r, v, "an array of cells", &c))
        return false;
    for (; c; c = c->next) {
        ofp_node *cell = ofp_add(r->d, row, OFP_CELL);
        ofp_set_cell(cell, OFP_ALIGN_DEFAULT, 1, 1);
        if (!ofp_ast_blocks(r, cell, c))
            return false;
    }
    return true;
}

static bool has_content(const ofp_json *cells)
{
    for (const ofp_json *c = ofp_json_first(cells); c; c = c->next)
        if (ofp_json_count(c))
            return true;
    return false;
}

bool ofp_ast_old_table(ast_reader *r, ofp_node *n, const ofp_json *v)
{
    const ofp_json *caption = ofp_ast_tuple(r, v, 5, "a table: caption, alignments, widths, head, rows"), *head, *row;
    ofp_node *section;
    if (!caption || !ofp_ast_inlines(r, ofp_add(r->d, ofp_add(r->d, n, OFP_CAPTION), OFP_PLAIN), caption) ||
        !read_old_columns(r, n, caption->next, caption->next->next))
        return false;
    head = caption->next->next->next;
    section = ofp_add(r->d, n, OFP_THEAD);
    if ((has_content(head) && !read_old_row(r, section, head)) || !ofp_ast_list(r, head->next, "an array of rows", &row))
        return false;
    section = ofp_add(r->d, n, OFP_TBODY);
    for (; row; row = row->next)
        if (!read_old_row(r, section, row))
            return false;
    return true;
}
