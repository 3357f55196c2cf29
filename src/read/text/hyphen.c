/* hyphen.c - joining lines; what to do with a hyphen or half an address at a line's end.
 *
 * "informa-" + "tion" is one word, "well-" + "known" keeps its hyphen, "pre-" + "and post-war" keeps
 * its blank.  The document itself is the dictionary: it mostly has the word somewhere unbroken. */
#include "read/text/text.h"

/* Hashes of the document's words, open addressing; 0 is an empty place. */
typedef struct words { uint64_t *at; size_t mask; } words;

/* FNV-1a, 64 bit. */
static uint64_t hash_more(uint64_t h, ofp_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ofp_to_lower(ofp_utf8_next(s, &i));
        for (int k = 0; k < 3; k++, cp >>= 8) h = (h ^ (cp & 0xFF)) * 0x100000001B3u;
    }
    return h;
}

static uint64_t hash(ofp_str a, ofp_str b, ofp_str c)
{
    uint64_t h = hash_more(hash_more(hash_more(0xCBF29CE484222325u, a), b), c);
    return h ? h : 1;
}

static bool has(const words *w, uint64_t h)
{
    for (size_t i = (size_t)h & w->mask; w->at[i]; i = (i + 1) & w->mask)
        if (w->at[i] == h) return true;
    return false;
}

static void put(words *w, uint64_t h)
{
    size_t i = (size_t)h & w->mask;
    while (w->at[i] && w->at[i] != h) i = (i + 1) & w->mask;
    w->at[i] = h;
}

static bool in_word(uint32_t cp)
{
    return cp == '-' || cp == '\'' || cp == 0x2019 || ofp_is_letter(cp) || ofp_is_digit(cp);
}

/* The word (letters, digits, inner hyphens) that s begins or ends with. */
static ofp_str word_at_start(ofp_str s)
{
    size_t i = 0;
    while (i < s.n) {
        size_t at = i;
        if (!in_word(ofp_utf8_next(s, &at))) break;
        i = at;
    }
    return ofp_str_sub(s, 0, i);
}

static ofp_str word_at_end(ofp_str s)
{
    size_t i = s.n;
    while (i) {
        size_t at = i;
        if (!in_word(ofp_utf8_prev(s, &at))) break;
        i = at;
    }
    return ofp_str_sub(s, i, SIZE_MAX);
}

static bool edge_is_word(ofp_str s, bool end)
{
    size_t at = end ? s.n : 0;
    if (!s.n) return false;
    uint32_t cp = end ? ofp_utf8_prev(s, &at) : ofp_utf8_next(s, &at);
    return ofp_is_letter(cp) || ofp_is_digit(cp);
}

/* Does s end with a hyphen that a letter or digit stands before, and b begin with one? */
static bool breaks_word(ofp_str s, ofp_str b)
{
    if (!s.n || !b.n) return false;
    size_t at = s.n;
    uint32_t cp = ofp_utf8_prev(s, &at);
    return (cp == '-' || cp == 0x2010 || cp == 0xAD) && edge_is_word(ofp_str_sub(s, 0, at), true) && edge_is_word(b, false);
}

static void collect(words *w, ofp_str s)
{
    ofp_str word;
    while (ofp_str_word(&s, &word)) {
        size_t i = 0;
        while (i < word.n && !edge_is_word(ofp_str_sub(word, i, SIZE_MAX), false)) ofp_utf8_next(word, &i);
        ofp_str in = word_at_start(ofp_str_sub(word, i, SIZE_MAX));
        if (in.n) put(w, hash(in, OFP_STR(""), OFP_STR("")));
    }
}

