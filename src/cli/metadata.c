/* metadata.c - what the user states: -M, its short forms, --metadata-file. */
#include "cli/cli.h"
#include "base/json.h"
#include "doctools/lang.h"
#include "doctools/yaml.h"

#include <string.h>

/* Below what a document states of itself with a key of its own, above what is found in pages. */
enum { SURE_FILE = OFP_SURE_EXACT - 5 };

typedef struct statement { size_t item; ofp_str key, value; bool has_value; } statement;

/* "2:title=Bridge works": item 2; without a number, 0. */
static statement parse(const char *text)
{
    statement s = { 0, ofp_s(text), { 0 }, false };
    size_t colon = ofp_str_find(s.key, OFP_STR(":"), 0), sign;
    long number;
    if (colon != SIZE_MAX && ofp_str_int(ofp_str_sub(s.key, 0, colon), 1, 1000000, &number)) {
        s.item = (size_t)number;
        s.key = ofp_str_sub(s.key, colon + 1, SIZE_MAX);
    }
    sign = ofp_str_find(s.key, OFP_STR("="), 0);
    if (sign != SIZE_MAX) {
        s.has_value = true;
        s.value = ofp_str_sub(s.key, sign + 1, SIZE_MAX);
        s.key = ofp_str_sub(s.key, 0, sign);
    }
    return s;
}

bool items_exist(const job *j, size_t n, ofp_err *e)
{
    for (size_t i = 0; i < j->meta.n; i++)
        if (parse(j->meta.at[i]).item > n)
            return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "-M %.60s: there %s only %zu input%s", j->meta.at[i],
                            n == 1 ? "is" : "are", n, n == 1 ? "" : "s");
    return true;
}

void doubt_languages(job *j)
{
    ofp_lang lang;
    for (size_t i = 0; i < j->meta.n; i++) {
        statement s = parse(j->meta.at[i]);
        if (ofp_str_eq(s.key, OFP_STR("lang")) && s.value.n && !ofp_lang_clean(s.value, &lang))
            ofp_log_warn(&j->rep.log, OFP_D_META_ODD, OFP_NOWHERE, "'%.*s' is no tag of a language, such as en or pt-BR",
                         (int)(s.value.n < 60 ? s.value.n : 60), s.value.p);
    }
}

/* With several inputs, what is stated without a number is the book's, but a language is everybody's. */
static bool applies(const job *j, const statement *s, size_t number)
{
    if (s->item)
        return s->item == number || (number == 0 && !j->several && s->item == 1);
    return number == 0 || !j->several || ofp_str_eq(s->key, OFP_STR("lang"));
}

static bool is_true(const statement *s)
{
    return !s->has_value || ofp_str_eq(s->value, OFP_STR("true"));
}

static void put_value(ofp_doc *d, ofp_node *n, const statement *s)
{
    if (n && ofp_node_type(n) == OFP_MBOOL)
        ofp_set_meta_bool(n, is_true(s));
    else
        ofp_set_text(n, ofp_arena_dup(ofp_doc_arena(d), s->value));
}

static enum ofp_type type_for(const statement *s)
{
    return is_true(s) || ofp_str_eq(s->value, OFP_STR("false")) ? OFP_MBOOL : OFP_MSTRING;
}

/* Keys that offprint does not know: a text or a truth, several of the same key a list. */
static void put_unknown(ofp_doc *d, const statement *all, size_t n)
{
    ofp_arena *a = ofp_doc_arena(d);
    ofp_str key = ofp_arena_dup(a, all->key);
    ofp_node *v = ofp_meta_put(d, ofp_meta(d), key, n > 1 ? OFP_MLIST : type_for(all));
    if (n == 1)
        put_value(d, v, all);
    for (size_t i = 0; n > 1 && i < n; i++)
        put_value(d, ofp_add(d, v, type_for(&all[i])), &all[i]);
    ofp_set_meta_source(d, v, OFP_STR("-M"), OFP_SURE_USER);
}

static ofp_str known_value(ofp_doc *d, enum ofp_meta_key k, ofp_str value)
{
    ofp_arena *a = ofp_doc_arena(d);
    ofp_date date;
    if ((k == OFP_META_DATE || k == OFP_META_MODIFIED) && ofp_date_parse(value, &date))
        return ofp_date_iso(a, &date);
    return ofp_arena_dup(a, value);
}

/* An empty value takes away what was found. */
static void put_known(ofp_doc *d, enum ofp_meta_key k, const statement *all, size_t n)
{
    ofp_str *values = ofp_arena_zalloc(ofp_doc_arena(d), n, sizeof *values);
    ofp_meta_drop(ofp_meta(d), ofp_meta_name(k));
    if (!values || all[n - 1].value.n == 0)
        return;
    for (size_t i = 0; i < n; i++)
        values[i] = known_value(d, k, all[i].value);
    if (ofp_meta_is_list(k))
        ofp_meta_offer_list(d, k, values, n, OFP_STR("-M"), OFP_SURE_USER);
    else
        ofp_meta_offer(d, k, values[n - 1], OFP_STR("-M"), OFP_SURE_USER);
}

static void put_statements(ofp_doc *d, const statement *all, size_t n)
{
    enum ofp_meta_key k;
    if (ofp_meta_known(all->key, &k))
        put_known(d, k, all, n);
    else
        put_unknown(d, all, n);
}

