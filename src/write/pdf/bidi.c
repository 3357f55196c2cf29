/* bidi.c - text from right to left: which blocks, and the order of words on a line that runs both ways
 * (UAX #9, as far as whole words go; what is inside of a word is shape.c's). */
#include "doctools/lang.h"
#include "write/pdf/layout.h"
#include <string.h>

/* ---- blocks ---- */

static bool is_rtl_letter(uint32_t cp)
{
    return (cp >= 0x590 && cp < 0x900) || (cp >= 0xFB1D && cp < 0xFE00) || (cp >= 0xFE70 && cp < 0xFF00) ||
           (cp >= 0x10800 && cp < 0x11000) || (cp >= 0x1E800 && cp < 0x1F000);
}

/* What the first letter of a text says; without any, whether there are digits. */
enum direction { NEUTRAL, DIGITS, LEFT_TO_RIGHT, RIGHT_TO_LEFT };

static enum direction direction_of(ofp_str t)
{
    enum direction found = NEUTRAL;
    for (size_t i = 0; i < t.n; ) {
        uint32_t cp = ofp_utf8_next(t, &i);
        if (ofp_is_digit(cp))
            found = DIGITS;
        else if (ofp_is_letter(cp))
            return is_rtl_letter(cp) ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
    }
    return found;
}

bool pdf_begins_rtl(const ofp_node *top)
{
    enum direction d = NEUTRAL;
    for (const ofp_node *n = ofp_first(top); n && d < LEFT_TO_RIGHT; n = ofp_after(n, top))
        if (ofp_node_type(n) == OFP_TEXT)
            d = direction_of(ofp_text(n));
    return d == RIGHT_TO_LEFT;
}

bool pdf_is_rtl(const ofp_node *n, ofp_str lang, bool around)
{
    ofp_str dir = ofp_attr(n, OFP_STR("dir"));
    ofp_lang clean;
    if (ofp_str_ieq(dir, OFP_STR("rtl")) || ofp_str_ieq(dir, OFP_STR("ltr")))
        return ofp_str_ieq(dir, OFP_STR("rtl"));
    return ofp_lang_clean(lang, &clean) ? ofp_lang_rtl(ofp_s(clean.tag)) : around;
}

/* ---- words on a line ---- */

/* Marks that sentences put around words: what stands around decides on which side they are. */
static bool is_outer(uint32_t cp)
{
    return ofp_is_punct(cp) && !(cp < 0x80 && strchr("#%&*+-/@\\_", (int)cp));
}

/* The part of a text between such marks; empty where there is nothing else. */
static void inner_part(ofp_str t, size_t *from, size_t *to)
{
    for (size_t i = *from = 0; i < t.n && is_outer(ofp_utf8_next(t, &i)); )
        *from = i;
    for (size_t i = *to = t.n; i > 0 && is_outer(ofp_utf8_prev(t, &i)); )
        *to = i;
}

/* Makes two segments of one; the blank behind it stays behind the second. */
static void cut(lay *l, size_t i, unsigned at)
{
    para *p = &l->para;
    PUSH(l, p->segs);
    if (l->nomem)
        return;
    segment *s = &p->segs.p[i];
    memmove(s + 1, s, (p->segs.n - 1 - i) * sizeof *s);
    s[0].b = s[1].a = at;
    s[0].blank = s[0].stretch = s[0].shrink = 0;
}

/* Brackets that pair, the opening one before its other half (BidiBrackets.txt, as far as people write them). */
static const uint32_t brackets[] = {
    '(', ')', '[', ']', '{', '}', 0x2045, 0x2046, 0x207D, 0x207E, 0x27E8, 0x27E9, 0x3008, 0x3009, 0x300C, 0x300D,
};
enum { NBRACKETS = sizeof brackets / sizeof *brackets, MOST_OPEN = 63 };

/* Index of a character among them; NBRACKETS: none. */
static unsigned bracket_index(uint32_t cp)
{
    unsigned i = 0;
    while (i < NBRACKETS && brackets[i] != cp)
        i++;
    return i;
}

