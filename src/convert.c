/* convert.c - bytes to a document, through filters, to bytes. */
#include "base/enc.h"
#include "filter/host.h"
#include "format.h"

#include <string.h>

static const ofp_options no_options;

/* The reader's input: UTF-8 that lives with the document. */
static bool decode(ofp_doc *d, const ofp_format *f, ofp_str in, const ofp_options *opt, ofp_str *out, ofp_err *e)
{
    ofp_arena *a = ofp_doc_arena(d);
    ofp_enc_found found = { 0 };
    *out = ofp_arena_dup(a, in);
    if (!ofp_doc_ok(d, e))
        return false;
    if (f->flags & OFP_FMT_BYTES)
        return true;
    if (!ofp_decode(a, *out, opt->encoding, !strcmp(f->name, "html"), out, &found, e))
        return false;
    if (found.bad > 0)
        ofp_warn(d, OFP_D_ENCODING_BYTES, 0, "%zu byte%s invalid in %s", found.bad, found.bad > 1 ? "s" : "", found.name);
    return true;
}

/* Nothing but white space is an empty document in every format but JSON, where it tells that the
 * program before in the pipe has failed. */
static bool is_empty(const ofp_format *f, ofp_str text)
{
    ofp_str word;
    return f->read != ofp_read_json && !ofp_str_word(&text, &word);
}

static bool fill(ofp_doc *d, const ofp_format *f, ofp_str in, const ofp_options *opt, ofp_err *e)
{
    ofp_reader *read;
    ofp_str text;
    if (!decode(d, f, in, opt, &text, e))
        return false;
    if (is_empty(f, text))
        ofp_warn(d, OFP_D_INPUT_EMPTY, 0, "the input is empty");
    else if (!(read = ofp_format_reader(f, opt->world, e)) || !read(d, text, opt, e))
        return false;
    ofp_tidy(d);
    if ((f->flags & OFP_FMT_TABLES) && !ofp_parse_raw(d, true, opt, e))
        return false;
    return ofp_doc_ok(d, e) && ofp_check(d, e);
}

ofp_doc *ofp_read(const char *from, ofp_str in, const char *input, const char *const *filters,
                  const ofp_options *opt, ofp_err *e)
{
    ofp_options own = opt ? *opt : no_options;
    const ofp_format *f = ofp_format_parse(from, false, &own, e);
    ofp_doc *d = f ? ofp_doc_new(input, own.log) : NULL;
    bool ok;
    if (!d) {
        ofp_fail_nomem(e);
        return NULL;
    }
    ok = fill(d, f, in, &own, e);
    for (; ok && filters && *filters; filters++)
        ok = ofp_filter_run(d, *filters, &own, e);
    if (ok)
        return d;
    if (e->at.input == ofp_doc_input(d))
        e->at.input = input;            /* the document's copy goes with it */
    ofp_doc_free(d);
    return NULL;
}

bool ofp_write(const char *to, ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    ofp_options own = opt ? *opt : no_options;
    const ofp_format *f = ofp_format_parse(to, true, &own, e);
    ofp_writer *write = f ? ofp_format_writer(f, own.world, e) : NULL;
    if (!write || ((f->flags & OFP_FMT_NORAW) && !ofp_parse_raw(d, false, &own, e)) || !write(d, &own, out, e))
        return false;
    return out->failed ? ofp_fail_nomem(e) : ofp_doc_ok(d, e);
}

bool ofp_convert(const char *from, const char *to, ofp_str in, const char *input, const char *const *filters,
                 const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    ofp_doc *d = ofp_read(from, in, input, filters, opt, e);
    bool ok = d && ofp_write(to, d, opt, out, e);
    ofp_doc_free(d);
    return ok;
}

const char *ofp_version(void)
{
    return "0.1.0";
}
