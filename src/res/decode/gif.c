/* gif.c - the first frame of a GIF (GIF89a specification; LZW after its appendix F). */
#include "res/decode/decode.h"

typedef struct gif {
    ofp_str in;
    size_t at;
    const unsigned char *palette;
    unsigned colors;
    int transparent;                    /* palette index, -1: none */
    /* sub-blocks as a stream of bits */
    size_t block;                       /* bytes left in the sub-block */
    uint32_t bits;
    unsigned nbits;
    /* the frame on the canvas */
    unsigned left, top, width, height, x, line;
    bool interlaced;
    ofp_pixels *out;
} gif;

static unsigned byte_at(const gif *g, size_t at)
{
    return at < g->in.n ? (unsigned char)g->in.p[at] : 0;
}

static unsigned take(gif *g)
{
    return byte_at(g, g->at++);
}

static unsigned take16(gif *g)
{
    unsigned low = take(g);
    return take(g) << 8 | low;
}

static void take_palette(gif *g, unsigned flags)
{
    size_t n = 3u << ((flags & 7) + 1);
    if (!(flags & 0x80) || g->at > g->in.n || n > g->in.n - g->at)
        return;
    g->palette = (const unsigned char *)g->in.p + g->at;
    g->colors = (unsigned)n / 3;
    g->at += n;
}

/* Graphic control comes before its frame and tells the transparent colour; others are passed. */
static void take_extension(gif *g)
{
    bool control = take(g) == 0xf9;
    if (control && byte_at(g, g->at) == 4 && (byte_at(g, g->at + 1) & 1))
        g->transparent = (int)byte_at(g, g->at + 4);
    for (size_t n; (n = take(g)) > 0 && g->at < g->in.n;)
        g->at += n;
}

/* The frame's rows come in four passes when interlaced (appendix E). */
static unsigned row_of(const gif *g)
{
    static const struct { unsigned first, step; } passes[] = { { 0, 8 }, { 4, 8 }, { 2, 4 }, { 1, 2 } };
    unsigned line = g->line;
    for (int i = 0; g->interlaced && i < 4; i++) {
        unsigned n = g->height > passes[i].first ? (g->height - passes[i].first + passes[i].step - 1) / passes[i].step : 0;
        if (line < n)
            return passes[i].first + line * passes[i].step;
        line -= n;
    }
    return line;
}

static void put_pixel(gif *g, unsigned index)
{
    unsigned x = g->left + g->x, y = g->top + row_of(g);
    if (x < g->out->width && y < g->out->height && (int)index != g->transparent && index < g->colors) {
        size_t i = (size_t)y * g->out->width + x;
        for (int c = 0; c < 3; c++)
            g->out->samples[3 * i + (size_t)c] = g->palette[3 * index + (unsigned)c];
        g->out->alpha[i] = 255;
    }
    if (++g->x == g->width) {
        g->x = 0;
        g->line++;
    }
}

/* The next code of that many bits, -1 at the end of the data. */
static int take_code(gif *g, unsigned size)
{
    while (g->nbits < size) {
        if (g->block == 0 && (g->block = take(g)) == 0)
            return -1;
        if (g->at >= g->in.n)
            return -1;
        g->bits |= (uint32_t)take(g) << g->nbits;
        g->nbits += 8;
        g->block--;
    }
    int code = (int)(g->bits & ((1u << size) - 1));
    g->bits >>= size;
    g->nbits -= size;
    return code;
}

/* Each code is the string of its prefix with one more index: strings are read from their ends. */
typedef struct table {
    uint16_t prefix[4096];
    unsigned char last[4096], stack[4097];
    unsigned n, size, clear;
} table;

static void reset(table *t, unsigned root)
{
    t->clear = 1u << root;
    t->n = t->clear + 2;
    t->size = root + 1;
}

/* Draws the string of code. */
static void put_string(gif *g, table *t, unsigned code)
{
    unsigned n = 0;
    for (; code >= t->clear && n < 4096; code = t->prefix[code])
        t->stack[n++] = t->last[code];
    put_pixel(g, code);
    while (n > 0)
        put_pixel(g, t->stack[--n]);
}

/* The first index of the string of code, which is not drawn. */
static unsigned first_of(const table *t, unsigned code)
{
    for (unsigned n = 0; code >= t->clear && n < 4096; n++)
        code = t->prefix[code];
    return code;
}

static void add_entry(table *t, unsigned prefix, unsigned last)
{
    if (t->n >= 4096)
        return;
    t->prefix[t->n] = (uint16_t)prefix;
    t->last[t->n++] = (unsigned char)last;
    if (t->n == 1u << t->size && t->size < 12)
        t->size++;
}

static bool draw(gif *g, table *t, unsigned root)
{
    int before = -1;
    bool any = false;
    reset(t, root);
    while (g->line < g->height) {
        int code = take_code(g, t->size);
        if (code < 0 || (unsigned)code == t->clear + 1)
            break;
        if ((unsigned)code == t->clear) {
            reset(t, root);
            before = -1;
            continue;
        }
        /* A code may name the entry that it completes itself. */
        if ((unsigned)code > t->n || ((unsigned)code == t->n && before < 0))
            break;
        if (before >= 0)
            add_entry(t, (unsigned)before, first_of(t, (unsigned)code < t->n ? (unsigned)code : (unsigned)before));
        if ((unsigned)code >= t->n)
            break;
        put_string(g, t, (unsigned)code);
        any = true;
        before = code;
    }
    return any;
}

static bool take_frame(gif *g, table *t)
{
    g->left = take16(g);
    g->top = take16(g);
    g->width = take16(g);
    g->height = take16(g);
    unsigned flags = take(g);
    g->interlaced = flags & 0x40;
    take_palette(g, flags);
    unsigned root = take(g);
    return g->palette && g->width && g->height && root >= 2 && root <= 8 && draw(g, t, root);
}

bool ofp_decode_gif(ofp_arena *a, const ofp_image *img, ofp_pixels *out, const char **why)
{
    gif g = { .in = img->bytes, .at = 10, .transparent = -1, .out = out };
    table *t = ofp_arena_zalloc(a, 1, sizeof *t);
    *why = "malformed GIF";
    if (!t || !ofp_pixels_new(a, img->width, img->height, 3, true, out))
        return false;
    unsigned flags = take(&g);
    g.at += 2;
    take_palette(&g, flags);
    while (g.at < g.in.n) {
        unsigned kind = take(&g);
        if (kind == ',')
            return take_frame(&g, t);
        if (kind != '!')
            return false;
        take_extension(&g);
    }
    return false;
}
