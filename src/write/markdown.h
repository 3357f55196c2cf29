/* markdown.h - what the files of the Markdown writer share. */
#ifndef OFP_WRITE_MARKDOWN_H
#define OFP_WRITE_MARKDOWN_H
#include "base/map.h"
#include "doctools/cmark_mem.h"
#include "doctools/callout.h"
#include "format.h"

/* What a dialect can say in a syntax of its own. */
enum {
    MD_TABLES = 1,          /* pipe tables */
    MD_NOTES = 2,           /* [^1] */
    MD_STRIKE = 4,          /* ~~x~~ */
    MD_TASKS = 8,           /* - [ ] */
    MD_MATH = 16,           /* $x$, $$x$$ */
    MD_DLISTS = 32,         /* term, then ":   definition" */
    MD_SCRIPTS = 64,        /* H~2~O, x^2^ */
    MD_CAPTIONS = 128,      /* "Table: caption" */
    MD_YAML = 256,          /* front matter */
    MD_CALLOUTS = 512,      /* > [!note] Title */
    MD_ALERTS = 1024,       /* > [!NOTE] */
    MD_AUTOLINKS = 2048     /* <https://example.org>, which MDX and many a sanitizer take for a tag */
};

/* An inline run as a flat list: easier to bring to a form that survives Markdown than a tree. */
enum md_kind { MD_OPEN, MD_CLOSE, MD_WORD, MD_SPACE, MD_SOFT, MD_HARD, MD_LEAF };
typedef struct md_token {
    enum md_kind kind;
    enum ofp_type type;                 /* OPEN, CLOSE, LEAF: the node's */
    const ofp_node *node;               /* OPEN, CLOSE, LEAF */
    ofp_str text;                       /* WORD: without white space; CODE: its text */
    size_t mate, outer;                 /* OPEN, CLOSE: the other one; OPEN: the one around it or SIZE_MAX */
    const char *delim;                  /* OPEN, CLOSE: what is printed for it */
} md_token;

typedef struct md_ref { ofp_str url, title; unsigned number; } md_ref;

typedef struct md {
    ofp_doc *doc;
    const ofp_options *opt;
    unsigned flags;
    cmark_mem *mem;
    const cmark_node *top;              /* what is printed at the left edge */
    ofp_arena *arena;                   /* the document's */
    ofp_buf *out;
    unsigned html_notes;                /* notes in tables that are HTML */
    int shift;                          /* added to heading levels */
    struct md_bufs *bufs;               /* every buffer in use, since cmark may leave by longjmp */

    md_token *tok;                      /* the run being built */
    size_t ntok, captok;
    struct md_run *runs;                /* of delimiters, as a reader would see them */
    size_t nruns, capruns;
    cmark_node *at;                     /* parent of the next inline node */
    ofp_buf *lit;                       /* text not yet given to cmark */
    uint32_t prev;                      /* last character printed */
    bool bol;                           /* at the beginning of an output line */
    bool first;                         /* at the beginning of the block's text */
    bool formulas, tildes;              /* the run has math, or strikes and subscripts: every other dollar
                                         * or tilde is in danger */
    bool dollars;                       /* the run has some, of formulas or in its text */
    bool heading, cell;                 /* kind of run: one line, one table cell */
    unsigned width;                     /* 0: no filling */

    const ofp_node **notes;             /* met, in order; [done, nnotes) are still to be printed */
    size_t nnotes, capnotes, done;
    ofp_map note_numbers;               /* by what a long note says */
    md_ref **refs;                      /* reference links in order */
    size_t nrefs, caprefs;
    ofp_map refmap;                     /* by title and url */
    ofp_map names;                      /* of headings, by node, once named */
    bool named;
} md;

/* A buffer that is freed at the end of the job, or by ofp_buf_free before; NULL never. */
ofp_buf *ofp_md_buf(md *w);
/* The array with room for one more element after its n. */
void *ofp_md_grow(md *w, void *array, size_t n, size_t *cap, size_t size);

/* ---- markdown_escape.c ---- */

/* Prints one word with what must be escaped in it.  next is the character after it: 0 at the end
 * of a line, a blank before one. */
void ofp_md_put_word(md *w, ofp_str word, uint32_t next, bool in_link);
/* True when word would begin a block, or end one, at the beginning of a line. */
bool ofp_md_bol_special(const md *w, ofp_str word, uint32_t next);
void ofp_md_put_url(const md *w, ofp_buf *out, ofp_str url);
void ofp_md_put_title(const md *w, ofp_buf *out, ofp_str title);
void ofp_md_put_code(ofp_buf *out, ofp_str code, bool in_cell);
/* Text of a raw or mathematical leaf on one line. */
void ofp_md_put_flat(ofp_buf *out, ofp_str s, bool in_cell);

