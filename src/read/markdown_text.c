/* markdown_text.c - text and tags within a line: what opens and closes there, notes, formulas, task boxes. */
#include "read/markdown_tree.h"
#include <string.h>

enum { MAX_NOTE_USES = 8 };

static const struct { enum ofp_type type; const char *tags; } pairs[NPAIRS] = {
    [P_STRIKE] = { OFP_STRIKE, "" }, [P_SUB] = { OFP_SUB, "" }, [P_SUPER] = { OFP_SUPER, "" },
    [P_TAG_DEL] = { OFP_STRIKE, "del s strike" }, [P_TAG_SUB] = { OFP_SUB, "sub" }, [P_TAG_SUP] = { OFP_SUPER, "sup" },
    [P_TAG_EM] = { OFP_EMPH, "em i" }, [P_TAG_STRONG] = { OFP_STRONG, "strong b" }, [P_TAG_U] = { OFP_UNDERLINE, "u" },
};

/* ---- delimiters in text ---- */

static ofp_node *put_text(taker *t, ofp_str s)
{
    if (!s.n)
        return NULL;
    ofp_node *n = ofp_add(t->d, t->cur, OFP_TEXT);
    ofp_set_text(n, ofp_arena_dup(t->s->arena, s));
    return n;
}

/* Everything between open and the end of its parent moves into a node in open's place. */
static void close_pair(taker *t, enum pair k)
{
    level *l = ofp_md_level(t);
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
    level *l = ofp_md_level(t);
    l->open[k] = marker;
    l->again[k] = 0;
    l->at[k] = ++t->openers;
}

void ofp_md_forget_scripts(taker *t)
{
    ofp_md_level(t)->open[P_SUB] = ofp_md_level(t)->open[P_SUPER] = NULL;
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
    if (k < NPAIRS && ofp_md_level(t)->open[k] && !after_white && ofp_next(ofp_md_level(t)->open[k])) {
        close_pair(t, k);
        return;
    }
    ofp_node *marker = put_text(t, ofp_str_sub(s, i, n));
    if (k < NPAIRS && marker && !before_white && !ofp_md_level(t)->open[k])
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
    ofp_md_take_below(t->s, note->item, ofp_add(t->d, t->cur, OFP_NOTE), t->blocks + t->inlines + 4, t->notes + 1);
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
void ofp_md_flush(taker *t)
{
    ofp_str s = ofp_buf_str(t->text);
    size_t i = take_task(t, s), from = i;
    t->task = t->task && !s.n;
    while (i < s.n) {
        size_t n = special(t, s, i), was = i;
        if (is_white(s.p[i]))
            ofp_md_forget_scripts(t);
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

/* ---- tags ---- */

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
void ofp_md_take_tag(taker *t, cmark_node *n)
{
    bool close;
    ofp_str html = ofp_md_unmarked(t, cmark_node_get_literal(n), true);
    enum pair k = tag_pair(html, &close);
    if (is_br(html)) {
        ofp_md_add(t, n, OFP_LINEBREAK);
        return;
    }
    if (k < NPAIRS && close && ofp_md_level(t)->open[k]) {
        if (ofp_md_level(t)->again[k])
            ofp_md_level(t)->again[k]--;
        else
            close_pair(t, k);
        return;
    }
    if (k < NPAIRS && ofp_md_level(t)->open[k] && !close) {
        ofp_md_level(t)->again[k]++;
        return;
    }
    ofp_node *raw = ofp_md_add(t, n, OFP_RAWINLINE);
    ofp_set_raw(raw, OFP_STR("html"), html);
    if (k < NPAIRS && !close && raw)
        open_pair(t, k, raw);
}
