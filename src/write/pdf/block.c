/* block.c - block nodes to strips; lists, tables, code and figures have files of their own. */
#include "doctools/callout.h"
#include "write/pdf/layout.h"

place pdf_inset(lay *l, double start, double end)
{
    place saved = l->at;
    double least = 9 * l->sheet.size * l->at.scale;
    if (l->at.w - start - end >= least) {                /* else nested too deep to go on inwards */
        l->at.x += l->at.rtl ? end : start;
        l->at.w -= start + end;
    }
    return saved;
}

double pdf_reach(const lay *l)
{
    return l->flow == &l->main && l->at.w == l->sheet.measure ? l->sheet.reach : 0;
}

double pdf_from_start(const lay *l, double in)
{
    return l->at.rtl ? l->at.x + l->at.w - in : l->at.x + in;
}

/* Undoes the last element where nothing came to be in it. */
static void drop_elem(lay *l, unsigned elem)
{
    if (elem && elem + 1 == l->book->nelems)
        l->book->nelems--;
}

enum { NARROW = 15 /* em */ };

static void set_text(lay *l, enum look_id id, unsigned flags)
{
    const look *k = &l->sheet.looks[id];
    bool tight = l->at.tight && id == l->at.body;
    enum look_align align = l->at.has_align ? l->at.align : k->align;
    if (align == LOOK_JUSTIFY && l->at.w < NARROW * k->size)
        align = LOOK_START;                               /* too few words in a line to share the blanks out */
    pdf_gap(l, tight ? 0 : k->above * l->at.scale);
    pdf_para_set(l, align, flags);
    if (flags & PARA_KEEP)
        pdf_keep_last(l);
    pdf_gap(l, tight ? 0 : k->below * l->at.scale);
}

void pdf_text_block(lay *l, const ofp_node *n, enum look_id id, enum pdf_tag tag)
{
    unsigned elem = pdf_elem_new(l, tag);
    span s = pdf_span(l, id, elem);
    pdf_para_begin(l, id);
    pdf_para_nodes(l, n, &s);
    if (l->para.words.n)
        set_text(l, id, id == LOOK_TERM ? PARA_KEEP : 0);
    else
        drop_elem(l, elem);
}

static bool all_bold(const para *p)
{
    for (size_t i = 0; i < p->words.n; i++)
        if (!(p->spans.p[p->words.p[i].span].face.flags & TYPE_BOLD))
            return false;
    return true;
}

static bool ends_in_colon(const para *p)
{
    ofp_str t = p->words.p[p->words.n - 1].text;
    size_t end = t.n;
    uint32_t last = end ? ofp_utf8_prev(t, &end) : 0;
    return last == ':' || last == 0xFF1A;
}

/* Does the paragraph that was set announce what follows: by its colon, as a heading in bold, or as all that stands
 * below a heading so far? */
static bool announces(const para *p, bool headed)
{
    bool line = p->room.lines.n == 1;
    return p->words.n && (ends_in_colon(p) || (line && (headed || all_bold(p))));
}

static void paragraph(lay *l, const ofp_node *n)
{
    const ofp_node *image = pdf_picture_of(n);
    bool headed = l->headed;
    if (image) {
        pdf_picture(l, image, 0);
        return;
    }
    pdf_text_block(l, n, l->at.body, PDF_P);
    if (!l->measuring && !l->nomem && announces(&l->para, headed))
        pdf_leads_in(l);
}

/* ---- headings ---- */

/* Levels of tags never skip one, whatever the source does. */
static enum pdf_tag heading_tag(lay *l, int level)
{
    unsigned tag = (unsigned)level <= l->last_level + 1 ? (unsigned)level : l->last_level + 1;
    if (!l->measuring)
        l->last_level = tag;
    return (enum pdf_tag)(PDF_H1 + (int)tag - 1);
}

/* The heading's own destination, from the entry that toc.c made for it. */
static void heading_dest(lay *l, const ofp_node *n)
{
    enum { AHEAD = 64 };                                 /* headings that were not set, in between */
    pdf_dest_next(l, ofp_id(n));
    for (size_t i = l->next_head; i < l->toc.n && i < l->next_head + AHEAD && !l->measuring; i++)
        if (l->toc.p[i].node == n) {
            if (!ofp_str_eq(l->toc.p[i].dest, ofp_id(n)))
                pdf_dest_next(l, l->toc.p[i].dest);
            l->next_head = i + 1;
            return;
        }
}

