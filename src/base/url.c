/* url.c - taking URLs apart and resolving them, after the WHATWG's URL standard as far as the links
 * of pages need it.  Nothing is decoded and no host is touched: what a page wrote stays readable. */
#include "offprint/base.h"
#include <string.h>

/* scheme:[//authority]path[?query][#fragment]; the flags tell an empty part from none. */
struct parts {
    ofp_str scheme, authority, path, query, fragment;
    bool has_authority, has_query, has_fragment;
};

static bool alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool scheme_char(char c)
{
    return alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* A single letter is a Windows drive, not a scheme. */
static bool is_drive(ofp_str s)
{
    return s.n > 2 && alpha(s.p[0]) && s.p[1] == ':' && (s.p[2] == '\\' || s.p[2] == '/');
}

ofp_str ofp_url_scheme(ofp_str url)
{
    size_t i = 0;
    if (url.n && alpha(url.p[0]))
        while (i < url.n && scheme_char(url.p[i]))
            i++;
    return i > 1 && i < url.n && url.p[i] == ':' ? ofp_str_sub(url, 0, i) : (ofp_str){ "", 0 };
}

/* Schemes whose URLs have a host and folders, and in which a backslash is a slash. */
static bool special(ofp_str scheme)
{
    static const char *const names[] = { "https", "http", "file", "ftp", "wss", "ws" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_ieq(scheme, ofp_s(names[i])))
            return true;
    return false;
}

/* Cuts *s before the first c; true when there is one, its tail in *tail. */
static bool cut(ofp_str *s, char c, ofp_str *tail)
{
    const char *at = s->n ? memchr(s->p, c, s->n) : NULL;
    *tail = (ofp_str){ "", 0 };
    if (!at)
        return false;
    size_t n = (size_t)(at - s->p);
    *tail = ofp_str_sub(*s, n + 1, SIZE_MAX);
    *s = ofp_str_sub(*s, 0, n);
    return true;
}

static bool slash(char c)
{
    return c == '/' || c == '\\';
}

static struct parts take_apart(ofp_str s)
{
    struct parts p = { .scheme = ofp_url_scheme(s) };
    if (p.scheme.n)
        s = ofp_str_sub(s, p.scheme.n + 1, SIZE_MAX);
    p.has_fragment = cut(&s, '#', &p.fragment);
    p.has_query = cut(&s, '?', &p.query);
    if (s.n >= 2 && slash(s.p[0]) && slash(s.p[1])) {
        size_t i = 2;
        while (i < s.n && !slash(s.p[i]))
            i++;
        p.has_authority = true;
        p.authority = ofp_str_sub(s, 2, i - 2);
        s = ofp_str_sub(s, i, SIZE_MAX);
    }
    p.path = s;
    return p;
}

ofp_str ofp_url_host(ofp_str url)
{
    struct parts p = take_apart(url);
    ofp_str host = p.authority;
    for (size_t i = host.n; i-- > 0; )
        if (host.p[i] == '@') {
            host = ofp_str_sub(host, i + 1, SIZE_MAX);
            break;
        }
    size_t n = 0;
    if (host.n && host.p[0] == '[')
        while (n < host.n && host.p[n] != ']')
            n++;
    while (n < host.n && host.p[n] != ':')
        n++;
    return ofp_str_sub(host, 0, n);
}

ofp_str ofp_url_path(ofp_str url)
{
    return take_apart(url).path;
}

/* ---- putting together --------------------------------------------------------------------- */

static bool is_encoded(unsigned char c)
{
    return c <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>' || c == '`';
}

/* What would end the URL in the formats that we write; all else stays as written. */
static void put_encoded(ofp_buf *b, ofp_str s, bool fold_backslash)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool folds = c == '\\' && fold_backslash;
        if (!folds && !is_encoded(c))
            continue;
        ofp_buf_add(b, ofp_str_sub(s, from, i - from));
        from = i + 1;
        if (folds)
            ofp_buf_putc(b, '/');
        else
            ofp_buf_printf(b, "%%%02X", c);
    }
    ofp_buf_add(b, ofp_str_sub(s, from, SIZE_MAX));
}

/* 1 for ".", 2 for "..", also with the dots percent-encoded; else 0. */
static int dots(ofp_str seg)
{
    int n = 0;
    while (seg.n && n < 3) {
        size_t len = seg.p[0] == '.' ? 1 : ofp_str_istarts(seg, OFP_STR("%2e")) ? 3 : 0;
        if (!len)
            return 0;
        seg = ofp_str_sub(seg, len, SIZE_MAX);
        n++;
    }
    return n < 3 ? n : 0;
}

static void drop_last(ofp_buf *b, size_t floor)
{
    while (b->n > floor && b->p[b->n - 1] != '/')
        b->n--;
    if (b->n > floor)
        b->n--;
}

/* Appends folder and path with their dot segments worked off.  Both begin with a slash or are empty. */
static void put_path(ofp_buf *b, ofp_str folder, ofp_str path)
{
    size_t floor = b->n;
    for (int k = 0; k < 2; k++) {
        ofp_str rest = k ? path : folder;
        while (rest.n) {
            size_t n = 1;
            while (n < rest.n && !slash(rest.p[n]))
                n++;
            ofp_str seg = ofp_str_sub(rest, 1, n - 1);
            rest = ofp_str_sub(rest, n, SIZE_MAX);
            int d = dots(seg);
            if (d == 2)
                drop_last(b, floor);
            if (d) {
                if (!rest.n)
                    ofp_buf_putc(b, '/');
                continue;
            }
            ofp_buf_putc(b, '/');
            put_encoded(b, seg, true);
        }
    }
}

static void put_tail(ofp_buf *b, const struct parts *p)
{
    if (p->has_query) {
        ofp_buf_putc(b, '?');
        put_encoded(b, p->query, false);
    }
    if (p->has_fragment) {
        ofp_buf_putc(b, '#');
        put_encoded(b, p->fragment, false);
    }
}

static void put_origin(ofp_buf *b, ofp_str scheme, const struct parts *p)
{
    ofp_buf_add(b, scheme);
    ofp_buf_puts(b, ":");
    if (p->has_authority) {
        ofp_buf_puts(b, "//");
        put_encoded(b, p->authority, false);
    }
}

/* The path of base up to before its last slash: "/a/b" gives "/a". */
static ofp_str folder_of(ofp_str path)
{
    while (path.n && !slash(path.p[path.n - 1]))
        path.n--;
    return path.n ? ofp_str_sub(path, 0, path.n - 1) : path;
}

static void put_relative(ofp_buf *b, const struct parts *base, struct parts *ref)
{
    put_origin(b, base->scheme, ref->has_authority ? ref : base);
    if (ref->has_authority || (ref->path.n && slash(ref->path.p[0]))) {
        put_path(b, (ofp_str){ "", 0 }, ref->path);
    } else if (ref->path.n) {
        ofp_buf rooted = { 0 };
        ofp_buf_putc(&rooted, '/');
        ofp_buf_add(&rooted, ref->path);
        put_path(b, folder_of(base->path), ofp_buf_str(&rooted));
        b->failed |= rooted.failed;
        ofp_buf_free(&rooted);
    } else {
        put_path(b, (ofp_str){ "", 0 }, base->path);
        if (!ref->has_query) {
            ref->has_query = base->has_query;
            ref->query = base->query;
        }
    }
    put_tail(b, ref);
}

/* Without blanks and controls at the ends, and without the tabs and line ends that the standard
 * drops from inside a URL. */
static ofp_str cleaned(ofp_arena *a, ofp_str s)
{
    while (s.n && (unsigned char)s.p[0] <= 0x20)
        s = ofp_str_sub(s, 1, SIZE_MAX);
    while (s.n && (unsigned char)s.p[s.n - 1] <= 0x20)
        s.n--;
    if (!s.n || (!memchr(s.p, '\t', s.n) && !memchr(s.p, '\n', s.n) && !memchr(s.p, '\r', s.n)))
        return s;
    char *p = ofp_arena_zalloc(a, s.n, 1);
    size_t n = 0;
    for (size_t i = 0; p && i < s.n; i++)
        if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
            p[n++] = s.p[i];
    return (ofp_str){ p ? p : "", n };
}

static ofp_str finish(ofp_arena *a, ofp_buf *b, ofp_str as_it_was)
{
    /* most URLs come out as they went in: no second copy of those */
    if (!b->failed && ofp_str_eq(ofp_buf_str(b), as_it_was)) {
        ofp_buf_free(b);
        return as_it_was;
    }
    return ofp_buf_take(b, a);
}

ofp_str ofp_url_resolve(ofp_arena *a, ofp_str base, ofp_str ref)
{
    ref = cleaned(a, ref);
    struct parts r = take_apart(ref), b = take_apart(base);
    ofp_buf out = { 0 };
    if (is_drive(ref) || (r.scheme.n && !special(r.scheme)))
        return ref;
    if (r.scheme.n) {
        put_origin(&out, r.scheme, &r);
        if (r.path.n && slash(r.path.p[0]))
            put_path(&out, (ofp_str){ "", 0 }, r.path);
        else
            put_encoded(&out, r.path, true);
        put_tail(&out, &r);
    } else if (b.scheme.n && special(b.scheme)) {
        put_relative(&out, &b, &r);
    } else {
        put_encoded(&out, ref, false);
    }
    return finish(a, &out, ref);
}
