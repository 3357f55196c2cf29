/* mathml.c - presentational MathML (MathML Core, chapter 3) as TeX: scripts, accents, fences, tables. */
#include "mathml.h"

/* ---- looking at elements -------------------------------------------------------------------------- */

bool mathml_is(const dom *n, const char *name)
{
    return n && n->tag != T_TEXT && ofp_str_eq(n->name, ofp_s(name));
}

const dom *mathml_child(const dom *n, int i)
{
    for (n = n->first; n; n = n->next)
        if (n->tag != T_TEXT && i-- == 0)
            return n;
    return NULL;
}

const dom *mathml_next(const dom *n, bool after)
{
    do
        n = after ? n->next : n->prev;
    while (n && n->tag == T_TEXT);
    return n;
}

ofp_str mathml_text(const dom *n)
{
    bool sole = n && n->first && n->first->tag == T_TEXT && !n->first->next;
    return sole ? ofp_str_trim(n->first->text) : (ofp_str){ "", 0 };
}

/* An mrow and the like with one child is that child. */
const dom *mathml_inner(const dom *n)
{
    while (mathml_is(n, "mrow") || mathml_is(n, "mstyle") || mathml_is(n, "mpadded")) {
        if (!mathml_child(n, 0) || mathml_child(n, 1))
            break;
        n = mathml_child(n, 0);
    }
    return n;
}

bool mathml_is_sign(const dom *n, const char *sign)
{
    n = mathml_inner(n);
    return mathml_is(n, "mo") && ofp_str_eq(mathml_text(n), ofp_s(sign));
}

/* ---- scripts, accents and fractions ------------------------------------------------------------------- */

static void put_group(ofp_buf *b, const dom *n)
{
    ofp_buf_putc(b, '{');
    if (n)
        mathml_put(b, n);
    ofp_buf_putc(b, '}');
}

/* An operand that a script hangs on: braces only where it is more than one thing. */
static void put_base(ofp_buf *b, const dom *n)
{
    n = mathml_inner(n);
    bool name = mathml_is_function(n, true) || mathml_is_function(n, false);
    if (n && (name || mathml_is_fenced(n) || ofp_utf8_count(mathml_text(n)) == 1))
        mathml_put(b, n);
    else
        put_group(b, n);
}

/* How elements are written in TeX: b stands for a base, r for the bare content of the second, 0 to 2 for groups,
 * ! for a nought. */
static const struct { ofp_str name; const char *form; } forms[] = {
    { { "mfrac", 5 }, "\\frac01" },  { { "msup", 4 }, "b^1" },     { { "msub", 4 }, "b_1" },
    { { "msubsup", 7 }, "b_1^2" },   { { "munder", 6 }, "\\underset10" }, { { "mover", 5 }, "\\overset10" },
    { { "munderover", 10 }, "\\overset2{\\underset10}" }, { { "mroot", 5 }, "\\sqrt[r]0" },
};

/* Below and above what has limits. */
static const struct { ofp_str name; const char *form; } limits[] = {
    { { "munder", 6 }, "b_1" }, { { "mover", 5 }, "b^1" }, { { "munderover", 10 }, "b_1^2" },
};

static const struct { ofp_str mark; const char *command, *wide; bool under; } accents[] = {
    { { "\u02D9", 2 }, "\\dot", "\\dot", false },      { { "\u0307", 2 }, "\\dot", "\\dot", false },
    { { "\u00A8", 2 }, "\\ddot", "\\ddot", false },    { { "\u0308", 2 }, "\\ddot", "\\ddot", false },
    { { "\u00AF", 2 }, "\\bar", "\\overline", false }, { { "\u0304", 2 }, "\\bar", "\\overline", false },
    { { "\u02C9", 2 }, "\\bar", "\\overline", false }, { { "\u203E", 3 }, "\\overline", "\\overline", false },
    { { "\u0305", 2 }, "\\overline", "\\overline", false }, { { "\u2015", 3 }, "\\overline", "\\overline", false },
    { { "^", 1 }, "\\hat", "\\widehat", false },       { { "\u02C6", 2 }, "\\hat", "\\widehat", false },
    { { "\u0302", 2 }, "\\hat", "\\widehat", false },  { { "~", 1 }, "\\tilde", "\\widetilde", false },
    { { "\u02DC", 2 }, "\\tilde", "\\widetilde", false }, { { "\u0303", 2 }, "\\tilde", "\\widetilde", false },
    { { "\u2192", 3 }, "\\vec", "\\overrightarrow", false }, { { "\u20D7", 3 }, "\\vec", "\\overrightarrow", false },
    { { "\u2190", 3 }, "\\overleftarrow", "\\overleftarrow", false }, { { "\u02C7", 2 }, "\\check", "\\check", false },
    { { "\u030C", 2 }, "\\check", "\\check", false },  { { "\u02D8", 2 }, "\\breve", "\\breve", false },
    { { "\u0306", 2 }, "\\breve", "\\breve", false },  { { "\u00B4", 2 }, "\\acute", "\\acute", false },
    { { "`", 1 }, "\\grave", "\\grave", false },       { { "\u02DA", 2 }, "\\mathring", "\\mathring", false },
    { { "\u23DE", 3 }, "\\overbrace", "\\overbrace", false }, { { "\u23DF", 3 }, "\\underbrace", "\\underbrace", true },
    { { "_", 1 }, "\\underline", "\\underline", true }, { { "\u0332", 2 }, "\\underline", "\\underline", true },
    { { "\u00AF", 2 }, "\\underline", "\\underline", true }, { { "\u203E", 3 }, "\\underline", "\\underline", true },
    { { "\u2015", 3 }, "\\underline", "\\underline", true },
};

