/* json.h - what the files of the JSON reader share. */
#ifndef OFP_READ_JSON_H
#define OFP_READ_JSON_H
#include "base/json.h"
#include "offprint/offprint.h"

typedef struct ast_reader {
    ofp_doc *d;
    ofp_err *e;
    ofp_str in;
    const ofp_json *root;
    int minor;                          /* of the API's version 1.N */
    ofp_buf run;                        /* words being joined */
} ast_reader;

/* Fails at v with the path to it: "blocks[3].c[1]: expected a string, found a number". */
bool ofp_ast_wrong(ast_reader *r, const ofp_json *v, const char *expected);
void ofp_ast_odd(ast_reader *r, const ofp_json *v, const char *what);
const ofp_json *ofp_ast_bare(const ofp_json *v);
/* The first of at least n values in an array; NULL where v is none. */
const ofp_json *ofp_ast_tuple(ast_reader *r, const ofp_json *v, size_t n, const char *what);
bool ofp_ast_list(ast_reader *r, const ofp_json *v, const char *what, const ofp_json **first);
bool ofp_ast_integer(ast_reader *r, const ofp_json *v, int *out);
/* The index of {"t":NAME} among n names. */
bool ofp_ast_constant(ast_reader *r, const ofp_json *v, const char *const *names, int n, int *out);

/* Arguments of constructors, read into n. */
bool ofp_ast_attr(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_inlines(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_blocks(ast_reader *r, ofp_node *n, const ofp_json *v);

/* json_table.c */
bool ofp_ast_caption(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_columns(ast_reader *r, ofp_node *n, const ofp_json *v);
bool ofp_ast_section(ast_reader *r, ofp_node *table, enum ofp_type type, const ofp_json *v);
bool ofp_ast_bodies(ast_reader *r, ofp_node *table, const ofp_json *v);
bool ofp_ast_old_table(ast_reader *r, ofp_node *n, const ofp_json *v);

/* json_figure.c: what is a figure by its shape becomes one in place. */
void ofp_ast_figure_from_para(ast_reader *r, ofp_node *para);
void ofp_ast_figure_from_div(ast_reader *r, ofp_node *div);
#endif
