/* host.c - finds plugins, checks that they fit, and runs them. */
#include "filter/host.h"
#include "base/array.h"
#include "base/world.h"
#include "model/book.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Generations that a plugin is probed for, to say which side is older. */
enum { MAX_ABI = 64, MAX_FOLDERS = 64 };

struct ofp_args { const ofp_filter *filter; ofp_str pairs, target; };

/* ---- arguments ------------------------------------------------------------------------- */

/* Takes "key=value" off the front of *rest; a key alone has the value "true". */
static bool take_pair(ofp_str *rest, ofp_str *key, ofp_str *value)
{
    ofp_str piece;
    size_t sign;
    if (!ofp_str_split(rest, ',', &piece))
        return false;
    sign = ofp_str_find(piece, OFP_STR("="), 0);
    *key = ofp_str_sub(piece, 0, sign);
    *value = sign == SIZE_MAX ? OFP_STR("true") : ofp_str_sub(piece, sign + 1, SIZE_MAX);
    return true;
}

static bool find_arg(const ofp_args *args, const char *name, ofp_str *out)
{
    ofp_str rest = args->pairs, key, value;
    bool found = false;
    while (take_pair(&rest, &key, &value))
        if (ofp_str_eq(key, ofp_s(name))) {
            *out = value;
            found = true;
        }
    return found;
}

ofp_str ofp_arg(const ofp_args *args, const char *name)
{
    ofp_str value = { 0 };
    find_arg(args, name, &value);
    return value;
}

bool ofp_arg_given(const ofp_args *args, const char *name)
{
    ofp_str value;
    return find_arg(args, name, &value);
}

ofp_str ofp_arg_target(const ofp_args *args)
{
    return args->target;
}

static bool has_option(const ofp_filter *f, ofp_str key)
{
    for (const ofp_filter_option *o = f->options; o && o->name; o++)
        if (ofp_str_eq(key, ofp_s(o->name)))
            return true;
    return false;
}

static bool refuse_option(const ofp_filter *f, ofp_str key, ofp_err *e)
{
    ofp_buf names = { 0 };
    for (const ofp_filter_option *o = f->options; o && o->name; o++)
        ofp_buf_printf(&names, "%s%s", names.n ? ", " : "", o->name);
    ofp_buf_putc(&names, 0);
    ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "filter '%s' has no option '%.*s'; it has %s", f->name,
             (int)(key.n < 60 ? key.n : 60), key.p, names.n > 1 ? names.p : "none");
    ofp_buf_free(&names);
    return false;
}

static bool check_pairs(const ofp_filter *f, ofp_str pairs, ofp_err *e)
{
    ofp_str key, value;
    while (take_pair(&pairs, &key, &value))
        if (key.n > 0 && !has_option(f, key))
            return refuse_option(f, key, e);
    return true;
}

/* A path may hold colons before its last slash. */
ofp_filter_spec ofp_filter_split(const char *spec)
{
    const char *slash = strrchr(spec, '/'), *colon = strchr(slash ? slash : spec, ':');
    ofp_filter_spec s = { ofp_s(spec), { 0 } };
    if (colon) {
        s.name.n = (size_t)(colon - spec);
        s.pairs = ofp_s(colon + 1);
    }
    return s;
}

/* ---- loading --------------------------------------------------------------------------- */

/* Sets the reason where the plugin was built for another generation of the interface. */
static bool other_generation(void *so, const char *path, ofp_err *e)
{
    char symbol[32];
    for (int n = 0; n <= MAX_ABI; n++) {
        snprintf(symbol, sizeof symbol, "ofp_filter_v%d", n);
        if (n != OFP_FILTER_ABI && dlsym(so, symbol)) {
            ofp_fail(e, OFP_EFILTER, OFP_NOWHERE,
                     "%s: built for plugin interface %d, but this program has %d: %s", path, n, OFP_FILTER_ABI,
                     n < OFP_FILTER_ABI ? "the plugin is older and must be rebuilt" : "the plugin is newer than the program");
            return true;
        }
    }
    return false;
}

/* Fields are only ever appended: run is the last that every plugin of this generation has. */
static bool fits(const ofp_filter *f, const char *path, ofp_err *e)
{
    size_t least = offsetof(ofp_filter, run) + sizeof f->run;
    if (f->abi != OFP_FILTER_ABI)
        return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "%s: states plugin interface %u, but this program has %d: %s", path,
                        f->abi, OFP_FILTER_ABI, f->abi < OFP_FILTER_ABI ? "the plugin is older and must be rebuilt"
                                                                        : "the plugin is newer than the program");
    if (f->size < least)
        return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "%s: its descriptor has %zu bytes, at least %zu are needed: "
                        "the plugin is older and must be rebuilt", path, f->size, least);
    return (f->name && f->run) || ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "%s: descriptor without name or function", path);
}

