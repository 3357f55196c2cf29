/* title_columns.c - the texts that may be a page's title, and what is known of each. */
#include "titles.h"

/* ---- words ----------------------------------------------------------------------------------- */

static void add_word(bag *w, uint32_t hash)
{
    if (hash && w->n < MAX_TITLE_WORDS)
        w->hash[w->n++] = hash;
}

/* Runs of letters and digits. */
static bag words_of(ofp_str s)
{
    bag w = { .n = 0 };
    uint32_t h = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (ofp_is_letter(cp) || ofp_is_digit(cp)) {
            h = ((h ? h : 0x811c9dc5u) ^ ofp_to_lower(cp)) * 0x01000193u;
        } else if (cp != 0xad) {
            add_word(&w, h);
            h = 0;
        }
    }
    add_word(&w, h);
    return w;
}

/* Words of a that b has as well, each as often as both have it. */
static int shared(const bag *a, const bag *b)
{
    uint64_t used = 0;
    int n = 0;
    for (int i = 0; i < a->n; i++)
        for (int k = 0; k < b->n; k++)
            if (a->hash[i] == b->hash[k] && !(used >> k & 1)) {
                used |= UINT64_C(1) << k;
                n++;
                break;
            }
    return n;
}

static int share(int part, int whole) { return whole ? 100 * part / whole : -1; }

static int likeness(const bag *a, const bag *b) { return b->n ? share(2 * shared(a, b), a->n + b->n) : -1; }

/* ---- what may be the title -------------------------------------------------------------------- */

enum form { NOT_STATED, FIRST_PART, WITHOUT_SITE, WHOLE };

static const struct { const char *fact; enum title_column column; } places[] = {
    { "title", TITLE_IN_NAME }, { "og:title", TITLE_IN_OPENGRAPH }, { "twitter:title", TITLE_IN_TWITTER }, { "jsonld:headline", TITLE_IN_HEADLINE },
    { "jsonld:name", TITLE_IN_JSONLD_NAME }, { "microdata:name", TITLE_IN_ITEM_NAME },
};
enum { NPLACES = sizeof places / sizeof *places, MOST_BYTES = 300, MOST_H1 = 6, MOST_H2 = 15 };

/* What all that may be the title is compared with. */
typedef struct setting {
    const titles *t;
    candidate *all; size_t n;
    ofp_str beside;                     /* what the page's name has beside what the rules choose */
    bag stated[NPLACES], h1, slug, description;
} setting;

static candidate *find(setting *s, ofp_str text)
{
    for (size_t i = 0; i < s->n; i++)
        if (same_words(s->all[i].text, text))
            return &s->all[i];
    return NULL;
}

static candidate *add(setting *s, ofp_str text, const char *from)
{
    candidate *c = find(s, text);
    if (c || !text.n || text.n > MOST_BYTES || s->n == MAX_TITLES)
        return c;
    c = &s->all[s->n];
    *c = (candidate){ .text = text, .from = from, .words = words_of(text) };
    s->n += c->words.n > 0;
    return c->words.n ? c : NULL;
}

static void add_form(setting *s, ofp_str text, size_t place, enum form form)
{
    candidate *c = is_placeholder_title(text) ? NULL : add(s, text, places[place].fact);
    if (c && c->x[places[place].column] < (int)form)
        c->x[places[place].column] = (int16_t)form;
}

static bool is_site(const job *j, const setting *s, ofp_str part) { return names_site(j, part) || same_words(part, s->beside); }

static ofp_str without_site_parts(const job *j, const setting *s, ofp_str title)
{
    ofp_str rest, last, first;
    while ((first = last_part(title, &last)).n && last.n) {
        if (is_site(j, s, last))
            title = first;
        else if ((first = first_part(title, &rest)).n && is_site(j, s, first))
            title = rest;
        else
            break;
    }
    return title;
}

