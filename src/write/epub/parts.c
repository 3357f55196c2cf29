/* parts.c - the text: cut into files, its links and pictures pointing where they should. */
#include "doctools/xmlout.h"
#include "write/epub/book.h"

/* Older reading systems lay out a file as a whole, in little memory: 260 KB is what calibre found
 * to be safe everywhere. */
enum { PART_LIMIT = 260 * 1024 };

/* ---- where to cut ---------------------------------------------------------------------- */

static epub_part *add_part(epub_book *b, const ofp_node *article, const ofp_node *first, const ofp_node *end)
{
    epub_part *p = ofp_arena_zalloc(b->arena, 1, sizeof *p);
    if (!p)
        return NULL;
    *p = (epub_part){ .article = article, .first = first, .end = end };
    p->opens = !b->last_part || b->last_part->article != article;
    p->path = ofp_arena_printf(b->arena, "text%03zu.xhtml", ++b->nparts);
    if (b->last_part)
        b->last_part->next = p;
    else
        b->parts = p;
    b->last_part = p;
    return p;
}

static ofp_str any_image(void *user, const ofp_node *image)
{
    (void)user;
    (void)image;
    return OFP_STR("img/000.png");
}

/* Bytes that n will come to, near enough. */
static size_t measure(epub_book *b, const ofp_node *n)
{
    ofp_buf out = { 0 };
    ofp_html h = { .out = &out, .xhtml = true, .image = any_image };
    ofp_html_node(&h, n);
    ofp_html_notes(&h);
    size_t size = out.n;
    ofp_html_free(&h);
    b->failed = b->failed || out.failed;
    ofp_buf_free(&out);
    return size;
}

/* Cuts before the last heading that still fits, or between blocks where no heading is near. */
static void cut_article(epub_book *b, const ofp_node *article)
{
    const ofp_node *first = ofp_first(article), *head = NULL;
    size_t size = 0, since_head = 0;
    for (const ofp_node *n = first; n; n = ofp_next(n)) {
        size_t more = measure(b, n);
        if (ofp_node_type(n) == OFP_HEAD && n != first && size > PART_LIMIT / 8) {
            head = n;
            since_head = 0;
        }
        if (size > 0 && size + more > PART_LIMIT) {
            const ofp_node *cut = head ? head : n;
            add_part(b, article, first, cut);
            first = cut;
            size = head ? since_head : 0;
            head = NULL;
        }
        size += more;
        since_head += more;
    }
    if (first || !ofp_first(article))
        add_part(b, article, first, NULL);
}

/* Targets learn which file they are in. */
static void number_targets(epub_book *b, const epub_part *p, size_t number)
{
    for (const ofp_node *top = p->first; top != p->end; top = ofp_next(top))
        for (const ofp_node *n = top; n; n = ofp_after(n, top)) {
            ofp_target *t = ofp_ids_at(b->ids, n);
            if (t)
                t->part = number;
        }
    ofp_target *t = p->opens && p->article ? ofp_ids_at(b->ids, p->article) : NULL;
    if (t)
        t->part = number;
}

static bool number_parts(epub_book *b)
{
    size_t number = 0;
    b->by_number = ofp_arena_zalloc(b->arena, b->nparts + 1, sizeof *b->by_number);
    if (!b->by_number)
        return false;
    for (epub_part *p = b->parts; p; p = p->next) {
        number_targets(b, p, number);
        b->by_number[number++] = p;
    }
    return !ofp_arena_failed(b->arena);
}

bool epub_plan(epub_book *b)
{
    const ofp_node *article = ofp_article_first(b->doc);
    for (const ofp_node *n = ofp_first(ofp_root(b->doc)); n;) {
        if (n == article) {
            cut_article(b, n);
            article = ofp_article_next(article);
            n = ofp_next(n);
            continue;
        }
        const ofp_node *first = n;
        while (n && n != article)
            n = ofp_next(n);
        add_part(b, NULL, first, n);
    }
    return number_parts(b);
}

/* ---- links ----------------------------------------------------------------------------- */

typedef struct text { epub_book *book; const epub_part *part; size_t number; } text;

static ofp_str local_ref(const text *t, const ofp_target *target)
{
    ofp_str path = target->part == t->number ? OFP_STR("") : t->book->by_number[target->part]->path;
    return ofp_arena_printf(t->book->arena, "%.*s#%.*s", (int)path.n, path.p, (int)target->id.n, target->id.p);
}

static ofp_str broken(const text *t, const ofp_node *link)
{
    ofp_str url = ofp_str_sub(ofp_url(link), 0, 100);
    ofp_warn_at(t->book->doc, link, OFP_D_LINK_BROKEN, "link to \"%.*s\" leads nowhere in the book",
                (int)url.n, url.p);
    return OFP_STR("");
}

static ofp_str before_hash(ofp_str url)
{
    return ofp_str_sub(url, 0, ofp_str_find(url, OFP_STR("#"), 0));
}

