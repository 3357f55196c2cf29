/* book_links.c - where the links of a book's articles lead: each to what its own article meant, and those to other
 * inputs to the articles that they became. */
#include "base/octets.h"
#include "model/book.h"
#include "model/node.h"

typedef struct links {
    ofp_doc *d;
    const ofp_map *ids;                 /* every id in the book */
    ofp_map places;                     /* parts by where they come from: addresses, and paths that begin with "/" */
} links;

static ofp_str before(ofp_str s, const char *mark)
{
    return ofp_str_sub(s, 0, ofp_str_find(s, ofp_s(mark), 0));
}

/* The folder of a file's path, with its slash. */
static ofp_str folder_of(ofp_str path)
{
    while (path.n && path.p[path.n - 1] != '/')
        path.n--;
    return path;
}

/* Without "." and "..", as far as they can be resolved. */
static ofp_str plain_path(ofp_arena *a, ofp_str folder, ofp_str path)
{
    ofp_str rest = ofp_arena_printf(a, "%.*s%.*s", (int)folder.n, folder.p, (int)path.n, path.p), part;
    ofp_buf b = { 0 };
    while (ofp_str_split(&rest, '/', &part)) {
        if (!part.n || ofp_str_eq(part, OFP_STR(".")))
            continue;
        if (ofp_str_eq(part, OFP_STR("..")) && b.n && !ofp_str_ends(ofp_buf_str(&b), OFP_STR("/.."))) {
            b.n = folder_of(ofp_buf_str(&b)).n - 1;
            continue;
        }
        ofp_buf_putc(&b, '/');
        ofp_buf_add(&b, part);
    }
    return ofp_buf_take(&b, a);
}

static ofp_str decoded(ofp_arena *a, ofp_str s)
{
    ofp_buf b = { 0 };
    ofp_unpercent(&b, s);
    return ofp_buf_take(&b, a);
}

static void put_place(links *l, ofp_str key, ofp_book_part *part)
{
    void **at = key.n ? ofp_map_at(&l->places, key) : NULL;
    if (at && !*at)
        *at = part;
}

/* The part that page, an address or a path from that of an input, has become. */
static const ofp_book_part *part_at(const links *l, const ofp_book_part *from, ofp_str page)
{
    ofp_arena *a = l->d->arena;
    if (!page.n)
        return from;
    if (ofp_url_scheme(page).n)
        return ofp_map_get(&l->places, page);
    if (page.p[0] == '/' || page.p[0] == '?')
        return NULL;
    return ofp_map_get(&l->places, plain_path(a, folder_of(from->article->text), decoded(a, before(page, "?"))));
}

/* NULL where the link stays what it is.  Those to an address of an article are found by writers, who know which
 * articles are left. */
static const ofp_node *target_of(const links *l, const ofp_book_part *from, ofp_str url)
{
    ofp_str page = before(url, "#"), id = ofp_str_sub(url, page.n + 1, SIZE_MAX);
    const ofp_book_part *part = part_at(l, from, page);
    const ofp_node *node = part && id.n ? ofp_map_get(&part->ids, id) : NULL;
    return node || !part || !page.n || ofp_url_scheme(page).n ? node : part->article;
}

/* What its own article does not have must not lead to what another one has under that name. */
static bool leads_astray(const links *l, ofp_str url)
{
    return ofp_str_starts(url, OFP_STR("#")) && !ofp_str_eq(url, OFP_STR("#top")) &&
           ofp_map_get(l->ids, ofp_str_sub(url, 1, SIZE_MAX));
}

static void link_one(const links *l, const ofp_book_part *from, ofp_node *n)
{
    const ofp_node *target = target_of(l, from, n->text);
    ofp_str shown = ofp_str_sub(n->text, 0, 100);
    if (target) {
        n->text = ofp_arena_printf(l->d->arena, "#%.*s", (int)ofp_id(target).n, ofp_id(target).p);
    } else if (leads_astray(l, n->text)) {
        ofp_warn_at(l->d, n, OFP_D_LINK_BROKEN, "link to \"%.*s\" leads nowhere in its article", (int)shown.n, shown.p);
        ofp_unwrap(n);
    }
}

void ofp_link_parts(ofp_doc *d, ofp_book_part *parts, size_t n, const ofp_map *ids)
{
    links l = { .d = d, .ids = ids, .places = { .arena = d->arena } };
    for (size_t i = 0; i < n; i++) {
        put_place(&l, plain_path(d->arena, (ofp_str){ 0 }, parts[i].article->text), &parts[i]);
        put_place(&l, before(ofp_article_meta(parts[i].article, OFP_META_URL), "#"), &parts[i]);
    }
    for (size_t i = 0; i < n; i++)
        for (ofp_node *at = parts[i].article->first, *next; at; at = next) {
            next = ofp_after(at, parts[i].article);
            if (at->type == OFP_LINK && !ofp_has_class(at, OFP_STR("source")))
                link_one(&l, &parts[i], at);
        }
}
