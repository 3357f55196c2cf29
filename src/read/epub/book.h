/* book.h - an EPUB while it is read, shared by the files of this folder. */
#ifndef OFP_READ_EPUB_BOOK_H
#define OFP_READ_EPUB_BOOK_H
#include "base/map.h"
#include "format.h"

/* ---- archive.c: the ZIP container (EPUB 3.3 4, OCF) ---- */

typedef struct pub_zip pub_zip;
enum pub_got { PUB_GOT, PUB_ABSENT, PUB_FAILED };

/* Opens the archive, whose bytes must outlive it; NULL with e set. */
pub_zip *pub_open(ofp_arena *a, ofp_str bytes, ofp_err *e);
void pub_close(pub_zip *z);                     /* NULL is fine */
/* The bytes of a file, at most max of them, in a.  PUB_ABSENT leaves e alone; PUB_FAILED sets it: damaged, encrypted,
 * too large, or more than an archive of this size can hold in earnest. */
enum pub_got pub_unpack(pub_zip *z, ofp_str path, size_t max, ofp_arena *a, ofp_str *out, ofp_err *e);

/* ---- xml.c: container, package document, encryption as trees ---- */

typedef struct pub_attr { ofp_str name, value; struct pub_attr *next; } pub_attr;
/* Names are local: prefixes and namespaces are passed over.  text is that of an element without elements, squeezed. */
typedef struct pub_xml {
    ofp_str name, text;
    pub_attr *attrs;
    struct pub_xml *parent, *first, *last, *next;
} pub_xml;

/* The root element; NULL with e set (OFP_EXML with file and line). */
pub_xml *pub_parse(ofp_arena *a, ofp_str bytes, ofp_str file, ofp_err *e);
ofp_str pub_xml_attr(const pub_xml *n, const char *name);       /* empty where absent, and for NULL */
const pub_xml *pub_child(const pub_xml *n, const char *name);   /* the first of that name; NULL: none, and for NULL */
/* The sibling after n of that name, or with n NULL the first child of parent. */
const pub_xml *pub_each(const pub_xml *parent, const pub_xml *n, const char *name);

/* ---- the book ---- */

typedef struct pub_item {
    ofp_str id, path, media, properties;        /* path: in the archive, empty where it would lead out of it */
    bool encrypted;
    bool cover, contents;                       /* as EPUB 2's guide says */
    struct pub_file *file;                      /* its text, where it is read */
} pub_item;

/* A document of the spine. */
typedef struct pub_file {
    pub_item *item;
    ofp_str text;
    ofp_str lang, dir;                          /* of its html or body element */
    ofp_map ids;                                /* id as in the file, to what it is called in the joined text */
    ofp_str top;                                /* what a link to the whole file leads to; empty: nothing does */
    bool linked, headed;                        /* a heading comes before any other text */
    bool skipped;                               /* cover or contents */
    bool cover, contents;                       /* is said to be */
    bool title_page;                            /* says that it is one of a writer who knows but the metadata */
    size_t words, linked_words;                 /* bytes of text, and of those in links */
    size_t images;
    ofp_str image;                              /* archive path of the first */
} pub_file;

/* An image that the text shows, read when all is known. */
typedef struct pub_image { ofp_str path, media, uri; bool lost; } pub_image;

/* An article of a book that this program wrote: where its heading is, and what its byline holds. */
typedef struct pub_article { ofp_str id, head, lang; unsigned byline; } pub_article;

typedef struct pub {
    ofp_doc *d;
    ofp_arena *a, *tmp;                         /* the document's; one that ends with the reader */
    const ofp_options *opt;
    ofp_err *e;
    pub_zip *zip;
    const pub_xml *package;
    ofp_str folder;                             /* of the package document, with its slash */
    pub_item *items; size_t nitems;
    ofp_map by_id, by_path;                     /* items */
    pub_file *files; size_t nfiles;
    ofp_map names, next;                        /* ids of the joined text; numbers to try next, as in books */
    ofp_map image_at;                           /* number of an image + 1, by path */
    pub_image *images; size_t nimages, images_cap;
    pub_article *articles; size_t narticles, articles_cap;
    ofp_str cover;                              /* archive path of the cover's picture */
    size_t lost_links;
} pub;

/* ---- package.c ---- */
/* Reads container, package document, encryption; lists items and files.  False with e set. */
bool pub_read_package(pub *p);
/* A path in the archive, from a reference that stands in a file of folder: without query and fragment, decoded; false
 * where it leads out of the archive. */
bool pub_resolve(pub *p, ofp_str folder, ofp_str href, ofp_str *path);
ofp_str pub_folder(ofp_str path);               /* with its slash */
bool pub_is_image(const pub_item *it);
bool pub_has_word(ofp_str list, const char *word);

/* ---- meta.c ---- */
void pub_read_meta(pub *p);

/* ---- markup.c: the pieces of a content document, well-formed or not ---- */

enum pub_kind { PUB_TEXT, PUB_CDATA, PUB_OPEN, PUB_CLOSE };
typedef struct pub_lexer {
    ofp_str s;
    size_t at;
    enum pub_kind kind;
    ofp_str text;                               /* as it stands in the file */
    ofp_str name, attrs;                        /* local name; what stands behind it in the tag */
    bool prefixed, empty;                       /* "epub:switch"; "<br/>" */
    bool loose, open_end, no_tags;              /* a quote, a comment, a tag has no end: none is looked for any more */
} pub_lexer;

bool pub_next(pub_lexer *l);
/* Moves *rest past the next attribute; false at the end. */
bool pub_take_attr(ofp_str *rest, ofp_str *name, ofp_str *value);
ofp_str pub_attr_of(ofp_str attrs, const char *name);   /* as it stands; empty where absent */
bool pub_named(const pub_lexer *l, const char *name);
ofp_str pub_unescape(ofp_arena *a, ofp_str s);          /* references to characters and XML's own entities */
ofp_str pub_own_id(const pub_lexer *l);                 /* id, xml:id, or the name of an anchor */
/* The picture that an element shows: img, image, object or embed; empty: none. */
ofp_str pub_picture(const pub_lexer *l);

/* ---- survey.c: what the files hold and where their links lead, before any is written ---- */
bool pub_survey(pub *p);
/* What href, standing in f, leads to in the joined text: "#id" or an address; empty: nothing that is left. */
ofp_str pub_link(pub *p, const pub_file *f, ofp_str href);

/* ---- join.c: all files as one fragment of HTML ---- */
ofp_str pub_join(pub *p);

/* ---- finish.c: what only the finished document can be given ---- */
bool pub_finish(pub *p);
#endif
