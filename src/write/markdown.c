/* markdown.c - document to Markdown: the tree as cmark nodes, rendered by cmark.
 *
 * What cmark has no nodes for (tables, notes, definition lists, math) is rendered piece by piece and
 * stands in the tree as literal lines, which cmark indents and quotes like any others. */
#include "write/markdown.h"
#include "doctools/title.h"
#include "doctools/yaml.h"
#include "res/datauri.h"
#include <stdint.h>
#include <string.h>

/* ---- memory and small tools ---- */

struct md_bufs { ofp_buf buf; struct md_bufs *next; };

/* In the document's arena, since cmark's is gone when the buffers are freed. */
ofp_buf *ofp_md_buf(md *w)
{
    struct md_bufs *b = ofp_arena_zalloc(w->arena, 1, sizeof *b);
    if (!b)
        w->mem->calloc(SIZE_MAX, SIZE_MAX);     /* leaves the job as out of memory */
    b->next = w->bufs;
    w->bufs = b;
    return &b->buf;
}

/* False when one of them ran out of memory on the way. */
static bool free_bufs(md *w)
{
    bool ok = true;
    for (struct md_bufs *b = w->bufs; b; b = b->next) {
        ok = ok && !b->buf.failed;
        ofp_buf_free(&b->buf);
    }
    return ok;
}

void *ofp_md_grow(md *w, void *array, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 64;
    return w->mem->realloc(array, *cap * size);
}

cmark_node *ofp_md_new(md *w, cmark_node *parent, cmark_node_type type)
{
    cmark_node *n = cmark_node_new_with_mem(type, w->mem);
    if (parent)
        cmark_node_append_child(parent, n);
    return n;
}

/* A paragraph, since cmark begins one right after a list marker and puts blank lines around it. */
void ofp_md_literal(md *w, cmark_node *parent, ofp_str lines)
{
    while (lines.n && lines.p[lines.n - 1] == '\n')
        lines.n--;
    ofp_str z = ofp_arena_dup(w->arena, lines);
    cmark_node *n = ofp_md_new(w, ofp_md_new(w, parent, CMARK_NODE_PARAGRAPH), CMARK_NODE_CUSTOM_INLINE);
    if (z.p)
        cmark_node_set_on_enter(n, z.p);
}

ofp_str ofp_md_render(md *w, cmark_node *root, unsigned narrower)
{
    unsigned width = !w->width ? 0 : w->width > narrower + 20 ? w->width - narrower : 20;
    ofp_str s = ofp_s(cmark_render_commonmark(root, CMARK_OPT_DEFAULT, (int)width));
    while (s.n && s.p[s.n - 1] == '\n')
        s.n--;
    return s;
}

void ofp_md_indent(ofp_buf *out, ofp_str s, unsigned indent)
{
    ofp_str rest = s, line;
    for (bool more = false; ofp_str_split(&rest, '\n', &line); more = true) {
        if (more)
            ofp_buf_putc(out, '\n');
        if (more && line.n)
            ofp_buf_fill(out, ' ', indent);
        ofp_buf_add(out, line);
    }
}

static ofp_str take(md *w, ofp_buf *b)
{
    return ofp_buf_take(b, w->arena);
}

ofp_str ofp_md_blocks_text(md *w, const ofp_node *n, unsigned narrower)
{
    cmark_node *doc = ofp_md_new(w, NULL, CMARK_NODE_DOCUMENT);
    ofp_md_blocks(w, doc, n);
    return ofp_md_without_edge(w, ofp_md_render(w, doc, narrower));
}

/* ---- notes and references: at the end of their article ---- */

static void put_note(md *w, ofp_buf *b, size_t number, const ofp_node *note)
{
    ofp_str text = ofp_md_blocks_text(w, note, 4);
    if (w->flags & MD_NOTES) {
        ofp_buf_printf(b, "[^%zu]: ", number);
        ofp_md_indent(b, text, 4);
    } else {
        const ofp_node *first = ofp_first(note);
        bool runs_on = first && (ofp_node_type(first) == OFP_PLAIN || ofp_node_type(first) == OFP_PARA);
        ofp_buf_printf(b, runs_on ? "[%zu] " : "[%zu]\n\n", number);
        ofp_buf_add(b, text);
    }
}

