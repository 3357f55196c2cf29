/* front.c - the pages around the text: cover, title page, navigation for new and old systems. */
#include "doctools/xmlout.h"
#include "write/epub/book.h"

static const char xhtml[] = "application/xhtml+xml";

/* ---- pages ----------------------------------------------------------------------------- */

void epub_open_page(epub_book *b, ofp_buf *out, ofp_lang lang, ofp_str dir, ofp_str title)
{
    ofp_html h = { .out = out, .xhtml = true };
    ofp_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
                      "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"");
    ofp_html_lang(&h, ofp_s(lang.tag), dir);
    ofp_buf_puts(out, ">\n<head>\n<meta charset=\"utf-8\" />\n");
    ofp_xml_elem(out, "title", title.n ? title : b->title);
    ofp_buf_puts(out, "<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\" />\n</head>\n<body>\n");
}

static epub_item *close_page(epub_book *b, ofp_buf *out, const char *id, ofp_str path)
{
    ofp_buf_puts(out, "</body>\n</html>\n");
    return epub_add(b, id, path, xhtml, ofp_buf_take(out, b->arena));
}

static void put_line(ofp_buf *out, const char *tag, const char *class, ofp_str text)
{
    if (text.n == 0)
        return;
    ofp_buf_printf(out, "<%s class=\"%s\">", tag, class);
    ofp_xml_text(out, text);
    ofp_buf_printf(out, "</%s>\n", tag);
}

/* The picture that the page itself leads with stands on the cover, if it is at hand. */
static const epub_item *find_cover(epub_book *b)
{
    ofp_str url = epub_meta(b, OFP_META_IMAGE);
    const ofp_image *img = url.n ? ofp_res_look(b->res, ofp_article_first(b->doc), url) : NULL;
    /* Small pictures are logos and icons. */
    if (!img || img->media == OFP_MEDIA_SVG || img->width < 200 || img->height < 200)
        return NULL;
    return epub_image(b, img, NULL);
}

void epub_write_cover(epub_book *b)
{
    ofp_buf out = { 0 };
    b->cover = find_cover(b);
    if (!b->cover)
        return;
    epub_open_page(b, &out, b->lang, OFP_STR(""), b->title);
    ofp_buf_puts(&out, "<section class=\"cover\" epub:type=\"cover\">\n<img role=\"doc-cover\" src=\"");
    ofp_xml_quoted(&out, b->cover->path);
    ofp_buf_puts(&out, "\" alt=\"");
    ofp_xml_quoted(&out, b->title);
    ofp_buf_puts(&out, "\" />\n</section>\n");
    epub_item *it = close_page(b, &out, "cover", OFP_STR("cover.xhtml"));
    if (it)
        it->spine = true;
}

static ofp_str joined(const epub_book *b, enum ofp_meta_key k)
{
    ofp_buf s = { 0 };
    size_t n = ofp_meta_count(b->doc, k);
    if (n == 0 && b->narticles == 1)
        return epub_meta(b, k);
    for (size_t i = 0; i < n; i++) {
        ofp_buf_puts(&s, i ? ", " : "");
        ofp_buf_add(&s, ofp_arena_squeeze(b->arena, ofp_meta_at(b->doc, k, i)));
    }
    return ofp_buf_take(&s, b->arena);
}

void epub_write_title(epub_book *b)
{
    ofp_buf out = { 0 };
    epub_open_page(b, &out, b->lang, OFP_STR(""), b->title);
    ofp_buf_puts(&out, "<section class=\"titlepage\" epub:type=\"titlepage\">\n");
    put_line(&out, "h1", "book", b->title);
    put_line(&out, "p", "subtitle", epub_meta(b, OFP_META_SUBTITLE));
    put_line(&out, "p", "authors", joined(b, OFP_META_AUTHOR));
    put_line(&out, "p", "imprint", epub_meta(b, OFP_META_SITE));
    put_line(&out, "p", "imprint", ofp_lang_date(b->arena, epub_date(b), ofp_s(b->lang.tag)));
    ofp_buf_puts(&out, "</section>\n");
    epub_item *it = close_page(b, &out, "title", OFP_STR("title.xhtml"));
    if (it)
        it->spine = true;
}

/* ---- navigation ------------------------------------------------------------------------- */

static int toc_depth(const epub_book *b)
{
    return b->opt->toc_depth > 0 ? b->opt->toc_depth : 3;
}

/* The start of an article is the start of its file: reading systems then show no page above it. */
static void put_ref(void *user, ofp_buf *out, const ofp_toc_entry *entry)
{
    const epub_book *b = user;
    const epub_part *p = b->by_number[entry->target->part];
    ofp_xml_quoted(out, p->path);
    if (p->opens && p->first == entry->head)
        return;
    ofp_buf_putc(out, '#');
    ofp_xml_quoted(out, entry->target->id);
}

