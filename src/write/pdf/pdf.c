/* pdf.c - the PDF writer: fonts, layout, painting. */
#include "format.h"
#include "write/pdf/page.h"

ofp_writer ofp_write_pdf;

bool ofp_write_pdf(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    pdf_book book = { .arena = ofp_arena_new(), .tagged = !opt->no_tags };
    pdf_fonts *fonts = NULL;
    ofp_res *res = NULL;
    bool ok = false;
    if (!book.arena || !(res = ofp_res_new(d, opt))) {
        ofp_fail_nomem(e);
        goto out;
    }
    if (!(fonts = pdf_fonts_new(opt, d, e)))
        goto out;
    type_metrics type = pdf_fonts_metrics(fonts);
    ok = pdf_layout(&book, d, opt, &type, res, e) && pdf_paint(&book, fonts, out, e);
out:
    pdf_fonts_free(fonts);
    ofp_res_free(res);
    ofp_arena_free(book.arena);
    return ok;
}