static bool is_wide(const dom *base, const dom *mark)
{
    return ofp_utf8_count(mathml_text(mathml_inner(base))) != 1 && !ofp_str_ieq(DOM_ATTR(mark, "stretchy"), OFP_STR("false"));
}

/* Index of the accent that n sets; SIZE_MAX where it sets none.  Above an arrow everything is a label. */
static size_t accent_of(const dom *n)
{
    bool under = mathml_is(n, "munder");
    ofp_str text = under || mathml_is(n, "mover") ? mathml_text(mathml_inner(mathml_child(n, 1))) : (ofp_str){ "", 0 };
    for (size_t i = 0; text.n && i < sizeof accents / sizeof *accents; i++)
        if (accents[i].under == under && ofp_str_eq(text, accents[i].mark))
            return i;
    return SIZE_MAX;
}

static bool put_accent(ofp_buf *b, const dom *n)
{
    size_t i = accent_of(n);
    if (i == SIZE_MAX)
        return false;
    ofp_buf_puts(b, is_wide(mathml_child(n, 0), mathml_inner(mathml_child(n, 1))) ? accents[i].wide : accents[i].command);
    put_group(b, mathml_child(n, 0));
    return true;
}

static bool is_braced(const dom *n)
{
    size_t i = accent_of(n);
    return i != SIZE_MAX && ofp_str_ends(ofp_s(accents[i].command), OFP_STR("brace"));
}

/* What stands below and above it are its limits. */
static bool has_limits(const dom *n)
{
    const dom *base = mathml_inner(mathml_child(n, 0));
    return base && (mathml_is_big(base) || mathml_is_function(base, true) || is_braced(base));
}

static void put_as(ofp_buf *b, const dom *n, const char *form)
{
    for (const char *f = form; *f; f++)
        if (*f >= '0' && *f <= '2')
            put_group(b, mathml_child(n, *f - '0'));
        else if (*f == 'b' && f == form && is_braced(mathml_inner(mathml_child(n, 0))))
            mathml_put(b, mathml_child(n, 0));
        else if (*f == 'b' && f == form)
            put_base(b, mathml_child(n, 0));
        else if (*f == 'r' && f[-1] == '[' && mathml_child(n, 1))
            mathml_put(b, mathml_child(n, 1));
        else
            ofp_buf_putc(b, *f == '!' ? '0' : *f);
}

static bool is_stack(const dom *n)
{
    return mathml_is(n, "mfrac") && ofp_str_starts(DOM_ATTR(n, "linethickness"), OFP_STR("0"));
}

/* One thing above another, between parentheses. */
bool mathml_is_binomial(const dom *n)
{
    return is_stack(n) && mathml_is_sign(mathml_next(n, false), "(") && mathml_is_sign(mathml_next(n, true), ")");
}

/* \binom has its parentheses. */
static bool is_of_binomial(const dom *mo)
{
    return (mathml_is_sign(mo, "(") && mathml_next(mo, true) && mathml_is_binomial(mathml_next(mo, true)))
        || (mathml_is_sign(mo, ")") && mathml_next(mo, false) && mathml_is_binomial(mathml_next(mo, false)));
}

/* Primes are raised already. */
static bool put_primes(ofp_buf *b, const dom *n)
{
    const dom *primes = mathml_is(n, "msup") ? mathml_inner(mathml_child(n, 1)) : NULL;
    ofp_buf tex = { 0 };
    if (mathml_is(primes, "mo"))
        mathml_put_signs(&tex, mathml_text(primes));
    size_t i = 0;
    while (i < tex.n && tex.p[i] == '\'')
        i++;
    bool all = i && i == tex.n;
    if (all) {
        put_base(b, mathml_child(n, 0));
        ofp_buf_add(b, ofp_buf_str(&tex));
    }
    b->failed = b->failed || tex.failed;
    ofp_buf_free(&tex);
    return all;
}

static bool put_form(ofp_buf *b, const dom *n)
{
    if (put_accent(b, n) || put_primes(b, n))
        return true;
    if (is_stack(n)) {
        put_as(b, n, mathml_is_binomial(n) ? "\\binom01" : "\\genfrac{}{}{!pt}{}01");
        return true;
    }
    for (size_t i = 0; has_limits(n) && i < sizeof limits / sizeof *limits; i++)
        if (ofp_str_eq(n->name, limits[i].name)) {
            put_as(b, n, limits[i].form);
            return true;
        }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (ofp_str_eq(n->name, forms[i].name)) {
            put_as(b, n, forms[i].form);
            return true;
        }
    return false;
}

