/* json_table.c - the arguments of tables. */
#include "write/json.h"

void ofp_js_caption(writer *w, const ofp_node *n)
{
    const ofp_node *c = ofp_js_part(n, OFP_CAPTION), *brief = ofp_js_part(c, OFP_SHORTCAP);
    lit(w, "[");
    if (brief)
        ofp_js_children(w, brief);
    else
        lit(w, "null");
    lit(w, ",");
    ofp_js_children(w, c);
    lit(w, "]");
}

void ofp_js_columns(writer *w, const ofp_node *n)
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
    ofp_js_attributes(w, n, NULL);
    lit(w, ",");
    constant(w, ofp_ast_align[ofp_cell_align(n)]);
    ofp_buf_printf(w->out, ",%d,%d,", ofp_rowspan(n), ofp_colspan(n));
    ofp_js_children(w, n);
    lit(w, "]");
}

static void row(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    ofp_js_attributes(w, n, NULL);
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

void ofp_js_section(writer *w, const ofp_node *n)
{
    lit(w, "[");
    ofp_js_attributes(w, n, NULL);
    lit(w, ",");
    rows(w, n, false);
    lit(w, "]");
}

void ofp_js_bodies(writer *w, const ofp_node *n)
{
    bool more = false;
    lit(w, "[");
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        if (ofp_node_type(c) != OFP_TBODY)
            continue;
        comma(w, &more);
        lit(w, "[");
        ofp_js_attributes(w, c, NULL);
        ofp_buf_printf(w->out, ",%d,", ofp_row_heads(c));
        rows(w, c, true);
        lit(w, ",");
        rows(w, c, false);
        lit(w, "]");
    }
    lit(w, "]");
}
