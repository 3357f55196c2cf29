/* style.c - page sizes and looks as tables.  Sizes of type are multiples of the body's, distances
 * multiples of the body's leading, so that one number makes the page larger or smaller. */
#include "write/pdf/style.h"

/* top, right, bottom, left in pt; the measure of about 66 letters decides the outer margins of a4. */
static const struct page_row { const char *name; double width, height, size, margin[4]; } pages[] = {
    { "a4",      595.276, 841.890, 11.0, { 92, 119, 106, 119 } },
    { "letter",  612.000, 792.000, 11.0, { 86, 127, 100, 127 } },
    { "a5",      419.528, 595.276, 9.75, { 58, 52, 66, 52 } },
    { "ereader", 255.118, 340.157, 9.5,  { 16, 14, 26, 14 } },
};

#define SE TYPE_SERIF
#define SA TYPE_SANS
#define MO TYPE_MONO
#define B  TYPE_BOLD
#define I  TYPE_ITALIC

static const struct look_row {
    enum type_family family; unsigned flags;
    double size, lead, above, below;     /* lead: of its own size */
    uint32_t colour; enum look_align align;
} rows[LOOK_COUNT] = {
    [LOOK_BODY]      = { SE, 0,     1.00, 1.38, 0.50, 0.50, INK,      LOOK_JUSTIFY },
    [LOOK_TITLE]     = { SE, B,     2.00, 1.16, 0.00, 0.45, INK,      LOOK_START },
    [LOOK_H2]        = { SE, B,     1.36, 1.22, 1.55, 0.40, INK,      LOOK_START },
    [LOOK_H3]        = { SE, B,     1.12, 1.28, 1.30, 0.35, INK,      LOOK_START },
    [LOOK_H4]        = { SE, I,     1.06, 1.32, 1.15, 0.30, INK,      LOOK_START },
    [LOOK_H5]        = { SA, B,     0.86, 1.45, 1.10, 0.25, INK,      LOOK_START },
    [LOOK_H6]        = { SA, 0,     0.86, 1.45, 1.00, 0.25, INK_SOFT, LOOK_START },
    [LOOK_BYLINE]    = { SA, 0,     0.82, 1.50, 0.00, 0.00, INK_SOFT, LOOK_START },
    [LOOK_QUOTE]     = { SE, 0,     0.96, 1.40, 0.50, 0.50, INK,      LOOK_JUSTIFY },
    [LOOK_TERM]      = { SE, B,     1.00, 1.38, 0.50, 0.10, INK,      LOOK_START },
    [LOOK_CODE]      = { MO, 0,     0.80, 1.42, 0.70, 0.70, INK,      LOOK_START },
    [LOOK_CAPTION]   = { SA, 0,     0.80, 1.42, 0.35, 0.20, INK_SOFT, LOOK_START },
    [LOOK_CELL]      = { SA, 0,     0.82, 1.38, 0.25, 0.25, INK,      LOOK_START },
    [LOOK_NOTE]      = { SE, 0,     0.86, 1.36, 0.25, 0.25, INK,      LOOK_JUSTIFY },
    [LOOK_VERSE]     = { SE, 0,     1.00, 1.38, 0.00, 0.00, INK,      LOOK_START },
    [LOOK_PACK]      = { SE, B,     2.70, 1.14, 0.00, 0.60, INK,      LOOK_START },
    [LOOK_PACK_SUB]  = { SE, I,     1.30, 1.30, 0.00, 0.60, INK_SOFT, LOOK_START },
    [LOOK_PACK_FACT] = { SA, 0,     0.92, 1.50, 0.00, 0.00, INK_SOFT, LOOK_START },
    [LOOK_TOC_HEAD]  = { SE, B,     1.36, 1.22, 0.00, 0.60, INK,      LOOK_START },
    [LOOK_TOC1]      = { SE, 0,     1.00, 1.30, 0.50, 0.00, INK,      LOOK_START },
    [LOOK_TOC2]      = { SE, 0,     0.90, 1.34, 0.05, 0.00, INK_SOFT, LOOK_START },
    [LOOK_TOC3]      = { SE, 0,     0.86, 1.34, 0.00, 0.00, INK_SOFT, LOOK_START },
    [LOOK_TOC_BY]    = { SA, 0,     0.76, 1.45, 0.00, 0.10, INK_SOFT, LOOK_START },
    [LOOK_HEAD]      = { SA, 0,     0.76, 1.40, 0.00, 0.00, INK_SOFT, LOOK_CENTRE },
    [LOOK_FOLIO]     = { SA, TYPE_TABULAR, 0.80, 1.40, 0.00, 0.00, INK_SOFT, LOOK_CENTRE },
};
#undef SE
#undef SA
#undef MO
#undef B
#undef I

