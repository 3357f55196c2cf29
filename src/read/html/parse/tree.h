/* tree.h - what tags do to the tree: the standard's tree construction (13.2.6), between its files.
 *
 * parse.c        reads token after token, finishes the tree
 * open.c         the open elements, what is put where
 * formatting.c   the active formatting elements
 * text.c         blanks, elements without markup
 * head.c, body.c, tables.c, frames.c    the insertion modes
 * foreign.c      SVG and MathML
 *
 * While the tree is built the tag of SVG's and MathML's elements is T_UNKNOWN, so that nobody takes them for HTML's. */
#ifndef OFP_READ_HTML_PARSE_TREE_H
#define OFP_READ_HTML_PARSE_TREE_H
#include "lex.h"

/* No real page comes near these; without them time or memory would grow with the square of a page. */
#define TREE_MAX_OPEN 400               /* elements open at once */
#define TREE_MAX_FORMATTING 60          /* active formatting elements */

/* Bits of a dom while the tree is built. */
enum {
    BIT_OPEN = 1, BIT_MATHML = 2, BIT_SVG = 4, BIT_FOREIGN = BIT_MATHML | BIT_SVG,
    BIT_TEXT = 8,               /* HTML's text may stand in it, */
    BIT_HTML = 16,              /* all of HTML, */
    BIT_SCOPE = 32,             /* and it bounds the scope of others */
};

/* What the standard says of HTML's elements. */
enum {
    IS_SPECIAL = 1, IN_SCOPE = 2, IN_LIST = 4, IN_BUTTON = 8, IN_TABLE = 16,    /* bounds of scopes */
    ENDS_BY_ITSELF = 32,        /* its end tag may be implied */
    IS_FORMATTING = 64, IS_HEADING = 128, CLOSES_P = 256, IS_VOID = 512, IS_ROW = 1024,
};
extern const uint16_t tree_facts[NTAGS];
#define TREE_IS(tag, fact) ((tree_facts[tag] & (fact)) != 0)

typedef struct builder builder;
/* True: the token is not done with, for the mode has changed. */
typedef bool tree_mode(builder *b, token *t);

struct builder {
    lexer lex;
    ofp_arena *a;
    dom *root, *head, *form;
    dom *open[TREE_MAX_OPEN + TREE_MAX_FORMATTING + 16];
    size_t n;
    uint16_t count[NTAGS];      /* of each tag in open */
    dom *formatting[TREE_MAX_OPEN + 2 * TREE_MAX_FORMATTING + 32];     /* NULL: a marker */
    size_t nformatting, nactive;        /* nactive without markers */
    tree_mode *mode;
    tree_mode *templates[TREE_MAX_OPEN + 1];
    size_t ntemplates;
    size_t left;                /* nodes that may still be made */
    size_t over;                /* start tags dropped as too deep and not yet closed */
    dom spare;                  /* stands for a node that there was no memory for */
    bool foster;                /* what does not belong into a table goes before it */
    bool frameset_ok, quirks, comments, keep_formatting, skip_line, done;
    dom_limits *limits;
};

#define STARTS(t, ...) ((t)->type == TOKEN_START && DOM_IS(t, __VA_ARGS__))
#define ENDS(t, ...) ((t)->type == TOKEN_END && DOM_IS(t, __VA_ARGS__))

/* ---- open.c ---- */
typedef struct tree_place { dom *parent, *before; } tree_place;        /* before NULL: at the end */
dom *tree_current(const builder *b);
tree_place tree_place_in(const builder *b, dom *target);        /* or out of the table around it */
void tree_insert(builder *b, dom *n, tree_place at);
void tree_unlink(dom *n);
void tree_take_children(dom *to, dom *from);
dom *tree_copy(builder *b, const dom *n);               /* without what is in it */
dom *tree_open(builder *b, const token *t);             /* inserts the token's element and opens it */
dom *tree_imply(builder *b, enum tag tag);              /* one that the page does not name */
void tree_leaf(builder *b, const token *t);             /* inserts it without opening it */
void tree_add_attrs(builder *b, dom *n, const token *t);        /* those that n has not */
void tree_text(builder *b, ofp_str s);
void tree_comment(builder *b, const token *t);
void tree_push(builder *b, dom *n);
void tree_push_at(builder *b, size_t at, dom *n);
void tree_pop(builder *b);
void tree_pop_to(builder *b, size_t n);
void tree_pop_until(builder *b, enum tag tag);          /* that one too */
void tree_remove(builder *b, const dom *n);             /* from the open ones */
void tree_remove_at(builder *b, size_t at);
size_t tree_index(const builder *b, const dom *n);      /* among the open ones; SIZE_MAX where it is none */
bool tree_bounds(const dom *n, unsigned scope);
bool tree_in_scope(const builder *b, enum tag tag, unsigned scope);
bool tree_is_on_top(const builder *b, enum tag tag);
void tree_end_implied(builder *b, enum tag but);        /* T_UNKNOWN: but none */
void tree_close_p(builder *b);                          /* where one is open */
void tree_any_end(builder *b, const token *t);

/* ---- formatting.c ---- */
void tree_mark(builder *b);
void tree_clear_to_mark(builder *b);
void tree_open_formatting(builder *b, const token *t);
void tree_forget(builder *b, const dom *n);
dom *tree_formatting(const builder *b, enum tag tag);   /* the last since the mark, or NULL */
void tree_reconstruct(builder *b);
void tree_adopt(builder *b, token *t);                  /* an end tag of a formatting element */

/* ---- text.c ---- */
bool tree_is_blank(ofp_str s);
ofp_str tree_take_blanks(token *t);                     /* from the front of its text */
void tree_raw(builder *b, const token *t, enum lex_raw kind);   /* an element that holds no markup */

/* ---- head.c, body.c, tables.c, frames.c ---- */
tree_mode mode_initial, mode_before_html, mode_before_head, mode_head, mode_noscript, mode_after_head, mode_body,
    mode_after_body, mode_frameset, mode_after_frameset, mode_template;
tree_mode mode_table, mode_caption, mode_columns, mode_table_body, mode_row, mode_cell;
void tree_reset_mode(builder *b);
void tree_end_template(builder *b);
bool tree_head_tag(builder *b, const token *t);         /* one that means the same in head and body; false where t is none */
void tree_body_text(builder *b, ofp_str s);
bool tree_is_hidden_input(const token *t);

/* ---- foreign.c ---- */
bool foreign_takes(const builder *b, const token *t);
bool foreign_token(builder *b, token *t);
void foreign_open(builder *b, const token *t, unsigned kind);
/* ---- doctype.c: whether a doctype's text asks for the ways of old browsers ---- */
bool doctype_is_quirky(ofp_str text);
#endif
