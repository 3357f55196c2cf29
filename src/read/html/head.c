/* head.c - what a page states about itself: elements of its head, links to authors, dates.
 *
 * All of it becomes facts, for the metadata filter to weigh; what needs no weighing is metadata. */
#include "head.h"

void head_add(struct facts *f, ofp_str name, ofp_str value)
{
    value = ofp_str_trim(value);
    if (!value.n || !name.n || value.n > MAX_VALUE || f->n++ >= MAX_FACTS)
        return;
    ofp_fact_add(f->r->d, html_keep(f->r, name), ofp_arena_squeeze(f->r->a, html_keep(f->r, value)));
}

/* Lists of other articles, comments and offers hold objects of the same types as the page's own: only
 * the first of a type keeps its bare name. */
ofp_str head_root(struct facts *f, const char *kind, ofp_str type)
{
    unsigned nth = 1;
    ofp_str name = ofp_arena_printf(f->r->tmp, "%s:%.*s", kind, (int)(type.n < 80 ? type.n : 80), type.p);
    for (size_t i = 0; i < f->ntypes; i++)
        nth += ofp_str_eq(f->types[i], name);
    if (f->ntypes < MAX_ROOTS)
        f->types[f->ntypes++] = name;
    return nth > 1 ? ofp_arena_printf(f->r->tmp, "%.*s#%u", (int)name.n, name.p, nth) : name;
}

static void add_prefixed(struct facts *f, const char *prefix, ofp_str name, ofp_str value)
{
    head_add(f, ofp_arena_printf(f->r->tmp, "%s%.*s", prefix, (int)(name.n < 200 ? name.n : 200), name.p), value);
}

/* The text below n, squeezed; what lies beyond the length of a fact is not looked at. */
ofp_str head_text(struct facts *f, const dom *n)
{
    ofp_buf b = { 0 };
    for (const dom *c = n->first; c && b.n <= MAX_VALUE; c = dom_after(c, n))
        if (c->tag == T_TEXT)
            ofp_buf_add(&b, ofp_str_sub(c->text, 0, MAX_VALUE + 1));
        else if (c->tag == T_BR || c->tag == T_P || c->tag == T_DIV || c->tag == T_LI)
            ofp_buf_putc(&b, ' ');
    return ofp_arena_squeeze(f->r->tmp, ofp_buf_take(&b, f->r->tmp));
}

/* ---- meta, link, title ------------------------------------------------------------------------ */

/* What pandoc reads from a page, too.  Surer sources may take their place. */
static const struct { ofp_str name; enum ofp_meta_key key; } stated[] = {
    { { "author", 6 }, OFP_META_AUTHOR },           { { "description", 11 }, OFP_META_DESCRIPTION },
    { { "keywords", 8 }, OFP_META_KEYWORDS },       { { "date", 4 }, OFP_META_DATE },
    { { "dc.date", 7 }, OFP_META_DATE },            { { "dc.creator", 10 }, OFP_META_AUTHOR },
    { { "dcterms.date", 12 }, OFP_META_DATE },
};

static void offer_list(reader *r, enum ofp_meta_key key, ofp_str value, ofp_str source)
{
    ofp_str items[64], piece;
    size_t n = 0;
    char mark = ofp_str_find(value, OFP_STR(","), 0) == SIZE_MAX ? ';' : ',';
    while (n < 64 && ofp_str_split(&value, mark, &piece))
        if (ofp_str_trim(piece).n)
            items[n++] = ofp_str_trim(piece);
    if (n)
        ofp_meta_offer_list(r->d, key, items, n, source, OFP_SURE_FOUND);
}

static void offer(reader *r, ofp_str name, ofp_str value)
{
    value = ofp_arena_squeeze(r->a, html_keep(r, value));
    for (size_t i = 0; value.n && i < sizeof stated / sizeof *stated; i++) {
        ofp_date date;
        if (!ofp_str_eq(name, stated[i].name))
            continue;
        ofp_str source = ofp_arena_printf(r->a, "meta %.*s", (int)name.n, name.p);
        if (stated[i].key == OFP_META_KEYWORDS)
            offer_list(r, stated[i].key, value, source);
        else if (stated[i].key == OFP_META_AUTHOR)
            ofp_meta_offer_list(r->d, stated[i].key, &value, 1, source, OFP_SURE_FOUND);
        else if (stated[i].key != OFP_META_DATE)
            ofp_meta_offer(r->d, stated[i].key, value, source, OFP_SURE_FOUND);
        else if (ofp_date_parse(value, &date))
            ofp_meta_offer(r->d, stated[i].key, ofp_date_iso(r->a, &date), source, OFP_SURE_FOUND);
    }
}

