/* cleanup.h - what the passes of the cleanup filter share: the page as a table of elements and a
 * table of text blocks, both in document order. */
#ifndef CLEANUP_H
#define CLEANUP_H
#include "offprint/filter.h"

/* ---- vocabulary (vocab.c and words.c, from words.def and labels.def) --------------------- */

enum word_class {
#define WORDS(id, list) W_##id,
#include "words.def"
#undef WORDS
    W_NCLASSES
};
/* What a whole short line means where it stands alone. */
enum label { LABEL_NONE, LABEL_INSIDE, LABEL_PREFIX, LABEL_CREDIT, LABEL_END, LABEL_COMMENTS };

typedef struct vocab vocab;
extern const vocab vocabulary;
unsigned vocab_classes(const vocab *v, uint32_t hash);    /* bits 1 << enum word_class */
/* Of a word so far and its next small letter; starts with 0. */
enum { NO_LETTERS = 0x811c9dc5u & 0x7fffffff };
static inline uint32_t mix_letter(uint32_t hash, uint32_t letter) { return (hash ^ letter) * 0x01000193u; }
static inline uint32_t word_hash(uint32_t hash, uint32_t letter) { return mix_letter(hash ? hash : NO_LETTERS, letter); }

enum { LEAD = 4 };                      /* opening words that may make a prefix label */

/* What one pass over a run of text tells. */
typedef struct facts {
    uint32_t key;                       /* hash of all words but numbers, folded */
    uint32_t exact;                     /* of all words */
    uint32_t word;                      /* of the last word alone, as vocab_classes wants it */
    unsigned named;                     /* words that are no numbers */
    uint32_t lead[LEAD];                /* the same of the first 1 to LEAD words */
    unsigned words, chars, cjk, link_words, links, bold_words, button_words, title_words;
    unsigned commas, sentences, upper, caps, digits, numbers, years, marks, images, inputs, breaks;
    unsigned in[W_NCLASSES];            /* words of each class */
    bool copyright, starts_by;          /* a © sign; the first word is "by" or the like */
    uint32_t first, last;               /* code points; last passes over closing quotes and brackets */
} facts;

typedef struct styling { bool link, bold, button; } styling;

/* Sorted hashes of the content words of a title; bit h % 64 of some is set for each hash h. */
typedef struct wordset { const uint32_t *hash; size_t n; uint64_t some; } wordset;

/* State between the runs of one block; zero-initialise. */
typedef struct scanner {
    const vocab *v;
    const wordset *title;
    facts f;
    uint32_t word;                      /* hash of the word so far, 0 between words */
    unsigned letters, uppers, figures; long number;
    styling now, began;                 /* a word is styled as it began: its end is seen only behind it */
    ofp_str href;                       /* of the first link */
} scanner;
void scan_text(scanner *s, ofp_str text);
void scan_inlines(scanner *s, const ofp_node *parent);    /* its inline content, notes left out */
void scan_end(scanner *s);
facts scan_str(const vocab *v, ofp_str text);
enum label facts_label(const vocab *v, const facts *f);
bool facts_sentence_end(const facts *f);
bool facts_prose(const facts *f);
wordset title_words(ofp_arena *a, const vocab *v, ofp_str text);

/* ---- names of tags, classes and ids (names.c, from names.def and tags.def) ------------ */

