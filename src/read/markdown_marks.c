/* markdown_marks.c - the private marks: put in, found, and taken back to what they stand for. */
#include "read/markdown.h"
#include <string.h>

#define FOREIGN "\xEF\xB7"              /* U+FDC0 to U+FDFF */

static unsigned last_byte(ofp_str s, size_t i, ofp_str prefix)
{
    bool there = s.n > prefix.n && i < s.n - prefix.n && ofp_str_starts(ofp_str_sub(s, i, prefix.n), prefix);
    return there ? (unsigned char)s.p[i + prefix.n] : 0;
}

unsigned ofp_md_mark_at(ofp_str s, size_t i, size_t *length)
{
    unsigned mark = last_byte(s, i, OFP_STR(MARK)), foreign = mark ? 0 : last_byte(s, i, OFP_STR(FOREIGN));
    *length = mark ? MARK_SIZE : sizeof FOREIGN;
    return mark >= MARK_ESCAPED && mark < MARK_FOREIGN ? mark : foreign >= MARK_FOREIGN && foreign < 0xB0 ? foreign : 0;
}

void ofp_md_put_mark(ofp_buf *b, unsigned mark)
{
    ofp_buf_puts(b, mark < MARK_FOREIGN ? MARK : FOREIGN);
    ofp_buf_putc(b, (char)mark);
}

static void put_unmarked(ofp_buf *b, unsigned mark, bool code, bool cell)
{
    size_t i = mark - MARK_ESCAPED;
    if (mark >= MARK_FOREIGN) {
        ofp_buf_puts(b, MARK);
        ofp_buf_putc(b, (char)(mark - MARK_FOREIGN + MARK_ESCAPED));
    } else if (i < sizeof MARK_CHARS - 1) {
        if (code && !(cell && MARK_CHARS[i] == '|'))
            ofp_buf_putc(b, '\\');
        ofp_buf_putc(b, MARK_CHARS[i]);
    } else if (mark == MARK_STAR || mark == MARK_LOW) {
        ofp_buf_putc(b, mark == MARK_STAR ? '*' : '_');
    }
}

bool ofp_md_may_hold_marks(ofp_str s)
{
    return memchr(s.p, MARK[0], s.n) || memchr(s.p, FOREIGN[0], s.n);
}

/* A formula whose number begins at from, where there are none, such as in an address: what stood there. */
static size_t put_formula(md_source *s, ofp_buf *b, ofp_str text, size_t from)
{
    size_t i = from, number = 0;
    while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && number < s->nmath)
        number = number * 10 + (size_t)(text.p[i++] - '0');
    if (i > from && number < s->nmath) {
        const char *dollars = s->math[number].display ? "$$" : "$";
        ofp_buf_puts(b, dollars);
        ofp_buf_add(b, s->math[number].tex);
        ofp_buf_puts(b, dollars);
    }
    return i;
}

ofp_str ofp_md_unmark(md_source *s, ofp_str text, bool code, bool cell)
{
    ofp_buf b = { 0 };
    if (!text.n || !ofp_md_may_hold_marks(text))
        return ofp_arena_dup(s->arena, text);
    for (size_t i = 0, length; i < text.n; i += length) {
        unsigned mark = ofp_md_mark_at(text, i, &length);
        if (mark == MARK_MATH) {
            length = put_formula(s, &b, text, i + length) - i;
        } else if (mark) {
            put_unmarked(&b, mark, code, cell);
        } else {
            ofp_buf_putc(&b, text.p[i]);
            length = 1;
        }
    }
    return ofp_buf_take(&b, s->arena);
}
