/* claims.c - prints what train.py learns from: a line of JSON for each page, with what it says of its
 * authors and its date and the signs for and against each value.
 *
 *     claims [-u URL] FILE [[-u URL] FILE]...
 *     claims -t [-u URL] FILE...             of texts, the lines that may be the title
 *
 * A tool for developers: it stops at the first error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../claims.h"
#include "../text.h"
#include "../titles.h"
#include "../../cleanup/train/tool.h"
#include "offprint/convert.h"

static void put_value(ofp_arena *a, const claim *c)
{
    printf("[");
    for (size_t i = 0; i < c->n; i++) {
        putchar(i ? ',' : ' ');
        put_string(c->names[i]);
    }
    if (!c->n)
        put_string(ofp_date_iso(a, &c->date));
    printf("]");
}

static void put_claims(ofp_arena *a, const field *f, const claims *all)
{
    printf(",\"%s\":[", f->name);
    for (size_t i = 0; i < all->n; i++) {
        const claim *c = &all->at[i];
        printf("%s[", i ? "," : "");
        put_value(a, c);
        for (size_t k = 0; k < f->n; k++)
            if (c->signs >> k & 1)
                printf(",\"%s\"", f->signs[k]);
        printf("]");
    }
    printf("]");
}

static void put_titles(job *j)
{
    titles t = { 0 };
    candidate *all = ofp_arena_zalloc(j->a, MAX_TITLES, sizeof *all);
    take_headings(j, &t);
    choice ruled = ruled_title(j, &t);
    size_t n = all ? gather_titles(j, &t, ruled.title, all) : 0;
    printf(",\"title\":[");
    for (size_t i = 0; i < n; i++) {
        printf("%s[", i ? "," : "");
        put_string(all[i].text);
        for (int k = 0; k < NTITLE_COLUMNS; k++)
            printf(",%d", all[i].x[k]);
        putchar(']');
    }
    putchar(']');
}

static void put_page(const char *path, const char *url)
{
    ofp_err e = { 0 };
    job j = { .a = ofp_arena_new() };
    ofp_options opt = { .url = url, .page = true };
    claims authors = { 0 }, dates = { 0 };
    if (!(j.d = ofp_read("html", read_file(j.a, path), path, NULL, &opt, &e))) {
        fprintf(stderr, "%s: %s\n", path, e.msg);
        exit(1);
    }
    j.names = name_words_new(j.a);
    take_facts(&j);
    read_facts(&j);
    find_language(&j);
    read_url(&j);
    printf("{\"addressed\":%d,\"file\":", url != NULL);
    put_string(ofp_s(path));
    put_titles(&j);
    find_title(&j);
    gather_claims(&j, &authors, &dates);
    put_claims(j.a, &author_field, &authors);
    put_claims(j.a, &date_field, &dates);
    printf("}\n");
    ofp_doc_free(j.d);
    ofp_arena_free(j.a);
}

static void put_lines(const view *v)
{
    int n;
    const text_title *all = text_titles(v, &n);
    for (int i = 0; all && i < n; i++) {
        printf("%s[", i ? "," : "");
        put_string(v->l[all[i].line].s);
        for (int k = 0; k < NLINE_COLUMNS; k++)
            printf(",%d", all[i].x[k]);
        putchar(']');
    }
}

static void put_text(const char *path, const char *url)
{
    ofp_err e = { 0 };
    job j = { .a = ofp_arena_new() };
    ofp_options opt = { .page = true };
    view v;
    if (!(j.d = ofp_read("text", read_file(j.a, path), path, NULL, &opt, &e))) {
        fprintf(stderr, "%s: %s\n", path, e.msg);
        exit(1);
    }
    ofp_meta_offer(j.d, OFP_META_URL, ofp_s(url), OFP_STR("-u"), OFP_SURE_EXACT);
    printf("{\"addressed\":%d,\"file\":", url != NULL);
    put_string(ofp_s(path));
    printf(",\"title\":[");
    if (text_view(&j, &v))
        put_lines(&v);
    puts("]}");
    ofp_doc_free(j.d);
    ofp_arena_free(j.a);
}

int main(int argc, char **argv)
{
    const char *url = NULL;
    bool text = argc > 1 && !strcmp(argv[1], "-t");
    for (int i = 1 + text; i < argc; i++) {
        if (!strcmp(argv[i], "-u") && i + 1 < argc) {
            url = argv[++i];
            continue;
        }
        if (text)
            put_text(argv[i], url);
        else
            put_page(argv[i], url);
        url = NULL;
    }
}
