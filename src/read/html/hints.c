/* hints.c - the attributes that say how a page is laid out, and in what language. */
#include "html.h"
#include <string.h>

static const ofp_str plain_keys[] = {
    { "role", 4 }, { "itemprop", 8 }, { "itemtype", 8 }, { "data-testid", 11 }, { "datetime", 8 },
};

/* Moves *rest past one "property: value;" and gives both, trimmed. */
static bool declaration(ofp_str *rest, ofp_str *property, ofp_str *value)
{
    ofp_str piece;
    while (ofp_str_split(rest, ';', &piece)) {
        size_t colon = ofp_str_find(piece, OFP_STR(":"), 0);
        if (colon == SIZE_MAX)
            continue;
        *property = ofp_str_trim(ofp_str_sub(piece, 0, colon));
        *value = ofp_str_trim(ofp_str_sub(piece, colon + 1, SIZE_MAX));
        return true;
    }
    return false;
}

ofp_str html_style(const dom *n, ofp_str property)
{
    ofp_str rest = DOM_ATTR(n, "style"), p, v, found = { "", 0 };
    while (rest.n && declaration(&rest, &p, &v))
        if (ofp_str_ieq(p, property))
            found = v;
    return found;
}

bool html_is_hidden(const dom *n)
{
    for (size_t i = 0; i < n->nattrs; i++) {
        const struct attr *a = &n->attrs[i];
        if (ofp_str_eq(a->name, OFP_STR("hidden")))
            return true;
        if (ofp_str_eq(a->name, OFP_STR("aria-hidden")) && ofp_str_ieq(a->value, OFP_STR("true")))
            return true;
        if (ofp_str_eq(a->name, OFP_STR("style"))
            && (ofp_str_istarts(html_style(n, OFP_STR("display")), OFP_STR("none"))
                || ofp_str_istarts(html_style(n, OFP_STR("visibility")), OFP_STR("hidden"))))
            return true;
    }
    return false;
}

bool html_is_for_ears(const dom *n)
{
    static const ofp_str names[] = {
        { "visually-hidden", 15 }, { "visuallyhidden", 14 }, { "hide-visually", 13 }, { "sr-only", 7 }, { "sronly", 6 },
        { "screen-reader", 13 }, { "screenreader", 12 }, { "offscreen", 9 }, { "clipped", 7 }, { "assistive", 9 },
    };
    if (n->nattrs && dom_has_attr(n, OFP_STR("class")))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (dom_class_holds(n, names[i]))
                return true;
    return false;
}

static bool is_plain_key(ofp_str name)
{
    for (size_t i = 0; i < sizeof plain_keys / sizeof *plain_keys; i++)
        if (ofp_str_eq(name, plain_keys[i]))
            return true;
    return false;
}

bool html_has_hints(const dom *n)
{
    for (size_t i = 0; i < n->nattrs; i++) {
        const struct attr *a = &n->attrs[i];
        if ((ofp_str_eq(a->name, OFP_STR("class")) || ofp_str_eq(a->name, OFP_STR("id")) || is_plain_key(a->name))
            && ofp_str_trim(a->value).n)
            return true;
    }
    return n->nattrs && html_is_hidden(n);
}

static void add_classes(reader *r, ofp_node *node, ofp_str classes)
{
    ofp_str word;
    for (int n = 0; n < 64 && ofp_str_word(&classes, &word); n++)
        ofp_add_class(r->d, node, word);
}

void html_add_hints(reader *r, ofp_node *node, const dom *n)
{
    ofp_set_attr(r->d, node, OFP_STR("tag"), html_keep(r, n->name));
    for (size_t i = 0; i < n->nattrs; i++) {
        const struct attr *a = &n->attrs[i];
        if (ofp_str_eq(a->name, OFP_STR("class")))
            add_classes(r, node, html_keep(r, a->value));
        else if (ofp_str_eq(a->name, OFP_STR("id")))
            ofp_set_id(r->d, node, html_keep(r, ofp_str_trim(a->value)));
        else if (is_plain_key(a->name))
            ofp_set_attr(r->d, node, html_keep(r, a->name), html_keep(r, a->value));
    }
    if (n->nattrs && html_is_hidden(n))
        ofp_set_attr(r->d, node, OFP_STR("hidden"), OFP_STR("hidden"));
}

/* ---- language and direction ---------------------------------------------------------------- */

static ofp_str lang_of(const dom *n)
{
    ofp_str lang = DOM_ATTR(n, "lang");
    return ofp_str_trim(lang.n ? lang : DOM_ATTR(n, "xml:lang"));
}

static ofp_str dir_of(const dom *n)
{
    ofp_str dir = ofp_str_trim(DOM_ATTR(n, "dir"));
    if (ofp_str_ieq(dir, OFP_STR("rtl")))
        return OFP_STR("rtl");
    return ofp_str_ieq(dir, OFP_STR("ltr")) ? OFP_STR("ltr") : (ofp_str){ "", 0 };
}

static ofp_str inherited(const dom *n, ofp_str (*of)(const dom *))
{
    for (n = n->parent; n; n = n->parent) {
        ofp_str v = of(n);
        if (v.n)
            return v;
    }
    return (ofp_str){ "", 0 };
}

static bool differs(const dom *n, ofp_str (*of)(const dom *), ofp_str otherwise)
{
    ofp_str own = of(n);
    if (!own.n)
        return false;
    ofp_str outer = inherited(n, of);
    return !ofp_str_ieq(own, outer.n ? outer : otherwise);
}

/* Few elements have any of these. */
static bool has_lang_or_dir(const dom *n)
{
    for (size_t i = 0; i < n->nattrs; i++) {
        ofp_str name = n->attrs[i].name;
        if (ofp_str_eq(name, OFP_STR("lang")) || ofp_str_eq(name, OFP_STR("xml:lang")) || ofp_str_eq(name, OFP_STR("dir")))
            return true;
    }
    return false;
}

static bool wants(const dom *n, bool *lang, bool *dir)
{
    *lang = *dir = false;
    if (!has_lang_or_dir(n))
        return false;
    *lang = differs(n, lang_of, (ofp_str){ "", 0 });
    *dir = differs(n, dir_of, OFP_STR("ltr"));
    return *lang || *dir;
}

bool html_wants_lang(const dom *n)
{
    bool lang, dir;
    return wants(n, &lang, &dir);
}

void html_add_lang(reader *r, ofp_node *node, const dom *n)
{
    bool lang, dir;
    wants(n, &lang, &dir);
    if (lang)
        ofp_set_attr(r->d, node, OFP_STR("lang"), html_keep(r, lang_of(n)));
    if (dir)
        ofp_set_attr(r->d, node, OFP_STR("dir"), dir_of(n));
}

/* ---- targets ---------------------------------------------------------------------------------- */

bool html_is_target(const reader *r, ofp_str id)
{
    return id.n && ofp_map_get(&r->targets, id);
}

ofp_str html_id(const dom *n)
{
    ofp_str id = ofp_str_trim(DOM_ATTR(n, "id"));
    return id.n || n->tag != T_A ? id : ofp_str_trim(DOM_ATTR(n, "name"));
}
