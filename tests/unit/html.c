/* needs: read-html */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "offprint/offprint.h"
#include "res/datauri.h"

bool ofp_read_html(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e);

/* A tree on one line: Para[a Emph[b] Link(url)[c]] . */
static void show_attrs(const ofp_node *n, ofp_buf *b)
{
    if (ofp_id(n).n)
        ofp_buf_printf(b, "#%.*s", (int)ofp_id(n).n, ofp_id(n).p);
    for (size_t i = 0; i < ofp_class_count(n); i++)
        ofp_buf_printf(b, ".%.*s", (int)ofp_class_at(n, i).n, ofp_class_at(n, i).p);
    for (size_t i = 0; i < ofp_attr_count(n); i++)
        ofp_buf_printf(b, " %.*s=%.*s", (int)ofp_attr_key(n, i).n, ofp_attr_key(n, i).p, (int)ofp_attr_value(n, i).n,
                       ofp_attr_value(n, i).p);
}

static void show(const ofp_node *n, ofp_buf *b)
{
    enum ofp_type t = ofp_node_type(n);
    if (t == OFP_TEXT) {
        ofp_buf_add(b, ofp_text(n));
        return;
    }
    ofp_buf_puts(b, ofp_type_name(t));
    if (t == OFP_HEAD)
        ofp_buf_printf(b, "%d", ofp_level(n));
    show_attrs(n, b);
    if (t == OFP_LINK || t == OFP_IMAGE)
        ofp_buf_printf(b, "(%.*s)", (int)ofp_url(n).n, ofp_url(n).p);
    if (t == OFP_OLIST && ofp_list_start(n) != 1)
        ofp_buf_printf(b, "(%d)", ofp_list_start(n));
    if (t == OFP_CELL && (ofp_colspan(n) > 1 || ofp_rowspan(n) > 1))
        ofp_buf_printf(b, "(%dx%d)", ofp_colspan(n), ofp_rowspan(n));
    if (t == OFP_CODE || t == OFP_CODEBLOCK || t == OFP_MATH || t == OFP_RAWINLINE || t == OFP_RAWBLOCK)
        ofp_buf_printf(b, "%s{%.*s}", t == OFP_MATH && ofp_math_display(n) ? "!" : "", (int)ofp_text(n).n, ofp_text(n).p);
    if (!ofp_first(n))
        return;
    ofp_buf_putc(b, '[');
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        if (c != ofp_first(n) && !ofp_is_inline(c))
            ofp_buf_putc(b, ' ');
        show(c, b);
    }
    ofp_buf_putc(b, ']');
}

struct example { const char *in, *out; };

static void check(const struct example *examples, size_t n, const ofp_options *opt)
{
    unsigned bad = 0;
    for (size_t i = 0; i < n; i++) {
        ofp_doc *d = ofp_doc_new("t", NULL);
        ofp_buf b = { 0 };
        ofp_err e = { 0 };
        bool ok = ofp_read_html(d, ofp_arena_dup(ofp_doc_arena(d), ofp_s(examples[i].in)), opt, &e);
        ofp_tidy(d);
        ok = ok && ofp_check(d, &e);
        for (const ofp_node *c = ofp_first(ofp_root(d)); c; c = ofp_next(c)) {
            if (c != ofp_first(ofp_root(d)))
                ofp_buf_putc(&b, ' ');
            show(c, &b);
        }
        if (!ok || !ofp_str_eq(ofp_buf_str(&b), ofp_s(examples[i].out))) {
            print_error("%s\n   is %.*s\n  not %s %s\n", examples[i].in, (int)b.n, b.p, examples[i].out, e.msg);
            bad++;
        }
        ofp_buf_free(&b);
        ofp_doc_free(d);
    }
    assert_int_equal(bad, 0);
}

