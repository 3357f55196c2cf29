/* markdown_tree.c - cmark's tree to the document: nodes one to one, marks to what they stand for.
 *
 * cmark's tree may be nested to any depth, so it is walked with its iterator; below the limits
 * containers are passed over and their content is kept flat. */
#include "read/markdown_tree.h"
#include <string.h>

ofp_str ofp_md_unmarked(taker *t, const char *z, bool code)
{
    return ofp_md_unmark(t->s, ofp_s(z), code, t->outside != NULL);
}

static unsigned line_of(const md_source *s, cmark_node *n)
{
    int l = cmark_node_get_start_line(n);
    return l >= 1 && (size_t)l <= s->nlines ? s->lines[l - 1].orig : 0;
}

ofp_node *ofp_md_add(taker *t, cmark_node *n, enum ofp_type type)
{
    ofp_node *a = ofp_add(t->d, t->cur, type);
    unsigned line = line_of(t->s, n);
    if (line)
        ofp_set_line(a, line);
    return a;
}

/* ---- leaves ---- */

static void take_html(taker *t, cmark_node *n)
{
    ofp_str html = ofp_md_unmarked(t, cmark_node_get_literal(n), true);
    if (html.n && html.p[html.n - 1] == '\n')
        html.n--;
    ofp_set_raw(ofp_md_add(t, n, OFP_RAWBLOCK), OFP_STR("html"), html);
}

/* "c", "{.c}" or "{.c .numberLines}": the language is the first word. */
static ofp_str language(ofp_str info)
{
    ofp_str word, rest = info;
    if (!ofp_str_word(&rest, &word))
        return (ofp_str){ 0 };
    if (ofp_str_starts(word, OFP_STR("{.")))
        word = ofp_str_sub(word, 2, SIZE_MAX);
    for (size_t i = 0; i < word.n; i++)
        if (strchr("{}=\"", word.p[i]))
            word.n = i;
    return word;
}

static void take_code_block(taker *t, cmark_node *n)
{
    ofp_node *c = ofp_md_add(t, n, OFP_CODEBLOCK);
    ofp_str text = ofp_md_unmarked(t, cmark_node_get_literal(n), true);
    ofp_str lang = language(ofp_md_unmarked(t, cmark_node_get_fence_info(n), false));
    if (text.n && text.p[text.n - 1] == '\n')
        text.n--;
    ofp_set_text(c, text);
    if (lang.n)
        ofp_add_class(t->d, c, lang);
}

static void take_leaf(taker *t, cmark_node *n)
{
    cmark_node_type type = cmark_node_get_type(n);
    if (type == CMARK_NODE_TEXT) {
        ofp_buf_puts(t->text, cmark_node_get_literal(n));
        return;
    }
    ofp_md_flush(t);
    t->task = false;
    switch ((int)type) {
    case CMARK_NODE_SOFTBREAK: ofp_md_forget_scripts(t); ofp_md_add(t, n, OFP_SOFTBREAK); break;
    case CMARK_NODE_LINEBREAK: ofp_md_forget_scripts(t); ofp_md_add(t, n, OFP_LINEBREAK); break;
    case CMARK_NODE_CODE: ofp_set_text(ofp_md_add(t, n, OFP_CODE), ofp_md_unmarked(t, cmark_node_get_literal(n), true)); break;
    case CMARK_NODE_HTML_INLINE: ofp_md_take_tag(t, n); break;
    case CMARK_NODE_HTML_BLOCK: take_html(t, n); break;
    case CMARK_NODE_CODE_BLOCK: take_code_block(t, n); break;
    case CMARK_NODE_THEMATIC_BREAK: ofp_md_add(t, n, OFP_RULE); break;
    }
}

/* ---- definition lists and tables ---- */

static enum md_was was(const taker *t, cmark_node *n)
{
    int l = cmark_node_get_start_line(n);
    return l >= 1 && (size_t)l <= t->s->nlines ? t->s->lines[l - 1].was : MD_WAS_TEXT;
}

/* The definition list that a definition after the last block belongs to: the block is its term. */
static ofp_node *definitions(taker *t)
{
    ofp_node *term = ofp_last(t->cur), *list, *part;
    if (term && ofp_node_type(term) == OFP_DLIST)
        return term;
    list = term ? ofp_prev(term) : NULL;
    if (!list || ofp_node_type(list) != OFP_DLIST) {
        list = ofp_add(t->d, t->cur, OFP_DLIST);
        ofp_set_line(list, term ? ofp_line(term) : 0);
    }
    if (term && (ofp_node_type(term) == OFP_PARA || ofp_node_type(term) == OFP_PLAIN)) {
        part = ofp_add(t->d, list, OFP_TERM);
        ofp_set_line(part, ofp_line(term));
        ofp_move_children(term, part);
        ofp_unlink(term);
    }
    return list;
}

