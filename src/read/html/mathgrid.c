/* mathgrid.c - MathML's fences and tables as TeX: what grows with its content, and environments. */
#include "mathml.h"

static const dom *last_element(const dom *n)
{
    n = n->last;
    while (n && n->tag == T_TEXT)
        n = n->prev;
    return n;
}

/* ---- fences -------------------------------------------------------------------------------------- */

static ofp_str fence_of(const dom *n)
{
    static const char *const fences[] = { "(", ")", "[", "]", "{", "}", "|", "\u2016", "\u2223", "\u2225", "\u27E8", "\u27E9",
                                          "\u230A", "\u230B", "\u2308", "\u2309" };
    ofp_str s = mathml_is(n, "mo") ? mathml_text(n) : (ofp_str){ "", 0 };
    for (size_t i = 0; s.n && i < sizeof fences / sizeof *fences; i++)
        if (ofp_str_eq(s, ofp_s(fences[i])))
            return s;
    return (ofp_str){ "", 0 };
}

/* As \left. and \right. come. */
static bool is_no_fence(const dom *n)
{
    return mathml_is(n, "mo") && !n->first;
}

/* A row between two fences that grow with it. */
bool mathml_is_fenced(const dom *n)
{
    if (!mathml_is(n, "mrow") || !mathml_child(n, 1))
        return false;
    const dom *open = mathml_child(n, 0), *close = last_element(n);
    if (ofp_str_ieq(DOM_ATTR(open, "stretchy"), OFP_STR("false")))
        return false;
    return (fence_of(open).n && (fence_of(close).n || is_no_fence(close))) || (is_no_fence(open) && fence_of(close).n);
}

/* Higher than a line, so that fences around it have to grow. */
static bool is_tall(const dom *n)
{
    static const char *const tall[] = { "mfrac", "mtable", "munder", "munderover", "msubsup", "msqrt", "mroot" };
    int steps = 0;
    for (const dom *c = n->first; c && steps < 500; c = dom_after(c, n), steps++)
        for (size_t i = 0; c->tag != T_TEXT && i < sizeof tall / sizeof *tall; i++)
            if (mathml_is(c, tall[i]))
                return true;
    return false;
}

/* ---- tables ------------------------------------------------------------------------------------------ */

static ofp_str without_parentheses(ofp_str s)
{
    bool both = s.n > 1 && s.p[0] == '(' && s.p[s.n - 1] == ')';
    return both ? ofp_str_sub(s, 1, s.n - 2) : s;
}

/* \tag sets its text between parentheses of its own. */
static void put_label(ofp_buf *b, const dom *label)
{
    const dom *only = label && !mathml_child(label, 1) ? mathml_inner(mathml_child(label, 0)) : NULL;
    if (mathml_text(only).n) {
        ofp_buf_puts(b, "\\tag{");
        ofp_buf_add(b, without_parentheses(mathml_text(only)));
        ofp_buf_putc(b, '}');
        return;
    }
    ofp_buf_puts(b, "\\tag{$");
    for (const dom *c = label ? label->first : NULL; c; c = c->next)
        if (!ofp_str_eq(mathml_text(c), OFP_STR("(")) && !ofp_str_eq(mathml_text(c), OFP_STR(")")))
            mathml_put(b, c);
    ofp_buf_puts(b, "$}");
}

static void put_cells(ofp_buf *b, const dom *row, const char *between)
{
    bool labelled = mathml_is(row, "mlabeledtr");
    int i = 0;
    for (const dom *c = mathml_child(row, labelled); c; c = c->next)
        if (c->tag != T_TEXT) {
            ofp_buf_puts(b, i++ ? between : "");
            mathml_put_children(b, c);
        }
    if (labelled) {
        put_label(b, mathml_child(row, 0));
    }
}

static void put_rows(ofp_buf *b, const dom *table, const char *environment, const char *spec)
{
    if (*environment)
        ofp_buf_printf(b, *spec ? "\\begin{%s}{%s} " : "\\begin{%s} ", environment, spec);
    int i = 0;
    for (const dom *row = table->first; row; row = row->next)
        if (row->tag != T_TEXT) {
            ofp_buf_puts(b, i++ ? " \\\\ " : "");
            put_cells(b, row, " & ");
        }
    if (*environment)
        ofp_buf_printf(b, " \\end{%s}", environment);
}

