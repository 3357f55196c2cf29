/* formula_table.c - environments: matrices, cases, aligned equations. */
#include "doctools/formula_parts.h"

/* columns are l, c, r, over again where there are more; gaps in em: between columns, and between pairs of them where that
 * is another.  spec: the source says the columns; count: it says how many pairs. */
typedef struct layout {
    const char *name, *open, *close, *columns;
    double gap, pairs;
    signed char style;
    bool spec, count, spaced;
} layout;

static const layout layouts[] = {
    { "matrix", "", "", "c", 1, 1, -1, 0, 0, 0 },         { "pmatrix", "(", ")", "c", 1, 1, -1, 0, 0, 0 },
    { "bmatrix", "[", "]", "c", 1, 1, -1, 0, 0, 0 },      { "Bmatrix", "{", "}", "c", 1, 1, -1, 0, 0, 0 },
    { "vmatrix", "|", "|", "c", 1, 1, -1, 0, 0, 0 },      { "Vmatrix", "‖", "‖", "c", 1, 1, -1, 0, 0, 0 },
    { "smallmatrix", "", "", "c", 0.4, 0.4, 2, 0, 0, 0 }, { "psmallmatrix", "(", ")", "c", 0.4, 0.4, 2, 0, 0, 0 },
    { "bsmallmatrix", "[", "]", "c", 0.4, 0.4, 2, 0, 0, 0 },
    { "array", "", "", "c", 1, 1, -1, 1, 0, 0 },          { "darray", "", "", "c", 1, 1, 0, 1, 0, 0 },
    { "tabular", "", "", "c", 1, 1, -1, 1, 0, 0 },        { "subarray", "", "", "c", 1, 1, -1, 1, 0, 0 },
    { "substack", "", "", "c", 1, 1, -1, 0, 0, 0 },       { "cases", "{", "", "l", 1, 1, -1, 0, 0, 0 },
    { "dcases", "{", "", "l", 1, 1, 0, 0, 0, 0 },         { "rcases", "", "}", "l", 1, 1, -1, 0, 0, 0 },
    { "drcases", "", "}", "l", 1, 1, 0, 0, 0, 0 },        { "numcases", "{", "", "l", 1, 1, 0, 0, 0, 0 },
    { "aligned", "", "", "rl", 0, 2, 0, 0, 0, 1 },        { "align", "", "", "rl", 0, 2, 0, 0, 0, 1 },
    { "alignedat", "", "", "rl", 0, 0, 0, 0, 1, 1 },      { "alignat", "", "", "rl", 0, 0, 0, 0, 1, 1 },
    { "flalign", "", "", "rl", 0, 2, 0, 0, 0, 1 },        { "split", "", "", "rl", 0, 2, 0, 0, 0, 1 },
    { "eqnarray", "", "", "rcl", 0.2778, 0.2778, 0, 0, 0, 1 }, { "gather", "", "", "c", 1, 1, 0, 0, 0, 0 },
    { "gathered", "", "", "c", 1, 1, 0, 0, 0, 0 },        { "multline", "", "", "c", 1, 1, 0, 0, 0, 0 },
    { "equation", "", "", "rl", 0, 2, 0, 0, 0, 1 },       { "displaymath", "", "", "rl", 0, 2, 0, 0, 0, 1 },
    { "math", "", "", "rl", 0, 2, -1, 0, 0, 1 },          { "subequations", "", "", "rl", 0, 2, 0, 0, 0, 1 },
};

/* Outside of every environment. */
static const layout open_rows = { "", "", "", "rl", 0, 2, 0, 0, 0, 1 };

/* With a star at the end, and without, they are the same. */
static const layout *find(ofp_str name)
{
    name = ofp_str_trim(name);
    if (ofp_str_ends(name, OFP_STR("*")))
        name.n--;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (ofp_str_eq(name, ofp_s(layouts[i].name)))
            return &layouts[i];
    return NULL;
}

/* ---- columns ---- */

enum { MAX_COLUMNS = 64 };

