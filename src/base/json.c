/* json.c - JSON through yajl's events; the only file that knows yajl. */
#include "base/json.h"

#include <limits.h>
#include <setjmp.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#define MAX_DEPTH 2000

/* yajl takes its memory from scratch and does not look whether it got any, so a failed allocation
 * leaves by longjmp; nothing leaks, since all that it ever took lies in scratch. */
struct parse {
    ofp_arena *tree, *strings, *scratch, *items;
    const ofp_json_stream *stream;
    ofp_str in;
    yajl_handle yajl;
    ofp_json *root;
    struct open { ofp_json *v, *last; } open[MAX_DEPTH];
    size_t depth, end;                  /* end of the root value */
    ofp_str key;
    bool too_deep;
    bool streaming, refused;            /* in the array whose items are taken; one was not */
    jmp_buf out_of_memory;
};

/* ---- memory for yajl ------------------------------------------------------------------- */

/* Size of a block, kept in front of it for realloc. */
union head { size_t n; max_align_t align; };

static void *take(void *user, size_t n)
{
    struct parse *p = user;
    size_t whole;
    union head *h = NULL;
    if (!__builtin_add_overflow(n, sizeof *h, &whole))
        h = ofp_arena_zalloc(p->scratch, 1, whole);
    if (!h)
        longjmp(p->out_of_memory, 1);
    h->n = n;
    return h + 1;
}

static void *retake(void *user, void *old, size_t n)
{
    void *fresh;
    const union head *h = old ? (const union head *)old - 1 : NULL;
    if (h && h->n >= n)
        return old;
    fresh = take(user, n);
    if (h)
        memcpy(fresh, old, h->n);
    return fresh;
}

static void leave(void *user, void *old)
{
    (void)user;
    (void)old;
}

/* ---- events to values ------------------------------------------------------------------ */

/* A string without escapes is a slice of the input; others stand in yajl's buffer. */
static ofp_str keep(struct parse *p, const unsigned char *s, size_t n)
{
    ofp_str text = { (const char *)s, n };
    uintptr_t at = (uintptr_t)s, from = (uintptr_t)p->in.p;
    return at >= from && at - from <= p->in.n ? text : ofp_arena_dup(p->strings, text);
}

enum { ITEM_DEPTH = 2 };                /* of what is open around an item: the root, the array */

/* v, complete, is taken where it is an item. */
static bool done(struct parse *p, const ofp_json *v)
{
    if (!p->streaming || p->depth != ITEM_DEPTH)
        return true;
    p->refused = !p->stream->take(p->stream->user, v);
    ofp_arena_clear(p->items);
    return !p->refused;
}

static void link_child(struct open *parent, ofp_json *v)
{
    if (parent->last)
        parent->last->next = v;
    else
        parent->v->first = v;
    parent->last = v;
    parent->v->n++;
}

/* width: bytes that the value's token, just read, had in the text. */
static ofp_json *add(struct parse *p, enum ofp_json_type type, size_t width)
{
    ofp_json *v = ofp_arena_zalloc(p->streaming ? p->items : p->tree, 1, sizeof *v);
    if (!v)
        return NULL;
    v->type = (uint8_t)type;
    v->at = (uint32_t)(yajl_get_bytes_consumed(p->yajl) - width);
    if (p->depth == 0) {
        p->root = v;
        p->end = yajl_get_bytes_consumed(p->yajl);
        return v;
    }
    v->key = p->key;
    p->key = (ofp_str){ 0 };
    if (!p->streaming || p->depth > ITEM_DEPTH)
        link_child(&p->open[p->depth - 1], v);
    return v;
}

static int on_null(void *user)
{
    const ofp_json *v = add(user, OFP_JSON_NULL, 4);
    return v && done(user, v);
}

static int on_bool(void *user, int truth)
{
    const ofp_json *v = add(user, truth ? OFP_JSON_TRUE : OFP_JSON_FALSE, truth ? 4 : 5);
    return v && done(user, v);
}

