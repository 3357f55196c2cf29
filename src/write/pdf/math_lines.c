/* math_lines.c - formulas in paragraphs: as words where text goes on around them, as lines of their own where they are
 * displayed.  What is too wide is broken where TeX breaks it, and made smaller only then. */
#include "write/pdf/layout.h"
#include "write/pdf/math.h"
#include <math.h>
#include <string.h>

enum { COST_REL = 400, COST_BIN = 600 }; /* of a line's end in a formula, near TeX's; a hyphen's is 50 */
static const double indent = 2;          /* em: of a display's further lines */
static const double most_of_page = 0.8;  /* that a formula may fill */

typedef struct setting {
    lay *l;
    const span *span;
    math_job job;
    math_atoms atoms;
    const formula *tag;
    ofp_str mark;                        /* that follows a display */
    double room, most_height;
} setting;

static math_job job_for(lay *l, const span *s)
{
    return (math_job){ .arena = l->arena, .type = l->type, .font = l->type->math(l->type->user), .size = s->size,
                       .text = { TYPE_SERIF, 0 }, .lang = s->lang };
}

/* ---- words ---- */

static math_word *new_word(setting *t, const math_box *box, double scale)
{
    math_word *m = ofp_arena_zalloc(t->l->arena, 1, sizeof *m);
    if (!m)
        return NULL;
    *m = (math_word){ .box = box, .scale = scale, .ascent = box->ascent * scale, .descent = box->descent * scale };
    return m;
}

static word *put_word(setting *t, const math_word *m, double width)
{
    word *w = pdf_word_new(t->l, t->span);
    w->math = m;
    w->width = width;
    return w;
}

/* How much smaller a box must be for the column and the page. */
static double scale_for(const setting *t, double width, double height)
{
    double k = 1;
    if (width > t->room)
        k = t->room / width;
    return height * k > t->most_height ? t->most_height / height : k;
}

/* ---- in a line ---- */

static int cost_after(const math_atoms *all, size_t i)
{
    const math_atom *a = &all->p[i];
    if (i + 1 >= all->n || a->space || a[1].right == CLASS_REL || a[1].right == CLASS_PUNCT)
        return 0;
    return a->right == CLASS_REL ? COST_REL : a->right == CLASS_BIN ? COST_BIN : 0;
}

/* One past the last atom of the piece that begins at from. */
static size_t piece_end(const math_atoms *all, size_t from)
{
    for (size_t i = from; i < all->n; i++)
        if (cost_after(all, i))
            return i + 1;
    return all->n;
}

/* Atoms as one box, which nothing of it leaves. */
static math_box *join(setting *t, size_t from, size_t end)
{
    return math_whole(&t->job, math_join(&t->job, t->atoms.p + from, end - from), 0.3 * t->span->size);
}

static double scale_of_pieces(setting *t)
{
    double k = 1;
    for (size_t i = 0, end; i < t->atoms.n; i = end) {
        end = piece_end(&t->atoms, i);
        const math_box *b = join(t, i, end);
        k = fmin(k, scale_for(t, b->width, b->ascent + b->descent));
    }
    return k;
}

/* As it would be for a letter: text may be divided from it where it may be from that. */
static void join_text(lay *l)
{
    para *p = &l->para;
    if (p->words.n && p->words.p[p->words.n - 1].end == END_NONE && pdf_break_between(p->last2, p->last, 'x', false))
        p->words.p[p->words.n - 1].end = END_MAYBE;
}

static void put_inline(setting *t)
{
    double k = scale_of_pieces(t);
    join_text(t->l);
    for (size_t i = 0, end; i < t->atoms.n && !t->l->nomem; i = end) {
        end = piece_end(&t->atoms, i);
        const math_box *b = join(t, i, end);
        const math_word *m = new_word(t, b, k);
        if (!m)
            return;
        double lean = end == t->atoms.n && b->letter ? b->italic : 0;
        word *w = put_word(t, m, (b->width + lean) * k);
        if (end == t->atoms.n)
            break;
        w->end = END_BLANK;
        w->cost = (short)cost_after(&t->atoms, end - 1);
        w->blank = (float)(t->atoms.p[end].before * k);
    }
    t->l->para.last = 'x';
    t->l->para.bytes += 16 * t->atoms.n;
}

/* ---- on lines of its own ---- */

typedef struct display_line { const math_box *box; const math_box *tag; double indent; } display_line;

static double atom_width(const math_atom *a, bool first)
{
    return a->box->width + (first ? 0 : a->before);
}

static bool may_begin(const math_atoms *all, size_t i, enum formula_class cls)
{
    return all->p[i].left == cls && !all->p[i].space && all->p[i - 1].right != CLASS_REL && all->p[i - 1].right != CLASS_OPEN;
}

/* Authors part formulas by wide spaces, which is where they are best broken. */
static bool is_wide(const setting *t, size_t i)
{
    return t->atoms.p[i].space && t->atoms.p[i].box->width > 0.9 * t->span->size;
}

