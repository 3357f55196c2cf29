/* shape.c - text to glyphs: split by direction, script and face, shaped by HarfBuzz, kept for the next
 * time.  Layout asks for words, most of them again and again, so a second look-up must cost little. */
#include "write/pdf/fonts.h"
#include <fribidi/fribidi.h>
#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>
#include "write/pdf/put.h"

/* ---- cache ---- */

typedef struct shape_entry {
    uint64_t hash;
    unsigned style;
    ofp_str text, lang;
    type_shape shape;
} shape_entry;

static uint64_t mix(uint64_t h, const char *p, size_t n)
{
    for (; n >= 8; p += 8, n -= 8) {
        uint64_t v;
        memcpy(&v, p, 8);
        h = (h ^ v) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    for (; n; n--)
        h = (h ^ (unsigned char)*p++) * 0x100000001B3u;
    return h ^ h >> 32;
}

static unsigned style_key(type_style s)
{
    return (unsigned)s.family << 8 | s.flags;
}

static bool same(const shape_entry *e, uint64_t hash, unsigned style, ofp_str text, ofp_str lang)
{
    return e->hash == hash && e->style == style && ofp_str_eq(e->text, text) && ofp_str_eq(e->lang, lang);
}

/* The slot where an entry is or would be; the table is never full. */
static shape_entry **slot_of(shape_cache *c, uint64_t hash, unsigned style, ofp_str text, ofp_str lang)
{
    size_t i = hash & (c->cap - 1);
    while (c->slot[i] && !same(c->slot[i], hash, style, text, lang))
        i = (i + 1) & (c->cap - 1);
    return &c->slot[i];
}

static bool room(ofp_arena *a, shape_cache *c)
{
    if (c->n * 4 < c->cap * 3)
        return true;
    shape_cache more = { .cap = c->cap ? c->cap * 2 : 1024, .n = c->n };
    more.slot = ofp_arena_zalloc(a, more.cap, sizeof *more.slot);
    if (!more.slot)
        return false;
    for (size_t i = 0; i < c->cap; i++) {
        shape_entry *e = c->slot[i];
        if (!e)
            continue;
        size_t k = e->hash & (more.cap - 1);
        while (more.slot[k])
            k = (k + 1) & (more.cap - 1);
        more.slot[k] = e;
    }
    *c = more;
    return true;
}

/* ---- characters: what is drawn, by which face, in which script and direction ---- */

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

/* Characters that have no look of their own and go with any face. */
static bool is_neutral(uint32_t cp)
{
    return cp == 0x200C || cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xAD || cp == 0x034F ||
           (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069) ||
           cp == 0xFEFF || (cp >= 0xE0100 && cp <= 0xE01EF);
}

static bool is_mark(uint32_t cp)
{
    hb_unicode_general_category_t c = hb_unicode_general_category(hb_unicode_funcs_get_default(), cp);
    return c == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK || c == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
           c == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
}

/* The capital of a small letter, found from the distances that alphabets keep between the two. */
static uint32_t capital(uint32_t cp)
{
    static const uint32_t distance[] = { 32, 1, 80, 37, 63, 64, 38, 8 };
    for (size_t i = 0; i < sizeof distance / sizeof *distance; i++)
        if (cp > distance[i] && ofp_to_lower(cp - distance[i]) == cp)
            return cp - distance[i];
    return ofp_to_lower(cp + 8) == cp ? cp + 8 : cp;      /* polytonic Greek counts down */
}

static bool is_rtl(hb_script_t script)
{
    return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL;
}

/* Small capitals of a face without them: capitals at four fifths. */
static const font_face *caps_face(pdf_fonts *f, const font_face *face, shape_char *c)
{
    uint32_t upper = capital(c->shown);
    if (face->file->smcp || upper == c->shown || !font_has(face, upper))
        return face;
    c->shown = upper;
    return font_variant(f, face, 0.8f, face->slant, face->embolden);
}

/* A mark stays with its base where the base's face has it; neutral characters stay anyway. */
static bool choose_face(pdf_fonts *f, type_style style, shape_char *c, const shape_char *before)
{
    c->shown = c->cp;
    if (is_control(c->cp))
        c->shown = ' ';
    if (before && (is_neutral(c->cp) || (is_mark(c->cp) && font_has(f->faces[before->face], c->cp)))) {
        c->face = before->face;
        return true;
    }
    const font_face *face = is_neutral(c->cp) ? font_main(f, style) : font_for(f, style, c->shown, &c->shown);
    if (face && (style.flags & TYPE_SMALLCAPS))
        face = caps_face(f, face, c);
    if (!face)
        return false;
    c->face = face->number;
    return true;
}

static bool chars_room(pdf_fonts *f, size_t n)
{
    if (n <= f->chars_cap)
        return true;
    f->chars_cap = n * 2;
    f->chars = ofp_arena_zalloc(f->arena, f->chars_cap, sizeof *f->chars);
    if (!f->chars)
        f->chars_cap = 0;
    return f->chars;
}

static bool is_common(const shape_char *c)
{
    return c->script == HB_SCRIPT_COMMON || c->script == HB_SCRIPT_INHERITED;
}

/* Punctuation beside a word in another script is set in that script's face where it can be: it looks
 * as it should there, and the word stays one run. */
static void settle_faces(pdf_fonts *f, shape_char *c, size_t n)
{
    for (int back = 0; back < 2; back++) {
        const shape_char *word = NULL;
        for (size_t k = 0; k < n; k++) {
            shape_char *x = &c[back ? n - 1 - k : k];
            if (!is_common(x))
                word = x->script == HB_SCRIPT_LATIN ? NULL : x;
            else if (!ofp_is_punct(x->cp))
                word = NULL;
            else if (word && font_has(f->faces[word->face], x->shown))
                x->face = word->face;
        }
    }
}

/* Common and inherited characters take the script before them, at the start the one after. */
static void settle_scripts(shape_char *c, size_t n)
{
    hb_script_t last = HB_SCRIPT_COMMON;
    for (size_t i = 0; i < n; i++)
        if (is_common(&c[i]))
            c[i].script = last;
        else
            last = c[i].script;
    for (size_t i = n; i-- > 0;)
        if (c[i].script == HB_SCRIPT_COMMON)
            c[i].script = i + 1 < n ? c[i + 1].script : HB_SCRIPT_LATIN;
}

/* Embedding levels (UAX 9) of a text that holds right-to-left letters. */
static bool settle_levels(shape_char *c, size_t n)
{
    FriBidiChar *text =
        calloc(n, sizeof *text + sizeof(FriBidiCharType) + sizeof(FriBidiBracketType) + sizeof(FriBidiLevel));
    if (!text)
        return false;
    FriBidiCharType *types = (FriBidiCharType *)(text + n);
    FriBidiBracketType *brackets = (FriBidiBracketType *)(types + n);
    FriBidiLevel *levels = (FriBidiLevel *)(brackets + n);
    FriBidiParType base = FRIBIDI_PAR_ON;
    for (size_t i = 0; i < n; i++)
        text[i] = c[i].cp;
    fribidi_get_bidi_types(text, (FriBidiStrIndex)n, types);
    fribidi_get_bracket_types(text, (FriBidiStrIndex)n, types, brackets);
    bool ok = fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)n, &base, levels) != 0;
    for (size_t i = 0; ok && i < n; i++)
        c[i].level = (unsigned char)levels[i];
    free(text);
    return ok;
}

