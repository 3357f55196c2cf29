/* title_rules.c - the title by what the page states and the headings that it shows. */
#include "titles.h"

/* ---- headings ------------------------------------------------------------------------------- */

/* Without the link to the heading itself, whose text is a sign: "Knots ¶", but "Arrays in C#" is all text. */
static ofp_str heading_text(ofp_arena *a, const ofp_node *n)
{
    ofp_str s = ofp_arena_squeeze(a, ofp_plain_text(a, n));
    const ofp_node *last = ofp_last(n);
    if (!last || ofp_node_type(last) != OFP_LINK || !ofp_str_starts(ofp_url(last), OFP_STR("#")))
        return s;
    ofp_str sign = ofp_arena_squeeze(a, ofp_plain_text(a, last));
    bool ends = !ofp_str_words(sign) && ofp_str_ends(s, sign);
    return ends ? ofp_str_trim(ofp_str_sub(s, 0, s.n - sign.n)) : s;
}

void take_headings(job *j, titles *t)
{
    t->heads = ofp_arena_zalloc(j->a, MAX_HEADINGS, sizeof *t->heads);
    for (const ofp_node *n = ofp_root(j->d), *root = n; n && t->heads && t->nheads < MAX_HEADINGS; n = ofp_after(n, root)) {
        if (ofp_node_type(n) != OFP_HEAD)
            continue;
        ofp_str s = heading_text(j->a, n);
        t->heads[t->nheads++] = (heading){ .text = s, .words = ofp_str_words(s), .level = ofp_level(n) };
    }
}

/* "Fields | Handbook": a heading that is one side of the first bar. */
static bool is_part(const heading *h, ofp_str title)
{
    ofp_str rest, first = first_part(title, &rest);
    return rest.n && (h->level == 1 || h->words > 1) && (same_words(h->text, first) || same_words(h->text, rest));
}

static bool in_title(const heading *h, ofp_str title)
{
    return h->words > 1 && (same_words(h->text, title) ||
                            (h->words > 2 && ofp_str_ifind(title, h->text, 0) != SIZE_MAX && h->text.n * 5 >= title.n * 2));
}

/* Every way of writing it stands in the page somewhere; the visible heading is the title itself where a stated title
 * holds it.  Of the title's sides the later one is meant: the masthead comes first. */
static ofp_str matching_heading(const job *j, const titles *t, ofp_str title)
{
    ofp_str found = { 0 }, part = { 0 };
    for (const heading *h = t->heads; h < t->heads + t->nheads; h++) {
        if (h->level > 2 || h->words > 40)
            continue;
        if (is_part(h, title) && !names_site(j, h->text))
            part = h->text;
        else if (!found.n && in_title(h, title))
            found = h->text;
    }
    return part.n ? part : found;
}

/* The first-level heading, where there is one and it is not the masthead. */
static ofp_str first_heading(const job *j, const titles *t, bool only)
{
    ofp_str found = { 0 };
    for (const heading *h = t->heads; h < t->heads + t->nheads; h++) {
        if (h->level != 1 || h->words < 2 || h->words > 30 || same_words(h->text, ofp_meta_get(j->d, OFP_META_SITE)))
            continue;
        if (found.n && only && !same_words(found, h->text))
            return (ofp_str){ 0 };
        found = found.n ? found : h->text;
    }
    return found;
}

/* What the page's name and its main heading agree on: an encyclopedia's headline says what the thing is, a shop's
 * what is on offer. */
static ofp_str agreed_title(const job *j, const titles *t)
{
    ofp_str whole = fact_get(j, "title");
    const heading *found = NULL;
    for (const heading *h = t->heads; h < t->heads + t->nheads; h++) {
        if (h->level != 1)
            continue;
        if (found && !same_words(found->text, h->text))
            return (ofp_str){ 0 };
        found = h;
    }
    bool agree = found && is_part(found, whole) && same_words(found->text, matching_heading(j, t, whole));
    return agree && !is_placeholder_title(found->text) ? found->text : (ofp_str){ 0 };
}

