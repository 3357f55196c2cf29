/* report.c - the user's say over what stays, and the account of what was dropped. */
#include "cleanup.h"

void keep_range(page *p, int first, int last, bool keep, const char *why)
{
    for (int i = first; i < last; i++)
        if (p->b[i].keep != keep)
            p->b[i].keep = keep, p->b[i].why = why;
}

unsigned kept_words(const page *p, int first, int last)
{
    unsigned n = 0;
    for (int i = first; i < last; i++)
        n += p->b[i].keep ? p->b[i].f.words : 0;
    return n;
}

/* ---- selectors --------------------------------------------------------------------------- */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_mark(char c) { return c == '.' || c == '#'; }

/* "aside", ".note", "#main" and these joined: "div.note.wide"; several with blanks between. */
bool is_selector(ofp_str list)
{
    for (size_t i = 0; i < list.n; i++) {
        bool named = i + 1 < list.n && is_name_char(list.p[i + 1]);
        if (is_mark(list.p[i]) ? !named : list.p[i] != ' ' && !is_name_char(list.p[i]))
            return false;
    }
    return true;
}

static bool has_class(const ofp_node *n, ofp_str name)
{
    for (size_t i = 0; i < ofp_class_count(n); i++)
        if (ofp_str_eq(ofp_class_at(n, i), name))
            return true;
    return false;
}

static bool part_matches(const ofp_node *n, char mark, ofp_str name)
{
    if (mark == '.')
        return has_class(n, name);
    return mark == '#' ? ofp_str_eq(ofp_id(n), name) : ofp_str_ieq(element_name(n), name);
}

static bool one_matches(const ofp_node *n, ofp_str sel)
{
    for (size_t at = 0, end; at < sel.n; at = end) {
        char mark = is_mark(sel.p[at]) ? sel.p[at++] : 0;
        for (end = at; end < sel.n && !is_mark(sel.p[end]);)
            end++;
        if (!part_matches(n, mark, ofp_str_sub(sel, at, end - at)))
            return false;
    }
    return true;
}

static bool matches(const ofp_node *n, ofp_str list)
{
    for (ofp_str sel; ofp_str_word(&list, &sel);)
        if (one_matches(n, sel))
            return true;
    return false;
}

/* The block itself or what is around all of its text. */
static bool leaf_matches(const ofp_node *n, ofp_str list)
{
    bool hit = matches(n, list);
    while (!hit && ofp_holds_inlines(n) && ofp_first(n) && !ofp_next(ofp_first(n)))
        hit = matches(n = ofp_first(n), list);
    return hit;
}

static void apply(page *p, ofp_str list, bool keep, const char *why)
{
    if (!list.n)
        return;
    for (int i = 0; i < p->ne; i++)
        if (matches(p->e[i].node, list) || (p->e[i].hint && matches(p->e[i].hint, list)))
            keep_range(p, p->e[i].first, p->e[i].last, keep, why);
    for (int i = 0; i < p->nb; i++)
        if (leaf_matches(p->b[i].node, list))
            keep_range(p, i, i + 1, keep, why);
}

void select_blocks(page *p)
{
    apply(p, p->keep, true, "keep");
    apply(p, p->drop, false, "drop");
}

/* ---- the account ----------------------------------------------------------------------------- */

enum { FIRST_WORDS = 8, FIRST_BYTES = 80 };

static ofp_str first_words(ofp_arena *a, const ofp_node *n)
{
    ofp_str all = ofp_arena_squeeze(a, ofp_node_type(n) == OFP_CODEBLOCK ? ofp_text(n) : ofp_plain_text(a, n)), rest = all, w;
    size_t end = 0;
    for (int i = 0; i < FIRST_WORDS && ofp_str_word(&rest, &w); i++) {
        size_t to = (size_t)(w.p + w.n - all.p);
        if (to > FIRST_BYTES)
            break;
        end = to;
    }
    if (!end)                           /* one long word, as in Chinese: up to a whole character */
        for (end = all.n < FIRST_BYTES ? all.n : FIRST_BYTES; end < all.n && ((unsigned char)all.p[end] & 0xc0) == 0x80;)
            end--;
    return ofp_str_sub(all, 0, end);
}

/* A line "in TAB kept TAB dropped" in words, then one for each dropped block: words, rule, score in
 * thousandths, first words.  The third number of the first line is the sum of the first of the others. */
void report_loss(const page *p)
{
    ofp_buf b = { 0 };
    unsigned kept = kept_words(p, 0, p->nb);
    ofp_buf_printf(&b, "%u\t%u\t%u\n", p->words, kept, p->words - kept);
    for (int i = 0; i < p->nb; i++) {
        const block *k = &p->b[i];
        if (k->keep)
            continue;
        ofp_str s = first_words(p->a, k->node);
        ofp_buf_printf(&b, "%u\t%s\t%d\t%.*s\n", k->f.words, k->why ? k->why : "model", k->p, (int)s.n, s.p);
    }
    ofp_set_note(p->doc, OFP_STR("loss"), ofp_buf_take(&b, ofp_doc_arena(p->doc)));
}
