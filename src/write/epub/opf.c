/* opf.c - the package document (EPUB 3.3 §5). */
#include "doctools/xmlout.h"
#include "write/epub/book.h"

ofp_str epub_identifier(const epub_book *b)
{
    ofp_str given = epub_meta(b, OFP_META_IDENTIFIER);
    return given.n ? given : ofp_arena_printf(b->arena, "urn:uuid:%.*s", (int)b->uuid.n, b->uuid.p);
}

static void put_meta(ofp_buf *out, const char *property, ofp_str value)
{
    if (value.n == 0)
        return;
    ofp_buf_printf(out, "<meta property=\"%s\">", property);
    ofp_xml_text(out, value);
    ofp_buf_puts(out, "</meta>\n");
}

static void put_refinement(ofp_buf *out, const char *id, const char *property, const char *scheme, const char *value)
{
    ofp_buf_printf(out, "<meta refines=\"#%s\" property=\"%s\"", id, property);
    if (scheme)
        ofp_buf_printf(out, " scheme=\"%s\"", scheme);
    ofp_buf_printf(out, ">%s</meta>\n", value);
}

/* ---- Dublin Core -------------------------------------------------------------------------- */

static void put_titles(const epub_book *b, ofp_buf *out)
{
    ofp_str subtitle = epub_meta(b, OFP_META_SUBTITLE);
    ofp_buf_puts(out, "<dc:title id=\"title-main\">");
    ofp_xml_text(out, b->title);
    ofp_buf_puts(out, "</dc:title>\n");
    if (subtitle.n == 0)
        return;
    put_refinement(out, "title-main", "title-type", NULL, "main");
    ofp_buf_puts(out, "<dc:title id=\"title-sub\">");
    ofp_xml_text(out, subtitle);
    ofp_buf_puts(out, "</dc:title>\n");
    put_refinement(out, "title-sub", "title-type", NULL, "subtitle");
}

/* Who wrote the book; of a pack, everybody who wrote in it. */
static void put_creators(const epub_book *b, ofp_buf *out)
{
    epub_values authors = epub_all_meta(b, OFP_META_AUTHOR);
    for (size_t i = 0; i < authors.n; i++) {
        ofp_str id = ofp_arena_printf(b->arena, "creator%zu", i + 1);
        ofp_buf_puts(out, "<dc:creator");
        ofp_xml_attr(out, "id", id);
        ofp_buf_puts(out, ">");
        ofp_xml_text(out, authors.v[i]);
        ofp_buf_puts(out, "</dc:creator>\n");
        put_refinement(out, id.p ? id.p : "", "role", "marc:relators", "aut");
    }
}

static void put_all(const epub_book *b, ofp_buf *out, const char *element, enum ofp_meta_key k)
{
    epub_values all = epub_all_meta(b, k);
    for (size_t i = 0; i < all.n; i++)
        ofp_xml_elem(out, element, all.v[i]);
}

/* The book's own language first, then those of articles in others. */
static void put_languages(const epub_book *b, ofp_buf *out)
{
    epub_values all = epub_all_meta(b, OFP_META_LANG);
    ofp_xml_elem(out, "dc:language", b->lang.tag[0] ? ofp_s(b->lang.tag) : OFP_STR("und"));
    for (size_t i = 0; i < all.n; i++) {
        ofp_lang lang;
        if (ofp_lang_clean(all.v[i], &lang) && !ofp_str_eq(ofp_s(lang.tag), ofp_s(b->lang.tag)))
            ofp_xml_elem(out, "dc:language", ofp_s(lang.tag));
    }
}

/* Pages turn to the right where all of the text runs that way. */
static bool turns_right(const epub_book *b)
{
    for (const ofp_node *a = ofp_article_first(b->doc); a; a = ofp_article_next(a)) {
        ofp_str lang = ofp_article_meta(a, OFP_META_LANG);
        if (lang.n && !ofp_lang_rtl(lang))
            return false;
    }
    return ofp_lang_rtl(ofp_s(b->lang.tag));
}

/* A publisher is one for the whole book or none. */
static void put_publisher(const epub_book *b, ofp_buf *out)
{
    epub_values sites = epub_all_meta(b, OFP_META_SITE);
    if (sites.n == 1)
        ofp_xml_elem(out, "dc:publisher", sites.v[0]);
}

