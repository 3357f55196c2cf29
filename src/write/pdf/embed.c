/* embed.c - fonts in the file: glyphs are collected while the pages are gone through once, then each
 * font is cut down to them and written as a composite font (ISO 32000-1, 9.7). */
#include "write/pdf/embed.h"
#include <hb-ot.h>
#include <hb-subset.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "base/array.h"
#include "write/pdf/cff.h"
#include "write/pdf/put.h"

/* ---- what is used ---- */

bool embed_init(pdf_embed *em, ofp_arena *a, pdf_fonts *fonts)
{
    em->arena = a;
    em->fonts = fonts;
    em->n = fonts->nfiles;
    em->by_file = ofp_arena_zalloc(a, em->n ? em->n : 1, sizeof *em->by_file);
    return em->by_file;
}

embed_font *embed_font_of(pdf_embed *em, unsigned face)
{
    font_file *file = em->fonts->faces[face]->file;
    embed_font **slot = &em->by_file[file->number];
    if (*slot)
        return *slot;
    embed_font *font = ofp_arena_zalloc(em->arena, 1, sizeof *font);
    if (!font)
        return NULL;
    font->file = file;
    font->first = ofp_arena_zalloc(em->arena, file->nglyphs, sizeof *font->first);
    return font->first ? *slot = font : NULL;
}

static unsigned add_glyph(pdf_embed *em, embed_font *font, uint32_t gid, ofp_str text, unsigned layer)
{
    embed_glyph *all = ofp_arena_grow(em->arena, font->glyphs, font->n, &font->cap, sizeof *all);
    if (!all)
        return UINT_MAX;
    font->glyphs = all;
    double w = hb_font_get_glyph_h_advance(font->file->font, gid) * 1000.0 / font->file->upem;
    all[font->n] = (embed_glyph){ .gid = gid, .text = text, .width = (uint16_t)pdf_round(w, 1), .layer = (uint16_t)layer };
    if (layer >= font->nlayers)
        font->nlayers = layer + 1;
    return (unsigned)font->n++;
}

/* Besides the text of the glyph `first`; when the layers are used up, U+FFFD for all others. */
static unsigned use_other(pdf_embed *em, embed_font *font, unsigned first, ofp_str text)
{
    ofp_map *others = font->glyphs[first].others;
    if (!others && !(others = ofp_arena_zalloc(em->arena, 1, sizeof *others)))
        return UINT_MAX;
    font->glyphs[first].others = others;
    others->arena = em->arena;
    if (others->n + 2 >= EMBED_LAYERS && !ofp_map_get(others, text))
        text = OFP_STR("\xEF\xBF\xBD");
    void **at = ofp_map_at(others, text);
    if (!at)
        return UINT_MAX;
    if (*at)
        return (unsigned)(uintptr_t)*at - 1;
    unsigned i = add_glyph(em, font, font->glyphs[first].gid, text, (unsigned)others->n);
    if (i != UINT_MAX)
        *at = (void *)(uintptr_t)(i + 1);
    return i;
}

unsigned embed_use(pdf_embed *em, embed_font *font, uint32_t gid, ofp_str text)
{
    if (gid >= font->file->nglyphs)
        gid = 0;
    unsigned first = font->first[gid] - 1;
    if (font->first[gid])
        return ofp_str_eq(font->glyphs[first].text, text) ? first : use_other(em, font, first, text);
    unsigned i = add_glyph(em, font, gid, text, 0);
    font->first[gid] = i != UINT_MAX ? i + 1 : 0;
    return i;
}

/* ---- subsetting ---- */

typedef struct subset {
    hb_subset_plan_t *plan;
    hb_face_t *face;
    hb_blob_t *program;                  /* what is embedded */
    unsigned nglyphs;
    uint16_t *cids;                      /* CFF: by new glyph number; NULL where they are the same */
} subset;

/* Layout is done: of the tables only outlines and what they hang on are kept. */
static void drop_tables(hb_subset_input_t *in, hb_face_t *face)
{
    static const hb_tag_t keep[] = {
        HB_TAG('C', 'F', 'F', ' '), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('h', 'e', 'a', 'd'),
        HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
    };
    hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_tag_t tags[64];
    unsigned n = sizeof tags / sizeof *tags;
    hb_face_get_table_tags(face, 0, &n, tags);
    for (unsigned i = 0; i < n; i++)
        hb_set_add(drop, tags[i]);
    for (size_t i = 0; i < sizeof keep / sizeof *keep; i++)
        hb_set_del(drop, keep[i]);
}

