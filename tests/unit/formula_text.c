/* Formulas as text that people read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>
#include "doctools/formula_text.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct { const char *in, *out; } row;

static const row lines[] = {
    { "a+b-c\\times d", "a + b − c × d" },
    { "-a+b", "−a + b" },
    { "x=-1", "x = −1" },
    { "|x|", "|x|" },
    { "\\left|x-y\\right|", "|x − y|" },
    { "\\|x\\|_2", "‖x‖₂" },
    { "f\\left(x\\right)", "f(x)" },
    { "\\sin x\\cos y", "sin x cos y" },
    { "\\sin^2 x+\\cos^2 x=1", "sin² x + cos² x = 1" },
    { "\\sin(x+y)", "sin(x + y)" },
    { "\\sin\\theta", "sin θ" },
    { "\\log_2 8", "log₂ 8" },
    { "\\log_b x", "log_b x" },
    { "\\log_{10}x", "log₁₀ x" },
    { "\\lim_{x\\to 0}\\frac{\\sin x}{x}=1", "lim_(x→0) (sin x)/x = 1" },
    { "\\lim_{n\\to\\infty}(1+\\frac1n)^n", "lim_(n→∞) (1 + 1/n)ⁿ" },
    { "\\max_{i}(a_i+b_i)", "max_i (aᵢ + bᵢ)" },
    { "\\operatorname*{arg\\,max}_\\theta L(\\theta)", "arg max_θ L(θ)" },
    { "\\operatorname{rank}A", "rank A" },
    { "\\int_0^1 f(x)\\,dx", "∫₀¹ f(x) dx" },
    { "\\int_0^\\infty e^{-x}\\,dx", "∫_0^∞ e⁻ˣ dx" },
    { "\\int_{-\\infty}^{\\infty}e^{-x^2}\\,dx=\\sqrt\\pi", "∫_(−∞)^∞ e^(−x²) dx = √π" },
    { "\\oint_C \\mathbf{F}\\cdot d\\mathbf{r}", "∮_C F ⋅ dr" },
    { "\\sum_{i=1}^n i=\\frac{n(n+1)}{2}", "∑_(i=1)^n i = n(n + 1)/2" },
    { "\\sum_i x_i", "∑ᵢ xᵢ" },
    { "\\prod_{p}\\frac{1}{1-p^{-s}}", "∏ₚ 1/(1 − p⁻ˢ)" },
    { "\\bigcup_{i\\in I}A_i", "⋃_(i∈I) Aᵢ" },
    { "x^n", "xⁿ" },
    { "x^{n+1}", "x^(n+1)" },
    { "x^{2n}", "x²ⁿ" },
    { "x^{-1}", "x⁻¹" },
    { "x^{1/2}", "x^(1/2)" },
    { "x^{\\frac12}", "x^(1/2)" },
    { "e^{i\\pi}+1=0", "e^(iπ) + 1 = 0" },
    { "e^{x^2}", "e^(x²)" },
    { "2^{2^n}", "2^(2ⁿ)" },
    { "a_{ij}", "aᵢⱼ" },
    { "a_{i,j}", "a_(i,j)" },
    { "a_{max}", "aₘₐₓ" },
    { "a_{\\max}", "a_max" },
    { "a_\\text{max}^2", "a_max^2" },
    { "x_i^2", "xᵢ²" },
    { "x_i^{n+1}", "xᵢ^(n+1)" },
    { "\\theta_i^{(t+1)}", "θᵢ^((t+1))" },
    { "f^{(n)}(x)", "f⁽ⁿ⁾(x)" },
    { "x^{[l]}", "x^[l]" },
    { "f'(x)", "f′(x)" },
    { "f''", "f″" },
    { "f'^2", "f′²" },
    { "y'_{max}", "y′ₘₐₓ" },
    { "A^T", "Aᵀ" },
    { "A^*", "A*" },
    { "A^\\dagger", "A†" },
    { "90^\\circ", "90°" },
    { "25\\,^\\circ\\mathrm{C}", "25 °C" },
    { "10\\,000", "10 000" },
    { "1{,}000", "1,000" },
    { "{}^{14}_{6}\\mathrm{C}", "₆¹⁴C" },
    { "\\prescript{14}{6}{\\mathbf{C}}", "₆¹⁴C" },
    { "{}_2F_1", "₂F₁" },
    { "\\mathrm{H_2O}", "H₂O" },
    { "\\mathrm{SO}_4^{2-}", "SO₄²⁻" },
    { "\\frac ab", "a/b" },
    { "\\frac{a+b}{c}", "(a + b)/c" },
    { "\\frac{a}{b+c}", "a/(b + c)" },
    { "\\frac{1}{2a}", "1/(2a)" },
    { "\\frac12x", "1/2 x" },
    { "\\frac{a}{b}c", "(a/b)c" },
    { "\\frac{a}{b}\\frac{c}{d}", "(a/b)(c/d)" },
    { "\\frac{a}{b}+c", "a/b + c" },
    { "x\\frac{a}{b}", "x a/b" },
    { "2\\frac{a}{b}x", "2(a/b)x" },
    { "\\frac{\\frac ab}{\\frac cd}", "(a/b)/(c/d)" },
    { "\\frac{a/b}{c}", "(a/b)/c" },
    { "\\left(\\frac{a}{b}\\right)^2", "(a/b)²" },
    { "\\frac{a}{b}(c+d)", "(a/b)(c + d)" },
    { "\\frac{d}{dx}f(x)", "d/dx f(x)" },
    { "\\frac{dy}{dx}", "dy/dx" },
    { "\\frac{d^2y}{dx^2}", "d²y/dx²" },
    { "\\frac{\\partial^2 f}{\\partial x\\,\\partial y}", "∂²f/∂x ∂y" },
    { "\\frac{\\partial f}{\\partial x}\\frac{\\partial x}{\\partial t}", "(∂f/∂x)(∂x/∂t)" },
    { "\\frac{\\mathrm{d}y}{\\mathrm{d}x}", "dy/dx" },
    { "-\\frac{1}{2}", "−1/2" },
    { "\\frac{-1}{2}", "−1/2" },
    { "\\frac{n!}{k!(n-k)!}", "n!/(k!(n − k)!)" },
    { "\\frac{f(x)}{g(x)}", "f(x)/g(x)" },
    { "\\frac{\\log n}{n}", "(log n)/n" },
    { "\\cfrac{1}{1+\\cfrac{1}{x}}", "1/(1 + 1/x)" },
    { "{n \\choose k}", "(n choose k)" },
    { "\\binom{n}{k}", "(n choose k)" },
    { "\\binom{n+1}{k-1}^2", "(n + 1 choose k − 1)²" },
    { "{n \\brace k}", "{n; k}" },
    { "\\genfrac[]{0pt}{}{n}{k}", "[n; k]" },
    { "\\sqrt{x}", "√x" },
    { "\\sqrt2x", "√2 x" },
    { "\\sqrt{x+1}", "√(x + 1)" },
    { "\\sqrt{x^2}", "√(x²)" },
    { "\\sqrt{2a}", "√(2a)" },
    { "\\sqrt[3]{x}", "∛x" },
    { "\\sqrt[4]{x+1}", "∜(x + 1)" },
    { "\\sqrt[n]{x}", "ⁿ√x" },
    { "\\sqrt[n+1]{x}", "(n+1)√x" },
    { "2\\sqrt{3}\\pi", "2√3 π" },
    { "\\sqrt{\\frac{a}{b}}", "√(a/b)" },
    { "\\sqrt{\\sqrt x}", "√(√x)" },
    { "\\sqrt{(a+b)}", "√(a + b)" },
    { "\\bar x", "x̄" },
    { "\\hat\\theta", "θ̂" },
    { "\\vec{v}\\cdot\\vec w", "v⃗ ⋅ w⃗" },
    { "\\vec{v_1}", "v⃗₁" },
    { "\\hat{\\imath}", "î" },
    { "\\dot x+\\ddot y", "ẋ + ÿ" },
    { "\\tilde{X}_n", "X̃ₙ" },
    { "\\overline{AB}", "A̅B̅" },
    { "\\overline{a+b}", "overline(a + b)" },
    { "0.\\overline{142857}", "0.overline(142857)" },
    { "0.\\overline{3}", "0.3̅" },
    { "\\overrightarrow{AB}", "vec(AB)" },
    { "\\widehat{ABC}", "hat(ABC)" },
    { "\\underline{x}", "x̲" },
    { "\\underline{abc}", "abc" },
    { "\\underbrace{a+\\cdots+a}_{n\\text{ times}}", "underbrace(a + ⋯ + a)_(n times)" },
    { "\\overbrace{x+y}^{2}", "overbrace(x + y)^2" },
    { "\\overset{!}{=}", "=^!" },
    { "a\\stackrel{\\text{def}}{=}b", "a =^def b" },
    { "A\\xrightarrow{f}B", "A →^f B" },
    { "A\\xleftarrow[g]{f+1}B", "A ←_g^(f+1) B" },
    { "\\underset{x\\in S}{\\operatorname{argmin}}f", "argmin_(x∈S) f" },
    { "\\mathbb{R}^n\\to\\mathbb{C}", "ℝⁿ → ℂ" },
    { "\\mathcal{L}\\{f\\}", "ℒ{f}" },
    { "\\mathfrak{g}", "𝔤" },
    { "\\mathbf{x}^T\\boldsymbol{\\beta}", "xᵀβ" },
    { "\\mathscr{F}", "ℱ" },
    { "\\mathrm{d}x", "dx" },
    { "\\mathit{foo}", "foo" },
    { "\\{x\\in\\mathbb{R}\\mid x>0\\}", "{x ∈ ℝ | x > 0}" },
    { "\\{x|x>0\\}", "{x|x > 0}" },
    { "P(A|B)", "P(A|B)" },
    { "a\\mid b", "a | b" },
    { "a\\equiv b\\pmod n", "a ≡ b (mod n)" },
    { "a\\bmod b", "a mod b" },
    { "x\\ge 0\\quad\\text{and}\\quad y\\le 1", "x ≥ 0\u2003and\u2003y ≤ 1" },
    { "f(x)=x^2\\quad x>0", "f(x) = x²\u2003x > 0" },
    { "f(x)=\\begin{cases}x&x\\ge0\\\\-x&x<0\\end{cases}", "f(x) = {x, x ≥ 0; −x, x < 0}" },
    { "f(x)=\\begin{cases}1&\\text{if }x=0,\\\\0&\\text{otherwise.}\\end{cases}", "f(x) = {1 if x = 0; 0 otherwise.}" },
    { "\\begin{rcases}a\\\\b\\end{rcases}=c", "{a; b} = c" },
    { "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}", "(a b; c d)" },
    { "\\begin{bmatrix}1&0\\\\0&1\\end{bmatrix}", "[1 0; 0 1]" },
    { "\\begin{bmatrix}x+1\\\\y\\end{bmatrix}", "[x + 1; y]" },
    { "\\begin{matrix}a&b\\\\c&d\\end{matrix}", "[a b; c d]" },
    { "\\begin{vmatrix}a&b\\\\c&d\\end{vmatrix}", "|a b; c d|" },
    { "\\begin{Vmatrix}a&b\\end{Vmatrix}", "‖a b‖" },
    { "\\left(\\begin{smallmatrix}a&b\\\\c&d\\end{smallmatrix}\\right)", "(a b; c d)" },
    { "\\begin{pmatrix}1&&\\\\&2&\\\\&&3\\end{pmatrix}", "(1 · ·; · 2 ·; · · 3)" },
    { "\\begin{pmatrix}1&\\cdots&n\\\\\\vdots&\\ddots&\\vdots\\end{pmatrix}", "(1 ⋯ n; ⋮ ⋱ ⋮)" },
    { "\\left[\\begin{array}{cc|c}1&2&3\\\\4&5&6\\end{array}\\right]", "[1 2 3; 4 5 6]" },
    { "\\begin{array}{rcl}x&=&1\\\\y&=&2\\end{array}", "x = 1; y = 2" },
    { "\\begin{array}{c|c}a&b\\\\\\hline 0&1\\end{array}", "[a b; 0 1]" },
    { "\\begin{align}a&=b+c\\\\&=d\\\\&\\quad+e\\end{align}", "a = b + c = d + e" },
    { "\\begin{align}a&=b&c&=d\\\\e&=f&g&=h\\end{align}", "a = b\u2003c = d; e = f\u2003g = h" },
    { "\\begin{align}a&=b\\tag{1}\\\\c&=d\\tag{2}\\end{align}", "a = b (1); c = d (2)" },
    { "\\begin{gather}a=b,\\\\c=d.\\end{gather}", "a = b, c = d." },
    { "\\begin{eqnarray}a&=&b\\\\c&=&d\\end{eqnarray}", "a = b; c = d" },
    { "\\begin{multline}a+b\\\\+c\\end{multline}", "a + b; +c" },
    { "a=b\\\\c=d", "a = b; c = d" },
    { "\\sum_{\\substack{i<n\\\\j<m}}a_{ij}", "∑_(i<n, j<m) aᵢⱼ" },
    { "\\sum_{i<n\\atop j<m}a", "∑_(i<n, j<m) a" },
    { "E=mc^2\\tag{3}", "E = mc² (3)" },
    { "\\phantom{x}a\\hphantom{b}c", "ac" },
    { "\\boxed{a+b}", "a + b" },
    { "\\cancel{x}y", "xy" },
    { "\\color{red}{x}^2", "x²" },
    { "\\textcolor{red}{a+b}c", "a + bc" },
    { "\\text{speed}=\\frac{\\text{distance}}{\\text{time}}", "speed = distance/time" },
    { "v=5\\,\\mathrm{m/s}", "v = 5 m/s" },
    { "5\\mathrm{km}", "5 km" },
    { "\\mathrm{Var}(X)", "Var(X)" },
    { "\\mathrm{Var}X", "Var X" },
    { "a\\cdot b", "a ⋅ b" },
    { "a\\ast b", "a * b" },
    { "a*b", "a * b" },
    { "\\langle a,b\\rangle", "⟨a, b⟩" },
    { "\\lfloor x\\rfloor", "⌊x⌋" },
    { "n!", "n!" },
    { "a\\not=b", "a ≠ b" },
    { "a\\ne b", "a ≠ b" },
    { "x\\in A\\setminus B", "x ∈ A ∖ B" },
    { "\\forall\\epsilon>0\\,\\exists\\delta", "∀ϵ > 0 ∃δ" },
    { "A\\implies B\\iff C", "A ⟹ B ⟺ C" },
    { "1,2,\\dots,n", "1, 2, …, n" },
    { "a_1+\\cdots+a_n", "a₁ + ⋯ + aₙ" },
    { "a_1\\cdots a_n", "a₁ ⋯ aₙ" },
    { "[0,1)", "[0, 1)" },
    { "]0,1[", "]0, 1[" },
    { "\\Delta x", "Δx" },
    { "\\nabla\\cdot\\mathbf{E}=\\frac{\\rho}{\\varepsilon_0}", "∇ ⋅ E = ρ/ε₀" },
    { "\\left.\\frac{df}{dx}\\right|_{x=0}", "df/dx|_(x=0)" },
    { "\\bigl(a+b\\bigr)", "(a + b)" },
    { "\\bra{\\psi}\\ket{\\phi}", "⟨ψ||ϕ⟩" },
    { "\\braket{a|b}", "⟨a|b⟩" },
    { "i\\hbar\\frac{\\partial}{\\partial t}\\Psi=\\hat H\\Psi", "iℏ ∂/∂t Ψ = ĤΨ" },
    { "x\\mapsto x^2", "x ↦ x²" },
    { "f\\colon X\\to Y", "f: X → Y" },
    { "f:X\\to Y", "f : X → Y" },
    { "a:=b", "a := b" },
    { "50\\%", "50%" },
    { "\\$5", "$5" },
    { "{a+b}^2", "(a + b)²" },
    { "{x^2}^3", "(x²)³" },
    { "(a+b)^2", "(a + b)²" },
    { "(a+b)^{n+1}", "(a + b)^(n+1)" },
    { "x^{}", "x" },
    { "\\frac{}{}", "()/()" },
    { "x_{i_j}", "x_(iⱼ)" },
    { "\\mathbf{1}_{\\{x>0\\}}", "1_{x>0}" },
    { "X\\sim\\mathcal{N}(\\mu,\\sigma^2)", "X ∼ 𝒩(μ, σ²)" },
    { "p(x)=\\frac{1}{\\sqrt{2\\pi\\sigma^2}}e^{-\\frac{(x-\\mu)^2}{2\\sigma^2}}", "p(x) = (1/√(2πσ²))e^(−(x−μ)²/(2σ²))" },
    { "x^{a^b}y", "x^(aᵇ)y" },
    { "\\Gamma(z)=\\int_0^\\infty t^{z-1}e^{-t}\\,dt", "Γ(z) = ∫_0^∞ t^(z−1)e⁻ᵗ dt" },
    { "\\sum_{n=0}^\\infty\\frac{x^n}{n!}", "∑_(n=0)^∞ xⁿ/n!" },
    { "\\mathop{\\mathrm{ess\\,sup}}_x f", "ess sup_x f" },
    { "O(n\\log n)", "O(n log n)" },
    { "\\Pr[X=x]", "Pr[X = x]" },
    { "\\gcd(a,b)", "gcd(a, b)" },
    { "\\det A", "det A" },
    { "a^2b", "a²b" },
    { "a_1b", "a₁b" },
    { "x^\\infty y", "x^∞ y" },
    { "a\\pm b", "a ± b" },
    { "a \\text{ if } b", "a if b" },
    { "\\sideset{}{'}\\sum_k a_k", "∑′ₖ aₖ" },
    { "\\mathrm{e}^{-\\mathrm{i}\\omega t}", "e^(−iωt)" },
    { "10^{-3}\\,\\mathrm{kg}", "10⁻³ kg" },
    { "x \\left( \\frac{a}{b} \\right) y", "x(a/b)y" },
    { "\\sqrt{a}\\sqrt{b}", "√a √b" },
    { "\\frac{\\sqrt{3}}{2}", "√3/2" },
    { "\\frac{x}{\\sqrt{x^2+1}}", "x/√(x² + 1)" },
    { "2\\sqrt[n+1]{x}", "2 (n+1)√x" },
    { "\\int_0^\\infty", "∫_0^∞" },
    { "x^2 \\,.", "x²." },
    { "\\left(\\,x\\,\\right)", "(x)" },
    { "\\overline{A^T}", "overline(Aᵀ)" },
    { "\\overline{(A+B)}", "overline(A + B)" },
    { "\\sqrt{x_1}y", "√x₁ y" },
    { "\\sqrt{|x|}", "√|x|" },
    { "\\mathbf{A}^{\\mathsf T}", "Aᵀ" },
    { "\\frac{(x-\\mu)^2}{2}", "(x − μ)²/2" },
    { "\\frac{1}{(1+x)^2}", "1/(1 + x)²" },
    { "\\text{a~b}\\ c", "a b c" },
    { "\\sum_{i}^{n+1}i", "∑_i^(n+1) i" },
    { "\\begin{align}a&=b.\\\\&=c\\end{align}", "a = b. = c" },
    { "\\frac{\\text{blocks used}}{\\text{time}}", "(blocks used)/time" },
    { "\\vec{\\mathbf{B}}", "B⃗" },
    { "\\overbrace{a}", "overbrace(a)" },
    { "x^{*}y", "x* y" },
    { "a\\,b", "a b" },
    { "a\\!b", "ab" },
    { "\\tag{A}x", "x (A)" },
};

/* Where a formula may have several lines. */
static const row displays[] = {
    { "a=b", "a = b" },
    { "a=b\\\\c=d", "a = b\nc = d" },
    { "\\begin{align}a&=b+c\\\\&=d\\end{align}", "a = b + c\n= d" },
    { "\\begin{align}a&=b+c\\\\&=d\\end{align}.", "a = b + c\n= d." },
    { "\\begin{align}a&=b\\\\&\\quad+c\\end{align}", "a = b + c" },
    { "\\begin{align}a&=b,\\tag{1}\\\\c&=d\\tag{2}\\end{align}", "a = b, (1)\nc = d (2)" },
    { "\\begin{gather}a=b\\\\\\\\c=d\\end{gather}", "a = b\nc = d" },
    { "\\begin{matrix}a&b\\\\c&d\\end{matrix}", "[a b; c d]" },
    { "x=\\begin{cases}a\\\\b\\end{cases}", "x = {a; b}" },
    { "\\begin{aligned}x&=\\begin{pmatrix}a\\\\b\\end{pmatrix}\\\\y&=1\\end{aligned}", "x = (a; b)\ny = 1" },
};

