/* json.h - what the files of the JSON writer share. */
#ifndef OFP_WRITE_JSON_H
#define OFP_WRITE_JSON_H
#include "base/json.h"
#include "doctools/ast.h"

typedef struct writer { ofp_doc *d; ofp_buf *out; int minor; } writer;

/* ---- small pieces ---- */

static inline void lit(writer *w, const char *z)
{
    ofp_buf_puts(w->out, z);
}

static inline void str(writer *w, ofp_str s)
{
    ofp_json_put(w->out, s);
}

static inline void number(writer *w, int n)
{
    ofp_buf_printf(w->out, "%d", n);
}

/* Puts a comma before all items of an array but the first. */
static inline void comma(writer *w, bool *more)
{
    if (*more)
        lit(w, ",");
    *more = true;
}

static inline void constant(writer *w, const char *name)
{
    ofp_buf_printf(w->out, "{\"t\":\"%s\"}", name);
}

/* ---- json.c ---- */

/* [id,[classes],[pairs]], with one class more where that is not NULL. */
void ofp_js_attributes(writer *w, const ofp_node *n, const char *extra_class);
void ofp_js_node(writer *w, const ofp_node *n);
/* From n on to the last of its siblings, parts left out: they have their own places. */
void ofp_js_siblings(writer *w, const ofp_node *n, bool *more);
/* Those of n as an array; of NULL an empty one. */
void ofp_js_children(writer *w, const ofp_node *n);
/* The child of that type; NULL where n, which may be NULL, has none. */
const ofp_node *ofp_js_part(const ofp_node *n, enum ofp_type type);

/* ---- json_table.c: arguments of tables ---- */

void ofp_js_caption(writer *w, const ofp_node *n);
void ofp_js_columns(writer *w, const ofp_node *n);
/* The head or the foot; NULL is an empty one. */
void ofp_js_section(writer *w, const ofp_node *n);
void ofp_js_bodies(writer *w, const ofp_node *n);

/* ---- json_figure.c ---- */

/* Before 1.23 a plain figure is the image alone, or with a Div of class "figure" around it for the attributes of
 * the figure; any other is such a Div with the caption, if any, as a first Div inside. */
void ofp_js_figure(writer *w, const ofp_node *n);

/* ---- json_meta.c ---- */

void ofp_js_meta(writer *w);
#endif
