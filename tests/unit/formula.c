/* Formulas: TeX to the tree, and the tree as MathML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "doctools/formula.h"
#include "doctools/mathml.h"

#define LONG "1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111"  /* 100 digits */
#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- the tree in short ----
 * x letter (behind a dot its variant, where it is another one), 1 number, "words", = operator, <em> space; behind an atom its
 * class, ~ stretchy, a size; other nodes by name with their children in brackets. */

static void print(ofp_buf *b, const formula *f)
{
    static const char *const names[] = { "", "", "", "", "", "", "frac", "sqrt", "root", "scripts", "limits", "-",
                                         "table", "tr", "td", "style", "phantom", "enclose" };
    static const char *const variants[] = { "", ".up", ".bf", ".bi", ".bb", ".scr", ".frak", ".sf", ".tt" };
    static const char *const classes[] = { "", ":op", ":bin", ":rel", ":open", ":close", ":punct", "" };
    bool words = f->kind == FORMULA_TEXT;
    ofp_buf_puts(b, names[f->kind]);
    ofp_buf_printf(b, words ? "\"%.*s\"" : "%.*s", (int)f->text.n, f->text.p);
    if (f->kind == FORMULA_IDENT || (f->variant != VARIANT_UPRIGHT && (words || f->kind == FORMULA_NUMBER)))
        ofp_buf_puts(b, words && f->variant == VARIANT_ITALIC ? ".it" : variants[f->variant]);
    if (f->kind == FORMULA_SPACE)
        ofp_buf_printf(b, "<%.2g>", f->width);
    ofp_buf_puts(b, classes[f->cls]);
    if (f->stretchy)
        ofp_buf_putc(b, '~');
    if (f->height > 0)
        ofp_buf_printf(b, "%g", f->height);
    if (f->accent || f->movable || f->bare)
        ofp_buf_puts(b, f->accent ? "'" : f->movable ? "*" : "!");
    if (f->kind == FORMULA_STYLE || f->kind == FORMULA_TABLE)
        ofp_buf_printf(b, "%d%.*s", f->style, (int)f->colour.n, f->colour.p);
    if (f->kind == FORMULA_TD)
        ofp_buf_printf(b, "%s%c%s", f->rule_before ? "|" : "", f->align, f->rule_after ? "|" : "");
    if (f->kind == FORMULA_TR && (f->rule_above || f->rule_below))
        ofp_buf_puts(b, f->rule_above && f->rule_below ? "=" : f->rule_above ? "^" : "_");
    if (f->kind == FORMULA_ENCLOSE)
        ofp_buf_printf(b, "%u", f->enclose);
    if (f->flat || f->narrow)
        ofp_buf_puts(b, f->flat ? "flat" : "narrow");
    if (f->shown)
        ofp_buf_printf(b, "!%.*s", f->narrow, &f->align);
    if (f->first || f->kind == FORMULA_ROW)
        ofp_buf_putc(b, '(');
    for (const formula *c = f->first; c; c = c->next) {
        print(b, c);
        ofp_buf_puts(b, c->next ? " " : "");
    }
    if (f->first || f->kind == FORMULA_ROW)
        ofp_buf_putc(b, ')');
}

static void dump(ofp_buf *b, const char *tex)
{
    ofp_arena *a = ofp_arena_new();
    formula *tag, *f = ofp_formula_parse(a, ofp_s(tex), &tag);
    if (f)
        print(b, f);
    else
        ofp_buf_puts(b, "NULL");
    if (tag) {
        ofp_buf_puts(b, " #");
        print(b, tag);
    }
    ofp_arena_free(a);
}

typedef struct { const char *in, *out; } row;

static int compare(const row *cases, size_t n, void (*make)(ofp_buf *b, const char *tex))
{
    int bad = 0;
    for (size_t i = 0; i < n; i++) {
        ofp_buf b = { 0 };
        make(&b, cases[i].in);
        if (!ofp_str_eq(ofp_buf_str(&b), ofp_s(cases[i].out))) {
            print_error("%s\n  got  %.*s\n  want %s\n", cases[i].in, (int)b.n, b.p, cases[i].out);
            bad++;
        }
        ofp_buf_free(&b);
    }
    return bad;
}

