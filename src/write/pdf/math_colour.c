/* math_colour.c - colours as TeX's authors name them. */
#include "write/pdf/math.h"

static const struct { const char *name; uint32_t rgb; } names[] = {
    { "aqua", 0x00FFFF }, { "black", 0x000000 }, { "blue", 0x0000FF }, { "brown", 0xA52A2A }, { "crimson", 0xDC143C }, { "cyan", 0x00FFFF },
    { "darkblue", 0x00008B }, { "darkgray", 0xA9A9A9 }, { "darkgreen", 0x006400 }, { "darkorange", 0xFF8C00 }, { "darkred", 0x8B0000 },
    { "fuchsia", 0xFF00FF }, { "gold", 0xFFD700 }, { "gray", 0x808080 }, { "green", 0x008000 }, { "grey", 0x808080 },
    { "indigo", 0x4B0082 }, { "lightblue", 0xADD8E6 }, { "lightgray", 0xD3D3D3 }, { "lightgreen", 0x90EE90 }, { "lime", 0x00FF00 },
    { "magenta", 0xFF00FF }, { "maroon", 0x800000 }, { "navy", 0x000080 }, { "olive", 0x808000 }, { "orange", 0xFFA500 },
    { "pink", 0xFFC0CB }, { "purple", 0x800080 }, { "red", 0xFF0000 }, { "royalblue", 0x4169E1 }, { "silver", 0xC0C0C0 },
    { "skyblue", 0x87CEEB }, { "steelblue", 0x4682B4 }, { "teal", 0x008080 }, { "tomato", 0xFF6347 }, { "violet", 0xEE82EE },
    { "white", 0xFFFFFF }, { "yellow", 0xFFFF00 },
};

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* "#rgb" or "#rrggbb" */
static bool hex(ofp_str s, uint32_t *rgb)
{
    uint32_t v = 0;
    if (s.n != 4 && s.n != 7)
        return false;
    for (size_t i = 1; i < s.n; i++) {
        int d = digit(s.p[i]);
        if (d < 0)
            return false;
        v = v << 4 | (uint32_t)d;
        if (s.n == 4)
            v = v << 4 | (uint32_t)d;
    }
    *rgb = v;
    return true;
}

bool math_colour(ofp_str css, uint32_t *rgb)
{
    if (css.n && css.p[0] == '#')
        return hex(css, rgb);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_ieq(css, ofp_s(names[i].name))) {
            *rgb = names[i].rgb;
            return true;
        }
    return false;
}
