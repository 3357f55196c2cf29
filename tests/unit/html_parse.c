/* needs: read-html */
/* The parser's trees: what html5lib's tests say in full, and the bounds that keep it linear. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "read/html/dom.h"

/* On one line, without html, head and body where they say nothing: p[a b[c]]. */
static void show(const dom *n, ofp_buf *b)
{
    if (n->tag == T_TEXT) {
        ofp_buf_printf(b, "'%.*s'", (int)n->text.n, n->text.p);
        return;
    }
    bool frame = DOM_IS(n, T_HTML, T_HEAD, T_BODY) && !n->nattrs;
    if (!frame)
        ofp_buf_add(b, n->name);
    for (unsigned i = 0; i < n->nattrs; i++)
        ofp_buf_printf(b, " %.*s=%.*s", (int)n->attrs[i].name.n, n->attrs[i].name.p, (int)n->attrs[i].value.n, n->attrs[i].value.p);
    if (n->first && !frame)
        ofp_buf_putc(b, '[');
    for (const dom *c = n->first; c; c = c->next) {
        if (c->prev && c->prev->tag != T_TEXT && b->n && b->p[b->n - 1] != ' ')
            ofp_buf_putc(b, ' ');
        show(c, b);
    }
    if (n->first && !frame)
        ofp_buf_putc(b, ']');
}

static const struct { const char *in, *out; } trees[] = {
    { "", "" },
    { "a", "'a'" },
    { "a < b </ c", "'a < b '" },
    { "a</>b", "'ab'" },
    { "a<!-- b -- --!>c<!--->d<!-->e", "'acde'" },
    { "<p>a<p>b", "p['a'] p['b']" },
    { "<P CLASS=X id='1' Class=y title>a</P>", "p class=X id=1 title=['a']" },
    { "<p a=\"b>c\" d=e/f g = h>", "p a=b>c d=e/f g=h" },
    { "<p a=b", "" },
    { "<br/><hr / ><img src=a/b>", "br hr img src=a/b" },
    { "a\r\nb\rc", "'a\nb\nc'" },
    { "seven b\n\tblanks\x01 and\fcontrols\x7F, \v one by one", "'seven b\n\tblanks\uFFFD and\fcontrols\uFFFD, \uFFFD one by one'" },
    { "a\001b\302\205c\302\240d", "'a\357\277\275b\357\277\275c\302\240d'" },
    /* character references */
    { "&amp;&lt;&#65;&#x42;&copy&copy;", "'&<AB\302\251\302\251'" },
    { "&notit; &notin; &nothing &am &; &#; &#x;", "'\302\254it; \342\210\211 \302\254hing &am &; &#; &#x;'" },
    { "&#128;&#0;&#xD800;&#99999999999;", "'\342\202\254\357\277\275\357\277\275\357\277\275'" },
    { "&nGt;&nGt;&nGt;", "'\342\211\253\342\203\222\342\211\253\342\203\222\342\211\253\342\203\222'" },
    { "<a href='?a=1&copy=2&lt;&amp'>", "a href=?a=1&copy=2<&" },
    /* elements without markup */
    { "<title>a<b>&amp;</title>", "title['a<b>&']" },
    { "<textarea>\n\na</b></textarea>b", "textarea['\na</b>'] 'b'" },
    { "<script type=application/json><!--<script></script>--></script>a", "script type=application/json['<!--<script></script>-->'] 'a'" },
    { "<script>a</script><style>b</style>", "script style" },
    { "<pre>\n\na</pre>", "pre['\na']" },
    { "<template>a<td>b</template>c", "template 'c'" },
    /* what ends by itself */
    { "<ul><li>a<li>b</ul>c", "ul[li['a'] li['b']] 'c'" },
    { "<dl><dt>a<dd>b<dt>c</dl>", "dl[dt['a'] dd['b'] dt['c']]" },
    { "<h1>a<h2>b</h1>c", "h1['a'] h2['b'] 'c'" },
    { "a</p>b</br>c", "'a'p 'b'br 'c'" },
    { "<select><option>a<option>b<optgroup><option>c</select>d", "select[option['a'] option['b'] optgroup[option['c']]] 'd'" },
    { "<ruby>a<rt>b<rp>c</ruby>", "ruby['a'rt['b'] rp['c']]" },
    { "<button>a<button>b", "button['a'] button['b']" },
    /* formatting elements that cross blocks */
    { "<b>a<i>b</b>c</i>d", "b['a'i['b']] i['c'] 'd'" },
    { "<b>a<p>b</b>c</p>d", "b['a'] p[b['b'] 'c'] 'd'" },
    { "<p><b>a<p>b", "p[b['a']] p[b['b']]" },
    { "<a href=1>a<a href=2>b", "a href=1['a'] a href=2['b']" },
    { "<b><b><b><b>a<p>b", "b[b[b[b['a'p['b']]]]]" },
    { "<p><b><b><b><b>a<p>b", "p[b[b[b[b['a']]]]] p[b[b[b['b']]]]" },
    { "<b>a<table><td>b</b>c</table>d", "b['a'table[tbody[tr[td['bc']]]] 'd']" },
    /* tables */
    { "<table><td>a<td>b<tr><th>c</table>", "table[tbody[tr[td['a'] td['b']] tr[th['c']]]]" },
    { "<table>a<tr>b<td>c</table>", "'ab'table[tbody[tr[td['c']]]]" },
    { "<table> <tr> <p>a</p></table>", "p['a'] table[' 'tbody[tr[' ']]]" },
    { "<table><caption>a<td>b", "table[caption['a'] tbody[tr[td['b']]]]" },
    { "<table><col><td>a", "table[colgroup[col] tbody[tr[td['a']]]]" },
    { "<table><td><table><td>a</table>b</table>c", "table[tbody[tr[td[table[tbody[tr[td['a']]]] 'b']]]] 'c'" },
    { "<p><table></table>", "p[table]" },
    { "<!doctype html><p><table></table>", "p table" },
    { "<!doctype html public '-//w3c//dtd html 4.01 transitional//en'><p><table></table>", "p[table]" },
    { "<!doctype html public '-//w3c//dtd html 4.01 transitional//en' 'x'><p><table></table>", "p table" },
    /* SVG and MathML */
    { "<svg><a xlink:href=b><title>c<i>d</i></title><![CDATA[<e>]]></svg>f", "svg[a href=b[title['c'i['d']] '<e>']] 'f'" },
    { "<svg><g/><p>a", "svg[g] p['a']" },
    { "<math><mi>a<b>c</b></mi></math>", "math[mi['a'b['c']]]" },
    { "<![CDATA[a]]>", "" },
    /* the document's own elements */
    { "<html lang=a><body class=b>c<html lang=d dir=e><body id=f>", "html lang=a dir=e[ body class=b id=f['c']]" },
    { "<head><link></head><meta>a", "link meta 'a'" },
    { "a</body>b</html>c", "'abc'" },
    { "<noscript><img></noscript>", "noscript img" },
    { "<frameset><frame></frameset>a", "frameset[frame]" },
    { "<plaintext>a</plaintext>", "plaintext['a</plaintext>']" },
    { "<amp-img src=a><p>b</amp-img>", "amp-img src=a[p['b']]" },
};

