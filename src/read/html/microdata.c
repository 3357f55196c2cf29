/* microdata.c - properties of items as facts: "microdata:Article.author.name" (HTML standard 5.2). */
#include "head.h"

enum { NAME_NODES = 60, ITEM_TEXT = 120 };

/* The item whose property n would be. */
static const dom *item_around(const dom *n)
{
    for (n = n->parent; n && !dom_has_attr(n, OFP_STR("itemscope")); n = n->parent)
        ;
    return n;
}

static ofp_str first_word(ofp_str s)
{
    ofp_str word = { 0 };
    ofp_str_word(&s, &word);
    return word;
}

/* "https://schema.org/Article" is an Article. */
static ofp_str item_type(const dom *item)
{
    ofp_str type = first_word(DOM_ATTR(item, "itemtype")), part, rest = type;
    while (ofp_str_split(&rest, '/', &part))
        if (part.n)
            type = part;
    return type.n ? type : OFP_STR("Thing");
}

static ofp_str root_name(struct facts *f, const dom *item)
{
    for (size_t i = 0; i < f->nitems; i++)
        if (f->items[i].item == item)
            return f->items[i].name;
    if (f->nitems == MAX_ROOTS)
        return (ofp_str){ 0 };
    ofp_str name = head_root(f, "microdata", item ? item_type(item) : OFP_STR("Thing"));
    f->items[f->nitems].item = item;
    f->items[f->nitems++].name = name;
    return name;
}

/* From the outermost item down to prop; empty where items are nested too deeply or are too many. */
static ofp_str path_of(struct facts *f, const dom *n, ofp_str prop)
{
    const dom *item = item_around(n);
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
        ofp_str own = item ? first_word(DOM_ATTR(item, "itemprop")) : (ofp_str){ 0 };
        ofp_str outer = own.n ? own : root_name(f, item);
        prop = ofp_arena_printf(f->r->tmp, "%.*s.%.*s", (int)outer.n, outer.p, (int)prop.n, prop.p);
        if (!own.n)
            return outer.n ? prop : (ofp_str){ 0 };
        item = item_around(item);
    }
    return (ofp_str){ 0 };
}

/* The value of a property that is no item (HTML standard 5.2.4, "values"). */
static ofp_str value_of(struct facts *f, const dom *n)
{
    static const ofp_str keys[] = { { "content", 7 }, { "datetime", 8 } };
    for (size_t i = 0; i < 2; i++)
        if (dom_attr(n, keys[i]).n)
            return dom_attr(n, keys[i]);
    if (n->tag == T_LINK)
        return DOM_ATTR(n, "href");
    if (DOM_IS(n, T_IMG, T_IFRAME, T_VIDEO, T_AUDIO, T_EMBED))
        return html_resolve(f->r, DOM_ATTR(n, "src"));
    ofp_str text = head_text(f, n);
    return text.n || n->tag != T_A ? text : html_resolve(f->r, DOM_ATTR(n, "href"));
}

/* An author without a name property is meant by what the item shows. */
static ofp_str nameless_text(struct facts *f, const dom *item)
{
    size_t nodes = 0;
    for (const dom *c = item->first; c; c = dom_after(c, item))
        if (++nodes > NAME_NODES || (c->tag != T_TEXT && ofp_str_eq(DOM_ATTR(c, "itemprop"), OFP_STR("name"))))
            return (ofp_str){ 0 };
    ofp_str text = head_text(f, item);
    return text.n <= ITEM_TEXT ? text : (ofp_str){ 0 };
}

void head_property(struct facts *f, const dom *n)
{
    ofp_str rest = DOM_ATTR(n, "itemprop"), name, path;
    while (ofp_str_word(&rest, &name)) {
        bool body = ofp_str_ieq(name, OFP_STR("articleBody")) || ofp_str_ieq(name, OFP_STR("text"));
        if (body || name.n > 80 || !(path = path_of(f, n, name)).n)
            continue;
        head_add(f, path, dom_has_attr(n, OFP_STR("itemscope")) ? nameless_text(f, n) : value_of(f, n));
    }
}
