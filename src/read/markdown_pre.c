/* markdown_pre.c - rewriting what CommonMark does not know into what it does.
 *
 *   [^a]: note        +   note            an item of a list of its own, remembered by its line
 *   :   definition    +   definition      likewise
 *   | a | b |         ###### a            a heading for each cell: one line of inlines, apart from
 *   |---|---|         ###### b            the others, and tight where the table was
 *   $x$  $$x$$        a number between two marks
 *   \~ \$ \| …        a mark, so that the tree tells them from the plain character
 *
 * The tree of a first parse says which lines are paragraphs (not code, not HTML); what they hold may
 * come to light only after a rewriting, as a table in a note does, so it is done in rounds. */
#include "read/markdown.h"
#include <string.h>

enum { MAX_ROUNDS = 6, MAX_NESTING = 200 };

void *ofp_md_room(md_source *s, void *array, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 4;
    return s->mem->realloc(array, *cap * size);
}

/* ---- lines ---- */

static bool is_blank(ofp_str line) { return ofp_str_trim(line).n == 0; }

/* Blank, or no more than the marks of quotes. */
static bool is_bare(ofp_str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!strchr("> \t", line.p[i]) || !line.p[i])
            return false;
    return true;
}

static void add_line(md_source *s, md_line l)
{
    s->lines = ofp_md_room(s, s->lines, s->nlines, &s->caplines, sizeof *s->lines);
    s->lines[s->nlines++] = l;
}

/* Escapes of characters that mean something here become marks. */
static ofp_str mark_escapes(md_source *s, ofp_str line)
{
    ofp_buf b = { 0 };
    if (!line.n || (!memchr(line.p, '\\', line.n) && !ofp_md_may_hold_marks(line)))
        return line;
    for (size_t i = 0, length; i < line.n; i += length) {
        unsigned mark = ofp_md_mark_at(line, i, &length);
        char escaped = line.p[i] == '\\' && i + 1 < line.n ? line.p[i + 1] : '\0';
        const char *c = escaped ? strchr(MARK_CHARS, escaped) : NULL;
        if (!mark)
            length = escaped ? 2 : 1;
        if (mark >= MARK_FOREIGN)
            ofp_buf_putu(&b, 0xFFFD);
        else if (mark)
            ofp_md_put_mark(&b, mark - MARK_ESCAPED + MARK_FOREIGN);
        else if (c)
            ofp_md_put_mark(&b, MARK_ESCAPED + (unsigned)(c - MARK_CHARS));
        else
            ofp_buf_add(&b, ofp_str_sub(line, i, length));
    }
    return ofp_buf_take(&b, s->arena);
}

/* The nesting of emphasis opened so far in a run of lines without a blank one. */
typedef struct nesting { size_t depth; } nesting;

static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* cmark needs time with the square of the depth of nested emphasis.  A run that would open another
 * level beyond any sane number of them becomes marks, that is text. */
static ofp_str bound_nesting(md_source *s, nesting *n, ofp_str line)
{
    ofp_buf b = { 0 };
    for (size_t i = 0, end; i < line.n; i = end) {
        char c = line.p[i];
        end = i + 1;
        while ((c == '*' || c == '_') && end < line.n && line.p[end] == c)
            end++;
        bool run = c == '*' || c == '_', opens = run && end < line.n && !is_space(line.p[end]);
        bool closes = run && i && !is_space(line.p[i - 1]);
        if (closes)
            n->depth -= n->depth ? 1 : 0;
        else if (opens && ++n->depth > MAX_NESTING) {
            n->depth--;
            if (!b.n)
                ofp_buf_add(&b, ofp_str_sub(line, 0, i));
            for (size_t k = i; k < end; k++)
                ofp_md_put_mark(&b, c == '*' ? MARK_STAR : MARK_LOW);
            continue;
        }
        if (b.n)
            ofp_buf_add(&b, ofp_str_sub(line, i, end - i));
    }
    return b.n ? ofp_buf_take(&b, s->arena) : line;
}

static void split_lines(md_source *s, ofp_str text)
{
    unsigned number = s->first_line;
    nesting deep = { 0 };
    bool blank = true;
    for (ofp_str line; ofp_str_line(&text, &line); number++) {
        ofp_str l = s->flags ? mark_escapes(s, line) : line;
        if (is_blank(l))
            deep.depth = 0;
        add_line(s, (md_line){ .text = bound_nesting(s, &deep, l), .orig = number, .after_blank = blank });
        blank = is_bare(l);
    }
}

/* ---- notes ---- */

/* "[^label]:" at the beginning of l: its length, 0 where there is none. */
static size_t note_marker(ofp_str l, ofp_str *label)
{
    size_t i = 0, end;
    while (i < 3 && i < l.n && l.p[i] == ' ')
        i++;
    if (!ofp_str_starts(ofp_str_sub(l, i, SIZE_MAX), OFP_STR("[^")))
        return 0;
    for (end = i + 2; end < l.n && !strchr("] \t[", l.p[end]);)
        end++;
    if (end == i + 2 || end + 1 >= l.n || l.p[end] != ']' || l.p[end + 1] != ':')
        return 0;
    *label = ofp_str_sub(l, i + 2, end - i - 2);
    return end + 2;
}

