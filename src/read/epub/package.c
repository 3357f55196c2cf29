/* package.c - from the container to the list of texts: what the archive's files are, and in which order they are read
 * (EPUB 3.3 4.2.6.3 and 5; Open Packaging Format 2.0.1). */
#include "base/enc.h"
#include "base/octets.h"
#include "read/epub/book.h"

enum { MAX_PACKAGE = 16 << 20, MAX_DOCUMENT = 64 << 20, MAX_PATH = 2000 };

/* ---- paths ---- */

ofp_str pub_folder(ofp_str path)
{
    while (path.n && path.p[path.n - 1] != '/')
        path.n--;
    return path;
}

static bool drop_last(ofp_buf *b)
{
    if (!b->n)
        return false;
    b->n = pub_folder((ofp_str){ b->p, b->n - 1 }).n;
    return true;
}

/* Without "." and "..": each part with a slash, and the last one without it in the end. */
static bool normalize(ofp_arena *a, ofp_str folder, ofp_str path, ofp_str *out)
{
    ofp_buf b = { 0 };
    ofp_str part;
    bool inside = path.n + folder.n <= MAX_PATH;
    if (inside && !ofp_str_starts(path, OFP_STR("/")))
        ofp_buf_add(&b, folder);
    while (inside && ofp_str_split(&path, '/', &part)) {
        if (ofp_str_eq(part, OFP_STR(".."))) {
            inside = drop_last(&b);
        } else if (part.n && !ofp_str_eq(part, OFP_STR("."))) {
            ofp_buf_add(&b, part);
            ofp_buf_putc(&b, '/');
        }
    }
    *out = ofp_buf_take(&b, a);
    out->n -= out->n > 0;
    return inside;
}

bool pub_resolve(pub *p, ofp_str folder, ofp_str href, ofp_str *path)
{
    ofp_buf b = { 0 };
    href = ofp_str_sub(href, 0, ofp_str_find(href, OFP_STR("#"), 0));
    href = ofp_str_sub(href, 0, ofp_str_find(href, OFP_STR("?"), 0));
    ofp_unpercent(&b, href);
    ofp_str decoded = ofp_buf_take(&b, p->tmp);
    *path = (ofp_str){ "", 0 };
    return normalize(p->tmp, folder, decoded, path) && ofp_utf8_valid(*path);
}

bool pub_has_word(ofp_str list, const char *word)
{
    ofp_str one;
    while (ofp_str_word(&list, &one))
        if (ofp_str_eq(one, ofp_s(word)))
            return true;
    return false;
}

bool pub_is_image(const pub_item *it)
{
    return it && ofp_str_istarts(it->media, OFP_STR("image/"));
}

/* ---- container and package ---- */

static const pub_xml *read_xml(pub *p, ofp_str path)
{
    ofp_str bytes;
    enum pub_got got = pub_unpack(p->zip, path, MAX_PACKAGE, p->tmp, &bytes, p->e);
    if (got == PUB_GOT)
        return pub_parse(p->tmp, bytes, path, p->e);
    int n = (int)(path.n < 100 ? path.n : 100);
    if (got == PUB_ABSENT)
        ofp_fail(p->e, OFP_EXML, OFP_NOWHERE, "no EPUB, or a part of one: it has no '%.*s'", n, path.p);
    return NULL;
}

/* The first rendition is the book; others show the same in another way. */
static bool find_package(pub *p)
{
    const pub_xml *container = read_xml(p, OFP_STR("META-INF/container.xml")), *root = NULL;
    ofp_str path = { "", 0 };
    if (!container)
        return false;
    do
        root = pub_each(pub_child(container, "rootfiles"), root, "rootfile");
    while (root && pub_xml_attr(root, "media-type").n &&
           !ofp_str_ieq(pub_xml_attr(root, "media-type"), OFP_STR("application/oebps-package+xml")));
    if (!root || !normalize(p->tmp, (ofp_str){ "", 0 }, pub_xml_attr(root, "full-path"), &path) || !path.n)
        return ofp_fail(p->e, OFP_EXML, OFP_NOWHERE, "META-INF/container.xml names no package document in the archive");
    p->folder = pub_folder(path);
    p->package = read_xml(p, path);
    return p->package;
}

