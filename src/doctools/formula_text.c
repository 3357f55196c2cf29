/* formula_text.c - the tree of a formula as one line of text.
 *
 * After Unicode Technical Note 28, "A Nearly Plain-Text Encoding of Mathematics", where what it writes is also what people
 * write: x², a/b, √(x + 1), ∑_(k=1)^n.  Nothing has to read it back, so that brackets stand only where somebody could
 * misunderstand, and blanks where TeX has more room than none. */
#include "doctools/formula_text.h"
#include "doctools/formula_text_parts.h"
#include "model/plain.h"

/* ---- output ---- */

bool linear_ends_in(const text *t, const char *end)
{
    return t->out->n > t->start && ofp_str_ends(ofp_str_sub(ofp_buf_str(t->out), t->start, SIZE_MAX), ofp_s(end));
}

/* Whether a blank that is due would be one too many. */
static bool is_fresh(const text *t)
{
    return t->out->n == t->start || memchr(" \n([{", t->out->p[t->out->n - 1], 5);
}

void linear_put(text *t, ofp_str s)
{
    if (!s.n)
        return;
    if (t->blank.n && !is_fresh(t))
        ofp_buf_add(t->out, t->blank);
    t->blank.n = 0;
    t->word = false;
    ofp_buf_add(t->out, s);
}

static void due(text *t, const char *blank)
{
    if (!t->blank.n || blank[0] != ' ')
        t->blank = ofp_s(blank);
}

static bool ends_in_letter(const text *t)
{
    size_t at = t->out->n;
    uint32_t c = at > t->start && !t->out->failed ? ofp_utf8_prev(ofp_buf_str(t->out), &at) : ' ';
    return ofp_is_letter(c) || ofp_is_digit(c);
}

static void apart(text *t, bool word)
{
    if (t->word || (word && ends_in_letter(t)))
        due(t, " ");
}

/* ---- leaves ---- */

void linear_letters(text *t, const formula *f)
{
    bool word = f->kind == FORMULA_IDENT && !linear_is_single(f->text);
    apart(t, word);
    if (!linear_is_shaped(f->variant))
        linear_put(t, f->text);
    for (size_t at = 0; linear_is_shaped(f->variant) && at < f->text.n; ) {
        char utf8[4];
        uint32_t c = ofp_formula_letter(ofp_utf8_next(f->text, &at), f->variant);
        linear_put(t, (ofp_str){ utf8, ofp_utf8_put(c, utf8) });
    }
    t->word = word;
}

void linear_name(text *t, const char *name)
{
    apart(t, true);
    linear_lit(t, name);
}

/* What has a plainer twin that every font knows and people type. */
static void put_operator(text *t, const formula *f)
{
    static const char *const twins[][2] = { { "\u2217", "*" }, { "\u2223", "|" }, { "\u2215", "/" } };
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (linear_is(f, twins[i][0])) {
            linear_lit(t, twins[i][1]);
            return;
        }
    linear_put(t, f->text);
}

/* Its blanks are the author's; those that do not break are for TeX. */
static void put_text(text *t, const formula *f)
{
    ofp_str s = f->text;
    for (size_t at = 0, from = 0, next; at < s.n; at = next) {
        next = at;
        uint32_t c = ofp_utf8_next(s, &next);
        bool blank = c == 0xA0 || c == ' ' || c == 0x2003;
        if (blank || next == s.n)
            linear_put(t, ofp_str_sub(s, from, (blank ? at : next) - from));
        if (blank)
            due(t, c == 0x2003 ? "\u2003" : " ");
        from = blank ? next : from;
    }
}

/* What stands an em apart is something else, and a blank would not tell: x² \quad x > 0.  Beside signs it is but a blank. */
static void put_space(text *t, const formula *f, const formula *before)
{
    if (f->width > 0.1)
        due(t, before && f->width >= 1 && before->cls != CLASS_REL ? "\u2003" : " ");
}

/* ---- fractions, roots ---- */

void linear_bracketed(text *t, const formula *f)
{
    linear_lit(t, "(");
    linear_node(t, f);
    t->blank.n = 0;
    linear_lit(t, ")");
}

void linear_bracketed_once(text *t, const formula *f)
{
    if (linear_is_round(f))
        linear_node(t, f);
    else
        linear_bracketed(t, f);
}

static void put_either(text *t, const formula *f, bool bracketed)
{
    if (bracketed)
        linear_bracketed(t, f);
    else
        linear_node(t, f);
}

/* (n choose k), as TeX has said it from the start; C(n, k) could be a function. */
static void put_bare(text *t, const formula *f, const char *between)
{
    linear_node(t, f->first);
    t->blank.n = 0;
    linear_lit(t, between);
    linear_node(t, f->first->next);
}

