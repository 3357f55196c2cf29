/* markdown_tokens.c - an inline run as a flat list of tokens, brought to a form that Markdown can say.
 *
 * The form: no blank at an edge of emphasis, link or line; nothing empty, nothing nested in its own
 * kind, no two of a kind side by side.  Each of these would come back as another tree. */
#include "write/markdown.h"
#include "doctools/wrap.h"
#include <string.h>

#define BIT(t) (1ull << (t))
/* Kinds that have nothing to say when empty and that merge with their like. */
#define MERGES (BIT(OFP_EMPH) | BIT(OFP_STRONG) | BIT(OFP_STRIKE) | BIT(OFP_SUB) | BIT(OFP_SUPER))
/* Kinds that can stand inside themselves, by turns with stars and underscores. */
#define NESTS (BIT(OFP_EMPH) | BIT(OFP_STRONG))

/* ---- words and gaps ---- */

static void push(md *w, md_token t)
{
    w->tok = ofp_md_grow(w, w->tok, w->ntok, &w->captok, sizeof *w->tok);
    w->tok[w->ntok++] = t;
}

static bool is_gap(const md_token *t) { return t->kind == MD_SPACE || t->kind == MD_SOFT || t->kind == MD_HARD; }

/* A gap at the beginning of emphasis goes before it; beside another gap the stronger one stays. */
static void push_gap(md *w, enum md_kind kind)
{
    size_t at = w->ntok;
    while (at && w->tok[at - 1].kind == MD_OPEN)
        at--;
    md_token *before = at ? &w->tok[at - 1] : NULL;
    if (before && is_gap(before) && !(kind == MD_HARD && before->kind == MD_HARD)) {
        if (before->kind < kind)
            before->kind = kind;
        return;
    }
    push(w, (md_token){ .kind = kind });
    memmove(w->tok + at + 1, w->tok + at, (w->ntok - at - 1) * sizeof *w->tok);
    w->tok[at] = (md_token){ .kind = kind };
}

/* Short pieces of one word are joined, so that "1" and "." beside each other are seen as "1.". */
static void push_word(md *w, ofp_str s)
{
    md_token *last = w->ntok ? &w->tok[w->ntok - 1] : NULL;
    if (last && last->kind == MD_WORD && last->text.n < 64)
        last->text = ofp_arena_printf(w->arena, "%.*s%.*s", (int)last->text.n, last->text.p, (int)s.n, s.p);
    else
        push(w, (md_token){ .kind = MD_WORD, .text = s });
}

/* ---- no-break spaces and their like, which no emphasis may begin or end with ---- */

static size_t leading_spaces(ofp_str s)
{
    size_t at = 0, next = 0;
    while (next < s.n && ofp_md_is_white(ofp_utf8_next(s, &next)))
        at = next;
    return at;
}

static size_t trailing_spaces(ofp_str s)
{
    size_t at = s.n, before = s.n;
    while (before && ofp_md_is_white(ofp_utf8_prev(s, &before)))
        at = before;
    return s.n - at;
}

static bool opens_emphasis(const md *w, size_t i)
{
    return i && w->tok[i - 1].kind == MD_OPEN && MERGES & BIT(w->tok[i - 1].type);
}

/* Those at the beginning of emphasis go before it. */
static ofp_str push_leading(md *w, ofp_str s)
{
    size_t at = w->ntok, n = leading_spaces(s);
    while (n && opens_emphasis(w, at))
        at--;
    if (at == w->ntok)
        return s;
    size_t opens = w->ntok - at;
    md_token *moved = w->mem->calloc(opens, sizeof *moved);
    memcpy(moved, w->tok + at, opens * sizeof *moved);
    w->ntok = at;
    push_word(w, ofp_str_sub(s, 0, n));
    for (size_t i = 0; i < opens; i++)
        push(w, moved[i]);
    return ofp_str_sub(s, n, SIZE_MAX);
}

