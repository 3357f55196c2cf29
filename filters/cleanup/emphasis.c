/* emphasis.c - where bold and italic text and links begin and end: as editors leave them, within a word's punctuation. */
#include "cleanup.h"

static bool is_emphasis(const ofp_node *n)
{
    static const enum ofp_type types[] = { OFP_STRONG, OFP_EMPH, OFP_STRIKE, OFP_UNDERLINE };
    for (size_t i = 0; n && i < sizeof types / sizeof *types; i++)
        if (ofp_node_type(n) == types[i])
            return true;
    return false;
}

static bool is_word_char(uint32_t cp) { return ofp_is_letter(cp) || ofp_is_digit(cp); }

/* The bytes at an end of s before its words begin, or behind them. */
static size_t margin(ofp_str s, bool end, bool (*is_within)(uint32_t))
{
    size_t at = end ? s.n : 0, edge = at;
    while (end ? at > 0 : at < s.n) {
        uint32_t cp = end ? ofp_utf8_prev(s, &at) : ofp_utf8_next(s, &at);
        if (is_within(cp))
            break;
        edge = at;
    }
    return end ? s.n - edge : edge;
}

static bool is_no_blank(uint32_t cp) { return !ofp_is_space(cp); }

/* The text at an end of n, through emphasis alone. */
static ofp_node *edge_text(ofp_node *n, bool end)
{
    while (n && (is_emphasis(n) || ofp_node_type(n) == OFP_LINK))
        n = end ? ofp_last(n) : ofp_first(n);
    return n && ofp_node_type(n) == OFP_TEXT ? n : NULL;
}

/* Whether the text beside n has a blank there already. */
static bool meets_blank(const ofp_node *n, bool end)
{
    const ofp_node *beside = end ? ofp_next(n) : ofp_prev(n);
    return beside && ofp_node_type(beside) == OFP_TEXT && margin(ofp_text(beside), !end, is_no_blank) > 0;
}

/* What stands at an end of n goes out of it. */
static void move_out(ofp_doc *d, ofp_node *n, bool end, bool (*is_within)(uint32_t))
{
    ofp_node *leaf = edge_text(n, end), *out;
    size_t size = leaf ? margin(ofp_text(leaf), end, is_within) : 0;
    if (!size || !(out = ofp_new(d, OFP_TEXT)))
        return;
    ofp_str s = ofp_text(leaf);
    ofp_set_text(out, end ? ofp_str_sub(s, s.n - size, size) : ofp_str_sub(s, 0, size));
    ofp_set_text(leaf, end ? ofp_str_sub(s, 0, s.n - size) : ofp_str_sub(s, size, SIZE_MAX));
    if (is_within == is_no_blank && meets_blank(n, end))
        return;
    if (end)
        ofp_insert_after(n, out);
    else
        ofp_insert_before(n, out);
}

/* Whether a word of the text beside n touches punctuation at that end of it: Markdown has no mark for that. */
static bool is_caught(ofp_node *n, bool end)
{
    const ofp_node *beside = end ? ofp_next(n) : ofp_prev(n), *leaf = edge_text(n, end);
    if (!beside || !leaf || ofp_node_type(beside) != OFP_TEXT || !ofp_text(leaf).n)
        return false;
    ofp_str out = ofp_text(beside), in = ofp_text(leaf);
    size_t a = end ? 0 : out.n, b = end ? in.n : 0;
    uint32_t outer = end ? ofp_utf8_next(out, &a) : ofp_utf8_prev(out, &a), inner = end ? ofp_utf8_prev(in, &b) : ofp_utf8_next(in, &b);
    return out.n && is_word_char(outer) && !is_word_char(inner) && !ofp_is_space(inner);
}

/* "two **bold** **words**" */
static bool join_next(ofp_node *n)
{
    ofp_node *blank = ofp_next(n), *more = blank && ofp_node_type(blank) == OFP_TEXT ? ofp_next(blank) : NULL;
    if (!more || ofp_node_type(more) != ofp_node_type(n) || margin(ofp_text(blank), false, is_no_blank) != ofp_text(blank).n)
        return false;
    ofp_append(n, blank);
    ofp_move_children(more, n);
    ofp_unlink(more);
    return true;
}

/* A picture is as bold as it is. */
static bool is_wordless(const ofp_node *n)
{
    const ofp_node *image = NULL;
    for (const ofp_node *c = ofp_first(n); c; ) {
        enum ofp_type t = ofp_node_type(c);
        bool blank = t == OFP_TEXT ? margin(ofp_text(c), false, is_no_blank) == ofp_text(c).n : t == OFP_LINEBREAK || t == OFP_IMAGE;
        if (!blank && !ofp_first(c))
            return false;
        image = t == OFP_IMAGE ? c : image;
        c = t == OFP_IMAGE ? ofp_after_skip(c, n) : ofp_after(c, n);
    }
    return image;
}

/* A link of a blank, which nobody can see or follow. */
static bool is_blank_link(ofp_node *n)
{
    const ofp_node *leaf = ofp_node_type(n) == OFP_LINK && !ofp_id(n).n ? edge_text(n, false) : NULL;
    return leaf && leaf == edge_text(n, true) && margin(ofp_text(leaf), false, is_no_blank) == ofp_text(leaf).n;
}

static void settle_edges(ofp_doc *d, ofp_node *n)
{
    bool caught = is_emphasis(n) && ofp_node_type(n) != OFP_STRIKE && (is_caught(n, false) || is_caught(n, true));
    for (int end = 0; end < 2 && (caught || ofp_node_type(n) == OFP_LINK); end++)
        move_out(d, n, end, caught ? is_word_char : is_no_blank);
}

void settle_emphasis(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        while (is_emphasis(n) && join_next(n))
            ;
        next = ofp_after(n, NULL);
        if (is_blank_link(n) || (is_emphasis(n) && is_wordless(n)))
            ofp_unwrap(n);
        else
            settle_edges(d, n);
    }
}