static int on_number(void *user, const char *s, size_t n)
{
    struct parse *p = user;
    ofp_json *v = add(p, OFP_JSON_NUMBER, n);
    if (v)
        v->text = keep(p, (const unsigned char *)s, n);
    return v && done(p, v);
}

static int on_string(void *user, const unsigned char *s, size_t n)
{
    struct parse *p = user;
    ofp_str text = keep(p, s, n);
    bool plain = text.p == (const char *)s;
    ofp_json *v = add(p, OFP_JSON_STRING, plain ? n + 2 : 1);
    if (v)
        v->text = text;
    return v && done(p, v);
}

static int on_key(void *user, const unsigned char *s, size_t n)
{
    struct parse *p = user;
    p->key = keep(p, s, n);
    return 1;
}

static int enter(struct parse *p, enum ofp_json_type type)
{
    ofp_json *v;
    if (p->depth == MAX_DEPTH) {
        p->too_deep = true;
        return 0;
    }
    v = add(p, type, 1);
    if (v)
        p->open[p->depth++] = (struct open){ v, NULL };
    return v != NULL;
}

static int on_object(void *user)
{
    return enter(user, OFP_JSON_OBJECT);
}

static bool begins_stream(const struct parse *p)
{
    const ofp_json *v = p->open[p->depth - 1].v;
    return p->stream && p->depth == ITEM_DEPTH && p->open[0].v->type == OFP_JSON_OBJECT && ofp_str_eq(v->key, p->stream->key) &&
           p->stream->ready(p->stream->user, p->root);
}

static int on_array(void *user)
{
    struct parse *p = user;
    if (!enter(user, OFP_JSON_ARRAY))
        return 0;
    p->streaming |= !p->streaming && begins_stream(p);
    return 1;
}

static int on_end(void *user)
{
    struct parse *p = user;
    const ofp_json *v = p->open[--p->depth].v;
    if (p->depth == 0)
        p->end = yajl_get_bytes_consumed(p->yajl);
    p->streaming &= p->depth >= ITEM_DEPTH;
    return done(p, v);
}

/* ---- parsing --------------------------------------------------------------------------- */

static ofp_pos position(ofp_str in, size_t at, const char *input)
{
    ofp_pos pos = { input, 1, 1 };
    size_t start = 0;
    for (size_t i = 0; i < at && i < in.n; i++)
        if (in.p[i] == '\n') {
            pos.line++;
            start = i + 1;
        }
    pos.col += (unsigned)ofp_utf8_count(ofp_str_sub(in, start, at - start));
    return pos;
}

/* yajl says "parse error: premature EOF\n": what counts stands after the colon. */
static ofp_str words_of(const char *said)
{
    const char *colon = strstr(said, ": ");
    ofp_str s = ofp_s(colon ? colon + 2 : said), line = s;
    ofp_str_line(&s, &line);
    return line;
}

/* at_end: in what was asked for behind the text */
static bool complain(struct parse *p, bool at_end, const char *input, ofp_err *e)
{
    ofp_pos at = position(p->in, at_end ? p->in.n : yajl_get_bytes_consumed(p->yajl), input);
    ofp_str words;
    if (p->refused)
        return false;
    if (ofp_arena_failed(p->tree) || ofp_arena_failed(p->strings) || ofp_arena_failed(p->items))
        return ofp_fail_nomem(e);
    if (p->too_deep)
        return ofp_fail(e, OFP_ELIMIT, at, "JSON nested deeper than %d", MAX_DEPTH);
    if (ofp_str_trim(p->in).n == 0)
        return ofp_fail(e, OFP_EPARSE, at, "no JSON but an empty input");
    words = words_of((const char *)yajl_get_error(p->yajl, 0, (const unsigned char *)p->in.p, p->in.n));
    return ofp_fail(e, OFP_EPARSE, at, "invalid JSON: %.*s", (int)words.n, words.p);
}

static const yajl_callbacks events = {
    .yajl_null = on_null, .yajl_boolean = on_bool, .yajl_number = on_number, .yajl_string = on_string,
    .yajl_start_map = on_object, .yajl_map_key = on_key, .yajl_end_map = on_end,
    .yajl_start_array = on_array, .yajl_end_array = on_end,
};

