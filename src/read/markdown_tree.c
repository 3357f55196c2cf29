/* markdown_tree.c - cmark's tree to the document: nodes one to one, marks to what they stand for.
 *
 * cmark's tree may be nested to any depth, so it is walked with its iterator; below the limits
 * containers are passed over and their content is kept flat. */
#include "read/markdown.h"
#include <string.h>

enum { MAX_BLOCKS = 90, MAX_INLINES = 40, MAX_NOTE_USES = 8 };

/* Inline constructs that open and close among the children of one node. */
enum pair { P_STRIKE, P_SUB, P_SUPER, P_TAG_DEL, P_TAG_SUB, P_TAG_SUP, P_TAG_EM, P_TAG_STRONG, P_TAG_U, NPAIRS };
static const struct { enum ofp_type type; const char *tags; } pairs[NPAIRS] = {
    [P_STRIKE] = { OFP_STRIKE, "" }, [P_SUB] = { OFP_SUB, "" }, [P_SUPER] = { OFP_SUPER, "" },
    [P_TAG_DEL] = { OFP_STRIKE, "del s strike" }, [P_TAG_SUB] = { OFP_SUB, "sub" }, [P_TAG_SUP] = { OFP_SUPER, "sup" },
    [P_TAG_EM] = { OFP_EMPH, "em i" }, [P_TAG_STRONG] = { OFP_STRONG, "strong b" }, [P_TAG_U] = { OFP_UNDERLINE, "u" },
};

/* The openers met in one inline container, by kind; later ones have higher numbers.  A tag in one of its
 * kind says nothing, but its end must be known again. */
typedef struct level { ofp_node *open[NPAIRS]; unsigned at[NPAIRS], again[NPAIRS]; } level;

typedef struct taker {
    md_source *s;
    ofp_doc *d;
    ofp_node *cur;                      /* where the next node goes */
    ofp_node *outside;                  /* cur before a table's cell */
    int blocks, inlines;                /* depth */
    level levels[MAX_INLINES + 2];
    unsigned openers;
    ofp_buf *text;                      /* of the text nodes met since the last other one; its own for
                                         * each depth of notes */
    bool task;                          /* at the beginning of an item's text */
    bool warned;
    int notes;                          /* notes inside notes */
} taker;

static void take_tree(md_source *s, cmark_node *tree, ofp_node *into, int depth, int notes);

static ofp_str unmark(taker *t, const char *z, bool code)
{
    return ofp_md_unmark(t->s, ofp_s(z), code, t->outside != NULL);
}

static unsigned line_of(const md_source *s, cmark_node *n)
{
    int l = cmark_node_get_start_line(n);
    return l >= 1 && (size_t)l <= s->nlines ? s->lines[l - 1].orig : 0;
}

static ofp_node *add(taker *t, cmark_node *n, enum ofp_type type)
{
    ofp_node *a = ofp_add(t->d, t->cur, type);
    unsigned line = line_of(t->s, n);
    if (line)
        ofp_set_line(a, line);
    return a;
}

/* ---- delimiters in text ---- */

static ofp_node *put_text(taker *t, ofp_str s)
{
    if (!s.n)
        return NULL;
    ofp_node *n = ofp_add(t->d, t->cur, OFP_TEXT);
    ofp_set_text(n, ofp_arena_dup(t->s->arena, s));
    return n;
}

static level *here(taker *t) { return &t->levels[t->inlines]; }

/* Everything between open and the end of its parent moves into a node in open's place. */
static void close_pair(taker *t, enum pair k)
{
    level *l = here(t);
    ofp_node *open = l->open[k], *box = ofp_new(t->d, pairs[k].type);
    unsigned at = l->at[k];
    if (!box)
        return;
    for (ofp_node *n = ofp_next(open), *next; n; n = next) {
        next = ofp_next(n);
        ofp_append(box, n);
    }
    ofp_insert_after(open, box);
    ofp_unlink(open);
    for (int i = 0; i < NPAIRS; i++)
        if (l->at[i] >= at)
            l->open[i] = NULL;
}

