/* page.c - the names and dates that a page shows, and what is written around them. */
#include "claims.h"

enum { LINE_BYTES = 240, PART_BYTES = 90, LINE_WORDS = 30, FAR_BELOW = 300, LINES_AROUND = 25, OPENING_BLOCKS = 10, OPENING_BYTES = 60, BARE_BELOW = 40 };

/* ---- names of classes ------------------------------------------------------------------------ */

enum hint { WRITER = 1, USER = 2, WHEN = 4, PUBLISHED = 8, UPDATED = 16, BESIDE = 32, ELSEWHERE = 64 };

/* Parts of the names of classes and ids, ordered by their first letter; two letters at least. */
static const struct { ofp_str part; unsigned hint; } parts[] = {
#define PART(s, hint) { { s, sizeof s - 1 }, hint },
#include "parts.def"
#undef PART
};
enum { NPARTS = sizeof parts / sizeof *parts };

/* Parts of addresses, in small letters. */
static const struct { ofp_str part; unsigned hint; } paths[] = {
    { { "author", 6 }, WRITER }, { { "autor", 5 }, WRITER }, { { "auteur", 6 }, WRITER }, { { "contributor", 11 }, WRITER },
    { { "people/", 7 }, WRITER }, { { "staff/", 6 }, WRITER }, { { "by/", 3 }, WRITER }, { { "writer", 6 }, WRITER },
    { { "redaktion/", 10 }, WRITER }, { { "team/", 5 }, WRITER }, { { "bio/", 4 }, WRITER },
    { { "user", 4 }, USER }, { { "u/", 2 }, USER }, { { "member", 6 }, USER }, { { "@", 1 }, USER },
};

enum { REMEMBERED = 256 };
typedef struct named { ofp_str name; unsigned hints; } named;

typedef struct view {
    job *j;
    sightings *out;
    uint8_t first[27];                  /* of the parts that begin with a letter; up to the next letter's */
    uint32_t second[26];                /* by the first letter: bits of the second ones */
    bool opens_path[256];               /* first bytes of paths, bit 32 set */
    named seen[REMEMBERED];             /* the last name of each hash */
    int block;                          /* text blocks met */
    int by_block;                       /* the block after a line that is "Written by" and no more */
    ofp_buf text;                       /* of the line that is looked at */
} view;

/* 26 and more: none. */
static unsigned letter(char c) { return (unsigned)(c | 32) - 'a'; }

static void index_parts(view *v)
{
    size_t i = 0;
    for (unsigned c = 0; c < 26; c++) {
        v->first[c] = (uint8_t)i;
        for (; i < NPARTS && letter(parts[i].part.p[0]) == c; i++)
            v->second[c] |= 1u << letter(parts[i].part.p[1]);
    }
    v->first[26] = NPARTS;
    for (i = 0; i < sizeof paths / sizeof *paths; i++)
        v->opens_path[(uint8_t)(paths[i].part.p[0] | 32)] = true;
}

/* Of the parts that s begins with. */
static unsigned hints_at(const view *v, ofp_str s)
{
    unsigned c = letter(s.p[0]), found = 0;
    for (size_t i = v->first[c]; i < v->first[c + 1]; i++)
        found |= ofp_str_istarts(s, parts[i].part) ? parts[i].hint : 0;
    return found;
}

static unsigned find_hints(const view *v, ofp_str s)
{
    unsigned found = 0;
    for (size_t at = 0; at + 1 < s.n; at++) {
        unsigned c = letter(s.p[at]), d = letter(s.p[at + 1]);
        if (c < 26 && d < 26 && v->second[c] >> d & 1)
            found |= hints_at(v, ofp_str_sub(s, at, SIZE_MAX));
    }
    return found;
}

