/* fontfile.c - opens one font: mapped where the world is the operating system, read otherwise. */
#include "write/pdf/fonts.h"
#include <hb-ot.h>
#include "base/world.h"

enum { FONT_BYTES_MAX = 128 << 20 };

static hb_blob_t *load(pdf_fonts *f, font_file *file, const char *path)
{
    const ofp_world *w = ofp_world_or_os(f->opt->world);
    if (!w->exists(w->user, path))
        return NULL;
    if (w == ofp_world_or_os(NULL))
        return hb_blob_create_from_file_or_fail(path);
    ofp_err ignored = { 0 };
    if (!w->read_file(w->user, path, FONT_BYTES_MAX, &file->bytes, &ignored) || file->bytes.failed)
        return NULL;
    return hb_blob_create(file->bytes.p, (unsigned)file->bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *b = hb_face_reference_table(face, tag);
    bool yes = hb_blob_get_length(b) > 0;
    hb_blob_destroy(b);
    return yes;
}

static bool has_feature(hb_face_t *face, hb_tag_t feature)
{
    hb_tag_t tags[64];
    unsigned at = 0, n;
    do {
        n = sizeof tags / sizeof *tags;
        hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GSUB, at, &n, tags);
        for (unsigned i = 0; i < n; i++)
            if (tags[i] == feature)
                return true;
        at += n;
    } while (n == sizeof tags / sizeof *tags);
    return false;
}

/* A font that can be shown and embedded: outlines of one of the two kinds, and glyphs. */
static bool usable(font_file *file)
{
    file->cff = has_table(file->face, HB_TAG('C', 'F', 'F', ' '));
    if (!file->cff && !has_table(file->face, HB_TAG('g', 'l', 'y', 'f')))
        return false;
    file->upem = hb_face_get_upem(file->face);
    file->nglyphs = hb_face_get_glyph_count(file->face);
    return file->upem && file->nglyphs > 1;
}

font_file *font_file_open(pdf_fonts *f, const char *path, unsigned index)
{
    font_file *file = ofp_arena_zalloc(f->arena, 1, sizeof *file);
    if (!file || !(file->blob = load(f, file, path)))
        return NULL;
    file->face = hb_face_create(file->blob, index);
    if (file->face == hb_face_get_empty() || !usable(file)) {
        font_file_close(file);
        return NULL;
    }
    file->font = hb_font_create(file->face);
    file->smcp = has_feature(file->face, HB_TAG('s', 'm', 'c', 'p'));
    return file;
}

void font_file_close(font_file *file)
{
    hb_font_destroy(file->font);
    hb_face_destroy(file->face);
    hb_blob_destroy(file->blob);
    ofp_buf_free(&file->bytes);
}
