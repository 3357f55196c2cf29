/* needs: write-epub */
/* EPUB: the container, splitting, links between files, identifiers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>
#include "base/world.h"
#include "format.h"
#include "write/epub/book.h"
#include "write/epub/sha1.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* FIPS 180-4's examples, in pieces of every size. */
static void sha1(void **state)
{
    static const struct { const char *in; unsigned char first; unsigned char last; } cases[] = {
        { "abc", 0xa9, 0x9d }, { "", 0xda, 0x09 },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 0x84, 0xf1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t piece = 1; piece < 60; piece++) {
            epub_sha1 h;
            unsigned char d[20];
            size_t n = strlen(cases[i].in);
            epub_sha1_start(&h);
            for (size_t at = 0; at < n; at += piece)
                epub_sha1_add(&h, cases[i].in + at, n - at < piece ? n - at : piece);
            epub_sha1_end(&h, d);
            if (d[0] != cases[i].first || d[19] != cases[i].last)
                fail_msg("case %zu by %zu: %02x...%02x", i, piece, d[0], d[19]);
        }
}

/* ---- whole books ---- */

static ofp_doc *read_doc(const char *blocks, const char *meta, const char *input, ofp_log *log)
{
    ofp_err e = { 0 };
    ofp_buf in = { 0 };
    ofp_options opt = { .log = log };
    ofp_buf_printf(&in, "{\"pandoc-api-version\":[1,23],\"meta\":{%s},\"blocks\":[%s]}", meta, blocks);
    ofp_doc *d = ofp_read("json", ofp_buf_str(&in), input, NULL, &opt, &e);
    ofp_buf_free(&in);
    if (!d)
        fail_msg("%s", e.msg);
    return d;
}

static void write_book(ofp_doc *d, const ofp_options *opt, ofp_buf *out)
{
    ofp_err e = { 0 };
    if (!ofp_write_epub(d, opt, out, &e))
        fail_msg("%s", e.msg);
    ofp_doc_free(d);
}

