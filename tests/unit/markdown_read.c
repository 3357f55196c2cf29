/* Markdown in: what each construct becomes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "format.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The tree in one line: Para("text" Emph("x")). */
static void show(ofp_buf *b, const ofp_node *n)
{
    const char *gap = "";
    if (ofp_node_type(n) == OFP_TEXT) {
        ofp_buf_printf(b, "'%.*s'", (int)ofp_text(n).n, ofp_text(n).p);
        return;
    }
    ofp_buf_puts(b, ofp_type_name(ofp_node_type(n)));
    if (ofp_text(n).n)
        ofp_buf_printf(b, "{%.*s}", (int)ofp_text(n).n, ofp_text(n).p);
    if (ofp_url(n).n)
        ofp_buf_printf(b, "<%.*s>", (int)ofp_url(n).n, ofp_url(n).p);
    if (ofp_class_count(n))
        ofp_buf_printf(b, ".%.*s", (int)ofp_class_at(n, 0).n, ofp_class_at(n, 0).p);
    if (!ofp_first(n))
        return;
    ofp_buf_putc(b, '(');
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c), gap = " ") {
        ofp_buf_puts(b, gap);
        show(b, c);
    }
    ofp_buf_putc(b, ')');
}

static ofp_doc *read_in(ofp_reader *reader, const char *md)
{
    ofp_doc *d = ofp_doc_new("t", NULL);
    ofp_err e = { 0 };
    assert_true(reader(d, ofp_arena_dup(ofp_doc_arena(d), ofp_s(md)), &(ofp_options){ 0 }, &e));
    ofp_tidy(d);
    if (!ofp_check(d, &e))
        fail_msg("'%s': %s", md, e.msg);
    return d;
}