/* Takes those at the end of emphasis off its last word. */
static ofp_str pop_trailing(md *w)
{
    md_token *last = w->ntok ? &w->tok[w->ntok - 1] : NULL;
    size_t n = last && last->kind == MD_WORD ? trailing_spaces(last->text) : 0;
    if (!n)
        return (ofp_str){ "", 0 };
    ofp_str spaces = ofp_str_sub(last->text, last->text.n - n, n);
    last->text.n -= n;
    w->ntok -= !last->text.n;
    return spaces;
}

static void push_words(md *w, ofp_str s)
{
    w->dollars |= ofp_str_find(s, OFP_STR("$"), 0) != SIZE_MAX;
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && !memchr(" \t\n\r\f\v", s.p[i], 6) && !ofp_is_mere_break(s, i))
            i++;
        ofp_str word = i > from ? push_leading(w, ofp_str_sub(s, from, i - from)) : (ofp_str){ "", 0 };
        if (word.n)
            push_word(w, word);
        else if (i > from)
            continue;
        else if (ofp_is_mere_break(s, i))
            i += sizeof OFP_IDLE_BREAK - 1;
        else
            i++, push_gap(w, MD_SPACE);
    }
}

/* ---- the tree ---- */

/* True when the token was not needed: its like has just been closed. */
static bool reopens(md *w, enum ofp_type type)
{
    md_token *last = w->ntok ? &w->tok[w->ntok - 1] : NULL;
    if (!last || last->kind != MD_CLOSE || last->type != type || !(MERGES & BIT(type)))
        return false;
    w->ntok--;
    return true;
}

/* Gaps at the end go behind the end, as do spaces of other kinds; an empty container goes away. */
static void push_close(md *w, md_token t)
{
    enum { MAX = 16 };
    md_token tail[MAX];
    size_t n = 0;
    for (; n < MAX; n++) {
        bool gap = w->ntok && is_gap(&w->tok[w->ntok - 1]);
        ofp_str spaces = !gap && MERGES & BIT(t.type) ? pop_trailing(w) : (ofp_str){ "", 0 };
        if (!gap && !spaces.n)
            break;
        tail[n] = gap ? w->tok[--w->ntok] : (md_token){ .kind = MD_WORD, .text = spaces };
    }
    md_token *last = w->ntok ? &w->tok[w->ntok - 1] : NULL;
    if (last && last->kind == MD_OPEN && last->type == t.type && (MERGES & BIT(t.type)))
        w->ntok--;
    else
        push(w, t);
    while (n--)
        if (tail[n].kind == MD_WORD)
            push_word(w, tail[n].text);
        else
            push_gap(w, tail[n].kind);
}

static void collect(md *w, const ofp_node *n, unsigned long long inside);

static void collect_children(md *w, const ofp_node *n, unsigned long long inside)
{
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c))
        collect(w, c, inside);
}

static void collect_container(md *w, const ofp_node *n, unsigned long long inside)
{
    enum ofp_type type = ofp_node_type(n);
    if (inside & BIT(type) & ~NESTS) {
        collect_children(w, n, inside);
        return;
    }
    w->tildes |= type == OFP_STRIKE || type == OFP_SUB;
    if (!reopens(w, type))
        push(w, (md_token){ .kind = MD_OPEN, .type = type, .node = n });
    collect_children(w, n, inside | BIT(type));
    push_close(w, (md_token){ .kind = MD_CLOSE, .type = type, .node = n });
}

static void collect_quoted(md *w, const ofp_node *n, unsigned long long inside)
{
    bool d = ofp_quote_double(n);
    push_word(w, d ? OFP_STR("\u201c") : OFP_STR("\u2018"));
    collect_children(w, n, inside);
    push_word(w, d ? OFP_STR("\u201d") : OFP_STR("\u2019"));
}

static void push_leaf(md *w, const ofp_node *n)
{
    enum ofp_type type = ofp_node_type(n);
    bool alt = type == OFP_IMAGE && ofp_str_find(ofp_plain_text(w->arena, n), OFP_STR("$"), 0) != SIZE_MAX;
    w->formulas |= type == OFP_MATH;
    w->dollars |= type == OFP_MATH || alt;
    push(w, (md_token){ .kind = MD_LEAF, .type = ofp_node_type(n), .node = n, .text = ofp_text(n) });
}