enum concept {
#define NAME(id, patterns) C_##id,
#include "names.def"
#undef NAME
    C_NCONCEPTS,
    C_COLUMNS = C_DIALOG                /* those before it are columns of the model */
};
enum { NAME_CUT = 26, NAME_SYMBOLS = 27 };          /* small letters, and what stands between words */
static inline unsigned name_symbol(char c) { return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') : NAME_CUT; }
typedef struct concepts { uint32_t bits[(C_NCONCEPTS + 31) / 32]; } concepts;
void names_match(ofp_str text, concepts *out);                    /* adds to out */
uint64_t hash_bytes(ofp_str s);        /* never 0; differs with the order of bytes */
static inline bool concept_has(const concepts *c, enum concept id) { return c->bits[id / 32] >> id % 32 & 1; }
static inline void add_concepts(concepts *out, const concepts *more)
{
    for (size_t k = 0; k < sizeof out->bits / sizeof *out->bits; k++)
        out->bits[k] |= more->bits[k];
}
/* The lowest one that is not below id; C_NCONCEPTS: none. */
static inline int next_concept(const concepts *c, int id)
{
    for (uint32_t rest; id < C_NCONCEPTS; id = (id / 32 + 1) * 32)
        if ((rest = c->bits[id / 32] >> id % 32))
            return id + __builtin_ctz(rest);
    return C_NCONCEPTS;
}

enum tag {
    TAG_NONE,
#define TAG(id, name) TAG_##id,
#include "tags.def"
#undef TAG
    TAG_NTAGS
};
ofp_str tag_name(enum tag t);

/* What is known of a name: what it speaks of, and a hash of it, digits aside. */
typedef struct known_name { uint64_t hash; concepts found; uint32_t like; } known_name;
typedef struct names names;
names *names_new(ofp_arena *a);                                   /* NULL when out of memory */
const known_name *names_find(names *m, ofp_str text);             /* until the next one is asked for */
enum tag names_tag(names *m, ofp_str text);                       /* TAG_NONE: no tag's name */

/* ---- the page (page.c) ------------------------------------------------------------------ */

enum { FAR = 30 };                      /* distance to an ancestor that does not exist */
enum { TAG_SLOTS = 48, NAME_SLOTS = 96 };   /* multiples of 16, so that both are stepped as vectors */
_Static_assert((int)TAG_NTAGS <= (int)TAG_SLOTS && (int)C_NCONCEPTS <= (int)NAME_SLOTS, "more slots needed");

/* A node that holds blocks.  Elements are numbered in document order, so that a parent comes
 * before its children and sums run backwards over the table. */
typedef struct element {
    ofp_node *node;
    const ofp_node *hint;               /* the DIV around or in it that holds its attributes in HTML, or NULL */
    int parent;                         /* -1 for the root */
    uint32_t own;                       /* hash of tag and classes */
    int first, last;                    /* blocks inside: [first, last) */
    enum tag tag;
    unsigned depth, place, children;    /* place among its siblings */
    unsigned words, link_words, proses, prose_words, blocks, images, inputs, heads;
    unsigned near_proses;               /* paragraphs that are its grandchildren */
    uint32_t signature[2];              /* tag and classes of the nearest 2 and 5 levels */
    concepts names;
    union {
        uint8_t far[TAG_SLOTS + NAME_SLOTS];
        struct { uint8_t tag_far[TAG_SLOTS], name_far[NAME_SLOTS]; };
    };
    unsigned content_names, chrome_names;
    bool hidden;
    int twins, card;                    /* group of siblings like it; nearest element that has MANY of them, or -1 */
    unsigned twin_place, article;       /* which of the twins; which article of the page, from 1 */
} element;

enum { GROUP_NEAR, GROUP_PATH, GROUP_WORDS, NGROUPS };    /* same 2 levels, 5 levels, words */
typedef struct group { unsigned blocks, words, link_words; } group;

/* What a line of a text is to the eye (kinds.c); from SOCIAL on it is no part of any article. */
enum kind { PROSE, SENTENCE, SHORT, MENU, REPEAT, BYLINE, INSIDE, OPENING, PICTURE, SOCIAL, FOOT, END, COMMENTS, NKINDS };

typedef struct block {
    ofp_node *node;                     /* holds text: PARA, HEAD, CODEBLOCK, LINES, … */
    int elem;                           /* innermost element around it */
    enum tag tag, inner;                /* inner: the inline SPAN or LINK around all its text */
    concepts names;                     /* its own and those of inner */
    concepts href;                      /* of the link that it mostly is */
    unsigned hyphens; bool local;       /* of the same: in the last part of its path; a place on this page */
    bool hidden;
    facts f;
    enum label label;
    bool prose;                         /* reads like sentences */
    bool paragraph;                     /* long and not mostly links */
    unsigned before;                    /* words of the page before it */
    int heading, section_end;           /* the nearest heading at or before it, or -1; the next after it */
    int end;                            /* the nearest label at or before it that ends an article, or -1 */
    unsigned ends, headlines, prose_before;   /* such labels, first-level headings, words in paragraphs so far */
    int group[NGROUPS];
    enum kind kind;                     /* of a text: what it looks like, */
    unsigned run;                       /* and the length of the run of unpunctuated short lines it is in */
    int p;                              /* how likely it belongs to the article, per mille */
    const char *why;                    /* the rule that decided, NULL: the model */
    bool copied;                        /* its words stay elsewhere */
    bool keep;
} block;

enum { NMASS = 3, MANY_TWINS = 3 };

enum {
    NTYPES = 0
#define TYPE(name, kind) + 1
#include "types.def"
#undef TYPE
};

typedef struct page {
    ofp_doc *doc;
    ofp_arena *a;                       /* scratch */
    const vocab *v;
    element *e; int ne;
    block *b; int nb;
    group *g[NGROUPS], *twins;          /* twins: siblings alike, counted in elements */
    unsigned words, link_words, prose, stop_share;
    unsigned tags[TAG_NTAGS], named[C_NCONCEPTS];   /* elements of each tag and name */
    bool types[NTYPES];                 /* whether the page says that it is of each type of types.def, */
    bool stated, goods;                 /* and so that it is an article; that it has goods or is a list */
    int mass[NMASS];                    /* deepest elements with 40, 60, 80 % of the prose */
    int title;                          /* the block that shows the title, or -1 */
    wordset title_words;
    int cut;                            /* blocks with p at or above it are kept */
    bool text;                          /* has no mark-up: what looks like a heading is guessed */
    bool plain;                         /* a text without a page around it */
    bool whole;                         /* a page that is all article */
    bool hopeless;                      /* likelier that none of it is the article than that what would be kept is right */
    bool shell;                         /* a page that has none */
    ofp_str keep, drop;                 /* the user's selectors, blank-separated */
    enum mode { MODE_BALANCED, MODE_PRECISION, MODE_RECALL } mode;
} page;

/* context.c: a table of keys with slots_for(n) zeroed slots, mask one less; gives each new key the next number. */
typedef struct key_slot { uint32_t key; int group; } key_slot;
size_t slots_for(int n);
int group_find(key_slot *t, size_t mask, uint32_t key, int *next);

bool find_context(page *p);               /* false: out of memory */
bool in_chrome(const element *e);
page *page_new(ofp_doc *d, ofp_arena *a);
bool is_text_block(const ofp_node *n);    /* holds the text that is kept or dropped as one */

/* ---- passes ------------------------------------------------------------------------------ */

enum {
    LAST_LANDMARK = TAG_ADDRESS, REACH = 2, PER_NEIGHBOUR = 8, WINDOWS = 2, PER_WINDOW = 4,
    NAME_COLUMNS = 8,
    NFEATURES = NAME_COLUMNS + NTYPES + LAST_LANDMARK + C_COLUMNS + 2 * REACH * PER_NEIGHBOUR + WINDOWS * PER_WINDOW
#define FEATURE(id, code) + 1
#include "features.def"
#undef FEATURE
};
/* The columns of lines.def and what follows them in lines.c. */
enum {
    LINE_REACH = 3, LINE_NEIGHBOUR = 7, LINE_WINDOWS = 6, LINE_WINDOW = 16,
    LINE_FEATURES = 2 * LINE_REACH * LINE_NEIGHBOUR + LINE_WINDOWS * LINE_WINDOW
#define FEATURE(id, code) + 1
#include "lines.def"
#undef FEATURE
};

static inline bool is_head(const block *b) { return b->tag >= TAG_H1 && b->tag <= TAG_H6; }

static inline int16_t clip(long x) { return (int16_t)(x > 32000 ? 32000 : x < -32000 ? -32000 : x); }

static inline long share(unsigned part, unsigned whole, unsigned scale)
{
    return whole ? (long)((uint64_t)part * scale / whole) : 0;
}

/* tokens.c: what the names around blocks speak for, in hundredths of a logit, with running sums by words. */
typedef struct verdicts { int own; int64_t sum, weight; } verdicts;
enum { TOKEN_SLOTS = 8192, MOST_TOKENS = 24 };      /* MOST: of one element; what follows is not looked at */
bool tells_name(ofp_str key, ofp_str value);            /* an attribute that says what its element is */
size_t name_tokens(const element *e, uint32_t *hash, size_t max);     /* the words of an element's names; how many */
verdicts *name_verdicts(const page *p);                 /* of each block; NULL: out of memory */
int16_t *name_columns(const page *p, const verdicts *v, int i, int16_t *o);    /* NAME_COLUMNS of block i; past them */

/* NFEATURES numbers for each block of the page, one row after the other; NULL: out of memory. */
int16_t *features(const page *p);
/* The same with LINE_FEATURES numbers, of a text. */
int16_t *line_features(const page *p);

/* What a line of a text looks like (looks.c). */
typedef struct look {
    uint32_t shape;                     /* 0 where it is nothing but words */
    unsigned mates;                     /* lines, itself included, of the same shape or the same words */
    unsigned gadgets;                   /* signs of forms, pictures, mark-up */
    bool trails;                        /* breaks off with dots */
} look;
look *line_looks(const page *p);        /* of each block; NULL: out of memory */

/* ---- boosted trees (forest.c) ------------------------------------------------------------- */

/* DEPTH questions whichever way one goes: below node[i] stand 2i, for columns that are below its value, and 2i + 1; below
 * the last ones the leaves, in 1/LEAF_SCALE.  node[0] is nobody's.  Laid out by tablegen, where a leaf that is reached
 * sooner fills all below it. */
enum { DEPTH = 6, LEAVES = 1 << DEPTH };
typedef struct question { uint16_t column; int16_t value; } question;
typedef struct tree { question node[LEAVES]; int16_t leaf[LEAVES]; } tree;
enum { LEAF_SCALE = 4096 };
/* From a logit in 1/LEAF_SCALE to per mille and back; logits beyond 8 are 8. */
int probability(long logit);
long logit(int per_mille);
/* After so many trees a block below low or above high, in hundredths of a logit, is not shown to the rest: it
 * would grow to so many hundredths of what it is.  The last stage has no trees. */
typedef struct stage { unsigned trees; int low, high, grows; } stage;
typedef struct forest { const tree *trees; size_t n, columns; const stage *stages; } forest;
/* How likely each of n blocks is, per mille, from their rows of features.  NULL: out of memory. */
int *forest_scores(const forest *f, ofp_arena *a, const int16_t *x, int n);

void score_page(page *p);               /* by the trained model */
void score_text(page *p);               /* of a text, by another model */
void choose_lines(page *p);             /* of a text: the stretch with most of the article, without what is not its own */
void find_kinds(page *p);
/* Lines of a text that score below this are none of an article's, as sure as the model can be. */
enum { SURELY_NOT = 100 };
bool is_plain_article(const page *p);   /* a text without a page around it */
/* Says that it is an article, and neither that it has goods nor that it is a list. */
static inline bool is_one_article(const page *p) { return p->stated && !p->goods; }
void choose_cut(page *p);
void drop_copies(page *p);              /* of what stands there twice the likelier stays */
unsigned copied_words(const page *p, int first, int last);
void keep_likely(page *p);              /* above the threshold; where nothing is, the likeliest */
void choose_blocks(page *p);
void drop_boxes(page *p);               /* what the names of boxes speak against */
void drop_tail(page *p);                /* the stories below an article */
void drop_labels(page *p);              /* lines that only say what comes next */
void mend_units(page *p);               /* tables that stay, stay whole */
void trim_head(page *p);                /* title, byline and date lines that metadata holds */
void rescue(page *p);                   /* where next to nothing is left: what reads like prose */
void drop_shell(page *p);               /* all of a page without an article */
void select_blocks(page *p);            /* what the user wants kept and dropped */
void report_loss(const page *p);        /* as a note of the document */
void remove_rest(page *p);
bool is_picture_line(const ofp_node *n);    /* files.c: nothing but the name of a picture's file, or a sign for a button */
void drop_files(page *p);               /* such names between words of a text */
void drop_signs(ofp_doc *d);            /* signs.c: links beside headings, blank paragraphs, logos and icons without words */
void make_lists(ofp_doc *d);            /* bullets.c: of lines and paragraphs with bullets or numbers */
void squeeze_blanks(ofp_doc *d);        /* blanks.c: of several one; none at the edges of paragraphs */
void settle_emphasis(ofp_doc *d);       /* emphasis.c: at the words, in one piece */
void lower_heads(ofp_doc *d);           /* levels.c: no heading of the level of the title */
/* report.c */
unsigned kept_words(const page *p, int first, int last);
void keep_range(page *p, int first, int last, bool keep, const char *why);
bool is_selector(ofp_str list);
ofp_str element_name(const ofp_node *n);  /* as in HTML */
#endif
