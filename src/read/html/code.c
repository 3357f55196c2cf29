/* code.c - listings: their text byte for byte, their language, and what line numbers add to them. */
#include "html.h"

/* Classes of what highlighters put beside the code. */
static const ofp_str gutters[] = {
    { "gutter", 6 }, { "linenos", 7 }, { "linenodiv", 9 }, { "lineno", 6 }, { "linenumber", 10 },
    { "linenumbers", 11 }, { "line-number", 11 }, { "line-numbers", 12 }, { "line-numbers-rows", 17 },
    { "hljs-ln-numbers", 15 }, { "hljs-ln-n", 9 }, { "blob-num", 8 }, { "rouge-gutter", 12 }, { "lnt", 3 },
    { "ln", 2 }, { "line-num", 8 }, { "codemirror-linenumber", 21 }, { "react-syntax-highlighter-line-number", 36 },
    { "crayon-nums", 11 }, { "crayon-num", 10 }, { "line_numbers", 12 },
    { "line-numbers-wrapper", 20 }, { "cm-gutters", 10 }, { "codemirror-gutters", 18 }, { "codemirror-gutter-wrapper", 25 },
};
static const ofp_str line_classes[] = {
    { "line", 4 }, { "code-line", 9 }, { "view-line", 9 }, { "token-line", 10 }, { "ec-line", 7 },
    { "crayon-line", 11 }, { "cm-line", 7 }, { "gatsby-highlight-code-line", 26 }, { "highlight-line", 14 },
};

static bool has_any_class(const dom *n, const ofp_str *names, size_t count)
{
    ofp_str rest = n->nattrs ? DOM_ATTR(n, "class") : (ofp_str){ "", 0 }, word;
    while (ofp_str_word(&rest, &word))
        for (size_t i = 0; i < count; i++)
            if (ofp_str_ieq(word, names[i]))
                return true;
    return false;
}

static bool has_letter(const dom *n)
{
    for (const dom *c = n; c; c = dom_after(c, n))
        for (size_t i = 0; c->tag == T_TEXT && i < c->text.n; i++)
            if ((c->text.p[i] | 32) >= 'a' && (c->text.p[i] | 32) <= 'z')
                return true;
    return false;
}

/* Of a listing as a whole the same names say that a script is to number its lines. */
bool html_is_gutter(const dom *n)
{
    return has_any_class(n, gutters, sizeof gutters / sizeof *gutters) && !(DOM_IS(n, T_PRE, T_CODE) && has_letter(n));
}

/* Boxes that a pointer over the code would open. */
static const ofp_str popups[] = { { "hover-info", 10 }, { "twoslash-popup-container", 24 }, { "tooltip", 7 }, { "tooltiptext", 11 } };

/* A line number without a class, known by what keeps it from being selected. */
static bool is_unselectable_number(const dom *n)
{
    if (n->tag != T_SPAN || !n->nattrs || !n->first || n->first->tag != T_TEXT || n->first->next)
        return false;
    ofp_str s = ofp_str_trim(n->first->text);
    long number;
    return ofp_str_int(s, 0, 99999, &number) && ofp_str_ieq(html_style(n, OFP_STR("user-select")), OFP_STR("none"));
}

/* ---- the text ------------------------------------------------------------------------------- */

/* pending: an element that is a line has ended without a line end of its own; breaks: there were br elements. */
struct listing { ofp_buf text; bool pending, lines, breaks; };

/* Spans with an id each and nothing between them stand below each other, however they are named. */
static bool is_numbered_span(const dom *n)
{
    return n && n->tag == T_SPAN && n->first && DOM_ATTR(n, "id").n;
}

static bool is_line(const dom *n)
{
    return DOM_IS(n, T_DIV, T_P, T_LI, T_TR) || (n->tag == T_SPAN && dom_has_attr(n, OFP_STR("data-line")))
        || (is_numbered_span(n) && (is_numbered_span(n->prev) || is_numbered_span(n->next)))
        || has_any_class(n, line_classes, sizeof line_classes / sizeof *line_classes);
}

static void settle(struct listing *l)
{
    if (l->pending)
        ofp_buf_putc(&l->text, '\n');
    l->pending = false;
}

static void gather_text(struct listing *l, ofp_str s)
{
    if (s.n && s.p[0] == '\n')
        l->pending = false;
    if (s.n)
        settle(l);
    ofp_buf_add(&l->text, s);
}

static void gather(struct listing *l, const dom *n);

/* The line that began at from has ended.  Since an empty element would have no height, empty lines have
 * a blank in them. */
static void end_line(struct listing *l, size_t from)
{
    ofp_str line = ofp_str_sub(ofp_buf_str(&l->text), from, SIZE_MAX);
    if (ofp_str_eq(line, OFP_STR(" ")) || ofp_str_eq(line, OFP_STR("\u00A0")))
        l->text.n = from;
    settle(l);
    l->pending = l->text.n == from || l->text.p[l->text.n - 1] != '\n';
}

