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

/* before, after: what stands around the number of articles.  Where words follow numbers in several ways, it comes last. */
static const struct words { const char *language, *contents, *notes, *image, *before, *after; } words[] = {
    { "en", "Contents", "Notes", "Image", "", " articles" },
    { "ar", "المحتويات", "ملاحظات", "صورة", "عدد المقالات: ", "" },
    { "bg", "Съдържание", "Бележки", "Изображение", "", " статии" },
    { "ca", "Índex", "Notes", "Imatge", "", " articles" },
    { "cs", "Obsah", "Poznámky", "Obrázek", "Článků: ", "" },
    { "da", "Indhold", "Noter", "Billede", "", " artikler" },
    { "de", "Inhalt", "Anmerkungen", "Bild", "", " Artikel" },
    { "el", "Περιεχόμενα", "Σημειώσεις", "Εικόνα", "", " άρθρα" },
    { "es", "Índice", "Notas", "Imagen", "", " artículos" },
    { "et", "Sisukord", "Märkused", "Pilt", "", " artiklit" },
    { "fa", "فهرست", "یادداشت‌ها", "تصویر", "", " مقاله" },
    { "fi", "Sisällys", "Huomautukset", "Kuva", "", " artikkelia" },
    { "fr", "Sommaire", "Notes", "Image", "", " articles" },
    { "he", "תוכן העניינים", "הערות", "תמונה", "", " מאמרים" },
    { "hr", "Sadržaj", "Bilješke", "Slika", "Članaka: ", "" },
    { "hu", "Tartalom", "Jegyzetek", "Kép", "", " cikk" },
    { "id", "Daftar isi", "Catatan", "Gambar", "", " artikel" },
    { "it", "Indice", "Note", "Immagine", "", " articoli" },
    { "ja", "目次", "注釈", "画像", "記事", "件" },
    { "ko", "목차", "주석", "그림", "글 ", "편" },
    { "lt", "Turinys", "Pastabos", "Paveikslėlis", "Straipsnių: ", "" },
    { "lv", "Saturs", "Piezīmes", "Attēls", "Rakstu skaits: ", "" },
    { "nb", "Innhold", "Noter", "Bilde", "", " artikler" },
    { "nl", "Inhoud", "Noten", "Afbeelding", "", " artikelen" },
    { "nn", "Innhald", "Notar", "Bilete", "", " artiklar" },
    { "no", "Innhold", "Noter", "Bilde", "", " artikler" },
    { "pl", "Spis treści", "Przypisy", "Obraz", "Artykułów: ", "" },
    { "pt", "Índice", "Notas", "Imagem", "", " artigos" },
    { "ro", "Cuprins", "Note", "Imagine", "Articole: ", "" },
    { "ru", "Содержание", "Примечания", "Изображение", "Статей: ", "" },
    { "sk", "Obsah", "Poznámky", "Obrázok", "Článkov: ", "" },
    { "sl", "Kazalo", "Opombe", "Slika", "Člankov: ", "" },
    { "sr", "Садржај", "Напомене", "Слика", "Чланака: ", "" },
    { "sv", "Innehåll", "Noter", "Bild", "", " artiklar" },
    { "tr", "İçindekiler", "Notlar", "Görsel", "", " makale" },
    { "uk", "Зміст", "Примітки", "Зображення", "Статей: ", "" },
    { "vi", "Mục lục", "Chú thích", "Hình ảnh", "", " bài viết" },
    { "zh", "目录", "注释", "图片", "", " 篇文章" },
};

static const struct words *words_for(ofp_str tag)
{
    size_t end = 0;
    while (end < tag.n && tag.p[end] != '-' && tag.p[end] != '_')
        end++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ofp_str_ieq(ofp_str_sub(tag, 0, end), ofp_s(words[i].language)))
            return &words[i];
    return &words[0];
}

ofp_str ofp_lang_notes(ofp_str tag)
{
    return ofp_s(words_for(tag)->notes);
}

ofp_str ofp_lang_image(ofp_str tag)
{
    return ofp_s(words_for(tag)->image);
}

ofp_str ofp_lang_articles(ofp_arena *a, size_t n, ofp_str tag)
{
    const struct words *w = words_for(tag);
    return ofp_arena_printf(a, "%s%zu%s", w->before, n, w->after);
}

ofp_str ofp_lang_contents(ofp_str tag)
{
    return ofp_s(words_for(tag)->contents);
}
