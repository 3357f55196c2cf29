/* formula.c - parsing TeX's math: rows of atoms and their scripts. */
#include "doctools/formula_parts.h"

formula *formula_bad(parser *p)
{
    p->bad = true;
    return NULL;
}

/* ---- what stands in the text ---- */

static char peek(const parser *p)
{
    return p->at < p->s.n ? p->s.p[p->at] : '\0';
}

static bool letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Zero-width signs and marks of direction are nothing in a formula. */
static size_t blank(const parser *p)
{
    if ((unsigned char)p->s.p[p->at] <= ' ')
        return 1;
    if ((unsigned char)p->s.p[p->at] < 0xC2)
        return 0;
    size_t end = p->at;
    uint32_t c = ofp_utf8_next(p->s, &end);
    bool unseen = ofp_is_space(c) || c == 0xAD || (c >= 0x200C && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064);
    return unseen ? end - p->at : 0;
}

void formula_blanks(parser *p)
{
    for (size_t n; p->at < p->s.n; ) {
        if (p->s.p[p->at] == '%') {
            size_t end = ofp_str_find(p->s, OFP_STR("\n"), p->at);
            p->at = end == SIZE_MAX ? p->s.n : end + 1;
        } else if ((n = blank(p))) {
            p->at += n;
        } else {
            return;
        }
    }
}

bool formula_take(parser *p, char c)
{
    formula_blanks(p);
    if (peek(p) != c || p->at >= p->s.n)
        return false;
    p->at++;
    return true;
}

const sign *formula_command(const parser *p, size_t *len)
{
    if (peek(p) != '\\')
        return NULL;
    size_t end = p->at + 1;
    while (end < p->s.n && letter(p->s.p[end]))
        end++;
    if (end == p->at + 1 && end < p->s.n)
        ofp_utf8_next(p->s, &end);
    *len = end - p->at;
    return formula_sign(ofp_str_sub(p->s, p->at + 1, *len - 1));
}

/* Optional arguments are short, and brackets that never close must not be looked for all over again. */
enum { BRACKET = 1000 };

/* Behind the group that opens before from; SIZE_MAX where it does not close. */
static size_t group_end(ofp_str s, size_t from, char open, char close)
{
    int braces = 0;
    for (size_t i = from; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\')
            i++;
        else if (c == close && !braces)
            return i + 1;
        else if (c == '{' || c == open)
            braces++;
        else if (c == '}' || c == close)
            braces--;
    }
    return SIZE_MAX;
}

static ofp_str raw_token(parser *p)
{
    size_t from = p->at, len = 0;
    if (p->at >= p->s.n || peek(p) == '}')
        formula_bad(p);
    else if (peek(p) == '\\')
        formula_command(p, &len);
    else
        ofp_utf8_next(p->s, &p->at);
    p->at += len;
    return ofp_str_sub(p->s, from, p->at - from);
}

ofp_str formula_raw(parser *p)
{
    formula_blanks(p);
    if (peek(p) != '{')
        return raw_token(p);
    size_t from = p->at + 1, end = group_end(p->s, from, '{', '}');
    if (end == SIZE_MAX) {
        formula_bad(p);
        return OFP_STR("");
    }
    p->at = end;
    return ofp_str_sub(p->s, from, end - 1 - from);
}

bool formula_bracket(parser *p, ofp_str *tex)
{
    size_t before = p->at;
    if (!formula_take(p, '[')) {
        p->at = before;
        return false;
    }
    size_t from = p->at, end = group_end(ofp_str_sub(p->s, 0, from + BRACKET), from, '{', ']');
    if (end == SIZE_MAX) {
        p->at = before;
        return false;
    }
    *tex = ofp_str_sub(p->s, from, end - 1 - from);
    p->at = end;
    return true;
}

/* ---- single characters ---- */

/* Marks that combine with the letter before are of its text. */
static ofp_str take_cluster(parser *p, uint32_t *first)
{
    size_t from = p->at;
    *first = ofp_utf8_next(p->s, &p->at);
    for (size_t next = p->at; next < p->s.n; p->at = next) {
        if ((unsigned char)p->s.p[next] < 0xCC || ofp_char_width(ofp_utf8_next(p->s, &next)) != 0)
            break;
        if (p->at - from > 32)
            break;
    }
    return ofp_str_sub(p->s, from, p->at - from);
}

