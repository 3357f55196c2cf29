/* tables.c - the insertion modes of tables (HTML standard 13.2.6.4.9 to 15). */
#include "tree.h"

/* Closes what is open inside the table, row group or row. */
#define BACK_TO(b, ...) back_to(b, (const uint8_t[]){ __VA_ARGS__, T_TEMPLATE, T_HTML, 0 })
static void back_to(builder *b, const uint8_t *set)
{
    while (b->n > 1 && !dom_among(tree_current(b)->tag, set))
        tree_pop(b);
}

static void imply_then(builder *b, enum tag tag, tree_mode *mode)
{
    tree_imply(b, tag);
    b->mode = mode;
}

static void open_then(builder *b, const token *t, tree_mode *mode)
{
    tree_open(b, t);
    b->mode = mode;
}

/* As in the body, but out of the table. */
static bool foster(builder *b, token *t)
{
    b->foster = true;
    bool again = mode_body(b, t);
    b->foster = false;
    return again;
}

static bool table_text(builder *b, token *t)
{
    if (!tree_is_blank(t->text) || !TREE_IS(tree_current(b)->tag, IS_ROW))
        return foster(b, t);
    tree_text(b, t->text);
    return false;
}

static bool end_table(builder *b)
{
    if (!tree_in_scope(b, T_TABLE, IN_TABLE))
        return false;
    tree_pop_until(b, T_TABLE);
    tree_reset_mode(b);
    return true;
}

static bool start_in_table(builder *b, token *t)
{
    switch ((int)t->tag) {
    case T_CAPTION:
        BACK_TO(b, T_TABLE);
        tree_mark(b);
        open_then(b, t, mode_caption);
        return false;
    case T_COLGROUP:
        BACK_TO(b, T_TABLE);
        open_then(b, t, mode_columns);
        return false;
    case T_COL:
        BACK_TO(b, T_TABLE);
        imply_then(b, T_COLGROUP, mode_columns);
        return true;
    case T_TBODY: case T_TFOOT: case T_THEAD:
        BACK_TO(b, T_TABLE);
        open_then(b, t, mode_table_body);
        return false;
    case T_TD: case T_TH: case T_TR:
        BACK_TO(b, T_TABLE);
        imply_then(b, T_TBODY, mode_table_body);
        return true;
    case T_TABLE: return end_table(b);
    case T_STYLE: case T_SCRIPT: case T_TEMPLATE: return tree_head_tag(b, t), false;
    case T_INPUT:
        if (!tree_is_hidden_input(t))
            return foster(b, t);
        tree_leaf(b, t);
        return false;
    case T_FORM:
        if (!b->form && !b->count[T_TEMPLATE]) {
            b->form = tree_open(b, t);
            tree_pop(b);
        }
        return false;
    default: return foster(b, t);
    }
}

bool mode_table(builder *b, token *t)
{
    if (t->type == TOKEN_TEXT)
        return table_text(b, t);
    if (t->type == TOKEN_START)
        return start_in_table(b, t);
    if (t->type == TOKEN_END_OF_FILE)
        return mode_body(b, t);
    if (t->type != TOKEN_END)
        return false;
    if (t->tag == T_TABLE)
        return end_table(b), false;
    if (DOM_IS(t, T_BODY, T_CAPTION, T_COL, T_COLGROUP, T_HTML, T_TBODY, T_TD, T_TFOOT, T_TH, T_THEAD, T_TR))
        return false;
    return t->tag == T_TEMPLATE ? (tree_head_tag(b, t), false) : foster(b, t);
}

bool mode_caption(builder *b, token *t)
{
    bool closes = STARTS(t, T_CAPTION, T_COL, T_COLGROUP, T_TBODY, T_TD, T_TFOOT, T_TH, T_THEAD, T_TR) || ENDS(t, T_TABLE);
    if (closes || ENDS(t, T_CAPTION)) {
        if (!tree_in_scope(b, T_CAPTION, IN_TABLE))
            return false;
        tree_end_implied(b, T_UNKNOWN);
        tree_pop_until(b, T_CAPTION);
        tree_clear_to_mark(b);
        b->mode = mode_table;
        return closes;
    }
    if (ENDS(t, T_BODY, T_COL, T_COLGROUP, T_HTML, T_TBODY, T_TD, T_TFOOT, T_TH, T_THEAD, T_TR))
        return false;
    return mode_body(b, t);
}