/* libharfbuzz and its subsetter each have a null object of their own.  Where the subsetter is the first
 * to read a font's outlines and runs out of memory, it leaves its one in the face, which the other then
 * frees: so the outlines are read here before. */
static void read_outlines(const font_file *file)
{
    hb_glyph_extents_t ignored;
    hb_font_get_glyph_extents(file->font, 0, &ignored);
}

static bool cut(const embed_font *font, subset *s)
{
    read_outlines(font->file);
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    if (!in)
        return false;
    hb_set_t *glyphs = hb_subset_input_glyph_set(in);
    hb_set_add(glyphs, 0);
    for (size_t i = 0; i < font->n; i++)
        hb_set_add(glyphs, font->glyphs[i].gid);
    drop_tables(in, font->file->face);
    hb_subset_input_set_flags(in, font->file->cff ? HB_SUBSET_FLAGS_DESUBROUTINIZE : HB_SUBSET_FLAGS_NO_HINTING);
    s->plan = hb_subset_plan_create_or_fail(font->file->face, in);
    s->face = s->plan ? hb_subset_plan_execute_or_fail(s->plan) : NULL;
    hb_subset_input_destroy(in);
    if (!s->face)
        return false;
    s->program = font->file->cff ? hb_face_reference_table(s->face, HB_TAG('C', 'F', 'F', ' '))
                                 : hb_face_reference_blob(s->face);
    s->nglyphs = hb_map_get_population(hb_subset_plan_new_to_old_glyph_mapping(s->plan));
    return hb_blob_get_length(s->program) > 0;
}

static void drop_subset(subset *s)
{
    hb_blob_destroy(s->program);
    hb_face_destroy(s->face);
    hb_subset_plan_destroy(s->plan);
}

static ofp_str program_of(const subset *s)
{
    unsigned n;
    const char *p = hb_blob_get_data(s->program, &n);
    return (ofp_str){ p, n };
}

/* ---- codes ---- */

typedef struct order_key { uint16_t code; unsigned glyph; } order_key;

static int by_code(const void *a, const void *b)
{
    const order_key *x = a, *y = b;
    return x->code != y->code ? (x->code < y->code ? -1 : 1) : (x->glyph < y->glyph ? -1 : x->glyph > y->glyph);
}

/* The glyphs' indexes in the order of their codes. */
static unsigned *sort_codes(pdf_embed *em, const embed_font *font)
{
    order_key *keys = ofp_arena_zalloc(em->arena, font->n, sizeof *keys);
    unsigned *order = ofp_arena_zalloc(em->arena, font->n, sizeof *order);
    if (!keys || !order)
        return NULL;
    for (size_t i = 0; i < font->n; i++)
        keys[i] = (order_key){ font->glyphs[i].code, (unsigned)i };
    qsort(keys, font->n, sizeof *keys, by_code);
    for (size_t i = 0; i < font->n; i++)
        order[i] = keys[i].glyph;
    return order;
}

/* A code is a CID: the number of the glyph in the subset, or what a CID-keyed program calls it. */
static void give_codes(embed_font *font, const subset *s)
{
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(s->plan);
    for (size_t i = 0; i < font->n; i++) {
        hb_codepoint_t gid = hb_map_get(map, font->glyphs[i].gid);
        if (gid >= s->nglyphs)
            gid = 0;
        font->glyphs[i].code = s->cids ? s->cids[gid] : (uint16_t)gid;
    }
}

/* ---- objects ---- */

static void put_base_name(const embed_font *font, const subset *s, ofp_buf *b)
{
    ofp_str bytes = program_of(s);
    uint64_t h = 0xCBF29CE484222325u;
    char name[128], tagged[160];
    unsigned n = sizeof name;
    for (size_t i = 0; i < bytes.n; i++)
        h = (h ^ (unsigned char)bytes.p[i]) * 0x100000001B3u;
    for (int i = 0; i < 6; i++, h /= 26)
        tagged[i] = (char)('A' + h % 26);
    tagged[6] = '+';
    hb_ot_name_get_utf8(font->file->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &n, name);
    if (!n) {
        memcpy(name, "Font", 4);
        n = 4;
    }
    memcpy(tagged + 7, name, n);
    pdf_put_name(b, (ofp_str){ tagged, 7 + n });
}

