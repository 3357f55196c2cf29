/* choose.c - from probabilities to what stays: units that are kept or dropped whole, and taking the rest out of the
 * document. */
#include "cleanup.h"

/* ---- what stays ------------------------------------------------------------------------------ */

/* A page without any furniture is an article, or a fragment of one: it stays as it is. */
static bool is_bare(const page *p)
{
    static const enum tag furniture[] = { TAG_NAV, TAG_FOOTER, TAG_ASIDE, TAG_FORM, TAG_HEADER, TAG_INPUT, TAG_BUTTON };
    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++)
        if (p->tags[furniture[i]])
            return false;
    return p->link_words * 10 < p->words * 3 && !p->named[C_NAV] && !p->named[C_FOOTER] && !p->named[C_SIDEBAR];
}

/* No head states a title: somebody took this out of its page, and what he left around it is little. */
static bool is_piece(const page *p)
{
    return !ofp_note(p->doc, OFP_STR("head")).n && kept_words(p, 0, p->nb) * 4 >= p->words * 3;
}

static int best_p(const page *p)
{
    int best = 0;
    for (int i = 0; i < p->nb; i++)
        best = p->b[i].p > best ? p->b[i].p : best;
    return best;
}

void keep_likely(page *p)
{
    for (int i = 0; i < p->nb; i++)
        p->b[i].keep = p->b[i].p >= p->cut;
    if (kept_words(p, 0, p->nb))
        return;
    int floor = best_p(p) * 6 / 10;
    for (int i = 0; i < p->nb; i++)
        p->b[i].keep = p->b[i].p >= floor;
}

/* Cells that hold more than data: a table that lays out a page. */
static bool is_layout(const element *e) { return e->words > 40 * e->blocks; }

/* Part of a table or a definition list says nothing alone. */
static bool is_unit(const element *e)
{
    enum ofp_type t = ofp_node_type(e->node);
    return (t == OFP_TABLE || t == OFP_DLIST) && !is_layout(e);
}

static bool mostly_kept(const page *p, const element *e)
{
    return kept_words(p, e->first, e->last) * 5 >= e->words * 2;
}

/* Between two blocks that stay, or nearly would. */
static bool is_near(const page *p, int i) { return i >= 0 && i < p->nb && (p->b[i].keep || p->b[i].p * 2 >= p->cut); }
static bool is_inside(const page *p, const element *e) { return is_near(p, e->first - 1) && is_near(p, e->last); }

/* How likely the words of an element are, taken together. */
static int mean_p(const page *p, const element *e)
{
    uint64_t sum = 0;
    for (int i = e->first; i < e->last; i++)
        sum += (uint64_t)p->b[i].p * p->b[i].f.words;
    return e->words ? (int)(sum / e->words) : 0;
}

/* Its columns have names. */
static bool has_head(const ofp_node *table)
{
    for (const ofp_node *n = ofp_first(table); n; n = ofp_next(n))
        if (ofp_node_type(n) == OFP_THEAD)
            return ofp_first(n) != NULL;
    return false;
}

/* Cells say little one by one: a table of data in the midst of the text is judged as a whole, and leniently; one at
 * the end of it less so. */
static bool is_table_of_text(const page *p, const element *e)
{
    enum { CELLS = 9, MAYBE = 60, NEVER = 1001 };
    int least = is_inside(p, e) ? MAYBE : is_near(p, e->first - 1) ? p->cut / 5 : NEVER;
    return e->blocks >= CELLS && has_head(e->node) && e->link_words * 2 < e->words && mean_p(p, e) >= least;
}

/* In the midst of the text, with hardly a link and not unlikely: one must say little against it. */
static bool belongs(const page *p, const element *e, int part)
{
    return is_inside(p, e) && e->link_words * 5 < e->words && mean_p(p, e) * part >= p->cut;
}

static void whole_units(page *p)
{
    for (int i = 0; i < p->ne; i++) {
        const element *e = &p->e[i];
        if (!is_unit(e))
            continue;
        bool keep = mostly_kept(p, e) || is_table_of_text(p, e) || belongs(p, e, 3);
        keep_range(p, e->first, e->last, keep, keep ? "table" : "table-rest");
    }
}

/* A list as an author writes it: of words, where a page's own lists are of links or boxes. */
static bool is_list(const page *p, int i)
{
    const element *e = &p->e[i];
    enum ofp_type t = ofp_node_type(e->node);
    if ((t != OFP_OLIST && t != OFP_ULIST) || e->link_words * 5 >= e->words || is_layout(e))
        return false;
    for (int k = i + 1; k < p->ne && p->e[k].first < e->last; k++)
        if (p->e[k].tag == TAG_DIV)
            return false;
    return true;
}

