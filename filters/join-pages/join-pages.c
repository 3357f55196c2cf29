/* join-pages.c - the pages of one article among the inputs, made one article in their order.
 *
 * Pages have one title, but for a page's number in it, and agree on authors, site and day as far as these are known.
 * Then something must tell that they are pages: numbers in texts, addresses or file names, a link to the next page, or
 * a sentence that goes on from one to the other. */
#include "pages.h"

#include <stdlib.h>

typedef struct job {
    ofp_doc *d;
    ofp_arena *a;
    page *pages, **order;
    size_t n;
    enum clue clue;                     /* that the order in hand is by */
} job;

/* ---- reading the book -------------------------------------------------------------------- */

/* A text without title is titled by its file, whose number is a page's. */
static ofp_str title_of(page *p)
{
    ofp_str title = ofp_article_meta(p->node, OFP_META_TITLE), input = ofp_article_input(p->node);
    long number = 0;
    if (title.n && ofp_str_find(input, title, 0) != SIZE_MAX)
        return p->clues[CLUE_INPUT].family;
    title = split_title(title, &number, &p->total);
    if (number)
        p->clues[CLUE_TEXT].number = number;
    return title;
}

/* A short line at either end of the text: "Page 2 of 3". */
static void read_line(job *j, page *p, const ofp_node *n)
{
    long number, total;
    if (n && ofp_holds_inlines(n) && read_mark(ofp_arena_squeeze(j->a, ofp_plain_text(j->a, n)), &number, &total)) {
        p->clues[CLUE_TEXT].number = number;
        p->total = total ? total : p->total;
    }
}

static void read_page(job *j, page *p)
{
    p->clues[CLUE_BASE] = split_address(j->a, ofp_attr(p->node, OFP_STR("base")));
    p->clues[CLUE_URL] = split_address(j->a, ofp_article_meta(p->node, OFP_META_URL));
    p->clues[CLUE_INPUT] = split_address(j->a, ofp_article_input(p->node));
    p->title = ofp_arena_lower(j->a, ofp_arena_squeeze(j->a, title_of(p)));
    if (text_of(p->node)) {
        read_line(j, p, text_of(p->node));
        read_line(j, p, last_line(j->a, p->node));
    }
}

static bool read_book(job *j)
{
    ofp_node *node = ofp_article_first(j->d);
    for (const ofp_node *n = node; n; n = ofp_article_next(n))
        j->n++;
    j->pages = ofp_arena_zalloc(j->a, j->n + 1, sizeof *j->pages);
    j->order = ofp_arena_zalloc(j->a, j->n + 1, sizeof *j->order);
    for (size_t i = 0; j->pages && j->order && i < j->n; i++, node = ofp_article_next(node)) {
        j->pages[i] = (page){ .node = node, .place = i };
        j->order[i] = &j->pages[i];
        read_page(j, &j->pages[i]);
    }
    return !ofp_arena_failed(j->a);
}

/* ---- order ------------------------------------------------------------------------------- */

static int compare(const page *x, const page *y, enum clue clue)
{
    const clue_value *p = &x->clues[clue], *q = &y->clues[clue];
    int c = ofp_str_cmp(x->title, y->title);
    if (c == 0)
        c = ofp_str_cmp(p->family, q->family);
    if (c == 0 && p->number != q->number)
        return p->number < q->number ? -1 : 1;
    return c ? c : x->place < y->place ? -1 : x->place > y->place;
}

/* qsort gives its function no context: one for each clue. */
#define ORDER(clue) static int by_##clue(const void *a, const void *b) \
    { return compare(*(page *const *)a, *(page *const *)b, clue); }
ORDER(CLUE_TEXT)
ORDER(CLUE_BASE)
ORDER(CLUE_URL)
ORDER(CLUE_INPUT)

static void sort_pages(job *j, enum clue clue)
{
    static int (*const by[NCLUES])(const void *, const void *) = { by_CLUE_TEXT, by_CLUE_BASE, by_CLUE_URL, by_CLUE_INPUT };
    j->clue = clue;
    if (j->n > 0)
        qsort(j->order, j->n, sizeof *j->order, by[clue]);
}

