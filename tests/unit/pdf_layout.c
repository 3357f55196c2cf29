/* needs: write-pdf */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "write/pdf/page.h"
#include "write/pdf/style.h"

/* ---- a font in which every character is half an em wide ---- */

static const type_shape *fake_shape(void *user, type_style style, ofp_str text, ofp_str lang)
{
    ofp_arena *a = user;
    type_shape *s = ofp_arena_zalloc(a, 1, sizeof *s);
    type_run *r = ofp_arena_zalloc(a, 1, sizeof *r);
    type_glyph *g = ofp_arena_zalloc(a, text.n + 1, sizeof *g);
    (void)style;
    (void)lang;
    assert_true(s && r && g);
    for (size_t i = 0; i < text.n; ) {
        g[r->n].cluster = (uint32_t)i;
        g[r->n].advance = 0.5f;
        uint32_t cp = ofp_utf8_next(text, &i);
        r->rtl |= cp >= 0x590 && cp < 0x700;
        assert_true(cp >= ' ');
        g[r->n++].id = cp;
    }
    r->text = ofp_arena_dup(a, text);
    r->glyphs = g;
    r->width = s->width = 0.5 * (double)r->n;
    s->runs = r;
    s->n = text.n > 0;
    return s;
}

static type_height fake_height(void *user, type_style style)
{
    (void)user;
    (void)style;
    return (type_height){ 0.8, 0.2, 0.5, 0.7 };
}

/* ---- documents ---- */

typedef struct bench { ofp_log log; ofp_doc *d; pdf_book book; ofp_options opt; ofp_err e; sheet sheet; } bench;

static void open_bench(bench *b)
{
    *b = (bench){ 0 };
    b->opt.log = &b->log;
    b->d = ofp_doc_new("test", &b->log);
    b->book = (pdf_book){ .arena = ofp_arena_new(), .tagged = true };
}

