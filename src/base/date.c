#include "offprint/base.h"
bool ofp_date_parse(ofp_str s, ofp_date *out) { (void)s; (void)out; return false; }
bool ofp_date_find(ofp_str s, ofp_date *out, size_t *at, size_t *len) { (void)s; (void)out; (void)at; (void)len; return false; }