/* A list that lacks a step or two is worse than none. */
static void whole_lists(page *p)
{
    for (int i = 0; i < p->ne; i++)
        if (is_list(p, i) && (mostly_kept(p, &p->e[i]) || belongs(p, &p->e[i], 2)))
            keep_range(p, p->e[i].first, p->e[i].last, true, "list");
}

/* A cell that reads like a label or a byline, "1991", is still a cell: what later passes took out
 * of a table that stays comes back. */
void mend_units(page *p)
{
    for (int i = 0; i < p->ne; i++)
        if (is_unit(&p->e[i]) && kept_words(p, p->e[i].first, p->e[i].last) && mostly_kept(p, &p->e[i]))
            keep_range(p, p->e[i].first, p->e[i].last, true, "table");
}

/* The caption goes with its picture, and a picture in the middle of the article with the article. */
static void whole_figures(page *p)
{
    for (int i = 0; i < p->ne; i++) {
        const element *e = &p->e[i];
        if (ofp_node_type(e->node) != OFP_FIGURE || e->first == e->last)
            continue;
        bool any = kept_words(p, e->first, e->last) > 0;
        if (any || (is_inside(p, e) && p->b[e->first].p * 2 >= p->cut))
            keep_range(p, e->first, e->last, true, "figure");
    }
}

/* A film, a sound or another page, shown in this one: its link alone. */
static bool is_embed(const block *b)
{
    static const char *const tags[] = { "iframe", "video", "audio", "object", "embed" };
    const ofp_node *link = ofp_first(b->node);
    ofp_str tag = link && !ofp_next(link) && ofp_node_type(link) == OFP_LINK ? ofp_hint_tag(link) : (ofp_str){ 0 };
    bool is = false;
    for (size_t i = 0; tag.n && i < sizeof tags / sizeof *tags; i++)
        is |= ofp_str_eq(tag, ofp_s(tags[i]));
    return is;
}

static bool is_kept_prose(const page *p, int i) { return p->b[i].keep && p->b[i].prose; }

/* An embed is a picture that moves: between two paragraphs of the article it is part of it, whatever its title reads like. */
static void keep_embeds(page *p)
{
    for (int i = 1; i + 1 < p->nb; i++)
        if (!p->b[i].keep && is_embed(&p->b[i]) && !concept_has(&p->b[i].names, C_AD) && is_kept_prose(p, i - 1) && is_kept_prose(p, i + 1))
            keep_range(p, i, i + 1, true, "embed");
}

/* A quote whose words stay where they were first said: who said them, alone, is no quote. */
static void drop_hollow_quotes(page *p)
{
    for (int i = 0; i < p->ne; i++) {
        const element *e = &p->e[i];
        unsigned left = ofp_node_type(e->node) == OFP_QUOTE ? kept_words(p, e->first, e->last) : 0;
        if (left && left * 4 < copied_words(p, e->first, e->last))
            keep_range(p, e->first, e->last, false, "copy");
    }
}

static bool is_code(const page *p, int i) { return i < p->nb && ofp_node_type(p->b[i].node) == OFP_CODEBLOCK; }

/* Code, one or several listings in a row, belongs to the text around it; where text is on one side only, it must not
 * be unlikely. */
static void keep_code(page *p)
{
    enum { MAYBE = 200 };
    for (int i = 0, end; i < p->nb; i = end + 1) {
        for (end = i; is_code(p, end);)
            end++;
        bool before = i > 0 && p->b[i - 1].keep, after = end < p->nb && p->b[end].keep;
        int least = before && after ? 1 : before || after ? MAYBE : 1001;
        for (int k = i; k < end; k++)
            if (p->b[k].p >= least)
                keep_range(p, k, k + 1, true, "code");
    }
}

/* ---- labels ---------------------------------------------------------------------------------- */

/* Prose goes on right after: then "Related" is a heading of the article's own. */
static bool prose_follows(const page *p, int i)
{
    for (int k = i + 1, seen = 0; k < p->nb && seen < 2; k++)
        if (p->b[k].keep && ++seen && p->b[k].prose && p->b[k].f.link_words * 2 < p->b[k].f.words)
            return true;
    return false;
}

/* A line of its own that sends the reader elsewhere, "Read more: Ten beaches": a link, and little else. */
static bool is_teaser(const block *b) { return b->f.words <= 24 && b->f.link_words * 2 >= b->f.words && b->f.links <= 2; }