static void lay_out(bench *b)
{
    type_metrics type = { b->book.arena, fake_shape, fake_height, NULL, NULL };
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

static ofp_node *para(bench *b, ofp_node *parent, const char *text)
{
    ofp_node *p = ofp_add(b->d, parent, OFP_PARA);
    ofp_add_text(b->d, p, ofp_s(text));
    return p;
}

static ofp_node *head(bench *b, ofp_node *parent, int level, const char *text)
{
    ofp_node *h = ofp_add(b->d, parent, OFP_HEAD);
    ofp_set_level(h, level);
    ofp_add_text(b->d, h, ofp_s(text));
    return h;
}

static ofp_str numbered_words(bench *b, int from, int n)
{
    ofp_buf t = { 0 };
    for (int i = from; i < from + n; i++)
        ofp_buf_printf(&t, "%sword%d%s", i > from ? " " : "", i, i % 17 == 0 ? "," : i % 23 == 0 ? "-joined/thing" : "");
    return ofp_buf_take(&t, ofp_doc_arena(b->d));
}

static ofp_node *table(bench *b, ofp_node *parent, int rows, int cols, const char *cell)
{
    ofp_node *t = ofp_add(b->d, parent, OFP_TABLE), *part = ofp_add(b->d, t, OFP_THEAD);
    ofp_col *widths = calloc((size_t)cols, sizeof *widths);
    ofp_set_cols(b->d, t, widths, (size_t)cols);
    free(widths);
    for (int r = 0; r < rows; r++) {
        if (r == 1)
            part = ofp_add(b->d, t, OFP_TBODY);
        ofp_node *row = ofp_add(b->d, part, OFP_ROW);
        for (int c = 0; c < cols; c++) {
            ofp_node *n = ofp_add(b->d, row, OFP_CELL), *p = ofp_add(b->d, n, OFP_PLAIN);
            ofp_add_text(b->d, p, ofp_arena_printf(ofp_doc_arena(b->d), "%s%d.%d", cell, r, c));
        }
    }
    ofp_add(b->d, t, OFP_TFOOT);
    return t;
}

/* ---- what came out ---- */

/* The text of all elements, items joined as a reader would join them. */
static ofp_str shown_text(const bench *b, ofp_buf *out)
{
    for (size_t p = 0; p < b->book.npages; p++)
        for (size_t i = 0; i < b->book.pages[p].nitems; i++) {
            const pdf_item *it = &b->book.pages[p].items[i];
            if (it->kind != PDF_GLYPHS || it->elem == 0 || it->soft_hyphen)
                continue;
            ofp_buf_add(out, it->run->text);
            if (it->space_after)
                ofp_buf_putc(out, ' ');
        }
    return ofp_buf_str(out);
}

/* Everything stands within the margins, and what wide tables may use of them; running heads and numbers on the page. */
static void check_boxes(const bench *b)
{
    const sheet *s = &b->sheet;
    for (size_t p = 0; p < b->book.npages; p++)
        for (size_t i = 0; i < b->book.pages[p].nitems; i++) {
            const pdf_item *it = &b->book.pages[p].items[i];
            double top = it->kind == PDF_GLYPHS ? it->y + 0.8 * it->size : it->y + it->h;
            double low = it->kind == PDF_GLYPHS ? it->y - 0.2 * it->size : it->y;
            bool frame = it->elem == 0 && it->kind == PDF_GLYPHS;
            double left = frame ? 0 : s->left - s->reach, bottom = frame ? 0 : s->bottom;
            double right = s->width - (frame ? 0 : s->right - s->reach), upper = s->height - (frame ? 0 : s->top);
            double marks = it->kind == PDF_GLYPHS ? 0.35 * it->size : 0;    /* stand out for the sake of a straight edge */
            if (it->x < left - marks - 0.1 || it->x + it->w > right + marks + 0.1 || low < bottom - 0.6 || top > upper + 0.6)
                fail_msg("page %zu item %zu '%.*s' at %.1f,%.1f wide %.1f leaves %.1f..%.1f", p, i,
                         it->run ? (int)it->run->text.n : 0, it->run ? it->run->text.p : "", it->x, it->y, it->w, left, right);
        }
}

static void check_tree(const bench *b)
{
    for (unsigned i = 2; i < b->book.nelems; i++)
        assert_true(b->book.elems[i].parent > 0 && b->book.elems[i].parent < i);
    for (size_t p = 0; p < b->book.npages; p++)
        for (size_t i = 0; i < b->book.pages[p].nitems; i++)
            assert_true(b->book.pages[p].items[i].elem < b->book.nelems);
}

/* ---- tests ---- */

static void test_words_in_order(void **state)
{
    (void)state;
    bench b;
    ofp_buf got = { 0 };
    open_bench(&b);
    ofp_node *root = ofp_root(b.d);
    head(&b, root, 1, "A title");
    for (int i = 0; i < 60; i++)
        ofp_add_text(b.d, ofp_add(b.d, root, OFP_PARA), numbered_words(&b, i * 100, 30 + i));
    lay_out(&b);
    check_boxes(&b);
    check_tree(&b);
    assert_true(b.book.npages > 5);
    ofp_str all = shown_text(&b, &got);
    size_t at = 0;
    for (int i = 0; i < 60; i++) {
        ofp_str want = numbered_words(&b, i * 100, 30 + i);
        at = ofp_str_find(all, want, at);
        if (at == SIZE_MAX)
            fail_msg("paragraph %d is not there in order", i);
    }
    ofp_buf_free(&got);
    close_bench(&b);
}

static void nest(bench *b, ofp_node *parent, int depth)
{
    for (int i = 0; i < depth; i++)
        parent = i % 3 == 0 ? ofp_add(b->d, parent, OFP_QUOTE)
                            : ofp_add(b->d, ofp_add(b->d, parent, i % 3 == 1 ? OFP_ULIST : OFP_OLIST), OFP_ITEM);
    char word[201];
    memset(word, 'w', 200);
    word[200] = '\0';
    para(b, parent, ofp_arena_dup(ofp_doc_arena(b->d), ofp_s(word)).p);
    ofp_set_text(ofp_add(b->d, parent, OFP_CODEBLOCK), OFP_STR("\tint very_long_line(void) { return 0; }\n\n  x\n"));
    table(b, parent, 3, 4, "cell ");
}

static void nasty_document(bench *b)
{
    ofp_node *root = ofp_root(b->d);
    char line[3001];
    memset(line, 'x', 3000);
    line[3000] = '\0';
    head(b, root, 1, "A title of a length that must be broken into several lines, with averyverylongwordthatcannotbebrokenanywhereatall");
    nest(b, root, 60);
    ofp_set_text(ofp_add(b->d, root, OFP_CODEBLOCK), ofp_arena_dup(ofp_doc_arena(b->d), ofp_s(line)));
    para(b, root, ofp_arena_dup(ofp_doc_arena(b->d), ofp_s(line)).p);
    table(b, root, 90, 14, "columns-and-more ");
    table(b, root, 4, 60, "w");
    table(b, root, 3, 400, "many");
    ofp_node *wide = table(b, root, 3, 2, "x");
    ofp_node *cell = ofp_first(ofp_first(ofp_next(ofp_first(wide))));
    for (int i = 0; i < 200; i++)
        para(b, cell, "A row that is taller than the page, with paragraph after paragraph.");
    para(b, root, "\xE6\xBC\xA2\xE5\xAD\x97\xE3\x80\x81\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97");
    ofp_add(b->d, root, OFP_RULE);
}

static void test_nothing_leaves_the_page(void **state)
{
    (void)state;
    static const char *const sizes[] = { NULL, "a5", "letter", "ereader", "70x90mm" };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bench b;
        open_bench(&b);
        b.opt.page_size = sizes[i];
        b.opt.toc = i == 1;
        nasty_document(&b);
        lay_out(&b);
        check_boxes(&b);
        check_tree(&b);
        close_bench(&b);
    }
}

