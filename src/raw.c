/* raw.c - raw HTML in a document, as Markdown holds it: tables that pipes cannot draw, and all of it for
 * the formats that cannot carry it. */
#include "format.h"

typedef struct parser { ofp_doc *d; ofp_options opt; ofp_reader *read; ofp_err *e; } parser;

static bool is_html(const ofp_node *n)
{
    return ofp_str_eq(ofp_raw_format(n), OFP_STR("html")) || ofp_str_eq(ofp_raw_format(n), OFP_STR("html5"));
}

static bool ends_with(ofp_str s, ofp_str tag)
{
    return s.n >= tag.n && ofp_str_ieq(ofp_str_sub(s, s.n - tag.n, SIZE_MAX), tag);
}

/* Its notes may follow it. */
static bool is_table(const ofp_node *n)
{
    ofp_str s = ofp_str_trim(ofp_text(n));
    return ofp_node_type(n) == OFP_RAWBLOCK && is_html(n) && ofp_str_istarts(s, OFP_STR("<table"))
        && (ends_with(s, OFP_STR("</table>")) || ends_with(s, OFP_STR("</section>")));
}

/* Whether raw HTML within a line is more than one tag. */
static bool holds_text(ofp_str s)
{
    size_t end = ofp_str_find(s, OFP_STR(">"), 0);
    return !ofp_str_starts(s, OFP_STR("<")) || (end != SIZE_MAX && end + 1 < s.n);
}

/* A tag within a line holds nothing, unless it is a picture: its text is beside it. */
static bool is_wanted(const ofp_node *n, bool tables)
{
    if (tables)
        return is_table(n);
    if (ofp_node_type(n) == OFP_RAWINLINE)
        return is_html(n) && (ofp_str_istarts(ofp_text(n), OFP_STR("<img")) || holds_text(ofp_text(n)));
    return ofp_node_type(n) == OFP_RAWBLOCK && is_html(n);
}

static void put_before(ofp_doc *d, ofp_node *raw, const ofp_doc *part)
{
    const ofp_node *from = ofp_root(part);
    if (ofp_node_type(raw) == OFP_RAWINLINE) {
        from = ofp_first(from);
        if (!from || ofp_next(from) || !ofp_holds_inlines(from))
            return;
    }
    for (const ofp_node *c = ofp_first(from); c; c = ofp_next(c)) {
        ofp_node *copy = ofp_clone(d, c, part);
        if (copy)
            ofp_insert_before(raw, copy);
    }
}

static bool parse(parser *p, ofp_node *raw)
{
    ofp_doc *part = ofp_doc_new(ofp_doc_input(p->d), NULL);
    bool ok;
    if (!part)
        return ofp_fail_nomem(p->e);
    ofp_str in = ofp_arena_dup(ofp_doc_arena(part), ofp_text(raw));
    ok = ofp_doc_ok(part, p->e) && p->read(part, in, &p->opt, p->e);
    if (ok) {
        ofp_tidy(part);
        ok = ofp_doc_ok(part, p->e);
    }
    if (ok)
        put_before(p->d, raw, part);
    ofp_doc_free(part);
    ofp_unlink(raw);
    return ok;
}

/* What is raw even then is comments and tags of nobody's; headings and quotes may be empty without them. */
static void drop_rest(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        next = ofp_after(n, NULL);
        if (ofp_node_type(n) == OFP_RAWBLOCK && is_html(n))
            ofp_unlink(n);
    }
    ofp_drop_empty(d);
}

bool ofp_parse_raw(ofp_doc *d, bool tables, const ofp_options *opt, ofp_err *e)
{
    parser p = { d, *opt, NULL, e };
    p.opt.fragment = true;
    p.opt.page = false;
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        next = ofp_after(n, NULL);
        if (!is_wanted(n, tables))
            continue;
        if (!p.read && !(p.read = ofp_format_reader(ofp_format_find(OFP_STR("html")), opt->world, e)))
            return false;
        if (!parse(&p, n))
            return false;
    }
    if (!tables)
        drop_rest(d);
    else if (p.read)
        ofp_tidy(d);
    return ofp_doc_ok(d, e);
}
