/* formula.h - TeX's math as a tree, for the writers that show formulas: MathML (mathml.c) and PDF's layout.
 *
 * The tree means what MathML Core's elements mean (https://www.w3.org/TR/mathml-core/); each kind names its element.
 * It is made of the arena that ofp_formula_parse was given and holds slices of it or of constant strings. */
#ifndef OFP_DOCTOOLS_FORMULA_H
#define OFP_DOCTOOLS_FORMULA_H
#include "offprint/base.h"

enum formula_kind {
    FORMULA_ROW,            /* mrow: any number of children, also one of none */
    FORMULA_IDENT,          /* mi: text; a single letter is shown italic unless upright */
    FORMULA_NUMBER,         /* mn: text */
    FORMULA_OPERATOR,       /* mo: text is one character; its spacing is cls, see there */
    FORMULA_TEXT,           /* mtext: words, upright, blanks count */
    FORMULA_SPACE,          /* mspace: width em */
    FORMULA_FRAC,           /* mfrac: numerator, denominator; bare: without a bar */
    FORMULA_SQRT,           /* msqrt: radicand */
    FORMULA_ROOT,           /* mroot: radicand, index */
    FORMULA_SCRIPTS,        /* msub msup msubsup: base, subscript or NULL kind EMPTY, superscript or EMPTY */
    FORMULA_LIMITS,         /* munder mover munderover: base, underscript or EMPTY, overscript or EMPTY */
    FORMULA_EMPTY,          /* stands for a script that is not there */
    FORMULA_TABLE,          /* mtable: ROWs of CELLs */
    FORMULA_TR, FORMULA_TD, /* mtr, mtd */
    FORMULA_STYLE,          /* mstyle: display, scriptlevel or colour for its children */
    FORMULA_PHANTOM,        /* mphantom: takes room, shows nothing, unless shown; flat: no height, narrow: no width */
    FORMULA_ENCLOSE,        /* menclose, or mrow with borders: boxed, cancel */
};

/* TeX's classes of atoms (The TeXbook, appendix G): they decide the space between neighbours. */
enum formula_class { CLASS_ORD, CLASS_OP, CLASS_BIN, CLASS_REL, CLASS_OPEN, CLASS_CLOSE, CLASS_PUNCT, CLASS_INNER };

enum formula_variant { VARIANT_ITALIC /* TeX's default: letters italic */, VARIANT_UPRIGHT, VARIANT_BOLD, VARIANT_BOLD_ITALIC,
                       VARIANT_DOUBLE_STRUCK, VARIANT_SCRIPT, VARIANT_FRAKTUR, VARIANT_SANS, VARIANT_MONO };

typedef struct formula {
    enum formula_kind kind;
    enum formula_class cls;
    enum formula_variant variant;       /* IDENT, NUMBER, TEXT: text itself stays plain letters */
    ofp_str text;
    double width;                       /* SPACE: em; TD: em between it and the cell before */
    double height;                      /* OPERATOR: em of \big and its kin, else 0; TR: em between it and the next, beyond the usual */
    bool stretchy;                      /* OPERATOR: grows with what it encloses or covers */
    bool large;                         /* OPERATOR: \sum and its kin, larger in display style */
    bool movable;                       /* LIMITS: outside display style its scripts stand beside the base, as in SCRIPTS */
    bool accent;                        /* LIMITS: the script is an accent, close to its base */
    bool bare;                          /* FRAC */
    bool flat, narrow, shown;           /* PHANTOM; shown and narrow: it lies over what is before ('r'), behind ('l') or both */
    signed char style;                  /* STYLE, TABLE's cells: 0 display, 1 text, 2 script, 3 scriptscript; -1: as around it */
    char align;                         /* TD, PHANTOM: 'l', 'c', 'r' */
    bool rule_before, rule_after;       /* TD: a line of the table beside it */
    bool tag;                           /* TD: holds the row's tag */
    bool rule_above, rule_below;        /* TR: a line of the table over it, under it */
    unsigned enclose;                   /* ENCLOSE: bits of enum formula_enclose */
    ofp_str colour;                     /* STYLE: CSS colour; empty: as around it */
    struct formula *first, *last, *next;
} formula;

enum formula_enclose { ENCLOSE_BOX = 1, ENCLOSE_UP = 2 /* \cancel */, ENCLOSE_DOWN = 4 /* \bcancel */, ENCLOSE_STRIKE = 8 };

/* The tree of TeX's math, without its delimiters; tag receives what \tag says (a ROW; NULL where nothing).
 * NULL where tex holds what is not known here or does not balance: writers then show the TeX itself.  Depth,
 * expansions and length (64 KB) are bounded, time is linear.  Out of memory is sticky in a. */
formula *ofp_formula_parse(ofp_arena *a, ofp_str tex, formula **tag);
/* The mathematical alphanumeric symbol (Unicode 1D400 and the letterlike ones) for a plain letter or digit; c itself
 * where the variant has none. */
uint32_t ofp_formula_letter(uint32_t c, enum formula_variant v);
#endif
