/* title.c - titles taken apart, and the name of the site in them. */
#include "metadata.h"

static const ofp_str no_titles[] = {
#define BY(s)
#define NOT_NAME(s)
#define PARTICLE(s)
#define AFTER(s)
#define SUFFIX(s)
#define TEAM(s)
#define NO_TITLE(s) { s, sizeof s - 1 },
#include "names.def"
#undef BY
#undef NOT_NAME
#undef PARTICLE
#undef AFTER
#undef SUFFIX
#undef TEAM
#undef NO_TITLE
};

/* The next letter or digit of s from *at on, folded; 0 at the end. */
static uint32_t next_letter(ofp_str s, size_t *at)
{
    while (*at < s.n) {
        unsigned char c = (unsigned char)s.p[*at];
        if (c < 0x80) {                                    /* most are */
            ++*at;
            if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))
                return c <= '9' ? c : c | 32u;
            continue;
        }
        uint32_t cp = ofp_utf8_next(s, at);
        if (ofp_is_letter(cp) || ofp_is_digit(cp))
            return ofp_to_lower(cp);
    }
    return 0;
}

bool same_words(ofp_str a, ofp_str b)
{
    size_t i = 0, k = 0;
    uint32_t x, y;
    do {
        x = next_letter(a, &i);
        y = next_letter(b, &k);
    } while (x && x == y);
    return x == y && a.n && b.n;
}

ofp_str letters(ofp_arena *a, ofp_str s)
{
    ofp_buf b = { 0 };
    uint32_t cp;
    for (size_t i = 0; (cp = next_letter(s, &i));)
        if (cp < 0x80)
            ofp_buf_putc(&b, (char)cp);
        else
            ofp_buf_putu(&b, cp);
    return ofp_buf_take(&b, a);
}

uint32_t fold_hash(ofp_str s)
{
    uint32_t h = 0x811c9dc5u, cp;
    for (size_t i = 0; (cp = next_letter(s, &i));)
        h = (h ^ cp) * 0x01000193u;
    return h ? h : 1;
}

bool is_placeholder_title(ofp_str s)
{
    for (size_t i = 0; i < sizeof no_titles / sizeof *no_titles; i++)
        if (ofp_str_ieq(ofp_str_trim(s), no_titles[i]))
            return true;
    return ofp_str_words(s) == 0;
}

/* ---- splitting -------------------------------------------------------------------------------- */

static const ofp_str bars[] = {
    { " | ", 3 }, { " - ", 3 }, { " – ", 5 }, { " — ", 5 }, { " » ", 4 }, { " « ", 4 }, { " :: ", 4 }, { " · ", 4 }, { " • ", 5 }, { " > ", 3 },
    { " / ", 3 }, { " ~ ", 3 }, { "｜", 3 }, { " — ", 5 }, { " : ", 3 }, { "|", 1 },
};

/* Each begins with one of three bytes, and none has a letter behind its blank, as nearly all blanks of a title have. */
static bool may_be_bar(ofp_str s, size_t i)
{
    if (s.p[i] == ' ')
        return i + 1 < s.n && (unsigned)(s.p[i + 1] | 32) - 'a' >= 26;
    return s.p[i] == '|' || (unsigned char)s.p[i] == 0xef;
}

/* How long the bar is that stands at byte i, 0 where none does. */
static size_t bar_at(ofp_str s, size_t i)
{
    if (!may_be_bar(s, i))
        return 0;
    for (size_t k = 0; k < sizeof bars / sizeof *bars; k++)
        if (ofp_str_starts(ofp_str_sub(s, i, SIZE_MAX), bars[k]))
            return bars[k].n;
    return 0;
}

static size_t first_bar(ofp_str s, size_t *len)
{
    for (size_t i = 0; i < s.n; i++)
        if ((*len = bar_at(s, i)))
            return i;
    return SIZE_MAX;
}

