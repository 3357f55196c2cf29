/* finish.c - what only the finished document can be given: the bytes of the pictures that are in it, and the articles
 * of a book that this program wrote. */
#include "base/octets.h"
#include "read/epub/book.h"
#include "res/res.h"

enum { MAX_IMAGE = 64 << 20 };

/* ---- pictures ---- */

static void tell_lost(pub *p, const pub_image *img, enum ofp_diag code, const char *why)
{
    int n = (int)(img->path.n < 200 ? img->path.n : 200);
    ofp_warn(p->d, code, 0, "image '%.*s': %s", n, img->path.p, why);
}

static ofp_str media_of(const pub_image *img, ofp_str bytes)
{
    ofp_image known;
    if (ofp_image_probe(bytes, &known))
        return ofp_s(ofp_media_type(known.media));
    return ofp_str_istarts(img->media, OFP_STR("image/")) ? img->media : OFP_STR("application/octet-stream");
}

/* The bytes as a data: URI (RFC 2397), which every writer and every filter understands. */
static void make_uri(pub *p, pub_image *img, ofp_str bytes)
{
    ofp_buf b = { 0 };
    ofp_str media = media_of(img, bytes);
    ofp_buf_printf(&b, "data:%.*s;base64,", (int)(media.n < 100 ? media.n : 0), media.p);
    ofp_put_base64(&b, bytes);
    img->uri = ofp_buf_take(&b, p->a);
}

/* A picture that cannot be had is no reason to lose the book; no memory is one. */
static bool load(pub *p, pub_image *img)
{
    ofp_arena *a = ofp_arena_new();
    const pub_item *it = ofp_map_get(&p->by_path, img->path);
    ofp_str bytes;
    ofp_err why = { 0 };
    enum pub_got got = !a || (it && it->encrypted) ? PUB_ABSENT : pub_unpack(p->zip, img->path, MAX_IMAGE, a, &bytes, &why);
    bool ok = a && why.code != OFP_ENOMEM;
    if (ok && got == PUB_GOT)
        make_uri(p, img, bytes);
    else if (ok && img->path.n && it && it->encrypted)
        tell_lost(p, img, OFP_D_RESOURCE_DENIED, "encrypted (DRM)");
    else if (ok && got == PUB_ABSENT && img->path.n)
        tell_lost(p, img, OFP_D_RESOURCE_MISSING, "not in the archive");
    else if (ok && got == PUB_FAILED)
        tell_lost(p, img, why.code == OFP_ELIMIT ? OFP_D_SIZE_LIMIT : OFP_D_RESOURCE_FORMAT, why.msg);
    img->lost = got != PUB_GOT;
    ofp_arena_free(a);
    return ok || ofp_fail_nomem(p->e);
}

/* The number in "epub-image:N"; NULL for any other reference. */
static pub_image *image_of(pub *p, const ofp_node *n)
{
    ofp_str url = ofp_url(n), mark = OFP_STR("epub-image:");
    long number;
    if (!ofp_str_starts(url, mark) || !ofp_str_int(ofp_str_sub(url, mark.n, SIZE_MAX), 1, (long)p->nimages, &number))
        return NULL;
    return &p->images[number - 1];
}

static bool fill_image(pub *p, ofp_node *n)
{
    pub_image *img = image_of(p, n);
    if (img && !img->uri.n && !img->lost && !load(p, img))
        return false;
    if (img && img->uri.n)
        ofp_set_target(n, img->uri, ofp_title(n));
    else if (img || ofp_str_starts(ofp_url(n), OFP_STR("epub-image:")))
        ofp_unwrap(n);                          /* its alternative text stays */
    return true;
}

static bool fill_cover(pub *p)
{
    pub_image img = { .path = p->cover };
    if (!p->cover.n)
        return true;
    if (!load(p, &img))
        return false;
    if (img.uri.n)
        ofp_meta_offer(p->d, OFP_META_IMAGE, img.uri, OFP_STR("cover-image"), OFP_SURE_EXACT);
    return true;
}

/* Lines would be those of the joined text, which nobody can see; elements that HTML does not know have no place here. */
static bool settle_nodes(pub *p)
{
    for (ofp_node *n = ofp_first(ofp_root(p->d)), *next; n; n = next) {
        enum ofp_type type = ofp_node_type(n);
        ofp_set_line(n, 0);
        next = ofp_after(n, NULL);
        if (type == OFP_IMAGE && !fill_image(p, n))
            return false;
        if ((type == OFP_RAWBLOCK || type == OFP_RAWINLINE) && ofp_str_eq(ofp_raw_format(n), OFP_STR("html")))
            ofp_unlink(n);
    }
    return true;
}

