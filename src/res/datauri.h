/* datauri.h - bytes that a reference carries itself. */
#ifndef OFP_RES_DATAURI_H
#define OFP_RES_DATAURI_H
#include "offprint/base.h"

/* Appends the bytes of a data: URI (RFC 2397); false where it is malformed. */
bool ofp_data_uri(ofp_buf *out, ofp_str url);
/* Whether a reference holds a drawing (SVG) itself, and is longer than anybody wants to see in a text. */
bool ofp_holds_drawing(ofp_str url);
#endif