static void add_stated(const job *j, setting *s)
{
    for (size_t i = 0; i < NPLACES; i++) {
        ofp_str rest, whole = ofp_arena_squeeze(j->a, fact_get(j, places[i].fact));
        if (!whole.n)
            continue;
        s->stated[i] = words_of(whole);
        add_form(s, whole, i, WHOLE);
        add_form(s, without_site_parts(j, s, whole), i, WITHOUT_SITE);
        add_form(s, first_part(whole, &rest), i, FIRST_PART);
    }
}

/* How many of the first level there are. */
static int add_headings(setting *s)
{
    int n = 0;
    for (const heading *h = s->t->heads; h < s->t->heads + s->t->nheads && n < MOST_H1; h++) {
        candidate *c = h->level == 1 && h->words ? add(s, h->text, "h1") : NULL;
        if (h->level == 1 && !s->h1.n)
            s->h1 = words_of(h->text);
        if (c && !c->x[TITLE_H1])
            c->x[TITLE_H1] = (int16_t)++n;
    }
    return n;
}

/* One of the second level is no candidate for itself. */
static void note_subheadings(setting *s)
{
    int n = 0;
    for (const heading *h = s->t->heads; h < s->t->heads + s->t->nheads && n < MOST_H2; h++) {
        candidate *c = h->level == 2 ? find(s, h->text) : NULL;
        n += h->level == 2;
        if (c && !c->x[TITLE_H2])
            c->x[TITLE_H2] = (int16_t)n;
    }
}

/* ---- the page ------------------------------------------------------------------------------------- */

static const struct { ofp_str type; enum title_column column; } kinds[] = {
    { { "Article", 7 }, TITLE_ARTICLE }, { { "NewsArticle", 11 }, TITLE_ARTICLE }, { { "BlogPosting", 11 }, TITLE_ARTICLE }, { { "TechArticle", 11 }, TITLE_ARTICLE },
    { { "Product", 7 }, TITLE_PRODUCT }, { { "ProductGroup", 12 }, TITLE_PRODUCT }, { { "CollectionPage", 14 }, TITLE_COLLECTION },
    { { "ItemList", 8 }, TITLE_COLLECTION },
};

static void note_types(const job *j, int16_t *x)
{
    static const ofp_str opens = OFP_STR("jsonld:");
    for (const ofp_node *f = ofp_fact_first(j->d); f; f = ofp_next(f)) {
        ofp_str name = ofp_fact_name(f);
        if (!ofp_str_starts(name, opens))
            continue;
        ofp_str type = ofp_str_sub(name, opens.n, ofp_str_find(name, OFP_STR("."), 0) - opens.n);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (ofp_str_eq(type, kinds[i].type))
                x[kinds[i].column] = 1;
    }
}

static int kind_of(ofp_str type)
{
    static const ofp_str types[] = { { "website", 7 }, { "product", 7 }, { "article", 7 } };
    for (int i = 0; i < 3; i++)
        if (ofp_str_ifind(type, types[i], 0) != SIZE_MAX)
            return i + 2;
    return type.n != 0;
}

static void note_address(const job *j, setting *s, int16_t *x)
{
    static const ofp_str blogs[] = { { "blog", 4 }, { "news", 4 }, { "article", 7 }, { "post", 4 }, { "story", 5 } };
    ofp_str url = ofp_meta_get(j->d, OFP_META_URL), rest = ofp_url_path(url), part, last = { 0 };
    for (size_t i = 0; i < sizeof blogs / sizeof *blogs; i++)
        x[TITLE_BLOG] |= ofp_str_ifind(url, blogs[i], 0) != SIZE_MAX;
    x[TITLE_DEPTH] = url.n ? 0 : -1;
    while (ofp_str_split(&rest, '/', &part)) {
        long year;
        if (!part.n)
            continue;
        x[TITLE_DEPTH]++;
        x[TITLE_DATED_ADDRESS] |= ofp_str_int(part, 1990, 2100, &year);
        last = part;
    }
    s->slug = words_of(last);
    x[TITLE_SLUG_WORDS] = (int16_t)s->slug.n;
}

