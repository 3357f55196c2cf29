/* lex.c - tags, text and comments (HTML standard 13.2.5).  Each byte is looked at once or twice, whatever the page. */
#include "lex.h"
#include <string.h>

/* ---- names --------------------------------------------------------------------------------- */

static const ofp_str names[NTAGS] = {
#define TAG(id, name, display, action, type) [T_##id] = { name, sizeof name - 1 },
#include "read/html/tags.def"
#undef TAG
};

ofp_str lex_name(enum tag tag)
{
    return names[tag];
}

static unsigned hash_of(ofp_str name)
{
    unsigned h = (unsigned)name.n;
    for (size_t i = 0; i < name.n; i++)
        h = h * 31 + (unsigned char)name.p[i];
    return h ^ h >> 9;
}

static void enter(lexer *l, ofp_str name, enum tag tag)
{
    unsigned i = hash_of(name) % sizeof l->tags;
    while (l->tags[i])
        i = (i + 1) % sizeof l->tags;
    l->tags[i] = (uint8_t)tag;
}

enum tag lex_tag(const lexer *l, ofp_str name)
{
    for (unsigned i = hash_of(name) % sizeof l->tags; l->tags[i]; i = (i + 1) % sizeof l->tags)
        if (ofp_str_eq(names[l->tags[i]], name))
            return l->tags[i];
    return T_UNKNOWN;
}

/* ---- characters ------------------------------------------------------------------------------ */