static unsigned heading_mark(cmark_node *n)
{
    cmark_node *text = cmark_node_get_type(n) == CMARK_NODE_HEADING ? cmark_node_first_child(n) : NULL;
    size_t length;
    return text && cmark_node_get_type(text) == CMARK_NODE_TEXT ? ofp_md_mark_at(ofp_s(cmark_node_get_literal(text)), 0, &length) : 0;
}

static ofp_node *last_table(const taker *t)
{
    ofp_node *table = ofp_last(t->cur);
    return table && ofp_node_type(table) == OFP_TABLE ? table : NULL;
}

static void begin_table(taker *t, cmark_node *n)
{
    ofp_str s = ofp_s(cmark_node_get_literal(cmark_node_first_child(n)));
    ofp_str digits = ofp_str_trim(ofp_str_sub(s, MARK_SIZE, s.n > 2 * MARK_SIZE ? s.n - 2 * MARK_SIZE : 0));
    long i;
    ofp_node *table = ofp_md_add(t, n, OFP_TABLE);
    if (!ofp_str_int(digits, 0, (long)t->s->ngrids - 1, &i))
        return;
    ofp_set_cols(t->d, table, t->s->grids[i].cols, t->s->grids[i].ncols);
    ofp_add(t->d, table, OFP_THEAD);
    ofp_add(t->d, table, OFP_TBODY);
}

/* The heading n is a cell of the table before it: its inlines go there. */
static void begin_cell(taker *t, cmark_node *n, bool new_row)
{
    ofp_node *table = last_table(t), *head = ofp_first(table), *body = ofp_last(table);
    if (!table)
        return;
    ofp_node *row = new_row ? ofp_add(t->d, ofp_first(head) ? body : head, OFP_ROW)
                            : ofp_last(ofp_first(body) ? body : head);
    ofp_node *cell = ofp_add(t->d, row, OFP_CELL);
    ofp_set_cell(cell, OFP_ALIGN_DEFAULT, 1, 1);
    t->outside = t->cur;
    t->cur = cell;
    t->cur = ofp_md_add(t, n, OFP_PLAIN);
}

/* ---- containers ---- */

static bool is_block(cmark_node *n)
{
    cmark_node_type t = cmark_node_get_type(n);
    return t >= CMARK_NODE_FIRST_BLOCK && t <= CMARK_NODE_LAST_BLOCK;
}

/* Whether depth allows one more; an item always stands in its list, and text in its paragraph. */
static bool has_room(taker *t, cmark_node *n)
{
    cmark_node_type type = cmark_node_get_type(n);
    bool list = ofp_node_type(t->cur) == OFP_ULIST || ofp_node_type(t->cur) == OFP_OLIST || ofp_node_type(t->cur) == OFP_DLIST;
    if (type == CMARK_NODE_ITEM)
        return list;
    if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
        return true;
    if (is_block(n) ? t->blocks < MAX_BLOCKS : t->inlines < MAX_INLINES)
        return true;
    if (!t->warned)
        ofp_warn(t->d, OFP_D_DEPTH_LIMIT, line_of(t->s, n), "nested deeper than %d; kept flat", MAX_BLOCKS);
    t->warned = true;
    return false;
}

/* Whether item was one: not so the items of a list that begins on its line. */
static bool is_definition(const taker *t, cmark_node *item)
{
    int line = cmark_node_get_start_line(item);
    if (was(t, item) != MD_WAS_DEFINITION)
        return false;
    for (cmark_node *p = cmark_node_parent(item); p && cmark_node_get_start_line(p) == line; p = cmark_node_parent(p))
        if (cmark_node_get_type(p) == CMARK_NODE_ITEM)
            return false;
    return true;
}

static ofp_node *take_list(taker *t, cmark_node *n)
{
    if (is_definition(t, cmark_node_first_child(n)))
        return definitions(t);
    bool ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
    ofp_node *l = ofp_md_add(t, n, ordered ? OFP_OLIST : OFP_ULIST);
    if (ordered)
        ofp_set_list(l, cmark_node_get_list_start(n), OFP_STYLE_DECIMAL,
                     cmark_node_get_list_delim(n) == CMARK_PAREN_DELIM ? OFP_DELIM_ONE_PAREN : OFP_DELIM_PERIOD);
    return l;
}

/* Text of a tight item, or right below its term, stands without paragraph. */
static bool is_plain(const taker *t, cmark_node *n)
{
    cmark_node *item = cmark_node_parent(n);
    if (cmark_node_get_type(item) != CMARK_NODE_ITEM || !cmark_node_parent(item))
        return false;
    if (is_definition(t, item))
        return !cmark_node_previous(n) && !t->s->lines[cmark_node_get_start_line(item) - 1].after_blank;
    return cmark_node_get_list_tight(cmark_node_parent(item));
}

