/* needs: write-pdf */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "base/world.h"
#include "write/pdf/hyphen.h"

/* Divisions as dictionaries print them. */
static const struct { const char *lang, *divided; } cases[] = {
    { "en-US", "hy-phen-ation" },        { "en", "al-go-rithm" },          { "en", "ta-ble" },
    { "en", "type-set-ting" },           { "en", "present" },              { "en", "cat" },
    { "en-GB", "hy-phen-a-tion" },       { "de", "Sil-ben-tren-nung" },    { "de-AT", "Stra-\303\237en-bahn" },
    { "fr", "ty-po-gra-phie" },          { "es", "ti-po-gra-f\303\255a" }, { "it", "ti-po-gra-fia" },
    { "nl", "let-ter-greep" },           { "pt-BR", "ti-po-gra-fia" },     { "sv", "av-stav-ning" },
    { "ru", "\320\277\320\265-\321\200\320\265-\320\275\320\276\321\201" },
};

static ofp_str undivided(const char *s, char *out)
{
    size_t n = 0;
    for (; *s; s++)
        if (*s != '-')
            out[n++] = *s;
    return (ofp_str){ out, n };
}

static void divide(const hyphens *h, ofp_str word, char *out)
{
    unsigned char at[HYPHEN_MAX_WORD];
    size_t n = pdf_hyphenate(h, word, at), next = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (next < n && at[next] == i) {
            *out++ = '-';
            next++;
        }
        *out++ = word.p[i];
    }
    *out = '\0';
}

static void test_words(void **state)
{
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    unsigned tried = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[4096], plain[100], got[200];
        ofp_buf data = { 0 };
        ofp_err e = { 0 };
        hyphens h;
        const char *file = pdf_hyphens_file(ofp_s(cases[i].lang));
        assert_non_null(file);
        snprintf(path, sizeof path, "%s/hyph/%s", w->home(w->user), file);
        if (!w->read_file(w->user, path, 0, &data, &e))
            continue;                                    /* built without this dictionary */
        assert_true(pdf_hyphens_open(&h, ofp_buf_str(&data)));
        divide(&h, undivided(cases[i].divided, plain), got);
        if (strcmp(got, cases[i].divided) != 0)
            fail_msg("%s: got %s, wanted %s", cases[i].lang, got, cases[i].divided);
        tried++;
        ofp_buf_free(&data);
    }
    if (tried == 0)
        skip();
}

static void test_files(void **state)
{
    (void)state;
    assert_string_equal(pdf_hyphens_file(OFP_STR("en")), "en-us.hyp");
    assert_string_equal(pdf_hyphens_file(OFP_STR("EN-gb-oed")), "en-gb.hyp");
    assert_string_equal(pdf_hyphens_file(OFP_STR("de_CH")), "de.hyp");
    assert_null(pdf_hyphens_file(OFP_STR("eng")));
    assert_null(pdf_hyphens_file(OFP_STR("zh-Hans")));
    assert_null(pdf_hyphens_file(OFP_STR("")));
}

static void test_damaged(void **state)
{
    (void)state;
    static const char head[] = "OFPHYP1\n\2\3\1\0\2\0\0\0\1\0\0\0";
    char file[20 + 4 + 16 + 1] = { 0 };
    hyphens h;
    unsigned char at[HYPHEN_MAX_WORD];
    memcpy(file, head, 20);
    assert_true(pdf_hyphens_open(&h, (ofp_str){ file, sizeof file }));
    memset(file + 24, 0xFF, 17);                         /* every link and value leads astray */
    assert_true(pdf_hyphens_open(&h, (ofp_str){ file, sizeof file }));
    assert_int_equal(pdf_hyphenate(&h, OFP_STR("typography"), at), 0);
    for (size_t n = 0; n < sizeof file; n++)
        assert_false(pdf_hyphens_open(&h, (ofp_str){ file, n }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words), cmocka_unit_test(test_files), cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
