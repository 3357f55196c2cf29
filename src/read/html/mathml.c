/* mathml.c - presentational MathML (MathML Core, chapters 3 and 4) as TeX. */
#include "html.h"

static const struct { const char *sign, *command; } symbols[] = {
    { "\u2260", "\\neq" },   { "\u2264", "\\leq" },    { "\u2265", "\\geq" },     { "\u00D7", "\\times" }, { "\u22C5", "\\cdot" },
    { "\u00B7", "\\cdot" },  { "\u00B1", "\\pm" },     { "\u2213", "\\mp" },      { "\u00F7", "\\div" },   { "\u2211", "\\sum" },
    { "\u220F", "\\prod" },  { "\u222B", "\\int" },    { "\u222E", "\\oint" },    { "\u2202", "\\partial" },
    { "\u2207", "\\nabla" }, { "\u221E", "\\infty" },  { "\u2026", "\\ldots" },   { "\u22EF", "\\cdots" },
    { "\u22EE", "\\vdots" }, { "\u22F1", "\\ddots" },  { "\u2192", "\\to" },      { "\u2190", "\\leftarrow" },
    { "\u21D2", "\\Rightarrow" }, { "\u21D4", "\\Leftrightarrow" }, { "\u2194", "\\leftrightarrow" }, { "\u21A6", "\\mapsto" },
    { "\u2208", "\\in" },    { "\u2209", "\\notin" },  { "\u220B", "\\ni" },      { "\u2282", "\\subset" }, { "\u2286", "\\subseteq" },
    { "\u2283", "\\supset" }, { "\u2287", "\\supseteq" }, { "\u222A", "\\cup" },  { "\u2229", "\\cap" },   { "\u2205", "\\emptyset" },
    { "\u2200", "\\forall" }, { "\u2203", "\\exists" }, { "\u00AC", "\\neg" },    { "\u2227", "\\wedge" }, { "\u2228", "\\vee" },
    { "\u2261", "\\equiv" }, { "\u2248", "\\approx" }, { "\u223C", "\\sim" },     { "\u2243", "\\simeq" }, { "\u2245", "\\cong" },
    { "\u221D", "\\propto" }, { "\u226A", "\\ll" },    { "\u226B", "\\gg" },      { "\u2225", "\\|" },     { "\u22A5", "\\perp" },
    { "\u2295", "\\oplus" }, { "\u2297", "\\otimes" }, { "\u2218", "\\circ" },    { "\u22C6", "\\star" },  { "\u2032", "'" },
    { "\u2212", "-" },       { "\u2217", "*" },        { "\u210F", "\\hbar" },    { "\u2113", "\\ell" },   { "\u211C", "\\Re" },
    { "\u27E8", "\\langle" }, { "\u27E9", "\\rangle" }, { "\u230A", "\\lfloor" }, { "\u230B", "\\rfloor" },
    { "\u2308", "\\lceil" }, { "\u2309", "\\rceil" },  { "\u2016", "\\|" },       { "\u2223", "\\mid" },
    { "\u03B1", "\\alpha" }, { "\u03B2", "\\beta" },   { "\u03B3", "\\gamma" },   { "\u03B4", "\\delta" }, { "\u03F5", "\\epsilon" },
    { "\u03B5", "\\varepsilon" }, { "\u03B6", "\\zeta" }, { "\u03B7", "\\eta" },  { "\u03B8", "\\theta" }, { "\u03D1", "\\vartheta" },
    { "\u03B9", "\\iota" },  { "\u03BA", "\\kappa" },  { "\u03BB", "\\lambda" },  { "\u03BC", "\\mu" },    { "\u03BD", "\\nu" },
    { "\u03BE", "\\xi" },    { "\u03C0", "\\pi" },     { "\u03C1", "\\rho" },     { "\u03C3", "\\sigma" }, { "\u03C2", "\\varsigma" },
    { "\u03C4", "\\tau" },   { "\u03C5", "\\upsilon" }, { "\u03D5", "\\phi" },    { "\u03C6", "\\varphi" }, { "\u03C7", "\\chi" },
    { "\u03C8", "\\psi" },   { "\u03C9", "\\omega" },  { "\u0393", "\\Gamma" },   { "\u0394", "\\Delta" }, { "\u0398", "\\Theta" },
    { "\u039B", "\\Lambda" }, { "\u039E", "\\Xi" },    { "\u03A0", "\\Pi" },      { "\u03A3", "\\Sigma" }, { "\u03A6", "\\Phi" },
    { "\u03A8", "\\Psi" },   { "\u03A9", "\\Omega" },  { "{", "\\{" },            { "}", "\\}" },          { "%", "\\%" },
    { "\u2061", "" },        { "\u2062", "" },         { "\u2063", "" },          { "\u2064", "" },        { "\u00A0", "~" },
};