static void put_frac(text *t, const formula *f)
{
    if (f->bare) {
        put_bare(t, f, t->script ? ", " : "; ");
        return;
    }
    enum shape over = linear_shape(f->first), under = linear_shape(f->first->next);
    apart(t, false);
    put_either(t, f->first, over == SHAPE_NOTHING || over == SHAPE_FRACTION || over == SHAPE_SUM);
    t->blank.n = 0;
    linear_lit(t, "/");
    put_either(t, f->first->next, (under > SHAPE_ROOT || under == SHAPE_NOTHING) && !linear_is_differential(f->first->next));
}

/* √x, √x₁, √|x| */
static bool is_short_radicand(const formula *f)
{
    enum shape s = linear_shape(f);
    const formula *inside = linear_inside(f);
    return s == SHAPE_LEAF || (s == SHAPE_SCRIPTED && inside->kind == FORMULA_SCRIPTS && inside->last->kind == FORMULA_EMPTY);
}

static void put_radicand(text *t, const char *sign, const formula *f)
{
    bool bare = is_short_radicand(f);
    linear_lit(t, sign);
    put_either(t, f, !bare && linear_shape(f) != SHAPE_FENCED);
    t->word = bare;
}

static void put_root(text *t, const formula *f)
{
    const formula *index = linear_inside(f->first->next);
    bool around = t->script;
    apart(t, false);
    if (linear_is(index, "3") || linear_is(index, "4")) {
        put_radicand(t, linear_is(index, "3") ? "\u221B" : "\u221C", f->first);
        return;
    }
    due(t, " ");                                /* 2ⁿ√x would be 2ⁿ times √x */
    t->script = true;
    if (!linear_raised(t, index))
        put_either(t, index, linear_shape(index) != SHAPE_LEAF);
    t->script = around;
    put_radicand(t, "\u221A", f->first);
}

/* ---- rows ---- */

/* Between two atoms: b a blank, s one that scripts do not have.  Fenced rows are the brackets at their ends, so that what is
 * inner are dots. */
static const char gaps[8][9] = {
    /*               ord op bin rel open close punct inner */
    [CLASS_ORD]   = " bss   s",
    [CLASS_OP]    = "bbss   s",
    [CLASS_BIN]   = "sssss  s",
    [CLASS_REL]   = "sss s  s",
    [CLASS_OPEN]  = "        ",
    [CLASS_CLOSE] = " bss   s",
    [CLASS_PUNCT] = "sssss  s",
    [CLASS_INNER] = "sbsss  s",
};

static enum formula_class edge(const formula *f, bool last)
{
    for (int depth = 0; depth < 8 && f->kind == FORMULA_STYLE && f->first; depth++) {
        const formula *inside = f->first->kind == FORMULA_ROW && f->first->first ? f->first : f;
        f = last ? inside->last : inside->first;
    }
    if (f->cls != CLASS_INNER || f->kind == FORMULA_OPERATOR)
        return f->cls;
    return last ? CLASS_CLOSE : CLASS_OPEN;
}

/* What is summed stands apart from the sum, also in brackets: sin(x), but max_i (x). */
static bool has_room_behind(const formula *f)
{
    const formula *core = linear_core(f);
    return f->cls == CLASS_OP && ((core->kind == FORMULA_OPERATOR && core->large) || f->kind == FORMULA_LIMITS);
}

static const formula *fraction_in(const formula *f)
{
    f = linear_inside(f);
    return f->kind == FORMULA_FRAC && !f->bare ? f : NULL;
}

/* What is no sign, so that it is multiplied with the fraction at its side. */
static bool is_factor(const formula *f, bool behind)
{
    const formula *core = f ? linear_core(f) : NULL;
    if (!f || f->cls == CLASS_BIN || f->cls == CLASS_REL || f->cls == CLASS_PUNCT)
        return false;
    if (core->kind == FORMULA_OPERATOR)
        return core->cls == CLASS_OPEN || f->cls == (behind ? CLASS_OP : CLASS_CLOSE);
    return core->kind != FORMULA_TEXT && core->kind != FORMULA_TABLE;
}

/* Two numbers, or d/dx of what follows. */
static bool is_short(const formula *frac)
{
    const formula *over = linear_inside(frac->first), *d = linear_core(over);
    if (over->kind == FORMULA_NUMBER)
        return linear_inside(frac->first->next)->kind == FORMULA_NUMBER;
    return linear_shape(over) <= SHAPE_SCRIPTED && (linear_is(d, "d") || linear_is(d, "\u2202")) && linear_is_differential(frac->first->next);
}

/* What follows f, unless it stands an em away. */
static const formula *neighbour(const formula *f)
{
    for (f = f->next; f && !linear_is_seen(f); f = f->next)
        if (f->kind == FORMULA_SPACE && f->width >= 1)
            return NULL;
    return f;
}

