/* math_type.h - the math font as layout sees it, beside type.h: signs that are measured, that grow, and the
 * constants of its MATH table (OpenType 1.9, "MATH - The mathematical typesetting table").  All measures are fractions
 * of an em, percentages fractions of one. */
#ifndef OFP_PDF_MATH_TYPE_H
#define OFP_PDF_MATH_TYPE_H
#include "write/pdf/type.h"

/* The constants that layout asks for, named as in HarfBuzz. */
#define MATH_CONSTANTS(X) \
    X(SCRIPT_PERCENT_SCALE_DOWN) X(SCRIPT_SCRIPT_PERCENT_SCALE_DOWN) X(DISPLAY_OPERATOR_MIN_HEIGHT) X(AXIS_HEIGHT) \
    X(ACCENT_BASE_HEIGHT) X(SUBSCRIPT_SHIFT_DOWN) X(SUBSCRIPT_TOP_MAX) X(SUBSCRIPT_BASELINE_DROP_MIN) \
    X(SUPERSCRIPT_SHIFT_UP) X(SUPERSCRIPT_SHIFT_UP_CRAMPED) X(SUPERSCRIPT_BOTTOM_MIN) X(SUPERSCRIPT_BASELINE_DROP_MAX) \
    X(SUB_SUPERSCRIPT_GAP_MIN) X(SUPERSCRIPT_BOTTOM_MAX_WITH_SUBSCRIPT) X(SPACE_AFTER_SCRIPT) \
    X(UPPER_LIMIT_GAP_MIN) X(UPPER_LIMIT_BASELINE_RISE_MIN) X(LOWER_LIMIT_GAP_MIN) X(LOWER_LIMIT_BASELINE_DROP_MIN) \
    X(STACK_TOP_SHIFT_UP) X(STACK_TOP_DISPLAY_STYLE_SHIFT_UP) X(STACK_BOTTOM_SHIFT_DOWN) \
    X(STACK_BOTTOM_DISPLAY_STYLE_SHIFT_DOWN) X(STACK_GAP_MIN) X(STACK_DISPLAY_STYLE_GAP_MIN) \
    X(STRETCH_STACK_GAP_ABOVE_MIN) X(STRETCH_STACK_GAP_BELOW_MIN) \
    X(FRACTION_NUMERATOR_SHIFT_UP) X(FRACTION_NUMERATOR_DISPLAY_STYLE_SHIFT_UP) X(FRACTION_DENOMINATOR_SHIFT_DOWN) \
    X(FRACTION_DENOMINATOR_DISPLAY_STYLE_SHIFT_DOWN) X(FRACTION_NUMERATOR_GAP_MIN) X(FRACTION_NUM_DISPLAY_STYLE_GAP_MIN) \
    X(FRACTION_RULE_THICKNESS) X(FRACTION_DENOMINATOR_GAP_MIN) X(FRACTION_DENOM_DISPLAY_STYLE_GAP_MIN) \
    X(OVERBAR_VERTICAL_GAP) X(OVERBAR_RULE_THICKNESS) X(OVERBAR_EXTRA_ASCENDER) \
    X(UNDERBAR_VERTICAL_GAP) X(UNDERBAR_RULE_THICKNESS) X(UNDERBAR_EXTRA_DESCENDER) \
    X(RADICAL_VERTICAL_GAP) X(RADICAL_DISPLAY_STYLE_VERTICAL_GAP) X(RADICAL_RULE_THICKNESS) X(RADICAL_EXTRA_ASCENDER) \
    X(RADICAL_KERN_BEFORE_DEGREE) X(RADICAL_KERN_AFTER_DEGREE) X(RADICAL_DEGREE_BOTTOM_RAISE_PERCENT)
enum math_constant {
#define X(id) MATH_##id,
    MATH_CONSTANTS(X)
#undef X
    MATH_NCONSTANTS
};

enum math_corner { MATH_TOP_RIGHT, MATH_TOP_LEFT, MATH_BOTTOM_RIGHT, MATH_BOTTOM_LEFT };

/* How a sign is chosen that shall fill a size: the smallest that does, or the largest that does not go beyond it. */
enum math_fit { MATH_FILL, MATH_WITHIN };

/* One character as one glyph, or as parts that join: its run is whole and says the character once. */
typedef struct math_sign {
    type_run run;
    double ascent, descent;              /* of its ink; descent is positive below the baseline */
    double italic;                       /* italics correction: how far its top leans out to the right */
    double accent;                       /* x of the middle of what stands over it, or of its own where it is an accent */
} math_sign;

/* Results live as long as the font set. */
typedef struct math_type {
    void *user;
    double (*constant)(void *user, enum math_constant c);
    /* The sign of a character for formulas (level 0), scripts (1), scripts of scripts (2).  NULL where the math font
     * lacks it, or out of memory. */
    const math_sign *(*sign)(void *user, uint32_t cp, unsigned level);
    /* The same, its height (upright) or its width near size; as near as the font can. */
    const math_sign *(*grown)(void *user, uint32_t cp, bool upright, double size, enum math_fit fit);
    /* Cut-in of a corner at a height above the baseline; mostly 0 or less: how much a script may move towards it. */
    double (*kern)(void *user, const math_sign *s, enum math_corner corner, double height);
    /* Ink of any run. */
    void (*ink)(void *user, const type_run *run, double *ascent, double *descent);
} math_type;
#endif
