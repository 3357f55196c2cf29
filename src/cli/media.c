/* media.c - --extract-media: the images of what is written become files of a folder, and it refers to them there.
 *
 * A file is called after the image's own, or after its content where it has no name.  Nothing that lies in the
 * folder already is overwritten: another image of the same name gets its content's hash into its name. */
#include "base/map.h"
#include "base/octets.h"
#include "cli/cli.h"
#include "res/res.h"
#include <inttypes.h>
#include <string.h>

enum { MAX_NAME = 100, MAX_TRIES = 100 };

typedef struct file {
    ofp_str name, bytes;
    bool there;                         /* in the folder, with the same bytes */
    struct file *next;
} file;

/* One for each document, whose images live as long. */
typedef struct source_res { ofp_res *res; struct source_res *next; } source_res;

struct media {
    ofp_arena *a;
    ofp_str folder, prefix;             /* as files are opened; as references begin, with its slash */
    ofp_map by_name;                    /* file, by its name in lower case: some systems fold it */
    file *files, **last;
    source_res *sources;
};

/* ---- names --------------------------------------------------------------------------------- */

static bool is_safe(char c)
{
    return (unsigned char)c > ' ' && c != 0x7F && !strchr("/\\:*?\"<>|%#", c);
}

/* The last part of a reference as a name that any system takes: no separators, no leading dot, not too long. */
static ofp_str own_name(struct media *m, ofp_str url)
{
    ofp_str path = ofp_url_path(url), last = { "", 0 }, piece;
    ofp_buf b = { 0 };
    while (!ofp_str_istarts(url, OFP_STR("data:")) && ofp_str_split(&path, '/', &piece))
        last = piece;
    ofp_unpercent(&b, last);
    for (size_t i = 0; i < b.n; i++)
        b.p[i] = is_safe(b.p[i]) ? b.p[i] : '-';
    ofp_str name = ofp_buf_take(&b, m->a);
    while (name.n && (name.p[0] == '.' || name.p[0] == '-'))
        name = ofp_str_sub(name, 1, SIZE_MAX);
    return name.n <= MAX_NAME && ofp_utf8_valid(name) ? name : (ofp_str){ "", 0 };
}

/* Takes the ending off a name: *fits tells that it is one of the image's kind. */
static ofp_str stem_of(ofp_str name, enum ofp_media media, bool *fits)
{
    static const struct { const char *ext; enum ofp_media media; } known[] = {
        { "png", OFP_MEDIA_PNG }, { "jpg", OFP_MEDIA_JPEG },  { "jpeg", OFP_MEDIA_JPEG }, { "jpe", OFP_MEDIA_JPEG },
        { "gif", OFP_MEDIA_GIF }, { "webp", OFP_MEDIA_WEBP }, { "svg", OFP_MEDIA_SVG },
    };
    size_t dot = name.n;
    while (dot && name.p[dot - 1] != '.')
        dot--;
    ofp_str ext = dot ? ofp_str_sub(name, dot, SIZE_MAX) : (ofp_str){ "", 0 };
    *fits = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ofp_str_ieq(ext, ofp_s(known[i].ext))) {
            *fits = known[i].media == media;
            return ofp_str_sub(name, 0, dot - 1);
        }
    return name;
}

/* FNV-1a of 64 bits; what two images have in common by chance is told apart by their bytes. */
static uint64_t hash(ofp_str s)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
    return h;
}

/* The try-th name for an image: its own, with its hash, with its hash and a number. */
static ofp_str candidate(struct media *m, ofp_str url, const ofp_image *image, int try)
{
    bool fits;
    ofp_str name = own_name(m, url), stem = stem_of(name, image->media, &fits);
    const char *ext = ofp_media_ext(image->media);
    int n = (int)stem.n;
    if (try == 0 && stem.n)
        return fits ? name : ofp_arena_printf(m->a, "%.*s.%s", n, stem.p, ext);
    const char *joint = stem.n ? "-" : "";
    uint64_t h = hash(image->bytes);
    if (try < 2)
        return ofp_arena_printf(m->a, "%.*s%s%016" PRIx64 ".%s", n, stem.p, joint, h, ext);
    return ofp_arena_printf(m->a, "%.*s%s%016" PRIx64 "-%d.%s", n, stem.p, joint, h, try, ext);
}

