/* The operating system's side of the world: whole writes, reading inside a folder, child processes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/world.h"

static char folder[] = "/tmp/offprint-world-XXXXXX";
static char path[PATH_MAX];

static const char *in_folder(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    char target[PATH_MAX];
    if (!mkdtemp(folder))
        return -1;
    mkdir(in_folder("sub"), 0777);
    const ofp_world *w = ofp_world_or_os(NULL);
    ofp_err e = { 0 };
    w->write_file(w->user, in_folder("secret"), OFP_STR("s"), &e);
    w->write_file(w->user, in_folder("sub/file"), OFP_STR("inside"), &e);
    snprintf(target, sizeof target, "%s/secret", folder);
    return symlink(target, in_folder("sub/link")) || symlink("..", in_folder("sub/up")) || e.code;
}

static int drop_folder(void **state)
{
    static const char *const names[] = { "sub/link", "sub/up", "sub/file", "sub", "secret", "out", "new/er/est", "new/er", "new" };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove(in_folder(names[i]));
    return rmdir(folder);
}

static void writes_replace_the_whole(void **state)
{
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    ofp_err e = { 0 };
    ofp_buf b = { 0 };
    assert_true(w->write_file(w->user, in_folder("out"), OFP_STR("longer content"), &e));
    chmod(in_folder("out"), 0640);
    assert_true(w->write_file(w->user, in_folder("out"), OFP_STR("short"), &e));
    assert_true(w->read_file(w->user, in_folder("out"), 0, &b, &e));
    assert_true(ofp_str_eq(ofp_buf_str(&b), OFP_STR("short")));
    struct stat st;
    assert_int_equal(stat(in_folder("out"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    ofp_buf_free(&b);
}

static void folders_are_made_with_those_above(void **state)
{
    static const struct { const char *name; bool ok; } cases[] = {
        { "new/er", true }, { "new/er", true }, { "new/er/est/", true }, { "secret", false }, { "secret/below", false },
    };
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_err e = { 0 };
        struct stat st;
        bool ok = w->make_folder(w->user, in_folder(cases[i].name), &e);
        if (ok != cases[i].ok || (ok ? stat(path, &st) || !S_ISDIR(st.st_mode) : e.code != OFP_EIO))
            fail_msg("%s: %s", cases[i].name, e.msg);
    }
}

static void failures_are_io_errors(void **state)
{
    static const char *const names[] = { "missing/out", "sub", "" };
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ofp_err e = { 0 };
        assert_false(w->write_file(w->user, in_folder(names[i]), OFP_STR("x"), &e));
        assert_int_equal(e.code, OFP_EIO);
    }
    ofp_err e = { 0 };
    ofp_buf b = { 0 };
    assert_false(w->write_file(w->user, "/dev/full", OFP_STR("x"), &e));
    assert_int_equal(e.code, OFP_EIO);
    e = (ofp_err){ 0 };
    assert_false(w->read_file(w->user, in_folder("sub"), 0, &b, &e));
    assert_int_equal(e.code, OFP_EIO);
    e = (ofp_err){ 0 };
    assert_false(w->read_file(w->user, in_folder("sub/file"), 3, &b, &e));
    assert_int_equal(e.code, OFP_ELIMIT);
    ofp_buf_free(&b);
}

static void nothing_leads_out_of_a_folder(void **state)
{
    static const struct { const char *name; enum ofp_code code; } cases[] = {
        { "file", OFP_OK }, { "./file", OFP_OK }, { "link", OFP_ERES }, { "../secret", OFP_ERES }, { "up/secret", OFP_EIO },
        { "/etc/passwd", OFP_ERES }, { "a/../../secret", OFP_EIO }, { "", OFP_ERES }, { "missing", OFP_EIO },
        { "file/", OFP_EIO }, { ".", OFP_EIO },
    };
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    char sub[PATH_MAX];
    snprintf(sub, sizeof sub, "%s/sub", folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_err e = { 0 };
        ofp_buf b = { 0 };
        bool ok = w->read_beneath(w->user, sub, cases[i].name, 0, &b, &e);
        if (ok != (cases[i].code == OFP_OK) || e.code != cases[i].code)
            fail_msg("'%s': %d %s", cases[i].name, e.code, e.msg);
        ofp_buf_free(&b);
    }
}

static void children_talk_and_are_timed(void **state)
{
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    static const char *const extra[] = { "GREETING=hello", NULL };
    static const struct { const char *script; int timeout, status; const char *out, *errs; bool ok; } cases[] = {
        { "cat; echo $GREETING; echo oops >&2; exit 3", 10, 3, "inhello\n", "oops\n", true },
        { "kill -9 $$", 10, 137, "", "", true },
        { "exec <&-; echo early", 10, 0, "early\n", "", true },
        { "sleep 30", 1, 137, "", "", false },
        { "cat; exec >&- 2>&-; sleep 30", 1, 137, "in", "", false },        /* lives on without outputs */
        { "exec >&- 2>&-; sleep .2; exit 4", 10, 4, "", "", true },
        { "yes", 10, 137, NULL, "", false },                                /* never says all */
        { "yes >&2 & sleep .2; kill $!; echo end", 10, 0, "end\n", NULL, true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *argv[] = { "sh", "-c", cases[i].script, NULL };
        ofp_buf out = { 0 }, errs = { 0 };
        ofp_err e = { 0 };
        int status = -1;
        bool ok = w->run(w->user, argv, extra, OFP_STR("in"), cases[i].timeout, 1 << 20, &out, &errs, &status, &e);
        if (ok != cases[i].ok || status != cases[i].status || out.n > 2 << 20 || errs.n > 2 << 20 ||
            (cases[i].out && !ofp_str_eq(ofp_buf_str(&out), ofp_s(cases[i].out))) ||
            (cases[i].errs && !ofp_str_eq(ofp_buf_str(&errs), ofp_s(cases[i].errs))))
            fail_msg("case %zu: ok %d status %d out '%.*s'", i, ok, status, (int)out.n, out.n ? out.p : "");
        ofp_buf_free(&out);
        ofp_buf_free(&errs);
    }
}

