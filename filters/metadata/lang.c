/* lang.c - the language: what is stated, made a proper tag, or else told by function words. */
#include "metadata.h"

static const struct { const char *code, *words; } langs[] = {
#define LANG(code, words) { code, words },
#include "langs.def"
#undef LANG
};

enum { NLANGS = sizeof langs / sizeof *langs, SLOTS = 2048, SAMPLE = 3000, LEAST = 12, LEAST_BYTES = 16 };

typedef struct slot { ofp_str word; uint32_t langs; } slot;

static slot *find_slot(slot *t, ofp_str w)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < w.n; i++)
        h = (h ^ (unsigned char)w.p[i]) * 0x01000193u;
    for (h &= SLOTS - 1; t[h].word.n && !ofp_str_eq(t[h].word, w);)
        h = (h + 1) & (SLOTS - 1);
    return &t[h];
}

static slot *make_table(ofp_arena *a)
{
    slot *t = ofp_arena_zalloc(a, SLOTS, sizeof *t);
    for (size_t i = 0; t && i < NLANGS; i++) {
        ofp_str list = ofp_s(langs[i].words);
        for (ofp_str w; ofp_str_word(&list, &w);) {
            slot *s = find_slot(t, w);
            s->word = w;
            s->langs |= 1u << i;
        }
    }
    return t;
}

/* Scripts that one language has to itself, or nearly. */
static const char *by_script(uint32_t cp)
{
    if (cp >= 0x3040 && cp <= 0x30ff) return "ja";
    if (cp >= 0xac00 && cp <= 0xd7af) return "ko";
    if (cp >= 0x4e00 && cp <= 0x9fff) return "zh";
    if (cp >= 0xe00 && cp <= 0xe7f) return "th";
    return NULL;
}

typedef struct tally { unsigned hits[NLANGS], words, ja, ko, zh, th; } tally;

static void count_script(tally *t, ofp_str w)
{
    size_t i = 0;
    const char *s = by_script(w.n && (unsigned char)w.p[0] >= 0x80 ? ofp_utf8_next(w, &i) : 0);
    if (s) {
        unsigned *n = s[0] == 'j' ? &t->ja : s[0] == 'k' ? &t->ko : s[0] == 'z' ? &t->zh : &t->th;
        ++*n;
    }
}

static void count_text(tally *t, slot *table, ofp_arena *a, ofp_str text)
{
    text = ofp_arena_lower(a, text);
    for (ofp_str w; t->words < SAMPLE && ofp_str_word(&text, &w);) {
        uint32_t found = find_slot(table, w)->langs;
        t->words++;
        for (size_t i = 0; found && i < NLANGS; i++)
            t->hits[i] += found >> i & 1;
        count_script(t, w);
    }
}

static const char *verdict(const tally *t)
{
    size_t best = 0, second = 0;
    if (t->ja * 10 > t->words) return "ja";
    if (t->ko * 5 > t->words) return "ko";
    if (t->zh * 5 > t->words) return t->ja ? "ja" : "zh";
    if (t->th * 5 > t->words) return "th";
    for (size_t i = 1; i < NLANGS; i++)
        if (t->hits[i] > t->hits[best])
            second = best, best = i;
        else if (t->hits[i] > t->hits[second] || second == best)
            second = i;
    bool enough = t->hits[best] >= LEAST || (t->words && t->hits[best] * 5 >= t->words && t->hits[best] >= 3);
    return enough && t->hits[best] > t->hits[second] ? langs[best].code : NULL;
}

/* "en_US.UTF-8", "EN-us" and the like as BCP 47; empty where it is no tag. */
static ofp_str proper_tag(ofp_arena *a, ofp_str s)
{
    s = ofp_str_trim(s);
    ofp_buf b = { 0 };
    size_t part = 0, n = 0;
    for (size_t i = 0; i < s.n && i < 20; i++) {
        char c = s.p[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (c == '-' || c == '_') {
            ofp_buf_putc(&b, '-');
            part++, n = 0;
        } else if (letter || (part && c >= '0' && c <= '9')) {
            bool upper = part && n < 2 && letter;
            ofp_buf_putc(&b, letter ? (char)(upper ? c & ~32 : c | 32) : c);
            n++;
        } else {
            break;
        }
    }
    ofp_str tag = ofp_buf_take(&b, a);
    size_t dash = ofp_str_find(tag, OFP_STR("-"), 0);
    size_t first = dash == SIZE_MAX ? tag.n : dash;
    return first == 2 || first == 3 ? tag : (ofp_str){ 0 };
}

static bool is_page_text(const ofp_node *n)
{
    enum ofp_type t = ofp_node_type(n);
    return t == OFP_PARA || t == OFP_PLAIN;
}

/* Less text tells nothing, and is not worth a table. */
static bool has_bytes(const ofp_doc *d, size_t least)
{
    size_t bytes = 0;
    for (const ofp_node *n = ofp_root(d), *root = n; n && bytes < least; n = ofp_after(n, root))
        bytes += ofp_node_type(n) == OFP_TEXT ? ofp_text(n).n : 0;
    return bytes >= least;
}

/* Only the United States put the month first, and who writes English without saying where. */
bool day_comes_first(const job *j)
{
    ofp_str lang = proper_tag(j->a, ofp_meta_get(j->d, OFP_META_LANG));
    return lang.n && !ofp_str_eq(lang, OFP_STR("en")) && !ofp_str_eq(lang, OFP_STR("en-US"));
}

void find_language(job *j)
{
    ofp_str stated = proper_tag(ofp_doc_arena(j->d), ofp_meta_get(j->d, OFP_META_LANG));
    if (stated.n) {
        ofp_meta_offer(j->d, OFP_META_LANG, stated, OFP_STR("html:lang"), OFP_SURE_EXACT);
        return;
    }
    tally t = { 0 };
    if (!has_bytes(j->d, LEAST_BYTES))
        return;
    slot *table = make_table(j->a);
    for (const ofp_node *n = ofp_root(j->d), *root = n; table && n && t.words < SAMPLE; n = ofp_after(n, root))
        if (is_page_text(n))
            count_text(&t, table, j->a, ofp_plain_text(j->a, n));
    const char *code = table ? verdict(&t) : NULL;
    if (code)
        offer(j, OFP_META_LANG, ofp_s(code), "words", OFP_SURE_FOUND);
}