static int be16(const char *p)
{
    return (int16_t)((unsigned char)p[0] << 8 | (unsigned char)p[1]);
}

/* A signed number at an offset of a table; 0 where the table is too short. */
static int table_value(hb_face_t *face, hb_tag_t tag, unsigned at)
{
    unsigned n;
    hb_blob_t *t = hb_face_reference_table(face, tag);
    const char *p = hb_blob_get_data(t, &n);
    int v = n >= at + 2 ? be16(p + at) : 0;
    hb_blob_destroy(t);
    return v;
}

enum { FIXED_PITCH = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };

static unsigned descriptor_flags(hb_face_t *face, int angle)
{
    int family = table_value(face, HB_TAG('O', 'S', '/', '2'), 30) >> 8;
    unsigned flags = SYMBOLIC;
    if ((family >= 1 && family <= 5) || family == 7)
        flags |= SERIF;
    if (table_value(face, HB_TAG('p', 'o', 's', 't'), 14))
        flags |= FIXED_PITCH;
    return angle ? flags | ITALIC : flags;
}

static void put_measure(ofp_buf *b, const char *key, const font_file *file, int units)
{
    ofp_buf_puts(b, key);
    pdf_put_int(b, pdf_round(units * 1000.0 / file->upem, 1));
}

static int ot_metric(const font_file *file, hb_ot_metrics_tag_t tag, int otherwise)
{
    hb_position_t v = 0;
    return hb_ot_metrics_get_position(file->font, tag, &v) && v ? v : otherwise;
}

static void put_descriptor(const embed_font *font, const subset *s, unsigned program, ofp_buf *b)
{
    const font_file *file = font->file;
    hb_tag_t head = HB_TAG('h', 'e', 'a', 'd');
    int angle = table_value(file->face, HB_TAG('p', 'o', 's', 't'), 4);
    int ascent = ot_metric(file, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, (int)file->upem * 4 / 5);
    ofp_buf_puts(b, "/Type/FontDescriptor/FontName");
    put_base_name(font, s, b);
    ofp_buf_puts(b, "/Flags ");
    pdf_put_int(b, (long)descriptor_flags(file->face, angle));
    for (unsigned i = 0; i < 4; i++)
        put_measure(b, i ? " " : "/FontBBox[", file, table_value(file->face, head, 36 + 2 * i));
    ofp_buf_puts(b, "]/ItalicAngle ");
    pdf_put_int(b, angle);
    put_measure(b, "/Ascent ", file, ascent);
    put_measure(b, "/Descent ", file, ot_metric(file, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -(int)file->upem / 5));
    put_measure(b, "/CapHeight ", file, ot_metric(file, HB_OT_METRICS_TAG_CAP_HEIGHT, ascent));
    /* No font states its stem width; readers use it only where they must replace the font. */
    ofp_buf_puts(b, "/StemV 80");
    ofp_buf_puts(b, file->cff ? "/FontFile3" : "/FontFile2");
    pdf_put_ref(b, program);
}

/* Widths by CID: runs of neighbours, "12[500 600]". */
static void put_widths(const embed_font *font, const unsigned *order, ofp_buf *b)
{
    long before = -2;
    ofp_buf_puts(b, "/W[");
    for (size_t i = 0; i < font->n; i++) {
        const embed_glyph *g = &font->glyphs[order[i]];
        if (g->code == before)
            continue;                    /* another text of the glyph */
        if (g->code != before + 1) {
            ofp_buf_puts(b, before >= 0 ? "]" : "");
            pdf_put_int(b, g->code);
            ofp_buf_putc(b, '[');
        } else {
            ofp_buf_putc(b, ' ');
        }
        pdf_put_int(b, g->width);
        before = g->code;
    }
    ofp_buf_puts(b, before >= 0 ? "]]" : "]");
}

