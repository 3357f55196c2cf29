/* math_box.c - boxes of formulas and what stands in them. */
#include "write/pdf/math.h"
#include <math.h>

math_box *math_box_new(math_job *j)
{
    math_box *b = ofp_arena_zalloc(j->arena, 1, sizeof *b);
    if (b)
        return b;
    j->spare = (math_box){ 0 };
    return &j->spare;
}

static math_part *add_part(math_job *j, math_box *to, math_part part)
{
    math_part *p = ofp_arena_zalloc(j->arena, 1, sizeof *p);
    if (!p || to == &j->spare)
        return NULL;
    *p = part;
    if (to->last)
        to->last->next = p;
    else
        to->first = p;
    return to->last = p;
}

typedef struct area { double left, right, ascent, descent; } area;

/* The ink of the first thing is the box's, even where it stays off the baseline. */
static void cover(math_box *to, bool first, area a)
{
    to->ascent = first ? a.ascent : fmax(to->ascent, a.ascent);
    to->descent = first ? a.descent : fmax(to->descent, a.descent);
    to->left = fmin(to->left, a.left);
    to->right = fmax(to->right, a.right);
}

void math_add(math_job *j, math_box *to, const math_box *what, double x, double y)
{
    bool first = !to->first;
    if (!what->first)                    /* takes room, shows nothing: only its height counts, where it has one */
        first = first && to->ascent == 0 && to->descent == 0;
    else if (!add_part(j, to, (math_part){ .kind = PART_BOX, .x = x, .y = y, .box = what }))
        return;
    if (what->first || what->ascent != 0 || what->descent != 0)
        cover(to, first, (area){ x + what->left, x + what->right, what->ascent + y, what->descent - y });
}

void math_rule(math_job *j, math_box *to, double x, double y, double w, double h, uint32_t colour)
{
    bool first = !to->first;
    if (add_part(j, to, (math_part){ .kind = PART_RULE, .x = x, .y = y, .w = w, .h = h, .colour = colour }))
        cover(to, first, (area){ x, x + w, y + h, -y });
}

void math_line(math_job *j, math_box *to, double x, double y, double w, double h, double thick, uint32_t colour)
{
    if (add_part(j, to, (math_part){ .kind = PART_LINE, .x = x, .y = y, .w = w, .h = h, .size = thick, .colour = colour }))
        cover(to, false, (area){ x, x + w, fmax(y, y + h), -fmin(y, y + h) });
}

math_box *math_whole(math_job *j, math_box *b, double spare)
{
    double left = b->left < -spare ? -b->left : 0, right = b->right > b->width + spare ? b->right : b->width;
    if (left <= 0 && right <= b->width)
        return b;
    math_box *out = math_box_new(j);
    math_add(j, out, b, left, 0);
    out->width = left + right;
    return out;
}

math_box *math_sign_box(math_job *j, const math_sign *sign, double size, uint32_t colour)
{
    math_box *b = math_box_new(j);
    b->width = b->right = sign->run.width * size;
    b->ascent = sign->ascent * size;
    b->descent = sign->descent * size;
    b->italic = sign->italic * size;
    b->accent = sign->accent * size;
    b->sign = sign;
    b->size = size;
    add_part(j, b, (math_part){ .kind = PART_RUN, .run = &sign->run, .size = size, .colour = colour });
    return b;
}

math_box *math_centred(math_job *j, const math_box *b, math_style s)
{
    math_box *out = math_box_new(j);
    math_add(j, out, b, 0, math_const(j, s, MATH_AXIS_HEIGHT) - (b->ascent - b->descent) / 2);
    out->width = b->width;
    out->italic = b->italic;
    out->accent = b->accent;
    return out;
}