static void heading(lay *l, const ofp_node *n)
{
    static const enum look_id looks[] = { LOOK_TITLE, LOOK_H2, LOOK_H3, LOOK_H4, LOOK_H5, LOOK_H6 };
    int level = ofp_level(n);
    bool title = ofp_has_class(n, OFP_STR("title"));
    enum look_id id = level == 1 && !title ? LOOK_H2 : looks[level - 1];
    if (l->flow != &l->main && id < LOOK_H4)
        id = LOOK_H4;                                    /* in a cell, a note */
    heading_dest(l, n);
    unsigned elem = pdf_elem_new(l, heading_tag(l, level));
    span s = pdf_span(l, id, elem);
    pdf_para_begin(l, id);
    pdf_para_nodes(l, n, &s);
    l->at.heading = true;
    if (l->para.words.n)
        set_text(l, id, PARA_KEEP);
    else
        drop_elem(l, elem);
    l->at.heading = false;
}

/* ---- the rest ---- */

static void quote(lay *l, const ofp_node *n)
{
    double em = l->sheet.size * l->at.scale;
    place saved = pdf_inset(l, 1.7 * em, 1.1 * em);
    l->at.elem = pdf_elem_new(l, PDF_QUOTE);
    if (l->at.body == LOOK_BODY)
        l->at.body = LOOK_QUOTE;
    l->at.tight = false;
    pdf_gap(l, 0.75 * l->sheet.lead);
    pdf_blocks(l, n);
    pdf_gap(l, 0.75 * l->sheet.lead);
    l->at = saved;
}

static void callout_title(lay *l, const ofp_callout *c)
{
    unsigned elem = pdf_elem_new(l, PDF_P);
    span s = pdf_span(l, LOOK_H5, elem);
    pdf_para_begin(l, LOOK_H5);
    if (c->title)
        pdf_para_nodes(l, c->title, &s);
    else
        pdf_para_text(l, c->kind->label, &s);
    if (l->para.words.n)
        set_text(l, LOOK_H5, c->body ? PARA_KEEP : 0);
    else
        drop_elem(l, elem);
}

/* A rule at its start holds it together; the space around it stays clear of that. */
static void callout(lay *l, const ofp_callout *c)
{
    double em = l->sheet.size * l->at.scale;
    place saved = l->at;
    l->at.elem = pdf_elem_new(l, PDF_SECT);
    pdf_gap(l, l->sheet.lead);
    pdf_inset(l, 1.1 * em, 0);
    l->at.bar_x = l->at.w == saved.w ? 0 : l->at.rtl ? saved.x + saved.w - BAR_WIDTH : saved.x;
    l->at.tight = false;
    callout_title(l, c);
    for (const ofp_node *n = c->body; n && !l->nomem; n = ofp_next(n))
        pdf_block(l, n);
    l->at = saved;
    pdf_gap_clear(l);
    pdf_gap(l, l->sheet.lead);
}

static void rule(lay *l)
{
    double w = l->at.w * 0.22;
    if (l->measuring)
        return;
    pdf_gap(l, l->sheet.lead);
    pdf_strip(l, 1);
    pdf_labels(l, -l->sheet.size);
    pdf_rect(l, l->at.x + (l->at.w - w) / 2, -0.8, w, 0.6, INK_RULE);
    pdf_gap(l, l->sheet.lead);
}

/* Leading no-break spaces of a verse line, which indent it. */
static unsigned verse_indent(const ofp_node *line)
{
    const ofp_node *first = ofp_first(line);
    ofp_str t = first && ofp_node_type(first) == OFP_TEXT ? ofp_text(first) : (ofp_str){ 0 };
    unsigned n = 0;
    while (n < 40 && ofp_str_starts(t, OFP_STR("\xC2\xA0"))) {
        t = ofp_str_sub(t, 2, SIZE_MAX);
        n++;
    }
    return n;
}

