/* formula_atoms.c - fractions, roots, delimiters, accents: commands that put formulas around or over others. */
#include "doctools/formula_parts.h"

/* ---- delimiters ---- */

/* What stands behind \left and its kin; empty for the dot that stands for none. */
static ofp_str take_delimiter(parser *p)
{
    size_t len;
    formula_blanks(p);
    sign s = formula_command(p, &len);
    if (len) {
        p->at += len;
        if (s.kind != SIGN_DELIM)
            formula_bad(p);
        return s.text;
    }
    size_t from = p->at;
    if (p->at < p->s.n)
        ofp_utf8_next(p->s, &p->at);
    ofp_str c = ofp_str_sub(p->s, from, p->at - from);
    if (ofp_str_eq(c, OFP_STR("<")) || ofp_str_eq(c, OFP_STR(">")))
        return c.p[0] == '<' ? OFP_STR("\u27E8") : OFP_STR("\u27E9");
    if (ofp_str_eq(c, OFP_STR(".")))
        return OFP_STR("");
    if (!formula_delimiter(c))
        formula_bad(p);
    return c;
}

/* What a row holds goes into another. */
static void pour(formula *into, formula *row)
{
    if (!into || !row || !row->first)
        return;
    if (into->last)
        into->last->next = row->first;
    else
        into->first = row->first;
    into->last = row->last;
}

formula *formula_left(parser *p, const sign *s)
{
    formula *f = formula_new(p, FORMULA_ROW, s->cls);
    formula_add(f, formula_fence(p, take_delimiter(p), CLASS_OPEN));
    while (!p->bad) {
        pour(f, formula_row(p, false));
        if (p->bad || !formula_take_kind(p, SIGN_MIDDLE))
            break;
        formula_add(f, formula_fence(p, take_delimiter(p), CLASS_ORD));
    }
    if (p->bad || !formula_take_kind(p, SIGN_RIGHT))
        return formula_bad(p);
    formula_add(f, formula_fence(p, take_delimiter(p), CLASS_CLOSE));
    return f;
}

/* text: "1.2", its height in em. */
formula *formula_big(parser *p, const sign *s)
{
    formula *f = formula_fence(p, take_delimiter(p), s->cls);
    if (f)
        f->height = (s->text.p[0] - '0') + (s->text.n > 2 ? (s->text.p[2] - '0') / 10.0 : 0);
    return f;
}

/* \bra and its kin, \abs: text is the delimiters, one character each. */
formula *formula_fence_of(parser *p, const sign *s)
{
    size_t at = 0;
    ofp_utf8_next(s->text, &at);
    formula *inside = formula_argument(p);
    return formula_fenced(p, ofp_str_sub(s->text, 0, at), inside, ofp_str_sub(s->text, at, SIZE_MAX));
}

/* ---- fractions: LaTeX's have braces around them, with their delimiters, and so have those of \over nearly always ---- */

static formula *delimited(parser *p, ofp_str open, formula *f, ofp_str close)
{
    if (!open.n && !close.n)
        return f;
    f = formula_fenced(p, open, f, close);
    if (f)
        f->cls = CLASS_ORD;
    return f;
}

static formula *fraction(parser *p, const sign *s, formula *over, formula *under)
{
    formula *f = formula_pair(p, FORMULA_FRAC, CLASS_ORD, over, under);
    return s->text.n && s->text.p[0] != '/' ? formula_styled(p, s->text.p[0] - '0', f) : f;
}

formula *formula_frac(parser *p, const sign *s)
{
    ofp_str ignored;
    formula_bracket(p, &ignored);       /* \cfrac[l] */
    formula *over = formula_argument(p), *under = formula_argument(p);
    return fraction(p, s, over, under);
}

static formula *bare(formula *f)
{
    if (f)
        f->bare = true;
    return f;
}

formula *formula_binom(parser *p, const sign *s)
{
    formula *over = formula_argument(p), *under = formula_argument(p);
    formula *f = bare(formula_pair(p, FORMULA_FRAC, CLASS_ORD, over, under));
    f = delimited(p, OFP_STR("("), f, OFP_STR(")"));
    return s->text.n ? formula_styled(p, s->text.p[0] - '0', f) : f;
}

/* The plain TeX's commands between what is over and what is under. */
static const struct infix { const char *name, *open, *close; bool bare, delimiters, thickness; } infixes[] = {
    { "over", "", "", false, false, false },  { "overwithdelims", "", "", false, true, false },
    { "atop", "", "", true, false, false },   { "atopwithdelims", "", "", true, true, false },
    { "above", "", "", false, false, true },  { "abovewithdelims", "", "", false, true, true },
    { "choose", "(", ")", true, false, false }, { "brace", "{", "}", true, false, false }, { "brack", "[", "]", true, false, false },
};

