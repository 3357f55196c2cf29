/* From trees to a threshold in the cleanup filter: blocks walked four at a time get what each would get alone; probabilities
 * and logits; what is cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "../../filters/cleanup/forest.c"
#include "../../filters/cleanup/logit.c"
#include "../../filters/cleanup/cut.c"

enum { COLUMNS = 2, SURE = 2 * LEAF_SCALE };

/* Column 0 below 10: likely; else column 1 decides.  Then a tree of one leaf, and one of one question.  Questions that
 * stand nowhere here ask for column 0, and what they get leads to the same leaves. */
static tree trees[3];

static void fill(tree *t, int from, int to, int16_t value)
{
    for (int i = from; i < to; i++)
        t->leaf[i] = value;
}

static void plant(void)
{
    trees[0].node[1] = (question){ 0, 10 };
    trees[0].node[3] = (question){ 1, -5 };
    fill(&trees[0], 0, LEAVES / 2, SURE);
    fill(&trees[0], LEAVES / 2, LEAVES * 3 / 4, -SURE);
    fill(&trees[0], LEAVES * 3 / 4, LEAVES, 0);
    fill(&trees[1], 0, LEAVES, LEAF_SCALE);
    trees[2].node[1] = (question){ 1, 0 };
    fill(&trees[2], 0, LEAVES / 2, -LEAF_SCALE);
    fill(&trees[2], LEAVES / 2, LEAVES, LEAF_SCALE);
}

static const struct { int16_t x[COLUMNS]; int all, staged; } blocks[] = {
    { { 9, 3 }, 982, 952 },             /* 2 + 1 + 1 logits; 3 are enough after two trees */
    { { 9, -1 }, 880, 952 },            /* 2 + 1 - 1; the same */
    { { 10, -6 }, 119, 18 },            /* -2 + 1 - 1; sure to be none, and foretold as -4 */
    { { 10, -5 }, 500, 500 },           /* 0 + 1 - 1 */
    { { 32000, 0 }, 880, 880 },         /* 0 + 1 + 1 */
};

static void check(const stage *stages)
{
    const forest f = { trees, sizeof trees / sizeof *trees, COLUMNS, stages };
    enum { N = sizeof blocks / sizeof *blocks };
    int16_t x[N][COLUMNS];
    for (int n = 0; n <= N; n++) {
        ofp_arena *a = ofp_arena_new();
        for (int i = 0; i < n; i++)
            memcpy(x[i], blocks[i].x, sizeof x[i]);
        const int *p = forest_scores(&f, a, x[0], n);
        assert_non_null(p);
        for (int i = 0; i < n; i++)
            assert_int_equal(p[i], stages ? blocks[i].staged : blocks[i].all);
        ofp_arena_free(a);
    }
}

static void test_all(void **state)
{
    (void)state;
    check(NULL);
}

static void test_staged(void **state)
{
    static const stage stages[] = { { 1, -150, 1000, 200 }, { 1, -1000, 250, 100 }, { 0, 0, 0, 0 } };
    (void)state;
    check(stages);
}

static void test_logit(void **state)
{
    (void)state;
    assert_int_equal(logit(500), 0);
    assert_int_equal(probability(0), 500);
    for (int p = 1; p < 1000; p++) {
        assert_true(logit(p) < logit(p + 1) || p >= 999);
        assert_in_range(probability(logit(p)), p - 1, p + 1);
    }
}

/* Two kinds of blocks: as many words that are as likely. */
static const struct { unsigned words[2]; int p[2]; bool stated, both; } pages[] = {
    { { 300, 20 }, { 980, 400 }, false, false },       /* an article is sure of itself */
    { { 300, 20 }, { 980, 950 }, false, true },
    { { 100, 400 }, { 950, 300 }, false, false },      /* all of the list or nothing of it: nothing is likelier */
    { { 100, 400 }, { 950, 700 }, false, true },
    { { 100, 100 }, { 400, 350 }, false, true },       /* a page that promises little is cut low */
    { { 100, 50 }, { 600, 380 }, false, true },
    { { 100, 50 }, { 600, 380 }, true, false },        /* it says that it is an article */
};

static void test_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        block b[2] = { { .p = pages[i].p[0] }, { .p = pages[i].p[1] } };
        page p = { .b = b, .nb = 2, .stated = pages[i].stated };
        for (int k = 0; k < 2; k++)
            b[k].f.words = pages[i].words[k];
        choose_cut(&p);
        assert_true(p.cut <= b[0].p);
        assert_int_equal(p.cut <= b[1].p, pages[i].both);
    }
}

int main(void)
{
    plant();
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_all), cmocka_unit_test(test_staged), cmocka_unit_test(test_logit),
                                        cmocka_unit_test(test_cut) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
