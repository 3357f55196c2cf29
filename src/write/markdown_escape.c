/* markdown_escape.c - what must be escaped so that text stays text, and nothing else.
 *
 * cmark's own renderer escapes every '!', '#', '_', '[' …; here a character is escaped only where
 * CommonMark 0.30, GFM or the extensions of this dialect would read something into it. */
#include "write/markdown.h"
#include <string.h>

static bool is_blank(uint32_t c) { return c == 0 || c == ' ' || c == '\n'; }

static bool is_ascii_punct(uint32_t c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool is_ascii_letter(uint32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_ascii_digit(uint32_t c) { return c >= '0' && c <= '9'; }

/* A character that neither opens nor closes emphasis beside an underscore. */
static bool is_wordlike(uint32_t c) { return !is_blank(c) && !ofp_is_space(c) && !ofp_is_punct(c); }

/* CommonMark 6.2: & name ; or & # digits ; is a character reference. */
static bool begins_reference(ofp_str s)
{
    size_t i = 1, from;
    if (i < s.n && s.p[i] == '#')
        i++;
    for (from = i; i < s.n && i < 40; i++)
        if (!is_ascii_letter((unsigned char)s.p[i]) && !is_ascii_digit((unsigned char)s.p[i]))
            break;
    return i > from && i < s.n && s.p[i] == ';';
}

static bool all_of(ofp_str s, char c)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != c)
            return false;
    return s.n > 0;
}

/* "12." or "3)": the offset of its delimiter, or SIZE_MAX. */
static size_t number_marker(ofp_str s)
{
    size_t i = 0;
    while (i < s.n && i < 9 && is_ascii_digit((unsigned char)s.p[i]))
        i++;
    return i && i + 1 == s.n && (s.p[i] == '.' || s.p[i] == ')') ? i : SIZE_MAX;
}

/* Where a backslash must go into a word that begins a line: CommonMark chapters 4 and 5, GFM's
 * delimiter row and task marker, PHP Markdown Extra's definitions and pandoc's line blocks. */
static size_t bol_escape(const md *w, ofp_str s, uint32_t next)
{
    char c = s.n ? s.p[0] : '\0';
    bool alone = s.n == 1 && is_blank(next);
    switch (c) {
    case '>': case '|': return 0;
    case '-': case '=': return alone || all_of(s, c) || (c == '-' && s.n > 1 && strchr("-|:", s.p[1])) ? 0 : SIZE_MAX;
    case '+': case '*': case '_': return alone ? 0 : SIZE_MAX;
    case ':': return alone || (s.n > 1 && s.p[1] == '-') ? 0 : SIZE_MAX;
    case '~': return alone || ofp_str_starts(s, OFP_STR("~~")) ? 0 : SIZE_MAX;
    case '#': return all_of(s, '#') && s.n <= 6 && is_blank(next) ? 0 : SIZE_MAX;
    case '[': return alone || (s.n == 3 && s.p[2] == ']' && strchr("xX", s.p[1])) ? 0 : SIZE_MAX;
    case '%': return w->flags & MD_YAML && w->first && alone ? 0 : SIZE_MAX;
    case 'T': case 't':
        return w->flags & MD_CAPTIONS && w->first && ofp_str_eq(ofp_str_sub(s, 1, SIZE_MAX), OFP_STR("able:")) ? 5 : SIZE_MAX;
    }
    return is_blank(next) ? number_marker(s) : SIZE_MAX;
}

bool ofp_md_bol_special(const md *w, ofp_str word, uint32_t next)
{
    return bol_escape(w, word, next) != SIZE_MAX;
}

/* A tilde or caret that can only open, and one that nothing can close: every possible closer is
 * escaped, so an opener after a blank may stand ("~5 minutes"). */
static bool escapes_tilde(const md *w, uint32_t prev, uint32_t next)
{
    return w->flags & (MD_STRIKE | MD_SCRIPTS) && (w->tildes || !is_blank(prev) || !is_wordlike(next));
}

/* Math closes with a dollar that has no blank before and no digit after it: with all such escaped,
 * one before a price may stand. */
static bool escapes_dollar(const md *w, uint32_t prev, uint32_t next)
{
    return w->flags & MD_MATH && (w->formulas || (!is_blank(prev) && !is_ascii_digit(next)) || prev == '$' || next == '$');
}

/* Reference definitions make any bracketed text a possible link. */
static bool escapes_bracket(const md *w, uint32_t c, uint32_t next, bool in_link)
{
    if (in_link || w->nrefs || w->opt->reference_links)
        return true;
    if (c == '[' && next == '!')
        return w->first && w->flags & (MD_CALLOUTS | MD_ALERTS);
    return c == '[' ? next == '^' : next == '(' || next == '[' || next == ':';
}

static bool must_escape(const md *w, uint32_t prev, uint32_t c, ofp_str here, uint32_t next, bool in_link)
{
    switch (c) {
    case '`': return true;
    case '*': return !(is_blank(prev) && is_blank(next)) || w->bol;
    case '_': return (!(is_wordlike(prev) && is_wordlike(next)) && !(is_blank(prev) && is_blank(next))) || w->bol;
    case '\\': return is_blank(next) || is_ascii_punct(next);
    case '<': return next == 0 || next == '/' || next == '!' || next == '?' || is_ascii_letter(next);
    case '&': return begins_reference(here);
    case '!': return next == '[';
    case '[': case ']': return escapes_bracket(w, c, next, in_link);
    case '~': return escapes_tilde(w, prev, next);
    case '^': return w->flags & MD_SCRIPTS;
    case '$': return escapes_dollar(w, prev, next);
    case '|': return w->cell;
    case '#': return w->heading && next == 0 && (is_blank(prev) || prev == '#');
    }
    return false;
}