static void tree_of(const char *in, ofp_buf *b)
{
    ofp_arena *a = ofp_arena_new();
    dom_limits limits;
    ofp_err e = { 0 };
    const dom *root = dom_parse(a, ofp_s(in), false, &limits, &e);
    assert_non_null(root);
    for (const dom *c = root->first; c; c = c->next)
        show(c, b);
    ofp_arena_free(a);
}

static void test_trees(void **state)
{
    unsigned bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        ofp_buf b = { 0 };
        tree_of(trees[i].in, &b);
        if (!ofp_str_eq(ofp_str_trim(ofp_buf_str(&b)), ofp_s(trees[i].out))) {
            print_error("%s\n  is     %.*s\n  wanted %s\n", trees[i].in, (int)b.n, b.p ? b.p : "", trees[i].out);
            bad++;
        }
        ofp_buf_free(&b);
    }
    assert_int_equal(bad, 0);
}

/* Much of the same: how often, what is left out of it, how deep the tree is at most, how many nodes it has at most. */
static const struct { const char *unit; unsigned count; bool tags, attrs, formatting; unsigned deepest, nodes; } bounds[] = {
    { "<div>", 300, false, false, false, 303, 304 },
    { "<div>", 10000, true, false, false, 500, 600 },
    { "<div/>", 10000, true, false, false, 500, 600 },
    { "<svg><img>", 10000, false, false, false, 5, 20010 },
    { "<svg><g>", 10000, true, false, false, 500, 600 },
    { "<svg/><br/>", 10000, false, false, false, 3, 20010 },
    { "<span><p>", 10000, false, false, false, 5, 20003 },
    { "<script>a</script>", 10000, false, false, false, 3, 10010 },
    { "<b>", 1000, true, false, false, 400, 401 },
    { "<p><font color=a><font color=b><b><i><u><s>a", 1000, false, false, false, 28, 25967 },
    { "<p><b a><b b><b c><i a><i b><i c><s a><s b><s c><u a><u b><u c><em a><em b><em c><tt a><tt b><tt c><q><big a><big b>",
      1000, false, false, true, 80, 130000 },
    { "<table><a>", 1000, false, false, false, 3, 2003 },
    { "<a><div>", 1000, true, false, false, 500, 3000 },
    { "<x a1 a2 a3 a4", 100, false, false, false, 3, 4 },
};

static void measure(const dom *root, unsigned *deepest, unsigned *nodes)
{
    for (const dom *n = root->first; n; n = dom_after(n, root)) {
        unsigned depth = 0;
        for (const dom *p = n; p != root; p = p->parent)
            depth++;
        *deepest = depth > *deepest ? depth : *deepest;
        ++*nodes;
    }
}

static void test_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_buf in = { 0 };
        dom_limits limits;
        ofp_err e = { 0 };
        unsigned deepest = 0, nodes = 0;
        for (unsigned k = 0; k < bounds[i].count; k++)
            ofp_buf_puts(&in, bounds[i].unit);
        const dom *root = dom_parse(a, ofp_buf_str(&in), false, &limits, &e);
        assert_non_null(root);
        measure(root, &deepest, &nodes);
        if (deepest > bounds[i].deepest || nodes > bounds[i].nodes || (limits.tags > 0) != bounds[i].tags
            || (limits.attrs > 0) != bounds[i].attrs || limits.formatting != bounds[i].formatting)
            fail_msg("%s: %u deep, %u nodes, %zu tags, %zu attributes, %d", bounds[i].unit, deepest, nodes, limits.tags, limits.attrs, limits.formatting);
        ofp_buf_free(&in);
        ofp_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_trees), cmocka_unit_test(test_bounds) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
