/* batch.c - all inputs to one output: several become a book, one that fails is left out. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

typedef struct batch {
    sources of;
    ofp_doc **docs;
    size_t ndocs;
    ofp_err first;                      /* failure */
} batch;

/* ---- reading --------------------------------------------------------------------------- */

static ofp_doc *read_one(job *j, source *s, ofp_err *e)
{
    ofp_doc *d = NULL;
    j->rep.item = s->number;
    if (s->bytes.p || fetch_source(j, s, e))
        d = read_source(j, s, e);
    if (!j->several)
        ofp_buf_free(&s->raw);
    return d;
}

void leave_out(job *j, const source *s, const ofp_err *e)
{
    ofp_log_warn(&j->rep.log, OFP_D_ITEM_FAILED, (ofp_pos){ s->path, e->at.line, e->at.col }, "left out: %s", e->msg);
}

/* False where nothing could be read, or one could not and that is to be the end. */
static bool read_all(job *j, batch *b, ofp_err *e)
{
    b->docs = ofp_arena_zalloc(j->a, b->of.n + 1, sizeof *b->docs);
    for (size_t i = 0; b->docs && i < b->of.n; i++) {
        ofp_err failure = { 0 };
        ofp_doc *d = read_one(j, &b->of.at[i], &failure);
        if (d) {
            b->docs[b->ndocs++] = d;
            continue;
        }
        if (!j->several || j->fail_fast) {
            *e = failure;
            return false;
        }
        if (!b->first.code)
            b->first = failure;
        leave_out(j, &b->of.at[i], &failure);
    }
    j->rep.item = 0;
    j->partial = b->first.code != OFP_OK;
    if (b->ndocs == 0 && j->partial)
        *e = b->first;
    return b->docs ? b->ndocs > 0 : ofp_fail_nomem(e);
}

static void free_all(batch *b)
{
    for (size_t i = 0; i < b->ndocs; i++)
        ofp_doc_free(b->docs[i]);
    free_sources(&b->of);
}

/* ---- writing --------------------------------------------------------------------------- */

/* The one document to write: the only one, or a book of all. */
static bool bind(job *j, batch *b, ofp_err *e)
{
    ofp_doc *book;
    if (!j->several)
        return true;
    if (!(book = ofp_doc_new("-", &j->rep.log)))
        return ofp_fail_nomem(e);
    if (!user_metadata(j, book, 0, e) || !ofp_bind(book, b->docs, b->ndocs, e)) {
        keep_place(j, e);
        ofp_doc_free(book);
        return false;
    }
    free_all(b);
    ofp_tidy(book);
    b->docs[0] = book;
    b->ndocs = 1;
    return true;
}

static bool write_docs(job *j, batch *b, const ofp_format *f, ofp_buf *out, ofp_err *e)
{
    bool one = strcmp(f->name, "ndjson") || filters_books(j);
    if (one && (!bind(j, b, e) || !filter_book(j, b->docs[0], e)))
        return false;
    for (size_t i = 0; i < b->ndocs; i++)
        if (!media_take(j, b->docs[i], !(f->flags & OFP_FMT_BINARY), e) || !ofp_write(j->to, b->docs[i], &j->opt, out, e))
            return false;
    return true;
}

unsigned resources_lost(const job *j)
{
    const unsigned *n = j->rep.log.count;
    return n[OFP_D_RESOURCE_MISSING] + n[OFP_D_RESOURCE_DENIED] + n[OFP_D_RESOURCE_FORMAT];
}

bool resources_found(const job *j, unsigned before, ofp_err *e)
{
    unsigned lost = resources_lost(j) - before;
    if (!j->strict_resources || !lost)
        return true;
    return ofp_fail(e, OFP_ERES, OFP_NOWHERE, "%u resource%s could not be used", lost, lost > 1 ? "s" : "");
}

const ofp_format *choose_output(job *j, const char *file, ofp_err *e)
{
    const ofp_format *f;
    if (!j->to && strcmp(file, "-") && ofp_format_ending(file)) {
        if (!(f = ofp_format_by_file(file, true))) {
            ofp_fail(e, OFP_ETO, OFP_NOWHERE, "%s: no format has this ending; name one with -t", file);
            return NULL;
        }
        j->to = f->name;
    }
    if (!j->to)
        j->to = "markdown";
    if (!(f = ofp_format_parse(j->to, true, &j->opt, e)))
        return NULL;
    j->opt.target = f->name;
    if ((f->flags & OFP_FMT_BINARY) && !j->each && !strcmp(file, "-") && isatty(STDOUT_FILENO)) {
        ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "%s is not for a terminal; name a file with -o", f->name);
        return NULL;
    }
    return f;
}

bool load_css(job *j, ofp_err *e)
{
    ofp_buf css = { 0 };
    bool ok = !j->css_file || j->w->read_file(j->w->user, j->css_file, 1 << 24, &css, e);
    if (ok && j->css_file)
        j->opt.css = ofp_buf_take(&css, j->a).p;
    ofp_buf_free(&css);
    return ok;
}

