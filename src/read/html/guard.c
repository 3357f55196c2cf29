/* guard.c - a linear look at the tags before the parser sees them.
 *
 * The parser takes its time for each character, so that what scripts and styles hold is left out, unless a part of the
 * reader looks for facts or formulas there: on many pages that is half of all.
 *
 * An HTML5 parser needs quadratic time for deep nesting, for many attributes on one tag and for many
 * open formatting elements, which it opens again in each paragraph.  This scan follows the tokenizer
 * closely and the tree builder roughly, and drops tags only beyond bounds that no real page reaches. */
#include "dom.h"
#include <string.h>

#define MAX_OPEN 400            /* elements open at once */
#define MAX_FORMATTING 60       /* formatting elements open at once */
#define MAX_ATTRS 256           /* attributes on one tag */

struct open { uint16_t tag, formatting; };

struct guard {
    ofp_str in;
    ofp_buf out;
    size_t copied;              /* bytes of in that are in out or dropped */
    struct open open[MAX_OPEN];
    size_t n, over;             /* open elements; start tags dropped and not yet closed */
    size_t count[NTAGS];        /* of each tag in open */
    size_t formatting;          /* in the parser's list of active formatting elements */
    bool keep_formatting;
    size_t noscript_end;        /* of the noscript element that is open */
    size_t unclosed[NTAGS];     /* raw elements of a tag that stand before here have no end */
    dom_limits *limits;
};

/* One tag of the input: [from, to), its name, where its surplus attributes begin. */
struct span { size_t from, to, surplus; enum tag tag; bool end, self_closing; };

static bool alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

#define SET(name, ...) static const uint8_t name[] = { __VA_ARGS__, 0 }
SET(voids, T_BASE, T_LINK, T_META, T_HR, T_BR, T_WBR, T_IMG, T_IMAGE, T_EMBED, T_PARAM, T_SOURCE, T_TRACK,
    T_AREA, T_COL, T_INPUT, T_KEYGEN, T_FRAME, T_HTML, T_HEAD, T_BODY);
SET(formats, T_A, T_B, T_BIG, T_CODE, T_EM, T_FONT, T_I, T_NOBR, T_S, T_SMALL, T_STRIKE, T_STRONG, T_TT, T_U);
SET(raws, T_SCRIPT, T_STYLE, T_TITLE, T_TEXTAREA, T_XMP, T_IFRAME, T_NOEMBED, T_NOFRAMES);
SET(closers_of_p, T_ARTICLE, T_SECTION, T_NAV, T_ASIDE, T_MAIN, T_HEADER, T_FOOTER, T_ADDRESS, T_HGROUP, T_H1,
    T_H2, T_H3, T_H4, T_H5, T_H6, T_DIV, T_CENTER, T_P, T_PRE, T_LISTING, T_BLOCKQUOTE, T_OL, T_UL, T_MENU, T_DIR,
    T_LI, T_DL, T_DT, T_DD, T_FIGURE, T_FIGCAPTION, T_DETAILS, T_SUMMARY, T_TABLE, T_FORM, T_FIELDSET);
SET(scope, T_TABLE, T_TD, T_TH, T_CAPTION, T_OBJECT, T_MARQUEE, T_APPLET, T_TEMPLATE, T_BUTTON);
SET(cell_scope, T_TABLE, T_TD, T_TH, T_CAPTION, T_TEMPLATE);
SET(table_scope, T_TABLE, T_TEMPLATE);
SET(list_scope, T_UL, T_OL, T_MENU, T_DIR, T_TABLE, T_TD, T_TH);
SET(dl_scope, T_DL, T_TABLE, T_TD, T_TH);
SET(select_scope, T_SELECT, T_DATALIST);
SET(table_parts, T_TABLE, T_CAPTION, T_TBODY, T_THEAD, T_TFOOT, T_TR, T_TD, T_TH);
SET(is_p, T_P);
SET(is_li, T_LI);
SET(is_dt, T_DT, T_DD);
SET(is_cell, T_TD, T_TH);
SET(is_tr, T_TR, T_TD, T_TH);
SET(is_body, T_TBODY, T_THEAD, T_TFOOT, T_TR, T_TD, T_TH);
SET(is_option, T_OPTION);

