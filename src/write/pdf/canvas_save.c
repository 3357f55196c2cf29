/* canvas_save.c - the file: object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8). */
#include "write/pdf/canvas_parts.h"
#include <string.h>
#include "base/array.h"
#include "write/pdf/put.h"

enum { OBJECTS_PER_STREAM = 200, ID_BYTES = 16 };

/* Where an object is: at an offset, or as the n-th in an object stream. */
typedef struct place { uint64_t at; unsigned index; bool packed; } place;

typedef struct saver {
    pdf_canvas *c;
    ofp_buf *out, head, body, z;
    size_t start;                        /* of the file in out */
    place *places; size_t nplaces, places_cap;
    unsigned *waiting, nwaiting;         /* objects of the stream being filled */
    ofp_buf *sink;
} saver;

static HPDF_STATUS sink_write(HPDF_Stream s, const HPDF_BYTE *p, HPDF_UINT n)
{
    ofp_buf *b = ((saver *)s->attr)->sink;
    ofp_buf_add(b, (ofp_str){ (const char *)p, n });
    return b->failed ? HPDF_FILE_IO_ERROR : HPDF_OK;
}

static bool set_place(saver *s, unsigned id, place p)
{
    while (s->nplaces <= id) {
        place *all = ofp_arena_grow(s->c->arena, s->places, s->nplaces, &s->places_cap, sizeof *all);
        if (!all)
            return false;
        s->places = all;
        s->places[s->nplaces++] = (place){ 0 };
    }
    s->places[id] = p;
    return true;
}

static void open_object(saver *s, unsigned id)
{
    pdf_put_int(s->out, (long)id);
    ofp_buf_puts(s->out, " 0 obj\n");
}

/* A stream object straight into the file; used for the streams that only saving knows of. */
static void put_stream(saver *s, unsigned id, ofp_buf *entries, ofp_str data)
{
    open_object(s, id);
    ofp_buf_puts(s->out, "<<");
    ofp_buf_add(s->out, ofp_buf_str(entries));
    ofp_buf_puts(s->out, "/Filter/FlateDecode/Length ");
    pdf_put_int(s->out, (long)data.n);
    ofp_buf_puts(s->out, ">>\nstream\r\n");
    ofp_buf_add(s->out, data);
    ofp_buf_puts(s->out, "\nendstream\nendobj\n");
}

static bool flush_packed(saver *s)
{
    if (!s->nwaiting)
        return true;
    unsigned id = (unsigned)s->nplaces;
    ofp_buf entries = { 0 };
    for (unsigned i = 0; i < s->nwaiting; i++)
        s->places[s->waiting[i]] = (place){ id, i, true };
    bool ok = set_place(s, id, (place){ s->out->n - s->start, 0, false });
    ofp_buf_puts(&entries, "/Type/ObjStm/N ");
    pdf_put_int(&entries, (long)s->nwaiting);
    ofp_buf_puts(&entries, "/First ");
    pdf_put_int(&entries, (long)s->head.n);
    ofp_buf_add(&s->head, ofp_buf_str(&s->body));
    s->z.n = 0;
    ok = ok && !s->head.failed && pdf_deflate(s->c, ofp_buf_str(&s->head), &s->z);
    if (ok)
        put_stream(s, id, &entries, ofp_buf_str(&s->z));
    s->head.n = s->body.n = 0;
    s->nwaiting = 0;
    ok = ok && !entries.failed;
    ofp_buf_free(&entries);
    return ok;
}

static bool is_stream(const pdf_canvas *c, unsigned id)
{
    if (id < c->first_own || id - c->first_own >= c->ndict || !c->dict[id - c->first_own])
        return false;
    return ((object *)c->dict[id - c->first_own]->attr)->stream;
}

/* Streams go into the file at once; other objects wait, to be deflated together.  The table of places
 * has been made long enough for all before the first object stream takes its number after them. */
static bool save_object(saver *s, HPDF_Stream stream, unsigned id)
{
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(s->c->pdf->xref, id);
    if (!entry)
        return false;
    if (is_stream(s->c, id)) {
        s->places[id] = (place){ s->out->n - s->start, 0, false };
        s->sink = s->out;
        open_object(s, id);
        bool ok = HPDF_Obj_WriteValue(entry->obj, stream, NULL) == HPDF_OK;
        ofp_buf_puts(s->out, "\nendobj\n");
        return ok;
    }
    pdf_put_int(&s->head, (long)id);
    ofp_buf_putc(&s->head, ' ');
    pdf_put_int(&s->head, (long)s->body.n);
    ofp_buf_putc(&s->head, ' ');
    s->sink = &s->body;
    s->waiting[s->nwaiting++] = id;
    return HPDF_Obj_WriteValue(entry->obj, stream, NULL) == HPDF_OK;
}

static bool save_objects(saver *s, HPDF_Stream stream)
{
    unsigned n = s->c->pdf->xref->entries->count;
    if (!set_place(s, n - 1, (place){ 0 }))
        return false;
    for (unsigned id = 1; id < n; id++)
        if (!save_object(s, stream, id) || (s->nwaiting == OBJECTS_PER_STREAM && !flush_packed(s)))
            return false;
    return flush_packed(s);
}