static size_t last_bar(ofp_str s, size_t *len)
{
    for (size_t i = s.n; i-- > 0;)
        if ((*len = bar_at(s, i)))
            return i;
    return SIZE_MAX;
}

ofp_str first_part(ofp_str title, ofp_str *rest)
{
    size_t len = 0, at = first_bar(title, &len);
    *rest = at == SIZE_MAX ? (ofp_str){ 0 } : ofp_str_trim(ofp_str_sub(title, at + len, SIZE_MAX));
    return ofp_str_trim(ofp_str_sub(title, 0, at));
}

ofp_str last_part(ofp_str title, ofp_str *last)
{
    size_t len = 0, at = last_bar(title, &len);
    *last = at == SIZE_MAX ? (ofp_str){ 0 } : ofp_str_trim(ofp_str_sub(title, at + len, SIZE_MAX));
    return ofp_str_trim(ofp_str_sub(title, 0, at));
}

/* "The Daily Post" against "daily-post.co.uk": one in the other, and not just a few letters of it. */
static bool is_site(const job *j, ofp_str part, ofp_str site)
{
    ofp_str p = letters(j->a, part), s = letters(j->a, site);
    if (p.n < 2 || s.n < 2)
        return false;
    if (ofp_str_eq(p, s))
        return true;
    size_t least = p.n < s.n ? p.n : s.n;
    return least >= 4 && (ofp_str_find(p, s, 0) != SIZE_MAX || ofp_str_find(s, p, 0) != SIZE_MAX);
}

static ofp_str host_of(const job *j)
{
    static const char *const places[] = { "link:canonical", "og:url" };
    ofp_str host = ofp_url_host(ofp_note(j->d, OFP_STR("base")));
    for (size_t i = 0; !host.n && i < sizeof places / sizeof *places; i++)
        host = ofp_url_host(fact_get(j, places[i]));
    return ofp_str_istarts(host, OFP_STR("www.")) ? ofp_str_sub(host, 4, SIZE_MAX) : host;
}

bool names_site(const job *j, ofp_str part)
{
    ofp_str host = host_of(j), known = ofp_meta_get(j->d, OFP_META_SITE), dot = OFP_STR(".");
    ofp_str name = ofp_str_sub(host, 0, ofp_str_find(host, dot, 0));
    return (known.n && is_site(j, part, known)) || (name.n > 3 && is_site(j, part, name)) ||
           (part.n > 3 && ofp_str_find(part, dot, 0) != SIZE_MAX && ofp_str_ifind(host, part, 0) != SIZE_MAX);
}

ofp_str title_alone(const job *j, ofp_str title, ofp_str known, ofp_str heading, ofp_str *site)
{
    size_t len = 0;
    title = ofp_str_trim(ofp_arena_squeeze(j->a, title));
    *site = (ofp_str){ 0 };
    for (int round = 0; round < 3; round++) {
        size_t at = last_bar(title, &len);
        if (at == SIZE_MAX || (heading.n && same_words(title, heading)))
            break;
        ofp_str head = ofp_str_trim(ofp_str_sub(title, 0, at)), tail = ofp_str_trim(ofp_str_sub(title, at + len, SIZE_MAX));
        bool told = names_site(j, tail), heads = heading.n && same_words(head, heading);
        bool short_tail = ofp_str_words(tail) <= 4 && ofp_str_words(head) >= 4 && (round || !known.n);
        if (!heads && !told && !short_tail)
            break;
        if (!site->n && (told || !known.n))
            *site = tail;
        title = head;
    }
    size_t at = first_bar(title, &len);
    if (at != SIZE_MAX && !(heading.n && same_words(title, heading))) {
        ofp_str head = ofp_str_trim(ofp_str_sub(title, 0, at)), tail = ofp_str_trim(ofp_str_sub(title, at + len, SIZE_MAX));
        if (tail.n && (names_site(j, head) || (heading.n && same_words(tail, heading))) && ofp_str_words(tail) > 1) {
            *site = site->n ? *site : head;
            title = tail;
        }
    }
    return title;
}