static bool convert(job *j, batch *b, ofp_buf *out, ofp_err *e)
{
    const ofp_format *f = choose_output(j, j->out, e);
    if (!f || !load_css(j, e) || !find_sources(j, &b->of, e) || !read_all(j, b, e))
        return false;
    return write_docs(j, b, f, out, e) && resources_found(j, 0, e);
}

bool run_convert(job *j, ofp_err *e)
{
    batch b = { 0 };
    ofp_buf out = { 0 };
    bool ok;
    if (j->inputs.n == 0 && isatty(STDIN_FILENO))
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "no input: name a file, or - for the terminal; offprint --help tells more");
    if (j->inputs.n == 0 && !(add_string(j, &j->inputs, "-") && add_string(j, &j->urls, j->pending_url)))
        return ofp_fail_nomem(e);
    if (j->each)
        return run_each(j, e);
    if (j->output_dir || j->name || j->if_newer)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "--output-dir, --name and --if-newer go with --each");
    ok = convert(j, &b, &out, e) && media_write(j, e) && j->w->write_file(j->w->user, j->out, ofp_buf_str(&out), e);
    if (ok && j->verbose)
        report_say(&j->rep, "%s: %zu bytes of %s", strcmp(j->out, "-") ? j->out : "standard output", out.n, j->to);
    keep_place(j, e);
    ofp_buf_free(&out);
    media_free(j);
    free_all(&b);
    return ok;
}

/* ---- offprint filter NAME ---------------------------------------------------------------- */

/* pandoc passes the target format first; everything else has to be key=value. */
static bool filter_words(job *j, ofp_str *spec, ofp_err *e)
{
    ofp_buf b = { 0 };
    bool pairs = false;
    ofp_buf_puts(&b, j->words.at[0]);
    for (size_t i = 1; i < j->words.n; i++) {
        const char *word = j->words.at[i];
        if (strchr(word, '=')) {
            ofp_buf_printf(&b, "%s%s", pairs ? "," : ":", word);
            pairs = true;
        } else if (!j->opt.target) {
            j->opt.target = word;
        } else {
            ofp_buf_free(&b);
            return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "expected KEY=VALUE, found '%.60s'", word);
        }
    }
    *spec = ofp_buf_take(&b, j->a);
    return spec->p || ofp_fail_nomem(e);
}

/* Whoever calls expects the version back that it sent. */
static int version_of(ofp_str bytes)
{
    static const char key[] = "\"pandoc-api-version\"";
    size_t at = ofp_str_find(bytes, OFP_STR("\"pandoc-api-version\""), 0);
    ofp_str rest, piece;
    long minor = 0;
    if (at == SIZE_MAX)
        return 0;
    rest = ofp_str_sub(bytes, at + sizeof key - 1, 40);
    return ofp_str_split(&rest, ',', &piece) && ofp_str_split(&rest, ',', &piece) &&
           ofp_str_int(ofp_str_trim(piece), 22, 23, &minor) ? (int)minor : 0;
}

/* In a pipe after a run that had its default filters, naming one of them again without options asks for
 * nothing new: what it goes by is gone from the document. */
static bool run_once(job *j, ofp_doc *d, const char *spec, ofp_err *e)
{
    ofp_filter_spec s = ofp_filter_split(spec);
    if (s.pairs.n == 0 && runs_by_default(s.name) && ofp_filter_ran(d, s.name))
        return true;
    return ofp_filter_run(d, spec, &j->opt, e);
}

static bool filter_bytes(job *j, const char *spec, ofp_str in, ofp_buf *out, ofp_err *e)
{
    const char *input = j->inputs.n ? j->inputs.at[0] : "-";
    ofp_doc *d;
    bool ok;
    if (!j->opt.json_minor)
        j->opt.json_minor = version_of(in);
    d = ofp_read("json", in, input, NULL, &j->opt, e);
    ok = d && run_once(j, d, spec, e) && user_metadata(j, d, 0, e) && ofp_write("json", d, &j->opt, out, e);
    keep_place(j, e);
    ofp_doc_free(d);
    return ok;
}

bool run_filter(job *j, ofp_err *e)
{
    const char *input = j->inputs.n ? j->inputs.at[0] : "-";
    ofp_buf in = { 0 }, out = { 0 };
    ofp_str spec = { 0 };
    bool ok;
    if (j->words.n == 0)
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "filter needs a name; --list-filters lists them");
    ok = filter_words(j, &spec, e) && j->w->read_file(j->w->user, input, j->max_input, &in, e) &&
         filter_bytes(j, spec.p, ofp_buf_str(&in), &out, e) &&
         j->w->write_file(j->w->user, j->out, ofp_buf_str(&out), e);
    ofp_buf_free(&in);
    ofp_buf_free(&out);
    return ok;
}
