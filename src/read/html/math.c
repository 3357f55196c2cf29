/* math.c - formulas: their TeX, wherever the page keeps it. */
#include "html.h"
#include "base/octets.h"

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

static ofp_str tex_of(reader *r, const dom *math)
{
    ofp_str tex = annotation(r, math);
    if (ofp_str_trim(tex).n)
        return tex;
    ofp_buf b = { 0 };
    html_mathml_tex(&b, math);
    return ofp_buf_take(&b, r->tmp);
}

void html_math(reader *r, dom *n)
{
    bool display = ofp_str_ieq(DOM_ATTR(n, "display"), OFP_STR("block"))
                || ofp_str_ieq(DOM_ATTR(n, "mode"), OFP_STR("display"));
    add_math(r, n, tex_of(r, n), display);
}

/* ---- equations set as tables ---------------------------------------------------------------------- */

static void add_tex(ofp_buf *b, ofp_str tex)
{
    tex = ofp_str_trim(tex);
    if (ofp_str_starts(tex, OFP_STR("\\displaystyle")))
        tex = ofp_str_trim(ofp_str_sub(tex, sizeof "\\displaystyle" - 1, SIZE_MAX));
    if (b->n && tex.n)
        ofp_buf_putc(b, ' ');
    ofp_buf_add(b, tex);
}

/* "(3)" at the margin is the tag 3, whose parentheses are put around it when it is set. */
static void add_tag(ofp_buf *b, ofp_str number)
{
    number = ofp_str_trim(number);
    if (number.n > 2 && number.p[0] == '(' && number.p[number.n - 1] == ')')
        number = ofp_str_sub(number, 1, number.n - 2);
    ofp_buf_printf(b, " \\tag{%.*s}", (int)number.n, number.p);
}

static bool is_number(const dom *n)
{
    return n->nattrs && DOM_CLASS(n, "ltx_tag_equation");
}

/* What a row's cells hold side by side is one formula. */
static void equation(reader *r, const dom *row)
{
    ofp_buf b = { 0 };
    const dom *tag = NULL;
    for (const dom *c = row->first; c; c = c->tag == T_MATH ? dom_after_skip(c, row) : dom_after(c, row))
        if (c->tag == T_MATH)
            add_tex(&b, tex_of(r, c));
        else if (is_number(c))
            tag = c;
    if (tag)
        add_tag(&b, dom_plain(r->tmp, tag));
    flow_end_para(r);
    add_math(r, row, ofp_buf_take(&b, r->tmp), true);
    flow_end_para(r);
}

/* Cells of formulas and their number, and no other text. */
static bool is_equation(const dom *row)
{
    bool math = false;
    for (const dom *c = row->first; c; ) {
        bool whole = c->tag == T_MATH || is_number(c);
        if (c->tag == T_TEXT && ofp_str_trim(c->text).n)
            return false;
        math |= c->tag == T_MATH;
        c = whole ? dom_after_skip(c, row) : dom_after(c, row);
    }
    return math;
}

static bool equation_row(reader *r, const dom *n)
{
    if (r->f.fixed || !DOM_CLASS(n, "ltx_eqn_row") || !is_equation(n))
        return false;
    equation(r, n);
    return true;
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

static bool holds(ofp_str s, ofp_str part)
{
    return ofp_str_ifind(s, part, 0) != SIZE_MAX;
}

/* Services that draw a formula have its TeX in the address, up to a sign, or else it is only in the
 * alternative text. */
static const struct { ofp_str mark; char end; bool plus, bare; } services[] = {
    { { "latex.php?latex=", 16 }, '&', true, true }, { { "mathtex.cgi?", 12 }, 0, false, true },
    { { "mimetex.cgi?", 12 }, 0, false, true },      { { ".latex?", 7 }, 0, false, true },
    { { "/svg.image?", 11 }, 0, false, true },       { { "/png.image?", 11 }, 0, false, true },
    { { "/gif.image?", 11 }, 0, false, true },       { { "cht=tx&chl=", 11 }, '&', true, true },
    { { "equation?tex=", 13 }, '&', true, true },    { { "render/math?math=", 17 }, '&', true, true },
    { { "upmath.me/svg/", 14 }, '?', false, true },  { { "/math/render/", 13 }, 0, false, false },
};

/* The TeX in the address of a picture; *drawn tells of such a service. */
static ofp_str tex_in_address(reader *r, ofp_str src, bool *drawn)
{
    ofp_buf b = { 0 };
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        size_t at = ofp_str_ifind(src, services[i].mark, 0);
        if (at == SIZE_MAX)
            continue;
        *drawn = true;
        ofp_str tex = ofp_str_sub(src, at + services[i].mark.n, SIZE_MAX);
        for (size_t end = 0; end < tex.n; end++)
            if (tex.p[end] == services[i].end)
                tex.n = end;
        if (services[i].bare)
            ofp_unpercent(&b, tex);
        for (size_t k = 0; services[i].plus && k < b.n; k++)
            b.p[k] = b.p[k] == '+' ? ' ' : b.p[k];
        break;
    }
    ofp_str tex = ofp_buf_take(&b, r->tmp);
    return ofp_utf8_valid(tex) ? tex : (ofp_str){ "", 0 };
}

