/* text_title.c - which line of a text is its title. */
#include "text.h"
#include "trees.h"

#define MODEL "text_model.def"
#define COLUMNS_NOW NLINE_COLUMNS
#include "tree_rows.h"

enum { LAST_AFTER_START = 30, LAST_CRUMB = 150, MAX_WORDS = 32, MAX_BYTES = 300, TOLD_MOST = 40, FAR = 25, DOZEN = 12, OTHERS_UP_TO = 400 };

ofp_str crumb_end(ofp_str s, ofp_str *before)
{
    static const ofp_str bars[] = { { "»", 2 }, { "›", 3 }, { " > ", 3 }, { " / ", 3 }, { "→", 3 } };
    size_t best = SIZE_MAX, len = 0;
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        for (size_t k = 0; (k = ofp_str_find(s, bars[i], k)) != SIZE_MAX; k++)
            if (best == SIZE_MAX || k > best)
                best = k, len = bars[i].n;
    *before = best == SIZE_MAX ? (ofp_str){ 0 } : ofp_str_trim(ofp_str_sub(s, 0, best));
    return best == SIZE_MAX ? (ofp_str){ 0 } : ofp_str_trim(ofp_str_sub(s, best + len, SIZE_MAX));
}

static bool ends_a_crumb(const view *v, int i)
{
    for (int k = 0; k < v->n && k < LAST_CRUMB; k++)
        if (v->l[k].crumb.n && k != i && same_words(v->l[k].crumb, v->l[i].s))
            return true;
    return false;
}

void find_crumbs(view *v)
{
    for (int i = 0; i < v->n && i < LAST_CRUMB; i++) {
        ofp_str before, end = v->l[i].words <= 40 ? crumb_end(v->l[i].s, &before) : (ofp_str){ 0 };
        v->l[i].crumb = end.n > 8 ? end : (ofp_str){ 0 };
    }
}

bool any_near(const view *v, int from, int to, bool want_date)
{
    for (int i = from; i < to && i < v->n; i++)
        if (i >= 0 && (want_date ? v->l[i].dated : v->l[i].by))
            return true;
    return false;
}

/* ---- neighbours ------------------------------------------------------------------------------- */

static bool is_prose(const line *l) { return l->prose; }
static bool is_by(const line *l) { return l->by; }
static bool is_dated(const line *l) { return l->dated; }

/* Lines from i to the next such, downwards or upwards. */
static int16_t far_to(const view *v, int i, int way, bool (*is)(const line *))
{
    for (int k = 1; k < FAR && i + k * way >= 0 && i + k * way < v->n; k++)
        if (is(&v->l[i + k * way]))
            return (int16_t)k;
    return FAR;
}

static int16_t shorts(const view *v, int i, int way)
{
    int16_t n = 0;
    for (i += way; n < DOZEN && i >= 0 && i < v->n && v->l[i].words <= 4 && !v->l[i].ends; i += way)
        n++;
    return n;
}

static int16_t prose_ahead(const view *v, int i)
{
    int16_t n = 0;
    for (int k = i + 1; k <= i + DOZEN && k < v->n; k++)
        n += v->l[k].prose;
    return n;
}

static bool has_capitals(ofp_str s)
{
    int upper = 0, words = 0;
    for (ofp_str w; ofp_str_word(&s, &w); words++) {
        size_t at = 0;
        upper += ofp_is_upper(ofp_utf8_next(w, &at));
    }
    return upper * 10 >= words * 7;
}

/* A line that goes on about what the line above names. */
static bool is_deck(const view *v, int i)
{
    if (i < 1 || i >= v->n)
        return false;
    const line *l = &v->l[i], *up = l - 1;
    bool name = up->words >= 2 && up->words < l->words && !up->prose && !up->ends && !up->by;
    return name && l->words >= 8 && l->words <= 60 && !l->by && !l->dated && !has_capitals(l->s);
}

static int16_t words_of_line(const view *v, int i) { return (int16_t)(i >= 0 && i < v->n ? v->l[i].words < 99 ? v->l[i].words : 99 : 0); }