/* ---- markdown_emphasis.c ---- */

/* CommonMark 2.1: category Zs and four controls; not the zero-width ones. */
bool ofp_md_is_white(uint32_t c);
/* Pairs the OPEN and CLOSE tokens and gives each its delimiter; "" is a tag. */
void ofp_md_choose_delims(md *w);
/* The character that token t shows to its neighbours on the left (last false) or right. */
uint32_t ofp_md_edge_char(const md *w, const md_token *t, bool last);

/* ---- markdown_tokens.c ---- */

/* Makes n's inlines the run. */
void ofp_md_collect(md *w, const ofp_node *n);

/* ---- markdown_inline.c ---- */

/* Adds n's inlines to block.  False when nothing is left to print. */
bool ofp_md_inlines(md *w, cmark_node *block, const ofp_node *n);
/* The same as one line of text; for cells and terms. */
ofp_str ofp_md_inline_text(md *w, const ofp_node *n, bool cell);
/* Number of a reference link's definition. */
unsigned ofp_md_ref_number(md *w, ofp_str url, ofp_str title);

/* ---- markdown.c ---- */

/* What stands below n, added to parent. */
void ofp_md_blocks(md *w, cmark_node *parent, const ofp_node *n);
void ofp_md_block(md *w, cmark_node *parent, ofp_node *n);
cmark_node *ofp_md_new(md *w, cmark_node *parent, cmark_node_type type);
/* Lines that cmark copies as they are, as one block. */
void ofp_md_literal(md *w, cmark_node *parent, ofp_str lines);
/* Renders what stands below root, without the line end at its end. */
ofp_str ofp_md_render(md *w, cmark_node *root, unsigned narrower);

/* The blocks below n as text, for what cmark has no container for. */
ofp_str ofp_md_blocks_text(md *w, const ofp_node *n, unsigned narrower);
/* Adds s to out, indent blanks before each line but the first. */
void ofp_md_indent(ofp_buf *out, ofp_str s, unsigned indent);

/* Private marks of a finished tree, taken out of the output by the last pass: blanks before KEEP stay
 * at the end of their line, a line of SPLIT alone goes away with the empty line after it. */
#define MD_KEEP "\xEF\xB7\x90"         /* U+FDD0 */
#define MD_SPLIT "\xEF\xB7\x91"        /* U+FDD1 */
#define MD_EDGE "\xEF\xB7\x92"         /* U+FDD2: the list that follows loses the blanks before its bullets */
#define MD_JOIN "\xEF\xB7\x93"         /* U+FDD3: the empty line after its own goes away */

/* ---- markdown_block.c: each adds a block to parent ---- */

/* A paragraph of n's inlines after prefix; none where nothing is left of them. */
void ofp_md_paragraph(md *w, cmark_node *parent, const ofp_node *n, const char *prefix);
void ofp_md_heading(md *w, cmark_node *parent, const ofp_node *n);
void ofp_md_code_block(md *w, cmark_node *parent, const ofp_node *n);
void ofp_md_raw_block(md *w, cmark_node *parent, const ofp_node *n);
void ofp_md_rule(md *w, cmark_node *parent);
void ofp_md_lines(md *w, cmark_node *parent, ofp_node *n);
void ofp_md_quote(md *w, cmark_node *parent, const ofp_node *n);
void ofp_md_figure(md *w, cmark_node *parent, ofp_node *n);

/* ---- markdown_list.c ---- */

void ofp_md_list(md *w, cmark_node *parent, const ofp_node *n);
void ofp_md_definition_list(md *w, cmark_node *parent, const ofp_node *n);
/* A list's text without the blanks that cmark puts before bullets. */
ofp_str ofp_md_without_edge(md *w, ofp_str s);

/* The content of n as one child of a new node of type. */
void ofp_md_wrap_inlines(md *w, ofp_node *n, enum ofp_type type);

/* ---- markdown_callout.c ---- */

void ofp_md_callout(md *w, cmark_node *parent, const ofp_node *n, const ofp_callout *c);

/* ---- markdown_names.c ---- */

/* "#name" that leads to a heading; "#" where nothing does. */
ofp_str ofp_md_head_ref(md *w, const ofp_node *head);
/* Has the links to headings lead to what these are called. */
void ofp_md_aim_links(md *w);

/* ---- markdown_toc.c ---- */

/* The contents as a list that stands nowhere yet; NULL where there is nothing to list. */
ofp_node *ofp_md_toc(md *w);

/* ---- markdown_table.c ---- */

void ofp_md_table(md *w, cmark_node *parent, const ofp_node *table);
#endif
