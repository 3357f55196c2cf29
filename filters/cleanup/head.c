/* head.c - the lines above the text that say again what the metadata holds: title, byline, date. */
#include "cleanup.h"

enum { HEAD_BLOCKS = 12, HEAD_WORDS = 40 };

/* Names of the authors as a set of word hashes. */
typedef struct byline { const page *p; uint32_t name[64]; size_t n; } byline;

static void add_names(byline *l, ofp_str author)
{
    for (ofp_str w; ofp_str_word(&author, &w) && l->n < 64;)
        if (scan_str(NULL, w).words)
            l->name[l->n++] = scan_str(NULL, w).exact;
}

static bool is_name(const byline *l, uint32_t hash)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->name[i] == hash)
            return true;
    return false;
}

/* What a line of nothing but byline and date is made of. */
static const unsigned furniture = 1u << W_BY | 1u << W_MONTH | 1u << W_DAY | 1u << W_AGO | 1u << W_STOP;

/* What stands around dates: "Last updated", "19:30 Uhr". */
static bool is_filler(uint32_t hash)
{
    static const char *const words[] = { "last", "uhr", "stand", "zuletzt", "aktualisiert", "edited", "reviewed", "modified", "date", "datum" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (scan_str(NULL, ofp_s(words[i])).exact == hash)
            return true;
    return false;
}

/* "MD", "PhD": capitals behind a name. */
static bool is_degree(ofp_str word)
{
    size_t capitals = 0, others = 0;
    for (size_t i = 0; i < word.n; i++) {
        capitals += word.p[i] >= 'A' && word.p[i] <= 'Z';
        others += word.p[i] >= 'a' && word.p[i] <= 'z';
    }
    return capitals > 1 && capitals < 6 && others < 2;
}

/* True when a name or a date stands there and nothing that is neither. */
static bool only_byline(const byline *l, ofp_str text)
{
    bool told = false, named = false;
    unsigned other = 0;
    for (ofp_str w; ofp_str_word(&text, &w);) {
        facts f = scan_str(l->p->v, w);
        unsigned bits = vocab_classes(l->p->v, f.word);
        if (!f.words)
            continue;
        if (is_name(l, f.exact))
            told = named = true;
        else if ((named && is_degree(w)) || is_filler(f.exact))
            continue;
        else if (!f.named || bits & (1u << W_MONTH | 1u << W_AGO))
            told |= bits || f.years;
        else if (f.words == 1 && !(bits & furniture))
            other += f.chars > 2;                          /* "8 h", "p." */
        else if (f.words > 1)
            other += !f.digits && !is_name(l, f.exact);
    }
    return told && !other;
}

/* "By Jane Doe" below a standfirst; in an item of a list it is another story's. */
static bool is_lone_byline(const page *p, const block *b, ofp_str text)
{
    ofp_str w;
    for (const ofp_node *n = b->node; n; n = ofp_parent(n))
        if (ofp_node_type(n) == OFP_ITEM)
            return false;
    return ofp_str_word(&text, &w) && vocab_classes(p->v, scan_str(p->v, w).word) & 1u << W_BY;
}

static bool is_title(const block *b, const facts *title)
{
    return b->f.words && b->f.exact == title->exact;
}

static void make_heading(page *p, block *b)
{
    ofp_node *head = ofp_new(p->doc, OFP_HEAD);
    if (!head || ofp_node_type(b->node) != OFP_PARA)
        return;
    ofp_set_level(head, 1);
    ofp_move_children(b->node, head);
    ofp_insert_before(b->node, head);
    ofp_unlink(b->node);
    b->node = head;
}

/* A text that is an article alone loses nothing: its title becomes a heading, which writers leave out
 * where they put the title themselves; a line with the authors' names goes, and no other. */
static void mark_title(page *p, const facts *title, byline *l)
{
    for (int i = 0; i < p->nb && i < HEAD_BLOCKS; i++) {
        block *b = &p->b[i];
        if (is_title(b, title)) {
            make_heading(p, b);
        } else if (b->prose) {
            return;
        } else if (!b->f.digits && b->f.words <= l->n + 1 && only_byline(l, ofp_plain_text(p->a, b->node))) {
            keep_range(p, i, i + 1, false, "byline");
            return;
        }
    }
}

void trim_head(page *p)
{
    facts title = scan_str(NULL, ofp_meta_get(p->doc, OFP_META_TITLE));
    byline l = { .p = p };
    for (size_t i = 0; i < ofp_meta_count(p->doc, OFP_META_AUTHOR); i++)
        add_names(&l, ofp_meta_at(p->doc, OFP_META_AUTHOR, i));
    if (p->plain) {
        mark_title(p, &title, &l);
        return;
    }
    bool prose = false;
    for (int i = 0, seen = 0; i < p->nb && seen < HEAD_BLOCKS; i++) {
        block *b = &p->b[i];
        if (!b->keep)
            continue;
        seen++;
        if (is_title(b, &title) && !b->prose && (!prose || b->tag == TAG_H1))
            b->keep = false, b->why = "title";
        prose |= b->prose;
        if (!b->keep || b->f.words > HEAD_WORDS)
            continue;
        ofp_str text = ofp_plain_text(p->a, b->node);
        if ((prose || (is_head(b) && !p->text)) && !is_lone_byline(p, b, text))
            continue;
        if (only_byline(&l, text))
            b->keep = false, b->why = "byline";
    }
}
