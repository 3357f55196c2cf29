/* markdown_callout.c - quotes that begin with "[!kind]" are callouts.  An escaped bracket is a text of its own. */
#include "doctools/callout.h"
#include "read/markdown.h"

typedef struct opening {
    const ofp_callout_kind *kind;
    ofp_str state, rest;                /* "-" closed, "+" open; what follows on the line */
} opening;

static bool parse_opening(ofp_str s, opening *o)
{
    size_t end = ofp_str_find(s, OFP_STR("]"), 0);
    if (end == SIZE_MAX || !ofp_str_starts(s, OFP_STR("[!")))
        return false;
    o->kind = ofp_callout_find(ofp_str_sub(s, 2, end - 2));
    o->rest = ofp_str_sub(s, end + 1, SIZE_MAX);
    o->state = ofp_str_sub(o->rest, 0, o->rest.n && (o->rest.p[0] == '-' || o->rest.p[0] == '+'));
    o->rest = ofp_str_sub(o->rest, o->state.n, SIZE_MAX);
    bool ends = !o->rest.n || o->rest.p[0] == ' ';
    o->rest = ofp_str_trim(o->rest);
    return o->kind && ends;
}

static bool is_break(const ofp_node *n)
{
    return ofp_node_type(n) == OFP_SOFTBREAK || ofp_node_type(n) == OFP_LINEBREAK;
}

/* GitHub wants one of its kinds alone on the first line. */
static bool is_alert(const ofp_node *text, const opening *o)
{
    const ofp_node *next = ofp_next(text);
    return !o->state.n && !o->rest.n && (!next || is_break(next)) && ofp_str_ieq(o->kind->name, o->kind->gfm);
}

static bool opens(const ofp_node *quote, bool alerts, opening *o)
{
    const ofp_node *p = ofp_first(quote), *text = p && ofp_node_type(p) == OFP_PARA ? ofp_first(p) : NULL;
    if (!text || ofp_node_type(text) != OFP_TEXT || !parse_opening(ofp_text(text), o))
        return false;
    return !alerts || is_alert(text, o);
}

/* The first line is the title, the lines below it a paragraph. */
static void take_title(ofp_node *p, ofp_node *title, ofp_str rest)
{
    ofp_node *c = ofp_first(p), *next;
    if (rest.n && ofp_next(c) && !is_break(ofp_next(c)))
        rest.n += rest.p + rest.n < ofp_text(c).p + ofp_text(c).n;      /* the blank before what comes next */
    ofp_set_text(c, rest);
    for (; c && !is_break(c); c = next) {
        next = ofp_next(c);
        if (ofp_node_type(c) == OFP_TEXT && !ofp_text(c).n)
            ofp_unlink(c);
        else
            ofp_append(title, c);
    }
    ofp_unlink(c);
    if (!ofp_first(p))
        ofp_unlink(p);
}

/* Returns the DIV that stands in the quote's place. */
static ofp_node *take_callout(ofp_doc *d, ofp_node *quote, const opening *o)
{
    ofp_node *div = ofp_new(d, OFP_DIV), *title = ofp_callout_begin(d, div, o->kind);
    if (!title)
        return NULL;
    ofp_set_line(div, ofp_line(quote));
    if (o->state.n)
        ofp_set_attr(d, div, OFP_STR("collapse"), o->state.p[0] == '-' ? OFP_STR("true") : OFP_STR("false"));
    ofp_insert_before(quote, div);
    take_title(ofp_first(quote), title, o->rest);
    ofp_callout_label(d, title, o->kind);
    ofp_move_children(quote, div);
    ofp_unlink(quote);
    return div;
}

void ofp_md_take_callouts(ofp_doc *d, bool alerts)
{
    opening o;
    for (ofp_node *n = ofp_root(d); n; n = ofp_after(n, ofp_root(d))) {
        if (ofp_node_type(n) == OFP_QUOTE && opens(n, alerts, &o))
            n = take_callout(d, n, &o);
        if (!n)
            return;
    }
}
