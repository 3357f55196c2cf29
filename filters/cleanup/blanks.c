/* blanks.c - blanks that lay out a page: rows of no-break spaces, indents, links of nothing else; rules that part nothing.
 * Soft hyphens stay: they are where an author lets a word be divided. */
#include "cleanup.h"

/* The bytes of the blanks at a place, and in *count how many there are. */
static size_t run_of_blanks(ofp_str s, size_t from, size_t *count)
{
    size_t end = from;
    *count = 0;
    for (size_t at = from; at < s.n && ofp_is_space(ofp_utf8_next(s, &at)); end = at)
        ++*count;
    return end - from;
}

/* ASCII without two blanks in a row, as nearly all text is. */
static bool is_simple(ofp_str s)
{
    bool blank = false, simple = true;
    for (size_t i = 0; simple && i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        simple = c < 0x80 && !(blank && c <= ' ');
        blank = c <= ' ';
    }
    return simple;
}

static bool is_laid_out(ofp_str s)
{
    bool blank = false;
    if (is_simple(s))
        return false;
    for (size_t at = 0; at < s.n; ) {
        uint32_t cp = ofp_utf8_next(s, &at);
        if (blank && ofp_is_space(cp))
            return true;
        blank = ofp_is_space(cp);
    }
    return false;
}

/* Several blanks become one; those that begin a line may indent a poem's. */
static ofp_str squeezed(ofp_arena *a, ofp_str s, bool begins_line)
{
    ofp_buf b = { 0 };
    size_t count;
    for (size_t at = 0, n; at < s.n; ) {
        if ((n = run_of_blanks(s, at, &count))) {
            bool kept = count == 1 || (at == 0 && begins_line);
            ofp_buf_add(&b, kept ? ofp_str_sub(s, at, n) : OFP_STR(" "));
            at += n;
            continue;
        }
        size_t from = at;
        ofp_utf8_next(s, &at);
        ofp_buf_add(&b, ofp_str_sub(s, from, at - from));
    }
    return ofp_buf_take(&b, a);
}

/* The first or last text of a paragraph or heading, where it begins or ends with one. */
static ofp_node *edge_of(ofp_node *para, bool end)
{
    ofp_node *n = end ? ofp_last(para) : ofp_first(para);
    while (n && ofp_first(n) && ofp_node_type(n) != OFP_IMAGE && ofp_node_type(n) != OFP_NOTE)
        n = end ? ofp_last(n) : ofp_first(n);
    return n && ofp_node_type(n) == OFP_TEXT ? n : NULL;
}

static ofp_str trimmed(ofp_str s, bool end)
{
    size_t count, edge = s.n;
    if (!end)
        return ofp_str_sub(s, run_of_blanks(s, 0, &count), SIZE_MAX);
    for (size_t at = s.n; at > 0 && ofp_is_space(ofp_utf8_prev(s, &at)); )
        edge = at;
    return ofp_str_sub(s, 0, edge);
}

/* Of a link of nothing but blanks nothing stays, since without words its address would be shown. */
static ofp_node *hollow_link(const ofp_node *text)
{
    ofp_node *link = ofp_parent(text);
    bool alone = ofp_node_type(link) == OFP_LINK && !ofp_id(link).n && ofp_first(link) == ofp_last(link);
    return alone && !ofp_text(text).n ? link : NULL;
}

static void trim(ofp_node *para, bool end)
{
    for (ofp_node *text, *link; (text = edge_of(para, end)); ofp_unlink(link)) {
        ofp_set_text(text, trimmed(ofp_text(text), end));
        if (!(link = hollow_link(text)))
            return;
    }
}

/* A rule beside another, or at an end of the article. */
static void drop_rules(ofp_node *root)
{
    for (ofp_node *n = ofp_first(root), *next; n; n = next) {
        const ofp_node *before = ofp_prev(n);
        next = ofp_next(n);
        if (ofp_node_type(n) == OFP_RULE && (!before || !next || ofp_node_type(before) == OFP_RULE))
            ofp_unlink(n);
    }
    while (ofp_last(root) && ofp_node_type(ofp_last(root)) == OFP_RULE)
        ofp_unlink(ofp_last(root));
}

void squeeze_blanks(ofp_doc *d)
{
    drop_rules(ofp_root(d));
    for (ofp_node *n = ofp_root(d); n; n = ofp_after(n, NULL)) {
        enum ofp_type t = ofp_node_type(n);
        if (t == OFP_PARA || t == OFP_PLAIN || t == OFP_HEAD) {
            trim(n, false);
            trim(n, true);
        } else if (t == OFP_TEXT && is_laid_out(ofp_text(n))) {
            bool begins_line = ofp_prev(n) && ofp_node_type(ofp_prev(n)) == OFP_LINEBREAK;
            ofp_set_text(n, squeezed(ofp_doc_arena(d), ofp_text(n), begins_line));
        }
    }
}
