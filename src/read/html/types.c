/* types.c - the kinds of things that a page says it is about and holds, as the note "types": schema.org's types,
 * "og:article", "published" and the words of its generator, each once.  A page of products is made otherwise than one
 * of news, which the cleanup filter's model knows. */
#include "head.h"

enum { MOST = 1000 };           /* bytes of the note */

static bool has_word(ofp_str list, ofp_str word)
{
    for (ofp_str w; ofp_str_word(&list, &w);)
        if (ofp_str_eq(w, word))
            return true;
    return false;
}

static void add(ofp_buf *b, const char *prefix, ofp_str words)
{
    for (ofp_str w; b->n < MOST && ofp_str_word(&words, &w);) {
        size_t from = b->n + 1;
        ofp_buf_printf(b, " %s%.*s", prefix, (int)(w.n < 40 ? w.n : 40), w.p);
        if (!b->failed && has_word((ofp_str){ b->p, from - 1 }, (ofp_str){ b->p + from, b->n - from }))
            b->n = from - 1;
    }
}

static void add_fact(ofp_buf *b, ofp_arena *a, ofp_str name, ofp_str value)
{
    if (ofp_str_ends(name, OFP_STR(".@type")))
        add(b, "", value);
    else if (ofp_str_eq(name, OFP_STR("og:type")))
        add(b, "og:", value);
    else if (ofp_str_eq(name, OFP_STR("article:published_time")))
        add(b, "", OFP_STR("published"));
    else if (ofp_str_eq(name, OFP_STR("generator")))
        add(b, "", ofp_arena_lower(a, value));
}

void head_types(struct facts *f)
{
    ofp_buf b = { 0 };
    for (size_t i = 0; i < f->ntypes; i++)
        add(&b, "", ofp_str_sub(f->types[i], ofp_str_find(f->types[i], OFP_STR(":"), 0) + 1, SIZE_MAX));
    for (const ofp_node *n = ofp_fact_first(f->r->d); n; n = ofp_next(n))
        add_fact(&b, f->r->tmp, ofp_fact_name(n), ofp_fact_value(n));
    ofp_set_note(f->r->d, OFP_STR("types"), ofp_str_trim(ofp_buf_take(&b, f->r->a)));
}
