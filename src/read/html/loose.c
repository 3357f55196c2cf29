/* loose.c - notes that no link leads to.
 *
 * Many pages have a superscript number in the text and, further down, a paragraph or an item that begins
 * with the same number, and nothing joins the two.  Others put the note into the text itself, for a style
 * sheet to move it into the margin. */
#include "notes.h"

#define MAX_REFS 4096
#define MAX_LOOKS 400000        /* comparisons of labels in one page */
#define MAX_MORE 12             /* further blocks of a note that another one ends */
#define MAX_LAST 3              /* the same of the last one, which nothing ends */

/* ---- where notes may stand ---------------------------------------------------------------------- */

bool html_is_notes_heading(const dom *n)
{
    static const char *const words[] = { "notes", "footnotes", "endnotes", "note", "footnote", "references", "sidenotes",
        "sources", "article sources", "citations", "quellen", "einzelnachweise", "fuentes", "fonti",
        "fu\u00DFnoten", "anmerkungen", "notes de bas de page", "notas", "notas al pie", "note a pi\u00E8 di pagina",
        "voetnoten", "noter", "fotnoter", "przypisy", "\u043F\u0440\u0438\u043C\u0435\u0447\u0430\u043D\u0438\u044F",
        "\u811A\u6CE8", "\u6CE8\u91CA", "\u8A3B\u91CB", "\u6CE8" };
    if (!dom_is_heading(n) && !DOM_IS(n, T_P, T_DIV, T_B, T_STRONG))
        return false;
    const dom *text = html_sole_text((dom *)n);
    ofp_str s = text ? ofp_str_trim(text->text) : (ofp_str){ "", 0 };
    if (s.n && s.p[s.n - 1] == ':')
        s.n--;
    for (size_t i = 0; s.n && i < sizeof words / sizeof *words; i++)
        if (ofp_str_ieq(s, ofp_s(words[i])))
            return true;
    return false;
}

/* Behind a rule or a heading that says so, in a section of notes, or in the margin. */
static bool in_notes(dom *n)
{
    if (html_notes_around(n) || (n->tag == T_LI && dom_up(n, T_ASIDE)))
        return true;
    for (int up = 0; n && up < 4; n = n->parent, up++) {
        const dom *p = html_before(n);
        if (p)
            return p->tag == T_HR || html_is_notes_heading(p);
    }
    return false;
}

/* ---- references --------------------------------------------------------------------------------- */

struct ref { dom *el; long label; };
struct loose {
    reader *r;
    struct ref *refs;
    size_t nrefs, next, looks;  /* refs before next have their notes */
    long last;                  /* label of the last note found */
    const dom *home;            /* where it stood, and whether notes are known to stand there */
    bool known;
};

/* m², 10⁶: what stands before is a number, or too short for a word. */
static bool is_exponent(const dom *sup)
{
    const dom *p = sup->prev;
    if (!p || p->tag != T_TEXT || !p->text.n)
        return false;
    size_t i = p->text.n, letters = 0;
    if (is_digit(p->text.p[i - 1]))
        return true;
    while (i && ((p->text.p[i - 1] | 32) >= 'a' && (p->text.p[i - 1] | 32) <= 'z')) {
        i--;
        letters++;
    }
    return letters == 1 || (letters == 2 && i && is_digit(p->text.p[i - 1]));
}

static bool opens_block(const dom *n)
{
    for (; n && html_is_around_loose(n); n = n->parent)
        if (html_before(n))
            return false;
    return n != NULL;
}

static bool is_ref(dom *n)
{
    if (n->note || n->taken)
        return false;
    bool sup = n->tag == T_SUP && (!n->parent || n->parent->tag != T_SUP);
    if (!sup && !(DOM_IS(n, T_A, T_SPAN) && html_is_note_ref(n)))
        return false;
    if (!sup && dom_find(n, T_SUP))
        return false;
    for (const dom *p = n->parent; p && (p->tag == T_A || html_is_around_loose(p)); p = p->parent)
        if (p->note || (p->tag == T_SUP && !sup))
            return false;
    for (const dom *c = n->first; c; c = dom_after(c, n))
        if (c->note)
            return false;
    return !opens_block(n) && !is_exponent(n);
}

static void add_ref(struct loose *l, dom *n)
{
    long label = l->nrefs < MAX_REFS ? html_note_label(n) : 0;
    if (!label || !is_ref(n))
        return;
    bool linked = n->parent && n->parent->tag == T_A && html_note_label(n->parent) == label;
    l->refs[l->nrefs++] = (struct ref){ linked ? n->parent : n, label };
}