/* Printing a note may bring up more of them. */
static void flush_notes(md *w, cmark_node *parent)
{
    while (w->done < w->nnotes) {
        ofp_buf *b = ofp_md_buf(w);
        size_t i = w->done++;
        put_note(w, b, i + 1, w->notes[i]);
        ofp_md_literal(w, parent, take(w, b));
    }
}

static void put_references(md *w, cmark_node *parent)
{
    ofp_buf *b = ofp_md_buf(w);
    for (size_t i = 0; i < w->nrefs; i++) {
        ofp_buf_printf(b, "[%u]: ", w->refs[i]->number);
        ofp_md_put_url(w, b, w->refs[i]->url);
        if (w->refs[i]->title.n) {
            ofp_buf_putc(b, ' ');
            ofp_md_put_title(w, b, w->refs[i]->title);
        }
        ofp_buf_putc(b, '\n');
    }
    ofp_str text = take(w, b);
    if (text.n)
        ofp_md_literal(w, parent, text);
}

/* ---- the tree ---- */

static void division(md *w, cmark_node *parent, const ofp_node *n)
{
    ofp_callout c;
    if (ofp_callout_of(n, &c))
        ofp_md_callout(w, parent, n, &c);
    else
        ofp_md_blocks(w, parent, n);
    if (ofp_has_class(n, OFP_STR("article")))
        flush_notes(w, parent);
}

void ofp_md_block(md *w, cmark_node *parent, ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_PLAIN: case OFP_PARA: ofp_md_paragraph(w, parent, n, ""); break;
    case OFP_LINES: ofp_md_lines(w, parent, n); break;
    case OFP_CODEBLOCK: ofp_md_code_block(w, parent, n); break;
    case OFP_RAWBLOCK: ofp_md_raw_block(w, parent, n); break;
    case OFP_QUOTE: ofp_md_quote(w, parent, n); break;
    case OFP_OLIST: case OFP_ULIST: ofp_md_list(w, parent, n); break;
    case OFP_DLIST: ofp_md_definition_list(w, parent, n); break;
    case OFP_HEAD: ofp_md_heading(w, parent, n); break;
    case OFP_RULE: ofp_md_rule(w, parent); break;
    case OFP_TABLE: ofp_md_table(w, parent, n); break;
    case OFP_FIGURE: ofp_md_figure(w, parent, n); break;
    case OFP_DIV: division(w, parent, n); break;
    case OFP_DOC: case OFP_TEXT: case OFP_EMPH: case OFP_UNDERLINE: case OFP_STRONG: case OFP_STRIKE: case OFP_SUPER:
    case OFP_SUB: case OFP_SMALLCAPS: case OFP_QUOTED: case OFP_CITE: case OFP_CODE: case OFP_SOFTBREAK: case OFP_LINEBREAK:
    case OFP_MATH: case OFP_RAWINLINE: case OFP_LINK: case OFP_IMAGE: case OFP_NOTE: case OFP_SPAN: case OFP_LINE:
    case OFP_ITEM: case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION: case OFP_SHORTCAP: case OFP_THEAD: case OFP_TBODY:
    case OFP_TFOOT: case OFP_ROW: case OFP_CELL: case OFP_CITATION: case OFP_PREFIX: case OFP_SUFFIX: case OFP_MMAP:
    case OFP_MLIST: case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES: case OFP_MBLOCKS: case OFP_NTYPES:
        break;
    }
}

void ofp_md_blocks(md *w, cmark_node *parent, const ofp_node *n)
{
    for (ofp_node *c = ofp_first(n), *next; c; c = next) {
        next = ofp_next(c);
        ofp_md_block(w, parent, c);
    }
}

/* ---- title ---- */