/* The article that was published under url, NULL for pages outside of the book. */
static const ofp_node *article_at(const epub_book *b, ofp_str url)
{
    for (const ofp_node *a = ofp_article_first(b->doc); url.n && a; a = ofp_article_next(a))
        if (ofp_str_eq(before_hash(ofp_article_meta(a, OFP_META_URL)), url))
            return a;
    return NULL;
}

static ofp_str net_ref(const text *t, ofp_str url)
{
    const ofp_node *article = article_at(t->book, before_hash(url));
    const ofp_target *top = article && article != t->part->article ? ofp_ids_at(t->book->ids, article) : NULL;
    return top ? local_ref(t, top) : url;
}

static ofp_str link_ref(void *user, const ofp_node *link)
{
    const text *t = user;
    ofp_str url = ofp_str_trim(ofp_url(link));
    if (ofp_url_scheme(url).n > 0)
        return net_ref(t, url);
    if (ofp_str_eq(url, OFP_STR("#")) || ofp_str_eq(url, OFP_STR("#top")) || url.n == 0)
        return OFP_STR("");             /* a page's button, no reference */
    if (!ofp_str_starts(url, OFP_STR("#"))) {
        t->book->relative_links++;
        return OFP_STR("");
    }
    const ofp_target *target = ofp_ids_find(t->book->ids, ofp_str_sub(url, 1, SIZE_MAX));
    return target ? local_ref(t, target) : broken(t, link);
}

static ofp_str image_ref(void *user, const ofp_node *image)
{
    const text *t = user;
    epub_book *b = t->book;
    const ofp_image *img = ofp_res_image(b->res, image);
    const epub_item *it = img ? epub_image(b, img, image) : NULL;
    if (it && !ofp_first(image))
        b->lacks_alt = true;
    return it ? it->path : (ofp_str){ 0 };
}

/* ---- one file -------------------------------------------------------------------------- */

static ofp_str part_title(const epub_book *b, const epub_part *p)
{
    ofp_str title = { 0 };
    if (p->article)
        title = ofp_arena_squeeze(b->arena, ofp_article_meta(p->article, OFP_META_TITLE));
    return title.n ? title : b->title;
}

static void open_section(epub_book *b, ofp_html *h, const epub_part *p)
{
    const ofp_target *at = p->opens && p->article ? ofp_ids_at(b->ids, p->article) : NULL;
    bool titled = p->opens && p->first && ofp_node_type(p->first) == OFP_HEAD;
    const ofp_target *head = titled ? ofp_ids_at(b->ids, p->first) : NULL;
    ofp_buf_puts(h->out, "<section class=\"article\"");
    if (p->opens && p->article)
        ofp_buf_puts(h->out, " epub:type=\"chapter\" role=\"doc-chapter\"");
    if (at)
        ofp_xml_attr(h->out, "id", at->id);
    if (head && p->article)
        ofp_xml_attr(h->out, "aria-labelledby", head->id);
    ofp_buf_puts(h->out, ">\n");
}

static void write_part(epub_book *b, const epub_part *p, size_t number, unsigned *notes)
{
    ofp_buf out = { 0 };
    text t = { b, p, number };
    ofp_html h = { .out = &out, .xhtml = true, .notes = p->opens ? 0 : *notes, .ids = b->ids,
                   .image = image_ref, .link = link_ref, .user = &t };
    ofp_lang lang = b->lang;
    if (p->article && !ofp_lang_clean(ofp_article_meta(p->article, OFP_META_LANG), &lang))
        lang = b->lang;
    h.rtl = ofp_lang_rtl(ofp_s(lang.tag));
    epub_open_page(b, &out, lang, p->article ? ofp_attr(p->article, OFP_STR("dir")) : OFP_STR(""), part_title(b, p));
    open_section(b, &h, p);
    for (const ofp_node *n = p->first; n != p->end; n = ofp_next(n))
        ofp_html_node(&h, n);
    ofp_html_notes(&h);
    ofp_buf_puts(&out, "</section>\n</body>\n</html>\n");
    *notes = h.notes;
    ofp_html_free(&h);
    bool math = ofp_str_find(ofp_buf_str(&out), OFP_STR("<math "), 0) != SIZE_MAX;
    b->has_math |= math;
    ofp_str id = ofp_arena_printf(b->arena, "text%03zu", number + 1);
    epub_item *it = epub_add(b, id.p, p->path, "application/xhtml+xml", ofp_buf_take(&out, b->arena));
    if (it) {
        it->spine = true;
        it->properties = math ? OFP_STR("mathml") : OFP_STR("");
    }
}

/* A page without an address may hold hundreds of them: one warning says it all. */
static void tell_relative_links(epub_book *b, const ofp_node *article)
{
    if (b->relative_links > 0)
        ofp_warn_at(b->doc, article, OFP_D_LINK_BROKEN, "%u relative link%s dropped: the address of the page is not known",
                    b->relative_links, b->relative_links > 1 ? "s" : "");
    b->relative_links = 0;
}

void epub_write_parts(epub_book *b)
{
    size_t number = 0;
    unsigned notes = 0;
    for (const epub_part *p = b->parts; p; p = p->next) {
        write_part(b, p, number++, &notes);
        if (!p->next || p->next->article != p->article)
            tell_relative_links(b, p->article);
    }
}