/* A file of the book, NUL-terminated; empty where it has none of that name. */
static void file_of(const ofp_buf *book, const char *name, ofp_buf *out)
{
    zip_source_t *s = zip_source_buffer_create(book->p, book->n, 0, NULL);
    zip_t *z = zip_open_from_source(s, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    char piece[4096];
    assert_non_null(z);
    zip_file_t *f = zip_fopen(z, name, 0);
    ofp_buf_free(out);
    for (zip_int64_t n; f && (n = zip_fread(f, piece, sizeof piece)) > 0;)
        ofp_buf_add(out, (ofp_str){ piece, (size_t)n });
    ofp_buf_putc(out, 0);
    if (f)
        zip_fclose(f);
    zip_close(z);
}

static void expect_in(const ofp_buf *book, const char *name, const char *want)
{
    ofp_buf file = { 0 };
    file_of(book, name, &file);
    if (!strstr(file.p, want))
        fail_msg("%s lacks\n%s\nin\n%s", name, want, file.p);
    ofp_buf_free(&file);
}

#define PARA(x) "{\"t\":\"Para\",\"c\":[" x "]}"
#define STR(x) "{\"t\":\"Str\",\"c\":\"" x "\"}"
#define LINK(x, url) "{\"t\":\"Link\",\"c\":[[\"\",[],[]],[" STR(x) "],[\"" url "\",\"\"]]}"
#define HEAD(n, id, x) "{\"t\":\"Header\",\"c\":[" #n ",[\"" id "\",[],[]],[" STR(x) "]]}"
#define META(key, x) "\"" key "\":{\"t\":\"MetaString\",\"c\":\"" x "\"}"

/* OCF §4.3: the first file is "mimetype", stored, with no extra field: its text stands at byte 38. */
static void container(void **state)
{
    ofp_buf book = { 0 };
    const ofp_options opt = { 0 };
    (void)state;
    write_book(read_doc(PARA(STR("x")), META("title", "T & U"), "t", NULL), &opt, &book);
    assert_memory_equal(book.p, "PK\3\4", 4);
    assert_memory_equal(book.p + 8, "\0\0\0\0\x21\0", 6);               /* stored, 1980-01-01 */
    assert_memory_equal(book.p + 26, "\x08\0\0\0mimetypeapplication/epub+zip", 32);
    expect_in(&book, "EPUB/package.opf", "<dc:title id=\"title-main\">T &amp; U</dc:title>");
    expect_in(&book, "EPUB/package.opf", "<dc:language>und</dc:language>");
    expect_in(&book, "EPUB/package.opf", "<dc:identifier id=\"pub-id\">urn:uuid:");
    expect_in(&book, "EPUB/package.opf", "dcterms:modified\">2000-01-01T00:00:00Z</meta>");
    expect_in(&book, "EPUB/text001.xhtml", "<p>x</p>");
    ofp_buf_free(&book);
}

static const char *epoch(void *user, const char *name)
{
    (void)user;
    return strcmp(name, "SOURCE_DATE_EPOCH") ? NULL : "1709210096";
}

static int64_t at_epoch(void *user)
{
    (void)user;
    return 1709210096;
}

/* The environment's date, else the document's; one identifier for one content. */
static void dates_and_identifiers(void **state)
{
    static const struct { bool epoch; const char *meta, *want; } cases[] = {
        { true, META("date", "2020-01-02"), "modified\">2024-02-29T12:34:56Z<" },
        { false, META("date", "2020-01-02"), "modified\">2020-01-02T00:00:00Z<" },
        { false, META("date", "2020-01-02T10:00:00+01:00"), "<dc:date>2020-01-02</dc:date>" },
        { false, META("date", "2020-01"), "<dc:date>2020-01</dc:date>" },
        { false, META("date", "2020-01-02") "," META("modified", "2021-03-04"), "modified\">2021-03-04T00:00:00Z<" },
        { false, META("identifier", "urn:isbn:9780000000002"), "\"pub-id\">urn:isbn:9780000000002<" },
        { false, META("author", "A; B & C"), "<dc:creator id=\"creator1\">A; B &amp; C</dc:creator>" },
    };
    ofp_world w = *ofp_world_or_os(NULL);
    ofp_buf first = { 0 };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_options opt = { .world = &w };
        ofp_buf book = { 0 };
        w = *ofp_world_or_os(NULL);
        if (cases[i].epoch) {
            w.env = epoch;
            w.now = at_epoch;
        }
        write_book(read_doc(PARA(STR("x")), cases[i].meta, "t", NULL), &opt, &book);
        expect_in(&book, "EPUB/package.opf", cases[i].want);
        if (i == 1)
            write_book(read_doc(PARA(STR("x")), cases[i].meta, "elsewhere/t", NULL), &opt, &first);
        if (i == 1 && (first.n != book.n || memcmp(first.p, book.p, book.n)))
            fail_msg("the same content gives other bytes");
        ofp_buf_free(&book);
    }
    ofp_buf_free(&first);
}

