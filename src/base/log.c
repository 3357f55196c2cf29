#include <stdio.h>
#include "offprint/base.h"

static const struct { const char *name, *meaning; } diags[] = {
#define DIAG(id, name, meaning) { name, meaning },
#include "offprint/diags.def"
#undef DIAG
};

const char *ofp_diag_name(enum ofp_diag d) { return diags[d].name; }
const char *ofp_diag_meaning(enum ofp_diag d) { return diags[d].meaning; }

void ofp_log_warn(ofp_log *log, enum ofp_diag code, ofp_pos at, const char *fmt, ...)
{
    char msg[512];
    if (!log)
        return;
    log->count[code]++;
    if (!log->sink)
        return;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    log->sink(log->user, code, at, msg);
}

unsigned ofp_log_total(const ofp_log *log)
{
    unsigned n = 0;
    for (size_t i = 0; log && i < OFP_NDIAGS; i++)
        n += log->count[i];
    return n;
}
