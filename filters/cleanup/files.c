/* files.c - what text browsers print where a page has a picture without words: the name of its file, alone in its
 * line or in brackets between words.  So are signs for buttons, and those that link to a heading. */
#include "cleanup.h"

enum { LONGEST = 1000, LEAST_PIECE = 20 };

/* "photo_2.jpg?w=600", "resize?from=a.png&w=60" */
static bool is_picture_file(ofp_str s)
{
    static const char *const ends[] = { ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = ofp_str_ifind(s, ofp_s(ends[i]), 0);
        ofp_str rest = ofp_str_sub(s, at, SIZE_MAX);
        rest = ofp_str_sub(rest, ofp_s(ends[i]).n, SIZE_MAX);
        if (at < s.n && (!rest.n || rest.p[0] == '?' || rest.p[0] == '&' || rest.p[0] == '%'))
            return true;
    }
    return false;
}

/* The same, maybe broken over lines: then its pieces are long. */
static bool is_broken_file(ofp_arena *a, ofp_str s)
{
    ofp_buf b = { 0 };
    size_t pieces = 0;
    for (ofp_str w, rest = s; ofp_str_word(&rest, &w); pieces++)
        ofp_buf_add(&b, w);
    ofp_str whole = ofp_buf_take(&b, a);
    return is_picture_file(whole) && (pieces == 1 || whole.n >= pieces * LEAST_PIECE);
}

/* What stands for a button or a picture that has neither words nor a name. */
static bool is_stand_in(ofp_str s)
{
    static const char *const words[] = { "(BUTTON)", "[svg]", "[img]", "[image]", "[Image]", "[]" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ofp_str_eq(s, ofp_s(words[i])))
            return true;
    return false;
}

bool is_picture_line(const ofp_node *n)
{
    const ofp_node *only = ofp_first(n);
    if (!only || ofp_next(only) || ofp_node_type(only) != OFP_TEXT)
        return false;
    ofp_str s = ofp_str_trim(ofp_text(only)), rest = s, word;
    if (!ofp_str_word(&rest, &word) || word.n != s.n)
        return false;
    return is_stand_in(s) || is_picture_file(s.p[s.n - 1] == ']' ? ofp_str_sub(s, 0, s.n - 1) : s);
}

/* The text without names of picture files in brackets. */
static ofp_str without_files(ofp_arena *a, ofp_str s)
{
    ofp_buf b = { 0 };
    size_t from = 0, open = SIZE_MAX;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '[')
            open = i;
        if (s.p[i] != ']' || open == SIZE_MAX)
            continue;
        if (i - open <= LONGEST && is_broken_file(a, ofp_str_sub(s, open + 1, i - open - 1))) {
            ofp_buf_add(&b, ofp_str_sub(s, from, open - from));
            from = i + 1;
        }
        open = SIZE_MAX;
    }
    if (!from)
        return s;
    ofp_buf_add(&b, ofp_str_sub(s, from, SIZE_MAX));
    return ofp_buf_take(&b, a);
}

static bool has_brackets(ofp_str s) { return ofp_str_find(s, OFP_STR("["), 0) < s.n; }

/* "Install¶" */
static void drop_pilcrow(ofp_node *n)
{
    static const ofp_str pilcrow = OFP_STR("\xc2\xb6");
    ofp_str s = ofp_text(n);
    if (!ofp_next(n) && s.n > pilcrow.n && ofp_str_ends(s, pilcrow))
        ofp_set_text(n, ofp_str_sub(s, 0, s.n - pilcrow.n));
}

void drop_files(page *p)
{
    for (int i = 0; i < p->nb && !p->plain; i++) {
        const block *b = &p->b[i];
        for (ofp_node *n = ofp_first(b->node); b->keep && n; n = ofp_after(n, b->node)) {
            if (ofp_node_type(n) != OFP_TEXT)
                continue;
            if (has_brackets(ofp_text(n)))
                ofp_set_text(n, ofp_arena_dup(ofp_doc_arena(p->doc), without_files(p->a, ofp_text(n))));
            drop_pilcrow(n);
        }
    }
}
