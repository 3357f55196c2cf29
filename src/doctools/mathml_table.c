/* mathml_table.c - tables of formulas.  Core leaves alignment, gaps and lines to CSS. */
#include "doctools/mathml_parts.h"

static const char *side(char align)
{
    return align == 'l' ? "left" : align == 'r' ? "right" : "center";
}

static bool is_plain(const formula *table)
{
    for (const formula *tr = table->first; tr; tr = tr->next)
        for (const formula *td = tr->first; td; td = td->next)
            if (td->align != 'c' || (td != tr->first && td->width != 1))
                return false;
    return true;
}

static const formula *widest(const formula *table)
{
    const formula *best = table->first;
    size_t most = 0;
    for (const formula *tr = table->first; tr; tr = tr->next) {
        size_t n = 0;
        for (const formula *td = tr->first; td; td = td->next)
            n++;
        if (n > most) {
            most = n;
            best = tr;
        }
    }
    return best;
}

/* For systems that draw MathML 3: what the style of the cells says to the others. */
static void put_columns(mathml *m, const formula *table)
{
    const formula *tr = widest(table);
    const char *between = "";
    lit(m, " columnalign=\"");
    for (const formula *td = tr ? tr->first : NULL; td; td = td->next, between = " ")
        ofp_buf_printf(m->out, "%s%s", between, side(td->align));
    lit(m, "\"");
    if (!tr || !tr->first || !tr->first->next)
        return;
    lit(m, " columnspacing=\"");
    between = "";
    for (const formula *td = tr->first->next; td; td = td->next, between = " ") {
        lit(m, between);
        mathml_length(m, td->width);
    }
    lit(m, "\"");
}

static void put_rules(mathml *m, const formula *tr, const formula *td)
{
    static const char *const sides[] = { "left", "right", "top", "bottom" };
    bool rules[] = { td->rule_before, td->rule_after, tr->rule_above, tr->rule_below };
    for (size_t i = 0; i < 4; i++)
        if (rules[i])
            ofp_buf_printf(m->out, "border-%s:1px solid;", sides[i]);
}

static bool is_ruled(const formula *table)
{
    for (const formula *tr = table->first; tr; tr = tr->next)
        for (const formula *td = tr->first; td; td = td->next)
            if (tr->rule_above || tr->rule_below || td->rule_before || td->rule_after)
                return true;
    return false;
}

/* Half of the gap at each side of it; none outside, but for lines. */
static void put_padding(mathml *m, const formula *td, bool first, bool ruled)
{
    double outside = ruled ? 0.5 : 0;
    lit(m, "padding-left:");
    mathml_length(m, first ? outside : td->width / 2);
    lit(m, ";padding-right:");
    mathml_length(m, td->next ? td->next->width / 2 : outside);
}

/* Beyond the half ex that is below every cell. */
static void put_skip(mathml *m, double em)
{
    lit(m, "padding-bottom:calc(.5ex + ");
    mathml_length(m, em);
    lit(m, ");");
}

typedef struct looks { bool plain, ruled; } looks;        /* of the table */

static void put_td(mathml *m, const formula *tr, const formula *td, looks t)
{
    bool ruled = td->rule_before || td->rule_after || tr->rule_above || tr->rule_below;
    bool skip = tr->next && (tr->height > 0 || tr->height < 0), styled = !t.plain || ruled || skip;
    lit(m, styled ? "<mtd style=\"" : "<mtd");
    put_rules(m, tr, td);
    if (skip)
        put_skip(m, tr->height);
    if (!t.plain) {
        ofp_buf_printf(m->out, "text-align:%s;", side(td->align));
        ofp_buf_printf(m->out, "text-align:-webkit-%s;", side(td->align));      /* rows are blocks to Chromium */
        put_padding(m, td, td == tr->first, t.ruled);
    }
    lit(m, styled ? "\">" : ">");
    mathml_inside(m, td);
    lit(m, "</mtd>");
}

void mathml_table(mathml *m, const formula *f)
{
    looks t = { is_plain(f), is_ruled(f) };
    int around = m->style;
    lit(m, f->style == DISPLAY ? "<mtable displaystyle=\"true\"" : "<mtable");
    if (!t.plain)
        put_columns(m, f);
    lit(m, ">");
    m->style = f->style >= 0 ? f->style : around == DISPLAY ? TEXT : around;
    for (const formula *tr = f->first; tr; tr = tr->next) {
        lit(m, "<mtr>");
        for (const formula *td = tr->first; td; td = td->next)
            put_td(m, tr, td, t);
        lit(m, "</mtr>");
    }
    m->style = around;
    lit(m, "</mtable>");
}
