/* callout.c - the notes, tips and warnings of documentation systems, site builders and note takers: a box
 * whose classes name its kind beside the system's word for such boxes, or whose title is a kind's name. */
#include "doctools/callout.h"
#include "html.h"

/* "alert alert-info", "admonition note", "callout callout-tip", "markdown-alert-note", "notice--info" */
static const ofp_str families[] = {
#define WORD(s) { s, sizeof s - 1 }
    WORD("admonition"), WORD("admonitionblock"), WORD("theme-admonition"), WORD("callout"), WORD("alert"), WORD("markdown-alert"),
    WORD("custom-block"), WORD("hint-container"), WORD("hint"), WORD("book-hint"), WORD("notice"), WORD("notices"),
    WORD("notecard"), WORD("starlight-aside"), WORD("blockquote-tag"), WORD("confluence-information-macro"),
#undef WORD
};

typedef struct box {
    const ofp_callout_kind *kind;
    bool family, alone;         /* a word for such boxes was there; a class is the kind's name and nothing more */
    dom *title, *body;          /* title may be NULL */
    bool label;                 /* the title is a kind's name */
} box;

/* What follows dashes at s.p[at]; empty where there are none. */
static ofp_str behind(ofp_str s, size_t at)
{
    if (at == s.n || s.p[at] != '-')
        return (ofp_str){ "", 0 };
    return ofp_str_sub(s, s.n > at + 1 && s.p[at + 1] == '-' ? at + 2 : at + 1, SIZE_MAX);
}

static void look_at_class(box *b, ofp_str name)
{
    const ofp_callout_kind *kind = ofp_callout_find(name);
    bool word = false;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        size_t n = families[i].n;
        if (name.n < n || !ofp_str_ieq((ofp_str){ name.p, n }, families[i]))
            continue;
        ofp_str rest = behind(name, n);
        word |= name.n == n;
        if (rest.n && ofp_callout_find(rest)) {
            b->kind = ofp_callout_find(rest);
            b->family = true;
        }
    }
    b->family |= word;
    b->alone |= kind && kind->alone && !word;
    if (kind && (!b->kind || ofp_str_eq(b->kind->name, OFP_STR("hint"))))
        b->kind = kind;
}

static void look_at_classes(box *b, const dom *n)
{
    ofp_str rest = DOM_ATTR(n, "class"), name;
    for (int i = 0; i < 64 && ofp_str_word(&rest, &name); i++)
        look_at_class(b, name);
    if (dom_has_attr(n, OFP_STR("data-callout"))) {
        b->kind = ofp_callout_find(ofp_str_trim(DOM_ATTR(n, "data-callout")));
        b->kind = b->kind ? b->kind : ofp_callout_find(OFP_STR("note"));
        b->family = true;
    }
}

/* ---- the title ---- */

enum { LABEL_MAX = 40 };

/* The kind that all text of n names: "Note", "Warning:". */
static const ofp_callout_kind *named_by(reader *r, const dom *n)
{
    ofp_str s = ofp_str_trim(dom_plain(r->tmp, n));
    if (s.n && s.p[s.n - 1] == ':')
        s = ofp_str_trim(ofp_str_sub(s, 0, s.n - 1));
    return s.n && s.n < LABEL_MAX ? ofp_callout_find(s) : NULL;
}

/* "<b>Title</b><br>text" */
static bool is_first_line(const dom *n)
{
    const dom *next = n->next;
    while (next && next->tag == T_TEXT && !ofp_str_trim(next->text).n)
        next = next->next;
    return DOM_IS(n, T_STRONG, T_B) && next && next->tag == T_BR;
}

static bool says_title(const dom *n)
{
    static const char *const words[] = { "title", "heading", "header", "label", "summary" };
    ofp_str names = DOM_ATTR(n, "class");
    for (size_t i = 0; names.n && i < sizeof words / sizeof *words; i++)
        if (ofp_str_ifind(names, ofp_s(words[i]), 0) != SIZE_MAX)
            return true;
    return is_first_line(n) || DOM_IS(n, T_SUMMARY, T_H1, T_H2, T_H3, T_H4, T_H5, T_H6);
}

