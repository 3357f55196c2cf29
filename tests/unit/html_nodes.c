/* Nodes to HTML and XHTML: escaping, references, languages, ids, and every kind of node. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "doctools/html_nodes.h"
#include "doctools/lang.h"
#include "doctools/toc.h"
#include "doctools/xmlout.h"
#include "format.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void expect(size_t i, ofp_buf *got, const char *want)
{
    if (!ofp_str_eq(ofp_buf_str(got), ofp_s(want)))
        fail_msg("case %zu:\n  got  %.*s\n  want %s", i, (int)got->n, got->p, want);
    ofp_buf_free(got);
}

static void escapes(void **state)
{
    static const struct { const char *in, *text, *quoted; } cases[] = {
        { "a < b & \"c\" > d", "a &lt; b &amp; \"c\" &gt; d", "a &lt; b &amp; &quot;c&quot; &gt; d" },
        { "one\ntwo\r\nthree\rfour\tfive", "one\ntwo\nthree\nfour\tfive", "one two\nthree four five" },
        { "a\x01\x0b\x0c\x1f\x7f" "b", "ab", "ab" },
        { "\xC2\x85\xC2\x9F|\xEF\xB7\x90|\uFFFE|\U0001FFFF|", "||||", "||||" },
        { "\xff\xc3(", "\uFFFD\uFFFD(", "\uFFFD\uFFFD(" },
        { "é 漢 \U0001F600", "é 漢 \U0001F600", "é 漢 \U0001F600" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_buf text = { 0 };
        ofp_xml_text(&text, ofp_s(cases[i].in));
        expect(i, &text, cases[i].text);
        if (i == 1)
            continue;                   /* what a CR LF becomes in an attribute is told below */
        ofp_xml_quoted(&text, ofp_s(cases[i].in));
        expect(i, &text, cases[i].quoted);
    }
    ofp_buf line = { 0 };
    ofp_xml_attr(&line, "title", OFP_STR("a\r\nb\rc"));
    expect(0, &line, " title=\"a b c\"");
}

static void references(void **state)
{
    static const struct { const char *in, *link; bool image; } cases[] = {
        { "http://a.org/x?y=1&z=2#f", "http://a.org/x?y=1&amp;z=2#f", true },
        { "  https://a.org/a b\n/c\td ", "https://a.org/a%20b/cd", true },
        { "https://a.org/%zz%41[1]{|}\\^`\"<>", "https://a.org/%25zz%41%5B1%5D%7B%7C%7D%5C%5E%60%22%3C%3E", true },
        { "https://a.org/#a#b", "https://a.org/#a%23b", true },
        { "http://[::1]:80/[x]", "http://[::1]:80/%5Bx%5D", true },
        { "http://u:p@a_b.org:8080/", "http://u:p@a_b.org:8080/", true },
        { "http://bücher.example/é\u00a0", "http://bücher.example/é%C2%A0", true },
        { "http://", NULL, false }, { "http:///x", NULL, false }, { "http:x", NULL, false }, { "https://-a.org", NULL, false },
        { "http://exa mple.org/", NULL, false }, { "http://a|b/", NULL, false }, { "http://a.org:8x/", NULL, false },
        { "//a.org/x", "//a.org/x", true }, { "///x", NULL, false },
        { "javascript:alert(1)", NULL, false }, { "JavaScript:alert(1)", NULL, false }, { "java\nscript:alert(1)", NULL, false },
        { "vbscript:x", NULL, false }, { "file:///etc/passwd", NULL, false }, { "data:text/html,x", NULL, false },
        { "mailto:a@b.org?subject=x y", "mailto:a@b.org?subject=x%20y", false }, { "tel:+49-1", "tel:+49-1", false },
        { "", NULL, false }, { "a/b.html", "a/b.html", true }, { "#x", "#x", true }, { "?q", "?q", true },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_buf out = { 0 };
        bool ok = ofp_xml_href(&out, ofp_s(cases[i].in), OFP_HREF_LINK);
        if (ok != (cases[i].link != NULL))
            fail_msg("case %zu: '%s' is %s", i, cases[i].in, ok ? "a link" : "no link");
        expect(i, &out, cases[i].link ? cases[i].link : "");
        if (ofp_xml_href(&out, ofp_s(cases[i].in), OFP_HREF_IMAGE) != cases[i].image)
            fail_msg("case %zu: '%s' as an image", i, cases[i].in);
        ofp_buf_free(&out);
    }
}

