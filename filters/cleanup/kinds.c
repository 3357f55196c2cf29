/* kinds.c - what each line of a text is to the eye: prose, a label, a share bar, a byline; and whether a
 * text holds any trace of a page around an article. */
#include "cleanup.h"

enum { NO_CASE = 0x590, MENU_RUN = 4 };  /* scripts from NO_CASE on have no capitals */

static unsigned repeats(const page *p, const block *b) { return p->g[GROUP_WORDS][b->group[GROUP_WORDS]].blocks; }

static bool is_menu_like(const block *b)
{
    return b->f.words <= 16 && !facts_sentence_end(&b->f) && !b->prose && !b->f.sentences &&
           ofp_node_type(b->node) != OFP_CODEBLOCK;
}

/* Two of the names of networks, and little else. */
static bool is_social(const facts *f) { return f->in[W_SOCIAL] >= 2 && f->in[W_SOCIAL] * 3 >= f->words; }

/* "Terms of service" and "cookies" occur in articles too: only short lines and copyright lines count. */
static bool is_foot(const block *b)
{
    const facts *f = &b->f;
    bool rights = f->copyright && f->words < 40;
    if (!f->upper && f->first < NO_CASE)
        return rights;                                     /* "/login?next=/" is a piece of a text */
    return rights || (f->in[W_FOOT] >= 2 && (f->words <= 12 || !b->prose)) ||
           (f->words <= 12 && f->in[W_NAV] * 2 > f->words && f->in[W_NAV] >= 2);
}

static bool is_byline(const block *b)
{
    const facts *f = &b->f;
    bool dated = f->in[W_MONTH] && (f->years || f->numbers);
    return f->words <= 25 && !b->prose && !is_head(b) && !facts_sentence_end(f) &&
           (f->starts_by || (dated && f->words <= 12) || (f->in[W_AGO] >= 2 && f->words <= 12));
}

/* Labels are written with a capital: "print" alone in its line is a piece of code or of a sentence. */
static bool is_label(const block *b) { return b->label != LABEL_NONE && (b->f.upper || b->f.first >= NO_CASE); }

static bool is_credit(const block *b)
{
    return b->label == LABEL_CREDIT && b->f.words > 1 && b->f.words <= 8 && !facts_sentence_end(&b->f) && (b->f.in[W_BY] || b->f.words <= 3);
}

/* Program text and the cells of a table repeat themselves and name networks and policies as they like. */
static bool is_data(const page *p, const block *b)
{
    return ofp_node_type(b->node) == OFP_CODEBLOCK || p->e[b->elem].tag == TAG_TD;
}

static enum kind kind_of(const page *p, const block *b)
{
    const facts *f = &b->f;
    if (is_data(p, b))
        return b->prose ? PROSE : SHORT;
    bool ends = facts_sentence_end(f);
    enum label label = is_label(b) ? b->label : LABEL_NONE;
    if (label == LABEL_COMMENTS) return COMMENTS;
    if (is_foot(b)) return FOOT;
    if (label == LABEL_END) return END;
    if (is_social(f)) return SOCIAL;
    if ((label == LABEL_PREFIX && f->words <= 14 && !(ends && f->words > 10)) || (label == LABEL_CREDIT && is_credit(b))) return OPENING;
    if (label == LABEL_INSIDE) return INSIDE;
    if (b->prose) return PROSE;
    if (is_picture_line(b->node)) return PICTURE;
    if (repeats(p, b) > 1 && f->words > 2 && !ends) return REPEAT;
    if (is_byline(b)) return BYLINE;
    if ((ends || f->last == ':') && f->words >= 3 && f->in[W_STOP]) return SENTENCE;
    return b->run >= MENU_RUN ? MENU : SHORT;
}

static void count_runs(page *p)
{
    for (int i = 0, j; i < p->nb; i = j > i ? j : i + 1) {
        for (j = i; j < p->nb && is_menu_like(&p->b[j]);)
            j++;
        for (int k = i; k < j; k++)
            p->b[k].run = (unsigned)(j - i);
    }
}

void find_kinds(page *p)
{
    count_runs(p);
    for (int i = 0; i < p->nb; i++)
        p->b[i].kind = kind_of(p, &p->b[i]);
}

/* ---- is there a page at all -------------------------------------------------------------- */

/* SPARSE: one trace in so many lines may be the author's; EDGE lines at either end of a page are its furniture, which
 * the model gives UNLIKELY on the mean.  The others count words, per mille. */
enum { SPARSE = 200, EDGE = 5, UNLIKELY = 150, STRANGE = 40, FEW_STRANGE = 10 };

typedef struct traces { unsigned strong, weak; long foreign; } traces;    /* foreign: words in lines that are surely not its own */

static traces count_traces(const page *p)
{
    traces n = { 0 };
    unsigned words = 0;
    for (int i = 0; i < p->nb; i++) {
        const block *b = &p->b[i];
        n.strong += b->kind >= SOCIAL;
        n.weak += b->kind >= INSIDE && b->kind < SOCIAL;
        words += b->p < SURELY_NOT ? b->f.words : 0;
    }
    n.foreign = share(words, p->words, 1000);
    return n;
}

/* A page begins with its name and a menu, and ends with its small print: how likely its first and last lines are
 * an article's. */
static void find_ends(const page *p, int *less, int *more)
{
    int n = p->nb < EDGE ? p->nb : EDGE, top = 0, end = 0;
    for (int i = 0; i < n; i++)
        top += p->b[i].p, end += p->b[p->nb - 1 - i].p;
    *less = n ? (top < end ? top : end) / n : 0;
    *more = n ? (top < end ? end : top) / n : 0;
}

/* Text in which nothing hints at a page is not touched at all.  It has next to no share bar, footer or label that
 * ends an article, unless furniture stands at both ends; or hardly a word that is surely not its own, where it takes
 * the fewer the more its ends look like a page's; or no furniture at either end. */
bool is_plain_article(const page *p)
{
    traces n = count_traces(p);
    int less, more;
    if (p->mode == MODE_PRECISION)
        return !n.strong && !n.weak;
    find_ends(p, &less, &more);
    bool framed = more < UNLIKELY && n.foreign > STRANGE;
    return (n.strong * SPARSE <= (unsigned)p->nb && !framed) || n.foreign < FEW_STRANGE + more * 3 / 20 || less > UNLIKELY;
}
