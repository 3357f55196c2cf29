/* blocks.c - prints what train.py learns from: a line of JSON for each page, with the texts of its
 * blocks which of them stand in boxes of one kind, and
 * what the boxes are called; their features go to FOLDER/ID.fx as 16-bit integers.
 *
 *     blocks [-t] FOLDER FILE...
 *
 * With -t the files are texts, and the features those of lines.c.
 *
 * Pages are read and given their metadata as in every conversion, so that the model sees in training
 * what it will see later.  A tool for developers: it writes where it is told and stops at the first error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../cleanup.h"
#include "offprint/convert.h"
#include "tool.h"

static void write_features(const char *folder, const char *id, const page *p, bool text)
{
    char path[1024];
    const int16_t *x = text ? line_features(p) : features(p);
    size_t size = sizeof *x * (text ? LINE_FEATURES : NFEATURES);
    snprintf(path, sizeof path, "%s/%s.fx", folder, id);
    FILE *f = fopen(path, "wb");
    if (!f || !x || fwrite(x, size, (size_t)p->nb, f) != (size_t)p->nb || fclose(f)) {
        perror(path);
        exit(1);
    }
}

/* An element's parent, and the words of its names. */
static void put_names(const element *e, bool comma)
{
    uint32_t hash[MOST_TOKENS];
    size_t n = name_tokens(e, hash, MOST_TOKENS);
    printf(comma ? ",[%d" : "[%d", e->parent);
    for (size_t i = 0; i < n; i++)
        printf(",%u", (unsigned)hash[i]);
    putchar(']');
}

static void put_page(const char *folder, const char *id, page *p, bool text)
{
    write_features(folder, id, p, text);
    printf("{\"file\":\"%s/%s\",\"n\":%d,\"m\":%d,\"blocks\":[", folder, id, p->nb, text ? LINE_FEATURES : NFEATURES);
    for (int i = 0; i < p->nb; i++) {
        const ofp_node *n = p->b[i].node;
        if (i)
            putchar(',');
        put_string(ofp_node_type(n) == OFP_CODEBLOCK ? ofp_text(n) : ofp_plain_text(p->a, n));
    }
    printf("],\"paths\":[");
    for (int i = 0; i < p->nb; i++)
        printf(i ? ",%d" : "%d", p->b[i].group[GROUP_PATH]);
    printf("],\"elems\":[");
    for (int i = 0; i < p->nb; i++)
        printf(i ? ",%d" : "%d", p->b[i].elem);
    printf("],\"names\":[");
    for (int i = 0; i < p->ne; i++)
        put_names(&p->e[i], i > 0);
    puts("]}");
}

int main(int argc, char **argv)
{
    static const char *const filters[] = { "metadata", NULL };
    const ofp_options opt = { .page = true };
    bool text = argc > 1 && !strcmp(argv[1], "-t");
    const char *folder = argv[1 + text];
    for (int i = 2 + text; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/'), *id = slash ? slash + 1 : argv[i];
        ofp_arena *a = ofp_arena_new();
        ofp_err e = { 0 };
        ofp_doc *d = ofp_read(text ? "text" : "html", read_file(a, argv[i]), argv[i], filters, &opt, &e);
        page *p = d ? page_new(d, a) : NULL;
        if (p && text)
            find_kinds(p);
        if (p)
            put_page(folder, id, p, text);
        else
            fprintf(stderr, "%s: %s\n", argv[i], e.msg);
        ofp_doc_free(d);
        ofp_arena_free(a);
    }
    return 0;
}
