/* context.c - what a block is among the others: its group, its section, its place between title, labels
 * and the bulk of the prose. */
#include "cleanup.h"

/* ---- groups of equal blocks and elements ----------------------------------------------------- */

size_t slots_for(int n)
{
    size_t slots = 16;
    while (slots < (size_t)n * 2)
        slots *= 2;
    return slots;
}

int group_find(key_slot *t, size_t mask, uint32_t key, int *next)
{
    size_t i = key & mask;
    for (; t[i].group; i = (i + 1) & mask)
        if (t[i].key == key)
            return t[i].group - 1;
    t[i] = (key_slot){ key, ++*next };
    return *next - 1;
}

static uint32_t block_key(const page *p, int i, int kind)
{
    const block *b = &p->b[i];
    return kind == 2 ? b->f.exact * 0x9e3779b1u : (p->e[b->elem].signature[kind] * 31 + (uint32_t)b->tag) * 0x9e3779b1u;
}

/* Blocks with the same signature or the same words, whose sums a card or a forum post shows up in. */
static bool make_groups(page *p)
{
    size_t slots = slots_for(p->nb);
    for (int kind = 0; kind < NGROUPS; kind++) {
        key_slot *t = ofp_arena_zalloc(p->a, slots, sizeof *t);
        p->g[kind] = ofp_arena_zalloc(p->a, p->nb + 1, sizeof *p->g[kind]);
        if (!t || !p->g[kind])
            return false;
        for (int i = 0, n = 0; i < p->nb; i++) {
            block *b = &p->b[i];
            b->group[kind] = group_find(t, slots - 1, block_key(p, i, kind), &n);
            group *g = &p->g[kind][b->group[kind]];
            g->blocks++;
            g->words += b->f.words;
            g->link_words += b->f.link_words;
        }
    }
    return true;
}

/* Siblings of the same tag and classes: cards, posts, rows. */
static bool find_twins(page *p)
{
    size_t slots = slots_for(p->ne);
    key_slot *t = ofp_arena_zalloc(p->a, slots, sizeof *t);
    p->twins = ofp_arena_zalloc(p->a, p->ne + 1, sizeof *p->twins);
    if (!t || !p->twins)
        return false;
    for (int i = 0, n = 0; i < p->ne; i++) {
        element *e = &p->e[i];
        e->twins = group_find(t, slots - 1, (e->own * 31 + (uint32_t)e->parent) * 0x9e3779b1u, &n);
        e->twin_place = p->twins[e->twins].blocks++;
        p->twins[e->twins].words += e->words;
    }
    for (int i = 0; i < p->ne; i++) {
        element *e = &p->e[i];
        bool text = e->tag == TAG_P || e->tag == TAG_PRE || (e->tag >= TAG_H1 && e->tag <= TAG_H6);
        bool many = p->twins[e->twins].blocks >= MANY_TWINS;
        e->card = many && !text ? i : e->parent < 0 ? -1 : p->e[e->parent].card;
    }
    return true;
}

/* ---- landmarks of the text ------------------------------------------------------------------- */

bool in_chrome(const element *e)
{
    return e->tag_far[TAG_NAV] < FAR || e->tag_far[TAG_FOOTER] < FAR || e->tag_far[TAG_ASIDE] < FAR;
}

/* The deepest elements that hold most of the prose. */
static void find_mass(page *p)
{
    static const unsigned share[NMASS] = { 40, 60, 80 };
    unsigned *sum = ofp_arena_zalloc(p->a, p->ne, sizeof *sum);
    if (!sum)
        return;
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].paragraph && !in_chrome(&p->e[p->b[i].elem]))
            sum[p->b[i].elem] += p->b[i].f.words;
    for (int i = p->ne - 1; i > 0; i--)
        sum[p->e[i].parent] += sum[i];
    for (int k = 0; k < NMASS; k++)
        for (int i = 0; i < p->ne; i++)
            if (sum[0] && (uint64_t)sum[i] * 100 >= (uint64_t)sum[0] * share[k] && p->e[i].depth >= p->e[p->mass[k]].depth)
                p->mass[k] = i;
}

/* The block that resembles the title most, a first-level heading for choice. */
static void find_title(page *p)
{
    unsigned best = 35;
    int h1 = -1;
    p->title = -1;
    for (int i = 0; i < p->nb; i++) {
        const block *b = &p->b[i];
        h1 = h1 < 0 && b->tag == TAG_H1 ? i : h1;
        if (b->f.words > 40 || !b->f.title_words)
            continue;
        unsigned content = b->f.words - b->f.in[W_STOP], both = b->f.title_words;
        unsigned all = (unsigned)p->title_words.n + (content > both ? content - both : 0);
        unsigned s = 100 * both / (all ? all : 1) + (b->tag == TAG_H1 ? 30 : b->tag == TAG_H2 ? 10 : 0);
        if (s > best)
            best = s, p->title = i;
    }
    p->title = p->title < 0 ? h1 : p->title;
}

static void find_headings(page *p)
{
    for (int i = 0, last = -1; i < p->nb; i++) {
        if (p->b[i].tag >= TAG_H1 && p->b[i].tag <= TAG_H6)
            last = i;
        p->b[i].heading = last;
    }
}

/* Labels that end an article are counted on the way down, as are headlines and paragraphs. */
static void find_order(page *p)
{
    unsigned heads = 0, ends = 0, prose = 0;
    for (int i = 0, last = -1; i < p->nb; i++) {
        block *b = &p->b[i];
        if (b->label == LABEL_END || b->label == LABEL_COMMENTS)
            last = i, ends++;
        heads += b->tag == TAG_H1;
        b->end = last;
        b->ends = ends;
        b->headlines = heads;
        b->prose_before = prose;
        prose += b->paragraph && !in_chrome(&p->e[b->elem]) ? b->f.words : 0;
    }
    p->prose = prose;
    unsigned articles = 0;
    for (int i = 0; i < p->ne; i++) {
        element *e = &p->e[i];
        e->article = e->tag == TAG_ARTICLE ? ++articles : e->parent < 0 ? 0 : p->e[e->parent].article;
    }
}

/* Sections run from heading to heading. */
static void find_sections(page *p)
{
    for (int i = p->nb - 1, next = p->nb; i >= 0; i--) {
        p->b[i].section_end = next;
        if (p->b[i].heading == i)
            next = i;
    }
}

bool find_context(page *p)
{
    find_mass(p);
    find_title(p);
    find_headings(p);
    find_sections(p);
    find_order(p);
    return make_groups(p) && find_twins(p);
}
