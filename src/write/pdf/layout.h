/* layout.h - what the parts of layout share.  The document becomes strips (lines, gaps, bands of a
 * table row), one below the other in a flow; the main flow is cut into pages.
 *
 *     nodes --inline.c, math_lines.c--> words --divide.c--> items --para.c--> lines = strips --pages.c--> pages
 *                                  block.c list.c table.c code.c figure.c notes.c toc.c: who sets what where
 *     Notes are strips of a flow of their own, the foot, from which each page takes those that it refers to (foot.c).
 */
#ifndef OFP_PDF_LAYOUT_H
#define OFP_PDF_LAYOUT_H
#include "write/pdf/hyphen.h"
#include "write/pdf/linebreak.h"
#include "write/pdf/page.h"
#include "write/pdf/style.h"

/* ---- growing arrays ---- */
#define VEC(T) struct { T *p; size_t n, cap; }
/* Room for one element of size more in a VEC; false when out of memory. */
bool pdf_vec_room(void *vec, size_t size);

/* ---- flows ---- */
enum strip_kind { STRIP_LINE, STRIP_GAP };
enum picture_at { NO_PICTURE, PICTURE_LEFT, PICTURE_CENTRED, PICTURE_RIGHT };   /* in halves of what is left beside it, plus 1 */

/* One horizontal strip of a flow.  x of what it holds counts from the page's left edge, y from the
 * strip's top, so that y is negative.  A gap holds nothing and vanishes at a page's ends. */
typedef struct strip {
    double height;
    size_t item, nitems, link, nlinks, dest, ndests;      /* slices of the flow's arrays */
    const struct table_head *head;                        /* set again where a page begins here; or NULL */
    float tint_x, tint_w;                                 /* ground behind it: tint_w > 0 */
    float bar_x;                                          /* a rule at its left: bar_x > 0 */
    unsigned note;                                        /* last note that it refers to, or, at the foot, is of; 0: none */
    unsigned char kind;
    bool keep;                                            /* the page must not end after it */
    unsigned figure;                                      /* number of the captioned figure that it is part of; 0: none */
    bool heading;
    unsigned char picture;                                /* enum picture_at: its first item is one on its own */
    bool broken, leads_in;                                /* it ends in a hyphen, it announces what follows: better not at a page's end */
} strip;

typedef struct flow {
    VEC(strip) strips;
    VEC(pdf_item) items;
    VEC(pdf_link) links;
    VEC(pdf_dest) dests;                                  /* page is not known yet */
    double height;                                        /* of all strips that pages.c has not taken */
    size_t taken;                                         /* strips that are on pages already */
} flow;

typedef struct table_head { flow flow; double height; struct table_head *next; } table_head;

/* ---- words of the paragraph being set ---- */
enum { DECOR_UNDER = 1, DECOR_STRIKE = 2 };

/* How a stretch of text looks and what it belongs to. */
typedef struct span {
    type_style face;
    double size, rise;
    uint32_t colour;
    unsigned decor, elem;
    unsigned link;                                        /* index + 1 into para.links; 0: none */
    bool verbatim;                                        /* code: not hyphenated, may break after punctuation */
    ofp_str lang;
    float blank;                                          /* width of its blank; < 0: not measured yet */
} span;

/* A formula, or a piece of one that a line may end after, or a line of one on its own. */
typedef struct math_word {
    const struct math_box *box, *tag;                     /* tag: its number at the margin, or NULL */
    double scale;                                         /* below 1 where it would leave the column */
    double ascent, descent, x;                            /* x: of the box in the word */
    bool display, first, last;                            /* of a display's lines */
    bool keep;                                            /* with the line before */
} math_word;

/* What follows, the weaker first. */
enum word_end { END_NONE, END_MAYBE /* break without a blank */, END_BLANK, END_FIXED /* no break */, END_LINE };

