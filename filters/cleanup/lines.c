/* lines.c - the numbers that the model sees of each line of a text: what the line is made of, and what
 * stands around it.  There is no tree to lean on, so that neighbours, windows and labels say most. */
#include "cleanup.h"
#include <string.h>

enum { LONG_AGO = 99, GAP_BLOCKS = 3, CONTENT_LETTERS = 4, SEEN_BITS = 1 << 15, OPENING_WORDS = 200, MANY_MATES = 3 };

/* Whose words a block has: those of the best run of prose, of the opening, or of anything above it. */
enum { OF_RUN, OF_OPENING, OF_ABOVE, NVOCABULARIES };

/* What the surroundings of one block tell. */
typedef struct line {
    unsigned content, in[NVOCABULARIES];    /* content words, and those that are also in a vocabulary */
    int gap;                            /* source lines from the block before to this one */
    int prose_run, prose_back, prose_ahead, words_back, words_ahead;    /* to the nearest prose; how much prose in a row */
    int ends_seen, talks_seen, from_end, from_talk, to_end;  /* labels that end an article, or open comments */
    int mate_back, mate_ahead;          /* to the nearest line that comes again and again */
} line;

/* What holds for all blocks. */
typedef struct survey {
    int first_prose, last_prose, run_first, run_last;
    unsigned prose_words, run_words, labels, apart;    /* apart: blocks with an empty line above */
} survey;

/* Running sums, so that a window costs the same however wide it is. */
typedef struct sums { unsigned words, prose, dated, talk, lines, labels, numbered, turns, pairs, mates, repeats, trails, gadgets, content, opening, above, me; } sums;

typedef struct study { const page *p; line *l; sums *sum; const look *looks; survey s; } study;

/* ---- one block alone --------------------------------------------------------------------- */

static int ending(const facts *f) { return facts_sentence_end(f) ? f->last == '?' ? 3 : 1 : f->last == ':' ? 2 : 0; }

static int beginning(const facts *f) { return ofp_is_digit(f->first) ? 2 : !ofp_is_upper(f->first); }

static bool is_dated(const facts *f) { return f->in[W_MONTH] && (f->years || f->numbers); }

static bool ends_article(const block *b) { return b->label == LABEL_END || b->label == LABEL_PREFIX; }

/* ---- runs, distances, labels ------------------------------------------------------------- */

typedef struct run { int first, last; unsigned words; } run;

/* The next run of prose from block i on, with at most GAP_BLOCKS other blocks between two. */
static run next_run(const page *p, int i)
{
    run r = { p->nb, p->nb, 0 };
    for (int gap = 0; i < p->nb && gap <= GAP_BLOCKS; i++) {
        gap = p->b[i].prose || !r.words ? 0 : gap + 1;
        if (!p->b[i].prose)
            continue;
        r.first = r.words ? r.first : i;
        r.last = i + 1;
        r.words += p->b[i].f.words;
    }
    return r;
}

/* The first run that is not much shorter than the longest, which may be the comments. */
static void find_run(study *t)
{
    survey *s = &t->s;
    unsigned best = 0;
    s->first_prose = next_run(t->p, 0).first;
    for (run r = next_run(t->p, 0); r.words; r = next_run(t->p, r.last)) {
        best = r.words > best ? r.words : best;
        s->prose_words += r.words;
        s->last_prose = r.last - 1;
    }
    run r = next_run(t->p, 0);
    while (r.words * 5 < best * 2)
        r = next_run(t->p, r.last);
    if (best)
        s->run_first = r.first, s->run_last = r.last, s->run_words = r.words;
}

