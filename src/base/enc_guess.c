/* enc_guess.c - what bytes look like when nobody says what they are. */
#include "base/enc_parts.h"

#define SAMPLE (64u << 10)

/* ---- binary ------------------------------------------------------------------------------- */

static const struct { ofp_str magic; const char *what; } magics[] = {
    { { "\211PNG\r\n\032\n", 8 }, "a PNG image" },   { { "GIF87a", 6 }, "a GIF image" },
    { { "GIF89a", 6 }, "a GIF image" },              { { "\377\330\377", 3 }, "a JPEG image" },
    { { "PK\003\004", 4 }, "a ZIP archive" },        { { "PK\005\006", 4 }, "a ZIP archive" },
    { { "%PDF-", 5 }, "a PDF document" },            { { "\177ELF", 4 }, "an ELF program" },
    { { "\037\213", 2 }, "gzip data" },              { { "BZh", 3 }, "bzip2 data" },
    { { "\3757zXZ", 5 }, "xz data" },                { { "\050\265\057\375", 4 }, "zstd data" },
    { { "7z\274\257\047\034", 6 }, "a 7z archive" }, { { "SQLite format 3", 15 }, "a database" },
    { { "OggS", 4 }, "an Ogg stream" },              { { "\032\105\337\243", 4 }, "a Matroska file" },
    { { "\320\317\021\340", 4 }, "an OLE document" }, { { "\312\376\272\276", 4 }, "a program" },
};

static bool control(unsigned char c)
{
    return c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r' && c != '\b' && c != 0x1B;
}

const char *ofp_enc_binary(ofp_str in)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (ofp_str_starts(in, magics[i].magic))
            return magics[i].what;
    if (ofp_str_starts(in, OFP_STR("RIFF")) && in.n >= 12 && control((unsigned char)in.p[7]))
        return "a RIFF file";
    size_t n = in.n < 8192 ? in.n : 8192, controls = 0;
    for (size_t i = 0; i < n; i++)
        controls += control((unsigned char)in.p[i]);
    return controls * 20 > n ? "many control bytes" : NULL;
}

/* ---- East Asian encodings: bytes in pairs --------------------------------------------------- */

struct pairs {
    size_t n;               /* bytes beyond ASCII that begin something */
    size_t lead[256];       /* pairs by first byte */
    size_t low;             /* pairs whose second byte is below A1 */
    size_t kana_sjis;       /* hiragana and katakana, were it Shift_JIS */
    size_t bad;             /* first bytes without a second */
};

static void count_pairs(ofp_str in, struct pairs *p)
{
    const unsigned char *s = (const unsigned char *)in.p;
    for (size_t i = 0; i < in.n; i++) {
        if (s[i] < 0x80)
            continue;
        p->n++;
        unsigned char t = i + 1 < in.n ? s[i + 1] : 0;
        if (s[i] == 0x80 || s[i] == 0xFF || t < 0x40 || t == 0x7F || t == 0xFF) {
            p->bad++;
            continue;
        }
        p->lead[s[i]]++;
        p->low += t < 0xA1;
        p->kana_sjis += (s[i] == 0x82 && t >= 0x9F && t <= 0xF1) || (s[i] == 0x83 && t <= 0x96);
        i++;
    }
}

static size_t leads(const struct pairs *p, unsigned from, unsigned to)
{
    size_t sum = 0;
    for (unsigned c = from; c <= to; c++)
        sum += p->lead[c];
    return sum;
}

/* The frequent characters of each standard stand together: JIS kana in rows 4 and 5, hangul in rows
 * 16 to 40, the everyday han of GB 2312 in rows 16 to 55 and of Big5 from A4 to C6. */
static enum ofp_enc guess_pairs(ofp_str in)
{
    struct pairs p = { 0 };
    count_pairs(in, &p);
    size_t good = p.n - p.bad;
    if (p.n < 4 || p.bad * 20 > p.n)
        return OFP_NENCS;
    if (p.kana_sjis * 5 > good)
        return OFP_ENC_SHIFT_JIS;
    if (p.low * 12 > good)
        return leads(&p, 0xA1, 0xC6) * 10 > good * 8 ? OFP_ENC_BIG5
             : leads(&p, 0xA1, 0xF7) * 10 > good * 7 ? OFP_ENC_GB18030 : OFP_NENCS;
    if (leads(&p, 0xA4, 0xA5) * 5 > good)
        return OFP_ENC_EUC_JP;
    if (leads(&p, 0xA1, 0xA3) + leads(&p, 0xB0, 0xC8) >= good - good / 20 && leads(&p, 0xB0, 0xC8) * 2 > good)
        return OFP_ENC_EUC_KR;
    if (leads(&p, 0xA1, 0xA3) + leads(&p, 0xB0, 0xD7) >= good - good / 8)
        return OFP_ENC_GB18030;
    return OFP_NENCS;
}