static const pdf_dest *find_dest(const pdf_book *b, ofp_str name)
{
    for (size_t i = 0; i < b->ndests; i++)
        if (ofp_str_eq(b->dests[i].name, name))
            return &b->dests[i];
    return NULL;
}

/* The page that an element's text first stands on. */
static size_t page_of(const pdf_book *b, const char *text)
{
    for (size_t p = b->npages; p-- > 0; ) {
        ofp_buf t = { 0 };
        for (size_t i = 0; i < b->pages[p].nitems; i++)
            if (b->pages[p].items[i].kind == PDF_GLYPHS && b->pages[p].items[i].elem) {
                ofp_buf_add(&t, b->pages[p].items[i].run->text);
                ofp_buf_putc(&t, ' ');
            }
        bool here = ofp_str_find(ofp_buf_str(&t), ofp_s(text), 0) != SIZE_MAX;
        ofp_buf_free(&t);
        if (here)
            return p;
    }
    return SIZE_MAX;
}

static void test_contents(void **state)
{
    (void)state;
    enum { PARTS = 7, HEADS = 12 };
    bench b;
    ofp_doc *parts[PARTS];
    open_bench(&b);
    b.opt.toc = true;
    for (int i = 0; i < PARTS; i++) {
        bench part = { .d = ofp_doc_new("part", &b.log) };
        parts[i] = part.d;
        ofp_arena *a = ofp_doc_arena(part.d);
        ofp_meta_offer(part.d, OFP_META_TITLE, ofp_arena_printf(a, "Article %d", i), OFP_STR("-M"), OFP_SURE_USER);
        for (int k = 0; k < HEADS; k++) {
            head(&part, ofp_root(part.d), 2, ofp_arena_printf(a, "Section %d.%d", i, k).p);
            ofp_add_text(part.d, ofp_add(part.d, ofp_root(part.d), OFP_PARA), numbered_words(&part, 0, 90 + 37 * k));
        }
    }
    assert_true(ofp_bind(b.d, parts, PARTS, &b.e));
    lay_out(&b);
    check_boxes(&b);
    assert_int_equal(b.book.nmarks, PARTS * (HEADS + 1));
    for (size_t i = 0; i < b.book.nmarks; i++) {
        const pdf_mark *m = &b.book.marks[i];
        const pdf_dest *d = find_dest(&b.book, m->dest);
        assert_non_null(d);
        char title[80], label[20];
        snprintf(title, sizeof title, "%.*s ", (int)m->title.n, m->title.p);
        snprintf(label, sizeof label, "%zu", d->page + 1);
        assert_int_equal(page_of(&b.book, title), d->page);
        assert_true(ofp_str_eq(b.book.pages[d->page].label, ofp_s(label)));
        /* the contents' line: the title, then the number of its page */
        ofp_buf want = { 0 }, all = { 0 };
        ofp_buf_printf(&want, "%s%s ", title, label);
        assert_true(ofp_str_find(shown_text(&b, &all), ofp_buf_str(&want), 0) != SIZE_MAX);
        ofp_buf_free(&want);
        ofp_buf_free(&all);
    }
    for (int i = 0; i < PARTS; i++)
        ofp_doc_free(parts[i]);
    close_bench(&b);
}

/* Neither the first nor the last line of a paragraph stands alone, and headings are followed by text. */
static void test_breaks_between_pages(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    for (int i = 0; i < 80; i++) {
        if (i % 5 == 0)
            head(&b, ofp_root(b.d), 2, "Heading");
        ofp_add_text(b.d, ofp_add(b.d, ofp_root(b.d), OFP_PARA), numbered_words(&b, 0, 20 + i * 7 % 61));
    }
    lay_out(&b);
    for (size_t p = 0; p + 1 < b.book.npages; p++) {
        const pdf_page *page = &b.book.pages[p], *next = &b.book.pages[p + 1];
        unsigned last = 0, lines_here = 0, lines_there = 0;
        double y = 0;
        for (size_t i = 0; i < page->nitems; i++)
            last = page->items[i].elem ? page->items[i].elem : last;
        enum pdf_tag tag = b.book.elems[last].tag;
        assert_true(tag == PDF_P);
        for (size_t i = 0; i < page->nitems; i++)
            if (page->items[i].elem == last && page->items[i].y != y) {
                y = page->items[i].y;
                lines_here++;
            }
        y = 0;
        for (size_t i = 0; i < next->nitems; i++)
            if (next->items[i].elem == last && next->items[i].y != y) {
                y = next->items[i].y;
                lines_there++;
            }
        if (lines_there && (lines_here < 2 || lines_there < 2))
            fail_msg("page %zu ends with %u lines of a paragraph, %u follow", p, lines_here, lines_there);
    }
    close_bench(&b);
}

