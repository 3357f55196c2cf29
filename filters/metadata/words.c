/* words.c - short texts, and the words that tell one date from another. */
#include "metadata.h"

static bool speaks_of(ofp_str s, const char *words)
{
    ofp_str list = ofp_s(words);
    for (ofp_str w; s.n && ofp_str_word(&list, &w);)
        if (ofp_str_ifind(s, w, 0) != SIZE_MAX)
            return true;
    return false;
}

/* Digits, a slash, digits, a slash: both numbers up to 12 and not the same. */
bool day_or_month(ofp_str date)
{
    ofp_str first, second, rest = date;
    long a, b;
    if (!ofp_str_split(&rest, '/', &first) || !ofp_str_split(&rest, '/', &second) || !rest.n)
        return false;
    return ofp_str_int(first, 1, 12, &a) && ofp_str_int(second, 1, 12, &b) && a != b;
}

bool says_updated(ofp_str s)
{
    return speaks_of(s, "updat modif aktualis geändert edited revis reviewed mis actualiz aggiorn atualiz zaktual обновл");
}

/* "Updated" has "date" in it, too. */
bool says_published(ofp_str s)
{
    return !says_updated(s) && speaks_of(s, "publ post veröff erschien erstellt stand datum date opublik опубл created issued written started submitted asked");
}

bool short_text(const ofp_node *n, size_t limit, ofp_buf *out)
{
    for (const ofp_node *k = n; k; k = ofp_after(k, n)) {
        enum ofp_type t = ofp_node_type(k);
        if (t == OFP_TEXT || t == OFP_CODE)
            ofp_buf_add(out, ofp_text(k));
        else if (t == OFP_SOFTBREAK || t == OFP_LINEBREAK)
            ofp_buf_putc(out, ' ');
        if (out->n > limit)
            return false;
    }
    return true;
}