/* A dialect without front matter: title, then authors, site and date in one line. */
static void title_blocks(md *w, cmark_node *parent)
{
    ofp_buf *b = ofp_md_buf(w);
    ofp_node *head = ofp_new(w->doc, OFP_HEAD), *by = ofp_new(w->doc, OFP_PARA);
    for (size_t i = 0; i < ofp_meta_count(w->doc, OFP_META_AUTHOR); i++) {
        ofp_buf_puts(b, i ? ", " : "");
        ofp_buf_add(b, ofp_meta_at(w->doc, OFP_META_AUTHOR, i));
    }
    static const enum ofp_meta_key then[] = { OFP_META_SITE, OFP_META_DATE };
    for (size_t i = 0; i < 2; i++) {
        ofp_str s = ofp_meta_get(w->doc, then[i]);
        ofp_buf_puts(b, b->n && s.n ? " \u00b7 " : "");
        ofp_buf_add(b, s);
    }
    ofp_set_level(head, 1);
    ofp_add_text(w->doc, head, ofp_meta_get(w->doc, OFP_META_TITLE));
    ofp_add_text(w->doc, ofp_add(w->doc, by, OFP_EMPH), take(w, b));
    if (!head || !by)
        return;
    ofp_md_heading(w, parent, head);
    ofp_md_paragraph(w, parent, by, "");
}

/* ---- the last pass ---- */

static bool is_split(ofp_str line)
{
    size_t at = ofp_str_find(line, OFP_STR(MD_SPLIT), 0);
    for (size_t i = 0; i < line.n && i < at; i++)
        if (!strchr("> ", line.p[i]))
            return false;
    return at != SIZE_MAX;
}

static bool is_blank_line(ofp_str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!strchr("> ", line.p[i]))
            return false;
    return true;
}

/* Takes out the marks, and the blanks that cmark leaves where a line's indent is all there is. */
static void finish(ofp_buf *out, ofp_str md_text)
{
    ofp_str line, rest = md_text;
    bool skip_blank = false, edge = false;
    while (ofp_str_split(&rest, '\n', &line)) {
        bool begins = ofp_str_eq(line, OFP_STR(MD_EDGE)), split = begins || is_split(line);
        edge = begins || (edge && (!line.n || ofp_str_starts(line, OFP_STR("  "))));
        if (split || (skip_blank && is_blank_line(line))) {
            skip_blank = split;
            continue;
        }
        skip_blank = ofp_str_ends(line, OFP_STR(MD_JOIN));
        line.n -= skip_blank ? sizeof MD_JOIN - 1 : 0;
        if (edge)
            line = ofp_str_sub(line, 2, SIZE_MAX);
        if (ofp_str_ends(line, OFP_STR(MD_KEEP)))
            line.n -= sizeof MD_KEEP - 1;
        else
            while (line.n && line.p[line.n - 1] == ' ')
                line.n--;
        ofp_buf_add(out, line);
        ofp_buf_putc(out, '\n');
    }
}

/* Boxes that Markdown has no words for would hide from lists and cells what stands in them. */
static bool is_mute(const ofp_node *n)
{
    ofp_callout c;
    return ofp_node_type(n) == OFP_DIV && !ofp_has_class(n, OFP_STR("article")) && !ofp_callout_of(n, &c) &&
           !ofp_callout_of(ofp_parent(n), &c) && !ofp_attr(n, OFP_STR("lang")).n && !ofp_attr(n, OFP_STR("dir")).n;
}

static void open_boxes(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        next = ofp_after(n, NULL);
        if (is_mute(n))
            ofp_unwrap(n);
    }
}

/* n, or what around it holds nothing else. */
static ofp_node *with_boxes(ofp_node *n)
{
    static const enum ofp_type boxes[] = { OFP_SPAN, OFP_LINK, OFP_EMPH, OFP_STRONG, OFP_PLAIN, OFP_PARA, OFP_ITEM, OFP_ULIST, OFP_OLIST };
    for (ofp_node *up = ofp_parent(n); up && ofp_first(up) == n && !ofp_next(n); up = ofp_parent(n)) {
        size_t i = 0;
        while (i < sizeof boxes / sizeof *boxes && boxes[i] != ofp_node_type(up))
            i++;
        if (i == sizeof boxes / sizeof *boxes)
            break;
        n = up;
    }
    return n;
}