/* Length of the fence of backticks or tildes that l begins with, after at most three blanks. */
static size_t fence_of(ofp_str l, char *c)
{
    size_t i = 0, n = 0;
    while (i < 3 && i < l.n && l.p[i] == ' ')
        i++;
    *c = i < l.n ? l.p[i] : '\0';
    while ((*c == '`' || *c == '~') && i + n < l.n && l.p[i + n] == *c)
        n++;
    return n >= 3 ? n : 0;
}

static void rewrite_notes(md_source *s)
{
    char open = '\0', c;
    size_t length = 0;
    bool in_note = false;
    for (size_t i = 0; i < s->nlines; i++) {
        md_line *l = &s->lines[i];
        size_t n = fence_of(l->text, &c);
        ofp_str label;
        if (n && (!open || (c == open && n >= length))) {
            open = open ? '\0' : c;
            length = n;
        }
        if (!open && !n && (in_note || l->after_blank) && (n = note_marker(l->text, &label))) {
            ofp_str rest = ofp_str_trim(ofp_str_sub(l->text, n, SIZE_MAX));
            l->text = ofp_arena_printf(s->arena, rest.n ? "+   %.*s" : "+%.*s", (int)rest.n, rest.p);
            l->was = MD_WAS_NOTE;
            l->label = label;
            in_note = true;
        } else if (l->after_blank && !is_blank(l->text) && !is_space(l->text.p[0])) {
            in_note = false;
        }
    }
}

/* ---- rewriting paragraphs ---- */

md_edit *ofp_md_add_edit(md_source *s, md_edits *all, size_t from, size_t to)
{
    all->at = ofp_md_room(s, all->at, all->n, &all->cap, sizeof *all->at);
    all->at[all->n] = (md_edit){ .from = from, .to = to };
    return &all->at[all->n++];
}

void ofp_md_edit_line(md_source *s, md_edit *e, md_line l)
{
    e->lines = ofp_md_room(s, e->lines, e->n, &e->cap, sizeof *e->lines);
    e->lines[e->n++] = l;
}

/* Where the text of line i begins: behind the marks of the containers that the first line shows. */
static size_t text_start(const md_source *s, const md_para *p, size_t i)
{
    ofp_str l = s->lines[i].text;
    size_t at = 0;
    if (i == p->from)
        return p->col < l.n ? p->col : l.n;
    while (at < l.n && (l.p[at] == '>' ? at < p->col : is_space(l.p[at])))
        at++;
    return at;
}

ofp_str ofp_md_text_of(const md_source *s, const md_para *p, size_t i)
{
    return ofp_str_sub(s->lines[i].text, text_start(s, p, i), SIZE_MAX);
}

/* What stands before the text, for a line after the first: list markers become blanks. */
ofp_str ofp_md_prefix_of(md_source *s, const md_para *p, bool first)
{
    ofp_str pre = ofp_str_sub(s->lines[p->from].text, 0, p->col);
    if (first)
        return pre;
    ofp_str copy = ofp_arena_dup(s->arena, pre);
    for (size_t i = 0; copy.p && i < copy.n; i++)
        if (copy.p[i] != '>' && copy.p[i] != '\t')
            ((char *)copy.p)[i] = ' ';
    return copy.p ? copy : (ofp_str){ 0 };
}

/* ---- definitions ---- */

static bool is_definition(ofp_str l)
{
    return l.n > 1 && (l.p[0] == ':' || l.p[0] == '~') && is_space(l.p[1]) && !is_blank(ofp_str_sub(l, 1, SIZE_MAX));
}

static void rewrite_marker(md_source *s, md_edits *all, const md_para *p, size_t i)
{
    md_line l = s->lines[i];
    ofp_str copy = ofp_arena_dup(s->arena, l.text);
    if (copy.p)
        ((char *)copy.p)[text_start(s, p, i)] = '+';
    l.text = copy.p ? copy : OFP_STR("");
    l.was = MD_WAS_DEFINITION;
    ofp_md_edit_line(s, ofp_md_add_edit(s, all, i, i), l);
}

static const char defines;              /* user data of what a definition may follow */

static bool may_follow(const md_source *s, cmark_node *n)
{
    cmark_node *before = cmark_node_previous(n), *item;
    if (!before)
        return false;
    switch ((int)cmark_node_get_type(before)) {
    case CMARK_NODE_PARAGRAPH:
        return cmark_node_get_user_data(before) || cmark_node_get_start_line(before) == cmark_node_get_end_line(before);
    case CMARK_NODE_CODE_BLOCK:
        return cmark_node_get_user_data(before) != NULL;
    case CMARK_NODE_LIST:
        item = cmark_node_last_child(before);
        return s->lines[cmark_node_get_start_line(item) - 1].was == MD_WAS_DEFINITION;
    }
    return false;
}