static void open_pair(taker *t, enum pair k, ofp_node *marker)
{
    level *l = here(t);
    l->open[k] = marker;
    l->again[k] = 0;
    l->at[k] = ++t->openers;
}

static void forget_scripts(taker *t)
{
    here(t)->open[P_SUB] = here(t)->open[P_SUPER] = NULL;
}

static bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/* What a run of n tildes or carets means in this dialect, NPAIRS for nothing. */
static enum pair pair_of(const taker *t, char c, size_t n)
{
    if (c == '~' && t->s->flags & MD_IN_STRIKE && (n == 2 || (n == 1 && t->s->flags & MD_IN_ONE_TILDE)))
        return P_STRIKE;
    if (n == 1 && t->s->flags & MD_IN_SCRIPTS)
        return c == '~' ? P_SUB : P_SUPER;
    return NPAIRS;
}

static bool at_line_start(const taker *t)
{
    ofp_node *last = ofp_last(t->cur);
    return !last || ofp_node_type(last) == OFP_SOFTBREAK || ofp_node_type(last) == OFP_LINEBREAK;
}

/* The delimiter run s[i, i+n): closes, opens or is text.  */
static void take_delimiter(taker *t, ofp_str s, size_t i, size_t n)
{
    enum pair k = pair_of(t, s.p[i], n);
    bool after_white = i ? is_white(s.p[i - 1]) : at_line_start(t), before_white = i + n < s.n && is_white(s.p[i + n]);
    if (k < NPAIRS && here(t)->open[k] && !after_white && ofp_next(here(t)->open[k])) {
        close_pair(t, k);
        return;
    }
    ofp_node *marker = put_text(t, ofp_str_sub(s, i, n));
    if (k < NPAIRS && marker && !before_white && !here(t)->open[k])
        open_pair(t, k, marker);
}

/* ---- notes ---- */

static md_note *note_at(taker *t, ofp_str s, size_t i, size_t *end)
{
    size_t k = i + 2;
    while (k < s.n && k - i < 200 && !is_white(s.p[k]) && s.p[k] != ']' && s.p[k] != '[')
        k++;
    if (k >= s.n || s.p[k] != ']' || k == i + 2)
        return NULL;
    *end = k + 1;
    return ofp_map_get(&t->s->notes, ofp_str_sub(s, i + 2, k - i - 2));
}

/* A note used again is told again, within reason: a note of ten pages used ten thousand times is not. */
static bool take_note(taker *t, md_note *note)
{
    if (note->open || t->notes >= MD_NOTE_DEPTH || note->uses >= MAX_NOTE_USES)
        return false;
    note->open = true;
    note->uses++;
    take_tree(t->s, note->item, ofp_add(t->d, t->cur, OFP_NOTE), t->blocks + t->inlines + 4, t->notes + 1);
    note->open = false;
    return true;
}

/* ---- text ---- */

static void take_math(taker *t, ofp_str s, size_t *i)
{
    size_t k = *i + MARK_SIZE, n = 0, length;
    while (k < s.n && s.p[k] >= '0' && s.p[k] <= '9' && n < t->s->nmath)
        n = n * 10 + (size_t)(s.p[k++] - '0');
    if (ofp_md_mark_at(s, k, &length) == MARK_END && n < t->s->nmath) {
        ofp_set_math(ofp_add(t->d, t->cur, OFP_MATH), t->s->math[n].display, t->s->math[n].tex);
        k += MARK_SIZE;
    }
    *i = k;
}

/* Length of what begins at s[i] and is more than a character; 0 for plain text. */
static size_t special(const taker *t, ofp_str s, size_t i)
{
    size_t length;
    if (ofp_md_mark_at(s, i, &length))
        return length;
    if (s.p[i] == ' ' && ofp_md_mark_at(s, i + 1, &length) == MARK_END)
        return 1 + MARK_SIZE;
    if (s.p[i] == '[' && i + 1 < s.n && s.p[i + 1] == '^' && t->s->flags & MD_IN_NOTES)
        return 2;
    if ((s.p[i] == '~' || s.p[i] == '^') && t->s->flags & (MD_IN_STRIKE | MD_IN_SCRIPTS)) {
        size_t n = 1;
        while (i + n < s.n && s.p[i + n] == s.p[i])
            n++;
        return n;
    }
    return 0;
}

