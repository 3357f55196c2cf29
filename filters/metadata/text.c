/* text.c - title, byline, date, section and site of a text without mark-up, a page's dump above all. */
#include "text.h"
#include <string.h>

/* ---- lines ------------------------------------------------------------------------------- */

uint32_t last_cp(ofp_str s)
{
    while (s.n) {
        size_t at = s.n;
        uint32_t cp = ofp_utf8_prev(s, &at);
        if (cp != '"' && cp != '\'' && cp != ')' && cp != ']' && cp != 0x201d && cp != 0x2019 && cp != 0xbb)
            return cp;
        s.n = at;
    }
    return 0;
}

/* ---- words, also where there are no blanks between them --------------------------------------------- */

/* The character at i is of a script without blanks between words. */
static bool runs_on(ofp_str s, size_t i, size_t *end)
{
    *end = i;
    uint32_t cp = i < s.n ? ofp_utf8_next(s, end) : 0;
    return cp > 0x2e00 && ofp_is_cjk(cp) && !(cp >= 0xac00 && cp <= 0xd7af);
}

/* In Chinese and Japanese any two characters beside each other are looked at as a word. */
bool take_word(ofp_str *rest, ofp_str *word)
{
    ofp_str s = ofp_str_trim(*rest);
    size_t end, next;
    if (!s.n)
        return false;
    if (runs_on(s, 0, &end)) {
        bool pair = runs_on(s, end, &next);
        *word = ofp_str_sub(s, 0, pair ? next : end);
        *rest = ofp_str_sub(s, end, SIZE_MAX);
        return true;
    }
    ofp_str_word(&s, word);
    for (size_t i = 0; i < word->n; i = end)
        if (runs_on(*word, i, &end)) {
            s = (ofp_str){ word->p + i, (size_t)(s.p + s.n - word->p) - i };
            *word = ofp_str_sub(*word, 0, i);
        }
    *rest = s;
    return true;
}

static unsigned count_words_of(ofp_str s)
{
    unsigned words = 0, pairs = 0;
    for (ofp_str w; take_word(&s, &w);) {
        size_t end;
        bool pair = runs_on(w, 0, &end);
        words += !pair, pairs += pair;
    }
    return words + (pairs + 1) / 2;
}

static void add_line(view *v, const ofp_node *n, bool item)
{
    ofp_str s = ofp_arena_squeeze(v->j->a, ofp_plain_text(v->j->a, n));
    line *l = &v->l[v->n];
    l->words = count_words_of(s);
    if (!l->words)
        return;
    uint32_t last = last_cp(s);
    l->s = s;
    l->hash = fold_hash(s);
    l->ends = last == '.' || last == '!' || last == '?' || last == 0x2026 || last == 0x3002 || last == 0xff01 || last == 0xff1f;
    l->question = last == '?' || last == '!';
    l->prose = (l->words >= 12 && l->ends && !l->question) || l->words >= 28;
    l->dated = l->words <= 30 && ofp_date_find(s, NULL, NULL, NULL);
    l->by = l->words <= 25 && by_prefix(v->j, s);
    l->item = item;
    l->heading = ofp_node_type(n) == OFP_HEAD;
    v->seen += l->words;
    v->n++;
}

/* What is said of a text stands near its beginning.  A longer one is no page, and has no foot that would say more. */
enum { MOST_WORDS = 150000 };

static void collect(view *v, const ofp_node *n, bool item)
{
    for (const ofp_node *k = ofp_first(n); k && v->seen < MOST_WORDS; k = ofp_next(k))
        if (ofp_holds_inlines(k))
            add_line(v, k, item);
        else
            collect(v, k, item || ofp_node_type(k) == OFP_ITEM);
}

static void count_repeats(view *v)
{
    size_t slots = 16;
    while (slots < (size_t)v->n * 2)
        slots *= 2;
    int *t = ofp_arena_zalloc(v->j->a, slots, sizeof *t);
    for (int i = 0; t && i < v->n; i++) {
        size_t h = v->l[i].hash & (slots - 1);
        while (t[h] && v->l[t[h] - 1].hash != v->l[i].hash)
            h = (h + 1) & (slots - 1);
        t[h] = t[h] ? t[h] : i + 1;
        v->l[t[h] - 1].repeats++;
        v->l[i].repeats = v->l[t[h] - 1].repeats;
    }
}

enum { PROSE_WORTH = 80, SENTENCE_WORTH = 20, GAP_COST = 3, GAP_LIMIT = 120 };

