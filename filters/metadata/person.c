/* person.c - names of people: taken out of bylines, split, cleaned, and told from what is none. */
#include "metadata.h"

#define BY(s)
#define NOT_NAME(s)
#define PARTICLE(s)
#define AFTER(s)
#define SUFFIX(s)
#define TEAM(s)
#define NO_TITLE(s)

static const ofp_str by_words[] = {
#undef BY
#define BY(s) { s, sizeof s - 1 },
#include "names.def"
#undef BY
#define BY(s)
};

/* ---- words that tell names from what is none ------------------------------------------------ */

enum { IS_NO_NAME = 1, IS_PARTICLE = 2, IS_AFTER = 4, IS_SUFFIX = 8, IS_TEAM = 16 };

static const struct { const char *words; unsigned class; } classes[] = {
#undef NOT_NAME
#undef PARTICLE
#undef AFTER
#undef SUFFIX
#undef TEAM
#define NOT_NAME(s) { s, IS_NO_NAME },
#define PARTICLE(s) { s, IS_PARTICLE },
#define AFTER(s) { s, IS_AFTER },
#define SUFFIX(s) { s, IS_SUFFIX },
#define TEAM(s) { s, IS_TEAM },
#include "names.def"
#undef BY
#undef NOT_NAME
#undef PARTICLE
#undef AFTER
#undef SUFFIX
#undef TEAM
#undef NO_TITLE
};

enum { WORD_SLOTS = 1024 };

struct name_words {
    struct { ofp_str word; unsigned classes; } slot[WORD_SLOTS];
    bool opens_by[256];                 /* what opening() is of by_words */
};

static size_t slot_of_word(const name_words *t, ofp_str w)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < w.n; i++)
        h = (h ^ (uint8_t)(w.p[i] >= 'A' && w.p[i] <= 'Z' ? w.p[i] | 32 : w.p[i])) * 0x01000193u;
    for (h = (h ^ h >> 15) % WORD_SLOTS; t->slot[h].word.n && !ofp_str_ieq(t->slot[h].word, w);)
        h = (h + 1) % WORD_SLOTS;
    return h;
}

/* Of the first two bytes, whatever their case. */
static uint8_t opening(ofp_str s) { return (uint8_t)((s.p[0] | 32) * 31 + (s.p[1] | 32)); }

name_words *name_words_new(ofp_arena *a)
{
    name_words *t = ofp_arena_zalloc(a, 1, sizeof *t);
    for (size_t i = 0; t && i < sizeof classes / sizeof *classes; i++) {
        ofp_str list = ofp_s(classes[i].words), w;
        while (ofp_str_split(&list, ' ', &w)) {
            size_t at = slot_of_word(t, w);
            t->slot[at].word = w;
            t->slot[at].classes |= classes[i].class;
        }
    }
    for (size_t i = 0; t && i < sizeof by_words / sizeof *by_words; i++)
        t->opens_by[opening(by_words[i])] = true;
    return t;
}

static bool is_a(const job *j, ofp_str word, unsigned class)
{
    return word.n && j->names && j->names->slot[slot_of_word(j->names, word)].classes & class;
}

static uint32_t cp_at(ofp_str s, size_t at) { return at < s.n ? ofp_utf8_next(s, &at) : 0; }

static uint32_t cp_before(ofp_str s, size_t at) { return at > 0 ? ofp_utf8_prev(s, &at) : 0; }

static ofp_str strip(ofp_str s)
{
    for (;;) {
        s = ofp_str_trim(s);
        uint32_t first = cp_at(s, 0), last = cp_before(s, s.n);
        size_t cut = 0;
        if (s.n && !ofp_is_letter(first) && !ofp_is_digit(first) && first != '@' && first != '(') {
            ofp_utf8_next(s, &cut);
            s = ofp_str_sub(s, cut, SIZE_MAX);
        } else if (s.n && !ofp_is_letter(last) && !ofp_is_digit(last) && last != '.' && last != ')') {
            cut = s.n;
            ofp_utf8_prev(s, &cut);
            s = ofp_str_sub(s, 0, cut);
        } else {
            return s;
        }
    }
}

