/* Boosted trees of the cleanup filter: blocks walked four at a time get what each would get alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "../../filters/cleanup/forest.c"

enum { COLUMNS = 2, SURE = 2 * LEAF_SCALE };

/* Column 0 below 10: likely; else column 1 decides.  Then a tree of one leaf, and one of one question. */
static const row rows[] = {
    { .skip = 5 }, { 10, 1, 0, 0 }, { SURE, -1, COLUMNS, 0 }, { -5, 1, 1, 0 }, { -SURE, -1, COLUMNS, 0 }, { 0, -1, COLUMNS, 0 },
    { .skip = 1 }, { LEAF_SCALE, -1, COLUMNS, 0 },
    { .skip = 3 }, { 0, 1, 1, 0 }, { -LEAF_SCALE, -1, COLUMNS, 0 }, { LEAF_SCALE, -1, COLUMNS, 0 },
};

static const struct { int16_t x[COLUMNS]; int all, staged; } blocks[] = {
    { { 9, 3 }, 982, 952 },             /* 2 + 1 + 1 logits; 3 are enough after two trees */
    { { 9, -1 }, 880, 952 },            /* 2 + 1 - 1; the same */
    { { 10, -6 }, 119, 18 },            /* -2 + 1 - 1; sure to be none, and foretold as -4 */
    { { 10, -5 }, 500, 500 },           /* 0 + 1 - 1 */
    { { 32000, 0 }, 880, 880 },         /* 0 + 1 + 1 */
};

static void check(const stage *stages)
{
    const forest f = { rows, sizeof rows / sizeof *rows, COLUMNS, stages };
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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_all), cmocka_unit_test(test_staged) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
