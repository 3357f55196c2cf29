/* book.c - articles bound into one document, each under its title and byline, with ids that no other has. */
#include "base/map.h"
#include "model/book.h"
#include "model/node.h"
#include "model/words.h"

#define ARTICLE OFP_STR("article")

/* Where a document's content becomes an article of a book. */
typedef struct binder {
    ofp_doc *d;                         /* the book */
    ofp_map ids;                        /* every id in the book so far */
    ofp_map next;                       /* for an id that came again, the number to try next */
    ofp_book_part *parts;
    unsigned number;                    /* of the article in hand, from 1; that of all at the end */
} binder;

/* The title attribute tells our articles from a DIV that happens to have the class. */
static ofp_node *article_from(ofp_node *n)
{
    while (n && !(n->type == OFP_DIV && ofp_has_class(n, ARTICLE) && ofp_attr_has(n, ofp_meta_name(OFP_META_TITLE))))
        n = n->next;
    return n;
}

ofp_node *ofp_article_first(const ofp_doc *d) { return article_from(d->root->first); }
ofp_node *ofp_article_next(const ofp_node *article) { return article_from(article->next); }

ofp_str ofp_article_meta(const ofp_node *article, enum ofp_meta_key k) { return ofp_attr(article, ofp_meta_name(k)); }
ofp_str ofp_article_input(const ofp_node *article) { return article->text; }

/* ---- the head of an article ---- */

static ofp_node *add_span(ofp_doc *d, ofp_node *parent, const char *class, ofp_str text)
{
    if (!text.n)
        return NULL;
    if (parent->first)
        ofp_add_text(d, parent, OFP_STR(" · "));
    ofp_node *span = ofp_add(d, parent, OFP_SPAN);
    ofp_add_class(d, span, ofp_s(class));
    ofp_add_text(d, span, text);
    return span;
}

static ofp_str joined_authors(ofp_doc *d, ofp_str authors)
{
    ofp_buf b = { 0 };
    for (ofp_str piece; ofp_str_split(&authors, ';', &piece);) {
        ofp_buf_puts(&b, b.n ? ", " : "");
        ofp_buf_add(&b, ofp_str_trim(piece));
    }
    return ofp_buf_take(&b, d->arena);
}

/* Author, date and site in one paragraph, the source's address in another; none where unknown. */
static ofp_node *make_byline(ofp_doc *d, const ofp_node *article)
{
    ofp_node *div = ofp_new(d, OFP_DIV), *para = ofp_add(d, div, OFP_PARA);
    ofp_str url = ofp_article_meta(article, OFP_META_URL);
    if (!para)
        return NULL;
    ofp_add_class(d, div, OFP_STR("byline"));
    add_span(d, para, "author", joined_authors(d, ofp_article_meta(article, OFP_META_AUTHOR)));
    add_span(d, para, "date", ofp_lang_date(d->arena, ofp_article_meta(article, OFP_META_DATE), ofp_article_meta(article, OFP_META_LANG)));
    add_span(d, para, "site", ofp_article_meta(article, OFP_META_SITE));
    if (!para->first)
        ofp_unlink(para);
    if (ofp_str_istarts(url, OFP_STR("http"))) {
        ofp_node *link = ofp_add(d, ofp_add(d, div, OFP_PARA), OFP_LINK);
        ofp_set_target(link, url, (ofp_str){ 0 });
        ofp_add_text(d, link, url);
        ofp_add_class(d, link, OFP_STR("source"));
    }
    return div->first ? div : NULL;
}

static bool same_text(ofp_doc *d, const ofp_node *head, ofp_str text)
{
    return head && head->type == OFP_HEAD && text.n &&
           ofp_str_ieq(ofp_arena_squeeze(d->arena, ofp_plain_text(d->arena, head)), ofp_arena_squeeze(d->arena, text));
}

/* The last part of an input's name without its ending. */
static ofp_str stem(ofp_str name)
{
    size_t from = 0, dot = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '/')
            from = i + 1;
        if (name.p[i] == '.')
            dot = i;
    }
    ofp_str s = ofp_str_sub(name, from, dot > from ? dot - from : SIZE_MAX);
    return s.n && !ofp_str_eq(s, OFP_STR("-")) ? s : OFP_STR("Untitled");
}

