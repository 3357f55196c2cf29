/* needs: write-pdf */
/* Shaping with the fonts that the package list names: Linux Libertine, DejaVu and STIX. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include "base/world.h"
#include "write/pdf/fonts.h"

typedef struct fixture { ofp_log log; ofp_options opt; unsigned missing; pdf_fonts *fonts; type_metrics type; } fixture;

static void count(void *user, enum ofp_diag code, ofp_pos at, const char *msg)
{
    (void)at, (void)msg;
    ((fixture *)user)->missing += code == OFP_D_GLYPH_MISSING;
}

static fixture open_fonts(void)
{
    fixture x = { .log = { .sink = count } };
    return x;
}

static void begin(fixture *x)
{
    ofp_err e = { 0 };
    x->log.user = x;
    x->opt.log = &x->log;
    x->fonts = pdf_fonts_new(&x->opt, NULL, &e);
    if (!x->fonts)
        fail_msg("%s", e.msg);
    x->type = pdf_fonts_metrics(x->fonts);
}

static const type_shape *shape(fixture *x, enum type_family family, unsigned flags, const char *text)
{
    const type_shape *s = x->type.shape(x->type.user, (type_style){ family, flags }, ofp_s(text), OFP_STR("en"));
    assert_non_null(s);
    return s;
}

static size_t glyphs(const type_shape *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += s->runs[i].n;
    return n;
}

static const struct { enum type_family family; unsigned flags; const char *text; size_t runs, glyphs; bool rtl; } shapes[] = {
    { TYPE_SERIF, 0, "", 0, 0, false },
    { TYPE_SERIF, 0, "word", 1, 4, false },
    { TYPE_SERIF, 0, "fi", 1, 1, false },                       /* a ligature */
    { TYPE_SERIF, 0, "a\xC2\xADz", 1, 2, false },               /* a soft hyphen has no glyph */
    { TYPE_SERIF, 0, "e\xCC\x81", 1, 1, false },                /* composed */
    { TYPE_MONO, 0, "fi->", 1, 4, false },                      /* code keeps its letters */
    { TYPE_MONO, TYPE_SMALLCAPS, "Ab", 2, 2, false },           /* small capitals made of capitals */
    { TYPE_SERIF, TYPE_SMALLCAPS, "Ab", 1, 2, false },          /* the font's own */
    { TYPE_SERIF, 0, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", 1, 4, true },
    { TYPE_SERIF, 0, "a\xD7\xA9\xD7\x9C", 2, 3, false },        /* two directions */
    { TYPE_SERIF, 0, "a\xE1\x83\x90", 2, 2, false },            /* Georgian comes from another font */
    { TYPE_SERIF, 0, "\x01", 1, 1, false },
};

static void test_shapes(void **state)
{
    (void)state;
    fixture x = open_fonts();
    begin(&x);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const type_shape *s = shape(&x, shapes[i].family, shapes[i].flags, shapes[i].text);
        if (s->n != shapes[i].runs || glyphs(s) != shapes[i].glyphs)
            fail_msg("case %zu \"%s\": %zu runs, %zu glyphs", i, shapes[i].text, s->n, glyphs(s));
        if (s->n && s->runs[0].rtl != shapes[i].rtl)
            fail_msg("case %zu \"%s\": direction", i, shapes[i].text);
    }
    assert_int_equal(x.missing, 0);
    pdf_fonts_free(x.fonts);
}

/* Clusters rise with the text, fall where it runs from right to left, and stay inside of it. */
static void test_clusters(void **state)
{
    static const char *const texts[] = { "office", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "na\xC3\xAFve", "(a)\xD7\xA9(b)" };
    (void)state;
    fixture x = open_fonts();
    begin(&x);
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        const type_shape *s = shape(&x, TYPE_SERIF, 0, texts[t]);
        for (size_t r = 0; r < s->n; r++)
            for (size_t i = 0; i < s->runs[r].n; i++) {
                const type_run *run = &s->runs[r];
                assert_true(run->glyphs[i].cluster < run->text.n);
                if (i)
                    assert_true(run->rtl ? run->glyphs[i].cluster <= run->glyphs[i - 1].cluster
                                         : run->glyphs[i].cluster >= run->glyphs[i - 1].cluster);
            }
    }
    pdf_fonts_free(x.fonts);
}