static void put_script(ofp_buf *b, char mark, const dom *n)
{
    if (!n || mathml_is(n, "none") || (mathml_is(n, "mrow") && !n->first))
        return;
    ofp_buf_putc(b, mark);
    put_group(b, n);
}

/* Scripts on both sides: base, then pairs, then those of the left. */
static void put_multiscripts(ofp_buf *b, const dom *n)
{
    const dom *base = mathml_child(n, 0), *left = base;
    while (left && !mathml_is(left, "mprescripts"))
        left = mathml_next(left, true);
    if (left)
        ofp_buf_puts(b, "{}");
    for (const dom *c = left ? mathml_next(left, true) : NULL; c; c = mathml_next(c, true)) {
        put_script(b, '_', c);
        c = mathml_next(c, true) ? mathml_next(c, true) : c;
        put_script(b, '^', c);
    }
    put_base(b, base);
    for (const dom *c = base ? mathml_next(base, true) : NULL; c && c != left; c = mathml_next(c, true)) {
        put_script(b, '_', c);
        const dom *above = mathml_next(c, true);
        if (!above || above == left)
            break;
        put_script(b, '^', above);
        c = above;
    }
}

void mathml_put_children(ofp_buf *b, const dom *n)
{
    for (const dom *c = n->first; c; c = c->next)
        mathml_put(b, c);
}

/* ---- what stands around an element's content ------------------------------------------------------ */

static const struct { ofp_str name, notation; const char *before, *after; } shells[] = {
    { { "msqrt", 5 }, { "", 0 }, "\\sqrt{", "}" },             { { "mphantom", 8 }, { "", 0 }, "\\phantom{", "}" },
    { { "menclose", 8 }, { "box", 3 }, "\\boxed{", "}" },      { { "menclose", 8 }, { "diagonalstrike", 14 }, "\\cancel{", "}" },
    { { "menclose", 8 }, { "radical", 7 }, "\\sqrt{", "}" },   { { "menclose", 8 }, { "top", 3 }, "\\overline{", "}" },
    { { "menclose", 8 }, { "bottom", 6 }, "\\underline{", "}" },
};

static bool has_notation(const dom *n, ofp_str notation)
{
    return !notation.n || ofp_str_ifind(DOM_ATTR(n, "notation"), notation, 0) != SIZE_MAX;
}

static void put_named(ofp_buf *b, const dom *n)
{
    size_t i = 0, count = sizeof shells / sizeof *shells;
    while (i < count && !(ofp_str_eq(n->name, shells[i].name) && has_notation(n, shells[i].notation)))
        i++;
    ofp_buf_puts(b, i < count ? shells[i].before : "");
    mathml_put_children(b, n);
    ofp_buf_puts(b, i < count ? shells[i].after : "");
}

static void put_bevelled(ofp_buf *b, const dom *n)
{
    put_base(b, mathml_child(n, 0));
    ofp_buf_putc(b, '/');
    if (mathml_child(n, 1))
        put_base(b, mathml_child(n, 1));
}

void mathml_put(ofp_buf *b, const dom *n)
{
    if (n->tag != T_TEXT && (ofp_str_starts(n->name, OFP_STR("annotation")) || is_of_binomial(n) || mathml_is_of_cases(n)))
        ;
    else if (mathml_put_token(b, n))
        ;
    else if (mathml_is(n, "mtable"))
        mathml_put_table(b, n);
    else if (mathml_is(n, "mfenced"))
        mathml_put_mfenced(b, n);
    else if (mathml_is(n, "mmultiscripts"))
        put_multiscripts(b, n);
    else if (mathml_is_fenced(n))
        mathml_put_fenced(b, n);
    else if (mathml_is(n, "mfrac") && ofp_str_ieq(DOM_ATTR(n, "bevelled"), OFP_STR("true")))
        put_bevelled(b, n);
    else if (!put_form(b, n))
        put_named(b, n);
}

/* The blank behind a command is needed before a letter alone; elsewhere it is only kept where it parts things. */
void html_mathml_tex(ofp_buf *out, const dom *n)
{
    ofp_buf b = { 0 };
    mathml_put(&b, n);
    for (size_t i = 0; i < b.n; i++) {
        bool ends = i + 1 == b.n || ofp_str_find(OFP_STR("_^{})],.;:'|"), ofp_str_sub(ofp_buf_str(&b), i + 1, 1), 0) != SIZE_MAX;
        size_t k = i;
        while (b.p[i] == ' ' && k && ((b.p[k - 1] | 32) >= 'a' && (b.p[k - 1] | 32) <= 'z'))
            k--;
        if (!(ends && k < i && k && b.p[k - 1] == '\\'))
            ofp_buf_putc(out, b.p[i]);
    }
    out->failed = out->failed || b.failed;
    ofp_buf_free(&b);
}