/* Pages repeat their names. */
static unsigned hints_in(view *v, ofp_str s)
{
    if (s.n < 2)
        return 0;
    named *last = &v->seen[(s.n + 3u * (uint8_t)s.p[0] + 5u * (uint8_t)s.p[s.n / 2] + 7u * (uint8_t)s.p[s.n - 1]) % REMEMBERED];
    if (!ofp_str_eq(last->name, s))
        *last = (named){ s, find_hints(v, s) };
    return last->hints;
}

static unsigned hints_of(view *v, const ofp_node *n)
{
    static const struct { ofp_str tag; unsigned hint; } tags[] = {
        { { "footer", 6 }, BESIDE }, { { "aside", 5 }, BESIDE }, { { "nav", 3 }, ELSEWHERE }, { { "time", 4 }, WHEN }, { { "address", 7 }, WRITER },
    };
    unsigned found = hints_in(v, ofp_id(n)) | hints_in(v, ofp_attr(n, OFP_STR("itemprop"))) | hints_in(v, ofp_attr(n, OFP_STR("data-testid")));
    ofp_str tag = ofp_hint_tag(n);
    for (size_t i = 0; i < ofp_class_count(n); i++)
        found |= hints_in(v, ofp_class_at(n, i));
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        found |= ofp_str_eq(tag, tags[i].tag) ? tags[i].hint : 0;
    return found;
}

/* ---- sightings ----------------------------------------------------------------------------------- */

static sighting *see(view *v, uint64_t signs)
{
    sightings *all = v->out;
    if (all->n == MAX_SIGHTINGS)
        return NULL;
    all->at[all->n] = (sighting){ .signs = signs, .block = v->block };
    return &all->at[all->n++];
}

static bool see_people(view *v, const ofp_str *names, size_t n, uint64_t signs)
{
    sighting *s = n ? see(v, signs) : NULL;
    for (size_t i = 0; s && i < n; i++)
        s->names[s->n++] = ofp_arena_dup(v->j->a, names[i]);
    return s != NULL;
}

static bool plausible(const ofp_date *d) { return d->year >= 1990 && d->year <= 2100 && d->month; }

static void see_date(view *v, ofp_date date, ofp_str text, uint64_t signs)
{
    sighting *s = plausible(&date) ? see(v, signs | (date.day ? 0 : SIGN(DATE_MONTH))) : NULL;
    if (s)
        s->date = date, s->unordered = day_or_month(text);
}

/* ---- dates ------------------------------------------------------------------------------------ */

static uint64_t date_signs(unsigned around, ofp_str before)
{
    uint64_t signs = SIGN(DATE_SHOWN);
    signs |= around & WHEN ? SIGN(DATE_CLASS) : 0;
    signs |= around & BESIDE ? SIGN(DATE_ASIDE) : 0;
    if (says_updated(before) || (around & UPDATED))
        return signs | SIGN(DATE_UPDATED);
    return says_published(before) || (around & PUBLISHED) ? signs | SIGN(DATE_PUBLISHED) : signs;
}

/* All dates of a line; the words before each tell what it is. */
static bool look_for_dates(view *v, ofp_str line, unsigned around, size_t words)
{
    size_t from = 0, at, len;
    ofp_date date;
    uint64_t signs = words > 14 ? SIGN(DATE_LONG) : 0;
    bool any = false;
    for (int i = 0; i < 3 && ofp_date_find(ofp_str_sub(line, from, SIZE_MAX), &date, &at, &len); i++) {
        ofp_str before = ofp_str_sub(line, from, at);
        signs |= by_prefix(v->j, line) ? SIGN(DATE_WITH_BY) : 0;
        signs |= ofp_str_find(line, OFP_STR("©"), 0) != SIZE_MAX ? SIGN(DATE_COPYRIGHT) : 0;
        see_date(v, date, ofp_str_sub(line, from + at, len), signs | date_signs(around, before) | (len + 2 >= line.n ? SIGN(DATE_BARE) : 0));
        from += at + len;
        any = true;
    }
    return any;
}