static void measure_prose(study *t)
{
    const page *p = t->p;
    for (int i = 0, blocks = LONG_AGO, words = 0, streak = 0; i < p->nb; i++) {
        streak = !p->b[i].prose ? streak : blocks > 1 ? 1 : streak + 1;
        t->l[i].prose_back = blocks, t->l[i].words_back = words, t->l[i].prose_run = streak;
        blocks = p->b[i].prose ? 1 : blocks < LONG_AGO ? blocks + 1 : LONG_AGO;
        words = p->b[i].prose ? 0 : words + (int)p->b[i].f.words;
    }
    for (int i = p->nb - 1, blocks = LONG_AGO, words = 0; i >= 0; i--) {
        t->l[i].prose_ahead = blocks, t->l[i].words_ahead = words;
        blocks = p->b[i].prose ? 1 : blocks < LONG_AGO ? blocks + 1 : LONG_AGO;
        words = p->b[i].prose ? 0 : words + (int)p->b[i].f.words;
    }
}

static void follow_labels(study *t)
{
    const page *p = t->p;
    int ends = 0, talks = 0, end = LONG_AGO, talk = LONG_AGO;
    for (int i = 0; i < p->nb; i++) {
        const block *b = &p->b[i];
        line *l = &t->l[i];
        l->ends_seen = ends, l->talks_seen = talks, l->from_end = end, l->from_talk = talk;
        bool after = i >= t->s.run_first;                 /* what stands above the article ends nothing */
        ends += after && ends_article(b), talks += after && b->label == LABEL_COMMENTS;
        end = after && ends_article(b) ? 1 : end < LONG_AGO ? end + 1 : LONG_AGO;
        talk = after && b->label == LABEL_COMMENTS ? 1 : talk < LONG_AGO ? talk + 1 : LONG_AGO;
        t->s.labels += b->label != LABEL_NONE;
    }
    for (int i = p->nb - 1, to = LONG_AGO; i >= 0; i--) {
        t->l[i].to_end = to;
        to = ends_article(&p->b[i]) || p->b[i].label == LABEL_COMMENTS ? 1 : to < LONG_AGO ? to + 1 : LONG_AGO;
    }
}

static void follow_mates(study *t)
{
    const page *p = t->p;
    for (int i = 0, back = LONG_AGO; i < p->nb; i++) {
        t->l[i].mate_back = back;
        back = t->looks[i].mates >= MANY_MATES ? 1 : back < LONG_AGO ? back + 1 : LONG_AGO;
    }
    for (int i = p->nb - 1, ahead = LONG_AGO; i >= 0; i--) {
        t->l[i].mate_ahead = ahead;
        ahead = t->looks[i].mates >= MANY_MATES ? 1 : ahead < LONG_AGO ? ahead + 1 : LONG_AGO;
    }
}

/* Source lines are lost on the way through JSON, where a pipeline must decide as one process does: as
 * if every block had an empty line above. */
static void measure_gaps(study *t)
{
    for (int i = 1; i < t->p->nb; i++)
        t->l[i].gap = 2;
    t->s.apart = (unsigned)t->p->nb * 3 / 4;
}

/* ---- whose words ------------------------------------------------------------------------- */

/* Sets of content words as bits of a hash. */
typedef struct reader { const vocab *v; uint32_t *bits[NVOCABULARIES]; unsigned learn; line now; } reader;

static void take_word(reader *r, uint32_t hash, unsigned letters, bool cjk)
{
    if ((letters < CONTENT_LETTERS && !cjk) || vocab_classes(r->v, hash) & 1u << W_STOP)
        return;
    uint32_t bit = (hash * 0x9e3779b1u) >> 17, mask = 1u << (bit & 31);
    r->now.content++;
    for (int k = 0; k < NVOCABULARIES; k++) {
        r->now.in[k] += (r->bits[k][bit / 32] & mask) != 0;
        if (r->learn & 1u << k)
            r->bits[k][bit / 32] |= mask;
    }
}