/* Plugins stay open: documents hold slices of their strings. */
static const ofp_filter *load(const char *path, ofp_err *e)
{
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const ofp_filter *f = so ? dlsym(so, OFP_FILTER_SYMBOL) : NULL;
    if (f)
        return fits(f, path, e) ? f : NULL;
    if (!so)
        ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "cannot load filter: %s", dlerror());
    else if (!other_generation(so, path, e))
        ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "%s: no filter plugin: it lacks %s", path, OFP_FILTER_SYMBOL);
    return NULL;
}

/* ---- finding --------------------------------------------------------------------------- */

/* The folders of plugins, in order. */
typedef struct folders { ofp_arena *a; ofp_str at[MAX_FOLDERS]; size_t n; } folders;

static void add_folder(folders *f, ofp_str folder)
{
    if (folder.n > 0 && f->n < MAX_FOLDERS)
        f->at[f->n++] = folder;
}

static void find_folders(folders *f, ofp_arena *a, const ofp_options *opt)
{
    const ofp_world *w = ofp_world_or_os(opt->world);
    ofp_str rest = ofp_s(w->env(w->user, "OFFPRINT_PLUGIN_PATH")), folder;
    f->a = a;
    f->n = 0;
    for (const char *const *p = opt->plugin_path; p && *p; p++)
        add_folder(f, ofp_s(*p));
    while (ofp_str_split(&rest, ':', &folder))
        add_folder(f, folder);
    add_folder(f, ofp_arena_printf(a, "%s/filters", w->home(w->user)));
}

/* A path with a slash even where the folder is ".", or else dlopen would search the system's folders. */
static const char *plugin_path(ofp_arena *a, ofp_str name, const ofp_options *opt)
{
    const ofp_world *w = ofp_world_or_os(opt->world);
    folders f;
    find_folders(&f, a, opt);
    for (size_t i = 0; i < f.n; i++) {
        ofp_str path = ofp_arena_printf(a, "%.*s/%.*s.so", (int)f.at[i].n, f.at[i].p, (int)name.n, name.p);
        if (path.p && w->exists(w->user, path.p))
            return path.p;
    }
    return NULL;
}

static bool is_path(ofp_str name)
{
    return ofp_str_find(name, OFP_STR("/"), 0) != SIZE_MAX;
}

/* The plugin's file; NULL where name is a program's. */
static const char *locate(ofp_arena *a, ofp_str name, const ofp_options *opt)
{
    if (is_path(name))
        return ofp_str_ends(name, OFP_STR(".so")) ? ofp_arena_dup(a, name).p : NULL;
    return plugin_path(a, name, opt);
}

const ofp_filter *ofp_filter_find(ofp_str name, const ofp_options *opt, ofp_err *e)
{
    ofp_arena *a = ofp_arena_new();
    const char *path = locate(a, name, opt);
    const ofp_filter *f = path ? load(path, e) : NULL;
    if (!path)
        ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "no filter '%.*s'", (int)(name.n < 100 ? name.n : 100), name.p);
    ofp_arena_free(a);
    return f;
}

unsigned ofp_filter_flags(const ofp_filter *f)
{
    return f->size >= offsetof(ofp_filter, flags) + sizeof f->flags ? f->flags : 0;
}

unsigned ofp_filter_spec_flags(const char *spec, const ofp_options *opt)
{
    ofp_err unfit = { 0 };              /* told when it is run */
    const ofp_filter *f = ofp_filter_find(ofp_filter_split(spec).name, opt, &unfit);
    return f ? ofp_filter_flags(f) : 0;
}

/* ---- listing --------------------------------------------------------------------------- */

typedef struct names { ofp_arena *a; ofp_str *at; size_t n, cap; } names;

static void keep_name(void *user, const char *file)
{
    names *l = user;
    if (!ofp_str_ends(ofp_s(file), OFP_STR(".so")))
        return;
    ofp_str *all = ofp_arena_grow(l->a, l->at, l->n, &l->cap, sizeof *all);
    if (!all)
        return;
    l->at = all;
    l->at[l->n++] = ofp_arena_dup(l->a, ofp_s(file));
}

static int by_name(const void *a, const void *b)
{
    return ofp_str_cmp(*(const ofp_str *)a, *(const ofp_str *)b);
}

