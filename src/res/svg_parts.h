/* svg_parts.h - a drawing while it is read (svg.c) and what of it stays (svg_safe.c). */
#ifndef OFP_RES_SVG_PARTS_H
#define OFP_RES_SVG_PARTS_H
#include "base/map.h"
#include "res/res.h"

enum { MAX_OPEN = 200, MAX_ATTRS = 200 };

/* A drawing is read twice: first for the ids in it, since references to others are errors. */
typedef struct svg {
    ofp_map *ids;
    bool second;
    ofp_str in;
    size_t at;
    ofp_buf *out;
    ofp_str open[MAX_OPEN];             /* names of the elements open */
    size_t depth, skip;                 /* below skip open elements nothing is kept; 0: all is */
    bool root_done;
    const char *why;
} svg;

typedef struct attribute { ofp_str name, value; } attribute;

static inline ofp_str svg_rest(const svg *s)
{
    return ofp_str_sub(s->in, s->at, SIZE_MAX);
}

static inline bool svg_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool svg_is_name_char(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
           c == ':';
}

bool svg_is_of_others(ofp_str name);    /* of another vocabulary */
bool svg_keeps_element(ofp_str name);
bool svg_keeps_attribute(const svg *s, attribute a);
ofp_str svg_safe_id(const svg *s, ofp_str id);
bool svg_is_skipping(const svg *s);
/* These append to the drawing unless it is being skipped: text; css with url() of its own parts only; any piece of a style sheet. */
void svg_keep(svg *s, ofp_str text);
void svg_put_urls(svg *s, ofp_str css);
void svg_keep_css(svg *s, ofp_str css);
#endif
