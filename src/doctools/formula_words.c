/* formula_words.c - words in formulas: \text and its kin, \tag. */
#include "doctools/formula_parts.h"

/* Words become one TEXT until a formula or another font stands between them. */
typedef struct words { parser *p; formula *row; ofp_buf b; enum formula_variant variant; } words;

static void flush(words *w)
{
    if (!w->b.n && !w->b.failed)
        return;
    formula *f = formula_leaf(w->p, FORMULA_TEXT, CLASS_ORD, ofp_buf_take(&w->b, w->p->a));
    if (f)
        f->variant = w->variant;
    formula_add(w->row, f);
}

static void put_words(words *w);

/* A group of words, or those of a command with a font of its own. */
static void put_group(words *w, ofp_str tex, enum formula_variant variant)
{
    parser *p = w->p;
    enum formula_variant around = w->variant;
    ofp_str s = p->s;
    size_t at = p->at;
    if (variant != around)
        flush(w);
    if (++p->depth > FORMULA_DEPTH)
        formula_bad(p);
    w->variant = variant;
    p->s = tex;
    p->at = 0;
    put_words(w);
    p->s = s;
    p->at = at;
    p->depth--;
    if (variant != around)
        flush(w);
    w->variant = around;
}

static void put_formula(words *w, const char *close)
{
    parser *p = w->p;
    size_t end = ofp_str_find(p->s, ofp_s(close), p->at);
    if (end == SIZE_MAX) {
        formula_bad(p);
        return;
    }
    flush(w);
    int font = p->font;
    p->font = -1;
    formula_add(w->row, formula_sub(p, ofp_str_sub(p->s, p->at, end - p->at)));
    p->font = font;
    p->at = end + strlen(close);
}

/* \'e: the mark that combines with the letter behind it. */
static uint32_t combining(ofp_str command)
{
    static const struct { char command; uint32_t mark; } marks[] = {
        { '\'', 0x301 }, { '`', 0x300 }, { '^', 0x302 }, { '"', 0x308 }, { '~', 0x303 }, { '=', 0x304 }, { '.', 0x307 },
        { 'c', 0x327 }, { 'v', 0x30C }, { 'u', 0x306 }, { 'H', 0x30B }, { 'r', 0x30A }, { 'k', 0x328 },
    };
    for (size_t i = 0; command.n == 2 && i < sizeof marks / sizeof *marks; i++)
        if (marks[i].command == command.p[1])
            return marks[i].mark;
    return 0;
}

static void put_accented(words *w, uint32_t mark)
{
    ofp_str to = ofp_str_trim(formula_raw(w->p));
    if (to.n && to.p[0] == '\\')
        to = ofp_str_sub(to, 1, 1);
    ofp_buf_add(&w->b, to);
    ofp_buf_putu(&w->b, mark);
}

static void put_sign(words *w, const sign *s)
{
    parser *p = w->p;
    if (s->kind == SIGN_TEXT)
        put_group(w, formula_raw(p), (enum formula_variant)(s->text.p[0] - '0'));
    else if (s->kind == SIGN_LAP || (s->kind == SIGN_CONTENT && s->text.p[0] == '0'))
        put_group(w, formula_raw(p), w->variant);
    else if (s->kind == SIGN_OLDFONT)
        w->variant = (flush(w), (enum formula_variant)(s->text.p[0] - '0'));
    else if (s->kind == SIGN_SPACE || s->kind == SIGN_CR)
        ofp_buf_puts(&w->b, s->text.n == 2 && s->text.p[0] != '-' ? "\u2003" : s->kind == SIGN_CR ? " " : "\u00A0");
    else if (s->kind == SIGN_LETTER || s->kind == SIGN_UPRIGHT || s->kind == SIGN_SIGN || s->kind == SIGN_DELIM)
        ofp_buf_add(&w->b, s->text);
    else if (s->kind != SIGN_IGNORE || s->text.p[0] != '0')
        formula_bad(p);
}

/* Spaces behind a command's letters are not shown. */
static void skip_spaces(parser *p, ofp_str command)
{
    if (!letter(command.p[command.n - 1]))
        return;
    while (peek(p) == ' ' || peek(p) == '\n')
        p->at++;
}

static void put_command(words *w)
{
    parser *p = w->p;
    size_t len;
    sign s = formula_command(p, &len);
    ofp_str name = ofp_str_sub(p->s, p->at, len);
    uint32_t mark = combining(name);
    p->at += len;
    if (name.n == 1)
        formula_bad(p);
    else if (mark)
        put_accented(w, mark);
    else if (ofp_str_eq(name, OFP_STR("\\(")))
        put_formula(w, "\\)");
    else {
        skip_spaces(p, name);
        put_sign(w, &s);
    }
}

static void put_quote(words *w, char c)
{
    parser *p = w->p;
    bool twice = peek(p) == c;
    p->at += twice;
    ofp_buf_puts(&w->b, c == '`' ? twice ? "“" : "‘" : twice ? "”" : "’");
}

/* A hyphen, or the dash that two or three of them are, but in the fonts of programs. */
static void put_hyphens(words *w)
{
    static const char *const dashes[] = { "-", "–", "—" };
    parser *p = w->p;
    size_t n = 0, most = w->variant == VARIANT_MONO ? 0 : 2;
    for (; n < most && peek(p) == '-'; n++)
        p->at++;
    ofp_buf_puts(&w->b, dashes[n]);
}

static void put_words(words *w)
{
    parser *p = w->p;
    while (p->at < p->s.n && !p->bad) {
        char c = p->s.p[p->at];
        if (c == '\\') {
            put_command(w);
        } else if (c == '{') {
            put_group(w, formula_raw(p), w->variant);
        } else {
            p->at++;
            if (c == '$')
                put_formula(w, "$");
            else if (c == '~' || c == ' ' || c == '\n' || c == '\t' || c == '\r')
                ofp_buf_puts(&w->b, "\u00A0");
            else if (c == '`' || c == '\'')
                put_quote(w, c);
            else if (c == '-')
                put_hyphens(w);
            else
                ofp_buf_putc(&w->b, c);
        }
    }
}

formula *formula_words(parser *p, ofp_str tex, enum formula_variant variant)
{
    words w = { .p = p, .row = formula_new(p, FORMULA_ROW, CLASS_ORD), .variant = variant };
    put_group(&w, tex, variant);
    flush(&w);
    ofp_buf_free(&w.b);
    p->limits = LIMITS_NONE;
    return formula_single(w.row);
}

formula *formula_text(parser *p, const sign *s)
{
    return formula_words(p, formula_raw(p), (enum formula_variant)(s->text.p[0] - '0'));
}

formula *formula_tag(parser *p, const sign *s)
{
    (void)s;
    bool bare = peek(p) == '*';
    p->at += bare;
    ofp_str tex = formula_raw(p);
    formula *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    if (!bare)
        formula_add(row, formula_leaf(p, FORMULA_TEXT, CLASS_ORD, OFP_STR("(")));
    formula_add(row, formula_words(p, tex, VARIANT_UPRIGHT));
    if (!bare)
        formula_add(row, formula_leaf(p, FORMULA_TEXT, CLASS_ORD, OFP_STR(")")));
    p->tag = row;
    return NULL;
}