static const row trees[] = {
    { "x", "(x)" },
    { "12.5", "(12.5)" },
    { ".5", "(.5)" },
    { "1.2.3", "(1.2 .3)" },
    { "", "()" },
    { "a b", "(a b)" },
    { "a+b", "(a +:bin b)" },
    { "-a", "(− a)" },
    { "a=-b", "(a =:rel − b)" },
    { "a--b", "(a −:bin − b)" },
    { "(-a)", "((:open − a ):close)" },
    { "a\\times b", "(a ×:bin b)" },
    { "+", "(+)" },
    { "a,b;c", "(a ,:punct b ;:punct c)" },
    { "a:b", "(a ::rel b)" },
    { "a:=b", "(a ::rel =:rel b)" },
    { "a*b", "(a ∗:bin b)" },
    { "1{,}000", "(1 , 000)" },
    { "{=}", "(=)" },
    { "n!", "(n !:close)" },
    { "a/b", "(a / b)" },
    { "a|b", "(a | b)" },
    { "50\\% % a comment", "(50 %)" },
    { "~a\\,b\\;c\\!d\\quad e\\ f", "(<0.33> a <0.17> b <0.28> c <-0.17> d <1> e <0.33> f)" },
    { "\\alpha\\beta\\Gamma\\varepsilon", "(α β Γ.up ε)" },
    { "\\infty\\partial\\nabla\\ell\\hbar", "(∞.up ∂ ∇.up ℓ.up ℏ.up)" },
    { "\\leq\\ne\\in\\subset\\to\\implies", "(≤:rel ≠:rel ∈:rel ⊂:rel →:rel ⟹:rel)" },
    { "\\cup\\wedge\\oplus\\cdot", "(∪ ∧:bin ⊕ ⋅)" },
    { "\\sum\\int\\prod\\bigcup", "(∑:op ∫:op ∏:op ⋃:op)" },
    { "\\dots\\cdots\\ldotp\\vdots", "(… ⋯ .:punct ⋮)" },
    { "x^2", "(scripts(x - 2))" },
    { "x_i", "(scripts(x i -))" },
    { "x_i^2", "(scripts(x i 2))" },
    { "x^2_i", "(scripts(x i 2))" },
    { "x^{2}", "(scripts(x - 2))" },
    { "x^{a+b}", "(scripts(x - (a +:bin b)))" },
    { "x^-", "(scripts(x - −))" },
    { "x^\\alpha_\\beta", "(scripts(x β α))" },
    { "^2", "(scripts(() - 2))" },
    { "{}^2", "(scripts(() - 2))" },
    { "x^{y^z}", "(scripts(x - scripts(y - z)))" },
    { "{x^2}^3", "(scripts(scripts(x - 2) - 3))" },
    { "f'", "(scripts(f - ′))" },
    { "f''", "(scripts(f - ″))" },
    { "f'''''", "(scripts(f - (⁗ ′)))" },
    { "f'^2", "(scripts(f - (′ 2)))" },
    { "f_1'", "(scripts(f 1 ′))" },
    { "x’", "(scripts(x - ′))" },
    { "\\sum_{i=1}^n i", "(limits:op*(∑:op (i =:rel 1) n) i)" },
    { "\\sum\\limits_i", "(limits:op(∑:op i -))" },
    { "\\sum\\nolimits_i", "(scripts:op(∑:op i -))" },
    { "\\int_0^1", "(scripts:op(∫:op 0 1))" },
    { "\\int\\limits_0^1", "(limits:op(∫:op 0 1))" },
    { "\\lim_{x\\to0}x", "(limits:op*(lim.up:op (x →:rel 0) -) x)" },
    { "\\sin x", "(sin.up:op x)" },
    { "\\sin^2 x", "(scripts:op(sin.up:op - 2) x)" },
    { "\\max_i", "(limits:op*(max.up:op i -))" },
    { "\\operatorname{foo}x", "(foo.up:op x)" },
    { "\\operatorname*{arg\\,max}_x", "(limits:op*(:op(arg.up <0.17> max.up) x -))" },
    { "\\operatorname{a-b}", "(:op(a.up - b.up))" },
    { "\\mathop{x}_i", "(limits:op*(x:op i -))" },
    { "\\mathbin{x}", "(x)" },
    { "\\mathrel{=}", "(=:rel)" },
    { "\\mathord{=}", "(=)" },
    { "\\frac12", "(frac(1 2))" },
    { "\\frac{a+b}{c}", "(frac((a +:bin b) c))" },
    { "\\frac\\alpha\\beta", "(frac(α β))" },
    { "\\dfrac ab", "(style0(frac(a b)))" },
    { "\\tfrac ab", "(style1(frac(a b)))" },
    { "\\cfrac{1}{x}", "(style0(frac(1 x)))" },
    { "\\binom{n}{k}", "(((:open~ frac!(n k) ):close~))" },
    { "\\genfrac(]{0pt}{1}{a}{b}", "(style1(((:open~ frac!(a b) ]:close~)))" },
    { "\\genfrac{}{}{}{}{a}{b}", "(frac(a b))" },
    { "a\\over b", "(frac(a b))" },
    { "x{a\\over b}y", "(x frac(a b) y)" },
    { "{n\\choose k}", "(((:open~ frac!(n k) ):close~))" },
    { "{a\\atop b}", "(frac!(a b))" },
    { "{a\\above 1pt b}", "(frac(a b))" },
    { "{a\\overwithdelims[)b}", "(([:open~ frac(a b) ):close~))" },
    { "\\sqrt2", "(sqrt(2))" },
    { "\\sqrt{x+y}", "(sqrt((x +:bin y)))" },
    { "\\sqrt[3]{x}", "(root(x 3))" },
    { "\\sqrt[n+1]x", "(root(x (n +:bin 1)))" },
    { "\\root3\\of{x}", "(root(x 3))" },
    { "\\left(a\\right)", "(((:open~ a ):close~))" },
    { "\\left(\\frac ab\\right]", "(((:open~ frac(a b) ]:close~))" },
    { "\\left.a\\right|", "((a |:close~))" },
    { "\\left<a\\middle|b\\right>", "((⟨:open~ a |~ b ⟩:close~))" },
    { "\\left\\{a\\right.", "(({:open~ a))" },
    { "\\left\\lfloor a\\right\\rfloor", "((⌊:open~ a ⌋:close~))" },
    { "\\left(-a\\right)", "(((:open~ − a ):close~))" },
    { "\\bigl(x\\Bigr)", "((:open~1.2 x ):close~1.8)" },
    { "\\bigg|", "(|~2.4)" },
    { "\\Biggl\\langle", "(⟨:open~3)" },
    { "\\|x\\|", "(‖ x ‖)" },
    { "\\lvert x\\rvert", "(|:open x |:close)" },
    { "\\langle a\\rangle", "(⟨:open a ⟩:close)" },
    { "\\hat x", "(limits'(x - ˆ))" },
    { "\\vec{ab}", "(limits'((a b) - →))" },
    { "\\dot x^2", "(scripts(limits'(x - ˙) - 2))" },
    { "\\widehat{ab}", "(limits'((a b) - ˆ~))" },
    { "\\overline{a+b}", "(limits'((a +:bin b) - ‾~))" },
    { "\\underline a", "(limits'(a ̲~ -))" },
    { "\\overrightarrow{AB}", "(limits'((A B) - →~))" },
    { "\\overbrace{a}^n", "(limits:op(limits:op'(a - ⏞~) - n))" },
    { "\\underbrace{a}_n", "(limits:op(limits:op'(a ⏟~ -) n -))" },
    { "\\overset ab", "(limits(b - a))" },
    { "\\overset!=", "(limits:rel(=:rel - !:close))" },
    { "\\overset*+", "(limits(+ - ∗))" },
    { "\\underset{x}{\\max}", "(limits:op(max.up:op x -))" },
    { "\\stackrel ab", "(limits:rel(b - a))" },
    { "\\xrightarrow{a}", "(limits:rel(→:rel~ - (<0.4> a <0.4>)))" },
    { "\\xleftarrow[b]{a}", "(limits:rel(←:rel~ (<0.4> b <0.4>) (<0.4> a <0.4>)))" },
    { "\\mathrm{abc}", "(abc.up)" },
    { "\\mathbf{a1}", "((a.bf 1.bf))" },
    { "\\mathbf x_1", "(scripts(x.bf 1 -))" },
    { "\\mathbb R", "(R.bb)" },
    { "\\mathcal{AB}c", "(AB.scr c)" },
    { "\\mathfrak g", "(g.frak)" },
    { "\\mathsf a\\mathtt b", "(a.sf b.tt)" },
    { "\\mathit{diff}", "(diff)" },
    { "\\boldsymbol{\\alpha x1}", "((α.bi x.bi 1.bf))" },
    { "\\bm{\\Gamma}", "(Γ.bf)" },
    { "{\\rm ab}c", "(ab.up c)" },
    { "\\bf x", "(x.bf)" },
    { "\\mathrm{a+b}", "((a.up +:bin b.up))" },
    { "\\text{if }x", "(\"if \" x)" },
    { "\\text{a $x^2$ b}", "((\"a \" (scripts(x - 2)) \" b\"))" },
    { "\\textbf{a}", "(\"a\".bf)" },
    { "\\text{a\\textit{b}c}", "((\"a\" \"b\".it \"c\"))" },
    { "\\text{{a} \\{b\\} ``c'' \\'e~\\& \\ldots}", "(\"a {b} “c” é & …\")" },
    { "\\mbox{\\(x\\)}", "((x))" },
    { "\\begin{matrix}a&b\\\\c&d\\end{matrix}", "(table-1(tr(tdc((a)) tdc((b))) tr(tdc((c)) tdc((d)))))" },
    { "\\begin{pmatrix}a\\\\b\\\\\\end{pmatrix}", "(((:open~ table-1(tr(tdc((a))) tr(tdc((b)))) ):close~))" },
    { "\\begin{vmatrix}a\\end{vmatrix}", "((|:open~ table-1(tr(tdc((a)))) |:close~))" },
    { "\\begin{smallmatrix}a\\end{smallmatrix}", "(style2(table-1(tr(tdc((a))))))" },
    { "\\begin{array}{c|l}a&b\\\\\\hline c&d\\end{array}", "(table-1(tr(tdc((a)) td|l((b))) tr^(tdc((c)) td|l((d)))))" },
    { "\\begin{array}{|r|}\\hline a\\\\\\hline\\end{array}", "(table-1(tr=(td|r|((a)))))" },
    { "\\begin{array}{*{2}{c}@{x}r}a&b&c\\end{array}", "(table-1(tr(tdc((a)) tdc((b (x))) tdr((c)))))" },
    { "\\begin{array}{c@{\\extracolsep{\\fill}}r}a&b\\end{array}", "(table-1(tr(tdc((a)) tdr((b)))))" },
    { "\\begin{cases}a&b\\\\c\\end{cases}", "(({:open~ table-1(tr(tdl((a)) tdl((b))) tr(tdl((c))))))" },
    { "\\begin{aligned}a&=b\\\\&=-c\\end{aligned}",
      "(table0(tr(tdr((a)) tdl((() =:rel b))) tr(tdr(()) tdl((() =:rel − c)))))" },
    { "\\begin{align*}a&=b&c&=d\\end{align*}", "(table0(tr(tdr((a)) tdl((() =:rel b)) tdr((c)) tdl((() =:rel d)))))" },
    { "\\begin{alignat}{2}a&=b\\end{alignat}", "(table0(tr(tdr((a)) tdl((() =:rel b)))))" },
    { "\\begin{gather}a\\\\b\\end{gather}", "(table0(tr(tdc((a))) tr(tdc((b)))))" },
    { "\\begin{multline}a\\\\b\\\\c\\end{multline}", "(table0(tr(tdl((a))) tr(tdc((b))) tr(tdr((c)))))" },
    { "\\begin{equation}a\\end{equation}", "(style0((a)))" },
    { "\\begin{eqnarray}a&=&b\\end{eqnarray}", "(table0(tr(tdr((a)) tdc((() =:rel)) tdl((() b)))))" },
    { "\\begin{equation}\\begin{split}a\\\\b\\end{split}\\end{equation}", "(style0((table0(tr(tdr((a))) tr(tdr((b)))))))" },
    { "\\sum_{\\substack{a\\\\b}}", "(limits:op*(∑:op table-1(tr(tdc((a))) tr(tdc((b)))) -))" },
    { "\\begin{subarray}{l}a\\\\b\\end{subarray}", "(table-1(tr(tdl((a))) tr(tdl((b)))))" },
    { "\\pmatrix{a&b\\cr c&d}", "(((:open~ table-1(tr(tdc((a)) tdc((b))) tr(tdc((c)) tdc((d)))) ):close~))" },
    { "a\\\\b", "table0(tr(tdl((a))) tr(tdl((b))))" },
    { "a\\\\\\\\b\\\\", "table0(tr(tdl((a))) tr(tdl(())) tr(tdl((b))))" },
    { "a\\\\[2pt]b", "table0(tr0.2(tdl((a))) tr(tdl((b))))" },
    { "a\\\\[1ex plus 1pt]b", "table0(tr0.43(tdl((a))) tr(tdl((b))))" },
    { "a\\\\[-b, c]", "table0(tr(tdl((a))) tr(tdl(([:open − b ,:punct c ]:close))))" },
    { "a\\\\[x]", "table0(tr(tdl((a))) tr(tdl(([:open x ]:close))))" },
    { "a\\tag{1}", "(a) #(\"(\" \"1\" \")\")" },
    { "a\\tag*{x}", "(a) #(\"x\")" },
    { "\\begin{align}a\\tag{1}\\\\b\\tag{2}\\end{align}",
      "(table0(tr(tdr((a)) tdl((\"(\" \"1\" \")\"))) tr(tdr((b)) tdl((\"(\" \"2\" \")\")))))" },
    { "\\begin{align}a&=b\\tag{$x$}\\end{align}", "(table0(tr(tdr((a)) tdl((() =:rel b))))) #(\"(\" (x) \")\")" },
    { "a\\label{x}\\nonumber", "(a)" },
    { "\\displaystyle a", "(style0((a)))" },
    { "{\\scriptstyle a}b", "((style2((a))) b)" },
    { "\\color{red}a", "(style-1red((a)))" },
    { "\\textcolor{#FF0000}{a}b", "(style-1#ff0000(a) b)" },
    { "\\color{red}{a}b\\color{red} {a}b", "(style-1red(a) b style-1red((a b)))" },
    { "\\color{ff8800}a", "(style-1#ff8800((a)))" },
    { "\\boxed{a}", "(enclose1(a))" },
    { "\\cancel a\\xcancel{b}\\sout{c}", "(enclose2(a) enclose6(b) enclose8(c))" },
    { "\\phantom{a}\\hphantom a\\vphantom a", "(phantom(a) phantomflat(a) phantomnarrow(a))" },
    { "\\hspace{1em}\\hspace*{-3mu}\\kern1.5em\\mskip 18mu", "(<1> <-0.17> <1.5> <1>)" },
    { "\\kern0." LONG LONG LONG LONG "em", "(<0.11>)" },
    { "\\kern" LONG LONG LONG LONG "em", "(<1e+02>)" },
    { "f^{\\prime\\prime}f^{''}_1f'^\\prime", "(scripts(f - ″) scripts(f 1 ″) scripts(f - ″))" },
    { "f^{\\prime 2}f^{'_1}", "(scripts(f - (′ 2)) scripts(f - scripts(() 1 ′)))" },
    { "\\text{a-b--c---d-----}\\texttt{--a}", "(\"a-b–c—d—–\" \"--a\".tt)" },
    { "\\begin{array}{@{}r@{.}l@{}}3&14\\end{array}", "(table-1(tr(tdr((3 (.))) tdl((14)))))" },
    { "a\\bmod b", "(a mod.up:bin b)" },
    { "a\\pmod n", "(a (<0.8> (:open mod.up <0.33> n ):close))" },
    { "a\\mod n", "(a (<0.8> mod.up <0.33> n))" },
    { "a\\pod n", "(a (<0.8> (:open n ):close))" },
    { "\\not=", "(≠:rel)" },
    { "\\not\\in", "(∉:rel)" },
    { "\\not\\prec\\not\\simeq", "(⊀:rel ≄:rel)" },
    { "\\not A", "(A̸)" },
    { "\\bra a\\ket{b}", "((⟨:open~ a |:close~) (|:open~ b ⟩:close~))" },
    { "\\prescript{a}{b}{X}", "((scripts(() b a) X))" },
    { "\\sideset{_a}{^b}\\sum", "(:op(scripts(() a -) scripts(∑:op - b)))" },
    { "\\smash{a}\\mathrlap{b}\\smash[b]{c}", "(phantomflat!(a) phantomnarrow!l(b) c)" },
    { "\\mathllap{a}\\clap{$b$}", "(phantomnarrow!r(a) phantomnarrow!c((b)))" },
    { "\\raisebox{2pt}{a$b$}\\text{\\llap{c}}", "((\"a\" (b)) \"c\")" },
    { "\\href{x}{a}", "(a)" },
    { "\\unicode{x2205}\\char65", "(∅.up A.up)" },
    { "x²", "(scripts(x - 2))" },
    { "x₁₂", "(scripts(x (1 2) -))" },
    { "x⁻¹", "(scripts(x - (− 1)))" },
    { "α≤β×γ", "(α ≤:rel β ×:bin γ)" },
    { "é", "(é)" },
    { "x̂", "(x̂)" },
    { "∑_i", "(limits:op*(∑:op i -))" },
    { "中文", "(\"中\" \"文\")" },
    { "−a∗b", "(− a ∗:bin b)" },
    { "⟨a⟩", "(⟨:open a ⟩:close)" },
    { "𝐱", "(𝐱.up)" },
    { "\\newcommand{\\R}{\\mathbb{R}}\\R^n", "(scripts(R.bb - n))" },
    { "\\newcommand\\f[2]{\\frac{#1}{#2}}\\f{a}{b}", "(frac(a b))" },
    { "\\newcommand\\f[2][x]{#1#2}\\f{a}\\f[y]{b}", "(x a y b)" },
    { "\\def\\a#1{#1^2}\\a b", "(scripts(b - 2))" },
    { "\\let\\e\\epsilon\\e", "(ϵ)" },
    { "\\DeclareMathOperator{\\foo}{foo}\\foo", "(foo.up:op)" },
    { "\\def\\a{b}\\def\\b{\\a\\a}\\b", "(b b)" },
    { "a\\mathbf+b", "(a +:bin b)" },
    { "a\\overset{*}{+}b", "(a limits:bin(+:bin - ∗) b)" },
    { "a\\\\b&c", "table0(tr(tdr((a))) tr(tdr((b)) tdl((() c))))" },
    { "\\begin{pmatrix*}[r]a\\\\b\\end{pmatrix*}", "(((:open~ table-1(tr(tdr((a))) tr(tdr((b)))) ):close~))" },
    { "\\begin{align*}[a]&b\\end{align*}", "(table0(tr(tdr(([:open a ]:close)) tdl((() b)))))" },
};