static bool is_heading(const block *b) { return b->tag >= TAG_H1 && b->tag <= TAG_H6; }

/* A short line that says what comes next. */
static bool is_pointer(const block *b) { return b->f.words <= 12 && !b->prose && !facts_sentence_end(&b->f); }

static bool is_credit(const block *b)
{
    return b->f.words <= 10 && !is_heading(b) && !facts_sentence_end(&b->f) && b->f.last != ':' && !b->f.in[W_STOP];
}

/* The names of networks as links, in a box that is called so. */
static bool is_share_bar(const page *p, const block *b)
{
    bool named = concept_has(&b->names, C_SHARE) || p->e[b->elem].name_far[C_SHARE] < 4;
    return named && b->f.words <= 20 && !b->prose && (b->f.link_words + b->f.button_words) * 2 >= b->f.words;
}

/* Links in a box called "related": where the model is not sure of them, its name decides. */
static bool is_related(const page *p, const block *b)
{
    enum { SURE = 600 };
    bool named = concept_has(&b->names, C_RELATED) || p->e[b->elem].name_far[C_RELATED] < 5;
    return named && b->p < SURE && b->f.words <= 25 && !b->prose && b->f.link_words * 5 >= b->f.words * 4;
}

/* "Sign up for our newsletter, and follow us on Instagram": full of such words, with a link, and not who wrote the article. */
static bool is_call(const block *b)
{
    unsigned calls = b->f.in[W_CALL], all = calls + b->f.in[W_LETTER] + b->f.in[W_SOCIAL];
    return calls && all >= 3 && all * 8 >= b->f.words && b->f.words <= 60 && b->f.link_words && !b->f.in[W_BIO];
}

static const char *label_reason(const page *p, int i)
{
    const block *b = &p->b[i];
    if (b->f.copyright && b->f.words < 40)
        return "copyright";
    if (is_share_bar(p, b))
        return "share-bar";
    if (is_related(p, b))
        return "related";
    if (is_call(b))
        return "call";
    switch (b->label) {
    case LABEL_COMMENTS: return prose_follows(p, i) ? NULL : "comments";
    case LABEL_END: return prose_follows(p, i) ? NULL : "end-label";
    case LABEL_INSIDE: return "inset";
    case LABEL_CREDIT: return is_credit(b) ? "credit" : NULL;
    case LABEL_PREFIX:
        return is_teaser(b) && !is_heading(b) ? "teaser" : is_pointer(b) && !prose_follows(p, i) ? "pointer" : NULL;
    case LABEL_NONE: break;
    }
    return NULL;
}

/* What stands below a label at the end of an article up to the next paragraph goes with it. */
static void drop_below(page *p, int i, const char *why)
{
    for (int k = i + 1; k < p->nb && !p->b[k].prose; k++)
        keep_range(p, k, k + 1, false, why);
}

void drop_labels(page *p)
{
    unsigned all = kept_words(p, 0, p->nb), seen = 0;
    if (p->whole)
        return;
    for (int i = 0; i < p->nb; i++) {
        block *b = &p->b[i];
        seen += b->keep ? b->f.words : 0;
        const char *why = b->keep ? label_reason(p, i) : NULL;
        if (!why)
            continue;
        keep_range(p, i, i + 1, false, why);
        if ((b->label == LABEL_END || b->label == LABEL_COMMENTS) && seen * 10 >= all * 6)
            drop_below(p, i, why);
    }
}

static bool is_hidden(const page *p, int i) { return p->b[i].hidden || p->e[p->b[i].elem].hidden; }

/* All that a reader of the page sees: where there is nothing to click, what is hidden stays so.  A page that shows next
 * to nothing waits for a script. */
static void keep_shown(page *p, const char *why)
{
    enum { LITTLE = 25 };
    unsigned shown = 0;
    for (int i = 0; i < p->nb; i++)
        shown += is_hidden(p, i) ? 0 : p->b[i].f.words;
    for (int i = 0; i < p->nb; i++) {
        bool keep = shown < LITTLE || !is_hidden(p, i);
        keep_range(p, i, i + 1, keep, keep ? why : "hidden");
    }
}

void choose_blocks(page *p)
{
    bool bare = is_bare(p);
    keep_likely(p);
    p->whole = bare || is_piece(p);
    if (p->whole) {
        keep_shown(p, bare ? "bare" : "piece");
        return;
    }
    whole_units(p);
    whole_lists(p);
    whole_figures(p);
    keep_embeds(p);
    drop_hollow_quotes(p);
    keep_code(p);
}

