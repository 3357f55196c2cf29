/* mhtml.c - a page saved with its pictures in one file: MIME's multipart/related (RFC 2557). */
#include "base/enc.h"
#include "base/octets.h"
#include "html.h"

/* One part as it stands in the file; uri is made when a picture is asked for. */
struct part { ofp_str type, encoding, charset, body, uri; };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ---- headers ---------------------------------------------------------------------------------- */

/* The header lines at the beginning of *s, which moves past the empty line after them. */
static ofp_str take_head(ofp_str *s)
{
    ofp_str all = *s, line;
    while (ofp_str_line(s, &line) && ofp_str_trim(line).n)
        ;
    return ofp_str_sub(all, 0, all.n - s->n);
}

/* The value of a header, its folded lines joined (RFC 5322 2.2.3). */
static ofp_str header(ofp_arena *a, ofp_str head, const char *name)
{
    ofp_buf b = { 0 };
    ofp_str line;
    bool in = false;
    while (ofp_str_line(&head, &line)) {
        bool folded = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
        size_t colon = ofp_str_find(line, OFP_STR(":"), 0);
        if (!folded)
            in = !b.n && colon != SIZE_MAX && ofp_str_ieq(ofp_str_sub(line, 0, colon), ofp_s(name));
        if (in && folded)
            ofp_buf_putc(&b, ' ');
        if (in)
            ofp_buf_add(&b, ofp_str_trim(folded ? line : ofp_str_sub(line, colon + 1, SIZE_MAX)));
    }
    return ofp_buf_take(&b, a);
}

/* A parameter of a header's value, with or without quotes. */
static ofp_str parameter(ofp_str value, ofp_str key)
{
    ofp_str piece;
    while (ofp_str_split(&value, ';', &piece)) {
        piece = ofp_str_trim(piece);
        if (!ofp_str_istarts(piece, key) || piece.n <= key.n || piece.p[key.n] != '=')
            continue;
        ofp_str v = ofp_str_trim(ofp_str_sub(piece, key.n + 1, SIZE_MAX));
        bool quoted = v.n > 1 && v.p[0] == '"' && v.p[v.n - 1] == '"';
        return quoted ? ofp_str_sub(v, 1, v.n - 2) : v;
    }
    return (ofp_str){ "", 0 };
}

/* ---- what parts hold ---------------------------------------------------------------------------- */

/* RFC 2045 6.7 */
static void put_quoted(ofp_buf *b, ofp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        size_t end = i + 1;
        while (s.p[i] == '=' && end < s.n && (s.p[end] == ' ' || s.p[end] == '\t' || s.p[end] == '\r'))
            end++;
        if (s.p[i] != '=')
            ofp_buf_putc(b, s.p[i]);
        else if (end < s.n && s.p[end] == '\n')
            i = end;
        else if (i + 2 < s.n && ofp_hex_digit(s.p[i + 1]) >= 0 && ofp_hex_digit(s.p[i + 2]) >= 0) {
            ofp_buf_putc(b, (char)(16 * ofp_hex_digit(s.p[i + 1]) + ofp_hex_digit(s.p[i + 2])));
            i += 2;
        } else {
            ofp_buf_putc(b, '=');
        }
    }
}

static ofp_str decoded(ofp_arena *a, const struct part *p)
{
    ofp_buf b = { 0 };
    if (ofp_str_ieq(p->encoding, OFP_STR("quoted-printable")))
        put_quoted(&b, p->body);
    else if (ofp_str_ieq(p->encoding, OFP_STR("base64")))
        (void)ofp_base64(&b, p->body);
    else
        return p->body;
    return ofp_buf_take(&b, a);
}

/* A data: URI (RFC 2397).  What is base64 already only loses its line ends. */
static ofp_str make_uri(ofp_arena *a, const struct part *p)
{
    static const char digits[] = "0123456789ABCDEF";
    bool base64 = ofp_str_ieq(p->encoding, OFP_STR("base64"));
    ofp_str s = base64 ? p->body : decoded(a, p);
    ofp_buf b = { 0 };
    ofp_buf_printf(&b, "data:%.*s%s,", (int)p->type.n, p->type.p, base64 ? ";base64" : "");
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '.' || c == '_';
        if (base64 && is_blank(c))
            continue;
        if (base64 || plain) {
            ofp_buf_putc(&b, c);
        } else {
            ofp_buf_putc(&b, '%');
            ofp_buf_putc(&b, digits[(unsigned char)c >> 4]);
            ofp_buf_putc(&b, digits[(unsigned char)c & 15]);
        }
    }
    return ofp_buf_take(&b, a);
}

