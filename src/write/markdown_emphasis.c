/* markdown_emphasis.c - the delimiters of emphasis, strikes and scripts: stars where they say what is meant, else
 * underscores, else tags. */
#include "write/markdown.h"
#include <string.h>

/* Finds each OPEN's CLOSE, and the OPEN around it. */
static void pair(md *w)
{
    size_t top = SIZE_MAX;
    for (size_t i = 0; i < w->ntok; i++) {
        md_token *t = &w->tok[i];
        if (t->kind == MD_OPEN) {
            t->outer = top;
            top = i;
        } else if (t->kind == MD_CLOSE && top != SIZE_MAX) {
            t->mate = top;
            w->tok[top].mate = i;
            top = w->tok[top].outer;
        }
    }
}

static bool is_emphasis(const md_token *t)
{
    return (t->kind == MD_OPEN || t->kind == MD_CLOSE) && (t->type == OFP_EMPH || t->type == OFP_STRONG);
}

static uint32_t word_char(ofp_str s, bool last)
{
    size_t at = last ? s.n : 0;
    return last ? ofp_utf8_prev(s, &at) : ofp_utf8_next(s, &at);
}

/* The character that token t shows to its neighbours on the left (last false) or right. */
uint32_t ofp_md_edge_char(const md *w, const md_token *t, bool last)
{
    switch (t->kind) {
    case MD_WORD: return word_char(t->text, last);
    case MD_SPACE: case MD_SOFT: return ' ';
    case MD_HARD: return w->cell ? '<' : last ? ' ' : '\\';
    case MD_OPEN: return t->type == OFP_LINK ? '[' : '~';
    case MD_CLOSE: return t->type == OFP_LINK ? last ? ')' : ']' : '~';
    case MD_LEAF: break;
    }
    if (t->type == OFP_RAWINLINE) return last ? '>' : '<';
    if (t->type == OFP_IMAGE) return last ? ')' : '!';
    if (t->type == OFP_NOTE) return last ? ']' : '[';
    return t->type == OFP_CODE ? '`' : '$';
}

/* The character beside a delimiter run that token i is part of; a blank at the ends of the line. */
static uint32_t beyond(const md *w, size_t i, bool right)
{
    for (;;) {
        if (right ? ++i >= w->ntok : i-- == 0)
            return ' ';
        if (!is_emphasis(&w->tok[i]))
            return ofp_md_edge_char(w, &w->tok[i], !right);
    }
}

enum { LEFT = 1, RIGHT = 2 };

bool ofp_md_is_white(uint32_t c)
{
    return ofp_is_space(c) && c != 0x0B && c != 0x85 && c != 0x200B && c != 0x2028 && c != 0x2029 && c != 0xFEFF;
}

/* Symbols beyond ASCII are punctuation from version 0.31 on. */
static bool is_punct(uint32_t c, bool symbols)
{
    return ofp_is_punct(c) && (c < 0x80 || symbols || !ofp_is_symbol(c));
}

/* CommonMark 6.2: what a delimiter run between two characters may do. */
static int flanking(uint32_t before, uint32_t after, bool symbols)
{
    bool sb = ofp_md_is_white(before), sa = ofp_md_is_white(after), pb = is_punct(before, symbols), pa = is_punct(after, symbols);
    return (!sa && (!pa || sb || pb) ? LEFT : 0) | (!sb && (!pb || sa || pa) ? RIGHT : 0);
}

/* The same in every version. */
static int surely(uint32_t before, uint32_t after)
{
    return flanking(before, after, false) & flanking(before, after, true);
}

static bool stars_work(const md *w, size_t i, size_t j)
{
    return surely(beyond(w, i, false), beyond(w, i, true)) & LEFT && surely(beyond(w, j, false), beyond(w, j, true)) & RIGHT;
}

/* A blank or ASCII punctuation outside, so that nothing depends on the letters beside it. */
static bool is_apart(uint32_t c) { return c == ' ' || (c < 0x80 && ofp_is_punct(c)); }

/* The character outside of a run; a delimiter of the other sort is punctuation. */
static uint32_t outside(const md *w, size_t i, bool right)
{
    if (right ? i + 1 >= w->ntok : i == 0)
        return ' ';
    const md_token *t = &w->tok[right ? i + 1 : i - 1];
    return is_emphasis(t) ? '*' : ofp_md_edge_char(w, t, !right);
}

static bool underscores_work(const md *w, size_t i, size_t j)
{
    return is_apart(outside(w, i, false)) && is_apart(outside(w, j, true)) &&
           surely(outside(w, i, false), beyond(w, i, true)) & LEFT && surely(beyond(w, j, false), outside(w, j, true)) & RIGHT;
}

