/* fonts.c - which font shows what: a table of known files, searched in a table of folders.  Nothing
 * asks the system for "a similar font", so that a document looks the same wherever they are installed. */
#include "write/pdf/fonts.h"
#include <hb-ot.h>
#include <stdio.h>
#include <string.h>
#include "base/array.h"
#include "base/world.h"
#include "write/pdf/put.h"

enum { ALL = 0x10FFFF };
enum row_kind { MAIN_SERIF = TYPE_SERIF, MAIN_SANS = TYPE_SANS, MAIN_MONO = TYPE_MONO, MAIN_MATH = TYPE_MATH, OTHER };

/* A family: its files for regular, bold, italic, bold italic; NULL where it has none.  Rows of the
 * main kinds are tried in order for a family; a missing character is looked for in the rows of
 * its own family, then in OTHER rows whose range holds it, then in all. */
typedef struct font_row {
    enum row_kind kind;
    uint32_t lo, hi;
    const char *file[FONT_STYLES];
} font_row;

#define NOTO(lo, hi, name) { OTHER, lo, hi, { "Noto" name "-Regular.ttf", "Noto" name "-Bold.ttf", NULL, NULL } }
#define NANUM(lo, hi) { OTHER, lo, hi, { "NanumMyeongjo.ttf", "NanumMyeongjoBold.ttf", NULL, NULL } }
#define MATH(name) { MAIN_MATH, 0, ALL, { name, NULL, NULL, NULL } }
#define FULL(kind, stem, r, b, i, bi) { kind, 0, ALL, { stem r, stem b, stem i, stem bi } }
static const font_row rows[] = {
    FULL(MAIN_SERIF, "LinLibertine_R", ".otf", "B.otf", "I.otf", "BI.otf"),
    FULL(MAIN_SERIF, "NotoSerif-", "Regular.ttf", "Bold.ttf", "Italic.ttf", "BoldItalic.ttf"),
    FULL(MAIN_SERIF, "DejaVuSerif", ".ttf", "-Bold.ttf", "-Italic.ttf", "-BoldItalic.ttf"),
    FULL(MAIN_SERIF, "LiberationSerif-", "Regular.ttf", "Bold.ttf", "Italic.ttf", "BoldItalic.ttf"),
    { MAIN_SANS, 0, ALL, { "LinBiolinum_R.otf", "LinBiolinum_RB.otf", "LinBiolinum_RI.otf", NULL } },
    FULL(MAIN_SANS, "NotoSans-", "Regular.ttf", "Bold.ttf", "Italic.ttf", "BoldItalic.ttf"),
    FULL(MAIN_SANS, "DejaVuSans", ".ttf", "-Bold.ttf", "-Oblique.ttf", "-BoldOblique.ttf"),
    FULL(MAIN_SANS, "LiberationSans-", "Regular.ttf", "Bold.ttf", "Italic.ttf", "BoldItalic.ttf"),
    FULL(MAIN_MONO, "DejaVuSansMono", ".ttf", "-Bold.ttf", "-Oblique.ttf", "-BoldOblique.ttf"),
    FULL(MAIN_MONO, "LiberationMono-", "Regular.ttf", "Bold.ttf", "Italic.ttf", "BoldItalic.ttf"),
    { MAIN_MONO, 0, ALL, { "NotoSansMono-Regular.ttf", "NotoSansMono-Bold.ttf", NULL, NULL } },
    MATH("STIXMath-Regular.otf"), MATH("STIXTwoMath-Regular.otf"), MATH("STIXTwoMath-Regular.ttf"),
    MATH("latinmodern-math.otf"), MATH("LatinModernMath-Regular.otf"), MATH("texgyretermes-math.otf"), MATH("DejaVuMathTeXGyre.ttf"),
    NOTO(0x0530, 0x058F, "SerifArmenian"), NOTO(0x0590, 0x05FF, "SerifHebrew"),
    NOTO(0xFB1D, 0xFB4F, "SerifHebrew"), NOTO(0x0600, 0x06FF, "NaskhArabic"), NOTO(0x0750, 0x08FF, "NaskhArabic"),
    NOTO(0xFB50, 0xFEFC, "NaskhArabic"), NOTO(0x0700, 0x074F, "SansSyriac"), NOTO(0x0780, 0x07BF, "SansThaana"),
    NOTO(0x07C0, 0x07FF, "SansNKo"), NOTO(0x0900, 0x097F, "SerifDevanagari"), NOTO(0xA8E0, 0xA8FF, "SerifDevanagari"),
    NOTO(0x0964, 0x09FF, "SerifBengali"), NOTO(0x0A00, 0x0A7F, "SerifGurmukhi"), NOTO(0x0A80, 0x0AFF, "SerifGujarati"),
    NOTO(0x0B00, 0x0B7F, "SansOriya"), NOTO(0x0B80, 0x0BFF, "SerifTamil"), NOTO(0x0C00, 0x0C7F, "SerifTelugu"),
    NOTO(0x0C80, 0x0CFF, "SerifKannada"), NOTO(0x0D00, 0x0D7F, "SerifMalayalam"), NOTO(0x0D80, 0x0DFF, "SerifSinhala"),
    NOTO(0x0E00, 0x0E7F, "SerifThai"), NOTO(0x0E80, 0x0EFF, "SerifLao"), NOTO(0x0F00, 0x0FFF, "SerifTibetan"),
    NOTO(0x1000, 0x109F, "SerifMyanmar"), NOTO(0x10A0, 0x10FF, "SerifGeorgian"), NOTO(0x1C90, 0x1CBF, "SerifGeorgian"),
    NOTO(0x1200, 0x139F, "SerifEthiopic"), NOTO(0x2D80, 0x2DDF, "SerifEthiopic"), NOTO(0x13A0, 0x13FF, "SansCherokee"),
    NOTO(0xAB70, 0xABBF, "SansCherokee"), NOTO(0x1400, 0x167F, "SansCanadianAboriginal"),
    NOTO(0x1680, 0x169F, "SansOgham"), NOTO(0x16A0, 0x16FF, "SansRunic"), NOTO(0x1780, 0x17FF, "SerifKhmer"),
    NOTO(0x19E0, 0x19FF, "SerifKhmer"), NOTO(0x1800, 0x18AF, "SansMongolian"), NOTO(0x1B00, 0x1B7F, "SerifBalinese"),
    NOTO(0x2C00, 0x2C5F, "SansGlagolitic"), NOTO(0x2C80, 0x2CFF, "SansCoptic"), NOTO(0x2D30, 0x2D7F, "SansTifinagh"),
    NOTO(0xA000, 0xA4CF, "SansYi"), NOTO(0xA500, 0xA63F, "SansVai"), NOTO(0xA980, 0xA9DF, "SansJavanese"),
    NOTO(0x10330, 0x1034F, "SansGothic"), NOTO(0x12000, 0x1254F, "SansCuneiform"),
    NOTO(0x13000, 0x1343F, "SansEgyptianHieroglyphs"), NOTO(0x1D100, 0x1D1FF, "Music"),
    NOTO(0x2000, 0x2BFF, "SansMath"), NOTO(0x1D400, 0x1D7FF, "SansMath"),
    NOTO(0x2000, 0x2BFF, "SansSymbols"), NOTO(0x1F000, 0x1FBFF, "SansSymbols"),
    NOTO(0x2000, 0x2BFF, "SansSymbols2"), NOTO(0x1F000, 0x1FBFF, "SansSymbols2"),
    { OTHER, 0x1100, 0x2FA1F, { "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", NULL, NULL } },
    { OTHER, 0x1100, 0x2FA1F, { "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", NULL, NULL } },
    NANUM(0x1100, 0x11FF), NANUM(0x3130, 0x318F), NANUM(0xAC00, 0xD7A3),
    { OTHER, 0x1100, 0x2FA1F, { "DroidSansFallbackFull.ttf", NULL, NULL, NULL } },
};
enum { NROWS = sizeof rows / sizeof *rows };
_Static_assert(sizeof rows / sizeof *rows <= (size_t)FONT_ROWS_MAX, "FONT_ROWS_MAX is too small");