static bool is_alpha(char c)
{
    return (unsigned)((c | 32) - 'a') < 26;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

static bool ends_name(char c)
{
    static const bool ends[256] = { [' '] = true, ['\n'] = true, ['\t'] = true, ['\f'] = true, ['\r'] = true, ['/'] = true, ['>'] = true };
    return ends[(unsigned char)c];
}

static size_t past_blanks(ofp_str s, size_t i)
{
    while (i < s.n && is_blank(s.p[i]))
        i++;
    return i;
}

/* Offset of c in s at or after from; s.n where there is none. */
static size_t find(ofp_str s, char c, size_t from)
{
    const char *hit = from < s.n ? memchr(s.p + from, c, s.n - from) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

static ofp_str slice(const lexer *l, size_t from, size_t to)
{
    return (ofp_str){ l->in.p + from, to - from };
}

static ofp_str lower(lexer *l, ofp_str s)
{
    size_t i = 0;
    while (i < s.n && (unsigned)(s.p[i] - 'A') >= 26)
        i++;
    if (i == s.n)
        return s;
    char *p = ofp_arena_zalloc(l->a, s.n, 1);
    for (i = 0; p && i < s.n; i++)
        p[i] = (char)((unsigned)(s.p[i] - 'A') < 26 ? s.p[i] | 32 : s.p[i]);
    return p ? (ofp_str){ p, s.n } : (ofp_str){ "", 0 };
}

/* Bytes that stand for themselves: no carriage return, no control character, not the first byte of one. */
static bool is_plain(unsigned char c)
{
    return (c >= ' ' && c != 0x7F && c != 0xC2 && c != 0xEF) || c == '\n' || c == '\t' || c == '\f';
}

/* Past bytes of ASCII from blank to tilde, line feeds and tabs, eight at a time.  No sum here carries into the next byte. */
static size_t past_printable(ofp_str s, size_t i)
{
    const uint64_t ones = 0x0101010101010101u, low = 0x7F * ones;
    for (uint64_t w; s.n - i >= sizeof w; i += sizeof w) {
        memcpy(&w, s.p + i, sizeof w);
        uint64_t seven = w & low, from_tab = seven + (0x80 - '\t') * ones, past_feed = seven + (0x7F - '\n') * ones;
        uint64_t from_blank = seven + (0x80 - ' ') * ones, past_tilde = seven + ones;
        if ((w | past_tilde | ~(from_blank | (from_tab & ~past_feed))) & 0x80 * ones)
            break;
    }
    return i;
}

/* What the bytes at i are read as, and how many they are: line ends are one, controls and noncharacters U+FFFD. */
static ofp_str read_as(ofp_str s, size_t i, size_t *n)
{
    unsigned char c = (unsigned char)s.p[i], d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0, e = i + 2 < s.n ? (unsigned char)s.p[i + 2] : 0;
    *n = c == 0xEF ? 3 : c == 0xC2 || (c == '\r' && d == '\n') ? 2 : 1;
    *n = *n < s.n - i ? *n : s.n - i;
    if (c == '\r')
        return OFP_STR("\n");
    if ((c == 0xC2 && d >= 0xA0) || (c == 0xEF && !(d == 0xBF && e >= 0xBE)))
        return ofp_str_sub(s, i, *n);
    return OFP_STR("\357\277\275");
}

ofp_str lex_clean(ofp_arena *a, ofp_str in)
{
    ofp_buf out = { 0 };
    size_t from = 0, n;
    for (size_t i = past_printable(in, 0); i < in.n; i = past_printable(in, i + n)) {
        for (n = 0; n < 8 && i + n < in.n && is_plain((unsigned char)in.p[i + n]); n++)
            ;
        if (n)
            continue;
        ofp_str as = read_as(in, i, &n);
        if (as.n == n && !memcmp(as.p, in.p + i, n))
            continue;
        ofp_buf_add(&out, ofp_str_sub(in, from, i - from));
        ofp_buf_add(&out, as);
        from = i + n;
    }
    if (!from)
        return in;
    ofp_buf_add(&out, ofp_str_sub(in, from, SIZE_MAX));
    return ofp_buf_take(&out, a);
}

/* ---- tags ------------------------------------------------------------------------------------ */

static void add_attr(lexer *l, token *t, ofp_str name, ofp_str value)
{
    t->surplus = t->nattrs == LEX_MAX_ATTRS;
    if (t->type != TOKEN_START || t->surplus)
        return;
    name = lower(l, name);
    for (unsigned i = 0; i < t->nattrs; i++)
        if (ofp_str_eq(t->attrs[i].name, name))
            return;
    t->attrs[t->nattrs++] = (struct attr){ name, lex_decode(l->a, value, true) };
}

/* Reads the value that begins at i, behind a "=" and blanks; past its end. */
static size_t take_value(const lexer *l, size_t i, ofp_str *value)
{
    ofp_str s = l->in;
    size_t from = i;
    if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
        size_t end = find(s, s.p[i], i + 1);
        *value = slice(l, i + 1, end > i ? end : i + 1);
        return end < s.n ? end + 1 : s.n;
    }
    while (i < s.n && !is_blank(s.p[i]) && s.p[i] != '>')
        i++;
    *value = slice(l, from, i);
    return i;
}

/* Reads the attribute at i; past its end. */
static size_t take_attr(lexer *l, size_t i, token *t)
{
    ofp_str s = l->in, value = { "", 0 };
    size_t from = i++;          /* a "=" in front is part of the name */
    while (i < s.n && !ends_name(s.p[i]) && s.p[i] != '=')
        i++;
    ofp_str name = slice(l, from, i);
    size_t next = past_blanks(s, i);
    if (next < s.n && s.p[next] == '=')
        i = take_value(l, past_blanks(s, next + 1), &value);
    if (i < s.n)
        add_attr(l, t, name, value);
    return i;
}

/* Reads the tag whose name begins at i.  One that the page ends in is no tag. */
static void take_tag(lexer *l, size_t i, token *t)
{
    ofp_str s = l->in;
    size_t from = i;
    while (i < s.n && !ends_name(s.p[i]))
        i++;
    t->name = lower(l, slice(l, from, i));
    t->tag = lex_tag(l, t->name);
    if (t->tag)
        t->name = names[t->tag];
    t->attrs = l->attrs;
    for (;;) {
        i = past_blanks(s, i);
        if (i >= s.n) {
            t->type = TOKEN_END_OF_FILE;
            l->at = s.n;
            return;
        }
        if (s.p[i] == '>')
            break;
        if (s.p[i] != '/')
            i = take_attr(l, i, t);
        else if (i++, i < s.n && s.p[i] == '>')
            t->self_closing = true;
    }
    l->at = i + 1;
}

/* ---- comments and their like ------------------------------------------------------------------- */

/* Up to the next ">". */
static void take_bogus(lexer *l, size_t i, token *t)
{
    size_t end = find(l->in, '>', i);
    t->type = TOKEN_COMMENT;
    t->text = slice(l, i, end);
    l->at = end < l->in.n ? end + 1 : end;
}

/* Its text begins at i; "-->" or "--!>" ends it, directly behind "<!" also ">" and "->". */
static void take_comment(lexer *l, size_t i, token *t)
{
    ofp_str s = l->in;
    size_t from = i, end = s.n, next = s.n;
    if (ofp_str_starts(slice(l, i, s.n), OFP_STR(">")) || ofp_str_starts(slice(l, i, s.n), OFP_STR("->"))) {
        end = i;
        next = find(s, '>', i) + 1;
    }
    for (i = find(s, '-', i); end == s.n && i < s.n; i = find(s, '-', i + 1)) {
        ofp_str rest = slice(l, i, s.n);
        size_t n = ofp_str_starts(rest, OFP_STR("-->")) ? 3 : ofp_str_starts(rest, OFP_STR("--!>")) ? 4 : 0;
        if (n) {
            end = i;
            next = i + n;
        }
    }
    t->type = TOKEN_COMMENT;
    t->text = slice(l, from, end);
    l->at = next;
}

static void take_cdata(lexer *l, size_t i, token *t)
{
    size_t end = ofp_str_find(l->in, OFP_STR("]]>"), i);
    t->type = TOKEN_TEXT;
    t->text = slice(l, i, end == SIZE_MAX ? l->in.n : end);
    l->at = end == SIZE_MAX ? l->in.n : end + 3;
}

/* What begins with "<!". */
static void take_declaration(lexer *l, token *t)
{
    static const ofp_str doctype = { "doctype", 7 }, cdata = { "[CDATA[", 7 };
    size_t i = l->at + 2;
    ofp_str rest = slice(l, i, l->in.n);
    if (ofp_str_starts(rest, OFP_STR("--"))) {
        take_comment(l, i + 2, t);
    } else if (ofp_str_istarts(rest, doctype)) {
        take_bogus(l, i + doctype.n, t);
        t->type = TOKEN_DOCTYPE;
    } else if (l->cdata && ofp_str_starts(rest, cdata)) {
        take_cdata(l, i + cdata.n, t);
    } else {
        take_bogus(l, i, t);
    }
}

/* ---- text -------------------------------------------------------------------------------------- */

/* Whether the "<" at i begins something other than text. */
static bool is_markup(ofp_str s, size_t i)
{
    char c = i + 1 < s.n ? s.p[i + 1] : ' ';
    return is_alpha(c) || c == '!' || c == '?' || (c == '/' && i + 2 < s.n);
}

static void take_text(lexer *l, token *t)
{
    size_t i = find(l->in, '<', l->at);
    while (i < l->in.n && !is_markup(l->in, i))
        i = find(l->in, '<', i + 1);
    t->type = TOKEN_TEXT;
    t->text = lex_decode(l->a, slice(l, l->at, i), false);
    l->at = i;
}

static unsigned line_here(lexer *l)
{
    const char *p = l->in.p + l->counted, *end = l->in.p + l->at;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
        l->line++;
        p++;
    }
    l->counted = l->at;
    return l->line;
}