/* The title comes before all other text. */
static void find_title(reader *r, box *b)
{
    for (dom *c = b->body->first; c; c = dom_after(c, b->body)) {
        if (c->tag == T_TEXT && ofp_str_trim(c->text).n)
            return;
        if (c->tag == T_TEXT || c->tag == T_COMMENT || dom_blank(c))
            continue;
        bool small = DOM_IS(c, T_P, T_STRONG, T_B, T_SPAN, T_DIV, T_H1, T_H2, T_H3, T_H4, T_H5, T_H6);
        b->label = small && named_by(r, c);
        if (b->label || says_title(c)) {
            b->title = c;
            return;
        }
    }
}

/* ---- the box ---- */

/* AsciiDoctor sets its boxes as tables of an icon and the content. */
static dom *content_of(dom *n)
{
    if (DOM_CLASS(n, "admonitionblock"))
        for (dom *c = n->first; c; c = dom_after(c, n))
            if (c->tag == T_TD && DOM_CLASS(c, "content"))
                return c;
    return n;
}

/* A lone class such as "note" is in use for many things: the title tells, or the element. */
static bool is_callout(reader *r, dom *n, box *b)
{
    if (!DOM_IS(n, T_DIV, T_ASIDE, T_SECTION, T_BLOCKQUOTE, T_P, T_DETAILS))
        return false;
    look_at_classes(b, n);
    if (!b->kind || (!b->family && !b->alone) || dom_blank(n))
        return false;
    b->body = content_of(n);
    find_title(r, b);
    return b->family || b->label || (n->tag == T_DETAILS && b->title) ||
           (n->tag == T_ASIDE && !ofp_str_eq(b->kind->name, OFP_STR("info")));
}

static void put_title(reader *r, box *b, ofp_node *title)
{
    if (b->label) {
        ofp_str s = ofp_str_trim(dom_plain(r->tmp, b->title));
        s.n -= s.p[s.n - 1] == ':';
        ofp_add_text(r->d, title, html_keep(r, ofp_str_trim(s)));
    } else if (b->title) {
        struct flow saved = flow_enter_fixed(r, title);
        html_children(r, b->title);
        flow_leave(r, saved);
    }
    ofp_callout_label(r->d, title, b->kind);
}

/* Whether it can be opened, and is closed at first. */
static void put_state(reader *r, ofp_node *div, const dom *n)
{
    ofp_str fold = ofp_str_trim(DOM_ATTR(n, "data-callout-fold"));
    bool closed = fold.n ? fold.p[0] == '-' : !dom_has_attr(n, OFP_STR("open"));
    if (fold.n || n->tag == T_DETAILS)
        ofp_set_attr(r->d, div, OFP_STR("collapse"), closed ? OFP_STR("true") : OFP_STR("false"));
}

static void put_box(reader *r, dom *n, box *b, ofp_node *div)
{
    put_title(r, b, ofp_callout_begin(r->d, div, b->kind));
    put_state(r, div, n);
    struct flow saved = flow_enter(r, div, false);
    bool taken = b->title && b->title->taken;
    if (b->title)
        b->title->taken = true;
    html_children(r, b->body);
    flow_end_para(r);
    if (b->title)
        b->title->taken = taken;
    flow_leave(r, saved);
}

bool html_callout(reader *r, dom *n)
{
    box b = { 0 };
    if (r->f.fixed || r->code || !is_callout(r, n, &b))
        return false;
    struct flow saved;
    ofp_node *hint = html_open_box(r, n, &saved), *div = flow_block(r, OFP_DIV, n);
    if (div)
        put_box(r, n, &b, div);
    else
        html_children(r, n);
    html_close_box(r, hint, saved);
    return true;
}
