/* main.c - from argv to exit status. */
#include <stdio.h>
#include <string.h>
#include "base/world.h"
#include "format.h"

static void warn(void *user, enum ofp_diag code, ofp_pos at, const char *msg)
{
    (void)user;
    fprintf(stderr, "offprint: %s:%u:%u: warning: %s [%s]\n", at.input ? at.input : "-", at.line, at.col, msg,
            ofp_diag_name(code));
}

int main(int argc, char **argv)
{
    const char *from = NULL, *to = NULL, *out = "-", *in = "-", *filters[64] = { NULL };
    const ofp_world *w = ofp_world_or_os(NULL);
    ofp_log log = { .sink = warn };
    ofp_options opt = { .log = &log };
    ofp_buf bytes = { 0 }, result = { 0 };
    ofp_err e = { 0 };
    int nfilters = 0;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-f") && i + 1 < argc)
            from = argv[++i];
        else if (!strcmp(argv[i], "-t") && i + 1 < argc)
            to = argv[++i];
        else if (!strcmp(argv[i], "-o") && i + 1 < argc)
            out = argv[++i];
        else if (!strcmp(argv[i], "-F") && i + 1 < argc && nfilters < 63)
            filters[nfilters++] = argv[++i];
        else if (!strcmp(argv[i], "-s"))
            opt.standalone = true;
        else
            in = argv[i];
    }
    if (w->read_file(w->user, in, 0, &bytes, &e)) {
        const ofp_format *f = !from && strcmp(in, "-") ? ofp_format_by_file(in, false) : NULL;
        if (!from)
            from = f ? f->name : ofp_format_sniff(ofp_buf_str(&bytes))->name;
        f = to ? NULL : ofp_format_by_file(out, true);
        to = to ? to : f ? f->name : "html";
        opt.target = to;
        if (ofp_convert(from, to, ofp_buf_str(&bytes), in, filters, &opt, &result, &e))
            w->write_file(w->user, out, ofp_buf_str(&result), &e);
    }
    if (e.code)
        fprintf(stderr, "offprint: %s:%u:%u: %s\n", e.at.input ? e.at.input : "", e.at.line, e.at.col, e.msg);
    ofp_buf_free(&bytes);
    ofp_buf_free(&result);
    return ofp_code_status(e.code);
}
