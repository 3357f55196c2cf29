/* html.c - HTML: the body alone, or a page of its own with head, title, contents and style. */
#include "doctools/html_nodes.h"
#include "doctools/lang.h"
#include "doctools/title.h"
#include "doctools/toc.h"
#include "doctools/xmlout.h"
#include "format.h"

static const char page_css[] =
    ":root { color-scheme: light dark; }\n"
    "body { max-width: 38em; margin: 2.5em auto; padding: 0 1.2em; font: 1.1em/1.55 Georgia, 'Noto Serif', serif;\n"
    "  overflow-wrap: break-word; }\n"
    "h1, h2, h3, h4, h5, h6 { line-height: 1.2; margin: 1.8em 0 .6em; text-wrap: balance; }\n"
    "h1.title { margin-top: 0; }\n"
    ".subtitle { font-size: 1.15em; font-style: italic; }\n"
    ".byline, .source { opacity: .75; font-size: .92em; }\n"
    "article + article { border-top: 1px solid; margin-top: 4em; padding-top: 2em; }\n"
    "img { max-width: 100%; height: auto; }\n"
    "figure { margin: 1.6em 0; text-align: center; }\n"
    "figcaption, caption { font-size: .9em; margin: .5em 0; opacity: .85; }\n"
    "blockquote { margin: 1.2em 0 1.2em .2em; padding-left: 1em; border-left: 3px solid #8888; }\n"
    ".callout { margin: 1.2em 0; padding: .6em 1em; border-left: 4px solid #8888; background: #8881; border-radius: 4px; }\n"
    ".callout > .title { font-weight: bold; margin: 0 0 .4em; }\n"
    ".callout > :last-child { margin-bottom: 0; }\n"
    "pre { padding: .8em 1em; background: #8882; border-radius: 4px; overflow-x: auto; line-height: 1.35; }\n"
    "code, kbd { font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: .88em; }\n"
    "table { border-collapse: collapse; margin: 1.4em auto; display: block; overflow-x: auto; width: fit-content; max-width: 100%; }\n"
    "th, td { padding: .3em .7em; border-bottom: 1px solid #8886; text-align: left; vertical-align: top; }\n"
    "thead th { border-bottom-width: 2px; }\n"
    "math { font-family: 'STIX Two Math', 'Latin Modern Math', 'Libertinus Math', 'Cambria Math', 'DejaVu Math TeX Gyre', math; }\n"
    "math[display=block] { margin: .8em 0; padding: .2em 0; overflow-x: auto; overflow-y: hidden; }\n"
    "hr { border: 0; border-top: 1px solid #8888; width: 30%; margin: 2.5em auto; }\n"
    ".smallcaps { font-variant: small-caps; }\n"
    ".missing { border: 1px dashed #8888; padding: .1em .4em; opacity: .8; }\n"
    "li.task { list-style: none; margin-left: -1.3em; }\n"
    ".footnotes { border-top: 1px solid #8886; margin-top: 3em; font-size: .9em; }\n"
    "a[role=doc-noteref] { margin-left: .18em; }\n"
    "nav ol { list-style: none; padding-left: 1.2em; }\n";

typedef struct page {
    ofp_doc *doc;
    const ofp_options *opt;
    ofp_arena *arena;
    ofp_buf *out;
    ofp_ids *ids;
    ofp_html html;
} page;

static ofp_str meta(const page *p, enum ofp_meta_key key)
{
    return ofp_arena_squeeze(p->arena, ofp_meta_get(p->doc, key));
}

static void put_meta(page *p, const char *name, enum ofp_meta_key key)
{
    ofp_str value = meta(p, key);
    if (value.n == 0)
        return;
    ofp_buf_printf(p->out, "<meta name=\"%s\"", name);
    ofp_xml_attr(p->out, "content", value);
    ofp_buf_puts(p->out, ">\n");
}

static void put_canonical(page *p)
{
    ofp_buf href = { 0 };
    if (ofp_xml_href(&href, meta(p, OFP_META_URL), OFP_HREF_LINK)) {
        ofp_buf_puts(p->out, "<link rel=\"canonical\" href=\"");
        ofp_buf_add(p->out, ofp_buf_str(&href));
        ofp_buf_puts(p->out, "\">\n");
    }
    ofp_buf_free(&href);
}

/* A style sheet that closes its element would spill into the page. */
static void put_style(page *p)
{
    ofp_str css = p->opt->css ? ofp_s(p->opt->css) : ofp_s(page_css);
    if (ofp_str_ifind(css, OFP_STR("</style"), 0) != SIZE_MAX)
        return;
    ofp_buf_puts(p->out, "<style>\n");
    ofp_buf_add(p->out, css);
    ofp_buf_puts(p->out, "</style>\n");
}

static ofp_str page_title(const page *p)
{
    ofp_str title = ofp_arena_squeeze(p->arena, ofp_title_shown(p->arena, p->doc));
    const ofp_node *article = ofp_article_first(p->doc);
    if (title.n == 0 && article)
        title = ofp_article_meta(article, OFP_META_TITLE);
    return title.n ? title : OFP_STR("Untitled");
}

