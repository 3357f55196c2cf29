/* json_figure.c - figures before API 1.23, as write/json.c writes them. */
#include "doctools/ast.h"
#include "read/json.h"

/* Para [Image … "fig:TITLE"] becomes a figure. */
void ofp_ast_figure_from_para(ast_reader *r, ofp_node *para)
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
static void caption_from_div(ast_reader *r, ofp_node *n)
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
void ofp_ast_figure_from_div(ast_reader *r, ofp_node *div)
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