static void take_end_tag(lexer *l, token *t)
{
    size_t i = l->at + 2;
    if (is_alpha(l->in.p[i])) {
        t->type = TOKEN_END;
        take_tag(l, i, t);
    } else {
        take_bogus(l, i, t);
    }
}

void lex_next(lexer *l, token *t)
{
    while (l->at + 2 < l->in.n && !memcmp(l->in.p + l->at, "</>", 3))
        l->at += 3;                     /* nothing at all */
    *t = (token){ .line = line_here(l) };
    if (l->at >= l->in.n)
        return;
    if (l->in.p[l->at] != '<' || !is_markup(l->in, l->at)) {
        take_text(l, t);
        return;
    }
    switch (l->in.p[l->at + 1]) {
    case '/': take_end_tag(l, t); break;
    case '!': take_declaration(l, t); break;
    case '?': take_bogus(l, l->at + 1, t); break;
    default:
        t->type = TOKEN_START;
        take_tag(l, l->at + 1, t);
    }
}

/* ---- elements that hold no markup ---------------------------------------------------------------- */

/* Whether name and something that ends it stand at i. */
static bool is_name_at(ofp_str s, size_t i, ofp_str name)
{
    return i + name.n < s.n && ends_name(s.p[i + name.n]) && ofp_str_istarts((ofp_str){ s.p + i, s.n - i }, name);
}