/* In half words.  However many menus and lists stand between paragraphs, they do not part an article. */
static int worth(const line *l, int lost)
{
    if (l->prose)
        return 2 * (int)(l->words < PROSE_WORTH ? l->words : PROSE_WORTH);
    if (l->ends && l->words >= 5)
        return (int)(l->words < SENTENCE_WORTH ? l->words : SENTENCE_WORTH);
    return lost < GAP_LIMIT ? -GAP_COST : 0;
}

/* The lines that are worth most, from their first paragraph on. */
static void find_run(view *v)
{
    int best = 0, sum = 0, from = 0, lost = 0;
    for (int i = 0; i < v->n; i++) {
        int w = worth(&v->l[i], lost);
        lost = w > 0 ? 0 : lost - w;
        if (sum <= 0)
            sum = 0, from = i;
        sum += w;
        if (sum > best)
            best = sum, v->start = from, v->end = i + 1;
    }
    while (v->start + 1 < v->end && !v->l[v->start].prose)
        v->start++;
}

/* ---- the words of the article -------------------------------------------------------------- */

static size_t word_slot(const view *v, uint32_t h)
{
    size_t i = h & (v->slots - 1);
    while (v->words[i] && v->words[i] != h)
        i = (i + 1) & (v->slots - 1);
    return i;
}

static bool is_content_word(ofp_str w) { return w.n > 3; }

int count_of(const view *v, ofp_str word, bool *early)
{
    size_t k = is_content_word(word) ? word_slot(v, fold_hash(word)) : 0;
    *early = is_content_word(word) && v->early[k];
    return is_content_word(word) ? v->counts[k] : -1;
}

static bool count_words(view *v)
{
    size_t total = 1;
    for (int i = v->start; i < v->end; i++)
        total += v->l[i].words * 2 + 8;
    for (v->slots = 64; v->slots < total * 3;)
        v->slots *= 2;
    v->words = ofp_arena_zalloc(v->j->a, v->slots, sizeof *v->words);
    v->counts = ofp_arena_zalloc(v->j->a, v->slots, 1);
    v->early = ofp_arena_zalloc(v->j->a, v->slots, sizeof *v->early);
    int proses = 0;
    for (int i = v->start; v->words && v->counts && v->early && i < v->end; i++) {
        ofp_str rest = v->l[i].s;
        proses += v->l[i].prose;
        for (ofp_str w; v->l[i].prose && take_word(&rest, &w);)
            if (is_content_word(w) && total--) {
                size_t k = word_slot(v, fold_hash(w));
                v->words[k] = fold_hash(w);
                v->counts[k] = (uint8_t)(v->counts[k] < UINT8_MAX ? v->counts[k] + 1 : UINT8_MAX);
                v->early[k] |= proses <= 2;
                v->most = w.n > 4 && v->counts[k] > v->most ? v->counts[k] : v->most;
            }
    }
    return v->words && v->counts && v->early;
}

/* ---- byline --------------------------------------------------------------------------------- */

/* "AnukritiBy AnukritiFebruary 19, 2026": inline elements side by side lose the space between. */
static ofp_str glued_name(ofp_str s)
{
    for (size_t at = 0; (at = ofp_str_find(s, OFP_STR("By "), at)) != SIZE_MAX; at++) {
        ofp_str name = ofp_str_trim(ofp_str_sub(s, 0, at)), rest = ofp_str_sub(s, at + 3, SIZE_MAX);
        if (at >= 3 && at <= 60 && name.n >= 3 && ofp_str_starts(rest, name))
            return name;
    }
    return (ofp_str){ 0 };
}

/* A "By " inside the line, after a bar or glued to a small letter. */
static ofp_str inner_byline(ofp_str s)
{
    for (size_t at = 0; (at = ofp_str_find(s, OFP_STR("By "), at)) != SIZE_MAX; at++) {
        char before = at ? s.p[at - 1] : ' ';
        if (at && (before == ' ' || (before >= 'a' && before <= 'z')))
            return ofp_str_sub(s, at, SIZE_MAX);
    }
    return (ofp_str){ 0 };
}

static bool try_byline(view *v, int i)
{
    ofp_str names[MAX_PEOPLE], s = v->l[i].s, glued = glued_name(s), inner = inner_byline(s);
    if (v->l[i].words > 45 || i == v->title)
        return false;
    if (glued.n)
        return offer_people(v->j, &glued, 1, "byline", 62);
    size_t n = by_prefix(v->j, s) ? people_in_line(v->j, s, false, names) : 0;
    if (!n && inner.n && v->l[i].words <= 30)
        n = people_in_line(v->j, inner, false, names);
    if (!n && by_prefix(v->j, ofp_arena_printf(v->j->a, "%.*s ", (int)s.n, s.p)) >= s.n && i + 1 < v->n && is_person(v->j, v->l[i + 1].s))
        names[n++] = v->l[i + 1].s;
    return n && offer_people(v->j, names, n, "byline", 60);
}

