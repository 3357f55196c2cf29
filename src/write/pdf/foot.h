/* foot.h - notes at the foot of pages.  They wait in lay.foot, strip by strip in the order of their numbers; a page
 * takes those that it refers to, and what is left of one that does not fit goes on at the foot of the next page. */
#ifndef OFP_PDF_FOOT_H
#define OFP_PDF_FOOT_H
#include "write/pdf/layout.h"

/* What a page takes of the notes that wait. */
typedef struct foot {
    size_t end;                          /* past the last strip of lay.foot */
    double height;                       /* with the rule and the space above; 0 where it takes nothing */
    unsigned note;                       /* the last that is there at least in part */
    bool whole;                          /* nothing of those asked for is left */
} foot;

/* The notes up to a number, as many of their lines as have room, and two of a note at least. */
foot pdf_foot_take(const lay *l, unsigned number, double room);
/* The same for all that wait, but a line at least, whether there is room or not. */
foot pdf_foot_force(const lay *l, double room);
bool pdf_foot_waits(const lay *l);                        /* is there any? */
#endif