enum { RIGHT_TO_LEFT_MARK = 0x200F };

static bool settle(pdf_fonts *f, type_style style, ofp_str text, size_t *n)
{
    hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
    bool rtl = false;
    *n = 0;
    if (!chars_room(f, text.n))
        return false;
    for (size_t at = 0; at < text.n;) {
        shape_char *c = &f->chars[*n];
        c->at = (unsigned)at;
        c->cp = ofp_utf8_next(text, &at);
        c->level = 0;
        c->script = c->cp < 0x80 ? HB_SCRIPT_COMMON : hb_unicode_script(u, c->cp);
        if (c->cp < 0x80 && ((c->cp | 32) >= 'a' && (c->cp | 32) <= 'z'))
            c->script = HB_SCRIPT_LATIN;
        rtl |= c->cp >= 0x590 && (is_rtl(c->script) || c->cp == RIGHT_TO_LEFT_MARK);
        if (!choose_face(f, style, c, *n ? c - 1 : NULL))
            return false;
        ++*n;
    }
    settle_faces(f, f->chars, *n);
    settle_scripts(f->chars, *n);
    return !rtl || settle_levels(f->chars, *n);
}

/* ---- runs ---- */

typedef struct span { size_t from, to; unsigned char level; } span;

static bool joins(const shape_char *a, const shape_char *b)
{
    return a->face == b->face && a->script == b->script && a->level == b->level;
}