/* Start tags that close others: HTML standard 13.2.6.4.7, "in body", and the table modes. */
static const struct { enum tag tag; const uint8_t *closes, *barrier; } implied[] = {
    { T_LI, is_li, list_scope },      { T_DT, is_dt, dl_scope },          { T_DD, is_dt, dl_scope },
    { T_TD, is_cell, table_scope },   { T_TH, is_cell, table_scope },     { T_TR, is_tr, table_scope },
    { T_TBODY, is_body, table_scope }, { T_THEAD, is_body, table_scope }, { T_TFOOT, is_body, table_scope },
    { T_OPTION, is_option, select_scope }, { T_OPTGROUP, is_option, select_scope },
};

/* ---- the open elements -------------------------------------------------------------------- */

static void pop_to(struct guard *g, size_t n)
{
    while (g->n > n) {
        struct open *o = &g->open[--g->n];
        g->count[o->tag]--;
        /* a cell's formatting ends with it; any other element's is opened again after it */
        if (dom_among(o->tag, cell_scope))
            g->formatting = o->formatting;
    }
}

/* Index of the innermost open element of set that no barrier shields, or SIZE_MAX. */
static size_t find_open(const struct guard *g, const uint8_t *set, const uint8_t *barrier)
{
    size_t any = 0;
    for (const uint8_t *t = set; *t; t++)
        any += g->count[*t];
    for (size_t i = any ? g->n : 0; i-- > 0; ) {
        if (dom_among((enum tag)g->open[i].tag, set))
            return i;
        if (dom_among((enum tag)g->open[i].tag, barrier))
            break;
    }
    return SIZE_MAX;
}

static void close_set(struct guard *g, const uint8_t *set, const uint8_t *barrier)
{
    size_t at = find_open(g, set, barrier);
    /* the outermost one in a row: a new row closes cell and row */
    while (at != SIZE_MAX) {
        pop_to(g, at);
        at = find_open(g, set, barrier);
    }
}

static void remove_open(struct guard *g, size_t at)
{
    g->count[g->open[at].tag]--;
    memmove(&g->open[at], &g->open[at + 1], (g->n - at - 1) * sizeof *g->open);
    g->n--;
}

static void close_implied(struct guard *g, enum tag t)
{
    if (dom_among(t, closers_of_p))
        close_set(g, is_p, scope);
    for (size_t i = 0; i < sizeof implied / sizeof *implied; i++)
        if (implied[i].tag == t)
            close_set(g, implied[i].closes, implied[i].barrier);
}

/* ---- what is dropped ---------------------------------------------------------------------- */

/* Leaves [from, to) out of the copy, all but its line ends, so that lines keep their numbers. */
static void drop(struct guard *g, size_t from, size_t to)
{
    ofp_buf_add(&g->out, ofp_str_sub(g->in, g->copied, from - g->copied));
    for (size_t i = from; i < to; i++)
        if (g->in.p[i] == '\n')
            ofp_buf_putc(&g->out, '\n');
    g->copied = to;
}

static void start_tag(struct guard *g, const struct span *s)
{
    bool format = dom_among(s->tag, formats);
    if (dom_among(s->tag, voids) || (s->self_closing && (g->count[T_SVG] || g->count[T_MATH])))
        return;
    close_implied(g, s->tag);
    static const uint8_t a[] = { T_A, 0 };
    size_t at = s->tag == T_A ? find_open(g, a, cell_scope) : SIZE_MAX;
    if (at != SIZE_MAX) {
        remove_open(g, at);
        g->formatting -= g->formatting > 0;
    }
    if (format && (!g->keep_formatting || (g->formatting >= MAX_FORMATTING && s->tag != T_A))) {
        g->limits->formatting = true;
        drop(g, s->from, s->to);
        return;
    }
    if (g->n == MAX_OPEN) {
        g->over++;
        g->limits->tags++;
        drop(g, s->from, s->to);
        return;
    }
    g->open[g->n++] = (struct open){ (uint16_t)s->tag, (uint16_t)g->formatting };
    g->count[s->tag]++;
    g->formatting += format;
}

