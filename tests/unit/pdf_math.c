/* needs: write-pdf */
/* Formulas set with a made-up font: what boxes measure, where things stand in them, and that they keep to the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "write/pdf/math.h"
#include "write/pdf/page.h"
#include "write/pdf/style.h"

/* ---- a font in which every character is half an em wide and 0.7 high, and grows to any size ---- */

static double constant(void *user, enum math_constant c)
{
    static const double values[MATH_NCONSTANTS] = {
        [MATH_SCRIPT_PERCENT_SCALE_DOWN] = 0.7, [MATH_SCRIPT_SCRIPT_PERCENT_SCALE_DOWN] = 0.5, [MATH_DISPLAY_OPERATOR_MIN_HEIGHT] = 1.4,
        [MATH_AXIS_HEIGHT] = 0.25, [MATH_ACCENT_BASE_HEIGHT] = 0.5, [MATH_SUBSCRIPT_SHIFT_DOWN] = 0.2, [MATH_SUBSCRIPT_TOP_MAX] = 0.4,
        [MATH_SUBSCRIPT_BASELINE_DROP_MIN] = 0.1, [MATH_SUPERSCRIPT_SHIFT_UP] = 0.4, [MATH_SUPERSCRIPT_SHIFT_UP_CRAMPED] = 0.3,
        [MATH_SUPERSCRIPT_BOTTOM_MIN] = 0.1, [MATH_SUPERSCRIPT_BASELINE_DROP_MAX] = 0.3, [MATH_SUB_SUPERSCRIPT_GAP_MIN] = 0.2,
        [MATH_SUPERSCRIPT_BOTTOM_MAX_WITH_SUBSCRIPT] = 0.35, [MATH_SPACE_AFTER_SCRIPT] = 0.05, [MATH_UPPER_LIMIT_GAP_MIN] = 0.1,
        [MATH_UPPER_LIMIT_BASELINE_RISE_MIN] = 0.2, [MATH_LOWER_LIMIT_GAP_MIN] = 0.1, [MATH_LOWER_LIMIT_BASELINE_DROP_MIN] = 0.6,
        [MATH_STACK_TOP_SHIFT_UP] = 0.4, [MATH_STACK_BOTTOM_SHIFT_DOWN] = 0.4, [MATH_STACK_GAP_MIN] = 0.2,
        [MATH_STACK_TOP_DISPLAY_STYLE_SHIFT_UP] = 0.7, [MATH_STACK_BOTTOM_DISPLAY_STYLE_SHIFT_DOWN] = 0.7,
        [MATH_STACK_DISPLAY_STYLE_GAP_MIN] = 0.4, [MATH_FRACTION_NUMERATOR_SHIFT_UP] = 0.4,
        [MATH_FRACTION_NUMERATOR_DISPLAY_STYLE_SHIFT_UP] = 0.7, [MATH_FRACTION_DENOMINATOR_SHIFT_DOWN] = 0.4,
        [MATH_FRACTION_DENOMINATOR_DISPLAY_STYLE_SHIFT_DOWN] = 0.7, [MATH_FRACTION_NUMERATOR_GAP_MIN] = 0.05,
        [MATH_FRACTION_NUM_DISPLAY_STYLE_GAP_MIN] = 0.15, [MATH_FRACTION_RULE_THICKNESS] = 0.04, [MATH_FRACTION_DENOMINATOR_GAP_MIN] = 0.05,
        [MATH_FRACTION_DENOM_DISPLAY_STYLE_GAP_MIN] = 0.15, [MATH_OVERBAR_VERTICAL_GAP] = 0.1, [MATH_OVERBAR_RULE_THICKNESS] = 0.04,
        [MATH_OVERBAR_EXTRA_ASCENDER] = 0.04, [MATH_UNDERBAR_VERTICAL_GAP] = 0.1, [MATH_UNDERBAR_RULE_THICKNESS] = 0.04,
        [MATH_RADICAL_VERTICAL_GAP] = 0.1, [MATH_RADICAL_DISPLAY_STYLE_VERTICAL_GAP] = 0.2, [MATH_RADICAL_RULE_THICKNESS] = 0.04,
        [MATH_RADICAL_EXTRA_ASCENDER] = 0.04, [MATH_RADICAL_DEGREE_BOTTOM_RAISE_PERCENT] = 0.6,
    };
    (void)user;
    return values[c];
}

