#include "format.h"

bool ofp_write_dump(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    (void)opt;
    ofp_dump(d, out);
    return !out->failed || ofp_fail_nomem(e);
}