static const char *const system_dirs[] = {
    "/usr/share/fonts/opentype/linux-libertine", "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/droid",
    "/usr/share/fonts/truetype/nanum", "/usr/share/fonts/opentype/stix-word",
    "/usr/share/texmf/fonts/opentype/public/lm-math", "/usr/share/texmf/fonts/opentype/public/tex-gyre-math",
    /* Fedora, Arch, Alpine, the BSDs, macOS */
    "/usr/share/fonts/linux-libertine", "/usr/share/fonts/libertine", "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/dejavu-serif-fonts", "/usr/share/fonts/dejavu-sans-mono-fonts", "/usr/share/fonts/dejavu",
    "/usr/share/fonts/google-noto", "/usr/share/fonts/google-noto-cjk", "/usr/share/fonts/noto",
    "/usr/share/fonts/noto-cjk", "/usr/share/fonts/TTF", "/usr/share/fonts/OTF", "/usr/share/fonts/liberation",
    "/usr/local/share/fonts", "/usr/local/share/fonts/dejavu", "/usr/local/share/fonts/noto", "/Library/Fonts",
};

/* ---- files ---- */

static bool collect_dirs(pdf_fonts *f)
{
    const char *const *own = f->opt->font_dirs;
    const ofp_world *w = ofp_world_or_os(f->opt->world);
    const char *home = w->home(w->user);
    size_t n = 0, nsystem = sizeof system_dirs / sizeof *system_dirs;
    while (own && own[n])
        n++;
    f->dirs = ofp_arena_zalloc(f->arena, n + 1 + nsystem, sizeof *f->dirs);
    if (!f->dirs)
        return false;
    for (size_t i = 0; i < n; i++)
        f->dirs[f->ndirs++] = own[i];
    if (home)
        f->dirs[f->ndirs++] = ofp_arena_printf(f->arena, "%s/fonts", home).p;
    for (size_t i = 0; i < nsystem; i++)
        f->dirs[f->ndirs++] = system_dirs[i];
    return !ofp_arena_failed(f->arena);
}

