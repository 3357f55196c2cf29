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

void pdf_part_marks(lay *l)
{
    para *p = &l->para;
    for (size_t i = 0; i < p->segs.n && !l->nomem; i++) {
        segment s = p->segs.p[i];
        const word *w = &p->words.p[s.word];
        ofp_str t = ofp_str_sub(w->text, s.a, s.b - s.a);
        size_t from, to;
        inner_part(t, &from, &to);
        if (!w->shape || s.hyphen || from >= to)
            continue;
        if (to < t.n)
            cut(l, i, s.a + (unsigned)to);
        if (from > 0)
            cut(l, i++, s.a + (unsigned)from);
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
    static const uint32_t brackets[] = { '(', ')', '<', '>', '[', ']', '{', '}', 0xAB, 0xBB, 0x2039, 0x203A };
    for (size_t i = 0; i < t.n; ) {
        uint32_t cp = ofp_utf8_next(t, &i);
        for (size_t k = 0; k < sizeof brackets / sizeof *brackets; k++)
            if (brackets[k] == cp)
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

/* Gives words without letters or digits from i on a level by what stands around them (N1, N2); returns
 * where they end.  before: the last letters ran from right to left. */
static size_t settle_neutrals(lay *l, size_t i, bool before)
{
    para *p = &l->para;
    size_t end = i;
    enum direction next = NEUTRAL;
    while (end < p->segs.n && (next = segment_direction(p, end)) == NEUTRAL)
        end++;
    bool after = next == NEUTRAL ? p->rtl : next == DIGITS ? before : next == RIGHT_TO_LEFT;
    bool rtl = before == after ? before : p->rtl;
    for (; i < end; i++) {
        p->segs.p[i].level = rtl ? 1 : p->rtl ? 2 : 0;
        if (rtl)
            turn_brackets(l, &p->segs.p[i]);
    }
    return end;
}

static void settle_levels(lay *l)
{
    para *p = &l->para;
    unsigned char ltr = p->rtl ? 2 : 0;
    bool before = p->rtl;
    for (size_t i = 0; i < p->segs.n; ) {
        enum direction d = segment_direction(p, i);
        if (d == NEUTRAL) {
            i = settle_neutrals(l, i, before);
            continue;
        }
        before = d == DIGITS ? before : d == RIGHT_TO_LEFT;
        p->segs.p[i++].level = d == RIGHT_TO_LEFT ? 1 : d == DIGITS && before ? 2 : ltr;
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
