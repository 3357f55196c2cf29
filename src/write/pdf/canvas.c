/* canvas.c - the object layer on libharu 2.3.  What libharu is not asked to do, and why: its text and
 * image calls lack shaping and crash on odd files; its savers lose write errors; its streams hold each
 * byte twice.  So an object here is a HPDF_Dict without entries whose write_fn prints text of ours. */
#include "write/pdf/canvas_parts.h"
#include <hpdf_utils.h>
#include <libdeflate.h>
#include "base/array.h"
#include "write/pdf/put.h"

enum { PAGES_PER_NODE = 64, DEFLATE_LEVEL = 6 };

/* libharu's own record of the failure is enough. */
static void on_error(HPDF_STATUS no, HPDF_STATUS detail, void *user)
{
    (void)no, (void)detail, (void)user;
}

const char *pdf_library(void)
{
    return "libharu " HPDF_VERSION_TEXT;
}

ofp_arena *pdf_canvas_arena(pdf_canvas *c)
{
    return c->arena;
}

pdf_canvas *pdf_canvas_new(ofp_err *e)
{
    ofp_arena *a = ofp_arena_new();
    pdf_canvas *c = ofp_arena_zalloc(a, 1, sizeof *c);
    if (!c) {
        ofp_arena_free(a);
        ofp_fail_nomem(e);
        return NULL;
    }
    c->arena = a;
    c->deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    c->pdf = HPDF_NewEx(on_error, NULL, NULL, 0, NULL);
    if (!c->deflate || !c->pdf) {
        pdf_canvas_free(c);
        ofp_fail_nomem(e);
        return NULL;
    }
    c->pdf->pdf_version = HPDF_VER_17;
    HPDF_Dict_RemoveElement(c->pdf->info, "Producer");
    c->first_own = c->pdf->xref->entries->count;
    return c;
}

void pdf_canvas_free(pdf_canvas *c)
{
    if (!c)
        return;
    if (c->pdf)
        HPDF_Free(c->pdf);
    if (c->deflate)
        libdeflate_free_compressor(c->deflate);
    ofp_buf_free(&c->scratch);
    ofp_buf_free(&c->catalog);
    ofp_buf_free(&c->info);
    ofp_arena_free(c->arena);
}

/* ---- objects ---- */

HPDF_STATUS canvas_write_bytes(HPDF_Stream s, ofp_str b)
{
    return b.n ? HPDF_Stream_Write(s, (const HPDF_BYTE *)b.p, (HPDF_UINT)b.n) : HPDF_OK;
}

static HPDF_STATUS write_object(HPDF_Dict d, HPDF_Stream s)
{
    object *o = d->attr;
    o->to = s;
    HPDF_STATUS st = canvas_write_bytes(s, o->entries);
    if (st != HPDF_OK || !o->stream)
        return st;
    if (o->deflated && (st = HPDF_Stream_WriteStr(s, "/Filter/FlateDecode")) != HPDF_OK)
        return st;
    if ((st = HPDF_Stream_WriteStr(s, "/Length ")) != HPDF_OK)
        return st;
    return HPDF_Stream_WriteUInt(s, (HPDF_UINT)o->data.n);
}

static HPDF_STATUS write_stream(HPDF_Dict d)
{
    object *o = d->attr;
    if (!o->stream)
        return HPDF_OK;
    HPDF_STATUS st = HPDF_Stream_WriteStr(o->to, "\nstream\r\n");
    if (st == HPDF_OK)
        st = canvas_write_bytes(o->to, o->data);
    return st == HPDF_OK ? HPDF_Stream_WriteStr(o->to, "\nendstream") : st;
}

/* libharu's lists grow by a fixed step and copy bytewise, which is quadratic over the objects of a
 * large file: the step follows the size. */
static void widen_xref(HPDF_List entries)
{
    if (entries->count > entries->items_per_block)
        entries->items_per_block = entries->count;
}

unsigned canvas_number_of(HPDF_Dict d)
{
    return d->header.obj_id & 0x00FFFFFF;
}