enum { SLANTED = 0x1D453 /* f, which leans out by a tenth */, PRIME = 0x2032 /* raised as drawn */, MISSING = 0x4E00 };

static math_sign *make_sign(ofp_arena *a, uint32_t cp, double width, double ascent)
{
    math_sign *s = ofp_arena_zalloc(a, 1, sizeof *s);
    type_glyph *g = ofp_arena_zalloc(a, 1, sizeof *g);
    char utf8[4];
    assert_true(s && g);
    *g = (type_glyph){ .id = cp, .advance = (float)width };
    s->run = (type_run){ .text = ofp_arena_dup(a, (ofp_str){ utf8, ofp_utf8_put(cp, utf8) }), .glyphs = g, .n = 1, .width = width };
    s->ascent = ascent;
    s->descent = cp == PRIME ? -0.4 : 0;
    s->italic = cp == SLANTED ? 0.1 : 0;
    s->accent = width / 2;
    return s;
}

static const math_sign *sign(void *user, uint32_t cp, unsigned level)
{
    (void)level;
    return cp >= MISSING && cp < 0xA000 ? NULL : make_sign(user, cp, 0.5, 0.7);
}

static const math_sign *grown(void *user, uint32_t cp, bool upright, double size, enum math_fit fit)
{
    double least = upright ? 0.7 : 0.5, grew = size > least ? size : least;
    (void)fit;
    return upright ? make_sign(user, cp, 0.5, grew) : make_sign(user, cp, grew, 0.7);
}

static double kern(void *user, const math_sign *s, enum math_corner corner, double height)
{
    (void)user, (void)s, (void)corner, (void)height;
    return 0;
}

static void ink(void *user, const type_run *run, double *ascent, double *descent)
{
    (void)user, (void)run;
    *ascent = 0.7;
    *descent = 0;
}

static math_type fake_math;

static const math_type *open_math(void *user)
{
    fake_math = (math_type){ user, constant, sign, grown, kern, ink };
    return &fake_math;
}

static const type_shape *shape(void *user, type_style style, ofp_str text, ofp_str lang)
{
    type_shape *s = ofp_arena_zalloc(user, 1, sizeof *s);
    type_run *r = ofp_arena_zalloc(user, 1, sizeof *r);
    type_glyph *g = ofp_arena_zalloc(user, text.n + 1, sizeof *g);
    (void)style, (void)lang;
    assert_true(s && r && g);
    for (size_t i = 0; i < text.n; r->n++) {
        g[r->n] = (type_glyph){ .cluster = (uint32_t)i, .advance = 0.5f };
        g[r->n].id = ofp_utf8_next(text, &i);
    }
    r->text = ofp_arena_dup(user, text);
    r->glyphs = g;
    r->width = s->width = 0.5 * (double)r->n;
    s->runs = r;
    s->n = text.n > 0;
    return s;
}

static type_height height(void *user, type_style style)
{
    (void)user, (void)style;
    return (type_height){ 0.8, 0.2, 0.5, 0.7 };
}

/* ---- what boxes measure, in em ---- */

static type_metrics metrics(ofp_arena *a)
{
    return (type_metrics){ a, shape, height, NULL, open_math };
}

static math_box *set(ofp_arena *a, const char *tex, int level)
{
    formula *tag, *f = ofp_formula_parse(a, ofp_s(tex), &tag);
    type_metrics type = metrics(a);
    math_job j = { .arena = a, .type = &type, .font = open_math(a), .size = 1, .lang = OFP_STR("en") };
    if (!f)
        fail_msg("%s is no formula", tex);
    math_box *b = math_set(&j, f, (math_style){ .level = (enum math_level)level });
    assert_false(j.deep);
    return b;
}

#define MU(n) ((n) / 18.0)
#define SIDES (2 * MATH_SIDE_SPACE)
enum { D = LEVEL_DISPLAY, T = LEVEL_TEXT, S = LEVEL_SCRIPT, SS = LEVEL_SCRIPTSCRIPT };