typedef struct columns {
    char align[MAX_COLUMNS];
    bool rule[MAX_COLUMNS + 1];         /* before the column; the last: behind all */
    bool close[MAX_COLUMNS + 1];        /* without the usual gap before it */
    ofp_str between[MAX_COLUMNS + 1];   /* what stands there in every row: r@{.}l */
    int n;
    char all;                           /* how all columns are aligned, where it is said; else NUL */
    const layout *l;
} columns;

static void take_columns(columns *c, parser *p, ofp_str spec, int depth);

/* *{3}{lc} */
static void take_repeated(columns *c, parser *p, ofp_str *rest, int depth)
{
    parser q = { .a = p->a, .s = *rest };
    long times;
    ofp_str count = ofp_str_trim(formula_raw(&q)), spec = formula_raw(&q);
    *rest = ofp_str_sub(*rest, q.at, SIZE_MAX);
    if (q.bad || depth > 4 || !ofp_str_int(count, 0, MAX_COLUMNS, &times)) {
        formula_bad(p);
        return;
    }
    while (times-- > 0 && c->n < MAX_COLUMNS)
        take_columns(c, p, spec, depth + 1);
}

static ofp_str without_argument(parser *p, ofp_str rest)
{
    parser q = { .a = p->a, .s = rest };
    formula_raw(&q);
    p->bad |= q.bad;
    return ofp_str_sub(rest, q.at, SIZE_MAX);
}

static ofp_str take_between(columns *c, parser *p, ofp_str rest, bool close)
{
    parser q = { .a = p->a, .s = rest };
    c->between[c->n] = ofp_str_trim(formula_raw(&q));
    c->close[c->n] = close;
    p->bad |= q.bad;
    return ofp_str_sub(rest, q.at, SIZE_MAX);
}

static void take_columns(columns *c, parser *p, ofp_str spec, int depth)
{
    while (spec.n && !p->bad) {
        char is = spec.p[0];
        spec = ofp_str_sub(spec, 1, SIZE_MAX);
        if (is == '|' || is == ':')
            c->rule[c->n] = true;
        else if (is == '@' || is == '!')
            spec = take_between(c, p, spec, is == '@');
        else if (is == '>' || is == '<')
            spec = without_argument(p, spec);
        else if (is == '*')
            take_repeated(c, p, &spec, depth);
        else if (is == 'p' || is == 'm' || is == 'b')
            spec = without_argument(p, spec);
        if (c->n < MAX_COLUMNS && strchr("lcrpmb", is) && is)
            c->align[c->n++] = is == 'l' || is == 'c' || is == 'r' ? is : 'l';
    }
}

static char align_of(const columns *c, int i)
{
    if (c->n)
        return i < c->n ? c->align[i] : 'c';
    if (c->all)
        return c->all;
    return c->l->columns[(size_t)i % strlen(c->l->columns)];
}

static double gap_of(const columns *c, int i)
{
    size_t n = strlen(c->l->columns);
    return i == 0 || (i < c->n && c->close[i]) ? 0 : (size_t)i % n ? c->l->gap : c->l->pairs;
}

/* ---- rows ---- */

static bool take_rules(parser *p)
{
    bool any = false;
    while (formula_take_kind(p, SIGN_HLINE))
        any = true;
    return any;
}

/* \\, \\*, \\[2pt] of the row; what stands in other brackets is of the next one. */
static bool take_row_end(parser *p, formula *tr)
{
    ofp_str skip;
    double em;
    size_t end;
    if (!formula_take_kind(p, SIGN_CR))
        return false;
    if (peek(p) == '*')
        p->at++;
    size_t behind = p->at;
    if (formula_bracket(p, &skip)) {
        skip = ofp_str_trim(skip);
        if (!formula_length(skip, &em, &end) || (end < skip.n && skip.p[end] != ' '))
            p->at = behind;
        else if (tr)
            tr->height = em;
    }
    return true;
}

/* What the source puts between columns; of lengths that are not known here there is nothing to see. */
static formula *between(parser *p, ofp_str tex)
{
    int depth = p->depth;
    if (p->bad || !tex.n)
        return NULL;
    p->between += tex.n;
    if (p->between > FORMULA_BYTES)
        return formula_bad(p);
    formula *row = formula_sub(p, tex);
    if (!p->bad || ofp_arena_failed(p->a))
        return row;
    p->bad = false;
    p->depth = depth;
    return NULL;
}

