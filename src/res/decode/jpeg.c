/* jpeg.c - JPEG by libjpeg.  Its errors leave through longjmp, its warnings are passed over: a
 * truncated photograph is still most of a photograph. */
#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
/* after stdio.h, which it needs */
#include <jpeglib.h>
#include "res/decode/decode.h"

/* A progressive file may make the decoder pass over the whole picture once for each two bytes. */
enum { MAX_SCANS = 100 };

typedef struct jpeg_job {
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf leave;
    unsigned char *row;
} jpeg_job;

static void fail(j_common_ptr c)
{
    jpeg_job *j = (jpeg_job *)c->client_data;
    longjmp(j->leave, 1);
}

static void say_nothing(j_common_ptr c, int level)
{
    (void)c;
    (void)level;
}

static void watch(j_common_ptr c)
{
    jpeg_job *j = (jpeg_job *)c->client_data;
    if (c->is_decompressor && j->c.input_scan_number > MAX_SCANS)
        fail(c);
}

/* Adobe's files hold inks inverted: 255 is no ink. */
static void cmyk_to_rgb(unsigned char *row, unsigned width, bool inverted)
{
    const unsigned char *from = row;
    for (unsigned x = 0; x < width; x++, from += 4, row += 3) {
        unsigned key = inverted ? from[3] : 255u - from[3];
        for (int i = 0; i < 3; i++) {
            unsigned ink = inverted ? from[i] : 255u - from[i];
            row[i] = (unsigned char)((ink * key + 127) / 255);
        }
    }
}

static bool read_image(jpeg_job *j, ofp_arena *a, const ofp_image *img, ofp_pixels *out)
{
    if (setjmp(j->leave))
        return false;
    jpeg_create_decompress(&j->c);
    j->progress.progress_monitor = watch;
    j->c.progress = &j->progress;
    jpeg_mem_src(&j->c, (const unsigned char *)img->bytes.p, (unsigned long)img->bytes.n);
    if (jpeg_read_header(&j->c, TRUE) != JPEG_HEADER_OK)
        return false;
    bool gray = j->c.num_components == 1, inks = j->c.num_components == 4;
    j->c.out_color_space = gray ? JCS_GRAYSCALE : inks ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&j->c);
    if (j->c.output_width != img->width || j->c.output_height != img->height)
        return false;
    j->row = malloc((size_t)img->width * 4);
    if (!j->row || !ofp_pixels_new(a, img->width, img->height, gray ? 1 : 3, false, out))
        return false;
    while (j->c.output_scanline < j->c.output_height) {
        unsigned y = j->c.output_scanline;
        if (jpeg_read_scanlines(&j->c, &j->row, 1) != 1)
            return false;
        if (inks)
            cmyk_to_rgb(j->row, img->width, j->c.saw_Adobe_marker);
        ofp_pixels_row(out, y, j->row, gray ? 1 : 3);
    }
    return true;
}

bool ofp_decode_jpeg(ofp_arena *a, const ofp_image *img, ofp_pixels *out, const char **why)
{
    jpeg_job *j = calloc(1, sizeof *j);
    *why = "malformed JPEG";
    if (!j)
        return false;
    j->c.err = jpeg_std_error(&j->errors);
    j->c.client_data = j;
    j->errors.error_exit = fail;
    j->errors.emit_message = say_nothing;
    bool ok = read_image(j, a, img, out);
    jpeg_destroy_decompress(&j->c);
    free(j->row);
    free(j);
    return ok;
}