static font_file *find_file(pdf_fonts *f, const char *name)
{
    char path[1024];
    size_t n = strlen(name);
    bool collection = n > 4 && !strcmp(name + n - 4, ".ttc");
    for (size_t i = 0; i < f->ndirs; i++) {
        size_t d = strlen(f->dirs[i]);
        if (d + n + 2 > sizeof path)
            continue;
        memcpy(path, f->dirs[i], d);
        path[d] = '/';
        memcpy(path + d + 1, name, n + 1);
        font_file *file = font_file_open(f, path, collection ? f->cjk : 0);
        if (file)
            return file;
    }
    return NULL;
}

static font_file *keep_file(pdf_fonts *f, font_file *file)
{
    font_file **all = ofp_arena_grow(f->arena, f->files, f->nfiles, &f->files_cap, sizeof *all);
    if (!all) {
        font_file_close(file);
        return NULL;
    }
    f->files = all;
    file->number = (unsigned)f->nfiles;
    return all[f->nfiles++] = file;
}

/* The file of a row for a style, opened; NULL where there is none. */
static font_file *row_file(pdf_fonts *f, size_t row, unsigned style)
{
    if (!rows[row].file[style])
        return NULL;
    unsigned *state = &f->opened[row][style];
    if (*state == 0) {
        font_file *file = find_file(f, rows[row].file[style]);
        if (file)
            file = keep_file(f, file);
        *state = file ? file->number + 2 : 1;
    }
    return *state > 1 ? f->files[*state - 2] : NULL;
}

/* ---- faces ---- */

enum { SLANT_PERMILLE = 210 };           /* 12 degrees, what type designers give an oblique */

static const font_face *add_face(pdf_fonts *f, font_face face)
{
    for (size_t i = 0; i < f->nfaces; i++) {
        font_face *have = f->faces[i];
        if (have->file == face.file && have->scale == face.scale && have->slant == face.slant &&
            have->embolden == face.embolden)
            return have;
    }
    font_face *new = ofp_arena_zalloc(f->arena, 1, sizeof *new);
    font_face **all = ofp_arena_grow(f->arena, f->faces, f->nfaces, &f->faces_cap, sizeof *all);
    if (!new || !all)
        return NULL;
    *new = face;
    new->number = (unsigned)f->nfaces;
    f->faces = all;
    return all[f->nfaces++] = new;
}

const font_face *font_variant(pdf_fonts *f, const font_face *like, float scale, float slant, bool embolden)
{
    font_face v = *like;
    v.scale *= scale;
    v.slant = slant;
    v.embolden = embolden;
    return add_face(f, v);
}

static unsigned style_index(type_style s)
{
    return s.flags & (TYPE_BOLD | TYPE_ITALIC);
}