/* The first item that begins with the text, on the page given or a later one. */
static const pdf_item *item_of(const bench *b, size_t p, const char *text)
{
    for (; p < b->book.npages; p++)
        for (size_t i = 0; i < b->book.pages[p].nitems; i++) {
            const pdf_item *it = &b->book.pages[p].items[i];
            if (it->kind == PDF_GLYPHS && ofp_str_starts(it->run->text, ofp_s(text)))
                return it;
        }
    fail_msg("'%s' is not there", text);
    return NULL;
}

/* Long lines of code: smaller type, then the margins, then a second line.  Other lines do not suffer from one that fits nowhere. */
static void test_wide_code(void **state)
{
    (void)state;
    static const struct { size_t columns, pieces; bool smaller, wide, listed; } rows[] = {
        { 60, 1, false, false, false }, { 90, 1, true, false, false }, { 110, 1, true, true, false },
        { 100, 1, true, false, true }, { 110, 2, false, false, true }, { 399, 6, false, false, false },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        char line[400];
        double left = 1e9, right = 0, size = 0;
        size_t pieces = 0;
        open_bench(&b);
        memset(line, 'x', rows[r].columns);
        ofp_node *top = ofp_root(b.d);
        if (rows[r].listed)
            top = ofp_add(b.d, ofp_add(b.d, top, OFP_ULIST), OFP_ITEM);
        ofp_set_text(ofp_add(b.d, top, OFP_CODEBLOCK), ofp_arena_dup(ofp_doc_arena(b.d), (ofp_str){ line, rows[r].columns }));
        lay_out(&b);
        check_boxes(&b);
        for (size_t i = 0; i < b.book.pages[0].nitems; i++) {
            const pdf_item *it = &b.book.pages[0].items[i];
            if (it->kind != PDF_GLYPHS || b.book.elems[it->elem].tag != PDF_CODE)
                continue;
            pieces++;
            size = it->size;
            left = it->x < left ? it->x : left;
            right = it->x + it->w > right ? it->x + it->w : right;
        }
        bool wide = left < b.sheet.left && right > b.sheet.width - b.sheet.right;
        if (pieces != rows[r].pieces || wide != rows[r].wide || (size < b.sheet.looks[LOOK_CODE].size) != rows[r].smaller)
            fail_msg("row %zu: %zu pieces from %.1f to %.1f, size %.2f", r, pieces, left, right, size);
        close_bench(&b);
    }
}

/* Fixed blanks behind a line end indent the line, on pages without verse of its own; nothing else does. */
static void test_indented_lines(void **state)
{
    (void)state;
    static const struct { const char *text; int blanks; } rows[] = {
        { "\u00A0\u00A0line", 2 }, { " \u00A0 \u00A0 line", 4 }, { " line", 0 }, { "line", 0 }, { "\u00A0line\u00A0\u00A0more", 1 },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        open_bench(&b);
        ofp_node *p = para(&b, ofp_root(b.d), "first");
        ofp_add(b.d, p, OFP_LINEBREAK);
        ofp_add_text(b.d, p, ofp_s(rows[r].text));
        lay_out(&b);
        double in = item_of(&b, 0, "line")->x - item_of(&b, 0, "first")->x;
        if (in < rows[r].blanks * 0.5 * b.sheet.size - 0.1 || in > rows[r].blanks * 0.5 * b.sheet.size + 0.1)
            fail_msg("row %zu: %.1f in", r, in);
        close_bench(&b);
    }
}

/* Right to left: the first word stands at the right edge, the items come in the order of reading. */
static void test_right_to_left(void **state)
{
    (void)state;
    bench b;
    ofp_buf got = { 0 };
    open_bench(&b);
    para(&b, ofp_root(b.d), "\327\220\327\221 abc def \327\222\327\223");
    lay_out(&b);
    ofp_str all = shown_text(&b, &got);
    assert_true(ofp_str_find(all, OFP_STR("\327\220\327\221 abc def \327\222\327\223"), 0) != SIZE_MAX);
    const pdf_page *p = &b.book.pages[0];
    double x[4] = { 0 };
    for (size_t i = 0, n = 0; i < p->nitems && n < 4; i++)
        if (p->items[i].kind == PDF_GLYPHS && p->items[i].elem && b.book.elems[p->items[i].elem].tag == PDF_P)
            x[n++] = p->items[i].x;
    assert_true(x[0] > x[1] && x[1] < x[2] && x[3] < x[1]);
    assert_true(x[0] > b.sheet.width - b.sheet.right - 20);
    ofp_buf_free(&got);
    close_bench(&b);
}

