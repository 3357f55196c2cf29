/* figure.c - pictures on their own, figures with captions, and what stands for a missing picture. */
#include "doctools/formula_text.h"
#include "doctools/lang.h"
#include "write/pdf/layout.h"

enum { LONGEST_NAME = 32 };
static const double default_dpi = 96, most_of_page = 0.7;

/* The one image among inlines that show nothing else; it may stand in a link. */
static const ofp_node *lone_image(const ofp_node *parent)
{
    const ofp_node *found = NULL;
    for (const ofp_node *n = ofp_first(parent); n; n = ofp_next(n)) {
        enum ofp_type t = ofp_node_type(n);
        if (t == OFP_SOFTBREAK || (t == OFP_TEXT && ofp_str_trim(ofp_text(n)).n == 0))
            continue;
        if (found)
            return NULL;
        found = t == OFP_IMAGE ? n : t == OFP_LINK || t == OFP_SPAN ? lone_image(n) : NULL;
        if (!found)
            return NULL;
    }
    return found;
}

const ofp_node *pdf_picture_of(const ofp_node *block)
{
    return lone_image(block);
}

/* "50%", "300", "300px", "8cm" in pt; 0 where it says nothing of the kind. */
static double length_of(ofp_str s, double whole)
{
    static const struct { const char *unit; double pt; } units[] = {
        { "", 0.75 }, { "px", 0.75 }, { "pt", 1 }, { "cm", 72 / 2.54 }, { "mm", 72 / 25.4 }, { "in", 72 },
    };
    double v = 0, place_value = 0;
    size_t i = 0;
    for (; i < s.n && i < 9 && ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == '.' && place_value == 0)); i++) {
        if (s.p[i] == '.') {
            place_value = 1;
        } else {
            v = v * 10 + (s.p[i] - '0');
            place_value *= 10;
        }
    }
    if (place_value > 1)
        v /= place_value;
    s = ofp_str_trim(ofp_str_sub(s, i, SIZE_MAX));
    if (ofp_str_eq(s, OFP_STR("%")))
        return v / 100 * whole;
    for (size_t k = 0; i > 0 && k < sizeof units / sizeof *units; k++)
        if (ofp_str_ieq(s, ofp_s(units[k].unit)))
            return v * units[k].pt;
    return 0;
}

static double sane_dpi(double dpi)
{
    return dpi >= 72 && dpi <= 1200 ? dpi : default_dpi;
}

void pdf_image_size(lay *l, const ofp_node *node, const ofp_image *img, double *w, double *h)
{
    bool turned = img->orientation >= 5;
    double px_w = turned ? img->height : img->width, px_h = turned ? img->width : img->height;
    double shape = px_w > 0 ? px_h / px_w : 1;
    double wide = length_of(ofp_attr(node, OFP_STR("width")), l->at.w);
    double high = length_of(ofp_attr(node, OFP_STR("height")), 0);
    *w = wide > 1 ? wide : high > 1 ? high / shape : px_w * 72 / sane_dpi(img->dpi_x);
    if (*w < 1)
        *w = 1;
    if (*w > l->at.w)
        *w = l->at.w;
    *h = *w * shape;
    double most = l->sheet.depth * most_of_page;
    if (*h > most) {
        *w *= most / *h;
        *h = most;
    }
}

/* The last part of a path, for want of an alternative text. */
static ofp_str base_name(ofp_str url)
{
    if (ofp_str_istarts(url, OFP_STR("data:")))
        return (ofp_str){ 0 };
    ofp_str path = ofp_url_path(url);
    size_t from = 0;
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '/')
            from = i + 1;
    path = ofp_str_sub(path, from, SIZE_MAX);
    return path.n <= LONGEST_NAME ? path : (ofp_str){ 0 };    /* longer ones are made by machines */
}

/* A ground with the alternative text in place of a picture that is not there. */
static void placeholder(lay *l, const ofp_node *image, unsigned elem)
{
    span s = pdf_span(l, LOOK_CAPTION, elem);
    ofp_str alt = ofp_shown_text(l->arena, image);
    if (alt.n == 0)
        alt = base_name(ofp_url(image));
    place saved = pdf_inset(l, s.size, s.size);
    pdf_para_begin(l, LOOK_CAPTION);
    pdf_para_text(l, ofp_lang_image(l->at.lang), &s);
    pdf_para_text(l, alt.n ? OFP_STR(": ") : (ofp_str){ 0 }, &s);
    pdf_para_text(l, alt, &s);
    size_t from = l->flow->strips.n;
    if (!l->measuring) {
        pdf_strip(l, 0.5 * s.size)->keep = true;
        pdf_labels(l, -s.size);
    }
    pdf_para_set(l, LOOK_START, PARA_KEEP);
    l->at = saved;
    if (!l->measuring)
        pdf_strip(l, 0.5 * s.size);
    for (size_t i = from; i < l->flow->strips.n && !l->nomem && !l->measuring; i++) {
        l->flow->strips.p[i].tint_x = (float)l->at.x;
        l->flow->strips.p[i].tint_w = (float)l->at.w;
    }
}