static void put_dublin_core(const epub_book *b, ofp_buf *out)
{
    ofp_buf_puts(out, "<dc:identifier id=\"pub-id\">");
    ofp_xml_text(out, epub_identifier(b));
    ofp_buf_puts(out, "</dc:identifier>\n");
    put_titles(b, out);
    put_languages(b, out);
    put_creators(b, out);
    put_publisher(b, out);
    ofp_xml_elem(out, "dc:date", epub_date(b));
    ofp_xml_elem(out, "dc:description", epub_meta(b, OFP_META_DESCRIPTION));
    put_all(b, out, "dc:subject", OFP_META_KEYWORDS);
    put_all(b, out, "dc:source", OFP_META_URL);
    put_all(b, out, "dc:rights", OFP_META_RIGHTS);
    put_meta(out, "dcterms:modified", epub_modified(b));
}

/* ---- accessibility (EPUB Accessibility 1.1 §2) ---------------------------------------------- */

static void put_accessibility(const epub_book *b, ofp_buf *out)
{
    put_meta(out, "schema:accessMode", OFP_STR("textual"));
    if (b->has_images)
        put_meta(out, "schema:accessMode", OFP_STR("visual"));
    put_meta(out, "schema:accessModeSufficient", b->lacks_alt ? OFP_STR("textual,visual") : OFP_STR("textual"));
    if (b->has_images && !b->lacks_alt)
        put_meta(out, "schema:accessibilityFeature", OFP_STR("alternativeText"));
    put_meta(out, "schema:accessibilityFeature", OFP_STR("displayTransformability"));
    if (b->has_math)
        put_meta(out, "schema:accessibilityFeature", OFP_STR("MathML"));
    put_meta(out, "schema:accessibilityFeature", OFP_STR("readingOrder"));
    put_meta(out, "schema:accessibilityFeature", OFP_STR("structuralNavigation"));
    put_meta(out, "schema:accessibilityFeature", OFP_STR("tableOfContents"));
    put_meta(out, "schema:accessibilityHazard", b->moves ? OFP_STR("unknown") : OFP_STR("none"));
    ofp_buf summary = { 0 };
    ofp_buf_puts(&summary, "The text is structured with headings, lists and tables, and can be reflowed and read aloud.");
    if (b->has_images)
        ofp_buf_puts(&summary, b->lacks_alt ? " Some images have no alternative text." : " All images have alternative text.");
    put_meta(out, "schema:accessibilitySummary", ofp_buf_take(&summary, b->arena));
}

/* ---- manifest and spine ---------------------------------------------------------------------- */

static void put_manifest(const epub_book *b, ofp_buf *out)
{
    ofp_buf_puts(out, "<manifest>\n");
    for (const epub_item *it = b->items; it; it = it->next) {
        ofp_buf_puts(out, "<item");
        ofp_xml_attr(out, "id", ofp_s(it->id));
        ofp_xml_attr(out, "href", it->path);
        ofp_xml_attr(out, "media-type", it->media);
        if (it == b->cover)
            ofp_xml_attr(out, "properties", OFP_STR("cover-image"));
        else if (it->properties.n)
            ofp_xml_attr(out, "properties", it->properties);
        ofp_buf_puts(out, " />\n");
    }
    ofp_buf_puts(out, "</manifest>\n");
}

static void put_spine(const epub_book *b, ofp_buf *out)
{
    ofp_buf_puts(out, "<spine toc=\"ncx\"");
    if (turns_right(b))
        ofp_xml_attr(out, "page-progression-direction", OFP_STR("rtl"));
    ofp_buf_puts(out, ">\n");
    for (const epub_item *it = b->items; it; it = it->next) {
        if (!it->spine)
            continue;
        ofp_buf_puts(out, "<itemref");
        ofp_xml_attr(out, "idref", ofp_s(it->id));
        ofp_buf_puts(out, " />\n");
    }
    ofp_buf_puts(out, "</spine>\n");
}

ofp_str epub_package(epub_book *b)
{
    ofp_buf out = { 0 };
    ofp_buf_puts(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"pub-id\"");
    if (b->lang.tag[0])
        ofp_xml_attr(&out, "xml:lang", ofp_s(b->lang.tag));
    ofp_buf_puts(&out, ">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    put_dublin_core(b, &out);
    put_accessibility(b, &out);
    if (b->cover) {                     /* how EPUB 2 systems find the cover */
        ofp_buf_puts(&out, "<meta name=\"cover\"");
        ofp_xml_attr(&out, "content", ofp_s(b->cover->id));
        ofp_buf_puts(&out, " />\n");
    }
    ofp_buf_puts(&out, "</metadata>\n");
    put_manifest(b, &out);
    put_spine(b, &out);
    ofp_buf_puts(&out, "</package>\n");
    return ofp_buf_take(&out, b->arena);
}