/* What an article opens with, inside of boxes that say no more than a language or direction. */
static ofp_node *opening(const ofp_node *article)
{
    ofp_node *n = article->first;
    while (n && n->type == OFP_DIV && !ofp_class_count(n) && n->first)
        n = n->first;
    return n;
}

static bool holds_formula(const ofp_node *n)
{
    for (const ofp_node *in = n; in; in = ofp_after(in, n))
        if (in->type == OFP_MATH)
            return true;
    return false;
}

/* The title heads its article once: one that the body opens with makes way, or serves where the
 * metadata has none or cannot say its formulas; the input's name is the last resort. */
static void put_title(binder *b, ofp_node *article)
{
    ofp_doc *d = b->d;
    ofp_str title = ofp_article_meta(article, OFP_META_TITLE);
    ofp_node *first = opening(article), *head = ofp_new(d, OFP_HEAD);
    if (!head)
        return;
    bool same = same_text(d, first, title);
    if (first && first->type == OFP_HEAD && (!title.n || (same && holds_formula(first)))) {
        ofp_move_children(first, head);
        ofp_set_id(d, head, ofp_id(first));
        ofp_set_attr(d, article, ofp_meta_name(OFP_META_TITLE), ofp_plain_text(d->arena, head));
        ofp_unlink(first);
    } else {
        if (same)
            ofp_unlink(first);
        if (!title.n)
            title = stem(article->text);
        ofp_set_attr(d, article, ofp_meta_name(OFP_META_TITLE), title);
        ofp_add_text(d, head, title);
    }
    ofp_set_level(head, 1);
    ofp_add_class(d, head, OFP_STR("title"));
    ofp_node *byline = make_byline(d, article);
    ofp_prepend(article, byline);
    ofp_prepend(article, head);
}

/* ---- headings and ids ---- */

/* Below the title the first level is 2, whatever the source's was. */
static void shift_headings(ofp_node *article)
{
    const ofp_node *title = article->first;
    int least = 7;
    for (const ofp_node *n = title->next; n; n = ofp_after(n, article))
        if (n->type == OFP_HEAD && n->num[0] < least)
            least = n->num[0];
    for (ofp_node *n = title->next; n; n = ofp_after(n, article))
        if (n->type == OFP_HEAD)
            ofp_set_level(n, n->num[0] + 2 - least);
}

/* The id with the least number, not below the article's, that makes it another one. */
static ofp_str numbered(binder *b, ofp_str id)
{
    void **next = ofp_map_at(&b->next, id);
    uintptr_t i = next && (uintptr_t)*next > b->number ? (uintptr_t)*next : b->number;
    ofp_str fresh = id;
    while (ofp_map_get(&b->ids, fresh))
        fresh = ofp_arena_printf(b->d->arena, "%.*s-%ju", (int)id.n, id.p, (uintmax_t)i++);
    if (next)
        *next = (void *)i;
    return fresh;
}

/* Gives the id a number where another node has it already; own is the article's map, by the ids that it came with. */
static void claim_id(binder *b, ofp_map *own, ofp_node *n)
{
    ofp_str id = ofp_id(n), fresh;
    if (!id.n)
        return;
    fresh = ofp_map_get(&b->ids, id) ? numbered(b, id) : id;
    void **taken = ofp_map_at(&b->ids, fresh), **to = ofp_map_at(own, id);
    if (taken)
        *taken = n;
    ofp_set_id(b->d, n, fresh);
    if (to && !*to)
        *to = n;
}

static void unique_ids(binder *b, ofp_node *article)
{
    ofp_book_part *part = &b->parts[b->number - 1];
    *part = (ofp_book_part){ article, { .arena = b->d->arena } };
    for (ofp_node *n = article->first; n; n = ofp_after(n, article))
        claim_id(b, &part->ids, n);
}

/* ---- binding ---- */