/* Runs of higher levels are turned round, level by level (UAX 9, rule L2). */
static void reorder(span *s, size_t n)
{
    unsigned high = 0;
    for (size_t i = 0; i < n; i++)
        if (s[i].level > high)
            high = s[i].level;
    for (unsigned level = high; level > 0; level--)
        for (size_t i = 0; i < n; i++) {
            size_t from = i;
            while (i < n && s[i].level >= level)
                i++;
            for (size_t a = from, b = i; a + 1 < b; a++) {
                span t = s[a];
                s[a] = s[--b];
                s[b] = t;
            }
        }
}

static unsigned features(hb_feature_t *out, type_style style, const font_face *face)
{
    static const struct { hb_tag_t tag; unsigned when; uint32_t value; } rows[] = {
        { HB_TAG('l', 'n', 'u', 'm'), TYPE_TABULAR, 1 }, { HB_TAG('t', 'n', 'u', 'm'), TYPE_TABULAR, 1 },
        { HB_TAG('s', 'm', 'c', 'p'), TYPE_SMALLCAPS, 1 },
    };
    static const hb_tag_t code_off[] = {
        HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g'), HB_TAG('c', 'a', 'l', 't'),
    };
    unsigned n = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (style.flags & rows[i].when)
            out[n++] = (hb_feature_t){ rows[i].tag, rows[i].value, 0, (unsigned)-1 };
    for (size_t i = 0; face->mono && i < sizeof code_off / sizeof *code_off; i++)
        out[n++] = (hb_feature_t){ code_off[i], 0, 0, (unsigned)-1 };
    return n;
}

static hb_language_t language(pdf_fonts *f, ofp_str lang)
{
    if (!f->hb_lang || !ofp_str_eq(lang, f->lang)) {
        f->lang = ofp_arena_dup(f->arena, lang);
        f->hb_lang = lang.n ? hb_language_from_string(lang.p, (int)lang.n) : hb_language_from_string("und", 3);
    }
    return f->hb_lang;
}

/* Hands the buffer to HarfBuzz with the text around the run, which Arabic letters join by. */
static bool run_harfbuzz(pdf_fonts *f, type_style style, const span *s, size_t n, ofp_str lang)
{
    hb_buffer_t *b = f->buffer;
    const shape_char *c = f->chars;
    const font_face *face = f->faces[c[s->from].face];
    hb_codepoint_t around[5];
    unsigned before = 0;
    hb_buffer_clear_contents(b);
    for (size_t i = s->from > 5 ? s->from - 5 : 0; i < s->from; i++)
        around[before++] = c[i].shown;
    hb_buffer_add_codepoints(b, around, (int)before, before, 0);          /* context only */
    hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
    for (size_t i = s->from; i < s->to; i++)
        hb_buffer_add(b, c[i].shown, c[i].at - c[s->from].at);
    if (s->to < n)
        hb_buffer_add_codepoints(b, &c[s->to].shown, 1, 0, 0);
    hb_buffer_set_direction(b, s->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, c[s->from].script);
    hb_buffer_set_language(b, language(f, lang));
    hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_feature_t feature[8];
    hb_shape(face->file->font, b, feature, features(feature, style, face));
    return hb_buffer_allocation_successful(b);
}

