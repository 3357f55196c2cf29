/* page.c - a page as a whole: its addresses, its ids, whether it is one, and the order of the passes. */
#include "html.h"
#include "base/array.h"
#include "base/octets.h"
#include <string.h>

enum { MAX_TAG = 1000 };        /* bytes of one in an attribute */

ofp_str html_keep(reader *r, ofp_str s)
{
    return s.n ? ofp_arena_dup(r->a, s) : (ofp_str){ "", 0 };
}

/* The length of a tag at the start of s, as people write them in titles; 0 where none is. */
static size_t tag_length(ofp_str s)
{
    static const char *const names[] = { "a", "b", "i", "em", "strong", "span", "small", "br", "sup", "sub", "u", "s", "del", "ins", "p",
                                         "div", "ul", "ol", "li", "center", "font", "mark", "bdi", "h1", "h2", "h3", "h4" };
    size_t end = ofp_str_find(ofp_str_sub(s, 0, MAX_TAG), OFP_STR(">"), 0), start = ofp_str_starts(s, OFP_STR("</")) ? 2 : 1;
    ofp_str inside = end == SIZE_MAX ? (ofp_str){ "", 0 } : ofp_str_sub(s, start, end - start), name;
    if (ofp_str_ends(inside, OFP_STR("/")))
        inside.n--;
    if (!inside.n || inside.p[0] == ' ' || !ofp_str_word(&inside, &name))
        return 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_ieq(name, ofp_s(names[i])))
            return end + 1;
    return 0;
}

/* What a publishing system has put into an attribute with its markup. */
static ofp_str without_tags(reader *r, ofp_str s)
{
    size_t at = ofp_str_find(s, OFP_STR("<"), 0), from = 0, n;
    if (at == SIZE_MAX)
        return s;
    ofp_buf b = { 0 };
    for (; at != SIZE_MAX; at = ofp_str_find(s, OFP_STR("<"), at + 1)) {
        if (at < from || !(n = tag_length(ofp_str_sub(s, at, SIZE_MAX))))
            continue;
        ofp_buf_add(&b, ofp_str_sub(s, from, at - from));
        ofp_str tag = ofp_str_sub(s, at, n);
        if (ofp_str_istarts(tag, OFP_STR("<br")) || ofp_str_istarts(tag, OFP_STR("<li")))
            ofp_buf_putc(&b, ' ');
        from = at + n;
    }
    ofp_buf_add(&b, ofp_str_sub(s, from, SIZE_MAX));
    return ofp_buf_take(&b, r->tmp);
}

ofp_str html_label(reader *r, ofp_str value)
{
    return r->hints ? ofp_arena_squeeze(r->a, html_keep(r, without_tags(r, value))) : html_keep(r, value);
}

ofp_str html_title(reader *r, const dom *n)
{
    return html_label(r, DOM_ATTR(n, "title"));
}

/* ---- links ----------------------------------------------------------------------------------- */

static ofp_str percent_decoded(reader *r, ofp_str s)
{
    ofp_buf b = { 0 };
    if (!s.n || ofp_str_find(s, OFP_STR("%"), 0) == SIZE_MAX)
        return s;
    ofp_unpercent(&b, s);
    ofp_str out = ofp_buf_take(&b, r->a);
    for (size_t i = 0; i < out.n; i++)
        if ((unsigned char)out.p[i] <= ' ')
            return s;
    return ofp_utf8_valid(out) ? out : s;
}

/* A link into the page itself stays a fragment, also when it is written with the page's address. */
ofp_str html_resolve(reader *r, ofp_str url)
{
    url = ofp_str_trim(url);
    if (url.n && url.p[0] == '#')
        return html_keep(r, percent_decoded(r, url));
    ofp_str full = ofp_url_resolve(r->tmp, r->base, url);
    bool site = ofp_str_starts(full, OFP_STR("//")), top = ofp_str_starts(full, OFP_STR("/"));
    if (top)
        full = ofp_url_resolve(r->tmp, site && !r->url.n ? OFP_STR("https:") : r->url, full);
    if (r->url.n && full.n > r->url.n && full.p[r->url.n] == '#' && ofp_str_starts(full, r->url))
        full = ofp_str_sub(full, r->url.n, SIZE_MAX);
    return html_keep(r, full);
}

/* Part of the page's own address, written in full or not, that a link names; ids are written plainly. */
ofp_str html_fragment(reader *r, const dom *a)
{
    ofp_str href = ofp_str_trim(DOM_ATTR(a, "href"));
    if (r->url.n && href.n > r->url.n && ofp_str_starts(href, r->url))
        href = ofp_str_sub(href, r->url.n, SIZE_MAX);
    return href.n > 1 && href.p[0] == '#' ? percent_decoded(r, ofp_str_sub(href, 1, SIZE_MAX)) : (ofp_str){ "", 0 };
}