/* Two lanes of 64 bits; it names the content, and nothing depends on its being hard to forge. */
static void content_id(ofp_str b, unsigned char id[ID_BYTES])
{
    uint64_t h[2] = { 0x9AE16A3B2F90404Fu, 0xC3A5C85C97CB3127u };
    for (size_t i = 0; i < b.n; i += 8) {
        uint64_t v = 0;
        memcpy(&v, b.p + i, b.n - i < 8 ? b.n - i : 8);
        h[0] = (h[0] ^ v) * 0x9E3779B97F4A7C15u;
        h[0] ^= h[0] >> 31;
        h[1] = (h[1] + v) * 0xD6E8FEB86659FD93u;
        h[1] ^= h[1] >> 27;
    }
    for (size_t i = 0; i < ID_BYTES; i++)
        id[i] = (unsigned char)(h[i / 8] >> (i % 8 * 8));
}

static void put_id(saver *s, ofp_buf *b)
{
    unsigned char id[ID_BYTES];
    content_id(ofp_str_sub(ofp_buf_str(s->out), s->start, SIZE_MAX), id);
    ofp_buf_puts(b, "/ID[");
    for (int twice = 0; twice < 2; twice++) {
        ofp_buf_putc(b, '<');
        for (size_t i = 0; i < ID_BYTES; i++)
            pdf_put_hex(b, id[i], 2);
        ofp_buf_putc(b, '>');
    }
    ofp_buf_putc(b, ']');
}

enum { XREF_WIDTH = 1 + 5 + 2 };

/* Rows of type, offset or object stream, index; each as its difference from the row above (PNG "up"
 * predictor), which deflates to almost nothing. */
static void put_xref_rows(const saver *s, ofp_buf *b)
{
    unsigned char above[XREF_WIDTH] = { 0 };
    for (size_t i = 0; i < s->nplaces; i++) {
        const place *p = &s->places[i];
        unsigned char row[XREF_WIDTH];
        row[0] = i == 0 ? 0 : p->packed ? 2 : 1;
        for (int k = 0; k < 5; k++)
            row[1 + k] = (unsigned char)(p->at >> (32 - 8 * k));
        unsigned last = i == 0 ? 0xFFFF : p->index;
        row[6] = (unsigned char)(last >> 8);
        row[7] = (unsigned char)last;
        ofp_buf_putc(b, 2);
        for (int k = 0; k < XREF_WIDTH; k++)
            ofp_buf_putc(b, (char)(unsigned char)(row[k] - above[k]));
        memcpy(above, row, sizeof above);
    }
}

static bool save_xref(saver *s)
{
    size_t at = s->out->n - s->start;
    unsigned id = (unsigned)s->nplaces;
    ofp_buf entries = { 0 };
    bool ok = set_place(s, id, (place){ at, 0, false });
    s->body.n = s->z.n = 0;
    put_xref_rows(s, &s->body);
    ofp_buf_puts(&entries, "/Type/XRef/W[1 5 2]/DecodeParms<</Predictor 12/Columns 8>>/Size ");
    pdf_put_int(&entries, (long)s->nplaces);
    ofp_buf_puts(&entries, "/Root");
    pdf_put_ref(&entries, canvas_number_of(s->c->pdf->catalog));
    ofp_buf_puts(&entries, "/Info");
    pdf_put_ref(&entries, canvas_number_of(s->c->pdf->info));
    put_id(s, &entries);
    ok = ok && !s->body.failed && !entries.failed && pdf_deflate(s->c, ofp_buf_str(&s->body), &s->z);
    if (ok)
        put_stream(s, id, &entries, ofp_buf_str(&s->z));
    ofp_buf_puts(s->out, "startxref\n");
    pdf_put_int(s->out, (long)at);
    ofp_buf_puts(s->out, "\n%%EOF\n");
    ofp_buf_free(&entries);
    return ok;
}

/* The catalog and the information dictionary are libharu's; ours follows its entries. */
static HPDF_STATUS write_extra(HPDF_Dict d, HPDF_Stream s)
{
    return canvas_write_bytes(s, ofp_buf_str(d->attr));
}

static bool save_all(saver *s)
{
    HPDF_Doc pdf = s->c->pdf;
    HPDF_Stream stream = HPDF_CallbackWriter_New(pdf->mmgr, sink_write, s);
    s->waiting = ofp_arena_zalloc(s->c->arena, OBJECTS_PER_STREAM, sizeof *s->waiting);
    bool ok = stream && s->waiting;
    pdf->catalog->attr = &s->c->catalog;
    pdf->info->attr = &s->c->info;
    pdf->catalog->write_fn = pdf->info->write_fn = write_extra;
    ofp_buf_puts(s->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    ok = ok && save_objects(s, stream) && save_xref(s);
    if (stream)
        HPDF_Stream_Free(stream);
    return ok;
}

bool pdf_canvas_save(pdf_canvas *c, ofp_buf *out, ofp_err *e)
{
    saver s = { .c = c, .out = out, .start = out->n };
    bool ok = !c->failed && !c->catalog.failed && !c->info.failed && !ofp_arena_failed(c->arena);
    ok = ok && save_all(&s) && !out->failed;
    ofp_buf_free(&s.head);
    ofp_buf_free(&s.body);
    ofp_buf_free(&s.z);
    if (!ok)
        ofp_fail_nomem(e);               /* nothing else can go wrong in memory */
    return ok;
}