static const struct { const char *tex; int level; double width, ascent, descent; } boxes[] = {
    { "x", T, 0.5, 0.7, 0 }, { "x", S, 0.35, 0.49, 0 }, { "x", SS, 0.25, 0.35, 0 }, { "12.5", T, 2, 0.7, 0 },
    /* spaces of classes; none but those beside operators' names in scripts */
    { "x+y", T, 1.5 + MU(8), 0.7, 0 }, { "x+y", S, 1.05, 0.49, 0 }, { "x=y", T, 1.5 + MU(10), 0.7, 0 }, { "-x", T, 1, 0.7, 0 },
    { "x=-y", T, 2 + MU(10), 0.7, 0 }, { "(x)", T, 1.5, 0.7, 0 }, { "x,y", T, 1.5 + MU(3), 0.7, 0 }, { "\\sin x", T, 2 + MU(3), 0.7, 0 },
    { "\\sin x", S, 1.4 + 0.7 * MU(3), 0.49, 0 }, { "\\sin(x)", T, 3, 0.7, 0 }, { "x\\,y", T, 1 + MU(3), 0.7, 0 }, { "x\\quad y", T, 2, 0.7, 0 },
    { "x<+y", T, 2 + MU(10), 0.7, 0 }, { "f", T, 0.5, 0.7, 0 }, { "f x", T, 1, 0.7, 0 }, { "f(", T, 1.1, 0.7, 0 }, { "f^2", T, 1, 0.89, 0 },
    /* scripts */
    { "x^2", T, 0.9, 0.89, 0 }, { "x_2", T, 0.9, 0.7, 0.2 }, { "x_2^2", T, 0.9, 0.89, 0.29 }, { "{}_2", T, 0.4, 0.29, 0.2 },
    { "x'", T, 1.05, 0.7, 0 }, { "x'^2", T, 1.4, 0.89, 0 }, { "x'_2", T, 1.05, 0.7, 0.29 - 0.09 },
    /* fractions: in text style, displayed, without a bar */
    { "\\frac xy", T, 0.35 + SIDES, 0.89, 0.4 }, { "\\frac xy", D, 0.5 + SIDES, 1.4, 0.7 }, { "\\tfrac xy", D, 0.35 + SIDES, 0.89, 0.4 },
    { "x\\frac xy^2x", T, 1 + 0.35 + SIDES + 0.4, 1.08, 0.4 }, { "x\\binom xyx", T, 1 + 1 + 0.35 + SIDES, 0.89, 0.4 },
    { "{x \\atop y}", T, 0.35 + SIDES, 0.89, 0.4 },
    /* roots */
    { "\\sqrt x", T, 1, 0.7 + 0.1 + 0.04 + 0.04, 0 }, { "\\sqrt x", D, 1, 0.7 + 0.2 + 0.04 + 0.04, 0 },
    /* large operators */
    { "\\sum", T, 0.5, 0.6, 0.1 }, { "\\sum", D, 0.5, 0.95, 0.45 }, { "\\sum^n", D, 0.5, 0.95 + 0.2 + 0.49, 0.45 },
    { "\\sum_n", D, 0.5, 0.95, 0.45 + 0.6 }, { "\\sum_n", T, 0.9, 0.6, 0.2 }, { "\\lim_n", D, 1.5, 0.7, 0.6 }, { "\\lim_n", T, 1.9, 0.7, 0.2 },
    { "\\int^n", D, 0.9, 1.14, 0.45 }, { "\\int\\limits^n", D, 0.5, 0.95 + 0.2 + 0.49, 0.45 },
    /* bars and accents */
    { "\\overline x", T, 0.5, 0.88, 0 }, { "\\underline x", T, 0.5, 0.7, 0.14 }, { "\\hat x", T, 0.5, 0.9, 0 },
    { "\\overrightarrow{xyz}", T, 1.5, 0.7 + 0.1 + 0.7, 0 },
    /* fences, and sizes of one's own */
    { "\\left(x\\right)", T, 1.5, 0.7, 0.1555 }, { "\\left(\\frac xy\\right)", D, 1 + 0.5 + SIDES, 1.4, 0.786 }, { "\\bigl(", T, 0.5, 0.85, 0.35 },
    { "\\left.x\\right|", T, 1 + MATH_SIDE_SPACE, 0.7, 0.1555 },
    /* rows of a table stand as far apart as lines */
    { "\\begin{matrix}x\\end{matrix}", T, 0.7, 0.61 + 0.25, 0.61 - 0.25 }, { "\\begin{matrix}x&y\\\\z&w\\end{matrix}", T, 2.2, 1.22 + 0.25, 1.22 - 0.25 },
    { "\\begin{matrix}x&y\\\\z\\end{matrix}", D, 2.2, 1.47, 0.97 }, { "\\begin{matrix}x\\\\[1em]y\\\\[9em]\\end{matrix}", T, 0.7, 1.97, 1.47 },
    { "\\begin{matrix}x\\\\[-99em]y\\end{matrix}", T, 0.7, 1.29, 0.79 },
    /* what shows nothing */
    { "\\phantom{x}", T, 0.5, 0.7, 0 }, { "\\hphantom{x}", T, 0.5, 0, 0 }, { "\\vphantom{x}", T, 0, 0.7, 0 }, { "{}", T, 0, 0, 0 },
    { "\\boxed{x}", T, 0.5 + 2 * 0.345, 0.7 + 0.345, 0.345 }, { "\\text{a b}", T, 1.5, 0.7, 0 }, { "\\text{\u6F22}", T, 0.5, 0.7, 0 },
    { "\\smash{x}y", T, 1, 0.7, 0 }, { "x\\smash{\\sum_i^n}", D, 1, 0.7, 0 }, { "\\mathrlap{xx}y", T, 0.5, 0.7, 0 },
    { "x\\hspace{1000em}", T, 60.5, 0.7, 0 },
};

