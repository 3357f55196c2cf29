/* html.h - what the files of the HTML reader share. */
#ifndef OFP_READ_HTML_HTML_H
#define OFP_READ_HTML_HTML_H
#include "base/map.h"
#include "dom.h"
#include "offprint/offprint.h"

/* Where blocks and text go.  Text opens a paragraph in block when it comes, so that none is empty. */
struct flow {
    ofp_node *block;            /* the container of blocks */
    ofp_node *para, *inl;       /* the open paragraph and its innermost open inline; NULL: none */
    int depth;                  /* of block in the model */
    bool fixed;                 /* para was given (a heading): blocks inside become its text */
    bool tight;                 /* paragraphs without a p element are PLAIN */
    bool space;                 /* white space has been seen and not been written */
    bool started, filled;       /* text since the last line break; anything at all in para */
    unsigned breaks;            /* br elements seen and not been written */
    ofp_node *stray;            /* list made for li elements without one */
};

/* An inline element that is open, to be made again in each paragraph that it spans. */
struct wrap {
    const dom *el;              /* may be NULL */
    enum ofp_type type;
    ofp_node *outer;            /* what it stands in, while it is live */
    bool used;                  /* has been made once: its id is given */
};

struct wrap_range { size_t base, live; };

typedef struct reader {
    ofp_doc *d;
    ofp_arena *a, *tmp;         /* the document's; one that ends with the reader */
    const ofp_options *opt;
    dom *root;
    struct { dom **at; size_t n, cap; } of[NTAGS];      /* elements (and comments) by tag, in document order */
    bool noted;                 /* some reference to a note has been found */
    ofp_str url, base;          /* of the page; what links are resolved against */
    bool hints;                 /* keep the page's layout */
    bool in_note, warned;
    bool tex;                   /* scripts of the page look for TeX in its text */
    unsigned line;              /* of what is being read */
    struct flow f;
    struct wrap *wraps;
    size_t nwraps, wraps_cap;
    struct wrap_range w;        /* wraps from base on count, those below live stand in f.para */
    ofp_buf text;               /* text not yet in the model */
    const dom *code;            /* the open code element: text becomes CODE */
    size_t code_wraps;          /* how many were open when it was opened */
    ofp_str *anchors;           /* targets waiting for the next text */
    size_t nanchors, anchors_cap;
    ofp_map ids, targets;       /* id to its element; fragments that links point to */
    ofp_map backs;              /* fragments that may be references to notes, to the links to them */
    ofp_map parts;              /* of an archive: address to part */
    ofp_str saved_from;         /* address of an archive's page */
    ofp_map properties;         /* drawing_xml.c's */
    unsigned *spans;            /* tablegrid.c's */
    size_t spare;               /* bytes of notes that may still be shown a second time */
    size_t spare_parts;         /* nodes of drawings, likewise */
} reader;

/* ---- flow.c: text and paragraphs ---- */
void flow_text(reader *r, ofp_str s);           /* white space collapses */
void flow_literal(reader *r, ofp_str s);        /* s stays as it is, joined to what is before it */
void flow_break(reader *r);                     /* a br element */
void flow_leaf(reader *r, ofp_node *leaf);
void flow_end_para(reader *r);
void flow_push(reader *r, const dom *el, enum ofp_type type);
void flow_pop(reader *r);
void flow_code(reader *r, const dom *code);     /* text becomes CODE from here on; NULL: no longer */
void flow_anchor(reader *r, ofp_str id);        /* a place that a link points to */
bool flow_in(const reader *r, enum ofp_type type);      /* inside such a wrap */
/* A new block in the current container, the open paragraph being ended; NULL at the depth limit. */
ofp_node *flow_block(reader *r, enum ofp_type type, const dom *el);
/* Goes into a container of blocks, or with fixed of inlines; leave gives back what enter returned. */
struct flow flow_enter(reader *r, ofp_node *block, bool tight);
struct flow flow_enter_fixed(reader *r, ofp_node *inlines);
void flow_leave(reader *r, struct flow saved);
struct flow flow_enter_note(reader *r, ofp_node *note, struct wrap_range *wraps);
void flow_leave_note(reader *r, struct flow saved, struct wrap_range wraps);
ofp_node *flow_wrap_node(reader *r, struct wrap *w, ofp_node *parent);   /* inline.c: makes its node */

/* ---- convert.c ---- */
void html_convert(reader *r, dom *n);
void html_plainly(reader *r, dom *n);                           /* though it refers to a note */
void html_children(reader *r, dom *n);
bool html_is_block(const dom *n);

/* ---- block.c ---- */
/* n's content as blocks: in a DIV where n says something worth keeping. */
void html_box(reader *r, dom *n);
/* The same into a container that stands for n already: its hints, where it has any, get a DIV inside. */
void html_into(reader *r, ofp_node *container, dom *n, bool tight);
ofp_node *html_open_box(reader *r, const dom *n, struct flow *saved); /* NULL: n needs no DIV */
void html_close_box(reader *r, const ofp_node *box, struct flow saved);
/* For what is a node anyhow: n's hints, or its id where a link points to it. */
void html_add_marks(reader *r, ofp_node *node, const dom *n);
void html_loosen(ofp_node *container);                          /* several PLAINs become PARAs */

