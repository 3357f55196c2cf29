/* notes.c - footnotes: which links refer to a note, and where its text stands.
 *
 * Pages mark them up in a dozen ways (Markdown processors, word processors, wikis, DPUB-ARIA, EPUB).
 * What they share: a short superscript or labelled link to a place further down, which links back, has
 * a telling id, or lies in a section of notes. */
#include "html.h"

#define MAX_NOTE_NODES 600      /* what is larger is a section, not a note */

/* First letters tell most words apart before their length is known. */
static bool has_word(ofp_str list, const char *const *words)
{
    ofp_str word;
    while (ofp_str_word(&list, &word))
        for (const char *const *w = words; *w; w++)
            if ((word.p[0] | 32) == (**w | 32) && ofp_str_ieq(word, ofp_s(*w)))
                return true;
    return false;
}

static bool has_role(const dom *n, const char *const *roles)
{
    return has_word(DOM_ATTR(n, "role"), roles) || has_word(DOM_ATTR(n, "epub:type"), roles);
}

static const char *const ref_roles[] = { "doc-noteref", "noteref", NULL };
static const char *const ref_classes[] = { "footnote-ref", "footnote-reference", "footnoteref", "footnote", "noteref",
                                           "fnref", "fn-ref", "fn", "reference", "footnote-link", "footnote-anchor",
                                           "note-ref", "sdfootnoteanc", "sdendnoteanc", "endnote-ref", NULL };
static const char *const note_roles[] = { "doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", NULL };
static const char *const section_roles[] = { "doc-endnotes", "doc-footnotes", "footnotes", "endnotes", "rearnotes", NULL };
static const char *const section_classes[] = { "footnotes", "footnote", "references", "reflist", "endnotes", "footnotes-list",
                                               "footnote-definition", "citation", "notes", "fn-group", NULL };
static const char *const back_roles[] = { "doc-backlink", "backlink", NULL };
static const char *const back_classes[] = { "footnote-back", "footnote-backref", "footnote-backlink", "reversefootnote",
                                            "mw-cite-backlink", "data-footnote-backref", "backlink", "fn-backref",
                                            "label", "fn-label", "fn-backlink", "backlinks", "backrefs", NULL };
static const char *const id_starts[] = { "fn", "footnote", "cite_note", "_ftn", "ftn", "sdfootnote", "sdendnote", "endnote",
                                         "_edn", "edn", "note", "easy-footnote", "user-content-fn", NULL };

static bool classed(const dom *n, const char *const *classes)
{
    return n->nattrs && has_word(DOM_ATTR(n, "class"), classes);
}

/* ---- references ------------------------------------------------------------------------------- */

/* Length of the text below n without white space, looking no further than bound; the titles of drawings
 * and buttons are none.  The steps are bounded, too: many references may look at the same empty elements. */
static size_t text_length(const dom *n, size_t bound)
{
    size_t len = 0, steps = 0;
    for (const dom *c = n->first; c && len < bound && steps < bound + MAX_NOTE_NODES; steps++) {
        if (c->tag == T_TEXT)
            len += ofp_str_trim(c->text).n;
        c = DOM_IS(c, T_SVG, T_BUTTON) ? dom_after_skip(c, n) : dom_after(c, n);
    }
    return len;
}

/* The element that a NOTE takes the place of: the link, or a superscript around nothing else. */
static dom *holder_of(dom *a)
{
    dom *p = a->parent;
    for (int up = 0; p && up < 2 && p->tag == T_SPAN; up++)
        p = p->parent;
    if (p && p->tag == T_SUP && text_length(p, 64) <= text_length(a, 64) + 3)
        return p;
    return a;
}

static bool is_marked(const dom *a, const dom *holder)
{
    return holder->tag == T_SUP || dom_up(a, T_SUP) || dom_find(a, T_SUP) || classed(a, ref_classes)
        || has_role(a, ref_roles) || ofp_str_ieq(DOM_ATTR(a, "rel"), OFP_STR("footnote"));
}

