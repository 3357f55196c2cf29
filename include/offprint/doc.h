/* doc.h - the document model: nodes, attributes, metadata, walking, building. */
#ifndef OFFPRINT_DOC_H
#define OFFPRINT_DOC_H
#include "offprint/base.h"

/* Readers keep content nested deeper than this flat, so that writers may recurse. */
#define OFP_MAX_DEPTH 160

enum ofp_type {
#define NODE(id, name, kind, content, fields) OFP_##id,
#include "offprint/nodes.def"
#undef NODE
    OFP_NTYPES
};
enum ofp_kind { OFP_KIND_BLOCK, OFP_KIND_INLINE, OFP_KIND_META, OFP_KIND_PART };

typedef struct ofp_node ofp_node;   /* opaque; lives and dies with its document */
typedef struct ofp_doc ofp_doc;

/* ---- documents ------------------------------------------------------------------------ */

/* An empty document with a root (OFP_DOC) and an empty metadata map; NULL when out of memory.
 * input names the source in messages and is copied.  log may be NULL and must outlive the document. */
OFP_API ofp_doc *ofp_doc_new(const char *input, ofp_log *log);
OFP_API void ofp_doc_free(ofp_doc *d);                    /* NULL is fine */
OFP_API ofp_arena *ofp_doc_arena(const ofp_doc *d);
OFP_API ofp_node *ofp_root(const ofp_doc *d);
OFP_API const char *ofp_doc_input(const ofp_doc *d);
OFP_API ofp_log *ofp_doc_log(const ofp_doc *d);           /* may be NULL */
/* True when every allocation so far succeeded; false records out-of-memory in e. */
OFP_API bool ofp_doc_ok(const ofp_doc *d, ofp_err *e);
/* Warns at line of the document's input (0: the input as a whole). */
OFP_API void ofp_warn(const ofp_doc *d, enum ofp_diag code, unsigned line, const char *fmt, ...) OFP_PRINTF(4, 5);
/* Warns about n (NULL: the input as a whole) at its line of the input that it is from: in a book its article's. */
OFP_API void ofp_warn_at(const ofp_doc *d, const ofp_node *n, enum ofp_diag code, const char *fmt, ...) OFP_PRINTF(4, 5);

/* ---- node types ----------------------------------------------------------------------- */

OFP_API enum ofp_type ofp_node_type(const ofp_node *n);
OFP_API const char *ofp_type_name(enum ofp_type t);       /* "Para" */
OFP_API bool ofp_type_find(ofp_str name, enum ofp_type *out);   /* by pandoc constructor */
OFP_API enum ofp_kind ofp_type_kind(enum ofp_type t);
OFP_API bool ofp_is_block(const ofp_node *n);
OFP_API bool ofp_is_inline(const ofp_node *n);
OFP_API bool ofp_has_attrs(const ofp_node *n);            /* may carry id, classes, key-values */
OFP_API bool ofp_holds_inlines(const ofp_node *n);

/* ---- getting about -------------------------------------------------------------------- */

OFP_API ofp_node *ofp_parent(const ofp_node *n);
OFP_API ofp_node *ofp_next(const ofp_node *n);
OFP_API ofp_node *ofp_prev(const ofp_node *n);
OFP_API ofp_node *ofp_first(const ofp_node *n);
OFP_API ofp_node *ofp_last(const ofp_node *n);
/* The node after n in document order inside root (n's children first); NULL at the end. */
OFP_API ofp_node *ofp_after(const ofp_node *n, const ofp_node *root);
/* The same, passing over n's children. */
OFP_API ofp_node *ofp_after_skip(const ofp_node *n, const ofp_node *root);
/* Visits root and all below it, each container twice (enter true, then false), leaves once with
 * enter true.  Start with { .root = r }; node is NULL before the first and after the last step.
 * Children of the node being left may be unlinked. */
typedef struct ofp_walk { const ofp_node *root; ofp_node *node; bool enter; } ofp_walk;
OFP_API bool ofp_walk_next(ofp_walk *w);

/* ---- fields: reading one that a type lacks gives 0 or the empty slice ------------------- */

OFP_API unsigned ofp_line(const ofp_node *n);             /* in the source; 0: unknown */
OFP_API ofp_str ofp_text(const ofp_node *n);              /* literal text of a leaf; id of a CITATION */
OFP_API ofp_str ofp_raw_format(const ofp_node *n);        /* RAWBLOCK, RAWINLINE: "html", "tex" */
OFP_API ofp_str ofp_url(const ofp_node *n);               /* LINK, IMAGE */
OFP_API ofp_str ofp_title(const ofp_node *n);             /* LINK, IMAGE */
OFP_API int ofp_level(const ofp_node *n);                 /* HEAD: 1 to 6 */

