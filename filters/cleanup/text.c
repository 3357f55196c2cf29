/* text.c - the article inside a text dump: each line gets points for reading like prose or like the
 * furniture of a page, the run of lines with the most points is the article. */
#include "cleanup.h"

/* Points of a line, and whether it is no part of the article wherever it stands.  A gap of loose
 * lines between two paragraphs costs at most `loose_cap`: recipes, tables and lists are such gaps. */
static const struct { const char *name; int points; bool loose, drop; } kinds[NKINDS] = {
    [PROSE]    = { "prose",       0, false, false },   /* its words, up to prose_cap */
    [SENTENCE] = { "sentence",    0, false, false },   /* half its words */
    [SHORT]    = { "short-line", -2, true,  false },
    [MENU]     = { "menu",       -4, true,  false },
    [REPEAT]   = { "repeated",   -4, true,  true  },
    [BYLINE]   = { "byline",     -3, true,  false },
    [INSIDE]   = { "inset",      -3, false, true  },
    [OPENING]  = { "pointer",   -14, false, true  },
    [SOCIAL]   = { "share-bar", -15, false, true  },
    [FOOT]     = { "footer",    -30, false, true  },
    [END]      = { "end-label", -30, false, true  },
    [COMMENTS] = { "comments",  -80, false, true  },
};
enum { NO_CASE = 0x590 };                /* scripts from here on have no capitals */
enum { prose_cap = 80, sentence_cap = 20, loose_cap = 60, menu_run = 4, headline_run = 5 };

typedef struct line {
    enum kind kind;
    unsigned run;                       /* length of the run of unpunctuated short lines it is in */
    int points;
} line;

typedef struct text { page *p; line *l; int first, last; } text;

static unsigned repeats(const page *p, const block *b) { return p->g[GROUP_WORDS][b->group[GROUP_WORDS]].blocks; }
static bool is_heading(const block *b) { return b->tag >= TAG_H1 && b->tag <= TAG_H6; }
static int points_of(const text *t, int i)
{
    const block *b = &t->p->b[i];
    int words = (int)b->f.words;
    switch (t->l[i].kind) {
    case PROSE:
        words = words < prose_cap ? words : prose_cap;
        return repeats(t->p, b) > 1 ? words * 3 / 10 : words;
    case SENTENCE: return (words < sentence_cap ? words : sentence_cap) / 2;
    case SHORT: case MENU: case REPEAT: case BYLINE: case INSIDE: case OPENING: case SOCIAL: case FOOT:
    case END: case COMMENTS: case NKINDS:
        break;
    }
    return kinds[t->l[i].kind].points;
}

/* The run of lines with the greatest sum. */
static void find_run(text *t)
{
    int best = 0, sum = 0, start = 0, gap = 0;
    for (int i = 0; i < t->p->nb; i++) {
        int s = t->l[i].points;
        if (kinds[t->l[i].kind].loose) {
            s = s < -(loose_cap - gap) ? -(loose_cap - gap) : s;
            gap -= s;
        } else if (s > 8) {
            gap = 0;
        }
        if (sum <= 0)
            sum = 0, start = i;
        sum += s;
        if (sum > best)
            best = sum, t->first = start, t->last = i + 1;
    }
}

/* A closing line such as an agency credit belongs to the run: a phrase that is no label, and the
 * next line is one. */
static void widen_run(text *t)
{
    const page *p = t->p;
    if (t->last + 1 >= p->nb || t->l[t->last + 1].kind < INSIDE)
        return;
    const block *b = &p->b[t->last];
    if ((t->l[t->last].kind == SHORT || t->l[t->last].kind == MENU) && b->f.in[W_STOP] && b->f.words >= 3 && b->f.words <= 25)
        t->l[t->last++].kind = SHORT;
}

/* What only the page around an article has: share bars, footers, labels, lists of headlines. */
static unsigned evidence(const text *t, int i)
{
    const line *l = &t->l[i];
    const facts *f = &t->p->b[i].f;
    if (l->kind == INSIDE || l->kind == OPENING)
        return 1;
    return l->kind >= SOCIAL || (l->run >= 6 && f->words >= 3 && f->upper * 10 >= f->words * 6) ? 3 : 0;
}

static bool has_evidence(const text *t, int first, int last)
{
    unsigned sum = 0;
    for (int i = first; i < last; i++)
        sum += evidence(t, i);
    return sum >= 3;
}

/* Nothing is dropped without a reason: an end of the text that holds no trace of a page is kept. */
static void widen_harmless(text *t)
{
    if (!has_evidence(t, 0, t->first))
        t->first = 0;
    if (!has_evidence(t, t->last, t->p->nb))
        t->last = t->p->nb;
}

static bool is_headline_list(const text *t, int i)
{
    const block *b = &t->p->b[i];
    return t->l[i].kind == MENU && t->l[i].run >= headline_run && b->f.upper * 10 > b->f.words * 6 &&
           t->p->e[b->elem].tag != TAG_LI && !is_heading(b);
}

static void keep_lines(text *t)
{
    for (int i = 0; i < t->p->nb; i++) {
        block *b = &t->p->b[i];
        bool in = i >= t->first && i < t->last;
        bool lax = t->p->mode == MODE_RECALL && t->l[i].kind < SOCIAL;
        b->keep = in && (lax || (!kinds[t->l[i].kind].drop && !is_headline_list(t, i)));
        b->why = b->keep ? "in-run" : in || kinds[t->l[i].kind].drop ? kinds[t->l[i].kind].name : "outside-run";
    }
}

void score_text(page *p)
{
    text t = { .p = p, .l = ofp_arena_zalloc(p->a, (size_t)p->nb + 1, sizeof *t.l) };
    if (!t.l)
        return;
    find_kinds(p);
    for (int i = 0; i < p->nb; i++) {
        t.l[i].kind = p->b[i].kind, t.l[i].run = p->b[i].run;
        p->b[i].p = t.l[i].points = points_of(&t, i);
    }
    find_run(&t);
    if (is_plain_article(p) || t.first == t.last) {
        t.first = 0, t.last = p->nb;
        for (int i = 0; i < p->nb; i++)
            p->b[i].keep = true, p->b[i].why = "plain-article";
        return;
    }
    widen_run(&t);
    widen_harmless(&t);
    keep_lines(&t);
}
