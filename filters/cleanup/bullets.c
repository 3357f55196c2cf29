/* bullets.c - lists that were typed rather than marked up: lines or paragraphs that begin with bullets or count on. */
#include "cleanup.h"

enum {
    FEW_SURE = 2, FEW = 3,      /* lines that make a list, the first where the sign is never anything else */
    LONGEST_DASHED = 120,       /* bytes of a line behind a dash; longer ones are speech */
    MOST_DIGITS = 3,
};

/* What a line begins with, and the bytes up to what follows; sign is 0 where it is nothing of the kind. */
typedef struct mark { uint32_t sign; long number; size_t length; bool sure; } mark;

static const uint32_t sure_signs[] = { 0x2022, 0x25E6, 0x25AA, 0x25AB, 0x25A0, 0x25CF, 0x2023, 0x2043, 0x25C6, 0x25BA, 0x27A2, 0x2713, 0x2714,
                                       0x30FB };
static const uint32_t other_signs[] = { 0xB7, 0x2219, '*', '+' };
static const uint32_t dashes[] = { '-', 0x2013, 0x2014 };

#define IS_ONE(cp, set) is_one(cp, set, sizeof set / sizeof *set)
static bool is_one(uint32_t cp, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (set[i] == cp)
            return true;
    return false;
}

static size_t blanks(ofp_str s, size_t at)
{
    for (size_t i = at; i < s.n; at = i)
        if (!ofp_is_space(ofp_utf8_next(s, &i)))
            break;
    return at;
}

/* The number of "12." or "3)" at a place; 0, where none is. */
static long take_number(ofp_str s, size_t *at)
{
    long number = 0;
    size_t end = *at;
    while (end < s.n && s.p[end] >= '0' && s.p[end] <= '9' && end - *at < MOST_DIGITS)
        number = number * 10 + (s.p[end++] - '0');
    if (end == *at || end == s.n || (s.p[end] != '.' && s.p[end] != ')'))
        return 0;
    *at = end;
    return number;
}

/* A blank follows, or an element; behind a sign that is nothing else also a word, but "●●●○" is none. */
static mark read_mark(ofp_str s)
{
    mark m = { 0 };
    size_t at = blanks(s, 0);
    m.number = take_number(s, &at);
    uint32_t sign = at < s.n ? ofp_utf8_next(s, &at) : 0;
    m.sure = IS_ONE(sign, sure_signs);
    m.length = blanks(s, at);
    bool apart = m.length > at || at == s.n || m.sure;
    size_t next = at;
    bool again = at < s.n && ofp_utf8_next(s, &next) == sign;
    if (apart && !again && (m.number || m.sure || IS_ONE(sign, other_signs) || IS_ONE(sign, dashes)))
        m.sign = sign;
    return m;
}

/* ---- lines ----------------------------------------------------------------------------------------- */

static ofp_node *end_of(ofp_node *line)
{
    while (line && ofp_node_type(line) != OFP_LINEBREAK)
        line = ofp_next(line);
    return line;
}

static ofp_node *next_line(ofp_node *line)
{
    ofp_node *end = end_of(line);
    return end ? ofp_next(end) : NULL;
}

/* Spoken lines begin with a dash as well: they are sentences, or long. */
static bool is_spoken(const ofp_node *line)
{
    size_t bytes = 0;
    ofp_str last = { 0 };
    for (const ofp_node *n = line; n && ofp_node_type(n) != OFP_LINEBREAK; n = ofp_next(n))
        for (const ofp_node *c = n; c; c = ofp_after(c, n)) {
            ofp_str text = ofp_str_trim(ofp_text(c));
            bytes += text.n;
            last = text.n ? text : last;
        }
    return bytes > LONGEST_DASHED || !last.n || ofp_str_find(OFP_STR(".!?\"\u2026\u201D\u00BB"), ofp_str_sub(last, last.n - 1, 1), 0) != SIZE_MAX;
}

static ofp_node *first_leaf(ofp_node *n)
{
    while (n && ofp_first(n) && ofp_node_type(n) != OFP_IMAGE && ofp_node_type(n) != OFP_NOTE)
        n = ofp_first(n);
    return n;
}

static mark mark_of(ofp_node *line)
{
    const ofp_node *leaf = first_leaf(line);
    mark m = { 0 };
    if (leaf && ofp_node_type(leaf) == OFP_TEXT)
        m = read_mark(ofp_text(leaf));
    bool alone = leaf && m.length == ofp_text(leaf).n && leaf == line && (!ofp_next(leaf) || ofp_node_type(ofp_next(leaf)) == OFP_LINEBREAK);
    if (alone || (IS_ONE(m.sign, dashes) && is_spoken(line)))
        m.sign = 0;
    return m;
}

static bool goes_on(const mark *m, const mark *next)
{
    return next->sign == m->sign && next->number == (m->number ? m->number + 1 : 0);
}

static bool may_begin(const mark *m) { return m->sign && m->number <= 1; }

static bool is_enough(const mark *first, size_t n)
{
    return may_begin(first) && n >= (first->sure ? FEW_SURE : FEW);
}

/* ---- lists ----------------------------------------------------------------------------------------- */