typedef struct word {
    ofp_str text;
    const type_shape *shape;                              /* NULL: an image or a formula */
    const math_word *math;
    const ofp_image *image;
    const ofp_node *picture;                              /* the node of the image */
    double width, height;                                 /* height: of an image */
    const unsigned *soft; size_t nsoft;                   /* offsets of soft hyphens, which text lacks */
    unsigned span;
    unsigned char end;                                    /* enum word_end: what follows */
    bool plain;                                           /* ASCII letters and digits alone */
    float blank;                                          /* natural width of the blank at its end */
    short cost;                                           /* of ending a line at that blank */
} word;

/* What a break item shows: bytes [a, b) of a word. */
typedef struct piece { unsigned word, a, b; } piece;

typedef struct para_link { ofp_str uri, dest; unsigned elem; } para_link;
typedef struct para_dest { ofp_str name; size_t word; unsigned note; } para_dest;   /* note: that is referred to there, or 0 */

/* A stretch of one word on a line; x counts from the line's start. */
typedef struct segment {
    const type_shape *shape;
    double x, width, blank, stretch, shrink;              /* blank: natural width of what follows */
    unsigned word, a, b;
    unsigned char level, runs;                            /* bidi embedding level; how it runs, as bidi.c has it */
    bool hyphen, space;
} segment;

typedef struct para {
    const look *look;
    double lead, scale;
    VEC(span) spans;
    VEC(word) words;
    VEC(para_link) links;
    VEC(para_dest) dests;
    VEC(break_item) items;
    VEC(piece) pieces;                                    /* one for each break item */
    VEC(segment) segs;
    VEC(unsigned) order;                                  /* of segs, from left to right */
    break_room room;
    size_t bytes;                                         /* of text since the last time lines were set */
    size_t noted;                                         /* words up to and with the last reference to a note */
    unsigned blanks;                                      /* fixed ones, seen since the last forced line end */
    uint32_t last, last2;                                 /* the two characters before; 0 at the start and after blanks */
    bool rtl, has_rtl;                                    /* its words run from right to left; some of them do */
    double indent, hang;                                  /* of the first line; of the others */
    double free;                                          /* what the last line left empty of its strip's foot; HUGE_VAL: no line */
} para;

/* ---- the whole ---- */

enum { BAR_WIDTH = 2 };                                   /* of the rule beside callouts */

/* Where the next block goes and what it belongs to.  Saved and restored by assignment. */
typedef struct place {
    double x, w;                                          /* column */
    bool rtl;                                             /* it is read from right to left: its start is at the right */
    unsigned elem;
    ofp_str lang;
    enum look_id body;                                    /* look of paragraphs here */
    double scale;                                         /* of type; below 1 in narrow tables */
    int level, bullets;                                   /* of lists; of those with bullets */
    bool tight;                                           /* paragraphs without gaps between them */
    enum look_align align;                                /* of paragraphs where has_align */
    bool has_align;
    unsigned flags;                                       /* TYPE_BOLD for head cells */
    double bar_x;                                         /* of the rule beside what is set; 0: none */
    unsigned figure;                                      /* that is being set */
    bool heading;
} place;

/* A list marker that waits for the first line of its item; edge: the x of its end that is next to the text. */
typedef struct label { const type_shape *shape; span span; double edge; bool rtl; ofp_str dest; } label;

typedef VEC(label) label_list;
typedef VEC(ofp_str) name_list;

/* A note that is to be set, and what is around its reference. */
typedef struct note { const ofp_node *node; unsigned number, elem; ofp_str lang; bool rtl; } note;

/* The last notes of an article, each in the row of its number. */
enum { RECENT_NOTES = 64 };

/* What notes that are set amid the text must not touch. */
typedef struct aside { para para; label_list labels; name_list waiting; } aside;
typedef struct hyph_file { const char *file; bool ok; hyphens h; } hyph_file;

/* A heading that the contents and the outline may name; shown: it stands in the contents. */
typedef struct toc_entry { ofp_str title, byline, dest; int level; bool shown; const ofp_node *node; } toc_entry;