static void end_tag(struct guard *g, const struct span *s)
{
    if (g->over) {
        g->over--;
        drop(g, s->from, s->to);
        return;
    }
    bool format = dom_among(s->tag, formats);
    g->formatting -= format && g->formatting > 0;
    const uint8_t set[] = { (uint8_t)s->tag, 0 };
    static const uint8_t none[] = { 0 };
    size_t at = s->tag == T_UNKNOWN && g->n && g->open[g->n - 1].tag == T_UNKNOWN ? g->n - 1
              : find_open(g, set, dom_among(s->tag, table_parts) ? none : cell_scope);
    if (at == SIZE_MAX)
        return;
    if (format)
        remove_open(g, at);
    else
        pop_to(g, at);
}

/* ---- the tokenizer's view (HTML standard 13.2.5) -------------------------------------------- */

static size_t find_or_end(ofp_str s, ofp_str what, size_t at)
{
    size_t i = at < s.n ? ofp_str_find(s, what, at) : SIZE_MAX;
    return i == SIZE_MAX ? s.n : i + what.n;
}

/* Past an attribute value that begins at i. */
static size_t past_value(ofp_str s, size_t i)
{
    while (i < s.n && blank(s.p[i]))
        i++;
    if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
        const char *q = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
        return q ? (size_t)(q - s.p) + 1 : s.n;
    }
    while (i < s.n && !blank(s.p[i]) && s.p[i] != '>')
        i++;
    return i;
}

/* Reads the tag whose name begins at i; false when it has no end. */
static bool take_tag(ofp_str s, size_t i, struct span *out)
{
    size_t name = i, attrs = 0;
    while (i < s.n && !blank(s.p[i]) && s.p[i] != '/' && s.p[i] != '>')
        i++;
    out->tag = dom_tag(ofp_str_sub(s, name, i - name));
    while (i < s.n && s.p[i] != '>') {
        if (blank(s.p[i]) || s.p[i] == '/') {
            out->self_closing = s.p[i] == '/';
            i++;
            continue;
        }
        if (attrs++ == MAX_ATTRS)
            out->surplus = i;
        out->self_closing = false;
        do
            i++;
        while (i < s.n && !blank(s.p[i]) && s.p[i] != '/' && s.p[i] != '>' && s.p[i] != '=');
        size_t j = i;
        while (j < s.n && blank(s.p[j]))
            j++;
        if (j < s.n && s.p[j] == '=')
            i = past_value(s, j + 1);
    }
    out->to = i + 1;
    return i < s.n;
}

/* Past a comment, doctype, CDATA section or the like, whose "<" is at i. */
static size_t past_markup(const struct guard *g, size_t i)
{
    ofp_str s = ofp_str_sub(g->in, i, SIZE_MAX);
    if (ofp_str_starts(s, OFP_STR("<!-->")) || ofp_str_starts(s, OFP_STR("<!--->")))
        return i + 5;
    if (ofp_str_starts(s, OFP_STR("<!--"))) {
        size_t end = find_or_end(g->in, OFP_STR("-->"), i + 4);
        size_t bang = ofp_str_find(ofp_str_sub(g->in, 0, end), OFP_STR("--!>"), i + 4);
        return bang == SIZE_MAX ? end : bang + 4;
    }
    if (ofp_str_starts(s, OFP_STR("<![CDATA[")) && (g->count[T_SVG] || g->count[T_MATH]))
        return find_or_end(g->in, OFP_STR("]]>"), i + 9);
    return find_or_end(g->in, OFP_STR(">"), i + 1);
}

/* Past the text of a raw element: where its end tag begins. */
static size_t past_raw(ofp_str s, size_t i, ofp_str name)
{
    while (i < s.n) {
        size_t at = ofp_str_find(s, OFP_STR("</"), i);
        if (at == SIZE_MAX)
            return s.n;
        if (ofp_str_istarts(ofp_str_sub(s, at + 2, SIZE_MAX), name))
            return at;
        i = at + 2;
    }
    return s.n;
}