static bool copy_glyphs(pdf_fonts *f, const font_face *face, type_run *run)
{
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(f->buffer, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(f->buffer, &n);
    type_glyph *g = ofp_arena_zalloc(f->arena, n ? n : 1, sizeof *g);
    if (!g)
        return false;
    double em = (double)face->scale / face->file->upem;
    for (unsigned i = 0; i < n; i++) {
        g[i] = (type_glyph){ .id = info[i].codepoint, .cluster = info[i].cluster, .advance = (float)(pos[i].x_advance * em),
                             .dx = (float)(pos[i].x_offset * em), .dy = (float)(pos[i].y_offset * em) };
        run->width += pos[i].x_advance * em;
    }
    run->glyphs = g;
    run->n = n;
    return true;
}

static bool make_run(pdf_fonts *f, shape_entry *e, type_style style, const span *s, size_t n, type_run *run)
{
    const shape_char *c = f->chars;
    size_t from = c[s->from].at, to = s->to < n ? c[s->to].at : e->text.n;
    *run = (type_run){ .face = c[s->from].face, .rtl = s->level & 1, .text = ofp_str_sub(e->text, from, to - from) };
    return run_harfbuzz(f, style, s, n, e->lang) && copy_glyphs(f, f->faces[run->face], run);
}

static bool shape_spans(pdf_fonts *f, shape_entry *e, type_style style, span *s, size_t nspans, size_t n)
{
    type_run *runs = ofp_arena_zalloc(f->arena, nspans ? nspans : 1, sizeof *runs);
    if (!runs)
        return false;
    reorder(s, nspans);
    for (size_t i = 0; i < nspans; i++) {
        if (!make_run(f, e, style, &s[i], n, &runs[i]))
            return false;
        e->shape.width += runs[i].width;
    }
    e->shape.runs = runs;
    e->shape.n = nspans;
    return true;
}

static bool build(pdf_fonts *f, shape_entry *e, type_style style)
{
    size_t n, nspans = 0;
    span few[8], *s = few;
    if (!settle(f, style, e->text, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        nspans += i == 0 || !joins(&f->chars[i - 1], &f->chars[i]);
    if (nspans > sizeof few / sizeof *few && !(s = malloc(nspans * sizeof *s)))
        return false;
    nspans = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !joins(&f->chars[i - 1], &f->chars[i]))
            s[nspans++] = (span){ i, i, f->chars[i].level };
        s[nspans - 1].to = i + 1;
    }
    bool ok = shape_spans(f, e, style, s, nspans, n);
    if (s != few)
        free(s);
    return ok;
}

const type_shape *pdf_shape(void *fonts, type_style style, ofp_str text, ofp_str lang)
{
    pdf_fonts *f = fonts;
    unsigned key = style_key(style);
    uint64_t hash = mix(mix(key * 0x9E3779B97F4A7C15u, lang.p, lang.n), text.p, text.n);
    if (!room(f->arena, &f->cache))
        return NULL;
    shape_entry **slot = slot_of(&f->cache, hash, key, text, lang);
    if (*slot)
        return &(*slot)->shape;
    shape_entry *e = ofp_arena_zalloc(f->arena, 1, sizeof *e);
    if (!e)
        return NULL;
    *e = (shape_entry){ .hash = hash, .style = key };
    e->text = ofp_arena_dup(f->arena, text);
    e->lang = ofp_arena_dup(f->arena, lang);
    if (!build(f, e, style) || ofp_arena_failed(f->arena))
        return NULL;
    *slot = e;
    f->cache.n++;
    return &e->shape;
}

/* ---- measures ---- */

static double metric(const font_face *face, hb_ot_metrics_tag_t tag, double otherwise)
{
    hb_position_t v = 0;
    if (!hb_ot_metrics_get_position(face->file->font, tag, &v) || v == 0)
        return otherwise;
    double em = (double)v / face->file->upem;
    return em < 0 ? -em : em;
}

static type_height height(void *fonts, type_style style)
{
    const font_face *face = font_main(fonts, style);
    if (!face)
        return (type_height){ 0.8, 0.2, 0.45, 0.65 };
    return (type_height){ metric(face, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, 0.8),
                          metric(face, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, 0.2),
                          metric(face, HB_OT_METRICS_TAG_X_HEIGHT, 0.45),
                          metric(face, HB_OT_METRICS_TAG_CAP_HEIGHT, 0.65) };
}

type_metrics pdf_fonts_metrics(pdf_fonts *f)
{
    return (type_metrics){ f, pdf_shape, height, font_tell, font_math_type };
}
