/* A plugin as a stranger would write it: built out of tree, with the installed headers alone. */
#include <offprint/offprint.h>

static bool run(ofp_doc *d, const ofp_args *args, ofp_err *e)
{
    ofp_str text = ofp_arg_given(args, "text") ? ofp_arg(args, "text") : OFP_STR("stamped");
    ofp_node *p = ofp_add(d, ofp_root(d), OFP_PARA);
    if (ofp_arg_given(args, "fail"))
        return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "asked to fail");
    ofp_add_text(d, p, ofp_arena_dup(ofp_doc_arena(d), text));
    ofp_add_text(d, p, OFP_STR(" for "));
    ofp_add_text(d, p, ofp_arena_dup(ofp_doc_arena(d), ofp_arg_target(args)));
    return ofp_doc_ok(d, e);
}

static const ofp_filter_option options[] = {
    { "text", "WORDS", "what the stamp says" },
    { "fail", NULL, "fail" },
    { NULL, NULL, NULL },
};

OFP_FILTER("stamp", "adds a paragraph at the end", options, run);
