/* header.c - what a text says about itself at its top: mail headers, "Title: ..." lines, front matter.
 *
 * Known keys become metadata.  Others of a mail stay as lines at the top of the text; others of front
 * matter become metadata under their own names. */
#include "base/enc.h"
#include "read/text/text.h"

enum { MAX_LINES = 60, MAX_KEY = 40, MAX_ALONE = 120 };

/* How a value is to be read. */
enum value_kind { V_TEXT, V_NAME, V_DATE, V_LIST };

static const struct { ofp_str key; enum ofp_meta_key meta; enum value_kind kind; } keys[] = {
    { OFP_STR("title"), OFP_META_TITLE, V_TEXT },         { OFP_STR("subject"), OFP_META_TITLE, V_TEXT },
    { OFP_STR("subtitle"), OFP_META_SUBTITLE, V_TEXT },   { OFP_STR("author"), OFP_META_AUTHOR, V_NAME },
    { OFP_STR("authors"), OFP_META_AUTHOR, V_NAME },      { OFP_STR("from"), OFP_META_AUTHOR, V_NAME },
    { OFP_STR("by"), OFP_META_AUTHOR, V_NAME },           { OFP_STR("date"), OFP_META_DATE, V_DATE },
    { OFP_STR("published"), OFP_META_DATE, V_DATE },      { OFP_STR("modified"), OFP_META_MODIFIED, V_DATE },
    { OFP_STR("updated"), OFP_META_MODIFIED, V_DATE },    { OFP_STR("site"), OFP_META_SITE, V_TEXT },
    { OFP_STR("publisher"), OFP_META_SITE, V_TEXT },      { OFP_STR("section"), OFP_META_SECTION, V_TEXT },
    { OFP_STR("language"), OFP_META_LANG, V_TEXT },       { OFP_STR("lang"), OFP_META_LANG, V_TEXT },
    { OFP_STR("content-language"), OFP_META_LANG, V_TEXT }, { OFP_STR("description"), OFP_META_DESCRIPTION, V_TEXT },
    { OFP_STR("summary"), OFP_META_DESCRIPTION, V_TEXT }, { OFP_STR("keywords"), OFP_META_KEYWORDS, V_LIST },
    { OFP_STR("tags"), OFP_META_KEYWORDS, V_LIST },       { OFP_STR("url"), OFP_META_URL, V_TEXT },
    { OFP_STR("link"), OFP_META_URL, V_TEXT },            { OFP_STR("source"), OFP_META_URL, V_TEXT },
    { OFP_STR("rights"), OFP_META_RIGHTS, V_TEXT },       { OFP_STR("license"), OFP_META_RIGHTS, V_TEXT },
    { OFP_STR("licence"), OFP_META_RIGHTS, V_TEXT },      { OFP_STR("copyright"), OFP_META_RIGHTS, V_TEXT },
};
#define NKEYS (sizeof keys / sizeof *keys)

static size_t find_key(ofp_str name)
{
    size_t i = 0;
    while (i < NKEYS && !ofp_str_ieq(keys[i].key, name)) i++;
    return i;
}

/* ---- one field ------------------------------------------------------------------------- */

typedef struct field { ofp_str key, value; unsigned no; bool taken; } field;

/* "Key: value"; the key is letters and hyphens. */
static bool take_field(ofp_str s, field *f)
{
    size_t i = 0;
    while (i < s.n && i < MAX_KEY && ((unsigned)((s.p[i] | 0x20) - 'a') < 26 || s.p[i] == '-' || s.p[i] == '_')) i++;
    if (!i || i >= s.n || s.p[i] != ':') return false;
    if (i + 1 < s.n && s.p[i + 1] != ' ' && s.p[i + 1] != '\t') return false;
    f->key = ofp_str_sub(s, 0, i);
    f->value = ofp_str_trim(ofp_str_sub(s, i + 1, SIZE_MAX));
    return true;
}

static ofp_str unquote(ofp_str s)
{
    bool quoted = s.n > 1 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? ofp_str_sub(s, 1, s.n - 2) : s;
}

/* ---- mail's encoded words (RFC 2047) ------------------------------------------------------ */

static int digit_of(char c)
{
    if ((unsigned)(c - '0') < 10) return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decode_q(ofp_buf *b, ofp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        int hi = s.p[i] == '=' && i + 2 < s.n ? digit_of(s.p[i + 1]) : -1;
        int lo = hi >= 0 ? digit_of(s.p[i + 2]) : -1;
        if (lo >= 0) {
            ofp_buf_putc(b, (char)(hi * 16 + lo));
            i += 2;
        } else {
            ofp_buf_putc(b, s.p[i] == '_' ? ' ' : s.p[i]);
        }
    }
}

static void decode_b(ofp_buf *b, ofp_str s)
{
    const ofp_str set = OFP_STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    unsigned bits = 0, n = 0;
    for (size_t i = 0; i < s.n; i++) {
        size_t v = ofp_str_find(set, ofp_str_sub(s, i, 1), 0);
        if (v >= 64) continue;
        bits = (bits << 6 | (unsigned)v) & 0xFFFFFF;
        if ((n += 6) >= 8) ofp_buf_putc(b, (char)(bits >> (n -= 8) & 0xFF));
    }
}