static void verse(lay *l, const ofp_node *n)
{
    enum look_id id = l->at.body == LOOK_BODY ? LOOK_VERSE : l->at.body;
    unsigned elem = pdf_elem_new(l, PDF_P);
    span s = pdf_span(l, id, elem);
    pdf_gap(l, l->sheet.looks[LOOK_BODY].above);
    for (const ofp_node *line = ofp_first(n); line; line = ofp_next(line)) {
        pdf_para_begin(l, id);
        l->para.indent = verse_indent(line) * 0.5 * s.size;
        if (l->para.indent > l->at.w / 3)
            l->para.indent = l->at.w / 3;
        l->para.hang = l->para.indent + (l->at.w > 12 * s.size ? 2 * s.size : 0);
        pdf_para_nodes(l, line, &s);
        if (l->para.words.n)
            pdf_para_set(l, LOOK_START, ofp_next(line) == ofp_first(n) ? PARA_KEEP : 0);
        else if (!l->measuring)
            pdf_strip(l, l->para.lead);
        if (ofp_next(line))
            pdf_para_goes_on(l);
    }
    pdf_gap(l, l->sheet.looks[LOOK_BODY].below);
}

/* Author, date, site and address under an article's title. */
static void byline(lay *l, const ofp_node *n)
{
    place saved = l->at;
    l->at.body = LOOK_BYLINE;
    pdf_blocks(l, n);
    l->at = saved;
    pdf_gap(l, 1.6 * l->sheet.lead);
}

static void division(lay *l, const ofp_node *n)
{
    ofp_callout c;
    place saved = l->at;
    ofp_str lang = ofp_attr(n, OFP_STR("lang"));
    pdf_dest_next(l, ofp_id(n));
    l->at.rtl = pdf_is_rtl(n, lang, l->at.rtl);
    if (lang.n && !ofp_str_ieq(lang, l->at.lang)) {
        l->at.lang = lang;
        l->at.elem = pdf_elem_new(l, PDF_DIV);
        if (l->at.elem)
            l->book->elems[l->at.elem].lang = lang;
        else
            l->at.elem = saved.elem;
    }
    if (ofp_has_class(n, OFP_STR("byline")))
        byline(l, n);
    else if (ofp_callout_of(n, &c))
        callout(l, &c);
    else
        pdf_blocks(l, n);
    l->at = saved;
}

void pdf_block(lay *l, const ofp_node *n)
{
    unsigned elem = l->at.elem;
    switch (ofp_node_type(n)) {
    case OFP_PLAIN:
    case OFP_PARA:      paragraph(l, n); break;
    case OFP_LINES:     verse(l, n); break;
    case OFP_CODEBLOCK: pdf_code(l, n); break;
    case OFP_RAWBLOCK:  break;                           /* another format's */
    case OFP_QUOTE:     quote(l, n); break;
    case OFP_OLIST:
    case OFP_ULIST:     pdf_list(l, n); break;
    case OFP_DLIST:     pdf_deflist(l, n); break;
    case OFP_HEAD:      heading(l, n); break;
    case OFP_RULE:      rule(l); break;
    case OFP_TABLE:     pdf_table(l, n); break;
    case OFP_FIGURE:    pdf_figure(l, n); break;
    case OFP_DIV:       division(l, n); break;
    case OFP_DOC: case OFP_TEXT: case OFP_EMPH: case OFP_UNDERLINE: case OFP_STRONG: case OFP_STRIKE: case OFP_SUPER:
    case OFP_SUB: case OFP_SMALLCAPS: case OFP_QUOTED: case OFP_CITE: case OFP_CODE: case OFP_SOFTBREAK:
    case OFP_LINEBREAK: case OFP_MATH: case OFP_RAWINLINE: case OFP_LINK: case OFP_IMAGE: case OFP_NOTE: case OFP_SPAN:
    case OFP_LINE: case OFP_ITEM: case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION: case OFP_SHORTCAP: case OFP_THEAD:
    case OFP_TBODY: case OFP_TFOOT: case OFP_ROW: case OFP_CELL: case OFP_CITATION: case OFP_PREFIX: case OFP_SUFFIX:
    case OFP_MMAP: case OFP_MLIST: case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES: case OFP_MBLOCKS: case OFP_NTYPES:
        break;                                           /* no blocks */
    }
    l->at.elem = elem;
    l->headed = ofp_node_type(n) == OFP_HEAD || (l->headed && ofp_node_type(n) == OFP_DIV);
    if (l->flow == &l->main)
        pdf_pages_feed(l, false);
}

void pdf_blocks(lay *l, const ofp_node *parent)
{
    for (const ofp_node *n = ofp_first(parent); n && !l->nomem; n = ofp_next(n))
        pdf_block(l, n);
}