/* Takes the special thing of length n at s[*i]; false when it is text after all. */
static bool take_special(taker *t, ofp_str s, size_t *i, size_t n)
{
    size_t end;
    unsigned mark = ofp_md_mark_at(s, *i, &end);
    if (mark == MARK_MATH) {
        take_math(t, s, i);
        return true;
    }
    if (mark == MARK_ROW || mark == MARK_CELL) {
        while (*i + n < s.n && s.p[*i + n] == ' ')
            n++;
    } else if (mark) {
        put_text(t, ofp_md_unmark(t->s, ofp_str_sub(s, *i, n), false, false));
    } else if (s.p[*i] == '[') {
        md_note *note = note_at(t, s, *i, &end);
        if (!note || !take_note(t, note))
            return false;
        *i = end;
        return true;
    } else if (s.p[*i] != ' ') {
        take_delimiter(t, s, *i, n);
    }
    *i += n;
    return true;
}

static size_t take_task(taker *t, ofp_str s)
{
    bool open = ofp_str_starts(s, OFP_STR("[ ] "));
    if (!t->task || !(t->s->flags & MD_IN_TASKS) || !(open || ofp_str_istarts(s, OFP_STR("[x] "))))
        return 0;
    put_text(t, open ? OFP_STR("\u2610 ") : OFP_STR("\u2612 "));
    return 4;
}

/* The text collected so far becomes nodes. */
static void flush(taker *t)
{
    ofp_str s = ofp_buf_str(t->text);
    size_t i = take_task(t, s), from = i;
    t->task = t->task && !s.n;
    while (i < s.n) {
        size_t n = special(t, s, i), was = i;
        if (is_white(s.p[i]))
            forget_scripts(t);
        if (!n) {
            i++;
            continue;
        }
        put_text(t, ofp_str_sub(s, from, i - from));
        from = i;
        if (take_special(t, s, &i, n))
            from = i;
        else
            i = was + n;
    }
    put_text(t, ofp_str_sub(s, from, s.n - from));
    t->text->n = 0;
}

/* ---- raw HTML ---- */

/* "<x>" or "</x>" without attributes, x among the tags of a pair. */
static enum pair tag_pair(ofp_str html, bool *close)
{
    *close = html.n > 2 && html.p[1] == '/';
    ofp_str name = ofp_str_sub(html, *close ? 2 : 1, SIZE_MAX), word;
    if (name.n < 2 || name.p[name.n - 1] != '>')
        return NPAIRS;
    name.n--;
    for (int k = P_TAG_DEL; k < NPAIRS; k++)
        for (ofp_str rest = ofp_s(pairs[k].tags); ofp_str_word(&rest, &word);)
            if (ofp_str_ieq(word, name))
                return (enum pair)k;
    return NPAIRS;
}

static bool is_br(ofp_str html)
{
    return ofp_str_ieq(html, OFP_STR("<br>")) || ofp_str_ieq(html, OFP_STR("<br/>")) || ofp_str_ieq(html, OFP_STR("<br />"));
}

/* Tags that have a node type become it, since only HTML writers could show them otherwise. */
static void take_tag(taker *t, cmark_node *n)
{
    bool close;
    ofp_str html = unmark(t, cmark_node_get_literal(n), true);
    enum pair k = tag_pair(html, &close);
    if (is_br(html)) {
        add(t, n, OFP_LINEBREAK);
        return;
    }
    if (k < NPAIRS && close && here(t)->open[k]) {
        if (here(t)->again[k])
            here(t)->again[k]--;
        else
            close_pair(t, k);
        return;
    }
    if (k < NPAIRS && here(t)->open[k] && !close) {
        here(t)->again[k]++;
        return;
    }
    ofp_node *raw = add(t, n, OFP_RAWINLINE);
    ofp_set_raw(raw, OFP_STR("html"), html);
    if (k < NPAIRS && !close && raw)
        open_pair(t, k, raw);
}

