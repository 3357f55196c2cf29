/* math.c - formulas: their TeX, wherever the page keeps it. */
#include "html.h"

/* Wikipedia puts {\displaystyle …} around each formula. */
static ofp_str bare_tex(ofp_str tex)
{
    static const char *const styles[] = { "{\\displaystyle ", "{\\textstyle " };
    tex = ofp_str_trim(tex);
    for (size_t i = 0; i < 2; i++)
        if (ofp_str_starts(tex, ofp_s(styles[i])) && ofp_str_ends(tex, OFP_STR("}"))) {
            size_t n = ofp_s(styles[i]).n;
            return ofp_str_trim(ofp_str_sub(tex, n, tex.n - n - 1));
        }
    return tex;
}

/* Without $…$, \(…\) and \[…\]; *display is set where they say so. */
static ofp_str without_delimiters(ofp_str tex, bool *display)
{
    static const struct { ofp_str open, close; bool display; } pairs[] = {
        { { "$$", 2 }, { "$$", 2 }, true }, { { "\\[", 2 }, { "\\]", 2 }, true },
        { { "\\(", 2 }, { "\\)", 2 }, false }, { { "$", 1 }, { "$", 1 }, false },
    };
    tex = ofp_str_trim(tex);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t around = pairs[i].open.n + pairs[i].close.n;
        if (tex.n > around && ofp_str_starts(tex, pairs[i].open) && ofp_str_ends(tex, pairs[i].close)) {
            *display |= pairs[i].display;
            return ofp_str_trim(ofp_str_sub(tex, pairs[i].open.n, tex.n - around));
        }
    }
    return tex;
}

static void add_math(reader *r, const dom *n, ofp_str tex, bool display)
{
    tex = bare_tex(without_delimiters(tex, &display));
    if (!tex.n)
        return;
    ofp_node *math = ofp_new(r->d, OFP_MATH);
    ofp_set_line(math, n->line);
    ofp_set_math(math, display, html_keep(r, tex));
    flow_leaf(r, math);
}

static ofp_str text_of(reader *r, const dom *n)
{
    ofp_buf b = { 0 };
    dom_text(n, &b);
    return ofp_buf_take(&b, r->tmp);
}

/* ---- MathML ----------------------------------------------------------------------------------- */

/* The TeX that a converter left in the formula; empty where none. */
static ofp_str annotation(reader *r, const dom *math)
{
    for (const dom *c = math->first; c; c = dom_after(c, math))
        if (ofp_str_eq(c->name, OFP_STR("annotation"))) {
            ofp_str encoding = DOM_ATTR(c, "encoding");
            if (ofp_str_ieq(encoding, OFP_STR("application/x-tex")) || ofp_str_ieq(encoding, OFP_STR("LaTeX"))
                || ofp_str_ieq(encoding, OFP_STR("TeX")))
                return text_of(r, c);
        }
    return DOM_ATTR(math, "alttext");
}

static void put_tex(ofp_buf *b, const dom *n);

static const dom *element(const dom *n, int i)
{
    for (n = n->first; n; n = n->next)
        if (n->tag != T_TEXT && i-- == 0)
            return n;
    return NULL;
}

static void put_group(ofp_buf *b, const dom *n)
{
    ofp_buf_putc(b, '{');
    if (n)
        put_tex(b, n);
    ofp_buf_putc(b, '}');
}

/* An operand that a script hangs on: braces only where it is more than one character. */
static void put_base(ofp_buf *b, const dom *n)
{
    bool is_text = n && n->first && n->first->tag == T_TEXT && !n->first->next;
    if (is_text && ofp_utf8_count(ofp_str_trim(n->first->text)) == 1)
        put_tex(b, n);
    else
        put_group(b, n);
}