static bool is_drawing(const ofp_node *n)
{
    return ofp_node_type(n) == OFP_IMAGE && ofp_holds_drawing(ofp_url(n));
}

static void tell_nameless(ofp_doc *d)
{
    const ofp_node *first = NULL;
    size_t count = 0;
    for (const ofp_node *n = ofp_root(d); n; n = ofp_after(n, ofp_root(d)))
        if (is_drawing(n) && !ofp_first(n)) {
            first = first ? first : n;
            count++;
        }
    if (count)
        ofp_warn_at(d, first, OFP_D_RESOURCE_FORMAT, "%zu drawing%s without alternative text left out", count, count > 1 ? "s" : "");
}

/* Of a drawing that its address holds itself, thousands of characters, the alternative text. */
static void open_drawings(ofp_doc *d)
{
    tell_nameless(d);
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        next = ofp_after(n, ofp_root(d));
        if (!is_drawing(n))
            continue;
        if (ofp_first(n)) {
            ofp_unwrap(n);
            continue;
        }
        ofp_node *all = with_boxes(n);
        next = ofp_after_skip(all, ofp_root(d));
        ofp_unlink(all);
    }
}

static void write_all(void *user, cmark_mem *mem)
{
    md *w = user;
    cmark_node *doc = cmark_node_new_with_mem(CMARK_NODE_DOCUMENT, mem);
    w->mem = mem;
    w->top = doc;
    w->lit = ofp_md_buf(w);
    if (w->opt->standalone) {
        ofp_node *said = ofp_title_head(w->arena, w->doc);
        if (said)
            ofp_unlink(said);
        if (w->flags & MD_YAML)
            ofp_yaml_put_front(w->out, w->doc);
        else
            title_blocks(w, doc);
    }
    ofp_md_aim_links(w);
    open_boxes(w->doc);
    open_drawings(w->doc);
    w->shift = w->opt->shift_headings;
    const ofp_node *toc = w->opt->toc ? ofp_md_toc(w) : NULL;
    if (toc)
        ofp_md_list(w, doc, toc);
    ofp_md_blocks(w, doc, ofp_root(w->doc));
    flush_notes(w, doc);
    put_references(w, doc);
    ofp_str text = ofp_md_render(w, doc, 0);
    if (text.n && w->out->n)
        ofp_buf_putc(w->out, '\n');
    if (text.n)
        finish(w->out, text);
}

static bool write_dialect(ofp_doc *d, const ofp_options *opt, ofp_buf *out, unsigned flags, ofp_err *e)
{
    md w = { .doc = d, .opt = opt, .flags = flags, .arena = ofp_doc_arena(d), .out = out };
    w.refmap.arena = w.note_numbers.arena = w.names.arena = w.arena;
    w.width = opt->wrap != OFP_WRAP_AUTO ? 0 : opt->columns ? opt->columns : 72;
    bool ok = ofp_cmark_run(write_all, &w, e);
    ok = free_bufs(&w) && ok;
    return ok && !out->failed ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}

bool ofp_write_markdown(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    return write_dialect(d, opt, out, MD_TABLES | MD_NOTES | MD_STRIKE | MD_TASKS | MD_MATH | MD_DLISTS | MD_SCRIPTS |
                                          MD_CAPTIONS | MD_YAML | MD_CALLOUTS, e);
}

bool ofp_write_gfm(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    return write_dialect(d, opt, out, MD_TABLES | MD_NOTES | MD_STRIKE | MD_TASKS | MD_MATH | MD_YAML |
                                          MD_ALERTS | MD_AUTOLINKS, e);
}

bool ofp_write_commonmark(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    return write_dialect(d, opt, out, MD_AUTOLINKS, e);
}
