/* notes.h - what the files share that find notes and take them from where they stand. */
#ifndef OFP_READ_HTML_NOTES_H
#define OFP_READ_HTML_NOTES_H
#include "html.h"

/* ---- notes.c ---- */
/* One of the words of a list that NULL ends: as a class, or as a role (epub:type is one, too). */
bool html_has_class_of(const dom *n, const char *const *classes);
bool html_has_role(const dom *n, const char *const *roles);
/* Bytes of the text below n without the blanks around it, looking no further than bound; the titles of drawings and
 * buttons are none. */
size_t html_text_length(const dom *n, size_t bound);
bool html_is_around_label(const dom *n);                        /* an inline element as labels and references stand in */
bool html_is_note_ref(const dom *n);                            /* says that it refers to a note */
dom *html_notes_around(dom *n);                                 /* the section of notes that n stands in */

/* ---- labels.c: of notes and of what refers to them ---- */
#define NOTE_SIGN 1000                  /* label of the first sign; below are numbers, and 0 is none */
/* The label that a block begins with: an element, or the first len bytes of a text node. */
struct note_start { dom *el; long label; size_t len; bool raised; };

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

long html_note_label(dom *n);                                   /* that is all of n */
bool html_is_bracketed(const dom *n);                           /* nothing but a label in square brackets */
void html_frame_labels(reader *r);                              /* takes brackets into the links that they frame */
bool html_opens_with_label(const dom *block);
struct note_start html_note_start(const dom *block);
void html_take_start(const struct note_start *s, const dom *body);
void html_take_mark(dom *label, const dom *body);               /* the stop behind a label */
void html_take_label(dom *body, dom *ref);                      /* the number that a note begins with */
dom *html_sole_text(dom *n);                                    /* all the text below n; NULL where there are several */
bool html_is_around_loose(const dom *n);                        /* as html_is_around_label, or one of pages without links */
bool html_is_filler(const dom *n);                              /* nothing to read, or taken */
dom *html_before(const dom *n);                                 /* the sibling before n that is no filler */

/* ---- loose.c ---- */
void html_part_notes(reader *r);                                /* notes parted by br elements */
void html_find_loose_notes(reader *r);                          /* those without links */
bool html_is_notes_heading(const dom *n);

/* ---- copies.c ---- */
void html_take_copies(reader *r);                               /* of notes that stand in the text */

/* ---- remains.c ---- */
bool html_is_backlink(const dom *n);                            /* says that it leads back to a reference */
/* A section of notes whose text has all been taken is nothing but a heading and a rule: these go, too. */
void html_take_section(dom *section);
void html_take_remains(reader *r);                              /* of all notes that have a reference */
#endif
