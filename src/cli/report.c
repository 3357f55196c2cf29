/* report.c - diagnostics as lines of text or of JSON; the only file that writes to standard error. */
#include "cli/cli.h"
#include "base/json.h"

#include <stdio.h>
#include <unistd.h>

/* "parse" for OFP_EPARSE: names for the errors in JSON. */
static const char *error_name(enum ofp_code code)
{
    static const char *const names[] = {
#define STATUS(id, exit_status, meaning) #id,
#include "offprint/status.def"
#undef STATUS
    };
    return names[code];
}

/* A message may hold anything that an input's name holds: nothing of it may steer the terminal, no C0 and no C1. */
static void to_stderr(ofp_buf *line)
{
    for (size_t i = 0; i < line->n; i++) {
        unsigned char *c = (unsigned char *)line->p + i;
        if (*c < 0x20 || *c == 0x7F)
            *c = '?';
        else if (*c >= 0x80 && *c < 0xA0 && i && c[-1] == 0xC2)
            c[-1] = *c = '?';
    }
    ofp_buf_putc(line, '\n');
    for (size_t done = 0; done < line->n;) {
        ssize_t n = write(STDERR_FILENO, line->p + done, line->n - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
}

static void put_place(ofp_buf *out, ofp_pos at)
{
    if (!at.input)
        return;
    ofp_buf_puts(out, at.input);
    if (at.line)
        ofp_buf_printf(out, ":%u", at.line);
    if (at.line && at.col)
        ofp_buf_printf(out, ":%u", at.col);
    ofp_buf_puts(out, ": ");
}

static void put_json(ofp_buf *out, const report *r, const char *level, ofp_str code, int status, ofp_pos at, const char *msg)
{
    ofp_buf_printf(out, "{\"level\":\"%s\",\"code\":", level);
    ofp_json_put(out, code);
    ofp_buf_puts(out, ",\"message\":");
    ofp_json_put(out, ofp_s(msg));
    if (at.input) {
        ofp_buf_puts(out, ",\"file\":");
        ofp_json_put(out, ofp_s(at.input));
    }
    if (at.line)
        ofp_buf_printf(out, ",\"line\":%u", at.line);
    if (at.line && at.col)
        ofp_buf_printf(out, ",\"col\":%u", at.col);
    if (r->item)
        ofp_buf_printf(out, ",\"item\":%zu", r->item);
    if (status)
        ofp_buf_printf(out, ",\"status\":%d", status);
    ofp_buf_putc(out, '}');
}

/* Keeps the diagnostic for --log and inspect, and shows it as JSON where that is wanted.  True when it
 * still has to be shown as text. */
static bool recorded(report *r, const char *level, ofp_str code, int status, ofp_pos at, const char *msg, bool show)
{
    ofp_buf line = { 0 };
    put_json(&line, r, level, code, status, at, msg);
    ofp_buf_add(&r->record, ofp_buf_str(&line));
    ofp_buf_putc(&r->record, '\n');
    if (show && r->style)
        to_stderr(&line);
    ofp_buf_free(&line);
    return show && !r->style;
}

static void on_warning(void *user, enum ofp_diag code, ofp_pos at, const char *msg)
{
    report *r = user;
    const char *name = ofp_diag_name(code);
    ofp_buf line = { 0 };
    if (!recorded(r, "warning", ofp_s(name), 0, at, msg, !r->quiet && !r->hold))
        return;
    ofp_buf_puts(&line, "offprint: ");
    put_place(&line, at);
    ofp_buf_printf(&line, "warning: %s [%s]", msg, name);
    to_stderr(&line);
    ofp_buf_free(&line);
}

void report_start(report *r)
{
    r->log.sink = on_warning;
    r->log.user = r;
}

void report_error(report *r, const ofp_err *e)
{
    ofp_buf line = { 0 };
    ofp_arena *a = ofp_arena_new();
    ofp_str name = ofp_arena_lower(a, ofp_str_sub(ofp_s(error_name(e->code)), 1, SIZE_MAX));
    if (recorded(r, "error", name, ofp_code_status(e->code), e->at, e->msg, true)) {
        ofp_buf_puts(&line, "offprint: ");
        put_place(&line, e->at);
        ofp_buf_puts(&line, e->msg);
        to_stderr(&line);
    }
    ofp_buf_free(&line);
    ofp_arena_free(a);
}

void report_say(report *r, const char *fmt, ...)
{
    ofp_buf line = { 0 };
    va_list ap;
    if (r->style)
        return;
    va_start(ap, fmt);
    ofp_buf_puts(&line, "offprint: ");
    ofp_buf_vprintf(&line, fmt, ap);
    va_end(ap);
    to_stderr(&line);
    ofp_buf_free(&line);
}

void report_lines(ofp_str text)
{
    for (ofp_str line; ofp_str_line(&text, &line);) {
        ofp_buf b = { 0 };
        ofp_buf_add(&b, line);
        to_stderr(&b);
        ofp_buf_free(&b);
    }
}

/* "offprint: 3 warnings (resource-missing 2, glyph-missing 1)" */
void report_summary(report *r)
{
    unsigned total = ofp_log_total(&r->log);
    ofp_buf line = { 0 };
    bool more = false;
    if (!total || r->style || r->quiet)
        return;
    ofp_buf_printf(&line, "offprint: %u warning%s (", total, total > 1 ? "s" : "");
    for (int i = 0; i < OFP_NDIAGS; i++) {
        if (!r->log.count[i])
            continue;
        ofp_buf_printf(&line, "%s%s %u", more ? ", " : "", ofp_diag_name((enum ofp_diag)i), r->log.count[i]);
        more = true;
    }
    ofp_buf_putc(&line, ')');
    to_stderr(&line);
    ofp_buf_free(&line);
}
