/* Markdown out: what is escaped and what is not, and what each dialect makes of a document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "format.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static ofp_str write_out(ofp_doc *d, ofp_writer *writer, const ofp_options *opt)
{
    ofp_buf out = { 0 };
    ofp_err e = { 0 };
    ofp_tidy(d);
    assert_true(writer(d, opt, &out, &e));
    ofp_str s = ofp_buf_take(&out, ofp_doc_arena(d));
    while (s.n && s.p[s.n - 1] == '\n')
        s.n--;
    return s;
}

static void expect(ofp_str got, const char *want, const char *of)
{
    if (!ofp_str_eq(got, ofp_s(want)))
        fail_msg("'%s' gave\n%.*s\nnot\n%s", of, (int)got.n, got.p, want);
}

/* Prose is not littered; what Markdown would read something into is escaped. */
static void paragraphs(void **state)
{
    static const struct { const char *text, *out; } cases[] = {
        { "Well! Is it #1, or 50% (3 * 4 = 12)?", "Well! Is it #1, or 50% (3 * 4 = 12)?" },
        { "snake_case and __init__", "snake_case and \\_\\_init\\_\\_" },
        { "*not emphasis*", "\\*not emphasis\\*" },
        { "a [sic] note [1] and [x](y)", "a [sic] note [1] and [x\\](y)" },
        { "costs $5, US$6 or A$", "costs $5, US$6 or A\\$" },
        { "a < b <c> d & e &amp; f; AT&T", "a < b \\<c> d & e \\&amp; f; AT&T" },
        { "~5 min at /~user ~~x~~", "~5 min at /\\~user \\~\\~x\\~\\~" },
        { "C:\\dir \\* \\", "C:\\dir \\\\\\* \\\\" },
        { "1986. A year", "1986\\. A year" }, { "3.14 is pi", "3.14 is pi" }, { "12) x", "12\\) x" }, { "1.", "1\\." },
        { "- x", "\\- x" }, { "-5 degrees", "-5 degrees" }, { "-- x", "\\-- x" }, { "+ x", "\\+ x" }, { "+1", "+1" },
        { "# x", "\\# x" }, { "#tag", "#tag" }, { "> x", "\\> x" }, { ">> x", "\\>> x" }, { "===", "\\===" },
        { ": x", "\\: x" }, { "| x", "\\| x" }, { "Table: x", "Table\\: x" }, { "[x] y", "\\[x] y" }, { "[^1] y", "\\[\\^1] y" },
        { "wow!", "wow!" }, { "![x", "\\![x" }, { "`x`", "\\`x\\`" }, { "", "" }, { "  a   b  ", "a b" },
        { "a\xEF\xB7\x90", "a\uFFFD" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_doc *d = ofp_doc_new("t", NULL);
        ofp_add_text(d, ofp_add(d, ofp_root(d), OFP_PARA), ofp_s(cases[i].text));
        expect(write_out(d, ofp_write_markdown, &(ofp_options){ 0 }), cases[i].out, cases[i].text);
        ofp_doc_free(d);
    }
}

/* Emphasis in places where stars cannot say it. */
static void emphasis(void **state)
{
    static const struct { const char *before; enum ofp_type type; const char *text, *after, *out; } cases[] = {
        { "a ", OFP_EMPH, "b", " c", "a *b* c" }, { "a", OFP_STRONG, "b", "c", "a**b**c" },
        { "a", OFP_STRONG, "b.", "c", "a<strong>b.</strong>c" }, { "a ", OFP_STRONG, " b ", " c", "a **b** c" },
        { "a\u200B", OFP_EMPH, "b", "\u200Bc", "a*b*c" }, { "\u0e01\u200B", OFP_EMPH, "b", "\u200Bc", "\u0e01\u200B*b*c" },
        { "", OFP_STRONG, "b:\u00A0", "c", "**b:**\u00A0c" }, { "a", OFP_EMPH, "\u00A0 b", ".", "a\u00A0 *b*." },
        { "a", OFP_STRONG, "\u00A0", "c", "a\u00A0c" }, { "", OFP_STRONG, "b\u00A0 \u00A0 ", "\u00A0c", "**b**\u00A0 \u00A0 \u00A0c" }, { "a", OFP_STRONG, "b\u00A0", " ", "a**b**" }, { "\u00A0", OFP_EMPH, " ", "", "" }, { "a ", OFP_STRIKE, "b\u2003 ", "c", "a ~~b~~\u2003 c" },
        { "\u4e2d", OFP_STRONG, "\u6587\u3002", "\u4e2d", "\u4e2d<strong>\u6587\u3002</strong>\u4e2d" },
        { "a", OFP_EMPH, " ", "b", "a b" }, { "a ", OFP_STRIKE, "b", "", "a ~~b~~" }, { "H", OFP_SUB, "2", "O", "H~2~O" },
        { "x", OFP_SUPER, "a b", "", "x<sup>a b</sup>" }, { "a", OFP_UNDERLINE, "b", "", "ab" },
        { "a ", OFP_SMALLCAPS, "b", "", "a b" }, { "", OFP_QUOTED, "b", "", "\u2018b\u2019" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_doc *d = ofp_doc_new("t", NULL);
        ofp_node *p = ofp_add(d, ofp_root(d), OFP_PARA);
        ofp_add_text(d, p, ofp_s(cases[i].before));
        ofp_add_text(d, ofp_add(d, p, cases[i].type), ofp_s(cases[i].text));
        ofp_add_text(d, p, ofp_s(cases[i].after));
        expect(write_out(d, ofp_write_markdown, &(ofp_options){ 0 }), cases[i].out, cases[i].out);
        ofp_doc_free(d);
    }
}

/* The same source in three dialects. */
static void dialects(void **state)
{
    static const struct { const char *in, *markdown, *gfm, *commonmark; } cases[] = {
        { "H~2~O x^2^ ~~s~~", "H~2~O x^2^ ~~s~~", "H<sub>2</sub>O x<sup>2</sup> ~~s~~", "H<sub>2</sub>O x<sup>2</sup> <del>s</del>" },
        { "- [x] a\n- [ ] b", "- [x] a\n- [ ] b", "- [x] a\n- [ ] b", "- \u2612 a\n- \u2610 b" },
        { "T\n:   D", "T\n:   D", "**T**\n\nD", "**T**\n\nD" },
        { "a[^n]\n\n[^n]: b", "a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]: b", "a[1]\n\n[1] b" },
        { "| a |\n|--:|\n| `x\\|y` |\n\nTable: c", "|      a |\n|-------:|\n| `x\\|y` |\n\nTable: c", "|      a |\n|-------:|\n| `x\\|y` |\n\n*c*",
          "<table>\n<caption>c</caption>\n<thead>\n<tr>\n<th scope=\"col\" style=\"text-align: right\">a</th>\n</tr>\n</thead>\n<tbody>\n"
          "<tr>\n<td style=\"text-align: right\"><code>x|y</code></td>\n</tr>\n</tbody>\n</table>" },
        { "$a_b$ and $$c$$", "$a_b$ and\n$$c$$", "$a_b$ and\n$$c$$", "$a_b$ and $$c$$" },
        { "$$a$$ then $$b$$, or $$c$$", "$$a$$\nthen $$b$$, or\n$$c$$", "$$a$$\nthen $$b$$, or\n$$c$$", "$$a$$ then $$b$$, or $$c$$" },
        { "$a \\\\\n\\b$ and $a\n& b$ and $$a\n  b$$", "$a \\\\\n\\b$ and $a & b$ and\n$$a\nb$$", "$a \\\\ \\b$ and $a & b$ and\n$$a\nb$$",
          "$a \\\\\\\\ \\b$ and $a & b$ and $$a b$$" },
        { "![a](i)\\\nCap", "![a](i)\\\nCap", "![a](i)\\\nCap", "![a](i)\\\nCap" },
        { "- a\n\n<!-- -->\n\n- b", "- a\n\n<!-- -->\n\n- b", "- a\n\n<!-- -->\n\n- b", "- a\n\n<!-- -->\n\n- b" },
        { "1. a\n\n1) b", "1.  a\n\n1)  b", "1.  a\n\n1)  b", "1.  a\n\n1)  b" },
        { "- * * *\n- a\n  - b", "- ___\n- a\n    - b", "- ___\n- a\n    - b", "- ___\n- a\n    - b" },
        { "**_a_ b(_\\*_, c)**", "***a* b(_\\*_, c)**", "***a* b(_\\*_, c)**", "***a* b(_\\*_, c)**" },
        { "$a$&#53;", "$a$&#53;", "$a$&#53;", "$a$5" },
        { "![](a/$s_!$) [x]($b$)", "![](a/$s_!$) [x]($b$)", "![](a/$s_!$) [x]($b$)", "![](a/$s_!$) [x]($b$)" },
        { "$5 [x](a\\$b)", "$5 [x](a\\$b)", "$5 [x](a\\$b)", "$5 [x](a$b)" },
        { "- * -", "- * -", "- * -", "- * -" },
        { "- - a\n\n  b", "- - a\n\n  b", "- - a\n\n  b", "- - a\n\n  b" },
        { "- - a\n  * b\n  - c", "- - a\n\n  * b\n\n  - c", "- - a\n\n  * b\n\n  - c", "- - a\n\n  * b\n\n  - c" },
        { "##\n\n>\n\nx", "##\n\n>\n\nx", "##\n\n>\n\nx", "##\n\n>\n\nx" },
        { "[a](b \"c&#10;d \\\\, \\\\\")", "[a](b \"c&#10;d \\\\, &#92;\")", "[a](b \"c&#10;d \\\\, &#92;\")", "[a](b \"c&#10;d \\\\, &#92;\")" },
        { "<strong><strong>a</strong> b</strong>", "**a b**", "**a b**", "**a b**" },
        { "``` c\nx  \n```", "```c\nx  \n```", "```c\nx  \n```", "```c\nx  \n```" },
    };
    ofp_writer *const writers[] = { ofp_write_markdown, ofp_write_gfm, ofp_write_commonmark };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *const want[] = { cases[i].markdown, cases[i].gfm, cases[i].commonmark };
        for (size_t k = 0; k < 3; k++) {
            ofp_doc *d = ofp_doc_new("t", NULL);
            ofp_err e = { 0 };
            assert_true(ofp_read_markdown(d, ofp_arena_dup(ofp_doc_arena(d), ofp_s(cases[i].in)), &(ofp_options){ 0 }, &e));
            expect(write_out(d, writers[k], &(ofp_options){ 0 }), want[k], cases[i].in);
            ofp_doc_free(d);
        }
    }
}

/* Front matter that every YAML reader takes for the same strings. */
static void front_matter(void **state)
{
    static const struct { const char *value, *out; } cases[] = {
        { "Plain words", "Plain words" }, { "a: b", "\"a: b\"" }, { "yes", "\"yes\"" }, { "1.0", "\"1.0\"" }, { "# x", "\"# x\"" },
        { "it's", "\"it's\"" }, { "say \"x\"", "\"say \\\"x\\\"\"" }, { "a\\b", "\"a\\\\b\"" }, { "two\nlines", "\"two\\nlines\"" },
        { "- x", "\"- x\"" }, { "2026-02-19", "2026-02-19" }, { "caf\u00e9 \u4e2d", "caf\u00e9 \u4e2d" }, { "", "\"\"" },
        { "http://x.y/z", "http://x.y/z" }, { "ends:", "\"ends:\"" }, { "\xC2\x85", "\"\\u0085\"" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_doc *d = ofp_doc_new("t", NULL), *back = ofp_doc_new("b", NULL);
        ofp_options opt = { .standalone = true };
        ofp_err e = { 0 };
        ofp_set_text(ofp_meta_put(d, ofp_meta(d), OFP_STR("own"), OFP_MSTRING), ofp_s(cases[i].value));
        ofp_str want = ofp_arena_printf(ofp_doc_arena(d), "---\nown: %s\n---", cases[i].out);
        ofp_str got = write_out(d, ofp_write_markdown, &opt);
        expect(got, want.p, cases[i].value);
        assert_true(ofp_read_markdown(back, ofp_arena_dup(ofp_doc_arena(back), got), &opt, &e));
        expect(ofp_text(ofp_meta_find(ofp_meta(back), OFP_STR("own"))), cases[i].value, cases[i].out);
        ofp_doc_free(d);
        ofp_doc_free(back);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(paragraphs), cmocka_unit_test(emphasis), cmocka_unit_test(dialects),
                                        cmocka_unit_test(front_matter) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
