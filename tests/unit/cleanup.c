/* Words, labels and names of classes.  A plugin shows nothing but its descriptor, so its parts are
 * compiled in here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "../../filters/cleanup/names.c"
#include "../../filters/cleanup/words.c"
#include "../../filters/cleanup/vocab.c"
#include "../../filters/cleanup/context.c"
#include "../../filters/cleanup/looks.c"
#include "../../filters/cleanup/files.c"

static const struct { const char *in; enum label label; } labels_of[] = {
    { "Related articles", LABEL_END }, { "RELATED ARTICLES:", LABEL_END }, { "12 Comments", LABEL_COMMENTS }, { "No comments", LABEL_COMMENTS },
    { "Leave A Reply Cancel Reply", LABEL_COMMENTS }, { "Keep Reading", LABEL_END }, { "Lesen Sie auch", LABEL_END }, { "À lire aussi", LABEL_END },
    { "Read more: how ferries work", LABEL_PREFIX }, { "Tags: boats, sea", LABEL_PREFIX }, { "Advertisement", LABEL_INSIDE },
    { "関連記事", LABEL_END }, { "Читайте также", LABEL_END }, { "The related articles of the treaty were struck out", LABEL_NONE },
    { "Ferries", LABEL_NONE }, { "2024", LABEL_NONE }, { "", LABEL_NONE },
};

static const struct { const char *in; bool prose; unsigned words; } texts[] = {
    { "The ferry that had not sailed since the storm came back to the harbour on Monday.", true, 16 },
    { "Die Fähre, die seit dem Sturm nicht mehr gefahren war, ist am Montag in den Hafen zurückgekehrt.", true, 17 },
    { "Home News Sport Weather Travel Culture Opinion Jobs Cars Homes Dating Shop More", false, 13 },
    { "The ferry came back.", false, 4 }, { "渡し船は月曜日に港に戻った。", true, 13 }, { "", false, 0 },
};

static const struct { const char *in; enum concept id; bool has; } classes[] = {
    { "article-body", C_ARTICLE, true }, { "articleBody", C_ARTICLE, true }, { "post", C_ARTICLE, true }, { "postal", C_ARTICLE, false },
    { "ad", C_AD, true }, { "ad-slot", C_AD, true }, { "header-ad", C_AD, true }, { "roadmap", C_AD, false }, { "download", C_AD, false },
    { "sideBar", C_SIDEBAR, true }, { "site-footer", C_FOOTER, true }, { "mainNav2", C_NAV, true }, { "share_bar", C_SHARE, true },
    { "relatedPosts", C_RELATED, true }, { "btn", C_BUTTON, true }, { "", C_NAV, false },
    { "cmp-modal--open", C_DIALOG, true }, { "modallink", C_DIALOG, false }, { "text-overlay", C_DIALOG, false },
    { "review", C_REVIEWS, true }, { "preview", C_REVIEWS, false }, { "related-links", C_FURTHER, true }, { "suggestedAnswer", C_FURTHER, false },
    { "breadcrumbs", C_CRUMBS, true }, { "breadcrumbs", C_NAV, true }, { "sig_text", C_SIGNATURE, true }, { "design", C_SIGNATURE, false },
};

/* Lines with the same letter look alike. */
static const struct { const char *in; char shape; unsigned gadgets; bool trails; } lines[] = {
    { "Ann Lee · March 10, 2017 at 12:20 AM", 'a', 0, false }, { "Bo · 4 May, 2018 at 1:05 PM", 0, 0, false },
    { "Sallie van Gogh · April 1, 2016 at 1:26 AM", 'a', 0, false }, { "#3 訪客 於 2013/12/28 20:34", 'b', 0, false },
    { "#12 茜媽咪 於 2014/1/2 9:07", 'b', 0, false }, { "12 comments", 'c', 0, false }, { "3 apples", 'c', 0, false },
    { "3 Replies", 'd', 0, false }, { "1 reply", 'd', 0, false }, { "The ferry came back", 0, 0, false },
    { "The ferry came back...", 0, 0, true }, { "They said […]", 0, 0, true }, { "Name ____ [ ]", 0, 2, false },
    { "(BUTTON) Menu", 0, 1, false }, { "[logo-small.png]", 0, 1, false }, { "<div><br />", 0, 3, false }, { "a [sic] word", 0, 0, false },
};