static void test_boxes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        ofp_arena *a = ofp_arena_new();
        const math_box *b = set(a, boxes[i].tex, boxes[i].level);
        if (fabs(b->width - boxes[i].width) > 0.001 || fabs(b->ascent - boxes[i].ascent) > 0.001 || fabs(b->descent - boxes[i].descent) > 0.001)
            fail_msg("%s in style %d is %.3f wide, %.3f high, %.3f deep, not %.3f, %.3f, %.3f", boxes[i].tex, boxes[i].level, b->width,
                     b->ascent, b->descent, boxes[i].width, boxes[i].ascent, boxes[i].descent);
        ofp_arena_free(a);
    }
}

/* ---- where things stand ---- */

typedef struct found { double x, y, size; unsigned n; } found;

static void find(const math_box *b, uint32_t cp, double x, double y, found *out)
{
    for (const math_part *p = b->first; p; p = p->next)
        if (p->kind == PART_BOX)
            find(p->box, cp, x + p->x, y + p->y, out);
        else if (p->kind == (cp ? PART_RUN : PART_RULE) && (!cp || p->run->glyphs[0].id == cp))
            *out = (found){ x + p->x, y + p->y, cp ? p->size : p->h, out->n + 1 };
}

static const struct { const char *tex; int level; uint32_t cp; double x, y, size; } places[] = {
    { "f^2", T, '2', 0.6, 0.4, 0.7 }, { "f_2", T, '2', 0.5, -0.2, 0.7 }, { "x^{2^3}", T, '3', 0.85, 0.68, 0.5 },
    { "x'^2", T, '2', 1, 0.4, 0.7 }, { "x'", T, PRIME, 0.5, 0, 1 }, { "\\sum'", T, PRIME, 0.5, 0, 1 },
    { "\\begin{matrix}x\\\\y\\end{matrix}'", T, PRIME, 0.7, 0.77, 1 },
    { "\\sqrt{x^2}", T, '2', 1, 0.3, 0.7 },                                  /* cramped */
    { "\\frac1{x^2}", D, '2', MATH_SIDE_SPACE + 0.5, -0.71 + 0.3, 0.7 },              /* cramped, and lower to keep the gap */
    { "\\frac1x", D, 0, MATH_SIDE_SPACE, 0.23, 0.04 },                       /* the bar is on the axis */
    { "\\frac1{xyz}", D, '1', MATH_SIDE_SPACE + 0.5, 0.7, 1 },               /* in the middle */
    { "\\sum_{xyz}", D, 0x2211, 0.275, -0.45, 1 }, { "\\sqrt[3]{x}", T, '3', 0, 0.504, 0.5 },
    { "\\left(\\frac xy\\right)", D, 0x28, 0, -0.786, 1 }, { "\\overline{x}", T, 0, 0, 0.8, 0.04 },
    { "\\begin{aligned}a&=1\\\\bcd&=2\\end{aligned}", D, '1', 1.5 + 0.5 + MU(10), 0.76, 1 },
    { "x\\mathrlap{2}", T, '2', 0.5, 0, 1 }, { "x\\mathllap{2}", T, '2', 0, 0, 1 }, { "x\\mathclap{2}", T, '2', 0.25, 0, 1 },
    { "\\overset{2}{=}", T, '2', 0.075, 0.7 + 0.2, 0.7 }, { "\\underset{2}{=}", T, '2', 0.075, -0.6, 0.7 },
};

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        ofp_arena *a = ofp_arena_new();
        found f = { 0 };
        find(set(a, places[i].tex, places[i].level), places[i].cp, 0, 0, &f);
        if (f.n == 0 || fabs(f.x - places[i].x) > 0.001 || fabs(f.y - places[i].y) > 0.001 || fabs(f.size - places[i].size) > 0.001)
            fail_msg("U+%04X of %s stands at %.3f, %.3f in size %.3f", (unsigned)places[i].cp, places[i].tex, f.x, f.y, f.size);
        ofp_arena_free(a);
    }
}