/* ---- a stated title and the heading that it means ------------------------------------------------ */

/* At least a third of the longer words of a in b. */
static bool alike(ofp_str a, ofp_str b)
{
    unsigned words = 0, both = 0;
    for (ofp_str w; ofp_str_word(&a, &w);) {
        words += w.n > 3;
        both += w.n > 3 && ofp_str_ifind(b, ofp_str_sub(w, 0, w.n > 6 ? w.n - 2 : w.n), 0) != SIZE_MAX;
    }
    return both && both * 3 >= words;
}

/* "Shops may open: what changes" is the title in full; a new sentence or block behind it is something else. */
static bool goes_on(ofp_str longer, ofp_str title)
{
    ofp_str rest = ofp_str_sub(longer, title.n, SIZE_MAX), next = ofp_str_trim(rest);
    size_t at = 0;
    uint32_t cp = ofp_utf8_next(next, &at);
    return ofp_str_istarts(longer, title) && !ofp_is_digit(cp) && (!ofp_is_letter(cp) || ofp_to_lower(cp) == cp);
}

/* What readers see as the title is the heading: the stated one is written for search engines. */
static ofp_str visible_title(const job *j, const titles *t, ofp_str stated)
{
    ofp_str shown = matching_heading(j, t, stated);
    if (shown.n)
        return shown;
    shown = first_heading(j, t, true);
    if (!shown.n || !alike(shown, stated))
        return (ofp_str){ 0 };
    ofp_str site, alone = title_alone(j, stated, ofp_meta_get(j->d, OFP_META_SITE), (ofp_str){ 0 }, &site);
    bool holds = ofp_str_words(alone) >= 4 && shown.n > alone.n && ofp_str_ifind(shown, alone, 0) != SIZE_MAX;
    return holds && !goes_on(shown, alone) ? alone : shown;        /* "Trade Shops may open on Sundays" */
}

/* What stands beside the title is the site where it is short, or where the address says so: "Trailer shows the new edition" is
 * none. */
void offer_site(job *j, ofp_str beside)
{
    size_t words = ofp_str_words(beside);
    if (words && (words <= 4 || (words <= 6 && names_site(j, beside))))
        offer(j, OFP_META_SITE, beside, "title", OFP_SURE_FOUND);
}

static bool take_stated(job *j, const titles *t, ofp_str stated, const char *from, int sure, choice *out)
{
    ofp_str site, shown = visible_title(j, t, stated);
    ofp_str title = title_alone(j, stated, ofp_meta_get(j->d, OFP_META_SITE), shown, &site);
    if (shown.n)
        title = shown;
    if (is_placeholder_title(title) || same_words(title, ofp_meta_get(j->d, OFP_META_SITE)))
        return false;
    offer_site(j, site);
    *out = (choice){ title, from, sure };
    return true;
}

choice ruled_title(job *j, const titles *t)
{
    choice out = { agreed_title(j, t), "title", OFP_SURE_STATED };
    for (size_t i = 0; !out.title.n && i < nsources; i++) {
        ofp_str stated = sources[i].key == OFP_META_TITLE ? fact_of(j, &sources[i]) : (ofp_str){ 0 };
        if (stated.n && take_stated(j, t, stated, sources[i].fact.p, sources[i].sure, &out))
            return out;
    }
    ofp_str have = ofp_meta_get(j->d, OFP_META_TITLE), shown = first_heading(j, t, false);
    bool unseen = have.n && ofp_meta_sure(ofp_meta_find(ofp_meta(j->d), OFP_STR("title"))) == OFP_SURE_FOUND;
    if (out.title.n || (unseen && take_stated(j, t, have, "title", OFP_SURE_FOUND + 1, &out)))
        return out;
    return shown.n ? (choice){ shown, "h1", OFP_SURE_FOUND + 2 } : (choice){ have, "title", OFP_SURE_FOUND };
}
