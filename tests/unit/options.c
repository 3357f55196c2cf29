/* The command line: what each way of writing an option sets, and what is refused with which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include "cli/options.c"

/* What was set, in one line. */
static void print(const job *j, ofp_buf *out)
{
    static const char *const wraps[] = { "none", "auto", "preserve" };
    if (j->from)
        ofp_buf_printf(out, "from=%s ", j->from);
    if (j->to)
        ofp_buf_printf(out, "to=%s ", j->to);
    if (j->out)
        ofp_buf_printf(out, "out=%s ", j->out);
    if (j->cleanup)
        ofp_buf_printf(out, "cleanup=%s ", j->cleanup);
    for (size_t i = 0; i < j->filters.n; i++)
        ofp_buf_printf(out, "F=%s ", j->filters.at[i]);
    for (size_t i = 0; i < j->meta.n; i++)
        ofp_buf_printf(out, "M=%s ", j->meta.at[i]);
    for (size_t i = 0; i < j->resource_path.n; i++)
        ofp_buf_printf(out, "R=%s ", j->resource_path.at[i]);
    ofp_buf_printf(out, "%s%s%s%s", j->opt.standalone ? "s " : "", j->opt.toc ? "toc " : "",
                   j->opt.no_hyphenate ? "nohyphen " : "", j->fail_fast ? "fast " : "");
    ofp_buf_printf(out, "%s%s", j->rep.quiet ? "q " : "", j->verbose ? "v " : "");
    if (j->opt.wrap)
        ofp_buf_printf(out, "wrap=%s ", wraps[j->opt.wrap]);
    if (j->opt.shift_headings)
        ofp_buf_printf(out, "shift=%d ", j->opt.shift_headings);
    if (j->max_input)
        ofp_buf_printf(out, "max=%zu ", j->max_input);
    if (j->opt.margin[0] > 0)
        ofp_buf_printf(out, "margin=%d,%d,%d,%d ", (int)j->opt.margin[0], (int)j->opt.margin[1], (int)j->opt.margin[2],
                       (int)j->opt.margin[3]);
    if (j->action)
        ofp_buf_printf(out, "action=%s ", j->action);
    for (size_t i = 0; i < j->inputs.n; i++)
        ofp_buf_printf(out, "<%s%s%s> ", j->inputs.at[i], j->urls.at[i] ? "@" : "", j->urls.at[i] ? j->urls.at[i] : "");
    if (j->pending_url)
        ofp_buf_printf(out, "u=%s ", j->pending_url);
}

/* Splits a line at blanks in place. */
static int split(char *words, char **argv)
{
    int n = 0;
    for (char *p = strtok(words, " "); p; p = strtok(NULL, " "))
        argv[n++] = p;
    return n;
}

static void check(const char *text, const char *want)
{
    char words[256], *argv[32];
    job j = { .a = ofp_arena_new() };
    ofp_err e = { 0 };
    ofp_buf out = { 0 };
    int argc;
    snprintf(words, sizeof words, "%s", text);
    argc = split(words, argv);
    if (parse_options(&j, argc, argv, &e))
        print(&j, &out);
    else
        ofp_buf_printf(&out, "%s", e.code == OFP_EUSAGE ? e.msg : "wrong code");
    ofp_buf_putc(&out, 0);
    if (strcmp(out.p, want))
        fail_msg("%s\n  gave '%s'\n  not  '%s'", text, out.p, want);
    ofp_buf_free(&out);
    ofp_arena_free(j.a);
}

static void taken(void **state)
{
    static const struct { const char *line, *want; } cases[] = {
        { "", "" },
        { "a.html b.html", "<a.html> <b.html> " },
        { "-f html -t epub -o x.epub a", "from=html to=epub out=x.epub <a> " },
        { "-fhtml -tepub -ox.epub -", "from=html to=epub out=x.epub <-> " },
        { "--from=html --to epub", "from=html to=epub " },
        { "-svo out a", "out=out s v <a> " },
        { "-- -s --toc", "<-s> <--toc> " },
        { "--toc --no-toc", "" },
        { "--no-hyphenate", "nohyphen " },
        { "--no-hyphenate --hyphenate", "" },
        { "--fail-fast", "fast " }, { "--no-keep-going", "fast " }, { "--fail-fast --keep-going", "" },
        { "--cleanup", "cleanup=balanced " }, { "--cleanup=off", "cleanup=off " }, { "--no-cleanup", "cleanup=off " },
        { "--cleanup a", "cleanup=balanced <a> " },
        { "-F a -F b:c=d", "F=a F=b:c=d " },
        { "-M a=b --title=T --author A", "M=a=b M=title=T M=author=A " },
        { "--resource-path a:b --resource-path c", "R=a R=b R=c " },
        { "--wrap=none", "" }, { "--wrap=auto", "wrap=auto " }, { "--wrap preserve", "wrap=preserve " },
        { "--shift-heading-level-by=-1", "shift=-1 " }, { "--shift-heading-level-by -1", "shift=-1 " },
        { "--max-input 500", "max=500 " }, { "--max-input=2K", "max=2048 " }, { "--max-input=3M", "max=3145728 " },
        { "--margin=1in", "margin=72,72,72,72 " }, { "--margin=10,20pt,1in,25.4mm", "margin=10,20,72,72 " },
        { "-u http://x/ a b", "<a@http://x/> <b> " }, { "a -u http://x/ b", "<a> <b@http://x/> " },
        { "a -u http://x/", "<a@http://x/> " }, { "-u http://x/", "u=http://x/ " },
        { "--version", "action=version " }, { "-h", "action=help " },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(cases[i].line, cases[i].want);
}

static void refused(void **state)
{
    static const struct { const char *line, *want; } cases[] = {
        { "--frobnicate", "no option --frobnicate; offprint --help lists all" },
        { "--standal", "no option --standal: did you mean --standalone?" },
        { "--list", "no option --list; offprint --help lists all" },
        { "--pdf-engine=x", "no option --pdf-engine: offprint typesets PDF itself; leave the option out" },
        { "--paper-size a4", "no option --paper-size: use --page-size" },
        { "-z", "no option -z; offprint --help lists all" }, { "-sz", "no option -z; offprint --help lists all" },
        { "-f", "--from needs an argument: FORMAT" }, { "--to", "--to needs an argument: FORMAT" },
        { "-so", "--output needs an argument: FILE" },
        { "--toc=yes", "--toc takes no argument" }, { "--no-from", "no option --no-from; offprint --help lists all" },
        { "--wrap=maybe", "--wrap: expected one of none auto preserve, found 'maybe'" },
        { "--toc-depth=7", "--toc-depth: expected a whole number from 1 to 6, found '7'" },
        { "--columns=x", "--columns: expected a whole number from 10 to 1000, found 'x'" },
        { "--max-input=x", "--max-input: expected a size such as 500K, 20M or 1G, found 'x'" },
        { "--margin=1,2", "--margin: expected one length or four: 20mm, 1in, 48pt, found '1,2'" },
        { "--margin=1,2,3,4,5", "--margin: expected one length or four: 20mm, 1in, 48pt, found '1,2,3,4,5'" },
        { "--font-size=big", "--font-size: expected a length such as 11pt, found 'big'" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(cases[i].line, cases[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(taken), cmocka_unit_test(refused) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