/* ---- too little ------------------------------------------------------------------------------- */

/* Next to nothing is left of a page that has paragraphs: they are the article after all. */
void rescue(page *p)
{
    enum { LITTLE = 25, FEW = 20 };
    if (kept_words(p, 0, p->nb) >= LITTLE || p->e[0].prose_words < LITTLE * 2)
        return;
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].prose && p->b[i].paragraph && !p->b[i].hidden && p->b[i].p >= FEW && !in_chrome(&p->e[p->b[i].elem]))
            keep_range(p, i, i + 1, true, "rescue");
}

/* A page that a script would have filled: what is on it is its furniture, and no article. */
void drop_shell(page *p)
{
    p->shell = p->hopeless && !p->whole && p->nb;
    if (p->shell)
        keep_range(p, 0, p->nb, false, "shell");
}

/* ---- taking the rest out ----------------------------------------------------------------- */

typedef struct sweep { page *p; int at; } sweep;

/* What draws its own words is no logo and no advertisement, and stands in boxes to scroll and to hide it. */
static bool is_drawing_alone(const ofp_node *n)
{
    const ofp_node *only = ofp_first(n);
    return only && !ofp_next(only) && ofp_node_type(only) == OFP_IMAGE && ofp_str_eq(ofp_hint_tag(only), OFP_STR("svg"));
}

/* Whether near stands in home, or in one of so many boxes around it. */
static bool is_beside(const ofp_node *near, const ofp_node *home, int boxes)
{
    for (; home && boxes >= 0; boxes--, home = ofp_parent(home)) {
        const ofp_node *up = ofp_parent(near);
        for (int steps = 0; steps < 3 && up; steps++, up = ofp_parent(up))
            if (up == home)
                return true;
    }
    return false;
}

/* A picture or a rule stands with the text beside it. */
static bool keep_wordless(const sweep *s, const ofp_node *n)
{
    const page *p = s->p;
    const block *before = s->at > 0 ? &p->b[s->at - 1] : NULL, *after = s->at < p->nb ? &p->b[s->at] : NULL;
    bool left = before && before->keep, right = after && after->keep;
    if (!p->nb || (left && right))
        return true;
    if (ofp_node_type(n) == OFP_RULE || !(left || right))
        return false;
    return is_beside(left ? before->node : after->node, ofp_parent(n), is_drawing_alone(n) ? 3 : 1);
}

static void flatten_table(ofp_doc *d, ofp_node *table)
{
    ofp_node *div = ofp_new(d, OFP_DIV);
    for (ofp_node *n = ofp_first(table); n; n = ofp_after(n, table))
        if (ofp_node_type(n) == OFP_CELL)
            ofp_move_children(n, div);
    ofp_insert_before(table, div);
    ofp_unlink(table);
}

static bool is_control(const ofp_node *n)
{
    ofp_str tag = ofp_hint_tag(n);
    return ofp_str_eq(tag, OFP_STR("input")) || ofp_str_eq(tag, OFP_STR("select")) || ofp_str_eq(tag, OFP_STR("textarea"));
}

static bool is_cell_part(enum ofp_type t)
{
    return t == OFP_THEAD || t == OFP_TBODY || t == OFP_TFOOT || t == OFP_ROW || t == OFP_CELL;
}

static bool all_kept(const page *p, int first, int last)
{
    while (first < last && p->b[first].keep)
        first++;
    return first == last;
}

/* True when something of n stays; what does not is unlinked, save for the parts of a table, which
 * must stay complete as long as the table does. */
static bool sweep_node(sweep *s, ofp_node *n)
{
    if (s->at < s->p->nb && s->p->b[s->at].node == n)
        return s->p->b[s->at++].keep;
    if (!ofp_first(n) || ofp_holds_inlines(n))
        return !is_control(n) && !(ofp_node_type(n) == OFP_DIV && !ofp_first(n)) && keep_wordless(s, n);
    bool any = false;
    int first = s->at;
    for (ofp_node *k = ofp_first(n), *next; k; k = next) {
        next = ofp_next(k);
        bool keep = sweep_node(s, k);
        any |= keep;
        if (!keep && !is_cell_part(ofp_node_type(k)))
            ofp_unlink(k);
    }
    if (any && ofp_node_type(n) == OFP_TABLE && !all_kept(s->p, first, s->at))
        flatten_table(s->p->doc, n);
    return any;
}

void remove_rest(page *p)
{
    sweep s = { p, 0 };
    sweep_node(&s, ofp_root(p->doc));
}
