/* cleanup.c - the article out of the page: an ordered list of passes over a table of blocks. */
#include "cleanup.h"

typedef struct pass { const char *name; void (*run)(page *p); } pass;

/* A page of HTML, with hints about its layout. */
static const pass page_passes[] = {
    { "score",  score_page },
    { "copies", drop_copies },
    { "cut",    choose_cut },
    { "choose", choose_blocks },
    { "boxes",  drop_boxes },
    { "tail",   drop_tail },
    { "labels", drop_labels },
    { "rescue", rescue },
    { "head",   trim_head },
    { "units",  mend_units },
    { "shell",  drop_shell },
    { "select", select_blocks },
    { NULL, NULL },
};

/* Text without mark-up: lines are all there is. */
static const pass text_passes[] = {
    { "score",  score_text },
    { "choose", choose_lines },
    { "rescue", rescue },
    { "units",  mend_units },
    { "head",   trim_head },
    { "select", select_blocks },
    { "files",  drop_files },
    { NULL, NULL },
};

/* Where there is nothing to judge, and nothing but the account is wanted. */
static const pass no_passes[] = { { NULL, NULL } };

static const struct { ofp_str name; enum mode mode; } modes[] = {
    { { "balanced", 8 }, MODE_BALANCED }, { { "precision", 9 }, MODE_PRECISION }, { { "recall", 6 }, MODE_RECALL },
};

static bool take_mode(const ofp_args *args, enum mode *mode, ofp_err *e)
{
    ofp_str want = ofp_arg(args, "mode");
    *mode = MODE_BALANCED;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (!want.n || ofp_str_eq(modes[i].name, want)) {
            *mode = want.n ? modes[i].mode : MODE_BALANCED;
            return true;
        }
    return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "cleanup: unknown mode '%.*s'", (int)want.n, want.p);
}

/* Only what comes from a page or from plain text has a page around it: a document written in a
 * format of documents is left alone. */
static const pass *passes_for(const ofp_doc *d)
{
    ofp_str origin = ofp_note(d, OFP_STR("origin"));
    if (ofp_str_eq(origin, OFP_STR("text")))
        return text_passes;
    return ofp_str_eq(origin, OFP_STR("html-page")) ? page_passes : NULL;
}

/* Texts of fewer blocks than this have no room for a page around an article. */
enum { LEAST_LINES = 3 };

static bool has_blocks(const ofp_doc *d, int least)
{
    const ofp_node *root = ofp_root(d), *n = root;
    while (n && least > 0) {
        bool text = is_text_block(n);
        least -= text;
        n = text ? ofp_after_skip(n, root) : ofp_after(n, root);
    }
    return least <= 0;
}

static bool any_kept(const page *p)
{
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].keep)
            return true;
    return false;
}

static void keep_all(page *p) { keep_range(p, 0, p->nb, true, NULL); }

static void run_passes(page *p, const pass *passes)
{
    if (passes == no_passes)
        keep_all(p);
    for (; passes->run; passes++)
        passes->run(p);
    if (any_kept(p) || !(p->nb || p->shell))
        return;
    if (p->shell) {
        ofp_warn(p->doc, OFP_D_CLEANUP_EMPTY, 0, "cleanup found no article: nothing on the page reads like one");
        return;
    }
    ofp_warn(p->doc, OFP_D_CLEANUP_EMPTY, 0, "cleanup found no article and kept the page");
    keep_all(p);
}

static bool take_selector(const ofp_args *args, const char *name, ofp_str *out, ofp_err *e)
{
    *out = ofp_arg(args, name);
    return is_selector(*out) || ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "cleanup: '%.*s' selects nothing: write names, .CLASS or #ID",
                                         (int)out->n, out->p);
}

/* The table of the page, with what the user asked for. */
static bool clean(ofp_doc *d, const ofp_args *args, const pass *passes, ofp_arena *a, ofp_err *e)
{
    page *p = page_new(d, a);
    if (!p)
        return ofp_fail_nomem(e);
    if (!take_mode(args, &p->mode, e) || !take_selector(args, "keep", &p->keep, e) || !take_selector(args, "drop", &p->drop, e))
        return false;
    run_passes(p, passes);
    if (ofp_arg_given(args, "explain"))
        report_loss(p);
    remove_rest(p);
    return !ofp_arena_failed(a) || ofp_fail_nomem(e);
}

/* Comments and unknown elements of a fragment. */
static void drop_raw(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        next = ofp_after(n, NULL);
        if (ofp_node_type(n) == OFP_RAWBLOCK || ofp_node_type(n) == OFP_RAWINLINE)
            ofp_unlink(n);
    }
    ofp_drop_empty(d);
}

static bool run(ofp_doc *d, const ofp_args *args, ofp_err *e)
{
    const pass *passes = passes_for(d);
    enum mode mode;
    bool ok = take_mode(args, &mode, e);
    if (passes == text_passes && !has_blocks(d, LEAST_LINES))
        passes = ofp_arg_given(args, "explain") ? no_passes : NULL;
    if (ok && passes) {
        ofp_arena *a = ofp_arena_new();
        ok = clean(d, args, passes, a, e);
        ofp_arena_free(a);
        if (passes == page_passes) {
            drop_signs(d);
            lower_heads(d);
        }
    }
    ofp_unhint(d);
    if (passes == page_passes) {
        squeeze_blanks(d);
        make_lists(d);
        settle_emphasis(d);
    }
    if (ofp_str_eq(ofp_note(d, OFP_STR("origin")), OFP_STR("html")))
        drop_raw(d);
    return ok && ofp_doc_ok(d, e);
}

static const ofp_filter_option options[] = {
    { "mode", "balanced|precision|recall", "what to favour where a block is doubtful" },
    { "keep", "SELECTOR", "keep these elements: NAME, .CLASS or #ID, several with blanks between" },
    { "drop", "SELECTOR", "drop these elements, even in what is kept" },
    { "explain", "true", "leave an account of what was dropped as the note \"loss\"" },
    { NULL, NULL, NULL },
};

OFP_FILTER("cleanup", "keep the article, drop the page around it", options, run);
