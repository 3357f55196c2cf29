/* formatting.c - the active formatting elements, which are opened again where the page has only left them, and the
 * adoption agency, which mends those that cross blocks (HTML standard 13.2.4.3, 13.2.6.4.7). */
#include "tree.h"
#include <string.h>

static void list_remove(builder *b, size_t at)
{
    b->nactive -= b->formatting[at] != NULL;
    memmove(&b->formatting[at], &b->formatting[at + 1], (b->nformatting - at - 1) * sizeof *b->formatting);
    b->nformatting--;
}

static void list_insert(builder *b, size_t at, dom *n)
{
    if (b->nformatting == sizeof b->formatting / sizeof *b->formatting)
        return;
    memmove(&b->formatting[at + 1], &b->formatting[at], (b->nformatting - at) * sizeof *b->formatting);
    b->formatting[at] = n;
    b->nformatting++;
    b->nactive += n != NULL;
}

static size_t list_index(const builder *b, const dom *n)
{
    size_t i = b->nformatting;
    while (i-- > 0 && b->formatting[i] != n)
        ;
    return i;
}

void tree_mark(builder *b)
{
    list_insert(b, b->nformatting, NULL);
}

void tree_clear_to_mark(builder *b)
{
    while (b->nformatting) {
        bool mark = !b->formatting[b->nformatting - 1];
        list_remove(b, b->nformatting - 1);
        if (mark)
            return;
    }
}

void tree_forget(builder *b, const dom *n)
{
    size_t at = list_index(b, n);
    if (at != SIZE_MAX)
        list_remove(b, at);
}

dom *tree_formatting(const builder *b, enum tag tag)
{
    for (size_t i = b->nformatting; i-- > 0 && b->formatting[i]; )
        if (b->formatting[i]->tag == tag)
            return b->formatting[i];
    return NULL;
}

/* Elements with very many attributes are alike to none, lest comparing takes its time. */
static bool has_attrs(const dom *n, const token *t)
{
    bool all = n->nattrs == t->nattrs && t->nattrs <= 16;
    for (unsigned i = 0; all && i < t->nattrs; i++)
        all = dom_has_attr(n, t->attrs[i].name) && ofp_str_eq(dom_attr(n, t->attrs[i].name), t->attrs[i].value);
    return all;
}

/* Of elements that are alike three are opened again, no more: the earliest is forgotten. */
static void make_room(builder *b, const token *t)
{
    size_t alike = 0, earliest = 0;
    for (size_t i = b->nformatting; i-- > 0 && b->formatting[i]; )
        if (b->formatting[i]->tag == t->tag && has_attrs(b->formatting[i], t)) {
            alike++;
            earliest = i;
        }
    if (alike >= 3)
        list_remove(b, earliest);
}

void tree_open_formatting(builder *b, const token *t)
{
    if (!b->keep_formatting || b->nactive >= TREE_MAX_FORMATTING) {
        b->limits->formatting = true;
        return;
    }
    make_room(b, t);
    list_insert(b, b->nformatting, tree_open(b, t));
}

void tree_reconstruct(builder *b)
{
    size_t i = b->nformatting;
    while (i > 0 && b->formatting[i - 1] && !(b->formatting[i - 1]->bits & BIT_OPEN))
        i--;
    for (; i < b->nformatting && b->left; i++) {
        dom *n = tree_copy(b, b->formatting[i]);
        tree_insert(b, n, tree_place_in(b, tree_current(b)));
        tree_push(b, n);
        b->formatting[i] = n;
    }
}

void tree_any_end(builder *b, const token *t)
{
    for (size_t i = b->n; i-- > 0; ) {
        dom *n = b->open[i];
        if (!(n->bits & BIT_FOREIGN) && n->tag == t->tag && (t->tag || ofp_str_eq(n->name, t->name))) {
            tree_end_implied(b, t->tag);
            tree_pop_to(b, i);
            return;
        }
        if (TREE_IS(n->tag, IS_SPECIAL) || n->bits & BIT_SCOPE)
            return;
    }
}

/* ---- the adoption agency (13.2.6.4.7) ---------------------------------------------------------------- */

/* The outermost special element inside the open one at at; SIZE_MAX where there is none. */
static size_t furthest_block(const builder *b, size_t at)
{
    for (size_t i = at + 1; i < b->n; i++)
        if (TREE_IS(b->open[i]->tag, IS_SPECIAL) || b->open[i]->bits & BIT_SCOPE)
            return i;
    return SIZE_MAX;
}

/* Copies of the formatting elements between el and block, around block; *mark is where the list goes on. */
static dom *nest_copies(builder *b, const dom *el, size_t block, size_t *mark)
{
    dom *innermost = b->open[block], *last = innermost;
    int inner = 0;
    for (size_t i = block - 1; b->open[i] != el && b->left; i--) {
        dom *n = b->open[i];
        size_t at = list_index(b, n);
        if (++inner > 3 && at != SIZE_MAX) {
            list_remove(b, at);
            *mark -= at < *mark;
            at = SIZE_MAX;
        }
        if (at == SIZE_MAX) {
            tree_remove_at(b, i);
            continue;
        }
        dom *copy = tree_copy(b, n);
        b->formatting[at] = copy;
        tree_remove_at(b, i);
        tree_push_at(b, i, copy);
        if (last == innermost)
            *mark = at + 1;
        tree_unlink(last);
        tree_insert(b, last, (tree_place){ copy, NULL });
        last = copy;
    }
    return last;
}

/* One round; false when there is nothing more to do. */
static bool adopt_once(builder *b, token *t)
{
    dom *el = tree_formatting(b, t->tag);
    if (!el) {
        tree_any_end(b, t);
        return false;
    }
    size_t at = tree_index(b, el);
    if (at == SIZE_MAX) {
        tree_forget(b, el);
        return false;
    }
    for (size_t i = b->n - 1; i > at; i--)
        if (tree_bounds(b->open[i], IN_SCOPE))
            return false;
    size_t far = furthest_block(b, at);
    if (far == SIZE_MAX) {
        tree_pop_to(b, at);
        tree_forget(b, el);
        return false;
    }
    dom *block = b->open[far], *ancestor = b->open[at - 1];
    size_t mark = list_index(b, el);
    dom *last = nest_copies(b, el, far, &mark);
    tree_unlink(last);
    tree_insert(b, last, tree_place_in(b, ancestor));
    dom *copy = tree_copy(b, el);
    tree_take_children(copy, block);
    tree_insert(b, copy, (tree_place){ block, NULL });
    size_t old = list_index(b, el);
    list_remove(b, old);
    list_insert(b, mark - (old < mark), copy);
    tree_remove(b, el);
    tree_push_at(b, tree_index(b, block) + 1, copy);
    return true;
}

void tree_adopt(builder *b, token *t)
{
    const dom *top = tree_current(b);
    if (top->tag == t->tag && list_index(b, top) == SIZE_MAX) {
        tree_pop(b);
        return;
    }
    for (int i = 0; i < 8 && b->left && adopt_once(b, t); i++)
        ;
}
