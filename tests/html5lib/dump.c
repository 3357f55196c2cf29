/* dump.c - what the HTML reader makes of pages, for run.py: how it parses them, how it decodes them.
 *
 * dump tree|encoding <PAGES: standard input is any number of pages, each after a line with its length in bytes;
 * standard output has an answer for each in the same form. */
#include "base/enc_parts.h"
#include "read/html/dom.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    return ofp_str_cmp(((const struct attr *)a)->name, ((const struct attr *)b)->name);
}

static void put_line(ofp_buf *out, int depth, const char *open, ofp_str s, const char *close)
{
    ofp_buf_puts(out, "| ");
    ofp_buf_fill(out, ' ', 2 * (size_t)depth);
    ofp_buf_printf(out, "%s%.*s%s\n", open, (int)s.n, s.p, close);
}

static void put_attrs(ofp_buf *out, int depth, const dom *n)
{
    struct attr *sorted = n->nattrs ? malloc(n->nattrs * sizeof *sorted) : NULL;
    if (!sorted)
        return;
    memcpy(sorted, n->attrs, n->nattrs * sizeof *sorted);
    qsort(sorted, n->nattrs, sizeof *sorted, by_name);
    for (size_t i = 0; i < n->nattrs; i++) {
        ofp_str name = sorted[i].name, value = sorted[i].value;
        put_line(out, depth, "", name, "=\"");
        out->n--;
        ofp_buf_add(out, value);
        ofp_buf_puts(out, "\"\n");
    }
    free(sorted);
}

/* In the form of html5lib's tests. */
static void put_tree(ofp_buf *out, const dom *root)
{
    int depth = 0;
    for (const dom *n = root->first; n; n = dom_after(n, root)) {
        depth = 0;
        for (const dom *p = n->parent; p != root; p = p->parent)
            depth++;
        if (n->tag == T_TEXT) {
            put_line(out, depth, "\"", n->text, "\"");
            continue;
        }
        put_line(out, depth, "<", n->name, ">");
        put_attrs(out, depth + 1, n);
    }
}

static void answer_tree(ofp_arena *a, ofp_str page, ofp_buf *out)
{
    dom_limits limits;
    ofp_err e = { 0 };
    dom *root = dom_parse(a, page, false, &limits, &e);
    if (root)
        put_tree(out, root);
    if (!root || limits.tags || limits.attrs || limits.formatting)
        ofp_buf_printf(out, "guarded %zu %zu %d %s\n", limits.tags, limits.attrs, limits.formatting, e.msg);
}

/* What a page declares, what it is decoded as, and why. */
static void answer_encoding(ofp_arena *a, ofp_str page, ofp_buf *out)
{
    static const char *const names[] = {
#define ENC(id, name, kind, iconv) name,
#include "base/enc_names.def"
#undef ENC
        "windows-1252"          /* in place of none */
    };
    ofp_str text;
    ofp_enc_found found = { "none", "failed", 0 };
    ofp_err e = { 0 };
    ofp_decode(a, page, NULL, true, &text, &found, &e);
    ofp_buf_printf(out, "%s %s %s", names[ofp_enc_prescan(page)], found.name, found.how);
}

int main(int argc, char **argv)
{
    bool tree = argc > 1 && !strcmp(argv[1], "tree");
    for (size_t n; scanf("%zu", &n) == 1 && getchar() == '\n'; ) {
        ofp_arena *a = ofp_arena_new();
        char *p = ofp_arena_zalloc(a, n + 1, 1);
        ofp_buf out = { 0 };
        if (!p || fread(p, 1, n, stdin) != n)
            return 1;
        (tree ? answer_tree : answer_encoding)(a, (ofp_str){ p, n }, &out);
        printf("%zu\n", out.n);
        fwrite(out.p, 1, out.n, stdout);
        ofp_buf_free(&out);
        ofp_arena_free(a);
    }
    return 0;
}
