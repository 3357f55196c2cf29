/* markdown.c - Markdown to document: three dialects through cmark. */
#include "read/markdown.h"
#include "doctools/yaml.h"
#include <string.h>

/* cmark counts bytes in 32 bits and aborts beyond half of them. */
enum { MAX_INPUT = 500 << 20 };

/* Front matter: a line of dashes, a line that is not blank, and a line of dashes or dots.  Moves *in
 * and *line behind it. */
static bool take_front_matter(ofp_str *in, ofp_str *yaml, unsigned *line)
{
    ofp_str rest = *in, l, inside;
    unsigned n = 1;
    if (!ofp_str_line(&rest, &l) || !ofp_str_eq(l, OFP_STR("---")))
        return false;
    inside = rest;
    while (ofp_str_line(&rest, &l)) {
        n++;
        if (n == 2 && ofp_str_trim(l).n == 0)
            return false;
        if (ofp_str_eq(l, OFP_STR("---")) || ofp_str_eq(l, OFP_STR("..."))) {
            *yaml = (ofp_str){ inside.p, (size_t)(l.p - inside.p) };
            *in = rest;
            *line = n + 1;
            return true;
        }
    }
    return false;
}

/* The definitions of notes leave the tree; references find them by label. */
static void gather_notes(md_source *s, cmark_node *tree)
{
    for (cmark_node *list = cmark_node_first_child(tree), *next; list; list = next) {
        next = cmark_node_next(list);
        if (cmark_node_get_type(list) != CMARK_NODE_LIST)
            continue;
        for (cmark_node *item = cmark_node_first_child(list), *after; item; item = after) {
            after = cmark_node_next(item);
            const md_line *l = &s->lines[cmark_node_get_start_line(item) - 1];
            void **slot = l->was == MD_WAS_NOTE ? ofp_map_at(&s->notes, l->label) : NULL;
            if (!slot)
                continue;
            cmark_node_unlink(item);
            md_note *note = s->mem->calloc(1, sizeof *note);
            note->item = item;
            if (!*slot)
                *slot = note;
        }
        if (!cmark_node_first_child(list))
            cmark_node_unlink(list);
    }
}

/* "Table: …" as written (an escaped colon is a text of its own). */
static bool is_caption(const ofp_node *n)
{
    const ofp_node *text = n && ofp_node_type(n) == OFP_PARA ? ofp_first(n) : NULL;
    return text && ofp_node_type(text) == OFP_TEXT && ofp_str_istarts(ofp_text(text), OFP_STR("table:"));
}

static void take_captions(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d); n; n = ofp_after(n, ofp_root(d))) {
        if (ofp_node_type(n) != OFP_TABLE)
            continue;
        ofp_node *p = is_caption(ofp_next(n)) ? ofp_next(n) : is_caption(ofp_prev(n)) ? ofp_prev(n) : NULL;
        ofp_node *caption = p ? ofp_new(d, OFP_CAPTION) : NULL;
        if (!caption)
            continue;
        ofp_str text = ofp_text(ofp_first(p));
        size_t at = sizeof "table:" - 1;
        while (at < text.n && text.p[at] == ' ')
            at++;
        ofp_set_text(ofp_first(p), ofp_str_sub(text, at, SIZE_MAX));
        ofp_prepend(n, caption);
        ofp_append(caption, p);
        ofp_retype(p, OFP_PLAIN);
    }
}

/* A picture with a line break and text below it, as the writer puts figures. */
static bool is_figure(const ofp_node *n)
{
    const ofp_node *c = ofp_node_type(n) == OFP_PARA ? ofp_first(n) : NULL;
    return c && ofp_node_type(c) == OFP_IMAGE && ofp_next(c) && ofp_node_type(ofp_next(c)) == OFP_LINEBREAK &&
           ofp_next(ofp_next(c)) && ofp_node_type(ofp_next(ofp_next(c))) != OFP_IMAGE;
}

