/* svg.c - drawings as pixels: by a program beside the modules (src/res/draw), which is fed what ofp_svg_clean leaves. */
#include <signal.h>
#include <string.h>
#include "base/world.h"
#include "res/decode/decode.h"

enum { MAX_SVG = 8 << 20, MAX_SIDE = 32767, MAX_DRAWN = 16000000, TIMEOUT = 30, MAX_ARGS = 40 };

const char ofp_draw_late[] = "takes too long to draw";

/* The program, the size, the folders of fonts. */
static bool fill_args(ofp_arena *a, const ofp_options *opt, unsigned width, unsigned height, const char **argv)
{
    const ofp_world *w = ofp_world_or_os(opt->world);
    size_t n = 3;
    argv[0] = ofp_arena_printf(a, "%s/modules/draw-svg", w->home(w->user)).p;
    argv[1] = ofp_arena_printf(a, "%u", width).p;
    argv[2] = ofp_arena_printf(a, "%u", height).p;
    for (const char *const *dir = opt->font_dirs; dir && *dir && n < MAX_ARGS - 1; dir++)
        argv[n++] = *dir;
    argv[n] = NULL;
    return !ofp_arena_failed(a);
}

static bool run(ofp_arena *a, const ofp_options *opt, ofp_str svg, unsigned width, unsigned height, ofp_buf *out, const char **why)
{
    const ofp_world *w = ofp_world_or_os(opt->world);
    const char *argv[MAX_ARGS];
    ofp_buf said = { 0 };
    ofp_err e = { 0 };
    size_t size = (size_t)width * height * 4;
    int status = -1;
    *why = "out of memory";
    if (!fill_args(a, opt, width, height, argv))
        return false;
    bool ok = w->run(w->user, argv, NULL, svg, TIMEOUT, size, out, &said, &status, &e);
    bool late = status == 128 + SIGXCPU || (!ok && status == 128 + SIGKILL);
    /* 127: its libraries are */
    if (!out->failed)
        *why = status < 0 || status == 127 ? "the program that draws it is missing" : late ? ofp_draw_late : status > 128 ? "too much to draw" : "malformed";
    ofp_buf_free(&said);
    return ok && status == 0 && out->n == size && !out->failed;
}

static bool take_pixels(ofp_arena *a, ofp_str rgba, unsigned width, unsigned height, ofp_pixels *out)
{
    if (!ofp_pixels_new(a, width, height, 3, true, out))
        return false;
    for (unsigned y = 0; y < height; y++)
        ofp_pixels_row(out, y, (const unsigned char *)rgba.p + (size_t)y * width * 4, 4);
    ofp_pixels_settle(out);
    return true;
}

bool ofp_image_draw(ofp_arena *a, const ofp_options *opt, ofp_str svg, unsigned width, unsigned height, ofp_pixels *out,
                    const char **why)
{
    ofp_buf clean = { 0 }, rgba = { 0 };
    *why = "too large to draw";
    bool fits = svg.n <= MAX_SVG && width - 1 < MAX_SIDE && height - 1 < MAX_SIDE && (size_t)width * height <= MAX_DRAWN;
    bool ok = fits && ofp_svg_clean(a, svg, &clean, why);
    if (clean.failed)
        *why = "out of memory";
    ok = ok && !clean.failed && run(a, opt, ofp_buf_str(&clean), width, height, &rgba, why);
    if (ok && !(ok = take_pixels(a, ofp_buf_str(&rgba), width, height, out)))
        *why = "out of memory";
    ofp_buf_free(&clean);
    ofp_buf_free(&rgba);
    return ok;
}
