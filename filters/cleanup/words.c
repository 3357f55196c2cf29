/* words.c - reading text once: words, what they are made of and which lists they stand in. */
#include "cleanup.h"
#include <stdlib.h>

static uint32_t join(uint32_t key, uint32_t word) { return (key ^ word) * 0x9e3779b1u + 1; }

/* ---- scanning ---------------------------------------------------------------------------- */

static bool is_title_word(const wordset *t, uint32_t word)
{
    size_t lo = 0, hi = t->n;
    if (!(t->some >> word % 64 & 1))    /* as most */
        return false;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (t->hash[mid] < word) lo = mid + 1; else hi = mid;
    }
    return lo < t->n && t->hash[lo] == word;
}

static void count_classes(facts *f, unsigned bits)
{
    for (; bits; bits &= bits - 1)
        f->in[__builtin_ctz(bits)]++;
}

/* A number without letters leaves the key alone: "12 comments" is the label "comments".
 * exact has them all. */
static void end_word(scanner *s)
{
    facts *f = &s->f;
    if (!s->word)
        return;
    f->words++;
    if (s->figures && !s->letters) {
        f->numbers++;
        f->years += s->figures == 4 && s->number >= 1900 && s->number < 2100;
    }
    if (s->uppers) {
        f->upper++;
        f->caps += s->uppers > 1 && s->uppers == s->letters;
    }
    f->link_words += s->began.link;
    f->bold_words += s->began.bold;
    f->button_words += s->began.button;
    if (s->letters) {
        f->key = join(f->key, s->word);
        if (f->named++ < LEAD)
            f->lead[f->named - 1] = f->key;
    }
    f->exact = join(f->exact, s->word);
    f->word = s->word;
    if (s->v) {
        unsigned bits = vocab_classes(s->v, s->word);
        f->starts_by |= f->words == 1 && bits & 1u << W_BY;
        count_classes(f, bits);
    }
    f->title_words += s->title && is_title_word(s->title, s->word);
    s->word = 0;
    s->letters = s->uppers = s->figures = 0;
    s->number = 0;
}

static void add_letter(scanner *s, uint32_t cp, bool upper, bool digit)
{
    if (!s->word)
        s->began = s->now;
    s->word = word_hash(s->word, cp);
    s->letters += !digit;
    s->uppers += upper;
    s->figures += digit;
    s->f.digits += digit;
    if (digit && s->number < 100000 && cp - '0' < 10)
        s->number = s->number * 10 + (long)(cp - '0');
}

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1f ||
           c == 0x61f || c == 0x6d4 || c == 0x964;
}
static bool is_mark(uint32_t c) { return c == '|' || c == 0x2022 || c == 0xb7 || c == 0xbb || c == 0x203a || c == '>' || c == '/'; }
static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 || c == 0xbb || c == 0x300d || c == '*';
}

static void add_other(scanner *s, uint32_t cp, bool more)
{
    facts *f = &s->f;
    f->copyright |= cp == 0xa9 && !s->word;
    end_word(s);
    if (ofp_is_space(cp))
        return;
    f->commas += cp == ',' || cp == 0xff0c || cp == 0x3001 || cp == 0x60c;
    f->sentences += is_stop(cp) && !(more && cp == '.');
    f->marks += is_mark(cp);
    if (!is_closing(cp))
        f->last = cp;
}

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }

/* A word, or the rest of one, in small letters of ASCII, which most of a text is.  The first of them stands at from. */
static size_t scan_small(scanner *s, ofp_str t, size_t from)
{
    size_t i = from;
    uint32_t word = s->word;
    if (!word) {
        s->began = s->now;
        word = NO_LETTERS;
    }
    if (!s->f.first)
        s->f.first = (unsigned char)t.p[from];
    while (i < t.n && is_small(t.p[i]))
        word = mix_letter(word, (unsigned char)t.p[i++]);
    s->word = word;
    s->letters += (unsigned)(i - from);
    s->f.chars += (unsigned)(i - from);
    s->f.last = (unsigned char)t.p[i - 1];
    return i;
}

static void add_seen(scanner *s, uint32_t seen, uint32_t small, bool upper, bool digit)
{
    if (!s->f.first)
        s->f.first = seen;
    s->f.last = seen;
    add_letter(s, small, upper, digit);
}

/* more: no blank follows. */
static void scan_ascii(scanner *s, unsigned char c, bool more)
{
    bool upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
    if (upper || digit)
        add_seen(s, c, upper ? c + 32u : c, upper, digit);
    else
        add_other(s, c, more);
}

