/* octets.h - bytes written as ASCII: hexadecimal, percent-encoding, base64. */
#ifndef OFP_BASE_OCTETS_H
#define OFP_BASE_OCTETS_H
#include "offprint/base.h"

/* The value of a hexadecimal digit, -1 for any other character. */
int ofp_hex_digit(char c);
/* Appends s with its percent-encoded bytes (RFC 3986 2.1) decoded; a % before anything else stays. */
void ofp_unpercent(ofp_buf *out, ofp_str s);
/* Appends the bytes that s holds in base64, of either alphabet of RFC 4648, as far as the padding, which may be missing.  White
   space may stand anywhere.  Other characters are passed over (RFC 2045 6.8): false where there were any, or half a byte. */
bool ofp_base64(ofp_buf *out, ofp_str s);
/* Appends s in base64, with its padding and without line ends. */
void ofp_put_base64(ofp_buf *out, ofp_str s);
#endif
