/* lex.h - a page cut into tags, text and comments: the standard's tokenizer, without its states for each character. */
#ifndef OFP_READ_HTML_PARSE_LEX_H
#define OFP_READ_HTML_PARSE_LEX_H
#include "read/html/dom.h"

#define LEX_MAX_ATTRS 256       /* on one tag; beyond any real page */

enum token_type { TOKEN_END_OF_FILE, TOKEN_TEXT, TOKEN_START, TOKEN_END, TOKEN_COMMENT, TOKEN_DOCTYPE };

/* Slices of the page where nothing has to be decoded, else of the arena. */
typedef struct token {
    enum token_type type;
    enum tag tag;               /* of a tag; T_UNKNOWN where only name tells */
    ofp_str name;               /* in lower case */
    ofp_str text;               /* of text, a comment, a doctype from its name on */
    struct attr *attrs;         /* of a start tag, each name once; the lexer's, until the next token */
    unsigned nattrs;
    unsigned line;
    bool self_closing;
    bool surplus;               /* attributes beyond LEX_MAX_ATTRS were left out */
} token;

enum lex_raw { LEX_RAW, LEX_TEXT, LEX_SCRIPT };         /* LEX_TEXT: character references count */

typedef struct lexer {
    ofp_arena *a;
    ofp_str in;
    size_t at;
    bool cdata;                 /* CDATA sections are text here: the element around is SVG or MathML */
    bool noscript;              /* a noscript element is open; */
    size_t noscript_end;        /* where the one that was seen last ends */
    size_t counted;             /* bytes of in whose line ends are in line */
    unsigned line;
    uint8_t tags[512];          /* by hash of their names */
    struct attr attrs[LEX_MAX_ATTRS];
} lexer;

/* in without carriage returns and control characters. */
ofp_str lex_clean(ofp_arena *a, ofp_str in);
void lex_open(lexer *l, ofp_arena *a, ofp_str in);
void lex_next(lexer *l, token *t);
/* The text of an element that holds no markup, up to its end tag, which is passed too. */
ofp_str lex_raw(lexer *l, ofp_str name, enum lex_raw kind);
ofp_str lex_rest(lexer *l);                             /* all that is left is text */
enum tag lex_tag(const lexer *l, ofp_str name);         /* of a name in lower case */
ofp_str lex_name(enum tag tag);

/* charref.c: s with its character references decoded, s itself where it has none. */
ofp_str lex_decode(ofp_arena *a, ofp_str s, bool in_attribute);
#endif
