/* A plugin built before descriptors had flags: what lies behind its size is not to be read. */
#include <offprint/offprint.h>

static bool run(ofp_doc *d, const ofp_args *args, ofp_err *e)
{
    (void)args;
    ofp_add_text(d, ofp_add(d, ofp_root(d), OFP_PARA), OFP_STR("early"));
    return ofp_doc_ok(d, e);
}

OFP_API extern const ofp_filter ofp_filter_v1;
const ofp_filter ofp_filter_v1 = { OFP_FILTER_ABI, offsetof(ofp_filter, flags), "early", "without flags", NULL, run, OFP_FILTER_BOOK };
