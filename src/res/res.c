/* res.c - where an image's bytes come from: the reference itself, or a file that lies in a folder
 * which the user opened by naming a file in it.  Nothing else is ever read. */
#include "res/res.h"
#include "base/map.h"
#include "base/world.h"
#include "base/octets.h"
#include "res/datauri.h"

enum { MAX_IMAGE = 64 << 20, MAX_ALL = 512 << 20, MAX_PATH = 4000 };

/* What became of one reference. */
typedef struct found {
    const ofp_image *image;             /* NULL: why not is told by the rest */
    enum ofp_diag code;
    const char *reason;
} found;

struct ofp_res {
    const ofp_doc *doc;
    const ofp_options *opt;
    const ofp_world *world;
    ofp_arena *arena;
    ofp_map by_ref;                     /* found, by folder and URL */
    ofp_map by_bytes;                   /* ofp_image, by content: the same picture is one image */
    ofp_map told;                       /* nodes whose warning has been given */
    size_t images, total;
    bool failed;                        /* out of memory outside of the arena */
};

ofp_res *ofp_res_new(const ofp_doc *d, const ofp_options *opt)
{
    ofp_arena *a = ofp_arena_new();
    ofp_res *r = ofp_arena_zalloc(a, 1, sizeof *r);
    if (!r) {
        ofp_arena_free(a);
        return NULL;
    }
    *r = (ofp_res){ .doc = d, .opt = opt, .world = ofp_world_or_os(opt->world), .arena = a,
                    .by_ref = { .arena = a }, .by_bytes = { .arena = a }, .told = { .arena = a } };
    return r;
}

void ofp_res_free(ofp_res *r)
{
    if (r)
        ofp_arena_free(r->arena);
}

bool ofp_res_ok(const ofp_res *r)
{
    return !r->failed && !ofp_arena_failed(r->arena);
}

/* ---- from bytes to an image --------------------------------------------------------------- */

static found missing(enum ofp_diag code, const char *reason)
{
    return (found){ NULL, code, reason };
}

/* Takes the bytes over. */
static found make_image(ofp_res *r, ofp_buf *bytes)
{
    ofp_image img;
    if (bytes->n > MAX_IMAGE || bytes->n > MAX_ALL - r->total)
        return missing(OFP_D_SIZE_LIMIT, "too large");
    if (!ofp_image_probe(ofp_buf_str(bytes), &img))
        return missing(OFP_D_RESOURCE_FORMAT, "malformed, or of an unsupported kind");
    img.bytes = ofp_buf_take(bytes, r->arena);
    void **same = ofp_map_at(&r->by_bytes, img.bytes);
    ofp_image *kept = same ? *same : NULL;
    if (same && !kept && (kept = ofp_arena_zalloc(r->arena, 1, sizeof *kept))) {
        img.number = r->images++;
        r->total += img.bytes.n;
        *kept = img;
        *same = kept;
    }
    return kept ? (found){ .image = kept } : missing(OFP_D_RESOURCE_MISSING, "out of memory");
}

static found from_data(ofp_res *r, ofp_str url)
{
    ofp_buf bytes = { 0 };
    found f = missing(OFP_D_RESOURCE_FORMAT, "malformed data: reference");
    if (ofp_data_uri(&bytes, url))
        f = make_image(r, &bytes);
    r->failed = r->failed || bytes.failed;
    ofp_buf_free(&bytes);
    return f;
}

/* ---- files ---------------------------------------------------------------------------------- */

/* The file below folder: found, denied where it would lead outside, else missing. */
static found from_file(ofp_res *r, ofp_str folder, ofp_str path)
{
    ofp_buf bytes = { 0 };
    ofp_err e = { 0 };
    found f = missing(OFP_D_RESOURCE_MISSING, "not found");
    ofp_str dir = ofp_arena_dup(r->arena, folder), file = ofp_arena_dup(r->arena, path);
    if (!dir.p || !file.p)
        return f;
    if (r->world->read_beneath(r->world->user, dir.p, file.p, MAX_IMAGE, &bytes, &e))
        f = make_image(r, &bytes);
    else if (e.code == OFP_ERES)
        f = missing(OFP_D_RESOURCE_DENIED, "outside of the document's folder");
    else if (e.code == OFP_ELIMIT)
        f = missing(OFP_D_SIZE_LIMIT, "too large");
    r->failed = r->failed || bytes.failed || e.code == OFP_ENOMEM;
    ofp_buf_free(&bytes);
    return f;
}