/* What the reader looks for in a script: structured data, formulas, and whether formulas are set by one. */
static bool is_read(ofp_str tag, ofp_str text)
{
    static const ofp_str types[] = { { "json", 4 }, { "math", 4 } }, names[] = { { "mathjax", 7 }, { "katex", 5 }, { "tex2jax", 7 }, { "renderMath", 10 } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ofp_str_ifind(tag, types[i], 0) != SIZE_MAX)
            return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_ifind(text, names[i], 0) != SIZE_MAX)
            return true;
    return ofp_str_find(text, OFP_STR("<!--"), 0) != SIZE_MAX;         /* its end is elsewhere, perhaps */
}

/* A raw element that is not closed in its noscript element, <iframe/>, would take the rest of the page with it: where
 * there are scripts it ends with that. */
static bool is_unclosed(struct guard *g, const struct span *s, ofp_str name)
{
    if (s->to < g->unclosed[s->tag])
        return true;
    if (s->to > g->noscript_end)
        g->noscript_end = past_raw(g->in, s->to, OFP_STR("noscript"));
    ofp_str inside = ofp_str_sub(g->in, 0, g->noscript_end);
    if (g->noscript_end < g->in.n && past_raw(inside, s->to, name) == inside.n)
        g->unclosed[s->tag] = inside.n + 1;
    return s->to < g->unclosed[s->tag];
}

/* Past the raw element whose start tag is s. */
static size_t raw_at(struct guard *g, const struct span *s)
{
    ofp_str tag = ofp_str_sub(g->in, s->from, s->to - s->from);
    size_t n = 1;
    while (n < tag.n && alpha(tag.p[n]))
        n++;
    ofp_str name = ofp_str_sub(tag, 1, n - 1);
    if (g->count[T_NOSCRIPT] && is_unclosed(g, s, name)) {
        size_t past = s->tag == T_STYLE || s->tag == T_SCRIPT ? g->noscript_end : s->to;
        drop(g, s->from, past);
        return past;
    }
    size_t end = past_raw(g->in, s->to, name);
    bool unread = s->tag == T_STYLE || (s->tag == T_SCRIPT && !is_read(tag, ofp_str_sub(g->in, s->to, end - s->to)));
    if (unread && end > s->to)
        drop(g, s->to, end);
    return end;
}

/* Handles the tag at i, gives where to go on. */
static size_t tag_at(struct guard *g, size_t i)
{
    struct span s = { .from = i, .end = g->in.p[i + 1] == '/' };
    size_t name = i + 1 + s.end;
    if (!take_tag(g->in, name, &s))
        return g->in.n;
    if (s.end) {
        end_tag(g, &s);
        return s.to;
    }
    size_t copied = g->copied;
    start_tag(g, &s);
    if (s.surplus && g->copied == copied) {
        g->limits->attrs++;
        drop(g, s.surplus, s.to - 1);
    }
    if (s.tag == T_PLAINTEXT)
        return g->in.n;
    return dom_among(s.tag, raws) && !g->count[T_SVG] && !g->count[T_MATH] ? raw_at(g, &s) : s.to;
}

ofp_str dom_guard(ofp_arena *a, ofp_str in, bool formatting, dom_limits *limits)
{
    struct guard *g = ofp_arena_zalloc(a, 1, sizeof *g);
    *limits = (dom_limits){ 0 };
    if (!g)
        return in;
    g->in = in;
    g->keep_formatting = formatting;
    g->limits = limits;
    for (size_t i = 0; i + 1 < in.n; ) {
        const char *lt = memchr(in.p + i, '<', in.n - i - 1);
        if (!lt)
            break;
        i = (size_t)(lt - in.p);
        char c = in.p[i + 1];
        if (alpha(c) || (c == '/' && i + 2 < in.n && alpha(in.p[i + 2])))
            i = tag_at(g, i);
        else if (c == '!' || c == '?' || c == '/')
            i = past_markup(g, i);
        else
            i++;
    }
    if (!g->copied)
        return in;
    ofp_buf_add(&g->out, ofp_str_sub(in, g->copied, SIZE_MAX));
    return ofp_buf_take(&g->out, a);
}