enum ofp_list_style { OFP_STYLE_DEFAULT, OFP_STYLE_EXAMPLE, OFP_STYLE_DECIMAL, OFP_STYLE_LOWER_ROMAN,
                      OFP_STYLE_UPPER_ROMAN, OFP_STYLE_LOWER_ALPHA, OFP_STYLE_UPPER_ALPHA };
enum ofp_list_delim { OFP_DELIM_DEFAULT, OFP_DELIM_PERIOD, OFP_DELIM_ONE_PAREN, OFP_DELIM_TWO_PARENS };
enum ofp_align { OFP_ALIGN_DEFAULT, OFP_ALIGN_LEFT, OFP_ALIGN_RIGHT, OFP_ALIGN_CENTER };
enum ofp_cite_mode { OFP_CITE_AUTHOR, OFP_CITE_SUPPRESS, OFP_CITE_NORMAL };

OFP_API int ofp_list_start(const ofp_node *n);            /* OLIST */
OFP_API enum ofp_list_style ofp_list_style(const ofp_node *n);
OFP_API enum ofp_list_delim ofp_list_delim(const ofp_node *n);
OFP_API bool ofp_list_tight(const ofp_node *n);           /* OLIST, ULIST: no PARA is direct content of an item */
OFP_API bool ofp_quote_double(const ofp_node *n);         /* QUOTED */
OFP_API bool ofp_math_display(const ofp_node *n);         /* MATH */
OFP_API enum ofp_align ofp_cell_align(const ofp_node *n); /* CELL: its own, mostly OFP_ALIGN_DEFAULT */
OFP_API int ofp_rowspan(const ofp_node *n);               /* CELL: at least 1 */
OFP_API int ofp_colspan(const ofp_node *n);               /* CELL: at least 1 */
OFP_API int ofp_row_heads(const ofp_node *n);             /* TBODY: leading columns that are heads */
OFP_API bool ofp_row_inter(const ofp_node *n);            /* ROW in TBODY: intermediate head row */
OFP_API enum ofp_cite_mode ofp_cite_mode(const ofp_node *n);
OFP_API int ofp_cite_note(const ofp_node *n);
OFP_API int ofp_cite_hash(const ofp_node *n);

/* Columns of a TABLE.  width is a fraction of the measure, 0 where not given. */
typedef struct ofp_col { enum ofp_align align; double width; } ofp_col;
OFP_API size_t ofp_cols(const ofp_node *table, const ofp_col **cols);

/* Setters store slices without copying: they must live as long as the document (literals,
 * ofp_arena_dup in its arena).  On a NULL node they do nothing. */
OFP_API void ofp_set_line(ofp_node *n, unsigned line);
OFP_API void ofp_set_text(ofp_node *n, ofp_str text);
OFP_API void ofp_set_raw(ofp_node *n, ofp_str format, ofp_str text);
OFP_API void ofp_set_target(ofp_node *n, ofp_str url, ofp_str title);
OFP_API void ofp_set_level(ofp_node *n, int level);       /* clipped to 1..6 */
OFP_API void ofp_set_list(ofp_node *n, int start, enum ofp_list_style style, enum ofp_list_delim delim);
OFP_API void ofp_set_quote(ofp_node *n, bool is_double);
OFP_API void ofp_set_math(ofp_node *n, bool display, ofp_str tex);
OFP_API void ofp_set_cell(ofp_node *n, enum ofp_align align, int rowspan, int colspan);
OFP_API void ofp_set_row_heads(ofp_node *n, int columns);
OFP_API void ofp_set_row_inter(ofp_node *n, bool inter);
OFP_API void ofp_set_cite(ofp_node *n, ofp_str id, enum ofp_cite_mode mode, int note, int hash);
/* Copies n columns into the document. */
OFP_API void ofp_set_cols(ofp_doc *d, ofp_node *table, const ofp_col *cols, size_t n);
/* Changes a node's type in place to one with the same kind of content and at most the same fields
 * (PLAIN to PARA, DIV to QUOTE); false, changing nothing, where that does not hold. */
OFP_API bool ofp_retype(ofp_node *n, enum ofp_type type);

/* ---- attributes ------------------------------------------------------------------------ */

OFP_API ofp_str ofp_id(const ofp_node *n);
OFP_API size_t ofp_class_count(const ofp_node *n);
OFP_API ofp_str ofp_class_at(const ofp_node *n, size_t i);
OFP_API bool ofp_has_class(const ofp_node *n, ofp_str name);    /* exact case */
OFP_API size_t ofp_attr_count(const ofp_node *n);               /* key-value pairs */
OFP_API ofp_str ofp_attr_key(const ofp_node *n, size_t i);
OFP_API ofp_str ofp_attr_value(const ofp_node *n, size_t i);
OFP_API ofp_str ofp_attr(const ofp_node *n, ofp_str key);       /* empty where absent */
OFP_API bool ofp_attr_has(const ofp_node *n, ofp_str key);
OFP_API void ofp_set_id(ofp_doc *d, ofp_node *n, ofp_str id);
OFP_API void ofp_add_class(ofp_doc *d, ofp_node *n, ofp_str name);    /* once only */
OFP_API void ofp_drop_class(ofp_node *n, ofp_str name);
OFP_API void ofp_set_attr(ofp_doc *d, ofp_node *n, ofp_str key, ofp_str value);  /* replaces */
OFP_API void ofp_drop_attr(ofp_node *n, ofp_str key);

