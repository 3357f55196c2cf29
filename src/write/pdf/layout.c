/* layout.c - document to book: front matter, articles, notes, outline. */
#include "doctools/title.h"
#include "write/pdf/layout.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_ELEMS = 64 };

static bool start(lay *l)
{
    pdf_book *b = l->book;
    b->elems = ofp_arena_zalloc(l->arena, FIRST_ELEMS, sizeof *b->elems);
    b->elems_cap = FIRST_ELEMS;
    b->nelems = 2;                                       /* none; the document */
    l->flow = &l->main;
    l->at = (place){ .x = l->sheet.left, .w = l->sheet.measure, .elem = b->tagged ? 1 : 0, .lang = b->lang,
                     .rtl = b->rtl, .body = LOOK_BODY, .scale = 1 };
    return b->elems != NULL;
}

/* The document's own facts; those of its only article where it has none. */
static ofp_str fact(const lay *l, enum ofp_meta_key k)
{
    ofp_str v = ofp_meta_get(l->doc, k);
    const ofp_node *first = ofp_article_first(l->doc);
    if (v.n == 0 && first && (!ofp_article_next(first) || k == OFP_META_LANG))
        v = ofp_article_meta(first, k);
    return v;
}

static void describe(lay *l)
{
    pdf_book *b = l->book;
    b->title = fact(l, OFP_META_TITLE);
    b->author = fact(l, OFP_META_AUTHOR);
    b->subject = fact(l, OFP_META_DESCRIPTION);
    b->keywords = fact(l, OFP_META_KEYWORDS);
    b->lang = fact(l, OFP_META_LANG);
    b->date = fact(l, OFP_META_DATE);
    b->rtl = pdf_is_rtl(ofp_root(l->doc), b->lang, pdf_begins_rtl(ofp_root(l->doc)));
    if (b->lang.n == 0)
        b->lang = OFP_STR("en");
    const ofp_node *first = ofp_article_first(l->doc);
    if (b->title.n == 0 && first)
        b->title = ofp_article_meta(first, OFP_META_TITLE);
    if (b->title.n == 0)
        b->title = OFP_STR("Untitled");
}

/* Which characters have no font, when what is from an input has been set. */
static void tell_missing(lay *l, ofp_str input)
{
    if (l->type->tell)
        l->type->tell(l->type->user, input.n ? input.p : ofp_doc_input(l->doc));
}

static void set_article(lay *l, const ofp_node *article)
{
    place saved = l->at;
    ofp_str lang = ofp_article_meta(article, OFP_META_LANG), title = ofp_article_meta(article, OFP_META_TITLE);
    l->article++;
    l->note_count = l->called = l->noted = 0;
    memset(l->recent, 0, sizeof l->recent);
    l->last_level = 0;
    l->opening = true;
    l->running = title.n ? title : l->book->title;
    l->at.elem = pdf_elem_new(l, PDF_ART);
    l->at.rtl = pdf_is_rtl(article, lang, fact(l, OFP_META_LANG).n ? l->at.rtl : pdf_begins_rtl(article));
    if (lang.n) {
        l->at.lang = lang;
        if (l->at.elem && !ofp_str_ieq(lang, l->book->lang))
            l->book->elems[l->at.elem].lang = lang;
    }
    pdf_dest_next(l, ofp_id(article));
    pdf_blocks(l, article);
    pdf_end_notes(l);
    pdf_pages_feed(l, true);
    tell_missing(l, ofp_article_input(article));
    l->at = saved;
}

static void make_marks(lay *l)
{
    pdf_book *b = l->book;
    size_t n = 0;
    b->marks = l->toc.n ? ofp_arena_zalloc(l->arena, l->toc.n, sizeof *b->marks) : NULL;
    b->marks_cap = b->marks ? l->toc.n : 0;
    for (size_t i = 0; i < b->marks_cap; i++)
        b->marks[n++] = (pdf_mark){ l->toc.p[i].title, l->toc.p[i].level, l->toc.p[i].dest };
    b->nmarks = n;
}

/* ---- links ---- */