static dom *find_ref(struct loose *l, long label)
{
    for (size_t i = l->next; i < l->nrefs && l->looks < MAX_LOOKS; i++, l->looks++)
        if (l->refs[i].label == label && !l->refs[i].el->note) {
            l->next = i + 1;
            return l->refs[i].el;
        }
    return NULL;
}

/* ---- notes -------------------------------------------------------------------------------------- */

/* Items of a numbered list have their number from their place. */
static long ordinal(const dom *li)
{
    long start = 1, at = 0;
    if (!li->parent || li->parent->tag != T_OL)
        return 0;
    ofp_str_int(ofp_str_trim(DOM_ATTR(li->parent, "start")), 1, 999, &start);
    for (const dom *n = li->prev; n && at < 1000; n = n->prev)
        at += n->tag == T_LI;
    return at < 1000 ? start + at : 0;
}

/* The last block of the note that begins with the paragraph el. */
static dom *last_of(dom *el, long label, bool known)
{
    dom *last = el;
    int more = 0;
    for (dom *n = el->next; n && !dom_is_heading(n) && n->tag != T_HR; n = n->next) {
        if (html_is_filler(n))
            continue;
        if (!DOM_IS(n, T_P, T_UL, T_OL, T_BLOCKQUOTE, T_PRE, T_TABLE) || ++more > MAX_MORE)
            return el;
        long other = n->tag == T_P ? html_note_start(n).label : 0;
        if (other == label + 1 || other >= NOTE_SIGN)
            return last;
        last = n;
    }
    return known && more <= MAX_LAST ? last : el;
}

static bool is_next(const struct loose *l, long label)
{
    return label >= NOTE_SIGN || label == 1 || label == l->last + 1;
}

static dom *accept(struct loose *l, dom *el, struct note_start s, bool known)
{
    dom *ref = find_ref(l, s.label);
    if (!ref)
        return NULL;
    l->last = s.label;
    l->home = el->parent;
    l->known = known;
    dom *last = el->tag == T_P ? last_of(el, s.label, known) : el;
    dom *body = last == el ? el : dom_wrap(l->r->tmp, el, last);
    if (!body)
        return NULL;
    if (s.el)
        html_take_start(&s, body);
    ref->note = body;
    l->r->noted = true;
    body->taken = true;
    return body;
}

/* Whether a note begins with el; gives the element that holds all of it. */
static dom *look_at_block(struct loose *l, dom *el)
{
    struct note_start s = html_note_start(el);
    if (!s.label && el->tag == T_LI)
        s = (struct note_start){ .label = ordinal(el) };
    if (!s.label || !is_next(l, s.label) || !l->nrefs)
        return NULL;
    if (DOM_IS(el, T_DIV) && !(s.el && !s.len))
        return NULL;
    bool known = el->parent == l->home ? l->known : in_notes(el);
    if (!known && (!s.raised || el->tag == T_LI))
        return NULL;
    return accept(l, el, s, known);
}

/* A label of a note in the text: what a reader would click on. */
static bool take_toggle(dom *n)
{
    dom *p = html_before(n);
    bool found = false;
    for (int i = 0; p && i < 3; i++, p = html_before(p)) {
        bool toggle = p->tag == T_INPUT || p->tag == T_LABEL || (html_is_around_loose(p) && html_note_label(p));
        if (!toggle)
            break;
        p->taken = found = true;
    }
    return found;
}

static bool is_sidenote(const dom *n)
{
    if (!DOM_CLASS_HOLDS(n, "note"))
        return false;
    return DOM_CLASS(n, "sidenote") || DOM_CLASS(n, "side-note") || DOM_CLASS(n, "marginnote")
        || DOM_CLASS(n, "margin-note") || DOM_CLASS(n, "footnote") || DOM_CLASS(n, "modern-footnotes-footnote__note")
        || DOM_CLASS(n, "inline-footnote") || DOM_CLASS(n, "footnote-content") || DOM_CLASS(n, "ltx_note");
}

/* LaTeXML repeats the mark of a note inside of it. */
static bool take_marks(dom *note)
{
    if (!DOM_CLASS(note, "ltx_note"))
        return false;
    for (dom *c = note->first; c; c = c->taken ? dom_after_skip(c, note) : dom_after(c, note))
        c->taken = c->nattrs && (DOM_CLASS(c, "ltx_note_mark") || DOM_CLASS(c, "ltx_tag_note") || DOM_CLASS(c, "ltx_note_type"));
    return true;
}