/* Nothing stands outside of its box but for what negative spaces move, and that the box knows; \smash is there for that. */
static void check_inside(const math_box *b, const char *tex)
{
    for (const math_part *p = b->first; p; p = p->next) {
        double w = p->kind == PART_BOX ? p->box->right : p->kind == PART_RUN ? p->run->width * p->size : p->w;
        double left = p->kind == PART_BOX ? p->x + p->box->left : p->x;
        double up = p->kind == PART_BOX ? p->box->ascent : p->kind == PART_RUN ? 0.7 * p->size : p->h;
        if (left < b->left - 0.001 || p->x + w > b->right + 0.001 || p->y + up > b->ascent + 0.001)
            fail_msg("a part of %s leaves its box", tex);
        if (p->kind == PART_BOX)
            check_inside(p->box, tex);
    }
}

static void test_inside(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        ofp_arena *a = ofp_arena_new();
        if (!strstr(boxes[i].tex, "\\smash"))
            check_inside(set(a, boxes[i].tex, boxes[i].level), boxes[i].tex);
        ofp_arena_free(a);
    }
}

/* ---- on pages ---- */

#define assert_near(a, b, by) assert_true(fabs((a) - (b)) <= (by))

typedef struct bench { ofp_log log; ofp_doc *d; pdf_book book; ofp_options opt; ofp_err e; sheet sheet; bool no_font; } bench;

static void open_bench(bench *b)
{
    *b = (bench){ 0 };
    b->opt.log = &b->log;
    b->d = ofp_doc_new("test", &b->log);
    b->book = (pdf_book){ .arena = ofp_arena_new(), .tagged = true };
}

static ofp_node *math(bench *b, ofp_node *para, ofp_str tex, bool display)
{
    ofp_node *n = ofp_add(b->d, para, OFP_MATH);
    ofp_set_math(n, display, ofp_arena_dup(ofp_doc_arena(b->d), tex));
    return n;
}

static void lay_out(bench *b)
{
    type_metrics type = metrics(b->book.arena);
    if (b->no_font)
        type.math = NULL;
    ofp_tidy(b->d);
    if (!pdf_layout(&b->book, b->d, &b->opt, &type, NULL, &b->e))
        fail_msg("layout failed: %s", b->e.msg);
    assert_true(pdf_sheet(&b->sheet, &b->opt, &b->e));
}

static void close_bench(bench *b)
{
    ofp_doc_free(b->d);
    ofp_arena_free(b->book.arena);
}

static bool is_formula(const bench *b, const pdf_item *it)
{
    return b->book.elems[it->elem].tag == PDF_FORMULA;
}

static void check_margins(const bench *b, const char *tex)
{
    const sheet *s = &b->sheet;
    for (size_t p = 0; p < b->book.npages; p++)
        for (size_t i = 0; i < b->book.pages[p].nitems; i++) {
            const pdf_item *it = &b->book.pages[p].items[i];
            double hang = 0.35 * s->size, right = it->kind == PDF_LINE || it->w > 0 ? it->x + it->w : it->x;
            if (is_formula(b, it) && (it->x < s->left - s->reach - hang || right > s->width - s->right + s->reach + hang ||
                                      it->y < s->bottom - s->lead || it->y > s->height - s->top))
                fail_msg("%.60s: item %zu of page %zu at %.1f, %.1f leaves the page", tex, i, p, it->x, it->y);
        }
}

/* A unit again and again between a head and a tail. */
static ofp_str long_tex(ofp_doc *d, const char *head, const char *unit, int times, const char *tail)
{
    ofp_buf t = { 0 };
    ofp_buf_puts(&t, head);
    for (int i = 0; i < times; i++)
        ofp_buf_puts(&t, unit);
    ofp_buf_puts(&t, tail);
    return ofp_buf_take(&t, ofp_doc_arena(d));
}