/* The nearest emphasis around token i that is printed with stars or underscores: its character. */
static char around(const md *w, size_t i)
{
    for (size_t o = w->tok[i].outer; o != SIZE_MAX; o = w->tok[o].outer)
        if (is_emphasis(&w->tok[o]))
            return w->tok[o].delim[0];
    return '\0';
}

static bool inside_same(const md *w, size_t i)
{
    for (size_t o = w->tok[i].outer; o != SIZE_MAX; o = w->tok[o].outer)
        if (w->tok[o].type == w->tok[i].type)
            return true;
    return false;
}

/* The character that would run together with an equal one before: of emphasis just closed, of strong
 * emphasis whose only child this is, or of the same kind around. */
static char taken(const md *w, size_t i, size_t j)
{
    const md_token *before = i ? &w->tok[i - 1] : NULL;
    if (before && is_emphasis(before) && (before->kind == MD_CLOSE || (before->type == OFP_STRONG && before->mate == j + 1)))
        return before->delim[0];
    return inside_same(w, i) ? around(w, i) : '\0';
}

/* Where neither character can be read as meant, HTML says it. */
static const char *emphasis_delim(const md *w, size_t i, size_t j)
{
    bool strong = w->tok[i].type == OFP_STRONG;
    char no = taken(w, i, j);
    if (no != '*' && (no != '_' || is_apart(outside(w, i, false))) && stars_work(w, i, j))
        return strong ? "**" : "*";
    return no == '*' && underscores_work(w, i, j) ? strong ? "__" : "_" : "";
}

/* Sub- and superscripts end at white space, and neither they nor a strike may touch a tilde. */
static const char *script_delim(const md *w, size_t i, size_t j)
{
    enum ofp_type type = w->tok[i].type;
    bool simple = i + 2 == j && w->tok[i + 1].kind == MD_WORD;
    if (type == OFP_SUB || type == OFP_SUPER)
        return w->flags & MD_SCRIPTS && simple ? type == OFP_SUB ? "~" : "^" : "";
    bool apart = (!i || ofp_md_edge_char(w, &w->tok[i - 1], true) != '~') && ofp_md_edge_char(w, &w->tok[i + 1], false) != '~' &&
                 ofp_md_edge_char(w, &w->tok[j - 1], true) != '~' && (j + 1 == w->ntok || ofp_md_edge_char(w, &w->tok[j + 1], false) != '~');
    return w->flags & MD_STRIKE && apart && stars_work(w, i, j) ? "~~" : "";
}

/* ---- reading them back ---- */

/* Delimiters of a kind side by side: the tokens [lo, hi) have not been matched yet. */
struct md_run {
    char c;
    bool opens, closes;
    unsigned length, left;              /* in characters: as printed; not yet matched */
    size_t lo, hi;
    size_t under;                       /* the open run before it, SIZE_MAX for none */
};

static bool is_delim(const md_token *t) { return is_emphasis(t) && t->delim[0]; }
static unsigned width_of(const md_token *t) { return t->type == OFP_STRONG ? 2 : 1; }

/* What really stands there, delimiters and tags among it. */
static uint32_t shown(const md *w, size_t i, bool last)
{
    const md_token *t = &w->tok[i];
    if (!is_emphasis(t))
        return ofp_md_edge_char(w, t, last);
    return t->delim[0] ? (unsigned char)t->delim[0] : last ? '>' : '<';
}

/* The run that begins with token i; the token after it. */
static size_t add_run(md *w, size_t i, bool symbols)
{
    struct md_run r = { .c = w->tok[i].delim[0], .lo = i, .hi = i };
    for (; r.hi < w->ntok && is_delim(&w->tok[r.hi]) && w->tok[r.hi].delim[0] == r.c; r.hi++)
        r.length += width_of(&w->tok[r.hi]);
    r.left = r.length;
    uint32_t before = i ? shown(w, i - 1, true) : ' ', after = r.hi < w->ntok ? shown(w, r.hi, false) : ' ';
    int f = flanking(before, after, symbols);
    bool both = f == (LEFT | RIGHT), low = r.c == '_';
    r.opens = f & LEFT && (!low || !both || is_punct(before, symbols));
    r.closes = f & RIGHT && (!low || !both || is_punct(after, symbols));
    w->runs = ofp_md_grow(w, w->runs, w->nruns, &w->capruns, sizeof *w->runs);
    w->runs[w->nruns++] = r;
    return r.hi;
}