typedef struct lay {
    pdf_book *book;
    ofp_arena *arena;
    ofp_doc *doc;
    const ofp_options *opt;
    const type_metrics *type;
    ofp_res *res;
    ofp_err *e;
    sheet sheet;
    place at;
    flow *flow, main, foot;                               /* foot: notes, which go on pages with their references */
    para para;
    label_list labels;
    name_list waiting;                                    /* destinations for the next strip */
    VEC(note) notes;                                      /* not set yet */
    aside aside;                                          /* room for setting them */
    const ofp_node *recent[RECENT_NOTES];
    unsigned figures;                                     /* with captions, so far */
    unsigned called, noted;                               /* last notes that a page refers to, and that it shows */
    VEC(hyph_file) hyphs;
    VEC(toc_entry) toc;
    table_head *heads;                                    /* all, to be freed */
    unsigned article, note_count, last_level;
    size_t next_head;                                     /* toc entry that the next heading is */
    size_t front;                                         /* pages before the articles */
    size_t skip;                                          /* bytes of the next text that its item's marker shows */
    ofp_str running;                                      /* running head; empty: none on this page */
    bool headed;                                          /* the last block was a heading */
    bool displayed;                                       /* the last line was a formula on its own */
    bool opening;                                         /* the next page is an article's first */
    bool measuring;                                       /* nothing is set: no elements, notes, warnings … */
    double full, least, most;                             /* … but the widths that content needs, in a column `full` wide */
    bool nomem;
    union { double align; void *p; char room[512]; } spare;    /* written to when out of memory */
} lay;

/* A new zeroed element of a VEC, the spare one when out of memory. */
void *pdf_push(lay *l, void *vec, size_t size);
#define PUSH(l, v) pdf_push(l, &(v), sizeof *(v).p)

/* flow.c */
unsigned pdf_elem_new(lay *l, enum pdf_tag tag);          /* below l->at.elem */
strip *pdf_strip(lay *l, double height);                  /* a new line at the flow's end */
void pdf_gap(lay *l, double height);                      /* joined with one that is there: the larger wins */
void pdf_gap_clear(lay *l);                               /* a gap that was set last has no rule beside it */
pdf_item *pdf_item_new(lay *l, enum pdf_item_kind kind);  /* in the last strip */
/* Shows a shape with its baseline at (x, y) of the last strip; returns the x where it ends. */
double pdf_show(lay *l, const type_shape *s, const span *look, unsigned elem, double x, double y);
void pdf_rect(lay *l, double x, double y, double w, double h, uint32_t colour);
void pdf_link_area(lay *l, const para_link *link, double x0, double x1, double y0, double y1);
void pdf_dest_here(lay *l, ofp_str name);
void pdf_dest_next(lay *l, ofp_str name);                  /* on the next strip */
void pdf_note_here(lay *l, unsigned number);              /* the last strip refers to that note */
void pdf_leads_in(lay *l);                                /* what was set last announces what follows */
void pdf_keep_last(lay *l);                               /* no page break after what was set last */
void pdf_labels(lay *l, double baseline);                 /* puts the waiting markers on the last strip */
void pdf_flow_free(flow *f);
void pdf_flow_clear(flow *f);
const type_shape *pdf_text_shape(lay *l, const span *s, ofp_str text);
type_height pdf_height(lay *l, const span *s);

/* pages.c, cut.c, foot.c: cuts pages off the main flow as they fill; all: to its end. */
void pdf_pages_feed(lay *l, bool all);
pdf_page *pdf_page_add(lay *l);                           /* for the book's end; NULL when out of memory */