/* ---- manifest ---- */

static void list_item(pub *p, const pub_xml *x)
{
    pub_item *it = &p->items[p->nitems++];
    *it = (pub_item){ .id = pub_xml_attr(x, "id"), .media = pub_xml_attr(x, "media-type"), .properties = pub_xml_attr(x, "properties") };
    if (ofp_url_scheme(pub_xml_attr(x, "href")).n == 0 && !pub_resolve(p, p->folder, pub_xml_attr(x, "href"), &it->path))
        it->path = (ofp_str){ "", 0 };
    void **id = it->id.n ? ofp_map_at(&p->by_id, it->id) : NULL, **path = it->path.n ? ofp_map_at(&p->by_path, it->path) : NULL;
    if (id && !*id)
        *id = it;
    if (path && !*path)
        *path = it;
}

static bool list_items(pub *p)
{
    const pub_xml *manifest = pub_child(p->package, "manifest"), *x = NULL;
    size_t n = 0;
    while ((x = pub_each(manifest, x, "item")))
        n++;
    p->items = ofp_arena_zalloc(p->tmp, n + 1, sizeof *p->items);
    while (p->items && (x = pub_each(manifest, x, "item")))
        list_item(p, x);
    return !ofp_arena_failed(p->tmp) || ofp_fail_nomem(p->e);
}

/* Fonts may be obfuscated; whatever else is named there needs a key that we do not have. */
static bool read_encryption(pub *p)
{
    ofp_str bytes, path;
    enum pub_got got = pub_unpack(p->zip, OFP_STR("META-INF/encryption.xml"), MAX_PACKAGE, p->tmp, &bytes, p->e);
    const pub_xml *root = got == PUB_GOT ? pub_parse(p->tmp, bytes, OFP_STR("META-INF/encryption.xml"), p->e) : NULL, *data = NULL;
    if (!root)
        return got == PUB_ABSENT;
    while ((data = pub_each(root, data, "EncryptedData"))) {
        const pub_xml *ref = pub_child(pub_child(data, "CipherData"), "CipherReference");
        pub_item *it = pub_resolve(p, (ofp_str){ "", 0 }, pub_xml_attr(ref, "URI"), &path) ? ofp_map_get(&p->by_path, path) : NULL;
        if (it)
            it->encrypted = true;
    }
    return true;
}

/* ---- spine ---- */

static bool is_text(const pub_item *it)
{
    static const char *const media[] = { "application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml", "text/xml",
                                         "image/svg+xml" };
    for (size_t i = 0; i < sizeof media / sizeof *media; i++)
        if (ofp_str_ieq(it->media, ofp_s(media[i])))
            return true;
    return false;
}

/* EPUB 2 tells in a guide which files are cover and contents. */
static void read_guide(pub *p)
{
    const pub_xml *guide = pub_child(p->package, "guide"), *ref = NULL;
    ofp_str path;
    while ((ref = pub_each(guide, ref, "reference"))) {
        pub_item *it = pub_resolve(p, p->folder, pub_xml_attr(ref, "href"), &path) ? ofp_map_get(&p->by_path, path) : NULL;
        if (it && ofp_str_eq(pub_xml_attr(ref, "type"), OFP_STR("cover")))
            it->cover = true;
        if (it && ofp_str_eq(pub_xml_attr(ref, "type"), OFP_STR("toc")))
            it->contents = true;
    }
}

/* What XML declares, at its very beginning: that is the encoding, unless a mark of order is there. */
static const char *declared_encoding(pub *p, ofp_str bytes)
{
    ofp_str head = ofp_str_sub(bytes, 0, 200), label;
    size_t end = ofp_str_find(head, OFP_STR("?>"), 0), at = ofp_str_find(head, OFP_STR("encoding="), 0);
    if (!ofp_str_starts(head, OFP_STR("<?xml")) || end == SIZE_MAX || at == SIZE_MAX || at + 10 >= end)
        return NULL;
    label = ofp_str_sub(head, at + 10, end - at - 10);
    label = ofp_str_sub(label, 0, ofp_str_find(label, ofp_str_sub(head, at + 9, 1), 0));
    return ofp_enc_name(label) ? ofp_arena_dup(p->tmp, label).p : NULL;
}