static const struct { const char *head, *unit; int times; const char *tail; } nasty[] = {
    { "", "{", 10000, "x" }, { "", "x+", 20000, "y" }, { "", "x", 60000, "" }, { "\\left(", "x=", 9000, "x\\right)" },
    { "\\begin{matrix}", "x&", 999, "x\\end{matrix}" }, { "\\left(\\begin{matrix}", "x\\\\", 5000, "x\\end{matrix}\\right)" },
    { "", "\\frac{1}{1+", 40, "1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}" }, { "", "\\Biggl(", 3000, "" }, { "\\hspace{-1000em}", "x", 3, "" },
    { "", "x\\hspace{-9em}", 30, "" }, { "x", "\\hspace{100em}", 30, "=x" }, { "x\\tag{", "long ", 200, "}" }, { "", "\\hat{x}", 8000, "" },
    { "", "\\quad", 3, "" }, { "", "", 0, "" }, { "\\rule{1000em}{1000em}", "", 0, "" }, { "\\sqrt{", "x\\quad=", 900, "x}" },
};

static void nasty_places(bench *b, ofp_str tex, bool display)
{
    ofp_node *root = ofp_root(b->d), *p = ofp_add(b->d, root, OFP_PARA);
    ofp_add_text(b->d, p, OFP_STR("words before "));
    math(b, p, tex, display);
    ofp_add_text(b->d, p, OFP_STR(", words behind"));
    ofp_node *item = ofp_add(b->d, ofp_add(b->d, root, OFP_ULIST), OFP_ITEM);
    math(b, ofp_add(b->d, item, OFP_PARA), tex, display);
    ofp_node *table = ofp_add(b->d, root, OFP_TABLE), *body;
    ofp_set_cols(b->d, table, (ofp_col[2]){ { 0 } }, 2);
    ofp_add(b->d, table, OFP_THEAD);
    body = ofp_add(b->d, table, OFP_TBODY);
    ofp_node *row = ofp_add(b->d, body, OFP_ROW);
    math(b, ofp_add(b->d, ofp_add(b->d, row, OFP_CELL), OFP_PLAIN), tex, display);
    ofp_add_text(b->d, ofp_add(b->d, ofp_add(b->d, row, OFP_CELL), OFP_PLAIN), OFP_STR("another cell"));
    ofp_add(b->d, table, OFP_TFOOT);
}

static void test_nothing_leaves_the_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++)
        for (int how = 0; how < 4; how++) {
            bench b;
            open_bench(&b);
            b.opt.page_size = how & 1 ? "70x90mm" : NULL;
            ofp_str tex = long_tex(b.d, nasty[i].head, nasty[i].unit, nasty[i].times, nasty[i].tail);
            nasty_places(&b, tex, how & 2);
            lay_out(&b);
            check_margins(&b, tex.p);
            close_bench(&b);
        }
}

/* The lines of formulas on the first page, from above: where each begins, and how many there are. */
static size_t lines_of(const bench *b, double *x, size_t max)
{
    size_t n = 0;
    double y = -1;
    for (size_t i = 0; i < b->book.pages[0].nitems; i++) {
        const pdf_item *it = &b->book.pages[0].items[i];
        if (it->kind != PDF_GLYPHS || !is_formula(b, it))
            continue;
        if (n < max && (n == 0 || fabs(it->y - y) > b->sheet.size)) {
            x[n++] = it->x;
            y = it->y;
        }
    }
    return n;
}

/* Short displays stand in the middle; long ones begin at the left, go on indented, at relations, and keep their size. */
static void test_displays(void **state)
{
    (void)state;
    static const struct { int times; size_t lines; } rows[] = { { 1, 1 }, { 28, 2 }, { 40, 3 } };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        double x[8];
        open_bench(&b);
        math(&b, ofp_add(b.d, ofp_root(b.d), OFP_PARA), long_tex(b.d, "x", "=yz", rows[r].times, ""), true);
        lay_out(&b);
        assert_int_equal(lines_of(&b, x, 8), rows[r].lines);
        double width = (0.5 + (1.5 + MU(10)) * rows[r].times) * b.sheet.size;
        double first = rows[r].lines > 1 ? b.sheet.left : b.sheet.left + (b.sheet.measure - width) / 2;
        assert_near(x[0], first, 0.1);
        for (size_t i = 1; i < rows[r].lines; i++)
            assert_near(x[i], b.sheet.left + 2 * b.sheet.size, 0.1);
        close_bench(&b);
    }
}

