/* join.c - all files as one fragment of HTML, which the HTML reader then takes at once: so notes find their text in
 * whatever file that is.  XHTML is made HTML on the way (every element is closed, and none where HTML forbids it), ids
 * and links are those of the whole, and pictures have numbers. */
#include "base/array.h"
#include "doctools/xmlout.h"
#include "read/epub/book.h"

enum { MAX_OPEN = 500, LOOK_UP = 100 };

enum how { SHOWN, THROUGH, LEFT_OUT };          /* its tags and content; its content; nothing */

typedef struct open { ofp_str name; enum how how; } open_element;

typedef struct joiner {
    pub *p;
    const pub_file *f;
    ofp_buf out;
    open_element open[MAX_OPEN];
    size_t depth;
    size_t silent;                              /* depth inside of the outermost element left out; 0: none */
    size_t drawing;                             /* inside of the outermost svg or math element; 0: none */
    bool chosen;                                /* a case of a switch has been taken */
    bool top;                                   /* still to be said where the file begins */
    bool in_article;                            /* of a book of ours */
    size_t byline;                              /* inside of its byline; 0: not */
} joiner;

/* ---- rows: elements that are not what HTML makes of them ---- */

static const struct { const char *name; enum how how; } special[] = {
    { "html", THROUGH },     { "body", THROUGH },     { "head", LEFT_OUT },      { "script", LEFT_OUT },  { "style", LEFT_OUT },
    { "title", LEFT_OUT },   { "link", LEFT_OUT },    { "meta", LEFT_OUT },      { "base", LEFT_OUT },    { "template", LEFT_OUT },
    { "source", LEFT_OUT },  { "track", LEFT_OUT },   { "audio", LEFT_OUT },     { "video", LEFT_OUT },   { "param", LEFT_OUT },
    /* HTML takes their content for bare text */
    { "plaintext", THROUGH },{ "xmp", THROUGH },      { "textarea", THROUGH },   { "iframe", THROUGH },   { "noembed", THROUGH },
    { "noframes", THROUGH }, { "noscript", THROUGH }, { "frameset", THROUGH },   { "frame", THROUGH },    { "trigger", LEFT_OUT },
};

static bool is_void(ofp_str name)
{
    static const char *const names[] = { "br", "hr", "img", "wbr", "col", "area", "input", "embed", "base", "link", "meta", "param",
                                         "source", "track" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ofp_str_ieq(name, ofp_s(names[i])))
            return true;
    return false;
}

/* The page's own lists of where things are: the contents are made anew, and pages end elsewhere here. */
static bool is_navigation(const pub_lexer *l)
{
    ofp_str types = pub_attr_of(l->attrs, "epub:type");
    return pub_named(l, "nav") && (pub_has_word(types, "toc") || pub_has_word(types, "landmarks") || pub_has_word(types, "page-list"));
}

/* Of the cases of a switch (EPUB 3.0.1) formulas are understood; else there is a default. */
static enum how how_of_case(joiner *j, const pub_lexer *l)
{
    bool math = ofp_str_eq(pub_attr_of(l->attrs, "required-namespace"), OFP_STR("http://www.w3.org/1998/Math/MathML"));
    if (pub_named(l, "switch")) {
        j->chosen = false;
        return THROUGH;
    }
    if (j->chosen || (pub_named(l, "case") && !math))
        return LEFT_OUT;
    j->chosen = true;
    return THROUGH;
}

static enum how how_of(joiner *j, const pub_lexer *l)
{
    if (l->prefixed && (pub_named(l, "switch") || pub_named(l, "case") || pub_named(l, "default")))
        return how_of_case(j, l);
    if (is_navigation(l))
        return LEFT_OUT;
    for (size_t i = 0; !j->drawing && i < sizeof special / sizeof *special; i++)
        if (pub_named(l, special[i].name))
            return special[i].how;
    return SHOWN;
}

/* ---- attributes ---- */

/* What a browser would fetch or run, and what points to ids. */
static bool is_kept(ofp_str name)
{
    static const char *const left_out[] = { "id", "xml:id", "href", "src", "srcset", "xlink:href", "data", "poster", "aria-labelledby",
                                            "aria-describedby", "xml:lang", "usemap" };
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (ofp_str_ieq(name, ofp_s(left_out[i])))
            return false;
    return !ofp_str_istarts(name, OFP_STR("on")) && !ofp_str_istarts(name, OFP_STR("xmlns")) && !ofp_str_istarts(name, OFP_STR("data-"));
}

