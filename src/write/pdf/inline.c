/* inline.c - inline nodes to words: each with its look, its structure element and what follows it. */
#include "doctools/formula_text.h"
#include "doctools/lang.h"
#include "write/pdf/layout.h"
#include <string.h>

enum { MAX_WORD = 1000 /* bytes; longer ones are cut into several that break freely */, CHUNK = 1 << 18, MOST_BLANKS = 40 };

/* ---- spans ---- */

span pdf_span(lay *l, enum look_id id, unsigned elem)
{
    const look *k = &l->sheet.looks[id];
    span s = { k->face, k->size * l->at.scale, 0, k->colour, 0, elem, 0, false, l->at.lang, -1 };
    s.face.flags |= l->at.flags;
    return s;
}

void pdf_para_begin(lay *l, enum look_id id)
{
    para *p = &l->para;
    p->look = &l->sheet.looks[id];
    p->scale = l->at.scale;
    p->lead = p->look->lead * p->scale;
    p->spans.n = p->words.n = p->links.n = p->dests.n = 0;
    p->bytes = 0;
    p->blanks = 0;
    p->noted = 0;
    p->last = p->last2 = 0;
    p->rtl = p->has_rtl = false;
    p->indent = p->hang = 0;
    for (size_t i = 0; i < l->labels.n; i++) {           /* markers inside the column push the first line aside */
        double beyond = l->labels.p[i].edge - pdf_from_start(l, 0);
        double inside = 0.4 * p->look->size * p->scale + (l->at.rtl ? -beyond : beyond);
        if (inside > 0.5 * p->look->size && inside < 0.7 * l->at.w)
            p->indent = inside;
    }
}

static bool same_span(const span *a, const span *b)
{
    return a->face.family == b->face.family && a->face.flags == b->face.flags && a->size == b->size &&
           a->rise == b->rise && a->colour == b->colour && a->decor == b->decor && a->elem == b->elem &&
           a->link == b->link && a->verbatim == b->verbatim && a->lang.p == b->lang.p;
}

/* The number of a span of the paragraph, a new one where it differs from the last. */
static unsigned span_index(lay *l, const span *s)
{
    para *p = &l->para;
    if (p->spans.n == 0 || !same_span(&p->spans.p[p->spans.n - 1], s)) {
        span *made = PUSH(l, p->spans);
        *made = *s;
        made->blank = -1;
    }
    return p->spans.n ? (unsigned)p->spans.n - 1 : 0;
}

/* ---- words ---- */

/* Fixed blanks behind a forced line end indent the line, other ones among them too. */
static void count_blanks(para *p, enum word_end end)
{
    bool begins = p->words.n && p->words.p[p->words.n - 1].end == END_LINE;
    if (end == END_LINE)
        p->blanks = 0;
    else if (begins && p->blanks < MOST_BLANKS && (end == END_FIXED || (end == END_BLANK && p->blanks)))
        p->blanks++;
}

static void end_word(lay *l, enum word_end end, unsigned span_no)
{
    para *p = &l->para;
    p->last = p->last2 = 0;
    count_blanks(p, end);
    if (l->nomem || p->words.n == 0 || p->words.p[p->words.n - 1].end >= end)
        return;
    word *w = &p->words.p[p->words.n - 1];
    span *s = &p->spans.p[span_no];
    if ((end == END_BLANK || end == END_FIXED) && s->blank < 0)
        s->blank = (float)(pdf_text_shape(l, s, OFP_STR(" "))->width * s->size);
    w->end = (unsigned char)end;
    w->blank = end == END_MAYBE || end == END_LINE ? 0 : s->blank;
}

static word *add_word(lay *l, unsigned span_no)
{
    para *p = &l->para;
    if (p->bytes > CHUNK && !l->measuring) {             /* keeps a text without paragraphs within bounds */
        pdf_para_set(l, p->look->align, PARA_LOOSE);
        p->words.n = p->dests.n = p->bytes = p->noted = 0;
    }
    word *w = PUSH(l, p->words);
    w->span = span_no;
    return w;
}