/* ---- articles ---- */

static bool is_creator(pub *p, ofp_str name)
{
    for (size_t i = 0; i < ofp_meta_count(p->d, OFP_META_AUTHOR); i++)
        if (ofp_str_eq(ofp_meta_at(p->d, OFP_META_AUTHOR, i), name))
            return true;
    return false;
}

/* "Hanna Orrell, Jon Brekke" as the list that attributes hold.  With strict, empty where the book names no such authors. */
static ofp_str authors_of(pub *p, ofp_str names, bool strict)
{
    ofp_buf b = { 0 };
    bool known = true;
    if (is_creator(p, names))
        return names;
    for (size_t from = 0, end; from < names.n; from = end == SIZE_MAX ? names.n : end + 2) {
        end = ofp_str_find(names, OFP_STR(", "), from);
        ofp_str one = ofp_str_sub(names, from, end == SIZE_MAX ? SIZE_MAX : end - from);
        ofp_buf_puts(&b, b.n ? "; " : "");
        ofp_buf_add(&b, one);
        known = known && is_creator(p, one);
    }
    if (strict && !known)
        b.n = 0;
    return ofp_buf_take(&b, p->a);
}

static void set_meta(pub *p, ofp_node *article, enum ofp_meta_key k, ofp_str value)
{
    if (value.n && !ofp_attr_has(article, ofp_meta_name(k)))
        ofp_set_attr(p->d, article, ofp_meta_name(k), value);
}

/* "Author, author · date · site", each of which may be missing: what stands before a date or before another piece is
 * authors, the rest is told by what the book says of itself. */
static void read_pieces(pub *p, ofp_node *article, const ofp_str *piece, size_t n)
{
    ofp_date date;
    size_t dated = 0;
    while (dated < n && !ofp_date_parse(piece[dated], &date))
        dated++;
    if (dated < n)
        set_meta(p, article, OFP_META_DATE, ofp_date_iso(p->a, &date));
    for (size_t i = 0; i < n; i++) {
        bool first = i == 0 && n > 1 && dated != 0;
        ofp_str authors = i < dated ? authors_of(p, piece[i], !first) : (ofp_str){ "", 0 };
        if (authors.n && !ofp_attr_has(article, ofp_meta_name(OFP_META_AUTHOR)))
            set_meta(p, article, OFP_META_AUTHOR, authors);
        else if (i != dated)
            set_meta(p, article, OFP_META_SITE, piece[i]);
    }
}

static void read_line(pub *p, ofp_node *article, ofp_node *para)
{
    ofp_str piece[3];
    size_t n = 0;
    ofp_node *link = ofp_first(para);
    ofp_str dot = OFP_STR(" \302\267 "), text = ofp_arena_squeeze(p->a, ofp_plain_text(p->a, para));
    if (link && ofp_node_type(link) == OFP_LINK && !ofp_next(link)) {
        ofp_add_class(p->d, link, OFP_STR("source"));
        set_meta(p, article, OFP_META_URL, ofp_url(link));
        return;
    }
    for (size_t from = 0, end; from < text.n && n < 3; from = end == SIZE_MAX ? text.n : end + dot.n) {
        end = ofp_str_find(text, dot, from);
        piece[n++] = ofp_str_sub(text, from, end == SIZE_MAX ? SIZE_MAX : end - from);
    }
    read_pieces(p, article, piece, n);
}

/* The paragraphs behind the title that the file had in a byline. */
static void read_byline(pub *p, ofp_node *article, const pub_article *of)
{
    ofp_node *line = ofp_next(ofp_first(article)), *box = of->byline && line ? ofp_new(p->d, OFP_DIV) : NULL;
    if (!box)
        return;
    ofp_insert_before(line, box);
    ofp_add_class(p->d, box, OFP_STR("byline"));
    for (unsigned i = 0; i < of->byline && line && ofp_node_type(line) == OFP_PARA; i++) {
        ofp_node *next = ofp_next(line);
        read_line(p, article, line);
        ofp_append(box, line);
        line = next;
    }
    if (!ofp_first(box))
        ofp_unlink(box);
}

