/* mathtoken.c - MathML's token elements (MathML Core, 3.2) as TeX: letters, names, numbers, signs, words, blanks. */
#include "mathml.h"

static const struct { ofp_str sign; const char *tex; } signs[] = {
#define SIGN(sign, tex) { { sign, sizeof sign - 1 }, tex },
#include "mathsigns.def"
#undef SIGN
};

/* ---- letters and signs ----------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_plain(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

/* A command that ends in a letter needs a space before the next one. */
static void put_command(ofp_buf *b, const char *command)
{
    ofp_buf_puts(b, command);
    ofp_str s = ofp_s(command);
    if (s.n > 1 && s.p[0] == '\\' && is_letter(s.p[s.n - 1]))
        ofp_buf_putc(b, ' ');
}

static const char *tex_of(ofp_str sign)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (ofp_str_eq(sign, signs[i].sign))
            return signs[i].tex;
    return NULL;
}

/* Unicode's Mathematical Alphanumeric Symbols: alphabets of one size in a row, each in a style. */
enum { GREEK = 0x1D6A8, DIGITS = 0x1D7CE };

static const struct { uint32_t first, size; const char *style; } alphabets[] = {
    { 0x1D400, 52, "\\mathbf" },     { 0x1D434, 52, "" },             { 0x1D468, 52, "\\boldsymbol" }, { 0x1D49C, 52, "\\mathcal" },
    { 0x1D4D0, 52, "\\mathcal" },    { 0x1D504, 52, "\\mathfrak" },  { 0x1D538, 52, "\\mathbb" },     { 0x1D56C, 52, "\\mathfrak" },
    { 0x1D5A0, 52, "\\mathsf" },     { 0x1D5D4, 52, "\\mathsf" },    { 0x1D608, 52, "\\mathsf" },     { 0x1D63C, 52, "\\mathsf" },
    { 0x1D670, 52, "\\mathtt" },     { GREEK, 58, "\\boldsymbol" },  { 0x1D6E2, 58, "" },              { 0x1D71C, 58, "\\boldsymbol" },
    { 0x1D756, 58, "\\boldsymbol" }, { 0x1D790, 58, "\\boldsymbol" }, { DIGITS, 10, "\\mathbf" },     { 0x1D7D8, 10, "\\mathbb" },
    { 0x1D7E2, 10, "\\mathsf" },     { 0x1D7EC, 10, "\\mathsf" },    { 0x1D7F6, 10, "\\mathtt" },
};

/* The letter at a place of an alphabet; 0 for the variants at the end of the Greek ones. */
static uint32_t bare_letter(uint32_t first, uint32_t at)
{
    if (first >= DIGITS)
        return '0' + at;
    if (first < GREEK)
        return at < 26 ? 'A' + at : 'a' + at - 26;
    return at < 25 ? 0x391 + at : at == 25 ? 0x2207 : at < 51 ? 0x3B1 + at - 26 : at == 51 ? 0x2202 : 0;
}

static bool put_styled(ofp_buf *b, uint32_t cp)
{
    size_t i = sizeof alphabets / sizeof *alphabets;
    while (i-- > 0 && cp < alphabets[i].first)
        ;
    uint32_t at = i == SIZE_MAX ? 0 : cp - alphabets[i].first;
    uint32_t bare = i == SIZE_MAX || at >= alphabets[i].size ? 0 : bare_letter(alphabets[i].first, at);
    if (!bare)
        return false;
    ofp_buf one = { 0 };
    ofp_buf_putu(&one, bare);
    const char *style = alphabets[i].style;
    ofp_buf_puts(b, style);
    ofp_buf_puts(b, *style ? "{" : "");
    mathml_put_signs(b, ofp_buf_str(&one));
    ofp_buf_puts(b, *style ? "}" : "");
    b->failed = b->failed || one.failed;
    ofp_buf_free(&one);
    return true;
}

