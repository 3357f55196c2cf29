/* needs: write-pdf */
/* PDF syntax, whole words, and painting books set by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "write/pdf/cff.h"
#include "write/pdf/paint.h"
#include "write/pdf/png.h"
#include "write/pdf/put.h"

/* ---- syntax ---- */

static const struct { double v; const char *out; } numbers[] = {
    { 0, "0" }, { -0.001, "0" }, { 12.5, "12.5" }, { 0.25, ".25" }, { -0.5, "-.5" }, { 100, "100" }, { 1.005, "1" },
    { 595.276, "595.28" }, { -3.999, "-4" }, { NAN, "0" }, { INFINITY, "0" }, { 1e300, "20000000" },
};

static void test_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        ofp_buf b = { 0 };
        pdf_put_num(&b, numbers[i].v);
        if (!ofp_str_eq(ofp_buf_str(&b), ofp_s(numbers[i].out)))
            fail_msg("%g: %.*s, not %s", numbers[i].v, (int)b.n, b.p, numbers[i].out);
        ofp_buf_free(&b);
    }
}

static const struct { void (*put)(ofp_buf *, ofp_str); const char *in, *out; } strings[] = {
    { pdf_put_text, "", "()" },
    { pdf_put_text, "plain (text) \\", "(plain \\(text\\) \\\\)" },
    { pdf_put_text, "\xC3\xBC", "<FEFF00FC>" },
    { pdf_put_text, "\xF0\x9F\x98\x80", "<FEFFD83DDE00>" },
    { pdf_put_text, "a\nb", "<FEFF0061000A0062>" },
    { pdf_put_bytes, "a\rb", "(a\\rb)" },
    { pdf_put_name, "Name", "/Name" },
    { pdf_put_name, "a b#/(", "/a#20b#23#2F#28" },
};

static void test_strings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        ofp_buf b = { 0 };
        strings[i].put(&b, ofp_s(strings[i].in));
        if (!ofp_str_eq(ofp_buf_str(&b), ofp_s(strings[i].out)))
            fail_msg("\"%s\": %.*s, not %s", strings[i].in, (int)b.n, b.p, strings[i].out);
        ofp_buf_free(&b);
    }
}

static void test_broken_cff(void **state)
{
    static const char *const programs[] = { "", "\1", "\1\0\4\1", "\1\0\4\1\0\1\1\1\1\377", "\1\0\4\1\377\377\4\377\377\377\377" };
    uint16_t cids[4];
    (void)state;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        assert_false(cff_cids(programs[i], i < 3 ? i * 2 : 10, cids, 4));
}

/* ---- a book by hand ---- */

typedef struct sheet {
    pdf_book book;
    pdf_page page;
    pdf_item items[64];
    pdf_elem elems[16];
    pdf_link link;
    pdf_dest dest[3];
    pdf_mark mark[4];
    pdf_fonts *fonts;
    type_metrics type;
    ofp_options opt;
} sheet;

static void open_sheet(sheet *s)
{
    ofp_err e = { 0 };
    memset(s, 0, sizeof *s);
    s->fonts = pdf_fonts_new(&s->opt, NULL, &e);
    assert_non_null(s->fonts);
    s->type = pdf_fonts_metrics(s->fonts);
    s->page = (pdf_page){ .width = 595, .height = 842, .items = s->items, .label = OFP_STR("1") };
    s->book = (pdf_book){ .arena = ofp_arena_new(), .pages = &s->page, .npages = 1, .elems = s->elems, .nelems = 3, .tagged = true,
                          .title = OFP_STR("A <title> & more"), .lang = OFP_STR("en"), .date = OFP_STR("2026-02-19") };
    s->elems[1] = (pdf_elem){ .tag = PDF_DOCUMENT };
    s->elems[2] = (pdf_elem){ .tag = PDF_P, .parent = 1 };
}