/* A picture of a formula has its TeX as alternative text or in its address. */
static bool from_picture(reader *r, dom *n)
{
    bool known = DOM_CLASS(n, "latex") || DOM_CLASS(n, "tex")
              || DOM_CLASS(n, "mwe-math-fallback-image-inline")
              || DOM_CLASS(n, "mwe-math-fallback-image-display");
    ofp_str tex = tex_in_address(r, DOM_ATTR(n, "src"), &known), alt = ofp_str_trim(DOM_ATTR(n, "alt"));
    tex = alt.n ? alt : tex;
    if (!known || !ofp_str_trim(tex).n)
        return false;
    add_math(r, n, tex, DOM_CLASS(n, "mwe-math-fallback-image-display"));
    return true;
}

static ofp_str tex_in_attrs(const dom *n, size_t first, size_t last)
{
    static const ofp_str keys[] = { { "data-math", 9 }, { "data-tex", 8 }, { "data-latex", 10 }, { "data-expr", 9 } };
    for (size_t i = first; i < last; i++)
        if (ofp_str_trim(dom_attr(n, keys[i])).n)
            return dom_attr(n, keys[i]);
    return (ofp_str){ "", 0 };
}

static bool says_display(const dom *n)
{
    ofp_str class = DOM_ATTR(n, "class"), type = DOM_ATTR(n, "data-type");
    return holds(class, OFP_STR("block")) || holds(class, OFP_STR("display")) || holds(type, OFP_STR("block"))
        || dom_has_attr(n, OFP_STR("block"));
}

/* An attribute that can only be a formula's; data-expr needs a class that says so. */
static bool from_attrs(reader *r, dom *n, bool classed)
{
    ofp_str tex = tex_in_attrs(n, 0, classed ? 4 : 3);
    if (tex.n)
        add_math(r, n, tex, says_display(n));
    return tex.n > 0;
}

/* Elements whose text is a formula: of Distill, of GitHub, of journals. */
static bool from_element(reader *r, dom *n)
{
    static const char *const names[] = { "d-math", "math-renderer", "tex-math" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_eq(n->name, ofp_s(names[i]))) {
            add_math(r, n, text_of(r, n), says_display(n));
            return true;
        }
    return false;
}

/* An element of a telling class whose text is a formula in delimiters. */
static bool from_delimited(reader *r, dom *n)
{
    if (dom_find(n, T_MATH) || dom_find(n, T_SPAN) || dom_find(n, T_IMG))
        return false;
    ofp_str tex = ofp_str_trim(text_of(r, n));
    bool round = ofp_str_starts(tex, OFP_STR("\\(")) && ofp_str_ends(tex, OFP_STR("\\)"));
    bool square = ofp_str_starts(tex, OFP_STR("\\[")) && ofp_str_ends(tex, OFP_STR("\\]"));
    bool dollars = tex.n > 2 && tex.p[0] == '$' && tex.p[tex.n - 1] == '$';
    if (!round && !square && !dollars)
        return false;
    add_math(r, n, tex, false);
    return true;
}