static void note_neighbours(const view *v, int i, int16_t *x)
{
    x[LINE_PROSE_AHEAD] = prose_ahead(v, i);
    x[LINE_PROSE_NEXT] = far_to(v, i, 1, is_prose);
    x[LINE_PROSE_ABOVE] = far_to(v, i, -1, is_prose);
    x[LINE_BY_NEXT] = far_to(v, i, 1, is_by);
    x[LINE_BY_ABOVE] = far_to(v, i, -1, is_by);
    x[LINE_DATE_NEXT] = far_to(v, i, 1, is_dated);
    x[LINE_DATE_ABOVE] = far_to(v, i, -1, is_dated);
    x[LINE_SHORT_ABOVE] = shorts(v, i, -1);
    x[LINE_SHORT_BELOW] = shorts(v, i, 1);
    x[LINE_WORDS_ABOVE] = words_of_line(v, i - 1);
    x[LINE_WORDS_BELOW] = words_of_line(v, i + 1);
    x[LINE_SENTENCE_BELOW] = i + 1 < v->n && v->l[i + 1].ends && !v->l[i + 1].prose;
    x[LINE_DECK] = is_deck(v, i);
    x[LINE_OVER_DECK] = is_deck(v, i + 1);
    x[LINE_DOUBLED] = i && v->l[i - 1].hash == v->l[i].hash;
}

/* ---- what it is like, and its words ------------------------------------------------------------- */

static void note_line(const line *l, int16_t *x)
{
    x[LINE_WORDS] = (int16_t)l->words;
    x[LINE_CAPITALS] = has_capitals(l->s);
    x[LINE_HEADING] = l->heading;
    x[LINE_ITEM] = l->item;
    x[LINE_ENDS] = l->ends && !l->question;
    x[LINE_QUESTION] = l->question;
    x[LINE_COLON] = last_cp(l->s) == ':';
    x[LINE_PROSE] = l->prose;
    x[LINE_DATED] = l->dated;
    x[LINE_REPEATS] = (int16_t)(l->repeats < 9 ? l->repeats : 9);
    x[LINE_SHARED] = (int16_t)l->shared;
    x[LINE_EARLY] = (int16_t)l->early;
    x[LINE_OFTEN] = (int16_t)l->often;
    x[LINE_CORE] = (int16_t)l->core;
    x[LINE_NUMBERED] = ofp_is_digit((unsigned char)l->s.p[0]) && ofp_str_find(ofp_str_sub(l->s, 0, 4), OFP_STR(". "), 0) != SIZE_MAX;
}

/* What the words of the lines up to last share with the article. */
static void take_words(const view *v, int last)
{
    for (line *l = v->l; l < v->l + last && l < v->l + v->n; l++) {
        int content = 0, once = 0, early = 0;
        ofp_str rest = l->words <= MAX_WORDS ? l->s : (ofp_str){ 0 };
        for (ofp_str w; take_word(&rest, &w);) {
            bool soon;
            int count = count_of(v, w, &soon);
            early += soon;
            content += count >= 0, once += count > 0, l->often += count > 2, l->core += w.n > 4 && count > 2 && count * 2 >= v->most;
        }
        l->shared = content ? 100 * once / content : -1;
        l->early = content ? 100 * early / content : -1;
        l->good = l->words >= 3 && l->words <= MAX_WORDS && !l->prose && !l->item && (!l->ends || l->question) && l->shared > 33 && l->often;
    }
}

/* The words of the last part of the address: "/2026/ferry-comes-back.html". */
static void note_address(const view *v, ofp_str s, int16_t *x)
{
    ofp_str rest = ofp_url_path(ofp_meta_get(v->j->d, OFP_META_URL)), part, slug = { 0 }, word;
    int words = 0, there = 0, bytes = 0;
    while (ofp_str_split(&rest, '/', &part))
        slug = ofp_str_find(part, OFP_STR("-"), 0) != SIZE_MAX ? part : slug;
    while (ofp_str_split(&slug, '-', &word)) {
        bool has = word.n > 2 && ofp_str_ifind(s, word, 0) != SIZE_MAX;
        words += word.n > 2;
        there += has;
        bytes += has ? (int)word.n + 1 : 0;
    }
    x[LINE_SLUG_HELD] = (int16_t)(words < 2 ? -1 : 100 * there / words);
    x[LINE_SLUG_SHARE] = (int16_t)(words < 2 ? -1 : 100 * bytes / (int)(s.n + 1));
}

/* ---- other lines ------------------------------------------------------------------------------------ */

static bool ends_with(ofp_str longer, ofp_str s)
{
    return longer.n > s.n && s.n > 8 && longer.p[longer.n - 1] == s.p[s.n - 1] && ofp_str_ends(longer, s);
}

