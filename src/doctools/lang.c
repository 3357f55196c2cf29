/* lang.c - language tags after BCP 47 (RFC 5646), as far as documents need them. */
#include "doctools/lang.h"

static bool letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letters(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!letter(s.p[i]))
            return false;
    return s.n > 0;
}

static bool alnums(ofp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!letter(s.p[i]) && !digit(s.p[i]))
            return false;
    return s.n > 0;
}

/* RFC 5646 §2.1.1: "lang", "Script", "REGION", the rest in lower case. */
static void put_subtag(ofp_lang *out, size_t *n, ofp_str sub, bool first, bool plain)
{
    bool upper = !first && plain && sub.n == 2, title = !first && plain && sub.n == 4 && letters(sub);
    if (!first)
        out->tag[(*n)++] = '-';
    for (size_t i = 0; i < sub.n; i++) {
        char c = sub.p[i];
        bool up = upper || (title && i == 0);
        out->tag[(*n)++] = !letter(c) ? c : up ? (char)(c & ~0x20) : (char)(c | 0x20);
    }
    out->tag[*n] = '\0';
}

bool ofp_lang_clean(ofp_str raw, ofp_lang *out)
{
    *out = (ofp_lang){ { 0 } };
    ofp_str s = ofp_str_trim(raw);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '.' || s.p[i] == '@' || s.p[i] == ',' || s.p[i] == ';')
            s.n = i;
    size_t n = 0;
    bool first = true, plain = true;
    for (size_t at = 0; at < s.n; first = false) {
        size_t end = at;
        while (end < s.n && s.p[end] != '-' && s.p[end] != '_')
            end++;
        ofp_str sub = ofp_str_sub(s, at, end - at);
        /* A primary subtag of one letter is private use; of more than three it is reserved. */
        if (!alnums(sub) || sub.n > 8 || n + sub.n + 2 > sizeof out->tag ||
            (first && (!letters(sub) || sub.n < 2 || sub.n > 3)) || (end + 1 == s.n)) {
            out->tag[0] = '\0';
            return false;
        }
        plain = plain && sub.n > 1;      /* after a singleton all is in lower case */
        put_subtag(out, &n, sub, first, plain);
        at = end < s.n ? end + 1 : end;
    }
    return n > 0;
}

static bool in_list(ofp_str word, ofp_str list)
{
    for (ofp_str w; ofp_str_split(&list, ' ', &w);)
        if (ofp_str_ieq(w, word))
            return true;
    return false;
}

bool ofp_lang_rtl(ofp_str tag)
{
    ofp_str language, sub;
    if (!ofp_str_split(&tag, '-', &language))
        return false;
    while (ofp_str_split(&tag, '-', &sub))
        if (sub.n == 4 && letters(sub))
            return in_list(sub, OFP_STR("Arab Hebr Syrc Thaa Nkoo Adlm Rohg Mand Samr"));
    return in_list(language, OFP_STR("ar arc ckb dv fa he iw ks ps sd syr ug ur yi"));
}

static const struct { const char *language, *contents; } words[] = {
    { "en", "Contents" }, { "ar", "المحتويات" }, { "bg", "Съдържание" }, { "ca", "Índex" }, { "cs", "Obsah" },
    { "da", "Indhold" }, { "de", "Inhalt" }, { "el", "Περιεχόμενα" }, { "es", "Índice" }, { "et", "Sisukord" },
    { "fa", "فهرست" }, { "fi", "Sisällys" }, { "fr", "Sommaire" }, { "he", "תוכן העניינים" }, { "hr", "Sadržaj" },
    { "hu", "Tartalom" }, { "id", "Daftar isi" }, { "it", "Indice" }, { "ja", "目次" }, { "ko", "목차" },
    { "lt", "Turinys" }, { "lv", "Saturs" }, { "nb", "Innhold" }, { "nl", "Inhoud" }, { "nn", "Innhald" },
    { "no", "Innhold" }, { "pl", "Spis treści" }, { "pt", "Índice" }, { "ro", "Cuprins" }, { "ru", "Содержание" },
    { "sk", "Obsah" }, { "sl", "Kazalo" }, { "sr", "Садржај" }, { "sv", "Innehåll" }, { "tr", "İçindekiler" },
    { "uk", "Зміст" }, { "vi", "Mục lục" }, { "zh", "目录" },
};

ofp_str ofp_lang_contents(ofp_str tag)
{
    ofp_str language = ofp_str_sub(tag, 0, ofp_str_find(tag, OFP_STR("-"), 0));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ofp_str_ieq(language, ofp_s(words[i].language)))
            return ofp_s(words[i].contents);
    return ofp_s(words[0].contents);
}
