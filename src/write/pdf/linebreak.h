/* linebreak.h - where the lines of a paragraph end: optimum fit over boxes, glue and penalties, after
 * D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software - Practice and Experience
 * 11 (1981).  Knows nothing of text; lengths are in any one unit. */
#ifndef OFP_PDF_LINEBREAK_H
#define OFP_PDF_LINEBREAK_H
#include <stdbool.h>
#include <stddef.h>

enum { BREAK_FORCED = -10000, BREAK_NEVER = 10000 };
enum break_kind { BREAK_BOX, BREAK_GLUE, BREAK_PENALTY };

/* A box has a width; glue may stretch and shrink and is a place to break when a box stands before
 * it; a penalty is a place to break that costs something and adds width where the line ends there. */
typedef struct break_item {
    float width, stretch, shrink;
    short penalty;                       /* PENALTY: BREAK_FORCED to BREAK_NEVER */
    unsigned char kind;                  /* enum break_kind */
    bool flagged;                        /* PENALTY: a hyphen; two in a row look bad */
} break_item;

typedef struct break_rules {
    double measure;                      /* width of every line */
    double tolerance;                    /* largest stretch ratio of a good line; <= 0: any */
    double extra;                        /* stretch that each line has besides its glue: ragged or desperate */
    bool must;                           /* no failing: where nothing fits, lines come out too long */
} break_rules;

/* A line: it ends at item end (the glue or penalty that the break falls on), the next begins after it
 * and after the glue and penalties that follow.  ratio says by how much glue stretches (> 0) or
 * shrinks (< 0). */
typedef struct break_line { size_t start, end; float ratio; } break_line;
typedef struct break_lines { break_line *p; size_t n, cap; } break_lines;

/* Room that is used again from one paragraph to the next.  Zero-initialise. */
typedef struct break_room {
    struct break_node *nodes; size_t nodes_n, nodes_cap;
    unsigned *active; size_t active_cap;
    break_lines lines;
} break_room;
void pdf_break_room_free(break_room *r);

/* Breaks n items, the last of which is a forced penalty, into room->lines with the fewest demerits.
 * False where the rules cannot be met, or *nomem. */
bool pdf_break(break_room *room, const break_item *items, size_t n, const break_rules *rules, bool *nomem);
#endif