static void take_figures(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        next = ofp_after_skip(n, ofp_root(d));
        if (!is_figure(n)) {
            next = ofp_after(n, ofp_root(d));
            continue;
        }
        ofp_node *figure = ofp_new(d, OFP_FIGURE), *image = ofp_first(n);
        ofp_node *caption = ofp_add(d, figure, OFP_CAPTION), *picture = ofp_add(d, figure, OFP_PLAIN);
        if (!picture)
            return;
        ofp_set_line(figure, ofp_line(n));
        ofp_insert_before(n, figure);
        ofp_append(caption, n);
        ofp_unlink(ofp_next(image));
        ofp_append(picture, image);
        ofp_retype(n, OFP_PLAIN);
    }
}

typedef struct job { md_source s; ofp_str in; } job;

static void read_all(void *user, cmark_mem *mem)
{
    job *j = user;
    j->s.mem = mem;
    cmark_node *tree = ofp_md_parse(&j->s, j->in);
    if (!tree)
        return;
    gather_notes(&j->s, tree);
    ofp_md_take_tree(&j->s, tree, ofp_root(j->s.doc));
}

static bool is_empty_row(const ofp_node *row)
{
    for (const ofp_node *n = row; n; n = ofp_after(n, row))
        if (ofp_is_inline(n))
            return false;
    return true;
}

/* A head of empty cells is how a table without one is written. */
static void drop_empty_heads(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d); n; n = ofp_after(n, ofp_root(d)))
        if (ofp_node_type(n) == OFP_THEAD && ofp_first(n) && is_empty_row(ofp_first(n)))
            ofp_unlink(ofp_first(n));
}

static bool read_dialect(ofp_doc *d, ofp_str in, const ofp_options *opt, unsigned flags, ofp_err *e)
{
    job j = { .s = { .doc = d, .arena = ofp_doc_arena(d), .flags = flags, .first_line = 1 }, .in = in };
    ofp_str yaml;
    j.s.notes.arena = j.s.arena;
    if (in.n > MAX_INPUT)
        return ofp_fail(e, OFP_ELIMIT, OFP_NOWHERE, "Markdown of more than %d bytes", MAX_INPUT);
    ofp_set_note(d, OFP_STR("origin"), OFP_STR("markdown"));
    if (flags & MD_IN_YAML && take_front_matter(&j.in, &yaml, &j.s.first_line) &&
        !ofp_yaml_read_meta(opt->world, d, yaml, 2, OFP_STR("front-matter"), OFP_SURE_STATED, e))
        return false;
    bool ok = ofp_cmark_run(read_all, &j, e);
    ofp_buf_free(&j.s.scratch);
    for (size_t i = 0; i <= MD_NOTE_DEPTH; i++) {
        ok = ok && !j.s.texts[i].failed;
        ofp_buf_free(&j.s.texts[i]);
    }
    if (ok && flags & MD_IN_TABLES)
        drop_empty_heads(d);
    if (ok && flags & MD_IN_CAPTIONS)
        take_captions(d);
    if (ok && flags & MD_IN_FIGURES)
        take_figures(d);
    if (ok && flags & (MD_IN_CALLOUTS | MD_IN_ALERTS))
        ofp_md_take_callouts(d, flags & MD_IN_ALERTS);
    return ok ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}

bool ofp_read_markdown(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    return read_dialect(d, in, opt, MD_IN_TABLES | MD_IN_NOTES | MD_IN_STRIKE | MD_IN_TASKS | MD_IN_MATH | MD_IN_DLISTS |
                                   MD_IN_SCRIPTS | MD_IN_CAPTIONS | MD_IN_YAML | MD_IN_FIGURES |
                                   MD_IN_CALLOUTS, e);
}

bool ofp_read_gfm(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    return read_dialect(d, in, opt, MD_IN_TABLES | MD_IN_NOTES | MD_IN_STRIKE | MD_IN_TASKS | MD_IN_MATH | MD_IN_YAML |
                                   MD_IN_ONE_TILDE | MD_IN_FIGURES | MD_IN_ALERTS, e);
}

bool ofp_read_commonmark(ofp_doc *d, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    return read_dialect(d, in, opt, 0, e);
}
