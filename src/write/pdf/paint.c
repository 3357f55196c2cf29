/* paint.c - pages to content streams (ISO 32000-1, 9.4 and 14.6): positioned runs become TJ arrays, each
 * piece of an element marked content. */
#include "write/pdf/content.h"
#include <limits.h>
#include "write/pdf/put.h"

enum { TOLERANCE = 2 };                  /* thousandths of an em that a glyph may be off: invisible, and short */

/* ---- glyphs ---- */

/* Two bytes of a literal string, which is two thirds as long as a hexadecimal one. */
static void put_code(painter *p, unsigned code)
{
    char s[6];
    size_t n = 0;
    if (!p->array) {
        s[n++] = '[';
        p->array = true;
    }
    if (!p->string) {
        s[n++] = '(';
        p->string = true;
    }
    ofp_buf_add(&p->out, (ofp_str){ s, n });
    n = 0;
    for (int shift = 8; shift >= 0; shift -= 8) {
        unsigned char c = (unsigned char)(code >> shift);
        if (c == '(' || c == ')' || c == '\\' || c == '\r')
            s[n++] = '\\';
        s[n++] = c == '\r' ? 'r' : (char)c;
    }
    ofp_buf_add(&p->out, (ofp_str){ s, n });
}

/* Moves the pen where a glyph belongs.  Positions are rounded, not distances: errors do not add up. */
static void seek(painter *p, double x)
{
    double em = p->size * p->face->scale;
    long target = em > 0 ? pdf_round((x - (double)p->x / 100) / em, 1000) : 0, off = target - p->pen;
    if (off <= TOLERANCE && off >= -TOLERANCE)
        return;
    content_close_string(p);
    if (!p->array)
        ofp_buf_putc(&p->out, '[');
    p->array = true;
    pdf_put_int(&p->out, -off);
    p->pen = target;
}

static void show(painter *p, embed_font *font, unsigned glyph, double x)
{
    const embed_glyph *g = &font->glyphs[glyph];
    content_font(p, p->face, p->size, font, g->layer);
    seek(p, x);
    put_code(p, g->code);
    p->pen += g->width;
}

static void begin_actual(painter *p, ofp_str text)
{
    content_close_array(p);
    ofp_buf_puts(&p->out, "/Span<<");
    content_put_actual(&p->out, text);
    ofp_buf_puts(&p->out, ">>BDC\n");
}

static void end_actual(painter *p)
{
    content_close_array(p);
    ofp_buf_puts(&p->out, "EMC\n");
}

/* Where each glyph of a run starts, in pt from the item's x. */
static double *starts(painter *p, const pdf_item *it, double *few, size_t nfew)
{
    const type_run *run = it->run;
    double *x = run->n < nfew ? few : ofp_arena_zalloc(p->em.arena, run->n + 1, sizeof *x), at = 0;
    for (size_t i = 0; x && i < run->n; i++) {
        x[i] = it->xs ? (double)it->xs[i] : at;
        at += run->glyphs[i].advance * it->size;
    }
    if (x)
        x[run->n] = it->xs ? (double)it->xs[run->n] : at;
    return x;
}

static void put_glyph(painter *p, const pdf_item *it, const ink *k, const double *x, size_t g)
{
    const type_glyph *t = &it->run->glyphs[g];
    content_rise(p, t->dy);
    show(p, k->font, k->glyph[g], it->x + x[g] + t->dx * it->size);
}

/* Glyphs go out in the order of the text, right-to-left ones too, each at its place: that is the order
 * that tagged PDF asks for (14.8.2.3.3). */
static void put_run(painter *p, const pdf_item *it, const ink *k, const double *x)
{
    const type_run *run = it->run;
    for (size_t i = 0, end; i < run->n; i = end) {
        ofp_str text = k->spans ? ink_cluster(run, i, &end) : ofp_s(NULL);
        if (!k->spans)
            end = i + 1;
        bool actual = end - i > 1 && ofp_utf8_count(text) != end - i;
        if (actual)
            begin_actual(p, text);
        for (size_t g = i; g < end; g++)
            put_glyph(p, it, k, x, ink_glyph(run, g));
        if (actual)
            end_actual(p);
    }
}

/* A blank of the source is a blank of the page as well: tools that take text from a page, and readers
 * that speak it, need not guess from gaps. */
static void put_space(painter *p, const pdf_item *it, const ink *k, double end)
{
    if (!it->space_after || k->space == UINT_MAX)
        return;
    content_rise(p, 0);
    content_mark(p, it->elem, NULL, content_pagination);         /* it is no part of a divided word */
    double width = k->font->glyphs[k->space].width * p->size * p->face->scale / 1000;
    show(p, k->font, k->space, it->run->rtl ? it->x - width : it->x + end);
}

