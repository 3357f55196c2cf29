/* foot.c - how much of the notes that wait goes to a page's foot. */
#include "write/pdf/foot.h"
#include <limits.h>

static const double head = 1.25;                         /* leads of the body between text and notes */

static size_t first_line(const flow *f)
{
    size_t i = f->taken;
    while (i < f->strips.n && f->strips.p[i].kind == STRIP_GAP)
        i++;
    return i;
}

bool pdf_foot_waits(const lay *l)
{
    return first_line(&l->foot) < l->foot.strips.n;
}

foot pdf_foot_take(const lay *l, unsigned number, double room)
{
    const flow *f = &l->foot;
    const strip *s = f->strips.p;
    double used = head * l->sheet.lead;
    foot best = { .end = f->taken }, last = best;
    size_t i = first_line(f);
    for (; i < f->strips.n && s[i].note <= number; i++) {
        used += s[i].height;
        if (s[i].kind == STRIP_GAP)
            continue;
        if (used > room)
            return best;
        last = (foot){ i + 1, used, s[i].note, false };
        if (!s[i].keep)
            best = last;
    }
    last.whole = true;
    last.end = last.height > 0 ? i : last.end;
    return last;
}

foot pdf_foot_force(const lay *l, double room)
{
    const flow *f = &l->foot;
    foot most = pdf_foot_take(l, UINT_MAX, room);
    size_t i = first_line(f);
    if (most.height > 0 || i == f->strips.n)
        return most;
    return (foot){ i + 1, head * l->sheet.lead + f->strips.p[i].height, f->strips.p[i].note, false };
}