/* How presentational elements are written in TeX: # stands for a base, 0 to 2 for groups. */
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
    const dom *mark = ofp_str_eq(n->name, OFP_STR("mover")) ? element(n, 1) : NULL;
    bool is_text = mark && mark->first && mark->first->tag == T_TEXT;
    ofp_str text = is_text ? ofp_str_trim(mark->first->text) : (ofp_str){ "", 0 };
    for (size_t i = 0; text.n && i < sizeof accents / sizeof *accents; i++)
        if (ofp_str_eq(text, accents[i].mark)) {
            ofp_buf_puts(b, accents[i].command);
            put_group(b, element(n, 0));
            return true;
        }
    return false;
}

static bool put_form(ofp_buf *b, const dom *n)
{
    if (put_accent(b, n))
        return true;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!ofp_str_eq(n->name, forms[i].name))
            continue;
        for (const char *f = forms[i].form; *f; f++)
            if (*f >= '0' && *f <= '2')
                put_group(b, element(n, *f - '0'));
            else if (*f == 'b' && f == forms[i].form)
                put_base(b, element(n, 0));
            else if (*f == 'r' && f[-1] == '[' && element(n, 1))
                put_tex(b, element(n, 1));
            else
                ofp_buf_putc(b, *f);
        return true;
    }
    return false;
}

static void put_children(ofp_buf *b, const dom *n)
{
    for (const dom *c = n->first; c; c = c->next)
        put_tex(b, c);
}

/* What stands around an element's content, and what parts it from the next of its kind. */
static const struct { ofp_str name; const char *before, *after, *between; } shells[] = {
    { { "msqrt", 5 }, "\\sqrt{", "}", "" },  { { "mtext", 5 }, "\\text{", "}", "" }, { { "mfenced", 7 }, "(", ")", "" },
    { { "mtable", 6 }, "\\begin{matrix}", "\\end{matrix}", "" }, { { "mtd", 3 }, "", "", " & " },
    { { "mtr", 3 }, "", "", " \\\\ " },     { { "mphantom", 8 }, "\\phantom{", "}", "" },
};

static bool has_more(const dom *n)
{
    for (n = n->next; n; n = n->next)
        if (n->tag != T_TEXT)
            return true;
    return false;
}

static void put_named(ofp_buf *b, const dom *n)
{
    size_t i = 0, count = sizeof shells / sizeof *shells;
    while (i < count && !ofp_str_eq(n->name, shells[i].name))
        i++;
    ofp_buf_puts(b, i < count ? shells[i].before : "");
    put_children(b, n);
    ofp_buf_puts(b, i < count ? shells[i].after : "");
    if (i < count && *shells[i].between && has_more(n))
        ofp_buf_puts(b, shells[i].between);
}

static void put_tex(ofp_buf *b, const dom *n)
{
    if (n->tag == T_TEXT)
        ofp_buf_add(b, ofp_str_trim(n->text));
    else if (ofp_str_starts(n->name, OFP_STR("annotation")))
        ;
    else if (!put_form(b, n))
        put_named(b, n);
}

void html_math(reader *r, dom *n)
{
    ofp_str tex = annotation(r, n);
    bool display = ofp_str_ieq(DOM_ATTR(n, "display"), OFP_STR("block"))
                || ofp_str_ieq(DOM_ATTR(n, "mode"), OFP_STR("display"));
    if (!ofp_str_trim(tex).n) {
        ofp_buf b = { 0 };
        put_tex(&b, n);
        tex = ofp_buf_take(&b, r->tmp);
    }
    add_math(r, n, tex, display);
}

/* ---- what scripts leave ------------------------------------------------------------------------- */

void html_math_script(reader *r, dom *n)
{
    ofp_str type = DOM_ATTR(n, "type");
    if (!ofp_str_istarts(type, OFP_STR("math/tex")))
        return;
    add_math(r, n, text_of(r, n), ofp_str_ifind(type, OFP_STR("mode=display"), 0) != SIZE_MAX);
}

static bool from_mathml(reader *r, dom *n, bool display)
{
    dom *math = dom_find(n, T_MATH);
    if (!math)
        return false;
    display |= ofp_str_ieq(DOM_ATTR(math, "display"), OFP_STR("block"));
    ofp_str tex = annotation(r, math);
    if (ofp_str_trim(tex).n)
        add_math(r, n, tex, display);
    else
        html_math(r, math);
    return true;
}