static enum formula_variant variant(const parser *p, enum formula_variant otherwise)
{
    if (p->font == VARIANT_BOLD_ITALIC && otherwise == VARIANT_UPRIGHT)
        return VARIANT_BOLD;
    return p->font >= 0 ? (enum formula_variant)p->font : otherwise;
}

static formula *ident(parser *p, ofp_str text, enum formula_variant otherwise)
{
    formula *f = formula_leaf(p, FORMULA_IDENT, CLASS_ORD, text);
    if (f)
        f->variant = variant(p, otherwise);
    return f;
}

static formula *number(parser *p, ofp_str text)
{
    formula *f = formula_leaf(p, FORMULA_NUMBER, CLASS_ORD, text);
    if (f)
        f->variant = variant(p, VARIANT_UPRIGHT);
    return f;
}

static formula *operator(parser *p, ofp_str text, glyph g)
{
    formula *f = formula_leaf(p, FORMULA_OPERATOR, g.cls, text);
    if (f)
        f->large = g.large;
    p->limits = g.limits;
    return f;
}

/* What an ASCII character of TeX's math shows, where that is another one. */
static ofp_str shown(ofp_str text)
{
    static const char *const others[][2] = { { "-", "−" }, { "*", "∗" }, { "`", "‘" } };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (ofp_str_eq(text, ofp_s(others[i][0])))
            return ofp_s(others[i][1]);
    return text;
}

static bool is_capital_greek(uint32_t c)
{
    return c >= 0x391 && c <= 0x3A9;
}

/* Characters that mean something to TeX and have no place where an atom is looked for. */
static bool is_active(uint32_t c)
{
    return c == '$' || c == '#' || c == '^' || c == '_' || c == '&' || c == '}';
}

static formula *character(parser *p)
{
    uint32_t c;
    ofp_str text = take_cluster(p, &c);
    glyph g = formula_glyph(c);
    if (is_active(c) || c == 0xFFFD)
        return formula_bad(p);
    if (c == '~')
        return formula_space(p, 0.3333);
    if (g.kind == FORMULA_IDENT)
        return ident(p, text, is_capital_greek(c) || c >= 0x10000 ? VARIANT_UPRIGHT : VARIANT_ITALIC);
    if (g.kind == FORMULA_NUMBER)
        return number(p, text);
    if (g.kind == FORMULA_OPERATOR)
        return operator(p, shown(text), g);
    return formula_leaf(p, g.kind, g.cls, text);
}

static formula *take_number(parser *p)
{
    size_t from = p->at;
    bool point = false;
    while (digit(peek(p)) || (peek(p) == '.' && !point && p->at + 1 < p->s.n && digit(p->s.p[p->at + 1]))) {
        point |= peek(p) == '.';
        p->at++;
    }
    return number(p, ofp_str_sub(p->s, from, p->at - from));
}

/* ---- commands ---- */

static formula *make_letter(parser *p, const sign *s)
{
    return ident(p, s->text, VARIANT_ITALIC);
}

static formula *make_upright(parser *p, const sign *s)
{
    return ident(p, s->text, VARIANT_UPRIGHT);
}

static formula *make_sign(parser *p, const sign *s)
{
    return operator(p, s->text, (glyph){ FORMULA_OPERATOR, s->cls, false, LIMITS_NONE });
}

static formula *make_large(parser *p, const sign *s)
{
    return operator(p, s->text, (glyph){ FORMULA_OPERATOR, s->cls, true, LIMITS_MOVABLE });
}

static formula *make_integral(parser *p, const sign *s)
{
    return operator(p, s->text, (glyph){ FORMULA_OPERATOR, s->cls, true, LIMITS_NONE });
}

static formula *make_name(parser *p, const sign *s)
{
    p->limits = s->kind == SIGN_LIMNAME ? LIMITS_MOVABLE : LIMITS_NONE;
    return formula_leaf(p, FORMULA_IDENT, CLASS_OP, s->text);
}