/* Where the language says so, the start is at the right: of the contents, lists, tables, notes and callouts. */
static void test_right_to_left_blocks(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    b.opt.toc = true;
    ofp_node *root = ofp_root(b.d), *item, *p, *box;
    ofp_meta_offer(b.d, OFP_META_LANG, OFP_STR("he"), OFP_STR("-M"), OFP_SURE_USER);
    head(&b, root, 1, "title");
    item = ofp_add(b.d, ofp_add(b.d, root, OFP_OLIST), OFP_ITEM);
    para(&b, item, "first");
    para(&b, ofp_add(b.d, ofp_add(b.d, item, OFP_ULIST), OFP_ITEM), "second");
    table(&b, root, 2, 2, "cell");
    p = para(&b, root, "noted");
    para(&b, ofp_add(b.d, p, OFP_NOTE), "remark");
    box = ofp_add(b.d, root, OFP_DIV);
    ofp_add_class(b.d, box, OFP_STR("note"));
    para(&b, box, "boxed");
    lay_out(&b);
    check_boxes(&b);
    double left = b.sheet.left, right = b.sheet.width - b.sheet.right;
    const pdf_item *first = item_of(&b, 1, "first"), *number = item_of(&b, 1, "\u200F1."), *bullet = item_of(&b, 1, "\u2022");
    const pdf_item *second = item_of(&b, 1, "second");
    assert_true(number->x > first->x + first->w && number->x + number->w < right + 0.1);
    assert_true(bullet->x > second->x + second->w && bullet->x + bullet->w < first->x + first->w);
    assert_true(item_of(&b, 0, "title")->x > right - 80);
    assert_true(item_of(&b, 0, "2")->x < left + 0.1);                       /* the number of its page */
    const pdf_item *one = item_of(&b, 1, "cell1.0"), *two = item_of(&b, 1, "cell1.1");
    assert_true(one->x + one->w > right - 0.1 && two->x + two->w < one->x);
    const pdf_item *remark = item_of(&b, 1, "remark"), *boxed = item_of(&b, 1, "boxed");
    assert_true(remark->x + remark->w < right - 10 && boxed->x + boxed->w < right - 5 && boxed->x > right - 80);
    close_bench(&b);
}

/* Neutral words and digits keep the direction of what stands around them; so do the blanks. */
static void test_bidi_order(void **state)
{
    (void)state;
    static const struct { const char *text, *want; } rows[] = {     /* what stands from left to right */
        { "\u05D0 12 - 34 \u05D1", "\u05D1 34 - 12 \u05D0" }, { "\u05D0 a - b \u05D1", "\u05D1 a - b \u05D0" },
        { "\u05D0 - b", "b - \u05D0" }, { "a \u05D0 - \u05D1 b", "a \u05D1 - \u05D0 b" }, { "a \u05D0 12 \u05D1", "a \u05D1 12 \u05D0" },
        { "a \u05D0 - b", "a \u05D0 - b" }, { "\u05D0 ( \u05D1", "\u05D1 \u200F( \u05D0" },
        { "\u05D0 12.", ". 12 \u05D0" }, { "\u05D0 a b, \u05D1", "\u05D1 , a b \u05D0" }, { "a \u05D0, b", "a \u05D0 , b" },
        { "\u05D0 (a b) \u05D1", "\u05D1 \u200F) a b \u200F( \u05D0" }, { "\u05D0 5% \u05D1", "\u05D1 5% \u05D0" },
        { "\u05D0 ab (12) \u05D1", "\u05D1 ab ( 12 ) \u05D0" }, { "\u05D0 ab (12).", ". ab ( 12 ) \u05D0" },
        { "\u05D0 ab (\u05D2) \u05D1", "\u05D1 \u200F) \u05D2 \u200F( ab \u05D0" }, { "a \u05D0 (12) b", "a \u200F) 12 \u200F( \u05D0 b" },
        { "a \u05D0 ([b]) \u05D1", "a \u05D0 ( [ b ] ) \u05D1" }, { "\u05D0 (12) \u05D1", "\u05D1 \u200F) 12 \u200F( \u05D0" },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        ofp_buf got = { 0 };
        open_bench(&b);
        para(&b, ofp_root(b.d), rows[r].text);
        lay_out(&b);
        const pdf_page *p = &b.book.pages[0];
        for (double x = -1, next; ; x = next) {
            const pdf_item *at = NULL;
            for (size_t i = 0; i < p->nitems; i++)
                if (b.book.elems[p->items[i].elem].tag == PDF_P && p->items[i].x > x && (!at || p->items[i].x < at->x))
                    at = &p->items[i];
            if (!at)
                break;
            next = at->x;
            ofp_buf_printf(&got, "%s%.*s", got.n ? " " : "", (int)at->run->text.n, at->run->text.p);
        }
        if (!ofp_str_eq(ofp_buf_str(&got), ofp_s(rows[r].want)))
            fail_msg("row %zu: got '%.*s'", r, (int)got.n, got.p);
        ofp_buf_free(&got);
        close_bench(&b);
    }
}

