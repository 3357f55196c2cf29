/* probe.c - what kind of image some bytes are, and its size, read from the headers alone. */
#include <string.h>
#include "res/res.h"

typedef const unsigned char *bytes;

static unsigned be16(bytes p) { return (unsigned)p[0] << 8 | p[1]; }
static unsigned be32(bytes p) { return be16(p) << 16 | be16(p + 2); }
static unsigned le16(bytes p) { return (unsigned)p[1] << 8 | p[0]; }
static unsigned le24(bytes p) { return (unsigned)p[2] << 16 | le16(p); }
static unsigned le32(bytes p) { return le16(p + 2) << 16 | le16(p); }

static bool is(ofp_str s, size_t at, const char *magic, size_t n)
{
    return s.n >= at && s.n - at >= n && !memcmp(s.p + at, magic, n);
}

/* Sizes that no decoder here would take on make an image malformed. */
static bool size_ok(const ofp_image *img)
{
    return img->width > 0 && img->height > 0 && img->width <= 1u << 24 && img->height <= 1u << 24;
}

/* ---- PNG (ISO/IEC 15948 §5) ------------------------------------------------------------ */

/* pHYs stands before the first IDAT; its unit 1 is the metre. */
static void png_density(bytes p, ofp_image *out)
{
    if (p[8] != 1)
        return;
    out->dpi_x = be32(p) * .0254;
    out->dpi_y = be32(p + 4) * .0254;
}

static bool probe_png(ofp_str s, ofp_image *out)
{
    bytes p = (bytes)s.p;
    if (s.n < 33 || !is(s, 0, "\x89PNG\r\n\x1a\n", 8) || !is(s, 12, "IHDR", 4) || be32(p + 8) != 13)
        return false;
    out->media = OFP_MEDIA_PNG;
    out->width = be32(p + 16);
    out->height = be32(p + 20);
    for (size_t at = 33; s.n - at >= 12;) {
        size_t n = be32(p + at);
        if (is(s, at + 4, "IDAT", 4))
            return size_ok(out);
        if (n > s.n - at - 12)
            return false;
        if (is(s, at + 4, "pHYs", 4) && n == 9)
            png_density(p + at + 8, out);
        at += n + 12;
    }
    return false;
}

/* ---- JPEG (ITU-T T.81 §B, JFIF 1.02, EXIF 2.3) ----------------------------------------- */

static void jfif_density(ofp_str seg, ofp_image *out)
{
    bytes p = (bytes)seg.p;
    if (seg.n < 12 || !is(seg, 0, "JFIF", 5))
        return;
    double scale = p[7] == 1 ? 1 : p[7] == 2 ? 2.54 : 0;
    out->dpi_x = be16(p + 8) * scale;
    out->dpi_y = be16(p + 10) * scale;
}

/* Tag 0x112 of the first directory of the TIFF block that APP1 holds. */
static void exif_orientation(ofp_str seg, ofp_image *out)
{
    if (seg.n < 14 || !is(seg, 0, "Exif\0", 6))
        return;
    bytes p = (bytes)seg.p + 6;
    size_t n = seg.n - 6;
    bool little = p[0] == 'I';
    size_t at = little ? le32(p + 4) : be32(p + 4);
    if (at > n || n - at < 2)
        return;
    unsigned entries = little ? le16(p + at) : be16(p + at);
    for (at += 2; entries > 0 && n - at >= 12; entries--, at += 12) {
        unsigned tag = little ? le16(p + at) : be16(p + at);
        unsigned value = little ? le16(p + at + 8) : be16(p + at + 8);
        if (tag == 0x112 && value >= 1 && value <= 8)
            out->orientation = value;
    }
}

static bool is_frame(unsigned marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool probe_jpeg(ofp_str s, ofp_image *out)
{
    bytes p = (bytes)s.p;
    if (!is(s, 0, "\xff\xd8\xff", 3))
        return false;
    out->media = OFP_MEDIA_JPEG;
    /* A file that ends before its first scan (SOS) has no picture in it. */
    for (size_t at = 2; s.n - at >= 4;) {
        unsigned marker = p[at + 1];
        if (p[at] != 0xff)
            return false;
        if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
            at += marker == 0xff ? 1 : 2;              /* fill bytes and markers without a segment */
            continue;
        }
        size_t n = be16(p + at + 2);
        if (marker == 0xda)
            return size_ok(out);
        if (marker == 0xd9 || n < 2 || n > s.n - at - 2)
            return false;
        ofp_str seg = ofp_str_sub(s, at + 4, n - 2);
        if (marker == 0xe0)
            jfif_density(seg, out);
        else if (marker == 0xe1)
            exif_orientation(seg, out);
        else if (is_frame(marker) && seg.n >= 6) {
            out->height = be16((bytes)seg.p + 1);
            out->width = be16((bytes)seg.p + 3);
        }
        at += n + 2;
    }
    return false;
}

