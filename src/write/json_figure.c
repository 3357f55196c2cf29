/* json_figure.c - figures for versions of the API that have no constructor for them. */
#include "write/json.h"

static bool no_attributes(const ofp_node *n)
{
    return ofp_id(n).n == 0 && ofp_class_count(n) == 0 && ofp_attr_count(n) == 0;
}

static void image_as_figure(writer *w, const ofp_node *figure, ofp_node *image)
{
    ofp_arena *a = ofp_doc_arena(w->d);
    ofp_str alt = ofp_plain_text(a, image);
    if (!ofp_str_eq(alt, ofp_ast_caption_text(a, figure)))
        ofp_set_attr(w->d, image, OFP_STR("alt"), alt);
    lit(w, "{\"t\":\"Para\",\"c\":[{\"t\":\"Image\",\"c\":[");
    ofp_js_attributes(w, image, NULL);
    lit(w, ",");
    ofp_js_children(w, ofp_first(ofp_first(figure)));
    lit(w, ",[");
    str(w, ofp_url(image));
    lit(w, ",");
    str(w, ofp_arena_printf(a, "fig:%.*s", (int)ofp_title(image).n, ofp_title(image).p));
    lit(w, "]]}]}");
}

static void caption_as_div(writer *w, const ofp_node *c)
{
    const ofp_node *brief = ofp_js_part(c, OFP_SHORTCAP);
    bool more = brief != NULL;
    lit(w, "{\"t\":\"Div\",\"c\":[[\"\",[\"caption\"],[]],[");
    if (brief) {
        lit(w, "{\"t\":\"Div\",\"c\":[[\"\",[\"short-caption\"],[]],[{\"t\":\"Plain\",\"c\":");
        ofp_js_children(w, brief);
        lit(w, "}]]}");
    }
    ofp_js_siblings(w, ofp_first(c), &more);
    lit(w, "]]}");
}

void ofp_js_figure(writer *w, const ofp_node *n)
{
    ofp_node *image;
    bool plain = ofp_ast_plain_figure(n, &image);
    const ofp_node *c = ofp_first(n);
    if (plain && no_attributes(n)) {
        image_as_figure(w, n, image);
        return;
    }
    lit(w, "{\"t\":\"Div\",\"c\":[");
    ofp_js_attributes(w, n, "figure");
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
                ofp_js_node(w, c);
        }
    }
    lit(w, "]]}");
}
