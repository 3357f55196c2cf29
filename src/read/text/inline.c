/* inline.c - what can be told inside a line: addresses, link numbers, emphasis, code. */
#include "read/text/text.h"

enum { MAX_EMPH = 240, MAX_MAIL = 80 };

typedef struct span { const text *t; ofp_node *parent; ofp_str s; size_t from, at; bool plain; } span;

/* ---- characters --------------------------------------------------------------------------- */

static uint32_t cp_before(ofp_str s, size_t at)
{
    return at ? ofp_utf8_prev(s, &at) : ' ';
}

static uint32_t cp_at(ofp_str s, size_t at)
{
    return at < s.n ? ofp_utf8_next(s, &at) : ' ';
}

static bool is_word_cp(uint32_t cp)
{
    return ofp_is_letter(cp) || ofp_is_digit(cp);
}

static bool is_alnum(char c)
{
    return (unsigned)(c - '0') < 10 || (unsigned)((c | 0x20) - 'a') < 26;
}

/* ---- output ------------------------------------------------------------------------------- */

static void flush(span *p, size_t to)
{
    if (to > p->from) ofp_add_text(p->t->d, p->parent, ofp_str_sub(p->s, p->from, to - p->from));
    p->from = to;
}

static void put_link(span *p, size_t from, size_t to, size_t past, ofp_str url)
{
    flush(p, from);
    ofp_node *n = ofp_add(p->t->d, p->parent, OFP_LINK);
    ofp_set_target(n, url, OFP_STR(""));
    ofp_add_text(p->t->d, n, ofp_str_sub(p->s, p->from, 0));
    ofp_add_text(p->t->d, n, ofp_str_sub(p->s, from, to - from));
    p->from = p->at = past;
}

/* ---- addresses ---------------------------------------------------------------------------- */

static const ofp_str schemes[] = {
    OFP_STR("https://"), OFP_STR("http://"), OFP_STR("ftp://"), OFP_STR("mailto:"), OFP_STR("www."), OFP_STR("gemini://"), OFP_STR("gopher://"),
};

static bool ends_url(uint32_t cp)
{
    return cp <= ' ' || cp == '<' || cp == '>' || cp == '"' || cp == '`' || cp == '{' || cp == '}' || cp == '|' || cp == '^' || cp == '\\' ||
           cp == 0x201C || cp == 0x201D || cp == 0x2018 || cp == 0x2019 || cp == 0xAB || cp == 0xBB || cp == 0x2026 || ofp_is_space(cp) || ofp_is_cjk(cp);
}

/* Punctuation at the end belongs to the sentence, a closing bracket only when none opened inside. */
static size_t trim_url(ofp_str s, size_t from, size_t to)
{
    int round = 0, square = 0;
    for (size_t i = from; i < to; i++) {
        round += (s.p[i] == '(') - (s.p[i] == ')');
        square += (s.p[i] == '[') - (s.p[i] == ']');
    }
    while (to > from) {
        char c = s.p[to - 1];
        if (c == ')' && round < 0) round++;
        else if (c == ']' && square < 0) square++;
        else if (!(c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\'' || c == '*' || c == '_')) break;
        to--;
    }
    return to;
}

static bool try_url(span *p)
{
    ofp_str s = ofp_str_sub(p->s, p->at, SIZE_MAX);
    size_t i = 0, k = 0, n = sizeof schemes / sizeof *schemes;
    while (k < n && !ofp_str_istarts(s, schemes[k])) k++;
    if (k == n || is_word_cp(cp_before(p->s, p->at))) return false;
    for (i = schemes[k].n; i < s.n;) {
        size_t next = i;
        if (ends_url(ofp_utf8_next(s, &next))) break;
        i = next;
    }
    i = trim_url(s, schemes[k].n, i);
    if (i <= schemes[k].n || !is_word_cp(cp_at(s, schemes[k].n))) return false;
    ofp_str url = ofp_str_sub(s, 0, i);
    bool www = ofp_str_istarts(s, OFP_STR("www."));
    if (www && ofp_str_find(url, OFP_STR("."), 4) == SIZE_MAX) return false;
    if (www) url = ofp_arena_printf(ofp_doc_arena(p->t->d), "http://%.*s", (int)(i < 8192 ? i : 8192), s.p);
    put_link(p, p->at, p->at + i, p->at + i, url);
    return true;
}