static int by_name(const void *a, const void *b)
{
    const pdf_dest *x = a, *y = b;
    int order = ofp_str_cmp(x->name, y->name);
    if (order == 0)
        order = x->page < y->page ? -1 : x->page > y->page;
    return order ? order : x->y > y->y ? -1 : x->y < y->y;
}

static int by_name_alone(const void *a, const void *b)
{
    return ofp_str_cmp(((const pdf_dest *)a)->name, ((const pdf_dest *)b)->name);
}

static void sort_dests(pdf_book *b)
{
    size_t kept = 0;
    if (b->ndests)
        qsort(b->dests, b->ndests, sizeof *b->dests, by_name);
    for (size_t i = 0; i < b->ndests; i++)               /* one of a name */
        if (kept == 0 || !ofp_str_eq(b->dests[kept - 1].name, b->dests[i].name))
            b->dests[kept++] = b->dests[i];
    b->ndests = kept;
}

const pdf_dest *pdf_dest_find(const pdf_book *b, ofp_str name)
{
    pdf_dest key = { .name = name };
    return b->ndests ? bsearch(&key, b->dests, b->ndests, sizeof key, by_name_alone) : NULL;
}

/* Links to nowhere become text again; one warning tells of all. */
static void check_links(lay *l)
{
    pdf_book *b = l->book;
    ofp_str first = { 0 };
    size_t lost = 0;
    for (size_t i = 0; i < b->npages; i++) {
        pdf_page *p = &b->pages[i];
        size_t kept = 0;
        for (size_t k = 0; k < p->nlinks; k++) {
            ofp_str dest = p->links[k].dest;
            if (dest.n == 0 || pdf_dest_find(b, dest))
                p->links[kept++] = p->links[k];
            else if (lost++ == 0)
                first = dest;
        }
        p->nlinks = kept;
    }
    if (lost)
        ofp_warn(l->doc, OFP_D_LINK_BROKEN, 0, "link target '#%.*s' not found%s", (int)(first.n > 80 ? 80 : first.n), first.p,
                 lost > 1 ? ", nor are others" : "");
}

static void free_para(para *p)
{
    pdf_break_room_free(&p->room);
    free(p->spans.p);
    free(p->words.p);
    free(p->links.p);
    free(p->dests.p);
    free(p->items.p);
    free(p->pieces.p);
    free(p->segs.p);
    free(p->order.p);
}

static void finish(lay *l)
{
    free_para(&l->para);
    free_para(&l->aside.para);
    free(l->labels.p);
    free(l->waiting.p);
    free(l->notes.p);
    free(l->aside.labels.p);
    free(l->aside.waiting.p);
    free(l->hyphs.p);
    free(l->toc.p);
    pdf_flow_free(&l->main);
    pdf_flow_free(&l->foot);
    for (table_head *h = l->heads; h; h = h->next)
        pdf_flow_free(&h->flow);
}

bool pdf_layout(pdf_book *out, ofp_doc *d, const ofp_options *opt, const type_metrics *type, ofp_res *res, ofp_err *e)
{
    lay *l = ofp_arena_zalloc(out->arena, 1, sizeof *l);
    if (!l)
        return ofp_fail_nomem(e);
    *l = (lay){ .book = out, .arena = out->arena, .doc = d, .opt = opt, .type = type, .res = res, .e = e };
    if (!ofp_bind_self(d, e) || !pdf_sheet(&l->sheet, opt, e))
        return false;
    ofp_show_titles(d);
    describe(l);
    if (start(l)) {
        pdf_toc_collect(l);
        pdf_toc(l);
        const ofp_node *first = ofp_article_first(d);
        if (first && ofp_article_next(first))            /* the contents are of all inputs */
            tell_missing(l, (ofp_str){ 0 });
        for (const ofp_node *a = ofp_article_first(d); a && !l->nomem; a = ofp_article_next(a))
            set_article(l, a);
        if (out->npages == 0)
            pdf_page_add(l);
        sort_dests(out);
        pdf_toc_numbers(l);
        make_marks(l);
        check_links(l);
    }
    bool ok = !l->nomem && !ofp_arena_failed(out->arena) && ofp_doc_ok(d, e);
    finish(l);
    return ok || ofp_fail_nomem(e);
}