static bool file_has(const font_file *file, uint32_t cp)
{
    hb_codepoint_t g;
    return hb_font_get_nominal_glyph(file->font, cp, &g);
}

/* The face of a row nearest to a style that has a character: what the row lacks is made of what it has.
 * Letters that only the upright file of a family has stay upright. */
static const font_face *row_face(pdf_fonts *f, size_t row, unsigned style, uint32_t cp)
{
    static const unsigned nearest[FONT_STYLES][3] = {
        { 0, 0, 0 }, { TYPE_BOLD, 0, 0 }, { TYPE_ITALIC, 0, 0 }, { TYPE_BOLD | TYPE_ITALIC, TYPE_BOLD, 0 },
    };
    for (size_t i = 0; i < 3; i++) {
        unsigned have = nearest[style][i];
        font_file *file = row_file(f, row, have);
        if (!file || !file_has(file, cp))
            continue;
        bool slanted = (style & TYPE_ITALIC) && !(have & TYPE_ITALIC) && rows[row].kind != OTHER && !rows[row].file[TYPE_ITALIC];
        return add_face(f, (font_face){ .file = file, .scale = 1, .slant = slanted ? SLANT_PERMILLE / 1000.0f : 0,
            .embolden = (style & TYPE_BOLD) && !(have & TYPE_BOLD), .mono = rows[row].kind == MAIN_MONO });
    }
    return NULL;
}

static void tell_missing(pdf_fonts *f, size_t wanted, const font_face *got, const char *file)
{
    if (f->opt->log && got)
        ofp_log_warn(f->opt->log, OFP_D_FONT_MISSING, OFP_NOWHERE, "font %s not found, %s is used instead",
                     rows[wanted].file[0], file);
}

static const font_face *choose_main(pdf_fonts *f, enum type_family family, unsigned style)
{
    size_t first = NROWS;
    for (int pass = 0; pass < 2; pass++)              /* its own family, then any */
        for (size_t r = 0; r < NROWS && rows[r].kind != OTHER; r++) {
            bool own = rows[r].kind == (enum row_kind)family;
            if (own && first == NROWS)
                first = r;
            if (own != (pass == 0) || (!own && rows[r].kind == MAIN_MATH))
                continue;
            const font_face *face = row_face(f, r, style, ' ');
            if (face && r != first && style == 0)
                tell_missing(f, first, face, rows[r].file[0]);
            if (face)
                return face;
        }
    return NULL;
}

const font_face *font_main(pdf_fonts *f, type_style style)
{
    unsigned s = style_index(style), *slot = &f->main_face[style.family][s];
    if (!*slot) {
        const font_face *face = choose_main(f, style.family, s);
        if (!face)
            return NULL;
        *slot = face->number + 1;
    }
    return f->faces[*slot - 1];
}

const font_face *font_math(pdf_fonts *f)
{
    for (size_t r = 0; r < NROWS; r++) {
        const font_face *face = rows[r].kind == MAIN_MATH ? row_face(f, r, 0, 'x') : NULL;
        if (face && hb_ot_math_has_data(face->file->face))
            return face;
    }
    return NULL;
}

uint32_t font_glyph(const font_face *face, uint32_t cp)
{
    hb_codepoint_t g = 0;
    return hb_font_get_nominal_glyph(face->file->font, cp, &g) ? g : 0;
}

bool font_has(const font_face *face, uint32_t cp)
{
    return font_glyph(face, cp) != 0;
}

/* ---- fallback ---- */

/* In which of three passes a row is tried for a character, 0: in none. */
static int row_pass(const font_row *row, enum type_family family, uint32_t cp)
{
    if (cp < row->lo || cp > row->hi)
        return 0;
    return row->kind == (enum row_kind)family ? 1 : row->kind == OTHER ? 2 : 3;
}

static const font_face *search(pdf_fonts *f, type_style style, uint32_t cp)
{
    for (int pass = 1; pass <= 3; pass++)
        for (size_t r = 0; r < NROWS; r++) {
            if (row_pass(&rows[r], style.family, cp) != pass)
                continue;
            const font_face *face = row_face(f, r, style_index(style), cp);
            if (face)
                return face;
        }
    return NULL;
}

