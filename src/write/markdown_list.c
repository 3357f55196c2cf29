/* markdown_list.c - lists of items and of definitions: kept apart, tight where they can be, and their bullets
 * where the text below them is looked for. */
#include "write/markdown.h"
#include <stdint.h>
#include <string.h>

/* cmark puts two blanks before a bullet.  Right after a marker of ours they would make code of the
 * list, so its lines lose them, and those of lists that are kept apart from it. */
ofp_str ofp_md_without_edge(md *w, ofp_str s)
{
    ofp_str rest = s, line, edge = OFP_STR("  ");
    ofp_buf *b = ofp_md_buf(w);
    if (!ofp_str_starts(s, edge))
        return s;
    for (bool in_list = true, more = false; ofp_str_split(&rest, '\n', &line); more = true) {
        bool of_it = ofp_str_starts(line, edge);
        in_list = in_list && (!line.n || of_it || ofp_str_eq(line, OFP_STR(MD_SPLIT)));
        if (more)
            ofp_buf_putc(b, '\n');
        ofp_buf_add(b, in_list && of_it ? ofp_str_sub(line, edge.n, SIZE_MAX) : line);
    }
    return ofp_buf_take(b, w->arena);
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
        ofp_md_blocks(w, item, i);
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
    return ofp_buf_take(b, w->arena);
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
    return kind == STARS ? starred(w, ofp_buf_take(b, w->arena)) : ofp_buf_take(b, w->arena);
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

void ofp_md_list(md *w, cmark_node *parent, const ofp_node *n)
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
        ofp_md_literal(w, parent, ofp_md_without_edge(w, list_text(w, n, kind, (int)start, tight)));
    else if ((!bullets && items > PIECE) || kind == STARS)
        ofp_md_literal(w, parent, list_text(w, n, kind, (int)start, tight));
    else
        add_list(w, parent, ofp_first(n), SIZE_MAX, kind, (int)start, tight);
    set_kind(cmark_node_last_child(parent), kind);
}

/* ---- definition lists ---- */

void ofp_md_wrap_inlines(md *w, ofp_node *n, enum ofp_type type)
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
            ofp_md_wrap_inlines(w, c, OFP_STRONG);
            ofp_md_paragraph(w, parent, c, "");
        } else {
            ofp_md_blocks(w, parent, c);
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

void ofp_md_definition_list(md *w, cmark_node *parent, const ofp_node *n)
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
    ofp_md_literal(w, parent, ofp_buf_take(b, w->arena));
}