static void languages(void **state)
{
    static const struct { const char *in, *tag; bool rtl; } cases[] = {
        { "en", "en", false }, { "EN_us", "en-US", false }, { "en_US.UTF-8", "en-US", false }, { "zh-hant-TW", "zh-Hant-TW", false },
        { "ar", "ar", true }, { "fa-IR", "fa-IR", true }, { "az-arab", "az-Arab", true }, { "ar-Latn", "ar-Latn", false },
        { "de-1996", "de-1996", false }, { "en-x-AB", "en-x-ab", false }, { " he ", "he", true }, { "sr@latin", "sr", false },
        { "", NULL, false }, { "C", NULL, false }, { "english", NULL, false }, { "en-", NULL, false }, { "e1", NULL, false },
        { "en--us", NULL, false }, { "en\"us", NULL, false }, { "en-abcdefghi", NULL, false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_lang lang;
        bool ok = ofp_lang_clean(ofp_s(cases[i].in), &lang);
        if (ok != (cases[i].tag != NULL) || strcmp(lang.tag, ok ? cases[i].tag : ""))
            fail_msg("case %zu: '%s' gives '%s'", i, cases[i].in, lang.tag);
        if (ofp_lang_rtl(ofp_s(lang.tag)) != cases[i].rtl)
            fail_msg("case %zu: direction of '%s'", i, cases[i].in);
    }
}

static ofp_doc *read_blocks(const char *blocks)
{
    ofp_err e = { 0 };
    ofp_buf in = { 0 };
    ofp_buf_printf(&in, "{\"pandoc-api-version\":[1,23],\"meta\":{},\"blocks\":[%s]}", blocks);
    ofp_doc *d = ofp_read("json", ofp_buf_str(&in), "case", NULL, NULL, &e);
    ofp_buf_free(&in);
    if (!d)
        fail_msg("%s: %s", blocks, e.msg);
    return d;
}

#define PARA(x) "{\"t\":\"Para\",\"c\":[" x "]}"
#define PLAIN(x) "{\"t\":\"Plain\",\"c\":[" x "]}"
#define STR(x) "{\"t\":\"Str\",\"c\":\"" x "\"}"
#define LINK(x, url) "{\"t\":\"Link\",\"c\":[[\"\",[],[]],[" x "],[\"" url "\",\"\"]]}"
#define IMAGE(x, url, attrs) "{\"t\":\"Image\",\"c\":[[\"\",[],[" attrs "]],[" x "],[\"" url "\",\"\"]]}"
#define NOTE(x) "{\"t\":\"Note\",\"c\":[" x "]}"
#define SPAN(id, class, attrs, x) "{\"t\":\"Span\",\"c\":[[\"" id "\",[" class "],[" attrs "]],[" x "]]}"
#define DIV(id, class, attrs, x) "{\"t\":\"Div\",\"c\":[[\"" id "\",[" class "],[" attrs "]],[" x "]]}"
#define RAW(kind, f, x) "{\"t\":\"Raw" kind "\",\"c\":[\"" f "\",\"" x "\"]}"
#define CELL(align, rows, cols, x) "[[\"\",[],[]],{\"t\":\"Align" align "\"}," #rows "," #cols ",[" x "]]"
#define ROW(cells) "[[\"\",[],[]],[" cells "]]"
#define TABLE(cols, head, headcols, body, foot) \
    "{\"t\":\"Table\",\"c\":[[\"\",[],[]],[null,[]],[" cols "],[[\"\",[],[]],[" head "]]," \
    "[[[\"\",[],[]]," #headcols ",[],[" body "]]],[[\"\",[],[]],[" foot "]]]}"
#define COL(align, width) "[{\"t\":\"Align" align "\"}," width "]"
#define ANY "{\"t\":\"ColWidthDefault\"}"

/* Where html or xhtml is NULL it is the same as the other. */
static const struct { const char *in, *html, *xhtml; } nodes[] = {
    { PARA(STR("a") ",{\"t\":\"SoftBreak\"}," STR("b") ",{\"t\":\"LineBreak\"}," STR("c")), "<p>a\nb<br>\nc</p>\n", "<p>a\nb<br />\nc</p>\n" },
    { "{\"t\":\"HorizontalRule\"}", "<hr>\n", "<hr />\n" },
    { PARA("{\"t\":\"Quoted\",\"c\":[{\"t\":\"DoubleQuote\"},[" STR("x") "]]}"), "<p>“x”</p>\n", NULL },
    { PARA("{\"t\":\"Math\",\"c\":[{\"t\":\"InlineMath\"},\"a<b\"]}"), "<p><math><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"
      "<annotation encoding=\"application/x-tex\">a&lt;b</annotation></semantics></math></p>\n",
      "<p><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"
      "<annotation encoding=\"application/x-tex\">a&lt;b</annotation></semantics></math></p>\n" },
    { PARA("{\"t\":\"Math\",\"c\":[{\"t\":\"DisplayMath\"},\"a<}\"]}"), "<p><span class=\"math display\">\\[a&lt;}\\]</span></p>\n", NULL },
    { "{\"t\":\"CodeBlock\",\"c\":[[\"\",[\"c\",\"numberLines\"],[[\"k\",\"v\"]]],\"if (a<b)\\n\"]}",
      "<pre><code class=\"language-c\">if (a&lt;b)\n</code></pre>\n", NULL },
    { PARA("{\"t\":\"Code\",\"c\":[[\"\",[\"bad\\\"class\"],[]],\"x\"]}"), "<p><code>x</code></p>\n", NULL },
    /* links do not nest, notes and all; what is no link keeps its text and its place */
    { PARA(LINK(STR("x"), "javascript:y")), "<p>x</p>\n", NULL },
    { PARA(LINK(LINK(STR("x"), "http://b.org/"), "http://a.org/")), "<p><a href=\"http://a.org/\">x</a></p>\n", NULL },
    { PARA(LINK(STR("x") "," NOTE(PARA(STR("n"))), "#t") "," STR(".")),
      "<p><a href=\"#t\">x</a><sup><a role=\"doc-noteref\" href=\"#fn1\" id=\"fnref1\">1</a></sup>.</p>\n"
      "<section class=\"footnotes\">\n<aside role=\"doc-footnote\" id=\"fn1\">\n"
      "<p><a role=\"doc-backlink\" href=\"#fnref1\">1</a>. n</p>\n</aside>\n</section>\n",
      "<p><a href=\"#t\">x</a><a epub:type=\"noteref\" role=\"doc-noteref\" href=\"#fn1\" id=\"fnref1\">1</a>.</p>\n"
      "<section class=\"footnotes\" epub:type=\"footnotes\">\n<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"fn1\">\n"
      "<p><a role=\"doc-backlink\" href=\"#fnref1\">1</a>. n</p>\n</aside>\n</section>\n" },
    /* only what is known and valid of a source's attributes */
    { DIV("a b", "\"junk\",\"abstract\"", "[\"onclick\",\"x\"],[\"lang\",\"de_AT\"],[\"dir\",\"sideways\"]", PARA(STR("x"))),
      "<div id=\"a-b\" class=\"abstract\" lang=\"de-AT\">\n<p>x</p>\n</div>\n",
      "<div id=\"a-b\" class=\"abstract\" lang=\"de-AT\" xml:lang=\"de-AT\">\n<p>x</p>\n</div>\n" },
    { DIV("", "\"junk\"", "", PARA(STR("x"))), "<p>x</p>\n", NULL },
    { PARA(SPAN("", "\"kbd\"", "", STR("x")) "," SPAN("", "\"junk\"", "", STR("y")) "," SPAN("", "", "[\"lang\",\"he\"]", STR("z"))),
      "<p><kbd>x</kbd>y<span lang=\"he\" dir=\"rtl\">z</span></p>\n",
      "<p><kbd>x</kbd>y<span lang=\"he\" xml:lang=\"he\" dir=\"rtl\">z</span></p>\n" },
    { PARA(SPAN("1 x", "", "", STR("a")) "," SPAN("1 x", "", "", STR("b")) "," SPAN("fn1", "", "", STR("c")) "," SPAN("1-x", "", "", STR("d"))),
      "<p><span id=\"id-1-x\">a</span>b<span id=\"fn1-\">c</span><span id=\"id-1-x-2\">d</span></p>\n", NULL },
    /* pictures */
    { PARA(IMAGE(STR("a\\\"b"), "x y.png", "[\"width\",\"50%\"],[\"height\",\"20px\"],[\"style\",\"x\"]")),
      "<p><img src=\"x%20y.png\" alt=\"a&quot;b\" height=\"20\" style=\"width: 50%\"></p>\n",
      "<p><img src=\"x%20y.png\" alt=\"a&quot;b\" height=\"20\" style=\"width: 50%\" /></p>\n" },
    { PARA(IMAGE("", "data:text/html,x", "")), "<p><span class=\"missing\">[Image]</span></p>\n", NULL },
    /* raw markup is HTML's own; books take its text */
    { PARA(STR("x") "," RAW("Inline", "html", "<b onclick=1>") "," STR("y") "," RAW("Inline", "tex", "\\\\z")), "<p>x<b onclick=1>y</p>\n", "<p>xy</p>\n" },
    { RAW("Block", "html", "<div>a<br>&amp;<!-- c --><script>d</script></div>"), "<div>a<br>&amp;<!-- c --><script>d</script></div>\n",
      "<p>a<br />&amp;amp;</p>\n" },
    { RAW("Block", "html", "<!-- c --><style>x</style>") "," PARA(STR("y")), "<!-- c --><style>x</style>\n<p>y</p>\n", "<p>y</p>\n" },
    /* lists */
    { "{\"t\":\"OrderedList\",\"c\":[[4,{\"t\":\"LowerRoman\"},{\"t\":\"Period\"}],[[" PLAIN(STR("a")) "],[" PARA(STR("b")) "," PARA(STR("c")) "]]]}",
      "<ol start=\"4\" type=\"i\">\n<li>a</li>\n<li>\n<p>b</p>\n<p>c</p>\n</li>\n</ol>\n", NULL },
    { "{\"t\":\"BulletList\",\"c\":[[" PLAIN(STR("☐") ",{\"t\":\"Space\"}," STR("a")) "],[" PLAIN(STR("☒") ",{\"t\":\"Space\"}," STR("b")) "]]}",
      "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> a</label></li>\n"
      "<li class=\"task\"><label><input type=\"checkbox\" disabled checked> b</label></li>\n</ul>\n",
      "<ul>\n<li class=\"task\">☐ a</li>\n<li class=\"task\">☒ b</li>\n</ul>\n" },
    { "{\"t\":\"DefinitionList\",\"c\":[[[" STR("t") "],[[" PLAIN(STR("d")) "]]],[[" STR("u") "],[]]]}",
      "<dl>\n<dt>t</dt>\n<dd>d</dd>\n<dt>u</dt>\n<dd></dd>\n</dl>\n", NULL },
    { "{\"t\":\"LineBlock\",\"c\":[[" STR("a") "],[" STR("b") "]]}", "<p class=\"verse\">a<br>\nb</p>\n", "<p class=\"verse\">a<br />\nb</p>\n" },
    /* tables: spans end with their section, heads know their columns even below a span */
    { TABLE(COL("Right", ANY) "," COL("Default", "{\"t\":\"ColWidth\",\"c\":0.25}"), ROW(CELL("Default", 1, 2, PLAIN(STR("h")))), 1,
            ROW(CELL("Default", 9, 1, PLAIN(STR("a"))) "," CELL("Center", 1, 1, PLAIN(STR("b")))) "," ROW(CELL("Default", 1, 1, PLAIN(STR("c")))), ""),
      "<table>\n<colgroup>\n<col>\n<col style=\"width: 25.0%\">\n</colgroup>\n"
      "<thead>\n<tr>\n<th scope=\"colgroup\" colspan=\"2\" style=\"text-align: right\">h</th>\n</tr>\n</thead>\n"
      "<tbody>\n<tr>\n<th scope=\"rowgroup\" rowspan=\"2\" style=\"text-align: right\">a</th>\n"
      "<td style=\"text-align: center\">b</td>\n</tr>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n</table>\n",
      "<table>\n<colgroup>\n<col />\n<col style=\"width: 25.0%\" />\n</colgroup>\n"
      "<thead>\n<tr>\n<th scope=\"colgroup\" colspan=\"2\" style=\"text-align: right\">h</th>\n</tr>\n</thead>\n"
      "<tbody>\n<tr>\n<th scope=\"rowgroup\" rowspan=\"2\" style=\"text-align: right\">a</th>\n"
      "<td style=\"text-align: center\">b</td>\n</tr>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n</table>\n" },
    /* loose text */
    { DIV("x", "", "", PLAIN(STR("a")) "," PLAIN(STR("b"))), "<div id=\"x\">\n<p>a</p>\n<p>b</p>\n</div>\n", NULL },
};

static void print_nodes(const char *in, bool xhtml, ofp_buf *out)
{
    ofp_doc *d = read_blocks(in);
    ofp_html h = { .out = out, .xhtml = xhtml, .ids = ofp_ids_new(ofp_doc_arena(d), d, false) };
    ofp_html_node(&h, ofp_root(d));
    ofp_html_notes(&h);
    ofp_html_free(&h);
    ofp_doc_free(d);
}

static void every_node(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(nodes); i++) {
        ofp_buf out = { 0 };
        print_nodes(nodes[i].in, false, &out);
        expect(i, &out, nodes[i].html);
        print_nodes(nodes[i].in, true, &out);
        expect(i, &out, nodes[i].xhtml ? nodes[i].xhtml : nodes[i].html);
    }
}