/* ---- GIF 89a --------------------------------------------------------------------------- */

/* Whether a frame follows at: extensions may stand before it (§20 to §26). */
static bool gif_frame(ofp_str s, size_t at)
{
    while (at < s.n && s.p[at] == '!') {
        at += 2;
        while (at < s.n && s.p[at])
            at += (unsigned char)s.p[at] + 1u;
        at++;
    }
    return at < s.n && s.p[at] == ',' && s.n - at > 10;
}

static bool probe_gif(ofp_str s, ofp_image *out)
{
    if (s.n < 13 || (!is(s, 0, "GIF87a", 6) && !is(s, 0, "GIF89a", 6)))
        return false;
    out->media = OFP_MEDIA_GIF;
    out->width = le16((bytes)s.p + 6);
    out->height = le16((bytes)s.p + 8);
    unsigned flags = (unsigned char)s.p[10];
    return size_ok(out) && gif_frame(s, 13 + (flags & 0x80 ? 3u << ((flags & 7) + 1) : 0));
}

/* ---- WebP (RFC 9649 §2) ----------------------------------------------------------------- */

static bool probe_webp(ofp_str s, ofp_image *out)
{
    bytes p = (bytes)s.p;
    if (s.n < 30 || !is(s, 0, "RIFF", 4) || !is(s, 8, "WEBP", 4))
        return false;
    out->media = OFP_MEDIA_WEBP;
    if (is(s, 12, "VP8X", 4)) {
        out->width = le24(p + 24) + 1;
        out->height = le24(p + 27) + 1;
    } else if (is(s, 12, "VP8L", 4) && p[20] == 0x2f) {
        unsigned bits = le32(p + 21);
        out->width = (bits & 0x3fff) + 1;
        out->height = (bits >> 14 & 0x3fff) + 1;
    } else if (is(s, 12, "VP8 ", 4) && is(s, 23, "\x9d\x01\x2a", 3)) {
        out->width = le16(p + 26) & 0x3fff;
        out->height = le16(p + 28) & 0x3fff;
    }
    return size_ok(out);
}

/* ---- SVG --------------------------------------------------------------------------------- */

/* The start tag of the root: behind the declaration, comments and the doctype. */
static bool svg_root(ofp_str s, ofp_str *tag)
{
    for (size_t at = 0; (at = ofp_str_find(s, OFP_STR("<"), at)) != SIZE_MAX;) {
        ofp_str rest = ofp_str_sub(s, at, SIZE_MAX);
        bool comment = ofp_str_starts(rest, OFP_STR("<!--"));
        size_t end = comment ? ofp_str_find(s, OFP_STR("-->"), at) : ofp_str_find(s, OFP_STR(">"), at);
        if (end == SIZE_MAX)
            return false;
        if (!comment && !ofp_str_starts(rest, OFP_STR("<?")) && !ofp_str_istarts(rest, OFP_STR("<!doctype"))) {
            *tag = ofp_str_sub(s, at, end - at + 1);
            return ofp_str_starts(rest, OFP_STR("<svg")) && rest.n > 4 &&
                   (ofp_is_space((unsigned char)rest.p[4]) || rest.p[4] == '>');
        }
        at = end;
    }
    return false;
}

/* The value of an attribute of tag; empty where it has none. */
static ofp_str svg_attr(ofp_str tag, ofp_str name)
{
    for (size_t at = 0; (at = ofp_str_find(tag, name, at)) != SIZE_MAX; at += name.n) {
        ofp_str rest = ofp_str_trim(ofp_str_sub(tag, at + name.n, SIZE_MAX));
        if (at == 0 || !ofp_is_space((unsigned char)tag.p[at - 1]) || rest.n < 2 || rest.p[0] != '=')
            continue;
        rest = ofp_str_trim(ofp_str_sub(rest, 1, SIZE_MAX));
        size_t end = rest.n ? ofp_str_find(rest, ofp_str_sub(rest, 0, 1), 1) : SIZE_MAX;
        if (end != SIZE_MAX && (rest.p[0] == '"' || rest.p[0] == '\''))
            return ofp_str_sub(rest, 1, end - 1);
    }
    return (ofp_str){ 0 };
}

