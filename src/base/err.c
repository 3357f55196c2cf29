#include <stdio.h>
#include "offprint/base.h"

static const struct { int status; const char *meaning; } codes[] = {
#define STATUS(id, exit_status, text) { exit_status, text },
#include "offprint/status.def"
#undef STATUS
};

int ofp_code_status(enum ofp_code c) { return codes[c].status; }
const char *ofp_code_meaning(enum ofp_code c) { return codes[c].meaning; }

bool ofp_fail(ofp_err *e, enum ofp_code code, ofp_pos at, const char *fmt, ...)
{
    if (e->code != OFP_OK)
        return false;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->msg, sizeof e->msg, fmt, ap);
    va_end(ap);
    e->code = code;
    e->at = at;
    return false;
}

bool ofp_fail_nomem(ofp_err *e) { return ofp_fail(e, OFP_ENOMEM, OFP_NOWHERE, "out of memory"); }