static ofp_str first_text(const epub_book *b)
{
    return b->parts ? b->parts->path : OFP_STR("title.xhtml");
}

static void put_landmark(ofp_buf *out, const char *type, ofp_str path, ofp_str text)
{
    ofp_buf_printf(out, "<li><a epub:type=\"%s\" href=\"", type);
    ofp_xml_quoted(out, path);
    ofp_buf_puts(out, "\">");
    ofp_xml_text(out, text);
    ofp_buf_puts(out, "</a></li>\n");
}

static void put_landmarks(const epub_book *b, ofp_buf *out, ofp_str contents)
{
    ofp_buf_puts(out, "<nav epub:type=\"landmarks\" hidden=\"hidden\" aria-label=\"Landmarks\">\n<ol>\n");
    if (b->cover)
        put_landmark(out, "cover", OFP_STR("cover.xhtml"), OFP_STR("Cover"));
    put_landmark(out, "titlepage", OFP_STR("title.xhtml"), b->title);
    if (b->opt->toc)
        put_landmark(out, "toc", OFP_STR("nav.xhtml#toc"), contents);
    if (b->parts)
        put_landmark(out, "bodymatter", first_text(b), OFP_STR("Text"));
    ofp_buf_puts(out, "</ol>\n</nav>\n");
}

void epub_write_nav(epub_book *b)
{
    ofp_buf out = { 0 };
    ofp_str contents = ofp_lang_contents(ofp_s(b->lang.tag));
    epub_open_page(b, &out, b->lang, OFP_STR(""), contents);
    ofp_buf_puts(&out, "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-title\">\n"
                       "<h1 id=\"toc-title\">");
    ofp_xml_text(&out, contents);
    ofp_buf_puts(&out, "</h1>\n");
    if (b->toc.n > 0) {
        ofp_toc_list(&out, &b->toc, toc_depth(b), put_ref, b);
    } else {
        ofp_buf_puts(&out, "<ol>\n");
        put_landmark(&out, "bodymatter", first_text(b), b->title);
        ofp_buf_puts(&out, "</ol>\n");
    }
    ofp_buf_puts(&out, "</nav>\n");
    put_landmarks(b, &out, contents);
    epub_item *it = close_page(b, &out, "nav", OFP_STR("nav.xhtml"));
    if (it) {
        it->properties = OFP_STR("nav");
        it->spine = b->opt->toc;
    }
}

/* ---- NCX, for systems made before EPUB 3 ------------------------------------------------- */

static void open_point(ofp_buf *out, size_t order, ofp_str text)
{
    ofp_buf_printf(out, "<navPoint id=\"p%zu\" playOrder=\"%zu\">\n<navLabel>", order, order);
    ofp_buf_puts(out, "<text>");
    ofp_xml_text(out, text);
    ofp_buf_puts(out, "</text></navLabel>\n<content src=\"");
}

static void close_points(ofp_buf *out, int *open, int until)
{
    for (; *open > until; (*open)--)
        ofp_buf_puts(out, "</navPoint>\n");
}

static void put_points(epub_book *b, ofp_buf *out)
{
    int open = 0;
    size_t order = 0;
    for (size_t i = 0; i < b->toc.n; i++) {
        const ofp_toc_entry *e = &b->toc.entries[i];
        if (e->depth > toc_depth(b))
            continue;
        close_points(out, &open, e->depth - 1);
        open_point(out, ++order, e->text);
        put_ref(b, out, e);
        ofp_buf_puts(out, "\" />\n");
        open++;
    }
    close_points(out, &open, 0);
    if (order == 0) {
        open_point(out, 1, b->title);
        ofp_xml_quoted(out, first_text(b));
        ofp_buf_puts(out, "\" />\n</navPoint>\n");
    }
}

void epub_write_ncx(epub_book *b)
{
    ofp_buf out = { 0 };
    ofp_buf_puts(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\"");
    ofp_xml_attr(&out, "xml:lang", b->lang.tag[0] ? ofp_s(b->lang.tag) : OFP_STR("und"));
    ofp_buf_puts(&out, ">\n<head>\n<meta name=\"dtb:uid\"");
    ofp_xml_attr(&out, "content", epub_identifier(b));
    ofp_buf_puts(&out, " />\n</head>\n<docTitle><text>");
    ofp_xml_text(&out, b->title);
    ofp_buf_puts(&out, "</text></docTitle>\n<navMap>\n");
    put_points(b, &out);
    ofp_buf_puts(&out, "</navMap>\n</ncx>\n");
    epub_add(b, "ncx", OFP_STR("toc.ncx"), "application/x-dtbncx+xml", ofp_buf_take(&out, b->arena));
}