static bool states(const job *j, enum ofp_meta_key key)
{
    for (size_t i = 0; i < j->nfacts; i++)
        if (j->facts[i].source && j->facts[i].source->key == key && j->facts[i].value.n)
            return true;
    return false;
}

static int agreement(const setting *s)
{
    int best = 0, now;
    for (size_t i = 0; i < s->n; i++)
        if ((s->all[i].x[TITLE_IN_NAME] || s->all[i].x[TITLE_IN_OPENGRAPH]) && (now = likeness(&s->all[i].words, &s->h1)) > best)
            best = now;
    return best;
}

static void note_page(const job *j, setting *s, int h1s, int16_t *x)
{
    ofp_str name = fact_get(j, "title"), rest;
    note_types(j, x);
    note_address(j, s, x);
    x[TITLE_KIND] = (int16_t)kind_of(fact_get(j, "og:type"));
    x[TITLE_DATED] = states(j, OFP_META_DATE);
    x[TITLE_WRITTEN] = states(j, OFP_META_AUTHOR);
    x[TITLE_H1S] = (int16_t)h1s;
    x[TITLE_HEADINGS] = (int16_t)s->t->nheads;
    x[TITLE_AGREEMENT] = (int16_t)agreement(s);
    x[TITLE_H1_WORDS] = (int16_t)s->h1.n;
    for (x[TITLE_NAME_PARTS] = 0; name.n; name = rest, x[TITLE_NAME_PARTS]++)
        first_part(name, &rest);
}

/* ---- each of them ------------------------------------------------------------------------------------ */

static void compare(const setting *s, candidate *c)
{
    int sum = 0, n = 0;
    c->x[TITLE_LIKE_NAME] = (int16_t)likeness(&c->words, &s->stated[0]);
    c->x[TITLE_LIKE_OPENGRAPH] = (int16_t)likeness(&c->words, &s->stated[1]);
    c->x[TITLE_LIKE_H1] = (int16_t)likeness(&c->words, &s->h1);
    for (size_t i = 0; i < NPLACES; i++)
        if (s->stated[i].n)
            sum += likeness(&c->words, &s->stated[i]), n++;
    c->x[TITLE_LIKE_STATED] = (int16_t)(n ? sum / n : -1);
    c->x[TITLE_LIKE_ANY_H1] = -1;
    for (size_t i = 0; i < s->n; i++)
        if (s->all[i].x[TITLE_H1] && c->x[TITLE_LIKE_ANY_H1] < likeness(&c->words, &s->all[i].words))
            c->x[TITLE_LIKE_ANY_H1] = (int16_t)likeness(&c->words, &s->all[i].words);
    c->x[TITLE_LIKE_RULED] = (int16_t)likeness(&c->words, &s->all[0].words);
    c->x[TITLE_SLUG_HELD] = (int16_t)share(shared(&s->slug, &c->words), s->slug.n);
    c->x[TITLE_SLUG_SHARE] = (int16_t)share(shared(&c->words, &s->slug), c->words.n);
    c->x[TITLE_DESCRIBED] = (int16_t)share(shared(&c->words, &s->description), c->words.n);
    c->x[TITLE_DESCRIBES] = (int16_t)share(shared(&c->words, &s->description), s->description.n);
}

static void compare_with_headings(const setting *s, const bag *heads)
{
    for (size_t i = 0; i < s->n; i++) {
        candidate *c = &s->all[i];
        int best = 0;
        for (size_t k = 0; k < s->t->nheads; k++) {
            int now = likeness(&c->words, &heads[k]);
            best = now > best ? now : best;
        }
        c->x[TITLE_LIKE_HEADING] = (int16_t)best;
    }
}

