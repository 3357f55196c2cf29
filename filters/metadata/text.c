/* text.c - title, byline, date, section and site of a text without mark-up, a page's dump above all. */
#include "metadata.h"
#include <string.h>

typedef struct line {
    ofp_str s;
    unsigned words, repeats;
    uint32_t hash;                      /* of its letters */
    bool prose, ends, question, dated, by, item, heading;
} line;

typedef struct view {
    job *j;
    line *l; int n;
    int start, end;                     /* the run of prose */
    int title;                          /* -1: none */
    uint32_t *words; size_t slots;      /* hashes of the words of the prose, with counts up to 3 */
    uint8_t *counts;
} view;

/* ---- lines ------------------------------------------------------------------------------- */

static uint32_t fold_hash(ofp_str s)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (ofp_is_letter(cp) || ofp_is_digit(cp))
            h = (h ^ ofp_to_lower(cp)) * 0x01000193u;
    }
    return h ? h : 1;
}

static uint32_t last_cp(ofp_str s)
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

static void add_line(view *v, const ofp_node *n, bool item)
{
    ofp_str s = ofp_arena_squeeze(v->j->a, ofp_plain_text(v->j->a, n));
    line *l = &v->l[v->n];
    l->words = (unsigned)ofp_str_words(s);
    if (!l->words)
        return;
    uint32_t last = last_cp(s);
    l->s = s;
    l->hash = fold_hash(s);
    l->ends = last == '.' || last == '!' || last == '?' || last == 0x2026 || last == 0x3002 || last == 0xff01 || last == 0xff1f;
    l->question = last == '?' || last == '!';
    l->prose = (l->words >= 12 && l->ends && !l->question) || l->words >= 28;
    l->dated = l->words <= 30 && ofp_date_find(s, NULL, NULL, NULL);
    l->by = l->words <= 25 && by_prefix(s);
    l->item = item;
    l->heading = ofp_node_type(n) == OFP_HEAD;
    v->n++;
}

