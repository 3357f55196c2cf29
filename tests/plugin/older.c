/* A plugin with the symbol of this generation, but a descriptor without its last field. */
#include <offprint/offprint.h>

OFP_API extern const ofp_filter ofp_filter_v1;
const ofp_filter ofp_filter_v1 = { OFP_FILTER_ABI, offsetof(ofp_filter, run), "older", "too short", NULL, NULL, 0 };
