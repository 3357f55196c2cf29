/* mathml_space.c - TeX's distances, and those of MathML's dictionary of operators. */
#include "doctools/mathml_parts.h"

/* The TeXbook, chapter 18: in mu between a left and a right atom; negative: not in scripts. */
static const signed char distances[8][8] = {
    /*               ord  op bin rel open close punct inner */
    [CLASS_ORD]   = { 0,  3, -4, -5,  0,  0,  0, -3 },
    [CLASS_OP]    = { 3,  3,  0, -5,  0,  0,  0, -3 },
    [CLASS_BIN]   = { -4, -4, 0,  0, -4,  0,  0, -4 },
    [CLASS_REL]   = { -5, -5, 0,  0, -5,  0,  0, -5 },
    [CLASS_OPEN]  = { 0,  0,  0,  0,  0,  0,  0,  0 },
    [CLASS_CLOSE] = { 0,  3, -4, -5,  0,  0,  0, -3 },
    [CLASS_PUNCT] = { -3, -3, 0, -3, -3, -3, -3, -3 },
    [CLASS_INNER] = { -3, 3, -4, -5, -3,  0, -3, -3 },
};

/* TeX has a little room beside its fractions, which MathML has not. */
static bool is_fraction(const formula *f)
{
    while (f->kind == FORMULA_SCRIPTS && f->first)
        f = f->first;
    return f->kind == FORMULA_FRAC;
}

/* What has a style or a colour stands there with its first and its last atom. */
static enum formula_class class_at(const formula *f, bool last)
{
    for (int depth = 0; depth < 8 && f->kind == FORMULA_STYLE && f->first; depth++) {
        const formula *inside = f->first->kind == FORMULA_ROW && f->first->first ? f->first : f;
        f = last ? inside->last : inside->first;
    }
    return is_fraction(f) ? CLASS_INNER : f->cls;
}

int mathml_distance(const formula *left, const formula *right, bool script)
{
    int mu = distances[class_at(left, true)][class_at(right, false)];
    return mu < 0 ? script ? 0 : -mu : mu;
}

const formula *mathml_core(const formula *f)
{
    while (f && (f->kind == FORMULA_SCRIPTS || f->kind == FORMULA_LIMITS
                 || (f->kind == FORMULA_ROW && f->first && !f->first->next)))
        f = f->first;
    return f && f->kind == FORMULA_OPERATOR ? f : NULL;
}

/* ---- the dictionary ------------------------------------------------------------------------------ */

/* MathML Core, B.1, as far as our signs go: all others have 5 mu at both sides, in every form. */
static const struct { int left, right; const char *signs; } entries[] = {
    { 0, 0, "!&()[]_`{}~¨¬¯°´ˆˇ˜‾˘˙˚‖‘’′″‴‵⁗⃛⃜∀∁∃∄∠∡∢∴∵⌈⌉⌊⌋⌢⌣⎴⎵⏜⏝⏞⏟⟦⟧⟨⟩⟪⟫⟮⟯⦃⦄“”∆∇∟⏠⏡" },
    { 0, 3, ",:;" },
    { 3, 0, "√∛∜" },
    { 3, 3, "*.?@×∏∐∑∗∘∙∫∬∭∮∯∰∲∳≀⊗⊙⊚⊛⊠⊡⊺⋀⋁⋂⋃⋄⋅⋆⋇⋉⋊⋋⋌⨀⨁⨂⨄⨅⨆⨉⨌⨍⨿·•∱⨃⨇⨈⨊⨋⨎⨏⨐⨑⨒⨓⨔⨕⨖⨗⨘⨙⨚⨛⨜⨯⨰⨻⨼⨽" },
    { 4, 4, "/÷∔∖∧∨∩∪⊎⊓⊔⊕⊖⊘⊝⊞⊟⊻⊼⋎⋏⋒⋓⩞∕∶∸⊌⊍⊽⨢⨣⨥⨦⨧⩀⩁⩂⩃⩓⩔" },
};

static bool is_among(const char *signs, ofp_str text)
{
    return ofp_str_find(ofp_s(signs), text, 0) != SIZE_MAX;
}

static bool is_single(ofp_str text)
{
    size_t at = 0;
    return text.n && (ofp_utf8_next(text, &at), at == text.n);
}

mathml_edges mathml_natural(ofp_str text, enum mathml_place at)
{
    bool first = at == MATHML_FIRST;
    if (!is_single(text))
        return (mathml_edges){ -1, -1, at, false };
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (is_among(entries[i].signs, text))
            return (mathml_edges){ entries[i].left, entries[i].right, at, false };
    if (at == MATHML_ALONE)             /* these have several forms */
        return is_among("+−±∓|∼%^", text) ? (mathml_edges){ -1, -1, at, false } : (mathml_edges){ 5, 5, at, false };
    if (is_among("+−±∓", text))
        return first ? (mathml_edges){ 0, 0, at, false } : (mathml_edges){ 4, 4, at, false };
    if (is_among("%^", text))
        return at == MATHML_LAST ? (mathml_edges){ 0, 0, at, false } : (mathml_edges){ 3, 3, at, false };
    if (is_among("|", text) && at != MATHML_MIDDLE)
        return (mathml_edges){ 0, 0, at, false };
    return is_among("∼", text) && first ? (mathml_edges){ 0, 0, at, false } : (mathml_edges){ 5, 5, at, false };
}

bool mathml_stretches(ofp_str text)
{
    return is_single(text)
        && is_among("()[]{}|‖⌈⌉⌊⌋⟨⟩⟦⟧⟪⟫⟮⟯⎰⎱⦃⦄↑↓↕⇑⇓⇕^_~¯ˆˇ˜‾⏞⏟⏜⏝⎴⎵⏠⏡→←↔⇒⇐⇔↼⇀↽⇁⇌⇋↦↩↪↠↞⇄", text);
}

/* ---- who takes the distance ----------------------------------------------------------------------- */

/* Of two operators the left one takes it, unless the dictionary gives it to the right one. */
static bool right_takes(const formula *left, const formula *right, int mu)
{
    return mathml_natural(left->text, MATHML_MIDDLE).right == 0 && mathml_natural(right->text, MATHML_MIDDLE).left == mu;
}

mathml_edges mathml_wanted(const formula *before, const formula *f, const formula *after, bool script)
{
    mathml_edges want = { 0, 0, MATHML_MIDDLE, false };
    const formula *core = mathml_core(f), *left = before ? mathml_core(before) : NULL;
    const formula *right = after ? mathml_core(after) : NULL;
    if (!core)
        return want;
    if (before) {
        int mu = mathml_distance(before, f, script);
        want.left = !left || right_takes(left, core, mu) ? mu : 0;
    }
    if (after) {
        int mu = mathml_distance(f, after, script);
        want.right = right && right_takes(core, right, mu) ? 0 : mu;
    }
    return want;
}