/* A bracket among marks is a segment of its own, since it may run otherwise than they do. */
static void part_brackets(lay *l, size_t i)
{
    const segment s = l->para.segs.p[i];
    ofp_str t = ofp_str_sub(l->para.words.p[s.word].text, s.a, s.b - s.a);
    size_t next = 0, end = 0;
    bool bracket = bracket_index(ofp_utf8_next(t, &end)) < NBRACKETS;
    for (next = end; next < t.n && !bracket; end = next) {
        size_t at = next;
        if (bracket_index(ofp_utf8_next(t, &next)) < NBRACKETS) {
            end = at;
            break;
        }
    }
    if (end > 0 && end < t.n)
        cut(l, i, s.a + (unsigned)end);
}

void pdf_part_marks(lay *l)
{
    para *p = &l->para;
    for (size_t i = 0; i < p->segs.n && !l->nomem; i++) {
        segment s = p->segs.p[i];
        const word *w = &p->words.p[s.word];
        ofp_str t = ofp_str_sub(w->text, s.a, s.b - s.a);
        size_t from, to;
        if (!w->shape || s.hyphen)
            continue;
        inner_part(t, &from, &to);
        if (from >= to) {
            part_brackets(l, i);
            continue;
        }
        if (to < t.n)
            cut(l, i, s.a + (unsigned)to);
        if (from > 0)
            cut(l, i--, s.a + (unsigned)from);           /* and once more, for its brackets */
    }
}

static enum direction segment_direction(const para *p, size_t i)
{
    const segment *s = &p->segs.p[i];
    if (p->words.p[s->word].math)
        return LEFT_TO_RIGHT;
    return s->shape ? direction_of(ofp_str_sub(p->words.p[s->word].text, s->a, s->b - s->a)) : NEUTRAL;
}

static bool has_bracket(ofp_str t)
{
    static const uint32_t turned[] = { '(', ')', '<', '>', '[', ']', '{', '}', 0xAB, 0xBB, 0x2039, 0x203A };
    for (size_t i = 0; i < t.n; ) {
        uint32_t cp = ofp_utf8_next(t, &i);
        for (size_t k = 0; k < sizeof turned / sizeof *turned; k++)
            if (turned[k] == cp)
                return true;
    }
    return false;
}

/* Brackets that stand alone were shaped as if they ran from left to right; a right-to-left mark turns them. */
static void turn_brackets(lay *l, segment *s)
{
    const word *w = &l->para.words.p[s->word];
    ofp_str t = ofp_str_sub(w->text, s->a, s->b - s->a);
    if (s->shape && has_bracket(t))
        s->shape = pdf_text_shape(l, &l->para.spans.p[w->span], ofp_arena_printf(l->arena, "\xE2\x80\x8F%.*s", (int)t.n, t.p));
}

static ofp_str segment_text(const para *p, const segment *s)
{
    return s->b > s->a ? ofp_str_sub(p->words.p[s->word].text, s->a, s->b - s->a) : (ofp_str){ 0 };
}

/* Digits behind letters from left to right run with them (W7); others count as if from right to left. */
static void settle_strong(para *p)
{
    bool before = p->rtl;
    for (size_t i = 0; i < p->segs.n; i++) {
        enum direction d = segment_direction(p, i);
        if (d == DIGITS && !before)
            d = LEFT_TO_RIGHT;
        else if (d == LEFT_TO_RIGHT || d == RIGHT_TO_LEFT)
            before = d == RIGHT_TO_LEFT;
        p->segs.p[i].runs = (unsigned char)d;
    }
}

/* Rule N0: a pair of brackets runs as the paragraph does where anything in it does, else as what is in it where
 * what stands before does so as well, else as the paragraph. */
static void settle_pair(para *p, size_t open, size_t close)
{
    enum direction own = p->rtl ? RIGHT_TO_LEFT : LEFT_TO_RIGHT, before = own;
    bool any = false, same = false;
    for (size_t k = open + 1; k < close; k++) {
        enum direction d = p->segs.p[k].runs == DIGITS ? RIGHT_TO_LEFT : (enum direction)p->segs.p[k].runs;
        any |= d != NEUTRAL;
        same |= d == own;
    }
    size_t i = open;
    while (i > 0 && p->segs.p[i - 1].runs == NEUTRAL)
        i--;
    if (i > 0)
        before = p->segs.p[i - 1].runs == LEFT_TO_RIGHT ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
    if (any)
        p->segs.p[open].runs = p->segs.p[close].runs = (unsigned char)(same ? own : before);
}

