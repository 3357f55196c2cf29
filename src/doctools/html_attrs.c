/* html_attrs.c - what of a node's attributes its element says. */
#include "doctools/html_parts.h"
#include "doctools/lang.h"

/* Classes that our own style sheets know; any other is layout of a page that is gone. */
static const char *const known_classes[] = {
    "abstract", "byline", "caption", "dateline", "lead", "missing", "pullquote", "smallcaps", "source",
    "subtitle", "title", "verse",
};

static bool known_class(ofp_str name)
{
    for (size_t i = 0; i < sizeof known_classes / sizeof *known_classes; i++)
        if (ofp_str_eq(name, ofp_s(known_classes[i])))
            return true;
    return false;
}

static bool has_known_class(const ofp_node *n)
{
    for (size_t i = 0; i < ofp_class_count(n); i++)
        if (known_class(ofp_class_at(n, i)))
            return true;
    return false;
}

void ofp_html_id(ofp_html *h, const ofp_node *n)
{
    const ofp_target *t = ofp_ids_at(h->ids, n);
    if (t)
        attr(h, "id", t->id);
}

static void put_classes(ofp_html *h, const ofp_node *n)
{
    const char *before = " class=\"";
    for (size_t i = 0; i < ofp_class_count(n); i++) {
        if (!known_class(ofp_class_at(n, i)))
            continue;
        lit(h, before);
        ofp_buf_add(h->out, ofp_class_at(n, i));
        before = " ";
    }
    if (has_known_class(n))
        lit(h, "\"");
}

static bool valid_dir(ofp_str dir)
{
    return ofp_str_ieq(dir, OFP_STR("rtl")) || ofp_str_ieq(dir, OFP_STR("ltr"));
}

void ofp_html_lang(ofp_html *h, ofp_str lang, ofp_str dir)
{
    ofp_lang clean;
    if (ofp_lang_clean(lang, &clean)) {
        attr(h, "lang", ofp_s(clean.tag));
        if (h->xhtml)
            attr(h, "xml:lang", ofp_s(clean.tag));
    }
    if (valid_dir(dir))
        attr(h, "dir", ofp_str_ieq(dir, OFP_STR("rtl")) ? OFP_STR("rtl") : OFP_STR("ltr"));
    else if (ofp_lang_rtl(ofp_s(clean.tag)))
        attr(h, "dir", OFP_STR("rtl"));
    else if (h->rtl && clean.tag[0])
        attr(h, "dir", OFP_STR("ltr"));
}

void ofp_html_attrs(ofp_html *h, const ofp_node *n)
{
    ofp_html_id(h, n);
    put_classes(h, n);
    ofp_html_lang(h, ofp_attr(n, OFP_STR("lang")), ofp_attr(n, OFP_STR("dir")));
}

bool ofp_html_says(const ofp_html *h, const ofp_node *n)
{
    ofp_lang lang;
    return ofp_ids_at(h->ids, n) || has_known_class(n) || valid_dir(ofp_attr(n, OFP_STR("dir"))) ||
           ofp_lang_clean(ofp_attr(n, OFP_STR("lang")), &lang);
}

/* "language-c" from pandoc's first class ("c") or HTML's own form. */
void ofp_html_code_class(ofp_html *h, const ofp_node *n)
{
    ofp_str name = ofp_class_count(n) > 0 ? ofp_class_at(n, 0) : OFP_STR("");
    ofp_str prefix = OFP_STR("language-");
    if (ofp_str_starts(name, prefix))
        name = ofp_str_sub(name, prefix.n, SIZE_MAX);
    if (name.n == 0 || name.n > 30 || ofp_str_eq(name, OFP_STR("numberLines")) ||
        ofp_str_eq(name, OFP_STR("sourceCode")))
        return;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if ((unsigned char)c < 0x80 && !ofp_is_letter((unsigned char)c) && !ofp_is_digit((unsigned char)c) &&
            c != '+' && c != '-' && c != '#' && c != '_' && c != '.')
            return;
    }
    lit(h, " class=\"language-");
    ofp_xml_quoted(h->out, name);
    lit(h, "\"");
}