/* Appends segments of path without "." and with ".." resolved; false where that leads out. */
static bool normalize(ofp_buf *out, ofp_str path)
{
    for (ofp_str seg; ofp_str_split(&path, '/', &seg);) {
        if (seg.n == 0 || ofp_str_eq(seg, OFP_STR(".")))
            continue;
        if (ofp_str_eq(seg, OFP_STR(".."))) {
            if (out->n == 0)
                return false;
            while (out->n > 0 && out->p[--out->n] != '/')
                ;
            continue;
        }
        if (out->n > 0)
            ofp_buf_putc(out, '/');
        ofp_buf_add(out, seg);
    }
    return out->n > 0;
}

static ofp_str without_query(ofp_str path)
{
    size_t end = 0;
    while (end < path.n && path.p[end] != '?' && path.p[end] != '#')
        end++;
    return ofp_str_sub(path, 0, end);
}

/* A relative reference as a file's path; false where it can be none. */
static bool file_path(ofp_res *r, ofp_buf *out, ofp_str ref)
{
    ofp_buf decoded = { 0 };
    ofp_unpercent(&decoded, ref);
    ofp_str path = ofp_buf_str(&decoded);
    bool ok = path.n > 0 && path.n < MAX_PATH && path.p[0] != '/' &&
              ofp_str_find(path, (ofp_str){ "", 1 }, 0) == SIZE_MAX && normalize(out, path);
    r->failed = r->failed || decoded.failed || out->failed;
    ofp_buf_free(&decoded);
    return ok;
}

static ofp_str folder_of(ofp_str file)
{
    size_t n = file.n;
    while (n > 0 && file.p[n - 1] != '/')
        n--;
    return n > 1 ? ofp_str_sub(file, 0, n - 1) : n == 1 ? OFP_STR("/") : OFP_STR(".");
}

static const char *input_of(const ofp_res *r, const ofp_node *article)
{
    ofp_str input = article ? ofp_article_input(article) : ofp_s(ofp_doc_input(r->doc));
    return input.n ? input.p : "-";
}

/* ref below the folder of the article's input, then below each folder of the resource path. */
static found from_folders(ofp_res *r, ofp_str input, ofp_str ref)
{
    ofp_buf path = { 0 };
    if (ofp_str_starts(ref, OFP_STR("/")))
        return missing(OFP_D_RESOURCE_MISSING, "the site it belongs to is not known");
    if (!file_path(r, &path, ref)) {
        ofp_buf_free(&path);
        return missing(OFP_D_RESOURCE_DENIED, "outside of the document's folder");
    }
    found f = from_file(r, folder_of(input), ofp_buf_str(&path));
    for (const char *const *dir = r->opt->resource_path; dir && *dir && f.code == OFP_D_RESOURCE_MISSING && !f.image; dir++)
        f = from_file(r, ofp_s(*dir), ofp_buf_str(&path));
    ofp_buf_free(&path);
    return f;
}

/* Saved files may carry a reference's query in their name. */
static found from_relative(ofp_res *r, ofp_str input, ofp_str ref)
{
    found f = from_folders(r, input, ref);
    ofp_str bare = without_query(ref);
    if (!f.image && f.code == OFP_D_RESOURCE_MISSING && bare.n < ref.n && bare.n > 0)
        f = from_folders(r, input, bare);
    return f;
}

/* ---- references to the net -------------------------------------------------------------------- */

static ofp_str last_segment(ofp_str path)
{
    path = without_query(path);
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return ofp_str_sub(path, n, SIZE_MAX);
}

/* The part of url behind the folder of base; empty where base is not its beginning. */
static ofp_str behind(ofp_str url, ofp_str base)
{
    base = without_query(base);
    while (base.n > 0 && base.p[base.n - 1] != '/')
        base.n--;
    /* "https://" itself is no folder */
    return base.n > 8 && ofp_str_starts(url, base) ? ofp_str_sub(url, base.n, SIZE_MAX) : (ofp_str){ 0 };
}

/* The folder that browsers put a saved page's pictures into: "page_files" beside "page.html". */
static found from_saved_page(ofp_res *r, ofp_str input, ofp_str url)
{
    size_t dot = input.n;
    ofp_str name = last_segment(url);
    for (size_t i = input.n; i > 0 && input.p[i - 1] != '/'; i--)
        if (input.p[i - 1] == '.') {
            dot = i - 1;
            break;
        }
    ofp_str stem = last_segment(ofp_str_sub(input, 0, dot));
    if (stem.n == 0 || name.n == 0)
        return missing(OFP_D_RESOURCE_MISSING, "not fetched from the net");
    return from_folders(r, input, ofp_arena_printf(r->arena, "%.*s_files/%.*s", (int)stem.n, stem.p, (int)name.n, name.p));
}