/* Sets the blanks that indent a line as a word of their own, at most a third of the column. */
static void indent_line(lay *l, unsigned span_no)
{
    para *p = &l->para;
    const span *s = &p->spans.p[span_no];
    ofp_buf t = { 0 };
    ofp_buf_fill(&t, ' ', p->blanks);
    ofp_str text = ofp_buf_take(&t, l->arena);
    double most = l->at.w / 3;
    p->blanks = 0;
    while (text.n && pdf_text_shape(l, s, text)->width * s->size > most)
        text.n--;
    if (text.n == 0 || l->nomem)
        return;
    word *w = add_word(l, span_no);
    w->text = text;
    w->shape = pdf_text_shape(l, &p->spans.p[span_no], text);
    w->width = w->shape->width * p->spans.p[span_no].size;
}

/* Without soft hyphens, joiners and controls, and where the soft hyphens were. */
static void strip_marks(lay *l, word *w)
{
    ofp_buf out = { 0 };
    unsigned soft[64];
    size_t n = 0;
    for (size_t i = 0; i < w->text.n; ) {
        uint32_t cp = ofp_utf8_next(w->text, &i);
        if (cp == 0xAD && n < 64 && out.n > 0)
            soft[n++] = (unsigned)out.n;
        else if (cp == 0x200C || cp == 0x200D || !(cp == 0xAD || cp == 0x2060 || cp == 0xFEFF || (cp >= 0x200E && cp <= 0x200F) ||
                 (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || (cp >= 0x7F && cp < 0xA0)))
            ofp_buf_putu(&out, cp);
    }
    w->text = ofp_buf_take(&out, l->arena);
    if (n > 0) {
        unsigned *copy = ofp_arena_zalloc(l->arena, n, sizeof *copy);
        if (copy)
            memcpy(copy, soft, n * sizeof *soft);
        w->soft = copy;
        w->nsoft = copy ? n : 0;
    }
}

/* A paragraph runs as its first word does; where all runs from right to left, so does one that begins
 * with a foreign word. */
static void note_direction(lay *l, const type_shape *s)
{
    para *p = &l->para;
    for (size_t i = 0; i < s->n; i++)
        if (s->runs[i].rtl) {
            if (p->words.n <= 1 || l->at.rtl)
                p->rtl = true;
            p->has_rtl = true;
        }
}

static void add_text_word(lay *l, ofp_str text, unsigned span_no, bool plain, bool marked)
{
    para *p = &l->para;
    if (p->blanks)
        indent_line(l, span_no);
    word *before = p->words.n ? &p->words.p[p->words.n - 1] : NULL;
    size_t i = 0, e = text.n;
    uint32_t first = ofp_utf8_next(text, &i);
    if (before && before->end == END_NONE && pdf_break_between(p->last2, p->last, first, false))
        before->end = END_MAYBE;
    word *w = add_word(l, span_no);
    w->text = text;
    w->plain = plain;
    if (marked)
        strip_marks(l, w);
    if (w->text.n == 0) {
        p->words.n -= p->words.n > 0;
        return;
    }
    w->shape = pdf_text_shape(l, &p->spans.p[span_no], w->text);
    w->width = w->shape->width * p->spans.p[span_no].size;
    p->bytes += text.n + 8;
    note_direction(l, w->shape);
    p->last = ofp_utf8_prev(text, &e);
    p->last2 = e > 0 ? ofp_utf8_prev(text, &e) : 0;
}

enum { IN_WORD, IN_MARK = 100 };                         /* besides enum word_end */

/* What a character beyond ASCII means between words: an end, part of a word, a mark that is dropped. */
static int class_of(uint32_t cp)
{
    if (cp < 0xA0)
        return cp == 0x85 ? END_LINE : IN_MARK;
    if (cp == 0xA0 || cp == 0x202F || cp == 0x2007)
        return END_FIXED;
    if (cp == 0xAD || cp == 0x2060 || cp == 0xFEFF)
        return IN_MARK;
    if (cp < 0x1680)
        return IN_WORD;
    if (cp == 0x200B)
        return END_MAYBE;
    if (cp == 0x2028 || cp == 0x2029)
        return END_LINE;
    if (cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069))
        return IN_MARK;
    return cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x205F || cp == 0x3000 ? END_BLANK : IN_WORD;
}