size_t by_prefix(const job *j, ofp_str s)
{
    size_t best = 0;
    if (s.n < 2 || !j->names || !j->names->opens_by[opening(s)])        /* as nearly all */
        return 0;
    for (size_t i = 0; i < sizeof by_words / sizeof *by_words; i++) {
        ofp_str w = by_words[i];
        if ((s.p[0] ^ w.p[0]) & ~32)                        /* not even the first letter */
            continue;
        uint32_t next = cp_at(s, w.n), last = cp_before(w, w.n);
        bool ends = next == ' ' || next == ':' || next == 0xa0 || ((last == ':' || last == '/' || last == 0xff1a) && next);
        if (w.n > best && ends && ofp_str_istarts(s, w))
            best = w.n;
    }
    while (best && best < s.n && (s.p[best] == ' ' || s.p[best] == ':'))
        best++;
    return best;
}

/* ---- one word ------------------------------------------------------------------------------ */

static ofp_str bare(ofp_str w)
{
    while (w.n && (w.p[w.n - 1] == ',' || w.p[w.n - 1] == '.' || w.p[w.n - 1] == ':'))
        w.n--;
    return w;
}

/* Letters, hyphens, apostrophes and a full stop, begun with a capital or in a script without them. */
static bool is_name_word(const job *j, ofp_str w)
{
    size_t letters = 0, i = 0;
    bool upper = false;
    while (i < w.n) {
        uint32_t cp = ofp_utf8_next(w, &i);
        if (ofp_is_letter(cp)) {
            upper |= !letters && (ofp_is_upper(cp) || ofp_to_lower(cp) != cp || cp >= 0x590);
            letters++;
        } else if (cp != '-' && cp != '\'' && cp != '.' && cp != 0x2019 && cp != 0x2010 && !(cp >= 0x300 && cp < 0x370)) {
            return false;
        }
    }
    return letters && upper && !is_a(j, bare(w), IS_NO_NAME);
}

/* ---- one name ------------------------------------------------------------------------------- */

/* Bytes of the name that s opens with; 0 where it does not. */
static size_t name_length(const job *j, ofp_str s)
{
    size_t end = 0, words = 0, taken = 0;
    ofp_str rest = s;
    for (ofp_str w; words < 7 && ofp_str_word(&rest, &w); taken++) {
        bool stop = w.n && (w.p[w.n - 1] == ',' || w.p[w.n - 1] == ';');
        ofp_str core = w;
        core.n -= stop;
        if (!core.n || (is_a(j, core, IS_PARTICLE) && !words))
            break;
        if (is_a(j, core, IS_PARTICLE) && !ofp_is_upper(cp_at(core, 0)))
            continue;
        if (is_a(j, bare(core), IS_AFTER) || !is_name_word(j, core))
            break;
        words++;
        end = (size_t)(core.p + core.n - s.p);
        if (stop)
            break;
    }
    return end;
}

static size_t count_words(ofp_str s)
{
    size_t n = 0;
    for (ofp_str w; ofp_str_word(&s, &w);)
        n++;
    return n;
}

bool is_person(const job *j, ofp_str line)
{
    line = strip(line);
    size_t n = count_words(line);
    return n >= 2 && n <= 4 && line.n < 60 && name_length(j, line) == line.n;
}

static bool has_address(ofp_str s)
{
    return ofp_str_find(s, OFP_STR("://"), 0) != SIZE_MAX || ofp_str_istarts(s, OFP_STR("www.")) ||
           ofp_str_find(s, OFP_STR(".com"), 0) != SIZE_MAX || (s.n && s.p[0] == '@');
}

/* "Jr.", "PhD", "M.D." and roles, which stand where another name could; "MA Health News", but not "Ma Yun". */
static bool is_suffix(const job *j, ofp_str s)
{
    ofp_str w, rest = s;
    if (is_a(j, bare(s), IS_SUFFIX))
        return true;
    if (ofp_str_word(&rest, &w) && is_a(j, bare(w), IS_SUFFIX) && ofp_is_upper(cp_at(w, w.n - 1)))
        return true;
    rest = s;
    while (ofp_str_word(&rest, &w))
        if (is_a(j, bare(w), IS_AFTER | IS_NO_NAME))
            return true;
    return false;
}

static ofp_str without_by(const job *j, ofp_str s)
{
    s = strip(s);
    return strip(ofp_str_sub(s, by_prefix(j, s), SIZE_MAX));
}

/* "Ann Lee3 hours ago": the time stands beside the name. */
static ofp_str without_age(ofp_str s)
{
    size_t n = 0;
    while (n < s.n && !(s.p[n] >= '0' && s.p[n] <= '9'))
        n++;
    return ofp_str_ends(s, OFP_STR(" ago")) ? ofp_str_sub(s, 0, n) : s;
}