static const double mm = 72.0 / 25.4;
static const double least_side = 42;                     /* margin that wide tables leave */
enum { LEAST_PAGE = 60, MOST_PAGE = 14400 };             /* pt; the latter is PDF's own bound */

/* Digits with at most one point at *s, moved past them. */
static bool take_number(ofp_str *s, double *out)
{
    double v = 0, unit = 0;
    size_t i = 0;
    for (; i < s->n && i < 12 && ((s->p[i] >= '0' && s->p[i] <= '9') || (s->p[i] == '.' && unit == 0)); i++) {
        if (s->p[i] == '.') {
            unit = 1;
            continue;
        }
        v = v * 10 + (s->p[i] - '0');
        unit *= 10;
    }
    *out = unit > 1 ? v / unit : v;
    *s = ofp_str_sub(*s, i, SIZE_MAX);
    return i > 0;
}

/* "90x120mm" */
static bool own_size(ofp_str s, struct page_row *row)
{
    double w, h;
    if (!take_number(&s, &w) || s.n == 0 || (s.p[0] != 'x' && s.p[0] != 'X'))
        return false;
    s = ofp_str_sub(s, 1, SIZE_MAX);
    if (!take_number(&s, &h) || (s.n && !ofp_str_ieq(s, OFP_STR("mm"))))
        return false;
    double width = w * mm, height = h * mm, side = width / 14 > 14 ? width / 14 : 14;
    *row = (struct page_row){ NULL, width, height, width < 300 ? 9.5 : width < 450 ? 10 : 11,
                              { height / 11, side, height / 9, side } };
    double wide = width - 32.5 * row->size;              /* a measure above that is hard to read */
    if (wide > 2 * side)
        row->margin[1] = row->margin[3] = wide / 2;
    return width >= LEAST_PAGE && height >= LEAST_PAGE && width <= MOST_PAGE && height <= MOST_PAGE;
}

static bool find_page(const char *name, struct page_row *row)
{
    ofp_str s = name ? ofp_s(name) : OFP_STR("a4");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (ofp_str_ieq(s, ofp_s(pages[i].name))) {
            *row = pages[i];
            return true;
        }
    return own_size(s, row);
}

static void scale_looks(sheet *s)
{
    for (int i = 0; i < LOOK_COUNT; i++) {
        const struct look_row *r = &rows[i];
        double size = r->size * s->size;
        s->looks[i] = (look){ { r->family, r->flags }, size, r->lead * size, r->above * s->lead,
                              r->below * s->lead, r->colour, r->align };
    }
}

bool pdf_sheet(sheet *s, const ofp_options *opt, ofp_err *e)
{
    struct page_row row;
    double m[4];
    if (!find_page(opt->page_size, &row))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "page size '%s' is unknown or out of bounds", opt->page_size);
    for (int i = 0; i < 4; i++)
        m[i] = opt->margin[i] > 0 ? opt->margin[i] : row.margin[i];
    *s = (sheet){ .width = row.width, .height = row.height, .top = m[0], .right = m[1], .bottom = m[2], .left = m[3],
                  .size = opt->font_size > 0 ? opt->font_size : row.size };
    s->measure = s->width - s->left - s->right;
    s->depth = s->height - s->top - s->bottom;
    s->lead = rows[LOOK_BODY].lead * s->size;
    s->heads = s->top >= 40;
    double side = s->left < s->right ? s->left : s->right;
    s->reach = side > least_side ? side - least_side : 0;
    if (!(s->size >= 4 && s->size <= 72) || s->measure < 6 * s->size || s->depth < 6 * s->lead)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "page size, margins and font size leave no room for text");
    scale_looks(s);
    return true;
}