static const struct infix *find_infix(ofp_str name)
{
    const struct infix *i = infixes;
    while (!ofp_str_eq(name, ofp_s(i->name)))
        i++;
    return i;
}

/* What stands before in the row is over what follows. */
formula *formula_infix(parser *p, const sign *s)
{
    const struct infix *i = find_infix(s->name);
    if (p->infix)
        return formula_bad(p);
    p->infix = true;
    formula *over = formula_move(p, p->row);
    formula_settle(over);
    ofp_str open = i->delimiters ? take_delimiter(p) : ofp_s(i->open);
    ofp_str close = i->delimiters ? take_delimiter(p) : ofp_s(i->close);
    if (i->thickness)
        formula_kern(p, s);
    p->under = true;
    formula *under = formula_row(p, false);
    formula *f = formula_pair(p, FORMULA_FRAC, CLASS_ORD, formula_single(over), formula_single(under));
    if (i->bare)
        bare(f);
    return delimited(p, open, f, close);
}

/* A delimiter as an argument: \genfrac's are often empty. */
static ofp_str delimiter_argument(parser *p)
{
    ofp_str raw = ofp_str_trim(formula_raw(p)), s = p->s;
    size_t at = p->at;
    if (!raw.n || p->bad)
        return OFP_STR("");
    p->s = raw;
    p->at = 0;
    ofp_str text = take_delimiter(p);
    p->s = s;
    p->at = at;
    return text;
}

formula *formula_genfrac(parser *p, const sign *s)
{
    (void)s;
    ofp_str open = delimiter_argument(p), close = delimiter_argument(p);
    ofp_str line = ofp_str_trim(formula_raw(p)), style = ofp_str_trim(formula_raw(p));
    formula *over = formula_argument(p), *under = formula_argument(p);
    formula *f = formula_pair(p, FORMULA_FRAC, CLASS_ORD, over, under);
    if (line.n && line.p[0] == '0')
        bare(f);
    f = delimited(p, open, f, close);
    return style.n && style.p[0] >= '0' && style.p[0] <= '3' ? formula_styled(p, style.p[0] - '0', f) : f;
}

/* ---- roots ---- */

formula *formula_sqrt(parser *p, const sign *s)
{
    (void)s;
    ofp_str tex;
    formula *index = formula_bracket(p, &tex) ? formula_single(formula_sub(p, tex)) : NULL;
    formula *f = formula_new(p, index ? FORMULA_ROOT : FORMULA_SQRT, CLASS_ORD);
    formula *radicand = formula_argument(p);
    formula_add(f, radicand ? radicand : formula_new(p, FORMULA_ROW, CLASS_ORD));
    formula_add(f, index);
    return f;
}

/* \root 3 \of x: what stands before \of is short. */
formula *formula_root(parser *p, const sign *s)
{
    (void)s;
    size_t end = ofp_str_find(ofp_str_sub(p->s, 0, p->at + 256), OFP_STR("\\of"), p->at);
    if (end == SIZE_MAX)
        return formula_bad(p);
    formula *index = formula_single(formula_sub(p, ofp_str_sub(p->s, p->at, end - p->at)));
    p->at = end + sizeof "\\of" - 1;
    return formula_pair(p, FORMULA_ROOT, CLASS_ORD, formula_argument(p), index);
}

/* ---- over and under ---- */

static formula *mark(parser *p, const sign *s)
{
    formula *f = formula_leaf(p, FORMULA_OPERATOR, CLASS_ORD, s->text);
    if (f)
        f->stretchy = s->kind != SIGN_ACCENT;
    return f;
}

/* A brace with a word at it is a large operator that takes limits. */
static formula *accented(parser *p, const sign *s, bool over)
{
    formula *base = formula_argument(p);
    formula *f = formula_scripted(p, FORMULA_LIMITS, base, over ? NULL : mark(p, s), over ? mark(p, s) : NULL);
    if (!f)
        return NULL;
    f->accent = true;
    f->cls = s->cls;
    p->limits = s->cls == CLASS_OP ? LIMITS_ALWAYS : LIMITS_NONE;
    return f;
}

formula *formula_accent(parser *p, const sign *s)
{
    return accented(p, s, true);
}

formula *formula_under(parser *p, const sign *s)
{
    return accented(p, s, false);
}

/* As amsmath does it: what is set over a relation is one, over an operator another. */
static enum formula_class stack_class(const sign *s, const formula *base)
{
    return s->cls != CLASS_ORD || !base ? s->cls : base->cls == CLASS_OPEN || base->cls == CLASS_CLOSE ? CLASS_ORD : base->cls;
}