static bool agree(ofp_str a, ofp_str b, size_t upto)
{
    return !a.n || !b.n || ofp_str_ieq(ofp_str_sub(a, 0, upto), ofp_str_sub(b, 0, upto));
}

/* Nothing that is known speaks against one article. */
static bool may_belong(const page *x, const page *y)
{
    static const struct { enum ofp_meta_key key; size_t upto; } keys[] = {
        { OFP_META_AUTHOR, SIZE_MAX }, { OFP_META_SITE, SIZE_MAX }, { OFP_META_LANG, 2 }, { OFP_META_DATE, 10 },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!agree(ofp_article_meta(x->node, keys[i].key), ofp_article_meta(y->node, keys[i].key), keys[i].upto))
            return false;
    return !x->total || !y->total || x->total == y->total;
}

/* ---- joining a run of pages, in order ------------------------------------------------------ */

static void warn_of_gaps(job *j, page *const *run, size_t n)
{
    ofp_str title = ofp_article_meta(run[0]->node, OFP_META_TITLE);
    long before = 0, total = run[n - 1]->total;
    for (size_t i = 0; i < n; i++) {
        long number = run[i]->clues[j->clue].number;
        number = number ? number : 1;
        if (number > before + 1)
            ofp_warn(j->d, OFP_D_PAGE_MISSING, 0, "page %ld of '%.*s' is missing", before + 1, (int)title.n, title.p);
        before = number;
    }
    if (before < total)
        ofp_warn(j->d, OFP_D_PAGE_MISSING, 0, "page %ld of '%.*s' is missing", before + 1, (int)title.n, title.p);
}

/* "The mill" for "The mill (page 1 of 3)", in the attribute and in the heading. */
static void clear_title(job *j, ofp_node *article)
{
    long number, total;
    ofp_str whole = ofp_article_meta(article, OFP_META_TITLE), title = split_title(whole, &number, &total);
    ofp_node *head = ofp_first(article);
    if (!number)
        return;
    ofp_set_attr(j->d, article, ofp_meta_name(OFP_META_TITLE), title);
    if (!head || head == text_of(article))
        return;
    while (ofp_first(head))
        ofp_unlink(ofp_first(head));
    ofp_add_text(j->d, head, title);
}

/* The article stands where the first of its pages stood. */
static void join_run(job *j, page *const *run, size_t n)
{
    const page *place = run[0];
    for (size_t i = 1; i < n; i++)
        if (run[i]->place < place->place)
            place = run[i];
    if (place != run[0])
        ofp_insert_before(place->node, run[0]->node);
    for (size_t i = 0; i < n; i++) {
        drop_marks(j->a, run[i]->node);
        run[i]->done = true;
    }
    clear_title(j, run[0]->node);
    for (size_t i = 1; i < n; i++) {
        join(j->d, j->a, run[0]->node, run[i]->node);
        run[i]->into = run[0];
    }
}

/* ---- runs by number ---------------------------------------------------------------------- */

/* The longest beginning of the pages from at on that can be one article: each a number above the last. */
static size_t take_run(job *j, size_t at, page **run)
{
    const page *head = j->order[at];
    size_t n = 0;
    long last = 0;
    for (size_t i = at; i < j->n; i++) {
        page *p = j->order[i];
        const clue_value *c = &p->clues[j->clue];
        long number = c->number ? c->number : 1;
        if (!ofp_str_eq(p->title, head->title) || !ofp_str_eq(c->family, head->clues[j->clue].family))
            break;
        if (p->done || number <= last || !may_belong(head, p) || (n > 0 && repeats(j->a, run[n - 1]->node, p->node)))
            continue;
        run[n++] = p;
        last = number;
    }
    return n > 1 && last > 1 ? n : 0;
}

static bool join_by(job *j, enum clue clue)
{
    page **run = ofp_arena_zalloc(j->a, j->n + 1, sizeof *run);
    sort_pages(j, clue);
    for (size_t i = 0; run && i < j->n; i++) {
        const page *p = j->order[i];
        /* in texts alone each page has to tell its number */
        if (p->done || !p->title.n || (clue == CLUE_TEXT ? !p->clues[clue].number : !p->clues[clue].family.n))
            continue;
        size_t n = take_run(j, i, run);
        if (n > 0) {
            warn_of_gaps(j, run, n);
            join_run(j, run, n);
        }
    }
    return run != NULL;
}

