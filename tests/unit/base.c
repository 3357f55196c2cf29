/* Slices, UTF-8, arenas, buffers, the hash table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/map.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The pieces that a taker makes of a text, with | between them. */
typedef bool taker(ofp_str *rest, ofp_str *piece);
static bool by_comma(ofp_str *rest, ofp_str *piece) { return ofp_str_split(rest, ',', piece); }

static void pieces(void **state)
{
    static const struct { taker *take; const char *in, *out; } cases[] = {
        { by_comma, "a,,b", "a||b|" }, { by_comma, "", "" }, { by_comma, "a,", "a|" }, { by_comma, ",", "|" },
        { ofp_str_line, "a\nb\r\nc\rd", "a|b|c|d|" }, { ofp_str_line, "\n\n", "||" }, { ofp_str_line, "x", "x|" },
        { ofp_str_line, "a\r\r\nb\n", "a||b|" },
        { ofp_str_word, "  one two\u00A0three\u3000x ", "one|two|three|x|" }, { ofp_str_word, " \t\n", "" },
        { ofp_str_word, "\xFFz", "\xFFz|" }, { ofp_str_word, "longerthaneight\tinonepiece", "longerthaneight|inonepiece|" },
        { ofp_str_word, "eightbyt s\u00E9parated\u2003\u00FCberall", "eightbyt|s\u00E9parated|\u00FCberall|" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_str rest = ofp_s(cases[i].in), piece;
        ofp_buf b = { 0 };
        while (cases[i].take(&rest, &piece)) {
            ofp_buf_add(&b, piece);
            ofp_buf_putc(&b, '|');
        }
        ofp_buf_putc(&b, 0);
        if (strcmp(b.p, cases[i].out))
            fail_msg("case %zu: '%s'", i, b.p);
        ofp_buf_free(&b);
    }
}

static void trimming(void **state)
{
    static const struct { const char *in, *out; } cases[] = {
        { "", "" }, { " ", "" }, { "a", "a" }, { " \t\n\r\fa b\f", "a b" }, { "\v a", "\v a" }, { "\u00A0a ", "\u00A0a" },
        { "        ", "" }, { "                 a         b            \n", "a         b" },
        { "\n         \n            \n  ", "" }, { "       a        ", "a" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_str got = ofp_str_trim(ofp_s(cases[i].in));
        if (!ofp_str_eq(got, ofp_s(cases[i].out)))
            fail_msg("case %zu: '%.*s'", i, (int)got.n, got.p);
    }
}

static void equality(void **state)
{
    static const struct { const char *a, *b; bool eq, ieq; } cases[] = {
        { "", "", true, true }, { "", "a", false, false }, { "ab", "ab", true, true }, { "ab", "aB", false, true },
        { "Ab", "ab", false, true }, { "ab", "ac", false, false }, { "@a", "`a", false, false }, { "a@", "a`", false, false },
        { "\u00E9", "\u00C9", false, false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_str a = ofp_s(cases[i].a), b = ofp_s(cases[i].b);
        if (ofp_str_eq(a, b) != cases[i].eq || ofp_str_ieq(a, b) != cases[i].ieq)
            fail_msg("case %zu", i);
    }
}

static void finding(void **state)
{
    static const struct { const char *s, *needle; size_t from, at, iat; } cases[] = {
        { "abcabc", "abc", 0, 0, 0 }, { "abcabc", "abc", 1, 3, 3 }, { "abcABC", "ABC", 0, 3, 0 },
        { "abc", "", 2, 2, 2 }, { "abc", "", 4, SIZE_MAX, SIZE_MAX }, { "ab", "abc", 0, SIZE_MAX, SIZE_MAX },
        { "aab", "ab", 0, 1, 1 }, { "", "", 0, 0, 0 }, { "axc abC", "abc", 0, SIZE_MAX, 4 }, { "x", "X", 0, SIZE_MAX, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_str s = ofp_s(cases[i].s), n = ofp_s(cases[i].needle);
        if (ofp_str_find(s, n, cases[i].from) != cases[i].at || ofp_str_ifind(s, n, cases[i].from) != cases[i].iat)
            fail_msg("case %zu", i);
    }
    /* one case of the letter is everywhere, the other nowhere */
    enum { LONG = 1 << 20 };
    ofp_buf text = { 0 };
    ofp_buf_fill(&text, 'u', LONG);
    ofp_buf_puts(&text, "Rl(");
    clock_t begin = clock();
    for (size_t from = 0; from < LONG - 1; from++)
        assert_int_equal(ofp_str_ifind(ofp_buf_str(&text), OFP_STR("U"), from), from);
    assert_int_equal(ofp_str_ifind(ofp_buf_str(&text), OFP_STR("RL("), 3), LONG);
    assert_true(clock() - begin < 3 * CLOCKS_PER_SEC);
    ofp_buf_free(&text);
}

static void integers(void **state)
{
    static const struct { const char *s; bool ok; long v; } cases[] = {
        { "0", true, 0 }, { "-12", true, -12 }, { "007", true, 7 }, { "", false, 0 }, { "-", false, 0 },
        { "1 ", false, 0 }, { "99999999999999999999", false, 0 }, { "101", false, 0 }, { "-13", false, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        long v = 0;
        if (ofp_str_int(ofp_s(cases[i].s), -12, 100, &v) != cases[i].ok || v != cases[i].v)
            fail_msg("case %zu: %ld", i, v);
    }
}

static void utf8(void **state)
{
    static const struct { const char *s; uint32_t cp; size_t n; } cases[] = {
        { "a", 'a', 1 }, { "\u00E9", 0xE9, 2 }, { "\u20AC", 0x20AC, 3 }, { "\U0001F600", 0x1F600, 4 },
        { "\xC0\x80", 0xFFFD, 1 }, { "\xE0\x80\x80", 0xFFFD, 1 }, { "\xED\xA0\x80", 0xFFFD, 1 },
        { "\xF4\x90\x80\x80", 0xFFFD, 1 }, { "\xE2\x82", 0xFFFD, 1 }, { "\x80", 0xFFFD, 1 }, { "\xFF", 0xFFFD, 1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_str s = ofp_s(cases[i].s);
        size_t at = 0, back = s.n;
        if (ofp_utf8_next(s, &at) != cases[i].cp || at != cases[i].n)
            fail_msg("case %zu: %zu bytes", i, at);
        if (ofp_utf8_valid(s) != (cases[i].cp != 0xFFFD))
            fail_msg("case %zu: validity", i);
        if (cases[i].cp != 0xFFFD && (ofp_utf8_prev(s, &back) != cases[i].cp || back))
            fail_msg("case %zu: backwards", i);
    }
    for (uint32_t cp = 0; cp < 0x110000; cp += 17) {
        char u[4];
        size_t at = 0, n = ofp_utf8_put(cp, u);
        uint32_t want = cp >= 0xD800 && cp < 0xE000 ? 0xFFFD : cp;
        assert_int_equal(ofp_utf8_next((ofp_str){ u, n }, &at), want);
    }
}

static void counting(void **state)
{
    static const struct { const char *s; size_t words, width; } cases[] = {
        { "", 0, 0 }, { "one two", 2, 7 }, { "don\u2019t stop", 2, 10 }, { "\u6F22\u5B57", 2, 4 },
        { "a-b", 2, 3 }, { "e\u0301t", 1, 2 }, { "3.14", 2, 4 }, { " ... ", 0, 5 }, { "\uD55C\uAD6D \uC5B4", 2, 7 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_str s = ofp_s(cases[i].s);
        if (ofp_str_words(s) != cases[i].words || ofp_str_width(s) != cases[i].width)
            fail_msg("case %zu: %zu words, %zu columns", i, ofp_str_words(s), ofp_str_width(s));
    }
}

static void squeezing(void **state)
{
    static const struct { const char *in, *out; } cases[] = {
        { "a b", "a b" }, { "  a \n b\u00A0", "a b" }, { "", "" }, { " ", "" }, { "\u00A0x", "x" }, { "a  b", "a b" },
    };
    (void)state;
    ofp_arena *a = ofp_arena_new();
    for (size_t i = 0; i < COUNT(cases); i++)
        if (!ofp_str_eq(ofp_arena_squeeze(a, ofp_s(cases[i].in)), ofp_s(cases[i].out)))
            fail_msg("case %zu", i);
    ofp_arena_free(a);
}

/* Eight bytes are looked at together: a blank too many is found wherever it stands among them. */
static void squeezing_at_each_place(void **state)
{
    static const char *const odd[] = { "  ", " \t", "\n", "\u00A0 ", " \u00A0", "\u2003" };
    ofp_str text = OFP_STR("abcdefgh the ferry is back, in a day or so");
    (void)state;
    ofp_arena *a = ofp_arena_new();
    for (size_t from = 0; from < 8; from++)
        for (size_t i = from + 1; i + 1 < text.n; i++)
            for (size_t k = 0; text.p[i] == ' ' && k < COUNT(odd); k++) {
                ofp_str in = ofp_arena_printf(a, "%.*s%s%s", (int)(i - from), text.p + from, odd[k], text.p + i + 1);
                if (!ofp_str_eq(ofp_arena_squeeze(a, in), ofp_str_sub(text, from, SIZE_MAX)))
                    fail_msg("'%.*s'", (int)in.n, in.p);
            }
    ofp_arena_free(a);
}

/* Blocks of the heap and whole pages, and the same again where all in them has ended. */
static void arena_grows_and_clears(void **state)
{
    enum { PIECE = 1000, PIECES = 30000, APART = 3 << 20 };
    (void)state;
    ofp_arena *a = ofp_arena_new();
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < PIECES; i++) {
            unsigned char *p = ofp_arena_zalloc(a, 1, PIECE);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (int k = 0; k < PIECE; k++)
                assert_true(p[k] == 0);
            memset(p, 0xAA, PIECE);
        }
        memset(ofp_arena_zalloc(a, 1, APART), 0xAA, APART);
        ofp_arena_clear(a);
    }
    assert_false(ofp_arena_failed(a));
    ofp_arena_free(a);
}

static void arena_failure_sticks(void **state)
{
    (void)state;
    ofp_arena *a = ofp_arena_new();
    assert_non_null(ofp_arena_zalloc(a, 3, 5));
    assert_non_null(ofp_arena_zalloc(a, 1, 5000000));
    assert_null(ofp_arena_zalloc(a, SIZE_MAX, 16));
    assert_true(ofp_arena_failed(a));
    assert_null(ofp_arena_zalloc(a, 1, 1));
    assert_true(ofp_arena_failed(NULL));
    ofp_arena_free(a);
    ofp_arena_free(NULL);
}

static void map_keeps_many(void **state)
{
    (void)state;
    ofp_arena *a = ofp_arena_new();
    ofp_map m = { .arena = a };
    assert_null(ofp_map_get(&m, OFP_STR("x")));
    for (size_t i = 0; i < 5000; i++)
        *ofp_map_at(&m, ofp_arena_printf(a, "key %zu", i)) = (void *)(i + 1);
    for (size_t i = 0; i < 5000; i++)
        assert_ptr_equal(ofp_map_get(&m, ofp_arena_printf(a, "key %zu", i)), (void *)(i + 1));
    assert_null(ofp_map_get(&m, OFP_STR("key 5000")));
    ofp_arena_free(a);
}

static void first_error_wins(void **state)
{
    (void)state;
    ofp_err e = { 0 };
    assert_false(ofp_fail(&e, OFP_EPARSE, OFP_NOWHERE, "first %d", 1));
    assert_false(ofp_fail(&e, OFP_EIO, OFP_NOWHERE, "second"));
    assert_int_equal(e.code, OFP_EPARSE);
    assert_string_equal(e.msg, "first 1");
    assert_int_equal(ofp_code_status(OFP_EPARSE), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces), cmocka_unit_test(trimming), cmocka_unit_test(equality), cmocka_unit_test(finding),
        cmocka_unit_test(integers), cmocka_unit_test(utf8),
        cmocka_unit_test(counting), cmocka_unit_test(squeezing), cmocka_unit_test(squeezing_at_each_place), cmocka_unit_test(arena_grows_and_clears), cmocka_unit_test(arena_failure_sticks),
        cmocka_unit_test(map_keeps_many), cmocka_unit_test(first_error_wins),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
