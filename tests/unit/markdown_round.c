/* Generated documents through Markdown and back: the same tree.
 *
 * Permitted differences, which the generator therefore does not make:
 *  - what tidying drops, and emphasis or strikes side by side, blanks of any kind at the edges of inlines
 *  - strong around nothing but emphasis is kept by turns (**_x_**), never by ***x***
 *  - spans, small caps, underlining, attributes, quotes as nodes, citations: their contents
 *  - the alternative text of an image is plain, code spans and titles are on one line
 *  - a list of one item, or whose items hold one block each, is tight; numbers are decimal
 *  - lines are a paragraph with hard breaks, a table whose cells hold blocks is HTML
 *  - a head whose cells are all empty is none
 *  - soft breaks are blanks unless lines are kept, and hard breaks in headings too */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "format.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct gen { ofp_doc *d; uint32_t seed; bool plain; } gen;

static unsigned pick(gen *g, unsigned n)
{
    g->seed = g->seed * 1664525u + 1013904223u;
    return (g->seed >> 16) % n;
}

/* Words that look like markup, beside some that do not. */
static const char *const words[] = {
    "plain", "word", "and", "the", "caf\u00e9", "\u4e2d\u6587", "\u201cquoted\u201d", "it's", "3.14", "e.g.",
    "*", "**", "*x*", "_", "_x_", "snake_case", "__init__", "-", "--", "---", "+", "=", "===", "#", "##", "C#", ">", ">>",
    "1.", "12)", "a)", "[", "]", "[x]", "[x](y)", "[^1]", "[1]:", "![i](j)", "!", "wow!", "<", "<b>", "</b>", "<!--", "a<b",
    "&", "&amp;", "&#65;", "AT&T", "`", "``", "`x`", "\\", "\\*", "C:\\dir", "~", "~~", "~x~", "~5", "/~user", "^", "x^2", "$",
    "$5", "US$6", "$x$", "$$", "|", "a|b", "|--|", ":--|", ":", "::", "Table:", "{#id}", "@who", "%", "a@b.co", "http://x.y/z_(w)",
    "\"", "'", ".", ",", "(", ")", "...", "a\u00a0b", "\u2610", "\U0001F600",
};

static const char *word(gen *g) { return words[pick(g, g->plain ? 10 : COUNT(words))]; }

static void add_words(gen *g, ofp_node *n, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        ofp_add_text(g->d, n, i ? OFP_STR(" ") : OFP_STR(""));
        ofp_add_text(g->d, n, ofp_s(word(g)));
    }
}

static void inlines(gen *g, ofp_node *n, int depth, unsigned without);
static void blocks(gen *g, ofp_node *n, int depth, unsigned count);

static const struct { enum ofp_type type; unsigned bars; } kinds[] = {
    { OFP_EMPH, 1 }, { OFP_STRONG, 2 }, { OFP_STRIKE, 4 }, { OFP_LINK, 8 | 16 }, { OFP_CODE, 0 }, { OFP_IMAGE, 16 },
    { OFP_MATH, 0 }, { OFP_SUB, 32 }, { OFP_SUPER, 32 }, { OFP_NOTE, 64 }, { OFP_LINEBREAK, 128 },
};

static void leaf(gen *g, ofp_node *n, int depth)
{
    static const char *const codes[] = { "x", "a`b", "``", "a b", "a|b", "*x*", "\\", "$1", "~" };
    static const char *const texs[] = { "x", "a_1", "\\frac{1}{2}", "x^2 + y", "\\{a\\}", "a*b*c" };
    static const char *const urls[] = { "http://x.y/", "a(b)c", "a(b", "#f", "x?a=1&amp;b", "u_v_w", "\\x", "a*b" };
    switch ((int)ofp_node_type(n)) {
    case OFP_CODE: ofp_set_text(n, ofp_s(codes[pick(g, COUNT(codes))])); break;
    case OFP_MATH: ofp_set_math(n, pick(g, 4) == 0, ofp_s(texs[pick(g, COUNT(texs))])); break;
    case OFP_LINK: case OFP_IMAGE:
        ofp_set_target(n, ofp_s(urls[pick(g, COUNT(urls))]), pick(g, 3) ? OFP_STR("") : OFP_STR("a \"t\" *i* \\"));
        break;
    case OFP_NOTE: blocks(g, n, depth + 1, 1 + pick(g, 2)); break;
    }
}

