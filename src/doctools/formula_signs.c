/* formula_signs.c - what commands and characters mean. */
#include "doctools/formula_parts.h"

/* Without pointers, so that loading the library need not touch it. */
static const struct { char name[24], text[12]; unsigned char kind, cls; } signs[] = {
#define SIGN(name, kind, text, cls) { name, text, SIGN_##kind, CLASS_##cls },
#include "doctools/formula_signs.def"
#undef SIGN
};

sign formula_sign(ofp_str name)
{
    size_t lo = 0, hi = sizeof signs / sizeof *signs;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = ofp_str_cmp(name, ofp_s(signs[mid].name));
        if (!order)
            return (sign){ ofp_s(signs[mid].name), signs[mid].kind, ofp_s(signs[mid].text), signs[mid].cls };
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return (sign){ .kind = SIGN_NONE };
}

/* ---- characters that stand for themselves ---- */

/* Sorted; what no row names goes by its Unicode category. */
static const struct range { uint32_t first, last; enum formula_class cls; } ranges[] = {
    { 0x21, 0x21, CLASS_CLOSE }, { 0x28, 0x28, CLASS_OPEN }, { 0x29, 0x29, CLASS_CLOSE }, { 0x2A, 0x2B, CLASS_BIN },
    { 0x2C, 0x2C, CLASS_PUNCT }, { 0x2D, 0x2D, CLASS_BIN }, { 0x3A, 0x3A, CLASS_REL }, { 0x3B, 0x3B, CLASS_PUNCT },
    { 0x3C, 0x3E, CLASS_REL }, { 0x3F, 0x3F, CLASS_CLOSE }, { 0x5B, 0x5B, CLASS_OPEN }, { 0x5D, 0x5D, CLASS_CLOSE },
    { 0xB1, 0xB1, CLASS_BIN }, { 0xB7, 0xB7, CLASS_BIN }, { 0xD7, 0xD7, CLASS_BIN }, { 0xF7, 0xF7, CLASS_BIN },
    { 0x2020, 0x2022, CLASS_BIN }, { 0x2026, 0x2026, CLASS_INNER }, { 0x2190, 0x21FF, CLASS_REL },
    { 0x2208, 0x220D, CLASS_REL }, { 0x220F, 0x2211, CLASS_OP }, { 0x2212, 0x2219, CLASS_BIN },
    { 0x221D, 0x221D, CLASS_REL }, { 0x2223, 0x2226, CLASS_REL }, { 0x2227, 0x222A, CLASS_BIN },
    { 0x222B, 0x2233, CLASS_OP }, { 0x2234, 0x2237, CLASS_REL }, { 0x2238, 0x2238, CLASS_BIN },
    { 0x2239, 0x223D, CLASS_REL }, { 0x2240, 0x2240, CLASS_BIN }, { 0x2241, 0x228B, CLASS_REL },
    { 0x228C, 0x228E, CLASS_BIN }, { 0x228F, 0x2292, CLASS_REL }, { 0x2293, 0x22A1, CLASS_BIN },
    { 0x22A2, 0x22A3, CLASS_REL }, { 0x22A5, 0x22B8, CLASS_REL }, { 0x22BA, 0x22BD, CLASS_BIN },
    { 0x22C0, 0x22C3, CLASS_OP }, { 0x22C4, 0x22C7, CLASS_BIN }, { 0x22C8, 0x22C8, CLASS_REL },
    { 0x22C9, 0x22CC, CLASS_BIN }, { 0x22CD, 0x22CD, CLASS_REL }, { 0x22CE, 0x22CF, CLASS_BIN },
    { 0x22D0, 0x22D1, CLASS_REL }, { 0x22D2, 0x22D3, CLASS_BIN }, { 0x22D4, 0x22ED, CLASS_REL },
    { 0x22EF, 0x22EF, CLASS_INNER }, { 0x22F1, 0x22F1, CLASS_INNER }, { 0x2308, 0x2308, CLASS_OPEN },
    { 0x2309, 0x2309, CLASS_CLOSE }, { 0x230A, 0x230A, CLASS_OPEN }, { 0x230B, 0x230B, CLASS_CLOSE },
    { 0x27E6, 0x27E6, CLASS_OPEN }, { 0x27E7, 0x27E7, CLASS_CLOSE }, { 0x27E8, 0x27E8, CLASS_OPEN },
    { 0x27E9, 0x27E9, CLASS_CLOSE }, { 0x27EA, 0x27EA, CLASS_OPEN }, { 0x27EB, 0x27EB, CLASS_CLOSE },
    { 0x27F0, 0x27FF, CLASS_REL }, { 0x2900, 0x297F, CLASS_REL }, { 0x2A00, 0x2A11, CLASS_OP },
    { 0x2A2F, 0x2A2F, CLASS_BIN }, { 0x2A74, 0x2A75, CLASS_REL }, { 0x2A7D, 0x2ABA, CLASS_REL },
    { 0x2AC5, 0x2ACC, CLASS_REL }, { 0xFF08, 0xFF08, CLASS_OPEN }, { 0xFF09, 0xFF09, CLASS_CLOSE },
    { 0xFF0C, 0xFF0C, CLASS_PUNCT },
};

