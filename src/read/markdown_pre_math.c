/* markdown_pre_math.c - formulas, as numbers between two marks. */
#include "read/markdown.h"
#include <string.h>

/* State of one pass over a text: what need not be searched for again. */
typedef struct scan { ofp_str s; size_t i; uint64_t no_ticks; bool no_dollar, no_dollars; } scan;

static size_t run_length(ofp_str s, size_t i)
{
    size_t n = 1;
    while (i + n < s.n && s.p[i + n] == s.p[i])
        n++;
    return n;
}

/* End of the code span that begins at i, or of its opening run where it is none. */
static size_t after_code(scan *c, size_t i)
{
    size_t n = run_length(c->s, i), k = i + n;
    if (n >= 64 || c->no_ticks >> n & 1)
        return k;
    while (k < c->s.n) {
        size_t m = c->s.p[k] == '`' ? run_length(c->s, k) : 1;
        if (c->s.p[k] == '`' && m == n)
            return k + m;
        k += m;
    }
    c->no_ticks |= (uint64_t)1 << n;
    return i + n;
}

/* End of the tag or autolink that begins at i. */
static size_t after_tag(ofp_str s, size_t i)
{
    size_t k = i + 1;
    char c = k < s.n ? s.p[k] : '\0';
    if (!((c | 32) >= 'a' && (c | 32) <= 'z') && c != '/' && c != '!' && c != '?')
        return k;
    while (k < s.n && k - i < 2000 && s.p[k] != '<' && s.p[k] != '>' && s.p[k] != '\n')
        k++;
    return k < s.n && s.p[k] == '>' ? k + 1 : i + 1;
}

/* The last byte of the command at k and, where it holds words, of what it holds, dollars and all; such groups are short. */
static size_t after_command(ofp_str s, size_t k)
{
    enum { FAR = 1000 };
    static const char *const words[] = { "\\text{", "\\mbox{", "\\textbf{", "\\textrm{", "\\textit{" };
    size_t i = 0, n = sizeof words / sizeof *words;
    while (i < n && !ofp_str_starts(ofp_str_sub(s, k, SIZE_MAX), ofp_s(words[i])))
        i++;
    int depth = 0;
    for (size_t at = k + 1; i < n && at < s.n && at - k < FAR; at++) {
        depth += s.p[at] == '{' ? 1 : s.p[at] == '}' ? -1 : 0;
        if (s.p[at] == '}' && depth == 0)
            return at;
        at += s.p[at] == '\\';
    }
    return k + 1;
}

/* pandoc's rules: no blank inside either dollar, no digit after the second; and the next dollar is the second or there is
 * none, so that no price begins a formula. */
static size_t math_end(scan *c, size_t i)
{
    for (size_t k = i + 1; k < c->s.n && !c->no_dollar; k++) {
        if (c->s.p[k] == '\\')
            k = after_command(c->s, k);
        else if (c->s.p[k] == '$')
            return k > i + 1 && !strchr(" \t\n", c->s.p[k - 1])
                && !(k + 1 < c->s.n && c->s.p[k + 1] >= '0' && c->s.p[k + 1] <= '9') ? k : SIZE_MAX;
    }
    c->no_dollar = true;
    return SIZE_MAX;
}

static size_t display_end(scan *c, size_t i)
{
    size_t end = c->no_dollars ? SIZE_MAX : ofp_str_find(c->s, OFP_STR("$$"), i + 2);
    c->no_dollars = end == SIZE_MAX;
    return end == SIZE_MAX || ofp_str_trim(ofp_str_sub(c->s, i + 2, end - i - 2)).n == 0 ? SIZE_MAX : end;
}