/* A control character, or a noncharacter that means something to us, cannot be text. */
static bool is_unprintable(uint32_t c)
{
    return c < 0x20 || c == 0x7F || (c >= 0xFDD0 && c <= 0xFDEF);
}

void ofp_md_put_word(md *w, ofp_str word, uint32_t next, bool in_link)
{
    size_t forced = w->bol ? bol_escape(w, word, next) : SIZE_MAX;
    bool closing = w->heading && is_blank(w->prev) && next == 0 && all_of(word, '#');
    for (size_t i = 0, end; i < word.n; i = end) {
        end = i;
        uint32_t c = ofp_utf8_next(word, &end), after = next;
        if (is_unprintable(c))
            c = 0xFFFD;
        if (end < word.n) {
            size_t k = end;
            after = ofp_utf8_next(word, &k);
        }
        if (i == forced || (closing && i == 0) ||
            must_escape(w, w->prev, c, ofp_str_sub(word, i, SIZE_MAX), after, in_link))
            ofp_buf_putc(w->lit, '\\');
        ofp_buf_putu(w->lit, c);
        w->prev = c;
        w->bol = w->first = false;
    }
}

/* ---- other contexts ---- */

static bool is_balanced(ofp_str url)
{
    int depth = 0;
    for (size_t i = 0; i < url.n; i++) {
        depth += url.p[i] == '(' ? 1 : url.p[i] == ')' ? -1 : 0;
        if (depth < 0 || depth > 20)
            return false;
    }
    return depth == 0;
}

/* Blanks and controls percent-encoded, as a browser would send them; an unbalanced parenthesis and
 * what could end the destination escaped. */
void ofp_md_put_url(const md *w, ofp_buf *out, ofp_str url)
{
    /* no formula begins in the address of a link, but one might end there, or begin in a definition's */
    bool balanced = is_balanced(url), dollars = w->flags & MD_MATH && (w->dollars || w->opt->reference_links);
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        bool paren = c == '(' || c == ')';
        bool odd = c == '\\' && (i + 1 == url.n || is_ascii_punct((unsigned char)url.p[i + 1]));
        if (c <= ' ' || c == 0x7F) {
            ofp_buf_printf(out, "%%%02X", c);
            continue;
        }
        if (c == '<' || c == '>' || c == '`' || c == '|' || odd || (paren && !balanced) || (c == '$' && dollars))
            ofp_buf_putc(out, '\\');
        ofp_buf_putc(out, (char)c);
        if (c == '&' && begins_reference(ofp_str_sub(url, i, SIZE_MAX)))
            ofp_buf_puts(out, "amp;");
    }
}

/* A backslash at the end is written as a reference, since cmark takes the quote after an escaped one
 * (\\") for an escaped quote; so is a line end, behind which a block could begin. */
static void put_title_char(const md *w, ofp_buf *out, char c, bool last)
{
    if (c == '\n' || (c == '\\' && last)) {
        ofp_buf_printf(out, "&#%d;", c);
        return;
    }
    if (c == '"' || c == '`' || c == '<' || c == '|' || c == '\\' || (c == '$' && w->flags & MD_MATH))
        ofp_buf_putc(out, '\\');
    ofp_buf_putc(out, (unsigned char)c < ' ' ? ' ' : c);
}

void ofp_md_put_title(const md *w, ofp_buf *out, ofp_str title)
{
    ofp_buf_putc(out, '"');
    for (size_t i = 0; i < title.n; i++) {
        put_title_char(w, out, title.p[i], i + 1 == title.n);
        if (title.p[i] == '&' && begins_reference(ofp_str_sub(title, i, SIZE_MAX)))
            ofp_buf_puts(out, "amp;");
    }
    ofp_buf_putc(out, '"');
}

void ofp_md_put_flat(ofp_buf *out, ofp_str s, bool in_cell)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '|' && in_cell)
            ofp_buf_putc(out, '\\');
        ofp_buf_putc(out, c == '\n' || c == '\r' || c == '\0' ? ' ' : c);
    }
}

/* A fence of backticks that the text does not hold, CommonMark 6.3. */
static size_t fence(ofp_str code)
{
    uint64_t seen = 0;
    for (size_t i = 0, run = 0; i <= code.n; i++) {
        if (i < code.n && code.p[i] == '`') {
            run++;
        } else {
            seen |= run < 64 ? (uint64_t)1 << run : 0;
            run = 0;
        }
    }
    size_t n = 1;
    while (n < 63 && seen >> n & 1)
        n++;
    return n;
}

void ofp_md_put_code(ofp_buf *out, ofp_str code, bool in_cell)
{
    size_t n = fence(code);
    bool blank = ofp_str_trim(code).n == 0;
    bool pad = !blank && (code.p[0] == '`' || code.p[code.n - 1] == '`' || (code.p[0] == ' ' && code.p[code.n - 1] == ' '));
    ofp_buf_fill(out, '`', n);
    if (pad)
        ofp_buf_putc(out, ' ');
    ofp_md_put_flat(out, code, in_cell);
    if (pad)
        ofp_buf_putc(out, ' ');
    ofp_buf_fill(out, '`', n);
}
