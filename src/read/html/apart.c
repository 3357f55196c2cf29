/* apart.c - words that only a style sheet parts.
 *
 * <span class="brand">Merrell</span><span class="title">Moab</span> has no blank, since the page lays the two out as boxes.
 * How it does so is not known here: what the elements are and how their words meet must tell. */
#include "convert.h"

enum {
    FEW_STEPS = 40,                     /* down into an element, or past empty ones */
    LEAST_CLASS = 4,                    /* shorter ones, "c12", are a word processor's, which changes them inside of words */
};

/* Two words that meet without a blank: the elements or texts that hold them, the texts whose last and first they are, the
 * characters that meet, and whether the words have more than that. */
typedef struct joint { const dom *before, *after; ofp_str left, right; uint32_t last, first; bool long_left, long_right; } joint;

/* Elements that lay out as often as they mark up, and that hold words rather than letters. */
static bool may_be_box(const dom *n)
{
    return DOM_IS(n, T_SPAN, T_A, T_TIME, T_LABEL, T_BUTTON, T_SMALL, T_STRONG, T_B, T_EM, T_I, T_INS, T_DEL, T_UNKNOWN);
}

/* What stands right before n; empty elements, icons most of them, are passed over. */
static const dom *neighbour(const dom *n)
{
    const dom *p = n->prev;
    for (int steps = 0; p && steps < FEW_STEPS && p->tag != T_TEXT && !p->first; steps++)
        p = p->prev;
    return p;
}

/* The first or last text in n that is not empty. */
static ofp_str edge_text(const dom *n, bool last)
{
    for (int steps = 0; n && steps < FEW_STEPS; steps++) {
        if (n->tag == T_TEXT && n->text.n)
            return n->text;
        const dom *in = last ? n->last : n->first;
        n = n->tag != T_TEXT && in ? in : last ? n->prev : n->next;
    }
    return (ofp_str){ 0 };
}

/* Of a script that parts its words by blanks; most beyond have no case either, so that nothing would tell. */
static bool is_word_char(uint32_t cp) { return cp < 0x0E00 && (ofp_is_letter(cp) || ofp_is_digit(cp)); }

/* A letter alone is an initial that is set large, or one that moves; a capital behind a word is one. */
static bool begins_with_word(ofp_str s, bool *is_long)
{
    size_t at = 0;
    uint32_t first = ofp_utf8_next(s, &at);
    *is_long = at < s.n && is_word_char(ofp_utf8_next(s, &at));
    return is_word_char(first) && (*is_long || ofp_is_digit(first) || (at == s.n && ofp_is_upper(first)));
}

static bool ends_with_word(ofp_str s, bool *is_long)
{
    size_t at = s.n;
    uint32_t last = ofp_utf8_prev(s, &at);
    *is_long = at > 0 && is_word_char(ofp_utf8_prev(s, &at));
    return is_word_char(last) && (*is_long || ofp_is_digit(last));
}

static bool find_joint(const dom *before, const dom *after, joint *j)
{
    size_t start = 0;
    *j = (joint){ .before = before, .after = after, .right = edge_text(after, false) };
    if (!j->right.n || !begins_with_word(j->right, &j->long_right))
        return false;
    j->left = edge_text(before, true);
    size_t end = j->left.n;
    if (!j->left.n || !ends_with_word(j->left, &j->long_left))
        return false;
    j->last = ofp_utf8_prev(j->left, &end);
    j->first = ofp_utf8_next(j->right, &start);
    return true;
}

/* "1st" */
static bool is_ordinal(const joint *j)
{
    static const char *const ends[] = { "st", "nd", "rd", "th" };
    bool is = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        is |= ofp_str_eq(ofp_str_trim(j->right), ofp_s(ends[i]));
    return is && ofp_is_digit(j->last);
}

/* "MerrellMoab" */
static bool case_tells(const joint *j)
{
    return ofp_is_letter(j->last) && !ofp_is_upper(j->last) && ofp_is_upper(j->first);
}

/* "49VAT" */
static bool digits_tell(const joint *j) { return ofp_is_digit(j->last) != ofp_is_digit(j->first) && !is_ordinal(j); }

/* "20251h"; digits one by one are a counter's. */
static bool are_numbers(const joint *j)
{
    return ofp_is_digit(j->last) && ofp_is_digit(j->first) && (j->long_left || j->long_right);
}

static bool differ(const joint *j, ofp_str key, size_t least)
{
    ofp_str x = dom_attr(j->before, key), y = dom_attr(j->after, key);
    return x.n >= least && y.n >= least && !ofp_str_eq(x, y);
}

static bool is_words(const dom *n) { return n && n->tag == T_TEXT && ofp_str_trim(n->text).n; }

static bool has_words(ofp_str s)
{
    s = ofp_str_trim(s);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t')
            return true;
    return false;
}

/* Text that goes on as a sentence does, rather than parting what is on its sides: "·", ":". */
static bool goes_on(const dom *text, bool behind)
{
    if (!is_words(text))
        return false;
    ofp_str s = ofp_str_trim(text->text);
    size_t at = behind ? 0 : s.n;
    uint32_t cp = behind ? ofp_utf8_next(s, &at) : ofp_utf8_prev(s, &at);
    return ofp_is_letter(cp) || cp == ',' || cp == '.';
}