/* "NAME - DATE" in one line, a bare name below the title or beside a date. */
static bool try_bare_name(view *v, int i)
{
    const line *l = &v->l[i];
    size_t at;
    if (l->words <= 16 && ofp_date_find(l->s, NULL, &at, NULL) && at > 4) {
        ofp_str head = ofp_str_trim(ofp_str_sub(l->s, 0, at));
        while (head.n && strchr("-|, ", head.p[head.n - 1]))
            head.n--;
        if (is_person(v->j, head))
            return offer_people(v->j, &head, 1, "byline", 56);
    }
    bool near = i == v->title + 1 || any_near(v, i - 2, i + 3, true);
    return near && !l->ends && !l->item && l->repeats <= 2 && is_person(v->j, l->s) && offer_people(v->j, &l->s, 1, "name", 52);
}

static void find_text_author(view *v)
{
    int from = v->title >= 0 ? v->title : v->start > 8 ? v->start - 8 : 0;
    int to = (v->start > from ? v->start : from) + 4;
    to = to < v->n ? to : v->n;
    for (int i = from; i < to; i++)
        if (try_byline(v, i))
            return;
    for (int i = from > 4 ? from - 4 : 0; i < from; i++)
        if (try_byline(v, i))
            return;
    for (int i = v->title + 1; v->title >= 0 && i < to && i <= v->start; i++)
        if (try_bare_name(v, i))
            return;
    for (int i = v->end > 3 ? v->end - 3 : 0; i < v->n && i < v->end + 15; i++)
        if (v->l[i].words <= 8 && by_prefix(v->j, v->l[i].s) && try_byline(v, i))
            return;
}

/* ---- date --------------------------------------------------------------------------------- */

/* In 1/20: near the title is best, words before the date tell which date it is. */
static int date_score(const view *v, int i, int from, ofp_str before)
{
    int s = i >= from && i <= v->start + 1 ? 60 : i < from ? 40 : i >= v->end - 2 ? 12 : 30;
    bool published = says_published(before);
    bool updated = says_updated(before);
    s += published * 20 - (updated && !published) * 28 + v->l[i].by * 10 - (v->l[i].words > 14) * 16;
    s -= (ofp_str_find(v->l[i].s, OFP_STR("©"), 0) != SIZE_MAX || ofp_str_ifind(v->l[i].s, OFP_STR("copyright"), 0) != SIZE_MAX) * 60;
    return s - (i > from ? i - from : from - i);
}

static void find_text_date(view *v)
{
    int from = v->title >= 0 ? v->title : v->start > 8 ? v->start - 8 : 0, best = 0;
    int after = v->end > v->start + 4 ? v->end - 2 : v->end;
    ofp_date found = { 0 };
    for (int i = from > 6 ? from - 6 : 0; i < v->n && i < v->end + 12; i = i == (v->start > from ? v->start : from) + 3 && i < after ? after : i + 1) {
        ofp_date date;
        size_t at;
        if (v->l[i].words > 40 || !ofp_date_find(v->l[i].s, &date, &at, NULL) || date.year < 1990 || date.year > 2100 || !date.day)
            continue;
        int s = date_score(v, i, from, ofp_str_sub(v->l[i].s, at > 40 ? at - 40 : 0, at > 40 ? 40 : at));
        if (s > best)
            best = s, found = date;
    }
    if (best)
        offer(v->j, OFP_META_DATE, ofp_date_iso(v->j->a, &found), "text", 58);
}

/* ---- section and site ------------------------------------------------------------------------ */

/* "News 2" before "Comments": the number is the count's. */
static ofp_str without_count(ofp_str s)
{
    size_t n = s.n;
    while (n && s.p[n - 1] >= '0' && s.p[n - 1] <= '9')
        n--;
    return n < s.n && n && s.p[n - 1] == ' ' ? ofp_str_trim(ofp_str_sub(s, 0, n)) : s;
}