/* Moves the statements with the key of all[0] to its side; the order among them stays. */
static size_t gather(statement *all, size_t n)
{
    size_t same = 1;
    for (size_t i = 1; i < n; i++)
        if (ofp_str_eq(all[i].key, all[0].key)) {
            statement s = all[i];
            memmove(&all[same + 1], &all[same], (i - same) * sizeof *all);
            all[same++] = s;
        }
    return same;
}

/* ---- files ------------------------------------------------------------------------------ */

static enum ofp_type type_of(const ofp_json *v)
{
    switch ((enum ofp_json_type)v->type) {
    case OFP_JSON_OBJECT: return OFP_MMAP;
    case OFP_JSON_ARRAY: return OFP_MLIST;
    case OFP_JSON_TRUE: case OFP_JSON_FALSE: return OFP_MBOOL;
    case OFP_JSON_NULL: case OFP_JSON_NUMBER: case OFP_JSON_STRING: break;
    }
    return OFP_MSTRING;
}

static void put_json(ofp_doc *d, ofp_node *parent, const ofp_json *object)
{
    for (const ofp_json *v = ofp_json_first(object); v; v = v->next) {
        ofp_node *n = ofp_add(d, parent, type_of(v));
        ofp_set_meta_key(n, v->key);
        if (v->type == OFP_JSON_TRUE)
            ofp_set_meta_bool(n, true);
        else if (v->type == OFP_JSON_NUMBER || v->type == OFP_JSON_STRING)
            ofp_set_text(n, v->text);
        put_json(d, n, v);
    }
}

/* What the YAML reader would warn of is an error in a file that holds nothing else. */
static void first_warning(void *user, enum ofp_diag code, ofp_pos at, const char *msg)
{
    (void)code;
    ofp_fail(user, OFP_EMETAFILE, at, "%s", msg);
}

/* Both kinds become metadata of the document t, whose arena holds the text. */
static bool parse_text(const ofp_world *w, ofp_doc *t, ofp_str text, const char *path, ofp_err *e)
{
    bool is_json = ofp_str_ends(ofp_s(path), OFP_STR(".json")) || ofp_str_starts(ofp_str_trim(text), OFP_STR("{"));
    const ofp_json *v;
    if (!is_json)
        return ofp_yaml_read_meta(w, t, text, 1, OFP_STR("--metadata-file"), SURE_FILE, e);
    if (!(v = ofp_json_parse(ofp_doc_arena(t), text, path, e)))
        return false;
    if (v->type != OFP_JSON_OBJECT)
        return ofp_fail(e, OFP_EMETAFILE, (ofp_pos){ path, 1, 1 }, "expected an object of metadata, found %s", ofp_json_what(v));
    put_json(t, ofp_meta(t), v);
    return ofp_doc_ok(t, e);
}

/* A text for an author is a list of one; a date is written as the program writes dates. */
static void take_value(ofp_doc *d, const ofp_doc *t, const ofp_node *v)
{
    enum ofp_meta_key k;
    ofp_str key = ofp_meta_key_of(v);
    const ofp_node *old = ofp_meta_find(ofp_meta(d), key);
    bool known = ofp_meta_known(key, &k);
    ofp_node *n;
    if (old && (!known || ofp_meta_sure(old) >= SURE_FILE))
        return;
    if (known && ofp_node_type(v) == OFP_MSTRING) {
        ofp_meta_offer(d, k, known_value(d, k, ofp_text(v)), OFP_STR("--metadata-file"), SURE_FILE);
        return;
    }
    ofp_meta_drop(ofp_meta(d), key);
    n = ofp_clone(d, v, t);
    ofp_append(ofp_meta(d), n);
    ofp_set_meta_source(d, n, OFP_STR("--metadata-file"), SURE_FILE);
}

static bool read_meta_file(job *j, ofp_doc *d, const char *path, ofp_err *e)
{
    ofp_buf raw = { 0 };
    ofp_err found = { 0 };
    ofp_log log = { .sink = first_warning, .user = &found };
    ofp_doc *t = ofp_doc_new(path, &log);
    bool ok = t && j->w->read_file(j->w->user, path, 1 << 20, &raw, &found) &&
              parse_text(j->w, t, ofp_buf_take(&raw, ofp_doc_arena(t)), path, &found) && found.code == OFP_OK;
    for (const ofp_node *v = ok ? ofp_first(ofp_meta(t)) : NULL; v; v = ofp_next(v))
        take_value(d, t, v);
    if (!ok && (!t || found.code == OFP_ENOMEM))
        ofp_fail_nomem(e);
    else if (!ok)
        ofp_fail(e, OFP_EMETAFILE, (ofp_pos){ found.at.input ? path : NULL, found.at.line, found.at.col }, "%s", found.msg);
    ofp_buf_free(&raw);
    ofp_doc_free(t);
    return ok;
}

/* ---- all of it -------------------------------------------------------------------------- */

bool user_metadata(job *j, ofp_doc *d, size_t number, ofp_err *e)
{
    statement *all = ofp_arena_zalloc(j->a, j->meta.n + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < j->meta_files.n && (number == 0 || !j->several); i++)
        if (!read_meta_file(j, d, j->meta_files.at[i], e))
            return false;
    for (size_t i = 0; all && i < j->meta.n; i++) {
        statement s = parse(j->meta.at[i]);
        if (s.key.n == 0)
            return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "-M needs KEY=VALUE, found '%.60s'", j->meta.at[i]);
        if (applies(j, &s, number))
            all[n++] = s;
    }
    for (size_t i = 0; i < n;) {
        size_t same = gather(all + i, n - i);
        put_statements(d, all + i, same);
        i += same;
    }
    return all ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}
