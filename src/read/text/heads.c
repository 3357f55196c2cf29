/* heads.c - which short paragraphs are headings.
 *
 * A heading stands alone, is short, does not end as a sentence does, and running text follows.  Page
 * dumps are full of short lines that stand alone, so everything but its form is asked of the
 * neighbours: prose must follow, and prose must have come before, unless the form is plain enough
 * (numbered "1.2", ALL CAPITALS, lynx's outdented lines). */
#include "read/text/text.h"

enum { MAX_WORDS = 14, MAX_COLUMNS = 100, SENTENCE_CASE_WORDS = 9 };

static bool has_cp(ofp_str s, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &i);
        for (size_t k = 0; k < n; k++)
            if (set[k] == cp) return true;
    }
    return false;
}

static bool has_digit(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned)(s.p[i] - '0') < 10) return true;
    return false;
}

/* Without the link that a wiki puts behind its headings: "Religion[edit]". */
static ofp_str cut_edit(ofp_str s)
{
    size_t i = s.n;
    if (!s.n || s.p[s.n - 1] != ']') return s;
    while (i && s.n - i < 16 && s.p[i - 1] != '[') i--;
    return i > 1 && s.p[i - 1] == '[' ? ofp_str_sub(s, 0, i - 1) : s;
}

/* Separators of menus, breadcrumbs, credits, footers; addresses. */
static bool is_furniture(ofp_str s)
{
    static const uint32_t marks[] = { '|', 0xBB, 0x203A, 0xA9, '@', 0xB7, 0x2022, '[', ']', '{', '_', '<', '>', '=', 0xAE };
    static const ofp_str starts[] = {
        OFP_STR("by "), OFP_STR("photo"), OFP_STR("image"), OFP_STR("credit"), OFP_STR("getty"), OFP_STR("foto"), OFP_STR("bild"),
        OFP_STR("share"), OFP_STR("subscribe"), OFP_STR("advertisement"), OFP_STR("http"), OFP_STR("www."), OFP_STR("published"),
        OFP_STR("updated"), OFP_STR("source"), OFP_STR("von "), OFP_STR("par "), OFP_STR("related"), OFP_STR("main article"), OFP_STR("read "), OFP_STR("sign up"), OFP_STR("listen"),
        OFP_STR("^"), OFP_STR("\u2190"), OFP_STR("\u2192"), OFP_STR("\u2191"), OFP_STR("see also"), OFP_STR("comment on"), OFP_STR("post a"),
    };
    if (has_cp(cut_edit(s), marks, sizeof marks / sizeof *marks)) return true;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (ofp_str_istarts(s, starts[i])) return true;
    return has_digit(s) && ofp_date_find(s, NULL, NULL, NULL);
}

/* How its letters are written. */
typedef struct letters { size_t words, capital, long_words, long_capital, upper, lower; bool first_upper; } letters;

static void count_word(letters *c, ofp_str w)
{
    size_t n = 0;
    bool capital = false;
    for (size_t i = 0; i < w.n;) {
        uint32_t cp = ofp_utf8_next(w, &i);
        if (!ofp_is_letter(cp)) continue;
        bool up = ofp_is_upper(cp);
        if (!n++) capital = up || ofp_is_cjk(cp);
        if (up) c->upper++;
        else c->lower++;
    }
    if (!n) return;
    if (!c->words) c->first_upper = capital;
    c->words++;
    c->capital += capital;
    c->long_words += n >= 4;
    c->long_capital += n >= 4 && capital;
}

static letters count_letters(ofp_str s)
{
    letters c = { 0 };
    ofp_str w;
    while (ofp_str_word(&s, &w)) count_word(&c, w);
    return c;
}

/* The text of a block of one or two lines, its mark left out. */
static ofp_str block_text(text *t, const block *b)
{
    ofp_buf buf = { 0 };
    for (size_t k = b->from; k < b->to; k++)
        text_glue(t, &buf, &t->lines[k], ofp_str_sub(t->lines[k].s, k == b->from ? t->lines[k].skip : 0, SIZE_MAX));
    return ofp_buf_take(&buf, t->scratch);
}

static unsigned block_columns(const text *t, const block *b)
{
    unsigned n = 0;
    for (size_t k = b->from; k < b->to; k++) n += t->lines[k].width;
    return n;
}