/* What did not come back as meant is said in another way: stars, underscores, tags. */
static void degrade(md *w, size_t i)
{
    size_t open = w->tok[i].kind == MD_OPEN ? i : w->tok[i].mate, close = w->tok[open].mate;
    bool low = w->tok[open].delim[0] == '*' && underscores_work(w, open, close);
    w->tok[open].delim = w->tok[close].delim = !low ? "" : w->tok[open].type == OFP_STRONG ? "__" : "_";
}

/* CommonMark 6.2, rules 9 and 10. */
static bool may_match(const struct md_run *open, const struct md_run *close)
{
    bool odd = (open->closes || close->opens) && (open->length + close->length) % 3 == 0 && close->length % 3 != 0;
    return open->c == close->c && open->opens && !odd;
}

/* Takes what a match uses from both; false where others were meant to match. */
static bool take_match(md *w, struct md_run *open, struct md_run *close)
{
    const md_token *end = &w->tok[close->lo], *begin = &w->tok[open->hi - 1];
    unsigned use = open->left > 1 && close->left > 1 ? 2 : 1;
    if (end->kind == MD_OPEN || begin->kind == MD_CLOSE || end->mate != open->hi - 1 || width_of(end) != use) {
        degrade(w, end->kind == MD_OPEN ? close->lo : open->hi - 1);
        return false;
    }
    open->left -= use;
    close->left -= use;
    open->hi--;
    close->lo++;
    return true;
}

/* cmark 0.30 forgets the underscores that are open once a run that might have closed one of them did not. */
static bool hides_others(const md *w, const struct md_run *r, size_t top)
{
    bool open = false;
    for (size_t o = top; o != SIZE_MAX && !open; o = w->runs[o].under)
        open = w->runs[o].c == '_';
    return r->c == '_' && open;
}

/* Matches the closer as CommonMark does with the open runs from *top down.  False when one of its ends finds
 * no beginning. */
static bool close_run(md *w, struct md_run *close, size_t *top)
{
    for (size_t o = *top; close->left && o != SIZE_MAX;) {
        if (!may_match(&w->runs[o], close)) {
            o = w->runs[o].under;
            continue;
        }
        if (!take_match(w, &w->runs[o], close))
            return false;
        *top = o = w->runs[o].left ? o : w->runs[o].under;
    }
    if (close->lo == close->hi || (w->tok[close->lo].kind == MD_OPEN && !hides_others(w, close, *top)))
        return true;
    degrade(w, close->lo);
    return false;
}

/* The runs from from on stand by themselves, as in a link.  False when something had to give way. */
static bool match_runs(md *w, size_t from)
{
    size_t top = SIZE_MAX;
    for (size_t i = from; i < w->nruns; i++) {
        struct md_run *r = &w->runs[i];
        if (r->closes && !close_run(w, r, &top))
            return false;
        if (r->left && !r->opens) {
            degrade(w, r->lo);
            return false;
        }
        r->under = top;
        top = r->left ? i : top;
    }
    if (top != SIZE_MAX)
        degrade(w, w->runs[top].lo);
    w->nruns = from;
    return top == SIZE_MAX;
}

static bool reads_as_meant(md *w, bool symbols)
{
    bool ok = true;
    size_t link = 0;
    w->nruns = 0;
    for (size_t i = 0; ok && i < w->ntok;) {
        const md_token *t = &w->tok[i];
        if (is_delim(t)) {
            i = add_run(w, i, symbols);
            continue;
        }
        if (t->kind == MD_OPEN && t->type == OFP_LINK)
            link = w->nruns;
        else if (t->kind == MD_CLOSE && t->type == OFP_LINK)
            ok = match_runs(w, link);
        i++;
    }
    return ok && match_runs(w, 0);
}

enum { MAX_ROUNDS = 40 };

/* Delimiters may spoil one another, so they are read as a reader would; a text in which that does not
 * come to an end gets tags. */
static void settle(md *w)
{
    for (int round = 0; round < MAX_ROUNDS; round++)
        if (reads_as_meant(w, false) && reads_as_meant(w, true))
            return;
    for (size_t i = 0; i < w->ntok; i++)
        if (is_emphasis(&w->tok[i]))
            w->tok[i].delim = "";
}

void ofp_md_choose_delims(md *w)
{
    pair(w);
    for (size_t i = 0; i < w->ntok; i++) {
        md_token *t = &w->tok[i];
        if (t->kind != MD_OPEN || t->type == OFP_LINK)
            continue;
        t->delim = is_emphasis(t) ? emphasis_delim(w, i, t->mate) : script_delim(w, i, t->mate);
        w->tok[t->mate].delim = t->delim;
    }
    settle(w);
}