static ofp_str last_word(ofp_str s)
{
    size_t at = s.n;
    while (at > 0 && s.p[at - 1] != ' ')
        at--;
    return ofp_str_sub(s, at, SIZE_MAX);
}

/* "Ann Lee on Friday March 20", parted at the comma before the year. */
static ofp_str without_day(const job *j, ofp_str s)
{
    ofp_str dated = ofp_arena_printf(j->a, "%.*s, 2000", (int)s.n, s.p), w;
    size_t at;
    bool number = false;
    for (size_t i = 0; i < s.n; i++)
        number |= s.p[i] >= '0' && s.p[i] <= '9';
    if (!number || !ofp_date_find(dated, NULL, &at, NULL) || at >= s.n)
        return s;
    for (s = strip(ofp_str_sub(s, 0, at)); s.n && is_a(j, bare(w = last_word(s)), IS_NO_NAME | IS_AFTER | IS_PARTICLE);)
        s = strip(ofp_str_sub(s, 0, s.n - w.n));
    return s;
}

/* "By", whose name stands elsewhere. */
static bool is_by(ofp_str s)
{
    for (size_t i = 0; i < sizeof by_words / sizeof *by_words; i++)
        if (ofp_str_ieq(s, by_words[i]))
            return true;
    return false;
}

/* Cuts mail addresses, handles and what stands in brackets. */
static ofp_str cut_extras(ofp_str s)
{
    static const char stops[] = "|<(@[)]";
    size_t n = s.n;
    for (size_t i = 0; i < s.n && n == s.n; i++)
        for (const char *c = stops; *c; c++)
            if (s.p[i] == *c)
                n = i;
    ofp_str t = ofp_str_sub(s, 0, n);
    if (n < s.n && s.p[n] == '@')                          /* take the rest of the address off as well */
        while (t.n && t.p[t.n - 1] != ' ')
            t.n--;
    return strip(without_age(t));
}

/* "Ann LeeAnn Lee", from a picture's text and the name beside it. */
static ofp_str said_once(ofp_str s)
{
    size_t half = s.n / 2, gap = s.n % 2;
    bool twice = half >= 4 && (!gap || s.p[half] == ' ') && ofp_str_eq(ofp_str_sub(s, 0, half), ofp_str_sub(s, half + gap, SIZE_MAX));
    return twice ? ofp_str_sub(s, 0, half) : s;
}

bool is_team(const job *j, ofp_str name)
{
    for (ofp_str w; ofp_str_word(&name, &w);)
        if (is_a(j, bare(w), IS_TEAM))
            return true;
    return false;
}

/* A stated name may be written small or be an organisation's: only what is plainly none is refused. */
static bool stated_name(const job *j, ofp_str s, ofp_str *out)
{
    s = without_day(j, said_once(cut_extras(without_by(j, s))));
    size_t words = count_words(s), digits = 0, letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        digits += s.p[i] >= '0' && s.p[i] <= '9';
        letters += (s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z';
        letters += (unsigned char)s.p[i] >= 0x80;
    }
    if (letters < 2 || s.n > 70 || words > 7 || digits > 2 || has_address(s))
        return false;
    if ((words == 1 && is_a(j, s, IS_NO_NAME)) || is_by(s))
        return false;
    *out = s;
    return true;
}

/* ---- several names ---------------------------------------------------------------------------- */

static const ofp_str joints[] = {
    { " and ", 5 }, { " & ", 3 }, { " und ", 5 }, { " et ", 4 }, { " y ", 3 }, { " e ", 3 }, { " och ", 5 }, { " og ", 4 },
    { " en ", 4 }, { " i ", 3 }, { " и ", 4 }, { " with ", 6 }, { ";", 1 }, { ",", 1 }, { " / ", 3 }, { "•", 3 }, { "·", 2 }, { "、", 3 },
};

/* Bytes of the joint that s begins with; 0: none. */
static size_t joint_at(ofp_str s)
{
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (s.p[0] == joints[i].p[0] && ofp_str_starts(s, joints[i]))
            return joints[i].n;
    return 0;
}

/* The piece before the next joint; *rest moves past it.  No joint begins with a letter of ASCII. */
static ofp_str next_piece(ofp_str *rest)
{
    size_t at = 0, len = 0;
    for (; at < rest->n && !len; at += !len)
        len = ((unsigned)(rest->p[at] | 32) - 'a') < 26 ? 0 : joint_at(ofp_str_sub(*rest, at, SIZE_MAX));
    ofp_str piece = ofp_str_sub(*rest, 0, at);
    *rest = ofp_str_sub(*rest, at + len, SIZE_MAX);
    return piece;
}

