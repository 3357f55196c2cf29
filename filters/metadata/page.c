/* page.c - what a page shows about itself: bylines and dates near its heading. */
#include "metadata.h"

enum { BYLINE_WORDS = 24, DATE_WORDS = 16, NEAR_BLOCKS = 24, FAR_BELOW = 400 };

static const ofp_str author_names[] = { { "author", 6 }, { "byline", 6 }, { "byl", 3 }, { "writer", 6 }, { "vcard", 5 } };
static const ofp_str date_names[] = { { "date", 4 }, { "published", 9 }, { "pubdate", 7 }, { "time", 4 }, { "posted", 6 } };
/* Parts of a page whose bylines and dates are others'. */
static const ofp_str elsewhere[] = {
    { "comment", 7 }, { "related", 7 }, { "sidebar", 7 }, { "footer", 6 }, { "recent-", 7 }, { "popular", 7 },
    { "recommend", 9 }, { "-bio", 4 }, { "navig", 5 }, { "menu", 4 },
};

static bool names_any(const ofp_node *n, const ofp_str *names, size_t k)
{
    for (size_t i = 0; i < ofp_class_count(n); i++)
        for (size_t m = 0; m < k; m++)
            if (ofp_str_ifind(ofp_class_at(n, i), names[m], 0) != SIZE_MAX)
                return true;
    for (size_t m = 0; m < k; m++)
        if (ofp_str_ifind(ofp_id(n), names[m], 0) != SIZE_MAX || ofp_str_ifind(ofp_attr(n, OFP_STR("itemprop")), names[m], 0) != SIZE_MAX)
            return true;
    return false;
}

static bool is_elsewhere(const ofp_node *n)
{
    ofp_str tag = ofp_hint_tag(n);
    return ofp_str_eq(tag, OFP_STR("footer")) || ofp_str_eq(tag, OFP_STR("nav")) || ofp_str_eq(tag, OFP_STR("aside")) ||
           names_any(n, elsewhere, sizeof elsewhere / sizeof *elsewhere);
}

typedef struct view {
    job *j;
    const ofp_node *heading;            /* where the title stands, NULL: not met yet or nowhere */
    unsigned blocks;                    /* text blocks since the heading */
    bool author, date;                  /* found */
    ofp_str anywhere;                   /* the first short line with a date, wherever it stands */
    bool after_by;                      /* the last line was "Written by" */
} view;

static bool is_title(view *v, const ofp_node *n)
{
    return ofp_node_type(n) == OFP_HEAD &&
           same_words(ofp_plain_text(v->j->a, n), ofp_meta_get(v->j->d, OFP_META_TITLE));
}

static void take_author(view *v, ofp_str text, const char *from, int sure)
{
    ofp_str names[MAX_PEOPLE];
    size_t n = people_in_byline(v->j, text, names);
    if (n)
        v->author = offer_people(v->j, names, n, from, sure) || v->author;
}

/* An element that says it is a byline. */
static void look_at_names(view *v, const ofp_node *n)
{
    bool by = !v->author && names_any(n, author_names, sizeof author_names / sizeof *author_names);
    bool when = !v->date && (names_any(n, date_names, sizeof date_names / sizeof *date_names) ||
                             ofp_str_eq(ofp_hint_tag(n), OFP_STR("time")));
    if (!by && !when)
        return;
    ofp_str text = ofp_arena_squeeze(v->j->a, ofp_plain_text(v->j->a, n));
    size_t words = ofp_str_words(text);
    if (by && words && words <= BYLINE_WORDS)
        take_author(v, text, "byline", v->heading ? 68 : 62);
    if (by && !v->author && words == 1 && v->heading) {    /* a first name or a pen name */
        ofp_str names[MAX_PEOPLE];
        size_t people = people_stated(v->j, text, names);
        v->author = offer_people(v->j, names, people, "byline", 45);
    }
    if (when && words && words <= DATE_WORDS)
        v->date = offer_date(v->j, OFP_META_DATE, text, "dateline", v->heading ? 66 : 58) || v->date;
}

