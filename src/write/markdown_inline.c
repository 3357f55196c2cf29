/* markdown_inline.c - the tokens of an inline run (markdown_tokens.c), printed and handed to cmark. */
#include "write/markdown.h"
#include <string.h>

static void flush(md *w)
{
    if (!w->lit->n)
        return;
    cmark_node *n = ofp_md_new(w, w->at, CMARK_NODE_CUSTOM_INLINE);
    ofp_buf_putc(w->lit, '\0');
    if (!w->lit->failed)
        cmark_node_set_on_enter(n, w->lit->p);
    w->lit->n = 0;
}

static void lit(md *w, const char *s)
{
    ofp_buf_puts(w->lit, s);
    if (*s) {
        w->prev = (unsigned char)s[strlen(s) - 1];
        w->bol = w->first = false;
    }
}

static const char *const tags[][3] = {
    { "<em>", "</em>" }, { "<strong>", "</strong>" }, { "<del>", "</del>" }, { "<sub>", "</sub>" }, { "<sup>", "</sup>" },
};

static const char *tag(enum ofp_type t, bool close)
{
    return tags[t == OFP_EMPH ? 0 : t == OFP_STRONG ? 1 : t == OFP_STRIKE ? 2 : t == OFP_SUB ? 3 : 4][close];
}

/* Plain stars are cmark's own emphasis; the rest rides through it as text. */
static void put_delim(md *w, const md_token *t)
{
    bool close = t->kind == MD_CLOSE;
    if (t->delim[0] != '*') {
        lit(w, t->delim[0] ? t->delim : tag(t->type, close));
        return;
    }
    flush(w);
    if (close)
        w->at = cmark_node_parent(w->at);
    else
        w->at = ofp_md_new(w, w->at, t->type == OFP_STRONG ? CMARK_NODE_STRONG : CMARK_NODE_EMPH);
    w->prev = '*';
    w->bol = w->first = false;
}

unsigned ofp_md_ref_number(md *w, ofp_str url, ofp_str title)
{
    ofp_str key = ofp_arena_printf(w->arena, "%.*s %.*s", (int)url.n, url.p, (int)title.n, title.p);
    void **slot = ofp_map_at(&w->refmap, key);
    if (!slot)
        return 0;
    if (!*slot) {
        md_ref *r = w->mem->calloc(1, sizeof *r);
        *r = (md_ref){ url, title, (unsigned)w->nrefs + 1 };
        w->refs = ofp_md_grow(w, w->refs, w->nrefs, &w->caprefs, sizeof *w->refs);
        w->refs[w->nrefs++] = r;
        *slot = r;
    }
    return ((md_ref *)*slot)->number;
}

/* ](url "title") or ][1] */
static void put_target(md *w, const ofp_node *n)
{
    ofp_str url = ofp_url(n), title = ofp_title(n);
    if (w->opt->reference_links && url.n && ofp_node_type(n) == OFP_LINK) {
        ofp_buf_printf(w->lit, "][%u]", ofp_md_ref_number(w, url, title));
        w->prev = ']';
        return;
    }
    ofp_buf_puts(w->lit, "](");
    if (!url.n && title.n)
        ofp_buf_puts(w->lit, "<>");
    ofp_md_put_url(w, w->lit, url);
    if (title.n) {
        ofp_buf_putc(w->lit, ' ');
        ofp_md_put_title(w, w->lit, title);
    }
    ofp_buf_putc(w->lit, ')');
    w->prev = ')';
}

/* At least one ASCII letter or digit or character of marks, and nothing else. */
static bool is_made_of(ofp_str s, const char *marks)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], low = (char)(c | 0x20);
        if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') && (!c || !strchr(marks, c)))
            return false;
    }
    return s.n > 0;
}

