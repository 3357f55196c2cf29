/* base.h - what everything stands on: slices, arenas, buffers, errors, diagnostics. */
#ifndef OFFPRINT_BASE_H
#define OFFPRINT_BASE_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Marks what offprint promises to programs and plugins outside the tree. */
#define OFP_API __attribute__((visibility("default")))
#define OFP_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* ---- slices ------------------------------------------------------------------------- */

/* A borrowed run of bytes, normally valid UTF-8.  Not NUL-terminated; NUL is data.
 * p may be NULL only when n is 0. */
typedef struct ofp_str { const char *p; size_t n; } ofp_str;

/* A slice of a literal; and of a NUL-terminated string, NULL giving the empty slice. */
#define OFP_STR(lit) ((ofp_str){ "" lit, sizeof(lit) - 1 })
OFP_API ofp_str ofp_s(const char *z);

/* Equality is asked more than all else, and mostly its length or its first byte refuses: that costs no call. */
OFP_API inline bool ofp_str_eq(ofp_str a, ofp_str b)
{
    return a.n == b.n && (!a.n || (a.p[0] == b.p[0] && !memcmp(a.p, b.p, a.n)));
}
OFP_API bool ofp_str_istarts(ofp_str s, ofp_str prefix);  /* ASCII letters fold */
OFP_API inline bool ofp_str_ieq(ofp_str a, ofp_str b)     /* the same */
{
    return a.n == b.n && (!a.n || (!((a.p[0] ^ b.p[0]) & ~('a' ^ 'A')) && ofp_str_istarts(a, b)));
}
OFP_API int ofp_str_cmp(ofp_str a, ofp_str b);            /* by bytes; shorter first on a tie */
OFP_API bool ofp_str_starts(ofp_str s, ofp_str prefix);
OFP_API bool ofp_str_ends(ofp_str s, ofp_str suffix);
/* Offset of needle in s at or after from, or SIZE_MAX.  An empty needle is found at from. */
OFP_API size_t ofp_str_find(ofp_str s, ofp_str needle, size_t from);
OFP_API size_t ofp_str_ifind(ofp_str s, ofp_str needle, size_t from);
/* Bytes [from, from+n) of s, clipped to s; n may be SIZE_MAX for "to the end". */
OFP_API ofp_str ofp_str_sub(ofp_str s, size_t from, size_t n);
/* Without ASCII white space (space \t \n \r \f) at both ends. */
OFP_API ofp_str ofp_str_trim(ofp_str s);
/* Moves *rest past the next piece before sep and returns that piece; false at the end.
 * "a,,b" gives three pieces, "" none, "a," one. */
OFP_API bool ofp_str_split(ofp_str *rest, char sep, ofp_str *piece);
/* Moves *rest past the next line and its end (\n, \r\n or \r); false at the end. */
OFP_API bool ofp_str_line(ofp_str *rest, ofp_str *line);
/* Moves *rest past the next word (run without ASCII or Unicode white space); false at the end. */
OFP_API bool ofp_str_word(ofp_str *rest, ofp_str *word);
/* A decimal number that fills the whole slice, in [lo, hi]; false leaves *out alone. */
OFP_API bool ofp_str_int(ofp_str s, long lo, long hi, long *out);

/* ---- UTF-8 and Unicode ---------------------------------------------------------------- */

/* Decodes the code point at s[*at] and moves *at past it.  A byte that is no valid UTF-8
 * counts as U+FFFD and moves by one.  *at must be below s.n. */
