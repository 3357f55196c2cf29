/* remains.c - what remains of notes where they stood, once their text has gone: links back, labels, headings and rules. */
#include "notes.h"

static const char *const back_roles[] = { "doc-backlink", "backlink", NULL };
static const char *const back_classes[] = { "footnote-back", "footnote-backref", "footnote-backlink", "reversefootnote",
                                            "mw-cite-backlink", "data-footnote-backref", "backlink", "fn-backref",
                                            "label", "fn-label", "fn-backlink", "backlinks", "backrefs", NULL };

bool html_is_backlink(const dom *n)
{
    return n->nattrs && (html_has_class_of(n, back_classes) || html_has_role(n, back_roles));
}

/* A link whose text is an arrow leads back, also where only a script knows where to. */
static bool is_arrow(const dom *a)
{
    static const char *const arrows[] = { "\u21A9", "\u21A9\uFE0E", "\u21A9\uFE0F", "\u2191", "\u2934", "\u2934\uFE0E", "\u23CE",
                                          "\u21B5", "\u21D1", "\u2BA5", "^", "[\u21A9]" };
    ofp_str href = DOM_ATTR(a, "href"), text = { "", 0 };
    if (ofp_str_find(href, OFP_STR("#"), 0) == SIZE_MAX && href.n)
        return false;
    for (const dom *c = a->first; c; c = dom_after(c, a))
        if (c->tag == T_TEXT && ofp_str_trim(c->text).n) {
            if (text.n)
                return false;
            text = ofp_str_trim(c->text);
        }
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (ofp_str_eq(text, ofp_s(arrows[i])))
            return true;
    return false;
}