/* The value stands as it is in the file, where the other quote may be around it. */
static void put_attr(joiner *j, ofp_str name, ofp_str value)
{
    ofp_buf_putc(&j->out, ' ');
    ofp_buf_add(&j->out, name);
    ofp_buf_puts(&j->out, "=\"");
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == '"')
            ofp_buf_puts(&j->out, "&quot;");
        else
            ofp_buf_putc(&j->out, value.p[i]);
    ofp_buf_putc(&j->out, '"');
}

static void put_attrs(joiner *j, const pub_lexer *l)
{
    ofp_str rest = l->attrs, name, value, lang = pub_attr_of(l->attrs, "xml:lang");
    bool anchor = pub_named(l, "a");
    while (pub_take_attr(&rest, &name, &value))
        if (is_kept(name) && !(anchor && ofp_str_ieq(name, OFP_STR("name"))))
            put_attr(j, name, value);
    if (lang.n && !pub_attr_of(l->attrs, "lang").n)
        put_attr(j, OFP_STR("lang"), lang);
}

static bool is_heading(const pub_lexer *l)
{
    return l->name.n == 2 && (l->name.p[0] | 32) == 'h' && l->name.p[1] >= '1' && l->name.p[1] <= '6';
}

/* A heading that the file begins with stands for the file. */
static void put_id(joiner *j, const pub_lexer *l)
{
    ofp_str own = pub_own_id(l);
    const ofp_str *id = own.n ? ofp_map_get(&j->f->ids, own) : NULL;
    bool top = j->top && is_heading(l);
    if (id)
        put_attr(j, OFP_STR("id"), *id);
    else if (top && j->f->top.n)
        put_attr(j, OFP_STR("id"), j->f->top);
    j->top = j->top && !top;
}

static void put_href(joiner *j, const pub_lexer *l)
{
    ofp_str href = pub_named(l, "a") ? pub_attr_of(l->attrs, "href") : (ofp_str){ "", 0 };
    href = href.n ? pub_link(j->p, j->f, href) : href;
    if (href.n)
        put_attr(j, OFP_STR("href"), href);
}

/* ---- pictures ---- */

static size_t image_number(pub *p, ofp_str path)
{
    void **at = ofp_map_at(&p->image_at, path);
    if (!at || *at)
        return at ? (uintptr_t)*at : 0;
    pub_image *all = ofp_arena_grow(p->tmp, p->images, p->nimages, &p->images_cap, sizeof *all);
    if (!all)
        return 0;
    const pub_item *it = ofp_map_get(&p->by_path, path);
    p->images = all;
    all[p->nimages++] = (pub_image){ .path = path, .media = it ? it->media : (ofp_str){ "", 0 } };
    *at = (void *)(uintptr_t)p->nimages;
    return p->nimages;
}

/* Of an image in the archive the number; what lies elsewhere is left where it is. */
static void put_source(joiner *j, ofp_str src)
{
    ofp_str path, plain = pub_unescape(j->p->tmp, src);
    if (ofp_url_scheme(plain).n || ofp_str_starts(plain, OFP_STR("//"))) {
        put_attr(j, OFP_STR("src"), src);
        return;
    }
    if (!pub_resolve(j->p, pub_folder(j->f->item->path), plain, &path))
        ofp_warn(j->p->d, OFP_D_RESOURCE_DENIED, 0, "image '%.*s': outside of the archive", (int)(plain.n < 200 ? plain.n : 200), plain.p);
    size_t number = image_number(j->p, path);
    ofp_buf_printf(&j->out, " src=\"epub-image:%zu\"", number);
}

static void put_image(joiner *j, const pub_lexer *l, ofp_str src, ofp_str alt)
{
    ofp_buf_puts(&j->out, "<img");
    put_id(j, l);
    put_attrs(j, l);
    if (alt.n)
        put_attr(j, OFP_STR("alt"), alt);
    put_source(j, src);
    ofp_buf_puts(&j->out, ">");
}

/* Whether what an object or embed element holds is a picture. */
static bool shows_picture(joiner *j, const pub_lexer *l)
{
    ofp_str path;
    if (pub_named(l, "img"))
        return true;
    if (j->drawing || !(pub_named(l, "object") || pub_named(l, "embed") || pub_named(l, "image")))
        return false;
    return pub_resolve(j->p, pub_folder(j->f->item->path), pub_unescape(j->p->tmp, pub_picture(l)), &path)
        && pub_is_image(ofp_map_get(&j->p->by_path, path));
}

/* ---- drawings that only frame a picture, as covers are ---- */

typedef struct frame { size_t images, end; bool text; ofp_str title; } frame;