static void paint_glyphs(painter *p, const pdf_item *it, const ink *k, const ofp_str *says)
{
    double few[128], *x = starts(p, it, few, sizeof few / sizeof *few);
    const font_face *face = p->fonts->faces[it->run->face];
    if (!x || !it->run->n)
        return;
    content_mode(p, IN_TEXT);
    content_mark(p, it->elem, p->book->tagged && !it->elem ? NULL : says, content_pagination);
    content_colour(p, it->colour);
    content_rise(p, 0);
    bool moved = p->face != face || p->size != it->size || pdf_round(it->y, 100) != p->y;
    content_font(p, face, it->size, k->font, k->font->glyphs[k->glyph[0]].layer);
    if (moved || p->slant != face->slant)
        content_move(p, it->x, it->y);
    put_run(p, it, k, x);
    put_space(p, it, k, x[it->run->n]);
}

/* ---- other things ---- */

static void put_numbers(ofp_buf *b, const double *v, size_t n, const char *op)
{
    for (size_t i = 0; i < n; i++) {
        pdf_put_num(b, v[i]);
        ofp_buf_putc(b, ' ');
    }
    ofp_buf_puts(b, op);
}

static void paint_rect(painter *p, const pdf_item *it)
{
    content_mode(p, AT_PAGE);
    content_mark(p, it->elem, NULL, content_decoration);
    content_colour(p, it->colour);
    put_numbers(&p->out, (double[]){ it->x, it->y, it->w, it->h }, 4, "re f\n");
}

/* The line's own state ends with it. */
static void paint_line(painter *p, const pdf_item *it)
{
    content_mode(p, AT_PAGE);
    content_mark(p, it->elem, NULL, content_decoration);
    ofp_buf_puts(&p->out, "q ");
    content_put_stroke(&p->out, it->colour);
    put_numbers(&p->out, (double[]){ it->size }, 1, "w ");
    put_numbers(&p->out, (double[]){ it->x, it->y }, 2, "m ");
    put_numbers(&p->out, (double[]){ it->x + it->w, it->y + it->h }, 2, "l S Q\n");
}

/* The unit square of an image onto its place, turned and mirrored as EXIF says (orientation 1 to 8). */
static void put_placement(ofp_buf *b, const pdf_item *it, unsigned orientation)
{
    static const signed char turn[8][6] = {
        { 1, 0, 0, 1, 0, 0 }, { -1, 0, 0, 1, 1, 0 }, { -1, 0, 0, -1, 1, 1 }, { 1, 0, 0, -1, 0, 1 },
        { 0, -1, -1, 0, 1, 1 }, { 0, -1, 1, 0, 0, 1 }, { 0, 1, 1, 0, 0, 0 }, { 0, 1, -1, 0, 1, 0 },
    };
    const signed char *t = turn[orientation >= 1 && orientation <= 8 ? orientation - 1 : 0];
    double m[6] = { t[0] * it->w, t[1] * it->h, t[2] * it->w, t[3] * it->h, it->x + t[4] * it->w, it->y + t[5] * it->h };
    put_numbers(b, m, 6, "cm");
}

/* Where a node is in the input that its article is from. */
static ofp_pos position_of(const ofp_node *n)
{
    ofp_pos at = { NULL, n ? ofp_line(n) : 0, 0 };
    while (n && !(ofp_node_type(n) == OFP_DIV && ofp_article_input(n).n))
        n = ofp_parent(n);
    at.input = n ? ofp_article_input(n).p : NULL;
    return at;
}

static void tell_image(painter *p, const ofp_node *image, const char *why)
{
    ofp_str url = image ? ofp_url(image) : (ofp_str){ 0 };
    ofp_str shown = ofp_str_sub(url, 0, ofp_str_istarts(url, OFP_STR("data:")) ? 30 : 200);
    ofp_log_warn(p->fonts->opt->log, OFP_D_RESOURCE_FORMAT, position_of(image), "image '%.*s%s' cannot be shown: %s",
                 (int)shown.n, shown.p, shown.n < url.n ? "..." : "", why);
}

static void paint_image(painter *p, const pdf_item *it)
{
    const char *why = NULL;
    image_object *im = image_find(&p->images, p->c, it, &why);
    content_mode(p, AT_PAGE);
    content_mark(p, it->elem, NULL, content_decoration);
    if (it->elem && p->book->tagged)
        tree_box(&p->tree, it->elem, it->x, it->y, it->w, it->h);
    if (!im || !im->object) {            /* its place stays visible */
        if (why)
            tell_image(p, it->node, why);
        content_colour(p, 0xDDDDDD);
        put_numbers(&p->out, (double[]){ it->x, it->y, it->w, it->h }, 4, "re f\n");
        return;
    }
    im->page = p->page + 1;
    ofp_buf_puts(&p->out, "q ");
    put_placement(&p->out, it, im->orientation);
    ofp_buf_puts(&p->out, "/I");
    pdf_put_int(&p->out, (long)im->object);
    ofp_buf_puts(&p->out, " Do Q\n");
}