/* In a pair the right half is set as if {} stood before it: its sign of equality keeps its distance. */
static formula *take_cell(parser *p, const columns *c, int i)
{
    formula *td = formula_new(p, FORMULA_TD, CLASS_ORD);
    formula *row = formula_row(p, c->l->spaced && i > 0 && align_of(c, i) != 'r');
    if (!td || !row)
        return NULL;
    td->align = align_of(c, i);
    td->width = gap_of(c, i);
    td->rule_before = i < c->n && c->rule[i];
    td->rule_after = c->n && i == c->n - 1 && c->rule[c->n];
    if (c->l->spaced && i > 0 && row->first && !row->first->next && row->first->kind == FORMULA_ROW)
        row->first = row->last = NULL;
    if (i < c->n)
        formula_add(row, between(p, c->between[i + 1]));
    formula_add(td, row);
    return td;
}

/* &lt; was a character, which somebody escaped twice. */
static bool is_entity(const parser *p)
{
    static const char *const names[] = { "lt;", "gt;", "amp;", "quot;", "nbsp;", "#" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_starts(ofp_str_sub(p->s, p->at, SIZE_MAX), ofp_s(names[i])))
            return true;
    return false;
}

static formula *take_tr(parser *p, const columns *c, int *n)
{
    formula *tr = formula_new(p, FORMULA_TR, CLASS_ORD);
    *n = 0;
    do {
        formula_add(tr, take_cell(p, c, (*n)++));
        if (*n > 1000)
            formula_bad(p);
    } while (!p->bad && formula_take(p, '&') && !is_entity(p));
    return tr;
}

static bool is_empty(const formula *tr)
{
    return tr && tr->first && tr->first == tr->last && tr->first->first && !tr->first->first->first;
}

/* ---- tags of rows ---- */

typedef struct tags { formula **at; size_t n; bool any; } tags;

/* Where rows have tags of their own they stand in a last column. */
static void set_tag(parser *p, formula *tr, int n, int width, formula *tag)
{
    for (; n < width; n++) {
        formula *td = formula_new(p, FORMULA_TD, CLASS_ORD);
        formula_add(td, formula_new(p, FORMULA_ROW, CLASS_ORD));
        formula_add(tr, td);
    }
    formula *td = formula_new(p, FORMULA_TD, CLASS_ORD);
    if (td) {
        td->align = 'l';
        td->width = 2;
        td->tag = true;
    }
    formula_add(td, tag);
    formula_add(tr, td);
}

/* A row while not all are known: a tag is the formula's where there is only one row, otherwise the row's. */
typedef struct line { formula *tr, *tag; int n; struct line *next; } line;

static void set_tags(parser *p, const line *lines, int width, formula *around)
{
    size_t rows = 0;
    for (const line *l = lines; l; l = l->next)
        rows++;
    for (const line *l = lines; l; l = l->next)
        if (l->tag && rows == 1)
            p->tag = l->tag;
        else if (l->tag)
            set_tag(p, l->tr, l->n, width, l->tag);
    p->tag = p->tag ? p->tag : around;
}

static line *take_line(parser *p, const columns *c)
{
    line *l = ofp_arena_zalloc(p->a, 1, sizeof *l);
    if (!l) {
        formula_bad(p);
        return NULL;
    }
    bool rule = take_rules(p);
    p->tag = NULL;
    l->tr = take_tr(p, c, &l->n);
    l->tag = p->tag;
    p->tag = NULL;
    if (l->tr)
        l->tr->rule_above = rule;
    return l;
}

