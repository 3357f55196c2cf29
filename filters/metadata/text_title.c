/* text_title.c - which line of a text is its title. */
#include "text.h"

enum { LAST_AFTER_START = 30, LAST_CRUMB = 150, MAX_WORDS = 32, MAX_BYTES = 300, LEAST_SURE = -250 };

static const int16_t weights[] = {
#define AUTHOR(id, weight)
#define DATE(id, weight)
#define LINE(id, weight) weight,
#include "signs.def"
#undef AUTHOR
#undef DATE
#undef LINE
};

const char *const line_names[] = {
#define AUTHOR(id, weight)
#define DATE(id, weight)
#define LINE(id, weight) #id,
#include "signs.def"
#undef AUTHOR
#undef DATE
#undef LINE
};

#define SIGN(s) (UINT64_C(1) << (s))

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
    for (int k = 0; k < v->n && k < 150; k++) {
        ofp_str before, end = v->l[k].words <= 40 && k != i ? crumb_end(v->l[k].s, &before) : (ofp_str){ 0 };
        if (end.n > 8 && same_words(end, v->l[i].s))
            return true;
    }
    return false;
}

bool any_near(const view *v, int from, int to, bool want_date)
{
    for (int i = from; i < to && i < v->n; i++)
        if (i >= 0 && (want_date ? v->l[i].dated : v->l[i].by))
            return true;
    return false;
}

static bool prose_near(const view *v, int from, int to)
{
    for (int i = from > 0 ? from : 0; i < to; i++)
        if (v->l[i].prose)
            return true;
    return false;
}

/* ---- what a line is like ---------------------------------------------------------------------- */

/* The first step that n does not exceed gives the sign; the signs of the steps follow each other. */
static uint64_t step(int n, const int *steps, int nsteps, enum line_sign first)
{
    int i = 0;
    while (i < nsteps && n > steps[i])
        i++;
    return SIGN((int)first + i);
}