static void test_trees(void **state)
{
    (void)state;
    assert_int_equal(compare(trees, COUNT(trees), dump), 0);
}

static const char *const malformed[] = {
    "{", "}", "a}", "\\frac", "\\frac{a}", "\\frac{a", "x^", "x_", "a^b^c", "a_b_c", "a &lt; b", "\\begin{matrix}a&amp;b\\end{matrix}", "x²^2", "\\left(", "\\left( x", "\\right)",
    "\\left x y\\right)", "\\middle|", "\\left(a}\\right)", "{\\left(}\\right)", "\\begin{matrix}a", "\\begin{matrix}a\\end{pmatrix}",
    "\\end{matrix}", "\\begin{nothing}a\\end{nothing}", "\\begin{array}a", "\\begin{array}{*{3}{c}", "\\unknown", "\\", "a\\", "$x$",
    "\\text{a", "\\text{$x}", "\\text{\\unknown}", "a#1", "\\text", "\\text}", "\\big x", "\\not", "\\limits", "x\\limits\\hline y",
    "a\\over b\\over c", "\\def\\a{\\a}\\a", "\\def\\a{\\a\\a}\\a", "\\newcommand{\\a}[1]{#1}\\a", "\\newcommand{a}{b}",
    "\\def\\a#1.{b}\\a", "\\substack a", "\\matrix{a", "\\kern3", "\\hspace{3}", "\\unicode{xD800}", "\\char", "\\operatorname",
    "\\ce{H2O}", "\\mathchoice{a}{b}{c}{d}", "\xFF", "\\binom{n}", "\\xrightarrow", "\\root x", "\\mathrm", "\\color", "\\tag{$}",
};

