/* notes.c - the notes of an article, as a list at its end. */
#include "doctools/lang.h"
#include "write/pdf/layout.h"

/* Names that no id of a document has: they begin with a control character's picture. */
ofp_str pdf_note_name(lay *l, const char *kind, unsigned number)
{
    return ofp_arena_printf(l->arena, "\xE2\x90\x9B%s-%u-%u", kind, l->article, number);
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
    pdf_pages_feed(l, false);
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

/* Notes may hold notes: the list grows while it is set. */
void pdf_notes(lay *l)
{
    place saved = l->at;
    if (l->notes.n == 0)
        return;
    l->at.elem = pdf_elem_new(l, PDF_SECT);
    notes_heading(l);
    l->at.body = LOOK_NOTE;
    l->at.level = l->at.bullets = 0;
    l->at.tight = false;
    double indent = (l->notes.n > 99 ? 2.7 : 2.1) * l->sheet.looks[LOOK_NOTE].size;
    for (size_t i = 0; i < l->notes.n && !l->nomem; i++)
        set_note(l, l->notes.p[i], indent);
    l->notes.n = 0;
    l->at = saved;
}
