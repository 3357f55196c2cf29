/* mathml.c - the tree of a formula as MathML Core (https://www.w3.org/TR/mathml-core/).
 *
 * TeX says how far neighbours stand from each other; an operator of MathML brings its own distances along, from the
 * dictionary of operators.  What TeX wants is written down only where the dictionary wants something else.  Neither
 * alignment of columns nor crossing out is in Core: that is CSS, beside the attributes of MathML 3 for older systems. */
#include "doctools/formula.h"
#include "doctools/mathml.h"
#include "doctools/mathml_parts.h"
#include "doctools/xmlout.h"

static const mathml_edges alone = { 0, 0, MATHML_ALONE, false };

static void put(mathml *m, const formula *f, mathml_edges want);
static void put_children(mathml *m, const formula *row);

static void put_within(mathml *m, const formula *f, int style)
{
    int around = m->style;
    m->style = style;
    put(m, f, alone);
    m->style = around;
}

static int script_of(int style)
{
    return style < SCRIPT ? SCRIPT : SCRIPTSCRIPT;
}

static int part_of(int style)
{
    return style < SCRIPTSCRIPT ? style + 1 : style;
}

void mathml_length(mathml *m, double em)
{
    long n = (long)(em * 10000 + (em < 0 ? -0.5 : 0.5)), part = labs(n) % 10000;
    int digits = 4;
    ofp_buf_printf(m->out, "%s%ld", n < 0 ? "-" : "", labs(n) / 10000);
    for (; part && part % 10 == 0; part /= 10)
        digits--;
    if (part)
        ofp_buf_printf(m->out, ".%0*ld", digits, part);
    lit(m, n ? "em" : "");
}

static void put_em(mathml *m, const char *name, double em)
{
    ofp_buf_printf(m->out, " %s=\"", name);
    mathml_length(m, em);
    lit(m, "\"");
}

/* ---- leaves ----------------------------------------------------------------------------------- */

static void put_letters(mathml *m, const formula *f, enum formula_variant v)
{
    for (size_t at = 0; at < f->text.n; ) {
        size_t from = at;
        uint32_t c = ofp_utf8_next(f->text, &at), is = ofp_formula_letter(c, v);
        if (is == c)
            ofp_xml_text(m->out, ofp_str_sub(f->text, from, at - from));
        else
            ofp_buf_putu(m->out, is);
    }
}

/* One letter is italic unless it says that it is not; several are upright. */
static void put_ident(mathml *m, const formula *f)
{
    size_t at = 0;
    uint32_t c = f->text.n ? ofp_utf8_next(f->text, &at) : 0;
    bool single = at == f->text.n, plain = f->variant == VARIANT_UPRIGHT || (f->variant == VARIANT_ITALIC && single);
    bool says = single && f->variant == VARIANT_UPRIGHT && ofp_formula_letter(c, VARIANT_ITALIC) != c;
    lit(m, says ? "<mi mathvariant=\"normal\">" : "<mi>");
    put_letters(m, f, plain ? VARIANT_UPRIGHT : f->variant);
    lit(m, "</mi>");
}

/* Words are no symbols: their letters stay letters. */
static void put_text(mathml *m, const formula *f)
{
    static const char *const styles[] = {
        [VARIANT_ITALIC] = "font-style:italic", [VARIANT_BOLD] = "font-weight:bold",
        [VARIANT_BOLD_ITALIC] = "font-weight:bold;font-style:italic", [VARIANT_SANS] = "font-family:sans-serif",
        [VARIANT_MONO] = "font-family:monospace",
    };
    lit(m, "<mtext");
    if (styles[f->variant])
        ofp_buf_printf(m->out, " style=\"%s\"", styles[f->variant]);
    lit(m, ">");
    ofp_xml_text(m->out, f->text);
    lit(m, "</mtext>");
}

static void put_edge(mathml *m, const char *name, int want, int natural)
{
    if (want != natural)
        put_em(m, name, want / 18.0);
}

static void put_operator(mathml *m, const formula *f, mathml_edges want)
{
    mathml_edges natural = mathml_natural(f->text, want.at);
    bool stretches = mathml_stretches(f->text);
    lit(m, "<mo");
    put_edge(m, "lspace", want.left, natural.left);
    put_edge(m, "rspace", want.right, natural.right);
    if (f->stretchy != stretches || ofp_str_eq(f->text, OFP_STR("|")))     /* which stretches at the ends of a row only */
        lit(m, f->stretchy ? " stretchy=\"true\"" : " stretchy=\"false\"");
    if (f->height > 0) {
        put_em(m, "minsize", f->height);
        put_em(m, "maxsize", f->height);
    }
    if (want.fixed)
        lit(m, " movablelimits=\"false\"");
    lit(m, ">");
    ofp_xml_text(m->out, f->text);
    lit(m, "</mo>");
}

static void put_space(mathml *m, double em)
{
    lit(m, "<mspace");
    put_em(m, "width", em);
    lit(m, "/>");
}

/* ---- rows --------------------------------------------------------------------------------------- */