static void take_words(reader *r, ofp_str s)
{
    uint32_t hash = 0;
    unsigned letters = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ofp_utf8_next(s, &i);
        bool letter = ofp_is_letter(cp), cjk = letter && ofp_is_cjk(cp);
        if (letter) {
            hash = word_hash(hash, ofp_to_lower(cp));
            letters++;
        }
        if (hash && (!letter || cjk || i == s.n)) {
            take_word(r, hash, letters, cjk);
            hash = letters = 0;
        }
    }
}

static void take_block(reader *r, const ofp_node *root, unsigned learn)
{
    r->now.content = 0;
    for (int k = 0; k < NVOCABULARIES; k++)
        r->now.in[k] = 0;
    r->learn = learn;
    if (ofp_node_type(root) == OFP_CODEBLOCK)
        take_words(r, ofp_text(root));
    for (const ofp_node *n = ofp_first(root); n; n = ofp_after(n, root))
        if (ofp_node_type(n) == OFP_TEXT)
            take_words(r, ofp_text(n));
}

/* The first paragraphs of the text that stand close to each other, up to OPENING_WORDS. */
static void learn_opening(reader *r, const page *p)
{
    unsigned words = 0;
    for (int i = 0, last = -1; i < p->nb && words < OPENING_WORDS; i++) {
        const block *b = &p->b[i];
        if (!b->prose)
            continue;
        if (last >= 0 && i - last > GAP_BLOCKS && words < OPENING_WORDS / 4) {
            memset(r->bits[OF_OPENING], 0, SEEN_BITS / 8);
            words = 0;
        }
        take_block(r, b->node, 1u << OF_OPENING);
        words += b->f.words;
        last = i;
    }
}

static bool compare_words(study *t)
{
    const page *p = t->p;
    reader r = { .v = p->v };
    for (int k = 0; k < NVOCABULARIES; k++)
        if (!(r.bits[k] = ofp_arena_zalloc(p->a, SEEN_BITS / 32, sizeof *r.bits[k])))
            return false;
    for (int i = t->s.run_first; i < t->s.run_last; i++)
        if (p->b[i].prose)
            take_block(&r, p->b[i].node, 1u << OF_RUN);
    learn_opening(&r, p);
    for (int i = 0; i < p->nb; i++) {
        take_block(&r, p->b[i].node, 1u << OF_ABOVE);
        t->l[i].content = r.now.content;
        memcpy(t->l[i].in, r.now.in, sizeof r.now.in);
    }
    return true;
}

/* ---- columns ------------------------------------------------------------------------------ */

static void add_up(study *t)
{
    for (int i = 0; i < t->p->nb; i++) {
        const block *b = &t->p->b[i];
        const facts *f = &b->f;
        sums *s = &t->sum[i + 1];
        *s = t->sum[i];
        s->words += f->words;
        s->prose += b->prose ? f->words : 0;
        s->dated += f->words <= 16 && (is_dated(f) || f->in[W_AGO] >= 2);
        s->talk += f->in[W_TALK] > 0 && f->words <= 16;
        s->lines += b->run && f->upper * 10 >= f->words * 6;
        s->labels += b->label != LABEL_NONE;
        s->numbered += f->words <= 16 && beginning(f) == 2;
        s->turns += i && b->prose != b[-1].prose;
        s->pairs += i && b->prose && b[-1].prose;
        s->mates += t->looks[i].mates >= MANY_MATES;
        s->repeats += t->p->g[GROUP_WORDS][b->group[GROUP_WORDS]].blocks > 1;
        s->trails += t->looks[i].trails;
        s->gadgets += t->looks[i].gadgets > 0;
        s->content += t->l[i].content;
        s->opening += t->l[i].in[OF_OPENING];
        s->above += t->l[i].in[OF_ABOVE];
        s->me += f->in[W_ME];
    }
}

static int16_t *own(const study *t, int i, int16_t *o)
{
    const page *p = t->p;
    const block *b = &p->b[i];
    const facts *f = &b->f;
    const element *e = &p->e[b->elem];
    const line *l = &t->l[i];
    const survey *s = &t->s;
#define FEATURE(id, code) *o++ = clip((long)(code));
#include "lines.def"
#undef FEATURE
    return o;
}

