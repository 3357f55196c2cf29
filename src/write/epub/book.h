/* book.h - a book on its way to EPUB, shared by the files of this folder. */
#ifndef OFP_WRITE_EPUB_BOOK_H
#define OFP_WRITE_EPUB_BOOK_H
#include "base/map.h"
#include "doctools/html_nodes.h"
#include "doctools/lang.h"
#include "doctools/toc.h"
#include "res/res.h"

/* One file of the publication; path is relative to the package document. */
typedef struct epub_item {
    ofp_str path, media, properties;
    const char *id;
    ofp_str bytes;
    bool spine;
    struct epub_item *next;
} epub_item;

/* One file of text: blocks from first up to end (not included), all children of one parent. */
typedef struct epub_part {
    const ofp_node *article;            /* NULL for blocks that stand outside of articles */
    const ofp_node *first, *end;
    bool opens;                         /* the first part of its article */
    ofp_str path;
    struct epub_part *next;
} epub_part;

typedef struct epub_book {
    ofp_doc *doc;
    const ofp_options *opt;
    ofp_arena *arena;
    ofp_res *res;
    ofp_ids *ids;
    ofp_toc toc;
    epub_part *parts, *last_part;
    epub_part **by_number;              /* parts, by a target's number */
    size_t nparts, narticles;
    epub_item *items, *last_item;
    ofp_map images;                     /* epub_item by the image's number, NULL inside: refused */
    const epub_item *cover;             /* the cover's picture, NULL: none */
    ofp_lang lang;
    ofp_str title, uuid;
    bool failed;                        /* out of memory outside of the arena */
    unsigned relative_links;            /* dropped */
    /* what the accessibility metadata says */
    bool has_images, has_math, lacks_alt, moves;
} epub_book;

/* items.c */
epub_item *epub_add(epub_book *b, const char *id, ofp_str path, const char *media, ofp_str bytes);
/* The path of the item that img becomes, added on first use; NULL inside where it cannot be one. */
const epub_item *epub_image(epub_book *b, const ofp_image *img, const ofp_node *at);

/* parts.c */
bool epub_plan(epub_book *b);           /* cuts the document into parts */
void epub_write_parts(epub_book *b);    /* adds an item for each */

/* front.c: cover and title page, navigation, NCX */
void epub_open_page(epub_book *b, ofp_buf *out, ofp_lang lang, ofp_str dir, ofp_str title);
void epub_write_cover(epub_book *b);
void epub_write_title(epub_book *b);
void epub_write_nav(epub_book *b);
void epub_write_ncx(epub_book *b);


/* facts.c: metadata as the package document wants it */
ofp_str epub_meta(const epub_book *b, enum ofp_meta_key k);
/* The i-th of all different values of k in the book and its articles; false past the last. */
typedef struct epub_values { ofp_str *v; size_t n; } epub_values;
epub_values epub_all_meta(const epub_book *b, enum ofp_meta_key k);
ofp_str epub_date(const epub_book *b);
ofp_str epub_modified(const epub_book *b);
/* UUIDv5 of everything added so far. */
ofp_str epub_make_uuid(const epub_book *b);

/* style.c */
ofp_str epub_style(void);

/* opf.c */
ofp_str epub_identifier(const epub_book *b);
ofp_str epub_package(epub_book *b);

/* pack.c: mimetype, container, the package document, and all items, zipped. */
bool epub_pack(const epub_book *b, ofp_str package, ofp_buf *out, ofp_err *e);
#endif