OFP_API uint32_t ofp_utf8_next(ofp_str s, size_t *at);
/* Decodes the code point that ends before s[*at] and moves *at to its start.  *at > 0. */
OFP_API uint32_t ofp_utf8_prev(ofp_str s, size_t *at);
OFP_API size_t ofp_utf8_put(uint32_t cp, char out[4]);    /* bytes written: 1 to 4 */
OFP_API bool ofp_utf8_valid(ofp_str s);
OFP_API size_t ofp_utf8_count(ofp_str s);                 /* code points */
OFP_API bool ofp_is_space(uint32_t cp);    /* Unicode White_Space, also U+FEFF and U+200B */
OFP_API bool ofp_is_letter(uint32_t cp);
OFP_API bool ofp_is_digit(uint32_t cp);
OFP_API bool ofp_is_upper(uint32_t cp);
OFP_API bool ofp_is_punct(uint32_t cp);    /* general categories P* and S* */
OFP_API bool ofp_is_symbol(uint32_t cp);   /* S* alone */
OFP_API bool ofp_is_cjk(uint32_t cp);      /* Han, kana, hangul and their punctuation: no spaces between words */
OFP_API uint32_t ofp_to_lower(uint32_t cp);
OFP_API int ofp_char_width(uint32_t cp);   /* terminal columns: 0, 1 or 2 */
OFP_API size_t ofp_str_width(ofp_str s);   /* terminal columns */
/* Words for counting: runs of letters and digits; each Han or kana character is one. */
OFP_API size_t ofp_str_words(ofp_str s);

/* ---- arenas --------------------------------------------------------------------------- */

/* Memory that dies together.  After the first failed allocation every later one fails as
 * well, so that a caller need only ask ofp_arena_failed at its end. */
typedef struct ofp_arena ofp_arena;
OFP_API ofp_arena *ofp_arena_new(void);                   /* NULL when out of memory */
OFP_API void ofp_arena_free(ofp_arena *a);                /* NULL is fine */
OFP_API void ofp_arena_clear(ofp_arena *a);               /* ends the life of all in it; some of the memory is used again */
OFP_API bool ofp_arena_failed(const ofp_arena *a);        /* true for NULL */
/* n*size zeroed bytes, aligned for any type; NULL when out of memory or n*size overflows. */
OFP_API void *ofp_arena_zalloc(ofp_arena *a, size_t n, size_t size);
/* A copy that lives with the arena, followed by a NUL that is not counted. */
OFP_API ofp_str ofp_arena_dup(ofp_arena *a, ofp_str s);
OFP_API ofp_str ofp_arena_printf(ofp_arena *a, const char *fmt, ...) OFP_PRINTF(2, 3);
OFP_API ofp_str ofp_arena_lower(ofp_arena *a, ofp_str s); /* Unicode simple lower case */
/* With each run of white space one blank, and none at the ends; s itself where nothing changes. */
OFP_API ofp_str ofp_arena_squeeze(ofp_arena *a, ofp_str s);

/* ---- growing buffers ------------------------------------------------------------------ */

/* Zero-initialise; ofp_buf_free when done.  failed sticks: later additions do nothing. */
typedef struct ofp_buf { char *p; size_t n, cap; bool failed; } ofp_buf;
OFP_API void ofp_buf_free(ofp_buf *b);                    /* leaves it empty and usable */
OFP_API void ofp_buf_add(ofp_buf *b, ofp_str s);
OFP_API void ofp_buf_puts(ofp_buf *b, const char *z);
OFP_API void ofp_buf_putc(ofp_buf *b, char c);
OFP_API void ofp_buf_putu(ofp_buf *b, uint32_t cp);       /* as UTF-8 */
OFP_API void ofp_buf_fill(ofp_buf *b, char c, size_t n);
OFP_API void ofp_buf_printf(ofp_buf *b, const char *fmt, ...) OFP_PRINTF(2, 3);
OFP_API void ofp_buf_vprintf(ofp_buf *b, const char *fmt, va_list ap) OFP_PRINTF(2, 0);
OFP_API ofp_str ofp_buf_str(const ofp_buf *b);            /* valid until the next addition */
/* Moves the content into the arena and empties the buffer; fails the arena where b failed. */
OFP_API ofp_str ofp_buf_take(ofp_buf *b, ofp_arena *a);

/* ---- errors --------------------------------------------------------------------------- */