static void test_malformed(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < COUNT(malformed); i++) {
        ofp_buf b = { 0 };
        bool made = ofp_mathml(&b, ofp_s(malformed[i]), true, true);
        if (made || b.n) {
            print_error("%s: %.*s\n", malformed[i], (int)b.n, b.p);
            bad++;
        }
        ofp_buf_free(&b);
    }
    assert_int_equal(bad, 0);
}

/* ---- MathML ---- */

/* What stands between <semantics> and the annotation, without the mrow around all. */
static void mathml(ofp_buf *b, const char *tex)
{
    ofp_buf whole = { 0 };
    ofp_mathml(&whole, ofp_s(tex), false, false);
    ofp_str s = ofp_buf_str(&whole), begin = OFP_STR("<math><semantics><mrow>");
    size_t end = ofp_str_find(s, OFP_STR("</mrow><annotation"), 0);
    assert_true(ofp_str_starts(s, begin) && end != SIZE_MAX);
    ofp_buf_add(b, ofp_str_sub(s, begin.n, end - begin.n));
    ofp_buf_free(&whole);
}

static const row elements[] = {
    { "x", "<mi>x</mi>" },
    { "ab", "<mi>a</mi><mi>b</mi>" },
    { "\\Gamma", "<mi mathvariant=\"normal\">Γ</mi>" },
    { "\\mathrm{d}x", "<mi mathvariant=\"normal\">d</mi><mi>x</mi>" },
    { "\\mathbf{x}\\mathbb{R}", "<mi>𝐱</mi><mi>ℝ</mi>" },
    { "\\mathit{ab}", "<mi>𝑎𝑏</mi>" },
    { "12", "<mn>12</mn>" },
    { "a+b=c", "<mi>a</mi><mo>+</mo><mi>b</mi><mo>=</mo><mi>c</mi>" },
    { "-a", "<mo>−</mo><mi>a</mi>" },
    { "a=-b", "<mi>a</mi><mo>=</mo><mo lspace=\"0\" rspace=\"0\">−</mo><mi>b</mi>" },
    { "a(b)", "<mi>a</mi><mo stretchy=\"false\">(</mo><mi>b</mi><mo stretchy=\"false\">)</mo>" },
    { "(a+b)c", "<mo stretchy=\"false\">(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo stretchy=\"false\">)</mo><mi>c</mi>" },
    { "a,b", "<mi>a</mi><mo>,</mo><mi>b</mi>" },
    { "a:b", "<mi>a</mi><mo lspace=\"0.2778em\" rspace=\"0.2778em\">:</mo><mi>b</mi>" },
    { "a*b", "<mi>a</mi><mo lspace=\"0.2222em\" rspace=\"0.2222em\">∗</mo><mi>b</mi>" },
    { "x_{i=1}", "<msub><mi>x</mi><mrow><mi>i</mi><mo lspace=\"0\" rspace=\"0\">=</mo><mn>1</mn></mrow></msub>" },
    { "x^{a+b}", "<msup><mi>x</mi><mrow><mi>a</mi><mo lspace=\"0\" rspace=\"0\">+</mo><mi>b</mi></mrow></msup>" },
    { "x^*", "<msup><mi>x</mi><mo lspace=\"0\" rspace=\"0\">∗</mo></msup>" },
    { "x^+", "<msup><mi>x</mi><mo lspace=\"0\" rspace=\"0\">+</mo></msup>" },
    { "f'(x)", "<msup><mi>f</mi><mo>′</mo></msup><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>" },
    { "\\sin x", "<mi>sin</mi><mo>⁡</mo><mspace width=\"0.1667em\"/><mi>x</mi>" },
    { "\\sin(x)", "<mi>sin</mi><mo>⁡</mo><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>" },
    { "\\log_2 x+y",
      "<msub><mi>log</mi><mn>2</mn></msub><mo>⁡</mo><mspace width=\"0.1667em\"/><mi>x</mi><mo>+</mo><mi>y</mi>" },
    { "\\sum_i i", "<msub><mo lspace=\"0\">∑</mo><mi>i</mi></msub><mi>i</mi>" },
    { "\\displaystyle\\sum_i i",
      "<mstyle displaystyle=\"true\" scriptlevel=\"0\"><munder><mo lspace=\"0\">∑</mo><mi>i</mi></munder><mi>i</"
      "mi></mstyle>" },
    { "\\sum\\limits_i", "<munder><mo lspace=\"0\" rspace=\"0\" movablelimits=\"false\">∑</mo><mi>i</mi></munder>" },
    { "\\lim_{x\\to0}f",
      "<msub><mi>lim</mi><mrow><mi>x</mi><mo lspace=\"0\" rspace=\"0\" stretchy=\"false\">→</mo><mn>0</mn></mrow"
      "></msub><mo>⁡</mo><mspace width=\"0.1667em\"/><mi>f</mi>" },
    { "\\displaystyle\\lim_{x\\to0}f",
      "<mstyle displaystyle=\"true\" scriptlevel=\"0\"><munder><mi>lim</mi><mrow><mi>x</mi><mo lspace=\"0\" rspa"
      "ce=\"0\" stretchy=\"false\">→</mo><mn>0</mn></mrow></munder><mo>⁡</mo><mspace width=\"0.1667em\"/><mi>f</"
      "mi></mstyle>" },
    { "a=\\sum b", "<mi>a</mi><mo>=</mo><mo lspace=\"0\">∑</mo><mi>b</mi>" },
    { "2\\int x", "<mn>2</mn><mo>∫</mo><mi>x</mi>" },
    { "\\frac{a}{b}c", "<mfrac><mi>a</mi><mi>b</mi></mfrac><mspace width=\"0.1667em\"/><mi>c</mi>" },
    { "\\frac{a}{b}\\frac cd",
      "<mfrac><mi>a</mi><mi>b</mi></mfrac><mspace width=\"0.1667em\"/><mfrac><mi>c</mi><mi>d</mi></mfrac>" },
    { "a\\binom nkb", "<mi>a</mi><mrow><mo>(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow><mi>b</mi>" },
    { "\\binom nk", "<mrow><mo>(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>" },
    { "\\sqrt{a}\\sqrt[3]{ab}", "<msqrt><mi>a</mi></msqrt><mroot><mrow><mi>a</mi><mi>b</mi></mrow><mn>3</mn></mroot>" },
    { "\\left(a\\right)", "<mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow>" },
    { "|a|", "<mo stretchy=\"false\">|</mo><mi>a</mi><mo stretchy=\"false\">|</mo>" },
    { "\\bigl(a", "<mo minsize=\"1.2em\" maxsize=\"1.2em\">(</mo><mi>a</mi>" },
    { "\\hat a", "<mover accent=\"true\"><mi>a</mi><mo stretchy=\"false\">ˆ</mo></mover>" },
    { "\\widehat{ab}", "<mover accent=\"true\"><mrow><mi>a</mi><mi>b</mi></mrow><mo>ˆ</mo></mover>" },
    { "\\overline a", "<mover accent=\"true\"><mi>a</mi><mo>‾</mo></mover>" },
    { "\\overbrace{a}^b", "<mover><mover accent=\"true\"><mi>a</mi><mo>⏞</mo></mover><mi>b</mi></mover>" },
    { "\\xrightarrow{a}",
      "<mover><mo lspace=\"0\" rspace=\"0\">→</mo><mrow><mspace width=\"0.4em\"/><mi>a</mi><mspace width=\"0.4em"
      "\"/></mrow></mover>" },
    { "\\text{a b}\\textbf{c}", "<mtext>a b</mtext><mtext style=\"font-weight:bold\">c</mtext>" },
    { "\\text{a<b}", "<mtext>a&lt;b</mtext>" },
    { "\\begin{matrix}a&b\\end{matrix}", "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>" },
    { "\\begin{aligned}a&=b\\end{aligned}",
      "<mtable displaystyle=\"true\" columnalign=\"right left\" columnspacing=\"0\"><mtr><mtd style=\"text-align"
      ":right;text-align:-webkit-right;padding-left:0;padding-right:0\"><mi>a</mi></mtd><mtd style=\"text-align:"
      "left;text-align:-webkit-left;padding-left:0;padding-right:0\"><mrow/><mo>=</mo><mi>b</mi></mtd></mtr></mt"
      "able>" },
    { "\\begin{matrix}a\\\\[2pt]b\\\\[2pt]\\end{matrix}",
      "<mtable><mtr><mtd style=\"padding-bottom:calc(.5ex + 0.2em);\"><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>" },
    { "\\begin{array}{|c|}\\hline a\\end{array}",
      "<mtable><mtr><mtd style=\"border-left:1px solid;border-right:1px solid;border-top:1px solid;\"><mi>a</mi>"
      "</mtd></mtr></mtable>" },
    { "\\begin{array}{r|r}1\\\\\\hline 2&3\\end{array}",
      "<mtable columnalign=\"right right\" columnspacing=\"1em\"><mtr><mtd style=\"text-align:right;text-align:-webkit-right;padding-left"
      ":0.5em;padding-right:0.5em\"><mn>1</mn></mtd></mtr><mtr><mtd style=\"border-top:1px solid;text-align:right;text-align:-webkit-right;"
      "padding-left:0.5em;padding-right:0.5em\"><mn>2</mn></mtd><mtd style=\"border-left:1px solid;border-top:1px solid;text-align:right;"
      "text-align:-webkit-right;padding-left:0.5em;padding-right:0.5em\"><mn>3</mn></mtd></mtr></mtable>" },
    { "\\color{red}a=b", "<mstyle style=\"color:red\"><mi>a</mi><mo>=</mo><mi>b</mi></mstyle>" },
    { "x=\\color{red}a", "<mi>x</mi><mo>=</mo><mstyle style=\"color:red\"><mi>a</mi></mstyle>" },
    { "\\boxed a", "<mrow style=\"border:1px solid;padding:.25em\"><mi>a</mi></mrow>" },
    { "\\cancel a",
      "<menclose notation=\"updiagonalstrike\" style=\"background:linear-gradient(to top left,transparent 47%,cu"
      "rrentcolor 47%,currentcolor 53%,transparent 53%)\"><mi>a</mi></menclose>" },
    { "\\phantom a\\hphantom{b}",
      "<mphantom><mi>a</mi></mphantom><mpadded height=\"0\" depth=\"0\"><mphantom><mi>b</mi></mphantom></mpadded"
      ">" },
    { "\\smash a\\mathllap{b}",
      "<mpadded height=\"0\" depth=\"0\"><mrow><mi>a</mi></mrow></mpadded><mpadded width=\"0\"><mrow style=\"transform:translateX(-100%)\">"
      "<mi>b</mi></mrow></mpadded>" },
    { "a\\quad b", "<mi>a</mi><mspace width=\"1em\"/><mi>b</mi>" },
    { "a\\!b", "<mi>a</mi><mspace width=\"-0.1667em\"/><mi>b</mi>" },
    { "a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>" },
    { "{}^2x", "<msup><mrow/><mn>2</mn></msup><mi>x</mi>" },
    { "a\\tag{1}", "<mi>a</mi><mspace width=\"2em\"/><mrow><mtext>(</mtext><mtext>1</mtext><mtext>)</mtext></mrow>" },
    { "a\\in\\mathbb{N}", "<mi>a</mi><mo>∈</mo><mi>ℕ</mi>" },
    { "a\\mathrel{R}b", "<mi>a</mi><mspace width=\"0.2778em\"/><mi>R</mi><mspace width=\"0.2778em\"/><mi>b</mi>" },
    { "a\\ldots b", "<mi>a</mi><mo lspace=\"0.1667em\" rspace=\"0.1667em\">…</mo><mi>b</mi>" },
    { "\\left(a\\middle|b\\right|",
      "<mrow><mo>(</mo><mi>a</mi><mo lspace=\"0\" rspace=\"0\" stretchy=\"true\">|</mo><mi>b</mi><mo stretchy=\""
      "true\">|</mo></mrow>" },
    { "\\frac{1}{2}|x",
      "<mfrac><mn>1</mn><mn>2</mn></mfrac><mo lspace=\"0.1667em\" rspace=\"0\" stretchy=\"false\">|</mo><mi>x</m"
      "i>" },
};

