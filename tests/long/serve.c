/* serve.c - conversions one after another in one process, for the tests of every page: see served.py.
 *
 * Standard input is any number of jobs, each a line "FROM TO FILTERS LENGTH" (FILTERS with commas between, or -)
 * and the document's bytes.  Standard output has for each a line "STATUS LENGTH LENGTH", then the converted
 * bytes, then the diagnostics, a line each. */
#include "offprint/offprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILTERS = 8 };

typedef struct job { char from[32], to[32], filters[128]; size_t n; } job;

static void note(void *said, enum ofp_diag code, ofp_pos at, const char *msg)
{
    (void)at;
    ofp_buf_printf(said, "%s: %s\n", ofp_diag_name(code), msg);
}

/* Cuts list at its commas. */
static void split(char *list, const char **out)
{
    size_t n = 0;
    if (list[0] == '-')
        list[0] = '\0';
    for (char *p = list; *p && n < MAX_FILTERS; ) {
        out[n++] = p;
        while (*p && *p != ',')
            p++;
        if (*p)
            *p++ = '\0';
    }
    out[n] = NULL;
}

static void put(const ofp_buf *b)
{
    if (b->n)
        fwrite(b->p, 1, b->n, stdout);
}

/* As the program does: hints of a page reach no writer but JSON's. */
static bool convert(const job *j, ofp_str in, const char *const *filters, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    ofp_doc *d = ofp_read(j->from, in, "-", filters, opt, e);
    if (d && strncmp(j->to, "json", 4)) {
        ofp_unhint(d);
        ofp_tidy(d);
    }
    bool ok = d && ofp_write(j->to, d, opt, out, e);
    ofp_doc_free(d);
    return ok;
}

static void answer(job *j, ofp_str in)
{
    ofp_buf out = { 0 }, said = { 0 };
    ofp_log log = { .sink = note, .user = &said };
    ofp_options opt = { .log = &log, .target = j->to };
    ofp_err e = { 0 };
    const char *filters[MAX_FILTERS + 1];
    split(j->filters, filters);
    if (!convert(j, in, filters, &opt, &out, &e)) {
        out.n = 0;
        ofp_buf_printf(&said, "%s\n", e.msg);
    }
    printf("%d %zu %zu\n", ofp_code_status(e.code), out.n, said.n);
    put(&out);
    put(&said);
    fflush(stdout);
    ofp_buf_free(&out);
    ofp_buf_free(&said);
}

int main(void)
{
    for (job j; scanf("%31s %31s %127s %zu", j.from, j.to, j.filters, &j.n) == 4 && getchar() == '\n'; ) {
        char *in = malloc(j.n + 1);
        if (!in || fread(in, 1, j.n, stdin) != j.n)
            return 1;
        answer(&j, (ofp_str){ in, j.n });
        free(in);
    }
    return 0;
}