/* Sections of 100 KB go to files of their own; links and contents follow them. */
static void splitting(void **state)
{
    ofp_buf blocks = { 0 }, book = { 0 };
    const ofp_options opt = { .toc = true };
    (void)state;
    for (int i = 1; i <= 6; i++) {
        ofp_buf_printf(&blocks, "%s" HEAD(2, "s%d", "S%d") "," PARA(LINK("to", "#s%d") "," STR("%0100000d")), i > 1 ? "," : "", i, i, 7 - i, 0);
        ofp_buf_printf(&blocks, "," PARA("{\"t\":\"Note\",\"c\":[" PARA(STR("n%d")) "]}"), i);
    }
    ofp_buf_putc(&blocks, 0);
    write_book(read_doc(blocks.p, META("title", "T"), "t", NULL), &opt, &book);
    expect_in(&book, "EPUB/text001.xhtml", "<a href=\"text003.xhtml#s6\">to</a>");
    expect_in(&book, "EPUB/text002.xhtml", "<h2 id=\"s3\">S3</h2>");
    expect_in(&book, "EPUB/text002.xhtml", "<a href=\"#s4\">to</a>");
    expect_in(&book, "EPUB/text002.xhtml", "id=\"fn3\"");
    expect_in(&book, "EPUB/text003.xhtml", "<a href=\"text001.xhtml#s2\">to</a>");
    expect_in(&book, "EPUB/nav.xhtml", "<a href=\"text003.xhtml#s5\">S5</a>");
    expect_in(&book, "EPUB/toc.ncx", "<content src=\"text002.xhtml#s4\" />");
    expect_in(&book, "EPUB/package.opf", "<itemref idref=\"nav\" />\n<itemref idref=\"text001\" />\n<itemref idref=\"text002\" />");
    ofp_buf_free(&blocks);
    ofp_buf_free(&book);
}

/* Two articles: links between them stay in the book, others leave it or go. */
static void links_in_a_pack(void **state)
{
    static const struct { const char *url, *want; } cases[] = {
        { "https://s.org/b", "<p><a href=\"text002.xhtml#article-2\">x</a></p>" },
        { "https://s.org/b#sec", "<p><a href=\"text002.xhtml#sec\">x</a></p>" },
        { "https://s.org/b#none", "<p><a href=\"text002.xhtml#article-2\">x</a></p>" }, { "b#sec", "<p><a href=\"text002.xhtml#sec\">x</a></p>" },
        { "https://s.org/a", "<p><a href=\"https://s.org/a\">x</a></p>" },
        { "https://s.org/c", "<p><a href=\"https://s.org/c\">x</a></p>" },
        { "#there", "<p><a href=\"#there\">x</a></p>" }, { "#no", "<p>x</p>" }, { "#", "<p>x</p>" }, { "c.html", "<p>x</p>" },
        { "javascript:x", "<p>x</p>" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_buf blocks = { 0 }, book = { 0 };
        ofp_err e = { 0 };
        const ofp_options opt = { 0 };
        ofp_buf_printf(&blocks, HEAD(3, "there", "H") "," PARA("{\"t\":\"Link\",\"c\":[[\"\",[],[]],[" STR("x") "],[\"%s\",\"\"]]}"), cases[i].url);
        ofp_buf_putc(&blocks, 0);
        ofp_doc *parts[2] = { read_doc(blocks.p, META("title", "A") "," META("url", "https://s.org/a") "," META("lang", "de"), "a", NULL),
                              read_doc(HEAD(1, "sec", "H"), META("title", "B") "," META("url", "https://s.org/b") "," META("lang", "fa"), "b", NULL) };
        ofp_doc *d = ofp_doc_new("pack", NULL);
        assert_true(ofp_bind(d, parts, 2, &e));
        ofp_doc_free(parts[0]);
        ofp_doc_free(parts[1]);
        write_book(d, &opt, &book);
        expect_in(&book, "EPUB/text001.xhtml", cases[i].want);
        expect_in(&book, "EPUB/text001.xhtml", "lang=\"de\" xml:lang=\"de\">");
        expect_in(&book, "EPUB/text001.xhtml", "<h2 id=\"there\">H</h2>");
        expect_in(&book, "EPUB/text002.xhtml", "lang=\"fa\" xml:lang=\"fa\" dir=\"rtl\">");
        ofp_buf_free(&blocks);
        ofp_buf_free(&book);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha1), cmocka_unit_test(container),
        cmocka_unit_test(dates_and_identifiers), cmocka_unit_test(splitting), cmocka_unit_test(links_in_a_pack),
    };
    return cmocka_run_group_tests_name("epub", tests, NULL, NULL);
}
