/* formula_text_shape.c - what needs brackets where it becomes a part of something. */
#include "doctools/formula_text_parts.h"

enum { STYLES = 8 };            /* around each other, as far as we look */

bool linear_is_single(ofp_str s)
{
    size_t at = 0;
    if (!s.n)
        return false;
    ofp_utf8_next(s, &at);
    while (at < s.n)
        if (ofp_char_width(ofp_utf8_next(s, &at)) != 0)
            return false;
    return true;
}

bool linear_is(const formula *f, const char *s)
{
    return f && ofp_str_eq(f->text, ofp_s(s));
}

bool linear_is_shaped(enum formula_variant v)
{
    return v == VARIANT_DOUBLE_STRUCK || v == VARIANT_SCRIPT || v == VARIANT_FRAKTUR;
}

bool linear_is_seen(const formula *f)
{
    return f->kind != FORMULA_SPACE && f->kind != FORMULA_EMPTY && (f->kind != FORMULA_PHANTOM || f->shown)
        && (f->kind != FORMULA_ROW || f->first);
}

static const formula *next_seen(const formula *f)
{
    while (f && !linear_is_seen(f))
        f = f->next;
    return f;
}

static bool is_group(const formula *f)
{
    return f->kind == FORMULA_ROW || f->kind == FORMULA_STYLE || f->kind == FORMULA_ENCLOSE || f->kind == FORMULA_PHANTOM
        || f->kind == FORMULA_TD;
}

const formula *linear_inside(const formula *f)
{
    for (int depth = 0; depth < STYLES && is_group(f); depth++) {
        const formula *only = next_seen(f->first);
        if (!only || next_seen(only->next))
            break;
        f = only;
    }
    return f;
}

const formula *linear_core(const formula *f)
{
    for (int depth = 0; depth < STYLES && f->first; depth++) {
        bool scripted = f->kind == FORMULA_SCRIPTS || f->kind == FORMULA_LIMITS;
        const formula *first = scripted ? f->first : is_group(f) ? next_seen(f->first) : NULL;
        if (!first)
            break;
        f = first;
    }
    return f;
}

/* ---- rows ---- */

/* A bracket, also with scripts at it. */
static bool is_of(const formula *f, enum formula_class cls)
{
    const formula *core = linear_core(f);
    return f->kind != FORMULA_ROW && core->kind == FORMULA_OPERATOR && core->cls == cls && !linear_is(core, "!") && !linear_is(core, "?");
}

static bool is_bar(const formula *f)
{
    return f->kind == FORMULA_OPERATOR && (linear_is(f, "|") || linear_is(f, "\u2016"));
}

/* Whether the bracket at f is closed by what is last in its row, and not before. */
static bool encloses_all(const formula *f)
{
    size_t open = 0;
    if (is_bar(f) && f->cls == CLASS_ORD) {
        for (f = f->next; f && !is_bar(f); f = f->next)
            ;
        return f && !next_seen(f->next);
    }
    for (; f; f = f->next) {
        open += is_of(f, CLASS_OPEN);
        if (!open)
            return false;
        if (is_of(f, CLASS_CLOSE) && --open == 0)
            return !next_seen(f->next);
    }
    return false;
}

/* \left( ... \right) */
static bool is_fenced_row(const formula *f)
{
    return f->kind == FORMULA_ROW && f->first && encloses_all(f->first);
}

static bool is_call(const formula *first)
{
    const formula *second = next_seen(first->next), *core = linear_core(first);
    if (!second || core->kind != FORMULA_IDENT || (first->cls != CLASS_ORD && first->cls != CLASS_OP))
        return false;
    if (!next_seen(second->next))
        return is_fenced_row(second) || linear_is(second, "!");
    return encloses_all(second);
}