/* The link that a picture stands in. */
static void link_picture(lay *l, const ofp_node *image, double x, double w, double h)
{
    const ofp_node *up = ofp_parent(image);
    while (up && ofp_node_type(up) == OFP_SPAN)
        up = ofp_parent(up);
    ofp_str url = up && ofp_node_type(up) == OFP_LINK ? ofp_str_trim(ofp_url(up)) : (ofp_str){ 0 };
    if (url.n < 2)
        return;
    bool inside = url.p[0] == '#';
    para_link k = { inside ? (ofp_str){ 0 } : url, inside ? ofp_str_sub(url, 1, SIZE_MAX) : (ofp_str){ 0 },
                    pdf_elem_new(l, PDF_LINK) };
    pdf_link_area(l, &k, x, x + w, -h, 0);
}

static void show_picture(lay *l, const ofp_node *image, const ofp_image *img, unsigned elem)
{
    double w, h;
    pdf_image_size(l, image, img, &w, &h);
    if (l->measuring) {
        pdf_needs(l, w < 4 * l->sheet.size ? w : 4 * l->sheet.size, w);
        return;
    }
    strip *s = pdf_strip(l, h);
    s->picture = l->labels.n ? NO_PICTURE : !l->at.level ? PICTURE_CENTRED : l->at.rtl ? PICTURE_RIGHT : PICTURE_LEFT;
    pdf_labels(l, -l->sheet.size);
    pdf_item *it = pdf_item_new(l, PDF_IMAGE);
    it->image = img;
    it->node = image;
    it->elem = elem;
    it->x = !l->at.level ? l->at.x + (l->at.w - w) / 2 : pdf_from_start(l, l->at.rtl ? w : 0);
    it->y = -h;
    it->w = w;
    it->h = h;
    link_picture(l, image, it->x, w, h);
}

void pdf_picture(lay *l, const ofp_node *image, unsigned elem)
{
    const ofp_image *img = l->res ? ofp_res_image(l->res, image) : NULL;
    if (!elem)
        elem = pdf_elem_new(l, img ? PDF_FIGURE : PDF_P);
    if (elem && l->book->elems[elem].tag == PDF_FIGURE)
        l->book->elems[elem].alt = ofp_shown_text(l->arena, image);
    pdf_dest_next(l, ofp_id(image));
    pdf_gap(l, 0.6 * l->sheet.lead);
    if (img)
        show_picture(l, image, img, elem);
    else
        placeholder(l, image, elem);
    pdf_gap(l, 0.6 * l->sheet.lead);
}

static void caption(lay *l, const ofp_node *n)
{
    place saved = l->at;
    l->at.elem = pdf_elem_new(l, PDF_CAPTION);
    l->at.body = LOOK_CAPTION;
    pdf_keep_last(l);
    for (const ofp_node *b = ofp_first(n); b; b = ofp_next(b))
        if (ofp_is_block(b))
            pdf_block(l, b);
    l->at = saved;
}

void pdf_figure(lay *l, const ofp_node *n)
{
    const ofp_node *cap = NULL;
    place saved = l->at;
    unsigned images = 0, blocks = 0;
    for (const ofp_node *b = ofp_first(n); b; b = ofp_next(b)) {
        cap = ofp_node_type(b) == OFP_CAPTION ? b : cap;
        blocks += ofp_is_block(b);
        images += ofp_is_block(b) && ofp_holds_inlines(b) && pdf_picture_of(b);
    }
    bool single = images == 1 && blocks == 1;            /* one element holds picture and caption */
    pdf_dest_next(l, ofp_id(n));
    l->at.elem = pdf_elem_new(l, single ? PDF_FIGURE : PDF_DIV);
    pdf_gap(l, 0.9 * l->sheet.lead);
    if (single && cap && ofp_first(cap) && l->flow == &l->main && !l->at.level && !l->measuring)
        l->at.figure = ++l->figures;
    for (const ofp_node *b = ofp_first(n); b && !l->nomem; b = ofp_next(b)) {
        if (!ofp_is_block(b))
            continue;
        if (single)
            pdf_picture(l, pdf_picture_of(b), l->at.elem);
        else
            pdf_block(l, b);
    }
    if (cap && ofp_first(cap))
        caption(l, cap);
    l->at = saved;
    pdf_gap(l, 1.1 * l->sheet.lead);
}