static void gather_line(struct listing *l, const dom *n)
{
    settle(l);
    l->lines = true;
    if (n->tag != T_SPAN && l->text.n && l->text.p[l->text.n - 1] != '\n')
        ofp_buf_putc(&l->text, '\n');
    size_t from = l->text.n;
    for (const dom *c = n->first; c; c = c->next)
        gather(l, c);
    end_line(l, from);
}

static void gather_break(struct listing *l)
{
    l->breaks = true;
    gather_text(l, OFP_STR("\n"));
}

static void gather(struct listing *l, const dom *n)
{
    if (n->tag == T_TEXT)
        gather_text(l, n->text);
    else if (n->tag == T_BR)
        gather_break(l);
    else if (DOM_IS(n, T_BUTTON, T_SCRIPT, T_STYLE, T_TEXTAREA) || html_is_gutter(n) || is_unselectable_number(n)
             || has_any_class(n, popups, sizeof popups / sizeof *popups))
        ;
    else if (is_line(n))
        gather_line(l, n);
    else
        for (const dom *c = n->first; c; c = c->next)
            gather(l, c);
}

/* Where each line is marked up, no-break spaces only keep the indentation. */
static void plain_spaces(ofp_buf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++, n++) {
        bool nbsp = ofp_str_starts(ofp_str_sub(ofp_buf_str(b), i, 2), OFP_STR("\u00A0"));
        b->p[n] = nbsp ? ' ' : b->p[i];
        i += nbsp;
    }
    b->n = n;
}

/* CODEBLOCKs end without a line end.  The empty lines around a listing are kept where it is bare text,
 * but are the layout's where lines are elements. */
static ofp_str finish(reader *r, const dom *n, struct listing *l)
{
    if (l->lines || l->breaks)
        plain_spaces(&l->text);
    ofp_str s = html_shown_code(r, n, ofp_buf_take(&l->text, r->a));
    bool layout = l->lines || r->hints;
    if (s.n && s.p[s.n - 1] == '\n')
        s.n--;
    while (layout && s.n && s.p[s.n - 1] == '\n')
        s.n--;
    while (layout && s.n && s.p[0] == '\n')
        s = ofp_str_sub(s, 1, SIZE_MAX);
    return s;
}

/* ---- the language --------------------------------------------------------------------------- */

/* Behind a vague one may stand other things than a language. */
static const struct { ofp_str text; bool vague; } prefixes[] = {
    { { "language-", 9 }, false }, { { "lang-", 5 }, false }, { { "highlight-source-", 17 }, false }, { { "highlight-text-", 15 }, false },
    { { "brush:", 6 }, false }, { { "src-", 4 }, false }, { { "sourcecode-", 11 }, false }, { { "mw-highlight-lang-", 18 }, false },
    { { "highlight-", 10 }, true }, { { "enlighter-l-", 12 }, false }, { { "gatsby-code-", 12 }, false }, { { "sp-", 3 }, true },
};
/* After these a bare class names the language. */
static const ofp_str markers[] = {
    { "sourceCode", 10 }, { "hljs", 4 }, { "highlight", 9 }, { "codehilite", 10 }, { "prettyprint", 11 },
    { "src", 3 }, { "brush", 5 }, { "chroma", 6 },
};
static const ofp_str lang_attrs[] = {
    { "data-lang", 9 }, { "data-language", 13 }, { "data-code-lang", 14 }, { "data-enlighter-language", 23 },
    { "data-tagsearch-lang", 19 },
};
static const char known[] =
    " ada agda apache asm awk bash basic c c++ clojure cmake coffeescript console coq cpp cs csharp css csv d dart diff docker "
    "dockerfile doctest elixir elm erlang fortran fsharp glsl go golang gradle graphql groovy haskell hcl html html+django html+jinja "
    "http idris ini ipython ipython3 java javascript js json jsx julia kotlin latex lean less lisp lua make makefile markdown matlab mysql "
    "nginx nim nix objc objective-c objectivec ocaml octave pascal patch perl php plsql postgresql powershell prolog "
    "properties proto protobuf puppet py pycon pycon+sql python python3 r racket rb ruby rust sass scala scheme scss sh "
    "shell shell-session sql svelte swift tcl terraform tex toml ts tsx typescript vb vbnet verilog vhdl vim vue xml yaml yml zig zsh ";

bool html_is_code_lang(ofp_str word)
{
    for (size_t at = 0; (at = ofp_str_ifind(ofp_s(known), word, at)) != SIZE_MAX; at++)
        if (known[at - 1] == ' ' && known[at + word.n] == ' ')
            return true;
    return false;
}

