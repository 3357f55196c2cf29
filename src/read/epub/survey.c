/* survey.c - what each file holds, before the first is written: the ids and what they are called where all files are
 * one, which files are linked to, and which are but a cover. */
#include "base/octets.h"
#include "read/epub/book.h"

/* ---- ids ---- */

/* An id keeps its name where no file before has it: what notes are called tells that they are notes.  Others get a
 * number behind it. */
static ofp_str claim(pub *p, ofp_str id)
{
    ofp_str fresh = id;
    void **next = ofp_map_at(&p->next, id);
    uintptr_t i = next && *next ? (uintptr_t)*next : 2;
    while (ofp_map_get(&p->names, fresh) && !ofp_arena_failed(p->tmp))
        fresh = ofp_arena_printf(p->tmp, "%.*s-%ju", (int)id.n, id.p, (uintmax_t)i++);
    if (next)
        *next = (void *)i;
    void **taken = ofp_map_at(&p->names, fresh);
    if (taken)
        *taken = p;
    return fresh;
}

static void claim_id(pub *p, pub_file *f, ofp_str id)
{
    enum { MAX_ID = 300 };
    void **at = id.n && id.n <= MAX_ID ? ofp_map_at(&f->ids, id) : NULL;
    if (!at || *at)
        return;
    ofp_str *fresh = ofp_arena_zalloc(p->tmp, 1, sizeof *fresh);
    if (fresh)
        *fresh = claim(p, id);
    at = ofp_map_at(&f->ids, id);
    if (at)
        *at = fresh;
}

