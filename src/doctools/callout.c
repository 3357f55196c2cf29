#include "doctools/callout.h"

static const ofp_callout_kind kinds[] = {
#define CALLOUT(name, label, gfm, alone) \
    { { name, sizeof name - 1 }, { label, sizeof label - 1 }, { gfm, sizeof gfm - 1 }, alone },
#include "doctools/callouts.def"
#undef CALLOUT
};

/* Most words that are asked for are longer than any name. */
enum { LONGEST = 9 };
#define CALLOUT(name, label, gfm, alone) \
    _Static_assert(sizeof name <= LONGEST + 1 && sizeof label <= LONGEST + 1, "LONGEST is too short for " name);
#include "doctools/callouts.def"
#undef CALLOUT

const ofp_callout_kind *ofp_callout_find(ofp_str name)
{
    if (name.n > LONGEST)
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ofp_str_ieq(name, kinds[i].name) || ofp_str_ieq(name, kinds[i].label))
            return &kinds[i];
    return NULL;
}

static const ofp_callout_kind *kind_of(const ofp_node *div)
{
    const ofp_callout_kind *kind = NULL;
    for (size_t i = 0; !kind && i < ofp_class_count(div); i++)
        kind = ofp_callout_find(ofp_class_at(div, i));
    return kind;
}

/* The one paragraph of a title's DIV. */
static const ofp_node *title_of(const ofp_node *div)
{
    const ofp_node *p = ofp_first(div);
    return p && !ofp_next(p) && (ofp_node_type(p) == OFP_PARA || ofp_node_type(p) == OFP_PLAIN) ? p : NULL;
}

bool ofp_callout_of(const ofp_node *n, ofp_callout *out)
{
    if (!n || ofp_node_type(n) != OFP_DIV || !ofp_class_count(n) || ofp_hint_tag(n).n)
        return false;
    ofp_node *first = ofp_first(n);
    bool headed = first && ofp_node_type(first) == OFP_DIV && ofp_has_class(first, OFP_STR("title"));
    const ofp_node *title = headed ? title_of(first) : NULL;
    *out = (ofp_callout){ kind_of(n), title, title ? ofp_next(first) : first };
    return out->kind && (title || out->kind->alone || ofp_has_class(n, OFP_STR("callout"))) && ofp_first(n);
}

ofp_node *ofp_callout_begin(ofp_doc *d, ofp_node *div, const ofp_callout_kind *kind)
{
    ofp_add_class(d, div, kind->name);
    if (!kind->alone)
        ofp_add_class(d, div, OFP_STR("callout"));
    ofp_node *title = ofp_new(d, OFP_DIV);
    ofp_prepend(div, title);
    ofp_add_class(d, title, OFP_STR("title"));
    return ofp_add(d, title, OFP_PARA);
}

void ofp_callout_label(ofp_doc *d, ofp_node *title, const ofp_callout_kind *kind)
{
    if (title && !ofp_first(title))
        ofp_add_text(d, title, kind->label);
}