/* Names of picture files go, also those broken over lines; words in brackets stay. */
static const struct { const char *in, *out; } pictures[] = {
    { "The wheel [wheel_2.png] turned", "The wheel  turned" }, { "[a.JPG?w=60]", "" }, { "[thumb?from=https%3A%2F%2Fa.org%2Fx.jpeg&w=9] at night", " at night" },
    { "[resize?url=https%3A%2F%2Fpictures.example.org%2Farch ive%2F2021%2Fmill.jpg&w=980]", "" },
    { "He said [sic] that", "He said [sic] that" }, { "[see wheel.png below]", "[see wheel.png below]" }, { "a[0].jpg", "a[0].jpg" },
    { "[1] and [", "[1] and [" }, { "[.png] [png]", " [png]" }, { "[a.pngx]", "[a.pngx]" },
};

static void test_files(void **state)
{
    ofp_arena *a = ofp_arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        ofp_str out = without_files(a, ofp_s(pictures[i].in));
        if (!ofp_str_eq(out, ofp_s(pictures[i].out)))
            print_error("%s: '%.*s'\n", pictures[i].in, (int)out.n, out.p);
        assert_true(ofp_str_eq(out, ofp_s(pictures[i].out)));
    }
    ofp_arena_free(a);
}

static look look_of(const vocab *v, const char *s)
{
    eye e = new_eye(v);
    see_text(&e, ofp_s(s));
    return looked(&e);
}

static void test_looks(void **state)
{
    enum { N = sizeof lines / sizeof *lines };
    ofp_arena *a = ofp_arena_new();
    const vocab *v = &vocabulary;
    (void)state;
    for (size_t i = 0; i < N; i++) {
        look l = look_of(v, lines[i].in);
        if (l.gadgets != lines[i].gadgets || l.trails != lines[i].trails)
            print_error("%s: %u gadgets\n", lines[i].in, l.gadgets);
        assert_int_equal(l.gadgets, lines[i].gadgets);
        assert_int_equal(l.trails, lines[i].trails);
        for (size_t k = 0; k < i && lines[i].shape; k++)
            assert_int_equal(l.shape == look_of(v, lines[k].in).shape, lines[i].shape == lines[k].shape);
    }
    ofp_arena_free(a);
}

static void test_labels(void **state)
{
    ofp_arena *a = ofp_arena_new();
    const vocab *v = &vocabulary;
    (void)state;
    for (size_t i = 0; i < sizeof labels_of / sizeof *labels_of; i++) {
        facts f = scan_str(v, ofp_s(labels_of[i].in));
        if (facts_label(v, &f) != labels_of[i].label)
            print_error("%s: got %d\n", labels_of[i].in, (int)facts_label(v, &f));
        assert_int_equal(facts_label(v, &f), labels_of[i].label);
    }
    ofp_arena_free(a);
}

static void test_prose(void **state)
{
    ofp_arena *a = ofp_arena_new();
    const vocab *v = &vocabulary;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        facts f = scan_str(v, ofp_s(texts[i].in));
        if (f.words != texts[i].words || facts_prose(&f) != texts[i].prose)
            print_error("%s: %u words\n", texts[i].in, f.words);
        assert_int_equal(f.words, texts[i].words);
        assert_int_equal(facts_prose(&f), texts[i].prose);
    }
    ofp_arena_free(a);
}

static void test_names(void **state)
{
    ofp_arena *a = ofp_arena_new();
    names *m = names_new(a);
    (void)state;
    for (size_t i = 0; i < 2 * sizeof classes / sizeof *classes; i++) {     /* and once more, from memory */
        size_t k = i % (sizeof classes / sizeof *classes);
        concepts c = names_find(m, ofp_s(classes[k].in))->found;
        if (concept_has(&c, classes[k].id) != classes[k].has)
            print_error("%s: concept %d\n", classes[k].in, (int)classes[k].id);
        assert_int_equal(concept_has(&c, classes[k].id), classes[k].has);
    }
    ofp_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels), cmocka_unit_test(test_looks), cmocka_unit_test(test_prose), cmocka_unit_test(test_names),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