/* Page tree nodes are numbered in between: the table is by number, with holes. */
static bool remember(pdf_canvas *c, HPDF_Dict d)
{
    size_t at = canvas_number_of(d) - c->first_own;
    while (c->ndict <= at) {
        HPDF_Dict *all = ofp_arena_grow(c->arena, c->dict, c->ndict, &c->dict_cap, sizeof *all);
        if (!all)
            return false;
        c->dict = all;
        c->dict[c->ndict++] = NULL;
    }
    c->dict[at] = d;
    return true;
}

static HPDF_Dict new_dict(pdf_canvas *c)
{
    object *o = ofp_arena_zalloc(c->arena, 1, sizeof *o);
    HPDF_Dict d = o && !c->failed ? HPDF_Dict_New(c->pdf->mmgr) : NULL;
    if (!d) {
        c->failed = true;
        return NULL;
    }
    d->attr = o;
    d->write_fn = write_object;
    d->after_write_fn = write_stream;
    widen_xref(c->pdf->xref->entries);
    /* HPDF_Xref_Add frees what it cannot add. */
    if (HPDF_Xref_Add(c->pdf->xref, d) != HPDF_OK || !remember(c, d)) {
        c->failed = true;
        return NULL;
    }
    return d;
}

unsigned pdf_object_new(pdf_canvas *c)
{
    HPDF_Dict d = new_dict(c);
    return d ? canvas_number_of(d) : 0;
}

/* The page tree is two deep: libharu keeps no more than 32767 kids in one array. */
static bool open_node(pdf_canvas *c)
{
    if (c->node && c->node_pages < PAGES_PER_NODE)
        return true;
    widen_xref(c->pdf->xref->entries);
    c->node = HPDF_Pages_New(c->pdf->mmgr, c->pdf->root_pages, c->pdf->xref);
    c->node_pages = 0;
    return c->node;
}

unsigned pdf_page_new(pdf_canvas *c)
{
    if (c->failed || !open_node(c)) {
        c->failed = true;
        return 0;
    }
    HPDF_Dict page = new_dict(c);
    HPDF_Array kids = HPDF_Dict_GetItem(c->node, "Kids", HPDF_OCLASS_ARRAY);
    if (!page || !kids || HPDF_Dict_Add(page, "Parent", c->node) != HPDF_OK || HPDF_Array_Add(kids, page) != HPDF_OK) {
        c->failed = true;
        return 0;
    }
    page->header.obj_class |= HPDF_OSUBCLASS_PAGE;        /* so that the tree counts it */
    c->node_pages++;
    return canvas_number_of(page);
}

static object *object_at(pdf_canvas *c, unsigned id)
{
    if (c->failed || id < c->first_own || id - c->first_own >= c->ndict || !c->dict[id - c->first_own])
        return NULL;
    return c->dict[id - c->first_own]->attr;
}

void pdf_object_set(pdf_canvas *c, unsigned id, ofp_str entries)
{
    object *o = object_at(c, id);
    if (o)
        o->entries = ofp_arena_dup(c->arena, entries);
}

bool pdf_deflate(pdf_canvas *c, ofp_str data, ofp_buf *out)
{
    size_t bound = libdeflate_zlib_compress_bound(c->deflate, data.n), at = out->n;
    ofp_buf_fill(out, 0, bound);
    if (out->failed)
        return false;
    out->n = at + libdeflate_zlib_compress(c->deflate, data.p, data.n, out->p + at, bound);
    return out->n > at;
}

void pdf_stream_set(pdf_canvas *c, unsigned id, ofp_str entries, ofp_str data, enum pdf_filter filter)
{
    object *o = object_at(c, id);
    if (!o)
        return;
    o->entries = ofp_arena_dup(c->arena, entries);
    o->stream = true;
    o->data = data;
    o->deflated = filter == PDF_DEFLATE;
    if (!o->deflated)
        return;
    c->scratch.n = 0;
    if (pdf_deflate(c, data, &c->scratch))
        o->data = ofp_arena_dup(c->arena, ofp_buf_str(&c->scratch));
    else
        c->failed = true;
}

void pdf_catalog_add(pdf_canvas *c, ofp_str entries)
{
    ofp_buf_add(&c->catalog, entries);
}

void pdf_info_add(pdf_canvas *c, ofp_str entries)
{
    ofp_buf_add(&c->info, entries);
}
