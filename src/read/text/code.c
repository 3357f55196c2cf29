/* code.c - program text: fenced, or indented and looking like it. */
#include "read/text/text.h"

/* ---- does a line look like a program's? ------------------------------------------------- */

static const ofp_str code_parts[] = {
    OFP_STR("();"), OFP_STR("->"), OFP_STR("=>"), OFP_STR("=="), OFP_STR("!="), OFP_STR("::"), OFP_STR("</"), OFP_STR("/>"),
    OFP_STR("&&"), OFP_STR("||"), OFP_STR(" = "), OFP_STR("+="), OFP_STR("{"), OFP_STR("}"), OFP_STR("$("), OFP_STR("${"),
    OFP_STR("\\n"), OFP_STR(" := "), OFP_STR("[]"), OFP_STR("()"), OFP_STR("*/"), OFP_STR("<?"), OFP_STR("%d"), OFP_STR("%s"),
};

static const ofp_str code_starts[] = {
    OFP_STR("#include"), OFP_STR("#define"), OFP_STR("//"), OFP_STR("/*"), OFP_STR("$ "), OFP_STR("% "), OFP_STR(">>> "), OFP_STR("import "),
    OFP_STR("def "), OFP_STR("return "), OFP_STR("int "), OFP_STR("void "), OFP_STR("static "), OFP_STR("const "), OFP_STR("var "),
    OFP_STR("let "), OFP_STR("if ("), OFP_STR("for ("), OFP_STR("while ("), OFP_STR("else {"), OFP_STR("} else"), OFP_STR("}"), OFP_STR("{"), OFP_STR("sudo "),
    OFP_STR("SELECT "), OFP_STR("#!/"), OFP_STR("<?"), OFP_STR("GET /"), OFP_STR("HTTP/1"), OFP_STR("@@"),
};

static bool has_code_mark(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '(': case '{': case '}': case '[': case '<': case '>': case '=': case '|': case '&': case '$': case '\\': case '%': case '/':
        case ':': return true;
        default: break;
        }
    return false;
}

bool text_like_code(const line *l)
{
    ofp_str s = l->s;
    char last = s.p[s.n - 1];
    if (last == ';' || last == '{' || last == '}' || last == '\\') return true;
    for (size_t i = 0; i < sizeof code_starts / sizeof *code_starts; i++)
        if (code_starts[i].p[0] == s.p[0] && ofp_str_starts(s, code_starts[i])) return true;
    if (!has_code_mark(ofp_str_sub(s, 0, 400))) return false;
    /* Prose about programs names functions, too. */
    if (l->words > 9) return false;
    for (size_t i = 0; i < sizeof code_parts / sizeof *code_parts; i++)
        if (ofp_str_find(ofp_str_sub(s, 0, 400), code_parts[i], 0) != SIZE_MAX) return true;
    return false;
}

/* ---- blocks of code --------------------------------------------------------------------- */

/* Indented by four columns or more in a text that is not, and most lines look like it.  Blank lines
 * belong to it as long as the indentation lasts. */
static size_t indented_end(const text *t, size_t i, size_t *seen)
{
    unsigned min = t->shape.base + 4;
    size_t k = i, alike = 0;
    for (; k < t->nlines && t->lines[k].left >= min && t->lines[k].quote == t->lines[i].quote; k++) {
        if (t->lines[k].joins && !text_like_code(&t->lines[k])) break;
        alike += text_like_code(&t->lines[k]);
    }
    *seen = k;
    return alike * 2 > k - i || (alike && alike * 2 >= k - i && k - i <= 2) ? k : i;
}

/* At the margin: a run without blank lines in which nearly every line looks like it. */
static size_t flush_end(const text *t, size_t i)
{
    unsigned local;
    size_t end = text_run(t, i, &local), others = 0;
    if (end - i < 3) return i;
    for (size_t k = i; k < end; k++) {
        if (t->lines[k].kind != L_TEXT && t->lines[k].left <= t->shape.base) return i;
        others += !text_like_code(&t->lines[k]);
        if (others * 10 > (end - i) * 2) return i;
    }
    return end;
}

/* Each line is looked at once for either kind, so that a long text of one indentation costs no more. */
size_t text_code_end(text *t, size_t i)
{
    const line *l = &t->lines[i];
    if (l->kind == L_BULLET || l->kind == L_NUMBER) return i;
    size_t end = i;
    if (i >= t->plain_until && l->left >= t->shape.base + 4 && !l->quote) {
        end = indented_end(t, i, &t->plain_until);
    }
    if (end == i && (!i || l->gap)) end = flush_end(t, i);
    return end;
}

static bool closes_fence(ofp_str s, char c)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != c) return false;
    return true;
}

/* The line that closes the fence at i; i where none does. */
size_t text_fence_end(text *t, size_t i)
{
    char c = t->lines[i].s.p[0];
    bool *unclosed = &t->unclosed[c == '~'];
    if (*unclosed) return i;
    for (size_t k = i + 1; k < t->nlines; k++)
        if (t->lines[k].kind != L_TEXT && closes_fence(t->lines[k].s, c)) return k;
    *unclosed = true;
    return i;
}

/* ---- nodes ------------------------------------------------------------------------------ */

static ofp_str code_text(const text *t, size_t from, size_t to)
{
    ofp_buf b = { 0 };
    unsigned min = t->lines[from].left;
    for (size_t k = from; k < to; k++)
        if (t->lines[k].left < min) min = t->lines[k].left;
    for (size_t k = from; k < to; k++) {
        if (k > from) ofp_buf_fill(&b, '\n', 1u + t->lines[k].gap);
        ofp_buf_fill(&b, ' ', t->lines[k].left - min);
        ofp_buf_add(&b, t->lines[k].s);
    }
    return ofp_buf_take(&b, ofp_doc_arena(t->d));
}

void text_put_code(text *t, ofp_node *parent, const block *b)
{
    size_t from = b->from + b->fenced, to = b->to - b->fenced;
    ofp_node *n = ofp_add(t->d, parent, OFP_CODEBLOCK);
    ofp_set_line(n, t->lines[b->from].no);
    ofp_set_text(n, from < to ? code_text(t, from, to) : OFP_STR(""));
    if (!b->fenced) return;
    ofp_str info = t->lines[b->from].s, lang;
    while (info.n && (info.p[0] == '`' || info.p[0] == '~')) info = ofp_str_sub(info, 1, SIZE_MAX);
    if (ofp_str_word(&info, &lang)) ofp_add_class(t->d, n, lang);
}
