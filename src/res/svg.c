/* svg.c - drawings, made fit for a book or for pixels: well-formed XML of the SVG vocabulary alone, without
 * scripts, without anything fetched from elsewhere.  What does not belong is left out; what cannot
 * be read for certain is refused, since one malformed file spoils the whole book for validators. */
#include "res/svg_parts.h"

static bool refuse(svg *s, const char *why)
{
    s->why = why;
    return false;
}

static void skip_space(svg *s)
{
    while (s->at < s->in.n && svg_is_space(s->in.p[s->at]))
        s->at++;
}

static ofp_str take_name(svg *s)
{
    size_t from = s->at;
    while (s->at < s->in.n && svg_is_name_char(s->in.p[s->at]))
        s->at++;
    ofp_str name = ofp_str_sub(s->in, from, s->at - from);
    bool starts = name.n > 0 && (name.p[0] == '_' || (name.p[0] | 0x20) >= 'a');
    return starts ? name : (ofp_str){ 0 };
}

/* Moves behind the next occurrence of end. */
static bool pass(svg *s, const char *end)
{
    size_t found = ofp_str_find(s->in, ofp_s(end), s->at);
    if (found == SIZE_MAX)
        return refuse(s, "the SVG is not well-formed");
    s->at = found + ofp_s(end).n;
    return true;
}

/* XML 1.0, 2.2 */
static bool is_xml_char(uint32_t cp)
{
    return cp >= 0x20 ? cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF) && cp != 0xFFFE && cp != 0xFFFF : cp == 9 || cp == 10 || cp == 13;
}

/* "#65", "#x41" */
static bool names_char(ofp_str s)
{
    size_t digits = ofp_str_starts(s, OFP_STR("#x")) ? 2 : 1;
    uint32_t cp = 0, base = digits == 2 ? 16 : 10;
    for (size_t i = digits; i < s.n; i++) {
        char c = s.p[i] >= 'A' ? s.p[i] | 0x20 : s.p[i];
        uint32_t value = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : base;
        if (value >= base || cp > 0x10FFFF)
            return false;
        cp = cp * base + value;
    }
    return ofp_str_starts(s, OFP_STR("#")) && s.n > digits && is_xml_char(cp);
}

/* Character references and the five names of XML; others come from a DTD that no book may have. */
static bool references_ok(ofp_str s)
{
    enum { LONGEST = 12 };
    static const char *const names[] = { "amp", "lt", "gt", "quot", "apos" };
    for (size_t at = 0; (at = ofp_str_find(s, OFP_STR("&"), at)) != SIZE_MAX;) {
        ofp_str after = ofp_str_sub(s, ++at, LONGEST);
        size_t end = ofp_str_find(after, OFP_STR(";"), 0);
        ofp_str name = ofp_str_sub(after, 0, end);
        bool ok = names_char(name);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            ok = ok || ofp_str_eq(name, ofp_s(names[i]));
        if (!ok || end == SIZE_MAX)
            return false;
    }
    return true;
}

static bool characters_ok(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 && !svg_is_space(s.p[i]))
            return false;
    return ofp_utf8_valid(s) && ofp_str_find(s, OFP_STR("\xef\xbf\xbe"), 0) == SIZE_MAX
        && ofp_str_find(s, OFP_STR("\xef\xbf\xbf"), 0) == SIZE_MAX;
}

/* ---- tags ------------------------------------------------------------------------------------ */

static bool take_attribute(svg *s, attribute *a)
{
    a->name = take_name(s);
    skip_space(s);
    if (!a->name.n || s->at >= s->in.n || s->in.p[s->at] != '=')
        return refuse(s, "the SVG is not well-formed");
    s->at++;
    skip_space(s);
    char quote = s->at < s->in.n ? s->in.p[s->at] : 0;
    size_t from = s->at + 1;
    if (quote != '"' && quote != '\'')
        return refuse(s, "the SVG is not well-formed");
    s->at = from;
    if (!pass(s, quote == '"' ? "\"" : "'"))
        return false;
    a->value = ofp_str_sub(s->in, from, s->at - from - 1);
    if (svg_is_of_others(a->name))
        a->value = (ofp_str){ "", 0 };
    if (ofp_str_find(a->value, OFP_STR("<"), 0) != SIZE_MAX || !references_ok(a->value))
        return refuse(s, "the SVG is not well-formed or needs a DTD");
    return true;
}

static bool take_attributes(svg *s, attribute *list, size_t *n)
{
    for (*n = 0;; (*n)++) {
        skip_space(s);
        if (s->at < s->in.n && (s->in.p[s->at] == '>' || s->in.p[s->at] == '/'))
            return true;
        if (*n == MAX_ATTRS || !take_attribute(s, &list[*n]))
            return refuse(s, "the SVG is not well-formed");
        for (size_t i = 0; i < *n; i++)
            if (ofp_str_eq(list[i].name, list[*n].name))
                return refuse(s, "the SVG is not well-formed");
    }
}

