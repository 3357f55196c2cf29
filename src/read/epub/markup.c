/* markup.c - the pieces of a content document.  They should be XML, but books are sold that are not; what browsers and
 * reading systems can make sense of, this can, too: tags, their attributes, and what stands between. */
#include "base/octets.h"
#include "read/epub/book.h"

static bool is_name_start(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* ---- tags ---- */

/* The > that ends the tag at from; a quote without an end ends the looking for quotes, a tag
 * without one that for tags. */
static size_t tag_end(pub_lexer *l, size_t from)
{
    char quote = 0;
    for (size_t i = from; i < l->s.n; i++) {
        char c = l->s.p[i];
        if (quote ? c == quote : !l->loose && (c == '"' || c == '\''))
            quote = quote ? 0 : c;
        else if (!quote && c == '>')
            return i;
    }
    l->no_tags = !quote;
    if (!quote)
        return SIZE_MAX;
    l->loose = true;
    return tag_end(l, from);
}

static void split_name(pub_lexer *l, ofp_str tag)
{
    size_t n = 0, colon = SIZE_MAX;
    while (n < tag.n && !is_blank(tag.p[n]) && tag.p[n] != '/') {
        if (tag.p[n] == ':')
            colon = n;
        n++;
    }
    l->prefixed = colon != SIZE_MAX;
    l->name = ofp_str_sub(tag, l->prefixed ? colon + 1 : 0, l->prefixed ? n - colon - 1 : n);
    l->attrs = ofp_str_sub(tag, n, SIZE_MAX);
    l->empty = ofp_str_ends(l->attrs, OFP_STR("/"));
    if (l->empty)
        l->attrs.n--;
}

/* A tag at l->at, which moves behind it; false where there is none. */
static bool take_tag(pub_lexer *l)
{
    size_t at = l->at + 1;
    bool closes = at < l->s.n && l->s.p[at] == '/';
    at += closes;
    if (l->no_tags || at >= l->s.n || !is_name_start(l->s.p[at]))
        return false;
    size_t end = tag_end(l, at);
    if (end == SIZE_MAX)
        return false;
    l->kind = closes ? PUB_CLOSE : PUB_OPEN;
    split_name(l, ofp_str_sub(l->s, at, end - at));
    l->at = end + 1;
    return true;
}

/* ---- what is no text: comments, instructions, the document type ---- */

/* Behind mark, which ends what begins at l->at; false where it never comes. */
static bool pass(pub_lexer *l, ofp_str mark)
{
    size_t end = l->open_end ? SIZE_MAX : ofp_str_find(l->s, mark, l->at);
    if (end == SIZE_MAX) {
        l->open_end = true;
        return false;
    }
    l->at = end + mark.n;
    return true;
}

/* A document type may hold declarations in brackets. */
static bool pass_doctype(pub_lexer *l)
{
    if (l->open_end)
        return false;
    size_t open = ofp_str_find(ofp_str_sub(l->s, 0, l->at + 2000 < l->s.n ? l->at + 2000 : l->s.n), OFP_STR("["), l->at);
    size_t end = ofp_str_find(l->s, OFP_STR(">"), l->at);
    return open < end && end != SIZE_MAX ? pass(l, OFP_STR("]")) && pass(l, OFP_STR(">")) : pass(l, OFP_STR(">"));
}

static bool pass_silent(pub_lexer *l)
{
    ofp_str rest = ofp_str_sub(l->s, l->at, 12);
    if (ofp_str_starts(rest, OFP_STR("<!--")))
        return pass(l, OFP_STR("-->"));
    if (ofp_str_starts(rest, OFP_STR("<?")))
        return pass(l, ofp_str_starts(rest, OFP_STR("<?xml ")) ? OFP_STR("?>") : OFP_STR(">"));
    return ofp_str_istarts(rest, OFP_STR("<!doctype")) && pass_doctype(l);
}

static bool take_cdata(pub_lexer *l)
{
    size_t from = l->at + 9;
    if (!ofp_str_starts(ofp_str_sub(l->s, l->at, 9), OFP_STR("<![CDATA[")) || !pass(l, OFP_STR("]]>")))
        return false;
    l->kind = PUB_CDATA;
    l->text = l->at >= from + 3 ? ofp_str_sub(l->s, from, l->at - 3 - from) : (ofp_str){ "", 0 };
    return true;
}

bool pub_next(pub_lexer *l)
{
    while (l->at < l->s.n && l->s.p[l->at] == '<' && pass_silent(l))
        ;
    if (l->at >= l->s.n)
        return false;
    bool sign = l->s.p[l->at] == '<';
    if (sign && (take_tag(l) || take_cdata(l)))
        return true;
    size_t end = ofp_str_find(l->s, OFP_STR("<"), l->at + 1);
    end = end == SIZE_MAX ? l->s.n : end;
    /* A < that opens nothing is one of the text. */
    l->kind = sign ? PUB_CDATA : PUB_TEXT;
    l->text = ofp_str_sub(l->s, l->at, sign ? 1 : end - l->at);
    l->at += l->text.n;
    return true;
}

bool pub_named(const pub_lexer *l, const char *name)
{
    return ofp_str_ieq(l->name, ofp_s(name));
}

/* ---- attributes ---- */

bool pub_take_attr(ofp_str *rest, ofp_str *name, ofp_str *value)
{
    size_t i = 0, from;
    while (i < rest->n && (is_blank(rest->p[i]) || strchr("/=\"'<", rest->p[i])))
        i++;
    for (from = i; i < rest->n && !is_blank(rest->p[i]) && rest->p[i] != '='; i++)
        ;
    *name = ofp_str_sub(*rest, from, i - from);
    *value = (ofp_str){ "", 0 };
    while (i < rest->n && is_blank(rest->p[i]))
        i++;
    if (i < rest->n && rest->p[i] == '=') {
        for (i++; i < rest->n && is_blank(rest->p[i]); i++)
            ;
        char quote = i < rest->n && (rest->p[i] == '"' || rest->p[i] == '\'') ? rest->p[i++] : 0;
        for (from = i; i < rest->n && (quote ? rest->p[i] != quote : !is_blank(rest->p[i])); i++)
            ;
        *value = ofp_str_sub(*rest, from, i - from);
        i += quote && i < rest->n;
    }
    *rest = ofp_str_sub(*rest, i, SIZE_MAX);
    return name->n;
}

ofp_str pub_attr_of(ofp_str attrs, const char *wanted)
{
    ofp_str name, value;
    while (pub_take_attr(&attrs, &name, &value))
        if (ofp_str_ieq(name, ofp_s(wanted)))
            return ofp_str_trim(value);
    return (ofp_str){ "", 0 };
}

ofp_str pub_own_id(const pub_lexer *l)
{
    static const char *const names[] = { "id", "xml:id" };
    ofp_str id = { "", 0 };
    for (size_t i = 0; !id.n && i < 2; i++)
        id = pub_attr_of(l->attrs, names[i]);
    return id.n || !pub_named(l, "a") ? id : pub_attr_of(l->attrs, "name");
}

ofp_str pub_picture(const pub_lexer *l)
{
    static const struct { const char *element, *attr; } pictures[] = {
        { "img", "src" }, { "image", "xlink:href" }, { "image", "href" }, { "image", "src" }, { "object", "data" }, { "embed", "src" },
    };
    ofp_str src = { "", 0 };
    for (size_t i = 0; !src.n && i < sizeof pictures / sizeof *pictures; i++)
        if (pub_named(l, pictures[i].element))
            src = pub_attr_of(l->attrs, pictures[i].attr);
    return src;
}

/* ---- references to characters ---- */

static bool number(ofp_str s, uint32_t *cp)
{
    bool hex = s.n > 2 && (s.p[1] | 32) == 'x';
    *cp = 0;
    for (size_t i = hex ? 2 : 1; i < s.n; i++) {
        int d = ofp_hex_digit(s.p[i]);
        if (d < 0 || (!hex && d > 9) || *cp > 0x10FFFF)
            return false;
        *cp = *cp * (hex ? 16 : 10) + (uint32_t)d;
    }
    return *cp > 0 && *cp <= 0x10FFFF && (*cp < 0xD800 || *cp > 0xDFFF);
}

static bool put_named(ofp_buf *b, ofp_str name)
{
    static const struct { ofp_str name; const char *is; } known[] = {
        { { "amp", 3 }, "&" }, { { "lt", 2 }, "<" }, { { "gt", 2 }, ">" }, { { "quot", 4 }, "\"" }, { { "apos", 4 }, "'" }, { { "nbsp", 4 }, " " },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ofp_str_eq(name, known[i].name)) {
            ofp_buf_puts(b, known[i].is);
            return true;
        }
    return false;
}

ofp_str pub_unescape(ofp_arena *a, ofp_str s)
{
    enum { LONGEST = 10 };
    ofp_buf b = { 0 };
    uint32_t cp;
    if (!memchr(s.n ? s.p : "", '&', s.n))
        return s;
    for (size_t i = 0; i < s.n; i++) {
        ofp_str ref = s.p[i] == '&' ? ofp_str_sub(s, i + 1, LONGEST) : (ofp_str){ "", 0 };
        size_t end = ofp_str_find(ref, OFP_STR(";"), 0);
        ref = ofp_str_sub(ref, 0, end == SIZE_MAX ? 0 : end);
        bool coded = ref.n > 1 && ref.p[0] == '#' && number(ref, &cp);
        if (coded)
            ofp_buf_putu(&b, cp);
        if (coded || put_named(&b, ref))
            i += ref.n + 1;
        else
            ofp_buf_putc(&b, s.p[i]);
    }
    return ofp_buf_take(&b, a);
}