static void test_elements(void **state)
{
    (void)state;
    assert_int_equal(compare(elements, COUNT(elements), mathml), 0);
}

static void test_whole(void **state)
{
    (void)state;
    ofp_buf b = { 0 };
    assert_true(ofp_mathml(&b, OFP_STR("a<b"), true, true));
    static const char want[] = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><semantics><mrow><mi>a</mi><mo>&lt;</mo>"
        "<mi>b</mi></mrow><annotation encoding=\"application/x-tex\">a&lt;b</annotation></semantics></math>";
    assert_int_equal(b.n, sizeof want - 1);
    assert_memory_equal(b.p, want, b.n);
    ofp_buf_free(&b);
}

/* ---- letters ---- */

static void test_letters(void **state)
{
    (void)state;
    static const struct { uint32_t c; enum formula_variant v; uint32_t is; } cases[] = {
        { 'A', VARIANT_BOLD, 0x1D400 }, { 'z', VARIANT_BOLD, 0x1D433 }, { 'h', VARIANT_ITALIC, 0x210E }, { 'x', VARIANT_ITALIC, 0x1D465 },
        { 'x', VARIANT_UPRIGHT, 'x' }, { 'R', VARIANT_DOUBLE_STRUCK, 0x211D }, { 'A', VARIANT_DOUBLE_STRUCK, 0x1D538 },
        { '1', VARIANT_DOUBLE_STRUCK, 0x1D7D9 }, { 'L', VARIANT_SCRIPT, 0x2112 }, { 'A', VARIANT_SCRIPT, 0x1D49C },
        { 'Z', VARIANT_FRAKTUR, 0x2128 }, { 'g', VARIANT_FRAKTUR, 0x1D524 }, { 'a', VARIANT_SANS, 0x1D5BA },
        { 'a', VARIANT_MONO, 0x1D68A }, { '9', VARIANT_MONO, 0x1D7FF }, { 0x3B1, VARIANT_BOLD_ITALIC, 0x1D736 },
        { 0x3A9, VARIANT_BOLD, 0x1D6C0 }, { 0x3A3, VARIANT_BOLD, 0x1D6BA }, { 0x2202, VARIANT_ITALIC, 0x1D715 },
        { 0x2207, VARIANT_BOLD, 0x1D6C1 }, { 0x3D5, VARIANT_ITALIC, 0x1D719 }, { 0x3B1, VARIANT_SCRIPT, 0x3B1 },
        { 0xE9, VARIANT_BOLD, 0xE9 }, { '1', VARIANT_ITALIC, '1' }, { '7', VARIANT_BOLD_ITALIC, 0x1D7D5 },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(ofp_formula_letter(cases[i].c, cases[i].v), cases[i].is);
}

/* ---- the table of commands ---- */

#define SIGN(name, kind, text, cls) { name, #kind, text },
static const struct { const char *name, *kind, *text; } signs[] = {
#include "doctools/formula_signs.def"
};
#undef SIGN

/* And fits in the rows of formula_signs.c. */
static void test_sorted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(signs); i++)
        if (strlen(signs[i].name) > 23 || strlen(signs[i].text) > 11)
            fail_msg("'%s' is too long", signs[i].name);
    for (size_t i = 1; i < COUNT(signs); i++)
        if (strcmp(signs[i - 1].name, signs[i].name) >= 0)
            fail_msg("'%s' stands before '%s'", signs[i - 1].name, signs[i].name);
}

