/* datauri.c - RFC 2397, with the liberties that pages take. */
#include "res/datauri.h"
#include "base/octets.h"

bool ofp_data_uri(ofp_buf *out, ofp_str url)
{
    size_t comma = ofp_str_find(url, OFP_STR(","), 0);
    if (!ofp_str_istarts(url, OFP_STR("data:")) || comma == SIZE_MAX)
        return false;
    ofp_str head = ofp_str_trim(ofp_str_sub(url, 0, comma)), body = ofp_str_sub(url, comma + 1, SIZE_MAX);
    ofp_str mark = OFP_STR(";base64");
    bool encoded = head.n >= mark.n && ofp_str_ieq(ofp_str_sub(head, head.n - mark.n, SIZE_MAX), mark);
    if (!encoded) {
        ofp_unpercent(out, body);
        return true;
    }
    if (ofp_str_find(body, OFP_STR("%"), 0) == SIZE_MAX)
        return ofp_base64(out, body);
    ofp_buf plain = { 0 };
    ofp_unpercent(&plain, body);
    bool ok = ofp_base64(out, ofp_buf_str(&plain));
    ofp_buf_free(&plain);
    return ok;
}

bool ofp_holds_drawing(ofp_str url)
{
    enum { LONG = 256 };
    return url.n > LONG && ofp_str_istarts(url, OFP_STR("data:image/svg+xml"));
}