bool html_is_note_ref(const dom *n)
{
    return classed(n, ref_classes) || has_role(n, ref_roles);
}

/* ---- the notes' texts ---------------------------------------------------------------------------- */

static bool is_inline(const dom *n)
{
    return DOM_IS(n, T_A, T_SUP, T_SPAN, T_B, T_STRONG, T_SMALL, T_I, T_EM);
}

static bool is_first(const dom *n)
{
    for (n = n->prev; n; n = n->prev)
        if (n->tag != T_TEXT || ofp_str_trim(n->text).n)
            return false;
    return true;
}

static dom *next_cell(dom *n, enum tag tag)
{
    n = n->next;
    for (int near = 0; n && n->tag != tag && near < 20; near++)
        n = n->next;
    return n && n->tag == tag ? n : NULL;
}

/* Of a table that has one row, a label and the text: how docutils writes a note. */
static dom *last_cell(dom *n)
{
    dom *tr = n->tag == T_TR ? n : dom_find(n, T_TR), *cell = NULL;
    if (!tr || (n->tag == T_TABLE && next_cell(tr, T_TR)))
        return NULL;
    size_t cells = 0;
    for (dom *c = tr->first; c && cells < 8; c = c->next)
        if (c->tag == T_TD) {
            cell = c;
            cells++;
        }
    return cells > 1 ? cell : NULL;
}

/* Texinfo makes a heading of a note's number. */
static dom *below_heading(reader *r, dom *head)
{
    dom *first = head->next, *last = NULL;
    while (first && first->tag == T_TEXT && !ofp_str_trim(first->text).n)
        first = first->next;
    if (!first || !html_note_label(head))
        return NULL;
    if (first->implied)
        return first;
    int blocks = 0;
    for (dom *n = first; n && !(n->tag >= T_H1 && n->tag <= T_H6) && n->tag != T_HR; n = n->next) {
        last = n;
        if (++blocks > 40)
            return NULL;
    }
    return last ? dom_wrap(r->tmp, first, last) : NULL;
}

static bool encloses(const dom *outer, const dom *n)
{
    while (n && n != outer)
        n = n->parent;
    return n;
}

/* Whether a box holds nothing but the note that begins with its first paragraph: word processors put one
 * around each note, however many paragraphs it has. */
static bool is_box_of(dom *box, const dom *first, const dom *ref)
{
    int blocks = 0;
    if (!box || box->tag != T_DIV || !is_first(first) || encloses(box, ref))
        return false;
    for (dom *n = first->next; n; n = n->next)
        if (n->tag == T_TEXT ? ofp_str_trim(n->text).n > 0 : ++blocks > 12 || html_opens_with_label(n)
            || !DOM_IS(n, T_P, T_UL, T_OL, T_BLOCKQUOTE, T_PRE, T_TABLE))
            return false;
    return true;
}

/* From the element that a reference points to, to the one that holds the note; NULL where none does. */
static dom *body_of(reader *r, dom *n, const dom *ref)
{
    for (int up = 0; n && is_inline(n); up++) {
        if (!is_first(n) || up > 5)
            return NULL;
        n = n->parent;
    }
    if (n && n->tag == T_P && ((n->parent && n->parent->tag == T_LI && is_first(n)) || is_box_of(n->parent, n, ref)))
        n = n->parent;
    if (n && n->tag >= T_H1 && n->tag <= T_H6)
        return below_heading(r, n);
    if (n && n->tag == T_DT)
        return next_cell(n, T_DD);
    if (n && DOM_IS(n, T_TABLE, T_TR))
        return last_cell(n);
    if (n && n->tag == T_TD && next_cell(n, T_TD))
        return next_cell(n, T_TD);
    return n && DOM_IS(n, T_LI, T_P, T_DIV, T_ASIDE, T_DD, T_TD, T_SECTION) ? n : NULL;
}