static frame look_into(const pub_lexer *svg)
{
    pub_lexer l = *svg;
    frame f = { .title = pub_attr_of(svg->attrs, "aria-label") };
    int depth = 1;
    bool title = false;
    while (depth > 0 && pub_next(&l)) {
        if (l.kind == PUB_TEXT && title && !f.title.n)
            f.title = ofp_str_trim(l.text);
        title = l.kind == PUB_OPEN && pub_named(&l, "title");
        if (l.kind == PUB_OPEN) {
            f.images += pub_named(&l, "image") && pub_picture(&l).n;
            f.text |= pub_named(&l, "text");
            depth += !l.empty && pub_named(&l, "svg");
        }
        depth -= l.kind == PUB_CLOSE && pub_named(&l, "svg");
    }
    f.end = l.at;
    return f;
}

/* Writes the pictures of the drawing that l has come to and passes it; false where it is more than that. */
static bool unframe(joiner *j, pub_lexer *l)
{
    frame f = look_into(l);
    if (!f.images || f.text)
        return false;
    while (l->at < f.end && pub_next(l)) {
        if (l->kind == PUB_OPEN && pub_named(l, "image") && pub_picture(l).n)
            put_image(j, l, pub_picture(l), f.title);
    }
    l->at = f.end;
    return true;
}

/* ---- articles of a book that this program wrote (write/epub/parts.c) ---- */

static bool is_section(const joiner *j, const pub_lexer *l)
{
    bool below_body = !j->depth || ofp_str_ieq(j->open[j->depth - 1].name, OFP_STR("body"));
    return below_body && pub_named(l, "section") && pub_has_word(pub_attr_of(l->attrs, "class"), "article");
}

static void begin_article(joiner *j, const pub_lexer *l)
{
    ofp_str head = pub_attr_of(l->attrs, "aria-labelledby");
    const ofp_str *id = ofp_map_get(&j->f->ids, pub_attr_of(l->attrs, "id")), *of = ofp_map_get(&j->f->ids, head);
    pub *p = j->p;
    if (!id || !of || !pub_has_word(pub_attr_of(l->attrs, "epub:type"), "chapter"))
        return;
    pub_article *all = ofp_arena_grow(p->tmp, p->articles, p->narticles, &p->articles_cap, sizeof *all);
    if (!all)
        return;
    p->articles = all;
    all[p->narticles++] = (pub_article){ .id = *id, .head = *of, .lang = j->f->lang };
    j->in_article = true;
}

static void look_at_byline(joiner *j, const pub_lexer *l)
{
    if (j->byline && pub_named(l, "p"))
        j->p->articles[j->p->narticles - 1].byline++;
    else if (j->in_article && !j->byline && pub_named(l, "div") && pub_has_word(pub_attr_of(l->attrs, "class"), "byline"))
        j->byline = j->depth + 1;
    else
        return;
    j->in_article = false;
}

/* ---- tags ---- */

static void put_open(joiner *j, const pub_lexer *l)
{
    ofp_buf_putc(&j->out, '<');
    ofp_buf_add(&j->out, l->name);
    put_id(j, l);
    put_attrs(j, l);
    put_href(j, l);
    ofp_buf_putc(&j->out, '>');
}

static void put_close(joiner *j, ofp_str name)
{
    ofp_buf_puts(&j->out, "</");
    ofp_buf_add(&j->out, name);
    ofp_buf_putc(&j->out, '>');
}

static void pop(joiner *j)
{
    const open_element *o = &j->open[--j->depth];
    if (!j->silent && o->how == SHOWN)
        put_close(j, o->name);
    j->silent = j->silent > j->depth ? 0 : j->silent;
    j->drawing = j->drawing > j->depth ? 0 : j->drawing;
    j->byline = j->byline > j->depth ? 0 : j->byline;
}

static void push(joiner *j, const pub_lexer *l, enum how how)
{
    if (j->depth == MAX_OPEN)
        return;
    j->open[j->depth++] = (open_element){ l->name, how };
    if (!j->silent && how == LEFT_OUT)
        j->silent = j->depth;
    if (!j->drawing && (pub_named(l, "svg") || pub_named(l, "math")))
        j->drawing = j->depth;
}

/* The number of a page in print is no text; links to it stay. */
static bool is_page_break(const pub_lexer *l)
{
    return pub_has_word(pub_attr_of(l->attrs, "epub:type"), "pagebreak") || ofp_str_eq(pub_attr_of(l->attrs, "role"), OFP_STR("doc-pagebreak"));
}

static void put_place(joiner *j, const pub_lexer *l)
{
    const ofp_str *id = ofp_map_get(&j->f->ids, pub_own_id(l));
    if (!id)
        return;
    ofp_buf_puts(&j->out, "<a");
    put_attr(j, OFP_STR("id"), *id);
    ofp_buf_puts(&j->out, "></a>");
}

