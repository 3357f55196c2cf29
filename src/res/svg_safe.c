/* svg_safe.c - what of a drawing stays: elements and attributes of its own vocabulary, nothing that runs or is fetched. */
#include <string.h>
#include "res/svg_parts.h"

/* Declarations and attributes of other vocabularies, which are dropped.  Drawing programs name their namespaces by
 * entities of their own. */
bool svg_is_of_others(ofp_str name)
{
    static const char *const ours[] = { "xlink:href", "xml:space", "xml:lang" };
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (ofp_str_eq(name, ofp_s(ours[i])))
            return false;
    return ofp_str_eq(name, OFP_STR("xmlns")) || ofp_str_find(name, OFP_STR(":"), 0) != SIZE_MAX;
}

bool svg_keeps_element(ofp_str name)
{
    static const char *const dropped[] = { "script", "foreignObject", "metadata", "iframe", "audio", "video", "handler" };
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (ofp_str_ieq(name, ofp_s(dropped[i])))
            return false;
    return ofp_str_find(name, OFP_STR(":"), 0) == SIZE_MAX;
}

/* Whether letters are written so that words hide: CSS's escapes, character references but those of quotes. */
static bool is_veiled(ofp_str css)
{
    static const char *const quotes[] = { "&#34;", "&#39;", "&#x22;", "&#x27;" };
    for (size_t at = 0; (at = ofp_str_find(css, OFP_STR("&#"), at)) != SIZE_MAX; at++) {
        size_t i = 0;
        while (i < sizeof quotes / sizeof *quotes && !ofp_str_starts(ofp_str_sub(css, at, SIZE_MAX), ofp_s(quotes[i])))
            i++;
        if (i == sizeof quotes / sizeof *quotes)
            return true;
    }
    return ofp_str_find(css, OFP_STR("\\"), 0) != SIZE_MAX;
}

static size_t skip_quote(ofp_str css, size_t at)
{
    static const char *const quotes[] = { "\"", "'", "&quot;", "&apos;", "&#34;", "&#39;", "&#x22;", "&#x27;" };
    while (at < css.n && svg_is_space(css.p[at]))
        at++;
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (ofp_str_starts(ofp_str_sub(css, at, SIZE_MAX), ofp_s(quotes[i])))
            return at + ofp_s(quotes[i]).n;
    return at;
}

/* The next url() from at on that is none of a part of the drawing; SIZE_MAX: there is none. */
static size_t next_fetched(ofp_str css, size_t at)
{
    for (; (at = ofp_str_ifind(css, OFP_STR("url("), at)) != SIZE_MAX; at += 4) {
        size_t from = skip_quote(css, at + 4);
        if (from >= css.n || css.p[from] != '#')
            return at;
    }
    return SIZE_MAX;
}

static bool is_harmless(ofp_str css)
{
    return !is_veiled(css) && ofp_str_ifind(css, OFP_STR("@import"), 0) == SIZE_MAX
        && ofp_str_ifind(css, OFP_STR("expression("), 0) == SIZE_MAX && ofp_str_ifind(css, OFP_STR("image-set("), 0) == SIZE_MAX;
}

/* True where css fetches nothing: no imports, and url() only of parts of the drawing. */
static bool css_ok(ofp_str css)
{
    return is_harmless(css) && next_fetched(css, 0) == SIZE_MAX;
}

static bool id_char(uint32_t cp, bool first)
{
    if (cp >= 0x80)
        return ofp_is_letter(cp);
    return cp != ':' && svg_is_name_char((char)cp) && !(first && cp < 'A');
}

/* As an XML name without a colon: Figma's are "clip0_1:2", others begin with digits, and references must keep up. */
ofp_str svg_safe_id(const svg *s, ofp_str id)
{
    ofp_buf safe = { 0 };
    for (size_t at = 0, from = 0; at < id.n; from = at) {
        bool first = from == 0;
        uint32_t cp = ofp_utf8_next(id, &at);
        if (first && !id_char(cp, true) && id_char(cp, false))
            ofp_buf_putc(&safe, '_');
        ofp_buf_add(&safe, id_char(cp, false) ? ofp_str_sub(id, from, at - from) : OFP_STR("_"));
    }
    s->out->failed = s->out->failed || safe.failed;
    return ofp_buf_take(&safe, s->ids->arena);
}

