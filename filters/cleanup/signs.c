/* signs.c - what the layout of a page leaves between the words of an article. */
#include "cleanup.h"

static bool has_word(ofp_str s)
{
    for (size_t i = 0; i < s.n; ) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (ofp_is_letter(cp) || (cp >= '0' && cp <= '9'))
            return true;
    }
    return false;
}

/* Joiners and the like, with nothing to join. */
static bool is_unseen(uint32_t cp)
{
    return cp == 0xAD || (cp >= 0x200C && cp <= 0x200F) || cp == 0x2060;
}

static bool is_blank(ofp_str s)
{
    for (size_t i = 0; i < s.n; ) {
        uint32_t cp = ofp_utf8_next(s, &i);
        if (!ofp_is_space(cp) && !is_unseen(cp))
            return false;
    }
    return true;
}

/* Blanks and line breaks, bold perhaps, which no link leads to. */
static bool shows_nothing(const ofp_node *n, const ofp_node *root)
{
    static const enum ofp_type boxes[] = { OFP_STRONG, OFP_EMPH, OFP_UNDERLINE, OFP_SMALLCAPS, OFP_SPAN };
    for (; n; n = ofp_after(n, root)) {
        enum ofp_type t = ofp_node_type(n);
        bool nothing = t == OFP_TEXT ? is_blank(ofp_text(n)) : t == OFP_LINEBREAK || t == OFP_SOFTBREAK;
        for (size_t i = 0; !nothing && i < sizeof boxes / sizeof *boxes; i++)
            nothing = t == boxes[i] && !ofp_id(n).n;
        if (!nothing)
            return false;
    }
    return true;
}