void mathml_put_signs(ofp_buf *b, ofp_str s)
{
    while (s.n) {
        size_t n = 0;
        uint32_t cp = ofp_utf8_next(s, &n);
        ofp_str one = ofp_str_sub(s, 0, n);
        const char *tex = is_plain(s.p[0]) ? NULL : tex_of(one);
        if (tex)
            put_command(b, tex);
        else if (!put_styled(b, cp))
            ofp_buf_add(b, one);
        s = ofp_str_sub(s, n, SIZE_MAX);
    }
}

/* ---- names --------------------------------------------------------------------------------------- */

static const struct { const char *name; bool limits; } functions[] = {
    { "sin", false },    { "cos", false },    { "tan", false },    { "cot", false },    { "sec", false },    { "csc", false },
    { "log", false },    { "ln", false },     { "lg", false },     { "exp", false },    { "dim", false },    { "ker", false },
    { "deg", false },    { "arg", false },    { "hom", false },    { "arcsin", false }, { "arccos", false }, { "arctan", false },
    { "sinh", false },   { "cosh", false },   { "tanh", false },   { "coth", false },   { "lim", true },     { "limsup", true },
    { "liminf", true },  { "max", true },     { "min", true },     { "sup", true },     { "inf", true },     { "det", true },
    { "gcd", true },     { "Pr", true },
};

bool mathml_is_function(const dom *n, bool limits)
{
    if (!mathml_is(n, "mi") && !mathml_is(n, "mo"))
        return false;
    ofp_str s = mathml_text(n);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (ofp_str_eq(s, ofp_s(functions[i].name)))
            return !limits || functions[i].limits;
    return limits && (ofp_str_eq(s, OFP_STR("argmax")) || ofp_str_eq(s, OFP_STR("argmin")));
}

bool mathml_is_big(const dom *n)
{
    static const ofp_str big[] = {
        { "\u2211", 3 }, { "\u220F", 3 }, { "\u2210", 3 }, { "\u222B", 3 }, { "\u222C", 3 }, { "\u222D", 3 }, { "\u222E", 3 },
        { "\u22C2", 3 }, { "\u22C3", 3 }, { "\u22C0", 3 }, { "\u22C1", 3 }, { "\u2A00", 3 }, { "\u2A01", 3 }, { "\u2A02", 3 },
    };
    for (size_t i = 0; mathml_is(n, "mo") && i < sizeof big / sizeof *big; i++)
        if (ofp_str_eq(mathml_text(n), big[i]))
            return true;
    return false;
}

static void put_function(ofp_buf *b, ofp_str name)
{
    ofp_buf_putc(b, '\\');
    ofp_buf_add(b, name);
    ofp_buf_putc(b, ' ');
}

static const struct { ofp_str variant; const char *command; } variants[] = {
    { { "bold", 4 }, "\\mathbf" },         { { "normal", 6 }, "\\mathrm" },       { { "double-struck", 13 }, "\\mathbb" },
    { { "script", 6 }, "\\mathcal" },      { { "fraktur", 7 }, "\\mathfrak" },    { { "sans-serif", 10 }, "\\mathsf" },
    { { "monospace", 9 }, "\\mathtt" },    { { "bold-italic", 11 }, "\\boldsymbol" },
    { { "-tex-calligraphic", 17 }, "\\mathcal" },
};

/* The sign that MathML has between a function and what it is of. */
static bool is_applied(const dom *n)
{
    return mathml_is(mathml_next(n, true), "mo") && ofp_str_eq(mathml_text(mathml_next(n, true)), OFP_STR("\u2061"));
}

