/* options.c - the command line, by the table in options.def. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const option_row rows[] = {
#define OPTION(group, letter, name, arg, kind, place, detail, help) \
    { group, letter, name, arg, KIND_##kind, offsetof(job, place), detail, help },
#include "cli/options.def"
#undef OPTION
};

static const struct { const char *name, *advice; } hints[] = {
#define HINT(name, advice) { name, advice },
#include "cli/hints.def"
#undef HINT
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

const option_row *option_at(size_t i)
{
    return i < COUNT(rows) ? &rows[i] : NULL;
}

bool add_string(job *j, list *l, const char *s)
{
    if (l->n + 1 >= l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 8;
        const char **at = ofp_arena_zalloc(j->a, cap, sizeof *at);
        if (!at)
            return false;
        if (l->n > 0)
            memcpy(at, l->at, l->n * sizeof *at);
        l->at = at;
        l->cap = cap;
    }
    l->at[l->n++] = s;
    l->at[l->n] = NULL;
    return true;
}

void keep_place(job *j, ofp_err *e)
{
    if (e->at.input)
        e->at.input = ofp_arena_dup(j->a, ofp_s(e->at.input)).p;
}

/* ---- values ---------------------------------------------------------------------------- */

static bool bad_value(const option_row *o, const char *value, const char *expected, ofp_err *e)
{
    return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "--%s: expected %s, found '%.60s'", o->name, expected, value);
}

static bool set_integer(const option_row *o, int *place, const char *value, ofp_err *e)
{
    ofp_str rest = ofp_s(o->detail), least, most;
    long lo = 0, hi = 0, number;
    char range[64];
    ofp_str_word(&rest, &least);
    ofp_str_word(&rest, &most);
    ofp_str_int(least, -1000000, 1000000, &lo);
    ofp_str_int(most, -1000000, 1000000, &hi);
    if (ofp_str_int(ofp_s(value), lo, hi, &number)) {
        *place = (int)number;
        return true;
    }
    snprintf(range, sizeof range, "a whole number from %ld to %ld", lo, hi);
    return bad_value(o, value, range, e);
}

static bool set_choice(const option_row *o, int *place, const char *value, ofp_err *e)
{
    ofp_str rest = ofp_s(o->detail), word;
    char words[80];
    for (int i = 0; ofp_str_word(&rest, &word); i++)
        if (ofp_str_eq(word, ofp_s(value))) {
            *place = i;
            return true;
        }
    snprintf(words, sizeof words, "one of %s", o->detail);
    return bad_value(o, value, words, e);
}

static bool set_size(const option_row *o, size_t *place, const char *value, ofp_err *e)
{
    static const char units[] = "KMG";
    ofp_str s = ofp_s(value);
    const char *unit = s.n > 0 && s.p[s.n - 1] ? strchr(units, s.p[s.n - 1]) : NULL;
    long number;
    size_t bytes;
    if (unit)
        s.n--;
    if (!ofp_str_int(s, 1, 1L << 40, &number))
        return bad_value(o, value, "a size such as 500K, 20M or 1G", e);
    bytes = (size_t)number;
    for (const char *u = units; unit && u <= unit; u++)
        if (__builtin_mul_overflow(bytes, (size_t)1024, &bytes))
            return bad_value(o, value, "a smaller size", e);
    *place = bytes;
    return true;
}

/* Digits with at most one point.  strtod would go by the locale. */
static bool take_decimal(ofp_str *s, double *out)
{
    double value = 0, unit = 1;
    size_t i = 0, digits = 0;
    bool point = false;
    for (; i < s->n && i < 16; i++) {
        if (s->p[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s->p[i] < '0' || s->p[i] > '9')
            break;
        value = value * 10 + (s->p[i] - '0');
        unit *= point ? 10 : 1;
        digits++;
    }
    *out = value / unit;
    *s = ofp_str_sub(*s, i, SIZE_MAX);
    return digits > 0;
}

static bool length_of(ofp_str s, double *pt)
{
    static const struct { const char *unit; double pt; } units[] = {
        { "", 1 }, { "pt", 1 }, { "mm", 72 / 25.4 }, { "cm", 720 / 25.4 }, { "in", 72 },
    };
    double number;
    s = ofp_str_trim(s);
    if (!take_decimal(&s, &number))
        return false;
    for (size_t i = 0; i < COUNT(units); i++)
        if (ofp_str_eq(s, ofp_s(units[i].unit))) {
            *pt = number * units[i].pt;
            return *pt > 0 && *pt < 14400;      /* the largest page of PDF */
        }
    return false;
}

static bool set_lengths(const option_row *o, double place[4], const char *value, ofp_err *e)
{
    ofp_str rest = ofp_s(value), piece;
    double found[4] = { 0 };
    int n = 0;
    while (n < 5 && ofp_str_split(&rest, ',', &piece))
        if (n == 4 || !length_of(piece, &found[n++]))
            return bad_value(o, value, "one length or four: 20mm, 1in, 48pt", e);
    if (n != 1 && n != 4)
        return bad_value(o, value, "one length or four: 20mm, 1in, 48pt", e);
    for (int i = 0; i < 4; i++)
        place[i] = found[n == 1 ? 0 : i];
    return true;
}

static bool set_paths(job *j, list *place, const char *value)
{
    ofp_str rest = ofp_s(value), piece;
    while (ofp_str_split(&rest, ':', &piece))
        if (piece.n > 0 && !add_string(j, place, ofp_arena_dup(j->a, piece).p))
            return false;
    return true;
}

/* Assigns the value (NULL for options without argument) to the option's place in the job. */
static bool assign(job *j, const option_row *o, const char *value, bool yes, ofp_err *e)
{
    void *place = (char *)j + o->place;
    bool stored = true;
    switch (o->kind) {
    case KIND_SWITCH: *(bool *)place = yes; break;
    case KIND_UNSWITCH: *(bool *)place = !yes; break;
    case KIND_URL: case KIND_TEXT: *(const char **)place = value; break;
    case KIND_OPTIONAL: *(const char **)place = !yes ? "off" : value ? value : o->detail; break;
    case KIND_ACTION: *(const char **)place = o->detail; break;
    case KIND_LIST: stored = add_string(j, place, value); break;
    case KIND_PATHS: stored = set_paths(j, place, value); break;
    case KIND_META: stored = add_string(j, place, ofp_arena_printf(j->a, "%s=%s", o->detail, value).p); break;
    case KIND_INTEGER: return set_integer(o, place, value, e);
    case KIND_CHOICE: return set_choice(o, place, value, e);
    case KIND_SIZE: return set_size(o, place, value, e);
    case KIND_LENGTH: return length_of(ofp_s(value), place) || bad_value(o, value, "a length such as 11pt", e);
    case KIND_LENGTHS: return set_lengths(o, place, value, e);
    }
    return stored || ofp_fail_nomem(e);
}

/* ---- finding options ------------------------------------------------------------------- */

static const option_row *by_name(ofp_str name)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ofp_str_eq(name, ofp_s(rows[i].name)))
            return &rows[i];
    return NULL;
}

