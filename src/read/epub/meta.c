/* meta.c - the package document's metadata, Dublin Core of EPUB 2 and 3, as the model's. */
#include "read/epub/book.h"

enum { MAX_VALUES = 256, MAX_VALUE = 4000 };

/* ---- refinements (EPUB 3.3 5.5.5): <meta refines="#id" property="role">aut</meta> ---- */

typedef struct facts { pub *p; const pub_xml *metadata; ofp_map refined; } facts;

static ofp_str refine_key(facts *f, ofp_str id, const char *property)
{
    return ofp_arena_printf(f->p->tmp, "%.*s %s", (int)(id.n < 200 ? id.n : 200), id.p, property);
}

static void collect_refinements(facts *f)
{
    const pub_xml *meta = NULL;
    while ((meta = pub_each(f->metadata, meta, "meta"))) {
        ofp_str id = pub_xml_attr(meta, "refines"), property = pub_xml_attr(meta, "property");
        if (id.n < 2 || id.p[0] != '#' || !property.n)
            continue;
        void **at = ofp_map_at(&f->refined, refine_key(f, ofp_str_sub(id, 1, SIZE_MAX), ofp_arena_dup(f->p->tmp, property).p));
        if (at && !*at)
            *at = (void *)meta;
    }
}

/* What is said of an element, as EPUB 3 does or by an attribute as EPUB 2 does. */
static ofp_str refined(facts *f, const pub_xml *n, const char *property, const char *attr)
{
    ofp_str id = pub_xml_attr(n, "id");
    const pub_xml *meta = id.n ? ofp_map_get(&f->refined, refine_key(f, id, property)) : NULL;
    return meta ? meta->text : attr ? pub_xml_attr(n, attr) : (ofp_str){ "", 0 };
}

/* ---- values ---- */

static ofp_str value_of(facts *f, const pub_xml *n)
{
    return ofp_arena_dup(f->p->a, ofp_str_sub(n->text, 0, n->text.n < MAX_VALUE ? n->text.n : 0));
}

static void offer(facts *f, enum ofp_meta_key k, ofp_str value, const char *source)
{
    if (value.n)
        ofp_meta_offer(f->p->d, k, value, ofp_s(source), OFP_SURE_EXACT);
}

static void offer_first(facts *f, enum ofp_meta_key k, const char *element, const char *source)
{
    const pub_xml *n = NULL;
    while ((n = pub_each(f->metadata, n, element)) && !n->text.n)
        ;
    if (n)
        offer(f, k, value_of(f, n), source);
}

/* ---- titles ---- */

static void read_titles(facts *f)
{
    const pub_xml *n = NULL, *main = NULL, *first = NULL, *sub = NULL;
    while ((n = pub_each(f->metadata, n, "title"))) {
        ofp_str type = refined(f, n, "title-type", NULL);
        if (!n->text.n)
            continue;
        if (!main && ofp_str_eq(type, OFP_STR("main")))
            main = n;
        else if (!sub && ofp_str_eq(type, OFP_STR("subtitle")))
            sub = n;
        else if (!first && !ofp_str_eq(type, OFP_STR("subtitle")))
            first = n;
    }
    main = main ? main : first;
    if (main)
        offer(f, OFP_META_TITLE, value_of(f, main), "dc:title");
    if (sub)
        offer(f, OFP_META_SUBTITLE, value_of(f, sub), "dc:title");
}

/* ---- creators and subjects ---- */

typedef struct creator { ofp_str name; long seq; bool author; } creator;

static bool is_author(ofp_str role)
{
    return !role.n || ofp_str_ieq(role, OFP_STR("aut")) || ofp_str_ieq(role, OFP_STR("author"));
}

/* In the order that is stated for some, those without one behind. */
static size_t insert(creator *all, size_t n, creator one)
{
    size_t at = n;
    while (at > 0 && all[at - 1].seq > one.seq) {
        all[at] = all[at - 1];
        at--;
    }
    all[at] = one;
    return n + 1;
}

static size_t collect_creators(facts *f, creator *all)
{
    const pub_xml *n = NULL;
    size_t count = 0;
    while (count < MAX_VALUES && (n = pub_each(f->metadata, n, "creator"))) {
        creator one = { value_of(f, n), 1000000, is_author(refined(f, n, "role", "role")) };
        ofp_str_int(refined(f, n, "display-seq", NULL), 0, 999999, &one.seq);
        if (one.name.n)
            count = insert(all, count, one);
    }
    return count;
}

/* Who wrote the book; illustrators and editors only where nobody did. */
static void read_creators(facts *f)
{
    creator all[MAX_VALUES];
    ofp_str names[MAX_VALUES];
    size_t n = collect_creators(f, all), kept = 0;
    for (int any = 0; any < 2 && !kept; any++)
        for (size_t i = 0; i < n; i++)
            if (any || all[i].author)
                names[kept++] = all[i].name;
    if (kept)
        ofp_meta_offer_list(f->p->d, OFP_META_AUTHOR, names, kept, OFP_STR("dc:creator"), OFP_SURE_EXACT);
}