static void close_sheet(sheet *s)
{
    pdf_fonts_free(s->fonts);
    ofp_arena_free(s->book.arena);
}

static pdf_item *put(sheet *s, const char *text, double x, double y, unsigned elem)
{
    const type_shape *sh = s->type.shape(s->type.user, (type_style){ TYPE_SERIF, 0 }, ofp_s(text), OFP_STR("en"));
    assert_non_null(sh);
    pdf_item *it = &s->items[s->page.nitems++];
    *it = (pdf_item){ .kind = PDF_GLYPHS, .elem = elem, .x = x, .y = y, .w = sh->width * 10, .run = sh->runs, .size = 10 };
    return it;
}

static void paint(sheet *s, ofp_buf *out)
{
    ofp_err e = { 0 };
    if (!pdf_paint(&s->book, s->fonts, out, &e))
        fail_msg("%s", e.msg);
    assert_memory_equal(out->p, "%PDF-1.7\n", 9);
    assert_true(ofp_str_ends(ofp_buf_str(out), OFP_STR("%%EOF\n")));
}

static void fill(sheet *s)
{
    put(s, "Hello", 72, 700, 2)->space_after = true;
    put(s, "worl", 110, 700, 2);
    put(s, "-", 130, 700, 2)->soft_hyphen = true;
    put(s, "dly", 72, 688, 2);
    put(s, "1", 300, 30, 0);
    s->items[s->page.nitems++] = (pdf_item){ .kind = PDF_RECT, .x = 72, .y = 40, .w = 400, .h = 0.5 };
    s->dest[0] = (pdf_dest){ OFP_STR("b"), 0, 72, 700 };
    s->dest[1] = (pdf_dest){ OFP_STR("a"), 0, 72, 700 };
    s->dest[2] = (pdf_dest){ OFP_STR("a"), 0, 72, 100 };
    s->mark[0] = (pdf_mark){ OFP_STR("One"), 1, OFP_STR("a") };
    s->mark[1] = (pdf_mark){ OFP_STR("Deep"), 3, OFP_STR("b") };
    s->mark[2] = (pdf_mark){ OFP_STR("Two"), 1, OFP_STR("b") };
    s->book.dests = s->dest, s->book.ndests = 3;
    s->book.marks = s->mark, s->book.nmarks = 3;
    s->elems[3] = (pdf_elem){ .tag = PDF_LINK, .parent = 2, .alt = OFP_STR("a place") };
    s->elems[4] = (pdf_elem){ .tag = PDF_NOTE, .parent = 1 };
    s->book.nelems = 5;
    s->link = (pdf_link){ 72, 690, 100, 710, OFP_STR("https://example.org/\xC3\xBC"), { NULL, 0 }, 3 };
    s->page.links = &s->link, s->page.nlinks = 1;
}

static void test_same_bytes(void **state)
{
    (void)state;
    ofp_buf out[2] = { { 0 } };
    for (int i = 0; i < 2; i++) {
        sheet s;
        open_sheet(&s);
        fill(&s);
        paint(&s, &out[i]);
        close_sheet(&s);
    }
    assert_true(ofp_str_eq(ofp_buf_str(&out[0]), ofp_buf_str(&out[1])));
    /* XMP is there to be read by anyone */
    assert_true(ofp_str_find(ofp_buf_str(&out[0]), OFP_STR("A &lt;title&gt; &amp; more"), 0) != SIZE_MAX);
    assert_true(ofp_str_find(ofp_buf_str(&out[0]), OFP_STR("<pdfuaid:part>1"), 0) != SIZE_MAX);
    ofp_buf_free(&out[0]);
    ofp_buf_free(&out[1]);
}

static void test_without_tags(void **state)
{
    (void)state;
    sheet s;
    ofp_buf out = { 0 };
    open_sheet(&s);
    fill(&s);
    s.book.tagged = false;
    paint(&s, &out);
    assert_true(ofp_str_find(ofp_buf_str(&out), OFP_STR("pdfuaid:part"), 0) == SIZE_MAX);
    ofp_buf_free(&out);
    close_sheet(&s);
}