formula *formula_stack(parser *p, const sign *s)
{
    bool both = ofp_str_eq(s->text, OFP_STR("both")), over = both || ofp_str_eq(s->text, OFP_STR("over"));
    formula *first = formula_argument(p), *second = both ? formula_argument(p) : NULL, *base = formula_argument(p);
    if (base)
        formula_unsettle(base);
    enum formula_class cls = stack_class(s, base);
    formula *f = formula_scripted(p, FORMULA_LIMITS, base, both ? second : over ? NULL : first, over ? first : NULL);
    if (f)
        f->cls = cls == CLASS_OPEN || cls == CLASS_CLOSE ? CLASS_ORD : cls;
    p->limits = cls == CLASS_OP ? LIMITS_MOVABLE : LIMITS_NONE;
    return f;
}

/* The arrow is somewhat longer than what is written at it. */
static formula *padded(parser *p, formula *label)
{
    if (!label || (label->kind == FORMULA_ROW && !label->first))
        return NULL;
    formula *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    formula_add(row, formula_space(p, 0.4));
    formula_add(row, label);
    formula_add(row, formula_space(p, 0.4));
    return row;
}

formula *formula_xarrow(parser *p, const sign *s)
{
    ofp_str tex;
    formula *under = formula_bracket(p, &tex) ? padded(p, formula_single(formula_sub(p, tex))) : NULL;
    formula *over = padded(p, formula_argument(p));
    formula *arrow = formula_leaf(p, FORMULA_OPERATOR, CLASS_REL, s->text);
    if (!arrow || !(under || over))
        return arrow;
    arrow->stretchy = true;
    return formula_scripted(p, FORMULA_LIMITS, arrow, under, over);
}

/* ---- classes ---- */

formula *formula_class_of(parser *p, const sign *s)
{
    formula *f = formula_argument(p);
    if (f && (f->kind == FORMULA_SPACE || f->kind == FORMULA_STYLE || f->cls != CLASS_ORD)) {
        formula *row = formula_new(p, FORMULA_ROW, s->cls);
        if (f->kind == FORMULA_OPERATOR)
            row = f;
        else
            formula_add(row, f);
        f = row;
    }
    if (f)
        f->cls = s->cls;
    p->limits = s->cls == CLASS_OP ? LIMITS_MOVABLE : LIMITS_NONE;
    return f;
}

static ofp_str struck(parser *p, ofp_str text)
{
    ofp_str own = formula_negated(text);
    return own.n ? own : ofp_arena_printf(p->a, "%.*s\u0338", (int)text.n, text.p);
}

formula *formula_not(parser *p, const sign *s)
{
    (void)s;
    formula *f = formula_argument(p);
    if (!f || !f->text.n)
        return formula_bad(p);
    f->text = struck(p, f->text);
    formula_unsettle(f);
    return f;
}

/* ---- scripts at the other side ---- */

formula *formula_prescript(parser *p, const sign *s)
{
    (void)s;
    formula *over = formula_argument(p), *under = formula_argument(p);
    formula *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    formula_add(row, formula_scripted(p, FORMULA_SCRIPTS, NULL, under, over));
    formula_add(row, formula_argument(p));
    return row;
}

/* Scripts without a base, as \sideset takes them. */
static formula *side(parser *p, formula *argument)
{
    return argument && argument->kind == FORMULA_SCRIPTS ? argument : formula_new(p, FORMULA_ROW, CLASS_ORD);
}

formula *formula_sideset(parser *p, const sign *s)
{
    formula *before = side(p, formula_argument(p)), *after = side(p, formula_argument(p));
    formula *base = formula_argument(p), *row = formula_new(p, FORMULA_ROW, s->cls);
    if (!row || !after)
        return NULL;
    formula_add(row, before);
    if (after->kind == FORMULA_SCRIPTS && base) {       /* its scripts go to the base */
        base->next = after->first->next;
        after->first = base;
        formula_add(row, after);
    } else {
        formula_add(row, base);
    }
    p->limits = LIMITS_MOVABLE;
    return row;
}

formula *formula_cancelto(parser *p, const sign *s)
{
    (void)s;
    formula *value = formula_argument(p), *struck_out = formula_new(p, FORMULA_ENCLOSE, CLASS_ORD);
    formula_add(struck_out, formula_argument(p));
    if (struck_out)
        struck_out->enclose = ENCLOSE_UP;
    return formula_scripted(p, FORMULA_SCRIPTS, struck_out, NULL, value);
}