static const char *const functions[] = { "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp", "lim", "max", "min",
                                         "sup", "inf", "det", "dim", "ker", "gcd", "deg", "arg", "arcsin", "arccos", "arctan",
                                         "sinh", "cosh", "tanh" };

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* A command that ends in a letter needs a space before the next one. */
static void put_command(ofp_buf *b, const char *command)
{
    ofp_buf_puts(b, command);
    ofp_str s = ofp_s(command);
    if (s.n > 1 && s.p[0] == '\\' && is_letter(s.p[s.n - 1]))
        ofp_buf_putc(b, ' ');
}

static void put_signs(ofp_buf *b, ofp_str s)
{
    while (s.n) {
        size_t n = 0, i = 0;
        ofp_utf8_next(s, &n);
        ofp_str one = ofp_str_sub(s, 0, n);
        while (i < sizeof symbols / sizeof *symbols && !ofp_str_eq(one, ofp_s(symbols[i].sign)))
            i++;
        if (i < sizeof symbols / sizeof *symbols)
            put_command(b, symbols[i].command);
        else
            ofp_buf_add(b, one);
        s = ofp_str_sub(s, n, SIZE_MAX);
    }
}

/* ---- looking at elements -------------------------------------------------------------------------- */

static bool is(const dom *n, const char *name)
{
    return n && n->tag != T_TEXT && ofp_str_eq(n->name, ofp_s(name));
}

static const dom *element(const dom *n, int i)
{
    for (n = n->first; n; n = n->next)
        if (n->tag != T_TEXT && i-- == 0)
            return n;
    return NULL;
}

static const dom *last_element(const dom *n)
{
    n = n->last;
    while (n && n->tag == T_TEXT)
        n = n->prev;
    return n;
}

static ofp_str text_in(const dom *n)
{
    bool sole = n && n->first && n->first->tag == T_TEXT && !n->first->next;
    return sole ? ofp_str_trim(n->first->text) : (ofp_str){ "", 0 };
}

/* An mrow and the like with one child is that child. */
static const dom *inner(const dom *n)
{
    while (n && (is(n, "mrow") || is(n, "mstyle") || is(n, "mpadded")) && element(n, 0) && !element(n, 1))
        n = element(n, 0);
    return n;
}

/* ---- writing -------------------------------------------------------------------------------------- */

static void put_tex(ofp_buf *b, const dom *n);

static void put_group(ofp_buf *b, const dom *n)
{
    ofp_buf_putc(b, '{');
    if (n)
        put_tex(b, n);
    ofp_buf_putc(b, '}');
}

static ofp_str fence_of(const dom *n)
{
    static const char *const fences[] = { "(", ")", "[", "]", "{", "}", "|", "\u2016", "\u27E8", "\u27E9", "\u230A", "\u230B",
                                          "\u2308", "\u2309" };
    ofp_str s = is(n, "mo") ? text_in(n) : (ofp_str){ "", 0 };
    for (size_t i = 0; s.n && i < sizeof fences / sizeof *fences; i++)
        if (ofp_str_eq(s, ofp_s(fences[i])))
            return s;
    return (ofp_str){ "", 0 };
}