/* Where the text of a time element says "3 days ago", its attribute has the date. */
static void look_at_time(view *v, const ofp_node *n, unsigned around)
{
    ofp_str stated = ofp_attr(n, OFP_STR("datetime"));
    ofp_date date;
    if (stated.n && ofp_date_parse(stated, &date))
        see_date(v, date, (ofp_str){ 0 }, date_signs(around, (ofp_str){ 0 }) | SIGN(DATE_TIME_TAG));
}

/* ---- names ------------------------------------------------------------------------------------- */

static uint64_t name_signs(unsigned around)
{
    return (around & WRITER ? SIGN(AUTHOR_CLASS_LINE) : 0) | (around & USER ? SIGN(AUTHOR_CLASS_USER) : 0) |
           (around & BESIDE ? SIGN(AUTHOR_ASIDE) : 0);
}

/* "Written by" and nothing else: the name is the next line. */
static bool only_by(view *v, ofp_str text)
{
    v->text.n = 0;
    ofp_buf_add(&v->text, text);
    ofp_buf_putc(&v->text, ' ');
    return text.n && by_prefix(v->j, ofp_buf_str(&v->text)) >= text.n;
}

static void look_for_names(view *v, ofp_str line, unsigned around, size_t words, bool dated)
{
    ofp_str names[MAX_PEOPLE];
    uint64_t signs = name_signs(around) | (dated ? SIGN(AUTHOR_DATED) : 0);
    bool after = v->by_block == v->block;
    int below = v->out->title == NOWHERE ? NOWHERE : v->block - v->out->title;
    if (words <= 3 && only_by(v, line)) {
        v->by_block = v->block + 1;
        return;
    }
    if (by_prefix(v->j, line) || after)
        signs |= SIGN(AUTHOR_BY);
    else if (!(around & (WRITER | USER)) && !(below >= 0 && below <= BARE_BELOW))
        return;
    size_t n = people_in_line(v->j, line, after || (around & (WRITER | USER)) != 0, names);
    if (n && !(signs & (SIGN(AUTHOR_BY) | SIGN(AUTHOR_CLASS_LINE) | SIGN(AUTHOR_CLASS_USER)))) {
        if (!is_person(v->j, line) && !(dated && ofp_str_words(names[0]) > 1))
            return;
        signs |= SIGN(AUTHOR_BARE);
    }
    see_people(v, names, n, signs);
}

/* Pages of members and of authors are told by their addresses. */
static unsigned hints_in_address(const view *v, ofp_str url)
{
    unsigned found = 0;
    for (size_t at = 0; (at = ofp_str_find(url, OFP_STR("/"), at)) != SIZE_MAX;) {
        ofp_str rest = ofp_str_sub(url, ++at, SIZE_MAX);
        bool may_be = rest.n && v->opens_path[(uint8_t)(rest.p[0] | 32)];       /* few are */
        for (size_t i = 0; may_be && i < sizeof paths / sizeof *paths; i++)
            if (ofp_str_istarts(rest, paths[i].part))
                found |= paths[i].hint;
    }
    if (!found && (ofp_str_ifind(url, OFP_STR("member.php"), 0) != SIZE_MAX || ofp_str_ifind(url, OFP_STR("profile"), 0) != SIZE_MAX))
        return USER;
    return found & WRITER ? WRITER : found;
}

/* A link or a piece of a line that is marked up by itself: what it holds is the whole name. */
static void look_at_part(view *v, const ofp_node *n, unsigned around)
{
    unsigned profile = ofp_node_type(n) == OFP_LINK ? hints_in_address(v, ofp_url(n)) : 0;
    ofp_str names[MAX_PEOPLE];
    if (!profile && !(around & (WRITER | USER)))
        return;
    v->text.n = 0;
    if (!short_text(n, PART_BYTES, &v->text) || !v->text.n)
        return;
    ofp_str text = ofp_arena_squeeze(v->j->a, ofp_buf_str(&v->text));
    uint64_t signs = (around & WRITER ? SIGN(AUTHOR_CLASS_PART) : 0) | (around & USER ? SIGN(AUTHOR_CLASS_USER) : 0) |
                     (around & BESIDE ? SIGN(AUTHOR_ASIDE) : 0) | (profile & WRITER ? SIGN(AUTHOR_LINK) : 0) |
                     (profile & USER ? SIGN(AUTHOR_LINK_USER) : 0);
    if (ofp_str_words(text) <= 8)
        see_people(v, names, people_stated(v->j, text, names), signs);
}

