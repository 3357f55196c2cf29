/* enc.c - from the bytes of any encoding to valid UTF-8. */
#include "base/enc_parts.h"
#include <errno.h>
#include <iconv.h>
#include <string.h>

#define C1 "\302\200\302\201\302\202\302\203\302\204\302\205\302\206\302\207\302\210\302\211\302\212" \
           "\302\213\302\214\302\215\302\216\302\217\302\220\302\221\302\222\302\223\302\224\302\225" \
           "\302\226\302\227\302\230\302\231\302\232\302\233\302\234\302\235\302\236\302\237"
#define BAD 0xFFFDu

enum kind { UTF8, UTF16L, UTF16B, ONE_BYTE, MULTI, USER, NOTHING };

static const struct { const char *name, *iconv; enum kind kind; } encs[] = {
#define ENC(id, name, kind, iconv) { name, iconv, kind },
#include "base/enc_names.def"
#undef ENC
};

static const char *const upper_halves[OFP_NENCS] = {
#define SINGLE(id, upper) [OFP_ENC_##id] = upper,
#include "base/enc_single.def"
#undef SINGLE
};

static const struct { const char *label; enum ofp_enc enc; } labels[] = {
#define LABEL(label, id) { label, OFP_ENC_##id },
#include "base/enc_labels.def"
#undef LABEL
};

/* What a decoder works on. */
struct job { ofp_str in; ofp_buf out; size_t bad; };

enum ofp_enc ofp_enc_of(ofp_str label)
{
    char low[32];
    label = ofp_str_trim(label);
    if (!label.n || label.n > sizeof low)
        return OFP_NENCS;
    for (size_t i = 0; i < label.n; i++)
        low[i] = (char)(label.p[i] >= 'A' && label.p[i] <= 'Z' ? label.p[i] + 32 : label.p[i]);
    size_t lo = 0, hi = sizeof labels / sizeof *labels;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = ofp_str_cmp((ofp_str){ low, label.n }, ofp_s(labels[mid].label));
        if (c == 0)
            return labels[mid].enc;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return OFP_NENCS;
}

const char *ofp_enc_name(ofp_str label)
{
    enum ofp_enc e = ofp_enc_of(label);
    return e == OFP_NENCS ? NULL : encs[e].name;
}

/* ---- UTF-8 -------------------------------------------------------------------------------- */

/* Length of the sequence at s, at most n bytes long, or minus the length of the part of it that
 * one U+FFFD stands for: the maximal subpart, as the Encoding Standard's decoder has it. */
static int sequence(const unsigned char *s, size_t n)
{
    unsigned char lo = 0x80, hi = 0xBF, c = s[0];
    int need = c < 0x80 ? 0 : c < 0xC2 ? -1 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : -1;
    if (need < 0)
        return -1;
    if (c == 0xE0)
        lo = 0xA0;
    if (c == 0xED)
        hi = 0x9F;
    if (c == 0xF0)
        lo = 0x90;
    if (c == 0xF4)
        hi = 0x8F;
    for (int i = 1; i <= need; i++, lo = 0x80, hi = 0xBF)
        if ((size_t)i >= n || s[i] < lo || s[i] > hi)
            return -i;
    return need + 1;
}

static size_t ascii_run(const unsigned char *s, size_t n)
{
    size_t i = 0;
    for (uint64_t w; n - i >= sizeof w; i += sizeof w) {
        memcpy(&w, s + i, sizeof w);
        /* the second term has a high bit where a byte is zero */
        if ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u)
            break;
    }
    while (i < n && s[i] && s[i] < 0x80)
        i++;
    return i;
}

/* Length of the valid part at the start of in, NUL counting as invalid.  *multi counts characters
 * beyond ASCII. */
static size_t clean_run(ofp_str in, size_t *multi)
{
    const unsigned char *s = (const unsigned char *)in.p;
    size_t i = 0;
    while (i < in.n) {
        i += ascii_run(s + i, in.n - i);
        if (i == in.n || !s[i])
            break;
        int len = sequence(s + i, in.n - i);
        if (len < 0)
            break;
        i += (size_t)len;
        ++*multi;
    }
    return i;
}

static void put_bad(struct job *j)
{
    ofp_buf_putu(&j->out, BAD);
    j->bad++;
}

static void decode_utf8(struct job *j)
{
    size_t multi = 0;
    for (ofp_str rest = j->in; rest.n; ) {
        size_t n = clean_run(rest, &multi);
        ofp_buf_add(&j->out, ofp_str_sub(rest, 0, n));
        rest = ofp_str_sub(rest, n, SIZE_MAX);
        if (!rest.n)
            break;
        int len = sequence((const unsigned char *)rest.p, rest.n);
        put_bad(j);
        rest = ofp_str_sub(rest, (size_t)(len < 0 ? -len : len), SIZE_MAX);
    }
}

