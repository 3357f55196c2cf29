/* epub.c - EPUB 3.3: the order of work. */
#include "doctools/title.h"
#include "write/epub/book.h"
#include "format.h"

/* Levels that skip one make holes in the outline that screen readers stumble over. */
static void even_out_headings(epub_book *b)
{
    for (size_t i = 0; i < b->toc.n; i++)
        ofp_set_level(b->toc.entries[i].head, b->toc.entries[i].depth);
}

static ofp_str book_title(const epub_book *b)
{
    ofp_str title = ofp_arena_squeeze(b->arena, epub_meta(b, OFP_META_TITLE));
    const ofp_node *article = ofp_article_first(b->doc);
    if (title.n == 0 && article)
        title = ofp_arena_squeeze(b->arena, ofp_article_meta(article, OFP_META_TITLE));
    return title.n ? title : OFP_STR("Untitled");
}

static void set_language(epub_book *b)
{
    const ofp_node *article = ofp_article_first(b->doc);
    if (!ofp_lang_clean(epub_meta(b, OFP_META_LANG), &b->lang) && article)
        (void)ofp_lang_clean(ofp_article_meta(article, OFP_META_LANG), &b->lang);
}

static bool prepare(epub_book *b, ofp_err *e)
{
    if (!ofp_bind_self(b->doc, e))
        return false;
    ofp_show_titles(b->doc);
    for (const ofp_node *a = ofp_article_first(b->doc); a; a = ofp_article_next(a))
        b->narticles++;
    b->ids = ofp_ids_new(b->arena, b->doc, true);
    if (!b->ids || !ofp_toc_build(b->arena, b->doc, b->ids, &b->toc))
        return ofp_fail_nomem(e);
    even_out_headings(b);
    b->title = book_title(b);
    set_language(b);
    return epub_plan(b) || ofp_fail_nomem(e);
}

static bool build(epub_book *b, ofp_buf *out, ofp_err *e)
{
    epub_write_cover(b);
    epub_write_title(b);
    epub_write_nav(b);
    epub_write_parts(b);
    epub_add(b, "css", OFP_STR("style.css"), "text/css", b->opt->css ? ofp_s(b->opt->css) : epub_style());
    b->uuid = epub_make_uuid(b);
    epub_write_ncx(b);
    ofp_str package = epub_package(b);
    if (b->failed || !ofp_res_ok(b->res))
        return ofp_fail_nomem(e);
    return ofp_doc_ok(b->doc, e) && epub_pack(b, package, out, e);
}

bool ofp_write_epub(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    epub_book b = { .doc = d, .opt = opt, .arena = ofp_doc_arena(d), .images = { .arena = ofp_doc_arena(d) } };
    if (!prepare(&b, e))
        return false;
    b.res = ofp_res_new(d, opt);
    bool ok = b.res ? build(&b, out, e) : ofp_fail_nomem(e);
    ofp_res_free(b.res);
    return ok;
}