static bool is_short(const text *t, const block *b)
{
    return b->kind == B_PARA && b->to - b->from <= 2 && b->words >= 1 && b->words <= MAX_WORDS && block_columns(t, b) <= MAX_COLUMNS;
}

static bool ends_like_text(ofp_str s)
{
    size_t at = s.n;
    uint32_t cp = ofp_utf8_prev(s, &at);
    if (cp == '?' || cp == '!') return false;
    return cp == ',' || cp == '-' || cp == 0x2013 || cp == 0x2014 || text_terminal(s);
}

/* ---- forms that speak for themselves ------------------------------------------------------ */

/* "1.2 Title", "3 Title": the depth of the number at the start of s, 0 for none; *skip its bytes. */
static unsigned number_depth(ofp_str s, size_t *skip)
{
    unsigned depth = 0;
    size_t i = 0;
    while (i < s.n && (unsigned)(s.p[i] - '0') < 10) {
        size_t from = i;
        while (i < s.n && (unsigned)(s.p[i] - '0') < 10) i++;
        if (i - from > 2) return 0;
        depth++;
        if (i < s.n && s.p[i] == '.') i++;
        else break;
    }
    if (!depth || i >= s.n || s.p[i] != ' ') return 0;
    *skip = i + 1;
    return depth;
}

/* "CHAPTER IV", "Part two": a chapter's name in the languages that printed text comes in. */
static bool is_chapter(ofp_str s)
{
    static const ofp_str names[] = {
        OFP_STR("chapter "), OFP_STR("part "), OFP_STR("book "), OFP_STR("kapitel "), OFP_STR("teil "), OFP_STR("chapitre "), OFP_STR("partie "),
        OFP_STR("cap\u00EDtulo "), OFP_STR("capitolo "), OFP_STR("hoofdstuk "), OFP_STR("rozdzia\u0142 "), OFP_STR("kapitola "), OFP_STR("appendix "),
        OFP_STR("\u0413\u043B\u0430\u0432\u0430 "), OFP_STR("\u0413\u041B\u0410\u0412\u0410 "),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!ofp_str_istarts(s, names[i])) continue;
        ofp_str rest = ofp_str_sub(s, names[i].n, SIZE_MAX);
        ofp_str w;
        if (!ofp_str_word(&rest, &w)) return false;
        return (unsigned)(w.p[0] - '0') < 10 || (w.p[0] >= 'A' && w.p[0] <= 'Z');
    }
    return false;
}

static bool all_capitals(const letters *c)
{
    return !c->lower && c->upper >= 4 && (c->words >= 2 || c->upper >= 6);
}

static bool title_case(const letters *c)
{
    return c->first_upper && c->words >= 2 && c->long_words && c->long_capital * 10 >= c->long_words * 7;
}

/* ---- neighbours ---------------------------------------------------------------------------- */

typedef struct around { const block *prev, *next; bool seen_prose; } around;

static bool prose_follows(const block *b, const block *next)
{
    return next && next->quote == b->quote && next->kind == B_PARA && next->prose && !next->mark;
}

static bool text_follows(const block *b, const block *next)
{
    return prose_follows(b, next) || (next && (next->kind == B_CODE || next->kind == B_TABLE || next->kind == B_LINES || next->mark));
}

static bool stands_free(const block *b, const block *next)
{
    return (b->gap || b->from == 0) && (!next || next->gap);
}

/* Lines without blank lines between them: then a heading needs prose on both sides. */
static bool stands_between(const block *b, const around *a)
{
    return a->prev && a->prev->kind == B_PARA && a->prev->prose && !a->prev->mark && prose_follows(b, a->next);
}

/* ---- the rules ------------------------------------------------------------------------------ */

static unsigned lynx_level(const text *t, const block *b, const around *a, const letters *c)
{
    const line *l = &t->lines[b->from];
    if (!t->shape.outdented || b->quote || !stands_free(b, a->next) || !c->words || l->s.p[0] == '[') return 0;
    int axis = 2 * l->left + l->width;
    if (l->left == 0) return 2;
    return l->left > t->shape.base + 2 && axis >= 77 && axis <= 83 && b->words >= 2 ? 1 : 0;
}