static void note_missing(pdf_fonts *f, uint32_t cp)
{
    if (hb_set_has(f->missing, cp))
        return;
    hb_set_add(f->missing, cp);
    hb_set_add(f->untold, cp);
}

/* All of them in one line, the first few by number. */
void font_tell(void *fonts, const char *input)
{
    enum { SHOWN = 8 };
    pdf_fonts *f = fonts;
    char list[SHOWN * 12] = "";
    unsigned n = hb_set_get_population(f->untold), shown = n > SHOWN ? SHOWN - 1 : n;
    hb_codepoint_t cp = HB_SET_VALUE_INVALID;
    if (n == 0)
        return;
    for (unsigned i = 0, at = 0; i < shown && hb_set_next(f->untold, &cp); i++)
        at += (unsigned)snprintf(list + at, sizeof list - at, "%sU+%04X", i ? ", " : "", (unsigned)cp);
    hb_set_clear(f->untold);
    if (shown < n)
        ofp_log_warn(f->opt->log, OFP_D_GLYPH_MISSING, (ofp_pos){ input, 0, 0 }, "no font has the characters %s and %u more", list, n - shown);
    else
        ofp_log_warn(f->opt->log, OFP_D_GLYPH_MISSING, (ofp_pos){ input, 0, 0 }, "no font has the character%s %s", n > 1 ? "s" : "", list);
}

const font_face *font_for(pdf_fonts *f, type_style style, uint32_t cp, uint32_t *shown)
{
    const font_face *main = font_main(f, style);
    *shown = cp;
    if (!main || font_has(main, cp))
        return main;
    uint32_t key = cp | (uint32_t)style.family << 21 | style_index(style) << 23;
    hb_codepoint_t known = hb_map_get(f->fallback, key);
    if (known == HB_MAP_VALUE_INVALID) {
        const font_face *face = search(f, style, cp);
        known = face ? face->number : HB_MAP_VALUE_INVALID - 1;
        hb_map_set(f->fallback, key, known);
    }
    if (known < f->nfaces)
        return f->faces[known];
    /* PDF/UA-1 (7.21.8) has no use for .notdef: a sign that says "unknown", with the true text below. */
    note_missing(f, cp);
    *shown = font_has(main, 0xFFFD) ? 0xFFFD : '?';
    return main;
}

/* ---- the set ---- */

static unsigned cjk_face(ofp_str lang)
{
    static const struct { const char *prefix; unsigned face; } by_lang[] = {
        { "ja", 0 }, { "ko", 1 }, { "zh-tw", 3 }, { "zh-hk", 3 }, { "zh-hant", 3 },
    };
    for (size_t i = 0; i < sizeof by_lang / sizeof *by_lang; i++)
        if (ofp_str_istarts(lang, ofp_s(by_lang[i].prefix)))
            return by_lang[i].face;
    return 2;
}

pdf_fonts *pdf_fonts_new(const ofp_options *opt, const ofp_doc *d, ofp_err *e)
{
    ofp_arena *a = ofp_arena_new();
    pdf_fonts *f = ofp_arena_zalloc(a, 1, sizeof *f);
    if (!f) {
        ofp_arena_free(a);
        ofp_fail_nomem(e);
        return NULL;
    }
    f->arena = a;
    f->opt = opt;
    f->cjk = cjk_face(d ? ofp_meta_get(d, OFP_META_LANG) : ofp_s(NULL));
    f->fallback = hb_map_create();
    f->missing = hb_set_create();
    f->untold = hb_set_create();
    f->buffer = hb_buffer_create();
    if (!collect_dirs(f) || !hb_buffer_allocation_successful(f->buffer))
        ofp_fail_nomem(e);
    else if (!font_main(f, (type_style){ TYPE_SERIF, 0 }))
        ofp_fail(e, OFP_EPDF, OFP_NOWHERE, "no font found; install fonts-linuxlibertine or name a folder of fonts");
    else
        return f;
    pdf_fonts_free(f);
    return NULL;
}

void pdf_fonts_free(pdf_fonts *f)
{
    if (!f)
        return;
    font_math_free(f);
    for (size_t i = 0; i < f->nfiles; i++)
        font_file_close(f->files[i]);
    hb_buffer_destroy(f->buffer);
    hb_map_destroy(f->fallback);
    hb_set_destroy(f->missing);
    hb_set_destroy(f->untold);
    ofp_arena_free(f->arena);
}