static bool has_script_after(const dom *n)
{
    n = n->next;
    for (int near = 0; n && near < 8; n = n->next, near++) {
        bool other = n->tag == T_TEXT ? ofp_str_trim(n->text).n > 0 : !ofp_str_istarts(DOM_ATTR(n, "class"), OFP_STR("MathJax"));
        if (n->tag == T_SCRIPT && ofp_str_istarts(DOM_ATTR(n, "type"), OFP_STR("math/tex")))
            return true;
        if (other)
            return false;
    }
    return false;
}

static bool is_in_display(const dom *n)
{
    return DOM_CLASS(n, "katex-display") || (n->parent && DOM_CLASS(n->parent, "katex-display"));
}

/* A picture of a formula has its TeX as alternative text. */
static bool from_picture(reader *r, dom *n)
{
    bool known = DOM_CLASS(n, "latex") || DOM_CLASS(n, "tex")
              || DOM_CLASS(n, "mwe-math-fallback-image-inline")
              || DOM_CLASS(n, "mwe-math-fallback-image-display");
    ofp_str alt = DOM_ATTR(n, "alt");
    if (!known || !ofp_str_trim(alt).n)
        return false;
    add_math(r, n, alt, DOM_CLASS(n, "mwe-math-fallback-image-display"));
    return true;
}

static bool holds(ofp_str s, ofp_str part)
{
    return ofp_str_ifind(s, part, 0) != SIZE_MAX;
}

static ofp_str tex_in_attrs(const dom *n)
{
    static const ofp_str keys[] = { { "data-math", 9 }, { "data-tex", 8 }, { "data-latex", 10 }, { "data-expr", 9 } };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (ofp_str_trim(dom_attr(n, keys[i])).n)
            return dom_attr(n, keys[i]);
    return (ofp_str){ "", 0 };
}

static bool from_span(reader *r, dom *n)
{
    ofp_str tex = tex_in_attrs(n);
    if (tex.n) {
        ofp_str classes = DOM_ATTR(n, "class");
        add_math(r, n, tex, holds(classes, OFP_STR("block")) || holds(classes, OFP_STR("display")));
        return true;
    }
    if (DOM_CLASS(n, "katex") || DOM_CLASS(n, "katex-display"))
        return from_mathml(r, n, is_in_display(n));
    if (DOM_CLASS(n, "mwe-math-element"))
        return from_mathml(r, n, false);
    if (DOM_CLASS(n, "math") && (DOM_CLASS(n, "inline") || DOM_CLASS(n, "display"))
        && !dom_find(n, T_MATH) && !dom_find(n, T_SPAN)) {
        add_math(r, n, text_of(r, n), DOM_CLASS(n, "display"));
        return true;
    }
    if (DOM_CLASS(n, "MathJax_Preview"))
        return has_script_after(n);
    if (DOM_CLASS(n, "MathJax") || DOM_CLASS(n, "MathJax_Display")
        || DOM_CLASS(n, "MathJax_SVG") || DOM_CLASS(n, "MathJax_CHTML")) {
        if (has_script_after(n))
            return true;
        return from_mathml(r, n, DOM_CLASS(n, "MathJax_Display"));
    }
    return false;
}

bool html_rendered_math(reader *r, dom *n)
{
    if (ofp_str_eq(n->name, OFP_STR("mjx-container")))
        return from_mathml(r, n, ofp_str_ieq(DOM_ATTR(n, "display"), OFP_STR("true")));
    if (n->tag == T_IMG)
        return from_picture(r, n);
    if (n->tag != T_SPAN && n->tag != T_DIV)
        return false;
    ofp_str classes = DOM_ATTR(n, "class");
    return (holds(classes, OFP_STR("math")) || holds(classes, OFP_STR("katex"))) && from_span(r, n);
}