/* The class of the character at text[*i], moved past it; *plain stays true for ASCII letters and digits. */
static int classify(ofp_str text, size_t *i, bool *plain)
{
    unsigned char c = (unsigned char)text.p[*i];
    if (c < 0x80) {
        ++*i;
        if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')))
            *plain = false;
        return c <= ' ' ? END_BLANK : c == 0x7F ? IN_MARK : IN_WORD;
    }
    *plain = false;
    return class_of(ofp_utf8_next(text, i));
}

static void feed(lay *l, ofp_str text, unsigned span_no)
{
    size_t start = 0;
    bool plain = true, marked = false;
    for (size_t i = 0; i <= text.n; ) {
        size_t at = i;
        bool word_plain = plain;
        int k = i < text.n ? classify(text, &i, &plain) : (i++, END_NONE);
        if (at < text.n && (k == IN_WORD || k == IN_MARK) && at - start < MAX_WORD) {
            marked |= k == IN_MARK;
            continue;
        }
        bool cut = at < text.n && (k == IN_WORD || k == IN_MARK);
        if (at > start)
            add_text_word(l, ofp_str_sub(text, start, at - start), span_no, word_plain && !marked, marked);
        if (cut && !ofp_is_cjk(l->para.last))            /* there the next word looks whether it may begin a line */
            end_word(l, END_MAYBE, span_no);
        else if (!cut && at < text.n)
            end_word(l, (enum word_end)k, span_no);
        start = cut ? at : i;
        plain = !cut;
        marked = cut && k == IN_MARK;
    }
}

void pdf_para_text(lay *l, ofp_str text, const span *s)
{
    ofp_str rest = ofp_str_sub(text, l->skip, SIZE_MAX);
    unsigned no = span_index(l, s);
    l->skip = 0;
    if (rest.n > 0 && !l->nomem)
        feed(l, rest, no);
}

/* ---- links and notes ---- */

static void start_link(lay *l, span *s, ofp_str uri, ofp_str dest)
{
    para_link *k = PUSH(l, l->para.links);
    *k = (para_link){ uri, dest, s->elem };
    s->link = (unsigned)l->para.links.n;
    s->colour = INK_LINK;
}

void pdf_para_link(lay *l, ofp_str text, span s, ofp_str uri, ofp_str dest)
{
    uint32_t colour = s.colour;                          /* our own links say what they are by their place */
    start_link(l, &s, uri, dest);
    s.colour = colour;
    pdf_para_text(l, text, &s);
}

static void dest_at_word(lay *l, ofp_str name)
{
    if (name.n == 0 || l->measuring)
        return;
    para_dest *d = PUSH(l, l->para.dests);
    *d = (para_dest){ name, l->para.words.n, 0 };
}

static unsigned elem_below(lay *l, enum pdf_tag tag, unsigned parent)
{
    unsigned saved = l->at.elem;
    l->at.elem = parent;
    unsigned made = pdf_elem_new(l, tag);
    l->at.elem = saved;
    return made;
}

static void raise(span *s)
{
    s->rise += s->size * 0.36;
    s->size *= 0.68;
}

/* Behind the paragraph that refers to it; a term's is part of the term, since a list's item holds nothing else. */
static unsigned note_parent(const lay *l, unsigned elem)
{
    return l->at.elem && l->book->elems[l->at.elem].tag == PDF_LI ? elem : l->at.elem;
}

/* Notes 1 and 2 are not note 12.  What parts them is no part of the text. */
static void part_references(lay *l, span s)
{
    const para *p = &l->para;
    if (p->noted == 0 || p->noted != p->words.n || p->words.p[p->noted - 1].end != END_NONE)
        return;
    s.elem = 0;
    pdf_para_text(l, OFP_STR(","), &s);
}