static const struct range *range_of(uint32_t c)
{
    size_t lo = 0, hi = sizeof ranges / sizeof *ranges;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (c >= ranges[mid].first && c <= ranges[mid].last)
            return &ranges[mid];
        if (c < ranges[mid].first)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

static bool is_integral(uint32_t c)
{
    return (c >= 0x222B && c <= 0x2233) || (c >= 0x2A0B && c <= 0x2A11);
}

glyph formula_glyph(uint32_t c)
{
    const struct range *r = range_of(c);
    if (r) {
        bool large = r->cls == CLASS_OP;
        return (glyph){ FORMULA_OPERATOR, r->cls, large, large && !is_integral(c) ? LIMITS_MOVABLE : LIMITS_NONE };
    }
    enum formula_kind kind = ofp_is_cjk(c) ? FORMULA_TEXT : ofp_is_letter(c) || c == 0x2202 || c == 0x221E || c == 0x2205
        ? FORMULA_IDENT : ofp_is_digit(c) ? FORMULA_NUMBER : ofp_is_punct(c) ? FORMULA_OPERATOR : FORMULA_TEXT;
    return (glyph){ kind, CLASS_ORD, false, LIMITS_NONE };
}

void formula_unsettle(formula *f)
{
    size_t at = 0;
    if (f->kind == FORMULA_OPERATOR && f->cls == CLASS_ORD && f->text.n)
        f->cls = formula_glyph(ofp_utf8_next(f->text, &at)).cls;
}

bool formula_delimiter(ofp_str c)
{
    static const char *const delimiters[] = { "(", ")", "[", "]", "/", "|", "\u27E8", "\u27E9", "\u2016", "\u2223", "\u2225",
                                              "\u230A", "\u230B", "\u2308", "\u2309", "\u27E6", "\u27E7", "\u2191", "\u2193" };
    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++)
        if (ofp_str_eq(c, ofp_s(delimiters[i])))
            return true;
    return false;
}

