/* math.h - formulas typeset: a tree (doctools/formula.h) becomes a box, after appendix G of D. E. Knuth, "The TeXbook"
 * (1984), with the constants of the font's MATH table, as MathML Core (section 3) does it, too.  Lengths in pt.
 *
 *     formula --math.c, math_row.c, math_script.c, …--> boxes --math_lines.c--> words and lines --math_show.c--> items */
#ifndef OFP_PDF_MATH_H
#define OFP_PDF_MATH_H
#include "doctools/formula.h"
#include "write/pdf/math_type.h"

enum math_part_kind { PART_BOX, PART_RUN, PART_RULE, PART_LINE };

/* What a box holds; x, y: its origin (RULE: lower left corner, LINE: one end) from the box's own. */
typedef struct math_part {
    struct math_part *next;
    enum math_part_kind kind;
    double x, y, w, h;                   /* RULE: size; LINE: way to the other end */
    double size;                         /* RUN: of type; LINE: how thick */
    uint32_t colour;
    const struct math_box *box;
    const type_run *run;
} math_part;

/* The origin is the left end of the baseline. */
typedef struct math_box {
    double width, ascent, descent;
    double left, right;                  /* between which what it shows stands: spaces may be negative */
    double italic;                       /* how far its top leans out at the right */
    double accent;                       /* x of the middle of an accent over it */
    const math_sign *sign;               /* what it is the sign of, of size pt; NULL where it is more than that */
    double size;
    bool letter;                         /* of a slanting alphabet */
    math_part *first, *last;
} math_box;

enum math_level { LEVEL_DISPLAY, LEVEL_TEXT, LEVEL_SCRIPT, LEVEL_SCRIPTSCRIPT };

/* TeX's style, with the colour of what is set in it. */
typedef struct math_style { enum math_level level; bool cramped; uint32_t colour; } math_style;

typedef struct math_job {
    ofp_arena *arena;
    const type_metrics *type;
    const math_type *font;
    double size;                         /* of text style */
    type_style text;                     /* of words in formulas */
    ofp_str lang;
    unsigned depth;
    bool deep;                           /* nested too deep: what came out is not whole */
    math_box spare;                      /* written to when out of memory */
} math_job;

#define MATH_SIDE_SPACE 0.12             /* em: TeX's \nulldelimiterspace, beside fractions and lone fences */

/* An element of a row: its box, and the space before it. */
typedef struct math_atom {
    const formula *node;
    math_style style;
    math_box *box;
    enum formula_class left, right;      /* what it is to its neighbours */
    bool space;                          /* no atom to TeX */
    double before;
} math_atom;
typedef struct math_atoms { math_atom *p; size_t n; } math_atoms;

/* math.c.  No function gives NULL: out of memory is sticky in the arena, and depth in the job. */
math_box *math_set(math_job *j, const formula *f, math_style s);
double math_em(const math_job *j, math_style s);
double math_const(const math_job *j, math_style s, enum math_constant c);
/* The one in display style, the other in all others. */
double math_either(const math_job *j, math_style s, enum math_constant display, enum math_constant text);
math_style math_cramped(math_style s);
math_style math_sub_style(math_style s);                  /* of subscripts */
math_style math_sup_style(math_style s);                  /* of superscripts */

/* math_box.c */
math_box *math_box_new(math_job *j);
/* Puts a box at x, y of another, which grows upwards and downwards by it; its width stays. */
void math_add(math_job *j, math_box *to, const math_box *what, double x, double y);
void math_rule(math_job *j, math_box *to, double x, double y, double w, double h, uint32_t colour);
void math_line(math_job *j, math_box *to, double x, double y, double w, double h, double thick, uint32_t colour);
/* A box as wide as what it shows, where that reaches further out than spare. */
math_box *math_whole(math_job *j, math_box *b, double spare);
math_box *math_sign_box(math_job *j, const math_sign *sign, double size, uint32_t colour);
/* A sign on the axis instead of the baseline. */
math_box *math_centred(math_job *j, const math_box *b, math_style s);

/* math_text.c: letters, numbers, signs, words. */
math_box *math_letters(math_job *j, const formula *f, math_style s);
math_box *math_words(math_job *j, ofp_str text, type_style face, math_style s);
math_box *math_operator(math_job *j, const formula *f, math_style s);
/* The character of an operator; 0 where it has none. */
uint32_t math_char(const formula *f);
/* A sign grown to a size in pt; the words' font where the math font lacks it. */
math_box *math_grown(math_job *j, uint32_t cp, bool upright, double size, enum math_fit fit, math_style s);

/* math_row.c: what a node holds as a row, whatever it is. */
math_box *math_row(math_job *j, const formula *f, math_style s);
/* The same in two steps: atoms with their spaces, and some of them as one box, without the space before the first. */
math_atoms math_row_atoms(math_job *j, const formula *f, math_style s);
math_box *math_join(math_job *j, const math_atom *a, size_t n);
/* What a node is to its neighbours. */
enum formula_class math_class(const formula *f);

/* math_colour.c: false where the name is none of CSS's that are known here. */
bool math_colour(ofp_str css, uint32_t *rgb);

/* math_script.c, math_frac.c, math_over.c, math_table.c, math_enclose.c */
math_box *math_scripts(math_job *j, const formula *f, math_style s);
math_box *math_fraction(math_job *j, const formula *f, math_style s);
math_box *math_root(math_job *j, const formula *f, math_style s);
math_box *math_limits(math_job *j, const formula *f, math_style s);
math_box *math_table(math_job *j, const formula *f, math_style s);
/* Each row of a table as a box of the whole one's width, with its tag apart (NULL: it has none).  NULL where the node is
 * no table, or lines hold it together. */
typedef struct math_table_row { const math_box *box, *tag; } math_table_row;
math_table_row *math_table_rows(math_job *j, const formula *f, math_style s, size_t *n);
bool math_has_tags(const formula *table);
math_box *math_enclosed(math_job *j, const formula *f, math_style s);
math_box *math_phantom(math_job *j, const formula *f, math_style s);
#endif