/* Small, and without headings; *back tells of a link back to the reference or near it. */
static bool is_note_sized(reader *r, const dom *body, const dom *holder, bool *back)
{
    size_t nodes = 0;
    *back = false;
    for (const dom *c = body->first; c; c = dom_after(c, body)) {
        if (++nodes > MAX_NOTE_NODES || (c->tag >= T_H1 && c->tag <= T_H6))
            return false;
        if (c->tag != T_A || *back)
            continue;
        const dom *to = ofp_map_get(&r->ids, html_fragment(r, c));
        *back = classed(c, back_classes) || has_role(c, back_roles)
             || (to && (encloses(to, holder) || encloses(holder, to)) && !encloses(to, body));
    }
    return true;
}

/* Frameworks hash class names: PostDetail__abc123__footnotes. */
static bool names_notes(const dom *n)
{
    return n->nattrs && DOM_CLASS_HOLDS(n, "footnotes");
}

dom *html_notes_around(dom *body)
{
    dom *found = NULL;
    int up = 0;
    for (dom *n = body; n && up < 5; n = n->parent, up++)
        if (classed(n, section_classes) || names_notes(n) || has_role(n, section_roles) || has_role(n, note_roles))
            found = n;
    return found;
}

static bool has_note_id(ofp_str id)
{
    for (const char *const *s = id_starts; *s; s++)
        if (ofp_str_istarts(id, ofp_s(*s)))
            return true;
    return false;
}

/* A reference inside a note stays a link: its note would have to stand in a note. */
static bool is_in_note(const dom *n)
{
    while (n && !n->taken)
        n = n->parent;
    return n;
}

static ofp_str raw_fragment(const dom *a)
{
    ofp_str href = DOM_ATTR(a, "href");
    size_t hash = ofp_str_find(href, OFP_STR("#"), 0);
    return hash == SIZE_MAX ? (ofp_str){ "", 0 } : ofp_str_sub(href, hash + 1, SIZE_MAX);
}

/* Pages pasted from word processors lose their names, but a link back tells where a note is: to #_ftnref1
 * from the note that #_ftn1 would be. */
static dom *note_by_backlink(reader *r, ofp_str fragment)
{
    size_t n = fragment.n;
    while (n && fragment.p[n - 1] >= '0' && fragment.p[n - 1] <= '9')
        n--;
    size_t digits = n;
    while (n && ofp_str_find(OFP_STR(":.-_"), ofp_str_sub(fragment, n - 1, 1), 0) != SIZE_MAX)
        n--;
    if (!n || digits == fragment.n || fragment.n > 64 || !has_note_id(fragment))
        return NULL;
    ofp_str back = ofp_arena_printf(r->tmp, "%.*sref%.*s", (int)n, fragment.p, (int)(fragment.n - n), fragment.p + n);
    return ofp_map_get(&r->backs, back);
}

static void collect_backlinks(reader *r)
{
    for (dom *n = r->root; n; n = dom_after(n, r->root)) {
        ofp_str to = n->tag == T_A && n->nattrs ? raw_fragment(n) : (ofp_str){ "", 0 };
        void **at = ofp_str_ifind(to, OFP_STR("ref"), 0) != SIZE_MAX ? ofp_map_at(&r->backs, to) : NULL;
        if (at && !*at)
            *at = n;
    }
}

static void look_at_link(reader *r, dom *a)
{
    ofp_str fragment = html_fragment(r, a);
    dom *to = fragment.n ? ofp_map_get(&r->ids, fragment) : NULL;
    if (!to && fragment.n)
        to = note_by_backlink(r, fragment);
    size_t len = to ? text_length(a, 64) : 0;
    if (!len || len > 16)
        return;
    dom *holder = holder_of(a), *body = body_of(r, to, a);
    bool back, marked = is_marked(a, holder);
    if (!body || encloses(body, a) || is_in_note(a) || !text_length(body, 16))
        return;
    if (!body->taken) {
        if (!is_note_sized(r, body, holder, &back))
            return;
        if (marked ? !back && !has_note_id(fragment) && !html_notes_around(body) : !back || !has_note_id(fragment))
            return;
    }
    holder->note = body;
    body->taken = true;
    dom *head = body->prev && body->prev->tag == T_TEXT ? body->prev->prev : body->prev;
    if (head && body->implied && head->tag >= T_H1 && head->tag <= T_H6)
        head->taken = true;
}