/* How the columns of a table are aligned, a letter each; empty where nothing tells. */
static size_t columns_of(const dom *table, char *spec, size_t max)
{
    const dom *row = mathml_child(table, 0);
    ofp_str rest = DOM_ATTR(table, "columnalign"), word;
    size_t n = 0;
    char last = 'c';                    /* of the table: its last word is for all that follow */
    for (const dom *c = row ? mathml_child(row, mathml_is(row, "mlabeledtr")) : NULL; c && n < max; c = mathml_next(c, true)) {
        ofp_str own = ofp_str_trim(DOM_ATTR(c, "columnalign"));
        if (ofp_str_word(&rest, &word))
            last = word.p[0];
        spec[n++] = own.n ? own.p[0] : last;
    }
    return n;
}

/* From right to left, as equations are aligned at their signs. */
static bool is_aligned(const dom *table, const char *spec, size_t n)
{
    return (n && spec[0] == 'r' && spec[n - 1] == 'l') || ofp_str_ieq(DOM_ATTR(table, "displaystyle"), OFP_STR("true"));
}

static bool is_centred(const char *spec, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (spec[i] != 'c')
            return false;
    return true;
}

/* Nothing but "{" before it, and nothing behind. */
static bool is_cases(const dom *table)
{
    return mathml_is(table, "mtable") && mathml_is_sign(mathml_next(table, false), "{") && !mathml_next(table, true);
}

bool mathml_is_of_cases(const dom *mo)
{
    return mathml_is_sign(mo, "{") && is_cases(mathml_next(mo, true));
}

void mathml_put_table(ofp_buf *b, const dom *n)
{
    enum { MAX = 40 };
    char spec[MAX + 1] = { 0 };
    size_t columns = columns_of(n, spec, MAX);
    const dom *first = mathml_child(n, 0);
    bool alone = first && !first->next && !first->prev;
    if (is_cases(n))
        put_rows(b, n, "cases", "");
    else if (alone && mathml_is(first, "mlabeledtr"))
        put_rows(b, n, "", "");
    else if (is_aligned(n, spec, columns))
        put_rows(b, n, "aligned", "");
    else
        put_rows(b, n, is_centred(spec, columns) ? "matrix" : "array", is_centred(spec, columns) ? "" : spec);
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
    bool bar = ofp_str_eq(fence, OFP_STR("\u2223")), bars = ofp_str_eq(fence, OFP_STR("\u2225"));
    ofp_buf_puts(b, side);
    if (fence.n)
        mathml_put_signs(b, bar ? OFP_STR("|") : bars ? OFP_STR("\u2016") : fence);
    else
        ofp_buf_puts(b, *side ? "." : "");
}

void mathml_put_fenced(ofp_buf *b, const dom *n)
{
    const dom *open = mathml_child(n, 0), *close = last_element(n), *middle = mathml_inner(mathml_child(n, 1));
    const char *environment = environment_of(fence_of(open), fence_of(close));
    bool tall = is_tall(n);
    if (mathml_is(middle, "mtable") && environment && mathml_child(n, 2) == close) {
        put_rows(b, middle, environment, "");
        return;
    }
    if (mathml_is_binomial(mathml_child(n, 1)) && mathml_child(n, 2) == close) {
        mathml_put(b, mathml_child(n, 1));
        return;
    }
    put_fence(b, tall ? "\\left" : "", fence_of(open));
    for (const dom *c = open->next; c != close; c = c->next)
        mathml_put(b, c);
    put_fence(b, tall ? "\\right" : "", fence_of(close));
}

/* MathML 3, 3.3.8: an element that says its fences, and what stands between its children. */
void mathml_put_mfenced(ofp_buf *b, const dom *n)
{
    ofp_str open = dom_has_attr(n, OFP_STR("open")) ? ofp_str_trim(DOM_ATTR(n, "open")) : OFP_STR("(");
    ofp_str close = dom_has_attr(n, OFP_STR("close")) ? ofp_str_trim(DOM_ATTR(n, "close")) : OFP_STR(")");
    ofp_str between = dom_has_attr(n, OFP_STR("separators")) ? ofp_str_trim(DOM_ATTR(n, "separators")) : OFP_STR(",");
    const char *environment = environment_of(open, close);
    if (environment && mathml_is(mathml_inner(mathml_child(n, 0)), "mtable") && !mathml_child(n, 1)) {
        put_rows(b, mathml_inner(mathml_child(n, 0)), environment, "");
        return;
    }
    put_fence(b, is_tall(n) ? "\\left" : "", open);
    for (const dom *c = mathml_child(n, 0); c; c = mathml_next(c, true)) {
        mathml_put(b, c);
        size_t at = 0;
        if (between.n && mathml_next(c, true))
            ofp_utf8_next(between, &at);
        mathml_put_signs(b, ofp_str_sub(between, 0, at));
        if (at < between.n)             /* the last one is for all that follow */
            between = ofp_str_sub(between, at, SIZE_MAX);
    }
    put_fence(b, is_tall(n) ? "\\right" : "", close);
}