/* Of a stated text what the candidate leaves out. */
static void note_cut(const job *j, const setting *s, candidate *c, ofp_str whole, enum title_column place, enum title_column column)
{
    size_t at = c->x[place] && c->x[place] < WHOLE ? ofp_str_find(whole, c->text, 0) : SIZE_MAX;
    if (at == SIZE_MAX)
        return;
    ofp_str before = ofp_str_sub(whole, 0, at), after = ofp_str_sub(whole, at + c->text.n, SIZE_MAX);
    c->x[column] = (int16_t)(words_of(before).n + words_of(after).n);
    c->x[TITLE_CUT_SITE] |= is_site(j, s, before.n > after.n ? before : after);
}

static void note_site(const job *j, const setting *s, candidate *c)
{
    ofp_str last, first, rest = c->text;
    c->x[TITLE_IS_SITE] = is_site(j, s, c->text);
    for (first = last_part(rest, &last); last.n; first = last_part(rest, &last)) {
        c->x[TITLE_HOLDS_SITE] |= is_site(j, s, last) || is_site(j, s, first);
        c->x[TITLE_BARS]++;
        rest = first;
    }
}

static void note_letters(candidate *c)
{
    int upper = 0, begun = 0, digits = 0;
    bool starts = true;
    for (size_t i = 0; i < c->text.n;) {
        uint32_t cp = ofp_utf8_next(c->text, &i);
        upper += starts && ofp_is_upper(cp);
        begun += starts && !ofp_is_space(cp);
        digits = ofp_is_digit(cp) ? digits + 1 : 0;
        c->x[TITLE_YEAR] |= digits == 4 && c->text.p[i - 4] == '2' && c->text.p[i - 3] == '0';
        c->x[TITLE_COLON] |= cp == ':';
        c->x[TITLE_QUESTION] |= cp == '?';
        starts = ofp_is_space(cp);
    }
    c->x[TITLE_CAPITALS] = (int16_t)share(upper, begun);
    c->x[TITLE_WORDS] = (int16_t)c->words.n;
    c->x[TITLE_LETTERS] = (int16_t)ofp_utf8_count(c->text);
    int stated = 0, wholes = 0;
    for (int i = TITLE_IN_NAME; i <= TITLE_IN_ITEM_NAME; i++) {
        stated += c->x[i] != NOT_STATED;
        wholes += c->x[i] == WHOLE;
    }
    c->x[TITLE_PLACES] = (int16_t)stated;
    c->x[TITLE_WHOLES] = (int16_t)wholes;
}

size_t gather_titles(job *j, const titles *t, ofp_str ruled, candidate all[MAX_TITLES])
{
    setting s = { .t = t, .all = all };
    int16_t page[NTITLE_COLUMNS] = { 0 };
    bag *heads = ofp_arena_zalloc(j->a, t->nheads + 1, sizeof *heads);
    candidate *c = add(&s, ruled, "");
    if (c)
        c->x[TITLE_RULED] = 1;
    title_alone(j, fact_get(j, "title"), ofp_meta_get(j->d, OFP_META_SITE), ruled, &s.beside);
    int h1s = add_headings(&s);
    add_stated(j, &s);
    note_subheadings(&s);
    if (s.n < 2 || !heads)
        return s.n;
    s.description = words_of(fact_get(j, fact_get(j, "description").n ? "description" : "og:description"));
    for (size_t i = 0; i < t->nheads; i++)
        heads[i] = words_of(t->heads[i].text);
    note_page(j, &s, h1s, page);
    compare_with_headings(&s, heads);
    for (c = all; c < all + s.n; c++) {
        note_letters(c);
        compare(&s, c);
        note_cut(j, &s, c, fact_get(j, "title"), TITLE_IN_NAME, TITLE_CUT_WORDS);
        note_cut(j, &s, c, fact_get(j, "og:title"), TITLE_IN_OPENGRAPH, TITLE_CUT_OPENGRAPH);
        note_site(j, &s, c);
        for (int i = TITLE_KIND; i < NTITLE_COLUMNS; i++)
            c->x[i] = page[i];
    }
    return s.n;
}
