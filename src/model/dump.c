#include "model/node.h"

static void put_quoted(ofp_buf *b, ofp_str s)
{
    ofp_buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            ofp_buf_putc(b, '\\');
        if (c == '\n')
            ofp_buf_puts(b, "\\n");
        else if (c < 0x20 || c == 0x7F)
            ofp_buf_printf(b, "\\x%02x", c);
        else
            ofp_buf_putc(b, (char)c);
    }
    ofp_buf_putc(b, '"');
}

static void put_attrs(ofp_buf *b, const ofp_node *n)
{
    if (!ofp_has_attrs(n) || !n->attrs)
        return;
    if (n->attrs->id.n) {
        ofp_buf_puts(b, " #");
        ofp_buf_add(b, n->attrs->id);
    }
    for (size_t i = 0; i < n->attrs->nclasses; i++) {
        ofp_buf_puts(b, " .");
        ofp_buf_add(b, n->attrs->classes[i]);
    }
    for (size_t i = 0; i < n->attrs->npairs; i++) {
        ofp_buf_putc(b, ' ');
        ofp_buf_add(b, n->attrs->pairs[i].key);
        ofp_buf_putc(b, '=');
        put_quoted(b, n->attrs->pairs[i].value);
    }
}

static void put_cols(ofp_buf *b, const ofp_node *n)
{
    static const char letter[] = "dlrc";
    ofp_buf_puts(b, " cols=");
    for (size_t i = 0; i < (size_t)n->num[0]; i++) {
        ofp_buf_putc(b, letter[n->cols[i].align]);
        if (n->cols[i].width > 0)
            ofp_buf_printf(b, "%d%%", (int)(n->cols[i].width * 100 + 0.5));
    }
}

/* Numbers by name, in the order of num[]; a field of one bit. */
static const struct { unsigned field; const char *names[3]; } shown[] = {
    { F_LEVEL, { "level" } }, { F_LIST, { "start", "style", "delim" } }, { F_QUOTE, { "double" } },
    { F_MATH, { "display" } }, { F_CELL, { "align", "rowspan", "colspan" } }, { F_HEADS, { "heads" } },
    { F_INTER, { "inter" } }, { F_CITE, { "mode", "note", "hash" } },
};

static void put_fields(ofp_buf *b, const ofp_node *n)
{
    unsigned fields = ROW(n)->fields;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        for (int k = 0; fields & shown[i].field && k < 3 && shown[i].names[k]; k++)
            ofp_buf_printf(b, " %s=%d", shown[i].names[k], n->num[k]);
    if (fields & F_BOOL)
        ofp_buf_puts(b, n->num[2] ? " true" : " false");
    if (fields & F_COLS)
        put_cols(b, n);
    if (fields & (F_TARGET | F_TEXT)) {
        ofp_buf_putc(b, ' ');
        put_quoted(b, n->text);
    }
    if (fields & (F_TARGET | F_FORMAT) && n->aux.n) {
        ofp_buf_putc(b, ' ');
        put_quoted(b, n->aux);
    }
}

static void put_node(ofp_buf *b, const ofp_node *n, size_t depth)
{
    ofp_buf_fill(b, ' ', 2 * depth);
    if (ROW(n)->fields & F_KEY && n->aux.n) {
        ofp_buf_add(b, n->aux);
        ofp_buf_puts(b, ": ");
    }
    ofp_buf_puts(b, ROW(n)->name);
    put_attrs(b, n);
    put_fields(b, n);
    if (ROW(n)->fields & F_KEY && n->num[0])
        ofp_buf_printf(b, " (%.*s, %d)", n->attrs ? (int)n->attrs->id.n : 0, n->attrs ? n->attrs->id.p : "", n->num[0]);
    ofp_buf_putc(b, '\n');
}

static void put_tree(ofp_buf *b, const ofp_node *root)
{
    size_t depth = 0;
    for (ofp_walk w = { .root = root }; ofp_walk_next(&w);) {
        if (w.enter)
            put_node(b, w.node, depth);
        if (ROW(w.node)->content != NONE)
            depth += w.enter ? 1 : (size_t)-1;
    }
}

void ofp_dump(const ofp_doc *d, ofp_buf *out)
{
    if (d->meta->first)
        put_tree(out, d->meta);
    put_tree(out, d->root);
}