static unsigned new_note(lay *l, const ofp_node *n, const span *s)
{
    unsigned number = ++l->note_count;
    dest_at_word(l, pdf_note_name(l, "noteref", number));
    if (l->para.dests.n)
        l->para.dests.p[l->para.dests.n - 1].note = number;
    note *made = PUSH(l, l->notes);
    *made = (note){ n, number, note_parent(l, s->elem), s->lang, l->at.rtl };
    l->recent[number % RECENT_NOTES] = n;
    return number;
}

static void put_note(lay *l, const ofp_node *n, span s)
{
    span outer = s;
    raise(&s);
    s.face.flags &= ~(unsigned)(TYPE_ITALIC | TYPE_BOLD);
    s.colour = INK_LINK;
    part_references(l, s);
    unsigned number = l->measuring ? l->note_count + 1 : pdf_note_again(l, n);
    if (number == 0)
        number = new_note(l, n, &outer);
    s.elem = elem_below(l, PDF_LINK, elem_below(l, PDF_REFERENCE, s.elem));
    pdf_para_link(l, ofp_arena_printf(l->arena, "%u", number), s, (ofp_str){ 0 }, pdf_note_name(l, "note", number));
    l->para.noted = l->para.words.n;
}

static void put_link(lay *l, const ofp_node *n, span s)
{
    ofp_str url = ofp_str_trim(ofp_url(n));
    if (url.n < 2) {
        pdf_para_nodes(l, n, &s);
        return;
    }
    s.elem = elem_below(l, PDF_LINK, s.elem);
    if (url.p[0] == '#')
        start_link(l, &s, (ofp_str){ 0 }, ofp_str_sub(url, 1, SIZE_MAX));
    else
        start_link(l, &s, url, (ofp_str){ 0 });
    pdf_para_nodes(l, n, &s);
}

/* ---- pictures in the line ---- */

static void put_missing(lay *l, const ofp_node *n, span s)
{
    ofp_str alt = ofp_shown_text(l->arena, n);
    s.face.flags ^= TYPE_ITALIC;
    s.colour = INK_SOFT;
    pdf_para_text(l, OFP_STR("["), &s);
    pdf_para_text(l, alt.n ? alt : ofp_lang_image(s.lang), &s);
    pdf_para_text(l, OFP_STR("]"), &s);
}

word *pdf_word_new(lay *l, const span *s)
{
    unsigned span_no = span_index(l, s);
    if (l->para.blanks)
        indent_line(l, span_no);
    l->para.last = l->para.last2 = 0;
    return add_word(l, span_no);
}

void pdf_word_end(lay *l, enum word_end end, const span *s)
{
    end_word(l, end, span_index(l, s));
}

static void put_image(lay *l, const ofp_node *n, span s)
{
    const ofp_image *img = l->res ? ofp_res_image(l->res, n) : NULL;
    if (!img) {
        put_missing(l, n, s);
        return;
    }
    s.elem = elem_below(l, PDF_FIGURE, s.elem);
    if (s.elem)
        l->book->elems[s.elem].alt = ofp_shown_text(l->arena, n);
    word *w = pdf_word_new(l, &s);
    w->image = img;
    w->picture = n;
    pdf_image_size(l, n, img, &w->width, &w->height);
}

/* ---- nodes ---- */

static void put_node(lay *l, const ofp_node *n, span s);

void pdf_para_nodes(lay *l, const ofp_node *parent, const span *s)
{
    for (const ofp_node *n = ofp_first(parent); n; n = ofp_next(n))
        if (ofp_is_inline(n))
            put_node(l, n, *s);
}

static void put_quoted(lay *l, const ofp_node *n, const span *s)
{
    bool twice = ofp_quote_double(n);
    pdf_para_text(l, pdf_quote_mark(s->lang, twice, true), s);
    pdf_para_nodes(l, n, s);
    pdf_para_text(l, pdf_quote_mark(s->lang, twice, false), s);
}

static void put_code(lay *l, const ofp_node *n, span s)
{
    s.face.family = TYPE_MONO;
    s.size *= 0.84;
    s.verbatim = true;
    s.elem = elem_below(l, PDF_CODE, s.elem);
    dest_at_word(l, ofp_id(n));
    pdf_para_text(l, ofp_text(n), &s);
}

