/* enc_parts.h - the pieces of ofp_decode: the tables, the meta prescan, the guess. */
#ifndef OFP_BASE_ENC_PARTS_H
#define OFP_BASE_ENC_PARTS_H
#include "base/enc.h"

enum ofp_enc {
#define ENC(id, name, kind, iconv) OFP_ENC_##id,
#include "base/enc_names.def"
#undef ENC
    OFP_NENCS
};

/* The encoding of a label, white space around it and case being ignored; OFP_NENCS when unknown. */
enum ofp_enc ofp_enc_of(ofp_str label);
/* What a page declares in a meta element near its start (HTML standard, "prescan a byte stream to
 * determine its encoding"); OFP_NENCS where it declares nothing. */
enum ofp_enc ofp_enc_prescan(ofp_str in);
/* The likeliest encoding of text that is no UTF-8; OFP_NENCS when there is no telling. */
enum ofp_enc ofp_enc_guess(ofp_str in);
/* Why in cannot be text ("a PNG image", "control bytes"), NULL where it can. */
const char *ofp_enc_binary(ofp_str in);
#endif
