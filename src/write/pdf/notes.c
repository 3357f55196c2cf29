/* notes.c - the notes of an article, as a list at its end; and the few words of our own. */
#include "write/pdf/layout.h"

static const struct own_words { const char *lang, *words[3]; const char *quotes[4]; } own[] = {
    { "en", { "Notes", "Image", "articles" }, { "\u201C", "\u201D", "\u2018", "\u2019" } },
    { "de", { "Anmerkungen", "Bild", "Artikel" }, { "\u201E", "\u201C", "\u201A", "\u2018" } },
    { "fr", { "Notes", "Image", "articles" }, { "\u00AB\u202F", "\u202F\u00BB", "\u201C", "\u201D" } },
    { "es", { "Notas", "Imagen", "art\u00EDculos" }, { "\u00AB", "\u00BB", "\u201C", "\u201D" } },
    { "it", { "Note", "Immagine", "articoli" }, { "\u00AB", "\u00BB", "\u201C", "\u201D" } },
    { "pt", { "Notas", "Imagem", "artigos" }, { "\u201C", "\u201D", "\u2018", "\u2019" } },
    { "nl", { "Noten", "Afbeelding", "artikelen" }, { "\u2018", "\u2019", "\u201C", "\u201D" } },
    { "sv", { "Noter", "Bild", "artiklar" }, { "\u201D", "\u201D", "\u2019", "\u2019" } },
    { "da", { "Noter", "Billede", "artikler" }, { "\u201D", "\u201D", "\u2019", "\u2019" } },
    { "nb", { "Noter", "Bilde", "artikler" }, { "\u00AB", "\u00BB", "\u2018", "\u2019" } },
    { "no", { "Noter", "Bilde", "artikler" }, { "\u00AB", "\u00BB", "\u2018", "\u2019" } },
    { "pl", { "Przypisy", "Obraz", "artyku\u0142y" }, { "\u201E", "\u201D", "\u00AB", "\u00BB" } },
    { "cs", { "Pozn\u00E1mky", "Obr\u00E1zek", "\u010Dl\u00E1nky" }, { "\u201E", "\u201C", "\u201A", "\u2018" } },
    { "ru", { "\u041F\u0440\u0438\u043C\u0435\u0447\u0430\u043D\u0438\u044F",
              "\u0418\u0437\u043E\u0431\u0440\u0430\u0436\u0435\u043D\u0438\u0435", "\u0441\u0442\u0430\u0442\u044C\u0438" },
      { "\u00AB", "\u00BB", "\u201E", "\u201C" } },
};

static const struct own_words *words_for(ofp_str lang)
{
    for (size_t i = 1; i < sizeof own / sizeof *own; i++) {
        ofp_str tag = ofp_s(own[i].lang);
        if (ofp_str_istarts(lang, tag) && (lang.n == tag.n || lang.p[tag.n] == '-' || lang.p[tag.n] == '_'))
            return &own[i];
    }
    return &own[0];
}

ofp_str pdf_word(ofp_str lang, enum own_word w)
{
    return ofp_s(words_for(lang)->words[w]);
}

ofp_str pdf_quote_mark(ofp_str lang, bool is_double, bool open)
{
    return ofp_s(words_for(lang)->quotes[(is_double ? 0 : 2) + (open ? 0 : 1)]);
}

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
    pdf_para_text(l, pdf_word(l->at.lang, WORD_NOTES), &s);
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
