/* json.h - JSON text to a tree of values in an arena; and JSON strings out. */
#ifndef OFP_BASE_JSON_H
#define OFP_BASE_JSON_H
#include "offprint/base.h"

enum ofp_json_type { OFP_JSON_NULL, OFP_JSON_FALSE, OFP_JSON_TRUE, OFP_JSON_NUMBER, OFP_JSON_STRING,
                     OFP_JSON_ARRAY, OFP_JSON_OBJECT };

typedef struct ofp_json {
    enum ofp_json_type type;
    ofp_str text;                       /* NUMBER as written, STRING decoded */
    ofp_str key;                        /* in an OBJECT */
    struct ofp_json *first, *last, *next;
    size_t n;                           /* children */
} ofp_json;

/* Parses one value; trailing text is an error.  Depth beyond 2000 is OFP_ELIMIT, bad text OFP_EPARSE
 * with line and column; at.input of e is input. */
ofp_json *ofp_json_parse(ofp_arena *a, ofp_str in, const char *input, ofp_err *e);
const ofp_json *ofp_json_get(const ofp_json *object, ofp_str key);   /* NULL where absent or no object */
const ofp_json *ofp_json_at(const ofp_json *array, size_t i);        /* NULL past the end */
ofp_str ofp_json_str(const ofp_json *v);                             /* empty unless STRING */
double ofp_json_num(const ofp_json *v, double otherwise);
/* Appends s as a JSON string with its quotes; only what must be escaped is. */
void ofp_json_put(ofp_buf *out, ofp_str s);
#endif