static void read_meta(struct facts *f, const dom *n)
{
    static const ofp_str keys[] = { { "name", 4 }, { "property", 8 } };
    ofp_str content = DOM_ATTR(n, "content");
    for (size_t i = 0; i < 2; i++) {
        ofp_str name = ofp_arena_lower(f->r->a, ofp_str_trim(dom_attr(n, keys[i])));
        head_add(f, name, content);
        if (i == 0)
            offer(f->r, name, ofp_str_trim(content));
    }
    head_property(f, n);
}

static void read_link(struct facts *f, const dom *n)
{
    static const char *const rels[] = { "canonical", "amphtml", "license", "author", "shortlink", "icon", "apple-touch-icon",
                                        "next", "prev" };
    ofp_str rest = DOM_ATTR(n, "rel"), rel, href = ofp_str_trim(DOM_ATTR(n, "href"));
    while (href.n && ofp_str_word(&rest, &rel))
        for (size_t i = 0; i < sizeof rels / sizeof *rels; i++)
            if (ofp_str_ieq(rel, ofp_s(rels[i])))
                add_prefixed(f, "link:", ofp_s(rels[i]), html_resolve(f->r, href));
    head_property(f, n);
    rel = ofp_str_trim(DOM_ATTR(n, "rel"));
    if (ofp_str_ieq(rel, OFP_STR("canonical")) && href.n)
        ofp_meta_offer(f->r->d, OFP_META_URL, html_resolve(f->r, href), OFP_STR("link canonical"), OFP_SURE_STATED);
}

static void read_title(struct facts *f, const dom *n)
{
    if (dom_up(n, T_SVG))
        return;
    ofp_str title = head_text(f, n);
    head_add(f, OFP_STR("title"), title);
    if (!title.n)
        return;
    ofp_meta_offer(f->r->d, OFP_META_TITLE, html_keep(f->r, title), OFP_STR("title"), OFP_SURE_FOUND);
    ofp_set_note(f->r->d, OFP_STR("head"), OFP_STR("titled"));
}

static void read_html_element(struct facts *f, const dom *n)
{
    ofp_str lang = DOM_ATTR(n, "lang");
    lang = ofp_str_trim(lang.n ? lang : DOM_ATTR(n, "xml:lang"));
    head_add(f, OFP_STR("html:lang"), lang);
    if (lang.n && lang.n < 36)
        ofp_meta_offer(f->r->d, OFP_META_LANG, html_keep(f->r, lang), OFP_STR("html lang"), OFP_SURE_STATED);
}

static void read_script(struct facts *f, const dom *n)
{
    if (!ofp_str_istarts(ofp_str_trim(DOM_ATTR(n, "type")), OFP_STR("application/ld+json")))
        return;
    ofp_buf b = { 0 };
    dom_text(n, &b);
    head_jsonld(f, ofp_buf_take(&b, f->r->tmp));
}

/* ---- the body ------------------------------------------------------------------------------------ */

static bool has_rel(const dom *n, ofp_str rel)
{
    ofp_str rest = DOM_ATTR(n, "rel"), word;
    while (ofp_str_word(&rest, &word))
        if (ofp_str_ieq(word, rel))
            return true;
    return false;
}

static void read_other(struct facts *f, const dom *n)
{
    head_property(f, n);
    if (n->tag == T_A && has_rel(n, OFP_STR("author")))
        head_add(f, OFP_STR("rel:author"), head_text(f, n));
}

static void read_time(struct facts *f, const dom *n)
{
    ofp_str datetime = DOM_ATTR(n, "datetime");
    head_add(f, OFP_STR("time:datetime"), datetime);
    head_add(f, OFP_STR("time:text"), head_text(f, n));
    read_other(f, n);
}

static void read_element(struct facts *f, const dom *n)
{
    static void (*const readers[NTAGS])(struct facts *, const dom *) = {
        [T_HTML] = read_html_element, [T_TITLE] = read_title,   [T_META] = read_meta,
        [T_LINK] = read_link,         [T_SCRIPT] = read_script, [T_TIME] = read_time,
    };
    if (readers[n->tag])
        readers[n->tag](f, n);
    else if (n->nattrs && (n->tag == T_A || dom_has_attr(n, OFP_STR("itemprop"))))
        read_other(f, n);
}

void html_head(reader *r)
{
    struct facts f = { .r = r };
    for (const dom *n = r->root; n && f.n < MAX_FACTS; n = dom_after(n, r->root))
        if (n->tag != T_TEXT)
            read_element(&f, n);
    if (r->hints)
        head_types(&f);
    if (r->opt->url)
        ofp_meta_offer(r->d, OFP_META_URL, html_keep(r, ofp_s(r->opt->url)), OFP_STR("-u"), OFP_SURE_FOUND);
}
