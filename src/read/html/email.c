/* email.c - addresses that a content network writes so that only its script can read them: a byte in hexadecimal, then
 * the address' bytes, each XORed with it (Cloudflare's "email address obfuscation"). */
#include "base/octets.h"
#include "html.h"
#include <string.h>

static ofp_str revealed(reader *r, ofp_str hex)
{
    ofp_buf b = { 0 };
    int key = 0;
    for (size_t i = 0; i + 1 < hex.n; i += 2) {
        int hi = ofp_hex_digit(hex.p[i]), lo = ofp_hex_digit(hex.p[i + 1]);
        if (hi < 0 || lo < 0)
            break;
        if (i)
            ofp_buf_putc(&b, (char)((16 * hi + lo) ^ key));
        else
            key = 16 * hi + lo;
    }
    ofp_str address = ofp_buf_take(&b, r->a);
    return ofp_utf8_valid(address) && ofp_str_find(address, OFP_STR("@"), 0) != SIZE_MAX ? address : (ofp_str){ "", 0 };
}

static void set_href(reader *r, dom *a, ofp_str address)
{
    struct attr *attrs = ofp_arena_zalloc(r->tmp, a->nattrs, sizeof *attrs);
    if (!attrs)
        return;
    memcpy(attrs, a->attrs, a->nattrs * sizeof *attrs);
    for (size_t i = 0; i < a->nattrs; i++)
        if (ofp_str_eq(attrs[i].name, OFP_STR("href")))
            attrs[i].value = ofp_arena_printf(r->a, "mailto:%.*s", (int)address.n, address.p);
    a->attrs = attrs;
}

/* The text in place of what a reader without scripts would see. */
static void set_text(dom *n, ofp_str address)
{
    for (dom *c = n->first; c; c = dom_after(c, n))
        if (c->tag == T_TEXT) {
            c->text = address;
            address.n = 0;
        }
}

static void unprotect(reader *r, dom *n, ofp_str marker)
{
    ofp_str href = DOM_ATTR(n, "href"), hex = DOM_ATTR(n, "data-cfemail");
    size_t at = ofp_str_find(href, marker, 0);
    if (at != SIZE_MAX && !hex.n && at + marker.n < href.n && href.p[at + marker.n] == '#')
        hex = ofp_str_sub(href, at + marker.n + 1, SIZE_MAX);
    ofp_str address = hex.n ? revealed(r, hex) : (ofp_str){ "", 0 };
    if (!address.n)
        return;
    if (at != SIZE_MAX)
        set_href(r, n, address);
    if (DOM_ATTR(n, "data-cfemail").n)
        set_text(n, address);
}

void html_unprotect(reader *r)
{
    static const enum tag tags[] = { T_A, T_SPAN };
    for (size_t t = 0; t < sizeof tags / sizeof *tags; t++)
        for (size_t i = 0; i < r->of[tags[t]].n; i++)
            unprotect(r, r->of[tags[t]].at[i], OFP_STR("/cdn-cgi/l/email-protection"));
}