/* Digits of other scripts are no digits here. */
static void scan_other(scanner *s, uint32_t cp, bool more)
{
    if (!ofp_is_letter(cp)) {
        add_other(s, cp, more);
        return;
    }
    bool upper = ofp_is_upper(cp), cjk = ofp_is_cjk(cp) && !(cp >= 0xac00 && cp <= 0xd7af);
    if (cjk)
        end_word(s);
    s->f.cjk += cjk;
    add_seen(s, cp, upper ? ofp_to_lower(cp) : cp, upper, false);
    if (cjk)
        end_word(s);
}

void scan_text(scanner *s, ofp_str t)
{
    for (size_t i = 0; i < t.n;) {
        unsigned char c = (unsigned char)t.p[i];
        if (is_small(t.p[i])) {
            i = scan_small(s, t, i);
            continue;
        }
        uint32_t cp = c < 0x80 ? (i++, c) : ofp_utf8_next(t, &i);
        bool more = i < t.n && (unsigned char)t.p[i] > ' ';
        s->f.chars++;
        if (cp == ' ')
            end_word(s);
        else if (c < 0x80)
            scan_ascii(s, c, more);
        else
            scan_other(s, cp, more);
    }
}

static void enter_inline(scanner *s, const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    if (t == OFP_LINK) {
        s->now.link = true;
        s->href = s->f.links++ ? s->href : ofp_url(n);
    } else if (t == OFP_STRONG) {
        s->now.bold = true;
    } else if (t == OFP_SPAN && ofp_str_eq(ofp_hint_tag(n), OFP_STR("button"))) {
        end_word(s);
        s->now.button = true;
    } else if (t == OFP_SPAN && ofp_str_eq(ofp_hint_tag(n), OFP_STR("input"))) {
        s->f.inputs++;
    } else if (t == OFP_IMAGE) {
        s->f.images += !ofp_str_eq(ofp_hint_tag(n), OFP_STR("svg"));    /* drawings were not seen when this was learnt */
    } else if (t == OFP_LINEBREAK || t == OFP_SOFTBREAK) {
        end_word(s);
        s->f.breaks += t == OFP_LINEBREAK;
    }
}

/* The alternative text of images and the text of notes belong to other places. */
void scan_inlines(scanner *s, const ofp_node *parent)
{
    for (const ofp_node *n = ofp_first(parent); n; n = ofp_next(n)) {
        enum ofp_type t = ofp_node_type(n);
        styling outside = s->now;
        enter_inline(s, n);
        if (t == OFP_TEXT || t == OFP_CODE || t == OFP_MATH)
            scan_text(s, ofp_text(n));
        else if (t != OFP_NOTE && t != OFP_IMAGE && t != OFP_CITATION)
            scan_inlines(s, n);
        if (t == OFP_LINK || t == OFP_SPAN || t == OFP_STRONG) {
            if (s->now.button != outside.button)
                end_word(s);
            s->now = outside;
        }
    }
}

void scan_end(scanner *s) { end_word(s); }

facts scan_str(const vocab *v, ofp_str text)
{
    scanner s = { .v = v };
    scan_text(&s, text);
    scan_end(&s);
    return s.f;
}

static int cmp_hash(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

wordset title_words(ofp_arena *a, const vocab *v, ofp_str text)
{
    uint32_t *h = ofp_arena_zalloc(a, ofp_str_words(text) + 1, sizeof *h);
    wordset t = { .hash = h };
    for (ofp_str w; h && ofp_str_word(&text, &w);) {
        scanner s = { .v = v };
        for (size_t i = 0; i < w.n;) {
            uint32_t cp = ofp_utf8_next(w, &i);
            if (ofp_is_letter(cp) || ofp_is_digit(cp))
                add_letter(&s, ofp_to_lower(cp), false, ofp_is_digit(cp));
        }
        if (s.word && !(vocab_classes(v, s.word) & 1u << W_STOP))
            h[t.n++] = s.word, t.some |= UINT64_C(1) << s.word % 64;
    }
    if (h)
        qsort(h, t.n, sizeof *h, cmp_hash);
    return t;
}

/* ---- what a block is --------------------------------------------------------------------- */

bool facts_sentence_end(const facts *f) { return is_stop(f->last); }

/* Measured on text dumps: the loose second arm keeps technical prose, which has few function words. */
bool facts_prose(const facts *f)
{
    unsigned w = f->words, stop = w ? f->in[W_STOP] * 100 / w : 0;
    bool end = facts_sentence_end(f);
    if (w >= 12 && (stop >= 18 || (stop >= 8 && ((end && w >= 15) || f->sentences >= 2))) &&
        (end || f->sentences || w >= 25))
        return true;
    return w >= 40 && stop >= 12;
}