/* inline.c */
span pdf_span(lay *l, enum look_id id, unsigned elem);    /* plain text in a look */
void pdf_para_begin(lay *l, enum look_id id);
void pdf_para_nodes(lay *l, const ofp_node *parent, const span *s);   /* parent's children */
void pdf_para_text(lay *l, ofp_str text, const span *s);
void pdf_para_link(lay *l, ofp_str text, span s, ofp_str uri, ofp_str dest);
/* May a line end between a and b, where before stands before a (0: nothing)? */
bool pdf_break_between(uint32_t before, uint32_t a, uint32_t b, bool verbatim);
/* CJK: is there blank paper between a and b, of a quarter of an em at least? */
bool pdf_half_blank(uint32_t a, uint32_t b);
bool pdf_is_verbatim(ofp_str text);                       /* a URL, a path, an address, a tag */
/* A new word, which begins the next line or follows the last one. */
word *pdf_word_new(lay *l, const span *s);
void pdf_word_end(lay *l, enum word_end end, const span *s);
void pdf_warn(lay *l, enum ofp_diag code, const ofp_node *n, const char *msg);

/* quotes.c */
ofp_str pdf_quote_mark(ofp_str lang, bool is_double, bool open);

/* divide.c: the paragraph's words as break items, with hyphens or whole. */
#define BREAK_FIL 1e6f                                    /* stretch of glue that fills a last line */
void pdf_items(lay *l, bool hyphenate, bool ragged, double measure);

/* para.c */
enum { PARA_KEEP = 1 /* whole and with what follows */, PARA_LOOSE = 2 /* no widow control */ };
void pdf_para_set(lay *l, enum look_align align, unsigned flags);
/* What was set last goes on in what comes next, as a verse does in its next line: there is a blank between. */
void pdf_para_goes_on(lay *l);
/* When measuring: the column must be this wide here. */
void pdf_needs(lay *l, double least, double most);

/* block.c */
void pdf_blocks(lay *l, const ofp_node *parent);
void pdf_block(lay *l, const ofp_node *n);
void pdf_text_block(lay *l, const ofp_node *n, enum look_id id, enum pdf_tag tag);
place pdf_inset(lay *l, double start, double end);        /* narrows the column; returns the old place */
double pdf_reach(const lay *l);                           /* what either side margin can spare; 0 inside of anything else */
double pdf_from_start(const lay *l, double in);           /* x of what is so far inside of the column */

/* math_lines.c: a formula as words of the paragraph.  False where it cannot be set: its TeX is shown then. */
bool pdf_math(lay *l, const ofp_node *n, const span *s);
/* math_show.c: shows a formula with its baseline at (x, y). */
void pdf_math_show(lay *l, const math_word *m, double width, unsigned elem, double x, double y);

/* bidi.c */
bool pdf_is_rtl(const ofp_node *n, ofp_str lang, bool around);   /* is what n holds read from right to left? */
bool pdf_begins_rtl(const ofp_node *top);                 /* does the first letter say so, for want of a language? */
void pdf_part_marks(lay *l);                               /* makes segments of their own of marks around words */
void pdf_order_segments(lay *l);                          /* fills in para.order */
/* The segment whose blank stands between two neighbours on the line. */
size_t pdf_parting(const para *p, size_t a, size_t b);

/* list.c table.c code.c figure.c notes.c toc.c */
void pdf_list(lay *l, const ofp_node *n);
void pdf_deflist(lay *l, const ofp_node *n);
void pdf_table(lay *l, const ofp_node *n);
void pdf_code(lay *l, const ofp_node *n);
void pdf_figure(lay *l, const ofp_node *n);
const ofp_node *pdf_picture_of(const ofp_node *block);   /* the image that a paragraph is; or NULL */
void pdf_picture(lay *l, const ofp_node *image, unsigned elem);
void pdf_image_size(lay *l, const ofp_node *node, const ofp_image *img, double *w, double *h);
/* The number of the note that says what n says, where that is still to stand on this page, or at the end; 0: none. */
unsigned pdf_note_again(const lay *l, const ofp_node *n);
ofp_str pdf_note_name(lay *l, const char *kind, unsigned number);
void pdf_foot_notes(lay *l);                              /* into the foot's flow, unless they are to stand at the end */
void pdf_end_notes(lay *l);
void pdf_toc_collect(lay *l);
void pdf_toc(lay *l);
void pdf_toc_numbers(lay *l);                             /* once all destinations are known and sorted */
const pdf_dest *pdf_dest_find(const pdf_book *b, ofp_str name);
#endif