static const char *const unread[] = { "\\", "\\unknown{x}", "\\frac{a}", "{", "x^2^3", "\\ce{H2O}", "a}" };

static int compare(const row *cases, size_t n, bool several)
{
    int bad = 0;
    for (size_t i = 0; i < n; i++) {
        ofp_buf b = { 0 };
        ofp_buf_puts(&b, "x");          /* what is there already is none of the formula's */
        bool read = ofp_formula_text(&b, ofp_s(cases[i].in), several);
        ofp_str got = ofp_str_sub(ofp_buf_str(&b), 1, SIZE_MAX);
        if (!read || !ofp_str_eq(got, ofp_s(cases[i].out))) {
            print_error("%s\n  got  %s%.*s\n  want %s\n", cases[i].in, read ? "" : "nothing", (int)got.n, got.p, cases[i].out);
            bad++;
        }
        ofp_buf_free(&b);
    }
    return bad;
}

static void test_lines(void **state)
{
    (void)state;
    assert_int_equal(compare(lines, COUNT(lines), false), 0);
}

static void test_displays(void **state)
{
    (void)state;
    assert_int_equal(compare(displays, COUNT(displays), true), 0);
}

static void test_unread(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(unread); i++) {
        ofp_buf b = { 0 };
        assert_false(ofp_formula_text(&b, ofp_s(unread[i]), true));
        assert_int_equal(b.n, 0);
        ofp_buf_free(&b);
    }
}