/* Either the paragraph is a definition after its term, or its first line is the term of those below. */
static bool find_definitions(md_source *s, md_edits *all, const md_para *p, cmark_node *n)
{
    bool found = is_definition(ofp_md_text_of(s, p, p->from)) && may_follow(s, n);
    if (!found && (p->from == p->to || is_definition(ofp_md_text_of(s, p, p->from)) || !is_definition(ofp_md_text_of(s, p, p->from + 1))))
        return false;
    for (size_t i = p->from; i <= p->to; i++)
        if (is_definition(ofp_md_text_of(s, p, i)) && s->lines[i].was == MD_WAS_TEXT)
            rewrite_marker(s, all, p, i);
    cmark_node_set_user_data(n, (void *)(uintptr_t)&defines);
    return true;
}

/* ---- rounds ---- */

static cmark_node *parse_lines(md_source *s)
{
    cmark_parser *p = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, s->mem);
    for (size_t i = 0; i < s->nlines; i++) {
        cmark_parser_feed(p, s->lines[i].text.p, s->lines[i].text.n);
        cmark_parser_feed(p, "\n", 1);
    }
    cmark_node *tree = cmark_parser_finish(p);
    cmark_parser_free(p);
    return tree;
}

static bool is_container(cmark_node *n)
{
    cmark_node_type t = cmark_node_get_type(n);
    return t == CMARK_NODE_DOCUMENT || t == CMARK_NODE_BLOCK_QUOTE || t == CMARK_NODE_LIST || t == CMARK_NODE_ITEM;
}

/* The next block in document order; blocks may be nested to any depth. */
static cmark_node *next_block(cmark_node *n)
{
    if (is_container(n) && cmark_node_first_child(n))
        return cmark_node_first_child(n);
    while (n && !cmark_node_next(n))
        n = cmark_node_parent(n);
    return n ? cmark_node_next(n) : NULL;
}

static void find_edits(md_source *s, md_edits *all, cmark_node *n)
{
    cmark_node_type type = cmark_node_get_type(n);
    int from = cmark_node_get_start_line(n), to = cmark_node_get_end_line(n);
    if (type == CMARK_NODE_CODE_BLOCK && cmark_node_previous(n))
        cmark_node_set_user_data(n, cmark_node_get_user_data(cmark_node_previous(n)));
    if ((type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING) || from < 1 || to < from || (size_t)to > s->nlines)
        return;
    md_para p = { (size_t)from - 1, (size_t)to - 1, (size_t)cmark_node_get_start_column(n) - 1 };
    if (type == CMARK_NODE_PARAGRAPH && s->flags & MD_IN_TABLES && ofp_md_find_table(s, all, &p))
        return;
    if (type == CMARK_NODE_PARAGRAPH && s->flags & MD_IN_DLISTS && find_definitions(s, all, &p, n))
        return;
    if (s->flags & MD_IN_MATH)
        ofp_md_find_math(s, all, &p);
}

static void apply_edits(md_source *s, const md_edits *all)
{
    md_line *old = s->lines;
    size_t n = s->nlines, k = 0;
    s->lines = NULL;
    s->nlines = s->caplines = 0;
    for (size_t i = 0; i < n; i++) {
        if (k == all->n || i < all->at[k].from) {
            add_line(s, old[i]);
            continue;
        }
        const md_edit *e = &all->at[k++];
        for (size_t j = 0; j < e->n; j++)
            add_line(s, e->lines[j]);
        i = e->to;
    }
}

/* True where something is worth looking for. */
static bool needs_rounds(const md_source *s, ofp_str text)
{
    return (s->flags & MD_IN_TABLES && memchr(text.p, '|', text.n)) ||
           (s->flags & MD_IN_MATH && memchr(text.p, '$', text.n)) ||
           (s->flags & MD_IN_DLISTS && (ofp_str_find(text, OFP_STR(": "), 0) != SIZE_MAX ||
                                        ofp_str_find(text, OFP_STR("~ "), 0) != SIZE_MAX ||
                                        ofp_str_find(text, OFP_STR(":\t"), 0) != SIZE_MAX));
}

cmark_node *ofp_md_parse(md_source *s, ofp_str text)
{
    split_lines(s, text);
    if (s->flags & MD_IN_NOTES && ofp_str_find(text, OFP_STR("[^"), 0) != SIZE_MAX)
        rewrite_notes(s);
    cmark_node *tree = parse_lines(s);
    for (int round = 0; round < MAX_ROUNDS && text.n && needs_rounds(s, text); round++) {
        md_edits all = { 0 };
        for (cmark_node *n = tree; n; n = next_block(n))
            find_edits(s, &all, n);
        if (!all.n)
            break;
        apply_edits(s, &all);
        cmark_node_free(tree);
        tree = parse_lines(s);
    }
    return tree;
}