/* ---- the walk ------------------------------------------------------------------------------------ */

static void keep_line(view *v, ofp_str line)
{
    int below = v->block - v->out->title;
    if (v->out->title == NOWHERE || below > LINES_AROUND || v->out->lines.n > 4000)
        return;
    ofp_buf_add(&v->out->lines, line);
    ofp_buf_putc(&v->out->lines, '\n');
}

/* "Kiel, 3 May 2024 - The ferry": the first words of a paragraph. */
static void look_at_opening(view *v, ofp_str line)
{
    ofp_date date;
    size_t at, len;
    bool near = v->out->title != NOWHERE && v->block - v->out->title <= OPENING_BLOCKS;
    ofp_str opening = ofp_str_sub(line, 0, OPENING_BYTES);
    if (near && ofp_date_find(opening, &date, &at, &len) && at <= OPENING_BYTES / 2 && date.day)
        see_date(v, date, ofp_str_sub(opening, at, len), SIGN(DATE_SHOWN) | SIGN(DATE_LEADS));
}

/* A title that is shown twice, above and below a picture, stands where the first is. */
static void look_at_line(view *v, const ofp_node *n, unsigned around)
{
    v->block++;
    v->text.n = 0;
    bool whole = short_text(n, LINE_BYTES, &v->text);
    ofp_str line = ofp_arena_squeeze(v->j->a, ofp_buf_str(&v->text));
    size_t words = whole ? ofp_str_words(line) : 0;
    if (!whole || words > LINE_WORDS)
        look_at_opening(v, line);
    if (!words || words > LINE_WORDS)
        return;
    line = ofp_arena_dup(v->j->a, line);
    if (v->out->title == NOWHERE && (same_words(line, ofp_meta_get(v->j->d, OFP_META_TITLE)) || same_words(line, v->j->ruled))) {
        v->out->title = v->block;
        return;
    }
    keep_line(v, line);
    bool dated = look_for_dates(v, line, around, words);
    look_for_names(v, line, around, words, dated);
}

static void visit(view *v, const ofp_node *n, unsigned around)
{
    if (ofp_has_attrs(n))
        around |= hints_of(v, n);
    if (around & ELSEWHERE)
        return;
    if (ofp_node_type(n) == OFP_TABLE)
        around &= ~(unsigned)WRITER;                       /* the card of a place or a firm, not of who wrote the page */
    if (ofp_is_block(n) && ofp_holds_inlines(n)) {
        look_at_line(v, n, around);
    } else if (ofp_node_type(n) == OFP_LINK || (ofp_node_type(n) == OFP_SPAN && ofp_has_attrs(n))) {
        look_at_part(v, n, around);
        if (ofp_str_eq(ofp_hint_tag(n), OFP_STR("time")))
            look_at_time(v, n, around);
    }
    int last = v->out->title == NOWHERE ? FAR_BELOW * 3 : v->out->title + FAR_BELOW;
    for (const ofp_node *k = ofp_first(n); k && v->block < last; k = ofp_next(k))
        visit(v, k, around);
}

void look_at_page(job *j, sightings *out)
{
    view v = { .j = j, .out = out, .by_block = NOWHERE };
    out->title = NOWHERE;
    index_parts(&v);
    visit(&v, ofp_root(j->d), 0);
    ofp_buf_free(&v.text);
}
