/* Filters of books: how marks and addresses are read, and which edits are still found.  A plugin shows nothing but its
 * descriptor, so a part is compiled in here; the rest runs as a plugin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include "filter/host.h"
#include "../../filters/join-pages/marks.c"

static void lines(void **state)
{
    static const struct { const char *in; bool mark; long number, total; } cases[] = {
        { "Page 2 of 3", true, 2, 3 }, { "– page 2 –", true, 2, 0 }, { "Seite 2 von 5", true, 2, 5 }, { "2 / 3", true, 2, 3 },
        { "(2/3)", true, 2, 3 }, { "Страница 4 из 9", true, 4, 9 }, { "p.2", true, 2, 0 }, { "3 of 2", false, 0, 0 },
        { "2", false, 0, 0 }, { "Page 2 of 3 is missing", false, 0, 0 }, { "Page 2024", false, 0, 0 }, { "", false, 0, 0 },
        { "Page two", false, 0, 0 }, { "Page", false, 0, 0 }, { "/", false, 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        long number = 0, total = 0;
        bool mark = read_mark(ofp_s(cases[i].in), &number, &total);
        if (mark != cases[i].mark || (mark && (number != cases[i].number || total != cases[i].total)))
            fail_msg("'%s': %d, %ld of %ld", cases[i].in, mark, number, total);
    }
}

static void pagers(void **state)
{
    static const struct { const char *in; bool pager; } cases[] = {
        { "1 2 3", true }, { "1 2", true }, { "« 1 | [2] | 3 »", true }, { "Page: 1 2 3 … 9 Next", true }, { "Previous 1 2 Next >", true },
        { "1", false }, { "2 3 4", false }, { "1 3 2", false }, { "1 2 three", false }, { "Next", false }, { "", false }, { "1 2 2024", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (is_pager(ofp_s(cases[i].in)) != cases[i].pager)
            fail_msg("'%s'", cases[i].in);
}

static void titles(void **state)
{
    static const struct { const char *in, *title; long number; } cases[] = {
        { "The mill – Page 2", "The mill", 2 }, { "The mill (2/3)", "The mill", 2 }, { "The mill, page 1 of 3", "The mill", 1 },
        { "The mill | Seite 2", "The mill", 2 }, { "The mill", "The mill", 0 }, { "Catch 22", "Catch 22", 0 },
        { "Agenda 20/30", "Agenda 20/30", 0 }, { "Page 2", "Page 2", 0 }, { "", "", 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        long number, total;
        ofp_str title = split_title(ofp_s(cases[i].in), &number, &total);
        if (number != cases[i].number || !ofp_str_eq(title, ofp_s(cases[i].title)))
            fail_msg("'%s': '%.*s' %ld", cases[i].in, (int)title.n, title.p, number);
    }
}

static void addresses(void **state)
{
    static const struct { const char *in, *family; long number; } cases[] = {
        { "https://a.org/mill", "a.org/mill", 0 }, { "http://a.org/mill/?page=2#top", "a.org/mill", 2 },
        { "https://a.org/mill?id=7&p=3", "a.org/mill&id=7", 3 }, { "https://a.org/mill/2/", "a.org/mill", 2 },
        { "https://a.org/mill/page/2", "a.org/mill", 2 }, { "https://a.org/mill-p2.html", "a.org/mill", 2 },
        { "https://a.org/mill/p2", "a.org/mill", 2 }, { "mill-2.txt", "mill", 2 }, { "in/mill page 2.html", "in/mill", 2 },
        { "page3.html", "", 3 }, { "2.html", "", 2 }, { "https://a.org/step2", "a.org/step2", 0 },
        { "https://a.org/in-2024", "a.org/in-2024", 0 }, { "https://a.org/?p=48213", "a.org&p=48213", 0 }, { "", "", 0 },
    };
    ofp_arena *a = ofp_arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        clue_value c = split_address(a, ofp_s(cases[i].in));
        if (c.number != cases[i].number || !ofp_str_eq(c.family, ofp_s(cases[i].family)))
            fail_msg("'%s': '%.*s' %ld", cases[i].in, (int)c.family.n, c.family.p, c.number);
    }
    ofp_arena_free(a);
}

/* ---- dedup: made-up sentences, of which some are others in the second article -------------- */

static uint32_t roll(uint32_t *seed) { return *seed = *seed * 1664525u + 1013904223u, *seed >> 16; }

static void add_sentence(ofp_doc *d, ofp_node *para, uint32_t seed)
{
    for (unsigned n = 8 + roll(&seed) % 16; n > 0; n--)
        ofp_add_text(d, para, ofp_arena_printf(ofp_doc_arena(d), "w%u ", (unsigned)(roll(&seed) % 2000)));
}

/* Sentences of a subject; percent of them, spread evenly, from another. */
static ofp_doc *article(uint32_t subject, uint32_t other, unsigned sentences, unsigned percent)
{
    ofp_doc *d = ofp_doc_new("made", NULL);
    ofp_meta_offer(d, OFP_META_TITLE, OFP_STR("Made"), OFP_STR("test"), OFP_SURE_EXACT);
    for (unsigned i = 0; i < sentences; i++) {
        bool edited = (i + 1) * percent / 100 > i * percent / 100;
        add_sentence(d, ofp_add(d, ofp_root(d), OFP_PARA), (edited ? other : subject) * 7919 + i);
    }
    return d;
}

static size_t articles_left(ofp_doc *const *parts, size_t n, const char *filter)
{
    ofp_doc *book = ofp_doc_new("book", NULL);
    ofp_options opt = { 0 };
    ofp_err e = { 0 };
    size_t left = 0;
    if (!ofp_bind(book, parts, n, &e) || !ofp_filter_run(book, filter, &opt, &e))
        fail_msg("%s", e.msg);
    for (const ofp_node *a = ofp_article_first(book); a; a = ofp_article_next(a))
        left++;
    ofp_doc_free(book);
    return left;
}

static void edits(void **state)
{
    static const struct { unsigned sentences, percent; size_t left; } cases[] = {
        { 10, 0, 1 }, { 10, 10, 1 }, { 10, 30, 1 }, { 50, 20, 1 }, { 50, 30, 1 }, { 200, 30, 1 }, { 50, 70, 2 }, { 50, 100, 2 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (uint32_t seed = 1; seed < 20; seed++) {
            ofp_doc *parts[] = { article(seed, 0, cases[i].sentences, 0), article(seed, seed + 500, cases[i].sentences, cases[i].percent) };
            size_t left = articles_left(parts, 2, "dedup");
            if (left != cases[i].left)
                fail_msg("%u sentences, %u %%, seed %u: %zu left", cases[i].sentences, cases[i].percent, (unsigned)seed, left);
            ofp_doc_free(parts[0]);
            ofp_doc_free(parts[1]);
        }
}

/* Hundreds of copies of few articles take no longer than as many articles. */
static void many(void **state)
{
    enum { N = 300, DIFFERENT = 7 };
    ofp_doc *parts[N];
    (void)state;
    for (uint32_t i = 0; i < N; i++)
        parts[i] = article(i % DIFFERENT + 1, i + 100, 20, i / DIFFERENT % 4 * 10);
    assert_int_equal(articles_left(parts, N, "dedup:list=no"), DIFFERENT);
    for (size_t i = 0; i < N; i++)
        ofp_doc_free(parts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines), cmocka_unit_test(pagers), cmocka_unit_test(titles), cmocka_unit_test(addresses), cmocka_unit_test(edits),
        cmocka_unit_test(many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