/* Places to break at, the best kind first: the last one of each kind on the line, and the width up to there. */
enum { AT_SPACE, AT_REL, AT_BIN, AT_KINDS };
typedef struct breaks { size_t at[AT_KINDS]; double width[AT_KINDS]; } breaks;

static int kind_of_break(const setting *t, size_t i)
{
    if (is_wide(t, i))
        return AT_SPACE;
    return may_begin(&t->atoms, i, CLASS_REL) ? AT_REL : may_begin(&t->atoms, i, CLASS_BIN) ? AT_BIN : AT_KINDS;
}

static void note_break(const setting *t, breaks *b, size_t i, double width)
{
    int kind = kind_of_break(t, i);
    if (kind == AT_KINDS)
        return;
    b->at[kind] = i;
    b->width[kind] = width;
}

static size_t best_break(const breaks *b, double room)
{
    size_t any = 0;
    for (int k = 0; k < AT_KINDS; k++) {
        if (b->at[k] && b->width[k] > 0.3 * room)
            return b->at[k];
        any = any ? any : b->at[k];
    }
    return any;
}

/* One past the last atom of the display's line that begins at from.  What can be broken nowhere goes on to where it can. */
static size_t line_end(const setting *t, size_t from, double room)
{
    const math_atoms *all = &t->atoms;
    breaks b = { 0 };
    double width = atom_width(&all->p[from], true);
    for (size_t i = from + 1; i < all->n; i++) {
        size_t best;
        note_break(t, &b, i, width);
        width += atom_width(&all->p[i], false);
        if (width > room && (best = best_break(&b, room)))
            return best;
    }
    return all->n;
}

/* Its lines into out, at most max of them; returns how many. */
static size_t break_display(setting *t, display_line *out, size_t max)
{
    size_t n = 0, from = 0;
    while (from < t->atoms.n && n < max) {
        double in = n ? indent * t->span->size : 0;
        size_t end = n + 1 < max ? line_end(t, from, t->room - in) : t->atoms.n;
        out[n++] = (display_line){ join(t, from, end), NULL, in };
        for (from = end; from < t->atoms.n && t->atoms.p[from].space; from++)
            ;
    }
    return n;
}

/* The number stands at the margin of the last line where there is room for it, else on a line of its own. */
static size_t put_tag(setting *t, display_line *lines, size_t n)
{
    math_box *tag = math_row(&t->job, t->tag, (math_style){ .level = LEVEL_TEXT, .colour = t->span->colour });
    display_line *last = &lines[n - 1];
    if (last->indent + last->box->width + tag->width + t->span->size > t->room)
        lines[n++] = (display_line){ math_box_new(&t->job), tag, 0 };
    else
        last->tag = tag;
    return n;
}

/* Where a box stands in a column: in the middle, but off the number at the margin. */
static double centre(const setting *t, const display_line *line, double k)
{
    double width = line->box->width * k, tag = line->tag ? line->tag->width * k : 0, x = (t->room - width) / 2;
    double gap = tag > 0 ? tag + t->span->size : 0;
    return x + width + gap > t->room ? fmax(0, (t->room - gap - width) / 2) : x;
}

static double scale_of_lines(const setting *t, const display_line *lines, size_t n)
{
    double k = 1;
    for (size_t i = 0; i < n; i++) {
        double width = lines[i].indent + lines[i].box->width;
        if (lines[i].tag)
            width = lines[i].box->width > 0 ? width + lines[i].tag->width + t->span->size : lines[i].tag->width;
        k = fmin(k, scale_for(t, width, lines[i].box->ascent + lines[i].box->descent));
    }
    return k;
}

/* The i-th of n lines.  Those of a long display may be parted by a page's end, but for the first two and the last two. */
static bool put_line(setting *t, const display_line *line, bool whole, double k, size_t i, size_t n)
{
    enum { FEW = 6 };
    math_word *m = new_word(t, line->box, k);
    if (!m)
        return false;
    m->display = true;
    m->first = i == 0;
    m->last = i + 1 == n;
    m->keep = i > 0 && (n <= FEW || i == 1 || m->last);
    m->tag = line->tag;
    if (m->tag) {
        m->ascent = fmax(m->ascent, m->tag->ascent * k);
        m->descent = fmax(m->descent, m->tag->descent * k);
    }
    m->x = whole ? centre(t, line, k) : line->indent * k;
    put_word(t, m, t->l->measuring ? line->box->width * k : t->room - 0.01);
    pdf_word_end(t->l, END_LINE, t->span);
    return true;
}

/* How far in the rows of a table begin: in the middle, but off the widest of their tags. */
static double rows_indent(const setting *t, const math_table_row *rows, size_t n)
{
    double tag = 0, width = rows[0].box->width;
    for (size_t i = 0; i < n; i++)
        tag = rows[i].tag ? fmax(tag, rows[i].tag->width + t->span->size) : tag;
    return fmax(0, fmin((t->room - width) / 2, t->room - width - tag));
}

/* The rows of a table that is too tall for a page are lines of their own, and so are rows with tags, which stand at the
 * margin.  NULL: it is no such table. */
