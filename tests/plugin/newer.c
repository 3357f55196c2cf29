/* A plugin of a later generation of the interface. */
#include <offprint/offprint.h>

OFP_API extern const ofp_filter ofp_filter_v2;
const ofp_filter ofp_filter_v2 = { 2, sizeof(ofp_filter), "newer", "comes from the future", NULL, NULL, 0 };
