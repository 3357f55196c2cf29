/* ast.h - how pandoc's JSON spells each node type: shared by the JSON reader and writer. */
#ifndef OFP_DOCTOOLS_AST_H
#define OFP_DOCTOOLS_AST_H
#include "offprint/offprint.h"

/* The versions of pandoc-types, 1.OLDEST to 1.NEWEST, that are read; those from WRITTEN on are written. */
enum { OFP_AST_OLDEST = 20, OFP_AST_WRITTEN = 22, OFP_AST_DEFAULT = 22, OFP_AST_NEWEST = 23 };

/* The arguments of each constructor, one letter each; one argument stands as "c" itself, several
 * stand there as an array, none leaves "c" out.  NULL for parts, which have no constructor.
 *
 *   a attributes   t text      f raw format  u target     n heading level  l list attributes
 *   q quote type   m math type I inlines     B blocks     r lines          i items
 *   d definitions  c citations C caption     k columns    H table head     Y table bodies
 *   F table foot   M map       V values      b truth
 */
extern const char *const ofp_ast_shape[OFP_NTYPES];

/* Constructors without arguments, by the values of the enums in doc.h. */
extern const char *const ofp_ast_style[], *const ofp_ast_delim[], *const ofp_ast_align[], *const ofp_ast_cite[];
enum { OFP_AST_NSTYLE = 7, OFP_AST_NDELIM = 4, OFP_AST_NALIGN = 4, OFP_AST_NCITE = 3 };

/* Before 1.23 a figure is Para [Image … "fig:TITLE"]: the caption is the image's text, and an attribute
 * "alt" holds the alternative text where that differs.  A figure of one captioned image is "plain" when
 * that form holds all of it but the figure's own attributes; *image is set then. */
bool ofp_ast_plain_figure(const ofp_node *figure, ofp_node **image);
/* The caption as an alternative text. */
ofp_str ofp_ast_caption_text(ofp_arena *a, const ofp_node *figure);
#endif