static const option_row *by_letter(char letter)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].letter == letter)
            return &rows[i];
    return NULL;
}

static bool can_be_negated(const option_row *o)
{
    return o && (o->kind == KIND_SWITCH || o->kind == KIND_UNSWITCH || o->kind == KIND_OPTIONAL);
}

/* The one option that begins with name: no abbreviation, only a guess for the message. */
static const option_row *meant(ofp_str name)
{
    const option_row *found = NULL;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (name.n >= 2 && ofp_str_starts(ofp_s(rows[i].name), name)) {
            if (found)
                return NULL;
            found = &rows[i];
        }
    return found;
}

static bool unknown(ofp_str name, ofp_err *e)
{
    const option_row *guess = meant(name);
    int n = (int)(name.n < 60 ? name.n : 60);
    for (size_t i = 0; i < COUNT(hints); i++)
        if (ofp_str_eq(name, ofp_s(hints[i].name)))
            return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "no option --%.*s: %s", n, name.p, hints[i].advice);
    if (guess)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "no option --%.*s: did you mean --%s?", n, name.p, guess->name);
    return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "no option --%.*s; offprint --help lists all", n, name.p);
}

/* ---- reading the line ------------------------------------------------------------------ */

typedef struct line { char **argv; int argc, at; } line;

static const char *next_word(line *l)
{
    return l->at < l->argc ? l->argv[l->at++] : NULL;
}

static bool needs_value(const option_row *o)
{
    return o->arg && o->kind != KIND_OPTIONAL;
}

static bool no_value(const option_row *o, ofp_err *e)
{
    return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "--%s needs an argument: %s", o->name, o->arg);
}

/* word is what follows "--". */
static bool long_option(job *j, line *l, const char *word, ofp_err *e)
{
    const char *sign = strchr(word, '='), *value = sign ? sign + 1 : NULL;
    ofp_str name = { word, sign ? (size_t)(sign - word) : strlen(word) };
    const option_row *o = by_name(name), *plain;
    if (!o && ofp_str_starts(name, OFP_STR("no-"))) {
        plain = by_name(ofp_str_sub(name, 3, SIZE_MAX));
        if (can_be_negated(plain) && !value)
            return assign(j, plain, NULL, false, e);
    }
    if (!o)
        return unknown(name, e);
    if (value && !o->arg)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "--%s takes no argument", o->name);
    if (!value && needs_value(o) && !(value = next_word(l)))
        return no_value(o, e);
    return assign(j, o, value, true, e);
}

/* letters follow "-": switches, and at most one option with an argument, which ends them. */
static bool short_options(job *j, line *l, const char *letters, ofp_err *e)
{
    for (; *letters; letters++) {
        const option_row *o = by_letter(*letters);
        const char *value;
        if (!o)
            return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "no option -%c; offprint --help lists all", *letters);
        if (!needs_value(o)) {
            if (!assign(j, o, NULL, true, e))
                return false;
            continue;
        }
        value = letters[1] ? letters + 1 : next_word(l);
        return value ? assign(j, o, value, true, e) : no_value(o, e);
    }
    return true;
}

static bool add_input(job *j, const char *path, ofp_err *e)
{
    bool stored = add_string(j, &j->inputs, path) && add_string(j, &j->urls, j->pending_url);
    j->pending_url = NULL;
    return stored || ofp_fail_nomem(e);
}

/* -u after the only input, or with standard input, is meant for that. */
static void settle_url(job *j)
{
    if (j->pending_url && j->inputs.n == 1 && !j->urls.at[0]) {
        j->urls.at[0] = j->pending_url;
        j->pending_url = NULL;
    }
}

bool parse_options(job *j, int argc, char **argv, ofp_err *e)
{
    line l = { argv, argc, 0 };
    bool only_inputs = false;
    for (const char *word; (word = next_word(&l));) {
        bool ok = true;
        if (only_inputs || word[0] != '-' || !word[1])
            ok = add_input(j, word, e);
        else if (!strcmp(word, "--"))
            only_inputs = true;
        else if (word[1] == '-')
            ok = long_option(j, &l, word + 2, e);
        else
            ok = short_options(j, &l, word + 1, e);
        if (!ok)
            return false;
    }
    settle_url(j);
    return true;
}