/* Each command makes something where it has arguments enough. */
static void test_signs(void **state)
{
    (void)state;
    static const char *const others[] = { "LIMITS", "MIDDLE", "RIGHT", "END", "HLINE", "BEGIN", "KERN", "HSPACE", "RULE", "UNICODE",
                                          "GENFRAC", "ROOT", "GRID", "LEFT", "INFIX", "BIG", "SIDESET" };
    int bad = 0;
    for (size_t i = 0; i < COUNT(signs); i++) {
        char tex[128];
        bool other = false;
        for (size_t k = 0; k < COUNT(others); k++)
            other |= !strcmp(signs[i].kind, others[k]);
        snprintf(tex, sizeof tex, "\\%s {a}{b}{c}", signs[i].name);
        ofp_buf b = { 0 };
        if (!other && !ofp_mathml(&b, ofp_s(tex), false, true)) {
            print_error("%s\n", tex);
            bad++;
        }
        ofp_buf_free(&b);
    }
    assert_int_equal(bad, 0);
}

/* ---- anything at all ---- */

static const char long_one[] =
    "\\newcommand{\\half}[1]{\\frac{#1}{2}} f''(x)^2 = \\left\\{ \\begin{array}{c|l} \\half{x} & \\text{if $x>0$ or \\textbf{so}} \\\\[2pt]"
    "\\hline \\sum_{i=1}^{n} \\sqrt[3]{a_i} & \\hat{x}+\\overbrace{y}^{z} \\end{array} \\middle| \\xrightarrow[b]{a} \\right. "
    "\\begin{aligned} a &= \\mathbb{R} \\\\ &\\ne {n \\choose k} \\tag{1} \\end{aligned} \\color{red} \\operatorname*{arg\\,max}_x "
    "\\genfrac{(}{]}{0pt}{1}{a}{b} \\not\\in \\bigl( \\Bigr] \\phantom{x} \\mathrm{abc} x²  \\unicode{x2205} \\sideset{_a}{^b}\\prod";

