/* dedup.c - of articles that say the same in one book, the best one stays and lists the others.
 *
 * Longest first, each article is compared with the few leaders that share most shingles with it (Broder, "On the
 * resemblance and containment of documents", 1997), and either follows one of them or becomes a leader itself. */
#include "dedup.h"

#include <stdlib.h>
#include <string.h>

/* An article wholly inside a longer one repeats it, whatever else the longer one says. */
static const double contained = .9;
/* One site's articles under different titles may be filled in from one template: terms of a sale, results of a
 * quarter.  They repeat one another only from here on. */
static const double template = .65;
/* Texts of fewer words are notices and captions: they repeat one another only word for word, under one title. */
enum { SHORT = 50 };
/* Leaders that an article is compared with in full. */
enum { CANDIDATES = 8 };

typedef struct job {
    ofp_doc *d;
    ofp_arena *a;
    double threshold;
    bool list;
    article *articles, **order;         /* in the book; longest first */
    article **leaders;
    size_t n, nleaders;
    shingles s;
    uint32_t *shared;                   /* by leader: shingles met; all 0 between articles */
    uint32_t *touched;                  /* leaders that shared counts for */
} job;

/* ---- options ----------------------------------------------------------------------------- */

/* "0.8", "80 %" and ".8" are one number.  Not strtod: its decimal point follows the locale. */
static bool take_share(ofp_str s, double *out)
{
    size_t dot = ofp_str_find(s, OFP_STR("."), 0);
    bool percent = ofp_str_ends(s, OFP_STR("%"));
    ofp_str whole = ofp_str_trim(ofp_str_sub(s, 0, percent ? s.n - 1 : dot));
    ofp_str part = dot == SIZE_MAX || percent ? (ofp_str){ 0 } : ofp_str_sub(s, dot + 1, SIZE_MAX);
    long units = 0, fraction = 0;
    double scale = 1;
    if (!whole.n && !part.n)
        return false;
    if ((whole.n && !ofp_str_int(whole, 0, 100, &units)) || (part.n && !ofp_str_int(part, 0, 999999, &fraction)))
        return false;
    for (size_t i = 0; i < part.n; i++)
        scale *= 10;
    *out = percent ? (double)units / 100 : (double)units + (double)fraction / scale;
    return *out > 0 && *out <= 1;
}

static bool take_options(job *j, const ofp_args *args, ofp_err *e)
{
    ofp_str threshold = ofp_arg(args, "threshold"), list = ofp_arg(args, "list");
    j->threshold = .5;
    j->list = !list.n || ofp_str_eq(list, OFP_STR("yes")) || ofp_str_eq(list, OFP_STR("true"));
    if (threshold.n && !take_share(threshold, &j->threshold))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "dedup: threshold is a share above 0 and up to 1, not '%.*s'",
                        (int)(threshold.n < 40 ? threshold.n : 40), threshold.p);
    if (!j->list && !ofp_str_eq(list, OFP_STR("no")) && !ofp_str_eq(list, OFP_STR("false")))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "dedup: list is yes or no, not '%.*s'",
                        (int)(list.n < 40 ? list.n : 40), list.p);
    return true;
}

/* ---- reading the book -------------------------------------------------------------------- */

static int known_fields(const ofp_node *node)
{
    static const enum ofp_meta_key keys[] = { OFP_META_AUTHOR, OFP_META_DATE, OFP_META_SITE, OFP_META_URL, OFP_META_LANG,
                                              OFP_META_DESCRIPTION };
    int n = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        n += ofp_article_meta(node, keys[i]).n > 0;
    return n;
}