/* "3. Title" with "3.1 Title" behind it. */
static bool part_follows(const text *t, ofp_str s, size_t skip, const block *next)
{
    ofp_str number = ofp_str_trim(ofp_str_sub(s, 0, skip)), below = next ? t->lines[next->from].s : OFP_STR("");
    size_t unused;
    if (number.p[number.n - 1] == '.') number.n--;
    return next && ofp_str_starts(below, number) && number_depth(below, &unused) == 2;
}

static unsigned numbered_level(const text *t, ofp_str s, const block *b, const around *a)
{
    size_t skip = 0;
    unsigned depth = number_depth(s, &skip);
    if (!depth || !stands_free(b, a->next) || ends_like_text(s)) return 0;
    if (depth == 1 && !prose_follows(b, a->next) && !part_follows(t, s, skip, a->next)) return 0;
    if (a->next && a->next->left > b->left + 1 && depth == 1) return 0;
    letters c = count_letters(ofp_str_sub(s, skip, SIZE_MAX));
    return c.first_upper ? depth + 1 : 0;
}

static unsigned plain_level(const text *t, ofp_str s, const block *b, const around *a, const letters *c)
{
    if (ends_like_text(s) || is_furniture(s)) return 0;
    bool free = stands_free(b, a->next);
    if (free && is_chapter(s)) return 2;
    if (free && all_capitals(c) && prose_follows(b, a->next)) return 2;
    if (!a->seen_prose || !c->first_upper) return 0;
    if (!free) return title_case(c) && b->words >= 2 && stands_between(b, a) ? 2 : 0;
    bool terms = a->next && a->next->term;
    if (title_case(c)) return terms || prose_follows(b, a->next) || (t->shape.prose && text_follows(b, a->next)) ? 2 : 0;
    bool near_prose = a->prev && (a->prev->prose || a->prev->kind != B_PARA || a->prev->depth);
    return b->words <= SENTENCE_CASE_WORDS && near_prose && prose_follows(b, a->next) ? 2 : 0;
}

/* "# Title" and "## Title" at the margin, as people write it in any text. */
static unsigned hash_level(text *t, const block *b, const around *a)
{
    line *l = &t->lines[b->from];
    unsigned n = 0;
    while (n < l->s.n && l->s.p[n] == '#') n++;
    if (!n || n > 6 || n >= l->s.n || l->s.p[n] != ' ' || !stands_free(b, a->next) || b->to - b->from > 1) return 0;
    l->skip = (unsigned short)(n + 1);
    return n;
}

/* What can be told without looking at the words. */
static bool may_be_head(const text *t, const block *b, const around *a)
{
    if (b->kind != B_PARA || b->words > 30 || !b->words || b->to - b->from > 3) return false;
    if (!stands_free(b, a->next) && !stands_between(b, a)) return false;
    return !b->depth || (b->depth == 1 && b->mark && t->lines[b->from].kind == L_NUMBER);
}

static unsigned head_level(text *t, const block *b, const around *a)
{
    if (!may_be_head(t, b, a)) return 0;
    ofp_str s = block_text(t, b);
    letters c = count_letters(s);
    unsigned level;
    if (!s.n) return 0;
    if ((level = lynx_level(t, b, a, &c))) return level;
    if (!is_short(t, b)) return 0;
    ofp_str whole = t->lines[b->from].s;
    if ((level = b->to - b->from == 1 ? numbered_level(t, whole, b, a) : 0)) return level;
    if (b->mark || !c.words) return 0;
    if ((level = hash_level(t, b, a))) return level;
    return plain_level(t, s, b, a, &c);
}

static void make_head(text *t, block *b, unsigned level)
{
    b->kind = B_HEAD;
    b->level = level > 6 ? 6 : level;
    if (b->mark) t->lines[b->from].skip = 0;    /* the number of a heading is part of it */
    b->mark = false;
}

void text_heads(text *t)
{
    around a = { 0 };
    for (size_t i = 0; i < t->nblocks; i++) {
        block *b = &t->blocks[i];
        a.next = i + 1 < t->nblocks ? b + 1 : NULL;
        unsigned level = head_level(t, b, &a);
        if (level) make_head(t, b, level);
        a.seen_prose |= b->prose;
        a.prev = b;
    }
}