/* ---- building and changing ------------------------------------------------------------- */

/* A new node as last child of parent, with parent's line; with a NULL parent nothing and NULL, so
 * that a chain of adds needs one check at its end (ofp_doc_ok). */
OFP_API ofp_node *ofp_add(ofp_doc *d, ofp_node *parent, enum ofp_type type);
OFP_API ofp_node *ofp_new(ofp_doc *d, enum ofp_type type);      /* without a parent */
/* Adds text at the end of parent, joined to a TEXT that is already last there.  The slice is
 * stored without copying unless it has to be joined. */
OFP_API void ofp_add_text(ofp_doc *d, ofp_node *parent, ofp_str text);
/* All four unlink n from where it was; NULL arguments do nothing. */
OFP_API void ofp_append(ofp_node *parent, ofp_node *n);
OFP_API void ofp_prepend(ofp_node *parent, ofp_node *n);
OFP_API void ofp_insert_before(ofp_node *at, ofp_node *n);
OFP_API void ofp_insert_after(ofp_node *at, ofp_node *n);
OFP_API void ofp_unlink(ofp_node *n);
OFP_API void ofp_move_children(ofp_node *from, ofp_node *to);   /* to the end of to */
OFP_API void ofp_unwrap(ofp_node *n);                           /* its children take its place */
/* A deep copy without parent.  Text is shared when from is NULL or has the same arena as d. */
OFP_API ofp_node *ofp_clone(ofp_doc *d, const ofp_node *n, const ofp_doc *from);

/* All text below n, with one blank for breaks and between blocks; notes left out. */
OFP_API ofp_str ofp_plain_text(ofp_arena *a, const ofp_node *n);
OFP_API size_t ofp_count_words(const ofp_node *n);
/* Brings the tree to its one canonical form: adjacent TEXTs joined, empty ones, empty inline
 * containers and empty paragraphs dropped, loose inlines among blocks wrapped in PLAIN, tables
 * complete (every table has THEAD, a TBODY and TFOOT, and a CAPTION), depth bounded.  The pipeline
 * calls it after every reader and filter. */
OFP_API void ofp_tidy(ofp_doc *d);
/* The same, and headings and quotes without content go too: for what is no longer as somebody wrote it. */
OFP_API void ofp_drop_empty(ofp_doc *d);
/* Checks every rule of nodes.def; the first breach goes to e as OFP_EINTERNAL. */
OFP_API bool ofp_check(const ofp_doc *d, ofp_err *e);
/* One line a node, indented; for tests and debugging. */
OFP_API void ofp_dump(const ofp_doc *d, ofp_buf *out);

/* ---- metadata --------------------------------------------------------------------------- */

enum ofp_meta_key {
#define META(id, key, shown, kind) OFP_META_##id,
#include "offprint/meta.def"
#undef META
    OFP_NMETA
};
OFP_API ofp_str ofp_meta_name(enum ofp_meta_key k);       /* "author" */
OFP_API ofp_str ofp_meta_shown(enum ofp_meta_key k);
OFP_API bool ofp_meta_is_list(enum ofp_meta_key k);
OFP_API bool ofp_meta_known(ofp_str key, enum ofp_meta_key *out);

/* How sure a value is, 0 to 100.  A value gives way only to one that is surer. */
enum { OFP_SURE_GUESS = 30, OFP_SURE_FOUND = 50, OFP_SURE_STATED = 70, OFP_SURE_EXACT = 90, OFP_SURE_USER = 100 };

OFP_API ofp_node *ofp_meta(const ofp_doc *d);             /* the root MMAP */
OFP_API ofp_node *ofp_meta_find(const ofp_node *map, ofp_str key);   /* NULL where absent */
OFP_API ofp_str ofp_meta_key_of(const ofp_node *value);   /* its key inside a map */
OFP_API void ofp_set_meta_key(ofp_node *value, ofp_str key);
OFP_API bool ofp_meta_true(const ofp_node *value);
OFP_API void ofp_set_meta_bool(ofp_node *value, bool truth);
OFP_API ofp_str ofp_meta_source(const ofp_node *value);   /* "og:title", "-M"; may be empty */
OFP_API int ofp_meta_sure(const ofp_node *value);
OFP_API void ofp_set_meta_source(ofp_doc *d, ofp_node *value, ofp_str source, int sure);
/* Adds a value of a META type to map under key, in the place of an older one. */
OFP_API ofp_node *ofp_meta_put(ofp_doc *d, ofp_node *map, ofp_str key, enum ofp_type type);
OFP_API void ofp_meta_drop(ofp_node *map, ofp_str key);
/* Offers a value for a known key: taken when there is none or a less sure one.  For lists,
 * ofp_meta_offer_list replaces the whole list.  Strings are not copied.  True when taken. */
