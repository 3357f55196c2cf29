/* archive.c - the ZIP container, the only place of the reader that knows libzip.  What is inside of it has been made by
 * anybody: sizes are counted while unpacking, whatever the archive says of them. */
#include "read/epub/book.h"
#include <zip.h>

/* Text rarely packs better than 1:10; what unpacks to hundreds of times its size is made to fill the memory. */
enum { MAX_FILES = 65535, MAX_RATIO = 200, FREE = 16 << 20, MAX_ALL = 1 << 30 };

struct pub_zip { zip_t *zip; size_t left; };

static bool fail_open(zip_error_t *ze, ofp_err *e)
{
    if (zip_error_code_zip(ze) == ZIP_ER_MEMORY)
        return ofp_fail_nomem(e);
    if (zip_error_code_zip(ze) == ZIP_ER_NOZIP)
        return ofp_fail(e, OFP_EPARSE, OFP_NOWHERE, "no EPUB: this is no ZIP archive, or its end is missing");
    return ofp_fail(e, OFP_EXML, OFP_NOWHERE, "the archive is damaged: %s", zip_error_strerror(ze));
}

static zip_t *open_bytes(ofp_str bytes, ofp_err *e)
{
    zip_error_t ze;
    zip_error_init(&ze);
    zip_source_t *s = zip_source_buffer_create(bytes.p, bytes.n, 0, &ze);
    zip_t *zip = s ? zip_open_from_source(s, ZIP_RDONLY, &ze) : NULL;
    if (!zip) {
        if (s)
            zip_source_free(s);
        fail_open(&ze, e);
    }
    zip_error_fini(&ze);
    return zip;
}

pub_zip *pub_open(ofp_arena *a, ofp_str bytes, ofp_err *e)
{
    pub_zip *z = ofp_arena_zalloc(a, 1, sizeof *z);
    if (!z) {
        ofp_fail_nomem(e);
        return NULL;
    }
    z->zip = open_bytes(bytes, e);
    if (!z->zip)
        return NULL;
    size_t most = bytes.n > MAX_ALL / MAX_RATIO ? MAX_ALL : bytes.n * MAX_RATIO;
    z->left = most > FREE ? most : FREE;
    if (zip_get_num_entries(z->zip, 0) <= MAX_FILES)
        return z;
    ofp_fail(e, OFP_ELIMIT, OFP_NOWHERE, "the archive holds more than %d files", MAX_FILES);
    pub_close(z);
    return NULL;
}

void pub_close(pub_zip *z)
{
    if (z)
        zip_discard(z->zip);
}

/* ---- one file ---- */

static bool fail_file(ofp_err *e, enum ofp_code code, ofp_str path, const char *what)
{
    int n = (int)(path.n < 100 ? path.n : 100);
    return ofp_fail(e, code, OFP_NOWHERE, "'%.*s' %s", n, path.p, what);
}

static bool fail_damaged(ofp_err *e, ofp_str path, zip_error_t *ze)
{
    int n = (int)(path.n < 100 ? path.n : 100);
    if (zip_error_code_zip(ze) == ZIP_ER_MEMORY)
        return ofp_fail_nomem(e);
    if (zip_error_code_zip(ze) == ZIP_ER_ZLIB && zip_error_code_system(ze) == -4)       /* Z_MEM_ERROR */
        return ofp_fail_nomem(e);
    return ofp_fail(e, OFP_EXML, OFP_NOWHERE, "'%.*s' is damaged: %s", n, path.p, zip_error_strerror(ze));
}

static bool read_all(pub_zip *z, zip_file_t *f, ofp_str path, size_t max, ofp_buf *out, ofp_err *e)
{
    char piece[16384];
    zip_int64_t n;
    while ((n = zip_fread(f, piece, sizeof piece)) > 0) {
        if ((size_t)n > max - out->n)
            return fail_file(e, OFP_ELIMIT, path, "is too large");
        if ((size_t)n > z->left)
            return fail_file(e, OFP_ELIMIT, path, "is too much: the archive unpacks to hundreds of times its size");
        z->left -= (size_t)n;
        ofp_buf_add(out, (ofp_str){ piece, (size_t)n });
        if (out->failed)
            return ofp_fail_nomem(e);
    }
    return n == 0 || fail_damaged(e, path, zip_file_get_error(f));
}

static bool find(pub_zip *z, const char *name, zip_stat_t *st)
{
    zip_int64_t at = zip_name_locate(z->zip, name, 0);
    zip_stat_init(st);
    return at >= 0 && zip_stat_index(z->zip, (zip_uint64_t)at, 0, st) == 0;
}

static bool unpack(pub_zip *z, const zip_stat_t *st, ofp_str path, size_t max, ofp_buf *out, ofp_err *e)
{
    if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) && st->encryption_method != ZIP_EM_NONE)
        return fail_file(e, OFP_ECANT, path, "is encrypted with a password");
    if ((st->valid & ZIP_STAT_SIZE) && st->size > max)
        return fail_file(e, OFP_ELIMIT, path, "is too large");
    zip_file_t *f = zip_fopen_index(z->zip, st->index, 0);
    if (!f)
        return fail_damaged(e, path, zip_get_error(z->zip));
    bool ok = read_all(z, f, path, max, out, e);
    zip_fclose(f);
    return ok;
}

enum pub_got pub_unpack(pub_zip *z, ofp_str path, size_t max, ofp_arena *a, ofp_str *out, ofp_err *e)
{
    ofp_buf b = { 0 };
    zip_stat_t st;
    ofp_str name = ofp_arena_dup(a, path);
    if (!name.p) {
        ofp_fail_nomem(e);
        return PUB_FAILED;
    }
    if (!path.n || memchr(path.p, 0, path.n) || !find(z, name.p, &st))
        return PUB_ABSENT;
    bool ok = unpack(z, &st, path, max, &b, e);
    *out = ofp_buf_take(&b, a);
    ofp_buf_free(&b);
    if (ok && ofp_arena_failed(a))
        ok = ofp_fail_nomem(e);
    return ok ? PUB_GOT : PUB_FAILED;
}
