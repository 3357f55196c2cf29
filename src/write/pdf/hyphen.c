/* hyphen.c - dividing words.  The file format is drawn in hyphen.h. */
#include "write/pdf/hyphen.h"
#include <string.h>

enum { HEADER = 8 + 1 + 1 + 2 + 4 + 4, SLOT = 8 };

/* A tag matches the longest row that it begins with, at a subtag's end. */
static const struct { const char *tag, *file; } files[] = {
    { "en", "en-us.hyp" },    { "en-gb", "en-gb.hyp" }, { "en-au", "en-gb.hyp" }, { "en-nz", "en-gb.hyp" },
    { "en-ie", "en-gb.hyp" }, { "en-za", "en-gb.hyp" }, { "en-in", "en-gb.hyp" }, { "de", "de.hyp" },
    { "fr", "fr.hyp" },       { "es", "es.hyp" },       { "it", "it.hyp" },       { "pt", "pt-pt.hyp" },
    { "pt-br", "pt-br.hyp" }, { "nl", "nl.hyp" },       { "ru", "ru.hyp" },       { "sv", "sv.hyp" },
    { "da", "da.hyp" },       { "nb", "nb.hyp" },       { "nn", "nn.hyp" },       { "no", "nb.hyp" },
    { "pl", "pl.hyp" },       { "cs", "cs.hyp" },       { "uk", "uk.hyp" },       { "el", "el.hyp" },
};

const char *pdf_hyphens_file(ofp_str lang)
{
    const char *best = NULL;
    size_t len = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ofp_str tag = ofp_s(files[i].tag);
        bool whole = lang.n == tag.n || (lang.n > tag.n && (lang.p[tag.n] == '-' || lang.p[tag.n] == '_'));
        if (tag.n > len && whole && ofp_str_istarts(lang, tag)) {
            best = files[i].file;
            len = tag.n;
        }
    }
    return best;
}

static uint32_t u32(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

bool pdf_hyphens_open(hyphens *h, ofp_str data)
{
    const unsigned char *p = (const unsigned char *)data.p;
    if (data.n < HEADER || memcmp(p, "OFPHYP1\n", 8) != 0)
        return false;
    *h = (hyphens){ .left = p[8], .right = p[9], .nletters = p[10] | (size_t)p[11] << 8,
                    .nslots = u32(p + 12), .nvalues = u32(p + 16) };
    if (h->nletters > 250 || h->nslots == 0 || h->nslots > 1u << 24 || h->nvalues > data.n ||
        data.n != HEADER + h->nletters * 4 + h->nslots * SLOT + h->nvalues)
        return false;
    h->letters = p + HEADER;
    h->slots = h->letters + h->nletters * 4;
    h->values = h->slots + h->nslots * SLOT;
    return true;
}

/* The number of a letter from 1, 0 for one that no pattern has. */
static unsigned char letter_of(const hyphens *h, uint32_t cp)
{
    size_t lo = 0, hi = h->nletters;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        uint32_t have = u32(h->letters + mid * 4);
        if (have == cp)
            return (unsigned char)(mid + 1);
        if (have < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    return 0;
}

/* Raises levels to those of the pattern at offset value, which matched from letter i on. */
static void apply(const hyphens *h, uint32_t value, unsigned char *level, size_t i, size_t n)
{
    if (value == 0 || value + 2 > h->nvalues)
        return;
    const unsigned char *v = h->values + value;
    size_t first = i + v[0], count = v[1];
    if (count > h->nvalues - value - 2 || first + count > n + 1)
        return;
    for (size_t k = 0; k < count; k++)
        if (v[2 + k] > level[first + k])
            level[first + k] = v[2 + k];
}

static void match_from(const hyphens *h, const unsigned char *letters, size_t i, size_t n, unsigned char *level)
{
    uint32_t slot = 0;
    for (size_t k = i; k < n; k++) {
        uint32_t next = (u32(h->slots + slot * SLOT) & 0xFFFFFF) + letters[k];
        if (letters[k] == 0 || next >= h->nslots || u32(h->slots + next * SLOT) >> 24 != letters[k])
            return;
        slot = next;
        apply(h, u32(h->slots + slot * SLOT + 4), level, i, n);
    }
}

size_t pdf_hyphenate(const hyphens *h, ofp_str word, unsigned char at[HYPHEN_MAX_WORD])
{
    unsigned char letters[HYPHEN_MAX_WORD + 2], offset[HYPHEN_MAX_WORD + 2], level[HYPHEN_MAX_WORD + 3] = { 0 };
    size_t n = 0, count = 0, left = (size_t)h->left, right = (size_t)h->right;
    if (word.n > 250)                                   /* offsets are bytes */
        return 0;
    letters[n++] = letter_of(h, '.');
    for (size_t i = 0; i < word.n; n++) {
        if (n > HYPHEN_MAX_WORD)
            return 0;
        offset[n] = (unsigned char)i;
        letters[n] = letter_of(h, ofp_to_lower(ofp_utf8_next(word, &i)));
    }
    letters[n++] = letter_of(h, '.');
    if (n < 2 + left + right)
        return 0;
    for (size_t i = 0; i < n; i++)
        match_from(h, letters, i, n, level);
    for (size_t i = 1 + left; i + right < n; i++)       /* level[i] stands before letters[i] */
        if (level[i] & 1)
            at[count++] = offset[i];
    return count;
}
