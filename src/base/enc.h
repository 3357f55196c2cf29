/* enc.h - character encodings: from any bytes to valid UTF-8. */
#ifndef OFP_BASE_ENC_H
#define OFP_BASE_ENC_H
#include "offprint/base.h"

/* What was found; name is the WHATWG's name of the encoding, how a word for messages:
 * "bom", "option", "meta", "valid", "guess", "default". */
typedef struct ofp_enc_found { const char *name, *how; size_t bad; } ofp_enc_found;

/* Decodes in into UTF-8 that lives in a (in itself where it is clean UTF-8 already and lives in a).
 * Order: BOM; label (may be NULL; unknown: OFP_ECHARSET); for HTML the meta prescan; UTF-16 by its
 * zero bytes; valid UTF-8; a guess; windows-1252.  Invalid bytes become U+FFFD and are counted.
 * NUL becomes U+FFFD.  Binary input (magic numbers, many control bytes) is OFP_EBINARY. */
bool ofp_decode(ofp_arena *a, ofp_str in, const char *label, bool html, ofp_str *out, ofp_enc_found *found, ofp_err *e);
/* The WHATWG's name for a label ("latin1" gives "windows-1252"); NULL when unknown. */
const char *ofp_enc_name(ofp_str label);
#endif
