/* Dates as pages write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "offprint/offprint.h"

/* A text and the date in it as ISO 8601, with minutes and offset where a time is known; "" for none. */
static const struct { const char *in, *out; } parsed[] = {
    { "2026-02-19", "2026-02-19" },
    { "2026-02-19T10:05:00Z", "2026-02-19 10:05 +0" },
    { "2026-02-19T10:05:00.123+01:00", "2026-02-19 10:05 +60" },
    { "2026-02-19 10:05:00 -0530", "2026-02-19 10:05 -330" },
    { "20260219", "2026-02-19" },
    { "20260219T100500Z", "2026-02-19 10:05 +0" },
    { "2026-02", "2026-02" },
    { "2026", "2026" },
    { "2026/2/9", "2026-02-09" },
    { "2026.02.19.", "2026-02-19" },
    { "Thu, 19 Feb 2026 10:00:00 +0100", "2026-02-19 10:00 +60" },
    { "Thu, 19 Feb 2026 10:00:00 GMT", "2026-02-19 10:00 +0" },
    { "Thu, 19 Feb 2026 10:00:00 -0800 (PST)", "2026-02-19 10:00 -480" },
    { "Thu Feb 19 10:00:00 2026", "2026-02-19 10:00 +0" },
    { "Thu Feb 19 10:00:00 CET 2026", "2026-02-19 10:00 +60" },
    { "19 February 2026", "2026-02-19" },
    { "19th February, 2026", "2026-02-19" },
    { "the 19th", "" },
    { "19th of February 2026", "2026-02-19" },
    { "February 19, 2026", "2026-02-19" },
    { "Feb. 19, 2026", "2026-02-19" },
    { "Sept. 9, 2026", "2026-09-09" },
    { "Thursday, February 19, 2026 at 8:02 pm UTC", "2026-02-19 20:02 +0" },
    { "Thursday, February 19", "" },
    { "February 2026", "2026-02" },
    { "19. Februar 2026", "2026-02-19" },
    { "Donnerstag, 19. M\u00E4rz 2026, 14.30 Uhr", "2026-03-19 14:30 +0" },
    { "1er mars 2026", "2026-03-01" },
    { "jeudi 19 f\u00E9vrier 2026 \u00E0 14h30", "2026-02-19 14:30 +0" },
    { "19 ao\u00FBt 2026", "2026-08-19" },
    { "19 de febrero de 2026", "2026-02-19" },
    { "19 de mar\u00E7o de 2026", "2026-03-19" },
    { "19 febbraio 2026", "2026-02-19" },
    { "19 februari 2026", "2026-02-19" },
    { "19 lutego 2026", "2026-02-19" },
    { "19 lip 2026", "2026-07-19" },
    { "19 \u0444\u0435\u0432\u0440\u0430\u043B\u044F 2026", "2026-02-19" },
    { "19. \u00FAnora 2026", "2026-02-19" },
    { "1. \u010Dervence 2026", "2026-07-01" },
    { "1. \u010Dervna 2026", "2026-06-01" },
    { "19. helmikuuta 2026", "2026-02-19" },
    { "2026. febru\u00E1r 19.", "2026-02-19" },
    { "19 \u015Eubat 2026", "2026-02-19" },
    { "2026\u5E742\u670819\u65E5", "2026-02-19" },
    { "2026\u5E742\u6708", "2026-02" },
    { "2026\uB144 2\uC6D4 19\uC77C", "2026-02-19" },
    { "19.02.2026", "2026-02-19" },
    { "19. 2. 2026", "2026-02-19" },
    { "19.02.26", "2026-02-19" },
    { "19/2/2026", "2026-02-19" },
    { "2/19/2026", "2026-02-19" },
    { "2/3/2026", "2026-02-03" },
    { "3.2.2026", "2026-02-03" },
    { "19-02-2026", "2026-02-19" },
    { "19-Feb-2026", "2026-02-19" },
    { "19/Feb/2026:10:00:00 +0000", "2026-02-19 10:00 +0" },
    { "29 February 2024", "2024-02-29" },
    { "29 February 2026", "" },
    { "31.04.2026", "" },
    { "32 March 2026", "" },
    { "1799-01-01", "" },
    { "2101-01-01", "" },
    { "19 Foo 2026", "" },
    { "Published 19 February 2026", "" },
    { "19 February 2026 by Jane", "" },
    { "", "" },
    { "Feb", "" },
    { "-", "" },
};

/* A text, the date found in it and the words that hold it. */
static const struct { const char *in, *out, *words; } found[] = {
    { "By AnukritiFebruary 19, 2026 World No Comments", "2026-02-19", "February 19, 2026" },
    { "Posted on 2026-02-19 by admin", "2026-02-19", "2026-02-19" },
    { "Dan Goodin - Apr 16, 2015 8:02 pm UTC", "2015-04-16 20:02 +0", "Apr 16, 2015 8:02 pm UTC" },
    { "LONDON, 3 May 2021 (Reuters)", "2021-05-03", "3 May 2021" },
    { "08.04.2015 12:46", "2015-04-08 12:46 +0", "08.04.2015 12:46" },
    { "You may 3 times 2020", "", "" },
    { "In March 2020 it ended on April 3, 2021.", "2021-04-03", "April 3, 2021" },
    { "In March 2020 it ended.", "2020-03", "March 2020" },
    { "version 1.19.02.2026.4", "", "" },
    { "call 555-2026-02-19 now", "", "" },
    { "marching 19, 2026", "", "" },
    { "the year 2026 came", "", "" },
    { "\u53D1\u5E03\u4E8E 2017\u5E743\u670810\u65E5 09:58", "2017-03-10 09:58 +0", "2017\u5E743\u670810\u65E5 09:58" },
    { "", "", "" },
};

static ofp_str shown(ofp_arena *a, bool ok, const ofp_date *d)
{
    if (!ok) return OFP_STR("");
    ofp_str iso = ofp_date_iso(a, d);
    if (!d->has_time) return iso;
    return ofp_arena_printf(a, "%.*s %02d:%02d %+d", (int)iso.n, iso.p, d->hour, d->minute, d->offset);
}

static int differs(const char *what, const char *in, ofp_str got, const char *want)
{
    if (ofp_str_eq(got, ofp_s(want))) return 0;
    print_error("%s '%s': got '%.*s', want '%s'\n", what, in, (int)got.n, got.p ? got.p : "", want);
    return 1;
}

static void test_parse(void **state)
{
    (void)state;
    ofp_arena *a = ofp_arena_new();
    int bad = 0;
    for (size_t i = 0; i < sizeof parsed / sizeof *parsed; i++) {
        ofp_date d = { 0 };
        bool ok = ofp_date_parse(ofp_s(parsed[i].in), &d);
        bad += differs("parse", parsed[i].in, shown(a, ok, &d), parsed[i].out);
    }
    ofp_arena_free(a);
    assert_int_equal(bad, 0);
}

static void test_find(void **state)
{
    (void)state;
    ofp_arena *a = ofp_arena_new();
    int bad = 0;
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        ofp_date d = { 0 };
        size_t at = 0, len = 0;
        ofp_str in = ofp_s(found[i].in);
        bool ok = ofp_date_find(in, &d, &at, &len);
        bad += differs("find", found[i].in, shown(a, ok, &d), found[i].out);
        if (ok) bad += differs("words", found[i].in, ofp_str_sub(in, at, len), found[i].words);
    }
    ofp_arena_free(a);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_parse), cmocka_unit_test(test_find) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
