/* math_show.c - a formula's boxes as items of the page. */
#include "write/pdf/layout.h"
#include "write/pdf/math.h"

typedef struct brush { lay *l; double scale; unsigned elem; bool rules; } brush;

static void show_part(const brush *b, const math_part *p, double x, double y)
{
    double k = b->scale;
    bool run = p->kind == PART_RUN;
    pdf_item *it = pdf_item_new(b->l, run ? PDF_GLYPHS : p->kind == PART_RULE ? PDF_RECT : PDF_LINE);
    it->elem = b->elem;
    it->x = x + p->x * k;
    it->y = y + p->y * k;
    it->w = run ? p->run->width * p->size * k : p->w * k;
    it->h = p->h * k;
    it->colour = p->colour;
    it->run = p->run;
    it->size = p->size * k;
}

/* As deep as the boxes are in each other, which math.c bounds. */
static void show(const brush *b, const math_box *box, double x, double y)
{
    for (const math_part *p = box->first; p; p = p->next)
        if (p->kind == PART_BOX)
            show(b, p->box, x + p->x * b->scale, y + p->y * b->scale);
        else if ((p->kind != PART_RUN) == b->rules)
            show_part(b, p, x, y);
}

/* First what is not text, so that the blank which may follow the word goes with its last sign, and a formula is two
 * pieces of content and not one for each rule. */
void pdf_math_show(lay *l, const math_word *m, double width, unsigned elem, double x, double y)
{
    brush b = { l, m->scale, elem, true };
    for (int text = 0; text < 2; text++) {
        b.rules = !text;
        show(&b, m->box, x + m->x, y);
        if (m->tag)
            show(&b, m->tag, x + width - m->tag->width * m->scale, y);
    }
}