/* What is known of the book is known of its only article. */
static void inherit_meta(pub *p, ofp_node *article)
{
    for (int k = 0; k < OFP_NMETA; k++)
        set_meta(p, article, (enum ofp_meta_key)k, k == OFP_META_IMAGE || k == OFP_META_IDENTIFIER
                                                       ? (ofp_str){ "", 0 } : ofp_meta_get(p->d, (enum ofp_meta_key)k));
}

static const pub_article *article_of(const ofp_map *heads, const ofp_node *n)
{
    return ofp_node_type(n) == OFP_HEAD && ofp_id(n).n ? ofp_map_get(heads, ofp_id(n)) : NULL;
}

static ofp_node *open_article(pub *p, ofp_node *head, const pub_article *of)
{
    ofp_node *article = ofp_new(p->d, OFP_DIV);
    if (!article)
        return NULL;
    ofp_insert_before(head, article);
    ofp_set_id(p->d, article, ofp_arena_dup(p->a, of->id));
    ofp_add_class(p->d, article, OFP_STR("article"));
    ofp_add_class(p->d, head, OFP_STR("title"));
    ofp_set_attr(p->d, article, ofp_meta_name(OFP_META_TITLE), ofp_arena_squeeze(p->a, ofp_plain_text(p->a, head)));
    set_meta(p, article, OFP_META_LANG, ofp_arena_dup(p->a, of->lang));
    return article;
}

static void drop_meta(pub *p, enum ofp_meta_key k, bool drop)
{
    if (drop)
        ofp_meta_drop(ofp_meta(p->d), ofp_meta_name(k));
}

/* What the book says of itself only because its articles do is theirs alone, as it is where they are bound. */
static void leave_to_articles(pub *p)
{
    bool site = false, date = false, tongues = false;
    size_t known = 0, n = ofp_meta_count(p->d, OFP_META_AUTHOR);
    ofp_map authors = { .arena = p->tmp };
    const ofp_node *first = ofp_article_first(p->d);
    for (const ofp_node *a = first; a; a = ofp_article_next(a)) {
        ofp_str rest = ofp_article_meta(a, OFP_META_AUTHOR), one;
        while (ofp_str_split(&rest, ';', &one))
            (void)ofp_map_at(&authors, ofp_str_trim(one));
        site |= ofp_str_eq(ofp_article_meta(a, OFP_META_SITE), ofp_meta_get(p->d, OFP_META_SITE));
        date |= ofp_str_eq(ofp_article_meta(a, OFP_META_DATE), ofp_meta_get(p->d, OFP_META_DATE));
        tongues |= !ofp_str_eq(ofp_article_meta(a, OFP_META_LANG), ofp_article_meta(first, OFP_META_LANG));
    }
    size_t all = authors.n;
    for (size_t i = 0; i < n; i++, known += authors.n == all)
        (void)ofp_map_at(&authors, ofp_meta_at(p->d, OFP_META_AUTHOR, i));
    drop_meta(p, OFP_META_AUTHOR, known == n);
    drop_meta(p, OFP_META_SITE, site);
    drop_meta(p, OFP_META_DATE, date);
    drop_meta(p, OFP_META_LANG, tongues);
    drop_meta(p, OFP_META_URL, true);
}

/* From the heading of an article to that of the next, all is one. */
static void make_articles(pub *p)
{
    ofp_map heads = { .arena = p->tmp };
    ofp_node *article = NULL;
    const pub_article *of;
    for (size_t i = 0; i < p->narticles; i++) {
        void **at = ofp_map_at(&heads, p->articles[i].head);
        if (at)
            *at = &p->articles[i];
    }
    for (ofp_node *n = ofp_first(ofp_root(p->d)), *next; n; n = next) {
        next = ofp_next(n);
        if ((of = article_of(&heads, n)))
            article = open_article(p, n, of);
        ofp_append(article, n);
    }
    for (article = ofp_article_first(p->d); article; article = ofp_article_next(article)) {
        read_byline(p, article, article_of(&heads, ofp_first(article)));
        if (p->narticles == 1)
            inherit_meta(p, article);
    }
    if (p->narticles > 1)
        leave_to_articles(p);
}

bool pub_finish(pub *p)
{
    ofp_facts_drop(p->d);
    if (!settle_nodes(p) || !fill_cover(p))
        return false;
    ofp_drop_empty(p->d);
    if (p->narticles)
        make_articles(p);
    ofp_set_note(p->d, OFP_STR("origin"), OFP_STR("epub"));
    return !ofp_arena_failed(p->tmp) || ofp_fail_nomem(p->e);
}
