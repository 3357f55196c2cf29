/* math_font.c - the math font: its constants, signs and how they grow, by HarfBuzz's reading of the MATH table. */
#include "write/pdf/fonts.h"
#include <hb-ot.h>
#include <math.h>
#include "base/array.h"

enum { MOST_PARTS = 16, MOST_VARIANTS = 32, MOST_JOINED = 4000 };

typedef struct math_font {
    pdf_fonts *fonts;
    const font_face *face;
    hb_font_t *font;
    double em;                           /* of a font unit */
    const math_sign **signs; size_t n, cap;
    hb_map_t *known;                     /* character, level, variant: index into signs */
    math_type type;
} math_font;

/* ---- measures ---- */

static double constant(void *user, enum math_constant c)
{
    static const struct { hb_ot_math_constant_t id; bool percent; } rows[MATH_NCONSTANTS] = {
#define X(id) [MATH_##id] = { HB_OT_MATH_CONSTANT_##id, MATH_##id == MATH_SCRIPT_PERCENT_SCALE_DOWN || \
        MATH_##id == MATH_SCRIPT_SCRIPT_PERCENT_SCALE_DOWN || MATH_##id == MATH_RADICAL_DEGREE_BOTTOM_RAISE_PERCENT },
        MATH_CONSTANTS(X)
#undef X
    };
    const math_font *m = user;
    double v = hb_ot_math_get_constant(m->font, rows[c].id);
    return rows[c].percent ? v / 100 : v * m->em;
}

static double kern(void *user, const math_sign *s, enum math_corner corner, double height)
{
    static const hb_ot_math_kern_t kerns[] = {
        [MATH_TOP_RIGHT] = HB_OT_MATH_KERN_TOP_RIGHT, [MATH_TOP_LEFT] = HB_OT_MATH_KERN_TOP_LEFT,
        [MATH_BOTTOM_RIGHT] = HB_OT_MATH_KERN_BOTTOM_RIGHT, [MATH_BOTTOM_LEFT] = HB_OT_MATH_KERN_BOTTOM_LEFT,
    };
    const math_font *m = user;
    if (s->run.n != 1)
        return 0;
    hb_position_t at = (hb_position_t)lround(height / m->em);
    return hb_ot_math_get_glyph_kerning(m->font, s->run.glyphs[0].id, kerns[corner], at) * m->em;
}

typedef struct extent { double left, right, bottom, top; } extent;

static extent extent_of(hb_font_t *font, double em, hb_codepoint_t glyph)
{
    hb_glyph_extents_t e = { 0 };
    if (!hb_font_get_glyph_extents(font, glyph, &e))
        return (extent){ 0 };
    return (extent){ e.x_bearing * em, (e.x_bearing + e.width) * em, (e.y_bearing + e.height) * em, e.y_bearing * em };
}

static void ink(void *user, const type_run *run, double *ascent, double *descent)
{
    const math_font *m = user;
    const font_face *face = m->fonts->faces[run->face];
    *ascent = *descent = -HUGE_VAL;
    for (size_t i = 0; i < run->n; i++) {
        const type_glyph *g = &run->glyphs[i];
        extent e = extent_of(face->file->font, (double)face->scale / face->file->upem, g->id);
        if (e.left >= e.right)
            continue;
        *ascent = fmax(*ascent, e.top + g->dy);
        *descent = fmax(*descent, -e.bottom - g->dy);
    }
    if (*ascent < -*descent)
        *ascent = *descent = 0;
}

/* ---- signs ---- */

static ofp_str text_of(math_font *m, uint32_t cp)
{
    char s[4];
    return ofp_arena_dup(m->fonts->arena, (ofp_str){ s, ofp_utf8_put(cp, s) });
}

/* A sign of n glyphs, without their places. */
static math_sign *new_sign(math_font *m, uint32_t cp, size_t n, type_glyph **glyphs)
{
    math_sign *s = ofp_arena_zalloc(m->fonts->arena, 1, sizeof *s);
    *glyphs = ofp_arena_zalloc(m->fonts->arena, n, sizeof **glyphs);
    if (!s || !*glyphs)
        return NULL;
    s->run = (type_run){ .face = m->face->number, .text = text_of(m, cp), .glyphs = *glyphs, .n = n };
    return ofp_arena_failed(m->fonts->arena) ? NULL : s;
}