static void put_id(void *user, ofp_buf *out, const ofp_toc_entry *entry)
{
    (void)user;
    ofp_buf_add(out, entry->target->id);
}

#define HEAD(n, id, x) "{\"t\":\"Header\",\"c\":[" #n ",[\"" id "\",[],[]],[" STR(x) "]]}"

/* Levels that skip, come back and repeat; headings inside quotes are somebody else's. */
static void outline(void **state)
{
    ofp_buf out = { 0 };
    ofp_toc toc;
    ofp_doc *d = read_blocks(HEAD(2, "", "One & all") "," HEAD(5, "x", "Two") "," HEAD(3, "", "Three") "," HEAD(2, "", "One & all")
                             "," "{\"t\":\"BlockQuote\",\"c\":[" HEAD(1, "", "Quoted") "]}," HEAD(1, "", "中文"));
    ofp_ids *ids = ofp_ids_new(ofp_doc_arena(d), d, true);
    (void)state;
    assert_true(ofp_toc_build(ofp_doc_arena(d), d, ids, &toc));
    ofp_toc_list(&out, &toc, 2, put_id, NULL);
    expect(0, &out, "<ol>\n<li><a href=\"one-all\">One &amp; all</a>\n<ol>\n<li><a href=\"x\">Two</a></li>\n"
                    "<li><a href=\"three\">Three</a></li>\n</ol>\n</li>\n<li><a href=\"one-all-2\">One &amp; all</a></li>\n"
                    "<li><a href=\"section\">中文</a></li>\n</ol>\n");
    ofp_toc_list(&out, &toc, 1, put_id, NULL);
    expect(1, &out, "<ol>\n<li><a href=\"one-all\">One &amp; all</a></li>\n<li><a href=\"one-all-2\">One &amp; all</a></li>\n"
                    "<li><a href=\"section\">中文</a></li>\n</ol>\n");
    ofp_doc_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes), cmocka_unit_test(references), cmocka_unit_test(languages),
        cmocka_unit_test(every_node), cmocka_unit_test(outline),
    };
    return cmocka_run_group_tests_name("html_nodes", tests, NULL, NULL);
}
