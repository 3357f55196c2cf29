/* epub.c - EPUB 2 and 3 as one document: the package document's metadata, and the texts of its spine, which the HTML
 * reader takes all at once. */
#include "read/epub/book.h"

static bool read_html(pub *p, ofp_str html)
{
    ofp_options opt = *p->opt;
    opt.fragment = true;                        /* a book has no page around it */
    opt.page = false;
    opt.url = NULL;                             /* links are resolved already */
    ofp_reader *read = ofp_format_reader(ofp_format_find(OFP_STR("html")), opt.world, p->e);
    return read && ofp_doc_ok(p->d, p->e) && read(p->d, html, &opt, p->e);
}

static bool read_book(pub *p)
{
    if (!pub_read_package(p))
        return false;
    pub_read_meta(p);
    return pub_survey(p) && read_html(p, pub_join(p)) && pub_finish(p);
}

bool ofp_read_epub(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    static const ofp_options none;
    ofp_arena *tmp = ofp_arena_new();
    pub p = { .d = d, .a = ofp_doc_arena(d), .tmp = tmp, .opt = opt ? opt : &none, .e = e, .by_id.arena = tmp, .by_path.arena = tmp,
              .names.arena = tmp, .next.arena = tmp, .image_at.arena = tmp };
    p.zip = tmp ? pub_open(tmp, in, e) : NULL;
    bool ok = p.zip && read_book(&p);
    pub_close(p.zip);
    ok = ok && !ofp_arena_failed(tmp);
    ofp_arena_free(tmp);
    if (!ok)
        return ofp_fail_nomem(e);               /* unless there is another reason */
    return ofp_doc_ok(d, e);
}
