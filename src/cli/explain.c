/* explain.c - what cleanup dropped, as text for people, and whether that is too much. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* What the options ask of cleanup beyond its mode, to go behind its name: ":explain=true,keep=…". */
const char *cleanup_asks(job *j, const char *spec)
{
    ofp_buf b = { 0 };
    ofp_buf_puts(&b, spec);
    bool pairs = strchr(spec, ':') != NULL;
    const struct { const char *name; const list *l; } selectors[] = { { "keep", &j->keep }, { "drop", &j->drop } };
    if (wants_loss(j))
        ofp_buf_printf(&b, "%cexplain=true", pairs ? ',' : ':'), pairs = true;
    for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
        for (size_t k = 0; k < selectors[i].l->n; k++) {
            if (k == 0)
                ofp_buf_printf(&b, "%c%s=", pairs ? ',' : ':', selectors[i].name), pairs = true;
            ofp_buf_printf(&b, "%s%s", k ? " " : "", selectors[i].l->at[k]);
        }
    return ofp_buf_take(&b, j->a).p;
}

bool wants_loss(const job *j)
{
    return j->max_loss || (j->explain && strcmp(j->explain, "off"));
}

static unsigned number(ofp_str s)
{
    unsigned n = 0;
    for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && n < 100000000; i++)
        n = n * 10 + (unsigned)(s.p[i] - '0');
    return n;
}

static void put_block(ofp_buf *out, ofp_str line)
{
    ofp_str words = { 0 }, rule = { 0 }, score = { 0 };
    ofp_str_split(&line, '\t', &words);
    ofp_str_split(&line, '\t', &rule);
    ofp_str_split(&line, '\t', &score);
    ofp_buf_printf(out, "%7.*s  %-12.*s %5.*s  %.*s\n", (int)words.n, words.p, (int)rule.n, rule.p, (int)score.n, score.p,
                   (int)line.n, line.p);
}

bool tell_loss(job *j, ofp_doc *d, const char *path, ofp_err *e)
{
    ofp_str rest = ofp_note(d, OFP_STR("loss")), line, in, kept, dropped;
    if (!wants_loss(j))
        return true;
    if (!ofp_str_line(&rest, &line) || !ofp_str_split(&line, '\t', &in) || !ofp_str_split(&line, '\t', &kept)) {
        ofp_buf_printf(&j->explained, "%s: cleanup did not run\n", path);
        return true;
    }
    dropped = line;
    unsigned all = number(in), lost = number(dropped), share = all ? (unsigned)((unsigned long long)lost * 100 / all) : 0;
    ofp_buf_printf(&j->explained, "%s: %u words, %u kept, %u dropped (%u %%)\n", path, all, number(kept), lost, share);
    if (lost)
        ofp_buf_puts(&j->explained, "  words  rule         score  first words\n");
    while (ofp_str_line(&rest, &line))
        put_block(&j->explained, line);
    ofp_set_note(d, OFP_STR("loss"), (ofp_str){ 0 });
    if (j->max_loss && (unsigned long long)lost * 100 > (unsigned long long)all * (unsigned)j->max_loss)
        return ofp_fail(e, OFP_EEMPTY, OFP_NOWHERE, "cleanup dropped %u of %u words, more than --max-loss=%d allows", lost, all, j->max_loss);
    return true;
}
