/* put.h - PDF syntax into buffers: numbers, strings, names, references (ISO 32000-1, 7.3). */
#ifndef OFP_PDF_PUT_H
#define OFP_PDF_PUT_H
#include "offprint/base.h"

/* A decimal integer. */
void pdf_put_int(ofp_buf *b, long v);
/* v / 10^places without trailing zeros: 1250 with 2 places gives "12.5". */
void pdf_put_fixed(ofp_buf *b, long v, int places);
/* Rounded to hundredths, the resolution of all lengths on a page; NaN and infinities give 0. */
void pdf_put_num(ofp_buf *b, double v);
/* v * 10^places rounded to the nearest integer, clamped to what PDF readers take. */
long pdf_round(double v, double scale);
/* A text string (7.9.2.2): ASCII as it is, anything else as UTF-16BE. */
void pdf_put_text(ofp_buf *b, ofp_str utf8);
/* A string of bytes in its literal form. */
void pdf_put_bytes(ofp_buf *b, ofp_str bytes);
/* A name with its slash; bytes that need it are escaped. */
void pdf_put_name(ofp_buf *b, ofp_str name);
void pdf_put_ref(ofp_buf *b, unsigned id);                /* "12 0 R" with a blank before it */
/* UTF-16BE in hexadecimal digits, without brackets. */
void pdf_put_hex16(ofp_buf *b, ofp_str utf8);
void pdf_put_hex(ofp_buf *b, uint32_t v, int digits);
#endif
