/* inspect.c - what is known of each input: metadata and where it is from, counts, warnings. */
#include "cli/cli.h"
#include "base/json.h"

#include <string.h>

enum { WORDS_A_MINUTE = 230 };

typedef struct counts { size_t words, characters, images, links, tables, notes, minutes; } counts;

static const struct { const char *name; size_t place; } count_rows[] = {
    { "words", offsetof(counts, words) },   { "characters", offsetof(counts, characters) },
    { "images", offsetof(counts, images) }, { "links", offsetof(counts, links) },
    { "tables", offsetof(counts, tables) }, { "notes", offsetof(counts, notes) },
    { "minutes", offsetof(counts, minutes) },
};
enum { NCOUNTS = sizeof count_rows / sizeof *count_rows };

static size_t count_at(const counts *c, size_t i)
{
    return *(const size_t *)((const char *)c + count_rows[i].place);
}

static void count(const ofp_doc *d, counts *c)
{
    const ofp_node *root = ofp_root(d);
    memset(c, 0, sizeof *c);
    for (const ofp_node *n = ofp_first(root); n; n = ofp_after(n, root)) {
        enum ofp_type type = ofp_node_type(n);
        c->images += type == OFP_IMAGE;
        c->links += type == OFP_LINK;
        c->tables += type == OFP_TABLE;
        c->notes += type == OFP_NOTE;
        c->characters += ofp_utf8_count(ofp_text(n));
    }
    c->words = ofp_count_words(root);
    c->minutes = (c->words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
}

/* ---- as JSON --------------------------------------------------------------------------- */

static void put_key(ofp_buf *out, bool *more, ofp_str key)
{
    ofp_buf_puts(out, *more ? "," : "");
    *more = true;
    ofp_json_put(out, key);
    ofp_buf_putc(out, ':');
}

static void put_list(ofp_buf *out, const ofp_doc *d, enum ofp_meta_key k)
{
    ofp_buf_putc(out, '[');
    for (size_t i = 0; i < ofp_meta_count(d, k); i++) {
        ofp_buf_puts(out, i ? "," : "");
        ofp_json_put(out, ofp_meta_at(d, k, i));
    }
    ofp_buf_putc(out, ']');
}

static void put_meta(ofp_buf *out, const ofp_doc *d)
{
    bool more = false;
    ofp_buf_puts(out, ",\"meta\":{");
    for (int i = 0; i < OFP_NMETA; i++) {
        enum ofp_meta_key k = (enum ofp_meta_key)i;
        if (ofp_meta_count(d, k) == 0)
            continue;
        put_key(out, &more, ofp_meta_shown(k));
        if (ofp_meta_is_list(k))
            put_list(out, d, k);
        else
            ofp_json_put(out, ofp_meta_get(d, k));
    }
    ofp_buf_putc(out, '}');
}

static void put_from(ofp_buf *out, const ofp_doc *d)
{
    bool more = false;
    ofp_buf_puts(out, ",\"from\":{");
    for (int i = 0; i < OFP_NMETA; i++) {
        const ofp_node *v = ofp_meta_find(ofp_meta(d), ofp_meta_name((enum ofp_meta_key)i));
        if (!v)
            continue;
        put_key(out, &more, ofp_meta_shown((enum ofp_meta_key)i));
        ofp_buf_puts(out, "{\"source\":");
        ofp_json_put(out, ofp_meta_source(v));
        ofp_buf_printf(out, ",\"confidence\":%d}", ofp_meta_sure(v));
    }
    ofp_buf_putc(out, '}');
}

static void put_counts(ofp_buf *out, const counts *c)
{
    ofp_buf_puts(out, ",\"counts\":{");
    for (size_t i = 0; i < NCOUNTS; i++)
        ofp_buf_printf(out, "%s\"%s\":%zu", i ? "," : "", count_rows[i].name, count_at(c, i));
    ofp_buf_putc(out, '}');
}

/* The report has kept them as lines of JSON already. */
static void put_warnings(ofp_buf *out, ofp_str lines)
{
    ofp_str line;
    bool more = false;
    ofp_buf_puts(out, ",\"warnings\":[");
    while (ofp_str_line(&lines, &line)) {
        ofp_buf_puts(out, more ? "," : "");
        ofp_buf_add(out, line);
        more = true;
    }
    ofp_buf_putc(out, ']');
}

static void put_json(ofp_buf *out, const source *s, const char *format, const ofp_doc *d, ofp_str warnings)
{
    counts c;
    count(d, &c);
    ofp_buf_puts(out, "{\"file\":");
    ofp_json_put(out, ofp_s(s->path));
    ofp_buf_puts(out, ",\"format\":");
    ofp_json_put(out, ofp_s(format));
    put_meta(out, d);
    put_from(out, d);
    put_counts(out, &c);
    put_warnings(out, warnings);
    ofp_buf_puts(out, "}\n");
}

/* ---- as a table ------------------------------------------------------------------------- */

static void put_row(ofp_buf *out, ofp_str name, ofp_str value, ofp_str note)
{
    enum { COLUMN = 14 };
    ofp_buf_puts(out, "  ");
    ofp_buf_add(out, name);
    ofp_buf_fill(out, ' ', name.n < COLUMN ? COLUMN - name.n : 1);
    for (size_t at = 0; at < value.n;) {
        uint32_t c = ofp_utf8_next(value, &at);
        ofp_buf_putu(out, c < 0x20 || c == 0x7F ? '?' : c);
    }
    if (note.n > 0)
        ofp_buf_printf(out, "  (%.*s)", (int)note.n, note.p);
    ofp_buf_putc(out, '\n');
}

/* A picture that the metadata holds itself is nothing to read. */
static ofp_str shown(ofp_arena *a, ofp_str value)
{
    enum { ENOUGH = 40 };
    bool data = value.n > ENOUGH && ofp_str_istarts(value, OFP_STR("data:"));
    return data ? ofp_arena_printf(a, "%.*s...", ENOUGH, value.p) : value;
}

static void put_table(ofp_buf *out, const source *s, const char *format, const ofp_doc *d)
{
    ofp_arena *a = ofp_doc_arena(d);
    counts c;
    count(d, &c);
    ofp_buf_printf(out, "%s (%s)\n", s->path, format);
    for (int i = 0; i < OFP_NMETA; i++) {
        enum ofp_meta_key k = (enum ofp_meta_key)i;
        const ofp_node *v = ofp_meta_find(ofp_meta(d), ofp_meta_name(k));
        ofp_str origin = ofp_meta_source(v);
        if (v)
            put_row(out, ofp_meta_shown(k), shown(a, ofp_meta_get(d, k)),
                    ofp_arena_printf(a, "%.*s, %d %%", (int)origin.n, origin.p, ofp_meta_sure(v)));
    }
    for (size_t i = 0; i < NCOUNTS; i++)
        put_row(out, ofp_s(count_rows[i].name), ofp_arena_printf(a, "%zu", count_at(&c, i)), (ofp_str){ 0 });
}

/* ---- the command ------------------------------------------------------------------------ */

static bool inspect(job *j, source *s, ofp_buf *out, ofp_err *e)
{
    size_t before = j->rep.record.n;
    ofp_options unused = j->opt;
    const ofp_format *f;
    ofp_doc *d;
    j->rep.hold = j->json;              /* the warnings are in the object */
    d = fetch_source(j, s, e) ? read_source(j, s, e) : NULL;
    j->rep.hold = false;
    if (!d)
        return false;
    f = ofp_format_parse(source_format(j, s), false, &unused, e);
    if (j->json)
        put_json(out, s, f->name, d, ofp_str_sub(ofp_buf_str(&j->rep.record), before, SIZE_MAX));
    else
        put_table(out, s, f->name, d);
    ofp_doc_free(d);
    return true;
}

/* One object a line, or one table each; inputs that fail are told of and passed over. */
bool run_inspect(job *j, ofp_err *e)
{
    ofp_buf out = { 0 };
    ofp_err first = { 0 };
    size_t done = 0;
    bool ok;
    if (j->inputs.n == 0 && !(add_string(j, &j->inputs, "-") && add_string(j, &j->urls, j->pending_url)))
        return ofp_fail_nomem(e);
    for (size_t i = 0; i < j->inputs.n; i++) {
        source s = { .path = j->inputs.at[i], .url = j->urls.at[i] };
        ofp_err failure = { 0 };
        if (inspect(j, &s, &out, &failure))
            done++;
        else if (!first.code)
            first = failure;
        if (failure.code && j->inputs.n > 1)
            leave_out(j, &s, &failure);
        ofp_buf_free(&s.raw);
    }
    j->partial = first.code && done > 0;
    ok = j->w->write_file(j->w->user, j->out, ofp_buf_str(&out), e);
    ofp_buf_free(&out);
    if (first.code && done == 0)
        *e = first;
    return ok && e->code == OFP_OK;
}
