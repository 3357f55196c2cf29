/* list.c - lists: markers hang before their items' column. */
#include "write/pdf/layout.h"

static const char *const bullets[] = { "\xE2\x80\xA2", "\xE2\x80\x93", "\xC2\xB7" };   /* bullet, en dash, middle dot */
enum { MAX_LABEL = 24 };

static size_t put_roman(char *out, int v, bool upper)
{
    static const struct { int value; const char *lower, *upper; } digits[] = {
        { 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" }, { 400, "cd", "CD" }, { 100, "c", "C" },
        { 90, "xc", "XC" }, { 50, "l", "L" }, { 40, "xl", "XL" }, { 10, "x", "X" }, { 9, "ix", "IX" }, { 5, "v", "V" },
        { 4, "iv", "IV" }, { 1, "i", "I" },
    };
    size_t n = 0;
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (; v >= digits[i].value && n < MAX_LABEL - 4; v -= digits[i].value)
            for (const char *p = upper ? digits[i].upper : digits[i].lower; *p; p++)
                out[n++] = *p;
    return n;
}

/* a … z, aa, ab …: no zero in this notation. */
static size_t put_alpha(char *out, int v, char first)
{
    char rev[12];
    size_t n = 0;
    for (; v > 0 && n < sizeof rev; v = (v - 1) / 26)
        rev[n++] = (char)(first + (v - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = rev[n - 1 - i];
    return n;
}

static ofp_str number_text(lay *l, const ofp_node *list, int v)
{
    char digits[MAX_LABEL];
    size_t n = 0;
    enum ofp_list_delim delim = ofp_list_delim(list);
    enum ofp_list_style style = ofp_list_style(list);
    if ((style == OFP_STYLE_LOWER_ROMAN || style == OFP_STYLE_UPPER_ROMAN) && v > 0 && v < 4000)
        n = put_roman(digits, v, style == OFP_STYLE_UPPER_ROMAN);
    else if ((style == OFP_STYLE_LOWER_ALPHA || style == OFP_STYLE_UPPER_ALPHA) && v > 0)
        n = put_alpha(digits, v, style == OFP_STYLE_UPPER_ALPHA ? 'A' : 'a');
    ofp_str shown = n ? (ofp_str){ digits, n } : ofp_arena_printf(l->arena, "%d", v);
    const char *open = delim == OFP_DELIM_TWO_PARENS ? "(" : "";
    const char *close = delim == OFP_DELIM_ONE_PAREN || delim == OFP_DELIM_TWO_PARENS ? ")" : ".";
    const char *mark = l->at.rtl ? "\xE2\x80\x8F" : "";    /* right-to-left mark: the point stands to the left of the number */
    return ofp_arena_printf(l->arena, "%s%s%.*s%s", mark, open, (int)shown.n, shown.p, close);
}

/* The text of an item's box where it is one of a task list: pandoc begins it with such a character. */
static ofp_str task_box(const ofp_node *item)
{
    const ofp_node *block = ofp_first(item), *first = block && ofp_holds_inlines(block) ? ofp_first(block) : NULL;
    ofp_str t = first && ofp_node_type(first) == OFP_TEXT ? ofp_text(first) : (ofp_str){ 0 };
    static const char *const boxes[] = { "\xE2\x98\x90", "\xE2\x98\x91", "\xE2\x98\x92" };
    for (size_t i = 0; i < 3; i++)
        if (ofp_str_starts(t, ofp_s(boxes[i])) && (t.n == 3 || t.p[3] == ' '))
            return ofp_str_sub(t, 0, 3);
    return (ofp_str){ 0 };
}

static span label_span(lay *l, unsigned elem)
{
    span s = pdf_span(l, l->at.body, elem);
    s.face.flags |= TYPE_TABULAR;
    return s;
}

/* How far items go in: the widest marker and a gap, at least that of a bullet. */
static double indent_of(lay *l, const ofp_node *list, bool numbered)
{
    span s = label_span(l, 0);
    double widest = 0;
    int v = ofp_list_start(list), last = v - 1;
    for (const ofp_node *n = ofp_first(list); n; n = ofp_next(n))
        last++;
    for (int i = 0; numbered && i < 2; i++) {
        double w = pdf_text_shape(l, &s, number_text(l, list, i ? last : v))->width * s.size;
        widest = w > widest ? w : widest;
    }
    if (numbered && (ofp_list_style(list) == OFP_STYLE_LOWER_ROMAN || ofp_list_style(list) == OFP_STYLE_UPPER_ROMAN))
        for (int i = v; i <= last && i < v + 100; i++) {
            double w = pdf_text_shape(l, &s, number_text(l, list, i))->width * s.size;
            widest = w > widest ? w : widest;
        }
    return widest + 0.5 * s.size > 1.5 * s.size ? widest + 0.5 * s.size : 1.5 * s.size;
}

static void wait_label(lay *l, ofp_str text, double indent)
{
    const label *before = l->labels.n ? &l->labels.p[l->labels.n - 1] : NULL;
    double edge = pdf_from_start(l, indent - 0.5 * label_span(l, 0).size);
    double further = before ? (l->at.rtl ? before->edge - edge : edge - before->edge) : indent;
    if (l->measuring || text.n == 0 || further < 1)
        return;                                          /* nested too deep to go in: one marker for all */
    unsigned elem = pdf_elem_new(l, PDF_LBL);
    span s = label_span(l, elem);
    label m = { pdf_text_shape(l, &s, text), s, edge, l->at.rtl, { 0 } };
    *(label *)PUSH(l, l->labels) = m;
}

/* The blocks of an item; one that comes to nothing still shows its marker. */
static void set_body(lay *l, const ofp_node *item)
{
    l->at.elem = pdf_elem_new(l, PDF_LBODY);
    pdf_blocks(l, item);
    if (l->labels.n && !l->measuring) {
        double lead = l->sheet.looks[l->at.body].lead * l->at.scale;
        pdf_strip(l, lead);
        pdf_labels(l, -0.72 * lead);
    }
}

void pdf_list(lay *l, const ofp_node *n)
{
    bool numbered = ofp_node_type(n) == OFP_OLIST, tight = ofp_list_tight(n);
    double lead = l->sheet.looks[l->at.body].lead * l->at.scale, indent = indent_of(l, n, numbered);
    const char *bullet = bullets[l->at.bullets % 3];
    place outer = l->at;
    bool nested_tight = outer.tight && outer.level > 0;
    int number = ofp_list_start(n);
    l->at.elem = pdf_elem_new(l, PDF_L);
    if (l->at.elem)
        l->book->elems[l->at.elem].ordered = numbered;
    unsigned list = l->at.elem;
    pdf_gap(l, nested_tight ? 0.12 * lead : 0.5 * lead);
    for (const ofp_node *item = ofp_first(n); item && !l->nomem; item = ofp_next(item), number++) {
        l->at.elem = list;
        l->at.elem = pdf_elem_new(l, PDF_LI);
        ofp_str box = task_box(item);
        wait_label(l, box.n ? box : numbered ? number_text(l, n, number) : ofp_s(bullet), indent);
        place saved = pdf_inset(l, indent, 0);
        l->at.tight = tight;
        l->at.level++;
        l->at.bullets += !numbered;
        l->skip = box.n ? box.n + 1 : 0;
        set_body(l, item);
        l->at = saved;
        if (ofp_next(item) && (item == ofp_first(n) || !ofp_next(ofp_next(item))))
            pdf_keep_last(l);                            /* no item alone at the end or the start of a page */
        pdf_gap(l, tight ? 0.14 * lead : 0.4 * lead);
    }
    l->at = outer;
    pdf_gap(l, nested_tight ? 0.12 * lead : 0.5 * lead);
}

void pdf_deflist(lay *l, const ofp_node *n)
{
    place outer = l->at;
    unsigned list = pdf_elem_new(l, PDF_L);
    l->at.elem = list;
    unsigned entry = list;
    pdf_gap(l, 0.5 * l->sheet.lead);
    for (const ofp_node *part = ofp_first(n); part && !l->nomem; part = ofp_next(part)) {
        if (ofp_node_type(part) == OFP_TERM) {
            l->at.elem = list;
            entry = pdf_elem_new(l, PDF_LI);
            l->at.elem = entry;
            pdf_text_block(l, part, l->at.body == LOOK_BODY ? LOOK_TERM : l->at.body, PDF_LBL);
            pdf_keep_last(l);
            continue;
        }
        place saved = pdf_inset(l, 1.5 * l->sheet.size * l->at.scale, 0);
        l->at.elem = entry;
        l->at.tight = ofp_first(part) && !ofp_next(ofp_first(part));
        set_body(l, part);
        l->at = saved;
    }
    l->at = outer;
    pdf_gap(l, 0.5 * l->sheet.lead);
}
