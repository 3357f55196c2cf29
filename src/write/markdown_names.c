/* markdown_names.c - what headings are called in links to them, after GitHub and those that follow it, and the links
 * of the text that lead to headings by the ids of the source, which Markdown does not keep. */
#include "write/markdown.h"
#include "doctools/ids.h"

/* Blanks of no width, which are not written. */
static bool is_nothing(uint32_t c) { return c == 0x200B || c == 0xFEFF; }

static bool is_named(uint32_t c)
{
    bool mark = c >= 0x80 && ofp_char_width(c) == 0;
    return ofp_is_letter(c) || ofp_is_digit(c) || mark || c == '-' || c == '_';
}

/* Letters, digits and marks in lower case, hyphens for blanks, nothing for the rest. */
static ofp_str slug(ofp_arena *a, ofp_str text)
{
    ofp_buf b = { 0 };
    bool any = false, blank = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t c = ofp_utf8_next(text, &i);
        if (is_nothing(c))
            continue;
        if (ofp_is_space(c)) {
            blank = any;
            continue;
        }
        if (blank)
            ofp_buf_putc(&b, '-');
        blank = false;
        any = true;
        if (is_named(c))
            ofp_buf_putu(&b, ofp_to_lower(c));
    }
    return ofp_buf_take(&b, a);
}

/* "#name", or "#name-1" where there was one before. */
static ofp_str reference(ofp_arena *a, ofp_map *seen, const ofp_node *head)
{
    ofp_str name = slug(a, ofp_plain_text(a, head));
    void **slot = ofp_map_at(seen, name);
    unsigned *n = slot && !*slot ? *slot = ofp_arena_zalloc(a, 1, sizeof *n) : slot ? *slot : NULL;
    unsigned before = n ? (*n)++ : 0;
    return before ? ofp_arena_printf(a, "#%.*s-%u", (int)name.n, name.p, before)
                  : ofp_arena_printf(a, "#%.*s", (int)name.n, name.p);
}

/* The key of a name is the node itself. */
struct name { const ofp_node *head; ofp_str reference; };

static ofp_str key_of(const ofp_node *const *head)
{
    return (ofp_str){ (const char *)head, sizeof *head };
}

/* All headings count, also those that nothing leads to. */
static void name_heads(md *w)
{
    ofp_map seen = { .arena = w->arena };
    const ofp_node *root = ofp_root(w->doc);
    for (const ofp_node *n = root; n; n = ofp_after(n, root)) {
        struct name *name = ofp_node_type(n) == OFP_HEAD ? ofp_arena_zalloc(w->arena, 1, sizeof *name) : NULL;
        if (!name)
            continue;
        *name = (struct name){ n, reference(w->arena, &seen, n) };
        void **at = ofp_map_at(&w->names, key_of(&name->head));
        if (at)
            *at = name;
    }
    w->named = true;
}

ofp_str ofp_md_head_ref(md *w, const ofp_node *head)
{
    if (!w->named)
        name_heads(w);
    const struct name *name = ofp_map_get(&w->names, key_of(&head));
    return name ? name->reference : OFP_STR("#");
}

/* The heading that a place is in, or that a section begins with. */
static const ofp_node *head_at(const ofp_node *n)
{
    while (n && ofp_node_type(n) == OFP_DIV)
        n = ofp_first(n);
    while (n && ofp_is_inline(n))
        n = ofp_parent(n);
    return n && ofp_node_type(n) == OFP_HEAD ? n : NULL;
}

void ofp_md_aim_links(md *w)
{
    ofp_ids *ids = NULL;
    const ofp_node *root = ofp_root(w->doc);
    for (ofp_node *n = ofp_root(w->doc); n; n = ofp_after(n, root)) {
        ofp_str url = ofp_url(n);
        if (ofp_node_type(n) != OFP_LINK || url.n < 2 || url.p[0] != '#')
            continue;
        if (!ids && !(ids = ofp_ids_new(w->arena, w->doc, false)))
            return;
        const ofp_target *to = ofp_ids_find(ids, ofp_str_sub(url, 1, SIZE_MAX));
        const ofp_node *head = to ? head_at(to->node) : NULL;
        ofp_str name = head ? ofp_md_head_ref(w, head) : url;
        if (name.n > 1)
            ofp_set_target(n, name, ofp_title(n));
    }
}