static unsigned add_program(const embed_font *font, pdf_canvas *c, const subset *s)
{
    unsigned id = pdf_object_new(c);
    ofp_str bytes = program_of(s);
    ofp_buf b = { 0 };
    if (font->file->cff) {
        ofp_buf_puts(&b, "/Subtype/CIDFontType0C");
    } else {
        ofp_buf_puts(&b, "/Length1 ");
        pdf_put_int(&b, (long)bytes.n);
    }
    pdf_stream_set(c, id, ofp_buf_str(&b), bytes, PDF_DEFLATE);
    ofp_buf_free(&b);
    return id;
}

static unsigned add_cid_font(const embed_font *font, pdf_canvas *c, const subset *s, const unsigned *order, ofp_buf *b)
{
    unsigned descriptor = pdf_object_new(c), id = pdf_object_new(c), program = add_program(font, c, s);
    b->n = 0;
    put_descriptor(font, s, program, b);
    pdf_object_set(c, descriptor, ofp_buf_str(b));
    b->n = 0;
    ofp_buf_puts(b, font->file->cff ? "/Type/Font/Subtype/CIDFontType0/BaseFont"
                                    : "/Type/Font/Subtype/CIDFontType2/CIDToGIDMap/Identity/BaseFont");
    put_base_name(font, s, b);
    ofp_buf_puts(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor");
    pdf_put_ref(b, descriptor);
    put_widths(font, order, b);
    pdf_object_set(c, id, ofp_buf_str(b));
    return id;
}

static unsigned add_layer(const embed_font *font, pdf_canvas *c, const subset *s, const unsigned *order, unsigned layer,
                          unsigned cid_font, ofp_buf *b)
{
    unsigned unicode = pdf_object_new(c), id = pdf_object_new(c);
    b->n = 0;
    cmap_to_unicode(font, order, layer, b);
    pdf_stream_set(c, unicode, ofp_s(NULL), ofp_buf_str(b), PDF_DEFLATE);
    b->n = 0;
    ofp_buf_puts(b, "/Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont");
    put_base_name(font, s, b);
    if (font->file->cff)                 /* 9.7.6.2: the CIDFont's name, and the CMap's */
        ofp_buf_puts(b, "-Identity-H");
    ofp_buf_puts(b, "/DescendantFonts[");
    pdf_put_ref(b, cid_font);
    ofp_buf_puts(b, "]/ToUnicode");
    pdf_put_ref(b, unicode);
    pdf_object_set(c, id, ofp_buf_str(b));
    return id;
}

static bool write_font(pdf_embed *em, embed_font *font, pdf_canvas *c, const subset *s)
{
    ofp_buf b = { 0 };
    give_codes(font, s);
    unsigned *order = sort_codes(em, font);
    font->objects = ofp_arena_zalloc(em->arena, font->nlayers, sizeof *font->objects);
    font->seen = ofp_arena_zalloc(em->arena, font->nlayers, sizeof *font->seen);
    if (!order || !font->objects || !font->seen)
        return false;
    unsigned cid_font = add_cid_font(font, c, s, order, &b);
    for (unsigned i = 0; i < font->nlayers; i++)
        font->objects[i] = add_layer(font, c, s, order, i, cid_font, &b);
    bool ok = !b.failed;
    ofp_buf_free(&b);
    return ok;
}

static bool embed_one(pdf_embed *em, embed_font *font, pdf_canvas *c, ofp_err *e)
{
    subset s = { 0 };
    bool ok = cut(font, &s);
    if (!ok)
        ofp_fail(e, OFP_EPDF, OFP_NOWHERE, "a font could not be cut down to the glyphs in use");
    if (ok && font->file->cff && s.nglyphs) {
        ofp_str bytes = program_of(&s);
        s.cids = ofp_arena_zalloc(em->arena, s.nglyphs, sizeof *s.cids);
        if (s.cids && !cff_cids(bytes.p, bytes.n, s.cids, s.nglyphs))
            s.cids = NULL;
    }
    if (ok && !write_font(em, font, c, &s))
        ok = ofp_fail_nomem(e);
    drop_subset(&s);
    return ok;
}

bool embed_write(pdf_embed *em, pdf_canvas *c, ofp_err *e)
{
    for (size_t i = 0; i < em->n; i++)
        if (em->by_file[i] && em->by_file[i]->n && !embed_one(em, em->by_file[i], c, e))
            return false;
    return true;
}
