/* enc_prescan.c - what encoding a page's meta elements declare. */
#include "base/enc_parts.h"
#include <string.h>

/* The standard reads 1024 bytes; real pages have their meta element after scripts and comments. */
#define REACH (16u << 10)

struct scan { ofp_str in; size_t at; };
struct attr { ofp_str name, value; };

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char here(const struct scan *s)
{
    return s->at < s->in.n ? s->in.p[s->at] : 0;
}

static bool more(const struct scan *s)
{
    return s->at < s->in.n;
}

static void skip_blanks(struct scan *s, bool slashes)
{
    while (more(s) && (blank(here(s)) || (slashes && here(s) == '/')))
        s->at++;
}

static ofp_str quoted(struct scan *s, char quote)
{
    size_t from = ++s->at;
    while (more(s) && here(s) != quote)
        s->at++;
    ofp_str v = ofp_str_sub(s->in, from, s->at - from);
    s->at += more(s);
    return v;
}

static ofp_str take_value(struct scan *s)
{
    skip_blanks(s, false);
    if (here(s) == '"' || here(s) == '\'')
        return quoted(s, here(s));
    size_t from = s->at;
    while (more(s) && !blank(here(s)) && here(s) != '>')
        s->at++;
    return ofp_str_sub(s->in, from, s->at - from);
}

/* "Get an attribute": false at the end of the tag or of the bytes. */
static bool take_attr(struct scan *s, struct attr *out)
{
    skip_blanks(s, true);
    if (!more(s) || here(s) == '>')
        return false;
    size_t from = s->at;
    while (more(s) && !blank(here(s)) && here(s) != '/' && here(s) != '>' && (here(s) != '=' || s->at == from))
        s->at++;
    *out = (struct attr){ ofp_str_sub(s->in, from, s->at - from), { "", 0 } };
    size_t end = s->at;
    skip_blanks(s, false);
    if (here(s) != '=') {
        if (!more(s) || here(s) == '/' || here(s) == '>')
            s->at = end;
        return true;
    }
    s->at++;
    out->value = take_value(s);
    return true;
}

/* "Extract a character encoding from a meta element": the label behind charset=. */
static ofp_str charset_of(ofp_str content)
{
    for (size_t at = 0; (at = ofp_str_ifind(content, OFP_STR("charset"), at)) != SIZE_MAX; ) {
        struct scan s = { content, at += 7 };
        skip_blanks(&s, false);
        if (here(&s) != '=')
            continue;
        s.at++;
        skip_blanks(&s, false);
        char q = here(&s);
        if (q == '"' || q == '\'') {
            bool closed = more(&s) && memchr(content.p + s.at + 1, q, content.n - s.at - 1);
            return closed ? quoted(&s, q) : (ofp_str){ "", 0 };
        }
        size_t from = s.at;
        while (more(&s) && !blank(here(&s)) && here(&s) != ';')
            s.at++;
        return ofp_str_sub(content, from, s.at - from);
    }
    return (ofp_str){ "", 0 };
}

/* The standard's answer to labels that a document read as ASCII cannot mean. */
static enum ofp_enc sensible(enum ofp_enc e)
{
    if (e == OFP_ENC_UTF_16LE || e == OFP_ENC_UTF_16BE)
        return OFP_ENC_UTF_8;
    return e == OFP_ENC_X_USER_DEFINED ? OFP_ENC_WINDOWS_1252 : e;
}

static enum ofp_enc meta(struct scan *s)
{
    bool pragma = false, need_pragma = false, seen[3] = { false, false, false };
    enum ofp_enc enc = OFP_NENCS;
    for (struct attr a; take_attr(s, &a); ) {
        static const ofp_str names[] = { { "http-equiv", 10 }, { "content", 7 }, { "charset", 7 } };
        size_t k = 0;
        while (k < 3 && !ofp_str_ieq(a.name, names[k]))
            k++;
        if (k == 3 || seen[k])
            continue;
        seen[k] = true;
        if (k == 0)
            pragma = ofp_str_ieq(a.value, OFP_STR("content-type"));
        else if (k == 2)
            enc = ofp_enc_of(a.value), need_pragma = false;
        else if (!seen[2] && charset_of(a.value).n)
            enc = ofp_enc_of(charset_of(a.value)), need_pragma = true;
    }
    /* a tag that the bytes end in is no tag */
    return !more(s) || (need_pragma && !pragma) ? OFP_NENCS : sensible(enc);
}

static void skip_past(struct scan *s, ofp_str what)
{
    size_t at = ofp_str_find(s->in, what, s->at);
    s->at = at == SIZE_MAX ? s->in.n : at + what.n;
}

static void skip_tag(struct scan *s)
{
    while (more(s) && !blank(here(s)) && here(s) != '>')
        s->at++;
    for (struct attr a; take_attr(s, &a); )
        ;
}

enum ofp_enc ofp_enc_prescan(ofp_str in)
{
    struct scan s = { ofp_str_sub(in, 0, REACH), 0 };
    for (;; ) {
        skip_past(&s, OFP_STR("<"));
        if (!more(&s))
            return OFP_NENCS;
        ofp_str tag = ofp_str_sub(s.in, s.at, SIZE_MAX);
        if (ofp_str_starts(tag, OFP_STR("!--"))) {
            s.at++;                         /* "<!-->" is a whole comment */
            skip_past(&s, OFP_STR("-->"));
        } else if (ofp_str_istarts(tag, OFP_STR("meta")) && tag.n > 4 && (blank(tag.p[4]) || tag.p[4] == '/')) {
            s.at += 4;
            enum ofp_enc e = meta(&s);
            if (e != OFP_NENCS)
                return e;
        } else if (letter(tag.p[0]) || (tag.n > 1 && tag.p[0] == '/' && letter(tag.p[1]))) {
            skip_tag(&s);
        } else if (tag.p[0] == '!' || tag.p[0] == '/' || tag.p[0] == '?') {
            skip_past(&s, OFP_STR(">"));
        }
    }
}