/* "Slipways and..." of "Slipways and quays" */
static bool shortens(ofp_str shorter, ofp_str s)
{
    static const ofp_str dots[] = { { "...", 3 }, { "…", 3 } };
    if (shorter.n <= 12 || shorter.p[0] != s.p[0])
        return false;
    for (size_t d = 0; d < sizeof dots / sizeof *dots; d++)
        if (ofp_str_ends(shorter, dots[d]))
            return ofp_str_starts(s, ofp_str_trim(ofp_str_sub(shorter, 0, shorter.n - dots[d].n)));
    return false;
}

/* "Home Slipways and quays" ends with "Slipways and quays". */
static void note_others(const view *v, int i, int16_t *x)
{
    ofp_str s = v->l[i].s;
    for (int k = 0; k < v->n && k < OTHERS_UP_TO; k++) {
        ofp_str o = v->l[k].s;
        if (k == i || v->l[k].words > MAX_WORDS)
            continue;
        x[LINE_GLUED] |= ends_with(o, s);
        x[LINE_HOLDS] |= ends_with(s, o) && v->l[k].words > 2;
        x[LINE_SHORTENED] |= shortens(o, s);
    }
    x[LINE_CRUMB] = ends_a_crumb(v, i);
}

/* ---- the choice ------------------------------------------------------------------------------------ */

static bool may_be_title(const line *l)
{
    ofp_str before;
    return l->words <= MAX_WORDS && l->s.n <= MAX_BYTES && !l->by && !crumb_end(l->s, &before).n;
}

static size_t prose_words(const view *v, int from, int to)
{
    size_t n = 0;
    for (int i = from; i < to; i++)
        n += v->l[i].prose ? v->l[i].words : 0;
    return n;
}

/* What may be the title stands near the first paragraph, or where less than half of the article has been told: a notice
 * may come before the article. */
static int last_candidate(const view *v)
{
    size_t all = prose_words(v, v->start, v->end), told = 0;
    int i = v->start;
    while (i < v->end && (i < v->start + LAST_AFTER_START || told * 100 < all * TOLD_MOST)) {
        told += v->l[i].prose ? v->l[i].words : 0;
        i++;
    }
    return i;
}

text_title *text_titles(const view *v, int *n)
{
    int last = last_candidate(v);
    bool good = false;
    unsigned most = 0;
    size_t all = prose_words(v, 0, v->n) + 1, told = 0;
    text_title *out = ofp_arena_zalloc(v->j->a, (size_t)last + 1, sizeof *out);
    *n = 0;
    take_words(v, last + 1);
    for (int i = 0; out && i < last; i++) {
        const line *l = &v->l[i];
        int16_t *x = out[*n].x;
        if (may_be_title(l)) {
            out[(*n)++].line = i;
            x[LINE_PLACE] = (int16_t)(i - v->start > -999 ? i - v->start : -999);
            x[LINE_TOP] = (int16_t)(i < 999 ? i : 999);
            x[LINE_TOLD] = (int16_t)(100 * told / all);
            x[LINE_LONGEST] = !l->prose && l->words > most;
            x[LINE_GOOD] = (int16_t)(l->good + (l->good && !good));
            x[LINE_GOOD_ABOVE] = i && l[-1].good;
            x[LINE_GOOD_BELOW] = i + 1 < v->n && l[1].good;
            note_line(l, x);
            note_neighbours(v, i, x);
            note_others(v, i, x);
            note_address(v, l->s, x);
        }
        most = !l->prose && l->words > most ? l->words : most;
        good |= l->good;
        told += l->prose ? l->words : 0;
    }
    return out;
}

/* A text may have no title, as an article without its page.  Few that are right score less. */
enum { LEAST_SCORE = 40 };

void find_text_title(view *v)
{
    int n, most = LEAST_SCORE, next = LEAST_SCORE, best = -1;
    const text_title *all = text_titles(v, &n);
    for (int i = 0; all && i < n; i++) {
        int score = trees_score(rows, sizeof rows / sizeof *rows, all[i].x);
        if (score > most)
            next = most, most = score, best = all[i].line;
        else if (score > next)
            next = score;
    }
    if (best < 0)
        return;
    v->title = best;
    const ofp_node *have = ofp_meta_find(ofp_meta(v->j->d), OFP_STR("title"));
    if (have && ofp_meta_sure(have) >= OFP_SURE_STATED)    /* in its head, however sure the line is */
        return;
    int sure = likelihood(most - next);
    offer(v->j, OFP_META_TITLE, v->l[best].s, "text", sure > OFP_SURE_GUESS ? sure : OFP_SURE_GUESS);
}
