/* text.c - what text means to the tree: blanks, and elements that hold nothing but text (HTML standard 13.2.6.2). */
#include "tree.h"
#include <string.h>

ofp_str tree_take_blanks(token *t)
{
    size_t n = 0;
    while (n < t->text.n && strchr(" \t\n\f\r", t->text.p[n]) && t->text.p[n])
        n++;
    ofp_str blanks = ofp_str_sub(t->text, 0, n);
    t->text = ofp_str_sub(t->text, n, SIZE_MAX);
    return blanks;
}

bool tree_is_blank(ofp_str s)
{
    token t = { .text = s };
    tree_take_blanks(&t);
    return !t.text.n;
}

/* What the reader looks for in a script: structured data, formulas, and whether formulas are set by one. */
static bool is_read(const dom *script, ofp_str text)
{
    static const ofp_str types[] = { { "json", 4 }, { "math", 4 } }, names[] = { { "mathjax", 7 }, { "katex", 5 }, { "tex2jax", 7 }, { "renderMath", 10 } };
    ofp_str type = DOM_ATTR(script, "type");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ofp_str_ifind(type, types[i], 0) != SIZE_MAX)
            return true;
    for (size_t i = 0; type.n && i < sizeof names / sizeof *names; i++)
        if (ofp_str_ifind(text, names[i], 0) != SIZE_MAX)
            return true;
    return false;
}

void tree_raw(builder *b, const token *t, enum lex_raw kind)
{
    dom *n = tree_open(b, t);
    ofp_str text = lex_raw(&b->lex, t->name, kind);
    if (t->tag == T_TEXTAREA && ofp_str_starts(text, OFP_STR("\n")))
        text = ofp_str_sub(text, 1, SIZE_MAX);
    if (t->tag == T_STYLE)
        n->text = text;
    else if (t->tag != T_SCRIPT || is_read(n, text))
        tree_text(b, text);
    tree_pop(b);
}