static bool from_span(reader *r, dom *n)
{
    if (DOM_CLASS(n, "katex") || DOM_CLASS(n, "katex-display"))
        return from_mathml(r, n, is_in_display(n));
    if (DOM_CLASS(n, "mwe-math-element"))
        return from_mathml(r, n, false);
    if (DOM_CLASS(n, "math") && (DOM_CLASS(n, "inline") || DOM_CLASS(n, "display"))
        && !dom_find(n, T_MATH) && !dom_find(n, T_SPAN)) {
        add_math(r, n, text_of(r, n), DOM_CLASS(n, "display"));
        return true;
    }
    if (from_delimited(r, n))
        return true;
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

/* ---- formulas in the text -------------------------------------------------------------------------- */

/* Whether a script on the page turns delimited TeX into formulas. */
bool html_loads_tex(const reader *r)
{
    static const char *const names[] = { "mathjax", "katex", "renderMathInElement", "tex2jax" };
    for (size_t k = 0; k < r->of[T_SCRIPT].n; k++) {
        const dom *n = r->of[T_SCRIPT].at[k];
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (holds(DOM_ATTR(n, "src"), ofp_s(names[i])) || holds(DOM_ATTR(n, "id"), ofp_s(names[i]))
                || (n->first && n->first->tag == T_TEXT && holds(n->first->text, ofp_s(names[i]))))
                return true;
    }
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* One dollar sign is more often money: no space may stand inside, and no digit behind (as in pandoc). */
static bool is_dollar_math(ofp_str s, size_t from, size_t end)
{
    return end > from && !is_space(s.p[from]) && !is_space(s.p[end - 1]) && s.p[end - 1] != '\\'
        && !(end + 1 < s.n && s.p[end + 1] >= '0' && s.p[end + 1] <= '9');
}

/* An environment of LaTeX's that is a display by itself begins at s[0]: how long it is; 0 where none does. */
static size_t environment_at(ofp_str s)
{
    static const char *const names[] = { "equation", "align", "alignat", "gather", "multline", "flalign", "eqnarray", "displaymath" };
    static const ofp_str begin = { "\\begin{", 7 }, end = { "\\end{", 5 };
    size_t close = ofp_str_starts(s, begin) ? ofp_str_find(s, OFP_STR("}"), begin.n) : SIZE_MAX, i = 0;
    if (close == SIZE_MAX)
        return 0;
    ofp_str name = ofp_str_sub(s, begin.n, close + 1 - begin.n), bare = ofp_str_sub(name, 0, name.n - 1);
    if (ofp_str_ends(bare, OFP_STR("*")))
        bare.n--;
    while (i < sizeof names / sizeof *names && !ofp_str_eq(bare, ofp_s(names[i])))
        i++;
    if (i == sizeof names / sizeof *names)
        return 0;
    for (size_t at = close; (at = ofp_str_find(s, end, at)) != SIZE_MAX; at += end.n)
        if (ofp_str_starts(ofp_str_sub(s, at + end.n, SIZE_MAX), name))
            return at + end.n + name.n;
    return 0;
}

/* The formula that begins at s[at]: how long it is with its delimiters; 0 where none does. */
static size_t formula_at(ofp_str s, size_t at)
{
    static const struct { ofp_str open, close; } pairs[] = {
        { { "$$", 2 }, { "$$", 2 } }, { { "\\[", 2 }, { "\\]", 2 } }, { { "\\(", 2 }, { "\\)", 2 } }, { { "$", 1 }, { "$", 1 } },
    };
    ofp_str here = ofp_str_sub(s, at, 4096);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!ofp_str_starts(here, pairs[i].open))
            continue;
        size_t end = ofp_str_find(here, pairs[i].close, pairs[i].open.n);
        if (end == SIZE_MAX || end == pairs[i].open.n || (pairs[i].open.n == 1 && !is_dollar_math(here, 1, end)))
            return 0;
        return end + pairs[i].close.n;
    }
    return environment_at(here);
}

/* Text of a page whose scripts would look for formulas in it. */
void html_tex_text(reader *r, const dom *n)
{
    ofp_str s = n->text;
    size_t from = 0, failed = 0;
    for (size_t at = 0; at < s.n && failed < 100; at++) {
        if (s.p[at] != '$' && s.p[at] != '\\')
            continue;
        size_t len = formula_at(s, at);
        if (!len) {
            failed++;
            continue;
        }
        flow_text(r, ofp_str_sub(s, from, at - from));
        add_math(r, n, ofp_str_sub(s, at, len), ofp_str_starts(ofp_str_sub(s, at, len), OFP_STR("\\begin")));
        from = at + len;
        at = from - 1;
    }
    flow_text(r, ofp_str_sub(s, from, SIZE_MAX));
}

bool html_rendered_math(reader *r, dom *n)
{
    if (ofp_str_eq(n->name, OFP_STR("mjx-container")))
        return from_mathml(r, n, ofp_str_ieq(DOM_ATTR(n, "display"), OFP_STR("true")));
    if (n->tag == T_IMG)
        return from_picture(r, n);
    if (n->tag == T_TR)
        return equation_row(r, n);
    if (n->tag == T_UNKNOWN)
        return from_element(r, n);
    if (n->tag != T_SPAN && n->tag != T_DIV)
        return false;
    ofp_str classes = DOM_ATTR(n, "class");
    bool classed = holds(classes, OFP_STR("math")) || holds(classes, OFP_STR("tex"));
    return from_attrs(r, n, classed) || (classed && from_span(r, n));
}
