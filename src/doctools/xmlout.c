/* xmlout.c - escaping: the one function for each context. */
#include "doctools/xmlout.h"

/* XML 1.0 §2.2 Char, less what HTML calls control characters and noncharacters. */
static bool allowed(uint32_t cp)
{
    if (cp < 0x20)
        return cp == '\t' || cp == '\n';
    if (cp >= 0x7f && cp < 0xa0)
        return false;
    if (cp >= 0xfdd0 && cp <= 0xfdef)
        return false;
    return (cp & 0xfffe) != 0xfffe;
}

static const char *entity(char c, bool quoted)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return quoted ? "&quot;" : NULL;
    case '\n': case '\t': return quoted ? " " : NULL;
    default: return NULL;
    }
}

static bool plain_byte(char c, bool quoted)
{
    return (unsigned char)c < 0x80 && allowed((unsigned char)c) && !entity(c, quoted);
}

static void escape(ofp_buf *out, ofp_str s, bool quoted)
{
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        while (at < s.n && plain_byte(s.p[at], quoted))
            at++;
        ofp_buf_add(out, ofp_str_sub(s, from, at - from));
        if (at == s.n)
            return;
        if (s.p[at] == '\r') {
            if (at + 1 == s.n || s.p[at + 1] != '\n')
                ofp_buf_putc(out, quoted ? ' ' : '\n');
            at++;
            continue;
        }
        const char *name = entity(s.p[at], quoted);
        uint32_t cp = ofp_utf8_next(s, &at);
        if (name)
            ofp_buf_puts(out, name);
        else if (allowed(cp))
            ofp_buf_putu(out, cp);
    }
}

void ofp_xml_text(ofp_buf *out, ofp_str s)
{
    escape(out, s, false);
}

void ofp_xml_quoted(ofp_buf *out, ofp_str s)
{
    escape(out, s, true);
}

void ofp_xml_attr(ofp_buf *out, const char *name, ofp_str value)
{
    ofp_buf_putc(out, ' ');
    ofp_buf_puts(out, name);
    ofp_buf_puts(out, "=\"");
    ofp_xml_quoted(out, value);
    ofp_buf_putc(out, '"');
}

void ofp_xml_elem(ofp_buf *out, const char *name, ofp_str text)
{
    if (text.n == 0)
        return;
    ofp_buf_printf(out, "<%s>", name);
    ofp_xml_text(out, text);
    ofp_buf_printf(out, "</%s>\n", name);
}

/* ---- references ---------------------------------------------------------------------- */

/* Schemes that a reading system may safely be sent to.  Anything else, javascript: before all, is
 * no link; validators also warn of schemes that IANA does not list. */
static const struct { ofp_str scheme; bool link, image, host; } schemes[] = {
    { OFP_STR("http"), true, true, true },    { OFP_STR("https"), true, true, true },
    { OFP_STR("ftp"), true, false, true },    { OFP_STR("mailto"), true, false, false },
    { OFP_STR("tel"), true, false, false },   { OFP_STR("sms"), true, false, false },
    { OFP_STR("geo"), true, false, false },   { OFP_STR("news"), true, false, false },
    { OFP_STR("urn"), true, false, false },   { OFP_STR("xmpp"), true, false, false },
    { OFP_STR("data"), false, true, false },
};

static bool alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* RFC 3986 §3.2.2, with letters of any script (IDNA is the reading system's business). */
static bool host_name(ofp_str host)
{
    for (size_t i = 0; i < host.n; i++)
        if ((unsigned char)host.p[i] < 0x80 && !alnum(host.p[i]) && host.p[i] != '-' && host.p[i] != '.' &&
            host.p[i] != '_')
            return false;
    return host.n > 0 && host.p[0] != '.' && host.p[0] != '-' && host.p[host.n - 1] != '-';
}

static bool host_literal(ofp_str host)
{
    if (host.n < 4 || host.p[0] != '[' || host.p[host.n - 1] != ']')
        return false;
    for (size_t i = 1; i + 1 < host.n; i++)
        if (!hex(host.p[i]) && host.p[i] != ':' && host.p[i] != '.')
            return false;
    return true;
}

/* user, host and port between "//" and the path.  A user name in a link is a phishing trick more
 * often than a login, but it is the source's: only its characters are checked. */
static bool authority(ofp_str s)
{
    size_t at = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '@')
            at = i + 1;
    ofp_str host = ofp_str_sub(s, at, SIZE_MAX);
    size_t end = host.n;
    while (end > 0 && host.p[end - 1] >= '0' && host.p[end - 1] <= '9')
        end--;
    if (end > 0 && host.p[end - 1] == ':')
        host = ofp_str_sub(host, 0, end - 1);
    return host_name(host) || host_literal(host);
}

