/* text.c - the article inside a text dump: boosted trees judge each line; a text that shows no trace of
 * a page is left alone. */
#include "cleanup.h"

#define WANT_LINE_TREES
#include "cleanup_tables.h"
#undef WANT_LINE_TREES
_Static_assert((int)LINE_COLUMNS == (int)LINE_FEATURES, "features changed: train again");

void score_text(page *p)
{
    const forest f = { line_trees, sizeof line_trees / sizeof *line_trees, LINE_FEATURES, NULL };
    find_kinds(p);
    const int *score = forest_scores(&f, p->a, line_features(p), p->nb);
    for (int i = 0; score && i < p->nb; i++)
        p->b[i].p = score[i];
}

/* A closing line such as an agency credit belongs to the article: a phrase that is no label, between
 * its last sentence and the first label. */
static void keep_closing(page *p)
{
    int last = p->nb - 1;
    while (last >= 0 && !p->b[last].keep)
        last--;
    if (last < 0 || last + 2 >= p->nb || p->b[last + 2].kind < INSIDE)
        return;
    const block *b = &p->b[last + 1];
    if ((b->kind == SHORT || b->kind == MENU) && b->p >= SURELY_NOT && b->f.in[W_STOP] && b->f.words >= 3 && b->f.words <= 25)
        keep_range(p, last + 1, last + 2, true, "closing");
}

/* The line between the byline and the first sentence is what stands under a picture. */
static void drop_caption(page *p)
{
    int first = 0;
    while (first < p->nb && !p->b[first].keep)
        first++;
    if (first == 0 || first + 1 >= p->nb)
        return;
    const block *b = &p->b[first];
    bool loose = (b->kind == SHORT || b->kind == MENU) && !is_head(b) && b->f.words <= 12;
    if (loose && b[-1].kind == BYLINE && b[1].prose)
        keep_range(p, first, first + 1, false, "caption");
}

/* A picture that is not there. */
static void drop_pictures(page *p)
{
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].kind == PICTURE)
            keep_range(p, i, i + 1, false, "picture");
}

enum { FEW_NOTES = 3, NOTE_GAP = 6 };

static bool is_note(const block *b)
{
    const ofp_node *n = ofp_first(b->node);
    while (n && ofp_node_type(n) != OFP_TEXT)
        n = ofp_first(n);
    ofp_str s = n ? ofp_str_trim(ofp_text(n)) : (ofp_str){ 0 };
    return ofp_str_starts(s, OFP_STR("^")) || ofp_str_starts(s, OFP_STR("\xe2\x86\x91"));
}

/* What a caret or an arrow back opens is a note of the text above and stays with it, as do the lines that a
 * browser has broken it into. */
static void keep_notes(page *p)
{
    int first = -1, last = -1, notes = 0, kept = 0;
    while (kept < p->nb && !p->b[kept].keep)
        kept++;
    for (int i = kept; i <= p->nb; i++) {
        if (i < p->nb && is_note(&p->b[i])) {
            first = notes++ ? first : i;
            last = i;
        } else if (notes && (i == p->nb || i - last > NOTE_GAP)) {
            if (notes >= FEW_NOTES)
                keep_range(p, first, last + 1, true, "notes");
            notes = 0;
        }
    }
}

/* The stretch of lines with the greatest sum of what each has above `level`, by words. */
static void find_stretch(const page *p, int level, int *from, int *to)
{
    long sum = 0, best = 0;
    *from = *to = 0;
    for (int i = 0, start = 0; i < p->nb; i++) {
        if (sum <= 0)
            sum = 0, start = i;
        sum += (p->b[i].p - level) * ((long)p->b[i].f.words + 1);
        if (sum > best)
            best = sum, *from = start, *to = i + 1;
    }
}

/* Where less than one word in so many would be left, or no sentence, there is no article, but a list. */
enum { LITTLE = 20 };

static bool is_list(const page *p)
{
    bool prose = false;
    for (int i = 0; i < p->nb; i++)
        prose |= p->b[i].keep && p->b[i].prose;
    return !prose || kept_words(p, 0, p->nb) * LITTLE < p->e[0].words;
}

static void keep_list(page *p)
{
    p->cut = SURELY_NOT;
    keep_likely(p);
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].kind == SOCIAL)
            keep_range(p, i, i + 1, false, "share-bar");
}

/* An article stands in one place: what is likely enough by itself but not there belongs to another.
 * 450 and 350 are from cross-validation. */
void choose_lines(page *p)
{
    static const int shift[] = { [MODE_BALANCED] = 0, [MODE_PRECISION] = 120, [MODE_RECALL] = -120 };
    int from, to;
    p->plain = is_plain_article(p);
    if (p->plain) {
        keep_range(p, 0, p->nb, true, NULL);
        return;
    }
    p->cut = 350 + shift[p->mode];
    find_stretch(p, 450 + shift[p->mode], &from, &to);
    keep_likely(p);
    if (from < to) {
        keep_range(p, 0, from, false, "outside-run");
        keep_range(p, to, p->nb, false, "outside-run");
    }
    if (is_list(p))
        keep_list(p);
    else
        keep_notes(p);
    drop_pictures(p);
    keep_closing(p);
    drop_caption(p);
}