/* The mark behind a display goes with it; other text behind it begins a line. */
static void test_marks_behind(void **state)
{
    (void)state;
    static const struct { const char *behind, *mark, *rest; } rows[] = {
        { ". Then", ".", "Then" }, { ", and", ",", "and" }, { ";", ";", NULL }, { ".5 more", NULL, ".5" }, { " . x", NULL, "." }, { "words", NULL, "words" },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        bool mark = false, rest = false;
        open_bench(&b);
        ofp_node *p = ofp_add(b.d, ofp_root(b.d), OFP_PARA);
        math(&b, p, OFP_STR("xy"), true);
        ofp_add_text(b.d, p, ofp_s(rows[r].behind));
        lay_out(&b);
        for (size_t i = 0; i < b.book.pages[0].nitems; i++) {
            const pdf_item *it = &b.book.pages[0].items[i];
            if (it->kind == PDF_GLYPHS && is_formula(&b, it))
                mark |= ofp_str_eq(it->run->text, ofp_s(rows[r].mark)) && rows[r].mark;
            else if (it->kind == PDF_GLYPHS)
                rest |= ofp_str_eq(it->run->text, ofp_s(rows[r].rest)) && rows[r].rest;
        }
        assert_int_equal(mark, rows[r].mark != NULL);
        assert_int_equal(rest, rows[r].rest != NULL);
        close_bench(&b);
    }
}

/* Tags end at the right margin: of a whole display, of each row, on a line of their own where there is no room beside. */
static void test_tags(void **state)
{
    (void)state;
    static const struct { const char *head, *unit; int times; const char *tail; size_t tags, lines; } rows[] = {
        { "x", "+y", 3, "\\tag{1}", 1, 1 }, { "\\begin{align}", "x&=y\\tag{1}\\\\", 3, "z&=0\\end{align}", 3, 4 },
        { "", "x", 64, "\\tag{1}", 1, 2 },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        size_t tags = 0;
        double x[8];
        open_bench(&b);
        math(&b, ofp_add(b.d, ofp_root(b.d), OFP_PARA), long_tex(b.d, rows[r].head, rows[r].unit, rows[r].times, rows[r].tail), true);
        lay_out(&b);
        for (size_t i = 0; i < b.book.pages[0].nitems; i++) {
            const pdf_item *it = &b.book.pages[0].items[i];
            if (it->kind != PDF_GLYPHS || !ofp_str_eq(it->run->text, OFP_STR(")")))
                continue;
            assert_near(it->x + it->w, b.sheet.width - b.sheet.right, 0.1);
            tags++;
        }
        assert_int_equal(tags, rows[r].tags);
        assert_int_equal(lines_of(&b, x, 8), rows[r].lines);
        close_bench(&b);
    }
}

/* A table that no page holds goes on in its full size on the next ones; one with lines between its cells is made smaller. */
static void test_tall_displays(void **state)
{
    (void)state;
    static const struct { const char *head; bool parted; } rows[] = {
        { "\\begin{aligned}", true }, { "\\begin{array}{c}", true }, { "\\begin{array}{|c|}", false }, { "\\left(\\begin{array}{c}", false },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        double smallest = 100;
        open_bench(&b);
        const char *tail = r == 3 ? "y\\end{array}\\right)" : r ? "y\\end{array}" : "y\\end{aligned}";
        math(&b, ofp_add(b.d, ofp_root(b.d), OFP_PARA), long_tex(b.d, rows[r].head, "x\\\\", 150, tail), true);
        lay_out(&b);
        check_margins(&b, rows[r].head);
        for (size_t p = 0; p < b.book.npages; p++)
            for (size_t i = 0; i < b.book.pages[p].nitems; i++)
                if (b.book.pages[p].items[i].kind == PDF_GLYPHS && is_formula(&b, &b.book.pages[p].items[i]))
                    smallest = fmin(smallest, b.book.pages[p].items[i].size);
        assert_int_equal(b.book.npages > 1, rows[r].parted);
        assert_int_equal(smallest > b.sheet.size - 0.01, rows[r].parted);
        close_bench(&b);
    }
}

/* A formula in a line is broken behind relations and operators, without being made smaller. */
static void test_breaks(void **state)
{
    (void)state;
    bench b;
    double x[9];
    open_bench(&b);
    ofp_node *p = ofp_add(b.d, ofp_root(b.d), OFP_PARA);
    ofp_add_text(b.d, p, OFP_STR("Words and "));
    math(&b, p, long_tex(b.d, "x", "+yz", 60, ""), false);
    lay_out(&b);
    size_t n = lines_of(&b, x, 9);
    assert_in_range(n, 3, 4);
    for (size_t i = 1; i < n; i++)
        assert_near(x[i], b.sheet.left, 0.1);
    for (size_t i = 0; i < b.book.pages[0].nitems; i++)
        if (is_formula(&b, &b.book.pages[0].items[i]))
            assert_near(b.book.pages[0].items[i].size, b.sheet.size, 0.01);
    close_bench(&b);
}

