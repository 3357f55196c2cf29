/* People and titles.  A plugin shows nothing but its descriptor, so its parts are compiled in here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "../../filters/metadata/person.c"
#include "../../filters/metadata/title.c"
#include "../../filters/metadata/words.c"

ofp_str fact_get(const job *j, const char *name) { return (void)j, (void)name, OFP_STR(""); }

static job make_job(void)
{
    job j = { .d = ofp_doc_new("test", NULL), .a = ofp_arena_new() };
    j.names = name_words_new(j.a);
    ofp_meta_offer(j.d, OFP_META_SITE, OFP_STR("The Harbour Post"), OFP_STR("test"), OFP_SURE_STATED);
    return j;
}

static void free_job(job *j)
{
    ofp_doc_free(j->d);
    ofp_arena_free(j->a);
}

static ofp_str joined(job *j, const ofp_str *names, size_t n)
{
    ofp_buf b = { 0 };
    for (size_t i = 0; i < n; i++)
        ofp_buf_printf(&b, "%s%.*s", i ? "; " : "", (int)names[i].n, names[i].p);
    return ofp_buf_take(&b, j->a);
}

typedef struct pair { const char *in, *out; } pair;

static void check(job *j, const pair *p, ofp_str got)
{
    if (!ofp_str_eq(got, ofp_s(p->out)))
        print_error("%s: got \"%.*s\", want \"%s\"\n", p->in, (int)got.n, got.p, p->out);
    assert_true(ofp_str_eq(got, ofp_s(p->out)));
    (void)j;
}

static const pair stated[] = {
    { "Ada Byron", "Ada Byron" }, { "By Ada Byron", "Ada Byron" }, { "Ada Byron and Karl Weiß", "Ada Byron; Karl Weiß" },
    { "Ada Byron, Karl Weiß & Zoé Petit", "Ada Byron; Karl Weiß; Zoé Petit" }, { "Byron, Ada", "Ada Byron" },
    { "Ada Byron, PhD", "Ada Byron" }, { "Ada Byron, Staff Writer", "Ada Byron" }, { "von Karl Weiß", "Karl Weiß" },
    { "ada@example.org (Ada Byron)", "" }, { "Ada Byron <ada@example.org>", "Ada Byron" }, { "Ada Byron | Harbour", "Ada Byron" },
    { "admin", "" }, { "Admin", "" }, { "The Harbour Post", "The Harbour Post" }, { "https://example.org/people/ada", "" }, { "@ada", "" },
    { "unknown", "" }, { "Ada Byron; ada byron", "Ada Byron" }, { "Автор: Анна Петрова", "Анна Петрова" }, { "山田太郎", "山田太郎" },
    { "if (x) { y = z; }", "" }, { "March 20, 2023", "" }, { "20 March", "" }, { "on Friday January 12, 2024", "" }, { "Ann Lee on July 22, 2024", "Ann Lee" },
    { "22. Juli 2024", "" }, { "by", "" }, { "By:", "" }, { "von", "" }, { "April May", "April May" }, { "May 4", "" }, { "Sum 41", "Sum 41" },
};

static const pair lines[] = {
    { "By Ada Byron", "Ada Byron" }, { "By Ada Byron | May 3, 2024", "Ada Byron" }, { "By Ada Byron and Karl Weiß on 3 May 2024", "Ada Byron; Karl Weiß" },
    { "Von Karl Weiß, 3. Mai 2024", "Karl Weiß" }, { "Par Zoé Petit", "Zoé Petit" }, { "By Ada Byron, Senior Reporter", "Ada Byron" },
    { "Written by Ludwig van Beethoven", "Ludwig van Beethoven" }, { "By the river we sat", "" }, { "By 2030 all ferries will be electric", "" },
    { "By Ada", "Ada" }, { "Ada", "" }, { "By Staff", "" }, { "By", "" }, { "by Monday", "" },
};

static const struct { const char *title, *site, *heading, *out, *cut; } titles[] = {
    { "The ferry comes back - The Harbour Post", "The Harbour Post", "", "The ferry comes back", "The Harbour Post" },
    { "The ferry comes back | News | The Harbour Post", "The Harbour Post", "The ferry comes back", "The ferry comes back", "The Harbour Post" },
    { "The Harbour Post: The ferry comes back", "The Harbour Post", "", "The Harbour Post: The ferry comes back", "" },
    { "The Harbour Post | The ferry comes back", "The Harbour Post", "", "The ferry comes back", "The Harbour Post" },
    { "Ferries - what they cost and why nobody pays", "", "", "Ferries - what they cost and why nobody pays", "" },
    { "The ferry comes back – harbourpost.example", "", "", "The ferry comes back", "harbourpost.example" },
    { "Tides", "", "", "Tides", "" },
};

static void test_stated(void **state)
{
    job j = make_job();
    (void)state;
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        ofp_str names[MAX_PEOPLE];
        check(&j, &stated[i], joined(&j, names, people_stated(&j, ofp_s(stated[i].in), names)));
    }
    free_job(&j);
}

static void test_bylines(void **state)
{
    job j = make_job();
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ofp_str names[MAX_PEOPLE];
        check(&j, &lines[i], joined(&j, names, people_in_line(&j, ofp_s(lines[i].in), false, names)));
    }
    free_job(&j);
}

static void test_titles(void **state)
{
    job j = make_job();
    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        ofp_str site, got = title_alone(&j, ofp_s(titles[i].title), ofp_s(titles[i].site), ofp_s(titles[i].heading), &site);
        check(&j, &(pair){ titles[i].title, titles[i].out }, got);
        check(&j, &(pair){ titles[i].title, titles[i].cut }, site);
    }
    free_job(&j);
}

static void test_dates(void **state)
{
    static const struct { const char *text; bool unordered, published, updated; } cases[] = {
        { "3/5/2024", true, false, false },         { "13/5/2024", false, false, false }, { "5/5/2024", false, false, false },
        { "3.5.2024", false, false, false },        { "3/5", false, false, false },       { "2024/3/5", false, false, false },
        { "Published on", false, true, false },     { "Veröffentlicht am", false, true, false },
        { "Last updated:", false, false, true },    { "Zuletzt geändert", false, false, true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_str s = ofp_s(cases[i].text);
        bool right = day_or_month(s) == cases[i].unordered && says_published(s) == cases[i].published && says_updated(s) == cases[i].updated;
        if (!right)
            print_error("%s\n", cases[i].text);
        assert_true(right);
    }
}

static void test_teams(void **state)
{
    static const struct { const char *name; bool team; } cases[] = {
        { "Harbour Staff", true }, { "The Editors", true }, { "Redaktion Hafenblatt", true }, { "Ada Byron", false }, { "", false },
    };
    job j = make_job();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(is_team(&j, ofp_s(cases[i].name)), cases[i].team);
    free_job(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stated), cmocka_unit_test(test_bylines), cmocka_unit_test(test_titles), cmocka_unit_test(test_dates), cmocka_unit_test(test_teams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