static formula *make_space(parser *p, const sign *s)
{
    bool back = s->text.p[0] == '-';
    long mu = 0;
    ofp_str_int(ofp_str_sub(s->text, back, SIZE_MAX), 0, 100, &mu);
    return formula_space(p, (double)(back ? -mu : mu) / 18);
}

/* Those without a function have their place behind others only: \end, \right, \limits. */
static formula_maker *const makers[SIGN_NKINDS] = {
    [SIGN_LETTER] = make_letter,      [SIGN_UPRIGHT] = make_upright,    [SIGN_SIGN] = make_sign,
    [SIGN_DELIM] = make_sign,         [SIGN_LARGE] = make_large,        [SIGN_INTEGRAL] = make_integral,
    [SIGN_NAME] = make_name,          [SIGN_LIMNAME] = make_name,       [SIGN_SPACE] = make_space,
    [SIGN_ACCENT] = formula_accent,   [SIGN_WIDE] = formula_accent,     [SIGN_UNDER] = formula_under,
    [SIGN_FRAC] = formula_frac,       [SIGN_BINOM] = formula_binom,     [SIGN_INFIX] = formula_infix,
    [SIGN_GENFRAC] = formula_genfrac, [SIGN_SQRT] = formula_sqrt,       [SIGN_ROOT] = formula_root,
    [SIGN_LEFT] = formula_left,       [SIGN_BIG] = formula_big,         [SIGN_STACK] = formula_stack,
    [SIGN_XARROW] = formula_xarrow,   [SIGN_FONT] = formula_font,       [SIGN_OLDFONT] = formula_oldfont,
    [SIGN_TEXT] = formula_text,       [SIGN_OPNAME] = formula_opname,   [SIGN_CLASS] = formula_class_of,
    [SIGN_STYLE] = formula_style,     [SIGN_COLOR] = formula_color,     [SIGN_ENCLOSE] = formula_enclose,
    [SIGN_CANCELTO] = formula_cancelto, [SIGN_PHANTOM] = formula_phantom, [SIGN_KERN] = formula_kern,
    [SIGN_HSPACE] = formula_hspace,   [SIGN_TAG] = formula_tag,         [SIGN_IGNORE] = formula_ignore,
    [SIGN_CONTENT] = formula_content, [SIGN_MOD] = formula_mod,         [SIGN_NOT] = formula_not,
    [SIGN_BEGIN] = formula_begin,     [SIGN_GRID] = formula_grid,       [SIGN_RULE] = formula_rule,
    [SIGN_UNICODE] = formula_unicode, [SIGN_FENCED] = formula_fence_of, [SIGN_PRESCRIPT] = formula_prescript,
    [SIGN_SIDESET] = formula_sideset,
};

static formula *command(parser *p)
{
    size_t len;
    const sign *s = formula_command(p, &len);
    if (!s || !makers[s->kind])
        return formula_bad(p);
    p->at += len;
    return makers[s->kind](p, s);
}

/* ---- groups, arguments, atoms ---- */

static formula *braced(parser *p)
{
    p->at++;
    formula *row = formula_row(p, false);
    return formula_take(p, '}') ? row : formula_bad(p);
}

/* {,} is an ordinary comma; what is ordinary anyway needs no row around it. */
static formula *group(parser *p)
{
    formula *row = braced(p), *only = formula_single(row);
    if (!only || only == row)
        return row;
    if (only->kind == FORMULA_OPERATOR && !only->large)
        only->cls = CLASS_ORD;
    return only->cls == CLASS_ORD && only->kind != FORMULA_STYLE ? only : row;
}

static formula *nucleus(parser *p, bool single)
{
    char c = peek(p);
    p->limits = LIMITS_NONE;
    if (c == '{')
        return group(p);
    if (c == '\\')
        return command(p);
    if (!single && (digit(c) || (c == '.' && p->at + 1 < p->s.n && digit(p->s.p[p->at + 1]))))
        return take_number(p);
    return p->at < p->s.n ? character(p) : formula_bad(p);
}

