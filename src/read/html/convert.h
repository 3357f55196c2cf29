/* convert.h - what the rows of tags.def lead to.  Lists, tables, pictures and formulas have theirs in html.h. */
#ifndef OFP_READ_HTML_CONVERT_H
#define OFP_READ_HTML_CONVERT_H
#include "html.h"

/* ---- convert.c ---- */
bool html_is_kept(const dom *n);                                /* its row says so: a node of its own, with hints */
enum ofp_type html_type_of(const dom *n);                       /* in its row */

/* ---- apart.c ---- */
/* Whether a blank parts n, an element or a text, from what stands before it, though the page has none there. */
bool html_is_apart(const dom *n);

/* ---- inline.c ---- */
void html_hint(reader *r, dom *n);                              /* a box or a span, where there is something to tell */
void html_wrap(reader *r, dom *n);                              /* the inline node of its row */
void html_anchor(reader *r, dom *n);
void html_code(reader *r, dom *n);
void html_break(reader *r, dom *n);
void html_wbr(reader *r, dom *n);
void html_ruby_text(reader *r, dom *n);

/* ---- block.c ---- */
void html_pass(reader *r, dom *n);                              /* its content, apart from what is around it */
void html_para(reader *r, dom *n);
void html_heading(reader *r, dom *n);
void html_rule(reader *r, dom *n);
void html_quote(reader *r, dom *n);
void html_summary(reader *r, dom *n);
void html_control(reader *r, dom *n);                           /* of a form */
#endif