static bool decode(pub *p, const pub_item *it, ofp_str bytes, ofp_str *text)
{
    ofp_enc_found found = { 0 };
    ofp_err why = { 0 };
    int n = (int)(it->path.n < 100 ? it->path.n : 100);
    if (!ofp_decode(p->tmp, bytes, declared_encoding(p, bytes), true, text, &found, &why))
        return why.code == OFP_ENOMEM ? ofp_fail_nomem(p->e)
                                      : ofp_fail(p->e, OFP_EXML, OFP_NOWHERE, "'%.*s' is no text: %s", n, it->path.p, why.msg);
    if (found.bad > 0)
        ofp_warn(p->d, OFP_D_ENCODING_BYTES, 0, "'%.*s': %zu byte%s invalid in %s", n, it->path.p, found.bad,
                 found.bad > 1 ? "s" : "", found.name);
    return true;
}

static bool read_file(pub *p, pub_item *it)
{
    ofp_str bytes;
    int n = (int)(it->path.n < 100 ? it->path.n : 100);
    if (it->encrypted)
        return ofp_fail(p->e, OFP_ECANT, OFP_NOWHERE, "'%.*s' is encrypted (DRM): only its seller's programs can read it", n, it->path.p);
    pub_file *f = &p->files[p->nfiles];
    *f = (pub_file){ .item = it, .ids = { .arena = p->tmp } };
    enum pub_got got = pub_unpack(p->zip, it->path, MAX_DOCUMENT, p->tmp, &bytes, p->e);
    if (got == PUB_ABSENT) {
        ofp_warn(p->d, OFP_D_RESOURCE_MISSING, 0, "'%.*s' is missing from the archive", n, it->path.p);
        return true;
    }
    if (got == PUB_FAILED || !decode(p, it, bytes, &f->text))
        return false;
    f->cover = it->cover;
    f->contents = it->contents || pub_has_word(it->properties, "nav");
    it->file = f;
    p->nfiles++;
    return true;
}

static bool is_wanted(const pub_item *it)
{
    return it && it->path.n && !it->file && is_text(it);
}

/* What stands apart from the order of reading, as notes and answers do, comes behind it: pandoc leaves it out, and so
 * notes of their own file would be lost. */
static bool read_files(pub *p)
{
    const pub_xml *spine = pub_child(p->package, "spine"), *ref = NULL;
    p->files = ofp_arena_zalloc(p->tmp, p->nitems + 1, sizeof *p->files);
    if (!p->files)
        return ofp_fail_nomem(p->e);
    for (int apart = 0; apart < 2; apart++)
        while ((ref = pub_each(spine, ref, "itemref"))) {
            pub_item *it = ofp_map_get(&p->by_id, pub_xml_attr(ref, "idref"));
            if (ofp_str_eq(pub_xml_attr(ref, "linear"), OFP_STR("no")) == apart && is_wanted(it) && !read_file(p, it))
                return false;
        }
    if (!p->nfiles)
        return ofp_fail(p->e, OFP_EXML, OFP_NOWHERE, "the package document's spine names no text that is in the archive");
    return true;
}

/* ---- the cover's picture ---- */

static void find_cover(pub *p)
{
    const pub_xml *metadata = pub_child(p->package, "metadata"), *meta = NULL;
    for (size_t i = 0; !p->cover.n && i < p->nitems; i++)
        if (pub_has_word(p->items[i].properties, "cover-image"))
            p->cover = p->items[i].path;
    while (!p->cover.n && (meta = pub_each(metadata, meta, "meta"))) {
        bool named = ofp_str_eq(pub_xml_attr(meta, "name"), OFP_STR("cover"));
        const pub_item *it = named ? ofp_map_get(&p->by_id, pub_xml_attr(meta, "content")) : NULL;
        if (pub_is_image(it))
            p->cover = it->path;
    }
}

bool pub_read_package(pub *p)
{
    if (!find_package(p) || !list_items(p) || !read_encryption(p))
        return false;
    read_guide(p);
    if (!read_files(p))
        return false;
    find_cover(p);
    return true;
}