/* Elements whose tag is not their own. */
static bool open_otherwise(joiner *j, pub_lexer *l)
{
    if (is_page_break(l)) {
        put_place(j, l);
        if (!l->empty)
            push(j, l, LEFT_OUT);
    } else if (is_section(j, l)) {
        begin_article(j, l);
        if (!l->empty)
            push(j, l, THROUGH);
    } else if (shows_picture(j, l) && pub_picture(l).n) {
        put_image(j, l, pub_picture(l), (ofp_str){ "", 0 });
        if (!l->empty && !is_void(l->name))
            push(j, l, LEFT_OUT);
    } else {
        return pub_named(l, "svg") && !j->drawing && !l->empty && unframe(j, l);
    }
    return true;
}

static void open_tag(joiner *j, pub_lexer *l)
{
    if (!j->silent && open_otherwise(j, l))
        return;
    look_at_byline(j, l);
    enum how how = how_of(j, l);
    if (j->silent || how != SHOWN) {
        if (!l->empty && !is_void(l->name))
            push(j, l, how);
        return;
    }
    put_open(j, l);
    if (is_void(l->name))
        return;
    if (l->empty || j->depth == MAX_OPEN)
        put_close(j, l->name);
    else
        push(j, l, how);
}

/* What was left open inside ends with it; an end of nothing is none. */
static void close_tag(joiner *j, const pub_lexer *l)
{
    size_t n = j->depth, least = n > LOOK_UP ? n - LOOK_UP : 0;
    while (n > least && !ofp_str_ieq(j->open[n - 1].name, l->name))
        n--;
    while (n > least && j->depth >= n)
        pop(j);
}

/* ---- files ---- */

/* Where no heading does, an anchor says where the file begins. */
static void put_top(joiner *j)
{
    if (j->f->top.n && !j->f->headed && j->top) {
        ofp_buf_puts(&j->out, "<a");
        put_attr(j, OFP_STR("id"), j->f->top);
        ofp_buf_puts(&j->out, "></a>");
        j->top = false;
    }
}

static void put_text(joiner *j, const pub_lexer *l)
{
    if (j->silent)
        return;
    if (l->kind == PUB_CDATA)
        ofp_xml_text(&j->out, l->text);
    else
        ofp_buf_add(&j->out, l->text);
}

static void join_markup(joiner *j)
{
    pub_lexer l = { .s = j->f->text };
    while (pub_next(&l)) {
        if (l.kind == PUB_OPEN)
            open_tag(j, &l);
        else if (l.kind == PUB_CLOSE)
            close_tag(j, &l);
        else
            put_text(j, &l);
    }
    while (j->depth)
        pop(j);
}

static bool opens_article(const joiner *j)
{
    pub_lexer l = { .s = j->f->text };
    while (pub_next(&l))
        if (l.kind == PUB_OPEN && pub_named(&l, "section"))
            return is_section(j, &l);
    return false;
}

/* A file in another language than the book has a box around it; an article tells that itself. */
static void join_file(joiner *j, const pub_file *f)
{
    bool box = false;
    j->f = f;
    j->top = f->top.n > 0;
    if (!opens_article(j)) {
        bool foreign = f->lang.n && !ofp_str_ieq(f->lang, ofp_meta_get(j->p->d, OFP_META_LANG)), turned = ofp_str_ieq(f->dir, OFP_STR("rtl"));
        box = foreign || turned;
        ofp_buf_puts(&j->out, box ? "<div" : "");
        if (foreign)
            put_attr(j, OFP_STR("lang"), f->lang);
        if (turned)
            put_attr(j, OFP_STR("dir"), OFP_STR("rtl"));
        ofp_buf_puts(&j->out, box ? ">" : "");
    }
    put_top(j);
    if (pub_is_image(f->item))
        ofp_buf_printf(&j->out, "<p><img src=\"epub-image:%zu\"></p>", image_number(j->p, f->item->path));
    else
        join_markup(j);
    ofp_buf_puts(&j->out, box ? "</div>\n" : "\n");
}

ofp_str pub_join(pub *p)
{
    joiner j = { .p = p };
    for (size_t i = 0; i < p->nfiles; i++)
        if (!p->files[i].skipped)
            join_file(&j, &p->files[i]);
    if (p->lost_links)
        ofp_warn(p->d, OFP_D_LINK_BROKEN, 0, "%zu link%s to nothing that the book holds", p->lost_links, p->lost_links > 1 ? "s" : "");
    return ofp_buf_take(&j.out, p->a);
}
