#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/enc.h"

#define IN(lit) { "" lit, sizeof lit - 1 }

/* Bytes in, UTF-8 out, and what the encoding was taken for. */
static const struct { ofp_str in; const char *label; bool html; ofp_str out; const char *name, *how; size_t bad; } decodings[] = {
    { IN("plain"), NULL, false, IN("plain"), "UTF-8", "valid", 0 },
    { IN(""), NULL, true, IN(""), "UTF-8", "valid", 0 },
    { IN("\xEF\xBB\xBFx"), NULL, false, IN("x"), "UTF-8", "bom", 0 },
    { IN("\xFF\xFEx\0\xE9\0"), NULL, false, IN("xé"), "UTF-16LE", "bom", 0 },
    { IN("\xFE\xFF\0x\xD8\x3D\xDE\0"), NULL, false, IN("x😀"), "UTF-16BE", "bom", 0 },
    { IN("<\0p\0>\0h\0i\0"), NULL, true, IN("<p>hi"), "UTF-16LE", "guess", 0 },
    { IN("\0<\0p\0>\0h\0i"), NULL, true, IN("<p>hi"), "UTF-16BE", "guess", 0 },
    { IN("\xFF\xFE\0\xD8x\0"), NULL, false, IN("\xEF\xBF\xBDx"), "UTF-16LE", "bom", 1 },
    { IN("\xFF\xFEx\0y"), NULL, false, IN("x\xEF\xBF\xBD"), "UTF-16LE", "bom", 1 },
    { IN("caf\xE9"), "latin1", false, IN("café"), "windows-1252", "option", 0 },
    { IN("\x80\x9F\x81"), " ISO-8859-1 ", false, IN("€Ÿ\xC2\x81"), "windows-1252", "option", 0 },
    { IN("\xEF\xBB\xBFé"), "latin1", false, IN("é"), "UTF-8", "bom", 0 },
    { IN("\xCF\xF0\xE8"), "cp1251", false, IN("При"), "windows-1251", "option", 0 },
    { IN("\xD0\xD2\xC9"), "koi8-r", false, IN("при"), "KOI8-R", "option", 0 },
    { IN("\x5C\x7E\x93\xFA\x96\x7B"), "shift_jis", false, IN("\\~日本"), "Shift_JIS", "option", 0 },
    { IN("\xB0\xA1\x8C\x61"), "euc-kr", false, IN("가똞"), "EUC-KR", "option", 0 },
    { IN("\xC4\xE3\x81\x30\x84\x36"), "gb2312", false, IN("你¥"), "GBK", "option", 0 },
    { IN("\xFF<b>\xC4\xE3"), "gbk", false, IN("\xEF\xBF\xBD<b>你"), "GBK", "option", 1 },
    { IN("\xF9\xFA"), "iso-8859-8-i", false, IN("שת"), "ISO-8859-8-I", "option", 0 },
    /* one U+FFFD for each maximal subpart */
    { IN("\xF0\x9F\x98 \xE2\x82"), "utf-8", false, IN("\xEF\xBF\xBD \xEF\xBF\xBD"), "UTF-8", "option", 2 },
    { IN("\xED\xA0\x80\xC0\xAF"), "utf-8", false, IN("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"), "UTF-8", "option", 5 },
    { IN("a long text in which a NUL \0 stands somewhere"), NULL, false, IN("a long text in which a NUL \xEF\xBF\xBD stands somewhere"), "UTF-8", "valid", 1 },
    /* what pages declare */
    { IN("<meta charset=windows-1251>\xCF"), NULL, true, IN("<meta charset=windows-1251>П"), "windows-1251", "meta", 0 },
    { IN("<meta charset=windows-1251>\xCF"), NULL, false, IN("<meta charset=windows-1251>Ï"), "windows-1252", "default", 0 },
    { IN("<!-- <meta charset=koi8-r> --><meta charset='utf-16'>é"), NULL, true, IN("<!-- <meta charset=koi8-r> --><meta charset='utf-16'>é"), "UTF-8", "meta", 0 },
    { IN("<meta content='text/html; charset=iso-8859-5' http-equiv=content-type>\xE0"), NULL, true, IN("<meta content='text/html; charset=iso-8859-5' http-equiv=content-type>р"), "ISO-8859-5", "meta", 0 },
    { IN("<meta content='text/html; charset=iso-8859-5'>\xE0"), NULL, true, IN("<meta content='text/html; charset=iso-8859-5'>à"), "windows-1252", "default", 0 },
    { IN("<meta charset=latin1>d\xC3\xA9j\xC3\xA0"), NULL, true, IN("<meta charset=latin1>déjà"), "UTF-8", "valid", 0 },
    { IN("<meta charset=utf-8>caf\xE9 a\xE8"), NULL, true, IN("<meta charset=utf-8>café aè"), "windows-1252", "default", 0 },
    { IN("<meta charset=hz-gb-2312>x\xE9"), NULL, true, IN("<meta charset=hz-gb-2312>xé"), "windows-1252", "default", 0 },
};

static void test_decode(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decodings / sizeof *decodings; i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_str out = { 0 };
        ofp_enc_found found = { 0 };
        ofp_err e = { 0 };
        bool ok = ofp_decode(a, decodings[i].in, decodings[i].label, decodings[i].html, &out, &found, &e);
        if (!ok || !ofp_str_eq(out, decodings[i].out) || strcmp(found.name, decodings[i].name)
            || strcmp(found.how, decodings[i].how) || found.bad != decodings[i].bad)
            fail_msg("case %zu '%s': got '%.*s' as %s by %s, %zu bad, %s", i, decodings[i].in.p, (int)out.n, out.p,
                     found.name, found.how, found.bad, e.msg);
        ofp_arena_free(a);
    }
}