/* What stands between the date and the count of comments in a byline of one line. */
static void find_section(view *v)
{
    static const ofp_str ends[] = { { "No Comments", 11 }, { "Comments", 8 }, { "Leave a", 7 }, { "Add Comment", 11 }, { "Min", 3 } };
    for (int i = v->title + 1; v->title >= 0 && i < v->n && i <= v->title + 4; i++) {
        size_t at, len, end = SIZE_MAX;
        if (!ofp_date_find(v->l[i].s, NULL, &at, &len))
            continue;
        ofp_str rest = ofp_str_sub(v->l[i].s, at + len, SIZE_MAX);
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            size_t e = ofp_str_find(rest, ends[k], 0);
            end = e < end ? e : end;
        }
        ofp_str s = without_count(ofp_str_trim(ofp_str_sub(rest, 0, end)));
        size_t first = 0;
        if (end != SIZE_MAX && s.n && s.n < 40 && ofp_str_words(s) <= 4 && ofp_is_upper(ofp_utf8_next(s, &first)))
            offer(v->j, OFP_META_SECTION, s, "byline", OFP_SURE_FOUND);
    }
    for (int i = 0; i <= v->title; i++) {
        ofp_str before, above, end = crumb_end(v->l[i].s, &before);
        if (!end.n || !same_words(end, v->l[v->title].s))
            continue;
        above = crumb_end(before, &end);
        if (above.n && ofp_str_words(above) <= 4)
            offer(v->j, OFP_META_SECTION, above, "breadcrumb", OFP_SURE_FOUND);
    }
}

/* "AbcAbc": the picture's text and the link's, glued. */
static ofp_str doubled(ofp_str s)
{
    ofp_str half = ofp_str_sub(s, 0, s.n / 2);
    return s.n >= 8 && s.n % 2 == 0 && ofp_str_eq(half, ofp_str_sub(s, s.n / 2, SIZE_MAX)) ? half : (ofp_str){ 0 };
}

/* Past "2010-2014 " and the like. */
static ofp_str after_years(ofp_str s)
{
    while (s.n && strchr(" 0123456789-,", s.p[0]))
        s = ofp_str_sub(s, 1, SIZE_MAX);
    return s;
}

/* The name after "© 2026" or "© Copyright 2026", up to where it ends. */
static ofp_str copyright_name(ofp_str s)
{
    static const ofp_str word = { "copyright", 9 }, ends[] = {
        { ",", 1 }, { ".", 1 }, { "|", 1 }, { " All ", 5 }, { " Inc", 4 }, { " LLC", 4 }, { " Ltd", 4 }, { " GmbH", 5 }, { " - ", 3 },
        { "·", 2 }, { " Alle Rechte", 12 }, { " Tous droits", 12 }, { " Todos los", 10 }, { " Todos os", 9 }, { " Tutti i", 8 },
        { " Wszelkie", 9 }, { "版权所有", 12 }, { "版權所有", 12 }, { "保留", 6 },
    };
    size_t at = ofp_str_find(s, OFP_STR("©"), 0), end = SIZE_MAX;
    if (at == SIZE_MAX)
        return (ofp_str){ 0 };
    s = after_years(ofp_str_sub(s, at + 2, SIZE_MAX));
    s = ofp_str_istarts(s, word) ? after_years(ofp_str_sub(s, word.n, SIZE_MAX)) : s;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t e = ofp_str_find(s, ends[i], 0);
        end = e < end ? e : end;
    }
    s = ofp_str_trim(ofp_str_sub(s, 0, end));
    return s.n >= 2 && s.n <= 45 ? s : (ofp_str){ 0 };
}

static void find_site(view *v)
{
    for (int i = 0; i < v->n && i < 25; i++)
        if (offer(v->j, OFP_META_SITE, doubled(v->l[i].s), "masthead", OFP_SURE_FOUND + 2))
            return;
    for (int i = v->n - 1; i >= 0 && i > v->n - 60; i--)
        if (v->l[i].words <= 40 && offer(v->j, OFP_META_SITE, copyright_name(v->l[i].s), "copyright", OFP_SURE_FOUND))
            return;
}

bool text_view(job *j, view *v)
{
    size_t nodes = 1;
    for (const ofp_node *n = ofp_root(j->d), *root = n; n && nodes <= MOST_WORDS; n = ofp_after(n, root))
        nodes += ofp_holds_inlines(n);
    *v = (view){ .j = j, .l = ofp_arena_zalloc(j->a, nodes, sizeof *v->l), .title = -1 };
    if (!v->l)
        return false;
    collect(v, ofp_root(j->d), false);
    count_repeats(v);
    find_crumbs(v);
    find_run(v);
    return v->n && count_words(v);
}

void read_text(job *j)
{
    view v;
    if (!text_view(j, &v))
        return;
    find_text_title(&v);
    find_text_author(&v);
    find_text_date(&v);
    find_section(&v);
    find_site(&v);
}