/* A row between two fences that grow with it. */
static bool is_fenced(const dom *n)
{
    if (!is(n, "mrow") || !element(n, 1))
        return false;
    const dom *open = element(n, 0), *close = last_element(n);
    if (ofp_str_ieq(DOM_ATTR(open, "stretchy"), OFP_STR("false")))
        return false;
    return fence_of(open).n && (fence_of(close).n || (is(close, "mo") && !text_in(close).n));
}

/* An operand that a script hangs on: braces only where it is more than one thing. */
static void put_base(ofp_buf *b, const dom *n)
{
    n = inner(n);
    if (n && (is_fenced(n) || ofp_utf8_count(text_in(n)) == 1))
        put_tex(b, n);
    else
        put_group(b, n);
}

/* How elements are written in TeX: b stands for a base, r for the bare content of the second, 0 to 2 for groups,
 * ! for a nought. */
static const struct { ofp_str name; const char *form; } forms[] = {
    { { "mfrac", 5 }, "\\frac01" },  { { "msup", 4 }, "b^1" },     { { "msub", 4 }, "b_1" },
    { { "msubsup", 7 }, "b_1^2" },   { { "munder", 6 }, "b_1" },   { { "mover", 5 }, "b^1" },
    { { "munderover", 10 }, "b_1^2" }, { { "mroot", 5 }, "\\sqrt[r]0" },
};

static const struct { ofp_str mark; const char *command; } accents[] = {
    { { "\u02D9", 2 }, "\\dot" },  { { "\u00AF", 2 }, "\\bar" }, { { "\u203E", 3 }, "\\overline" }, { { "^", 1 }, "\\hat" },
    { { "~", 1 }, "\\tilde" },      { { "\u2192", 3 }, "\\vec" }, { { "\u00A8", 2 }, "\\ddot" },      { { "\u02DC", 2 }, "\\tilde" },
    { { "\u02C6", 2 }, "\\hat" },  { { "\u0302", 2 }, "\\hat" }, { { "_", 1 }, "\\underline" },      { { "\u00B4", 2 }, "\\acute" },
};

static bool put_accent(ofp_buf *b, const dom *n)
{
    ofp_str text = is(n, "mover") ? text_in(inner(element(n, 1))) : (ofp_str){ "", 0 };
    for (size_t i = 0; text.n && i < sizeof accents / sizeof *accents; i++)
        if (ofp_str_eq(text, accents[i].mark)) {
            ofp_buf_puts(b, accents[i].command);
            put_group(b, element(n, 0));
            return true;
        }
    return false;
}

static void put_as(ofp_buf *b, const dom *n, const char *form)
{
    for (const char *f = form; *f; f++)
        if (*f >= '0' && *f <= '2')
            put_group(b, element(n, *f - '0'));
        else if (*f == 'b' && f == form)
            put_base(b, element(n, 0));
        else if (*f == 'r' && f[-1] == '[' && element(n, 1))
            put_tex(b, element(n, 1));
        else
            ofp_buf_putc(b, *f == '!' ? '0' : *f);
}

static const dom *next_to(const dom *n, bool after)
{
    do
        n = after ? n->next : n->prev;
    while (n && n->tag == T_TEXT);
    return n;
}

static bool is_stack(const dom *n)
{
    return is(n, "mfrac") && ofp_str_starts(DOM_ATTR(n, "linethickness"), OFP_STR("0"));
}

static bool is_sign(const dom *n, const char *sign)
{
    return is(n, "mo") && ofp_str_eq(text_in(n), ofp_s(sign));
}

/* One thing above another, between parentheses. */
static bool is_binomial(const dom *n)
{
    return is_stack(n) && is_sign(next_to(n, false), "(") && is_sign(next_to(n, true), ")");
}

/* \binom has its parentheses. */
static bool is_of_binomial(const dom *mo)
{
    return (is_sign(mo, "(") && next_to(mo, true) && is_binomial(next_to(mo, true)))
        || (is_sign(mo, ")") && next_to(mo, false) && is_binomial(next_to(mo, false)));
}