/* Each piece over and over, as it is and in as many pairs of braces as are read; text takes no more room than TeX by far. */
static void test_linear(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "x", "1", "x ", "+x", "=x", "x_1^2", "x_{ab}^{c+d}", "x''", "\\frac ab", "\\frac{a+b}{c+d}", "\\sqrt x", "\\sqrt[3]{x+1}", "\\bar x",
        "\\overline{a+b}", "\\sum_{i=1}^n", "\\left(x\\right)", "(x)", "|x|", "\\text{a b}", "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}",
        "a&b\\\\", "a\\\\", "\\mathbb R", "\\phantom x", "\\color{red}{x}", "\\mathrm{ab}", "{{{{a}}}}", "\\binom nk", "(", ")", "|", "^\\circ",
        "x\\quad", "\\quad", "{}", "{}_1", "\\sin ", "\\displaystyle ", "\\underbrace{a}_b", "{\\frac{\\frac{a}{b}}{\\sqrt{\\frac{c}{d}}}}",
    };
    static const char *const nests[][2] = {
        { "{", "}" }, { "x^{", "}" }, { "\\frac{", "}{x}" }, { "\\frac{x}{", "}" }, { "\\frac{x+", "}{x}" }, { "\\sqrt{", "}" }, { "\\sqrt[", "]{x}" },
        { "\\left(", "\\right)" }, { "\\overline{", "}" }, { "{\\color{red}{", "}}" }, { "\\begin{matrix}", "&b\\\\c&d\\end{matrix}" }, { "f(", ")" },
    };
    for (size_t i = 0; i < COUNT(pieces); i++)
        for (size_t k = 0; k < COUNT(nests); k++) {
            ofp_buf tex = { 0 }, b = { 0 };
            for (int n = 0; n < 30; n++)
                ofp_buf_puts(&tex, nests[k][0]);
            while (tex.n + strlen(pieces[i]) < 60000)
                ofp_buf_puts(&tex, pieces[i]);
            for (int n = 0; n < 30; n++)
                ofp_buf_puts(&tex, nests[k][1]);
            clock_t begin = clock();
            ofp_formula_text(&b, ofp_buf_str(&tex), true);
            double s = (double)(clock() - begin) / CLOCKS_PER_SEC;
            if (s > 0.5 || b.n > 8 * tex.n)
                fail_msg("'%s' in '%s' takes %.2f s and %zu bytes", pieces[i], nests[k][0], s, b.n);
            ofp_buf_free(&tex);
            ofp_buf_free(&b);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines), cmocka_unit_test(test_displays), cmocka_unit_test(test_unread), cmocka_unit_test(test_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
