/* formula_text_parts.h - what the files that write formulas as text share. */
#ifndef OFP_DOCTOOLS_FORMULA_TEXT_PARTS_H
#define OFP_DOCTOOLS_FORMULA_TEXT_PARTS_H
#include "doctools/formula.h"

typedef struct text {
    ofp_buf *out;
    size_t start;               /* of ours in out */
    ofp_str blank;              /* due before what comes next, unless that needs none */
    bool script;                /* operators stand close to their operands */
    bool lines;                 /* rows of the next table are lines */
    bool word;                  /* what is last may touch no letter and no digit: a letter would be read as a part of it */
} text;

/* ---- formula_text.c ---- */

void linear_put(text *t, ofp_str s);
void linear_node(text *t, const formula *f);
void linear_bracketed(text *t, const formula *f);                 /* in round brackets */
void linear_bracketed_once(text *t, const formula *f);          /* the same, unless it is already */
/* The children of row; before: what stands left of them, or NULL.  What is last, or before. */
const formula *linear_children(text *t, const formula *row, const formula *before);
/* Of a letter or of words; a blank comes between two words. */
void linear_letters(text *t, const formula *f);
void linear_name(text *t, const char *name);
bool linear_ends_in(const text *t, const char *end);

static inline void linear_lit(text *t, const char *z)
{
    linear_put(t, ofp_s(z));
}

/* ---- formula_text_shape.c: what a formula looks like when it is written ---- */

enum shape {
    SHAPE_NOTHING,
    SHAPE_LEAF,                 /* a letter, a number, a word */
    SHAPE_FENCED,               /* (a + b) */
    SHAPE_CALL,                 /* f(x), n! */
    SHAPE_SCRIPTED, SHAPE_ROOT,
    SHAPE_PRODUCT,              /* 2ab: side by side, without a blank */
    SHAPE_SIGNED,               /* −2ab */
    SHAPE_FRACTION,             /* a/b */
    SHAPE_SUM,                  /* anything with blanks in it */
};

enum shape linear_shape(const formula *f);
bool linear_is_single(ofp_str s);                 /* one letter with its marks */
bool linear_is(const formula *f, const char *s);  /* its text is s */
bool linear_is_seen(const formula *f);            /* no space, no phantom, no empty row */
/* Letters of such a shape mean something else than plain ones and keep it; bold and italic ones are plain to those who search
 * or listen. */
bool linear_is_shaped(enum formula_variant v);
bool linear_is_round(const formula *f);         /* in round brackets already */
/* What f is without styles and rows around it. */
const formula *linear_inside(const formula *f);
/* What f begins with, without its scripts. */
const formula *linear_core(const formula *f);
bool linear_is_differential(const formula *f);    /* dx, ∂x∂y */

/* ---- formula_text_script.c ---- */

void linear_scripts(text *t, const formula *f);   /* SCRIPTS, LIMITS */
/* f in raised letters; false, with nothing written, where one of them has no raised one. */
bool linear_raised(text *t, const formula *f);

/* ---- formula_text_table.c ---- */

void linear_table(text *t, const formula *f);
#endif
