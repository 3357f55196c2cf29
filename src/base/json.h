/* json.h - JSON text to a tree of values in an arena; and JSON strings out. */
#ifndef OFP_BASE_JSON_H
#define OFP_BASE_JSON_H
#include "offprint/base.h"

enum ofp_json_type { OFP_JSON_NULL, OFP_JSON_FALSE, OFP_JSON_TRUE, OFP_JSON_NUMBER, OFP_JSON_STRING,
                     OFP_JSON_ARRAY, OFP_JSON_OBJECT };

/* Kept small: a document's text has a value in every seven bytes. */
typedef struct ofp_json {
    uint8_t type;                       /* enum ofp_json_type */
    uint32_t at;                        /* offset of the value in the text, for ofp_json_pos */
    union {
        ofp_str text;                   /* NUMBER as written, STRING decoded */
        struct { struct ofp_json *first; size_t n; };    /* ARRAY, OBJECT: its n children */
    };
    ofp_str key;                        /* in an OBJECT */
    struct ofp_json *next;
} ofp_json;

/* Parses one value; trailing text is an error.  in must live as long as the tree.  Depth beyond 2000
 * is OFP_ELIMIT, bad text OFP_EPARSE with line and column; at.input of e is input. */
ofp_json *ofp_json_parse(ofp_arena *a, ofp_str in, const char *input, ofp_err *e);
/* The items of one long array, taken as they come, so that they need not all be in memory at once.  The array is the root
 * object's member called key; ready is asked at its beginning, and sees the members before it: where it says no, the array
 * becomes part of the tree like any other.  An item lives during take, which ends the parsing with false, having said why. */
typedef struct ofp_json_stream {
    ofp_str key;
    bool (*ready)(void *user, const ofp_json *root);
    bool (*take)(void *user, const ofp_json *item);
    void *user;
} ofp_json_stream;

/* The same with the texts that need memory of their own in strings, to outlive the tree; stream may be NULL. */
ofp_json *ofp_json_parse_apart(ofp_arena *tree, ofp_arena *strings, ofp_str in, const ofp_json_stream *stream, const char *input,
                               ofp_err *e);
/* Where v stands in the text in that it was parsed from. */
ofp_pos ofp_json_pos(const ofp_json *v, ofp_str in, const char *input);
/* The same for many values in about the order of the text, which is counted through but once; *mark begins zeroed. */
typedef struct ofp_json_mark { size_t at; unsigned lines, col; } ofp_json_mark;
ofp_pos ofp_json_pos_from(ofp_json_mark *mark, const ofp_json *v, ofp_str in, const char *input);
const ofp_json *ofp_json_first(const ofp_json *v);                   /* its first child; NULL where it has or can have none */
size_t ofp_json_count(const ofp_json *v);                            /* its children */
const ofp_json *ofp_json_get(const ofp_json *object, ofp_str key);   /* NULL where absent or no object */
const ofp_json *ofp_json_at(const ofp_json *array, size_t i);        /* NULL past the end */
ofp_str ofp_json_str(const ofp_json *v);                             /* empty unless STRING */
double ofp_json_num(const ofp_json *v, double otherwise);
/* A whole number within int; false leaves *out alone. */
bool ofp_json_int(const ofp_json *v, int *out);
const char *ofp_json_what(const ofp_json *v);   /* "a string", "nothing" for NULL: for messages */
/* Appends s as a JSON string with its quotes; only what must be escaped is. */
void ofp_json_put(ofp_buf *out, ofp_str s);
/* Appends the shortest decimal that reads back as x, which lies in [0, 100]; no exponent. */
void ofp_json_put_num(ofp_buf *out, double x);
#endif