static void take_html(taker *t, cmark_node *n)
{
    ofp_str html = unmark(t, cmark_node_get_literal(n), true);
    if (html.n && html.p[html.n - 1] == '\n')
        html.n--;
    ofp_set_raw(add(t, n, OFP_RAWBLOCK), OFP_STR("html"), html);
}

/* ---- leaves ---- */

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
    ofp_node *c = add(t, n, OFP_CODEBLOCK);
    ofp_str text = unmark(t, cmark_node_get_literal(n), true);
    ofp_str lang = language(unmark(t, cmark_node_get_fence_info(n), false));
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
    flush(t);
    t->task = false;
    switch ((int)type) {
    case CMARK_NODE_SOFTBREAK: forget_scripts(t); add(t, n, OFP_SOFTBREAK); break;
    case CMARK_NODE_LINEBREAK: forget_scripts(t); add(t, n, OFP_LINEBREAK); break;
    case CMARK_NODE_CODE: ofp_set_text(add(t, n, OFP_CODE), unmark(t, cmark_node_get_literal(n), true)); break;
    case CMARK_NODE_HTML_INLINE: take_tag(t, n); break;
    case CMARK_NODE_HTML_BLOCK: take_html(t, n); break;
    case CMARK_NODE_CODE_BLOCK: take_code_block(t, n); break;
    case CMARK_NODE_THEMATIC_BREAK: add(t, n, OFP_RULE); break;
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
    ofp_node *table = add(t, n, OFP_TABLE);
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
    t->cur = add(t, n, OFP_PLAIN);
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
    ofp_node *l = add(t, n, ordered ? OFP_OLIST : OFP_ULIST);
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
    return add(t, n, is_plain(t, n) ? OFP_PLAIN : OFP_PARA);
}

static ofp_node *take_heading(taker *t, cmark_node *n)
{
    unsigned mark = heading_mark(n);
    if (mark == MARK_ROW || mark == MARK_CELL) {
        begin_cell(t, n, mark == MARK_ROW);
        return t->cur;
    }
    ofp_node *h = add(t, n, OFP_HEAD);
    ofp_set_level(h, cmark_node_get_heading_level(n));
    return h;
}

static ofp_node *take_link(taker *t, cmark_node *n, enum ofp_type type)
{
    ofp_node *l = add(t, n, type);
    ofp_set_target(l, unmark(t, cmark_node_get_url(n), false), unmark(t, cmark_node_get_title(n), false));
    return l;
}

static ofp_node *take_container(taker *t, cmark_node *n)
{
    switch ((int)cmark_node_get_type(n)) {
    case CMARK_NODE_BLOCK_QUOTE: return add(t, n, OFP_QUOTE);
    case CMARK_NODE_LIST: return take_list(t, n);
    case CMARK_NODE_ITEM: return add(t, n, ofp_node_type(t->cur) == OFP_DLIST ? OFP_DETAIL : OFP_ITEM);
    case CMARK_NODE_PARAGRAPH: return take_paragraph(t, n);
    case CMARK_NODE_HEADING: return take_heading(t, n);
    case CMARK_NODE_EMPH: return add(t, n, OFP_EMPH);
    case CMARK_NODE_STRONG: return add(t, n, OFP_STRONG);
    case CMARK_NODE_LINK: return take_link(t, n, OFP_LINK);
    case CMARK_NODE_IMAGE: return take_link(t, n, OFP_IMAGE);
    }
    return NULL;
}

/* n's user data is its node: what is not set was kept flat, and leaving it changes nothing. */
static void enter(taker *t, cmark_node *n)
{
    flush(t);
    if (!has_room(t, n))
        return;
    ofp_node *own = take_container(t, n);
    if (!own)
        return;
    bool block = is_block(n);
    t->blocks += block;
    t->inlines += !block;
    if (!block || ofp_holds_inlines(own))
        *here(t) = (level){ 0 };
    t->cur = own;
    cmark_node_set_user_data(n, own);
}

static void leave(taker *t, cmark_node *n)
{
    flush(t);
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
static void take_tree(md_source *s, cmark_node *tree, ofp_node *into, int depth, int notes)
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
    take_tree(s, tree, root, 0, 0);
}
