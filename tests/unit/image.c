/* needs: write-epub */
/* Images: what headers tell, data: references, who may be read, and pixels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "base/world.h"
#include "res/datauri.h"
#include "res/res.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define B(lit) { lit, sizeof(lit) - 1 }

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define IDAT "\0\0\0\0IDAT\0\0\0\0"
#define PHYS "\0\0\0\tpHYs\0\0\x2e\x23\0\0\x17\x12\1\0\0\0\0"
#define SOF "\xff\xc0\0\x0b\x08\0\x05\0\x07\x01\x01\x11\0"
#define SOS "\xff\xda\0\x08\x01\x01\0\0\x3f\0"

static void headers(void **state)
{
    static const struct { struct { const char *p; size_t n; } in; enum ofp_media media; unsigned w, h, turn, dpi; } cases[] = {
        { B(PNG_HEAD "\0\0\0\x10\0\0\0\x20\x08\2\0\0\0crc!" IDAT), OFP_MEDIA_PNG, 16, 32, 1, 0 },
        { B(PNG_HEAD "\0\0\0\x10\0\0\0\x20\x08\2\0\0\0crc!" PHYS IDAT), OFP_MEDIA_PNG, 16, 32, 1, 300 },
        { B(PNG_HEAD "\0\0\0\x10\0\0\0\x20\x08\2\0\0\0crc!"), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
        { B(PNG_HEAD "\0\0\0\0\0\0\0\x20\x08\2\0\0\0crc!" IDAT), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
        { B(PNG_HEAD "\x7f\xff\xff\xff\0\0\0\x20\x08\2\0\0\0crc!" IDAT), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
        { B("\xff\xd8" SOF SOS), OFP_MEDIA_JPEG, 7, 5, 1, 0 },
        { B("\xff\xd8\xff\xe0\0\x10JFIF\0\1\2\1\0\x60\0\x60\0\0" SOF SOS), OFP_MEDIA_JPEG, 7, 5, 1, 96 },
        { B("\xff\xd8\xff\xe0\0\x10JFIF\0\1\2\2\0\x64\0\x64\0\0" SOF SOS), OFP_MEDIA_JPEG, 7, 5, 1, 254 },
        { B("\xff\xd8\xff\xe1\0\x22" "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0" "\xff\xff" SOF SOS), OFP_MEDIA_JPEG, 7, 5, 6, 0 },
        { B("\xff\xd8\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\3\0\0\0\0\0\0" SOF SOS), OFP_MEDIA_JPEG, 7, 5, 3, 0 },
        { B("\xff\xd8" SOF), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 }, { B("\xff\xd8" SOS SOF), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
        { B("\xff\xd8\xff\xe0\xff\xff"), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
        { B("GIF89a\2\0\3\0\0\0\0!\xf9\4\0\0\0\0\0,\0\0\0\0\2\0\3\0\0\2"), OFP_MEDIA_GIF, 2, 3, 1, 0 },
        { B("GIF89a\2\0\3\0\0\0\0;"), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
        { B("RIFF\x1c\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0"), OFP_MEDIA_WEBP, 16, 32, 1, 0 },
        { B("RIFF\x1c\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x0f\xc0\7\0paddd"), OFP_MEDIA_WEBP, 16, 32, 1, 0 },
        { B("RIFF\x1c\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\1\x2a\x10\0\x20\0"), OFP_MEDIA_WEBP, 16, 32, 1, 0 },
        { B("<svg width='10' height=\"20px\">"), OFP_MEDIA_SVG, 10, 20, 1, 96 },
        { B("<?xml version='1.0'?><!-- <svg> --><!DOCTYPE svg><svg\nviewBox='0,0 30 15' width='60'/>"), OFP_MEDIA_SVG, 60, 30, 1, 96 },
        { B("<svg width='100%' viewBox='-5 -5 40.4 20'>"), OFP_MEDIA_SVG, 40, 20, 1, 96 },
        { B("<svg width='1in' height='72pt'>"), OFP_MEDIA_SVG, 96, 96, 1, 96 }, { B("<svg>"), OFP_MEDIA_SVG, 300, 150, 1, 96 },
        { B("<svgx>"), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 }, { B("<html><svg>"), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
        { B(""), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 }, { B("BM"), OFP_MEDIA_UNKNOWN, 0, 0, 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_image img;
        bool known = ofp_image_probe((ofp_str){ cases[i].in.p, cases[i].in.n }, &img);
        if (known != (cases[i].media != OFP_MEDIA_UNKNOWN))
            fail_msg("case %zu: %s", i, known ? "taken" : "refused");
        if (known && (img.media != cases[i].media || img.width != cases[i].w || img.height != cases[i].h ||
                      img.orientation != cases[i].turn || (unsigned)(img.dpi_x + .5) != cases[i].dpi))
            fail_msg("case %zu: %s %ux%u, turned %u, %.1f dpi", i, ofp_media_ext(img.media), img.width, img.height,
                     img.orientation, img.dpi_x);
    }
}

static void data_uris(void **state)
{
    static const struct { const char *in, *out; } cases[] = {
        { "data:image/png;base64,aGVsbG8=", "hello" }, { "data:;base64,aGVsbG8", "hello" }, { "DATA:x;BASE64, aGVs bG8h", "hello!" },
        { "data:x;base64,aGVsbG8%3D", "hello" }, { "data:x;base64,-_8", "\xfb\xff" }, { "data:,a%20b%zz", "a b%zz" },
        { "data:x;base64,", "" }, { "data:x;base64,a", NULL }, { "data:x;base64,a*bc", NULL }, { "data:x", NULL }, { "http://x,y", NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_buf out = { 0 };
        bool ok = ofp_data_uri(&out, ofp_s(cases[i].in));
        if (ok != (cases[i].out != NULL) || (ok && !ofp_str_eq(ofp_buf_str(&out), ofp_s(cases[i].out))))
            fail_msg("case %zu: '%s' gives '%.*s'", i, cases[i].in, (int)out.n, out.p);
        ofp_buf_free(&out);
    }
}

/* ---- who may be read ---- */