static void put_math(lay *l, const ofp_node *n, span s)
{
    bool display = ofp_math_display(n);
    span outer = s;
    s.elem = elem_below(l, PDF_FORMULA, s.elem);
    if (s.elem)
        l->book->elems[s.elem].alt = ofp_formula_shown(l->arena, ofp_text(n));
    dest_at_word(l, ofp_id(n));
    if (display)
        pdf_word_end(l, END_LINE, &outer);
    if (!pdf_math(l, n, &s)) {
        s.face.flags |= TYPE_ITALIC;
        pdf_para_text(l, ofp_str_trim(ofp_text(n)), &s);
    }
    if (display)
        pdf_word_end(l, END_LINE, &outer);
}

static void put_span(lay *l, const ofp_node *n, span s)
{
    ofp_str lang = ofp_attr(n, OFP_STR("lang"));
    dest_at_word(l, ofp_id(n));
    if (lang.n && !ofp_str_ieq(lang, s.lang)) {
        s.lang = lang;
        s.elem = elem_below(l, PDF_SPAN, s.elem);
        if (s.elem)
            l->book->elems[s.elem].lang = lang;
    }
    if (ofp_has_class(n, OFP_STR("smallcaps")))
        s.face.flags |= TYPE_SMALLCAPS;
    if (ofp_has_class(n, OFP_STR("underline")))
        s.decor |= DECOR_UNDER;
    pdf_para_nodes(l, n, &s);
}

static void put_node(lay *l, const ofp_node *n, span s)
{
    switch (ofp_node_type(n)) {
    case OFP_TEXT:      pdf_para_text(l, ofp_text(n), &s); return;
    case OFP_EMPH:      s.face.flags ^= TYPE_ITALIC; break;
    case OFP_STRONG:    s.face.flags |= TYPE_BOLD; break;
    case OFP_UNDERLINE: s.decor |= DECOR_UNDER; break;
    case OFP_STRIKE:    s.decor |= DECOR_STRIKE; break;
    case OFP_SMALLCAPS: s.face.flags |= TYPE_SMALLCAPS; break;
    case OFP_SUPER:     raise(&s); break;
    case OFP_SUB:       s.rise -= s.size * 0.16; s.size *= 0.68; break;
    case OFP_QUOTED:    put_quoted(l, n, &s); return;
    case OFP_CITE:      break;
    case OFP_CODE:      put_code(l, n, s); return;
    case OFP_SOFTBREAK: pdf_word_end(l, END_BLANK, &s); return;
    case OFP_LINEBREAK: pdf_word_end(l, END_LINE, &s); return;
    case OFP_MATH:      put_math(l, n, s); return;
    case OFP_RAWINLINE: return;
    case OFP_LINK:      dest_at_word(l, ofp_id(n)); put_link(l, n, s); return;
    case OFP_IMAGE:     dest_at_word(l, ofp_id(n)); put_image(l, n, s); return;
    case OFP_NOTE:      put_note(l, n, s); return;
    case OFP_SPAN:      put_span(l, n, s); return;
    case OFP_DOC: case OFP_PLAIN: case OFP_PARA: case OFP_LINES: case OFP_CODEBLOCK: case OFP_RAWBLOCK:
    case OFP_QUOTE: case OFP_OLIST: case OFP_ULIST: case OFP_DLIST: case OFP_HEAD: case OFP_RULE: case OFP_TABLE:
    case OFP_FIGURE: case OFP_DIV: case OFP_LINE: case OFP_ITEM: case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION:
    case OFP_SHORTCAP: case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT: case OFP_ROW: case OFP_CELL: case OFP_CITATION:
    case OFP_PREFIX: case OFP_SUFFIX: case OFP_MMAP: case OFP_MLIST: case OFP_MBOOL: case OFP_MSTRING:
    case OFP_MINLINES: case OFP_MBLOCKS: case OFP_NTYPES:
        return;                                           /* no inlines */
    }
    pdf_para_nodes(l, n, &s);
}