static double line_distance(const char *tex)
{
    bench b;
    open_bench(&b);
    ofp_node *p = ofp_add(b.d, ofp_root(b.d), OFP_PARA);
    ofp_add_text(b.d, p, OFP_STR("First"));
    ofp_add(b.d, p, OFP_LINEBREAK);
    ofp_add_text(b.d, p, OFP_STR("x"));
    math(&b, p, ofp_s(tex), false);
    ofp_add(b.d, p, OFP_LINEBREAK);
    ofp_add_text(b.d, p, OFP_STR("Third"));
    lay_out(&b);
    double first = 0, third = 0;
    for (size_t i = 0; i < b.book.pages[0].nitems; i++) {
        const pdf_item *it = &b.book.pages[0].items[i];
        if (it->kind == PDF_GLYPHS && ofp_str_eq(it->run->text, OFP_STR("First")))
            first = it->y;
        if (it->kind == PDF_GLYPHS && ofp_str_eq(it->run->text, OFP_STR("Third")))
            third = it->y;
    }
    double d = (first - third) / b.sheet.lead;
    close_bench(&b);
    return d;
}

/* Lines keep their distance where a formula is no taller than the space between them. */
static void test_line_heights(void **state)
{
    (void)state;
    assert_near(line_distance("x^2"), 2, 0.01);
    assert_near(line_distance("\\frac12"), 2, 0.15);
    assert_true(line_distance("\\displaystyle\\frac12") > 2.2);
    assert_true(line_distance("\\begin{matrix}1\\\\2\\\\3\\end{matrix}") > 3);
}

/* Without a math font, and where TeX is not understood, formulas are shown as they were written.  What is understood is read
 * aloud as text. */
static void test_fallback(void **state)
{
    (void)state;
    static const struct { const char *tex; bool no_font, source; const char *alt; } rows[] = {
        { "x+y", false, false, "x + y" }, { "x+y", true, true, "x + y" }, { "\\nobody{x}", false, true, "\\nobody{x}" }, { "{x", false, true, "{x" },
        { "\\frac12", true, true, "1/2" }, { "\\phantom{x}", false, false, "\\phantom{x}" },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        bool shown = false;
        open_bench(&b);
        b.no_font = rows[r].no_font;
        math(&b, ofp_add(b.d, ofp_root(b.d), OFP_PARA), ofp_s(rows[r].tex), false);
        lay_out(&b);
        for (size_t i = 0; i < b.book.pages[0].nitems; i++) {
            const pdf_item *it = &b.book.pages[0].items[i];
            shown |= it->kind == PDF_GLYPHS && is_formula(&b, it) && ofp_str_eq(it->run->text, ofp_s(rows[r].tex));
        }
        assert_int_equal(shown, rows[r].source);
        bool alt = false;
        for (size_t i = 0; i < b.book.nelems; i++)
            alt |= b.book.elems[i].tag == PDF_FORMULA && ofp_str_eq(b.book.elems[i].alt, ofp_s(rows[r].alt));
        assert_true(alt);
        close_bench(&b);
    }
}

static void test_colours(void **state)
{
    (void)state;
    static const struct { const char *css; bool ok; uint32_t rgb; } rows[] = {
        { "red", true, 0xFF0000 }, { "Blue", true, 0x0000FF }, { "#0f8", true, 0x00FF88 }, { "#12ab34", true, 0x12AB34 },
        { "#12", false, 0 }, { "#12345g", false, 0 }, { "nobody", false, 0 }, { "", false, 0 },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        uint32_t rgb = 0;
        assert_int_equal(math_colour(ofp_s(rows[r].css), &rgb), rows[r].ok);
        assert_int_equal(rgb, rows[r].rgb);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_inside),
        cmocka_unit_test(test_nothing_leaves_the_page),
        cmocka_unit_test(test_displays),
        cmocka_unit_test(test_marks_behind),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_tall_displays),
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_line_heights),
        cmocka_unit_test(test_fallback),
        cmocka_unit_test(test_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