static bool is_word(const formula *f)
{
    while (f && (f->kind == FORMULA_SCRIPTS || f->kind == FORMULA_LIMITS))
        f = f->first;
    return f && f->kind == FORMULA_IDENT && f->cls == CLASS_OP;
}

/* Between two children, where no operator takes the distance upon itself. */
static void put_between(mathml *m, const formula *left, const formula *right, int mu)
{
    if (is_word(left) && right->cls != CLASS_REL && right->cls != CLASS_CLOSE && right->cls != CLASS_PUNCT)
        lit(m, "<mo>\u2061</mo>");          /* function application */
    if (mu && !mathml_core(left) && !mathml_core(right))
        put_space(m, mu / 18.0);
}

static const formula *next_atom(const formula *f)
{
    while (f && f->kind == FORMULA_SPACE)
        f = f->next;
    return f;
}

static void put_children(mathml *m, const formula *row)
{
    const formula *before = NULL;
    bool single = row->first && !row->first->next;
    for (const formula *f = row->first; f; f = f->next) {
        if (f->kind == FORMULA_SPACE) {
            put_space(m, f->width);
            continue;
        }
        const formula *after = next_atom(f->next);
        mathml_edges want = mathml_wanted(before, f, after, m->style >= SCRIPT);
        want.at = single ? MATHML_ALONE : f == row->first ? MATHML_FIRST : f->next ? MATHML_MIDDLE : MATHML_LAST;
        if (before)
            put_between(m, before, f, mathml_distance(before, f, m->style >= SCRIPT));
        put(m, f, want);
        before = f;
    }
}

/* A row of one child is that child. */
static void put_row(mathml *m, const formula *f, mathml_edges want)
{
    if (f->first && !f->first->next) {
        put(m, f->first, want);
        return;
    }
    lit(m, f->first ? "<mrow>" : "<mrow/>");
    put_children(m, f);
    lit(m, f->first ? "</mrow>" : "");
}

void mathml_inside(mathml *m, const formula *f)
{
    const formula *row = f->first;
    if (row && !row->next && row->kind == FORMULA_ROW)
        put_children(m, row);
    else
        put_children(m, f);
}

/* ---- scripts -------------------------------------------------------------------------------------- */

static bool here(const formula *f)
{
    return f->kind != FORMULA_EMPTY;
}

static void put_scripts(mathml *m, const formula *f, mathml_edges want)
{
    const formula *under = f->first->next, *over = under->next;
    const char *name = !here(over) ? "msub" : here(under) ? "msubsup" : "msup";
    ofp_buf_printf(m->out, "<%s>", name);
    want.fixed = false;
    put(m, f->first, want);
    if (here(under))
        put_within(m, under, script_of(m->style));
    if (here(over))
        put_within(m, over, script_of(m->style));
    ofp_buf_printf(m->out, "</%s>", name);
}

static void put_limits(mathml *m, const formula *f, mathml_edges want)
{
    const formula *under = f->first->next, *over = under->next, *core = mathml_core(f->first);
    const char *name = !here(over) ? "munder" : here(under) ? "munderover" : "mover";
    if (f->movable && m->style != DISPLAY) {
        put_scripts(m, f, want);
        return;
    }
    want.fixed = !f->movable && core && core->large && m->style != DISPLAY;
    ofp_buf_printf(m->out, "<%s", name);
    if (f->accent)
        lit(m, here(over) ? " accent=\"true\">" : " accentunder=\"true\">");
    else
        lit(m, ">");
    put(m, f->first, want);
    int style = f->accent ? m->style : script_of(m->style);
    if (here(under))
        put_within(m, under, style);
    if (here(over))
        put_within(m, over, style);
    ofp_buf_printf(m->out, "</%s>", name);
}

/* ---- fractions, roots, styles ----------------------------------------------------------------------- */

static void put_frac(mathml *m, const formula *f)
{
    lit(m, f->bare ? "<mfrac linethickness=\"0\">" : "<mfrac>");
    put_within(m, f->first, part_of(m->style));
    put_within(m, f->first->next, part_of(m->style));
    lit(m, "</mfrac>");
}

static void put_root(mathml *m, const formula *f)
{
    lit(m, "<mroot>");
    put_within(m, f->first, m->style);
    put_within(m, f->first->next, SCRIPTSCRIPT);
    lit(m, "</mroot>");
}

static void put_element(mathml *m, const formula *f, const char *name)
{
    ofp_buf_printf(m->out, "<%s>", name);
    mathml_inside(m, f);
    ofp_buf_printf(m->out, "</%s>", name);
}

static void put_style(mathml *m, const formula *f)
{
    static const char *const attributes[] = { " displaystyle=\"true\" scriptlevel=\"0\"", " displaystyle=\"false\" scriptlevel=\"0\"",
                                              " displaystyle=\"false\" scriptlevel=\"1\"", " displaystyle=\"false\" scriptlevel=\"2\"" };
    int around = m->style;
    lit(m, "<mstyle");
    if (f->style >= 0)
        lit(m, attributes[f->style]);
    if (f->colour.n) {
        lit(m, " style=\"color:");
        ofp_xml_quoted(m->out, f->colour);
        lit(m, "\"");
    }
    lit(m, ">");
    m->style = f->style >= 0 ? f->style : around;
    mathml_inside(m, f);
    m->style = around;
    lit(m, "</mstyle>");
}