static found from_net(ofp_res *r, const ofp_node *article, ofp_str input, ofp_str url)
{
    ofp_str bases[3] = { ofp_note(r->doc, OFP_STR("base")) };
    if (article) {
        bases[1] = ofp_attr(article, OFP_STR("base"));
        bases[2] = ofp_article_meta(article, OFP_META_URL);
    }
    for (int i = 0; i < 3; i++) {
        ofp_str ref = bases[i].n ? behind(url, bases[i]) : (ofp_str){ 0 };
        found f = ref.n ? from_relative(r, input, ref) : missing(OFP_D_RESOURCE_MISSING, "");
        if (f.image)
            return f;
    }
    found f = from_saved_page(r, input, url);
    return f.image ? f : missing(OFP_D_RESOURCE_MISSING, "not fetched from the net");
}

static found look_up(ofp_res *r, const ofp_node *article, ofp_str input, ofp_str url)
{
    ofp_str scheme = ofp_url_scheme(url);
    if (url.n == 0)
        return missing(OFP_D_RESOURCE_MISSING, "no reference");
    if (ofp_str_ieq(scheme, OFP_STR("data")))
        return from_data(r, url);
    if (ofp_str_ieq(scheme, OFP_STR("http")) || ofp_str_ieq(scheme, OFP_STR("https")) ||
        ofp_str_starts(url, OFP_STR("//")))
        return from_net(r, article, input, url);
    /* A colon in a file's name looks like a scheme; a letter with a colon like a drive. */
    if (scheme.n > 0 && !ofp_str_eq(scheme, OFP_STR("file"))) {
        found f = from_relative(r, input, url);
        return f.image ? f : missing(OFP_D_RESOURCE_MISSING, "not found");
    }
    return scheme.n > 0 ? missing(OFP_D_RESOURCE_DENIED, "file: references are not followed") : from_relative(r, input, url);
}

/* ---- asking -------------------------------------------------------------------------------------- */

static found *ask(ofp_res *r, const ofp_node *article, ofp_str url)
{
    ofp_str input = ofp_s(input_of(r, article));
    url = ofp_str_trim(url);
    ofp_str key = ofp_arena_printf(r->arena, "%p ", (const void *)article);
    ofp_buf full = { 0 };
    ofp_buf_add(&full, key);
    ofp_buf_add(&full, url);
    found *f = ofp_map_get(&r->by_ref, ofp_buf_str(&full));
    if (!f && (f = ofp_arena_zalloc(r->arena, 1, sizeof *f))) {
        *f = look_up(r, article, input, url);
        void **at = ofp_map_at(&r->by_ref, ofp_buf_take(&full, r->arena));
        if (at)
            *at = f;
    }
    r->failed = r->failed || full.failed;
    ofp_buf_free(&full);
    return f;
}

static void tell(ofp_res *r, const found *f, const ofp_node *image)
{
    ofp_str url = ofp_url(image);
    bool data = ofp_str_istarts(url, OFP_STR("data:"));
    ofp_str shown = ofp_str_sub(url, 0, data ? 30 : 200);
    ofp_warn_at(r->doc, image, f->code, "image '%.*s%s': %s", (int)shown.n, shown.p, shown.n < url.n ? "..." : "", f->reason);
}

static const ofp_node *article_of(const ofp_res *r, const ofp_node *n)
{
    const ofp_node *root = ofp_root(r->doc), *top = NULL;
    for (; n && n != root; n = ofp_parent(n))
        top = n;
    bool article = n && top && ofp_node_type(top) == OFP_DIV && ofp_has_class(top, OFP_STR("article"));
    return article ? top : NULL;
}

const ofp_image *ofp_res_image(ofp_res *r, const ofp_node *node)
{
    const found *f = ask(r, article_of(r, node), ofp_url(node));
    if (!f || f->image)
        return f ? f->image : NULL;
    /* The key must outlive the call. */
    ofp_str key = ofp_arena_dup(r->arena, (ofp_str){ (const char *)&node, sizeof node });
    void **told = ofp_map_at(&r->told, key);
    if (told && !*told) {
        *told = r;
        tell(r, f, node);
    }
    return NULL;
}

const ofp_image *ofp_res_peek(ofp_res *r, const ofp_node *node)
{
    const found *f = ask(r, article_of(r, node), ofp_url(node));
    return f ? f->image : NULL;
}

const ofp_image *ofp_res_look(ofp_res *r, const ofp_node *article, ofp_str url)
{
    const found *f = ask(r, article, url);
    return f ? f->image : NULL;
}