static const char picture[] = "GIF89a\2\0\3\0\0\0\0,\0\0\0\0\2\0\3\0\0\2";

/* A world with a few pictures in it, which notes every path that it is asked for. */
static bool read_beneath(void *user, const char *folder, const char *path, size_t max, ofp_buf *out, ofp_err *e)
{
    static const char *const files[] = { "in|a b.gif", "in|img/x.gif", "in|page_files/y.gif", "more|z.gif", "in|q.gif?v=1" };
    char name[200];
    (void)max;
    assert_null(strstr(path, ".."));
    assert_true(path[0] != '/');
    snprintf(name, sizeof name, "%s|%s", folder, path);
    ofp_buf_puts(user, name);
    for (size_t i = 0; i < COUNT(files); i++)
        if (!strcmp(files[i], name)) {
            ofp_buf_add(out, (ofp_str){ picture, sizeof picture - 1 });
            return true;
        }
    return ofp_fail(e, strcmp(path, "link.gif") ? OFP_EIO : OFP_ERES, OFP_NOWHERE, "no");
}

static void count(void *user, enum ofp_diag code, ofp_pos at, const char *msg)
{
    (void)at;
    (void)msg;
    *(enum ofp_diag *)user = code;
}

static void who_may_be_read(void **state)
{
    static const struct { const char *url; enum ofp_diag why; } cases[] = {
        { "a%20b.gif", OFP_NDIAGS }, { "a b.gif", OFP_NDIAGS }, { "./img/../img//x.gif", OFP_NDIAGS }, { "z.gif", OFP_NDIAGS },
        { "img/x.gif?w=100#f", OFP_NDIAGS }, { "q.gif?v=1", OFP_NDIAGS }, { "https://s.org/blog/img/x.gif", OFP_NDIAGS },
        { "https://cdn.org/t/y.gif?s=2", OFP_NDIAGS }, { "//s.org/nope/y.gif", OFP_NDIAGS },
        { "data:image/gif;base64,R0lGODlhAgADAAAAACwAAAAAAgADAAAC", OFP_NDIAGS },
        { "nope.gif", OFP_D_RESOURCE_MISSING }, { "https://s.org/blog/../../etc/x", OFP_D_RESOURCE_MISSING },
        { "../x.gif", OFP_D_RESOURCE_DENIED }, { "img/../../x.gif", OFP_D_RESOURCE_DENIED }, { "%2e%2e/x.gif", OFP_D_RESOURCE_DENIED },
        { "/etc/passwd", OFP_D_RESOURCE_MISSING }, { "%2Fetc/passwd", OFP_D_RESOURCE_DENIED }, { "a%00b.gif", OFP_D_RESOURCE_DENIED },
        { "file:///etc/passwd", OFP_D_RESOURCE_DENIED }, { "link.gif", OFP_D_RESOURCE_DENIED }, { "", OFP_D_RESOURCE_MISSING },
        { "data:image/gif;base64,R0lG", OFP_D_RESOURCE_FORMAT }, { "data:image/gif,%", OFP_D_RESOURCE_FORMAT },
    };
    static const char *const path[] = { "more", NULL };
    enum ofp_diag told;
    ofp_buf asked = { 0 };
    ofp_world w = *ofp_world_or_os(NULL);
    ofp_log log = { .sink = count, .user = &told };
    ofp_options opt = { .world = &w, .resource_path = path };
    w.user = &asked;
    w.read_beneath = read_beneath;
    ofp_doc *d = ofp_doc_new("in/page.html", &log);
    ofp_set_note(d, OFP_STR("base"), OFP_STR("https://s.org/blog/page.html"));
    ofp_res *r = ofp_res_new(d, &opt);
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_node *n = ofp_add(d, ofp_add(d, ofp_root(d), OFP_PARA), OFP_IMAGE);
        ofp_set_target(n, ofp_s(cases[i].url), OFP_STR(""));
        told = OFP_NDIAGS;
        const ofp_image *img = ofp_res_image(r, n);
        if (told != cases[i].why || (img != NULL) != (cases[i].why == OFP_NDIAGS))
            fail_msg("case %zu: '%s' is %s (%s)", i, cases[i].url, img ? "found" : "not found", told < OFP_NDIAGS ? ofp_diag_name(told) : "");
        if (img && img->number != 0)
            fail_msg("case %zu: the same bytes are another image", i);
        unsigned before = ofp_log_total(&log);
        ofp_res_image(r, n);
        assert_int_equal(ofp_log_total(&log), before);      /* told once */
    }
    ofp_res_free(r);
    ofp_doc_free(d);
    ofp_buf_free(&asked);
}