static int16_t *neighbour(const study *t, int i, int k, int16_t *o)
{
    const block *b = i + k < 0 || i + k >= t->p->nb ? NULL : &t->p->b[i + k];
    for (int j = 0; !b && j < LINE_NEIGHBOUR; j++)
        *o++ = -1;
    if (!b)
        return o;
    *o++ = clip(b->f.words);
    *o++ = clip(ending(&b->f));
    *o++ = clip(share(b->f.in[W_STOP], b->f.words, 1000));
    *o++ = clip(b->label);
    *o++ = clip(b->prose + 2 * is_head(b));
    *o++ = clip(share(b->f.upper, b->f.words, 1000));
    *o++ = clip(share(t->l[i + k].in[OF_RUN], t->l[i + k].content, 1000));
    return o;
}

static int16_t *window(const sums *lo, const sums *hi, int blocks, int16_t *o)
{
    unsigned words = hi->words - lo->words;
    *o++ = clip(share(words, (unsigned)blocks, 10));
    *o++ = clip(share(hi->prose - lo->prose, words, 1000));
    *o++ = clip(hi->dated - lo->dated);
    *o++ = clip(hi->talk - lo->talk);
    *o++ = clip(share(hi->lines - lo->lines, (unsigned)blocks, 1000));
    *o++ = clip(hi->labels - lo->labels);
    *o++ = clip(hi->numbered - lo->numbered);
    *o++ = clip(hi->turns - lo->turns);
    *o++ = clip(hi->pairs - lo->pairs);
    *o++ = clip(hi->mates - lo->mates);
    *o++ = clip(hi->repeats - lo->repeats);
    *o++ = clip(hi->trails - lo->trails);
    *o++ = clip(hi->gadgets - lo->gadgets);
    *o++ = clip(share(hi->opening - lo->opening, hi->content - lo->content, 1000));
    *o++ = clip(share(hi->above - lo->above, hi->content - lo->content, 1000));
    *o++ = clip(share(hi->me - lo->me, words, 1000));
    return o;
}

/* Windows around the block, and one before and one behind it. */
static int16_t *windows(const study *t, int i, int16_t *o)
{
    static const struct { int back, ahead; } spans[LINE_WINDOWS] = { { 4, 4 }, { 14, 14 }, { 8, -1 }, { -1, 8 }, { 3, -1 }, { -1, 3 } };
    for (int k = 0; k < LINE_WINDOWS; k++) {
        int lo = i - spans[k].back, hi = i + spans[k].ahead + 1;
        lo = lo < 0 ? 0 : lo, hi = hi > t->p->nb ? t->p->nb : hi;
        o = window(&t->sum[lo], &t->sum[hi], hi - lo, o);
    }
    return o;
}

int16_t *line_features(const page *p)
{
    size_t n = (size_t)p->nb + 1;
    study t = { .p = p, .l = ofp_arena_zalloc(p->a, n, sizeof *t.l), .sum = ofp_arena_zalloc(p->a, n, sizeof *t.sum) };
    int16_t *all = ofp_arena_zalloc(p->a, n, LINE_FEATURES * sizeof *all), *o = all;
    if (!t.l || !t.sum || !all || !(t.looks = line_looks(p)))
        return NULL;
    find_run(&t);
    measure_prose(&t);
    follow_labels(&t);
    follow_mates(&t);
    measure_gaps(&t);
    if (!compare_words(&t))
        return NULL;
    add_up(&t);
    for (int i = 0; i < p->nb; i++) {
        o = own(&t, i, o);
        for (int k = -LINE_REACH; k <= LINE_REACH; k++)
            o = k ? neighbour(&t, i, k, o) : o;
        o = windows(&t, i, o);
    }
    return all;
}