/* Words that say there is no language. */
static bool is_none(ofp_str word)
{
    static const char *const words[] = { "none", "nohighlight", "plaintext", "plain", "text", "txt", "default", "auto",
                                         "notranslate", "generic", "unknown", "undefined", "wrapper", "raw" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ofp_str_ieq(word, ofp_s(words[i])))
            return true;
    return false;
}

/* The language that one class names; *marked tells of a marker before it. */
static ofp_str lang_of_class(ofp_str word, bool *marked)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (word.n > prefixes[i].text.n && ofp_str_istarts(word, prefixes[i].text)) {
            word = ofp_str_sub(word, prefixes[i].text.n, SIZE_MAX);
            if (word.p[word.n - 1] == ';')
                word.n--;
            return prefixes[i].vague && !html_is_code_lang(word) ? (ofp_str){ "", 0 } : word;
        }
    if (*marked && html_is_code_lang(word))
        return word;
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
        *marked |= ofp_str_ieq(word, markers[i]);
    return (ofp_str){ "", 0 };
}

static ofp_str lang_of(const dom *n)
{
    for (size_t i = 0; i < sizeof lang_attrs / sizeof *lang_attrs; i++) {
        ofp_str v = ofp_str_trim(dom_attr(n, lang_attrs[i]));
        if (v.n)
            return v;
    }
    ofp_str rest = DOM_ATTR(n, "class"), word, lang;
    bool marked = n->tag == T_PRE || n->tag == T_CODE;
    while (ofp_str_word(&rest, &word)) {
        if (ofp_str_ieq(word, OFP_STR("brush:")) && ofp_str_word(&rest, &word)) {
            lang = word.n && word.p[word.n - 1] == ';' ? ofp_str_sub(word, 0, word.n - 1) : word;
            return lang;
        }
        lang = lang_of_class(word, &marked);
        if (lang.n)
            return lang;
    }
    return (ofp_str){ "", 0 };
}

/* From the code element inside, the element itself, or one of the boxes that highlighters put around. */
static ofp_str find_lang(const dom *n)
{
    ofp_str lang = { "", 0 };
    int codes = 0;
    for (const dom *c = n->first; c && !lang.n && codes < 6; c = dom_after(c, n))
        if (DOM_IS(c, T_CODE, T_PRE) && ++codes)
            lang = lang_of(c);
    for (int up = 0; !lang.n && up < 5 && n && n->tag != T_BODY && n->tag != T_ARTICLE; up++, n = n->parent)
        if (!up || DOM_IS(n, T_DIV, T_FIGURE, T_TABLE))
            lang = lang_of(n);
    return is_none(lang) || lang.n > 40 ? (ofp_str){ "", 0 } : lang;
}

/* ---- blocks --------------------------------------------------------------------------------- */

/* Classes of a div that is a listing: an editor, or with a language a box around bare text. */
static const ofp_str boxes[] = {
    { "CodeMirror", 10 }, { "cm-editor", 9 }, { "monaco-editor", 13 }, { "ace_editor", 10 }, { "enlighter-code", 14 },
    { "code-block", 10 }, { "codeblock", 9 },
};
enum { EDITORS = 5 };

/* An editor's boxes around the lines: only these are the listing. */
static const dom *content_of(const dom *n)
{
    static const ofp_str classes[] = { { "cm-content", 10 }, { "CodeMirror-code", 15 }, { "view-lines", 10 }, { "ace_text-layer", 14 },
                                       { "enlighter", 9 } };
    for (const dom *c = n->first; c; c = dom_after(c, n))
        if (c->nattrs && has_any_class(c, classes, sizeof classes / sizeof *classes))
            return c;
    return n;
}

/* An editor's caption may name the language: a short text before the lines. */
static ofp_str lang_in_caption(const dom *n, const dom *content)
{
    for (const dom *c = n->first; c && c != content; c = dom_after(c, n)) {
        ofp_str s = c->tag == T_TEXT ? ofp_str_trim(c->text) : (ofp_str){ "", 0 };
        if (s.n)
            return s.n < 20 && html_is_code_lang(s) ? s : (ofp_str){ "", 0 };
    }
    return (ofp_str){ "", 0 };
}

static void add_listing(reader *r, const dom *n, struct listing *l)
{
    const dom *content = content_of(n);
    ofp_str text = finish(r, n, l), lang = find_lang(n);
    if (!lang.n && content != n)
        lang = find_lang(content);
    if (!lang.n)
        lang = lang_in_caption(n, content);
    if (!lang.n)
        lang = html_code_label(n);
    bool kept = ofp_str_trim(text).n || (!r->hints && !n->first) || (!r->hints && dom_find(n, T_CODE));
    ofp_node *block = kept ? flow_block(r, OFP_CODEBLOCK, n) : NULL;
    if (!block)
        return;
    ofp_set_text(block, text);
    ofp_add_class(r->d, block, ofp_arena_lower(r->a, lang));
    if (html_is_target(r, html_id(n)))
        ofp_set_id(r->d, block, html_keep(r, html_id(n)));
}