/* A file is called after its name: "ch1" for text/ch1.xhtml. */
static void name_top(pub *p, pub_file *f)
{
    ofp_buf b = { 0 };
    ofp_str path = f->item->path;
    for (size_t i = pub_folder(path).n; i < path.n && path.p[i] != '.'; i++) {
        char c = path.p[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_';
        ofp_buf_putc(&b, plain ? c : '-');
    }
    ofp_str stem = ofp_buf_take(&b, p->tmp);
    f->top = claim(p, stem.n ? stem : OFP_STR("part"));
}

/* ---- links ---- */

static ofp_str before_hash(ofp_str href)
{
    return ofp_str_sub(href, 0, ofp_str_find(href, OFP_STR("#"), 0));
}

/* The file that href leads to: f itself for a mere fragment; NULL for all that is no text of the book. */
static pub_file *file_at(pub *p, const pub_file *f, ofp_str href)
{
    ofp_str path, file = pub_unescape(p->tmp, before_hash(href));
    if (!file.n)
        return f->item->file;
    if (ofp_url_scheme(file).n || !pub_resolve(p, pub_folder(f->item->path), file, &path))
        return NULL;
    const pub_item *it = ofp_map_get(&p->by_path, path);
    return it ? it->file : NULL;
}

static ofp_str decoded(pub *p, ofp_str s)
{
    ofp_buf b = { 0 };
    ofp_unpercent(&b, s);
    return ofp_buf_take(&b, p->tmp);
}

/* NULL where the file has no such id. */
static const ofp_str *id_in(pub *p, const pub_file *f, ofp_str href)
{
    size_t hash = ofp_str_find(href, OFP_STR("#"), 0);
    ofp_str id = hash == SIZE_MAX ? (ofp_str){ "", 0 } : ofp_str_sub(href, hash + 1, SIZE_MAX);
    const ofp_str *to = id.n ? ofp_map_get(&f->ids, id) : NULL;
    return to || !id.n ? to : ofp_map_get(&f->ids, decoded(p, id));
}

ofp_str pub_link(pub *p, const pub_file *f, ofp_str href)
{
    if (ofp_url_scheme(href).n || ofp_str_starts(href, OFP_STR("//")))
        return href;
    const pub_file *to = href.n ? file_at(p, f, href) : NULL;
    const ofp_str *id = to && !to->skipped ? id_in(p, to, href) : NULL;
    ofp_str name = id ? *id : to && !to->skipped && to != f ? to->top : (ofp_str){ "", 0 };
    p->lost_links += href.n && !to;
    return name.n ? ofp_arena_printf(p->tmp, "#%.*s", (int)name.n, name.p) : name;
}

/* ---- what a file holds ---- */

/* Elements whose text is not shown. */
static bool is_silent(const pub_lexer *l)
{
    static const char *const names[] = { "head", "script", "style", "title" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pub_named(l, names[i]))
            return true;
    return false;
}

static bool is_heading(const pub_lexer *l)
{
    return l->name.n == 2 && (l->name.p[0] | 32) == 'h' && l->name.p[1] >= '1' && l->name.p[1] <= '6';
}

static void look_at_image(pub *p, pub_file *f, const pub_lexer *l)
{
    ofp_str path, src = pub_picture(l);
    if (!src.n || f->images++)
        return;
    if (pub_resolve(p, pub_folder(f->item->path), pub_unescape(p->tmp, src), &path))
        f->image = path;
}

static void look_at_language(pub_file *f, const pub_lexer *l)
{
    static const char *const names[] = { "lang", "xml:lang" };
    ofp_str dir = pub_attr_of(l->attrs, "dir");
    for (size_t i = 0; i < 2 && !f->lang.n; i++)
        f->lang = pub_attr_of(l->attrs, names[i]);
    if (dir.n)
        f->dir = dir;
}

static void look_at_type(pub_file *f, const pub_lexer *l)
{
    ofp_str types = pub_attr_of(l->attrs, "epub:type");
    if (!types.n)
        return;
    f->cover = f->cover || pub_has_word(types, "cover");
    f->title_page = f->title_page || (pub_has_word(types, "titlepage") && pub_has_word(pub_attr_of(l->attrs, "class"), "titlepage"));
}

static void look_at_tag(pub *p, pub_file *f, const pub_lexer *l)
{
    if (pub_named(l, "html") || pub_named(l, "body"))
        look_at_language(f, l);
    look_at_type(f, l);
    look_at_image(p, f, l);
    ofp_str id = pub_own_id(l);
    claim_id(p, f, id);
    if (is_heading(l) && !f->words && !f->headed) {
        const ofp_str *own = id.n ? ofp_map_get(&f->ids, id) : NULL;
        f->headed = true;
        if (own)
            f->top = *own;
    }
}

static void count_words(pub_file *f, ofp_str text, bool in_link)
{
    size_t n = ofp_str_trim(text).n;
    f->words += n;
    f->linked_words += in_link ? n : 0;
}

static void survey_file(pub *p, pub_file *f)
{
    pub_lexer l = { .s = f->text };
    ofp_str silent = { "", 0 };
    bool in_link = false;
    while (pub_next(&l)) {
        if (l.kind == PUB_OPEN && !silent.n) {
            look_at_tag(p, f, &l);
            silent = !l.empty && is_silent(&l) ? l.name : silent;
        } else if (l.kind == PUB_CLOSE && silent.n) {
            silent.n = ofp_str_ieq(l.name, silent) ? 0 : silent.n;
        } else if (l.kind != PUB_OPEN && l.kind != PUB_CLOSE && !silent.n) {
            count_words(f, l.text, in_link);
        }
        if (l.kind == PUB_OPEN || l.kind == PUB_CLOSE)
            in_link = pub_named(&l, "a") ? l.kind == PUB_OPEN && !l.empty : in_link;
    }
}

/* Whole files that links lead to. */
static void survey_links(pub *p, const pub_file *f)
{
    pub_lexer l = { .s = f->text };
    while (pub_next(&l)) {
        ofp_str href = l.kind == PUB_OPEN && (pub_named(&l, "a") || pub_named(&l, "area")) ? pub_attr_of(l.attrs, "href") : (ofp_str){ "", 0 };
        pub_file *to = href.n && href.p[0] != '#' ? file_at(p, f, href) : NULL;
        if (to && !id_in(p, to, href))
            to->linked = true;
    }
}

/* ---- covers ---- */

static bool is_cover(const pub *p, const pub_file *f)
{
    bool svg = pub_is_image(f->item), alone = f->images == 1 && !f->words;
    return !svg && alone && p->nfiles > 1 && (f->cover || f == p->files || (f->image.n && ofp_str_eq(f->image, p->cover)));
}

/* Contents are made anew from the headings.  What is said to be a title page or contents may hold the whole book. */
static bool is_front(const pub *p, const pub_file *f)
{
    enum { TITLE_PAGE = 2000, HEADING = 200 };
    bool title = f->title_page && f->words < TITLE_PAGE, contents = f->contents && f->words <= 2 * f->linked_words + HEADING;
    return (title || contents) && p->nfiles > 1;
}

/* A cover is a picture and no text; a page that repeats the metadata is no text, either. */
static void skip_front(pub *p)
{
    for (size_t i = 0; i < p->nfiles; i++) {
        pub_file *f = &p->files[i];
        f->skipped = is_front(p, f);
        if (is_cover(p, f)) {
            f->skipped = true;
            p->cover = p->cover.n ? p->cover : f->image;
        }
    }
}

bool pub_survey(pub *p)
{
    for (size_t i = 0; i < p->nfiles; i++)
        survey_file(p, &p->files[i]);
    skip_front(p);
    for (size_t i = 0; i < p->nfiles; i++)
        survey_links(p, &p->files[i]);
    for (size_t i = 0; i < p->nfiles; i++)
        if (p->files[i].linked && !p->files[i].top.n && !p->files[i].skipped)
            name_top(p, &p->files[i]);
    return !ofp_arena_failed(p->tmp) || ofp_fail_nomem(p->e);
}
