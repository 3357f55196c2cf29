/* formula_parts.h - what the files of the parser of formulas share. */
#ifndef OFP_DOCTOOLS_FORMULA_PARTS_H
#define OFP_DOCTOOLS_FORMULA_PARTS_H
#include "doctools/formula.h"

enum { FORMULA_DEPTH = 100, FORMULA_BYTES = 64 * 1024 };

/* What a command is, so which function makes its node. */
enum sign_kind {
    SIGN_NONE /* no command, or an unknown one */, SIGN_LETTER, SIGN_UPRIGHT, SIGN_SIGN, SIGN_DELIM, SIGN_LARGE, SIGN_INTEGRAL, SIGN_NAME, SIGN_LIMNAME, SIGN_SPACE,
    SIGN_ACCENT, SIGN_WIDE, SIGN_UNDER, SIGN_FRAC, SIGN_BINOM, SIGN_INFIX, SIGN_GENFRAC, SIGN_SQRT, SIGN_ROOT, SIGN_LEFT,
    SIGN_MIDDLE, SIGN_RIGHT, SIGN_BIG, SIGN_STACK, SIGN_XARROW, SIGN_FONT, SIGN_OLDFONT, SIGN_TEXT, SIGN_OPNAME,
    SIGN_CLASS, SIGN_STYLE, SIGN_COLOR, SIGN_ENCLOSE, SIGN_CANCELTO, SIGN_PHANTOM, SIGN_LAP, SIGN_KERN, SIGN_HSPACE, SIGN_TAG,
    SIGN_IGNORE, SIGN_CONTENT, SIGN_MOD, SIGN_NOT, SIGN_LIMITS, SIGN_BEGIN, SIGN_END, SIGN_CR, SIGN_GRID, SIGN_HLINE,
    SIGN_RULE, SIGN_UNICODE, SIGN_FENCED, SIGN_PRESCRIPT, SIGN_SIDESET, SIGN_NKINDS
};

typedef struct sign { ofp_str name; enum sign_kind kind; ofp_str text; enum formula_class cls; } sign;

enum limits { LIMITS_NONE, LIMITS_MOVABLE, LIMITS_ALWAYS };

typedef struct parser {
    ofp_arena *a;
    ofp_str s;
    size_t at;
    int depth;
    bool bad;                   /* sticky: what follows makes nothing more */
    int font;                   /* enum formula_variant that a command asks for; -1: none */
    enum limits limits;         /* what scripts of the nucleus just made do */
    formula *row;               /* the row under construction: \over takes it */
    bool infix;                 /* it had its \over, or is what is under one */
    bool under;                 /* the next row is */
    size_t between;             /* bytes that columns had between them, over again in each row */
    formula *tag;
} parser;

/* ---- small verbs ---- */

static inline char peek(const parser *p)
{
    return p->at < p->s.n ? p->s.p[p->at] : '\0';
}

static inline bool letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- formula.c: atoms and rows ---- */

/* Up to what ends a row: the end, a closing brace, & and \\, \right, \middle, \end.  spaced: as if {} stood before. */
formula *formula_row(parser *p, bool spaced);
formula *formula_sub(parser *p, ofp_str tex);           /* all of tex, which is a slice of p->s */
/* An argument: a group or one token.  What is bare of braces counts singly: \frac12. */
formula *formula_argument(parser *p);
formula *formula_ident(parser *p, ofp_str text, enum formula_variant otherwise);    /* in the font in force, or otherwise */
formula *formula_number(parser *p, ofp_str text);

/* ---- formula_scripts.c ---- */

/* base with the scripts, primes and limits that follow; what they do by themselves is in p->limits. */
formula *formula_with_scripts(parser *p, formula *base);

/* ---- formula_scan.c ---- */

void formula_blanks(parser *p);                         /* passes over blanks and comments */
ofp_str formula_raw(parser *p);                         /* an argument as it is written */
bool formula_bracket(parser *p, ofp_str *tex);          /* what an optional [argument] says; false where none stands here */
/* The command at p->at, and how long it is, also where it is unknown; 0: none stands there. */
sign formula_command(const parser *p, size_t *len);
bool formula_take_kind(parser *p, enum sign_kind kind); /* passes over blanks and such a command, where it stands there */
formula *formula_bad(parser *p);                        /* gives up; returns NULL */
bool formula_take(parser *p, char c);                   /* passes over blanks and c, where it stands there */

/* ---- formula_node.c ---- */

formula *formula_new(parser *p, enum formula_kind kind, enum formula_class cls);
formula *formula_leaf(parser *p, enum formula_kind kind, enum formula_class cls, ofp_str text);
formula *formula_space(parser *p, double em);
/* Adds the child; NULL of either is passed over. */
void formula_add(formula *parent, formula *child);
formula *formula_pair(parser *p, enum formula_kind kind, enum formula_class cls, formula *first, formula *second);
/* SCRIPTS or LIMITS of base; a script that is NULL is EMPTY. */
formula *formula_scripted(parser *p, enum formula_kind kind, formula *base, formula *under, formula *over);
/* The children of row, out of it, as a row of their own. */
formula *formula_move(parser *p, formula *row);
formula *formula_single(formula *row);                  /* the only child of a row; else the row itself */
/* Binary operators without an operand at one side become ordinary. */
void formula_settle(formula *row);
/* A delimiter that stretches; NULL where text is empty. */
formula *formula_fence(parser *p, ofp_str text, enum formula_class cls);
formula *formula_fenced(parser *p, ofp_str open, formula *inside, ofp_str close);
formula *formula_styled(parser *p, int style, formula *inside);

/* ---- formula_words.c ---- */

/* tex, a slice of p->s, as words. */
formula *formula_words(parser *p, ofp_str tex, enum formula_variant variant);

/* ---- each makes what a command of its kind is ---- */

typedef formula *formula_maker(parser *p, const sign *s);
formula_maker formula_left, formula_big, formula_frac, formula_binom, formula_infix, formula_genfrac, formula_sqrt,
    formula_root, formula_accent, formula_under, formula_stack, formula_xarrow, formula_class_of, formula_fence_of,
    formula_prescript, formula_sideset, formula_not, formula_cancelto;                          /* formula_atoms.c */
formula_maker formula_text, formula_tag;                                                        /* formula_words.c */
formula_maker formula_opname, formula_font, formula_oldfont, formula_style, formula_color, formula_enclose, formula_phantom,
    formula_lap, formula_kern, formula_hspace, formula_ignore, formula_content, formula_mod, formula_rule, formula_unicode; /* formula_font.c */
/* What TeX's length at the beginning of s is in em, and where it ends; false where none stands there. */
bool formula_length(ofp_str s, double *em, size_t *end);
formula_maker formula_begin, formula_grid;                                                      /* formula_table.c */
/* The whole of a formula: several rows where \\ stands outside of every environment. */
formula *formula_whole(parser *p);

/* ---- formula_signs.c ---- */

sign formula_sign(ofp_str name);
/* What a character is that stands there as itself. */
typedef struct glyph { enum formula_kind kind; enum formula_class cls; bool large; enum limits limits; } glyph;
glyph formula_glyph(uint32_t c);
/* An argument's binary operator is ordinary there; this makes it what it was before. */
void formula_unsettle(formula *f);
bool formula_delimiter(ofp_str c);                      /* may stand behind \left */
ofp_str formula_negated(ofp_str text);                  /* with a stroke through it; empty: has no character of its own */

/* ---- formula_macros.c ---- */

/* tex with what \newcommand and its kin define put in; *bad where that does not end. */
ofp_str formula_expand(ofp_arena *a, ofp_str tex, bool *bad);
#endif
