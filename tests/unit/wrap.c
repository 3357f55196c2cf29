/* Filling text to a width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "doctools/wrap.h"

static const struct { const char *in; size_t columns; const char *first, *rest, *out; } cases[] = {
    { "", 10, "", "", "\n" },
    { "one", 10, "", "", "one\n" },
    { "one two three", 7, "", "", "one two\nthree\n" },
    { "one two three", 6, "", "", "one\ntwo\nthree\n" },
    { "one two three", 0, "", "", "one two three\n" },
    { "  one   two \t three  ", 80, "", "", "one two three\n" },
    { "one two", 6, "- ", "  ", "- one\n  two\n" },
    { "", 6, "- ", "  ", "-\n" },
    { "unbreakable word", 5, "", "", "unbreakable\nword\n" },
    { "a\nb c", 3, "> ", "  ", "> a\n  b\n  c\n" },
    { "a\n\nb", 9, "", "", "a\n\nb\n" },
    { "10\u00A0km away", 5, "", "", "10\u00A0km\naway\n" },
    { "\u4E2D\u6587\u4E2D\u6587", 4, "", "", "\u4E2D\u6587\n\u4E2D\u6587\n" },
    { "\u4E2D\u6587\u4E2D\u3002\u6587", 6, "", "", "\u4E2D\u6587\n\u4E2D\u3002\u6587\n" },
    { "\u4E2D\u300C\u6587\u300D", 4, "", "", "\u4E2D\n\u300C\u6587\u300D\n" },
    { "e\u0301e\u0301 e\u0301e\u0301", 5, "", "", "e\u0301e\u0301 e\u0301e\u0301\n" },
};

static void test_wrap(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_buf b = { 0 };
        ofp_wrap(&b, ofp_s(cases[i].in), cases[i].columns, ofp_s(cases[i].first), ofp_s(cases[i].rest));
        if (!ofp_str_eq(ofp_buf_str(&b), ofp_s(cases[i].out))) {
            print_error("'%s' at %zu: got '%.*s', want '%s'\n", cases[i].in, cases[i].columns, (int)b.n, b.p, cases[i].out);
            bad++;
        }
        ofp_buf_free(&b);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_wrap) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
