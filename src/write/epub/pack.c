/* pack.c - the ZIP container (EPUB 3.3 §4, OCF), the only place that knows libzip. */
#include "write/epub/book.h"
#include <zip.h>

static const char container_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
    "<rootfiles>\n<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n"
    "</container>\n";

/* 1980-01-01, 00:00, the start of DOS time.  zip_file_set_mtime would go through the time zone. */
enum { DOS_TIME = 0, DOS_DATE = 0x21, LEVEL = 6 };

/* Adds a file whose bytes stay where they are until the archive is closed. */
static bool add(zip_t *z, const char *name, ofp_str bytes, bool deflate)
{
    zip_source_t *s = zip_source_buffer(z, bytes.p, bytes.n, 0);
    if (!s)
        return false;
    zip_int64_t i = zip_file_add(z, name, s, ZIP_FL_ENC_UTF_8);
    if (i < 0) {
        zip_source_free(s);
        return false;
    }
    return zip_set_file_compression(z, (zip_uint64_t)i, deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, deflate ? LEVEL : 0) == 0 &&
           zip_file_set_dostime(z, (zip_uint64_t)i, DOS_TIME, DOS_DATE, 0) == 0;
}

/* These formats are compressed already. */
static bool deflates(const epub_item *it)
{
    return !ofp_str_starts(it->media, OFP_STR("image/")) || ofp_str_eq(it->media, OFP_STR("image/svg+xml"));
}

static bool add_all(zip_t *z, const epub_book *b, ofp_str package)
{
    if (!add(z, "mimetype", OFP_STR("application/epub+zip"), false) ||
        !add(z, "META-INF/container.xml", ofp_s(container_xml), true) ||
        !add(z, "EPUB/package.opf", package, true))
        return false;
    for (const epub_item *it = b->items; it; it = it->next) {
        ofp_str name = ofp_arena_printf(b->arena, "EPUB/%.*s", (int)it->path.n, it->path.p);
        if (!name.p || !add(z, name.p, it->bytes, deflates(it)))
            return false;
    }
    return true;
}

/* The archive that the closed source holds. */
static bool read_back(zip_source_t *s, ofp_buf *out)
{
    zip_stat_t st;
    char piece[65536];
    zip_int64_t n;
    if (zip_source_stat(s, &st) < 0 || zip_source_open(s) < 0)
        return false;
    while ((n = zip_source_read(s, piece, sizeof piece)) > 0)
        ofp_buf_add(out, (ofp_str){ piece, (size_t)n });
    zip_source_close(s);
    return n == 0 && !out->failed;
}

bool epub_pack(const epub_book *b, ofp_str package, ofp_buf *out, ofp_err *e)
{
    zip_error_t ze;
    bool ok = false;
    zip_t *z = NULL;
    zip_error_init(&ze);
    zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, &ze);
    if (!s || !(z = zip_open_from_source(s, ZIP_TRUNCATE, &ze)))
        goto out;
    zip_source_keep(s);                 /* closing the archive gives up its own hold */
    if (add_all(z, b, package) && zip_close(z) == 0) {
        z = NULL;
        ok = read_back(s, out);
    }
out:
    if (z)
        zip_discard(z);
    if (s)
        zip_source_free(s);
    zip_error_fini(&ze);
    return ok || ofp_fail(e, OFP_ENOMEM, OFP_NOWHERE, "cannot pack the EPUB: out of memory");
}