/* An address as CommonMark 6.5 and HTML have it; one with an ampersand might be read as an entity. */
static bool is_mail(ofp_str s)
{
    size_t at = ofp_str_find(s, OFP_STR("@"), 0);
    ofp_str host = ofp_str_sub(s, at == SIZE_MAX ? s.n : at + 1, SIZE_MAX), label;
    if (!is_made_of(ofp_str_sub(s, 0, at), ".!#$%'*+/=?^_`{}~-") || !host.n || ofp_str_ends(host, OFP_STR(".")))
        return false;
    while (ofp_str_split(&host, '.', &label))
        if (!is_made_of(label, "-") || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
    return true;
}

/* "&amp;" and the like, known or not. */
static bool starts_reference(ofp_str s, size_t at)
{
    if (s.p[at] != '&')
        return false;
    ofp_str name = ofp_str_sub(s, at + 1, 40);          /* the longest has 31 letters */
    size_t end = ofp_str_find(name, OFP_STR(";"), 0);
    return end != SIZE_MAX && is_made_of(ofp_str_sub(name, 0, end), "#");
}

/* CommonMark 6.5: a URI with a scheme of 2 to 32 characters, or an address, that is its own text.  Within it nothing can
 * be escaped (6.5), but references to characters are (6.2). */
static bool is_autolink(const md *w, size_t i)
{
    const md_token *t = &w->tok[i];
    ofp_str url = ofp_url(t->node), scheme = ofp_url_scheme(url);
    if (!(w->flags & MD_AUTOLINKS) && !w->opt->reference_links)
        return false;
    if (t->mate != i + 2 || w->tok[i + 1].kind != MD_WORD || ofp_title(t->node).n || scheme.n < 2 || scheme.n > 32)
        return false;
    ofp_str text = w->tok[i + 1].text;
    for (size_t k = 0; k < text.n; k++)
        if ((unsigned char)text.p[k] <= ' ' || strchr("<>|", text.p[k]) || starts_reference(text, k))
            return false;
    if (ofp_str_eq(text, url))
        return true;
    return ofp_str_starts(url, OFP_STR("mailto:")) && ofp_str_eq(text, ofp_str_sub(url, 7, SIZE_MAX)) && is_mail(text);
}

/* Alternative text is plain text. */
static void put_image(md *w, const ofp_node *n)
{
    ofp_str rest = ofp_plain_text(w->arena, n), word;
    lit(w, "![");
    for (bool more = false; ofp_str_word(&rest, &word); more = true) {
        if (more)
            lit(w, " ");
        ofp_md_put_word(w, word, rest.n ? ' ' : ']', true);
    }
    put_target(w, n);
}

/* What a note says and where its links lead. */
static ofp_str note_key(md *w, const ofp_node *note)
{
    ofp_buf b = { 0 };
    ofp_buf_add(&b, ofp_plain_text(w->arena, note));
    for (const ofp_node *n = ofp_first(note); n; n = ofp_after(n, note))
        if (ofp_node_type(n) == OFP_LINK || ofp_node_type(n) == OFP_IMAGE)
            ofp_buf_add(&b, ofp_url(n));
    return ofp_buf_take(&b, w->arena);
}

/* A note that is referred to from two places is two notes of the model, and one for readers.  Short ones, "See
 * there", may say the same of different things. */
static size_t note_number(md *w, const ofp_node *n)
{
    enum { LONG = 40 };
    ofp_str key = note_key(w, n);
    void **at = w->flags & MD_NOTES && key.n >= LONG ? ofp_map_at(&w->note_numbers, key) : NULL;
    if (at && (size_t)(uintptr_t)*at > w->done)
        return (size_t)(uintptr_t)*at;
    w->notes = ofp_md_grow(w, w->notes, w->nnotes, &w->capnotes, sizeof *w->notes);
    w->notes[w->nnotes++] = n;
    if (at)
        *at = (void *)(uintptr_t)w->nnotes;
    return w->nnotes;
}

static void put_note(md *w, const ofp_node *n)
{
    ofp_buf_printf(w->lit, w->flags & MD_NOTES ? "[^%zu]" : "[%zu]", note_number(w, n));
    w->prev = ']';
    w->bol = w->first = false;
}

/* A dialect without math shows the source, escaped, as pages do for a script to find. */
/* The rows of a matrix stay rows where nothing can take a line for the beginning of a block: it begins with a letter
 * or a command.  GitHub looks for the end of an inline formula on its line. */
static bool keeps_lines(const md *w, ofp_str tex, bool display)
{
    ofp_str line;
    bool fine = !w->cell && !w->heading && (display || w->flags & MD_SCRIPTS);
    for (bool first = true; fine && ofp_str_line(&tex, &line); first = false) {
        line = ofp_str_trim(line);
        fine = first || (line.n && (line.p[0] == '\\' || ofp_is_letter((unsigned char)line.p[0])));
    }
    return fine;
}

static void put_tex(md *w, ofp_str tex, bool display)
{
    ofp_str line;
    if (!keeps_lines(w, tex, display)) {
        ofp_md_put_flat(w->lit, tex, w->cell);
        return;
    }
    for (bool first = true; ofp_str_line(&tex, &line); first = false) {
        if (!first)
            lit(w, "\n");
        ofp_md_put_flat(w->lit, ofp_str_trim(line), false);
    }
}

static void put_math(md *w, const md_token *t)
{
    bool display = ofp_math_display(t->node);
    const char *fence = display ? "$$" : "$";
    ofp_str rest = ofp_str_trim(t->text), word;
    lit(w, fence);
    if (w->flags & MD_MATH) {
        put_tex(w, rest, display);
    } else {
        for (bool more = false; ofp_str_word(&rest, &word); more = true) {
            if (more)
                lit(w, " ");
            ofp_md_put_word(w, word, ' ', false);
        }
    }
    lit(w, fence);
}

static void put_leaf(md *w, const md_token *t)
{
    switch ((int)t->type) {
    case OFP_IMAGE: put_image(w, t->node); break;
    case OFP_NOTE: put_note(w, t->node); break;
    case OFP_MATH: put_math(w, t); break;
    case OFP_CODE: ofp_md_put_code(w->lit, t->text, w->cell); break;
    case OFP_RAWINLINE: ofp_md_put_flat(w->lit, t->text, w->cell); break;
    }
    w->prev = ofp_md_edge_char(w, t, true);
    w->bol = w->first = false;
}

static uint32_t next_char(const md *w, size_t i)
{
    if (i + 1 >= w->ntok)
        return 0;
    const md_token *t = &w->tok[i + 1];
    if ((t->kind == MD_OPEN || t->kind == MD_CLOSE) && t->type != OFP_LINK)
        return t->delim[0] ? (unsigned char)t->delim[0] : '<';
    return t->kind == MD_HARD && !w->cell ? '\\' : ofp_md_edge_char(w, t, false);
}

static void put_break(md *w, const char *mark)
{
    lit(w, mark);
    if (w->cell)
        return;
    ofp_buf_putc(w->lit, '\n');
    w->prev = ' ';
    w->bol = true;
}

static bool is_display(const md *w, size_t i)
{
    return i < w->ntok && w->tok[i].kind == MD_LEAF && w->tok[i].type == OFP_MATH && ofp_math_display(w->tok[i].node);
}

static bool ends_here(const md *w, size_t i)
{
    return i >= w->ntok || w->tok[i].kind == MD_SPACE || w->tok[i].kind == MD_SOFT || w->tok[i].kind == MD_HARD;
}

/* A displayed formula with blanks on both sides gets a line of its own, which some readers want to display it. */
static bool parts_display(const md *w, size_t space)
{
    bool after = space && is_display(w, space - 1) && (space < 2 || ends_here(w, space - 2));
    bool before = is_display(w, space + 1) && ends_here(w, space + 2);
    return w->flags & MD_MATH && !w->heading && !w->cell && (before || after);
}

/* A line may end here where what follows cannot be taken for the beginning of a block. */
static void put_space(md *w, size_t i)
{
    const md_token *t = i + 1 < w->ntok ? &w->tok[i + 1] : NULL;
    bool breakable = w->width && !w->heading && t &&
                     !(t->kind == MD_WORD && ofp_md_bol_special(w, t->text, next_char(w, i + 1))) &&
                     !(t->kind == MD_LEAF && t->type == OFP_RAWINLINE) && !(t->kind == MD_OPEN && t->delim && !t->delim[0]);
    if (parts_display(w, i)) {
        put_break(w, "");
    } else if (breakable) {
        flush(w);
        ofp_md_new(w, w->at, CMARK_NODE_SOFTBREAK);
        w->prev = ' ';
    } else {
        lit(w, " ");
    }
}

static void put_link_end(md *w, const md_token *t, bool open)
{
    if (open) {
        lit(w, "[");
        return;
    }
    put_target(w, t->node);
}

/* A digit right behind a formula would make its dollar a price's. */
static void put_word(md *w, size_t i, bool in_link)
{
    ofp_str word = w->tok[i].text;
    bool price = w->flags & MD_MATH && i && w->tok[i - 1].type == OFP_MATH && word.p[0] >= '0' && word.p[0] <= '9';
    if (price) {
        ofp_buf_printf(w->lit, "&#%d;", word.p[0]);
        w->prev = ';';
        word = ofp_str_sub(word, 1, SIZE_MAX);
    }
    ofp_md_put_word(w, word, next_char(w, i), in_link);
}

/* Prints token i; the result is the last one printed. */
static size_t put_token(md *w, size_t i, bool *in_link)
{
    const md_token *t = &w->tok[i];
    switch (t->kind) {
    case MD_WORD: put_word(w, i, *in_link); break;
    case MD_SPACE: put_space(w, i); break;
    case MD_SOFT: put_break(w, ""); break;
    case MD_HARD: put_break(w, w->cell ? "<br>" : "\\"); break;
    case MD_LEAF: put_leaf(w, t); break;
    case MD_OPEN: case MD_CLOSE:
        if (t->type != OFP_LINK) {
            put_delim(w, t);
        } else if (t->kind == MD_OPEN && is_autolink(w, i)) {
            lit(w, "<");
            ofp_buf_add(w->lit, w->tok[i + 1].text);
            lit(w, ">");
            return t->mate;
        } else {
            *in_link = t->kind == MD_OPEN;
            put_link_end(w, t, *in_link);
        }
        break;
    }
    return i;
}

static bool print_run(md *w, cmark_node *block, const ofp_node *n, bool bol)
{
    ofp_md_collect(w, n);
    ofp_md_choose_delims(w);
    w->at = block;
    w->prev = ' ';
    w->bol = bol;
    w->first = true;
    bool in_link = false;
    for (size_t i = 0; i < w->ntok; i++)
        i = put_token(w, i, &in_link);
    flush(w);
    return w->ntok > 0;
}

bool ofp_md_inlines(md *w, cmark_node *block, const ofp_node *n)
{
    w->heading = cmark_node_get_type(block) == CMARK_NODE_HEADING;
    w->cell = false;
    return print_run(w, block, n, !w->heading);
}

ofp_str ofp_md_inline_text(md *w, const ofp_node *n, bool cell)
{
    unsigned width = w->width;
    cmark_node *doc = ofp_md_new(w, NULL, CMARK_NODE_DOCUMENT);
    w->heading = !cell;
    w->cell = cell;
    w->width = 0;
    print_run(w, ofp_md_new(w, doc, CMARK_NODE_PARAGRAPH), n, !cell);
    ofp_str text = ofp_md_render(w, doc, 0);
    w->width = width;
    w->cell = false;
    return text;
}
