/* math_text.c - letters, numbers, signs and words of formulas. */
#include "write/pdf/math.h"
#include <math.h>

/* ---- letters of the math font ---- */

static unsigned form(math_style s)
{
    return s.level <= LEVEL_TEXT ? 0 : s.level == LEVEL_SCRIPT ? 1 : 2;
}

/* The sign of a letter in its variant, the plain one where the font lacks that. */
static const math_sign *letter_sign(const math_job *j, uint32_t cp, enum formula_variant v, math_style s)
{
    const math_sign *sign = j->font->sign(j->font->user, ofp_formula_letter(cp, v), form(s));
    return sign ? sign : j->font->sign(j->font->user, cp, form(s));
}

static math_box *shape_box(math_job *j, const type_shape *shape, double size, uint32_t colour)
{
    math_box *out = math_box_new(j);
    for (size_t i = 0; shape && i < shape->n; i++) {
        math_sign run = { .run = shape->runs[i] };
        math_sign *kept = ofp_arena_zalloc(j->arena, 1, sizeof *kept);
        j->font->ink(j->font->user, &run.run, &run.ascent, &run.descent);
        if (!kept)
            return out;
        *kept = run;
        math_add(j, out, math_sign_box(j, kept, size, colour), out->width, 0);
        out->width += run.run.width * size;
    }
    out->accent = out->width / 2;
    return out;
}

math_box *math_words(math_job *j, ofp_str text, type_style face, math_style s)
{
    return shape_box(j, j->type->shape(j->type->user, face, text, j->lang), math_em(j, s), s.colour);
}

/* One run of several letters, where the math font has them all. */
static const math_sign *spelt(math_job *j, ofp_str text, enum formula_variant v, math_style s)
{
    size_t n = ofp_utf8_count(text), k = 0;
    type_glyph *g = ofp_arena_zalloc(j->arena, n ? n : 1, sizeof *g);
    math_sign *all = ofp_arena_zalloc(j->arena, 1, sizeof *all);
    ofp_buf shown = { 0 };
    bool whole = g && all;
    for (size_t i = 0; whole && i < text.n; k++) {
        const math_sign *sign = letter_sign(j, ofp_utf8_next(text, &i), v, s);
        whole = sign && sign->run.n == 1 && (k == 0 || sign->run.face == all->run.face);
        if (!whole)
            break;
        g[k] = sign->run.glyphs[0];
        g[k].cluster = (uint32_t)shown.n;
        ofp_buf_add(&shown, sign->run.text);
        all->run.face = sign->run.face;
        all->run.width += sign->run.width;
        all->ascent = k == 0 || sign->ascent > all->ascent ? sign->ascent : all->ascent;
        all->descent = k == 0 || sign->descent > all->descent ? sign->descent : all->descent;
        all->italic = sign->italic;
    }
    ofp_str kept = ofp_buf_take(&shown, j->arena);
    if (!whole || !kept.p)
        return NULL;
    all->run.text = kept;
    all->run.glyphs = g;
    all->run.n = k;
    all->accent = all->run.width / 2;
    return all;
}

static type_style plain_face(const math_job *j, enum formula_variant v)
{
    type_style face = j->text;
    if (v == VARIANT_SANS || v == VARIANT_MONO)
        face.family = v == VARIANT_SANS ? TYPE_SANS : TYPE_MONO;
    if (v == VARIANT_BOLD || v == VARIANT_BOLD_ITALIC)
        face.flags |= TYPE_BOLD;
    if (v == VARIANT_BOLD_ITALIC)
        face.flags |= TYPE_ITALIC;
    return face;
}

/* Blanks of one kind, and no controls, which no shaper is given. */
static ofp_str clean(const math_job *j, ofp_str text)
{
    ofp_buf out = { 0 };
    for (size_t i = 0; i < text.n; i++)
        ofp_buf_putc(&out, (unsigned char)text.p[i] < ' ' || text.p[i] == 0x7F ? ' ' : text.p[i]);
    return ofp_buf_take(&out, j->arena);
}

static math_box *words(math_job *j, const formula *f, math_style s)
{
    type_style face = plain_face(j, f->variant);
    if (f->variant == VARIANT_ITALIC && f->kind == FORMULA_TEXT)
        face.flags |= TYPE_ITALIC;
    return math_words(j, clean(j, f->text), face, s);
}

/* TeX's default variant slants letters, but neither numbers nor the names of functions. */
static bool is_upright(const formula *f, size_t n)
{
    return f->variant == VARIANT_ITALIC && (f->kind == FORMULA_NUMBER || (n > 1 && f->cls == CLASS_OP));
}

math_box *math_letters(math_job *j, const formula *f, math_style s)
{
    if (f->kind == FORMULA_TEXT)
        return words(j, f, s);
    size_t n = ofp_utf8_count(f->text), at = 0;
    enum formula_variant v = is_upright(f, n) ? VARIANT_UPRIGHT : f->variant;
    const math_sign *sign = n == 1 ? letter_sign(j, ofp_utf8_next(f->text, &at), v, s) : spelt(j, f->text, v, s);
    if (!sign)
        return n ? words(j, f, s) : math_box_new(j);
    math_box *b = math_sign_box(j, sign, math_em(j, s), s.colour);
    if (n != 1)
        b->sign = NULL;                  /* scripts of several letters stand as they do beside a box */
    b->letter = v == VARIANT_ITALIC || v == VARIANT_BOLD_ITALIC;
    return b;
}

/* ---- operators ---- */

uint32_t math_char(const formula *f)
{
    size_t at = 0;
    return f->text.n ? ofp_utf8_next(f->text, &at) : 0;
}

math_box *math_grown(math_job *j, uint32_t cp, bool upright, double size, enum math_fit fit, math_style s)
{
    char utf8[4];
    double em = math_em(j, s);
    const math_sign *sign = j->font->grown(j->font->user, cp, upright, size / em, fit);
    if (sign)
        return math_sign_box(j, sign, em, s.colour);
    return math_words(j, ofp_arena_dup(j->arena, (ofp_str){ utf8, ofp_utf8_put(cp, utf8) }), j->text, s);
}

/* In displays as large as the font says, and larger than in text where it says too little.  Its width holds its slant. */
static math_box *large(math_job *j, uint32_t cp, math_style s)
{
    const math_sign *sign = j->font->sign(j->font->user, cp, form(s));
    if (sign && s.level == LEVEL_DISPLAY) {
        double least = j->font->constant(j->font->user, MATH_DISPLAY_OPERATOR_MIN_HEIGHT);
        sign = j->font->grown(j->font->user, cp, true, fmax(least, 1.25 * (sign->ascent + sign->descent)), MATH_FILL);
    }
    if (!sign)
        return NULL;
    math_box *b = math_centred(j, math_sign_box(j, sign, math_em(j, s), s.colour), s);
    b->width += b->italic;
    return b;
}

math_box *math_operator(math_job *j, const formula *f, math_style s)
{
    uint32_t cp = math_char(f);
    size_t n = ofp_utf8_count(f->text);
    math_box *b = NULL;
    if (n == 1 && f->height > 0)
        return math_centred(j, math_grown(j, cp, true, f->height * math_em(j, s), MATH_FILL, s), s);
    if (n == 1 && f->large && (b = large(j, cp, s)))
        return b;
    if (n == 0)
        return math_box_new(j);
    const math_sign *sign = n == 1 ? j->font->sign(j->font->user, cp, form(s)) : spelt(j, f->text, VARIANT_UPRIGHT, s);
    return sign ? math_sign_box(j, sign, math_em(j, s), s.colour) : math_words(j, clean(j, f->text), j->text, s);
}