/* Whatever is cut off or left out: it comes to an end, and what is made is balanced. */
static void check_balance(ofp_str s)
{
    long depth = 0;
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '<')
            depth += s.p[i + 1] == '/' ? -1 : 1;
        else if (s.p[i] == '/' && s.p[i + 1] == '>')
            depth--;
    assert_int_equal(depth, 0);
}

static void test_pieces(void **state)
{
    (void)state;
    size_t n = sizeof long_one - 1;
    for (size_t from = 0; from < n; from += 7)
        for (size_t end = from; end <= n; end++) {
            ofp_buf b = { 0 };
            ofp_mathml(&b, (ofp_str){ long_one + from, end - from }, true, true);
            check_balance(ofp_buf_str(&b));
            ofp_buf_free(&b);
        }
}

static void test_one_left_out(void **state)
{
    (void)state;
    char tex[sizeof long_one];
    for (size_t i = 0; i + 1 < sizeof long_one; i++) {
        memcpy(tex, long_one, sizeof tex);
        for (const char *c = "\\{}^&$[#"; *c; c++) {
            ofp_buf b = { 0 };
            tex[i] = *c;
            ofp_mathml(&b, (ofp_str){ tex, sizeof tex - 1 }, false, false);
            check_balance(ofp_buf_str(&b));
            ofp_buf_free(&b);
        }
    }
}