/* Our own words are in the language of what they stand beside. */
static void test_own_words(void **state)
{
    (void)state;
    static const char *const rows[][3] = {     /* language, heading of the notes, a quotation */
        { "en", "Notes", "\u201Cquoted\u201D" }, { "de-AT", "Anmerkungen", "\u201Equoted\u201C" }, { "ja", "\u6CE8\u91C8", "\u300Cquoted\u300D" },
        { "uk_UA", "\u041F\u0440\u0438\u043C\u0456\u0442\u043A\u0438", "\u00ABquoted\u00BB" }, { "tlh", "Notes", "\u201Cquoted\u201D" },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        ofp_buf got = { 0 };
        open_bench(&b);
        b.opt.notes = OFP_NOTES_END;
        ofp_meta_offer(b.d, OFP_META_LANG, ofp_s(rows[r][0]), OFP_STR("-M"), OFP_SURE_USER);
        ofp_node *p = para(&b, ofp_root(b.d), "Text "), *q = ofp_add(b.d, p, OFP_QUOTED);
        ofp_set_quote(q, true);
        ofp_add_text(b.d, q, OFP_STR("quoted"));
        para(&b, ofp_add(b.d, p, OFP_NOTE), "remark");
        lay_out(&b);
        ofp_str all = shown_text(&b, &got);
        for (int i = 1; i < 3; i++)
            if (ofp_str_find(all, ofp_s(rows[r][i]), 0) == SIZE_MAX)
                fail_msg("%s: no '%s' in '%.*s'", rows[r][0], rows[r][i], (int)all.n, all.p);
        ofp_buf_free(&got);
        close_bench(&b);
    }
}

static void test_notes_and_links(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    ofp_node *p = para(&b, ofp_root(b.d), "Text"), *note = ofp_add(b.d, p, OFP_NOTE);
    para(&b, note, "The note.");
    ofp_add_text(b.d, p, OFP_STR(" and "));
    ofp_node *link = ofp_add(b.d, p, OFP_LINK), *lost;
    ofp_set_target(link, OFP_STR("#here"), (ofp_str){ 0 });
    ofp_add_text(b.d, link, OFP_STR("a link"));
    lost = ofp_add(b.d, p, OFP_LINK);
    ofp_set_target(lost, OFP_STR("#nowhere"), (ofp_str){ 0 });
    ofp_add_text(b.d, lost, OFP_STR("another"));
    ofp_set_id(b.d, head(&b, ofp_root(b.d), 2, "Target"), OFP_STR("here"));
    lay_out(&b);
    assert_int_equal(b.log.count[OFP_D_LINK_BROKEN], 1);
    size_t links = 0;
    for (size_t i = 0; i < b.book.npages; i++)
        for (size_t k = 0; k < b.book.pages[i].nlinks; k++, links++)
            assert_non_null(find_dest(&b.book, b.book.pages[i].links[k].dest));
    assert_int_equal(links, 3);                          /* to the note, back, and to the heading */
    close_bench(&b);
}

/* A line that announces what follows does not end a page. */
static void test_announced(void **state)
{
    (void)state;
    for (int r = 0; r < 12; r++) {
        bench b;
        open_bench(&b);
        b.opt.page_size = r % 2 ? "a5" : "a4";
        for (int i = 0; i < 120; i++) {
            para(&b, ofp_root(b.d), numbered_words(&b, i, 3 + i * (r + 3) % 41).p);
            if (i % 4 == r % 4)
                para(&b, ofp_root(b.d), "announced:");
            if (i % 4 == (r + 2) % 4) {
                head(&b, ofp_root(b.d), 2, "A heading");
                para(&b, ofp_root(b.d), "announced: below");
            }
        }
        lay_out(&b);
        for (size_t p = 0; p + 1 < b.book.npages; p++) {
            const pdf_page *page = &b.book.pages[p];
            size_t i = page->nitems;
            while (i > 0 && !page->items[i - 1].elem)
                i--;
            assert_true(i > 0 && !ofp_str_eq(page->items[i - 1].run->text, OFP_STR("announced:")) &&
                        !ofp_str_eq(page->items[i - 1].run->text, OFP_STR("below")));
        }
        close_bench(&b);
    }
}

/* ---- notes ---- */

/* Notes 1 and 2 are not note 12; with a blank between them they need nothing else. */
static void test_references_side_by_side(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    ofp_node *p = para(&b, ofp_root(b.d), "Text");
    for (int i = 0; i < 3; i++) {
        para(&b, ofp_add(b.d, p, OFP_NOTE), "A note.");
        if (i == 1)
            ofp_add_text(b.d, p, OFP_STR(" "));
    }
    lay_out(&b);
    size_t commas = 0;
    for (size_t i = 0; i < b.book.pages[0].nitems; i++) {
        const pdf_item *it = &b.book.pages[0].items[i];
        commas += it->kind == PDF_GLYPHS && it->elem == 0 && ofp_str_eq(it->run->text, OFP_STR(","));
    }
    assert_int_equal(commas, 1);
    close_bench(&b);
}

