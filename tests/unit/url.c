#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "offprint/base.h"

static const struct { const char *base, *ref, *out; } cases[] = {
    { "http://a/b/c/d;p?q", "g", "http://a/b/c/g" },           /* RFC 3986, 5.4 */
    { "http://a/b/c/d;p?q", "./g", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", "g/", "http://a/b/c/g/" },
    { "http://a/b/c/d;p?q", "/g", "http://a/g" },
    { "http://a/b/c/d;p?q", "//g", "http://g" },
    { "http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y" },
    { "http://a/b/c/d;p?q", "g?y#s", "http://a/b/c/g?y#s" },
    { "http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s" },
    { "http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q" },
    { "http://a/b/c/d;p?q", ".", "http://a/b/c/" },
    { "http://a/b/c/d;p?q", "..", "http://a/b/" },
    { "http://a/b/c/d;p?q", "../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "../../../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "/./g/../h", "http://a/h" },
    { "http://a/b/c/d;p?q", "%2e%2E/g", "http://a/b/g" },
    { "http://a/b/c/d;p?q", "g?y/./x", "http://a/b/c/g?y/./x" },
    { "http://a/b/c/d;p?q#f", "mailto:x@y", "mailto:x@y" },
    { "http://a", "g", "http://a/g" },
    { "http://a?q", "g", "http://a/g" },
    { "http://a/b", " x y.html\n", "http://a/x%20y.html" },
    { "http://a/b", "x\ty\n<z>", "http://a/xy%3Cz%3E" },
    { "http://a/b", "\\x\\y?a\\b", "http://a/x/y?a\\b" },
    { "http://a/b", "http://c/d/../e f", "http://c/e%20f" },
    { "http://a/b", "http://c", "http://c" },
    { "http://a/b", "HTTPS:\\\\c\\d", "HTTPS://c/d" },
    { "http://a/b", "javascript:alert('a b')", "javascript:alert('a b')" },
    { "http://a/b", "data:image/png;base64,AA BB", "data:image/png;base64,AA BB" },
    { "https://a/b/ü", "é?ö", "https://a/b/é?ö" },
    { "http://u:p@a:80/b", "c", "http://u:p@a:80/c" },
    { "file:///home/x/a.html", "b.png", "file:///home/x/b.png" },
    { "", "a b/../c", "a%20b/../c" },
    { "notes/a.html", "c", "c" },
    { "about:blank", "c", "c" },
    { "http://a/b/", "C:\\x", "C:\\x" },
};

static void test_resolve(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_str got = ofp_url_resolve(a, ofp_s(cases[i].base), ofp_s(cases[i].ref));
        if (!ofp_str_eq(got, ofp_s(cases[i].out)))
            fail_msg("'%s' against '%s': '%.*s' instead of '%s'", cases[i].ref, cases[i].base, (int)got.n, got.p, cases[i].out);
        ofp_arena_free(a);
    }
}

static const struct { const char *url, *scheme, *host, *path; } parts[] = {
    { "https://user@example.com:8080/a/b?c#d", "https", "example.com", "/a/b" },
    { "http://[::1]:80/", "http", "[::1]", "/" },
    { "//host/x", "", "host", "/x" },
    { "a/b?c", "", "", "a/b" },
    { "mailto:a@b", "mailto", "", "a@b" },
    { "c:/x", "", "", "c:/x" },
    { "", "", "", "" },
};

static void test_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        ofp_str u = ofp_s(parts[i].url);
        if (!ofp_str_eq(ofp_url_scheme(u), ofp_s(parts[i].scheme)) || !ofp_str_eq(ofp_url_host(u), ofp_s(parts[i].host))
            || !ofp_str_eq(ofp_url_path(u), ofp_s(parts[i].path)))
            fail_msg("'%s': %.*s, %.*s, %.*s", parts[i].url, (int)ofp_url_scheme(u).n, ofp_url_scheme(u).p,
                     (int)ofp_url_host(u).n, ofp_url_host(u).p, (int)ofp_url_path(u).n, ofp_url_path(u).p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_resolve), cmocka_unit_test(test_parts) };
    return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