/* Of a child beside others, in no brackets. */
static enum shape part_shape(const formula *f, bool last)
{
    if (f->kind == FORMULA_SPACE)
        return f->width > 0.1 ? SHAPE_SUM : SHAPE_PRODUCT;
    if (f->cls == CLASS_BIN || f->cls == CLASS_REL || f->cls == CLASS_PUNCT || f->cls == CLASS_OP
        || f->kind == FORMULA_TEXT || (f->cls == CLASS_INNER && f->kind == FORMULA_OPERATOR))
        return SHAPE_SUM;
    if (f->kind == FORMULA_OPERATOR)
        return linear_is(f, "/") ? SHAPE_FRACTION : SHAPE_PRODUCT;
    if (f->kind == FORMULA_IDENT)
        return linear_is_single(f->text) ? SHAPE_PRODUCT : SHAPE_SUM;
    enum shape s = linear_shape(f);
    return s == SHAPE_SUM || s == SHAPE_FRACTION ? s : s == SHAPE_ROOT && !last ? SHAPE_SUM : SHAPE_PRODUCT;
}

static enum shape row_shape(const formula *first, const formula *last)
{
    size_t open = 0;
    const formula *second = next_seen(first->next);
    bool sign = first->kind == FORMULA_OPERATOR && first->cls == CLASS_ORD && (linear_is(first, "\u2212") || linear_is(first, "+"));
    enum shape most = SHAPE_PRODUCT;
    if (!second)
        return linear_shape(first);
    if (encloses_all(first))
        return last->kind == FORMULA_SCRIPTS ? SHAPE_SCRIPTED : SHAPE_FENCED;
    if (is_call(first))
        return SHAPE_CALL;
    for (const formula *f = first; f && most < SHAPE_SUM; f = f->next) {
        open += is_of(f, CLASS_OPEN);
        if (!open) {
            enum shape s = part_shape(f, !next_seen(f->next));
            most = s > most ? s : most;
        }
        open -= open && is_of(f, CLASS_CLOSE);
    }
    return most == SHAPE_PRODUCT && sign ? SHAPE_SIGNED : most;
}

static bool has_blank(ofp_str s)
{
    return ofp_str_find(s, OFP_STR("\u00A0"), 0) != SIZE_MAX || ofp_str_find(s, OFP_STR(" "), 0) != SIZE_MAX;
}

enum shape linear_shape(const formula *f)
{
    switch (f->kind) {
    case FORMULA_IDENT: case FORMULA_NUMBER: case FORMULA_OPERATOR: return SHAPE_LEAF;
    case FORMULA_TEXT: return has_blank(f->text) ? SHAPE_SUM : SHAPE_LEAF;
    case FORMULA_SPACE: case FORMULA_EMPTY: return SHAPE_NOTHING;
    case FORMULA_FRAC: return f->bare ? SHAPE_SUM : SHAPE_FRACTION;
    case FORMULA_SQRT: case FORMULA_ROOT: return SHAPE_ROOT;
    case FORMULA_SCRIPTS: return SHAPE_SCRIPTED;
    case FORMULA_LIMITS: return f->accent ? SHAPE_LEAF : SHAPE_SCRIPTED;
    case FORMULA_TABLE: case FORMULA_TR: return SHAPE_SUM;
    case FORMULA_PHANTOM:
        if (!f->shown)
            return SHAPE_NOTHING;
        break;
    case FORMULA_ROW: case FORMULA_TD: case FORMULA_STYLE: case FORMULA_ENCLOSE: break;
    }
    const formula *first = next_seen(f->first);
    return first ? row_shape(first, f->last) : SHAPE_NOTHING;
}

bool linear_is_round(const formula *f)
{
    f = linear_inside(f);
    return linear_shape(f) == SHAPE_FENCED && linear_is(next_seen(f->first), "(");
}

bool linear_is_differential(const formula *f)
{
    f = linear_inside(f);
    const formula *d = is_group(f) ? next_seen(f->first) : NULL;
    if (!d)
        return false;
    for (const formula *of; d; d = next_seen(of->next)) {
        of = next_seen(d->next);
        if (d->kind != FORMULA_IDENT || !of || !(linear_is(d, "d") || linear_is(d, "\u2202") || linear_is(d, "D") || linear_is(d, "\u2146")))
            return false;
        enum shape s = linear_shape(of);
        if (linear_core(of)->kind != FORMULA_IDENT || (s != SHAPE_LEAF && s != SHAPE_SCRIPTED))
            return false;
    }
    return true;
}