static void test_widths(void **state)
{
    (void)state;
    fixture x = open_fonts();
    begin(&x);
    assert_true(shape(&x, TYPE_SERIF, 0, "AV")->width <
                shape(&x, TYPE_SERIF, 0, "A")->width + shape(&x, TYPE_SERIF, 0, "V")->width);      /* kerned */
    assert_true(shape(&x, TYPE_SERIF, TYPE_TABULAR, "1111")->width == shape(&x, TYPE_SERIF, TYPE_TABULAR, "0000")->width);
    assert_true(shape(&x, TYPE_MONO, TYPE_SMALLCAPS, "b")->width < shape(&x, TYPE_MONO, 0, "b")->width);
    assert_ptr_equal(shape(&x, TYPE_SERIF, 0, "word"), shape(&x, TYPE_SERIF, 0, "word"));           /* kept */
    assert_ptr_not_equal(shape(&x, TYPE_SERIF, 0, "word"), shape(&x, TYPE_SERIF, TYPE_BOLD, "word"));
    type_height h = x.type.height(x.type.user, (type_style){ TYPE_SERIF, 0 });
    assert_true(h.ascent > h.cap_height && h.cap_height > h.x_height && h.x_height > 0 && h.descent > 0);
    pdf_fonts_free(x.fonts);
}

static void test_missing_is_told_once(void **state)
{
    (void)state;
    fixture x = open_fonts();
    begin(&x);
    shape(&x, TYPE_SERIF, 0, "\xF3\xB0\x80\x80" "a");           /* U+F0000, private use */
    const type_shape *s = shape(&x, TYPE_SERIF, TYPE_BOLD, "b\xF3\xB0\x80\x80");
    assert_int_equal(x.missing, 0);
    x.type.tell(x.type.user, "in.html");
    x.type.tell(x.type.user, "in.html");
    assert_int_equal(x.missing, 1);
    for (size_t i = 0; i < s->runs[0].n; i++)
        assert_int_not_equal(s->runs[0].glyphs[i].id, 0);       /* never .notdef */
    pdf_fonts_free(x.fonts);
}

/* Letters that the slanted or bold file of a family lacks come from its upright one. */
static void test_styles_of_other_scripts(void **state)
{
    (void)state;
    fixture x = open_fonts();
    begin(&x);
    for (unsigned style = 0; style < FONT_STYLES; style++)
        shape(&x, TYPE_SERIF, style, "\u0634\u064A\u0621 \u05D0");
    x.type.tell(x.type.user, NULL);
    assert_int_equal(x.missing, 0);
    pdf_fonts_free(x.fonts);
}

/* ---- the math font ---- */

/* Where ink begins and ends, by the sign's own measures. */
static double grown_size(const math_sign *s, bool upright)
{
    return upright ? s->ascent + s->descent : s->run.width;
}

/* How near a sign comes to a size: fences and arrows as near as their parts can, accents not beyond it. */
static const struct { uint32_t cp; bool upright; double size, least, most; enum math_fit fit; } grown[] = {
    { '(', true, 0, 0.8, 0.9, MATH_FILL }, { '(', true, 1, 1, 1.3, MATH_FILL }, { '(', true, 5, 5, 5.6, MATH_FILL },
    { '(', true, 40, 40, 40.9, MATH_FILL }, { '{', true, 2.2, 2.2, 2.5, MATH_FILL }, { '{', true, 9, 9, 9.7, MATH_FILL },
    { '|', true, 3, 3, 3.05, MATH_FILL }, { 0x221A, true, 7, 7, 7.4, MATH_FILL }, { 0x2192, false, 0.5, 0.5, 1, MATH_FILL },
    { 0x2192, false, 6, 6, 6.5, MATH_FILL }, { 0x23DE, false, 4, 4, 4.6, MATH_FILL }, { 0x302, false, 1.2, 0.5, 1.2, MATH_WITHIN },
    { 0x302, false, 30, 2, 3, MATH_WITHIN }, { 'x', true, 5, 0.3, 0.6, MATH_FILL },
    { '(', true, 1e9, 1000, 1e5, MATH_FILL },                   /* there is an end to it */
};

