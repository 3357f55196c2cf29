/* dom.h - the parsed page as the reader sees it. */
#ifndef OFP_READ_HTML_DOM_H
#define OFP_READ_HTML_DOM_H
#include "offprint/base.h"

/* Children never stand deeper than this below the root, so that functions may recurse over them. */
#define DOM_MAX_DEPTH 500

enum tag {
    T_UNKNOWN, T_TEXT, T_COMMENT, T_ROOT,
#define TAG(id, name, display, action, type) T_##id,
#include "tags.def"
#undef TAG
    NTAGS
};

struct attr { ofp_str name, value; };

/* An element, a text node (T_TEXT), a comment (T_COMMENT), or the root that holds the html element. */
typedef struct dom {
    enum tag tag;
    unsigned line;
    bool implied;               /* put in by the parser, not written in the page */
    bool has_block;             /* an inline element with a block element somewhere inside */
    bool seen;                  /* looked at by a pass that looks once */
    bool taken;                 /* shown elsewhere (a footnote's text): passed over where it stands */
    bool no_listing;            /* a div that has been found to be none */
    uint8_t bits;               /* the parser's */
    struct dom *parent, *next, *first;          /* with the tag in one line of the cache: every walk reads them */
    unsigned nattrs;
    unsigned room;              /* the parser's: bytes behind text that are free */
    const struct attr *attrs;
    struct dom *last, *prev;
    ofp_str name;               /* of an element, lower case */
    ofp_str text;               /* of a text node, a comment or a style element */
    struct dom *note;           /* of a reference to a footnote: the element that holds the note's text */
} dom;

/* What the parser's protection had to leave out; 0 on any real page. */
typedef struct dom_limits { size_t tags, attrs; bool formatting; } dom_limits;

/* parse/: parses in (valid UTF-8 that outlives the tree) into a, on request with the comments that stand among text and blocks;
 * NULL with e set when out of memory or bounds. */
dom *dom_parse(ofp_arena *a, ofp_str in, bool comments, dom_limits *limits, ofp_err *e);

/* Whether t is in a set of tags that ends with 0. */
static inline bool dom_among(enum tag t, const uint8_t *set)
{
    while (*set && *set != t)
        set++;
    return *set != 0;
}
/* Whether n's tag is one of a few; unrolled, what the compiler makes of it is one test of bits. */
#define DOM_IS(n, ...) dom_is_one((n)->tag, (const uint8_t[]){ __VA_ARGS__ }, sizeof (const uint8_t[]){ __VA_ARGS__ })
static inline bool dom_is_one(enum tag t, const uint8_t *tags, size_t n)
{
    bool is = false;
#pragma GCC unroll 24
    for (size_t i = 0; i < n; i++)
        is |= tags[i] == t;
    return is;
}

ofp_str dom_attr(const dom *n, ofp_str name);   /* empty where absent */
bool dom_has_attr(const dom *n, ofp_str name);
bool dom_has_class(const dom *n, ofp_str name); /* a whole class, ASCII case folded */
bool dom_class_holds(const dom *n, ofp_str part);       /* anywhere in its classes, likewise */
#define DOM_ATTR(n, lit) dom_attr(n, OFP_STR(lit))
#define DOM_CLASS(n, lit) dom_has_class(n, OFP_STR(lit))
#define DOM_CLASS_HOLDS(n, lit) dom_class_holds(n, OFP_STR(lit))
/* A template that holds what its parent shows. */
static inline bool dom_is_shadow(const dom *n)
{
    return n->tag == T_TEMPLATE && dom_has_attr(n, OFP_STR("shadowrootmode"));
}
/* The node after n in document order inside root, n's children first or passed over; NULL at the end. */
dom *dom_after_skip(const dom *n, const dom *root);
static inline dom *dom_after(const dom *n, const dom *root)
{
    return n->first ? n->first : n->next && n != root ? n->next : dom_after_skip(n, root);
}
dom *dom_find(const dom *root, enum tag tag);   /* the first below root */
const dom *dom_up(const dom *n, enum tag tag);  /* the nearest ancestor */
/* All text below n (white space as it stands), appended. */
void dom_text(const dom *n, ofp_buf *out);
/* The same with white space squeezed, in a. */
ofp_str dom_plain(ofp_arena *a, const dom *n);
/* True when nothing but white space is below n: no text, no picture, no medium. */
bool dom_blank(const dom *n);

static inline bool dom_is_heading(const dom *n) { return n->tag >= T_H1 && n->tag <= T_H6; }
bool dom_is_block(enum tag t);
void dom_mark_ancestors(dom *block);            /* tells the inline elements around it that they hold a block */
/* Puts the siblings first to last into a new div where they stand; NULL when out of memory. */
dom *dom_wrap(ofp_arena *a, dom *first, dom *last);
/* Takes n out of the tree. */
void dom_unlink(dom *n);
/* Puts all children of from where n stands, before it. */
void dom_move_children(dom *from, dom *n);
#endif