/* One of two lines at least that a code element without a pre element has to itself. */
static bool is_lone_code(const dom *n)
{
    for (const dom *c = n->prev; c; c = c->prev)
        if (c->tag != T_TEXT || ofp_str_trim(c->text).n)
            return false;
    for (const dom *c = n->next; c; c = c->next)
        if (c->tag != T_TEXT || ofp_str_trim(c->text).n)
            return false;
    bool spaced = ofp_str_istarts(html_style(n, OFP_STR("white-space")), OFP_STR("pre"));
    for (const dom *c = n->first; c; c = dom_after(c, n))
        if (c->tag == T_BR || (spaced && c->tag == T_TEXT && ofp_str_find(c->text, OFP_STR("\n"), 0) != SIZE_MAX))
            return true;
    return false;
}

/* A class says that it stands as a block: Tailwind's, Lean's. */
static bool is_block_code(const dom *n)
{
    return n->tag == T_CODE && n->nattrs && DOM_CLASS(n, "block") && n->parent
        && DOM_IS(n->parent, T_DIV, T_SECTION, T_ARTICLE, T_LI, T_DD, T_FIGURE, T_BODY);
}

/* What such code goes on with: more of its kind, or what it prints. */
static dom *next_block_code(const dom *n)
{
    dom *c = n->next;
    while (c && c->tag == T_TEXT && !ofp_str_trim(c->text).n)
        c = c->next;
    return c && !c->taken && (c->tag == T_PRE || is_block_code(c)) ? c : NULL;
}

static void gather_rest(struct listing *l, const dom *n)
{
    for (dom *c = next_block_code(n); c; c = next_block_code(c)) {
        if (l->text.n && l->text.p[l->text.n - 1] != '\n')
            ofp_buf_putc(&l->text, '\n');
        for (const dom *k = c->first; k; k = k->next)
            gather(l, k);
        c->taken = true;
    }
}

bool html_is_listing(const dom *n)
{
    if (is_block_code(n))
        return true;
    if (n->tag == T_CODE)
        return n->parent && DOM_IS(n->parent, T_P, T_DIV, T_TD, T_LI, T_FIGURE) && is_lone_code(n);
    if (n->tag != T_DIV || !n->nattrs || !has_any_class(n, boxes, sizeof boxes / sizeof *boxes))
        return false;
    if (has_any_class(n, boxes, EDITORS))
        return content_of(n) != n;
    return lang_of(n).n
        && !dom_find(n, T_PRE) && !dom_find(n, T_DIV) && !dom_find(n, T_P) && !dom_find(n, T_CODE) && !dom_find(n, T_TABLE);
}

void html_pre(reader *r, dom *n)
{
    if (r->f.fixed) {
        r->f.space = true;
        html_children(r, n);
        return;
    }
    const dom *content = content_of(n);
    struct listing l = { .lines = content != n };
    for (const dom *c = content->first; c; c = c->next)
        gather(&l, c);
    if (is_block_code(n))
        gather_rest(&l, n);
    struct flow saved = r->f;
    ofp_node *box = r->hints && html_is_hidden(n) ? html_open_box(r, n, &saved) : NULL;
    add_listing(r, n, &l);
    html_close_box(r, box, saved);
}

static bool is_number_cell(const dom *cell)
{
    if (html_is_gutter(cell))
        return true;
    const dom *pre = dom_find(cell, T_SPAN);
    return pre && has_any_class(pre, &(ofp_str){ "lnt", 3 }, 1);
}

static void gather_row(struct listing *l, const dom *tr)
{
    settle(l);
    size_t from = l->text.n;
    for (const dom *c = tr->first; c; c = c->next)
        if (DOM_IS(c, T_TD, T_TH) && !is_number_cell(c))
            gather(l, c);
    end_line(l, from);
}

/* A table of line numbers and code: one row for all lines, or a row for each. */
bool html_code_table(reader *r, dom *n)
{
    bool numbers = false;
    struct listing l = { .lines = true };
    for (const dom *c = n->first; c && !numbers; c = dom_after(c, n))
        numbers = (c->tag == T_TD || c->tag == T_TH) && is_number_cell(c);
    if (!numbers || r->f.fixed)
        return false;
    for (const dom *c = n->first; c; c = c->tag == T_TR ? dom_after_skip(c, n) : dom_after(c, n))
        if (c->tag == T_TR)
            gather_row(&l, c);
    add_listing(r, n, &l);
    return true;
}