/* A link to the page of an author: its text is the name. */
static void look_at_link(view *v, const ofp_node *n)
{
    static const ofp_str paths[] = { { "/author/", 8 }, { "/authors/", 9 }, { "/autor/", 7 }, { "/auteur/", 8 }, { "/contributor", 12 },
                                     { "/people/", 8 }, { "/profile/", 9 }, { "/staff/", 7 }, { "/by/", 4 }, { "/writers/", 9 } };
    for (size_t i = 0; !v->author && i < sizeof paths / sizeof *paths; i++)
        if (ofp_str_ifind(ofp_url(n), paths[i], 0) != SIZE_MAX) {
            ofp_str text = ofp_arena_squeeze(v->j->a, ofp_plain_text(v->j->a, n));
            if (is_person(v->j, ofp_str_sub(text, by_prefix(text), SIZE_MAX)))
                take_author(v, text, "author link", v->heading ? 66 : 60);
        }
}

/* "Written by" and nothing else: the name is the next line. */
static bool only_by(view *v, ofp_str text)
{
    ofp_str line = ofp_arena_printf(v->j->a, "%.*s ", (int)text.n, text.p);
    return text.n && by_prefix(line) >= text.n;
}

static bool has_day(ofp_str text)
{
    ofp_date date;
    return ofp_date_find(text, &date, NULL, NULL) && date.day;
}

/* A short line of the page.  Below the heading it may be a byline of any form; further down, the
 * credit at the end of an article. */
static void look_at_line(view *v, const ofp_node *n)
{
    bool near = v->heading && v->blocks < NEAR_BLOCKS;
    ofp_str text = ofp_arena_squeeze(v->j->a, ofp_plain_text(v->j->a, n));
    size_t words = ofp_str_words(text);
    bool after_by = v->after_by;
    v->after_by = words <= 3 && only_by(v, text);
    if (!words || words > BYLINE_WORDS)
        return;
    if (!v->author && after_by && words <= 5)
        take_author(v, text, "by", 58);
    if (!v->author && by_prefix(text) && (near || words <= 6))
        take_author(v, text, "by", near ? 60 : 50);
    if (!v->author && near && v->blocks <= 6 && v->blocks > 1 && is_person(v->j, text))
        take_author(v, text, "name", 45);
    if (!v->date && near && words <= DATE_WORDS)
        v->date = offer_date(v->j, OFP_META_DATE, text, "text", 56) || v->date;
    if (!v->date && !v->anywhere.n && words <= DATE_WORDS && has_day(text))
        v->anywhere = text;
}

static void visit(view *v, const ofp_node *n)
{
    if (ofp_has_attrs(n) && is_elsewhere(n))
        return;
    if (!v->heading && is_title(v, n))
        v->heading = n, v->blocks = 0;
    if (ofp_has_attrs(n))
        look_at_names(v, n);
    if (ofp_node_type(n) == OFP_LINK)
        look_at_link(v, n);
    if (ofp_is_block(n) && ofp_holds_inlines(n)) {
        v->blocks++;
        if (ofp_node_type(n) != OFP_HEAD || v->blocks > 2)
            look_at_line(v, n);
    }
    for (const ofp_node *k = ofp_first(n); k && !(v->author && v->date) && v->blocks < FAR_BELOW; k = ofp_next(k))
        visit(v, k);
}

void read_page(job *j)
{
    view v = { .j = j };
    v.author = ofp_meta_count(j->d, OFP_META_AUTHOR) > 0;
    v.date = ofp_meta_get(j->d, OFP_META_DATE).n > 0 &&
             ofp_meta_sure(ofp_meta_find(ofp_meta(j->d), OFP_STR("date"))) > 70;
    if (!v.author || !v.date)
        visit(&v, ofp_root(j->d));
    if (!v.date && v.anywhere.n)
        offer_date(j, OFP_META_DATE, v.anywhere, "text", OFP_SURE_GUESS + 5);
}