/* ---- alphabets beyond ASCII ------------------------------------------------------------------ */

/* The bytes of a language's most frequent letters. */
static const struct { enum ofp_enc enc; const char *frequent; } alphabets[] = {
    { OFP_ENC_WINDOWS_1251, "\356\345\340\350\355\362\361\360" },   /* о е а и н т с р */
    { OFP_ENC_KOI8_R,       "\317\305\301\311\316\324\323\322" },
    { OFP_ENC_ISO_8859_5,   "\336\325\320\330\335\342\341\340" },
    { OFP_ENC_IBM866,       "\256\245\250\255\342\341\340\253" },
    { OFP_ENC_WINDOWS_1253, "\341\357\351\345\364\355\363\362" },   /* α ο ι ε τ ν σ ς */
    { OFP_ENC_WINDOWS_1255, "\351\345\344\354\340\370\372\356" },   /* י ו ה ל א ר ת מ */
    { OFP_ENC_WINDOWS_1256, "\307\341\355\343\346\344\321\310" },   /* ا ل ي م و ن ر ب */
    { OFP_ENC_WINDOWS_874,  "\322\271\303\315\241\340\247\301" },   /* า น ร อ ก เ ง ม */
};

static enum ofp_enc guess_alphabet(const size_t count[256], size_t high)
{
    enum ofp_enc best = OFP_NENCS;
    size_t most = high * 2 / 5;             /* the eight letters are half of a running text */
    for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++) {
        size_t sum = 0;
        for (const char *c = alphabets[i].frequent; *c; c++)
            sum += count[(unsigned char)*c];
        if (sum > most) {
            most = sum;
            best = alphabets[i].enc;
        }
    }
    return best;
}

/* ---- Latin letters --------------------------------------------------------------------------- */

/* A letter in ASCII, or most likely one: the upper end of every Latin code page. */
static bool latin_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

static size_t sum_of(const size_t count[256], const char *bytes)
{
    size_t sum = 0;
    for (; *bytes; bytes++)
        sum += count[(unsigned char)*bytes];
    return sum;
}

/* inside[c]: how often byte c stands between two letters. */
static enum ofp_enc guess_latin(const size_t inside[256], size_t total)
{
    /* ą ľ ł ś ş ť ź ž ż in windows-1250, where windows-1252 has signs that no word contains */
    size_t central = sum_of(inside, "\271\276\263\234\272\235\237\277\363\346\352") ;
    size_t odd_1252 = sum_of(inside, "\271\276\263\235\277\272");
    if (odd_1252 * 12 > total && central * 3 > total)
        return OFP_ENC_WINDOWS_1250;
    /* ğ ı ş in windows-1254; where windows-1252 has eth, y acute and thorn, Icelandic has á í ó too */
    if (sum_of(inside, "\360\375\376") * 4 > total && sum_of(inside, "\341\355\363\346") * 20 < total)
        return OFP_ENC_WINDOWS_1254;
    return OFP_NENCS;
}

/* What a sample has: each byte, and each byte that stands inside a word. */
struct tally { size_t count[256], inside[256], high, runs, within, alone; };

static void tally_bytes(ofp_str in, struct tally *t)
{
    const unsigned char *s = (const unsigned char *)in.p;
    for (size_t i = 0; i < in.n; i++) {
        if (s[i] < 0x80 || s[i] == 0xA0)        /* no-break spaces indent texts of any language */
            continue;
        t->count[s[i]]++;
        t->high++;
        t->runs += i + 1 < in.n && s[i + 1] >= 0x80 && s[i + 1] != 0xA0;
        if (i && i + 1 < in.n && latin_letter(s[i - 1]) && latin_letter(s[i + 1])) {
            t->inside[s[i]]++;
            t->within++;
            t->alone += s[i - 1] < 0x80 && s[i + 1] < 0x80;
        }
    }
}

enum ofp_enc ofp_enc_guess(ofp_str in)
{
    struct tally t = { 0 };
    size_t from = 0;
    while (from < in.n && (unsigned char)in.p[from] < 0x80)
        from++;
    in = ofp_str_sub(in, from, SAMPLE);
    tally_bytes(in, &t);
    if (!t.high)
        return OFP_NENCS;
    /* isolated bytes are accents in Latin words */
    if (t.runs * 5 < t.high * 2 || t.alone * 2 > t.high)
        return t.within ? guess_latin(t.inside, t.within) : OFP_NENCS;
    enum ofp_enc e = guess_pairs(in);
    return e != OFP_NENCS ? e : guess_alphabet(t.count, t.high);
}