/* A mark for a note that stands elsewhere. */
static void take_copies(dom *mark)
{
    for (dom *c = mark->first; c; c = c->next)
        c->taken |= c->nattrs && DOM_CLASS(c, "ltx_note_outer");
}

/* A note in the text holds its own text. */
static void look_at_sidenote(reader *r, dom *n)
{
    bool named = n->tag == T_D_FOOTNOTE || (n->nattrs && is_sidenote(n));
    if (named && DOM_CLASS(n, "ltx_role_footnotemark")) {
        take_copies(n);
        return;
    }
    if (n->note || n->taken || !named || dom_blank(n) || opens_block(n) || html_note_label(n))
        return;
    bool margin = n->tag == T_D_FOOTNOTE || DOM_CLASS(n, "sidenote") || DOM_CLASS(n, "marginnote");
    if (!take_marks(n) && !take_toggle(n) && !margin)
        return;
    struct note_start s = html_note_start(n);
    if (s.label && !s.len)
        html_take_start(&s, n);
    n->note = n;
    r->noted = true;
}

/* A link has led to this item already, perhaps to it alone: others follow. */
static void pass_item(struct loose *l, const dom *li)
{
    if (li->tag != T_LI || ordinal(li) != l->last + 1)
        return;
    l->last++;
    l->home = li->parent;
    l->known = true;
}

/* A block that begins with the label of a reference before it is its note. */
static void find_labelled(reader *r)
{
    if (!r->of[T_SUP].n && !r->of[T_A].n && !r->of[T_SPAN].n)
        return;
    struct loose l = { .r = r, .refs = ofp_arena_zalloc(r->tmp, MAX_REFS, sizeof *l.refs) };
    if (!l.refs)
        return;
    for (dom *n = r->root, *body; n; n = body ? dom_after_skip(body, r->root) : dom_after(n, r->root)) {
        body = n->taken || n->note == n ? n : NULL;
        if (body) {
            pass_item(&l, n);
            continue;
        }
        if (n->tag == T_SUP || (n->nattrs && DOM_IS(n, T_A, T_SPAN)))
            add_ref(&l, n);
        else if (DOM_IS(n, T_P, T_LI, T_DIV, T_DD))
            body = look_at_block(&l, n);
    }
}

void html_find_loose_notes(reader *r)
{
    bool any = r->of[T_SPAN].n || r->of[T_SMALL].n || r->of[T_D_FOOTNOTE].n;
    for (dom *n = any ? r->root : NULL; n; n = dom_after(n, r->root))
        if (DOM_IS(n, T_SPAN, T_SMALL, T_D_FOOTNOTE))
            look_at_sidenote(r, n);
    find_labelled(r);
}

/* ---- notes parted by line breaks -------------------------------------------------------------------- */

/* A line that begins with a named place or a raised label begins a note. */
static bool begins_note(const dom *n)
{
    const dom *p = html_before(n);
    if (p && p->tag != T_BR)
        return false;
    if (n->tag == T_A)
        return html_id(n).n && (html_note_label((dom *)n) || dom_blank(n));
    return n->tag == T_SUP && html_note_label((dom *)n);
}

static dom *next_note(dom *n)
{
    while (n && !begins_note(n))
        n = n->next;
    return n;
}

static const dom *behind(const dom *n)
{
    n = n->next;
    while (n && html_is_filler(n))
        n = n->next;
    return n;
}

static bool is_bold(const dom *n)
{
    return n && DOM_IS(n, T_B, T_STRONG);
}

/* Where the last note ends: a bold line below a blank one begins something else. */
static dom *end_of(dom *first, dom *last)
{
    for (dom *n = first; n; n = n->next) {
        const dom *br = n->tag == T_BR ? behind(n) : NULL;
        if (br && br->tag == T_BR && is_bold(behind(br)))
            return n->prev;
    }
    return last;
}

/* Each of them becomes a paragraph. */
static void part_lines(reader *r, dom *block)
{
    dom *first = next_note(block->first), *second = first ? next_note(first->next) : NULL;
    if (!second)
        return;
    while (first) {
        dom *next = next_note(first->next);
        dom_wrap(r->tmp, first, next ? next->prev : end_of(first, block->last));
        first = next;
    }
}

void html_part_notes(reader *r)
{
    for (dom *n = r->of[T_BR].n ? r->root : NULL; n; n = dom_after(n, r->root))
        if (DOM_IS(n, T_P, T_DIV, T_TD, T_FONT) && n->first)
            for (const dom *c = n->first; c; c = c->next)
                if (c->tag == T_BR) {
                    part_lines(r, n);
                    break;
                }
}