/* How UTF-8 in is: characters beyond ASCII, and bytes that are none.  True where it is so as a whole. */
static bool weigh_utf8(ofp_str in, size_t *multi, size_t *bad)
{
    *multi = *bad = 0;
    size_t n = clean_run(in, multi);
    if (n == in.n)
        return true;
    for (;; n = clean_run(in, multi)) {
        in = ofp_str_sub(in, n, SIZE_MAX);
        if (!in.n)
            return false;
        int len = sequence((const unsigned char *)in.p, in.n);
        *bad += in.p[0] != 0;
        in = ofp_str_sub(in, (size_t)(len < 0 ? -len : len), SIZE_MAX);
    }
}

/* ---- UTF-16, one byte, many bytes --------------------------------------------------------- */

static void decode_utf16(struct job *j, bool big)
{
    const unsigned char *s = (const unsigned char *)j->in.p;
    uint32_t high = 0;
    size_t i = 0;
    for (; i + 1 < j->in.n; i += 2) {
        uint32_t u = big ? (uint32_t)s[i] << 8 | s[i + 1] : (uint32_t)s[i + 1] << 8 | s[i];
        if (high && u >= 0xDC00 && u <= 0xDFFF) {
            ofp_buf_putu(&j->out, 0x10000 + ((high - 0xD800) << 10) + (u - 0xDC00));
            high = 0;
            continue;
        }
        if (high)
            put_bad(j);
        high = u >= 0xD800 && u <= 0xDBFF ? u : 0;
        if ((u >= 0xDC00 && u <= 0xDFFF) || !u)
            put_bad(j);
        else if (!high)
            ofp_buf_putu(&j->out, u);
    }
    if (high || i < j->in.n)
        put_bad(j);
}

static void decode_one_byte(struct job *j, const char *upper)
{
    ofp_str table = ofp_s(upper), map[128];
    for (size_t i = 0, at = 0; i < 128; i++) {
        size_t from = at;
        ofp_utf8_next(table, &at);
        map[i] = ofp_str_sub(table, from, at - from);
    }
    const unsigned char *s = (const unsigned char *)j->in.p;
    for (size_t i = 0; i < j->in.n; i++) {
        size_t n = ascii_run(s + i, j->in.n - i);
        ofp_buf_add(&j->out, ofp_str_sub(j->in, i, n));
        i += n;
        if (i == j->in.n)
            break;
        ofp_str to = s[i] ? map[s[i] - 128] : OFP_STR("\357\277\275");
        ofp_buf_add(&j->out, to);
        j->bad += ofp_str_eq(to, OFP_STR("\357\277\275"));
    }
}

static void decode_user(struct job *j)
{
    for (size_t i = 0; i < j->in.n; i++) {
        unsigned char c = (unsigned char)j->in.p[i];
        if (!c)
            put_bad(j);
        else
            ofp_buf_putu(&j->out, c < 0x80 ? c : 0xF700u + c);
    }
}

static void add_without_nul(struct job *j, ofp_str s)
{
    while (s.n) {
        const char *nul = memchr(s.p, 0, s.n);
        size_t n = nul ? (size_t)(nul - s.p) : s.n;
        ofp_buf_add(&j->out, ofp_str_sub(s, 0, n));
        if (nul)
            put_bad(j);
        s = ofp_str_sub(s, n + 1, SIZE_MAX);
    }
}

static bool decode_iconv(struct job *j, const char *name)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return false;
    char *p = (char *)(uintptr_t)j->in.p, chunk[4096];
    size_t n = j->in.n;
    while (n) {
        char *q = chunk;
        size_t room = sizeof chunk;
        bool ok = iconv(cd, &p, &n, &q, &room) != (size_t)-1;
        int why = errno;
        add_without_nul(j, (ofp_str){ chunk, sizeof chunk - room });
        if (!ok && why != E2BIG) {
            /* one byte is given up, what follows may be ASCII markup */
            put_bad(j);
            p++;
            n--;
        }
    }
    iconv_close(cd);
    return true;
}

static bool decode(struct job *j, enum ofp_enc enc)
{
    switch (encs[enc].kind) {
    case UTF8: decode_utf8(j); return true;
    case UTF16L: decode_utf16(j, false); return true;
    case UTF16B: decode_utf16(j, true); return true;
    case ONE_BYTE: decode_one_byte(j, upper_halves[enc == OFP_ENC_ISO_8859_8_I ? OFP_ENC_ISO_8859_8 : enc]); return true;
    case MULTI: return decode_iconv(j, encs[enc].iconv);
    case USER: decode_user(j); return true;
    case NOTHING: return false;
    }
    return false;
}

/* ---- which encoding ----------------------------------------------------------------------- */

