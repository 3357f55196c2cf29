/* pages.c - CPU time of pages from bytes to text, all in one process.
 *
 * pages ROUNDS FILE...: converts every file as the program does by default, ROUNDS times over, and prints the median
 * file's milliseconds (user and system), with the part of each step.  A file's time is the least of its rounds, since
 * other programs on the machine can only add to it; in the first round memory and caches are new to all. */
#include "filter/host.h"
#include "offprint/offprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { READ, FILTER, WRITE, ALL, FIRST, STEPS };
static const char *const labels[STEPS] = { "reader", "metadata and cleanup", "writer", "all", "all, first round" };
static const char *const filters[] = { "metadata", "cleanup" };

typedef struct page { ofp_buf bytes; double ms[STEPS]; } page;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long faults(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_minflt;
}

static bool load(const char *path, ofp_buf *to)
{
    FILE *f = fopen(path, "rb");
    char part[65536];
    size_t n;
    while (f && (n = fread(part, 1, sizeof part, f)) > 0)
        ofp_buf_add(to, (ofp_str){ part, n });
    return f && !fclose(f) && to->n && !to->failed;
}

/* at[i] is when step i began, at[ALL] the end. */
static bool convert(ofp_str in, double at[STEPS], ofp_err *e)
{
    ofp_options opt = { .target = "plain" };
    ofp_buf out = { 0 };
    at[READ] = now();
    ofp_doc *d = ofp_read("html", in, "-", NULL, &opt, e);
    bool ok = d != NULL;
    at[FILTER] = now();
    for (size_t i = 0; ok && i < sizeof filters / sizeof *filters; i++)
        ok = ofp_filter_run(d, filters[i], &opt, e);
    at[WRITE] = now();
    if (ok) {
        ofp_unhint(d);
        ofp_tidy(d);
        ok = ofp_write("plain", d, &opt, &out, e);
    }
    ofp_doc_free(d);
    ofp_buf_free(&out);
    at[ALL] = now();
    return ok;
}

static void keep_least(page *p, bool first, const double at[STEPS])
{
    if (first)
        p->ms[FIRST] = at[ALL] - at[READ];
    else if (at[ALL] - at[READ] >= p->ms[ALL])
        return;
    for (int i = 0; i < ALL; i++)
        p->ms[i] = at[i + 1] - at[i];
    p->ms[ALL] = at[ALL] - at[READ];
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value that a share of the pages stays below. */
static double quantile(const page *pages, size_t n, int step, double share)
{
    double *v = malloc(n * sizeof *v), found;
    if (!v)
        return 0;
    for (size_t i = 0; i < n; i++)
        v[i] = pages[i].ms[step];
    qsort(v, n, sizeof *v, by_value);
    found = v[(size_t)(share * (double)(n - 1))];
    free(v);
    return found;
}

int main(int argc, char **argv)
{
    size_t n = argc > 2 ? (size_t)argc - 2 : 0, rounds = argc > 2 ? (size_t)atol(argv[1]) : 0;
    page *pages = calloc(n ? n : 1, sizeof *pages);
    double at[STEPS];
    long before = 0;
    if (!pages || !rounds)
        return 2;
    for (size_t i = 0; i < n; i++)
        if (!load(argv[i + 2], &pages[i].bytes))
            return 2;
    for (size_t r = 0; r < rounds; r++) {
        before = faults();
        for (size_t i = 0; i < n; i++) {
            ofp_err e = { 0 };
            if (!convert(ofp_buf_str(&pages[i].bytes), at, &e)) {
                fprintf(stderr, "%s: %s\n", argv[i + 2], e.msg);
                return 1;
            }
            keep_least(&pages[i], r == 0, at);
        }
    }
    for (int i = 0; i < STEPS; i++)
        printf("  %-22s %6.2f ms median, %6.2f ms at nine tenths\n", labels[i], quantile(pages, n, i, .5), quantile(pages, n, i, .9));
    printf("  page faults            %6.0f a page, in the last round\n", (double)(faults() - before) / (double)n);
    for (size_t i = 0; i < n; i++)
        ofp_buf_free(&pages[i].bytes);
    free(pages);
    return 0;
}