static const math_sign *glyph_sign(math_font *m, uint32_t cp, hb_codepoint_t glyph)
{
    type_glyph *g;
    math_sign *s = new_sign(m, cp, 1, &g);
    if (!s)
        return NULL;
    extent e = extent_of(m->font, m->em, glyph);
    s->run.width = hb_font_get_glyph_h_advance(m->font, glyph) * m->em;
    *g = (type_glyph){ .id = glyph, .advance = (float)s->run.width };
    s->ascent = e.top;
    s->descent = -e.bottom;
    hb_position_t lean = hb_ot_math_get_glyph_italics_correction(m->font, glyph);
    hb_position_t at = hb_ot_math_get_glyph_top_accent_attachment(m->font, glyph);
    /* STIX 1 has neither for any glyph: then what stands out of the glyph's width leans, and the middle of the ink is
     * the place of accents (HarfBuzz would say half the advance). */
    s->italic = lean ? lean * m->em : fmax(0, e.right - s->run.width);
    bool none = at == hb_font_get_glyph_h_advance(m->font, glyph) / 2 || s->run.width <= 0;
    s->accent = none ? (e.left + e.right) / 2 : at * m->em;
    return s;
}

static const math_sign *keep(math_font *m, uint32_t key, const math_sign *s)
{
    const math_sign **all = s ? ofp_arena_grow(m->fonts->arena, m->signs, m->n, &m->cap, sizeof *all) : NULL;
    if (!all)
        return NULL;
    m->signs = all;
    all[m->n] = s;
    hb_map_set(m->known, key, (hb_codepoint_t)m->n++);
    return s;
}

static const math_sign *known(const math_font *m, uint32_t key)
{
    hb_codepoint_t i = hb_map_get(m->known, key);
    return i < m->n ? m->signs[i] : NULL;
}

/* The form of a glyph for scripts (feature ssty). */
static hb_codepoint_t script_form(math_font *m, uint32_t cp, hb_codepoint_t glyph, unsigned level)
{
    hb_buffer_t *b = m->fonts->buffer;
    hb_feature_t ssty = { HB_TAG('s', 's', 't', 'y'), level, 0, (unsigned)-1 };
    unsigned n;
    hb_buffer_clear_contents(b);
    hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_add(b, cp, 0);
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_script(b, HB_SCRIPT_MATH);
    hb_buffer_set_language(b, hb_language_from_string("und", 3));
    hb_shape(m->font, b, &ssty, 1);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    return n == 1 ? info[0].codepoint : glyph;
}

enum { LEVEL_BITS = 21, UPRIGHT_BIT = 23, VARIANT_BITS = 24 };        /* of keys, above the character */

static const math_sign *sign(void *user, uint32_t cp, unsigned level)
{
    math_font *m = user;
    uint32_t key = cp | level << LEVEL_BITS;
    const math_sign *s = known(m, key);
    hb_codepoint_t glyph = s ? 0 : font_glyph(m->face, cp);
    if (s || !glyph)
        return s;
    return keep(m, key, glyph_sign(m, cp, level ? script_form(m, cp, glyph, level) : glyph));
}

/* ---- growing ---- */

static const math_sign *variant(math_font *m, uint32_t cp, bool upright, unsigned no, hb_codepoint_t glyph)
{
    uint32_t key = cp | (uint32_t)upright << UPRIGHT_BIT | (no + 1) << VARIANT_BITS;
    const math_sign *s = known(m, key);
    return s ? s : keep(m, key, glyph_sign(m, cp, glyph));
}

typedef struct assembly {
    hb_ot_math_glyph_part_t parts[MOST_PARTS];
    unsigned n;
    double least, most;                  /* overlap of neighbours */
    hb_position_t italic;
} assembly;

static bool is_extender(const hb_ot_math_glyph_part_t *p)
{
    return p->flags & HB_OT_MATH_GLYPH_PART_FLAG_EXTENDER;
}

/* The most that neighbours may overlap.  Bars are made of one glyph: however far that overlaps, they are straight. */
static double most_overlap(const assembly *a)
{
    double most = HUGE_VAL;
    bool one = a->n > 1;
    for (unsigned i = 0; i < a->n; i++) {
        const hb_ot_math_glyph_part_t *p = &a->parts[i];
        one &= p->glyph == a->parts[0].glyph;
        if (i > 0)
            most = fmin(most, fmin(p[-1].end_connector_length, p->start_connector_length));
        if (is_extender(p))
            most = fmin(most, fmin(p->start_connector_length, p->end_connector_length));
    }
    return one ? 0.9 * a->parts[0].full_advance : fmax(most, a->least);
}

static bool find_parts(const math_font *m, hb_codepoint_t glyph, hb_direction_t way, assembly *a)
{
    a->n = MOST_PARTS;
    unsigned all = hb_ot_math_get_glyph_assembly(m->font, glyph, way, 0, &a->n, a->parts, &a->italic);
    bool grows = false;
    a->least = hb_ot_math_get_min_connector_overlap(m->font, way);
    a->most = most_overlap(a);
    for (unsigned i = 0; i < a->n; i++)
        grows |= is_extender(&a->parts[i]) && a->parts[i].full_advance > a->least;
    return a->n > 0 && a->n == all && grows;
}

