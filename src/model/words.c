/* words.c - what a book says of itself. */
#include "model/words.h"

static ofp_str language_of(ofp_str tag)
{
    return ofp_str_sub(tag, 0, ofp_str_find(tag, OFP_STR("-"), 0));
}

ofp_str ofp_lang_date(ofp_arena *a, ofp_str iso, ofp_str tag)
{
    static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July",
                                          "August", "September", "October", "November", "December" };
    ofp_str day = ofp_str_sub(iso, 0, 10), language = language_of(tag);
    long y, m, d;
    if (!ofp_str_int(ofp_str_sub(day, 0, 4), 1, 9999, &y))
        return iso;
    if ((tag.n && !ofp_str_ieq(language, OFP_STR("en"))) || !ofp_str_int(ofp_str_sub(day, 5, 2), 1, 12, &m))
        return day;
    if (!ofp_str_int(ofp_str_sub(day, 8, 2), 1, 31, &d))
        return ofp_arena_printf(a, "%s %ld", months[m - 1], y);
    return ofp_arena_printf(a, "%ld %s %ld", d, months[m - 1], y);
}

/* What stands before the number of other articles, and after it where they are one or more.  Languages whose words
 * follow numbers in more ways have it in brackets. */
static const struct { const char *language, *before, *one, *more; } books[] = {
    { "en", " and ", " other article", " other articles" },
    { "ar", " ومقالات أخرى (", ")", ")" },
    { "bg", " и други статии (", ")", ")" },
    { "ca", " i ", " article més", " articles més" },
    { "cs", " a další články (", ")", ")" },
    { "da", " og ", " anden artikel", " andre artikler" },
    { "de", " und ", " weiterer Artikel", " weitere Artikel" },
    { "el", " και άλλα άρθρα (", ")", ")" },
    { "es", " y ", " artículo más", " artículos más" },
    { "et", " ja veel ", " artikkel", " artiklit" },
    { "fa", " و ", " مقالهٔ دیگر", " مقالهٔ دیگر" },
    { "fi", " ja ", " muu artikkeli", " muuta artikkelia" },
    { "fr", " et ", " autre article", " autres articles" },
    { "he", " ומאמרים נוספים (", ")", ")" },
    { "hr", " i drugi članci (", ")", ")" },
    { "hu", " és ", " további cikk", " további cikk" },
    { "id", " dan ", " artikel lainnya", " artikel lainnya" },
    { "it", " e ", " altro articolo", " altri articoli" },
    { "ja", "ほか", "件", "件" },
    { "ko", " 외 ", "건", "건" },
    { "lt", " ir kiti straipsniai (", ")", ")" },
    { "lv", " un citi raksti (", ")", ")" },
    { "nb", " og ", " annen artikkel", " andre artikler" },
    { "nl", " en ", " ander artikel", " andere artikelen" },
    { "nn", " og ", " annan artikkel", " andre artiklar" },
    { "no", " og ", " annen artikkel", " andre artikler" },
    { "pl", " i inne artykuły (", ")", ")" },
    { "pt", " e mais ", " artigo", " artigos" },
    { "ro", " și alte articole (", ")", ")" },
    { "ru", " и другие статьи (", ")", ")" },
    { "sk", " a ďalšie články (", ")", ")" },
    { "sl", " in drugi članki (", ")", ")" },
    { "sr", " и други чланци (", ")", ")" },
    { "sv", " och ", " annan artikel", " andra artiklar" },
    { "tr", " ve ", " makale daha", " makale daha" },
    { "uk", " та інші статті (", ")", ")" },
    { "vi", " và ", " bài khác", " bài khác" },
    { "zh", "及另外", "篇文章", "篇文章" },
    { "", " (+", ")", ")" },
};

ofp_str ofp_lang_book(ofp_arena *a, ofp_str first, size_t others, ofp_str tag)
{
    ofp_str language = language_of(tag);
    size_t row = 0;
    while (language.n && *books[row].language && !ofp_str_ieq(language, ofp_s(books[row].language)))
        row++;
    return ofp_arena_printf(a, "%.*s%s%zu%s", (int)first.n, first.p, books[row].before, others,
                            others > 1 ? books[row].more : books[row].one);
}