static ofp_node *take_paragraph(taker *t, cmark_node *n)
{
    t->task = cmark_node_get_type(cmark_node_parent(n)) == CMARK_NODE_ITEM && !cmark_node_previous(n);
    return ofp_md_add(t, n, is_plain(t, n) ? OFP_PLAIN : OFP_PARA);
}

static ofp_node *take_heading(taker *t, cmark_node *n)
{
    unsigned mark = heading_mark(n);
    if (mark == MARK_ROW || mark == MARK_CELL) {
        begin_cell(t, n, mark == MARK_ROW);
        return t->cur;
    }
    ofp_node *h = ofp_md_add(t, n, OFP_HEAD);
    ofp_set_level(h, cmark_node_get_heading_level(n));
    return h;
}

static ofp_node *take_link(taker *t, cmark_node *n, enum ofp_type type)
{
    ofp_node *l = ofp_md_add(t, n, type);
    ofp_set_target(l, ofp_md_unmarked(t, cmark_node_get_url(n), false), ofp_md_unmarked(t, cmark_node_get_title(n), false));
    return l;
}

static ofp_node *take_container(taker *t, cmark_node *n)
{
    switch ((int)cmark_node_get_type(n)) {
    case CMARK_NODE_BLOCK_QUOTE: return ofp_md_add(t, n, OFP_QUOTE);
    case CMARK_NODE_LIST: return take_list(t, n);
    case CMARK_NODE_ITEM: return ofp_md_add(t, n, ofp_node_type(t->cur) == OFP_DLIST ? OFP_DETAIL : OFP_ITEM);
    case CMARK_NODE_PARAGRAPH: return take_paragraph(t, n);
    case CMARK_NODE_HEADING: return take_heading(t, n);
    case CMARK_NODE_EMPH: return ofp_md_add(t, n, OFP_EMPH);
    case CMARK_NODE_STRONG: return ofp_md_add(t, n, OFP_STRONG);
    case CMARK_NODE_LINK: return take_link(t, n, OFP_LINK);
    case CMARK_NODE_IMAGE: return take_link(t, n, OFP_IMAGE);
    }
    return NULL;
}

/* n's user data is its node: what is not set was kept flat, and leaving it changes nothing. */
static void enter(taker *t, cmark_node *n)
{
    ofp_md_flush(t);
    if (!has_room(t, n))
        return;
    ofp_node *own = take_container(t, n);
    if (!own)
        return;
    bool block = is_block(n);
    t->blocks += block;
    t->inlines += !block;
    if (!block || ofp_holds_inlines(own))
        *ofp_md_level(t) = (level){ 0 };
    t->cur = own;
    cmark_node_set_user_data(n, own);
}

static void leave(taker *t, cmark_node *n)
{
    ofp_md_flush(t);
    if (!cmark_node_get_user_data(n))
        return;
    cmark_node_set_user_data(n, NULL);
    t->blocks -= is_block(n);
    t->inlines -= !is_block(n);
    t->task = false;
    if (t->outside && is_block(n)) {
        t->cur = t->outside;
        t->outside = NULL;
    } else {
        t->cur = ofp_parent(t->cur);
    }
}

static bool is_leaf(cmark_node *n)
{
    switch ((int)cmark_node_get_type(n)) {
    case CMARK_NODE_CODE_BLOCK: case CMARK_NODE_HTML_BLOCK: case CMARK_NODE_THEMATIC_BREAK: case CMARK_NODE_TEXT:
    case CMARK_NODE_SOFTBREAK: case CMARK_NODE_LINEBREAK: case CMARK_NODE_CODE: case CMARK_NODE_HTML_INLINE: return true;
    }
    return false;
}

static void take_node(taker *t, cmark_iter *it, cmark_node *n, bool entering)
{
    if (is_leaf(n)) {
        take_leaf(t, n);
    } else if (!entering) {
        leave(t, n);
    } else if (heading_mark(n) == MARK_TABLE) {
        begin_table(t, n);
        cmark_iter_reset(it, n, CMARK_EVENT_EXIT);
    } else {
        enter(t, n);
    }
}

/* The children of tree become those of into, which stands at depth. */
void ofp_md_take_below(md_source *s, cmark_node *tree, ofp_node *into, int depth, int notes)
{
    taker t = { .s = s, .d = s->doc, .cur = into, .text = &s->texts[notes], .blocks = depth, .notes = notes };
    cmark_iter *it = cmark_iter_new(tree);
    for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE && t.cur;)
        if (cmark_iter_get_node(it) != tree)
            take_node(&t, it, cmark_iter_get_node(it), ev == CMARK_EVENT_ENTER);
    cmark_iter_free(it);
}

void ofp_md_take_tree(md_source *s, cmark_node *tree, ofp_node *root)
{
    ofp_md_take_below(s, tree, root, 0, 0);
}