static ofp_str without_end(ofp_str s)
{
    for (;;)
        if (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\n'))
            s.n--;
        else if (ofp_str_ends(s, OFP_STR("\u00A0")))
            s.n -= 2;
        else
            return s;
}

static bool is_punctuation(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (ofp_str_find(OFP_STR(" \t\r\n()[],;^"), ofp_str_sub(s, i, 1), 0) == SIZE_MAX)
            return false;
    return true;
}

/* "(1, 2)", of which the numbers were links back. */
static void take_around(const dom *back)
{
    dom *box = back->parent;
    int steps = 0;
    if (!html_is_around_label(box))
        return;
    for (const dom *c = box->first; c; c = c->taken ? dom_after_skip(c, box) : dom_after(c, box))
        if (++steps > 40 || (!c->taken && c->tag == T_TEXT && !is_punctuation(c->text)))
            return;
    box->taken = true;
}

/* An empty link that a style sheet draws an arrow for. */
static bool is_drawn(const dom *a)
{
    return DOM_ATTR(a, "href").n && dom_blank(a);
}

/* Links back, and the note's number where it is such a link or is marked as a label. */
static void take_backlinks(reader *r, dom *body)
{
    for (dom *c = body->first; c; ) {
        bool back = html_is_backlink(c);
        const dom *to = !back && c->tag == T_A ? ofp_map_get(&r->ids, html_fragment(r, c)) : NULL;
        if (to && html_text_length(c, 32) < 12)
            back = to->note || (to->parent && to->parent->note) || (to->first && to->first->note)
                || (to->next && to->next->note);
        c->taken |= back || (c->tag == T_A && (is_arrow(c) || is_drawn(c)));
        if (c->taken)
            take_around(c);
        if (c->taken && c->prev && c->prev->tag == T_TEXT)
            c->prev->text = without_end(c->prev->text);
        if (back && html_note_label(c))
            html_take_mark(c, body);
        c = back ? dom_after_skip(c, body) : dom_after(c, body);
    }
}

void html_take_section(dom *section)
{
    for (const dom *c = section->first; c; ) {
        if (c->tag == T_TEXT && ofp_str_trim(c->text).n)
            return;
        bool skip = c->taken || dom_is_heading(c) || html_has_class_of(c, back_classes);
        c = skip ? dom_after_skip(c, section) : dom_after(c, section);
    }
    section->taken = true;
}

static bool is_emptied(const dom *n)
{
    if (n->taken)
        return true;
    if (n->tag == T_TEXT)
        return !ofp_str_trim(n->text).n;
    if (DOM_IS(n, T_HR, T_IMG, T_IFRAME, T_VIDEO, T_TABLE))
        return false;
    for (const dom *c = n->first; c; c = c->taken ? dom_after_skip(c, n) : dom_after(c, n))
        if (!c->taken && (DOM_IS(c, T_HR, T_IMG, T_IFRAME, T_VIDEO, T_TABLE) || (c->tag == T_TEXT && ofp_str_trim(c->text).n)))
            return false;
    return true;
}

/* A bold line, where paragraphs are parted by line breaks. */
static bool is_bold_line(const dom *n)
{
    const dom *before = DOM_IS(n, T_B, T_STRONG) ? html_before(n) : NULL;
    return before && before->tag == T_BR;
}

/* A heading or a rule that nothing but notes stood below. */
static void take_lead(dom *body)
{
    dom *n = body;
    for (int up = 0; n->parent && up < 4 && n->parent->tag != T_BODY && is_emptied(n->parent); up++)
        n = n->parent;
    for (const dom *next = n->next; next; next = next->next)
        if (!is_emptied(next)) {
            if (next->tag != T_HR && !dom_is_heading(next) && !is_bold_line(next))
                return;
            break;
        }
    for (dom *p = n->prev; p; p = p->prev) {
        if (is_emptied(p))
            continue;
        if (!p->taken && p->tag != T_HR && !html_is_notes_heading(p))
            return;
        p->taken = true;
    }
}

/* A no-break space or a full stop between the number and the text. */
static void trim_front(dom *body)
{
    for (dom *c = body->first; c; c = c->taken ? dom_after_skip(c, body) : dom_after(c, body))
        if (c->tag == T_TEXT && !c->taken && ofp_str_trim(c->text).n) {
            if (ofp_str_starts(c->text, OFP_STR("\u00A0")))
                c->text = ofp_str_sub(c->text, 2, SIZE_MAX);
            else if (ofp_str_starts(c->text, OFP_STR(". ")) || ofp_str_starts(c->text, OFP_STR(") ")))
                c->text = ofp_str_sub(c->text, 1, SIZE_MAX);
            return;
        }
}

static bool is_last_note(const dom *body)
{
    const dom *n = body->next;
    while (n && n->tag == T_TEXT && !ofp_str_trim(n->text).n)
        n = n->next;
    return !n || !n->taken;
}

/* A blank that stands with a reference in its box, and nothing else does, is no blank between words. */
static void take_blank_before(dom *ref)
{
    dom *p = ref->prev, *next = ref->next;
    bool lone = p && !p->prev && (!next || (!next->next && next->tag == T_TEXT && !ofp_str_trim(next->text).n));
    if (lone && ref->parent && ref->parent->tag == T_SPAN && p->tag == T_TEXT && !ofp_str_trim(p->text).n)
        p->taken = true;
}

/* What frames the text of a note, which ref refers to: labels, links back, and the section around it. */
static void take_frame(reader *r, dom *ref)
{
    dom *body = ref->note;
    if (!body->seen) {
        body->seen = true;
        take_backlinks(r, body);
        html_take_label(body, ref);
        trim_front(body);
    }
    dom *section = html_notes_around(body);
    if (section && section != body && !section->seen) {
        section->seen = true;
        html_take_section(section);
    }
}

void html_take_remains(reader *r)
{
    bool any = false;
    for (dom *n = r->root; n; n = dom_after(n, r->root)) {
        any |= n->note != NULL;
        if (n->note)
            take_frame(r, n);
    }
    for (dom *n = r->root; n && any; n = dom_after(n, r->root)) {
        if (!n->note)
            continue;
        take_blank_before(n);
        if (n->note->taken && is_last_note(n->note))
            take_lead(n->note);
    }
}