/* ---- files --------------------------------------------------------------------------------- */

static const char *path_of(struct media *m, ofp_str name)
{
    return ofp_arena_printf(m->a, "%.*s/%.*s", (int)m->folder.n, m->folder.p, (int)name.n, name.p).p;
}

/* Whether the folder has a file of this name: *same tells that it is this image already. */
static bool lies_there(job *j, ofp_str name, ofp_str bytes, bool *same)
{
    const char *path = path_of(j->media, name);
    ofp_buf b = { 0 };
    ofp_err e = { 0 };
    bool there = path && j->w->exists(j->w->user, path);
    *same = there && j->w->read_file(j->w->user, path, bytes.n, &b, &e) && ofp_str_eq(ofp_buf_str(&b), bytes);
    ofp_buf_free(&b);
    return there;
}

static file *add_file(struct media *m, void **slot, ofp_str name, ofp_str bytes, bool there)
{
    file *f = ofp_arena_zalloc(m->a, 1, sizeof *f);
    if (!f)
        return NULL;
    *f = (file){ name, bytes, there, NULL };
    *slot = f;
    *m->last = f;
    m->last = &f->next;
    return f;
}

/* The file that an image becomes; NULL when out of memory or of names. */
static const file *file_for(job *j, ofp_str url, const ofp_image *image)
{
    struct media *m = j->media;
    for (int try = 0; try < MAX_TRIES; try++) {
        ofp_str name = candidate(m, url, image, try);
        void **slot = ofp_map_at(&m->by_name, ofp_arena_lower(m->a, name));
        file *f = slot ? *slot : NULL;
        bool same;
        if (!slot)
            return NULL;
        if (f && ofp_str_eq(f->bytes, image->bytes))
            return f;
        if (!f && (!lies_there(j, name, image->bytes, &same) || same))
            return add_file(m, slot, name, image->bytes, same);
    }
    return NULL;
}

/* ---- references ---------------------------------------------------------------------------- */

/* A path without "." and empty segments, ending in a slash where it is not empty. */
static ofp_str tidy_path(ofp_arena *a, ofp_str path)
{
    ofp_buf b = { 0 };
    if (ofp_str_starts(path, OFP_STR("/")))
        ofp_buf_putc(&b, '/');
    for (ofp_str piece; ofp_str_split(&path, '/', &piece); )
        if (piece.n && !ofp_str_eq(piece, OFP_STR(".")))
            ofp_buf_printf(&b, "%.*s/", (int)piece.n, piece.p);
    return ofp_buf_take(&b, a);
}

/* The folder as the output's own folder sees it, as far as the two paths tell; else as it was given. */
static ofp_str seen_from(ofp_arena *a, ofp_str folder, ofp_str out)
{
    size_t slash = out.n, same = 0;
    while (slash && out.p[slash - 1] != '/')
        slash--;
    ofp_str to = tidy_path(a, folder), from = tidy_path(a, ofp_str_sub(out, 0, slash)), piece;
    if (ofp_str_starts(to, OFP_STR("/")) != ofp_str_starts(from, OFP_STR("/")))
        return to;
    for (size_t i = 0; i < to.n && i < from.n && to.p[i] == from.p[i]; i++)
        if (to.p[i] == '/')
            same = i + 1;
    ofp_str up = ofp_str_sub(from, same, SIZE_MAX);
    ofp_buf b = { 0 };
    if (ofp_str_find(up, OFP_STR("../"), 0) != SIZE_MAX)
        return to;
    while (up.n && ofp_str_split(&up, '/', &piece))
        if (piece.n)
            ofp_buf_puts(&b, "../");
    ofp_buf_add(&b, ofp_str_sub(to, same, SIZE_MAX));
    return ofp_buf_take(&b, a);
}

/* A path as a relative reference: what would end it or begin something else is percent-encoded. */
static ofp_str as_reference(ofp_arena *a, ofp_str path)
{
    ofp_buf b = { 0 };
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] <= ' ' || strchr("%?#:\\\"<>", path.p[i]))
            ofp_buf_printf(&b, "%%%02X", (unsigned char)path.p[i]);
        else
            ofp_buf_putc(&b, path.p[i]);
    return ofp_buf_take(&b, a);
}