static formula *take_rows(parser *p, const columns *c)
{
    formula *table = formula_new(p, FORMULA_TABLE, CLASS_ORD), *around = p->tag;
    line *lines = NULL, *last = NULL;
    int width = 0;
    for (bool more = true; more; ) {
        line *l = p->bad ? NULL : take_line(p, c);
        if (!l || p->bad || !table)
            return NULL;
        more = take_row_end(p, l->tr);
        if (!more && is_empty(l->tr) && table->last && !l->tag) {   /* behind the last \\ */
            table->last->rule_below |= l->tr->rule_above;
            break;
        }
        formula_add(table, l->tr);
        width = l->n > width ? l->n : width;
        last = *(last ? &last->next : &lines) = l;
    }
    table->style = c->l->style == 2 ? -1 : c->l->style;
    set_tags(p, lines, width, around);
    return table;
}

/* ---- environments ---- */

/* A single cell that no delimiters stand around needs no table. */
static formula *bare_cell(formula *table)
{
    formula *tr = table ? table->first : NULL;
    return tr && tr == table->last && tr->first == tr->last && tr->first ? tr->first->first : NULL;
}

/* multline's first line is at the left, its last at the right. */
static void spread(formula *table)
{
    if (!table || table->first == table->last)
        return;
    if (table->first->first)
        table->first->first->align = 'l';
    if (table->last->first)
        table->last->first->align = 'r';
}

static formula *finish(parser *p, const layout *l, formula *table)
{
    formula *cell = l->spaced || l->style == 0 ? bare_cell(table) : NULL;
    if (p->bad || !table)
        return NULL;
    if (ofp_str_eq(ofp_s(l->name), OFP_STR("multline")))
        spread(table);
    formula *f = cell && !l->open[0] && !l->close[0] ? cell : table;
    if (l->style == 2 || (cell && l->style == 0))
        f = formula_styled(p, l->style, f);
    return l->open[0] || l->close[0] ? formula_fenced(p, ofp_s(l->open), f, ofp_s(l->close)) : f;
}

static formula *take_end(parser *p, ofp_str name, formula *f)
{
    if (p->bad || !formula_take_kind(p, SIGN_END) || !ofp_str_eq(ofp_str_trim(formula_raw(p)), name))
        return formula_bad(p);
    p->limits = LIMITS_NONE;
    return f;
}

/* [t], [b], [c] of aligned and array, [r] of pmatrix*.  What stands in other brackets is the first cell's. */
static bool take_position(parser *p, char *is)
{
    size_t before = p->at;
    ofp_str position;
    if (formula_bracket(p, &position) && position.n == 1 && strchr("tbclr", position.p[0]) && position.p[0]) {
        *is = position.p[0];
        return true;
    }
    p->at = before;
    return false;
}

formula *formula_begin(parser *p, const sign *s)
{
    (void)s;
    ofp_str name = ofp_str_trim(formula_raw(p));
    bool starred = ofp_str_ends(name, OFP_STR("*"));
    columns c = { .l = find(name) };
    if (!c.l)
        return formula_bad(p);
    if ((starred || c.l->spec || c.l->style == 0) && take_position(p, &c.all) && !(starred && c.l->style < 0))
        c.all = '\0';
    if (c.l->spec)
        take_columns(&c, p, formula_raw(p), 0);
    if (c.l->count)
        formula_raw(p);
    return take_end(p, name, finish(p, c.l, take_rows(p, &c)));
}

/* \substack{a\\b}, and plain TeX's \matrix{a&b\cr c&d}. */
formula *formula_grid(parser *p, const sign *s)
{
    columns c = { .l = find(s->text) };
    if (!formula_take(p, '{'))
        return formula_bad(p);
    formula *table = take_rows(p, &c);
    if (p->bad || !formula_take(p, '}'))
        return formula_bad(p);
    p->limits = LIMITS_NONE;
    return finish(p, c.l, table);
}

formula *formula_whole(parser *p)
{
    columns c = { .l = &open_rows };
    formula *table = take_rows(p, &c), *cell = bare_cell(table);
    bool aligned = false;
    for (formula *tr = table ? table->first : NULL; tr; tr = tr->next)
        aligned |= tr->first && tr->first->next;
    for (formula *tr = table && !aligned ? table->first : NULL; tr; tr = tr->next)
        tr->first->align = 'l';
    if (p->bad)
        return NULL;
    return cell ? cell : table;
}