/* Where the script's end tag begins: one in a comment in which a script was opened is none. */
static size_t script_end(ofp_str s, size_t from)
{
    static const ofp_str name = { "script", 6 };
    enum { PLAIN, COMMENT, SCRIPT } in = PLAIN;
    size_t dashes = 0;          /* of the comment, which may be those that open it */
    for (size_t i = from; i < s.n; i++) {
        if (in == PLAIN && s.p[i] != '<' && (i = find(s, '<', i)) == s.n)
            break;
        ofp_str rest = { s.p + i, s.n - i };
        if (s.p[i] == '<' && in == PLAIN && ofp_str_starts(rest, OFP_STR("<!--"))) {
            in = COMMENT;
            dashes = i + 2;
            i++;
        } else if (in != PLAIN && i >= dashes && ofp_str_starts(rest, OFP_STR("-->"))) {
            in = PLAIN;
        } else if (s.p[i] == '<' && i + 1 < s.n && s.p[i + 1] == '/' && is_name_at(s, i + 2, name)) {
            if (in != SCRIPT)
                return i;
            in = COMMENT;
        } else if (s.p[i] == '<' && in == COMMENT && is_name_at(s, i + 1, name)) {
            in = SCRIPT;
        }
    }
    return s.n;
}

static size_t raw_end(ofp_str s, size_t from, ofp_str name)
{
    size_t i = find(s, '<', from);
    while (i < s.n && !(i + 1 < s.n && s.p[i + 1] == '/' && is_name_at(s, i + 2, name)))
        i = find(s, '<', i + 1);
    return i;
}

/* The page as far as an element without markup may go.  Where scripts run a noscript element is such a one itself, so
 * that nobody sees that <iframe/> in it is not closed; without this it would take the rest of the page. */
static ofp_str raw_page(lexer *l)
{
    if (l->noscript && l->at >= l->noscript_end)
        l->noscript_end = raw_end(l->in, l->at, OFP_STR("noscript"));
    return l->noscript ? slice(l, 0, l->noscript_end) : l->in;
}

ofp_str lex_raw(lexer *l, ofp_str name, enum lex_raw kind)
{
    ofp_str in = raw_page(l);
    size_t from = l->at, end = kind == LEX_SCRIPT ? script_end(in, from) : raw_end(in, from, name);
    token closing = { .type = TOKEN_END };
    l->at = end;
    if (end < in.n)
        take_tag(l, end + 2, &closing);
    return kind == LEX_TEXT ? lex_decode(l->a, slice(l, from, end), false) : slice(l, from, end);
}

ofp_str lex_rest(lexer *l)
{
    ofp_str rest = slice(l, l->at, l->in.n);
    l->at = l->in.n;
    return rest;
}

void lex_open(lexer *l, ofp_arena *a, ofp_str in)
{
    *l = (lexer){ .a = a, .in = in, .line = 1 };
    for (enum tag t = T_ROOT + 1; t < NTAGS; t++)
        enter(l, names[t], t);
}