/* ---- runs by what follows what --------------------------------------------------------------- */

static bool links_to(job *j, const page *x, const page *y)
{
    ofp_str next = ofp_attr(x->node, OFP_STR("next"));
    clue_value to = split_address(j->a, next), base = y->clues[CLUE_BASE], url = y->clues[CLUE_URL];
    if (!next.n)
        return false;
    return (ofp_str_eq(to.family, base.family) && to.number == base.number) ||
           (ofp_str_eq(to.family, url.family) && to.number == url.number);
}

/* Pages of one title compared each with each: more than this are a series, not an article. */
enum { MOST_ALIKE = 32 };

static void connect(job *j, page *const *alike, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        page *next = NULL;
        size_t found = 0;
        for (size_t k = 0; k < n; k++) {
            page *p = alike[k];
            if (p == alike[i] || p->follows || !may_belong(alike[i], p))
                continue;
            if (!links_to(j, alike[i], p) && !goes_on(j->a, alike[i]->node, p->node))
                continue;
            next = p;
            found++;
        }
        /* two that could follow tell nothing */
        if (found == 1 && next->after != alike[i] && !repeats(j->a, alike[i]->node, next->node)) {
            alike[i]->after = next;
            next->follows = true;
        }
    }
}

static void join_chains(job *j, page *const *alike, size_t n, page **run)
{
    connect(j, alike, n);
    for (size_t i = 0; i < n; i++) {
        size_t length = 0;
        if (alike[i]->follows || !alike[i]->after)
            continue;
        for (page *p = alike[i]; p && length < n; p = p->after)
            run[length++] = p;
        join_run(j, run, length);
    }
}

static bool join_by_text(job *j)
{
    page **alike = ofp_arena_zalloc(j->a, j->n + 1, sizeof *alike), **run = ofp_arena_zalloc(j->a, j->n + 1, sizeof *run);
    size_t n = 0;
    sort_pages(j, CLUE_TEXT);
    for (size_t i = 0; alike && run && i < j->n; i++) {
        page *p = j->order[i];
        if (!p->done && p->title.n)
            alike[n++] = p;
        if (i + 1 < j->n && ofp_str_eq(p->title, j->order[i + 1]->title))
            continue;
        if (n > 1 && n <= MOST_ALIKE)
            join_chains(j, alike, n, run);
        n = 0;
    }
    return alike && run;
}

/* ---- links to pages that are gone ------------------------------------------------------------ */

/* The id of the article that a page's own id stands for; empty where it is none that is gone. */
static ofp_str new_id(const job *j, ofp_str id)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->pages[i].into && ofp_str_eq(ofp_id(j->pages[i].node), id))
            return ofp_id(j->pages[i].into->node);
    return (ofp_str){ 0 };
}

static void follow(job *j)
{
    static const ofp_str own = { "#article-", 9 };
    for (ofp_node *n = ofp_first(ofp_root(j->d)); n; n = ofp_after(n, ofp_root(j->d))) {
        ofp_str id = { 0 };
        if (ofp_node_type(n) == OFP_LINK && ofp_str_starts(ofp_url(n), own))
            id = new_id(j, ofp_str_sub(ofp_url(n), 1, SIZE_MAX));
        if (id.n)
            ofp_set_target(n, ofp_arena_printf(ofp_doc_arena(j->d), "#%.*s", (int)id.n, id.p), ofp_title(n));
    }
}

static bool join_all(job *j)
{
    bool ok = read_book(j);
    for (int clue = 0; ok && clue < NCLUES; clue++)
        ok = join_by(j, (enum clue)clue);
    ok = ok && join_by_text(j);
    if (ok)
        follow(j);
    return ok && !ofp_arena_failed(j->a);
}

static bool run(ofp_doc *d, const ofp_args *args, ofp_err *e)
{
    job j = { .d = d, .a = ofp_arena_new() };
    (void)args;
    bool ok = j.a && join_all(&j);
    ofp_arena_free(j.a);
    return ok ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}

OFP_FILTER_FLAGS("join-pages", "join the pages of one article, in order and without what they repeat", NULL, run,
                 OFP_FILTER_BOOK);