static bool is_mail_char(char c)
{
    return is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

/* name@host.tld around the @ at p->at. */
static bool try_mail(span *p)
{
    ofp_str s = p->s;
    size_t from = p->at, to = p->at + 1, dot = 0;
    while (from > p->from && p->at - from < MAX_MAIL && is_mail_char(s.p[from - 1])) from--;
    while (from < p->at && !is_alnum(s.p[from])) from++;
    while (to < s.n && to - p->at < MAX_MAIL && (is_alnum(s.p[to]) || s.p[to] == '.' || s.p[to] == '-')) {
        if (s.p[to] == '.' && to + 2 < s.n && is_alnum(s.p[to + 1]) && is_alnum(s.p[to + 2])) dot = to;
        to++;
    }
    while (to > p->at + 1 && !is_alnum(s.p[to - 1])) to--;
    if (from == p->at || !dot || dot <= p->at + 1 || to <= dot || is_word_cp(cp_before(s, from)) || cp_at(s, to) == '@') return false;
    ofp_str url = ofp_arena_printf(ofp_doc_arena(p->t->d), "mailto:%.*s", (int)(to - from), s.p + from);
    put_link(p, from, to, to, url);
    return true;
}

/* ---- emphasis and code --------------------------------------------------------------------- */

static void put_inner(span *p, enum ofp_type type, size_t from, size_t to, size_t past)
{
    flush(p, p->at);
    ofp_node *n = ofp_add(p->t->d, p->parent, type);
    ofp_str inner = ofp_str_sub(p->s, from, to - from);
    if (type == OFP_CODE) {
        ofp_set_text(n, inner);
    } else {
        span in = { .t = p->t, .parent = n, .s = inner, .plain = true };
        ofp_add_text(in.t->d, n, in.s);
    }
    p->from = p->at = past;
}

static bool is_one_of(uint32_t cp, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (set[i] == cp) return true;
    return false;
}

/* What may stand right before emphasis and right behind it: blanks and the marks of a sentence. */
static bool outside_before(uint32_t cp)
{
    static const uint32_t set[] = { '(', '[', '"', '\'', 0x201C, 0x2018, 0x201E, 0xAB, 0x2014, 0x2013, '-' };
    return ofp_is_space(cp) || is_one_of(cp, set, sizeof set / sizeof *set);
}

static bool outside_after(uint32_t cp)
{
    static const uint32_t set[] = { ')', ']', '"', '\'', 0x201D, 0x2019, 0x201C, 0xBB, 0x2014, 0x2013, '-', '.', ',', ';', ':', '!', '?', 0x2026 };
    return ofp_is_space(cp) || is_one_of(cp, set, sizeof set / sizeof *set);
}

/* Where the mark of width w at p->at closes: directly behind a word, before the end of one, with no
 * such mark between.  0 where it does not. */
static size_t find_close(const span *p, size_t w)
{
    ofp_str s = p->s;
    char c = s.p[p->at];
    size_t end = s.n - p->at > MAX_EMPH ? p->at + MAX_EMPH : s.n;
    for (size_t i = p->at + w; i < end; i++) {
        if (s.p[i] != c) continue;
        size_t k = i;
        while (k < s.n && s.p[k] == c) k++;
        bool closes = k - i == w && !ofp_is_space(cp_before(s, i)) && outside_after(cp_at(s, k));
        return closes ? i : 0;
    }
    return 0;
}

static bool has_letter(ofp_str s)
{
    for (size_t i = 0; i < s.n;)
        if (ofp_is_letter(ofp_utf8_next(s, &i))) return true;
    return false;
}

/* *word*, _word_, **word**: the marks hug words, and stand where no letter touches them outside. */
static bool try_emph(span *p)
{
    ofp_str s = p->s;
    size_t w = 1;
    while (p->at + w < s.n && s.p[p->at + w] == s.p[p->at]) w++;
    bool strong = w == 2 && s.p[p->at] == '*';
    size_t close = 0;
    uint32_t before = cp_before(s, p->at), after = cp_at(s, p->at + w);
    bool opens = outside_before(before) && (is_word_cp(after) || after == 0x201C || after == '"' || after == 0xBF);
    if (opens && (w == 1 || strong)) close = find_close(p, w);
    ofp_str inner = close ? ofp_str_sub(s, p->at + w, close - p->at - w) : OFP_STR("");
    if (!has_letter(inner)) {
        p->at += w;
        return false;
    }
    put_inner(p, strong ? OFP_STRONG : OFP_EMPH, p->at + w, close, close + w);
    return true;
}

static bool try_code(span *p)
{
    ofp_str s = p->s;
    size_t from = p->at + 1, i = from;
    while (i < s.n && s.p[i] != '`' && i - from < MAX_EMPH) i++;
    bool whole = i < s.n && s.p[i] == '`' && i > from && s.p[from] != ' ' && s.p[i - 1] != ' ' && !is_word_cp(cp_before(s, p->at)) &&
                 !is_word_cp(cp_at(s, i + 1));
    if (!whole) {
        p->at++;
        return false;
    }
    put_inner(p, OFP_CODE, from, i, i + 1);
    return true;
}

/* ---- link numbers --------------------------------------------------------------------------- */

/* Where the text of a link that starts at from ends.  Browsers mark only the start.  A short block
 * is all link; else a run of capitalised words, or one word; never past the next number. */
static size_t link_end(ofp_str s, size_t from, bool opens_block)
{
    size_t next = ofp_str_find(s, OFP_STR("["), from), i = from;
    if (next == SIZE_MAX) next = s.n;
    ofp_str rest = ofp_str_sub(s, from, next - from), word;
    if (opens_block && ofp_str_words(ofp_str_sub(rest, 0, 400)) <= 12 && next == s.n) return next;
    for (bool first = true; ofp_str_word(&rest, &word); first = false) {
        if (!first && !ofp_is_upper(cp_at(word, 0))) break;
        i = (size_t)(word.p + word.n - s.p);
        char last = word.p[word.n - 1];
        if (last == ',' || last == '.' || last == ';' || last == ':' || last == ')' || last == '!' || last == '?') {
            i -= word.n > 1;
            break;
        }
    }
    return i;
}

/* "[12]text" of a page dump, when the list of addresses stood at its end; "text[12]" as people write it. */
static bool try_ref(span *p)
{
    size_t i = p->at + 1, n = 0;
    while (i < p->s.n && i - p->at < 7 && (unsigned)(p->s.p[i] - '0') < 10) n = n * 10 + (size_t)(p->s.p[i++] - '0');
    if (i >= p->s.n || p->s.p[i] != ']' || n >= p->t->nrefs || !p->t->refs[n].n) return false;
    size_t from = i + 1;
    if (outside_after(cp_at(p->s, from))) {
        put_link(p, p->at, from, from, p->t->refs[n]);
        return true;
    }
    size_t end = link_end(p->s, from, p->at == 0);
    if (end == from) return false;
    flush(p, p->at);
    p->from = from;
    put_link(p, from, end, end, p->t->refs[n]);
    return true;
}

/* <http://...>, <URL:http://...>: the brackets go. */
static bool try_angle(span *p)
{
    ofp_str s = p->s;
    size_t from = p->at + 1;
    if (ofp_str_istarts(ofp_str_sub(s, from, 4), OFP_STR("URL:"))) from += 4;
    size_t end = from;
    bool mail = false;
    while (end < s.n && end - from < 2000 && s.p[end] != '>' && s.p[end] != ' ' && s.p[end] != '<') mail |= s.p[end++] == '@';
    if (end >= s.n || s.p[end] != '>') return false;
    ofp_str url = ofp_str_sub(s, from, end - from);
    bool is_url = ofp_str_find(ofp_str_sub(url, 0, 12), OFP_STR("://"), 0) != SIZE_MAX || ofp_str_istarts(url, OFP_STR("mailto:"));
    mail = mail && !is_url && ofp_str_find(url, OFP_STR("."), 0) != SIZE_MAX;
    if (!is_url && !mail) return false;
    if (mail) url = ofp_arena_printf(ofp_doc_arena(p->t->d), "mailto:%.*s", (int)url.n, url.p);
    flush(p, p->at);
    p->from = from;
    put_link(p, from, end, end + 1, url);
    return true;
}

/* ---- the scan -------------------------------------------------------------------------------- */

static bool try_at(span *p)
{
    switch (p->s.p[p->at]) {
    case 'h': case 'H': case 'f': case 'F': case 'm': case 'M': case 'w': case 'W': case 'g': return try_url(p);
    case '@': return try_mail(p);
    case '<': return try_angle(p);
    case '[': return p->t->nrefs && try_ref(p);
    case '*': case '_': return try_emph(p);
    case '`': return try_code(p);
    default: return false;
    }
}

void text_inlines(const text *t, ofp_node *parent, ofp_str s)
{
    span p = { .t = t, .parent = parent, .s = s };
    while (p.at < s.n) {
        size_t was = p.at;
        if (!try_at(&p) && p.at == was) p.at++;
    }
    flush(&p, s.n);
}
