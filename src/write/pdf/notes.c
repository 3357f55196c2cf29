/* notes.c - the notes of an article: at the foot of the pages that refer to them, or as a list at its end. */
#include "doctools/lang.h"
#include "write/pdf/layout.h"

/* Names that no id of a document has: they begin with a control character's picture. */
ofp_str pdf_note_name(lay *l, const char *kind, unsigned number)
{
    return ofp_arena_printf(l->arena, "\xE2\x90\x9B%s-%u-%u", kind, l->article, number);
}

static bool same_node(const ofp_node *a, const ofp_node *b)
{
    enum ofp_type t = ofp_node_type(a);
    if (t != ofp_node_type(b) || !ofp_str_eq(ofp_text(a), ofp_text(b)))
        return false;
    if ((t == OFP_LINK || t == OFP_IMAGE) && !ofp_str_eq(ofp_url(a), ofp_url(b)))
        return false;
    const ofp_node *x = ofp_first(a), *y = ofp_first(b);
    for (; x && y && same_node(x, y); x = ofp_next(x))
        y = ofp_next(y);
    return !x && !y;
}

/* "Ibid." means another thing each time. */
static bool speaks_for_itself(const ofp_node *top)
{
    enum { LETTERS = 32 };
    size_t n = 0;
    for (const ofp_node *c = ofp_first(top); c && n < LETTERS; c = ofp_after(c, top))
        n += ofp_text(c).n;
    return n >= LETTERS;
}

/* Pages that cite a source thrice have three notes that are alike. */
unsigned pdf_note_again(const lay *l, const ofp_node *n)
{
    unsigned shown = l->opt->notes == OFP_NOTES_END ? 0 : l->called;
    if (!speaks_for_itself(n))
        return 0;
    for (unsigned no = l->note_count; no > shown && no + RECENT_NOTES > l->note_count; no--)
        if (l->recent[no % RECENT_NOTES] && same_node(l->recent[no % RECENT_NOTES], n))
            return no;
    return 0;
}

/* The number hangs before the note and leads back to where it stands in the text. */
static void wait_number(lay *l, unsigned number, double indent)
{
    unsigned saved = l->at.elem;
    l->at.elem = pdf_elem_new(l, PDF_LBL);
    span s = pdf_span(l, LOOK_NOTE, pdf_elem_new(l, PDF_LINK));
    l->at.elem = saved;
    s.colour = INK_LINK;
    s.face.flags |= TYPE_TABULAR;
    label m = { pdf_text_shape(l, &s, ofp_arena_printf(l->arena, "%u", number)), s,
                pdf_from_start(l, indent - 0.6 * s.size), l->at.rtl, pdf_note_name(l, "noteref", number) };
    *(label *)PUSH(l, l->labels) = m;
}

static void set_note(lay *l, note n, double indent)
{
    place saved = l->at;
    ofp_str name = pdf_note_name(l, "note", n.number);
    l->at.elem = pdf_elem_new(l, PDF_NOTE);
    if (l->at.elem)
        l->book->elems[l->at.elem].id = name;
    pdf_dest_next(l, name);
    wait_number(l, n.number, indent);
    pdf_inset(l, indent, 0);
    pdf_blocks(l, n.node);
    if (l->labels.n) {
        pdf_strip(l, l->sheet.looks[LOOK_NOTE].lead);
        pdf_labels(l, -0.72 * l->sheet.looks[LOOK_NOTE].lead);
    }
    l->at = saved;
}

static void notes_heading(lay *l)
{
    const look *k = &l->sheet.looks[LOOK_H3];
    unsigned tag = l->last_level < 2 ? l->last_level + 1 : 2;
    span s = pdf_span(l, LOOK_H3, pdf_elem_new(l, (enum pdf_tag)(PDF_H1 + (int)tag - 1)));
    pdf_gap(l, k->above * 1.4);
    pdf_para_begin(l, LOOK_H3);
    pdf_para_text(l, ofp_lang_notes(l->at.lang), &s);
    pdf_para_set(l, LOOK_START, PARA_KEEP);
    pdf_gap(l, k->below);
}

static void begin_notes(lay *l)
{
    l->at.body = LOOK_NOTE;
    l->at.level = l->at.bullets = 0;
    l->at.tight = l->at.has_align = false;
    l->at.flags = 0;
    l->at.bar_x = 0;
    l->at.scale = 1;
}

static double indent_of(const lay *l, size_t most)
{
    return (most > 99 ? 2.7 : 2.1) * l->sheet.looks[LOOK_NOTE].size;
}

/* Notes may hold notes: the list grows while it is set. */
void pdf_end_notes(lay *l)
{
    place saved = l->at;
    if (l->notes.n == 0)
        return;
    l->at.elem = pdf_elem_new(l, PDF_SECT);
    notes_heading(l);
    begin_notes(l);
    double indent = indent_of(l, l->notes.n);
    for (size_t i = 0; i < l->notes.n && !l->nomem; i++) {
        set_note(l, l->notes.p[i], indent);
        pdf_pages_feed(l, false);
    }
    l->notes.n = 0;
    l->at = saved;
}

/* ---- at the foot ---- */

#define SWAP(T, a, b) do { T swap_ = (a); (a) = (b); (b) = swap_; } while (0)

/* The paragraph and what waits for its next line, against those of the notes. */
static void change_sides(lay *l)
{
    SWAP(para, l->para, l->aside.para);
    SWAP(label_list, l->labels, l->aside.labels);
    SWAP(name_list, l->waiting, l->aside.waiting);
}

/* A note in a note is not referred to by the text: it goes with the last of those that are. */
static void set_foot_notes(lay *l)
{
    unsigned last = l->notes.p[l->notes.n - 1].number;
    for (size_t i = 0; i < l->notes.n && !l->nomem; i++) {
        const note n = l->notes.p[i];
        size_t from = l->foot.strips.n;
        l->at.elem = n.elem;
        l->at.lang = n.lang;
        l->at.rtl = n.rtl;
        set_note(l, n, indent_of(l, n.number));
        for (size_t k = from; k < l->foot.strips.n && !l->nomem; k++)
            l->foot.strips.p[k].note = n.number < last ? n.number : last;
    }
    l->notes.n = 0;
}

void pdf_foot_notes(lay *l)
{
    if (l->notes.n == 0 || l->measuring || l->opt->notes == OFP_NOTES_END)
        return;
    place at = l->at;
    unsigned level = l->last_level;
    size_t skip = l->skip;
    bool displayed = l->displayed, headed = l->headed;
    change_sides(l);
    l->flow = &l->foot;
    l->at.x = l->sheet.left;
    l->at.w = l->sheet.measure;
    l->skip = 0;
    begin_notes(l);
    set_foot_notes(l);
    l->flow = &l->main;
    change_sides(l);
    l->at = at;
    l->last_level = level;
    l->skip = skip;
    l->displayed = displayed;
    l->headed = headed;
}