ofp_str html_saved_image(reader *r, ofp_str url)
{
    struct part *p = r->parts.arena ? ofp_map_get(&r->parts, url) : NULL;
    if (!p || !ofp_str_istarts(p->type, OFP_STR("image/")))
        return (ofp_str){ "", 0 };
    if (!p->uri.n)
        p->uri = make_uri(r->a, p);
    return p->uri;
}

/* ---- the archive ---------------------------------------------------------------------------------- */

static void enter(reader *r, ofp_str name, struct part *p)
{
    void **at = name.n ? ofp_map_at(&r->parts, name) : NULL;
    if (at && !*at)
        *at = p;
}

/* A part's location may be relative to the page's (RFC 2557 5). */
static struct part *read_part(reader *r, ofp_str s, ofp_str base, ofp_str *location)
{
    struct part *p = ofp_arena_zalloc(r->tmp, 1, sizeof *p);
    if (!p)
        return NULL;
    if (ofp_str_starts(s, OFP_STR("\r")))
        s = ofp_str_sub(s, 1, SIZE_MAX);
    if (ofp_str_starts(s, OFP_STR("\n")))
        s = ofp_str_sub(s, 1, SIZE_MAX);
    ofp_str head = take_head(&s), type = header(r->tmp, head, "content-type"), id = header(r->tmp, head, "content-id");
    *p = (struct part){ .body = s, .charset = parameter(type, OFP_STR("charset")),
                        .encoding = header(r->tmp, head, "content-transfer-encoding") };
    p->type = ofp_str_trim(ofp_str_sub(type, 0, ofp_str_find(type, OFP_STR(";"), 0)));
    *location = header(r->tmp, head, "content-location");
    enter(r, ofp_url_resolve(r->tmp, base, *location), p);
    if (id.n > 2 && id.p[0] == '<')
        enter(r, ofp_arena_printf(r->tmp, "cid:%.*s", (int)(id.n - 2), id.p + 1), p);
    return p;
}

static bool is_archive(ofp_str in)
{
    ofp_str line, rest = ofp_str_sub(in, 0, 8192);
    bool first = ofp_str_line(&rest, &line);
    size_t colon = first ? ofp_str_find(line, OFP_STR(":"), 0) : SIZE_MAX;
    if (colon == SIZE_MAX || colon > 40 || ofp_str_find(line, OFP_STR("<"), 0) < colon)
        return false;
    ofp_str head = ofp_str_sub(in, 0, 8192);
    head = take_head(&head);
    return ofp_str_ifind(head, OFP_STR("multipart/related"), 0) != SIZE_MAX
        && ofp_str_ifind(head, OFP_STR("boundary="), 0) != SIZE_MAX;
}

static ofp_str page_text(reader *r, const struct part *p)
{
    ofp_str bytes = decoded(r->tmp, p), text;
    char *label = p->charset.n ? (char *)ofp_arena_printf(r->tmp, "%.*s", (int)p->charset.n, p->charset.p).p : NULL;
    ofp_enc_found found;
    ofp_err ignored = { 0 };
    if (label && !ofp_enc_name(p->charset))
        label = NULL;
    return ofp_decode(r->a, ofp_arena_dup(r->a, bytes), label, true, &text, &found, &ignored) ? text : bytes;
}

/* The page in an archive, its parts being entered; in itself where it is none. */
ofp_str html_open_archive(reader *r, ofp_str in)
{
    if (!is_archive(in))
        return in;
    ofp_str rest = in, head = take_head(&rest), location, page_location = { "", 0 };
    ofp_str boundary = parameter(header(r->tmp, head, "content-type"), OFP_STR("boundary"));
    ofp_str mark = ofp_arena_printf(r->tmp, "--%.*s", (int)boundary.n, boundary.p);
    struct part *page = NULL;
    size_t at = boundary.n ? ofp_str_find(rest, mark, 0) : SIZE_MAX;
    r->parts.arena = r->tmp;
    while (at != SIZE_MAX) {
        size_t from = at + mark.n;
        at = ofp_str_find(rest, mark, from);
        ofp_str body = ofp_str_sub(rest, from, at == SIZE_MAX ? SIZE_MAX : at - from);
        struct part *p = ofp_str_starts(body, OFP_STR("--")) ? NULL : read_part(r, body, page_location, &location);
        if (p && !page && (ofp_str_ieq(p->type, OFP_STR("text/html")) || ofp_str_ieq(p->type, OFP_STR("application/xhtml+xml")))) {
            page = p;
            page_location = location;
        }
    }
    if (!page)
        return in;
    r->saved_from = page_location.n ? page_location : header(r->tmp, head, "snapshot-content-location");
    return page_text(r, page);
}