/* The second element with the same id loses it. */
static bool claim_id(const svg *s, ofp_str id)
{
    static const char first, again;
    void **seen = id.n > 0 ? ofp_map_at(s->ids, svg_safe_id(s, id)) : NULL;
    if (!seen || *seen == (s->second ? &again : &first))
        return false;
    *seen = (void *)(uintptr_t)(s->second ? &again : &first);
    return true;
}

static bool href_ok(const svg *s, ofp_str value)
{
    value = ofp_str_trim(value);
    if (ofp_str_starts(value, OFP_STR("#")))
        return s->second && ofp_map_get(s->ids, svg_safe_id(s, ofp_str_sub(value, 1, SIZE_MAX)));
    return ofp_str_istarts(value, OFP_STR("data:image/png;base64,")) ||
           ofp_str_istarts(value, OFP_STR("data:image/jpeg;base64,")) || ofp_str_istarts(value, OFP_STR("data:image/jpg;base64,")) ||
           ofp_str_istarts(value, OFP_STR("data:image/gif;base64,"));
}

bool svg_keeps_attribute(const svg *s, attribute a)
{
    if (ofp_str_eq(a.name, OFP_STR("id")))
        return claim_id(s, a.value);
    if (svg_is_of_others(a.name) || ofp_str_istarts(a.name, OFP_STR("on")))
        return false;
    if (ofp_str_eq(a.name, OFP_STR("href")) || ofp_str_eq(a.name, OFP_STR("xlink:href")))
        return href_ok(s, a.value);
    /* no animation of what is referred to */
    if (ofp_str_eq(a.name, OFP_STR("attributeName")) && ofp_str_find(a.value, OFP_STR("href"), 0) != SIZE_MAX)
        return false;
    return !ofp_str_starts(a.name, OFP_STR("data-")) && css_ok(a.value);
}

bool svg_is_skipping(const svg *s)
{
    return s->skip > 0;
}

void svg_keep(svg *s, ofp_str text)
{
    if (!svg_is_skipping(s))
        ofp_buf_add(s->out, text);
}

/* css, whose every url() is of a part of the drawing, with the ids of these as they are now. */
void svg_put_urls(svg *s, ofp_str css)
{
    size_t from = 0;
    for (size_t at; (at = ofp_str_ifind(css, OFP_STR("url("), from)) != SIZE_MAX;) {
        size_t name = skip_quote(css, at + 4) + 1, end = name;
        while (end < css.n && !svg_is_space(css.p[end]) && !memchr(")\"'&", css.p[end], 4))
            end++;
        svg_keep(s, ofp_str_sub(css, from, name - from));
        svg_keep(s, svg_safe_id(s, ofp_str_sub(css, name, end - name)));
        from = end;
    }
    svg_keep(s, ofp_str_sub(css, from, SIZE_MAX));
}

/* A piece of a style sheet without what it would fetch, most often fonts.  A blank parts it from the next,
 * since "@im<!-- -->port" would come together. */
void svg_keep_css(svg *s, ofp_str css)
{
    size_t from = 0;
    if (!is_harmless(css))
        return;
    for (size_t at; (at = next_fetched(css, from)) != SIZE_MAX;) {
        size_t end = ofp_str_find(css, OFP_STR(")"), at);
        svg_put_urls(s, ofp_str_sub(css, from, at - from));
        svg_keep(s, OFP_STR("none"));
        from = end == SIZE_MAX ? css.n : end + 1;
    }
    svg_put_urls(s, ofp_str_sub(css, from, SIZE_MAX));
    if (!ofp_str_starts(svg_rest(s), OFP_STR("</")))
        svg_keep(s, OFP_STR(" "));
}
