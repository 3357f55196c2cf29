/* labels.c - the numbers and signs that notes begin with, and that refer to them. */
#include "notes.h"

#define MAX_LABEL 12            /* bytes of a label with its brackets */

/* A label is a number, or one of the signs in their old order. */
static const ofp_str signs[] = { { "*", 1 }, { "\u2020", 3 }, { "\u2021", 3 }, { "\u00A7", 2 } };

/* The label that s begins with; *len is its length with brackets and a full stop. */
static long leading_label(ofp_str s, size_t *len)
{
    bool open = s.n && (s.p[0] == '[' || s.p[0] == '(');
    size_t from = open, to = from;
    long label = 0;
    while (to < s.n && is_digit(s.p[to]) && to - from < 4)
        label = 10 * label + (s.p[to++] - '0');
    for (long i = 0; to == from && i < (long)(sizeof signs / sizeof *signs); i++)
        if (ofp_str_starts(ofp_str_sub(s, from, SIZE_MAX), signs[i])) {
            to += signs[i].n;
            label = NOTE_SIGN + i;
        }
    if (to == from || label == 0 || (label >= NOTE_SIGN && to - from > 3))
        return 0;
    if (open && (to == s.n || (s.p[to] != ']' && s.p[to] != ')')))
        return 0;
    to += open;
    if (to < s.n && (s.p[to] == '.' || s.p[to] == ')' || s.p[to] == ':'))
        to++;
    *len = to;
    return label;
}

static long whole_label(ofp_str s)
{
    size_t len = 0;
    s = ofp_str_trim(s);
    long label = leading_label(s, &len);
    return len == s.n ? label : 0;
}

dom *html_sole_text(dom *n)
{
    dom *found = NULL;
    int steps = 0;
    for (dom *c = n->tag == T_TEXT ? n : n->first; c; c = n->tag == T_TEXT ? NULL : dom_after(c, n)) {
        if (++steps > 16 || DOM_IS(c, T_IMG, T_BR))
            return NULL;
        if (c->tag != T_TEXT || !ofp_str_trim(c->text).n)
            continue;
        if (found)
            return NULL;
        found = c;
    }
    return found;
}

long html_note_label(dom *n)
{
    const dom *text = html_sole_text(n);
    return text && text->text.n <= MAX_LABEL + 8 ? whole_label(text->text) : 0;
}

bool html_is_bracketed(const dom *n)
{
    const dom *text = html_note_label((dom *)n) ? html_sole_text((dom *)n) : NULL;
    return text && ofp_str_starts(ofp_str_trim(text->text), OFP_STR("["));
}

/* A number in brackets that stand outside of it. */
static bool is_framed(dom *a)
{
    const dom *p = a->prev, *n = a->next;
    return p && n && p->tag == T_TEXT && n->tag == T_TEXT && ofp_str_ends(p->text, OFP_STR("["))
        && ofp_str_starts(n->text, OFP_STR("]")) && html_note_label(a) && !html_is_bracketed(a);
}

static void take_frame(reader *r, dom *a)
{
    dom *text = html_sole_text(a);
    ofp_str s = ofp_str_trim(text->text);
    text->text = ofp_arena_printf(ofp_doc_arena(r->d), "[%.*s]", (int)s.n, s.p);
    a->prev->text = ofp_str_sub(a->prev->text, 0, a->prev->text.n - 1);
    a->next->text = ofp_str_sub(a->next->text, 1, SIZE_MAX);
}

/* "[<a href=#n1>1</a>]" leads to "[<a name=n1>1</a>]": the brackets belong to both links. */
void html_frame_labels(reader *r)
{
    for (size_t i = 0; i < r->of[T_A].n; i++) {
        dom *a = r->of[T_A].at[i];
        dom *to = is_framed(a) ? ofp_map_get(&r->ids, html_fragment(r, a)) : NULL;
        if (!to || to == a || to->tag != T_A || html_note_label(to) != html_note_label(a))
            continue;
        if (is_framed(to))
            take_frame(r, to);
        if (html_is_bracketed(to))
            take_frame(r, a);
    }
}

bool html_is_filler(const dom *n)
{
    return n->tag == T_TEXT ? !ofp_str_trim(n->text).n : n->taken || DOM_IS(n, T_SCRIPT, T_STYLE, T_TEMPLATE);
}

static dom *first_of(const dom *n)
{
    dom *c = n->first;
    while (c && html_is_filler(c))
        c = c->next;
    return c;
}

dom *html_before(const dom *n)
{
    dom *c = n->prev;
    while (c && html_is_filler(c))
        c = c->prev;
    return c;
}

bool html_is_around_loose(const dom *n)
{
    return DOM_IS(n, T_SPAN, T_SUP, T_A, T_B, T_STRONG, T_SMALL, T_I, T_EM, T_FONT, T_D_FOOTNOTE);
}

struct note_start html_note_start(const dom *block)
{
    struct note_start s = { 0 };
    dom *c = first_of(block);
    for (int down = 0; c && down < 5 && html_is_around_loose(c); c = first_of(c), down++) {
        s.raised |= c->tag == T_SUP;
        s.label = html_note_label(c);
        s.el = c;
        if (s.label) {
            s.raised |= dom_find(c, T_SUP) != NULL;
            return s;
        }
    }
    s.el = c;
    if (c && c->tag == T_TEXT)
        s.label = leading_label(ofp_str_trim(c->text), &s.len);
    return s;
}

bool html_opens_with_label(const dom *block)
{
    return html_note_start(block).label != 0;
}

/* What follows the label may be punctuation that belonged to it. */
static void cut(dom *text, size_t len)
{
    ofp_str s = text->text;
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\n' || s.p[0] == '\t' || s.p[0] == '\r'))
        s = ofp_str_sub(s, 1, SIZE_MAX);
    text->text = ofp_str_sub(s, len, SIZE_MAX);
}

static bool is_label_mark(ofp_str s)
{
    ofp_str bare = ofp_str_trim(s);
    bool mark = bare.n && (bare.p[0] == '.' || bare.p[0] == ')' || bare.p[0] == ':');
    return mark && (bare.n > 1 ? bare.p[1] == ' ' : s.p[s.n - 1] == ' ');
}

void html_take_mark(dom *label, const dom *body)
{
    dom *next = dom_after_skip(label, body);
    if (next && next->tag == T_SPAN && next->first)
        next = next->first;
    if (next && next->tag == T_TEXT && ofp_str_starts(next->text, OFP_STR("\u00A0")))
        next->text = ofp_str_sub(next->text, 2, SIZE_MAX);
    if (next && next->tag == T_TEXT && is_label_mark(next->text))
        cut(next, 1);
}

void html_take_start(const struct note_start *s, const dom *body)
{
    if (s->len) {
        cut(s->el, s->len);
        return;
    }
    s->el->taken = true;
    html_take_mark(s->el, body);
}

void html_take_label(dom *body, dom *ref)
{
    const dom *inner = body;
    for (int down = 0; down < 3 && first_of(inner) && DOM_IS(first_of(inner), T_P, T_DIV); down++)
        inner = first_of(inner);
    struct note_start s = html_note_start(inner);
    ofp_str bare = s.len ? ofp_str_sub(ofp_str_trim(s.el->text), 0, s.len) : (ofp_str){ "", 0 };
    bool sure = !bare.n || ofp_str_ends(bare, OFP_STR("]")) || ofp_str_ends(bare, OFP_STR("."));
    if (s.label && s.label == html_note_label(ref) && sure)
        html_take_start(&s, body);
}