/* What terms and captions have beside them is one of these; beside a heading it may be a picture. */
static bool is_address_sign(ofp_str s)
{
    static const char *const signs[] = { "#", "\u00B6", "\u00A7", "\u2693", "\U0001F517", "\U0001F517\uFE0E" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (ofp_str_eq(s, ofp_s(signs[i])))
            return true;
    return false;
}

static const ofp_node *block_of(const ofp_node *n)
{
    while (n && ofp_is_inline(n))
        n = ofp_parent(n);
    return n;
}

/* "#", "¶" and the like beside a heading or a term, for who wants its address. */
static bool is_permalink(const ofp_node *n)
{
    if (ofp_node_type(n) != OFP_LINK || !ofp_str_starts(ofp_url(n), OFP_STR("#")))
        return false;
    const ofp_node *only = ofp_first(n), *up = block_of(n);
    if (only && !ofp_next(only) && ofp_node_type(only) == OFP_TEXT && is_address_sign(ofp_str_trim(ofp_text(only))))
        return true;
    if (!up || ofp_node_type(up) != OFP_HEAD)
        return false;
    for (const ofp_node *c = ofp_first(n); c; c = ofp_after(c, n))
        if (ofp_node_type(c) == OFP_IMAGE || has_word(ofp_text(c)))
            return false;
    return true;
}

/* A title that says the text of its link or picture again. */
static bool says_again(ofp_arena *a, const ofp_node *n)
{
    ofp_str title = ofp_str_trim(ofp_title(n));
    return title.n && ofp_str_eq(title, ofp_str_trim(ofp_plain_text(a, n)));
}

/* What a wiki puts beside its headings, for who wants to write in it. */
static bool is_edit_link(const ofp_node *n)
{
    return ofp_node_type(n) == OFP_SPAN && (ofp_has_class(n, OFP_STR("mw-editsection")) || ofp_has_class(n, OFP_STR("editsection")));
}

static bool is_paragraph(const ofp_node *n)
{
    return ofp_node_type(n) == OFP_PARA || ofp_node_type(n) == OFP_PLAIN;
}

/* A paragraph of no-break spaces, which only keeps others apart; a heading of them. */
static bool is_spacer(const ofp_node *n)
{
    return (is_paragraph(n) || ofp_node_type(n) == OFP_HEAD) && ofp_first(n) && shows_nothing(ofp_first(n), n);
}

/* The same as the first or last line of a paragraph. */
static void trim_lines(ofp_node *para)
{
    ofp_node *n = ofp_first(para), *last = ofp_last(para);
    if (n && ofp_next(n) && ofp_node_type(ofp_next(n)) == OFP_LINEBREAK && ofp_node_type(n) == OFP_TEXT && is_blank(ofp_text(n))) {
        ofp_unlink(ofp_next(n));
        ofp_unlink(n);
    }
    if (last && ofp_prev(last) && ofp_node_type(ofp_prev(last)) == OFP_LINEBREAK && ofp_node_type(last) == OFP_TEXT
        && is_blank(ofp_text(last))) {
        ofp_unlink(ofp_prev(last));
        ofp_unlink(last);
    }
}

/* ---- headings -------------------------------------------------------------------------------------- */

/* Bold and underlined as a whole: a heading is, by itself. */
static bool is_loud(const ofp_node *head)
{
    bool loud = false;
    for (const ofp_node *n = ofp_first(head); n; ) {
        bool here = ofp_node_type(n) == OFP_STRONG || ofp_node_type(n) == OFP_UNDERLINE;
        if (!here && !ofp_first(n) && !(ofp_node_type(n) == OFP_TEXT && is_blank(ofp_text(n))))
            return false;
        loud |= here;
        n = here ? ofp_after_skip(n, head) : ofp_after(n, head);
    }
    return loud;
}

/* A cell of a table's head likewise. */
static bool is_head_cell(const ofp_node *para)
{
    const ofp_node *n = para;
    while (!ofp_next(n) && ofp_node_type(ofp_parent(n)) == OFP_DIV)
        n = ofp_parent(n);
    const ofp_node *cell = ofp_next(n) ? NULL : ofp_parent(n);
    return cell && ofp_node_type(cell) == OFP_CELL && ofp_node_type(ofp_parent(ofp_parent(cell))) == OFP_THEAD;
}

static bool is_named(const ofp_node *n, ofp_str id)
{
    return n && ofp_id(n).n && ofp_str_eq(ofp_id(n), id);
}

/* A heading that leads to itself, to what it opens, or back to the contents: a link for its address, not for reading on. */
static bool leads_here(const ofp_node *link, const ofp_node *head)
{
    ofp_str to = ofp_url(link), id = ofp_str_sub(to, 1, SIZE_MAX);
    if (!ofp_str_starts(to, OFP_STR("#")))
        return false;
    bool whole = ofp_first(head) == link && ofp_last(head) == link;
    bool here = is_named(link, id) || (whole && is_named(ofp_next(head), id)) || ofp_has_class(link, OFP_STR("toc-backref"));
    for (const ofp_node *up = head; up && !here; up = ofp_parent(up))
        here = is_named(up, id);
    return here;
}

/* A picture that nobody has named heads nothing. */
static bool is_picture(ofp_arena *a, const ofp_node *head)
{
    return ofp_node_type(head) == OFP_HEAD && ofp_first(head) && is_blank(ofp_plain_text(a, head)) && !shows_nothing(ofp_first(head), head);
}

static void calm_heading(ofp_node *head)
{
    bool loud = is_loud(head);
    for (ofp_node *n = ofp_first(head), *next; n; n = next) {
        enum ofp_type t = ofp_node_type(n);
        next = ofp_after(n, head);
        if (t == OFP_LINK && leads_here(n, head) && ofp_id(n).n)
            ofp_retype(n, OFP_SPAN);
        else if ((t == OFP_LINK && leads_here(n, head)) || (loud && (t == OFP_STRONG || t == OFP_UNDERLINE)))
            ofp_unwrap(n);
    }
}

/* ---- pictures without words ------------------------------------------------------------------------ */

enum { ICON_SIDE = 32 };                /* px: no picture that somebody would look at is that small */

static bool is_icon(const ofp_node *image)
{
    long w, h;
    return ofp_str_int(ofp_attr(image, OFP_STR("width")), 1, ICON_SIDE, &w) && ofp_str_int(ofp_attr(image, OFP_STR("height")), 1, ICON_SIDE, &h);
}

static bool leads_home(const ofp_doc *d, const ofp_node *link)
{
    static const ofp_str index = OFP_STR("/index.");
    ofp_str path = ofp_url_path(ofp_url(link)), host = ofp_url_host(ofp_url(link));
    bool home = path.n <= 1 || (ofp_str_starts(path, index) && ofp_str_find(path, OFP_STR("/"), index.n) == SIZE_MAX);
    return home && host.n && ofp_str_ieq(host, ofp_url_host(ofp_note(d, OFP_STR("base"))));
}

/* A logo that leads home, or a small sign; in a table's cell it may be what the cell says. */
static bool is_ornament(const ofp_doc *d, const ofp_node *n)
{
    if (ofp_node_type(n) != OFP_IMAGE || ofp_first(n))
        return false;
    const ofp_node *up = ofp_parent(n);
    if (up && ofp_node_type(up) == OFP_LINK && leads_home(d, up))
        return true;
    while (up && ofp_node_type(up) != OFP_CELL)
        up = ofp_parent(up);
    return !up && is_icon(n);
}

/* The link around a picture goes with it. */
static ofp_node *with_wrapping(ofp_node *n)
{
    for (ofp_node *up = ofp_parent(n); up && ofp_is_inline(up) && ofp_first(up) == n && !ofp_next(n); up = ofp_parent(n))
        n = up;
    return n;
}

void drop_signs(ofp_doc *d)
{
    for (ofp_node *n = ofp_root(d), *next; n; n = next) {
        bool sign = is_permalink(n) || is_edit_link(n) || is_spacer(n), ornament = is_ornament(d, n);
        next = sign || ornament ? ofp_after_skip(n, NULL) : ofp_after(n, NULL);
        if (sign || ornament)
            ofp_unlink(ornament ? with_wrapping(n) : n);
    }
    for (ofp_node *n = ofp_root(d); n; n = ofp_after(n, NULL))
        if (is_picture(ofp_doc_arena(d), n))
            ofp_retype(n, OFP_PARA);
        else if (ofp_node_type(n) == OFP_HEAD || (is_paragraph(n) && is_head_cell(n)))
            calm_heading(n);
        else if (is_paragraph(n))
            trim_lines(n);
        else if (ofp_title(n).n && says_again(ofp_doc_arena(d), n))
            ofp_set_target(n, ofp_url(n), (ofp_str){ "", 0 });
    ofp_drop_empty(d);
}