static size_t count_tags(const bench *b, enum pdf_tag tag)
{
    size_t n = 0;
    for (size_t i = 0; i < b->book.nelems; i++)
        n += b->book.elems[i].tag == tag;
    return n;
}

/* What is noted again on the same page has one note; what says little may mean another thing each time. */
static void test_notes_alike(void **state)
{
    (void)state;
    static const struct { const char *text; bool end; int between; size_t notes; } rows[] = {
        { "A source that is cited again, page 1.", false, 1, 1 }, { "Ibid., page 1", false, 1, 2 },
        { "A source that is cited again, page 1.", false, 60, 2 }, { "A source that is cited again, page 1.", true, 60, 1 },
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bench b;
        open_bench(&b);
        b.opt.notes = rows[r].end ? OFP_NOTES_END : OFP_NOTES_FOOT;
        for (int i = 0; i <= rows[r].between; i++) {
            ofp_node *p = para(&b, ofp_root(b.d), "Text");
            if (i == 0 || i == rows[r].between)
                para(&b, ofp_add(b.d, p, OFP_NOTE), rows[r].text);
        }
        lay_out(&b);
        assert_int_equal(count_tags(&b, PDF_NOTE), rows[r].notes);
        assert_int_equal(count_tags(&b, PDF_REFERENCE), 2);
        assert_int_equal(b.log.count[OFP_D_LINK_BROKEN], 0);
        close_bench(&b);
    }
}

/* ---- Chinese and Japanese ---- */

/* No line begins with a stop, however many of them there are. */
static void test_punctuation_ends_lines(void **state)
{
    (void)state;
    for (int every = 3; every < 30; every++) {
        bench b;
        ofp_buf t = { 0 };
        open_bench(&b);
        b.opt.page_size = every % 2 ? "90x120mm" : "a4";
        for (int i = 1; i < 900; i++)
            ofp_buf_puts(&t, i % every == 0 ? "\uFF01\uFF01\uFF01\uFF01\uFF01\uFF01" : i % 31 == 0 ? "\u3002\u201D" : "\u5B57");
        para(&b, ofp_root(b.d), ofp_arena_printf(ofp_doc_arena(b.d), "%.*s", (int)t.n, t.p).p);
        lay_out(&b);
        for (size_t p = 0; p < b.book.npages; p++)
            for (size_t i = 0; i < b.book.pages[p].nitems; i++) {
                const pdf_item *it = &b.book.pages[p].items[i];
                if (it->elem && it->kind == PDF_GLYPHS && it->x < b.sheet.left + 0.3 * it->size &&
                    (ofp_str_starts(it->run->text, OFP_STR("\uFF01")) || ofp_str_starts(it->run->text, OFP_STR("\u3002"))))
                    fail_msg("a line begins with '%.*s'", (int)it->run->text.n, it->run->text.p);
            }
        ofp_buf_free(&t);
        close_bench(&b);
    }
}

/* ---- notes at the foot ---- */

static bool in_note(const bench *b, unsigned elem)
{
    while (elem > 1 && b->book.elems[elem].tag != PDF_NOTE)
        elem = b->book.elems[elem].parent;
    return elem > 1;
}

/* A note of some words, now and then of two paragraphs. */
static void add_note(bench *b, ofp_node *parent, int no, int words)
{
    ofp_node *n = ofp_add(b->d, parent, OFP_NOTE), *p = ofp_add(b->d, n, OFP_PARA);
    ofp_add_text(b->d, p, numbered_words(b, no * 10000, words));
    if (no % 5 == 0)
        para(b, n, "and more of it");
}

/* Paragraphs, items, cells and headings with notes of many lengths; every 40th is longer than a page. */
static int write_noted(bench *b, unsigned seed)
{
    ofp_node *root = ofp_root(b->d), *t = NULL;
    int no = 0;
    for (int i = 0; i < 60; i++) {
        ofp_node *at = root;
        if (i % 9 == 5)
            at = ofp_add(b->d, ofp_add(b->d, root, OFP_ULIST), OFP_ITEM);
        if (i % 11 == 7) {
            t = table(b, root, 4, 2, "cell");
            add_note(b, ofp_first(ofp_first(ofp_first(ofp_next(ofp_first(t))))), ++no, 9);
        }
        ofp_node *p = i % 13 == 4 ? head(b, at, 2, "Heading ") : ofp_add(b->d, at, OFP_PARA);
        seed = seed * 1103515245 + 12345;
        for (unsigned k = 0, n = seed >> 16 & 3; k < n; k++) {
            ofp_add_text(b->d, p, numbered_words(b, i * 100 + (int)k * 30, 5 + (int)(seed >> 20 & 15)));
            ++no;
            add_note(b, p, no, no % 40 == 0 ? 1500 : no % 7 == 0 ? 80 : 3 + (int)(seed >> 22 & 31));
        }
        ofp_add_text(b->d, p, numbered_words(b, i * 100, 25));
    }
    return no;
}