static bool parse(struct parse *p, const char *input, ofp_err *e)
{
    yajl_alloc_funcs memory = { take, retake, leave, p };
    yajl_status status;
    if (setjmp(p->out_of_memory))
        return ofp_fail_nomem(e);
    p->yajl = yajl_alloc(&events, &memory, p);
    status = yajl_parse(p->yajl, (const unsigned char *)p->in.p, p->in.n);
    bool at_end = status == yajl_status_ok;
    if (at_end)
        status = yajl_complete_parse(p->yajl);
    if (status != yajl_status_ok)
        return complain(p, at_end, input, e);
    /* yajl passes over a string that is not closed after the value. */
    return ofp_str_trim(ofp_str_sub(p->in, p->end, SIZE_MAX)).n == 0 ||
           ofp_fail(e, OFP_EPARSE, position(p->in, p->end, input), "invalid JSON: trailing garbage");
}

ofp_json *ofp_json_parse_apart(ofp_arena *tree, ofp_arena *strings, ofp_str in, const ofp_json_stream *stream, const char *input,
                               ofp_err *e)
{
    ofp_arena *scratch = ofp_arena_new(), *items = ofp_arena_new();
    struct parse *p = ofp_arena_zalloc(scratch, 1, sizeof *p);
    ofp_json *root = NULL;
    if (in.n > UINT32_MAX) {
        ofp_fail(e, OFP_ELIMIT, (ofp_pos){ input, 0, 0 }, "JSON of more than 4 GiB");
    } else if (!p || !items) {
        ofp_fail_nomem(e);
    } else {
        p->tree = tree;
        p->strings = strings;
        p->scratch = scratch;
        p->items = items;
        p->stream = stream;
        p->in = in;
        if (parse(p, input, e))
            root = p->root;
    }
    ofp_arena_free(items);
    ofp_arena_free(scratch);
    return root;
}

ofp_json *ofp_json_parse(ofp_arena *a, ofp_str in, const char *input, ofp_err *e)
{
    return ofp_json_parse_apart(a, a, in, NULL, input, e);
}

/* ---- looking into values --------------------------------------------------------------- */

ofp_pos ofp_json_pos(const ofp_json *v, ofp_str in, const char *input)
{
    return v ? position(in, v->at, input) : (ofp_pos){ input, 0, 0 };
}

ofp_pos ofp_json_pos_from(ofp_json_mark *m, const ofp_json *v, ofp_str in, const char *input)
{
    if (v->at < m->at)
        *m = (ofp_json_mark){ 0 };
    for (; m->at < v->at && m->at < in.n; m->at++) {
        bool newline = in.p[m->at] == '\n', inside = ((unsigned char)in.p[m->at] & 0xC0) == 0x80;
        m->lines += newline;
        m->col = newline ? 0 : m->col + !inside;
    }
    return (ofp_pos){ input, m->lines + 1, m->col + 1 };
}

static bool has_children(const ofp_json *v)
{
    return v && (v->type == OFP_JSON_ARRAY || v->type == OFP_JSON_OBJECT);
}

const ofp_json *ofp_json_first(const ofp_json *v) { return has_children(v) ? v->first : NULL; }
size_t ofp_json_count(const ofp_json *v) { return has_children(v) ? v->n : 0; }

const ofp_json *ofp_json_get(const ofp_json *object, ofp_str key)
{
    if (!object || object->type != OFP_JSON_OBJECT)
        return NULL;
    for (const ofp_json *v = object->first; v; v = v->next)
        if (ofp_str_eq(v->key, key))
            return v;
    return NULL;
}

const ofp_json *ofp_json_at(const ofp_json *array, size_t i)
{
    const ofp_json *v = array && array->type == OFP_JSON_ARRAY ? array->first : NULL;
    while (v && i-- > 0)
        v = v->next;
    return v;
}

ofp_str ofp_json_str(const ofp_json *v)
{
    return v && v->type == OFP_JSON_STRING ? v->text : (ofp_str){ 0 };
}

