/* notes.c - footnotes: which links refer to a note, and where its text stands.
 *
 * Pages mark them up in a dozen ways (Markdown processors, word processors, wikis, DPUB-ARIA, EPUB).
 * What they share: a short superscript or labelled link to a place further down, which links back, has
 * a telling id, or lies in a section of notes. */
#include "notes.h"

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

bool html_has_role(const dom *n, const char *const *roles)
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
                                               "footnote-definition", "citation", "notes", "fn-group", "ref-list", NULL };
static const char *const id_starts[] = { "fn", "footnote", "cite_note", "_ftn", "ftn", "sdfootnote", "sdendnote", "endnote",
                                         "_edn", "edn", "note", "easy-footnote", "user-content-fn", NULL };

bool html_has_class_of(const dom *n, const char *const *classes)
{
    return n->nattrs && has_word(DOM_ATTR(n, "class"), classes);
}

/* ---- references ------------------------------------------------------------------------------- */

/* The steps are bounded, too: many references may look at the same empty elements. */
size_t html_text_length(const dom *n, size_t bound)
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
    if (p && p->tag == T_SUP && html_text_length(p, 64) <= html_text_length(a, 64) + 3)
        return p;
    return a;
}

static bool is_marked(const dom *a, const dom *holder)
{
    return holder->tag == T_SUP || dom_up(a, T_SUP) || dom_find(a, T_SUP) || html_has_class_of(a, ref_classes)
        || html_has_role(a, ref_roles) || ofp_str_ieq(DOM_ATTR(a, "rel"), OFP_STR("footnote"));
}

/* Says that what it leads to describes it: journals' references. */
static bool is_described(const dom *a, ofp_str fragment)
{
    return a->nattrs > 1 && ofp_str_eq(DOM_ATTR(a, "aria-describedby"), fragment);
}

bool html_is_note_ref(const dom *n)
{
    return html_has_class_of(n, ref_classes) || html_has_role(n, ref_roles);
}

/* ---- the notes' texts ---------------------------------------------------------------------------- */

bool html_is_around_label(const dom *n)
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
    for (dom *n = first; n && !dom_is_heading(n) && n->tag != T_HR; n = n->next) {
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
    for (int up = 0; n && html_is_around_label(n); up++) {
        if (!is_first(n) || up > 5)
            return NULL;
        n = n->parent;
    }
    if (n && n->tag == T_P && ((n->parent && n->parent->tag == T_LI && is_first(n)) || is_box_of(n->parent, n, ref)))
        n = n->parent;
    if (n && dom_is_heading(n))
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
        if (++nodes > MAX_NOTE_NODES || dom_is_heading(c))
            return false;
        if (c->tag != T_A || *back)
            continue;
        const dom *to = ofp_map_get(&r->ids, html_fragment(r, c));
        *back = html_is_backlink(c)
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
        if (html_has_class_of(n, section_classes) || names_notes(n) || html_has_role(n, section_roles) || html_has_role(n, note_roles))
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
    for (size_t i = 0; i < r->of[T_A].n; i++) {
        ofp_str to = raw_fragment(r->of[T_A].at[i]);
        void **at = ofp_str_ifind(to, OFP_STR("ref"), 0) != SIZE_MAX ? ofp_map_at(&r->backs, to) : NULL;
        if (at && !*at)
            *at = r->of[T_A].at[i];
    }
}

/* The term that a note's number stands in, as some pages write notes in a list of terms. */
static dom *term_of(const dom *body)
{
    dom *dt = body->tag == T_DD ? html_before(body) : NULL;
    return dt && dt->tag == T_DT && html_note_label(dt) ? dt : NULL;
}

/* Whether "[1]" leads to a note that begins with the same label, and that leads back or has a name there. */
static bool is_answered(reader *r, dom *a, const dom *to, dom *body, const dom *holder, bool back)
{
    dom *term = term_of(body);
    if (!html_is_bracketed(a) || html_note_label(a) != (term ? html_note_label(term) : html_note_start(body).label))
        return false;
    if (term && !back)
        is_note_sized(r, term, holder, &back);
    return back || (to->tag == T_A && html_is_bracketed(to));
}

static void look_at_link(reader *r, dom *a)
{
    ofp_str fragment = html_fragment(r, a);
    dom *to = fragment.n ? ofp_map_get(&r->ids, fragment) : NULL;
    if (!to && fragment.n)
        to = note_by_backlink(r, fragment);
    size_t len = to ? html_text_length(a, 64) : 0;
    if (!len || len > 16)
        return;
    dom *holder = holder_of(a), *body = body_of(r, to, a);
    bool back, marked = is_marked(a, holder) || is_described(a, fragment);
    if (!body || encloses(body, a) || is_in_note(a) || !html_text_length(body, 16))
        return;
    if (!body->taken) {
        if (!is_note_sized(r, body, holder, &back))
            return;
        bool sure = marked ? back || has_note_id(fragment) || html_notes_around(body) : back && has_note_id(fragment);
        if (!sure && !is_answered(r, a, to, body, holder, back))
            return;
    }
    holder->note = body;
    r->noted = true;
    body->taken = true;
    dom *head = body->prev && body->prev->tag == T_TEXT ? body->prev->prev : body->prev;
    if (head && body->implied && dom_is_heading(head))
        head->taken = true;
    dom *term = term_of(body);
    if (term)
        term->taken = true;
}

void html_find_notes(reader *r)
{
    collect_backlinks(r);
    html_frame_labels(r);
    html_part_notes(r);
    for (size_t i = 0; i < r->of[T_A].n; i++)
        look_at_link(r, r->of[T_A].at[i]);
    html_find_loose_notes(r);
    if (!r->noted)
        return;
    html_take_copies(r);
    html_take_remains(r);
}

/* ---- the NOTE node ---------------------------------------------------------------------------------- */

/* A note that is referred to again is shown again, as long as that stays in proportion. */
static bool may_show(reader *r, dom *body)
{
    if (body->seen) {
        body->seen = false;         /* from here on: shown once */
        return true;
    }
    size_t len = html_text_length(body, r->spare + 1) + 16;
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