static void copy_meta(ofp_doc *d, ofp_node *article, const ofp_doc *part)
{
    for (int k = 0; k < OFP_NMETA; k++) {
        ofp_str v = ofp_meta_get(part, (enum ofp_meta_key)k);
        if (v.n)
            ofp_set_attr(d, article, ofp_meta_name((enum ofp_meta_key)k), ofp_arena_dup(d->arena, v));
    }
    static const char *const notes[] = { "base", "next" };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        ofp_str v = ofp_note(part, ofp_s(notes[i]));
        if (v.n)
            ofp_set_attr(d, article, ofp_s(notes[i]), ofp_arena_dup(d->arena, v));
    }
    article->text = ofp_arena_dup(d->arena, ofp_s(part->input));
}

static ofp_node *new_article(binder *b, const ofp_doc *part)
{
    ofp_node *article = ofp_new(b->d, OFP_DIV);
    b->number++;
    ofp_set_id(b->d, article, ofp_arena_printf(b->d->arena, "article-%u", b->number));
    ofp_add_class(b->d, article, ARTICLE);
    if (article)
        copy_meta(b->d, article, part);
    return article;
}

static bool finish_article(binder *b, ofp_node *article)
{
    if (!article)
        return false;
    put_title(b, article);
    if (!article->first)
        return false;
    shift_headings(article);
    unique_ids(b, article);
    ofp_append(b->d->root, article);
    return true;
}

/* ---- parts that are books themselves, as EPUBs are that were written here ---- */

/* 0 where there is anything beside articles: then all of the part becomes one. */
static size_t count_articles(const ofp_doc *part)
{
    size_t n = 0;
    for (const ofp_node *c = part->root->first; c; c = c->next, n++)
        if (article_from((ofp_node *)c) != c)
            return 0;
    return n;
}

/* The title and byline that it was bound with are made anew, from what is known of the part now. */
static void take_content(binder *b, ofp_node *article, ofp_node *bound)
{
    ofp_node *head = bound->first, *byline = head ? head->next : NULL;
    if (byline && byline->type == OFP_DIV && ofp_has_class(byline, OFP_STR("byline")))
        ofp_unlink(byline);
    if (head && ofp_has_class(head, OFP_STR("title")) && !same_text(b->d, head, ofp_article_meta(article, OFP_META_TITLE)))
        ofp_unlink(head);
    ofp_move_children(bound, article);
}

/* The articles of a book stay what they are; the links between them find all ids of that book. */
static bool take_articles(binder *b, const ofp_doc *part)
{
    ofp_map own = { .arena = b->d->arena };
    unsigned first = b->number;
    ofp_node *body = ofp_clone(b->d, part->root, part), *n;
    while (body && (n = body->first)) {
        void **at = ofp_id(n).n ? ofp_map_at(&own, ofp_id(n)) : NULL;
        if (at && !*at)
            *at = n;
        b->parts[b->number++].article = n;
        ofp_set_id(b->d, n, ofp_arena_printf(b->d->arena, "article-%u", b->number));
        n->text = ofp_arena_dup(b->d->arena, ofp_s(part->input));
        for (ofp_node *in = n->first; in; in = ofp_after(in, n))
            claim_id(b, &own, in);
        ofp_append(b->d->root, n);
    }
    for (unsigned i = first; i < b->number; i++)
        b->parts[i].ids = own;
    return body;
}

static bool take_document(binder *b, const ofp_doc *part)
{
    ofp_node *article = new_article(b, part), *body = ofp_clone(b->d, part->root, part);
    if (body && count_articles(part) == 1)
        take_content(b, article, body->first);
    else
        ofp_move_children(body, article);
    return finish_article(b, article);
}

static size_t count_all(ofp_doc *const *parts, size_t n)
{
    size_t all = 0;
    for (size_t i = 0; i < n; i++) {
        size_t own = count_articles(parts[i]);
        all += own ? own : 1;
    }
    return all;
}

static bool begin(binder *b, ofp_doc *d, size_t n)
{
    *b = (binder){ .d = d, .ids = { .arena = d->arena }, .next = { .arena = d->arena } };
    b->parts = ofp_arena_zalloc(d->arena, n + 1, sizeof *b->parts);
    return b->parts;
}

