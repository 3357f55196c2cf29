/* lynx.c - formulas in what `lynx -dump` writes.  It cannot set MathML and prints the source,
 *     [MATH: <mi> a </mi> <mo> = </mo> <mn> 1 </mn> :MATH]
 * of which a browser shows the text: a = 1. */
#include "read/text/text.h"

static const ofp_str opening = { "[MATH:", 6 }, closing = { ":MATH]", 6 }, annotation = { "<annotation", 11 };

static void put_words(ofp_buf *b, ofp_str s)
{
    for (ofp_str w; ofp_str_word(&s, &w);) {
        ofp_buf_puts(b, " ");
        ofp_buf_add(b, w);
    }
}

/* An annotation says the same again in another language (MathML 3, 5.1). */
static void put_formula(ofp_buf *b, ofp_str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t tag = ofp_str_find(s, OFP_STR("<"), i), end = tag;
        put_words(b, ofp_str_sub(s, i, tag - i));
        if (ofp_str_starts(ofp_str_sub(s, tag, SIZE_MAX), annotation))
            end = ofp_str_find(s, OFP_STR("</annotation"), tag);
        end = ofp_str_find(s, OFP_STR(">"), end);
        i = end < s.n ? end + 1 : s.n;
    }
    ofp_buf_puts(b, " ");
}

ofp_str text_lynx(ofp_arena *a, ofp_str in)
{
    size_t from = 0, at, end;
    if (ofp_str_find(in, opening, 0) >= in.n) return in;
    ofp_buf b = { 0 };
    while ((at = ofp_str_find(in, opening, from)) < in.n && (end = ofp_str_find(in, closing, at)) < in.n) {
        ofp_buf_add(&b, ofp_str_sub(in, from, at - from));
        put_formula(&b, ofp_str_sub(in, at + opening.n, end - at - opening.n));
        from = end + closing.n;
    }
    ofp_buf_add(&b, ofp_str_sub(in, from, SIZE_MAX));
    return ofp_buf_take(&b, a);
}