const char *ofp_json_what(const ofp_json *v)
{
    static const char *const words[] = {
        [OFP_JSON_NULL] = "null", [OFP_JSON_FALSE] = "false", [OFP_JSON_TRUE] = "true",
        [OFP_JSON_NUMBER] = "a number", [OFP_JSON_STRING] = "a string",
        [OFP_JSON_ARRAY] = "an array", [OFP_JSON_OBJECT] = "an object",
    };
    return v ? words[v->type] : "nothing";
}

/* ---- numbers --------------------------------------------------------------------------- */

static long double power_of_ten(unsigned n)
{
    long double x = 1, base = 10;
    for (; n > 0; n /= 2, base *= base)
        if (n & 1)
            x *= base;
    return x;
}

/* Value of mantissa * 10^exponent.  Powers up to 10^27 are exact in the long double of x86, so that the
 * 17 digits which tell any two doubles apart come out right. */
static double scale(uint64_t mantissa, long exponent)
{
    if (mantissa == 0)
        return 0;
    if (exponent >= 0)
        return (double)((long double)mantissa * power_of_ten((unsigned)(exponent < 400 ? exponent : 400)));
    return (double)((long double)mantissa / power_of_ten((unsigned)(exponent > -400 ? -exponent : 400)));
}

/* strtod would read "0.5" by the host program's locale. */
double ofp_json_num(const ofp_json *v, double otherwise)
{
    ofp_str s = v && v->type == OFP_JSON_NUMBER ? v->text : (ofp_str){ 0 };
    bool negative = s.n > 0 && s.p[0] == '-', fraction = false;
    uint64_t mantissa = 0;
    long exponent = 0, stated = 0;
    size_t i = negative;
    if (i >= s.n)
        return otherwise;
    for (; i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++) {
        bool room = mantissa < UINT64_MAX / 10 - 1;
        if (s.p[i] == '.') {
            fraction = true;
            continue;
        }
        if (room)
            mantissa = mantissa * 10 + (uint64_t)(s.p[i] - '0');
        exponent += !room - fraction;
    }
    if (i < s.n) {
        ofp_str digits = ofp_str_sub(s, i + 1 + (s.p[i + 1] == '+'), SIZE_MAX);
        if (!ofp_str_int(digits, -400, 400, &stated))
            stated = digits.p[0] == '-' ? -400 : 400;
    }
    return (negative ? -1 : 1) * scale(mantissa, exponent + stated);
}

bool ofp_json_int(const ofp_json *v, int *out)
{
    double x = ofp_json_num(v, (double)INT_MAX + 1);
    if (!(x >= INT_MIN && x <= INT_MAX) || x != (int)x)
        return false;
    *out = (int)x;
    return true;
}

void ofp_json_put_num(ofp_buf *out, double x)
{
    uint64_t whole, part = 0, unit = 1;
    int places = 0;
    x = x > 0 ? x < 100 ? x : 100 : 0;
    for (;; places++, unit *= 10) {
        part = (uint64_t)((long double)x * unit + 0.5L);
        if (places == 17 || scale(part, -places) == x)
            break;
    }
    whole = part / unit;
    ofp_buf_printf(out, "%u", (unsigned)whole);
    if (places > 0)
        ofp_buf_printf(out, ".%0*llu", places, (unsigned long long)(part % unit));
}

/* ---- strings out ----------------------------------------------------------------------- */

static void put_escaped(ofp_buf *out, char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t", after[] = "\"\\bfnrt";
    const char *at = strchr(plain, c);
    if (at && c)
        ofp_buf_printf(out, "\\%c", after[at - plain]);
    else
        ofp_buf_printf(out, "\\u%04x", (unsigned)c);
}

/* RFC 8259, 7: the quotation mark, the reverse solidus and U+0000 to U+001F must be escaped. */
void ofp_json_put(ofp_buf *out, ofp_str s)
{
    size_t done = 0;
    ofp_buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        ofp_buf_add(out, ofp_str_sub(s, done, i - done));
        put_escaped(out, s.p[i]);
        done = i + 1;
    }
    ofp_buf_add(out, ofp_str_sub(s, done, SIZE_MAX));
    ofp_buf_putc(out, '"');
}
