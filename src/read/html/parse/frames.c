/* frames.c - the insertion modes behind the body, of framesets and of templates (HTML standard 13.2.6.4.16 to 22). */
#include "tree.h"

bool mode_after_body(builder *b, token *t)
{
    if (t->type == TOKEN_END_OF_FILE)
        return mode_body(b, t);
    if (t->type == TOKEN_DOCTYPE || ENDS(t, T_HTML))
        return false;
    if (STARTS(t, T_HTML))
        return mode_body(b, t);
    if (t->type == TOKEN_TEXT && tree_is_blank(t->text)) {
        tree_body_text(b, t->text);
        return false;
    }
    b->mode = mode_body;
    return true;
}

/* Of text only the blanks. */
static void frameset_text(builder *b, const token *t)
{
    for (size_t i = 0; i < t->text.n; i++)
        if (tree_is_blank(ofp_str_sub(t->text, i, 1)))
            tree_text(b, ofp_str_sub(t->text, i, 1));
}

bool mode_frameset(builder *b, token *t)
{
    if (t->type == TOKEN_TEXT)
        frameset_text(b, t);
    else if (STARTS(t, T_HTML))
        return mode_body(b, t);
    else if (STARTS(t, T_FRAMESET))
        tree_open(b, t);
    else if (STARTS(t, T_FRAME))
        tree_leaf(b, t);
    else if (STARTS(t, T_NOFRAMES))
        tree_head_tag(b, t);
    else if (ENDS(t, T_FRAMESET) && b->n > 1)
        tree_pop(b);
    if (ENDS(t, T_FRAMESET) && !tree_is_on_top(b, T_FRAMESET))
        b->mode = mode_after_frameset;
    b->done = t->type == TOKEN_END_OF_FILE;
    return false;
}

bool mode_after_frameset(builder *b, token *t)
{
    if (t->type == TOKEN_TEXT)
        frameset_text(b, t);
    else if (STARTS(t, T_HTML))
        return mode_body(b, t);
    else if (STARTS(t, T_NOFRAMES))
        tree_head_tag(b, t);
    b->done = t->type == TOKEN_END_OF_FILE;
    return false;
}

/* The mode that a template's first tag asks for. */
static tree_mode *template_mode(const token *t)
{
    if (DOM_IS(t, T_CAPTION, T_COLGROUP, T_TBODY, T_TFOOT, T_THEAD))
        return mode_table;
    return t->tag == T_COL ? mode_columns : t->tag == T_TR ? mode_table_body : DOM_IS(t, T_TD, T_TH) ? mode_row : mode_body;
}

bool mode_template(builder *b, token *t)
{
    if (t->type == TOKEN_TEXT)
        return mode_body(b, t);
    if (t->type == TOKEN_END_OF_FILE) {
        b->done = !b->count[T_TEMPLATE];
        tree_end_template(b);
        return !b->done;
    }
    if (tree_head_tag(b, t) || t->type != TOKEN_START)
        return false;
    b->mode = template_mode(t);
    b->templates[b->ntemplates - 1] = b->mode;
    return true;
}

void tree_reset_mode(builder *b)
{
    static const struct { enum tag tag; tree_mode *mode; } modes[] = {
        { T_TD, mode_cell }, { T_TH, mode_cell }, { T_TR, mode_row }, { T_TBODY, mode_table_body }, { T_THEAD, mode_table_body },
        { T_TFOOT, mode_table_body }, { T_CAPTION, mode_caption }, { T_COLGROUP, mode_columns }, { T_TABLE, mode_table },
        { T_HEAD, mode_head }, { T_BODY, mode_body }, { T_FRAMESET, mode_frameset },
    };
    for (size_t i = b->n; i-- > 0; ) {
        enum tag tag = b->open[i]->tag;
        if (tag == T_TEMPLATE && b->ntemplates) {
            b->mode = b->templates[b->ntemplates - 1];
            return;
        }
        if (tag == T_HTML) {
            b->mode = b->head ? mode_after_head : mode_before_head;
            return;
        }
        for (size_t k = 0; k < sizeof modes / sizeof *modes; k++)
            if (modes[k].tag == tag) {
                b->mode = modes[k].mode;
                return;
            }
    }
    b->mode = mode_body;
}