/* A process that has ended may wait for a parent to ask after it. */
static bool runs(pid_t pid)
{
    char stat[100] = "", name[40];
    snprintf(name, sizeof name, "/proc/%d/stat", (int)pid);
    FILE *f = fopen(name, "r");
    bool found = f && fgets(stat, sizeof stat, f);
    if (f)
        fclose(f);
    return found && !strstr(stat, ") Z");
}

/* What a child has started ends with it. */
static void whole_families_end(void **state)
{
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    const char *argv[] = { "sh", "-c", "sleep 60 & echo $!; wait", NULL };
    ofp_buf out = { 0 }, errs = { 0 };
    ofp_err e = { 0 };
    long pid = 0;
    int status, tries = 50;
    assert_false(w->run(w->user, argv, NULL, OFP_STR(""), 1, 0, &out, &errs, &status, &e));
    assert_true(ofp_str_int(ofp_str_trim(ofp_buf_str(&out)), 2, LONG_MAX, &pid));
    while (runs((pid_t)pid) && tries-- > 0)
        poll(NULL, 0, 20);
    assert_true(tries > 0);
    ofp_buf_free(&out);
    ofp_buf_free(&errs);
}

static void large_talk_does_not_block(void **state)
{
    (void)state;
    const ofp_world *w = ofp_world_or_os(NULL);
    const char *argv[] = { "cat", NULL };
    ofp_buf in = { 0 }, out = { 0 }, errs = { 0 };
    ofp_err e = { 0 };
    int status;
    ofp_buf_fill(&in, 'x', 3000000);
    assert_true(w->run(w->user, argv, NULL, ofp_buf_str(&in), 30, 0, &out, &errs, &status, &e));
    assert_int_equal(out.n, in.n);
    ofp_buf_free(&in);
    ofp_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_replace_the_whole), cmocka_unit_test(folders_are_made_with_those_above),
        cmocka_unit_test(failures_are_io_errors),
        cmocka_unit_test(nothing_leads_out_of_a_folder), cmocka_unit_test(children_talk_and_are_timed),
        cmocka_unit_test(whole_families_end), cmocka_unit_test(large_talk_does_not_block),
    };
    return cmocka_run_group_tests_name("world", tests, make_folder, drop_folder);
}