/* ---- what remains of the notes where they stood ---------------------------------------------------- */

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
    if (!is_inline(box))
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
        bool back = c->nattrs && (classed(c, back_classes) || has_role(c, back_roles));
        const dom *to = !back && c->tag == T_A ? ofp_map_get(&r->ids, html_fragment(r, c)) : NULL;
        if (to && text_length(c, 32) < 12)
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

/* A section of notes whose text has all been taken is nothing but a heading and a rule. */
void html_take_section(dom *section)
{
    for (const dom *c = section->first; c; ) {
        if (c->tag == T_TEXT && ofp_str_trim(c->text).n)
            return;
        bool skip = c->taken || (c->tag >= T_H1 && c->tag <= T_H6) || classed(c, back_classes);
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

/* A heading or a rule that nothing but notes stood below. */
static void take_lead(dom *body)
{
    dom *n = body;
    for (int up = 0; n->parent && up < 4 && n->parent->tag != T_BODY && is_emptied(n->parent); up++)
        n = n->parent;
    for (const dom *next = n->next; next; next = next->next)
        if (!is_emptied(next)) {
            if (next->tag != T_HR && !(next->tag >= T_H1 && next->tag <= T_H6))
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

void html_find_notes(reader *r)
{
    collect_backlinks(r);
    html_part_notes(r);
    for (dom *n = r->root; n; n = dom_after(n, r->root))
        if (n->tag == T_A && n->nattrs)
            look_at_link(r, n);
    html_find_loose_notes(r);
    html_take_copies(r);
    bool any = false;
    for (dom *n = r->root; n; n = dom_after(n, r->root)) {
        if (!n->note)
            continue;
        any = true;
        if (!n->note->seen) {
            n->note->seen = true;
            take_backlinks(r, n->note);
            html_take_label(n->note, n);
            trim_front(n->note);
        }
        dom *section = html_notes_around(n->note);
        if (section && section != n->note && !section->seen) {
            section->seen = true;
            html_take_section(section);
        }
    }
    for (dom *n = r->root; n && any; n = dom_after(n, r->root)) {
        if (n->note)
            take_blank_before(n);
        if (n->note && n->note->taken && is_last_note(n->note))
            take_lead(n->note);
    }
}

/* ---- the NOTE node ---------------------------------------------------------------------------------- */

/* A note that is referred to again is shown again, as long as that stays in proportion. */
static bool may_show(reader *r, dom *body)
{
    if (body->seen) {
        body->seen = false;         /* from here on: shown once */
        return true;
    }
    size_t len = text_length(body, r->spare + 1) + 16;
    if (len > r->spare)
        return false;
    r->spare -= len;
    return true;
}

void html_note(reader *r, dom *ref)
{
    dom *body = ref->note;
    if (r->in_note || !may_show(r, body)) {
        html_plainly(r, ref);
        return;
    }
    struct wrap_range wraps;
    const dom *code = r->code;
    flow_code(r, NULL);
    ofp_node *note = ofp_new(r->d, OFP_NOTE);
    ofp_set_line(note, ref->line);
    flow_leaf(r, note);
    struct flow saved = flow_enter_note(r, note, &wraps);
    r->in_note = true;
    html_children(r, body);
    r->in_note = false;
    flow_leave_note(r, saved, wraps);
    r->code = code;
    if (!ofp_first(note))
        ofp_unlink(note);
}