/* Reads a decimal number at *at; strtod would follow the host's locale. */
static double number(ofp_str s, size_t *at)
{
    double value = 0, unit = 1;
    bool fraction = false;
    while (*at < s.n && (s.p[*at] == ' ' || s.p[*at] == ',' || s.p[*at] == '+'))
        ++*at;
    for (; *at < s.n && ((s.p[*at] >= '0' && s.p[*at] <= '9') || (s.p[*at] == '.' && !fraction)); ++*at) {
        if (s.p[*at] == '.') {
            fraction = true;
        } else if (fraction) {
            unit /= 10;
            value += (s.p[*at] - '0') * unit;
        } else {
            value = value * 10 + (s.p[*at] - '0');
        }
    }
    return value > 1e6 ? 1e6 : value;
}

/* CSS px of a length; 0 for per cent and what is relative to type. */
static double svg_length(ofp_str s)
{
    static const struct { const char *unit; double px; } units[] = {
        { "", 1 }, { "px", 1 }, { "pt", 96. / 72 }, { "pc", 16 }, { "in", 96 }, { "cm", 96 / 2.54 }, { "mm", 96 / 25.4 },
    };
    size_t at = 0;
    s = ofp_str_trim(s);
    double value = number(s, &at);
    ofp_str unit = ofp_str_trim(ofp_str_sub(s, at, SIZE_MAX));
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (ofp_str_ieq(unit, ofp_s(units[i].unit)))
            return value * units[i].px;
    return 0;
}

static void view_box(ofp_str tag, double *width, double *height)
{
    ofp_str box = svg_attr(tag, OFP_STR("viewBox"));
    double v[4] = { 0 };
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        while (at < box.n && (box.p[at] == ' ' || box.p[at] == ',' || box.p[at] == '-' || box.p[at] == '\n'))
            at++;
        v[i] = number(box, &at);
    }
    *width = v[2];
    *height = v[3];
}

static bool probe_svg(ofp_str s, ofp_image *out)
{
    ofp_str tag;
    double width, height, box_width, box_height;
    if (!svg_root(ofp_str_sub(s, 0, 65536), &tag))
        return false;
    out->media = OFP_MEDIA_SVG;
    width = svg_length(svg_attr(tag, OFP_STR("width")));
    height = svg_length(svg_attr(tag, OFP_STR("height")));
    view_box(tag, &box_width, &box_height);
    if (box_width > 0 && box_height > 0) {
        if (width <= 0 && height <= 0)
            width = box_width, height = box_height;
        else if (width <= 0)
            width = height * box_width / box_height;
        else if (height <= 0)
            height = width * box_height / box_width;
    }
    /* CSS 2.1 §10.3.2: what a browser gives a drawing that states no size. */
    out->width = (unsigned)((width > 0 ? width : 300) + .5);
    out->height = (unsigned)((height > 0 ? height : 150) + .5);
    out->dpi_x = out->dpi_y = 96;
    return size_ok(out);
}

/* ---- all ----------------------------------------------------------------------------------- */

bool ofp_image_probe(ofp_str data, ofp_image *out)
{
    static bool (*const probes[])(ofp_str, ofp_image *) = { probe_png, probe_jpeg, probe_gif, probe_webp, probe_svg };
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        *out = (ofp_image){ .bytes = data, .orientation = 1 };
        if (probes[i](data, out))
            return true;
    }
    return false;
}

static const struct { const char *type, *ext; } media[] = {
    [OFP_MEDIA_UNKNOWN] = { "application/octet-stream", "bin" },
    [OFP_MEDIA_PNG] = { "image/png", "png" },   [OFP_MEDIA_JPEG] = { "image/jpeg", "jpg" },
    [OFP_MEDIA_GIF] = { "image/gif", "gif" },   [OFP_MEDIA_WEBP] = { "image/webp", "webp" },
    [OFP_MEDIA_SVG] = { "image/svg+xml", "svg" },
};

const char *ofp_media_type(enum ofp_media m)
{
    return media[m].type;
}

const char *ofp_media_ext(enum ofp_media m)
{
    return media[m].ext;
}
