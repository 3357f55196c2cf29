/* markdown.c - document to Markdown: the tree as cmark nodes, rendered by cmark.
 *
 * What cmark has no nodes for (tables, notes, definition lists, math) is rendered piece by piece and
 * stands in the tree as literal lines, which cmark indents and quotes like any others. */
#include "write/markdown.h"
#include "doctools/title.h"
#include "doctools/yaml.h"
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

static void blocks(md *w, cmark_node *parent, const ofp_node *n);

/* cmark puts two blanks before a bullet.  Right after a marker of ours they would make code of the
 * list, so its lines lose them. */
static ofp_str without_edge(md *w, ofp_str s)
{
    ofp_str rest = s, line, edge = OFP_STR("  ");
    ofp_buf *b = ofp_md_buf(w);
    if (!ofp_str_starts(s, edge))
        return s;
    for (bool in_list = true, more = false; ofp_str_split(&rest, '\n', &line); more = true) {
        in_list = in_list && (!line.n || ofp_str_starts(line, edge));
        if (more)
            ofp_buf_putc(b, '\n');
        ofp_buf_add(b, in_list ? ofp_str_sub(line, edge.n, SIZE_MAX) : line);
    }
    return take(w, b);
}

ofp_str ofp_md_blocks_text(md *w, const ofp_node *n, unsigned narrower)
{
    cmark_node *doc = ofp_md_new(w, NULL, CMARK_NODE_DOCUMENT);
    blocks(w, doc, n);
    return without_edge(w, ofp_md_render(w, doc, narrower));
}

/* ---- paragraphs and other leaves ---- */

void ofp_md_paragraph(md *w, cmark_node *parent, const ofp_node *n, const char *prefix)
{
    cmark_node *p = ofp_md_new(w, parent, CMARK_NODE_PARAGRAPH);
    if (*prefix)
        cmark_node_set_on_enter(ofp_md_new(w, p, CMARK_NODE_CUSTOM_INLINE), prefix);
    if (!ofp_md_inlines(w, p, n))
        cmark_node_unlink(p);
}

static void paragraph(md *w, cmark_node *parent, const ofp_node *n)
{
    ofp_md_paragraph(w, parent, n, "");
}

static void heading(md *w, cmark_node *parent, const ofp_node *n)
{
    int level = ofp_level(n) + w->shift;
    cmark_node *h = ofp_md_new(w, parent, CMARK_NODE_HEADING);
    cmark_node_set_heading_level(h, level < 1 ? 1 : level > 6 ? 6 : level);
    if (!ofp_md_inlines(w, h, n) && ofp_first(n))
        cmark_node_unlink(h);
}

/* The language, where it can stand in an info string. */
static ofp_str info_string(const ofp_node *n)
{
    for (size_t i = 0; i < ofp_class_count(n); i++) {
        ofp_str c = ofp_class_at(n, i);
        size_t k = 0;
        while (k < c.n && (unsigned char)c.p[k] > ' ' && !strchr("`~{}\\&", c.p[k]))
            k++;
        if (c.n && k == c.n && !ofp_str_eq(c, OFP_STR("sourceCode")) && !ofp_str_eq(c, OFP_STR("numberLines")))
            return c;
    }
    return (ofp_str){ 0 };
}