/* "=?charset?Q?text?=" at at; true and *end behind it when it is one that can be read. */
static bool decode_word(ofp_arena *a, ofp_str s, size_t at, size_t *end, ofp_buf *out)
{
    size_t q1 = ofp_str_find(s, OFP_STR("?"), at + 2);
    if (q1 >= s.n || q1 + 2 >= s.n || s.p[q1 + 2] != '?') return false;
    size_t close = ofp_str_find(s, OFP_STR("?="), q1 + 3);
    if (close >= s.n) return false;
    ofp_buf raw = { 0 };
    ofp_str body = ofp_str_sub(s, q1 + 3, close - q1 - 3), text8;
    if ((s.p[q1 + 1] | 0x20) == 'q') decode_q(&raw, body);
    else decode_b(&raw, body);
    ofp_str label = ofp_arena_dup(a, ofp_str_sub(s, at + 2, q1 - at - 2)), bytes = ofp_buf_take(&raw, a);
    ofp_enc_found found = { 0 };
    ofp_err ignored = { 0 };
    if (!label.p || !ofp_decode(a, bytes, label.p, false, &text8, &found, &ignored)) return false;
    ofp_buf_add(out, text8);
    *end = close + 2;
    return true;
}

static ofp_str decode_words(ofp_arena *a, ofp_str s)
{
    if (ofp_str_find(s, OFP_STR("=?"), 0) == SIZE_MAX) return s;
    ofp_buf b = { 0 };
    bool after_word = false;
    for (size_t i = 0; i < s.n;) {
        size_t end = i;
        if (ofp_str_starts(ofp_str_sub(s, i, 2), OFP_STR("=?")) && decode_word(a, s, i, &end, &b)) {
            /* Blanks between two encoded words are not part of the text. */
            size_t next = end;
            while (next < s.n && s.p[next] == ' ') next++;
            after_word = ofp_str_starts(ofp_str_sub(s, next, 2), OFP_STR("=?"));
            i = after_word ? next : end;
        } else {
            ofp_buf_putc(&b, s.p[i++]);
        }
    }
    return ofp_buf_take(&b, a);
}

/* ---- values -------------------------------------------------------------------------------- */

/* "Jane Doe <jane@example.org>", "jane@example.org (Jane Doe)": the name. */
static ofp_str person(ofp_str s)
{
    size_t open = ofp_str_find(s, OFP_STR("<"), 0);
    if (open != SIZE_MAX && open > 0) return unquote(ofp_str_trim(ofp_str_sub(s, 0, open)));
    open = ofp_str_find(s, OFP_STR(" ("), 0);
    bool address = ofp_str_find(ofp_str_sub(s, 0, open), OFP_STR("@"), 0) != SIZE_MAX;
    if (address && open != SIZE_MAX && ofp_str_ends(s, OFP_STR(")"))) return ofp_str_sub(s, open + 2, s.n - open - 3);
    return s;
}

/* "[a, b]", "a, b", "a; b", "- a" lines joined with line feeds. */
static void offer_list(ofp_doc *d, enum ofp_meta_key k, ofp_str s, bool names)
{
    ofp_str items[32], piece;
    size_t n = 0;
    if (s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']') s = ofp_str_sub(s, 1, s.n - 2);
    char sep = ofp_str_find(s, OFP_STR("\n"), 0) != SIZE_MAX ? '\n' : ofp_str_find(s, OFP_STR(";"), 0) != SIZE_MAX ? ';' : ',';
    /* "Doe, Jane" is one name; "Jane Doe, John Roe" is two. */
    if (names && sep == ',' && ofp_str_find(ofp_str_trim(ofp_str_sub(s, 0, ofp_str_find(s, OFP_STR(","), 0))), OFP_STR(" "), 0) == SIZE_MAX) sep = '\0';
    while (n < 32 && ofp_str_split(&s, sep, &piece)) {
        piece = unquote(ofp_str_trim(piece));
        if (names) piece = person(piece);
        if (piece.n) items[n++] = piece;
    }
    if (n) ofp_meta_offer_list(d, k, items, n, OFP_STR("text-header"), OFP_SURE_STATED);
}

/* False where the value says nothing that the metadata could hold. */
static bool offer(text *t, size_t k, ofp_str value)
{
    ofp_arena *a = ofp_doc_arena(t->d);
    ofp_date date;
    value = decode_words(a, unquote(value));
    if (!value.n) return true;
    switch (keys[k].kind) {
    case V_NAME: offer_list(t->d, keys[k].meta, value, true); return true;
    case V_LIST: offer_list(t->d, keys[k].meta, value, false); return true;
    case V_DATE:
        if (!ofp_date_parse(value, &date)) {
            ofp_warn(t->d, OFP_D_META_ODD, 1, "date '%.*s' is not understood", (int)(value.n < 60 ? value.n : 60), value.p);
            return false;
        }
        value = ofp_date_iso(a, &date);
        break;
    case V_TEXT: break;
    }
    ofp_meta_offer(t->d, keys[k].meta, value, OFP_STR("text-header"), OFP_SURE_STATED);
    return true;
}