static void test_signs_that_grow(void **state)
{
    (void)state;
    fixture x = open_fonts();
    begin(&x);
    const math_type *m = x.type.math(x.type.user);
    assert_non_null(m);
    for (size_t i = 0; i < sizeof grown / sizeof *grown; i++) {
        const math_sign *s = m->grown(m->user, grown[i].cp, grown[i].upright, grown[i].size, grown[i].fit);
        assert_non_null(s);
        double size = grown_size(s, grown[i].upright), width = 0;
        if (size < grown[i].least - 0.001 || size > grown[i].most)
            fail_msg("U+%04X is %.3f, not %.3f to %.3f", (unsigned)grown[i].cp, size, grown[i].least, grown[i].most);
        for (size_t k = 0; k < s->run.n; k++)
            width += s->run.glyphs[k].advance;
        assert_true(fabs(width - s->run.width) < 0.001);
        assert_int_equal(ofp_utf8_count(s->run.text), 1);
    }
    pdf_fonts_free(x.fonts);
}

static void test_signs(void **state)
{
    (void)state;
    fixture x = open_fonts();
    begin(&x);
    const math_type *m = x.type.math(x.type.user);
    assert_ptr_equal(m, x.type.math(x.type.user));
    const math_sign *v = m->sign(m->user, 0x1D449, 0), *sum = m->sign(m->user, 0x2211, 0);      /* an italic V; a sum */
    assert_non_null(v);
    assert_non_null(sum);
    assert_ptr_equal(v, m->sign(m->user, 0x1D449, 0));
    assert_true(v->italic > 0.05 && v->ascent > 0.6 && v->ascent < 0.75);
    assert_true(sum->italic < 0.02 && sum->descent > 0.1);
    assert_null(m->sign(m->user, 0x6F22, 0));                    /* no Chinese */
    double axis = m->constant(m->user, MATH_AXIS_HEIGHT), script = m->constant(m->user, MATH_SCRIPT_PERCENT_SCALE_DOWN);
    assert_true(axis > 0.2 && axis < 0.35);
    assert_true(script > 0.6 && script < 0.85);
    double up, down;
    m->ink(m->user, &shape(&x, TYPE_SERIF, 0, "xgl")->runs[0], &up, &down);
    assert_true(up > 0.6 && up < 0.8 && down > 0.15 && down < 0.3);
    m->ink(m->user, &shape(&x, TYPE_SERIF, 0, " ")->runs[0], &up, &down);
    assert_true(up == 0 && down == 0);
    pdf_fonts_free(x.fonts);
}

/* The text font is never the math font's place-holder: without one, formulas are text. */
static bool no_math_exists(void *user, const char *path)
{
    return !strstr(path, "Math") && !strstr(path, "math") && ofp_world_or_os(NULL)->exists(user, path);
}

static void test_no_math_font(void **state)
{
    (void)state;
    ofp_world world = *ofp_world_or_os(NULL);
    world.exists = no_math_exists;
    fixture x = open_fonts();
    x.opt.world = &world;
    begin(&x);
    assert_null(x.type.math(x.type.user));
    assert_null(x.type.math(x.type.user));
    pdf_fonts_free(x.fonts);
}

static bool nothing_exists(void *user, const char *path)
{
    (void)user, (void)path;
    return false;
}

static const char *no_home(void *user)
{
    (void)user;
    return NULL;
}

static void test_no_fonts(void **state)
{
    (void)state;
    ofp_world world = *ofp_world_or_os(NULL);
    world.exists = nothing_exists;
    world.home = no_home;
    ofp_options opt = { .world = &world };
    ofp_err e = { 0 };
    assert_null(pdf_fonts_new(&opt, NULL, &e));
    assert_int_equal(e.code, OFP_EPDF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes), cmocka_unit_test(test_clusters), cmocka_unit_test(test_widths),
        cmocka_unit_test(test_missing_is_told_once), cmocka_unit_test(test_styles_of_other_scripts), cmocka_unit_test(test_no_fonts),
        cmocka_unit_test(test_signs_that_grow), cmocka_unit_test(test_signs), cmocka_unit_test(test_no_math_font),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