static void put_identifier(ofp_buf *b, const dom *n)
{
    ofp_str s = mathml_text(n), variant = DOM_ATTR(n, "mathvariant");
    const char *command = ofp_utf8_count(s) < 2 ? "" : is_applied(n) ? "\\operatorname" : "\\mathrm";
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
        if (ofp_str_ieq(variant, variants[i].variant) && is_letter(s.n ? s.p[0] : 0))
            command = variants[i].command;
    ofp_buf_puts(b, command);
    if (*command)
        ofp_buf_putc(b, '{');
    mathml_put_children(b, n);
    if (*command)
        ofp_buf_putc(b, '}');
}

static bool is_word(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]))
            return false;
    return s.n > 1;
}

static void put_operator(ofp_buf *b, const dom *n)
{
    ofp_str s = mathml_text(n);
    if (ofp_str_eq(s, OFP_STR("mod"))) {
        ofp_buf_puts(b, "\\bmod ");
    } else if (is_word(s)) {
        ofp_buf_puts(b, "\\operatorname{");
        ofp_buf_add(b, s);
        ofp_buf_putc(b, '}');
    } else {
        mathml_put_children(b, n);
    }
}

/* ---- words and blanks ----------------------------------------------------------------------------- */

static void put_escaped(ofp_buf *b, ofp_str word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (ofp_str_find(OFP_STR("%$#&_{}"), ofp_str_sub(word, i, 1), 0) != SIZE_MAX)
            ofp_buf_putc(b, '\\');
        ofp_buf_putc(b, word.p[i]);
    }
}

/* White space at the ends of a text counts in TeX, but once. */
static void put_words(ofp_buf *b, ofp_str s)
{
    ofp_str word, rest = s;
    bool any = false;
    while (ofp_str_word(&rest, &word)) {
        if (any || word.p != s.p)
            ofp_buf_putc(b, ' ');
        put_escaped(b, word);
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
            mathml_put(b, c);
    ofp_buf_putc(b, '}');
}

/* In hundredths of an em. */
static long width_of(const dom *space)
{
    static const struct { ofp_str name; long width; } named[] = {
        { { "thinmathspace", 13 }, 17 }, { { "mediummathspace", 15 }, 22 }, { { "thickmathspace", 14 }, 28 },
    };
    ofp_str v = ofp_str_trim(DOM_ATTR(space, "width"));
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (ofp_str_ieq(v, named[i].name))
            return named[i].width;
    bool negative = v.n && v.p[0] == '-';
    long width = 0, unit = 100;
    size_t i = negative;
    if (!ofp_str_ends(v, OFP_STR("em")))
        return 0;
    for (; i < v.n && v.p[i] >= '0' && v.p[i] <= '9' && width < 100000; i++)
        width = 10 * width + 100 * (v.p[i] - '0');
    if (i < v.n && v.p[i] == '.')
        for (i++; i < v.n && v.p[i] >= '0' && v.p[i] <= '9' && unit > 1; i++)
            width += (unit /= 10) * (v.p[i] - '0');
    return negative ? -width : width;
}

static void put_space(ofp_buf *b, const dom *n)
{
    static const struct { long least; const char *tex; } spaces[] = {
        { 200, "\\qquad " }, { 100, "\\quad " }, { 30, "\\ " }, { 25, "\\;" }, { 20, "\\:" }, { 10, "\\," },
    };
    long width = width_of(n);
    if (width < -9)
        ofp_buf_puts(b, "\\!");
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (width >= spaces[i].least) {
            ofp_buf_puts(b, spaces[i].tex);
            return;
        }
}

bool mathml_put_token(ofp_buf *b, const dom *n)
{
    if (n->tag == T_TEXT)
        mathml_put_signs(b, ofp_str_trim(n->text));
    else if (mathml_is_function(n, false))
        put_function(b, mathml_text(n));
    else if (mathml_is(n, "mi"))
        put_identifier(b, n);
    else if (mathml_is(n, "mo"))
        put_operator(b, n);
    else if (mathml_is(n, "mtext"))
        put_text(b, n);
    else if (mathml_is(n, "mspace"))
        put_space(b, n);
    else
        return false;
    return true;
}