/* (a/b)c, (a/b)(c/d), 1/2 x, x a/b */
static void put_fraction(text *t, const formula *before, const formula *f)
{
    bool factor = is_factor(neighbour(f), true), follows = before && fraction_in(before);
    bool bracketed = (factor || follows) && !is_short(fraction_in(f));
    if (!bracketed && before && is_factor(before, false) && edge(before, true) != CLASS_OPEN)
        due(t, " ");
    put_either(t, f, bracketed);
    if (factor && !bracketed)
        due(t, " ");
}

static void put_gap(text *t, const formula *before, const formula *f)
{
    enum formula_class left = edge(before, true), right = edge(f, false);
    char gap = right == CLASS_OPEN && has_room_behind(before) ? 'b' : gaps[left][right];
    bool stop = linear_is(f, ".") && !f->next;
    if (stop || right == CLASS_CLOSE || right == CLASS_PUNCT || left == CLASS_OPEN)
        t->blank.n = 0;
    if (right == CLASS_REL && t->blank.n)
        t->blank = OFP_STR(" ");
    if (gap == 'b' || (gap == 's' && !t->script))
        due(t, " ");
}

const formula *linear_children(text *t, const formula *row, const formula *before)
{
    for (const formula *f = row->first; f; f = f->next) {
        if (f->kind == FORMULA_SPACE)
            put_space(t, f, before);
        if (!linear_is_seen(f))
            continue;
        if (before)
            put_gap(t, before, f);
        if (fraction_in(f))
            put_fraction(t, before, f);
        else if (f->kind == FORMULA_FRAC && linear_is(before, "("))
            put_bare(t, f, " choose ");
        else
            linear_node(t, f);
        before = f;
    }
    return before;
}

static bool is_brace(const formula *f, const char *brace)
{
    return f->stretchy && linear_is(f, brace);
}

/* Of cases one brace is seen; text has both. */
static void put_row(text *t, const formula *f)
{
    const formula *first = f->first, *last = f->last;
    bool two = first && first->next && first->next == last;
    bool open = two && is_brace(first, "{") && linear_inside(last)->kind == FORMULA_TABLE;
    bool close = two && is_brace(last, "}") && linear_inside(first)->kind == FORMULA_TABLE;
    if (close)
        linear_lit(t, "{");
    linear_children(t, f, NULL);
    if (open)
        linear_lit(t, "}");
}

void linear_node(text *t, const formula *f)
{
    switch (f->kind) {
    case FORMULA_ROW: put_row(t, f); return;
    case FORMULA_IDENT: case FORMULA_NUMBER: linear_letters(t, f); return;
    case FORMULA_OPERATOR: put_operator(t, f); return;
    case FORMULA_TEXT: put_text(t, f); return;
    case FORMULA_SPACE: put_space(t, f, NULL); return;
    case FORMULA_FRAC: put_frac(t, f); return;
    case FORMULA_SQRT: apart(t, false); put_radicand(t, "\u221A", f->first); return;
    case FORMULA_ROOT: put_root(t, f); return;
    case FORMULA_SCRIPTS: case FORMULA_LIMITS: linear_scripts(t, f); return;
    case FORMULA_EMPTY: return;
    case FORMULA_TABLE: linear_table(t, f); return;
    case FORMULA_STYLE: case FORMULA_ENCLOSE: case FORMULA_TR: case FORMULA_TD: linear_children(t, f, NULL); return;
    case FORMULA_PHANTOM:
        if (f->shown)
            linear_children(t, f, NULL);
        return;
    }
}

/* ---- all ------------------------------------------------------------------------------------------- */

/* Rows, and perhaps a full stop behind them. */
static bool is_rows(const formula *f)
{
    f = linear_inside(f);
    if (f->kind == FORMULA_ROW && f->first && f->first->next == f->last && f->last->kind == FORMULA_OPERATOR)
        f = linear_inside(f->first);
    return f->kind == FORMULA_TABLE;
}

bool ofp_formula_text(ofp_buf *out, ofp_str tex, bool lines)
{
    ofp_arena *a = ofp_arena_new();
    formula *tag, *f = ofp_formula_parse(a, tex, &tag);
    text t = { .out = out, .start = out->n };
    if (f) {
        t.lines = lines && is_rows(f);
        linear_node(&t, f);
        due(&t, " ");
        if (tag)
            linear_node(&t, tag);
    }
    out->failed |= ofp_arena_failed(a);
    ofp_arena_free(a);
    return f != NULL;
}

ofp_str ofp_formula_shown(ofp_arena *a, ofp_str tex)
{
    ofp_buf b = { 0 };
    bool read = ofp_formula_text(&b, tex, false);
    return (read && b.n) || b.failed ? ofp_buf_take(&b, a) : tex;
}

static void put_math(ofp_buf *b, const ofp_node *n)
{
    if (!ofp_formula_text(b, ofp_text(n), false))
        ofp_buf_add(b, ofp_text(n));
}

ofp_str ofp_shown_text(ofp_arena *a, const ofp_node *n)
{
    return ofp_plain_text_with(a, n, put_math);
}
