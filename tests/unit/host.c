/* The filter host: what is found where, what programs are given, and how they fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/world.h"
#include "filter/host.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* A world in which every plugin is missing and every program answers as told. */
typedef struct fake {
    const char *answer;                 /* NULL: what it was given */
    const char *said;                   /* on standard error */
    int status;
    ofp_buf seen;                       /* paths looked for, argv and environment */
} fake;

static bool exists(void *user, const char *path)
{
    fake *f = user;
    ofp_buf_printf(&f->seen, "?%s\n", path);
    return false;
}

static const char *env(void *user, const char *name)
{
    (void)user;
    return strcmp(name, "OFFPRINT_PLUGIN_PATH") ? NULL : "/env/one::/env/two";
}

static const char *home(void *user)
{
    (void)user;
    return "/home";
}

static bool run(void *user, const char *const *argv, const char *const *extra, ofp_str in, int timeout, size_t max,
                ofp_buf *out, ofp_buf *errs, int *status, ofp_err *e)
{
    fake *f = user;
    (void)e;
    assert_true(max > 1 << 20);
    for (; *argv; argv++)
        ofp_buf_printf(&f->seen, "%s ", *argv);
    for (; *extra; extra++)
        ofp_buf_printf(&f->seen, "%.21s ", *extra);
    ofp_buf_printf(&f->seen, "%d\n", timeout);
    if (f->answer)
        ofp_buf_puts(out, f->answer);
    else
        ofp_buf_add(out, in);
    ofp_buf_puts(errs, f->said ? f->said : "");
    *status = f->status;
    return true;
}

static ofp_world world_of(fake *f)
{
    return (ofp_world){ .user = f, .exists = exists, .env = env, .home = home, .run = run };
}

static void specs(void **state)
{
    static const struct { const char *spec, *name, *pairs; } cases[] = {
        { "cleanup", "cleanup", "" }, { "cleanup:mode=recall,x=y:z", "cleanup", "mode=recall,x=y:z" },
        { "/a:b/c", "/a:b/c", "" }, { "/a:b/c.so:k=v", "/a:b/c.so", "k=v" }, { ":k=v", "", "k=v" }, { "", "", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_filter_spec s = ofp_filter_split(cases[i].spec);
        if (!ofp_str_eq(s.name, ofp_s(cases[i].name)) || !ofp_str_eq(s.pairs, ofp_s(cases[i].pairs)))
            fail_msg("%s: '%.*s' '%.*s'", cases[i].spec, (int)s.name.n, s.name.p, (int)s.pairs.n, s.pairs.p);
    }
}

/* Of what a program says though all is well, the last lines are passed on. */
static void said(void **state)
{
    static const struct { int lines; unsigned passed; } cases[] = { { 0, 0 }, { 1, 1 }, { 20, 20 }, { 33, 20 } };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_buf b = { 0 };
        for (int k = 0; k < cases[i].lines; k++)
            ofp_buf_printf(&b, "\n line %d\n", k);
        ofp_buf_putc(&b, 0);
        fake f = { .said = b.p };
        ofp_world w = world_of(&f);
        ofp_log log = { 0 };
        ofp_options opt = { .world = &w };
        ofp_err e = { 0 };
        ofp_doc *d = ofp_doc_new("t", &log);
        assert_true(ofp_filter_run(d, "./f", &opt, &e));
        assert_int_equal(log.count[OFP_D_FILTER_SAID], cases[i].passed);
        ofp_buf_free(&f.seen);
        ofp_buf_free(&b);
        ofp_doc_free(d);
    }
}

static void programs(void **state)
{
    static const struct { const char *spec; int minor; const char *answer, *said; int status; enum ofp_code code;
                          const char *msg, *seen; } cases[] = {
        { "f", 0, NULL, NULL, 0, OFP_OK, "",
          "?/opt/f.so\n?/env/one/f.so\n?/env/two/f.so\n?/home/filters/f.so\nf epub PANDOC_VERSION=2.17.1 PANDOC_READER_OPTIONS 60\n" },
        { "./f", 23, NULL, "chatter", 0, OFP_OK, "", "./f epub PANDOC_VERSION=3.1.3 PANDOC_READER_OPTIONS 60\n" },
        { "./f", 0, "", "", 0, OFP_EFILTER, "wrote no document: 1:1: no JSON but an empty input", "" },
        { "./f", 0, "{\"blocks\":3}", NULL, 0, OFP_EFILTER, "wrote no document", "" },
        { "./f", 0, NULL, "line\n  two", 9, OFP_EFILTER, "filter ./f failed with status 9: line two", "" },
        { "./f:k=v", 0, NULL, NULL, 0, OFP_EUSAGE, "programs take no options", "" },
        { ":k=v", 0, NULL, NULL, 0, OFP_EUSAGE, "a filter needs a name", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        fake f = { cases[i].answer, cases[i].said, cases[i].status, { 0 } };
        ofp_world w = world_of(&f);
        const char *const folders[] = { "/opt", NULL };
        ofp_options opt = { .world = &w, .target = "epub", .plugin_path = folders, .json_minor = cases[i].minor };
        ofp_err e = { 0 };
        ofp_doc *d = ofp_doc_new("t", NULL);
        ofp_add_text(d, ofp_add(d, ofp_root(d), OFP_PARA), OFP_STR("words"));
        ofp_filter_run(d, cases[i].spec, &opt, &e);
        ofp_buf_putc(&f.seen, 0);
        if (e.code != cases[i].code || !strstr(e.msg, cases[i].msg) || (*cases[i].seen && strcmp(f.seen.p, cases[i].seen)))
            fail_msg("%s: %d %s\n%s", cases[i].spec, e.code, e.msg, f.seen.p);
        if (!e.code && !ofp_filter_ran(d, OFP_STR("f")))
            fail_msg("%s: not noted", cases[i].spec);
        ofp_buf_free(&f.seen);
        ofp_doc_free(d);
    }
}

/* What a program returns takes the place of all that was there. */
static void replacement(void **state)
{
    fake f = { "{\"pandoc-api-version\":[1,22],\"meta\":{\"a\":{\"t\":\"MetaBool\",\"c\":true}},\"blocks\":[{\"t\":\"HorizontalRule\"}]}",
               NULL, 0, { 0 } };
    ofp_world w = world_of(&f);
    ofp_options opt = { .world = &w };
    ofp_err e = { 0 };
    ofp_doc *d = ofp_doc_new("t", NULL);
    ofp_buf out = { 0 };
    (void)state;
    ofp_meta_offer(d, OFP_META_TITLE, OFP_STR("gone"), OFP_STR("x"), 50);
    ofp_add_text(d, ofp_add(d, ofp_root(d), OFP_PARA), OFP_STR("words"));
    assert_true(ofp_filter_run(d, "./f", &opt, &e));
    ofp_dump(d, &out);
    ofp_buf_putc(&out, 0);
    assert_non_null(strstr(out.p, "a: MetaBool true"));
    assert_non_null(strstr(out.p, "Pandoc\n  HorizontalRule\n"));
    assert_null(strstr(out.p, "gone"));
    ofp_buf_free(&out);
    ofp_buf_free(&f.seen);
    ofp_doc_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specs), cmocka_unit_test(programs), cmocka_unit_test(said), cmocka_unit_test(replacement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