static enum ofp_enc bom(ofp_str in, size_t *len)
{
    static const struct { ofp_str mark; enum ofp_enc enc; } marks[] = {
        { { "\357\273\277", 3 }, OFP_ENC_UTF_8 },
        { { "\377\376", 2 }, OFP_ENC_UTF_16LE },
        { { "\376\377", 2 }, OFP_ENC_UTF_16BE },
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ofp_str_starts(in, marks[i].mark)) {
            *len = marks[i].mark.n;
            return marks[i].enc;
        }
    return OFP_NENCS;
}

/* UTF-16 without a mark: in text of any script at least its blanks and markup have a zero byte,
 * always on the same side. */
static enum ofp_enc zero_pattern(ofp_str in)
{
    size_t zeros[2] = { 0, 0 }, n = in.n < 1024 ? in.n & ~(size_t)1 : 1024;
    for (size_t i = 0; i < n; i++)
        zeros[i & 1] += !in.p[i];
    if (n >= 4 && zeros[1] * 8 > n && !zeros[0])
        return OFP_ENC_UTF_16LE;
    if (n >= 4 && zeros[0] * 8 > n && !zeros[1])
        return OFP_ENC_UTF_16BE;
    return OFP_NENCS;
}

/* A page's own word, unless its bytes say otherwise beyond doubt: valid UTF-8 does not come about
 * by accident, and pages that were saved again often keep the meta element of before. */
static enum ofp_enc declared(ofp_str in, size_t multi, size_t bad)
{
    enum ofp_enc e = ofp_enc_prescan(in);
    if (e == OFP_NENCS || encs[e].kind == NOTHING)
        return OFP_NENCS;
    if (e == OFP_ENC_UTF_8)
        return bad > multi ? OFP_NENCS : e;
    if (!bad && multi >= (encs[e].kind == MULTI ? 8 : 1))
        return OFP_NENCS;
    return e;
}

static enum ofp_enc choose(ofp_str in, bool html, const char **how, bool *clean)
{
    size_t multi, bad;
    *clean = weigh_utf8(in, &multi, &bad);
    enum ofp_enc e = html ? declared(in, multi, bad) : OFP_NENCS;
    *how = "meta";
    if (e != OFP_NENCS)
        return e;
    *how = "valid";
    /* a stray byte or two in a long UTF-8 text does not make it something else */
    if (bad * 50 <= multi)
        return OFP_ENC_UTF_8;
    *how = "guess";
    e = ofp_enc_guess(in);
    if (e != OFP_NENCS)
        return e;
    *how = "default";
    return OFP_ENC_WINDOWS_1252;
}

/* Finds the encoding and takes a byte order mark off *in.  *clean: what remains has been found to be UTF-8. */
static bool find(ofp_str *in, const char *label, bool html, enum ofp_enc *enc, const char **how, bool *clean, ofp_err *e)
{
    size_t mark = 0;
    *clean = false;
    *how = "bom";
    *enc = bom(*in, &mark);
    *in = ofp_str_sub(*in, mark, SIZE_MAX);
    if (*enc == OFP_NENCS && label) {
        *how = "option";
        *enc = ofp_enc_of(ofp_s(label));
        if (*enc == OFP_NENCS || encs[*enc].kind == NOTHING)
            return ofp_fail(e, OFP_ECHARSET, OFP_NOWHERE, "unknown character encoding '%s'", label);
    }
    if (*enc == OFP_NENCS) {
        *how = "guess";
        *enc = zero_pattern(*in);
    }
    const char *binary = *enc == OFP_ENC_UTF_16LE || *enc == OFP_ENC_UTF_16BE ? NULL : ofp_enc_binary(*in);
    if (binary)
        return ofp_fail(e, OFP_EBINARY, OFP_NOWHERE, "the input is not text: %s", binary);
    if (*enc == OFP_NENCS)
        *enc = choose(*in, html, how, clean);
    return true;
}

bool ofp_decode(ofp_arena *a, ofp_str in, const char *label, bool html, ofp_str *out, ofp_enc_found *found, ofp_err *e)
{
    enum ofp_enc enc;
    const char *how;
    bool clean;
    if (!find(&in, label, html, &enc, &how, &clean, e))
        return false;
    *found = (ofp_enc_found){ encs[enc].name, how, 0 };
    *out = in;
    size_t multi = 0;
    if (enc == OFP_ENC_UTF_8 && (clean || clean_run(in, &multi) == in.n))
        return true;
    struct job j = { .in = in };
    if (!decode(&j, enc)) {
        ofp_buf_free(&j.out);
        return ofp_fail(e, OFP_ECHARSET, OFP_NOWHERE, "no converter for the encoding '%s'", encs[enc].name);
    }
    found->bad = j.bad;
    *out = ofp_buf_take(&j.out, a);
    return !ofp_arena_failed(a) || ofp_fail_nomem(e);
}