static void collect(view *v, const ofp_node *n, bool item)
{
    for (const ofp_node *k = ofp_first(n); k; k = ofp_next(k))
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

/* The run of prose with the most words, at most three other lines between. */
static void find_run(view *v)
{
    unsigned best = 0;
    for (int i = 0; i < v->n; i++) {
        unsigned sum = 0;
        int last = i;
        if (!v->l[i].prose)
            continue;
        for (int k = i; k < v->n && k - last <= 4; k++)
            if (v->l[k].prose)
                sum += v->l[k].words, last = k;
        if (sum > best)
            best = sum, v->start = i, v->end = last + 1;
        i = last;
    }
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

static bool count_words(view *v)
{
    size_t total = 1;
    for (int i = v->start; i < v->end; i++)
        total += v->l[i].words + 8;
    for (v->slots = 64; v->slots < total * 3;)
        v->slots *= 2;
    v->words = ofp_arena_zalloc(v->j->a, v->slots, sizeof *v->words);
    v->counts = ofp_arena_zalloc(v->j->a, v->slots, 1);
    for (int i = v->start; v->words && v->counts && i < v->end; i++) {
        ofp_str rest = v->l[i].s;
        for (ofp_str w; v->l[i].prose && ofp_str_word(&rest, &w);)
            if (is_content_word(w) && total--) {
                size_t k = word_slot(v, fold_hash(w));
                v->words[k] = fold_hash(w);
                v->counts[k] = (uint8_t)(v->counts[k] < 3 ? v->counts[k] + 1 : 3);
            }
    }
    return v->words && v->counts;
}

/* ---- title -------------------------------------------------------------------------------- */

/* 100 * ln(1 + n), which is how distance counts. */
static int log_of(int n)
{
    static const int table[] = { 0, 69, 110, 139, 161, 179, 195, 208, 220, 230, 240 };
    int extra = 0;
    while (n > 10)
        n = (n - 9) / 10, extra += 230;
    return n > 0 ? table[n] + extra : extra;
}

/* The last part of "Home » World » Title", empty where the line is no such path. */
static ofp_str crumb_end(ofp_str s, ofp_str *before)
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

static bool any_near(const view *v, int from, int to, bool want_date)
{
    for (int i = from; i < to && i < v->n; i++)
        if (i >= 0 && (want_date ? v->l[i].dated : v->l[i].by))
            return true;
    return false;
}

/* Weights of a logistic model of which line is the title, measured on dumps; in 1/100. */
static int title_score(const view *v, int i)
{
    const line *l = &v->l[i];
    int content = 0, once = 0, often = 0, upper = 0, above = v->start - i, below = i - v->start;
    ofp_str rest = l->s;
    for (ofp_str w; ofp_str_word(&rest, &w);) {
        size_t at = 0;
        upper += ofp_is_upper(ofp_utf8_next(w, &at));
        if (!is_content_word(w))
            continue;
        int c = v->counts[word_slot(v, fold_hash(w))];
        content++, once += c > 0, often += c;
    }
    int of = content ? content : 1, whole = content < 4 ? content : 4;
    int s = 337 * often / (3 * of) + 261 * once * whole / (4 * of) - 125 * once / of - 702;
    s += (l->words >= 5) * 178 - (l->words > 16) * 146 - log_of(above > 0 ? above : 0) * 77 / 100;
    s += (i < v->start) * 194 - log_of(below > 0 ? below : 0) * 99 / 100 - l->item * 22;
    s -= (l->ends && !l->question) * 225 - l->question * 40;
    s += (l->repeats > 1) * 16 + (i && v->l[i - 1].hash == l->hash) * 232 + ends_a_crumb(v, i) * 302;
    s -= l->dated * 192 - any_near(v, i + 1, i + 5, false) * 122 - any_near(v, i + 1, i + 5, true) * 215;
    s += upper * 94 / (int)l->words + ((i + 1 < v->n && v->l[i + 1].prose) || (i + 2 < v->n && v->l[i + 2].prose)) * 98;
    s += (i == v->start) * 62 - log_of(i) * 22 / 100 - (l->words <= 2) * 159 - (last_cp(l->s) == ':') * 48 - l->prose * 63;
    return s + l->heading * 60 + (i == 0 && !l->item && l->words > 3) * 150;
}

static void find_text_title(view *v)
{
    int best = -300, last = v->start + 12 < v->end ? v->start + 12 : v->end;
    v->title = -1;
    for (int i = 0; i < last; i++) {
        ofp_str before;
        if (v->l[i].words < 2 || v->l[i].words > 32 || v->l[i].s.n > 300 || v->l[i].by || crumb_end(v->l[i].s, &before).n)
            continue;
        int s = title_score(v, i);
        if (s > best)
            best = s, v->title = i;
    }
    if (v->title >= 0)
        offer(v->j, OFP_META_TITLE, v->l[v->title].s, "text", OFP_SURE_FOUND);
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
    size_t n = by_prefix(s) ? people_in_byline(v->j, s, names) : 0;
    if (!n && inner.n && v->l[i].words <= 30)
        n = people_in_byline(v->j, inner, names);
    if (!n && by_prefix(ofp_arena_printf(v->j->a, "%.*s ", (int)s.n, s.p)) >= s.n && i + 1 < v->n && is_person(v->j, v->l[i + 1].s))
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
        if (v->l[i].words <= 8 && by_prefix(v->l[i].s) && try_byline(v, i))
            return;
}

/* ---- date --------------------------------------------------------------------------------- */

static bool speaks_of(ofp_str s, const char *words)
{
    ofp_str list = ofp_s(words);
    for (ofp_str w; ofp_str_word(&list, &w);)
        if (ofp_str_ifind(s, w, 0) != SIZE_MAX)
            return true;
    return false;
}

/* In 1/20: near the title is best, words before the date tell which date it is. */
static int date_score(const view *v, int i, int from, ofp_str before)
{
    int s = i >= from && i <= v->start + 1 ? 60 : i < from ? 40 : i >= v->end - 2 ? 12 : 30;
    bool published = speaks_of(before, "publ post veröff erschien stand datum date opublik опубл created issued written");
    bool updated = speaks_of(before, "updat modif aktualis edited revis mis actualiz aggiorn atualiz zaktual");
    s += published * 20 - (updated && !published) * 28 + v->l[i].by * 10 - (v->l[i].words > 14) * 16;
    s -= speaks_of(v->l[i].s, "© copyright") * 60;
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

/* The name after "© 2026", up to where it ends. */
static ofp_str copyright_name(ofp_str s)
{
    static const ofp_str ends[] = { { ",", 1 }, { ".", 1 }, { "|", 1 }, { " All ", 5 }, { " Inc", 4 }, { " LLC", 4 }, { " Ltd", 4 }, { " GmbH", 5 }, { " - ", 3 }, { "·", 2 } };
    size_t at = ofp_str_find(s, OFP_STR("©"), 0), end = SIZE_MAX;
    if (at == SIZE_MAX)
        return (ofp_str){ 0 };
    s = ofp_str_sub(s, at + 2, SIZE_MAX);
    while (s.n && strchr(" 0123456789-,", s.p[0]))
        s = ofp_str_sub(s, 1, SIZE_MAX);
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

void read_text(job *j)
{
    size_t nodes = 1;
    for (const ofp_node *n = ofp_root(j->d), *root = n; n; n = ofp_after(n, root))
        nodes += ofp_holds_inlines(n);
    view v = { .j = j, .l = ofp_arena_zalloc(j->a, nodes, sizeof *v.l), .title = -1 };
    if (!v.l)
        return;
    collect(&v, ofp_root(j->d), false);
    count_repeats(&v);
    find_run(&v);
    if (!v.n || !count_words(&v))
        return;
    find_text_title(&v);
    find_text_author(&v);
    find_text_date(&v);
    find_section(&v);
    find_site(&v);
}