bool mode_columns(builder *b, token *t)
{
    if (t->type == TOKEN_TEXT) {
        tree_text(b, tree_take_blanks(t));
        if (!t->text.n)
            return false;
    }
    if (STARTS(t, T_HTML) || t->type == TOKEN_END_OF_FILE)
        return mode_body(b, t);
    if (STARTS(t, T_COL)) {
        tree_leaf(b, t);
        return false;
    }
    if (STARTS(t, T_TEMPLATE) || ENDS(t, T_TEMPLATE))
        return tree_head_tag(b, t), false;
    if (t->type == TOKEN_DOCTYPE || ENDS(t, T_COL) || !tree_is_on_top(b, T_COLGROUP))
        return false;
    tree_pop(b);
    b->mode = mode_table;
    return !ENDS(t, T_COLGROUP);
}

static bool in_row_group(const builder *b)
{
    return tree_in_scope(b, T_TBODY, IN_TABLE) || tree_in_scope(b, T_THEAD, IN_TABLE) || tree_in_scope(b, T_TFOOT, IN_TABLE);
}

bool mode_table_body(builder *b, token *t)
{
    if (STARTS(t, T_TR)) {
        BACK_TO(b, T_TBODY, T_TFOOT, T_THEAD);
        open_then(b, t, mode_row);
        return false;
    }
    if (STARTS(t, T_TD, T_TH)) {
        BACK_TO(b, T_TBODY, T_TFOOT, T_THEAD);
        imply_then(b, T_TR, mode_row);
        return true;
    }
    bool named = ENDS(t, T_TBODY, T_TFOOT, T_THEAD);
    if (named ? tree_in_scope(b, t->tag, IN_TABLE)
              : (STARTS(t, T_CAPTION, T_COL, T_COLGROUP, T_TBODY, T_TFOOT, T_THEAD) || ENDS(t, T_TABLE)) && in_row_group(b)) {
        BACK_TO(b, T_TBODY, T_TFOOT, T_THEAD);
        tree_pop(b);
        b->mode = mode_table;
        return !named;
    }
    if (named || STARTS(t, T_CAPTION, T_COL, T_COLGROUP, T_TBODY, T_TFOOT, T_THEAD)
        || ENDS(t, T_TABLE, T_BODY, T_CAPTION, T_COL, T_COLGROUP, T_HTML, T_TD, T_TH, T_TR))
        return false;
    return mode_table(b, t);
}

static bool end_row(builder *b)
{
    if (!tree_in_scope(b, T_TR, IN_TABLE))
        return false;
    BACK_TO(b, T_TR);
    tree_pop(b);
    b->mode = mode_table_body;
    return true;
}

bool mode_row(builder *b, token *t)
{
    if (STARTS(t, T_TD, T_TH)) {
        BACK_TO(b, T_TR);
        open_then(b, t, mode_cell);
        tree_mark(b);
        return false;
    }
    if (ENDS(t, T_TR))
        return end_row(b), false;
    if (STARTS(t, T_CAPTION, T_COL, T_COLGROUP, T_TBODY, T_TFOOT, T_THEAD, T_TR) || ENDS(t, T_TABLE))
        return end_row(b);
    if (ENDS(t, T_TBODY, T_TFOOT, T_THEAD))
        return tree_in_scope(b, t->tag, IN_TABLE) && end_row(b);
    if (ENDS(t, T_BODY, T_CAPTION, T_COL, T_COLGROUP, T_HTML, T_TD, T_TH))
        return false;
    return mode_table(b, t);
}

static bool end_cell(builder *b, enum tag tag)
{
    if (!tree_in_scope(b, tag, IN_TABLE))
        return false;
    tree_end_implied(b, T_UNKNOWN);
    tree_pop_until(b, tag);
    tree_clear_to_mark(b);
    b->mode = mode_row;
    return true;
}

bool mode_cell(builder *b, token *t)
{
    if (ENDS(t, T_TD, T_TH))
        return end_cell(b, t->tag), false;
    bool closes = STARTS(t, T_CAPTION, T_COL, T_COLGROUP, T_TBODY, T_TD, T_TFOOT, T_TH, T_THEAD, T_TR)
        || (ENDS(t, T_TABLE, T_TBODY, T_TFOOT, T_THEAD, T_TR) && tree_in_scope(b, t->tag, IN_TABLE));
    if (closes)
        return end_cell(b, T_TD) || end_cell(b, T_TH);
    if (ENDS(t, T_BODY, T_CAPTION, T_COL, T_COLGROUP, T_HTML, T_TABLE, T_TBODY, T_TFOOT, T_THEAD, T_TR))
        return false;
    return mode_body(b, t);
}