static bool put_form(ofp_buf *b, const dom *n)
{
    if (put_accent(b, n))
        return true;
    if (is_stack(n)) {
        put_as(b, n, is_binomial(n) ? "\\binom01" : "\\genfrac{}{}{!pt}{}01");
        return true;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (ofp_str_eq(n->name, forms[i].name)) {
            put_as(b, n, forms[i].form);
            return true;
        }
    return false;
}

static void put_children(ofp_buf *b, const dom *n)
{
    for (const dom *c = n->first; c; c = c->next)
        put_tex(b, c);
}

/* ---- tokens ------------------------------------------------------------------------------------------- */

static const struct { ofp_str variant; const char *command; } variants[] = {
    { { "bold", 4 }, "\\mathbf" },         { { "normal", 6 }, "\\mathrm" },   { { "double-struck", 13 }, "\\mathbb" },
    { { "script", 6 }, "\\mathcal" },      { { "fraktur", 7 }, "\\mathfrak" }, { { "sans-serif", 10 }, "\\mathsf" },
    { { "monospace", 9 }, "\\mathtt" },    { { "bold-italic", 11 }, "\\boldsymbol" }, { { "-tex-calligraphic", 17 }, "\\mathcal" },
};

static void put_identifier(ofp_buf *b, const dom *n)
{
    ofp_str s = text_in(n), variant = DOM_ATTR(n, "mathvariant");
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (ofp_str_eq(s, ofp_s(functions[i]))) {
            ofp_buf_putc(b, '\\');
            ofp_buf_puts(b, functions[i]);
            ofp_buf_putc(b, ' ');
            return;
        }
    const char *command = ofp_utf8_count(s) > 1 ? "\\mathrm" : "";
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
        if (ofp_str_ieq(variant, variants[i].variant) && (is_letter(s.n ? s.p[0] : 0)))
            command = variants[i].command;
    ofp_buf_puts(b, command);
    if (*command)
        ofp_buf_putc(b, '{');
    put_children(b, n);
    if (*command)
        ofp_buf_putc(b, '}');
}

/* White space at the ends of a text counts in TeX, but once. */
static void put_words(ofp_buf *b, ofp_str s)
{
    ofp_str word, rest = s;
    bool any = false;
    while (ofp_str_word(&rest, &word)) {
        if (any || word.p != s.p)
            ofp_buf_putc(b, ' ');
        ofp_buf_add(b, word);
        any = true;
    }
    if (any && s.n && !ofp_str_ends(s, ofp_str_trim(s)))
        ofp_buf_putc(b, ' ');
}

static void put_text(ofp_buf *b, const dom *n)
{
    ofp_buf_puts(b, "\\text{");
    for (const dom *c = n->first; c; c = c->next)
        if (c->tag == T_TEXT)
            put_words(b, c->text);
        else
            put_tex(b, c);
    ofp_buf_putc(b, '}');
}

/* ---- tables and fences -------------------------------------------------------------------------------- */

static ofp_str without_parentheses(ofp_str s)
{
    bool both = s.n > 1 && s.p[0] == '(' && s.p[s.n - 1] == ')';
    return both ? ofp_str_sub(s, 1, s.n - 2) : s;
}

/* \tag sets its text between parentheses of its own. */
static void put_label(ofp_buf *b, const dom *label)
{
    const dom *only = label && !element(label, 1) ? inner(element(label, 0)) : NULL;
    if (text_in(only).n) {
        ofp_buf_puts(b, "\\tag{");
        ofp_buf_add(b, without_parentheses(text_in(only)));
        ofp_buf_putc(b, '}');
        return;
    }
    ofp_buf_puts(b, "\\tag{$");
    for (const dom *c = label ? label->first : NULL; c; c = c->next)
        if (!ofp_str_eq(text_in(c), OFP_STR("(")) && !ofp_str_eq(text_in(c), OFP_STR(")")))
            put_tex(b, c);
    ofp_buf_puts(b, "$}");
}

static void put_cells(ofp_buf *b, const dom *row, const char *between)
{
    bool labelled = is(row, "mlabeledtr");
    int i = 0;
    for (const dom *c = element(row, labelled); c; c = c->next)
        if (c->tag != T_TEXT) {
            ofp_buf_puts(b, i++ ? between : "");
            put_children(b, c);
        }
    if (labelled) {
        put_label(b, element(row, 0));
    }
}

static void put_rows(ofp_buf *b, const dom *table, const char *environment)
{
    if (*environment)
        ofp_buf_printf(b, "\\begin{%s} ", environment);
    int i = 0;
    for (const dom *row = table->first; row; row = row->next)
        if (row->tag != T_TEXT) {
            ofp_buf_puts(b, i++ ? " \\\\ " : "");
            put_cells(b, row, " & ");
        }
    if (*environment)
        ofp_buf_printf(b, " \\end{%s}", environment);
}

static void put_table(ofp_buf *b, const dom *n)
{
    const dom *first = element(n, 0);
    bool alone = first && !first->next && !first->prev;
    bool equations = dom_has_attr(n, OFP_STR("columnalign")) || ofp_str_ieq(DOM_ATTR(n, "displaystyle"), OFP_STR("true"));
    put_rows(b, n, alone && is(first, "mlabeledtr") ? "" : equations ? "aligned" : "matrix");
}

/* A table between fences has environments of its own. */
static const char *environment_of(ofp_str open, ofp_str close)
{
    static const struct { const char *open, *close, *name; } rows[] = {
        { "(", ")", "pmatrix" }, { "[", "]", "bmatrix" }, { "|", "|", "vmatrix" }, { "{", "}", "Bmatrix" },
        { "\u2016", "\u2016", "Vmatrix" }, { "{", "", "cases" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ofp_str_eq(open, ofp_s(rows[i].open)) && ofp_str_eq(close, ofp_s(rows[i].close)))
            return rows[i].name;
    return NULL;
}

static void put_fence(ofp_buf *b, const char *side, ofp_str fence)
{
    ofp_buf_puts(b, side);
    if (fence.n)
        put_signs(b, fence);
    else
        ofp_buf_putc(b, '.');
}

static void put_fenced(ofp_buf *b, const dom *n)
{
    const dom *open = element(n, 0), *close = last_element(n), *middle = inner(element(n, 1));
    const char *environment = environment_of(fence_of(open), fence_of(close));
    if (is(middle, "mtable") && environment && element(n, 2) == close) {
        put_rows(b, middle, environment);
        return;
    }
    if (is_binomial(element(n, 1)) && element(n, 2) == close) {
        put_form(b, element(n, 1));
        return;
    }
    put_fence(b, "\\left", fence_of(open));
    for (const dom *c = open->next; c != close; c = c->next)
        put_tex(b, c);
    put_fence(b, "\\right", fence_of(close));
}

/* What stands around an element's content. */
static const struct { ofp_str name; const char *before, *after; } shells[] = {
    { { "msqrt", 5 }, "\\sqrt{", "}" },  { { "mfenced", 7 }, "\\left(", "\\right)" }, { { "mphantom", 8 }, "\\phantom{", "}" },
};

static void put_named(ofp_buf *b, const dom *n)
{
    size_t i = 0, count = sizeof shells / sizeof *shells;
    while (i < count && !ofp_str_eq(n->name, shells[i].name))
        i++;
    ofp_buf_puts(b, i < count ? shells[i].before : "");
    put_children(b, n);
    ofp_buf_puts(b, i < count ? shells[i].after : "");
}

static void put_tex(ofp_buf *b, const dom *n)
{
    if (n->tag == T_TEXT)
        put_signs(b, ofp_str_trim(n->text));
    else if (ofp_str_starts(n->name, OFP_STR("annotation")))
        ;
    else if (is(n, "mi"))
        put_identifier(b, n);
    else if (is(n, "mtext"))
        put_text(b, n);
    else if (is(n, "mtable"))
        put_table(b, n);
    else if (is_fenced(n))
        put_fenced(b, n);
    else if (is_of_binomial(n))
        ;
    else if (!put_form(b, n))
        put_named(b, n);
}

void html_mathml_tex(ofp_buf *out, const dom *n)
{
    put_tex(out, n);
}