/* An inline that is more than text; true when there is one. */
static bool special(gen *g, ofp_node *n, size_t k, int depth, unsigned without)
{
    unsigned bars = kinds[k].bars;
    if (without & bars || depth > 3)
        return false;
    ofp_node *c = ofp_add(g->d, n, kinds[k].type);
    leaf(g, c, depth);
    if (kinds[k].type == OFP_SUB || kinds[k].type == OFP_SUPER || kinds[k].type == OFP_IMAGE)
        ofp_add_text(g->d, c, ofp_s(words[pick(g, 5)]));
    else if (kinds[k].type == OFP_EMPH || kinds[k].type == OFP_STRONG || kinds[k].type == OFP_STRIKE || kinds[k].type == OFP_LINK)
        inlines(g, c, depth + 1, without | bars | 128);
    return true;
}

/* Specials stand between texts, with blanks around them or without. */
static void inlines(gen *g, ofp_node *n, int depth, unsigned without)
{
    unsigned count = 1 + pick(g, 3);
    add_words(g, n, 1 + pick(g, 2));
    for (unsigned i = 0; i < count; i++) {
        size_t k = pick(g, COUNT(kinds));
        ofp_str gap = kinds[k].type != OFP_LINEBREAK && pick(g, 4) ? OFP_STR(" ") : OFP_STR("");
        ofp_add_text(g->d, n, gap);
        if (special(g, n, k, depth, without))
            ofp_add_text(g->d, n, gap);
        add_words(g, n, 1 + pick(g, 2));
    }
}

static void list(gen *g, ofp_node *n, int depth, bool ordered)
{
    bool tight = pick(g, 2);
    unsigned items = 2 + pick(g, 2);
    ofp_node *l = ofp_add(g->d, n, ordered ? OFP_OLIST : OFP_ULIST);
    if (ordered)
        ofp_set_list(l, (int)pick(g, 3) * 7, OFP_STYLE_DECIMAL, pick(g, 2) ? OFP_DELIM_PERIOD : OFP_DELIM_ONE_PAREN);
    for (unsigned i = 0; i < items; i++) {
        ofp_node *item = ofp_add(g->d, l, OFP_ITEM);
        inlines(g, ofp_add(g->d, item, tight ? OFP_PLAIN : OFP_PARA), depth + 1, 0);
        if (!tight && i == 0)
            blocks(g, item, depth + 1, 1);
    }
}

static void table(gen *g, ofp_node *n)
{
    ofp_node *t = ofp_add(g->d, n, OFP_TABLE), *part, *row;
    ofp_col cols[3] = { { .align = OFP_ALIGN_LEFT }, { .align = OFP_ALIGN_DEFAULT }, { .align = OFP_ALIGN_CENTER } };
    unsigned ncols = 1 + pick(g, 3), rows = 1 + pick(g, 3);
    ofp_set_cols(g->d, t, cols, ncols);
    for (unsigned i = pick(g, 4) ? 0 : 1; i <= rows; i++) {
        part = ofp_last(t) && i != 1 ? ofp_last(t) : ofp_add(g->d, t, i ? OFP_TBODY : OFP_THEAD);
        row = ofp_add(g->d, part, OFP_ROW);
        for (unsigned k = 0; k < ncols; k++) {
            ofp_node *cell = ofp_add(g->d, row, OFP_CELL);
            ofp_set_cell(cell, OFP_ALIGN_DEFAULT, 1, 1);
            if ((i == 0 && k == 0) || pick(g, 5))
                inlines(g, ofp_add(g->d, cell, OFP_PLAIN), 2, 64);
        }
    }
}

static void definitions(gen *g, ofp_node *n, int depth)
{
    ofp_node *l = ofp_add(g->d, n, OFP_DLIST);
    for (unsigned i = 0; i < 2; i++) {
        inlines(g, ofp_add(g->d, l, OFP_TERM), depth + 1, 64 | 128);
        inlines(g, ofp_add(g->d, ofp_add(g->d, l, OFP_DETAIL), i ? OFP_PARA : OFP_PLAIN), depth + 1, 0);
    }
}

static void code(gen *g, ofp_node *n)
{
    static const char *const codes[] = { "x", "", "a\n\nb", "  a  \n", "```\nx\n```", "~~~", "- a\n> b", "\\$ \\~ | x", "$a$\n[^1]: b" };
    ofp_node *c = ofp_add(g->d, n, OFP_CODEBLOCK);
    ofp_set_text(c, ofp_s(codes[pick(g, COUNT(codes))]));
    if (pick(g, 2))
        ofp_add_class(g->d, c, OFP_STR("python"));
}

