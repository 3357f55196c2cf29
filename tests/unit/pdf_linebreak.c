/* needs: write-pdf */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "write/pdf/linebreak.h"

/* Items from a sketch: letters are boxes one wide, a blank is glue of 1 +0.5 -0.333, '-' a hyphen, '|' a
 * forced break after filling glue. */
static size_t sketch(const char *text, break_item *out)
{
    size_t n = 0;
    for (const char *p = text; ; p++) {
        size_t word = strcspn(p, " -|");
        if (word)
            out[n++] = (break_item){ .kind = BREAK_BOX, .width = (float)word };
        p += word;
        if (*p == ' ')
            out[n++] = (break_item){ .kind = BREAK_GLUE, .width = 1, .stretch = 0.5f, .shrink = 0.333f };
        else if (*p == '-')
            out[n++] = (break_item){ .kind = BREAK_PENALTY, .width = 1, .penalty = 50, .flagged = true };
        if (*p == '|' || *p == '\0') {
            out[n++] = (break_item){ .kind = BREAK_PENALTY, .penalty = BREAK_NEVER };
            out[n++] = (break_item){ .kind = BREAK_GLUE, .stretch = 1e6f };
            out[n++] = (break_item){ .kind = BREAK_PENALTY, .penalty = BREAK_FORCED };
        }
        if (*p == '\0')
            return n;
    }
}

/* The lines as text: boxes as runs of x, joined by '/'. */
static void show(const break_item *items, const break_lines *lines, char *out)
{
    for (size_t i = 0; i < lines->n; i++) {
        for (size_t k = lines->p[i].start; k < lines->p[i].end; k++) {
            for (int w = 0; items[k].kind == BREAK_BOX && w < (int)items[k].width; w++)
                *out++ = 'x';
            if (items[k].kind == BREAK_GLUE && items[k].width > 0)
                *out++ = ' ';
        }
        if (items[lines->p[i].end].flagged)
            *out++ = '-';
        if (i + 1 < lines->n)
            *out++ = '/';
    }
    *out = '\0';
}

static const struct { const char *text; double measure, tolerance, extra; bool must; const char *lines; } cases[] = {
    { "xx xx xx", 20, 1, 0, false, "xx xx xx" },
    { "", 20, 1, 0, false, "" },
    /* a greedy breaker would set "xxx xx xx", which leaves nothing good for the rest */
    { "xxx xx xx xxxxx xx xxxx", 9, 3, 0, false, "xxx xx xx/xxxxx xx/xxxx" },
    { "xxx xx xx xxxxxx xxxx xx", 11, 4, 0, false, "xxx xx xx/xxxxxx xxxx/xx" },
    { "xx|xx xx", 20, 1, 0, false, "xx/xx xx" },
    { "xxxxxx xxx-xxxx xx", 11, 1.2, 0, false, "xxxxxx xxx-/xxxx xx" },
    { "xxxxxxxxxxxxxxxx", 10, 0, 0, true, "xxxxxxxxxxxxxxxx" },           /* nothing fits: one line, too long */
    { "xx xxxxxxxxxxxxxxxx xx", 10, 0, 1, true, "xx/xxxxxxxxxxxxxxxx/xx" },
    { "xxxx xxxx xxxx xxxx", 15, 0, 4, true, "xxxx xxxx xxxx/xxxx" },      /* ragged; the last line is free */
};

static void test_cases(void **state)
{
    (void)state;
    break_room room = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        break_item items[200];
        char got[400];
        bool nomem = false;
        size_t n = sketch(cases[i].text, items);
        break_rules rules = { cases[i].measure, cases[i].tolerance, cases[i].extra, cases[i].must };
        bool ok = pdf_break(&room, items, n, &rules, &nomem);
        show(items, &room.lines, got);
        if (!ok || strcmp(got, cases[i].lines) != 0)
            fail_msg("case %zu '%s': %d, got '%s'", i, cases[i].text, ok, got);
    }
    pdf_break_room_free(&room);
}

static void test_infeasible(void **state)
{
    (void)state;
    break_room room = { 0 };
    break_item items[40];
    bool nomem = false;
    size_t n = sketch("xxxxxxxxxxxxxxxxxxxxxx xx", items);
    break_rules rules = { 10, 1, 0, false };
    assert_false(pdf_break(&room, items, n, &rules, &nomem));
    assert_false(nomem);
    pdf_break_room_free(&room);
}

static double width_of(const break_item *items, const break_line *line)
{
    double w = 0;
    for (size_t k = line->start; k < line->end; k++)
        w += items[k].kind == BREAK_PENALTY ? 0 : items[k].width - (items[k].kind == BREAK_GLUE ? items[k].shrink : 0);
    return w + (items[line->end].kind == BREAK_PENALTY ? items[line->end].width : 0);
}

/* Long random paragraphs: no line is too long even when shrunk, and all items come in order. */
static void test_random(void **state)
{
    (void)state;
    enum { N = 60000 };
    break_item *items = calloc(N + 3, sizeof *items);
    break_room room = { 0 };
    bool nomem = false;
    uint32_t seed = 7;
    for (size_t i = 0; i < N; i++) {
        seed = seed * 1664525 + 1013904223;
        if (i % 2)
            items[i] = (break_item){ .kind = BREAK_GLUE, .width = 3, .stretch = 1.5f, .shrink = 1 };
        else
            items[i] = (break_item){ .kind = BREAK_BOX, .width = (float)(5 + (seed >> 16) % 50) };
    }
    items[N] = (break_item){ .kind = BREAK_PENALTY, .penalty = BREAK_NEVER };
    items[N + 1] = (break_item){ .kind = BREAK_GLUE, .stretch = 1e6f };
    items[N + 2] = (break_item){ .kind = BREAK_PENALTY, .penalty = BREAK_FORCED };
    break_rules rules = { 345, 0, 20, true };
    assert_true(pdf_break(&room, items, N + 3, &rules, &nomem));
    size_t next = 0;
    for (size_t i = 0; i < room.lines.n; i++) {
        if (width_of(items, &room.lines.p[i]) > 345.01)
            fail_msg("line %zu is too long", i);
        assert_true(room.lines.p[i].start >= next && room.lines.p[i].start <= next + 1);
        next = room.lines.p[i].end;
    }
    assert_int_equal(next, N + 2);
    pdf_break_room_free(&room);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_infeasible), cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
