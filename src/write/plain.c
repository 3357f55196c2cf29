/* plain.c - text for people and pipes: the words in order, and as much shape as blanks can give. */
#include "write/plain.h"
#include "doctools/callout.h"
#include "doctools/title.h"
#include "doctools/toc.h"
#include "doctools/wrap.h"

enum { CODE_INDENT = 4, QUOTE_INDENT = 2 };

/* ---- lines ------------------------------------------------------------------------------- */

/* What stands before the next line; the marker of a list item is used up by it. */
static ofp_str take_prefix(writer *w)
{
    ofp_buf b = { 0 };
    size_t width = ofp_str_width(w->marker);
    if (w->indent > width) ofp_buf_fill(&b, ' ', w->indent - width);
    ofp_buf_add(&b, w->marker);
    w->marker = OFP_STR("");
    return ofp_buf_take(&b, w->scratch);
}

static ofp_str plain_prefix(writer *w, size_t more)
{
    ofp_buf b = { 0 };
    ofp_buf_fill(&b, ' ', w->indent + more);
    return ofp_buf_take(&b, w->scratch);
}

static void begin(writer *w)
{
    if (w->gap && w->out->n > w->start) ofp_buf_putc(w->out, '\n');
    w->gap = false;
}

void ofp_plain_wrapped(writer *w, ofp_str s, size_t hang)
{
    begin(w);
    ofp_str first = take_prefix(w), rest = plain_prefix(w, hang);
    ofp_wrap(w->out, s, w->columns, first, rest);
}

void ofp_plain_line(writer *w, ofp_str s)
{
    begin(w);
    ofp_str prefix = take_prefix(w);
    if (!s.n) prefix = ofp_str_sub(prefix, 0, ofp_str_trim(prefix).n ? SIZE_MAX : 0);
    ofp_buf_add(w->out, prefix);
    ofp_buf_add(w->out, s);
    ofp_buf_putc(w->out, '\n');
}

/* ---- blocks ------------------------------------------------------------------------------- */

void ofp_plain_paragraph(writer *w, const ofp_node *n)
{
    ofp_str s = ofp_plain_inline_text(w, n);
    if (ofp_str_trim(s).n) ofp_plain_wrapped(w, s, 0);
}

static void put_code(writer *w, const ofp_node *n)
{
    ofp_str rest = ofp_text(n), s;
    w->indent += CODE_INDENT;
    while (ofp_str_split(&rest, '\n', &s)) ofp_plain_line(w, s);
    w->indent -= CODE_INDENT;
}

static void put_quote(writer *w, const ofp_node *n)
{
    w->indent += QUOTE_INDENT;
    ofp_plain_blocks(w, n, false);
    w->indent -= QUOTE_INDENT;
}

static void put_lines(writer *w, const ofp_node *n)
{
    for (const ofp_node *l = ofp_first(n); l; l = ofp_next(l)) {
        ofp_str s = ofp_plain_inline_text(w, l);
        if (s.n) ofp_plain_wrapped(w, s, DETAIL_INDENT);
        else ofp_plain_line(w, s);
    }
}

/* ---- figures, dispatch ---------------------------------------------------------------------- */

static void one_block(writer *w, const ofp_node *n);

/* A picture's caption tells more than its alternative text, and one of them is enough. */
static void put_figure(writer *w, const ofp_node *n)
{
    const ofp_node *caption = ofp_first(n);
    if (caption && ofp_node_type(caption) != OFP_CAPTION) caption = NULL;
    bool was = w->told, told = caption && ofp_count_words(caption);
    w->told |= told;
    for (const ofp_node *c = caption ? ofp_next(caption) : ofp_first(n); c; c = ofp_next(c)) one_block(w, c);
    w->told = was;
    if (told) ofp_plain_blocks(w, caption, false);
}

/* The title at the left, what it is about set in below it. */
static void put_division(writer *w, const ofp_node *n)
{
    ofp_callout c;
    if (!ofp_callout_of(n, &c)) {
        ofp_plain_blocks(w, n, false);
        return;
    }
    ofp_plain_wrapped(w, c.title ? ofp_plain_inline_text(w, c.title) : c.kind->label, 0);
    w->gap = true;
    w->indent += QUOTE_INDENT;
    for (const ofp_node *b = c.body; b; b = ofp_next(b)) one_block(w, b);
    w->indent -= QUOTE_INDENT;
}

static void put_block(writer *w, const ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_PLAIN: case OFP_PARA: case OFP_HEAD: ofp_plain_paragraph(w, n); break;
    case OFP_LINES: put_lines(w, n); break;
    case OFP_CODEBLOCK: put_code(w, n); break;
    case OFP_RAWBLOCK: if (ofp_plain_is_raw(ofp_raw_format(n))) ofp_plain_line(w, ofp_text(n)); break;
    case OFP_QUOTE: put_quote(w, n); break;
    case OFP_OLIST: case OFP_ULIST: ofp_plain_list(w, n); break;
    case OFP_DLIST: ofp_plain_definitions(w, n); break;
    case OFP_RULE: ofp_plain_line(w, OFP_STR("* * *")); break;
    case OFP_TABLE: ofp_plain_table(w, n); break;
    case OFP_FIGURE: put_figure(w, n); break;
    case OFP_DIV: put_division(w, n); break;
    case OFP_DOC: case OFP_TEXT: case OFP_EMPH: case OFP_UNDERLINE: case OFP_STRONG: case OFP_STRIKE: case OFP_SUPER:
    case OFP_SUB: case OFP_SMALLCAPS: case OFP_QUOTED: case OFP_CITE: case OFP_CODE: case OFP_SOFTBREAK: case OFP_LINEBREAK:
    case OFP_MATH: case OFP_RAWINLINE: case OFP_LINK: case OFP_IMAGE: case OFP_NOTE: case OFP_SPAN: case OFP_LINE: case OFP_ITEM:
    case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION: case OFP_SHORTCAP: case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT:
    case OFP_ROW: case OFP_CELL: case OFP_CITATION: case OFP_PREFIX: case OFP_SUFFIX: case OFP_MMAP: case OFP_MLIST:
    case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES: case OFP_MBLOCKS: case OFP_NTYPES: break;
    }
}