formula *formula_argument(parser *p)
{
    formula *f = NULL;
    if (++p->depth > FORMULA_DEPTH)
        formula_bad(p);
    formula_blanks(p);
    if (!p->bad)
        f = peek(p) == '{' ? formula_single(braced(p)) : nucleus(p, true);
    if (f && f->kind == FORMULA_OPERATOR && f->cls == CLASS_BIN)
        f->cls = CLASS_ORD;
    p->depth--;
    p->limits = LIMITS_NONE;
    return f;
}

/* ---- scripts ---- */

typedef struct scripts { formula *under, *over; unsigned primes; enum limits limits; } scripts;

/* Letters that Unicode has raised or lowered: x² is x^2. */
static const char *raised(uint32_t c, bool *low)
{
    static const struct { uint32_t c; const char *is; } others[] = {
        { 0xB9, "1" }, { 0xB2, "2" }, { 0xB3, "3" }, { 0x2071, "i" }, { 0x207A, "+" }, { 0x207B, "−" }, { 0x207C, "=" },
        { 0x207D, "(" }, { 0x207E, ")" }, { 0x207F, "n" }, { 0x208A, "+" }, { 0x208B, "−" }, { 0x208C, "=" },
        { 0x208D, "(" }, { 0x208E, ")" }, { 0x2090, "a" }, { 0x2091, "e" }, { 0x2092, "o" }, { 0x2093, "x" },
        { 0x2095, "h" }, { 0x2096, "k" }, { 0x2097, "l" }, { 0x2098, "m" }, { 0x2099, "n" }, { 0x209A, "p" },
        { 0x209B, "s" }, { 0x209C, "t" }, { 0x1D62, "i" }, { 0x2C7C, "j" },
    };
    static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    *low = c >= 0x2080 || c == 0x1D62;
    if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079) || (c >= 0x2080 && c <= 0x2089))
        return digits[c & 0xF];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].c == c)
            return others[i].is;
    return NULL;
}

static formula *raised_leaf(parser *p, const char *text)
{
    glyph g = formula_glyph((unsigned char)text[0]);
    if (g.kind == FORMULA_NUMBER)
        return number(p, ofp_s(text));
    return g.kind == FORMULA_IDENT ? ident(p, ofp_s(text), VARIANT_ITALIC)
                                   : formula_leaf(p, FORMULA_OPERATOR, CLASS_ORD, ofp_s(text));
}

static bool take_raised(parser *p, scripts *s)
{
    formula *row = NULL;
    bool low = false, first_low = false;
    while (p->at < p->s.n && (unsigned char)p->s.p[p->at] >= 0xC2) {
        size_t next = p->at;
        const char *is = raised(ofp_utf8_next(p->s, &next), &low);
        if (!is || (row && low != first_low))
            break;
        row = row ? row : formula_new(p, FORMULA_ROW, CLASS_ORD);
        first_low = low;
        formula_add(row, raised_leaf(p, is));
        p->at = next;
    }
    if (!row)
        return false;
    formula **at = first_low ? &s->under : &s->over;
    if (*at)
        formula_bad(p);
    *at = formula_single(row);
    return true;
}

static bool take_script(parser *p, scripts *s, formula **at)
{
    p->at++;
    if (*at)
        return formula_bad(p) != NULL;
    enum limits limits = s->limits;
    *at = formula_argument(p);
    if (!*at && !p->bad)
        *at = formula_new(p, FORMULA_ROW, CLASS_ORD);
    s->limits = limits;
    return !p->bad;
}

static bool take_limits(parser *p, scripts *s)
{
    size_t len;
    const sign *is = formula_command(p, &len);
    if (!is || is->kind != SIGN_LIMITS)
        return false;
    s->limits = is->text.p[0] == '1' ? LIMITS_ALWAYS : LIMITS_NONE;
    p->at += len;
    return true;
}

static bool take_prime(parser *p, scripts *s)
{
    static const ofp_str curly = { "’", sizeof "’" - 1 };
    bool plain = peek(p) == '\'';
    if (!plain && !ofp_str_starts(ofp_str_sub(p->s, p->at, curly.n), curly))
        return false;
    p->at += plain ? 1 : curly.n;
    s->primes++;
    return true;
}

