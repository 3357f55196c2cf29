/* The model: building, tidying, binding, metadata. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "offprint/offprint.h"
#include "model/words.h"

static ofp_node *para(ofp_doc *d, ofp_node *parent, const char *text)
{
    ofp_node *p = ofp_add(d, parent, OFP_PARA);
    ofp_add_text(d, p, ofp_s(text));
    return p;
}

static void expect_dump(const ofp_doc *d, const char *want)
{
    ofp_buf b = { 0 };
    ofp_dump(d, &b);
    ofp_buf_putc(&b, 0);
    assert_string_equal(b.p, want);
    ofp_buf_free(&b);
}

static void tidy_joins_texts_and_drops_void(void **state)
{
    (void)state;
    ofp_doc *d = ofp_doc_new("t", NULL);
    ofp_node *p = ofp_add(d, ofp_root(d), OFP_PARA);
    ofp_set_text(ofp_add(d, p, OFP_TEXT), OFP_STR("one "));
    ofp_add(d, p, OFP_EMPH);
    ofp_set_text(ofp_add(d, p, OFP_TEXT), OFP_STR("two"));
    ofp_add(d, ofp_root(d), OFP_PARA);
    ofp_tidy(d);
    expect_dump(d, "Pandoc\n  Para\n    Str \"one two\"\n");
    ofp_doc_free(d);
}

static void tidy_makes_fit(void **state)
{
    (void)state;
    ofp_doc *d = ofp_doc_new("t", NULL);
    ofp_add_text(d, ofp_root(d), OFP_STR("loose"));
    ofp_add(d, ofp_root(d), OFP_LINEBREAK);
    ofp_node *list = ofp_add(d, ofp_root(d), OFP_ULIST);
    para(d, list, "no item");
    ofp_node *em = ofp_add(d, para(d, ofp_root(d), "a"), OFP_EMPH);
    para(d, em, "block in inline");
    ofp_tidy(d);
    ofp_err e = { 0 };
    assert_true(ofp_check(d, &e));
    expect_dump(d, "Pandoc\n  Plain\n    Str \"loose\"\n    LineBreak\n  BulletList\n    item\n      Para\n"
                   "        Str \"no item\"\n  Para\n    Str \"a\"\n    Emph\n      Str \"block in inline\"\n");
    ofp_doc_free(d);
}

static void tidy_bounds_depth(void **state)
{
    (void)state;
    ofp_log log = { 0 };
    ofp_doc *d = ofp_doc_new("t", &log);
    ofp_node *n = ofp_root(d);
    for (int i = 0; i < 100000; i++)
        n = ofp_add(d, n, OFP_QUOTE);
    para(d, n, "deep");
    ofp_tidy(d);
    ofp_err e = { 0 };
    assert_true(ofp_check(d, &e));
    assert_int_equal(log.count[OFP_D_DEPTH_LIMIT], 1);
    assert_int_equal(ofp_count_words(ofp_root(d)), 1);
    ofp_doc_free(d);
}

static void tidy_completes_tables(void **state)
{
    (void)state;
    ofp_doc *d = ofp_doc_new("t", NULL);
    ofp_node *t = ofp_add(d, ofp_root(d), OFP_TABLE), *row = ofp_add(d, ofp_add(d, t, OFP_TBODY), OFP_ROW);
    para(d, ofp_add(d, row, OFP_CELL), "x");
    ofp_set_cell(ofp_add(d, row, OFP_CELL), OFP_ALIGN_RIGHT, 1, 2);
    ofp_tidy(d);
    expect_dump(d, "Pandoc\n  Table cols=ddd\n    caption\n    table-head\n    table-body heads=0\n      row inter=0\n"
                   "        cell align=0 rowspan=1 colspan=1\n          Para\n            Str \"x\"\n"
                   "        cell align=2 rowspan=1 colspan=2\n    table-foot\n");
    ofp_doc_free(d);
}

static void meta_prefers_the_surer(void **state)
{
    (void)state;
    ofp_doc *d = ofp_doc_new("t", NULL);
    assert_true(ofp_meta_offer(d, OFP_META_TITLE, OFP_STR("a"), OFP_STR("x"), 50));
    assert_false(ofp_meta_offer(d, OFP_META_TITLE, OFP_STR("b"), OFP_STR("y"), 50));
    assert_true(ofp_meta_offer(d, OFP_META_TITLE, OFP_STR("c"), OFP_STR("z"), 51));
    assert_true(ofp_str_eq(ofp_meta_get(d, OFP_META_TITLE), OFP_STR("c")));
    ofp_str two[] = { OFP_STR("A"), OFP_STR("B") };
    assert_true(ofp_meta_offer_list(d, OFP_META_AUTHOR, two, 2, OFP_STR("x"), 50));
    assert_true(ofp_str_eq(ofp_meta_get(d, OFP_META_AUTHOR), OFP_STR("A; B")));
    ofp_fact_add(d, OFP_STR("og:title"), OFP_STR("T"));
    assert_true(ofp_str_eq(ofp_fact_name(ofp_fact_first(d)), OFP_STR("og:title")));
    ofp_facts_drop(d);
    assert_null(ofp_fact_first(d));
    assert_null(ofp_meta_find(ofp_meta(d), OFP_STR("offprint")));
    ofp_doc_free(d);
}

static void unhint_keeps_linked_ids(void **state)
{
    (void)state;
    ofp_doc *d = ofp_doc_new("t", NULL);
    ofp_node *nav = ofp_add(d, ofp_root(d), OFP_DIV), *sec = ofp_add(d, nav, OFP_DIV), *own = ofp_add(d, sec, OFP_DIV);
    ofp_set_attr(d, nav, OFP_STR("tag"), OFP_STR("nav"));
    ofp_set_attr(d, sec, OFP_STR("tag"), OFP_STR("section"));
    ofp_set_id(d, sec, OFP_STR("s"));
    ofp_add_class(d, own, OFP_STR("own"));
    ofp_node *link = ofp_add(d, para(d, own, "see "), OFP_LINK);
    ofp_set_target(link, OFP_STR("#s"), OFP_STR(""));
    ofp_add_text(d, link, OFP_STR("S"));
    ofp_unhint(d);
    expect_dump(d, "Pandoc\n  Div #s\n    Div .own\n      Para\n        Str \"see \"\n        Link \"#s\"\n          Str \"S\"\n");
    ofp_doc_free(d);
}

static ofp_doc *part_with(const char *input, const char *title, int level)
{
    ofp_doc *d = ofp_doc_new(input, NULL);
    ofp_meta_offer(d, OFP_META_TITLE, ofp_s(title), OFP_STR("t"), 50);
    ofp_meta_offer(d, OFP_META_AUTHOR, OFP_STR("Ann Lee"), OFP_STR("t"), 50);
    ofp_meta_offer(d, OFP_META_DATE, OFP_STR("2026-02-19"), OFP_STR("t"), 50);
    ofp_node *h = ofp_add(d, ofp_root(d), OFP_HEAD);
    ofp_set_level(h, level);
    ofp_set_id(d, h, OFP_STR("s"));
    ofp_add_text(d, h, OFP_STR("Section"));
    ofp_node *link = ofp_add(d, para(d, ofp_root(d), "to "), OFP_LINK);
    ofp_set_target(link, OFP_STR("#s"), OFP_STR(""));
    ofp_add_text(d, link, OFP_STR("it"));
    return d;
}

static void bind_gives_each_its_head(void **state)
{
    (void)state;
    ofp_doc *book = ofp_doc_new(NULL, NULL);
    ofp_doc *part[] = { part_with("first.txt", "One", 1), part_with("dir/second.html", "", 4) };
    ofp_err e = { 0 };
    assert_true(ofp_bind(book, part, 2, &e));
    ofp_doc_free(part[0]);
    ofp_doc_free(part[1]);
    assert_true(ofp_check(book, &e));
    ofp_meta_drop(ofp_meta(book), OFP_STR("offprint"));
    expect_dump(book,
        "MetaMap\n  title: MetaString \"One and 1 other article\" (articles, 30)\nPandoc\n"
        "  Div #article-1 .article title=\"One\" author=\"Ann Lee\" date=\"2026-02-19\"\n"
        "    Header .title level=1\n      Str \"One\"\n"
        "    Div .byline\n      Para\n        Span .author\n          Str \"Ann Lee\"\n        Str \" · \"\n"
        "        Span .date\n          Str \"19 February 2026\"\n"
        "    Header #s level=2\n      Str \"Section\"\n    Para\n      Str \"to \"\n      Link \"#s\"\n        Str \"it\"\n"
        "  Div #article-2 .article author=\"Ann Lee\" date=\"2026-02-19\" title=\"Section\"\n"
        "    Header #s-2 .title level=1\n      Str \"Section\"\n"
        "    Div .byline\n      Para\n        Span .author\n          Str \"Ann Lee\"\n        Str \" · \"\n"
        "        Span .date\n          Str \"19 February 2026\"\n"
        "    Para\n      Str \"to \"\n      Link \"#s-2\"\n        Str \"it\"\n");
    assert_true(ofp_str_eq(ofp_article_input(ofp_article_next(ofp_article_first(book))), OFP_STR("dir/second.html")));
    ofp_doc_free(book);
}

/* An id that comes again gets the least free number from its article's on, and goes on from there. */
static void bind_numbers_ids(void **state)
{
    static const struct { const char *in[2], *out; } cases[] = {
        { { "x x x", "" }, "x x-1 x-2" }, { { "x", "x x x" }, "x x-2 x-3 x-4" }, { { "x x-1 x-2", "x" }, "x x-1 x-2 x-3" },
        { { "x x x", "x" }, "x x-1 x-2 x-3" }, { { "x-1 x x", "y x" }, "x-1 x x-2 y x-3" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_doc *book = ofp_doc_new(NULL, NULL), *part[2];
        ofp_err e = { 0 };
        char got[100] = "";
        for (int k = 0; k < 2; k++) {
            ofp_str ids = ofp_s(cases[i].in[k]);
            part[k] = ofp_doc_new("in", NULL);
            for (ofp_str id; ofp_str_word(&ids, &id);)
                ofp_set_id(part[k], ofp_add(part[k], ofp_root(part[k]), OFP_DIV), id);
        }
        assert_true(ofp_bind(book, part, 2, &e));
        for (const ofp_node *n = ofp_root(book); n; n = ofp_after(n, ofp_root(book)))
            if (ofp_node_type(n) == OFP_DIV && ofp_id(n).n && !ofp_has_class(n, OFP_STR("article")))
                snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", *got ? " " : "", (int)ofp_id(n).n, ofp_id(n).p);
        if (strcmp(got, cases[i].out))
            fail_msg("'%s' and '%s': '%s'", cases[i].in[0], cases[i].in[1], got);
        ofp_doc_free(part[0]);
        ofp_doc_free(part[1]);
        ofp_doc_free(book);
    }
}

static ofp_doc *linked_part(const char *input, const char *url, const char *id, const char *to)
{
    ofp_doc *d = ofp_doc_new(input, NULL);
    ofp_node *h = ofp_add(d, ofp_root(d), OFP_HEAD), *link;
    ofp_meta_offer(d, OFP_META_TITLE, ofp_s(input), OFP_STR("t"), 50);
    ofp_meta_offer(d, OFP_META_URL, ofp_s(url), OFP_STR("t"), 50);
    ofp_set_level(h, 2);
    ofp_set_id(d, h, OFP_STR("s"));
    ofp_set_id(d, ofp_add(d, ofp_root(d), OFP_DIV), ofp_s(id));
    link = ofp_add(d, para(d, ofp_root(d), "to "), OFP_LINK);
    ofp_set_target(link, ofp_s(to), OFP_STR(""));
    ofp_add_text(d, link, OFP_STR("it"));
    return d;
}

/* Where a link of the second of two inputs leads in the book. */
static void bind_keeps_links(void **state)
{
    static const struct { const char *to, *url; } cases[] = {
        { "#s", "#s-2" }, { "#two", "#two" }, { "#one", NULL }, { "#none", "#none" }, { "#top", "#top" }, { "#", "#" }, { "", "" },
        { "a%20b.html", "#article-1" }, { "a b.html#s", "#s" }, { "./x/../a%20b.html?p=1#one", "#one" }, { "a%20b.html#none", "#article-1" },
        { "../in/c.html#s", "#s-2" }, { "c.html", "#article-2" }, { "/a%20b.html", "/a%20b.html" }, { "other.html#s", "other.html#s" },
        { "https://s.org/one#s", "#s" }, { "https://s.org/one", "https://s.org/one" }, { "https://s.org/one#none", "https://s.org/one#none" },
        { "https://s.org/two#s", "#s-2" }, { "https://s.org/three#s", "https://s.org/three#s" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_doc *book = ofp_doc_new(NULL, NULL);
        ofp_doc *part[] = { linked_part("in/a b.html", "https://s.org/one", "one", ""), linked_part("./in/c.html", "https://s.org/two#x", "two", cases[i].to) };
        const ofp_node *n = ofp_root(book), *last = NULL;
        ofp_err e = { 0 };
        assert_true(ofp_bind(book, part, 2, &e));
        for (; n; n = ofp_after(n, ofp_root(book)))
            last = ofp_node_type(n) == OFP_LINK && !ofp_has_class(n, OFP_STR("source")) ? n : last;
        if (!last || !ofp_str_eq(ofp_url(last), ofp_s(cases[i].url ? cases[i].url : "")))
            fail_msg("%s: '%.*s'", cases[i].to, last ? (int)ofp_url(last).n : 0, last ? ofp_url(last).p : "");
        ofp_doc_free(part[0]);
        ofp_doc_free(part[1]);
        ofp_doc_free(book);
    }
}

/* A body may say its title in a box that has a direction and nothing else. */
static void bind_finds_boxed_titles(void **state)
{
    static const struct { const char *class, *heading; bool kept; } cases[] = {
        { NULL, "The quay", false }, { NULL, "Another", true }, { "note", "The quay", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_doc *d = ofp_doc_new("in", NULL);
        ofp_node *box = ofp_add(d, ofp_root(d), OFP_DIV), *h = ofp_add(d, box, OFP_HEAD);
        size_t heads = 0;
        ofp_err e = { 0 };
        ofp_meta_offer(d, OFP_META_TITLE, OFP_STR("The quay"), OFP_STR("t"), 50);
        ofp_set_attr(d, box, OFP_STR("dir"), OFP_STR("rtl"));
        if (cases[i].class)
            ofp_add_class(d, box, ofp_s(cases[i].class));
        ofp_set_level(h, 1);
        ofp_add_text(d, h, ofp_s(cases[i].heading));
        para(d, box, "words");
        assert_true(ofp_bind_self(d, &e));
        for (const ofp_node *n = ofp_root(d); n; n = ofp_after(n, ofp_root(d)))
            heads += ofp_node_type(n) == OFP_HEAD;
        assert_int_equal(heads, cases[i].kept ? 2 : 1);
        ofp_doc_free(d);
    }
}

static void books_speak_their_language(void **state)
{
    static const struct { const char *lang; size_t others; const char *title, *date; } cases[] = {
        { "", 1, "Kai and 1 other article", "5 March 2024" }, { "en-GB", 3, "Kai and 3 other articles", "5 March 2024" },
        { "de", 1, "Kai und 1 weiterer Artikel", "2024-03-05" }, { "de-AT", 2, "Kai und 2 weitere Artikel", "2024-03-05" },
        { "ru", 5, "Kai и другие статьи (5)", "2024-03-05" }, { "ja", 2, "Kaiほか2件", "2024-03-05" },
        { "tlh", 2, "Kai (+2)", "2024-03-05" },
    };
    ofp_arena *a = ofp_arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_str title = ofp_lang_book(a, OFP_STR("Kai"), cases[i].others, ofp_s(cases[i].lang));
        ofp_str date = ofp_lang_date(a, OFP_STR("2024-03-05T10:00"), ofp_s(cases[i].lang));
        if (!ofp_str_eq(title, ofp_s(cases[i].title)) || !ofp_str_eq(date, ofp_s(cases[i].date)))
            fail_msg("'%s': '%.*s', '%.*s'", cases[i].lang, (int)title.n, title.p, (int)date.n, date.p);
    }
    assert_true(ofp_str_eq(ofp_lang_date(a, OFP_STR("undatiert, um 1900"), OFP_STR("de")), OFP_STR("undatiert, um 1900")));
    ofp_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tidy_joins_texts_and_drops_void), cmocka_unit_test(tidy_makes_fit),
        cmocka_unit_test(tidy_bounds_depth), cmocka_unit_test(tidy_completes_tables),
        cmocka_unit_test(meta_prefers_the_surer), cmocka_unit_test(unhint_keeps_linked_ids),
        cmocka_unit_test(bind_gives_each_its_head), cmocka_unit_test(bind_numbers_ids), cmocka_unit_test(bind_keeps_links), cmocka_unit_test(bind_finds_boxed_titles),
        cmocka_unit_test(books_speak_their_language),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