static uint64_t place_signs(const view *v, int i)
{
    static const int above[] = { 2, 5, 10, 20 }, below[] = { 0, 5, 12 };
    uint64_t signs = i <= 1 ? SIGN(LINE_TOP) : 0;
    if (i >= v->start)
        return signs | step(i - v->start, below, 3, LINE_AT_START);
    return signs | step(v->start - i, above, 4, LINE_ABOVE_2);
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

static uint64_t word_signs(const view *v, const line *l)
{
    static const int sizes[] = { 1, 2, 4, 8, 15 }, shares[] = { 0, 33, 66 }, oftens[] = { 0, 1, 2 }, cores[] = { 0, 1 };
    int content = 0, once = 0, often = 0, core = 0, early = 0;
    ofp_str rest = l->s;
    for (ofp_str w; ofp_str_word(&rest, &w);) {
        int count = count_of(v, w);
        early += is_early(v, w);
        content += count >= 0, once += count > 0, often += count > 2, core += w.n > 4 && count > 2 && count * 2 >= v->most;
    }
    return step((int)l->words, sizes, 5, LINE_WORDS_1) | step(content ? 100 * once / content : 0, shares, 3, LINE_SHARED_0) |
           step(often, oftens, 3, LINE_OFTEN_0) | step(core, cores, 2, LINE_CORE_0) | (has_capitals(l->s) ? SIGN(LINE_CAPITALS) : 0) |
           (early * 2 > content ? SIGN(LINE_EARLY_MOST) : early > 1 ? SIGN(LINE_EARLY) : 0);
}

/* A line that speaks of what the prose speaks of, as titles and headings do. */
static bool is_good(const view *v, int i)
{
    const line *l = &v->l[i];
    if (l->words < 3 || l->prose || l->item || (l->ends && !l->question))
        return false;
    uint64_t signs = word_signs(v, l);
    return signs & (SIGN(LINE_SHARED_2) | SIGN(LINE_SHARED_3)) && !(signs & SIGN(LINE_OFTEN_0));
}

static uint64_t own_signs(const line *l)
{
    uint64_t signs = l->heading ? SIGN(LINE_HEADING) : 0;
    signs |= l->item ? SIGN(LINE_ITEM) : 0;
    signs |= l->ends && !l->question ? SIGN(LINE_ENDS) : 0;
    signs |= l->question ? SIGN(LINE_QUESTION) : 0;
    signs |= last_cp(l->s) == ':' ? SIGN(LINE_COLON) : 0;
    signs |= l->prose ? SIGN(LINE_PROSE) : 0;
    signs |= l->dated ? SIGN(LINE_DATED) : 0;
    signs |= l->repeats == 2 ? SIGN(LINE_TWICE) : l->repeats > 2 ? SIGN(LINE_OFTEN) : 0;
    return signs | (ofp_is_digit((unsigned char)l->s.p[0]) && ofp_str_find(ofp_str_sub(l->s, 0, 4), OFP_STR(". "), 0) != SIZE_MAX ? SIGN(LINE_NUMBERED) : 0);
}

static bool is_short(const view *v, int i) { return i < 0 || i >= v->n || (v->l[i].words <= 4 && !v->l[i].ends); }

/* A line that goes on about what the line above names. */
static bool is_deck(const view *v, int i)
{
    if (i < 1 || i >= v->n)
        return false;
    const line *l = &v->l[i], *up = l - 1;
    bool name = up->words >= 2 && up->words < l->words && !up->prose && !up->ends && !up->by;
    return name && l->words >= 8 && l->words <= 60 && !l->by && !l->dated && !has_capitals(l->s);
}

static uint64_t neighbour_signs(const view *v, int i)
{
    uint64_t signs = i && v->l[i - 1].hash == v->l[i].hash ? SIGN(LINE_DOUBLED) : 0;
    signs |= any_near(v, i + 1, i + 3, false) ? SIGN(LINE_BY_NEXT) : any_near(v, i + 3, i + 7, false) ? SIGN(LINE_BY_SOON) : 0;
    signs |= any_near(v, i + 1, i + 3, true) ? SIGN(LINE_DATE_NEXT) : any_near(v, i + 3, i + 7, true) ? SIGN(LINE_DATE_SOON) : 0;
    signs |= any_near(v, i - 6, i, false) ? SIGN(LINE_BY_BEFORE) : 0;
    signs |= any_near(v, i - 6, i, true) ? SIGN(LINE_DATE_BEFORE) : 0;
    signs |= i + 1 < v->n && v->l[i + 1].ends && !v->l[i + 1].prose ? SIGN(LINE_SENTENCE_NEXT) : 0;
    signs |= i && is_good(v, i - 1) ? SIGN(LINE_AFTER_GOOD) : 0;
    signs |= i + 1 < v->n && v->l[i + 1].prose ? SIGN(LINE_PROSE_NEXT) : i + 2 < v->n && v->l[i + 2].prose ? SIGN(LINE_PROSE_SOON) : 0;
    signs |= i && v->l[i - 1].prose ? SIGN(LINE_PROSE_ABOVE) : prose_near(v, i - 10, i) ? SIGN(LINE_PROSE_BEFORE) : 0;
    signs |= (is_deck(v, i) ? SIGN(LINE_DECK) : 0) | (is_deck(v, i + 1) ? SIGN(LINE_OVER_DECK) : 0);
    signs |= is_short(v, i - 1) && is_short(v, i - 2) && is_short(v, i - 3) ? SIGN(LINE_SHORT_BEFORE) : 0;
    signs |= is_short(v, i + 1) && is_short(v, i + 2) ? SIGN(LINE_SHORT_AFTER) : 0;
    return signs | (ends_a_crumb(v, i) ? SIGN(LINE_CRUMB) : 0);
}

/* The words of the last part of the address that are in the line: "/2026/ferry-comes-back.html". */
static uint64_t address_signs(const view *v, ofp_str s)
{
    ofp_str rest = ofp_url_path(ofp_meta_get(v->j->d, OFP_META_URL)), part, slug = { 0 }, word;
    int words = 0, there = 0;
    while (ofp_str_split(&rest, '/', &part))
        slug = ofp_str_find(part, OFP_STR("-"), 0) != SIZE_MAX ? part : slug;
    while (ofp_str_split(&slug, '-', &word)) {
        words += word.n > 2;
        there += word.n > 2 && ofp_str_ifind(s, word, 0) != SIZE_MAX;
    }
    return words < 2 ? 0 : there * 10 >= words * 8 ? SIGN(LINE_ADDRESS) : there * 2 >= words ? SIGN(LINE_ADDRESS_HALF) : 0;
}

static uint64_t line_signs(const view *v, int i)
{
    ofp_str before;
    const line *l = &v->l[i];
    if (l->words > MAX_WORDS || l->s.n > MAX_BYTES || l->by || crumb_end(l->s, &before).n)
        return 0;
    return SIGN(LINE_BASE) | place_signs(v, i) | word_signs(v, l) | own_signs(l) | neighbour_signs(v, i) | address_signs(v, l->s);
}

/* ---- the choice ------------------------------------------------------------------------------------ */

uint64_t *title_signs(const view *v, int *n)
{
    bool good = false, longest = false;
    unsigned most = 0;
    *n = v->start + LAST_AFTER_START < v->end ? v->start + LAST_AFTER_START : v->end;
    uint64_t *signs = ofp_arena_zalloc(v->j->a, (size_t)*n + 1, sizeof *signs);
    for (int i = 0; signs && i < *n; i++) {
        signs[i] = line_signs(v, i);
        if (!signs[i])
            continue;
        bool now = is_good(v, i);
        longest = !v->l[i].prose && v->l[i].words > most;
        most = longest ? v->l[i].words : most;
        signs[i] |= (now ? good ? SIGN(LINE_GOOD_LATER) : SIGN(LINE_GOOD_FIRST) : 0) | (longest ? SIGN(LINE_LONGEST) : 0);
        good |= now;
    }
    return signs;
}

void find_text_title(view *v)
{
    int n, best = LEAST_SURE;
    const uint64_t *signs = title_signs(v, &n);
    for (int i = 0; signs && i < n; i++) {
        int score = 0;
        for (int k = 0; k < NLINE_SIGNS; k++)
            score += signs[i] >> k & 1 ? weights[k] : 0;
        if (signs[i] && score > best)
            best = score, v->title = i;
    }
    int sure = likelihood(best);
    if (v->title >= 0)
        offer(v->j, OFP_META_TITLE, v->l[v->title].s, "text", sure > OFP_SURE_GUESS ? sure : OFP_SURE_GUESS);
}
