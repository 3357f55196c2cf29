/* looks.c - what a line of a text looks like, whatever its words are, and which lines look alike:
 * "Anna · March 10, 2017 at 12:20 AM", "12 comments", "Reply".  Lists of comments, teasers and pictures have
 * such a line in every entry, and an article has none. */
#include "cleanup.h"

typedef struct eye {
    const vocab *v;
    uint32_t shape, word, button, last;
    unsigned letters, digits, dots, inside;     /* inside: characters since an opening bracket, 0 behind a blank */
    bool other, telling;                /* the part before was other words; something but these was there */
    look l;
} eye;

/* ---- shapes: words of known classes, numbers and signs; other words count alike --------------- */

enum { OTHER = 1, NUMBER, YEAR, CLASS };

/* The classes whose words stand for each other. */
static const unsigned alike = 1u << W_MONTH | 1u << W_DAY | 1u << W_AGO | 1u << W_BY | 1u << W_TALK;

static void add_part(eye *e, uint32_t part)
{
    if (part == OTHER && e->other)
        return;
    e->other = part == OTHER;
    e->telling |= part >= NUMBER;
    e->shape = word_hash(e->shape, part);
}

static void close_word(eye *e)
{
    unsigned known = e->word ? vocab_classes(e->v, e->word) & alike : 0;
    if (e->letters)
        add_part(e, known ? CLASS + known : OTHER);
    else if (e->digits)
        add_part(e, e->digits == 4 ? YEAR : NUMBER);
    e->word = e->letters = e->digits = 0;
}

/* ---- gadgets: what text browsers put for forms and pictures, and mark-up that shows --------- */

enum { FIELD = 3, NAME = 5 };

/* "____", "[ ]", "(BUTTON)", "[logo.png]", "<br", "</a", "/>" */
static bool ends_gadget(const eye *e, uint32_t cp)
{
    switch (cp) {
    case '_': return e->dots == FIELD;
    case ']': return e->last == '[' || e->inside > NAME;
    case ')': return e->inside && e->word == e->button;
    case '>': return e->last == '/';
    case '/': return e->last == '<';
    default: return e->last == '<' && ofp_is_letter(cp);
    }
}

static void count_run(eye *e, uint32_t cp)
{
    e->dots = (cp == '.' || cp == '_') && cp == e->last ? e->dots + 1 : 1;
    e->inside = cp == '[' || cp == '(' ? 1 : e->inside && !ofp_is_space(cp) ? e->inside + 1 : 0;
}

/* ---- a line ------------------------------------------------------------------------------------ */

static void see(eye *e, uint32_t cp)
{
    bool letter = ofp_is_letter(cp), digit = ofp_is_digit(cp), blank = ofp_is_space(cp);
    count_run(e, cp);
    e->l.gadgets += ends_gadget(e, cp);
    if ((letter && e->digits) || (digit && e->letters) || (!letter && !digit))
        close_word(e);
    if (letter)
        e->word = word_hash(e->word, ofp_to_lower(cp)), e->letters++;
    else if (digit)
        e->digits++;
    else if (!blank)
        e->other = false, e->shape = word_hash(e->shape, cp);
    if (!blank) {
        e->l.trails = cp == 0x2026 || (cp == '.' && e->dots >= 3) || (e->l.trails && (cp == ']' || cp == ')'));
        e->last = cp;
    }
}

static eye new_eye(const vocab *v)
{
    eye e = { .v = v };
    for (const char *z = "button"; *z; z++)
        e.button = word_hash(e.button, (unsigned char)*z);
    return e;
}

static void see_text(eye *e, ofp_str t)
{
    for (size_t i = 0; i < t.n;)
        see(e, ofp_utf8_next(t, &i));
}

static look looked(eye *e)
{
    close_word(e);
    e->l.shape = e->telling ? e->shape : 0;
    return e->l;
}

static look look_at(const eye *fresh, const ofp_node *root)
{
    eye e = *fresh;
    for (const ofp_node *n = ofp_first(root); n; n = ofp_after(n, root))
        if (ofp_node_type(n) == OFP_TEXT)
            see_text(&e, ofp_text(n));
    return looked(&e);
}

/* ---- lines alike -------------------------------------------------------------------------------- */

enum { SHORT_LINE = 16 };

look *line_looks(const page *p)
{
    size_t slots = slots_for(p->nb);
    key_slot *t = ofp_arena_zalloc(p->a, slots, sizeof *t);
    unsigned *count = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, sizeof *count);
    look *all = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, sizeof *all);
    int *kind = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, sizeof *kind), n = 0;
    const eye fresh = new_eye(p->v);
    if (!t || !count || !all || !kind)
        return NULL;
    for (int i = 0; i < p->nb; i++) {
        const block *b = &p->b[i];
        all[i] = look_at(&fresh, b->node);
        bool has = all[i].shape && b->f.words <= SHORT_LINE && !b->prose;
        kind[i] = has ? group_find(t, slots - 1, all[i].shape * 0x9e3779b1u, &n) : -1;
        if (has)
            count[kind[i]]++;
    }
    for (int i = 0; i < p->nb; i++) {
        unsigned same = p->g[GROUP_WORDS][p->b[i].group[GROUP_WORDS]].blocks;
        all[i].mates = kind[i] < 0 || count[kind[i]] < same ? same : count[kind[i]];
    }
    return all;
}
