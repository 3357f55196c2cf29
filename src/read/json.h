/* json.h - what the files of the JSON reader share. */
#ifndef OFP_READ_JSON_H
#define OFP_READ_JSON_H
#include "base/json.h"
#include "offprint/offprint.h"

enum { MAX_KEYS = 1000 };               /* a bound against documents made to be slow */

typedef struct ast_reader {
    ofp_doc *d;
    ofp_err *e;
    ofp_str in;
    const ofp_json *root;
    const ofp_json *block;              /* the one that is read while the rest is not there yet, or NULL */
    size_t nblocks;                     /* read in this way */
    bool streamed;
    int minor;                          /* of the API's version 1.N */
    ofp_buf run;                        /* words being joined */
    ofp_json_mark mark;                 /* of what was odd last */
} ast_reader;

/* ---- json.c ---- */

/* Fails at v with the path to it: "blocks[3].c[1]: expected a string, found a number". */
bool ofp_ast_wrong(ast_reader *r, const ofp_json *v, const char *expected);
void ofp_ast_odd(ast_reader *r, const ofp_json *v, const char *what);
/* Arguments of constructors, read into n. */
bool ofp_ast_inlines(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_blocks(ast_reader *r, ofp_node *n, const ofp_json *v);

/* ---- json_args.c ---- */

/* API 1.21 wrote parts of tables with their constructors, {"t":"Row","c":[…]}; later ones do not. */
const ofp_json *ofp_ast_bare(const ofp_json *v);
/* The first of at least n values in an array; NULL where v is none. */
const ofp_json *ofp_ast_tuple(ast_reader *r, const ofp_json *v, size_t n, const char *what);
bool ofp_ast_list(ast_reader *r, const ofp_json *v, const char *what, const ofp_json **first);
/* s without NUL, which is no character of any format that is written. */
ofp_str ofp_ast_clean(ast_reader *r, ofp_str s);
bool ofp_ast_string(ast_reader *r, const ofp_json *v, ofp_str *out);
bool ofp_ast_integer(ast_reader *r, const ofp_json *v, int *out);
/* The index of {"t":NAME} among n names. */
bool ofp_ast_constant(ast_reader *r, const ofp_json *v, const char *const *names, int n, int *out);
/* Arguments of constructors without nodes in them, read into n. */
bool ofp_ast_attr(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_target(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_level(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_list_attr(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_quote(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_math(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_text(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_format(ast_reader *r, ofp_node *n, const ofp_json *v);

/* ---- json_table.c ---- */

bool ofp_ast_caption(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_columns(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_section(ast_reader *r, ofp_node *table, enum ofp_type type, const ofp_json *v);
bool ofp_ast_bodies(ast_reader *r, ofp_node *table, const ofp_json *v);
bool ofp_ast_old_table(ast_reader *r, ofp_node *n, const ofp_json *v);

/* ---- json_figure.c: what is a figure by its shape becomes one in place ---- */

void ofp_ast_figure_from_para(ast_reader *r, ofp_node *para);
void ofp_ast_figure_from_div(ast_reader *r, ofp_node *div);

/* ---- json_meta.c ---- */

/* Metadata that the document itself states is exact.  What our own key says becomes notes and facts
 * again, which stand in the same place, so that the tree is the one that was written. */
void ofp_ast_take_ours(ofp_doc *d);
#endif