/* ---- ids and their targets ------------------------------------------------------------------- */

static void add_to_tag(reader *r, dom *n)
{
    dom **at = ofp_arena_grow(r->tmp, r->of[n->tag].at, r->of[n->tag].n, &r->of[n->tag].cap, sizeof *at);
    if (!at)
        return;
    r->of[n->tag].at = at;
    at[r->of[n->tag].n++] = n;
}

static void add_id(reader *r, dom *n)
{
    ofp_str id = html_id(n);
    void **at = id.n ? ofp_map_at(&r->ids, id) : NULL;
    if (at && !*at)
        *at = n;
}

/* Sorts the elements by tag and by id, so that who looks for a few of them need not walk the page. */
static void collect(reader *r)
{
    r->ids = (ofp_map){ .arena = r->tmp };
    for (size_t t = 0; t < NTAGS; t++)
        r->of[t].n = 0;
    for (dom *n = r->root->first; n; n = dom_after(n, r->root)) {
        if (n->tag != T_TEXT)
            add_to_tag(r, n);
        if (n->nattrs)
            add_id(r, n);
    }
}

/* What a browser would show of the page: shadow roots and streamed parts in their places. */
static void arrange(reader *r)
{
    collect(r);
    if (!r->of[T_TEMPLATE].n)
        return;
    html_flatten_shadows(r);
    collect(r);
    html_join_stream(r);
    collect(r);
}

static void drop_comments(reader *r)
{
    for (size_t i = 0; i < r->of[T_COMMENT].n; i++)
        if (r->hints || html_marks_stream(r->of[T_COMMENT].at[i]))
            dom_unlink(r->of[T_COMMENT].at[i]);
}

/* A link to a note or back from it is not shown. */
static bool is_note_link(const dom *a)
{
    for (int up = 0; a && up < 4; up++, a = a->parent)
        if (a->note || (a->taken && !a->seen))
            return true;
    return false;
}

/* The fragments that links name; those of Chinese or Greek headings are mostly percent-encoded. */
static void collect_targets(reader *r)
{
    for (size_t i = 0; i < r->of[T_A].n; i++) {
        dom *a = r->of[T_A].at[i];
        ofp_str fragment = html_fragment(r, a);
        void **at = fragment.n && !is_note_link(a) ? ofp_map_at(&r->targets, fragment) : NULL;
        if (at)
            *at = a;
    }
}

/* A whole page rather than a piece of one: it says so, or has what only pages have. */
static bool is_page(const reader *r)
{
    for (const dom *n = r->root->first; n; n = dom_after(n, r->root))
        if (DOM_IS(n, T_ARTICLE, T_MAIN, T_NAV, T_HEADER, T_FOOTER, T_ASIDE)
            || (!n->implied && DOM_IS(n, T_HTML, T_HEAD, T_BODY))
            || (n->nattrs && ofp_str_ieq(DOM_ATTR(n, "role"), OFP_STR("main"))))
            return true;
    return false;
}

/* Where a browser or an extension that saved the page says that it is from, in a comment at its top.  Links into
 * the page itself have that address then, while its pictures lie beside it. */
static ofp_str saved_address(ofp_str in)
{
    static const struct { ofp_str mark, skip; } notes[] = {
        { { "<!-- saved from url=(", 21 }, { ")", 1 } }, { { "Page saved with SingleFile", 26 }, { "url:", 4 } },
    };
    ofp_str head = ofp_str_sub(in, 0, 4096);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        size_t at = ofp_str_find(head, notes[i].mark, 0);
        at = at == SIZE_MAX ? at : ofp_str_find(head, notes[i].skip, at);
        ofp_str rest = at == SIZE_MAX ? (ofp_str){ "", 0 } : ofp_str_sub(head, at + notes[i].skip.n, SIZE_MAX), word;
        if (ofp_str_word(&rest, &word) && ofp_url_host(word).n)
            return word;
    }
    return (ofp_str){ "", 0 };
}

bool html_keeps_raw(const reader *r)
{
    return !r->hints;
}

/* Every link of a page may be resolved against it: what is longer would make much of little. */
static bool is_address(ofp_str url)
{
    enum { MAX_ADDRESS = 2000 };
    return url.n && url.n <= MAX_ADDRESS;
}

static void find_base(reader *r)
{
    r->url = ofp_s(r->opt->url);
    if (!r->url.n && ofp_url_scheme(r->saved_from).n)
        r->url = r->saved_from;
    size_t hash = ofp_str_find(r->url, OFP_STR("#"), 0);
    r->url = ofp_str_sub(r->url, 0, hash);
    const dom *base = r->of[T_BASE].n ? r->of[T_BASE].at[0] : NULL;
    ofp_str href = base ? DOM_ATTR(base, "href") : (ofp_str){ "", 0 };
    r->base = is_address(href) ? ofp_url_resolve(r->tmp, r->url, href) : r->url;
    if (r->base.n)
        ofp_set_note(r->d, OFP_STR("base"), html_keep(r, r->base));
}