/* Two code spans side by side would join their fences. */
static void collect_code(md *w, const ofp_node *n)
{
    md_token *last = w->ntok ? &w->tok[w->ntok - 1] : NULL;
    if (!ofp_text(n).n)
        return;
    if (last && last->kind == MD_LEAF && last->type == OFP_CODE)
        last->text = ofp_arena_printf(w->arena, "%.*s%.*s", (int)last->text.n, last->text.p,
                                      (int)ofp_text(n).n, ofp_text(n).p);
    else
        push_leaf(w, n);
}

/* A title without a heading's inside, a note within a note's number: what a link cannot hold. */
static void collect(md *w, const ofp_node *n, unsigned long long inside)
{
    switch (ofp_node_type(n)) {
    case OFP_TEXT: push_words(w, ofp_text(n)); break;
    case OFP_EMPH: case OFP_STRONG: case OFP_STRIKE: case OFP_SUB: case OFP_SUPER: case OFP_LINK:
        collect_container(w, n, inside);
        break;
    case OFP_UNDERLINE: case OFP_SMALLCAPS: case OFP_SPAN: case OFP_CITE: collect_children(w, n, inside); break;
    case OFP_QUOTED: collect_quoted(w, n, inside); break;
    case OFP_CODE: collect_code(w, n); break;
    case OFP_SOFTBREAK: push_gap(w, w->opt->wrap == OFP_WRAP_PRESERVE && !w->heading && !w->cell ? MD_SOFT : MD_SPACE); break;
    case OFP_LINEBREAK: push_gap(w, w->heading ? MD_SPACE : MD_HARD); break;
    case OFP_MATH:
        if (ofp_str_trim(ofp_text(n)).n)
            push_leaf(w, n);
        break;
    case OFP_RAWINLINE:
        if (ofp_str_eq(ofp_raw_format(n), OFP_STR("html")))
            push_leaf(w, n);
        break;
    case OFP_IMAGE: case OFP_NOTE: push_leaf(w, n); break;
    case OFP_CITATION: case OFP_DOC: case OFP_PLAIN: case OFP_PARA: case OFP_LINES: case OFP_CODEBLOCK: case OFP_RAWBLOCK:
    case OFP_QUOTE: case OFP_OLIST: case OFP_ULIST: case OFP_DLIST: case OFP_HEAD: case OFP_RULE: case OFP_TABLE:
    case OFP_FIGURE: case OFP_DIV: case OFP_LINE: case OFP_ITEM: case OFP_TERM: case OFP_DETAIL: case OFP_CAPTION:
    case OFP_SHORTCAP: case OFP_THEAD: case OFP_TBODY: case OFP_TFOOT: case OFP_ROW: case OFP_CELL: case OFP_PREFIX:
    case OFP_SUFFIX: case OFP_MMAP: case OFP_MLIST: case OFP_MBOOL: case OFP_MSTRING: case OFP_MINLINES: case OFP_MBLOCKS:
    case OFP_NTYPES:
        break;
    }
}

/* Nothing is to be seen of spaces at the end of a line; of paragraphs, headings and cells that only hold them nothing
 * is left. */
static void trim_gaps(md *w)
{
    size_t from = 0;
    do
        while (w->ntok && is_gap(&w->tok[w->ntok - 1]))
            w->ntok--;
    while (pop_trailing(w).n);
    while (from < w->ntok && is_gap(&w->tok[from]))
        from++;
    if (from)
        memmove(w->tok, w->tok + from, (w->ntok - from) * sizeof *w->tok);
    w->ntok -= from;
}

void ofp_md_collect(md *w, const ofp_node *n)
{
    w->ntok = 0;
    w->formulas = w->tildes = w->dollars = false;
    collect_children(w, n, 0);
    trim_gaps(w);
}