static void put_head(page *p)
{
    ofp_buf_puts(p->out, "<!DOCTYPE html>\n<html");
    ofp_html_lang(&p->html, meta(p, OFP_META_LANG), OFP_STR(""));
    ofp_buf_puts(p->out, ">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    ofp_xml_elem(p->out, "title", page_title(p));
    put_meta(p, "author", OFP_META_AUTHOR);
    put_meta(p, "description", OFP_META_DESCRIPTION);
    put_meta(p, "keywords", OFP_META_KEYWORDS);
    put_meta(p, "dcterms.date", OFP_META_DATE);
    put_canonical(p);
    put_style(p);
    ofp_buf_puts(p->out, "</head>\n<body>\n");
}

/* ---- the top of the page --------------------------------------------------------------- */

static void put_line(page *p, const char *tag, const char *class, ofp_str text)
{
    if (text.n == 0)
        return;
    ofp_buf_printf(p->out, "<%s class=\"%s\">", tag, class);
    ofp_xml_text(p->out, text);
    ofp_buf_printf(p->out, "</%s>\n", tag);
}

static void put_byline(page *p)
{
    static const enum ofp_meta_key keys[] = { OFP_META_AUTHOR, OFP_META_DATE, OFP_META_SITE };
    const char *before = "<p class=\"byline\">";
    bool any = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ofp_str value = meta(p, keys[i]);
        if (keys[i] == OFP_META_DATE)
            value = ofp_lang_date(p->arena, value, meta(p, OFP_META_LANG));
        if (value.n == 0)
            continue;
        ofp_buf_puts(p->out, before);
        ofp_xml_text(p->out, value);
        before = " \u00b7 ";
        any = true;
    }
    if (any)
        ofp_buf_puts(p->out, "</p>\n");
}

static void put_title(page *p)
{
    if (meta(p, OFP_META_TITLE).n == 0)
        return;
    ofp_buf_puts(p->out, "<header>\n");
    if (!ofp_title_head(p->arena, p->doc))
        put_line(p, "h1", "title", meta(p, OFP_META_TITLE));
    put_line(p, "p", "subtitle", meta(p, OFP_META_SUBTITLE));
    put_byline(p);
    ofp_buf_puts(p->out, "</header>\n");
}

static void local_href(void *user, ofp_buf *out, const ofp_toc_entry *entry)
{
    (void)user;
    ofp_buf_putc(out, '#');
    ofp_xml_quoted(out, entry->target->id);
}

static bool put_toc(page *p)
{
    ofp_toc toc;
    if (!ofp_toc_build(p->arena, p->doc, p->ids, &toc))
        return false;
    if (toc.n == 0)
        return true;
    ofp_buf_puts(p->out, "<nav role=\"doc-toc\">\n");
    ofp_toc_list(p->out, &toc, p->opt->toc_depth > 0 ? p->opt->toc_depth : 3, local_href, NULL);
    ofp_buf_puts(p->out, "</nav>\n");
    return true;
}

/* ---- all ------------------------------------------------------------------------------- */

/* Links inside the document follow the ids as they are printed. */
static ofp_str link_ref(void *user, const ofp_node *link)
{
    page *p = user;
    ofp_str url = ofp_url(link);
    if (!ofp_str_starts(url, OFP_STR("#")))
        return url;
    const ofp_target *t = ofp_ids_find(p->ids, ofp_str_sub(url, 1, SIZE_MAX));
    if (t)
        return ofp_arena_printf(p->arena, "#%.*s", (int)t->id.n, t->id.p);
    ofp_warn_at(p->doc, link, OFP_D_LINK_BROKEN, "link to \"%.*s\", which is not in the document",
                (int)(url.n > 100 ? 100 : url.n), url.p);
    return OFP_STR("");
}

static bool put_page(page *p)
{
    if (p->opt->standalone) {
        put_head(p);
        put_title(p);
    }
    if (p->opt->toc && !put_toc(p))
        return false;
    if (p->opt->standalone)
        ofp_buf_puts(p->out, "<main>\n");
    ofp_html_children(&p->html, ofp_root(p->doc));
    ofp_html_notes(&p->html);
    if (p->opt->standalone)
        ofp_buf_puts(p->out, "</main>\n</body>\n</html>\n");
    return true;
}

ofp_writer ofp_write_html;

bool ofp_write_html(ofp_doc *d, const ofp_options *opt, ofp_buf *out, ofp_err *e)
{
    page p = { .doc = d, .opt = opt, .arena = ofp_doc_arena(d), .out = out };
    p.ids = ofp_ids_new(p.arena, d, opt->toc);
    if (!p.ids)
        return ofp_fail_nomem(e);
    p.html = (ofp_html){ .out = out, .ids = p.ids, .link = link_ref, .user = &p, .shift = opt->shift_headings };
    p.html.rtl = ofp_lang_rtl(meta(&p, OFP_META_LANG));
    bool ok = put_page(&p);
    ofp_html_free(&p.html);
    return ok && !out->failed ? ofp_doc_ok(d, e) : ofp_fail_nomem(e);
}