static int longest_first(const void *a, const void *b)
{
    const article *x = *(article *const *)a, *y = *(article *const *)b;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool make_room(job *j)
{
    for (const ofp_node *n = ofp_article_first(j->d); n; n = ofp_article_next(n))
        j->n++;
    j->articles = ofp_arena_zalloc(j->a, j->n + 1, sizeof *j->articles);
    j->order = ofp_arena_zalloc(j->a, j->n + 1, sizeof *j->order);
    j->leaders = ofp_arena_zalloc(j->a, j->n + 1, sizeof *j->leaders);
    j->shared = ofp_arena_zalloc(j->a, j->n + 1, sizeof *j->shared);
    j->touched = ofp_arena_zalloc(j->a, j->n + 1, sizeof *j->touched);
    return j->articles && j->order && j->leaders && j->shared && j->touched;
}

static bool read_book(job *j)
{
    uint64_t **words = make_room(j) ? ofp_arena_zalloc(j->a, j->n + 1, sizeof *words) : NULL;
    ofp_node *node = ofp_article_first(j->d);
    size_t total = 0;
    for (size_t i = 0; words && i < j->n; i++, node = ofp_article_next(node)) {
        article *at = j->order[i] = &j->articles[i];
        *at = (article){ .node = node, .place = i, .known = known_fields(node), .leader = at };
        if (!(words[i] = hash_words(j->a, node, &at->words)))
            return false;
        total += at->words;
    }
    if (!words || !shingles_new(&j->s, j->a, total))
        return false;
    for (size_t i = 0; i < j->n; i++)
        shingles_of(&j->s, &j->articles[i], words[i]);
    if (j->n > 0)
        qsort(j->order, j->n, sizeof *j->order, longest_first);
    return !ofp_arena_failed(j->a);
}

/* ---- who repeats whom -------------------------------------------------------------------- */

static ofp_str folded_title(job *j, const article *at)
{
    return ofp_arena_lower(j->a, ofp_arena_squeeze(j->a, ofp_article_meta(at->node, OFP_META_TITLE)));
}

static bool same_title(job *j, const article *a, const article *b)
{
    return ofp_str_eq(folded_title(j, a), folded_title(j, b));
}

/* Also where neither is known to be from anywhere. */
static bool same_site(const article *a, const article *b)
{
    return ofp_str_ieq(ofp_article_meta(a->node, OFP_META_SITE), ofp_article_meta(b->node, OFP_META_SITE));
}

/* How far at repeats leader, which is at least as long; 0 where it does not. */
static double sameness(job *j, const article *at, const article *leader)
{
    double in = coverage(&j->s, at, leader), back = coverage(&j->s, leader, at), both = (in + back) / 2;
    if (at->words < SHORT)
        return in >= 1 && back >= 1 && same_title(j, at, leader) ? 1 : 0;
    if (both >= j->threshold && (both >= template || !same_site(at, leader) || same_title(j, at, leader)))
        return both;
    return in >= contained && in >= j->threshold ? in : 0;
}

/* Counts for each leader the shingles that at shares with it; the number of leaders met. */
static size_t meet_leaders(job *j, const article *at)
{
    size_t n = 0;
    for (size_t i = 0; i < at->nids; i++) {
        uint32_t h = j->s.newest[at->ids[i]];
        if (j->s.holders[h].depth > HOLDERS)
            continue;
        for (; h; h = j->s.holders[h].older)
            if (j->shared[j->s.holders[h].leader]++ == 0)
                j->touched[n++] = j->s.holders[h].leader;
    }
    return n;
}

/* Those that share most, most first; the counts are cleared on the way. */
static size_t best_leaders(job *j, size_t met, uint32_t *best)
{
    uint32_t count[CANDIDATES] = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < met; i++) {
        uint32_t leader = j->touched[i], shared = j->shared[leader];
        size_t at = n < CANDIDATES ? n++ : CANDIDATES;
        for (; at > 0 && count[at - 1] < shared; at--)
            if (at < CANDIDATES) {
                count[at] = count[at - 1];
                best[at] = best[at - 1];
            }
        if (at < CANDIDATES) {
            count[at] = shared;
            best[at] = leader;
        }
        j->shared[leader] = 0;
    }
    return n;
}

static void find_leader(job *j, article *at)
{
    uint32_t best[CANDIDATES];
    size_t n = best_leaders(j, meet_leaders(j, at), best);
    for (size_t i = 0; i < n; i++) {
        double same = sameness(j, at, j->leaders[best[i]]);
        if (same > at->same) {
            at->same = same;
            at->leader = j->leaders[best[i]];
        }
    }
    if (at->leader == at && at->words > 0) {
        hold(&j->s, at, (uint32_t)j->nleaders);
        j->leaders[j->nleaders++] = at;
    }
}

/* ---- what stays -------------------------------------------------------------------------- */