ofp_str formula_negated(ofp_str text)
{
    static const char *const pairs[][2] = {
        { "=", "≠" }, { "<", "≮" }, { ">", "≯" }, { "∈", "∉" }, { "∋", "∌" }, { "⊂", "⊄" }, { "⊃", "⊅" }, { "⊆", "⊈" },
        { "⊇", "⊉" }, { "≤", "≰" }, { "≥", "≱" }, { "∼", "≁" }, { "≃", "≄" }, { "≅", "≇" }, { "≈", "≉" }, { "≡", "≢" },
        { "∥", "∦" }, { "∣", "∤" }, { "|", "∤" }, { "→", "↛" }, { "←", "↚" }, { "↔", "↮" }, { "⇒", "⇏" }, { "⇐", "⇍" },
        { "⇔", "⇎" }, { "∃", "∄" }, { "⊢", "⊬" }, { "⊨", "⊭" }, { "⊩", "⊮" }, { "≺", "⊀" }, { "≻", "⊁" }, { "⊑", "⋢" },
        { "⊒", "⋣" }, { "≍", "≭" }, { "≲", "≴" }, { "≳", "≵" }, { "≶", "≸" }, { "≷", "≹" }, { "≼", "⋠" }, { "≽", "⋡" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (ofp_str_eq(text, ofp_s(pairs[i][0])))
            return ofp_s(pairs[i][1]);
    return OFP_STR("");
}

/* ---- mathematical alphanumerics ---- */

/* Letters that Unicode had before it got the rows of 1D400: the rows have holes there. */
static uint32_t hole(uint32_t c, enum formula_variant v)
{
    static const struct { enum formula_variant v; uint32_t c, is; } holes[] = {
        { VARIANT_ITALIC, 'h', 0x210E },
        { VARIANT_SCRIPT, 'B', 0x212C }, { VARIANT_SCRIPT, 'E', 0x2130 }, { VARIANT_SCRIPT, 'F', 0x2131 },
        { VARIANT_SCRIPT, 'H', 0x210B }, { VARIANT_SCRIPT, 'I', 0x2110 }, { VARIANT_SCRIPT, 'L', 0x2112 },
        { VARIANT_SCRIPT, 'M', 0x2133 }, { VARIANT_SCRIPT, 'R', 0x211B }, { VARIANT_SCRIPT, 'e', 0x212F },
        { VARIANT_SCRIPT, 'g', 0x210A }, { VARIANT_SCRIPT, 'o', 0x2134 },
        { VARIANT_FRAKTUR, 'C', 0x212D }, { VARIANT_FRAKTUR, 'H', 0x210C }, { VARIANT_FRAKTUR, 'I', 0x2111 },
        { VARIANT_FRAKTUR, 'R', 0x211C }, { VARIANT_FRAKTUR, 'Z', 0x2128 },
        { VARIANT_DOUBLE_STRUCK, 'C', 0x2102 }, { VARIANT_DOUBLE_STRUCK, 'H', 0x210D }, { VARIANT_DOUBLE_STRUCK, 'N', 0x2115 },
        { VARIANT_DOUBLE_STRUCK, 'P', 0x2119 }, { VARIANT_DOUBLE_STRUCK, 'Q', 0x211A }, { VARIANT_DOUBLE_STRUCK, 'R', 0x211D },
        { VARIANT_DOUBLE_STRUCK, 'Z', 0x2124 },
    };
    for (size_t i = 0; i < sizeof holes / sizeof *holes; i++)
        if (holes[i].v == v && holes[i].c == c)
            return holes[i].is;
    return 0;
}

/* Where a variant's rows begin: Latin capitals, Greek capitals, digits; 0: it has none. */
static const struct { uint32_t latin, greek, digits; } rows[] = {
    [VARIANT_ITALIC] = { 0x1D434, 0x1D6E2, 0 },           [VARIANT_UPRIGHT] = { 0, 0, 0 },
    [VARIANT_BOLD] = { 0x1D400, 0x1D6A8, 0x1D7CE },       [VARIANT_BOLD_ITALIC] = { 0x1D468, 0x1D71C, 0x1D7CE },
    [VARIANT_DOUBLE_STRUCK] = { 0x1D538, 0, 0x1D7D8 },    [VARIANT_SCRIPT] = { 0x1D49C, 0, 0 },
    [VARIANT_FRAKTUR] = { 0x1D504, 0, 0 },                [VARIANT_SANS] = { 0x1D5A0, 0, 0x1D7E2 },
    [VARIANT_MONO] = { 0x1D670, 0, 0x1D7F6 },
};

/* Behind the 25 capitals of a Greek row (with the second theta as the 18th) come nabla, 25 small letters and the variants. */
static uint32_t greek(uint32_t c, uint32_t row)
{
    static const uint32_t variants[] = { 0x2202, 0x3F5, 0x3D1, 0x3F0, 0x3D5, 0x3F1, 0x3D6 };
    for (uint32_t i = 0; i < sizeof variants / sizeof *variants; i++)
        if (variants[i] == c)
            return row + 51 + i;
    if (c == 0x2207)
        return row + 25;
    if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2)
        return row + (c - 0x391);
    return c >= 0x3B1 && c <= 0x3C9 ? row + 26 + (c - 0x3B1) : c;
}

uint32_t ofp_formula_letter(uint32_t c, enum formula_variant v)
{
    uint32_t other = hole(c, v);
    if (other)
        return other;
    if (c >= '0' && c <= '9')
        return rows[v].digits ? rows[v].digits + (c - '0') : c;
    if (c >= 'A' && c <= 'Z')
        return rows[v].latin ? rows[v].latin + (c - 'A') : c;
    if (c >= 'a' && c <= 'z')
        return rows[v].latin ? rows[v].latin + 26 + (c - 'a') : c;
    if ((c == 0x131 || c == 0x237) && v == VARIANT_ITALIC)
        return c == 0x131 ? 0x1D6A4 : 0x1D6A5;
    return rows[v].greek ? greek(c, rows[v].greek) : c;
}
