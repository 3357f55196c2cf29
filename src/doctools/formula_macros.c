/* formula_macros.c - \newcommand, \def, \let and \DeclareMathOperator within one formula. */
#include "doctools/formula_parts.h"

enum { MACROS = 64, EXPANSIONS = 2000, NESTING = 20, FILLED = 4 * FORMULA_BYTES };

typedef struct macro { ofp_str name, body, first; int args; bool optional; } macro;

/* What is read is a parser's text, for its eye for groups. */
typedef struct expander {
    ofp_arena *a;
    ofp_buf out;
    macro macros[MACROS];
    int n, used, depth;
    size_t filled;                      /* bytes of all expansions, also of those of which nothing is left */
    bool bad;
} expander;

static void expand(expander *e, ofp_str tex);

static ofp_str take_name(parser *p)
{
    size_t len = 0;
    formula_blanks(p);
    if (p->at >= p->s.n || p->s.p[p->at] != '\\')
        return OFP_STR("");
    formula_command(p, &len);
    ofp_str name = ofp_str_sub(p->s, p->at, len);
    p->at += len;
    return name;
}

/* {\name} or \name */
static ofp_str take_braced_name(parser *p)
{
    formula_blanks(p);
    return p->at < p->s.n && p->s.p[p->at] == '{' ? ofp_str_trim(formula_raw(p)) : take_name(p);
}

static const macro *find(const expander *e, ofp_str name)
{
    for (int i = e->n - 1; i >= 0; i--)
        if (ofp_str_eq(e->macros[i].name, name))
            return &e->macros[i];
    return NULL;
}

static void define(expander *e, macro m)
{
    if (e->n == MACROS || m.name.n < 2 || m.name.p[0] != '\\' || m.args < 0 || m.args > 9)
        e->bad = true;
    else
        e->macros[e->n++] = m;
}

/* \newcommand{\name}[args][first]{body} */
static void new_command(expander *e, parser *p)
{
    ofp_str count;
    long args = 0;
    formula_take(p, '*');
    macro m = { .name = take_braced_name(p) };
    if (formula_bracket(p, &count) && !ofp_str_int(ofp_str_trim(count), 0, 9, &args))
        e->bad = true;
    m.args = (int)args;
    m.optional = args && formula_bracket(p, &m.first);
    m.body = formula_raw(p);
    define(e, m);
}

/* \def\name#1#2{body}: other patterns are not known here. */
static void def(expander *e, parser *p)
{
    macro m = { .name = take_name(p) };
    formula_blanks(p);
    while (p->at + 1 < p->s.n && p->s.p[p->at] == '#' && p->s.p[p->at + 1] == '1' + m.args) {
        m.args++;
        p->at += 2;
    }
    formula_blanks(p);
    if (p->at >= p->s.n || p->s.p[p->at] != '{')
        e->bad = true;
    m.body = formula_raw(p);
    define(e, m);
}

static void let(expander *e, parser *p)
{
    macro m = { .name = take_name(p) };
    formula_take(p, '=');
    m.body = formula_raw(p);
    const macro *other = find(e, m.body);
    if (other) {
        ofp_str name = m.name;
        m = *other;
        m.name = name;
    }
    define(e, m);
}

static void math_operator(expander *e, parser *p)
{
    bool limits = formula_take(p, '*');
    macro m = { .name = take_braced_name(p) };
    ofp_str name = formula_raw(p);
    m.body = ofp_arena_printf(e->a, "\\operatorname%s{%.*s}", limits ? "*" : "", (int)name.n, name.p);
    define(e, m);
}

static const struct { const char *name; void (*define)(expander *e, parser *p); } definers[] = {
    { "\\newcommand", new_command }, { "\\renewcommand", new_command }, { "\\providecommand", new_command },
    { "\\def", def }, { "\\gdef", def }, { "\\edef", def }, { "\\let", let }, { "\\DeclareMathOperator", math_operator },
};

/* The body with its arguments in the places of #1 to #9. */
static ofp_str filled(expander *e, const macro *m, const ofp_str *args)
{
    ofp_buf b = { 0 };
    for (size_t i = 0; i < m->body.n; i++) {
        char c = m->body.p[i];
        int n = c == '#' && i + 1 < m->body.n ? m->body.p[i + 1] - '1' : -1;
        if (n < 0 || n >= m->args) {
            ofp_buf_putc(&b, c);
            continue;
        }
        if (b.n + args[n].n > FORMULA_BYTES) {
            e->bad = true;
            break;
        }
        ofp_buf_add(&b, args[n]);
        i++;
    }
    e->filled += b.n;
    e->bad |= e->filled > FILLED;
    return ofp_buf_take(&b, e->a);
}

static void use(expander *e, parser *p, const macro *m)
{
    ofp_str args[9] = { m->first };
    for (int i = 0; i < m->args; i++)
        if (i || !m->optional || !formula_bracket(p, &args[0]))
            args[i] = i || !m->optional ? formula_raw(p) : m->first;
    if (p->bad || ++e->used > EXPANSIONS || e->depth >= NESTING) {
        e->bad = true;
        return;
    }
    e->depth++;
    expand(e, filled(e, m, args));
    e->depth--;
    ofp_buf_putc(&e->out, ' ');         /* \x behind the use of \y{} is no part of its name */
}

static bool take_definition(expander *e, parser *p, ofp_str name)
{
    for (size_t i = 0; i < sizeof definers / sizeof *definers; i++)
        if (ofp_str_eq(name, ofp_s(definers[i].name))) {
            definers[i].define(e, p);
            return true;
        }
    return false;
}

static void expand(expander *e, ofp_str tex)
{
    parser p = { .a = e->a, .s = tex };
    while (p.at < p.s.n && !p.bad && !e->bad) {
        size_t next = ofp_str_find(p.s, OFP_STR("\\"), p.at);
        ofp_buf_add(&e->out, ofp_str_sub(p.s, p.at, next == SIZE_MAX ? SIZE_MAX : next - p.at));
        if (next == SIZE_MAX)
            break;
        p.at = next;
        ofp_str name = take_name(&p);
        const macro *m = find(e, name);
        if (m)
            use(e, &p, m);
        else if (!take_definition(e, &p, name))
            ofp_buf_add(&e->out, name);
        e->bad |= e->out.n > FORMULA_BYTES;
    }
    e->bad |= p.bad;
}

static bool defines(ofp_str tex)
{
    static const char *const marks[] = { "command", "def", "\\let", "\\DeclareMath" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ofp_str_find(tex, ofp_s(marks[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

ofp_str formula_expand(ofp_arena *a, ofp_str tex, bool *bad)
{
    if (!defines(tex))
        return tex;
    expander e = { .a = a };
    expand(&e, tex);
    *bad |= e.bad;
    return ofp_buf_take(&e.out, a);
}