/* What stands between "//" and the path in rest, a URL without its scheme; false where it has none. */
static bool find_authority(ofp_str rest, ofp_str *out)
{
    if (!ofp_str_starts(rest, OFP_STR("//")))
        return false;
    size_t end = 2;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?' && rest.p[end] != '#')
        end++;
    *out = ofp_str_sub(rest, 2, end - 2);
    return true;
}

static ofp_str after_scheme(ofp_str url, ofp_str scheme)
{
    return scheme.n ? ofp_str_sub(url, scheme.n + 1, SIZE_MAX) : url;
}

static bool acceptable(ofp_str url, ofp_str scheme, enum ofp_href use)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (!ofp_str_ieq(scheme, schemes[i].scheme))
            continue;
        ofp_str host;
        if (use == OFP_HREF_LINK ? !schemes[i].link : !schemes[i].image)
            return false;
        if (ofp_str_ieq(scheme, OFP_STR("data")))
            return ofp_str_istarts(url, OFP_STR("data:image/"));
        return !schemes[i].host || (find_authority(after_scheme(url, scheme), &host) && authority(host));
    }
    return false;
}

/* Reserved and unreserved characters of RFC 3986 §2, less the ones with a place of their own. */
static bool url_byte(ofp_str url, size_t at, bool in_authority)
{
    char c = url.p[at];
    if (alnum(c) || (unsigned char)c >= 0x80)
        return true;
    if (c == '%')
        return at + 2 < url.n && hex(url.p[at + 1]) && hex(url.p[at + 2]);
    if (c == '[' || c == ']')
        return in_authority;
    return ofp_str_find(OFP_STR("-._~:/?@!$&'()*+,;="), (ofp_str){ &c, 1 }, 0) != SIZE_MAX;
}

static bool invisible(uint32_t cp)
{
    return !allowed(cp) || ofp_is_space(cp);
}

static void put_url_char(ofp_buf *out, ofp_str url, size_t *at, bool encode)
{
    size_t from = *at;
    uint32_t cp = ofp_utf8_next(url, at);
    if (!encode && !(cp >= 0x80 && invisible(cp)))
        ofp_xml_quoted(out, ofp_str_sub(url, from, *at - from));
    else
        for (size_t i = from; i < *at; i++)
            ofp_buf_printf(out, "%%%02X", (unsigned)(unsigned char)url.p[i]);
}

static void put_url(ofp_buf *out, ofp_str url, size_t authority_end)
{
    bool fragment = false;
    for (size_t at = 0; at < url.n;) {
        if (url.p[at] == '#' && !fragment) {
            fragment = true;
            ofp_buf_putc(out, '#');
            at++;
        } else {
            put_url_char(out, url, &at, !url_byte(url, at, at < authority_end));
        }
    }
}

static bool put_href(ofp_buf *out, ofp_str url, enum ofp_href use)
{
    ofp_str scheme = ofp_url_scheme(url), host = { 0 };
    if (url.n == 0 || (scheme.n && !acceptable(url, scheme, use)))
        return false;
    if (find_authority(after_scheme(url, scheme), &host) && !scheme.n && !authority(host))
        return false;
    put_url(out, url, host.n ? (size_t)(host.p - url.p) + host.n : 0);
    return true;
}

/* WHATWG URL §4.4: white space around a reference, and line ends and tabs inside, are dropped before
 * anything else, so that "java\nscript:" is what it is. */
bool ofp_xml_href(ofp_buf *out, ofp_str url, enum ofp_href use)
{
    ofp_buf clean = { 0 };
    url = ofp_str_trim(url);
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] != '\n' && url.p[i] != '\r' && url.p[i] != '\t')
            ofp_buf_putc(&clean, url.p[i]);
    bool ok = put_href(out, clean.n < url.n ? ofp_buf_str(&clean) : url, use);
    out->failed = out->failed || clean.failed;
    ofp_buf_free(&clean);
    return ok;
}