/* A root of our own namespaces: saved pages often lose the declarations. */
static bool put_root(svg *s, ofp_str name)
{
    if (s->root_done || !ofp_str_eq(name, OFP_STR("svg")))
        return refuse(s, "not an SVG drawing");
    s->root_done = true;
    ofp_buf_puts(s->out, " xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    return true;
}

/* Links out of a picture lead nowhere in most reading systems: their content stays. */
static bool is_wrapper(ofp_str name)
{
    return ofp_str_eq(name, OFP_STR("a"));
}

static void put_value(svg *s, attribute a)
{
    bool href = ofp_str_ends(a.name, OFP_STR("href")), id = ofp_str_eq(a.name, OFP_STR("id"));
    ofp_str value = href ? ofp_str_trim(a.value) : a.value;
    bool part = href && ofp_str_starts(value, OFP_STR("#"));
    if (part)
        ofp_buf_putc(s->out, '#');
    if (part || id)
        ofp_buf_add(s->out, svg_safe_id(s, ofp_str_sub(value, part, SIZE_MAX)));
    else if (href)
        ofp_buf_add(s->out, value);
    else
        svg_put_urls(s, value);
}

static void put_attribute(svg *s, attribute a)
{
    bool single = ofp_str_find(a.value, OFP_STR("\""), 0) != SIZE_MAX;
    if (svg_is_skipping(s) || !svg_keeps_attribute(s, a))
        return;
    ofp_buf_putc(s->out, ' ');
    ofp_buf_add(s->out, a.name);
    ofp_buf_puts(s->out, single ? "='" : "=\"");
    put_value(s, a);
    ofp_buf_puts(s->out, single ? "'" : "\"");
}

static void put_attributes(svg *s, const attribute *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_attribute(s, list[i]);
}

static bool put_tag(svg *s, ofp_str name, const attribute *list, size_t n, bool empty)
{
    svg_keep(s, OFP_STR("<"));
    svg_keep(s, name);
    if (s->depth == 1 && !put_root(s, name))
        return false;
    put_attributes(s, list, n);
    svg_keep(s, empty ? OFP_STR("/>") : OFP_STR(">"));
    return true;
}

/* ---- shadows ---------------------------------------------------------------------------------- */

static void put_one(svg *s, const attribute *list, size_t n, const char *name, const char *otherwise)
{
    for (size_t i = 0; i < n; i++)
        if (ofp_str_eq(list[i].name, ofp_s(name))) {
            put_attribute(s, list[i]);
            return;
        }
    if (otherwise)
        put_attribute(s, (attribute){ ofp_s(name), ofp_s(otherwise) });
}

/* What a feDropShadow is said to mean (Filter Effects 1, 9.11): renderers that do not know it show nothing at all of
 * what it is put on. */
static void put_shadow(svg *s, const attribute *list, size_t n)
{
    static const char *const flood[] = { "flood-color", "flood-opacity", "style", "class" };
    svg_keep(s, OFP_STR("<feGaussianBlur"));
    put_one(s, list, n, "in", NULL);
    put_one(s, list, n, "stdDeviation", "2");
    svg_keep(s, OFP_STR("/><feOffset result=\"shadow\""));
    put_one(s, list, n, "dx", "2");
    put_one(s, list, n, "dy", "2");
    svg_keep(s, OFP_STR("/><feFlood"));
    for (size_t i = 0; i < sizeof flood / sizeof *flood; i++)
        put_one(s, list, n, flood[i], NULL);
    svg_keep(s, OFP_STR("/><feComposite operator=\"in\" in2=\"shadow\"/><feMerge"));
    put_one(s, list, n, "result", NULL);
    svg_keep(s, OFP_STR("><feMergeNode/><feMergeNode"));
    put_one(s, list, n, "in", "SourceGraphic");
    svg_keep(s, OFP_STR("/></feMerge>"));
}

static bool start_tag(svg *s)
{
    attribute list[MAX_ATTRS + 1];
    size_t n;
    s->at++;
    ofp_str name = take_name(s);
    if (!name.n || s->depth == MAX_OPEN || !take_attributes(s, list, &n))
        return refuse(s, "the SVG is not well-formed");
    s->open[s->depth++] = name;
    bool shadow = !svg_is_skipping(s) && ofp_str_eq(name, OFP_STR("feDropShadow"));
    if (shadow)
        put_shadow(s, list, n);
    if (!svg_is_skipping(s) && (shadow || !svg_keeps_element(name)))
        s->skip = s->depth;
    bool empty = s->in.p[s->at] == '/';
    if (s->depth == 1 && is_wrapper(name))
        return refuse(s, "not an SVG drawing");
    if (!is_wrapper(name) && !put_tag(s, name, list, n, empty))
        return false;
    if (!pass(s, ">"))
        return false;
    if (empty && s->skip == s->depth)
        s->skip = 0;
    s->depth -= empty;
    return true;
}

static bool end_tag(svg *s)
{
    s->at += 2;
    ofp_str name = take_name(s);
    skip_space(s);
    if (s->depth == 0 || !ofp_str_eq(name, s->open[s->depth - 1]) || !ofp_str_starts(svg_rest(s), OFP_STR(">")))
        return refuse(s, "the SVG is not well-formed");
    s->at++;
    if (!is_wrapper(name)) {
        svg_keep(s, OFP_STR("</"));
        svg_keep(s, name);
        svg_keep(s, OFP_STR(">"));
    }
    if (s->skip == s->depth)
        s->skip = 0;
    s->depth--;
    return true;
}

/* ---- everything else -------------------------------------------------------------------------- */

static bool in_style(const svg *s)
{
    return s->depth > 0 && ofp_str_eq(s->open[s->depth - 1], OFP_STR("style"));
}

static bool take_text(svg *s)
{
    size_t end = ofp_str_find(s->in, OFP_STR("<"), s->at);
    ofp_str text = ofp_str_sub(s->in, s->at, end == SIZE_MAX ? SIZE_MAX : end - s->at);
    s->at += text.n;
    if (s->depth == 0)
        return ofp_str_trim(text).n == 0 || refuse(s, "the SVG is not well-formed");
    if (!references_ok(text) || ofp_str_find(text, OFP_STR("]]>"), 0) != SIZE_MAX)
        return refuse(s, "the SVG is not well-formed or needs a DTD");
    (in_style(s) ? svg_keep_css : svg_keep)(s, text);
    return true;
}

static bool take_cdata(svg *s)
{
    size_t from = s->at;
    if (s->depth == 0 || !pass(s, "]]>"))
        return refuse(s, "the SVG is not well-formed");
    ofp_str start = OFP_STR("<![CDATA["), end = OFP_STR("]]>");
    svg_keep(s, start);
    (in_style(s) ? svg_keep_css : svg_keep)(s, ofp_str_sub(s->in, from + start.n, s->at - from - start.n - end.n));
    svg_keep(s, end);
    return true;
}

/* OCF forbids external identifiers, and entities are nothing that a picture needs: where one is used the drawing is
 * refused, so that their declarations are not even read. */
static bool take_doctype(svg *s)
{
    char quote = 0;
    bool inside = false;
    for (; s->at < s->in.n; s->at++) {
        char c = s->in.p[s->at];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[' || c == ']')
            inside = c == '[';
        else if (c == '>' && !inside)
            return s->at++, true;
    }
    return refuse(s, "the SVG is not well-formed");
}

static bool is_ascii(ofp_str s)
{
    size_t i = 0;
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return i == s.n;
}

/* Drawing programs declare Latin 1 and write ASCII. */
static bool take_declaration(svg *s)
{
    size_t from = s->at;
    if (!pass(s, "?>"))
        return false;
    ofp_str pi = ofp_str_sub(s->in, from, s->at - from);
    if (!ofp_str_starts(pi, OFP_STR("<?xml ")) || ofp_str_ifind(pi, OFP_STR("encoding"), 0) == SIZE_MAX)
        return true;
    return ofp_str_ifind(pi, OFP_STR("utf-8"), 0) != SIZE_MAX || ofp_str_ifind(pi, OFP_STR("ascii"), 0) != SIZE_MAX ||
           (from <= 3 && is_ascii(s->in)) || refuse(s, "the SVG is not in UTF-8");
}

static bool step(svg *s)
{
    ofp_str r = svg_rest(s);
    if (r.p[0] != '<')
        return take_text(s);
    if (ofp_str_starts(r, OFP_STR("<!--")))
        return pass(s, "-->");
    if (ofp_str_starts(r, OFP_STR("<![CDATA[")))
        return take_cdata(s);
    if (ofp_str_starts(r, OFP_STR("<!")))
        return take_doctype(s);
    if (ofp_str_starts(r, OFP_STR("<?")))
        return take_declaration(s);
    return ofp_str_starts(r, OFP_STR("</")) ? end_tag(s) : start_tag(s);
}

static bool read_all(svg *s)
{
    bool ok = true;
    if (ofp_str_starts(s->in, OFP_STR("\xef\xbb\xbf")))
        s->at = 3;
    while (ok && s->at < s->in.n)
        ok = step(s);
    return ok && ((s->depth == 0 && s->root_done) || refuse(s, "the SVG is not well-formed"));
}

bool ofp_svg_clean(ofp_arena *a, ofp_str bytes, ofp_buf *out, const char **why)
{
    ofp_map ids = { .arena = a };
    ofp_buf nothing = { 0 };
    svg first = { .ids = &ids, .in = bytes, .out = &nothing };
    svg second = { .ids = &ids, .in = bytes, .out = out, .second = true };
    bool ok = characters_ok(bytes) || refuse(&first, "the SVG is not in UTF-8");
    ok = ok && read_all(&first) && read_all(&second);
    ofp_buf_free(&nothing);
    *why = first.why ? first.why : second.why;
    return ok;
}