static void test_whole_words(void **state)
{
    (void)state;
    sheet s;
    open_sheet(&s);
    put(&s, "a", 72, 700, 2)->space_after = true;
    put(&s, "(un", 90, 700, 2);
    put(&s, "for", 100, 700, 2);
    put(&s, "-", 120, 700, 2)->soft_hyphen = true;
    put(&s, "get", 72, 688, 2);
    put(&s, "-", 90, 688, 2)->soft_hyphen = true;
    put(&s, "table)", 72, 676, 2)->space_after = true;
    put(&s, "next", 110, 676, 2);
    put(&s, "-", 130, 676, 2)->soft_hyphen = true;              /* goes on on another page */
    const ofp_str **says = whole_words(&s.page, s.book.arena);
    assert_non_null(says);
    assert_null(says[0]);
    for (size_t i = 1; i <= 3; i++)
        assert_true(ofp_str_eq(*says[i], OFP_STR("(unforgettable)")));
    for (size_t i = 4; i <= 6; i++)
        assert_int_equal(says[i]->n, 0);
    assert_null(says[7]);
    assert_null(says[8]);
    close_sheet(&s);
}

/* A header that promises a picture is passed on; anything else is left to the decoder. */
static void test_images(void **state)
{
    static const char jpeg[] = "\xFF\xD8\xFF\xEE\x00\x0E" "Adobe\0d\0\0\0\0\2" "\xFF\xC0\x00\x14\x08\x00\x10\x00\x20\x04"
                               "\1\x11\0\2\x11\0\3\x11\0\4\x11\0" "\xFF\xDA\x00\x02\x01\xFF\xD9";
    (void)state;
    ofp_err e = { 0 };
    pdf_canvas *c = pdf_canvas_new(&e);
    pdf_images im = { .arena = pdf_canvas_arena(c) };
    ofp_image good = { .bytes = { jpeg, sizeof jpeg - 1 }, .media = OFP_MEDIA_JPEG, .width = 32, .height = 16, .orientation = 6 };
    ofp_image cut = { .bytes = { jpeg, sizeof jpeg - 3 }, .media = OFP_MEDIA_JPEG };
    const char *why = NULL;
    pdf_item whole = { .image = &good }, broken = { .image = &cut };
    image_object o = *image_find(&im, c, &whole, &why);
    assert_int_not_equal(o.object, 0);
    assert_int_equal(o.orientation, 6);
    assert_int_equal(image_find(&im, c, &whole, &why)->object, o.object);
    assert_int_equal(image_find(&im, c, &broken, &why)->object, 0);
    assert_non_null(why);
    pdf_canvas_free(c);
}

/* A drawing is an object for each size that it is printed at, of no more pixels than anybody sees. */
static void test_drawings(void **state)
{
    static const struct { double w, h; unsigned width, height; size_t images; } cases[] = {
        { 36, 18, 150, 75, 1 }, { 72, 36, 300, 150, 2 }, { 36, 18, 150, 75, 2 }, { 0.01, 0.01, 1, 1, 3 }, { 960, 960, 2000, 2000, 4 },
    };
    (void)state;
    ofp_err e = { 0 };
    ofp_options opt = { 0 };
    pdf_canvas *c = pdf_canvas_new(&e);
    pdf_images im = { .arena = pdf_canvas_arena(c), .opt = &opt };
    ofp_image svg = { .bytes = OFP_STR("<svg viewBox='0 0 2 1'><circle r='1'/></svg>"), .media = OFP_MEDIA_SVG };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why = "";
        pdf_item it = { .image = &svg, .w = cases[i].w, .h = cases[i].h };
        image_object *o = image_find(&im, c, &it, &why);
        if (!o || !o->object || o->width != cases[i].width || o->height != cases[i].height || im.n != cases[i].images)
            fail_msg("case %zu: %u by %u, %zu images, %s", i, o->width, o->height, im.n, why);
    }
    pdf_canvas_free(c);
}