/* "and", "or" behind a hyphen: the hyphen stands for a word left out. */
static bool is_conjunction(ofp_str w)
{
    static const ofp_str list[] = {
        OFP_STR("and"), OFP_STR("or"), OFP_STR("to"), OFP_STR("nor"), OFP_STR("und"), OFP_STR("oder"), OFP_STR("bis"), OFP_STR("sowie"),
        OFP_STR("et"), OFP_STR("ou"), OFP_STR("y"), OFP_STR("o"), OFP_STR("e"), OFP_STR("en"), OFP_STR("of"), OFP_STR("i"), OFP_STR("och"), OFP_STR("og"),
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (ofp_str_ieq(w, list[i])) return true;
    return false;
}

enum verdict { GLUE, KEEP, APART, UNKNOWN };

/* What becomes of the hyphen between a (which ends with it) and b, after the dictionary. */
static enum verdict judge(const words *w, ofp_str a, ofp_str b)
{
    size_t cut = a.n;
    uint32_t cp = ofp_utf8_prev(a, &cut);
    if (cp == 0xAD) return GLUE;
    ofp_str left = word_at_end(ofp_str_sub(a, 0, cut)), right = word_at_start(b);
    if (is_conjunction(right)) return APART;
    if (has(w, hash(left, OFP_STR("-"), right))) return KEEP;
    return has(w, hash(left, OFP_STR(""), right)) ? GLUE : UNKNOWN;
}

const struct words *text_words(text *t)
{
    size_t n = 0, total = 0, glued = 0, kept = 0;
    for (size_t i = 0; i < t->nlines; i++) {
        total += t->lines[i].words;
        n += i && t->lines[i].joins && breaks_word(t->lines[i - 1].s, t->lines[i].s);
    }
    words *w = n ? ofp_arena_zalloc(t->scratch, 1, sizeof *w) : NULL;
    if (!w) return NULL;
    for (w->mask = 64; w->mask < total * 2; w->mask *= 2)
        ;
    w->at = ofp_arena_zalloc(t->scratch, w->mask--, sizeof *w->at);
    if (!w->at) return NULL;
    for (size_t i = 0; i < t->nlines; i++) collect(w, t->lines[i].s);
    for (size_t i = 1; i < t->nlines; i++) {
        if (!t->lines[i].joins || !breaks_word(t->lines[i - 1].s, t->lines[i].s)) continue;
        enum verdict v = judge(w, t->lines[i - 1].s, t->lines[i].s);
        glued += v == GLUE;
        kept += v == KEEP;
    }
    t->shape.hyphenated = glued >= 3 && glued > 2 * kept;
    return w;
}

static bool ends_cjk(ofp_str s)
{
    size_t at = s.n;
    return s.n && ofp_is_cjk(ofp_utf8_prev(s, &at));
}

static bool starts_cjk(ofp_str s)
{
    size_t at = 0;
    return s.n && ofp_is_cjk(ofp_utf8_next(s, &at));
}

/* A dash that stands tight at the break stood tight in the line. */
static bool tight_dash(ofp_str a, ofp_str b)
{
    bool behind = ofp_str_ends(a, OFP_STR("--")) || ofp_str_ends(a, OFP_STR("\u2014"));
    size_t n = ofp_str_ends(a, OFP_STR("--")) ? 2 : 3;
    return behind && edge_is_word(ofp_str_sub(a, 0, a.n - n), true) && edge_is_word(b, false);
}

/* ---- addresses broken over two lines ------------------------------------------------------- */

static bool is_address_byte(char c)
{
    static const char others[] = "-._~:/?#[]@!$&'()*+,;=%";        /* RFC 3986 clauses 2.2 and 2.3, and % */
    if ((unsigned)(c - '0') < 10 || (unsigned)((c | 0x20) - 'a') < 26) return true;
    for (size_t i = 0; others[i]; i++)
        if (others[i] == c) return true;
    return false;
}

/* The address that s ends with, up to its last byte. */
static ofp_str open_address(ofp_str s)
{
    size_t i = s.n;
    while (i && is_address_byte(s.p[i - 1])) i--;
    ofp_str word = ofp_str_sub(s, i, SIZE_MAX);
    size_t at = ofp_str_find(word, OFP_STR("://"), 0);
    if (at == SIZE_MAX) at = ofp_str_find(word, OFP_STR("www."), 0);
    return at == SIZE_MAX || at > 12 || word.n < at + 7 ? OFP_STR("") : word;
}

static bool is_one_of(char c, const char *set)
{
    for (; *set; set++)
        if (*set == c) return true;
    return false;
}

/* Does an address go on with this word: a path, a query, "index.html", and no "mid-day" or "e.g."? */
static bool goes_on_address(ofp_str s, bool in_path)
{
    size_t n = 0, marks = 0, hyphens = 0, dots = 0;
    while (n < s.n && is_address_byte(s.p[n])) n++;
    if (n < s.n && !is_one_of(s.p[n], " >")) return false;
    if (ofp_str_find(ofp_str_sub(s, 0, n), OFP_STR("://"), 0) != SIZE_MAX) return false;
    while (n && is_one_of(s.p[n - 1], ".,;:!?)'")) n--;
    for (size_t i = 1; i + 1 < n; i++) {
        marks += is_one_of(s.p[i], "/=&%?#_");
        hyphens += s.p[i] == '-';
        dots += s.p[i] == '.' && i >= 3;
    }
    return marks || hyphens >= 2 || (in_path && dots);
}

/* "<https://example.org/a/" has not closed yet; RFC 3986 appendix C wants such to be put together. */
static bool in_brackets(ofp_str s, ofp_str address)
{
    size_t before = s.n - address.n;
    return before && s.p[before - 1] == '<';
}

/* An address at the end of a, which was filled up, goes on in b. */
static bool breaks_address(ofp_str a, ofp_str b)
{
    ofp_str address = open_address(a);
    if (!address.n || !b.n || !is_address_byte(b.p[0])) return false;
    size_t close = ofp_str_find(b, OFP_STR(">"), 0), blank = ofp_str_find(b, OFP_STR(" "), 0);
    if (in_brackets(a, address)) return close < blank;
    char last = a.p[a.n - 1];
    if (is_one_of(last, "-_=&?%#")) return true;
    return !is_one_of(last, ".,;:!)'") && goes_on_address(b, last == '/');
}

void text_glue(const text *t, ofp_buf *b, const line *k, ofp_str s)
{
    ofp_str a = ofp_buf_str(b);
    if (!a.n || (k->joins && breaks_address(a, s))) {
        ofp_buf_add(b, s);
        return;
    }
    if (t->words && k->joins && breaks_word(a, s)) {
        enum verdict v = judge(t->words, a, s);
        if (v == GLUE || (v == UNKNOWN && t->shape.hyphenated)) ofp_utf8_prev(a, &b->n);
        if (v == APART) ofp_buf_putc(b, ' ');
    } else if (!(ends_cjk(a) && starts_cjk(s)) && !tight_dash(a, s)) {
        ofp_buf_putc(b, ' ');
    }
    ofp_buf_add(b, s);
}