typedef struct pair { size_t open, close; } pair;

/* The pairs of a line, by their opening brackets (BD16); pairs has a row for each segment. */
static size_t find_pairs(const para *p, pair *pairs)
{
    struct { size_t row; unsigned closer; } stack[MOST_OPEN];
    size_t depth = 0, n = 0;
    for (size_t i = 0; i < p->segs.n; i++) {
        ofp_str t = segment_text(p, &p->segs.p[i]);
        size_t end = 0;
        unsigned k = t.n && p->segs.p[i].runs == NEUTRAL ? bracket_index(ofp_utf8_next(t, &end)) : NBRACKETS;
        if (k == NBRACKETS || end < t.n)
            continue;
        if (k % 2 == 0) {
            if (depth == MOST_OPEN)
                break;
            stack[depth].row = n;
            stack[depth++].closer = k + 1;
            pairs[n++] = (pair){ i, 0 };
            continue;
        }
        for (size_t d = depth; d-- > 0; )
            if (stack[d].closer == k) {
                pairs[stack[d].row].close = i;
                depth = d;
                break;
            }
    }
    return n;
}

static void settle_brackets(lay *l)
{
    para *p = &l->para;
    pair *pairs = ofp_arena_zalloc(l->arena, p->segs.n, sizeof *pairs);
    size_t n = pairs ? find_pairs(p, pairs) : 0;
    for (size_t i = 0; i < n; i++)
        if (pairs[i].close)
            settle_pair(p, pairs[i].open, pairs[i].close);
}

/* Gives words without letters or digits from i on a direction by what stands around them (N1, N2); returns where they end. */
static size_t settle_neutrals(para *p, size_t i, bool before)
{
    size_t end = i;
    while (end < p->segs.n && p->segs.p[end].runs == NEUTRAL)
        end++;
    bool after = end < p->segs.n ? p->segs.p[end].runs != LEFT_TO_RIGHT : p->rtl;
    bool rtl = before == after ? before : p->rtl;
    for (; i < end; i++)
        p->segs.p[i].runs = rtl ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
    return end;
}

static bool is_marks(const para *p, size_t i)
{
    return segment_direction(p, i) == NEUTRAL;
}

static void settle_levels(lay *l)
{
    para *p = &l->para;
    bool before = p->rtl;
    settle_strong(p);
    settle_brackets(l);
    for (size_t i = 0; i < p->segs.n; )
        if (p->segs.p[i].runs == NEUTRAL)
            i = settle_neutrals(p, i, before);
        else
            before = p->segs.p[i++].runs != LEFT_TO_RIGHT;
    for (size_t i = 0; i < p->segs.n; i++) {
        segment *s = &p->segs.p[i];
        s->level = s->runs == RIGHT_TO_LEFT ? 1 : s->runs == DIGITS || p->rtl ? 2 : 0;
        if (s->level == 1 && is_marks(p, i))
            turn_brackets(l, s);
    }
}

/* Rule L2: from the highest level down, each run at that level or above is turned round. */
void pdf_order_segments(lay *l)
{
    para *p = &l->para;
    p->order.n = 0;
    for (size_t i = 0; i < p->segs.n; i++)
        *(unsigned *)PUSH(l, p->order) = (unsigned)i;
    if (!p->has_rtl || l->nomem)
        return;
    settle_levels(l);
    for (unsigned char level = 2; level >= 1; level--)
        for (size_t i = 0; i < p->order.n; i++) {
            size_t k = i;
            while (k < p->order.n && p->segs.p[p->order.p[k]].level >= level)
                k++;
            for (size_t a = i, b = k; a + 1 < b; a++) {
                unsigned t = p->order.p[a];
                p->order.p[a] = p->order.p[--b];
                p->order.p[b] = t;
            }
            i = k;
        }
}

/* It is the last before the run that the later of the two is in. */
size_t pdf_parting(const para *p, size_t a, size_t b)
{
    size_t first = a < b ? a : b, later = a < b ? b : a;
    while (later - 1 > first && p->segs.p[later - 1].level == p->segs.p[later].level)
        later--;
    return later - 1;
}