static bool is_control(const dom *n) { return DOM_IS(n, T_TIME, T_LABEL, T_BUTTON); }

/* Elements that nobody puts around a part of a word. */
static bool holds_words(const dom *n) { return is_control(n) || DOM_IS(n, T_A, T_INS, T_DEL); }

/* "<b>Deep</b><i>Mind</i>": what is marked up in a sentence may be a part of a word; several words are a box. */
static bool is_part_of_word(const joint *j)
{
    return (goes_on(j->before->prev, false) || goes_on(j->after->next, true)) && !has_words(j->left) && !has_words(j->right)
        && !holds_words(j->before) && !holds_words(j->after);
}

/* Word processors make an element of each run of letters that they looked at or changed alike; "p-1" is a page's box. */
static bool is_run(const dom *n)
{
    ofp_str class = DOM_ATTR(n, "class");
    bool number = class.n && class.n < LEAST_CLASS && ofp_str_find(class, OFP_STR("-"), 0) == SIZE_MAX;
    return number || DOM_CLASS(n, "SpellE") || DOM_CLASS(n, "GramE") || DOM_CLASS_HOLDS(n, "textrun");
}

/* In a row of elements each of which has a class, and no text beside them. */
static bool classes_tell(const joint *j)
{
    bool both = DOM_ATTR(j->before, "class").n && DOM_ATTR(j->after, "class").n;
    return (differ(j, OFP_STR("class"), LEAST_CLASS) || (both && are_numbers(j))) && !is_ordinal(j)
        && !is_words(j->before->prev) && !is_words(j->after->next);
}

/* Two links side by side; bare ones in a paragraph are as their author wrote them. */
static bool links_tell(const joint *j)
{
    bool bare = !DOM_ATTR(j->before, "class").n && !DOM_ATTR(j->after, "class").n;
    return differ(j, OFP_STR("href"), 1) && !(bare && j->after->parent->tag == T_P);
}

static bool elements_apart(const joint *j)
{
    bool words = !is_part_of_word(j) && !(is_run(j->before) && is_run(j->after)) && (case_tells(j) || digits_tell(j) || classes_tell(j));
    return words || links_tell(j) || is_control(j->before) || is_control(j->after);
}

/* "secure<strong>Cons:</strong>": what begins like a label. */
static bool is_label(const dom *el)
{
    ofp_str text = ofp_str_trim(edge_text(el, true));
    return DOM_IS(el, T_STRONG, T_B) && ofp_str_ends(text, OFP_STR(":"));
}

static bool is_edge(const dom *beside) { return !beside || (beside->tag == T_TEXT && !is_words(beside)); }

/* A text and an element that lies beside it as a box: several words, or the two alone, as name and value are, or one of
 * several elements in a row.  "<em class="hit">Java</em>Script" in a sentence is one word. */
static bool text_apart(const joint *j, const dom *el)
{
    const dom *beyond = el == j->after ? el->next : el->prev;
    bool in_row = beyond && !DOM_IS(beyond, T_TEXT, T_COMMENT, T_SUP, T_SUB, T_BR);
    bool alone = is_edge(j->before->prev) && is_edge(j->after->next);
    return alone || in_row || has_words(el == j->after ? j->right : j->left) || holds_words(el);
}

/* "was<del>$699</del>$499" */
static bool are_prices(const dom *before, const dom *after)
{
    bool struck = DOM_IS(before, T_DEL, T_INS, T_S) || DOM_IS(after, T_DEL, T_INS, T_S);
    ofp_str left = struck ? edge_text(before, true) : (ofp_str){ 0 }, right = struck ? edge_text(after, false) : (ofp_str){ 0 };
    size_t end = left.n, start = 0;
    uint32_t last = end ? ofp_utf8_prev(left, &end) : ' ', first = right.n ? ofp_utf8_next(right, &start) : ' ';
    bool sign = first == '$' || first == 0xA3 || first == 0xA5 || (first >= 0x20A0 && first <= 0x20CF);
    return sign && is_word_char(last);
}

/* The number of an item as journals write it. */
static bool is_item_label(const dom *n)
{
    return n->tag == T_SPAN && n->parent->tag == T_LI && DOM_CLASS(n, "label");
}

bool html_is_apart(const dom *n)
{
    const dom *p = neighbour(n);
    const dom *el = n->tag == T_TEXT ? p : n;
    joint j;
    if (p && (is_item_label(p) || are_prices(p, n)))
        return true;
    if (!p || !may_be_box(el) || !find_joint(p, n, &j))
        return false;
    if (html_is_for_ears(p) || html_is_for_ears(n))
        return true;
    if (p->tag == T_TEXT || n->tag == T_TEXT)
        return case_tells(&j) && ((DOM_ATTR(el, "class").n && text_apart(&j, el)) || (el == n && is_label(el)));
    return may_be_box(p) && elements_apart(&j);
}