/* ---- pixels ---- */

/* Three pixels by two, of different grays, upright; then through PNG and back, turned. */
static void turned(void **state)
{
    static const char *const want[] = { "", "123|456", "321|654", "654|321", "456|123", "14|25|36", "41|52|63", "63|52|41", "36|25|14" };
    unsigned char samples[6] = { 1, 2, 3, 4, 5, 6 };
    ofp_pixels px = { 3, 2, 1, samples, NULL };
    (void)state;
    for (unsigned turn = 1; turn <= 8; turn++) {
        ofp_arena *a = ofp_arena_new();
        ofp_buf png = { 0 };
        ofp_image img;
        ofp_pixels back;
        const char *why;
        char got[20];
        size_t n = 0;
        assert_true(ofp_image_png(&px, &png) && ofp_image_probe(ofp_buf_str(&png), &img));
        img.orientation = turn;
        assert_true(ofp_image_decode(a, &img, &back, &why));
        for (unsigned i = 0; i < 6; i++) {
            if (i > 0 && i % back.width == 0)
                got[n++] = '|';
            got[n++] = (char)('0' + back.samples[i]);
        }
        got[n] = 0;
        if (strcmp(got, want[turn]))
            fail_msg("orientation %u: %s", turn, got);
        ofp_buf_free(&png);
        ofp_arena_free(a);
    }
}

/* Alpha survives where it says something and goes where it does not. */
static void alpha(void **state)
{
    unsigned char samples[6] = { 10, 20, 30, 40, 50, 60 }, half[2] = { 255, 128 }, full[2] = { 255, 255 };
    (void)state;
    for (int i = 0; i < 2; i++) {
        ofp_pixels px = { 2, 1, 3, samples, i ? full : half }, back;
        ofp_arena *a = ofp_arena_new();
        ofp_buf png = { 0 };
        ofp_image img;
        const char *why;
        assert_true(ofp_image_png(&px, &png) && ofp_image_probe(ofp_buf_str(&png), &img));
        assert_true(ofp_image_decode(a, &img, &back, &why));
        assert_int_equal(back.components, 3);
        assert_memory_equal(back.samples, samples, 6);
        assert_true((back.alpha == NULL) == i);
        if (!i)
            assert_memory_equal(back.alpha, half, 2);
        ofp_buf_free(&png);
        ofp_arena_free(a);
    }
}

/* 4x2 in four colours, plain; the same rows interlaced would come 0, 1 as well. */
static void gif(void **state)
{
    static const unsigned char bytes[] = "GIF89a\4\0\2\0\x81\0\0\xff\0\0\0\xff\0\0\0\xff\xff\xff\xff"
                                         "!\xf9\4\1\0\0\3\0,\0\0\0\0\4\0\2\0\0\2\4\x44\x34\x86\x52\0;";
    ofp_arena *a = ofp_arena_new();
    ofp_image img;
    ofp_pixels px;
    const char *why;
    (void)state;
    assert_true(ofp_image_probe((ofp_str){ (const char *)bytes, sizeof bytes - 1 }, &img));
    assert_true(ofp_image_decode(a, &img, &px, &why));
    assert_int_equal(px.samples[0], 255);
    /* What ends early is drawn as far as it goes; what holds nothing at all is malformed. */
    img.bytes.n -= 5;
    assert_true(ofp_image_decode(a, &img, &px, &why));
    img.bytes.n -= 4;
    assert_false(ofp_image_decode(a, &img, &px, &why));
    ofp_arena_free(a);
}