#define PNG(bytes) { bytes, sizeof bytes - 1 }
static const struct { const char *name; ofp_str bytes; bool plain; } pngs[] = {
    { "gray", PNG("\x89\x50\x4E\x47\x0D\x0A\x1A\x0A\x00\x00\x00\x0D\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01"
            "\x08\x00\x00\x00\x00\xD1\x49\x20\x56\x00\x00\x00\x0B\x49\x44\x41\x54\x78\x9C\x63\x10\xF8\x00\x00"
            "\x01\x13\x01\x01\x75\x5B\x66\xFC\x00\x00\x00\x00\x49\x45\x4E\x44\xAE\x42\x60\x82"), true },
    { "too few rows", PNG("\x89\x50\x4E\x47\x0D\x0A\x1A\x0A\x00\x00\x00\x0D\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01"
            "\x08\x00\x00\x00\x00\xD1\x49\x20\x56\x00\x00\x00\x0A\x49\x44\x41\x54\x78\x9C\x63\x10\x00\x00\x00"
            "\x12\x00\x11\xA5\x56\xC7\x4E\x00\x00\x00\x00\x49\x45\x4E\x44\xAE\x42\x60\x82"), false },
    { "alpha", PNG("\x89\x50\x4E\x47\x0D\x0A\x1A\x0A\x00\x00\x00\x0D\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01"
            "\x08\x04\x00\x00\x00\x5E\x2B\xB7\x01\x00\x00\x00\x0D\x49\x44\x41\x54\x78\x9C\x63\x10\xF8\xFF\xE1"
            "\x3F\x00\x06\x21\x02\xFF\x7D\x03\xDE\xE4\x00\x00\x00\x00\x49\x45\x4E\x44\xAE\x42\x60\x82"), false },
    { "interlaced", PNG("\x89\x50\x4E\x47\x0D\x0A\x1A\x0A\x00\x00\x00\x0D\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01"
            "\x08\x00\x00\x00\x01\xA6\x4E\x10\xC0\x00\x00\x00\x0B\x49\x44\x41\x54\x78\x9C\x63\x10\xF8\x00\x00"
            "\x01\x13\x01\x01\x75\x5B\x66\xFC\x00\x00\x00\x00\x49\x45\x4E\x44\xAE\x42\x60\x82"), false },
    { "unknown filter", PNG("\x89\x50\x4E\x47\x0D\x0A\x1A\x0A\x00\x00\x00\x0D\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01"
            "\x08\x00\x00\x00\x00\xD1\x49\x20\x56\x00\x00\x00\x0B\x49\x44\x41\x54\x78\x9C\x63\x15\xF8\x00\x00"
            "\x01\x22\x01\x06\x86\x76\x72\x9C\x00\x00\x00\x00\x49\x45\x4E\x44\xAE\x42\x60\x82"), false },
};

static void test_plain_png(void **state)
{
    (void)state;
    ofp_arena *a = ofp_arena_new();
    png_plain png;
    for (size_t i = 0; i < sizeof pngs / sizeof *pngs; i++) {
        if (png_read_plain(a, pngs[i].bytes, &png) != pngs[i].plain)
            fail_msg("%s", pngs[i].name);
        for (size_t n = 0; n < pngs[i].bytes.n; n++)
            assert_false(png_read_plain(a, ofp_str_sub(pngs[i].bytes, 0, n), &png));
    }
    ofp_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_strings), cmocka_unit_test(test_broken_cff),
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_without_tags), cmocka_unit_test(test_whole_words),
        cmocka_unit_test(test_images), cmocka_unit_test(test_drawings), cmocka_unit_test(test_plain_png),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