/* ---- time ---- */

static double seconds(ofp_str tex)
{
    clock_t begin = clock();
    ofp_buf b = { 0 };
    ofp_mathml(&b, tex, true, true);
    ofp_buf_free(&b);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

/* Of such pieces a megabyte and what is just short enough to be read. */
static void test_linear(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "{", "}", "^", "_", "^{", "\\frac", "\\frac{", "\\left(", "\\left(\\right)", "&", "\\\\", "\\\\[", "\\sqrt[", "\\sqrt[{", "x'", "'",
        "\\text{", "\\text{$", "\\text{a}", "$", "\\begin{matrix}", "\\hat", "\\hat{", "\\over", "\\def\\a{\\a}", "\\def\\a{", "\\newcommand",
        "\\let\\a\\b\\a", "x+", "x_1^2 ", "{a}", "ab", "\\alpha", "≤", "x²", "e\u0301", "\u0301", "%", "%\n", "\\mathrm{ab}", "\\rm", "\\color{red}",
        "\\displaystyle", "\\root", "\\not", "\\hline", "\\tag{1}", "\\tag{1}\\\\", "a&b\\\\", "\\big", "\\big(", "\\operatorname", "1", "1.", "\\", "~",
        "\\kern1em", "\\begin{array}{*{9}{*{9}{*{9}{c}}}}a\\end{array}", "\\unknown", "\xFF", "[", "\\bigl[", "\\middle|", "\\mathop", "\\limits",
    };
    for (size_t i = 0; i < COUNT(pieces); i++)
        for (size_t size = 64 * 1024; size <= 1024 * 1024; size *= 16) {
            ofp_buf b = { 0 };
            while (b.n + strlen(pieces[i]) <= size)
                ofp_buf_puts(&b, pieces[i]);
            double s = seconds(ofp_buf_str(&b));
            ofp_buf_free(&b);
            if (s > 0.5)
                fail_msg("'%s' takes %.2f s", pieces[i], s);
        }
}

static void test_doubling(void **state)
{
    (void)state;
    ofp_buf b = { 0 };
    ofp_buf_puts(&b, "\\def\\a{x}");
    for (char c = 'b'; c <= 'z'; c++)
        ofp_buf_printf(&b, "\\def\\%c{\\%c\\%c}", c, c - 1, c - 1);
    ofp_buf_puts(&b, "\\z");
    assert_true(seconds(ofp_buf_str(&b)) < 0.5);
    ofp_buf_free(&b);
}

/* What macros throw away is made all the same. */
static void test_thrown_away(void **state)
{
    (void)state;
    ofp_buf b = { 0 };
    ofp_buf_puts(&b, "\\def\\a#1{}\\def\\b#1{\\a{#1#1#1#1#1#1#1#1#1}}\\def\\c#1{\\b{#1}\\b{#1}\\b{#1}\\b{#1}\\b{#1}}\\c{");
    for (int i = 0; i < 6000; i++)
        ofp_buf_putc(&b, 'x');
    ofp_buf_puts(&b, "}y");
    ofp_arena *a = ofp_arena_new();
    formula *tag;
    assert_null(ofp_formula_parse(a, ofp_buf_str(&b), &tag));
    ofp_arena_free(a);
    ofp_buf_free(&b);
}

/* So is what stands between columns, in every row. */
static void test_between(void **state)
{
    (void)state;
    ofp_buf b = { 0 };
    ofp_buf_puts(&b, "\\begin{array}{r@{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}l}");
    for (int i = 0; i < 2000; i++)
        ofp_buf_puts(&b, "a\\\\");
    ofp_buf_puts(&b, "\\end{array}");
    ofp_arena *a = ofp_arena_new();
    formula *tag;
    assert_null(ofp_formula_parse(a, ofp_buf_str(&b), &tag));
    ofp_arena_free(a);
    ofp_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees), cmocka_unit_test(test_malformed), cmocka_unit_test(test_elements), cmocka_unit_test(test_whole),
        cmocka_unit_test(test_letters), cmocka_unit_test(test_sorted), cmocka_unit_test(test_signs), cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_one_left_out), cmocka_unit_test(test_linear), cmocka_unit_test(test_doubling), cmocka_unit_test(test_thrown_away), cmocka_unit_test(test_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
