/* date_parts.h - what the files share that read dates.  What is named take moves *at past what it reads. */
#ifndef OFP_BASE_DATE_PARTS_H
#define OFP_BASE_DATE_PARTS_H
#include "offprint/base.h"

/* ---- date_read.c: numbers, blanks, words ---- */

static inline bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

static inline char byte_at(ofp_str s, size_t i)
{
    return i < s.n ? s.p[i] : '\0';
}

/* A number of lo to hi digits that no further digit follows. */
bool ofp_date_take_number(ofp_str s, size_t *at, size_t lo, size_t hi, int *out);
/* The end of at most eight blanks of any kind. */
size_t ofp_date_skip_blanks(ofp_str s, size_t at);
/* In any case of its letters. */
bool ofp_date_take_literal(ofp_str s, size_t *at, const char *lit);
/* One of n words, whole. */
bool ofp_date_take_word(ofp_str s, size_t *at, const char *const *list, size_t n);
#define TAKE_WORD_OF(s, at, list) ofp_date_take_word(s, at, list, sizeof(list) / sizeof *(list))

/* ---- date_names.c: of months and weekdays ---- */

/* A word in lower case, in characters. */
enum { MAX_NAME = 16 };
typedef struct date_word { uint32_t cp[MAX_NAME]; size_t n; } date_word;

/* The run of letters at *at; false when it is empty or longer than any name. */
bool ofp_date_take_letters(ofp_str s, size_t *at, date_word *out);
/* 1 to 12; 0 when the word names no month. */
int ofp_date_month_of(const date_word *w);
bool ofp_date_is_weekday(const date_word *w);

/* ---- date_time.c ---- */

/* 10:00, 10:00:05.123, 8:02 pm, 14h30, 14.30 Uhr; with its zone, where it has one. */
bool ofp_date_take_clock(ofp_str s, size_t *at, ofp_date *d);
/* A time behind a date, if there is one, with what people write between the two. */
void ofp_date_take_time(ofp_str s, size_t *at, ofp_date *d);
#endif
