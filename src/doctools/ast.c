/* ast.c - how pandoc's JSON spells each node type. */
#include "doctools/ast.h"

const char *const ofp_ast_shape[OFP_NTYPES] = {
    [OFP_PLAIN] = "I",      [OFP_PARA] = "I",       [OFP_LINES] = "r",      [OFP_CODEBLOCK] = "at",
    [OFP_RAWBLOCK] = "ft",  [OFP_QUOTE] = "B",      [OFP_OLIST] = "li",     [OFP_ULIST] = "i",
    [OFP_DLIST] = "d",      [OFP_HEAD] = "naI",     [OFP_RULE] = "",        [OFP_TABLE] = "aCkHYF",
    [OFP_FIGURE] = "aCB",   [OFP_DIV] = "aB",
    [OFP_TEXT] = "t",       [OFP_EMPH] = "I",       [OFP_UNDERLINE] = "I",  [OFP_STRONG] = "I",
    [OFP_STRIKE] = "I",     [OFP_SUPER] = "I",      [OFP_SUB] = "I",        [OFP_SMALLCAPS] = "I",
    [OFP_QUOTED] = "qI",    [OFP_CITE] = "cI",      [OFP_CODE] = "at",      [OFP_SOFTBREAK] = "",
    [OFP_LINEBREAK] = "",   [OFP_MATH] = "mt",      [OFP_RAWINLINE] = "ft", [OFP_LINK] = "aIu",
    [OFP_IMAGE] = "aIu",    [OFP_NOTE] = "B",       [OFP_SPAN] = "aI",
    [OFP_MMAP] = "M",       [OFP_MLIST] = "V",      [OFP_MBOOL] = "b",      [OFP_MSTRING] = "t",
    [OFP_MINLINES] = "I",   [OFP_MBLOCKS] = "B",
};

const char *const ofp_ast_style[] = {
    [OFP_STYLE_DEFAULT] = "DefaultStyle", [OFP_STYLE_EXAMPLE] = "Example", [OFP_STYLE_DECIMAL] = "Decimal",
    [OFP_STYLE_LOWER_ROMAN] = "LowerRoman", [OFP_STYLE_UPPER_ROMAN] = "UpperRoman",
    [OFP_STYLE_LOWER_ALPHA] = "LowerAlpha", [OFP_STYLE_UPPER_ALPHA] = "UpperAlpha",
};
const char *const ofp_ast_delim[] = {
    [OFP_DELIM_DEFAULT] = "DefaultDelim", [OFP_DELIM_PERIOD] = "Period",
    [OFP_DELIM_ONE_PAREN] = "OneParen", [OFP_DELIM_TWO_PARENS] = "TwoParens",
};
const char *const ofp_ast_align[] = {
    [OFP_ALIGN_DEFAULT] = "AlignDefault", [OFP_ALIGN_LEFT] = "AlignLeft",
    [OFP_ALIGN_RIGHT] = "AlignRight", [OFP_ALIGN_CENTER] = "AlignCenter",
};
const char *const ofp_ast_cite[] = {
    [OFP_CITE_AUTHOR] = "AuthorInText", [OFP_CITE_SUPPRESS] = "SuppressAuthor", [OFP_CITE_NORMAL] = "NormalCitation",
};

static ofp_node *only_child(const ofp_node *n, enum ofp_type type)
{
    ofp_node *c = n ? ofp_first(n) : NULL;
    return c && !ofp_next(c) && ofp_node_type(c) == type ? c : NULL;
}

static bool words_only(const ofp_node *image)
{
    return !ofp_first(image) || only_child(image, OFP_TEXT);
}

bool ofp_ast_plain_figure(const ofp_node *figure, ofp_node **image)
{
    ofp_node *caption = ofp_first(figure), *body = caption ? ofp_next(caption) : NULL, *words, *img;
    if (!body || ofp_next(body) || ofp_node_type(caption) != OFP_CAPTION || ofp_node_type(body) != OFP_PLAIN)
        return false;
    words = only_child(caption, OFP_PLAIN);
    img = only_child(body, OFP_IMAGE);
    if (!words || !ofp_first(words) || !img || !words_only(img) || ofp_attr_has(img, OFP_STR("alt")) ||
        ofp_str_starts(ofp_title(img), OFP_STR("fig:")))
        return false;
    *image = img;
    return true;
}

ofp_str ofp_ast_caption_text(ofp_arena *a, const ofp_node *figure)
{
    return ofp_plain_text(a, ofp_first(figure));
}
