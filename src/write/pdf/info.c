/* info.c - what the file says of itself: the information dictionary and, in agreement with it, XMP
 * (ISO 16684-1); language and viewer preferences. */
#include "write/pdf/paint.h"
#include "write/pdf/put.h"

/* Dates in both: PDF wants D:20260219103000+01'00', XMP ISO 8601. */
static void put_pdf_date(ofp_buf *b, const ofp_date *d)
{
    ofp_buf_printf(b, "(D:%04d", d->year);
    if (d->month)
        ofp_buf_printf(b, "%02d", d->month);
    if (d->month && d->day)
        ofp_buf_printf(b, "%02d", d->day);
    if (d->day && d->has_time) {
        int off = d->offset < 0 ? -d->offset : d->offset;
        ofp_buf_printf(b, "%02d%02d%02d", d->hour, d->minute, d->second);
        if (off)
            ofp_buf_printf(b, "%c%02d'%02d'", d->offset < 0 ? '-' : '+', off / 60, off % 60);
        else
            ofp_buf_putc(b, 'Z');
    }
    ofp_buf_putc(b, ')');
}

static void put_xmp_date(ofp_buf *b, const ofp_date *d)
{
    ofp_buf_printf(b, "%04d", d->year);
    if (d->month)
        ofp_buf_printf(b, "-%02d", d->month);
    if (d->month && d->day)
        ofp_buf_printf(b, "-%02d", d->day);
    if (d->day && d->has_time) {
        int off = d->offset < 0 ? -d->offset : d->offset;
        ofp_buf_printf(b, "T%02d:%02d:%02d", d->hour, d->minute, d->second);
        if (off)
            ofp_buf_printf(b, "%c%02d:%02d", d->offset < 0 ? '-' : '+', off / 60, off % 60);
        else
            ofp_buf_putc(b, 'Z');
    }
}

static void put_producer(ofp_buf *b)
{
    ofp_buf_printf(b, "offprint %s, %s", ofp_version(), pdf_library());
}

static void put_entry(ofp_buf *b, const char *key, ofp_str value)
{
    if (!value.n)
        return;
    ofp_buf_puts(b, key);
    pdf_put_text(b, value);
}

static void write_info(const pdf_book *book, const ofp_date *date, pdf_canvas *c)
{
    ofp_buf b = { 0 }, producer = { 0 };
    put_producer(&producer);
    put_entry(&b, "/Title", book->title);
    put_entry(&b, "/Author", book->author);
    put_entry(&b, "/Subject", book->subject);
    put_entry(&b, "/Keywords", book->keywords);
    put_entry(&b, "/Producer", ofp_buf_str(&producer));
    if (date) {
        ofp_buf_puts(&b, "/CreationDate");
        put_pdf_date(&b, date);
        ofp_buf_puts(&b, "/ModDate");
        put_pdf_date(&b, date);
    }
    pdf_info_add(c, ofp_buf_str(&b));
    ofp_buf_free(&producer);
    ofp_buf_free(&b);
}

/* ---- XMP ---- */

/* Character data; what XML 1.0 has no place for is left out. */
static void put_xml(ofp_buf *b, ofp_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &at);
        if (cp == '&')
            ofp_buf_puts(b, "&amp;");
        else if (cp == '<')
            ofp_buf_puts(b, "&lt;");
        else if (cp == '>')
            ofp_buf_puts(b, "&gt;");
        else if ((cp >= 0x20 || cp == '\t' || cp == '\n') && cp != 0xFFFE && cp != 0xFFFF)
            ofp_buf_putu(b, cp);
    }
}

static void put_property(ofp_buf *b, ofp_str value, const char *before, const char *after)
{
    if (!value.n)
        return;
    ofp_buf_puts(b, before);
    put_xml(b, value);
    ofp_buf_puts(b, after);
}

static void put_dates(ofp_buf *b, const ofp_date *date)
{
    static const char *const names[] = { "CreateDate", "ModifyDate" };
    for (size_t i = 0; date && i < sizeof names / sizeof *names; i++) {
        ofp_buf_printf(b, "<xmp:%s>", names[i]);
        put_xmp_date(b, date);
        ofp_buf_printf(b, "</xmp:%s>\n", names[i]);
    }
}

/* Info's Author is one string, and so is dc:creator's only item: readers compare the two. */
static void put_xmp(const pdf_book *book, const ofp_date *date, ofp_buf *b)
{
    ofp_buf_puts(b,
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
        "<dc:format>application/pdf</dc:format>\n");
    put_property(b, book->title, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(b, book->author, "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq></dc:creator>\n");
    put_property(b, book->subject, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                 "</rdf:li></rdf:Alt></dc:description>\n");
    put_property(b, book->lang, "<dc:language><rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag></dc:language>\n");
    put_property(b, book->keywords, "<pdf:Keywords>", "</pdf:Keywords>\n");
    ofp_buf_puts(b, "<pdf:Producer>");
    put_producer(b);
    ofp_buf_puts(b, "</pdf:Producer>\n");
    put_dates(b, date);
    if (book->tagged && book->title.n && book->lang.n)   /* PDF/UA-1 asks for all three: 7.1, 7.2 */
        ofp_buf_puts(b, "<pdfuaid:part>1</pdfuaid:part>\n");
    ofp_buf_puts(b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
}

void info_write(const pdf_book *book, pdf_canvas *c)
{
    ofp_date parsed, *date = ofp_date_parse(book->date, &parsed) && parsed.year > 0 && parsed.year < 10000 ? &parsed : NULL;
    ofp_buf b = { 0 };
    unsigned id = pdf_object_new(c);
    write_info(book, date, c);
    put_xmp(book, date, &b);
    /* Uncompressed, so that tools that know nothing of PDF find it (14.3.2). */
    ofp_str xmp = ofp_arena_dup(pdf_canvas_arena(c), ofp_buf_str(&b));
    pdf_stream_set(c, id, OFP_STR("/Type/Metadata/Subtype/XML"), xmp, PDF_STORED);
    b.n = 0;
    ofp_buf_puts(&b, "/Metadata");
    pdf_put_ref(&b, id);
    if (book->lang.n) {
        ofp_buf_puts(&b, "/Lang");
        pdf_put_text(&b, book->lang);
    }
    if (book->title.n || book->rtl)
        ofp_buf_printf(&b, "/ViewerPreferences<<%s%s>>", book->title.n ? "/DisplayDocTitle true" : "", book->rtl ? "/Direction/R2L" : "");
    pdf_catalog_add(c, ofp_buf_str(&b));
    ofp_buf_free(&b);
}
