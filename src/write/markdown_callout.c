/* markdown_callout.c - callouts: "> [!tip] Title" as Obsidian reads them, "> [!TIP]" as GitHub does, a quote with
 * a bold title where a dialect has neither. */
#include "doctools/callout.h"
#include "write/markdown.h"

/* Text that can stand right below the first line and begin nothing there but a line of the same paragraph. */
static bool runs_on(const ofp_node *body)
{
    const ofp_node *text = body && (ofp_node_type(body) == OFP_PARA || ofp_node_type(body) == OFP_PLAIN) ? ofp_first(body) : NULL;
    ofp_str s = text && ofp_node_type(text) == OFP_TEXT ? ofp_text(text) : (ofp_str){ 0 };
    size_t at = 0;
    return s.n && ofp_is_letter(ofp_utf8_next(s, &at));
}

static void bold_title(md *w, cmark_node *quote, const ofp_callout *c)
{
    ofp_node *p = ofp_new(w->doc, OFP_PARA);
    if (c->title)
        p = ofp_clone(w->doc, c->title, NULL);
    else
        ofp_add_text(w->doc, p, c->kind->label);
    ofp_md_wrap_inlines(w, p, OFP_STRONG);
    if (p)
        ofp_md_paragraph(w, quote, p, "");
}

static void first_line(md *w, cmark_node *quote, const ofp_callout *c, ofp_str kind, ofp_str state, ofp_str title)
{
    ofp_buf *b = ofp_md_buf(w);
    ofp_buf_printf(b, "[!%.*s]%.*s%s", (int)kind.n, kind.p, (int)state.n, state.p, title.n ? " " : "");
    ofp_buf_add(b, title);
    if (runs_on(c->body))
        ofp_buf_puts(b, MD_JOIN);
    ofp_md_literal(w, quote, ofp_buf_take(b, w->arena));
}

/* GitHub shows the kind's name and has no other titles. */
static void alert(md *w, cmark_node *quote, const ofp_callout *c)
{
    const ofp_callout_kind *kind = ofp_callout_find(c->kind->gfm);
    bool own = c->title && !ofp_str_ieq(ofp_plain_text(w->arena, c->title), kind->label);
    ofp_callout bare = *c;
    if (own)
        bare.body = NULL;               /* the title stands between */
    first_line(w, quote, &bare, kind->gfm, (ofp_str){ "", 0 }, (ofp_str){ "", 0 });
    if (own)
        bold_title(w, quote, c);
}

static void callout(md *w, cmark_node *quote, const ofp_node *n, const ofp_callout *c)
{
    ofp_str collapse = ofp_attr(n, OFP_STR("collapse"));
    ofp_str state = !collapse.n ? (ofp_str){ "", 0 } : ofp_str_eq(collapse, OFP_STR("true")) ? OFP_STR("-") : OFP_STR("+");
    first_line(w, quote, c, c->kind->name, state, c->title ? ofp_md_inline_text(w, c->title, false) : c->kind->label);
}

void ofp_md_callout(md *w, cmark_node *parent, const ofp_node *n, const ofp_callout *c)
{
    cmark_node *quote = ofp_md_new(w, parent, CMARK_NODE_BLOCK_QUOTE);
    if (w->flags & MD_CALLOUTS)
        callout(w, quote, n, c);
    else if (w->flags & MD_ALERTS)
        alert(w, quote, c);
    else
        bold_title(w, quote, c);
    for (ofp_node *b = c->body, *next; b; b = next) {
        next = ofp_next(b);
        ofp_md_block(w, quote, b);
    }
}