OFP_API bool ofp_meta_offer(ofp_doc *d, enum ofp_meta_key k, ofp_str value, ofp_str source, int sure);
OFP_API bool ofp_meta_offer_list(ofp_doc *d, enum ofp_meta_key k, const ofp_str *values, size_t n,
                                 ofp_str source, int sure);
/* Plain text of a known key; a list's items joined by "; ".  Empty where absent. */
OFP_API ofp_str ofp_meta_get(const ofp_doc *d, enum ofp_meta_key k);
OFP_API size_t ofp_meta_count(const ofp_doc *d, enum ofp_meta_key k);
OFP_API ofp_str ofp_meta_at(const ofp_doc *d, enum ofp_meta_key k, size_t i);

/* Facts: what a page's head and structured data literally state, kept for the metadata filter.
 * name is "title", "og:title", "article:author", "jsonld:NewsArticle.headline", "link:canonical",
 * "html:lang", "microdata:Article.author.name", "time:datetime"; in document order, names may repeat.
 * "#2" behind a type marks the second object of that type, and so on. */
OFP_API void ofp_fact_add(ofp_doc *d, ofp_str name, ofp_str value);
/* The first fact, NULL where none; ofp_next gives the others. */
OFP_API const ofp_node *ofp_fact_first(const ofp_doc *d);
OFP_API ofp_str ofp_fact_name(const ofp_node *fact);
OFP_API ofp_str ofp_fact_value(const ofp_node *fact);
OFP_API void ofp_facts_drop(ofp_doc *d);

/* Small notes about the document that ride along between filters and through JSON, not shown by
 * writers: "origin" (html-page, html, text, markdown, json), "base" (URL that links were resolved
 * against), "head" (titled, where the head of a page has a title), "next" (URL of the page that the article goes on on),
 * "types" (what a page says that it is, "NewsArticle og:article", blank-separated), "ran" (filters that have run,
 * blank-separated). */
OFP_API ofp_str ofp_note(const ofp_doc *d, ofp_str name);
OFP_API void ofp_set_note(ofp_doc *d, ofp_str name, ofp_str value);   /* an empty value drops it */

/* ---- page hints ------------------------------------------------------------------------- */

/* The HTML reader keeps a page's layout for cleanup: an element without a node type of its own
 * becomes a DIV (SPAN among inlines) whose attribute "tag" is the element's name, with its id,
 * classes and the attributes role, itemprop, hidden.  Nodes that do have a type may carry the same
 * attributes; blocks that cannot (PARA, ULIST …) stand inside such a DIV.
 * Every hinted node has "tag"; one without it is the document's own and never touched.
 * ofp_unhint drops all of it: hinted nodes keep an id that a link in the document points to, lang, dir,
 * width, height and (code) the language; DIVs and SPANs left with nothing are unwrapped, and the document is tidy. */
OFP_API ofp_str ofp_hint_tag(const ofp_node *n);          /* "nav", "p"; empty where none */
OFP_API void ofp_unhint(ofp_doc *d);

/* ---- books ------------------------------------------------------------------------------ */

/* Joins n documents (freed by the caller afterwards) into d: each becomes a DIV of class "article"
 * with its metadata as attributes (title, author, date, site, url, lang …), opening with its title as
 * a level-1 HEAD of class "title" and a DIV of class "byline"; other headings are moved below it, ids
 * and the links to them made unique.  Of a document that is nothing but articles these are taken, not wrapped again. */
OFP_API bool ofp_bind(ofp_doc *d, ofp_doc *const *parts, size_t n, ofp_err *e);
/* Makes d a book of one article in the same shape; does nothing where d has an article already. */
OFP_API bool ofp_bind_self(ofp_doc *d, ofp_err *e);
/* The first article of a book, the next one after a; NULL where none. */
OFP_API ofp_node *ofp_article_first(const ofp_doc *d);
OFP_API ofp_node *ofp_article_next(const ofp_node *article);
/* Metadata of an article DIV by known key; a list joined by "; ". */
OFP_API ofp_str ofp_article_meta(const ofp_node *article, enum ofp_meta_key k);
/* Name of the input that the article was read from; empty where unknown (after JSON). */
OFP_API ofp_str ofp_article_input(const ofp_node *article);
#endif