/* No two lists, and no definitions after a list or after a paragraph that could be their term. */
static void block(gen *g, ofp_node *n, int depth)
{
    enum ofp_type last = ofp_last(n) ? ofp_node_type(ofp_last(n)) : OFP_DOC;
    bool after_list = last == OFP_ULIST || last == OFP_OLIST || last == OFP_DLIST;
    ofp_node *c;
    switch (pick(g, depth > 2 ? 4 : 9)) {
    case 0: case 1: inlines(g, ofp_add(g->d, n, OFP_PARA), depth, depth > 2 ? 64 : 0); break;
    case 2: ofp_set_level(c = ofp_add(g->d, n, OFP_HEAD), 1 + (int)pick(g, 6)); inlines(g, c, depth, 64 | 128); break;
    case 3: code(g, n); break;
    case 4: blocks(g, ofp_add(g->d, n, OFP_QUOTE), depth + 1, 1 + pick(g, 2)); break;
    case 5: after_list ? code(g, n) : list(g, n, depth, pick(g, 2)); break;
    case 6: ofp_add(g->d, n, OFP_RULE); break;
    case 7: table(g, n); break;
    case 8: after_list ? code(g, n) : definitions(g, n, depth); break;
    }
}

static void blocks(gen *g, ofp_node *n, int depth, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        bool quote = ofp_last(n) && ofp_node_type(ofp_last(n)) == OFP_QUOTE;
        quote ? code(g, n) : block(g, n, depth);
    }
}

static const char *dump(ofp_doc *d)
{
    ofp_buf b = { 0 };
    ofp_tidy(d);
    ofp_dump(d, &b);
    return ofp_buf_take(&b, ofp_doc_arena(d)).p;
}

/* Soft breaks become the blanks that they were. */
static void join_lines(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        next = ofp_after(n, ofp_root(d));
        if (ofp_node_type(n) != OFP_SOFTBREAK)
            continue;
        ofp_node *text = ofp_new(d, OFP_TEXT);
        ofp_set_text(text, OFP_STR(" "));
        ofp_insert_before(n, text);
        ofp_unlink(n);
    }
}

/* Where two texts part, with a little before. */
static const char *parting(const char *a, const char *b)
{
    size_t i = 0, line = 0;
    for (; a[i] && a[i] == b[i]; i++)
        if (a[i] == '\n')
            line = i + 1;
    return a + line;
}

static void round_trip(uint32_t seed, const ofp_options *opt)
{
    gen g = { ofp_doc_new("gen", NULL), seed, seed % 5 == 0 };
    ofp_doc *back = ofp_doc_new("back", NULL);
    ofp_buf md = { 0 };
    ofp_err e = { 0 };
    blocks(&g, ofp_root(g.d), 0, 3);
    ofp_set_note(g.d, OFP_STR("origin"), OFP_STR("markdown"));
    const char *before = dump(g.d);
    assert_true(ofp_write_markdown(g.d, opt, &md, &e));
    assert_true(ofp_read_markdown(back, ofp_arena_dup(ofp_doc_arena(back), ofp_buf_str(&md)), opt, &e));
    join_lines(back);
    const char *after = dump(back);
    assert_true(ofp_check(back, &e));
    if (strcmp(before, after)) {
        ofp_buf_putc(&md, '\0');
        fprintf(stderr, "--- markdown\n%s\n--- was\n%.300s\n--- is\n%.300s\n", md.p, parting(before, after), parting(after, before));
        fail_msg("seed %u", seed);
    }
    ofp_buf_free(&md);
    ofp_doc_free(g.d);
    ofp_doc_free(back);
}

static void run(const ofp_options *opt, uint32_t from, uint32_t to)
{
    for (uint32_t seed = from; seed <= to; seed++)
        round_trip(seed, opt);
}

static void unwrapped(void **state) { run(&(ofp_options){ .wrap = OFP_WRAP_NONE }, 1, 3000); (void)state; }
static void wrapped(void **state) { run(&(ofp_options){ .wrap = OFP_WRAP_AUTO }, 1, 1500); (void)state; }
static void narrow(void **state) { run(&(ofp_options){ .wrap = OFP_WRAP_AUTO, .columns = 25 }, 1, 1500); (void)state; }
static void referenced(void **state) { run(&(ofp_options){ .reference_links = true }, 1, 1500); (void)state; }

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(unwrapped), cmocka_unit_test(wrapped), cmocka_unit_test(narrow),
                                        cmocka_unit_test(referenced) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