/* ---- pages ---- */

static void put_resources(painter *p, ofp_buf *b)
{
    ofp_buf_puts(b, "/Resources<<");
    bool any = false;
    for (size_t i = 0; i < p->em.n; i++) {
        const embed_font *font = p->em.by_file[i];
        for (unsigned k = 0; font && k < font->nlayers; k++) {
            if (font->seen[k] != p->page + 1)
                continue;
            ofp_buf_puts(b, any ? "" : "/Font<<");
            content_put_font_name(b, font, k);
            pdf_put_ref(b, font->objects[k]);
            any = true;
        }
    }
    ofp_buf_puts(b, any ? ">>" : "");
    any = false;
    for (size_t i = 0; i < p->images.n; i++) {
        if (p->images.all[i].page != p->page + 1)
            continue;
        ofp_buf_puts(b, any ? "/I" : "/XObject<</I");
        pdf_put_int(b, (long)p->images.all[i].object);
        pdf_put_ref(b, p->images.all[i].object);
        any = true;
    }
    ofp_buf_puts(b, any ? ">>>>" : ">>");
}

static void write_page(painter *p, const pdf_page *page, unsigned id)
{
    ofp_buf b = { 0 };
    unsigned contents = pdf_object_new(p->c);
    pdf_stream_set(p->c, contents, ofp_s(NULL), ofp_buf_str(&p->out), PDF_DEFLATE);
    ofp_buf_puts(&b, "/Type/Page/MediaBox[0 0 ");
    put_numbers(&b, (double[]){ page->width, page->height }, 2, "]/Contents");
    pdf_put_ref(&b, contents);
    put_resources(p, &b);
    if (p->book->tagged) {
        ofp_buf_puts(&b, "/Tabs/S/StructParents ");
        pdf_put_int(&b, (long)p->page);
    }
    if (page->nlinks) {
        ofp_buf_puts(&b, "/Annots[");
        nav_links(p->book, p->page, &p->tree, p->c, &b);
        ofp_buf_putc(&b, ']');
    }
    pdf_object_set(p->c, id, ofp_buf_str(&b));
    ofp_buf_free(&b);
}

static void reset(painter *p)
{
    p->out.n = 0;
    p->mode = AT_PAGE;
    p->says = NULL;
    p->marked = p->array = p->string = p->bold = false;
    p->colour = 0;
    p->face = NULL;
    p->size = 0;
    p->slant = p->rise = 0;
    p->x = p->y = p->pen = 0;
}

static void paint_page(painter *p, size_t n)
{
    const pdf_page *page = &p->book->pages[n];
    const ofp_str **says = whole_words(page, p->em.arena);
    p->page = n;
    reset(p);
    for (size_t i = 0; i < page->nitems; i++)
        switch (page->items[i].kind) {
        case PDF_GLYPHS: paint_glyphs(p, &page->items[i], p->inks[n][i], says ? says[i] : NULL); break;
        case PDF_RECT: paint_rect(p, &page->items[i]); break;
        case PDF_LINE: paint_line(p, &page->items[i]); break;
        case PDF_IMAGE: paint_image(p, &page->items[i]); break;
        }
    content_mode(p, AT_PAGE);
    content_close_mark(p);
    write_page(p, page, p->tree.page_objects[n]);
}

static bool prepare(painter *p, ofp_err *e)
{
    ofp_arena *a = pdf_canvas_arena(p->c);
    ink_table inks = { 0 };
    bool ok = embed_init(&p->em, a, p->fonts) && tree_init(&p->tree, a, p->book);
    p->images.arena = a;
    p->images.opt = p->fonts->opt;
    p->inks = ofp_arena_zalloc(a, p->book->npages ? p->book->npages : 1, sizeof *p->inks);
    if (!ok || ofp_arena_failed(a) || !ink_all(&inks, &p->em, p->book, p->inks))
        return ofp_fail_nomem(e);
    return embed_write(&p->em, p->c, e);
}

bool pdf_paint(const pdf_book *book, pdf_fonts *fonts, ofp_buf *out, ofp_err *e)
{
    painter p = { .book = book, .fonts = fonts };
    if (!(p.c = pdf_canvas_new(e)))
        return false;
    bool ok = prepare(&p, e);
    for (size_t i = 0; ok && i < book->npages; i++)
        p.tree.page_objects[i] = pdf_page_new(p.c);
    for (size_t i = 0; ok && i < book->npages; i++)
        paint_page(&p, i);
    if (ok) {
        if (book->tagged)
            tree_write(&p.tree, p.c);
        nav_write(book, p.tree.page_objects, p.em.arena, p.c);
        info_write(book, p.c);
        ok = p.out.failed ? ofp_fail_nomem(e) : pdf_canvas_save(p.c, out, e);
    }
    ofp_buf_free(&p.out);
    pdf_canvas_free(p.c);
    return ok;
}