/* ---- the two forms --------------------------------------------------------------------------- */

typedef struct header { field at[MAX_LINES]; size_t n, known; ofp_str rest; unsigned lines; bool front; } header;

static bool is_blank(ofp_str s)
{
    return !ofp_str_trim(s).n;
}

static bool is_bar(ofp_str s)
{
    return ofp_str_eq(ofp_str_trim(s), OFP_STR("---")) || ofp_str_eq(ofp_str_trim(s), OFP_STR("..."));
}

/* A line that goes on with the field before it; front matter's list items keep their own lines. */
static void continue_field(header *h, ofp_arena *a, ofp_str s)
{
    field *f = &h->at[h->n - 1];
    s = ofp_str_trim(s);
    bool item = h->front && ofp_str_starts(s, OFP_STR("- "));
    if (item) s = ofp_str_sub(s, 2, SIZE_MAX);
    f->value = f->value.n ? ofp_arena_printf(a, "%.*s%c%.*s", (int)f->value.n, f->value.p, item ? '\n' : ' ', (int)s.n, s.p) : s;
}

/* Reads fields until the end that the form has; false when it is no header after all. */
static bool read_fields(header *h, ofp_arena *a)
{
    ofp_str rest = h->rest, s;
    for (unsigned no = h->lines + 1; ofp_str_line(&rest, &s); no++) {
        if (s.n > 2000 || no > MAX_LINES) return false;
        h->rest = rest;
        h->lines = no;
        if (h->front ? is_bar(s) : is_blank(s)) return h->n > 0;
        if (h->front && is_blank(s)) continue;
        field f = { .no = no };
        bool indented = s.p[0] == ' ' || s.p[0] == '\t' || (h->front && ofp_str_starts(s, OFP_STR("- ")));
        if (indented && h->n) {
            continue_field(h, a, s);
        } else if (take_field(s, &f) && h->n < MAX_LINES) {
            h->at[h->n++] = f;
            h->known += find_key(f.key) < NKEYS;
        } else if (!(h->n == 0 && ofp_str_starts(s, OFP_STR("From ")))) {
            return false;
        }
    }
    return !h->front && h->n > 0;
}

/* Fields that say nothing to us stay readable above the text. */
static void keep_lines(text *t, const header *h)
{
    ofp_node *lines = NULL;
    for (size_t i = 0; i < h->n; i++) {
        const field *f = &h->at[i];
        if (f->taken) continue;
        if (!lines) lines = ofp_add(t->d, ofp_root(t->d), OFP_LINES);
        ofp_node *l = ofp_add(t->d, lines, OFP_LINE);
        ofp_set_line(l, f->no);
        ofp_str value = decode_words(ofp_doc_arena(t->d), f->value);
        ofp_add_text(t->d, l, ofp_arena_printf(ofp_doc_arena(t->d), "%.*s: %.*s", (int)f->key.n, f->key.p, (int)value.n, value.p));
    }
}

static void put_unknown(text *t, const field *f)
{
    if (!f->value.n) return;
    ofp_node *v = ofp_meta_put(t->d, ofp_meta(t->d), f->key, OFP_MSTRING);
    ofp_set_text(v, unquote(f->value));
}

static void take(text *t, header *h)
{
    for (size_t i = 0; i < h->n; i++) {
        field *f = &h->at[i];
        size_t k = find_key(f->key);
        f->taken = k < NKEYS && offer(t, k, f->value);
        if (!f->taken && h->front) put_unknown(t, f);
    }
    if (!h->front) keep_lines(t, h);
}

/* "Note: ..." and "Summary: ..." open many a text, "Updated: ..." with the text behind it: one field alone
 * must be short and one that only stands above a text. */
static bool is_plausible(const header *h)
{
    size_t k = find_key(h->at[0].key);
    if (!h->known) return false;
    if (h->front || h->known >= 2) return true;
    if (h->n > 1) return h->known * 2 >= h->n;
    enum ofp_meta_key m = keys[k].meta;
    bool above = m == OFP_META_TITLE || m == OFP_META_AUTHOR || m == OFP_META_DATE || m == OFP_META_MODIFIED;
    ofp_date date;
    return above && h->at[0].value.n <= MAX_ALONE && (keys[k].kind != V_DATE || ofp_date_parse(h->at[0].value, &date));
}

void text_header(text *t, ofp_str *in, unsigned *no)
{
    header h = { .rest = *in };
    ofp_str first;
    if (ofp_str_line(&h.rest, &first) && ofp_str_eq(ofp_str_trim(first), OFP_STR("---"))) {
        h.front = true;
        h.lines = 1;
    } else {
        h.rest = *in;
    }
    if (!read_fields(&h, ofp_doc_arena(t->d)) || !is_plausible(&h)) return;
    take(t, &h);
    t->has_header = true;
    *in = h.rest;
    *no = h.lines + 1;
}
