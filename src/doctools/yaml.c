/* yaml.c - metadata to YAML front matter.
 *
 * Written so that YAML 1.1 and 1.2 parsers read the same: whatever could be taken for another type or
 * for syntax is in double quotes, whose escapes are JSON's. */
#include "base/module.h"
#include "doctools/yaml.h"
#include "base/json.h"
#include <string.h>

/* Deeper than any real front matter; what lies below is left out. */
enum { MAX_DEPTH = 40 };

/* Words that YAML 1.1 takes for truths and nothings. */
static bool is_reserved(ofp_str s)
{
    static const char *const words[] = { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ofp_str_ieq(s, ofp_s(words[i])))
            return true;
    return false;
}

/* A digit, sign or dot at the beginning may be a number, date or time; other marks are syntax. */
static bool is_plain_start(unsigned char c)
{
    return c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '/' || c == '(';
}

/* C1 controls, line separators and noncharacters are not printable in YAML. */
static bool is_plain_char(uint32_t c)
{
    return c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) && c != 0x2028 && c != 0x2029 && c != 0xFEFF && c < 0xFFFE;
}

static bool is_plain(ofp_str s)
{
    if (!s.n || !is_plain_start((unsigned char)s.p[0]) || is_reserved(s) || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == ':')
        return false;
    if (ofp_str_find(s, OFP_STR(": "), 0) != SIZE_MAX || ofp_str_find(s, OFP_STR(" #"), 0) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = ofp_utf8_next(s, &i);
        if (!is_plain_char(c) || (c < 0x80 && strchr("\"'[]{},&*!|>%@`\\", (int)c)))
            return false;
    }
    return true;
}

/* As JSON, save that a few characters more must not stand as they are. */
static void put_quoted(ofp_buf *out, ofp_str s)
{
    ofp_buf_putc(out, '"');
    for (size_t i = 0; i < s.n;) {
        uint32_t c = ofp_utf8_next(s, &i);
        if (c == '"' || c == '\\')
            ofp_buf_printf(out, "\\%c", (int)c);
        else if (c == '\n')
            ofp_buf_puts(out, "\\n");
        else if (!is_plain_char(c))
            ofp_buf_printf(out, c > 0xFFFF ? "\\U%08X" : "\\u%04X", (unsigned)c);
        else
            ofp_buf_putu(out, c);
    }
    ofp_buf_putc(out, '"');
}

/* YYYY-MM-DD, which readers of front matter want bare. */
static bool is_date(ofp_str s)
{
    static const char shape[] = "0000-00-00";
    for (size_t i = 0; i < s.n && i < 10; i++)
        if (shape[i] == '-' ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 10;
}

static void put_string(ofp_buf *out, ofp_str s)
{
    if (is_plain(s) || is_date(s))
        ofp_buf_add(out, s);
    else
        put_quoted(out, s);
}

/* Text of a value, paragraphs kept apart. */
static ofp_str value_text(const ofp_doc *d, const ofp_node *v)
{
    if (ofp_node_type(v) == OFP_MSTRING)
        return ofp_text(v);
    ofp_buf b = { 0 };
    if (ofp_node_type(v) != OFP_MBLOCKS)
        return ofp_plain_text(ofp_doc_arena(d), v);
    for (const ofp_node *c = ofp_first(v); c; c = ofp_next(c)) {
        ofp_buf_puts(&b, b.n ? "\n\n" : "");
        ofp_buf_add(&b, ofp_plain_text(ofp_doc_arena(d), c));
    }
    return ofp_buf_take(&b, ofp_doc_arena(d));
}

static void put_value(ofp_buf *out, const ofp_doc *d, const ofp_node *v, int depth);

/* The first key stands where the line has got to. */
static void put_map(ofp_buf *out, const ofp_doc *d, const ofp_node *map, int depth)
{
    for (const ofp_node *c = ofp_first(map); c; c = ofp_next(c)) {
        if (c != ofp_first(map))
            ofp_buf_fill(out, ' ', 2 * (size_t)depth);
        put_string(out, ofp_meta_key_of(c));
        ofp_buf_putc(out, ':');
        put_value(out, d, c, depth);
    }
}

static void put_items(ofp_buf *out, const ofp_doc *d, const ofp_node *list, int depth)
{
    ofp_buf_putc(out, '\n');
    for (const ofp_node *c = ofp_first(list); c; c = ofp_next(c)) {
        ofp_buf_fill(out, ' ', 2 * (size_t)depth);
        ofp_buf_putc(out, '-');
        if (ofp_node_type(c) == OFP_MMAP && ofp_first(c)) {
            ofp_buf_putc(out, ' ');
            put_map(out, d, c, depth + 1);
        } else {
            put_value(out, d, c, depth);
        }
    }
}

/* Prints what follows a key's colon or an item's dash, with the line end. */
static void put_value(ofp_buf *out, const ofp_doc *d, const ofp_node *v, int depth)
{
    enum ofp_type type = ofp_node_type(v);
    bool nested = (type == OFP_MMAP || type == OFP_MLIST) && ofp_first(v) && depth < MAX_DEPTH;
    if (nested && type == OFP_MLIST) {
        put_items(out, d, v, depth + 1);
    } else if (nested) {
        ofp_buf_putc(out, '\n');
        ofp_buf_fill(out, ' ', 2 * (size_t)(depth + 1));
        put_map(out, d, v, depth + 1);
    } else {
        ofp_buf_putc(out, ' ');
        if (type == OFP_MBOOL)
            ofp_buf_puts(out, ofp_meta_true(v) ? "true" : "false");
        else if (type == OFP_MMAP || type == OFP_MLIST)
            ofp_buf_puts(out, type == OFP_MMAP ? "{}" : "[]");
        else
            put_string(out, value_text(d, v));
        ofp_buf_putc(out, '\n');
    }
}

static void put_entry(ofp_buf *out, const ofp_doc *d, const ofp_node *v)
{
    if (!v)
        return;
    put_string(out, ofp_meta_key_of(v));
    ofp_buf_putc(out, ':');
    put_value(out, d, v, 0);
}

void ofp_yaml_put_front(ofp_buf *out, const ofp_doc *d)
{
    const ofp_node *map = ofp_meta(d);
    enum ofp_meta_key k;
    size_t start = out->n;
    ofp_buf_puts(out, "---\n");
    size_t empty = out->n;
    for (size_t i = 0; i < OFP_NMETA; i++)
        put_entry(out, d, ofp_meta_find(map, ofp_meta_name((enum ofp_meta_key)i)));
    for (const ofp_node *c = ofp_first(map); c; c = ofp_next(c))
        if (!ofp_meta_known(ofp_meta_key_of(c), &k) && !ofp_str_eq(ofp_meta_key_of(c), OFP_STR("offprint")))
            put_entry(out, d, c);
    if (out->n == empty)
        out->n = start;
    else
        ofp_buf_puts(out, "---\n");
}

/* ---- in ---- */

bool ofp_yaml_read_meta(const ofp_world *w, ofp_doc *d, ofp_str text, unsigned line, ofp_str source, int sure, ofp_err *e)
{
    ofp_yaml_reader *read;
    *(void **)&read = ofp_module(w, "doctools-yaml", "ofp_yaml_read", e);
    return read && read(d, text, line, source, sure, e);
}
