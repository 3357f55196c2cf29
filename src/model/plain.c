#include "model/node.h"
#include "model/plain.h"

static bool is_break(const ofp_node *n) { return n->type == OFP_SOFTBREAK || n->type == OFP_LINEBREAK; }

/* The quotation marks that a QUOTED stands for. */
static void put_quote(ofp_buf *b, const ofp_node *n, bool open)
{
    if (n->num[0])
        ofp_buf_putu(b, open ? 0x201C : 0x201D);
    else
        ofp_buf_putu(b, open ? 0x2018 : 0x2019);
}

static void put_blank(ofp_buf *b)
{
    if (b->n && b->p[b->n - 1] != ' ')
        ofp_buf_putc(b, ' ');
}

typedef void put_formula(ofp_buf *b, const ofp_node *math);

static void put_text(ofp_buf *b, const ofp_node *n, bool enter, put_formula *put_math)
{
    if (n->type == OFP_QUOTED)
        put_quote(b, n, enter);
    else if (is_break(n) || ROW(n)->kind == OFP_KIND_BLOCK || ROW(n)->kind == OFP_KIND_PART)
        put_blank(b);
    if (enter && n->type == OFP_MATH && put_math)
        put_math(b, n);
    else if (enter && ROW(n)->fields & F_TEXT && !(ROW(n)->fields & (F_CITE | F_FORMAT)))
        ofp_buf_add(b, n->text);
}

ofp_str ofp_plain_text_with(ofp_arena *a, const ofp_node *n, put_formula *put_math)
{
    ofp_buf b = { 0 };
    unsigned notes = 0;
    if (n && n->first && n->first == n->last && n->first->type == OFP_TEXT)
        return n->first->text;          /* the common case needs no copy */
    for (ofp_walk w = { .root = n }; ofp_walk_next(&w);) {
        if (w.node->type == OFP_NOTE && w.node != n)
            notes += w.enter ? 1u : -1u;
        else if (!notes)
            put_text(&b, w.node, w.enter, put_math);
    }
    while (b.n && b.p[b.n - 1] == ' ')
        b.n--;
    return ofp_buf_take(&b, a);
}

ofp_str ofp_plain_text(ofp_arena *a, const ofp_node *n)
{
    return ofp_plain_text_with(a, n, NULL);
}

size_t ofp_count_words(const ofp_node *n)
{
    ofp_arena *a = ofp_arena_new();
    size_t words = a ? ofp_str_words(ofp_plain_text(a, n)) : 0;
    ofp_arena_free(a);
    return words;
}