static display_line *rows_of(setting *t, size_t *n)
{
    const math_atom *a = &t->atoms.p[0];
    bool tall = t->l->flow == &t->l->main && a->box->ascent + a->box->descent > t->most_height;
    if (t->atoms.n != 1 || a->node->kind != FORMULA_TABLE || !(tall || math_has_tags(a->node)))
        return NULL;
    math_table_row *rows = math_table_rows(&t->job, a->node, a->style, n);
    display_line *lines = rows && *n ? ofp_arena_zalloc(t->l->arena, *n + 1, sizeof *lines) : NULL;
    double in = lines ? rows_indent(t, rows, *n) : 0;
    for (size_t i = 0; lines && i < *n; i++)
        lines[i] = (display_line){ rows[i].box, rows[i].tag, in };
    return lines;
}

/* The mark that a text behind a display begins with: it would begin the next line. */
static ofp_str mark_behind(const ofp_node *n)
{
    const ofp_node *next = ofp_next(n);
    ofp_str t = next && ofp_node_type(next) == OFP_TEXT ? ofp_text(next) : (ofp_str){ 0 };
    bool mark = t.n && strchr(".,;:", t.p[0]) && t.p[0];
    return mark && (t.n == 1 || t.p[1] == ' ') ? ofp_str_sub(t, 0, 1) : (ofp_str){ 0 };
}

/* It goes with the formula, and is left out where it stands. */
static void add_mark(setting *t, display_line *last)
{
    if (!t->mark.n)
        return;
    math_style s = { .level = LEVEL_TEXT, .colour = t->span->colour };
    math_box *out = math_box_new(&t->job);
    const math_box *mark = math_words(&t->job, t->mark, t->job.text, s);
    math_add(&t->job, out, last->box, 0, 0);
    math_add(&t->job, out, mark, last->box->width, 0);
    out->width = last->box->width + mark->width;
    last->box = out;
    t->l->skip = t->mark.n;
}

static double width_of(const setting *t)
{
    double width = 0;
    for (size_t i = 0; i < t->atoms.n; i++)
        width += atom_width(&t->atoms.p[i], i == 0);
    return width;
}

/* The lines of a display, with room for one more. */
static display_line *lines_of(setting *t, size_t *n)
{
    enum { MOST_LINES = 400 };
    display_line *lines = rows_of(t, n);
    if (lines)
        return lines;
    size_t max = width_of(t) > t->room ? MOST_LINES : 1;
    lines = ofp_arena_zalloc(t->l->arena, max + 1, sizeof *lines);
    *n = lines ? break_display(t, lines, max) : 0;
    return lines;
}

static void put_display(setting *t)
{
    size_t n;
    display_line *lines = lines_of(t, &n);
    bool whole = n == 1;                 /* lines that go on begin at the left, a whole one stands in the middle */
    if (n)
        add_mark(t, &lines[n - 1]);
    if (t->tag && n)
        n = put_tag(t, lines, n);
    double k = scale_of_lines(t, lines, n);
    for (size_t i = 0; i < n; i++)
        if (!put_line(t, &lines[i], whole, k, i, n))
            return;
}

/* ---- */

/* \left( is of one piece with its \right); \bigl( is not. */
static bool is_fenced(const formula *row)
{
    const formula *first = row->first;
    return row->cls == CLASS_INNER || (first && first->kind == FORMULA_OPERATOR && first->stretchy && first->height <= 0);
}

/* Where a formula is all in one group, what stands in that may be parted. */
static const formula *outermost(const formula *f)
{
    while (f->kind == FORMULA_ROW && f->first && !f->first->next && f->first->kind == FORMULA_ROW && !is_fenced(f->first))
        f = f->first;
    return f;
}

static bool set_atoms(setting *t, const formula *f, enum math_level level)
{
    math_style s = { .level = level, .colour = t->span->colour };
    f = outermost(f);
    formula row = { .kind = FORMULA_ROW, .first = (formula *)f };        /* of itself alone */
    bool open = (f->kind == FORMULA_ROW && !is_fenced(f)) || f->kind == FORMULA_STYLE;
    t->atoms = math_row_atoms(&t->job, open ? f : &row, s);
    return !t->job.deep && !ofp_arena_failed(t->l->arena) && t->atoms.n > 0;
}

bool pdf_math(lay *l, const ofp_node *n, const span *s)
{
    formula *tag = NULL;
    if (!l->type->math || !l->type->math(l->type->user))
        return false;
    formula *f = ofp_formula_parse(l->arena, ofp_text(n), &tag);
    bool display = ofp_math_display(n);
    if (!f)
        return false;
    double hang = fmax(l->para.indent, l->para.hang);
    setting t = { .l = l, .span = s, .job = job_for(l, s), .tag = tag, .mark = mark_behind(n), .room = l->at.w - hang,
                  .most_height = most_of_page * l->sheet.depth };
    if (!set_atoms(&t, f, display ? LEVEL_DISPLAY : LEVEL_TEXT))
        return false;
    if (display)
        put_display(&t);
    else
        put_inline(&t);
    return true;
}