/* The address that a page gives for itself. */
static ofp_str stated_address(const reader *r)
{
    const dom *head = dom_find(r->root, T_HEAD);
    ofp_str shared = { "", 0 };
    for (const dom *n = head ? head->first : NULL; n; n = dom_after(n, head)) {
        ofp_str href = ofp_str_trim(DOM_ATTR(n, "href")), content = ofp_str_trim(DOM_ATTR(n, "content"));
        if (n->tag == T_LINK && ofp_str_ieq(DOM_ATTR(n, "rel"), OFP_STR("canonical")) && ofp_url_host(href).n && is_address(href))
            return href;
        if (n->tag == T_META && ofp_str_ieq(DOM_ATTR(n, "property"), OFP_STR("og:url")) && ofp_url_host(content).n && is_address(content))
            shared = content;
    }
    return shared;
}

/* Of a page that came without an address: what leads to the top of its site is resolved against it, not what may lie
 * beside the page. */
static void find_address(reader *r, ofp_str in)
{
    if (r->url.n)
        return;
    ofp_str saved = saved_address(in), own = saved.n ? saved : stated_address(r);
    r->url = ofp_str_sub(own, 0, ofp_str_find(own, OFP_STR("#"), 0));
    if (saved.n)
        ofp_meta_offer(r->d, OFP_META_URL, html_keep(r, r->url), OFP_STR("saved from"), OFP_SURE_FOUND);
}

static void warn_limits(reader *r, const dom_limits *l)
{
    if (l->tags)
        ofp_warn(r->d, OFP_D_DEPTH_LIMIT, 0, "%zu elements nested too deep were kept flat", l->tags);
    if (l->attrs)
        ofp_warn(r->d, OFP_D_SIZE_LIMIT, 0, "attributes of %zu tags beyond the limit were left out", l->attrs);
    if (l->formatting)
        ofp_warn(r->d, OFP_D_MARKUP_ODD, 0, "too many open formatting elements; some were left out");
}

static bool is_rtl(const dom *n)
{
    return n && ofp_str_ieq(ofp_str_trim(DOM_ATTR(n, "dir")), OFP_STR("rtl"));
}

/* A page written from right to left as a whole says so on its html or body element. */
static void convert_body(reader *r)
{
    dom *html = dom_find(r->root, T_HTML), *body = html ? dom_find(html, T_BODY) : NULL;
    const dom *turned = is_rtl(html) ? html : is_rtl(body) ? body : NULL;
    struct flow saved = { 0 };
    if (turned) {
        ofp_node *box = flow_block(r, OFP_DIV, turned);
        ofp_set_attr(r->d, box, OFP_STR("dir"), OFP_STR("rtl"));
        saved = flow_enter(r, box, false);
    }
    html_children(r, r->root);
    if (r->nanchors)
        flow_literal(r, (ofp_str){ "", 0 });
    flow_end_para(r);
    if (turned)
        flow_leave(r, saved);
}

static void read_page(reader *r, ofp_str in, const dom_limits *limits)
{
    arrange(r);
    r->f.block = ofp_root(r->d);
    r->f.depth = 1;
    r->hints = r->opt->page || (!r->opt->fragment && is_page(r));
    drop_comments(r);
    ofp_set_note(r->d, OFP_STR("origin"), r->hints ? OFP_STR("html-page") : OFP_STR("html"));
    r->tex = html_loads_tex(r);
    warn_limits(r, limits);
    find_base(r);
    find_address(r, in);
    html_unprotect(r);
    html_head(r);
    html_find_notes(r);
    html_find_listings(r);
    collect_targets(r);
    convert_body(r);
}

bool ofp_read_html(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    static const ofp_options none;
    reader r = { .d = d, .a = ofp_doc_arena(d), .tmp = ofp_arena_new(), .opt = opt ? opt : &none };
    r.targets.arena = r.backs.arena = r.tmp;
    if (r.tmp)
        in = html_open_archive(&r, in);
    r.spare = in.n;
    r.spare_parts = in.n / 8;
    dom_limits limits;
    r.root = r.tmp ? dom_parse(r.tmp, in, true, &limits, e) : NULL;
    if (r.root)
        read_page(&r, in, &limits);
    bool ok = r.root && !ofp_arena_failed(r.tmp) && !r.text.failed;
    ofp_buf_free(&r.text);
    ofp_arena_free(r.tmp);
    if (!ok)
        return ofp_fail_nomem(e);       /* unless dom_parse has said why */
    return ofp_doc_ok(d, e);
}