/* ---- hints.c ---- */
bool html_has_hints(const dom *n);
void html_add_hints(reader *r, ofp_node *node, const dom *n);
bool html_is_hidden(const dom *n);
bool html_is_for_ears(const dom *n);                           /* its classes say that only a voice tells it */
ofp_str html_style(const dom *n, ofp_str property);             /* from the style attribute */
bool html_wants_lang(const dom *n);                             /* lang or dir that differs from around it */
void html_add_lang(reader *r, ofp_node *node, const dom *n);
bool html_is_target(const reader *r, ofp_str id);
ofp_str html_id(const dom *n);                                  /* id, or an anchor's name */

/* ---- the other parts ---- */
void html_list(reader *r, dom *n);                              /* list.c */
void html_item(reader *r, dom *n);
void html_terms(reader *r, dom *n);
void html_table(reader *r, dom *n);                             /* table.c */
void html_pre(reader *r, dom *n);                               /* code.c */
bool html_is_listing(const dom *n);                             /* though it is no pre element */
bool html_code_table(reader *r, dom *n);                        /* false where n is no listing with line numbers */
bool html_is_gutter(const dom *n);                              /* line numbers beside code */
bool html_is_code_lang(ofp_str word);
void html_find_listings(reader *r);                             /* codebox.c: what stands around them is no text */
ofp_str html_code_label(const dom *listing);                    /* the language that a bar beside it names */
ofp_str html_shown_code(reader *r, const dom *listing, ofp_str text);   /* text, or what a script makes of it */
void html_image(reader *r, dom *n);                             /* media.c */
bool html_is_spacer(const dom *img);                            /* a dot or a line, to move or count something */
bool html_backdrop(reader *r, dom *n);                          /* false where n is no image by role */
void html_noscript(reader *r, dom *n);
void html_media(reader *r, dom *n);
void html_drawing(reader *r, dom *svg);                         /* drawing.c */
ofp_str html_picture_url(const dom *img);                       /* picture.c; empty where only a script knows */
ofp_str html_small_picture(const dom *img);                      /* a drawing that src holds itself, small as it is, where it has a name */
bool html_is_placeholder(ofp_str url);                          /* stands in until a script has loaded the picture */
bool html_is_superseded(const dom *img);                        /* shown until the one behind it has been loaded */
bool html_picture_behind(const dom *noscript);                  /* whether the picture in it stands right behind it, too */
ofp_str html_picture_alt(const dom *img);                       /* scripts may leave it to the page without scripts */
void html_figure(reader *r, dom *n);                            /* figure.c */
bool html_captioned(reader *r, dom *n);                         /* false where n is no box of pictures and a caption */
bool html_callout(reader *r, dom *n);                           /* callout.c; false where n is none */
void html_math(reader *r, dom *n);                              /* math.c */
void html_math_script(reader *r, dom *n);
void html_mathml_tex(ofp_buf *out, const dom *n);               /* mathml.c: presentational MathML as TeX */
bool html_loads_tex(const reader *r);
void html_tex_text(reader *r, const dom *text);                 /* with formulas between delimiters */
bool html_rendered_math(reader *r, dom *n);                     /* false where n is no formula of a known renderer */
void html_find_notes(reader *r);                                /* notes.c */
void html_note(reader *r, dom *ref);
bool html_marks_stream(const dom *n);                           /* a comment about parts, for a script */
void html_join_stream(reader *r);                               /* stream.c: parts of a page that were sent later than their place */
void html_unprotect(reader *r);                                 /* email.c: addresses that only a script can read */
void html_head(reader *r);                                      /* head.c */
ofp_str html_open_archive(reader *r, ofp_str in);               /* mhtml.c: the page in in, or in */
ofp_str html_saved_image(reader *r, ofp_str url);               /* a data: URI; empty where the archive has no such image */

void html_flatten_shadows(reader *r);                            /* shadow.c: shadow roots become what is shown */

/* ---- raw.c: what only a fragment keeps ---- */
bool html_raw_element(reader *r, dom *n);                       /* tags around its content; false where they are left out */
bool html_blank_link(reader *r, dom *n);                        /* false where n is not one, between blocks */
void html_comment(reader *r, dom *n);

/* ---- page.c ---- */
bool html_keeps_raw(const reader *r);
ofp_str html_keep(reader *r, ofp_str s);                        /* a copy in the document */
ofp_str html_label(reader *r, ofp_str value);                   /* an attribute that is read, in a page on one line and without tags */
ofp_str html_title(reader *r, const dom *n);                    /* its title attribute, in a page on one line */
ofp_str html_resolve(reader *r, ofp_str url);                   /* what a link or image points to, kept */
ofp_str html_fragment(reader *r, const dom *a);                 /* the part of this page that a links to */
bool ofp_read_html(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e);
#endif
