/* items.c - the files of the publication, and pictures becoming some of them. */
#include "base/map.h"
#include "write/epub/book.h"

epub_item *epub_add(epub_book *b, const char *id, ofp_str path, const char *media, ofp_str bytes)
{
    epub_item *it = ofp_arena_zalloc(b->arena, 1, sizeof *it);
    if (!it)
        return NULL;
    *it = (epub_item){ .id = id, .path = path, .media = ofp_s(media), .bytes = bytes };
    if (b->last_item)
        b->last_item->next = it;
    else
        b->items = it;
    b->last_item = it;
    return it;
}

static epub_item *add_image(epub_book *b, const ofp_image *img, enum ofp_media media, ofp_str bytes)
{
    ofp_str id = ofp_arena_printf(b->arena, "img%03zu", img->number + 1);
    ofp_str path = ofp_arena_printf(b->arena, "img/%03zu.%s", img->number + 1, ofp_media_ext(media));
    b->has_images = true;
    b->moves = b->moves || media == OFP_MEDIA_GIF;
    return epub_add(b, id.p, path, ofp_media_type(media), bytes);
}

/* Reading systems need not know WebP (EPUB 3.3 core media types have it, most devices do not). */
static epub_item *add_converted(epub_book *b, const ofp_image *img, const char **why)
{
    ofp_pixels px;
    ofp_buf png = { 0 };
    ofp_arena *scratch = ofp_arena_new();
    epub_item *it = NULL;
    *why = "out of memory";
    if (scratch && ofp_image_decode(scratch, img, &px, why) && ofp_image_png(&px, &png))
        it = add_image(b, img, OFP_MEDIA_PNG, ofp_buf_take(&png, b->arena));
    b->failed = b->failed || png.failed || ofp_arena_failed(scratch);
    ofp_buf_free(&png);
    ofp_arena_free(scratch);
    return it;
}

static epub_item *add_svg(epub_book *b, const ofp_image *img, const char **why)
{
    ofp_buf clean = { 0 };
    if (ofp_svg_clean(b->arena, img->bytes, &clean, why))
        return add_image(b, img, img->media, ofp_buf_take(&clean, b->arena));
    b->failed = b->failed || clean.failed;
    ofp_buf_free(&clean);
    return NULL;
}

static epub_item *make_image(epub_book *b, const ofp_image *img, const char **why)
{
    switch (img->media) {
    case OFP_MEDIA_PNG: case OFP_MEDIA_JPEG: case OFP_MEDIA_GIF:
        return add_image(b, img, img->media, img->bytes);
    case OFP_MEDIA_SVG:
        return add_svg(b, img, why);
    case OFP_MEDIA_WEBP: case OFP_MEDIA_UNKNOWN:
        return add_converted(b, img, why);
    }
    return NULL;
}

const epub_item *epub_image(epub_book *b, const ofp_image *img, const ofp_node *at)
{
    static const epub_item refused;
    const char *why = "";
    void **known = ofp_map_at(&b->images, (ofp_str){ (const char *)&img->number, sizeof img->number });
    if (!known)
        return NULL;
    if (!*known) {
        epub_item *it = make_image(b, img, &why);
        *known = it ? (void *)it : (void *)(uintptr_t)&refused;
        if (!it)
            ofp_warn_at(b->doc, at, OFP_D_RESOURCE_FORMAT, "image left out: %s", why);
    }
    return *known == (const void *)&refused ? NULL : *known;
}