static void constructs(void **state)
{
    static const struct { const char *md, *tree; } cases[] = {
        { "a *b* __c__ `d`", "Para('a ' Emph('b') ' ' Strong('c') ' ' Code{d})" },
        { "a\nb\\\nc", "Para('a' SoftBreak 'b' LineBreak 'c')" },
        { "# h", "Header('h')" }, { "> q", "BlockQuote(Para('q'))" }, { "***", "HorizontalRule" },
        { "``` c x\na\n\n```", "CodeBlock{a\n}.c" }, { "    \\~ a", "CodeBlock{\\~ a}" }, { "``` {.py .n}\n\\$\n```", "CodeBlock{\\$}.py" },
        { "- a\n- b", "BulletList(item(Plain('a')) item(Plain('b')))" }, { "1) a\n\n2) b", "OrderedList(item(Para('a')) item(Para('b')))" },
        { "[a](b \"c\") ![d](e)", "Para(Link<b>('a') ' ' Image<e>('d'))" }, { "<div>\nx\n</div>", "RawBlock{<div>\nx\n</div>}" },
        { "~~a **b** c~~ ~~ d", "Para(Strikeout('a ' Strong('b') ' c') ' ~~ d')" }, { "\\~~a~~", "Para('~~a~~')" },
        { "H~2~O ~a b~ x^2^ a^b", "Para('H' Subscript('2') 'O ~a b~ x' Superscript('2') ' a^b')" },
        { "a<sub>1</sub><br>b <u>c</u> <x>d</x>", "Para('a' Subscript('1') LineBreak 'b ' Underline('c') ' ' RawInline{<x>} 'd' RawInline{</x>})" },
        { "- [ ] a\n- [x] b\n- \\[x] c", "BulletList(item(Plain('\u2610 a')) item(Plain('\u2612 b')) item(Plain('[x] c')))" },
        { "a $5 b $x$ c, from $5 to $6", "Para('a $5 b ' Math{x} ' c, from $5 to $6')" },
        { "$\\text{if $x>0$ so}$ $\\mbox{a\\}b$", "Para(Math{\\text{if $x>0$ so}} ' ' Math{\\mbox{a\\}b})" },
        { "$a_b$ costs $5 or $6 and \\$x", "Para(Math{a_b} ' costs $5 or $6 and $x')" }, { "$$\na *b*\n$$", "Para(Math{a *b*})" },
        { "`$a$` $ a$", "Para(Code{$a$} ' $ a$')" }, { "<http://x/$a$>", "Para(Link<http://x/$a$>('http://x/$a$'))" },
        { "a[^n] b[^m]\n\n[^n]: *c*\n\n    d", "Para('a' Note(Para(Emph('c')) Para('d')) ' b[^m]')" },
        { "a[^1]\n\n[^1]: b[^1] [l]\n\n[l]: /u", "Para('a' Note(Para('b[^1] ' Link</u>('l'))))" },
        { "T\n:   D *e*\n:   F\n\nU\n\n:   G", "DefinitionList(term('T') detail(Plain('D ' Emph('e'))) detail(Plain('F')) term('U') detail(Para('G')))" },
        { "T\n\n:   D\n\n    - l", "DefinitionList(term('T') detail(Para('D') BulletList(item(Plain('l')))))" },
        { "> T\n> :   D", "BlockQuote(DefinitionList(term('T') detail(Plain('D'))))" },
        { "![a](i)\\\nc *d*", "Figure(caption(Plain('c ' Emph('d'))) Plain(Image<i>('a')))" },
        { "a \\* \\| \\^ \\:", "Para('a * | ^ :')" }, { "\U00010A50\xEF\xB7\xA0", "Para('\U00010A50\uFFFD')" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_doc *d = read_in(ofp_read_markdown, cases[i].md);
        ofp_buf b = { 0 };
        for (const ofp_node *c = ofp_first(ofp_root(d)); c; c = ofp_next(c))
            show(&b, c);
        ofp_buf_putc(&b, '\0');
        if (strcmp(b.p, cases[i].tree))
            fail_msg("'%s' gave\n%s\nnot\n%s", cases[i].md, b.p, cases[i].tree);
        ofp_buf_free(&b);
        ofp_doc_free(d);
    }
}

/* Tables: rows of cells by bars, wherever they stand. */
static void tables(void **state)
{
    static const struct { const char *md, *cells; } cases[] = {
        { "| a | b |\n|---|:-:|\n| c | *d* |", "a|b/c|d" }, { "a | b\n--- | ---\nc | d | e", "a|b/c|d" },
        { "| a |\n|---|\n| `x\\|y` |\n| * |\n| * |", "a/x|y/*/*" }, { "> | a |\n> |---|\n> | b |", "a/b" },
        { "- x\n\n  | a |\n  |---|\n  | b |", "a/b" }, { "1. | a |\n   |---|\n   | b |", "a/b" }, { "text\n| a |\n|---|\n| b |", "a/b" },
        { "| a | b |\n|---|---|\n| c |", "a|b/c" }, { "| a |\n|---|\n| $x_1$ y |", "a/x_1 y" }, { "T\n:   | a |\n    |---|\n    | b |", "a/b" },
        { "| a | b |\n|---|", "" }, { "\\| a |\n|---|", "| a" }, { "    | a |\n    |---|", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_doc *d = read_in(ofp_read_markdown, cases[i].md);
        ofp_buf b = { 0 };
        for (const ofp_node *n = ofp_root(d); n; n = ofp_after(n, ofp_root(d)))
            if (ofp_node_type(n) == OFP_CELL) {
                ofp_buf_puts(&b, ofp_prev(n) ? "|" : b.n ? "/" : "");
                ofp_buf_add(&b, ofp_plain_text(ofp_doc_arena(d), n));
            }
        ofp_buf_putc(&b, '\0');
        if (strcmp(b.p, cases[i].cells))
            fail_msg("'%s' gave '%s' not '%s'", cases[i].md, b.p, cases[i].cells);
        ofp_buf_free(&b);
        ofp_doc_free(d);
    }
}

/* Pure CommonMark knows none of the extensions. */
static void dialects(void **state)
{
    (void)state;
    ofp_doc *d = read_in(ofp_read_commonmark, "~~a~~ $b$ H~2~O");
    assert_int_equal(ofp_node_type(ofp_first(ofp_first(ofp_root(d)))), OFP_TEXT);
    assert_null(ofp_next(ofp_first(ofp_first(ofp_root(d)))));
    ofp_doc_free(d);
    d = read_in(ofp_read_gfm, "~a~ b^c^");
    assert_int_equal(ofp_node_type(ofp_first(ofp_first(ofp_root(d)))), OFP_STRIKE);
    ofp_doc_free(d);
}

static void metadata(void **state)
{
    static const struct { const char *yaml; enum ofp_meta_key key; const char *value; } cases[] = {
        { "title: A *b*", OFP_META_TITLE, "A *b*" }, { "author: A", OFP_META_AUTHOR, "A" }, { "author: [A, B]", OFP_META_AUTHOR, "A; B" },
        { "author:\n- A\n- B", OFP_META_AUTHOR, "A; B" }, { "date: 2026-02-19", OFP_META_DATE, "2026-02-19" },
        { "x: {y: [1, {z: 2}]}\ntitle: T", OFP_META_TITLE, "T" }, { "title: \"a: \\\"b\\\"\"", OFP_META_TITLE, "a: \"b\"" },
        { "title: >\n  a\n  b", OFP_META_TITLE, "a b\n" }, { "title: T\nbad: [", OFP_META_TITLE, "T" }, { "title: ~", OFP_META_TITLE, "" },
        { "? [a]\n: b\ntitle: T", OFP_META_TITLE, "T" }, { "a: &x b\nc: *x\ntitle: T", OFP_META_TITLE, "T" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_buf md = { 0 };
        ofp_buf_printf(&md, "---\n%s\n---\n\n# h%c", cases[i].yaml, 0);
        ofp_doc *d = read_in(ofp_read_markdown, md.p);
        ofp_str got = ofp_meta_get(d, cases[i].key);
        if (!ofp_str_eq(got, ofp_s(cases[i].value)))
            fail_msg("'%s' gave '%.*s'", cases[i].yaml, (int)got.n, got.p);
        assert_int_equal(ofp_node_type(ofp_first(ofp_root(d))), OFP_HEAD);
        ofp_buf_free(&md);
        ofp_doc_free(d);
    }
}

/* Lines are those of the input, whatever was rewritten before. */
static void lines(void **state)
{
    (void)state;
    ofp_doc *d = read_in(ofp_read_markdown, "---\ntitle: x\n---\n\n| a |\n|---|\n| b |\n\n$$\na\n$$\n\n# h\n\np[^1]\n\n[^1]: n\n");
    static const unsigned want[] = { 5, 9, 13, 15 };
    const ofp_node *n = ofp_first(ofp_root(d));
    for (size_t i = 0; i < COUNT(want); i++, n = ofp_next(n))
        assert_int_equal(ofp_line(n), want[i]);
    ofp_doc_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(constructs), cmocka_unit_test(tables), cmocka_unit_test(dialects),
                                        cmocka_unit_test(metadata), cmocka_unit_test(lines) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