static size_t longest_run(ofp_str s, char c)
{
    size_t longest = 0;
    for (size_t i = 0, run = 0; i < s.n; i++) {
        run = s.p[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* Lines as they are: only line ends and NUL become what cmark can carry. */
static void put_lines(ofp_buf *b, ofp_str text)
{
    ofp_str line;
    while (ofp_str_line(&text, &line)) {
        for (size_t i = 0; i < line.n; i++)
            if (line.p[i])
                ofp_buf_putc(b, line.p[i]);
            else
                ofp_buf_putu(b, 0xFFFD);
        if (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
            ofp_buf_puts(b, MD_KEEP);
        ofp_buf_putc(b, '\n');
    }
}

/* Always fenced: an indented block would become part of a list before it. */
static void code_block(md *w, cmark_node *parent, const ofp_node *n)
{
    ofp_str text = ofp_text(n);
    size_t ticks = longest_run(text, '`') + 1;
    ofp_buf *b = ofp_md_buf(w);
    ofp_buf_fill(b, '`', ticks < 3 ? 3 : ticks);
    ofp_buf_add(b, info_string(n));
    ofp_buf_putc(b, '\n');
    put_lines(b, text);
    if (text.n && text.p[text.n - 1] == '\n')
        ofp_buf_putc(b, '\n');
    ofp_buf_fill(b, '`', ticks < 3 ? 3 : ticks);
    ofp_md_literal(w, parent, take(w, b));
}

/* CommonMark 4.6: these kinds of HTML block go on over blank lines, to an end of their own. */
static bool spans_blank_lines(ofp_str html)
{
    static const char *const ends[][2] = { { "<pre", "</pre>" }, { "<script", "</script>" }, { "<style", "</style>" },
                                           { "<textarea", "</textarea>" }, { "<!--", "-->" }, { "<?", "?>" },
                                           { "<![CDATA[", "]]>" } };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ofp_str_istarts(html, ofp_s(ends[i][0])))
            return ofp_str_ifind(html, ofp_s(ends[i][1]), 0) != SIZE_MAX;
    return false;
}

static void raw_html(md *w, cmark_node *parent, ofp_str html)
{
    ofp_buf *b = ofp_md_buf(w);
    ofp_str line;
    bool whole = spans_blank_lines(html);
    while (ofp_str_line(&html, &line))
        if (whole && !line.n)
            ofp_buf_putc(b, '\n');
        else if (whole || ofp_str_trim(line).n)
            put_lines(b, line);
    ofp_md_literal(w, parent, take(w, b));
}

static void raw_block(md *w, cmark_node *parent, const ofp_node *n)
{
    ofp_str format = ofp_raw_format(n);
    if (!ofp_str_trim(ofp_text(n)).n)
        return;
    if (ofp_str_eq(format, OFP_STR("markdown")))
        ofp_md_literal(w, parent, ofp_text(n));
    else if (ofp_str_eq(format, OFP_STR("html")))
        raw_html(w, parent, ofp_text(n));
    else
        ofp_warn(w->doc, OFP_D_MARKUP_ODD, ofp_line(n), "raw %.*s left out", (int)format.n, format.p);
}

/* Beside a bullet dashes or stars would make the whole line a rule, dashes under a line a heading. */
static void rule(md *w, cmark_node *parent)
{
    if (cmark_node_get_type(parent) == CMARK_NODE_ITEM)
        ofp_md_literal(w, parent, OFP_STR("___"));
    else
        ofp_md_new(w, parent, CMARK_NODE_THEMATIC_BREAK);
}

/* ---- lists ---- */

/* A list's kind, kept with its cmark node: two of a kind side by side would become one list. */
enum { DASHES = 1, STARS, PERIODS, PARENS };
static const char kinds[] = { 0, DASHES, STARS, PERIODS, PARENS };

static int list_kind(cmark_node *n)
{
    const char *k = n ? cmark_node_get_user_data(n) : NULL;
    return k ? *k : 0;
}

static void set_kind(cmark_node *list, int kind)
{
    cmark_node_set_user_data(list, (void *)(uintptr_t)&kinds[kind]);
}

static int other_kind(int kind)
{
    static const char others[] = { 0, STARS, DASHES, PARENS, PERIODS };
    return others[kind];
}

/* Parts the list that comes from one right before it; the kind to use. */
static int separate(md *w, cmark_node *parent, int kind)
{
    int before = list_kind(cmark_node_last_child(parent));
    if (!before)
        return kind;
    ofp_md_literal(w, parent, OFP_STR(MD_SPLIT));
    return before != kind ? kind : other_kind(kind);
}

/* A block whose last line may be a paragraph's, which the next line would go on with. */
static bool ends_open(enum ofp_type t)
{
    return t == OFP_PLAIN || t == OFP_QUOTE || t == OFP_ULIST || t == OFP_OLIST;
}

/* What may stand in a tight item after a block of type before, without a blank line between. */
static bool follows_tightly(const ofp_node *n, enum ofp_type before)
{
    bool list = before == OFP_ULIST || before == OFP_OLIST;
    switch ((int)ofp_node_type(n)) {
    case OFP_PLAIN: return !ends_open(before);
    case OFP_HEAD: case OFP_CODEBLOCK: case OFP_RULE: return true;
    case OFP_QUOTE: return before != OFP_QUOTE;
    case OFP_ULIST: return !list && ofp_first(ofp_first(n));
    case OFP_OLIST: return !list && ofp_first(ofp_first(n)) && (!ends_open(before) || ofp_list_start(n) == 1);
    case OFP_RAWBLOCK: return before == OFP_DOC && !ofp_next(n);
    }
    return false;
}

static bool item_is_tight(const ofp_node *item)
{
    enum ofp_type before = OFP_DOC;
    for (const ofp_node *c = ofp_first(item); c; c = ofp_next(c)) {
        if (!follows_tightly(c, before))
            return false;
        before = ofp_node_type(c);
    }
    return true;
}

static bool list_is_tight(const ofp_node *list)
{
    if (!ofp_list_tight(list))
        return false;
    for (const ofp_node *i = ofp_first(list); i; i = ofp_next(i))
        if (!item_is_tight(i))
            return false;
    return true;
}

/* pandoc's boxes at the beginning of an item are GFM's task markers. */
static void mark_task(md *w, cmark_node *item)
{
    static const struct { const char *box, *mark; } tasks[] = {
        { "\u2610 ", "[ ] " }, { "\u2612 ", "[x] " }, { "\u2611 ", "[x] " },
    };
    cmark_node *p = cmark_node_first_child(item), *t = p ? cmark_node_first_child(p) : NULL;
    const char *text = t && cmark_node_get_type(t) == CMARK_NODE_CUSTOM_INLINE ? cmark_node_get_on_enter(t) : NULL;
    if (!text || !(w->flags & MD_TASKS) || cmark_node_get_type(p) != CMARK_NODE_PARAGRAPH)
        return;
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (!strncmp(text, tasks[i].box, 4)) {
            ofp_str s = ofp_arena_printf(w->arena, "%s%s", tasks[i].mark, text + 4);
            if (s.p)
                cmark_node_set_on_enter(t, s.p);
            return;
        }
}

static bool begins_item(cmark_node *parent)
{
    return cmark_node_get_type(parent) == CMARK_NODE_ITEM && !cmark_node_first_child(parent);
}

/* Whether anything follows list in the item that it stands in. */
static bool is_followed(const ofp_node *list)
{
    const ofp_node *n = list;
    while (n && ofp_node_type(n) != OFP_ITEM && !ofp_next(n))
        n = ofp_parent(n);
    return n && ofp_node_type(n) != OFP_ITEM;
}

/* Nothing but bullets on its first line, which three of a kind would make a rule. */
static bool begins_bare(const ofp_node *list)
{
    while (list && ofp_node_type(list) == OFP_ULIST && ofp_first(ofp_first(list)))
        list = ofp_first(ofp_first(list));
    return list && ofp_node_type(list) == OFP_ULIST;
}

/* A list of the n items from first on. */
static cmark_node *add_list(md *w, cmark_node *parent, const ofp_node *first, size_t n, int kind, int start, bool tight)
{
    cmark_node *l = ofp_md_new(w, parent, CMARK_NODE_LIST);
    cmark_node_set_list_type(l, kind < PERIODS ? CMARK_BULLET_LIST : CMARK_ORDERED_LIST);
    if (kind >= PERIODS) {
        cmark_node_set_list_delim(l, kind == PARENS ? CMARK_PAREN_DELIM : CMARK_PERIOD_DELIM);
        cmark_node_set_list_start(l, start);
    }
    cmark_node_set_list_tight(l, tight);
    set_kind(l, kind);
    for (const ofp_node *i = first; i && n; i = ofp_next(i), n--) {
        cmark_node *item = ofp_md_new(w, l, CMARK_NODE_ITEM);
        blocks(w, item, i);
        mark_task(w, item);
    }
    return l;
}

/* cmark's bullets are dashes; only those of the list itself stand at the left edge of its text. */
static ofp_str starred(md *w, ofp_str text)
{
    ofp_buf *b = ofp_md_buf(w);
    ofp_str line;
    for (bool more = false; ofp_str_split(&text, '\n', &line); more = true) {
        bool item = ofp_str_starts(line, OFP_STR("  -"));
        if (more)
            ofp_buf_putc(b, '\n');
        ofp_buf_puts(b, item ? "  *" : "");
        ofp_buf_add(b, item ? ofp_str_sub(line, 3, SIZE_MAX) : line);
    }
    return take(w, b);
}

/* The list as text.  cmark finds an item's number by walking back to the first: in pieces it stays linear. */
enum { PIECE = 200 };

static ofp_str list_text(md *w, const ofp_node *n, int kind, int start, bool tight)
{
    ofp_buf *b = ofp_md_buf(w);
    for (const ofp_node *first = ofp_first(n); first; start += PIECE) {
        cmark_node *doc = ofp_md_new(w, NULL, CMARK_NODE_DOCUMENT);
        add_list(w, doc, first, PIECE, kind, start, tight);
        ofp_buf_add(b, ofp_md_render(w, doc, 0));
        ofp_buf_puts(b, tight ? "\n" : "\n\n");
        for (int i = 0; first && i < PIECE; i++)
            first = ofp_next(first);
    }
    return kind == STARS ? starred(w, take(w, b)) : take(w, b);
}

static int kind_of(const ofp_node *list)
{
    enum ofp_list_delim delim = ofp_list_delim(list);
    if (ofp_node_type(list) == OFP_ULIST)
        return DASHES;
    return delim == OFP_DELIM_ONE_PAREN || delim == OFP_DELIM_TWO_PARENS ? PARENS : PERIODS;
}

/* Bullets right beside an item's marker would move its text to the right, while cmark puts the blocks
 * after them where they belong without, and bullets below such text would be taken for its own. */
static bool loses_edge(cmark_node *parent, const ofp_node *list)
{
    return list_kind(cmark_node_last_child(parent)) ? cmark_node_get_type(parent) == CMARK_NODE_ITEM
                                                    : begins_item(parent) && is_followed(list);
}

static void list(md *w, cmark_node *parent, const ofp_node *n)
{
    bool bullets = ofp_node_type(n) == OFP_ULIST, tight = list_is_tight(n);
    bool bare = bullets && begins_item(parent) && begins_bare(n), edgeless = bare || (bullets && loses_edge(parent, n));
    int kind = separate(w, parent, bare ? other_kind(list_kind(cmark_node_parent(parent))) : kind_of(n));
    long items = 0, start = ofp_list_start(n);
    for (const ofp_node *i = ofp_first(n); i; i = ofp_next(i))
        items++;
    if (bullets && parent == w->top)
        ofp_md_literal(w, parent, OFP_STR(MD_EDGE));
    start = start < 0 ? 0 : start > 999999999 - items ? 1 : start;   /* nine digits, CommonMark 5.2 */
    if (edgeless)
        ofp_md_literal(w, parent, without_edge(w, list_text(w, n, kind, (int)start, tight)));
    else if ((!bullets && items > PIECE) || kind == STARS)
        ofp_md_literal(w, parent, list_text(w, n, kind, (int)start, tight));
    else
        add_list(w, parent, ofp_first(n), SIZE_MAX, kind, (int)start, tight);
    set_kind(cmark_node_last_child(parent), kind);
}

/* ---- definition lists ---- */

/* The content of n as one child of a new node of type. */
static void wrap_inlines(md *w, ofp_node *n, enum ofp_type type)
{
    ofp_node *box = ofp_new(w->doc, type);
    if (!box)
        return;
    ofp_move_children(n, box);
    ofp_append(n, box);
}

static void bold_definitions(md *w, cmark_node *parent, const ofp_node *n)
{
    for (ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        if (ofp_node_type(c) == OFP_TERM) {
            wrap_inlines(w, c, OFP_STRONG);
            paragraph(w, parent, c);
        } else {
            blocks(w, parent, c);
        }
    }
}

static bool is_short(const ofp_node *detail)
{
    const ofp_node *c = ofp_first(detail);
    return c && ofp_node_type(c) == OFP_PLAIN;
}

static void blank_line(ofp_buf *b)
{
    if (b->n && !(b->n > 1 && b->p[b->n - 1] == '\n' && b->p[b->n - 2] == '\n'))
        ofp_buf_putc(b, '\n');
}

/* Nothing can be defined without a term, and no definition is empty. */
static void definition(md *w, ofp_buf *b, const ofp_node *detail, bool named)
{
    unsigned indent = named ? 4 : 0;
    ofp_str text = ofp_md_blocks_text(w, detail, indent);
    if (!text.n)
        return;
    if (!named || !is_short(detail))
        blank_line(b);
    ofp_buf_puts(b, named ? ":   " : "");
    ofp_md_indent(b, text, indent);
    ofp_buf_putc(b, '\n');
}

static void definition_list(md *w, cmark_node *parent, const ofp_node *n)
{
    ofp_buf *b = ofp_md_buf(w);
    bool named = false;
    if (!(w->flags & MD_DLISTS)) {
        bold_definitions(w, parent, n);
        return;
    }
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        if (ofp_node_type(c) == OFP_TERM) {
            ofp_str term = ofp_md_inline_text(w, c, false);
            named = term.n;
            blank_line(b);
            ofp_buf_add(b, term);
            ofp_buf_puts(b, named ? "\n" : "");
        } else {
            definition(w, b, c, named);
        }
    }
    ofp_md_literal(w, parent, take(w, b));
}

/* ---- other containers ---- */

static void lines(md *w, cmark_node *parent, ofp_node *n)
{
    ofp_node *p = ofp_new(w->doc, OFP_PARA);
    for (ofp_node *l = ofp_first(n); l; l = ofp_next(l)) {
        ofp_move_children(l, p);
        if (ofp_next(l))
            ofp_add(w->doc, p, OFP_LINEBREAK);
    }
    if (p)
        paragraph(w, parent, p);
}

static void quote(md *w, cmark_node *parent, const ofp_node *n)
{
    cmark_node *q = ofp_md_new(w, parent, CMARK_NODE_BLOCK_QUOTE);
    blocks(w, q, n);
    if (!cmark_node_first_child(q) && ofp_first(n))
        cmark_node_unlink(q);
}

/* The one paragraph of n, NULL where there is anything else. */
static ofp_node *only_paragraph(const ofp_node *n)
{
    ofp_node *c = ofp_first(n);
    bool text = c && (ofp_node_type(c) == OFP_PLAIN || ofp_node_type(c) == OFP_PARA);
    return text && !ofp_next(c) ? c : NULL;
}

static bool is_mere_image(const ofp_node *p)
{
    return ofp_node_type(ofp_first(p)) == OFP_IMAGE && !ofp_next(ofp_first(p));
}

/* The caption goes below its picture in the same paragraph, so that the two stay together and the
 * reader knows them again; after anything else it is a paragraph of its own. */
static void figure(md *w, cmark_node *parent, ofp_node *n)
{
    ofp_node *caption = NULL;
    for (ofp_node *c = ofp_first(n), *next; c; c = next) {
        next = ofp_next(c);
        if (ofp_node_type(c) == OFP_CAPTION) {
            caption = c;
            ofp_unlink(c);
        }
    }
    ofp_node *picture = only_paragraph(n), *text = only_paragraph(caption);
    if (picture && text && is_mere_image(picture) && ofp_node_type(ofp_first(text)) != OFP_IMAGE) {
        ofp_add(w->doc, picture, OFP_LINEBREAK);
        ofp_move_children(text, picture);
        caption = NULL;
    }
    blocks(w, parent, n);
    blocks(w, parent, caption);
}

/* ---- notes and references: at the end of their article ---- */

static void put_note(md *w, ofp_buf *b, size_t number, const ofp_node *note)
{
    ofp_str text = ofp_md_blocks_text(w, note, 4);
    if (w->flags & MD_NOTES) {
        ofp_buf_printf(b, "[^%zu]: ", number);
        ofp_md_indent(b, text, 4);
    } else {
        bool runs_on = ofp_first(note) && ofp_holds_inlines(ofp_first(note));
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
    blocks(w, parent, n);
    if (ofp_has_class(n, OFP_STR("article")))
        flush_notes(w, parent);
}

static void block(md *w, cmark_node *parent, ofp_node *n)
{
    switch (ofp_node_type(n)) {
    case OFP_PLAIN: case OFP_PARA: paragraph(w, parent, n); break;
    case OFP_LINES: lines(w, parent, n); break;
    case OFP_CODEBLOCK: code_block(w, parent, n); break;
    case OFP_RAWBLOCK: raw_block(w, parent, n); break;
    case OFP_QUOTE: quote(w, parent, n); break;
    case OFP_OLIST: case OFP_ULIST: list(w, parent, n); break;
    case OFP_DLIST: definition_list(w, parent, n); break;
    case OFP_HEAD: heading(w, parent, n); break;
    case OFP_RULE: rule(w, parent); break;
    case OFP_TABLE: ofp_md_table(w, parent, n); break;
    case OFP_FIGURE: figure(w, parent, n); break;
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

static void blocks(md *w, cmark_node *parent, const ofp_node *n)
{
    for (ofp_node *c = ofp_first(n), *next; c; c = next) {
        next = ofp_next(c);
        block(w, parent, c);
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
    heading(w, parent, head);
    paragraph(w, parent, by);
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
        skip_blank = false;
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
    w->shift = w->opt->shift_headings;
    const ofp_node *toc = w->opt->toc ? ofp_md_toc(w) : NULL;
    if (toc)
        list(w, doc, toc);
    blocks(w, doc, ofp_root(w->doc));
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
    w.refmap.arena = w.arena;
    w.width = opt->wrap != OFP_WRAP_AUTO ? 0 : opt->columns ? opt->columns : 72;
    bool ok = ofp_cmark_run(write_all, &w, e);
    ok = free_bufs(&w) && ok;
    return ok && !out->failed ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}

bool ofp_write_markdown(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    return write_dialect(d, opt, out, MD_TABLES | MD_NOTES | MD_STRIKE | MD_TASKS | MD_MATH | MD_DLISTS | MD_SCRIPTS |
                                          MD_CAPTIONS | MD_YAML, e);
}

bool ofp_write_gfm(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    return write_dialect(d, opt, out, MD_TABLES | MD_NOTES | MD_STRIKE | MD_TASKS | MD_MATH | MD_YAML, e);
}

bool ofp_write_commonmark(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    return write_dialect(d, opt, out, 0, e);
}