size_t add_person(ofp_str *all, size_t n, ofp_str name)
{
    for (size_t i = 0; i < n; i++)
        if (same_words(all[i], name) || (name.n > all[i].n && ofp_str_ends(name, all[i])))   /* "All posts by Ann Lee" */
            return n;
    if (n < MAX_PEOPLE)
        all[n++] = name;
    return n;
}

size_t without_site(const job *j, ofp_str *names, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; n > 1 && i < n; i++)
        if (!same_words(names[i], ofp_meta_get(j->d, OFP_META_SITE)))
            names[kept++] = names[i];
    return kept ? kept : n;
}

/* "Lee, Ann": two single words around a comma are one name turned round. */
static bool turned_round(const job *j, ofp_str value, ofp_str *out)
{
    size_t comma = ofp_str_find(value, OFP_STR(","), 0);
    if (comma == SIZE_MAX || ofp_str_find(value, OFP_STR(","), comma + 1) != SIZE_MAX)
        return false;
    ofp_str last = strip(ofp_str_sub(value, 0, comma)), first = strip(ofp_str_sub(value, comma + 1, SIZE_MAX));
    if (count_words(last) != 1 || count_words(first) != 1 || is_suffix(j, first) || !is_name_word(j, last) || !is_name_word(j, first))
        return false;
    *out = ofp_arena_printf(j->a, "%.*s %.*s", (int)first.n, first.p, (int)last.n, last.p);
    return true;
}

/* Templates that were never filled in, and scripts. */
static bool is_code(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '{' || s.p[i] == '}' || s.p[i] == '=')
            return true;
    return false;
}

size_t people_stated(const job *j, ofp_str value, ofp_str out[MAX_PEOPLE])
{
    size_t n = 0;
    value = without_by(j, ofp_arena_squeeze(j->a, value));
    if (is_code(value) || (has_address(value) && count_words(value) == 1))
        return 0;
    if (turned_round(j, value, &out[0]))
        return 1;
    for (ofp_str rest = value, s; rest.n && n < MAX_PEOPLE;) {
        ofp_str piece = next_piece(&rest);
        if (stated_name(j, piece, &s) && !(n && is_suffix(j, s)))
            n = add_person(out, n, s);
    }
    return n;
}

/* Where the names end: a date, a digit, a bar. */
static ofp_str byline_part(ofp_str s)
{
    static const ofp_str stops[] = { { "|", 1 }, { "•", 3 }, { "·", 2 }, { "(", 1 }, { " – ", 5 }, { " — ", 5 }, { " - ", 3 }, { "@", 1 }, { "\n", 1 } };
    size_t n = s.n, at;
    if (ofp_date_find(s, NULL, &at, NULL) && at < n)
        n = at;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t k = ofp_str_find(s, stops[i], 1);
        n = k < n ? k : n;
    }
    for (size_t i = 0; i < n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            n = i;
    return ofp_str_sub(s, 0, n);
}

size_t people_in_line(const job *j, ofp_str line, bool marked, ofp_str out[MAX_PEOPLE])
{
    size_t n = 0;
    line = strip(ofp_arena_squeeze(j->a, line));
    size_t by = by_prefix(j, line);
    line = byline_part(ofp_str_sub(line, by, SIZE_MAX));
    for (ofp_str rest = strip(line); rest.n && n < MAX_PEOPLE;) {
        ofp_str piece = strip(next_piece(&rest));
        size_t len = name_length(j, piece);
        ofp_str s = said_once(ofp_str_sub(piece, 0, len));
        if (!len || is_by(s) || (n && is_suffix(j, s)))
            break;
        if (by || marked || count_words(s) > 1)
            n = add_person(out, n, s);
        if (len < piece.n)
            break;
    }
    return n;
}

bool offer_people(job *j, const ofp_str *names, size_t n, const char *from, int sure)
{
    ofp_str copies[MAX_PEOPLE];
    for (size_t i = 0; i < n; i++)
        copies[i] = ofp_arena_dup(ofp_doc_arena(j->d), names[i]);
    return n && ofp_meta_offer_list(j->d, OFP_META_AUTHOR, copies, n, ofp_s(from), sure);
}