/* About as long as the longest, it is better for what is known about it. */
static void elect(job *j)
{
    article **best = ofp_arena_zalloc(j->a, j->n + 1, sizeof *best);
    for (size_t i = 0; best && i < j->n; i++) {
        article *at = j->order[i], **b = &best[at->leader->place];
        if (!*b || (at->words >= at->leader->words - at->leader->words / 10 && at->known > (*b)->known))
            *b = at;
    }
    for (size_t i = 0; best && i < j->n; i++)
        j->articles[i].leader = best[j->articles[i].leader->place];
}

/* "The Harbour Post", else the host of its address, else the file. */
static ofp_str source_of(const article *at)
{
    ofp_str site = ofp_article_meta(at->node, OFP_META_SITE);
    if (!site.n)
        site = ofp_url_host(ofp_article_meta(at->node, OFP_META_URL));
    return site.n ? site : ofp_article_input(at->node);
}

static void warn(const job *j, const article *at)
{
    ofp_str title = ofp_article_meta(at->node, OFP_META_TITLE), kept = ofp_article_meta(at->leader->node, OFP_META_TITLE);
    ofp_str source = source_of(at), other = source_of(at->leader);
    ofp_warn(j->d, OFP_D_ARTICLE_REPEATED, 0, "'%.*s'%s%.*s%s repeats '%.*s'%s%.*s%s to %d %% and was left out",
             (int)title.n, title.p, source.n ? " (" : "", (int)source.n, source.p, source.n ? ")" : "",
             (int)kept.n, kept.p, other.n ? " (" : "", (int)other.n, other.p, other.n ? ")" : "",
             (int)((at->same > 0 ? at->same : at->leader->same) * 100));
}

/* Where the list of an article's repeats is, opened with the first of them. */
static ofp_node *open_list(ofp_doc *d, ofp_node *node)
{
    ofp_node *last = ofp_last(node);
    if (last && ofp_node_type(last) == OFP_DIV && ofp_has_class(last, OFP_STR("repeats")))
        return ofp_last(last);
    ofp_node *div = ofp_add(d, node, OFP_DIV);
    ofp_add_class(d, div, OFP_STR("repeats"));
    ofp_add_text(d, ofp_add(d, div, OFP_PARA), OFP_STR("Also published as:"));
    return ofp_add(d, div, OFP_ULIST);
}

static void list(job *j, const article *at)
{
    ofp_doc *d = j->d;
    ofp_str url = ofp_article_meta(at->node, OFP_META_URL), source = source_of(at), date = ofp_article_meta(at->node, OFP_META_DATE);
    ofp_node *line = ofp_add(d, ofp_add(d, open_list(d, at->leader->node), OFP_ITEM), OFP_PLAIN), *title = line;
    if (ofp_str_istarts(url, OFP_STR("http"))) {
        title = ofp_add(d, line, OFP_LINK);
        ofp_set_target(title, url, (ofp_str){ 0 });
    }
    ofp_add_text(d, title, ofp_article_meta(at->node, OFP_META_TITLE));
    if (source.n)
        ofp_add_text(d, line, ofp_arena_printf(ofp_doc_arena(d), ", %.*s", (int)source.n, source.p));
    if (date.n)
        ofp_add_text(d, line, ofp_arena_printf(ofp_doc_arena(d), ", %.*s", (int)(date.n < 10 ? date.n : 10), date.p));
}

static bool dedup(job *j)
{
    if (!read_book(j))
        return false;
    for (size_t i = 0; i < j->n; i++)
        find_leader(j, j->order[i]);
    elect(j);
    if (ofp_arena_failed(j->a))
        return false;
    for (size_t i = 0; i < j->n; i++) {
        const article *at = &j->articles[i];
        if (at->leader == at)
            continue;
        warn(j, at);
        if (j->list)
            list(j, at);
        ofp_unlink(at->node);
    }
    return true;
}

static bool run(ofp_doc *d, const ofp_args *args, ofp_err *e)
{
    job j = { .d = d };
    if (!take_options(&j, args, e))
        return false;
    j.a = ofp_arena_new();
    bool ok = j.a && dedup(&j);
    ofp_arena_free(j.a);
    return ok ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}

static const ofp_filter_option options[] = {
    { "threshold", "SHARE", "how much of the words must recur, in runs of five or more; 0.5 by default" },
    { "list", "yes|no", "whether the one that stays lists the others at its end" },
    { NULL, NULL, NULL },
};

OFP_FILTER_FLAGS("dedup", "of articles that repeat one another, keep the best", options, run, OFP_FILTER_BOOK);