/* Notes are below the text of their page, and the text does not come near them. */
static void check_feet(const bench *b)
{
    for (size_t i = 0; i < b->book.npages; i++) {
        const pdf_page *p = &b->book.pages[i];
        double text = p->height, notes = 0;
        for (size_t k = 0; k < p->nitems; k++) {
            const pdf_item *it = &p->items[k];
            if (it->elem && in_note(b, it->elem))
                notes = it->y > notes ? it->y : notes;
            else if (it->elem)
                text = it->y < text ? it->y : text;
        }
        if (notes > text - 1.5 * b->sheet.lead && notes > 0 && text < p->height)
            fail_msg("page %zu: a note at %.1f, text at %.1f", i + 1, notes, text);
    }
}

static const pdf_dest *note_dest(const bench *b, const char *kind, int n)
{
    char name[40];
    snprintf(name, sizeof name, "\xE2\x90\x9B%s-1-%d", kind, n);
    const pdf_dest *d = find_dest(&b->book, ofp_s(name));
    assert_non_null(d);
    return d;
}

/* A note begins on the page of its reference, unless that stands right behind that of one which is longer than a page;
 * where a heading takes half of a page, it may be the next one. */
static void check_same_page(const bench *b, int notes)
{
    for (int n = 1; n <= notes; n++) {
        const pdf_dest *ref = note_dest(b, "noteref", n), *note = note_dest(b, "note", n), *before = note_dest(b, "noteref", n - n % 40 + !(n / 40));
        bool behind = n % 40 && n > 40 && before->page == ref->page && before->y < ref->y + 4 * b->sheet.lead;
        bool tiny = b->sheet.depth < 14 * b->sheet.lead && note->page == ref->page + 1;
        if (ref->page != note->page && !behind && !tiny)
            fail_msg("note %d of page %zu begins on page %zu", n, ref->page + 1, note->page + 1);
    }
}

/* Pages are filled, but for a heading, a table or a long note that does not fit any more. */
static void check_fill(const bench *b)
{
    size_t loose = 0;
    for (size_t i = 0; i + 1 < b->book.npages; i++) {
        const pdf_page *p = &b->book.pages[i];
        double rule = 0, text = p->height;
        for (size_t k = 0; k < p->nitems; k++) {
            const pdf_item *it = &p->items[k];
            if (it->elem && !in_note(b, it->elem) && it->y < text)
                text = it->y;
            if (it->kind == PDF_RECT && it->h == 0.5 && it->y > rule)
                rule = it->y;
        }
        loose += rule > 0 && text - rule > 9 * b->sheet.lead;
    }
    assert_true(loose * 8 <= b->book.npages);
}

static size_t count_words(ofp_str text)
{
    size_t n = 0;
    for (size_t i = 0; (i = ofp_str_find(text, OFP_STR("word"), i)) != SIZE_MAX; i += 4)
        n++;
    return n;
}

static void test_notes_at_the_foot(void **state)
{
    (void)state;
    static const char *const sizes[] = { "a4", "a5", "letter", "90x120mm", "140x80mm" };
    for (unsigned r = 0; r < 20; r++) {
        size_t words[2];
        for (int end = 0; end < 2; end++) {
            bench b;
            ofp_buf got = { 0 };
            open_bench(&b);
            b.opt.page_size = sizes[r % 5];
            b.opt.notes = end ? OFP_NOTES_END : OFP_NOTES_FOOT;
            int notes = write_noted(&b, r + 1);
            lay_out(&b);
            check_boxes(&b);
            words[end] = count_words(shown_text(&b, &got));
            if (!end) {
                check_feet(&b);
                check_same_page(&b, notes);
                check_fill(&b);
            }
            ofp_buf_free(&got);
            close_bench(&b);
        }
        assert_int_equal(words[0], words[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_in_order),
        cmocka_unit_test(test_nothing_leaves_the_page),
        cmocka_unit_test(test_contents),
        cmocka_unit_test(test_breaks_between_pages),
        cmocka_unit_test(test_wide_code),
        cmocka_unit_test(test_indented_lines),
        cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_right_to_left_blocks),
        cmocka_unit_test(test_bidi_order),
        cmocka_unit_test(test_own_words),
        cmocka_unit_test(test_notes_and_links),
        cmocka_unit_test(test_announced),
        cmocka_unit_test(test_references_side_by_side),
        cmocka_unit_test(test_notes_alike),
        cmocka_unit_test(test_punctuation_ends_lines),
        cmocka_unit_test(test_notes_at_the_foot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