static ofp_str reference_to(struct media *m, ofp_doc *d, const file *f)
{
    ofp_str path = ofp_arena_printf(m->a, "%.*s%.*s", (int)m->prefix.n, m->prefix.p, (int)f->name.n, f->name.p);
    return as_reference(ofp_doc_arena(d), path);
}

static bool refer_to(struct media *m, ofp_doc *d, ofp_node *image, const file *f)
{
    ofp_str url = reference_to(m, d, f);
    if (url.n)
        ofp_set_target(image, url, ofp_title(image));
    return url.n > 0;
}

/* ---- the two steps -------------------------------------------------------------------------- */

static bool open_media(job *j)
{
    struct media *m = ofp_arena_zalloc(j->a, 1, sizeof *m);
    if (!m)
        return false;
    ofp_str folder = tidy_path(j->a, ofp_s(j->extract_media));
    m->a = j->a;
    m->folder = folder.n > 1 ? ofp_str_sub(folder, 0, folder.n - 1) : folder.n ? folder : OFP_STR(".");
    m->prefix = strcmp(j->out, "-") ? seen_from(j->a, folder, ofp_s(j->out)) : folder;
    m->by_name.arena = j->a;
    m->last = &m->files;
    j->media = m;
    return true;
}

static ofp_res *open_source(job *j, ofp_doc *d)
{
    source_res *s = ofp_arena_zalloc(j->a, 1, sizeof *s);
    if (!s || !(s->res = ofp_res_new(d, &j->opt)))
        return NULL;
    s->next = j->media->sources;
    j->media->sources = s;
    return s->res;
}

/* The image that n refers to; NULL where it cannot be had.  Images on the net may stay there. */
static const ofp_image *image_of(ofp_res *res, const ofp_node *n)
{
    if (ofp_node_type(n) != OFP_IMAGE)
        return NULL;
    return ofp_url_host(ofp_url(n)).n ? ofp_res_peek(res, n) : ofp_res_image(res, n);
}

/* A lead image that the metadata holds itself, as a book's cover. */
static bool take_lead(job *j, ofp_doc *d, ofp_res *res, bool refer)
{
    ofp_node *v = ofp_meta_find(ofp_meta(d), ofp_meta_name(OFP_META_IMAGE));
    ofp_str url = ofp_meta_get(d, OFP_META_IMAGE);
    const ofp_image *image = ofp_str_istarts(url, OFP_STR("data:")) ? ofp_res_look(res, NULL, url) : NULL;
    const file *f = image ? file_for(j, url, image) : NULL;
    if (f && refer && ofp_node_type(v) == OFP_MSTRING)
        ofp_set_text(v, reference_to(j->media, d, f));
    return !image || f;
}

bool media_take(job *j, ofp_doc *d, bool refer, ofp_err *e)
{
    if (!j->extract_media)
        return true;
    ofp_res *res = j->media || open_media(j) ? open_source(j, d) : NULL;
    for (ofp_node *n = ofp_root(d); res && n; n = ofp_after(n, ofp_root(d))) {
        const ofp_image *image = image_of(res, n);
        const file *f = image ? file_for(j, ofp_url(n), image) : NULL;
        if (image && (!f || (refer && !refer_to(j->media, d, n, f))))
            return ofp_fail_nomem(e);
    }
    return (res && take_lead(j, d, res, refer) && ofp_res_ok(res)) || ofp_fail_nomem(e);
}

bool media_write(job *j, ofp_err *e)
{
    struct media *m = j->media;
    const char *folder = m && m->files ? ofp_arena_dup(j->a, m->folder).p : NULL;
    if (folder && !j->w->make_folder(j->w->user, folder, e))
        return false;
    for (file *f = m ? m->files : NULL; f; f = f->next) {
        const char *path = path_of(m, f->name);
        if (!path)
            return ofp_fail_nomem(e);
        if (!f->there && !j->w->write_file(j->w->user, path, f->bytes, e))
            return false;
    }
    return true;
}

void media_free(job *j)
{
    for (source_res *s = j->media ? j->media->sources : NULL; s; s = s->next)
        ofp_res_free(s->res);
}