static void too_large(void **state)
{
    static const char bomb[] = PNG_HEAD "\0\0\x40\0\0\0\x40\0\x08\2\0\0\0crc!" IDAT;
    ofp_arena *a = ofp_arena_new();
    ofp_image img;
    ofp_pixels px;
    const char *why;
    (void)state;
    assert_true(ofp_image_probe((ofp_str){ bomb, sizeof bomb - 1 }, &img));
    assert_false(ofp_image_decode(a, &img, &px, &why));
    assert_string_equal(why, "too many pixels");
    ofp_arena_free(a);
}

/* ---- drawings ---- */

#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""

static void drawings(void **state)
{
    static const struct { const char *in, *out; } cases[] = {
        { "<svg/>", SVG "/>" }, { "\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><svg></svg>\n", SVG "></svg>" },
        { "<!DOCTYPE svg PUBLIC 'a' 'b'><svg xmlns='x' width='1'/>", SVG " width=\"1\"/>" },
        { "<svg a='\"'>&lt;&#65;&#x41;</svg>", SVG " a='\"'>&lt;&#65;&#x41;</svg>" },
        { "<svg onload='x'><script>y</script><g onclick=\"z\"/></svg>", SVG "><g/></svg>" },
        { "<svg><metadata><rdf:RDF/></metadata><x:y><g/></x:y><p/></svg>", SVG "><p/></svg>" },
        { "<svg><image href='http://a/b.png'/><image xlink:href='data:image/png;base64,AA=='/></svg>",
          SVG "><image/><image xlink:href=\"data:image/png;base64,AA==\"/></svg>" },
        { "<svg><use href='#b'/><use href='#c'/><g id='b'/><g id='b'/><g id=''/></svg>", SVG "><use href=\"#b\"/><use/><g id=\"b\"/><g/><g/></svg>" },
        { "<svg><g id='c:1'/><g id='1'/><g id='\xc3\xa4'/><g id='\xe2\x80\x94'/><use href='#c:1'/><use href=' #1'/><g fill='url(#c:1)' clip-path=\"url('#\xc3\xa4')\"/>"
          "<style>a{b:url(#1) url(x) url('#c:1')}</style></svg>",
          SVG "><g id=\"c_1\"/><g id=\"_1\"/><g id=\"\xc3\xa4\"/><g id=\"_\"/><use href=\"#c_1\"/><use href=\"#_1\"/>"
              "<g fill=\"url(#c_1)\" clip-path=\"url('#\xc3\xa4')\"/><style>a{b:url(#_1) none url('#c_1')}</style></svg>" },

        { "<svg><a xlink:href='http://x/'><text>t</text></a></svg>", SVG "><text>t</text></svg>" },
        { "<svg><g style='fill:url(#a)'/><g style='fill:url(http://x)'/><g fill=\"url( '#a' )\"/></svg>",
          SVG "><g style=\"fill:url(#a)\"/><g/><g fill=\"url( '#a' )\"/></svg>" },
        { "<svg><style>@import 'x';</style><style><![CDATA[a{b:url(y)}]]></style><style>a{b:c}</style></svg>",
          SVG "><style></style><style><![CDATA[a{b:none}]]></style><style>a{b:c}</style></svg>" },
        { "<svg><g a='url(&quot;#b&quot;)'/><style>a{b:url(#c);d:url( 'x' )} e{f:url(data:g)}</style></svg>",
          SVG "><g a=\"url(&quot;#b&quot;)\"/><style>a{b:url(#c);d:none} e{f:none}</style></svg>" },
        { "<svg a='u&#114;l(x)' b='ur\\6c(x)' c='&#39;Arial&#x27;'><style>&#64;import 'x';</style></svg>",
          SVG " c=\"&#39;Arial&#x27;\"><style></style></svg>" },
        { "<svg><feDropShadow dx='1' id='a' flood-color='red' in='x' result='y'><animate/></feDropShadow><g/></svg>",
          SVG "><feGaussianBlur in=\"x\" stdDeviation=\"2\"/><feOffset result=\"shadow\" dx=\"1\" dy=\"2\"/><feFlood flood-color=\"red\"/>"
              "<feComposite operator=\"in\" in2=\"shadow\"/><feMerge result=\"y\"><feMergeNode/><feMergeNode in=\"x\"/></feMerge><g/></svg>" },
        { "<svg><feDropShadow/></svg>", SVG "><feGaussianBlur stdDeviation=\"2\"/><feOffset result=\"shadow\" dx=\"2\" dy=\"2\"/><feFlood/>"
              "<feComposite operator=\"in\" in2=\"shadow\"/><feMerge><feMergeNode/><feMergeNode in=\"SourceGraphic\"/></feMerge></svg>" },
        { "", NULL }, { "<svg>", NULL }, { "</svg>", NULL }, { "<svg></g></svg>", NULL }, { "<svg/><svg/>", NULL }, { "<html/>", NULL },
        { "<svg/>x", NULL }, { "<svg a=b/>", NULL }, { "<svg a='1' a='2'/>", NULL }, { "<svg a='<'/>", NULL }, { "<svg>&nbsp;</svg>", NULL },
        { "<svg>&#x1F;</svg>", NULL }, { "<svg>&#55555;</svg>", NULL }, { "<svg>&#xfffe;</svg>", NULL }, { "<svg>&#x110000;</svg>", NULL },
        { "<svg>&#;</svg>", NULL }, { "<svg>&#x;</svg>", NULL }, { "<svg>&#6a;</svg>", NULL }, { "<svg>&amp</svg>", NULL },
        { "<svg>\xef\xbf\xbf</svg>", NULL }, { "<svg>&#x10FFFF;&#9;</svg>", SVG ">&#x10FFFF;&#9;</svg>" },
        { "<svg>&#0;</svg>", NULL }, { "<svg>& </svg>", NULL }, { "<svg>]]></svg>", NULL }, { "<svg>\x01</svg>", NULL }, { "<svg>\xff</svg>", NULL },
        { "<!DOCTYPE svg [<!ENTITY x ']>'> <!-- y -->]><svg xmlns='&x;' a:b='&x;'/>", SVG "/>" }, { "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg a='&x;'/>", NULL },
        { "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>", NULL }, { "<!DOCTYPE svg [<svg/>", NULL }, { "<!DOCTYPE svg '><svg/>", NULL },
        { "<?xml version='1.0' encoding='latin1'?><svg a='\xc3\xa4'/>", NULL }, { "<?xml version='1.0' encoding='latin1'?><svg/>", SVG "/>" },
        { "<svg/><a>x</a>", NULL }, { "<a>x</a><svg/>", NULL }, { "<svg/><a><g/></a>", NULL }, { "<svg", NULL },
        { "<svg><style><![CDATA[a{b:url(y)} c{d:url(x ]]></style></svg>", SVG "><style><![CDATA[a{b:none} c{d:none]]></style></svg>" },
        { "<svg><style>@im<!-- -->port 'x';ur<![CDATA[l(y)]]></style></svg>", SVG "><style>@im port 'x';ur <![CDATA[l(y)]]></style></svg>" },
        { "<svg><style>@im<g/>port 'x'</style></svg>", SVG "><style>@im <g/>port 'x'</style></svg>" },
        { "<svg><set attributeName='xlink:href' to='x'/><g style='mask:image-set(\"x\" 1x)'/></svg>", SVG "><set to=\"x\"/><g/></svg>" },
        { "<svg><image href='data:image/jpg;base64,AA=='/></svg>", SVG "><image href=\"data:image/jpg;base64,AA==\"/></svg>" },
        { "<svg><!-- ", NULL }, { "<svg a", NULL }, { "<svg a='", NULL }, { "<", NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ofp_arena *a = ofp_arena_new();
        ofp_buf out = { 0 };
        const char *why = NULL;
        bool ok = ofp_svg_clean(a, ofp_s(cases[i].in), &out, &why);
        if (ok != (cases[i].out != NULL) || (ok && !ofp_str_eq(ofp_buf_str(&out), ofp_s(cases[i].out))))
            fail_msg("case %zu: '%s' gives %s'%.*s'", i, cases[i].in, ok ? "" : "no ", (int)out.n, out.p);
        assert_true(ok || why);
        ofp_buf_free(&out);
        ofp_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers), cmocka_unit_test(data_uris), cmocka_unit_test(who_may_be_read),
        cmocka_unit_test(turned), cmocka_unit_test(alpha), cmocka_unit_test(gif), cmocka_unit_test(too_large),
        cmocka_unit_test(drawings),
    };
    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
