/* JSON: values, numbers, strings, places of errors; and the documents that the JSON reader refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/json.h"
#include "format.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Prints a value as it was understood: types, decoded strings. */
static void print(const ofp_json *v, ofp_buf *out)
{
    static const char *const names[] = { "null", "false", "true" };
    switch (v->type) {
    case OFP_JSON_NULL: case OFP_JSON_FALSE: case OFP_JSON_TRUE: ofp_buf_puts(out, names[v->type]); return;
    case OFP_JSON_NUMBER: ofp_buf_add(out, v->text); return;
    case OFP_JSON_STRING: ofp_json_put(out, v->text); return;
    case OFP_JSON_ARRAY: case OFP_JSON_OBJECT: break;
    }
    ofp_buf_putc(out, v->type == OFP_JSON_ARRAY ? '[' : '{');
    for (const ofp_json *c = v->first; c; c = c->next) {
        if (v->type == OFP_JSON_OBJECT) {
            ofp_json_put(out, c->key);
            ofp_buf_putc(out, ':');
        }
        print(c, out);
        ofp_buf_puts(out, c->next ? "," : "");
    }
    ofp_buf_putc(out, v->type == OFP_JSON_ARRAY ? ']' : '}');
}

static void values(void **state)
{
    static const struct { const char *in, *out; } cases[] = {
        { "null", "null" },
        { " [ 1 , -2.50e+3, \"a\\u00e4\\n\" ] ", "[1,-2.50e+3,\"aä\\n\"]" },
        { "{\"a\":{},\"b\":[[]],\"c\":{\"d\":true,\"e\":false}}", "{\"a\":{},\"b\":[[]],\"c\":{\"d\":true,\"e\":false}}" },
        { "\"\\ud83d\\ude00 \\\\ \\\" \\/ \\u0007\"", "\"😀 \\\\ \\\" / \\u0007\"" },
        { "\"\\u0000\"", "\"\\u0000\"" },
        { "{\"k\\u0065y\":0}", "{\"key\":0}" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_err e = { 0 };
        ofp_buf out = { 0 };
        const ofp_json *v = ofp_json_parse(a, ofp_s(cases[i].in), "t", &e);
        if (!v)
            fail_msg("%s: %s", cases[i].in, e.msg);
        print(v, &out);
        ofp_buf_putc(&out, 0);
        assert_string_equal(out.p, cases[i].out);
        ofp_buf_free(&out);
        ofp_arena_free(a);
    }
}

static void refusals(void **state)
{
    static const struct { const char *in; unsigned line, col; } cases[] = {
        { "", 1, 1 }, { "[1,\n 2,]", 2, 4 }, { "{\"a\":1} x", 1, 9 }, { "[\"a\nb\"]", 1, 4 }, { "[\xff]", 1, 2 },
        { "{\"a\" 1}", 1, 6 }, { "[tru]", 1, 5 }, { "[1", 1, 3 }, { "[\n 1,\n  2", 3, 4 }, { "\"ä\" \"", 1, 5 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_err e = { 0 };
        assert_null(ofp_json_parse(a, ofp_s(cases[i].in), "t", &e));
        if (e.code != OFP_EPARSE || e.at.line != cases[i].line || e.at.col > cases[i].col + 1 || e.at.col + 1 < cases[i].col)
            fail_msg("%s: %d at %u:%u: %s", cases[i].in, e.code, e.at.line, e.at.col, e.msg);
        ofp_arena_free(a);
    }
}

static void depth(void **state)
{
    static const struct { size_t n; enum ofp_code code; } cases[] = {
        { 1999, OFP_OK }, { 2000, OFP_OK }, { 2001, OFP_ELIMIT }, { 300000, OFP_ELIMIT },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_err e = { 0 };
        ofp_buf in = { 0 };
        ofp_buf_fill(&in, '[', cases[i].n);
        ofp_buf_fill(&in, ']', cases[i].n);
        ofp_json_parse(a, ofp_buf_str(&in), "t", &e);
        assert_int_equal(e.code, cases[i].code);
        ofp_buf_free(&in);
        ofp_arena_free(a);
    }
}

static void numbers(void **state)
{
    static const struct { const char *in; double x; const char *out; } cases[] = {
        { "0", 0, "0" }, { "1", 1, "1" }, { "0.25", 0.25, "0.25" }, { "0.1", 0.1, "0.1" }, { "5e-1", 0.5, "0.5" },
        { "0.16666666666666666", 1.0 / 6, "0.16666666666666666" }, { "0.3333333333333333", 1.0 / 3, "0.3333333333333333" },
        { "0.16666699999999998", 0.16666699999999998, "0.16666699999999998" }, { "12.5", 12.5, "12.5" },
        { "1E2", 100, "100" }, { "-3", -3, "0" }, { "1e400", -1, "100" }, { "1e-400", 0, "0" },
        { "0.00000000000000000000000000000000000001", 1e-38, "0.00000000000000000" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_json v = { .type = OFP_JSON_NUMBER, .text = ofp_s(cases[i].in) };
        ofp_buf out = { 0 };
        double x = ofp_json_num(&v, -7);
        if (cases[i].x != -1 && x != cases[i].x)
            fail_msg("%s is not %.17g", cases[i].in, x);
        ofp_json_put_num(&out, x);
        ofp_buf_putc(&out, 0);
        assert_string_equal(out.p, cases[i].out);
        ofp_buf_free(&out);
    }
}

static void integers(void **state)
{
    static const struct { const char *in; bool ok; int n; } cases[] = {
        { "7", true, 7 }, { "-7", true, -7 }, { "7.0", true, 7 }, { "7.5", false, 0 }, { "1e3", true, 1000 },
        { "3000000000", false, 0 }, { "1e400", false, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_json v = { .type = OFP_JSON_NUMBER, .text = ofp_s(cases[i].in) };
        int n = 0;
        bool ok = ofp_json_int(&v, &n);
        if (ok != cases[i].ok || n != cases[i].n)
            fail_msg("%s: %d %d", cases[i].in, ok, n);
    }
}

static void looking_in(void **state)
{
    ofp_arena *a = ofp_arena_new();
    ofp_err e = { 0 };
    ofp_str in = OFP_STR("{\"a\": [10, \"x\"],\n \"b\": \"y\"}");
    const ofp_json *v = ofp_json_parse(a, in, "t", &e), *b = ofp_json_get(v, OFP_STR("b"));
    const ofp_json *list = ofp_json_get(v, OFP_STR("a"));
    (void)state;
    assert_true(ofp_str_eq(ofp_json_str(ofp_json_at(list, 1)), OFP_STR("x")));
    assert_null(ofp_json_at(list, 2));
    assert_null(ofp_json_get(list, OFP_STR("a")));
    assert_null(ofp_json_get(NULL, OFP_STR("a")));
    assert_int_equal(list->n, 2);
    assert_int_equal(ofp_json_pos(b, in, "t").line, 2);
    assert_int_equal(ofp_json_pos(b, in, "t").col, 7);
    assert_int_equal(ofp_json_pos(list, in, "t").col, 7);
    assert_string_equal(ofp_json_what(b), "a string");
    ofp_arena_free(a);
}

/* ---- documents -------------------------------------------------------------------------- */

#define DOC(blocks) "{\"pandoc-api-version\":[1,22,2,1],\"meta\":{},\"blocks\":" blocks "}"

static void documents_refused(void **state)
{
    static const struct { const char *in, *msg; } cases[] = {
        { "{}", "no pandoc document" }, { "[]", "no pandoc document" },
        { "{\"pandoc-api-version\":[1,24],\"meta\":{},\"blocks\":[]}", "API 1.24, but only 1.20 to 1.23" },
        { "{\"pandoc-api-version\":[1,17,5],\"meta\":{},\"blocks\":[]}", "API 1.17, but only 1.20 to 1.23" },
        { "{\"pandoc-api-version\":\"x\",\"meta\":{},\"blocks\":[]}", "pandoc-api-version: expected an array of numbers, found a string" },
        { DOC("{}"), "blocks: expected an array of blocks, found an object" },
        { DOC("[3]"), "blocks[0]: expected a block, found a number" },
        { DOC("[{\"t\":\"Frob\",\"c\":[]}]"), "blocks[0]: Frob is not a block" },
        { DOC("[{\"t\":\"line\"}]"), "blocks[0]: line is not a block" },
        { DOC("[{\"t\":\"Para\"}]"), "blocks[0]: expected an object with \"c\"" },
        { DOC("[{\"t\":\"HorizontalRule\"},{\"t\":\"Para\",\"c\":[{\"t\":\"Emph\",\"c\":[{\"t\":\"Str\",\"c\":1}]}]}]"),
          "blocks[1].c[0].c[0].c: expected a string, found a number" },
        { "{\"blocks\":[{\"t\":\"HorizontalRule\"},{\"t\":\"Para\"}],\"pandoc-api-version\":[1,22],\"meta\":{}}", "blocks[1]: expected an object with \"c\"" },
        { DOC("[{\"t\":\"HorizontalRule\"}],\"more\":[{]"), "invalid JSON: " },
        { DOC("[{\"t\":\"Para\",\"c\":[{\"t\":\"Para\",\"c\":[]}]}]"), "blocks[0].c[0]: Para is not an inline" },
        { DOC("[{\"t\":\"Header\",\"c\":[1,[\"\",[],[]]]}]"), "blocks[0].c: expected an array of this element's parts" },
        { DOC("[{\"t\":\"Header\",\"c\":[\"1\",[\"\",[],[]],[]]}]"), "blocks[0].c[0]: expected a whole number, found a string" },
        { DOC("[{\"t\":\"Div\",\"c\":[[\"\",[]],[]]}]"), "blocks[0].c[0]: expected attributes" },
        { DOC("[{\"t\":\"OrderedList\",\"c\":[[1,{\"t\":\"Sexagesimal\"},{\"t\":\"Period\"}],[]]}]"), "blocks[0].c[0][1].t: expected a list style" },
        { "{\"pandoc-api-version\":[1,22],\"meta\":{\"a\":{\"t\":\"Para\",\"c\":[]}},\"blocks\":[]}", "meta.a: Para is not a metadata value" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_err e = { 0 };
        ofp_doc *d = ofp_read("json", ofp_s(cases[i].in), "t.json", NULL, NULL, &e);
        assert_null(d);
        if (e.code != OFP_EPARSE || !strstr(e.msg, cases[i].msg) || !e.at.line || !e.at.input)
            fail_msg("%s: %d %u:%u %s", cases[i].in, e.code, e.at.line, e.at.col, e.msg);
    }
}

/* Odd but harmless: taken, with a warning. */
static void documents_tolerated(void **state)
{
    static const struct { const char *in; unsigned warnings; const char *dump; } cases[] = {
        { DOC("[{\"t\":\"Null\"}]"), 0, "Pandoc\n" },
        { "{\"blocks\":[],\"meta\":{}}", 1, "Pandoc\n" },
        { "{\"blocks\":[],\"pandoc-api-version\":[1,22]}", 1, "Pandoc\n" },
        { "{\"blocks\":[{\"t\":\"HorizontalRule\"}],\"meta\":{},\"pandoc-api-version\":[1,22]}", 0, "Pandoc\n  HorizontalRule\n" },
        { DOC("[{\"t\":\"HorizontalRule\"}],\"blocks\":[{\"t\":\"HorizontalRule\"}]"), 0, "Pandoc\n  HorizontalRule\n" },
        { DOC("[{\"t\":\"Str\",\"c\":\"a\"},{\"t\":\"Space\"},{\"t\":\"Str\",\"c\":\"b\"}]"), 3, "Pandoc\n  Plain\n    Str \"a b\"\n" },
        { DOC("[{\"t\":\"Header\",\"c\":[0,[\"\",[],[]],[{\"t\":\"Str\",\"c\":\"x\"}]]}]"), 1, "Pandoc\n  Header level=1\n    Str \"x\"\n" },
        { DOC("[{\"t\":\"CodeBlock\",\"c\":[[\"\",[],[]],\"a\\u0000b\",0]}]"), 1, "Pandoc\n  CodeBlock \"a\xEF\xBF\xBD" "b\"\n" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_err e = { 0 };
        ofp_log log = { 0 };
        ofp_options opt = { .log = &log };
        ofp_buf out = { 0 };
        ofp_doc *d = ofp_read("json", ofp_s(cases[i].in), "t.json", NULL, &opt, &e);
        if (!d)
            fail_msg("%s: %s", cases[i].in, e.msg);
        ofp_dump(d, &out);
        ofp_buf_putc(&out, 0);
        if (!strstr(out.p, cases[i].dump) || log.count[OFP_D_AST_ODD] != cases[i].warnings)
            fail_msg("%s: %u warnings\n%s", cases[i].in, log.count[OFP_D_AST_ODD], out.p);
        ofp_buf_free(&out);
        ofp_doc_free(d);
    }
}

/* As many inlines as there are: neither time nor memory may grow with the square of them. */
static void many_odd_ones(void **state)
{
    enum { MANY = 40000 };
    ofp_err e = { 0 };
    ofp_log log = { 0 };
    ofp_options opt = { .log = &log };
    ofp_buf in = { 0 };
    (void)state;
    ofp_buf_puts(&in, "{\"pandoc-api-version\":[1,22],\"meta\":{},\"blocks\":[{\"t\":\"Space\"}");
    for (int i = 0; i < MANY; i++)
        ofp_buf_puts(&in, ",{\"t\":\"Str\",\"c\":\"abcdefgh\"}");
    ofp_buf_puts(&in, "]}");
    clock_t begin = clock();
    ofp_doc *d = ofp_read("json", ofp_buf_str(&in), "t.json", NULL, &opt, &e);
    assert_non_null(d);
    assert_int_equal(log.count[OFP_D_AST_ODD], MANY + 1);
    assert_int_equal(ofp_text(ofp_first(ofp_first(ofp_root(d)))).n, MANY * 8 + 1);
    assert_true(clock() - begin < 10 * CLOCKS_PER_SEC);
    ofp_buf_free(&in);
    ofp_doc_free(d);
}

/* Notes, facts and sources survive; a document without them has no key of ours. */
static void knowledge_rides_along(void **state)
{
    ofp_err e = { 0 };
    ofp_doc *d = ofp_doc_new("t", NULL), *back;
    ofp_buf first = { 0 }, second = { 0 };
    (void)state;
    ofp_meta_offer(d, OFP_META_TITLE, OFP_STR("T"), OFP_STR("og:title x"), 70);
    ofp_meta_offer(d, OFP_META_AUTHOR, OFP_STR("A"), (ofp_str){ 0 }, 0);
    ofp_set_note(d, OFP_STR("origin"), OFP_STR("html"));
    ofp_set_note(d, OFP_STR("own"), OFP_STR("kept"));
    ofp_fact_add(d, OFP_STR("og:title"), OFP_STR("T"));
    ofp_fact_add(d, OFP_STR("og:title"), OFP_STR("again"));
    assert_true(ofp_write("json", d, NULL, &first, &e));
    back = ofp_read("json", ofp_buf_str(&first), "t", NULL, NULL, &e);
    assert_non_null(back);
    assert_true(ofp_str_eq(ofp_note(back, OFP_STR("own")), OFP_STR("kept")));
    assert_true(ofp_str_eq(ofp_note(back, OFP_STR("origin")), OFP_STR("html")));
    assert_true(ofp_str_eq(ofp_meta_source(ofp_meta_find(ofp_meta(back), OFP_STR("title"))), OFP_STR("og:title x")));
    assert_int_equal(ofp_meta_sure(ofp_meta_find(ofp_meta(back), OFP_STR("author"))), 0);
    assert_true(ofp_str_eq(ofp_fact_value(ofp_next(ofp_fact_first(back))), OFP_STR("again")));
    assert_true(ofp_write("json", back, NULL, &second, &e));
    assert_true(ofp_str_eq(ofp_buf_str(&first), ofp_buf_str(&second)));
    ofp_doc_free(back);
    ofp_buf_free(&second);

    back = ofp_read("json", OFP_STR(DOC("[]")), "t", NULL, NULL, &e);
    assert_true(ofp_write("json", back, NULL, &second, &e));
    assert_true(ofp_str_find(ofp_buf_str(&second), OFP_STR("offprint"), 0) == SIZE_MAX);
    ofp_doc_free(back);
    ofp_doc_free(d);
    ofp_buf_free(&first);
    ofp_buf_free(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values), cmocka_unit_test(refusals), cmocka_unit_test(depth), cmocka_unit_test(numbers),
        cmocka_unit_test(integers), cmocka_unit_test(looking_in), cmocka_unit_test(documents_refused),
        cmocka_unit_test(documents_tolerated), cmocka_unit_test(many_odd_ones), cmocka_unit_test(knowledge_rides_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