/* What the articles agree on holds for the book. */
static void agree_on_language(ofp_doc *d)
{
    ofp_node *n = ofp_article_first(d);
    ofp_str lang = n ? ofp_article_meta(n, OFP_META_LANG) : (ofp_str){ 0 };
    for (; n; n = ofp_article_next(n))
        if (!ofp_str_eq(ofp_article_meta(n, OFP_META_LANG), lang))
            return;
    ofp_meta_offer(d, OFP_META_LANG, lang, OFP_STR("articles"), OFP_SURE_FOUND);
}

static void adopt_list(ofp_doc *d, enum ofp_meta_key k, ofp_str rest)
{
    size_t n = 1;
    for (size_t i = 0; i < rest.n; i++)
        n += rest.p[i] == ';';
    ofp_str *all = ofp_arena_zalloc(d->arena, n, sizeof *all), piece;
    for (n = 0; all && ofp_str_split(&rest, ';', &piece);)
        all[n++] = ofp_str_trim(piece);
    if (all)
        ofp_meta_offer_list(d, k, all, n, OFP_STR("articles"), OFP_SURE_FOUND);
}

/* What is known of the only article holds for the book, as far as nothing is known of that. */
static void adopt(ofp_doc *d, const ofp_node *article)
{
    for (int i = 0; i < OFP_NMETA; i++) {
        enum ofp_meta_key k = (enum ofp_meta_key)i;
        ofp_str value = ofp_article_meta(article, k);
        if (k == OFP_META_TITLE || !value.n || ofp_meta_find(d->meta, ofp_meta_name(k)))
            continue;
        if (ofp_meta_is_list(k))
            adopt_list(d, k, value);
        else
            ofp_meta_offer(d, k, value, OFP_STR("articles"), OFP_SURE_FOUND);
    }
}

/* "The first title and 3 other articles", a guess that follows the articles for as long as it stands. */
void ofp_name_book(ofp_doc *d)
{
    ofp_str key = ofp_meta_name(OFP_META_TITLE);
    const ofp_node *a = ofp_article_first(d), *old = ofp_meta_find(d->meta, key);
    ofp_str title = a ? ofp_article_meta(a, OFP_META_TITLE) : (ofp_str){ 0 };
    size_t others = 0;
    if (a && !ofp_article_next(a))
        adopt(d, a);
    if (!a || (old && !ofp_str_eq(ofp_meta_source(old), OFP_STR("articles"))))
        return;
    while ((a = ofp_article_next(a)))
        others++;
    if (others > 0)
        title = ofp_lang_book(d->arena, title, others, ofp_meta_get(d, OFP_META_LANG));
    if (old && ofp_str_eq(old->text, title))
        return;
    ofp_meta_drop(d->meta, key);
    ofp_meta_offer(d, OFP_META_TITLE, title, OFP_STR("articles"), OFP_SURE_GUESS);
}

bool ofp_bind(ofp_doc *d, ofp_doc *const *parts, size_t n, ofp_err *e)
{
    binder b;
    bool ok = begin(&b, d, count_all(parts, n));
    for (size_t i = 0; ok && i < n; i++)
        ok = count_articles(parts[i]) > 1 ? take_articles(&b, parts[i]) : take_document(&b, parts[i]);
    if (!ok)
        return ofp_fail_nomem(e);
    ofp_link_parts(d, b.parts, b.number, &b.ids);
    agree_on_language(d);
    ofp_name_book(d);
    ofp_set_note(d, OFP_STR("origin"), OFP_STR("book"));
    return ofp_doc_ok(d, e);
}

bool ofp_bind_self(ofp_doc *d, ofp_err *e)
{
    binder b;
    if (ofp_article_first(d))
        return ofp_doc_ok(d, e);
    ofp_node *article = begin(&b, d, 1) ? new_article(&b, d) : NULL;
    ofp_move_children(d->root, article);
    if (!finish_article(&b, article))
        return ofp_fail_nomem(e);
    ofp_link_parts(d, b.parts, 1, &b.ids);
    ofp_name_book(d);
    return ofp_doc_ok(d, e);
}