/* A block, and the blank line that is due behind it. */
static void one_block(writer *w, const ofp_node *n)
{
    size_t at = w->out->n;
    put_block(w, n);
    if (w->out->n > at) w->gap = true;
}

static bool is_tight(const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    return t == OFP_PLAIN || t == OFP_ULIST || t == OFP_OLIST;
}

void ofp_plain_blocks(writer *w, const ofp_node *parent, bool tight)
{
    for (const ofp_node *c = ofp_first(parent); c; c = ofp_next(c)) {
        if (tight && c != ofp_first(parent) && is_tight(c) && is_tight(ofp_prev(c))) w->gap = false;
        one_block(w, c);
    }
}

/* ---- the document ---------------------------------------------------------------------------- */

static void put_text(writer *w, ofp_str s)
{
    if (!s.n) return;
    ofp_plain_wrapped(w, s, 0);
    w->gap = true;
}

static void add_part(ofp_buf *b, ofp_str s, const char *sep)
{
    if (s.n && b->n) ofp_buf_puts(b, sep);
    ofp_buf_add(b, s);
}

/* Title, subtitle; authors, site and date on one line. */
static void put_front(writer *w, const ofp_doc *d, ofp_str title)
{
    ofp_buf b = { 0 };
    put_text(w, title);
    put_text(w, ofp_meta_get(d, OFP_META_SUBTITLE));
    for (size_t i = 0; i < ofp_meta_count(d, OFP_META_AUTHOR); i++) add_part(&b, ofp_meta_at(d, OFP_META_AUTHOR, i), ", ");
    add_part(&b, ofp_meta_get(d, OFP_META_SITE), " \u00B7 ");
    add_part(&b, ofp_meta_get(d, OFP_META_DATE), " \u00B7 ");
    put_text(w, ofp_buf_take(&b, w->scratch));
}

/* Contents: the headings' words, set in by depth. */
static void put_contents(writer *w, const ofp_doc *d, int depth)
{
    ofp_toc toc = { 0 };
    const ofp_ids *ids = ofp_ids_new(w->scratch, d, true);
    if (!ids || !ofp_toc_build(w->scratch, d, ids, &toc)) return;
    for (size_t i = 0; i < toc.n; i++) {
        if (toc.entries[i].depth > depth) continue;
        size_t in = (size_t)(toc.entries[i].depth - 1) * QUOTE_INDENT;
        w->indent += in;
        ofp_plain_wrapped(w, toc.entries[i].text, QUOTE_INDENT);
        w->indent -= in;
    }
    w->gap = true;
}

/* The notes' texts, in the order of their numbers; a note inside a note comes after all others. */
static void put_notes(writer *w)
{
    for (size_t i = 0; i < w->nnotes; i++) {
        ofp_str marker = ofp_arena_printf(w->scratch, "[%zu] ", i + 1);
        w->gap = true;
        ofp_plain_item(w, w->notes[i], marker, marker.n, false);
    }
}

/* Alternative texts of a page mostly name what a reader of the text would not miss: teasers, logos,
 * portraits.  Once cleanup has taken the article's words out of a page, they are the text. */
static bool is_cleaned_page(const ofp_doc *d)
{
    ofp_str ran = ofp_note(d, OFP_STR("ran")), filter;
    bool cleaned = false;
    while (ofp_str_word(&ran, &filter)) cleaned |= ofp_str_eq(filter, OFP_STR("cleanup"));
    return cleaned && ofp_str_eq(ofp_note(d, OFP_STR("origin")), OFP_STR("html-page"));
}

bool ofp_write_plain(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    writer w = { .out = out, .scratch = ofp_arena_new(), .wrap = opt->wrap, .start = out->n, .no_alt = is_cleaned_page(d) };
    if (opt->wrap == OFP_WRAP_AUTO) w.columns = opt->columns ? opt->columns : 72;
    ofp_str title = ofp_title_shown(w.scratch, d);
    ofp_node *said = opt->standalone ? ofp_title_head(w.scratch, d) : NULL;
    if (said) ofp_unlink(said);
    if (opt->standalone) put_front(&w, d, title);
    if (opt->toc) put_contents(&w, d, opt->toc_depth ? opt->toc_depth : 3);
    ofp_plain_blocks(&w, ofp_root(d), false);
    put_notes(&w);
    bool ok = !ofp_arena_failed(w.scratch) && !out->failed;
    ofp_arena_free(w.scratch);
    return ok || ofp_fail_nomem(e);
}