/* One row of status.def each: OFP_OK, OFP_EIO, ... */
enum ofp_code {
#define STATUS(id, exit_status, meaning) OFP_##id,
#include "offprint/status.def"
#undef STATUS
    OFP_NCODES
};
OFP_API int ofp_code_status(enum ofp_code c);             /* the exit status */
OFP_API const char *ofp_code_meaning(enum ofp_code c);

/* Where something came from; line and col start at 1, 0 means unknown; input may be NULL. */
typedef struct ofp_pos { const char *input; unsigned line, col; } ofp_pos;

/* The first failure of a job.  Zero-initialise; later failures leave it alone.
 * at.input must outlive the error. */
typedef struct ofp_err { enum ofp_code code; ofp_pos at; char msg[256]; } ofp_err;

/* Records a failure and returns false, so that failing is one line: return ofp_fail(...). */
OFP_API bool ofp_fail(ofp_err *e, enum ofp_code code, ofp_pos at, const char *fmt, ...) OFP_PRINTF(4, 5);
OFP_API bool ofp_fail_nomem(ofp_err *e);
#define OFP_NOWHERE ((ofp_pos){ 0 })

/* ---- diagnostics ---------------------------------------------------------------------- */

/* One row of diags.def each: OFP_D_RESOURCE_MISSING, ... */
enum ofp_diag {
#define DIAG(id, name, meaning) OFP_D_##id,
#include "offprint/diags.def"
#undef DIAG
    OFP_NDIAGS
};
OFP_API const char *ofp_diag_name(enum ofp_diag d);       /* "resource-missing" */
OFP_API const char *ofp_diag_meaning(enum ofp_diag d);

/* Collects warnings: things that are odd, told, and passed over.  sink, where set, is called
 * for each with the caller's user pointer; msg is valid during the call. */
typedef struct ofp_log {
    void (*sink)(void *user, enum ofp_diag code, ofp_pos at, const char *msg);
    void *user;
    unsigned count[OFP_NDIAGS];
} ofp_log;
OFP_API void ofp_log_warn(ofp_log *log, enum ofp_diag code, ofp_pos at, const char *fmt, ...) OFP_PRINTF(4, 5);
OFP_API unsigned ofp_log_total(const ofp_log *log);

/* ---- dates and URLs ------------------------------------------------------------------- */

/* Calendar date with optional time; month and day 0 where unknown; has_time tells of the rest.
 * offset is minutes east of UTC. */
typedef struct ofp_date {
    int year, month, day, hour, minute, second, offset;
    bool has_time;
} ofp_date;
/* Parses what pages and articles write: ISO 8601, RFC 2822, "19 February 2026", "Feb. 19, 2026",
 * "2026/02/19", month names of the larger European languages, day first or month first as the
 * words tell.  The slice must be a date, save for a weekday, time or zone around it. */
OFP_API bool ofp_date_parse(ofp_str s, ofp_date *out);
/* Finds the first such date inside a text; *at and *len tell where it stands (may be NULL). */
OFP_API bool ofp_date_find(ofp_str s, ofp_date *out, size_t *at, size_t *len);
/* ISO 8601 as precise as known: 2026, 2026-02, 2026-02-19. */
OFP_API ofp_str ofp_date_iso(ofp_arena *a, const ofp_date *d);

/* Absolute form of ref against base (WHATWG URL, the parts that pages need); ref as it is where
 * base is empty or has no scheme.  Spaces and controls come out percent-encoded. */
OFP_API ofp_str ofp_url_resolve(ofp_arena *a, ofp_str base, ofp_str ref);
OFP_API ofp_str ofp_url_scheme(ofp_str url);              /* lower or upper case as written; empty: relative */
OFP_API ofp_str ofp_url_host(ofp_str url);                /* without user, port; empty where none */
OFP_API ofp_str ofp_url_path(ofp_str url);                /* without query and fragment */
#endif
