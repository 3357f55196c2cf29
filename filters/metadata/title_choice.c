/* title_choice.c - of all that may be a page's title the likeliest, as boosted trees have learnt to tell. */
#include "titles.h"
#include "trees.h"

#define MODEL "titles_model.def"
#define COLUMNS_NOW NTITLE_COLUMNS
#include "tree_rows.h"

/* What the rules choose stays where there is nothing else, or nothing likelier. */
static choice likeliest_title(job *j, const titles *t, choice ruled)
{
    candidate *all = ofp_arena_zalloc(j->a, MAX_TITLES, sizeof *all), *best = NULL;
    size_t n = all ? gather_titles(j, t, ruled.title, all) : 0;
    int most = 0, next = 0;
    if (n < 2 || (ruled.title.n && *all->from))             /* one too long to be compared */
        return ruled;
    for (candidate *c = all; c < all + n; c++) {
        int score = trees_score(rows, sizeof rows / sizeof *rows, c->x);
        if (!best || score > most)
            next = best ? most : score - 1000, most = score, best = c;
        else if (score > next)
            next = score;
    }
    int sure = likelihood(most - next);
    return (choice){ best->text, *best->from ? best->from : ruled.from, sure > OFP_SURE_FOUND ? sure : OFP_SURE_FOUND + 1 };
}

/* "The ferry comes back | The Harbour Post": what the page's name has beside the title. */
static void name_site_by_title(job *j)
{
    ofp_str site, title = ofp_meta_get(j->d, OFP_META_TITLE), whole = fact_get(j, "title");
    ofp_str alone = title_alone(j, whole, ofp_meta_get(j->d, OFP_META_SITE), title, &site);
    if (same_words(alone, title))
        offer_site(j, site);
}

void find_title(job *j)
{
    titles t = { 0 };
    take_headings(j, &t);
    choice ruled = ruled_title(j, &t), c = likeliest_title(j, &t, ruled);
    j->ruled = ruled.title;
    offer(j, OFP_META_TITLE, c.title, c.from, c.sure);
    name_site_by_title(j);
}