/* How often each extender stands there for a size, and how much neighbours overlap then (MathML Core, 5.3). */
static unsigned repeats(const assembly *a, double size, unsigned *joined, double *overlap)
{
    double fixed = 0, each = 0, nfixed = 0, neach = 0;
    for (unsigned i = 0; i < a->n; i++) {
        if (is_extender(&a->parts[i]))
            each += a->parts[i].full_advance, neach++;
        else
            fixed += a->parts[i].full_advance, nfixed++;
    }
    double gain = each - neach * a->least, r = gain > 0 ? ceil((size - fixed + (nfixed - 1) * a->least) / gain) : 1;
    r = fmin(fmax(r, nfixed > 0 ? 0 : 1), MOST_JOINED / neach);
    double n = nfixed + r * neach, over = fixed + r * each - (n - 1) * a->least - size;
    *joined = (unsigned)n;
    *overlap = n > 1 ? fmin(fmax(a->least + over / (n - 1), a->least), a->most) : 0;
    return (unsigned)r;
}

/* Places a glyph at `at` along the way that the sign grows, and widens the sign by it. */
static void put_part(const math_font *m, math_sign *s, type_glyph *g, hb_codepoint_t glyph, bool upright, double at)
{
    extent e = extent_of(m->font, m->em, glyph);
    *g = (type_glyph){ .id = glyph };
    if (upright) {
        g->dy = (float)(at - e.bottom);
        s->run.width = fmax(s->run.width, hb_font_get_glyph_h_advance(m->font, glyph) * m->em);
    } else {
        g->dx = (float)(at - e.left);
        s->ascent = fmax(s->ascent, e.top);
        s->descent = fmax(s->descent, -e.bottom);
    }
}

static const math_sign *assemble(math_font *m, uint32_t cp, const assembly *a, bool upright, double size)
{
    unsigned n, k = 0;
    double overlap, at = 0;
    unsigned r = repeats(a, size / m->em, &n, &overlap);
    type_glyph *g;
    math_sign *s = new_sign(m, cp, n, &g);
    if (!s)
        return NULL;
    s->descent = upright ? 0 : -HUGE_VAL;
    s->ascent = -HUGE_VAL;
    for (unsigned i = 0; i < a->n; i++)
        for (unsigned times = is_extender(&a->parts[i]) ? r : 1; times && k < n; times--) {
            put_part(m, s, &g[k++], a->parts[i].glyph, upright, at * m->em);
            at += a->parts[i].full_advance - overlap;
        }
    double whole = (at + overlap) * m->em;
    if (upright)
        s->ascent = whole;
    else
        s->run.width = whole;
    s->run.n = k;
    g[k - 1].advance = (float)s->run.width;
    s->italic = a->italic * m->em;
    s->accent = s->run.width / 2;
    return s;
}

/* The last variant goes on record as what there is, where none is large enough and nothing can be joined. */
static const math_sign *grown(void *user, uint32_t cp, bool upright, double size, enum math_fit fit)
{
    math_font *m = user;
    hb_direction_t way = upright ? HB_DIRECTION_BTT : HB_DIRECTION_LTR;
    hb_codepoint_t glyph = font_glyph(m->face, cp);
    hb_ot_math_glyph_variant_t v[MOST_VARIANTS];
    unsigned n = MOST_VARIANTS, pick = 0;
    assembly a;
    if (!glyph)
        return NULL;
    hb_ot_math_get_glyph_variants(m->font, glyph, way, 0, &n, v);
    while (pick < n && v[pick].advance * m->em < size - 1e-4)
        pick++;
    if (fit == MATH_WITHIN && pick < n)
        return pick ? variant(m, cp, upright, pick - 1, v[pick - 1].glyph) : sign(m, cp, 0);
    if (pick < n)
        return variant(m, cp, upright, pick, v[pick].glyph);
    if (fit == MATH_FILL && find_parts(m, glyph, way, &a))
        return assemble(m, cp, &a, upright, size);
    return n ? variant(m, cp, upright, n - 1, v[n - 1].glyph) : sign(m, cp, 0);
}

/* ---- the font ---- */

const math_type *font_math_type(void *fonts)
{
    pdf_fonts *f = fonts;
    if (f->math || f->math_tried)
        return f->math ? &f->math->type : NULL;
    f->math_tried = true;
    const font_face *face = font_math(f);
    math_font *m = face ? ofp_arena_zalloc(f->arena, 1, sizeof *m) : NULL;
    if (!m)
        return NULL;
    *m = (math_font){ .fonts = f, .face = face, .font = face->file->font, .em = (double)face->scale / face->file->upem };
    m->known = hb_map_create();
    m->type = (math_type){ m, constant, sign, grown, kern, ink };
    f->math = m;
    return &m->type;
}

void font_math_free(pdf_fonts *f)
{
    if (f->math)
        hb_map_destroy(f->math->known);
}
