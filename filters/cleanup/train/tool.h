/* tool.h - what the programs that print training data share.  They stop at the first error. */
#ifndef OFP_TRAIN_TOOL_H
#define OFP_TRAIN_TOOL_H
#include <stdio.h>
#include <stdlib.h>
#include "offprint/base.h"

/* A JSON string on standard output, control characters as blanks. */
static inline void put_string(ofp_str s)
{
    putchar('"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            putchar('\\');
        putchar(c < 0x20 || c == 0x7f ? ' ' : c);
    }
    putchar('"');
}

static inline ofp_str read_file(ofp_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    ofp_buf b = { 0 };
    char part[65536];
    size_t n;
    if (!f) {
        perror(path);
        exit(1);
    }
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        ofp_buf_add(&b, (ofp_str){ part, n });
    fclose(f);
    return ofp_buf_take(&b, a);
}
#endif