static void read_subjects(facts *f)
{
    ofp_str all[MAX_VALUES];
    size_t kept = 0;
    const pub_xml *n = NULL;
    while (kept < MAX_VALUES && (n = pub_each(f->metadata, n, "subject")))
        if ((all[kept] = value_of(f, n)).n)
            kept++;
    if (kept)
        ofp_meta_offer_list(f->p->d, OFP_META_KEYWORDS, all, kept, OFP_STR("dc:subject"), OFP_SURE_EXACT);
}

/* ---- dates ---- */

/* calibre writes the year 101 where it does not know. */
static ofp_str iso(facts *f, ofp_str text)
{
    enum { UNKNOWN = 101 };
    ofp_date date;
    if (!text.n || !ofp_date_parse(text, &date) || date.year <= UNKNOWN)
        return (ofp_str){ "", 0 };
    return ofp_date_iso(f->p->a, &date);
}

/* EPUB 2 has several dates, told apart by their event; that of the publication is the surest. */
static void read_dates(facts *f)
{
    static const char *const events[] = { "publication", "", "original-publication", "creation" };
    const pub_xml *n = NULL;
    ofp_str found[4] = { { 0 } }, modified = { "", 0 };
    while ((n = pub_each(f->metadata, n, "date"))) {
        ofp_str event = pub_xml_attr(n, "event"), date = iso(f, n->text);
        for (size_t i = 0; i < 4; i++)
            if (!found[i].n && ofp_str_ieq(event, ofp_s(events[i])))
                found[i] = date;
        if (ofp_str_ieq(event, OFP_STR("modification")))
            modified = date;
    }
    size_t i = 0;
    while (i < 3 && !found[i].n)
        i++;
    offer(f, OFP_META_DATE, found[i], "dc:date");
    while ((n = pub_each(f->metadata, n, "meta")))
        if (ofp_str_eq(pub_xml_attr(n, "property"), OFP_STR("dcterms:modified")) && !pub_xml_attr(n, "refines").n)
            modified = iso(f, n->text);
    /* EPUB 3 demands one: who knows none repeats the date, or writes that of nothing. */
    if (!ofp_str_eq(modified, found[i]) && !ofp_str_eq(modified, OFP_STR("2000-01-01")))
        offer(f, OFP_META_MODIFIED, modified, "dcterms:modified");
}

/* ---- the rest ---- */

/* calibre and others keep HTML in it, escaped. */
static void read_description(facts *f)
{
    const pub_xml *n = pub_child(f->metadata, "description");
    pub_lexer l = { .s = n ? n->text : (ofp_str){ "", 0 } };
    ofp_buf b = { 0 };
    while (pub_next(&l)) {
        if (l.kind == PUB_TEXT || l.kind == PUB_CDATA)
            ofp_buf_add(&b, pub_unescape(f->p->tmp, l.text));
        else
            ofp_buf_putc(&b, ' ');
    }
    ofp_str text = ofp_arena_squeeze(f->p->a, ofp_buf_take(&b, f->p->a));
    offer(f, OFP_META_DESCRIPTION, text.n < MAX_VALUE ? text : (ofp_str){ "", 0 }, "dc:description");
}

/* The one that makes the book unique; else the first. */
static void read_identifier(facts *f)
{
    ofp_str unique = pub_xml_attr(f->p->package, "unique-identifier");
    const pub_xml *n = NULL, *first = NULL;
    while ((n = pub_each(f->metadata, n, "identifier")) && !(unique.n && ofp_str_eq(pub_xml_attr(n, "id"), unique)))
        first = first ? first : n;
    n = n ? n : first;
    if (n)
        offer(f, OFP_META_IDENTIFIER, value_of(f, n), "dc:identifier");
}

/* Of a pack of articles there are several, and none is the book's. */
static void read_source(facts *f)
{
    const pub_xml *n = pub_child(f->metadata, "source");
    if (n && !pub_each(f->metadata, n, "source") && ofp_str_istarts(n->text, OFP_STR("http")) && ofp_url_host(n->text).n)
        offer(f, OFP_META_URL, value_of(f, n), "dc:source");
}

void pub_read_meta(pub *p)
{
    facts f = { p, pub_child(p->package, "metadata"), { .arena = p->tmp } };
    const pub_xml *wrapped = pub_child(f.metadata, "dc-metadata");      /* as OEB 1.2 and early EPUB 2 have it */
    if (wrapped)
        f.metadata = wrapped;
    collect_refinements(&f);
    read_titles(&f);
    read_creators(&f);
    read_dates(&f);
    offer_first(&f, OFP_META_LANG, "language", "dc:language");
    offer_first(&f, OFP_META_SITE, "publisher", "dc:publisher");
    read_description(&f);
    read_subjects(&f);
    offer_first(&f, OFP_META_RIGHTS, "rights", "dc:rights");
    read_identifier(&f);
    read_source(&f);
    ofp_set_note(p->d, OFP_STR("origin"), OFP_STR("epub"));
}