/* The formula that begins at the dollar c->i: prints its number, moves on behind it. */
static bool take_math(md_source *s, scan *c, ofp_buf *out, bool cell)
{
    bool display = c->i + 1 < c->s.n && c->s.p[c->i + 1] == '$';
    if (c->i + 1 == c->s.n || (!display && strchr(" \t\n", c->s.p[c->i + 1])))
        return false;
    size_t from = c->i + 1 + display, end = display ? display_end(c, c->i) : math_end(c, c->i);
    if (end == SIZE_MAX)
        return false;
    s->math = ofp_md_room(s, s->math, s->nmath, &s->capmath, sizeof *s->math);
    s->math[s->nmath++] = (md_math){ ofp_md_unmark(s, ofp_str_trim(ofp_str_sub(c->s, from, end - from)), true, cell), display };
    ofp_md_put_mark(out, MARK_MATH);
    ofp_buf_printf(out, "%zu", s->nmath - 1);
    ofp_md_put_mark(out, MARK_END);
    c->i = end + 1 + display;
    return true;
}

/* Behind the address of a link whose "](" is at i; another one ends it, so that none is looked through twice. */
static size_t after_address(ofp_str s, size_t i)
{
    size_t k = i + 2;
    for (int depth = 1; k < s.n && (unsigned char)s.p[k] > ' '; k++) {
        depth += s.p[k] == '(' ? 1 : s.p[k] == ')' ? -1 : 0;
        if (depth == 0 || (s.p[k] == ']' && k + 1 < s.n && s.p[k + 1] == '('))
            break;
        if (s.p[k] == '\\' && k + 1 < s.n)
            k++;
    }
    return k;
}

static size_t behind(scan *c)
{
    size_t i = c->i;
    switch (i + 1 < c->s.n ? c->s.p[i] : '\0') {
    case '\\': return i + 2;
    case '`': return after_code(c, i);
    case '<': return after_tag(c->s, i);
    case ']': return c->s.p[i + 1] == '(' ? after_address(c->s, i) : i + 1;
    }
    return i + 1;
}

/* Prints text with its formulas replaced; false when there were none. */
static bool replace_math(md_source *s, ofp_str text, ofp_buf *out, bool cell)
{
    scan c = { .s = text };
    size_t before = s->nmath;
    while (c.i < text.n) {
        size_t from = c.i;
        char ch = text.p[c.i];
        if (ch == '$' && take_math(s, &c, out, cell))
            continue;
        c.i = behind(&c);
        ofp_buf_add(out, ofp_str_sub(text, from, c.i - from));
    }
    return s->nmath > before;
}

static bool has_dollar(const md_source *s, const md_para *p)
{
    for (size_t i = p->from; i <= p->to; i++)
        if (memchr(s->lines[i].text.p, '$', s->lines[i].text.n))
            return true;
    return false;
}

/* A formula over several lines leaves fewer of them. */
bool ofp_md_find_math(md_source *s, md_edits *all, const md_para *p)
{
    ofp_buf joined = { 0 };
    if (!has_dollar(s, p))
        return false;
    for (size_t i = p->from; i <= p->to; i++) {
        if (i > p->from)
            ofp_buf_putc(&joined, '\n');
        ofp_buf_add(&joined, ofp_md_text_of(s, p, i));
    }
    bool cell = ofp_str_find(ofp_buf_str(&joined), OFP_STR("###### " MARK), 0) == 0;
    ofp_str text = ofp_buf_take(&joined, s->arena), line;
    bool found = replace_math(s, text, &s->scratch, cell);
    text = ofp_buf_take(&s->scratch, s->arena);
    md_edit *e = found ? ofp_md_add_edit(s, all, p->from, p->to) : NULL;
    for (size_t i = p->from; found && ofp_str_split(&text, '\n', &line); i++) {
        md_line l = s->lines[i <= p->to ? i : p->to];
        ofp_str pre = ofp_md_prefix_of(s, p, i == p->from);
        l.text = ofp_arena_printf(s->arena, "%.*s%.*s", (int)pre.n, pre.p, (int)line.n, line.p);
        ofp_md_edit_line(s, e, l);
    }
    return found;
}
