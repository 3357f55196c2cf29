/* foreign.c - SVG and MathML inside a page (HTML standard 13.2.6.5). */
#include "tree.h"

/* Tags of HTML that end all that is foreign around them. */
static const uint8_t breakers[] = {
    T_B, T_BIG, T_BLOCKQUOTE, T_BODY, T_BR, T_CENTER, T_CODE, T_DD, T_DIV, T_DL, T_DT, T_EM, T_EMBED, T_H1, T_H2, T_H3, T_H4,
    T_H5, T_H6, T_HEAD, T_HR, T_I, T_IMG, T_LI, T_LISTING, T_MENU, T_META, T_NOBR, T_OL, T_P, T_PRE, T_RUBY, T_S, T_SMALL,
    T_SPAN, T_STRONG, T_STRIKE, T_SUB, T_SUP, T_TABLE, T_TT, T_U, T_UL, T_VAR, 0,
};

/* Elements in which HTML may stand. */
static const struct { ofp_str name; uint8_t kind, bits; } points[] = {
    { { "mi", 2 }, BIT_MATHML, BIT_TEXT | BIT_SCOPE }, { { "mo", 2 }, BIT_MATHML, BIT_TEXT | BIT_SCOPE },
    { { "mn", 2 }, BIT_MATHML, BIT_TEXT | BIT_SCOPE }, { { "ms", 2 }, BIT_MATHML, BIT_TEXT | BIT_SCOPE },
    { { "mtext", 5 }, BIT_MATHML, BIT_TEXT | BIT_SCOPE }, { { "annotation-xml", 14 }, BIT_MATHML, BIT_SCOPE },
    { { "foreignobject", 13 }, BIT_SVG, BIT_HTML | BIT_SCOPE }, { { "desc", 4 }, BIT_SVG, BIT_HTML | BIT_SCOPE },
    { { "title", 5 }, BIT_SVG, BIT_HTML | BIT_SCOPE },
};

static unsigned point_bits(const dom *n)
{
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        if (n->bits & points[i].kind && ofp_str_eq(n->name, points[i].name))
            return points[i].bits;
    return 0;
}

static bool holds_html(const dom *n)
{
    ofp_str encoding = DOM_ATTR(n, "encoding");
    return n->bits & BIT_MATHML && ofp_str_eq(n->name, OFP_STR("annotation-xml"))
        && (ofp_str_ieq(encoding, OFP_STR("text/html")) || ofp_str_ieq(encoding, OFP_STR("application/xhtml+xml")));
}

/* Attributes with a prefix have the name behind it. */
static void adjust_attrs(const token *t)
{
    static const ofp_str prefixed[] = {
        { "xlink:actuate", 13 }, { "xlink:arcrole", 13 }, { "xlink:href", 10 }, { "xlink:role", 10 }, { "xlink:show", 10 },
        { "xlink:title", 11 }, { "xlink:type", 10 }, { "xml:lang", 8 }, { "xml:space", 9 }, { "xmlns:xlink", 11 },
    };
    for (unsigned i = 0; i < t->nattrs; i++)
        for (size_t k = 0; k < sizeof prefixed / sizeof *prefixed; k++)
            if (ofp_str_eq(t->attrs[i].name, prefixed[k]))
                t->attrs[i].name = ofp_str_sub(prefixed[k], ofp_str_find(prefixed[k], OFP_STR(":"), 0) + 1, SIZE_MAX);
}

void foreign_open(builder *b, const token *t, unsigned kind)
{
    token own = *t;
    own.tag = T_UNKNOWN;
    adjust_attrs(&own);
    dom *n = tree_open(b, &own);
    n->bits |= (uint8_t)kind;
    n->bits |= (uint8_t)(point_bits(n) | (holds_html(n) ? BIT_HTML : 0));
    if (t->self_closing)
        tree_pop(b);
}

bool foreign_takes(const builder *b, const token *t)
{
    const dom *n = tree_current(b);
    bool start = t->type == TOKEN_START, text = t->type == TOKEN_TEXT;
    if (!(n->bits & BIT_FOREIGN) || t->type == TOKEN_END_OF_FILE)
        return false;
    if (n->bits & BIT_TEXT && (text || (start && !ofp_str_eq(t->name, OFP_STR("mglyph")) && !ofp_str_eq(t->name, OFP_STR("malignmark")))))
        return false;
    if (start && t->tag == T_SVG && ofp_str_eq(n->name, OFP_STR("annotation-xml")))
        return false;
    return !(n->bits & BIT_HTML && (start || text));
}

static bool breaks_out(const token *t)
{
    if (t->type == TOKEN_END)
        return DOM_IS(t, T_BR, T_P);
    if (t->tag != T_FONT)
        return t->type == TOKEN_START && dom_among(t->tag, breakers);
    for (unsigned i = 0; i < t->nattrs; i++)
        if (ofp_str_eq(t->attrs[i].name, OFP_STR("color")) || ofp_str_eq(t->attrs[i].name, OFP_STR("face"))
            || ofp_str_eq(t->attrs[i].name, OFP_STR("size")))
            return true;
    return false;
}

static void leave(builder *b)
{
    while (b->n > 1 && tree_current(b)->bits & BIT_FOREIGN && !(tree_current(b)->bits & (BIT_TEXT | BIT_HTML)))
        tree_pop(b);
}

/* Closes the element of this name, unless one of HTML's is nearer. */
static bool end_tag(builder *b, token *t)
{
    for (size_t i = b->n; i-- > 1; ) {
        if (!(b->open[i]->bits & BIT_FOREIGN))
            return b->mode(b, t);
        if (ofp_str_eq(b->open[i]->name, t->name)) {
            tree_pop_to(b, i);
            return false;
        }
    }
    return false;
}

bool foreign_token(builder *b, token *t)
{
    if (t->type == TOKEN_TEXT) {
        tree_text(b, t->text);
        b->frameset_ok = b->frameset_ok && tree_is_blank(t->text);
    } else if (breaks_out(t)) {
        leave(b);
        return b->mode(b, t);
    } else if (t->type == TOKEN_START) {
        foreign_open(b, t, tree_current(b)->bits & BIT_FOREIGN);
    } else if (t->type == TOKEN_END) {
        return end_tag(b, t);
    }
    return false;
}