static ofp_node *new_list(ofp_doc *d, const mark *m)
{
    ofp_node *list = ofp_new(d, m->number ? OFP_OLIST : OFP_ULIST);
    if (m->number)
        ofp_set_list(list, 1, OFP_STYLE_DECIMAL, m->sign == ')' ? OFP_DELIM_ONE_PAREN : OFP_DELIM_PERIOD);
    return list;
}

/* Takes the mark from the text that a line begins with, and the blanks that follow in the next. */
static void take_mark(ofp_node *text)
{
    ofp_node *leaf = first_leaf(ofp_first(text));
    size_t length = leaf ? read_mark(ofp_text(leaf)).length : 0;
    while (leaf && ofp_node_type(leaf) == OFP_TEXT) {
        ofp_set_text(leaf, ofp_str_sub(ofp_text(leaf), length, SIZE_MAX));
        if (ofp_text(leaf).n)
            return;
        leaf = first_leaf(ofp_after(leaf, text));
        length = leaf && ofp_node_type(leaf) == OFP_TEXT ? blanks(ofp_text(leaf), 0) : 0;
    }
}

static void move_line(ofp_node *line, ofp_node *to)
{
    for (ofp_node *next; line; line = next) {
        bool end = ofp_node_type(line) == OFP_LINEBREAK;
        next = end ? NULL : ofp_next(line);
        if (end)
            ofp_unlink(line);
        else
            ofp_append(to, line);
    }
}

static size_t lines_from(ofp_node *line, mark m)
{
    size_t n = 0;
    for (mark next = m; line && (!n || goes_on(&m, &next)); n++) {
        m = next;
        line = next_line(line);
        next = mark_of(line);
    }
    return n;
}

/* What stands before a line of para, in a paragraph of its own before it: so each line is moved once, however many lists there are. */
static void part_before(ofp_doc *d, ofp_node *para, const ofp_node *line)
{
    ofp_unlink(ofp_prev(line));                 /* the line's end */
    ofp_node *first = ofp_first(para) != line ? ofp_new(d, OFP_PARA) : NULL;
    while (first && ofp_first(para) != line)
        ofp_append(first, ofp_first(para));
    ofp_insert_before(para, first);
}

/* n lines of a paragraph become a list before it, what comes before them a paragraph before that. */
static ofp_node *list_lines(ofp_doc *d, ofp_node *para, ofp_node *line, const mark *m, size_t n)
{
    ofp_node *list = new_list(d, m);
    if (!list)
        return NULL;
    part_before(d, para, line);
    ofp_insert_before(para, list);
    for (ofp_node *next; n--; line = next) {
        ofp_node *text = ofp_add(d, ofp_add(d, list, OFP_ITEM), OFP_PLAIN);
        next = next_line(line);
        move_line(line, text);
        if (text)
            take_mark(text);
    }
    return list;
}

/* Returns the last of what para has become. */
static ofp_node *list_within(ofp_doc *d, ofp_node *para)
{
    ofp_node *last = para, *line = ofp_first(para);
    while (line) {
        mark m = mark_of(line);
        size_t n = may_begin(&m) ? lines_from(line, m) : 1;
        ofp_node *list = is_enough(&m, n) ? list_lines(d, para, line, &m, n) : NULL;
        last = list ? list : last;
        line = list ? ofp_first(para) : next_line(line);
    }
    if (ofp_first(para))
        return para;
    ofp_unlink(para);
    return last;
}

static bool is_para(const ofp_node *n)
{
    return n && ofp_node_type(n) == OFP_PARA && ofp_first(n);
}

/* Paragraphs from first on, each of which is an item; returns where to go on. */
static ofp_node *list_paras(ofp_doc *d, ofp_node *first)
{
    mark start = mark_of(ofp_first(first)), m = start, next = start;
    size_t n = 0;
    ofp_node *p = first;
    for (; may_begin(&start) && is_para(p) && (!n || goes_on(&m, &next)); n++) {
        m = next;
        p = ofp_next(p);
        next = is_para(p) ? mark_of(ofp_first(p)) : (mark){ 0 };
    }
    ofp_node *list = is_enough(&start, n) ? new_list(d, &start) : NULL;
    if (!list)
        return first;
    ofp_insert_before(first, list);
    for (p = first; n--; p = ofp_next(list)) {
        ofp_append(ofp_add(d, list, OFP_ITEM), p);
        take_mark(p);
        ofp_retype(p, OFP_PLAIN);
    }
    return list;
}

/* Cells and captions hold a line of text. */
static bool may_hold_list(const ofp_node *n)
{
    static const enum ofp_type holders[] = { OFP_DOC, OFP_DIV, OFP_ITEM, OFP_QUOTE, OFP_DETAIL };
    for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
        if (ofp_node_type(n) == holders[i])
            return true;
    return false;
}

void make_lists(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *last; n; ) {
        bool here = is_para(n) && may_hold_list(ofp_parent(n));
        last = here ? list_paras(d, n) : n;
        if (here && last == n)
            last = list_within(d, n);
        n = here ? ofp_after_skip(last, NULL) : ofp_after(n, NULL);
    }
    ofp_tidy(d);
}