static bool list_folder(ofp_arena *a, ofp_str folder, const ofp_options *opt, ofp_filter_each *each, void *user)
{
    const ofp_world *w = ofp_world_or_os(opt->world);
    names l = { .a = a };
    bool go_on = true;
    w->list(w->user, ofp_arena_dup(a, folder).p, keep_name, &l);
    if (l.n > 0)
        qsort(l.at, l.n, sizeof *l.at, by_name);
    for (size_t i = 0; i < l.n && go_on; i++) {
        ofp_str path = ofp_arena_printf(a, "%.*s/%.*s", (int)folder.n, folder.p, (int)l.at[i].n, l.at[i].p);
        ofp_err e = { 0 };
        const ofp_filter *f = path.p ? load(path.p, &e) : NULL;
        go_on = path.p && each(user, f, path.p, e.msg);
    }
    return go_on;
}

bool ofp_filters_list(const ofp_options *opt, ofp_filter_each *each, void *user)
{
    ofp_arena *a = ofp_arena_new();
    folders f;
    bool go_on = a != NULL;
    find_folders(&f, a, opt);
    for (size_t i = 0; i < f.n && go_on; i++)
        go_on = list_folder(a, f.at[i], opt, each, user);
    ofp_arena_free(a);
    return go_on;
}

/* ---- running --------------------------------------------------------------------------- */

static bool run_plugin(ofp_doc *d, const char *path, ofp_str pairs, const ofp_options *opt, ofp_err *e)
{
    const ofp_filter *f = load(path, e);
    ofp_args args = { f, pairs, ofp_s(opt->target ? opt->target : "json") };
    if (!f || !check_pairs(f, pairs, e))
        return false;
    if (f->run(d, &args, e))
        return true;
    return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "filter '%s' failed without a reason", f->name);
}

/* "cleanup" for "cleanup", "./build/cleanup.so" and "/opt/bin/cleanup". */
static ofp_str base_name(ofp_str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/') {
            name = ofp_str_sub(name, i, SIZE_MAX);
            break;
        }
    return ofp_str_ends(name, OFP_STR(".so")) ? ofp_str_sub(name, 0, name.n - 3) : name;
}

bool ofp_filter_ran(const ofp_doc *d, ofp_str name)
{
    ofp_str rest = ofp_note(d, OFP_STR("ran")), word;
    while (ofp_str_word(&rest, &word))
        if (ofp_str_eq(word, name))
            return true;
    return false;
}

/* Notes that the filter ran, once; a program of any name is noted, blanks in it aside. */
static void note_ran(ofp_doc *d, ofp_str name)
{
    ofp_str ran = ofp_note(d, OFP_STR("ran"));
    if (ofp_filter_ran(d, name) || ofp_str_find(name, OFP_STR(" "), 0) != SIZE_MAX)
        return;
    ofp_set_note(d, OFP_STR("ran"), ofp_arena_printf(ofp_doc_arena(d), "%.*s%s%.*s", (int)ran.n, ran.p,
                                                     ran.n ? " " : "", (int)name.n, name.p));
}

/* A filter that leaves a malformed document is at fault itself. */
static bool settle(ofp_doc *d, ofp_str name, ofp_err *e)
{
    ofp_err found = { 0 };
    ofp_tidy(d);
    if (!ofp_doc_ok(d, e))
        return false;
    if (!ofp_check(d, &found))
        return ofp_fail(e, OFP_EFILTER, found.at, "filter '%.*s' left a malformed document: %s",
                        (int)(name.n < 60 ? name.n : 60), name.p, found.msg);
    ofp_name_book(d);
    note_ran(d, name);
    return ofp_doc_ok(d, e);
}

static bool run_program(ofp_doc *d, const ofp_filter_spec *s, const ofp_options *opt, ofp_err *e)
{
    const char *program = ofp_arena_dup(ofp_doc_arena(d), s->name).p;
    if (s->pairs.n > 0)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "'%.*s' is no plugin, and programs take no options",
                        (int)(s->name.n < 100 ? s->name.n : 100), s->name.p);
    return program ? ofp_filter_process(d, program, opt, e) : ofp_fail_nomem(e);
}

bool ofp_filter_run(ofp_doc *d, const char *spec, const ofp_options *opt, ofp_err *e)
{
    ofp_filter_spec s = ofp_filter_split(spec);
    const char *path = locate(ofp_doc_arena(d), s.name, opt);
    if (s.name.n == 0)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "a filter needs a name");
    if (path ? !run_plugin(d, path, s.pairs, opt, e) : !run_program(d, &s, opt, e))
        return false;
    return settle(d, base_name(s.name), e);
}