static const struct { ofp_str in; const char *label; enum ofp_code code; } refusals[] = {
    { IN("x"), "no-such-label", OFP_ECHARSET },
    { IN("x"), "iso-2022-kr", OFP_ECHARSET },
    { IN("\x89PNG\r\n\x1A\n...."), NULL, OFP_EBINARY },
    { IN("PK\3\4"), NULL, OFP_EBINARY },
    { IN("%PDF-1.7"), NULL, OFP_EBINARY },
    { IN("\x7F""ELF\2\1"), NULL, OFP_EBINARY },
    { IN("\1\2\3\4\5\6\7"), NULL, OFP_EBINARY },
};

static void test_refuse(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_str out;
        ofp_enc_found found;
        ofp_err e = { 0 };
        if (ofp_decode(a, refusals[i].in, refusals[i].label, false, &out, &found, &e) || e.code != refusals[i].code)
            fail_msg("case %zu: code %d", i, e.code);
        ofp_arena_free(a);
    }
}

/* Running text without any label. */
static const struct { const char *in, *name; } guesses[] = {
    { "\xCF\xF0\xE5\xE4\xF1\xE5\xE4\xE0\xF2\xE5\xEB\xFC \xF1\xEE\xE2\xE5\xF2\xE0 \xEE\xF2\xEC\xE5\xF2\xE8\xEB, \xF7\xF2\xEE \xF0\xE0\xE1\xEE\xF2\xE0 \xE8\xE4\xE5\xF2", "windows-1251" },
    { "\xF0\xD2\xC5\xC4\xD3\xC5\xC4\xC1\xD4\xC5\xCC\xD8 \xD3\xCF\xD7\xC5\xD4\xC1 \xCF\xD4\xCD\xC5\xD4\xC9\xCC, \xDE\xD4\xCF \xD2\xC1\xC2\xCF\xD4\xC1 \xC9\xC4\xC5\xD4", "KOI8-R" },
    { "\xD4\xEF \xF3\xF5\xEC\xE2\xEF\xFD\xEB\xE9\xEF \xE1\xED\xE1\xEA\xEF\xDF\xED\xF9\xF3\xE5 \xFC\xF4\xE9 \xEF\xE9 \xE5\xF1\xE3\xE1\xF3\xDF\xE5\xF2", "windows-1253" },
    { "Le comit\xE9 a d\xE9j\xE0 d\xE9lib\xE9r\xE9 l'\xE9t\xE9 dernier", "windows-1252" },
    { "zosta\xB3o ju\xBF og\xB3oszone, \xBF""e w\xB3""adze miast wybra\xB3y now\xB9 drog\xEA i d\xB3ugo", "windows-1250" },
    { "Belediye ba\xFEkan\xFD bug\xFCn a\xE7\xFDklad\xFD, yeni k\xF6pr\xFC i\xE7in \xE7""al\xFD\xFEmalar ba\xFElad\xFD", "windows-1254" },
    { "\x93\xFA\x96\x7B\x82\xCC\x8B\xB4\x82\xCD\x82\xC6\x82\xC4\x82\xE0\x8C\xC3\x82\xA2\x82\xC6\x8E\x76\x82\xA2\x82\xDC\x82\xB7", "Shift_JIS" },
    { "\xC6\xFC\xCB\xDC\xA4\xCE\xB6\xB6\xA4\xCF\xA4\xC8\xA4\xC6\xA4\xE2\xB8\xC5\xA4\xA4\xA4\xC8\xBB\xD7\xA4\xA4\xA4\xDE\xA4\xB9", "EUC-JP" },
    { "\xBD\xC3\xC0\xC7\xC8\xB8\xB4\xC2 \xBF\xC0\xB4\xC3 \xBB\xF5 \xB4\xD9\xB8\xAE\xB8\xA6 \xB0\xF8\xBB\xE7\xC7\xD1\xB4\xD9\xB0\xED", "EUC-KR" },
    { "\xCA\xD0\xD2\xE9\xBB\xE1\xBD\xF1\xCC\xEC\xD0\xFB\xB2\xBC\xD0\xC2\xC7\xC5\xB5\xC4\xBC\xC6\xBB\xAE\xA3\xAC\xB9\xA4\xB3\xCC\xCA\xFD\xC4\xEA", "gb18030" },
};

static void test_guess(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_str out;
        ofp_enc_found found = { 0 };
        ofp_err e = { 0 };
        if (!ofp_decode(a, ofp_s(guesses[i].in), NULL, false, &out, &found, &e) || strcmp(found.name, guesses[i].name))
            fail_msg("case %zu: %s instead of %s", i, found.name, guesses[i].name);
        ofp_arena_free(a);
    }
}

static void test_labels(void **state)
{
    (void)state;
    assert_string_equal(ofp_enc_name(OFP_STR("\n UTF8\t")), "UTF-8");
    assert_string_equal(ofp_enc_name(OFP_STR("ascii")), "windows-1252");
    assert_string_equal(ofp_enc_name(OFP_STR("latin5")), "windows-1254");
    assert_string_equal(ofp_enc_name(OFP_STR("x-x-big5")), "Big5");
    assert_string_equal(ofp_enc_name(OFP_STR("unicode")), "UTF-16LE");
    assert_null(ofp_enc_name(OFP_STR("utf-7")));
    assert_null(ofp_enc_name(OFP_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode), cmocka_unit_test(test_refuse), cmocka_unit_test(test_guess), cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests_name("enc", tests, NULL, NULL);
}