/* Core knows no share of a width: where it lies to the left is CSS. */
static void put_shown(mathml *m, const formula *f)
{
    lit(m, !f->narrow || f->align == 'l' ? "<mrow>" : f->align == 'r' ? "<mrow style=\"transform:translateX(-100%)\">"
                                                                      : "<mrow style=\"transform:translateX(-50%)\">");
    mathml_inside(m, f);
    lit(m, "</mrow>");
}

static void put_phantom(mathml *m, const formula *f)
{
    if (f->flat || f->narrow)
        lit(m, f->flat ? "<mpadded height=\"0\" depth=\"0\">" : "<mpadded width=\"0\">");
    if (f->shown)
        put_shown(m, f);
    else
        put_element(m, f, "mphantom");
    if (f->flat || f->narrow)
        lit(m, "</mpadded>");
}

/* Core knows no menclose: strokes are drawn as a background. */
static void put_enclose(mathml *m, const formula *f)
{
    static const struct { unsigned bit; const char *notation, *towards; } strokes[] = {
        { ENCLOSE_UP, "updiagonalstrike", "to top left" }, { ENCLOSE_DOWN, "downdiagonalstrike", "to top right" },
        { ENCLOSE_STRIKE, "horizontalstrike", "to top" },
    };
    if (f->enclose & ENCLOSE_BOX) {
        lit(m, "<mrow style=\"border:1px solid;padding:.25em\">");
        mathml_inside(m, f);
        lit(m, "</mrow>");
        return;
    }
    const char *between = "";
    lit(m, "<menclose notation=\"");
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
        if (f->enclose & strokes[i].bit) {
            ofp_buf_printf(m->out, "%s%s", between, strokes[i].notation);
            between = " ";
        }
    lit(m, "\" style=\"background:");
    between = "";
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
        if (f->enclose & strokes[i].bit) {
            ofp_buf_printf(m->out, "%slinear-gradient(%s,transparent 47%%,currentcolor 47%%,currentcolor 53%%,transparent 53%%)",
                           between, strokes[i].towards);
            between = ",";
        }
    lit(m, "\">");
    mathml_inside(m, f);
    lit(m, "</menclose>");
}

/* ---- all ------------------------------------------------------------------------------------------------- */

static void put(mathml *m, const formula *f, mathml_edges want)
{
    switch (f->kind) {
    case FORMULA_ROW: put_row(m, f, want); return;
    case FORMULA_IDENT: put_ident(m, f); return;
    case FORMULA_NUMBER:
        lit(m, "<mn>");
        put_letters(m, f, f->variant);
        lit(m, "</mn>");
        return;
    case FORMULA_OPERATOR: put_operator(m, f, want); return;
    case FORMULA_TEXT: put_text(m, f); return;
    case FORMULA_SPACE: put_space(m, f->width); return;
    case FORMULA_FRAC: put_frac(m, f); return;
    case FORMULA_SQRT: put_element(m, f, "msqrt"); return;
    case FORMULA_ROOT: put_root(m, f); return;
    case FORMULA_SCRIPTS: put_scripts(m, f, want); return;
    case FORMULA_LIMITS: put_limits(m, f, want); return;
    case FORMULA_EMPTY: return;
    case FORMULA_TABLE: mathml_table(m, f); return;
    case FORMULA_TR: case FORMULA_TD: return;       /* mathml_table */
    case FORMULA_STYLE: put_style(m, f); return;
    case FORMULA_PHANTOM: put_phantom(m, f); return;
    case FORMULA_ENCLOSE: put_enclose(m, f); return;
    }
}

/* The number of a formula stands behind it. */
static void put_tagged(mathml *m, const formula *f, const formula *tag)
{
    lit(m, "<mrow>");
    if (f->kind == FORMULA_ROW)
        put_children(m, f);
    else
        put(m, f, alone);
    if (tag) {
        put_space(m, 2);
        put(m, tag, alone);
    }
    lit(m, "</mrow>");
}

bool ofp_mathml(ofp_buf *out, ofp_str tex, bool display, bool xml)
{
    ofp_arena *a = ofp_arena_new();
    formula *tag, *f = ofp_formula_parse(a, tex, &tag);
    mathml m = { out, display ? DISPLAY : TEXT };
    if (f) {
        lit(&m, xml ? "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"" : "<math");
        lit(&m, display ? " display=\"block\"><semantics>" : "><semantics>");
        put_tagged(&m, f, tag);
        lit(&m, "<annotation encoding=\"application/x-tex\">");
        ofp_xml_text(out, tex);
        lit(&m, "</annotation></semantics></math>");
    }
    out->failed |= ofp_arena_failed(a);
    ofp_arena_free(a);
    return f != NULL;
}