static const struct example pieces[] = {
    /* white space */
    { "<p> a\n b\t<b> c </b> d ", "Para[a b Strong[c] d]" },
    { "<p>a<b> b</b>c <i>d </i> e", "Para[a Strong[b]c Emph[d] e]" },
    { "a<p>b</p>c", "Para[a] Para[b] Para[c]" },
    { "<p>a&nbsp; b", "Para[a\xC2\xA0 b]" },
    { "<p>a<br>b <br> c<br>", "Para[aLineBreakbLineBreakc]" },
    { "<p>a<br><br/>b<b>c<br> <br>d</b>", "Para[a] Para[bStrong[c]] Para[Strong[d]]" },
    { "<p></p><p> </p><div></div>", "" },
    { "a<wbr>b&shy;c", "Para[a\xE2\x80\x8B""b\xC2\xAD""c]" },
    { "a\uFEFF b", "Para[a b]" },
    { "<div><span data-as=p>a</span> <span role=paragraph>b</span></div>", "Para[a] Para[b]" },
    { "x<!-- c -->y", "Para[xRawInline{<!-- c -->}y]" }, { "x<!-- a--b --> y", "Para[x y]" },
    { "<p>a</p><!--\n\n--><ul><!-- b --><li>c</ul>", "Para[a] RawBlock{<!--\n\n-->} BulletList[item[Plain[c]]]" },
    { "<p>a <xy b='\"' c>d <e:f>g</e:f></xy>", "Para[a RawInline{<xy b=\"&quot;\" c=\"\">}d gRawInline{</xy>}]" },
    { "<foo><p>a</p></foo>b", "RawBlock{<foo>} Para[a] RawBlock{</foo>} Para[b]" },
    { "<p>a</p> <a href=b> </a> <blockquote></blockquote>", "Para[a] RawBlock{<a href=\"b\">\n</a>} BlockQuote" },
    { "a <a href=''></a>", "Para[a Link()]" },
    /* inlines */
    { "<em>a <em>b</em></em><strong>c<b>d</b></strong>", "Para[Emph[a Emph[b]]Strong[cd]]" },
    { "H<sub>2</sub>O<sup>+</sup> <del>a</del><s>b</s> <ins>c</ins><u>d</u>",
      "Para[HSubscript[2]OSuperscript[+] Strikeout[a]Strikeout[b] Underline[c]Underline[d]]" },
    { "<mark>m</mark> <abbr title='A B'>ab</abbr> <q>x</q>", "Para[Span.mark[m] Span.abbr title=A B[ab] Quoted[x]]" },
    { "<span style='font-variant:small-caps'>x</span><span style='font-weight:bold;font-style:italic'>y</span>",
      "Para[SmallCaps[x]Strong[Emph[y]]]" },
    { "<b style='font-weight:normal'><p>a</p><p>b</p></b>", "Para[a] Para[b]" },
    { "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "Para[Span.ruby[漢Span.rt[(kan)]]字]" },
    { "<code>a  <span>b</span>\n c</code> <kbd>K</kbd><code> <a href=u>x</a> y</code>",
      "Para[Code{a  b  c} Code.kbd{K}Code{ }Link(u)[Code{x}]Code{ y}]" },
    { "<a href=' u v '>x</a> <a id=i>y</a> <a href='javascript:z()'>z</a>", "Para[Link(u%20v)[x] y z]" },
    { "<a href=u><h2>t</h2><p>x<p>y</a>", "Header2[Link(u)[t]] Para[Link(u)[x]] Para[Link(u)[y]]" },
    { "<span lang=fr>oui</span> <bdo dir=rtl>abc</bdo>", "Para[Span lang=fr[oui] Span dir=rtl[abc]]" },
    { "<div lang=de><p>ja<p lang=de>doch</div>", "Div lang=de[Para[ja] Para[doch]]" },
    { "<a href='/cdn-cgi/l/email-protection' data-cfemail='2a4b6a48044944'>[email&#160;protected]</a>", "Para[Link(mailto:a@b.cn)[a@b.cn]]" },
    { "<a href='/cdn-cgi/l/email-protection#2a4b6a48044944'>us</a><pre>x <span data-cfemail=2a4b6a48044944>[hid]</span></pre>",
      "Para[Link(mailto:a@b.cn)[us]] CodeBlock{x a@b.cn}" },
    { "<a href='/cdn-cgi/l/email-protection#zz'>us</a><span data-cfemail=2a>[hid]</span>",
      "Para[Link(/cdn-cgi/l/email-protection#zz)[us][hid]]" },
    /* blocks */
    { "<h1>a <i>b</i></h1><h3><div>c</div><div>d</div></h3><h2> </h2>", "Header1[a Emph[b]] Header3[c d] Header2" },
    { "<div role=heading aria-level=4>x</div>", "Header4[x]" },
    { "<blockquote>a<p>b</blockquote><hr>", "BlockQuote[Para[a] Para[b]] HorizontalRule" },
    { "<details><summary>s</summary>t</details>", "Para[Strong[s]] Para[t]" },
    { "<details><summary><h3>s</h3></summary>t</details>", "Header3[s] Para[t]" },
    { "<a href=#k>k</a><p id=k>x</p><a name=m></a><p>y <a href=#m>m</a>",
      "Para[Link(#k)[k]] Div#k[Para[x]] Para[Span#my Link(#m)[m]]" },
    { "<style>x</style><script>y</script><template>z</template><svg><script>w</script></svg>v", "Para[v]" },
    /* lists */
    { "<ul><li>a<li>b<ul><li>c</ul></ul>", "BulletList[item[Plain[a]] item[Plain[b] BulletList[item[Plain[c]]]]]" },
    { "<ul><li>a</li><ul><li>b</ul></ul>", "BulletList[item[Plain[a] BulletList[item[Plain[b]]]]]" },
    { "<ol start=3><li value=7>a<li>b</ol>", "OrderedList(7)[item[Plain[a]] item[Plain[b]]]" },
    { "<ol start=3 type=a><li>a<li><p>b<p>c</ol>", "OrderedList(3)[item[Plain[a]] item[Para[b] Para[c]]]" },
    { "<ul><li>a<br><br>b</ul><ul> </ul>", "BulletList[item[Para[a] Para[b]]]" },
    { "<ul><a href=u>a</a> <a href=v>b</a><li>c</li> d<b>e</b></ul>",
      "BulletList[item[Plain[Link(u)[a] Link(v)[b]]] item[Plain[c] Plain[dStrong[e]]]]" },
    { "<ul><ul><li>a</ul>b</ul><ul> </ul>", "BulletList[item[Plain[a]]] Para[b]" },
    { "<li>a<li>b<p>c", "BulletList[item[Plain[a]] item[Para[b] Para[c]]]" },
    { "<ul class=contains-task-list><li class=task-list-item><input type=checkbox checked> a</ul>", "BulletList[item[Plain[☒ a]]]" },
    { "<p>a</p><svg width=600 height=400px><title>Sales  per year</title></svg><p>b</p>", "Para[a] Para[Sales per year] Para[b]" },
    { "<p>a<svg width=600 height=400 aria-label=Tides></svg>b</p>", "Para[a Tides b]" },
    { "<p>a<svg width=20 height=20><title>Menu</title></svg>b</p>", "Para[ab]" },
    { "<p>a<svg width=600 height=400></svg>b</p>", "Para[ab]" },
    { "<img alt=tides src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"9\"><path d=\"M0 0\"/></svg>'>",
      "Para[Image(data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"9\"><path d=\"M0 0\"/></svg>)[tides]]" },
    { "<p>a<img alt=tides src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>'></p>", "Para[a]" },
    { "<ol><li>a<li value=9>b<li>c</ol>", "OrderedList[item[Plain[a]]] OrderedList(9)[item[Plain[b]] item[Plain[c]]]" },
    { "<ol><li value=3>a<li value=4>b<li value=2>c</ol>", "OrderedList(3)[item[Plain[a]] item[Plain[b]] item[Plain[c]]]" },
    { "<ol reversed><li value=2>a<li value=9>b</ol>", "OrderedList(2)[item[Plain[a]] item[Plain[b]]]" },
    { "<ul><li><input type=checkbox checked disabled> a<li><input type=checkbox disabled> b</ul>", "BulletList[item[Plain[☒ a]] item[Plain[☐ b]]]" },
    { "<ul class=task-list><li><label><input type=checkbox> a</label></ul>", "BulletList[item[Plain[☐ a]]]" },
    { "<ul><li><input type=checkbox checked disabled id=needed> a form's</ul>", "BulletList[item[Plain[a form's]]]" },
    { "<ul><li><input type=checkbox checked> a form's</ul>", "BulletList[item[Plain[a form's]]]" },
    { "<dl><dt>a<dt>b<dd>c<dd>d</dl>", "DefinitionList[term[aLineBreakb] detail[Plain[c]] detail[Plain[d]]]" },
    { "<dl><div><dt>a</dt><dd><p>c</dd></div></dl>", "DefinitionList[term[a] detail[Para[c]]]" },
    { "<dl><dd>a<dd>b</dl>", "Para[a] Para[b]" },
    /* code */
    { "<pre>a\n  b &lt;\n</pre>", "CodeBlock{a\n  b <}" },
    { "<pre><code class='hljs language-Rust'>x</code></pre>", "CodeBlock.rust{x}" },
    { "<div class='highlight-source-c'><pre>x</pre></div><pre class='brush: js; gutter: false'>y</pre>", "CodeBlock.c{x} CodeBlock.js{y}" },
    { "<pre class=prettyprint>x</pre><pre class='highlight python'>y</pre><pre data-lang=none>z</pre>", "CodeBlock{x} CodeBlock.python{y} CodeBlock{z}" },
    { "<pre><div>a</div><div></div><div> b</div></pre>", "CodeBlock{a\n\n b}" },
    { "<pre><span class=line>a</span>\n<span class=line>b</span></pre>", "CodeBlock{a\nb}" },
    { "<pre><span class=lineno>1</span>a<br><span class=lineno>2</span>b</pre>", "CodeBlock{a\nb}" },
    { "<table class=highlight><tr><td class=gutter><pre>1\n2</pre><td class=code><pre>a\nb\n</pre></table>", "CodeBlock{a\nb}" },
    { "<table><tr><td class=blob-num>1<td>a<tr><td class=blob-num>2<td>b</table>", "CodeBlock{a\nb}" },
    { "<div><code class='lean block'>a <i class=hover-info>T</i>b\n\n</code> <code class=block>c</code><pre>d</pre></div>",
      "CodeBlock.lean{a b\n\nc\nd}" },
    /* pictures and media */
    { "<img src=a.png alt=' A  b ' width=10 height=20px>", "Para[Image width=10 height=20(a.png)[A b]]" },
    { "<figure><img src=a alt=x><figcaption>C <b>d</b></figcaption></figure>",
      "Figure[caption[Plain[C Strong[d]]] Plain[Image(a)[x]]]" },
    { "<figure><pre>x</pre></figure>", "CodeBlock{x}" },
    { "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src=r.jpg>", "Para[Image(r.jpg)]" },
    { "<img src=/blank.gif data-srcset='s.jpg 100w, l.jpg 800w, xl.jpg 9000w'>", "Para[Image(l.jpg)]" },
    { "<img srcset='a.jpg, b.jpg 2x' src=a.jpg>", "Para[Image(a.jpg)]" },
    { "<img srcset='s.jpg 320w, l.jpg 1200w' src=s.jpg>", "Para[Image(l.jpg)]" },
    { "<img srcset='m.jpg 700w, l.jpg 2000w' src=m.jpg data-hi-res-src=x.jpg>", "Para[Image(m.jpg)]" },
    { "<img src=https://x.example/a.jpg data-src=//x.example/a.jpg>", "Para[Image(https://x.example/a.jpg)]" },
    { "<img src=blur.jpg data-srcset='s.jpg 320w, l.jpg 1200w'>", "Para[Image(l.jpg)]" },
    { "<picture><source type=image/avif srcset=a.avif><source srcset=b.webp><img></picture>", "Para[Image(b.webp)]" },
    { "<img src='data:,' alt=x><noscript><img src=n.jpg></noscript>", "Para[Image(n.jpg)]" },
    { "<img src=a.jpg><noscript><img src=n.jpg>Turn it on</noscript>", "Para[Image(a.jpg)]" },
    { "<img src=t.gif width=1 height=1>", "" },
    { "<iframe src=//v.example/1 title='A film'></iframe><video><source src=m.mp4>no</video>",
      "Para[Link(https://v.example/1)[A film] Link(m.mp4)[Video]]" },
    { "<iframe src=//v.example/1 allowfullscreen></iframe><iframe src=//w.example></iframe>",
      "Para[Link(https://v.example/1)[Video (v.example)] Link(https://w.example)[Embedded content (w.example)]]" },
    /* math */
    { "<math><semantics><mi>x</mi><annotation encoding=application/x-tex>{\\displaystyle x^2}</annotation></semantics></math>", "Para[Math{x^2}]" },
    { "<math display=block><mfrac><mn>1</mn><msqrt><mi>x</mi></msqrt></mfrac></math>", "Para[Math!{\\frac{1}{\\sqrt{x}}}]" },
    { "<math><mi>P</mi><mo>(</mo><mfrac linethickness=0><mi>n</mi><mi>k</mi></mfrac><mo>)</mo><mfrac linethickness=0><mi>a</mi><mi>b</mi></mfrac></math>",
      "Para[Math{P\\binom{n}{k}\\genfrac{}{}{0pt}{}{a}{b}}]" },
    { "<math><mtable><mlabeledtr><mtd><mtext>(2)</mtext></mtd><mtd><mi>x</mi></mtd></mlabeledtr></mtable></math>", "Para[Math{x\\tag{2}}]" },
    { "<math><mtable><mlabeledtr><mtd><mtext>(</mtext><mo>⋆</mo><mtext>)</mtext></mtd><mtd><mi>x</mi></mtd></mlabeledtr></mtable></math>",
      "Para[Math{x\\tag{$\\star $}}]" },
    { "a <script type='math/tex; mode=display'>y</script>", "Para[a Math!{y}]" },
    { "<span class='math inline'>\\(z\\)</span>", "Para[Math{z}]" },
    { "<span class=katex><span class=katex-mathml><math><annotation encoding=application/x-tex>k</annotation></math></span>"
      "<span class=katex-html>kk</span></span>", "Para[Math{k}]" },
    /* tables */
    { "<table><caption>T</caption><tr><th>a<th>b<tr><td>1<td><p>2</table>",
      "Table[caption[Plain[T]] table-head[row[cell[Plain[a]] cell[Plain[b]]]] table-body[row[cell[Plain[1]] cell[Plain[2]]]] table-foot]" },
    { "<table><thead><tr><td>h<td>i<tbody><tr><td rowspan=2>1<td>2<tr><td>3<tr><td colspan=5>4<tfoot><tr><td>5</table>",
      "Table[caption table-head[row[cell[Plain[h]] cell[Plain[i]]]] table-body[row[cell(1x2)[Plain[1]] cell[Plain[2]]] "
      "row[cell[Plain[3]]] row[cell(2x1)[Plain[4]]]] table-foot[row[cell[Plain[5]] cell]]]" },
    { "<table><tr><td>only</table><table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", "Para[only] Para[a] Para[b] Para[c] Para[d]" },
    { "<table><tr><td><table><tr><th>a<td>b</table><td>c<tr><td>d</table>",
      "Table[caption table-head table-body[row[cell[Plain[a]] cell[Plain[b]]]] table-foot] Para[c] Para[d]" },
    { "<table><tr><td>1.<td><td>A<tr><td><td><td>by a<tr><td><td><td>on Monday</table>", "Para[1.] Para[A] Para[by a] Para[on Monday]" },
    { "<table class=ltx_eqn_table><tr class=ltx_eqn_row><td><math alttext='\\displaystyle a'></math><td><math alttext='\\displaystyle =b'></math>"
      "<td><span class=ltx_tag_equation>(3)</span><tr class=ltx_eqn_row><td><math alttext=c></math></table>", "Para[Math!{a =b \\tag{3}}] Para[Math!{c}]" },
    /* notes */
    { "<p>a<sup id=fnref:1><a href=#fn:1 class=footnote-ref>1</a></sup>.<div class=footnotes><hr><ol><li id=fn:1><p>N <a href=#fnref:1>↩</a></ol></div>",
      "Para[aNote[Para[N]].]" },
    { "<p>a<a href=#_ftn1 name=_ftnref1><sup>[1]</sup></a><div id=ftn1><p><a href=#_ftnref1 name=_ftn1>[1]</a> N <b>m</b></div>",
      "Para[aNote[Para[N Strong[m]]]]" },
    { "<p>a<a role=doc-noteref href=#n1>*</a><aside role=doc-footnote id=n1>N</aside>", "Para[aNote[Para[N]]]" },
    { "<p>a<span class=r> <sup><a href=#fn1>1</a></sup> </span>b<ol class=footnotes><li id=fn1>N</ol>", "Para[aNote[Para[N]] b]" },
    { "A<span class='ltx_note ltx_role_footnotemark'><sup class=ltx_note_mark>2</sup><span class=ltx_note_outer>2 footnotemark: 2</span></span>",
      "Para[ASuperscript[2]]" },
    { "<p>a<label for=f>1</label><input id=f type=checkbox><span class=sidenote><sup>1</sup> N.</span> b"
      "<footer><h2>Notes</h2><div><sup><a id=f href=#r>1</a></sup> <div role=doc-footnote><p>N.</div></div></footer>", "Para[aNote[Para[N.]] b]" },
    { "<p>see <a href=#s1>1</a> and x<sup><a href=#s1>2</a></sup><h2 id=s1>S</h2><p>t",
      "Para[see Link(#s1)[1] and xSuperscript[Link(#s1)[2]]] Header2#s1[S] Para[t]" },
};

static const struct example pages[] = {
    { "<body><nav class='a b'>n</nav><div><div id=d>x</div></div>", "Div.a.b tag=nav[Para[n]] Div#d tag=div[Para[x]]" },
    { "<article><p class=lead>x<p>y<button>B</button><time datetime=2024>T</time></article>",
      "Div tag=article[Div.lead tag=p[Para[x]] Div tag=p[Para[ySpan tag=button[B]Span tag=time datetime=2024[T]]]]" },
    { "<body><a href=/><svg width=200 height=100><title>Logo</title></svg></a><figure><svg width=200 height=100><title>Tides</title></svg></figure>",
      "Para[Tides]" },
    { "<main hidden>a</main><p style='display: none'>b</p><i aria-hidden=true>c</i>",
      "Div tag=main hidden=hidden[Para[a]] Div tag=p hidden=hidden[Para[b]] Para[Span tag=i hidden=hidden[Emph[c]]]" },
    { "<header><h1 class=t itemprop=headline>x</h1></header>", "Div tag=header[Header1.t tag=h1 itemprop=headline[x]]" },
    { "<html><form><input name=q><label>L <select><option>o</select></label></form>",
      "Div tag=form[Div tag=input Para[Span tag=label[L Span tag=select]]]" },
    { "<html><ul class=u><li id=l>x</ul>", "Div.u tag=ul[BulletList[item[Div#l tag=li[Plain[x]]]]]" },
    { "<html><a href=# class=b>more</a> <x-y class=z>w</x-y><span class=c><p>q</span>",
      "Para[Span.b tag=a[more] Span.z tag=x-y[w]] Div.c tag=span[Div tag=p[Para[q]]]" },
};

static void test_pieces(void **state)
{
    (void)state;
    check(pieces, sizeof pieces / sizeof *pieces, &(ofp_options){ .fragment = true });
}

static void test_pages(void **state)
{
    (void)state;
    check(pages, sizeof pages / sizeof *pages, NULL);
}

static const struct example based[] = {
    { "<base href=sub/><a href=x>a</a><img src=/y><a href='#z'>b</a><a href='http://h/p#q'>c</a>",
      "Para[Link(http://h/sub/x)[a]Image(http://h/y)Link(#z)[b]Link(#q)[c]]" },
};

static void test_base(void **state)
{
    (void)state;
    check(based, 1, &(ofp_options){ .fragment = true, .url = "http://h/p" });
}

/* ---- drawings ---- */

#define SVG(attrs, content) "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"" attrs ">" content "</svg>"
#define BIG "<svg viewbox='0 0 200 90'>"
#define BOX(content) "100% " SVG(" viewBox=\"0 0 200 90\"", content)
#define MUCH "<text>a b c</text><path/><path/><path/>"

/* The size of each image and the drawing in it. */
static void show_drawings(const ofp_doc *d, ofp_buf *b)
{
    for (const ofp_node *n = ofp_root(d); n; n = ofp_after(n, NULL)) {
        if (ofp_node_type(n) != OFP_IMAGE)
            continue;
        ofp_str w = ofp_attr(n, OFP_STR("width")), h = ofp_attr(n, OFP_STR("height"));
        ofp_buf_printf(b, "%.*s%s%.*s ", (int)w.n, w.p, h.n ? "x" : "", (int)h.n, h.p);
        if (!ofp_data_uri(b, ofp_url(n)))
            fail_msg("no drawing: %.*s", (int)ofp_url(n).n, ofp_url(n).p);
    }
}

static void check_drawings(const struct example *cases, size_t n, const ofp_options *opt)
{
    for (size_t i = 0; i < n; i++) {
        ofp_doc *d = ofp_doc_new("t", NULL);
        ofp_buf b = { 0 };
        ofp_err e = { 0 };
        assert_true(ofp_read_html(d, ofp_s(cases[i].in), opt, &e));
        show_drawings(d, &b);
        if (!ofp_str_eq(ofp_buf_str(&b), ofp_s(cases[i].out)))
            fail_msg("%s\n   is %.*s\n  not %s", cases[i].in, (int)b.n, b.p, cases[i].out);
        ofp_buf_free(&b);
        ofp_doc_free(d);
    }
}

static void test_drawings(void **state)
{
    static const struct example cases[] = {
        /* sizes */
        { "<svg width=200 height=90.5><text>a</text></svg>", "200x91 " SVG(" width=\"200\" height=\"90.5\"", "<text>a</text>") },
        { "<svg width=100% height=auto viewBox='0 0 200 90'><text>a</text></svg>", BOX("<text>a</text>") },
        { "<svg style='max-width: 300px' width=9in viewbox='0 0 200 90'><text>a</text></svg>",
          "300 " SVG(" width=\"9in\" viewBox=\"0 0 200 90\"", "<text>a</text>") },
        { "<svg width=1in viewbox='0 0 200 200'><text>a</text></svg>", "96x96 " SVG(" width=\"1in\" viewBox=\"0 0 200 200\"", "<text>a</text>") },
        { "<svg><text>a</text></svg>", " " SVG("", "<text>a</text>") },
        { "<svg viewbox='0 0 512 512' width=2.5em height=2.5em><text>a</text></svg>", "" },
        { "<svg viewbox='0 0 512 512' style='width: 24px'><text>a</text></svg>", "" },
        { "<svg viewbox='0 0 63 90'><text>a</text></svg>", "" }, { "<svg width=0 height=0><text>a</text></svg>", "" },
        /* what somebody reads */
        { BIG "<path/></svg>", "" }, { BIG "<path/><path/><path/><path/></svg>", BOX("<path/><path/><path/><path/>") },
        { "<svg width=100 height=100><path/></svg>", "100x100 " SVG(" width=\"100\" height=\"100\"", "<path/>") },
        { BIG "<defs><text>a</text></defs><symbol><text>b</text></symbol></svg>", "" }, { BIG "<text class=sr-only>a</text></svg>", "" },
        { "<svg class=x viewbox='0 0 200 90'><path/><path/><text>a</text></svg>", "" },
        { "<svg class=x viewbox='0 0 200 90'><path fill=red /><path/><text>a</text></svg>",
          "100% " SVG(" class=\"x\" viewBox=\"0 0 200 90\"", "<path fill=\"red\"/><path/><text>a</text>") },
        { "<svg class=my-icon viewbox='0 0 200 90'><text>a</text></svg>", "" }, { "<svg hidden viewbox='0 0 200 90'><text>a</text></svg>", "" },
        { "<svg role=presentation viewbox='0 0 200 90'><text>a</text></svg>", "" }, { "<a href=x>" BIG "<text>a</text></svg></a>", "" },
        { "<div style='display: none'>" BIG "<text>a</text></svg></div>", "" }, { "<h2>" BIG "<text>a</text></svg>b</h2>", "" },
        { "<button>" BIG "<text>a</text></svg></button>", "" }, { "<div aria-hidden=true>" BIG "<text>a</text></svg></div>", "" },
        /* as XML */
        { BIG "<lineargradient gradientunits=x /><text>a &amp; b<tspan>c</tspan></text>d</svg>",
          BOX("<linearGradient gradientUnits=\"x\"/><text>a &amp; b<tspan>c</tspan></text>") },
        { BIG "<text onclick=x data-a=b @c=d e:f=g aria-label=h style='fill:red'>a</text><script>b</script><animate/><x-y><p>c</p></x-y></svg>",
          BOX("<text style=\"fill:red\">a</text>") },
        { BIG "<style>a > b{c:d}</style><a href=x><text>a</text></a><title>A <i>b</i></title></svg>",
          BOX("<style>a &gt; b{c:d}</style><text>a</text><title>A b</title>") },
        { BIG "<foreignObject x=10 y=20 width=100.5 height=40><p>a <b>c</b></foreignObject></svg>",
          BOX("<text x=\"60\" y=\"40\" text-anchor=\"middle\"><tspan x=\"60\" dy=\"0.35em\">a c</tspan></text>") },
        { BIG "<foreignObject width=90 height=40><div>a\nb<br>c<div> d </div></div></foreignObject></svg>",
          BOX("<text x=\"45\" y=\"20\" text-anchor=\"middle\"><tspan x=\"45\" dy=\"-0.85em\">a b</tspan><tspan x=\"45\" dy=\"1.20em\">c</tspan>"
              "<tspan x=\"45\" dy=\"1.20em\">d</tspan></text>") },
        { BIG "<switch><foreignObject width=9 height=9>a</foreignObject><text>b</text></switch></svg>", BOX("<switch><text>b</text></switch>") },
        { "<style>:root{--ink: #123;--b:var(--c)}</style>" BIG "<text fill='var(--ink)' stroke='var(--b, var(--ink))' x='var(--d)'>a</text></svg>",
          BOX("<text fill=\"#123\" stroke=\"var(--ink)\">a</text>") },
        /* references */
        { BIG "<text>a</text><use href=#b /><use xlink:href=#b href=x /><g id=b></g></svg>",
          BOX("<text>a</text><use xlink:href=\"#b\"/><use xlink:href=\"#b\"/><g id=\"b\"/>") },
        { BIG "<text>a</text><use href=#b /></svg>", "" }, { BIG "<text>a</text><use href='x.svg#b'/></svg>", "" },
        { BIG "<text>a</text><image href=x.png /></svg>", "" },
        { BIG "<text fill='url(#k)'>a</text><image href='data:image/png;base64,AA==' /></svg>",
          BOX("<text fill=\"url(#k)\">a</text><image xlink:href=\"data:image/png;base64,AA==\"/>") },
        { "<svg hidden><symbol id=s><path fill='url(#k)'/></symbol><pattern id=k /></svg>" BIG "<text>a</text><use href=#s /></svg>",
          BOX("<text>a</text><use xlink:href=\"#s\"/><defs><symbol id=\"s\"><path fill=\"url(#k)\"/></symbol><pattern id=\"k\"/></defs>") },
    };
    static const struct example in_pages[] = {
        { "<html>" BIG MUCH "</svg>", BOX(MUCH) }, { "<html>" BIG "<text>a b</text><path/><path/><path/></svg>", "" },
        { "<html><header>" BIG MUCH "</svg></header><nav>" BIG MUCH "</svg></nav>", "" },
        { "<html><figure>" BIG "<path/></svg></figure>", "" }, { "<html><figure>" BIG "<path/><path/></svg></figure>", BOX("<path/><path/>") },
        { "<html><figure><svg width=50 height=50><text>a</text></svg></figure>", "50x50 " SVG(" width=\"50\" height=\"50\"", "<text>a</text>") },
        { "<html><figure><video></video>" BIG "<path/><path/></svg></figure>", "" },
        { "<html><svg id=my-chart viewbox='0 0 200 90'><path/><path/><path/><path/></svg>",
          "100% " SVG(" id=\"my-chart\" viewBox=\"0 0 200 90\"", "<path/><path/><path/><path/>") },
    };
    (void)state;
    check_drawings(cases, sizeof cases / sizeof *cases, &(ofp_options){ .fragment = true });
    check_drawings(in_pages, sizeof in_pages / sizeof *in_pages, &(ofp_options){ .page = true });
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_pieces), cmocka_unit_test(test_pages), cmocka_unit_test(test_base),
                                        cmocka_unit_test(test_drawings) };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