static bool take_next(parser *p, scripts *s)
{
    formula_blanks(p);
    if (p->bad)
        return false;
    if (peek(p) == '^' && p->at < p->s.n)
        return take_script(p, s, &s->over);
    if (peek(p) == '_')
        return take_script(p, s, &s->under);
    return take_prime(p, s) || take_limits(p, s) || take_raised(p, s);
}

static formula *with_primes(parser *p, const scripts *s)
{
    static const char *const primes[] = { "", "′", "″", "‴", "⁗" };
    formula *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    for (unsigned left = s->primes, n; left; left -= n) {
        n = left > 4 ? 4 : left;
        formula_add(row, formula_leaf(p, FORMULA_OPERATOR, CLASS_ORD, ofp_s(primes[n])));
    }
    formula_add(row, s->over);
    return formula_single(row);
}

static formula *with_scripts(parser *p, formula *base)
{
    scripts s = { .limits = p->limits };
    while (take_next(p, &s))
        ;
    if (p->bad || !(s.under || s.over || s.primes))
        return base;
    formula *over = s.primes ? with_primes(p, &s) : s.over;
    formula *f = formula_scripted(p, s.limits == LIMITS_NONE ? FORMULA_SCRIPTS : FORMULA_LIMITS, base, s.under, over);
    if (f)
        f->movable = s.limits == LIMITS_MOVABLE;
    return f;
}

/* ---- rows ---- */

/* Letters side by side in a font of words are one word. */
static bool joins(const parser *p, const formula *last, const formula *f)
{
    return p->font >= 0 && p->font != VARIANT_BOLD_ITALIC && last && last->kind == FORMULA_IDENT && f->kind == FORMULA_IDENT
        && last->cls == CLASS_ORD && f->cls == CLASS_ORD && last->variant == f->variant
        && last->text.p + last->text.n == f->text.p && letter(f->text.p[0]);
}

static void add_atom(parser *p)
{
    bool bare = peek(p) == '^' || peek(p) == '_' || peek(p) == '\'';
    p->limits = LIMITS_NONE;
    formula *base = bare ? formula_new(p, FORMULA_ROW, CLASS_ORD) : nucleus(p, false);
    formula *f = base ? with_scripts(p, base) : NULL;
    if (!f || p->bad)
        return;
    if (joins(p, p->row->last, f))
        p->row->last->text.n += f->text.n;
    else
        formula_add(p->row, f);
}

static bool at_end(parser *p)
{
    size_t len;
    formula_blanks(p);
    if (p->at >= p->s.n || peek(p) == '}' || peek(p) == '&')
        return true;
    const sign *s = formula_command(p, &len);
    return s && (s->kind == SIGN_END || s->kind == SIGN_CR || s->kind == SIGN_RIGHT || s->kind == SIGN_MIDDLE);
}

formula *formula_row(parser *p, bool spaced)
{
    formula *around = p->row, *row = formula_new(p, FORMULA_ROW, CLASS_ORD);
    bool infix = p->infix;
    int font = p->font;
    if (!row || ++p->depth > FORMULA_DEPTH)
        return formula_bad(p);
    p->row = row;
    p->infix = p->under;
    p->under = false;
    if (spaced)
        formula_add(row, formula_new(p, FORMULA_ROW, CLASS_ORD));
    while (!p->bad && !at_end(p))
        add_atom(p);
    formula_settle(row);
    p->row = around;
    p->infix = infix;
    p->font = font;
    p->limits = LIMITS_NONE;
    p->depth--;
    return row;
}

formula *formula_sub(parser *p, ofp_str tex)
{
    ofp_str s = p->s;
    size_t at = p->at;
    p->s = tex;
    p->at = 0;
    formula *row = formula_row(p, false);
    if (p->at < p->s.n)
        formula_bad(p);
    p->s = s;
    p->at = at;
    return row;
}

formula *ofp_formula_parse(ofp_arena *a, ofp_str tex, formula **tag)
{
    parser p = { .a = a, .font = -1 };
    *tag = NULL;
    if (tex.n > FORMULA_BYTES)
        return NULL;
    p.s = formula_expand(a, tex, &p.bad);
    formula *f = p.bad ? NULL : formula_whole(&p);
    if (p.bad || p.at < p.s.n || ofp_arena_failed(a))
        return NULL;
    *tag = p.tag;
    return f;
}
