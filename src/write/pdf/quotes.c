/* quotes.c - the quotation marks of languages. */
#include "write/pdf/layout.h"

/* Double, then single ones; a language that is not named has those of English. */
static const struct { const char *languages, *marks[4]; } rows[] = {
    { "bg cs de et lt sk sl", { "\u201E", "\u201C", "\u201A", "\u2018" } },
    { "pl ro", { "\u201E", "\u201D", "\u00AB", "\u00BB" } },
    { "hu", { "\u201E", "\u201D", "\u00BB", "\u00AB" } },
    { "hr sr", { "\u201E", "\u201D", "\u2019", "\u2019" } },
    { "fr", { "\u00AB\u202F", "\u202F\u00BB", "\u201C", "\u201D" } },
    { "ca el es it", { "\u00AB", "\u00BB", "\u201C", "\u201D" } },
    { "nb nn no", { "\u00AB", "\u00BB", "\u2018", "\u2019" } },
    { "ru uk", { "\u00AB", "\u00BB", "\u201E", "\u201C" } },
    { "nl", { "\u2018", "\u2019", "\u201C", "\u201D" } },
    { "da fi sv", { "\u201D", "\u201D", "\u2019", "\u2019" } },
    { "ja", { "\u300C", "\u300D", "\u300E", "\u300F" } },
    { "", { "\u201C", "\u201D", "\u2018", "\u2019" } },
};
enum { NROWS = sizeof rows / sizeof *rows };

static bool names(const char *languages, ofp_str tag)
{
    ofp_str all = ofp_s(languages);
    for (ofp_str one; ofp_str_split(&all, ' ', &one); )
        if (ofp_str_istarts(tag, one) && (tag.n == one.n || tag.p[one.n] == '-' || tag.p[one.n] == '_'))
            return true;
    return false;
}

ofp_str pdf_quote_mark(ofp_str lang, bool is_double, bool open)
{
    size_t i = 0;
    while (i + 1 < NROWS && !names(rows[i].languages, lang))
        i++;
    return ofp_s(rows[i].marks[(is_double ? 0 : 2) + (open ? 0 : 1)]);
}
