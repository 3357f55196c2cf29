/* draw.c - a program of its own, "draw-svg WIDTH HEIGHT [FOLDER OF FONTS]...": reads an SVG from standard input and
 * writes its pixels, rows of R, G, B and A from the top down.
 *
 * It is no shared object, since librsvg and GLib end a process that is out of memory, and nothing stops a drawing of a
 * million filters but the end of the process.  What it draws names no file that it would read, and knows no base. */
#define _GNU_SOURCE                     /* clearenv */
#include <fontconfig/fontconfig.h>
#include <librsvg/rsvg.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MAX_SIDE = 32767, MAX_BYTES = 16 << 20, CPU_SECONDS = 4, MEMORY = 1 << 30 };

/* ---- fonts ------------------------------------------------------------------------------------- */

#define LAST(name) "<match target='pattern'><edit name='family' mode='append_last'><string>" name "</string></edit></match>"
#define FOR(name, first, second, third) \
    "<alias binding='same'><family>" name "</family><accept><family>" first "</family><family>" second "</family><family>" \
    third "</family></accept></alias>"

/* No host's own preferences: the same drawing looks the same wherever these fonts are. */
static const char rules[] =
    "<cachedir>/var/cache/fontconfig</cachedir><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
    FOR("Arial", "Liberation Sans", "Nimbus Sans", "sans-serif")
    FOR("Helvetica", "Liberation Sans", "Nimbus Sans", "sans-serif")
    FOR("Times New Roman", "Liberation Serif", "Nimbus Roman", "serif")
    FOR("Times", "Liberation Serif", "Nimbus Roman", "serif")
    FOR("Courier New", "Liberation Mono", "Nimbus Mono PS", "monospace")
    FOR("Verdana", "DejaVu Sans", "Noto Sans", "sans-serif")
    FOR("sans-serif", "Liberation Sans", "DejaVu Sans", "Noto Sans")
    FOR("serif", "Linux Libertine O", "Liberation Serif", "DejaVu Serif")
    FOR("monospace", "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono")
    LAST("Liberation Sans") LAST("DejaVu Sans")
    /* a family without italics is slanted, one without bold is drawn thicker */
    "<match target='font'><test name='slant'><const>roman</const></test>"
    "<test target='pattern' name='slant' compare='not_eq'><const>roman</const></test><edit name='matrix' mode='assign'>"
    "<times><name>matrix</name><matrix><double>1</double><double>0.2</double><double>0</double><double>1</double></matrix></times>"
    "</edit></match>"
    "<match target='font'><test name='weight' compare='less_eq'><const>medium</const></test>"
    "<test target='pattern' name='weight' compare='more_eq'><const>bold</const></test>"
    "<edit name='embolden' mode='assign'><bool>true</bool></edit></match>"
    "<match target='font'><edit name='hinting' mode='assign'><bool>false</bool></edit></match>";

static bool choose_fonts(char **folders)
{
    char *text = g_strdup_printf("<fontconfig>%s</fontconfig>", rules);
    FcConfig *config = FcConfigCreate();
    bool ok = config && FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)text, FcTrue);
    for (; ok && *folders; folders++)
        ok = FcConfigAppFontAddDir(config, (const FcChar8 *)*folders);
    g_free(text);
    return ok && FcConfigBuildFonts(config) && FcConfigSetCurrent(config);
}

/* ---- bounds ------------------------------------------------------------------------------------ */

static void limit(int what, rlim_t most)
{
    struct rlimit r;
    if (getrlimit(what, &r) || (r.rlim_max != RLIM_INFINITY && r.rlim_max < most))
        return;
    r.rlim_cur = most;                  /* the signal comes before the kill */
    r.rlim_max = most + (what == RLIMIT_CPU);
    setrlimit(what, &r);
}

static void set_bounds(void)
{
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_FSIZE, 0);             /* no file is written, not even a cache of fonts */
    limit(RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_AS, MEMORY);
#endif
    signal(SIGXFSZ, SIG_IGN);
}

/* ---- from SVG to pixels ------------------------------------------------------------------------ */

static GByteArray *read_all(FILE *f)
{
    GByteArray *all = g_byte_array_new();
    guint8 piece[1 << 14];
    size_t n;
    while (all->len <= MAX_BYTES && (n = fread(piece, 1, sizeof piece, f)) > 0)
        g_byte_array_append(all, piece, (guint)n);
    return all;
}

static bool draw(RsvgHandle *svg, cairo_surface_t *to)
{
    RsvgRectangle whole = { 0, 0, cairo_image_surface_get_width(to), cairo_image_surface_get_height(to) };
    cairo_t *cr = cairo_create(to);
    rsvg_handle_set_dpi(svg, 96);
    bool ok = rsvg_handle_render_document(svg, cr, &whole, NULL) && !cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_flush(to);
    return ok;
}

/* cairo keeps colours multiplied by their alpha. */
static unsigned char plain(uint32_t pixel, int shift)
{
    uint32_t alpha = pixel >> 24, v = pixel >> shift & 0xff;
    return (unsigned char)(alpha ? (v * 255 + alpha / 2) / alpha : 0);
}

static bool write_pixels(cairo_surface_t *from, FILE *f)
{
    int width = cairo_image_surface_get_width(from), height = cairo_image_surface_get_height(from);
    unsigned char *row = g_malloc((size_t)width * 4);
    for (int y = 0; y < height; y++) {
        const uint32_t *in = (const uint32_t *)(const void *)(cairo_image_surface_get_data(from)
                                                              + (size_t)y * (size_t)cairo_image_surface_get_stride(from));
        for (int x = 0; x < width; x++) {
            row[4 * x] = plain(in[x], 16);
            row[4 * x + 1] = plain(in[x], 8);
            row[4 * x + 2] = plain(in[x], 0);
            row[4 * x + 3] = (unsigned char)(in[x] >> 24);
        }
        fwrite(row, 4, (size_t)width, f);
    }
    g_free(row);
    return !fflush(f) && !ferror(f);
}

static bool convert(GByteArray *in, int width, int height)
{
    RsvgHandle *svg = in->len <= MAX_BYTES ? rsvg_handle_new_from_data(in->data, in->len, NULL) : NULL;
    cairo_surface_t *to = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    return svg && !cairo_surface_status(to) && draw(svg, to) && write_pixels(to, stdout);
}

static int side(const char *arg)
{
    int n = arg ? atoi(arg) : 0;
    return n > 0 && n <= MAX_SIDE ? n : 0;
}

int main(int argc, char **argv)
{
    int width = argc > 2 ? side(argv[1]) : 0, height = argc > 2 ? side(argv[2]) : 0;
    clearenv();                         /* of languages, folders and what libraries look for besides */
    set_bounds();
    if (!width || !height) {
        fputs("usage: draw-svg WIDTH HEIGHT [FOLDER OF FONTS]...\n", stderr);
        return 2;
    }
    if (!choose_fonts(argv + 3))
        return 3;
    /* Pango and fontconfig keep what they know of fonts: no use to look for leaks. */
    _exit(convert(read_all(stdin), width, height) ? 0 : 1);
}
